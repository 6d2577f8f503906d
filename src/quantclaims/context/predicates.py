"""What is said of the counted thing, and who does it to whom.

The predicate is the nearest governing verb or noun. Its frame says which party is which: the subject of "deliver"
acts, the subject of "receive" is the other side; "from" names the supplier, "to" the recipient.
"""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention
from quantclaims.lemmas import analyse
from quantclaims.records import Token

NOUN_COST = 2
"""A verb in reach governs before a noun that stands as near."""
RIGHT_COST = 3
"""Governors stand before what they govern more often than after."""
REACH = 40
"""Farther than this a word governs nothing; about two clauses."""

PLACE_IS_COUNTERPARTY = frozenset({"strike", "destruction", "casualties", "interception"})
"""Predicates whose place names who suffers them ("struck targets in Ukraine")."""
SOURCE_IS_ACTOR = frozenset({"transfer", "aid", "sale", "purchase", "payment", "launch"})
TARGET_IS_COUNTERPARTY = frozenset({"transfer", "aid", "sale", "purchase", "payment", "strike", "launch", "deployment"})


class Predicate(NamedTuple):
    """A word that can govern a quantity, at tokens ``first`` to ``end``."""

    first: int
    end: int
    predicate: str
    frame: str
    """``nouns``, ``active``, ``receiving`` or ``suffering``."""
    is_passive: bool


class Parties(NamedTuple):
    """ISO 3166-1 alpha-3 of both sides, with the rule that found each."""

    actor: str | None
    counterparty: str | None
    rules: tuple[str, ...]


def find_predicates(tokens: Sequence[Token], language: str) -> list[Predicate]:
    """Every predicate word of a sentence; a word of two senses appears once for each."""
    table = load_cues(language).predicates
    found = []
    for first in range(len(tokens)):
        hits = table.match(tokens, first)
        longest = hits[0][0] if hits else 0
        for end, (predicate, frame) in hits:
            if end == longest and _fits_frame(tokens[first], frame, language):
                found.append(Predicate(first, end, predicate, frame, _is_passive(tokens, first, language)))
    return found


def _fits_frame(token: Token, frame: str, language: str) -> bool:
    """Whether the word form can be the verb or noun that the frame wants."""
    if language == "ro":
        return True
    parts = {reading.part for reading in analyse(token.text, language)}
    if frame == "nouns":
        return bool(parts & {"noun", "adjective", "participle", "unknown"})
    return bool(parts & {"verb", "participle", "noun", "unknown"}) if language == "en" else bool(parts - {"noun"})


def _is_passive(tokens: Sequence[Token], at: int, language: str) -> bool:
    if language == "pl" and any(reading.part == "participle" for reading in analyse(tokens[at].text, "pl")):
        return True
    return any(token.folded in load_cues(language).passive_auxiliaries for token in tokens[max(0, at - 2) : at])


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
            + (NOUN_COST if predicate.frame == "nouns" else 0)
            + (RIGHT_COST if predicate.first >= end else 0)
        )

    outside = [p for p in predicates if p.end <= first or p.first >= end]
    ranked = sorted((p for p in outside if cost(p) <= REACH), key=cost)
    own = [p for p in predicates if counted is not None and p.first <= counted < p.end and p.frame == "nouns"]
    if not ranked:
        return own
    nearest = ranked[0]
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
            if hits and (nouns_may_stand_between or all(_is_modifier(t, language) for t in between)):
                return frozenset(hits)
    return frozenset()


def _is_modifier(token: Token, language: str) -> bool:
    if token.folded in load_cues(language).articles:
        return True
    return any(r.part in ("adjective", "participle") for r in analyse(token.text, language))


def read_role(tokens: Sequence[Token], mention: Mention, predicate: Predicate, language: str) -> str | None:
    """The role of a party towards a predicate, from preposition, case and position; None when it has none."""
    allowed = read_preposition_roles(tokens, mention, language)
    if allowed:
        return _prepositional_role(allowed, mention, predicate, language)
    before = mention.end <= predicate.first
    if mention.kind == "adjective" and not before and predicate.frame == "active" and not predicate.is_passive:
        return "possessor"  # of the object: "hit Russian targets"
    oblique = bool(mention.cases) and "nom" not in mention.cases
    if language == "pl" and oblique:
        if predicate.frame == "nouns":
            return "owner" if "gen" in mention.cases and mention.first == predicate.end else None
        return "recipient" if "dat" in mention.cases and mention.kind != "adjective" else None
    if language == "ro" and oblique:  # before a noun it goes with the verb: "a acordat Ucrainei ajutor"
        return "owner" if predicate.frame == "nouns" and not before else "recipient"
    if language == "en" and "gen" in mention.cases:
        return "owner" if before and predicate.frame == "nouns" else None
    if before or (language == "pl" and "nom" in mention.cases):
        return "subject"
    return "recipient" if mention.first == predicate.end and predicate.frame != "nouns" else None


