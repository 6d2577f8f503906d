"""The table of places: each name stands for one state, and is told from the words and names that look like it."""

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from quantclaims.context.places import find_places
from quantclaims.lexicon import list_languages, load_topic
from quantclaims.schemas.vocabularies import ids
from quantclaims.tokens import fold, tokenize

PLACES = tomllib.loads(files("quantclaims").joinpath("places.toml").read_text("utf-8"))
ENOUGH = 600

FOUND = [
    ("en", "A court in Hamburg fined the firm.", ["DEU"]),
    ("en", "Snow fell on upstate New York and Northern Ireland.", ["USA", "GBR"]),
    ("en", "Kharkiv's mayor and the Bryansk Region", ["UKR", "RUS"]),
    ("en", "Two were hurt in Kursk, one in Crimea.", ["RUS", "UKR"]),
    ("pl", "Pożary w Nowym Jorku i w Zielonej Górze", ["USA", "POL"]),
    ("pl", "Atak na obwód charkowski i w obwodzie kurskim", ["UKR", "RUS"]),
    ("pl", "Szpital w Kordofanie, dworzec w Bachmucie, mieszkańcy Monachium", ["SDN", "UKR", "DEU"]),
    ("ro", "Spitalul din Iași, portul Constanței, landul Bavariei", ["ROU", "ROU", "DEU"]),
    ("ro", "Explozii în Crimeea, apărarea Crimeei, portul Hamburgului", ["UKR", "UKR", "DEU"]),
    ("ro", "Cutremur la Milano, un mort la Sao Paulo", ["ITA"]),
]
"""Language, text and the states of the places in it."""
LACKING = [
    ("en", "Leeds United beat Hamburg Giants."),
    ("en", "Reading was fun; split the bill and be nice."),
    ("en", "Hamburger sales rose in venice-blue boxes."),
    ("pl", "Lew śpi, a święty Mikołaj nie."),
    ("pl", "Wszystkie sumy wypłacono, a mielec i warna to wyrazy."),
    ("pl", "Mecz wygrała Odra Opole."),
    ("ro", "Meciul a fost câștigat de Universitatea Craiova."),
    ("ro", "Sala e plină de olteni."),
]


def list_names(language: str) -> list[tuple[str, str]]:
    names = []
    for country, details in PLACES.items():
        for place in details["places"]:
            forms = place if isinstance(place, str) else place.get(language, [])
            names += [(fold(form, language), country) for form in ([forms] if isinstance(forms, str) else forms)]
    return names


@pytest.mark.parametrize("language", list_languages())
def test_each_name_stands_for_one_state(language: str) -> None:
    names = list_names(language)
    assert len(names) >= ENOUGH
    assert [name for name, count in Counter(name for name, _ in names).items() if count > 1] == []


@pytest.mark.parametrize("language", list_languages())
def test_names_of_states_and_capitals_stand_with_the_states(language: str) -> None:
    parties = load_topic()["parties"].values()
    states = {fold(name, language) for party in parties for name in party.get(language, {}).get("names", ())}
    assert sorted(states & {name for name, _ in list_names(language)}) == []


def test_states_are_known() -> None:
    assert sorted(PLACES.keys() - ids("countries")) == []
    assert set(PLACES) == {country for country in PLACES if PLACES[country]["places"]}


@pytest.mark.parametrize(("language", "text", "states"), FOUND)
def test_places_are_found(language: str, text: str, states: list[str]) -> None:
    assert [place.country for place in find_places(tokenize(text, language), language)] == states


@pytest.mark.parametrize(("language", "text"), LACKING)
def test_other_words_are_no_places(language: str, text: str) -> None:
    assert find_places(tokenize(text, language), language) == []
