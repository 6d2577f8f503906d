"""Cells replaced in files of rows: those and nothing else."""

import csv
import io
import json
from pathlib import Path
from typing import Any, Literal

import polars as pl
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from quantclaims.schemas import claim
from quantclaims.storage.fingerprint import fingerprint
from quantclaims.storage.frames import frame_from_rows
from quantclaims.storage.write import CLAIMS, write_dataset
from quantclaims.validating.readers import read_rows
from quantclaims.verifying.mending import (
    Change,
    MendError,
    mend_csv,
    mend_file,
    mend_json_lines,
    mend_parquet,
)

Row = dict[str, Any]

CSV = {
    "plain": ("quote,mentions\nab,1\ncd,2\n", {3: {"quote": Change("cd", "xy")}}, "quote,mentions\nab,1\nxy,2\n"),
    "semicolons, mark, CRLF": (
        "\ufeffquote;mentions\r\nab;1\r\ncd;2\r\n",
        {2: {"quote": Change("ab", "x;y"), "mentions": Change(1, 12)}},
        '\ufeffquote;mentions\r\n"x;y";12\r\ncd;2\r\n',
    ),
    "no line end at the end": ("quote\nab", {2: {"quote": Change("ab", "xy")}}, "quote\nxy"),
    "quoted stays quoted": ('quote\n"ab"\n', {2: {"quote": Change("ab", 'x"y')}}, 'quote\n"x""y"\n'),
    "lines in a cell": (
        'quote,mentions\n"a\nb",1\ncd,2\n',
        {4: {"quote": Change("cd", "x\ny")}},
        'quote,mentions\n"a\nb",1\n"x\ny",2\n',
    ),
    "what nobody knows stays": (
        'quote,my notes,mentions\n"ab" ,  kept  ,007\n',
        {2: {"mentions": Change(7, 8)}},
        'quote,my notes,mentions\n"ab" ,  kept  ,8\n',
    ),
    "empty cells and lines": (
        "quote,mentions\n\n,\nab,\n",
        {4: {"mentions": Change(None, 3)}},
        "quote,mentions\n\n,\nab,3\n",
    ),
    "formulas": ("quote\n'-ab\n", {2: {"quote": Change("-ab", "=xy")}}, "quote\n'=xy\n"),
    "spaces at the ends": ("quote\nab\n", {2: {"quote": Change("ab", " xy ")}}, 'quote\n" xy "\n'),
    "lists": (
        "quote,discrepancy\nab,a#1;a#7\n",
        {2: {"discrepancy": Change(["a#1", "a#7"], ["a#2", "a#7"])}},
        "quote,discrepancy\nab,a#2;a#7\n",
    ),
}


@pytest.mark.parametrize(("before", "mends", "after"), CSV.values(), ids=CSV.keys())
def test_cells_of_csv(before: str, mends: Any, after: str) -> None:
    assert mend_csv(before.encode(), mends).decode() == after


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_stays_utf_16(encoding: str) -> None:
    before = "\ufeffquote\tmentions\r\nłab\t1\r\n".encode(encoding)
    assert mend_csv(before, {2: {"quote": Change("łab", "żxy")}}) == before.replace(
        "łab".encode(encoding), "żxy".encode(encoding)
    )


LINES = {
    "one value": ('{"quote":"ab", "n":1.50}\n', {1: {"quote": Change("ab", "xy")}}, '{"quote":"xy", "n":1.50}\n'),
    "lines between": (
        '\n{"quote": "ab"}\n\n{"quote": "cd"}',
        {4: {"quote": Change("cd", "xy")}},
        '\n{"quote": "ab"}\n\n{"quote": "xy"}',
    ),
    "nested values stay": (
        '{"a": {"quote": "ab"}, "b": [1, "quote"], "quote" : "ab" }',
        {1: {"quote": Change("ab", "ł")}},
        '{"a": {"quote": "ab"}, "b": [1, "quote"], "quote" : "ł" }',
    ),
    "escapes stay escapes": (
        '{"quote": "a\\u0142", "c": "\\u0142"}',
        {1: {"quote": Change("ał", "xł")}},
        '{"quote": "x\\u0142", "c": "\\u0142"}',
    ),
    "null and lists": (
        '{"quote_start": null, "discrepancy": ["a#1"]}',
        {1: {"quote_start": Change(None, 7), "discrepancy": Change(["a#1"], ["a#2", "a#3"])}},
        '{"quote_start": 7, "discrepancy": ["a#2", "a#3"]}',
    ),
    "mark": ('\ufeff{"quote": "ab"}', {1: {"quote": Change("ab", "xy")}}, '\ufeff{"quote": "xy"}'),
    "escaped key": ('{"q\\u0075ote": "ab"}', {1: {"quote": Change("ab", "xy")}}, '{"q\\u0075ote": "xy"}'),
}


@pytest.mark.parametrize(("before", "mends", "after"), LINES.values(), ids=LINES.keys())
def test_values_of_json_lines(before: str, mends: Any, after: str) -> None:
    assert mend_json_lines(before.encode(), mends).decode() == after


CHANGED = {
    "another value": (b"quote\nab\n", {2: {"quote": Change("cd", "xy")}}),
    "no such line": (b"quote\nab\n", {3: {"quote": Change("ab", "xy")}}),
    "no such column": (b"quote\nab\n", {2: {"mentions": Change(1, 2)}}),
    "fewer cells": (b"quote,mentions\nab\n", {2: {"quote": Change("ab", "xy")}}),
    "another number": (b"quote,mentions\nab,2\n", {2: {"mentions": Change(1, 3)}}),
    "another object": (b'{"quote": "ab"}', {1: {"quote": Change("cd", "xy")}}),
    "no such key": (b'{"quote": "ab"}', {1: {"value": Change(1, 2)}}),
    "no such object": (b'{"quote": "ab"}', {2: {"quote": Change("ab", "xy")}}),
}


