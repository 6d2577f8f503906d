"""What a dated phrase says, before a reference date fills in what it leaves out, and the filling in.

The grammar builds these values without knowing any reference date; ``resolve`` makes periods of them. News looks back:
a weekday, month or day without its year is the latest that has begun by the reference date, unless the clause speaks of
the future.
"""

from calendar import isleap
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from quantclaims.dates.periods import (
    Period,
    build_period,
    find_easter,
    join_periods,
    open_after,
    open_before,
    open_end,
    open_start,
    shift_day,
    span_days,
    take_half,
    take_nth,
    take_third,
    unit_holding,
)

FORWARD_DAYS = 300
"""How far ahead of the reference a phrase without its year may lie, when the clause speaks of the future."""


class Moment(NamedTuple):
    """A calendar unit, named ("17 May", "Tuesday", "Q3 2023") or counted from the reference ("last month")."""

    unit: str
    year: int | None = None
    number: int | None = None
    """Of the year: the month of a month or day, the season, quarter or half."""
    day: int | None = None
    weekday: int | None = None
    year_shift: int | None = None
    """Years from the reference's: "of last year" is -1."""
    shift: int | None = None
    """Units from the reference's own: "last month" is -1."""
    two_digits: bool = False
    """The year is printed without its century."""


class Part(NamedTuple):
    """A third ("late 2023") or half of a period, counted from 0."""

    of: "Node"
    which: int
    parts: int


class Choice(NamedTuple):
    """Units within a period: "third Tuesday of", "first nine months of"; from the end when ``number`` is negative."""

    of: "Node"
    unit: str
    number: int
    length: int = 1
    weekday: int | None = None


class WeekOf(NamedTuple):
    """The week (or its weekend) that holds a day."""

    of: "Node"
    unit: str = "week"


class Trailing(NamedTuple):
    """Days that end with the reference ("the past three months"), or begin with it when positive."""

    unit: str
    units: int


class UpToReference(NamedTuple):
    """What of a period has passed ("earlier this month", "so far this year"); with ``rest``, what is still to come."""

    of: "Node | None"
    rest: bool = False


class Stretch(NamedTuple):
    """From one moment to another; with ``None`` the stretch is open."""

    first: "Node | None"
    last: "Node | None"
    outside: bool = False
    """Open and without the named moment itself: "after 2015", "before 2015"."""


class Feast(NamedTuple):
    """A movable feast: so many days from Easter."""

    days: int
    orthodox: bool
    year: int | None = None
    year_shift: int | None = None
    two_digits: bool = False


class Ending(NamedTuple):
    """So many units that end with a period: "the three months to September"."""

    of: "Node"
    unit: str
    units: int


class Night(NamedTuple):
    """The night that ends on a day: "overnight into Wednesday"."""

    of: "Node"


class Unsettled(NamedTuple):
    """A phrase that only its neighbours could settle ("the same year", "a few days ago")."""


Node: TypeAlias = (
    Moment | Feast | Ending | Night | Part | Choice | WeekOf | Trailing | UpToReference | Stretch | Unsettled
)


class Anchor(NamedTuple):
    """What phrases are resolved against."""

    reference: date | None
    forward: bool = False
    """The clause speaks of the future."""
    after: date | None = None
    """The start of a range whose end is being resolved: the end is the next that follows."""


def needs_reference(node: Node | None) -> bool:
    """Whether the words alone leave the date open."""
    match node:
        case None:
            return False
        case Moment():
            return node.year is None or node.two_digits
        case Feast():
            return node.year is None
        case Part() | Choice() | WeekOf() | Ending() | Night():
            return needs_reference(node.of)
        case Stretch(first=Moment() as first, last=Moment() as last):
            return any(needs_reference(end) for end in share_year(first, last))
        case Stretch():
            return needs_reference(node.first) or needs_reference(node.last)
        case _:
            return True


def resolve(node: Node, anchor: Anchor) -> Period | None:
    """The period meant; None where neither the words nor the reference settle it.

    >>> resolve(Moment("month", number=7), Anchor(date(2022, 9, 22))).edtf
    '2022-07'
    """
    if anchor.reference is None and needs_reference(node):
        return None
    try:
        period = _resolve(node, anchor)
    except (OverflowError, ValueError):  # beyond the years 1 to 9999
        return None
    if period is not None and anchor.reference is not None and _lacks_year(node) and not anchor.forward:
        return _cut(period, anchor.reference)
    return period


def _resolve(node: Node, anchor: Anchor) -> Period | None:
    match node:
        case Moment():
            return _resolve_moment(node, anchor)
        case Stretch():
            return _resolve_stretch(node, anchor)
        case Trailing() | UpToReference():
            return _resolve_about_reference(node, anchor)
        case Feast():
            return _resolve_feast(node, anchor)
        case Unsettled():
            return None
    whole = _resolve(node.of, anchor)
    return None if whole is None else _take_from(whole, node)


