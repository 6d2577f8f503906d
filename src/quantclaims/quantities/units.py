"""Units of measure and money beside a number: UCUM (https://ucum.org/ucum) and ISO 4217 codes.

Words of a language stand in its table under ``[quantities.units]``; symbols that all languages share in unit_symbols.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.quantities.currencies import list_currency_names
from quantclaims.quantities.symbols import (
    CURRENCY_SIGNS,
    DEGREE_MARKS,
    DEGREES,
    DURATIONS,
    SIGN_COUNTRIES,
    SYMBOLS,
)
from quantclaims.records import Token
from quantclaims.tokens import CURRENCY_CODES, fold


class Unit(NamedTuple):
    """A unit as printed: ``code`` is UCUM or ISO 4217, the tokens are half open."""

    code: str
    first: int
    end: int
    lemma: str
    rule: str


class UnitWords(NamedTuple):
    """The unit vocabulary of a language, ready to match."""

    units: PhraseTable[tuple[str, str]]
    adjectives: PhraseTable[tuple[str, str]]
    rates: PhraseTable[str]
    per: PhraseTable[None]
    never: PhraseTable[None]
    not_followed: frozenset[str]
    large: frozenset[str]
    senses: dict[str, tuple[str, frozenset[str]]]
    """Unit -> the other unit of the same name, and the words that call for it."""
    lemmas: dict[str, str]


@cache
def load_units(language: str) -> UnitWords:
    """The unit tables of a language."""
    table: dict[str, Any] = load_language(language)["quantities"]
    rates = table["rates"]
    units = [(form, (code, forms[0])) for code, forms in table["units"].items() for form in forms]
    units += list_currency_names(language)
    adjectives = [(form, (code, form)) for code, forms in table.get("unit_adjectives", {}).items() for form in forms]
    return UnitWords(
        PhraseTable(units, language, inflect=True),
        PhraseTable(adjectives, language, inflect=True),
        PhraseTable([(form, code) for code, forms in rates["adverbs"].items() for form in forms], language),
        PhraseTable([(form, None) for form in rates["per"]], language),
        PhraseTable([(form, None) for form in rates["never"]], language),
        frozenset(fold(word, language) for word in rates["not_followed"]),
        frozenset(table["ambiguous_units"]["only_large"]),
        {
            code: (sense["unit"], frozenset(fold(word, language) for word in sense["words"]))
            for code, sense in table["ambiguous_units"]["senses"].items()
        },
        {code: forms[0] for code, forms in table["units"].items() if forms},
    )


def is_money(code: str) -> bool:
    """Whether a unit is a currency.

    >>> is_money("EUR"), is_money("km")
    (True, False)
    """
    return len(code) == 3 and code.isalpha() and code.isupper()


def read_unit(tokens: Sequence[Token], at: int, language: str) -> Unit | None:
    """The unit that starts at token ``at``, as the longest name the tables know.

    >>> from quantclaims.tokens import tokenize
    >>> read_unit(tokenize("dolarów amerykańskich", "pl"), 0, "pl")[:3]
    ('USD', 0, 2)
    """
    if at >= len(tokens):
        return None
    word = read_word(tokens, at, language)
    symbol = read_symbol(tokens, at, language)
    if word is None or (symbol is not None and symbol.end >= word.end):
        return symbol  # its case tells "km" from "KM"
    return word


def read_word(tokens: Sequence[Token], at: int, language: str) -> Unit | None:
    """A unit by its name or abbreviation in the language; a full stop that the abbreviation wants is part of it."""
    words = load_units(language)
    hit = words.units.longest(tokens, at)
    if hit is None:
        return None
    end, (code, lemma) = hit
    if end == at + 1 and len(tokens[at].text) == 1:  # symbols keep their case; the dictionary reads "b" as "bit"
        return None
    return Unit(code, at, end, lemma, "unit_word")


def read_symbol(tokens: Sequence[Token], at: int, language: str) -> Unit | None:
    """A unit by a symbol that all languages share: ``km²``, ``%``, ``°C``, ``€``, ``USD``."""
    text = tokens[at].text
    lemmas = load_units(language).lemmas
    if text in DEGREE_MARKS:
        scale = tokens[at + 1].text if at + 1 < len(tokens) else ""
        code = DEGREES.get(scale, "deg")
        return Unit(code, at, at + 1 + (scale in DEGREES), lemmas.get(code, code), "unit_symbol")
    code = (
        _read_degrees(tokens, at)
        or _read_feet(tokens, at)
        or SYMBOLS.get(text)
        or CURRENCY_SIGNS.get(text)
        or (text if text in CURRENCY_CODES else None)
        or ""
    )
    if not code:
        return None
    return Unit(code, at, at + 1, lemmas.get(code, text), "unit_symbol")


def _read_degrees(tokens: Sequence[Token], at: int) -> str | None:
    """Degrees without their mark, told from a model's letter by the decimals or a preposition: "41.3C", "at 180C"."""
    text = tokens[at].text
    if text not in DEGREES or at < 2 or tokens[at - 1].kind != "digits" or tokens[at - 1].end != tokens[at].start:
        return None
    decimal = at > 2 and tokens[at - 2].text in ".," and tokens[at - 3].kind == "digits"
    return DEGREES[text] if decimal or tokens[at - 2].folded in HEATS else None


