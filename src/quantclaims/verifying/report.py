"""What `quantclaims verify` shows: findings like those of `quantclaims validate`, or JSON with every field."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from quantclaims.validating.findings import Finding, limit_kind, render_finding, show_path, show_value
from quantclaims.validating.reports import CheckedFile, Report
from quantclaims.verifying.verdicts import CONTRADICTED, NOT_FOUND, SUPPORTED, FieldVerdict, RowVerdict

LIMIT = 200
"""Findings listed in text unless somebody asks for more; the rest is counted."""


class Verified(NamedTuple):
    """A file's rows with what the texts make of them."""

    path: Path
    lines: Sequence[int]
    """Line of each row, from 1; in Parquet the number of the row."""
    has_lines: bool
    verdicts: Sequence[RowVerdict]
    is_mended: bool
    """Whether the proposed values have been written."""


def render_text(verified: Verified, limit: int = LIMIT) -> str:
    """A line for each field that the text does not support and for each row that can be mended, then the counts."""
    lines = list(map(render_finding, list_findings(verified)))
    shown = lines if limit <= 0 else lines[:limit]
    hidden = [f"… and {len(lines) - len(shown)} more: --limit 0 lists all"] if len(lines) > len(shown) else []
    return "\n".join([*shown, *hidden, summarise(verified)])


def make_report(verified: Verified, table: str, unreadable: Sequence[Finding]) -> Report:
    """What others than people read, with what of the file could not be read: of each kind the first findings."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for finding in list_findings(verified):
        if finding.rule != "mended":
            kinds.setdefault((finding.column, finding.rule), []).append(finding)
    listed = [finding for found in kinds.values() for finding in limit_kind(found, len(found))]
    findings = sorted([*unreadable, *listed], key=lambda finding: finding.line or finding.number or 0)
    return Report([CheckedFile(verified.path, table, len(verified.verdicts))], findings)


def list_findings(verified: Verified) -> Iterator[Finding]:
    """Every field that the text does not support, and every row that can be mended."""
    for place, verdict in zip(verified.lines, verified.verdicts, strict=True):
        line, number = (place, None) if verified.has_lines else (None, place)
        row = show_value(verdict.row.strip())
        for field in verdict.fields:
            if field.verdict != SUPPORTED:
                rule = field.verdict.replace(" ", "_")
                claimed = show_value(plain(field.claimed))
                yield Finding(verified.path, line, number, row, field.field, claimed, rule, describe_verdict(field))
        if verdict.mend:
            mends = ", ".join(f"{column} = {show_value(value)}" for column, value in verdict.mend.items())
            rule, said = ("mended", "mended") if verified.is_mended else ("mendable", "to be mended (--fix writes it)")
            yield Finding(verified.path, line, number, row, "", "", rule, f"{said}: {mends}")


def describe_verdict(field: FieldVerdict) -> str:
    """What the text makes of a field, in words.

    >>> describe_verdict(FieldVerdict("unit", CONTRADICTED, "kg", "t"))
    'is contradicted: the text says t'
    """
    return f"is {field.verdict}: {'the text says ' if field.verdict == CONTRADICTED else ''}{show_value(field.says)}"


def summarise(verified: Verified) -> str:
    """The counts, on a line."""
    counts = Counter(verdict.verdict for verdict in verified.verdicts)
    mends = sum(bool(verdict.mend) for verdict in verified.verdicts)
    said = [f"{counts[name]} {name}" for name in (SUPPORTED, CONTRADICTED, NOT_FOUND) if counts[name]]
    mended = "mended" if verified.is_mended else "to be mended (--fix writes them)"
    rows = f"{len(verified.verdicts)} row{'' if len(verified.verdicts) == 1 else 's'}"
    return f"{show_path(verified.path)}: {rows}: {', '.join(said) or 'nothing to verify'}" + (
        f"; {mends} {mended}" if mends else ""
    )


def render_json(verified: Verified) -> str:
    """Every row with the verdict on each of its fields."""
    counts = Counter(verdict.verdict for verdict in verified.verdicts)
    whole = {
        "file": show_path(verified.path),
        "rows": len(verified.verdicts),
        "supported": counts[SUPPORTED],
        "contradicted": counts[CONTRADICTED],
        "not_found": counts[NOT_FOUND],
        "mended" if verified.is_mended else "mendable": sum(bool(verdict.mend) for verdict in verified.verdicts),
        "results": [
            {
                "line": line,
                "row": verdict.row,
                "article_id": verdict.article_id,
                "verdict": verdict.verdict,
                "fields": [to_json(field) for field in verdict.fields],
                "mend": dict(verdict.mend),
            }
            for line, verdict in zip(verified.lines, verified.verdicts, strict=True)
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False)


def to_json(field: FieldVerdict) -> dict[str, Any]:
    """A field's verdict in what JSON has."""
    claimed = field.claimed
    if isinstance(claimed, date):
        claimed = claimed.isoformat()
    elif isinstance(claimed, float) and not isfinite(claimed):
        claimed = str(claimed)
    return field._replace(claimed=claimed)._asdict()


def plain(value: object) -> object:
    """A value as a line of a report writes it."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return f"{value:.15g}"
    return "null" if value is None else value if value != "" else "empty"
