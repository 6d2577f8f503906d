"""One sentence read by every grammar, and where it stands on the page: heading, list, lead-in or running text."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from quantclaims.context.attribution import Attribution, find_attributions
from quantclaims.context.clauses import Clauses, read_clauses
from quantclaims.context.mentions import Mention, find_mentions
from quantclaims.context.places import NamedPlace, find_places
from quantclaims.context.predicates import Predicate, find_predicates
from quantclaims.context.scene import Memory, Scene
from quantclaims.context.stance import find_prospective, is_of_the_cue
from quantclaims.dates.scan import scan_dates
from quantclaims.numbers.scan import scan_numbers
from quantclaims.quantities.items import find_counted_items
from quantclaims.quantities.scan import promote_articles, scan_quantities
from quantclaims.records import DateExpression, Number, Quantity, Sentence
from quantclaims.rules import accept, fires

BULLETS = frozenset("-•*–—·▪◦")
HEADING_WORDS = 16
"""Longer lines without a closing mark are captions or cut paragraphs."""


class Place(NamedTuple):
    """Where a sentence stands."""

    layout: str
    """``text``, ``heading``, ``lead_in`` or ``list``."""
    heading: int | None
    """Index of the sentence that heads the section."""
    lead_in: int | None
    """Index of the sentence that leads a list item in."""


class Passage(NamedTuple):
    """A sentence with everything that was read in it."""

    sentence: Sentence
    place: Place
    clauses: Clauses
    numbers: list[Number]
    dates: list[DateExpression]
    quantities: list[Quantity]
    mentions: list[Mention]
    predicates: list[Predicate]
    attributions: list[Attribution]
    mentions_of: Mapping[int, Sequence[Mention]] = MappingProxyType({})
    """The mentions of each clause, by its number."""
    places: Sequence[NamedPlace] = ()
    """The regions and cities named, with their states."""
    givers: tuple[tuple[int, int], ...] = ()
    """Offsets of the bare numbers, each with that of the number whose noun or unit it shares."""


def locate_sentences(sentences: Sequence[Sentence]) -> list[Place]:
    """The place of each sentence, from line breaks, bullets and colons."""
    places: list[Place] = []
    heading: int | None = None
    lead_in: int | None = None
    lines = _lines(sentences)
    for line in lines:
        layout = _layout(sentences, line, lead_in is not None, is_last=line is lines[-1])
        if layout == "heading":
            heading, lead_in = line[0], None
        elif layout == "text":
            lead_in = None
        leads = lead_in if layout == "list" else None
        places += [Place(layout, heading if heading != i else None, leads) for i in line]
        if _last_mark(sentences[line[-1]]) == ":":
            lead_in = line[-1]
            places[-1] = places[-1]._replace(layout="lead_in")
    return places


def _lines(sentences: Sequence[Sentence]) -> list[list[int]]:
    lines: list[list[int]] = []
    for i, sentence in enumerate(sentences):
        if lines and sentences[lines[-1][0]].paragraph == sentence.paragraph:
            lines[-1].append(i)
        else:
            lines.append([i])
    return lines


def _last_mark(sentence: Sentence) -> str:
    return sentence.tokens[-1].text


def _layout(sentences: Sequence[Sentence], line: list[int], in_list: bool, *, is_last: bool) -> str:
    first = sentences[line[0]]
    if first.tokens[0].text in BULLETS and len(first.tokens) > 1 and in_list:
        return "list"
    if first.tokens[0].text == "#":
        return "heading"
    words = sum(len(sentences[i].tokens) for i in line)
    is_closed = _last_mark(sentences[line[-1]]) in set(".!?…:;,")
    starts_dialogue = first.tokens[0].text in BULLETS
    if len(line) <= 2 and words <= HEADING_WORDS and not is_closed and not starts_dialogue and not is_last:
        return "heading"
    return "text"


def _look_ahead(
    sentence: Sentence,
    numbers: Sequence[Number],
    dates: list[DateExpression],
    clauses: Clauses,
    language: str,
    reference: date | None,
) -> list[DateExpression]:
    """The dates of a sentence, those without a year resolved forward where their clause speaks of what is to come."""
    relative = [each for each in dates if each.basis == "relative"]
    if reference is None or not relative:
        return dates
    prospective = find_prospective(sentence.tokens, clauses, language)
    ahead = {
        each.first_token
        for each in relative
        if clauses.of[each.first_token] in prospective
        and not is_of_the_cue(sentence.tokens, clauses, each.first_token, language)
    }
    return scan_dates(sentence, numbers, language, reference, ahead) if ahead else dates


def read_passage(
    sentence: Sentence,
    place: Place,
    language: str,
    reference: date | None,
    memory: Memory,
    topic: str,
) -> Passage:
    """Run every grammar over one sentence, with what earlier ones named."""
    tokens = sentence.tokens
    numbers = scan_numbers(sentence, language)
    dates = scan_dates(sentence, numbers, language, reference)
    quantities = scan_quantities(sentence, numbers, dates, language)
    if place.layout == "list":
        known = {q.number_start for q in quantities}
        counted = [q for q in promote_articles(sentence, language) if q.number_start not in known]
        quantities = sorted([*quantities, *counted], key=lambda q: q.start)
    quantities = [q._replace(items=find_counted_items(tokens, q, language, topic)) for q in quantities]
    mentions = find_mentions(tokens, language, topic, memory.recent)
    clauses = read_clauses(tokens, language, dates)
    dates = _look_ahead(sentence, numbers, dates, clauses, language, reference)
    history, recent, focus, named = memory
    found = find_attributions(Scene(tokens, mentions, clauses, language, history, topic, recent, dates, focus, named))
    attributions = [each for each in found if accept(each, "claimant_")]
    dated = {i for each in dates for i in range(each.first_token, each.last_token)}  # a month is no march
    found_acts = (each for each in find_predicates(tokens, language) if each.first not in dated)
    predicates = [each for each in found_acts if fires(f"predicate_{each.frame}")]
    mentions_of: dict[int, list[Mention]] = {}
    for mention in mentions:
        mentions_of.setdefault(clauses.of[mention.first], []).append(mention)
    return Passage(
        sentence,
        place,
        clauses,
        numbers,
        dates,
        quantities,
        mentions,
        predicates,
        attributions,
        mentions_of,
        find_places(tokens, language),
    )
