"""Which quantities are figures that somebody claims: those that say how many or how much."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.context.denials import is_negated_object
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import follows_preposition
from quantclaims.context.scope import NOT_VOUCHING
from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.quantities.symbols import DURATIONS
from quantclaims.records import Quantity, Token
from quantclaims.tokens import fold

OLDEST = 120
"""Years that nobody's age exceeds."""


class Ages(NamedTuple):
    """How a language says that a time is somebody's age."""

    before: PhraseTable[None]
    after: PhraseTable[None]
    people: PhraseTable[None]
    """Nouns after which "of 44 years" is an age, not how long something lasts."""
    of: PhraseTable[None]
    """The prepositions between the two: "un bărbat de 44 de ani", but "condamnat un bărbat la șase ani"."""


@cache
def load_ages(language: str) -> Ages:
    """The words of ages, from ``[context.ages]``."""
    table = load_language(language)["context"]["ages"]
    return Ages(
        *(PhraseTable([(phrase, None) for phrase in table[field]], language, inflect=True) for field in Ages._fields)
    )


def is_claimed(quantity: Quantity, passage: Passage, language: str) -> bool:
    """Whether a quantity states how many or how much.

    A bare number, "three times", "the two countries", "one thing", "from one province", somebody's age, the hours of
    "in the last 24 hours", the months of "in six months" and the "two officials" who speak do not.
    """
    tokens = passage.sentence.tokens
    if quantity.lemma is None and quantity.unit == "1":
        return False
    if _is_word(quantity, tokens, language) or is_age(quantity, tokens, language):
        return False
    if quantity.unit in DURATIONS and (_is_dated(quantity, passage) or _is_frame(quantity, tokens, language)):
        return False
    if _is_denied(passage, quantity, language) or is_negated_object(passage, quantity, language):
        return False
    speakers = [a.speaker for a in passage.attributions]
    return not any(s.first < quantity.last_token and quantity.first_token < s.end for s in speakers)


def _is_word(quantity: Quantity, tokens: Sequence[Token], language: str) -> bool:
    """Whether a numeral is one by its form only: "three times", "one thing", "the two sides"."""
    cues = load_cues(language)
    lemma = fold(quantity.lemma, language) if quantity.lemma else None
    if lemma in cues.occasions or (quantity.value == 1 and lemma in cues.uncounted):
        return True
    if quantity.value == 2 and lemma in cues.pair_nouns:
        return True
    is_one = quantity.value == 1 and "spelled" in quantity.rules
    return is_one and follows_preposition(tokens, quantity.first_token, language)


def is_age(quantity: Quantity, tokens: Sequence[Token], language: str) -> bool:
    """Whether a time is how old a person is: "aged 65", "37-letni", "un bărbat de 44 de ani", "the coach, 49,"."""
    first, last = quantity.first_token, quantity.last_token
    if quantity.unit == "1" and quantity.head_start is None:
        return _is_apposed(tokens, first, last) and 0 < (quantity.value or 0) < OLDEST
    if quantity.unit not in ("a", "mo"):
        return False
    ages = load_ages(language)
    if "unit_adjective" in quantity.rules or ages.after.longest(tokens, last) is not None:
        return True
    ends = (at for at in range(max(0, first - AGE_REACH), first) if _ends_at(ages.before, tokens, at, first))
    return next(ends, None) is not None or _follows_person(ages, tokens, first)


AGE_REACH = 3
"""Words before a time among which those that make it an age begin."""


def _ends_at(table: PhraseTable[Any], tokens: Sequence[Token], at: int, end: int) -> bool:
    return any(stop == end for stop, _ in table.match(tokens, at))


def _follows_person(ages: Ages, tokens: Sequence[Token], first: int) -> bool:
    """Whether the noun before a time and its preposition is a person."""
    return first >= 2 and bool(ages.of.match(tokens, first - 1)) and bool(ages.people.match(tokens, first - 2))


def _is_apposed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a bare figure stands between commas after a name."""
    if first < 2 or last >= len(tokens):
        return False
    name, opening, closing = tokens[first - 2], tokens[first - 1], tokens[last]
    return name.kind == "word" and name.text[0].isupper() and opening.text == "," and closing.text in (",", ")")


def _is_dated(quantity: Quantity, passage: Passage) -> bool:
    """Whether a time is part of a date: "in the last 24 hours", "the first nine months of the year"."""
    return any(
        date.first_token <= quantity.first_token and quantity.last_token <= date.last_token for date in passage.dates
    )


def _is_frame(quantity: Quantity, tokens: Sequence[Token], language: str) -> bool:
    """Whether a time only says within how long something else came about: "in six months", "w pół roku"."""
    first = quantity.first_token
    frames = load_cues(language).time_frames
    return any(_ends_at(frames, tokens, at, first) for at in range(max(0, first - FRAME_REACH), first))


FRAME_REACH = 3
"""Words of the longest phrase that makes a time a frame."""


def _is_denied(passage: Passage, quantity: Quantity, language: str) -> bool:
    """Whether a verb of denying or of not saying takes the figure's clause: then nobody claims the figure."""
    tokens, complementizers = passage.sentence.tokens, load_cues(language).complementizers
    before = [a for a in passage.attributions if a.end <= quantity.first_token]
    if not before or before[-1].kind not in NOT_VOUCHING:
        return False
    between = range(before[-1].end, quantity.first_token)
    opening = next((i for i in between if tokens[i].folded in complementizers), None)
    return opening is not None and passage.clauses.is_same_clause(opening, quantity.first_token)
