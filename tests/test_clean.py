"""Page furniture: labelled cases, and what masking must never do to any text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantclaims.lexicon import list_languages, load_language
from quantclaims.pages.clean import clean, mask_furniture
from quantclaims.pages.furniture import RULES

CORPUS = Path(__file__).parent / "corpus"


def load_cases() -> list[Any]:
    return [
        pytest.param(
            language,
            case,
            id=f"{language}-{case['rule']}-{case['label'][:40]}",
            marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [],
        )
        for language in list_languages()
        for case in tomllib.loads((CORPUS / language / "clean.toml").read_text("utf-8"))["clean"]
    ]


CASES = load_cases()


@pytest.mark.parametrize(("language", "case"), CASES)
def test_case(language: str, case: dict[str, Any]) -> None:
    text = case["text"]
    cleaned = clean(text, language)
    masked = " ".join(" ".join(text[note.start : note.end] for note in cleaned.notes).split())
    assert masked == " ".join(case.get("masked", []))
    assert case.get("none", False) != bool(masked)
    assert case.get("none", False) or case["rule"] in {note.rule for note in cleaned.notes}


@pytest.mark.parametrize("rule", [name for name, _ in RULES])
def test_rule_has_cases_for_and_against(rule: str) -> None:
    kinds = {case.values[1].get("none", False) for case in CASES if case.values[1]["rule"] == rule}
    assert kinds == {True, False}


def test_every_case_names_a_rule() -> None:
    assert {case.values[1]["rule"] for case in CASES} == {name for name, _ in RULES}


def page_lines(language: str) -> st.SearchStrategy[str]:
    """Furniture, text and debris in any mixture, as pages have it."""
    words = [phrase for value in load_language(language)["furniture"].values() for phrase in value]
    case_lines = [line for case in CASES if case.values[0] == language for line in case.values[1]["text"].split("\n")]
    piece = st.sampled_from(words) | st.sampled_from(case_lines) | st.text(max_size=12) | st.just("")
    line = st.lists(piece, max_size=3).map(" ".join)
    doubled = line.map(lambda text: f"{text}\n{text}") | line.map(lambda text: text + text)
    return st.lists(line | doubled, max_size=12).map("\n".join)


@pytest.mark.parametrize("language", list_languages())
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_masking_moves_nothing(language: str, data: st.DataObject) -> None:
    text = data.draw(page_lines(language))
    masked = mask_furniture(text, language)
    assert len(masked) == len(text)
    assert all(now == was or (now == " " and not was.isspace()) for was, now in zip(text, masked, strict=True))
    assert mask_furniture(masked, language) == masked


def test_notes_say_all_that_is_masked() -> None:
    text = "Views: 12\nTwo people said <b>yes</b>.\n\nRelated\nOther story\n"
    cleaned = clean(text, "en")
    noted = {i for note in cleaned.notes for i in range(note.start, note.end)}
    assert all(i in noted for i, (was, now) in enumerate(zip(text, cleaned.text, strict=True)) if was != now)
    assert [note.rule for note in cleaned.notes] == ["view_counter", "markup", "markup", "recommended", "recommended"]


def test_language_without_a_grammar_is_named() -> None:
    with pytest.raises(ValueError, match="no grammar for language 'xx'"):
        clean("Any text.", "xx")
