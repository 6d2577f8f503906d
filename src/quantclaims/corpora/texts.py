"""Files that hold one article: plain text, Markdown with front matter, HTML."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quantclaims.corpora.entries import Entry, check_entry, read_day, to_date
from quantclaims.corpora.sources import Form, Source, open_binary
from quantclaims.pages.read import decode, load_html_reader, normalise
from quantclaims.problems import describe_error, describe_os_error

WIDEST = 4
"""Bytes of a character in UTF-8."""
MARKUP = 20
"""Bytes of a page per character of its article; pages above are no articles, and cost memory to find that out."""
LARGEST_PAGE = 20_000_000
DEEPEST = 1_000
"""Elements within each other; the parser's own bound is 256, and what it then makes of a page is no article."""

TAG = re.compile(
    rb"<(/?)(?:div|span|p|table|tr|td|ul|ol|li|section|article|b|i|font|blockquote|center|em)\b[^<>]*>", re.IGNORECASE
)
FRONT = re.compile(r"(\+\+\+|---)[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
YAML_LINE = re.compile(r"([A-Za-z_]+)[ \t]*:[ \t]+(.+?)[ \t]*$", re.MULTILINE)
KEYS = {"lang": "language", "date": "published", "site": "publisher", "canonical": "url"}
"""Key of front matter in common use -> ours."""


def read_file(source: Source, longest: int) -> Entry:
    """The article of a file; an entry with an error where it cannot be read, or holds more than an article can."""
    blank = Entry(source.name, None, source=source.path)
    limit = LARGEST_PAGE if source.form == Form.HTML else longest * WIDEST
    try:
        with open_binary(source.path) as file:
            data = file.read(limit + 1)
    except OSError as error:
        return blank._replace(error=f"cannot be read, {describe_os_error(error)}: see that you may read it")
    if len(data) > limit:
        return blank._replace(
            error=f"has {source.size} bytes, more than {limit}: divide it, or give a higher --longest"
        )
    if source.form == Form.HTML:
        entry = read_page(data, blank)
    else:
        text, problem = decode(Path(source.path), data)
        if problem is not None or text is None:
            what = problem.what if problem else "is no text"
            return blank._replace(error=f"{what}: save it as UTF-8")
        entry = split_front(text, blank) if source.form == Form.MARKDOWN else blank._replace(text=text)
    return check_entry(add_said(entry, dict(source.about)))


def add_said(entry: Entry, said: Mapping[str, Any]) -> Entry:
    """The entry with what front matter or an articles.toml says; what that leaves open stays as it is."""
    known = {KEYS.get(key, key): value for key, value in said.items()}
    values: dict[str, Any] = {
        key: str(known[key])
        for key in ("language", "title", "publisher", "url", "published_basis")
        if isinstance(known.get(key), str) and known[key].strip()
    }
    day = read_day(known.get("published"))
    retrieved = to_date(known.get("retrieved"))
    values |= {"published": day or entry.published, "retrieved": retrieved or entry.retrieved}
    return entry._replace(**values)


def split_front(text: str, entry: Entry) -> Entry:
    r"""The text of a Markdown file, with what its front matter says: TOML between "+++", YAML lines between "---".

    >>> split_front("---\nlang: pl\ndate: 2024-07-19\ntags: [a]\n---\nTrzy.", Entry("a", None))[1:4]
    ('Trzy.', 'pl', '2024-07-19')
    """
    front = FRONT.match(text)
    if front is None:
        return entry._replace(text=text)
    said: dict[str, Any]
    if front[1] == "---":
        said = {key.lower(): value.strip("\"'") for key, value in YAML_LINE.findall(front[2])}
    else:
        try:
            said = tomllib.loads(front[2])
        except tomllib.TOMLDecodeError as error:
            return entry._replace(error=f"its front matter is no valid TOML, {describe_error(error)}: correct it")
    return add_said(entry._replace(text=text[front.end() :]), said)


def read_page(data: bytes, entry: Entry) -> Entry:
    """The article of an HTML page: main text, title, date, publisher, canonical address, as far as they are found."""
    reader = load_html_reader()
    if reader is None:
        return entry._replace(error="needs trafilatura to be read: pip install 'quantclaims[html]'")
    depth = measure_depth(data)
    if depth > DEEPEST:
        return entry._replace(
            error=f"its elements stand {depth} deep in each other, more than {DEEPEST}: no page is read"
        )
    try:
        found = reader.bare_extraction(data, url=entry.url, include_comments=False, with_metadata=True)
    except Exception as error:
        return entry._replace(error=f"the page cannot be read, {describe_error(error)}")
    if found is None or not found.text:
        return entry._replace(text="")
    published = read_day(found.date)
    return entry._replace(
        text=normalise(found.text),
        title=entry.title or found.title,
        publisher=entry.publisher or found.sitename,
        url=entry.url or found.url,
        published=entry.published or published,
        published_basis=entry.published_basis or ("given in the page's metadata" if published else None),
    )


def measure_depth(data: bytes) -> int:
    """How deep the usual elements of a page stand in each other at most, counted without a parser.

    >>> measure_depth(b"<div><p>a</p><p>b</p></div>")
    2
    """
    deepest = depth = 0
    for tag in TAG.finditer(data):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
