"""Which claim a figure stands on, once words have said that it stands on one and of what kind that must be."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from quantclaims.context.changes import PERCENTS
from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.context.wholes import Link, Thing
from quantclaims.drafts import Draft
from quantclaims.lemmas import lemmas
from quantclaims.quantities.units import is_money
from quantclaims.records import Quantity

LARGE = 100_000
"""Figures from which a bare number may be of money or a measure."""
SUMMED = 12
"""Claims back to what a rest is the rest of."""
EMBEDDED_GAP = 2
"""Words between a figure's phrase and the figure that its phrase holds: a preposition, an article."""
COMPARED_GAP = 3
"""Words between "than" and the figure compared with."""
PARTS = frozenset({"part_of", "share_of"})
WHOLES = frozenset({None, "multiple_of", "revision_of", "equivalent_to"})
"""Relations of a claim that others can be shares and parts of: a part is hardly the whole of the next."""
SUM = 1.001
"""What the parts and shares of one whole come to at most, rounding allowed for."""


def find_base(
    drafts: Sequence[Draft], passages: Sequence[Passage], index: int, quantity: Quantity, link: Link, language: str
) -> Draft | None:
    """The claim that a figure in passage ``index`` stands on: the nearest that fits what the link says.

    Of victims of several kinds those killed come first.
    """
    if len(link.states) > 1:
        each = (link._replace(states=frozenset({state})) for state in sorted(link.states))
        bases = (find_base(drafts, passages, index, quantity, one, language) for one in each)
        return next((base for base in bases if base is not None), None)
    recent = list(takewhile(lambda draft: index - draft.passage <= link.reach, reversed(drafts)))
    if link.beside is not None:
        return _find_shared(recent, quantity, link)
    if link.anchor is not None:
        return next((draft for draft in recent if draft.anchor == link.anchor and _admits(draft, quantity, link)), None)
    limit = quantity.number_start if link.before is None else link.before
    earlier = [draft for draft in recent if draft.anchor < limit]
    if link.is_definite and not any(_is_same_thing(draft, quantity) for draft in earlier):
        return _find_told(recent, quantity, link._replace(is_count=False), index)
    if link.relation == "share_of" and _read_factor(quantity) > SUM:
        return None
    if link.thing is not None and link.thing.is_figure:
        earlier = _prefer_named(earlier, passages[index], quantity, language)
    summed = _find_summed(earlier, quantity, link._replace(is_count=False)) if link.is_rest else None
    return summed or _find_nearest(earlier, passages, index, quantity, link, language)


def _find_nearest(
    earlier: Sequence[Draft], passages: Sequence[Passage], index: int, quantity: Quantity, link: Link, language: str
) -> Draft | None:
    """The first of the claims that fits what the link says; those told aside come last."""
    outdated = {draft.base for draft in earlier if draft.relation == "revision_of"}
    aside = None
    for draft in earlier:
        is_open = draft.anchor not in outdated and not draft.is_denial
        is_nested = draft.relation not in PARTS or draft.passage == index
        if is_open and is_nested and _fits(draft, quantity, link) and not is_compared(passages, draft, language):
            if link.is_count or not _is_embedded(passages[draft.passage], draft, language):
                return draft
            aside = aside or draft
    return aside


def _read_factor(quantity: Quantity) -> float:
    """What a share multiplies its whole by."""
    return (quantity.value or 0.0) / (100 if quantity.unit == "%" else 1)


def _prefer_named(earlier: Sequence[Draft], passage: Passage, quantity: Quantity, language: str) -> list[Draft]:
    """Claims of what the sentence names before a share of "the total" first, then the others."""
    words = [token.text for token in passage.sentence.tokens[: quantity.first_token] if token.kind == "word"]
    named = {lemma for word in words for lemma in lemmas(word, language)}
    return sorted(earlier, key=lambda draft: draft.item_lemma not in named)


def _find_summed(earlier: Sequence[Draft], quantity: Quantity, link: Link) -> Draft | None:
    """The claim that a rest and the figures after it make up exactly: "12 were tried. Nine ..., the other three"."""
    for position, draft in enumerate(earlier[:SUMMED]):
        beside = [each for each in earlier[:position] if each.relation in (None, "part_of")]
        between = [each for each in beside if each.unit == draft.unit]
        values = {each.value for each in between} | {sum(each.value or 0.0 for each in between)}
        if _fits(draft, quantity, link) and (draft.value or 0.0) - (quantity.value or 0.0) in values:
            return draft
    return None


def _is_embedded(passage: Passage, draft: Draft, language: str) -> bool:
    """Whether a figure only tells where another's things are: of "8,700 homes in 14 villages", "them" are the homes."""
    tokens, cues = passage.sentence.tokens, load_cues(language)
    start = bisect_left(tokens, draft.start, key=lambda token: token.start)
    before = [q for q in passage.quantities if q.last_token < start <= q.last_token + EMBEDDED_GAP]
    gap = range(before[-1].last_token, start) if before else range(0)
    named = {kind for at in gap for _, kind in cues.relations.match(tokens, at)}
    leads = {role for at in gap for _, role in cues.roles.match(tokens, at)}
    return bool(leads & {"place", "source"} or "share_of" in named) and all(tokens[at].kind == "word" for at in gap)


