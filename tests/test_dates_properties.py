"""What holds of every date and every text: Babel's formats read back, spans stay inside, time grows with length."""

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from quantclaims.dates.periods import list_units, read_period, span_days, take_half, take_third, unit_holding
from quantclaims.dates.scan import find_dates, scan_dates
from quantclaims.schemas.edtf import parse_edtf
from quantclaims.segment import segment

LANGUAGES = ("pl", "ro", "en")
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
PIECES = (
    "17", "3", "2024", "1999", "90", "0", "31.12.2023", "5/6/07", "2024-02-30", "III", "Q3", "18q4", "T04", ".",
    ",", "-", "–", "/", "'", "(", ")", "%", "$", ":", "\n", " ", "  ", "st", "-go", "maja", "mai", "May", "may",
    "Jan.", "ian.", "sty", "roku", "r.", "anul", "year", "lata", "anii", "1990s", "od", "do", "din", "până la",
    "from", "to", "until", "by", "since", "between", "and", "i", "și", "w", "în", "in", "of", "the", "last",
    "first", "third", "ostatni", "ultima", "trecut", "zeszłym", "week", "miesiącu", "luni", "marți", "czwartek",
    "Thursday", "weekend", "temu", "acum", "ago", "trzy", "two", "dwa", "dni", "zile", "początku",
    "la sfârșitul", "mid", "early", "połowa", "half", "jumătate", "kwartał", "quarter", "wczoraj", "so far",
    "a.c.", "soldiers", "osób", "de", "ludzi", "kg", "godz.", "ora", "10:30", "p.m.", "BC", "XX", "wiek",
    "secolul", "İ", "ﬁ", "\u0301",
)  # fmt: skip
TEXTS = (
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
    | st.lists(st.sampled_from(PIECES)).map("".join)
    | st.text()
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["full", "long", "medium", "short"])
@settings(max_examples=60, deadline=None)
@given(day=DAYS)
def test_babel_formats_read_back(language: str, form: str, day: date) -> None:
    text = format_date(day, form, locale=language)
    two_digit_year = (language, form) == ("en", "short")
    found = find_dates(text, language, day if two_digit_year else None)
    assert [(d.start, d.end, d.earliest, d.latest) for d in found] == [(0, len(text), day, day)]
    assert found[0].edtf == day.isoformat()
    assert found[0].basis == ("relative" if two_digit_year else "explicit")


@given(day=DAYS, reference=DAYS)
@settings(deadline=None)
def test_two_digits_of_a_year_lie_within_eighty_years_back(day: date, reference: date) -> None:
    (found,) = find_dates(format_date(day, "short", locale="en"), "en", reference)
    if found.earliest is None:  # 29 February, and the reference's century has none in such a year
        assert (day.month, day.day) == (2, 29)
    else:
        assert found.earliest.year % 100 == day.year % 100
        assert reference.year - 80 <= found.earliest.year < reference.year + 20


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=120, deadline=None)
@given(text=TEXTS, reference=st.none() | st.dates())
def test_any_text_gives_sound_spans(language: str, text: str, reference: date | None) -> None:
    found = find_dates(text, language, reference)
    assert all(
        0 <= d.start < d.end <= len(text) and text[d.start : d.end].strip() == text[d.start : d.end] for d in found
    )
    assert all(a.end <= b.start for a, b in pairwise(found))
    for d in found:
        assert (d.earliest, d.latest) == (parse_edtf(d.edtf) if d.edtf else (None, None))
        assert d.basis == "relative" or reference is not None or d.edtf is not None or d.rule


@given(text=TEXTS, language=st.sampled_from(LANGUAGES), reference=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
@settings(max_examples=120, deadline=None)
def test_reference_moves_no_span_and_no_explicit_date(text: str, language: str, reference: date) -> None:
    without, given_one = find_dates(text, language), find_dates(text, language, reference)
    assert [(d.start, d.end, d.rule, d.basis) for d in without] == [
        (d.start, d.end, d.rule, d.basis) for d in given_one
    ]
    assert all(a == b for a, b in zip(without, given_one, strict=True) if a.basis == "explicit")
    assert all(a.edtf is None for a in without if a.basis == "relative")


@pytest.mark.parametrize(("language", "phrase"), [
    ("en", "5, "), ("en", "May "), ("en", "from May to "), ("en", "2014-"), ("en", "the fourth last week of "),
    ("pl", "5 i "), ("pl", "od 5 do "), ("ro", "de la "), ("ro", "și 5 "), ("en", "1/"),
])  # fmt: skip
def test_time_grows_with_length_alone(language: str, phrase: str) -> None:
    """Twice the text takes about twice the time, where phrases never end; quadratic would take four times."""
    seconds = []
    for size in (10_000, 40_000):
        (sentence,) = segment(phrase * (size // len(phrase)), language)
        start = time.process_time()
        scan_dates(sentence, [], language, date(2024, 7, 19))
        seconds.append(time.process_time() - start)
    assert seconds[1] < 9 * seconds[0] + 0.5


def test_a_megabyte_in_one_sentence() -> None:
    text = "on 5 men, in 300 of the last places, may 12, 2000 tons from 3 to the "
    (sentence,) = segment(text * (1_000_000 // len(text)), "en")
    start = time.process_time()
    scan_dates(sentence, [], "en", date(2024, 7, 19))
    assert time.process_time() - start < 60


@given(first=DAYS, length=st.integers(0, 3000))
def test_parts_cover_the_period(first: date, length: int) -> None:
    period = span_days(first, first + timedelta(length))
    assert parse_edtf(period.edtf) == (period.earliest, period.latest)
    halves = [take_half(period, which) for which in (0, 1)]
    thirds = [take_third(period, which) for which in (0, 1, 2)]
    for parts in (halves, thirds) if length > 3 else ():
        assert all(part is not None and part.earliest and part.latest for part in parts)
        assert (parts[0].earliest, parts[-1].latest) == (period.earliest, period.latest)  # type: ignore[union-attr]
        assert all(b.earliest - a.latest == timedelta(1) for a, b in pairwise(parts))  # type: ignore[union-attr,operator]


@given(day=DAYS, unit=st.sampled_from(["day", "week", "month", "quarter", "season", "half_year", "year", "decade"]))
def test_the_unit_that_holds_a_day_holds_it(day: date, unit: str) -> None:
    period = unit_holding(day, unit)
    assert period is not None
    assert period.earliest is not None
    assert period.latest is not None
    assert period.earliest <= day <= period.latest


@given(year=st.integers(1900, 2100), month=st.integers(1, 12))
def test_weeks_of_a_month_lie_in_it(year: int, month: int) -> None:
    period = read_period(f"{year}-{month:02}")
    weeks = list_units(period, "week")
    assert 3 <= len(weeks) <= 4
    assert all(w.earliest and w.earliest.weekday() == 0 and w.latest and w.latest.weekday() == 6 for w in weeks)
    assert period.earliest is not None
    assert weeks[0].earliest is not None
    assert weeks[0].earliest - period.earliest < timedelta(7)
