"""CONTRIBUTING.md followed to the letter in a fresh clone, from its first article to the accepted row."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest
import yaml

from quantclaims.cli import app

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ARTICLE = "2024-05-14-en-generators"

is_clone = pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a clone with git at hand"
)


class Block(NamedTuple):
    """A block of code: its language, the word after it, and what it holds."""

    language: str
    about: str
    content: str


class Step(NamedTuple):
    """A command line as it ran."""

    line: str
    code: int
    shown: str


BLOCKS = [Block(*found) for found in re.findall(r"^```(\w+) ?([^\n]*)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone as a contributor makes it; for the environment, the one that the tests run in."""
    folder = tmp_path_factory.mktemp("clone") / "quantclaims"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, folder], check=True, capture_output=True)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def follow(folder: Path) -> Iterator[Step]:
    """Write what the guide says to write, run what it says to run."""
    known = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    person = {f"GIT_{role}_{what}": "new@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for block in BLOCKS:
        if "/" in block.about:
            with (folder / block.about).open("a", encoding="utf-8") as file:
                file.write(block.content)
        elif block.language == "sh" and not block.about:
            for line in block.content.splitlines():
                run = subprocess.run(
                    ["bash", "-c", line],
                    cwd=folder,
                    env=known | person,
                    capture_output=True,
                    text=True,
                    timeout=120,
                    check=False,
                )
                yield Step(line, run.returncode, run.stdout + run.stderr)


@pytest.fixture(scope="module")
def steps(clone: Path) -> list[Step]:
    return list(follow(clone))


@is_clone
def test_every_step_ends_as_the_guide_says(steps: list[Step]) -> None:
    assert len(steps) >= 7
    for step in steps:
        expected = re.search(r"# exit code (\d)", step.line)
        assert step.code == (int(expected[1]) if expected else 0), step
        assert "Traceback" not in step.shown


@is_clone
def test_what_the_guide_shows_was_shown(steps: list[Step]) -> None:
    shown = {line for step in steps for line in step.shown.splitlines()}
    for block in BLOCKS:
        if block.language == "text":
            assert set(block.content.splitlines()) <= shown


@is_clone
def test_the_row_is_accepted(steps: list[Step], clone: Path) -> None:
    difference = next(step.shown for step in steps if " diff " in step.line)
    assert f"{ARTICLE}#27" in difference
    claims = pl.read_parquet(clone / "dataset" / "claims.parquet").filter(article_id=ARTICLE)
    confirmed, corrected, contributed = claims.sort("quote_start").to_dicts()
    assert (confirmed["value"], confirmed["qualifier"], confirmed["review"]) == (250, "approximately", "confirmed")
    assert (confirmed["actor"], confirmed["counterparty"], confirmed["items"]) == ("EST", "UKR", ["generator"])
    assert (corrected["value"], corrected["attributes"], corrected["review"]) == (30, ["place=Paldiski"], "corrected")
    assert (contributed["quote"], contributed["value"], contributed["unit"]) == ("fuel for a fortnight", 14, "d")
    assert contributed["review"] == "contributed"
    left = subprocess.run(
        ["git", "status", "--porcelain", "dataset"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert left.stdout == ""


def test_every_command_of_the_guide_exists() -> None:
    names = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    used = re.findall(r"quantclaims ([a-z]+)\b", "\n".join(block.content for block in BLOCKS if block.language == "sh"))
    assert {"diff", "release"} <= set(used)
    assert set(used) <= names


def test_options_of_the_release_exist() -> None:
    shown = subprocess.run(
        [Path(sys.executable).with_name("quantclaims"), "release", "--help"],
        capture_output=True, text=True, check=True, env=os.environ | {"COLUMNS": "200"},
    ).stdout  # fmt: skip
    release = GUIDE.partition("## Release")[2]
    options = set(re.findall(r"(?<!\S)`?(--[a-z-]+)", release))
    assert {"--dry-run", "--draft-reasons", "--at-least"} <= options
    assert all(option in shown for option in options)


def test_the_action_and_the_hook_are_called_as_they_are() -> None:
    step, hook = (yaml.safe_load(block.content) for block in BLOCKS if block.language == "yaml")
    assert set(step[0]["with"]) <= set(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])
    hooks = {each["id"] for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert {each["id"] for each in hook["repos"][0]["hooks"]} <= hooks


@pytest.mark.parametrize("target", re.findall(r"`((?:dataset|src|schemas|tests)/[\w./]+)`", GUIDE))
def test_places_in_the_repository_exist(target: str) -> None:
    assert (ROOT / target).exists() or target == "dataset/corrections.csv"
