"""Reading a folder of articles: what is normalised, and what each kind of broken input is told."""

import hashlib
import sys
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from quantclaims.pages import read
from quantclaims.pages.read import read_articles

ENGLISH = "Three people were hurt on Monday when a wall fell down, the police said.\n"
HASH = hashlib.sha256(ENGLISH.encode()).hexdigest()
ANOTHER = "0" * 64
FRONT = '+++\nid = "{id}"\nlanguage = "en"\n{more}+++\n' + ENGLISH

Content = str | bytes


class Broken(NamedTuple):
    """A folder of files, and the lines that it must give, with {} for the folder."""

    label: str
    files: dict[str, Content]
    lines: list[str]


def md(name: str = "a", more: str = "") -> str:
    return FRONT.format(id=name, more=more)


def entry(lines: str, name: str = "a.txt") -> str:
    return f'["{name}"]\nlanguage = "en"\n{lines}'


HOLDS_NONE = "{}: holds no article: put .md, .txt or .html files into it"
IS_EMPTY = "the article is empty: write its text or remove the file"
NO_FRONT = "has no front matter: begin the file with a line +++, the article's id and language, and another line +++"
NO_EDTF = "is no EDTF date: write YYYY, YYYY-MM, YYYY-MM-DD (perhaps with ~), or two of them with '/'"
ENTRY_KEYS = "language, original_sha256, published, published_basis, publisher, retrieved, seen, sha256, title, url"

