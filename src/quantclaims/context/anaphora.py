"""Dates that point at another date: "a year earlier", "the previous month", "w tym czasie".

They are counted from the period that the figures before them cover.
"""

from datetime import timedelta
from functools import cache

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.context.periods import Period
from quantclaims.dates.periods import shift_day, span_days
from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.records import DateExpression
from quantclaims.rules import fires

RULE = "period_anaphoric"
DIRECTIONS = {"before": -1, "same": 0, "after": 1}
ONE_DAY = timedelta(1)


@cache
def _units(language: str) -> PhraseTable[str]:
    tables = load_language(language)["dates"]
    entries = [
        (phrase.split("(")[0], unit)
        for name in ("units", "plural_units")
        for unit, phrases in tables[name].items()
        for phrase in phrases
    ]
    return PhraseTable(entries, language, inflect=True)


def resolve_anaphoric(passage: Passage, expression: DateExpression, base: Period, language: str) -> Period | None:
    """The period of a dated phrase that only a date before it settles, counted from ``base``; None if it cannot be."""
    if not fires(RULE) or base.start is None or base.end is None:
        return None
    tokens = passage.sentence.tokens
    span = range(expression.first_token, expression.last_token)
    units = [unit for at in span for _, unit in _units(language).match(tokens, at)]
    kinds = [kind for at in span for _, kind in load_cues(language).period.match(tokens, at) if kind in DIRECTIONS]
    if not units or not kinds:
        return None
    counts = [n.value for n in passage.numbers if n.first_token in span and n.value and n.kind == "cardinal"]
    count = int(counts[0]) if counts else 1
    return _shift(base, units[0], DIRECTIONS[kinds[0]] * count)


def _shift(base: Period, unit: str, count: int) -> Period | None:
    """A period some units earlier or later, whole units staying whole: April a month earlier is March."""
    if base.start is None or base.end is None:
        return None
    try:
        first, last = shift_day(base.start, unit, count), shift_day(base.end + ONE_DAY, unit, count) - ONE_DAY
    except OverflowError:
        return None
    shifted = span_days(first, last)
    return Period(shifted.edtf, first, last, "relative", RULE)


def says_same_time(passage: Passage, figure: int, language: str) -> bool:
    """Whether a figure's clause says that it covers what was told before: "w tym czasie", "over the same period"."""
    tokens, clauses, table = passage.sentence.tokens, passage.clauses, load_cues(language).period
    return fires(RULE) and any(
        kind == "meanwhile" and clauses.is_same_clause(at, figure)
        for at in range(len(tokens))
        for _, kind in table.match(tokens, at)
    )
