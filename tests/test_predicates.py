"""The words that say what a figure is about: the tables hold to the contract, and the words are read in text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from quantclaims.context.predicates import find_predicates
from quantclaims.lexicon import list_languages, load_language
from quantclaims.schemas.vocabularies import ids
from quantclaims.tokens import tokenize

CORPUS = Path(__file__).parent / "corpus"
KINDS = {"nouns", "undergone", "active", "receiving", "suffering", "light", "seeking"}


def read_cases(language: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((CORPUS / language / "predicates.toml").read_text("utf-8"))[
        "predicates"
    ]
    return cases


def read_predicates(text: str, language: str) -> set[tuple[str, str]]:
    """(predicate, its words) of a sentence; a verb that needs a state names none by itself."""
    tokens = tokenize(text, language)
    return {
        (found.predicate, text[tokens[found.first].start : tokens[found.end - 1].end])
        for found in find_predicates(tokens, language)
        if found.frame not in ("light", "seeking")
    }


def read_frames(phrase: str, language: str) -> set[tuple[str, str]]:
    """(predicate, kind) of the words of a phrase."""
    return {(found.predicate, found.frame) for found in find_predicates(tokenize(phrase, language), language)}


@pytest.mark.parametrize(
    ("language", "case"),
    [
        pytest.param(
            language,
            case,
            id=case["text"],
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for language in list_languages()
        for case in read_cases(language)
    ],
)
def test_words_name_their_predicate(language: str, case: dict[str, Any]) -> None:
    found = read_predicates(case["text"], language)
    assert set(case.get("found", {}).items()) <= found
    assert {predicate for predicate, _ in found}.isdisjoint(case.get("absent", ()))


@pytest.mark.parametrize("language", list_languages())
def test_every_predicate_of_the_contract_has_words_and_a_case(language: str) -> None:
    tables = load_language(language)["predicates"]
    assert set(tables) == set(ids("predicates"))
    assert all(table and set(table) <= KINDS and all(table.values()) for table in tables.values())
    assert {predicate for case in read_cases(language) for predicate in case.get("found", {})} == set(tables)
    assert sum("absent" in case for case in read_cases(language)) >= 10


@pytest.mark.parametrize("language", list_languages())
def test_every_word_of_the_tables_is_reached(language: str) -> None:
    unreached = [
        (predicate, kind, phrase)
        for predicate, table in load_language(language)["predicates"].items()
        for kind, phrases in table.items()
        for phrase in phrases
        if (predicate, kind) not in read_frames(phrase, language)
    ]
    assert unreached == []


@pytest.mark.parametrize("language", list_languages())
def test_no_word_is_listed_twice_for_a_predicate(language: str) -> None:
    for predicate, table in load_language(language)["predicates"].items():
        for kind, phrases in table.items():
            assert len(phrases) == len(set(phrases)), (predicate, kind)
