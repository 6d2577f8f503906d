"""Whether a figure is a level or a movement: "fell by 12 % to 3.4 billion" is a decrease and a level.

A movement is marked by "by" and a verb of change in its clause, by such a verb or noun right before it ("rose 4 %", "a
rise of 4 %"), or by a comparative right after it ("12 % fewer", "o 90 groszy więcej").
"""

from collections.abc import Sequence

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.lemmas import analyse
from quantclaims.quantities.nouns import load_nouns
from quantclaims.quantities.symbols import DURATIONS
from quantclaims.quantities.units import is_money
from quantclaims.records import Quantity, Token
from quantclaims.rules import fires
from quantclaims.schemas.units import measured_quantity

VERB_REACH = 24
"""Words between a verb of change and the amount of the change."""
BY_GAP = 3
"""Words from "by" to the number: hedges."""
DIRECT_GAP = 3
"""Words from a verb or noun of change to the number: "of", hedges."""
JOINED_GAP = 7
"""Words between two amounts that a conjunction joins."""
COMPARATIVE_GAP = 3
"""Words from the quantity to the comparative and from it to what is compared."""
DIRECTIONS = {
    "increase": "increase", "up": "increase", "gain": "increase",
    "decrease": "decrease", "down": "decrease", "loss": "decrease",
}  # fmt: skip
"""Kinds of words that take an amount of change without "by"."""
PERCENTS = frozenset({"%", "%{points}"})


def read_change(passage: Passage, quantity: Quantity, language: str) -> tuple[str, str | None]:
    """``(change, rule)`` of a quantity: ``increase`` or ``decrease`` for an amount of change, else ``level``."""
    kind = _read_comparative(passage, quantity, language) if fires("change_comparative") else None
    if kind is not None:
        return kind, "change_comparative"
    kind = _read_verb(passage, quantity, language) if fires("change_verb") else None
    if kind is None and fires("change_verb"):
        kind = _read_joined(passage, quantity, language)
    return (kind, "change_verb") if kind else ("level", None)


def _read_comparative(passage: Passage, quantity: Quantity, language: str) -> str | None:
    """The direction of a comparative after the quantity; Polish and Romanian mark an amount of things with "by" too."""
    tokens, cues = passage.sentence.tokens, load_cues(language)
    is_amount = quantity.unit in PERCENTS or (language != "en" and _follows_by(passage, quantity, language))
    for at in range(quantity.last_token, min(len(tokens), quantity.last_token + COMPARATIVE_GAP)):
        if tokens[at].kind == "mark" and not _is_glued(tokens, at):
            break
        for stop, kind in cues.change.match(tokens, at):
            if kind == "discount" and (quantity.unit in PERCENTS | DURATIONS or is_money(quantity.unit)):
                return "decrease"
            if kind not in ("more", "less") or not is_comparative(tokens[at], language):
                continue
            is_compared = any(cues.comparisons.match(tokens, i) for i in range(stop, min(len(tokens), stop + 2)))
            if is_amount or (language == "en" and (kind == "less" or is_compared)):  # "three more tanks" are no more
                return "increase" if kind == "more" else "decrease"
    return None


def _read_joined(passage: Passage, quantity: Quantity, language: str) -> str | None:
    """The direction of the amount before, which a conjunction carries on: "a rise of 4.5 per cent and a further 3"."""
    tokens, first = passage.sentence.tokens, _start_token(passage, quantity)
    before = [q for q in passage.quantities if q.last_token <= first and q.unit == quantity.unit]
    if quantity.unit not in PERCENTS or not before or first - before[-1].last_token > JOINED_GAP:
        return None
    more = load_nouns(language).modifiers
    at = first - 1
    while at > before[-1].last_token and (tokens[at].folded in more or len(tokens[at].text) == 1):
        at -= 1
    is_joined = at < first - 1 and tokens[at].folded in load_cues(language).coordinators  # "and a further"
    return _read_verb(passage, before[-1], language) if is_joined else None


def is_comparative(token: Token, language: str) -> bool:
    """Whether a Polish form is a comparative; the tables of the other languages list comparatives only."""
    readings = analyse(token.text, language)
    return language != "pl" or any("com" in r.tag.split(":") or r.part == "unknown" for r in readings)


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    """Whether a mark belongs to the abbreviation before it ("proc.")."""
    return at > 0 and tokens[at].text == "." and tokens[at - 1].end == tokens[at].start


