"""The closed classes of words that head finding reads: vocabulary of a language, ``[quantities.nouns]``."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.lexicon import load_language
from quantclaims.records import Number, Token
from quantclaims.tokens import fold

QUOTES = frozenset("\"'„”“«»’‘")
WINDOW = 12
"""Tokens after a number in which its noun is looked for: the longest found in 600 treebank sentences stands 6 away."""


class NounWords(NamedTuple):
    """Word classes of a language, folded; a class that a language has no use for is empty."""

    order: str
    """How the language ties number and noun: ``agreement``, ``compound`` or ``postposed``."""
    linkers: frozenset[str]
    """What may stand between number and noun: Romanian "de", English "of"."""
    stops: frozenset[str]
    """Words that end the search: prepositions, pronouns, conjunctions, auxiliaries."""
    modifiers: frozenset[str]
    """Words that stand before a noun and are none: "more", "other", "noi"."""
    never: frozenset[str]
    """Lemmas that the dictionary lists as nouns and that no number counts."""
    plurals: frozenset[str]
    """Nouns that are plural without a mark: "police", "aircraft"."""
    people: frozenset[str]
    """Adjectives and participles that stand for people when no noun follows: "dead", "wounded"."""
    conjunctions: frozenset[str]
    partitives: frozenset[str]
    """"of", "z", "dintre" between a number and those it is taken from."""
    determiners: frozenset[str]
    """What may follow a partitive: "of the", "of these"."""
    measure_linkers: frozenset[str]
    """What may stand between number and unit: Romanian "de"."""
    relatives: frozenset[str]
    """"of which", "z których": after it the noun is the one before."""
    measures: frozenset[str]
    """Vessels and portions that stand before what they hold: "cup", "teaspoon"."""
    periods: frozenset[str]
    """Nouns that count time and have no UCUM code: "century", "night"."""
    more: frozenset[str]
    """"five tanks and seven more": after it the noun is the one before."""


@cache
def load_nouns(language: str) -> NounWords:
    """The word classes of a language."""
    table = load_language(language)["quantities"]["nouns"]
    classes = (
        frozenset(fold(word, language) for word in table.get(field, ()))
        for field in NounWords._fields
        if field != "order"
    )
    return NounWords(table["order"], *classes)


class Head(NamedTuple):
    """The counted noun as printed (``first``, ``end``) and where its phrase ends; token indexes, half open."""

    first: int
    end: int
    phrase_end: int
    lemma: str
    rule: str


class Search(NamedTuple):
    """Where a noun is looked for."""

    tokens: Sequence[Token]
    limit: int
    """First token that belongs to something else."""
    skips: Mapping[int, int]
    """Token -> token: what stands between number and noun and is neither, such as a calibre."""
    number: Number
    language: str


def is_one(number: Number) -> bool:
    """Whether a number takes a noun in the singular."""
    return number.value == 1 and number.low == number.high


def is_broken(number: Number) -> bool:
    """Whether a number is less than, or not, a whole one: halves and decimals take the singular in Polish."""
    bound = number.value if number.value is not None else number.high
    return bound is not None and bound != int(bound)


def skip_parenthesis(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Token after a short parenthesis that opens at ``at``; ``at`` itself when it does not close soon."""
    for i in range(at + 1, min(at + 8, limit)):
        if tokens[i].text == ")":
            return i + 1
    return at
