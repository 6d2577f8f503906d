"""Units as UCUM codes (https://ucum.org/ucum), with ISO 4217 codes for money, which UCUM leaves out.

A unit is a product and quotient of atoms of `vocabularies/units.toml` and `currencies.toml`: ``km``, ``m2``, ``MW.h``,
``USD/[bbl_us]``, ``1/a``. UCUM's own leading solidus (``/a``) is not used: a rate of counts begins with ``1``.
"""

import re
from functools import cache

from .vocabularies import ids, load_vocabulary

COMPONENT = re.compile(
    r"(?:(?P<factor>[1-9][0-9]*)(?![0-9*])|(?P<atom>10\*|%|(?:[A-Za-z]+|\[[A-Za-z_]+\])+)(?P<exponent>-?[1-9])?)"
    r"(?P<annotation>\{[!-z|~]+\})?"
)
OPERATOR = re.compile(r"[./]")

LONGEST = 64
"""Characters; a unit of the news has a dozen."""


@cache
def is_unit(code: str) -> bool:
    """Whether a code is a unit of the dataset.

    >>> is_unit("USD/d"), is_unit("hectare")
    (True, False)
    """
    try:
        check_unit(code)
    except ValueError:
        return False
    return True


def check_unit(code: str) -> None:
    """Raise ValueError, saying what is wrong, for a code that is no unit.

    >>> check_unit("ha")
    Traceback (most recent call last):
    ValueError: unit 'ha': 'ha' is no UCUM atom of units.toml and no ISO 4217 code
    """
    if len(code) > LONGEST:
        raise ValueError(f"unit {code[:LONGEST]!r}…: longer than {LONGEST} characters")
    end = check_term(code, 0, code)
    if end != len(code):
        raise ValueError(f"unit {code!r}: {code[end:]!r} left over; join atoms with '.' and '/'")


def check_term(code: str, start: int, whole: str) -> int:
    """Where the term that starts there ends: components joined by '.' and '/'."""
    position = check_component(code, start, whole)
    while OPERATOR.match(code, position):
        position = check_component(code, position + 1, whole)
    return position


def check_component(code: str, start: int, whole: str) -> int:
    """Where the component that starts there ends: a factor, an atom with prefix and exponent, or a term in brackets."""
    if code.startswith("(", start):
        end = check_term(code, start + 1, whole)
        if not code.startswith(")", end):
            raise ValueError(f"unit {whole!r}: a bracket is not closed")
        return end + 1
    component = COMPONENT.match(code, start)
    if component is None:
        raise ValueError(f"unit {whole!r}: an atom is missing at character {start + 1}; counts have the unit '1'")
    if component["atom"] and not is_atom(component["atom"]):
        raise ValueError(f"unit {whole!r}: {component['atom']!r} is no UCUM atom of units.toml and no ISO 4217 code")
    return component.end()


def is_atom(text: str) -> bool:
    """Whether it is an atom, a metric atom with its prefix, or money."""
    units = load_vocabulary("units")
    if text in units or text in load_vocabulary("currencies"):
        return True
    return any(
        text.startswith(prefix) and (unit := units.get(text.removeprefix(prefix))) and unit.details.get("metric", False)
        for prefix in ids("unit_prefixes")
    )


POWERS = {("length", 2): "area", ("length", 3): "volume"}


@cache
def measured_quantity(code: str) -> str | None:
    """What a unit measures, by the `quantity` of its atoms: a quotient names both; money is "money"; None: no unit.

    >>> measured_quantity("km2"), measured_quantity("km/h"), measured_quantity("%{points}"), measured_quantity("USD/d")
    ('area', 'length/time', 'fraction', 'money/time')
    """
    if not is_unit(code):
        return None
    return "/".join(_measured_term(term) for term in code.split("/"))


def _measured_term(term: str) -> str:
    names = []
    for part in term.strip("()").split("."):
        component = COMPONENT.match(part)
        if component is None or not component["atom"]:
            names.append("number")
            continue
        name = _measured_atom(component["atom"])
        names.append(POWERS.get((name, int(component["exponent"] or 1)), name))
    return ".".join(names)


def _measured_atom(atom: str) -> str:
    if atom in load_vocabulary("currencies"):
        return "money"
    units = load_vocabulary("units")
    stems = [atom, *(atom.removeprefix(prefix) for prefix in ids("unit_prefixes") if atom.startswith(prefix))]
    return next(str(units[stem].details["quantity"]) for stem in stems if stem in units)
