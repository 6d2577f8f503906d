"""What stands on the page: a line for each row, a view of each claim and of each question, in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

import polars as pl
from markupsafe import Markup

from quantclaims.analysis import agreement, intervals, list_topics, select_topic, write_figure
from quantclaims.charts import describe_topic, plot_intervals, plot_timeline
from quantclaims.explaining.page import describe_fields, list_steps
from quantclaims.exploring.passages import list_kinds, mark_passage
from quantclaims.exploring.sources import Sources
from quantclaims.exploring.wording import (
    define,
    find_link,
    join,
    name,
    name_claimant,
    write_counted,
    write_days,
    write_exactly,
    write_period,
    write_share,
)
from quantclaims.records import Claim
from quantclaims.reviews import format_value
from quantclaims.rules import Rule
from quantclaims.schemas.claim import fields
from quantclaims.schemas.vocabularies import load_vocabulary

ENOUGH = 2
"""Answers from which on a question has charts: a chart of one figure says no more than the figure."""
LISTED = 12
"""Competing claims beside a claim; its question has all. Without an end the page would grow with the square."""
JUDGED = 300
"""Claims of a question up to which each two are compared: as many again take four times as long."""


class Line(NamedTuple):
    """A row in a list of rows."""

    claim_id: str
    link: str
    figure: str
    rank: float | None
    """What figures are ordered by."""
    counted: str
    asked: str
    """The question that it answers, in words."""
    question: str
    """Link to that question."""
    claimant: str
    period: str
    day: str
    """What periods are ordered by."""
    quote: str
    language: str
    article: str
    published: str
    confidence: str
    stance: str


class Fact(NamedTuple):
    """One thing that a row says."""

    name: str
    said: str
    note: str = ""
    language: str | None = None
    """Of what is said, where it is the article's words."""


class Step(NamedTuple):
    """A step of the flow, with what it says of a row and the rules that said it."""

    name: str
    said: Sequence[str]
    rules: Sequence[Rule]


class ClaimView(NamedTuple):
    """A claim with all that the page says of it."""

    line: Line
    exactly: str
    passage: Markup
    kinds: Sequence[str]
    facts: Sequence[Fact]
    base: Line | None
    relation: str
    dependents: Sequence[tuple[str, Line]]
    competing: Sequence[tuple[Line, str]]
    discrepancy: Sequence[Line]
    steps: Sequence[Step]
    fields: Sequence[tuple[str, str]]
    """Name and value of the columns that say something."""
    nulls: Sequence[str]
    """Names of the others."""
    article: Mapping[str, Any]
    url: str | None
    citation: Mapping[str, str]


class TopicView(NamedTuple):
    """A question with its answers."""

    id: str
    link: str
    key: str
    asked: str
    answers: Sequence[tuple[str, str, str]]
    """Claimant, figure and period, the greatest first."""
    lines: Sequence[Line]
    charts: Mapping[str, Any] | None
    """Vega-Lite specifications by kind."""


# Lines


def make_lines(sources: Sources) -> dict[str, Line]:
    """Every row by its claim_id, in the order of the dataset."""
    titles = {row["article_id"]: row["title"] or row["article_id"] for row in sources.articles.iter_rows(named=True)}
    asked = {key: describe_topic(key) for key in sources.claims["topic_key"].unique()}
    return {
        claim_id: make_line(each.claim, titles[each.claim.article_id], asked[each.claim.topic_key])
        for claim_id, each in sources.explanations.items()
    }


def make_line(claim: Claim, title: str, asked: str) -> Line:
    """A row in words."""
    ends = [each for each in (claim.value, claim.value_high, claim.value_low) if each is not None]
    day = claim.period_start or claim.period_end
    return Line(
        claim_id=claim.claim_id,
        link=f"#{quote(claim.claim_id, safe='')}",
        figure=write_figure(claim._asdict()),
        rank=ends[0] if ends else None,
        counted=write_counted(claim),
        asked=asked,
        question=f"#{quote(name_topic(claim.topic_key), safe='/')}",
        claimant=name_claimant(claim),
        period=write_period(claim.period),
        day=str(day or ""),
        quote=claim.quote,
        language=claim.language,
        article=title,
        published=write_days(claim.published_start, claim.published_end),
        confidence=write_share(claim.confidence),
        stance="" if claim.stance == "asserted" else claim.stance,
    )


