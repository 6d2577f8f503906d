"""A version of the dataset by its name: a file, a folder, a revision of a git repository, or a released version.

A name means the first of these that there is:

=================== =====================================================================================
``claims.parquet``  a file of rows: Parquet, CSV or JSON Lines
``dataset``         a folder with claims.parquet and articles.parquet, or one with these in its ``dataset``
``main:other/dir``  that file or folder, as it stands in a git revision
``0.2.0``           a released version: the tag ``v0.2.0``
``main``, ``HEAD~`` the ``dataset`` of a git revision, https://git-scm.com/docs/gitrevisions
=================== =====================================================================================
"""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

import polars as pl
import pyarrow
from pyarrow import parquet

from quantclaims.problems import describe_os_error
from quantclaims.validating.files import FileError, open_content
from quantclaims.validating.parquet_tables import read_parquet
from quantclaims.validating.readers import read_rows

KEYS = {"claims": "claim_id", "articles": "article_id"}
"""Tables of a dataset with the column that their rows are told apart by."""

DATASET = "dataset"
RELEASE = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+[\w.+-]*")
UNCHANGING = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
"""Messages as we know them, no question asked, nothing locked that somebody else works on."""


class Version(NamedTuple):
    """The tables of a version, by ``claims`` and ``articles``: both, or the one that a file holds."""

    name: str
    tables: Mapping[str, pl.DataFrame]


class VersionError(Exception):
    """A name that no version has, or a version that cannot be read; the message is one line."""


def read_version(name: str, repository: Path = Path()) -> Version:
    """The version of a name; revisions are those of the repository that a folder belongs to.

    Raises `VersionError` with one line that names it and says what to do.
    """
    if not name.strip():
        raise VersionError(f"{name!r} is no name of a file, folder or revision: give one")
    try:
        path = Path(name)
        if path.is_dir():
            return read_folder(name, path)
        if path.exists():
            return Version(name, dict([read_file(name, path)]))
    except OSError as error:
        raise VersionError(f"{name}: cannot be read, {describe_os_error(error)}: see that you may read it") from None
    return read_revision(name, repository)


# Files and folders


def read_folder(name: str, folder: Path) -> Version:
    """The tables of a folder; claims it must have."""
    for place in (folder, folder / DATASET):
        if (place / "claims.parquet").is_file():
            paths = [place / f"{table}.parquet" for table in KEYS]
            return Version(name, dict(read_file(str(path), path) for path in paths if path.is_file()))
    raise VersionError(f"{name}: holds no claims.parquet: build it there, or name a file")


def read_file(name: str, path: Path) -> tuple[str, pl.DataFrame]:
    """The table that a file holds, with its rows; ``name`` is what the file is called in messages.

    A Parquet file has the columns and types that it has; the texts of CSV and JSON Lines have those of the contract.
    """
    try:
        content = open_content(path)
        frame = read_typed(content.data) if content.format == "parquet" else read_texts(name, path)
    except FileError as error:
        raise VersionError(f"{name}: {error.message}") from None
    for table, key in KEYS.items():
        if key in frame.columns:
            return table, frame
    raise VersionError(f"{name}: has no column {' or '.join(KEYS.values())}: name a file of claims or of articles")


def read_typed(data: bytes) -> pl.DataFrame:
    """The rows of a Parquet file, ids of a vocabulary as categories; raises `FileError`."""
    values = pl.DataFrame(dict(read_parquet(data).columns))
    schema = parquet.read_schema(pyarrow.BufferReader(data))
    types = {field.name: field.type for field in schema if field.name in values.columns}
    ids = [name for name, dtype in types.items() if pyarrow.types.is_dictionary(dtype)]
    lists = [
        name for name, dtype in types.items() if pyarrow.types.is_list(dtype) or pyarrow.types.is_large_list(dtype)
    ]
    lists = [name for name in lists if pyarrow.types.is_dictionary(types[name].value_type)]
    return values.with_columns(pl.col(ids).cast(pl.Categorical), pl.col(lists).cast(pl.List(pl.Categorical)))


def read_texts(name: str, path: Path) -> pl.DataFrame:
    """The rows of a CSV or JSON Lines file; raises `VersionError` when any of it cannot be read."""
    rows = read_rows(path)
    unread = [finding for finding in rows.findings if not finding.rule.startswith("column_")]
    if unread or not rows.table:
        line = f":{unread[0].line}" if unread and unread[0].line else ""
        message = unread[0].message if unread else "holds no rows"
        raise VersionError(f"{name}{line}: {message}; quantclaims validate lists everything")
    return rows.frame


# Revisions


def read_revision(name: str, repository: Path) -> Version:
    """The tables of a git revision or a released version."""
    revision, _, place = name.partition(":")
    commit = find_commit(name, revision, repository)
    place = place.rstrip("/") or DATASET
    kind = ask_git(repository, "cat-file", "-t", f"{commit}:{place}")
    if kind is None:
        raise VersionError(
            f"{name}: the revision has no {place}: name one of its files or folders with {revision}:PATH"
        )
    places = [place] if kind == b"blob\n" else [f"{place}/{table}.parquet" for table in KEYS]
    tables = {}
    with TemporaryDirectory() as folder:
        for inside in places:
            content = ask_git(repository, "cat-file", "blob", f"{commit}:{inside}")
            if content is not None:
                path = Path(folder) / PurePosixPath(inside).name
                path.write_bytes(content)
                table, frame = read_file(f"{revision}:{inside}", path)
                tables[table] = frame
    if not tables:
        raise VersionError(f"{name}: the revision has no claims.parquet in {place}: name another folder or a file")
    return Version(name, tables)


def find_commit(name: str, revision: str, repository: Path) -> str:
    """The full hash of a revision, so that nothing that somebody typed reaches git in the place of an option."""
    unknown = VersionError(f"{name}: there is no such file, folder, revision or released version")
    if not revision or revision.startswith("-") or "\0" in revision:
        raise unknown
    for candidate in ([f"v{revision}"] if RELEASE.fullmatch(revision) else []) + [revision]:
        found = ask_git(repository, "rev-parse", "--verify", "--quiet", f"{candidate}^{{commit}}")
        if found is not None:
            return found.decode("ascii").strip()
    if ask_git(repository, "rev-parse", "--git-dir") is None:
        raise VersionError(f"{name}: there is no such file or folder, and no git repository here to look in")
    raise unknown


def ask_git(repository: Path, *arguments: str) -> bytes | None:
    """What git answers, or None when it says no; raises `VersionError` where there is no git."""
    try:
        answer = subprocess.run(  # noqa: S603 (a list of arguments, no shell)
            ["git", "-C", str(repository), *arguments],  # noqa: S607 (the user's git, wherever it is)
            capture_output=True,
            check=False,
            env=os.environ | UNCHANGING,
        )
    except OSError as error:
        raise VersionError(f"git cannot be run, {describe_os_error(error)}: install it to compare revisions") from None
    return answer.stdout if answer.returncode == 0 else None
