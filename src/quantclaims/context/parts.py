"""Shares and parts: what says that a figure is counted within another.

"Half of them", "a quarter of the 2,000", "nine of the 40 wounded", "of the 340, 90 stayed", "among them two policemen",
"60 buses: 40 red ones and 20 blue", "the 200 million include 60 million for shells", "the remaining 35", "five children
were among the dead".
"""

from collections.abc import Iterator

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.context.shares import read_named_share
from quantclaims.context.wholes import Link, Whole
from quantclaims.lemmas import analyse
from quantclaims.quantities.symbols import DURATIONS
from quantclaims.quantities.units import is_money
from quantclaims.records import Quantity

PART_REACH = 6
"""Words between "among them" and its number."""
CLAUSE_REACH = 14
"""Words between "of which" and the first figure of its clause ("of which so far have arrived at most 13")."""
INCLUDED_REACH = 4
"""Words between "include" and the figure on either side."""
FIRST_REACH = 3
"""Words of the longest phrase for the first of those before: "first tranche of"."""
REST_REACH = 3
"""Words of the longest phrase for what is left: "the remaining"."""
BESIDE_REACH = 10
"""Words between two parts of one whole."""
POSTPOSED_REACH = 5
"""Words between a part and "among the dead"."""
ALLOCATED_REACH = 4
"""Words between an amount and the verb that says what it is for: auxiliaries."""
AFFECTED = frozenset({"state=killed", "state=wounded"})
"""What became of victims."""


def read_parts(passage: Passage, quantity: Quantity, language: str) -> Iterator[Link]:
    """The ways in which a quantity may be counted within another, surest first."""
    whole = Whole(passage, quantity, language)
    for read in READERS:
        link = read(whole)
        if link is not None:
            yield link


def _read_of(whole: Whole) -> Link | None:
    """By what follows: "of them", "of that amount", "of the 2,000", "of the 40 wounded", "of the planes"."""
    ends = [n.last_token for n in whole.passage.numbers if n.start == whole.quantity.number_start]
    ends += [whole.end, *_pass_designation(whole), *_pass_alternative(whole)]
    return next((link for end in ends if (link := _read_of_at(whole, end)) is not None), None)


def _pass_designation(whole: Whole) -> list[int]:
    """The token behind a name that follows the noun: "133 tanks K2 of the 180", "de tancuri K2 din cele 180"."""
    at = whole.end
    is_named = at < len(whole.tokens) and (whole.tokens[at].kind == "code" or whole.tokens[at].text[0].isupper())
    return [at + 1] if is_named and whole.has_noun else []


def _pass_alternative(whole: Whole) -> list[int]:
    """The token behind the other figure of "52 or even 54 of the 101 seats", which both are of the 101."""
    at = whole.quantity.last_token
    stops = [stop for stop, kind in _match(whole, at) if kind == "alternative"] if at < len(whole.tokens) else []
    others = [n.last_token for n in whole.passage.numbers if n.first_token in stops]
    return others if not whole.has_noun else []


def _read_of_at(whole: Whole, end: int) -> Link | None:
    """The same, where the words of the whole begin at token ``end``."""
    if end >= len(whole.tokens):
        return None
    kinds = whole.kinds(end)
    if "part_of" in kinds and not _is_restricted(whole, end) and (whole.is_share or not whole.has_noun):
        return Link(whole.relation, is_nested="nesting" in kinds, is_plural="plural" in kinds)
    if "demonstratives" in kinds and whole.is_share:
        return _stands_for_base(whole, end)
    hits = load_cues(whole.language).relations.match(whole.tokens, end)
    after = next((stop for stop, kind in hits if kind == "share_of"), len(whole.tokens))
    return _read_whole(whole, end, after) if after < len(whole.tokens) else None


def _is_restricted(whole: Whole, at: int) -> bool:
    """Whether a relative clause says of whom: "38 per cent of those who come" is of nobody before."""
    stop = max((stop for stop, kind in _match(whole, at) if kind == "part_of"), default=at)
    return (
        stop > at and stop < len(whole.tokens) and bool(load_cues(whole.language).relatives.match(whole.tokens, stop))
    )


