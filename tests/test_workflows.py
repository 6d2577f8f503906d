"""What runs on other people's machines: nothing unpinned, no right to write, no foreign text in a shell."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ZIZMOR = Path(sys.executable).with_name("zizmor")

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed on this machine")


def load(path: Path) -> dict[str, Any]:
    """A YAML file; its key "on" is no boolean, as it would be for YAML 1.1."""
    text = re.sub(r"^on:", '"on":', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def list_jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in load(path)["jobs"].items():
            yield f"{path.name}: {name}", job


def list_steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in list_jobs():
        yield from ((f"{name}: {step.get('name')}", step) for step in job["steps"])
    yield from ((f"action: {step['name']}", step) for step in load(ACTION)["runs"]["steps"])


JOBS, STEPS = dict(list_jobs()), dict(list_steps())


# --- audited


def audit(*paths: Path) -> list[str]:
    """Kinds of what zizmor finds at its strictest; a file that is no workflow or action is an error."""
    command = [str(ZIZMOR), "--offline", "--no-progress", "--no-config", "--strict-collection", "--persona=auditor"]
    run = subprocess.run(
        [*command, "--format=json", *map(str, paths)], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode in (0, *range(10, 15)), run.stderr
    return [finding["ident"] for finding in json.loads(run.stdout)]


def test_auditor_finds_nothing() -> None:
    assert WORKFLOWS
    assert audit(*WORKFLOWS, ACTION, ROOT / ".github" / "dependabot.yml", HOOKS) == []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"),
        ("permissions: {}", "permissions: write-all", "excessive-permissions"),
        ('"$BASE" dataset', "${{ github.head_ref }} dataset", "template-injection"),
        ("@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6", "unpinned-uses"),
        ("persist-credentials: false", "persist-credentials: true", "artipacked"),
    ],
)
def test_auditor_would_find_what_it_is_there_for(old: str, new: str, kind: str, tmp_path: Path) -> None:
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    assert old in text
    spoilt = tmp_path / ".github" / "workflows" / "check.yml"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_text(text.replace(old, new), encoding="utf-8")
    assert kind in audit(spoilt)


# --- by their form

SCHEMAS = {
    "vendor.github-workflows": (ROOT / ".github" / "workflows" / "check.yml", "permissions:"),
    "vendor.github-actions": (ACTION, "runs:"),
    "vendor.dependabot": (ROOT / ".github" / "dependabot.yml", "version:"),
}
"""Schema to the file that keeps it, and a key without which it does not."""

CHECKER = Path(sys.executable).with_name("check-jsonschema")


def keeps_schema(schema: str, path: Path) -> bool:
    """Whether a file keeps the schema that its platform publishes; the schemas come with the checker."""
    command = [str(CHECKER), "--builtin-schema", schema, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode in (0, 1), run.stderr
    return run.returncode == 0


@pytest.mark.parametrize("schema", SCHEMAS)
def test_schema_is_kept(schema: str, tmp_path: Path) -> None:
    path, key = SCHEMAS[schema]
    assert keeps_schema(schema, path)
    spoilt = tmp_path / path.name
    spoilt.write_text(path.read_text(encoding="utf-8").replace(key, "unknown:", 1), encoding="utf-8")
    assert not keeps_schema(schema, spoilt)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_reads_and_runs_on_requests_without_rights(path: Path) -> None:
    workflow = load(path)
    assert set(workflow) <= {"name", "on", "permissions", "concurrency", "jobs"}
    assert workflow["permissions"] == {}
    assert set(workflow["on"]) <= {"pull_request", "push"}  # pull_request_target and workflow_run hold secrets


@pytest.mark.parametrize("name", JOBS)
def test_job_may_read_and_ends(name: str) -> None:
    job = JOBS[name]
    assert job["permissions"] == {"contents": "read"}
    assert 0 < job["timeout-minutes"] <= 30
    assert re.fullmatch(r"ubuntu-\d\d\.04", job["runs-on"])  # "latest" changes under our feet
    assert "secrets" not in json.dumps(job)


@pytest.mark.parametrize("name", STEPS)
def test_step_is_pinned_or_plain_shell(name: str) -> None:
    step = STEPS[name]
    assert ("uses" in step) != ("run" in step)
    if "uses" in step:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", step["uses"])
    else:
        assert "${{" not in step["run"]
        assert not re.search(r"\b(eval|curl|wget|sudo)\b", step["run"])


def test_pinned_commits_say_their_version_and_agree() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*WORKFLOWS, ACTION)]
    uses = [
        match.groups()
        for text in texts
        for match in re.finditer(r"uses: (\S+)@(\w+)( # v\d+\.\d+\.\d+)?$", text, re.MULTILINE)
    ]
    assert len(uses) == sum(text.count("uses:") for text in texts)
    assert all(version for _, _, version in uses)
    assert len({action for action, _, _ in uses}) == len(set(uses))


def test_files_that_steps_name_exist() -> None:
    shell = "\n".join(step["run"] for step in STEPS.values() if "run" in step)
    named = re.findall(r"(?<![\w/$])(\.(?:ci|github)/[\w./-]+|dataset/\w+\.csv)", shell)
    assert {".ci/run", ".github/problems.json"} <= set(named)
    assert [name for name in named if not (ROOT / name).exists() and name != "dataset/contributed.csv"] == []


# --- what is wrong with an article is shown at its line


def match_problem(line: str) -> tuple[str | None, ...] | None:
    (matcher,) = json.loads((ROOT / ".github" / "problems.json").read_text())["problemMatcher"]
    (pattern,) = matcher["pattern"]
    found = re.match(pattern["regexp"], line)
    return found and tuple(found[pattern[part]] for part in ("file", "line", "message"))


def test_problems_of_a_build_are_matched(tmp_path: Path) -> None:
    articles = tmp_path / "dataset" / "articles"
    articles.mkdir(parents=True)
    (articles / "a.md").write_text('+++\nid = "a"\nlanguage = "en"\npublished = "2023-13"\n+++\nThey had 14 tanks.\n')
    program = Path(sys.executable).with_name("quantclaims")
    command = [str(program), "build", "--articles", str(articles), "--out", str(tmp_path / "out")]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()
    assert shown
    for line in shown:
        found = match_problem(line)
        assert found
        assert found[:2] == (str(articles / "a.md"), "4")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("dataset/reviews.csv:3: names no field: write one", ("dataset/reviews.csv", "3", "names no field: write one")),
        ("dataset/reviews.csv: is not UTF-8: save it", ("dataset/reviews.csv", None, "is not UTF-8: save it")),
        ("/home/me/x/dataset/a.md:2: wrong: mend it", ("/home/me/x/dataset/a.md", "2", "wrong: mend it")),
        ("dataset: 5 articles, 16 claims, fingerprint 1d30fa", None),
        ("Installing the pinned libraries: a minute", None),
    ],
)
def test_other_lines_are_not(line: str, found: tuple[str | None, ...] | None) -> None:
    assert match_problem(line) == found


# --- the action, played


STAND_IN = """#!/bin/bash
printf '%s\\n' "$@" --- >>"$LOG"
exit ${CODE:-0}
"""


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A folder as a runner has it, where `quantclaims` writes down what it was called with."""
    program = tmp_path / "temp" / "quantclaims" / "bin" / "quantclaims"
    program.parent.mkdir(parents=True)
    program.write_text(STAND_IN)
    program.chmod(0o755)
    (tmp_path / "work").mkdir()
    return tmp_path


