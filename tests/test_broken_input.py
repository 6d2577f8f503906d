"""Every kind of broken row and file that we could think of, and what is said of it: never a traceback."""

import gzip
import json
import os
import resource
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pyarrow
import pytest
from pyarrow import parquet

from quantclaims.schemas import claim
from quantclaims.storage.frames import frame_from_rows
from quantclaims.validating import files, parquet_tables
from quantclaims.validating.command import validate_paths
from quantclaims.validating.findings import Finding, render_finding
from quantclaims.validating.spreadsheets import write_template

Row = dict[str, Any]


class Said(NamedTuple):
    """What is to be said of the one thing that is wrong."""

    column: str
    rule: str
    message: str
    """A part of it."""
    nearest: str | None = None


# --- one cell of one row, as CSV writes it

ROW_CASES: dict[str, tuple[dict[str, str], Said]] = {
    "number with a unit": (
        {"value": "1200 km"},
        Said("value", "value_type", "must be a number, written like 1600000 or 2.5, without unit and spaces"),
    ),
    "number in words": ({"value": "many"}, Said("value", "value_type", "must be a number")),
    "number grouped with commas": ({"value": "1,200"}, Said("value", "value_type", "must be a number", "1200")),
    "number grouped with spaces": ({"value": "1 200"}, Said("value", "value_type", "must be a number", "1200")),
    "number grouped with no-break spaces": (
        {"value": "1\u00a0200"},
        Said("value", "value_type", "must be a number", "1200"),
    ),
    "decimal comma between commas": ({"factor": "3,0"}, Said("factor", "value_type", "must be a number", "3.0")),
    "full-width digits": ({"value": "１２００"}, Said("value", "value_type", "must be a number", "1200")),
    "Arabic digits": ({"value": "١٢٠٠"}, Said("value", "value_type", "must be a number", "1200")),
    "mathematical digits": ({"mentions": "𝟏"}, Said("mentions", "value_type", "must be a whole number", "1")),
    "letter O for zero": ({"value": "12O0"}, Said("value", "value_type", "must be a number")),
    "zero-width space in a number": ({"value": "1\u200b200"}, Said("value", "value_type", "must be a number", "1200")),
    "minus sign of typographers": ({"factor": "−3"}, Said("factor", "value_type", "must be a number", "-3")),
    "hexadecimal": ({"value": "0x4b0"}, Said("value", "value_type", "must be a number")),
    "underscore in a number": ({"value": "1_200"}, Said("value", "value_type", "must be a number", "1200")),
    "formula for a number": ({"value": "=1200"}, Said("value", "value_type", "must be a number")),
    "NaN": ({"value": "NaN"}, Said("value", "value_type", "must be a number")),
    "infinity": ({"value": "inf"}, Said("value", "value_type", "must be a number")),
    "more than a double holds": (
        {"value_low": "", "value_high": "", "qualifier": "approximately", "factor": "1e400"},
        Said("factor", "factor_finite", "is not a finite number"),
    ),
    "negative factor": ({"factor": "-3"}, Said("factor", "factor_positive", "must be above 0")),
    "whole number with a fraction": ({"mentions": "1.0"}, Said("mentions", "value_type", "whole number", "1")),
    "whole number that is none": ({"mentions": "1.5"}, Said("mentions", "value_type", "must be a whole number")),
    "whole number too large": ({"mentions": "2147483648"}, Said("mentions", "value_type", "from -2147483648 to")),
    "whole number left out": ({"mentions": ""}, Said("mentions", "not_null", "is empty but every row needs it")),
    "no mention": ({"mentions": "0"}, Said("mentions", "mentions_positive", "must be at least 1", "1")),
    "yes for true": ({"is_denial": "no"}, Said("is_denial", "value_type", "must be true or false")),
    "0 for false": ({"is_denial": "0"}, Said("is_denial", "value_type", "must be true or false", "false")),
    "denial of something": (
        {"is_denial": "true"},
        Said("is_denial", "denial_is_zero", "a denial says that there is none", "value = 0, qualifier = exact"),
    ),
    "id misspelt": ({"qualifier": "exakt"}, Said("qualifier", "value_type", "must be an id", "exact")),
    "id in capitals": ({"stance": "ASSERTED"}, Said("stance", "value_type", "must be an id", "asserted")),
    "country by its name": ({"actor": "Korea Północna"}, Said("actor", "value_type", "countries.toml", "PRK")),
    "id in Cyrillic letters": ({"language": "ен"}, Said("language", "value_type", "languages.toml")),
    "id with a zero-width joiner": ({"actor": "PRK\u200d"}, Said("actor", "value_type", "countries.toml", "PRK")),
    "id of a list misspelt": ({"items": "dron"}, Said("items", "value_type", "items.toml", "drone")),
    "list parted by commas": ({"items": "drone, rocket"}, Said("items", "value_type", "items.toml")),
    "list out of order": (
        {"items": "rocket;drone"},
        Said("items", "items_sorted", "must be in alphabetical order without repeats", "drone;rocket"),
    ),
    "list with a repeat": ({"items": "drone;drone"}, Said("items", "items_sorted", "without repeats", "drone")),
    "list with an empty element": ({"via": "AP;;TASS"}, Said("via", "value_type", "none of them empty", "AP;TASS")),
    "attribute without a value": (
        {"attributes": "calibre"},
        Said("attributes", "attributes_known", "must be key=value"),
    ),
    "attribute misspelt": (
        {"attributes": "calbre=152 mm"},
        Said("attributes", "attributes_known", "must be key=value", "calibre=152 mm"),
    ),
    "day of the Polish kind": (
        {"published_start": "05.03.2024"},
        Said("published_start", "value_type", "must be a day, written YYYY-MM-DD", "2024-03-05"),
    ),
    "day that may be a month": ({"published_end": "3/5/2024"}, Said("published_end", "value_type", "must be a day")),
    "day that does not exist": (
        {"published_end": "2024-02-30"},
        Said("published_end", "value_type", "must be a day", "2024-02-29"),
    ),
    "day with a time": (
        {"published_end": "2024-03-05T10:00"},
        Said("published_end", "value_type", "must be a day", "2024-03-05"),
    ),
    "published end before start": (
        {"published_end": "2024-03-04"},
        Said(
            "published_start",
            "published_start_at_most_published_end",
            "ends before it starts",
            "published_start = 2024-03-04, published_end = 2024-03-05",
        ),
    ),
    "before the calendar": (
        {"published_start": "1024-03-05"},
        Said("published_start", "published_since_gregorian", "is before 1583"),
    ),
    "no EDTF": ({"stated": "March 2024"}, Said("stated", "stated_is_edtf", "is no EDTF date")),
    "EDTF with a point": ({"stated": "4.3.2024"}, Said("stated", "stated_is_edtf", "is no EDTF date", "2024-03-04")),
    "EDTF with other bounds": (
        {"stated": "2024-03"},
        Said(
            "stated",
            "stated_bounds_agree",
            "must be the first and last day of stated",
            "stated_start = 2024-03-01, stated_end = 2024-03-31",
        ),
    ),
    "period without a basis": (
        {"period_basis": "unknown"},
        Said("period_basis", "period_basis_with_period", "a period has a basis"),
    ),
    "unit that is none": ({"unit": "hectares"}, Said("unit", "unit_known", "is no unit", "har")),
    "unit left out": ({"unit": ""}, Said("unit", "unit_known", "is no unit", "1")),
    "bounds the wrong way round": (
        {"qualifier": "between", "value": "", "value_low": "9", "value_high": "5", "factor": "", "relation": "part_of"},
        Said("value_low", "value_low_at_most_value_high", "swap them", "value_low = 5, value_high = 9"),
    ),
    "qualifier without its bound": (
        {"qualifier": "at_least"},
        Said("qualifier", "qualifier_bounds", "does not agree with which of value and bounds", "exact"),
    ),
    "factor that does not fit": (
        {"factor": "2"},
        Said("value", "factor_applied", "the value must be the factor times the base's value"),
    ),
    "factor without a relation that takes one": (
        {"relation": "part_of"},
        Said("factor", "factor_with_relation", "the factor belongs to multiple_of and share_of alone"),
    ),
    "relation without a base": (
        {"base_claim_id": ""},
        Said("relation", "relation_with_base", "relation and base_claim_id go together"),
    ),
    "base that is not there": (
        {"base_claim_id": "drones#1"},
        Said("base_claim_id", "base_known", "must be another claim of the same article"),
    ),
    "nobody vouches": (
        {"claimant": "", "claimant_type": ""},
        Said("claimant", "claimant_given", "nobody vouches for the figure", "article"),
    ),
    "claimant of another country": (
        {"claimant_country": "POL"},
        Said("claimant_country", "claimant_country_of_register", "differs from claimants.toml", "empty"),
    ),
    "confidence in per cent": (
        {"confidence": "90"},
        Said("confidence", "confidence_probability", "must be a probability between 0 and 1", "0.9"),
    ),
    "id without an offset": (
        {"claim_id": "drones"},
        Said("claim_id", "claim_id_form", "must be <article_id>#<offset>", "drones#67"),
    ),
    "id of another place": (
        {"claim_id": "drones#3"},
        Said("claim_id", "claim_id_in_quote", "its offset must lie in the quote", "drones#67"),
    ),
    "quote longer than its offsets": (
        {"quote_end": "80"},
        Said("quote_start", "quote_offsets", "must enclose exactly the quote's characters", "quote_end = 79"),
    ),
    "quote left out": ({"quote": ""}, Said("quote_start", "quote_offsets", "must enclose exactly")),
    "context too long": (
        {"quote_prefix": "x" * 33},
        Said("quote_prefix", "quote_prefix_length", "is longer than 32 characters"),
    ),
    "contradiction that is not returned": (
        {"discrepancy": "drones#143"},
        Said("discrepancy", "discrepancy_mutual", "must name other claims of the dataset that name this one in turn"),
    ),
}
"""The first row is the multiple of the second; both are sound otherwise."""