def _read_whole(whole: Whole, end: int, after: int) -> Link | None:
    """What follows "of" at token ``after``: a pronoun, a printed figure, or those told before."""
    if "demonstratives" in whole.kinds(after) and (pointed := _stands_for_base(whole, after)) is not None:
        return pointed
    for number in whole.passage.numbers:
        if after <= number.first_token <= after + 2 and number.kind == "cardinal" and number.value:
            if not _counts(whole.passage, number.start):
                return Link(whole.relation, value=number.value)
            is_partitive = whole.is_share or not whole.has_noun or _is_definite(whole, after, number.first_token)
            return Link(whole.relation, anchor=number.start) if is_partitive else None
    states = _name_affected(whole, after)
    if states:
        return Link(whole.relation, states=states)
    definite, head = load_cues(whole.language).definite_articles, whole.quantity.head_start
    is_definite = whole.language != "en" or whole.tokens[after].folded in definite
    is_own = head is not None and head >= whole.tokens[end].end
    owned = any(token.folded.endswith(("'s", "s'")) for token in whole.tokens[after : after + 3])
    if whole.is_share or not is_own or not is_definite or owned:
        return None
    return Link("part_of", is_count=True, is_definite=whole.language == "en")


def _is_definite(whole: Whole, first: int, end: int) -> bool:
    """Whether "the" or a participle says that a number was told: "of the 180 ordered", "z zamówionych 180"."""
    cues = load_cues(whole.language)
    between = whole.tokens[first:end]
    if any(token.folded in cues.definite_articles for token in between):
        return True
    return whole.language == "pl" and any("ppas" in r.tag for token in between for r in analyse(token.text, "pl"))


def _name_affected(whole: Whole, at: int) -> frozenset[str]:
    """What became of those whom "of the dead", "of the victims" names at a token, the article passed over."""
    cues = load_cues(whole.language)
    if at < len(whole.tokens) and whole.tokens[at].folded in cues.definite_articles:
        at += 1
    if at >= len(whole.tokens):
        return frozenset()
    if "affected" in whole.kinds(at):
        return AFFECTED
    hits = cues.states.match(whole.tokens, at)
    stop = max((stop for stop, _ in hits), default=at)
    is_adjective = stop < len(whole.tokens) and whole.language == "en" and _can_be_noun(whole.tokens[stop].text)
    return frozenset() if is_adjective else frozenset(f"state={state}" for _, state in hits)


def _can_be_noun(word: str) -> bool:
    """Whether an English word can only be a noun: "of the dead soldiers" names other people than "of the dead"."""
    return {reading.part for reading in analyse(word, "en")} == {"noun"}


def _stands_for_base(whole: Whole, at: int) -> Link | None:
    """A share of "that" or of "that amount"; of "that town" it is none."""
    tokens, cues = whole.tokens, load_cues(whole.language)
    stop = next(stop for stop, kind in cues.relations.match(tokens, at) if kind == "demonstratives")
    if stop >= len(tokens) or tokens[stop].kind == "mark" or cues.roles.match(tokens, stop):
        return Link(whole.relation)
    is_dated = any(date.first_token == stop for date in whole.passage.dates)
    is_verb = whole.passage.clauses.table[whole.passage.clauses.of[stop]].verb == stop
    return Link(whole.relation) if "base_nouns" in whole.kinds(stop) or is_dated or is_verb else None


def _counts(passage: Passage, number_start: int) -> bool:
    """Whether a number has a counted noun of its own, and so is a claim of its own."""
    return any(q.number_start == number_start and q.lemma is not None for q in passage.quantities)


def _read_first(whole: Whole) -> Link | None:
    """The first of those before: "the first twelve missiles", "pierwsze 12 rakiet"."""
    start, auxiliaries = whole.start, load_cues(whole.language).past_auxiliaries
    near = range(max(0, start - FIRST_REACH), start)
    free = [at for at in near if at == 0 or whole.tokens[at - 1].folded not in auxiliaries]  # but "a primit 3"
    is_first = any(hit == (start, "firsts") for at in free for hit in _match(whole, at))
    if not is_first or whole.is_share or (not whole.has_noun and whole.quantity.lemma is None):
        return None
    return Link("part_of", is_count=whole.has_noun and not whole.is_generic)


def _read_fronted(whole: Whole) -> Link | None:
    """Of a whole that opens the clause: "of the 340 people displaced, 90 stayed", "z 340 osób 90 zostało"."""
    clauses = whole.passage.clauses
    earlier = [q for q in whole.passage.quantities if q.last_token <= whole.start]
    if len(earlier) != 1 or (whole.has_noun and not whole.is_share):
        return None
    first = Whole(whole.passage, earlier[0], whole.language).start
    skipped = load_cues(whole.language).definite_articles | load_cues(whole.language).articles
    at = first - 1
    while at > 0 and whole.tokens[at].folded in skipped:
        at -= 1
    opens = at <= 1 or clauses.of[at - 1] != clauses.of[at] or whole.tokens[at - 1].kind == "mark"
    is_of = at >= 0 and "share_of" in whole.kinds(at) and opens
    return Link(whole.relation, anchor=earlier[0].number_start) if is_of else None


