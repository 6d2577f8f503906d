"""What people decided on the rows that the machine made: confirmed, rejected, or one field corrected.

A decision names the value that it was made on (``expect``). When the machine gives another value by now, the decision
no longer applies to what is there, and the build stops until somebody looks again.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from quantclaims.derived import derive_fields
from quantclaims.problems import Problem, describe_os_error, name_known
from quantclaims.records import Claim
from quantclaims.schemas.edtf import parse_edtf

COLUMNS = ("claim_id", "decision", "field", "expect", "value", "reviewer", "date", "note")
DECISIONS = ("confirm", "reject", "correct")
FIXED = frozenset({
    "claim_id", "article_id", "language", "quote_prefix", "quote_suffix", "rules", "review",
    "period_start", "period_end", "stated_start", "stated_end", "published_start", "published_end", "topic_key",
    "confidence", "source_reliability", "discrepancy", "information_credibility",
})  # fmt: skip
"""Fields that follow from others, of this row or of other articles' rows, or say how the row came about."""
DATED = ("period", "stated")
WHOLE_ROW = "quote"
"""A decision on a whole row names no field; what it was made on is the quote."""
LIST_MARK = ";"
BOOLEANS = ("false", "true")


class Review(NamedTuple):
    """One line of reviews.csv."""

    line: int
    claim_id: str
    decision: str
    field: str
    expect: str
    value: str
    reviewer: str
    date: str
    note: str


def apply_reviews(claims: Sequence[Claim], path: Path) -> tuple[list[Claim], list[Problem]]:
    """The claims with every decision of a reviews.csv applied, and everything that is wrong with the file.

    Confirmed rows have ``review`` confirmed, corrected ones corrected; rejected ones are gone. Without a file nothing
    was decided.
    """
    reviews, problems = read_reviews(path)
    machine = {claim.claim_id: claim for claim in claims}
    reviewed = dict(machine)
    for review in reviews:
        found = find_review_problems(review, machine.get(review.claim_id), path)
        if not found and review.claim_id not in reviewed:
            what = f"{review.claim_id} is rejected by an earlier line"
            found = [Problem(path, review.line, what, "remove one of the two")]
        problems += found
        if not found:
            decide(review, reviewed)
    return list(reviewed.values()), problems


def decide(review: Review, claims: dict[str, Claim]) -> None:
    """Apply one sound decision."""
    claim = claims[review.claim_id]
    if review.decision == "reject":
        del claims[review.claim_id]
    elif review.decision == "correct":
        corrected: dict[str, Any] = {review.field: parse_value(review.field, review.value), "review": "corrected"}
        claims[review.claim_id] = derive_fields(claim._replace(**corrected))
    elif claim.review == "machine":
        claims[review.claim_id] = claim._replace(review="confirmed")


def read_reviews(path: Path) -> tuple[list[Review], list[Problem]]:
    """The lines of a reviews.csv, and those that are no decisions."""
    lines, problems = read_lines(path, COLUMNS)
    return [Review(number, *cells) for number, cells in lines], problems


