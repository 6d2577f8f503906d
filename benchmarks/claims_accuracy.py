"""How many claims of labelled texts are found, and how many of their fields are right.

    python benchmarks/claims_accuracy.py --cases tests/corpus tests/golden [--differences] [--card DATACARD.md]

reads claims.toml, articles.toml, set_aside.toml and calibration.toml of each DIR/<language>. A case is a short text
with all the claims that a careful reader takes from it:

    [[claims]]
    label = "according to, then a multiple"     # unique in the file
    published = "2024-05-06"                    # EDTF, optional
    set_aside = true                            # only measured: its differences are not shown and no test asserts it
    xfail = "reason"                            # known failure of the test that asserts the case
    text = '''...'''
    expect = [{ quote_has = "1.2 million", value = 1200000, qualifier = "exact", claimant = "ap", ... }, ...]

--card puts the figures of the cases set aside between the markers of that page.

Keys of an expectation are columns of claims.parquet; one that is left out is not compared. Besides:

- quote_has: part of the text that the row's quote overlaps (any of its occurrences, when it is printed twice)
- bounds that the qualifier entails are filled in: "exact" has both equal to the value, "approximately" neither
- "null": must be null; claimant = ["a", "b"]: either; claimant_text: the printed name is, or contains, this
- base: position in `expect` of the claim that this one builds on
- optional = true: a figure that one careful reader takes for a claim and another does not; it may be found or missing
- expect = []: no claim, and every row is surplus
"""

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pages import write_between
from quantclaims import Article, Claim, extract_claims

Expectation = dict[str, Any]

NULL = "null"
NO_COLUMN = {"quote_has", "base", "optional"}
"""Keys of an expectation that name no column."""
FILES = ("claims.toml", "articles.toml", "set_aside.toml", "calibration.toml")

BOUNDS: dict[str, tuple[bool, bool]] = {
    "exact": (True, True),
    "approximately": (False, False),
    "less_than": (False, True),
    "at_most": (False, True),
    "more_than": (True, False),
    "at_least": (True, False),
}
"""Whether the qualifier makes the figure its own lower and upper bound: see schemas/vocabularies/qualifiers.toml."""


GROUPS: dict[str, tuple[str, ...]] = {
    "value and bounds": ("value", "value_low", "value_high"),
    "claimant, also as printed": ("claimant", "claimant_text"),
    "period, both ends": ("period_start", "period_end"),
    "relation, base and factor, where there is one": ("relation", "base", "factor"),
}
"""Columns that are right together or not at all."""

CARD: tuple[str, ...] = (
    "claims precision", "claims recall", "claims F1", *GROUPS, "stance", "actor", "counterparty", "predicate", "items",
    "unit", "change", "is_denial", "via",
)  # fmt: skip
"""Lines of the data card's table."""


class Case(NamedTuple):
    """A labelled text."""

    language: str
    label: str
    text: str
    published: str | None
    expect: tuple[Expectation, ...]
    set_aside: bool
    xfail: str | None
    calibrates: bool = False
    """Set aside, and used to fit the confidence: see benchmarks/calibration.py."""


class Comparison(NamedTuple):
    """What was expected beside what was found."""

    pairs: tuple[tuple[Expectation, Claim | None], ...]
    surplus: tuple[Claim, ...]
    right: Counter[str]
    """Fields of found claims that are right, by name."""
    asked: Counter[str]
    differences: tuple[str, ...]
    """One line per missing claim, surplus row and wrong field."""


def read_cases(folder: Path) -> list[Case]:
    """Cases of every language that the folder has.

    Raises
    ------
    ValueError
        A file is not TOML or lacks what a case needs, or there is none.

    """
    files = [file for name in FILES for file in sorted(folder.glob(f"*/{name}"))]
    if not files:
        raise ValueError(f"{folder}: no <language>/claims.toml there: give the folder of the languages' folders")
    return [case for file in files for case in read_file(file)]


