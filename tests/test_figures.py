"""Quantities that nobody claims: ages, the length of a dated span, and what a figure is elided from."""

import pytest

from quantclaims import Article, extract_claims

UNCLAIMED = [
    ("en", "A 41-year-old driver was arrested on Monday."),
    ("en", "Those aged 65 may travel free."),
    ("en", "After six weeks the coach, Tom Hale, 49, resigned."),
    ("pl", "37-letni kierowca został zatrzymany w poniedziałek."),
    ("pl", "Osoby w wieku 65 lat jeżdżą za darmo."),
    ("ro", "Un bărbat de 44 de ani a fost reținut luni."),
    ("ro", "O femeie în vârstă de 71 de ani a fost găsită."),
]
CLAIMED = [
    ("en", "The 41-year war ended.", 41),
    ("en", "The bridge took nine years to build.", 9),
    ("pl", "Budowa mostu trwała 9 lat.", 9),
    ("ro", "Construcția podului a durat nouă ani.", 9),
]
DATED = [
    ("en", "Riga bought 30 buses in six months.", 30),
    ("pl", "Ryga kupiła 30 autobusów w pół roku.", 30),
    ("ro", "Riga a cumpărat 30 de autobuze în doar șase luni.", 30),
    ("en", "In the last 24 hours Riga bought 30 buses.", 30),
    ("pl", "W ciągu ostatnich 24 godzin Ryga kupiła 30 autobusów.", 30),
    ("ro", "În ultimele 24 de ore, Riga a cumpărat 30 de autobuze.", 30),
]


def read_values(text: str, language: str) -> list[float | None]:
    return [claim.value for claim in extract_claims(Article(text, language, "2025-03-12"))]


@pytest.mark.parametrize(("language", "text"), UNCLAIMED)
def test_an_age_is_no_claim(language: str, text: str) -> None:
    assert [value for value in read_values(text, language) if value not in (6, None)] == []


@pytest.mark.parametrize(("language", "text", "value"), CLAIMED)
def test_a_length_of_time_is_a_claim(language: str, text: str, value: float) -> None:
    assert read_values(text, language) == [value]


@pytest.mark.parametrize(("language", "text", "value"), DATED)
def test_a_span_that_dates_a_figure_is_no_figure(language: str, text: str, value: float) -> None:
    assert read_values(text, language) == [value]
