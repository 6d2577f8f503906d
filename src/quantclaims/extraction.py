"""The claims of many articles: in this process, or in workers beside the program that asks for them.

Workers read the articles while their parent loads polars and pandera, a second on five articles, and no process
holds both the dictionaries and the data libraries: one process that did peaked at 276 to 353 MB, by how much of the
libraries' files the kernel mapped at a touch. A batch has one language, for the tables of a language cost more than a
few articles: the five of three languages take two workers 0.5 s less than one.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from pathlib import Path

from quantclaims.records import Article, Claim
from quantclaims.startup import start_lean

BATCH = 16
"""Articles given to a worker at a time."""

MOST_WORKERS = 8
"""Each holds the dictionaries, some 100 MB."""

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


def extract_batch(batch: Sequence[Article]) -> list[list[Claim]]:
    """The claims of each article of a batch: what a worker is given at a time."""
    return [extract(each) for each in batch]


def extract_in_workers(articles: Sequence[Article]) -> Iterator[list[Claim]]:
    """The claims of each article, in order, from worker processes, which are at work when this returns."""
    batches = divide(articles)
    workers = max(1, min(len(batches), count_processors(), MOST_WORKERS))
    pool = ProcessPoolExecutor(workers, choose_context(), initializer=begin_work)
    futures = [(batch, pool.submit(extract_batch, [articles[at] for at in batch])) for batch in batches]
    return collect(pool, futures)


def divide(articles: Sequence[Article]) -> list[list[int]]:
    """Positions of the articles in batches of one language, the batch with most text first.

    >>> divide([Article("ab", "en"), Article("a", "pl"), Article("c", "en")])
    [[0, 2], [1]]
    """
    by_language: dict[str, list[int]] = {}
    for at, each in enumerate(articles):
        by_language.setdefault(each.language, []).append(at)
    batches = [
        positions[first : first + BATCH]
        for positions in by_language.values()
        for first in range(0, len(positions), BATCH)
    ]
    return sorted(batches, key=lambda batch: -sum(len(articles[at].text) for at in batch))


def choose_context() -> BaseContext:
    """How workers start: as copies of this process where it has one thread, which spares them 0.3 s each, else anew.

    A copy of a process whose other threads hold locks, as those of polars do, may wait for ever.
    """
    threads = Path("/proc/self/task")
    return get_context("fork" if threads.is_dir() and len(list(threads.iterdir())) == 1 else "spawn")


def count_processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def collect(
    pool: ProcessPoolExecutor, futures: "Sequence[tuple[list[int], Future[list[list[Claim]]]]]"
) -> Iterator[list[Claim]]:
    """What the workers found, in order; they end with the last, or with the first error or interrupt."""
    by_position = {at: (future, place) for batch, future in futures for place, at in enumerate(batch)}
    try:
        for at in range(len(by_position)):
            future, place = by_position[at]
            yield future.result()[place]
    finally:
        pool.shutdown(cancel_futures=True)


def begin_work() -> None:
    """Leave interrupts to the parent, which ends the workers, and start lean."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_lean()
