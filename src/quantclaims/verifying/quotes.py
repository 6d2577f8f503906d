"""Where a quote stands in a text: where the row says, elsewhere, or printed otherwise.

Whoever copies a phrase may lose what is hardly seen: no-break spaces and soft hyphens, curly quotation marks, dashes,
the composition of letters (NFC or NFD, https://www.unicode.org/reports/tr15/), the case of a first letter. Such a quote
is found and given back as the text prints it. Offsets are code points, half open.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from quantclaims.rows import CONTEXT

AGREEING = 0.9
"""Part of the context that must agree before an occurrence is preferred to a nearer one."""

DASHES = dict.fromkeys("‐‑‒–—―−", "-")
MARKS = dict.fromkeys("'‘’‚‛ʼ`´‹›′", "'") | dict.fromkeys('"“”„‟«»″', "''")
"""A double mark is two single ones, for some pages print it so."""
LETTERS = {"\u0327": "\u0326", "ı": "i", "ł": "l", "Ł": "L"}
"""Cedillas for the Romanian commas, after decomposition; letters that do not decompose and are often typed without."""
ALIKE = DASHES | MARKS | LETTERS
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
NUMBER = re.compile(r"(?<![0-9])(?<![0-9][.,' ])[0-9]++(?:[.,' ][0-9]++)*+")
"""Possessive, and never begun inside a figure: each digit of a text is looked at once."""
WORDS = 2
"""Words that a phrase must have beside its figure before it is looked for with another one."""


class Folded(NamedTuple):
    """A text without what is hardly seen."""

    text: str
    starts: Sequence[int]
    """Offset of each character in the text that was folded; one more for the end."""
    original: str


class Place(NamedTuple):
    """Where a quote stands."""

    start: int
    end: int
    how: str
    """``exact``, ``moved``, ``printed`` (otherwise), or ``figure``: the phrase with another figure in it."""


def locate_quote(
    text: str, quote: str, start: int | None = None, prefix: str | None = None, suffix: str | None = None
) -> Place | None:
    r"""The occurrence of a quote that a row means; None where the text has nothing like it.

    That is the one whose context agrees with what the row keeps of it, else the nearest to where the row says.

    >>> locate_quote("Of 10 tanks, 10 tanks are left.", "10 tanks", 20)
    Place(start=13, end=21, how='moved')
    >>> locate_quote("Around 5\u00a0mln \u201eshells\u201d", '5 mln "shells"', 7)
    Place(start=7, end=21, how='printed')
    """
    if not quote.strip():
        return None
    found = (
        list(find_whole(text, quote, start))
        or [Place(*span, "printed") for span in find_folded(fold_text(text), quote)]
        or [Place(*span, "figure") for span in find_other_figure(fold_text(text), quote)]
    )
    if not found:
        return None
    agreeing = [place for place in found if agreement(text, place, prefix, suffix) >= AGREEING]
    return min(agreeing or found, key=lambda place: (abs(place.start - (start or 0)), place.start))


def find_whole(text: str, quote: str, start: int | None) -> Iterator[Place]:
    """Occurrences of a quote to the letter; inside words and figures only where the row says that it stands there."""
    at = text.find(quote)
    while at >= 0:
        if at == start or not cuts(text, at, at + len(quote)):
            yield Place(at, at + len(quote), "exact" if at == start else "moved")
        at = text.find(quote, at + 1)


def cuts(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends inside a word or a figure.

    >>> cuts("1,600 drones", 2, 12), cuts("in 600 drones", 3, 13)
    (True, False)
    """
    return is_cut(text, start) or is_cut(text, end)


def is_cut(text: str, at: int) -> bool:
    """Whether a place is inside a word or a figure."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if (before.isalnum() and after.isalnum()) or unicodedata.combining(after):
        return True
    if before in ".,\u00a0\u202f" and after.isdigit():
        return text[at - 2 : at - 1].isdigit()
    return before.isdigit() and after in ".,\u00a0\u202f" and text[at + 1 : at + 2].isdigit()


def agreement(text: str, place: Place, prefix: str | None, suffix: str | None) -> float:
    """How much of the context that a row keeps stands around a place, from 0 to 1; 0 without any context."""
    if not prefix and not suffix:
        return 0.0
    before = fold_plain(text[max(0, place.start - CONTEXT) : place.start])[::-1]
    after = fold_plain(text[place.end : place.end + CONTEXT])
    kept = [(before, fold_plain(prefix or "")[::-1]), (after, fold_plain(suffix or ""))]
    same = sum(count_alike(there, said) for there, said in kept)
    return same / max(1, sum(len(said) for _, said in kept))


def count_alike(there: str, said: str) -> int:
    """Characters that two texts begin with in common."""
    return next((i for i, (a, b) in enumerate(zip(there, said, strict=False)) if a != b), min(len(there), len(said)))


def find_folded(folded: Folded, quote: str) -> Iterator[tuple[int, int]]:
    """Spans of a text that a quote stands for when what is hardly seen is left out."""
    wanted = fold_plain(quote).strip()
    for form in dict.fromkeys((wanted, wanted.strip("' "))):
        at = folded.text.find(form) if form else -1
        is_found = False
        while at >= 0:
            span = unfold(folded, at, at + len(form))
            if not cuts(folded.original, *span):
                is_found = True
                yield span
            at = folded.text.find(form, at + 1)
        if is_found:
            return


def find_other_figure(folded: Folded, quote: str) -> Iterator[tuple[int, int]]:
    """Spans of a text that are the quote but for the digits of its figures."""
    wanted = fold_plain(quote).strip()
    rest = NUMBER.split(wanted)
    if len(rest) == 1 or len(re.findall(r"[^\W\d_]{2,}", wanted)) < WORDS:
        return
    pattern = NUMBER.pattern.join(map(re.escape, rest))
    for found in re.finditer(pattern, folded.text):
        span = unfold(folded, *found.span())
        if not cuts(folded.original, *span):
            yield span


def unfold(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """A span of the folded text in the text itself."""
    return folded.starts[start], folded.starts[end - 1] + 1


def fold_plain(text: str) -> str:
    r"""A text without what is hardly seen.

    >>> fold_plain("„5\u00a0mln” – Soft\u00adWare")
    "''5 mln'' - software"
    """
    return fold_text(text).text


@lru_cache(maxsize=256)
def fold_text(text: str) -> Folded:
    """A text without what is hardly seen, each character with its offset in the text that was given."""
    characters: list[str] = []
    starts: list[int] = []
    for at, character in enumerate(text):
        if INVISIBLE.match(character):
            continue
        if character.isspace():
            if characters and characters[-1] != " ":
                characters.append(" ")
                starts.append(at)
            continue
        for part in unicodedata.normalize("NFKD", ALIKE.get(character, character)):
            for low in ALIKE.get(part, part).casefold():
                characters.append(low)
                starts.append(at)
    return Folded("".join(characters), (*starts, len(text)), text)
