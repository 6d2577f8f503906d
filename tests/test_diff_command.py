"""`quantclaims diff`: versions by name, the forms of the report, exit codes, names that no version has."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest
from rich.console import Console
from typer.testing import CliRunner

from quantclaims.cli import app
from quantclaims.diff import Difference, compare_datasets
from quantclaims.diff_report import escape_markdown, print_tables, render_json, render_markdown, render_text
from quantclaims.storage.write import ARTICLES, CLAIMS, write_dataset
from quantclaims.versions import VersionError, ask_git, read_version

Row = dict[str, Any]
Git = Callable[..., None]
COMMAND = Path(sys.executable).with_name("quantclaims")


@pytest.fixture
def repository(tmp_path: Path, claim_rows: list[Row], article_rows: list[Row], git: Git) -> Path:
    """A repository with a released dataset, one commit that corrects a value, and a row more that is not committed."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    base = claim_rows[1]
    versions = [[base], [base | {"value_high": None, "qualifier": "at_least"}]]
    for rows, tag in zip(versions, ["v0.1.0", "corrected"], strict=True):
        write_dataset(rows, [article_rows[0] | {"claims": 1}], folder / "dataset")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", tag)
        git(folder, "tag", tag)
    write_dataset(claim_rows, article_rows, folder / "dataset")
    return folder


class Shown(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: object) -> Shown:
    """The command as typer calls it, in this process."""
    with chdir(folder):
        shown = CliRunner().invoke(app, ["diff", *map(str, arguments)])
    assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
    return Shown(shown.exit_code, shown.stdout, shown.stderr)


def run_alone(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(COMMAND), "diff", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


# --- versions by name


def test_a_released_version_and_the_working_tree(repository: Path) -> None:
    shown = run(repository, "0.1.0")
    assert (shown.returncode, shown.stderr) == (1, "")
    assert shown.stdout == (
        "claims: 1 added\n"
        '+ drones#130: "1,200 drones" (exact 1200, article)\n'
        "articles: 1 changed\n"
        "~ drones claims: 1 -> 2\n"
    ).replace("drones#130", "drones#67")


def test_two_revisions(repository: Path) -> None:
    shown = run_alone(repository, "v0.1.0", "main")
    assert (shown.returncode, shown.stderr) == (1, "")
    assert shown.stdout == (
        "claims: 1 changed\n"
        "~ drones#129 value_high: 400 -> null\n"
        "~ drones#129 qualifier: exact -> at_least\n"
        "articles: no difference\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dataset", "dataset"),
        (".", "dataset"),
        ("dataset/claims.parquet", "dataset"),
        ("dataset/claims.parquet", "dataset/claims.parquet"),
        ("main", "HEAD"),
        ("main:dataset", "corrected"),
        ("main:dataset/claims.parquet", "main:dataset/"),
        ("main:./dataset", "main"),
    ],
)
def test_names_of_the_same(repository: Path, old: str, new: str) -> None:
    shown = run(repository, old, new)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert set(shown.stdout.splitlines()) <= {"claims: no difference", "articles: no difference"}


def test_a_revision_from_a_folder_below(repository: Path) -> None:
    (repository / "notes").mkdir()
    assert run(repository / "notes", "v0.1.0", "main").returncode == 1


def test_a_file_comes_before_a_revision_of_its_name(repository: Path, git: Git) -> None:
    git(repository, "branch", "dataset")
    assert read_version(str(repository / "dataset")).tables["claims"].height == 2
    assert read_version("dataset:dataset", repository).tables["claims"].height == 1


def test_rows_as_csv_and_json_lines_are_the_same_rows(repository: Path) -> None:
    frame = pl.read_parquet(repository / "dataset" / CLAIMS)
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    texts = frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join(";"))
    texts.write_csv(repository / "claims.csv")
    frame.write_ndjson(repository / "claims.jsonl")
    for name in ("claims.csv", "claims.jsonl"):
        shown = run(repository, "dataset", name)
        assert (shown.returncode, shown.stdout, shown.stderr) == (0, "claims: no difference\n", "")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"claim_id,value\na#1,x\n", "a.csv:2: must be "),
        ("a.csv", b"one,two\n1,2\n", "a.csv: no column of "),
        ("a.csv", b"", "a.csv: is empty"),
        ("a.jsonl", b'{"claim_id": "a#1"\n', "a.jsonl:1: is no JSON"),
        ("a.parquet", b"PAR1 and no more", "a.parquet: is damaged Parquet"),
        ("a.parquet", b"x", "a.parquet: is no Parquet file"),
        ("a.xlsx", b"PK\x03\x04", "a.xlsx: is a workbook"),
    ],
)
def test_files_that_cannot_be_read(repository: Path, name: str, content: bytes, message: str) -> None:
    (repository / name).write_bytes(content)
    shown = run(repository, name)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr.startswith(message)
    assert shown.stderr.count("\n") == 1


