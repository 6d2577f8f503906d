"""Figures that stand on other figures: "three times that", "the number may be three times higher".

The derived value is computed from the base; what was said, the factor, is kept beside it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quantclaims.context.changes import is_comparative
from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.drafts import Draft
from quantclaims.records import Token

BASE_REACH = 3
"""Sentences back to which "that number" can point."""
COMPARED_REACH = 5
"""Words from "than" to what the comparison is with."""


DOUBLING = {"double": 2.0, "triple": 3.0, "quadruple": 4.0}


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
    return [*found, *_find_doubled(passage, language)]


def _find_doubled(passage: Passage, language: str) -> Iterator[Multiple]:
    """Words that multiply by themselves before what stands for a number: "double that"."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    for at in range(len(tokens) - 1):
        for stop, kind in table.match(tokens, at):
            if kind not in DOUBLING or stop >= len(tokens):
                continue
            ends = [end for end, word in table.match(tokens, stop) if word == "demonstratives"]
            if tokens[stop].kind == "mark" and _is_double_itself(tokens[at], language):
                yield Multiple(at, stop, tokens[at].start, DOUBLING[kind], "multiple_demonstratives")
            elif ends and _stands_for_a_number(passage, ends[0], language):
                yield Multiple(at, ends[0], tokens[at].start, DOUBLING[kind], "multiple_demonstratives")


def _is_double_itself(token: Token, language: str) -> bool:
    """Whether a word can only be "the double": a Romanian noun with its article, no verb or adjective."""
    return language == "ro" and token.folded.endswith("ul")


def _comparison(passage: Passage, end: int, language: str) -> tuple[int, str] | None:
    """The comparative right after a multiplying word, or the demonstrative it multiplies, and where it ends."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    for at in range(end, min(len(tokens), end + COMPARATIVE_REACH)):
        for stop, kind in table.match(tokens, at):
            if kind in ("higher", "lower") and is_comparative(tokens[at], language):
                return (stop, kind) if _points_back(passage, stop, language) else None
            if kind == "as_many" and at == end and _points_back(passage, stop, language):
                return stop, "demonstratives"
            if kind == "demonstratives" and at == end and _stands_for_a_number(passage, stop, language):
                return stop, kind
    return None


COMPARATIVE_REACH = 3
"""Words from a multiplying word to its comparative ("three times as many")."""


def _points_back(passage: Passage, stop: int, language: str) -> bool:
    """Whether a comparative compares with the figure before: no "than a year earlier" follows that names another."""
    tokens, cues = passage.sentence.tokens, load_cues(language)
    for at in range(stop, min(len(tokens), stop + COMPARATIVE_REACH)):
        than = [end for end, kind in cues.relations.match(tokens, at) if kind == "than"]
        ends = [end for end, _ in cues.comparisons.match(tokens, at)] or than
        if ends:
            near = range(ends[0], min(len(tokens), ends[0] + COMPARED_REACH))
            if any(number.first_token in near and number.kind == "cardinal" for number in passage.numbers):
                return False  # "as the 37 of Friday"
            kinds = {kind for i in near for _, kind in cues.relations.match(tokens, i)}
            return bool(kinds & {"base_nouns", "demonstratives", "telling"})
    return True


def _stands_for_a_number(passage: Passage, stop: int, language: str) -> bool:
    """Whether "that" is the number itself: nothing, a mark or a noun of number follows, no other noun."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    if stop >= len(tokens) or tokens[stop].kind == "mark":
        return True
    if any(kind == "base_nouns" for _, kind in table.match(tokens, stop)):
        return True
    return bool(load_cues(language).roles.match(tokens, stop))


def find_base(drafts: Sequence[Draft], passage: Passage, index: int, before: int, language: str) -> Draft | None:
    """The latest claim with a figure that a multiple in passage ``index`` can build on: no part of another.

    What became of those counted, when the sentence names it, must be what became of them there too ("zabitych").
    """
    states = load_cues(language).states
    tokens = passage.sentence.tokens
    named = {f"state={state}" for at in range(len(tokens)) for _, state in states.match(tokens, at)}
    fitting = []
    for draft in reversed(drafts):
        if index - draft.passage > BASE_REACH:
            break
        if draft.anchor < before and draft.value and not draft.is_denial:
            fitting.append(draft)
    same = [draft for draft in fitting if named & set(draft.attributes)]
    wholes = [draft for draft in fitting if draft.relation not in ("part_of", "share_of")]
    return next(iter((named and [d for d in same if d in wholes]) or wholes or fitting), None)


def derive(base: Draft, factor: float, stance: str) -> tuple[float, float | None, float | None, str]:
    """``(value, low, high, qualifier)`` of a multiple: what may be so is a most, else the base's own precision.

    >>> from quantclaims.context.scene import ARTICLE
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
