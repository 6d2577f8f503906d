"""Who acts and who is on the other side: each state of the clause plays a role, and the predicate puts roles on sides.

Roles are read from preposition, case and position ("from Iran" is a source, "Ukrainie" a recipient); which side a
role is on is a property of the predicate: schemas/vocabularies/predicates.toml.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from quantclaims.context.attribution import Attribution
from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.context.locating import is_dateline, is_home_town, list_foreign_places
from quantclaims.context.mentions import Mention
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import (
    NOUN_FRAMES,
    Predicate,
    is_modifier,
    read_preposition_roles,
)
from quantclaims.context.roles import (
    STATES,
    Setting,
    has_side,
    is_beside,
    read_prepositional_role,
    read_role,
    read_roles,
)
from quantclaims.context.speakers import claimant_type
from quantclaims.context.understood_subjects import list_joined
from quantclaims.lemmas import analyse
from quantclaims.rules import fires
from quantclaims.schemas.vocabularies import load_vocabulary

MODIFIER_COST = 3
"""A state that only describes the subject ("Russian forces") acts less surely than one that is it."""
RECEIVING = frozenset({"receiving", "suffering", "undergone", "seeking"})
"""Frames whose subject is the other side."""
ACTOR_ORDER = ("agent", "subject", "owner", "source", "possessor", "place")
"""Roles, surest first."""
COUNTERPARTY_ORDER = ("recipient", "subject", "agent", "target", "owner", "source", "companion", "possessor", "place")


class Parties(NamedTuple):
    """ISO 3166-1 alpha-3 of both sides, with the rule that found each."""

    actor: str | None
    counterparty: str | None
    rules: tuple[str, ...]


NOBODY = Parties(None, None, ())


def fill_sides(parties: Parties, other: Parties, rule: str) -> Parties:
    """The sides that are still open, from other parties; nobody stands on both sides, and the rule can be off.

    >>> fill_sides(Parties("POL", None, ()), Parties("USA", "UKR", ()), "parties_continued")
    Parties(actor='POL', counterparty='UKR', rules=('parties_continued',))
    """
    if not fires(rule):
        return parties
    actor = parties.actor or (other.actor if other.actor != parties.counterparty else None)
    counterparty = parties.counterparty or (other.counterparty if other.counterparty != actor else None)
    if (actor, counterparty) == parties[:2]:
        return parties
    return Parties(actor, counterparty, (*parties.rules, rule))


class Part(NamedTuple):
    """A state in a role towards a predicate."""

    role: str
    distance: int
    country: str


def assign_parties(passage: Passage, predicate: Predicate, counted: tuple[int, int], language: str) -> Parties:
    """Who acts and who is on the other side, from the states of the predicate's and the quantity's clauses.

    An act that the predicate comes from ("killed in a Russian strike on Kyiv") lends its sides.
    """
    causes = _find_causes(passage, predicate)
    parties = _assign_own(passage, predicate, counted, language, causes)
    for cause in causes:
        lent = _assign_own(passage, cause, (cause.first, cause.end), language)
        parties = fill_sides(parties, lent, "parties_cause")
    return parties


def _find_causes(passage: Passage, predicate: Predicate) -> list[Predicate]:
    """Acts of the predicate's clause that it can come from."""
    kinds = load_vocabulary("predicates")[predicate.predicate].details.get("caused_by", ())
    return [
        other
        for other in passage.predicates
        if other.predicate in kinds
        and not predicate.first <= other.first < predicate.end
        and _is_told_with(passage, other.first, predicate.first)
    ]


def _is_told_with(passage: Passage, cause: int, effect: int) -> bool:
    """Whether a cause stands in the effect's clause, in one joined to it, or in one that says when it happened."""
    clauses = passage.clauses
    joined, there = list_joined(clauses, effect), clauses.of[cause]
    own = clauses.table[clauses.of[effect]]
    return (
        there in joined
        or (clauses.table[there].kind == "adverbial" and clauses.table[there].parent in joined)
        or (own.kind == "adverbial" and own.parent == there)
    )


def _assign_own(
    passage: Passage,
    predicate: Predicate,
    counted: tuple[int, int],
    language: str,
    causes: Sequence[Predicate] = (),
) -> Parties:
    setting = Setting(passage.sentence.tokens, predicate, counted, language)
    parts = [*_find_parts(setting, passage, causes), *_find_places(setting, passage)]
    if not any(part.role in ("subject", "agent") for part in parts):
        other = _find_antecedent(setting, passage) or _find_shared_subject(setting, passage)
        if other is not None:
            parts.append(other)
    return take_sides(parts, predicate, is_received=_is_received(passage, predicate))


