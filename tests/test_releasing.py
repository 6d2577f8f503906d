"""A release in a small repository of its own: what it decides, what it writes, and when it refuses."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from quantclaims import __version__
from quantclaims.build import build_dataset
from quantclaims.diff import Difference, RetypedColumn, compare_datasets
from quantclaims.releasing.command import run_release
from quantclaims.releasing.corrections import FOLLOWING, SOURCES, Correction, read_corrections, write_corrections
from quantclaims.releasing.documents import add_release
from quantclaims.releasing.numbering import Level, decide_level, parse_number, tally
from quantclaims.releasing.plan import CheckoutError, ReleaseError, ReleasePlan, UnexplainedError, plan_release
from quantclaims.schemas import article, claim
from quantclaims.storage.replace import undo_unfinished

DieAt = Callable[[Callable[[], object], int, bool], bool]
ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)
FIRST = parse_number(__version__)
ARTICLE = """+++
id = "{name}"
language = "en"
title = "Prague counts its howitzers"
published = "2023-05-02"
published_basis = "made for the tests"
+++
The Czech defence ministry said on Tuesday that it had delivered {number} howitzers to Ukraine since January.

According to the ministry, about 3,000 artillery shells went with them.
"""

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed on this machine")


def git(root: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=A Maintainer", "-c", "user.email=maintainer@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(root), *settings, *arguments]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=clean).stdout


def commit(root: Path, message: str = "a change") -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def write_article(root: Path, name: str = "howitzers", number: int = 14) -> None:
    path = root / "dataset" / "articles" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ARTICLE.format(name=name, number=number), encoding="utf-8")


def rebuild(root: Path) -> None:
    build_dataset(root / "dataset" / "articles", root / "dataset")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a dataset of one article and no release."""
    root = tmp_path_factory.mktemp("template") / "repository"
    root.mkdir()
    for name in (".gitignore", ".gitattributes", "CITATION.cff"):
        shutil.copy(ROOT / name, root / name)
    (root / "pyproject.toml").write_text(f'[project]\nname = "quantclaims"\nversion = "{FIRST}" # the one place\n')
    (root / "CHANGELOG.md").write_text(f"# Changelog\n\n## {FIRST} (not yet released)\n\n- One article.\n")
    write_article(root)
    rebuild(root)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    """That repository, to be changed."""
    return Path(shutil.copytree(template, tmp_path / "repository"))


def release(root: Path, at_least: Level = Level.PATCH) -> ReleasePlan:
    """Plan, write, commit and tag a release, as a maintainer does."""
    plan = plan_release(root, DAY, at_least)
    write_plan(root, plan)
    commit(root, f"Release {plan.version}")
    git(root, "tag", "--annotate", f"v{plan.version}", "--message", plan.version)
    return plan


def write_plan(root: Path, plan: ReleasePlan) -> None:
    from quantclaims.storage.replace import replace_files

    replace_files(root, plan.files)


@pytest.fixture(scope="module")
def released_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(template, tmp_path_factory.mktemp("released") / "repository"))
    release(root)
    return root


@pytest.fixture
def released(released_template: Path, tmp_path: Path) -> Path:
    """The repository after its first release."""
    return Path(shutil.copytree(released_template, tmp_path / "released"))


def read_files(root: Path) -> dict[str, bytes]:
    """Every file of the checkout that is not git's."""
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def refuse(root: Path, expected: type[ReleaseError] = ReleaseError) -> str:
    """The lines of a refusal, which changes no file."""
    before = read_files(root)
    with pytest.raises(expected) as refused:
        plan_release(root, DAY)
    assert type(refused.value) is expected
    assert read_files(root) == before
    return "\n".join(refused.value.lines)


# --- the number


def difference(**changes: Any) -> Difference:
    return Difference(*((),) * 6)._replace(**changes)


ROW = {"claim_id": "a#7", "article_id": "a", "value": 2.0}
RETYPED = RetypedColumn("value", "Float64", "String")


