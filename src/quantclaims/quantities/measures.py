"""Units after a number, as far as the grammar of the language lets them be units there.

"5 min przeciwpancernych" are mines, "50 złotych medali" are medals, "2024 roku" is a year, "won 5 won" needs a sum that
large: the dictionary form alone does not tell.
"""

from collections.abc import Sequence

from quantclaims.lemmas import analyse
from quantclaims.quantities.agreement import EVERY, Wanted, adjective_cases, noun_readings, wanted_of
from quantclaims.quantities.compound import plural_lemma
from quantclaims.quantities.heads import pass_attribute
from quantclaims.quantities.nouns import Search, is_broken, is_one, load_nouns
from quantclaims.quantities.units import Unit, is_money, load_units, read_unit
from quantclaims.records import Token

HYPHENS = frozenset("-‐‑–")
PLURAL = frozenset({"pl"})
SENSE_WINDOW = 6
LARGE = 1000
YEARS = range(1400, 2151)
SUBSTANCE = frozenset(
    {"g", "t", "L", "kg", "mg", "kt", "Mt", "mL", "hL", "dag", "m3", "[bbl_us]", "[lb_av]", "[oz_av]", "[gal_us]"}
)
"""Units of mass and volume: what they measure is part of the phrase ("20 ton amunicji", "5 tons of steel")."""


def read_measure(search: Search, at: int, ceiling: int) -> tuple[Unit, int] | None:
    """The unit at token ``at`` and where its phrase ends; ``ceiling`` is the first token of the next number.

    >>> from quantclaims.records import Number
    >>> from quantclaims.tokens import tokenize
    >>> tokens = tokenize("20 ton amunicji", "pl")
    >>> search = Search(tokens, 3, {}, Number(0, 2, 20.0, 20.0, 20.0, "cardinal", "", 0, 1), "pl")
    >>> unit, end = read_measure(search, 1, 3)
    >>> unit.code, end
    ('t', 3)
    """
    tokens, language = search.tokens, search.language
    if at >= len(tokens):
        return None
    compound = _read_compound_adjective(search, at)
    if compound is not None:
        return compound, compound.end
    hyphen = tokens[at].text in HYPHENS and tokens[at].start == tokens[at - 1].end
    start = at + hyphen
    if not hyphen and tokens[at].folded in load_nouns(language).measure_linkers:
        start = at + 1
    if search.number.kind == "fraction":
        start = _pass_article(search, start)
    unit = read_sense(tokens, read_unit(tokens, start, language), hyphen, language)
    if unit is None or unit.end > ceiling or (hyphen and tokens[start].start != tokens[at].end):
        return None
    if not _is_measured(search, unit, hyphen):
        return None
    end = unit.end
    if unit.code in SUBSTANCE and not hyphen:
        end = pass_attribute(search._replace(limit=ceiling), end)
    return unit, end


def _pass_article(search: Search, at: int) -> int:
    """Past what stands between a fraction and its unit: "half an hour", "a quarter of a mile"."""
    tokens, words = search.tokens, load_nouns(search.language)
    start = at + (at + 1 < len(tokens) and tokens[at].folded in words.partitives)
    while start + 1 < len(tokens) and tokens[start].folded in words.determiners:
        start += 1
    return start


def read_sense(tokens: Sequence[Token], unit: Unit | None, hyphen: bool, language: str) -> Unit | None:
    """The unit, or the other one of its name where its neighbours call for that: pounds of weight, not sterling."""
    words = load_units(language)
    if unit is None or unit.code not in words.senses or unit.end - unit.first > 1:
        return unit
    code, signs = words.senses[unit.code]
    near = [*tokens[max(0, unit.first - SENSE_WINDOW) : unit.first], *tokens[unit.end : unit.end + 1]]
    called = any(not signs.isdisjoint({t.folded, *(r.lemma for r in analyse(t.text, language))}) for t in near)
    return unit._replace(code=code, lemma=words.lemmas.get(code, unit.lemma)) if hyphen or called else unit


