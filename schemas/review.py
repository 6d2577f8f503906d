"""A decision on a row of the dataset, as reviews.csv holds it: the columns, and what every line keeps.

Whether a decision still applies to what the machine reads is not known from the file: the build tells.
"""

from datetime import date
from functools import cache

import polars as pl

from . import claim
from .fields import Field
from .nearest import nearest_day, nearest_name
from .rules import Rule, holds_for_values

KEY = "claim_id"

DECISIONS = ("confirm", "reject", "correct")

COLUMNS = {
    "claim_id": "The row that was looked at.",
    "decision": f"One of {', '.join(DECISIONS)}.",
    "field": "The field that was looked at; empty for the whole row, which a correction cannot be.",
    "expect": "What the machine says of it: of the whole row, the quote. The build stops when it says something else.",
    "value": "What a correction says instead, as in contributed.csv; empty for null.",
    "reviewer": "Who decided: a name or an account.",
    "date": "Day of the decision.",
    "note": "Why.",
}
"""Column to what stands there."""


@cache
def fields() -> tuple[Field, ...]:
    """Every column of reviews.csv, in order."""
    return tuple(
        Field(name, pl.String(), name not in (KEY, "decision", "reviewer", "date"), said, None, None, None, False)
        for name, said in COLUMNS.items()
    )


@cache
def correctable() -> frozenset[str]:
    """Fields that a correction may name: those that do not follow from others, and what else the machine counts."""
    given = frozenset(field.name for field in claim.fields() if not field.derived)
    return (given | {"mentions", "quote_end"}) - {"article_id"}


def is_day(text: str) -> bool:
    """Whether a text is a day, as ISO 8601 writes it in full.

    >>> is_day("2024-05-06"), is_day("20240506")
    (True, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@cache
def rules() -> tuple[Rule, ...]:
    """What every line keeps."""
    names = [field.name for field in claim.fields()]
    return (
        Rule(
            "decision_known",
            ("decision",),
            pl.col("decision").is_in(DECISIONS),
            f"is no decision: write one of {', '.join(DECISIONS)}",
            lambda row: nearest_name(row["decision"], DECISIONS),
        ),
        Rule(
            "field_known",
            ("field",),
            pl.col("field").is_null() | pl.col("field").is_in(names),
            "is no field of a claim: name one, or none for the whole row",
            lambda row: nearest_name(row["field"], names),
        ),
        Rule(
            "field_correctable",
            ("field", "decision"),
            (pl.col("decision") != "correct") | pl.col("field").is_in(sorted(correctable())).fill_null(value=False),
            "cannot be corrected: name a field that does not follow from others",
        ),
        Rule(
            "reviewer_given", ("reviewer",), pl.col("reviewer").str.strip_chars() != "", "is empty: write who decided"
        ),
        Rule(
            "date_is_day",
            ("date",),
            holds_for_values("date", is_day),
            "is no day: write it as YYYY-MM-DD",
            lambda row: nearest_day(row["date"]),
        ),
    )