@pytest.mark.parametrize(
    ("claims", "level"),
    [
        ({}, Level.PATCH),
        ({"removed": (ROW,)}, Level.PATCH),
        ({"removed": (ROW,), "added": (ROW | {"claim_id": "a#9"},)}, Level.PATCH),  # it moved
        ({"removed": (ROW,), "added": (ROW | {"claim_id": "a#9", "value": 3.0},)}, Level.MINOR),
        ({"added": (ROW,)}, Level.MINOR),
        ({"columns_added": ("via",)}, Level.MINOR),
        ({"columns_removed": ("via",)}, Level.MAJOR),
        ({"columns_retyped": (RETYPED,)}, Level.MAJOR),
        ({"columns_retyped": (RETYPED,), "added": (ROW,)}, Level.MAJOR),
    ],
)
def test_level_of_a_difference(claims: dict[str, Any], level: Level) -> None:
    assert decide_level({"claims": tally(difference(**claims)), "articles": tally(difference())}) == level
    assert decide_level({"claims": tally(difference()), "articles": tally(difference(**claims))}) == level


def test_corrected_value_is_a_patch() -> None:
    old = pl.DataFrame({"claim_id": ["a#7"], "value": [14.0]})
    assert decide_level({"claims": tally(compare_datasets(old, old.with_columns(value=15.0)))}) == Level.PATCH


def test_numbers_are_ordered_and_raised() -> None:
    number = parse_number("1.9.4")
    assert [str(number.raised(level)) for level in Level] == ["1.9.5", "1.10.0", "2.0.0"]
    assert parse_number("1.10.0") > number
    for wrong in ("1.9", "v1.9.4", "1.9.4.dev0", "01.2.3", "1.9.4\n", ""):
        with pytest.raises(ValueError, match="no version number"):
            parse_number(wrong)


# --- what a release writes


def test_first_release_takes_the_version_that_is_there(root: Path) -> None:
    plan = plan_release(root, DAY)
    assert (plan.version, plan.previous) == (str(FIRST), None)
    assert "- First dataset: 2 claims of 1 article." in plan.section


def test_new_article_is_a_minor_version_everywhere(released: Path) -> None:
    write_article(released, "tanks", 20)
    rebuild(released)
    commit(released)
    before = read_files(released)
    plan = release(released)
    version = str(FIRST.raised(Level.MINOR))
    after = read_files(released)
    assert plan.version == version
    assert f'version = "{version}" # the one place' in after["pyproject.toml"].decode()
    assert f'version: "{version}"\ndate-released: "2026-11-22"\n' in after["CITATION.cff"].decode()
    changelog = after["CHANGELOG.md"].decode()
    assert changelog.index(f"## {version} (2026-11-22)") < changelog.index(f"## {FIRST} (2026-11-22)")
    assert {"  - 2 claims added.", "  - 1 article added."} <= set(changelog.splitlines())
    assert f'"version": "{version}"' in after["dataset/datapackage.json"].decode()
    for table in ("claims", "articles"):
        footer = parquet.read_metadata(released / "dataset" / f"{table}.parquet").metadata
        assert footer[b"version"].decode() == version
    listed = {line[66:]: line[:64] for line in after["dataset/SHA256SUMS"].decode().splitlines()}
    assert {name: sha256(after[f"dataset/{name}"]).hexdigest() for name in listed} == listed
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == set(plan.files)
    corrections = after["dataset/corrections.csv"].decode().splitlines()[1:]
    assert corrections  # the other article gives another figure of the same statement
    assert all(line.endswith("follows from other rows") for line in corrections)
    assert "- Changed discrepancy: follows from other rows: `howitzers#" in changelog


