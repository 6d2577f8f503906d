"""The contract: every rule has a row that breaks it and one, close to it, that does not."""

from collections.abc import Callable
from datetime import date
from math import inf, nan
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow
import pytest
from pandera.errors import SchemaErrors

from quantclaims.schemas import article, claim, cldr, units, vocabularies
from quantclaims.schemas.edtf import parse_edtf
from quantclaims.schemas.integrity import ARTICLE_RULES, CLAIM_RULES, QUOTE_RULES, TEXT_RULES
from quantclaims.storage.frames import RowsError, frame_from_rows
from quantclaims.validating.checking import check_dataset
from quantclaims.validating.findings import LIMIT, Finding, render_finding

Row = dict[str, Any]
DAY = date(2024, 3, 5)
LATER = date(2024, 3, 6)

# rule -> what the first claim (a multiple of the second) is changed to, broken and sound
CLAIM_CASES: dict[str, tuple[Row, Row]] = {
    "claim_id_form": ({"claim_id": "drones-67"}, {}),
    "claim_id_in_quote": ({"claim_id": "drones#3"}, {"claim_id": "drones#68"}),
    "quote_offsets": ({"quote_end": 500}, {}),
    "quote_prefix_length": ({"quote_prefix": "x" * 33}, {}),
    "quote_suffix_length": ({"quote_suffix": "x" * 33}, {}),
    "mentions_positive": ({"mentions": 0}, {"mentions": 7}),
    "value_finite": ({"value": inf}, {"value": 1200}),
    "value_low_finite": ({"value_low": nan}, {"value_low": 1200}),
    "value_high_finite": ({"value_high": -inf}, {"value_high": 1200}),
    "factor_finite": ({"factor": inf}, {"factor": 3}),
    "confidence_finite": ({"confidence": nan}, {"confidence": 0.0}),
    "value_low_at_most_value": (
        {"qualifier": "between", "value_low": 1300.0, "value_high": 1400.0},
        {"qualifier": "between", "value_low": 1200.0, "value_high": 1400.0},
    ),
    "value_at_most_value_high": (
        {"qualifier": "between", "value_low": 1000.0, "value_high": 1100.0},
        {"qualifier": "between", "value_low": 1000.0, "value_high": 1200.0},
    ),
    "value_low_at_most_value_high": (
        {"qualifier": "order_of_magnitude", "value": None, "value_low": 2e4, "value_high": 1e3},
        {"qualifier": "order_of_magnitude", "value": None, "value_low": 1e3, "value_high": 1e4},
    ),
    "qualifier_bounds": ({"qualifier": "approximately"}, {}),  # every qualifier: see QUALIFIER_CASES
    "unit_known": ({"unit": "ha"}, {"unit": "har"}),
    "items_sorted": ({"items": ["drone", "ammunition"]}, {"items": ["ammunition", "drone"]}),
    "attributes_sorted": (
        {"attributes": ["model=A", "calibre=9 mm"]},
        {"attributes": ["calibre=9 mm", "model=A"]},
    ),
    "discrepancy_sorted": ({"discrepancy": ["drones#22", "drones#22"]}, {"discrepancy": []}),
    "attributes_known": ({"attributes": ["state=tired"]}, {"attributes": ["state=killed"]}),
    "base_known": ({"base_claim_id": "drones#9"}, {}),
    "base_acyclic": ({}, {}),  # takes two rows: see test_circle_of_bases
    "relation_with_base": (
        {"relation": None, "factor": None},
        {"relation": None, "factor": None, "base_claim_id": None},
    ),
    "factor_with_relation": ({"relation": "part_of"}, {"relation": "part_of", "factor": None}),
    "factor_positive": (
        {"factor": -3.0, "value": -1200.0, "value_low": -1200.0, "value_high": -1200.0},
        {},
    ),
    "factor_applied": (
        {"factor": 2.5},
        {"factor": 2.5, "value": 1000.0, "value_low": 1000.0, "value_high": 1000.0},
    ),
    "denial_is_zero": (
        {"is_denial": True},
        {
            "is_denial": True,
            "base_claim_id": None,
            "relation": None,
            "factor": None,
            "value": 0.0,
            "value_low": 0.0,
            "value_high": 0.0,
        },
    ),
    "claimant_given": (
        {"claimant": None, "claimant_text": None},
        {"claimant": None, "claimant_text": "a passer-by"},
    ),
    "claimant_country_of_register": (
        {"claimant_country": "POL"},
        {"claimant": None, "claimant_text": "a passer-by", "claimant_country": "POL"},
    ),
    "claimant_type_of_register": ({"claimant_type": "person"}, {"claimant_type": "media"}),
    "source_reliability_of_register": (
        {"source_reliability": "A"},
        {"claimant": None, "claimant_text": "a passer-by", "source_reliability": "A"},
    ),
    "period_is_edtf": ({"period": "February 2024"}, {}),
    "period_bounds_agree": ({"period": "2024-02-28/.."}, {"period": "2024-02~"}),
    "period_start_at_most_period_end": (
        {"period_start": LATER, "period_end": DAY},
        {"period": "2024-03-05", "period_start": DAY, "period_end": DAY},
    ),
    "period_not_after_publication": (
        {"period": "2024-03-06", "period_start": LATER, "period_end": LATER},
        {"period": "2024-03-06", "period_start": LATER, "period_end": LATER, "stance": "planned"},
    ),
    "period_basis_with_period": ({"period_basis": "unknown"}, {"period_basis": "relative"}),
    "stated_is_edtf": ({"stated": "Monday"}, {}),
    "stated_bounds_agree": ({"stated": None}, {"stated": None, "stated_start": None, "stated_end": None}),
    "stated_start_at_most_published_end": (
        {"stated": "2024-03-06", "stated_start": LATER, "stated_end": LATER},
        {"stated": "2024-03-05", "stated_start": DAY, "stated_end": DAY},
    ),
    "published_start_at_most_published_end": ({"published_start": LATER}, {}),
    "confidence_probability": ({"confidence": 1.01}, {"confidence": 1.0}),
    "discrepancy_mutual": ({"discrepancy": ["drones#22"]}, {}),  # two rows: see test_discrepancy_is_mutual
    "article_known": ({"article_id": "tanks"}, {}),
    "language_of_article": ({"language": "ro"}, {"language": "en"}),
    "published_since_gregorian": ({"published_start": date(1582, 12, 31)}, {"published_start": date(1583, 1, 1)}),
    "published_start_of_article": ({"published_start": date(2024, 3, 4)}, {"published_start": DAY}),
    "published_end_of_article": ({"published_end": LATER}, {"published_end": DAY}),
    "quote_is_text": ({"quote": "1,300 drones"}, {}),
    "quote_prefix_is_text": ({"quote_prefix": "so it said: "}, {}),
    "quote_suffix_is_text": ({"quote_suffix": ""}, {}),
}

