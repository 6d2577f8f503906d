"""Figures that stand on other figures: "three times that", "the number may be three times higher".

The derived value is computed from the base; what was said, the factor, is kept beside it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.drafts import Draft
from quantclaims.lemmas import analyse
from quantclaims.records import Quantity, Token

BASE_REACH = 3
"""Sentences back to which "that number" can point."""


PART_REACH = 4
"""Words between "among them" and its number."""


class Multiple(NamedTuple):
    """A multiple of another claim, said at tokens ``first`` to ``end``."""

    first: int
    end: int
    anchor: int
    """Offset of the multiplying word."""
    factor: float
    rule: str


def find_multiples(passage: Passage, language: str) -> list[Multiple]:
    """Multiplying words of a sentence that compare with a figure named before."""
    tokens = passage.sentence.tokens
    found = []
    for number in passage.numbers:
        if number.value is None or number.value <= 0:
            continue
        end = number.last_token
        if number.kind != "multiplicative":
            if number.kind not in ("cardinal", "fraction") or end >= len(tokens):
                continue
            if tokens[end].folded not in load_cues(language).times_words:
                continue
            end += 1
        compared = _comparison(passage, end, language)
        if compared is None:
            continue
        stop, kind = compared
        factor = 1 / number.value if kind == "lower" else number.value
        found.append(Multiple(number.first_token, stop, number.start, factor, f"multiple_{kind}"))
    return found


def _comparison(passage: Passage, end: int, language: str) -> tuple[int, str] | None:
    """The comparative right after a multiplying word, or the demonstrative it multiplies, and where it ends."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    for at in range(end, min(len(tokens), end + COMPARATIVE_REACH)):
        for stop, kind in table.match(tokens, at):
            if kind in ("higher", "lower") and _is_comparative(tokens[at], language):
                return stop, kind
            if kind == "demonstratives" and at == end and _stands_for_a_number(passage, stop, language):
                return stop, kind
    return None


COMPARATIVE_REACH = 3
"""Words from a multiplying word to its comparative ("three times as many")."""


def _is_comparative(token: Token, language: str) -> bool:
    """Whether a Polish form is a comparative; the tables of the other languages list comparatives only."""
    readings = analyse(token.text, language)
    return language != "pl" or any("com" in r.tag.split(":") or r.part == "unknown" for r in readings)


def _stands_for_a_number(passage: Passage, stop: int, language: str) -> bool:
    """Whether "that" is the number itself: nothing, a mark or a noun of number follows, no other noun."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    if stop >= len(tokens) or tokens[stop].kind == "mark":
        return True
    if any(kind == "base_nouns" for _, kind in table.match(tokens, stop)):
        return True
    return bool(load_cues(language).roles.match(tokens, stop))


def find_link(passage: Passage, quantity: Quantity, language: str) -> str | None:
    """How a quantity says that it stands on the one before: ``part_of``, ``share_of`` or ``alternative_to``.

    "Among them three children" is a part, "half of them" a share, "90 tanks or 1,400 tonnes" an alternative.
    """
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    first, end = quantity.first_token, quantity.last_token
    after = {kind for stop, kind in (table.match(tokens, end) if end < len(tokens) else ())}
    if "part_of" in after and quantity.head_start is None:
        return "share_of" if quantity.kind == "fraction" else "part_of"
    for at in range(max(0, first - PART_REACH), first):
        for stop, kind in table.match(tokens, at):
            if kind == "part_of" and stop <= first and all(t.kind == "mark" for t in tokens[stop:first]):
                return "part_of"
            if kind == "alternative" and stop == first and quantity.head_start is not None:
                return "alternative_to"
    return None


def find_linked(drafts: Sequence[Draft], passage: int, before: int, link: str) -> Draft | None:
    """The claim that a part, share or alternative stands on: the nearest whole before it."""
    reach = 0 if link == "alternative_to" else 1
    for draft in reversed(drafts):
        if passage - draft.passage > reach:
            return None
        if draft.anchor < before and not draft.is_denial and draft.relation in (None, "multiple_of"):
            return draft
    return None


def find_base(drafts: Sequence[Draft], passage: int, before: int) -> Draft | None:
    """The latest claim with a figure that a multiple can build on."""
    for draft in reversed(drafts):
        if passage - draft.passage > BASE_REACH:
            return None
        if draft.anchor < before and draft.value and not draft.is_denial:
            return draft
    return None


def derive(base: Draft, factor: float, stance: str) -> tuple[float, float | None, float | None, str]:
    """``(value, low, high, qualifier)`` of a multiple: what may be so is a most, else the base's own precision.

    >>> from quantclaims.context.speakers import ARTICLE
    >>> from quantclaims.context.periods import UNKNOWN
    >>> base = Draft(0, 1, 0, 1.6e6, None, None, "approximately", "1", (), (), None, None, None, None, None,
    ...              "asserted", False, None, ARTICLE, (), UNKNOWN, UNKNOWN, 0, None, None, None, ())
    >>> derive(base, 3.0, "possible")
    (4800000.0, None, 4800000.0, 'at_most')
    """
    value = factor * (base.value or 0.0)
    if stance == "possible":
        return value, None, value, "at_most"
    low = None if base.low is None else factor * base.low
    high = None if base.high is None else factor * base.high
    return value, low, high, base.qualifier
