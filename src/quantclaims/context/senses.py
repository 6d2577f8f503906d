"""Which of a word's senses fits what is counted: soldiers are lost as casualties, tanks as destroyed.

Only the counted thing can decide: "lose", "build", "hit" and "provide" are the same verbs for people, things and money.
"""

from collections.abc import Sequence
from functools import cache

from quantclaims.context.predicates import Predicate
from quantclaims.schemas.vocabularies import ids, load_vocabulary

LENGTHS = frozenset({"m", "km", "[mi_i]", "[nmi_i]", "cm", "mm", "[ft_i]"})
TIMES = frozenset({"a", "mo", "wk", "d", "h", "min", "s"})
PERCENTS = frozenset({"%", "%{points}"})
ONLY_IN = {
    "distance": LENGTHS,
    "dimension": LENGTHS | {"kg", "t", "L", "m2", "har", "km2", "m3"},
    "precipitation": LENGTHS | {"L/m2"},
    "speed": frozenset({"km/h", "m/s", "[mi_i]/h", "[kn_i]"}),
    "temperature": frozenset({"Cel", "[degF]", "K"}),
    "age": TIMES,
    "duration": TIMES,
    "inflation": PERCENTS,
}
"""Predicates that only these units can measure."""
LENGTH_PREDICATES = frozenset({"distance", "dimension", "precipitation", "construction", "capture"})
"""What a length can be of; lengths are not delivered."""
PEOPLE = frozenset({"casualties", "recruitment", "displacement", "migration", "rescue", "arrest", "deployment"})
THINGS = frozenset({"destruction"})
MONEY = frozenset({"aid", "payment", "budget", "revenue", "loan", "debt", "investment", "wage", "price", "tariff"})


def is_fitting(predicate: Predicate, unit: str) -> bool:
    """Whether a unit can measure what a predicate is about."""
    needed = ONLY_IN.get(predicate.predicate)
    if needed is not None and unit not in needed:
        return False
    return unit not in LENGTHS or predicate.predicate in LENGTH_PREDICATES


def rank_sense(predicate: Predicate, unit: str, items: Sequence[str]) -> int:
    """How well a sense fits the counted thing: higher is better, 0 when nothing tells."""
    kind = predicate.predicate
    if is_currency(unit):
        return 1 if kind in MONEY else 0
    if any(is_person(item) for item in items):
        return 1 if kind in PEOPLE else -1 if kind in THINGS else 0
    if items:
        return 1 if kind in THINGS else -1 if kind in PEOPLE else 0
    return 0


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
    terms = load_vocabulary("items")
    while item != "person":
        broader = terms[item].details.get("broader") if item in terms else None
        if broader is None:
            return False
        item = str(broader)
    return True
