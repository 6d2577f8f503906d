"""WARC files (https://iipc.github.io/warc-specifications/) as news crawls write them: one page per response record."""

import io
import os
import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

from quantclaims.corpora.entries import Entry, Unread, check_entry, make_id, to_date
from quantclaims.corpora.sources import CHUNK, Inflated, Source, open_binary
from quantclaims.corpora.texts import LARGEST_PAGE, read_page
from quantclaims.problems import describe_error

PAGES = ("text/html", "application/xhtml+xml")


def load_warc_reader() -> ModuleType | None:
    """fastwarc, or None where it is not installed."""
    try:
        return import_module("fastwarc.warc")
    except ImportError:
        return None


def read_records(source: Source, first: int, last: int | None) -> Iterator[Entry | Unread]:
    """The pages of the records that begin in the bytes from ``first`` to ``last`` of the file.

    Compressed records cannot be found but by reading from the start, which takes a hundredth of the time that their
    pages take. A file that is cut in the middle gives the pages before the cut, and one entry with the error.
    """
    warc = load_warc_reader()
    if warc is None:
        yield broken(source, "needs fastwarc to be read: pip install 'quantclaims[warc]'")
        return
    at = 0
    try:
        with open_binary(source.path) as file:
            kinds = warc.WarcRecordType.response
            for record in warc.ArchiveIterator(file, record_types=kinds, parse_http=False, fsspec_args=False):
                at = int(record.stream_pos)
                if last is not None and at >= last:
                    return
                if at >= first:
                    blank = describe_record(record, source, at)
                    yield Unread(blank, partial(read_record, record, blank))
        if last is None and is_cut(source.path, at):
            yield broken(source, f"ends in the middle of a record, after byte {at}: get the file again")
    except Exception as error:
        yield broken(source, f"damaged after byte {at}, {describe_error(error)}: get the file again")


def is_cut(path: str, at: int) -> bool:
    """Whether a file ends before the last record does, which the reader does not say; looked at from ``at`` on."""
    with open_binary(path) as file:
        file.seek(at)
        if path.endswith(".gz"):
            inflated = io.BufferedReader(Inflated(file), CHUNK)
            try:
                while inflated.read(CHUNK):
                    pass
            except (EOFError, zlib.error):
                return True
            return False
        size = file.seek(0, os.SEEK_END)
        while at < size:
            file.seek(at)
            head, end, _ = file.read(1 << 16).partition(b"\r\n\r\n")
            length = re.search(rb"^content-length:\s*(\d+)", head, re.IGNORECASE | re.MULTILINE)
            if not end or length is None or at + len(head) + len(end) + int(length[1]) > size:
                return True
            at += len(head) + len(end) + int(length[1]) + len(end)
        return False


def broken(source: Source, error: str) -> Entry:
    """The entry that stands for what of a file cannot be read."""
    return Entry(f"{source.name}@broken", None, source=source.path, error=error)


def describe_record(record: Any, source: Source, at: int) -> Entry:
    """What the header of a record says of its page."""
    name = str(record.record_id or "").strip("<>").removeprefix("urn:uuid:")
    return Entry(
        article_id=make_id(name) if name else f"{source.name}@{at}",
        text=None,
        url=record.headers.get("WARC-Target-URI"),
        retrieved=find_day(record),
        source=f"{source.path}, byte {at}",
    )


def read_record(record: Any, entry: Entry) -> Entry | None:
    """The page of a response record, None where it is none; what is read is bounded, whatever its header says."""
    try:
        if record.content_length > LARGEST_PAGE:
            return entry._replace(error=f"the record has {record.content_length} bytes: no page is as long")
        block = record.reader.read()
        if len(block) < record.content_length:
            return entry._replace(error=f"the record is cut after {len(block)} of {record.content_length} bytes")
        record.set_bytes_content(block)
        record.parse_http(auto_decode="all")
        kind = str(record.http_content_type or "")
        if kind not in PAGES or getattr(record.http_headers, "status_code", None) != 200:
            return None
        data = record.reader.read(LARGEST_PAGE + 1)
    except Exception as error:
        return entry._replace(error=f"the record cannot be read, {describe_error(error)}")
    if len(data) > LARGEST_PAGE:
        return entry._replace(error=f"the page has more than {LARGEST_PAGE} bytes: no page is as long")
    return check_entry(read_page(data, entry))


def find_day(record: Any) -> Any:
    """The day on which a page was fetched."""
    moment = record.record_date
    return to_date(moment if isinstance(moment, datetime) else record.headers.get("WARC-Date"))
