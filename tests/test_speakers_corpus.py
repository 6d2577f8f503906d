"""Who vouches for each figure, who relays it, and the name as printed: labelled texts, one construction each."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from quantclaims.lexicon import list_languages
from quantclaims.schemas.vocabularies import ids

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"


def load_accuracy() -> Any:
    """The command that measures claims, imported as running it by path would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        return importlib.import_module("claims_accuracy")


accuracy = load_accuracy()
CASES = [case for language in list_languages() for case in accuracy.read_file(CORPUS / language / "speakers.toml")]


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
def test_figures_have_the_speaker_whom_a_careful_reader_names(case: Any) -> None:
    """Only the labelled figures are compared: a text may hold others."""
    differences = [line for line in accuracy.run(case).differences if not line.startswith("surplus:")]
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("case", list_params(marked=False))
def test_labels_are_sound(case: Any) -> None:
    assert case.expect
    for expectation in case.expect:
        assert expectation["quote_has"] in case.text
        assert expectation.keys() & {"claimant", "claimant_text"}
        claimant = expectation.get("claimant", "null")
        assert set(claimant if isinstance(claimant, list) else [claimant]) <= {"null", *ids("claimants")}
        assert set(expectation.get("via", [])) <= set(ids("claimants"))


def test_labels_are_unique() -> None:
    assert len({(case.language, case.label) for case in CASES}) == len(CASES)
