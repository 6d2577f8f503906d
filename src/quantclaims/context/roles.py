"""The role of a state in its clause: who acts, receives, owns, where from and where to.

Roles are read from preposition, case and position ("from Iran" is a source, "Ukrainie" a recipient).
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention
from quantclaims.context.predicates import (
    NOUN_FRAMES,
    Predicate,
    is_modifier,
    read_preposition_roles,
)
from quantclaims.lemmas import analyse
from quantclaims.records import Token
from quantclaims.schemas.vocabularies import load_vocabulary

ADJACENT = 2
"""Modifiers between a state and the noun or verb that it belongs to ("Iran's first two deliveries")."""
STATES = frozenset({"party", "adjective", "people", "claimant"})
"""Kinds of mention that stand for a state."""


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


def read_role(setting: Setting, mention: Mention, mentions: Sequence[Mention] = ()) -> str | None:
    """The role of a state towards a predicate, from preposition, case and position; None when it has none."""
    tokens, predicate, counted, language = setting
    counts_event = counted[0] <= predicate.first < counted[1]  # "40 Russian attacks"
    if counted[0] <= mention.first < counted[1] and (mention.kind in ("adjective", "people") or "gen" in mention.cases):
        return "owner" if counts_event else "possessor"
    if predicate.frame in NOUN_FRAMES and is_beside(setting, mention):
        return "owner"
    if _is_whole_of(setting, mention):
        return "possessor"
    allowed = read_preposition_roles(tokens, mention, language)
    if allowed:
        return read_prepositional_role(allowed, mention, predicate, language)
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


def read_prepositional_role(
    allowed: frozenset[str], mention: Mention, predicate: Predicate, language: str
) -> str | None:
    """Which of the roles that a preposition allows a state has, by its case and by what the predicate has sides for."""
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


def is_beside(setting: Setting, mention: Mention) -> bool:
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