def write_row(tmp_path: Path, claim_rows: list[Row], changes: dict[str, str]) -> Path:
    frame = frame_from_rows(claim_rows, claim.Claim)
    cells = pl.read_csv(
        BytesIO(write_template("claims", frame).encode()), infer_schema=False, empty_string_is_null=False
    )
    first = cells.head(1).with_columns(pl.lit(value).alias(column) for column, value in changes.items())
    path = tmp_path / "rows.csv"
    pl.concat([first, cells.tail(1)]).write_csv(path)
    return path


@pytest.mark.parametrize("name", ROW_CASES)
def test_broken_row(name: str, tmp_path: Path, claim_rows: list[Row]) -> None:
    changes, said = ROW_CASES[name]
    path = write_row(tmp_path, claim_rows, changes)
    found = validate_paths([path]).findings
    about = [finding for finding in found if (finding.column, finding.rule) == (said.column, said.rule)]
    assert [finding.line for finding in about] == [2], found
    assert said.message in about[0].message
    assert about[0].nearest == said.nearest
    assert_lines(found)


def assert_lines(findings: list[Finding] | Any) -> None:
    # each is a line that anybody can read as it stands
    for finding in findings:
        line = render_finding(finding)
        assert line.isprintable(), line
        assert len(line) < 800
        assert finding.message


