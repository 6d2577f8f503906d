"""Every engine gives the same rows: processes, Dask with two workers, Spark."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from quantclaims.corpora.command import Options, run_extract
from quantclaims.corpora.entries import Entry, encode_entries
from quantclaims.corpora.reading import read_mark
from quantclaims.corpora.spark import claims_ddl, extract_partition, quarantine_ddl, quarantine_partition
from quantclaims.schemas.claim import polars_schema
from quantclaims.storage.fingerprint import fingerprint

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in three languages and two that cannot be read, in several row groups."""
    texts = {
        "en": "Estonia sent Ukraine {} howitzers in May 2024, the Estonian defence ministry said.",
        "pl": "Polska kupiła {} dział w 2023 roku.",
        "ro": "România a trimis Ucrainei {} de generatoare.",
    }
    entries = [
        Entry(f"{language}-{n}", text.format(21 + n), language, "2024-05-14")
        for n in range(6)
        for language, text in texts.items()
    ]
    entries += [Entry("nul", "12 \0 tanks", "en"), Entry("none", None)]
    path = tmp_path_factory.mktemp("corpus") / "news.parquet"
    columns = ["article_id", "text", "language", "published"]
    parquet.write_table(pa.Table.from_batches([encode_entries(entries)]).select(columns), path, row_group_size=5)
    return path


@pytest.fixture(scope="module")
def pooled(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The fingerprint of what processes of this machine read."""
    out = tmp_path_factory.mktemp("pooled") / "claims.parquet"
    assert run_extract([str(corpus)], out, Options(workers=2)) == 1  # two articles are in quarantine
    assert pl.read_parquet(out.with_name("claims.quarantine.parquet")).height == 2
    assert pl.read_parquet(out).height == 18
    return fingerprint(pl.read_parquet(out))


def test_a_partition_of_spark_gives_the_same_rows(corpus: Path, pooled: str) -> None:
    batches = list(extract_partition(parquet.ParquetFile(corpus).iter_batches(4)))
    assert not any(pa.types.is_dictionary(field.type) for field in batches[0].schema)
    claims = pl.DataFrame(pl.from_arrow(pa.Table.from_batches(batches)))
    assert fingerprint(claims.cast(polars_schema())) == pooled
    quarantine = pa.Table.from_batches(quarantine_partition(parquet.ParquetFile(corpus).iter_batches(4)))
    assert quarantine["article_id"].to_pylist() == ["nul", "none"]


def test_dask_with_two_workers(corpus: Path, pooled: str, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="pip install -e '.[cluster]'")
    assert run_extract([str(corpus)], tmp_path / "out", Options(workers=2, engine="dask")) == 1
    assert fingerprint(pl.read_parquet(tmp_path / "out" / "claims" / "*.parquet")) == pooled


CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        for nanny in cluster.workers.values():
            print(nanny.pid, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[int]]]:
    """Address of a scheduler in another process, and the processes of its workers."""
    pytest.importorskip("distributed", reason="pip install -e '.[cluster]'")
    (tmp_path / "cluster.py").write_text(CLUSTER)
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "cluster.py")], stderr=subprocess.DEVNULL, **pipes
    ) as cluster:
        assert cluster.stdout is not None
        yield cluster.stdout.readline().strip(), [int(cluster.stdout.readline()) for _ in range(2)]
        cluster.communicate("")


def test_workers_of_dask_that_are_killed_cost_nothing(
    corpus: Path, pooled: str, tmp_path: Path, scheduler: tuple[str, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, workers = scheduler
    left = list(workers)

    def kill(self: object, running: list[Any]) -> None:
        if left and any(read_mark(tmp_path / "out" / ".unfinished", shard.name) for shard in running):
            os.kill(left.pop(), signal.SIGKILL)

    monkeypatch.setattr("quantclaims.corpora.progress.Progress.watch", kill)
    assert run_extract([str(corpus)], tmp_path / "out", Options(scheduler=address)) == 1
    assert not left
    assert fingerprint(pl.read_parquet(tmp_path / "out" / "claims" / "*.parquet")) == pooled


def test_a_scheduler_that_does_not_answer_is_one_line(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed", reason="pip install -e '.[cluster]'")
    assert run_extract([str(corpus)], tmp_path / "out", Options(scheduler="tcp://127.0.0.1:9")) == 2
    assert "no scheduler answers" in capsys.readouterr().err


def test_spark(corpus: Path, pooled: str, tmp_path: Path) -> None:
    """The README's adapter, in local mode; Spark needs Java and is not installed by any extra."""
    pytest.importorskip("pyspark", reason="pip install pyspark; it needs Java 17")
    adapter = re.search(r"^```python spark\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert adapter is not None
    (tmp_path / "job.py").write_text(adapter[1])
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    program = [sys.executable, str(tmp_path / "job.py"), str(corpus), str(tmp_path / "out")]
    shown = subprocess.run(program, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert shown.returncode == 0, shown.stderr[-3000:]
    claims = pl.read_parquet(tmp_path / "out" / "*.parquet")
    assert fingerprint(claims.cast(polars_schema())) == pooled


def test_spark_is_told_every_column() -> None:
    names = [column.split()[0] for column in claims_ddl().split(", ")]
    assert names == list(polars_schema())
    assert quarantine_ddl() == "article_id string, source string, url string, error string"
