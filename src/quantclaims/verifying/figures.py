"""Whether the number in a quote reads to the value and bounds that a row claims.

A multiple or share is derived: its factor is in the quote, its base another claim. What follows from a base that the
text supports is supported, whichever of the figures before it the base is.
"""

from collections.abc import Sequence
from math import isclose
from typing import Any, NamedTuple

from quantclaims.verifying.evidence import Figure
from quantclaims.verifying.verdicts import CONTRADICTED, NOT_FOUND, FieldVerdict, Row, support

TOLERANCE = 1e-12
"""Relative; a product of two doubles is off by less, and "9 billion" is not 9,000,000,001."""

FIELDS = {"value": "value", "value_low": "low", "value_high": "high", "qualifier": "qualifier"}
"""Column of a row and what it is called in a figure."""


class Checked(NamedTuple):
    """What came of a row's figure."""

    verdicts: list[FieldVerdict]
    figure: Figure | None
    """The figure of the text that the row is about; None where the quote has none."""


def check_figure(row: Row, figures: Sequence[Figure], anchor: int | None, base: Figure | None = None) -> Checked:
    """Compare a row with the figures of its quote; ``anchor`` is the offset of its number, where it says one."""
    claimed = list_claimed(row)
    if not figures:
        unread = [*claimed, *(field for field in ("factor", "is_denial") if row.get(field))]
        says = "no figure is read in the quote"
        return Checked([FieldVerdict(field, NOT_FOUND, row[field], says) for field in unread], None)
    derived = [figure for each in figures for figure in derive_figures(row, each, base)]
    figure = choose_figure(row, claimed, [*figures, *derived], anchor)
    verdicts = [judge_field(row, field, figure) for field in claimed]
    return Checked([*verdicts, *check_denial(row, figure), *check_factor(row, figures)], figure)


def judge_field(row: Row, field: str, figure: Figure) -> FieldVerdict:
    """What a figure makes of a column; how exactly a bare number is meant, the grammar has not settled.

    A bound that is left empty beside a qualifier that settles it ("exact") is the value.
    """
    claimed, read = row[field], getattr(figure, FIELDS[field])
    is_settled = claimed is None and read == figure.value and row.get("qualifier") == figure.qualifier
    if agrees(claimed, read) or is_settled:
        return support(row, field)[0]
    verdict = NOT_FOUND if figure.kind == "number" and field != "value" else CONTRADICTED
    says = show_bounds(figure) if field == "value" and read is None else show_number(read)
    return FieldVerdict(field, verdict, claimed, says)


def list_claimed(row: Row) -> list[str]:
    """The columns in which a row says what its figure is; open bounds say so only beside a qualifier or a bound."""
    bounds = [field for field in ("value_low", "value_high", "qualifier") if field in row]
    claimed = ["value"] if row.get("value") is not None else []
    if any(row[field] is not None for field in bounds):
        claimed += [field for field in bounds if field != "qualifier" or row[field] is not None]
    return claimed


def agrees(claimed: Any, read: Any) -> bool:
    """Whether a claimed number, word or nothing is the one that was read.

    >>> agrees(4800000.0, 3 * 1.6e6), agrees(None, 5.0), agrees("exact", "exact")
    (True, False, True)
    """
    if isinstance(claimed, float | int) and isinstance(read, float | int):
        return isclose(claimed, read, rel_tol=TOLERANCE)
    return bool(claimed == read)


def choose_figure(row: Row, claimed: Sequence[str], figures: Sequence[Figure], anchor: int | None) -> Figure:
    """The figure that a row is about: of those where it says that its number stands, else of all, the most alike."""
    there = [figure for figure in figures if figure.anchor == anchor]

    def differing(figure: Figure) -> int:
        return sum(not agrees(row[field], getattr(figure, FIELDS[field])) for field in claimed)

    return min(there or figures, key=differing)


def derive_figures(row: Row, figure: Figure, base: Figure | None) -> list[Figure]:
    """What a figure that multiplies makes of the row's base: as exact as the base, or at most where it may be so."""
    factor = row.get("factor")
    if factor is None or base is None or base.value is None or not says_factor(figure, factor):
        return []
    value = factor * base.value
    bounds = [None if bound is None else factor * bound for bound in (base.low, base.high)]
    scaled = figure._replace(
        value=value,
        low=bounds[0],
        high=bounds[1],
        qualifier=base.qualifier,
        unit=base.unit,
        items=base.items,
        lemma=base.lemma,
        kind="claim",
    )
    return [scaled, scaled._replace(low=None, high=value, qualifier="at_most")]


def says_factor(figure: Figure, factor: float) -> bool:
    """Whether a number stands for a factor: three times, a third, "three times less", 20 percent."""
    if figure.kind not in ("quantity", "number") or not figure.value:
        return False
    said = figure.value / 100 if figure.unit == "%" else figure.value
    return agrees(factor, said) or agrees(factor, 1 / said)


def check_factor(row: Row, figures: Sequence[Figure]) -> list[FieldVerdict]:
    """Whether the quote says the factor."""
    factor = row.get("factor")
    if factor is None:
        return []
    if any(says_factor(figure, factor) for figure in figures):
        return support(row, "factor")
    said = [show_number(figure.value) for figure in figures if figure.kind in ("quantity", "number")]
    if said:
        return [FieldVerdict("factor", CONTRADICTED, factor, " or ".join(dict.fromkeys(said)))]
    return [FieldVerdict("factor", NOT_FOUND, factor, "no factor is read in the quote")]


def check_denial(row: Row, figure: Figure) -> list[FieldVerdict]:
    """Whether the quote denies any, where the row says that it does or does not."""
    is_denial = figure.kind == "denial"
    if row.get("is_denial") is True:
        says = "no denial is read in the quote"
        return support(row, "is_denial") if is_denial else [FieldVerdict("is_denial", NOT_FOUND, True, says)]
    if row.get("is_denial") is False and is_denial:
        return [FieldVerdict("is_denial", CONTRADICTED, False, "the quote denies any")]
    return []


def show_bounds(figure: Figure) -> str:
    """A figure of which the text gives no single value."""
    return f"{show_number(figure.low)}..{show_number(figure.high)} ({figure.qualifier})"


def show_number(value: Any) -> str:
    """A value as a report prints it.

    >>> show_number(1600000.0), show_number(0.5), show_number(None), show_number("exact")
    ('1600000', '0.5', 'open', 'exact')
    """
    if value is None:
        return "open"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