def read_file(file: Path) -> list[Case]:
    """Cases of one language, the folder's name."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))["claims"]
        return [
            Case(
                file.parent.name,
                table["label"],
                table["text"],
                table.get("published"),
                tuple(fill_in_bounds(expectation) for expectation in table["expect"]),
                table.get("set_aside", False),
                table.get("xfail"),
                file.stem == "calibration",
            )
            for table in tables
        ]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: cannot be read: {error}") from error
    except KeyError as error:
        raise ValueError(f"{file}: {error} is missing: a case has label, text and expect") from error


def fill_in_bounds(expectation: Expectation) -> Expectation:
    """Expectation with the bounds that its value and qualifier entail.

    >>> fill_in_bounds({"value": 5, "qualifier": "at_most"})
    {'value_low': 'null', 'value_high': 5, 'value': 5, 'qualifier': 'at_most'}
    """
    qualifier, value = expectation.get("qualifier"), expectation.get("value")
    if qualifier not in BOUNDS or value is None:
        return expectation
    low, high = (value if bounded else NULL for bounded in BOUNDS[qualifier])
    return {"value_low": low, "value_high": high} | expectation


def spans_of(phrase: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a phrase occurs.

    >>> list(spans_of("an", "banana"))
    [(1, 3), (3, 5)]
    """
    start = text.find(phrase)
    while start >= 0:
        yield start, start + len(phrase)
        start = text.find(phrase, start + 1)


def is_overlapping(row: Claim, phrase: str, text: str) -> bool:
    """Whether the row's quote and any occurrence of the phrase share a character."""
    return any(row.quote_start < end and start < row.quote_end for start, end in spans_of(phrase, text))


def is_right(field: str, got: Any, wanted: Any) -> bool:
    """Whether a field's value is one that the label admits.

    >>> is_right("value", 4.8e6, 4800000), is_right("claimant", None, "null"), is_right("claimant", "ap", ["ap", "un"])
    (True, True, True)
    """
    if field == "claimant" and isinstance(wanted, list):
        return any(is_right(field, got, one) for one in wanted)
    if wanted == NULL or got is None:
        return bool(wanted == NULL and got is None)
    if field == "claimant_text":
        return wanted.casefold() in got.casefold()
    if isinstance(wanted, bool | str):
        return bool(wanted == (got if isinstance(got, bool) else str(got)))
    if isinstance(wanted, list):
        return list(got) == wanted
    return bool(abs(got - wanted) <= 1e-6 * max(1.0, abs(wanted)))


def compare_fields(expectation: Expectation, row: Claim) -> dict[str, bool]:
    """Which of the expected columns are right; the base needs the other rows and is not among them."""
    columns = (key for key in expectation if key not in NO_COLUMN)
    return {column: is_right(column, getattr(row, column), expectation[column]) for column in columns}


def pair_rows(expect: Sequence[Expectation], rows: Iterable[Claim], text: str) -> list[Claim | None]:
    """For each expectation the row whose quote overlaps its phrase, best agreement first; a row serves once."""
    scored = [
        (sum(compare_fields(expectation, row).values()), -position, row.claim_id, position, row)
        for row in rows
        for position, expectation in enumerate(expect)
        if is_overlapping(row, expectation["quote_has"], text)
    ]
    paired: list[Claim | None] = [None] * len(expect)
    used: set[str] = set()
    for _, _, claim_id, position, row in sorted(scored, key=lambda one: one[:3], reverse=True):
        if paired[position] is None and claim_id not in used:
            paired[position] = row
            used.add(claim_id)
    return paired


def compare(case: Case, rows: Sequence[Claim]) -> Comparison:
    """Rows that were extracted from the case's text beside its labels."""
    paired = pair_rows(case.expect, rows, case.text)
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    differences: list[str] = []
    for expectation, row in zip(case.expect, paired, strict=True):
        phrase = repr(expectation["quote_has"])
        if expectation.get("optional"):
            continue
        if row is None:
            differences.append(f"missing: {phrase}")
            continue
        fields = compare_fields(expectation, row) | compare_base(expectation, row, paired)
        judged = fields | judge_groups(expectation, fields)
        asked.update(judged.keys())
        right.update(name for name, agrees in judged.items() if agrees)
        differences += [f"{phrase}: {tell(field, expectation, row)}" for field, agrees in fields.items() if not agrees]
    used = {row.claim_id for row in paired if row is not None}
    surplus = tuple(row for row in rows if row.claim_id not in used)
    differences += [f"surplus: {row.quote!r} value {row.value} claimant {row.claimant!r}" for row in surplus]
    pairs = [pair for pair in zip(case.expect, paired, strict=True) if not pair[0].get("optional")]
    return Comparison(tuple(pairs), surplus, right, asked, tuple(differences))


def compare_base(expectation: Expectation, row: Claim, paired: Sequence[Claim | None]) -> dict[str, bool]:
    """Whether the row builds on the row that was found for the expected base; empty where no base is expected."""
    if "base" not in expectation:
        return {}
    base = paired[expectation["base"]]
    return {"base": base is not None and row.base_claim_id == base.claim_id}


