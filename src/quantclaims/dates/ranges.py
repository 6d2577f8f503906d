"""What is made of dates: parts, n-th units, weekdays with their dates, ranges, lists and open ranges."""

from quantclaims.dates.absolute import (
    DASHES,
    Reading,
    read_absolute,
    read_day_month,
    read_day_number,
    read_longest,
    read_month,
    read_month_day,
    read_month_year,
    read_numeric,
    read_ordinal,
    read_short_numeric,
    with_year,
)
from quantclaims.dates.moments import Choice, Ending, Moment, Night, Node, Part, Stretch, WeekOf, is_valid_day
from quantclaims.dates.relative import (
    RELATIVE,
    read_count,
    read_day_offset,
    read_shifted,
    read_unit,
    read_unsettled,
    read_weekday,
)
from quantclaims.dates.words import Alternatives, Line, begin_with, remember
from quantclaims.dates.years import (
    FIRST_YEAR,
    LAST_YEAR,
    counts_something,
    is_attached_after,
    is_attached_before,
    read_plain_year,
    read_worded_year,
    read_year_tail,
)

THIRDS = {"early": 0, "middle": 1, "late": 2}


@begin_with("year_before", number=True)
@remember
def read_year(line: Line, at: int) -> Reading | None:
    """A year where only a period can stand; the caller has the evidence."""
    year = read_worded_year(line, at)
    if year is None:
        year = read_plain_year(line, at)
        if year is None or year.year is None or not FIRST_YEAR <= year.year <= LAST_YEAR:
            return None
        if counts_something(line, year.end, year.year):
            return None
    return Reading(at, year.end, Moment("year", year.year), "year")


@begin_with("year_before", number=True)
def read_certain_year(line: Line, at: int) -> Reading | None:
    """A year with its word: "2024 roku", "anul 2024"."""
    year = read_worded_year(line, at)
    return Reading(at, year.end, Moment("year", year.year), "year") if year else None


@remember
def read_period(line: Line, at: int) -> Reading | None:
    """A month or longer, as what a part or an n-th unit is taken of; "the year" alone is the reference's."""
    linked = line.skip(at, "links")
    starts = dict.fromkeys((at, linked, line.skip(linked, "links"), line.skip(at, "in"), line.skip(at, "day_words")))
    found = [
        reading._replace(first=at)
        for start in starts
        if (reading := read_longest(line, start, PERIODS))
        and not (isinstance(reading.node, Moment) and reading.node.unit == "day")
    ]
    return max(found, key=lambda reading: reading.end, default=None)


@begin_with("units")
def _read_definite_unit(line: Line, at: int) -> Reading | None:
    unit = read_unit(line, at)
    if unit is None or unit.value in ("day", "weekend") or line.kind(at) != "word":
        return None
    if line.vocabulary.capital_months and line.folded(at - 1) != "the":
        return None
    return Reading(at, unit.end, Moment(unit.value, shift=0), "shifted")


@begin_with("year_end", "parts")
def read_part(line: Line, at: int) -> Reading | None:
    """Like "early 2023", "mid-May", "pod koniec roku", "la începutul lunii aprilie", "the end of last year"."""
    if word := line.role(at, "year_end"):
        return Reading(at, word.end, Part(Moment("year", shift=0), 2, 3), "part")
    for word in line.roles(at).get("parts", ()):
        start = word.end + 1 if line.is_mark(word.end, DASHES) and line.glued(word.end) else word.end
        period = read_period(line, start)
        if period is not None:
            return Reading(at, period.end, Part(period.node, THIRDS[word.value], 3), "part")
    return None


@begin_with("ordinals", number=True)
def read_half(line: Line, at: int) -> Reading | None:
    """Like "first half of 2023", "w pierwszej połowie maja", "a doua jumătate a anului trecut"."""
    ordinal = read_ordinal(line, at)
    half = line.role(ordinal[0], "half") if ordinal else None
    if ordinal is None or half is None or ordinal[1] not in (1, 2, -1):
        return None
    period = read_period(line, half.end)
    if period is None:
        return None
    which = 0 if ordinal[1] == 1 else 1
    node = period.node
    if isinstance(node, Moment) and node.unit == "year":
        shift = node.year_shift if node.year is None and node.shift is None else node.shift
        return Reading(at, period.end, Moment("half_year", node.year, which + 1, year_shift=shift), "half_year")
    return Reading(at, period.end, Part(node, which, 2), "half_of")


