"""From rows to a typed frame, with nothing lost on the way.

``pl.DataFrame(rows, schema=…)`` drops keys it does not know and fills in those that are missing, both without a word.
Here every row has exactly the columns of its model, and every value is of its column's type, or all that differs is
reported.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

import polars as pl

from quantclaims.schemas.fields import Field, fields_of, inner_type
from quantclaims.schemas.rules import LIMIT, Contract, Problem, show, show_type
from quantclaims.schemas.vocabularies import suggestion


def is_double(value: object) -> bool:
    """A float, or a whole number that is one without losing a digit."""
    return isinstance(value, float) or (type(value) is int and abs(value) <= 2**53)


LEAST, GREATEST = -(2**31), 2**31 - 1
"""Bounds of an Int32 column."""

TYPES: Mapping[pl.DataType, Callable[[object], bool]] = {
    pl.String(): lambda value: isinstance(value, str),
    pl.Boolean(): lambda value: isinstance(value, bool),
    pl.Int32(): lambda value: isinstance(value, int) and not isinstance(value, bool) and LEAST <= value <= GREATEST,
    pl.Float32(): is_double,
    pl.Float64(): is_double,
    pl.Date(): lambda value: isinstance(value, date) and not isinstance(value, datetime),
}
"""Which Python values stand in a column of a type without being changed."""


class RowsError(ValueError):
    """Rows that cannot become a frame; `problems` lists why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.row} {p.column} {p.value}: {p.message}" for p in problems))


def frame_from_rows(rows: Sequence[Mapping[str, object]], model: type[Contract]) -> pl.DataFrame:
    """A frame of the model's columns and types, one row per mapping, in the order given.

    Raises `RowsError`, listing unknown and missing keys and values of another type or outside their vocabulary. Whether
    a value may be null, and what else a row keeps, `quantclaims.schemas.validation.validate` judges.
    """
    fields = fields_of(model)
    problems = [*key_problems(rows, [field.name for field in fields]), *value_problems(rows, fields)]
    if problems:
        raise RowsError(problems)
    return pl.DataFrame([make_column(field, [row[field.name] for row in rows]) for field in fields])


def make_column(field: Field, values: Sequence[object]) -> pl.Series:
    """A column of values that the field accepts."""
    plain = pl.String() if field.categories is not None else field.dtype
    if isinstance(field.dtype, pl.List):
        plain = pl.List(pl.String())
    return pl.Series(field.name, values, dtype=plain, strict=True).cast(field.dtype)


def key_problems(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> Iterator[Problem]:
    """Keys that are unknown or missing, each once, with the first row that it concerns and how many there are."""
    wanted = frozenset(columns)
    unknown: dict[str, list[int]] = {}
    missing: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        if row.keys() != wanted:
            for column in sorted(row.keys() - wanted):
                unknown.setdefault(column, []).append(number)
            for column in sorted(wanted - row.keys()):
                missing.setdefault(column, []).append(number)
    for column, numbers in unknown.items():
        message = f"no such column{suggestion(column, columns)}, in {len(numbers)} rows: remove or rename it"
        yield Problem(name_row(rows, numbers[0]), column, show(rows[numbers[0]][column]), "key_known", message)
    for column, numbers in missing.items():
        message = f"is missing in {len(numbers)} rows: give it, as null where it is not said"
        yield Problem(name_row(rows, numbers[0]), column, "", "key_present", message)


def value_problems(rows: Sequence[Mapping[str, object]], fields: Sequence[Field]) -> Iterator[Problem]:
    """Values that their column cannot hold: of each column the first, and how many more there are."""
    for field in fields:
        accepts = acceptance(field)
        wrong = [n for n, row in enumerate(rows) if row.get(field.name) is not None and not accepts(row[field.name])]
        for number in wrong[:LIMIT]:
            value = rows[number][field.name]
            yield Problem(name_row(rows, number), field.name, show(value), "value_type", describe(value, field))
        if len(wrong) > LIMIT:
            yield Problem("", field.name, "", "value_type", f"{len(wrong) - LIMIT} more rows like these {LIMIT}")


def acceptance(field: Field) -> Callable[[object], bool]:
    """The test that a field's values, other than null, pass."""
    element = inner_type(field.dtype) if isinstance(field.dtype, pl.List) else field.dtype
    ids = frozenset(field.categories or ())
    accepts = TYPES[element] if field.categories is None else lambda value: isinstance(value, str) and value in ids
    if not isinstance(field.dtype, pl.List):
        return accepts
    return lambda value: isinstance(value, list | tuple) and all(map(accepts, value))


def describe(value: object, field: Field) -> str:
    """What is wrong with a value, and what it must be."""
    if field.categories is None:
        return f"must be {show_type(field.dtype)}"
    ids = field.categories
    elements = value if isinstance(value, list | tuple) else [value]
    unknown = [element for element in elements if element not in ids]
    hint = suggestion(unknown[0], ids) if unknown and isinstance(unknown[0], str) else ""
    listed = f": {', '.join(ids)}" if len(ids) <= 10 else ""
    kind = "a list of ids" if isinstance(field.dtype, pl.List) else "an id"
    return f"must be {kind} of vocabularies/{field.vocabulary}.toml{hint}{listed}"


def name_row(rows: Sequence[Mapping[str, object]], number: int) -> str:
    """A row's key, or its place where it has none."""
    key = rows[number].get("claim_id") or rows[number].get("article_id")
    return str(key) if key else f"row {number + 1}"
