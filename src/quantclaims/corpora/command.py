"""``quantclaims extract``: from what the user names to a dataset, a quarantine and a report."""

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from quantclaims.corpora.pool import WorkersError
from quantclaims.corpora.progress import Progress, is_watched
from quantclaims.corpora.sources import STDIN, Form, InputError, Source, find_sources
from quantclaims.lexicon import list_languages
from quantclaims.problems import describe_os_error, escape
from quantclaims.terminal import FINDINGS, FINE, INTERRUPTED, MISUSE

LISTED = 20
"""Rows of the quarantine that are shown."""
PATIENCE = 900.0
"""Seconds after which a process that is still at the same article is ended."""
COUNTED = 500_000
"""Claims of which the report gives the fingerprint: to sort more of them takes the memory of one machine."""
SUFFIX = ".parquet"


class Options(NamedTuple):
    """What the user decides beside inputs and output."""

    columns: Mapping[str, str] = {}
    form: str | None = None
    language: str | None = None
    longest: int | None = None
    workers: int | None = None
    patience: float = PATIENCE
    engine: str = "pool"
    scheduler: str | None = None


class Place(NamedTuple):
    """Where a run writes."""

    root: Path
    """Folder of the shards."""
    joined: Path | None
    """File of the claims, where they are to be one file."""

    @property
    def manifest(self) -> Path:
        """Where the manifest of the result stands."""
        return self.place_beside("manifest.json")

    @property
    def report(self) -> Path:
        """Where the report stands."""
        return self.place_beside("report.json")

    def place_beside(self, name: str) -> Path:
        """A file in the folder of the result, or beside the file of claims and named after it."""
        return self.joined.with_name(f"{self.joined.stem}.{name}") if self.joined else self.root / name


def run_extract(inputs: Sequence[str], out: Path, options: Options) -> int:
    """Extract the claims of a corpus and return the exit code; what is wrong goes to the standard error stream."""
    place = Place(out.with_name(f".{out.name}.run"), out) if out.suffix == SUFFIX else Place(out, None)
    try:
        return extract(inputs or [STDIN], place, options)
    except (InputError, WorkersError) as error:
        print(escape(str(error)), file=sys.stderr)
        return MISUSE
    except OSError as error:
        where = error.filename or out
        what = f"{where}: {describe_os_error(error)}: what is done stays; mend it and give the same command again"
        print(escape(what), file=sys.stderr)
        return FINDINGS
    except KeyboardInterrupt:
        print("Interrupted: what is done stays; the same command goes on from there.", file=sys.stderr)
        return INTERRUPTED


def extract(inputs: Sequence[str], place: Place, options: Options) -> int:
    """Extract the claims of a corpus into its place."""
    check_language(options.language)
    started = perf_counter()
    from quantclaims.corpora.runs import UNFINISHED, hash_sources, is_complete, locked, read_manifest
    from quantclaims.corpora.shards import Settings, fingerprint_rules, plan_shards

    form = Form(options.form) if options.form else None
    check_output(place)
    with locked(place.root):
        found = find_sources(inputs, form, place.root / ".stdin")
        settings = Settings(tuple(sorted(options.columns.items())), options.language)
        settings = settings._replace(longest=options.longest or settings.longest)
        hashes = hash_sources(place.root, found.sources)
        rules = fingerprint_rules()
        shards = plan_shards(found.sources, settings, rules, lambda source: hashes[source.path])
        manifest = read_manifest(place.manifest)
        for path, error in found.unlisted:
            print(escape(f"{path}: {error}"), file=sys.stderr)
        if is_unchanged(place, manifest, [shard.name for shard in shards]) or (
            place.joined is None and is_complete(place.root, manifest, shards)
        ):
            say(f"{place.joined or place.root}: nothing has changed since the last run")
            clean_up(place)
            return FINDINGS if found.unlisted else FINE
        (place.root / UNFINISHED).mkdir(exist_ok=True)
        records = read_shards(place, shards, settings, rules, options)
        report = {**make_report(records, found.sources, rules, perf_counter() - started), **fingerprint_claims(place)}
    return close(place, report, is_clean=not found.unlisted)


def check_language(language: str | None) -> None:
    """Raise `InputError` for a language without a grammar."""
    if language is not None and language not in list_languages():
        raise InputError(f"--language {language}: there is no grammar for it: known are {', '.join(list_languages())}")


def check_output(place: Place) -> None:
    """Raise `InputError` for a folder where a file is to be, and the other way round."""
    if place.joined is not None and place.joined.is_dir():
        raise InputError(f"{place.joined}: is a folder: name one without {SUFFIX}, or a file")
    if place.joined is None and place.root.exists() and not place.root.is_dir():
        raise InputError(f"{place.root}: is a file: name a folder, or a file that ends in {SUFFIX}")


def is_unchanged(place: Place, manifest: Any, names: Sequence[str]) -> bool:
    """Whether the file of claims is the one that these very shards gave."""
    if place.joined is None or manifest is None or not place.joined.exists():
        return False
    return [record.name for record in manifest.shards] == list(names) and manifest.file == stamp(place.joined)


def stamp(path: Path) -> str:
    """Size and time of a file."""
    status = path.stat()
    return f"{status.st_size}:{status.st_mtime_ns}"