def _read_compound_adjective(search: Search, at: int) -> Unit | None:
    """The unit in a compound adjective: "152-milimetrowy", "5-letni"."""
    tokens = search.tokens
    if tokens[at].text not in HYPHENS or at + 1 >= len(tokens) or tokens[at].end != tokens[at + 1].start:
        return None
    hit = load_units(search.language).adjectives.longest(tokens, at + 1)
    if hit is None:
        return None
    end, (code, lemma) = hit
    return Unit(code, at + 1, end, lemma, "unit_adjective")


def _is_measured(search: Search, unit: Unit, hyphen: bool) -> bool:
    """Whether a unit's word can be one after this number."""
    tokens, number, language = search.tokens, search.number, search.language
    if unit.rule != "unit_word" and not _is_symbol(search, unit):
        return False
    value = number.high if number.value is None else number.value
    if unit.code in load_units(language).large and (value is None or value < LARGE):
        return False
    if language == "ro" and not is_one(number) and not is_broken(number) and _is_definite_singular(tokens, unit):
        return False
    if language == "pl":
        return _agrees(search, unit) and not _is_other_noun(search, unit)
    if language != "en" or hyphen or is_one(number) or is_broken(number):
        return True
    text = tokens[unit.first].text
    singular = plural_lemma(text) is None and text.isalpha() and len(text) > 3
    if singular and unit.code == "a" and value in YEARS:
        return False
    return not (singular and _opens_compound(search, unit.end))


def _is_definite_singular(tokens: Sequence[Token], unit: Unit) -> bool:
    """Whether a Romanian unit has the article of the singular, which no count takes: "9 săptămâna trecută"."""
    text = tokens[unit.first].folded
    return not is_money(unit.code) and len(text) > 3 and text.endswith(("a", "ul", "ului"))


def _opens_compound(search: Search, at: int) -> bool:
    """Whether a hyphen makes a singular unit part of another word: "two second-hand cars", but "3 year-old"."""
    tokens = search.tokens
    if at + 1 >= len(tokens) or tokens[at].text != "-" or tokens[at].start != tokens[at - 1].end:
        return False
    return tokens[at + 1].folded not in ("old", "olds", "long", "high", "tall", "wide", "deep", "thick")


def _is_symbol(search: Search, unit: Unit) -> bool:
    """A one-letter symbol follows digits and ends the word: not "5 s-a întâmplat"."""
    tokens = search.tokens
    text = tokens[unit.first].text
    if len(text) > 1 or not text.isalpha():
        return True
    after = tokens[unit.end] if unit.end < len(tokens) else None
    return after is None or after.start != tokens[unit.end - 1].end or after.text not in HYPHENS | {"'"}


def _agrees(search: Search, unit: Unit) -> bool:
    """Whether a Polish unit stands in the number that the numeral asks for: "2024 roku" does not."""
    tokens, number = search.tokens, search.number
    wanted = wanted_of(number, tokens[number.last_token - 1].text)
    text = tokens[unit.first].text
    readings = analyse(text, "pl")
    if any(reading.part in ("abbreviation", "unknown") for reading in readings) or not text.isalpha():
        return True
    if noun_readings(text, wanted) or adjective_cases(text, wanted):
        return True
    if tokens[unit.first].folded in load_nouns("pl").plurals:
        return True
    return not any(reading.part == "noun" for reading in readings)


def _is_other_noun(search: Search, unit: Unit) -> bool:
    """Whether a word that can be a unit is another noun here, or an adjective: its neighbour agrees with that."""
    tokens = search.tokens
    if unit.end - unit.first != 1 or unit.end >= len(tokens) or tokens[unit.end].kind != "word":
        return False
    text, after = tokens[unit.first].text, tokens[unit.end].text
    plural = Wanted(PLURAL, EVERY)
    cases = adjective_cases(text, plural)
    if cases and any(reading.cases & cases for reading in noun_readings(after, plural)):
        return True
    others = [r for r in noun_readings(text, plural) if unit.lemma not in (r.lemma, text.lower())]
    abbreviated = any(r.part == "abbreviation" for r in analyse(text, "pl"))
    return abbreviated and any(r.cases & adjective_cases(after, plural) for r in others)