def judge_groups(expectation: Expectation, fields: Mapping[str, bool]) -> dict[str, bool]:
    """Whether all columns of a group are right, of the groups that the label decides any of.

    >>> judge_groups({"relation": "null"}, {"relation": True, "value": True, "value_low": False})
    {'value and bounds': False}
    """
    groups = {name: [fields[column] for column in columns if column in fields] for name, columns in GROUPS.items()}
    if expectation.get("relation", NULL) == NULL:
        del groups["relation, base and factor, where there is one"]
    return {name: all(agreeing) for name, agreeing in groups.items() if agreeing}


def tell(field: str, expectation: Expectation, row: Claim) -> str:
    """What a wrong field is, and what was expected."""
    if field == "base":
        return f"base is {row.base_claim_id!r}, not that of expectation {expectation['base']}"
    return f"{field} is {getattr(row, field)!r}, not {expectation[field]!r}"


def run(case: Case) -> Comparison:
    """Extract the claims of the case's text and compare them with its labels."""
    article = Article(text=case.text, language=case.language, published=case.published, article_id="case")
    return compare(case, extract_claims(article))


def figures(comparisons: Sequence[Comparison]) -> dict[str, tuple[float, int]]:
    """Share and what it is a share of, by name: precision, recall and F1 of claims, then each field of found claims."""
    found = sum(row is not None for one in comparisons for _, row in one.pairs)
    wanted = sum(len(one.pairs) for one in comparisons)
    got = found + sum(len(one.surplus) for one in comparisons)
    right: Counter[str] = sum((one.right for one in comparisons), Counter())
    asked: Counter[str] = sum((one.asked for one in comparisons), Counter())
    shares = {
        "claims precision": (found, got),
        "claims recall": (found, wanted),
        "claims F1": (2 * found, got + wanted),
    } | {name: (right[name], asked[name]) for name in (*GROUPS, *sorted(asked.keys() - GROUPS.keys()))}
    return {name: (part / whole, whole) for name, (part, whole) in shares.items() if whole}


def as_markdown(columns: dict[str, dict[str, tuple[float, int]]]) -> str:
    """The card's lines as a Markdown table, a column per language."""
    names = ("", *columns)
    rows = [f"| {' | '.join(names)} |", f"|---{'|---:' * len(columns)}|"]
    for name in CARD:
        cells = (column.get(name) for column in columns.values())
        shares = ("" if cell is None else f"{cell[0]:.3f} ({cell[1]})" for cell in cells)
        rows.append(f"| {name} | {' | '.join(shares)} |")
    return "\n".join(rows)


def print_table(title: str, columns: dict[str, dict[str, tuple[float, int]]]) -> None:
    """Print a line per figure and a column per language."""
    print(f"\n{title:24}" + "".join(f"{name:>15}" for name in columns))
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    for name in names:
        cells = (column.get(name) for column in columns.values())
        shares = ("" if cell is None else f"{cell[0]:.3f} of {cell[1]:3d}" for cell in cells)
        print(f"{name:24}" + "".join(f"{share:>15}" for share in shares))


def main() -> int:
    """Print the figures of all cases and of those set aside; exit 2 when the cases cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--cases",
        type=Path,
        required=True,
        nargs="+",
        metavar="DIR",
        help="folders with <language>/claims.toml and the like",
    )
    parser.add_argument("--differences", action="store_true", help="print what differs in the cases not set aside")
    parser.add_argument("--card", type=Path, metavar="FILE", help="also write the set-aside figures to this page")
    options = parser.parse_args()
    try:
        cases = [case for folder in options.cases for case in read_cases(folder)]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    results = [(case, run(case)) for case in cases]
    if options.differences:
        for case, comparison in results:
            for line in () if case.set_aside else comparison.differences:
                print(f"{case.language} {case.label}: {line}")
    languages = sorted({case.language for case in cases})
    for title, only_set_aside in (("all cases", False), ("set aside", True)):
        chosen = [(case, comparison) for case, comparison in results if case.set_aside or not only_set_aside]
        table = {name: figures([one for case, one in chosen if case.language == name]) for name in languages}
        table |= {"together": figures([one for _, one in chosen])}
        print_table(f"{title} ({len(chosen)})", table)
    if options.card:
        return write_card(options.card, as_markdown(table), len(chosen))
    return 0


def write_card(card: Path, table: str, texts: int) -> int:
    """Put the table of the texts set aside on its page; 2 when that cannot be done."""
    note = f"{texts} texts that no rule was made for; in brackets, of how many claims the label decides the field."
    try:
        write_between(card, "claims-accuracy", f"{table}\n\n{note}")
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
