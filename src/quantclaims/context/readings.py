"""What the words around a date make of it: "at the end of", "from", "the same period of".

The grammar of dates reads the phrase alone. Here a reader's knowledge of its place in the sentence comes in: "the same
period of 2024" is no whole year, what stood "at the end of June" stood so on the 30th, what begins "from 1 April" does
not end there, and in the present tense "in January" is the nearest January.
"""

from datetime import date, timedelta

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.context.periods import Period
from quantclaims.dates.periods import add_months, span_days
from quantclaims.records import DateExpression

YEARLESS = frozenset({"month", "day_month", "month_day", "months", "range"})
"""Rules of dates that leave their year to the reader."""
BEGINNINGS = YEARLESS | {"weekday", "year"}
WHOLE_YEAR = 365
"""Days of the shortest year."""
WEEK = timedelta(7)
LEAD = 4
"""Words of the longest phrase before a date that is asked for here."""


def _leads(passage: Passage, expression: DateExpression, kind: str, language: str) -> bool:
    """Whether a phrase of this kind stands right before a date, or begins it."""
    tokens, table = passage.sentence.tokens, load_cues(language).period
    first, last = expression.first_token, expression.last_token
    return any(
        found == kind and first <= end < last
        for at in range(max(0, first - LEAD), first + 1)
        for end, found in table.match(tokens, at)
    )


def names_same_part(passage: Passage, expression: DateExpression, language: str) -> bool:
    """Whether a year is named for the part of it that was told of before: "in the same period of 2024"."""
    return is_whole_year(expression) and _leads(passage, expression, "same_part", language)


def is_whole_year(expression: DateExpression) -> bool:
    """Whether a date is that of a year or longer."""
    first, last = expression.earliest, expression.latest
    return first is not None and last is not None and (last - first).days + 1 >= WHOLE_YEAR


def shift_to_year(period: Period, year: Period) -> Period:
    """The same part of another year.

    >>> half = Period("2025-01/2025-06", date(2025, 1, 1), date(2025, 6, 30), "explicit")
    >>> shift_to_year(half, Period("2024", date(2024, 1, 1), date(2024, 12, 31), "explicit")).edtf
    '2024-01/2024-06'
    """
    if period.start is None or period.end is None or year.start is None:
        return year
    months = 12 * (year.start.year - period.start.year)
    after = period.end + timedelta(1)
    shifted = span_days(add_months(period.start, months), add_months(after, months) - timedelta(1))
    return year._replace(edtf=shifted.edtf, start=shifted.earliest, end=shifted.latest)


def is_point(passage: Passage, expression: DateExpression, language: str) -> bool:
    """Whether a date is the last day of the period that it names: "at the end of June", "na koniec roku"."""
    return expression.rule == "part" and _leads(passage, expression, "point", language)


def last_day(period: Period) -> Period:
    """The last day of a period."""
    if period.end is None:
        return period
    return period._replace(edtf=period.end.isoformat(), start=period.end)


def end_at(period: Period, until: date | None) -> Period:
    """A stretch that was not over, up to the day on which somebody told of it."""
    if until is None or period.end is None or until >= period.end or (period.start and period.start > until):
        return period
    start = period.start.isoformat() if period.start else ".."
    return period._replace(edtf=f"{start}/{until}", end=until)


def move_back(period: Period, days: timedelta) -> Period:
    """A stretch that ended when somebody told of it, these days before publication: "over the past week, he said"."""
    if period.start is None or period.end is None or not timedelta(0) < days < WEEK:
        return period
    moved = span_days(period.start - days, period.end - days)
    return period._replace(edtf=moved.edtf, start=moved.earliest, end=moved.latest)


def look_ahead(period: Period, published: date, *, weekly: bool = False) -> Period:
    """A month or day without its year, told in the present, a year later where that is nearer: "drops in January".

    A weekday comes a week later (``weekly``).
    """
    if period.start is None or period.end is None or period.basis != "relative" or period.end >= published:
        return period
    try:
        if weekly:
            start, end = period.start + timedelta(7), period.end + timedelta(7)
        else:
            start, end = add_months(period.start, 12), add_months(period.end + timedelta(1), 12) - timedelta(1)
    except OverflowError:
        return period
    if start - published >= published - period.end:
        return period
    later = span_days(start, end)
    return period._replace(edtf=later.edtf, start=start, end=end)


def begins(passage: Passage, expression: DateExpression, language: str) -> bool:
    """Whether a date says only when something begins: "from July", "de la 1 aprilie", but not "of this winter"."""
    return expression.rule in BEGINNINGS and _leads(passage, expression, "begins", language)


def open_future(period: Period, published: date | None) -> Period:
    """What begins in the future, without an end."""
    if period.start is None or published is None or period.start <= published:
        return period
    return period._replace(edtf=f"{period.start}/..", end=None)
