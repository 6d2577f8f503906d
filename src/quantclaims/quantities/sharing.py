"""What co-ordinated numbers share: the noun that is said once, and the label that names them all."""

from quantclaims.quantities.joins import is_joined
from quantclaims.quantities.nouns import load_nouns
from quantclaims.quantities.postposed import is_adjective
from quantclaims.quantities.readings import Context, Reading, find_bare_label
from quantclaims.quantities.symbols import DURATIONS
from quantclaims.quantities.units import is_money
from quantclaims.rules import fires


def are_joined(context: Context, left: Reading, right: Reading) -> bool:
    """Whether nothing but a comma or a conjunction stands between two readings."""
    return is_joined(context.tokens[left.end : right.first], context.language)


def spread_labels(context: Context, readings: list[Reading]) -> list[Reading]:
    """Labels pass on to the bare numbers that are joined to them: "articles 8, 11 and 12"."""
    spread: list[Reading] = []
    for reading in readings:
        before = spread[-1] if spread else None
        joined = before is not None and (are_joined(context, before, reading) or _continues(context, before, reading))
        named = before is not None and (before.is_label or find_bare_label(context, before) == "label_word")
        if joined and named and reading.is_bare and not reading.hedges:
            spread.append(reading._replace(is_label=True, rules=(*reading.rules, "label_list")))
        else:
            spread.append(reading)
    return spread


def _continues(context: Context, before: Reading, reading: Reading) -> bool:
    """Whether figures go on a telephone number: "tel. 22 621 30 20"."""
    digits = context.tokens[reading.number.first_token].kind == "digits"
    return digits and before.number.last_token == reading.number.first_token and before.is_label


def share_heads(context: Context, readings: list[Reading]) -> list[Reading]:
    """A bare number takes unit and noun from the one it is joined to: "900, 700 and 400 euros"."""
    return take_from_before(context, take_from_after(context, readings)) if fires("shared_head") else readings


def take_from_after(context: Context, readings: list[Reading]) -> list[Reading]:
    """Bare numbers with the noun that is said after the last of the list, or after "of the"."""
    shared = list(readings)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        if here.is_label or after.is_label or not here.is_bare or after.is_bare or here.number.rule == "figure_suffix":
            continue
        if here.number.kind == "fraction" and after.number.kind != "fraction" and after.unit != "1":
            continue  # "by a third, to 1.2bn euros"
        listed = are_joined(context, here, after) and find_bare_label(context, here) in (None, "after_noun", "pronoun")
        factor = is_money(after.unit) and any(t.folded in ("x", "×") for t in context.tokens[here.end : after.first])
        if (listed and not factor) or is_share(context, here, after):
            shared[i] = _inherit(here, after)
    return shared


def take_from_before(context: Context, readings: list[Reading]) -> list[Reading]:
    """Bare numbers with the noun said before: "five tanks and seven more", "of which 9", "or 500,000 of 122 mm"."""
    shared: list[Reading] = []
    whole: Reading | None = None
    for reading in readings:
        before, here = (shared[-1] if shared else None), reading
        if whole is not None and _is_waiting(context, here) and (here.attributes or is_part(context, here)):
            here = _inherit(here, whole)
        elif before is not None and _is_more(context, before, here):
            here = _inherit(here, before)
        if here.head is not None and here.unit == "1" and not here.is_label:
            whole = here
        shared.append(here)
    return shared


def _is_waiting(context: Context, reading: Reading) -> bool:
    """Whether a number has no noun; without parts of speech a Romanian participle passes for one ("9 vopsite")."""
    if reading.is_label or reading.unit != "1":
        return False
    return reading.head is None or (context.language == "ro" and is_adjective(context.tokens[reading.head[0]]))


def _is_more(context: Context, before: Reading, here: Reading) -> bool:
    if here.is_label or not here.is_bare or before.is_label or before.head is None or here.end >= len(context.tokens):
        return False
    more = context.tokens[here.end].folded in load_nouns(context.language).more
    return more and are_joined(context, before, here)


def is_share(context: Context, here: Reading, after: Reading) -> bool:
    """Whether a number is taken from the next one: "34 of the 81 missiles", "34 z 81 rakiet"."""
    words = load_nouns(context.language)
    between = context.tokens[here.end : after.first]
    if not 0 < len(between) <= 4 or between[0].folded not in words.partitives:
        return False
    if after.unit != "1" and after.unit not in DURATIONS:
        return False
    return all(token.folded in words.determiners or token.folded.endswith("'s") for token in between[1:])


def is_part(context: Context, reading: Reading) -> bool:
    """Whether a bare number takes its noun from the number before: "24 de vagoane, din care 9 vopsite"."""
    first = reading.first
    return first > 1 and context.tokens[first - 1].folded in load_nouns(context.language).relatives


def _inherit(reading: Reading, giver: Reading) -> Reading:
    rules = (*reading.rules, "shared_head")
    end = reading.number.last_token if reading.head is not None else reading.end
    return reading._replace(unit=giver.unit, head=giver.head, lemma=giver.lemma, end=end, rules=rules)
