"""The questions that analysts ask first, of claims made for it and of the dataset itself."""

from datetime import date
from typing import Any

import polars as pl
import pytest

import quantclaims
from quantclaims.analysis import VERDICTS, TopicError, select_topic, write_figure
from quantclaims.schemas.claim import Claim as Model
from quantclaims.schemas.vocabularies import ids
from quantclaims.storage.frames import frame_from_rows

Row = dict[str, Any]
SHELLS = "transfer|artillery_shell|PRK|RUS"


def exactly(value: float) -> Row:
    return {"value": value, "value_low": value, "value_high": value, "qualifier": "exact"}


ABOUT_1000 = {"value": 1000.0, "value_low": None, "value_high": None, "qualifier": "approximately"}
UP_TO_5000 = {"value": 5000.0, "value_low": None, "value_high": 5000.0, "qualifier": "at_most"}
AT_LEAST_2000 = {"value": 2000.0, "value_low": 2000.0, "value_high": None, "qualifier": "at_least"}
HUNDREDS = {"value": None, "value_low": 100.0, "value_high": 1000.0, "qualifier": "order_of_magnitude"}
NONE = exactly(0.0) | {"is_denial": True}
MARCH = {"period": "2024-03", "period_start": date(2024, 3, 1), "period_end": date(2024, 3, 31)}
SINCE_2022 = {"period": "2022/..", "period_start": date(2022, 1, 1), "period_end": None}
SHELL_ITEMS = {"items": ["artillery_shell"], "topic_key": SHELLS}


@pytest.fixture
def make(claim_rows: list[Row]) -> Any:
    """Claims that differ from a sound one in what is given."""
    base = claim_rows[1] | SHELL_ITEMS | MARCH

    def build(*changes: Row) -> pl.DataFrame:
        rows = [base | {"claim_id": f"{base['article_id']}#{i}"} | change for i, change in enumerate(changes)]
        return frame_from_rows(rows, Model)

    return build


def test_a_claimant_has_one_interval_of_a_period(make: Any) -> None:
    said = make(
        ABOUT_1000 | {"claimant": "oryx", "stated_end": date(2024, 4, 2)},
        exactly(900.0) | {"claimant": "oryx", "stated_end": date(2024, 4, 9)},
        AT_LEAST_2000 | {"claimant": "c4ads"},
        UP_TO_5000 | {"claimant": "c4ads"},
        HUNDREDS | {"claimant": None, "claimant_text": "the harbour master"},
        ABOUT_1000 | {"claimant": "oryx"} | SINCE_2022,
    )
    answers = quantclaims.intervals(said, SHELLS)
    told = answers.select("name", "figure", "value_low", "value", "value_high", "claims").rows()
    oryx = answers.filter(claimant="oryx")["name"][0]
    c4ads = answers.filter(claimant="c4ads")["name"][0]
    assert told == [
        (c4ads, "2K to 5K", 2000.0, 5000.0, 5000.0, 2),
        (oryx, "≈ 1K", None, 1000.0, None, 1),
        (oryx, "900 to 1K", 900.0, 900.0, 1000.0, 2),
        ("the harbour master", "100 to 1K", 100.0, None, 1000.0, 1),
    ]
    assert answers["period"].to_list() == ["2024-03", "2022/..", "2024-03", "2024-03"]


def test_the_figure_said_last_stands_for_a_claimant(make: Any) -> None:
    early, late = {"stated_end": date(2024, 4, 2)}, {"stated_end": date(2024, 4, 9)}
    said = make(exactly(40.0) | late | {"stance": "possible"}, exactly(30.0) | early)
    (answer,) = quantclaims.intervals(said, SHELLS).iter_rows(named=True)
    assert (answer["value"], answer["value_low"], answer["value_high"]) == (40, 30, 40)
    assert answer["stance"] == "possible"
    assert answer["claim_id"].endswith("#0")
    undated = {"stated": None, "stated_start": None, "stated_end": None}
    said = make(exactly(40.0) | undated | {"published_end": date(2024, 6, 1)}, exactly(30.0) | late)
    assert quantclaims.intervals(said, SHELLS)["value"].to_list() == [40]


