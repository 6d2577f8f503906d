"""From rows to a typed frame, with nothing lost on the way.

``pl.DataFrame(rows, schema=…)`` drops keys it does not know and fills in those that are missing, both without a word.
Here every row has exactly the columns of its model, and every value is of its column's type, or all that differs is
reported.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl

from quantclaims.schemas.fields import GREATEST, LEAST, Field, fields_of, inner_type
from quantclaims.schemas.nearest import nearest_name
from quantclaims.schemas.rules import Contract
from quantclaims.validating.findings import LIMIT, Finding, limit_kind, render_finding, show_value
from quantclaims.validating.meant import explain, find_nearest


def is_double(value: object) -> bool:
    """A float, or a whole number that is one without losing a digit."""
    return isinstance(value, float) or (type(value) is int and abs(value) <= 2**53)


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
    """Rows that cannot become a frame; `findings` lists why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(map(render_finding, findings)))


def frame_from_rows(rows: Sequence[Mapping[str, object]], model: type[Contract]) -> pl.DataFrame:
    """A frame of the model's columns and types, one row per mapping, in the order given.

    Raises `RowsError`, listing unknown and missing keys and values of another type or outside their vocabulary. Whether
    a value may be null, and what else a row keeps, `quantclaims.validating.checking` judges.
    """
    fields = fields_of(model)
    path = Path(f"{model.to_schema().name}.parquet")
    findings = [*find_key_problems(path, rows, fields), *find_value_problems(path, rows, fields)]
    if findings:
        raise RowsError(findings)
    return pl.DataFrame([make_column(field, [row[field.name] for row in rows]) for field in fields])


def make_column(field: Field, values: Sequence[object]) -> pl.Series:
    """A column of values that the field accepts."""
    plain = pl.String() if field.categories is not None else field.dtype
    if isinstance(field.dtype, pl.List):
        plain = pl.List(pl.String())
    return pl.Series(field.name, values, dtype=plain, strict=True).cast(field.dtype)


def find_key_problems(path: Path, rows: Sequence[Mapping[str, object]], fields: Sequence[Field]) -> Iterator[Finding]:
    """Keys that are unknown or missing, each once, with the first row that it concerns and how many there are."""
    wanted = {field.name: field for field in fields}
    unknown: dict[str, list[Mapping[str, object]]] = {}
    missing: dict[str, list[Mapping[str, object]]] = {}
    for row in rows:
        if row.keys() != wanted.keys():
            for name in sorted(row.keys() - wanted.keys()):
                unknown.setdefault(name, []).append(row)
            for name in sorted(wanted.keys() - row.keys()):
                missing.setdefault(name, []).append(row)
    for name, found in unknown.items():
        message = "no such column: remove or rename it"
        near = nearest_name(name, wanted)
        yield Finding(path, None, None, name_row(found[0]), name, name, "column_known", message, near, len(found))
    for name, found in missing.items():
        message = f"the column is missing: give it, as null where it is not said ({wanted[name].description})"
        yield Finding(path, None, None, name_row(found[0]), name, "", "column_present", message, None, len(found))


def find_value_problems(path: Path, rows: Sequence[Mapping[str, object]], fields: Sequence[Field]) -> Iterator[Finding]:
    """Values that their column cannot hold: of each column the first, and how many there are."""
    for field in fields:
        accepts = acceptance(field)
        wrong = [row for row in rows if row.get(field.name) is not None and not accepts(row[field.name])]
        listed = []
        for row in wrong[:LIMIT]:
            value = row[field.name]
            at = (path, None, None, name_row(row), field.name, show_value(value))
            listed.append(
                Finding(
                    *at,
                    "value_type",
                    explain(field),
                    None if (near := find_nearest(value, field)) is None else show_value(near),
                )
            )
        yield from limit_kind(listed, len(wrong))


def acceptance(field: Field) -> Callable[[object], bool]:
    """The test that a field's values, other than null, pass."""
    element = inner_type(field.dtype) if isinstance(field.dtype, pl.List) else field.dtype
    ids = frozenset(field.categories or ())
    accepts = TYPES[element] if field.categories is None else lambda value: isinstance(value, str) and value in ids
    if not isinstance(field.dtype, pl.List):
        return accepts
    return lambda value: isinstance(value, list | tuple) and all(map(accepts, value))


def name_row(row: Mapping[str, object]) -> str:
    """A row's key."""
    return show_value(row.get("claim_id") or row.get("article_id"))
