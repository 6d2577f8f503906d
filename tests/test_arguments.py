"""What the public functions say of arguments that they cannot read."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from quantclaims import Article, extract_claims, find_dates, find_numbers, find_quantities


@pytest.mark.parametrize("find", [find_numbers, find_quantities, find_dates])
@pytest.mark.parametrize("text", [None, b"5 km", 5, ["5 km"]])
def test_text_that_is_none(find: Any, text: Any) -> None:
    with pytest.raises(TypeError, match=rf"^text is a {type(text).__name__}: give a str"):
        find(text, "en")


@pytest.mark.parametrize("find", [find_numbers, find_quantities, find_dates])
@pytest.mark.parametrize("language", [None, "EN", "de", 5, ["en"]])
def test_language_without_grammar(find: Any, language: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="known are en, pl, ro"):
        find("5 km", language)


@pytest.mark.parametrize("reference", [date(2024, 7, 19), datetime(2024, 7, 19, 8, 30, tzinfo=UTC), "2024-07-19"])
def test_reference_day(reference: Any) -> None:
    assert [d.earliest for d in find_dates("yesterday", "en", reference)] == [date(2024, 7, 18)]


@pytest.mark.parametrize(("reference", "error", "message"), [
    (2024, TypeError, "reference is a int: give a datetime.date"),
    ("July", ValueError, "reference 'July' is no day"),
    ("2024-07", ValueError, "reference '2024-07' is no day"),
])  # fmt: skip
def test_reference_that_is_no_day(reference: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        find_dates("yesterday", "en", reference)


@pytest.mark.parametrize(("article", "message"), [
    ("5 km", "article is a str: give an Article"),
    (None, "article is a NoneType"),
    (Article(None, "en"), "text is a NoneType"),  # type: ignore[arg-type]
    (Article("5 km", "en", published=2024), "published is a int"),  # type: ignore[arg-type]
])  # fmt: skip
def test_what_is_no_article(article: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        extract_claims(article)


def test_publication_may_be_a_date() -> None:
    text = "Police said 20 houses burned yesterday."
    claims = [extract_claims(Article(text, "en", published=day)) for day in ("2024-07-19", date(2024, 7, 19))]  # type: ignore[arg-type]
    assert claims[0] == claims[1]
    assert [claim.period for claim in claims[1]] == ["2024-07-18"]
