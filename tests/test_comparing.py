"""Claims of several articles beside each other: labelled sets, and what holds of any set."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantclaims import Article, Claim, extract_claims
from quantclaims.build import build_dataset
from quantclaims.comparing import CANNOT_BE_JUDGED, compare_claims
from quantclaims.schemas.vocabularies import ids

CORPUS = Path(__file__).parent / "corpus" / "comparing.toml"
CASES = tomllib.loads(CORPUS.read_text("utf-8"))["comparing"]


def read_claims(case: dict[str, Any]) -> list[Claim]:
    articles = [Article(a["text"], a["language"], a["published"], article_id=a["id"]) for a in case["articles"]]
    return [claim for article in articles for claim in extract_claims(article)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_sets_are_judged_as_by_a_careful_reader(case: dict[str, Any]) -> None:
    compared = compare_claims(read_claims(case))
    assert len(compared) == len(case["articles"])
    assert {each["article"] for each in case["expect"]} <= {each["id"] for each in case["articles"]}
    for claim in compared:
        labels = [e for e in case["expect"] if e["article"] == claim.article_id and e["quote_has"] in claim.quote]
        wanted = labels[0] if labels else {}
        assert claim.information_credibility == wanted.get("information_credibility", CANNOT_BE_JUDGED), claim.claim_id
        assert [other.split("#")[0] for other in claim.discrepancy] == wanted.get("discrepancy", []), claim.claim_id


def test_every_grade_is_shown() -> None:
    shown = {each.get("information_credibility", CANNOT_BE_JUDGED) for case in CASES for each in case["expect"]}
    assert shown == set(ids("credibility"))


TEMPLATE = extract_claims(
    Article("According to C4ADS, North Korea sent Russia 900 rockets in May 2024.", "en", "2024-06-01")
)[0]
VOICES = ("c4ads", "oryx", "ap", "ru-government", "ru-defence-ministry", "article", None)


def vary(index: int, value: float, qualifier: str, claimant: str | None, month: int, day: int | None) -> Claim:
    end = date(2024, month, 28)
    said = None if day is None else date(2024, 6, day)
    return TEMPLATE._replace(
        claim_id=f"article-{index}#0",
        article_id=f"article-{index}",
        value=value,
        value_low=None if qualifier in ("approximately", "at_most") else value,
        value_high=None if qualifier in ("approximately", "at_least") else value,
        qualifier=qualifier,
        claimant=claimant,
        claimant_text="Somebody" if claimant is None else None,
        claimant_country="RUS" if claimant and claimant.startswith("ru-") else None,
        claimant_type="government" if claimant and claimant.startswith("ru-") else "media",
        period=f"../{end}" if value == 0 else f"{end}",
        period_start=None if value == 0 else end,
        period_end=end,
        stated=None if said is None else str(said),
        stated_start=said,
        stated_end=said,
    )


@st.composite
def sets(draw: st.DrawFn) -> list[Claim]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from([0.0, 40.0, 41.0, 250.0, 1000.0, 1040.0]),
                st.sampled_from(["exact", "approximately", "at_most", "at_least"]),
                st.sampled_from(VOICES),
                st.integers(1, 2),
                st.sampled_from([None, 1, 2]),
            ),
            max_size=12,
        )
    )
    return [vary(index, *row) for index, row in enumerate(rows)]


@settings(max_examples=60)
@given(sets(), st.randoms(use_true_random=False))
def test_what_holds_of_any_set(claims: list[Claim], chance: Any) -> None:
    compared = {claim.claim_id: claim for claim in compare_claims(claims)}
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert {claim.claim_id: claim for claim in compare_claims(shuffled)} == compared
    assert compare_claims(list(compared.values())) == list(compared.values())
    for claim in compared.values():
        assert list(claim.discrepancy) == sorted(set(claim.discrepancy))
        assert all(claim.claim_id in compared[other].discrepancy for other in claim.discrepancy)
        assert all(compared[other].claimant == claim.claimant for other in claim.discrepancy)
        if claim.claimant == "article":
            assert claim.information_credibility != "1"
    voices = {c.claimant_country or c.claimant for c in claims if c.claimant != "article"}
    if len(voices) < 2 and all(claim.claimant != "article" for claim in claims):
        assert {claim.information_credibility for claim in compared.values()} <= {CANNOT_BE_JUDGED}


def test_a_relay_on_the_same_question_confirms_nothing() -> None:
    said = vary(1, 40.0, "exact", "c4ads", 5, None)._replace(via=("ap",))
    own = vary(2, 40.0, "exact", "ap", 5, None)
    assert [claim.information_credibility for claim in compare_claims([said, own])] == ["6", "2"]
    assert [claim.information_credibility for claim in compare_claims([said._replace(via=()), own])] == ["1", "1"]


@pytest.mark.parametrize("change", ["relation", "unit", "change", "stance", "attributes", "predicate", "topic_key"])
def test_another_question_is_not_compared(change: str) -> None:
    other = {
        "relation": "part_of", "unit": "t", "change": "increase", "stance": "demanded",
        "attributes": ("calibre=152 mm",), "predicate": "purchase", "topic_key": "transfer|rocket|IRN|RUS",
    }[change]  # fmt: skip
    one, two = vary(1, 40.0, "exact", "c4ads", 5, None), vary(2, 90.0, "exact", "oryx", 5, None)
    assert Counter(c.information_credibility for c in compare_claims([one, two])) == {"4": 2}
    changed: dict[str, Any] = {change: other}
    assert Counter(c.information_credibility for c in compare_claims([one, two._replace(**changed)])) == {"6": 2}


def test_what_one_article_retells_twice_is_no_discrepancy_of_the_other() -> None:
    first = [vary(1, value, "exact", "c4ads", 5, 1) for value in (40.0, 250.0)]
    second = [vary(2, value, "exact", "c4ads", 5, 1) for value in (40.0, 250.0)]
    rows = [row._replace(claim_id=f"{row.article_id}#{row.value:.0f}") for row in (*first, *second)]
    assert {row.discrepancy for row in compare_claims(rows)} == {()}
    assert [row.discrepancy for row in compare_claims(rows[:3])] == [(), (), ()]
    lone = [rows[0], rows[3]]
    assert [row.discrepancy for row in compare_claims(lone)] == [("article-2#250",), ("article-1#40",)]


def test_a_build_compares_its_articles(tmp_path: Path) -> None:
    case = next(case for case in CASES if case["label"].startswith("retellings that date"))
    for article in case["articles"]:
        stated = f'language = "{article["language"]}"\npublished = "{article["published"]}"\ntitle = "Losses"'
        (tmp_path / f"{article['id']}.md").write_text(f"+++\n{stated}\n+++\n{article['text']}\n", "utf-8")
    build_dataset(tmp_path, tmp_path / "out")
    built = pl.read_parquet(tmp_path / "out" / "claims.parquet").sort("article_id")
    first, second = built["claim_id"].to_list()
    assert built["discrepancy"].to_list() == [[second], [first]]


def test_time_in_step_with_the_rows() -> None:
    def take(count: int) -> float:
        rows = [
            vary(i, float(i % 997), "exact", VOICES[i % 5], 1 + i % 2, None)._replace(stated=None, period=None)
            if i % 3 == 0
            else vary(i, 1000.0 + i % 40, "exact", f"voice-{i % 2000}", 1 + i % 2, None)
            for i in range(count)
        ]
        started = process_time()
        compare_claims(rows)
        return process_time() - started

    fourfold = min(take(16_000) for _ in range(3))
    assert fourfold < 10 * min(take(4_000) for _ in range(3)) + 0.1  # comparing all with all would take sixteen times