def name_topic(topic_key: str) -> str:
    """The id of a question on the page, without spaces; no claim has it, for it has no ``#``.

    >>> name_topic("distance|nautical mile|-|-")
    'question/distance|nautical%20mile|-|-'
    """
    return f"question/{quote(topic_key, safe='|+-')}"


# Questions


def make_topics(sources: Sources, lines: Mapping[str, Line]) -> list[TopicView]:
    """Every question, those that most claimants answer first: who denies something wider answers, too."""
    topics = [make_topic(sources.claims, key, lines) for key in list_topics(sources.claims)["topic_key"]]
    return sorted(topics, key=lambda topic: -len({claimant for claimant, _, _ in topic.answers}))


def make_topic(claims: pl.DataFrame, key: str, lines: Mapping[str, Line]) -> TopicView:
    """A question with the rows that answer it, wider denials among them, and then its parts, shares and revisions."""
    answers = select_topic(claims, key)
    own = claims.filter(topic_key=key)
    listed = dict.fromkeys([*answers["claim_id"], *own["claim_id"]])
    told = (
        [(row["name"], row["figure"], write_period(row["period"])) for row in intervals(claims, key).to_dicts()]
        if answers.height
        else []
    )
    topic = name_topic(key)
    charts = draw_charts(claims, key) if answers.height >= ENOUGH else None
    link = f"#{quote(topic, safe='/')}"
    return TopicView(topic, link, key, describe_topic(key), told, [lines[id_] for id_ in listed], charts)


def draw_charts(claims: pl.DataFrame, key: str) -> dict[str, Any]:
    """Both charts of a question; the page names the question itself."""
    drawn = {"intervals": plot_intervals(claims, key), "timeline": plot_timeline(claims, key)}
    charts = {kind: chart.to_dict(validate=False) for kind, chart in drawn.items()}
    return {kind: {part: said for part, said in spec.items() if part != "title"} for kind, spec in charts.items()}


# Claims


def make_claims(
    sources: Sources, lines: Mapping[str, Line], topics: Iterable[TopicView], citations: Mapping[str, Mapping[str, str]]
) -> list[ClaimView]:
    """Every claim, in the order of the dataset."""
    dependents: defaultdict[str, list[tuple[str, Line]]] = defaultdict(list)
    for claim_id, each in sources.explanations.items():
        if each.claim.base_claim_id:
            dependents[each.claim.base_claim_id].append((describe_relation(each.claim), lines[claim_id]))
    rivals = {topic.key: topic.lines for topic in topics}
    verdicts = {
        key: find_verdicts(sources.claims, key) for key, listed in rivals.items() if ENOUGH <= len(listed) <= JUDGED
    }
    articles = {row["article_id"]: row for row in sources.articles.iter_rows(named=True)}
    views = []
    for claim_id, each in sources.explanations.items():
        claim, said = each.claim, verdicts.get(each.claim.topic_key, {})
        article = articles[claim.article_id]
        values = list_fields(claim)
        views.append(
            ClaimView(
                line=lines[claim_id],
                exactly=write_exactly(claim),
                passage=mark_passage(each, sources.texts[claim.article_id]),
                kinds=list_kinds(each),
                facts=list(list_facts(claim)),
                base=lines.get(claim.base_claim_id or ""),
                relation=describe_relation(claim),
                dependents=dependents[claim_id],
                competing=list_competing(claim_id, rivals[claim.topic_key], said),
                discrepancy=[lines[other] for other in claim.discrepancy if other in lines],
                steps=list(describe_steps(claim)),
                fields=[(column, value) for column, value in values.items() if value],
                nulls=[column for column, value in values.items() if not value],
                article=article,
                url=find_link(article["url"]),
                citation=citations[claim_id],
            )
        )
    return views


def list_competing(
    claim_id: str, lines: Sequence[Line], verdicts: Mapping[tuple[str, str], str]
) -> list[tuple[Line, str]]:
    """The others that answer the question, with what they say of the claim; those that contradict it first."""
    others = [(line, verdicts.get((claim_id, line.claim_id), "")) for line in lines if line.claim_id != claim_id]
    return sorted(others, key=lambda other: VERDICT_ORDER.index(other[1]))[:LISTED]