BROKEN = [
    Broken("no articles", {}, [HOLDS_NONE]),
    Broken(
        "other files only",
        {"a.pdf": "x", ".b.txt": "x"},
        [HOLDS_NONE],
    ),
    Broken(
        "articles one level down",
        {"2024/a.txt": ENGLISH},
        ["{}: holds no article: folders in it are not searched, so name {}/2024"],
    ),
    Broken(
        "not UTF-8",
        {"a.txt": "Zażółć\nWieś liczy 300 domów.".encode("cp1250")},
        ["{}/a.txt:1: is not UTF-8, byte 3 is 0xBF: save it as UTF-8"],
    ),
    Broken(
        "not UTF-8, further down, after a byte order mark",
        {"a.txt": b"\xef\xbb\xbfOne.\r\nTwo.\rThree: \xe9"},
        ["{}/a.txt:3: is not UTF-8, byte 22 is 0xE9: save it as UTF-8"],
    ),
    Broken(
        "a surrogate, which no text can hold",
        {"a.txt": b"One.\nTwo \xed\xa0\x80."},
        ["{}/a.txt:2: is not UTF-8, byte 10 is 0xED: save it as UTF-8"],
    ),
    Broken("UTF-16", {"a.txt": "One.".encode("utf-16")}, ["{}/a.txt:1: is UTF-16, not UTF-8: save it as UTF-8"]),
    Broken(
        "NUL",
        {"a.txt": b"One.\nTwo\0."},
        ["{}/a.txt:2: byte 9 is a NUL character: remove it, or save the file as plain text"],
    ),
    Broken("empty", {"a.txt": ""}, ["{}/a.txt: " + IS_EMPTY]),
    Broken("white space only", {"a.txt": " \n\t\n"}, ["{}/a.txt: " + IS_EMPTY]),
    Broken(
        "front matter without a body",
        {"a.md": '+++\nlanguage = "en"\n+++\n\n'},
        ["{}/a.md: " + IS_EMPTY],
    ),
    Broken(
        "no front matter",
        {"a.md": ENGLISH},
        ["{}/a.md:1: " + NO_FRONT],
    ),
    Broken(
        "front matter that is not at the beginning",
        {"a.md": "\n" + md()},
        ["{}/a.md:1: " + NO_FRONT],
    ),
    Broken(
        "front matter without an end",
        {"a.md": '+++\nid = "a"\n' + ENGLISH},
        ["{}/a.md:1: its front matter has no end: close it with a line +++ before the article's text"],
    ),
    Broken(
        "front matter that is no TOML",
        {"a.md": '+++\nid = "a"\nlanguage = en\n+++\n' + ENGLISH},
        ["{}/a.md:3: no valid TOML, invalid value: correct it"],
    ),
    Broken(
        "a key twice",
        {"a.md": md(more='url = "https://a.example"\nlanguage = "pl"\n')},
        ["{}/a.md:5: no valid TOML, cannot overwrite a value: correct it"],
    ),
    Broken(
        "a string that does not end",
        {"a.md": '+++\nid = "a"\ntitle = """Two\n+++\n' + ENGLISH},
        ["{}/a.md:3: no valid TOML, unterminated string at its end: correct it"],
    ),
    Broken(
        "unknown key", {"a.md": md(more='titel = "Wall"\n')}, ["{}/a.md:4: unknown key 'titel': did you mean title?"]
    ),
    Broken(
        "unknown key that is like none",
        {"a.md": md(more='x = "Wall"\n')},
        ["{}/a.md:4: unknown key 'x': known are id, " + ENTRY_KEYS],
    ),
    Broken(
        "a number where text belongs",
        {"a.md": md(more="title = 3\n")},
        ['{}/a.md:4: title is no text: write title = "..." or leave the line out'],
    ),
    Broken(
        "nothing where text belongs",
        {"a.md": md(more='publisher = " "\n')},
        ['{}/a.md:4: publisher is no text: write publisher = "..." or leave the line out'],
    ),
    Broken(
        "id of another file",
        {"b.md": md("a")},
        ["{}/b.md:2: id 'a' is not the file's name 'b': rename the file or correct the id"],
    ),
    Broken(
        "a name that is no id",
        {"two words.txt": ENGLISH},
        ["{}/two words.txt: 'two words' is no id: rename it without spaces and '#'"],
    ),
    Broken(
        "unknown language",
        {"a.txt": ENGLISH, "articles.toml": '["a.txt"]\nlanguage = "de"\n'},
        [
            "{}/articles.toml:2: there is no grammar for language 'de': known are en, pl, ro; leave the "
            "article out if it is in none"
        ],
    ),
    Broken(
        "a language that nobody named and that has no grammar",
        {"a.txt": "Das Ministerium teilte mit, dass in der Nacht zwölf Drohnen abgeschossen wurden.\n"},
        [
            "{}/a.txt: its language seems to be 'de', for which there is no grammar: leave it out, or give its "
            "language (en, pl, ro) if that is wrong"
        ],
    ),
    Broken(
        "bad EDTF",
        {"a.md": md(more='published = "22.09.2022"\n')},
        ["{}/a.md:4: published: '22.09.2022' " + NO_EDTF],
    ),
    Broken(
        "a day that there is not",
        {"a.txt": ENGLISH, "articles.toml": entry('published = "2023-02-30"\n')},
        ["{}/articles.toml:3: published: '2023-02-30' is no EDTF date: day "],
    ),
    Broken(
        "a day of reading that there is not",
        {"a.md": md(more='retrieved = "2024-13-01"\n')},
        ["{}/a.md:4: retrieved: '2024-13-01' is no day: write it as YYYY-MM-DD"],
    ),
    Broken(
        "hash that does not match",
        {"a.md": md(more=f'sha256 = "{ANOTHER}"\n')},
        [
            "{}/a.md:4: sha256 does not match the text: restore the text, or write its hash "
            + HASH
            + " if the change is meant"
        ],
    ),
    Broken(
        "no hash at all",
        {"a.md": md(more='original_sha256 = "abc"\n')},
        ["{}/a.md:4: original_sha256: 'abc' is no SHA-256: write the 64 hexadecimal digits that sha256sum prints"],
    ),
    Broken(
        "the same id twice",
        {"a.md": md(), "a.txt": ENGLISH},
        ["{}/a.txt: has the same id as a.md: rename one of the two files"],
    ),
    Broken(
        "the same id but for capitals",
        {"Wall.txt": ENGLISH, "wall.txt": ENGLISH},
        ["{}/wall.txt: has the same id as Wall.txt: rename one of the two files"],
    ),
    Broken(
        "articles.toml names a file that is not there",
        {"a.txt": ENGLISH, "articles.toml": entry("", "b.txt")},
        ["{}/articles.toml:1: there is no file 'b.txt' beside it: did you mean a.txt?"],
    ),
    Broken(
        "articles.toml leaves the folder",
        {"x/a.txt": ENGLISH, "x/articles.toml": entry("", "../a.txt"), "a.txt": ENGLISH},
        ["{}/articles.toml:1: there is no file '../a.txt' beside it: did you mean a.txt?"],
    ),
    Broken(
        "articles.toml on a file that speaks for itself",
        {"a.md": md(), "articles.toml": entry("", "a.md")},
        ["{}/articles.toml:1: a.md speaks for itself: move these lines into its front matter"],
    ),
    Broken(
        "articles.toml with a key outside a table",
        {"a.txt": ENGLISH, "articles.toml": 'language = "en"\n'},
        ['{}/articles.toml:1: language belongs to no file: write it below the header of its file, as in ["a.txt"]'],
    ),
    Broken(
        "articles.toml is no TOML",
        {"a.txt": ENGLISH, "articles.toml": '["a.txt"\nlanguage = "en"\n'},
        ["{}/articles.toml:1: no valid TOML, expected ']' at the end of a table declaration: correct it"],
    ),
    Broken(
        "articles.toml is not UTF-8",
        {"a.txt": ENGLISH, "articles.toml": b"# \xb3\n"},
        ["{}/articles.toml:1: is not UTF-8, byte 3 is 0xB3: save it as UTF-8"],
    ),
    Broken(
        "an id in articles.toml",
        {"a.txt": ENGLISH, "articles.toml": entry('id = "a"\n')},
        ["{}/articles.toml:3: unknown key 'id': known are " + ENTRY_KEYS],
    ),
]


