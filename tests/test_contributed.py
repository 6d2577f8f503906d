"""Claims that people wrote: they stand in the dataset beside the machine's, or the build says why not."""

import csv
from io import StringIO
from pathlib import Path

import polars as pl
import pytest

from quantclaims.build import BuildError, build_dataset
from quantclaims.schemas import contribution
from quantclaims.schemas.vocabularies import load_vocabulary

DATASET = Path(__file__).parents[1] / "dataset"
COLUMNS = [field.name for field in contribution.fields()]
ARTICLE = """+++
language = "en"
published = "2024-03-05"
+++
The ministry said on 4 March that 1,200 drones were delivered in February.

The harbour is short of cranes: a dozen were promised, said Ann Example, and a dozen were lost.
"""
"""The last sentence has a figure twice in the same words."""

Row = dict[str, str]

SOUND: Row = {
    "article_id": "drones",
    "quote": "short of cranes",
    "value": "12",
    "qualifier": "approximately",
    "unit": "1",
    "change": "level",
    "item_text": "cranes",
    "item_lemma": "crane",
    "stance": "demanded",
    "is_denial": "false",
    "claimant_text": "Ann Example",
    "period_basis": "unknown",
    "stated": "2024-03",
    "contributor": "Bo",
    "date": "2024-05-06",
}


def build(tmp_path: Path, *rows: Row) -> pl.DataFrame:
    articles = tmp_path / "articles"
    articles.mkdir(exist_ok=True)
    (articles / "drones.md").write_text(ARTICLE, encoding="utf-8")
    written = StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "contributed.csv").write_text(written.getvalue(), encoding="utf-8", newline="")
    build_dataset(articles, tmp_path / "out")
    return pl.read_parquet(tmp_path / "out" / "claims.parquet", memory_map=False)


def refusal(tmp_path: Path, *rows: Row) -> list[str]:
    with pytest.raises(BuildError) as error:
        build(tmp_path, *rows)
    assert not (tmp_path / "out").exists()
    return [line.removeprefix(f"{tmp_path}/") for line in error.value.lines]


def test_a_row_stands_beside_those_of_the_machine(tmp_path: Path) -> None:
    machine = build(tmp_path)
    claims = build(tmp_path, SOUND)
    assert claims.height == machine.height + 1
    row = claims.row(by_predicate=pl.col("review") == "contributed", named=True)
    start = ARTICLE.partition("+++\n")[2].partition("+++\n")[2].index("short of cranes")
    assert row["claim_id"] == f"drones#{start}"
    assert (row["quote_start"], row["quote_end"]) == (start, start + len("short of cranes"))
    assert row["quote_prefix"].endswith("The harbour is ")
    assert row["quote_suffix"].startswith(": a dozen were")
    assert (row["value"], row["value_low"], row["value_high"]) == (12, None, None)
    assert (row["stated_start"].isoformat(), row["stated_end"].isoformat()) == ("2024-03-01", "2024-03-31")
    assert (row["language"], row["published_start"].isoformat()) == ("en", "2024-03-05")
    assert (row["topic_key"], row["source_reliability"], row["rules"]) == ("-|crane|-|-", "F", [])


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("exact", 12, 12),
        ("at_most", None, 12),
        ("less_than", None, 12),
        ("at_least", 12, None),
        ("more_than", 12, None),
    ],
)
def test_bounds_and_register_are_filled_in(tmp_path: Path, qualifier: str, low: int | None, high: int | None) -> None:
    claims = build(tmp_path, SOUND | {"qualifier": qualifier, "claimant": "kp-government"})
    row = claims.row(by_predicate=pl.col("review") == "contributed", named=True)
    assert (row["value_low"], row["value_high"]) == (low, high)
    entry = load_vocabulary("claimants")["kp-government"].details
    said = (row["claimant_country"], row["claimant_type"], row["source_reliability"])
    assert said == (entry["country"], entry["type"], entry["reliability"])


def test_the_id_is_that_of_the_figure(tmp_path: Path) -> None:
    machine = build(tmp_path)
    first = machine.row(by_predicate=pl.col("value") == 1200, named=True)
    lines = refusal_of_change(
        tmp_path, SOUND | {"quote": "on 4 March that 1,200 drones", "value": "1200", "qualifier": "exact"}
    )
    assert first["claim_id"] in lines[0]


