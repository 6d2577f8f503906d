"""The topic's tables against the contract, and what the forms recognise in running text.

The cases at the end are labelled by what a careful reader says the words name; forms stand inflected, as news has them.
"""

import copy
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from quantclaims.lexicon import PhraseTable, load_language, load_topic
from quantclaims.schemas.vocabularies import LANGUAGES, load_vocabulary
from quantclaims.tokens import tokenize

TOPIC = load_topic("arms")
CITED_CLAIMANTS = {
    *("kp-defence-ministry", "kp-government", "us-state-department", "us-government", "us-intelligence"),
    *("us-white-house", "article", "c4ads", "kr-intelligence", "ru-government", "ru-defence-ministry", "ap"),
    "unnamed-estimates",
}
CITED_ITEMS = {
    *("ammunition", "weapon", "artillery_shell", "rocket", "separatist_republic", "radar_station", "fuel_depot"),
    *("ammunition_depot", "deployment_point", "artillery_unit", "area"),
}
"""Ids that the dataset's rows are cited by: renaming one breaks whoever cites it."""
NAME_KINDS = ("names", "adjectives", "people")


def forms_of(entry: dict[str, Any], language: str) -> list[str]:
    """Forms of an item, claimant, person or event: those of any language and those of this one."""
    return [*entry.get("any", ()), *entry.get(language, ())]


def entries_by_kind(topic: dict[str, Any], language: str) -> dict[str, list[tuple[str, str]]]:
    """(form, id) of each kind whose forms must not be shared; register and persons are one kind: whoever speaks."""
    speech = load_language(language)
    return {
        "items": [(form, ident) for ident, entry in topic["items"].items() for form in forms_of(entry, language)],
        "parties": [
            (form, country)
            for country, party in topic["parties"].items()
            for kind in NAME_KINDS
            for form in party[language][kind]
        ],
        "speakers": [
            (form, ident)
            for group in ("claimants", "persons")
            for ident, entry in topic[group].items()
            for form in forms_of(entry, language)
        ],
        "roles": [(form, role) for role, forms in speech["institutions"].items() for form in forms]
        + [(form, role) for role, office in speech["offices"].items() for form in office["forms"]],
        "events": [(form, ident) for ident, event in topic["events"].items() for form in forms_of(event, language)],
    }


def find_unknown_ids(topic: dict[str, Any]) -> Iterator[str]:
    """Ids that the contract does not have, each with where it stands."""
    items, claimants, countries = (load_vocabulary(name) for name in ("items", "claimants", "countries"))
    yield from (f"items.{ident}" for ident in topic["items"] if ident not in items)
    yield from (f"claimants.{ident}" for ident in topic["claimants"] if ident not in claimants)
    yield from (f"parties.{country}" for country in topic["parties"] if country not in countries)
    for ident, person in topic["persons"].items():
        if person["claimant"] not in claimants:
            yield f"persons.{ident}: {person['claimant']}"
    yield from (f"same_as.{alias}: {ident}" for alias, ident in topic["same_as"].items() if ident not in claimants)
    for language, names in topic["ambiguous"].items():
        for name, options in names.items():
            yield from (
                f"ambiguous.{language}.{name}: {option}" for option in options if option not in topic["parties"]
            )


def find_shared_forms(topic: dict[str, Any]) -> Iterator[str]:
    """Forms that are, word for word or by their lemmas, forms of a second id of the same kind and language."""
    for language in LANGUAGES:
        for kind, entries in entries_by_kind(topic, language).items():
            table = PhraseTable(entries, language, inflect=True)
            for form, ident in entries:
                tokens = tokenize(form, language)
                for end, other in table.match(tokens, 0):
                    if end == len(tokens) and other != ident:
                        yield f"{language} {kind} {form!r}: {ident} and {other}"


def test_topic_uses_ids_of_the_contract() -> None:
    assert list(find_unknown_ids(TOPIC)) == []


def test_every_item_and_party_has_forms_in_every_language() -> None:
    bare = [
        (ident, language)
        for ident, entry in TOPIC["items"].items()
        for language in LANGUAGES
        if not forms_of(entry, language)
    ]
    bare += [
        (country, language)
        for country, party in TOPIC["parties"].items()
        for language in LANGUAGES
        if not all(party[language][kind] for kind in NAME_KINDS)
    ]
    assert bare == []


