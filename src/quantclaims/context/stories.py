"""The period of figures whose own sentence names none, from the story or report that they belong to.

A reader carries the time of an event on to its outcome as long as the paragraph goes on with it in the narrative past
and names no other time. Sums of money, prices, wages, sentences, sizes and the like have a time of their own; sums in a
report ("In 2025 the firm ... It earned 5 million") are of its period.
"""

from datetime import date

from quantclaims.context.discourse import Discourse
from quantclaims.context.frames import (
    breaks_story,
    can_begin_story,
    is_hearing,
    is_narrative,
    is_outcome,
    list_story_dates,
)
from quantclaims.context.periods import Period, Timeline, make_period, read_timeline
from quantclaims.quantities.symbols import DURATIONS
from quantclaims.quantities.units import is_money
from quantclaims.rules import fires

CONTINUED = "period_continued"
REACH = 5
"""Sentences that a story goes on for without its time being named again."""
EVENT_DAYS = 7
"""Days of the longest event; a longer time is that of a report."""
BRIEF = frozenset({"s", "min", "h"})
"""Times that something can last within an event: its delays and interruptions."""
TIMELESS = frozenset({
    "wage", "tariff", "sentence", "debt", "loan", "aid", "investment", "capacity", "distance", "dimension",
    "age", "population", "membership", "agreement", "employment", "stockpile", "existence", "price",
})  # fmt: skip
"""Predicates that tell of no act, or of one that the story leads on to ("The state promised 3 million")."""


OUTCOMES = frozenset({"casualties"})
"""Predicates whose present still tells what the event did: "19 are wounded"."""


def read_discourse_timeline(discourse: Discourse, index: int) -> Timeline:
    """A sentence's timeline, read once for all its figures."""
    if index not in discourse.timelines:
        discourse.timelines[index] = read_timeline(discourse.passages[index], discourse.language)
    return discourse.timelines[index]


def continue_story(discourse: Discourse, index: int, figure: int, predicate: str | None, unit: str) -> Period | None:
    """The period of the story that the clause of a figure at token ``figure`` goes on with; None where it does not."""
    passage, timeline = discourse.passages[index], read_discourse_timeline(discourse, index)
    if not fires(CONTINUED) or passage.place.layout == "list" or predicate in TIMELESS:
        return None
    goes_on = is_narrative(passage, timeline, figure, discourse.language)
    if not goes_on and predicate in OUTCOMES:
        goes_on = is_outcome(passage, timeline, figure, discourse.language)
    if not goes_on:
        return None
    period = find_story(discourse, index, figure)
    if period is None or not _can_happen(period, unit):
        return None
    return period._replace(basis="inherited", rule=CONTINUED)


def find_story(discourse: Discourse, index: int, figure: int, *, anywhere: bool = False) -> Period | None:
    """The time of the story so far: the last that was named in the paragraph, but for looks back at an earlier one.

    Words that point at it ("the same day") do so from the next paragraph, too: ``anywhere``.
    """
    paragraph, found = discourse.passages[index].sentence.paragraph, None
    for at in range(index, max(-1, index - 1 - REACH), -1):
        passage = discourse.passages[at]
        if passage.sentence.paragraph != paragraph and not anywhere:
            break
        timeline = read_discourse_timeline(discourse, at)
        dates = [each for each in list_story_dates(timeline) if at < index or each.first_token < figure]
        if not dates:
            if at < index and not anywhere and breaks_story(passage, timeline, discourse.language):
                break
            continue
        period = _choose_period(discourse, at, timeline) if at < index else make_period(dates[-1])
        if period is None or is_hearing(passage, discourse.language) or _lies_ahead(period, discourse.published_end):
            break
        if found is None or _ends_before(found, period):
            found = period
    return found


def _choose_period(discourse: Discourse, at: int, timeline: Timeline) -> Period | None:
    """The time of the story that a sentence tells: that of its first figure in it, else its first date."""
    dates = [each for each in list_story_dates(timeline) if can_begin_story(timeline, each)]
    named = {each.edtf for each in dates}
    for draft in discourse.drafts_of(at):
        if draft.period.edtf in named and not draft.is_denial:
            return draft.period
    return make_period(dates[0]) if dates else None


def _can_happen(period: Period, unit: str) -> bool:
    """Whether a figure of this kind can be of a story of this length."""
    if period.start is None or period.end is None:
        return False
    base = unit.split("/", maxsplit=1)[0]
    if base in DURATIONS and base not in BRIEF:
        return False
    return (period.end - period.start).days >= EVENT_DAYS or not is_money(base)


def _ends_before(period: Period, other: Period) -> bool:
    return period.end is not None and other.start is not None and period.end < other.start


def _lies_ahead(period: Period, published: date | None) -> bool:
    return published is not None and period.start is not None and period.start > published