ARTICLE_CASES: dict[str, tuple[Row, Row]] = {
    "article_id_form": ({"article_id": "drones/2"}, {}),
    "title_filled": ({"title": " "}, {"title": "Other drones"}),
    "url_form": ({"url": "example.org/drones"}, {"url": None}),
    "published_is_edtf": ({"published": "5 March"}, {"published": "2024-03-05"}),
    "published_bounds_agree": ({"published": "2024-03"}, {"published": "2024-03-05?"}),
    "published_start_at_most_published_end": ({"published_start": LATER}, {}),
    "published_since_gregorian": ({"published_start": date(1024, 3, 5)}, {}),
    "text_sha256_form": ({"text_sha256": "A" * 64}, {}),
    "characters_positive": ({"characters": 0}, {}),
    "claims_counted": ({"claims": -1}, {}),
    "claims_count": ({"claims": 3}, {"claims": 2}),
    "text_sha256_of_text": ({"text_sha256": "0" * 64}, {}),
    "characters_of_text": ({"characters": 99}, {}),
    "text_present": ({"article_id": "tanks"}, {}),
}

# qualifier, (value, low, high), agrees
QUALIFIER_CASES = [
    ("exact", (5.0, 5.0, 5.0), True),
    ("exact", (5.0, None, None), False),
    ("exact", (None, 5.0, 5.0), False),
    ("approximately", (5.0, None, None), True),
    ("approximately", (None, None, None), False),
    ("approximately", (5.0, 4.0, 6.0), False),
    ("less_than", (5.0, None, 5.0), True),
    ("less_than", (None, None, 5.0), True),
    ("less_than", (5.0, None, None), False),
    ("less_than", (4.0, None, 5.0), False),
    ("at_most", (5.0, None, 5.0), True),
    ("at_most", (5.0, 0.0, 5.0), False),
    ("more_than", (5.0, 5.0, None), True),
    ("more_than", (6.0, 5.0, None), False),
    ("at_least", (5.0, 5.0, None), True),
    ("at_least", (None, 5.0, None), True),
    ("at_least", (5.0, None, 5.0), False),
    ("between", (None, 5.0, 8.0), True),
    ("between", (6.0, 5.0, 8.0), True),
    ("between", (None, 5.0, None), False),
    ("order_of_magnitude", (None, 1e6, 1e7), True),
    ("order_of_magnitude", (2e6, 1e6, 1e7), False),
    ("order_of_magnitude", (None, 1e6, None), False),
]


