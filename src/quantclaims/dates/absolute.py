"""Dates by name and number: days, months, quarters, halves, seasons, decades, centuries, numeric forms.

Each ``read_`` function tries to read one form at a token and gives what it read, or None. No function knows a reference
date: a missing year stays missing.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from quantclaims.dates.moments import Choice, Feast, Moment, Node, Unsettled, is_valid_day
from quantclaims.dates.words import Alternatives, Line, begin_with, read_roman, remember
from quantclaims.dates.years import Year, counts_something, is_attached_after, read_digits, read_year_tail
from quantclaims.rules import accept

SEPARATORS = "./-"
MONTH_CLOSERS = ("month_closers", "joins", "links", "shifts", "to", "since_after", "in")
ISO_HOUR = re.compile("t[0-9]{2}z?")
DASHES = "-–—"


class Reading(NamedTuple):
    """What was read: its tokens (half open), what it says, the rule that read it."""

    first: int
    end: int
    node: Node
    rule: str


class Month(NamedTuple):
    """A month as printed: the token its name begins with, its number, and whether it is abbreviated."""

    first: int
    end: int
    number: int
    is_short: bool


Reader = Callable[[Line, int], Reading | None]


def read_longest(line: Line, at: int, forms: Alternatives[Reading]) -> Reading | None:
    """The longest of what the forms read at a token; the first of equals."""
    longest = None
    if at < len(line):
        for reader in forms.choose(line, at):
            reading = accept(reader(line, at), "period_")
            if reading is not None and (longest is None or reading.end > longest.end):
                longest = reading
    return longest


def with_year(moment: Moment, year: Year | None) -> Moment:
    """A moment with the year that was read after it."""
    if year is None:
        return moment
    return moment._replace(year=year.year, year_shift=year.shift, two_digits=year.two_digits)


@remember
def read_ordinal(line: Line, at: int) -> tuple[int, int] | None:
    """``(end, value)`` of an ordinal: "third", "3rd", "3-go", "III", "al III-lea", "3.", "first", "last" (-1)."""
    if word := line.role(at, "ordinals"):
        return word.end, int(word.value)
    if line.kind(at) == "digits":
        return _read_digit_ordinal(line, at)
    number = line.numbers.get(at)
    if number is not None and number.kind == "ordinal" and number.value and number.value == int(number.value):
        return number.last_token, int(number.value)
    if line.folded(at) in ("al", "a") and line.language == "ro":
        return None if line.folded(at + 1) in ("al", "a") else read_ordinal(line, at + 1)
    value = read_roman(line.tokens[at].text) if line.kind(at) == "word" else None
    return (_skip_suffix(line, at + 1, ("lea", "a")), value) if value else None


def _read_digit_ordinal(line: Line, at: int) -> tuple[int, int] | None:
    if len(line.folded(at)) > 2 or (line.glued(at) and line.kind(at - 1) != "mark"):
        return None
    value, end = int(line.folded(at)), _skip_day_suffix(line, at + 1)
    if end == at + 1:
        end = _skip_suffix(line, at + 1, ("lea", "a"))
    if end == at + 1 and line.language == "pl" and line.is_mark(end, ".") and line.glued(end):
        end += 1
    return (end, value) if end > at + 1 else None


def _skip_suffix(line: Line, at: int, suffixes: tuple[str, ...]) -> int:
    if line.is_mark(at, DASHES) and line.glued(at + 1) and line.folded(at + 1) in suffixes:
        return at + 2
    return at


def _skip_day_suffix(line: Line, at: int) -> int:
    """The end of "th", "-go" and the like, written to the digits."""
    start = at + 1 if line.is_mark(at, DASHES) and line.glued(at) else at
    word = line.role(start, "day_suffixes")
    return word.end if word and line.glued(start) else at


@remember
def read_day_number(line: Line, at: int) -> tuple[int, int] | None:
    """``(end, day)`` of a day of the month, in digits or spelled out."""
    if line.kind(at) == "digits":
        if len(line.folded(at)) > 2 or not 1 <= int(line.folded(at)) <= 31 or _is_piece(line, at):
            return None
        return _skip_day_suffix(line, at + 1), int(line.folded(at))
    number = line.numbers.get(at)
    kinds = ("ordinal", "cardinal") if line.language == "ro" else ("ordinal",)
    if number is not None and number.kind in kinds and number.value in range(1, 32):
        return number.last_token, int(number.value or 0)
    word = line.role(at, "ordinals")
    return (word.end, 1) if word and word.value == "1" else None


def _is_piece(line: Line, at: int) -> bool:
    """Whether day digits are the end of something longer, or a decimal."""
    if line.glued(at) and line.kind(at - 1) != "mark":
        return line.kind(at - 1) == "code" or line.kind(at - 1) == "digits"
    if line.glued(at) and line.is_mark(at - 1, ".,:$€£'") and line.glued(at - 1) and line.kind(at - 2) == "digits":
        return True
    return line.is_mark(at + 1, ".,:%") and line.glued(at + 1) and line.glued(at + 2) and line.kind(at + 2) == "digits"


@begin_with("months", "short_months", "month_links")
@remember
def read_month(line: Line, at: int) -> Month | None:
    """A month's name or abbreviation, with its full stop, and "luna" or "the month of" before it."""
    start = line.skip(at, "month_links")
    for first in dict.fromkeys((start, at)):
        if word := line.role(first, "months"):
            return Month(first, word.end, int(word.value), is_short=False)
        if word := line.role(first, "short_months"):
            end = word.end
            if line.is_mark(end, ".") and line.glued(end):
                end += 1
            return Month(first, end, int(word.value), is_short=True)
    return None