def _read_phrase(whole: Whole) -> Link | None:
    """By what stands before: "among them", "of which", "among the dead"."""
    start, tokens, table = whole.start, whole.tokens, load_cues(whole.language).relations
    for at in range(start - 1, max(-1, start - CLAUSE_REACH), -1):
        hits = table.match(tokens, at)
        for stop, kind in hits:
            if stop > start or stop < hits[0][0]:
                continue
            is_near = start - stop < PART_REACH and all(token.kind == "mark" for token in tokens[stop:start])
            is_first = kind in ("part_clause", "among") and _is_first_of_clause(whole, at)
            is_first = is_first or (kind == "among" and at == 0 and _is_alone(whole, at))
            if kind == "among" and is_first and whole.quantity.unit == "1":
                return Link("part_of", before=tokens[at].start, states=_name_states(whole, stop, start))
            if kind == "among" and (named := _find_named(whole, stop)) is not None:
                return Link(whole.relation, anchor=named)
            if (kind == "part_of" and is_near) or (kind == "part_clause" and is_first):
                said = {kind for _, kind in hits}
                reach = 0 if "nesting" in said and at > 0 else 2  # the noun of a relative pronoun is in its sentence
                return Link(whole.relation, is_nested="nesting" in said, is_plural="plural" in said, reach=reach)
    return None


def _find_named(whole: Whole, at: int) -> int | None:
    """Offset of the number of the group that "among the" names: "among the 75 arrested are 12 women"."""
    between = [q for q in whole.passage.quantities if at <= q.first_token < whole.start]
    is_next = len(between) == 1 and between[0].first_token - at <= 1
    return between[0].number_start if is_next else None


def _is_first_of_clause(whole: Whole, at: int) -> bool:
    """Whether no other figure stands between a phrase like "of which" and the figure, in one clause."""
    return _is_alone(whole, at) and whole.passage.clauses.is_same_clause(at, whole.quantity.first_token)


def _is_alone(whole: Whole, at: int) -> bool:
    """Whether no other figure stands between a token and the figure."""
    return not any(at < q.first_token < whole.start for q in whole.passage.quantities)


def _name_states(whole: Whole, first: int, end: int) -> frozenset[str]:
    table = load_cues(whole.language).states
    return frozenset(f"state={state}" for at in range(first, end) for _, state in table.match(whole.tokens, at))


def _read_list(whole: Whole) -> Link | None:
    """One of the counts after a colon, which together come to no more than the one before it."""
    colons = [i for i in range(whole.start) if whole.tokens[i].text == ":"]
    if not colons or whole.quantity.unit != "1":
        return None
    clauses = whole.passage.clauses
    listed = [
        q
        for q in whole.passage.quantities
        if q.first_token > colons[-1] and q.unit == "1" and clauses.is_same_clause(q.first_token, whole.start)
    ]
    opens = bool(listed) and Whole(whole.passage, listed[0], whole.language).start == colons[-1] + 1
    total = sum(q.value or 0.0 for q in listed)
    return Link("part_of", before=whole.tokens[colons[-1]].start, reach=0, least=total) if opens else None


def _read_included(whole: Whole) -> Link | None:
    """What another figure includes: "the 200 million include 60 million for shells"."""
    for at in range(whole.start - 1, max(-1, whole.start - 1 - INCLUDED_REACH), -1):
        if "comprising" in whole.kinds(at):
            before = [q for q in whole.passage.quantities if 0 <= at - q.last_token < INCLUDED_REACH]
            return Link(whole.relation, anchor=before[-1].number_start) if before else None
    return None


def _read_lone_share(whole: Whole) -> Link | None:
    """A proportion that opens its clause without saying of what: "60 buses. Half are electric"."""
    if whole.quantity.kind != "fraction" or whole.has_noun or whole.end >= len(whole.tokens):
        return None
    clauses, start = whole.passage.clauses, whole.start
    opens = start == 0 or whole.tokens[start - 1].kind == "mark" or clauses.of[start] != clauses.of[start - 1]
    is_subject = clauses.table[clauses.of[start]].verb == whole.end
    is_added = start > 0 and whole.tokens[start - 1].text == "," and whole.quantity.lemma is None
    return Link("share_of", reach=0 if is_added else 1) if opens and (is_subject or is_added) else None