def _find_parts(setting: Setting, passage: Passage, causes: Sequence[Predicate] = ()) -> Iterator[Part]:
    """States in their roles; one that describes a cause ("killed in an Indian attack") is that cause's alone."""
    predicate, clauses = setting.predicate, passage.clauses
    paired = _find_paired(setting, passage)
    nouns = [setting._replace(predicate=cause) for cause in causes if cause.frame in NOUN_FRAMES]
    for mention in _list_reachable(passage, setting):
        if not _is_party(mention, setting):
            continue
        if paired is not None and mention in paired.states:
            if mention == paired.own:
                yield Part(paired.role, 0, str(mention.country))
            continue
        inside = setting.counted[0] <= mention.first < setting.counted[1]
        if not inside and not _is_in_reach(mention, predicate, clauses, setting.counted):
            continue
        if not inside and (
            is_speaker(mention, predicate, passage.attributions) or _ends_name(setting, mention, passage)
        ):
            continue
        if any(is_beside(noun, mention) for noun in nouns):
            continue
        role = read_role(setting, mention, passage.mentions)
        if role is None:
            continue
        cost = 0 if mention.kind in ("party", "claimant") and "gen" not in mention.cases else MODIFIER_COST
        if role == "subject" and predicate.is_passive and cost:
            role = "possessor"  # "Russian tanks were destroyed"
        yield Part(role, _distance(mention, setting, clauses) + cost, str(mention.country))


def _is_party(mention: Mention, setting: Setting) -> bool:
    """Whether a mention can be a side: a state, and no town of the readers' own nor the place of a dateline."""
    if mention.country is None or mention.kind not in STATES or not _is_of_state(mention):
        return False
    tokens = setting.tokens
    return not is_home_town(tokens, mention, setting.language) and not is_dateline(mention, tokens)


class Paired(NamedTuple):
    """A list of states with a figure each, the state of one figure, and the role of all."""

    states: Sequence[Mention]
    own: Mention
    role: str


def _find_paired(setting: Setting, passage: Passage) -> Paired | None:
    """The states of a list in which states and figures take turns: "in Malta 8 per cent, in Greece 7, in Italy 6".

    Two states can also be the two sides of one act.
    """
    clauses, first = passage.clauses, min(setting.counted[0], len(passage.clauses.of) - 1)
    states = [m for m in passage.mentions if m.kind == "party" and clauses.is_same_clause(m.first, first)]
    figures = [q for q in passage.quantities if clauses.is_same_clause(q.first_token, first)]
    at = next((i for i, q in enumerate(figures) if q.first_token == setting.counted[0]), None)
    least = LISTED if has_side(setting.predicate.predicate, "counterparty") else LISTED - 1
    if at is None or len(states) < least or len(states) != len(figures):
        return None
    places = [(m.first, "state") for m in states] + [(q.first_token, "figure") for q in figures]
    kinds = [kind for _, kind in sorted(places)]
    role = read_role(setting, states[0], passage.mentions)
    if role is None or any(kind == after for kind, after in pairwise(kinds)):
        return None
    return Paired(states, states[at], role)


LISTED = 3
"""States of the shortest list that cannot be the two sides of an act."""


def _list_reachable(passage: Passage, setting: Setting) -> Iterator[Mention]:
    """The mentions in the clauses of the predicate and of the quantity: the others are out of reach."""
    for clause in sorted(_list_clauses(passage, setting)):
        yield from passage.mentions_of.get(clause, ())


def _list_clauses(passage: Passage, setting: Setting) -> set[int]:
    last = max(0, len(passage.clauses.of) - 1)
    first, counted = setting.predicate.first, setting.counted
    return {passage.clauses.of[min(at, last)] for at in (first, counted[0], max(counted[0], counted[1] - 1))}