def is_sure_month(line: Line, month: Month) -> bool:
    """Whether a month's name without day or year is one: not "may" the verb, "mai" for "more", "Maja" the girl."""
    word = line.folded(month.first)
    if month.is_short:
        return False
    if line.vocabulary.capital_months and not line.is_capital(month.first):
        return False
    if line.language == "pl" and line.is_capital(month.first) and month.first > 0:
        return False
    if not line.role(month.first, "wary_months"):
        return True
    led = any(
        line.ends_with(month.first, role) is not None for role in ("in", "evidence", "month_links", "parts", "to")
    )
    listed = line.role(month.first - 1, "and") is not None and line.role(month.first - 2, "months") is not None
    return (led or listed) and not _goes_on(line, month.end, word)


def _goes_on(line: Line, end: int, word: str) -> bool:
    """Whether "mai" goes on as "more": only a mark, the end or a function word closes the month."""
    if word != "mai":
        return False
    closed = end >= len(line) or line.kind(end) in ("mark", "digits")
    return not (closed or any(line.role(end, role) for role in MONTH_CLOSERS))


@begin_with("ordinals", number=True)
@remember
def read_day_month(line: Line, at: int) -> Reading | None:
    """Like "17 stycznia 2024", "22nd of June, 2017", "9august 2018", "27-Aug-1968", "17 I 2024", "întâi mai"."""
    day = read_day_number(line, at)
    if day is None:
        return None
    end, number = day
    if line.is_mark(end, "-/.") and line.glued(end) and (line.glued(end + 1) or line.folded(end) == "."):
        end += 1  # "27-Aug-1968", "3. maja"
    month = read_month(line, end) or read_month(line, _skip_of(line, end)) or _read_roman_month(line, end)
    if month is None or line.role(month.end, "comparatives"):
        return None
    year = _read_joined_year(line, month.end) or read_year_tail(line, month.end)
    if not is_valid_day(number, month.number, year.year if year and not year.two_digits else None):
        return None
    if year is None and not _is_plain_day_month(line, at, month):
        return None
    moment = with_year(Moment("day", number=month.number, day=number), year)
    return Reading(at, year.end if year else month.end, moment, "day_month")


def _skip_of(line: Line, at: int) -> int:
    """The end of "of" between the day and the month; only English and Romanian ("5 ale lunii mai") have it."""
    return at if line.language == "pl" else line.skip(at, "links")


def _is_plain_day_month(line: Line, at: int, month: Month) -> bool:
    """Without its year: no Roman numeral, no abbreviation that is a word ("5 lip"), no street ("ul. 3 Maja")."""
    if line.ends_with(at, "labels") is not None:
        return False
    if not month.is_short:
        wary = line.vocabulary.capital_months and line.role(month.first, "wary_months")
        return not wary or line.is_capital(month.first)
    if month.end > month.first + 1:
        return True
    return (
        line.vocabulary.capital_months
        and line.is_capital(month.first)
        and not read_roman(line.tokens[month.first].text)
    )


