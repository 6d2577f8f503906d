"""The kernel: a batch of articles in, a batch of claims out, and whatever an article is, no exception."""

from typing import Any

import pyarrow as pa
import pytest

import quantclaims
from quantclaims import Article
from quantclaims.corpora import kernel
from quantclaims.corpora.entries import ColumnsError, Entry, decode_entries, encode_entries, make_id
from quantclaims.corpora.kernel import read_batch, read_entry
from quantclaims.schemas import claim

SENT = "Estonia sent Ukraine 12 howitzers."


def batch(**columns: list[object]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def test_claims_are_in_the_schema_of_the_contract() -> None:
    found = quantclaims.extract_batch(batch(text=[SENT], language=["en"]))
    assert found.schema.equals(claim.arrow_schema(), check_metadata=True)
    found.validate(full=True)
    assert quantclaims.extract_batch(batch(text=[], language=[])).schema.equals(claim.arrow_schema())


def test_rows_are_those_of_the_article_alone() -> None:
    given = batch(article_id=["a"], text=[SENT], language=["en"], published=["2024-05-14"])
    (found,) = quantclaims.extract_claims(Article(SENT, "en", "2024-05-14", "a"))
    (row,) = quantclaims.extract_batch(given).to_pylist()
    assert row == {**found._asdict(), "confidence": row["confidence"]} | {
        name: list(value) for name, value in found._asdict().items() if isinstance(value, tuple)
    }
    assert row["confidence"] == pytest.approx(found.confidence)


def test_a_poisoned_article_costs_itself_only(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = quantclaims.extract_claims

    def fail(article: Article) -> list[quantclaims.Claim]:
        if "poison" in article.text:
            raise RecursionError if "deep" in article.text else ZeroDivisionError("division by zero")
        return whole(article)

    monkeypatch.setattr(kernel, "extract_claims", fail)
    given = batch(text=[SENT, "poison", None, "a\0b", "deep poison", SENT], language=["en"] * 6)
    assert [outcome.error for outcome in read_batch(given)] == [
        None,
        "ZeroDivisionError: division by zero",
        "the text is missing",
        "character 2 is a NUL",
        "the text is nested too deep",
        None,
    ]
    assert quantclaims.extract_batch(given).num_rows == 2


def test_a_row_that_the_schema_cannot_hold_costs_its_article_only(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = quantclaims.extract_claims
    missing: dict[str, Any] = {"unit": None}
    monkeypatch.setattr(
        kernel,
        "extract_claims",
        lambda article: [row._replace(**missing) if article.title else row for row in whole(article)],
    )
    outcomes = read_batch(batch(text=[SENT, SENT], language=["en", "en"], title=["Howitzers", None]))
    assert [bool(outcome.error) for outcome in outcomes] == [True, False]
    assert "unit is empty" in str(outcomes[0].error)


def test_a_language_without_grammar_is_skipped() -> None:
    german = "Das Ministerium teilte mit, dass in der Nacht zwölf Drohnen abgeschossen wurden."
    outcomes = read_batch(batch(body=[german, german, SENT, " \n"], lang=[None, "de-AT", "en_US", None]))
    assert [outcome.skipped for outcome in outcomes] == ["language de", "language de", None, "no text"]
    assert [len(outcome.claims) for outcome in outcomes] == [0, 0, 1, 0]


def test_an_article_that_is_too_long_is_told_so() -> None:
    outcome = read_entry(Entry("a", SENT * 3, "en"), longest=50)
    assert outcome.error == "the text has 102 characters, more than 50: divide it, or give a higher --longest"


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"txt": ["a"]}, "no column of texts: has txt; name it with --text"),
        ({}, "no column of texts: has none; name it with --text"),
    ],
)
def test_a_batch_without_texts_is_an_error(columns: dict[str, list[str]], error: str) -> None:
    with pytest.raises(ColumnsError, match=error):
        quantclaims.extract_batch(pa.RecordBatch.from_pydict(columns))


def test_every_article_has_an_id() -> None:
    entries = list(decode_entries(batch(content=["a", "b", None], url=["https://example.org/1", None, None])))
    assert len({entry.article_id for entry in entries}) == 3
    assert [e.article_id for e in decode_entries(batch(text=["a"], id=["x y/z#1"]))] == ["x%20y:z%231"]
    assert make_id("żółw") == "żółw"
    assert make_id("a/b") != make_id("a:b") or make_id("a/b") == "a:b"


def test_entries_survive_arrow() -> None:
    entries = [Entry("a", SENT, "en", "2024", "said", "T", "P", "https://example.org", None, "f", None)]
    assert list(decode_entries(encode_entries(entries))) == [entries[0]._replace(source="f")]


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())])
def test_texts_of_any_arrow_type_are_read(kind: pa.DataType) -> None:
    column = pa.array([SENT]).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array([SENT], kind)
    given = pa.RecordBatch.from_arrays([column, pa.array(["en"])], ["text", "lang"])
    assert quantclaims.extract_batch(given).num_rows == 1


def test_bytes_that_are_no_text_are_in_quarantine() -> None:
    broken = pa.Array.from_buffers(pa.string(), 1, [None, *pa.array([b"\xff\xfe"]).buffers()[1:]])
    (outcome,) = read_batch(pa.RecordBatch.from_arrays([broken], ["text"]))
    assert outcome.error == "the text is a bytes"
