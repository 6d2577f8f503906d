"""A file of rows with some cells replaced, and nothing else of it touched.

In CSV and JSON Lines the text around a replaced cell stays byte for byte as it is: quotation marks, order of columns,
line ends, byte order mark, and the cells that our readers do not know. A Parquet file is written again with its own
schema, compression and footer.
"""

import json
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from json.decoder import scanstring  # type: ignore[attr-defined] # not among its documented names, and public
from pathlib import Path
from typing import Any, NamedTuple

from quantclaims.reviews import FORMULA, LIST_MARK, unguard
from quantclaims.storage.replace import replace_files
from quantclaims.validating.files import open_content

CHANGED = "has changed since it was read: verify it again"


class Change(NamedTuple):
    """The value of a cell, and what it shall be."""

    old: Any
    new: Any


Mends = Mapping[int, Mapping[str, Change]]
"""By line in the file (in Parquet by number of the row, from 1) the changes by column."""


class MendError(Exception):
    """A file that is not what was read before; the message says so in a line."""


class Cell(NamedTuple):
    """A cell of a CSV file: where it stands in the text, its quotation marks included."""

    start: int
    end: int


class Record(NamedTuple):
    """A record of a CSV file with the line that it begins in."""

    line: int
    cells: list[Cell]


def mend_file(path: Path, mends: Mends) -> None:
    """Write a file's rows with new values, all or none; raises `MendError`, and OSError when it cannot be written."""
    target = path.resolve()
    content = open_content(target)
    mend = {"csv": mend_csv, "json_lines": mend_json_lines, "parquet": mend_parquet}[content.format]
    replace_files(target.parent, {target.name: mend(content.data, mends)})


# CSV


def mend_csv(data: bytes, mends: Mends) -> bytes:
    r"""The bytes of a CSV file with new values in some cells.

    >>> mend_csv(b'quote,mentions\r\n"a, b",1\r\n', {2: {"quote": Change("a, b", "a; b")}})
    b'quote,mentions\r\n"a; b",1\r\n'
    """
    encoding, mark = find_encoding(data)
    text = data.removeprefix(mark).decode(encoding)
    separator = find_separator(text)
    records = list(scan_records(text, separator))
    header = [read_cell(text[cell.start : cell.end]).strip() for cell in records[0].cells] if records else []
    by_line = {record.line: record for record in records[1:]}
    edits = [
        (cell, write_cell(value, separator, is_quoted=text[cell.start : cell.start + 1] == '"'))
        for line, changes in mends.items()
        for cell, value in find_cells(text, by_line.get(line), header, changes)
    ]
    return mark + splice(text, edits).encode(encoding)


def find_encoding(data: bytes) -> tuple[str, bytes]:
    """The encoding of a text file, and the byte order mark that it begins with."""
    for mark, encoding in ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return encoding, mark
    return "utf-8", b""


def find_separator(text: str) -> str:
    """What parts the cells of the header: the mark that our reader takes, told by how many columns it knows."""
    from quantclaims.validating.csv_tables import read_header

    return read_header(text.encode())[1]


def find_cells(
    text: str, record: Record | None, header: Sequence[str], changes: Mapping[str, Change]
) -> Iterator[tuple[Cell, Any]]:
    """The cells of a record that change, each with its new value."""
    for column, (old, new) in changes.items():
        if record is None or column not in header or len(record.cells) != len(header):
            raise MendError(CHANGED)
        cell = record.cells[header.index(column)]
        if not says(read_cell(text[cell.start : cell.end]), old):
            raise MendError(CHANGED)
        yield cell, new


def says(cell: str, value: Any) -> bool:
    """Whether a cell's text stands for a value.

    >>> says("'-5 tanks", "-5 tanks"), says(" 07", 7), says("", None), says("a#1; a#7", ["a#1", "a#7"])
    (True, True, True, True)
    """
    if value is None:
        return not cell.strip()
    if isinstance(value, list):
        return [part.strip() for part in cell.split(LIST_MARK)] == value
    if isinstance(value, int):
        return cell.strip().lstrip("+0").rjust(1, "0") == str(value)
    return bool(unguard(cell) == value)


def scan_records(text: str, separator: str) -> Iterator[Record]:
    """The records of a CSV text (RFC 4180), each cell with its place; line ends are LF, CRLF or CR.

    Lines are counted as our reader counts them: where a text has LF at all, a lone CR in a cell ends none.
    """
    mark = "\n" if "\n" in text else "\r"
    token = re.compile(rf'"(?:[^"]|"")*(?:"|\Z)|[^{re.escape(separator)}\r\n"][^{re.escape(separator)}\r\n]*|')
    at, line = 0, 1
    while at < len(text):
        record = Record(line, [])
        while True:
            found = token.match(text, at)
            assert found is not None  # the empty cell always is
            end = skip_rest(text, found.end(), separator)
            record.cells.append(Cell(at, end))
            line += text.count(mark, at, end)
            at = end
            if text[at : at + 1] != separator:
                break
            at += 1
        at += 2 if text.startswith("\r\n", at) else 1
        line += 1
        yield record