def test_every_item_of_the_contract_is_recognised() -> None:
    assert set(TOPIC["items"]) == set(load_vocabulary("items"))


@pytest.mark.parametrize(
    ("group", "ident", "entry", "finding"),
    [
        ("items", "artilery_shell", {"en": ["shell"]}, "items.artilery_shell"),
        ("claimants", "kr-inteligence", {"any": ["NIS"]}, "claimants.kr-inteligence"),
        ("parties", "NKO", {"code": "nk"}, "parties.NKO"),
        ("persons", "somebody", {"claimant": "us-whitehouse"}, "persons.somebody: us-whitehouse"),
        ("same_as", "us-navy-office", "us-pentagom", "same_as.us-navy-office: us-pentagom"),
    ],
)
def test_a_misspelt_id_is_found(group: str, ident: str, entry: Any, finding: str) -> None:
    topic = copy.deepcopy(TOPIC)
    topic[group][ident] = entry
    assert list(find_unknown_ids(topic)) == [finding]


def test_no_form_belongs_to_two_ids() -> None:
    assert list(find_shared_forms(TOPIC)) == []


@pytest.mark.parametrize("form", ["pocisk artyleryjski", "Pociski Artyleryjskie"])
def test_a_shared_form_is_found_inflected_too(form: str) -> None:
    topic = copy.deepcopy(TOPIC)
    topic["items"]["grain"]["pl"].append(form)
    assert any("artillery_shell" in finding and "grain" in finding for finding in find_shared_forms(topic))


def test_no_form_is_listed_twice_and_none_is_empty() -> None:
    for language in LANGUAGES:
        for kind, entries in entries_by_kind(TOPIC, language).items():
            per_id = defaultdict(list)
            for form, ident in entries:
                per_id[ident].append(form)
            if kind == "parties":  # one word may be adjective and people ("Russian", "rus")
                continue
            repeated = {ident: forms for ident, forms in per_id.items() if len(forms) != len(set(forms))}
            assert not repeated, (language, kind)
            assert all(form == form.strip() and tokenize(form, language) for form, _ in entries)


def test_party_codes_are_the_countries_codes() -> None:
    countries = load_vocabulary("countries")
    codes = {country: party["code"] for country, party in TOPIC["parties"].items()}
    assert codes == {country: countries[country].details["alpha2"].lower() for country in codes}
    assert len(set(codes.values())) == len(codes)


def test_every_party_has_a_government_to_speak_for_it() -> None:
    claimants = load_vocabulary("claimants")
    assert [p["code"] for p in TOPIC["parties"].values() if f"{p['code']}-government" not in claimants] == []


def test_ambiguous_names_are_no_partys_own() -> None:
    for language, names in TOPIC["ambiguous"].items():
        own = {form.lower() for form, _ in entries_by_kind(TOPIC, language)["parties"]}
        assert not own & {name.lower() for name in names}


def test_aliases_do_not_hide_registered_claimants() -> None:
    assert set(TOPIC["same_as"]).isdisjoint(load_vocabulary("claimants"))


def test_register_is_large_enough_and_holds_what_articles_name() -> None:
    claimants = load_vocabulary("claimants")
    assert len(claimants) >= 130
    assert len(TOPIC["claimants"]) >= 120
    assert len(TOPIC["persons"]) >= 60
    assert set(claimants) >= CITED_CLAIMANTS
    assert set(load_vocabulary("items")) >= CITED_ITEMS


def test_every_grade_has_its_reason() -> None:
    for ident, term in load_vocabulary("claimants").items():
        reason = term.details["reason"]
        assert 15 <= len(reason) <= 130, ident
        assert reason.endswith("."), ident
        assert "\n" not in reason, ident


def test_who_cannot_be_told_apart_is_not_graded() -> None:
    for ident, term in load_vocabulary("claimants").items():
        ungraded = term.details["reliability"] == "F"
        assert ungraded == (ident == "article" or term.details["type"] == "unnamed"), ident


def test_bodies_of_a_state_stand_under_its_code() -> None:
    countries = {p["code"]: country for country, p in TOPIC["parties"].items()}
    roles = {role for language in LANGUAGES for role in load_language(language)["institutions"]}
    for ident, term in load_vocabulary("claimants").items():
        code, _, role = ident.partition("-")
        if role in roles and code in countries:
            assert term.details["country"] == countries[code], ident


