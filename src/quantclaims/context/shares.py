"""Shares of what was counted before and is named again: "30 per cent of the passengers", "połowa pieniędzy".

A share of some of those counted, or of what nobody counted, stands on nothing: "of the passengers from abroad".
"""

from quantclaims.context.cues import load_cues
from quantclaims.context.wholes import Link, Thing, Whole
from quantclaims.lemmas import analyse
from quantclaims.quantities.heads import find_head
from quantclaims.quantities.items import find_items
from quantclaims.quantities.nouns import Head, Search, load_nouns
from quantclaims.records import Number

ATTRIBUTES = frozenset({"noun", "proper", "adjective", "participle"})
"""Parts of speech that in the genitive narrow the noun before them."""


def read_named_share(whole: Whole) -> Link | None:
    """A proportion of those that a noun names again; the base has to be told by that noun."""
    if not whole.is_share:
        return None
    head = _find_noun(whole)
    if head is None or not _is_whole_phrase(whole, head):
        return None
    kinds = {kind for at in range(head.first, head.end) for kind in whole.kinds(at)}
    items = frozenset(item for _, _, item in find_items(whole.tokens, head.first, head.end, whole.language))
    thing = Thing(head.lemma, items, "money_nouns" in kinds, "base_nouns" in kinds)
    return Link("share_of", thing=thing)


def _find_noun(whole: Whole) -> Head | None:
    """The noun after a proportion and "of the", with nothing that would narrow it between them."""
    tokens, end, quantity = whole.tokens, whole.end, whole.quantity
    half = Number(quantity.number_start, quantity.number_end, 0.5, 0.5, 0.5, "fraction", "part", end - 1, end)
    head = find_head(Search(tokens, len(tokens), {}, half, whole.language), end)
    if head is None:
        return None
    cues, nouns = load_cues(whole.language), load_nouns(whole.language)
    passed = cues.definite_articles | nouns.determiners | nouns.partitives
    between = tokens[end : head.first]
    return head if all(token.folded in passed for token in between) else None


def _is_whole_phrase(whole: Whole, head: Head) -> bool:
    """Whether nothing after a noun narrows it to some of those counted."""
    cues, tokens, at = load_cues(whole.language), whole.tokens, head.end
    if head.phrase_end > head.end:
        return False
    if at >= len(tokens) or tokens[at].kind == "mark":
        return at >= len(tokens) or cues.clause_openers.longest(tokens, min(at + 1, len(tokens) - 1)) is None
    if "share_of" in whole.kinds(at) or cues.roles.match(tokens, at) or cues.clause_openers.longest(tokens, at):
        return False
    if whole.language == "pl":
        return not any(r.part in ATTRIBUTES and "gen" in r.cases for r in analyse(tokens[at].text, "pl"))
    return whole.language != "ro" or not tokens[at].folded.endswith(("lor", "lui"))