def _read_roman_month(line: Line, at: int) -> Month | None:
    """A month in Roman numerals, as Polish and Romanian write it before a year: "17 IX 1939"."""
    if line.vocabulary.capital_months or line.kind(at) != "word":
        return None
    value = read_roman(line.tokens[at].text)
    if value is None or value > 12:
        return None
    after = at + 2 if line.is_mark(at + 1, ".") else at + 1
    return Month(at, after, value, is_short=True) if line.kind(after) == "digits" else None


def _read_joined_year(line: Line, at: int) -> Year | None:
    """The year after a dash or slash: "27-Aug-1968", "27/Aug/68"."""
    if not line.is_mark(at, "-/.") or not line.glued(at) or not line.glued(at + 1) or line.kind(at + 1) != "digits":
        return None
    digits = line.folded(at + 1)
    if len(digits) not in (2, 4) or (line.glued(at + 2) and line.kind(at + 2) != "mark"):
        return None
    return Year(at + 2, int(digits), two_digits=len(digits) == 2)


@begin_with("months", "short_months", "month_links")
def read_month_day(line: Line, at: int) -> Reading | None:
    """Like "March 3", "march ninth 2012", "Wrzesień 18, 2012": only English does without the year."""
    month = read_month(line, at)
    if month is None:
        return None
    start = line.skip(month.end, "day_words") if line.vocabulary.month_first else month.end
    day = read_day_number(line, start)
    if day is None or (line.is_mark(day[0], "%") and line.glued(day[0])):
        return None
    year = read_year_tail(line, day[0])
    if year is None and not _may_lack_year(line, at, month, day[0]):
        return None
    if not is_valid_day(day[1], month.number, year.year if year and not year.two_digits else None):
        return None
    moment = with_year(Moment("day", number=month.number, day=day[1]), year)
    return Reading(at, year.end if year else day[0], moment, "month_day")


def _may_lack_year(line: Line, at: int, month: Month, end: int) -> bool:
    if not line.vocabulary.month_first or not line.is_capital(month.first) or line.role(end, "measures"):
        return False
    return line.folded(at - 1) not in ("in", "during")


@begin_with("months", "short_months", "month_links")
def read_month_year(line: Line, at: int) -> Reading | None:
    """Like "sierpień 2013", "October of last year", "Oct. 2016", "luna iunie 2012"."""
    month = read_month(line, at)
    if month is None:
        return None
    year = _read_joined_year(line, month.end) or read_year_tail(line, month.end)
    if year is None:
        return None
    return Reading(at, year.end, with_year(Moment("month", number=month.number), year), "month_year")


@begin_with("months", "month_links")
def read_lone_month(line: Line, at: int) -> Reading | None:
    """A month without its year: "w lipcu"."""
    month = read_month(line, at)
    if month is None or not is_sure_month(line, month):
        return None
    return Reading(at, month.end, Moment("month", number=month.number), "month")


@begin_with(number=True)
def read_numeric(line: Line, at: int) -> Reading | None:
    """Like "2017-08-21", "17.01.2024", "11/23/1986", "2019-06", "4/2016"."""
    run = _digit_run(line, at)
    if run is None:
        return None
    pieces, separator, end = run
    is_day = len(pieces) == 3
    moment = _order_day(pieces, separator, line) if is_day else _order_month(pieces, separator, line, at)
    if moment is None:
        return None
    return Reading(at, _skip_iso_time(line, line.skip(end, "year_after")), moment, "numeric")


def _skip_iso_time(line: Line, end: int) -> int:
    """The end of the time of "2021-05-18T06:45:00Z"."""
    if not ISO_HOUR.fullmatch(line.folded(end)):
        return end
    end += 1
    while line.is_mark(end, ":.") and line.glued(end + 1) and line.kind(end + 1) in ("digits", "code"):
        end += 2
    return end + 1 if line.folded(end) == "z" and line.glued(end) else end


