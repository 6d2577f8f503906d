"""The three questions that analysts ask first: how many according to whom, when, and who agrees with whom.

Each function takes claims, as `load_claims` gives them, and the topic_key of a question, and gives a frame; each has a
twin in `quantclaims.charts` that draws it:

>>> import quantclaims
>>> shells = quantclaims.intervals(quantclaims.load_claims(), "transfer|artillery_shell|PRK|RUS")
>>> shells.filter(claimant="c4ads").select("figure", "period").rows()
[('≈ 1.6M', '2023-08/2024-01')]

Who denies that there is any of something wider denies this, too: who sent no weapons sent no shells. Such zeros stand
among the answers. Parts, shares, alternatives, equivalents and revisions of another claim answer other questions and
are left out.
"""

from collections.abc import Hashable, Iterator, Mapping
from difflib import get_close_matches
from itertools import combinations
from typing import Any

import polars as pl
from babel.numbers import format_compact_decimal, format_decimal

from quantclaims.comparing import COMPARED, find_range, is_point, list_days, name_question, name_voice, state_figure
from quantclaims.records import Claim
from quantclaims.schemas.vocabularies import load_vocabulary

SIGNS = {"approximately": "≈ ", "less_than": "< ", "at_most": "≤ ", "more_than": "> ", "at_least": "≥ "}
"""Sign before a figure by its qualifier."""

POINTS = ("exact", "approximately")
"""Qualifiers of stated figures that are no bounds."""

FIGURE = ("figure", "value", "value_low", "value_high", "qualifier", "unit", "change", "is_denial", "stance")
"""Columns of every answer that say how many; ``figure`` is made here, as charts write it."""

VERDICTS = ("confirms", "consistent", "contradicts")


class TopicError(ValueError):
    """No claim has that topic_key; the message names those that are near."""


# Questions


def list_topics(claims: pl.DataFrame) -> pl.DataFrame:
    """The questions that the claims answer, those with most claimants first: topic_key, claims, claimants, articles."""
    return (
        claims.group_by("topic_key")
        .agg(
            claims=pl.len(),
            claimants=pl.struct(pl.col("claimant").cast(pl.String), "claimant_text").n_unique(),
            articles=pl.col("article_id").n_unique(),
        )
        .sort(["claimants", "claims", "topic_key"], descending=[True, True, False])
    )