def test_build_of_the_released_version_gives_the_released_bytes(
    released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_article(released, "tanks", 20)
    rebuild(released)
    commit(released)
    plan = release(released)
    before = read_files(released)
    monkeypatch.setattr("quantclaims.storage.write.__version__", plan.version)  # as after an installation of it
    monkeypatch.setattr("quantclaims.released.CITATION", released / "CITATION.cff")
    rebuild(released)
    assert read_files(released) == before


def test_code_alone_is_a_patch_unless_more_is_asked_for(released: Path) -> None:
    (released / "faster.py").write_text("")
    commit(released)
    assert plan_release(released, DAY).version == str(FIRST.raised(Level.PATCH))
    assert plan_release(released, DAY, Level.MINOR).version == str(FIRST.raised(Level.MINOR))


def test_notes_that_people_wrote_stay_above_what_the_release_says() -> None:
    top, first = "# Changelog\n\nWhat changed.\n\n", "## 0.1.0 (2026-10-01)\n\n- First.\n"
    notes = "## Not yet released\n\n- Faster.\n\n"
    heading = f"{top}## 0.2.0 (2026-11-22)\n\n"
    assert add_release(top + notes + first, "0.2.0", DAY, ["- 3 rows."]) == f"{heading}- Faster.\n- 3 rows.\n\n{first}"
    assert add_release(top + first, "0.2.0", DAY, ["- 3 rows."]) == f"{heading}- 3 rows.\n\n{first}"


# --- reasons


def correct_article(root: Path) -> None:
    """The article now says 15: a released value changes, and with it the text."""
    write_article(root, number=15)
    rebuild(root)
    commit(root)


def test_changed_row_without_a_reason_is_refused_a_line_a_row(released: Path) -> None:
    correct_article(released)
    lines = refuse(released, UnexplainedError).splitlines()
    assert len(lines) == 2  # the claim, and the article with another text
    claim_line, article_line = lines
    assert "howitzers#" in claim_line
    assert "value was 14, is 15" in claim_line
    assert "without a reason" in claim_line
    assert "corrections.csv" in claim_line
    assert "text_sha256 was " in article_line


def test_reasons_are_drafted_written_and_released(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correct_article(released)
    assert run_release(released, DAY, "patch", dry_run=False, draft_reasons=True) == 0
    path = released / "dataset" / "corrections.csv"
    drafted = path.read_text(encoding="utf-8").splitlines()
    assert drafted[0] == "version,id,column,old,new,replaced_by,reason"
    assert any(line.startswith(",howitzers#") and line.endswith(",value,14,15,,") for line in drafted)
    commit(released)
    assert "has no reason: write it into the last column" in refuse(released, UnexplainedError)
    path.write_text("\n".join([drafted[0], *(f"{line}The ministry corrected itself" for line in drafted[1:])]) + "\n")
    commit(released)
    assert run_release(released, DAY, "patch", dry_run=False, draft_reasons=True) == 0
    assert "every change of a released row has its reason" in capsys.readouterr().out
    plan = release(released)
    assert plan.version == str(FIRST.raised(Level.PATCH))
    assert "Corrected value: The ministry corrected itself: `howitzers#" in (released / "CHANGELOG.md").read_text()
    written = path.read_text(encoding="utf-8").splitlines()[1:]
    assert len(written) == len(drafted) - 1
    assert all(line.startswith(f"{plan.version},howitzers") for line in written)
    assert refuse(released).endswith("there is nothing to release")


def write_reasons(root: Path, *lines: str) -> None:
    header = "version,id,column,old,new,replaced_by,reason"
    (root / "dataset" / "corrections.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    commit(root)


def test_a_star_stands_for_every_value_of_a_row(released: Path) -> None:
    correct_article(released)
    claims = pl.read_parquet(released / "dataset" / "claims.parquet")
    key = claims.filter(value=15)["claim_id"].item()
    write_reasons(released, f",{key},*,,,,recounted", ",howitzers,*,,,,recounted")
    plan_release(released, DAY)
    write_reasons(released, f",{key},*,,,,recounted", ",*,text_sha256,,,,recounted")
    plan_release(released, DAY)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",{key},value,14,16,,recounted", "value was 14, is 15: look at it again"),
        (",{key},unit,1,t,,recounted", "unit of {key} has not changed since the last release: remove the line"),
        (",nowhere#1,,,,,recounted", "nowhere#1 has not changed since the last release"),
        (",*,*,,,,recounted", "* of * has not changed since the last release"),
        (",{key},value,14,15,,  ", "value of {key} has no reason: write it into the last column"),
        ("0.0.1,{key},value,14,15,,recounted", "value of {key} is not what 0.0.1 released: put the line back"),
        (",{key},value,14,15,recounted", "corrections.csv:2: has 6 columns, not 7"),
        (',{key},value,14,15,,"recounted', "is no CSV"),
    ],
)
def test_wrong_reasons_are_named(line: str, message: str, released: Path) -> None:
    correct_article(released)
    key = pl.read_parquet(released / "dataset" / "claims.parquet").filter(value=15)["claim_id"].item()
    write_reasons(released, line.format(key=key))
    with pytest.raises(ReleaseError) as refused:
        plan_release(released, DAY)
    assert message.format(key=key) in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_retraction_needs_a_reason_and_is_a_patch(released: Path) -> None:
    before = pl.read_parquet(released / "dataset" / "claims.parquet")
    key, quote = before.row(0, named=True)["claim_id"], before.row(0, named=True)["quote"]
    reviews = released / "dataset" / "reviews.csv"
    header = "claim_id,decision,field,expect,value,reviewer,date,note\n"
    reviews.write_text(f"{header}{key},reject,,{quote},,A. Reader,2026-11-22,\n")
    rebuild(released)
    commit(released)
    assert f"{key} is gone without a reason" in refuse(released, UnexplainedError)
    reviews.write_text(f"{header}{key},reject,,{quote},,A. Reader,2026-11-22,not about howitzers at all\n")
    commit(released)
    plan = plan_release(released, DAY)  # the review's note is the reason
    assert plan.version == str(FIRST.raised(Level.PATCH))
    assert f"- Retracted: not about howitzers at all: `{key}`." in plan.section
    assert f"{plan.version},{key},,,,,not about howitzers at all" in plan.files["dataset/corrections.csv"].decode()
    write_reasons(released, f",{key},,,,{before.row(1, named=True)['claim_id']},counted twice")
    line = plan_release(released, DAY).files["dataset/corrections.csv"].decode().splitlines()[1]
    assert line == f"{plan.version},{key},,,,{before.row(1, named=True)['claim_id']},counted twice"


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow
@given(st.builds(Correction, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS))
def test_any_words_come_back_from_the_list_and_none_is_a_formula(line: Correction) -> None:
    written = write_corrections([line])
    read, problems = read_corrections(written, Path("corrections.csv"))
    assert ([each for _, each in read], problems) == ([line], [])
    (row,) = list(csv.reader(StringIO(written.decode(), newline="")))[1:]
    assert not any(re.match(r"[=+@\t\r]|-(?![0-9])", cell) for cell in row)