HEATS = frozenset({"at", "to", "hit", "reached", "above", "below", "around", "la", "do", "sub", "peste", "ponad"})
"""Before a temperature without its degree mark."""


def _read_feet(tokens: Sequence[Token], at: int) -> str | None:
    """Feet and inches of a height: 5'10", 6ft 4in, 5 ft 10 in."""
    text = tokens[at].text
    if at == 0 or tokens[at - 1].kind != "digits":
        return None
    after = tokens[at + 1 : at + 3]
    if text in FOOT_MARKS and len(after) == 2 and after[0].kind == "digits" and after[1].text in INCH_MARKS:
        return "[ft_i]"
    before = tokens[at - 2].folded if at > 1 else ""
    if (text in INCH_MARKS and before in FOOT_MARKS) or (text == "in" and before in FEET):
        return "[in_i]"
    return None


FOOT_MARKS = frozenset("'’′")
INCH_MARKS = frozenset('"”″')
FEET = frozenset({"ft", "feet", "foot"})


def read_currency_before(tokens: Sequence[Token], first: int, floor: int, language: str) -> Unit | None:
    """The currency sign or code that stands before the number at token ``first``: ``US$``, ``€``, ``EUR``."""
    if first <= floor:
        return None
    text = tokens[first - 1].text
    if text in CURRENCY_CODES:
        return Unit(text, first - 1, first, lemma_of(text, language), "currency_code")
    code = CURRENCY_SIGNS.get(text)
    if code is None:
        return None
    start = first - 1
    if text == "$" and start - 1 >= floor and tokens[start - 1].end == tokens[start].start:
        country = SIGN_COUNTRIES.get(tokens[start - 1].folded)
        if country is not None:
            code, start = country, start - 1
    return Unit(code, start, first, lemma_of(code, language), "currency_sign")


def lemma_of(code: str, language: str) -> str:
    """The language's name of a unit, the code itself where it has none."""
    return load_units(language).lemmas.get(code, code)


def read_rate(tokens: Sequence[Token], at: int, language: str) -> tuple[int, str] | None:
    """``(end, divisor)`` of what divides a quantity at token ``at``: "per day", "na dobę", "/h", "rocznie".

    >>> from quantclaims.tokens import tokenize
    >>> read_rate(tokenize("na dobę", "pl"), 0, "pl")
    (2, 'd')
    """
    if at >= len(tokens):
        return None
    words = load_units(language)
    adverb = words.rates.longest(tokens, at)
    if adverb is not None:
        return adverb
    if tokens[at].text == "/":
        if at + 1 < len(tokens) and tokens[at + 1].text in DURATIONS:  # "m/s": alone, an "s" is no unit
            return at + 2, tokens[at + 1].text
        divisor = read_unit(tokens, at + 1, language)
        return (divisor.end, divisor.code) if divisor and not is_money(divisor.code) else None
    per = words.per.longest(tokens, at)
    if per is None or words.never.longest(tokens, at) is not None:
        return None
    divisor = read_unit(tokens, per[0], language)
    if divisor is None or is_money(divisor.code) or divisor.code.startswith("%"):
        return None
    if divisor.end < len(tokens) and tokens[divisor.end].folded in words.not_followed:
        return None
    return divisor.end, divisor.code


def divide(unit: str, divisor: str) -> str:
    """The quotient of two units as UCUM writes it.

    >>> divide("km", "h"), divide("1", "d")
    ('km/h', '1/d')
    """
    return f"{unit}/({divisor})" if "/" in divisor or "." in divisor else f"{unit}/{divisor}"
