"""Who acts and who is on the other side: each state of the clause plays a role, and the predicate puts roles on sides.

Roles are read from preposition, case and position ("from Iran" is a source, "Ukrainie" a recipient); which side a
role is on is a property of the predicate: schemas/vocabularies/predicates.toml.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.context.attribution import Attribution
from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.context.locating import is_home_capital, list_foreign_places
from quantclaims.context.mentions import Mention
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import (
    NOUN_FRAMES,
    Predicate,
    follows_preposition,
    is_modifier,
    read_preposition_roles,
)
from quantclaims.context.speakers import claimant_type
from quantclaims.lemmas import analyse
from quantclaims.records import Token
from quantclaims.rules import fires
from quantclaims.schemas.vocabularies import load_vocabulary

ADJACENT = 2
"""Modifiers between a state and the noun or verb that it belongs to ("Iran's first two deliveries")."""
MODIFIER_COST = 3
"""A state that only describes the subject ("Russian forces") acts less surely than one that is it."""
TOPIC_REACH = 2
"""Sentences back in which a pronoun's or a dropped subject's state was named."""
RECEIVING = frozenset({"receiving", "suffering", "undergone", "seeking"})
"""Frames whose subject is the other side."""
ACTOR_ORDER = ("agent", "subject", "owner", "source", "possessor", "place")
"""Roles, surest first."""
COUNTERPARTY_ORDER = ("recipient", "subject", "agent", "target", "owner", "source", "companion", "possessor", "place")
STATES = frozenset({"party", "adjective", "people", "claimant"})
"""Kinds of mention that stand for a state."""


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


class Setting(NamedTuple):
    """What the role of a mention is read from."""

    tokens: Sequence[Token]
    predicate: Predicate
    counted: tuple[int, int]
    """Tokens of the quantity, half open: whose things or people they are is said beside the counted noun."""
    language: str


@cache
def read_roles(predicate: str) -> dict[str, str]:
    """Role -> side of a predicate, with the roles that every predicate puts on the same side."""
    details = load_vocabulary("predicates")[predicate].details
    return {"recipient": "counterparty"} | dict(details.get("roles", {}))


@cache
def has_side(predicate: str, side: str) -> bool:
    """Whether a predicate has an actor or a counterparty at all.

    >>> has_side("inflation", "actor"), has_side("inflation", "counterparty")
    (True, False)
    """
    return side in load_vocabulary("predicates")[predicate].details


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
    joined, there = _list_joined(passage, effect), clauses.of[cause]
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
    nouns = [setting._replace(predicate=cause) for cause in causes if cause.frame in NOUN_FRAMES]
    for mention in _list_reachable(passage, setting):
        if mention.country is None or mention.kind not in STATES or not _is_of_state(mention):
            continue
        if _is_home_town(setting.tokens, mention, setting.language):
            continue
        inside = setting.counted[0] <= mention.first < setting.counted[1]
        if not inside and not _is_in_reach(mention, predicate, clauses, setting.counted):
            continue
        if not inside and (
            is_speaker(mention, predicate, passage.attributions) or _ends_name(setting, mention, passage)
        ):
            continue
        if any(_is_beside(noun, mention) for noun in nouns):
            continue
        role = read_role(setting, mention, passage.mentions)
        if role is None:
            continue
        cost = 0 if mention.kind in ("party", "claimant") and "gen" not in mention.cases else MODIFIER_COST
        if role == "subject" and predicate.is_passive and cost:
            role = "possessor"  # "Russian tanks were destroyed"
        yield Part(role, _distance(mention, setting, clauses) + cost, mention.country)


def _is_home_town(tokens: Sequence[Token], mention: Mention, language: str) -> bool:
    """Whether the capital of the readers' own state is a town here: "Tribunalul București", "w Warszawie"."""
    at = mention.first - 1
    if at < 0 or tokens[at].kind != "word" or not is_home_capital(mention, tokens, language):
        return False
    roles, cues = read_preposition_roles(tokens, mention, language), load_cues(language)
    return "place" in roles or not (roles or tokens[at].folded in cues.coordinators | cues.complementizers)


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
        role = _read_prepositional_role(allowed, place, setting.predicate, setting.language)
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


def read_role(setting: Setting, mention: Mention, mentions: Sequence[Mention] = ()) -> str | None:
    """The role of a state towards a predicate, from preposition, case and position; None when it has none."""
    tokens, predicate, counted, language = setting
    counts_event = counted[0] <= predicate.first < counted[1]  # "40 Russian attacks"
    if counted[0] <= mention.first < counted[1] and (mention.kind in ("adjective", "people") or "gen" in mention.cases):
        return "owner" if counts_event else "possessor"
    if predicate.frame in NOUN_FRAMES and _is_beside(setting, mention):
        return "owner"
    if _is_whole_of(setting, mention):
        return "possessor"
    allowed = read_preposition_roles(tokens, mention, language)
    if allowed:
        return _read_prepositional_role(allowed, mention, predicate, language)
    if mention.first == counted[1] and "gen" in mention.cases:
        is_dative = language == "ro" and "possessor" not in read_roles(predicate.predicate)
        return "recipient" if is_dative else "possessor"
    return READERS[language](setting, mention, mentions)


def _is_whole_of(setting: Setting, mention: Mention) -> bool:
    """Whether a share right before is one of a state's people: "46 % of Poles", "46% dintre polonezi"."""
    between = setting.tokens[setting.counted[1] : mention.first]
    shares = load_cues(setting.language).relations
    return (
        mention.kind == "people"
        and len(between) == 1
        and any(kind == "share_of" for _, kind in shares.match(setting.tokens, setting.counted[1]))
    )


