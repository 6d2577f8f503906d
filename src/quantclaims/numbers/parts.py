"""Parts of one and mixed numbers: "pół", "dwie trzecie", "3/4", "2½", "one and a half", "două milioane și jumătate"."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from quantclaims.numbers.cardinals import (
    HYPHENS,
    ONE,
    THOUSAND,
    Reading,
    find_abbreviation_end,
    is_numeral_here,
    read_cardinal,
)
from quantclaims.numbers.figures import is_glued, read_proper_fraction
from quantclaims.numbers.words import NumberWords
from quantclaims.records import Token

MIXED_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64})
"""Parts printed after a whole number: "2 1/2 inches"."""
MILLIONTH = Decimal("0.000001")
"""A third of a million is rounded here: no text counts finer."""

Part = tuple[int, Decimal]


def read_part(tokens: Sequence[Token], at: int, words: NumberWords, *, joined: bool = False) -> Reading | None:
    """The part that starts at token ``at``, with the multiplier it is a part of ("pół miliona" is 500000).

    After a whole number and "and" (``joined``) the part needs no context of its own.

    >>> from quantclaims.numbers.words import load_number_words
    >>> from quantclaims.tokens import tokenize
    >>> int(read_part(tokenize("three quarters of a million", "en"), 0, load_number_words("en")).low)
    750000
    """
    found = (
        _read_glyph(tokens, at)
        or read_proper_fraction(tokens, at)
        or _read_numerator(tokens, at, words, joined)
        or words.parts.longest(tokens, at)
        or _read_part_noun(tokens, at, words, joined)
    )
    return _scale(tokens, *found, words) if found is not None else None


def _read_glyph(tokens: Sequence[Token], at: int) -> Part | None:
    """One code point such as "½"."""
    if at >= len(tokens) or len(tokens[at].text) != 1 or tokens[at].text.isascii():
        return None
    numerator, slash, denominator = unicodedata.normalize("NFKC", tokens[at].text).partition("⁄")
    if not slash or not numerator.isdecimal() or not denominator.isdecimal() or not int(denominator):
        return None
    return at + 1, Decimal(numerator) / Decimal(denominator)


def _read_numerator(tokens: Sequence[Token], at: int, words: NumberWords, joined: bool) -> Part | None:
    """Numerator, perhaps a hyphen, denominator: "two thirds", "one-fifth", "o treime", "trzy czwarte"."""
    numerator = _numerator(tokens, at, words)
    if numerator is None:
        return None
    hyphen = is_glued(tokens, at + 1) and is_glued(tokens, at + 2) and tokens[at + 1].text in HYPHENS
    below = at + 2 if hyphen else at + 1
    word = tokens[below].folded if below < len(tokens) else ""
    denominator, plural = words.denominators.get(word, (0, False))
    if numerator >= denominator or plural != (numerator > 1):
        return None
    named = joined or _names_part(tokens, at, below + 1, words)
    return (below + 1, Decimal(numerator) / Decimal(denominator)) if named else None


def _numerator(tokens: Sequence[Token], at: int, words: NumberWords) -> int | None:
    token = tokens[at]
    if token.kind == "digits":
        return int(token.text) if len(token.text) <= 3 and int(token.text) else None
    for number, forms in words.numerators.items():
        if token.folded in forms:
            return number
    value = words.cardinals.get(token.folded, 0)
    listed = value in words.numerators or not 1 < value < 100
    return None if listed or not is_numeral_here(tokens, at, words) else value


def _names_part(tokens: Sequence[Token], at: int, end: int, words: NumberWords) -> bool:
    """Whether a part is meant: not "a third attack", "the one hundredth day" or "one third-party"."""
    following = tokens[end] if end < len(tokens) else None
    if following is not None and following.text in HYPHENS and is_glued(tokens, end):
        return False
    before = words.grammar["article_part_before"]
    led = at > 0 and tokens[at - 1].folded in words.grammar["article_part_after"]
    ordinal_large = words.denominators[tokens[end - 1].folded] in ((100, False), (1000, False))
    if not before or not (tokens[at].folded in words.articles or ordinal_large) or (led and not ordinal_large):
        return True
    if following is None or following.kind == "mark":
        return not ordinal_large
    return following.folded in before


def _read_part_noun(tokens: Sequence[Token], at: int, words: NumberWords, joined: bool) -> Part | None:
    """A noun that names a part where the words around it allow: "half the men", "połowa", not "the first half"."""
    if joined and tokens[at].folded in words.articles and at + 1 < len(tokens):
        hit = words.part_nouns.longest(tokens, at) or words.part_nouns.longest(tokens, at + 1)
    else:
        hit = words.part_nouns.longest(tokens, at)
    if hit is None or joined or _find_multiplier(tokens, hit[0], words) is not None:
        return hit
    before, grammar = tokens[at - 1].folded if at else "", words.grammar
    if before in grammar["part_noun_not_after"] or before in words.ordinals or before in words.articled_ordinals:
        return None
    following = tokens[hit[0]].folded if hit[0] < len(tokens) else ""
    wanted = grammar["part_noun_before"]
    return hit if not wanted or following in wanted or not (before or following) else None


def _find_multiplier(tokens: Sequence[Token], at: int, words: NumberWords) -> Part | None:
    """The multiplier that a part is of, past "of a", "de" and hyphens: its end and value."""
    for past in range(at, min(at + 4, len(tokens))):
        token = tokens[past]
        multiplier = words.multipliers.get(token.folded)
        if multiplier is not None:
            if multiplier.form == "plural" and not words.partitive_multiplies:
                return None
            return find_abbreviation_end(tokens, past, multiplier), multiplier.value
        if token.folded not in words.partitive and token.folded not in words.articles and token.text not in HYPHENS:
            return None
    return None


def _scale(tokens: Sequence[Token], end: int, value: Decimal, words: NumberWords) -> Reading:
    """The part as a reading, times the multiplier that it is a part of."""
    hit = _find_multiplier(tokens, end, words)
    if hit is None:
        return Reading(end, value, value, ONE, "fraction" if value < 1 else "cardinal", "part")
    scaled = (value * hit[1]).quantize(MILLIONTH)
    return Reading(hit[0], scaled, scaled, hit[1], "cardinal", "part_magnitude")


def read_mixed(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """A whole number and a part: "2½", "2 1/2", "dwa i pół miliona", "a million and a half".

    >>> from quantclaims.numbers.words import load_number_words
    >>> from quantclaims.tokens import tokenize
    >>> int(read_mixed(tokenize("a million and a half", "en"), 0, load_number_words("en")).low)
    1500000
    """
    whole = read_cardinal(tokens, at, words, joined=False)
    if whole is None or whole.kind != "cardinal" or whole.end >= len(tokens):
        return None
    part = _read_attached(tokens, whole, words)
    if part is None:
        return None
    value, multiplier = whole.low + part.low, ONE
    if whole.multiplier >= THOUSAND and part.rule == "part":
        value, multiplier = whole.low + part.low * whole.multiplier, whole.multiplier
    elif part.rule == "part_magnitude" and whole.multiplier == ONE:
        value, multiplier = whole.low * part.multiplier + part.low, part.multiplier
    return Reading(part.end, value, value, multiplier, "cardinal", "mixed")


def _read_attached(tokens: Sequence[Token], whole: Reading, words: NumberWords) -> Reading | None:
    """The part that belongs to the whole number before it."""
    at = whole.end
    if tokens[at].folded in words.joiner and at + 1 < len(tokens) and tokens[at + 1].kind != "digits":
        part = read_part(tokens, at + 1, words, joined=True)
        return part if part is not None and part.low < part.multiplier else None
    glyph = _read_glyph(tokens, at)
    if glyph is not None:
        return _scale(tokens, *glyph, words)
    fraction = read_proper_fraction(tokens, at) if tokens[at - 1].kind == "digits" else None
    if fraction is None or whole.multiplier != ONE or int(tokens[at + 2].text) not in MIXED_DENOMINATORS:
        return None
    return _scale(tokens, *fraction, words)
