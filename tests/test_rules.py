"""Rules by name: each is described, and each can be switched off, which changes what some labelled text gives."""

import tomllib
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest

from quantclaims import Article, Claim, extract_claims, find_dates, find_numbers, find_quantities
from quantclaims.lexicon import list_languages
from quantclaims.rules import fires, load_rules, without_rules

CORPUS = Path(__file__).parent / "corpus"
RULES = load_rules()
KEYS = ("claims", "context")
"""Kinds of labelled texts that are read whole."""


class Reading(NamedTuple):
    """A labelled text and what reads it."""

    read: Callable[[], object]
    about: str


def read_cases(language: str, step: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((CORPUS / language / f"{step}.toml").read_text("utf-8"))["case"])


def show_numbers(text: str, language: str) -> object:
    return [each._replace(rule="") for each in find_numbers(text, language)]


def show_quantities(text: str, language: str) -> object:
    return [each._replace(rules=()) for each in find_quantities(text, language)]


def show_dates(text: str, language: str, reference: date | None) -> object:
    return [each._replace(rule="") for each in find_dates(text, language, reference)]


def show_claims(article: Article) -> object:
    return [each._replace(rules=(), confidence=0.0) for each in extract_claims(article)]


@cache
def list_articles() -> list[Article]:
    """The texts that are labelled with claims or with rules of the context; a third of the first is set aside."""
    return [
        Article(case["text"].strip(), language, case.get("published"))
        for language in list_languages()
        for file in sorted((CORPUS / language).glob("*.toml"))
        for kind, cases in tomllib.loads(file.read_text("utf-8")).items()
        if kind in KEYS
        for case in cases
        if not case.get("set_aside")
    ]


@cache
def list_readings() -> dict[str, list[Reading]]:
    """Rule -> labelled texts that name it or in which a claim carries it."""
    found: defaultdict[str, list[Reading]] = defaultdict(list)
    for language in list_languages():
        for case in read_cases(language, "numbers"):
            read = bind(show_numbers, case["text"], language)
            found[case["rule"]].append(Reading(read, case["text"]))
        for case in read_cases(language, "quantities"):
            read = bind(show_quantities, case["text"], language)
            found[case["rule"]].append(Reading(read, case["text"]))
        for case in read_cases(language, "dates"):
            given = case.get("reference", "2024-07-19")
            reference = None if given == "none" else date.fromisoformat(str(given))
            found[f"period_{case['rule']}"].append(
                Reading(bind(show_dates, case["text"], language, reference), case["text"])
            )
    for article in list_articles():
        for rule in list_carried(article):
            found[rule].append(Reading(bind(show_claims, article), article.text))
    return found


def bind(read: Callable[..., object], *arguments: object) -> Callable[[], object]:
    return lambda: read(*arguments)


@cache
def list_carried(article: Article) -> frozenset[str]:
    return frozenset(rule for claim in extract_claims(article) for rule in claim.rules)


@pytest.mark.parametrize("name", RULES)
def test_switching_a_rule_off_changes_what_a_labelled_text_gives(name: str) -> None:
    readings = list_readings().get(name, [])
    assert readings, f"no labelled text shows {name}: write a case for it"
    assert any(differs(name, reading) for reading in readings), (
        f"{name} changes nothing: it does nothing or cannot be switched off"
    )


def differs(name: str, reading: Reading) -> bool:
    with without_rules(name):
        without = reading.read()
    return without != reading.read()


def test_every_rule_that_a_claim_carries_is_described() -> None:
    carried = {rule for article in list_articles() for rule in list_carried(article)}
    assert carried - RULES.keys() == set(), "describe them in src/quantclaims/rules.toml"


def test_a_rule_is_told_in_one_line() -> None:
    assert all(rule.does.endswith((".", "...")) and "\n" not in rule.does for rule in RULES.values())
    assert len({rule.does for rule in RULES.values()}) == len(RULES)
    assert all(field in Claim._fields for rule in RULES.values() for field in rule.fields)


def test_a_rule_that_is_none_is_refused() -> None:
    with (
        pytest.raises(ValueError, match="no rule 'hedge_befor': did you mean 'hedge_before'"),
        without_rules("hedge_befor"),
    ):
        pass


def test_a_switch_lasts_for_its_block_and_its_thread() -> None:
    seen = []
    with without_rules("figure"):
        with without_rules("spelled"):
            assert (fires("figure"), fires("spelled"), fires("part")) == (False, False, True)
        thread = Thread(target=lambda: seen.append(fires("figure")))
        thread.start()
        thread.join()
        assert (fires("figure"), fires("spelled")) == (False, True)
    assert fires("figure")
    assert seen == [True]
