"""Rows of claims or articles from a file of any of our formats, typed as the contract says, each with its line.

``read_rows(path)`` never raises for what is in a file: what cannot be read is a finding, and the rest is there to work
with. Whatever else is done with rows of others (held against texts, compared with other rows) begins here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import polars as pl

from quantclaims.schemas.fields import Field
from quantclaims.schemas.nearest import nearest_name
from quantclaims.validating.cells import Column, type_series, type_text, type_values
from quantclaims.validating.csv_tables import read_csv
from quantclaims.validating.files import FileError, open_content
from quantclaims.validating.findings import LIMIT, Finding, limit_kind, show_value
from quantclaims.validating.json_lines import read_json_lines
from quantclaims.validating.meant import explain, find_nearest
from quantclaims.validating.parquet_tables import read_parquet
from quantclaims.validating.tables import Cells, Table, recognise_table, tables


class Rows(NamedTuple):
    """What a file holds."""

    path: Path
    table: str
    """``claims``, ``articles``, ``contributed`` or ``reviews``; empty, as the frame is then, for a file that could not
    be read as any of them."""
    frame: pl.DataFrame
    """Every column of the contract that the file has, in the contract's order and types; cells that could not be read
    are null."""
    lines: pl.Series
    """Of each row of the frame its line in the file, from 1 (UInt32); in Parquet the number of the row, from 1."""
    has_lines: bool
    """Whether ``lines`` are lines of the file, as in CSV and JSON Lines, and not numbers of rows."""
    missing: tuple[str, ...]
    """Columns of the contract that the file does not have."""
    unread: dict[str, pl.Series]
    """Column to mask, for columns with cells that could not be read: True where a cell is null for that reason."""
    findings: tuple[Finding, ...]
    """What is wrong with the file, its columns and the cells that could not be read; empty for a sound file."""


def read_rows(path: Path, table_name: str | None = None) -> Rows:
    """Read a Parquet, CSV or JSON Lines file; which table it holds is told by its columns unless it is named.

    Columns may stand in any order. Nothing is checked here but that the file has the contract's columns and that their
    cells are of their types: `quantclaims.validating.checking` holds the rows against the rules.
    """
    try:
        content = open_content(path)
        cells = FORMATS[content.format](content.data)
        table = tables()[table_name] if table_name else recognise_table(tuple(cells.columns))
        if table is None and not cells.columns and cells.misfits:
            first = cells.misfits[0]
            raise FileError(first.rule, first.message, first.line, first.value)
        if table is None:
            shown = show_value(", ".join(cells.columns))
            message = (
                "no column of the contract is among these: begin with a line that names them (quantclaims template)"
            )
            raise FileError("columns_known", message, None, shown)
    except FileError as error:
        return refuse_file(path, error)
    return type_rows(path, table, cells)


FORMATS: Mapping[str, Callable[[bytes], Cells]] = {
    "csv": read_csv,
    "json_lines": read_json_lines,
    "parquet": read_parquet,
}


def refuse_file(path: Path, error: FileError) -> Rows:
    """No rows, and why."""
    finding = Finding(path, error.line, None, "", "", show_value(error.value), error.rule, error.message)
    return Rows(path, "", pl.DataFrame(), pl.Series("line", [], dtype=pl.UInt32), True, (), {}, (finding,))


def type_rows(path: Path, table: Table, cells: Cells) -> Rows:
    """The cells in the contract's types, with what is wrong with columns, lines and cells."""
    missing = tuple(field.name for field in table.fields if field.name not in cells.columns)
    findings = [*find_column_problems(path, table, cells, missing), *find_misfit_problems(path, cells)]
    typed: dict[str, pl.Series] = {}
    unread: dict[str, pl.Series] = {}
    given = [field for field in table.fields if field.name not in missing]
    for field, column in zip(given, type_columns(cells, given), strict=True):
        typed[field.name] = column.values.alias(field.name)
        if column.unread is not None and column.unread.any():
            unread[field.name] = column.unread
    keys = typed.get(table.key)
    for field in table.fields:
        if field.name in unread:
            findings += list_unread(path, cells, field, unread[field.name], keys)
    return Rows(path, table.name, pl.DataFrame(typed), cells.lines, cells.has_lines, missing, unread, tuple(findings))


def type_columns(cells: Cells, fields: Sequence[Field]) -> list[Column]:
    """Columns of the file in the types of their fields; polars works without Python's lock, and so in threads."""
    if any(isinstance(column, list) for column in cells.columns.values()):
        return [type_column(cells, field) for field in fields]
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda field: type_column(cells, field), fields))


def type_column(cells: Cells, field: Field) -> Column:
    """One column of the file in the type of its field."""
    raw = cells.columns[field.name]
    if isinstance(raw, list):
        return type_values(raw, field)
    return type_text(raw, field, cells.decimal_comma) if cells.is_text else type_series(raw, field)


def find_column_problems(path: Path, table: Table, cells: Cells, missing: tuple[str, ...]) -> Iterator[Finding]:
    """Columns that the contract does not know, and those that it has and the file has not."""
    line = 1 if cells.is_text else None
    for name in cells.columns:
        if name not in {field.name for field in table.fields}:
            message = f"no such column in {table.name}: remove or rename it"
            shown = show_value(name)
            yield Finding(path, line, None, "", shown, shown, "column_known", message, nearest_name(name, missing))
    for field in table.fields:
        if field.name in missing and field.name in table.needed:
            message = f"the column is missing: add it ({field.description})"
            yield Finding(path, line, None, "", field.name, "", "column_present", message)


def find_misfit_problems(path: Path, cells: Cells) -> Iterator[Finding]:
    """Lines that are no row, of each kind the first and how many there are."""
    kinds: dict[str, list[Finding]] = {}
    for line, value, rule, message in cells.misfits:
        kinds.setdefault(rule, []).append(Finding(path, line, None, "", "", value, rule, message))
    for findings in kinds.values():
        yield from limit_kind(findings, len(findings))


def list_unread(path: Path, cells: Cells, field: Field, unread: pl.Series, keys: pl.Series | None) -> Iterator[Finding]:
    """The first cells of a column that are no value of its type, the last of them standing for the rest."""
    found = []
    for index in unread.arg_true().head(LIMIT).to_list():
        value = cells.columns[field.name][index]
        value = value.to_list() if isinstance(value, pl.Series) else value
        key = "" if keys is None or keys[index] is None else show_value(keys[index])
        meant = find_nearest(value, field)
        nearest = None if meant is None else show_value(meant)
        line, number = place_row(cells.lines, index, cells.has_lines)
        shown = show_value(value)
        found.append(Finding(path, line, number, key, field.name, shown, "value_type", explain(field), nearest))
    return limit_kind(found, int(unread.sum()))


def place_row(lines: pl.Series, index: int, has_lines: bool) -> tuple[int | None, int | None]:
    """Line and number of a row: one of the two is None."""
    place = int(lines[index])
    return (place, None) if has_lines else (None, place)
