"""The period that a figure covers and the day it was said, from its sentence, its lead-in or the list before."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from quantclaims.context.anaphora import resolve_anaphoric, says_same_time
from quantclaims.context.continuation import find_continued
from quantclaims.context.discourse import Discourse
from quantclaims.context.frames import holds_now
from quantclaims.context.periods import (
    UNKNOWN,
    Anchor,
    Period,
    Timeline,
    close_period,
    event_period,
    find_covered,
    find_event,
    find_said,
    find_stated,
    inherit,
    look_back,
    make_period,
)
from quantclaims.context.readings import (
    YEARLESS,
    begins,
    end_at,
    is_point,
    is_whole_year,
    last_day,
    look_ahead,
    move_back,
    names_same_part,
    open_future,
    shift_to_year,
)
from quantclaims.context.scope import choose_speaker
from quantclaims.context.stories import find_story, read_discourse_timeline
from quantclaims.context.voices import list_contexts
from quantclaims.records import DateExpression

NEXT = 1
"""Words between "the same month" and the year that it is of."""
POINTED_REACH = 1
"""Sentences back to the period that "a year earlier" is counted from."""


class Times(NamedTuple):
    """What a figure covers, and when it was said."""

    period: Period
    stated: Period


def find_times(discourse: Discourse, index: int, anchors: Sequence[int]) -> Times:
    """The times of a figure whose number and predicate stand at the tokens ``anchors``."""
    timeline = read_discourse_timeline(discourse, index)
    stated = make_period(find_stated(timeline, anchors)) or _find_context_stated(discourse, index)
    if stated.start and discourse.published_end and stated.start > discourse.published_end:
        stated = UNKNOWN  # nothing was said after it was printed: the date is of what will happen
    until = stated.end or discourse.published_end
    covered = find_covered(timeline, anchors)
    period = make_period(covered)
    if period is not None and covered is not None:
        period = _read_in_context(discourse, index, anchors, covered, period, until)
    if period is not None and period.edtf is not None:
        told = until if until and period.start and until >= period.start else discourse.published_end
        period = close_period(period, told, _tense(timeline, anchors))
    if period is not None and _tense(timeline, anchors) == "past":
        period = look_back(period, discourse.published_end)
    if period is None and anchors:
        period = _find_pointed_at(discourse, index, anchors[0], covered)
    if period is None and (event := _event(discourse, index)) is not None:
        period = event_period(event, until, discourse.topic)
    if period is None and (lead_in := discourse.lead_in(index)) is not None:
        end = len(discourse.passages[lead_in].sentence.tokens) - 1
        period = make_period(find_covered(read_discourse_timeline(discourse, lead_in)._replace(saying=()), [end]))
        period = inherit(period) if period else _find_list_period(discourse, index)
    return Times(period or UNKNOWN, stated)


def _read_in_context(
    discourse: Discourse,
    index: int,
    anchors: Sequence[int],
    covered: DateExpression,
    period: Period,
    until: date | None,
) -> Period:
    """What the words around a date make of its period."""
    passage, language, published = discourse.passages[index], discourse.language, discourse.published_end
    timeline = read_discourse_timeline(discourse, index)
    tense = _tense(timeline, anchors)
    if covered.rule == "day_offset" and period.start == published and tense == "present":
        return UNKNOWN  # "the crew has 610 men today": nowadays
    is_over = period.end is not None and published is not None and period.end < published
    if is_over and not timeline.clauses.is_same_clause(covered.first_token, anchors[0]):
        period = UNKNOWN if holds_now(passage, anchors[0], language) else period  # "but 40 are still waiting"
    before = _find_main_period(discourse, index)
    if before is not None and names_same_part(passage, covered, language):
        return shift_to_year(before, period)
    if is_point(passage, covered, language):
        return last_day(period)
    if covered.rule == "so_far":
        return end_at(period, until)
    if covered.rule == "trailing" and until is not None and published is not None:
        return move_back(period, published - until)
    if tense in ("present", "future") and covered.rule in YEARLESS | {"weekday"} and published is not None:
        period = look_ahead(period, published, weekly=covered.rule == "weekday")
    return open_future(period, published) if begins(passage, covered, language) else period


def _event(discourse: Discourse, index: int) -> Anchor | None:
    """The named event that dates a sentence, looked up once for all its figures."""
    if index not in discourse.events:
        tokens = discourse.passages[index].sentence.tokens
        discourse.events[index] = find_event(tokens, discourse.language, discourse.topic)
    return discourse.events[index]


def _tense(timeline: Timeline, anchors: Sequence[int]) -> str | None:
    """The tense of a figure's clause; what is planned lies in the future, whatever its verb."""
    if not anchors:
        return None
    clause = timeline.clauses.of[anchors[0]]
    return "future" if clause in timeline.prospective else timeline.clauses.table[clause].tense


def _find_pointed_at(discourse: Discourse, index: int, figure: int, covered: DateExpression | None) -> Period | None:
    """The period of words that point at the one before: "a year earlier", "w tym czasie"."""
    passage = discourse.passages[index]
    before = _find_main_period(discourse, index)
    if covered is not None or says_same_time(passage, figure, discourse.language):
        story = find_story(discourse, index, figure, anywhere=True)
        before = story or before if covered is None else before or story
    if before is None:
        return None
    if covered is not None:
        pointed = resolve_anaphoric(passage, covered, before, discourse.language)
        year = next((each for each in passage.dates if 0 <= each.first_token - covered.last_token <= NEXT), None)
        named = make_period(year) if year is not None and is_whole_year(year) else None
        return pointed if pointed is None or named is None else shift_to_year(pointed, named)
    if says_same_time(passage, figure, discourse.language):
        return inherit(before)
    continued = find_continued(discourse, index, figure)
    is_release = continued is not None and continued.rule == "speaker_release"
    return inherit(before) if is_release else None


def _find_main_period(discourse: Discourse, index: int) -> Period | None:
    """The period of the first dated figure of this sentence, else of the one before: what comes later compares."""
    for passage in range(index, max(-1, index - 1 - POINTED_REACH), -1):
        periods = [
            draft.period
            for draft in discourse.drafts_of(passage)
            if draft.period.edtf and draft.period.start and draft.relation is None
        ]
        if periods:
            return periods[0]
    return None


def _find_context_stated(discourse: Discourse, index: int) -> Period:
    """When the sentence that names the speaker of a list item or quotation dates its verb of saying."""
    passage = discourse.passages[index]
    if choose_speaker(passage.attributions, passage.sentence.tokens, passage.clauses, 0, 0) is not None:
        return UNKNOWN
    for other, _ in list_contexts(discourse, index):
        attributions = discourse.passages[other].attributions
        if attributions:
            stated = make_period(find_said(read_discourse_timeline(discourse, other)))
            if stated is not None:
                return stated
    return UNKNOWN


def _find_list_period(discourse: Discourse, index: int) -> Period | None:
    """The period of the list before in the same section: "they also struck" goes on with the same day."""
    heading = discourse.passages[index].place.heading
    for draft in reversed(discourse.drafts):
        place = discourse.passages[draft.passage].place
        if place.heading != heading:
            return None
        if place.lead_in is not None and draft.period.edtf:
            return inherit(draft.period)
    return None
