"""Periods of whole days and the arithmetic on them: EDTF text with its first and last day, one made from another.

EDTF (https://www.loc.gov/standards/datetime/) and its bounds are the contract's (``quantclaims.schemas.edtf``); what it
has no word for becomes an interval. The conventions, because texts leave them open:

- early, mid and late are thirds: of a year January to April, May to August, September to December; of a month the days
  1 to 10, 11 to 20 and the rest; of a decade the years 0 to 3, 4 to 6, 7 to 9; of a century 0 to 33, 34 to 66, 67 to
  99;
- weeks run from Monday to Sunday (ISO 8601), and a month or year has only the weeks that lie in it whole: the first
  week of May 2015, a month that begins on a Friday, is the 4th to the 10th;
- a weekend is Saturday and Sunday.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from quantclaims.schemas.edtf import parse_edtf

MONTHS_IN = {"month": 1, "quarter": 3, "season": 3, "half_year": 6, "year": 12, "decade": 120, "century": 1200}
"""Length of the units that are whole months."""
DAYS_IN = {"day": 1, "week": 7, "weekend": 7}
"""Length of the others, from one to the next."""
CODES = {"month": 0, "season": 20, "quarter": 32, "half_year": 39}
"""What EDTF adds to a unit's number within the year in the place of the month."""


class Period(NamedTuple):
    """Days from ``earliest`` to ``latest``, inclusive; None where the period is open."""

    edtf: str
    earliest: date | None
    latest: date | None


@lru_cache(maxsize=10_000)
def read_period(edtf: str) -> Period:
    """The period an EDTF text stands for; ValueError if it is none.

    >>> read_period("2024-02").latest
    datetime.date(2024, 2, 29)
    """
    return Period(edtf, *parse_edtf(edtf))


def build_period(unit: str, year: int, number: int = 1, day: int = 1) -> Period | None:
    """A calendar unit of a year, or the decade or century it begins; None if there is no such date.

    >>> build_period("quarter", 2018, 4).edtf, build_period("day", 2023, 2, 29)
    ('2018-36', None)
    """
    if unit == "iso_week":
        return _build_week(year, number)
    if unit == "day":
        text = f"{year:04}-{number:02}-{day:02}"
    elif unit in CODES:
        text = f"{year:04}-{CODES[unit] + number:02}"
    else:
        text = {"year": f"{year:04}", "decade": f"{year // 10:03}X", "century": f"{year // 100:02}XX"}[unit]
    try:
        return read_period(text)
    except ValueError:
        return None


def _build_week(year: int, number: int) -> Period | None:
    """A week by its number (https://www.iso.org/iso-8601-date-and-time-format.html)."""
    try:
        monday = date.fromisocalendar(year, number, 1)
        return span_days(monday, monday + timedelta(6))
    except (OverflowError, ValueError):
        return None


def find_easter(year: int, *, orthodox: bool = False) -> date:
    """Easter Sunday in the Gregorian calendar, by the rule of the western or the eastern churches.

    J. Meeus, Astronomical Algorithms (1991), chapter 8; the eastern date is the Julian one moved to our calendar.

    >>> find_easter(2024), find_easter(2024, orthodox=True)
    (datetime.date(2024, 3, 31), datetime.date(2024, 5, 5))
    """
    if orthodox:
        moon = (19 * (year % 19) + 15) % 30
        month, day = divmod(moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114, 31)
        return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def span_days(first: date, last: date) -> Period:
    """The period from one day to another, in the largest units that begin and end with it.

    >>> span_days(date(2023, 1, 1), date(2023, 4, 30)).edtf
    '2023-01/2023-04'
    """
    size = 7 if (months := count_months(first, last)) else 10
    if months and first.month == 1 and last.month == 12:
        size = 4
    start, end = first.isoformat()[:size], last.isoformat()[:size]
    return Period(start if start == end else f"{start}/{end}", first, last)


def join_periods(first: Period, last: Period) -> Period | None:
    """From the first day of one to the last day of another, in the words' own precision; None if that is backwards.

    >>> join_periods(read_period("2023-08"), read_period("2024-01")).edtf
    '2023-08/2024-01'
    """
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return None
    start, end = first.edtf.split("/")[0], last.edtf.split("/")[-1]
    return Period(start if start == end else f"{start}/{end}", first.earliest, last.latest)


def open_end(first: Period) -> Period:
    """Since a period: from its first day on."""
    return Period(f"{first.edtf.split('/')[0]}/..", first.earliest, None)


def open_start(last: Period) -> Period:
    """Until a period: up to its last day."""
    return Period(f"../{last.edtf.split('/')[-1]}", None, last.latest)


def open_after(period: Period) -> Period | None:
    """After a period: from the day that follows it."""
    if period.latest is None or period.latest == date.max:
        return None
    return open_end(span_days(day := period.latest + timedelta(1), day))


