"""What `quantclaims verify` shows: a line per finding and the counts, or JSON with every field of every row."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from quantclaims.validating.findings import show_value
from quantclaims.verifying.verdicts import CONTRADICTED, NOT_FOUND, SUPPORTED, FieldVerdict, RowVerdict

LIMIT = 200
"""Findings listed unless somebody asks for more; the rest is counted."""


class Verified(NamedTuple):
    """A file's rows with what the texts make of them."""

    path: Path
    lines: Sequence[int]
    """Line of each row, from 1; in Parquet the number of the row."""
    verdicts: Sequence[RowVerdict]
    is_mended: bool
    """Whether the proposed values have been written."""


def render_text(verified: Verified, limit: int = LIMIT) -> str:
    """A line for each field that the text does not support and for each row that can be mended, then the counts."""
    lines = list(list_lines(verified))
    shown = lines if limit <= 0 else lines[:limit]
    hidden = [f"… and {len(lines) - len(shown)} more: --limit 0 lists all"] if len(lines) > len(shown) else []
    return "".join(f"{line}\n" for line in (*shown, *hidden, summarise(verified)))


def list_lines(verified: Verified) -> Iterator[str]:
    """Every finding on a line of its own."""
    for line, verdict in zip(verified.lines, verified.verdicts, strict=True):
        place = f"{show_value(str(verified.path))}:{line}"
        where = f"{place}: {show_value(verdict.row)}" if verdict.row.strip() else place
        for field in verdict.fields:
            if field.verdict != SUPPORTED:
                yield f"{where}: {describe(field)}"
        if verdict.mend:
            mends = ", ".join(f"{column} = {show_value(value)}" for column, value in verdict.mend.items())
            yield f"{where}: {'mended' if verified.is_mended else 'to be mended'}: {mends}"


def describe(field: FieldVerdict) -> str:
    """What the text makes of a field, in words.

    >>> describe(FieldVerdict("unit", CONTRADICTED, "kg", "t"))
    'contradicted: unit = kg: the text says t'
    """
    claimed = f"{field.field} = {show_value(plain(field.claimed))}"
    says = show_value(field.says)
    return f"{field.verdict}: {claimed}: {'the text says ' if field.verdict == CONTRADICTED else ''}{says}"


def summarise(verified: Verified) -> str:
    """The counts, on a line."""
    counts = Counter(verdict.verdict for verdict in verified.verdicts)
    mends = sum(bool(verdict.mend) for verdict in verified.verdicts)
    said = [f"{counts[name]} {name}" for name in (SUPPORTED, CONTRADICTED, NOT_FOUND) if counts[name]]
    mended = "mended" if verified.is_mended else "to be mended (--fix writes them)"
    rows = f"{len(verified.verdicts)} row{'' if len(verified.verdicts) == 1 else 's'}"
    return f"{show_value(str(verified.path))}: {rows}: {', '.join(said) or 'nothing to verify'}" + (
        f"; {mends} {mended}" if mends else ""
    )


def render_json(verified: Verified) -> str:
    """Every row with the verdict on each of its fields."""
    counts = Counter(verdict.verdict for verdict in verified.verdicts)
    whole = {
        "file": str(verified.path),
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
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


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
