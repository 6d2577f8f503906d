"""Units: what a code measures, and what is said of one that is none."""

import pytest

from quantclaims.schemas.units import LONGEST, check_unit, is_unit, measured_quantity

QUANTITIES = {
    "1": "number",
    "1/a": "number/time",
    "10*": "number",
    "km": "length",
    "km2": "area",
    "m3": "volume",
    "m-2": "length",
    "kg": "mass",
    "t": "mass",
    "km/h": "length/time",
    "MW.h": "power.time",
    "USD": "money",
    "USD/d": "money/time",
    "USD/t": "money/mass",
    "%": "fraction",
    "%{points}": "fraction",
    "t/(km2)": "mass/area",
    "hectare": None,
    "": None,
}


@pytest.mark.parametrize(("code", "quantity"), QUANTITIES.items())
def test_what_a_unit_measures(code: str, quantity: str | None) -> None:
    assert measured_quantity(code) == quantity


NO_UNITS = {
    "": "unit '': an atom is missing at character 1; counts have the unit '1'",
    "km/": "unit 'km/': an atom is missing at character 4; counts have the unit '1'",
    "km.qq": "unit 'km.qq': 'qq' is no UCUM atom of units.toml and no ISO 4217 code",
    "t/(km.qq)": "unit 't/(km.qq)': 'qq' is no UCUM atom of units.toml and no ISO 4217 code",
    "t/(qm)": "unit 't/(qm)': 'qm' is no UCUM atom of units.toml and no ISO 4217 code",
    "t/(km": "unit 't/(km': a bracket is not closed",
    "km m": "unit 'km m': ' m' left over; join atoms with '.' and '/'",
    "kUSD": "unit 'kUSD': 'kUSD' is no UCUM atom of units.toml and no ISO 4217 code",
    "m." * 32 + "m": f"unit {'m.' * 32!r}…: longer than {LONGEST} characters",
}


@pytest.mark.parametrize(("code", "said"), NO_UNITS.items())
def test_what_is_wrong_with_a_unit(code: str, said: str) -> None:
    with pytest.raises(ValueError, match="unit") as error:
        check_unit(code)
    assert str(error.value) == said
    assert not is_unit(code)


def test_unit_may_be_as_long_as_it_says() -> None:
    assert is_unit("m." * 31 + "km")
    assert len("m." * 31 + "km") == LONGEST
