"""Repeats of a claim inside one article become one row, the fullest mention, with its count.

Two mentions are one claim when nothing that both of them say differs: a headline's "arms" is the quote's "weapons
or ammunition", a ministry speaks for its government. A different period start is a different claim.
"""

from collections.abc import Sequence

from quantclaims.context.scene import Speaker
from quantclaims.drafts import Draft
from quantclaims.rules import fires


def merge_drafts(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts with repeats merged, in the order of their anchors; bases follow the merge."""
    groups: list[list[Draft]] = []
    by_figures: dict[tuple[object, ...], list[list[Draft]]] = {}
    for draft in sorted(drafts, key=lambda d: -len(d.items)):
        alike = by_figures.setdefault(_figures(draft), [])
        for group in alike:
            if fires("merged_mentions") and all(is_same_claim(draft, member) for member in group):
                group.append(draft)
                break
        else:
            alike.append([draft])
            groups.append(alike[-1])
    merged = [(_fullest(group), group) for group in groups]
    new_anchor = {member.anchor: kept.anchor for kept, group in merged for member in group}
    rows = [
        kept._replace(mentions=len(group), base=None if kept.base is None else new_anchor.get(kept.base, kept.base))
        for kept, group in merged
    ]
    return sorted(rows, key=lambda d: d.anchor)


def is_same_claim(a: Draft, b: Draft) -> bool:
    """Whether two mentions make the same claim."""
    if _figures(a) != _figures(b) or (a.attributes and b.attributes and a.attributes != b.attributes):
        return False
    if a.items or b.items:
        if not (set(a.items) <= set(b.items) or set(b.items) <= set(a.items)) or not (a.items and b.items):
            return False
    elif a.item_lemma != b.item_lemma:
        return False
    agree = all(
        _agree(x, y) for x, y in ((a.predicate, b.predicate), (a.actor, b.actor), (a.counterparty, b.counterparty))
    )
    return agree and _same_speaker(a.speaker, b.speaker) and _same_period(a, b)


def _figures(draft: Draft) -> tuple[object, ...]:
    """What two mentions of one claim must have in common to the letter."""
    bounds = (draft.value, draft.low, draft.high, draft.unit, draft.change)
    return (*bounds, draft.is_denial, draft.stance, draft.relation, draft.factor)


def _agree(a: object, b: object) -> bool:
    return a is None or b is None or a == b


def _same_speaker(a: Speaker, b: Speaker) -> bool:
    if a.claimant == b.claimant and (a.claimant or a.text == b.text):
        return True
    if "article" in (a.claimant, b.claimant):
        return True
    is_government = any(s.claimant is not None and s.claimant.endswith("-government") for s in (a, b))
    return a.country is not None and a.country == b.country and is_government


def _same_period(a: Draft, b: Draft) -> bool:
    if a.is_denial:
        return a.period.start == b.period.start
    return a.period.edtf is None or b.period.edtf is None or a.period.edtf == b.period.edtf


def _fullest(group: Sequence[Draft]) -> Draft:
    """The mention that says most; what it leaves out is taken from the others."""

    def fullness(draft: Draft) -> tuple[int, ...]:
        return (
            len(draft.items),
            draft.speaker.claimant not in (None, "article"),
            sum(field is not None for field in (draft.predicate, draft.actor, draft.counterparty, draft.period.edtf)),
            draft.end - draft.start,
            -draft.start,
        )

    ranked = sorted(group, key=fullness, reverse=True)
    kept = ranked[0]
    for other in ranked[1:]:
        kept = kept._replace(
            predicate=kept.predicate or other.predicate,
            actor=kept.actor or other.actor,
            counterparty=kept.counterparty or other.counterparty,
            period=kept.period if kept.period.edtf else other.period,
            stated=kept.stated if kept.stated.edtf else other.stated,
        )
    return kept._replace(rules=(*kept.rules, "merged_mentions")) if len(group) > 1 else kept