def skip_rest(text: str, at: int, separator: str) -> int:
    """The end of a cell that goes on after its closing quotation mark."""
    while at < len(text) and text[at] not in (separator, "\r", "\n"):
        at += 1
    return at


def read_cell(text: str) -> str:
    """What a cell says."""
    return text[1:-1].replace('""', '"') if text[:1] == '"' and text[-1:] == '"' and len(text) > 1 else text


def write_cell(value: Any, separator: str, *, is_quoted: bool) -> str:
    """A value as a cell: in quotation marks where the old one was or it has to be, and never a formula.

    >>> write_cell("- two tanks", ",", is_quoted=False), write_cell(["a#1", "a#7"], ",", is_quoted=True)
    ("'- two tanks", '"a#1;a#7"')
    """
    text = LIST_MARK.join(value) if isinstance(value, list) else str(value)
    if FORMULA.match(text):
        text = f"'{text}"
    if is_quoted or any(mark in text for mark in (separator, '"', "\r", "\n")) or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def splice(text: str, edits: Sequence[tuple[Cell, str]]) -> str:
    """A text with spans replaced."""
    pieces, at = [], 0
    for cell, new in sorted(edits):
        pieces += [text[at : cell.start], new]
        at = cell.end
    return "".join((*pieces, text[at:]))


# JSON Lines


def mend_json_lines(data: bytes, mends: Mends) -> bytes:
    r"""The bytes of a JSON Lines file with new values for some keys.

    >>> mend_json_lines(b'{"a":1.50,"b" : "x"}\n', {1: {"b": Change("x", "y")}})
    b'{"a":1.50,"b" : "y"}\n'
    """
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    lines = data.removeprefix(mark).split(b"\n")
    for number, changes in mends.items():
        if changes:
            if not 0 < number <= len(lines):
                raise MendError(CHANGED)
            lines[number - 1] = mend_object(lines[number - 1].decode(), changes).encode()
    return mark + b"\n".join(lines)


def mend_object(text: str, changes: Mapping[str, Change]) -> str:
    """A JSON object with new values for some of its keys."""
    members = dict(scan_members(text))
    for key, (old, _) in changes.items():
        if key not in members or json.loads(text[members[key].start : members[key].end]) != old:
            raise MendError(CHANGED)
    is_ascii = text.isascii() and "\\u" in text
    return splice(text, [(members[key], json.dumps(new, ensure_ascii=is_ascii)) for key, (_, new) in changes.items()])


SPACE = re.compile(r"[\s,:]*")
"""What stands between the keys and values of an object."""


def scan_members(text: str) -> Iterator[tuple[str, Cell]]:
    """The keys of a JSON object, each with the place of its value."""
    decoder = json.JSONDecoder()
    at = SPACE.match(text, text.index("{") + 1).end()  # type: ignore[union-attr] # it matches nothing at all too
    while text[at] == '"':
        key, at = scanstring(text, at + 1, True)
        start = SPACE.match(text, at).end()  # type: ignore[union-attr]
        _, end = decoder.raw_decode(text, start)
        yield key, Cell(start, end)
        at = SPACE.match(text, end).end()  # type: ignore[union-attr]


# Parquet


def mend_parquet(data: bytes, mends: Mends) -> bytes:
    """The bytes of a Parquet file with new values in some cells; a fingerprint in its footer is the new rows'."""
    import pyarrow
    from pyarrow import parquet

    file = parquet.ParquetFile(pyarrow.BufferReader(data))
    table = file.read()
    for column in dict.fromkeys(column for changes in mends.values() for column in changes):
        at = table.schema.get_field_index(column)
        if at < 0 or max(mends) > table.num_rows:
            raise MendError(CHANGED)
        field, values = table.schema.field(at), table.column(at).to_pylist()
        for number, changes in mends.items():
            if column in changes:
                if values[number - 1] != changes[column].old:
                    raise MendError(CHANGED)
                values[number - 1] = changes[column].new
        table = table.set_column(at, field, pyarrow.array(values, field.type))
    sink = pyarrow.BufferOutputStream()
    compression = file.metadata.row_group(0).column(0).compression if file.metadata.num_row_groups else "ZSTD"
    parquet.write_table(
        table.replace_schema_metadata(renew_fingerprint(table)),
        sink,
        compression=COMPRESSIONS.get(compression, compression),
        write_page_checksum=True,
    )
    return bytes(sink.getvalue())


COMPRESSIONS = {"UNCOMPRESSED": "NONE"}
"""Names under which pyarrow reads a compression to those under which it writes it, where the two differ."""


def renew_fingerprint(table: Any) -> dict[bytes, bytes] | None:
    """The footer of a table; the fingerprint in it, and in what pandas reads of it, is that of the rows as they are.

    A fingerprint is one of `quantclaims.storage.fingerprint`.
    """
    metadata = table.schema.metadata
    if not metadata or b"fingerprint" not in metadata:
        return dict(metadata) if metadata else None
    import polars as pl

    from quantclaims.storage.fingerprint import fingerprint

    new = fingerprint(pl.DataFrame(table)).encode()
    return {key: value.replace(metadata[b"fingerprint"], new) for key, value in metadata.items()}
