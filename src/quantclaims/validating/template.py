"""What a contributor starts from: the header of a table, and what each of its columns holds."""

import sys
from pathlib import Path
from typing import NamedTuple

import polars as pl

from quantclaims.schemas.fields import Field
from quantclaims.terminal import FINDINGS, FINE
from quantclaims.validating.checking import check_rows
from quantclaims.validating.findings import render_finding, show_path
from quantclaims.validating.meant import explain
from quantclaims.validating.readers import read_rows
from quantclaims.validating.spreadsheets import write_template
from quantclaims.validating.tables import Table, tables


class ColumnHelp(NamedTuple):
    """What a person has to know to fill in a column."""

    column: str
    is_needed: bool
    """Whether it may not be left empty."""
    holds: str
    meaning: str


def describe_columns(table: str) -> list[ColumnHelp]:
    """The columns of a table, in order.

    >>> describe_columns("contributed")[4].holds
    'a number, written like 1600000 or 2.5, without unit and spaces'
    """
    return [describe_column(field, tables()[table]) for field in tables()[table].fields]


def describe_column(field: Field, table: Table) -> ColumnHelp:
    """One column."""
    is_list = isinstance(field.dtype, pl.List)
    unit = f"(unit: {field.unit})" if field.unit else ""
    meaning = " ".join(part for part in (field.description, unit, field.source) if part)
    is_needed = field.name in table.needed and not field.nullable and not is_list
    return ColumnHelp(field.name, is_needed, explain(field).removeprefix("must be "), meaning)


def render_help(table: str) -> str:
    """A block of lines per column: name and whether it has to be filled, what it holds, what it means."""
    return "\n".join(
        f"{help_.column}{' (needed)' if help_.is_needed else ''}\n    {help_.holds}\n    {help_.meaning}"
        for help_ in describe_columns(table)
    )


def run_template(table: str, rows: Path | None, *, columns: bool, for_excel: bool) -> int:
    """Print a template, or the help on its columns, and return the exit code: 1 when the rows cannot be read."""
    if columns:
        print_bytes(render_help(table) + "\n")
        return FINE
    if rows is None:
        print_bytes(write_template(table, for_excel=for_excel))
        return FINE
    read = read_rows(rows)
    findings = check_rows(read)
    if findings:
        print(*map(render_finding, findings), sep="\n", file=sys.stderr)
        return FINDINGS
    try:
        text = write_template(table, read.frame, for_excel)
    except ValueError as error:
        print(f"{show_path(rows)}: {error}", file=sys.stderr)
        return FINDINGS
    print_bytes(text)
    return FINE


def print_bytes(text: str) -> None:
    """Write UTF-8 whatever the terminal's encoding: the output is a file."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