def problems_of(claims: list[Row], articles: list[Row], texts: dict[str, str] | None = None) -> list[Finding]:
    return check_dataset(frame_from_rows(claims, claim.Claim), frame_from_rows(articles, article.Article), texts)


def rules_of(problems: list[Finding]) -> set[str]:
    return {problem.rule for problem in problems}


def test_sound_dataset_has_no_problem(claim_rows: list[Row], article_rows: list[Row], text: str) -> None:
    assert problems_of(claim_rows, article_rows, {"drones": text}) == []
    assert problems_of([], []) == []


@pytest.mark.parametrize("rule", CLAIM_CASES)
def test_claim_rule(rule: str, claim_rows: list[Row], article_rows: list[Row], text: str) -> None:
    broken, sound = CLAIM_CASES[rule]
    if broken:
        found = problems_of([claim_rows[0] | broken, claim_rows[1]], article_rows, {"drones": text})
        assert rule in rules_of(found)
        assert all(problem.message and problem.column for problem in found)
    assert rule not in rules_of(problems_of([claim_rows[0] | sound, claim_rows[1]], article_rows, {"drones": text}))


@pytest.mark.parametrize("rule", ARTICLE_CASES)
def test_article_rule(rule: str, claim_rows: list[Row], article_rows: list[Row], text: str) -> None:
    broken, sound = ARTICLE_CASES[rule]
    assert rule in rules_of(problems_of(claim_rows, [article_rows[0] | broken], {"drones": text}))
    assert problems_of(claim_rows, [article_rows[0] | sound], {"drones": text}) == []


def test_every_rule_has_cases() -> None:
    assert {rule.name for rule in (*claim.RULES, *CLAIM_RULES, *QUOTE_RULES)} == {*CLAIM_CASES, "claim_id_unique"}
    assert {rule.name for rule in (*article.RULES, *ARTICLE_RULES, *TEXT_RULES)} == {
        *ARTICLE_CASES,
        "article_id_unique",
    }


@pytest.mark.parametrize(("qualifier", "figures", "agrees"), QUALIFIER_CASES)
def test_qualifier_agrees_with_bounds(
    qualifier: str, figures: tuple[float | None, ...], agrees: bool, claim_rows: list[Row], article_rows: list[Row]
) -> None:
    base = claim_rows[1] | dict(zip(("value", "value_low", "value_high"), figures, strict=True))
    found = problems_of([base | {"qualifier": qualifier}], [article_rows[0] | {"claims": 1}])
    assert rules_of(found) == (set() if agrees else {"qualifier_bounds"})


