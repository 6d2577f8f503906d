"""How well rows are verified on the labelled texts: floors, and the command that prints the figures."""

import subprocess
import sys
from pathlib import Path

import pytest

from claims_accuracy import Case, read_cases
from verification import Tally, make_rows, measure, spoil

ROOT = Path(__file__).parents[1]

FOUND_OUT = {
    "ten times the value": 0.99,
    "the value and one": 0.99,
    "another unit": 0.99,
    "another item": 0.98,
    "a claimant from elsewhere": 0.98,
    "the period a year later": 0.9,
    "a claimant of the same text": 0.35,
}
"""Of right rows made wrong in one field, the least part that must be found out."""


@pytest.fixture(scope="module")
def tally() -> Tally:
    cases = [case for case in read_cases(ROOT / "tests" / "golden") if not case.set_aside and not case.calibrates]
    return measure(cases, lambda _: None)


def test_right_rows_are_supported(tally: Tally) -> None:
    """What is missing is what the grammar misreads: a row is right in a dozen fields or it counts as not supported."""
    assert tally.rows["right"] > 400
    assert tally.supported["right"] / tally.rows["right"] >= 0.82
    assert tally.contradicted["right"] / tally.rows["right"] <= 0.1


@pytest.mark.parametrize("how", FOUND_OUT)
def test_wrong_rows_are_found_out(tally: Tally, how: str) -> None:
    assert tally.rows[how] > 50
    assert 1 - tally.supported[how] / tally.rows[how] >= FOUND_OUT[how]


CASE = Case(
    "en",
    "a case",
    "About 14 howitzers came, said the BBC, and 3 tanks, said Reuters.",
    "2024-05-06",
    (
        {"quote_has": "14 howitzers", "value": 14, "qualifier": "approximately", "value_low": "null", "unit": "1"}
        | {"items": ["howitzer"], "claimant": "bbc", "period_start": "2024-01-01", "period_end": "2024-01-31"},
        {"quote_has": "no such words", "value": 3},
        {"quote_has": "3 tanks", "value": 3, "claimant": ["reuters", "bbc"], "factor": 0.5, "base": 0},
    ),
    set_aside=False,
    xfail=None,
)


def test_rows_of_a_case() -> None:
    first, second = make_rows(CASE, "c")
    assert (first["claim_id"], first["value"], first["value_low"]) == ("c#b0", 14.0, None)
    assert second == {
        "claim_id": "c#b2",
        "article_id": "c",
        "quote": "3 tanks",
        "value": 3.0,
        "factor": 0.5,
        "base_claim_id": "c#b0",
    }


def test_every_spoilt_row_differs_in_one_field() -> None:
    first, second = make_rows(CASE, "c")
    spoilt = list(spoil(first, [second | {"claimant": "reuters"}]))
    assert [each.how for each in spoilt] == [
        "ten times the value",
        "the value and one",
        "another unit",
        "another item",
        "the period a year later",
        "a claimant from elsewhere",
        "a claimant of the same text",
    ]
    for each in spoilt:
        assert {column.partition("_")[0] for column in each.row if each.row[column] != first.get(column)} in (
            {"value"},
            {"unit"},
            {"items"},
            {"period"},
            {"claimant"},
        )


def test_command_wants_labelled_texts(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "verification.py"), "--cases", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "give the folder" in done.stderr