def is_compared(passages: Sequence[Passage], draft: Draft, language: str) -> bool:
    """Whether another figure is only compared with it, or is in its place: "28,500, down from 41,000", "45, not 38"."""
    tokens, cues = passages[draft.passage].sentence.tokens, load_cues(language)
    start = bisect_left(tokens, draft.start, key=lambda token: token.start)
    before = range(max(0, start - COMPARED_GAP), start)
    if start and any(kind == "particles" for _, kind in cues.negation.match(tokens, start - 1)):
        return True
    stops = [stop for at in before for stop, _ in cues.comparisons.match(tokens, at)]
    stops += [stop for at in before for stop, kind in cues.relations.match(tokens, at) if kind == "instead"]
    return any(start - 1 <= stop <= start for stop in stops)


def _admits(draft: Draft, quantity: Quantity, link: Link) -> bool:
    """Whether the claim of the number that a link names can be the whole: something else became of it; it is larger."""
    if link.other_states & set(draft.attributes):
        return False
    return not link.is_nested or _is_larger(draft, quantity, link)


def _find_shared(recent: Sequence[Draft], quantity: Quantity, link: Link) -> Draft | None:
    """The whole of the part beside a figure, if it is large enough for both."""
    beside = next((draft for draft in recent if draft.anchor == link.beside), None)
    if beside is None or beside.relation not in PARTS:
        return None
    whole = next((draft for draft in recent if draft.anchor == beside.base), None)
    if whole is None or (link.states and not link.states & set(whole.attributes)):
        return None
    figure, total = quantity.value or quantity.low or 0.0, whole.value or whole.high
    if link.relation == "share_of":
        figure = (total or 0.0) * _read_factor(quantity)
    elif whole.unit != quantity.unit:
        return None
    parts = [draft.value or draft.low or 0.0 for draft in recent if draft.base == whole.anchor]
    return whole if total is None or figure + sum(parts) <= total * SUM else None


def _find_told(recent: Sequence[Draft], quantity: Quantity, link: Link, passage: int) -> Draft | None:
    """What "nine of the ships" means when it was told by another noun: the first count of the sentence before."""
    told = [d for d in recent if d.passage < passage and not d.is_denial and d.unit == "1"]
    fitting = [d for d in told if _fits(d, quantity, link)]
    nearest = max((d.passage for d in fitting), default=None)
    first = min((d for d in fitting if d.passage == nearest), key=lambda d: d.anchor, default=None)
    if first is None or first.change == "level":
        return first
    levels = (d for d in reversed(fitting) if d.item_lemma == first.item_lemma and d.change == "level")
    return next(levels, first)  # "rose by 24 cases to 505"


def _fits(draft: Draft, quantity: Quantity, link: Link) -> bool:
    """Whether a claim can be what the link means: a whole is no smaller than its part."""
    if link.is_money and not is_money(draft.unit):
        return False
    if link.relation in ("alternative_to", "equivalent_to"):
        return link.relation == "equivalent_to" or (draft.relation in WHOLES and draft.unit not in PERCENTS)
    if (link.states and not link.states & set(draft.attributes)) or (link.is_plural and is_money(draft.unit)):
        return False
    if (draft.relation not in WHOLES and not link.is_nested) or draft.unit in PERCENTS:
        return False
    if link.value is not None:
        return draft.value == link.value
    if link.relation == "share_of":
        is_told = link.thing is None or _is_told_as(draft, link.thing)
        return draft.value is not None and draft.predicate not in EXPRESSED and is_told
    return _is_larger(draft, quantity, link) and (not link.is_count or _is_same_thing(draft, quantity))


def _is_same_thing(draft: Draft, quantity: Quantity) -> bool:
    """Whether a claim's figure counts what the quantity does."""
    return draft.item_lemma == quantity.lemma or bool(set(draft.items) & set(quantity.items))


def _is_told_as(draft: Draft, thing: Thing) -> bool:
    """Whether a claim's figure is of what a noun names again."""
    if draft.change != "level":
        return False
    if thing.is_figure or (thing.is_money and is_money(draft.unit)):
        return True
    return draft.item_lemma == thing.lemma or bool(thing.items & set(draft.items))


EXPRESSED = frozenset({"vote", "opinion"})
"""Acts whose shares stay shares: 31 per cent of the voters asked are no number of them."""


def _is_larger(draft: Draft, quantity: Quantity, link: Link) -> bool:
    """Whether a claim is no smaller than a figure that counts within it, or than all its parts together."""
    whole, part = draft.value or draft.high or draft.low, quantity.value or quantity.high or quantity.low
    if draft.unit != quantity.unit and not _may_leave_unit(quantity, part):
        return False
    return whole is None or (whole >= link.least and (part is None or whole >= part))


def _may_leave_unit(quantity: Quantity, figure: float | None) -> bool:
    """Whether a bare figure may be of the money or measure of its whole: it is as large as those are."""
    names_noun = quantity.head_start is not None and quantity.start <= quantity.head_start < quantity.end
    has_magnitude = any(rule.endswith("_magnitude") for rule in quantity.rules)
    return not names_noun and quantity.unit == "1" and (has_magnitude or (figure or 0) >= LARGE)
