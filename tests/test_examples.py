"""The worked analyses run, and answer what they ask."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


def run(name: str, *arguments: str) -> str:
    command = [sys.executable, "-W", "ignore", str(EXAMPLES / name), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_example_is_tried_and_shown() -> None:
    names = {path.name for path in EXAMPLES.glob("*.py")}
    assert names == {"how_many_shells.py", "how_sure_are_the_figures.py", "who_denied_what.py"}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"examples/{name}" in readme for name in names)


def test_how_many_shells() -> None:
    told = run("how_many_shells.py")
    for claimant, figure in (
        ("South Korean intelligence", "≤ 4.8M"),
        ("Center for Advanced Defense Studies (C4ADS)", "≈ 1.6M"),
        ("North Korean ", "none"),
    ):
        assert any(claimant in line and figure in line for line in told.splitlines()), told
    assert "“około 1,6 mln pocisków artyleryjskich”" in told


def test_denials_of_2022_are_not_set_against_figures_of_2023() -> None:
    told = run("who_denied_what.py").splitlines()
    assert sum(line.startswith("kp-") for line in told) == 3
    assert any("later: c4ads says ≈ 1.6M" in line for line in told)
    assert not any("about the same time" in line for line in told)


def test_figures_and_bounds_are_told_apart() -> None:
    told = run("how_sure_are_the_figures.py")
    (row,) = [line for line in told.splitlines() if "intelligence" in line]
    assert row.split("┆")[1:3] == [" 2      ", " 0       "], row
    assert "F6 unnamed-estimates ← ap: " in told


def read_words(svg: str) -> list[str]:
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [line for text in texts for line in text.itertext()]


def test_the_picture_of_the_readme_is_of_today(tmp_path: Path) -> None:
    pytest.importorskip("altair", reason="pip install 'quantclaims[explore]'")
    run("how_many_shells.py", "--picture", str(tmp_path / "shells.svg"))
    drawn, shown = (path.read_text(encoding="utf-8") for path in (tmp_path / "shells.svg", ROOT / "docs/shells.svg"))
    assert read_words(drawn) == read_words(shown)
    assert "≈ 1.6M" in read_words(shown)
    assert "docs/shells.svg" in (ROOT / "README.md").read_text(encoding="utf-8")
