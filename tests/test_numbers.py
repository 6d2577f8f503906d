"""The labelled cases of numbers, every table entry read as text, and the edges that no sentence shows."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import simplemma

from quantclaims.lemmas import analyse
from quantclaims.lexicon import list_languages, load_language
from quantclaims.numbers.scan import find_numbers, is_article_numeral
from quantclaims.numbers.words import expand_forms, read_bounds
from quantclaims.tokens import tokenize

CORPUS = Path(__file__).parent / "corpus"
RULES = {
    "figure", "figure_magnitude", "figure_suffix", "figure_ordinal", "figure_multiplicative", "spelled",
    "spelled_decimal", "ordinal", "multiplicative", "part", "part_magnitude", "mixed", "collective", "group_noun",
    "indefinite", "vague", "negative", "repeated", "standalone", "range_dash", "range_to", "range_and",
    "range_bare_to", "range_or",
}  # fmt: skip
WITHOUT = {
    "pl": {"collective"},  # "a couple of" has no counterpart that is a phrase
    "ro": {"collective", "group_noun", "figure_multiplicative"},
    "en": {"group_noun"},
}
"""Rules that a language has no words for."""


def load_cases() -> list[Any]:
    cases = []
    for language in list_languages():
        for case in tomllib.loads((CORPUS / language / "numbers.toml").read_text("utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            cases.append(pytest.param(language, case, id=f"{language}-{case['rule']}-{case['text'][:40]}", marks=marks))
    return cases


@pytest.mark.parametrize(("language", "case"), load_cases())
def test_case(language: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_numbers(text, language)
    expected = [(printed, float(bounds[0]), float(bounds[-1])) for printed, *bounds in case["numbers"]]
    assert [(text[n.start : n.end], n.low, n.high) for n in found] == expected
    assert [n.value for n in found] == [low if low == high else None for _, low, high in expected]
    assert [n.kind for n in found] == case.get("kind", ["cardinal"] * len(found))
    assert (case["rule"] in {n.rule for n in found}) is not case.get("abstain", False)


@pytest.mark.parametrize("language", list_languages())
def test_every_rule_is_shown_and_shown_to_abstain(language: str) -> None:
    cases = tomllib.loads((CORPUS / language / "numbers.toml").read_text("utf-8"))["case"]
    shown = {case["rule"] for case in cases if not case.get("abstain")}
    abstains = {case["rule"] for case in cases if case.get("abstain")}
    assert shown == RULES - WITHOUT[language]
    assert abstains >= RULES - WITHOUT[language]
    assert abstains <= RULES


# --- every entry of the tables is reachable --------------------------------------------------------------------------


def list_entries(*names: str) -> list[Any]:
    """(language, table, form, key) of every form in the named tables."""
    return [
        pytest.param(language, name, form, key, id=f"{language}-{name}-{form}")
        for language in list_languages()
        for table in [load_language(language)["numbers"]]
        for name in names
        for key, forms in table[name].items()
        for form in expand_forms(forms, table["paradigms"])
    ]


def read_alone(text: str, language: str) -> tuple[str, float | None, float | None, float | None, str]:
    found = find_numbers(text, language)
    assert len(found) == 1, found
    return text[found[0].start : found[0].end], found[0].value, found[0].low, found[0].high, found[0].kind


@pytest.mark.parametrize(("language", "table", "form", "key"), list_entries("cardinals", "collectives", "standalone"))
def test_entry_of_value(language: str, table: str, form: str, key: str) -> None:
    printed, value, *_, kind = read_alone(form, language)
    assert (printed, value, kind) == (form, float(key), "cardinal")


@pytest.mark.parametrize(("language", "table", "form", "key"), list_entries("ordinals", "multiplicatives"))
def test_entry_of_kind(language: str, table: str, form: str, key: str) -> None:
    printed, value, *_, kind = read_alone(form, language)
    whole = form.split(maxsplit=1)[0] if table == "multiplicatives" else form  # "dublu" before "față"
    assert (printed, value, kind + "s") == (whole, float(key), table)


FOLLOWED = {"pl": " osób", "ro": " de oameni", "en": " of them"}


@pytest.mark.parametrize(("language", "table", "form", "key"), list_entries("parts", "part_nouns", "group_nouns"))
def test_entry_of_part(language: str, table: str, form: str, key: str) -> None:
    assert read_alone(form + FOLLOWED[language], language)[:2] == (form, float(key))


@pytest.mark.parametrize(("language", "table", "form", "key"), list_entries("indefinite", "vague", "indefinite_of"))
def test_entry_of_bounds(language: str, table: str, form: str, key: str) -> None:
    scale = 1000 if table == "indefinite_of" else 1
    text = form + (" thousand" if scale > 1 else "")
    low, high = (float(bound * scale) for bound in read_bounds(key))
    assert read_alone(text, language)[1:] == (None, low, high, "magnitude")


@pytest.mark.parametrize("language", list_languages())
def test_entries_of_multipliers(language: str) -> None:
    table = load_language(language)["numbers"]
    for value, entry in table["multipliers"].items():
        for form in ("singular", "plural", "abbreviations"):
            for word in expand_forms(entry.get(form, []), table["paradigms"]):
                assert read_alone(f"3 {word}", language)[:2] == (f"3 {word}", float(Decimal(3) * Decimal(value)))
        for suffix in entry.get("suffixes", []):
            text = f"€3.5{suffix}" if language == "en" else f"3,5{suffix}"
            assert read_alone(text, language)[1] == float(Decimal("3.5") * Decimal(value))
    unknown = set(table["multipliers"]) - {key for key, entry in table["multipliers"].items() if set(entry) <= KEYS}
    assert not unknown


KEYS = {"singular", "plural", "abbreviations", "suffixes", "collective"}


@pytest.mark.parametrize("language", list_languages())
def test_entries_of_denominators(language: str) -> None:
    table = load_language(language)["numbers"]
    for key, entry in table["denominators"].items():
        one = table["numerators"]["1"][0]
        for word in expand_forms(entry["singular"], table["paradigms"]):
            text = f"{one} {word}{FOLLOWED[language]}"
            assert read_alone(text, language)[1] == pytest.approx(1 / int(key)), text
        for word in expand_forms(entry.get("plural", []), table["paradigms"]):
            numerator = table["numerators"].get("2", ["two"])[0] if int(key) > 2 else None
            if numerator:
                text = f"{numerator} {word}{FOLLOWED[language]}"
                assert read_alone(text, language)[1] == pytest.approx(2 / int(key)), text


@pytest.mark.parametrize("language", list_languages())
def test_entries_of_endings(language: str) -> None:
    table = load_language(language)["numbers"]
    endings = table["ordinal_endings"]
    for ending in endings["glued"]:
        assert read_alone(f"7{ending}", language) == (f"7{ending}", 7, 7, 7, "ordinal")
    for ending in endings["plain"]:
        assert read_alone(f"7-{ending}", language) == (f"7-{ending}", 7, 7, 7, "ordinal")
    for ending in endings["after_article"]:
        assert read_alone(f"a 7-{ending}", language) == (f"a 7-{ending}", 7, 7, 7, "ordinal")
    for value, forms in table["magnitude_adjectives"].items():
        for form in expand_forms(forms, table["paradigms"]):
            assert read_alone(f"2,5-{form}", language)[:2] == (f"2,5-{form}", 2.5 * float(value))
    for ending in expand_forms(table["multiplicative_endings"]["plain"], table["paradigms"]):
        assert read_alone(f"7-{ending}", language) == (f"7-{ending}", 7, 7, 7, "multiplicative")


@pytest.mark.parametrize("language", list_languages())
def test_entries_of_ranges(language: str) -> None:
    ranges = load_language(language)["numbers"]["ranges"]
    pairs = [(opener, closer) for opener in ranges["from"] for closer in ranges["to"]]
    pairs += [(opener, closer) for opener in ranges["between"] for closer in ranges["and"]]
    pairs += [("", closer) for closer in (*ranges["bare_to"], *ranges["alternative"])]
    for opener, closer in pairs:
        text = f"{opener} 5 {closer} 10".strip()
        assert read_alone(text, language)[1:] == (None, 5, 10, "range"), text


def test_every_language_fills_the_same_tables() -> None:
    tables = [load_language(language)["numbers"] for language in list_languages()]
    for table in tables:
        assert table.keys() == tables[0].keys()
        assert table["words"].keys() == tables[0]["words"].keys()
        assert table["ranges"].keys() == tables[0]["ranges"].keys()


@pytest.mark.parametrize("language", list_languages())
def test_entries_of_signs_and_marks(language: str) -> None:
    words = load_language(language)["numbers"]["words"]
    for minus in words["minus"]:
        assert read_alone(f"{minus} 5", language)[1] == -5
    for mark in words["decimal"]:
        assert read_alone(f"5 {mark} 5", language)[1] == 5.5
    for article in words["articles"]:
        thousand = "mie" if language == "ro" else "thousand"
        assert read_alone(f"{article} {thousand}", language)[1] == 1000


VARIANTS = {
    "pl": set(),
    "ro": {  # colloquial or regular forms that the dictionary leaves out
        "patrusprezece", "cincișpe", "șasesprezece", "șaptișpe", "optșpe", "șasezeci", "optlea", "optsprezecelea",
        "miilea", "milionulea", "cîtorva", "duzină", "duzini", "duzinile", "duzinilor", "triplul", "triplu",
        "cvadruplul", "cvintuplul", "niciunul", "niciuna", "bilion", "bilionul", "bilioane", "bilioanele",
        "bilioanelor", "trilion", "trilionul", "trilioane", "trilioanele", "trilioanelor",
    },
    "en": {"fourty", "twentyfold", "fiftyfold", "thousandfold", "her"},
}  # fmt: skip
NOT_WORDS = {
    "grammar", "paradigms", "suffix_contexts", "ordinal_endings", "multiplicative_endings", "multipliers",
    "denominators",
}  # fmt: skip


def list_words(language: str) -> set[str]:
    """Every written-out word of the tables that a dictionary should know."""
    table = load_language(language)["numbers"]
    forms = [forms for name in table.keys() - NOT_WORDS for forms in table[name].values()]
    inflected = [*table["multipliers"].values(), *table["denominators"].values()]
    forms += [entry.get(form, []) for entry in inflected for form in ("singular", "plural")]
    return {word for entry in forms for form in expand_forms(entry, table["paradigms"]) for word in form.split()}


@pytest.mark.parametrize("language", list_languages())
def test_every_word_is_in_the_dictionary(language: str) -> None:
    """A misspelt entry would read itself back; a dictionary that is not ours tells. No listed variant is stale."""
    words = list_words(language)
    if language == "pl":
        unknown = {word for word in words if all(reading.part == "unknown" for reading in analyse(word, "pl"))}
    else:
        unknown = {word for word in words if not simplemma.is_known(word, lang=language)}
    assert unknown == VARIANTS[language]


# --- the edges -------------------------------------------------------------------------------------------------------


def test_spaces_that_group() -> None:
    for space in " \u00a0\u202f\u2009":
        text = f"12{space}500"
        assert read_alone(text, "pl")[:2] == (text, 12500)


def test_article_numeral() -> None:
    assert [is_article_numeral(t, "ro") for t in tokenize("un mort și doi", "ro")] == [True, False, False, False]


def test_no_words_no_numbers() -> None:
    assert find_numbers("", "pl") == find_numbers(" \n\t", "ro") == find_numbers("...", "en") == []


def test_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"xx.*en, pl, ro"):
        find_numbers("12", "xx")


def test_identifiers_are_no_numbers() -> None:
    assert find_numbers("9" * 25, "en") == []
    assert read_alone("9" * 24, "en")[1] == float("9" * 24)
