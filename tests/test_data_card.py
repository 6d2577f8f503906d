"""The data card says what the contract and the rows say, and opens where data sets are looked for."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

import quantclaims
from quantclaims.build import BuildError, build_dataset
from quantclaims.data_card import CARD, PAGE, make_tables, put_between, render_card
from quantclaims.describing import TABLES
from quantclaims.schemas.vocabularies import SHAPES

ROOT = Path(__file__).parents[1]
Row = dict[str, Any]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_card_is_what_a_build_writes() -> None:
    written = render_card(read(CARD), quantclaims.load_claims(), quantclaims.load_articles())
    assert {name: content.decode() for name, content in written.items()} == {name: read(name) for name in (CARD, PAGE)}


def test_every_column_and_vocabulary_is_on_the_card() -> None:
    card = read(CARD)
    for fields in TABLES.values():
        for field in fields():
            assert f"| `{field.name}` | " in card
            assert field.description.replace("<", "&lt;") in card
    used = {field.vocabulary for fields in TABLES.values() for field in fields()} - {None}
    assert used < set(SHAPES)
    assert all(f"| `{name}` | " in card for name in used)


def test_links_of_the_page_lead_somewhere() -> None:
    for page in (CARD, PAGE):
        links = re.findall(r"\]\(([^)#]+)\)", read(page))
        assert links
        for link in links:
            assert link.startswith("https://") or (ROOT / page).parent.joinpath(link).exists(), f"{page}: {link}"


def test_front_matter_names_the_tables() -> None:
    front = yaml.safe_load(read(PAGE).split("---\n")[1])
    assert {each["config_name"]: each["data_files"] for each in front["configs"]} == {
        name: f"{name}.parquet" for name in TABLES
    }
    assert [each["config_name"] for each in front["configs"] if each.get("default")] == ["claims"]
    assert front["license"] == "cc-by-4.0"
    assert set(front["language"]) == set(quantclaims.load_articles()["language"].to_list())


def test_rows_are_counted() -> None:
    claims, articles = quantclaims.load_claims(), quantclaims.load_articles()
    counted = make_tables(claims, articles)["composition"]
    assert f"| articles | {articles.height}: pl 3, en 1, ro 1 |" in counted
    assert f"| denials | {claims.filter('is_denial').height} |" in counted
    nothing = make_tables(claims.clear(), articles.clear())["composition"]
    assert "| claims | 0 |" in nothing
    assert "| published | not known |" in nothing


def test_a_build_brings_the_card_beside_it_up_to_date(tmp_path: Path) -> None:
    markers = "".join(f"<!-- {name}:start -->\nstale words\n<!-- {name}:end -->\n" for name in names())
    (tmp_path / CARD).write_text(f"# Card\n![x](docs/x.svg) [y](https://y.org)\n{markers}", encoding="utf-8")
    (tmp_path / "dataset" / "articles").mkdir(parents=True)
    article = 'language = "en"\npublished = "2024-06-01"'
    (tmp_path / "dataset" / "articles" / "a.md").write_text(f"+++\n{article}\n+++\nRussia lost 40 tanks in May.\n")
    build_dataset(tmp_path / "dataset" / "articles", tmp_path / "dataset")
    card, page = ((tmp_path / name).read_text(encoding="utf-8") for name in (CARD, PAGE))
    assert "| claims | 1: en 1 |" in card
    assert "stale words" not in card
    assert "![x](../docs/x.svg) [y](https://y.org)" in page
    stamps = [(tmp_path / name).stat().st_mtime_ns for name in (CARD, PAGE)]
    build_dataset(tmp_path / "dataset" / "articles", tmp_path / "dataset")
    assert [(tmp_path / name).stat().st_mtime_ns for name in (CARD, PAGE)] == stamps
    build_dataset(tmp_path / "dataset" / "articles", tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere" / "README.md").exists()
    (tmp_path / CARD).write_text(markers.replace("<!-- vocabularies:end -->", ""), encoding="utf-8")
    with pytest.raises(BuildError, match=r"DATACARD\.md: no <!-- vocabularies:start --> with .*: put both"):
        build_dataset(tmp_path / "dataset" / "articles", tmp_path / "dataset")


def names() -> list[str]:
    return list(make_tables(quantclaims.load_claims(), quantclaims.load_articles()))


BROKEN: dict[str, Callable[[str], str]] = {
    "no start": lambda page: page.replace("<!-- a:start -->", ""),
    "no end": lambda page: page.replace("<!-- a:end -->", ""),
    "end before start": lambda _: "<!-- a:end --> <!-- a:start -->",
}


@pytest.mark.parametrize("breaking", BROKEN.values(), ids=BROKEN.keys())
def test_markers_that_are_missing(breaking: Callable[[str], str]) -> None:
    page = "before\n<!-- a:start -->\nstale words\n<!-- a:end -->\nafter\n"
    assert put_between(page, "a", "new") == page.replace("stale words", "new")
    with pytest.raises(ValueError, match="put both where the table belongs"):
        put_between(breaking(page), "a", "new")


@pytest.mark.parametrize("table", TABLES)
def test_the_folder_loads_as_a_hugging_face_dataset(
    table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets", reason="pip install datasets")
    loaded = datasets.load_dataset(str(ROOT / "dataset"), table, cache_dir=str(tmp_path))["train"]
    frame = pl.read_parquet(ROOT / "dataset" / f"{table}.parquet")
    assert loaded.column_names == frame.columns
    assert loaded.num_rows == frame.height
