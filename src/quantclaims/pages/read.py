"""Articles read from a folder: .md with TOML front matter, .txt and .html with an optional articles.toml beside them.

Nothing is repaired silently: what cannot be read as it should is a problem with file, line and what to do, and all
problems of a folder are listed, not only the first. What is normalised is what has no meaning: a byte order mark goes,
line ends become LF, letters are composed (NFC, https://www.unicode.org/reports/tr15/).
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from quantclaims.lexicon import list_languages
from quantclaims.pages.metadata import KEYS, NOT_IN_ENTRIES, Metadata, find_metadata_problems, locate_keys, parse_toml
from quantclaims.problems import Problem, describe_os_error, name_known
from quantclaims.records import Article

SUFFIXES = frozenset({".md", ".txt", ".html", ".htm"})
HTML = frozenset({".html", ".htm"})
ENTRIES = "articles.toml"
BOM = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
FENCE = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
ARTICLE_ID = re.compile(r"[^\s#/\\]+")


class Source(NamedTuple):
    """A file with what is written about it."""

    path: Path
    article_id: str
    text: str
    metadata: Metadata


def read_articles(folder: Path) -> tuple[list[Article], list[Problem]]:
    """The articles of a folder, sorted by id, and everything that is wrong with the folder.

    When there is any problem the articles are incomplete and nothing should be built from them.
    """
    paths, problems = list_files(folder)
    entries, entry_problems = read_entries(folder) if not problems else ({}, [])
    problems += entry_problems
    problems += find_missing_files(folder, entries)
    problems += find_duplicates(paths)
    articles = []
    for path in paths:
        source, found = read_source(folder, path, entries.get(path.name))
        problems += found
        if source is not None and source.text.strip() and not found:
            article, unknown = make_article(source)
            problems += unknown
            articles += [article] if article else []
    problems = [*find_missing_reader(paths), *problems]
    if not paths and not problems:
        problems.append(describe_empty_folder(folder))
    return sorted(articles, key=lambda article: article.article_id), sorted(problems, key=sort_key)


def sort_key(problem: Problem) -> tuple[str, int]:
    """Problems stand in the order of the files and lines."""
    return str(problem.path), problem.line or 0


# The folder


def list_files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The files of a folder that may be articles, sorted by name; files that begin with a dot are not looked at."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except FileNotFoundError:
        return [], [Problem(folder, None, "there is no such folder", "name the one that holds the articles")]
    except NotADirectoryError:
        return [], [Problem(folder, None, "is no folder", "name the folder that holds the articles")]
    except OSError as error:
        what = f"the folder cannot be read, {describe_os_error(error)}"
        return [], [Problem(folder, None, what, "see that you may read it")]
    paths = [folder / name for name in names if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES]
    return [path for path in paths if not path.is_dir()], []


def describe_empty_folder(folder: Path) -> Problem:
    """A folder without articles, perhaps because they are one level further down."""
    below = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    nested = next((name for name in below if list_files(folder / name)[0]), None)
    what = "holds no article"
    if nested is not None:
        return Problem(folder, None, what, f"folders in it are not searched, so name {folder / nested}")
    return Problem(folder, None, what, "put .md, .txt or .html files into it")


def read_entries(folder: Path) -> tuple[dict[str, Metadata], list[Problem]]:
    """File name -> what articles.toml says about it; empty when there is none."""
    path = folder / ENTRIES
    if not path.is_file():
        return {}, []
    text, problems = read_text(folder, path)
    if text is None:
        return {}, problems
    tables, problems = parse_toml(path, text)
    lines = locate_keys(text) if tables else {}
    entries = {}
    for name, values in tables.items():
        if isinstance(values, dict):
            own = lines.get(name, {})
            entries[name] = Metadata(path, values, own, KEYS - NOT_IN_ENTRIES, own.get(""))
        else:
            line = lines.get("", {}).get(name)
            what = f"{name} belongs to no file"
            problems.append(Problem(path, line, what, 'write it below the header of its file, as in ["a.txt"]'))
    return entries, problems


def find_missing_files(folder: Path, entries: Mapping[str, Metadata]) -> list[Problem]:
    """Tables of articles.toml whose file is not there, or that a file has no use for."""
    problems = []
    for name, entry in entries.items():
        if not (folder / name).is_file() or Path(name).name != name:
            present = [path.name for path in list_files(folder)[0]] or ["no article"]
            what = f"there is no file {name!r} beside it"
            problems.append(Problem(entry.path, entry.first_line, what, name_known(name, present)))
        elif Path(name).suffix.lower() == ".md":
            advice = "move these lines into its front matter"
            problems.append(Problem(entry.path, entry.first_line, f"{name} speaks for itself", advice))
    return problems


def find_duplicates(paths: Iterable[Path]) -> list[Problem]:
    """Files that would have the same id, also where the file system does not tell upper from lower case."""
    problems = []
    first: dict[str, Path] = {}
    for path in paths:
        other = first.setdefault(make_id(path).casefold(), path)
        if other is not path:
            problems.append(Problem(path, None, f"has the same id as {other.name}", "rename one of the two files"))
    return problems


def find_missing_reader(paths: Iterable[Path]) -> list[Problem]:
    """One problem for all the .html files where the library that reads them is not installed."""
    pages = [path for path in paths if path.suffix.lower() in HTML]
    if not pages or load_html_reader() is not None:
        return []
    count = f"and {len(pages) - 1} more .html files need" if len(pages) > 1 else "needs"
    return [Problem(pages[0], None, f"{count} trafilatura to be read", "pip install 'quantclaims[html]'")]


# One file


def make_id(path: Path) -> str:
    """The id of an article: its file's name without the suffix, composed, for some file systems decompose names.

    >>> make_id(Path("articles/2024-01-18-ro-embassy.md"))
    '2024-01-18-ro-embassy'
    """
    return unicodedata.normalize("NFC", path.stem)


def read_source(folder: Path, path: Path, entry: Metadata | None) -> tuple[Source | None, list[Problem]]:
    """A file with what is written about it, and everything that is wrong with either."""
    text, problems = read_text(folder, path)
    if text is None:
        return None, problems
    article_id = make_id(path)
    if ARTICLE_ID.fullmatch(article_id) is None:
        problems.append(Problem(path, None, f"{article_id!r} is no id", "rename it without spaces and '#'"))
    metadata = entry or Metadata(path, {}, {})
    if path.suffix.lower() == ".md":
        metadata, text, found = split_front_matter(path, text)
        problems += found
    elif path.suffix.lower() in HTML:
        text, metadata = extract_html(text, metadata)
    problems += find_metadata_problems(metadata, article_id, text)
    is_unread = path.suffix.lower() in HTML and load_html_reader() is None  # said once, for all of them
    if not text.strip() and not problems and not is_unread:
        problems.append(describe_empty_text(path))
    return Source(path, article_id, text, metadata), problems


def describe_empty_text(path: Path) -> Problem:
    """A file without an article in it."""
    if path.suffix.lower() in HTML and path.stat().st_size:
        return Problem(path, None, "no article is found in the page", "save the article's text as .txt")
    return Problem(path, None, "the article is empty", "write its text or remove the file")


def read_text(folder: Path, path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a file, or None and the reason."""
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        return None, [Problem(path, None, "is a link that leaves the folder", "put the file itself there")]
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem(path, None, f"cannot be read, {describe_os_error(error)}", "see that you may read it")]
    text, problem = decode(path, data)
    return text, [problem] if problem else []


