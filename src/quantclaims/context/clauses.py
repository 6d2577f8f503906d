"""How far apart two words of a sentence are, counted in words and in clause borders between them.

Newspaper sentences are long; what governs a figure is the nearest fitting word once borders cost more than words.
"""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.records import Token

COMMA = 3
"""Cost of a comma or a bracket: appositions and lists keep their governor."""
OPENER = 10
"""Cost of a word that opens a clause of its own."""
STOP = 20
"""Cost of a semicolon or a colon."""


class Clauses(NamedTuple):
    """Running sums over the tokens of a sentence."""

    cost: tuple[int, ...]
    borders: tuple[int, ...]
    """Clause openers and semicolons before each token."""

    def distance(self, a: int, b: int) -> int:
        """Words plus border costs between tokens ``a`` and ``b``."""
        return abs(a - b) + abs(self.cost[a] - self.cost[b])

    def is_same_segment(self, a: int, b: int) -> bool:
        """Whether not even a comma stands between the two tokens."""
        return self.cost[a] == self.cost[b]

    def is_same_clause(self, a: int, b: int) -> bool:
        """Whether no clause opens between the two tokens."""
        return self.borders[a] == self.borders[b]


def read_clauses(tokens: Sequence[Token], language: str) -> Clauses:
    """The clause borders of a sentence.

    >>> from quantclaims.tokens import tokenize
    >>> clauses = read_clauses(tokenize("Kyiv says that Moscow, its foe, lost 5 tanks", "en"), "en")
    >>> clauses.is_same_clause(0, 3), clauses.is_same_clause(3, 9)
    (False, True)
    """
    openers = load_cues(language).clause_openers
    complementizers = load_cues(language).complementizers
    cost, borders = [0], [0]
    after_comma = False
    for i, token in enumerate(tokens):
        step, border = 0, 0
        if token.folded in (";", ":"):
            step, border = STOP, 1
        elif (
            is_comma(tokens, i) or token.folded in ("(", ")", "–", "—") or (token.folded == "-" and is_dash(tokens, i))
        ):
            step, after_comma = COMMA, True
        elif _opens_clause(tokens, i, complementizers, language) or (after_comma and openers.longest(tokens, i)):
            step, border = OPENER, 1
        if step != COMMA:
            after_comma = False
        cost.append(cost[-1] + step)
        borders.append(borders[-1] + border)
    return Clauses(tuple(cost[1:]), tuple(borders[1:]))


def _opens_clause(tokens: Sequence[Token], at: int, complementizers: frozenset[str], language: str) -> bool:
    """Whether a complementizer opens a clause; after a modal it only joins its verb ("ar putea să ajungă")."""
    if tokens[at].folded not in complementizers:
        return False
    stance = load_cues(language).stance
    return at == 0 or not any(kind == "possible" for _, kind in stance.match(tokens, at - 1))


def is_comma(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a comma of the sentence and not one inside a figure ("1,400")."""
    if tokens[at].text != ",":
        return False
    return at + 1 >= len(tokens) or tokens[at].end < tokens[at + 1].start or tokens[at + 1].kind != "digits"


def is_dash(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen stands between spaces and so is a dash."""
    before = at == 0 or tokens[at - 1].end < tokens[at].start
    after = at + 1 >= len(tokens) or tokens[at].end < tokens[at + 1].start
    return before and after
