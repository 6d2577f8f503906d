"""Who acts, who is on the other side and who says so: one construction of each language a text."""

import importlib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def load_accuracy() -> Any:
    """The command that reads such texts and compares, imported as running it by path would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        return importlib.import_module("claims_accuracy")


accuracy = load_accuracy()
CASES = [
    case for file in sorted((ROOT / "tests" / "corpus").glob("*/parties.toml")) for case in accuracy.read_file(file)
]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{case.language}-{case.label}",
            marks=[pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else [],
        )
        for case in CASES
    ],
)
def test_sides_and_speakers_are_those_of_a_careful_reader(case: Any) -> None:
    differences = accuracy.run(case).differences
    assert not differences, "\n".join(differences)


def test_every_language_has_its_constructions() -> None:
    for language in ("en", "pl", "ro"):
        labels = [case.label for case in CASES if case.language == language]
        assert len(labels) == len(set(labels)) >= 50