MISUSE = {
    "no such revision": (["nope"], "nope: there is no such file, folder, revision or released version\n"),
    "no such version": (["9.9.9"], "9.9.9: there is no such file, folder, revision or released version\n"),
    "new unknown": (["main", "nope"], "nope: there is no such file, folder, revision or released version\n"),
    "an option of git": (["--", "--all"], "--all: there is no such file, folder, revision or released version\n"),
    "an option after a revision": (
        ["--", "-p:x"],
        "-p:x: there is no such file, folder, revision or released version\n",
    ),
    "the index": ([":dataset"], ":dataset: there is no such file, folder, revision or released version\n"),
    "a shell's words": (["main;ls"], "main;ls: there is no such file, folder, revision or released version\n"),
    "unprintable": (["a\nb\x1b[31m"], "a\\nb\\x1b[31m: there is no such file, folder, revision or released version\n"),
    "empty": ([""], "'' is no name of a file, folder or revision: give one\n"),
    "NUL": (["a\0b"], "a\\x00b: there is no such file, folder, revision or released version\n"),
    "no such path": (
        ["main:nope"],
        "main:nope: the revision has no nope: name one of its files or folders with main:PATH\n",
    ),
    "folder without tables": (
        ["main:other"],
        "main:other: the revision has no claims.parquet in other: name another folder or a file\n",
    ),
    "folder without claims": (["other"], "other: holds no claims.parquet: build it there, or name a file\n"),
    "claims with articles": (
        ["dataset/claims.parquet", "dataset/articles.parquet"],
        "dataset/claims.parquet and dataset/articles.parquet: one is of claims, the other of articles: "
        "name two of a kind\n",
    ),
}


@pytest.mark.parametrize(("arguments", "message"), MISUSE.values(), ids=MISUSE.keys())
def test_misuse(repository: Path, arguments: list[str], message: str, git: Git) -> None:
    (repository / "other").mkdir()
    (repository / "other" / "file").write_text("x")
    git(repository, "add", "other")
    git(repository, "commit", "-q", "-m", "a folder of something else")
    shown = run(repository, *arguments)
    assert (shown.returncode, shown.stdout, shown.stderr) == (2, "", message)


def test_no_repository(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(VersionError, match=r"^main: there is no such file or folder, and no git repository here"):
        read_version("main", tmp_path)


def test_no_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VersionError, match=r"^git cannot be run, no such file or directory: install it"):
        ask_git(tmp_path, "status")


def test_rows_without_a_key(repository: Path) -> None:
    twice = pl.read_parquet(repository / "dataset" / CLAIMS)
    pl.concat([twice, twice]).write_parquet(repository / "twice.parquet")
    shown = run(repository, "twice.parquet")
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr == (
        "twice.parquet and dataset cannot be compared: the old version has more than one row with claim_id "
        "'drones#67': run quantclaims validate on it\n"
    )


# --- forms


@pytest.fixture
def differences(claim_rows: list[Row]) -> dict[str, Difference]:
    """One row added, one removed, one changed in a text that does mischief, one moved; columns of every kind."""
    old = pl.DataFrame(
        {
            "claim_id": ["a#1", "a#2", "a#30"],
            "quote": ["one tank", "two tanks", "three tanks"],
            "value": [1.0, 2.0, 3.0],
            "gone": [1, 1, 1],
            "mentions": [1, 1, 1],
        }
    )
    new = pl.DataFrame(
        {
            "claim_id": ["a#2", "a#35", "a#40"],
            "quote": ["<b>@me</b>|[x](http://e.org)\n\u202e", "three tanks", "four tanks"],
            "value": [2.0, 3.0, float("inf")],
            "mentions": [1.0, 1.0, 1.0],
            "come": [1, 1, 1],
        }
    )
    return {"claims": compare_datasets(old.drop("gone"), new.drop("come"))._replace(
        columns_added=("come",), columns_removed=("gone",)
    )}  # fmt: skip


