"""Which state a named region, city, river or island lies in.

The names stand in places.toml. A name is written with a capital, and neither begins nor ends a longer name ("Leeds
United", "Hamburg Radio"); adjectives of places ("obwód charkowski", "un grup brașovean") are not capitalised.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import tomli

from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import token_cases
from quantclaims.lemmas import analyse, is_common_word
from quantclaims.records import Token
from quantclaims.tokens import TOKEN, fold


class NamedPlace(NamedTuple):
    """A place at tokens ``first`` to ``end`` (half open)."""

    first: int
    end: int
    country: str
    """ISO 3166-1 alpha-3, of the state that is internationally recognised to hold it."""
    cases: frozenset[str] = frozenset()
    """Grammatical cases its form allows; empty where the language shows none."""


class _Entry(NamedTuple):
    words: tuple[frozenset[str], ...]
    country: str
    is_adjective: bool


def find_places(tokens: Sequence[Token], language: str) -> list[NamedPlace]:
    """The places named in a sentence, left to right, none overlapping.

    >>> from quantclaims.tokens import tokenize
    >>> [each[:3] for each in find_places(tokenize("A court in Hamburg and the hospital of Port Sudan", "en"), "en")]
    [(3, 4, 'DEU'), (8, 10, 'SDN')]
    """
    found, at = [], 0
    while at < len(tokens):
        place = _match(tokens, at, language)
        if place is None:
            at += 1
        else:
            found.append(place)
            at = place.end
    return found


def _match(tokens: Sequence[Token], at: int, language: str) -> NamedPlace | None:
    """The longest place that begins at a token."""
    if tokens[at].kind != "word":
        return None
    is_capital = tokens[at].text[:1].isupper()
    if not is_capital and language == "en":
        return None
    best: tuple[int, _Entry] | None = None
    table = _load_entries(language)
    for key in _list_keys(tokens[at].text, tokens[at].folded, language):
        for entry in table.get(key, ()):
            end = at + len(entry.words)
            is_written = at == 0 or is_capital != entry.is_adjective
            if end > len(tokens) or not is_written:
                continue
            rest = zip(tokens[at + 1 : end], entry.words[1:], strict=True)
            if all(not keys.isdisjoint(_list_keys(t.text, t.folded, language)) for t, keys in rest) and (
                best is None or end > best[0]
            ):
                best = (end, entry)
    if best is None or (is_capital and not _is_name(tokens, at, best[0], language)):
        return None
    return NamedPlace(at, best[0], best[1].country, token_cases(tokens[at], language))


def _is_name(tokens: Sequence[Token], first: int, end: int, language: str) -> bool:
    """Whether a place's name stands by itself, and is more than a common word that begins the sentence."""
    if first == 0 and end == 1 and _is_common(tokens[0], language):
        return False
    if end < len(tokens) and _is_capitalised(tokens[end]) and not has_place_noun(tokens[end], language):
        return False
    if first == 0 or not _is_capitalised(tokens[first - 1]):
        return True
    before = tokens[first - 1]
    is_preposition = bool(load_cues(language).roles.match(tokens, first - 1))
    return first == 1 or is_preposition or before.text.isupper() or has_place_noun(before, language)


def _is_common(token: Token, language: str) -> bool:
    """Whether the dictionary has a sentence's first word as a common one."""
    if language == "pl":
        return is_common_word(token.text, "pl")
    if language == "en":
        return any(reading.part not in ("unknown", "proper") for reading in analyse(token.text.lower(), "en"))
    return False


def _is_capitalised(token: Token) -> bool:
    return token.kind == "word" and token.text[:1].isupper()


def has_place_noun(token: Token, language: str) -> bool:
    """Whether a word says what kind of place a name is: "Helmand Province", "Județul Iași"."""
    return not load_cues(language).place_nouns.isdisjoint(_list_keys(token.text, token.folded, language))


@cache
def _load_entries(language: str) -> dict[str, list[_Entry]]:
    """The places of a language by the keys of their first words."""
    text = files("quantclaims").joinpath("places.toml").read_text("utf-8")
    table: dict[str, list[_Entry]] = {}
    for country, details in tomli.loads(text).items():
        for place in details["places"]:
            names = place if isinstance(place, str) else place.get(language, ())
            for name in (names,) if isinstance(names, str) else names:
                parts = [word.group() for word in TOKEN.finditer(name)]
                is_phrase = language == "pl" and len(parts) > 1
                words = tuple(_read_keys(word, language, is_phrase=is_phrase) for word in parts)
                for key in words[0]:
                    table.setdefault(key, []).append(_Entry(words, country, name.islower()))
    return table


def _read_keys(word: str, language: str, *, is_phrase: bool) -> frozenset[str]:
    """What a word of a name is known by; of an adjective in a Polish phrase ("Zielona Góra") its lemma, too."""
    folded = fold(word, language)
    if not is_phrase:
        return frozenset((folded,))
    return frozenset((folded, *(fold(r.lemma, "pl") for r in analyse(word, "pl") if r.part == "adjective")))


@lru_cache(maxsize=50_000)
def _list_keys(text: str, folded: str, language: str) -> frozenset[str]:
    """What a word of a text may be in the table: as printed, and as its dictionary form."""
    if language == "en":
        return frozenset((folded, folded.removesuffix("'s")))
    if language == "ro":
        return frozenset(_list_romanian_bases(folded))
    readings = analyse(text, "pl")
    if all(reading.part == "unknown" for reading in readings):
        return frozenset(_list_polish_bases(folded))
    return frozenset((folded, *(fold(reading.lemma, "pl") for reading in readings)))


ROMANIAN_ENDINGS = (
    *(("eei", "eea"), ("ului", ""), ("ul", ""), ("iei", "ia"), ("ei", "a"), ("ii", "ia"), ("ilor", "i")),
    *(("lor", "le"), ("eana", "ean"), ("eni", "ean"), ("ene", "ean"), ("enii", "ean"), ("enilor", "ean")),
)
"""Articles and cases of Romanian names, and what stands in their place in the dictionary form."""
POLISH_ENDINGS = (
    *(("owi", ""), ("ach", ""), ("ami", ""), ("iem", ""), ("em", ""), ("cie", "t"), ("dzie", "d"), ("rze", "r")),
    *(("le", "ł"), ("ie", ""), ("om", ""), ("a", ""), ("u", ""), ("y", ""), ("i", ""), ("e", ""), ("ą", ""), ("ę", "")),
)
"""Of names that the Polish dictionary does not know ("w Kordofanie")."""
SHORTEST_STEM = 4


def _list_romanian_bases(folded: str) -> Iterator[str]:
    yield folded
    for ending, base in ROMANIAN_ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= SHORTEST_STEM - 1:
            yield folded.removesuffix(ending) + base


def _list_polish_bases(folded: str) -> Iterator[str]:
    yield folded
    for ending, base in POLISH_ENDINGS:
        stem = folded.removesuffix(ending) + base
        if folded.endswith(ending) and len(stem) >= SHORTEST_STEM:
            yield stem
            yield stem + "a"
