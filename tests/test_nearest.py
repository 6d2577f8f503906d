"""What would be right in place of what is wrong: told where it can be told, and nowhere else."""

import pytest

from quantclaims.schemas import nearest
from quantclaims.schemas.nearest import Nearest, Row

CASES: list[tuple[Nearest, Row, str | None]] = [
    (nearest.edtf_of("period"), {"period": "2024/3/5"}, "2024-03-05"),
    (nearest.edtf_of("period"), {"period": "13.2024"}, None),
    (nearest.edtf_of("period"), {"period": "2024 – 2022"}, None),
    (nearest.edtf_of("period"), {"period": "25.12.2024"}, "2024-12-25"),
    (nearest.edtf_of("period"), {"period": "12/25/2024"}, "2024-12-25"),
    (nearest.edtf_of("period"), {"period": "32.12.2024"}, None),
    (nearest.bounds_of("period"), {"period": "../2024"}, "period_start = empty, period_end = 2024-12-31"),
    (nearest.bounds_of("period"), {"period": None}, "period_start = empty, period_end = empty"),
    (nearest.qualifiers_of, {"value": 5.0, "value_low": None, "value_high": None}, "approximately"),
    (nearest.qualifiers_of, {"value": None, "value_low": None, "value_high": None}, None),
    (nearest.qualifiers_of, {"value": 5.0, "value_low": 5.0, "value_high": 5.0}, "exact"),
    (nearest.qualifiers_of, {"value": 5.0, "value_low": 4.0, "value_high": 6.0}, "between"),
    (nearest.qualifiers_of, {"value": None, "value_low": 4.0, "value_high": 6.0}, "between or order_of_magnitude"),
    (nearest.qualifiers_of, {"value": 5.0, "value_low": 5.0, "value_high": None}, "at_least or more_than"),
    (nearest.qualifiers_of, {"value": None, "value_low": None, "value_high": 5.0}, "at_most or less_than"),
    (nearest.qualifiers_of, {"value": 4.0, "value_low": None, "value_high": 5.0}, None),
    (nearest.clipped("confidence"), {"confidence": 95.0}, "0.95"),
    (nearest.clipped("confidence"), {"confidence": 101.0}, "1"),
    (nearest.clipped("confidence"), {"confidence": -0.5}, "0"),
    (nearest.clipped("confidence"), {"confidence": float("nan")}, None),
    (nearest.attributes_of, {"attributes": ["calibre = 152 mm"]}, "calibre=152 mm"),
    (nearest.attributes_of, {"attributes": ["nothing of ours=1"]}, None),
    (nearest.basis_of, {"period": None}, "unknown"),
    (nearest.basis_of, {"period": "2024"}, None),
    (nearest.file_name_of, {"article_id": "../drones 2#3"}, "drones-2-3"),
    (nearest.file_name_of, {"article_id": ".."}, None),
    (nearest.file_name_of, {"article_id": "X 1"}, "X-1"),
    (nearest.address_of, {"url": "example.org/a"}, "https://example.org/a"),
    (nearest.address_of, {"url": "://example.org"}, "https://example.org"),
    (nearest.address_of, {"url": "see the archive"}, None),
    (nearest.lower_hash, {"text_sha256": "A" * 64}, "a" * 64),
    (nearest.lower_hash, {"text_sha256": "A" * 63}, None),
    (nearest.lower_hash, {"text_sha256": "A" * 65}, None),
    (nearest.lower_hash, {"text_sha256": f" {'0f' * 32}\n"}, "0f" * 32),
    (nearest.lower_hash, {"text_sha256": "g" * 64}, None),
    (nearest.swapped("value_low", "value"), {"value_low": 5.0, "value": 2.5}, "value_low = 2.5, value = 5"),
    (nearest.sorted_list("items"), {"items": ["tank", "drone", "tank"]}, "drone;tank"),
    (nearest.sorted_list("items"), {"items": None}, ""),
    (nearest.register_value("country"), {"claimant": "c4ads"}, "USA"),
    (nearest.register_value("nothing of ours"), {"claimant": "c4ads"}, "empty"),
    (nearest.clipped("confidence"), {"confidence": 1.0}, "1"),
    (nearest.clipped("confidence"), {"confidence": 1.5}, "0.015"),
    (nearest.clipped("confidence"), {"confidence": 100.0}, "1"),
    (nearest.address_of, {"url": " example.org "}, "https://example.org"),
    (nearest.address_of, {"url": "example"}, None),
    (nearest.address_of, {"url": "example.org/a b"}, None),
    (nearest.file_name_of, {"article_id": "a \u200b/ b"}, "a-b"),
    (nearest.attributes_of, {"attributes": ["state=kiled", "calibre=152 mm"]}, "calibre=152 mm;state=killed"),
    (nearest.attributes_of, {"attributes": ["calibre=152 mm", "nothing of ours=1"]}, None),
    (nearest.attributes_of, {"attributes": ["model = A=B"]}, "model=A=B"),
    (nearest.attributes_of, {"attributes": ["calibre="]}, None),
    (nearest.attributes_of, {"attributes": []}, None),
    (nearest.attributes_of, {"attributes": None}, None),
    (nearest.quote_end_of, {"quote": "abc", "quote_start": 0}, "quote_end = 3"),
    (nearest.quote_end_of, {"quote": "abc", "quote_start": 4}, "quote_end = 7"),
    (nearest.quote_end_of, {"quote": "", "quote_start": 4}, None),
    (nearest.quote_end_of, {"quote": "abc", "quote_start": -1}, None),
    (nearest.unit_of, {"unit": "m²"}, "m2"),
    (nearest.unit_of, {"unit": "k m"}, "km"),
    (nearest.unit_of, {"unit": "kilometres"}, "km"),
    (nearest.unit_of, {"unit": "no unit of any kind"}, None),
    (nearest.unit_of, {"unit": "qq"}, None),
]

