"""The re-told articles: whole in form, and in our own words wherever the originals are at hand.

The originals are copyrighted and stay outside the repository. QUANTCLAIMS_ORIGINALS names the folder that holds them
as `<article_id>.txt`; without it the comparison is skipped and only the form is checked.
"""

import hashlib
import os
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARTICLES = sorted((ROOT / "dataset" / "articles").glob("*.md"))
LANGUAGES = {path.stem for path in (ROOT / "src" / "quantclaims" / "languages").glob("*.toml")}
REQUIRED = ("id", "language", "title", "published", "published_basis")
LONGEST_RUN = 7  # words; eight in a row from an original would be its sentence, not ours

each_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)


def read_parts(path: Path) -> tuple[dict[str, object], str]:
    """Front matter and body of one re-told article."""
    opening, front_matter, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert opening == "", f"{path.name}: nothing may stand before the front matter"
    return tomllib.loads(front_matter), body


def split_words(text: str) -> list[str]:
    """The words of a text as the rule counts them: letters and digits only, case folded."""
    return [word.casefold() for word in re.findall(r"\w+", text)]


def shared_runs(text: str, original: str, length: int) -> list[str]:
    """Every run of `length` words that the text has in common with the original, in the text's order."""
    ours, theirs = split_words(text), split_words(original)
    known = {tuple(theirs[i : i + length]) for i in range(len(theirs) - length + 1)}
    runs = (tuple(ours[i : i + length]) for i in range(len(ours) - length + 1))
    return [" ".join(run) for run in runs if run in known]


def find_original(article_id: str) -> Path:
    """The original of an article; the test is skipped, with the reason, where there is none to compare with."""
    folder = os.environ.get("QUANTCLAIMS_ORIGINALS")
    if not folder:
        pytest.skip("QUANTCLAIMS_ORIGINALS names no folder of original texts")
    assert Path(folder).is_dir(), f"QUANTCLAIMS_ORIGINALS: no folder {folder}"
    original = Path(folder) / f"{article_id}.txt"
    if not original.exists():
        pytest.skip(f"no original of {article_id} in QUANTCLAIMS_ORIGINALS")
    return original


def test_there_are_articles() -> None:
    assert ARTICLES, "dataset/articles holds no article"


@each_article
def test_front_matter_is_complete(path: Path) -> None:
    front_matter, body = read_parts(path)
    for field in REQUIRED:
        value = front_matter.get(field)
        assert isinstance(value, str) and value.strip(), f"{path.name}: front matter has no {field}"
    assert front_matter["id"] == path.stem
    assert front_matter["language"] in LANGUAGES
    assert body.strip(), f"{path.name}: the body is empty"


@each_article
def test_article_can_be_traced_to_its_source(path: Path) -> None:
    front_matter, _ = read_parts(path)
    digest = front_matter.get("original_sha256")
    assert digest or front_matter.get("url"), f"{path.name}: give original_sha256 or url"
    assert digest is None or re.fullmatch(r"[0-9a-f]{64}", str(digest)), f"{path.name}: original_sha256 is no SHA-256"


@each_article
def test_original_is_the_one_named(path: Path) -> None:
    original = find_original(path.stem)
    front_matter, _ = read_parts(path)
    assert front_matter["original_sha256"] == hashlib.sha256(original.read_bytes()).hexdigest()


@each_article
def test_article_is_in_our_own_words(path: Path) -> None:
    original = find_original(path.stem).read_text(encoding="utf-8")
    front_matter, body = read_parts(path)
    for text in (body, str(front_matter["title"])):
        assert shared_runs(text, original, LONGEST_RUN + 1) == []


def test_every_original_is_retold() -> None:
    folder = os.environ.get("QUANTCLAIMS_ORIGINALS")
    if not folder:
        pytest.skip("QUANTCLAIMS_ORIGINALS names no folder of original texts")
    originals = {path.stem for path in Path(folder).glob("*.txt")}
    assert originals, f"QUANTCLAIMS_ORIGINALS: no .txt file in {folder}"
    assert originals <= {path.stem for path in ARTICLES}


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("so He said: three old boats left the harbour", ["he said three old boats left the harbour"]),
        ("three old boats left the harbour, he said", []),
        ("three old boats left the harbour", []),
    ],
    ids=["case and punctuation aside", "same words in another order", "shorter than the run"],
)
def test_shared_runs(text: str, runs: list[str]) -> None:
    assert shared_runs(text, "Yesterday he said three old boats left the harbour.", 8) == runs
