"""How likely a row says what the text says, from named evidence of how its fields were found.

Evidence is what a reader who doubts a row would look at: which rule found each field, at what distance, and what else
the sentence holds that might have been meant. Each piece has a name and a strength: 1 where it holds, or a distance or
count brought to 0 to 1. The log-odds of the row are the sum of strengths times weights:
https://en.wikipedia.org/wiki/Logistic_regression. The weights stand in ``confidence.toml``, with how they were fitted;
benchmarks/calibration.py fits them, and shows on rows that had no part in it how far the probabilities hold.

A row is right when value, bounds, qualifier, unit, counted thing, change, denial, claimant, stance, predicate, both
sides, period and relation are all what a careful reader says, as far as the label of the text decides them.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

import tomli

from quantclaims.context.discourse import Discourse
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import Predicate
from quantclaims.context.senses import is_currency
from quantclaims.drafts import Draft

FAR = 40
"""Words and clause borders beyond which distance makes no difference."""
MANY = 5
"""Figures, dates or states of a sentence beyond which more make no difference."""
LONG = 60
"""Tokens of a sentence beyond which length makes no difference."""
READ_AS = {"sale": "transfer", "transfer": "aid"}
"""Predicates that the sides or the unit make another: a sale from state to state, money handed over."""
TELLING_RULES = frozenset({
    "spelled", "indefinite", "vague", "shared_head", "singular_noun", "noun_by_agreement", "past_modifier",
    "hedge_before", "hedge_after", "rate",
    "claimant_citing", "claimant_count_verb", "claimant_headline_colon", "claimant_first_person",
    "predicate_nouns", "predicate_receiving", "predicate_suffering", "predicate_undergone", "lead_in",
    "actor_is_speaker", "parties_continued", "parties_topic", "parties_cause",
    "stance_possible", "stance_planned", "stance_demanded", "stance_future_period",
    "change_verb", "change_comparative", "merged_mentions",
})  # fmt: skip
"""Rules that are evidence themselves. The others fire on nearly every row, or hardly ever."""
KINDS_OF_PERIOD = {"explicit": "period_explicit", "relative": "period_relative", "inferred": "period_inferred"}


def name_evidence(discourse: Discourse, draft: Draft) -> dict[str, float]:
    """The evidence for and against a draft: name -> strength, between 0 and 1.

    >>> from quantclaims.claims import read_discourse
    >>> from quantclaims.records import Article
    >>> discourse = read_discourse(Article("According to C4ADS, Iran sent Russia 40 drones and 3 tanks.", "en"))
    >>> evidence = name_evidence(discourse, discourse.drafts[1])
    >>> evidence["other_figures"], evidence["claimant_in_register"], evidence.get("no_predicate")
    (0.2, 1.0, None)
    """
    passage = discourse.passages[draft.passage]
    found = dict.fromkeys((rule for rule in draft.rules if rule in TELLING_RULES), 1.0)
    found |= dict.fromkeys(name_traits(draft), 1.0)
    found |= dict.fromkeys(name_gaps(passage, draft), 1.0)
    figure = find_figure(passage, draft)
    found |= {
        "other_figures": scale(len(passage.quantities) - 1, MANY),
        "other_dates": scale(len(passage.dates) - (draft.period.edtf is not None), MANY),
        "other_states": scale(count_other_states(passage, draft), MANY),
        "sentence_length": scale(len(passage.sentence.tokens), LONG),
        "predicate_distance": measure_predicate(passage, draft, figure),
        "claimant_distance": measure_claimant(passage, draft, figure),
        "period_distance": measure_period(passage, draft, figure),
        f"language_{discourse.language}": 1.0,
        f"layout_{passage.place.layout}": 1.0,
    }
    if discourse.quoted[draft.passage]:
        found["in_quotation"] = 1.0
    return {name: strength for name, strength in found.items() if strength}


def scale(number: float, most: float) -> float:
    """A count or distance as a strength.

    >>> scale(2, 5), scale(9, 5), scale(-1, 5)
    (0.4, 1.0, 0.0)
    """
    return max(0.0, min(1.0, number / most))


def name_traits(draft: Draft) -> Iterator[str]:
    """What the row is: the kind of figure, of claimant, of period, of relation, and what is known of the act."""
    yield from name_figure_traits(draft)
    yield from name_claimant_traits(draft)
    if draft.relation is not None:
        yield f"relation_{draft.relation}"
    if draft.predicate is None:
        yield "no_predicate"
    if draft.actor is not None:
        yield "actor_named"
    if draft.counterparty is not None:
        yield "counterparty_named"
    if draft.period.edtf is not None:
        yield KINDS_OF_PERIOD.get(draft.period.basis, "period_inherited")


def name_figure_traits(draft: Draft) -> Iterator[str]:
    """What kind of figure it is, and whether what it counts is known."""
    if draft.unit != "1":
        yield "unit_money" if is_currency(draft.unit) else "unit_percent" if "%" in draft.unit else "unit_measure"
    elif draft.items:
        yield "thing_in_vocabulary"
    elif draft.item_lemma is None:
        yield "no_counted_thing"
    if draft.value is None:
        yield "bounds_only"
    if draft.is_denial:
        yield "denial"


def name_claimant_traits(draft: Draft) -> Iterator[str]:
    """What kind of claimant it is, and how far it was looked for."""
    if draft.speaker.claimant is None:
        yield "claimant_as_printed"
    else:
        yield "claimant_article" if draft.speaker.claimant == "article" else "claimant_in_register"
    if draft.speaker.is_anaphoric:
        yield "claimant_from_before"
    if any(rule.startswith("speaker_") for rule in draft.rules):
        yield "claimant_of_another_sentence"
    if draft.via:
        yield "relayed"


def name_gaps(passage: Passage, draft: Draft) -> Iterator[str]:
    """What the row leaves unsaid although the sentence may say it."""
    if draft.speaker.claimant == "article" and passage.attributions:
        yield "article_beside_a_speaker"
    if draft.period.edtf is None and any(date.edtf for date in passage.dates):
        yield "no_period_beside_a_date"
    if draft.actor is None and draft.counterparty is None and any(m.country for m in passage.mentions):
        yield "no_side_beside_a_state"
    if draft.predicate is None and passage.predicates:
        yield "no_predicate_beside_an_act"


def count_other_states(passage: Passage, draft: Draft) -> int:
    """States that the sentence names and that are neither side nor the claimant's."""
    named = {mention.country for mention in passage.mentions if mention.country}
    return len(named - {draft.actor, draft.counterparty, draft.speaker.country})


