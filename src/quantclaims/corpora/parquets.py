"""Parquet files with a column of texts, read a few rows at a time whatever the size of their row groups."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import pyarrow
from pyarrow import parquet

from quantclaims.corpora.entries import ColumnsError, Entry, make_entry, match_columns, read_value
from quantclaims.corpora.sources import Source, open_binary
from quantclaims.problems import describe_error

ROWS = 16
"""Rows read at a time."""


class RowGroup(NamedTuple):
    """A row group of a file."""

    number: int
    rows: int
    size: int
    """Bytes of its columns, before compression."""


@contextmanager
def open_parquet(path: str) -> Iterator[parquet.ParquetFile]:
    """A Parquet file; without pre-buffering, which holds whole row groups, memory stays flat."""
    with open_binary(path) as file:
        yield parquet.ParquetFile(file, pre_buffer=False)


def list_row_groups(source: Source) -> list[RowGroup]:
    """The row groups of a file; raises OSError and pyarrow.ArrowException where it is none."""
    with open_parquet(source.path) as file:
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        return [RowGroup(number, group.num_rows, group.total_byte_size) for number, group in enumerate(groups)]


def read_rows(source: Source, group: int, first: int, last: int, chosen: Mapping[str, str]) -> Iterator[Entry]:
    """The articles of the rows from ``first`` to ``last`` of a row group."""
    try:
        with open_parquet(source.path) as file:
            columns = match_columns(file.schema_arrow.names, chosen)
            before = sum(file.metadata.row_group(number).num_rows for number in range(group))
            at = 0
            batches = file.iter_batches(ROWS, row_groups=[group], columns=list(columns.values()), use_threads=False)
            for batch in batches:
                for row in range(max(0, first - at), min(batch.num_rows, last - at)):
                    yield read_row(batch, row, columns, source, before + at + row)
                at += batch.num_rows
                if at >= last:
                    return
    except ColumnsError as error:
        yield Entry(f"{source.name}@{group}", None, source=source.path, error=str(error))
    except (OSError, pyarrow.ArrowException) as error:
        what = f"row group {group} cannot be read, {describe_error(error)}: get the file again"
        yield Entry(f"{source.name}@{group}", None, source=source.path, error=what)


def read_row(batch: pyarrow.RecordBatch, row: int, columns: Mapping[str, str], source: Source, number: int) -> Entry:
    """The article of one row; ``number`` is that of the row in its file, from 0."""
    values: dict[str, Any] = {field: read_value(batch.column(name)[row]) for field, name in columns.items()}
    return make_entry(values, f"{source.name}@{number}", f"{source.path}, row {number + 1}")
