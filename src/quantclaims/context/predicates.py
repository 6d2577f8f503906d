"""What is said of the counted thing: the nearest governing verb or noun, with its frame and voice.

The frame says which party is which: the subject of "deliver" acts, the subject of "receive" is the other side.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention
from quantclaims.lemmas import analyse
from quantclaims.records import Token
from quantclaims.schemas.vocabularies import load_vocabulary

NOUN_COST = 2
"""A verb in reach governs before a noun that stands as near."""
RIGHT_COST = 3
"""Governors stand before what they govern more often than after."""
ADJUNCT_COST = 6
"""A verb governs before a noun in a phrase of its own: "delivered from its stocks 3 launchers"."""
OWN_COST = 14
"""Farther than this a word governs less than the counted noun, where that names an act or a kind of people itself."""
REACH = 40
"""Farther than this a word governs nothing; about two clauses."""


NOUN_FRAMES = frozenset({"nouns", "undergone"})
"""Frames of nouns; the others are verbs'."""
STATE_FRAMES = frozenset({"light", "seeking"})
"""Frames of verbs that say what a figure is about only where a state is their subject."""
AUXILIARY_REACH = 4
"""Words before a participle within which its auxiliary stands ("has already been reportedly delivered")."""


class Predicate(NamedTuple):
    """A word that can govern a quantity, at tokens ``first`` to ``end``."""

    first: int
    end: int
    predicate: str
    frame: str
    """``nouns`` (their owner acts), ``undergone`` (nouns whose owner receives or suffers), ``active``, ``receiving``,
    ``suffering``, ``light`` or ``seeking``: verbs that say something only of states, "has", "gave", "asked for"."""
    is_passive: bool
    is_adjunct: bool = False
    """Whether it is a noun that a preposition takes: "from its stocks"."""


def find_predicates(tokens: Sequence[Token], language: str) -> list[Predicate]:
    """Every predicate word of a sentence; a word of two senses appears once for each."""
    table = load_cues(language).predicates
    found = []
    for first in range(len(tokens)):
        hits = table.match(tokens, first)
        longest = hits[0][0] if hits else 0
        for end, (predicate, frame) in hits:
            if end == longest and (end - first > 1 or _fits_frame(tokens, first, frame, language)):
                is_passive = frame not in NOUN_FRAMES and _is_passive(tokens, first, language)
                if frame == "active" and not is_passive and _is_transitive(predicate):
                    is_passive = _lacks_object(tokens, first, end, language)
                is_adjunct = frame in NOUN_FRAMES and _is_adjunct(tokens, first, language)
                found.append(Predicate(first, end, predicate, frame, is_passive, is_adjunct))
    return found


def _fits_frame(tokens: Sequence[Token], at: int, frame: str, language: str) -> bool:
    """Whether the word form can be the verb or noun that the frame wants."""
    if frame == "light" and at + 1 < len(tokens) and _is_auxiliary(tokens, at, language):
        return False
    if language == "ro":
        return True
    token = tokens[at]
    parts = {reading.part for reading in analyse(token.text, language)}
    if frame in NOUN_FRAMES:
        is_noun = (
            bool(parts & {"noun", "adjective", "participle", "unknown"})
            or token.folded in load_cues(language).verbal_nouns
        )
        return is_noun and not (language == "en" and "verb" in parts and _wants_verb(tokens, at))
    if language == "en":
        return bool(parts & {"verb", "participle", "noun", "unknown"}) and not (
            ("noun" in parts and _wants_noun(tokens, at)) or _is_compounded(tokens, at)
        )
    return bool(parts - {"noun"})


