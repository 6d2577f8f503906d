"""Units that a text leaves to its readers: "5 billion kroner" in Copenhagen, "24 degrees" in a forecast.

A currency that several states call by one name is that of the state named last. Degrees are of the scale used before,
and of the language's own scale where the sentence speaks of temperature.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.context.passages import Passage
from quantclaims.lexicon import load_language
from quantclaims.records import Quantity
from quantclaims.rules import fires
from quantclaims.tokens import fold

SCALES = frozenset({"Cel", "[degF]", "K"})
"""UCUM codes of temperatures."""

CURRENCY, SCALE = "currency_of_state", "scale_of_text"


class LocalUnits(NamedTuple):
    """The names of units that only the context settles, by lemma."""

    currencies: dict[str, dict[str, str]]
    """Name -> state -> currency."""
    degrees: frozenset[str]
    scale: str | None
    """The scale of a forecast that names none; None where the language is written in states with different ones."""


@cache
def load_local_units(language: str) -> LocalUnits:
    """The local units of a language, from ``[context.local_units]``."""
    table = load_language(language)["context"]["local_units"]
    currencies = {fold(name, language): codes for name, codes in table["currencies"].items()}
    return LocalUnits(currencies, frozenset(fold(word, language) for word in table["degrees"]), table.get("scale"))


def settle_units(passage: Passage, before: Sequence[Passage], language: str) -> Passage:
    """The passage with the units of its quantities settled where states or scales named so far settle them."""
    local = load_local_units(language)
    settled = [
        _settle(quantity, passage, before, local, language) if quantity.lemma and quantity.unit == "1" else quantity
        for quantity in passage.quantities
    ]
    return passage._replace(quantities=settled)


def _settle(
    quantity: Quantity, passage: Passage, before: Sequence[Passage], local: LocalUnits, language: str
) -> Quantity:
    lemma = fold(quantity.lemma or "", language)
    if lemma in local.currencies and fires(CURRENCY):
        codes = local.currencies[lemma]
        unit = next((codes[state] for state in _name_states(passage, before) if state in codes), None)
        return quantity if unit is None else _with_unit(quantity, unit, CURRENCY)
    if lemma in local.degrees and fires(SCALE):
        unit = next(_name_scales(passage, before), None)
        warm = any(predicate.predicate == "temperature" for predicate in passage.predicates)
        unit = unit or (local.scale if warm else None)
        return quantity if unit is None else _with_unit(quantity, unit, SCALE)
    return quantity


def _with_unit(quantity: Quantity, unit: str, rule: str) -> Quantity:
    return quantity._replace(unit=unit, items=(), rules=(*quantity.rules, rule))


def _name_states(passage: Passage, before: Sequence[Passage]) -> Iterator[str]:
    """States named in the sentence, then those before it, the last first."""
    for each in (passage, *reversed(before)):
        yield from (mention.country for mention in reversed(each.mentions) if mention.country)


def _name_scales(passage: Passage, before: Sequence[Passage]) -> Iterator[str]:
    """Scales of the temperatures so far, the last first."""
    for each in (passage, *reversed(before)):
        yield from (quantity.unit for quantity in reversed(each.quantities) if quantity.unit in SCALES)
