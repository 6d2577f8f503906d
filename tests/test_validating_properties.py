"""Whatever is in a file: the reader and the checks say something of it on whole lines, and never raise."""

import csv
import json
import tempfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quantclaims.schemas import article, claim, contribution
from quantclaims.storage.frames import frame_from_rows
from quantclaims.validating import json_tables
from quantclaims.validating.command import validate_paths
from quantclaims.validating.findings import LIMIT, count_kinds
from quantclaims.validating.json_lines import read_line_by_line
from quantclaims.validating.json_tables import read_at_a_stroke
from quantclaims.validating.readers import read_rows, type_rows
from quantclaims.validating.reports import render_report
from quantclaims.validating.spreadsheets import write_template
from quantclaims.validating.tables import tables

FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
COLUMNS = [field.name for field in claim.fields()]
PIECES = [
    *(
        "",
        "a#1",
        "1,5",
        "1e999",
        "-0",
        "NaN",
        "=1+1",
        "\u202e",
        "\u200b",
        "２",
        "true",
        "2024-02-30",
        "1582-10-10",
        ";",
    ),
    *("x;y", '"', "\n", "\r\n", "\t", "\0", "ż", "😀", "'", "exact", "drone", "km", "0", "../..", "[]", "{}"),
]
CELLS = st.one_of(st.sampled_from(PIECES), st.text(max_size=12), st.lists(st.sampled_from(PIECES)).map("".join))


@pytest.fixture(scope="module")
def path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "rows"


def check(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    report = validate_paths([path])
    for kind in count_kinds(report.findings):
        assert kind.rows >= 1
        listed = [f for f in report.findings if (f.column, f.rule) == (kind.column, kind.rule)]
        assert len(listed) <= LIMIT
    text = render_report(report, "text")
    assert all(line.isprintable() for line in text.split("\n"))
    assert render_report(report, "github").count("\n") == max(0, len(report.findings) - 1)
    json.loads(render_report(report, "sarif").encode())
    ElementTree.fromstring(render_report(report, "junit"))


@FUZZ
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes(path: Path, data: bytes) -> None:
    for start in (b"", b"claim_id,value\n", b'{"claim_id": ', b"PAR1", b"\xff\xfe", b"\xef\xbb\xbfarticle_id;title\n"):
        check(path, start + data)


@FUZZ
@given(
    names=st.lists(st.one_of(st.sampled_from(COLUMNS), CELLS), min_size=1, max_size=6),
    rows=st.lists(st.lists(CELLS, max_size=7), max_size=6),
    separator=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_csv(path: Path, names: list[str], rows: list[list[str]], separator: str, end: str) -> None:
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=separator, lineterminator=end)
    writer.writerows([names, *rows])
    check(path, written.getvalue().encode("utf-8", "replace"))


@FUZZ
@given(rows=st.lists(st.lists(CELLS.filter(lambda cell: "\0" not in cell), min_size=3, max_size=3), max_size=8))
def test_rows_of_csv_have_their_lines(path: Path, rows: list[list[str]]) -> None:
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["claim_id", "quote", "item_text"])
    starts = []
    for row in rows:
        starts += [written.getvalue().count("\n") + 1] if any(row) else []
        writer.writerow(row)
    path.write_bytes(written.getvalue().encode("utf-8", "replace"))
    read = read_rows(path)
    assert read.lines.to_list() == starts
    assert read.frame.height == len(starts)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), CELLS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(CELLS, inner, max_size=3)),
    max_leaves=5,
)


@FUZZ
@given(rows=st.lists(st.dictionaries(st.one_of(st.sampled_from(COLUMNS), CELLS), JSON, max_size=8), max_size=5))
def test_any_json(path: Path, rows: list[dict[str, object]]) -> None:
    check(path, "\n".join(map(json.dumps, rows)).encode())


VALUES = st.one_of(st.sampled_from([1, 0.5, -3, 2**31, "2024-02-29", "2024-02-30", True, [], ["a"], ["a", None]]), JSON)


@FUZZ
@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from([*COLUMNS[9:24], "via", "period_start"]), VALUES, max_size=6), max_size=4
    )
)
def test_json_reads_the_same_at_a_stroke_and_line_by_line(rows: list[dict[str, object]]) -> None:
    data = "\n".join(json.dumps({"claim_id": "a#1", **row}, ensure_ascii=False) for row in rows).encode(
        "utf-8", "replace"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_tables, "LEAST", 0)
        at_a_stroke = read_at_a_stroke(data)
    if at_a_stroke is not None:
        table = tables()["claims"]
        quick = type_rows(Path("a.jsonl"), table, at_a_stroke)
        slow = type_rows(Path("a.jsonl"), table, read_line_by_line(data))
        assert quick.lines.to_list() == slow.lines.to_list()
        assert quick.frame.to_dicts() == slow.frame.to_dicts()
        assert {f[:6] for f in quick.findings} == {f[:6] for f in slow.findings}


