"""What co-ordinated numbers share: the noun that is said once, and the label that names them all."""

from quantclaims.joins import is_joined
from quantclaims.noun_words import load_nouns
from quantclaims.readings import Context, Reading, is_year


def are_joined(context: Context, left: Reading, right: Reading) -> bool:
    """Whether nothing but a comma or a conjunction stands between two readings."""
    return is_joined(context.tokens[left.end : right.first], context.language)


def spread_labels(context: Context, readings: list[Reading]) -> list[Reading]:
    """Labels pass on to the bare numbers that are joined to them: "articles 8, 11 and 12"."""
    spread: list[Reading] = []
    for reading in readings:
        before = spread[-1] if spread else None
        joined = before is not None and are_joined(context, before, reading)
        if joined and before is not None and before.is_label and reading.is_bare and not reading.hedges:
            spread.append(reading._replace(is_label=True, rules=(*reading.rules, "label-list")))
        else:
            spread.append(reading)
    return spread


def share_heads(context: Context, readings: list[Reading]) -> list[Reading]:
    """A bare number takes unit and noun from the one it is joined to: "12,000, 8,000 and 5,000 dollars"."""
    shared = list(readings)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        if here.is_label or after.is_label or not here.is_bare or after.is_bare or is_year(context, here):
            continue
        if are_joined(context, here, after):
            shared[i] = _inherit(here, after)
    for i in range(1, len(shared)):
        if shared[i].is_bare and not shared[i].is_label and is_part(context, shared[i]):
            shared[i] = next((_inherit(shared[i], r) for r in reversed(shared[:i]) if _is_whole(r)), shared[i])
        before, here = shared[i - 1], shared[i]
        more = here.end < len(context.tokens) and context.tokens[here.end].folded in load_nouns(context.language).more
        giving = before.head is not None and not before.is_label
        if more and giving and here.is_bare and not here.is_label and are_joined(context, before, here):
            shared[i] = _inherit(here, before)
    return shared


def is_part(context: Context, reading: Reading) -> bool:
    """Whether a bare number takes its noun from the number before: "50 de troleibuze, din care 30 articulate"."""
    first = reading.first
    return first > 1 and context.tokens[first - 1].folded in load_nouns(context.language).relatives


def _is_whole(reading: Reading) -> bool:
    return reading.head is not None and reading.unit == "1" and not reading.is_label


def _inherit(reading: Reading, giver: Reading) -> Reading:
    return reading._replace(unit=giver.unit, head=giver.head, lemma=giver.lemma, rules=(*reading.rules, "shared-head"))
