"""What is written: the same bytes each time, read alike by everybody, and never half of it."""

import io
import json
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from hashlib import sha256
from math import isnan, nan
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from pyarrow import parquet

from quantclaims import __version__, load
from quantclaims.schemas import article, claim
from quantclaims.storage.descriptor import CHECKSUMS, DESCRIPTIONS
from quantclaims.storage.fingerprint import canonical_number, canonical_rows, fingerprint
from quantclaims.storage.frames import RowsError, frame_from_rows
from quantclaims.storage.replace import JOURNAL, interrupts_held, replace_files, undo_unfinished
from quantclaims.storage.write import ARTICLES, CLAIMS, encode_dataset, write_dataset
from quantclaims.validating.checking import check_dataset

Row = dict[str, Any]
DieAt = Callable[[Callable[[], object], int, bool], bool]
CONFTEST = Path(__file__).with_name("conftest.py")


@pytest.fixture
def written(tmp_path: Path, claim_rows: list[Row], article_rows: list[Row]) -> Path:
    """A folder with the dataset of the sound rows, and one enumerated list with a second value."""
    claim_rows[0]["items"] = ["ammunition", "drone"]
    write_dataset(claim_rows, article_rows, tmp_path / "dataset")
    return tmp_path / "dataset"


# --- three readers