@cache
def sound_parquet() -> bytes:
    dataset = Path(__file__).parents[1] / "dataset"
    sink = BytesIO()
    pl.read_parquet(dataset / "claims.parquet", memory_map=False).head(4).write_parquet(
        sink, compression="uncompressed"
    )
    return sink.getvalue()


@settings(FUZZ, max_examples=100)
@given(data=st.data())
def test_damaged_parquet(path: Path, data: st.DataObject) -> None:
    whole = bytearray(sound_parquet())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    check(path, bytes(whole[: data.draw(st.integers(0, len(whole)))] if data.draw(st.booleans()) else whole))


SIMPLE = (pl.Int8, pl.Int64, pl.UInt64, pl.Float64, pl.Decimal(10, 2), pl.String, pl.Boolean, pl.Binary, pl.Null)
TIMES = (pl.Date, pl.Datetime, pl.Time, pl.Duration)
NESTED = (pl.List(pl.Int64), pl.List(pl.String), pl.Struct({"a": pl.Int8}), pl.Array(pl.Int8, 2))
TYPES = st.sampled_from([*SIMPLE, *TIMES, *NESTED, pl.Categorical, pl.Enum(["exact", "b"])])


@settings(FUZZ, max_examples=40)
@given(types=st.dictionaries(st.sampled_from(COLUMNS), TYPES, min_size=1, max_size=5), nulls=st.booleans())
def test_parquet_of_any_types(path: Path, types: dict[str, pl.DataType], nulls: bool) -> None:
    frame = pl.DataFrame({name: make_values(dtype, nulls) for name, dtype in types.items()})
    sink = BytesIO()
    frame.write_parquet(sink)
    check(path, sink.getvalue())


def make_values(dtype: pl.DataType, nulls: bool) -> pl.Series:
    if nulls:
        return pl.Series([None, None], dtype=dtype)
    ones = pl.Series([1, 0])
    try:
        return ones.cast(dtype)
    except pl.exceptions.PolarsError:
        return pl.Series([None, None], dtype=dtype)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=10)
GUARDABLE = st.one_of(TEXTS, st.sampled_from(["=1+1", "'=1", "''-x", "'", "@a", "-5", "\tx", "\rx", "+", "'x"]))


@FUZZ
@given(texts=st.lists(GUARDABLE, min_size=4, max_size=4), parts=st.lists(GUARDABLE, max_size=3), excel=st.booleans())
def test_spreadsheets_give_back_what_they_got(path: Path, texts: list[str], parts: list[str], excel: bool) -> None:
    parts = [part for part in parts if part.strip() == part != "" and ";" not in part]
    frame = pl.read_parquet(BytesIO(sound_parquet()))
    quotes = pl.Series("quote", [text or "x" for text in texts])
    notes = pl.Series("item_text", [text or None for text in texts], dtype=pl.String)
    frame = frame.with_columns(quotes, notes, pl.Series("via", [parts] * 4, dtype=pl.List(pl.String)))
    path.write_bytes(write_template("claims", frame, for_excel=excel).encode())
    read = read_rows(path)
    assert read.findings == ()
    for name in (
        "quote",
        "item_text",
        "via",
        "value",
        "confidence",
        "period_start",
        "is_denial",
        "items",
        "discrepancy",
    ):
        assert read.frame[name].to_list() == frame[name].to_list(), name


def test_no_formula_is_written() -> None:
    frame = pl.DataFrame(
        {"item_text": ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "\r=1", "fine"], "factor": [-1.0] * 7}
    )
    cells = list(csv.DictReader(StringIO(write_template("claims", frame), newline="")))
    assert [cell["item_text"][0] for cell in cells] == ["'"] * 6 + ["f"]
    assert {cell["factor"] for cell in cells} == {"-1"}


def test_every_table_reads_its_template(tmp_path: Path) -> None:
    for name, fields in (
        ("claims", claim.fields()),
        ("articles", article.fields()),
        ("contributed", contribution.fields()),
    ):
        (tmp_path / "rows.csv").write_text(write_template(name, for_excel=True), encoding="utf-8")
        read = read_rows(tmp_path / "rows.csv")
        assert (read.table, read.findings, read.missing) == (name, (), ())
        assert read.frame.columns == [field.name for field in fields]


def test_sound_rows_read_the_same_from_every_format(tmp_path: Path, claim_rows: list[dict[str, object]]) -> None:
    frame = frame_from_rows(claim_rows, claim.Claim)
    frame.write_parquet(tmp_path / "a.parquet")
    frame.write_ndjson(tmp_path / "a.jsonl")
    for name, excel in (("a.csv", False), ("b.csv", True)):
        (tmp_path / name).write_bytes(write_template("claims", frame, for_excel=excel).encode())
    (tmp_path / "c.csv").write_bytes(write_template("claims", frame).encode("utf-16"))
    for name in ("a.parquet", "a.jsonl", "a.csv", "b.csv", "c.csv"):
        read = read_rows(tmp_path / name)
        assert read.findings == ()
        assert read.frame.equals(frame)