def test_text(differences: dict[str, Difference]) -> None:
    assert render_text(differences) == (
        "claims: 1 added, 1 removed, 1 changed, 1 only moved in their text, 1 columns added, 1 columns removed, "
        "1 columns retyped\n"
        "- column gone\n"
        "~ column mentions: Int64 -> Float64\n"
        "+ column come\n"
        '- a#1: "one tank" (1)\n'
        "~ a#2 quote: two tanks -> <b>@me</b>|[x](http://e.org)\\n\\u202e\n"
        '+ a#40: "four tanks" (inf)\n'
        "> claim_id: a#30 -> a#35\n"
    )


def test_markdown_makes_nothing_of_what_it_shows(differences: dict[str, Difference]) -> None:
    shown = render_markdown(differences)
    lines = shown.splitlines()
    assert lines[0].startswith("### Claims: 1 added, 1 removed, 1 changed")
    assert {line.count("|") for line in lines if line.startswith("|")} == {6}
    assert not re.search(r"[<>@\u202e]|\]\(|http://", shown)
    assert "&#60;b&#62;&#64;me" in shown


def test_json_is_whole(differences: dict[str, Difference]) -> None:
    found = json.loads(render_json("x", "y", differences))
    claims = found["tables"]["claims"]
    assert (found["old"], found["new"], found["same"]) == ("x", "y", False)
    assert claims["removed"][0] == {"claim_id": "a#1", "quote": "one tank", "value": 1.0, "mentions": 1}
    assert claims["added"][1]["value"] == "inf"
    assert claims["changed"] == [
        {
            "claim_id": "a#2",
            "fields": [{"column": "quote", "old": "two tanks", "new": "<b>@me</b>|[x](http://e.org)\n\u202e"}],
        }
    ]
    assert claims["columns_retyped"] == [{"column": "mentions", "old": "Int64", "new": "Float64"}]
    assert claims["moved"] == [{"old": "a#30", "new": "a#35"}]


def test_a_table_on_a_terminal(differences: dict[str, Difference], monkeypatch: pytest.MonkeyPatch) -> None:
    consoles = []

    def console() -> Console:
        consoles.append(Console(record=True, width=120))
        return consoles[-1]

    monkeypatch.setattr("rich.console.Console", console)
    print_tables(differences | {"articles": Difference((), (), (), (), (), ())})
    shown = consoles[0].export_text()
    assert "claims: 1 added, 1 removed" in shown
    assert "articles: no difference" in shown
    assert re.search(r"changed +a#2 +quote +two tanks +<b>@me</b>\|\[x\]\(http://e.org\)\\n\\u202e", shown)
    assert "moved" in shown


@pytest.mark.parametrize("limit", [1, 3])
def test_what_is_left_out_is_counted(differences: dict[str, Difference], limit: int) -> None:
    text, markdown = render_text(differences, limit), render_markdown(differences, limit)
    assert f"… and {7 - limit} more lines: --limit 0 shows all" in text
    assert len(text.splitlines()) == limit + 2
    assert f"… and {7 - limit} more." in markdown


@pytest.mark.parametrize("form", ["table", "text", "markdown", "json"])
def test_every_form_of_the_command(repository: Path, form: str) -> None:
    shown = run(repository, "main", "--format", form, "--limit", 0)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert "drones" in shown.stdout


def test_unknown_form(repository: Path) -> None:
    shown = run_alone(repository, "main", "--format", "xml")
    assert shown.returncode == 2
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize(
    "mark", ["a|b", "`x`", "*x*", "_x_", "[x](y)", "<img>", "#1", "~~x~~", "@x", "$x$", "www.x.org"]
)
def test_marks_of_markdown_are_shown(mark: str) -> None:
    escaped = escape_markdown(mark)
    assert escaped != mark
    assert re.sub(r"&#(\d+);", lambda code: chr(int(code[1])), escaped) == mark


def test_parquet_written_by_others(repository: Path) -> None:
    """Rows with plain strings where the dataset has ids are the same rows; the columns are of another type."""
    rows = pl.read_parquet(repository / "dataset" / ARTICLES)
    rows.with_columns(pl.col("language").cast(pl.String)).write_parquet(repository / "other.parquet")
    shown = run(repository, "dataset", "other.parquet")
    assert (shown.returncode, shown.stdout) == (
        1,
        "articles: 1 columns retyped\n~ column language: id -> String\n",
    )
