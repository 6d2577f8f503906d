"""The command that measures claims: it tells what differs, and puts its figures on the data card."""

from pathlib import Path
from typing import Any

import pytest

import claims_accuracy as accuracy
from quantclaims import Claim


def test_differences_are_told(claim_rows: list[dict[str, Any]], text: str) -> None:
    multiple, base = (Claim(**row) for row in claim_rows)
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
    unlinked = accuracy.compare(case, [Claim(**claim_rows[0] | {"base_claim_id": None})])
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