VERDICT_ORDER = ("contradicts", "confirms", "consistent", "")


def find_verdicts(claims: pl.DataFrame, key: str) -> dict[tuple[str, str], str]:
    """What pairs of answers say of each other, either way round."""
    if select_topic(claims, key).height < ENOUGH:
        return {}
    verdicts = {}
    for row in agreement(claims, key).iter_rows(named=True):
        one, other = row["claim_id"], row["other_claim_id"]
        verdicts[one, other] = verdicts[other, one] = row["verdict"]
    return verdicts


def describe_relation(claim: Claim) -> str:
    """How a claim builds on its base.

    >>> from types import SimpleNamespace as Row
    >>> describe_relation(Row(relation="multiple_of", factor=3.0)), describe_relation(Row(relation=None, factor=None))
    ('multiple of, × 3', '')
    """
    factor = "" if claim.factor is None else f", × {claim.factor:g}"
    return f"{name('relations', claim.relation)}{factor}" if claim.relation else ""


def list_facts(claim: Claim) -> Iterable[Fact]:
    """What a row says, in the order in which one would ask; nothing where it says nothing."""
    own = claim.language
    yield Fact("Figure", write_exactly(claim))
    yield Fact("Counted", write_counted(claim))
    yield from said("Printed as", claim.item_text, language=own)
    yield from said("Narrowed to", join(claim.attributes))
    if claim.change != "level":
        yield Fact("Change", name("changes", claim.change), define("changes", claim.change))
    yield from said("Act", name("predicates", claim.predicate), define("predicates", claim.predicate))
    yield from said("Who acts", name("countries", claim.actor))
    yield from said("Other side", name("countries", claim.counterparty))
    yield from said("Stance", name("stances", claim.stance), define("stances", claim.stance))
    yield Fact("Claimant", name_claimant(claim), describe_claimant(claim))
    yield from said("Named as", claim.claimant_text, language=own)
    yield from said("Relayed by", join(name("claimants", relay) for relay in claim.via))
    basis = name("period_basis", claim.period_basis)
    meant = define("period_basis", claim.period_basis)
    yield Fact("Period", write_period(claim.period) or "not said", f"{basis}: {meant}")
    yield from said("Stated", write_period(claim.stated))
    yield from said("Published", write_days(claim.published_start, claim.published_end))
    yield Fact("Confidence", write_share(claim.confidence), "Probability that every field of the row is right.")
    yield Fact(
        "Claimant's reliability",
        f"{claim.source_reliability}, {name('reliability', claim.source_reliability)}",
        explain_reliability(claim),
    )
    yield Fact(
        "Credibility",
        f"{claim.information_credibility}, {name('credibility', claim.information_credibility)}",
        define("credibility", claim.information_credibility),
    )
    yield Fact("Review", name("reviews", claim.review), define("reviews", claim.review))
    if claim.mentions > 1:
        yield Fact("Mentions", f"{claim.mentions} in the article")


def said(name: str, value: str | None, note: str = "", language: str | None = None) -> Iterable[Fact]:
    """A fact, or nothing where there is none."""
    if value:
        yield Fact(name, value, note, language)


def describe_claimant(claim: Claim) -> str:
    """Kind and country of a claimant."""
    names = (name("claimant_types", claim.claimant_type), name("countries", claim.claimant_country))
    return join(filter(None, names))


def explain_reliability(claim: Claim) -> str:
    """Why the register grades a claimant as it does."""
    term = load_vocabulary("claimants").get(claim.claimant or "")
    return str(term.details["reason"]) if term else define("reliability", claim.source_reliability)


def describe_steps(claim: Claim) -> Iterable[Step]:
    """The steps of the flow that say something of a claim."""
    told: set[str] = set()
    for step, rules in list_steps(claim):
        values = describe_fields(claim, [field for field in rules[0].fields if field not in told])
        told.update(rules[0].fields)
        fired = [rule for rule in rules if rule.name in claim.rules]
        if values or fired:
            yield Step(step, values, fired)


def list_fields(claim: Claim) -> dict[str, str]:
    """Every column with its value; nothing for null."""
    return {field.name: format_value(getattr(claim, field.name)) for field in fields()}