def _find_places(setting: Setting, passage: Passage) -> Iterator[Part]:
    """The states of the regions and cities where something happened or went: "strikes on Kharkiv", "w Mediolanie"."""
    clauses = _list_clauses(passage, setting)
    for place in list_foreign_places(passage, setting.language):
        allowed = read_preposition_roles(setting.tokens, place, setting.language) & {"place", "target"}
        if not allowed or passage.clauses.of[place.first] not in clauses:
            continue
        role = read_prepositional_role(allowed, place, setting.predicate, setting.language)
        if role is not None and place.country is not None:
            yield Part(role, _distance(place, setting, passage.clauses) + MODIFIER_COST, place.country)


def _distance(mention: Mention, setting: Setting, clauses: Clauses) -> int:
    """How far a state is from its verb, or from the figure where that stands in a clause without a verb of its own.

    "Egypt took 600,000 tonnes, Turkey 310,000": the second figure is Turkey's.
    """
    at, figure = setting.predicate.first, min(setting.counted[0], len(clauses.of) - 1)
    if clauses.of[figure] != clauses.of[at] and clauses.of[mention.first] == clauses.of[figure]:
        return clauses.distance(mention.first, figure) - ELIDED_BONUS
    return clauses.distance(mention.first, at)


ELIDED_BONUS = 50
"""Words by which a state beside a figure is nearer than one beside a verb that the figure's clause leaves out."""


def _is_of_state(mention: Mention) -> bool:
    return mention.kind != "claimant" or is_state_body(mention.ident)


def is_state_body(claimant: str | None) -> bool:
    """Whether somebody acts for a state: an army does, a news agency does not; of the unknown it is assumed.

    >>> is_state_body("ua-air-force"), is_state_body("reuters")
    (True, False)
    """
    kind = claimant_type(claimant)
    return kind is None or bool(load_vocabulary("claimant_types")[kind].details.get("state", False))


def _ends_name(setting: Setting, mention: Mention, passage: Passage) -> bool:
    """Whether a state's name or capital is the end of another name: "Legia Warszawa", "Ambulanța București"."""
    at, tokens = mention.first - 1, setting.tokens
    if at < 0 or mention.kind != "party" or "gen" in mention.cases or tokens[at].kind != "word":
        return False
    if not tokens[at].text[:1].isupper() or tokens[at].text.isupper():
        return False
    if any(d.first_token <= at < d.last_token for d in passage.dates) or any(m.end == at + 1 for m in passage.mentions):
        return False
    if at > 0 and tokens[at - 1].text not in '.:–—„"':
        return not is_modifier(tokens[at], setting.language)
    if setting.language == "ro":
        return tokens[at].folded.endswith(("ul", "a")) and len(tokens[at].folded) > LONGEST_ADVERB
    return all(reading.part == "noun" for reading in analyse(tokens[at].text.lower(), setting.language))


LONGEST_ADVERB = 6
"""Letters of Romanian adverbs that begin sentences and end like nouns ("Aseara")."""


def _find_shared_subject(setting: Setting, passage: Passage) -> Part | None:
    """The subject that a clause shares with the one that it is joined to: "Belgium sent 30 and promised 20"."""
    clauses, predicate = passage.clauses, setting.predicate
    clause = clauses.table[clauses.of[predicate.first]]
    while clause.kind == "coordinate" and clause.parent is not None and predicate.frame not in NOUN_FRAMES:
        number, clause = clause.parent, clauses.table[clause.parent]
        if clause.verb is None:
            continue
        above = setting._replace(predicate=predicate._replace(first=clause.verb, end=clause.verb + 1, is_passive=False))
        for mention in passage.mentions_of.get(number, ()):
            if mention.country is None or mention.kind not in STATES or not _is_of_state(mention):
                continue
            if is_speaker(mention, predicate, passage.attributions):
                continue
            if read_role(above, mention, passage.mentions) == "subject":
                return Part("subject", predicate.first - mention.first, mention.country)
    return None


def _is_in_reach(mention: Mention, predicate: Predicate, clauses: Clauses, counted: tuple[int, int]) -> bool:
    anchors = [i for i in (predicate.first, counted[0]) if i < len(clauses.cost)]
    return any(clauses.is_same_clause(mention.first, anchor) for anchor in anchors)


def is_speaker(mention: Mention, predicate: Predicate, attributions: Sequence[Attribution]) -> bool:
    """Whether a mention only says it: "the army said 40 drones were shot down"; who counts or denies acts, too."""
    return any(
        a.kind not in ("count", "deny", "unsaid")
        and a.speaker.first < mention.end
        and mention.first < a.speaker.end
        and not a.first <= predicate.first < a.end
        for a in attributions
    )