SPANS = {
    "bounds on both sides": ((AT_LEAST_2000, UP_TO_5000), "2K to 5K"),
    "a figure and more": ((ABOUT_1000, AT_LEAST_2000), "≥ 1K"),
    "a figure and less": ((ABOUT_1000, UP_TO_5000), "≤ 5K"),
    "a figure and a magnitude": ((ABOUT_1000 | {"value": 1500.0}, HUNDREDS), "100 to 1.5K"),
    "one figure in two forms": ((ABOUT_1000, exactly(1000.0)), "1K"),
    "one figure twice": ((ABOUT_1000, ABOUT_1000), "≈ 1K"),
}


@pytest.mark.parametrize(("figures", "written"), SPANS.values(), ids=SPANS.keys())
def test_what_a_claimant_says_of_a_period_is_spanned(make: Any, figures: tuple[Row, ...], written: str) -> None:
    assert quantclaims.intervals(make(*figures), SHELLS)["figure"].to_list() == [written]
    assert quantclaims.intervals(make(*reversed(figures)), SHELLS)["figure"].to_list() == [written]


WIDER = {
    "all weapons": ({"items": ["weapon"]}, True),
    "ammunition and rockets": ({"items": ["ammunition", "rocket"]}, True),
    "rockets": ({"items": ["rocket"]}, False),
    "weapons to anybody": ({"items": ["weapon"], "counterparty": None}, True),
    "weapons to another state": ({"items": ["weapon"], "counterparty": "IRN"}, False),
    "weapons bought": ({"items": ["weapon"], "predicate": "purchase"}, False),
    "of unknown predicate": ({"items": ["weapon"], "predicate": None}, False),
}


@pytest.mark.parametrize(("denied", "answers"), WIDER.values(), ids=WIDER.keys())
def test_denials_of_something_wider_answer(make: Any, denied: Row, answers: bool) -> None:
    key = {"topic_key": "another|question|PRK|RUS"}
    chosen = select_topic(make(ABOUT_1000, NONE | denied | key), SHELLS)
    assert chosen["is_denial"].to_list() == [False, True] if answers else [False]
    assert select_topic(make(ABOUT_1000, exactly(3.0) | denied | key), SHELLS).height == 1


def test_parts_and_shares_answer_other_questions(make: Any) -> None:
    linked = {"base_claim_id": "x", "factor": None}
    said = make(*(ABOUT_1000 | linked | {"relation": relation} for relation in ids("relations")), ABOUT_1000)
    chosen = select_topic(said, SHELLS)["relation"].to_list()
    assert chosen == ["multiple_of", None]


def test_claims_stand_in_the_order_of_their_days(make: Any) -> None:
    nothing = {"period": None, "period_start": None, "period_end": None}
    unsaid = nothing | {"stated": None, "stated_start": None, "stated_end": None}
    said = make(ABOUT_1000, UP_TO_5000 | nothing, HUNDREDS | unsaid, AT_LEAST_2000 | SINCE_2022)
    told = quantclaims.timeline(said, SHELLS).select("figure", "dated_by", "start", "end").rows()
    assert told == [
        ("≥ 2K", "period", date(2022, 1, 1), None),
        ("≈ 1K", "period", date(2024, 3, 1), date(2024, 3, 31)),
        ("≤ 5K", "stated", date(2024, 3, 4), date(2024, 3, 4)),
        ("100 to 1K", "published", date(2024, 3, 5), date(2024, 3, 5)),
    ]


PAIRS = {
    "the same figure": ((ABOUT_1000, ABOUT_1000), ["confirms"]),
    "figures that round to each other": ((ABOUT_1000, exactly(1050.0)), ["confirms"]),
    "a figure under a bound": ((ABOUT_1000, UP_TO_5000), ["consistent"]),
    "a figure under a lower bound": ((ABOUT_1000, AT_LEAST_2000), ["contradicts"]),
    "another period": ((ABOUT_1000, ABOUT_1000 | SINCE_2022), []),
    "none over the time around": ((ABOUT_1000, NONE | SINCE_2022), ["contradicts"]),
    "none over a part of the time": ((ABOUT_1000 | SINCE_2022, NONE), []),
    "two denials": ((NONE, NONE), ["confirms"]),
    "planned beside asserted": ((ABOUT_1000, ABOUT_1000 | {"stance": "planned"}), []),
    "no period": ((ABOUT_1000, ABOUT_1000 | {"period": None}), []),
}