def test_sound_row(tmp_path: Path, claim_rows: list[Row]) -> None:
    assert validate_paths([write_row(tmp_path, claim_rows, {})]).findings == []


# --- whole files


def csv_of(rows: list[Row], change: Callable[[str], str] = lambda text: text) -> bytes:
    return change(write_template("claims", frame_from_rows(rows, claim.Claim))).encode()


def json_of(rows: list[Row]) -> list[Row]:
    return json.loads(json.dumps(rows, default=str))  # type: ignore[no-any-return]


def lines_of(rows: list[Row], **changes: Any) -> bytes:
    first, second = json_of(rows)
    return f"{json.dumps(first | changes)}\n{json.dumps(second)}\n".encode()


def parquet_of(rows: list[Row], **columns: pl.Expr) -> bytes:
    sink = BytesIO()
    frame_from_rows(rows, claim.Claim).with_columns(**columns).write_parquet(sink)
    return sink.getvalue()


def zipped(rows: list[Row]) -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return sink.getvalue()


def many_rows(rows: list[Row]) -> bytes:
    sink = pyarrow.BufferOutputStream()
    table = pyarrow.table({"claim_id": pyarrow.array(["a"]).dictionary_encode().take(pyarrow.array([0] * 30_000))})
    parquet.write_table(pyarrow.concat_tables([table] * 1000), sink, row_group_size=2**25)
    return bytes(sink.getvalue())


def arrow_of(rows: list[Row]) -> bytes:
    sink = BytesIO()
    frame_from_rows(rows, claim.Claim).write_ipc(sink)
    return sink.getvalue()


