"""Confidence: named evidence, published weights, and the command that fits and measures them."""

import importlib.util
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from quantclaims import Article, extract_claims
from quantclaims.claims import read_discourse
from quantclaims.confidence import estimate_confidence, load_fit, load_weights, name_evidence
from quantclaims.lexicon import list_languages
from quantclaims.merging import merge_drafts

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def command() -> Any:
    folder = ROOT / "benchmarks"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("calibration", folder / "calibration.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module


def list_evidence() -> set[str]:
    names: set[str] = set()
    for language in list_languages():
        for folder, file in (("corpus", "claims"), ("golden", "articles")):
            path = ROOT / "tests" / folder / language / f"{file}.toml"
            for case in tomllib.loads(path.read_text("utf-8"))["claims"]:
                if case.get("set_aside"):
                    continue
                discourse = read_discourse(Article(case["text"], language, case.get("published")))
                for draft in merge_drafts(discourse.drafts):
                    evidence = name_evidence(discourse, draft)
                    assert all(0 < strength <= 1 for strength in evidence.values())
                    names |= evidence.keys()
    return names


def test_every_weight_is_of_evidence_that_occurs() -> None:
    assert load_weights().keys() - {"any_row"} - list_evidence() == set()
    assert load_fit()["fit"]["rows"] > 300


def test_evidence_moves_the_confidence_by_its_weight() -> None:
    for name, weight in load_weights().items():
        if name != "any_row":
            assert (estimate_confidence({name: 1.0}) > estimate_confidence({})) is (weight > 0)


def test_a_row_has_its_own_confidence() -> None:
    text = "According to C4ADS, Iran sent Russia 40 drones. Some 300 were seen."
    assert len({claim.confidence for claim in extract_claims(Article(text, "en"))}) == 2


def test_error_of_confidences_that_hold_and_that_do_not(command: Any) -> None:
    assert command.calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)
    assert command.calibration_error([(0.95, False)] * 4) == pytest.approx(0.95)
    one = command.measure([(0.5, True), (0.5, False)])
    assert (one.brier, one.brier_of_share) == (0.25, 0.25)


def test_a_text_has_no_part_in_its_own_measure(command: Any) -> None:
    pytest.importorskip("sklearn")
    watched = [
        command.Judged(f"seen {i % 20}", command.WATCHED, {"near": i % 2, "far": i % 3 == 0}, i % 2 == 0 or i % 5 == 0)
        for i in range(120)
    ]
    new = [command.Judged(f"new {i % 20}", command.UNWATCHED, {"near": i % 2}, i % 3 == 0) for i in range(80)]
    turned = [row._replace(is_right=not row.is_right) if row.text == "new 7" else row for row in new]

    def give(rows: list[Any]) -> list[float]:
        texts = [row.text for _, held in command.split_by_text(rows) for row in held]
        given = [confidence for confidence, _ in command.hold_out([*watched, *rows])]
        return [confidence for confidence, text in zip(given, texts, strict=True) if text == "new 7"]

    assert len(give(new)) == 4
    assert give(new) == pytest.approx(give(turned))


def test_what_watching_a_text_gains_is_no_confidence(command: Any) -> None:
    pytest.importorskip("sklearn")
    watched = [command.Judged(f"seen {i}", command.WATCHED, {}, i % 10 != 0) for i in range(200)]
    fresh = [command.Judged(f"new {i}", command.UNWATCHED, {}, i % 2 == 0) for i in range(200)]
    weights, _ = command.fit_weights([*watched, *fresh])
    assert weights.keys() == {"any_row"}
    assert command.give_confidence(weights, fresh[0]) == pytest.approx(0.5, abs=0.1)


def test_a_folder_without_cases_is_refused(
    command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["calibration", "--cases", str(tmp_path)])
    assert command.main() == 2
    assert capsys.readouterr().err.count("\n") == 1