def select_topic(claims: pl.DataFrame, topic_key: str) -> pl.DataFrame:
    """The claims that answer a question, among them denials of anything wider; `TopicError` where none does.

    A denial is wider when each item asked for is one of its items or a kind of one (schemas/vocabularies/items.toml),
    and its sides are the same or not said.
    """
    known = claims["topic_key"].unique().sort().to_list()
    if topic_key not in known:
        near = get_close_matches(topic_key, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "list_topics gives those that there are"
        raise TopicError(f"no claim answers {topic_key!r}: {hint}")
    predicate, counted, actor, counterparty = topic_key.split("|")
    wider = [
        pl.col("items").cast(pl.List(pl.String)).list.set_intersection(list(list_broader(item))).list.len() > 0
        for item in counted.split("+")
    ]
    sides = [
        (pl.col(name).cast(pl.String) == side).fill_null(value=True)
        for name, side in (("actor", actor), ("counterparty", counterparty))
    ]
    same_act = (pl.col("predicate").cast(pl.String) == predicate).fill_null(value=False)
    is_denied = pl.all_horizontal("is_denial", same_act, *wider, *sides)
    is_answer = pl.col("relation").is_null() | pl.col("relation").cast(pl.String).is_in(ANSWERING)
    return claims.filter(((pl.col("topic_key") == topic_key) | is_denied) & is_answer)


ANSWERING = [relation for relation in COMPARED if relation is not None]
"""Relations of rows that answer the question of their topic_key."""


def list_broader(item: str) -> Iterator[str]:
    """An item, and everything that it is a kind of.

    >>> list(list_broader("artillery_shell"))
    ['artillery_shell', 'projectile', 'ammunition', 'weapon']
    """
    terms, seen = load_vocabulary("items"), set[str]()
    while item in terms and item not in seen:
        seen.add(item)
        yield item
        item = terms[item].details.get("broader", "")


# Answers


def intervals(claims: pl.DataFrame, topic_key: str) -> pl.DataFrame:
    """How many, according to whom: a row per claimant and period, the greatest figures first, then by name.

    ``value_low`` and ``value_high`` span all that a claimant says of the period, null where a side stays open;
    ``value``, stance and ``claim_id`` are those said last, by the day of the statement or else of publication;
    ``claims`` counts the rows that were spanned. Raises `TopicError`.
    """
    spans = {"value_low": span_end("value_low").min(), "value_high": span_end("value_high").max()}
    spans = {name: pl.when(~is_left_open(name)).then(span) for name, span in spans.items()}
    is_one = pl.struct("qualifier", "value", "value_low", "value_high").n_unique() == 1
    last = ("claim_id", "claimant_country", "claimant_type", "period_start", "period_end", "value", "stance")
    answers = (
        select_topic(claims, topic_key)
        .sort(pl.coalesce("stated_end", "published_end"), "claim_id", nulls_last=False)
        .with_columns(name_claimants())
        .group_by("claimant", "name", "period", "unit", "change", "is_denial", maintain_order=True)
        .agg(
            *(pl.col(column).last() for column in last),
            *(pl.when(is_one).then(pl.col(name).last()).otherwise(span).alias(name) for name, span in spans.items()),
            pl.when(is_one).then(pl.col("qualifier").last().cast(pl.String)).alias("qualifier"),
            pl.len().alias("claims"),
        )
        .with_columns(pl.col("qualifier").fill_null(name_span()))
    )
    greatest = pl.max_horizontal("value", "value_low", "value_high")
    answers = answers.sort(greatest, "name", "period", descending=[True, False, False], nulls_last=True)
    return with_figures(answers).select(
        "name", "period", *FIGURE, "claims", "claimant", "claimant_country", "claimant_type", "period_start",
        "period_end", "claim_id",
    )  # fmt: skip


def span_end(name: str) -> pl.Expr:
    """The lower or upper end of a figure; that of a stated one is itself."""
    return pl.when(is_stated()).then("value").otherwise(name)


def is_left_open(name: str) -> pl.Expr:
    """Whether one of several figures is open at that end, and none of them has a bound there."""
    return (span_end(name).is_null() & ~is_stated()).any() & pl.col(name).filter(~is_stated()).is_null().all()


def is_stated() -> pl.Expr:
    """Whether a figure is no bound."""
    return pl.col("qualifier").cast(pl.String).is_in(POINTS)


def name_span() -> pl.Expr:
    """The qualifier of two ends that come from several figures."""
    low, high = pl.col("value_low"), pl.col("value_high")
    return (
        pl.when(low == high)
        .then(pl.lit("exact"))
        .when(low.is_not_null() & high.is_not_null())
        .then(pl.lit("between"))
        .when(low.is_not_null())
        .then(pl.lit("at_least"))
        .when(high.is_not_null())
        .then(pl.lit("at_most"))
        .otherwise(pl.lit("approximately"))
    )


def timeline(claims: pl.DataFrame, topic_key: str) -> pl.DataFrame:
    """How many, and when: a row per claim, by first and last day.

    ``start`` and ``end`` are those of the period; where the text says none, of the statement; else of publication.
    ``dated_by`` says which. Null is an open end. Raises `TopicError`.
    """
    named = pl.col("period").is_not_null()
    stated = pl.col("stated").is_not_null()
    return with_figures(
        select_topic(claims, topic_key)
        .with_columns(
            name_claimants(),
            *(
                pl.when(named).then(f"period_{end}").when(stated).then(f"stated_{end}").otherwise(f"published_{end}")
                .alias(end)
                for end in ("start", "end")
            ),
            pl.when(named).then(pl.lit("period")).when(stated).then(pl.lit("stated")).otherwise(pl.lit("published"))
            .alias("dated_by"),
        )
        .sort("start", "end", "claim_id", nulls_last=False)
    ).select("name", "start", "end", "dated_by", *FIGURE, "claimant", "article_id", "claim_id")  # fmt: skip


def agreement(claims: pl.DataFrame, topic_key: str) -> pl.DataFrame:
    """Who agrees with whom: a row per pair of claims of independent claimants about the same time.

    ``verdict`` is ``confirms`` (the same figure), ``contradicts`` (no figure fits both) or ``consistent``. Whose claims
    are independent, which times can be compared and what a figure leaves open is the rule of `quantclaims.comparing`.
    Pairs grow with the square of the claims of the question. Raises `TopicError`.
    """
    asked = select_topic(claims, topic_key).with_columns(name_claimants())
    names = asked["name"].to_list()
    rows = [Claim(**row) for row in asked.drop("name").iter_rows(named=True)]
    pairs = [
        {
            "name": names[one],
            "figure": write_figure(rows[one]._asdict()),
            "verdict": judge_pair(rows[one], rows[other]),
            "other_name": names[other],
            "other_figure": write_figure(rows[other]._asdict()),
            "period": rows[one].period,
            "other_period": rows[other].period,
            "claim_id": rows[one].claim_id,
            "other_claim_id": rows[other].claim_id,
        }
        for one, other in combinations(range(len(rows)), 2)
        if are_comparable(rows[one], rows[other])
    ]
    columns = ("name", "figure", "verdict", "other_name", "other_figure", "period", "other_period")
    schema: dict[str, Any] = dict.fromkeys((*columns, "claim_id", "other_claim_id"), pl.String())
    return pl.DataFrame(pairs, schema=schema | {"verdict": pl.Enum(VERDICTS)}).sort("claim_id", "other_claim_id")


def are_comparable(one: Claim, other: Claim) -> bool:
    """Whether two answers are of independent claimants, about the same time, and of one unit, change and mood."""
    voices: tuple[Hashable | None, ...] = (name_voice(one), name_voice(other))
    if None in voices or voices[0] == voices[1] or one.period is None or other.period is None:
        return False
    if one.is_denial == other.is_denial and name_kind(one) != name_kind(other):
        return False
    spans = [list_days(each.period_start, each.period_end) for each in (one, other)]
    if one.is_denial != other.is_denial:
        none, some = spans if one.is_denial else reversed(spans)
        return none[0] <= some[0] and some[1] <= none[1]
    return spans[0] == spans[1]


def name_kind(claim: Claim) -> tuple[Hashable, ...]:
    """What two figures must have in common; items may differ, for a wider denial answers, too."""
    predicate, _, *kind = name_question(claim) or (None, None)
    return predicate, *kind


def judge_pair(one: Claim, other: Claim) -> str:
    """What two comparable figures say of each other."""
    if find_range(one).is_apart(find_range(other)):
        return "contradicts"
    return (
        "confirms" if state_figure(one) == state_figure(other) or (is_point(one) and is_point(other)) else "consistent"
    )


# What is shown


def name_claimants() -> pl.Expr:
    """Column ``name``: who vouches, by the register's English label or else as printed."""
    labels = {id_: term.label["en"] for id_, term in load_vocabulary("claimants").items()}
    known = pl.col("claimant").cast(pl.String).replace_strict(labels, default=None, return_dtype=pl.String)
    return pl.coalesce(known, "claimant_text", pl.lit("somebody unnamed")).alias("name")


def with_figures(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with a column ``figure``."""
    return rows.with_columns(pl.Series("figure", [write_figure(row) for row in rows.iter_rows(named=True)], pl.String))


def write_figure(row: Mapping[str, Any]) -> str:
    """A figure as charts write it: sign or both bounds, two decimals of thousands and millions, the unit.

    >>> write_figure({"is_denial": False, "qualifier": "at_most", "value": 4.8e6, "value_high": 4.8e6, "unit": "1"})
    '≤ 4.8M'
    >>> row = {"is_denial": False, "qualifier": "order_of_magnitude", "value": None, "unit": "km"}
    >>> write_figure(row | {"value_low": 1e7, "value_high": 1e8, "change": "increase"})
    '+10M to 100M km'
    """
    if row["is_denial"]:
        return "none"
    unit = "" if row["unit"] == "1" else f" {row['unit']}"
    sign = {"increase": "+", "decrease": "−"}.get(row.get("change") or "level", "")
    low, high = row.get("value_low"), row.get("value_high")
    if row["qualifier"] in ("between", "order_of_magnitude") and low is not None and high is not None:
        return f"{sign}{write_number(low)} to {write_number(high)}{unit}"
    bound = {"at_least": low, "more_than": low, "at_most": high, "less_than": high}.get(row["qualifier"])
    figure = next((each for each in (bound, row["value"], low, high) if each is not None), None)
    return "?" if figure is None else f"{SIGNS.get(row['qualifier'], '')}{sign}{write_number(figure)}{unit}"


def write_number(value: float) -> str:
    """A number in CLDR's compact form, thousands and more by their letter with at most two decimals.

    >>> write_number(12500), write_number(2.25e9), write_number(0.125)
    ('12.5K', '2.25B', '0.125')
    """
    if abs(value) < 1000:
        return str(format_decimal(value, locale="en"))
    return str(format_compact_decimal(value, locale="en", fraction_digits=2))