def write_files(folder: Path, files: dict[str, Content]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.label)
def test_broken(tmp_path: Path, broken: Broken) -> None:
    write_files(tmp_path, broken.files)
    folder = tmp_path / "x" if "x/a.txt" in broken.files else tmp_path
    _, problems = read_articles(folder)
    found = [str(problem) for problem in problems]
    assert len(found) == len(broken.lines)
    for got, expected in zip(found, broken.lines, strict=True):
        assert got.startswith(expected.replace("{}", str(folder)))


def test_all_problems_are_listed_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "c.txt": b"\xff.",
            "a.md": md("b", more='published = "May"\ntitel = "Wall"\n'),
            "b.txt": "",
            "articles.toml": entry('retrieved = "yesterday"\n', "b.txt"),
        },
    )
    _, problems = read_articles(tmp_path)
    assert [(problem.path.name, problem.line) for problem in problems] == [
        ("a.md", 2),
        ("a.md", 4),
        ("a.md", 5),
        ("articles.toml", 3),
        ("c.txt", 1),
    ]


def test_no_such_folder(tmp_path: Path) -> None:
    missing = tmp_path / "articles"
    assert list(map(str, read_articles(missing)[1])) == [
        f"{missing}: there is no such folder: name the one that holds the articles"
    ]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ENGLISH)
    assert list(map(str, read_articles(path)[1])) == [f"{path}: is no folder: name the folder that holds the articles"]


def refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantclaims.pages.read.os.scandir", refuse)
    assert list(map(str, read_articles(tmp_path)[1])) == [
        f"{tmp_path}: the folder cannot be read, permission denied: see that you may read it"
    ]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"a.txt": ENGLISH})
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert list(map(str, read_articles(tmp_path)[1])) == [
        f"{tmp_path}/a.txt: cannot be read, permission denied: see that you may read it"
    ]