def decode(path: Path, data: bytes) -> tuple[str | None, Problem | None]:
    """Bytes as normalised text, or the problem with them."""
    if data.startswith(UTF_16):
        return None, Problem(path, 1, "is UTF-16, not UTF-8", "save it as UTF-8")
    skipped = len(BOM) if data.startswith(BOM) else 0
    try:
        text = data[skipped:].decode("utf-8")
    except UnicodeDecodeError as error:
        at = skipped + error.start
        what = f"is not UTF-8, byte {at + 1} is 0x{data[at]:02X}"
        return None, Problem(path, count_line(data, at), what, "save it as UTF-8")
    if (at := data.find(b"\0")) >= 0:
        what = f"byte {at + 1} is a NUL character"
        return None, Problem(path, count_line(data, at), what, "remove it, or save the file as plain text")
    return normalise(text), None


def count_line(data: bytes, at: int) -> int:
    """Line of a byte, from 1; LF, CR LF and CR each end one."""
    before = data[:at].replace(b"\r\n", b"\n")
    return 1 + before.count(b"\n") + before.count(b"\r")


def normalise(text: str) -> str:
    r"""A text with LF at its line ends and composed letters.

    >>> normalise("o\u0301\r\nb\rc")
    'ó\nb\nc'
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def split_front_matter(path: Path, text: str) -> tuple[Metadata, str, list[Problem]]:
    """Front matter and body of a .md file; line numbers are those of the file."""
    fences = list(FENCE.finditer(text))
    if not fences or fences[0].start() != 0:
        advice = "begin the file with a line +++, the article's id and language, and another line +++"
        return Metadata(path, {}, {}), text, [Problem(path, 1, "has no front matter", advice)]
    if len(fences) < 2:
        advice = "close it with a line +++ before the article's text"
        return Metadata(path, {}, {}), "", [Problem(path, 1, "its front matter has no end", advice)]
    table = text[fences[0].end() + 1 : fences[1].start()]
    values, problems = parse_toml(path, table, first_line=2)
    lines = locate_keys(table, first_line=2)[""] if not problems else {}
    return Metadata(path, values, lines, KEYS, 1), text[fences[1].end() + 1 :], problems


@cache
def load_html_reader() -> ModuleType | None:
    """trafilatura, or None where it is not installed or lacks what it needs."""
    try:
        return import_module("trafilatura")
    except ImportError:
        return None


def extract_html(page: str, metadata: Metadata) -> tuple[str, Metadata]:
    """The article's text in a page, and its title where articles.toml has none; empty without the library."""
    reader = load_html_reader()
    if reader is None:
        return "", metadata
    found = reader.bare_extraction(page, include_comments=False, with_metadata=True)
    if found is None or not found.text:
        return "", metadata
    title = {"title": found.title} if found.title and "title" not in metadata.values else {}
    return normalise(found.text), metadata._replace(values={**title, **metadata.values})