def _start_token(passage: Passage, quantity: Quantity) -> int:
    """The first token of a quantity's quote, its hedge included."""
    tokens, first = passage.sentence.tokens, quantity.first_token
    while first > 0 and tokens[first - 1].start >= quantity.start:
        first -= 1
    return first


def _follows_by(passage: Passage, quantity: Quantity, language: str) -> bool:
    tokens, table = passage.sentence.tokens, load_cues(language).change
    first = _start_token(passage, quantity)
    return any(
        kind == "by" and first - BY_GAP < stop <= first and all(t.kind == "word" for t in tokens[stop:first])
        for at in range(max(0, first - 1 - BY_GAP), first)
        for stop, kind in table.match(tokens, at)
    )


def _read_verb(passage: Passage, quantity: Quantity, language: str) -> str | None:
    """The direction of the verb or noun of change that takes the quantity as its amount."""
    if _follows_by(passage, quantity, language):
        return _find_direction(passage, quantity, language)
    tokens, table = passage.sentence.tokens, load_cues(language).change
    first, end = _start_token(passage, quantity), quantity.last_token
    for at in range(first - 1, max(-1, first - 1 - DIRECT_GAP), -1):
        kinds = {kind for _, kind in table.match(tokens, at)}
        if tokens[at].kind == "mark" or "goal" in kinds or tokens[at].folded in load_cues(language).coordinators:
            break  # "have been cut off and 95,000 are asleep"
        for kind in kinds & DIRECTIONS.keys():
            if _takes_amount(tokens, at, kind, quantity):
                return DIRECTIONS[kind]
    if language == "en" and quantity.unit in PERCENTS:  # "a 12 % increase", "a 4.5 per cent pay rise"
        for at in range(end, min(len(tokens), end + 2)):
            for _, kind in table.match(tokens, at):
                if kind in ("increase", "decrease") and not tokens[at].folded.endswith("ed"):
                    return kind
    return None


def _find_comparative_before(tokens: Sequence[Token], first: int, language: str) -> list[tuple[int, str]]:
    """The comparative that stands right before "by": "stawki wyższe o 12 proc.", "higher by 12 per cent"."""
    if language == "ro":
        return []  # "cele mai multe cu sume": its comparatives are no words of their own
    table = load_cues(language).change
    near = range(max(0, first - 1 - BY_GAP), first - 1)
    found = [(at, kind) for at in near for _, kind in table.match(tokens, at) if kind in COMPARATIVES]
    return [(at, COMPARATIVES[kind]) for at, kind in found if is_comparative(tokens[at], language)]


COMPARATIVES = {"more": "increase", "less": "decrease"}


def _takes_amount(tokens: Sequence[Token], at: int, kind: str, quantity: Quantity) -> bool:
    """Whether a word of change right before a figure takes it as its amount.

    "Shot down 31" and "lost 40 tanks" are no changes, nor is "dropped 22 inches of snow" or "makes up 30 percent".
    """
    if kind in ("increase", "decrease"):
        kinds = {named for _, named in load_cues("en").change.match(tokens, at)}
        is_collected = "collect" in kinds and is_money(quantity.unit)  # "has raised 8 million euros"
        return measured_quantity(quantity.unit) != "length" and not is_collected
    if kind in ("gain", "loss"):
        return quantity.unit in PERCENTS
    opens = at == 0 or tokens[at - 1].kind == "mark" or tokens[at - 1].folded in load_cues("en").passive_auxiliaries
    return opens and (quantity.unit in PERCENTS or is_money(quantity.unit))


def _find_direction(passage: Passage, quantity: Quantity, language: str) -> str | None:
    """The direction of the nearest word of change in the clause; one without a verb goes on with that before it."""
    tokens, table, clauses = passage.sentence.tokens, load_cues(language).change, passage.clauses
    first, end = quantity.first_token, quantity.last_token
    near = range(max(0, first - VERB_REACH), min(len(tokens), end + VERB_REACH))
    words = [(at, kind) for at in near for _, kind in table.match(tokens, at) if kind in ("increase", "decrease")]
    words += _find_comparative_before(tokens, first, language)
    own = [(abs(at - first), kind) for at, kind in words if clauses.is_same_clause(at, first)]
    if not own and clauses.table[clauses.of[first]].verb is None:
        own = [(first - at, kind) for at, kind in words if at < first]
    return min(own)[1] if own else None
