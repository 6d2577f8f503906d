"""Worker processes give what this process gives, in order, and hand their errors on."""

import subprocess
import sys
import threading

import pytest

from quantclaims import Article
from quantclaims.extraction import BATCH, choose_context, divide, extract_here, extract_in_workers

ARTICLES = [
    Article("Polska kupiła 30 dział.", "pl", article_id="zeroth"),
    Article("Estonia sent Ukraine 12 howitzers.", "en", article_id="first"),
    Article("Nobody counted anything.", "en", article_id="second"),
    Article("Litwa kupiła 40 wozów.", "pl", article_id="third"),
]


def test_workers_find_the_same_claims_in_order() -> None:
    found = list(extract_in_workers(ARTICLES))
    assert found == list(extract_here(ARTICLES))
    assert [len(claims) for claims in found] == [1, 1, 0, 1]


def test_an_error_in_a_worker_names_the_article() -> None:
    with pytest.raises(ValueError, match="no grammar for language 'xx'") as raised:
        list(extract_in_workers([*ARTICLES, Article("5 tanks", "xx", article_id="fourth")]))
    assert raised.value.__notes__ == ["in article fourth: please report this with its text"]


def test_no_article_is_in_two_batches_and_none_is_in_no_batch() -> None:
    articles = [Article("." * size, language) for size in range(2 * BATCH) for language in ("en", "pl", "ro")]
    batches = divide(articles)
    assert sorted(at for batch in batches for at in batch) == list(range(len(articles)))
    assert all(len(batch) <= BATCH and len({articles[at].language for at in batch}) == 1 for batch in batches)
    assert batches == divide(articles)


def test_no_articles_have_no_claims() -> None:
    assert list(extract_in_workers([])) == []


def test_a_process_of_many_threads_is_not_copied() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert choose_context().get_start_method() == "spawn"
    done.set()
    thread.join()


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can count its threads")
def test_a_process_of_one_thread_is_copied() -> None:
    code = "from quantclaims.extraction import choose_context; print(choose_context().get_start_method())"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "fork"
