"""Years: when four digits are one, and the year that follows a month or quarter.

Four digits alone are a year only with evidence: a preposition of time, the word "year", brackets, a range, a list of
years, a name before them ("Euro 2012"). What counts something ("2024 osób", "2000 soldiers") is no year.
"""

from typing import NamedTuple

from quantclaims.dates.words import Line, remember
from quantclaims.lemmas import Analysis, analyse

EARLY_YEAR, FIRST_YEAR, LAST_YEAR = 1000, 1500, 2100
"""Outside these, four digits want the word "year" or a month."""
CURRENCIES = "$€£¥₴₽%‰°№#@"


class Year(NamedTuple):
    """A year as printed: its number, or its distance from the reference's year."""

    end: int
    year: int | None = None
    shift: int | None = None
    two_digits: bool = False


def is_attached(line: Line, first: int, end: int) -> bool:
    """Whether digits are a piece of something longer: a decimal, a code, a phone number, a sum of money."""
    return is_attached_before(line, first) or is_attached_after(line, end)


def is_attached_before(line: Line, first: int) -> bool:
    """Whether digits go on from what stands before them."""
    if line.is_mark(first - 1, CURRENCIES):
        return True
    if not line.glued(first):
        return False
    if line.kind(first - 1) != "mark":
        return True
    if not line.is_mark(first - 1, ".,:/-–'’_") or not line.glued(first - 1):
        return False
    before = line.kind(first - 2)
    if line.is_mark(first - 1, "-–/"):
        led = any(line.role(first - 2, role) for role in ("parts", "before", "after"))  # "mid-2023", "post-2014"
        return before in ("word", "code", "digits") and not led
    return before == "digits" and len(line.folded(first - 2)) != 4


def is_attached_after(line: Line, end: int) -> bool:
    """Whether digits go on into what stands after them."""
    if line.is_mark(end, CURRENCIES):
        return True
    if not line.glued(end):
        return False
    if line.kind(end) != "mark":
        return not any(word.end for role in ("year_after", "months", "eras") for word in line.roles(end).get(role, ()))
    if not line.is_mark(end, ".,:-/'’_") or not line.glued(end + 1):
        return False
    after = line.kind(end + 1)
    if line.is_mark(end, "-") and after == "digits" and line.role(end + 2, "months"):
        return False  # "5 August 1987-12 May 1990"
    if line.is_mark(end, ".,"):
        return after == "digits" and len(line.folded(end + 1)) != 4
    return after in ("digits", "code") or (line.is_mark(end, "-_") and after == "word")


def read_digits(line: Line, at: int, shortest: int, longest: int) -> int | None:
    """The value of a run of digits of such a length that stands by itself."""
    if line.kind(at) != "digits" or not shortest <= len(line.folded(at)) <= longest or is_attached(line, at, at + 1):
        return None
    return int(line.folded(at))


def read_plain_year(line: Line, at: int) -> Year | None:
    """Four digits that can be a year, with the word "year" or an era after them if there is one."""
    value = read_digits(line, at, 4, 4)
    if value is None or not 1000 <= value <= 2999:
        return None
    end, era = read_year_words(line, at + 1)
    return None if era == "bc" else Year(end, value)


def read_year_words(line: Line, at: int) -> tuple[int, str | None]:
    """The end of "roku", "r." or an era after a year, and the era."""
    era = line.role(at, "eras")
    end = era.end if era else line.skip(at, "year_after")
    if era is None and end > at and (later := line.role(end, "eras")):
        return later.end, later.value
    return end, era.value if era else None


@remember
def read_worded_year(line: Line, at: int) -> Year | None:
    """A year with the word: "2024 roku", "w roku 2024", "anul 1430", "966 r.", "AD 79", "2014 AD"."""
    word = line.role(at, "year_before")
    first = word.end if word else at
    value = read_digits(line, first, 3 if word else 2, 4)
    if value is None:
        return read_spelled_year(line, at)
    end, era = read_year_words(line, first + 1)
    if era == "bc" or value == 0 or value < (100 if end > first + 1 else 1000) or (word is None and end == first + 1):
        return None if era != "ad" or value == 0 else Year(end, value)
    return Year(end, value)


