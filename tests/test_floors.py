"""Floors of quality on other people's sentences, where the folder that holds them is given."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
FOLDER = os.environ.get("QUANTCLAIMS_BENCHMARKS")
pytestmark = pytest.mark.skipif(FOLDER is None, reason="QUANTCLAIMS_BENCHMARKS names no folder of annotated sentences")


@pytest.fixture(scope="module")
def measured() -> dict[tuple[str, str], float]:
    folder = Path(str(FOLDER))
    for name, digest in FLOORS["data"].items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert found == digest, f"{name} has changed: measure again and pin floors and hash together"
    printed = subprocess.run(
        [sys.executable, folder / "score.py", "--json"], check=True, capture_output=True, text=True
    ).stdout
    figures: dict[tuple[str, str], float] = {}
    for row in json.loads(printed):
        figures[row["metric"], row["language"]] = row["score"]
        if wrong := re.search(r"wrong head ([\d.]+)", row["note"]):
            figures["wrong", row["language"]] = float(wrong.group(1))
    return figures


def cases(side: str) -> list[tuple[str, str, float]]:
    return [(metric, lang, bound) for metric, bounds in FLOORS[side].items() for lang, bound in bounds.items()]


@pytest.mark.parametrize(("metric", "language", "bound"), cases("at_least"))
def test_at_least(measured: dict[tuple[str, str], float], metric: str, language: str, bound: float) -> None:
    assert measured[metric, language] >= bound


@pytest.mark.parametrize(("metric", "language", "bound"), cases("at_most"))
def test_at_most(measured: dict[tuple[str, str], float], metric: str, language: str, bound: float) -> None:
    assert measured[metric, language] <= bound
