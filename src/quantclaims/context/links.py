"""How one figure says that it stands on another: a share, a part, an alternative or an equivalent of it.

"Half of them", "a quarter of the 2,000" and "15 % of them" are shares, "among them two policemen" and "22 of the
planes" parts, "90 tanks or 1,400 tonnes" alternatives, "5 million euros ($6 million)" and "12 tonnes, enough for 40,000
meals" the same matter once more.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quantclaims.context.changes import PERCENTS
from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.drafts import Draft
from quantclaims.quantities.units import is_money
from quantclaims.records import Quantity, Token
from quantclaims.rules import fires

PART_REACH = 6
"""Words between "among them" or "enough for" and its number."""
CLAUSE_REACH = 14
"""Words between "of which" and the first figure of its clause ("of which so far have arrived at most 13")."""
WHOLES = frozenset({None, "multiple_of", "revision_of", "equivalent_to"})
"""Relations of a claim that others can be shares and parts of: a part is hardly the whole of the next."""


class Link(NamedTuple):
    """That a figure stands on another, and what it says about which."""

    relation: str
    value: float | None = None
    """Of the other, where it is printed again: "a quarter of the 2,000"."""
    is_count: bool = False
    """Whether the other must be of the same things: "22 of the planes"."""
    before: int | None = None
    """Offset that the other stands before, where it is not the figure's own."""
    reach: int = 2
    """Sentences back to the other."""
    states: frozenset[str] = frozenset()
    """What became of those among whom the figure counts: "among the dead"."""

    @property
    def rule(self) -> str:
        """The rule's name."""
        return f"relation_{self.relation}"


def find_links(passage: Passage, quantity: Quantity, language: str) -> Iterator[Link]:
    """The ways in which a quantity may stand on another, surest first."""
    has_noun = quantity.head_start is not None and quantity.start <= quantity.head_start < quantity.end
    is_share = quantity.kind == "fraction" or quantity.unit == "%"
    for link in (
        _read_after(passage, quantity, language, is_share=is_share, has_noun=has_noun),
        _read_before(passage, quantity, language, is_share=is_share, has_noun=has_noun),
        _read_equivalent(passage, quantity, language),
    ):
        if link is not None and fires(link.rule):
            yield link


def _read_after(passage: Passage, quantity: Quantity, language: str, *, is_share: bool, has_noun: bool) -> Link | None:
    """A share or part by what follows it: "of them", "of that amount", "of the 2,000", "of the planes"."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    ends = [number.last_token for number in passage.numbers if number.start == quantity.number_start and is_share]
    end = ends[0] if ends and quantity.kind == "fraction" else quantity.last_token
    relation = "share_of" if is_share else "part_of"
    if end >= len(tokens):
        return None
    kinds = {kind for _, kind in table.match(tokens, end)}
    if "part_of" in kinds and (is_share or not has_noun):
        return Link(relation)
    if is_share and "demonstratives" in kinds:
        return _stands_for_base(passage, end, language)
    stops = [stop for stop, kind in table.match(tokens, end) if kind == "share_of"]
    if not stops or stops[0] >= len(tokens):
        return None
    after = stops[0]
    if is_share and any(kind == "demonstratives" for _, kind in table.match(tokens, after)):
        return _stands_for_base(passage, after, language)
    known = [n for n in passage.numbers if after <= n.first_token <= after + 2 and n.kind == "cardinal"]
    if is_share and known and known[0].value and not _counts(passage, known[0].start):
        return Link("share_of", value=known[0].value)
    definite = load_cues(language).definite_articles
    is_definite = tokens[after].folded in definite or language != "en"
    is_own = quantity.head_start is not None and quantity.head_start >= tokens[end].end
    return Link("part_of", is_count=True) if not is_share and is_own and is_definite else None


def _stands_for_base(passage: Passage, at: int, language: str) -> Link | None:
    """A share of "that" or of "that amount"; of "that town" it is none."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    stop = next(stop for stop, kind in table.match(tokens, at) if kind == "demonstratives")
    if stop >= len(tokens) or tokens[stop].kind == "mark" or load_cues(language).roles.match(tokens, stop):
        return Link("share_of")
    is_noun_of_number = any(kind == "base_nouns" for _, kind in table.match(tokens, stop))
    is_dated = any(date.first_token == stop for date in passage.dates)
    return Link("share_of") if is_noun_of_number or is_dated else None