def test_keys_are_unique(claim_rows: list[Row], article_rows: list[Row]) -> None:
    found = problems_of([*claim_rows, claim_rows[1]], article_rows * 2)
    assert {"claim_id_unique", "article_id_unique"} <= rules_of(found)


def test_circle_of_bases(claim_rows: list[Row], article_rows: list[Row]) -> None:
    multiple, base = claim_rows
    back = base | {"base_claim_id": multiple["claim_id"], "relation": "part_of"}
    found = problems_of([multiple, back], article_rows)
    assert [problem.row for problem in found] == [multiple["claim_id"], base["claim_id"]]
    assert rules_of(found) == {"base_acyclic"}
    itself = base | {"base_claim_id": base["claim_id"], "relation": "part_of"}
    assert rules_of(problems_of([multiple, itself], article_rows)) == {"base_known"}


def test_base_of_another_article_is_unknown(claim_rows: list[Row], article_rows: list[Row]) -> None:
    multiple, base = claim_rows
    moved = base | {"article_id": "tanks", "claim_id": base["claim_id"].replace("drones", "tanks")}
    others = [article_rows[0] | {"claims": 1}, article_rows[0] | {"article_id": "tanks", "claims": 1}]
    found = problems_of([multiple | {"base_claim_id": moved["claim_id"]}, moved], others)
    assert rules_of(found) == {"base_known"}


def test_discrepancy_is_mutual(claim_rows: list[Row], article_rows: list[Row]) -> None:
    first, second = claim_rows
    named = first | {"discrepancy": [second["claim_id"]]}
    assert rules_of(problems_of([named, second], article_rows)) == {"discrepancy_mutual"}
    assert problems_of([named, second | {"discrepancy": [first["claim_id"]]}], article_rows) == []
    assert rules_of(problems_of([first | {"discrepancy": [first["claim_id"]]}, second], article_rows)) == {
        "discrepancy_mutual"
    }


REQUIRED = [
    field.name for field in claim.fields() if not field.nullable and field.name not in ("claim_id", "article_id")
]


@pytest.mark.parametrize("column", REQUIRED)
def test_null_is_reported_where_every_row_needs_a_value(
    column: str, claim_rows: list[Row], article_rows: list[Row]
) -> None:
    found = problems_of([claim_rows[0] | {column: None}, claim_rows[1]], article_rows)
    assert ("not_null", column) in {(problem.rule, problem.column) for problem in found}


NO_CLAIMS: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "a column less": lambda frame: frame.drop("unit"),
    "a column more": lambda frame: frame.with_columns(extra=1),
    "another type": lambda frame: frame.with_columns(pl.col("value").cast(pl.String)),
    "texts for ids": lambda frame: frame.with_columns(pl.col("qualifier").cast(pl.String)),
    "another order": lambda frame: frame.select(reversed(frame.columns)),
    "a null": lambda frame: frame.with_columns(unit=pl.lit(None, dtype=pl.String)),
    "a broken rule": lambda frame: frame.with_columns(unit=pl.lit("hectare")),
    "a null that a rule stumbles over": lambda frame: frame.with_columns(claim_id=pl.lit(None, dtype=pl.String)),
}


@pytest.mark.parametrize("how", NO_CLAIMS)
def test_model_refuses_what_is_no_table_of_claims(how: str, claim_rows: list[Row]) -> None:
    claims = frame_from_rows(claim_rows, claim.Claim)
    assert claim.Claim.validate(claims, lazy=True).equals(claims)
    with pytest.raises(SchemaErrors):
        claim.Claim.validate(NO_CLAIMS[how](claims), lazy=True)


def test_model_refuses_what_is_no_table_of_articles(article_rows: list[Row]) -> None:
    articles = frame_from_rows(article_rows, article.Article)
    assert article.Article.validate(articles, lazy=True).equals(articles)
    with pytest.raises(SchemaErrors):
        article.Article.validate(articles.with_columns(characters=pl.lit(0, dtype=pl.Int32)), lazy=True)


