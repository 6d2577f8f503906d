"""Rows held against the texts that they quote: labelled rows, and what holds of all rows."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantclaims.records import Article
from quantclaims.schemas.vocabularies import ids
from quantclaims.verifying.rows import verify_rows
from quantclaims.verifying.verdicts import CONTRADICTED, NOT_FOUND, SUPPORTED, RowVerdict

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
                text = ARTICLES[case["article"]].text
                assert text[row["quote_start"] : row["quote_end"]] == row["quote"]
                assert text[int(row["claim_id"].partition("#")[2]) :].startswith(case["number"])


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


@pytest.mark.parametrize(
    ("context", "at"),
    [
        ({}, 0),
        ({"quote_prefix": "Then "}, 1),
        ({"quote_suffix": " stayed."}, 2),
        ({"quote_prefix": "Then ", "quote_suffix": " left."}, 1),
        ({"quote_prefix": "Of ", "quote_suffix": " stayed."}, 0),
    ],
)
def test_of_many_occurrences_the_context_tells_which(context: Row, at: int) -> None:
    text = "Of 10 ships came. Then 10 ships left. And 10 ships stayed."
    row = {"article_id": "a", "quote": "10 ships", "quote_start": 4, "quote_end": 12, **context}
    found = verify_rows([row], {"a": Article(text, "en", None, "a")})[0]
    places = [place for place in range(len(text)) if text.startswith("10 ships", place)]
    assert found.mend["quote_start"] == places[at]


# --- any rows

ANY_TEXT = st.text(max_size=12) | st.sampled_from([" ", "1,200", "Reuters", "\u202e", "0", "-", "#", "en#7", "2024-02"])
QUOTES = st.sampled_from([case["row"]["quote"] for case in CASES]) | ANY_TEXT
KEYS = st.builds("{}#{}".format, st.sampled_from(["en", "pl", "x", "en#1"]), st.integers(-5, 10**10)) | ANY_TEXT
NUMBERS = st.sampled_from([0.0, 3.0, 1200.0, 1e400, float("nan"), -1.0]) | st.floats()
DAYS = st.dates() | st.sampled_from([date(2024, 2, 1), date(2024, 2, 29)])
ANY = {
    "claim_id": KEYS,
    "article_id": st.sampled_from(["en", "pl", "ro", "ranges", "x", ""]),
    "quote": QUOTES,
    "quote_start": st.integers(-(2**31), 2**31 - 1),
    "quote_end": st.integers(-(2**31), 2**31 - 1),
    "quote_prefix": ANY_TEXT,
    "quote_suffix": ANY_TEXT,
    "value": NUMBERS,
    "value_low": NUMBERS,
    "value_high": NUMBERS,
    "qualifier": st.sampled_from(ids("qualifiers")),
    "unit": ANY_TEXT,
    "items": st.lists(st.sampled_from(ids("items")), max_size=3),
    "item_text": ANY_TEXT,
    "item_lemma": ANY_TEXT,
    "base_claim_id": KEYS,
    "relation": st.sampled_from(ids("relations")),
    "factor": NUMBERS,
    "is_denial": st.booleans(),
    "claimant": st.sampled_from(ids("claimants")),
    "claimant_text": ANY_TEXT,
    "via": st.lists(ANY_TEXT, max_size=2),
    "period": ANY_TEXT,
    "period_start": DAYS,
    "period_end": DAYS,
    "stated": ANY_TEXT,
    "stated_end": DAYS,
    "discrepancy": st.lists(KEYS, max_size=2),
}
ROWS = st.fixed_dictionaries({}, optional={column: st.none() | values for column, values in ANY.items()})


@settings(deadline=None)
@given(st.lists(ROWS, max_size=4))
def test_any_rows_get_a_verdict_and_a_sound_proposal(rows: list[Row]) -> None:
    verdicts = verify_rows(rows, ARTICLES)
    assert len(verdicts) == len(rows)
    for row, found in zip(rows, verdicts, strict=True):
        assert found.verdict in (SUPPORTED, CONTRADICTED, NOT_FOUND)
        assert found.mend.keys() <= row.keys()
        assert all(row[column] != value for column, value in found.mend.items())
        if "quote_start" in found.mend and "quote" in row:
            text, start = ARTICLES[row["article_id"]].text, found.mend["quote_start"]
            assert text[start:].startswith(found.mend.get("quote", row["quote"]))


def test_bases_in_a_circle_end() -> None:
    row = {"article_id": "en", "quote": "three times higher", "value": 3600.0, "factor": 3.0}
    first, second = ({**row, "claim_id": f"en#{a}", "base_claim_id": f"en#{b}"} for a, b in ((1, 2), (2, 1)))
    assert [
        each.verdict for each in verify_rows([first, second, {**row, "claim_id": "x", "base_claim_id": "x"}], ARTICLES)
    ]


@pytest.mark.parametrize(
    "base",
    [
        {"article_id": "en", "quote": "no such words", "value": 1200.0},
        {"article_id": "en", "quote": "had crossed the pass"},
        {"article_id": "en", "quote": " "},
        {"article_id": "pl", "quote": "15 autobusów", "value": 15.0},
        {"article_id": "unknown", "quote": "about 1,200 trucks", "value": 1200.0},
    ],
)
def test_a_base_whose_row_gives_no_figure_of_the_article(base: Row) -> None:
    multiple = {"article_id": "en", "quote": "three times higher", "factor": 3.0, "base_claim_id": "en#base"}
    found = verify_rows([multiple, base | {"claim_id": "en#base"}], ARTICLES)[0]
    assert {each.field: each.verdict for each in found.fields if each.verdict != SUPPORTED} == {
        "base_claim_id": NOT_FOUND
    }


@pytest.mark.parametrize("base", ["en#7", "en#x", "pl#1", "en", "", "ranges#230"])
def test_a_base_by_an_offset_where_no_figure_stands(base: str) -> None:
    row = {"article_id": "en", "quote": "three times higher", "base_claim_id": base}
    verdicts = {each.field: each.verdict for each in verify_rows([row], ARTICLES)[0].fields}
    assert verdicts["base_claim_id"] == NOT_FOUND


def test_a_base_that_the_text_contradicts_supports_nothing() -> None:
    text = ARTICLES["en"].text
    base: Row = {
        "article_id": "en",
        "claim_id": f"en#{text.index('1,200')}",
        "quote": "about 1,200 trucks",
        "value": 1000.0,
    }
    multiple = {"article_id": "en", "quote": "three times higher", "value": 3000.0, "factor": 3.0}
    multiple["base_claim_id"] = base["claim_id"]
    wrong = verify_rows([base, multiple], ARTICLES)
    assert [each.verdict for each in wrong] == [CONTRADICTED, CONTRADICTED]
    right = verify_rows([base | {"value": 1200.0}, multiple | {"value": 3600.0}], ARTICLES)
    assert [each.verdict for each in right] == [SUPPORTED, SUPPORTED]
