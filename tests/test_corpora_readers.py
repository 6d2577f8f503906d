"""Readers: every form a corpus comes in, and every way in which one is broken."""

import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import pyarrow as pa
import pytest
from pyarrow import parquet

from quantclaims.corpora import shards as planning
from quantclaims.corpora import sources as finding
from quantclaims.corpora.command import Options, run_extract
from quantclaims.corpora.reading import TABLES, Record, place_file, read_shard
from quantclaims.corpora.shards import Settings, plan_shards
from quantclaims.corpora.sources import Form, InputError, find_sources, hash_source, name_source

SENT = "Estonia sent Ukraine 12 howitzers in May 2024, the Estonian defence ministry said."
PAGE = """<!doctype html><html lang="en"><head><title>Howitzers sent</title>
<meta property="og:site_name" content="The Example Gazette">
<meta property="article:published_time" content="2024-05-14">
<link rel="canonical" href="https://example.org/howitzers"></head><body><nav>Home</nav><article><h1>Howitzers sent</h1>
<p>{text}</p><p>Nobody else was asked about the guns, and the ministry gave no further word on that day.</p></article>
</body></html>"""


PLAIN = Settings()


class Read(NamedTuple):
    """What came of a corpus."""

    claims: list[dict[str, Any]]
    articles: list[dict[str, Any]]
    quarantine: list[dict[str, Any]]
    records: list[Record]

    def errors(self) -> list[str]:
        return [row["error"] for row in self.quarantine]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    """Read a corpus in this process, shard after shard."""

    def run(*inputs: Path | str, form: Form | None = None, settings: Settings = PLAIN) -> Read:
        folder = tmp_path / "parts"
        folder.mkdir(exist_ok=True)
        found = find_sources([str(each) for each in inputs], form, tmp_path / "spool")
        records = [read_shard(s, settings, folder) for s in plan_shards(found.sources, settings, "", hash_source)]
        claims, articles, quarantine = (
            [row for r in records for row in parquet.read_table(place_file(folder, table, r.name)).to_pylist()]
            for table in TABLES
        )
        return Read(claims, articles, quarantine, records)

    return run


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


# Forms


def test_a_folder_of_texts(tmp_path: Path, read: Callable[..., Read]) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "2024" / ".hidden").mkdir(parents=True)
    (corpus / "one.txt").write_text(SENT)
    (corpus / "2024" / "two.txt").write_text(SENT)
    (corpus / "2024" / "notes.pdf").write_bytes(b"%PDF")
    (corpus / "2024" / ".hidden" / "no.txt").write_text(SENT)
    (corpus / "articles.toml").write_text('["one.txt"]\npublished = "2024-05-14"\nlanguage = "en"\ntitle = "Guns"\n')
    found = read(corpus)
    assert [row["article_id"] for row in found.articles] == ["2024:two", "one"]
    assert (found.articles[1]["title"], found.articles[1]["published"]) == ("Guns", "2024-05-14")
    assert [row["value"] for row in found.claims] == [12.0, 12.0]


@pytest.mark.parametrize(
    "front",
    ['+++\nlanguage = "en"\npublished = 2024-05-14\n+++\n', "---\nlang: en\ndate: '2024-05-14'\ntags:\n  - a\n---\n"],
)
def test_markdown_with_front_matter(tmp_path: Path, read: Callable[..., Read], front: str) -> None:
    (tmp_path / "a.md").write_text(front + SENT)
    (article,) = read(tmp_path / "a.md").articles
    assert (article["published"], article["language"], article["characters"]) == ("2024-05-14", "en", len(SENT))


def test_html(tmp_path: Path, read: Callable[..., Read]) -> None:
    pytest.importorskip("trafilatura", reason="pip install -e '.[html]'")
    (tmp_path / "a.html").write_text(PAGE.format(text=SENT))
    found = read(tmp_path / "a.html")
    (article,) = found.articles
    assert article["title"] == "Howitzers sent"
    assert article["publisher"] == "The Example Gazette"
    assert article["url"] == "https://example.org/howitzers"
    assert article["published"] == "2024-05-14"
    assert 12.0 in [row["value"] for row in found.claims]


@pytest.mark.parametrize("name", ["n.jsonl", "n.jsonl.gz"])
def test_json_lines(tmp_path: Path, read: Callable[..., Read], name: str) -> None:
    rows = [{"id": 7, "content": SENT, "lang": "en", "date": "2024-05-14T08:00:00Z"}, {"body": SENT, "lang": "en"}]
    data = "\n".join(map(json.dumps, rows)).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    found = read(tmp_path / name)
    second = len(json.dumps(rows[0])) + 1
    assert {row["article_id"]: row["published"] for row in found.articles} == {"7": "2024-05-14", f"n@{second}": None}


