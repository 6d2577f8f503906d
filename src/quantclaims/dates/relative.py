"""Dates told from the reference date: yesterday, Thursday, last month, three weeks ago, the past two years, so far.

As in ``date_absolute``, each ``read_`` function tries one form at a token. "N units ago" is the calendar unit so far
back: three weeks ago is a week, two years ago a year. A stretch of "the past three months" ends with the reference.
"""

from quantclaims.dates.absolute import Reading, read_day_number, read_month
from quantclaims.dates.moments import Choice, Moment, Node, Trailing, Unsettled, UpToReference
from quantclaims.dates.periods import MONTHS_IN
from quantclaims.dates.words import Line, Word, begin_with, remember

FAR = 400
"""No news speaks of more units than this ("500 years ago" is history, and no calendar unit is meant)."""
STRETCHES = ("week", "month", "quarter", "half_year", "year", "decade")


def read_unit(line: Line, at: int, *, plural: bool = False) -> Word | None:
    """A calendar unit's name, in the singular or (also) the plural."""
    return line.role(at, "units") or (line.role(at, "plural_units") if plural else None)


@remember
def read_count(line: Line, at: int) -> tuple[int, float | None] | None:
    """``(end, value)`` of a number of units; the value is None where the words are vague ("a few")."""
    number = line.numbers.get(at)
    if number is not None and number.kind not in ("ordinal", "multiplicative"):
        role = "one" if number.kind == "fraction" else "count_links"  # "half a year", "20 de ani"
        return line.skip(number.last_token, role), number.value
    if word := line.role(at, "one"):
        return word.end, 1.0
    if word := line.role(at, "few"):
        return line.skip(word.end, "count_links"), None
    if line.kind(at) == "digits" and len(line.folded(at)) <= 4 and not line.is_mark(at - 1, ".,"):
        return line.skip(at + 1, "count_links"), float(line.folded(at))
    return None


def count_units(unit: str, value: float | None, sign: int) -> Moment | Unsettled:
    """The unit that many away; halves of years become months; what is vague or too far stays unsettled."""
    if value is None or value > FAR:
        return Unsettled()
    if value == int(value):
        return Moment(unit, shift=sign * int(value))
    smaller = _in_smaller_units(unit, value)
    return Moment(smaller[0], shift=sign * smaller[1]) if smaller else Unsettled()


def _in_smaller_units(unit: str, value: float) -> tuple[str, int] | None:
    """Whole years or months that a number with a fraction comes to: "half a century", "półtora roku"."""
    for smaller in ("year", "month"):
        count = value * MONTHS_IN.get(unit, 0) / MONTHS_IN[smaller]
        if count and count == int(count):
            return smaller, int(count)
    return None


@begin_with("day_offsets")
def read_day_offset(line: Line, at: int) -> Reading | None:
    """Like "yesterday", "wczoraj", "azi"; not a name ("Russia Today")."""
    word = line.role(at, "day_offsets")
    if word is None or is_name(line, at):
        return None
    return Reading(at, word.end, Moment("day", shift=int(word.value)), "day_offset")


def is_name(line: Line, at: int) -> bool:
    """Whether a word has a capital that neither the sentence's beginning nor a mark before it gives."""
    return line.is_capital(at) and at > 0 and line.kind(at - 1) != "mark" and not line.tokens[at].text.isupper()


@begin_with("year_shifts", "month_shifts", "shifts", "units", "weekdays", "seasons", "months", "month_links")
@remember
def read_shifted(line: Line, at: int) -> Reading | None:
    """Like "last month", "w ubiegłym roku", "luna trecută", "next Tuesday", "vara aceasta", "zeszłego lata", "br."."""
    for role, unit in (("year_shifts", "year"), ("month_shifts", "month")):
        word = line.role(at, role)
        if word and not line.glued(at) and not (line.is_capital(at) and word.end > at + 1):  # "A.C." is a name
            return Reading(at, word.end, Moment(unit, shift=int(word.value)), "shifted")
    if shift := line.role(at, "shifts"):
        named = _read_shiftable(line, shift.end, genitive=True)
        return _shift(at, named[0], named[1], shift.value) if named else None
    found = _read_shiftable(line, at, genitive=False)
    if found is None or line.vocabulary.capital_months:
        return None
    later = line.role(found[0], "shifts")
    if later is None:
        return None
    return _shift(at, later.end, found[1], later.value)


def _shift(at: int, end: int, moment: Moment, value: str) -> Reading:
    return Reading(at, end, moment._replace(shift=int(value)), "shifted")