def _digit_run(line: Line, at: int) -> tuple[list[str], str, int] | None:
    """Two or three runs of digits with one kind of separator, standing by themselves."""
    if line.kind(at) != "digits" or not _starts_run(line, at):
        return None
    pieces, end, separator = [line.folded(at)], at + 1, line.folded(at + 1)
    while line.is_mark(end, SEPARATORS) and line.folded(end) == separator and line.kind(end + 1) == "digits":
        if not (line.glued(end) and line.glued(end + 1)) and not _is_spaced(line, pieces, end):
            break
        pieces.append(line.folded(end + 1))
        end += 2
        if len(pieces) > 3:
            return None
    is_code = line.kind(end) == "code" and not ISO_HOUR.fullmatch(line.folded(end))
    joined = line.glued(end) and (is_code or (line.is_mark(end, "-_/%") and line.glued(end + 1)))
    if len(pieces) < 2 or (joined and not line.role(end, "year_after")):
        return None
    if line.is_mark(end, ".,:") and line.glued(end) and line.glued(end + 1) and line.kind(end + 1) == "digits":
        return None
    return pieces, separator, end


def _is_spaced(line: Line, pieces: list[str], at: int) -> bool:
    """A date with a space after each full stop: "17. 01. 2024"."""
    size = 2 if len(pieces) == 1 else 4
    return line.folded(at) == "." and line.glued(at) and len(pieces[-1]) <= 2 and len(line.folded(at + 1)) == size


def _starts_run(line: Line, at: int) -> bool:
    if not line.glued(at):
        return True
    if line.kind(at - 1) != "mark":
        return False
    if line.is_mark(at - 1, ",") and line.kind(at + 4) == "digits" and len(line.folded(at + 4)) == 4:
        return True  # "Tulcea,9.6.2008", "vol. 14,9.6.2008": no decimal has two points
    if line.is_mark(at - 1, DASHES) and not line.is_mark(at + 1, DASHES):
        return True  # "28.05-9.06", "10-12.05.2024"
    return not (line.is_mark(at - 1, ".,:-+$€£'") and line.glued(at - 1) and line.kind(at - 2) != "mark")


def _order_day(pieces: list[str], separator: str, line: Line) -> Moment | None:
    """Year, month and day from three numbers: year first, else the order of the language unless that is no date."""
    lengths, values = [len(piece) for piece in pieces], [int(piece) for piece in pieces]
    if max(lengths) > 4 or 3 in lengths:
        return None
    if lengths[0] == 4:
        return _make_day(values[0], values[1], values[2]) if max(lengths[1:]) <= 2 else None
    two_digits = lengths[2] == 2 and (separator == "/" or (separator == "." and lengths[1] == 2))
    if max(lengths[:2]) > 2 or (lengths[2] != 4 and not two_digits):
        return None
    month_first = line.vocabulary.month_first and separator != "."
    day, month = (values[1], values[0]) if month_first else (values[0], values[1])
    return _make_day(values[2], month, day, two_digits=two_digits) or _make_day(
        values[2], day, month, two_digits=two_digits
    )


def _make_day(year: int, month: int, day: int, *, two_digits: bool = False) -> Moment | None:
    if not is_valid_day(day, month, None if two_digits else year) or not (two_digits or 1000 <= year <= 2999):
        return None
    return Moment("day", year, month, day, two_digits=two_digits)


def _order_month(pieces: list[str], separator: str, line: Line, at: int) -> Moment | None:
    """Like "2019-06", "2019/06", "4/2016", "04.2016"; "nr 5/2016" is no date."""
    if line.ends_with(at, "labels") is not None:
        return None
    first, second = pieces
    if len(first) == 4 and len(second) == 2 and separator in "-/":
        year, month = int(first), int(second)
        if separator == "/" and month == (year + 1) % 100:  # a season or school year: "2011/12"
            return None
    elif len(second) == 4 and len(first) <= 2 and (separator == "/" or len(first) == 2):
        year, month = int(second), int(first)
    else:
        return None
    return Moment("month", year, month) if 1 <= month <= 12 and 1500 <= year <= 2100 else None


