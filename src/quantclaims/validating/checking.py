"""Rows held against the rules of the contract: what breaks which, where, and what would be right.

A cell that could not be read, or that is empty where every row needs a value, is reported once: rules that look at it
are not asked. The first rows of each kind are listed and the rest is counted, so that a million failing rows take no
longer than a million sound ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from quantclaims.schemas.fields import Field
from quantclaims.schemas.integrity import (
    ARTICLE_RULES,
    CLAIM_RULES,
    QUOTE_RULES,
    TEXT_RULES,
    count_claims,
    join_article,
    read_quotes,
    read_texts,
)
from quantclaims.schemas.rules import Rule, evaluate
from quantclaims.validating.findings import LIMIT, Finding, limit_kind, show_value
from quantclaims.validating.readers import Rows, place_row, type_rows
from quantclaims.validating.tables import Cells, tables


def check_rows(rows: Rows) -> list[Finding]:
    """Everything that is wrong with the rows of a file, beginning with what its reader found."""
    found = list(rows.findings)
    if not rows.table or rows.frame.height == 0:
        return found
    table = tables()[rows.table]
    empty = find_empty(rows, table.fields)
    for name, mask in empty.items():
        found += list_broken(rows, rows.frame, required(name, table.fields), mask)
    frame = table.complete(fill_missing(rows.frame, table.fields))
    return found + find_broken(rows, frame, table.rules, merge_masks(rows.unread, empty))


def check_together(files: Sequence[Rows]) -> list[Finding]:
    """What is wrong between the claims and the articles of several files, when there are both."""
    claims, articles = ([rows for rows in files if rows.table == name] for name in ("claims", "articles"))
    if not claims or not articles:
        return []
    found: list[Finding] = []
    both = [
        pl.concat([pick(rows, name) for rows in group]) for name, group in (("claims", claims), ("articles", articles))
    ]
    for rows in claims:
        joined = join_article(pick(rows, "claims"), both[1])
        found += find_broken(rows, joined, CLAIM_RULES, rows.unread)
    for rows in articles:
        counted = count_claims(both[0], pick(rows, "articles"))
        found += find_broken(rows, counted, ARTICLE_RULES, rows.unread)
    return found


def check_dataset(
    claims: pl.DataFrame, articles: pl.DataFrame, texts: Mapping[str, str] | None = None
) -> list[Finding]:
    """Everything that is wrong with the two tables of a dataset before they are written, so that rows have no number.

    ``texts`` maps article_id to the text that offsets count in; with it the quotes are compared with the texts.
    """
    both = take_frame("claims", claims), take_frame("articles", articles)
    found = [*check_rows(both[0]), *check_rows(both[1]), *check_together(both)]
    if texts is not None:
        found += check_texts(*both, texts)
    return [finding._replace(number=None) for finding in found]


def take_frame(table: str, frame: pl.DataFrame) -> Rows:
    """A frame as if it had been read from the file of its table."""
    lines = pl.int_range(1, frame.height + 1, dtype=pl.UInt32, eager=True)
    columns = {name: frame[name] for name in frame.columns}
    return type_rows(Path(f"{table}.parquet"), tables()[table], Cells(columns, lines, has_lines=False))


def check_texts(claims: Rows, articles: Rows, texts: Mapping[str, str]) -> list[Finding]:
    """What is wrong between the tables and the texts that they are of."""
    return [
        *find_broken(claims, read_quotes(pick(claims, "claims"), texts), QUOTE_RULES, claims.unread),
        *find_broken(articles, read_texts(pick(articles, "articles"), texts), TEXT_RULES, articles.unread),
    ]


def pick(rows: Rows, table: str) -> pl.DataFrame:
    """The rows with every column of their table."""
    return fill_missing(rows.frame, tables()[table].fields)


def fill_missing(frame: pl.DataFrame, fields: Sequence[Field]) -> pl.DataFrame:
    """The frame with every field, null where the file does not have the column."""
    columns = frame.columns
    return frame.select(
        pl.col(field.name) if field.name in columns else pl.lit(None, dtype=field.dtype).alias(field.name)
        for field in fields
    )


def find_empty(rows: Rows, fields: Sequence[Field]) -> dict[str, pl.Series]:
    """Column to mask for columns with cells that are empty where every row needs a value; unread ones do not count."""
    empty = {}
    for field in fields:
        if field.nullable or field.name in rows.missing or rows.frame[field.name].null_count() == 0:
            continue
        mask = rows.frame[field.name].is_null()
        if field.name in rows.unread:
            mask &= ~rows.unread[field.name]
        if mask.any():
            empty[field.name] = mask
    return empty


def required(name: str, fields: Sequence[Field]) -> Rule:
    """The rule that a column is filled in every row."""
    description = next(field.description for field in fields if field.name == name)
    message = f"is empty but every row needs it: {description}"
    return Rule("not_null", (name,), pl.col(name).is_not_null(), message)


def merge_masks(first: Mapping[str, pl.Series], second: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    """Column to mask, true where either is."""
    merged = dict(first)
    for name, mask in second.items():
        merged[name] = merged[name] | mask if name in merged else mask
    return merged


def find_broken(
    rows: Rows, frame: pl.DataFrame, rules: Sequence[Rule], unjudged: Mapping[str, pl.Series]
) -> list[Finding]:
    """Rows that break rules; a rule is asked where the file has its columns, of rows whose cells it can judge."""
    absent = set(rows.missing) & tables()[rows.table].needed
    asked = [rule for rule in rules if not set(rule.columns) & absent]
    kept = evaluate(asked, frame)
    found: list[Finding] = []
    for rule in asked:
        broken = ~kept[rule.name]
        for name in set(rule.columns) & unjudged.keys():
            broken &= ~unjudged[name]
        if broken.any():
            found += list_broken(rows, frame, rule, broken)
    return found


def list_broken(rows: Rows, frame: pl.DataFrame, rule: Rule, broken: pl.Series) -> Iterator[Finding]:
    """The first rows that break a rule, the last of them standing for the rest."""
    first = broken.arg_true().head(LIMIT)
    listed = [
        describe_row(rows, rule, row, index)
        for index, row in zip(first.to_list(), frame[first].iter_rows(named=True), strict=True)
    ]
    return limit_kind(listed, int(broken.sum()))


def describe_row(rows: Rows, rule: Rule, row: Mapping[str, Any], index: int) -> Finding:
    """What is wrong with one row."""
    shown = [show_value(join_list(row[column])) for column in rule.columns]
    if len(shown) > 1:
        shown = [f"{column} = {value}" for column, value in zip(rule.columns, shown, strict=True)]
    nearest = rule.nearest(row) if rule.nearest else None
    key = show_value(row.get(tables()[rows.table].key))
    column, value = rule.columns[0], ", ".join(shown)
    place = place_row(rows.lines, index, rows.has_lines)
    return Finding(
        rows.path, *place, key, column, value, rule.name, rule.message, None if nearest is None else show_value(nearest)
    )


def join_list(value: object) -> object:
    """A list as it stands in CSV."""
    return ";".join(map(str, value)) if isinstance(value, list) else value
