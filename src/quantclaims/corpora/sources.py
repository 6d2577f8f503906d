"""What a corpus is made of: files, folders, patterns, standard input and fsspec addresses become a list of sources.

fsspec (https://filesystem-spec.readthedocs.io) opens addresses such as ``s3://bucket/news``; local paths do without.
"""

import glob
import hashlib
import io
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from quantclaims.corpora.entries import make_id
from quantclaims.pages.read import ENTRIES, read_entries
from quantclaims.problems import describe_error, describe_os_error

STDIN = "-"
SPOOLED = "stdin"
CHUNK = 1 << 20


class Form(StrEnum):
    """What a file holds."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    LINES = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"


SUFFIXES: Mapping[str, Form] = {
    ".txt": Form.TEXT,
    ".md": Form.MARKDOWN,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".jsonl": Form.LINES,
    ".ndjson": Form.LINES,
    ".jsonl.gz": Form.LINES,
    ".ndjson.gz": Form.LINES,
    ".parquet": Form.PARQUET,
    ".warc": Form.WARC,
    ".warc.gz": Form.WARC,
}
ONE_ARTICLE = frozenset({Form.TEXT, Form.MARKDOWN, Form.HTML})
"""Forms of which a file holds one article."""

EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs"}
"""Protocol -> the extra that installs what fsspec needs for it."""


class Source(NamedTuple):
    """A file of the corpus."""

    path: str
    """Local path or fsspec address."""
    name: str
    """Id of its article, or what the ids of its articles begin with."""
    form: Form
    size: int
    """Bytes."""
    stamp: str
    """Size and time of the last change, or what the store gives in their place: the same while the file is."""
    about: tuple[tuple[str, Any], ...] = ()
    """What an articles.toml beside it says."""


class InputError(Exception):
    """An input that cannot be used at all: what, where and what to do, in one line."""


class Found(NamedTuple):
    """The sources of a corpus in the order of their names, and what of it could not be listed."""

    sources: list[Source]
    unlisted: list[tuple[str, str]]
    """Path and error."""


def find_sources(inputs: Sequence[str], form: Form | None, spool: Path) -> Found:
    """Every file of the inputs, each once; ``form`` is that of files whose names do not tell, and of standard input.

    Standard input is copied into ``spool``, so that a run that is killed can be resumed. Raises `InputError` for an
    input that is not there, or that holds no file of a known form.
    """
    listed: dict[str, tuple[str, int, str]] = {}
    unlisted: list[tuple[str, str]] = []
    for each in inputs:
        before = len(listed) + len(unlisted)
        for path, size, stamp in list_input(each, form, spool, unlisted):
            listed.setdefault(path, (path, size, stamp))
        if len(listed) + len(unlisted) == before and each not in listed:
            raise InputError(
                f"{each}: holds no {', '.join(SUFFIXES)} file: name another, or say what it is with --format"
            )
    root = find_root(inputs)
    entries = EntriesBeside(unlisted)
    sources = [
        Source(
            path,
            name_source(path, f"{to_posix(str(spool))}/" if Path(path).parent == spool else root),
            find_form(path) or form or Form.TEXT,
            size,
            stamp,
            entries.find(path),
        )
        for path, size, stamp in listed.values()
    ]
    return Found(sorted(sources, key=lambda source: (source.name, source.path)), unlisted)


def list_input(
    given: str, form: Form | None, spool: Path, unlisted: list[tuple[str, str]]
) -> Iterator[tuple[str, int, str]]:
    """Path, size and stamp of each file of one input."""
    if given == STDIN:
        yield stamp_file(spool_stdin(spool, form or Form.TEXT))
    elif "://" in given:
        yield from list_remote(given, form)
    elif Path(given).is_dir():
        yield from filter(None, (stamp_listed(path, unlisted) for path in walk(Path(given), unlisted)))
    elif Path(given).exists():
        if find_form(given) is None and form is None:
            raise InputError(f"{given}: what it holds is not told by its name: say it with --format")
        yield stamp_file(Path(given))
    elif glob.has_magic(given):
        paths = [Path(path) for path in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 (a pattern may be absolute)
        yield from (stamp_file(path) for path in paths if path.is_file() and (find_form(path.name) or form))
    else:
        raise InputError(f"{given}: there is no such file or folder: check the name")


def walk(folder: Path, unlisted: list[tuple[str, str]]) -> Iterator[Path]:
    """The files of known forms in a folder and those in it, by name; what begins with a dot is not looked at.

    A folder that may not be read, and a link that leads round in a circle, cost themselves only.
    """

    def note(error: OSError) -> None:
        unlisted.append((str(error.filename), f"the folder cannot be read, {describe_os_error(error)}"))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith(".") and find_form(name))


def stamp_listed(path: Path, unlisted: list[tuple[str, str]]) -> tuple[str, int, str] | None:
    """Path, size and stamp of a file found in a folder; None where it cannot be looked at."""
    try:
        return stamp_file(path)
    except OSError as error:
        unlisted.append((str(path), f"cannot be read, {describe_os_error(error)}"))
        return None


def stamp_file(path: Path) -> tuple[str, int, str]:
    """Path, size and stamp of a local file."""
    status = path.stat()
    return str(path), status.st_size, f"{status.st_size}:{status.st_mtime_ns}"


def spool_stdin(spool: Path, form: Form) -> Path:
    """Standard input as a file."""
    import sys

    suffix = next(suffix for suffix, each in SUFFIXES.items() if each == form)
    spool.mkdir(parents=True, exist_ok=True)
    path = spool / f"{SPOOLED}{suffix}"
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file, CHUNK)
    return path


def list_remote(address: str, form: Form | None) -> Iterator[tuple[str, int, str]]:
    """Path, size and stamp of each file at an fsspec address: a file, a folder or a pattern."""
    system, path = open_system(address)
    try:
        if glob.has_magic(path):
            found = system.glob(path, detail=True)
        elif system.isdir(path):
            found = system.find(path, detail=True)
        else:
            found = {path: system.info(path)}
    except Exception as error:
        raise InputError(f"{address}: cannot be listed, {describe_error(error)}: check address and access") from None
    for name, details in sorted(found.items()):
        if details.get("type", "file") == "file" and (find_form(name) or form):
            told = [str(details[key]) for key in ("ETag", "etag", "md5Hash", "mtime", "LastModified") if key in details]
            yield (
                system.unstrip_protocol(name),
                int(details.get("size") or 0),
                ":".join([str(details.get("size")), *told]),
            )


def open_system(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it; `InputError` names the extra that is missing."""
    protocol = address.partition("://")[0]
    extra = EXTRAS.get(protocol, "remote")
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped,unused-ignore]

        return cast("tuple[Any, str]", url_to_fs(address))
    except ImportError:
        raise InputError(f"{address}: needs a library to be read: pip install 'quantclaims[{extra}]'") from None
    except Exception as error:
        raise InputError(f"{address}: cannot be opened, {describe_error(error)}: check address and access") from None


