"""What the README shows is so."""

import re
import subprocess
import sys
from contextlib import chdir
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


def test_examples_of_questions_answer_them(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    exec(blocks("python")[0], names)
    assert "Least value that the words entail" in capsys.readouterr().out
    exec(blocks("python")[1], names)
    shown = capsys.readouterr().out
    assert "≤ 4.8M" in shown
    assert "consistent" in shown
    assert "topic_key" in shown


def test_example_in_sql_runs() -> None:
    duckdb = pytest.importorskip("duckdb", reason="pip install duckdb")
    with chdir(ROOT):
        rows = duckdb.sql(blocks("sql")[0]).fetchall()
    assert ("c4ads", None, 1.6e6, None, "2023-08/2024-01") in rows


def test_citations_and_fingerprints_are_printed() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines() if " cite" in line or " fingerprint" in line]
    assert len(lines) == 3
    told = []
    for line in lines:
        program, *arguments = line.split()
        assert program == ".venv/bin/quantclaims"
        command = [str(Path(sys.executable).with_name("quantclaims")), *arguments]
        told.append(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    described = (ROOT / "dataset" / "datapackage.json").read_text(encoding="utf-8")
    assert told[2].split()[0] in described
    assert told[2].split()[0][:12] in told[0]
    assert told[1].startswith("@misc{quantclaims-")


def test_example_without_files_reads_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    exec(blocks("python")[2], {})
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