def plain(value: Any) -> Any:
    """A value as plain Python, whatever the reader made of it."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if value is pd.NaT or (isinstance(value, float) and isnan(value)) else value


def read_with_polars(path: Path) -> list[Row]:
    return pl.read_parquet(path).to_dicts()


def read_with_pandas(path: Path) -> list[Row]:
    rows = pd.read_parquet(path).to_dict("records")
    return [{str(name): plain(value) for name, value in row.items()} for row in rows]


def read_with_duckdb(path: Path) -> list[Row]:
    cursor = duckdb.connect().execute("select * from read_parquet($path)", {"path": str(path)})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.parametrize("read", [read_with_polars, read_with_pandas, read_with_duckdb])
def test_every_reader_sees_the_rows(
    read: Callable[[Path], list[Row]], written: Path, claim_rows: list[Row], article_rows: list[Row]
) -> None:
    single = struct.unpack("f", struct.pack("f", 0.9))[0]  # confidence is float32
    assert read(written / CLAIMS) == [row | {"confidence": single} for row in claim_rows]
    assert read(written / ARTICLES) == article_rows


def test_polars_reads_typed_enums(written: Path) -> None:
    assert pl.read_parquet(written / CLAIMS).schema == claim.polars_schema()
    assert pl.scan_parquet(written / ARTICLES).collect_schema() == article.polars_schema()


def test_duckdb_and_pandas_read_strings_and_the_footer(written: Path) -> None:
    connection = duckdb.connect()
    types = dict(
        connection.execute(
            "select column_name, column_type from (describe select * from read_parquet($path))",
            {"path": str(written / CLAIMS)},
        ).fetchall()
    )
    assert (types["actor"], types["items"], types["period_start"]) == ("VARCHAR", "VARCHAR[]", "DATE")
    footer = dict(
        connection.execute(
            "select decode(key), decode(value) from parquet_kv_metadata($path)", {"path": str(written / CLAIMS)}
        ).fetchall()
    )
    frame = pd.read_parquet(written / CLAIMS)
    assert (frame["actor"] == "PRK").all()
    assert frame.attrs["fingerprint"] == footer["fingerprint"] == fingerprint(pl.read_parquet(written / CLAIMS))
    assert frame.attrs["license"] == "CC-BY-4.0"


def test_layout_of_the_file(written: Path) -> None:
    metadata = parquet.read_metadata(written / CLAIMS)
    column = metadata.row_group(0).column(0)
    assert metadata.num_row_groups == 1
    assert column.compression == "ZSTD"
    assert column.has_column_index
    assert column.has_offset_index
    assert metadata.row_group(0).sorting_columns == (parquet.SortingColumn(1),)
    field = parquet.read_schema(written / CLAIMS).field("value_low")
    assert field.metadata[b"description"].startswith(b"Least value")
    assert parquet.read_schema(written / CLAIMS).remove_metadata() == claim.arrow_schema()


def test_written_files_keep_the_contract(written: Path, text: str) -> None:
    assert check_dataset(pl.read_parquet(written / CLAIMS), pl.read_parquet(written / ARTICLES), {"drones": text}) == []


def test_empty_dataset_is_written_and_read(tmp_path: Path) -> None:
    write_dataset([], [], tmp_path)
    assert pl.read_parquet(tmp_path / CLAIMS).schema == claim.polars_schema()
    assert pd.read_parquet(tmp_path / ARTICLES).empty
    assert read_with_duckdb(tmp_path / CLAIMS) == []


# --- the same bytes

SCRIPT = """
import runpy, sys
from pathlib import Path
from quantclaims.storage.write import write_dataset
sound = runpy.run_path(sys.argv[1])
write_dataset(sound["sound_claims"](), sound["sound_articles"](), Path(sys.argv[2]))
"""


def test_same_bytes_under_any_seed_zone_locale_and_folder(tmp_path: Path) -> None:
    surroundings = [
        {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "POLARS_MAX_THREADS": "1"},
        {"PYTHONHASHSEED": "random", "TZ": "America/Caracas", "LC_ALL": "pl_PL.UTF-8", "PYTHONUTF8": "0"},
    ]
    digests = set()
    for number, environment in enumerate(surroundings):
        folder = tmp_path / f"working folder {number}"
        folder.mkdir()
        command = [sys.executable, "-c", SCRIPT, str(CONFTEST), "out"]
        subprocess.run(command, cwd=folder, env=os.environ | environment, check=True)
        digests.add(tuple(sha256((folder / "out" / name).read_bytes()).hexdigest() for name in (CLAIMS, ARTICLES)))
    assert len(digests) == 1


def test_order_of_rows_and_keys_changes_nothing(claim_rows: list[Row], article_rows: list[Row]) -> None:
    def files(claims: list[Row]) -> Any:
        return encode_dataset(
            frame_from_rows(claims, claim.Claim), frame_from_rows(article_rows, article.Article)
        ).files

    turned = [dict(reversed(row.items())) for row in reversed(claim_rows)]
    assert files(turned) == files(claim_rows)
    assert files([claim_rows[0] | {"mentions": 2}, claim_rows[1]]) != files(claim_rows)


def test_claims_stand_in_the_order_of_the_text(tmp_path: Path, claim_rows: list[Row], article_rows: list[Row]) -> None:
    write_dataset(claim_rows[::-1], article_rows, tmp_path)
    assert pl.read_parquet(tmp_path / CLAIMS)["claim_id"].to_list() == ["drones#67", "drones#129"]  # not as strings


def test_metadata_of_the_schema_is_merged_not_replaced(written: Path) -> None:
    actor = parquet.read_schema(written / CLAIMS).field("actor").metadata
    assert {b"description", b"vocabulary"} < actor.keys()
    assert any(key.startswith(b"_PL_ENUM") for key in actor)


# --- the fingerprint


def test_fingerprint_is_recomputed_from_its_description(written: Path) -> None:
    """By another route: the rows as DuckDB reads them, written by json."""
    rows = read_with_duckdb(written / ARTICLES)
    lines = [
        json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
        for row in rows
    ]
    digest = sha256("".join(f"{line}\n" for line in sorted(lines)).encode()).hexdigest()
    assert fingerprint(pl.read_parquet(written / ARTICLES)) == digest


def test_fingerprint_follows_the_rows_alone(claim_rows: list[Row]) -> None:
    frame = frame_from_rows(claim_rows, claim.Claim)
    same = [
        frame.reverse(),
        frame.cast({"actor": pl.String}),
        frame.select(reversed(frame.columns)),
        pl.concat([frame[:1], frame[1:]]),
    ]
    assert {fingerprint(other) for other in same} == {fingerprint(frame)}
    others = [frame[:1], frame.drop("via"), frame.with_columns(mentions=pl.lit(2, pl.Int32)), pl.concat([frame, frame])]
    assert fingerprint(frame) not in {fingerprint(other) for other in others}
    assert len({fingerprint(other) for other in others}) == len(others)


def test_rows_are_canonical_json() -> None:
    frame = pl.DataFrame({"b": ['"\\\n\x01é\u2028'], "a": [[date(2024, 2, 1)]], "d": [None], "c": [True]})
    assert canonical_rows(frame) == ['{"a":["2024-02-01"],"b":"\\"\\\\\\n\\u0001é\u2028","c":true,"d":null}']


@pytest.mark.parametrize(
    ("bits", "text"),  # RFC 8785, appendix B
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_are_written_as_the_standard_says(bits: str, text: str) -> None:
    assert canonical_number(struct.unpack(">d", bytes.fromhex(bits))[0]) == text


def test_what_is_not_finite_has_no_fingerprint() -> None:
    with pytest.raises(ValueError, match="finite"):
        fingerprint(pl.DataFrame({"value": [nan]}))


# --- all or nothing

OPERATIONS = [(io, "open"), (os, "fsync"), (os, "link"), (os, "mkdir"), (os, "open"), (os, "replace")]


class Interruption:
    """Lets file operations happen until one is to fail, before or after it was done."""

    def __init__(self, patch: pytest.MonkeyPatch, failing: int, after: bool, error: type[BaseException]) -> None:
        self.calls: list[str] = []
        for module, name in OPERATIONS:
            patch.setattr(module, name, self.wrap(name, getattr(module, name), failing, after, error))

    def wrap(self, name: str, operation: Any, failing: int, after: bool, error: type[BaseException]) -> Any:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            self.calls.append(name)
            fails = len(self.calls) - 1 == failing
            if fails and not after:
                raise error("simulated")
            result = operation(*arguments, **options)
            if fails:
                raise error("simulated")
            return result

        return wrapped


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def replace_with_failure(
    folder: Path, failing: int, after: bool, error: type[BaseException]
) -> tuple[list[str], BaseException | None]:
    """The operations that took place, and the error that came out."""
    with pytest.MonkeyPatch.context() as patch:
        interruption = Interruption(patch, failing, after, error)
        try:
            replace_files(folder, {"a": b"new a", "b": b"new b"})
        except error as raised:
            return interruption.calls, raised
    return interruption.calls, None


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("previous", [{}, {"a": b"old a", "b": b"old b"}, {"b": b"old b"}], ids=["none", "both", "one"])
def test_failure_at_any_operation_changes_nothing(
    previous: dict[str, bytes], error: type[BaseException], after: bool, tmp_path: Path
) -> None:
    failed_at = []
    for failing in range(100):
        folder = tmp_path / str(failing)
        if previous:
            folder.mkdir()
        for name, content in previous.items():
            (folder / name).write_bytes(content)
        calls, raised = replace_with_failure(folder, failing, after, error)
        assert contents(folder) == ({"a": b"new a", "b": b"new b"} if raised is None else previous)
        assert folder.exists() == (raised is None or bool(previous))
        if len(calls) <= failing:
            break
        if raised is not None:
            failed_at.append(calls[failing])
    assert failed_at.count("replace") == 2
    assert failed_at.count("fsync") == 5  # each file, the journal, and the folder before and after
    assert failed_at.count("open") >= 5
    assert failed_at.count("mkdir") == (0 if previous else 1)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "previous", [{}, {"a": b"old a", "b/c": b"old c"}, {"b/c": b"old c"}], ids=["none", "both", "one"]
)
def test_killed_at_any_operation_the_next_start_finds_all_old_or_all_new(
    previous: dict[str, bytes], after: bool, tmp_path: Path, die_at: DieAt
) -> None:
    new = {"a": b"new a", "b/c": b"new c"}
    outcomes = []
    for dying in range(200):
        folder = tmp_path / str(dying)
        for name, content in previous.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        finished = die_at(partial(replace_files, folder, new), dying, after)
        undo_unfinished(folder)
        found = {name: (folder / name).read_bytes() for name in new if (folder / name).exists()}
        assert found in (previous, new), dying
        outcomes.append(found == new)
        replace_files(folder, {"a": b"newest"})
        replace_files(folder, new)
        left = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        assert left == sorted(new), dying  # nothing of the killed process remains
        if finished:
            break
    assert outcomes[-1]
    assert outcomes.count(False) > 15  # it died that often before the change was final
    assert outcomes == sorted(outcomes)


def test_journal_written_by_somebody_else_touches_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"mine")
    folder = tmp_path / "folder"
    folder.mkdir()
    listed = {"../outside": False, f"{tmp_path}/outside": False, "": False, ".": False}
    (folder / JOURNAL).write_text(json.dumps(listed))
    assert undo_unfinished(folder)
    assert (tmp_path / "outside").read_bytes() == b"mine"
    assert not undo_unfinished(folder)


def test_rows_that_cannot_be_written_leave_the_dataset(
    written: Path, claim_rows: list[Row], article_rows: list[Row]
) -> None:
    before = contents(written)
    with pytest.raises(RowsError, match="no such column"):
        write_dataset([row | {"extra": 1} for row in claim_rows], article_rows, written)
    with pytest.raises(ValueError, match="finite"):
        write_dataset([claim_rows[0] | {"value": nan}, claim_rows[1]], article_rows, written)
    assert contents(written) == before


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        write_dataset([], [], tmp_path / "file")
    assert contents(tmp_path) == {"file": b""}


def test_writing_replaces_what_was_there(written: Path, claim_rows: list[Row], article_rows: list[Row]) -> None:
    (written / "README.md").write_bytes(b"not ours")
    result = write_dataset(claim_rows[1:], article_rows, written)
    assert result.claim_count == pl.read_parquet(result.claims).height == 1
    assert result.claims_fingerprint == fingerprint(pl.read_parquet(result.claims))
    assert set(contents(written)) == {CLAIMS, ARTICLES, *DESCRIPTIONS, CHECKSUMS, "README.md"}


@pytest.mark.usefixtures("keyboard")
def test_interrupt_from_the_keyboard_waits() -> None:
    done = False
    with pytest.raises(KeyboardInterrupt), interrupts_held():
        signal.raise_signal(signal.SIGINT)
        done = True
    assert done
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


# --- loading


@pytest.fixture
def installed(written: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The written dataset in place of the installed one."""
    monkeypatch.setattr(load, "files", lambda package: {"quantclaims.dataset": written}[package])
    return written