@begin_with("ordinals", number=True)
def read_nth(line: Line, at: int) -> Reading | None:
    """Like "second Thursday of May 2016", "ostatni tydzień września", "first nine months of 2023"."""
    ordinal = read_ordinal(line, at)
    if ordinal is None:
        return None
    end, number = ordinal
    count = 1
    weekday = line.role(end, "weekdays")
    unit = read_unit(line, end)
    if weekday is None and unit is None:
        counted = read_count(line, end)
        unit = read_unit(line, counted[0], plural=True) if counted else None
        if counted is None or counted[1] is None or not 1 < counted[1] < 60 or counted[1] % 1 or number not in (1, -1):
            return None
        count = int(counted[1])
    word = weekday or unit
    period = read_period(line, word.end) if word else None
    if word is None or period is None:
        return None
    if weekday is not None:
        node: Node = Choice(period.node, "day", number, weekday=int(weekday.value))
    else:
        node = Choice(period.node, word.value, number, count)
    return Reading(at, period.end, node, "nth" if count == 1 else "first_units")


@begin_with("units")
def read_week_of(line: Line, at: int) -> Reading | None:
    """Like "the week of March 3", "the weekend of 5 October"."""
    unit = read_unit(line, at)
    if unit is None or unit.value not in ("week", "weekend") or line.language != "en":
        return None
    day = read_longest(line, line.skip(unit.end, "links"), DAYS)
    return Reading(at, day.end, WeekOf(day.node, unit.value), "week_of") if day and day.first > unit.end else None


@begin_with("weekdays", "short_weekdays", "day_offsets")
def read_dated_weekday(line: Line, at: int) -> Reading | None:
    """Like "joi, 14 martie", "wtorek, 17.01", "astăzi, 9 iunie 2020": the date decides."""
    word = line.role(at, "weekdays") or line.role(at, "short_weekdays")
    offset = read_day_offset(line, at) if word is None else None
    if word is None and offset is None:
        return None
    end = word.end if word else offset.end if offset else at
    if line.is_mark(end, ".") and line.glued(end):
        end += 1
    end = line.skip(end, "day_times")
    if line.is_mark(end, ","):
        end += 1
    start = line.skip(end, "day_words")
    for begin in dict.fromkeys((start, line.skip(start, "links"), end)):
        date = read_longest(line, begin, DATED)
        if date is not None:
            node = date.node
            if word is not None and isinstance(node, Moment) and node.unit == "day" and node.year is None:
                node = node._replace(weekday=int(word.value))
            return Reading(at, date.end, node, "dated_weekday")
    return None


@begin_with(number=True)
def read_announced_day(line: Line, at: int) -> Reading | None:
    """Day and month in digits after "data de" or "dnia": "w dniu 17.01"."""
    if line.kind(at) != "digits" or line.ends_with(at, "day_words") is None or line.vocabulary.capital_months:
        return None
    return read_short_numeric(line, at)


POINTS = Alternatives[Reading](
    read_dated_weekday,
    read_absolute,
    *RELATIVE,
    read_part,
    read_half,
    read_nth,
    read_week_of,
    read_certain_year,
    read_announced_day,
)
"""Every date that is no range."""


@remember
def read_point(line: Line, at: int) -> Reading | None:
    """The longest of them."""
    return read_longest(line, at, POINTS)


@remember
def read_end(line: Line, at: int) -> Reading | None:
    """An end of a range."""
    return read_longest(line, at, ENDS)


@begin_with(number=True)
def _read_end_in_digits(line: Line, at: int) -> Reading | None:
    """Day and month of "28.05-9.06"; in English that would be fractions."""
    return None if line.vocabulary.month_first else read_short_numeric(line, at)


@begin_with("short_months")
def _read_short_month(line: Line, at: int) -> Reading | None:
    """The first month of "Jan.-Mar. 2024"."""
    month = read_month(line, at)
    if month is None or not month.is_short or not line.is_mark(month.end, DASHES):
        return None
    later = read_month(line, month.end + 1)
    return Reading(at, month.end, Moment("month", number=month.number), "month") if later else None


