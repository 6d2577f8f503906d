"""Shards read on a Dask cluster (https://distributed.dask.org): it schedules, our names and renames keep the rows safe.

The workers see the corpus and the folder of the run under the same paths, as on a shared file system.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from quantclaims.corpora.pool import BLINK, Deaths, Task, Watch
from quantclaims.corpora.reading import Record, Trouble, read_mark, read_shard
from quantclaims.corpora.shards import Shard
from quantclaims.corpora.sources import InputError
from quantclaims.corpora.tables import share_schemas, take_schemas
from quantclaims.extraction import count_processors
from quantclaims.problems import describe_error

AHEAD = 4
"""Shards given to the scheduler for every thread of a worker, so that a corpus of any size is no list in its memory."""

_one_at_a_time = threading.Lock()
_prepared = threading.Event()


def read_on_worker(shard: Shard, task: Task, trouble: Trouble, shared: tuple[bytes, bytes]) -> Record:
    """What a worker of the cluster does: one shard at a time, for dictionaries are not made for threads."""
    with _one_at_a_time:
        if not _prepared.is_set():
            take_schemas(shared)
            _prepared.set()
        return read_shard(shard, task.settings, task.folder, trouble)


def open_client(address: str | None, workers: int | None, stack: ExitStack) -> Any:
    """A client of the scheduler at an address, or of a cluster made on this machine."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("--engine dask: needs Dask: pip install 'quantclaims[cluster]'") from None
    if address is None:
        count = workers or count_processors()
        cluster = LocalCluster(  # type: ignore[no-untyped-call,unused-ignore]
            n_workers=count, threads_per_worker=1, dashboard_address=None, memory_limit=0
        )
        return stack.enter_context(Client(stack.enter_context(cluster)))  # type: ignore[no-untyped-call,unused-ignore]
    try:
        return stack.enter_context(Client(address, timeout=10))  # type: ignore[no-untyped-call,unused-ignore]
    except (OSError, ValueError) as error:
        raise InputError(f"{address}: no scheduler answers, {describe_error(error)}: check --scheduler") from None


def read_on_cluster(
    shards: Sequence[Shard], task: Task, address: str | None, workers: int | None, watch: Watch
) -> Iterator[Record]:
    """The records of shards as they are done; raises OSError where a worker cannot write."""
    if not shards:
        return
    shared = share_schemas()
    with ExitStack() as stack:
        client = open_client(address, workers, stack)
        yield from drive(client, list(reversed(shards)), task, shared, watch)


def drive(client: Any, waiting: list[Shard], task: Task, shared: tuple[bytes, bytes], watch: Watch) -> Iterator[Record]:
    """Submit shards as workers come free; one that killed its workers is read again without what it died of."""
    from distributed import KilledWorker, wait

    deaths = Deaths()
    running: dict[Any, Shard] = {}
    while waiting or running:
        while waiting and len(running) < AHEAD * max(1, sum(client.nthreads().values())):
            shard = waiting.pop()
            running[submit(client, shard, task, deaths.trouble(shard), shared)] = shard
        try:
            done, _ = wait(  # type: ignore[no-untyped-call,unused-ignore]
                list(running), timeout=BLINK, return_when="FIRST_COMPLETED"
            )
        except TimeoutError:
            done = set()
        watch([shard for shard in running.values() if read_mark(task.folder, shard.name)])
        for future in done:
            shard = running.pop(future)
            try:
                yield future.result()
            except KilledWorker:
                deaths.note(shard, task.folder, is_certain=True)
                waiting.append(shard)


def submit(client: Any, shard: Shard, task: Task, trouble: Trouble, shared: tuple[bytes, bytes]) -> Any:
    """The future record of a shard; never one that another run of the same name has left in the scheduler."""
    return client.submit(read_on_worker, shard, task, trouble, shared, pure=False)
