"""The labelled cases of quantities, every table entry read as text, and the edges that no sentence shows."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from quantclaims.lexicon import list_languages, load_language
from quantclaims.quantities.calibres import find_calibres
from quantclaims.quantities.hedges import read_hedge_after, read_hedges_before
from quantclaims.quantities.nouns import NounWords
from quantclaims.quantities.scan import find_labels, find_quantities
from quantclaims.quantities.units import read_rate, read_unit
from quantclaims.records import Number, Quantity
from quantclaims.schemas.units import is_unit
from quantclaims.tokens import tokenize

CORPUS = Path(__file__).parent / "corpus"
READING_RULES = {
    "article", "calibre", "currency_code", "currency_sign", "elided_head", "hedge_after", "hedge_before",
    "noun_after_number", "noun_before_number", "noun_by_agreement", "number_of", "past_modifier", "people_adjective",
    "plural_designation", "plural_noun", "rate", "shared_head", "singular_noun", "unit_adjective", "unit_modifier",
    "unit_symbol", "unit_word",
}  # fmt: skip
LABEL_RULES = {
    "after_name", "after_noun", "anaphor", "attached", "before_name", "clock", "code", "date", "idiom", "label_after",
    "label_list", "label_word", "list_mark", "name", "one_of", "ordinal", "pronoun", "reference", "vague",
    "value", "year",
}  # fmt: skip
RULES = READING_RULES | LABEL_RULES
WITHOUT = {
    "pl": {
        "label_after", "noun_after_number", "past_modifier", "people_adjective", "plural_designation",
        "plural_noun", "singular_noun", "unit_modifier", "vague",
    },
    "ro": {
        "clock", "label_after", "noun_before_number", "noun_by_agreement", "ordinal", "past_modifier",
        "people_adjective",
        "plural_designation", "plural_noun", "singular_noun", "unit_adjective", "unit_modifier",
    },
    "en": {
        "article", "clock", "noun_after_number", "noun_before_number", "noun_by_agreement", "ordinal", "unit_adjective",
    },
}  # fmt: skip
"""Rules that the grammar of a language has no use for."""


def read_cases(language: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((CORPUS / language / "quantities.toml").read_text("utf-8"))["case"])


def load_cases() -> list[Any]:
    cases = []
    for language in list_languages():
        for case in read_cases(language):
            marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            cases.append(pytest.param(language, case, id=f"{language}-{case['rule']}-{case['text'][:40]}", marks=marks))
    return cases


def show(text: str, q: Quantity) -> list[object]:
    """A quantity as the corpus writes it."""
    head = "" if q.head_start is None else text[q.head_start : q.head_end]
    amount = [q.low, q.high] if q.value is None else [q.value]
    return [text[q.start : q.end], head, q.unit, q.qualifier, *(-1 if bound is None else bound for bound in amount)]


@pytest.mark.parametrize(("language", "case"), load_cases())
def test_case(language: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_quantities(text, language)
    assert [show(text, q) for q in found] == case["quantities"]
    if "lemmas" in case:
        assert [q.lemma for q in found] == case["lemmas"]
    if "attributes" in case:
        assert [list(q.attributes) for q in found] == case["attributes"]
    labels = {rule for _, _, rule in find_labels(text, language)}
    fired = labels if case["rule"] in LABEL_RULES else {rule for q in found for rule in q.rules}
    if case["rule"] == "article" and language == "pl":
        return  # "jeden" is kept or dropped by what stands beside it: the quantities of the case show it
    assert (case["rule"] in fired) is not case.get("abstain", False)


@pytest.mark.parametrize("language", list_languages())
def test_every_rule_is_shown_and_shown_to_abstain(language: str) -> None:
    cases = read_cases(language)
    shown = {case["rule"] for case in cases if not case.get("abstain")}
    abstains = {case["rule"] for case in cases if case.get("abstain")}
    assert shown == RULES - WITHOUT[language]
    assert abstains == RULES - WITHOUT[language]


# --- every entry of the tables is read --------------------------------------------------------------------------------


def entries(*path: str) -> list[Any]:
    """``(language, key, entry)`` of a table in every language; of a list, the key is empty."""
    found = []
    for language in list_languages():
        table = load_language(language)["quantities"]
        for step in path:
            table = table.get(step, {})
        pairs = table.items() if isinstance(table, dict) else [("", table)]
        found += [
            pytest.param(language, key, form, id=f"{language}-{key}-{form}")
            for key, forms in pairs
            if isinstance(forms, list)
            for form in forms
        ]
    return found


@pytest.mark.parametrize(("language", "code", "form"), entries("units"))
def test_unit_is_read_and_valid(language: str, code: str, form: str) -> None:
    tokens = tokenize(form, language)
    unit = read_unit(tokens, 0, language)
    assert unit is not None
    assert (unit.code, unit.end) == (code, len(tokens))
    assert is_unit(code)


@pytest.mark.parametrize(("language", "code", "form"), entries("unit_adjectives"))
def test_unit_adjective_is_read(language: str, code: str, form: str) -> None:
    found = find_quantities(f"5-{form}", language)
    assert [q.unit for q in found] == [code]


@pytest.mark.parametrize(("language", "code", "form"), entries("rates", "adverbs"))
def test_rate_is_read(language: str, code: str, form: str) -> None:
    tokens = tokenize(form, language)
    assert read_rate(tokens, 0, language) == (len(tokens), code)


@pytest.mark.parametrize(("language", "_", "word"), entries("rates", "per"))
def test_divisor_is_read(language: str, _: str, word: str) -> None:
    assert read_rate(tokenize(f"{word} min", language), 0, language) == (len(tokenize(word, language)) + 1, "min")


@pytest.mark.parametrize(("language", "_", "phrase"), entries("rates", "never"))
def test_phrase_is_no_rate(language: str, _: str, phrase: str) -> None:
    assert read_rate(tokenize(phrase, language), 0, language) is None


@pytest.mark.parametrize(("language", "qualifier", "phrase"), entries("hedges") + entries("inflected_hedges"))
def test_hedge_is_read_whole(language: str, qualifier: str, phrase: str) -> None:
    tokens = tokenize(phrase, language)
    hedges = read_hedges_before(tokens, len(tokens), 0, language)
    assert hedges
    assert (hedges[0].first, hedges[0].qualifier) == (0, qualifier)


@pytest.mark.parametrize(("language", "qualifier", "phrase"), entries("suffix_hedges"))
def test_suffix_hedge_is_read_whole(language: str, qualifier: str, phrase: str) -> None:
    tokens = tokenize(phrase, language)
    hedge = read_hedge_after(tokens, 0, len(tokens) + 1, language)
    assert hedge is not None
    assert (hedge.end, hedge.qualifier) == (len(tokens), qualifier)


@pytest.mark.parametrize(
    ("language", "_", "phrase"), entries("labels", "before") + entries("labels", "before_bare"), ids=str
)
def test_label_word_is_read(language: str, _: str, phrase: str) -> None:
    text = f"xx {phrase} 5"
    assert find_quantities(text, language) == []


@pytest.mark.parametrize(("language", "_", "phrase"), entries("labels", "after"))
def test_label_after_is_read(language: str, _: str, phrase: str) -> None:
    assert "label_after" in {rule for _, _, rule in find_labels(f"5 {phrase}", language)}


@pytest.mark.parametrize("language", list_languages())
def test_word_classes_hold_single_words_once(language: str) -> None:
    """A phrase of two words would never be met, and a word that ends the search can stand in no other class."""
    table = load_language(language)["quantities"]
    nouns = {field: words for field, words in table["nouns"].items() if field != "order"}
    assert set(nouns) <= set(NounWords._fields)
    for field, words in nouns.items():
        assert len(words) == len(set(words)), field
        assert [word for word in words if len(tokenize(word, language)) != 1] == [], field
    for field in ("modifiers", "plurals", "people"):
        assert set(nouns.get(field, [])).isdisjoint(nouns["stops"]), field


@pytest.mark.parametrize("language", list_languages())
def test_calibre_words_are_read(language: str) -> None:
    table = load_language(language)["quantities"]["calibre"]
    for head in table["heads"]:
        tokens = tokenize(f"xx 152 mm {head}", language)
        number = Number(3, 6, 152.0, 152.0, 152.0, "cardinal", "figure", 1, 2)
        assert 1 in find_calibres(tokens, [number], language), head
    for word in table["words"]:
        tokens = tokenize(f"xx {word} 152 mm", language)
        first = len(tokens) - 2
        start = tokens[first].start
        number = Number(start, start + 3, 152.0, 152.0, 152.0, "cardinal", "figure", first, first + 1)
        assert first in find_calibres(tokens, [number], language), word


@pytest.mark.parametrize("language", list_languages())
def test_tables_are_named_alike_in_every_language(language: str) -> None:
    table, english = load_language(language)["quantities"], load_language("en")["quantities"]
    assert set(table) - {"unit_adjectives"} == set(english)