def test_frame_without_a_column_is_judged_by_the_others(claim_rows: list[Row], article_rows: list[Row]) -> None:
    claims = frame_from_rows([claim_rows[0] | {"mentions": 0}, claim_rows[1]], claim.Claim).drop("unit")
    found = check_dataset(claims, frame_from_rows(article_rows, article.Article))
    assert [finding.rule for finding in found] == ["column_present", "mentions_positive"]


def test_all_problems_are_listed_and_many_are_counted(claim_rows: list[Row], article_rows: list[Row]) -> None:
    rows = [claim_rows[0] | {"mentions": 0, "unit": "hectares"} for _ in range(LIMIT + 30)]
    found = problems_of(rows, article_rows)
    assert {"mentions_positive", "unit_known", "claim_id_unique", "claims_count"} <= rules_of(found)
    of_unit = [finding for finding in found if finding.rule == "unit_known"]
    assert [finding.alike for finding in of_unit] == [1] * (LIMIT - 1) + [31]


def test_finding_is_one_line_with_place_value_and_remedy(claim_rows: list[Row], article_rows: list[Row]) -> None:
    (finding,) = problems_of([claim_rows[0] | {"unit": "km\nh"}, claim_rows[1]], article_rows)
    line = render_finding(finding)
    assert line.startswith(f"claims.parquet: {claim_rows[0]['claim_id']}: unit: 'km\\nh' is no unit: ")
    assert "\n" not in line


def test_text_that_a_row_does_not_reach_is_no_error(claim_rows: list[Row], article_rows: list[Row], text: str) -> None:
    unplaced = claim_rows[0] | {"quote_start": None, "quote_end": None}
    found = problems_of([unplaced, claim_rows[1]], article_rows, {"drones": text})
    assert {(finding.rule, finding.column) for finding in found} == {
        ("not_null", "quote_start"),
        ("not_null", "quote_end"),
    }


# change of a row, what the error says
ROW_CASES = [
    ({"qualifier": "aproximately"}, "qualifier: 'aproximately' must be an id of", "approximately"),
    ({"items": ["artilery_shell"]}, "items: '['artilery_shell']' must be a list of ids", "artillery_shell"),
    ({"actor": "POLAND"}, "vocabularies/countries.toml", "POL"),
    ({"qualifer": "exact"}, "qualifer: 'qualifer' no such column: remove or rename it", "qualifier"),
    ({"value": "1200"}, "must be a number", "1200"),
    ({"value": True}, "value: 'True' must be a number", None),
    ({"value": 10**400}, "must be a number", None),
    ({"mentions": 1.0}, "must be a whole number", "1"),
    ({"mentions": 2**31}, "must be a whole number", None),
    ({"is_denial": 0}, "must be true or false", "false"),
    ({"period_start": "2024-02-01"}, "must be a day", "2024-02-01"),
    ({"via": "AP"}, "must be a list of texts", "AP"),
    ({"information_credibility": 6}, "must be an id of vocabularies/credibility.toml", "6"),
]


@pytest.mark.parametrize(("change", "message", "nearest"), ROW_CASES)
def test_rows_that_do_not_fit_are_refused(
    change: Row, message: str, nearest: str | None, claim_rows: list[Row]
) -> None:
    with pytest.raises(RowsError) as error:
        frame_from_rows([claim_rows[0] | change, claim_rows[1]], claim.Claim)
    (finding,) = error.value.findings
    assert finding.row == claim_rows[0]["claim_id"]
    assert message in render_finding(finding)
    assert str(error.value) == render_finding(finding)
    assert finding.nearest == nearest


def test_rows_that_do_not_fit_are_counted(claim_rows: list[Row]) -> None:
    with pytest.raises(RowsError) as error:
        frame_from_rows([claim_rows[0] | {"unit": 7, "extra": 1}] * (LIMIT + 5), claim.Claim)
    assert [(f.rule, f.alike) for f in error.value.findings] == [
        ("column_known", LIMIT + 5),
        *[("value_type", 1)] * (LIMIT - 1),
        ("value_type", 6),
    ]


