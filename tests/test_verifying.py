"""Rows held against the texts that they quote: labelled rows, and what holds of all rows."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from quantclaims.records import Article
from quantclaims.verifying.rows import verify_rows
from quantclaims.verifying.verdicts import SUPPORTED, RowVerdict

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "verifying.toml").read_text("utf-8"))
CASES: list[dict[str, Any]] = CORPUS["case"]
ARTICLES = {
    article_id: Article(each["text"].strip(), each["language"], each["published"], article_id)
    for article_id, each in CORPUS["articles"].items()
}
UNVERIFIED = {
    "claim_id",
    "quote_start",
    "quote_end",
    "quote_prefix",
    "quote_suffix",
    "relation",
    "stance",
    "period_basis",
}
"""Columns that tell where a row stands or that nothing in the text settles."""

Row = dict[str, Any]


def make_row(case: dict[str, Any]) -> Row:
    """The row of a case with its place in the article."""
    row: Row = {column: None if value == "null" else value for column, value in case["row"].items()}
    article_id = case["article"]
    text = ARTICLES[article_id].text
    row["article_id"] = case.get("unknown_article", article_id)
    if case.get("bare"):
        return row
    quote = str(case.get("stands", row["quote"]))
    shift: int = case.get("shift", 0)
    start = text.index(quote)
    row["quote_start"] = start + shift
    row["quote_end"] = start + shift + len(row["quote"])
    row["claim_id"] = f"{article_id}#{start + shift + quote.index(case['number'])}"
    if "base" in case:
        row["base_claim_id"] = f"{article_id}#{text.index(case['base'])}"
    return row


def hold(case: dict[str, Any]) -> RowVerdict:
    return verify_rows([make_row(case)], ARTICLES)[0]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_rows_are_judged_as_by_a_careful_reader(case: dict[str, Any]) -> None:
    found = hold(case)
    differing = {each.field: each.verdict for each in found.fields if each.verdict != SUPPORTED}
    assert (found.verdict, differing) == (case["verdict"], case.get("fields", {}))
    for each in found.fields:
        assert (each.says is None) == (each.verdict == SUPPORTED)
        assert case.get("says", {}).get(each.field, "") in (each.says or "")
    assert sorted(found.mend) == sorted(case.get("mend", []))


def test_a_mended_row_needs_no_mending() -> None:
    for case in CASES:
        if case.get("mend"):
            row = make_row(case)
            row |= hold(case).mend
            again = verify_rows([row], ARTICLES)[0]
            assert (again.mend, again.verdict) == ({}, case["verdict"]), case["label"]
            if "quote_start" in row:
                assert ARTICLES[case["article"]].text[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_every_column_that_is_claimed_gets_a_verdict() -> None:
    """Nothing is supported for want of looking."""
    for case in CASES:
        row, found = make_row(case), hold(case)
        if any(each.field == "quote" and each.verdict != SUPPORTED for each in found.fields):
            continue
        claimed = {column for column, value in row.items() if value is not None and column not in UNVERIFIED}
        if any(each.field == "value" and each.verdict == "not found" for each in found.fields):
            claimed &= {"quote"}
        claimed -= {"article_id", "is_denial"} | ({"period_end"} if "period_start" in row else set())
        if "unknown_article" not in case:
            assert claimed <= {each.field for each in found.fields}, case["label"]