def _is_received(passage: Passage, predicate: Predicate) -> bool:
    """Whether a noun is the object of a verb of receiving: "received aid" makes its subject the receiver."""
    if predicate.frame != "nouns":
        return False
    return any(
        other.frame == "receiving" and passage.clauses.is_same_clause(other.first, predicate.first)
        for other in passage.predicates
        if other.end <= predicate.first
    )


def take_sides(parts: Sequence[Part], predicate: Predicate, *, is_received: bool = False) -> Parties:
    """Roles to sides: the nearest state of the surest role."""
    sides = _side_of_roles(predicate, is_received=is_received)
    actor, actor_role = _pick(parts, sides, "actor", ACTOR_ORDER, None, predicate)
    counterparty, other_role = _pick(parts, sides, "counterparty", COUNTERPARTY_ORDER, actor, predicate)
    rules = [f"actor_{actor_role}"] if actor_role else []
    rules += [f"counterparty_{other_role}"] if other_role else []
    return Parties(actor, counterparty, tuple(rules))


def take_subject(country: str | None, predicate: Predicate) -> Parties:
    """The side of a state that is a predicate's subject."""
    return NOBODY if country is None else take_sides([Part("subject", 0, country)], predicate)


def _pick(
    parts: Sequence[Part],
    sides: dict[str, str],
    side: str,
    order: Sequence[str],
    taken: str | None,
    predicate: Predicate,
) -> tuple[str | None, str | None]:
    if not has_side(predicate.predicate, side):
        return None, None
    if predicate.frame in RECEIVING:
        order = ("subject", *order)  # "Romania ordered 54 from the States": a dative is then the supplier
    for role in order:
        options = [part for part in parts if part.role == role and sides.get(role) == side and part.country != taken]
        if options and fires(f"{side}_{role}"):
            return min(options, key=lambda part: part.distance).country, role
    return None, None


def _side_of_roles(predicate: Predicate, *, is_received: bool) -> dict[str, str]:
    """Role -> side of this use of the predicate: its subject's depends on the frame and the voice."""
    sides = dict(read_roles(predicate.predicate))
    if predicate.frame == "nouns":
        acting = sides.get("owner", "actor")
    elif predicate.frame in RECEIVING:
        acting = "counterparty"
    else:
        acting = "actor"
    if predicate.frame == "undergone":
        sides["owner"] = "counterparty"
    other = "counterparty" if acting == "actor" else "actor"
    sides["agent"] = "actor" if predicate.frame in ("nouns", "suffering", "undergone") else acting
    sides["subject"] = other if predicate.is_passive and predicate.frame not in NOUN_FRAMES else acting
    if is_received:
        sides["subject"] = "counterparty"
    return sides


def _find_antecedent(setting: Setting, passage: Passage) -> Part | None:
    """The state that a relative pronoun before the verb stands for: "Lithuania, which received"."""
    tokens, predicate, _, language = setting
    cues, clauses = load_cues(language), passage.clauses
    if predicate.frame in NOUN_FRAMES:
        return None
    for at in range(predicate.first - 1, 0, -1):
        if not clauses.is_same_clause(at, predicate.first):
            return None
        if cues.relatives.longest(tokens, at) is None:
            continue
        role = _read_relative_role(setting, at)
        owners = [m for m in passage.mentions if m.end <= at <= m.end + 2 and m.country and m.kind in STATES]
        if role is None or not owners or any(tokens[i].kind == "word" for i in range(owners[-1].end, at)):
            return None
        return Part(role, predicate.first - at, str(owners[-1].country))
    return None


def _read_relative_role(setting: Setting, at: int) -> str | None:
    """The role of a relative pronoun: its case in Polish, else the subject's when the verb follows it closely."""
    tokens, predicate, _, language = setting
    if language == "pl":
        cases = frozenset().union(*(reading.cases for reading in analyse(tokens[at].text, "pl")))
        return "subject" if "nom" in cases else "recipient" if "dat" in cases else None
    if tokens[at].folded.endswith(("ia", "ora")) and language == "ro":  # "căreia", "cărora"
        return "recipient"
    return "subject" if predicate.first - at <= RELATIVE_GAP else None


RELATIVE_GAP = 4
"""Auxiliaries and adverbs between a relative pronoun and its verb ("which has already received")."""