FILE_CASES: dict[str, tuple[str, Callable[[list[Row]], bytes], str]] = {
    "nothing": ("a.csv", lambda _: b"", "a.csv: is empty: begin with a line that names the columns"),
    "blank lines": ("a.csv", lambda _: b"\n \n\n", "a.csv: is empty: begin with a line that names the columns"),
    "text": ("a.csv", lambda _: b"Dear all,\nhere are the rows.\n", "a.csv: 'Dear all, ' no column of the contract"),
    "another header": (
        "a.csv",
        lambda _: b"id,number\n1,2\n",
        "a.csv: 'id, number' no column of the contract is among",
    ),
    "column twice": (
        "a.csv",
        lambda rows: csv_of(rows, lambda text: text.replace("article_id", "claim_id", 1)),
        "a.csv:1: 'claim_id' column 2 has the name of another: rename or remove one of the two [column_unique]",
    ),
    "column misspelt": (
        "a.csv",
        lambda rows: csv_of(rows, lambda text: text.replace("qualifier", "qualifer", 1)),
        "a.csv:1: qualifer: 'qualifer' no such column in claims: remove or rename it; nearest: qualifier",
    ),
    "column missing": (
        "a.jsonl",
        lambda rows: "".join(
            json.dumps({k: v for k, v in row.items() if k != "unit"}) + "\n" for row in json_of(rows)
        ).encode(),
        "a.jsonl: unit: the column is missing: add it (Unit of the figures",
    ),
    "row too long": (
        "a.csv",
        lambda rows: csv_of(rows, lambda text: text.replace("1200", "1,200", 1)),
        "does not fit the header of 48 cells, it has 49: quote cells that hold the separator [row_length]",
    ),
    "row too short": (
        "a.csv",
        lambda rows: csv_of(rows) + b"drones#9,drones\n",
        "a.csv:4: 'drones#9,drones' does not fit the header of 48 cells, it has 2: quote",
    ),
    "quotation mark left open": (
        "a.csv",
        lambda rows: csv_of(rows) + b'"drones#9,drones\n',
        "a quotation mark is not closed, so that the record does not end: close or double it [row_length]",
    ),
    "Windows-1250": (
        "a.csv",
        lambda rows: csv_of(rows).replace("comté".encode(), b"comt\xe9").replace(b"drones,", b"dron\xf3w,"),
        "a.csv:2: 'byte 0xf3' is not UTF-8: save it as CSV UTF-8 (in Excel: Save as, CSV UTF-8) [file_encoding]",
    ),
    "UTF-16 cut in two": (
        "a.csv",
        lambda rows: csv_of(rows).decode().encode("utf-16")[:-1],
        "a.csv: is damaged UTF-16: save it as CSV UTF-8 [file_encoding]",
    ),
    "UTF-16 without a mark": (
        "a.csv",
        lambda rows: csv_of(rows).decode().encode("utf-16-le"),
        "a.csv:1: holds a NUL byte, which no text does: save it as CSV UTF-8 [file_encoding]",
    ),
    "NUL byte": (
        "a.csv",
        lambda rows: csv_of(rows).replace(b"1200", b"12\x0000"),
        "a.csv:2: holds a NUL byte, which no text does: save it as CSV UTF-8 [file_encoding]",
    ),
    "workbook": ("a.xlsx", zipped, "a.xlsx: is a workbook or an archive: save the sheet as CSV UTF-8 [file_format]"),
    "old workbook": ("a.xls", lambda _: b"\xd0\xcf\x11\xe0" + b"\0" * 99, "a.xls: is an old Excel workbook: save"),
    "compressed": ("a.csv.gz", lambda rows: gzip.compress(csv_of(rows)), "a.csv.gz: is compressed: unpack it first"),
    "Arrow file": ("a.arrow", arrow_of, "a.arrow: is an Arrow IPC file: write it as Parquet [file_format]"),
    "web page": ("a.csv", lambda _: b"<!doctype html><p>Log in", "a.csv:1: is HTML or XML: give the rows as CSV, JSON"),
    "JSON array": (
        "a.json",
        lambda rows: json.dumps(json_of(rows)).encode(),
        "a.json:1: is one JSON array: write one object per line (jq -c '.[]' does) [file_format]",
    ),
    "JSON over several lines": (
        "a.jsonl",
        lambda rows: json.dumps(json_of(rows)[0], indent=1).encode(),
        "a.jsonl:1: '{' is no JSON, Expecting property name enclosed in double quotes at character 2",
    ),
    "JSON cut off": (
        "a.jsonl",
        lambda rows: lines_of(rows)[:-9],
        "write one object per line [json_form]",
    ),
    "JSON number as text": (
        "a.jsonl",
        lambda rows: lines_of(rows, value="1,200"),
        "a.jsonl:1: value: '1,200' must be a number, written like 1600000 or 2.5, without unit and spaces; nearest",
    ),
    "JSON NaN": ("a.jsonl", lambda rows: lines_of(rows, value=float("nan")), "a.jsonl:1: 'NaN' is no number of JSON"),
    "JSON infinity": ("a.jsonl", lambda rows: lines_of(rows, value=float("inf")), "a.jsonl:1: 'Infinity' is no number"),
    "JSON 10 to the 400": (
        "a.jsonl",
        lambda rows: lines_of(rows, value=10**400),
        "a.jsonl:1: value: 'inf' is not a finite number: leave open bounds empty, and give no infinity or NaN",
    ),
    "JSON of 5000 digits": (
        "a.jsonl",
        lambda rows: lines_of(rows).replace(b'"mentions": 1', b'"mentions": 1' + b"0" * 5000, 1),
        "a.jsonl:1: mentions: 'inf' must be a whole number",
    ),
    "JSON key twice": (
        "a.jsonl",
        lambda rows: lines_of(rows).replace(b'"mentions"', b'"value": 7, "mentions"', 1),
        "a.jsonl:1: 'value' the key is given twice: keep one of the two [json_key_unique]",
    ),
    "half a surrogate pair": (
        "a.jsonl",
        lambda rows: lines_of(rows, quote_prefix="\ud83d"),
        "a.jsonl:1: half a surrogate pair is no character: write the character itself [json_surrogate]",
    ),
    "nested without end": (
        "a.jsonl",
        lambda rows: lines_of(rows) + b'{"value":' * 100_000 + b"\n",
        "a.jsonl:3: is nested too deeply: a row is a flat object [json_form]",
    ),
    "an object for a value": (
        "a.jsonl",
        lambda rows: lines_of(rows, unit={"a": 1}),
        "a.jsonl:1: unit: '{'a': 1}' must be",
    ),
    "a text for a list": (
        "a.jsonl",
        lambda rows: lines_of(rows, via="AP"),
        "a.jsonl:1: via: 'AP' must be a list of texts",
    ),
    "a null in a list": (
        "a.jsonl",
        lambda rows: lines_of(rows, via=["AP", None]),
        "a.jsonl:1: via: '['AP', None]' must be a list",
    ),
    "true for a number": (
        "a.jsonl",
        lambda rows: lines_of(rows, mentions=True),
        "a.jsonl:1: mentions: 'True' must be a",
    ),
    "a list for a row": (
        "a.jsonl",
        lambda rows: lines_of(rows) + b"[1, 2]\n",
        "a.jsonl:3: '[1, 2]' is no object: write one",
    ),
    "JSON lists nested without end": (
        "a.jsonl",
        lambda _: b'{"claim_id": "a#1", "items": ' + b"[" * 200_000 + b"]" * 200_000 + b"}\n",
        "a.jsonl:1: is nested too deeply: a row is a flat object [json_form]",
    ),
    "JSON objects nested without end": (
        "a.jsonl",
        lambda rows: lines_of(rows) * 9 + b'{"a":' * 200_000 + b"1" + b"}" * 200_000 + b"\n",
        "a.jsonl:19: is nested too deeply: a row is a flat object [json_form]",
    ),
    "a first line without end": (
        "a.csv",
        lambda rows: b"x" * 70_000 + b"," + csv_of(rows),
        "a.csv:1: the first line is no header, it is too long: begin with the columns' names [file_format]",
    ),
    "JSON in Latin-1": (
        "a.jsonl",
        lambda rows: lines_of(rows) + b'{"quote": "comt\xe9"}\n',
        "a.jsonl:3: 'byte 0xe9' is not UTF-8: save it as UTF-8 [file_encoding]",
    ),
    "no Parquet": (
        "a.parquet",
        csv_of,
        "a.parquet: is no Parquet file, for it does not begin with PAR1: write it again",
    ),
    "Parquet cut off": ("a.parquet", lambda rows: parquet_of(rows)[:-20], "a.parquet: is damaged Parquet ("),
    "Parquet without an end": ("a.parquet", lambda _: b"PAR1", "a.parquet: is damaged Parquet ("),
    "Parquet with a text for a number": (
        "a.parquet",
        lambda rows: parquet_of(rows, value=pl.lit("many")),
        "a.parquet: row 1: drones#67: value: 'many' must be a number, written like 1600000 or 2.5",
    ),
    "Parquet with NaN": (
        "a.parquet",
        lambda rows: parquet_of(rows, factor=pl.lit(float("nan"))),
        "a.parquet: row 1: drones#67: factor: 'nan' is not a finite number",
    ),
    "Parquet with unknown ids": (
        "a.parquet",
        lambda rows: parquet_of(rows, qualifier=pl.lit("exakt")),
        "a.parquet: row 1: drones#67: qualifier: 'exakt' must be an id of vocabularies/qualifiers.toml",
    ),
    "Parquet with more than it weighs": ("a.parquet", many_rows, "a.parquet: has more than 20,000,000 rows: split it"),
}
"""Name and bytes of a file, and how the line that is said of it begins, or a part of it."""


