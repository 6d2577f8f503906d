"""Calibres: "152 mm" beside shells or guns says which ones, not how many, so it is an attribute of the thing."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.quantities.units import load_units, read_unit
from quantclaims.records import Number, Token

BORES = frozenset({"mm", "cm", "[in_i]"})


class Calibre(NamedTuple):
    """The tokens of a calibre, half open, and the attribute it makes."""

    first: int
    end: int
    attribute: str


class CalibreWords(NamedTuple):
    """Words for calibre, and things that have one."""

    words: PhraseTable[None]
    heads: PhraseTable[None]
    linkers: frozenset[str]


@cache
def load_calibres(language: str) -> CalibreWords:
    """The calibre words of a language."""
    table = load_language(language)["quantities"]["calibre"]
    return CalibreWords(
        PhraseTable([(word, None) for word in table["words"]], language, inflect=True),
        PhraseTable([(word, None) for word in table["heads"]], language, inflect=True),
        frozenset(table["linkers"]),
    )


def find_calibres(tokens: Sequence[Token], numbers: Sequence[Number], language: str) -> dict[int, Calibre]:
    """First token of each number that is a calibre -> the calibre.

    >>> from quantclaims.numbers.scan import scan_numbers
    >>> from quantclaims.segment import segment
    >>> sentence = segment("pocisków kalibru 152 mm", "pl")[0]
    >>> find_calibres(sentence.tokens, scan_numbers(sentence, "pl"), "pl")[2].attribute
    'calibre=152 mm'
    """
    found = {}
    for number in numbers:
        calibre = _read_calibre(tokens, number, language)
        if calibre is not None:
            found[number.first_token] = calibre
    return found


def _read_calibre(tokens: Sequence[Token], number: Number, language: str) -> Calibre | None:
    if number.value is None or number.kind != "cardinal":
        return None
    end, bore = _read_bore(tokens, number.last_token, language)
    if bore is None:
        return None
    words = load_calibres(language)
    first = number.first_token
    before = first - 1 if first and tokens[first - 1].folded in words.linkers else first
    named = _ends_at(words.words, tokens, before) or _ends_at(words.words, tokens, first)
    start = first
    if named is not None:
        start = named
    elif end < len(tokens) and words.words.longest(tokens, end) is not None:
        end = (words.words.longest(tokens, end) or (end, None))[0]
    elif not (
        _starts_near(words.heads, tokens, end)
        or _ends_at(words.heads, tokens, first) is not None
        or (before < first and _ends_before_name(words.heads, tokens, before))
        or (before < first and before > 0 and tokens[before - 1].kind == "digits")
    ):
        return None
    if start > 0 and tokens[start - 1].folded in words.linkers:
        start -= 1
    return Calibre(start, end, f"calibre={number.value:g} {bore}")


def _read_bore(tokens: Sequence[Token], at: int, language: str) -> tuple[int, str | None]:
    """End and code of the millimetres after a number: "mm", "-mm", "-milimetrowych", "milimetrowych"."""
    if at < len(tokens) and tokens[at].text in ("-", "‑", "–"):
        at += 1
    if at >= len(tokens):
        return at, None
    unit = read_unit(tokens, at, language)
    if unit is not None:
        return unit.end, unit.code if unit.code in BORES else None
    adjective = load_units(language).adjectives.longest(tokens, at)
    if adjective is not None and adjective[1][0] in BORES:
        return adjective[0], adjective[1][0]
    return at, None


def _ends_at(table: PhraseTable[None], tokens: Sequence[Token], end: int) -> int | None:
    """Start of the phrase that ends at token ``end``."""
    for start in range(max(0, end - 2), end):
        if any(hit == end for hit, _ in table.match(tokens, start)):
            return start
    return None


def _ends_before_name(table: PhraseTable[None], tokens: Sequence[Token], end: int) -> bool:
    """Whether a phrase ends at a token, or before the one capitalised name that does: "rachete Grad de"."""
    named = end > 0 and tokens[end - 1].text[0].isupper()
    return _ends_at(table, tokens, end) is not None or (named and _ends_at(table, tokens, end - 1) is not None)


def _starts_near(table: PhraseTable[None], tokens: Sequence[Token], at: int) -> bool:
    """Whether a thing with a calibre follows, at most two words on: "152 mm artillery shells"."""
    for start in range(at, min(at + 3, len(tokens))):
        if tokens[start].kind != "word":
            return False
        if table.longest(tokens, start) is not None:
            return True
    return False