def play(runner: Path, files: str, articles: str = "", code: int = 0) -> tuple[int, list[list[str]], str]:
    """Run the last step of the action as a runner would: exit code, what was called with what, what was shown."""
    environment = {
        "PATH": os.environ["PATH"],
        "RUNNER_TEMP": str(runner / "temp"),
        "LOG": str(runner / "log"),
        "CODE": str(code),
        "FILES": files,
        "ARTICLES": articles,
    }
    step = load(ACTION)["runs"]["steps"][-1]
    assert set(step["env"]) == {"FILES", "ARTICLES"}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=runner / "work", check=False)
    log = runner / "log"
    calls = log.read_text().split("---\n")[:-1] if log.exists() else []
    return run.returncode, [call.splitlines() for call in calls], run.stdout + run.stderr


def write_rows(runner: Path, *names: str) -> None:
    for name in names:
        (runner / "work" / name).parent.mkdir(parents=True, exist_ok=True)
        (runner / "work" / name).write_text("")


@needs_bash
def test_action_validates_every_file_that_matches(runner: Path) -> None:
    write_rows(runner, "data/a.csv", "data/b c.csv", "more.jsonl", "other.txt")
    code, calls, _ = play(runner, "data/*.csv\nmore.jsonl\n")
    assert code == 0
    assert calls == [["validate", "--format", "github", "--", "data/a.csv", "data/b c.csv", "more.jsonl"]]


@needs_bash
def test_action_verifies_where_there_are_articles(runner: Path) -> None:
    write_rows(runner, "a.csv", "b.csv")
    code, calls, _ = play(runner, "*.csv", "the articles")
    assert code == 0
    assert calls[1:] == [
        ["verify", "--format", "github", "--articles=the articles", "--", name] for name in ("a.csv", "b.csv")
    ]


@needs_bash
@pytest.mark.parametrize("code", [1, 2])
def test_action_fails_with_what_it_runs(code: int, runner: Path) -> None:
    write_rows(runner, "a.csv")
    assert play(runner, "a.csv", "articles", code=code)[0] == code


