"""How well numbers, counted things and dates are read, beside the libraries that read some of them.

    python benchmarks/accuracy.py --data DIR [--json] [--readme README.md]

puts the same sentences through quantclaims, quantulum3, dateparser and text2num and prints a Markdown table. The others
come with `pip install -c constraints.txt -e '.[peers]'`; one that is not installed is a column that says so. --readme
also writes the table between the accuracy markers of that page. DIR holds any of numbers.jsonl, dates.jsonl,
counted.jsonl and spans.jsonl: annotated.py says what stands in them.

What counts as right, for every reader alike:

- numbers: exactly one number is read; it is the whole phrase and has the value. "In words": those without a digit
- dates: exactly one date is read, and its first and last day are right. dateparser gives one moment and the length of
  the period that it stands for (day, week, month, year); the days of that period are judged. "A day inside" is lenient:
  the one day that a reader names (ours: the first) lies among the phrase's days
- counted: a reading overlaps the number; the noun or unit word that it gives overlaps the noun, or another is given.
  quantulum3 marks number and unit as one stretch, so all of it is taken for the unit word. Where there is no number,
  nothing should be read
- news: an amount or calendar date (one that names a month or a year and has a digit) is read when a reading of its kind
  overlaps it, and misread when one of the other kind does

A call that raises an exception has read nothing, and is counted in the last line. quantulum3 runs
without its classifier, with which it raises many. Of our languages, quantulum3 and text2num read English; text2num
passes by figures.
"""

import argparse
import json
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from annotated import Case, read_cases
from judgement import METRICS, judge
from pages import write_between
from readers import LOADERS, Reader

P = ParamSpec("P")
T = TypeVar("T")

Key = tuple[str, str]
"""Metric and language."""


class Column(NamedTuple):
    """All figures of one reader."""

    name: str
    reader: Reader | None
    """None: not installed."""
    figures: dict[Key, float]
    exceptions: int
    seconds: float


def measure_all(cases: Sequence[Case]) -> list[Column]:
    """A column per reader, whether installed or not."""
    columns = []
    for name, load in LOADERS.items():
        try:
            reader = load()
        except ImportError:
            columns.append(Column(name, None, {}, 0, 0.0))
        else:
            columns.append(measure(name, reader, cases))
    return columns


def measure(name: str, reader: Reader, cases: Iterable[Case]) -> Column:
    """All figures of a reader over the cases in its languages."""
    exceptions: Counter[str] = Counter()
    guarded = guard_reader(reader, exceptions)
    hits: defaultdict[Key, list[int]] = defaultdict(list)
    began = time.perf_counter()
    for case in cases:
        if case.language in reader.languages:
            for verdict in judge(guarded, case):
                hits[verdict.metric, verdict.language].append(verdict.hits)
    figures = {key: METRICS[key[0]].per * sum(values) / len(values) for key, values in hits.items()}
    return Column(name, reader, figures, exceptions.total(), time.perf_counter() - began)


def guard_reader(reader: Reader, exceptions: Counter[str]) -> Reader:
    """Same reader, whose functions find nothing where they raise, and the exception is counted by name."""
    return reader._replace(
        find_numbers=reader.find_numbers and guard(reader.find_numbers, exceptions),
        find_amounts=reader.find_amounts and guard(reader.find_amounts, exceptions),
        find_dates=reader.find_dates and guard(reader.find_dates, exceptions),
    )


def guard(find: Callable[P, list[T]], exceptions: Counter[str]) -> Callable[P, list[T]]:
    """Same function, which gives [] where it raises."""

    def guarded(*arguments: P.args, **named: P.kwargs) -> list[T]:
        try:
            return find(*arguments, **named)
        except Exception as error:
            exceptions[type(error).__name__] += 1
            return []

    return guarded


def count_cases(cases: Iterable[Case]) -> dict[Key, int]:
    """Number of cases by metric and language, in the table's order: what one is asked that reads everything."""
    everything = Reader(frozenset(), lambda *_: [], lambda *_: [], True, lambda *_: [])
    counts = Counter((verdict.metric, verdict.language) for case in cases for verdict in judge(everything, case))
    order = list(METRICS)
    return {key: counts[key] for key in sorted(counts, key=lambda key: (order.index(key[0]), key[1]))}


def as_records(cases: Sequence[Case], columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Lines of the table; the last has the exceptions."""
    records: list[dict[str, Any]] = [
        {"metric": metric, "language": language, "n": n} | {one.name: tell(one, metric, language) for one in columns}
        for (metric, language), n in count_cases(cases).items()
    ]
    failed = {one.name: "not installed" if one.reader is None else one.exceptions for one in columns}
    return [*records, {"metric": "exceptions", "language": None, "n": None} | failed]


def tell(column: Column, metric: str, language: str) -> float | str:
    """Figure of a line, or why there is none."""
    if column.reader is None:
        return "not installed"
    if (metric, language) in column.figures:
        return round(column.figures[metric, language], 3)
    return "not its language" if METRICS[metric].task in tasks_of(column.reader) else "not its task"


def tasks_of(reader: Reader) -> set[str]:
    """What a library is made for, in whatever language."""
    functions = {"numbers": reader.find_numbers, "amounts": reader.find_amounts, "dates": reader.find_dates}
    return {task for task, find in functions.items() if find} | ({"heads"} if reader.finds_heads else set())


def as_markdown(records: Sequence[Mapping[str, Any]], versions: Mapping[str, str | None]) -> str:
    """Records as a table, one column per reader.

    >>> line = {"metric": "dates", "language": "pl", "n": 14, "ours": 0.5, "theirs": "not its task"}
    >>> print(as_markdown([line], {"ours": "1.0", "theirs": "2.1"}))
    | | language | n | ours 1.0 | theirs 2.1 |
    |---|---|--:|--:|--:|
    | Dated phrases: right first and last day | pl | 14 | 0.500 | not its task |
    """
    titles = (f"{name} {number or ''}".strip() for name, number in versions.items())
    lines = ["| | language | n | " + " | ".join(titles) + " |", "|---|---|--:|" + "--:|" * len(versions)]
    for record in records:
        known = METRICS.get(record["metric"])
        label = known.label if known else "Calls that raised an exception"
        cells = [label, record["language"] or "all", "" if record["n"] is None else str(record["n"])]
        lines.append("| " + " | ".join([*cells, *(show(record[name]) for name in versions)]) + " |")
    return "\n".join(lines)


def show(figure: float | str) -> str:
    """Figure as printed: three places, a count without any.

    >>> show(0.5), show(3), show("not its task")
    ('0.500', '3', 'not its task')
    """
    return f"{figure:.3f}" if isinstance(figure, float) else str(figure)


def main() -> int:
    """Print the table; exit 2 when the sentences or the page cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with the sentences")
    parser.add_argument("--json", action="store_true", help="print versions and lines as JSON")
    parser.add_argument("--readme", type=Path, metavar="FILE", help="also write the table between this page's markers")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # quantulum3 warns that it runs without its classifier
    try:
        cases = read_cases(options.data)
        columns = measure_all(cases)
        records = as_records(cases, columns)
        versions = {one.name: None if one.reader is None else version(one.name) for one in columns}
        table = as_markdown(records, versions)
        if options.readme:
            write_between(options.readme, "accuracy", table)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps({"versions": versions, "lines": records}, ensure_ascii=False, indent=1) if options.json else table)
    print(", ".join(f"{one.name} {one.seconds:.0f} s" for one in columns if one.reader), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