def test_roles_are_the_same_in_every_language() -> None:
    for table in ("institutions", "offices"):
        roles = {language: list(load_language(language)[table]) for language in LANGUAGES}
        assert roles["pl"] == roles["ro"] == roles["en"], table
    unnamed = [
        {role: office.get("unnamed") for role, office in load_language(language)["offices"].items()}
        for language in LANGUAGES
    ]
    assert unnamed[0] == unnamed[1] == unnamed[2]


def test_unnamed_offices_are_claimants_of_that_type() -> None:
    claimants = load_vocabulary("claimants")
    named = {office["unnamed"] for office in load_language("en")["offices"].values() if "unnamed" in office}
    assert {claimants[ident].details["type"] for ident in named} == {"unnamed"}


def test_broader_items_end_somewhere() -> None:
    items = load_vocabulary("items")
    for ident in items:
        seen = [ident]
        while (wider := items[seen[-1]].details.get("broader")) is not None:
            assert wider not in seen, seen
            seen.append(wider)


def test_events_have_days_in_order() -> None:
    for ident, event in TOPIC["events"].items():
        start = date.fromisoformat(event["start"])
        assert start <= date.fromisoformat(event.get("end", event["start"])), ident


def recognise(text: str, language: str, kind: str) -> list[str]:
    """Ids of one kind named in a text, left to right."""
    table = PhraseTable(entries_by_kind(TOPIC, language)[kind], language, inflect=True)
    return [ident for _, _, ident in table.scan(tokenize(text, language))]


@pytest.mark.parametrize(
    ("language", "text", "idents"),
    [
        ("pl", "setki tysięcy pocisków artyleryjskich i rakiet", ["artillery_shell", "rocket"]),
        ("pl", "rakietami balistycznymi krótkiego zasięgu", ["short_range_ballistic_missile"]),
        ("pl", "nie sprzedaje broni ani amunicji", ["weapon", "ammunition"]),
        ("pl", "ostrzelano dwa składy amunicji i magazyn paliw", ["ammunition_depot", "fuel_depot"]),
        ("pl", "w dwudziestu kontenerach na trzech statkach", ["container", "ship"]),
        ("pl", "240-milimetrowych wyrzutni rakietowych", ["multiple_rocket_launcher"]),
        ("pl", "wysłano saperów i robotników budowlanych", ["sapper", "construction_worker"]),
        ("pl", "wśród jeńców wojennych byli żołnierze", ["prisoner_of_war", "soldier"]),
        ("pl", "ceny masła wzrosły", []),
        ("ro", "milioane de proiectile de artilerie și rachete balistice", ["artillery_shell", "ballistic_missile"]),
        ("ro", "obuzele trimise de Phenian", ["artillery_shell"]),
        ("ro", "un depozit de carburanti si doua depozite de munitii", ["fuel_depot", "ammunition_depot"]),
        ("ro", "dronelor de atac", ["attack_drone"]),
        ("ro", "cei 300 de soldați și ofițerii lor", ["soldier", "officer"]),
        ("ro", "militarii răniți în 12 sate", ["soldier", "wounded_person", "village"]),
        ("ro", "punctele de desfășurare temporară", ["deployment_point"]),
        ("ro", "prețul pâinii a crescut", []),
        ("en", "long-range artillery pieces and shells", ["self_propelled_gun", "artillery_shell"]),
        ("en", "short-range ballistic missiles", ["short_range_ballistic_missile"]),
        ("en", "at least 6,700 shipping containers", ["container"]),
        ("en", "breakaway republics recognised by three countries", ["separatist_republic", "country"]),
        ("en", "killed soldiers and prisoners of war", ["fatality", "soldier", "prisoner_of_war"]),
        ("en", "inflation eased again", []),
    ],
)
def test_items_are_recognised(language: str, text: str, idents: list[str]) -> None:
    assert recognise(text, language, "items") == idents