def _read_shiftable(line: Line, at: int, *, genitive: bool) -> tuple[int, Moment] | None:
    """``(end, moment)`` of a unit, weekday, month or season that "last" or "next" can stand with."""
    unit = read_unit(line, at)
    if unit is not None and unit.value != "day":
        return unit.end, Moment(unit.value)
    if weekday := line.role(at, "weekdays"):
        return weekday.end, Moment("day", weekday=int(weekday.value))
    season = line.role(at, "seasons") or (line.role(at, "shifted_seasons") if genitive else None)
    if season is not None:
        return season.end, Moment("season", number=int(season.value))
    month = read_month(line, at)
    if (
        month is not None
        and not month.is_short
        and (not line.vocabulary.capital_months or line.is_capital(month.first))
    ):
        return month.end, Moment("month", number=month.number)
    return None


@begin_with("anaphoric", "anaphoric_shifts", "units", "plural_units", "one", "few", number=True)
def read_unsettled(line: Line, at: int) -> Reading | None:
    """Like "the same year", "a year earlier", "the previous month": only the neighbours say which."""
    if word := line.role(at, "anaphoric"):
        return Reading(at, word.end, Unsettled(), "anaphoric")
    if shift := line.role(at, "anaphoric_shifts"):
        unit = read_unit(line, shift.end)
        return Reading(at, unit.end, Unsettled(), "anaphoric") if unit else None
    unit = read_unit(line, at)
    later = line.role(unit.end, "anaphoric_shifts") if unit else None
    if later is not None and not line.vocabulary.capital_months:
        return Reading(at, later.end, Unsettled(), "anaphoric")
    count = read_count(line, at)
    unit = read_unit(line, count[0] if count else at, plural=True)
    word = line.role(unit.end, "anaphoric_after") if unit else None
    if word is not None and line.role(word.end, "count_links"):
        return None  # "cu un an înainte de război"
    return Reading(at, word.end, Unsettled(), "anaphoric") if word and (count or line.language == "pl") else None


@begin_with("weekdays")
def read_weekday(line: Line, at: int) -> Reading | None:
    """A weekday, with the time of day or the week it is of: "w czwartek", "Thursday night", "Tuesday of last week"."""
    word = line.role(at, "weekdays")
    if word is None or not _is_sure_weekday(line, at):
        return None
    weekday = int(word.value)
    for start in dict.fromkeys((word.end, line.skip(word.end, "links"), line.skip(word.end, "in"))):
        week = read_shifted(line, start)
        if week is not None and isinstance(week.node, Moment) and week.node.unit == "week":
            return Reading(at, week.end, Choice(week.node, "day", 1, weekday=weekday), "weekday")
    return Reading(at, word.end, Moment("day", weekday=weekday), "weekday")


def _is_sure_weekday(line: Line, at: int) -> bool:
    """Not "luni" for "months", nor "Środa" the town."""
    if line.vocabulary.capital_months:
        return line.is_capital(at)
    if is_name(line, at):
        return False
    if not line.role(at, "plural_units") or _has_clock(line, at + 1):
        return True
    counted = line.kind(at - 1) == "digits" or line.ends_with(at, "few") is not None or line.role(at, "month_phrases")
    is_linked = line.role(at - 1, "count_links") is not None
    before = (at, at - 1, at - 2) if is_linked else (at, at - 1)
    spelled = any(number.last_token in before for number in line.numbers.values() if number.first_token >= at - 8)
    if counted or spelled or line.ends_with(at, "trailing") is not None:
        return False
    return not is_linked or not any(  # "timp de luni", but "noaptea de luni"
        line.ends_with(at - 1, role) is not None for role in ("month_quantities", "few", "plural_units")
    )


def _has_clock(line: Line, at: int) -> bool:
    """Whether a time of day follows, as it does after weekdays: "luni, ora 10"."""
    return line.role(at + 1 if line.is_mark(at, ",") else at, "clock_before") is not None


@begin_with("units")
def read_weekend(line: Line, at: int) -> Reading | None:
    """Like "w weekend", "over the weekend"."""
    unit = read_unit(line, at)
    if unit is None or unit.value != "weekend":
        return None
    return Reading(at, unit.end, Moment("weekend"), "weekend")


@begin_with("ago_before", "one", "few", "units", number=True)
def read_ago(line: Line, at: int) -> Reading | None:
    """Like "three days ago", "dwa lata temu", "przed dwoma laty", "acum două săptămâni", "doi ani în urmă"."""
    before = line.role(at, "ago_before")
    found = _read_units(line, before.end if before else at)
    if found is None:
        return None
    end, unit, value = found
    after = line.role(end, "ago_after")
    if before is None and after is None:
        return None
    if before is not None and after is None and line.kind(end) == "digits":  # "przed rokiem 2014"
        return None
    return Reading(at, after.end if after else end, count_units(unit, value, -1), "ago")


@begin_with("ahead_before", "one", "few", "units", number=True)
def read_ahead(line: Line, at: int) -> Reading | None:
    """Like "two weeks from now", "za dwa tygodnie"."""
    before = line.role(at, "ahead_before")
    found = _read_units(line, before.end if before else at)
    if found is None:
        return None
    end, unit, value = found
    after = line.role(end, "ahead_after")
    if before is None and after is None:
        return None
    return Reading(at, after.end if after else end, count_units(unit, value, 1), "ahead")