def test_missing_keys_are_refused_and_tuples_are_lists(claim_rows: list[Row]) -> None:
    del claim_rows[0]["via"], claim_rows[1]["via"], claim_rows[1]["unit"]
    with pytest.raises(RowsError) as error:
        frame_from_rows(claim_rows, claim.Claim)
    assert [(finding.column, finding.rule, finding.alike) for finding in error.value.findings] == [
        ("via", "column_present", 2),
        ("unit", "column_present", 1),
    ]
    rows = [row | {"via": ("AP",), "unit": "1"} for row in claim_rows]
    assert frame_from_rows(rows, claim.Claim)["via"].to_list() == [["AP"], ["AP"]]


def test_whole_numbers_and_floats_mix_in_a_column(claim_rows: list[Row]) -> None:
    rows = [claim_rows[0] | {"value": 7}, claim_rows[1] | {"value": 0.5}]
    assert frame_from_rows(rows, claim.Claim)["value"].to_list() == [7.0, 0.5]
    assert frame_from_rows(rows[::-1], claim.Claim)["value"].to_list() == [0.5, 7.0]


# --- schemas that derive from the fields


@pytest.mark.parametrize("table", [claim, article])
def test_arrow_schema_describes_every_column(table: Any) -> None:
    schema = table.arrow_schema()
    assert schema.names == [field.name for field in table.fields()]
    for field in table.fields():
        metadata = schema.field(field.name).metadata
        assert metadata[b"description"].decode() == field.description
        assert metadata.get(b"unit", b"").decode() == (field.unit or "")
        assert metadata.get(b"source", b"https://").startswith(b"https://")
        assert schema.field(field.name).nullable == field.nullable


def test_arrow_types_keep_enums_and_merge_metadata() -> None:
    schema = claim.arrow_schema()
    actor = schema.field("actor")
    assert actor.type == pyarrow.dictionary(pyarrow.uint32(), pyarrow.string())
    assert {b"description", b"source", b"vocabulary"} < actor.metadata.keys()
    assert any(key.startswith(b"_PL_ENUM") for key in actor.metadata)
    assert any(key.startswith(b"_PL_ENUM") for key in schema.field("items").type.value_field.metadata)


def test_columns_are_those_of_the_design() -> None:
    assert " ".join(field.name for field in claim.fields()) == (
        "claim_id article_id language quote quote_start quote_end quote_prefix quote_suffix mentions value value_low "
        "value_high qualifier unit change items attributes item_text item_lemma base_claim_id relation factor "
        "predicate actor counterparty stance is_denial claimant claimant_text claimant_country claimant_type via "
        "period period_start period_end period_basis stated stated_start stated_end published_start published_end "
        "topic_key confidence source_reliability discrepancy information_credibility review rules"
    )


# --- notations


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-09-11", date(2023, 9, 11), date(2023, 9, 11)),
        ("2024-07-19~", date(2024, 7, 19), date(2024, 7, 19)),
        ("2024-07?", date(2024, 7, 1), date(2024, 7, 31)),
        ("2024-21", date(2024, 3, 1), date(2024, 5, 31)),
        ("2023-24", date(2023, 12, 1), date(2024, 2, 29)),
        ("2024-33", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-36", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-40", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-41", date(2024, 7, 1), date(2024, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2023-08-02/2023-08-02", date(2023, 8, 2), date(2023, 8, 2)),
        ("2023-08/2024-01", date(2023, 8, 1), date(2024, 1, 31)),
        ("2023-08~/..", date(2023, 8, 1), None),
        ("../2022-09-22", None, date(2022, 9, 22)),
    ],
)
def test_edtf_is_read(text: str, first: date | None, last: date | None) -> None:
    assert parse_edtf(text) == (first, last)


NO_EDTF = [
    "", "24", "2024-2", "2024-02-30", "2024-13", "2024-25", "2024-37", "0000", "2024-01/2023-12", "../..", "2024/",
    "/2024", "2024/2025/2026", "2024-01-01T10", "202x", "~2024", " 2024", "2024\n", "9999-24", "٢٠٢٤",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_EDTF)
