"""CSV as people and spreadsheets write it: RFC 4180, and what Excel makes of it.

Read are UTF-8 with or without a byte order mark and UTF-16 with one ("Unicode text"); separated by comma, semicolon or
tab, whichever gives the header the most columns of the contract; lines that end in LF, CRLF or CR. Where the separator
is a semicolon or a tab, numbers may have a decimal comma, as Excel writes it in Poland and Romania. Another encoding is
refused: of single bytes nobody can tell which one it was. https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import NamedTuple

import polars as pl
import pyarrow
from pyarrow import csv as arrow_csv

from quantclaims.problems import describe_error
from quantclaims.validating.files import FileError
from quantclaims.validating.findings import show_value
from quantclaims.validating.tables import Cells, Misfit, count_shared, tables

SEPARATORS = ",;\t"
BLOCK = 2**24
"""Bytes that a thread reads at once; a record must fit into one."""

LONGEST_HEADER = 2**16
"""Bytes of the first line."""


class Skipped(NamedTuple):
    """A record that does not have as many cells as the header."""

    number: int
    """Of the record in the file, the header being 1."""
    cells: int
    text: str


def read_csv(data: bytes) -> Cells:
    """The cells of a CSV file as text, and the records that do not fit its header; raises `FileError`."""
    data = decode(data)
    header, separator = read_header(data)
    table, skipped = parse(data, header, separator)
    frame = pl.DataFrame(table.rename_columns([f"{number}" for number in range(len(header))]))
    records = pl.Series("record", range(1, frame.height + len(skipped) + 1), dtype=pl.UInt32)
    records = records.filter(~records.is_in([record.number for record in skipped]))
    lines = records
    if data.count(b"\n") > frame.height + len(skipped):
        lines = number_lines(frame, records, skipped)
    filled = frame.select(filled=pl.any_horizontal(pl.all() != "")).to_series()
    filled[0] = False  # the header
    rows = frame.filter(filled)
    misfits = find_misfits(skipped, records, lines, len(header))
    return Cells(
        {name: rows[f"{number}"] for number, name in enumerate(header)},
        lines.filter(filled),
        misfits,
        decimal_comma=separator != ",",
        is_text=True,
    )


def decode(data: bytes) -> bytes:
    """The text as UTF-8 without a byte order mark; raises `FileError` for other encodings, with line and byte."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                return data.removeprefix(mark).decode(encoding).encode()
            except UnicodeError:
                raise FileError("file_encoding", "is damaged UTF-16: save it as CSV UTF-8") from None
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not is_utf8(data):
        try:
            data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = "is not UTF-8: save it as CSV UTF-8 (in Excel: Save as, CSV UTF-8)"
            raise FileError("file_encoding", message, line, f"byte 0x{data[error.start]:02x}") from None
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise FileError("file_encoding", "holds a NUL byte, which no text does: save it as CSV UTF-8", line)
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8; Arrow looks without making a Python string, which takes twice or four times the room."""
    offsets = pyarrow.array([0, len(data)], pyarrow.int64()).buffers()[1]
    whole = pyarrow.Array.from_buffers(pyarrow.large_binary(), 1, [None, offsets, pyarrow.py_buffer(data)])
    try:
        whole.cast(pyarrow.large_string())
    except pyarrow.ArrowInvalid:
        return False
    return True


def read_header(data: bytes) -> tuple[list[str], str]:
    """Names of the columns and the separator between them; raises `FileError`."""
    first = data[:LONGEST_HEADER].decode(errors="ignore")
    if not first.strip():
        raise FileError("file_empty", "is empty: begin with a line that names the columns (quantclaims template)")
    if len(data) > LONGEST_HEADER and "\n" not in first:
        raise FileError("file_format", "the first line is no header, it is too long: begin with the columns' names", 1)
    headers = {separator: split_header(first, separator) for separator in SEPARATORS}
    separator = max(SEPARATORS, key=lambda one: max(count_shared(headers[one], table) for table in tables().values()))
    header = headers[separator]
    if not header:
        raise FileError("file_format", "the first line is no line of CSV: begin with the names of the columns", 1)
    for number, name in enumerate(header):
        if name in header[:number]:
            message = f"column {number + 1} has the name of another: rename or remove one of the two"
            raise FileError("column_unique", message, 1, show_value(name))
    return header, separator


def split_header(text: str, separator: str) -> list[str]:
    """The first record, its names without spaces around them."""
    try:
        record = next(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), [])
    except csv.Error:
        return []
    return [name.strip() for name in record]


def parse(data: bytes, header: Sequence[str], separator: str) -> tuple[pyarrow.Table, list[Skipped]]:
    """All records, the header among them, as columns of strings, and those that have another number of cells.

    Read again by one thread when there are any of the latter, for only then are they numbered.
    """
    skipped: list[Skipped] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        skipped.append(Skipped(row.number or 0, row.actual_columns, row.text))
        return "skip"

    parsing = arrow_csv.ParseOptions(
        delimiter=separator, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
    )
    converting = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(header, pyarrow.string()), strings_can_be_null=False, check_utf8=False
    )
    for use_threads in (True, False):
        skipped.clear()
        reading = arrow_csv.ReadOptions(column_names=list(header), use_threads=use_threads, block_size=BLOCK)
        try:
            table = arrow_csv.read_csv(BytesIO(data), reading, parsing, converting)
        except pyarrow.ArrowInvalid as error:
            raise FileError("file_format", f"is no CSV: {describe_error(error)}") from None
        if not skipped:
            break
    return table, skipped


def number_lines(frame: pl.DataFrame, records: pl.Series, skipped: Sequence[Skipped]) -> pl.Series:
    """The line in which each record of a frame starts; records, numbered from 1, may go over several lines."""
    within = frame.select(pl.sum_horizontal(pl.all().str.count_matches("\n", literal=True))).to_series()
    schema = {"record": pl.UInt32, "within": pl.UInt32}
    taken = pl.DataFrame({"record": records, "within": within}, schema=schema)
    left = pl.DataFrame([(s.number, s.text.count("\n")) for s in skipped], schema=schema, orient="row")
    both = pl.concat([taken, left]).sort("record")
    lines = both.with_columns(line=pl.col("record") + pl.col("within").cum_sum() - pl.col("within"))
    return taken.join(lines, on="record", how="left", maintain_order="left")["line"].cast(pl.UInt32)


def find_misfits(skipped: Sequence[Skipped], records: pl.Series, lines: pl.Series, width: int) -> list[Misfit]:
    """What is wrong with records of another length; their line is told by the record before them."""
    misfits = []
    for record in skipped:
        if not record.text.strip():
            continue
        before = records.search_sorted(record.number) - 1
        line = int(lines[before]) + record.number - int(records[before]) if before >= 0 else record.number
        if record.text.count('"') % 2:
            message = "a quotation mark is not closed, so that the record does not end: close or double it"
        else:
            message = (
                f"does not fit the header of {width} cells, it has {record.cells}: quote cells that hold the separator"
            )
        misfits.append(Misfit(line, show_value(record.text), "row_length", message))
    return misfits
