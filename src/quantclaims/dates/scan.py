"""Dated phrases: where they stand in a text and which days they mean.

A phrase is read without any reference date (``date_absolute``, ``date_relative``, ``date_ranges``, ``date_years``) and
resolved afterwards (``date_moments``). What neither the words nor the reference settle is reported with its span and
no days. Durations ("three years"), ages and clock times alone are no dates.
"""

from collections.abc import Collection, Sequence
from datetime import date

from quantclaims.arguments import check_reference, check_text
from quantclaims.dates.absolute import Reading, read_longest, read_ordinal
from quantclaims.dates.clock import swallow_clock
from quantclaims.dates.moments import Anchor, Moment, Node, Stretch, needs_reference, resolve
from quantclaims.dates.ranges import FORMS, read_point
from quantclaims.dates.words import Line, read_roman
from quantclaims.dates.years import FIRST_YEAR, LAST_YEAR, is_attached_after, read_bare_year, read_digits
from quantclaims.numbers.scan import scan_numbers
from quantclaims.records import DateExpression, Number, Sentence
from quantclaims.rules import accept
from quantclaims.segment import segment

STARTERS = frozenset((
    "months", "short_months", "month_links", "weekdays", "short_weekdays", "units", "plural_units", "seasons",
    "day_offsets", "shifts", "year_shifts", "ordinals", "parts", "year_end", "decade_names", "year_before",
    "plural_years", "ago_before", "ahead_before", "trailing", "counted_trailing", "coming", "counted_coming", "since",
    "clause_since", "until", "before", "after", "from", "between", "overnight_from", "so_far", "elapsed", "remaining",
    "anaphoric", "anaphoric_shifts", "few", "night", "latest_night", "feasts", "movable_feasts",
))  # fmt: skip
"""Roles of the words that a date can begin with."""
LEADS = frozenset(("since", "clause_since", "until", "before", "after", "from", "between", "overnight_from"))
"""Those of prepositions, which take a date as they take any noun."""
OPENING = 3
"""Tokens that may stand before a date that opens a clause."""
FUTURE_REACH = 6
"""How many tokens a word of the future may stand from the date."""


def find_dates(text: str, language: str, reference: date | str | None = None) -> list[DateExpression]:
    """The dated phrases of a text, from left to right, none overlapping.

    ``language`` is ``pl``, ``ro`` or ``en`` (ValueError names the known ones for any other); ``reference`` is the day
    that relative words are resolved against, usually that of publication (a date, a datetime or ISO 8601 text;
    TypeError or ValueError for anything else). Offsets are code points, half open. Days are
    inclusive and in EDTF (https://www.loc.gov/standards/datetime/); all three are None where the date is not settled,
    ``earliest`` or ``latest`` alone where the range is open.

    >>> [(d.edtf, d.basis) for d in find_dates("od marca ubiegłego roku do lutego 2024", "pl", date(2024, 7, 19))]
    [('2023-03/2024-02', 'relative')]
    """
    day = check_reference(reference)
    return [
        expression
        for sentence in segment(check_text(text, language), language)
        for expression in scan_dates(sentence, scan_numbers(sentence, language), language, day)
    ]


def scan_dates(
    sentence: Sentence,
    numbers: Sequence[Number],
    language: str,
    reference: date | None,
    forward: Collection[int] = (),
) -> list[DateExpression]:
    """The dated phrases of a sentence; ``numbers`` are those that ``scan_numbers`` found in it.

    ``forward`` holds the first tokens of dates that are known to lie ahead, beside those that a word before them tells.
    """
    line = Line(sentence, numbers, language)
    found: list[DateExpression] = []
    at, years_until = 0, -1
    while at < len(line):
        reading = _read(line, at, years_until) if _may_start(line, at) else None
        if reading is None:
            at += 1
            continue
        if _ends_with_year(reading.node):
            years_until = reading.end
        found.append(_express(line, reading, reference, is_ahead=reading.first in forward))
        at = found[-1].last_token
    return found


def _may_start(line: Line, at: int) -> bool:
    """Whether a token can begin a date at all; most cannot."""
    names, begins_number = line.begins(at)
    if not names and not begins_number:
        return False
    token = line.tokens[at]
    starts = STARTERS & names
    if starts:
        return not starts <= LEADS or _leads_on(line, at, starts)
    if line.role(at, "one") and line.role(at + 1, "units"):
        return True
    if token.kind == "digits" and len(token.text) != 4:
        return _goes_on(line, at + 1)
    if token.kind in ("digits", "code") or at in line.numbers or line.is_mark(at, "'’"):
        return True
    if line.language == "ro" and token.folded in ("al", "a"):  # "al treilea trimestru"
        return read_ordinal(line, at) is not None
    if token.kind != "word" or read_roman(token.text) is None:
        return False
    return line.role(at + 1, "units") is not None or line.role(at + 1, "half") is not None or line.is_mark(at + 1, "-.")