@begin_with(number=True)
def read_short_numeric(line: Line, at: int) -> Reading | None:
    """Day and month in digits, where a weekday or "data de" before them shows what they are: "wtorek, 17.01"."""
    if line.kind(at) != "digits" or not (line.is_mark(at + 1, "./") and line.glued(at + 1) and line.glued(at + 2)):
        return None
    day, month = line.folded(at), line.folded(at + 2)
    if line.kind(at + 2) != "digits" or len(day) > 2 or len(month) > 2 or not _starts_run(line, at):
        return None
    if line.vocabulary.month_first:
        day, month = month, day
    if is_attached_after(line, at + 3) and not (line.is_mark(at + 3, DASHES) and line.kind(at + 4) == "digits"):
        return None
    if line.is_mark(at + 1, ".") and (line.vocabulary.month_first or len(month) != 2):
        return None  # a decimal
    if not is_valid_day(int(day), int(month), None):
        return None
    return Reading(at, at + 3, Moment("day", number=int(month), day=int(day)), "numeric")


@begin_with(number=True)
def read_coded(line: Line, at: int) -> Reading | None:
    """Like "Q3 2023", "Q3", "3Q 2023", "2018Q4", "H1 2024"."""
    code = _read_code(line, at)
    if code is None:
        return _read_year_first_code(line, at)
    end, unit, number = code
    year = _read_joined_year(line, end) or read_year_tail(line, end)
    if year is None and line.tokens[at].text[:1] != "Q":
        return None
    return Reading(at, year.end if year else end, with_year(Moment(unit, number=number), year), unit)


def _read_year_first_code(line: Line, at: int) -> Reading | None:
    """Like "2018 Q4", "18q4"."""
    digits = line.folded(at)
    code = _read_code(line, at + 1)
    if code is None or line.kind(at) != "digits" or len(digits) not in (2, 4):
        return None
    if len(digits) == 2 and not line.glued(at + 1):
        return None
    moment = Moment(code[1], int(digits), code[2], two_digits=len(digits) == 2)
    return Reading(at, code[0], moment, code[1])


def _read_code(line: Line, at: int) -> tuple[int, str, int] | None:
    """``(end, unit, number)`` of "Q3" or "3Q"."""
    text = line.folded(at)
    if line.kind(at) == "code" and len(text) == 2 and text[1].isdigit():
        letter, number, end = text[0], int(text[1]), at + 1
    elif line.kind(at) == "digits" and len(text) == 1 and line.glued(at + 1) and line.kind(at + 1) == "word":
        letter, number, end = line.folded(at + 1), int(text), at + 2
    else:
        return None
    unit = next((value for value, letters in CODE_LETTERS[line.language].items() if letter in letters), None)
    if unit is None or not 1 <= number <= (4 if unit == "quarter" else 2):
        return None
    return end, unit, number


CODE_LETTERS = {
    "pl": {"quarter": "q", "half_year": "h"},
    "ro": {"quarter": "qt", "half_year": "hs"},
    "en": {"quarter": "q", "half_year": "h"},
}


@begin_with("ordinals", "units", number=True)
def read_numbered_unit(line: Line, at: int) -> Reading | None:
    """Like "third quarter of 2018", "III kwartał 2023 roku", "trimestrul al doilea", "pierwsze półrocze"."""
    found = _unit_with_ordinal(line, at)
    if found is None:
        return None
    end, unit, number = found
    if number == -1:
        number = 4 if unit == "quarter" else 2
    if not 1 <= number <= (4 if unit == "quarter" else 2):
        return None
    year = read_year_tail(line, end)
    return Reading(at, year.end if year else end, with_year(Moment(unit, number=number), year), unit)


def _unit_with_ordinal(line: Line, at: int) -> tuple[int, str, int] | None:
    """``(end, unit, number)`` of a quarter or half year with its number before or after it."""
    if ordinal := read_ordinal(line, at):
        unit = line.role(ordinal[0], "units")
        if unit and unit.value in ("quarter", "half_year"):
            return unit.end, unit.value, ordinal[1]
    bare = read_digits(line, at, 1, 1) if line.language == "pl" else None
    unit = line.role(at + 1, "units") if bare else None
    if bare and unit and unit.value == "quarter":  # "4 kwartał 2018"
        return unit.end, unit.value, bare
    unit = line.role(at, "units")
    if unit and unit.value in ("quarter", "half_year"):
        if later := read_ordinal(line, unit.end):
            return later[0], unit.value, later[1]
        digit = read_digits(line, unit.end, 1, 1)
        return (unit.end + 1, unit.value, digit) if digit else None
    return None


