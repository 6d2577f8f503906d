"""Rules that the rows keep, and the problems that are reported where one does not.

A rule is data: name, columns, a polars expression that holds for every sound row, and a message that says what to do.
What it makes of a null it says itself: an expression that comes out null counts as broken, for nulls must not slip
through a comparison. pandera checks the rules together with types and nullability; what it finds becomes `Problem`
records.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from .nearest import Nearest

LIMIT = 20
"""Rows listed per rule; the rest is counted (1M failing rows written out one by one took 14 s)."""

SHOWN = 60
"""Characters shown of a value."""


class Problem(NamedTuple):
    """One thing wrong with one row, or with a column."""

    row: str
    """Key of the row: a claim_id or article_id; empty where the whole table is meant."""
    column: str
    value: str
    """What stands there, shortened."""
    rule: str
    message: str
    """What is wrong and what to do."""


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


def find_model_problems(model: type[Contract], frame: pl.DataFrame, key: str) -> list[Problem]:
    """Problems of one table by itself; with wrong columns or types, these alone, for nothing else can be judged."""
    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as errors:
        structure = list(structure_problems(model, frame, errors.schema_errors))
        return structure or [
            problem for error in errors.schema_errors for problem in row_problems(model, frame, error, key)
        ]
    return []


def find_rule_problems(rules: Sequence[Rule], frame: pl.DataFrame, key: str) -> list[Problem]:
    """Rows that break rules."""
    kept = evaluate(rules, frame)
    return [problem for rule in rules for problem in list_rows(rule, frame, kept[rule.name], key)]


def structure_problems(model: type[Contract], frame: pl.DataFrame, errors: Sequence[SchemaError]) -> Iterator[Problem]:
    """Columns that are missing, unknown, out of order or of another type."""
    wanted = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    for name in wanted.keys() - frame.schema.keys():
        yield Problem("", name, "", "column_present", "the column is missing: add it")
    for name in frame.schema.keys() - wanted.keys():
        yield Problem("", name, "", "column_known", "no such column in the contract: remove or rename it")
    for name, dtype in frame.schema.items():
        if name in wanted and dtype != wanted[name]:
            message = f"must be {show_type(wanted[name])}: cast it, or rebuild with the vocabularies of this version"
            yield Problem("", name, show_type(dtype), "column_type", message)
    if any(error.reason_code is SchemaErrorReason.COLUMN_NOT_ORDERED for error in errors) and set(wanted) == set(
        frame.schema
    ):
        yield Problem(
            "", "", "", "column_order", "the columns are out of order: select them as the contract lists them"
        )


def row_problems(model: type[Contract], frame: pl.DataFrame, error: SchemaError, key: str) -> list[Problem]:
    """What one of pandera's findings says about rows."""
    if error.reason_code is SchemaErrorReason.DATAFRAME_CHECK:
        return find_rule_problems(model.row_rules(), frame, key)
    if error.reason_code is not SchemaErrorReason.SERIES_CONTAINS_NULLS:
        raise error  # a rule that fails to run is a mistake of ours, not of the data
    name = error.schema.name
    message = f"is empty but every row needs it: {model.to_schema().columns[name].description}"
    return find_rule_problems([Rule("not_null", (name,), pl.col(name).is_not_null(), message)], frame, key)


def list_rows(rule: Rule, frame: pl.DataFrame, holds: pl.Series, key: str) -> Iterator[Problem]:
    """The first rows that break a rule, and how many more do."""
    broken = frame.filter(~holds)
    for row in broken.head(LIMIT).iter_rows(named=True):
        value = ", ".join(f"{column} = {show(row[column])}" for column in rule.columns)
        yield Problem(str(row[key]), rule.columns[0], value, rule.name, rule.message)
    if broken.height > LIMIT:
        message = f"{broken.height - LIMIT} more rows like these {LIMIT}: {rule.message}"
        yield Problem("", rule.columns[0], "", rule.name, message)


def show(value: object) -> str:
    """A value on one line, shortened."""
    if value is None:
        return "null"
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def show_type(dtype: pl.DataType) -> str:
    """A type without its hundreds of categories."""
    if isinstance(dtype, pl.Enum):
        return f"Enum of {len(dtype.categories)} ids"
    if isinstance(dtype, pl.List):
        return f"List of {show_type(dtype.inner)}"  # type: ignore[arg-type] # an instance wherever a frame has it
    return str(dtype)