def _leads_on(line: Line, at: int, leads: frozenset[str]) -> bool:
    """Whether a date may follow the prepositions at a token, perhaps after "the" or "dnia"; mostly a noun does."""
    ends = {word.end for lead in leads for word in line.roles(at)[lead]}
    return any(_may_follow(line, start) for end in ends for start in {end, line.skip(end, "day_words")})


def _may_follow(line: Line, at: int) -> bool:
    if at >= len(line):
        return False
    names, _ = line.begins(at)
    if line.is_mark(at, "-–—") or line.kind(at) == "digits" or "year_before" in names:
        return True
    return not LEADS.isdisjoint(names) or _may_start(line, at)  # a chain of prepositions is not followed


def _goes_on(line: Line, at: int) -> bool:
    """Whether a date may go on at a token, after a number: most numbers are none of a date's."""
    if line.roles(at) or line.glued(at) or line.is_mark(at, "-–—./'’"):
        return True
    return line.kind(at) == "word" and read_roman(line.tokens[at].text) is not None


def _read(line: Line, at: int, years_until: int) -> Reading | None:
    reading = read_longest(line, at, FORMS)
    if reading is None:
        return accept(_read_year(line, at, years_until), "period_")
    if line.role(at, "articles") and (inner := read_point(line, at + 1)) and inner.end > reading.end:
        return None  # "the last weekend of July" is no "the last weekend"
    if isinstance(reading.node, Moment) and reading.node.unit == "day":
        reading = _swallow_weekday(line, reading, reading.node)
        return reading._replace(end=swallow_clock(line, reading.end))
    if isinstance(reading.node, Stretch) and isinstance(reading.node.last, Moment) and reading.node.last.unit == "day":
        return reading._replace(end=swallow_clock(line, reading.end))
    return reading


def _swallow_weekday(line: Line, reading: Reading, day: Moment) -> Reading:
    """A weekday in brackets after the day: "12 maja (niedziela)"; without a year it helps to find it."""
    weekday = line.role(reading.end + 1, "weekdays") if line.is_mark(reading.end, "(") else None
    if weekday is None or day.number is None or not line.is_mark(weekday.end, ")"):
        return reading
    node = day if day.year is not None else day._replace(weekday=int(weekday.value))
    return reading._replace(end=weekday.end + 1, node=node)


def _read_year(line: Line, at: int, years_until: int) -> Reading | None:
    """A year on its own, one of a list of years, or that of an act ("Legea nr. 63/2011")."""
    year = read_bare_year(line, at)
    if year is not None:
        return Reading(at, year.end, Moment("year", year.year), "year")
    value = read_digits(line, at, 4, 4)
    joined = years_until >= 0 and line.skip(years_until, "joins") == at != years_until
    if joined and value is not None and FIRST_YEAR <= value <= LAST_YEAR and not line.role(at + 1, "measures"):
        return Reading(at, line.skip(at + 1, "year_after"), Moment("year", value), "year")
    return _read_act_year(line, at)


def _read_act_year(line: Line, at: int) -> Reading | None:
    """The year after the number of a law or order: it dates the act, not what the sentence tells."""
    digits = line.folded(at)
    if line.kind(at) != "digits" or len(digits) != 4 or not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        return None
    numbered = line.is_mark(at - 1, "/") and line.glued(at) and line.kind(at - 2) in ("digits", "word", "code")
    if not numbered or is_attached_after(line, at + 1):
        return None
    return Reading(at, at + 1, Moment("year", int(digits)), "act_year")


def _ends_with_year(node: Node) -> bool:
    if isinstance(node, Stretch):
        return node.last is not None and _ends_with_year(node.last)
    return isinstance(node, Moment) and node.year is not None and node.unit in ("year", "month")


def _express(line: Line, reading: Reading, reference: date | None, *, is_ahead: bool = False) -> DateExpression:
    anchor = Anchor(reference, forward=is_ahead or _is_future(line, reading))
    period = resolve(reading.node, anchor)
    return DateExpression(
        start=line.tokens[reading.first].start,
        end=line.tokens[reading.end - 1].end,
        edtf=period.edtf if period else None,
        earliest=period.earliest if period else None,
        latest=period.latest if period else None,
        basis="relative" if needs_reference(reading.node) else "explicit",
        rule=reading.rule,
        first_token=reading.first,
        last_token=reading.end,
    )


def _is_future(line: Line, reading: Reading) -> bool:
    """Whether the clause speaks of the future: such a word before the date, or after a date that opens the clause."""
    if not needs_reference(reading.node):
        return False
    start = reading.first
    while start > 0 and reading.first - start < FUTURE_REACH and line.kind(start - 1) != "mark":
        start -= 1
        if line.role(start, "future"):
            return True
    if reading.first - start > OPENING:  # "in the night from Saturday to Sunday", "w okresie 3-10 maja"
        return False
    end = reading.end
    while end < len(line) and end - reading.end < FUTURE_REACH and line.kind(end) != "mark":
        if line.role(end, "future"):
            return True
        end += 1
    return False