def _is_auxiliary(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a form of "have" only makes a tense or a plan of the verb after it: "has sent", "ma wysłać"."""
    following = tokens[at + 1]
    if language == "ro":
        is_have = tokens[at].folded in load_cues("ro").compound_auxiliaries | {"are"}
        return is_have and bool(PARTICIPLE.search(following.folded))
    if language == "pl":
        near = tokens[at + 1 : at + 1 + AUXILIARY_REACH]
        return any(reading.tag.startswith("inf") for token in near for reading in analyse(token.text, "pl"))
    return any(reading.part in ("verb", "adverb") for reading in analyse(following.text, "en"))


def _is_adjunct(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a preposition stands before a noun, with a modifier between them at most."""
    if follows_preposition(tokens, at, language):
        return True
    return at > 0 and is_modifier(tokens[at - 1], language) and follows_preposition(tokens, at - 1, language)


def _is_compounded(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen makes an English participle part of an adjective: "the rain-hit crop", "a Czech-built tank"."""
    return at > 1 and tokens[at - 1].text == "-" and tokens[at - 2].end == tokens[at - 1].start


def _wants_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether an English word stands where only a noun can: "Poland's purchase", "the attack"."""
    before = tokens[at - 1].folded if at else ""
    cues = load_cues("en")
    return before.endswith(("'s", "s'")) or before in cues.articles or before in cues.definite_articles - {"that"}


def _wants_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether an English word stands where only a verb can: "to attack", "will supply"."""
    before = tokens[at - 1].folded if at else ""
    return before == "to" or before in load_cues("en").modal_verbs or before in load_cues("en").future_verbs


def _is_passive(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a verb's subject undergoes the act: a participle with its auxiliary, or one that follows a noun."""
    cues = load_cues(language)
    readings = analyse(tokens[at].text, language)
    if language == "pl":
        return any(reading.part == "participle" for reading in readings)
    before = [token.folded for token in tokens[max(0, at - AUXILIARY_REACH) : at]]
    if language == "ro":
        if not PARTICIPLE.search(tokens[at].folded) or _is_pluperfect(tokens[at]):
            return False
        near = before[-3:]
        is_perfect = any(
            first in cues.conditionals and second == "fi" for first, second in pairwise(near)
        )  # "ar fi vândut"
        is_passive = any(word in cues.passive_auxiliaries for word in near) and not is_perfect
        return is_passive or not any(word in cues.compound_auxiliaries for word in near)
    if tokens[at].folded.endswith("ing"):
        return "being" in before[-1:]
    for i in range(len(before) - 1, -1, -1):
        if before[i] in cues.passive_auxiliaries:
            return True
        if not _may_part_auxiliary(tokens[at - len(before) + i], language):
            break
    return at + 1 < len(tokens) and "agent" in {role for _, role in cues.roles.match(tokens, at + 1)}


@cache
def _is_transitive(predicate: str) -> bool:
    """Whether the verbs of a predicate always have an object: what is done to people whose state suffers it."""
    details = load_vocabulary("predicates")[predicate].details
    return details.get("counts") == "people" and details.get("roles", {}).get("possessor") == "counterparty"


def _lacks_object(tokens: Sequence[Token], at: int, end: int, language: str) -> bool:
    """Whether an English verb is the participle of the noun before: "soldiers killed in May"."""
    if language != "en" or at == 0 or tokens[at].folded.endswith("ing"):
        return False
    before = tokens[at - 1]
    is_noun = before.text.islower() and any(r.part == "noun" for r in analyse(before.text, "en"))
    cues = load_cues("en")
    after = tokens[end] if end < len(tokens) else None
    ends = (
        after is None
        or after.kind == "mark"
        or after.folded in cues.coordinators
        or bool(cues.roles.match(tokens, end))
    )
    return is_noun and ends


def _is_pluperfect(token: Token) -> bool:
    """Whether a Romanian form that ends like a participle is a past before the past: "primise", but not "trimise"."""
    stem = token._replace(text=token.text[:-2], folded=token.folded[:-2])
    is_like = token.folded.endswith(("ase", "ise", "ese", "use"))
    return is_like and bool(load_cues("ro").predicates.match([stem], 0))


PARTICIPLE = re.compile(r"(t|s)(a|i|e|ul|ului|ii|ilor|ele|elor)?$")
"""Romanian participles: "livrat", "trimise", "distruși"; matched without diacritics."""


def _may_part_auxiliary(token: Token, language: str) -> bool:
    parts = {reading.part for reading in analyse(token.text, language)}
    return "adverb" in parts or token.folded.endswith("ly") or token.folded in load_cues(language).verb_adverbs


def govern(
    predicates: Sequence[Predicate], clauses: Clauses, first: int, end: int, counted: int | None
) -> list[Predicate]:
    """The readings of the word that governs tokens ``first`` to ``end``, nearest first; ``counted`` is the head noun.

    A word inside the quantity does not govern it, except that a counted event ("40 strikes") names its own predicate
    when nothing else is in reach.
    """

    def cost(predicate: Predicate) -> int:
        near = predicate.end - 1 if predicate.end <= first else predicate.first
        edge = first if predicate.end <= first else end - 1
        return (
            clauses.distance(near, edge)
            + (NOUN_COST if predicate.frame in NOUN_FRAMES else 0)
            + (RIGHT_COST if predicate.first >= end else 0)
            + (ADJUNCT_COST if predicate.is_adjunct and not 0 <= predicate.first - end <= 1 else 0)
        )

    outside = [p for p in predicates if p.end <= first or p.first >= end]
    ranked = sorted((p for p in outside if cost(p) <= REACH), key=cost)
    own = [p for p in predicates if counted is not None and p.first <= counted < p.end and p.frame in NOUN_FRAMES]
    if not ranked:  # "60 tanks delivered by India", where nothing is said of the tanks but that
        inside = [p for p in predicates if first <= p.first < end and p.frame not in NOUN_FRAMES]
        return own or ([p for p in inside if counted is not None and p.first > counted])
    nearest = ranked[0]
    if own and cost(nearest) > OWN_COST:
        return own
    return [p for p in ranked if p.first == nearest.first] + own


def follows_preposition(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a preposition ends right before token ``at`` and so takes the noun away from the verb."""
    table = load_cues(language).roles
    return any(end == at for start in range(max(0, at - 3), at) for end, _ in table.match(tokens, start))


def read_preposition_roles(tokens: Sequence[Token], mention: Mention, language: str) -> frozenset[str]:
    """Roles that the preposition before a mention allows; an adjective or article may stand between."""
    table = load_cues(language).roles
    nouns_may_stand_between = language == "ro" and mention.kind == "adjective"
    for gap in (0, 1, 2):
        for start in range(max(0, mention.first - gap - 3), mention.first - gap):
            hits = [role for end, role in table.match(tokens, start) if end == mention.first - gap]
            between = tokens[mention.first - gap : mention.first]
            if hits and (nouns_may_stand_between or all(is_modifier(t, language) for t in between)):
                return frozenset(hits)
    return frozenset()


def is_modifier(token: Token, language: str) -> bool:
    """Whether a word can stand between a noun and what belongs to it: an article, adjective or participle."""
    if token.folded in load_cues(language).articles:
        return True
    return any(r.part in ("adjective", "participle") for r in analyse(token.text, language))