def _read_prepositional_role(
    allowed: frozenset[str], mention: Mention, predicate: Predicate, language: str
) -> str | None:
    if language == "pl" and mention.cases:
        allowed = frozenset(role for role in allowed if mention.cases & POLISH_CASES[role])
        if "place" in allowed:
            allowed -= {"target"}  # "w Polsce", not "w Polskę"
    roles = read_roles(predicate.predicate)
    if "agent" in allowed and (language != "ro" or predicate.is_passive or predicate.frame == "nouns"):
        return "agent"
    for role in ("source", "target", "place", "with"):
        name = "companion" if role == "with" else role
        if role in allowed and name in roles:
            return name
    return None


POLISH_CASES = {
    "source": frozenset({"gen"}),
    "target": frozenset({"gen", "acc", "dat"}),
    "agent": frozenset({"acc"}),
    "place": frozenset({"loc"}),
    "with": frozenset({"inst"}),
}
"""The cases that go with a preposition of a role."""


def _is_beside(setting: Setting, mention: Mention) -> bool:
    """Whether a state stands right beside a noun that names the act, and so owns it."""
    tokens, predicate, _, language = setting
    if mention.kind != "adjective" and "gen" not in mention.cases:
        return False
    if mention.end <= predicate.first:
        between = tokens[mention.end : predicate.first]
        if language != "en" and mention.kind != "adjective":
            return False
    else:
        between = tokens[predicate.end : mention.first]
        if language == "en":
            return False
    words = [token for token in between if token.folded not in load_cues(language).glued_articles]
    return len(words) <= ADJACENT and all(token.kind == "word" and is_modifier(token, language) for token in words)


def _read_english_role(setting: Setting, mention: Mention, _: Sequence[Mention]) -> str | None:
    tokens, predicate, language = setting.tokens, setting.predicate, setting.language
    if mention.end <= predicate.first:
        return "subject"
    if "gen" in mention.cases or mention.kind == "adjective":
        return "possessor" if predicate.frame not in NOUN_FRAMES else None
    gap = range(predicate.end, mention.first)
    is_object = len(gap) <= ADJACENT and all(is_modifier(tokens[i], language) for i in gap)
    return "recipient" if is_object and predicate.frame not in NOUN_FRAMES else None


def _read_polish_role(setting: Setting, mention: Mention, mentions: Sequence[Mention]) -> str | None:
    tokens, predicate, _, _ = setting
    before, is_noun = mention.end <= predicate.first, predicate.frame in NOUN_FRAMES
    if mention.kind == "adjective" and not before and predicate.frame == "active" and not predicate.is_passive:
        return "possessor"  # of the object: "zniszczyły rosyjskie czołgi"
    if not mention.cases:
        return "subject" if before else None
    if {"nom", "gen"} <= mention.cases and not before and _follows_noun(tokens, mention, "pl"):
        return None if is_noun else "possessor"  # "na wschodzie Ukrainy", whose plural only the dictionary knows
    if "nom" in mention.cases:
        is_second = not before and "acc" in mention.cases and _has_nominative_before(predicate, mentions)
        return "recipient" if is_second and not is_noun else "subject"
    if "dat" in mention.cases and mention.kind != "adjective" and "gen" not in mention.cases:
        return "recipient"
    if "gen" in mention.cases and _follows_noun(tokens, mention, "pl"):
        return "subject" if before and not is_noun else None if is_noun else "possessor"
    if is_noun or mention.kind == "adjective":
        return None
    return "recipient" if mention.cases & {"acc", "dat"} else None


def _has_nominative_before(predicate: Predicate, mentions: Sequence[Mention]) -> bool:
    return any(m.end <= predicate.first and "nom" in m.cases and m.country for m in mentions)


def _read_romanian_role(setting: Setting, mention: Mention, _: Sequence[Mention]) -> str | None:
    tokens, predicate, language = setting.tokens, setting.predicate, setting.language
    before, is_noun = mention.end <= predicate.first, predicate.frame in NOUN_FRAMES
    if "gen" in mention.cases:
        has_article = mention.first > 0 and tokens[mention.first - 1].folded in load_cues("ro").possessive_articles
        if before and not is_noun:
            return "subject" if _follows_noun(tokens, mention, language) else "recipient"
        if has_article:
            return "owner" if is_noun and not before else "possessor"
        return "source" if predicate.predicate == "purchase" else "recipient"
    if mention.kind == "adjective":
        return "subject" if before else "possessor" if not is_noun else None
    if before:
        return "subject"
    return "recipient" if mention.first == predicate.end and not is_noun else None


READERS = {"en": _read_english_role, "pl": _read_polish_role, "ro": _read_romanian_role}


def _follows_noun(tokens: Sequence[Token], mention: Mention, language: str) -> bool:
    """Whether the word before a genitive can be the noun that it belongs to ("siły Kijowa", "forțele Kievului")."""
    if mention.first == 0 or tokens[mention.first - 1].kind != "word":
        return False
    before = tokens[mention.first - 1]
    if language == "ro":
        cues = load_cues("ro")
        return not (
            cues.predicates.match(tokens, mention.first - 1)
            or before.folded in cues.compound_auxiliaries - cues.possessive_articles
            or before.folded in cues.complementizers
        )
    return any(reading.part in ("noun", "adjective") for reading in analyse(before.text, language))


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
        if read_preposition_roles(tokens, mention, language) or _is_home_town(tokens, mention, language):
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


def _list_joined(passage: Passage, at: int) -> set[int]:
    """The clause of a token and those that it is joined to: they share a subject."""
    clauses = passage.clauses
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
    shared = _list_joined(passage, predicate.first)
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
