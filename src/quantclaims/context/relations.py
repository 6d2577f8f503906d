"""Figures that stand on other figures: "three times that", "the number may be three times higher".

The derived value is computed from the base; what was said, the factor, is kept beside it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.drafts import Draft

BASE_REACH = 3
"""Sentences back to which "that number" can point."""


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
    """The comparative or demonstrative right after a multiplying word, and where it ends."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    for at in range(end, min(len(tokens), end + 3)):
        hits = table.match(tokens, at)
        for stop, kind in hits:
            if kind in ("higher", "lower", "demonstratives"):
                return stop, kind
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