def find_figure(passage: Passage, draft: Draft) -> int:
    """The token of the figure in its sentence."""
    tokens = passage.sentence.tokens
    return next((at for at, token in enumerate(tokens) if token.end > draft.anchor), len(tokens) - 1)


def measure_predicate(passage: Passage, draft: Draft, figure: int) -> float:
    """How far the governing word is; 1 where it stands in another sentence."""
    if draft.predicate is None:
        return 0.0
    governors = list_governors(passage, draft)
    return min((_measure(passage, governor.first, figure) for governor in governors), default=1.0)


def list_governors(passage: Passage, draft: Draft) -> list[Predicate]:
    """The words of a sentence that can have given a draft its predicate."""
    return [p for p in passage.predicates if draft.predicate in (p.predicate, READ_AS.get(p.predicate))]


def measure_claimant(passage: Passage, draft: Draft, figure: int) -> float:
    """How far the cue of the claimant is; 1 where it stands in another sentence, 0 for the article's own voice."""
    if draft.speaker.claimant == "article":
        return 0.0
    cues = [a.first for a in passage.attributions if a.speaker.claimant == draft.speaker.claimant]
    return min((_measure(passage, cue, figure) for cue in cues), default=1.0)


def measure_period(passage: Passage, draft: Draft, figure: int) -> float:
    """How far the date of the period is; 1 where it stands in another sentence, 0 where there is no period."""
    if draft.period.edtf is None:
        return 0.0
    dates = [date.first_token for date in passage.dates if date.edtf == draft.period.edtf]
    return min((_measure(passage, date, figure) for date in dates), default=1.0)


def _measure(passage: Passage, one: int, other: int) -> float:
    return scale(passage.clauses.distance(one, other), FAR)


def estimate_confidence(evidence: Mapping[str, float]) -> float:
    """The probability that a row with this evidence is right, in four decimals; unknown names weigh nothing.

    >>> 0 < estimate_confidence({"sentence_length": 1.0}) < 1
    True
    """
    weights = load_weights()
    odds = weights["any_row"] + sum(weights.get(name, 0.0) * strength for name, strength in sorted(evidence.items()))
    return round(1 / (1 + exp(-odds)), 4)


@cache
def load_weights() -> dict[str, float]:
    """Evidence -> weight, and ``any_row``, the log-odds before any evidence."""
    weights: dict[str, float] = load_fit()["weights"]
    return weights


@cache
def load_fit() -> dict[str, Any]:
    """The whole of confidence.toml: the weights and how they were fitted."""
    return tomli.loads(files("quantclaims").joinpath("confidence.toml").read_text(encoding="utf-8"))
