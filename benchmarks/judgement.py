"""Whether a reader reads an annotated sentence right: a figure is the mean of verdicts on cases."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from babel import Locale

from annotated import Case, CountedCase, DateCase, NumberCase, Span, SpanCase
from readers import Amount, Dated, Reader


class Metric(NamedTuple):
    """A figure."""

    label: str
    task: str
    """What a library has to be made for: ``numbers``, ``amounts``, ``heads`` or ``dates``."""
    per: int = 1
    """The figure is given for so many cases."""


METRICS = {
    "numbers": Metric("Number phrases: whole phrase, right value", "numbers"),
    "numbers in words": Metric("… those in words", "numbers"),
    "dates": Metric("Dated phrases: right first and last day", "dates"),
    "dates, a day inside": Metric("… lenient: names a day inside", "dates"),
    "counted numbers": Metric("Numbers that count something: read", "amounts"),
    "counted nouns": Metric("… with what they count", "heads"),
    "wrong nouns": Metric("… with something else (lower is better)", "heads"),
    "silent": Metric("Quantities per 100 sentences without a number (lower is better)", "amounts", 100),
    "amount spans": Metric("Amounts in news: read", "amounts"),
    "amounts misread": Metric("… as a date (lower is better)", "dates"),
    "date spans": Metric("Calendar dates in news: read", "dates"),
    "dates misread": Metric("… as an amount (lower is better)", "amounts"),
}
"""Figures in the table's order."""

ANY_DAY = date(2020, 1, 1)
"""What relative phrases refer to where only their place is judged: today would make runs differ."""


class Verdict(NamedTuple):
    """One judgement; ``hits`` is 0 or 1, or how much was found where nothing should be."""

    metric: str
    language: str
    hits: int


def judge(reader: Reader, case: Case) -> Iterator[Verdict]:
    """All that is judged on one case; nothing of what is not the reader's task."""
    match case:
        case NumberCase():
            yield from judge_number(reader, case)
        case DateCase():
            yield from judge_date(reader, case)
        case CountedCase():
            yield from judge_counted(reader, case)
        case SpanCase():
            yield from judge_spans(reader, case)


def judge_number(reader: Reader, case: NumberCase) -> Iterator[Verdict]:
    """Whether the phrase is read as its number and nothing else."""
    if reader.find_numbers is None:
        return
    found = reader.find_numbers(case.text, case.language)
    right = len(found) == 1 and is_whole_and_right(found[0], case)
    yield Verdict("numbers", case.language, right)
    if not has_digit(case.text):
        yield Verdict("numbers in words", case.language, right)


def is_whole_and_right(amount: Amount, case: NumberCase) -> bool:
    """Whether a reading is the whole phrase and has its value."""
    is_whole = case.text[amount.start : amount.end].strip() == case.text.strip()
    return is_whole and amount.value is not None and abs(amount.value - case.value) <= 1e-9 * max(1, abs(case.value))


def judge_date(reader: Reader, case: DateCase) -> Iterator[Verdict]:
    """Whether the phrase is read as its days, and whether a day of them is named."""
    if reader.find_dates is None:
        return
    found = reader.find_dates(case.text, case.language, case.reference)
    only = found[0] if len(found) == 1 else None
    strict = only is not None and (only.earliest, only.latest) == (case.earliest, case.latest)
    lenient = only is not None and only.day is not None and case.earliest <= only.day <= case.latest
    yield Verdict("dates", case.language, strict)
    yield Verdict("dates, a day inside", case.language, lenient)


def judge_counted(reader: Reader, case: CountedCase) -> Iterator[Verdict]:
    """Whether numbers are read with what they count; how much is read where there is no number."""
    if reader.find_amounts is None:
        return
    found = reader.find_amounts(case.text, case.language)
    if not case.numbers:
        yield Verdict("silent", case.language, len(found))
    for number, noun in case.counted:
        yield Verdict("counted numbers", case.language, overlaps_any(found, number))
        if reader.finds_heads:
            heads = [one.head for one in found if one.head and is_overlapping((one.start, one.end), number)]
            is_found = any(is_overlapping(head, noun) for head in heads)
            yield Verdict("counted nouns", case.language, is_found)
            yield Verdict("wrong nouns", case.language, bool(heads) and not is_found)


def judge_spans(reader: Reader, case: SpanCase) -> Iterator[Verdict]:
    """Whether annotated amounts and calendar dates are read, and read as what they are."""
    amounts = [span for kind, span in case.spans if kind in {"QUANTITY", "MONEY"}]
    stretches = [span for kind, span in case.spans if kind in {"DATETIME", "PERIOD"}]
    dates = [span for span in stretches if is_calendar_date(case.text[slice(*span)], case.language)]
    if not amounts and not dates:
        return
    if reader.find_amounts is not None:
        amounts_found = reader.find_amounts(case.text, case.language)
        yield from (Verdict("amount spans", case.language, overlaps_any(amounts_found, span)) for span in amounts)
        yield from (Verdict("dates misread", case.language, overlaps_any(amounts_found, span)) for span in dates)
    if reader.find_dates is not None:
        dates_found = reader.find_dates(case.text, case.language, ANY_DAY)
        yield from (Verdict("date spans", case.language, overlaps_any(dates_found, span)) for span in dates)
        yield from (Verdict("amounts misread", case.language, overlaps_any(dates_found, span)) for span in amounts)


def is_overlapping(one: Span, other: Span) -> bool:
    """Whether two stretches share a character.

    >>> is_overlapping((0, 3), (2, 5)), is_overlapping((0, 3), (3, 5))
    (True, False)
    """
    return one[0] < other[1] and other[0] < one[1]


def overlaps_any(found: Iterable[Amount | Dated], span: Span) -> bool:
    """Whether any reading shares a character with the stretch."""
    return any(is_overlapping((one.start, one.end), span) for one in found)


def has_digit(text: str) -> bool:
    """Whether figures are in it."""
    return any(character.isdigit() for character in text)


def is_calendar_date(phrase: str, language: str) -> bool:
    """Whether an annotated phrase names a month, or a year from 1500 to 2099, and has a digit.

    Durations, ages and clock times are annotated as DATETIME and PERIOD too; they are another matter.

    >>> is_calendar_date("12 mai", "ro"), is_calendar_date("ora 12", "ro"), is_calendar_date("luna mai", "ro")
    (True, False, False)
    """
    months = Locale(language).months["format"]["wide"].values()
    words = re.findall(r"\w+", phrase.lower())
    return has_digit(phrase) and any(word in months or re.fullmatch(r"(1[5-9]|20)\d\d", word) for word in words)
