"""Sentences of several clauses: each figure takes its verb, time, stance and base from where a careful reader does."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from quantclaims.lexicon import list_languages

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"


def load_accuracy() -> Any:
    """The command that measures claims, imported as running it by path would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        return importlib.import_module("claims_accuracy")


accuracy = load_accuracy()
CASES = [case for language in list_languages() for case in accuracy.read_file(CORPUS / language / "clauses.toml")]


def list_params(*, marked: bool) -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{case.language}-{case.label}",
            marks=[pytest.mark.xfail(reason=case.xfail, strict=True)] if marked and case.xfail else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", list_params(marked=True))
def test_figures_take_what_their_clause_says(case: Any) -> None:
    differences = accuracy.run(case).differences
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("case", list_params(marked=False))
def test_labels_are_sound(case: Any) -> None:
    for expectation in case.expect:
        assert expectation["quote_has"] in case.text
        assert "base" not in expectation or expectation["base"] < len(case.expect)
        if "factor" in expectation:
            assert expectation["value"] == pytest.approx(
                expectation["factor"] * case.expect[expectation["base"]]["value"]
            )


def test_labels_are_unique() -> None:
    assert len({(case.language, case.label) for case in CASES}) == len(CASES)