def make_article(source: Source) -> tuple[Article | None, list[Problem]]:
    """The article of a sound source; a problem when it does not say its language and it has no grammar."""
    values = source.metadata.values
    language = values.get("language")
    if language is None:
        from quantclaims.pages.identify import guess_language

        language, likeliest = guess_language(source.text)
        if language is None:
            what = f"its language seems to be {likeliest!r}, for which there is no grammar"
            advice = f"leave it out, or give its language ({', '.join(list_languages())}) if that is wrong"
            return None, [Problem(source.path, None, what, advice)]
    retrieved = values.get("retrieved")
    return Article(
        text=source.text,
        language=language,
        published=str(values["published"]) if "published" in values else None,
        article_id=source.article_id,
        title=values.get("title") or find_title(source.text, language),
        publisher=values.get("publisher"),
        url=values.get("url"),
        published_basis=values.get("published_basis"),
        retrieved=date.fromisoformat(str(retrieved)) if retrieved else None,
    ), []


def find_title(text: str, language: str) -> str | None:
    r"""The first line of the article that looks like a title, page furniture left out.

    >>> find_title("Views: 12\nTwo dams broke\nThe dams broke on Monday.", "en")
    'Two dams broke'
    """
    from quantclaims.pages.clean import mask_furniture
    from quantclaims.pages.lines import is_title, split_lines

    return next((line.plain for line in split_lines(mask_furniture(text, language), language) if is_title(line)), None)
