"""What a reader gives the kernel: an article as it was found, or the reason why it could not be read.

At the edges an entry is a row of an Arrow record batch; columns by other names are recognised (`match_columns`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, get_args, get_type_hints

import pyarrow

from quantclaims.pages.metadata import hash_text
from quantclaims.problems import name_known
from quantclaims.schemas.edtf import parse_edtf


class Entry(NamedTuple):
    """An article of a corpus before anything is known to be right with it."""

    article_id: str
    text: str | None
    """None where it could not be read: then ``error`` says why."""
    language: str | None = None
    """BCP 47; None to be recognised from the text."""
    published: str | None = None
    """EDTF."""
    published_basis: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    retrieved: date | None = None
    source: str | None = None
    """File, and where in it: line, row, offset."""
    error: str | None = None


class Unread(NamedTuple):
    """An article whose reading may fail as no exception tells: it is read when its turn has been noted."""

    blank: Entry
    """What is known before."""
    read: Callable[[], Entry | None]
    """The article; None where it turns out that there is none."""


NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "maintext"),
    "article_id": ("article_id", "id"),
    "language": ("language", "lang"),
    "published": ("published", "date", "date_publish", "published_at", "publish_date", "timestamp"),
    "published_basis": ("published_basis",),
    "title": ("title", "headline"),
    "publisher": ("publisher", "sitename", "outlet"),
    "url": ("url", "link", "source_url"),
    "retrieved": ("retrieved",),
    "source": ("source",),
    "error": ("error",),
}
"""Field -> the columns that are taken for it, the first that is there."""

TYPES = {
    name: pyarrow.date32() if date in get_args(hint) else pyarrow.string()
    for name, hint in get_type_hints(Entry).items()
}
SCHEMA = pyarrow.schema([pyarrow.field(name, TYPES[name]) for name in Entry._fields])
"""Arrow schema of entries; every column may be null."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=[T ]\d)")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?")
GREGORIAN = 1583
"""First whole year of the calendar that dates are in, as in the contract."""
UNSAFE = re.compile(r"[^\w.~+=@!,;()\[\]-]")


class ColumnsError(ValueError):
    """A table without a column of texts, or without a column that was asked for by name."""