def test_a_line_is_read_once_however_the_file_is_divided(
    tmp_path: Path, read: Callable[..., Read], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lines(tmp_path / "n.jsonl", *[{"text": SENT * (n % 3 + 1), "lang": "en"} for n in range(12)])
    whole = read(path)
    for size in (97, 300):
        monkeypatch.setattr(planning, "LEAST", size)
        monkeypatch.setattr(planning, "MOST", size)
        divided = read(path)
        assert len(divided.records) > 1
        assert divided.claims == whole.claims
        assert divided.articles == whole.articles


@pytest.mark.parametrize("group", [3, 100])
def test_parquet(tmp_path: Path, read: Callable[..., Read], monkeypatch: pytest.MonkeyPatch, group: int) -> None:
    monkeypatch.setattr(planning, "LEAST", 100)
    monkeypatch.setattr(planning, "MOST", 100)
    table = pa.table({"story": [SENT] * 10, "language": ["en"] * 10, "when": pa.array([19857] * 10, pa.date32())})
    parquet.write_table(table, tmp_path / "n.parquet", row_group_size=group)
    found = read(tmp_path / "n.parquet", settings=Settings((("published", "when"), ("text", "story"))))
    assert sorted(row["article_id"] for row in found.articles) == sorted(f"n@{n}" for n in range(10))
    assert {row["published"] for row in found.articles} == {"2024-05-14"}
    assert len(found.records) > 1


def write_warc(path: Path, *pages: bytes, headers: str = "Content-Type: text/html", compress: bool = True) -> None:
    """Response records as a crawler writes them, each compressed by itself."""
    with path.open("wb") as file:
        for number, page in enumerate(pages):
            body = f"HTTP/1.1 200 OK\r\n{headers}\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000-{number}>\r\n"
                f"WARC-Date: 2024-05-15T01:02:03Z\r\nWARC-Target-URI: https://example.org/{number}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            record = head.encode() + body + b"\r\n\r\n"
            file.write(gzip.compress(record) if compress else record)


@pytest.fixture
def needs_warc() -> None:
    for name in ("fastwarc", "trafilatura"):
        pytest.importorskip(name, reason="pip install -e '.[warc]'")


@pytest.mark.usefixtures("needs_warc")
@pytest.mark.parametrize("name", ["news.warc", "news.warc.gz"])
def test_warc(tmp_path: Path, read: Callable[..., Read], name: str) -> None:
    pages = [PAGE.format(text=SENT.replace("12", str(n))).encode() for n in (31, 32, 33)]
    write_warc(tmp_path / name, *pages, compress=name.endswith("gz"))
    found = read(tmp_path / name)
    assert [row["article_id"] for row in found.articles] == ["0000-0", "0000-1", "0000-2"]
    assert {row["url"] for row in found.articles} == {f"https://example.org/{n}" for n in range(3)}
    assert {str(row["retrieved"]) for row in found.articles} == {"2024-05-15"}
    assert {31.0, 32.0, 33.0} <= {row["value"] for row in found.claims}


@pytest.mark.usefixtures("needs_warc")
def test_a_record_is_read_once_however_the_archive_is_divided(
    tmp_path: Path, read: Callable[..., Read], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [PAGE.format(text=SENT.replace("12", str(n))).encode() for n in range(31, 37)]
    write_warc(tmp_path / "n.warc.gz", *pages)
    monkeypatch.setattr(planning, "LEAST", 300)
    monkeypatch.setattr(planning, "MOST", 300)
    found = read(tmp_path / "n.warc.gz")
    assert len(found.records) > 3
    assert sorted(row["article_id"] for row in found.articles) == [f"0000-{n}" for n in range(6)]


def test_standard_input(tmp_path: Path, read: Callable[..., Read], monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.TextIOWrapper(io.BytesIO(json.dumps({"text": SENT, "lang": "en"}).encode()))
    monkeypatch.setattr(sys, "stdin", data)
    assert [row["article_id"] for row in read("-", form=Form.LINES).articles] == ["stdin@0"]


def test_a_pattern_and_an_address(tmp_path: Path, read: Callable[..., Read]) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(SENT)
    assert [row["article_id"] for row in read(str(tmp_path / "*.txt")).articles] == ["a", "b"]
    pytest.importorskip("fsspec", reason="pip install -e '.[remote]'")
    assert [row["article_id"] for row in read(f"file://{tmp_path}/*.txt").articles] == ["a", "b"]
    assert {row["article_id"] for row in read(f"local://{tmp_path}").articles} >= {"a", "b", "c"}


def test_an_address_without_its_library_names_the_extra() -> None:
    pytest.importorskip("fsspec", reason="pip install -e '.[remote]'")
    try:
        import s3fs  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        with pytest.raises(InputError, match=r"needs a library to be read: pip install 'quantclaims\[s3\]'"):
            find_sources(["s3://bucket/news"], None, Path("spool"))
    else:
        assert s3fs


def test_names_do_not_depend_on_what_else_is_there(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.txt").write_text(SENT)
    before = find_sources([str(tmp_path)], None, tmp_path).sources
    (tmp_path / "b.txt").write_text(SENT)
    assert before[0] in find_sources([str(tmp_path)], None, tmp_path).sources
    assert name_source("a/b c.jsonl.gz", "a/") == "b%20c"


# Hostile


def test_an_article_of_100_megabytes_costs_no_memory(tmp_path: Path, read: Callable[..., Read]) -> None:
    (tmp_path / "big.txt").write_bytes(b"12 tanks. " * 10_000_000)
    (tmp_path / "small.txt").write_text(SENT)
    started = perf_counter()
    found = read(tmp_path)
    assert [row["article_id"] for row in found.articles] == ["small"]
    assert found.errors() == ["has 100000000 bytes, more than 4000000: divide it, or give a higher --longest"]
    assert perf_counter() - started < 30


@pytest.mark.parametrize(
    "text", ["12 tanks, " * 3_000, "7" * 50_000, "7 " * 20_000, "1,234,567." * 2_000, "(" * 20_000, "a" * 100_000]
)
def test_texts_of_one_line_or_of_digits_take_bounded_time(tmp_path: Path, read: Callable[..., Read], text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.txt").write_text(SENT)
    found = read(tmp_path, settings=Settings(language="en"))
    assert found.records[0].articles + found.records[0].quarantined == 2
    assert "b" in [row["article_id"] for row in found.articles]


def test_html_nested_100_000_deep(tmp_path: Path, read: Callable[..., Read]) -> None:
    pytest.importorskip("trafilatura", reason="pip install -e '.[html]'")
    (tmp_path / "a.html").write_text("<html><body>" + "<div>" * 100_000 + SENT)
    (tmp_path / "b.html").write_text(PAGE.format(text=SENT))
    found = read(tmp_path)
    assert found.errors() == ["its elements stand 100000 deep in each other, more than 1000: no page is read"]
    assert [row["article_id"] for row in found.articles] == ["b"]


@pytest.mark.usefixtures("needs_warc")
@pytest.mark.parametrize("name", ["n.warc", "n.warc.gz"])
def test_an_archive_that_is_cut_gives_what_stands_before_the_cut(
    tmp_path: Path, read: Callable[..., Read], name: str
) -> None:
    pages = [PAGE.format(text=SENT.replace("12", str(n))).encode() for n in (31, 32, 33)]
    write_warc(tmp_path / name, *pages, compress=name.endswith("gz"))
    data = (tmp_path / name).read_bytes()
    for part in (0.4, 0.6, 0.9):
        (tmp_path / name).write_bytes(data[: int(len(data) * part)])
        found = read(tmp_path / name)
        assert [row["article_id"] for row in found.articles] == [f"0000-{n}" for n in range(int(part * 3))]
        assert "ends in the middle of a record" in found.errors()[-1]


@pytest.mark.usefixtures("needs_warc")
def test_a_page_that_grows_without_end_is_put_in_quarantine(tmp_path: Path, read: Callable[..., Read]) -> None:
    bomb = gzip.compress(b"<p>" + b"0" * 60_000_000)
    write_warc(tmp_path / "n.warc.gz", bomb, headers="Content-Type: text/html\r\nContent-Encoding: gzip")
    (row,) = read(tmp_path / "n.warc.gz").quarantine
    assert row["error"] == "the page has more than 20000000 bytes: no page is as long"


def test_a_bomb_of_one_line_is_not_read_to_its_end(tmp_path: Path, read: Callable[..., Read]) -> None:
    with gzip.open(tmp_path / "bomb.jsonl.gz", "wb", compresslevel=1) as file:
        for _ in range(250):
            file.write(b"0" * 1_000_000)
    found = read(tmp_path / "bomb.jsonl.gz", settings=Settings(longest=1_000))
    assert found.errors()[-1] == "the line has no end: the rest is not read"
    assert len(found.quarantine) == 2


def test_a_compressed_file_that_is_cut(tmp_path: Path, read: Callable[..., Read]) -> None:
    rows = [{"text": f"{SENT} {n} {os.urandom(40).hex()}", "lang": "en"} for n in range(50)]
    data = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    (tmp_path / "n.jsonl.gz").write_bytes(data[: len(data) // 2])
    found = read(tmp_path / "n.jsonl.gz")
    assert 5 < len(found.articles) < 45
    assert "cannot be read to its end" in found.errors()[-1]


def test_null_bytes_and_lone_surrogates(tmp_path: Path, read: Callable[..., Read]) -> None:
    (tmp_path / "a.txt").write_bytes(b"12 \0 tanks")
    (tmp_path / "b.txt").write_bytes(b"12 \xed\xa0\x80 tanks")
    row = '{"text": "12 \\ud800 tanks", "title": "x\\udc00"}\n{"text": "12 \\u0000 tanks"}\n'
    (tmp_path / "c.jsonl").write_text(row + json.dumps({"text": SENT, "lang": "en", "title": "a \ud83d"}) + "\n")
    found = read(tmp_path)
    assert [row["title"] for row in found.articles] == ["a ?"]
    assert sorted(found.errors()) == [
        "byte 4 is a NUL character: save it as UTF-8",
        "character 4 is a NUL",
        "character 4 is a lone surrogate, U+D800",
        "is not UTF-8, byte 4 is 0xED: save it as UTF-8",
    ]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "is no JSON, Expecting property name"),
        ("[1]", "is no JSON object: write one article per line"),
        ('{"txt": "a"}', "no column of texts: has txt; name it with --text"),
        ('{"text": 5}', "the text is a int"),
        ('{"text": null}', "the text is missing"),
        ("[" * 100_000, "is no JSON"),
        ('{"text": "a"}\udcff', "is no JSON, 'utf-8' codec"),
    ],
)
def test_a_broken_line_costs_itself_only(tmp_path: Path, read: Callable[..., Read], line: str, error: str) -> None:
    (tmp_path / "n.jsonl").write_text(f"{line}\n{json.dumps({'text': SENT, 'lang': 'en'})}\n", errors="surrogateescape")
    found = read(tmp_path / "n.jsonl")
    assert len(found.articles) == 1
    assert found.errors()[0].startswith(error)


def test_a_parquet_without_its_column(tmp_path: Path, read: Callable[..., Read]) -> None:
    parquet.write_table(pa.table({"story": [SENT], "lang": ["en"]}), tmp_path / "a.parquet")
    parquet.write_table(pa.table({"Content": [SENT], "lang": ["en"]}), tmp_path / "b.parquet")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 not at all")
    found = read(tmp_path)
    assert [row["article_id"] for row in found.articles] == ["b@0"]
    assert found.errors()[0] == "no column of texts: has story, lang; name it with --text"
    assert "cannot be read" in found.errors()[1]
    assert read(tmp_path / "a.parquet", settings=Settings((("text", "stroy"),))).errors() == [
        "no column 'stroy': did you mean story?"
    ]


def test_a_folder_without_permission_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text(SENT)
    scan = os.scandir

    def scandir(path: Any = ".") -> Any:
        if str(path).endswith("closed"):  # nothing is closed to root, who may run the tests
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = find_sources([str(tmp_path)], None, tmp_path)
    assert [source.name for source in found.sources] == ["open"]
    assert found.unlisted == [(str(tmp_path / "closed"), "the folder cannot be read, permission denied")]


def test_a_file_without_permission_costs_itself_only(
    tmp_path: Path, read: Callable[..., Read], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(SENT)
    whole = finding.open_binary

    def open_binary(path: str) -> Any:
        if path.endswith("a.txt"):
            raise PermissionError(13, "Permission denied", path)
        return whole(path)

    monkeypatch.setattr("quantclaims.corpora.texts.open_binary", open_binary)
    found = read(tmp_path)
    assert found.errors() == ["cannot be read, permission denied: see that you may read it"]
    assert [row["article_id"] for row in found.articles] == ["b"]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("missing.txt", "there is no such file or folder: check the name"),
        ("empty", "holds no .txt"),
        ("data.bin", "what it holds is not told by its name: say it with --format"),
        ("*.nothing", "holds no .txt"),
    ],
)
def test_an_input_that_is_none_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, error: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "data.bin").write_bytes(b"x")
    assert run_extract([str(tmp_path / name)], tmp_path / "out", Options()) == 2
    shown = capsys.readouterr().err
    assert shown.count("\n") == 1
    assert error in shown
