"""The folder of a run: what is done stays done, and the dataset in it is whole or marked as unfinished.

Shards are written into ``.unfinished`` and moved to ``claims``, ``articles`` and ``quarantine`` when all are there. The
manifest goes before the first is moved and comes back after the last: where it stands, the dataset is complete. What a
killed run leaves behind is taken up by the next, for the name of a shard says what is in it.
"""

import fcntl
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow
from pyarrow import parquet

from quantclaims.corpora.reading import (
    ARTICLES,
    CLAIMS,
    QUARANTINED,
    TABLES,
    Record,
    ShardWriter,
    place_file,
    place_record,
    write_text,
)
from quantclaims.corpora.shards import Settings, Shard
from quantclaims.corpora.sources import InputError, Source, hash_source
from quantclaims.corpora.tables import QUARANTINE, encode_rows, join_batches, load_schemas

UNFINISHED = ".unfinished"
LOCK = ".lock"
HASHES = ".inputs.json"
MANIFEST = "manifest.json"
ROWS = 65_536
"""Rows of a row group where shards are joined in one file."""


class Manifest(NamedTuple):
    """What a complete dataset was made of."""

    rules: str
    settings: Settings
    shards: Sequence[Record]
    file: str = ""
    """Size and time of the claims file, where the claims are one file."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other runs out of a folder; raises `InputError` where there is one. A process that dies gives it back."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("w") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InputError(f"{root}: another run writes there: wait for its end, or name another folder") from None
        for path in root.glob(".*.new"):  # of a run that was killed while it wrote
            path.unlink(missing_ok=True)
        yield


def hash_sources(root: Path, sources: Iterable[Source]) -> Mapping[str, str]:
    """Path -> SHA-256 of each source; what has size and time of its last look is not read again."""
    path = root / HASHES
    known = read_json(path)
    hashes: dict[str, list[str]] = {}
    for source in sources:
        entry = known.get(source.path)
        if not isinstance(entry, list) or entry[0] != source.stamp:
            entry = [source.stamp, hash_source(source)]
        hashes[source.path] = entry
    if hashes != known:
        write_text(path, json.dumps(hashes))
    return {path: digest for path, (_, digest) in hashes.items()}


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object that we wrote; empty where there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def read_manifest(path: Path) -> Manifest | None:
    """The manifest of a complete dataset; None where there is none."""
    found = read_json(path)
    try:
        columns = tuple((field, column) for field, column in found["settings"][0])
        settings = Settings(columns, *found["settings"][1:])
        return Manifest(found["rules"], settings, [Record(**each) for each in found["shards"]], found["file"])
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest; the dataset beside it is complete from then on."""
    shards = [record._asdict() for record in manifest.shards]
    write_text(path, json.dumps({**manifest._asdict(), "shards": shards}, indent=1) + "\n")


def is_complete(root: Path, manifest: Manifest | None, shards: Sequence[Shard]) -> bool:
    """Whether the dataset of a folder is made of these very shards."""
    if manifest is None or [record.name for record in manifest.shards] != [shard.name for shard in shards]:
        return False
    return all(place_published(root, table, shard.name).exists() for shard in shards for table in TABLES)


def place_published(root: Path, table: str, name: str) -> Path:
    """Where a table of a shard stands in a complete dataset."""
    return root / table / f"{name}.parquet"


def find_done(root: Path, manifest: Manifest | None, shards: Iterable[Shard]) -> dict[str, Record]:
    """Name -> record of the shards that need not be read again.

    One out of which repeated articles were taken is read again, for where they stood first may have changed.
    """
    published = {record.name: record for record in manifest.shards} if manifest else {}
    done = {}
    for shard in shards:
        record = published.get(shard.name) or read_record(root / UNFINISHED, shard.name)
        if record and not record.dropped and all(find_table(root, table, shard.name) for table in TABLES):
            done[shard.name] = record
    return done


def read_record(folder: Path, name: str) -> Record | None:
    """The record of a shard that was read to its end."""
    try:
        return Record(**read_json(place_record(folder, name)))
    except TypeError:
        return None


def find_table(root: Path, table: str, name: str) -> Path | None:
    """Where a table of a shard stands, in the dataset or among what is unfinished."""
    places = (place_file(root / UNFINISHED, table, name), place_published(root, table, name))
    return next((path for path in places if path.exists()), None)


def publish(root: Path, manifest: Manifest) -> Manifest:
    """Make the shards of a manifest the dataset of a folder; doing it again after a failure is doing it once."""
    kept = drop_repeated(root, manifest.shards)
    for record in kept:  # the dataset may already have the shard, the next run must find its record
        write_text(place_record(root / UNFINISHED, record.name), json.dumps(record._asdict()))
    (root / MANIFEST).unlink(missing_ok=True)
    names = {record.name for record in kept}
    for table in TABLES:
        (root / table).mkdir(exist_ok=True)
        for name in names:
            waiting = place_file(root / UNFINISHED, table, name)
            if waiting.exists():
                waiting.replace(place_published(root, table, name))
        for path in (root / table).iterdir():
            if path.stem not in names:
                path.unlink()
    final = manifest._replace(shards=kept)
    write_manifest(root / MANIFEST, final)
    shutil.rmtree(root / UNFINISHED, ignore_errors=True)
    return final