def open_binary(path: str) -> BinaryIO:
    """A source's bytes; raises OSError."""
    if "://" not in path:
        return Path(path).open("rb")
    system, inner = open_system(path)
    return cast("BinaryIO", system.open(inner, "rb"))


def open_lines(path: str) -> BinaryIO:
    """A source's bytes, decompressed where its name says that they are compressed."""
    file = open_binary(path)
    return cast("BinaryIO", io.BufferedReader(Inflated(file), CHUNK)) if path.endswith(".gz") else file


class Inflated(io.RawIOBase):
    """What a gzip file holds, member after member; all of it comes before the error of one that is cut.

    `gzip.GzipFile` raises EOFError in place of the last bytes, of small files all.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.member = zlib.decompressobj(wbits=31)
        self.is_begun = False

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with the next bytes; 0 at the end, EOFError where there should be more."""
        while True:
            if self.member.eof:
                self.pending = self.member.unused_data.lstrip(b"\0")  # some programs pad with zeros
                self.member, self.is_begun = zlib.decompressobj(wbits=31), False
            else:
                self.pending = self.member.unconsumed_tail
            data = self.pending or self.file.read(1 << 16)
            if not data:
                if self.is_begun:
                    raise EOFError("the compressed data is cut")
                return 0
            self.is_begun = True
            found = self.member.decompress(data, len(buffer))
            if found:
                buffer[: len(found)] = found
                return len(found)

    def close(self) -> None:
        """Close the file too."""
        self.file.close()
        super().close()


