"""A file as somebody handed it to us: what it is, and its bytes, with bounds on what is taken in.

Only regular files are read, for a pipe or a device may never end. A link is followed inside the folder that the command
runs in and inside its own; one that leads elsewhere is refused, so that rows contributed by strangers cannot make a
report show a file that they did not write.
"""

import os
import stat
from pathlib import Path
from typing import NamedTuple

from quantclaims.problems import describe_os_error

LARGEST = 4 * 2**30
"""Bytes of the largest file that is read: a table of ten million claims is smaller in every format."""

ARCHIVES = {
    b"PK\x03\x04": "is a workbook or an archive: save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "is an old Excel workbook: save the sheet as CSV UTF-8",
    b"\x1f\x8b": "is compressed: unpack it first",
    b"BZh": "is compressed: unpack it first",
    b"\xfd7zXZ": "is compressed: unpack it first",
    b"\x28\xb5\x2f\xfd": "is compressed: unpack it first",
    b"%PDF": "is a PDF: give the rows as CSV, JSON Lines or Parquet",
    b"SQLite format 3": "is a database: give the rows as CSV, JSON Lines or Parquet",
    b"ARROW1": "is an Arrow IPC file: write it as Parquet",
}
"""How files begin that are no table, and what to do with them."""


class FileError(Exception):
    """A file that cannot be read as rows at all: rule, what is wrong and what to do, and the line if there is one."""

    def __init__(self, rule: str, message: str, line: int | None = None, value: str = "") -> None:
        self.rule, self.message, self.line, self.value = rule, message, line, value
        super().__init__(message)


class Content(NamedTuple):
    """The bytes of a file and the format that they are in."""

    data: bytes
    format: str
    """``parquet``, ``json_lines`` or ``csv``."""


def open_content(path: Path) -> Content:
    """The bytes of a file and what they are; raises `FileError`."""
    data = read_bytes(path)
    return Content(data, recognise_format(data, path.suffix.lower()))


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file; raises `FileError` for anything else and for what is larger than `LARGEST`."""
    try:
        check_link(path)
        with open(path, "rb", opener=open_at_once) as file:
            about = os.fstat(file.fileno())
            check_regular(stat.S_IFMT(about.st_mode))
            if about.st_size > LARGEST:
                raise FileError("file_size", f"is larger than {LARGEST // 2**30} GiB: split it")
            return file.read()
    except FileNotFoundError:
        raise FileError("file_readable", "there is no such file: check the path") from None
    except IsADirectoryError:
        raise FileError("file_readable", "is a folder: name the files in it") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        said = describe_os_error(error) if isinstance(error, OSError) else str(error)
        raise FileError("file_readable", f"cannot be read, {said}: check path and permissions") from None


def recognise_format(data: bytes, suffix: str) -> str:
    """The format that bytes are in, by how they begin; raises `FileError` for what is no table.

    >>> recognise_format(b'{"claim_id": "a#1"}', ".json"), recognise_format(b"claim_id;quote", ".txt")
    ('json_lines', 'csv')
    """
    for start, message in ARCHIVES.items():
        if data.startswith(start):
            raise FileError("file_format", message)
    if data.startswith(b"PAR1"):
        return "parquet"
    if suffix in (".parquet", ".pq"):
        raise FileError("file_format", "is no Parquet file, for it does not begin with PAR1: write it again")
    first = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"[":
        raise FileError("file_format", "is one JSON array: write one object per line (jq -c '.[]' does)", 1)
    if first == b"{" or suffix in (".jsonl", ".ndjson", ".json"):
        return "json_lines"
    if first == b"<":
        raise FileError("file_format", "is HTML or XML: give the rows as CSV, JSON Lines or Parquet", 1)
    return "csv"


def check_link(path: Path) -> None:
    """Raise `FileError` for a link that leads out of its own folder and out of the current one."""
    if not path.is_symlink():
        return
    target, homes = Path(os.path.realpath(path, strict=True)), (path.parent.resolve(), Path.cwd())
    if not any(target.is_relative_to(home) for home in homes):
        raise FileError("file_link", "is a link that leads out of its folder: name the file that it leads to")


def check_regular(kind: int) -> None:
    """Raise `FileError` for a pipe, a device or a socket."""
    if kind == stat.S_IFDIR:
        raise IsADirectoryError
    if kind != stat.S_IFREG:
        raise FileError("file_readable", "is no regular file: write the rows to one")


def open_at_once(name: str, flags: int) -> int:
    """Open a file without waiting for whoever writes into a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
