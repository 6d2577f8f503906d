"""How one figure says that it stands on another: a share, a part, an alternative or an equivalent of it.

"90 tanks or 1,400 tonnes" are alternatives, "5 million euros ($6 million)" and "12 tonnes, enough for 40,000 meals" the
same matter once more; how shares and parts are told is in `parts`.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from quantclaims.context.changes import PERCENTS
from quantclaims.context.cues import load_cues
from quantclaims.context.parts import read_parts
from quantclaims.context.passages import Passage
from quantclaims.context.wholes import Link, Whole
from quantclaims.drafts import Draft
from quantclaims.quantities.units import is_money
from quantclaims.records import Quantity
from quantclaims.rules import fires
from quantclaims.schemas.units import measured_quantity

EQUIVALENT_REACH = 12
"""Words between "enough for" and its number."""
LARGE = 100_000
"""Figures from which a bare number may be of money or a measure."""
BRACKET_REACH = 3
"""Words from a bracket to the figure in it."""
WHOLES = frozenset({None, "multiple_of", "revision_of", "equivalent_to"})
"""Relations of a claim that others can be shares and parts of: a part is hardly the whole of the next."""


def find_links(passage: Passage, quantity: Quantity, language: str) -> Iterator[Link]:
    """The ways in which a quantity may stand on another, surest first."""
    whole = Whole(passage, quantity, language)
    for link in (*read_parts(passage, quantity, language), _read_equivalent(whole), _read_alternative(whole)):
        if link is not None and fires(link.rule):
            yield link


def points_ahead(passage: Passage, quantity: Quantity, language: str) -> bool:
    """Whether a quantity stands on one that the sentence prints after it: "nine of the 40 wounded"."""
    return any(
        link.anchor is not None and link.anchor > quantity.number_start
        for link in find_links(passage, quantity, language)
    )


def _read_alternative(whole: Whole) -> Link | None:
    """Either the figure before or this: "90 tanks or 1,400 tonnes"; set off by a comma it is the same once more."""
    start = whole.start
    before = [q for q in whole.passage.quantities if q.last_token <= start]
    joints = [at for at in range(max(0, start - 2), start) if _ends_at(whole, at, start)]
    if not before or not joints or not (whole.has_noun or whole.quantity.unit != "1"):
        return None
    is_other_money = is_money(whole.quantity.unit) and is_money(before[-1].unit)
    is_apposed = whole.language == "en" and joints[0] > 0 and whole.tokens[joints[0] - 1].text == ","
    if is_apposed or (is_other_money and whole.quantity.unit != before[-1].unit):
        return Link("equivalent_to", reach=0)
    return None if whole.quantity.unit in PERCENTS else Link("alternative_to", reach=0)


def _ends_at(whole: Whole, at: int, end: int) -> bool:
    hits = load_cues(whole.language).relations.match(whole.tokens, at)
    return any(stop == end and kind == "alternative" for stop, kind in hits)


def _read_equivalent(whole: Whole) -> Link | None:
    """The same matter in other things: after "enough for" or "that is", or in brackets in another currency."""
    quantity, tokens, start = whole.quantity, whole.tokens, whole.start
    before = [q for q in whole.passage.quantities if q.last_token <= start]
    if quantity.unit in PERCENTS:
        return None
    nearest = before[-1].last_token if before else 0
    for at in range(start - 1, max(-1, nearest - 1, start - EQUIVALENT_REACH), -1):
        if "equivalent" in whole.kinds(at):
            link = Link("equivalent_to", before=tokens[at].start, reach=1)
            return None if _is_change(whole) else link
    if not before or quantity.unit == before[-1].unit or not _is_converted(before[-1], quantity):
        return None
    gap = tokens[before[-1].last_token : start]
    is_bracketed = "(" in [token.text for token in gap[:2]] and all(token.text != ")" for token in gap)
    is_near = is_bracketed and len(gap) <= BRACKET_REACH
    return Link("equivalent_to", before=tokens[start].start, reach=0) if is_near else None


def _is_converted(first: Quantity, second: Quantity) -> bool:
    """Whether a quantity can be another in other units: both are money, or both are lengths."""
    measured = {measured_quantity(first.unit), measured_quantity(second.unit)}
    if "length" in measured:
        return measured == {"length"}
    return is_money(second.unit) and first.unit not in PERCENTS  # a currency that no table knows is no money


def _is_change(whole: Whole) -> bool:
    """Whether "by" stands before a figure: "czyli o 90 groszy więcej" is no second figure of the same."""
    at, table = whole.start - 1, load_cues(whole.language).change
    return at >= 0 and any(kind == "by" for _, kind in table.match(whole.tokens, at))


def find_whole(
    drafts: Sequence[Draft], passage: Passage, index: int, quantity: Quantity, language: str
) -> tuple[Link | None, Draft | None]:
    """The link of a quantity in passage ``index`` with the claim that it stands on, or neither."""
    for link in find_links(passage, quantity, language):
        base = _find_base(drafts, index, quantity, link)
        if base is not None:
            return link, base
    return None, None


def _find_base(drafts: Sequence[Draft], passage: int, quantity: Quantity, link: Link) -> Draft | None:
    """The claim that a figure stands on: the nearest that fits what the link says."""
    limit = quantity.number_start if link.before is None else link.before
    recent = list(takewhile(lambda draft: passage - draft.passage <= link.reach, reversed(drafts)))
    outdated = {draft.base for draft in recent if draft.relation == "revision_of"}
    if link.is_definite and not any(_fits(d, quantity, link) and d.anchor < limit for d in recent):
        return _find_told(recent, quantity, link._replace(is_count=False), passage)
    for draft in recent:
        if link.anchor is not None:
            if draft.anchor == link.anchor:
                return draft
            continue
        is_open = draft.anchor < limit and draft.anchor not in outdated and not draft.is_denial
        if is_open and _fits(draft, quantity, link):
            return draft
    return None


def _find_told(recent: Sequence[Draft], quantity: Quantity, link: Link, passage: int) -> Draft | None:
    """What "nine of the ships" means when it was told by another noun: the first count of the sentence before."""
    told = [d for d in recent if d.passage < passage and not d.is_denial and d.unit == "1"]
    fitting = [d for d in told if _fits(d, quantity, link)]
    nearest = max((d.passage for d in fitting), default=None)
    return min((d for d in fitting if d.passage == nearest), key=lambda d: d.anchor, default=None)


def _fits(draft: Draft, quantity: Quantity, link: Link) -> bool:
    """Whether a claim can be what the link means: a whole is no smaller than its part."""
    if link.relation in ("alternative_to", "equivalent_to"):
        return link.relation == "equivalent_to" or (draft.relation in WHOLES and draft.unit not in PERCENTS)
    if link.states and not link.states & set(draft.attributes):
        return False
    if draft.relation not in WHOLES or draft.unit in PERCENTS:
        return False
    if link.value is not None:
        return draft.value == link.value
    if link.relation == "share_of":
        return draft.value is not None
    is_same = draft.item_lemma == quantity.lemma or bool(set(draft.items) & set(quantity.items))
    whole, part = draft.value or draft.high or draft.low, quantity.value or quantity.high or quantity.low
    if draft.unit != quantity.unit and not _may_leave_unit(quantity, part):
        return False
    is_larger = whole is None or (whole >= link.least and (part is None or whole >= part))
    return is_larger and (is_same or not link.is_count)


def _may_leave_unit(quantity: Quantity, figure: float | None) -> bool:
    """Whether a bare figure may be of the money or measure of its whole: it is as large as those are."""
    names_noun = quantity.head_start is not None and quantity.start <= quantity.head_start < quantity.end
    has_magnitude = any(rule.endswith("_magnitude") for rule in quantity.rules)
    return not names_noun and quantity.unit == "1" and (has_magnitude or (figure or 0) >= LARGE)
