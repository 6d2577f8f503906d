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
from quantclaims.verifying.evidence import Evidence, Figure, list_surroundings
from quantclaims.verifying.figures import agrees
from quantclaims.verifying.verdicts import CONTRADICTED, NOT_FOUND, FieldVerdict, Row, support

Bounds = tuple[date | None, date | None]
"""First and last day, inclusive; None is open."""


class Claimed(NamedTuple):
    """The days that a row claims; a bound that it has no column for it does not claim."""

    bounds: Bounds
    column: str
    """The column that says so."""
    says_first: bool
    says_last: bool


class Candidate(NamedTuple):
    """A period that the text gives."""

    bounds: Bounds
    edtf: str
    nearness: int
    """0 of the figure itself, 1 of its sentence, 2 of what surrounds it or repeats it."""


def check_period(row: Row, figure: Figure, evidence: Evidence, base: Figure | None) -> list[FieldVerdict]:
    """A verdict on the period, where the row claims one."""
    if is_unreadable(row.get("period")):
        return [FieldVerdict("period", NOT_FOUND, row["period"], "that is no EDTF date")]
    claimed = read_claimed(row, "period")
    if claimed is None:
        return []
    candidates = list(list_candidates(figure, evidence, base))
    until = frozenset(day for day in (figure.stated.end, evidence.discourse.published_end) if day)
    fitting = [candidate for candidate in candidates if fits(claimed, candidate.bounds, until)]
    own = [candidate for candidate in candidates if candidate.nearness == 0]
    is_of_statement = bool(own) and not any(each in fitting for each in own) and is_stated(claimed, figure)
    if fitting and not is_of_statement:
        return support(row, claimed.column)
    near = own or [candidate for candidate in candidates if candidate.nearness == 1]
    says = ", ".join(dict.fromkeys(candidate.edtf for candidate in near or candidates))
    value = row[claimed.column]
    if near and not any(shares_bound(claimed, candidate.bounds) for candidate in near):
        return [FieldVerdict(claimed.column, CONTRADICTED, value, says)]
    says = f"{'the text' if near else 'the paragraph'} has {says}" if says else "no date is read there"
    return [FieldVerdict(claimed.column, NOT_FOUND, value, says)]


def check_stated(row: Row, figure: Figure, evidence: Evidence) -> list[FieldVerdict]:
    """A verdict on the day of the statement, where the row claims one: some date nearby is it."""
    if is_unreadable(row.get("stated")):
        return [FieldVerdict("stated", NOT_FOUND, row["stated"], "that is no EDTF date")]
    claimed = read_claimed(row, "stated")
    if claimed is None:
        return []
    candidates = list_candidates(figure, evidence, None)
    if is_stated(claimed, figure) or any(fits(claimed, each.bounds, frozenset()) for each in candidates):
        return support(row, claimed.column)
    says, value = figure.stated.edtf, row[claimed.column]
    if says:
        return [FieldVerdict(claimed.column, CONTRADICTED, value, says)]
    return [FieldVerdict(claimed.column, NOT_FOUND, value, "no date is read there")]


def is_stated(claimed: Claimed, figure: Figure) -> bool:
    """Whether the days are those of the statement."""
    return figure.stated.edtf is not None and fits(claimed, (figure.stated.start, figure.stated.end), frozenset())


def is_unreadable(edtf: str | None) -> bool:
    """Whether a text stands where a date should.

    >>> is_unreadable("soon"), is_unreadable("2024-05"), is_unreadable(None)
    (True, False, False)
    """
    try:
        return bool(edtf) and not parse_edtf(edtf or "")
    except ValueError:
        return True


def read_claimed(row: Row, field: str) -> Claimed | None:
    """The days that a row claims; None when it claims none. Its EDTF, if any, must be readable."""
    start, end = f"{field}_start", f"{field}_end"
    if row.get(field):
        return Claimed(parse_edtf(row[field]), field, says_first=True, says_last=True)
    if not row.get(start) and not row.get(end):
        return None
    return Claimed((row.get(start), row.get(end)), start if row.get(start) else end, start in row, end in row)


def list_candidates(figure: Figure, evidence: Evidence, base: Figure | None) -> Iterator[Candidate]:
    """Every period that the text gives a figure, the nearest first."""
    yield from list_own(figure, 0)
    yield from list_dates(evidence, [figure.passage], 1)
    if base is not None:
        yield from list_own(base, 2)
        yield from list_dates(evidence, [base.passage], 2)
    yield from list_dates(evidence, list_surroundings(evidence, [figure.passage])[1:], 2)
    for other in evidence.figures:
        if other.anchor != figure.anchor and is_repeated(figure, other):
            yield from list_own(other, 2)
            yield from list_dates(evidence, [other.passage], 2)


def list_own(figure: Figure, nearness: int) -> Iterator[Candidate]:
    """The period that the context gives a figure."""
    if figure.period.edtf:
        yield Candidate((figure.period.start, figure.period.end), figure.period.edtf, nearness)


def list_dates(evidence: Evidence, passages: Sequence[int], nearness: int) -> Iterator[Candidate]:
    """The dates of sentences."""
    for index in passages:
        for found in evidence.discourse.passages[index].dates:
            if found.edtf is not None and found.rule not in NO_PERIOD:
                yield Candidate((found.earliest, found.latest), found.edtf, nearness)


def is_repeated(figure: Figure, other: Figure) -> bool:
    """Whether another figure is the same in another place of the article."""
    alike = [agrees(getattr(figure, name), getattr(other, name)) for name in ("value", "low", "high")]
    return all(alike) and figure.unit == other.unit and (not figure.items or figure.items == other.items)


def shares_bound(claimed: Claimed, given: Bounds) -> bool:
    """Whether one of the days is the same: "since" and "in" may be read for each other."""
    return any(day is not None and day == other for day, other in zip(claimed.bounds, given, strict=True))


def fits(claimed: Claimed, given: Bounds, until: frozenset[date]) -> bool:
    """Whether the days are the same; what is open in the text may be closed by the statement or the publication.

    >>> new_year, july = date(2024, 1, 1), date(2024, 7, 19)
    >>> claimed = Claimed((new_year, july), "period_start", says_first=True, says_last=True)
    >>> fits(claimed, (new_year, None), frozenset([july])), fits(claimed, (new_year, None), frozenset())
    (True, False)
    """
    (first, last), (earliest, latest) = claimed.bounds, given
    is_closed = earliest is not None and latest is None and last in until
    return (not claimed.says_first or first == earliest) and (not claimed.says_last or last == latest or is_closed)
