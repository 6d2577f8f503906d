"""Denials of any quantity: "has never exported weapons" is a claim of zero.

Wanted are a negated act of the denied kind and an indefinite object. "Not a significant amount" leaves some over,
"does not plan to" denies a will, "denied it" names nothing: none of these is a zero. "Nobody was hurt" and "no shells
were sent" say the same of their subject: whoever says that there was none denies that there was any.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import NOUN_FRAMES, Predicate, follows_preposition
from quantclaims.context.senses import is_deniable
from quantclaims.lemmas import analyse
from quantclaims.quantities.items import find_items
from quantclaims.records import Quantity, Token
from quantclaims.rules import fires

SUBJECT_RULE = "denial_negated_subject"
SUBJECT_VERB = 8
"""Words between "no" or "nobody" and the verb."""
SUBJECT_NOUN = 1
"""Words between "no" and the noun of an act ("no further deaths")."""
VERB_GAP = 3
"""Words between a negation and its verb ("have never yet exported")."""


BEFORE_GAP = 4
"""Words before a verb within which its object stands when it comes first ("Rosji broni nie sprzedajemy")."""
WISH_GAP = 5
"""Words between the word that opens a wish and its negation."""
JOIN_GAP = 2
"""Words between items of one object ("weapons or ammunition")."""


class Denial(NamedTuple):
    """A zero claim at tokens ``first`` to ``end``."""

    first: int
    end: int
    negation: int
    """Token that carries the zero."""
    predicate: Predicate
    items: tuple[str, ...]
    object_first: int
    object_end: int
    rule: str
    is_ever: bool
    """Whether "never" or "ever" says that it holds up to the statement."""


def find_denials(passage: Passage, language: str, topic: str) -> list[Denial]:
    """Every denial of a sentence that names what is denied."""
    tokens = passage.sentence.tokens
    found = list(_find_subjects(passage, language, topic)) if fires(SUBJECT_RULE) else []
    for predicate in passage.predicates:
        if not is_deniable(predicate.predicate) or predicate.frame in NOUN_FRAMES:
            continue
        if any(predicate.first == earlier.predicate.first for earlier in found):
            continue
        negation, rule = _find_negation(passage, predicate, language)
        if negation is None:
            continue
        items = _find_object(passage, predicate, language, topic)
        if not items or _is_partial(tokens, predicate, items, language) or _has_figure(passage, predicate):
            continue
        first, last = min(i[0] for i in items), max(i[1] for i in items)
        names = tuple(sorted({item for _, _, item in items}))
        start, end = min(negation, predicate.first, first), max(predicate.end, last)
        is_ever = _says_ever(passage, min(start, negation), end, language)
        target_end = _with_target(passage, end)
        if any(negation == earlier.negation for earlier in found):
            negation = start = predicate.first  # "never produced or exported": one negation, two acts
        found.append(Denial(start, target_end, negation, predicate, names, first, last, rule, is_ever))
    return found


def _find_subjects(passage: Passage, language: str, topic: str) -> Iterator[Denial]:
    """Denials whose subject is nobody or none: "nobody was hurt", "żaden czołg nie został zniszczony"."""
    tokens, cues = passage.sentence.tokens, load_cues(language)
    for at in range(len(tokens)):
        kinds = {kind: end for end, kind in reversed(cues.negation.match(tokens, at)) if kind in ("nobody", "none")}
        if not kinds:
            continue
        kind, start = next(iter(kinds.items()))
        predicate = _find_act(passage, at, start, language)
        if predicate is None or _has_figure_between(passage, at, predicate.first):
            continue
        items = [] if kind == "nobody" else find_items(tokens, start, predicate.first, language, topic)
        names = ("person",) if kind == "nobody" else tuple(sorted({item for _, _, item in items}))
        object_end = max(predicate.first, start) if kind == "none" else start
        if object_end > at:
            yield Denial(at, predicate.end, at, predicate, names, at, object_end, SUBJECT_RULE, is_ever=False)


def _counts_subject(token: Token, language: str) -> bool:
    """Whether a Polish verb's form has a numeral for its subject: "nie wzięło udziału 60 posłów"."""
    tags = {reading.tag for reading in analyse(token.text, "pl")} if language == "pl" else set()
    return any(tag.startswith("praet:sg:n") for tag in tags)


