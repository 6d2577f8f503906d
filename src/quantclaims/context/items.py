"""Counted things in the vocabulary of the topic: ids for what the grammar found as words."""

from collections.abc import Sequence
from functools import cache

from quantclaims.lexicon import PhraseTable, load_topic
from quantclaims.records import Token

TAIL = 4
"""Words after the counted noun that may belong to its name ("depozit de combustibil")."""


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
