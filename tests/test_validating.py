"""The command: what it prints in each format, how it ends, how long it takes."""

import doctest
import importlib
import json
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from time import process_time
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

import quantclaims.validating
from quantclaims.schemas import article, claim
from quantclaims.storage.frames import frame_from_rows
from quantclaims.validating.checking import check_rows
from quantclaims.validating.command import run_validate, validate_paths
from quantclaims.validating.findings import LIMIT, Finding, count_kinds
from quantclaims.validating.readers import read_rows
from quantclaims.validating.reports import FORMATS, render_report
from quantclaims.validating.spreadsheets import write_template
from quantclaims.validating.template import describe_columns, run_template

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).with_name("quantclaims")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DATASET = [ROOT / "dataset" / name for name in ("claims.parquet", "articles.parquet")]

Row = dict[str, Any]


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [str(COMMAND), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("module", [module.name for module in pkgutil.iter_modules(quantclaims.validating.__path__)])
def test_examples_in_docstrings(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"quantclaims.validating.{module}")).failed == 0


# --- the README


def test_readme_shows_what_it_says(tmp_path: Path) -> None:
    section = README.partition("## Validate\n")[2].partition("\n## ")[0]
    (rows,) = re.findall(r"^```csv\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    (shown,) = re.findall(r"^```text\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    (command,) = re.findall(r"^```sh\n.venv/bin/quantclaims (.*?)\n```", section, re.MULTILINE | re.DOTALL)
    (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
    ended = run(*command.split(), cwd=tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, shown, "")
    assert set(re.findall("`([a-z]+)`", section.partition("`--format` is ")[2].partition(".")[0])) == FORMATS.keys()
    assert f"the first {LIMIT} rows" in section


def test_dataset_is_sound() -> None:
    ended = run("validate", *DATASET, ROOT / "dataset" / "reviews.csv", ROOT / "dataset" / "contributed.csv")
    assert ended.returncode == 0, ended.stdout
    assert ended.stdout.endswith("nothing found\n")


# --- exit codes


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str], claim_rows: list[Row]) -> None:
    sound, broken = tmp_path / "sound.csv", tmp_path / "broken.csv"
    text = write_template("claims", frame_from_rows(claim_rows, claim.Claim))
    sound.write_text(text, encoding="utf-8")
    broken.write_text(text.replace(",multiple_of,", ",multipleof,"), encoding="utf-8")
    assert run_validate([sound], "text") == 0
    assert run_validate([sound, broken], "text") == 1
    assert run_validate([sound, tmp_path / "none.csv"], "text") == 2
    assert "none.csv: there is no such file" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["validate"], ["validate", "a.csv", "--format", "yaml"], ["template", "rows"]])
def test_misuse(arguments: list[str]) -> None:
    ended = run(*arguments)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


# --- formats

ROWS = "claim_id,article_id,mentions\na#1,a,0\na#2,a,x\n"


def report(tmp_path: Path, format_: str, text: str = ROWS) -> str:
    path = tmp_path / "a b.csv"
    path.write_text(text, encoding="utf-8")
    checked = validate_paths([path])
    return render_report(
        checked._replace(findings=[f for f in checked.findings if f.rule != "column_present"]), format_
    )


def test_json_report(tmp_path: Path) -> None:
    made = json.loads(report(tmp_path, "json"))
    path = str(tmp_path / "a b.csv")
    assert made["files"] == [{"path": path, "table": "claims", "rows": 2}]
    first, second = made["findings"]
    assert first == {
        "path": path,
        "line": 2,
        "number": None,
        "row": "a#1",
        "column": "mentions",
        "value": "0",
        "rule": "mentions_positive",
        "message": "must be at least 1: the quote is a mention",
        "nearest": "1",
        "alike": 1,
    }
    assert (second["line"], second["row"], second["rule"], second["nearest"]) == (3, "a#2", "value_type", None)
    assert [(kind["rule"], kind["rows"]) for kind in made["kinds"]] == [("mentions_positive", 1), ("value_type", 1)]


def test_github_report(tmp_path: Path) -> None:
    first, second = report(tmp_path, "github").split("\n")
    assert first == (
        f"::error file={tmp_path}/a b.csv,line=2,title=mentions (mentions_positive)"
        "::a#1: '0' must be at least 1: the quote is a mention; nearest: 1"
    )
    assert second.startswith(f"::error file={tmp_path}/a b.csv,line=3,title=mentions (value_type)::a#2: 'x' must be")
    assert report(tmp_path, "github", "claim_id\na#1\n") == ""


def test_sarif_report(tmp_path: Path) -> None:
    made = json.loads(report(tmp_path, "sarif"))
    (ran,) = made["runs"]
    assert (made["version"], ran["tool"]["driver"]["name"]) == ("2.1.0", "quantclaims")
    rules = [rule["id"] for rule in ran["tool"]["driver"]["rules"]]
    assert rules == ["mentions_positive", "value_type"]
    for result, line in zip(ran["results"], (2, 3), strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (place,) = result["locations"]
        assert place["physicalLocation"]["region"] == {"startLine": line}
        assert place["physicalLocation"]["artifactLocation"]["uri"].endswith("/a%20b.csv")
        assert place["logicalLocations"] == [{"fullyQualifiedName": f"a#{line - 1}.mentions"}]


def test_junit_report(tmp_path: Path) -> None:
    (suite,) = ElementTree.fromstring(report(tmp_path, "junit"))
    assert (suite.get("tests"), suite.get("failures")) == ("2", "2")
    assert [case.get("name") for case in suite] == ["mentions: mentions_positive", "mentions: value_type"]
    (passed,) = ElementTree.fromstring(report(tmp_path, "junit", "claim_id\n"))
    assert (passed.get("tests"), passed.get("failures"), [case.get("name") for case in passed]) == (
        "1",
        "0",
        ["every rule"],
    )


def test_parquet_rows_have_numbers_and_no_lines(tmp_path: Path, claim_rows: list[Row]) -> None:
    path = tmp_path / "a.parquet"
    frame_from_rows(claim_rows, claim.Claim).with_columns(mentions=pl.Series([1, 0], dtype=pl.Int32)).write_parquet(
        path
    )
    checked = validate_paths([path])
    assert [(finding.line, finding.number) for finding in checked.findings] == [(None, 2)]
    assert f": row 2: {claim_rows[1]['claim_id']}: mentions: '0' must be" in render_report(checked, "text")
    assert ",line=" not in render_report(checked, "github")
    assert "region" not in render_report(checked, "sarif")


def test_findings_stand_in_the_order_of_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("claim_id,article_id,mentions,unit\na#1,a,1,ha\na#2,a,x,1\na#3,a,0,ha\nlost\n", encoding="utf-8")
    lines = [f.line for f in validate_paths([path]).findings if f.rule != "column_present"]
    assert lines == [2, 3, 4, 4, 5]


# --- what is said once


def test_a_cell_that_cannot_be_read_is_reported_once(tmp_path: Path, claim_rows: list[Row]) -> None:
    text = write_template("claims", frame_from_rows(claim_rows, claim.Claim))
    path = tmp_path / "a.csv"
    path.write_text(text.replace(",1200,1200,1200,", ",many,1200,1200,"), encoding="utf-8")
    assert [(f.line, f.column, f.rule) for f in check_rows(read_rows(path))] == [(2, "value", "value_type")]


def test_an_empty_cell_is_reported_once(tmp_path: Path, claim_rows: list[Row]) -> None:
    path = tmp_path / "a.jsonl"
    claim_rows[0]["qualifier"] = None
    path.write_text("".join(json.dumps(row, default=str) + "\n" for row in claim_rows), encoding="utf-8")
    assert [(f.line, f.column, f.rule) for f in check_rows(read_rows(path))] == [(1, "qualifier", "not_null")]


def test_many_alike_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("claim_id,article_id,mentions\n" + "".join(f"a#{n},a,0\n" for n in range(500)), encoding="utf-8")
    found = [finding for finding in validate_paths([path]).findings if finding.rule == "mentions_positive"]
    assert len(found) == LIMIT
    assert [finding.alike for finding in found] == [1] * (LIMIT - 1) + [500 - LIMIT + 1]
    assert [kind.rows for kind in count_kinds(found)] == [500]
    assert found[-1].line == LIMIT + 1


# --- claims with articles


def written(tmp_path: Path, claim_rows: list[Row], article_rows: list[Row]) -> list[Finding]:
    paths = [tmp_path / "claims.csv", tmp_path / "articles.csv"]
    paths[0].write_text(write_template("claims", frame_from_rows(claim_rows, claim.Claim)), encoding="utf-8")
    paths[1].write_text(write_template("articles", frame_from_rows(article_rows, article.Article)), encoding="utf-8")
    return list(validate_paths(paths).findings)


def test_claims_and_articles_agree(tmp_path: Path, claim_rows: list[Row], article_rows: list[Row]) -> None:
    assert written(tmp_path, claim_rows, article_rows) == []
    article_rows[0] |= {"claims": 3, "language": "pl"}
    found = written(tmp_path, claim_rows, article_rows)
    assert [(f.path.name, f.line, f.rule) for f in found] == [
        ("claims.csv", 2, "language_of_article"),
        ("claims.csv", 3, "language_of_article"),
        ("articles.csv", 2, "claims_count"),
    ]
    article_rows[0]["article_id"] = "tanks"
    assert {f.rule for f in written(tmp_path, claim_rows, article_rows)} == {"article_known", "claims_count"}


# --- reviews

REVIEWS = "claim_id,decision,field,expect,value,reviewer,date,note\n"


@pytest.mark.parametrize(
    ("line", "column", "rule", "nearest"),
    [
        ("a#1,confirmed,,x,,Ann,2024-05-06,", "decision", "decision_known", "confirm"),
        ("a#1,confirm,valu,1,,Ann,2024-05-06,", "field", "field_known", "value"),
        ("a#1,correct,topic_key,1,2,Ann,2024-05-06,", "field", "field_correctable", None),
        ("a#1,correct,,1,2,Ann,2024-05-06,", "field", "field_correctable", None),
        ("a#1,confirm,value,1,, ,2024-05-06,", "reviewer", "reviewer_given", None),
        ("a#1,confirm,value,1,,Ann,6.5.2024,", "date", "date_is_day", "2024-05-06"),
    ],
)
def test_reviews(tmp_path: Path, line: str, column: str, rule: str, nearest: str | None) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text(f"{REVIEWS}a#1,correct,value,1,2,Ann,2024-05-06,\n{line}\n", encoding="utf-8")
    found = validate_paths([path]).findings
    assert [(f.line, f.column, f.rule, f.nearest) for f in found] == [(3, column, rule, nearest)]


# --- template


def test_template_is_the_header_of_the_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for table, name in (("contributed", "contributed.csv"), ("reviews", "reviews.csv")):
        assert run_template(table, None, columns=False, for_excel=False) == 0
        header = capfdbinary.readouterr().out
        assert (ROOT / "dataset" / name).read_bytes().startswith(header)


def test_help_on_columns_is_that_of_the_schema(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run_template("contributed", None, columns=True, for_excel=False) == 0
    shown = capfdbinary.readouterr().out.decode()
    fields = {field.name: field for field in claim.fields()}
    for help_ in describe_columns("contributed"):
        assert re.search(rf"^{help_.column}( \(needed\))?$", shown, re.MULTILINE)
        if help_.column in fields:
            assert fields[help_.column].description in help_.meaning
            assert not fields[help_.column].derived
    assert "exact, approximately, less_than" in shown
    assert "claim_id" not in shown.split()


def test_template_with_rows_of_a_file(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run_template("claims", DATASET[0], columns=False, for_excel=True) == 0
    (tmp_path / "rows.csv").write_bytes(capfdbinary.readouterr().out)
    rows = read_rows(tmp_path / "rows.csv")
    assert rows.findings == ()
    assert rows.frame.to_dicts() == pl.read_parquet(DATASET[0], memory_map=False).to_dicts()
    assert run_template("claims", tmp_path / "none.csv", columns=False, for_excel=False) == 1


# --- time


@pytest.mark.parametrize("broken", [False, True])
def test_many_rows_take_no_time(tmp_path: Path, broken: bool) -> None:
    frame = pl.read_parquet(DATASET[0], memory_map=False)
    copies = pl.concat([frame] * (100_000 // frame.height + 1)).head(100_000).with_row_index("copy")
    number = pl.col("copy") // frame.height

    def rename(column: str) -> pl.Expr:
        parts = pl.col(column).str.split("#")
        return pl.format("{}-{}#{}", parts.list.first(), number, parts.list.last()).alias(column)

    copies = copies.with_columns(
        pl.format("{}-{}", "article_id", number).alias("article_id"),
        rename("claim_id"),
        pl.when(pl.col("base_claim_id").is_not_null()).then(rename("base_claim_id")),
        discrepancy=pl.lit([], dtype=pl.List(pl.String)),
    ).drop("copy")
    if broken:
        copies = copies.with_columns(unit=pl.lit("ha"), mentions=pl.lit(0, dtype=pl.Int32), period=pl.lit("March"))
    copies.write_parquet(tmp_path / "rows.parquet")
    started = process_time()
    found = validate_paths([tmp_path / "rows.parquet"]).findings
    assert process_time() - started < 4  # 0.6 s, of a processor that has nothing else to do
    assert {kind.rows for kind in count_kinds(found)} >= ({100_000} if broken else set())
    assert bool(found) is broken