def _read_units(line: Line, at: int) -> tuple[int, str, float | None] | None:
    """``(end, unit, number)`` of "three weeks"; Polish leaves out "one" ("rok temu")."""
    count = read_count(line, at)
    unit = read_unit(line, count[0], plural=True) if count else None
    if count and unit:
        return unit.end, unit.value, count[1]
    alone = read_unit(line, at) if line.language == "pl" else None
    return (alone.end, alone.value, 1.0) if alone else None


@begin_with("trailing", "counted_trailing", "coming", "counted_coming")
def read_trailing(line: Line, at: int) -> Reading | None:
    """Like "over the past three months", "w ostatnich dwóch latach", "ultimul an", "the coming weeks"."""
    for role, sign in (("trailing", -1), ("counted_trailing", -1), ("coming", 1), ("counted_coming", 1)):
        word = line.role(at, role)
        if word is None:
            continue
        found = _read_stretch(line, word.end, counted=role.startswith("counted"))
        if found is None:
            continue
        end, unit, value = found
        if unit == "weekend":
            return Reading(at, end, Moment(unit, shift=sign), "shifted")
        node: Node = Unsettled() if value is None or value > FAR else _stretch(unit, sign * value)
        return Reading(at, end, node, "trailing" if sign < 0 else "coming")
    return _read_last_weekday(line, at)


def _stretch(unit: str, value: float) -> Trailing | Unsettled:
    if value == int(value):
        return Trailing(unit, int(value))
    smaller = _in_smaller_units(unit, value)
    return Trailing(*smaller) if smaller else Unsettled()


def _read_stretch(line: Line, at: int, *, counted: bool) -> tuple[int, str, float | None] | None:
    count = read_count(line, at)
    unit = read_unit(line, count[0], plural=True) if count else None
    if count and unit:
        return unit.end, unit.value, count[1]
    if count and count[1] and count[1] % 24 == 0 and (hours := line.role(count[0], "hours")):
        return hours.end, "day", count[1] // 24
    if not counted and (day := line.role(at, "whole_day")):  # "ostatniej doby": "the last day" would be the final one
        return day.end, "day", 1.0
    alone = None if counted else read_unit(line, at)
    return (alone.end, alone.value, 1.0) if alone and alone.value in (*STRETCHES, "weekend") else None


def _read_last_weekday(line: Line, at: int) -> Reading | None:
    """Like "past Tuesday", "w ostatni wtorek"."""
    word = line.role(at, "trailing")
    weekday = line.role(word.end, "weekdays") if word else None
    if weekday is None:
        return None
    return Reading(at, weekday.end, Moment("day", weekday=int(weekday.value), shift=-1), "shifted")


@begin_with("so_far", "year_shifts", "month_shifts", "shifts", "units")
def read_so_far(line: Line, at: int) -> Reading | None:
    """Like "so far", "do tej pory", "until now", "so far this year", "w tym roku dotychczas"."""
    word = line.role(at, "so_far")
    if word is not None:
        if line.role(word.end, "so_far_stops"):
            return None
        period = read_shifted(line, line.skip(word.end, "in"))
        if period is not None and _is_current(period.node):
            return Reading(at, period.end, UpToReference(period.node), "so_far")
        return Reading(at, word.end, UpToReference(None), "so_far")
    period = read_shifted(line, at)
    later = line.role(period.end, "so_far") if period else None
    if period is None or later is None or not _is_current(period.node):
        return None
    return Reading(at, later.end, UpToReference(period.node), "so_far")


@begin_with("elapsed", "remaining")
def read_elapsed(line: Line, at: int) -> Reading | None:
    """Like "earlier this month" (what has passed of it), "later this year" (what is to come)."""
    for role, rule in (("elapsed", "elapsed"), ("remaining", "remaining")):
        word = line.role(at, role)
        period = read_shifted(line, word.end) if word else None
        if period is not None and _is_current(period.node):
            return Reading(at, period.end, UpToReference(period.node, rest=rule == "remaining"), rule)
    return None


def _is_current(node: Node) -> bool:
    return isinstance(node, Moment) and node.shift == 0


@begin_with("ordinals", number=True)
def read_day_of_month(line: Line, at: int) -> Reading | None:
    """Like "15 bm.", "the 5th of last month": a day of the reference's month or the one before."""
    day = read_day_number(line, at)
    month = read_shifted(line, line.skip(day[0], "links")) if day else None
    if day is None or month is None or not isinstance(month.node, Moment) or month.node.unit != "month":
        return None
    if month.node.number is not None:
        return None
    return Reading(at, month.end, Choice(month.node, "day", day[1]), "day_of_month")


RELATIVE = (
    read_day_offset,
    read_shifted,
    read_weekday,
    read_weekend,
    read_ago,
    read_ahead,
    read_trailing,
    read_so_far,
    read_elapsed,
    read_day_of_month,
)
"""Every form above that a reference date settles."""
