"""The period that a figure covers and the day it was said, from its sentence, its lead-in or the list before."""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.attribution import choose_speaker
from quantclaims.context.discourse import Discourse
from quantclaims.context.periods import UNKNOWN, Period, event_period, inherit, nearest_period, split_dates
from quantclaims.context.voices import list_contexts


class Times(NamedTuple):
    """What a figure covers, and when it was said."""

    period: Period
    stated: Period


def find_times(discourse: Discourse, index: int, anchors: Sequence[int]) -> Times:
    """The times of a figure whose number and predicate stand at the tokens ``anchors``."""
    passage = discourse.passages[index]
    covered, said = split_dates(passage.dates, passage.attributions, passage.clauses, anchors)
    stated = nearest_period(said, passage.clauses, anchors) or _find_context_stated(discourse, index)
    if stated.start and discourse.published_end and stated.start > discourse.published_end:
        stated = UNKNOWN  # nothing was said after it was printed: the date is of what will happen
    period = nearest_period(covered, passage.clauses, anchors)
    if period is None:
        until = stated.end or discourse.published_end
        period = event_period(passage.sentence.tokens, discourse.language, until, discourse.topic)
    if period is None and (lead_in := discourse.lead_in(index)) is not None:
        lead = discourse.passages[lead_in]
        period = nearest_period(lead.dates, lead.clauses, [len(lead.sentence.tokens) - 1])
        period = inherit(period) if period else _find_list_period(discourse, index)
    return Times(period or UNKNOWN, stated)


def _find_context_stated(discourse: Discourse, index: int) -> Period:
    """When the sentence that names the speaker of a list item or quotation dates its verb of saying."""
    if choose_speaker(discourse.passages[index].attributions, 0, 0) is not None:
        return UNKNOWN
    for other, _ in list_contexts(discourse, index):
        passage = discourse.passages[other]
        if passage.attributions:
            verbs = [attribution.first for attribution in passage.attributions]
            _, said = split_dates(passage.dates, passage.attributions, passage.clauses, [])
            stated = nearest_period(said, passage.clauses, verbs)
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