def _read_rest(whole: Whole) -> Link | None:
    """What is left of those before: "the remaining 35", "the other three", "pozostałe 35", "celelalte 35"."""
    start = whole.start
    hits = [hit for at in range(max(0, start - REST_REACH), start) for hit in _match(whole, at) if hit[0] == start]
    if whole.is_share or whole.quantity.unit in DURATIONS or not any(kind == "rest" for _, kind in hits):
        return None
    return Link("part_of", is_count=whole.has_noun and not whole.is_generic, is_rest=True)


def _match(whole: Whole, at: int) -> list[tuple[int, str]]:
    return load_cues(whole.language).relations.match(whole.tokens, at)


def _read_beside(whole: Whole) -> Link | None:
    """Joined to a part or share without a noun of its own: "500 of them in Leeds and a further 200 in Hull"."""
    earlier = [q for q in whole.passage.quantities if q.last_token <= whole.start]
    if not earlier or (whole.has_noun and not whole.is_share) or whole.quantity.unit in DURATIONS:
        return None
    before, tokens = earlier[-1], whole.tokens
    gap = range(before.last_token, whole.start)
    is_joined = any(tokens[i].folded in load_cues(whole.language).coordinators or tokens[i].text == "," for i in gap)
    is_parted = any(tokens[i].text in ";:.()–—" for i in gap)
    is_alike = before.unit == whole.quantity.unit or before.kind == "fraction" or before.unit == "%"
    if not is_joined or is_parted or len(gap) > BESIDE_REACH or not is_alike:
        return None
    if any(load_cues(whole.language).comparisons.match(tokens, i) or "alternative" in whole.kinds(i) for i in gap):
        return None
    states = _name_states(whole, before.last_token, min(len(tokens), whole.quantity.last_token + 3))
    return Link(whole.relation, beside=before.number_start, states=states)


def _read_postposed(whole: Whole) -> Link | None:
    """By what the clause says after the figure: "five children were among the victims"."""
    tokens, end = whole.tokens, whole.quantity.last_token
    if whole.quantity.unit != "1":
        return None
    for at in range(end, min(len(tokens), end + POSTPOSED_REACH)):
        if tokens[at].kind == "mark":
            return None
        stops = [stop for stop, kind in _match(whole, at) if kind == "among"]
        states = _name_affected(whole, stops[0]) if stops else frozenset()
        if states:
            return Link("part_of", states=states)
    return None


def _read_subject(whole: Whole) -> Link | None:
    """Some of those before, as the bare subject of what became of them: "40 were tried. Nine were acquitted"."""
    tokens, cues, end = whole.tokens, load_cues(whole.language), whole.quantity.last_token
    giver = dict(whole.passage.givers).get(whole.quantity.number_start)
    if giver is None or whole.quantity.unit != "1" or end >= len(tokens):
        return None
    clauses = whole.passage.clauses
    is_passive = any(token.folded in cues.passive_auxiliaries for token in tokens[end : end + 2])
    is_parted = is_passive or any("leftover" in whole.kinds(at) for at in range(end, len(tokens)))
    if giver >= tokens[0].start or not whole.opens or not is_parted or clauses.table[clauses.of[end]].verb != end:
        return None
    clause = [at for at in range(end, len(tokens)) if clauses.is_same_clause(at, end)]
    states = frozenset(f"state={state}" for at in clause for _, state in cues.states.match(tokens, at))
    return Link("part_of", anchor=giver, reach=1, is_nested=True, other_states=states)


def _read_allocated(whole: Whole) -> Link | None:
    """What an amount told before is spent on: "45 million will be invested; 18 million will go into a new line"."""
    tokens, end = whole.tokens, whole.quantity.last_token
    if not whole.opens or not (is_money(whole.quantity.unit) or whole.quantity.unit == "1") or end >= len(tokens):
        return None
    clauses = whole.passage.clauses
    near = [at for at in range(end, min(len(tokens), end + ALLOCATED_REACH)) if clauses.is_same_clause(at, end)]
    is_spent = any("allocating" in whole.kinds(at) for at in near)
    return Link("part_of", is_money=True, reach=1) if is_spent else None


READERS = (
    _read_of, _read_first, _read_fronted, _read_phrase, _read_list, _read_included, _read_rest, _read_postposed,
    read_named_share, _read_lone_share, _read_beside, _read_subject, _read_allocated,
)  # fmt: skip
"""The ways to tell a part, surest first."""