def _skip_led(line: Line, at: int) -> int:
    """The end of "dnia", "data de" or "the" before an end of a range."""
    return line.skip(at, "day_words")


@begin_with("from", "between", "plural_years", "overnight_from")
def read_led_range(line: Line, at: int) -> Reading | None:
    """Like "od marca ubiegłego roku do lutego 2024", "between May and July", "z 5 na 6 maja"."""
    for lead, links in (("overnight_from", "overnight_to"), ("from", "to"), ("from", "to_after"), ("between", "and")):
        for word in line.roles(at).get(lead, ()):
            inner = _read_between(line, _skip_led(line, word.end), links)
            if inner is not None:
                return Reading(at, inner.end, inner.node, "range" if lead != "overnight_from" else "overnight")
    for word in (*line.roles(at).get("between", ()), *line.roles(at).get("plural_years", ())):
        inner = read_dashed_range(line, _skip_led(line, word.end))  # "între 6-19 august", "w latach 2014–2020"
        if inner is not None:
            return inner._replace(first=at)
    return None


def _read_between(line: Line, at: int, links: str) -> Reading | None:
    """Two ends with a linking word between them."""
    if line.role(at, "plural_years"):
        at = line.skip(at, "plural_years")
    first = read_end(line, at)
    day = _read_lone_day(line, at)
    for reading in (first, day):
        if reading is None:
            continue
        end = reading.end + 1 if line.is_mark(reading.end, ",") else reading.end
        for word in line.roles(end).get(links, ()):
            second = read_end(line, _skip_led(line, word.end)) or _read_second_day(line, reading, word.end)
            if second is not None and (node := pair_ends(reading, second)) is not None:
                return Reading(at, second.end, node, "range")
    return None


@remember
def read_dashed_range(line: Line, at: int) -> Reading | None:
    """Like "4-15 iunie", "30 June to 2 July", "2022–2024", "februarie-aprilie 2017", "July 13-15, 2014", "1861-68"."""
    short = _read_short_year_range(line, at)
    if short is not None:
        return short
    first = read_end(line, at)
    for reading in (first, _read_year_before_dash(line, at), _read_lone_day(line, at)):
        if reading is None:
            continue
        start = _skip_dash(line, reading.end) or _skip_to(line, reading.end)
        if start is None:
            continue
        second = _read_second_day(line, reading, start) or read_end(line, _skip_led(line, start))
        second = second or _read_year_after_dash(line, start)
        if second is not None and (node := pair_ends(reading, second)) is not None:
            return Reading(at, second.end, node, "range")
    return None


@begin_with("ordinals", number=True)
def read_day_range(line: Line, at: int) -> Reading | None:
    """A range of days, as it follows weekdays: "joi și vineri, 3-4 octombrie 2019"."""
    day = _read_lone_day(line, at)
    start = _skip_dash(line, day.end) if day else None
    second = read_day_month(line, start) if start else None
    if day is None or second is None or (node := pair_ends(day, second)) is None:
        return None
    return Reading(at, second.end, node, "range")


def _skip_dash(line: Line, at: int) -> int | None:
    return at + 1 if line.is_mark(at, DASHES) else None


def _skip_to(line: Line, at: int) -> int | None:
    word = line.role(at, "to")
    return word.end if word else None


def _read_lone_day(line: Line, at: int) -> Reading | None:
    """A day whose month follows at the other end of the range: "5" of "5-10 maja"."""
    day = read_day_number(line, at)
    if day is None or is_decimal(line, at):
        return None
    end = day[0] + 1 if line.language == "pl" and line.is_mark(day[0], ".") and line.glued(day[0]) else day[0]
    return Reading(at, end, Moment("day", day=day[1]), "lone_day")


def is_decimal(line: Line, at: int) -> bool:
    """Whether digits are the fraction of "3,5"."""
    return line.glued(at) and line.is_mark(at - 1, ".,") and line.glued(at - 1) and line.kind(at - 2) == "digits"