@pytest.mark.parametrize(
    ("language", "text", "countries"),
    [
        ("pl", "między Pjongjangiem a Moskwą", ["PRK", "RUS"]),
        ("pl", "południowokoreańskiego wywiadu", ["KOR"]),
        ("pl", "Koreańczycy z Północy walczą z Ukraińcami", ["PRK", "UKR"]),
        ("pl", "ze Stanów Zjednoczonych do Rumunii", ["USA", "ROU"]),
        ("pl", "dziękuję, nie wiem", []),
        ("ro", "Coreei de Nord și Rusiei", ["PRK", "RUS"]),
        ("ro", "trupele nord-coreene", ["PRK"]),
        ("ro", "rușii și ucrainenii", ["RUS", "UKR"]),
        ("ro", "autoritatile sud-coreene de la Seul", ["KOR", "KOR"]),
        ("ro", "Marii Britanii și Statelor Unite", ["GBR", "USA"]),
        ("en", "North Korea's shipments to Russian ports", ["PRK", "RUS"]),
        ("en", "told us that it hurts", []),
        ("en", "the U.S. and South Koreans", ["USA", "KOR"]),
    ],
)
def test_parties_are_recognised(language: str, text: str, countries: list[str]) -> None:
    assert recognise(text, language, "parties") == countries


@pytest.mark.parametrize(
    ("language", "text", "idents"),
    [
        ("pl", "powiedział rzecznik Kremla Dmitrij Pieskow", ["dmitry-peskov"]),
        ("pl", "według Narodowej Służby Wywiadowczej", ["kr-intelligence"]),
        ("pl", "przekazał Departamentowi Stanu", ["us-state-department"]),
        ("pl", "jak podaje agencja Reutera za Yonhapem", ["reuters", "yonhap"]),
        ("pl", "Kim Dzong Una z Siergiejem Szojgu", ["kim-jong-un", "sergei-shoigu"]),
        ("pl", "zdaniem analityków Instytutu Studiów nad Wojną", ["isw"]),
        ("pl", "Białego Domu", ["us-white-house"]),
        ("pl", "to ważny fakt", []),
        ("ro", "potrivit Institutului pentru Studiul Războiului", ["isw"]),
        ("ro", "purtătorul de cuvânt al Departamentului de Stat", ["us-state-department"]),
        ("ro", "agenția de spionaj a Seulului, citată de Yonhap", ["yonhap"]),
        ("ro", "Serviciului National de Informatii", ["kr-intelligence"]),
        ("ro", "rușii au spus adevărul despre libertatea presei mai târziu", []),
        ("ro", "Serghei Șoigu și Volodimir Zelenski", ["sergei-shoigu", "volodymyr-zelensky"]),
        ("en", "Blinken told the Associated Press", ["antony-blinken", "ap"]),
        ("en", "a report by C4ADS and the Multilateral Sanctions Monitoring Team", ["c4ads", "msmt"]),
        ("en", "South Korea's National Intelligence Service", ["kr-intelligence"]),
        ("en", "who gave amnesty at that time", []),
    ],
)
def test_speakers_are_recognised(language: str, text: str, idents: list[str]) -> None:
    assert recognise(text, language, "speakers") == idents


@pytest.mark.parametrize(
    ("language", "text", "roles"),
    [
        ("pl", "rosyjskiego ministerstwa obrony narodowej", ["defence-ministry"]),
        ("pl", "szefowa dyplomacji i wywiad", ["foreign-ministry", "intelligence"]),
        ("pl", "eksperci i urzędnicy", ["expert", "official"]),
        ("ro", "Ministerului Apararii", ["defence-ministry"]),
        ("ro", "serviciilor secrete și al Statului Major General", ["intelligence", "general-staff"]),
        ("ro", "expertii si oficialii", ["expert", "official"]),
        ("en", "the Ministry of National Defense and general staff", ["defence-ministry", "general-staff"]),
        ("en", "people familiar with the matter and analysts", ["source", "expert"]),
    ],
)
def test_roles_are_recognised(language: str, text: str, roles: list[str]) -> None:
    assert recognise(text, language, "roles") == roles


@pytest.mark.parametrize(
    ("language", "text", "idents"),
    [
        ("pl", "od początku pełnoskalowej inwazji", ["russian-invasion"]),
        ("pl", "w czasie wojny w Ukrainie", ["russian-invasion"]),
        ("ro", "de la începutul războiului din Ucraina", ["russian-invasion"]),
        ("ro", "după invazia rusă", ["russian-invasion"]),
        ("en", "since the full-scale invasion of Ukraine", ["russian-invasion"]),
        ("en", "after the Korean War", ["korean-war"]),
        ("en", "the invasion of Iraq", []),
    ],
)
def test_events_are_recognised(language: str, text: str, idents: list[str]) -> None:
    assert recognise(text, language, "events") == idents