def drop_repeated(root: Path, records: Sequence[Record]) -> list[Record]:
    """The records, after articles whose id an earlier shard has were taken out of theirs and put in quarantine."""
    paths = [path for record in records if (path := find_table(root, ARTICLES, record.name))]
    repeated = find_repeated(paths)
    if not repeated:
        return list(records)
    seen: set[str] = set()
    kept = []
    for record, path in zip(records, paths, strict=True):
        own = set(parquet.read_table(path, columns=["article_id"])["article_id"].to_pylist()) & repeated
        dropped = own & seen
        seen |= own
        kept.append(take_out(root, record, dropped) if dropped else record)
    return kept


def find_repeated(paths: Sequence[Path]) -> set[str]:
    """Ids that several articles have; of each article, memory holds a hash of eight bytes."""
    import polars as pl

    if not paths:
        return set()
    scanned = pl.scan_parquet(list(paths)).select("article_id")
    hashes = scanned.select(pl.col("article_id").hash().alias("hash")).collect()["hash"]
    doubled = hashes.filter(hashes.is_duplicated()).unique()
    if doubled.is_empty():
        return set()
    alike = scanned.filter(pl.col("article_id").hash().is_in(doubled.implode())).collect()["article_id"]
    return set(alike.filter(alike.is_duplicated()))


def take_out(root: Path, record: Record, ids: set[str]) -> Record:
    """Write the tables of a shard again without some articles, and with them in its quarantine."""
    tables = {table: parquet.read_table(find_table(root, table, record.name)) for table in TABLES}
    unwanted = pyarrow.array(sorted(ids), pyarrow.string())
    kept = {
        table: tables[table].filter(pyarrow.compute.invert(is_one_of(tables[table]["article_id"], unwanted)))
        for table in (CLAIMS, ARTICLES)
    }
    out = tables[ARTICLES].filter(is_one_of(tables[ARTICLES]["article_id"], unwanted))
    rows = [
        {**row, "source": record.name, "error": "its id occurs in another file too: give ids of their own, or none"}
        for row in out.select(["article_id", "url"]).to_pylist()
    ]
    added = pyarrow.Table.from_batches([encode_rows(rows, QUARANTINE)])
    kept[QUARANTINED] = pyarrow.concat_tables([tables[QUARANTINED], added])
    (root / UNFINISHED).mkdir(exist_ok=True)
    for table, content in kept.items():
        with ShardWriter(place_file(root / UNFINISHED, table, record.name), content.schema) as writer:
            for batch in content.to_batches():
                writer.write(batch)
    return record._replace(
        articles=kept[ARTICLES].num_rows,
        claims=kept[CLAIMS].num_rows,
        quarantined=record.quarantined + len(rows),
        dropped=len(rows),
    )


def is_one_of(column: pyarrow.ChunkedArray, values: pyarrow.Array) -> pyarrow.ChunkedArray:
    """Whether each value of a column is one of some."""
    import pyarrow.compute  # a module that `import pyarrow` leaves out

    return pyarrow.compute.is_in(column, value_set=values)


def join_shards(root: Path, records: Sequence[Record], out: Path) -> None:
    """Write each table of a complete dataset as one file: ``out`` the claims, the others beside it."""
    schemas = dict(zip(TABLES, (*load_schemas(), QUARANTINE), strict=True))
    for table in (QUARANTINED, ARTICLES, CLAIMS):  # the claims last: where they are, the others are too
        with ShardWriter(place_joined(out, table), schemas[table]) as writer:
            waiting: list[pyarrow.RecordBatch] = []
            for record in records:
                path = place_published(root, table, record.name)
                for batch in parquet.ParquetFile(path, pre_buffer=False).iter_batches(ROWS):
                    waiting.append(batch.cast(schemas[table]))
                    if sum(each.num_rows for each in waiting) >= ROWS:
                        write_joined(writer, waiting, schemas[table])
                        waiting = []
            write_joined(writer, waiting, schemas[table])


def write_joined(writer: ShardWriter, batches: list[pyarrow.RecordBatch], schema: pyarrow.Schema) -> None:
    """Write batches as one row group."""
    for batch in join_batches(batches, schema).combine_chunks().to_batches():
        writer.write(batch)


def place_joined(out: Path, table: str) -> Path:
    """Where a table stands when the claims are one file: claims.parquet, claims.articles.parquet."""
    return out if table == CLAIMS else out.with_name(f"{out.stem}.{table}.parquet")