def _prepositional_role(allowed: frozenset[str], mention: Mention, predicate: Predicate, language: str) -> str | None:
    if language == "pl" and mention.cases:
        wanted = {"source": "gen", "target": "gen", "agent": "acc", "place": "loc", "with": "inst"}
        allowed = frozenset(role for role in allowed if wanted[role] in mention.cases)
    if "place" in allowed and predicate.predicate in PLACE_IS_COUNTERPARTY:
        return "place"
    for role in ("agent", "source", "target", "place", "with"):
        if role in allowed:
            return role
    return None


def assign_parties(
    tokens: Sequence[Token],
    predicate: Predicate,
    mentions: Sequence[Mention],
    clauses: Clauses,
    language: str,
    counted: tuple[int, int],
) -> Parties:
    """Who acts and who is on the other side of a predicate, from the parties of its clause.

    ``counted`` is the token span of the quantity: a state's adjective inside it owns the counted thing.
    """
    roles: dict[str, tuple[int, str]] = {}
    for mention in mentions:
        if mention.country is None or mention.kind in ("person", "institution", "office"):
            continue
        if counted[0] <= mention.first < counted[1] and mention.kind == "adjective":
            role: str | None = "possessor"
        elif not _is_in_reach(mention, predicate, clauses, counted):
            continue
        else:
            role = read_role(tokens, mention, predicate, language)
        if role is None:
            continue
        distance = clauses.distance(mention.first, predicate.first)
        if role not in roles or distance < roles[role][0]:
            roles[role] = (distance, mention.country)
    return _map_roles({role: country for role, (_, country) in roles.items()}, predicate)


def _is_in_reach(mention: Mention, predicate: Predicate, clauses: Clauses, counted: tuple[int, int]) -> bool:
    anchors = [i for i in (predicate.first, counted[0]) if i < len(clauses.cost)]
    return any(clauses.is_same_clause(mention.first, anchor) for anchor in anchors)


def _first(roles: dict[str, str], *names: str) -> tuple[str | None, str | None]:
    for name in names:
        if name in roles:
            return roles[name], name
    return None, None


def _map_roles(roles: dict[str, str], predicate: Predicate) -> Parties:
    """Roles to sides, by the predicate's frame."""
    if predicate.predicate == "distance":
        return Parties(None, None, ())
    actor, actor_role = _first(roles, *_acting_roles(predicate))
    counterparty, other_role = _first(roles, *_receiving_roles(predicate))
    if counterparty == actor:
        counterparty, other_role = None, None
    rules = [f"actor_{actor_role}"] if actor_role else []
    rules += [f"counterparty_{other_role}"] if other_role else []
    return Parties(actor, counterparty, tuple(rules))


def _acting_roles(predicate: Predicate) -> list[str]:
    """Roles whose party acts, surest first."""
    kind = predicate.predicate
    acts = predicate.frame in ("active", "nouns") and not predicate.is_passive and kind != "purchase"
    roles = ["agent", "subject"] if acts else ["agent"]
    if kind in SOURCE_IS_ACTOR:
        roles.append("source")
    if predicate.frame == "nouns" and kind != "purchase":
        roles.append("owner")
    return roles


def _receiving_roles(predicate: Predicate) -> list[str]:
    """Roles whose party is the other side, surest first."""
    kind = predicate.predicate
    if kind == "recognition":
        return []
    roles = ["subject", "owner"] if predicate.frame in ("receiving", "suffering") or kind == "purchase" else []
    roles.append("recipient")
    if kind in TARGET_IS_COUNTERPARTY:
        roles.append("target")
    if kind in PLACE_IS_COUNTERPARTY:
        roles += ["possessor", "place"]
    elif kind in TARGET_IS_COUNTERPARTY:
        roles.append("place")
    return roles
