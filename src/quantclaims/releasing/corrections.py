"""corrections.csv: everything that a release changed in released rows, and why.

One line per value that was corrected and per row that was retracted or moved. Lines of a release name its version and
stay as they are. Lines without a version are reasons for the release to come; there ``*`` as the row stands for every
row with another value in that column, ``*`` as the column for every changed value of that row, both without values.
What the reviews decided has their note for a reason; what follows from other rows, and what only moved, needs none.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from quantclaims.diff import Difference, pair_moved
from quantclaims.problems import Problem
from quantclaims.reviews import FORMULA, Review, format_value, parse_lines

FILE = "corrections.csv"
COLUMNS = ("version", "id", "column", "old", "new", "replaced_by", "reason")
ANY = "*"

FOLLOWING: Mapping[str, str] = {
    "base_claim_id": "its base moved",
    "claims": "follows from the claims",
    "discrepancy": "follows from other rows",
    "information_credibility": "follows from other rows",
    "quote_prefix": "the article's text changed beside the quote",
    "quote_suffix": "the article's text changed beside the quote",
    "review": "a person looked at the row",
}
"""Columns whose values change with others, with the reason; that of a base only where the base moved.

That an article's text changed is itself a change, of its row in articles.parquet, for which somebody gives the reason.
"""

SOURCES: Mapping[str, tuple[str, ...]] = {
    "characters": ("text_sha256",),
    "claimant_country": ("claimant",),
    "claimant_type": ("claimant",),
    "period_end": ("period",),
    "period_start": ("period",),
    "published_end": ("published",),
    "published_start": ("published",),
    "quote_end": ("quote",),
    "quote_start": ("quote",),
    "source_reliability": ("claimant",),
    "stated_end": ("stated",),
    "stated_start": ("stated",),
    "topic_key": ("predicate", "items", "item_lemma", "actor", "counterparty"),
    "value_high": ("value", "qualifier"),
    "value_low": ("value", "qualifier"),
}
"""Columns that change for the reason that others of the same row have, or of its article's row."""

MOVED = "stands elsewhere in its article, whose text changed"


class Change(NamedTuple):
    """One thing that is otherwise in a released row than it was."""

    row: str
    """claim_id or article_id."""
    column: str
    """Empty where the row itself is gone."""
    old: str
    """As reviews.csv writes values, as is ``new``."""
    new: str
    replaced_by: str = ""
    """The id under which a moved row goes on."""

    @property
    def what(self) -> str:
        """What became of the row."""
        if not self.column:
            return f"moved to {self.replaced_by}" if self.replaced_by else "is gone"
        return f"{self.column} was {self.old or 'null'}, is {self.new or 'null'}"


class Correction(NamedTuple):
    """A line of corrections.csv."""

    version: str
    id: str
    column: str
    old: str
    new: str
    replaced_by: str
    reason: str


PLAIN_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?")

Lines = Sequence[tuple[int, Correction]]
"""Lines with their numbers."""


def read_corrections(content: bytes, path: Path) -> tuple[Lines, list[Problem]]:
    """The lines of a corrections.csv, and what is wrong with it; an empty file has none."""
    lines, problems = parse_lines(content, path, COLUMNS) if content else ([], [])
    return [(number, Correction(*cells)) for number, cells in lines], problems


def write_corrections(lines: Iterable[Correction]) -> bytes:
    r"""A corrections.csv of these lines.

    >>> write_corrections([Correction("0.1.1", "a#7", "value", "14", "15", "", "misread, twice")]).splitlines()[1]
    b'0.1.1,a#7,value,14,15,,"misread, twice"'
    """
    return "".join(map(write_line, [COLUMNS, *lines])).encode()


def write_line(cells: Sequence[str]) -> str:
    """A line of CSV; a carriage return in a cell is quoted only where it is part of what ends a line."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(map(guard, cells))
    return text.getvalue().removesuffix("\r\n") + "\n"


def guard(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, whoever wrote the article that it is from.

    >>> from quantclaims.reviews import unguard
    >>> guard("=1+1"), guard("-14.5"), unguard(guard("@all"))
    ("'=1+1", '-14.5', '@all')
    """
    return f"'{cell}" if FORMULA.match(cell) and not PLAIN_NUMBER.fullmatch(cell) else cell


def list_changes(differences: Iterable[Difference]) -> list[Change]:
    """What is otherwise in rows that were released; added rows and columns are none of it."""
    changes = []
    for difference in differences:
        moved = dict(pair_moved(difference))
        for row in difference.removed:
            key = next(iter(row.values()))
            changes.append(Change(key, "", "", "", moved.get(key, "")))
        for changed in difference.changed:
            changes += [
                Change(changed.key, field.column, write_value(field.old), write_value(field.new))
                for field in changed.fields
            ]
    return changes


