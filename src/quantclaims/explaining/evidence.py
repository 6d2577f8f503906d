"""Where in the text the fields of a claim come from.

The article is read again by the same steps. A field knows its rule and its value; the words are the nearest ones of the
passage, its lead-in, its heading or the sentences before that the same rule read with the same value.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quantclaims.claims import read_discourse, read_publication
from quantclaims.confidence import list_governors
from quantclaims.context.attribution import Attribution
from quantclaims.context.discourse import Discourse
from quantclaims.context.passages import Passage
from quantclaims.context.periods import Period
from quantclaims.context.scene import ARTICLE
from quantclaims.drafts import Draft
from quantclaims.merging import merge_drafts
from quantclaims.records import Article, Claim, DateExpression
from quantclaims.rows import make_rows

KINDS = ("figure", "base", "claimant", "stated", "predicate", "party", "period")
"""What a mark can show, in the order of importance where marks share words."""


class Mark(NamedTuple):
    """Characters ``start`` to ``end`` of the article's text (half open) and what they give: one of `KINDS`."""

    start: int
    end: int
    kind: str


class Explanation(NamedTuple):
    """A claim with the words that its fields come from."""

    claim: Claim
    marks: tuple[Mark, ...]
    """In the order of the text."""
    sentences: tuple[tuple[int, int], ...]
    """Start and end of every sentence that holds a mark, in the order of the text."""


def explain_article(article: Article) -> list[Explanation]:
    """Every claim of an article with its evidence, in the order of the figures.

    >>> text = "According to C4ADS, North Korea sent Russia about 1.6 million artillery shells."
    >>> [(text[m.start : m.end], m.kind) for m in explain_article(Article(text, "en"))[0].marks][:2]
    [('According to', 'claimant'), ('C4ADS', 'claimant')]
    """
    discourse = read_discourse(article)
    drafts = merge_drafts(discourse.drafts)
    rows = make_rows(article, read_publication(article), discourse, drafts)
    anchors = {draft.anchor: draft for draft in drafts}
    explanations = []
    for row, draft in zip(rows, drafts, strict=True):
        marks = tuple(sorted(set(find_marks(discourse, draft, anchors.get(draft.base or -1)))))
        explanations.append(Explanation(row, marks, find_sentences(discourse, marks)))
    return explanations


def find_marks(discourse: Discourse, draft: Draft, base: Draft | None) -> Iterator[Mark]:
    """The words that a draft's fields come from."""
    yield Mark(draft.start, draft.end, "figure")
    if base is not None:
        yield Mark(base.start, base.end, "base")
    nearby = list_nearby(discourse, draft, base)
    yield from find_speaker(nearby, draft)
    yield from find_act(nearby, draft)
    yield from find_dates(nearby, draft, draft.period, "period")
    yield from find_dates(nearby, draft, draft.stated, "stated")


def list_nearby(discourse: Discourse, draft: Draft, base: Draft | None) -> list[Passage]:
    """The passages that a draft's fields can come from, the likeliest first."""
    place = discourse.passages[draft.passage].place
    indices = [draft.passage, None if base is None else base.passage, place.lead_in, place.heading]
    indices += [*range(draft.passage - 1, -1, -1), draft.passage + 1]
    known = dict.fromkeys(index for index in indices if index is not None and index < len(discourse.passages))
    return [discourse.passages[index] for index in known]


def find_speaker(nearby: Iterable[Passage], draft: Draft) -> Iterator[Mark]:
    """The cue of the attribution, and the speaker's name; a pronoun, and the name that it stands for."""
    speaker = draft.speaker
    if speaker == ARTICLE:
        return
    for passage in nearby:
        for attribution in passage.attributions:
            is_meant = f"claimant_{attribution.rule}" in draft.rules or "claimant_first_person" in draft.rules
            if is_meant and is_by(attribution, draft):
                yield _mark(passage, attribution.first, attribution.end, "claimant")
                yield from _mark_name(passage, attribution)
                if not attribution.speaker.is_anaphoric:
                    return
        if not speaker.is_anaphoric and any(True for a in passage.attributions if is_by(a, draft)):
            return


def is_by(attribution: Attribution, draft: Draft) -> bool:
    """Whether an attribution names the draft's speaker."""
    said = attribution.speaker
    return (said.claimant, said.country) == (draft.speaker.claimant, draft.speaker.country) and (
        said.claimant is not None or said.text == draft.speaker.text
    )


def _mark_name(passage: Passage, attribution: Attribution) -> Iterator[Mark]:
    speaker = attribution.speaker
    if speaker.end > speaker.first:
        yield _mark(passage, speaker.first, speaker.end, "claimant")


def find_act(nearby: Iterable[Passage], draft: Draft) -> Iterator[Mark]:
    """The word that governs the figure, and the states on both sides."""
    wanted = {state for state in (draft.actor, draft.counterparty) if state is not None}
    has_act = False
    for passage in nearby:
        for mention in passage.mentions:
            if mention.country in wanted:
                yield _mark(passage, mention.first, mention.end, "party")
        wanted -= {mention.country for mention in passage.mentions if mention.country}
        acts = list_governors(passage, draft)
        if acts and not has_act:
            nearest = min(acts, key=lambda p: abs(passage.sentence.tokens[p.first].start - draft.anchor))
            yield _mark(passage, nearest.first, nearest.end, "predicate")
        has_act = has_act or bool(acts) or draft.predicate is None
        if has_act and not wanted:
            return


def find_dates(nearby: Iterable[Passage], draft: Draft, period: Period, kind: str) -> Iterator[Mark]:
    """The date that a period was read from."""
    if period.edtf is None:
        return
    for passage in nearby:
        alike = [date for date in passage.dates if date.edtf == period.edtf]
        if alike:
            nearest = min(alike, key=lambda date: _distance(date, draft))
            yield Mark(nearest.start, nearest.end, kind)
            return


def _distance(date: DateExpression, draft: Draft) -> int:
    return abs(date.start - draft.anchor)


def _mark(passage: Passage, first: int, end: int, kind: str) -> Mark:
    tokens = passage.sentence.tokens
    return Mark(tokens[first].start, tokens[end - 1].end, kind)


def find_sentences(discourse: Discourse, marks: Iterable[Mark]) -> tuple[tuple[int, int], ...]:
    """The sentences that hold a mark."""
    starts = [mark.start for mark in marks]
    spans = [(passage.sentence.start, passage.sentence.end) for passage in discourse.passages]
    return tuple((first, end) for first, end in spans if any(first <= start < end for start in starts))