def match_columns(present: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Field -> column, of the columns that a table has; ``chosen`` are those named by the user.

    Raises `ColumnsError` where there is no text, or a column chosen is not there.

    >>> match_columns(["URL", "content", "lang"], {})
    {'text': 'content', 'language': 'lang', 'url': 'URL'}
    """
    by_folded = {name.casefold(): name for name in reversed(present)}
    found = {}
    for field, names in NAMES.items():
        if field in chosen:
            if chosen[field] not in present:
                raise ColumnsError(f"no column {chosen[field]!r}: {name_known(chosen[field], present)}")
            found[field] = chosen[field]
        elif name := next((by_folded[name] for name in names if name in by_folded), None):
            found[field] = name
    if "text" not in found:
        raise ColumnsError(f"no column of texts: has {', '.join(present) or 'none'}; name it with --text")
    return found


def make_entry(values: Mapping[str, Any], article_id: str, source: str) -> Entry:
    """An entry from the values of a table's row by field; values of another type than text count as not said."""
    text = values.get("text")
    said = {
        name: str(value).strip()
        for name in ("language", "title", "publisher", "url", "published_basis")
        if isinstance(value := values.get(name), str) and value.strip()
    }
    given = values.get("article_id")
    return check_entry(
        Entry(
            article_id=make_id(str(given)) if isinstance(given, str | int) and str(given).strip() else article_id,
            text=text if isinstance(text, str) else None,
            published=read_day(values.get("published")),
            retrieved=to_date(values.get("retrieved")),
            source=str(values.get("source") or source),
            error=values.get("error") or (None if isinstance(text, str) else describe_text(text)),
            **said,
        )
    )


def describe_text(text: object) -> str:
    """Why a value is no text."""
    return "the text is missing" if text is None else f"the text is a {type(text).__name__}"


def check_entry(entry: Entry) -> Entry:
    """The entry, without its text where that cannot be written as UTF-8 or is binary; other values are repaired."""
    text = entry.text
    if text is None:
        return drop_surrogates(entry)
    problem = find_unwritable(text)
    return drop_surrogates(entry._replace(text=None, error=problem) if problem else entry)


def find_unwritable(text: str) -> str | None:
    r"""What no UTF-8 text holds: a lone surrogate (half of a character), or a NUL.

    >>> find_unwritable("a\ud800"), find_unwritable("a\0"), find_unwritable("a")
    ('character 2 is a lone surrogate, U+D800', 'character 2 is a NUL', None)
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"character {error.start + 1} is a lone surrogate, U+{ord(text[error.start]):04X}"
    at = text.find("\0")
    return None if at < 0 else f"character {at + 1} is a NUL"


def drop_surrogates(entry: Entry) -> Entry:
    """The entry with "?" for what cannot be written in a title or an address."""
    broken: dict[str, Any] = {
        name: value.encode(errors="replace").decode()
        for name, value in entry._asdict().items()
        if name != "text" and isinstance(value, str) and not value.isascii() and find_unwritable(value)
    }
    return entry._replace(**broken) if broken else entry


def make_id(name: str) -> str:
    r"""A name as the id of an article: composed, a "/" as ":", what ids cannot hold percent-encoded.

    >>> make_id("2024/a b#1"), make_id("..")
    ('2024:a%20b%231', '%2E.')
    """
    composed = unicodedata.normalize("NFC", name.encode(errors="replace").decode()).replace("/", ":")
    escaped = "".join(c if c == ":" else UNSAFE.sub(lambda m: percent(m.group()), c) for c in composed)
    return percent(".") + escaped[1:] if escaped.strip(".") == "" else escaped


def percent(character: str) -> str:
    """A character as the percent-encoded bytes of its UTF-8 (RFC 3986)."""
    return "".join(f"%{byte:02X}" for byte in character.encode())


def read_day(value: object) -> str | None:
    """A publication date of any form that says its day plainly, as EDTF; None for every other.

    >>> read_day("2024-07-19T08:30:00Z"), read_day("20240719"), read_day("2024-07~"), read_day("19/07/24")
    ('2024-07-19', '2024-07-19', '2024-07~', None)
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str):
        return None
    text = value.strip()
    if stamp := DAY.match(text):
        text = stamp.group()
    elif compact := COMPACT.fullmatch(text):
        text = "-".join(compact.groups())
    try:
        first, _ = parse_edtf(text)
    except ValueError:
        return None
    return None if first is not None and first.year < GREGORIAN else text


def to_date(value: object) -> date | None:
    """A calendar day, of a date, a moment or an ISO 8601 text; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def encode_entries(entries: Iterable[Entry]) -> pyarrow.RecordBatch:
    """Entries as a record batch of `SCHEMA`."""
    rows = list(entries)
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    arrays = [pyarrow.array(list(column), field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def decode_entries(batch: pyarrow.RecordBatch) -> Iterator[Entry]:
    """The entries of a record batch that has at least a column of texts; raises `ColumnsError` where it has none.

    An article without an id gets one from its address or, without that, from its text.
    """
    columns = match_columns(batch.schema.names, {})
    values = {field: batch.column(name) for field, name in columns.items()}
    for at in range(batch.num_rows):
        row = {field: read_value(column[at]) for field, column in values.items()}
        known = row.get("url") or row.get("text") or f"row {at}"
        entry = make_entry(row, hash_text(str(known).encode(errors="replace").decode())[:16], f"row {at}")
        yield entry


def read_value(value: Any) -> Any:
    """An Arrow value as Python's; bytes for a text that is not UTF-8, which is then no text."""
    try:
        return value.as_py()
    except UnicodeDecodeError:
        return bytes(value.as_buffer())
    except (ValueError, OverflowError):  # a moment beyond Python's calendar
        return None
