"""A claim as a contributor writes it: the fields of a claim that do not follow from others, and who wrote it.

Derived from `claim`: a field that is ``derived`` there is filled in by the build, everything else is a column here.
What a qualifier or the register of claimants settles may be left empty.
"""

from functools import cache

import polars as pl

from . import claim
from .fields import Field
from .rules import Rule, missing
from .vocabularies import load_vocabulary

KEY = "article_id"

OPTIONAL = frozenset({"quote_start"})
"""Fields of a claim that may be empty here: the quote is found by itself where the article has it once."""

LOWER = ("exact", "at_least", "more_than")
UPPER = ("exact", "at_most", "less_than")
"""Qualifiers whose lower, upper bound is the value."""

OF_OTHER_ROWS = ("factor_applied",)
"""Rules that look at rows which stand elsewhere: the build asks them of all rows."""

SIGNED = (
    Field("contributor", pl.String(), False, "Who wrote the row: a name or an account.", None, None, None, False),
    Field("date", pl.Date(), False, "Day on which it was written.", None, None, None, False),
    Field("note", pl.String(), True, "Anything a reviewer should know.", None, None, None, False),
)

WRITTEN = ("item_text", "item_lemma", "claimant_text", "contributor", "note")
"""Texts of which nobody expects characters that cannot be seen; a quote has what the article has."""


@cache
def fields() -> tuple[Field, ...]:
    """Every column of contributed.csv, in order.

    >>> [field.name for field in fields()][:4], fields()[-1].name
    (['article_id', 'quote', 'quote_start', 'value'], 'note')
    """
    given = (field for field in claim.fields() if not field.derived)
    return (*(field._replace(nullable=field.nullable or field.name in OPTIONAL) for field in given), *SIGNED)


def is_needed(field: Field) -> bool:
    """Whether every contributed row has to fill a field; an empty list says that there is nothing to list."""
    return not field.nullable and not isinstance(field.dtype, pl.List)


def complete(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with what their qualifier and the register of claimants settle, where it was left empty."""
    qualifier, claimant = (pl.col(name).cast(pl.String) for name in ("qualifier", "claimant"))
    register = load_vocabulary("claimants")
    settled = []
    for column, detail in (("claimant_country", "country"), ("claimant_type", "type")):
        said = {id_: term.details.get(detail) for id_, term in register.items()}
        known = claimant.replace_strict(said, default=None, return_dtype=pl.String).cast(frame.schema[column])
        settled.append(pl.coalesce(pl.col(column), known).alias(column))
    for column, qualifiers in (("value_low", LOWER), ("value_high", UPPER)):
        bound = pl.when(qualifier.is_in(qualifiers)).then(pl.col("value"))
        settled.append(pl.coalesce(pl.col(column), bound).alias(column))
    lists = [pl.col(name).fill_null([]) for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    return frame.with_columns(*settled, *lists)


def is_visible(column: str) -> pl.Expr:
    """No control and format character: none that turns the direction of a text and none without a width."""
    return pl.col(column).is_null() | ~pl.col(column).str.contains(r"[\p{Cc}\p{Cf}]")


@cache
def rules() -> tuple[Rule, ...]:
    """What every contributed row keeps: the rules of a claim that look at its columns alone, and a few of its own."""
    names = {field.name for field in fields()}
    return (
        *(rule for rule in claim.RULES if set(rule.columns) <= names and rule.name not in OF_OTHER_ROWS),
        Rule("quote_filled", ("quote",), pl.col("quote") != "", "is empty: copy the phrase from the article"),
        Rule(
            "quote_start_from_0",
            ("quote_start",),
            missing("quote_start") | (pl.col("quote_start") >= 0),
            "counts characters from 0: take the offset from the article's text, or leave it empty",
        ),
        *(
            Rule(
                f"{column}_visible",
                (column,),
                is_visible(column),
                "holds characters that cannot be seen: type it again instead of copying it",
            )
            for column in WRITTEN
        ),
        Rule(
            "contributor_given",
            ("contributor",),
            pl.col("contributor").str.strip_chars() != "",
            "is empty: write who adds the row",
        ),
    )