def test_a_quote_that_stands_twice_needs_its_offset(tmp_path: Path) -> None:
    row = SOUND | {"quote": "a dozen were"}
    (line,) = refusal(tmp_path, row)
    text = ARTICLE.partition("+++\n")[2].partition("+++\n")[2]
    first, second = text.index("a dozen were"), text.rindex("a dozen were")
    what = "contributed.csv:2: the article has 'a dozen were' more than once"
    assert line == f"{what}: write one of {first}, {second} into quote_start"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"quote": "short of carnes"},
            "contributed.csv:2: the article does not have 'short of carnes': "
            "copy the quote from the article's text, letter by letter",
        ),
        (
            {"quote_start": "3"},
            "contributed.csv:2: 'short of cranes' does not begin at character 3: write 91 into quote_start, or nothing",
        ),
        ({"article_id": "drone"}, "contributed.csv:2: there is no article 'drone': did you mean drones?"),
        (
            {"article_id": "../../etc/passwd"},
            "contributed.csv:2: there is no article '../../etc/passwd': known are drones",
        ),
        ({"unit": "hectares"}, "contributed.csv:2: unit: 'hectares' is no unit: join UCUM atoms"),
        ({"stance": "maybe"}, "contributed.csv:2: stance: 'maybe' must be an id of vocabularies/stances.toml"),
        ({"contributor": " "}, "contributed.csv:2: contributor: ' ' is empty: write who adds the row"),
        ({"contributor": ""}, "contributed.csv:2: contributor: is empty: write who adds the row"),
        ({"claimant_text": ""}, "contributed.csv:2: claimant: 'claimant = , claimant_text = ' nobody vouches"),
        ({"note": "see \u202egpj.exe"}, r"contributed.csv:2: note: 'see \u202egpj.exe' holds characters"),
        (
            {"base_claim_id": "drones#9999", "relation": "part_of"},
            "claims.parquet: drones#91: base_claim_id: 'base_claim_id = drones#9999, ",
        ),
        ({"date": "6 May 2024"}, "contributed.csv:2: date: '6 May 2024' must be a day, written YYYY-MM-DD"),
        ({"value": "12", "qualifier": "between"}, "contributed.csv:2: qualifier: 'qualifier = between, value = 12.0"),
    ],
)
def test_rows_that_are_refused(tmp_path: Path, changes: Row, line: str) -> None:
    (refused,) = refusal(tmp_path, SOUND | changes)
    assert refused.startswith(line)


def test_two_rows_of_one_figure(tmp_path: Path) -> None:
    assert refusal(tmp_path, SOUND, SOUND | {"value": "13"}) == [
        "contributed.csv:3: an earlier line says something of this figure too (drones#91): remove one of the two"
    ]


def test_a_figure_that_the_machine_reads_goes_through_reviews(tmp_path: Path) -> None:
    found = build(tmp_path).row(by_predicate=pl.col("value") == 1200, named=True)
    row = SOUND | {"quote": found["quote"], "value": "1300", "qualifier": "exact"}
    (line,) = refusal_of_change(tmp_path, row)
    assert line.startswith(f"contributed.csv:2: the machine reads this figure too ({found['claim_id']}): correct value")
    assert line.endswith("in reviews.csv and remove this line, or reject the machine's row there")
    (tmp_path / "reviews.csv").write_text(
        "claim_id,decision,field,expect,value,reviewer,date,note\n"
        f'{found["claim_id"]},reject,,"{found["quote"]}",,Ann,2024-05-06,\n',
        encoding="utf-8",
    )
    mine = build(tmp_path, row).row(by_predicate=pl.col("claim_id") == found["claim_id"], named=True)
    assert (mine["value"], mine["review"]) == (1300, "contributed")


def refusal_of_change(tmp_path: Path, row: Row) -> list[str]:
    # as `refusal`, where a dataset stands already: it stays as it was
    before = (tmp_path / "out" / "claims.parquet").read_bytes()
    with pytest.raises(BuildError) as error:
        build(tmp_path, row)
    assert (tmp_path / "out" / "claims.parquet").read_bytes() == before
    return [line.removeprefix(f"{tmp_path}/") for line in error.value.lines]


def test_another_header_and_an_empty_file(tmp_path: Path) -> None:
    build(tmp_path)
    path = tmp_path / "contributed.csv"
    path.write_text("article_id,quote\ndrones,a dozen\n", encoding="utf-8")
    with pytest.raises(BuildError, match="unit: the column is missing"):
        build_dataset(tmp_path / "articles", tmp_path / "out")
    path.write_text("", encoding="utf-8")
    with pytest.raises(BuildError, match="is empty: begin with a line that names the columns"):
        build_dataset(tmp_path / "articles", tmp_path / "out")


def test_the_dataset_has_its_header() -> None:
    assert (DATASET / "contributed.csv").read_text(encoding="utf-8").startswith(",".join(COLUMNS) + "\n")
