"""Which of a word's senses fits what is counted: soldiers are lost as casualties, tanks as destroyed.

Only the counted thing can decide: "lose", "build", "hit" and "provide" are the same verbs for people, things and money.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from quantclaims.context.predicates import Predicate
from quantclaims.schemas.units import measured_quantity
from quantclaims.schemas.vocabularies import ids, load_vocabulary

LENGTHS = frozenset({"m", "km", "[mi_i]", "[nmi_i]", "cm", "mm", "[ft_i]"})


@cache
def _details(predicate: str) -> Mapping[str, Any]:
    return load_vocabulary("predicates")[predicate].details


def is_deniable(predicate: str) -> bool:
    """Whether an act is done in numbers, so that it can be denied as none: nobody denies a stockpile or a recognition.

    >>> is_deniable("transfer"), is_deniable("recognition")
    (True, False)
    """
    return bool(_details(predicate).get("deniable", False))


def is_of_people(predicate: Predicate, *, only: bool = False) -> bool:
    """Whether a predicate is of people: they die, arrive; ``only``: and never of things, which arrive too.

    >>> [is_of_people(Predicate(0, 1, name, "active", False), only=True) for name in ("casualties", "migration")]
    [True, False]
    """
    details = _details(predicate.predicate)
    return bool(details.get("only_people")) if only else details.get("counts") == "people"


def is_fitting(predicate: Predicate, unit: str) -> bool:
    """Whether a unit can measure what a predicate is about."""
    details, quantity = _details(predicate.predicate), measured_quantity(unit)
    needed = details.get("measured_in")
    if needed is not None:
        is_money = quantity is not None and quantity.startswith("money")  # and money per month
        return quantity in needed or (is_money and "money" in needed)
    if quantity is not None and quantity.split("/")[0] in details.get("not_in", ()):
        return False
    return quantity not in OWN_MEASURES or quantity in details.get("also_in", ())


OWN_MEASURES: Mapping[str, str | None] = {
    "temperature": "temperature",
    "length/time": "speed",
    "speed": "speed",
    "time": "duration",
    "length": None,
}
"""What a measure is about unless a word says otherwise; a length may be a distance, a height or a depth."""


RATE_MEASURES: Mapping[str, str] = {
    **{f"money/{each}": "price" for each in ("mass", "volume", "area", "power.time", "length", "number")},
    "mass/area": "production",
    "power": "capacity",
}
"""What a rate is of where no word says it: money for a tonne is a price, tonnes from a hectare are a crop."""


def name_measure(unit: str) -> str | None:
    """The predicate of a figure that no word governs, where its unit tells.

    >>> name_measure("Cel"), name_measure("km/h"), name_measure("EUR/t"), name_measure("km"), name_measure("EUR")
    ('temperature', 'speed', 'price', None, None)
    """
    quantity = measured_quantity(unit) or ""
    return OWN_MEASURES.get(quantity) or RATE_MEASURES.get(quantity)


def rank_sense(predicate: Predicate, unit: str, items: Sequence[str]) -> int:
    """How well a sense fits the counted thing: higher is better, 0 when nothing tells."""
    details = _details(predicate.predicate)
    kind = details.get("counts")
    if is_currency(unit):
        is_pay = measured_quantity(unit) == "money/time" and details.get("per_time", False)
        return 2 if is_pay else 1 if kind == "money" else 0
    if measured_quantity(unit) == "area":
        return 1 if kind == "area" else 0
    if measured_quantity(unit) in ("mass", "volume"):
        return 1 if details.get("in_bulk", False) else 0
    if any(is_person(item) for item in items):
        return 1 if kind == "people" else -1 if kind == "things" else 0
    if items:
        return 1 if kind == "things" else -1 if kind == "people" else 0
    return 0


def is_yielding(predicate: Predicate) -> bool:
    """Whether a predicate says little beside another: what was recorded is what the figure is about.

    >>> is_yielding(Predicate(0, 1, "detection", "active", False))
    True
    """
    return bool(_details(predicate.predicate).get("yields", False))


def name_refinement(predicate: Predicate) -> str | None:
    """What a predicate is beside a noun of that kind: money spent on aid is aid."""
    return _details(predicate.predicate).get("refined_by")


def name_means(predicate: Predicate, items: Sequence[str]) -> str | None:
    """What a predicate is of the munitions that it is done with: "attacked with 40 drones" is a launch."""
    means = _details(predicate.predicate).get("with_munitions")
    return means if items and all(is_a(item, list_munitions()) for item in items) else None


def name_of_items(predicate: Predicate, items: Sequence[str]) -> str | None:
    """What a predicate is of certain things: drones are destroyed in the air, and so intercepted."""
    named = _details(predicate.predicate).get("of_items", {})
    found = {name for item in items for kind, name in named.items() if is_a(item, frozenset({kind}))}
    is_whole = bool(found) and all(is_a(item, frozenset(named)) for item in items)
    return str(next(iter(found))) if is_whole and len(found) == 1 else None


@cache
def list_munitions() -> frozenset[str]:
    """Items that are fired or flown at something; all kinds of them are, too."""
    return frozenset(ident for ident, term in load_vocabulary("items").items() if term.details.get("munition", False))


def is_currency(unit: str) -> bool:
    """Whether a unit is an amount of money.

    >>> is_currency("EUR"), is_currency("1")
    (True, False)
    """
    return unit.split("/", maxsplit=1)[0] in ids("currencies")


@cache
def is_person(item: str) -> bool:
    """Whether an item is a kind of person.

    >>> is_person("officer"), is_person("tank")
    (True, False)
    """
    return is_a(item, frozenset({"person"}))


@cache
def is_a(item: str, kinds: frozenset[str]) -> bool:
    """Whether an item is one of some kinds, or a kind of one.

    >>> is_a("ballistic_missile", frozenset({"rocket"}))
    True
    """
    terms = load_vocabulary("items")
    while item not in kinds:
        broader = terms[item].details.get("broader") if item in terms else None
        if broader is None:
            return False
        item = str(broader)
    return True