def read_shards(place: Place, shards: Sequence[Any], settings: Any, rules: str, options: Options) -> list[Any]:
    """Have all shards read that are not done, and make the dataset of them; their records."""
    from quantclaims.corpora import runs
    from quantclaims.corpora.pool import Task

    before = runs.read_manifest(place.manifest)
    own = before if place.joined is None else runs.read_manifest(place.root / runs.MANIFEST)
    done = runs.find_done(place.root, own, shards)
    notice(before, rules, settings, shards, done)
    left = [shard for shard in shards if shard.name not in done]
    task = Task(settings, place.root / runs.UNFINISHED)
    with Progress(shards, list(done.values()), task.folder, is_shown=is_watched()) as progress:
        for record in start_engine(left, task, options, progress):
            done[record.name] = record
            progress.add(record)
    final = runs.publish(place.root, runs.Manifest(rules, settings, [done[shard.name] for shard in shards]))
    if place.joined is not None:
        place.manifest.unlink(missing_ok=True)
        runs.join_shards(place.root, final.shards, place.joined)
        runs.write_manifest(place.manifest, final._replace(file=stamp(place.joined)))
    return list(final.shards)


def start_engine(shards: Sequence[Any], task: Any, options: Options, progress: Progress) -> Iterator[Any]:
    """The records of shards as an engine reads them."""
    if options.engine == "dask" or options.scheduler:
        from quantclaims.corpora.cluster import read_on_cluster

        return read_on_cluster(shards, task, options.scheduler, options.workers, progress.watch)
    from quantclaims.corpora.pool import read_in_pool

    return read_in_pool(shards, task, options.workers, options.patience, progress.watch)


def notice(before: Any, rules: str, settings: Any, shards: Sequence[Any], done: Mapping[str, Any]) -> None:
    """Say what has changed since the last complete run, and what of it is used again."""
    if before is None:
        if done:
            say(f"going on: {len(done)} of {len(shards)} parts are done")
        return
    names = {record.name for record in before.shards}
    changed = sum(shard.name not in names for shard in shards)
    if before.rules != rules:
        say("the rules have changed since the last run: every article is read again")
    elif before.settings != settings:
        say("the options have changed since the last run: every article is read again")
    else:
        say(f"the input has changed since the last run: {changed} of {len(shards)} parts are read again")


def say(line: str) -> None:
    """Tell what is going on, apart from what was asked for."""
    print(escape(line), file=sys.stderr)


def make_report(records: Sequence[Any], sources: Sequence[Source], rules: str, seconds: float) -> dict[str, Any]:
    """What the report says of all articles; speeds are those of one process that reads."""
    skipped: Counter[str] = Counter()
    for record in records:
        skipped.update(record.skipped)
    busy = sum(record.seconds for record in records)
    articles, characters = (sum(getattr(record, name) for record in records) for name in ("articles", "characters"))
    return {
        "files": len(sources),
        "bytes": sum(source.size for source in sources),
        "articles": articles,
        "claims": sum(record.claims for record in records),
        "characters": characters,
        "skipped": dict(sorted(skipped.items())),
        "quarantined": sum(record.quarantined for record in records),
        "seconds": round(seconds, 1),
        "seconds_of_reading": round(busy, 1),
        "articles_per_second_and_process": round(articles / busy, 2) if busy else None,
        "characters_per_second_and_process": round(characters / busy) if busy else None,
        "rules": rules,
    }


def fingerprint_claims(place: Place) -> dict[str, Any]:
    """The fingerprint of the claims, by the rule of the published dataset; null where there are too many to sort."""
    import polars as pl

    from quantclaims.storage.fingerprint import fingerprint

    path = place.joined or place.root / "claims" / "*.parquet"
    count = pl.scan_parquet(path).select(pl.len()).collect().item() if list_parts(path) else 0
    return {"fingerprint": fingerprint(pl.read_parquet(path)) if 0 < count <= COUNTED else None}


def list_parts(path: Path) -> list[Path]:
    """The files that a path or pattern stands for."""
    return list(path.parent.glob(path.name))


def close(place: Place, report: Mapping[str, Any], *, is_clean: bool) -> int:
    """Write the report, show it and what is in quarantine, and return the exit code."""
    from quantclaims.corpora.reading import write_text

    write_text(place.report, json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    for line in list_quarantined(place):
        print(escape(line), file=sys.stderr)
    clean_up(place)
    skipped = sum(report["skipped"].values())
    print(
        f"{place.joined or place.root}: {report['articles']} articles, {report['claims']} claims, {skipped} skipped, "
        f"{report['quarantined']} quarantined, {report['seconds']} s, fingerprint {report['fingerprint']}"
    )
    return FINE if is_clean and not report["quarantined"] else FINDINGS


def clean_up(place: Place) -> None:
    """Remove the shards of a file that is written."""
    if place.joined is not None:
        shutil.rmtree(place.root, ignore_errors=True)


def list_quarantined(place: Place) -> Iterator[str]:
    """The first rows of the quarantine as lines, and how many more there are."""
    import polars as pl

    from quantclaims.corpora.reading import QUARANTINED
    from quantclaims.corpora.runs import place_joined

    path = place_joined(place.joined, QUARANTINED) if place.joined else place.root / QUARANTINED / "*.parquet"
    if not list_parts(path):
        return
    rows = pl.scan_parquet(path)
    for row in rows.head(LISTED).collect().iter_rows(named=True):
        yield f"{row['source'] or row['article_id']}: {row['error']}"
    more = rows.select(pl.len()).collect().item() - LISTED
    if more > 0:
        yield f"and {more} more in {path}"
