"""What the README shows is so."""

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_example_gives_the_three_figures_it_opens_with() -> None:
    names: dict[str, Any] = {}
    exec(blocks("python")[0], names)
    figures = {(row["claimant"], row["qualifier"], row["value"]) for row in names["arms"].iter_rows(named=True)}
    assert {("c4ads", "approximately", 1_600_000), ("kr-intelligence", "at_most", 4_800_000)} <= figures
    assert any(claimant.startswith("kp-") and value == 0 for claimant, _, value in figures)


def test_example_without_files_reads_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    exec(blocks("python")[1], {})
    shown = capsys.readouterr().out
    assert "1600000.0 approximately c4ads PRK RUS about 1.6 million artillery shells" in shown
    assert "items=('artillery_shell',)" in shown


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"\bmake ([a-z]+)\b", " ".join([*blocks("sh"), *re.findall("`([^`]*)`", README)]))
    assert {"build", "test"} <= set(targets)
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_link_leads_to_a_file(target: str) -> None:
    assert (ROOT / target).exists()