@needs_bash
@pytest.mark.parametrize("files", ["", "\n", "none/*.csv"])
def test_action_without_files_says_so(files: str, runner: Path) -> None:
    code, calls, shown = play(runner, files)
    assert (code, calls) == (2, [])
    assert shown.startswith("::error::No file is named")


@needs_bash
@pytest.mark.parametrize(
    "name", ["$(touch bad).csv", "`touch bad`.csv", "a; touch bad; b.csv", "--help.csv", "-n.csv", "'a.csv"]
)
def test_names_of_files_are_not_run(name: str, runner: Path) -> None:
    write_rows(runner, name)
    for files in (name, "*.csv"):
        (runner / "log").unlink(missing_ok=True)
        code, calls, _ = play(runner, files)
        assert code == 0
        assert calls == [["validate", "--format", "github", "--", name]]
    assert not (runner / "work" / "bad").exists()


def test_action_installs_this_commit_with_its_pins() -> None:
    install = load(ACTION)["runs"]["steps"][1]["run"]
    assert '--constraint "$GITHUB_ACTION_PATH/constraints.txt" "$GITHUB_ACTION_PATH"' in install


# --- the workflow, played


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone as the workflow has it after its installation, with the files of a dataset and a change to them."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a clone with git at hand")
    folder = tmp_path_factory.mktemp("clone") / "quantclaims"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def play_step(clone: Path, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the job for rows in a clone."""
    step = STEPS[f"check.yml: rows: {name}"]
    assert set(step.get("env", {})) <= set(environment)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(command, capture_output=True, text=True, cwd=clone, env=clean | environment, check=False)


@needs_bash
def test_difference_is_held_up_whether_or_not_rows_differ(clone: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary"
    same = play_step(clone, "Hold the difference up", BASE="HEAD", GITHUB_STEP_SUMMARY=str(summary))
    assert same.returncode == 0
    claims = clone / "dataset" / "claims.parquet"
    frame = pl.read_parquet(claims)
    frame.head(frame.height - 1).write_parquet(claims)
    other = play_step(clone, "Hold the difference up", BASE="HEAD", GITHUB_STEP_SUMMARY=str(summary))
    assert other.returncode == 0
    assert "1 removed" in summary.read_text(encoding="utf-8")
    subprocess.run(["git", "checkout", "--quiet", "dataset"], cwd=clone, check=True)


@needs_bash
@pytest.mark.parametrize("base", ["0" * 40, "$(touch bad)", "--output=bad", ""])
def test_base_that_is_no_commit_fails_the_step_and_is_not_run(base: str, clone: Path, tmp_path: Path) -> None:
    run = play_step(clone, "Hold the difference up", BASE=base, GITHUB_STEP_SUMMARY=str(tmp_path / "summary"))
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert not (clone / "bad").exists()


@needs_bash
def test_dataset_has_to_be_committed_as_built(clone: Path) -> None:
    name = "See that the dataset was committed as built"
    assert play_step(clone, name).returncode == 0
    (clone / "dataset" / "claims.parquet").write_bytes(b"")
    spoilt = play_step(clone, name)
    assert spoilt.returncode == 1
    assert "::error::The dataset is not what its articles give" in spoilt.stdout
    subprocess.run(["git", "checkout", "--quiet", "HEAD", "dataset"], cwd=clone, check=True)
    (clone / "dataset" / "new.csv").write_text("x")
    assert play_step(clone, name).returncode == 1
    (clone / "dataset" / "new.csv").unlink()
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=clone, check=True)


@needs_bash
def test_rows_of_contributors_are_annotated(clone: Path) -> None:
    assert play_step(clone, "Validate rows").returncode == 0
    path = clone / "dataset" / "contributed.csv"
    text = path.read_text(encoding="utf-8")
    columns = text.splitlines()[0].split(",")
    path.write_text(text + ",".join("??" if column == "unit" else "" for column in columns) + "\n", encoding="utf-8")
    wrong = play_step(clone, "Validate rows")
    path.write_text(text, encoding="utf-8")
    assert wrong.returncode == 1
    line = text.count("\n") + 1
    assert f"::error file=dataset/contributed.csv,line={line},title=unit" in wrong.stdout


# --- the hook


def test_hook_is_one_of_pre_commit() -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    assert hook["entry"].split()[0] == "quantclaims"
    assert hook["language"] == "python"
    pattern = re.compile(hook["files"])
    assert all(pattern.search(name) for name in ("claims.parquet", "data/claims-2024.csv", "dataset/contributed.csv"))
    assert not any(pattern.search(name) for name in ("reviews.csv", "claims.md", "src/claims.py", "disclaims.csv"))
