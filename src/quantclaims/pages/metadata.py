"""What people write about an article: front matter of a .md file, or its table in articles.toml."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from quantclaims.lexicon import list_languages
from quantclaims.problems import Problem, name_known
from quantclaims.schemas.edtf import parse_edtf

KEYS = frozenset({
    "id", "language", "title", "publisher", "url", "published", "published_basis", "retrieved", "seen", "sha256",
    "original_sha256",
})  # fmt: skip
"""``sha256`` is that of the text as it is read, ``original_sha256`` that of a page it re-tells, ``seen`` the part of a
page that was read. The other keys are columns of articles.parquet."""
NOT_IN_ENTRIES = frozenset({"id"})
"""In articles.toml the table's name is the file's, and the file's name is the id."""

SHA256 = re.compile(r"[0-9a-fA-F]{64}")
TOML_LINE = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")
TOML_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
TOML_HEADER = re.compile(r"\s*\[[^\[\]]+\]\s*(?:#.*)?")


class Metadata(NamedTuple):
    """What is written about one article, and where."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[str, int]
    """Key -> line of the file."""
    known: frozenset[str] = KEYS
    first_line: int | None = None
    """Where it begins; for what is missing in it."""

    def problem(self, key: str, what: str, advice: str) -> Problem:
        """A problem with one of the values."""
        return Problem(self.path, self.lines.get(key, self.first_line), what, advice)


def parse_toml(path: Path, text: str, first_line: int = 1) -> tuple[dict[str, Any], list[Problem]]:
    """A TOML text that begins on a line of a file; empty, with the problem, when it is none."""
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        place = TOML_LINE.search(str(error))
        line = int(place.group(1)) if place else text.count("\n") or 1
        what = TOML_LINE.sub("", str(error)).replace("(at end of document)", "at its end").strip()
        return {}, [Problem(path, first_line + line - 1, f"no valid TOML, {what[:1].lower()}{what[1:]}", "correct it")]


def locate_keys(text: str, first_line: int = 1) -> dict[str, dict[str, int]]:
    r"""Table -> key -> line; "" is the table before the first header, and "" in a table the header itself.

    >>> locate_keys('a = 1\n["x.txt"]\nb = 2')
    {'': {'a': 1}, 'x.txt': {'': 2, 'b': 3}}
    """
    tables: dict[str, dict[str, int]] = {"": {}}
    table = tables[""]
    for number, line in enumerate(text.split("\n"), first_line):
        if TOML_HEADER.fullmatch(line):
            name = next(iter(tomllib.loads(line)))
            table = tables.setdefault(name, {"": number})
        elif key := TOML_KEY.match(line):
            table.setdefault(key.group(1), number)
    return tables


def find_metadata_problems(metadata: Metadata, article_id: str, text: str) -> Iterator[Problem]:
    """Everything that is wrong with what is written about an article, in the order of the keys."""
    for key, value in metadata.values.items():
        if key not in metadata.known:
            yield metadata.problem(key, f"unknown key {key!r}", name_known(key, metadata.known))
        elif not (isinstance(value, str) and value.strip()) and not (key in DATES and type(value) is date):
            yield metadata.problem(key, f"{key} is no text", f'write {key} = "..." or leave the line out')
        elif key in CHECKS and (wrong := CHECKS[key](value, article_id, text)):
            yield metadata.problem(key, *wrong)


Wrong = tuple[str, str] | None
"""What is wrong and what to do, or nothing."""


def check_id(value: str, article_id: str, _: str) -> Wrong:
    """The id is the name of the file, so that each is found by the other."""
    if value == article_id:
        return None
    return f"id {value!r} is not the file's name {article_id!r}", "rename the file or correct the id"


def check_language(value: str, _: str, __: str) -> Wrong:
    """A language has to have a grammar."""
    if value in list_languages():
        return None
    known = ", ".join(list_languages())
    return f"there is no grammar for language {value!r}", f"known are {known}; leave the article out if it is in none"


def check_published(value: str | date, _: str, __: str) -> Wrong:
    """The day of publication, or what is known of it, is in EDTF."""
    try:
        parse_edtf(str(value))
    except ValueError as error:
        what, _, advice = str(error).partition(": ")
        return f"published: {what}", advice or "write YYYY, YYYY-MM or YYYY-MM-DD"
    return None


def check_retrieved(value: str | date, _: str, __: str) -> Wrong:
    """The day on which the page was read is a calendar day."""
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return f"retrieved: {value!r} is no day", "write it as YYYY-MM-DD"
    return None


def check_sha256(value: str, _: str, text: str) -> Wrong:
    """The hash is that of the text as it is read: without front matter, line ends LF, NFC."""
    found = hash_text(text)
    if SHA256.fullmatch(value) is None:
        return f"sha256: {value!r} is no SHA-256", f"write 64 hexadecimal digits; the text's are {found}"
    if value.lower() != found:
        return "sha256 does not match the text", f"restore the text, or write its hash {found} if the change is meant"
    return None


def check_original_sha256(value: str, _: str, __: str) -> Wrong:
    """The original is elsewhere, so only the form can be checked."""
    if SHA256.fullmatch(value):
        return None
    return f"original_sha256: {value!r} is no SHA-256", "write the 64 hexadecimal digits that sha256sum prints"


DATES = frozenset({"published", "retrieved"})
"""Keys whose values may also be written as TOML dates, without quotation marks."""
CHECKS: Mapping[str, Callable[[Any, str, str], Wrong]] = {
    "id": check_id,
    "language": check_language,
    "published": check_published,
    "retrieved": check_retrieved,
    "sha256": check_sha256,
    "original_sha256": check_original_sha256,
}
"""Key -> check of its value, given the file's name without suffix and the text."""


def hash_text(text: str) -> str:
    """SHA-256 of a text as UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
