"""A page as the furniture rules see it: its lines, and the furniture words of its language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from quantclaims.lexicon import load_language
from quantclaims.pages.lines import Line, is_prose, split_lines
from quantclaims.tokens import fold

LONGEST_FURNITURE = 300
"""Characters; what is longer is text."""
LONGEST_STAMP = 120
LONGEST_HEADING = 60
"""The same for lines of stamps and counters, and for headings: measured, most of the time went into longer lines."""
CREDITED = r"(?:[^\W\d_a-zà-ÿ][^\W\d_]*|via|photo|file|\d{4})"
COUNT = r"\d(?:[\d.,\u00a0 ]*\d)?(?:\s?(?:k|m|tys|mln|mii)\b\.?)?"


class Patterns(dict[str, re.Pattern[str]]):
    """Kind -> pattern, compiled when it is first asked for: most kinds are for whole lines only."""

    def __init__(self, before: str, folded: Mapping[str, Iterable[str]]) -> None:
        self.before = before
        self.folded = folded

    def __missing__(self, kind: str) -> re.Pattern[str]:
        """The pattern of a kind; KeyError for a kind that the table does not have."""
        self[kind] = re.compile(self.before + alternatives(self.folded[kind]))
        return self[kind]


class Vocabulary(NamedTuple):
    """The ``[furniture]`` table of a language, compiled."""

    language: str
    script: str
    letters: frozenset[str]
    """Letters that few other languages have."""
    lines: Mapping[str, frozenset[str]]
    """Kind -> lines that are of that kind when they hold nothing else."""
    starts: Patterns
    """Kind -> how a line of that kind begins."""
    anywhere: Patterns
    """Kind -> words of that kind, wherever they stand."""
    inline_advert: re.Pattern[str]
    counted: re.Pattern[str]
    credit_line: re.Pattern[str]
    credit_end: re.Pattern[str]
    sign_off: re.Pattern[str]
    function_words: frozenset[str]


class Page(NamedTuple):
    """A text by its lines."""

    text: str
    lines: list[Line]
    words: Vocabulary
    first_prose: int
    """Index of the first line of running text; the number of lines where there is none."""
    last_prose: int
    """Index of the last one; -1 where there is none."""

    def short(self, longest: int = LONGEST_FURNITURE) -> Iterator[tuple[int, Line]]:
        """Lines that are short enough for furniture, with their index."""
        return ((i, line) for i, line in enumerate(self.lines) if len(line.text) <= longest)


def core(folded: str) -> str:
    """A folded line without the marks around it, by which whole lines are compared.

    >>> core("» zobacz także: ")
    'zobacz także'
    """
    return re.sub(r"^\W+|\W+$", "", " ".join(folded.split()))


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first, whatever the white space in them."""
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        pattern = r"\s+".join(re.escape(word) for word in phrase.removesuffix(":").split())
        after = r"\s?:" if phrase.endswith(":") else r"(?!\w)" if phrase[-1].isalnum() else ""
        parts.append(pattern + after)
    return f"(?:{'|'.join(parts)})"


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """The furniture words of a language; ValueError for a language without a table."""
    table: dict[str, Any] = load_language(language)["furniture"]
    folded = {kind: [fold(w, language) for w in words] for kind, words in table.items() if isinstance(words, list)}
    adverts = [word.upper() for word in table["advert"] if word.isalpha() and len(word) > 5]
    counter = alternatives(folded["counter"])
    agency = alternatives(table["agencies"])
    return Vocabulary(
        language=language,
        script=table["script"],
        letters=frozenset(table["letters"]),
        lines={kind: frozenset(core(word) for word in words) for kind, words in folded.items()},
        starts=Patterns(r"\W*", folded),
        anywhere=Patterns(r"(?<!\w)", folded),
        inline_advert=re.compile(rf"(?<=[.!?\"”])[^\S\n]+(?:{'|'.join(adverts)})(?=\s+[^\W\d_a-z]|\s+[\"„“])"),
        counted=re.compile(rf"(?<!\w)(?:{counter}\W{{0,3}}{COUNT}(?:\W{{0,2}}{counter})?|{COUNT}\W{{0,2}}{counter})"),
        credit_line=re.compile(rf"(?i:{agency})(?:(?:\s*[/|,–-]\s*|\s+via\s+){CREDITED}(?:\s{CREDITED}){{0,3}})*"),
        credit_end=re.compile(rf"(?<=[.!?\"”’])\s+[(|/]?\s*(?i:{agency})(?:\W{{1,3}}{CREDITED}){{0,6}}\)?$"),
        sign_off=re.compile(rf"\((?:[^()]{{0,30}}\W)?{agency}(?:\W[^()]{{0,30}})?\)$", re.IGNORECASE),
        function_words=frozenset(folded["function_words"]),
    )


def read_page(text: str, language: str) -> Page:
    """A text as the rules see it."""
    lines = split_lines(text, language)
    prose = [i for i, line in enumerate(lines) if is_prose(line)]
    return Page(text, lines, load_vocabulary(language), *((prose[0], prose[-1]) if prose else (len(lines), -1)))