@pytest.mark.parametrize("name", FILE_CASES)
def test_broken_file(name: str, tmp_path: Path, claim_rows: list[Row]) -> None:
    file_name, make, expected = FILE_CASES[name]
    path = tmp_path / file_name
    path.write_bytes(make(claim_rows))
    found = validate_paths([path]).findings
    lines = [render_finding(finding).removeprefix(f"{tmp_path}/") for finding in found]
    assert any(line.startswith(expected) or (not expected.startswith("a.") and expected in line) for line in lines), (
        lines
    )
    assert_lines(found)


def test_sixty_kinds_at_least() -> None:
    assert len(ROW_CASES) + len(FILE_CASES) >= 100


# --- what is no file


def said_of(path: Path) -> str:
    (finding,) = validate_paths([path]).findings
    return render_finding(finding).removeprefix(f"{path}: ")


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    assert said_of(tmp_path / "a.csv") == "there is no such file: check the path [file_readable]"
    assert said_of(tmp_path) == "is a folder: name the files in it [file_readable]"
    assert said_of(Path("/dev/null")) == "is no regular file: write the rows to one [file_readable]"
    assert "cannot be read, embedded null" in said_of(Path("a\0b.csv"))
    os.mkfifo(tmp_path / "pipe")
    assert said_of(tmp_path / "pipe") == "is no regular file: write the rows to one [file_readable]"
    assert said_of(tmp_path / ("x" * 300)).startswith("cannot be read, file name too long")