def read_spelled_year(line: Line, at: int) -> Year | None:
    """A year in words, with the word "year": "dwa tysiące dwudziestego czwartego roku"."""
    word = line.role(at, "year_before")
    number = line.numbers.get(word.end if word else at)
    if number is None or number.value is None or not 1000 <= number.value <= LAST_YEAR or number.value % 1:
        return None
    if line.kind(number.first_token) == "digits" or number.kind not in ("cardinal", "ordinal"):
        return None
    end = line.skip(number.last_token, "year_after")
    if word is None and (end == number.last_token or number.kind != "ordinal"):
        return None
    return Year(end, int(number.value))


def read_shifted_year(line: Line, at: int) -> Year | None:
    """A year told from the reference's: "ubiegłego roku", "anul trecut", "last year", "br."."""
    word = line.role(at, "year_shifts")
    if word is not None:
        return Year(word.end, shift=int(word.value))
    shift, unit = line.role(at, "shifts"), _year_unit(line, at)
    if shift is not None and (end := _year_unit(line, shift.end)):
        return Year(end, shift=int(shift.value))
    if unit and (later := line.role(unit, "shifts")) and line.language == "ro":
        return Year(later.end, shift=int(later.value))
    return None


def _year_unit(line: Line, at: int) -> int | None:
    return next((word.end for word in line.roles(at).get("units", ()) if word.value == "year"), None)


@remember
def read_year_tail(line: Line, at: int) -> Year | None:
    """The year after a month, quarter, season, half or day of the month.

    A comma and linking words may come between: "17 ianuarie, 2024", "a anului 2023", "of last year", "w 2014 roku".
    """
    comma = at + 1 if line.is_mark(at, ",") else at
    linked = line.skip(at, "links")
    for start in dict.fromkeys((at, comma, linked, line.skip(linked, "links"), line.skip(comma, "links"))):
        year = read_worded_year(line, start) or read_shifted_year(line, start) or _read_short_year(line, start)
        if year is not None:
            return year
        plain = read_plain_year(line, start)
        if plain is not None and plain.year is not None and not _counts_after_month(line, plain.end, plain.year):
            return plain
    return None


def _counts_after_month(line: Line, end: int, value: int) -> bool:
    """Whether digits after a month count something all the same: "w maju 1500 zł", "On 5 May 2000 soldiers"."""
    return line.role(end, "measures") is not None or (value % 100 == 0 and counts_something(line, end, value))


def _read_short_year(line: Line, at: int) -> Year | None:
    """An apostrophe and two digits: "'15"."""
    if not line.is_mark(at, "'’`") or line.kind(at + 1) != "digits" or len(line.folded(at + 1)) != 2:
        return None
    if not line.glued(at + 1) or is_attached_after(line, at + 2):
        return None
    return Year(at + 2, int(line.folded(at + 1)), two_digits=True)


def counts_something(line: Line, end: int, year: int, *, timed: bool = True) -> bool:
    """Whether four digits count what follows them; ``timed`` when a preposition of time or a month precedes."""
    word = line.folded(end)
    if line.role(end, "measures") or line.is_mark(end, CURRENCIES):
        return True
    if line.kind(end) != "word" or line.role(end, "months") or line.role(end, "seasons"):
        return False
    if line.language == "ro":
        return word == "de" and _counts_with_de(line, end + 1)
    if line.is_capital(end):
        return False
    readings = analyse(line.tokens[end].text, line.language)
    if line.language == "pl":
        return _counts_polish(readings, year, timed=timed)
    return (not timed or year % 100 == 0) and _is_plural_ahead(line, end)


def _counts_with_de(line: Line, at: int) -> bool:
    if line.kind(at) != "word" or line.is_capital(at) or line.role(at, "months"):
        return False
    return not (line.role(at, "links") or line.role(at, "evidence") or line.folded(at) in ("un", "o", "asemenea"))