@begin_with("seasons")
def read_season(line: Line, at: int) -> Reading | None:
    """A season of a named year: "summer of 2014", "jesienią 2014 roku", "vara anului trecut", "zima 2023/24"."""
    word = line.role(at, "seasons")
    if word is None:
        return None
    number = int(word.value)
    year = read_year_tail(line, word.end) or _read_winter_years(line, line.skip(word.end, "links"))
    if year is None:
        return None
    return Reading(at, year.end, with_year(Moment("season", number=number), year), "season")


def _read_winter_years(line: Line, at: int) -> Year | None:
    """The two years that a winter lies in: "2023/24", "2023-2024"; it counts by the first."""
    if line.kind(at) != "digits" or len(line.folded(at)) != 4 or not line.is_mark(at + 1, "/-–"):
        return None
    year, later = int(line.folded(at)), line.folded(at + 2)
    return Year(at + 3, year) if later in (str(year + 1), str(year + 1)[2:]) else None


@begin_with("ordinals", "units", number=True)
def read_century(line: Line, at: int) -> Reading | None:
    """Like "20th century", "XIX wiek", "secolul al XIX-lea", "secolul XX"."""
    ordinal = read_ordinal(line, at)
    unit = line.role(ordinal[0], "units") if ordinal else None
    if ordinal and unit and unit.value == "century":
        end, number = unit.end, ordinal[1]
    else:
        unit = line.role(at, "units")
        later = read_ordinal(line, unit.end) if unit and unit.value == "century" else None
        if later is None and unit and unit.value == "century" and (digits := read_digits(line, unit.end, 1, 2)):
            later = unit.end + 1, digits  # "secolul 20"
        if later is None or line.language == "en":
            return None
        end, number = later
    if not 1 <= number <= 30 or line.role(end, "eras"):
        return None
    return Reading(at, end, Moment("century", (number - 1) * 100 or 1), "century")


