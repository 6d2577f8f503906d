"""One shard read from start to end: its claims, articles and quarantine become files, all of them or none.

Each file is written beside its place and renamed; the record of the shard comes last and makes it done. Before every
article its number is noted in a file of its own, so that whoever finds the process dead knows what it died of.
"""

import json
import os
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, NamedTuple, Self

import pyarrow
from pyarrow import parquet

from quantclaims.build import make_row
from quantclaims.corpora.entries import Entry, Unread
from quantclaims.corpora.kernel import Outcome, list_quarantine, read_entry
from quantclaims.corpora.shards import Settings, Shard, read_shard_entries
from quantclaims.corpora.tables import QUARANTINE, encode_claims, encode_rows, load_schemas

CLAIMS, ARTICLES, QUARANTINED = "claims", "articles", "quarantine"
TABLES = (CLAIMS, ARTICLES, QUARANTINED)
TOGETHER = 64
"""Articles written together."""
LEVEL = 3


class Trouble(NamedTuple):
    """What is known of a shard from processes that died of it."""

    fatal: frozenset[int] = frozenset()
    """Numbers of articles that are not to be read."""
    end: int | None = None
    """Number of the article before which reading stops."""


class Record(NamedTuple):
    """What became of a shard: what the manifest and the report say of it."""

    name: str
    articles: int
    """Read."""
    claims: int
    characters: int
    skipped: Mapping[str, int]
    """Reason -> articles."""
    quarantined: int
    seconds: float
    """Of the process that read it."""
    dropped: int = 0
    """Articles taken out again because an earlier shard has their ids."""


def place_file(folder: Path, table: str, name: str) -> Path:
    """Where a table of a shard is written."""
    return folder / f"{name}.{table}.parquet"


def place_record(folder: Path, name: str) -> Path:
    """Where the record of a shard is written."""
    return folder / f"{name}.json"


def place_mark(folder: Path, name: str) -> Path:
    """Where the number of the article that is read is noted."""
    return folder / f"{name}.at"


def read_shard(shard: Shard, settings: Settings, folder: Path, trouble: Trouble = Trouble()) -> Record:  # noqa: B008
    """Read a shard and write its files; raises OSError where they cannot be written, and for nothing else."""
    started = perf_counter()
    tally = Tally()
    with ExitStack() as stack:
        writers = {
            table: stack.enter_context(ShardWriter(place_file(folder, table, shard.name), schema))
            for table, schema in zip(TABLES, (*load_schemas(), QUARANTINE), strict=True)
        }
        mark = stack.enter_context(Mark(place_mark(folder, shard.name)))
        pending: list[Outcome] = []
        for outcome in read_outcomes(shard, settings, trouble, mark, tally):
            pending.append(outcome)
            if len(pending) == TOGETHER:
                write_outcomes(pending, writers)
                pending = []
        write_outcomes(pending, writers)
    record = tally.record(shard.name, perf_counter() - started)
    write_text(place_record(folder, shard.name), json.dumps(record._asdict()))
    return record


def read_outcomes(
    shard: Shard, settings: Settings, trouble: Trouble, mark: "Mark", tally: "Tally"
) -> Iterator[Outcome]:
    """What became of each article of a shard; its number is noted before it is read."""
    entries = read_shard_entries(shard, settings)
    seen: set[str] = set()
    number = 0
    while True:
        mark.note(number, tally.claims)
        if number == trouble.end:
            what = "reading the rest of this part ended the process again and again: it is left out"
            yield tally.add(
                Outcome(Entry(f"{shard.name}@{number}", None, source=shard.sources[0].path), None, error=what)
            )
            return
        each = next(entries, None)
        if each is None:
            return
        outcome = judge(each, settings, seen, is_fatal=number in trouble.fatal)
        if outcome is not None:
            yield tally.add(outcome)
        number += 1