def _read_second_day(line: Line, first: Reading, at: int) -> Reading | None:
    """The second day of "July 13-15, 2014"; the month stands before the first."""
    node = first.node
    if first.rule != "month_day" or not isinstance(node, Moment) or node.year is not None or node.number is None:
        return None
    day = read_day_number(line, at)
    if day is None or read_month(line, day[0]) is not None or node.day is None or day[1] < node.day:
        return None
    year = read_year_tail(line, day[0])
    if not is_valid_day(day[1], node.number, year.year if year else None):
        return None
    return Reading(at, year.end if year else day[0], with_year(node._replace(day=day[1]), year), "month_day")


def _read_year_before_dash(line: Line, at: int) -> Reading | None:
    """A year that a dash joins to what follows, so that it seems a piece of something longer."""
    value = line.folded(at)
    if line.kind(at) != "digits" or len(value) != 4 or not line.is_mark(at + 1, DASHES):
        return None
    if not FIRST_YEAR <= int(value) <= LAST_YEAR or is_attached_before(line, at) or line.is_mark(at - 1, DASHES):
        return None
    return Reading(at, at + 1, Moment("year", int(value)), "year")


def _read_year_after_dash(line: Line, at: int) -> Reading | None:
    value = line.folded(at)
    if line.kind(at) != "digits" or len(value) != 4 or not FIRST_YEAR <= int(value) <= LAST_YEAR:
        return None
    if is_attached_after(line, at + 1) or (line.is_mark(at + 1, DASHES) and line.glued(at + 1)):
        return None
    end = line.skip(at + 1, "year_after")
    if counts_something(line, end, int(value)):
        return None
    return Reading(at, end, Moment("year", int(value)), "year")


def _read_short_year_range(line: Line, at: int) -> Reading | None:
    """Like "1861-68", "2023/24", "2011–12": the second year is short; "2011-12" with a hyphen is a month (ISO 8601)."""
    first, mark, second = line.folded(at), line.folded(at + 1), line.folded(at + 2)
    if line.kind(at) != "digits" or line.kind(at + 2) != "digits" or len(first) != 4 or len(second) not in (2, 4):
        return None
    if mark not in "-–/" or not (line.glued(at + 1) and line.glued(at + 2)) or is_attached_before(line, at):
        return None
    year = int(first)
    later = int(second) if len(second) == 4 else year // 100 * 100 + int(second)
    if len(second) == 2 and later < year and int(second) == (year + 1) % 100:
        later += 100
    if not FIRST_YEAR <= year < later <= LAST_YEAR or is_attached_after(line, at + 3):
        return None
    if (mark == "/" and later != year + 1) or (mark == "-" and len(second) == 2 and int(second) <= 12):
        return None
    if len(second) == 4 and mark != "/":
        return None
    end = line.skip(at + 3, "year_after")
    if counts_something(line, end, later):
        return None
    return Reading(at, end, Stretch(Moment("year", year), Moment("year", later)), "range")


def pair_ends(first: Reading, second: Reading) -> Stretch | None:
    """The range of two ends, if they are of a kind that makes one."""
    a, b = first.node, second.node
    if isinstance(a, Moment) and isinstance(b, Moment):
        if first.rule == "lone_day":
            return _pair_days(a, b)
        if a.unit == "year" and b.unit == "year" and a.year is not None and b.year is not None:
            return _pair_years(a, b, first.rule)
        if a.unit == "year" and a.year is not None and b.year is None and b.shift is None and b.year_shift is None:
            return None
        if (a.weekday is not None and a.number is None) != (b.weekday is not None and b.number is None):
            return None
    if isinstance(a, Stretch) or isinstance(b, Stretch):
        return None
    return Stretch(a, b)


def _pair_days(first: Moment, last: Moment) -> Stretch | None:
    if last.unit != "day" or last.number is None or last.day is None or first.day is None or first.day > last.day:
        return None
    return Stretch(last._replace(day=first.day, weekday=None), last)


def _pair_years(first: Moment, last: Moment, rule: str) -> Stretch | None:
    assert first.year is not None
    assert last.year is not None
    round_counts = first.year % 100 == 0 and last.year % 100 == 0 and rule == "year"
    return None if first.year >= last.year or round_counts else Stretch(first, last)