def find_form(path: str) -> Form | None:
    """What a file holds, by its name; None where that does not tell.

    >>> find_form("CC-NEWS-1.warc.gz").value, find_form("a.pdf")
    ('warc', None)
    """
    name = path.lower()
    return next((form for suffix, form in SUFFIXES.items() if name.endswith(suffix)), None)


def find_root(inputs: Iterable[str]) -> str:
    """The folder that names are taken below, with "/" at its end: that of the inputs, whatever files are in them.

    A file that comes to a corpus later must not rename those that are there.

    >>> find_root(["news/2024/a.txt", "news/2025/*.jsonl"]), find_root(["a.txt"])
    ('news/', '')
    """
    folders = [find_folder(spell_address(each)) for each in inputs if each != STDIN]
    shared = os.path.commonprefix([folder.split("/") for folder in folders])  # noqa: RUF071 (of lists, not of strings)
    return "".join(f"{part}/" for part in shared) if any(folders) else ""


def find_folder(given: str) -> str:
    """The folder of an input: itself where it is one, else the one that it stands in; of a pattern, what is fixed."""
    if glob.has_magic(given) and not Path(given).exists():
        return to_posix(given[: min(given.find(c) % (len(given) + 1) for c in "*?[")]).rpartition("/")[0]
    path = to_posix(given).rstrip("/")
    is_folder = find_form(path) is None if "://" in given else Path(given).is_dir()
    return path if is_folder else path.rpartition("/")[0]


def spell_address(given: str) -> str:
    """An fsspec address as the files below it are listed; other inputs as they are."""
    if "://" not in given:
        return given
    system, path = open_system(given)
    return cast("str", system.unstrip_protocol(path))


def to_posix(path: str) -> str:
    """A path with "/" between its parts."""
    return path if os.sep == "/" else path.replace(os.sep, "/")


def name_source(path: str, root: str) -> str:
    """What the ids of a source's articles begin with: its path below the root, without the suffix.

    >>> name_source("news/2024/one.jsonl.gz", "news/")
    '2024:one'
    """
    name = to_posix(path).removeprefix(root).lstrip("/")
    lowered = name.lower()
    suffix = max((s for s in SUFFIXES if lowered.endswith(s)), key=len, default="")
    return make_id(name[: len(name) - len(suffix)] or name)


class EntriesBeside:
    """What the articles.toml of each folder says of the files in it; read once, local folders only."""

    def __init__(self, unlisted: list[tuple[str, str]]) -> None:
        self.by_folder: dict[Path, Mapping[str, Any]] = {}
        self.unlisted = unlisted

    def find(self, path: str) -> tuple[tuple[str, Any], ...]:
        """Key and value of all that is said of a file."""
        if "://" in path or find_form(path) not in ONE_ARTICLE:
            return ()
        folder = Path(path).parent
        if folder not in self.by_folder:
            self.by_folder[folder], problems = read_entries(folder) if (folder / ENTRIES).is_file() else ({}, [])
            self.unlisted += [(str(problem.path), f"{problem.what}: {problem.advice}") for problem in problems]
        entry = self.by_folder[folder].get(Path(path).name)
        return tuple(sorted((key, str(value)) for key, value in entry.values.items())) if entry else ()


def hash_source(source: Source) -> str:
    """SHA-256 of a local file's bytes; of a remote one, the stamp that its store gives it."""
    digest = hashlib.sha256()
    if "://" in source.path:
        digest.update(source.stamp.encode())
        return digest.hexdigest()
    with suppress(OSError), open_binary(source.path) as file:  # what cannot be read is found out when it is read
        read: Callable[[], bytes] = lambda: file.read(CHUNK)  # noqa: E731
        for chunk in iter(read, b""):
            digest.update(chunk)
    return digest.hexdigest()
