"""Parts that no word tells but a sum does.

"Five ships are built: two are here, the remaining three follow", "from 11 to 14 dead after three bodies were found".
"""

from collections.abc import Sequence

from quantclaims.drafts import Draft
from quantclaims.rules import fires

RULE = "relation_part_of"
REACH = 1
"""Sentences between a part and the other figures of its sum."""
RECENT = 24
"""Claims among which a sum is looked for."""


def link_sums(drafts: Sequence[Draft], index: int) -> list[Draft]:
    """The drafts, with each figure near passage ``index`` linked that makes up a whole with the part told beside it."""
    linked = list(drafts)
    if not fires(RULE):
        return linked
    for position in range(max(0, len(linked) - RECENT), len(linked)):
        draft = linked[position]
        if index - draft.passage > REACH or draft.relation is not None or draft.is_denial or draft.unit != "1":
            continue
        whole = _find_whole(linked[-RECENT:], draft) if draft.value else None
        if whole is not None:
            linked[position] = draft._replace(base=whole.anchor, relation="part_of", rules=(*draft.rules, RULE))
    return linked


def _find_whole(drafts: Sequence[Draft], draft: Draft) -> Draft | None:
    """What a figure is the rest of: a whole whose other parts leave it, or a toll that it raised."""
    near = [other for other in drafts if abs(other.passage - draft.passage) <= REACH and other.anchor != draft.anchor]
    told = {other.anchor: other for other in drafts}
    for other in near:
        base = told.get(other.base) if other.base is not None else None
        if base is None or base.value is None or other.value is None or base.unit != draft.unit:
            continue
        if other.relation == "part_of" and base.anchor < draft.anchor < other.anchor:
            parts = sum(each.value or 0.0 for each in drafts if each.base == base.anchor)
            if _is_same(draft, base) and base.value == parts + (draft.value or 0.0):
                return base
        if other.relation == "revision_of" and draft.anchor != base.anchor and other.value - base.value == draft.value:
            return other
    return None


def _is_same(part: Draft, whole: Draft) -> bool:
    """Whether nothing says that a figure counts other things than a whole does."""
    states = [{a for a in draft.attributes if a.startswith("state=")} for draft in (part, whole)]
    return not (states[0] and states[1] and states[0].isdisjoint(states[1]))
