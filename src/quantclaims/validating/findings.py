"""What is wrong with a file: each finding with its place, and how many there are of each kind."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from quantclaims.problems import escape

LIMIT = 20
"""Findings listed of each kind; the rest is counted."""

SHOWN = 80
"""Characters shown of a value."""


class Finding(NamedTuple):
    """One thing wrong with a file, a column or a row."""

    path: Path
    line: int | None
    """Line of a text file, from 1; None in a file without lines, and where the whole file or a column is meant."""
    number: int | None
    """Number of the row in a file without lines, from 1."""
    row: str
    """Key of the row (claim_id, article_id); empty where there is none."""
    column: str
    """Empty where the whole row is meant."""
    value: str
    """What stands there, on one line and shortened."""
    rule: str
    """Name of the rule, which does not change with the words of the message."""
    message: str
    """What is wrong, and what to do."""
    nearest: str | None = None
    """The nearest value that would be right, where one can be told."""
    alike: int = 1
    """How many rows of the file this finding stands for: more than 1 on the last that is listed of a kind."""


class Kind(NamedTuple):
    """A rule that is broken, and how often."""

    path: Path
    column: str
    rule: str
    message: str
    rows: int


def count_kinds(findings: Iterable[Finding]) -> list[Kind]:
    """The kinds of findings in the order of their first, each with its number.

    >>> f = Finding(Path("a.csv"), 2, None, "a#1", "unit", "ha", "unit_known", "is no unit", "har")
    >>> [(kind.rule, kind.rows) for kind in count_kinds([f, f._replace(line=3, alike=7)])]
    [('unit_known', 8)]
    """
    kinds: dict[tuple[Path, str, str], Kind] = {}
    for finding in findings:
        key = (finding.path, finding.column, finding.rule)
        known = kinds.get(key)
        count = finding.alike + (known.rows if known else 0)
        kinds[key] = Kind(*key, known.message if known else finding.message, count)
    return list(kinds.values())


def show_value(value: object) -> str:
    r"""A value on one line, shortened, with everything that cannot be seen written out.

    >>> print(show_value("1\u200b200\n"), show_value("mln\u00a0ton"))
    1\u200b200\n mln\xa0ton
    """
    text = "" if value is None else str(value)
    short = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return escape(short)


def limit_kind(findings: Sequence[Finding], count: int) -> Iterator[Finding]:
    """The first findings of a kind that has ``count`` of them; the last one listed stands for the rest."""
    listed = findings[:LIMIT]
    yield from listed[:-1]
    if listed:
        yield listed[-1]._replace(alike=count - len(listed) + 1)


def render_finding(finding: Finding) -> str:
    """One line: place, column, what is wrong with what, what would be right, the rule's name.

    >>> print(render_finding(Finding(Path("a.csv"), 3, None, "a#7", "unit", "ha", "unit_known", "is no unit", "har")))
    a.csv:3: unit: 'ha' is no unit; nearest: har [unit_known]
    """
    place = [show_path(finding.path) if finding.line is None else f"{show_path(finding.path)}:{finding.line}"]
    if finding.number is not None:
        place.append(f"row {finding.number}")
    if finding.line is None and finding.row:
        place.append(finding.row)
    if finding.column:
        place.append(finding.column)
    return f"{': '.join(place)}: {describe(finding)} [{finding.rule}]"


def describe(finding: Finding) -> str:
    """What is wrong with what, what would be right, and how many rows are alike."""
    value = f"'{finding.value}' " if finding.value else ""
    nearest = "" if finding.nearest is None else f"; nearest: {finding.nearest or 'empty'}"
    alike = "" if finding.alike == 1 else f" (and {finding.alike - 1:,} more like this)"
    return f"{value}{finding.message}{nearest}{alike}"


def show_path(path: Path) -> str:
    """A path on one line, every character of it visible."""
    return escape(str(path))
