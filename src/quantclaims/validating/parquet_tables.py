"""Parquet from anywhere, in bounded memory.

A file of a few kilobytes can stand for terabytes: compression, dictionaries and run lengths repeat a value for nothing.
What a file says of itself is added up before anything is read, and what comes out is added up batch by batch.
"""

from collections.abc import Iterator, Sequence

import polars as pl
import pyarrow
from pyarrow import compute, parquet

from quantclaims.problems import describe_error
from quantclaims.validating.files import FileError
from quantclaims.validating.tables import Cells, tables

MOST_ROWS = 20_000_000
MOST_BYTES = 6 * 2**30
"""Decoded; a million claims of the dataset are 0.7 GB."""
LONGEST = 2**20
"""Bytes of the longest text in a cell; articles have some thousand."""
BATCH = 2**16
"""Rows decoded at once."""
MOST_METADATA = 2**26
"""Bytes of the footer's strings, and its elements."""

DAMAGED = (pyarrow.ArrowException, OSError, ValueError, OverflowError, KeyError, NotImplementedError, MemoryError)
"""What pyarrow raises for bytes that are not the Parquet that they say they are."""


def read_parquet(data: bytes) -> Cells:
    """All columns of a Parquet file, those that the contract does not know without their values; raises `FileError`."""
    known = {field.name for table in tables().values() for field in table.fields}
    try:
        metadata = open_parquet(data, []).metadata
        check_size(metadata)
        file = open_parquet(data, list_texts(metadata.schema))
        names = file.schema_arrow.names
        check_names(names)
        batches = list(read_batches(file, [name for name in names if name in known]))
        columns = to_columns(batches, names)
    except DAMAGED as error:
        raise FileError("file_format", f"is damaged Parquet ({describe_error(error)}): write it again") from None
    rows = sum(batch.num_rows for batch in batches)
    return Cells(columns, pl.Series("line", range(1, rows + 1), dtype=pl.UInt32), has_lines=False)


def open_parquet(data: bytes, as_dictionaries: list[str]) -> parquet.ParquetFile:
    """A Parquet file of which these columns are read as dictionaries: each text once, however often it stands there."""
    return parquet.ParquetFile(
        pyarrow.BufferReader(data),
        read_dictionary=as_dictionaries,
        pre_buffer=False,
        thrift_string_size_limit=MOST_METADATA,
        thrift_container_size_limit=MOST_METADATA,
        page_checksum_verification=True,
    )


def list_texts(schema: parquet.ParquetSchema) -> list[str]:
    """Columns of texts that are not within lists: of those, pyarrow itself takes no more than 2 GiB at once."""
    columns = [schema.column(number) for number in range(len(schema))]
    return [column.path for column in columns if column.physical_type == "BYTE_ARRAY" and "." not in column.path]


def check_size(metadata: parquet.FileMetaData) -> None:
    """Raise `FileError` for a file that says of itself that it is too large."""
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    if metadata.num_rows > MOST_ROWS or sum(max(0, group.num_rows) for group in groups) > MOST_ROWS:
        raise FileError("file_size", f"has more than {MOST_ROWS:,} rows: split it")
    if sum(max(0, group.total_byte_size) for group in groups) > MOST_BYTES:
        raise FileError("file_size", f"decodes to more than {MOST_BYTES // 2**30} GiB: split it")


def check_names(names: Sequence[str]) -> None:
    """Raise `FileError` when two columns have the same name."""
    for number, name in enumerate(names):
        if name in names[:number]:
            message = f"column {number + 1} has the name of another: rename or remove one of the two"
            raise FileError("column_unique", message, value=name)


def read_batches(file: parquet.ParquetFile, names: list[str]) -> Iterator[pyarrow.RecordBatch]:
    """The values of some columns; raises `FileError` as soon as they are too large."""
    taken = 0
    for group in range(file.metadata.num_row_groups):
        for batch in file.iter_batches(BATCH, row_groups=[group], columns=names):
            taken += sum(map(measure, batch.columns))
            if taken > MOST_BYTES:
                raise FileError("file_size", f"decodes to more than {MOST_BYTES // 2**30} GiB: split it")
            yield batch


def measure(array: pyarrow.Array) -> int:
    """Bytes of an array once its dictionary is resolved; raises `FileError` for a text that no cell can hold."""
    if not pyarrow.types.is_dictionary(array.type):
        return int(array.nbytes)
    lengths = compute.binary_length(array.dictionary)
    longest = compute.max(lengths).as_py() or 0
    if longest > LONGEST:
        raise FileError("file_size", f"holds a text of {longest:,} bytes: none is longer than {LONGEST:,}")
    return int(compute.sum(lengths.take(array.indices)).as_py() or 0)


def to_columns(batches: Sequence[pyarrow.RecordBatch], names: Sequence[str]) -> dict[str, pl.Series]:
    """The columns by name; of those that were not read, nulls.

    What the file says beside its values is left behind: polars takes categories from there and panics when they are
    damaged. That texts are UTF-8 has not been looked at until now.
    """
    for batch in batches:
        batch.validate(full=True)
    rows = sum(batch.num_rows for batch in batches)
    read = batches[0].schema.names if batches else []
    nulls = pl.Series([None], dtype=pl.Null).new_from_index(0, rows)
    return {
        name: pl.concat([to_series(batch.column(read.index(name))) for batch in batches]) if name in read else nulls
        for name in names
    }


def to_series(array: pyarrow.Array) -> pl.Series:
    """The values of an array; of a dictionary each is converted once, which takes half the time."""
    if pyarrow.types.is_dictionary(array.type):
        return to_series(array.dictionary).gather(pl.Series(array.indices))
    return pl.Series(strip(array))


def strip(array: pyarrow.Array) -> pyarrow.Array:
    """An array without dictionaries and without what is said beside its values.

    Of what the contract has no type for, the name of its type stands in every row.
    """
    if pyarrow.types.is_dictionary(array.type):
        return strip(array.dictionary_decode())
    if pyarrow.types.is_list(array.type) or pyarrow.types.is_large_list(array.type):
        build = pyarrow.ListArray if pyarrow.types.is_list(array.type) else pyarrow.LargeListArray
        return build.from_arrays(array.offsets, strip(array.values), mask=array.is_null() if array.null_count else None)
    if any(is_type(array.type) for is_type in KNOWN):
        return array
    return pyarrow.array([None if null.as_py() else str(array.type) for null in array.is_null()], pyarrow.string())


KNOWN = (
    pyarrow.types.is_null,
    pyarrow.types.is_boolean,
    pyarrow.types.is_integer,
    pyarrow.types.is_float32,
    pyarrow.types.is_float64,
    pyarrow.types.is_string,
    pyarrow.types.is_large_string,
    pyarrow.types.is_date,
    pyarrow.types.is_timestamp,
)
"""Types that values of the contract may come in; within a list, too."""