def _counts(passage: Passage, number_start: int) -> bool:
    """Whether a number has a counted noun of its own, and so is a claim of its own."""
    return any(q.number_start == number_start and q.head_start is not None for q in passage.quantities)


def _read_before(passage: Passage, quantity: Quantity, language: str, *, is_share: bool, has_noun: bool) -> Link | None:
    """A share, part or alternative by what stands before it: "among them", "of which", "or", a colon."""
    tokens, table, first = passage.sentence.tokens, load_cues(language).relations, quantity.first_token
    start = next((i for i in range(max(0, first - PART_REACH), first) if tokens[i].start >= quantity.start), first)
    for at in range(start - 1, max(-1, start - CLAUSE_REACH), -1):
        for stop, kind in table.match(tokens, at):
            if stop > start:
                continue
            if kind == "alternative" and stop == start and has_noun:
                return Link("alternative_to", reach=0)
            is_near = all(token.kind == "mark" for token in tokens[stop:start])
            is_first = kind in ("part_clause", "among") and _is_first_of_clause(passage, at, first)
            if kind == "among" and is_first and quantity.unit == "1":
                return Link("part_of", before=tokens[at].start, states=_name_states(tokens, stop, start, language))
            if (kind == "part_of" and is_near) or (kind == "part_clause" and is_first):
                return Link("share_of" if is_share else "part_of")
        if tokens[at].text == ":" and at == start - 1 and quantity.unit == "1" and has_noun:
            return Link("part_of", before=tokens[at].start, reach=0)
    return None


def _name_states(tokens: Sequence[Token], first: int, end: int, language: str) -> frozenset[str]:
    table = load_cues(language).states
    return frozenset(f"state={state}" for at in range(first, end) for _, state in table.match(tokens, at))


def _is_first_of_clause(passage: Passage, at: int, first: int) -> bool:
    """Whether no other figure stands between a phrase like "of which" and the figure, in one clause."""
    between = [q for q in passage.quantities if at < q.first_token < first]
    return not between and passage.clauses.is_same_clause(at, first)


def _read_equivalent(passage: Passage, quantity: Quantity, language: str) -> Link | None:
    """The same matter in other things: after "enough for" or "that is", or in brackets in another currency."""
    tokens, table, first = passage.sentence.tokens, load_cues(language).relations, quantity.first_token
    if quantity.unit in PERCENTS:
        return None
    for at in range(first - 1, max(-1, first - PART_REACH), -1):
        if any(at <= q.first_token < first for q in passage.quantities):
            break
        for stop, kind in table.match(tokens, at):
            if stop <= first and kind == "equivalent":
                return (
                    None
                    if _is_change(tokens, first, language)
                    else Link("equivalent_to", before=tokens[at].start, reach=1)
                )
    before = [q for q in passage.quantities if q.last_token <= first]
    if not before or not (is_money(quantity.unit) and is_money(before[-1].unit) and quantity.unit != before[-1].unit):
        return None
    gap = tokens[before[-1].last_token : first]
    is_bracketed = bool(gap) and gap[0].text == "(" and all(token.text != ")" for token in gap)
    is_near = is_bracketed and len(gap) <= PART_REACH
    return Link("equivalent_to", before=tokens[first].start, reach=0) if is_near else None


def _is_change(tokens: Sequence[Token], first: int, language: str) -> bool:
    """Whether "by" stands before a figure: "czyli o 90 groszy więcej" is no second figure of the same."""
    return first > 0 and any(kind == "by" for _, kind in load_cues(language).change.match(tokens, first - 1))


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
    outdated = {draft.base for draft in drafts if draft.relation == "revision_of"}
    for draft in reversed(drafts):
        if passage - draft.passage > link.reach:
            return None
        if (
            draft.anchor < limit
            and draft.anchor not in outdated
            and not draft.is_denial
            and _fits(draft, quantity, link)
        ):
            return draft
    return None


def _fits(draft: Draft, quantity: Quantity, link: Link) -> bool:
    """Whether a claim can be what the link means: a whole is no smaller than its part."""
    if link.relation in ("alternative_to", "equivalent_to"):
        return draft.relation in WHOLES and (link.relation == "equivalent_to" or draft.unit not in PERCENTS)
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
    if draft.unit != quantity.unit and quantity.lemma is not None:
        return False
    return (whole is None or part is None or whole >= part) and (is_same or not link.is_count)
