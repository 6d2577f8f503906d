"""JSON Lines (https://jsonlines.org): one article per line, compressed with gzip or not.

A file is divided by bytes: a line belongs to the part in which it begins, and its place in the file is in its id, so
that ids do not depend on the division.
"""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from quantclaims.corpora.entries import ColumnsError, Entry, make_entry, match_columns
from quantclaims.corpora.sources import Source, open_lines
from quantclaims.problems import describe_error, describe_os_error

ENVELOPE = 1_000_000
"""Bytes that a line may have besides its text."""
ESCAPED = 12
"""Bytes of a character at most, as JSON may write it: two escapes of six bytes."""
BOMB = 200
"""Times the longest line: a line that goes on for as long is no line, and the rest of its file is not read."""


def read_lines(
    source: Source, first: int, last: int | None, longest: int, chosen: Mapping[str, str]
) -> Iterator[Entry]:
    """The articles of the lines that begin in the bytes from ``first`` to ``last`` (of the decompressed file)."""
    try:
        with open_lines(source.path) as file:
            at = skip_to(file, first)
            yield from read_all(file, source, at, last, longest, chosen)
    except (OSError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        what = describe_os_error(error) if isinstance(error, OSError) and error.strerror else describe_error(error)
        article_id, place = f"{source.name}@broken", f"{source.path}"
        yield Entry(article_id, None, source=place, error=f"cannot be read to its end, {what}: get the file again")


def skip_to(file: BinaryIO, first: int) -> int:
    """Go to the first line that begins at or after a byte; where that is."""
    if first == 0:
        return 0
    file.seek(first - 1)
    at = first - 1
    while True:  # a line may be of any length, memory may not
        piece = file.readline(1 << 20)
        at += len(piece)
        if not piece or piece.endswith(b"\n"):
            return at


def read_all(
    file: BinaryIO, source: Source, at: int, last: int | None, longest: int, chosen: Mapping[str, str]
) -> Iterator[Entry]:
    """The article of each line."""
    limit = longest * ESCAPED + ENVELOPE
    while last is None or at < last:
        line = file.readline(limit + 1)
        if not line:
            return
        article_id, place = f"{source.name}@{at}", f"{source.path}, byte {at}"
        size = len(line)
        if size > limit:
            size += skip_line(file, limit * BOMB)
            error = f"the line has more than {limit} bytes: divide it, or give a higher --longest"
            yield Entry(article_id, None, source=place, error=error)
            if size > limit * BOMB:
                yield Entry(f"{article_id}@rest", None, source=place, error="the line has no end: the rest is not read")
                return
        elif line.strip():
            yield read_line(line, article_id, place, chosen)
        at += size


def skip_line(file: BinaryIO, most: int) -> int:
    """Read to the end of a line, or ``most`` bytes; how many there were."""
    skipped = 0
    while skipped <= most:
        piece = file.readline(1 << 20)
        skipped += len(piece)
        if not piece or piece.endswith(b"\n"):
            break
    return skipped


def read_line(line: bytes, article_id: str, place: str, chosen: Mapping[str, str]) -> Entry:
    """The article of one line."""
    try:
        row: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Entry(article_id, None, source=place, error=f"is no JSON, {describe_error(error)}: correct the line")
    if not isinstance(row, dict):
        return Entry(article_id, None, source=place, error="is no JSON object: write one article per line")
    try:
        columns = match_columns(list(row), {k: v for k, v in chosen.items() if k == "text" or v in row})
    except ColumnsError as error:
        return Entry(article_id, None, source=place, error=str(error))
    return make_entry({field: row[name] for field, name in columns.items()}, article_id, place)
