"""The page of `quantclaims explore` as it is written; how it behaves in a browser is test_exploring_browser's."""

import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest
from markupsafe import Markup
from typer.testing import CliRunner

import quantclaims
from quantclaims.cli import app
from quantclaims.explaining.evidence import Explanation, Mark
from quantclaims.exploring import command
from quantclaims.exploring.bundles import bundle_charts, bundle_tables
from quantclaims.exploring.command import make_page, run_explore
from quantclaims.exploring.passages import mark_passage, nest
from quantclaims.exploring.sources import read_sources

ROOT = Path(__file__).parents[1]
VOID = {"meta", "link", "input", "br", "img", "hr"}
MULTIPLE = "2024-07-19-pl-solidarity#1685"


class Reader(HTMLParser):
    """Elements of a page by id, its links, its inline scripts and styles; strict about nesting."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.parts: list[tuple[str, str]] = []
        self.texts: dict[str, str] = {}
        self.attributes: list[tuple[str, str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [str(given["id"])] if "id" in given else []
        self.links += [str(given["href"])] if "href" in given else []
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1]} at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        tag, given = self.open[-1] if self.open else ("", {})
        if tag in ("script", "style") and given.get("type") != "application/json":
            self.parts.append((tag, data))
        for _, above in self.open:
            if above.get("id"):
                self.texts[str(above["id"])] = self.texts.get(str(above["id"]), "") + data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    return reader


def squeeze(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def page() -> str:
    return make_page(None, None)


@pytest.fixture(scope="module")
def seen(page: str) -> Reader:
    return read(page)


# What stands on it


def test_every_claim_and_question_has_a_view_and_every_link_a_target(seen: Reader) -> None:
    claims = quantclaims.load_claims()
    assert set(claims["claim_id"]) <= set(seen.ids)
    questions = [name for name in seen.ids if name.startswith("question/")]
    assert len(questions) == claims["topic_key"].n_unique()
    assert len(seen.ids) == len(set(seen.ids))
    inner = {unquote(link[1:]) for link in seen.links if link.startswith("#")}
    assert inner <= set(seen.ids)
    assert set(claims["claim_id"]) <= inner


def test_a_claim_tells_what_led_to_it_what_competes_and_how_to_cite_it(seen: Reader) -> None:
    told = squeeze(seen.texts[MULTIPLE])
    told = re.sub("(figure|claimant|period|base)(?=[A-Zto])", r"\1 ", told)
    for words in (
        "figure trzykrotnie wyższa", "claimant Wywiad Korei Południowej", "period od sierpnia ubiegłego roku",
        "base około 1,6 mln pocisków artyleryjskich", "at most 4,800,000", "Builds on multiple of, × 3",
        "Gave most counts of deliveries", "multiple_higher", "Cite this claim", quantclaims.__version__,
    ):  # fmt: skip
        assert words in told
    competing = told.partition("Competing claims")[2].partition("Cite this claim")[0]
    assert "≈ 1.6M artillery shell, Center for Advanced Defense Studies (C4ADS)" in competing
    assert "consistent" in competing
    assert "none ammunition, weapon, North Korean government" in competing


def test_rows_of_the_published_dataset_are_cited_as_the_command_cites_them(seen: Reader) -> None:
    told = squeeze(seen.texts[MULTIPLE])
    assert squeeze(quantclaims.cite(MULTIPLE)) in told
    assert squeeze(quantclaims.cite(MULTIPLE, "ris")) in told


def test_words_of_an_article_say_their_language(page: str) -> None:
    passages = re.findall(r'<blockquote class="passage" lang="(\w+)">', page)
    assert sorted(passages) == sorted(quantclaims.load_claims()["language"].cast(pl.String))


def test_the_policy_names_each_script_and_style_and_nothing_else(page: str, seen: Reader) -> None:
    (policy,) = [
        value for tag, name, value in seen.attributes if tag == "meta" and (value or "").startswith("default-src")
    ]
    allowed = set(re.findall(r"'(sha256-[^']+)'", str(policy)))
    hashes = {f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}" for _, text in seen.parts}
    assert allowed == hashes
    assert str(policy).startswith("default-src 'none'; ")
    assert "unsafe" not in str(policy)


def test_nothing_is_fetched_from_anywhere(seen: Reader) -> None:
    asking = {"src", "srcset", "data", "action", "poster", "background", "style", "formaction", "manifest"}
    assert not [each for each in seen.attributes if each[1] in asking or each[1].startswith("on")]
    assert all(link.startswith(("#", "http://", "https://")) for link in seen.links)
    assert not [1 for tag, text in seen.parts if tag == "style" and ("url(" in text or "@import" in text)]


def test_libraries_fit_inside_a_script() -> None:
    for bundle in (bundle_tables(), bundle_charts()):
        assert not re.search(r"<(/?script|!--)|[\r\0]", bundle, re.IGNORECASE)
        assert len(bundle) > 100_000


# Passages


def test_marks_are_nested_and_split_where_they_cross() -> None:
    text = "abcdefghij"
    shown = nest(text, 0, 10, [Mark(1, 6, "figure"), Mark(4, 8, "period"), Mark(2, 3, "party"), Mark(9, 9, "base")])
    plain = shown.replace(Markup('<span class="kind">'), Markup("(")).replace(Markup("</span>"), Markup(")"))
    assert plain == (
        'a<mark class="figure">(figure)b<mark class="party">(side)c</mark>d'
        '<mark class="period">(period)ef</mark></mark>'
        '<mark class="period">(period)gh</mark>ij'
    )


def test_every_passage_has_the_words_of_its_sentences_and_the_quote_marked() -> None:
    sources = read_sources(None, None)
    for claim_id, each in sources.explanations.items():
        text = sources.texts[each.claim.article_id]
        passage = mark_passage(each, text)
        words = re.sub(r'<span class="kind">\w+</span>', "", passage)
        words = Markup(words.replace('<span class="gap">[…]</span>', "")).striptags()
        assert words == squeeze(" ".join(text[start:end] for start, end in each.sentences)), claim_id
        marked = "".join(text[m.start : m.end] for m in each.marks if m.kind == "figure")
        assert marked == each.claim.quote


def test_a_row_that_no_rule_found_is_shown_in_its_line() -> None:
    sources = read_sources(None, None)
    claim = sources.explanations[MULTIPLE].claim
    text = f"Before.\n{claim.quote} here.\nAfter."
    from quantclaims.exploring.sources import attach

    moved = claim._replace(quote_start=8, quote_end=8 + len(claim.quote))
    shown = attach(moved, None, text)
    assert isinstance(shown, Explanation)
    assert [text[start:end] for start, end in shown.sentences] == [f"{claim.quote} here."]
    assert [(mark.start, mark.kind) for mark in shown.marks] == [(8, "figure")]


# The command


def test_the_same_dataset_gives_the_same_bytes_wherever_it_is(page: str, tmp_path: Path) -> None:
    call = [sys.executable, str(ROOT / "build.py"), "--out", str(tmp_path), "--explorer"]
    environment = {**os.environ, "PYTHONHASHSEED": "17", "LC_ALL": "C"}
    shown = subprocess.run(call, capture_output=True, text=True, check=True, env=environment, cwd=tmp_path)
    written = tmp_path / "explorer.html"
    assert shown.stdout.splitlines()[-1] == f"{written}: {written.stat().st_size:,} bytes"
    assert written.read_bytes() == make_page(tmp_path, ROOT / "dataset" / "articles").encode()
    assert str(tmp_path) not in written.read_text("utf-8")


def test_a_build_that_finds_problems_writes_no_page(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    articles.joinpath("a.md").write_text('+++\nlangauge = "en"\n+++\nText.\n')
    call = [sys.executable, str(ROOT / "build.py"), "--articles", str(articles), "--out", str(tmp_path), "--explorer"]
    shown = subprocess.run(call, capture_output=True, text=True, check=False)
    assert shown.returncode == 1
    assert "did you mean language?" in shown.stderr
    assert not tmp_path.joinpath("explorer.html").exists()


def test_the_command_writes_the_file_that_it_is_told_to(page: str, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    shown = CliRunner().invoke(app, ["explore", "--out", str(out)])
    assert (shown.exit_code, shown.output) == (0, f"{out}: {len(page.encode()):,} bytes\n")
    assert out.read_text("utf-8") == page


Prepare = Callable[[Path], tuple[Path | None, Path | None]]


def copy_dataset(folder: Path, **changed: pl.DataFrame) -> Path:
    folder.mkdir(exist_ok=True)
    tables = {"claims": quantclaims.load_claims(), "articles": quantclaims.load_articles()} | changed
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet")
    return folder


def without_file(folder: Path) -> tuple[Path, Path | None]:
    return folder, None


def without_folder(folder: Path) -> tuple[Path, Path | None]:
    return copy_dataset(folder), None


def without_articles(folder: Path) -> tuple[Path, Path | None]:
    copy_dataset(folder).joinpath("articles").mkdir()
    return folder, None


def without_rows(folder: Path) -> tuple[Path, Path | None]:
    return copy_dataset(folder, claims=quantclaims.load_claims().clear()), None


def with_broken_file(folder: Path) -> tuple[Path, Path | None]:
    copy_dataset(folder).joinpath("claims.parquet").write_bytes(b"PAR1 and no more")
    return folder, None


def without_column(folder: Path) -> tuple[Path, Path | None]:
    return copy_dataset(folder, claims=quantclaims.load_claims().drop("rules")), None


def with_other_text(folder: Path) -> tuple[Path, Path | None]:
    articles = copy_dataset(folder) / "articles"
    articles.mkdir()
    for source in (ROOT / "dataset" / "articles").glob("*.md"):
        articles.joinpath(source.name).write_text(source.read_text("utf-8").replace("niecałe", "Niecałe"), "utf-8")
    return folder, None


def with_stranger(folder: Path) -> tuple[Path, Path | None]:
    articles = with_other_text(folder)[0] / "articles"
    next(iter(sorted(articles.glob("*train*")))).unlink()
    return folder, None


def with_bad_article(folder: Path) -> tuple[Path, Path | None]:
    articles = copy_dataset(folder) / "articles"
    articles.mkdir()
    articles.joinpath("a.md").write_text('+++\nlangauge = "en"\n+++\nText.\n')
    return folder, None


WRONG: dict[str, tuple[Prepare, int, str]] = {
    "no file": (without_file, 2, r"no claims\.parquet there: build it, or name its folder with --dataset"),
    "no folder of articles": (without_folder, 2, "no folder of articles there: name it with --articles"),
    "an empty folder of articles": (without_articles, 1, "articles"),
    "no rows": (without_rows, 1, "holds no claims"),
    "a broken file": (with_broken_file, 2, r"claims\.parquet cannot be read"),
    "a column is missing": (without_column, 2, "rules is missing or of another type: build it with this version"),
    "another text": (with_other_text, 1, "has another text than it quotes: build it again"),
    "an article is missing": (with_stranger, 1, "its article is not in .*: name its folder with --articles"),
    "a bad article": (with_bad_article, 1, "did you mean language"),
}


@pytest.mark.parametrize(("prepare", "code", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_shown_is_told_in_a_line(
    prepare: Prepare, code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset, articles = prepare(tmp_path / "data")
    out = tmp_path / "page.html"
    assert run_explore(dataset, articles, out) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert all(re.search(said, line) for line in shown.err.splitlines()[:1])
    assert shown.err.strip()
    assert "Traceback" not in shown.err
    assert not out.exists()


def test_of_many_problems_some_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = pl.concat([quantclaims.load_claims()] * 5)
    folder = copy_dataset(tmp_path / "data", claims=many)
    folder.joinpath("articles").mkdir()
    folder.joinpath("articles", "a.md").write_text('+++\nid = "a"\nlanguage = "en"\n+++\nText.\n')
    assert run_explore(folder, None, tmp_path / "page.html") == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert lines[-1] == f"explore: and {many.height - 20} more"


def test_a_place_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "make_page", lambda *_: "")
    assert run_explore(None, None, tmp_path) == 2
    assert (
        capsys.readouterr().err
        == f"explore: {tmp_path} cannot be written, is a directory: name another file with --out\n"
    )


def test_a_missing_library_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "itables" else name)
    assert run_explore(None, None, Path("page.html")) == 2
    assert capsys.readouterr().err == "explore: itables is missing: pip install 'quantclaims[explore]'\n"


def test_another_dataset_is_not_cited_as_ours(tmp_path: Path) -> None:
    fewer = quantclaims.load_claims().head(2)
    other = copy_dataset(tmp_path / "data", claims=fewer)
    articles = ROOT / "dataset" / "articles"
    told = squeeze(read(make_page(other, articles)).texts[fewer["claim_id"][0]])
    assert "The quantclaims authors" not in told
    assert f"Read by quantclaims {quantclaims.__version__}; fingerprint of the dataset" in told
