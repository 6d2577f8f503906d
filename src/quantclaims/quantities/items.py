"""Counted things in the vocabulary of the topic: ids for what the grammar found as words."""

from collections.abc import Sequence
from functools import cache

from quantclaims.lexicon import PhraseTable, load_language, load_topic
from quantclaims.records import Quantity, Token
from quantclaims.tokens import fold

TAIL = 4
"""Words after the counted noun that may belong to its name ("depozit de combustibil")."""


MEASURED_GAP = 3
"""Words after a measure within which the measured stuff stands ("1,400 tonnes of fuel")."""
CONTENT_UNITS = frozenset({"t", "kg", "L", "g", "kt", "Mt", "m3", "[bbl_us]"})
"""Units that measure an amount of something."""


@cache
def _items(language: str, topic: str) -> PhraseTable[str]:
    tables = load_topic(topic)["items"]
    entries = [(phrase, item) for item, forms in tables.items() for phrase in forms.get(language, ())]
    return PhraseTable(entries, language, inflect=True)


def find_items(
    tokens: Sequence[Token], first: int, end: int, language: str, topic: str = "arms"
) -> list[tuple[int, int, str]]:
    """``(first, end, item)`` of each item whose name starts in tokens ``first`` to ``end``, longest names first.

    Quotation marks inside a name are passed over: separatist "people's republics".
    """
    places = [
        i for i in range(first, min(len(tokens), end + TAIL)) if tokens[i].kind != "mark" or tokens[i].text in "-,"
    ]
    view = [tokens[i] for i in places]
    table = _items(language, topic)
    found = []
    at = 0
    while at < len(view) and places[at] < end:
        hit = table.longest(view, at)
        if hit is None:
            at += 1
        else:
            found.append((places[at], places[hit[0] - 1] + 1, hit[1]))
            at = hit[0]
    return found


@cache
def _conjunctions(language: str) -> frozenset[str]:
    return frozenset(fold(word, language) for word in load_language(language)["context"]["conjunctions"])


def find_counted_items(
    tokens: Sequence[Token], quantity: Quantity, language: str, topic: str = "arms"
) -> tuple[str, ...]:
    """Items of the counted noun and of those joined to it, sorted; what only describes it is not counted."""
    is_count = quantity.unit.startswith("1")
    if not is_count and quantity.unit not in CONTENT_UNITS:
        return ()
    last = quantity.last_token + (0 if is_count else MEASURED_GAP)
    found = find_items(tokens, quantity.first_token, last, language, topic)
    head = find_head_token(tokens, quantity)
    if not found and head is not None:  # the noun stands elsewhere: "88 drones, 71 of which"
        found = find_items(tokens, head, head + 1, language, topic)
    joined = found[:1]
    for item in found[1:]:
        between = {token.folded for token in tokens[joined[-1][1] : item[0]]}
        if between & _conjunctions(language):
            joined.append(item)
    return tuple(sorted({item for _, _, item in joined}))


def find_head_token(tokens: Sequence[Token], quantity: Quantity) -> int | None:
    """Token of the counted noun, which may stand outside the quantity."""
    if quantity.head_start is None:
        return None
    return next((i for i, token in enumerate(tokens) if token.start >= quantity.head_start), None)
