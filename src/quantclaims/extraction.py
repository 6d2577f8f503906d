"""The claims of many articles: in this process, or in a worker beside the program that asks for them.

A worker reads the articles while its parent loads polars and pandera, a second on five articles, and neither process
holds both the dictionaries and the data libraries: one process that did peaked at 276 to 353 MB, by how much of the
libraries' files the kernel mapped at a touch.
"""

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from quantclaims.records import Article, Claim
from quantclaims.startup import start_lean

Extract = Callable[[Sequence[Article]], Iterable[list[Claim]]]
"""Gives the claims of each article, in their order."""


def extract(each: Article) -> list[Claim]:
    """The claims of an article; an error names the article, for it is one of the program, not of the input."""
    from quantclaims.claims import extract_claims  # the grammars: a parent with a worker needs none of them

    try:
        return extract_claims(each)
    except Exception as error:
        error.add_note(f"in article {each.article_id}: please report this with its text")
        raise


def extract_here(articles: Sequence[Article]) -> Iterator[list[Claim]]:
    """The claims of each article, extracted in this process."""
    return map(extract, articles)


def extract_in_worker(articles: Sequence[Article]) -> Iterator[list[Claim]]:
    """The claims of each article from one worker process, which is at work when this returns."""
    pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=begin_work)
    return collect(pool, [pool.submit(extract, each) for each in articles])


def collect(pool: ProcessPoolExecutor, futures: Sequence["Future[list[Claim]]"]) -> Iterator[list[Claim]]:
    """What the worker found, in order; the worker ends with the last, or with the first error or interrupt."""
    try:
        for future in futures:
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def begin_work() -> None:
    """Leave interrupts to the parent, which ends the worker, and start lean."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_lean()
