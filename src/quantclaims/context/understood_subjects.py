"""The state that is the subject of a verb without being named there: a pronoun, "the country", a dropped subject."""

from collections.abc import Sequence

from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.context.locating import is_home_town
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import (
    NOUN_FRAMES,
    Predicate,
    follows_preposition,
    is_modifier,
    read_preposition_roles,
)
from quantclaims.context.roles import STATES
from quantclaims.lemmas import analyse
from quantclaims.records import Token

TOPIC_REACH = 2
"""Sentences back in which a pronoun's or a dropped subject's state was named."""


def find_topic_state(passages: Sequence[Passage], index: int, predicate: Predicate, language: str) -> str | None:
    """The state that a pronoun, "the country" or a dropped subject before a verb means, if there is one."""
    passage = passages[index]
    at = _find_state_anaphor(passage, predicate, language)
    if at is None:
        return None
    earlier = _subjects(passage, language, at)
    if earlier:
        return earlier[-1]
    for other in range(index - 1, max(-1, index - 1 - TOPIC_REACH), -1):
        subjects = _subjects(passages[other], language, len(passages[other].sentence.tokens))
        if subjects:
            return subjects[0]
        if passages[other].mentions:
            return None
    return None


def _subjects(passage: Passage, language: str, end: int) -> list[str]:
    """States before token ``end`` that stand as a subject does: no preposition, nominative where case shows."""
    found = []
    for mention in passage.mentions:
        if mention.country is None or mention.kind not in STATES or mention.end > end:
            continue
        tokens = passage.sentence.tokens
        if read_preposition_roles(tokens, mention, language) or is_home_town(tokens, mention, language):
            continue
        if language == "pl" and mention.cases and "nom" not in mention.cases:
            continue
        if language == "ro" and "gen" in mention.cases and mention.first == 0:
            continue
        found.append(mention.country)
    return found


def _find_state_anaphor(passage: Passage, predicate: Predicate, language: str) -> int | None:
    """The token that stands for a state as the subject of a verb, or where a dropped subject would stand."""
    tokens, clauses, table = passage.sentence.tokens, passage.clauses, load_cues(language).state_anaphors
    if predicate.frame in NOUN_FRAMES:
        return None
    start = predicate.first
    while start > 0 and clauses.is_same_clause(start - 1, predicate.first):
        start -= 1
    said = max((a.end for a in passage.attributions if a.end <= predicate.first), default=0)
    for at in range(max(start, said), predicate.first):
        hit = table.longest(tokens, at)
        if hit is not None and hit[0] <= predicate.first and not _has_preposition(tokens, at, language):
            return at
    return predicate.first if _drops_subject(passage, predicate, max(start, said), language) else None


def _has_preposition(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a preposition stands before a noun, with a modifier between them at most."""
    if follows_preposition(tokens, at, language):
        return True
    return at > 0 and is_modifier(tokens[at - 1], language) and follows_preposition(tokens, at - 1, language)


def _drops_subject(passage: Passage, predicate: Predicate, start: int, language: str) -> bool:
    """Whether a finite Polish or Romanian verb has no subject of its own."""
    tokens = passage.sentence.tokens
    if language == "en" or predicate.is_passive or predicate.frame == "suffering":
        return False
    if language == "pl":
        return _drops_polish_subject(passage, predicate)
    return _drops_romanian_subject(tokens, start, predicate)


def list_joined(clauses: Clauses, at: int) -> set[int]:
    """The clause of a token and those that it is joined to: they share a subject."""
    number: int | None = clauses.of[at]
    found: set[int] = set()
    while number is not None and number not in found:
        found.add(number)
        number = clauses.table[number].parent if clauses.table[number].kind == "coordinate" else None
    return found


def _drops_polish_subject(passage: Passage, predicate: Predicate) -> bool:
    """No nominative of the verb's number and gender in its clause; figures and what they count are left out."""
    tokens = passage.sentence.tokens
    verbs = [r for r in analyse(tokens[predicate.first].text, "pl") if r.tag.startswith(("praet", "fin"))]
    if not verbs or any(token.folded == "się" for token in tokens[predicate.first : predicate.end + 1]):
        return False
    if not any("sg" in verb.numbers and verb.genders != {"n"} for verb in verbs):
        return False
    counted = {i for q in passage.quantities for i in range(q.first_token, q.last_token)}
    shared = list_joined(passage.clauses, predicate.first)
    for i, token in enumerate(tokens):
        if i in counted or passage.clauses.of[i] not in shared or _has_preposition(tokens, i, "pl"):
            continue
        subjects = [r for r in analyse(token.text, "pl") if r.part == "noun" and "nom" in r.cases and "sg" in r.numbers]
        if any(not verb.genders or verb.genders & subject.genders for verb in verbs for subject in subjects):
            return False
    return True


def _drops_romanian_subject(tokens: Sequence[Token], start: int, predicate: Predicate) -> bool:
    """A singular verb before which its clause has prepositional phrases, adverbs and clitics only."""
    cues = load_cues("ro")
    if tokens[predicate.first - 1].folded in ("au", "sunt") or predicate.first - start > LONGEST_FRONT:
        return False
    if predicate.end < len(tokens) and tokens[predicate.first - 1].folded == "se":
        return False
    in_phrase = False
    for at in range(start, predicate.first):
        token = tokens[at]
        after_preposition = follows_preposition(tokens, at, "ro")
        if token.kind == "mark":
            in_phrase = False
        elif cues.roles.match(tokens, at) or after_preposition:
            in_phrase = True
        elif token.folded in cues.indefinite_articles or (
            len(token.folded) > SHORT_WORD
            and (token.folded.endswith(DEFINITE) or not (in_phrase or token.folded in cues.compound_auxiliaries))
        ):
            return False
    return True


DEFINITE = ("ul", "le", "ii", "a")
SHORT_WORD = 3
"""Letters of clitics, auxiliaries and adverbs ("și", "nu", "mai")."""
LONGEST_FRONT = 8
"""Words before a Romanian verb that can all belong to adverbials."""
