"""A worker process gives what this process gives, in order, and hands its errors on."""

import pytest

from quantclaims import Article
from quantclaims.extraction import extract_here, extract_in_worker

ARTICLES = [
    Article("Estonia sent Ukraine 12 howitzers.", "en", article_id="first"),
    Article("Nobody counted anything.", "en", article_id="second"),
    Article("Litwa kupiła 40 wozów.", "pl", article_id="third"),
]


def test_a_worker_finds_the_same_claims_in_order() -> None:
    found = list(extract_in_worker(ARTICLES))
    assert found == list(extract_here(ARTICLES))
    assert [len(claims) for claims in found] == [1, 0, 1]


def test_an_error_in_a_worker_names_the_article() -> None:
    with pytest.raises(ValueError, match="no grammar for language 'xx'") as raised:
        list(extract_in_worker([*ARTICLES, Article("5 tanks", "xx", article_id="fourth")]))
    assert raised.value.__notes__ == ["in article fourth: please report this with its text"]
