"""Numerals that give bounds and no figure: "kilkaset", "zeci de mii", "dozens", "a few thousand".

A plural power of ten alone means one decade ("millions" = 1e6 to 1e7, both ends inclusive, as the contract of the
claims table has it); an indefinite numeral keeps its dictionary's bounds, times the multiplier that follows.
"""

from collections.abc import Sequence
from decimal import Decimal

from quantclaims.numbers.cardinals import ONE, Reading, find_abbreviation_end
from quantclaims.numbers.words import NumberWords
from quantclaims.records import Token


def read_indefinite(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """The indefinite numeral that starts at token ``at``.

    >>> from quantclaims.numbers.words import load_number_words
    >>> from quantclaims.tokens import tokenize
    >>> reading = read_indefinite(tokenize("dziesiątki milionów", "pl"), 0, load_number_words("pl"))
    >>> int(reading.low), int(reading.high)
    (10000000, 100000000)
    """
    for table, rule, wants_multiplier in (
        (words.indefinite, "indefinite", False),
        (words.indefinite_of, "indefinite", True),
        (words.vague, "vague", False),
    ):
        hit = table.longest(tokens, at)
        if hit is not None:
            end, (low, high) = hit
            scaled = _scale(tokens, end, low, high, words, rule)
            if scaled is not None:
                return scaled
            if not wants_multiplier:
                return Reading(_without_partitive(tokens, end, words), low, high, ONE, "magnitude", rule)
    return _read_decade(tokens, at, words)


def read_hundreds_and_some(tokens: Sequence[Token], whole: Reading, words: NumberWords) -> Reading | None:
    """A cardinal and an indefinite numeral that fits below its last word: "sto kilkadziesiąt", "dwadzieścia kilka".

    >>> from quantclaims.numbers.cardinals import read_cardinal
    >>> from quantclaims.numbers.words import load_number_words
    >>> from quantclaims.tokens import tokenize
    >>> tokens, polish = tokenize("sto kilkadziesiąt prac", "pl"), load_number_words("pl")
    >>> reading = read_hundreds_and_some(tokens, read_cardinal(tokens, 0, polish), polish)
    >>> int(reading.low), int(reading.high)
    (120, 199)
    """
    if whole.rule != "spelled" or whole.low != whole.high or whole.end >= len(tokens):
        return None
    hit = words.indefinite.longest(tokens, whole.end)
    if hit is None or hit[0] != whole.end + 1:
        return None
    end, (low, high) = hit
    room = next((Decimal(power) for power in (1000, 100, 10) if whole.low % power == 0), ONE)
    if high >= room:
        return None
    scaled = _scale(tokens, end, whole.low + low, whole.low + high, words, "indefinite")
    return scaled or Reading(end, whole.low + low, whole.low + high, ONE, "magnitude", "indefinite")


def _without_partitive(tokens: Sequence[Token], end: int, words: NumberWords) -> int:
    """Without the "of" that "tens of" and "scores of" are recognised by: it belongs to what is counted."""
    return end - 1 if tokens[end - 1].folded in words.partitive else end


def _read_decade(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    multiplier = words.multipliers.get(tokens[at].folded)
    if multiplier is None or multiplier.form != "plural" or multiplier.value not in DECADES:
        return None
    low, high = multiplier.value, multiplier.value * 10
    scaled = _scale(tokens, at + 1, low, high, words, "vague")
    return scaled or Reading(at + 1, low, high, ONE, "magnitude", "vague")


DECADES = frozenset(Decimal(10) ** power for power in range(1, 19))


def _scale(
    tokens: Sequence[Token], end: int, low: Decimal, high: Decimal, words: NumberWords, rule: str
) -> Reading | None:
    """The bounds times the multipliers that follow: "kilka tysięcy", "sute de mii", "several hundred thousand"."""
    shared = ONE
    for _ in range(2):
        if end >= len(tokens):
            break
        at = end + 1 if tokens[end].folded in words.partitive and end + 1 < len(tokens) else end
        multiplier = words.multipliers.get(tokens[at].folded)
        if multiplier is None:
            break
        shared *= multiplier.value
        end = find_abbreviation_end(tokens, at, multiplier)
        if multiplier.collective:
            break
    if shared == ONE:
        return None
    return Reading(end, low * shared, high * shared, shared, "magnitude", rule)
