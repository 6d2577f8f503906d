"""Whether one figure can go on counting what another counts, by their sizes alone."""

from typing import NamedTuple

from quantclaims.quantities.units import is_money

COMPARABLE = 100.0
"""Most times that a figure is greater or smaller than the one whose noun it shares."""


class Size(NamedTuple):
    """How large a figure is printed."""

    figures: tuple[float, ...]
    """Value and bounds that it has, without signs; empty for a question after a number."""
    has_magnitude: bool
    """Whether a word for thousand, million or more is printed with it."""

    @property
    def is_whole(self) -> bool:
        """Whether it has no decimals."""
        return all(figure == int(figure) for figure in self.figures)


def measure_size(*figures: float | None, rule: str) -> Size:
    """The size of a figure from its value, its bounds and the rule that read it."""
    return Size(tuple(abs(figure) for figure in figures if figure), rule.endswith("_magnitude"))


def is_comparable(unit: str, given: Size, taken: Size) -> bool:
    """Whether a bare figure can be of the unit, or of the noun (unit ``1``), of another.

    Things are counted whole, per cents end at a hundred, and millions of money go on with millions.

    >>> tanks, amount = Size((40.0,), False), Size((40.0,), True)
    >>> is_comparable("1", tanks, Size((9.0,), False)), is_comparable("1", tanks, Size((28.6,), False))
    (True, False)
    >>> is_comparable("EUR", amount, Size((36.0,), False)), is_comparable("%", tanks, Size((4000.0,), False))
    (False, False)
    """
    if (unit == "1" and not taken.is_whole) or (unit.startswith("%") and max(taken.figures, default=0) > 100):
        return False
    if is_money(unit) and given.has_magnitude and not taken.has_magnitude:
        return False
    if not given.figures or not taken.figures:
        return True
    return max(taken.figures) <= COMPARABLE * max(given.figures) and min(given.figures) <= COMPARABLE * min(
        taken.figures
    )