DAYS = {
    "2024-1-5": "2024-01-05",
    "2024.01.05": "2024-01-05",
    "2024-05-06T10:30": "2024-05-06",
    "6.05.2024 10:30": "2024-05-06",
    "5.1.2024": "2024-01-05",
    "12.11.2024": "2024-11-12",
    "12/11/2024": None,
    "5/12/2024": None,
    "13/1/2024": "2024-01-13",
    "1/13/2024": "2024-01-13",
    "12/12/2024": "2024-12-12",
    "12/31/2024": "2024-12-31",
    "31/12/2024": "2024-12-31",
    "13/13/2024": None,
    "0.5.2024": None,
    "5.0.2024": None,
    "2024-0-5": None,
    "2024-5-0": None,
    "2024-1-1": "2024-01-01",
    "2024-12-31": "2024-12-31",
    "2024-13-1": None,
    "2024-12-32": None,
    "2023-02-31": "2023-02-28",
    "0001-1-1": "0001-01-01",
    "0000-1-1": None,
    "5 May 2024": None,
}
"""What somebody wrote, and the day that it can only be; None where that is in doubt or there is no such day."""

DATES = {
    "2024": "2024",
    "c. 2024": "2024~",
    "ca. 2024": "2024~",
    "circa 2024": "2024~",
    "about 2024": "2024~",
    "about 2024-5": "2024-05~",
    "~2024": "2024~",
    "5.2024": "2024-05",
    "2024/5": "2024-05",
    " 2024-12 ": "2024-12",
    "2024-13": None,
    "0.2024": None,
    "2023 – 2024": "2023/2024",
    "2023—2024": "2023/2024",
    "2024-2023": None,
    "24": None,
    "20245": None,
    "cattle 2024": None,
}

IDS = {
    ("POLSKA", "countries"): "POL",
    ("north-korea", "countries"): "PRK",
    ("Polsko", "countries"): "POL",
    ("Pol", "countries"): "POL",
    ("Wonderland", "countries"): None,
    ("about", "qualifiers"): "approximately",
    ("", "countries"): None,
}


def claim_id(claim_id: str, quote: str | None, start: int | None, article: str | None = "a") -> str | None:
    return nearest.claim_id_of({"claim_id": claim_id, "quote": quote, "quote_start": start, "article_id": article})


def test_claim_id_keeps_an_offset_in_the_quote_and_else_takes_that_of_its_figure() -> None:
    assert claim_id("a#007", "about 7 x", 5) == "a#7"
    assert claim_id("other#5", "about 7 x", 5) == "a#5"
    assert claim_id("a#13", "about 7 x", 5) == "a#13"
    assert claim_id("a#14", "about 7 x", 5) == "a#11"
    assert claim_id("a#4", "about 7 x", 5) == "a#11"
    assert claim_id("a#6 ", "about 7 x", 5) == "a#11"
    assert claim_id("a", "seven x", 5) == "a#5"
    assert claim_id("a#1", None, 5) == "a#5"
    assert claim_id("a#1", "about 7 x", None) is None
    assert claim_id("a#1", "about 7 x", 5, None) is None


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_nearest_day(text: str, day: str | None) -> None:
    assert nearest.nearest_day(text) == day


@pytest.mark.parametrize(("text", "edtf"), DATES.items())
def test_nearest_date(text: str, edtf: str | None) -> None:
    assert nearest.nearest_edtf(text) == edtf


@pytest.mark.parametrize(("asked", "id_"), IDS.items())
def test_nearest_id(asked: tuple[str, str], id_: str | None) -> None:
    assert nearest.nearest_id(*asked) == id_


@pytest.mark.parametrize(("find", "row", "expected"), CASES)
def test_nearest(find: Nearest, row: Row, expected: str | None) -> None:
    assert find(row) == expected