def test_what_is_no_edtf_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|open at both ends|ends before") as error:
        parse_edtf(text)
    assert repr(text) in str(error.value)


UNITS = [
    "1", "%", "%{points}", "km", "m2", "har", "kt", "MW.h", "mm[Hg]", "Cel", "L/(100.km)", "1/a", "1/10*5", "kg.m-2",
    "EUR", "USD/[bbl_us]", "RON/mo", "t{CO2}", "1/10*5{inhabitants}", "[mi_i]/h", "GBy", "a", "min",
]  # fmt: skip
NO_UNITS = [
    "", "ha", "pp", "/a", "km/", "km h", "kEUR", "EURO", "eur", "l", "(km", "km)", "kmin", "k", "{x}", "0", "m0",
    "km\n", "(" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("code", UNITS)
def test_unit_is_known(code: str) -> None:
    assert units.is_unit(code)


@pytest.mark.parametrize("code", NO_UNITS)
def test_unit_is_refused(code: str) -> None:
    assert not units.is_unit(code)


# --- vocabularies


def test_every_vocabulary_loads_and_no_file_is_left_over() -> None:
    folder = Path(vocabularies.__file__).parent / "vocabularies"
    assert {path.stem for path in folder.glob("*.toml")} == set(vocabularies.SHAPES)
    assert all(vocabularies.load_vocabulary(name) for name in vocabularies.SHAPES)


def test_units_of_the_vocabulary_are_units() -> None:
    assert [
        code for code in (*vocabularies.ids("units"), *vocabularies.ids("currencies")) if not units.is_unit(code)
    ] == []


def test_codes_are_those_of_the_standards() -> None:
    countries = vocabularies.ids("countries")
    assert len(countries) == 249 + len(cldr.BEYOND_ISO)
    assert {"POL", "ROU", "PRK", "KOR", "UKR", "RUS", "XKX"} < set(countries)
    assert {"SUN", "ZZZ", "EUU"}.isdisjoint(countries)
    assert {"pl", "ro", "en", "uk"} < set(vocabularies.ids("languages"))
    assert {"USD", "EUR", "PLN", "RON", "MDL", "KPW"} < set(vocabularies.ids("currencies"))


@pytest.mark.parametrize(("name", "content"), cldr.documents().items())
def test_generated_vocabularies_are_as_generated(name: str, content: str) -> None:
    assert (Path(cldr.__file__).parent / "vocabularies" / name).read_text(encoding="utf-8") == content


def test_qualifiers_all_have_bounds() -> None:
    assert list(claim.BOUNDS) == list(vocabularies.ids("qualifiers"))


GOOD = '[x]\nlabel = { en = "x", pl = "x", ro = "x" }\ndefinition = "x"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + GOOD, "items.toml"),
        (GOOD + 'broder = "x"', "did you mean 'broader'?"),
        (GOOD.replace("definition", "#"), "definition is missing"),
        (GOOD.replace('ro = "x"', 'ru = "x"'), "label needs"),
        (GOOD.replace('definition = "x"', 'definition = ""'), "filled str"),
        (GOOD.replace('definition = "x"', "definition = 5"), "filled str"),
        ('x = "y"', "no table"),
    ],
)
def test_vocabulary_of_another_shape_is_refused(text: str, message: str) -> None:
    with pytest.raises(vocabularies.VocabularyError) as error:
        vocabularies.parse_vocabulary("items", text)
    assert message in str(error.value)


def test_vocabulary_refers_to_known_ids() -> None:
    terms = vocabularies.parse_vocabulary("items", GOOD + 'broader = "y"')
    with pytest.raises(vocabularies.VocabularyError, match="broader = 'y' is unknown"):
        vocabularies.check_references("items", terms, "broader", terms)
    with pytest.raises(vocabularies.VocabularyError, match="did you mean 'units'"):
        vocabularies.load_vocabulary("unit")
