"""How well `quantclaims verify` tells right rows from wrong ones, on labelled texts.

    python benchmarks/verification.py --cases tests/golden [--differences]

makes a row of each claim that a careful reader took from a text (claims_accuracy.py says how they are written) and
holds it against the text: all of these are right. Then it makes each row that was supported wrong in one field, and
holds it again. Printed are the parts of the right rows that are supported and contradicted, and of the wrong ones those
that are found out, contradicted or not found; texts set aside are counted apart. --differences lists the right rows
that are not supported and the wrong ones that are, of the texts that are not set aside.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from claims_accuracy import NULL, Case, Expectation, read_cases
from quantclaims import Article
from quantclaims.verifying.rows import verify_rows
from quantclaims.verifying.verdicts import CONTRADICTED, SUPPORTED, RowVerdict

Row = dict[str, Any]

COLUMNS = (
    "value", "value_low", "value_high", "qualifier", "unit", "items", "item_lemma", "is_denial", "claimant",
    "claimant_text", "via", "period_start", "period_end", "stated_start", "stated_end", "factor",
)  # fmt: skip
"""Columns that are verified and that labels give."""

YEAR = timedelta(days=365)


class Spoilt(NamedTuple):
    """A right row made wrong in one field."""

    how: str
    row: Row


class Tally(NamedTuple):
    """Counts by what was done to the rows: ``right`` for nothing, else how they are wrong."""

    rows: Counter[str]
    supported: Counter[str]
    contradicted: Counter[str]


def make_rows(case: Case, article_id: str) -> list[Row]:
    """A row for each claim of a case whose quote stands in the text; keys that begin claims a base is named by."""
    rows = []
    for number, expectation in enumerate(case.expect):
        if expectation["quote_has"] in case.text:
            row = {column: plain(expectation[column], column) for column in COLUMNS if is_given(expectation, column)}
            row |= {"article_id": article_id, "quote": expectation["quote_has"], "claim_id": f"{article_id}#b{number}"}
            if "factor" in row and "base" in expectation:
                row["base_claim_id"] = f"{article_id}#b{expectation['base']}"
            rows.append(row)
    return rows


def is_given(expectation: Expectation, column: str) -> bool:
    """Whether a label says what a column holds, and only one thing."""
    value = expectation.get(column)
    return value is not None and not (isinstance(value, list) and column not in ("items", "via"))


def plain(value: Any, column: str) -> Any:
    """A label's value as a row has it."""
    if value == NULL:
        return None
    if column.endswith(("_start", "_end")) and isinstance(value, str):
        return date.fromisoformat(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def spoil(row: Row, others: Sequence[Row]) -> Iterator[Spoilt]:
    """The row made wrong in each field that can be, one at a time."""
    if row.get("value") and row.get("qualifier") and not row.get("factor"):
        for how, change in VALUES.items():
            yield Spoilt(how, scale(row, change))
    if row.get("unit"):
        yield Spoilt("another unit", row | {"unit": "kg" if row["unit"] != "kg" else "t"})
    if row.get("items"):
        item = "grain" if "grain" not in row["items"] else "tank"
        yield Spoilt("another item", row | {"items": [item]})
    if row.get("period_start") and row.get("period_end"):
        days = {column: row[column] + YEAR for column in ("period_start", "period_end")}
        yield Spoilt("the period a year later", row | days)
    if row.get("claimant"):
        yield Spoilt("a claimant from elsewhere", row | {"claimant": "ipcc", "claimant_text": None})
        swapped = [other["claimant"] for other in others if other.get("claimant") not in (None, row["claimant"])]
        named = [claimant for claimant in swapped if claimant != "article"]
        if named:
            yield Spoilt("a claimant of the same text", row | {"claimant": named[0], "claimant_text": None})


VALUES: dict[str, Callable[[float], float]] = {
    "ten times the value": lambda value: value * 10,
    "the value and one": lambda value: value + 1,
}


def scale(row: Row, change: Callable[[float], float]) -> Row:
    """The row with another value, its bounds with it."""
    figures = {name: row[name] for name in ("value", "value_low", "value_high") if row.get(name) is not None}
    return row | {name: change(value) for name, value in figures.items()}


def measure(cases: Sequence[Case], show: Callable[[str], None]) -> Tally:
    """Verdicts on the right rows of some cases and on their spoilt ones."""
    tally = Tally(Counter(), Counter(), Counter())
    for number, case in enumerate(cases):
        article_id = f"case-{number}"
        articles = {article_id: Article(case.text, case.language, case.published, article_id)}
        rows = make_rows(case, article_id)
        right = verify_rows(rows, articles)
        sound = [at for at, verdict in enumerate(right) if verdict.verdict == SUPPORTED]
        spoilt = [each for at in sound for each in spoil(rows[at], rows[:at] + rows[at + 1 :])]
        wrong = verify_rows([*(each.row | {"claim_id": None} for each in spoilt), *rows], articles)[: len(spoilt)]
        kinds = [*("right" for _ in rows), *(each.how for each in spoilt)]
        for how, verdict in zip(kinds, (*right, *wrong), strict=True):
            tally.rows[how] += 1
            tally.supported[how] += verdict.verdict == SUPPORTED
            tally.contradicted[how] += verdict.verdict == CONTRADICTED
            if (how == "right") != (verdict.verdict == SUPPORTED):
                show(describe(case, how, verdict))
    return tally


def describe(case: Case, how: str, verdict: RowVerdict) -> str:
    """A row that was misjudged, on a line."""
    fields = ", ".join(
        f"{field.field} {field.verdict}: {field.claimed!r} for {field.says!r}"
        for field in verdict.fields
        if field.verdict != SUPPORTED
    )
    return f"{case.language}: {case.label}: {how}: {verdict.fields[0].claimed!r}: {fields or 'supported'}"


def render(name: str, tally: Tally) -> str:
    """The counts as lines."""
    lines = [f"{name}: {tally.rows['right']} right rows, {sum(tally.rows.values()) - tally.rows['right']} wrong ones"]
    for how, rows in tally.rows.items():
        if how == "right":
            parts = f"supported {tally.supported[how] / rows:.3f}, contradicted {tally.contradicted[how] / rows:.3f}"
        else:
            parts = f"found out {1 - tally.supported[how] / rows:.3f}"
        lines.append(f"  {how} ({rows}): {parts}")
    return "\n".join(lines)


def main() -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--cases", type=Path, nargs="+", required=True, help="folders of labelled texts")
    parser.add_argument("--differences", action="store_true", help="list what was misjudged")
    options = parser.parse_args()
    try:
        cases = [case for folder in options.cases for case in read_cases(folder)]
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    for name, is_set_aside in (("texts at hand", False), ("texts set aside", True)):
        chosen = [case for case in cases if case.set_aside is is_set_aside and not case.calibrates]
        if chosen:
            is_shown = options.differences and not is_set_aside
            print(render(name, measure(chosen, print if is_shown else lambda _: None)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