@begin_with("ordinals", "months", "short_months", "month_links", number=True)
def read_listed(line: Line, at: int) -> Reading | None:
    """Days or months in a row that share month or year: "3 și 4 august", "May and June 2013".

    Neighbours make one range; of others only the first is read here, with what the last lends it.
    """
    first = _read_lone_day(line, at)
    if first is None or read_month(line, first.end):
        return _read_listed_months(line, at)
    day, end = first.node, first.end
    days = [day.day or 0] if isinstance(day, Moment) else []
    while (joint := line.role(end, "joins")) is not None and len(days) < 12:
        last = read_longest(line, joint.end, LISTED)
        if last is not None and isinstance(last.node, Moment) and last.node.day is not None:
            days.append(last.node.day)
            return _join_days(at, first.end, days, last)
        following = _read_lone_day(line, joint.end)
        if following is None or not isinstance(following.node, Moment):
            return None
        days.append(following.node.day or 0)
        end = following.end
    return None


def _join_days(at: int, first_end: int, days: list[int], last: Reading) -> Reading | None:
    node = last.node
    if not isinstance(node, Moment) or not is_valid_day(days[0], node.number or 0, node.year):
        return None
    if days == list(range(days[0], days[0] + len(days))):
        return Reading(at, last.end, Stretch(node._replace(day=days[0], weekday=None), node), "days")
    return Reading(at, first_end, node._replace(day=days[0], weekday=None), "days")


def _read_listed_months(line: Line, at: int) -> Reading | None:
    month = read_month(line, at)
    joint = line.role(month.end, "joins") if month else None
    if month is None or joint is None or line.is_mark(joint.end - 1, ","):
        return None
    if line.vocabulary.capital_months and not line.is_capital(month.first):
        return None
    last = read_month_year(line, joint.end)
    if last is None or not isinstance(last.node, Moment) or last.node.number is None:
        return None
    if last.node.number == month.number + 1:
        return Reading(at, last.end, Stretch(last.node._replace(number=month.number), last.node), "months")
    if last.node.number > month.number:
        return Reading(at, month.end, last.node._replace(number=month.number), "months")
    return None


@begin_with("since", "until", "from", "clause_since", "before", "after")
def read_open(line: Line, at: int) -> Reading | None:
    """Like "since 2014", "od sierpnia", "until the end of May", "by Thursday", "after 2015", "din 1974 încoace"."""
    for role, rule in (("since", "since"), ("until", "until")):
        for word in line.roles(at).get(role, ()):
            if (named := _read_named(line, word.end)) is not None:
                node = Stretch(named.node, None) if rule == "since" else Stretch(None, named.node)
                return Reading(at, named.end, node, rule)
    for word in line.roles(at).get("from", ()):
        named = _read_named(line, word.end)
        if named is not None and (after := line.role(named.end, "since_after")):
            return Reading(at, after.end, Stretch(named.node, None), "since")
        if named is not None and _is_beginning(named.node) and line.language == "ro":  # "de la începutul anului"
            return Reading(at, named.end, Stretch(named.node, None), "since")
    return _read_clause_since(line, at) or _read_outside(line, at)


def _is_beginning(node: Node) -> bool:
    return isinstance(node, Part) and node.which == 0


def _read_named(line: Line, at: int) -> Reading | None:
    """The date that an open range begins or ends with; not another range or open range."""
    named = read_end(line, _skip_led(line, at)) or read_end(line, at)
    if named is None or named.rule in ("trailing", "coming", "so_far", "elapsed", "remaining"):
        return None
    if named.rule == "year" and isinstance(named.node, Moment) and named.node.year is not None:
        bare = named.end == named.first + 1
        return None if bare and named.node.year % 100 == 0 and line.folded(at - 1) != "since" else named
    return named


def _read_clause_since(line: Line, at: int) -> Reading | None:
    """Romanian "din" opens a range where it opens a clause; after a noun it means "of"."""
    word = line.role(at, "clause_since")
    if word is None or (at > 0 and line.kind(at - 1) != "mark" and not line.role(at - 1, "clause_openers")):
        return None
    named = _read_named(line, word.end)
    return Reading(at, named.end, Stretch(named.node, None), "since") if named else None


