"""How a corpus is divided into shards, each read by one process from start to end, its name says what is in it.

A name ends in a hash of all that the rows depend on: the bytes of the files, the settings, the rules. A shard
of that name that is there is therefore done, whoever did it and when; where anything has changed, its name has too.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import pyarrow

from quantclaims.corpora.entries import Entry, Unread
from quantclaims.corpora.kernel import LONGEST
from quantclaims.corpora.lines import read_lines
from quantclaims.corpora.sources import ONE_ARTICLE, Form, Source

LEAST, MOST = 1 << 17, 1 << 22
"""Bytes of a shard: what a killed process has to read again at most, and what its files cost at least."""
PARTS = 16
"""Shards that a file between these bounds is divided into."""
COMPRESSION = 8
"""How much smaller compressed pages are."""
BOUNDARY = 32
"""Every so many files, chosen by their names, a shard ends: a new file changes the shard that it comes into."""

LIBRARIES = ("morfeusz2", "simplemma", "lemminflect", "py3langid", "trafilatura", "fastwarc")
"""What rows depend on besides our own files."""


class Settings(NamedTuple):
    """What rows depend on, of all that the user decides."""

    columns: tuple[tuple[str, str], ...] = ()
    """Field and column, of the columns chosen by name."""
    language: str | None = None
    """Of articles that do not say theirs."""
    longest: int = LONGEST
    """Characters of an article."""


class Shard(NamedTuple):
    """A part of the corpus: several files of one article each, or a part of a file of many."""

    name: str
    sources: tuple[Source, ...]
    group: int
    """Row group of a Parquet file."""
    first: int
    last: int | None
    """First byte or row, and the one after the last; None for the end."""
    size: int
    """Bytes, to tell how far a run has come."""


def plan_shards(
    sources: Sequence[Source], settings: Settings, rules: str, hash_of: Callable[[Source], str]
) -> list[Shard]:
    """The shards of a corpus, in the order of its sources."""
    undivided = [*group_files(sources)]
    undivided += [shard for source in sources if source.form not in ONE_ARTICLE for shard in divide(source)]
    given = json.dumps([rules, *settings])
    return sorted(name_shard(shard, given, hash_of) for shard in undivided)


def group_files(sources: Iterable[Source]) -> Iterator[Shard]:
    """Shards of files that hold one article each."""
    group: list[Source] = []
    for source in sources:
        if source.form in ONE_ARTICLE:
            group.append(source)
            if zlib.crc32(source.name.encode()) % BOUNDARY == 0 or sum(each.size for each in group) >= LEAST * 4:
                yield Shard("", tuple(group), 0, 0, None, sum(each.size for each in group))
                group = []
    if group:
        yield Shard("", tuple(group), 0, 0, None, sum(each.size for each in group))


def divide(source: Source) -> Iterator[Shard]:
    """Shards of a file of many articles."""
    if source.form == Form.PARQUET:
        yield from divide_rows(source)
        return
    is_whole = "://" in source.path or (source.form == Form.LINES and source.path.endswith(".gz"))
    step = source.size if is_whole else max(LEAST, min(MOST, source.size // PARTS))
    starts = list(range(0, source.size, step)) if step else [0]
    for first in starts:
        last = None if first == starts[-1] else first + step
        yield Shard("", (source,), 0, first, last, (last or source.size) - first)


def divide_rows(source: Source) -> Iterator[Shard]:
    """Shards of a Parquet file; one that cannot be opened is one shard, whose reader says why."""
    from quantclaims.corpora.parquets import list_row_groups

    try:
        groups = list_row_groups(source)
    except (OSError, pyarrow.ArrowException):
        groups = []
    if not groups:
        yield Shard("", (source,), 0, 0, None, source.size)
    for group in groups:
        parts = max(1, min(group.rows, group.size // max(LEAST, min(MOST, source.size // PARTS))))
        step = -(-group.rows // parts) or 1
        for first in range(0, max(1, group.rows), step):
            size = source.size * step // max(1, sum(each.rows for each in groups))
            yield Shard("", (source,), group.number, first, min(first + step, group.rows), size)


def name_shard(shard: Shard, given: str, hash_of: Callable[[Source], str]) -> Shard:
    """The shard with its name: first source, place in it, hash."""
    digest = hashlib.sha256(given.encode())
    for source in shard.sources:
        digest.update(json.dumps([source.name, source.form, hash_of(source), source.about]).encode())
    digest.update(json.dumps([shard.group, shard.first, shard.last]).encode())
    slug = shard.sources[0].name.replace(":", "~").encode()[:80].decode(errors="ignore")
    name = f"{slug}.{shard.group:05d}.{shard.first:013d}.{digest.hexdigest()[:16]}"
    return shard._replace(name=name)


def read_shard_entries(shard: Shard, settings: Settings) -> Iterator[Entry | Unread]:
    """The articles of a shard, in order."""
    source, chosen = shard.sources[0], dict(settings.columns)
    match source.form:
        case Form.LINES:
            return read_lines(source, shard.first, shard.last, settings.longest, chosen)
        case Form.PARQUET:
            from quantclaims.corpora.parquets import read_rows

            return read_rows(source, shard.group, shard.first, shard.last or 0, chosen)
        case Form.WARC:
            from quantclaims.corpora.archives import read_records

            return read_records(source, shard.first, shard.last)
        case _:
            return list_unread(shard.sources, settings)


def list_unread(sources: Iterable[Source], settings: Settings) -> Iterator[Unread]:
    """Files of one article each, unread."""
    from functools import partial

    from quantclaims.corpora.texts import read_file

    for source in sources:
        yield Unread(Entry(source.name, None, source=source.path), partial(read_file, source, settings.longest))


@cache
def fingerprint_rules() -> str:
    """SHA-256 over the package's code and tables and the versions of the libraries that read words and pages.

    Any change of the package counts, also one that changes no row: to read an article again is dear, to tell which
    changes matter is wrong sooner or later.
    """
    digest = hashlib.sha256()
    for package in (Path(__file__).parents[1], find_schemas()):
        for path in sorted(p for p in package.rglob("*") if p.suffix in (".py", ".toml")):
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(json.dumps(find_versions(LIBRARIES)).encode())
    return digest.hexdigest()


def find_schemas() -> Path:
    """Where the contract stands, which a checkout keeps beside the package."""
    from quantclaims import schemas

    return Path(schemas.__path__[0])


def find_versions(names: Iterable[str]) -> Mapping[str, str | None]:
    """The versions of libraries, None of those that are not installed."""
    found: dict[str, str | None] = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found