@begin_with("decade_names", "plural_years", number=True)
def read_decade(line: Line, at: int) -> Reading | None:
    """Like "the 1990s", "the '90s", "lata 90.", "anii '90", "lata dwudzieste XX wieku", "anilor 1960"."""
    found = _read_english_decade(line, at) if line.language == "en" else _read_named_decade(line, at)
    if found is None:
        return None
    end, value, stated = found
    if value < 100:
        start = end if stated else line.skip(end, "links")
        if value >= 20 and (shifted := _read_shifted_century(line, line.skip(end, "links"))):
            node = Choice(Moment("century", shift=shifted[1]), "decade", value // 10 + 1)
            return Reading(at, shifted[0], node, "decade")
        century = read_century(line, start)
        if century and isinstance(century.node, Moment) and century.node.year is not None:
            return Reading(at, century.end, Moment("decade", century.node.year // 100 * 100 + value), "decade")
        if 10 <= value <= 20:
            return Reading(at, end, Unsettled(), "decade_unsettled")
        value += 1900 if value else 2000
    return Reading(at, end, Moment("decade", value), "decade")


def _read_shifted_century(line: Line, at: int) -> tuple[int, int] | None:
    """``(end, shift)`` of the century told from the reference's: "ubiegłego stulecia", "of the last century"."""
    for start in dict.fromkeys((at, line.skip(at, "day_words"))):
        shift = line.role(start, "shifts")
        unit = line.role(shift.end if shift else start, "units")
        later = line.role(unit.end, "shifts") if unit and not shift else None
        told = shift or later
        if unit and told and unit.value == "century":
            return max(unit.end, told.end), int(told.value)
    return None


def _read_english_decade(line: Line, at: int) -> tuple[int, int, bool] | None:
    """``(end, value, True)`` of a decade in two or four digits or spelled."""
    first = at + 1 if line.is_mark(at, "'’") and line.glued(at + 1) else at
    if word := line.role(first, "decade_names"):
        known = line.folded(at - 1) == "the" or line.role(at - 1, "parts") or line.is_mark(at - 1, DASHES)
        return (word.end, int(word.value), True) if known else None
    digits = line.folded(first)
    if line.kind(first) != "digits" or len(digits) not in (2, 4) or not digits.endswith("0"):
        return None
    end = first + 1
    if line.is_mark(end, "'’") and line.glued(end) and line.glued(end + 1):
        end += 1
    if line.folded(end) != "s" or not line.glued(end):
        return None
    if len(digits) == 4 and not 1500 <= int(digits) <= 2100:
        return None
    return end + 1, int(digits), True


def _read_named_decade(line: Line, at: int) -> tuple[int, int, bool] | None:
    """``(end, value, False)`` after "lata" or "anii": digits that end in 0, or the tens in words."""
    word = line.role(at, "plural_years")
    if word is None:
        return None
    start = word.end + 1 if line.is_mark(word.end, "'’`") else word.end
    if (ordinal := line.numbers.get(start)) and line.kind(start) == "word" and ordinal.value in range(20, 100, 10):
        spelled = ordinal.kind == "ordinal" if line.language == "pl" else ordinal.kind == "cardinal"
        return (ordinal.last_token, int(ordinal.value or 0), False) if spelled else None
    digits = line.folded(start)
    if line.kind(start) != "digits" or not digits.endswith("0") or len(digits) not in (2, 4):
        return None
    end = _end_decade_digits(line, start + 1)
    if len(digits) == 4 and (not 1500 <= int(digits) <= 2100 or _lists_years(line, end)):
        return None
    if counts_something(line, end, int(digits)):
        return None
    return end, int(digits), False


def _end_decade_digits(line: Line, end: int) -> int:
    """The end of "90." or "90-tych"."""
    if line.language == "pl" and line.is_mark(end, ".") and line.glued(end):
        return end + 1
    return _skip_day_suffix(line, end)


def _lists_years(line: Line, end: int) -> bool:
    """Whether further years follow: "anii 1950 și 1951", "anii 1950 - 1956" are no decade."""
    joined = line.is_mark(end, DASHES + ",") or line.role(end, "joins") is not None
    return joined and line.kind(end + 1) == "digits" and len(line.folded(end + 1)) == 4


@begin_with("feasts", "movable_feasts")
def read_feast(line: Line, at: int) -> Reading | None:
    """A feast by its name: "Christmas 2013", "w Wigilię", "Paștele 2024"; years in words or figures may follow."""
    for role in ("feasts", "movable_feasts"):
        word = line.role(at, role)
        if word is None:
            continue
        year = read_year_tail(line, word.end)
        led = line.is_capital(at) and line.ends_with(at, "feast_before") is not None
        if year is None and not led:  # "Marian Crăciun", "un cadou de Crăciun", "oile paște"
            return None
        if role == "feasts":
            month, day = (int(part) for part in word.value.split("-"))
            moment = with_year(Moment("day", number=month, day=day), year)
            return Reading(at, year.end if year else word.end, moment, "feast")
        feast = Feast(int(word.value), line.vocabulary.orthodox)
        if year is not None:
            if year.two_digits:
                return None
            feast = feast._replace(year=year.year, year_shift=year.shift)
        return Reading(at, year.end if year else word.end, feast, "feast")
    return None


@begin_with("units", "plural_units")
def read_numbered_week(line: Line, at: int) -> Reading | None:
    """A week of the year by its number: "week 23 of 2024", "săptămâna 23 din 2024"; without the year it may be any."""
    unit = line.role(at, "units")
    number = read_digits(line, unit.end, 1, 2) if unit and unit.value == "week" else None
    if unit is None or number is None or not 1 <= number <= 53:
        return None
    year = read_year_tail(line, unit.end + 1)
    if year is None or year.two_digits:
        return None
    return Reading(at, year.end, with_year(Moment("iso_week", number=number), year), "numbered_week")


ABSOLUTE = Alternatives[Reading](
    read_numeric,
    read_day_month,
    read_month_day,
    read_month_year,
    read_lone_month,
    read_coded,
    read_numbered_unit,
    read_season,
    read_century,
    read_decade,
    read_feast,
    read_numbered_week,
)
"""Every form above that stands by itself."""


@remember
def read_absolute(line: Line, at: int) -> Reading | None:
    """The longest of them."""
    return read_longest(line, at, ABSOLUTE)