def judge(each: Entry | Unread, settings: Settings, seen: set[str], *, is_fatal: bool) -> Outcome | None:
    """What became of one article; None where there was none."""
    if is_fatal:
        blank = each.blank if isinstance(each, Unread) else each
        return Outcome(
            blank,
            None,
            error="reading it ends or stops the process, again and again: please report this with its text",
        )
    try:
        entry = each.read() if isinstance(each, Unread) else each
    except Exception as error:
        assert isinstance(each, Unread)
        return Outcome(each.blank, None, error=f"cannot be read, {type(error).__name__}: {error}"[:200])
    if entry is None:
        return None
    if entry.article_id in seen:
        return Outcome(entry, None, error="its id occurs more than once in its file: give ids of their own, or none")
    seen.add(entry.article_id)
    return read_entry(entry if entry.language else entry._replace(language=settings.language), settings.longest)


def write_outcomes(outcomes: list[Outcome], writers: Mapping[str, "ShardWriter"]) -> None:
    """Write what became of some articles."""
    read = [outcome for outcome in outcomes if outcome.article is not None]
    claims = [claim for outcome in read for claim in outcome.claims]
    rows = [make_row(outcome.article, len(outcome.claims)) for outcome in read if outcome.article is not None]
    writers[CLAIMS].write(encode_claims(claims))
    writers[ARTICLES].write(encode_rows(rows, load_schemas().articles))
    writers[QUARANTINED].write(encode_rows(list_quarantine(outcomes), QUARANTINE))


@dataclass
class Tally:
    """Counts of a shard so far."""

    articles: int = 0
    claims: int = 0
    characters: int = 0
    quarantined: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> Outcome:
        """Count an outcome."""
        if outcome.error is not None:
            self.quarantined += 1
        elif outcome.article is None:
            self.skipped[outcome.skipped or ""] += 1
        else:
            self.articles += 1
            self.claims += len(outcome.claims)
            self.characters += len(outcome.article.text)
        return outcome

    def record(self, name: str, seconds: float) -> Record:
        """The counts as the record of a shard."""
        skipped = dict(sorted(self.skipped.items()))
        counts = (self.articles, self.claims, self.characters, skipped, self.quarantined)
        return Record(name, *counts, round(seconds, 3))


class Mark:
    """A file that holds the number of the article that is read, and how many claims there were before it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        self.file = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o644)
        return self

    def note(self, number: int, claims: int) -> None:
        """Write the number; a process that is killed then leaves it behind, so nothing waits for the disk."""
        os.lseek(self.file, 0, os.SEEK_SET)
        os.write(self.file, f"{number:12d} {claims:12d}\n".encode())

    def __exit__(self, *_: object) -> None:
        os.close(self.file)


def read_mark(folder: Path, name: str) -> tuple[int, int] | None:
    """Number of the article that a shard's process is at, and of the claims before it; None before it has begun."""
    try:
        number, claims = place_mark(folder, name).read_text(encoding="ascii").split()
        return int(number), int(claims)
    except (OSError, ValueError):
        return None


class ShardWriter:
    """A Parquet file that appears under its name when it is complete."""

    def __init__(self, path: Path, schema: pyarrow.Schema) -> None:
        self.path = path
        self.new = new_path(path)
        self.schema = schema

    def __enter__(self) -> Self:
        self.file = self.new.open("xb")
        options: dict[str, Any] = {"version": "2.6", "compression": "zstd", "compression_level": LEVEL}
        self.writer = parquet.ParquetWriter(self.file, self.schema, write_page_checksum=True, **options)
        return self

    def write(self, batch: pyarrow.RecordBatch) -> None:
        """Write rows; none are no row group."""
        if batch.num_rows:
            self.writer.write_batch(batch)

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        with ExitStack() as cleaning:
            cleaning.callback(remove, self.new)
            cleaning.callback(self.file.close)
            if kind is not None:
                with suppress(Exception):
                    self.writer.close()
                return
            self.writer.close()
            self.file.flush()
            os.fsync(self.file.fileno())
            self.new.replace(self.path)


def write_text(path: Path, text: str) -> None:
    """Write a small file that appears under its name when it is complete."""
    new = new_path(path)
    try:
        with new.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        remove(new)


def new_path(path: Path) -> Path:
    """Where a file is written before it has its name, one of its own for every process that does."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex}.new")


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
