"""`quantclaims verify`: what it prints, what it writes, its exit codes, broken input."""

import json
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import polars as pl
import pytest
from typer.testing import CliRunner

from quantclaims import extract_claims, load_claims
from quantclaims.cli import app
from quantclaims.pages.read import read_articles
from quantclaims.schemas import contribution
from quantclaims.verifying.rows import verify_rows

ROOT = Path(__file__).parents[1]
TEXT = (
    "Fuel for the islands\n\n"
    "The ferry brought about 40 tonnes of fuel in January 2024, the Norwegian defence ministry said.\n"
)
QUOTE = "about 40 tonnes of fuel"
START = TEXT.index(QUOTE)


class Shown(NamedTuple):
    code: int
    out: str
    err: str


Verify = Callable[..., Shown]


@pytest.fixture
def verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Verify:
    """The command in a folder with one article; the rows are given as the text of a file."""
    articles = tmp_path / "articles"
    articles.mkdir()
    head = '+++\nid = "fuel"\nlanguage = "en"\ntitle = "Fuel"\npublished = "2024-02-03"\n+++\n'
    (articles / "fuel.md").write_text(head + TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run(rows: str | bytes | None = None, *options: str, name: str = "rows.csv", where: str = "articles") -> Shown:
        if rows is not None:
            Path(name).write_bytes(rows if isinstance(rows, bytes) else rows.encode())
        shown = CliRunner().invoke(app, ["verify", name, "--articles", where, *options])
        assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
        return Shown(shown.exit_code, shown.stdout, shown.stderr)

    return run


def test_supported_rows(verify: Verify) -> None:
    shown = verify(f"article_id,quote,value,unit\nfuel,{QUOTE},40,t\nfuel,40 tonnes,40,t\n")
    assert shown == (0, "rows.csv: 2 rows: 2 supported\n", "")


def test_findings_say_line_row_column_and_what_the_text_says(verify: Verify) -> None:
    shown = verify(
        "claim_id,article_id,quote,quote_start,value,unit,claimant\n"
        f",fuel,{QUOTE},{START},40,t,no-defence-ministry\n"
        f"fuel#{START + 9},fuel,{QUOTE},{START + 3},400,kg,c4ads\n"
        "fuel#7,fuel,nine tankers,1,9,,\n"
    )
    assert shown.code == 1
    assert shown.err == ""
    lines = shown.out.splitlines()
    assert lines[-1] == "rows.csv: 3 rows: 1 supported, 1 contradicted, 1 not found; 1 to be mended (--fix writes them)"
    assert "rows.csv:3: value: '400' is contradicted: the text says 40 [contradicted]" in lines
    assert "rows.csv:3: unit: 'kg' is contradicted: the text says t [contradicted]" in lines
    mends = f"quote_start = {START}, claim_id = fuel#{START + 6}"
    assert f"rows.csv:3: to be mended (--fix writes it): {mends} [mendable]" in lines
    assert "rows.csv:4: quote: 'nine tankers' is not found: the article does not have it [not_found]" in lines


def test_json_tells_every_field(verify: Verify) -> None:
    shown = verify(f"article_id,quote,quote_start,value\nfuel,{QUOTE},0,41\n", "--format", "json")
    found = json.loads(shown.out)
    assert shown.code == 1
    assert {key: value for key, value in found.items() if key != "results"} == {
        "file": "rows.csv",
        "rows": 1,
        "supported": 0,
        "contradicted": 1,
        "not_found": 0,
        "mendable": 1,
    }
    assert found["results"] == [
        {
            "line": 2,
            "row": QUOTE,
            "article_id": "fuel",
            "verdict": "contradicted",
            "fields": [
                {"field": "quote", "verdict": "supported", "claimed": QUOTE, "says": None},
                {"field": "value", "verdict": "contradicted", "claimed": 41.0, "says": "40"},
            ],
            "mend": {"quote_start": START},
        }
    ]


def test_json_counts_what_was_mended(verify: Verify) -> None:
    found = json.loads(verify(f"article_id,quote,quote_start\nfuel,{QUOTE},0\n,x,\n", "--format", "json", "--fix").out)
    assert (found["mended"], found["supported"], found["not_found"], "mendable" in found) == (1, 1, 1, False)
    assert found["results"][1]["fields"][0]["claimed"] == ""


def test_json_of_what_is_no_number_and_of_days(verify: Verify) -> None:
    rows = {"article_id": ["fuel"], "quote": [QUOTE], "value": [float("nan")], "period_start": [date(2023, 1, 1)]}
    pl.DataFrame(rows).write_parquet("rows.parquet")
    shown = verify(None, "--format", "json", name="rows.parquet")
    fields = {each["field"]: each for each in json.loads(shown.out)["results"][0]["fields"]}
    assert (fields["value"]["claimed"], fields["value"]["says"]) == ("nan", "40")
    assert (fields["period_start"]["claimed"], fields["period_start"]["says"]) == ("2023-01-01", "2024-01")
    assert json.loads(shown.out)["results"][0]["line"] == 1


def test_what_is_shown_cannot_act(verify: Verify) -> None:
    shown = verify("article_id,quote\nfuel,\x1b[31mred\u202e\n")
    assert shown.code == 1
    assert "\\x1b[31mred\\u202e" in shown.out
    assert "\x1b" not in shown.out


def test_lists_and_empty_cells_are_shown_as_such(verify: Verify) -> None:
    shown = verify(f"article_id,quote,via,unit\nfuel,{QUOTE},tass;ria,kg\nfuel,,,\n")
    assert "unit: 'kg' is contradicted: the text says t" in shown.out
    assert "via: 'tass, ria' is not found: the text does not name tass, ria" in shown.out
    assert "rows.csv:3: quote: 'empty' is not found: the row quotes nothing" in shown.out


def test_limit_counts_the_rest(verify: Verify) -> None:
    rows = "article_id,quote\n" + "fuel,nothing of it\n" * 5
    assert "… and 3 more: --limit 0 lists all" in verify(rows, "--limit", "2").out
    assert verify(rows, "--limit", "0").out.count("is not found: the article does not have it") == 5


# --- reports for programs

BROKEN = (
    f"claim_id,article_id,quote,quote_start,value\n,fuel,{QUOTE},{START},40\nfuel#7,fuel,{QUOTE},0,400\n,fuel,x,,many\n"
)


def test_github_annotates_the_lines(verify: Verify) -> None:
    shown = verify(BROKEN, "--format", "github")
    assert (shown.code, shown.err) == (1, "")
    assert shown.out.splitlines() == [
        "::error file=rows.csv,line=3,title=value (contradicted)::fuel#7: '400' is contradicted: the text says 40",
        f"::error file=rows.csv,line=3,title=mendable::fuel#7: to be mended (--fix writes it): quote_start = {START},"
        f" claim_id = fuel#{START + 7}",
        "::error file=rows.csv,line=4,title=value (value_type)::'many' must be a number, written like 1600000 or 2.5, "
        "without unit and spaces",
        "::error file=rows.csv,line=4,title=quote (not_found)::x: 'x' is not found: the article does not have it",
    ]
    mended = verify(BROKEN, "--format", "github", "--fix")
    assert "mend" not in mended.out
    assert "fuel#7: '400' is contradicted" in mended.out
    assert verify(f"article_id,quote\nfuel,{QUOTE}\n", "--format", "github") == (0, "", "")


def test_sarif_names_rules_and_places(verify: Verify) -> None:
    (run,) = json.loads(verify(BROKEN, "--format", "sarif").out)["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        "contradicted",
        "mendable",
        "value_type",
        "not_found",
    ]
    places = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"]]
    assert places == [3, 3, 4, 4]


def test_junit_counts_each_kind(verify: Verify) -> None:
    rows = "article_id,quote\n" + "fuel,nothing of it\n" * 50
    suite = ElementTree.fromstring(verify(rows, "--format", "junit").out).find("testsuite")
    assert suite is not None
    assert (suite.get("name"), suite.get("failures")) == ("rows.csv", "1")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert (failure.get("message") or "").startswith("50 times: ")
    assert (failure.text or "").endswith("(and 30 more like this) [not_found]")


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_reports_of_files_without_rows(verify: Verify, form: str) -> None:
    shown = verify("article_id,title,url,language\nfuel,Fuel,,en\n", "--format", form)
    assert (shown.code, shown.err) == (2, "")
    assert "holds articles, not claims" in shown.out


def test_rows_of_parquet_are_numbered(verify: Verify) -> None:
    pl.DataFrame({"article_id": ["fuel", "fuel"], "quote": [QUOTE, "x"]}).write_parquet("rows.parquet")
    assert verify(None, name="rows.parquet").out.startswith("rows.parquet: row 2: x: quote: 'x' is not found: ")
    assert "line=" not in verify(None, "--format", "github", name="rows.parquet").out


# --- --fix


def test_fix_writes_what_can_be_mended_and_nothing_else(verify: Verify) -> None:
    before = (
        "\ufeffnote;claim_id;article_id;quote;quote_start;quote_end;quote_prefix;value\r\n"
        f'" keep;me ";fuel#{START + 11};fuel;"{QUOTE.upper()}";{START + 5};{START + 28};no;40\r\n'
        f"'=1+1;fuel#1;fuel;no such words;1;2;;007\r\n"
    )
    shown = verify(before, "--fix")
    assert shown.code == 1  # the second row is still not found
    assert shown.out.endswith("2 rows: 1 supported, 1 not found; 1 mended\n")
    prefix = TEXT[max(0, START - 32) : START]
    assert Path("rows.csv").read_bytes().decode() == (
        "\ufeffnote;claim_id;article_id;quote;quote_start;quote_end;quote_prefix;value\r\n"
        f'" keep;me ";fuel#{START + 6};fuel;"{QUOTE}";{START};{START + 23};"{prefix}";40\r\n'
        "'=1+1;fuel#1;fuel;no such words;1;2;;007\r\n"
    )
    again = verify(None)
    assert "to be mended" not in again.out


def test_fix_alone_makes_rows_fine(verify: Verify) -> None:
    rows = f'{{"article_id": "fuel", "quote": "{QUOTE}", "quote_start": 0, "extra": {{"a": [1.0]}}}}\n'
    assert verify(rows, name="rows.jsonl").code == 1
    assert verify(None, "--fix", name="rows.jsonl").code == 0
    assert Path("rows.jsonl").read_text() == rows.replace('"quote_start": 0', f'"quote_start": {START}')
    assert verify(None, name="rows.jsonl") == (0, "rows.jsonl: 1 row: 1 supported\n", "")


def test_fix_without_anything_to_mend_writes_nothing(verify: Verify) -> None:
    verify(f"article_id,quote\nfuel,{QUOTE}\n")
    before = Path("rows.csv").stat().st_mtime_ns
    assert verify(None, "--fix").code == 0
    assert Path("rows.csv").stat().st_mtime_ns == before


def test_fix_follows_renamed_rows(verify: Verify) -> None:
    """Rows that name a mended row by its id name it by the new one."""
    verify(
        "claim_id,article_id,quote,quote_start,value,base_claim_id,relation,discrepancy\n"
        f"fuel#{START + 9},fuel,{QUOTE},{START + 3},40,,,other#1\n"
        f"other#1,other,x,0,1,fuel#{START + 9},part_of,fuel#{START + 9};z#1\n",
        "--fix",
    )
    mended = pl.read_csv("rows.csv")
    assert mended["claim_id"].to_list() == [f"fuel#{START + 6}", "other#1"]
    assert mended["base_claim_id"][1] == f"fuel#{START + 6}"
    assert mended["discrepancy"].to_list() == ["other#1", f"fuel#{START + 6};z#1"]


def test_fix_gives_no_row_the_id_of_another(verify: Verify) -> None:
    rows = (
        "claim_id,article_id,quote,quote_start\n"
        f"fuel#{START + 6},fuel,{QUOTE},{START}\n"
        f"fuel#{START + 9},fuel,{QUOTE},{START + 3}\n"
    )
    verify(rows, "--fix")
    assert Path("rows.csv").read_text() == rows


def test_fix_writes_through_a_link(verify: Verify) -> None:
    Path("kept").mkdir()
    Path("kept/rows.csv").write_text(f"article_id,quote,quote_start\nfuel,{QUOTE},0\n")
    Path("rows.csv").symlink_to("kept/rows.csv")
    assert verify(None, "--fix").code == 0
    assert Path("rows.csv").is_symlink()
    assert str(START) in Path("kept/rows.csv").read_text()


def test_fix_that_cannot_write(verify: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = f"article_id,quote,quote_start\nfuel,{QUOTE},0\n"

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("quantclaims.verifying.mending.replace_files", fail)
    shown = verify(rows, "--fix")
    assert shown == (1, "", "rows.csv: cannot be written, permission denied: see that you may write it\n")
    assert Path("rows.csv").read_text() == rows


def test_fix_of_a_file_that_changes_meanwhile(verify: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    from quantclaims.verifying import command

    def change(*arguments: Any) -> Any:
        Path("rows.csv").write_text("article_id,quote,quote_start\nfuel,other words,0\n")
        return verify_rows(*arguments)

    monkeypatch.setattr(command, "verify_rows", change)
    shown = verify(f"article_id,quote,quote_start\nfuel,{QUOTE},5\n", "--fix")
    assert shown == (1, "", "rows.csv: has changed since it was read: verify it again\n")
    assert "other words" in Path("rows.csv").read_text()


def test_fix_of_the_dataset_itself_keeps_its_footer(verify: Verify, tmp_path: Path) -> None:
    shutil.copy(ROOT / "dataset" / "claims.parquet", "claims.parquet")
    before = Path("claims.parquet").read_bytes()
    shown = verify(None, "--fix", name="claims.parquet", where=str(ROOT / "dataset" / "articles"))
    assert shown.code == 0
    assert Path("claims.parquet").read_bytes() == before


# --- broken input

MISUSE = {
    "no such file": (None, "nope.csv", "nope.csv: there is no such file"),
    "no columns of claims": ("one,two\n1,2\n", "rows.csv", "rows.csv: 'one, two' no column of "),
    "no quotes": ("claim_id,value\na#1,2\n", "rows.csv", "rows.csv:1: article_id: the column is missing"),
    "articles": ("article_id,title,url,language\nfuel,Fuel,,en\n", "rows.csv", "rows.csv: holds articles, not claims"),
    "empty": ("", "rows.csv", "rows.csv: is empty"),
    "a workbook": (b"PK\x03\x04rest", "rows.xlsx", "rows.xlsx: is a workbook"),
    "damaged Parquet": (b"PAR1rest", "rows.parquet", "rows.parquet: is damaged Parquet"),
    "a folder": (None, "articles", "articles: is a folder"),
}


@pytest.mark.parametrize(("rows", "name", "message"), MISUSE.values(), ids=MISUSE.keys())
def test_no_rows_to_verify(verify: Verify, rows: str | bytes | None, name: str, message: str) -> None:
    shown = verify(rows, name=name)
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.startswith(message)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("nope", "nope: there is no such folder: name the one that holds the articles\n"),
        ("rows.csv", "rows.csv: is no folder: name the folder that holds the articles\n"),
    ],
)
def test_no_articles(verify: Verify, where: str, message: str) -> None:
    shown = verify(f"article_id,quote\nfuel,{QUOTE}\n", where=where)
    assert shown == (2, "", message)


def test_cells_that_cannot_be_read_are_named_and_the_rest_is_verified(verify: Verify) -> None:
    shown = verify(f"article_id,quote,value,claimant\nfuel,{QUOTE},forty,C4ADS\nfuel\n")
    assert shown.code == 1
    assert shown.out.endswith("rows.csv: 1 row: 1 supported\n")
    lines = shown.err.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["rows.csv:3", "rows.csv:2", "rows.csv:2"]
    assert ["value" in lines[1], "claimant" in lines[2], "c4ads" in lines[2]] == [True] * 3


def test_articles_that_cannot_be_read_are_named_and_the_rest_is_used(verify: Verify) -> None:
    Path("articles/broken.md").write_text("no front matter")
    shown = verify(f"article_id,quote\nfuel,{QUOTE}\nbroken,x\n")
    assert shown.code == 1
    assert shown.err.startswith("articles/broken.md:1: has no front matter")
    assert "rows.csv:3: article_id: 'broken' is not found: there is no such article" in shown.out


def test_rows_with_nothing_in_them(verify: Verify) -> None:
    shown = verify("article_id,quote,value\n,,1\nfuel,,2\n,x,3\n")
    assert shown.code == 1
    assert shown.out.count("is not found") == shown.out.count("[not_found]") == 3
    assert "the row names no article" in shown.out
    assert "the row quotes nothing" in shown.out


def test_no_row_at_all(verify: Verify) -> None:
    shown = verify("article_id,quote\n")
    assert shown == (0, "rows.csv: 0 rows: nothing to verify\n", "")


def test_contributed_rows(verify: Verify) -> None:
    """As dataset/contributed.csv has them: what the build fills in is empty."""
    given = {"article_id": "fuel", "quote": QUOTE, "value": "40", "qualifier": "approximately", "unit": "t"}
    given |= {"items": "fuel", "claimant": "no-defence-ministry", "period": "2024-01", "contributor": "A. Reader"}
    names = [field.name for field in contribution.fields()]
    cells = [given.get(name, "") for name in names]
    shown = verify(f"{','.join(names)}\n{','.join(cells)}\n", name="contributed.csv")
    assert (shown.code, shown.out) == (0, "contributed.csv: 1 row: 1 supported\n")


# --- what the machine wrote


def test_the_dataset_is_supported_by_its_articles() -> None:
    articles, problems = read_articles(ROOT / "dataset" / "articles")
    assert problems == []
    rows = load_claims().to_dicts()
    verdicts = verify_rows(rows, {article.article_id: article for article in articles})
    wrong = [(each.row, field) for each in verdicts for field in each.fields if field.verdict != "supported"]
    assert wrong == []
    assert [each.row for each in verdicts if each.mend] == []
    assert len(verdicts) == len(rows) > 0


def test_rows_of_an_older_text_are_found_again() -> None:
    """A paragraph that is put before an article moves every row, and changes the verdict of none."""
    articles, _ = read_articles(ROOT / "dataset" / "articles")
    for article in articles:
        rows = [{**claim._asdict(), "items": list(claim.items)} for claim in extract_claims(article)]
        added = "A word before.\n\n"
        moved = article._replace(text=added + article.text)
        for row, verdict in zip(rows, verify_rows(rows, {article.article_id: moved}), strict=True):
            assert verdict.verdict == "supported", verdict
            assert verdict.mend["quote_start"] == row["quote_start"] + len(added)
            assert (
                verdict.mend["claim_id"]
                == f"{article.article_id}#{int(row['claim_id'].partition('#')[2]) + len(added)}"
            )


def test_the_command_loads_on_its_own() -> None:
    """Nothing else has to be imported before."""
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", "import quantclaims.verifying.command"], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