def test_links(tmp_path: Path, claim_rows: list[Row]) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "rows.csv").write_bytes(csv_of(claim_rows))
    (inside / "rows.csv").write_bytes(csv_of(claim_rows))
    (inside / "near.csv").symlink_to("rows.csv")
    (inside / "far.csv").symlink_to(outside / "rows.csv")
    (inside / "round.csv").symlink_to("round.csv")
    (inside / "nowhere.csv").symlink_to("gone.csv")
    assert validate_paths([inside / "near.csv"]).findings == []
    far = "is a link that leads out of its folder: name the file that it leads to [file_link]"
    assert said_of(inside / "far.csv") == far
    assert "cannot be read" in said_of(inside / "round.csv")
    assert said_of(inside / "nowhere.csv") == "there is no such file: check the path [file_readable]"


def test_file_that_disappears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claim_rows: list[Row]) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(csv_of(claim_rows))
    look = files.check_link

    def look_and_remove(found: Path) -> None:
        look(found)
        found.unlink()

    monkeypatch.setattr(files, "check_link", look_and_remove)
    assert said_of(path) == "there is no such file: check the path [file_readable]"


def test_larger_than_we_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.csv"
    with path.open("wb") as file:
        file.truncate(files.LARGEST + 1)  # a file with a hole takes no room
    assert said_of(path) == "is larger than 4 GiB: split it [file_size]"


def test_parquet_that_decodes_to_more_than_we_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claim_rows: list[Row]
) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(parquet_of(claim_rows, quote=pl.lit("x" * 2**20)))
    assert path.stat().st_size < 2**18
    monkeypatch.setattr(parquet_tables, "MOST_BYTES", 2**19)
    assert said_of(path).endswith("GiB: split it [file_size]")
    monkeypatch.setattr(parquet_tables, "check_size", lambda _: None)  # a file that lies about its size
    assert said_of(path).endswith("GiB: split it [file_size]")


def test_texts_that_stand_there_a_million_times_are_not_written_out(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    texts = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 1_000_000, pyarrow.int32()), ["x" * 2**20])
    parquet.write_table(pyarrow.table({"quote": texts}), path)
    assert path.stat().st_size < 2**20
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert said_of(path) == "decodes to more than 6 GiB: split it [file_size]"  # 1 TB
    longer = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0], pyarrow.int32()), ["x" * (2**20 + 1)])
    parquet.write_table(pyarrow.table({"quote": longer}), path)
    assert said_of(path) == "holds a text of 1,048,577 bytes: none is longer than 1,048,576 [file_size]"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kilobytes
