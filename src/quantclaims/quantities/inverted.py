"""The counted noun that Polish puts before its number, in the genitive: "Osób było dwanaście", "miejsc tylko osiem".

Such a noun opens its clause, for no preposition, verb or other noun governs it.
"""

from collections.abc import Sequence

from quantclaims.lemmas import analyse
from quantclaims.quantities.agreement import Wanted, adjective_cases, is_function_word, noun_readings
from quantclaims.quantities.elisions import is_waiting
from quantclaims.quantities.nouns import load_nouns
from quantclaims.quantities.readings import Context, Reading
from quantclaims.quantities.units import read_unit
from quantclaims.records import Token
from quantclaims.rules import fires

RULE = "noun_before_number"
REACH = 7
"""Tokens between the noun and its number: a verb, adverbs, a place."""
GENITIVE = Wanted(frozenset({"pl"}), frozenset({"gen"}))


def fill_inverted(context: Context, readings: list[Reading]) -> list[Reading]:
    """The readings, with the noun that opens the clause given to the bare number that follows it."""
    if context.language != "pl" or not fires(RULE):
        return readings
    filled: list[Reading] = []
    for reading in readings:
        floor = filled[-1].end if filled else 0
        filled.append(_fill(context, reading, floor) if is_waiting(context, reading) else reading)
    return filled


def _fill(context: Context, reading: Reading, floor: int) -> Reading:
    tokens = context.tokens
    if reading.number.kind not in ("cardinal", "range", "magnitude"):
        return reading
    start = _clause_start(tokens, reading.first, floor)
    at = _find_genitive(tokens, start, reading.first)
    if at is None or reading.first - at - 1 > REACH or _has_rival(tokens, at + 1, reading.first):
        return reading
    unit = read_unit(tokens, at, "pl")
    lemma = unit.lemma if unit is not None else noun_readings(tokens[at].text, GENITIVE)[0].lemma
    rules = (*reading.rules, RULE)
    return reading._replace(head=(at, at + 1), lemma=lemma, unit=unit.code if unit else "1", rules=rules)


def _clause_start(tokens: Sequence[Token], end: int, floor: int) -> int:
    """The token after the last mark or conjunction before a number."""
    conjunctions = load_nouns("pl").conjunctions | {"a", "ale", "zaś"}
    at = end
    while at > floor and tokens[at - 1].kind == "word" and tokens[at - 1].folded not in conjunctions:
        at -= 1
    return at


def _find_genitive(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """The noun in the genitive plural that opens a clause, perhaps after adjectives and adverbs."""
    for at in range(start, end):
        token = tokens[at]
        if is_function_word(token):
            return None
        readings = noun_readings(token.text, GENITIVE)
        if readings and not any("nom" in reading.cases for reading in analyse(token.text, "pl")):
            return at
        parts = {reading.part for reading in analyse(token.text, "pl")}
        if not adjective_cases(token.text, GENITIVE) and not parts <= {"adverb", "particle"}:
            return None
    return None


def _has_rival(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a noun that no preposition takes stands between, which the number may count or which governs it."""
    governed = False
    for token in tokens[start:end]:
        parts = {reading.part for reading in analyse(token.text, "pl")}
        if "preposition" in parts:
            governed = True
        elif parts & {"noun", "proper"} and not parts & {"verb", "adverb", "particle", "adjective", "participle"}:
            if not governed:
                return True
            governed = False
    return False
