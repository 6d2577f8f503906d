"""What is found when a row is held against its text: field by field, then of the row."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Row = Mapping[str, Any]
"""A claim's fields as plain values; a row of others may have few of them, and what it lacks it does not claim."""

SUPPORTED, CONTRADICTED, NOT_FOUND = "supported", "contradicted", "not found"

WORST = (CONTRADICTED, NOT_FOUND, SUPPORTED)
"""A row is what the worst of its fields is, in this order."""


class FieldVerdict(NamedTuple):
    """What the text makes of one field."""

    field: str
    verdict: str
    """``supported``, ``contradicted`` (the text says something else) or ``not found`` (the text does not say)."""
    claimed: Any
    says: str | None = None
    """What the text says instead, or what was looked for in vain; None where it supports the field."""


class RowVerdict(NamedTuple):
    """What the text makes of a row."""

    row: str
    """claim_id, or the quote of a row without one."""
    article_id: str
    verdict: str
    fields: tuple[FieldVerdict, ...]
    mend: Mapping[str, Any]
    """Column to the value that it should have: offsets, and the quote and its context as the text prints them."""


def support(row: Row, *fields: str) -> list[FieldVerdict]:
    """Verdicts that the text supports these fields."""
    return [FieldVerdict(field, SUPPORTED, row[field]) for field in fields]


def conclude(fields: Iterable[FieldVerdict]) -> str:
    """The verdict of a row from those of its fields.

    >>> conclude([FieldVerdict("quote", SUPPORTED, "x"), FieldVerdict("unit", NOT_FOUND, "t")])
    'not found'
    """
    return min((each.verdict for each in fields), key=WORST.index, default=NOT_FOUND)