def test_loaded_tables_are_typed(installed: Path, claim_rows: list[Row]) -> None:
    assert load.load_claims().schema == claim.polars_schema()
    assert load.load_articles().schema == article.polars_schema()
    assert_frame_equal(load.load_claims(__version__), pl.read_parquet(installed / CLAIMS))
    assert load.load_claims().height == len(claim_rows)


def test_other_version_and_missing_dataset_say_what_to_do(installed: Path) -> None:
    with pytest.raises(ValueError, match=r"version 0\.0\.7 is not installed.*pip install"):
        load.load_claims("0.0.7")
    (installed / ARTICLES).unlink()
    with pytest.raises(FileNotFoundError, match=r"run python build\.py"):
        load.load_articles()


def test_dataset_whose_writing_was_cut_short_is_not_read(installed: Path) -> None:
    (installed / JOURNAL).write_text("{}")
    with pytest.raises(RuntimeError, match="its build was cut short: wait, or run"):
        load.load_claims()
    undo_unfinished(installed)
    assert load.load_claims().height


def test_importing_the_loader_is_cheap() -> None:
    script = "import sys, quantclaims.load; print(sorted({'polars', 'pyarrow', 'pandera'} & sys.modules.keys()))"
    result = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert result.stdout.strip() == "[]"