def open_before(period: Period) -> Period | None:
    """Before a period: up to the day that precedes it."""
    if period.earliest is None or period.earliest == date.min:
        return None
    return open_start(span_days(day := period.earliest - timedelta(1), day))


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last; OverflowError beyond the years 1 to 9999.

    >>> add_months(date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"the year {year} is out of range")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift_day(day: date, unit: str, count: int) -> date:
    """The day a number of units later, or earlier when negative."""
    if unit in DAYS_IN:
        return day + timedelta(count * DAYS_IN[unit])
    return add_months(day, count * MONTHS_IN[unit])


def unit_holding(day: date, unit: str) -> Period | None:
    """The week, month, quarter, ... that holds a day; of weekends the one of its week; winter of the year it begins in.

    >>> unit_holding(date(2024, 1, 18), "week").edtf, unit_holding(date(2024, 1, 18), "season").edtf
    ('2024-01-15/2024-01-21', '2023-24')
    """
    monday = day - timedelta(day.weekday())
    if unit == "week":
        return span_days(monday, monday + timedelta(6))
    if unit == "weekend":
        return span_days(monday + timedelta(5), monday + timedelta(6))
    if unit == "day":
        return span_days(day, day)
    if unit == "season":
        year, month = divmod(day.year * 12 + day.month - 3, 12)
        return build_period(unit, year, month // 3 + 1)
    return build_period(unit, day.year, (day.month - 1) // MONTHS_IN[unit] + 1)


def count_months(first: date, last: date) -> int:
    """How many whole months a stretch of days is; 0 if it is none."""
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def take_third(period: Period, which: int) -> Period | None:
    """The first (0), middle (1) or last (2) third, in units that the period is made of; None if it is open.

    >>> take_third(read_period("2023"), 2).edtf, take_third(read_period("196X"), 1).edtf
    ('2023-09/2023-12', '1964/1966')
    """
    if period.earliest is None or period.latest is None:
        return None
    first, last = period.earliest, period.latest
    months = count_months(first, last)
    if months >= 3:
        unit, length = ("year", months // 12) if months >= 36 and months % 12 == 0 else ("month", months)
    else:
        unit, length = "day", (last - first).days + 1
    cuts = [0, (length + 2) // 3, length - length // 3, length]
    if unit == "day" and 28 <= length <= 31:
        cuts = [0, 10, 20, length]
    edges = [shift_day(first, unit, cut) for cut in cuts]
    return span_days(edges[which], max(edges[which], edges[which + 1] - timedelta(1)))


def take_half(period: Period, which: int) -> Period | None:
    """The first (0) or second (1) half; of an odd number of days the first is shorter; None if the period is open.

    >>> take_half(read_period("2024-05"), 1).edtf, take_half(read_period("199X"), 1).edtf
    ('2024-05-16/2024-05-31', '1995/1999')
    """
    if period.earliest is None or period.latest is None:
        return None
    first, last = period.earliest, period.latest
    months = count_months(first, last)
    middle = first + (last - first + timedelta(1)) // 2
    if months and months % 2 == 0:
        middle = add_months(first, months // 2)
    return span_days(middle, last) if which else span_days(first, max(first, middle - timedelta(1)))


def list_units(period: Period, unit: str, weekday: int | None = None) -> list[Period]:
    """The days (or one weekday's), whole weeks, weekends, months, ... of a period, in order; none if it is open.

    >>> [p.edtf for p in list_units(read_period("2015-05"), "week")][0]
    '2015-05-04/2015-05-10'
    """
    first, last = period.earliest, period.latest
    if first is None or last is None or (last - first).days > 40_000:
        return []
    start = weekday if weekday is not None else {"week": 0, "weekend": 5}.get(unit)
    if start is not None:
        first += timedelta((start - first.weekday()) % 7)
    step = "week" if start is not None else unit
    found: list[Period] = []
    while first <= last and len(found) <= 400:
        day = span_days(first, first) if weekday is not None else unit_holding(first, unit)
        if day is None or day.latest is None or day.latest > last:
            break
        if day.earliest is not None and day.earliest >= (period.earliest or first):
            found.append(day)
        first = shift_day(first, step, 1)
    return found


def take_nth(period: Period, unit: str, number: int, count: int = 1, weekday: int | None = None) -> Period | None:
    """The n-th unit (or weekday) in a period, from the end when negative; with ``count``, that many of them.

    >>> take_nth(read_period("2018"), "week", -3).edtf, take_nth(read_period("2023"), "month", 1, count=9).edtf
    ('2018-12-10/2018-12-16', '2023-01/2023-09')
    """
    units = list_units(period, unit, weekday)
    first = number - 1 if number > 0 else len(units) + number - (count - 1)
    if not 0 <= first <= first + count - 1 < len(units):
        return None
    return join_periods(units[first], units[first + count - 1])