def _resolve_feast(feast: Feast, anchor: Anchor) -> Period | None:
    """The day of a movable feast; without its year the latest that has come, or the next where the clause is of it."""
    year, reference = feast.year, anchor.reference
    if year is None and reference is not None and feast.year_shift is not None:
        year = reference.year + feast.year_shift
    if year is not None:
        days = [find_easter(year, orthodox=feast.orthodox)]
    elif reference is not None:
        years = range(reference.year - 1, reference.year + 2)
        near = [find_easter(year, orthodox=feast.orthodox) for year in years]
        passed = [day for day in near if (day + timedelta(feast.days) <= reference) is not anchor.forward]
        days = passed[:1] if anchor.forward else passed[-1:]
    else:
        days = []
    return span_days(day := days[0] + timedelta(feast.days), day) if days else None


def _take_from(whole: Period, node: Part | Choice | WeekOf | Ending | Night) -> Period | None:
    match node:
        case Ending(unit=unit, units=units):
            if whole.latest is None:
                return None
            return span_days(shift_day(whole.latest + timedelta(1), unit, -units), whole.latest)
        case Night():
            day = whole.earliest
            return None if day is None else span_days(day - timedelta(1), day)
        case Part(which=which, parts=3):
            return take_third(whole, which)
        case Part(which=which):
            return take_half(whole, which)
        case Choice():
            return take_nth(whole, node.unit, node.number, node.length, node.weekday)
    return None if whole.earliest is None else unit_holding(whole.earliest, node.unit)


def _resolve_moment(moment: Moment, anchor: Anchor) -> Period | None:
    reference = anchor.reference
    if moment.two_digits and moment.year is not None:
        return None if reference is None else _place(moment._replace(year=_full_year(moment.year, reference)))
    if moment.year is not None:
        return _place(moment)
    if reference is None:
        return None
    if moment.year_shift is not None:
        return _place(moment._replace(year=reference.year + moment.year_shift))
    if moment.number is None and moment.weekday is None:
        return _count_from(reference, moment.unit, moment.shift or 0, anchor, named=moment.shift is None)
    if moment.number is None:
        return _find_weekday(moment, anchor, reference)
    return _find_yearless(moment, anchor, reference)


def _full_year(two_digits: int, reference: date) -> int:
    """The year within 80 years before and 19 after the reference, as Unicode's date parsing has it."""
    return reference.year - 80 + (two_digits - (reference.year - 80)) % 100


def _place(moment: Moment) -> Period | None:
    """A moment of a known year."""
    assert moment.year is not None
    if not 1 <= moment.year <= 9999:
        return None
    if moment.weekday is not None and moment.number is None:
        return None
    return build_period(moment.unit, moment.year, moment.number or 1, moment.day or 1)


def _count_from(reference: date, unit: str, shift: int, anchor: Anchor, *, named: bool) -> Period | None:
    """The unit so many after the reference's own; a weekend that is not counted is the latest that has begun."""
    if unit == "weekend":
        monday = reference - timedelta(reference.weekday())
        begun = reference.weekday() >= 5
        if named and not begun and not anchor.forward:
            shift = -1
        return unit_holding(monday + timedelta(7 * shift), unit)
    if unit in ("decade", "century"):
        return unit_holding(shift_day(reference, unit, shift), unit)
    holding = unit_holding(reference, unit)
    if holding is None or holding.earliest is None:
        return None
    return unit_holding(shift_day(holding.earliest, unit, shift), unit)


def _find_weekday(moment: Moment, anchor: Anchor, reference: date) -> Period:
    assert moment.weekday is not None
    if anchor.after is not None:
        day = anchor.after + timedelta((moment.weekday - anchor.after.weekday()) % 7)
    elif moment.shift == 0:
        day = reference + timedelta(moment.weekday - reference.weekday())
    elif moment.shift == 1 or (moment.shift is None and anchor.forward):
        day = reference + timedelta((moment.weekday - reference.weekday() - 1) % 7 + 1)
    else:
        back = (reference.weekday() - moment.weekday) % 7
        day = reference - timedelta(back or (7 if moment.shift == -1 else 0))
    return span_days(day, day)


