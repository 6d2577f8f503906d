"""Runs over a corpus: what is killed goes on, what is repeated changes nothing, what has changed is noticed."""

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from quantclaims.corpora import command, runs
from quantclaims.corpora.command import Options, run_extract
from quantclaims.corpora.pool import Task, read_in_pool
from quantclaims.corpora.reading import Record, place_file, read_mark, read_shard
from quantclaims.corpora.shards import Settings, Shard, plan_shards
from quantclaims.corpora.sources import InputError, find_sources, hash_source
from quantclaims.storage.fingerprint import fingerprint
from quantclaims.validating.checking import check_dataset

COMMAND = Path(sys.executable).with_name("quantclaims")
SENT = "Estonia sent Ukraine {} howitzers in May 2024, the Estonian defence ministry said."
BOUGHT = "Polska kupiła {} dział w 2023 roku."


def make_corpus(folder: Path, files: int, lines: int = 3) -> Path:
    folder.mkdir(exist_ok=True)
    for file in range(files):
        rows = [
            {"text": text.format(10 + file * 7 + line), "lang": language, "date": "2024-05-14"}
            for line in range(lines)
            for text, language in ((SENT, "en"), (BOUGHT, "pl"))
        ]
        (folder / f"n{file:02d}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return folder


def plan(*inputs: Path) -> list[Shard]:
    return plan_shards(find_sources(list(map(str, inputs)), None, Path()).sources, Settings(), "", hash_source)


def fingerprint_of(folder: Path) -> str:
    return fingerprint(pl.read_parquet(folder / "claims" / "*.parquet"))


def look(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Content and time of every file that a run left behind."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and path.name != runs.LOCK
    }


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Runs read in this process; the names of the shards that they read."""
    read: list[str] = []

    def start(shards: Sequence[Shard], task: Task, *_: object) -> object:
        for shard in shards:
            read.append(shard.name)
            yield read_shard(shard, task.settings, task.folder)

    monkeypatch.setattr(command, "start_engine", start)
    monkeypatch.setattr("quantclaims.corpora.shards.fingerprint_rules", lambda: "rules")
    return read


def extract(source: Path, out: Path, **options: object) -> int:
    return run_extract([str(source)], out, Options(**options))  # type: ignore[arg-type] # by name


# Results


def test_the_dataset_keeps_the_contract(tmp_path: Path, here: list[str]) -> None:
    assert extract(make_corpus(tmp_path / "corpus", 3), tmp_path / "out") == 0
    claims, articles = (pl.read_parquet(tmp_path / "out" / name / "*.parquet") for name in ("claims", "articles"))
    assert (articles.height, claims.height) == (18, 18)
    assert check_dataset(claims, articles) == []
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert (report["articles"], report["claims"], report["quarantined"]) == (18, 18, 0)
    assert report["fingerprint"] == fingerprint(claims)


def test_a_file_of_claims_has_the_same_rows(tmp_path: Path, here: list[str]) -> None:
    corpus = make_corpus(tmp_path / "corpus", 3)
    assert extract(corpus, tmp_path / "out") == extract(corpus, tmp_path / "all.parquet") == 0
    assert fingerprint(pl.read_parquet(tmp_path / "all.parquet")) == fingerprint_of(tmp_path / "out")
    assert pl.read_parquet(tmp_path / "all.articles.parquet").height == 18
    assert pl.read_parquet(tmp_path / "all.quarantine.parquet").height == 0
    names = {"all.parquet", "all.articles.parquet", "all.quarantine.parquet", "all.manifest.json", "all.report.json"}
    assert {path.name for path in tmp_path.iterdir()} == names | {"corpus", "out"}


def test_a_name_that_two_files_have_is_kept_once(tmp_path: Path, here: list[str]) -> None:
    (tmp_path / "corpus").mkdir()
    for name in ("a", "b", "c"):
        row = {"id": "same" if name != "c" else "other", "text": SENT.format(ord(name)), "lang": "en"}
        (tmp_path / "corpus" / f"{name}.jsonl").write_text(json.dumps(row))
    assert extract(tmp_path / "corpus", tmp_path / "out") == 1
    assert pl.read_parquet(tmp_path / "out" / "claims" / "*.parquet")["value"].to_list() == [97.0, 99.0]
    (error,) = pl.read_parquet(tmp_path / "out" / "quarantine" / "*.parquet")["error"]
    assert "its id occurs in another file too" in error
    before = look(tmp_path / "out")
    assert extract(tmp_path / "corpus", tmp_path / "out") == 0
    assert look(tmp_path / "out") == before
    (tmp_path / "corpus" / "a.jsonl").unlink()
    assert extract(tmp_path / "corpus", tmp_path / "out") == 0
    assert pl.read_parquet(tmp_path / "out" / "claims" / "*.parquet")["value"].to_list() == [98.0, 99.0]


# Again


@pytest.mark.parametrize("name", ["out", "all.parquet"])
def test_a_run_that_is_repeated_changes_nothing(
    tmp_path: Path, here: list[str], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    corpus = make_corpus(tmp_path / "corpus", 2)
    extract(corpus, tmp_path / name)
    before = look(tmp_path)
    done = len(here)
    assert extract(corpus, tmp_path / name) == 0
    assert "nothing has changed since the last run" in capsys.readouterr().err
    assert look(tmp_path) == before
    assert len(here) == done


def test_a_changed_input_is_noticed(tmp_path: Path, here: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    corpus = make_corpus(tmp_path / "corpus", 4)
    extract(corpus, tmp_path / "out")
    here.clear()
    (corpus / "n01.jsonl").write_text(json.dumps({"text": SENT.format(777), "lang": "en"}))
    (corpus / "n02.jsonl").unlink()
    assert extract(corpus, tmp_path / "out") == 0
    assert [name.split(".")[0] for name in here] == ["n01"]
    assert "the input has changed since the last run: 1 of 3 parts are read again" in capsys.readouterr().err
    extract(corpus, tmp_path / "fresh")
    assert fingerprint_of(tmp_path / "out") == fingerprint_of(tmp_path / "fresh")
    assert look(tmp_path / "out").keys() == look(tmp_path / "fresh").keys()


def test_changed_rules_and_options_are_noticed(
    tmp_path: Path, here: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = make_corpus(tmp_path / "corpus", 2)
    extract(corpus, tmp_path / "out")
    extract(corpus, tmp_path / "out", longest=5000)
    assert "the options have changed since the last run" in capsys.readouterr().err
    monkeypatch.setattr("quantclaims.corpora.shards.fingerprint_rules", lambda: "other rules")
    extract(corpus, tmp_path / "out", longest=5000)
    assert "the rules have changed since the last run" in capsys.readouterr().err
    assert len(here) == 6


def test_a_file_that_was_touched_is_not_read_again(tmp_path: Path, here: list[str]) -> None:
    corpus = make_corpus(tmp_path / "corpus", 2)
    extract(corpus, tmp_path / "out")
    os.utime(corpus / "n00.jsonl", (1, 1))
    done = len(here)
    extract(corpus, tmp_path / "out")
    assert len(here) == done


# Failures


def test_a_full_disk_is_one_line_and_the_run_goes_on_when_there_is_room(
    tmp_path: Path, here: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = make_corpus(tmp_path / "corpus", 3)
    whole, calls = os.fsync, iter(range(100))

    def fsync(descriptor: int) -> None:
        if next(calls) == 6:
            raise OSError(28, "No space left on device")
        whole(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    assert extract(corpus, tmp_path / "out") == 1
    assert "no space left on device: what is done stays; mend it and give the same command again" in (
        capsys.readouterr().err
    )
    assert not (tmp_path / "out" / "manifest.json").exists()
    first = list(here)
    assert extract(corpus, tmp_path / "out") == 0
    assert len(here) < len(first) + 3
    extract(corpus, tmp_path / "fresh")
    assert fingerprint_of(tmp_path / "out") == fingerprint_of(tmp_path / "fresh")
    assert not list((tmp_path / "out").rglob("*.new"))


def test_a_limit_of_the_system_stops_workers_in_one_line(tmp_path: Path) -> None:
    """Files may have no more than 4,000 bytes: what a worker writes fails as it does on a full disk."""
    corpus = make_corpus(tmp_path / "corpus", 2)
    line = f"ulimit -f 4; trap '' XFSZ; exec {COMMAND} extract {corpus} -o {tmp_path / 'out'} --workers 2"
    shown = subprocess.run(["/bin/bash", "-c", line], capture_output=True, text=True, timeout=120, check=False)
    assert shown.returncode == 1, shown.stderr
    assert "file too large: what is done stays" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_one_run_at_a_time(tmp_path: Path) -> None:
    make_corpus(tmp_path / "corpus", 1)
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom quantclaims.corpora.runs import locked\n"
        "with locked(Path(sys.argv[1])):\n    print('locked', flush=True)\n    time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "out")], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(InputError, match="another run writes there"), runs.locked(tmp_path / "out"):
            pass
        other.kill()
    with runs.locked(tmp_path / "out"):
        pass


# Processes that die


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    shards = plan(make_corpus(tmp_path / "corpus", 6))
    task = Task(Settings(), tmp_path / "pool")
    task.folder.mkdir()
    (tmp_path / "alone").mkdir()
    killed: list[int] = []

    def kill(running: Sequence[Shard]) -> None:
        if len(killed) < 4 and any(read_mark(task.folder, shard.name) for shard in running):
            for child in multiprocessing.active_children():
                child.kill()
                killed.append(child.pid or 0)

    records = list(read_in_pool(shards, task, 2, 600, kill))
    assert killed
    assert sorted(record.name for record in records) == [shard.name for shard in shards]
    for shard in shards:
        alone = read_shard(shard, Settings(), tmp_path / "alone")
        for table in ("claims", "articles", "quarantine"):
            one, other = (place_file(folder, table, shard.name) for folder in (task.folder, tmp_path / "alone"))
            assert one.read_bytes() == other.read_bytes()
        assert alone.quarantined == 0


DEADLY = """
import os, signal, sys, time
from pathlib import Path
from quantclaims.corpora import kernel, reading
from quantclaims.corpora.pool import Task, read_in_pool
from quantclaims.corpora.shards import Settings, plan_shards
from quantclaims.corpora.sources import find_sources, hash_source

whole = kernel.extract_claims

def extract_claims(article):
    if "DEADLY" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "ENDLESS" in article.text:
        time.sleep(1000)
    return whole(article)

def read(*arguments):
    kernel.extract_claims = extract_claims
    return reading.read_shard(*arguments)

if __name__ == "__main__":
    found = find_sources([sys.argv[1]], None, Path())
    shards = plan_shards(found.sources, Settings(), "", hash_source)
    task = Task(Settings(), Path(sys.argv[2]))
    for record in read_in_pool(shards, task, 2, 8.0, lambda _: None, read):
        print(record.articles, record.quarantined)
"""


def test_articles_that_kill_or_stop_their_process_are_in_quarantine(tmp_path: Path) -> None:
    rows = [
        {"id": word, "text": f"{word} {SENT.format(12)}", "lang": "en"} for word in ("A", "DEADLY", "B", "ENDLESS", "C")
    ]
    (tmp_path / "corpus.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (tmp_path / "run.py").write_text(DEADLY)
    (tmp_path / "out").mkdir()
    program = [sys.executable, "run.py", "corpus.jsonl", "out"]
    shown = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert shown.stdout == "3 2\n", shown.stderr
    quarantine = pl.read_parquet(tmp_path / "out" / "*.quarantine.parquet")
    assert quarantine["article_id"].to_list() == ["DEADLY", "ENDLESS"]
    assert set(quarantine["error"]) == {
        "reading it ends or stops the process, again and again: please report this with its text"
    }
    assert pl.read_parquet(tmp_path / "out" / "*.articles.parquet")["article_id"].to_list() == ["A", "B", "C"]


def test_a_run_that_is_killed_at_random_moments_loses_and_doubles_nothing(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "corpus", 16, lines=2)
    whole = tmp_path / "whole"
    line = [str(COMMAND), "extract", str(corpus), "--workers", "2", "-o"]
    started = time.monotonic()
    subprocess.run([*line, str(whole)], capture_output=True, timeout=300, check=True)
    longest = time.monotonic() - started
    out, kills, rounds = tmp_path / "out", 0, 0
    random.seed(7)
    while kills < 20:
        with subprocess.Popen([*line, str(out)], start_new_session=True, stderr=subprocess.DEVNULL) as run:
            try:
                run.wait(random.uniform(0.1, 0.8) * longest)
            except subprocess.TimeoutExpired:
                if kills % 2:
                    run.kill()  # its workers end by themselves
                else:
                    os.killpg(run.pid, signal.SIGKILL)
                kills += 1
                continue
        assert run.returncode == 0
        assert fingerprint_of(out) == fingerprint_of(whole)
        out, rounds = tmp_path / f"out{rounds}", rounds + 1  # all is done: begin another, to have something to kill
    subprocess.run([*line, str(out)], capture_output=True, timeout=300, check=True)
    assert fingerprint_of(out) == fingerprint_of(whole)
    articles = pl.read_parquet(out / "articles" / "*.parquet")["article_id"]
    assert sorted(articles) == sorted(pl.read_parquet(whole / "articles" / "*.parquet")["article_id"])
    assert articles.is_unique().all()
    left = {name for name in look(out) if "/" not in name}
    assert left == {"manifest.json", "report.json", ".inputs.json"}
    assert look(out).keys() == look(whole).keys()


def test_records_say_what_became_of_every_article(tmp_path: Path) -> None:
    german = "Das Ministerium teilte mit, dass in der Nacht zwölf Drohnen abgeschossen wurden."
    rows = [{"text": SENT.format(12), "lang": "en"}, {"text": german}, {"text": german}, {"text": ""}, {"text": "\0"}]
    (tmp_path / "c.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (shard,) = plan(tmp_path / "c.jsonl")
    (tmp_path / "out").mkdir()
    record = read_shard(shard, Settings(), tmp_path / "out")
    assert record == Record(
        shard.name, 1, 1, len(SENT.format(12)), {"language de": 2, "no text": 1}, 1, record.seconds, 0
    )
