"""Texts with what a careful reader takes from them: the labels are sound, and the rules read the same.

Articles and texts set aside are measured, not asserted one by one: see test_golden.py.
"""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

import claims_accuracy
from claims_accuracy import Case
from quantclaims import Claim
from quantclaims.lexicon import list_languages
from quantclaims.schemas.units import is_unit
from quantclaims.schemas.vocabularies import ids

TESTS = Path(__file__).parent
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


class Kind(NamedTuple):
    """Labelled texts of one purpose: a file per language."""

    folder: str
    least: int
    """Texts of a language."""
    asserted: bool = True
    """Whether each text must be read as labelled."""
    surplus: bool = False
    """Whether a text may hold figures that are not labelled."""


KINDS = {
    "claims": Kind("corpus", 40),  # who says how much of what, about when, how sure
    "clauses": Kind("corpus", 50),  # which verb, time, stance and base, in sentences of several clauses
    "parties": Kind("corpus", 50),  # who acts, who is on the other side and who says so
    "relations": Kind("corpus", 40),  # which figure stands on which, and how sure it is
    "speakers": Kind("corpus", 40, surplus=True),  # who vouches for a figure, who relays it, the name as printed
    "articles": Kind("golden", 20, asserted=False),
    "calibration": Kind("golden", 10, asserted=False),
    "set_aside": Kind("golden", 20, asserted=False),
}


def read_kind(kind: str, language: str) -> list[Case]:
    return claims_accuracy.read_file(TESTS / KINDS[kind].folder / language / f"{kind}.toml")


CASES = [(kind, case) for kind in KINDS for language in list_languages() for case in read_kind(kind, language)]


def list_params(*, asserted: bool) -> list[Any]:
    """The texts that are asserted, with the failures that are known; or all."""
    return [
        pytest.param(
            kind,
            case,
            id=f"{kind}-{case.language}-{case.label}",
            marks=[pytest.mark.xfail(reason=case.xfail, strict=True)] if asserted and case.xfail else [],
        )
        for kind, case in CASES
        if not asserted or (KINDS[kind].asserted and not case.set_aside)
    ]


@pytest.mark.parametrize(("kind", "case"), list_params(asserted=True))
def test_claims_are_those_of_a_careful_reader(kind: str, case: Case) -> None:
    differences = [
        line
        for line in claims_accuracy.run(case).differences
        if not (KINDS[kind].surplus and line.startswith("surplus:"))
    ]
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize(("kind", "case"), list_params(asserted=False))
def test_labels_are_sound(kind: str, case: Case) -> None:
    for expectation in case.expect:
        assert expectation["quote_has"] in case.text
        assert expectation.keys() <= {*claims_accuracy.NO_COLUMN, *Claim._fields}
        for column, vocabulary in VOCABULARY.items():
            labelled = expectation.get(column, [])
            assert set(labelled if isinstance(labelled, list) else [labelled]) <= {"null", *ids(vocabulary)}
        assert is_unit(expectation.get("unit", "1"))
        figures = [expectation.get(column, "null") for column in ("value_low", "value", "value_high")]
        known = [figure for figure in figures if figure != "null"]
        assert known == sorted(known)
        assert "base" not in expectation or expectation["base"] in range(len(case.expect))
        if {"value", "factor"} <= expectation.keys():
            base = case.expect[expectation["base"]]
            assert expectation["value"] == pytest.approx(expectation["factor"] * base["value"])


@pytest.mark.parametrize("language", list_languages())
@pytest.mark.parametrize("kind", KINDS)
def test_a_language_has_its_texts_each_by_a_name_of_its_own(kind: str, language: str) -> None:
    cases = read_kind(kind, language)
    assert len({case.label for case in cases}) == len(cases) >= KINDS[kind].least


@pytest.mark.parametrize("language", list_languages())
def test_texts_about_speakers_ask_for_them(language: str) -> None:
    for case in read_kind("speakers", language):
        assert case.expect
        assert all(expectation.keys() & {"claimant", "claimant_text"} for expectation in case.expect)


@pytest.mark.parametrize("language", list_languages())
def test_every_third_text_is_set_aside(language: str) -> None:
    cases = read_kind("claims", language)
    assert [case.set_aside for case in cases] == [position % 3 == 0 for position in range(1, len(cases) + 1)]


def test_no_failure_is_known_of_what_is_only_measured() -> None:
    measured = [case for kind, case in CASES if case.set_aside or not KINDS[kind].asserted]
    assert not any(case.xfail for case in measured)


@pytest.mark.parametrize("language", list_languages())
def test_a_third_of_the_articles_is_set_aside(language: str) -> None:
    cases = [case for kind in KINDS if not KINDS[kind].asserted for case in read_kind(kind, language)]
    assert len({case.label for case in cases}) == len(cases)
    assert [case for case in read_kind("articles", language) if case.set_aside] == []
    assert 3 * sum(case.set_aside for case in cases) >= len(cases)