def _find_yearless(moment: Moment, anchor: Anchor, reference: date) -> Period | None:
    """A month, season, quarter, half or day of the year whose year is not said."""
    far = 8 if _is_rare(moment, anchor, reference) else 2
    periods = [
        period
        for year in range(max(1, reference.year - far), min(9999, reference.year + far) + 1)
        if (period := _place(moment._replace(year=year, weekday=None))) is not None
    ]
    if moment.shift == 0:
        return next((p for p in periods if p.edtf.startswith(f"{reference.year:04}")), None)
    if moment.weekday is not None and moment.unit == "day":
        periods = [p for p in periods if p.earliest and p.earliest.weekday() == moment.weekday] or periods
    if anchor.after is not None:
        return next((p for p in periods if p.latest and p.latest >= anchor.after), None)
    passed = [p for p in periods if p.earliest is not None and p.earliest <= reference]
    ahead = [p for p in periods if p.earliest is not None and p.earliest > reference]
    if moment.shift == 1:
        return ahead[0] if ahead else None
    if moment.shift == -1:
        return next((p for p in reversed(passed) if p.latest is not None and p.latest < reference), None)
    if moment.weekday is not None and moment.unit == "day":
        return min(periods, key=lambda p: abs((p.earliest or reference) - reference), default=None)
    if not passed:
        return None
    if anchor.forward:
        return _choose_forward(passed[-1], ahead, reference)
    return passed[-1]


def _is_rare(moment: Moment, anchor: Anchor, reference: date) -> bool:
    """Whether years further off can be meant: 29 February, a day by its weekday, the end of a range long ago."""
    distant = anchor.after is not None and abs(anchor.after.year - reference.year) > 1
    return distant or moment.weekday is not None or (moment.number, moment.day) == (2, 29)


def _choose_forward(running: Period, ahead: list[Period], reference: date) -> Period:
    if running.latest is not None and running.latest >= reference:
        return running
    near = ahead and ahead[0].earliest is not None and (ahead[0].earliest - reference).days <= FORWARD_DAYS
    return ahead[0] if near else running


def _cut(period: Period, reference: date) -> Period:
    """Of a period that the reference falls into, what had passed when the text was written."""
    if period.earliest is not None and period.latest is not None and period.earliest < reference < period.latest:
        return span_days(period.earliest, reference)
    return period


def _resolve_about_reference(node: Trailing | UpToReference, anchor: Anchor) -> Period | None:
    reference = anchor.reference
    assert reference is not None
    if isinstance(node, Trailing):
        other = shift_day(reference, node.unit, node.units)
        return span_days(min(other, reference), max(other, reference))
    if node.of is None:
        return open_start(span_days(reference, reference))
    whole = _resolve(node.of, anchor)
    if whole is None or whole.earliest is None or whole.latest is None:
        return None
    if not whole.earliest <= reference <= whole.latest:
        return whole
    return span_days(reference, whole.latest) if node.rest else span_days(whole.earliest, reference)


def _resolve_stretch(node: Stretch, anchor: Anchor) -> Period | None:
    if node.first is None or node.last is None:
        return _resolve_open(node, anchor)
    first, last = node.first, node.last
    if isinstance(first, Moment) and isinstance(last, Moment):
        first, last = share_year(first, last)
    start = _resolve(first, anchor)
    if start is None or start.earliest is None:
        return None
    end = _resolve(last, anchor._replace(after=start.earliest) if _lacks_year(last) else anchor)
    if end is None:
        return None
    return join_periods(start, end)


def _resolve_open(node: Stretch, anchor: Anchor) -> Period | None:
    named = node.first or node.last
    assert named is not None
    period = _resolve(named, anchor)
    if period is None:
        return None
    if node.outside and not (node.first is None and _is_end(named)):  # "before the end of the year" is until it
        return open_after(period) if node.first is not None else open_before(period)
    return open_end(period) if node.first is not None else open_start(period)


def _is_end(node: Node) -> bool:
    return isinstance(node, Part) and node.which == 2 and node.parts == 3


def _lacks_year(node: Node) -> bool:
    if isinstance(node, Part | Choice):
        return _lacks_year(node.of)
    return isinstance(node, Moment) and (node.year, node.year_shift, node.shift) == (None, None, None)


def share_year(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """Two ends of a range, of which one may take its year from the other ("November to March 2014").

    >>> first, last = share_year(Moment("month", number=11), Moment("month", 2014, 3))
    >>> first.year
    2013
    """
    if first.number is None or last.number is None or first.unit in ("year", "decade"):
        return first, last
    order = (first.number, first.day or 0) <= (last.number, last.day or 99)
    if _lacks_year(first) and not _lacks_year(last) and last.shift is None:
        step = 0 if order else 1
        if last.year is not None:
            return first._replace(year=last.year - step, two_digits=last.two_digits), last
        return first._replace(year_shift=(last.year_shift or 0) - step), last
    if _lacks_year(last) and not _lacks_year(first) and first.shift is None:
        step = 0 if order else 1
        if first.year is not None:
            return first, last._replace(year=first.year + step, two_digits=first.two_digits)
        return first, last._replace(year_shift=(first.year_shift or 0) + step)
    return first, last


def is_valid_day(day: int, month: int, year: int | None) -> bool:
    """Whether there is such a day, in that year or in any.

    >>> is_valid_day(29, 2, None), is_valid_day(29, 2, 2023)
    (True, False)
    """
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    leap = month == 2 and day == 29
    return 1 <= month <= 12 and 1 <= day <= longest and not (leap and year is not None and not isleap(year))