def test_note_of_a_review_explains_what_follows_from_it(released: Path) -> None:
    row = pl.read_parquet(released / "dataset" / "claims.parquet").row(0, named=True)
    header = "claim_id,decision,field,expect,value,reviewer,date,note\n"
    line = f"{row['claim_id']},correct,actor,{row['actor']},SVK,A. Reader,2026-11-22,Bratislava sent them\n"
    (released / "dataset" / "reviews.csv").write_text(header + line)
    rebuild(released)
    commit(released)
    plan = plan_release(released, DAY)
    assert plan.version == str(FIRST.raised(Level.PATCH))
    lines = plan.files["dataset/corrections.csv"].decode().splitlines()[1:]
    start = f"{plan.version},{row['claim_id']}"
    assert f"{start},actor,CZE,SVK,,Bratislava sent them" in lines
    assert f"{start},review,machine,corrected,,a person looked at the row" in lines
    assert any(line.startswith(f"{start},topic_key,") and line.endswith(",Bratislava sent them") for line in lines)


def test_moved_rows_need_no_reason_but_the_text_does(released: Path) -> None:
    path = released / "dataset" / "articles" / "howitzers.md"
    path.write_text(path.read_text().replace("+++\nThe Czech", "+++\nIt was a bright morning in Prague.\n\nThe Czech"))
    rebuild(released)
    commit(released)
    lines = refuse(released, UnexplainedError).splitlines()
    assert len(lines) == 1
    assert "howitzers text_sha256 was" in lines[0]
    write_reasons(released, ",howitzers,*,,,,told at more length")
    plan = plan_release(released, DAY)
    assert plan.version == str(FIRST.raised(Level.PATCH))
    assert "  - 2 claims moved within the article." in plan.section
    assert plan.files["dataset/corrections.csv"].decode().count("stands elsewhere in its article") == 2


