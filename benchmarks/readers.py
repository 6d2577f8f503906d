"""Libraries that read numbers, quantities or dates, ours among them, behind one interface."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import NamedTuple

import quantclaims
from annotated import Span
from quantclaims.lexicon import list_languages


class Amount(NamedTuple):
    """A number or quantity that was read."""

    start: int
    end: int
    value: float | None
    head: Span | None
    """Where the counted noun or the unit stands."""


class Dated(NamedTuple):
    """A date that was read."""

    start: int
    end: int
    earliest: date | None
    latest: date | None
    day: date | None
    """The one day that the reader names."""


FindAmounts = Callable[[str, str], list[Amount]]
"""Text and language to readings."""

FindDates = Callable[[str, str, date], list[Dated]]
"""Text, language and the day that relative phrases refer to, to readings."""


class Reader(NamedTuple):
    """A library: what it reads, and how; None for what is not its task."""

    languages: frozenset[str]
    find_numbers: FindAmounts | None
    find_amounts: FindAmounts | None
    """Numbers in running text, with what they count where ``finds_heads``."""
    finds_heads: bool
    find_dates: FindDates | None


def load_quantclaims() -> Reader:
    """Our own functions."""

    def numbers(text: str, language: str) -> list[Amount]:
        return [Amount(one.start, one.end, one.value, None) for one in quantclaims.find_numbers(text, language)]

    def amounts(text: str, language: str) -> list[Amount]:
        found = quantclaims.find_quantities(text, language)
        heads = (None if q.head_start is None or q.head_end is None else (q.head_start, q.head_end) for q in found)
        return [Amount(q.number_start, q.number_end, q.value, head) for q, head in zip(found, heads, strict=True)]

    def dates(text: str, language: str, reference: date) -> list[Dated]:
        found = quantclaims.find_dates(text, language, reference)
        return [Dated(one.start, one.end, one.earliest, one.latest, one.earliest) for one in found]

    return Reader(frozenset(list_languages()), numbers, amounts, True, dates)


def load_quantulum3() -> Reader:
    """https://github.com/nielstron/quantulum3: rules for English numbers and units.

    It marks number and unit as one stretch, which is also what is taken for the unit word. Its classifier, which
    chooses between units of one name, is switched off: where scikit-learn is there it would be used, but the one that
    comes with the library was made with an older scikit-learn and raises exceptions with today's.
    """
    vars(import_module("quantulum3.classifier"))["USE_CLF"] = False
    parse = import_module("quantulum3.parser").parse

    def amounts(text: str, _: str) -> list[Amount]:
        found = [(*one.span, one.value, one.unit.name != "dimensionless") for one in parse(text)]
        return [Amount(start, end, value, (start, end) if named else None) for start, end, value, named in found]

    languages = frozenset(import_module("quantulum3.language").LANGUAGES)
    return Reader(languages, amounts, amounts, True, None)


def load_dateparser() -> Reader:
    """https://github.com/scrapinghub/dateparser: dates in many languages, by ``search_dates``."""
    search_dates = import_module("dateparser.search").search_dates

    def dates(text: str, language: str, reference: date) -> list[Dated]:
        settings = {"RELATIVE_BASE": datetime(reference.year, reference.month, reference.day)}  # noqa: DTZ001 (it asks)
        found = search_dates(text, languages=[language], settings=settings, add_period=True) or ()
        dated = [(phrase, moment.date(), period) for phrase, moment, period in found]
        places = locate([phrase for phrase, _, _ in dated], text)
        return [
            Dated(*place, *days_of(day, length), day) for place, (_, day, length) in zip(places, dated, strict=True)
        ]

    languages = frozenset(import_module("dateparser.data.languages_info").language_order)
    return Reader(languages, None, None, False, dates)


def load_text2num() -> Reader:
    """https://github.com/allo-media/text2num: numbers in words, small ones too (threshold 0); it passes by figures."""
    text_to_num = import_module("text_to_num")

    def numbers(text: str, language: str) -> list[Amount]:
        words = [Word(*match.span(), match[0]) for match in re.finditer(r"\w+|[^\w\s]", text)]
        found = text_to_num.find_numbers(words, language, 0)
        return [Amount(words[one.start].start, words[one.end - 1].end, one.value, None) for one in found]

    def is_read(language: str) -> bool:
        try:
            text_to_num.find_numbers([], language, 0)
        except ValueError:
            return False
        return True

    return Reader(frozenset(filter(is_read, list_languages())), numbers, numbers, False, None)


class Word(NamedTuple):
    """A token with what text2num asks of it: https://text2num.readthedocs.io."""

    start: int
    end: int
    printed: str

    def text(self) -> str:
        """As printed."""
        return self.printed

    def nt_separated(self, _: object) -> bool:
        """Whether a pause stands before it: print has none."""
        return False

    def not_a_number_part(self) -> bool:
        """Whether it is known not to belong to a number: it is not."""
        return False


LOADERS: dict[str, Callable[[], Reader]] = {
    "quantclaims": load_quantclaims,
    "quantulum3": load_quantulum3,
    "dateparser": load_dateparser,
    "text2num": load_text2num,
}
"""Distribution -> its reader; a loader raises ImportError where the distribution is not installed."""


def locate(phrases: Iterable[str], text: str) -> list[Span]:
    """Where phrases stand that are given in the text's order; an empty stretch for one that is not in it as given.

    >>> locate(["May", "June", "May"], "May and May")
    [(0, 3), (0, 0), (8, 11)]
    """
    places: list[Span] = []
    after = 0
    for phrase in phrases:
        start = text.find(phrase, after)
        places.append((0, 0) if start < 0 else (start, start + len(phrase)))
        after = max(after, places[-1][1])
    return places


def days_of(day: date, period: str) -> tuple[date, date]:
    """First and last day of the period around a day; dateparser's names of periods, weeks from Monday (ISO 8601).

    >>> days_of(date(2024, 2, 8), "month")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if period == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if period == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, day
