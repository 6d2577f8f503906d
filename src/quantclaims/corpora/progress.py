"""How far a run has come: a bar on a terminal, nothing elsewhere."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quantclaims.corpora.reading import Record, read_mark
from quantclaims.corpora.shards import Shard


class Progress:
    """A bar that moves with the bytes of shards that are done, with articles per second, claims and time left."""

    def __init__(self, shards: Sequence[Shard], done: Sequence[Record], folder: Path, *, is_shown: bool) -> None:
        self.folder = folder
        self.sizes = {shard.name: shard.size for shard in shards}
        self.before = sum(self.sizes[record.name] for record in done)
        self.articles = self.claims = self.read = 0
        self.started = time.monotonic()
        self.is_shown = is_shown

    def __enter__(self) -> Self:
        if self.is_shown:
            from rich import progress

            columns = (
                progress.BarColumn(),
                progress.TaskProgressColumn(),
                progress.TextColumn("{task.fields[said]}"),
                progress.TimeRemainingColumn(),
            )
            self.bar: Any = progress.Progress(*columns, transient=True, auto_refresh=False)
            total = sum(self.sizes.values()) or 1
            self.task = self.bar.add_task("", total=total, completed=self.before, said="")
            self.bar.start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: object, ___: TracebackType | None) -> None:
        if self.is_shown:
            self.bar.stop()

    def add(self, record: Record) -> None:
        """Count a shard that is done."""
        self.articles += record.articles + record.quarantined + sum(record.skipped.values())
        self.claims += record.claims
        self.read += self.sizes[record.name]

    def watch(self, running: Sequence[Shard]) -> None:
        """Show what is done and, of what is being read, the articles and claims so far."""
        if not self.is_shown:
            return
        marks = [mark for shard in running if (mark := read_mark(self.folder, shard.name))]
        articles, claims = self.articles + sum(n for n, _ in marks), self.claims + sum(c for _, c in marks)
        said = f"{articles / max(time.monotonic() - self.started, 0.1):,.1f} articles/s, {claims:,} claims"
        self.bar.update(self.task, completed=self.before + self.read, said=said)
        self.bar.refresh()


def is_watched() -> bool:
    """Whether somebody sees what is written."""
    return sys.stderr.isatty() and sys.stdout.isatty()