def _find_act(passage: Passage, at: int, start: int, language: str) -> Predicate | None:
    """The act that nobody did or suffered: the first verb of the clause, or the noun right behind "no"."""
    tokens, table = passage.sentence.tokens, load_cues(language).negation
    for predicate in passage.predicates:
        is_noun = predicate.frame in NOUN_FRAMES
        reach = SUBJECT_NOUN if is_noun else SUBJECT_VERB
        if not 0 <= predicate.first - start <= reach or not passage.clauses.is_same_clause(at, predicate.first):
            continue
        suffers = is_noun or predicate.is_passive or predicate.frame in ("suffering", "undergone")
        if not suffers or not is_deniable(predicate.predicate) or predicate.first in _speaking(passage):
            continue  # who did not act says nothing of how many
        kinds = {kind for i in range(at, predicate.first) for _, kind in table.match(tokens, i)}
        before = {kind for i in range(max(0, at - WISH_GAP), at) for _, kind in table.match(tokens, i)}
        if kinds & {"intent", "significant"} or (language != "en" and "subjunctive" in kinds | before):
            return None
        return predicate
    return None


def _speaking(passage: Passage) -> frozenset[int]:
    return frozenset(attribution.first for attribution in passage.attributions)


def _has_figure_between(passage: Passage, first: int, end: int) -> bool:
    return any(first <= q.first_token < end for q in passage.quantities)


def is_negated_object(passage: Passage, quantity: Quantity, language: str) -> bool:
    """Whether a figure is the object of an act that did not happen: "has not received the 40 tanks" claims no tanks.

    Those who did not act are counted all the same ("some 60 deputies did not vote"), and "not only" negates nothing.
    """
    first, clauses = quantity.first_token, passage.clauses
    acts = [p for p in passage.predicates if p.end <= first and clauses.is_same_clause(p.first, first)]
    acts = [p for p in acts if p.frame in ("active", "receiving") and not p.is_passive]
    return bool(acts) and _is_negated_act(passage, acts[-1], language)


def _is_negated_act(passage: Passage, predicate: Predicate, language: str) -> bool:
    tokens, table = passage.sentence.tokens, load_cues(language).negation
    for at in range(predicate.first - 1, max(-1, predicate.first - 1 - VERB_GAP), -1):
        if tokens[at].kind == "mark":
            return False
        kinds = {kind for _, kind in table.match(tokens, at)}
        if "particles" in kinds and not _counts_subject(tokens[predicate.first], language):
            return "limits" not in {kind for _, kind in table.match(tokens, at + 1)}
    return False


def _says_ever(passage: Passage, first: int, end: int, language: str) -> bool:
    table, tokens = load_cues(language).negation, passage.sentence.tokens
    return any(kind == "never" for at in range(first, end) for _, kind in table.match(tokens, at))


def _find_negation(passage: Passage, predicate: Predicate, language: str) -> tuple[int | None, str]:
    """The token that negates a predicate: "not" or "never" before it, "no" after it, or a verb of denying."""
    tokens, table = passage.sentence.tokens, load_cues(language).negation
    reach = 0 if _is_infinitive(tokens[predicate.first], language) else VERB_GAP
    for at in range(predicate.first - 1, max(-1, predicate.first - 1 - reach), -1):
        kinds = {kind for _, kind in table.match(tokens, at)}
        if "intent" in kinds:
            return None, ""
        if kinds & {"particles", "never"}:
            if _is_wished(passage, at, language):
                break
            return _negation_start(passage, at, language), "denial_negated_verb"
    following = tokens[predicate.end] if predicate.end < len(tokens) else None
    if following is not None and following.folded in load_cues(language).negative_determiners:
        return predicate.end, "denial_negated_object"
    denying = [a for a in passage.attributions if a.kind == "deny" and a.end <= predicate.first]
    if denying and _is_complement(passage, denying[-1].end, predicate, language):
        return denying[-1].first, "denial_verb"
    return None, ""


def _is_infinitive(token: Token, language: str) -> bool:
    """Whether a Polish verb is infinitive: what is negated then is the verb above it ("nie pozwala wysyłać")."""
    readings = [r for r in analyse(token.text, language) if r.part == "verb"]
    return bool(readings) and all(reading.tag.startswith("inf") for reading in readings)


