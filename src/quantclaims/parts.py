"""Parts of one and mixed numbers: "pół", "dwie trzecie", "3/4", "2½", "one and a half", "două milioane și jumătate"."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from quantclaims.cardinals import ONE, THOUSAND, Reading, is_numeral_here, read_cardinal
from quantclaims.figures import is_glued, read_figure, read_proper_fraction
from quantclaims.numberwords import NumberWords
from quantclaims.records import Token

MIXED_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64})
"""Parts printed after a whole number: "2 1/2 inches"."""


def read_part(tokens: Sequence[Token], at: int, words: NumberWords, *, joined: bool = False) -> Reading | None:
    """The part that starts at token ``at``, with the multiplier it is a part of ("pół miliona" is 500000).

    After a whole number and "and" (``joined``), the context that a bare part needs is given.

    >>> from quantclaims.numberwords import load_number_words
    >>> from quantclaims.tokens import tokenize
    >>> read_part(tokenize("three quarters of a million", "en"), 0, load_number_words("en")).low
    Decimal('750000.00')
    """
    found = (
        _read_glyph(tokens, at)
        or read_proper_fraction(tokens, at)
        or _read_numerator(tokens, at, words, joined)
        or _read_named(tokens, at, words, joined)
    )
    if found is None:
        return None
    end, value = found
    scaled = _scale(tokens, end, value, words)
    if scaled is not None:
        return scaled
    kind = "fraction" if value < 1 else "cardinal"
    return Reading(end, value, value, ONE, kind, "part")


def _read_glyph(tokens: Sequence[Token], at: int) -> tuple[int, Decimal] | None:
    """ "½" and its like, one code point."""
    text = tokens[at].text
    if len(text) != 1 or "/" not in unicodedata.normalize("NFKC", text).replace("⁄", "/"):
        return None
    numerator, _, denominator = unicodedata.normalize("NFKC", text).replace("⁄", "/").partition("/")
    if not (numerator.isascii() and numerator.isdigit() and denominator.isdigit() and int(denominator)):
        return None
    return at + 1, Decimal(numerator) / Decimal(denominator)


def _read_numerator(tokens: Sequence[Token], at: int, words: NumberWords, joined: bool) -> tuple[int, Decimal] | None:
    """ "Two thirds", "o treime", "trzy czwarte": numerator, perhaps a hyphen, denominator."""
    numerator = _numerator(tokens, at, words)
    below = at + 1
    if numerator is None:
        return None
    if below < len(tokens) and tokens[below].text == "-" and is_glued(tokens, below) and is_glued(tokens, below + 1):
        below += 1
    denominator, plural = (
        words.denominators.get(tokens[below].folded, (0, False)) if below < len(tokens) else (0, False)
    )
    if not denominator or plural != (numerator > 1) or numerator >= denominator:
        return None
    end = below + 1
    hyphened = end < len(tokens) and tokens[end].text == "-" and is_glued(tokens, end)
    if hyphened or (not joined and words.language == "en" and not _names_part(tokens, at, end, words)):
        return None
    return end, Decimal(numerator) / Decimal(denominator)


def _numerator(tokens: Sequence[Token], at: int, words: NumberWords) -> int | None:
    folded = tokens[at].folded
    value = words.cardinals.get(folded, 0)
    if tokens[at].kind == "digits" and len(folded) <= 3:
        return int(folded) or None
    for number, forms in words.numerators.items():
        if folded in forms:
            return number
    if value in words.numerators or not 1 < value < 100 or not is_numeral_here(tokens, at, words):
        return None
    return value


AFTER_PART = frozenset(
    {"of", "off", "more", "less", "fewer", "higher", "lower", "as", "to", "from", "in", "are", "were"}
)


def _names_part(tokens: Sequence[Token], at: int, end: int, words: NumberWords) -> bool:
    """English "a third of", not "a third attack"; "one half", "two thirds" always."""
    if tokens[at].folded not in words.articles:
        return not (tokens[end - 1].folded == "second" and words.language == "en")
    if end >= len(tokens) or tokens[end].kind == "mark":
        return True
    return tokens[end].folded in AFTER_PART


def _read_named(tokens: Sequence[Token], at: int, words: NumberWords, joined: bool) -> tuple[int, Decimal] | None:
    """ "Half the men", "pół miliona", "jumătate din": words that name a part by themselves."""
    first = at + 1 if joined and tokens[at].folded in words.articles and at + 1 < len(tokens) else at
    hit = words.parts.longest(tokens, at) or words.parts.longest(tokens, first)
    if hit is None:
        return None
    end, value = hit
    if joined or value > 1 or (end < len(tokens) and _multiplies(tokens, end, words)):
        return hit
    if end < len(tokens) and tokens[end].text == "-":
        return None
    if at and (tokens[at - 1].folded in words.part_after_not or tokens[at - 1].folded in words.ordinals):
        return None
    if words.part_before and (end >= len(tokens) or tokens[end].folded not in words.part_before):
        return hit if end - at == len(tokens) or (at and tokens[at - 1].folded in {"by"}) else None
    return hit


def _multiplies(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    return _find_multiplier(tokens, at, words) is not None


def _find_multiplier(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[int, Decimal] | None:
    """The multiplier that a part is of, past "of a", "de", "a" and hyphens: its end and value."""
    for _ in range(4):
        if at >= len(tokens):
            return None
        token = tokens[at]
        multiplier = words.multipliers.get(token.folded)
        if multiplier is not None:
            past = at + 1
            stops = multiplier.form == "abbreviation" and past < len(tokens) and tokens[past].text == "."
            if multiplier.form == "plural" and words.language != "ro":
                return None
            return (past + 1 if stops and multiplier.owns_stop else past), multiplier.value
        if token.folded not in words.partitive and token.folded not in words.articles and token.text != "-":
            return None
        at += 1
    return None


def _scale(tokens: Sequence[Token], end: int, value: Decimal, words: NumberWords) -> Reading | None:
    hit = _find_multiplier(tokens, end, words)
    if hit is None:
        return None
    end, multiplier = hit
    scaled = (value * multiplier).quantize(Decimal("0.000001"))
    return Reading(end, scaled, scaled, multiplier, "cardinal", "part_magnitude")


def read_mixed(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """A whole number and a part: "2½", "2 1/2", "dwa i pół miliona", "a million and a half"."""
    whole = read_cardinal(tokens, at, words, joined=False) or _read_one(tokens, at, words)
    if whole is None or whole.kind != "cardinal" or whole.end >= len(tokens):
        return None
    part = _read_attached(tokens, whole, words)
    if part is None:
        return None
    if whole.multiplier >= THOUSAND and part.rule == "part":
        value = whole.low + part.low * whole.multiplier
        return Reading(part.end, value, value, whole.multiplier, "cardinal", "mixed")
    if part.rule == "part_magnitude" and whole.multiplier == ONE:
        value = whole.low * part.multiplier + part.low
        return Reading(part.end, value, value, part.multiplier, "cardinal", "mixed")
    value = whole.low + part.low
    return Reading(part.end, value, value, ONE, "cardinal", "mixed")


def _read_one(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """ "O dată și jumătate" has no number; "un milion" is read as a cardinal: the bare article is not one."""
    return None


def _read_attached(tokens: Sequence[Token], whole: Reading, words: NumberWords) -> Reading | None:
    """The part that belongs to the whole number before it."""
    at = whole.end
    if tokens[at].folded in words.joiner and at + 1 < len(tokens):
        part = read_part(tokens, at + 1, words, joined=True)
        if part is not None and tokens[at + 1].kind == "digits" and tokens[at + 2].text != "/":
            return None
        return _plural_tail(tokens, part, words) if part and part.low < max(ONE, part.multiplier) else None
    glyph = _read_glyph(tokens, at)
    if glyph is not None:
        return _plural_tail(tokens, Reading(glyph[0], glyph[1], glyph[1], ONE, "fraction", "part"), words)
    fraction = read_proper_fraction(tokens, at) if tokens[at - 1].kind == "digits" else None
    if fraction is not None and int(tokens[at + 2].text) in MIXED_DENOMINATORS and whole.multiplier == ONE:
        return _plural_tail(tokens, Reading(fraction[0], fraction[1], fraction[1], ONE, "fraction", "part"), words)
    return None


def _plural_tail(tokens: Sequence[Token], part: Reading, words: NumberWords) -> Reading:
    """ "Două și jumătate milioane", "dwa i pół miliona", "2½ million": the multiplier of the whole."""
    if part.rule == "part_magnitude":
        return part
    return _scale(tokens, part.end, part.low, words) or part


def read_figure_glyph(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether a figure is followed by a glued glyph ("2½")."""
    figure = read_figure(tokens, at, words)
    return figure is not None and figure.end < len(tokens) and _read_glyph(tokens, figure.end) is not None