def _read_outside(line: Line, at: int) -> Reading | None:
    """Like "after 2015": without the named date itself; "three days after" leaves the date alone."""
    if line.ends_with(at, "units") is not None or line.ends_with(at, "plural_units") is not None:
        return None
    for role in ("before", "after"):
        for word in line.roles(at).get(role, ()):
            start = word.end + 1 if line.is_mark(word.end, DASHES) and line.glued(word.end) else word.end
            named = read_longest(line, _skip_led(line, start), OUTSIDE)
            if named is None or (named.rule == "year" and (_is_round(named.node) or named.first > start)):
                continue  # "after 2000", "before the 1982 treaty'
            first, last = (named.node, None) if role == "after" else (None, named.node)
            return Reading(at, named.end, Stretch(first, last, outside=True), role)
    return None


def _is_round(node: Node) -> bool:
    return isinstance(node, Moment) and node.year is not None and node.year % 100 == 0


def _goes_on(line: Line, at: int) -> bool:
    """Whether "overnight" says how something was done or what kind it was: "travelled overnight to Rome"."""
    return line.kind(at) not in ("mark", "")


@begin_with("night", "latest_night")
def read_night(line: Line, at: int) -> Reading | None:
    """The night into a day: "overnight into Wednesday", "w nocy na 5 maja", "minionej nocy", "peste noapte"."""
    latest = line.role(at, "latest_night")
    if latest is not None and not (line.vocabulary.capital_months and _goes_on(line, latest.end)):
        return Reading(at, latest.end, Night(Moment("day", shift=0)), "overnight")
    word = line.role(at, "night")
    link = line.role(word.end, "overnight_to") if word else None
    day = read_longest(line, _skip_led(line, link.end), LAST_DAYS) if link else None
    return Reading(at, day.end, Night(day.node), "overnight") if day else None


@begin_with("units")
def read_year_ending(line: Line, at: int) -> Reading | None:
    """A year or quarter by the day it ends on: "the year to 31 December", "w roku zakończonym 31 marca"."""
    unit = read_unit(line, at)
    link = line.role(unit.end, "unit_ends") if unit else None
    if unit is None or link is None or unit.value not in ("quarter", "year") or line.role(at - 1, "one"):
        return None  # "5 million a year to 2030"
    last = read_longest(line, _skip_led(line, link.end), LAST_DAYS)
    return Reading(at, last.end, Ending(last.node, unit.value, 1), "ending") if last else None


@begin_with("plural_units", number=True)
def read_ending(line: Line, at: int) -> Reading | None:
    """So many units and the period that they end with: "three months to September", "12 miesięcy do czerwca 2024"."""
    count = read_count(line, at)
    unit = read_unit(line, count[0], plural=True) if count else None
    link = line.role(unit.end, "unit_ends") if unit else None
    if count is None or unit is None or link is None or not count[1] or count[1] % 1 or count[1] > LONGEST_ENDING:
        return None
    last = read_longest(line, _skip_led(line, link.end), ENDINGS)
    if last is None or unit.value not in ("week", "month", "quarter", "year"):
        return None
    return Reading(at, last.end, Ending(last.node, unit.value, int(count[1])), "ending")


LONGEST_ENDING = 60
ENDINGS = Alternatives(read_absolute, read_year)
PERIODS = Alternatives(read_absolute, read_year, read_shifted, _read_definite_unit)
DAYS = Alternatives(read_day_month, read_month_day, read_numeric)
DATED = Alternatives(read_day_range, read_day_month, read_month_day, read_numeric, read_short_numeric)
ENDS = Alternatives(read_point, read_year, _read_end_in_digits, _read_short_month)
LISTED = Alternatives(read_day_month, read_dated_weekday)
OUTSIDE = Alternatives(read_part, read_absolute, read_year)
LAST_DAYS = Alternatives(read_dated_weekday, read_day_month, read_month_day, read_numeric, read_weekday, read_part)
FORMS = Alternatives(
    read_ending,
    read_year_ending,
    read_night,
    read_led_range,
    read_dashed_range,
    read_listed,
    read_open,
    read_point,
    read_unsettled,
)
"""Every range, list and open range, and what is none."""
