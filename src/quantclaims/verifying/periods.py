"""Whether the period that a row claims can be derived from the text.

It can when a date of the figure's sentence, of its paragraph, of the list's lead-in or of the heading resolves to it
with the article's date, when the claim that it builds on covers it, or when a named event or the day of the statement
bounds it. A date that the sentence gives to the statement ("said on 4 March") is not what the figure covers.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from quantclaims.context.periods import NO_PERIOD
from quantclaims.schemas.edtf import parse_edtf
from quantclaims.verifying.evidence import Evidence, Figure, list_figures, list_surroundings
from quantclaims.verifying.figures import agrees
from quantclaims.verifying.verdicts import CONTRADICTED, NOT_FOUND, FieldVerdict, Row, support

Bounds = tuple[date | None, date | None]
"""First and last day, inclusive; None is open."""


class Candidate(NamedTuple):
    """A period that the text gives."""

    bounds: Bounds
    edtf: str
    nearness: int
    """0 of the figure itself, 1 of its sentence, 2 of what surrounds it or repeats it."""


def check_period(row: Row, figure: Figure, evidence: Evidence, base: Figure | None) -> list[FieldVerdict]:
    """A verdict on the period, where the row claims one."""
    claimed = read_bounds(row, "period")
    if claimed is None:
        return []
    field = "period" if row.get("period") else "period_start" if row.get("period_start") else "period_end"
    candidates = list(list_candidates(figure, evidence, base))
    stated = (figure.stated.start, figure.stated.end) if figure.stated.edtf else None
    own = [candidate for candidate in candidates if candidate.nearness == 0]
    is_of_statement = claimed == stated and bool(own) and all(each.bounds != claimed for each in own)
    until = {day for day in (figure.stated.end, evidence.discourse.published_end) if day}
    if not is_of_statement and any(matches(claimed, candidate.bounds, until) for candidate in candidates):
        return support(row, field)
    near = own or [candidate for candidate in candidates if candidate.nearness == 1]
    says = ", ".join(dict.fromkeys(candidate.edtf for candidate in near or candidates))
    if near:
        return [FieldVerdict(field, CONTRADICTED, row[field], says)]
    return [
        FieldVerdict(field, NOT_FOUND, row[field], f"the paragraph has {says}" if says else "no date is read there")
    ]


def check_stated(row: Row, figure: Figure, evidence: Evidence) -> list[FieldVerdict]:
    """A verdict on the day of the statement, where the row claims one: some date nearby is it."""
    claimed = read_bounds(row, "stated")
    if claimed is None:
        return []
    field = "stated" if row.get("stated") else "stated_start" if row.get("stated_start") else "stated_end"
    known = [(figure.stated.start, figure.stated.end)] if figure.stated.edtf else []
    dates = [candidate.bounds for candidate in list_candidates(figure, evidence, None)]
    if claimed in known or claimed in dates:
        return support(row, field)
    says = figure.stated.edtf
    return [FieldVerdict(field, CONTRADICTED if says else NOT_FOUND, row[field], says or "no date is read there")]


def read_bounds(row: Row, field: str) -> Bounds | None:
    """The days that a row claims; None when it claims none, or none that can be read."""
    if row.get(field):
        try:
            return parse_edtf(row[field])
        except ValueError:
            return None
    bounds = row.get(f"{field}_start"), row.get(f"{field}_end")
    return bounds if any(bounds) else None


def list_candidates(figure: Figure, evidence: Evidence, base: Figure | None) -> Iterator[Candidate]:
    """Every period that the text gives a figure, the nearest first."""
    yield from list_own(figure, 0)
    yield from list_dates(evidence, [figure.passage], 1)
    if base is not None:
        yield from list_own(base, 2)
        yield from list_dates(evidence, [base.passage], 2)
    yield from list_dates(evidence, list_surroundings(evidence, [figure.passage])[1:], 2)
    for other in list_figures(evidence, 0, len(evidence.article.text)):
        if other.anchor != figure.anchor and is_repeated(figure, other):
            yield from list_own(other, 2)
            yield from list_dates(evidence, [other.passage], 2)


def list_own(figure: Figure, nearness: int) -> Iterator[Candidate]:
    """The period that the context gives a figure."""
    if figure.period.edtf:
        yield Candidate((figure.period.start, figure.period.end), figure.period.edtf, nearness)


def list_dates(evidence: Evidence, passages: Sequence[int], nearness: int) -> Iterator[Candidate]:
    """The dates of sentences, and what lies before or after each alone."""
    for index in passages:
        for found in evidence.discourse.passages[index].dates:
            if found.edtf is not None and found.rule not in NO_PERIOD:
                yield Candidate((found.earliest, found.latest), found.edtf, nearness)


def is_repeated(figure: Figure, other: Figure) -> bool:
    """Whether another figure is the same in another place of the article."""
    alike = [agrees(getattr(figure, name), getattr(other, name)) for name in ("value", "low", "high")]
    return all(alike) and figure.unit == other.unit and (not figure.items or figure.items == other.items)


def matches(claimed: Bounds, given: Bounds, until: set[date]) -> bool:
    """Whether the days are the same; what is open in the text may be closed by the statement or the publication.

    >>> matches((None, date(2022, 9, 22)), (None, None), {date(2022, 9, 22)})
    False
    >>> matches((date(2024, 1, 1), date(2024, 7, 19)), (date(2024, 1, 1), None), {date(2024, 7, 19)})
    True
    """
    if claimed == given:
        return True
    return given[0] is not None and given[1] is None and claimed[0] == given[0] and claimed[1] in until
