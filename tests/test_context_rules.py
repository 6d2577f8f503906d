"""The rules of the context step: labelled texts in which each is at work, and texts that only resemble its case."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quantclaims import Article, Claim, extract_claims
from quantclaims.lexicon import list_languages

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
RULES = {
    "claimant_according_to", "claimant_article", "claimant_article_apposition", "claimant_citing",
    "claimant_count_verb", "claimant_deny_verb", "claimant_first_person", "claimant_headline_colon",
    "claimant_relay_verb", "claimant_report_noun", "claimant_say_verb", "claimant_interview", "claimant_issuer",
    "claimant_article_state", "claimant_home_state", "speaker_release", "speaker_reported_future",
    "speaker_heading", "speaker_lead_in", "speaker_quoted", "predicate_active", "predicate_measure",
    "predicate_unit", "predicate_nouns", "predicate_light", "predicate_seeking", "predicate_undergone",
    "predicate_receiving", "predicate_suffering", "lead_in", "parties_continued", "actor_agent", "actor_is_speaker",
    "actor_owner", "actor_source", "actor_subject", "actor_place", "actor_possessor", "counterparty_agent",
    "counterparty_companion", "counterparty_source", "parties_cause", "parties_topic", "parties_related",
    "parties_reporter", "parties_setting", "parties_article", "predicate_continued", "counterparty_owner",
    "counterparty_place", "counterparty_possessor", "counterparty_recipient", "counterparty_subject",
    "counterparty_target", "stance_demanded", "stance_future_period", "stance_planned", "stance_possible",
    "change_comparative", "change_verb", "multiple_demonstratives", "multiple_higher", "multiple_lower",
    "base_previous", "relation_alternative_to", "relation_equivalent_to", "relation_part_of",
    "relation_revision_of", "relation_share_of", "denial_negated_object", "denial_negated_subject",
    "denial_negated_verb", "denial_verb", "period_continued", "period_during_event", "period_fieldwork",
    "period_inherited", "period_since_event", "period_until_statement", "merged_mentions", "elided_head",
    "elided_people", "elided_act", "currency_of_state", "scale_of_text",
}  # fmt: skip
"""Every rule of the context step. Those of numbers, quantities and dates have files of their own."""
WITHOUT = {
    "pl": {"claimant_report_noun", "denial_negated_object"},
    "ro": {"claimant_report_noun", "denial_negated_object"},
    "en": {"claimant_home_state", "claimant_relay_verb"},
}
"""Rules that a language has no case for: "raport Pentagonu" puts the owner after the report, "nie ... żadnej" and
"nu ... nicio" negate the verb too, and every English verb of relaying but "quote" is also a verb of saying."""


def read_cases(language: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((CORPUS / language / "context.toml").read_text("utf-8"))["context"]
    return cases


def list_cases(*, marked: bool = False) -> list[Any]:
    params = []
    for language in list_languages():
        for case in read_cases(language):
            failing = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            params.append(
                pytest.param(language, case, id=f"{language}-{case['label']}", marks=failing if marked else ())
            )
    return params


def name_rules(claims: list[Claim]) -> set[str]:
    return {rule.replace(":", "_").replace("-", "_") for claim in claims for rule in claim.rules}


@pytest.mark.parametrize(("language", "case"), list_cases(marked=True))
def test_rules_are_at_work_where_a_careful_reader_sees_their_case(language: str, case: dict[str, Any]) -> None:
    claims = extract_claims(Article(case["text"], language, case.get("published")))
    found = name_rules(claims)
    assert set(case.get("has", ())) - found == set()
    assert set(case.get("lacks", ())) & found == set()
    assert (claims == []) is case.get("none", False)  # a text without claims lacks every rule and shows nothing


@pytest.mark.parametrize(("language", "case"), list_cases())
def test_cases_are_sound(language: str, case: dict[str, Any]) -> None:
    assert case.keys() <= {"label", "text", "published", "has", "lacks", "none", "xfail"}
    has, lacks = set(case.get("has", ())), set(case.get("lacks", ()))
    assert has | lacks
    assert not has & lacks
    assert lacks <= RULES
    assert has <= RULES | list_step_rules()
    assert not (has and case.get("none"))


@pytest.mark.parametrize("language", list_languages())
def test_every_rule_is_shown_and_shown_to_abstain(language: str) -> None:
    cases = [case for case in read_cases(language) if "xfail" not in case]
    assert len({case["label"] for case in read_cases(language)}) == len(read_cases(language))
    shown = {rule for case in cases for rule in case.get("has", ())} & RULES
    assert shown == RULES - WITHOUT[language]
    assert {rule for case in cases for rule in case.get("lacks", ())} >= RULES - WITHOUT[language]


def test_every_rule_occurs_in_some_language() -> None:
    assert set.intersection(*WITHOUT.values()) == set()


@cache
def list_step_rules() -> set[str]:
    """Rules of the steps before: numbers and quantities by their names, dates as the period that they settle."""
    rules = set()
    for language in list_languages():
        for step, prefix in (("numbers", ""), ("quantities", ""), ("dates", "period_")):
            cases = tomllib.loads((CORPUS / language / f"{step}.toml").read_text("utf-8"))["case"]
            rules |= {prefix + case["rule"].replace("-", "_") for case in cases}
    return rules


def list_articles() -> Iterator[Article]:
    """The texts of this corpus, of the labelled claims and of the dataset."""
    for language in list_languages():
        labelled = tomllib.loads((CORPUS / language / "claims.toml").read_text("utf-8"))["claims"]
        for case in (*labelled, *read_cases(language)):
            yield Article(case["text"].strip(), language, case.get("published"))
    for path in sorted((ROOT / "dataset" / "articles").glob("*.md")):
        _, front, body = path.read_text("utf-8").split("+++\n", 2)
        stated = tomllib.loads(front)
        yield Article(body, stated["language"], stated["published"])


def test_no_claim_carries_a_rule_that_no_corpus_lists() -> None:
    carried = {rule for article in list_articles() for rule in name_rules(extract_claims(article))}
    assert carried - RULES - list_step_rules() == set()
    assert carried & RULES >= RULES
