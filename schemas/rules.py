"""Rules that the rows keep.

A rule is data: name, columns, a polars expression that holds for every sound row, and a message that says what to do.
What it makes of a null it says itself: an expression that comes out null counts as broken, for nulls must not slip
through a comparison. As a pandera model a table carries its rules along, so that ``Claim.validate(frame)`` says whether
a frame keeps the contract; `quantclaims.validating` says which row breaks what, and what would be right.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from .nearest import Nearest

LIMIT = 20
"""Rows that pandera lists; a million failing ones written out one by one took 14 s."""


class Rule(NamedTuple):
    """What every row keeps."""

    name: str
    columns: tuple[str, ...]
    """The column to look at first, then the others that it is compared with."""
    holds: pl.Expr | Callable[[pl.DataFrame], pl.Expr | pl.Series]
    """True for a sound row; a function where the rule needs the frame."""
    message: str
    nearest: Nearest | None = None
    """What would be right, told from the row, where that can be told."""


def evaluate(rules: Sequence[Rule], frame: pl.DataFrame) -> pl.DataFrame:
    """A column per rule, named after it: true for each row that keeps it."""
    holds = (rule.holds if isinstance(rule.holds, pl.Expr) else rule.holds(frame) for rule in rules)
    named = (test.alias(rule.name) for rule, test in zip(rules, holds, strict=True))
    return frame.select(named).with_columns(pl.all().fill_null(value=False))


class Contract(pa.DataFrameModel):
    """A pandera model with rules."""

    class Config:
        """No column missing, surplus or out of order."""

        strict = True
        ordered = True

    @classmethod
    def row_rules(cls) -> tuple[Rule, ...]:
        """Rules of the model."""
        return ()

    @classmethod
    def to_schema(cls) -> pa.DataFrameSchema:
        """The pandera schema: the columns, and the rules as one check (one by one they took three times as long)."""
        schema = super().to_schema()
        if not schema.checks:  # pandera caches the schema per class
            schema.checks = [pa.Check(cls.keeps_rules, name="row_rules", n_failure_cases=LIMIT, ignore_na=False)]
        return schema

    @classmethod
    def keeps_rules(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether each row keeps every rule."""
        return evaluate(cls.row_rules(), data.lazyframe.collect()).select(kept=pl.all_horizontal(pl.all())).lazy()


def missing(*columns: str) -> pl.Expr:
    """Any of the columns is null, so that there is nothing to compare."""
    return pl.any_horizontal(pl.col(column).is_null() for column in columns)


def holds_for_values(column: str, accepts: Callable[[Any], bool]) -> Callable[[pl.DataFrame], pl.Expr]:
    """A rule's test that asks a Python function once per distinct value; null passes."""

    def holds(frame: pl.DataFrame) -> pl.Expr:
        accepted = [value for value in frame[column].unique().drop_nulls().sort() if accepts(value)]
        return pl.col(column).is_null() | pl.col(column).is_in(
            pl.Series(accepted, dtype=frame.schema[column]).implode()
        )

    return holds
