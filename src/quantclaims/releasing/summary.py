"""What a changelog says of a released dataset: what came, what went, what was set right and why."""

from collections.abc import Iterable, Mapping, Sequence

from quantclaims.diff import Difference
from quantclaims.releasing.corrections import FOLLOWING, Correction
from quantclaims.releasing.numbering import Level, Tally, tally

NAMED = 10
"""Rows that a reason names; the others stand in corrections.csv."""


def describe_first(rows: Mapping[str, int], fingerprints: Mapping[str, str]) -> list[str]:
    """Lines of the first release; rows by table, fingerprints by file."""
    counts = " of ".join(count(number, table) for table, number in rows.items())
    return [f"- First dataset: {counts}.", *describe_fingerprints(fingerprints)]


def describe_release(
    previous: str,
    level: Level,
    differences: Mapping[str, Difference],
    corrections: Sequence[Correction],
    fingerprints: Mapping[str, str],
) -> list[str]:
    """Lines of a release that comes after another."""
    lines = [f"- Dataset, compared with {previous}: a {level.name.lower()} version."]
    for table, difference in differences.items():
        tallied = tally(difference)
        lines += [f"  - {said}." for said in describe_tally(table, tallied)]
    return [*lines, *describe_reasons(corrections), *describe_fingerprints(fingerprints)]


def describe_tally(table: str, tallied: Tally) -> list[str]:
    """What differs in a table, in words.

    >>> describe_tally("claims", Tally(1, 0, 0, 2, (), ("via",), ()))
    ['columns removed from claims: via', '1 claim added', '2 claims with other values']
    """
    columns = (
        ("removed from", tallied.columns_removed),
        ("of another type in", tallied.columns_retyped),
        ("added to", tallied.columns_added),
    )
    rows = (
        (tallied.added, "added"),
        (tallied.corrected, "with other values"),
        (tallied.retracted, "retracted"),
        (tallied.moved, "moved within the article"),
    )
    said = [f"columns {what} {table}: {', '.join(names)}" for what, names in columns if names]
    said += [f"{count(number, table)} {what}" for number, what in rows if number]
    return said or [f"no difference in {table}"]


def count(number: int, table: str) -> str:
    """A number of rows.

    >>> count(1, "claims"), count(1200, "articles")
    ('1 claim', '1,200 articles')
    """
    return f"{number:,} {table.removesuffix('s') if number == 1 else table}"


def describe_reasons(corrections: Iterable[Correction]) -> list[str]:
    """Each reason with the rows that it is about, corrections first."""
    groups: dict[tuple[str, str], list[str]] = {}
    for line in sorted(corrections, key=lambda line: (not line.column, bool(line.replaced_by))):
        groups.setdefault((name_kind(line), line.reason), []).append(name_rows(line))
    return [f"- {kind}: {reason.rstrip('.')}: {shorten(rows)}." for (kind, reason), rows in groups.items()]


def name_kind(line: Correction) -> str:
    """What happened to a row."""
    if line.column:
        return f"{'Changed' if line.reason in FOLLOWING.values() else 'Corrected'} {line.column}"
    return "Moved" if line.replaced_by else "Retracted"


def name_rows(line: Correction) -> str:
    """A row, and the one that it goes on as."""
    return f"`{line.id}` → `{line.replaced_by}`" if line.replaced_by else f"`{line.id}`"


def shorten(rows: Sequence[str]) -> str:
    """Rows by name as far as a reader wants them.

    >>> shorten(["`a`"]), shorten(["`a`"] * 12)[-46:]
    ('`a`', '`a`, `a` and 2 more in dataset/corrections.csv')
    """
    named, more = ", ".join(rows[:NAMED]), len(rows) - NAMED
    return f"{named} and {more:,} more in dataset/corrections.csv" if more > 0 else named


def describe_fingerprints(fingerprints: Mapping[str, str]) -> list[str]:
    """What a citation names beside the version."""
    return [f"- Fingerprint of {name}: `{value}`." for name, value in fingerprints.items()]
