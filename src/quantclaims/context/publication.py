"""When an article without a date can have appeared, bounded from its own text.

It was written after the latest month or day that it dates in full, so "last year" beside "in January 2024" is 2023.
Only whole years are settled that way: a weekday or "last month" would be guessed.
"""

from collections.abc import Sequence
from datetime import date

from quantclaims.context.passages import Passage
from quantclaims.dates.scan import scan_dates
from quantclaims.records import DateExpression

YEAR = 4
"""Characters of the EDTF of a year; a month or day has more."""


def bound_publication(passages: Sequence[Passage]) -> date | None:
    """The first day of the latest month or day that the text names with its year; None where it names none."""
    explicit = (each for passage in passages for each in passage.dates if each.basis == "explicit")
    named = (each.earliest for each in explicit if each.edtf and len(each.edtf) > YEAR and each.edtf[:YEAR].isdigit())
    return max((day for day in named if day is not None), default=None)


def settle_years(passages: Sequence[Passage], language: str) -> list[Passage]:
    """The passages of an undated article, its relative years settled from the bound on its day."""
    reference = bound_publication(passages)
    if reference is None:
        return list(passages)
    return [_settle(passage, language, reference) for passage in passages]


def _settle(passage: Passage, language: str, reference: date) -> Passage:
    if all(each.edtf is not None for each in passage.dates):
        return passage
    resolved = scan_dates(passage.sentence, passage.numbers, language, reference)
    years = {each.first_token: each for each in resolved if each.edtf is not None and len(each.edtf) == YEAR}
    return passage._replace(dates=[_take(each, years) for each in passage.dates])


def _take(expression: DateExpression, years: dict[int, DateExpression]) -> DateExpression:
    found = years.get(expression.first_token)
    is_new = expression.edtf is None and found is not None and found.last_token == expression.last_token
    return found._replace(basis="inferred") if is_new and found is not None else expression
