"""Whether a figure is a level or a movement: "fell by 12 % to 3.4 billion" is a decrease and a level."""

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.records import Quantity
from quantclaims.rules import fires

VERB_REACH = 8
"""Words between a verb of change and the "by" of its amount."""


def read_change(passage: Passage, quantity: Quantity, language: str) -> tuple[str, str | None]:
    """``(change, rule)`` of a quantity: ``increase`` or ``decrease`` for an amount of change, else ``level``."""
    tokens, table = passage.sentence.tokens, load_cues(language).change
    first, end = quantity.first_token, quantity.last_token
    if quantity.unit in ("%", "%{points}"):
        for at in range(end, min(len(tokens), end + 2)):
            for _, kind in table.match(tokens, at):
                if kind in ("more", "less") and fires("change_comparative"):
                    return ("increase" if kind == "more" else "decrease"), "change_comparative"
    before = {kind for at in range(max(0, first - 2), first) for stop, kind in table.match(tokens, at) if stop <= first}
    if "by" not in before or not fires("change_verb"):
        return "level", None
    for at in range(first - 1, max(-1, first - VERB_REACH), -1):
        for _, kind in table.match(tokens, at):
            if kind in ("increase", "decrease") and passage.clauses.is_same_clause(at, first):
                return kind, "change_verb"
    return "level", None
