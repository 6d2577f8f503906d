"""Claims of short labelled texts: who says how much of what, about when, how sure."""

import importlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from quantclaims import Claim
from quantclaims.lexicon import list_languages
from quantclaims.schemas.vocabularies import ids

ROOT = Path(__file__).parents[1]
VOCABULARY = {
    "items": "items",
    "claimant": "claimants",
    "via": "claimants",
    "predicate": "predicates",
    "actor": "countries",
    "counterparty": "countries",
    "qualifier": "qualifiers",
    "stance": "stances",
    "relation": "relations",
    "change": "changes",
}


def load_accuracy() -> Any:
    """The command that measures on the same cases, imported as running it by path would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        return importlib.import_module("claims_accuracy")


accuracy = load_accuracy()
CASES = accuracy.read_cases(ROOT / "tests" / "corpus")
ASSERTED = [
    pytest.param(
        case,
        id=f"{case.language}-{case.label}",
        marks=[pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else [],
    )
    for case in CASES
    if not case.set_aside
]


@pytest.mark.parametrize("case", ASSERTED)
def test_claims_are_those_of_a_careful_reader(case: Any) -> None:
    differences = accuracy.run(case).differences
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.language}-{case.label}") for case in CASES])
def test_labels_are_sound(case: Any) -> None:
    for expectation in case.expect:
        assert expectation["quote_has"] in case.text
        assert expectation.keys() <= {*accuracy.NO_COLUMN, *Claim.__annotations__}
        for column, vocabulary in VOCABULARY.items():
            labelled = expectation.get(column, [])
            assert set(labelled if isinstance(labelled, list) else [labelled]) <= {"null", *ids(vocabulary)}
        figures = [expectation.get(column, "null") for column in ("value_low", "value", "value_high")]
        known = [figure for figure in figures if figure != "null"]
        assert known == sorted(known)
        if "factor" in expectation:
            base = case.expect[expectation["base"]]
            assert expectation["value"] == pytest.approx(expectation["factor"] * base["value"])


@pytest.mark.parametrize("language", list_languages())
def test_every_third_case_is_set_aside(language: str) -> None:
    cases = [case for case in CASES if case.language == language]
    assert len(cases) >= 40
    assert len({case.label for case in cases}) == len(cases)
    assert [case.set_aside for case in cases] == [position % 3 == 0 for position in range(1, len(cases) + 1)]
    assert not any(case.set_aside and case.xfail for case in cases)


def test_differences_are_told(claim_rows: list[dict[str, Any]], text: str) -> None:
    multiple, base = (SimpleNamespace(**row) for row in claim_rows)
    labels = (
        {"quote_has": "1,200", "value": 1200, "claimant": "ap", "base": 1},
        {"quote_has": "400 of", "value": 400},
        {"quote_has": "none were lost", "value": 0},
    )
    case = accuracy.Case("en", "made", text, None, labels, False, None)
    assert accuracy.compare(case, [multiple, base]).differences == (
        "'1,200': claimant is 'article', not 'ap'",
        "missing: 'none were lost'",
    )
    unlinked = accuracy.compare(case, [SimpleNamespace(**claim_rows[0] | {"base_claim_id": None})])
    assert "'1,200': base is None, not that of expectation 1" in unlinked.differences
    either = case._replace(expect=({"quote_has": "400 of", "value": 7, "optional": True},))
    assert accuracy.compare(either, []).differences == accuracy.compare(either, [base]).differences == ()
    nothing = accuracy.compare(case._replace(expect=()), [base])
    assert nothing.differences == ("surplus: '400 of January' value 400.0 claimant 'article'",)
    assert accuracy.figures([nothing])["claims precision"] == (0.0, 1)


def test_figures_are_put_on_the_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = tmp_path / "card.md"
    table = accuracy.as_markdown({"en": {"claims F1": (0.5, 4), "value and bounds": (1.0, 2)}})
    assert "| claims F1 | 0.500 (4) |" in table
    card.write_text("a\n<!-- claims-accuracy:start -->\nold\n<!-- claims-accuracy:end -->\nb\n", encoding="utf-8")
    assert accuracy.write_card(card, table, 3) == 0
    written = card.read_text(encoding="utf-8")
    assert written.startswith("a\n")
    assert written.endswith("-->\nb\n")
    assert table in written
    assert "old" not in written
    card.write_text("no markers", encoding="utf-8")
    assert accuracy.write_card(card, table, 3) == 2
    assert "claims-accuracy" in capsys.readouterr().err
