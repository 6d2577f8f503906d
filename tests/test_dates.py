"""The labelled cases of dates, the tables they are read with, and the contract of every result."""

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from quantclaims.dates import words as date_words
from quantclaims.dates.scan import find_dates, scan_dates
from quantclaims.dates.words import CUES, ROLES, expand_forms, load_vocabulary
from quantclaims.lexicon import list_languages, load_language
from quantclaims.numbers.scan import scan_numbers
from quantclaims.schemas.edtf import parse_edtf
from quantclaims.segment import segment

CORPUS = Path(__file__).parent / "corpus"
REFERENCE = date(2024, 7, 19)
RULES = {
    "numeric", "day_month", "month_day", "month_year", "month", "quarter", "half_year", "half_of", "season", "century",
    "decade", "decade_unsettled", "year", "act_year", "day_offset", "shifted", "weekday", "dated_weekday", "weekend",
    "ago", "ahead", "trailing", "coming", "so_far", "elapsed", "remaining", "day_of_month", "anaphoric", "part", "nth",
    "first_units", "week_of", "range", "overnight", "days", "months", "since", "until", "before", "after",
    "feast", "numbered_week", "ending",
}  # fmt: skip
WITHOUT = {"pl": {"week_of"}, "ro": {"week_of"}, "en": set[str]()}
"""Rules that a language has no words for."""


def list_cases(*, marked: bool = False) -> list[Any]:
    cases = []
    for language in list_languages():
        for case in tomllib.loads((CORPUS / language / "dates.toml").read_text("utf-8"))["case"]:
            failing = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            name = f"{language}-{case['rule']}-{case['text'][:40]}"
            cases.append(pytest.param(language, case, id=name, marks=failing if marked else ()))
    return cases


@pytest.mark.parametrize(("language", "case"), list_cases(marked=True))
def test_case(language: str, case: dict[str, Any]) -> None:
    text = case["text"]
    given = case.get("reference", REFERENCE.isoformat())
    found = find_dates(text, language, None if given == "none" else date.fromisoformat(given))
    assert [[text[d.start : d.end], d.edtf or "?"] for d in found] == case["dates"]
    assert (case["rule"] in {d.rule for d in found}) is not case.get("abstain", False)


@pytest.mark.parametrize("language", list_languages())
def test_every_rule_is_shown_and_shown_to_abstain(language: str) -> None:
    cases = tomllib.loads((CORPUS / language / "dates.toml").read_text("utf-8"))["case"]
    assert {case["rule"] for case in cases if not case.get("abstain")} == RULES - WITHOUT[language]
    assert {case["rule"] for case in cases if case.get("abstain")} == RULES - WITHOUT[language]


@pytest.mark.parametrize(("language", "case"), list_cases())
def test_results_keep_the_contract(language: str, case: dict[str, Any]) -> None:
    for sentence in segment(case["text"], language):
        found = scan_dates(sentence, scan_numbers(sentence, language), language, REFERENCE)
        for d in found:
            assert (d.start, d.end) == (sentence.tokens[d.first_token].start, sentence.tokens[d.last_token - 1].end)
            assert d.basis in ("explicit", "relative")
            assert d.rule in RULES
            assert (d.earliest, d.latest) == (parse_edtf(d.edtf) if d.edtf else (None, None))
        assert all(a.last_token <= b.first_token for a, b in pairwise(found))


@pytest.mark.parametrize(("language", "case"), list_cases())
def test_explicit_dates_need_no_reference(language: str, case: dict[str, Any]) -> None:
    explicit = [d for d in find_dates(case["text"], language, REFERENCE) if d.basis == "explicit"]
    alone = {(d.start, d.end): d for d in find_dates(case["text"], language)}
    assert all(alone[d.start, d.end] == d for d in explicit)


# --- the tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", list_languages())
def test_every_table_entry_is_known_by_its_role(language: str) -> None:
    vocabulary = load_vocabulary(language)
    known = {(words, role) for entries in vocabulary.entries.values() for words, role, _ in entries}
    for role, content in load_language(language)["dates"].items():
        if isinstance(content, bool):
            continue
        phrases = [p for listed in content.values() for p in listed] if isinstance(content, dict) else content
        forms = [form for phrase in phrases for form in expand_forms(phrase)]
        assert len(forms) == len(set(forms)), f"[dates.{role}] lists a form twice"
        assert {r for _, r in known} >= {role}


def test_every_role_is_asked_for() -> None:
    """A role that no function asks for would be a table that does nothing."""
    source = "".join(path.read_text("utf-8") for path in Path(date_words.__file__).parent.glob("*.py"))
    declared = Path(date_words.__file__).read_text("utf-8")
    for role in {*ROLES, *CUES}:
        assert source.count(f'"{role}"') > declared.count(f'"{role}"') or role.startswith("short_"), role


@pytest.mark.parametrize(("table", "message"), [
    ({"monthes": {"1": ["january"]}}, r"\[dates.monthes\] is no role"),
    ({"months": {"13": ["smarch"]}}, r"\[dates.months\] has no value '13'"),
    ({"sinse": ["since"]}, r"\[dates\] sinse is no role"),
])  # fmt: skip
def test_misspelt_table_is_named(table: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(date_words, "load_language", lambda _: {"dates": table})
    load_vocabulary.cache_clear()
    with pytest.raises(ValueError, match=message):
        load_vocabulary("en")
    load_vocabulary.cache_clear()


def test_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match="known are en, pl, ro"):
        find_dates("1. Mai 2024", "de")
