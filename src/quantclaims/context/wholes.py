"""What says that a figure is counted within another, and what is known of the figure that says so."""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.quantities.items import find_head_token
from quantclaims.records import Quantity, Token


class Thing(NamedTuple):
    """What a share is of, where a noun says so again: "of the passengers", "of the money"."""

    lemma: str
    items: frozenset[str]
    is_money: bool
    """Whether it is any amount of money: "the funds"."""
    is_figure: bool
    """Whether it is whatever figure stood before: "the total"."""


class Link(NamedTuple):
    """That a figure stands on another, and what it says about which."""

    relation: str
    value: float | None = None
    """Of the other, where it is printed again: "a quarter of the 2,000"."""
    anchor: int | None = None
    """Offset of the other's number, where it stands in the same sentence: "nine of the 40 wounded"."""
    is_count: bool = False
    """Whether the other must be of the same things: "22 of the planes"."""
    is_definite: bool = False
    """Whether "the" says that the other was told, by whatever noun."""
    before: int | None = None
    """Offset that the other stands before, where it is not the figure's own."""
    reach: int = 2
    """Sentences back to the other."""
    least: float = 0.0
    """What the other must come to: the sum of all its parts."""
    states: frozenset[str] = frozenset()
    """What became of those among whom the figure counts: "among the dead"."""
    thing: Thing | None = None
    """Noun that the other must be told by: "of the passengers"."""
    is_plural: bool = False
    """Whether the other must be things that are counted: "two of them", never of money."""
    is_money: bool = False
    """Whether the other must be an amount of money: "for the same price"."""
    is_rest: bool = False
    """Whether the figure is what others leave of the whole: "the remaining 35"."""
    is_nested: bool = False
    """Whether the other may be a part itself: "600 dead, of whom 40 officers"."""
    beside: int | None = None
    """Offset of the number whose whole it shares: "300 of them in Oslo and 120 in Bergen"."""
    other_states: frozenset[str] = frozenset()
    """What became of the figure's own, and so not of the other's: "63 were held. Twelve were wounded"."""

    @property
    def rule(self) -> str:
        """The rule's name."""
        return f"relation_{self.relation}"


class Whole(NamedTuple):
    """How a figure can be part of something."""

    passage: Passage
    quantity: Quantity
    language: str

    @property
    def tokens(self) -> Sequence[Token]:
        """Of the sentence."""
        return self.passage.sentence.tokens

    @property
    def is_share(self) -> bool:
        """Whether the figure is a proportion."""
        return self.quantity.kind == "fraction" or self.quantity.unit == "%"

    @property
    def has_noun(self) -> bool:
        """Whether the quote itself names what is counted."""
        head = self.quantity.head_start
        return head is not None and self.quantity.start <= head < self.quantity.end

    @property
    def is_generic(self) -> bool:
        """Whether the noun counts whatever was told before: "the first 30,000 units", "sztuk", "exemplare"."""
        head = find_head_token(self.tokens, self.quantity)
        return head is not None and "generic" in self.kinds(head)

    @property
    def start(self) -> int:
        """Token that the quote starts at, its hedge included."""
        first = self.quantity.first_token
        while first > 0 and self.tokens[first - 1].start >= self.quantity.start:
            first -= 1
        return first

    @property
    def end(self) -> int:
        """Token after the number and, but for fractions, what it counts."""
        if self.quantity.kind != "fraction":
            return self.quantity.last_token
        ends = (n.last_token for n in self.passage.numbers if n.start == self.quantity.number_start)
        return next(ends, self.quantity.last_token)

    @property
    def opens(self) -> bool:
        """Whether the quote opens a clause: it begins the sentence, or follows a mark or a conjunction."""
        start = self.start
        if start == 0 or self.tokens[start - 1].kind == "mark":
            return True
        return self.tokens[start - 1].folded in load_cues(self.language).coordinators

    @property
    def relation(self) -> str:
        """A proportion is a share, a count a part."""
        return "share_of" if self.is_share else "part_of"

    def kinds(self, at: int) -> set[str]:
        """Kinds of the words of relation that start at a token."""
        return {kind for _, kind in load_cues(self.language).relations.match(self.tokens, at)}