def read_lines(path: Path, columns: Sequence[str]) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """The numbered lines of a CSV file that people write, under a header of these columns, and what is wrong with it.

    No file is a file without lines.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [Problem(path, None, f"cannot be read, {describe_os_error(error)}", "see that you may read it")]
    return parse_lines(content, path, columns)


def parse_lines(
    content: bytes, path: Path, columns: Sequence[str]
) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """As `read_lines`, from what a file of that name holds or held; guards against formulas are taken off."""
    try:
        reader = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except UnicodeDecodeError:
        return [], [Problem(path, None, "is not UTF-8", "save it as UTF-8")]
    except csv.Error as error:
        return [], [Problem(path, None, f"is no CSV, {error}", "close its quotation marks")]
    if not rows or rows[0][1] != list(columns):
        return [], [Problem(path, 1, "has another header", f"write {','.join(columns)}")]
    wrong = [(line, row) for line, row in rows[1:] if row and len(row) != len(columns)]
    return [(line, list(map(unguard, row))) for line, row in rows[1:] if len(row) == len(columns)], [
        Problem(path, line, f"has {len(row)} columns, not {len(columns)}", "correct the line") for line, row in wrong
    ]


def find_review_problems(review: Review, claim: Claim | None, path: Path) -> list[Problem]:
    """Why a decision does not apply to the claim as the machine made it; empty when it does."""
    field = review.field or WHOLE_ROW
    if review.decision not in DECISIONS:
        return [
            Problem(path, review.line, f"unknown decision {review.decision!r}", name_known(review.decision, DECISIONS))
        ]
    if claim is None:
        what = f"there is no claim {review.claim_id!r} any more"
        return [Problem(path, review.line, what, "look at the article's claims again, then change or remove the line")]
    if field not in Claim._fields:
        return [Problem(path, review.line, f"unknown field {field!r}", name_known(field, Claim._fields))]
    machine = format_value(getattr(claim, field))
    if machine != review.expect:
        what = f"{field} of {review.claim_id} is {machine!r}, the decision was made on {review.expect!r}"
        return [Problem(path, review.line, what, "decide again and write what it is now into expect")]
    return [Problem(path, review.line, *wrong) for wrong in find_form_problems(review)]


def find_form_problems(review: Review) -> Iterable[tuple[str, str]]:
    """What is wrong with a decision, and what to do, whatever the claim."""
    if not review.reviewer.strip():
        yield "nobody is named as reviewer", "write who decided"
    try:
        date.fromisoformat(review.date)
    except ValueError:
        yield f"date {review.date!r} is no day", "write it as YYYY-MM-DD"
    if review.decision != "correct":
        return
    if not review.field:
        yield "names no field to correct", "write one into the column field"
    elif review.field in FIXED:
        yield f"{review.field} cannot be corrected", "correct the field that it follows from"
    else:
        try:
            parse_value(review.field, review.value)
        except ValueError:
            yield f"{review.value!r} is no {name_type(review.field)}", f"correct the value for {review.field}"
        if review.field in DATED and review.value:
            yield from find_edtf_problems(review.value)


def find_edtf_problems(text: str) -> Iterable[tuple[str, str]]:
    """What is wrong with a date that is to stand in a row, and what to do."""
    try:
        parse_edtf(text)
    except ValueError as error:
        what, _, advice = str(error).partition(": ")
        yield what, advice


# Values as text

FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet takes for a formula; an apostrophe before it keeps it a text."""


def unguard(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula.

    >>> unguard("'- two tanks"), unguard("'t Hart")
    ('- two tanks', "'t Hart")
    """
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def format_value(value: object) -> str:
    """A field's value as reviews.csv writes it: nothing for null, lists with semicolons.

    >>> [format_value(v) for v in (None, 1600000.0, 2.5, True, ("a", "b"), date(2024, 1, 31))]
    ['', '1600000', '2.5', 'true', 'a;b', '2024-01-31']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, tuple):
        return LIST_MARK.join(value)
    return str(value)


def parse_value(field: str, text: str) -> Any:
    """The value that a text stands for in a field; ValueError for one that the field's type does not have.

    >>> parse_value("value", "1.6e6"), parse_value("items", "drone;rocket"), parse_value("actor", "")
    (1600000.0, ('drone', 'rocket'), None)
    """
    types = field_types()[field]
    kind = next(option for option in types if option is not type(None))
    if kind is tuple:
        return tuple(part for part in text.split(LIST_MARK) if part)
    if not text:
        if type(None) in types:
            return None
        raise ValueError(field)
    if kind is bool:
        return BOOLEANS.index(text.lower()) == 1
    if kind is date:
        return date.fromisoformat(text)
    return kind(text)


def name_type(field: str) -> str:
    """What a field holds, for a message."""
    names = {bool: "true or false", date: "day", float: "number", int: "whole number", str: "text"}
    return names[next(option for option in field_types()[field] if option in names)]


def field_types() -> Mapping[str, tuple[type, ...]]:
    """Field of a claim -> the types that it may have."""
    hints = get_type_hints(Claim)
    return {name: tuple(map(plain, get_args(h) if isinstance(h, UnionType) else (h,))) for name, h in hints.items()}


def plain(hint: type) -> type:
    """A type without what it contains."""
    return get_origin(hint) or hint