def write_value(value: Any) -> str:
    """A value as reviews.csv writes it."""
    return format_value(tuple(value) if isinstance(value, list) else value)


def explain_changes(
    changes: Sequence[Change], lines: Lines, reviews: Sequence[Review], path: Path
) -> tuple[list[Correction], list[Change], list[Problem]]:
    """Changes with their reasons, as lines without a version; those without a reason; and reasons for nothing.

    ``lines`` are those of the release to come. What a person wrote goes before what follows from elsewhere.
    """
    problems = find_line_problems(lines, changes, path)
    written = {(line.id, line.column): line for _, line in lines if line.reason.strip()}
    notes = {note_key(review): review.note for review in reviews if review.note.strip()}
    moved = {change.row: change.replaced_by for change in changes if change.replaced_by}
    explained, unexplained = [], []
    reasons: dict[tuple[str, str], str] = {}
    for change in sorted(changes, key=lambda change: change.column in SOURCES):  # a source before what has its reason
        line = next((written[place] for place in places(change) if place in written), None)
        reason = line.reason if line else find_reason(change, notes, moved) or find_source(change, reasons)
        if reason:
            replaced = change.replaced_by or (line.replaced_by if line else "")
            reasons[change.row, change.column] = reason
            explained.append(Correction("", *change[:4], replaced, " ".join(reason.split())))
        else:
            unexplained.append(change)
    order = {change[:2]: number for number, change in enumerate(changes)}
    return sorted(explained, key=lambda line: order[line.id, line.column]), unexplained, problems


def find_source(change: Change, reasons: Mapping[tuple[str, str], str]) -> str:
    """The reason that what a value follows from has; empty when that has none.

    >>> find_source(Change("a#7", "period_end", "2024-01-31", ""), {("a#7", "period"): "misread"})
    'misread'
    """
    article = change.row.partition("#")[0]
    places = [(row, column) for column in SOURCES.get(change.column, ()) for row in (change.row, article)]
    return next((reasons[place] for place in places if place in reasons), "")


def places(change: Change) -> tuple[tuple[str, str], ...]:
    """Row and column of the lines that may be about a change, the nearest first."""
    exact = (change.row, change.column)
    return (exact, (change.row, ANY), (ANY, change.column)) if change.column else (exact,)


def find_reason(change: Change, notes: Mapping[tuple[str, str], str], moved: Mapping[str, str]) -> str:
    """The reason of a change that nobody had to write down; empty when somebody has to."""
    if change.replaced_by:
        return MOVED
    if note := notes.get((change.row, change.column)):
        return note
    if change.column == "base_claim_id" and moved.get(change.old) != change.new:
        return ""
    return FOLLOWING.get(change.column, "")


def note_key(review: Review) -> tuple[str, str]:
    """Row and column that a review changes; no column where the row goes."""
    return review.claim_id, "" if review.decision == "reject" else review.field


def find_line_problems(lines: Lines, changes: Iterable[Change], path: Path) -> list[Problem]:
    """Lines that are no reasons for the release to come, and why."""
    about: dict[tuple[str, str], Change] = {}
    for change in changes:
        for place in places(change):
            about.setdefault(place, change)
    problems = []
    for number, line in lines:
        wrong = find_wrong(line, about.get((line.id, line.column)))
        if wrong:
            problems.append(Problem(path, number, *wrong))
    return problems


def find_wrong(line: Correction, change: Change | None) -> tuple[str, str] | None:
    """What is wrong with a line and what to do; ``change`` is the first that it is about."""
    if change is None:
        return f"{name_place(line)} has not changed since the last release", "remove the line"
    if ANY not in (line.id, line.column) and (line.old, line.new) != (change.old, change.new):
        return (
            f"{change.row}: {change.what}",
            f"look at it again and write both values, not {line.old!r} and {line.new!r}",
        )
    if not line.reason.strip():
        return f"{name_place(line)} has no reason", "write it into the last column"
    return None


def name_place(line: Correction) -> str:
    """What a line is about."""
    return f"{line.column} of {line.id}" if line.column else line.id


def find_rewritten(lines: Lines, released: Lines, path: Path) -> list[Problem]:
    """Lines of earlier releases that are not what they were: those are history."""
    before, now = {line for _, line in released}, {line for _, line in lines}
    rewritten = [
        Problem(path, number, f"{name_place(line)} is not what {line.version} released", "put the line back")
        for number, line in lines
        if line.version and line not in before
    ]
    gone = [
        Problem(path, None, f"the line of {line.version} about {name_place(line)} is gone", "put it back")
        for _, line in released
        if line not in now
    ]
    return rewritten + gone
