"""Sentences that carry their answers, read from a folder of JSON lines.

"language" and "text" are in every line; offsets are code points, half open.

- numbers.jsonl: "value"; the whole text is one number phrase
- dates.jsonl: "reference", "earliest", "latest" (ISO days); the whole text is one dated phrase
- counted.jsonl: "numbers": [[start, end], ...], and "counted": [{"number": [start, end], "noun": [start, end]}, ...]
- spans.jsonl: "spans": [[kind, start, end], ...] of which QUANTITY, MONEY (amounts), DATETIME and PERIOD are used
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from quantclaims.lexicon import list_languages

Span = tuple[int, int]


class NumberCase(NamedTuple):
    """A phrase that is one number."""

    language: str
    text: str
    value: float


class DateCase(NamedTuple):
    """A phrase that is one date."""

    language: str
    text: str
    reference: date
    earliest: date
    latest: date


class CountedCase(NamedTuple):
    """A sentence with its numbers, and the pairs of a number and the noun that it counts."""

    language: str
    text: str
    numbers: tuple[Span, ...]
    counted: tuple[tuple[Span, Span], ...]


class SpanCase(NamedTuple):
    """A sentence with annotated stretches, by kind."""

    language: str
    text: str
    spans: tuple[tuple[str, Span], ...]


Case = NumberCase | DateCase | CountedCase | SpanCase


def as_span(pair: Sequence[int]) -> Span:
    """Offsets as they stand in a line."""
    start, end = pair
    return int(start), int(end)


def number_case(row: Mapping[str, Any]) -> NumberCase:
    """Line of numbers.jsonl."""
    return NumberCase(row["language"], row["text"], float(row["value"]))


def date_case(row: Mapping[str, Any]) -> DateCase:
    """Line of dates.jsonl."""
    reference, earliest, latest = (date.fromisoformat(row[key]) for key in ("reference", "earliest", "latest"))
    return DateCase(row["language"], row["text"], reference, earliest, latest)


def counted_case(row: Mapping[str, Any]) -> CountedCase:
    """Line of counted.jsonl."""
    pairs = tuple((as_span(pair["number"]), as_span(pair["noun"])) for pair in row["counted"])
    return CountedCase(row["language"], row["text"], tuple(map(as_span, row["numbers"])), pairs)


def span_case(row: Mapping[str, Any]) -> SpanCase:
    """Line of spans.jsonl."""
    return SpanCase(row["language"], row["text"], tuple((kind, as_span(rest)) for kind, *rest in row["spans"]))


FILES: dict[str, Callable[[Mapping[str, Any]], Case]] = {
    "numbers.jsonl": number_case,
    "dates.jsonl": date_case,
    "counted.jsonl": counted_case,
    "spans.jsonl": span_case,
}


def read_cases(folder: Path) -> list[Case]:
    """Cases of every file that the folder has.

    Raises
    ------
    ValueError
        It has none of them, or a line is not what its file asks for.

    """
    present = [folder / name for name in FILES if (folder / name).is_file()]
    if not present:
        raise ValueError(f"{folder}: none of {', '.join(FILES)} is there: name the folder that has them")
    return [case for file in present for case in read_file(file)]


def read_file(file: Path) -> Iterator[Case]:
    """Cases of one file."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: not UTF-8 ({error.reason} at byte {error.start}): save it as UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield read_line(line, FILES[file.name])
            except KeyError as error:
                raise ValueError(f"{file}: line {number} has no {error}: add it") from error
            except (TypeError, ValueError) as error:
                raise ValueError(f"{file}: line {number} cannot be read: {error}") from error


def read_line(line: str, as_case: Callable[[Mapping[str, Any]], Case]) -> Case:
    """Case of one line."""
    row = json.loads(line)
    if not (isinstance(row, dict) and all(isinstance(row[key], str) for key in ("language", "text"))):
        raise TypeError("it has to be an object whose language and text are strings")
    if row["language"] not in list_languages():
        raise ValueError(f"language {row['language']!r} is not one of {', '.join(list_languages())}")
    return as_case(row)