@pytest.mark.parametrize(("figures", "verdicts"), PAIRS.values(), ids=PAIRS.keys())
def test_pairs_are_judged(make: Any, figures: tuple[Row, Row], verdicts: list[str]) -> None:
    one, other = figures
    said = make(one | {"claimant": "c4ads"}, other | {"claimant": "oryx"})
    assert quantclaims.agreement(said, SHELLS)["verdict"].to_list() == verdicts
    swapped = make(other | {"claimant": "c4ads"}, one | {"claimant": "oryx"})
    assert quantclaims.agreement(swapped, SHELLS)["verdict"].to_list() == verdicts


def test_who_repeats_nobody_knows_whom_is_no_second_voice(make: Any) -> None:
    for one, other in (("c4ads", "c4ads"), ("c4ads", "article"), ("kr-intelligence", "kr-government")):
        said = make(
            ABOUT_1000 | {"claimant": one, "claimant_country": "KOR", "claimant_type": "government"},
            ABOUT_1000 | {"claimant": other, "claimant_country": "KOR", "claimant_type": "government"},
        )
        assert quantclaims.agreement(said, SHELLS).height == 0


def test_questions_with_most_claimants_come_first(make: Any) -> None:
    said = make(
        ABOUT_1000 | {"topic_key": "a"},
        ABOUT_1000 | {"topic_key": "b", "claimant": None, "claimant_text": "Jo"},
        ABOUT_1000 | {"topic_key": "b", "claimant": None, "claimant_text": "Al"},
        ABOUT_1000 | {"topic_key": "a"},
        ABOUT_1000 | {"topic_key": "c"},
    )
    topics = quantclaims.list_topics(said)
    assert topics.columns == ["topic_key", "claims", "claimants", "articles"]
    assert topics.rows() == [("b", 2, 2, 1), ("a", 2, 1, 1), ("c", 1, 1, 1)]


def test_an_unknown_question_is_met_with_the_near_ones(make: Any) -> None:
    for ask in (quantclaims.intervals, quantclaims.timeline, quantclaims.agreement):
        with pytest.raises(TopicError, match=r"did you mean transfer\|artillery_shell\|PRK\|RUS\?"):
            ask(make(ABOUT_1000), "transfer|artillery_shells|PRK|RUS")
        with pytest.raises(TopicError, match="list_topics gives those that there are"):
            ask(make(ABOUT_1000), "?")


FIGURES = {
    "exact": (exactly(12_500.0), "12.5K"),
    "about": (ABOUT_1000 | {"value": 1.6e6}, "≈ 1.6M"),
    "bare magnitude": (HUNDREDS, "100 to 1K"),
    "no more than": (UP_TO_5000 | {"unit": "km"}, "≤ 5K km"),
    "less": (UP_TO_5000 | {"qualifier": "less_than"}, "< 5K"),
    "more": (AT_LEAST_2000 | {"qualifier": "more_than", "change": "increase"}, "> +2K"),
    "a fall": (exactly(0.125) | {"change": "decrease", "unit": "%"}, "−0.125 %"),
    "a bound without a figure": ({"qualifier": "at_least", "value": None, "value_low": 7.0}, "≥ 7"),
    "nothing": ({"qualifier": "exact", "value": None}, "?"),
    "none": (NONE, "none"),
}


@pytest.mark.parametrize(("row", "written"), FIGURES.values(), ids=FIGURES.keys())
def test_figures_are_written_short(row: Row, written: str) -> None:
    assert write_figure({"unit": "1", "is_denial": False} | row) == written


def test_the_dataset_answers_how_many_shells() -> None:
    claims = quantclaims.load_claims()
    shells = quantclaims.intervals(claims, SHELLS)
    stated = {(row["claimant"], row["figure"]) for row in shells.filter(~shells["is_denial"]).iter_rows(named=True)}
    assert stated == {("kr-intelligence", "≤ 4.8M"), ("c4ads", "≈ 1.6M")}
    denied = shells.filter("is_denial")
    assert set(denied["claimant_country"]) == {"PRK"}
    assert set(denied["figure"]) == {"none"}
    assert set(quantclaims.timeline(claims, SHELLS)["claim_id"]) >= set(shells["claim_id"])
    assert quantclaims.agreement(claims, SHELLS)["verdict"].to_list() == ["consistent"]
    assert set(VERDICTS) == {"confirms", "consistent", "contradicts"}
