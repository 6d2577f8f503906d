"""Parquet from anywhere, in bounded memory.

A file of a few kilobytes can stand for terabytes: compression, dictionaries and run lengths repeat a value for nothing.
What a file says of itself is added up before anything is read, and what comes out is added up batch by batch.
"""

from collections.abc import Iterator, Sequence

import polars as pl
import pyarrow
from pyarrow import parquet

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
        file = parquet.ParquetFile(
            pyarrow.BufferReader(data),
            pre_buffer=False,
            thrift_string_size_limit=MOST_METADATA,
            thrift_container_size_limit=MOST_METADATA,
            page_checksum_verification=True,
        )
        check_size(file.metadata)
        names = file.schema_arrow.names
        check_names(names)
        batches = list(read_batches(file, [name for name in names if name in known]))
        frame = to_frame(file, batches, names)
    except DAMAGED as error:
        raise FileError("file_format", f"is damaged Parquet ({first_line(error)}): write it again") from None
    lines = pl.Series("line", range(1, frame.height + 1), dtype=pl.UInt32)
    return Cells({name: frame[name] for name in names}, lines, has_lines=False)


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
            taken += batch.nbytes
            if taken > MOST_BYTES:
                raise FileError("file_size", f"decodes to more than {MOST_BYTES // 2**30} GiB: split it")
            yield batch


def to_frame(file: parquet.ParquetFile, batches: Sequence[pyarrow.RecordBatch], names: Sequence[str]) -> pl.DataFrame:
    """The batches as a frame; of columns that were not read, nulls."""
    schema = file.schema_arrow
    read = pyarrow.schema([schema.field(name) for name in names if not batches or name in batches[0].schema.names])
    table = pyarrow.Table.from_batches(batches, batches[0].schema if batches else read)
    frame = pl.DataFrame(table)
    left = [pl.lit(None).alias(name) for name in names if name not in frame.columns]
    return frame.with_columns(left).select(names)


def first_line(error: BaseException) -> str:
    """What an error says, on a line."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