def _is_wished(passage: Passage, negation: int, language: str) -> bool:
    """Whether the negated clause is a wish or an order: "by broni nie wysyłały", "să nu trimită", "not to send"."""
    tokens, table = passage.sentence.tokens, load_cues(language).negation
    near = range(max(0, negation - WISH_GAP), min(len(tokens), negation + 2))
    return any(
        kind == "subjunctive" and passage.clauses.is_same_clause(at, negation)
        for at in near
        for _, kind in table.match(tokens, at)
        if language != "en" or abs(at - negation) == 1
    )


def _negation_start(passage: Passage, at: int, language: str) -> int:
    """The first word of a stacked negation: "nigdy wcześniej nie", "has never"."""
    table, tokens = load_cues(language).negation, passage.sentence.tokens
    start = at
    for i in range(at - 1, max(-1, at - 4), -1):
        kinds = {kind for _, kind in table.match(tokens, i)}
        if "never" in kinds and passage.clauses.is_same_clause(i, at):
            start = i
    return start


def _is_complement(passage: Passage, end: int, predicate: Predicate, language: str) -> bool:
    """Whether the predicate is what the verb of denying takes: its next clause, or an -ing form."""
    tokens = passage.sentence.tokens
    if language == "en":
        gerunds = [i for i in range(end, min(predicate.end, end + VERB_GAP)) if tokens[i].folded.endswith("ing")]
        if gerunds and predicate.first - gerunds[0] <= 1:  # "denies shipping", "denies having shipped"
            return True
    return any(t.folded in load_cues(language).complementizers for t in tokens[end : predicate.first])


def _find_object(passage: Passage, predicate: Predicate, language: str, topic: str) -> list[tuple[int, int, str]]:
    """Items that the predicate takes: the first after it and those joined to it, else those right before it."""
    tokens, clauses = passage.sentence.tokens, passage.clauses
    clause = [i for i in range(len(tokens)) if clauses.is_same_clause(i, predicate.first)]
    after = find_items(tokens, predicate.end, clause[-1] + 1, language, topic)
    before = find_items(tokens, max(clause[0], predicate.first - BEFORE_GAP), predicate.first, language, topic)
    verbs = {i for p in passage.predicates if p.frame not in NOUN_FRAMES for i in range(p.first, p.end)}
    for candidates in (after, before):
        nouns = [item for item in candidates if item[0] not in verbs]  # "shipped" is no ship
        direct = [item for item in nouns if not follows_preposition(tokens, item[0], language)]
        joined = direct[:1]
        for item in direct[1:]:
            between = {token.folded for token in tokens[joined[-1][1] : item[0]]}
            if item[0] - joined[-1][1] <= JOIN_GAP and between & load_cues(language).conjunctions:
                joined.append(item)
        if joined:
            return joined
    table = load_cues(language).negation
    anybody = [i for i in clause if any(kind == "anybody" for _, kind in table.match(tokens, i))]
    return [(anybody[0], anybody[0] + 1, "person")] if anybody else []


def _is_partial(
    tokens: Sequence[Token], predicate: Predicate, items: Sequence[tuple[int, int, str]], language: str
) -> bool:
    """Whether a word leaves something over, or the object is definite and so a known thing, not any."""
    table = load_cues(language).negation
    first, end = min(predicate.first, items[0][0]), max(predicate.end, items[-1][1])
    if any(kind == "significant" for at in range(first, end) for _, kind in table.match(tokens, at)):
        return True
    definite = load_cues(language).definite_articles
    return items[0][0] > 0 and tokens[items[0][0] - 1].folded in definite


def _has_figure(passage: Passage, predicate: Predicate) -> bool:
    """Whether a figure stands in the clause: then that figure is denied, not any."""
    return any(
        passage.clauses.is_same_clause(q.first_token, predicate.first) and q.first_token > predicate.first
        for q in passage.quantities
    )


def _with_target(passage: Passage, end: int) -> int:
    """The end of the quote, taking in a recipient named right after the object."""
    for mention in passage.mentions:
        gap = passage.sentence.tokens[end : mention.first]
        if mention.first >= end and len(gap) <= 1 and mention.kind == "party" and all(t.kind == "word" for t in gap):
            return mention.end
    return end


def is_first_person(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a verb is in the first person, so that the speaker's own side acts."""
    if language == "pl":
        readings = analyse(tokens[at].text, "pl")
        if any(":pri" in reading.tag for reading in readings) or tokens[at].folded.endswith(("śmy", "łem", "łam")):
            return True
    leads = load_cues(language).period
    return any("first_person" in {kind for _, kind in leads.match(tokens, i)} for i in range(max(0, at - 6), at))
