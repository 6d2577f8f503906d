"""What the grammars read in an article, looked up by place: the figures of a quote, each with what belongs to it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from quantclaims.claims import read_discourse
from quantclaims.context.discourse import Discourse
from quantclaims.context.passages import Passage
from quantclaims.context.periods import Period
from quantclaims.context.scene import Speaker
from quantclaims.context.times import find_times
from quantclaims.context.voices import find_voice
from quantclaims.drafts import Draft
from quantclaims.numbers.scan import find_numbers
from quantclaims.records import Article, Number, Quantity


class Figure(NamedTuple):
    """A figure as the text gives it, with the clauses' speaker and times."""

    anchor: int
    """Offset of the number token."""
    number_end: int
    """Where the number ends; of a claim read in its context, where its phrase does."""
    value: float | None
    low: float | None
    high: float | None
    qualifier: str | None
    unit: str | None
    items: tuple[str, ...]
    lemma: str | None
    kind: str
    """``claim`` (as the context reads it, derived figures computed), ``denial``, ``quantity`` or ``number`` (bare)."""
    passage: int
    speaker: Speaker
    speaker_rules: tuple[str, ...]
    period: Period
    stated: Period
    is_elided: bool = False
    """Whether a bare number takes unit and counted thing from a figure or question before it."""


class Evidence:
    """An article and what is read in it."""

    def __init__(self, article: Article, discourse: Discourse) -> None:
        self.article = article
        self.discourse = discourse

    @cached_property
    def figures(self) -> list[Figure]:
        """Every figure of the article in the order of the text, of one number the fullest reading first."""
        claims = map(_from_draft, self.discourse.drafts)
        return sorted([*claims, *_list_numbers(self)], key=lambda figure: figure.anchor)


def read_evidence(article: Article) -> Evidence:
    """Read an article; ValueError where its language has no grammar."""
    return Evidence(article, read_discourse(article))


def list_figures(evidence: Evidence, start: int, end: int) -> list[Figure]:
    """The figures whose number stands in a span, in the order of the text; of one number the fullest reading first.

    A denial's number is all of its phrase.
    """
    found = [figure for figure in evidence.figures if figure.anchor < end and _reaches(figure, start)]
    ends = [part for figure in found for part in _list_ends(evidence, figure, start, end)]
    return sorted([*found, *ends], key=lambda figure: figure.anchor)


def _reaches(figure: Figure, start: int) -> bool:
    return figure.anchor >= start if figure.kind == "claim" else figure.number_end > start


def _list_ends(evidence: Evidence, figure: Figure, start: int, end: int) -> Iterator[Figure]:
    """The one end of a range that a span has: whoever quotes "from 17 euros" of "from 17 to 18 euros" quotes 17."""
    if figure.value is not None or figure.qualifier != "between":
        return
    numbers = find_numbers(evidence.article.text[start:end], evidence.discourse.language)
    if len(numbers) == 1 and numbers[0].value in (figure.low, figure.high):
        value = numbers[0].value
        part = figure._replace(value=value, low=value, high=value, qualifier="exact", kind="number")
        yield part._replace(anchor=start + numbers[0].start)


def _from_draft(draft: Draft) -> Figure:
    return Figure(
        draft.anchor,
        draft.end,
        draft.value,
        draft.low,
        draft.high,
        draft.qualifier,
        draft.unit,
        draft.items,
        draft.item_lemma,
        "denial" if draft.is_denial else "claim",
        draft.passage,
        draft.speaker,
        draft.rules,
        draft.period,
        draft.stated,
        is_elided(draft.rules),
    )


def _list_numbers(evidence: Evidence) -> Iterator[Figure]:
    """Quantities, and numbers that are part of none, as their sentence alone gives them."""
    for index, passage in enumerate(evidence.discourse.passages):
        yield from (_from_quantity(evidence, index, quantity) for quantity in passage.quantities)
        for number in passage.numbers:
            if not any(q.number_start <= number.start < q.number_end for q in passage.quantities):
                yield _from_number(evidence, index, number)


def _from_quantity(evidence: Evidence, index: int, quantity: Quantity) -> Figure:
    return Figure(
        quantity.number_start,
        quantity.number_end,
        quantity.value,
        quantity.low,
        quantity.high,
        quantity.qualifier,
        quantity.unit,
        quantity.items,
        quantity.lemma,
        "quantity",
        index,
        *_find_context(evidence, index, quantity),
        is_elided(quantity.rules),
    )


def _from_number(evidence: Evidence, index: int, number: Number) -> Figure:
    return Figure(
        number.start,
        number.end,
        number.value,
        number.low,
        number.high,
        "between" if number.value is None else "exact",
        None,
        (),
        None,
        "number",
        index,
        *_find_context(evidence, index, number),
    )


def _find_context(
    evidence: Evidence, index: int, found: Number | Quantity
) -> tuple[Speaker, tuple[str, ...], Period, Period]:
    """Speaker with rules, period and time of the statement, as the clause of a number gives them."""
    voice = find_voice(evidence.discourse, index, found.first_token, found.last_token)
    times = find_times(evidence.discourse, index, [found.first_token])
    return voice.speaker, voice.rules, times.period, times.stated


def is_elided(rules: Sequence[str]) -> bool:
    """Whether rules of elision gave a figure what it counts.

    >>> is_elided(("figure", "elided_head")), is_elided(("figure", "plural_noun"))
    (True, False)
    """
    return any(rule.startswith("elided_") for rule in rules)


def list_surroundings(evidence: Evidence, passages: Sequence[int]) -> list[int]:
    """The sentences themselves, then those that bear on them: their paragraph's, their lead-in and their heading."""
    everything: Sequence[Passage] = evidence.discourse.passages
    paragraphs = {everything[index].sentence.paragraph for index in passages}
    around = [i for i, passage in enumerate(everything) if passage.sentence.paragraph in paragraphs]
    for index in passages:
        place = everything[index].place
        around += [other for other in (place.lead_in, place.heading) if other is not None]
    return list(dict.fromkeys((*passages, *around)))
