"""Which table a file holds, told by its columns, and where each of its rows stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import polars as pl

from quantclaims.schemas import article, claim, contribution, review
from quantclaims.schemas.fields import Field
from quantclaims.schemas.rules import Rule


class Table(NamedTuple):
    """A kind of table that files may hold."""

    name: str
    key: str
    """Column whose value names a row."""
    fields: tuple[Field, ...]
    """Columns that it has."""
    rules: tuple[Rule, ...]
    """What every row keeps."""
    needed: frozenset[str]
    """Columns that a file must have."""
    complete: Callable[[pl.DataFrame], pl.DataFrame] = lambda frame: frame
    """Fills in what other columns settle, before the rules are asked."""


class Absent:
    """The type of `ABSENT`."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT = Absent()
"""Stands in a column of JSON where an object lacks a key that others have."""


class Misfit(NamedTuple):
    """A line that is no row."""

    line: int
    value: str
    rule: str
    message: str


class Cells(NamedTuple):
    """A file's cells before they are typed."""

    columns: Mapping[str, Any]
    """Cells by the column's name in the file: a Series of text (CSV) or of any type (Parquet), a list (JSON Lines)."""
    lines: pl.Series
    """Line, or for Parquet number, of each row from 1."""
    misfits: Sequence[Misfit] = ()
    has_lines: bool = True
    """Whether the file has lines."""
    decimal_comma: bool = False
    """Whether numbers may be written with a comma."""
    is_text: bool = False
    """Whether all cells are text, of which the empty one also stands for null."""


@cache
def tables() -> Mapping[str, Table]:
    """Every kind of table by name, claims first."""
    known = (
        Table("claims", claim.KEY, claim.fields(), claim.RULES, frozenset(f.name for f in claim.fields())),
        Table("articles", article.KEY, article.fields(), article.RULES, frozenset(f.name for f in article.fields())),
        Table(
            "contributed",
            contribution.KEY,
            contribution.fields(),
            contribution.rules(),
            frozenset(field.name for field in contribution.fields() if contribution.is_needed(field)),
            contribution.complete,
        ),
        Table("reviews", review.KEY, review.fields(), review.rules(), frozenset(f.name for f in review.fields())),
    )
    return {table.name: table for table in known}


def recognise_table(columns: Sequence[str]) -> Table | None:
    """The kind of table that has most of these columns; None when it has none.

    >>> recognise_table(["article_id", "title", "url"]).name, recognise_table(["a", "b"])
    ('articles', None)
    """
    best = max(tables().values(), key=lambda table: count_shared(columns, table))
    return best if count_shared(columns, best) else None


def count_shared(columns: Iterable[str], table: Table) -> int:
    """How many of these columns a table has."""
    return len({field.name for field in table.fields} & set(columns))
