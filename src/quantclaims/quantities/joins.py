"""Words and marks between co-ordinated numbers, which share a noun or a label."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.lexicon import load_language
from quantclaims.records import Token
from quantclaims.tokens import fold

LONGEST_JOIN = 3
"""Tokens between two co-ordinated numbers: ", or even"."""
MARKS = frozenset(",/-–—±×x")


class Joins(NamedTuple):
    """Words and marks between co-ordinated numbers."""

    elisions: frozenset[str]
    years: frozenset[str]
    """Prepositions before a year."""


@cache
def load_joins(language: str) -> Joins:
    """The joining words of a language."""
    table = load_language(language)["quantities"]["joins"]
    words = frozenset(fold(word, language) for word in table["words"])
    return Joins(words | MARKS, frozenset(fold(word, language) for word in table["years"]))


def is_joined(between: Sequence[Token], language: str) -> bool:
    """Whether tokens between two numbers co-ordinate them.

    >>> from quantclaims.tokens import tokenize
    >>> is_joined(tokenize(", or even", "en"), "en"), is_joined(tokenize("tanks and", "en"), "en")
    (True, False)
    """
    elisions = load_joins(language).elisions
    return 0 < len(between) <= LONGEST_JOIN and all(token.folded in elisions for token in between)
