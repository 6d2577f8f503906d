"""Shards read by processes of this machine: one that dies or hangs costs the article that it died of, nothing else."""

import os
import signal
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from quantclaims.corpora.reading import Record, Trouble, place_mark, read_mark, read_shard
from quantclaims.corpora.shards import Settings, Shard
from quantclaims.corpora.tables import share_schemas, take_schemas
from quantclaims.extraction import begin_work, choose_context, count_processors

ENOUGH = 3
"""Deaths at one article after which it is the article; before it is read at all, after which it is the machine."""
BLINK = 0.5
"""Seconds between two looks at the workers."""


class Task(NamedTuple):
    """What all shards of a run have in common."""

    settings: Settings
    folder: Path
    """Where shards are written."""


Read = Callable[[Shard, Settings, Path, Trouble], Record]
"""What a worker does with a shard."""

Watch = Callable[[Sequence[Shard]], None]
"""Is told, twice a second, which shards are being read."""


class WorkersError(Exception):
    """Processes that cannot work: one line that says what to do."""


class Deaths:
    """What is known of the shards that processes died of."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, int]] = Counter()
        self.troubles: dict[str, Trouble] = {}

    def trouble(self, shard: Shard) -> Trouble:
        """What to leave out when a shard is read again."""
        return self.troubles.get(shard.name, Trouble())

    def note(self, shard: Shard, folder: Path, *, is_certain: bool) -> None:
        """Remember that a process died of a shard; of an article that is sure to be why, to read it no more.

        Where even that is of no use, because to find the article is fatal too, the shard ends before it. Raises
        `WorkersError` where processes die before they have begun.
        """
        known, mark = self.trouble(shard), read_mark(folder, shard.name)
        number = mark[0] if mark else -1
        self.counts[shard.name, number] += 1
        if mark is None:
            if self.counts[shard.name, number] >= ENOUGH:
                raise WorkersError("processes end before they read anything: is there memory for them? Try --workers 1")
            return
        place_mark(folder, shard.name).unlink(missing_ok=True)  # the next process may die before it gets there
        if number in known.fatal:
            self.troubles[shard.name] = known._replace(end=number)
        elif is_certain or self.counts[shard.name, number] >= ENOUGH:
            self.troubles[shard.name] = known._replace(fatal=known.fatal | {number})


class Running(NamedTuple):
    """A shard that is being read."""

    shard: Shard
    worker: "Worker"


class Worker:
    """One process, which is replaced when it dies."""

    def __init__(self, shared: tuple[bytes, bytes]) -> None:
        self.shared = shared
        self.start()

    def start(self) -> None:
        """Make a process, at the first task."""
        arguments = (self.shared, os.getpid())
        self.pool = ProcessPoolExecutor(1, choose_context(), initializer=begin_reading, initargs=arguments)
        self.pid: Future[int] = self.pool.submit(os.getpid)
        self.seen: tuple[int, int] | None = None
        self.since = time.monotonic()

    def submit(self, read: "Read", shard: Shard, task: Task, trouble: Trouble) -> "Future[Record]":
        """Have a shard read."""
        self.since = time.monotonic()
        return self.pool.submit(read, shard, task.settings, task.folder, trouble)

    def is_stalled(self, shard: Shard, task: Task, patience: float) -> bool:
        """Whether the process has been at one article for longer than that many seconds."""
        mark = read_mark(task.folder, shard.name)
        if mark != self.seen:
            self.seen, self.since = mark, time.monotonic()
        return time.monotonic() - self.since > patience

    def kill(self) -> None:
        """End the process at once."""
        with suppress(Exception):
            os.kill(self.pid.result(0), signal.SIGKILL)

    def stop(self) -> None:
        """End the process, with whatever it does."""
        self.kill()
        self.pool.shutdown(wait=False, cancel_futures=True)


def begin_reading(shared: tuple[bytes, bytes], parent: int) -> None:
    """Start lean, with the schemas of the parent, and end with it: who kills a run means its workers too."""
    begin_work()
    take_schemas(shared)
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()


def end_with(parent: int) -> None:
    """End this process when its parent is gone."""
    while os.getppid() == parent:
        time.sleep(BLINK)
    os._exit(1)


def read_in_pool(
    shards: Sequence[Shard], task: Task, workers: int | None, patience: float, watch: Watch, read: Read = read_shard
) -> Iterator[Record]:
    """The records of shards as they are done; raises OSError where a worker cannot write."""
    if not shards:
        return
    shared = share_schemas()
    count = max(1, min(len(shards), workers or count_processors()))
    idle = [Worker(shared) for _ in range(count)]
    everybody = list(idle)
    waiting = deque(shards)
    running: dict[Future[Record], Running] = {}
    deaths = Deaths()
    stalled: set[str] = set()
    try:
        while waiting or running:
            while waiting and idle:
                shard, worker = waiting.popleft(), idle.pop()
                running[worker.submit(read, shard, task, deaths.trouble(shard))] = Running(shard, worker)
            done, _ = wait(running, BLINK, FIRST_COMPLETED)
            watch([each.shard for each in running.values()])
            for future in done:
                shard, worker = running.pop(future)
                idle.append(worker)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    deaths.note(shard, task.folder, is_certain=shard.name in stalled)
                    stalled.discard(shard.name)
                    waiting.appendleft(shard)
                    worker.stop()
                    worker.start()
            for shard, worker in running.values():
                if shard.name not in stalled and worker.is_stalled(shard, task, patience):
                    stalled.add(shard.name)
                    worker.kill()
    finally:
        for worker in everybody:
            worker.stop()
        sys.stdout.flush()
