"""The counted noun of a number, by the strategy that the language's table names."""

from collections.abc import Callable

from quantclaims.quantities import agreement, compound, postposed
from quantclaims.quantities.nouns import Head, Search, load_nouns

STRATEGIES: dict[str, Callable[[Search, int], Head | None]] = {
    "agreement": agreement.find_head_by_agreement,
    "compound": compound.find_head_of_compound,
    "postposed": postposed.find_head_postposed,
}
ATTRIBUTES: dict[str, Callable[[Search, int], int]] = {
    "agreement": agreement.pass_genitive,
    "compound": compound.pass_of,
    "postposed": postposed.pass_attribute,
}


def find_head(search: Search, at: int) -> Head | None:
    """The noun that the number before token ``at`` counts, None where none is said.

    >>> from quantclaims.records import Number
    >>> from quantclaims.tokens import tokenize
    >>> tokens = tokenize("53 North Korean artillery shells killed", "en")
    >>> number = Number(0, 2, 53.0, 53.0, 53.0, "cardinal", "", 0, 1)
    >>> find_head(Search(tokens, len(tokens), {}, number, "en"), 1).lemma
    'shell'
    """
    return STRATEGIES[load_nouns(search.language).order](search, at)


def pass_attribute(search: Search, at: int) -> int:
    """Token after the attribute of a noun or unit that starts at ``at``: "of ammunition", "amunicji", "de muniții"."""
    return ATTRIBUTES[load_nouns(search.language).order](search, at)