@pytest.mark.parametrize(("data", "mends"), CHANGED.values(), ids=CHANGED.keys())
def test_a_file_that_changed_meanwhile_is_left_alone(data: bytes, mends: Any, tmp_path: Path) -> None:
    path = tmp_path / "rows.txt"
    path.write_bytes(data)
    with pytest.raises(MendError, match="has changed since it was read: verify it again"):
        mend_file(path, mends)
    assert path.read_bytes() == data
    assert [entry.name for entry in tmp_path.iterdir()] == ["rows.txt"]


# --- Parquet


def test_parquet_keeps_all_but_the_cells(tmp_path: Path, claim_rows: list[Row], article_rows: list[Row]) -> None:
    write_dataset(claim_rows, article_rows, tmp_path)
    before = (tmp_path / CLAIMS).read_bytes()
    after = mend_parquet(before, {2: {"quote_start": Change(claim_rows[1]["quote_start"], 5)}})
    old, new = (pl.read_parquet(io.BytesIO(data)) for data in (before, after))
    assert new.schema == old.schema == claim.polars_schema()
    assert new.to_dicts() == [old.row(0, named=True), old.row(1, named=True) | {"quote_start": 5}]
    metadata = [parquet.read_schema(pyarrow.BufferReader(data)).metadata for data in (before, after)]
    assert metadata[1][b"fingerprint"].decode() == fingerprint(new) != fingerprint(old)
    assert json.loads(metadata[1][b"PANDAS_ATTRS"])["fingerprint"] == fingerprint(new)
    assert {key: metadata[1][key] for key in (b"title", b"license")} == {
        key: metadata[0][key] for key in (b"title", b"license")
    }
    columns = parquet.read_metadata(pyarrow.BufferReader(after)).row_group(0)
    assert {columns.column(at).compression for at in range(columns.num_columns)} == {"ZSTD"}


def test_parquet_of_others(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pl.DataFrame({"quote": ["ab", None], "note": [["x"], []]}).write_parquet(path)
    mend_file(path, {2: {"quote": Change(None, "xy")}})
    assert pl.read_parquet(path).to_dicts() == [{"quote": "ab", "note": ["x"]}, {"quote": "xy", "note": []}]


@pytest.mark.parametrize(
    "mends", [{3: {"quote": Change("ab", "x")}}, {1: {"q": Change(1, 2)}}, {1: {"quote": Change("c", "x")}}]
)
def test_parquet_that_changed_meanwhile(mends: Any, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pl.DataFrame({"quote": ["ab", None]}).write_parquet(path)
    before = path.read_bytes()
    with pytest.raises(MendError):
        mend_file(path, mends)
    assert path.read_bytes() == before


# --- properties

CELLS = st.text(alphabet="ab\"\n;,\t ł='", max_size=6)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5)


@given(TABLES, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.integers(0, 4), CELLS, st.booleans())
def test_of_any_csv_one_cell_changes(
    rows: list[tuple[str, str, str]], separator: str, end: str, at: int, value: str, all_quoted: bool
) -> None:
    """As Python's own csv module reads it: the others stay what they were, and so do the bytes around the cell."""
    rows = [(first or "x", second, third) for first, second, third in rows]
    at %= len(rows)
    out = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([("quote", "item_text", "quote_prefix"), *rows])
    before = out.getvalue()
    line = 2 + sum(cell.count("\n") + 1 - 1 for row in rows[:at] for cell in row) + at
    old = rows[at][1]
    shown = old[1:] if old.startswith("'") and old.lstrip("'")[:1] in ("=", "\t") and old.lstrip("'") else old
    after = mend_csv(before.encode(), {line: {"item_text": Change(shown, value)}}).decode()
    found = list(csv.reader(io.StringIO(after, newline=""), delimiter=separator))[1:]
    written = f"'{value}" if value.lstrip("'")[:1] in ("=", "\t") and value.lstrip("'") else value
    wanted = [list(row) for row in rows]
    wanted[at][1] = written
    assert found == wanted
    same = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    assert before[:same] == after[:same]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, min_size=1, max_size=5), VALUES, st.booleans(), st.data())
def test_of_any_object_one_value_changes(row: Row, value: Any, is_ascii: bool, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(row)))
    text = json.dumps(row, ensure_ascii=is_ascii)
    after = mend_json_lines(text.encode("utf-8", "surrogatepass"), {1: {key: Change(row[key], value)}})
    assert json.loads(after) == row | {key: value}
    assert list(json.loads(after)) == list(row)


# --- what is written is read again


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_our_readers_read_what_was_mended(suffix: str, tmp_path: Path, claim_rows: list[Row]) -> None:
    path = tmp_path / f"rows{suffix}"
    frame = frame_from_rows(claim_rows, claim.Claim)
    if suffix == ".parquet":
        frame.write_parquet(path)
    elif suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, default=str) + "\n" for row in claim_rows), encoding="utf-8")
    else:
        texts = [
            ";".join(f'"{value}"' for value in ("drones#67", "-12 \u201edrones\u201d", 67)),
        ]
        path.write_text("claim_id;quote;quote_start\n" + "\n".join(texts), encoding="utf-8")
    rows = read_rows(path)
    line = int(rows.lines[0])
    mend_file(path, {line: {"quote": Change(rows.frame["quote"][0], '=x;"y"'), "quote_start": Change(67, 70)}})
    again = read_rows(path)
    assert (again.frame["quote"][0], again.frame["quote_start"][0]) == ('=x;"y"', 70)
    assert again.frame["claim_id"].to_list() == rows.frame["claim_id"].to_list()