def test_a_link_that_leaves_the_folder(tmp_path: Path) -> None:
    write_files(tmp_path, {"secret.txt": ENGLISH, "articles/b.txt": ENGLISH})
    (tmp_path / "articles" / "a.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "articles" / "c.txt").symlink_to(tmp_path / "articles" / "b.txt")
    articles, problems = read_articles(tmp_path / "articles")
    assert list(map(str, problems)) == [
        f"{tmp_path}/articles/a.txt: is a link that leaves the folder: put the file itself there"
    ]
    assert [article.article_id for article in articles] == ["b", "c"]


def test_a_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    assert list(map(str, read_articles(tmp_path)[1])) == [
        f"{tmp_path}/a.txt: cannot be read, no such file or directory: see that you may read it"
    ]


def test_front_matter_becomes_the_article(tmp_path: Path) -> None:
    more = (
        'title = "Wall falls"\npublisher = "Post"\nurl = "https://a.example/1"\npublished = 2024-05-06\n'
        'published_basis = "dateline"\nretrieved = 2024-05-07\nseen = "lead"\n'
    )
    write_files(tmp_path, {"a.md": md(more=more)})
    articles, problems = read_articles(tmp_path)
    assert problems == []
    (article,) = articles
    assert article.text == ENGLISH
    assert article._replace(text="") == article.__class__(
        text="",
        language="en",
        published="2024-05-06",
        article_id="a",
        title="Wall falls",
        publisher="Post",
        url="https://a.example/1",
        published_basis="dateline",
        retrieved=date(2024, 5, 7),
    )


def test_what_is_not_known_stays_open(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": ENGLISH})
    (article,), problems = read_articles(tmp_path)
    assert problems == []
    assert (article.language, article.published, article.title, article.url) == ("en", None, None, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Trzy osoby zostały ranne w poniedziałek, kiedy w centrum miasta runęła ściana kamienicy."),
        ("ro", "Trei persoane au fost rănite luni, când zidul unei case s-a prăbușit în centrul orașului."),
        ("en", ENGLISH),
    ],
)
def test_language_is_guessed(tmp_path: Path, language: str, text: str) -> None:
    write_files(tmp_path, {"a.txt": text})
    (article,), problems = read_articles(tmp_path)
    assert (article.language, problems) == (language, [])


def test_text_is_normalised_and_nothing_else(tmp_path: Path) -> None:
    composed = "Wieś.\n\n  Trzy osoby.\u00a0Koniec.\n"
    raw = b"\xef\xbb\xbf" + unicodedata.normalize("NFD", composed).replace("\n", "\r\n").encode()
    write_files(tmp_path, {"a.txt": raw, "articles.toml": '["a.txt"]\nlanguage = "pl"\n'})
    (article,), problems = read_articles(tmp_path)
    assert (article.text, problems) == (composed, [])


def test_hash_of_the_normalised_body_matches(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": md(more=f'sha256 = "{HASH.upper()}"\n').replace("\n", "\r\n")})
    assert read_articles(tmp_path)[1] == []


def test_title_is_the_first_line_that_looks_like_one(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": "Views: 12\nA wall fell on Monday.\nThree hurt by wall\n" + ENGLISH})
    assert read_articles(tmp_path)[0][0].title == "Three hurt by wall"


PAGE = f"<html><body><nav>Home</nav><p>{ENGLISH}</p></body></html>"


@pytest.fixture
def html_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[object], None]]:
    """Puts a reader of HTML in the place of trafilatura, or None for a machine without it."""

    def install(reader: object) -> None:
        monkeypatch.setitem(sys.modules, "trafilatura", reader)
        read.load_html_reader.cache_clear()

    yield install
    read.load_html_reader.cache_clear()


def test_html_without_its_reader_is_one_problem(tmp_path: Path, html_reader: Callable[[object], None]) -> None:
    html_reader(None)
    write_files(tmp_path, {"a.html": PAGE, "b.htm": PAGE, "c.txt": ENGLISH})
    assert list(map(str, read_articles(tmp_path)[1])) == [
        f"{tmp_path}/a.html: and 1 more .html files need trafilatura to be read: pip install 'quantclaims[html]'"
    ]


def test_html_is_read_by_its_reader(tmp_path: Path, html_reader: Callable[[object], None]) -> None:
    found = SimpleNamespace(text=ENGLISH, title="Wall falls")
    html_reader(SimpleNamespace(bare_extraction=lambda page, **_: found if "<p>" in page else None))
    write_files(tmp_path, {"a.html": PAGE, "b.html": "<html></html>"})
    articles, problems = read_articles(tmp_path)
    assert [(article.text, article.title) for article in articles] == [(ENGLISH, "Wall falls")]
    assert list(map(str, problems)) == [
        f"{tmp_path}/b.html: no article is found in the page: save the article's text as .txt"
    ]


def test_html_by_trafilatura_itself(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="the html extra is not installed", exc_type=ImportError)
    paragraphs = "".join(f"<p>{ENGLISH}</p>" for _ in range(3))
    write_files(tmp_path, {"a.html": f"<html><body><article><h1>Wall falls</h1>{paragraphs}</article></body></html>"})
    (article,), problems = read_articles(tmp_path)
    assert problems == []
    assert ENGLISH.strip() in article.text
    assert "<" not in article.text