def _counts_polish(readings: tuple[Analysis, ...], year: int, *, timed: bool) -> bool:
    """A numeral governs the genitive plural; those that end in 2 to 4 agree with the plural instead."""
    if any(reading.part in ("preposition", "conjunction", "particle", "verb", "adverb") for reading in readings):
        return False
    counted = [r for r in readings if r.part in ("noun", "adjective", "participle") and "pl" in r.numbers]
    if any("gen" in reading.cases for reading in counted):
        return True
    agrees = year % 10 in (2, 3, 4) and year % 100 not in (12, 13, 14)
    return agrees and not timed and any(r.part == "noun" and "nom" in r.cases for r in counted)


def _is_plural_ahead(line: Line, at: int) -> bool:
    """Whether an English plural follows, perhaps after adjectives."""
    for ahead in range(at, min(at + 3, len(line))):
        if line.kind(ahead) != "word":
            return False
        readings = analyse(line.tokens[ahead].text, "en")
        if any(r.part == "noun" and r.lemma != line.folded(ahead) for r in readings):
            return True
        if not any(r.part == "adjective" for r in readings) and not line.is_capital(ahead):
            return False
    return False


def read_bare_year(line: Line, at: int) -> Year | None:
    """Four digits that something besides a month shows to be a year."""
    value = read_digits(line, at, 4, 4)
    if value is None or not EARLY_YEAR <= value <= LAST_YEAR:
        return None
    end, era = read_year_words(line, at + 1)
    if era == "bc" or end > at + 1:
        return None
    if value < FIRST_YEAR and (line.ends_with(at, "in") is None or value % 100 == 0 or not _closes(line, end)):
        return None
    timed = line.ends_with(at, "in") is not None or line.ends_with(at, "plural_years") is not None
    named = line.language == "en" and value >= 1900 and value % 50 and line.role(at - 1, "definite") is not None
    if named and line.kind(end) == "word" and not line.role(end, "measures"):
        return Year(end, value)  # "the 2014 floods"
    if counts_something(line, end, value, timed=timed) or line.ends_with(at, "labels") is not None:
        return None
    led = timed or _has_weak_preposition(line, at, value) or _is_bracketed(line, at, end)
    return Year(end, value) if led or _is_named(line, at, end, value) or _names_something(line, at, end) else None


def _has_weak_preposition(line: Line, at: int, value: int) -> bool:
    """Whether a preposition precedes that takes more than times; a round number wants a better one ("in", not "to")."""
    return value % 100 != 0 and line.ends_with(at, "evidence") is not None


def _is_bracketed(line: Line, at: int, end: int) -> bool:
    """Brackets around the year alone, or a comma before it and the end after it, as in a reference."""
    if line.is_mark(at - 1, "([†+*") and (line.is_mark(end, ")],;") or end == len(line)):
        return True
    if line.is_mark(at - 1, "(,") and (line.is_mark(end, ").,;:](") or end == len(line)):
        return line.kind(at - 2) in ("word", "") or len(line.folded(at - 2)) == 4
    return False


def _is_named(line: Line, at: int, end: int, value: int) -> bool:
    """A name, or a noun that years number, and the year: "Euro 2012", "sezonul agricol 2017"."""
    if not _closes(line, end) or not 1900 <= value <= LAST_YEAR or value % 100 == 0:
        return False
    if any(line.role(before, "year_nouns") for before in range(max(0, at - 3), at)):
        return True
    return line.kind(at - 1) == "word" and line.is_capital(at - 1) and not _is_function_word(line, at - 1)


def _closes(line: Line, end: int) -> bool:
    """Whether nothing that a number could count follows."""
    return end == len(line) or line.kind(end) == "mark" or _is_function_word(line, end)


def _is_function_word(line: Line, at: int) -> bool:
    if any(line.role(at, role) for role in ("links", "joins", "in")):
        return True
    if line.language == "ro":
        return len(line.folded(at)) <= 2
    parts = {reading.part for reading in analyse(line.folded(at), line.language)}
    return bool(parts & {"preposition", "conjunction", "verb", "particle"})


def _names_something(line: Line, at: int, end: int) -> bool:
    """English: "the 2014 election", "a 2021 report", "his 2008 campaigns"."""
    if line.role(at - 1, "articles") is None or line.kind(end) != "word":
        return False
    return int(line.folded(at)) % 100 != 0