def test_released_reasons_are_history(released: Path) -> None:
    correct_article(released)
    write_reasons(released, ",*,value,,,,recounted", ",*,value_low,,,,recounted", ",*,value_high,,,,recounted",
                  ",*,quote,,,,recounted", ",*,text_sha256,,,,recounted")  # fmt: skip
    release(released)
    path = released / "dataset" / "corrections.csv"
    path.write_text(path.read_text().replace("recounted", "never mind", 1))
    commit(released)
    lines = refuse(released)
    assert "put the line back" in lines
    assert "is gone: put it back" in lines


# --- refusals


def spoil(name: str, content: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).write_text(content, encoding="utf-8", errors="surrogateescape")
        commit(root)

    return change


def stage(root: Path) -> None:
    (root / "staged.txt").write_text("")
    git(root, "add", "staged.txt")


def remove(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).unlink()
        commit(root)

    return change


def tag_elsewhere(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "other")
    spoil("other.txt", "x")(root)
    git(root, "tag", f"v{FIRST.raised(Level.PATCH)}")
    git(root, "checkout", "--quiet", "main")
    spoil("this.txt", "x")(root)


def leave(root: Path) -> None:
    assert git(root, "status", "--porcelain") == ""


REFUSALS: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed file": (lambda root: write_article(root, number=2), "howitzers.md: is not committed: commit it"),
    "unknown file": (lambda root: (root / "new.txt").write_text(""), "new.txt: is not committed"),
    "staged file": (stage, "staged.txt: is not committed"),
    "article that cannot be read": (spoil("dataset/articles/bad.md", "+++\nid = 1\n"), "bad.md"),
    "no article": (remove("dataset/articles/howitzers.md"), "articles"),
    "dataset that is not built anew": (
        spoil("dataset/articles/howitzers.md", ARTICLE.format(name="howitzers", number=15)),
        "claims.parquet: is not what the articles give: build, look at the difference and commit it",
    ),
    "dataset that is no Parquet": (spoil("dataset/claims.parquet", "PAR1"), "is damaged Parquet"),
    "no dataset": (remove("dataset/claims.parquet"), "holds no claims.parquet"),
    "tag that is missing": (lambda root: git(root, "tag", "--delete", f"v{FIRST}"), f"there is no tag v{FIRST}"),
    "nothing new": (leave, "there is nothing to release"),
    "version that exists": (tag_elsewhere, f"v{FIRST.raised(Level.PATCH)}: exists already"),
    "citation without a version": (spoil("CITATION.cff", "title: x\n"), "CITATION.cff: has no lines of the version"),
    "project without a version": (spoil("pyproject.toml", "[project]\n"), "has no lines of the version in [project]"),
    "changelog in another encoding": (spoil("CHANGELOG.md", "\udcff"), "CHANGELOG.md: is not UTF-8"),
    "no changelog": (remove("CHANGELOG.md"), "CHANGELOG.md: cannot be read, no such file or directory"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(name: str, released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change, message = REFUSALS[name]
    change(released)
    before = read_files(released)
    code = run_release(released, DAY, "patch", dry_run=False, draft_reasons=False)
    shown = capsys.readouterr()
    assert code == (2 if name in ("no changelog", "changelog in another encoding") else 1)
    assert message in shown.err
    assert shown.out == ""
    assert "Traceback" not in shown.err
    assert read_files(released) == before


def test_folder_that_is_no_repository(root: Path) -> None:
    shutil.rmtree(root / ".git")
    if subprocess.run(["git", "-C", root, "rev-parse"], capture_output=True, check=False).returncode == 0:
        pytest.skip("the temporary folder lies in a repository")
    assert "is no git repository" in refuse(root, CheckoutError)


def test_a_version_that_is_no_number_is_refused(root: Path) -> None:
    spoil("pyproject.toml", '[project]\nversion = "0.1.dev0"\n')(root)
    assert "pyproject.toml: '0.1.dev0' is no version number" in refuse(root)


def test_dry_run_shows_all_and_writes_nothing(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (released / "faster.py").write_text("")
    commit(released)
    before = read_files(released)
    assert run_release(released, DAY, "minor", dry_run=True, draft_reasons=False) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{FIRST} → {FIRST.raised(Level.MINOR)}\n")
    assert "would write CHANGELOG.md, CITATION.cff, dataset/SHA256SUMS" in shown
    assert read_files(released) == before


def test_example_in_the_readme_shows_the_release(released: Path) -> None:
    (example,) = re.findall(r"^\.venv/bin/(quantclaims release.*)$", (ROOT / "README.md").read_text(), re.MULTILINE)
    write_article(released, "tanks", 20)
    rebuild(released)
    commit(released)
    program, *arguments = example.split()
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    shown = subprocess.run(command, capture_output=True, text=True, cwd=released, check=True).stdout
    assert shown.startswith(f"{FIRST} → {FIRST.raised(Level.MINOR)}\n")
    assert git(released, "status", "--porcelain") == ""


# --- killed at any operation


def test_killed_at_any_operation_leaves_one_release_whole(released: Path, tmp_path: Path, die_at: DieAt) -> None:
    write_article(released, "tanks", 20)
    rebuild(released)
    commit(released)
    plan = plan_release(released, DAY)
    old = read_files(released)
    new = {**old, **plan.files}
    outcomes = []
    for dying in range(300):
        folder = tmp_path / str(dying)
        shutil.copytree(released, folder, ignore=shutil.ignore_patterns(".git"))
        finished = die_at(partial(write_plan, folder, plan), dying, False)
        undo_unfinished(folder)  # what the next build or release begins with
        named = {name: content for name, content in read_files(folder).items() if name in new}
        assert named in (old, new), dying
        outcomes.append(named == new)
        write_plan(folder, plan)
        assert read_files(folder) == new, dying  # nothing of the killed process remains
        shutil.rmtree(folder)
        if finished:
            break
    assert outcomes[-1]
    assert outcomes == sorted(outcomes)
    assert outcomes.count(False) > 40


def test_next_release_puts_back_what_a_killed_one_left(released: Path, die_at: DieAt) -> None:
    write_article(released, "tanks", 20)
    rebuild(released)
    commit(released)
    plan = plan_release(released, DAY)
    before = read_files(released)
    assert not die_at(partial(write_plan, released, plan), dying_between_renames(released, plan, die_at), False)
    assert read_files(released) != before
    again = plan_release(released, DAY)
    assert again == plan


def dying_between_renames(root: Path, plan: ReleasePlan, die_at: DieAt) -> int:
    """The operation at which half of the files are new and half are old."""
    for dying in range(300):
        folder = root.parent / f"try-{dying}"
        shutil.copytree(root, folder, ignore=shutil.ignore_patterns(".git"))
        old = read_files(folder)
        die_at(partial(write_plan, folder, plan), dying, False)
        now = read_files(folder)
        renamed = sum(now[name] == content != old.get(name) for name, content in plan.files.items() if name in now)
        shutil.rmtree(folder)
        if renamed >= 3:
            return dying
    raise AssertionError("it never renamed")


def test_the_plan_names_columns_of_the_contract() -> None:
    columns = {field.name for field in (*claim.fields(), *article.fields())}
    assert set(FOLLOWING) <= columns
    assert set(SOURCES) <= columns
    assert {column for sources in SOURCES.values() for column in sources} <= columns - set(SOURCES)
