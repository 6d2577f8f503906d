"""Which of a sentence's dates the figure covers, and which says when it was said.

A date goes with the verb of its clause: near the verb of saying it dates the statement, else what the clause tells. A
clause without a date of its own takes that of a clause beside it in the same tense ("In May it felled 200 trees and
flooded 35 cellars"), not that of a relative clause ("the bridge, which was built in 1974, carries ..."), nor one that
belongs to a comparison ("12 percent fewer than in 2023"). Named events of the topic ("during the war in ...") anchor a
period.

Every question about one figure looks at a few dates around it, so that a sentence costs what its length costs.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from quantclaims.context.attribution import Attribution
from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.context.stance import find_prospective
from quantclaims.dates.periods import add_months, span_days
from quantclaims.lexicon import PhraseTable, load_topic
from quantclaims.records import DateExpression, Quantity, Token
from quantclaims.rules import fires

NO_PERIOD = frozenset({"act_year"})
"""Rules of dates that name something else ("Law 47/2005")."""
SAYING = frozenset({"say", "relay", "deny"})
NEIGHBOURS = 4
"""Dates on either side of a figure that are looked at, beside the one that opens the sentence."""
ATTRIBUTIVE = {"ro": ("de",)}
"""Prepositions by which a date describes a noun: "alegerile anticipate de duminică"."""
OWN_SUBJECT = 2
"""Words from "and" to the verb of a clause without a subject of its own: "killed 12 and injured 40 on Monday"."""
MOST_BETWEEN = 2
"""Words between two joined dates: "in May and in June"."""
LONG = frozenset({"year", "month", "month_year", "season", "part", "shifted"})
"""Rules of dates too long for what somebody says in the present: "announces a turnover of 5 million for 2024"."""
LASTING = frozenset({"trailing", "coming", "range", "so_far", "first_units", "ending", "half_year", "quarter"})
"""Rules of dates that last too long to be those of a statement."""
JOINT = 4
"""Cost of an "and" between a figure and its date: "80 tonnes in July and 95 in August"."""
BARE_DATE = 3
"""Words from "compared with" to a date that is all it compares to."""
COMPARED = 12
"""Words that a comparison may hold."""


class Period(NamedTuple):
    """An EDTF period with explicit inclusive bounds; None is open or unknown."""

    edtf: str | None
    start: date | None
    end: date | None
    basis: str
    """``explicit``, ``relative``, ``inherited``, ``inferred`` or ``unknown``."""
    rule: str | None = None


UNKNOWN = Period(None, None, None, "unknown")


class Comparison(NamedTuple):
    """A phrase at tokens ``first`` to ``end`` with what is compared to: "than in 2023", "compared with 58 in May"."""

    first: int
    end: int
    is_dated: bool


class Timeline(NamedTuple):
    """The dates of a sentence in their order, with what bears on all its figures."""

    dates: tuple[DateExpression, ...]
    positions: tuple[int, ...]
    saying: tuple[int, ...]
    """Tokens of the verbs of saying, in their order."""
    comparisons: tuple[Comparison, ...]
    clauses: Clauses
    prospective: frozenset[int]
    """Clauses that speak of what is to come."""
    turns: tuple[int, ...]
    """Words like "and", "to" and "from" up to each token: they part a figure from the date of another."""
    told: frozenset[int]
    """First tokens of the dates that follow a word of saying: "the package announced on Thursday"."""
    figures: tuple[int, ...]
    """First tokens of the sentence's figures."""
    owned: frozenset[int]
    """First tokens of the dates that own a noun: "this year's harvest"."""


def read_timeline(passage: Passage, language: str) -> Timeline:
    """The timeline of a sentence."""
    each_date = sorted((d for d in passage.dates if d.rule not in NO_PERIOD), key=lambda d: d.first_token)
    dates = _join_neighbours(each_date, passage, language)
    positions = tuple(each.first_token for each in dates)
    comparisons = _find_comparisons(passage, positions, language) if dates else ()
    prospective = find_prospective(passage.sentence.tokens, passage.clauses, language) if dates else frozenset()
    return Timeline(
        dates,
        positions,
        _find_saying(passage.attributions),
        comparisons,
        passage.clauses,
        prospective,
        _count_turns(passage, language) if dates else (),
        _find_told(passage, positions, language),
        tuple(sorted(each.first_token for each in passage.quantities if not _is_within(each, dates))),
        frozenset(each.first_token for each in dates if each.rule in LONG and _owns_noun(passage, each)),
    )


def _join_neighbours(dates: Sequence[DateExpression], passage: Passage, language: str) -> tuple[DateExpression, ...]:
    """The dates, neighbouring days or months joined by "and" as one stretch: "Friday and Saturday"."""
    joined: list[DateExpression] = []
    for each in dates:
        first = joined[-1].earliest if joined else None
        if first is None or each.latest is None or not _are_neighbours(joined[-1], each, passage, language):
            joined.append(each)
            continue
        edtf = span_days(first, each.latest).edtf
        joined[-1] = joined[-1]._replace(end=each.end, edtf=edtf, latest=each.latest, last_token=each.last_token)
    return tuple(joined)


def _are_neighbours(first: DateExpression, second: DateExpression, passage: Passage, language: str) -> bool:
    between = passage.sentence.tokens[first.last_token : second.first_token]
    if first.rule != second.rule or first.rule not in ("weekday", "month") or not 1 <= len(between) <= MOST_BETWEEN:
        return False
    words = load_cues(language).coordinators
    if between[0].folded not in words or any(token.kind != "word" for token in between):
        return False
    return first.latest is not None and first.latest + timedelta(1) == second.earliest


def _owns_noun(passage: Passage, date: DateExpression) -> bool:
    return passage.sentence.tokens[date.last_token - 1].text.endswith(("'s", "’s"))


def _is_within(quantity: Quantity, dates: Sequence[DateExpression]) -> bool:
    """Whether a figure is one of a date's: the hours of "in the last 24 hours"."""
    return any(date.first_token <= quantity.first_token < date.last_token for date in dates)


def _count_turns(passage: Passage, language: str) -> tuple[int, ...]:
    tokens, table, joints = passage.sentence.tokens, load_cues(language).change, passage.clauses.joints
    goals = accumulate(any(kind == "goal" for _, kind in table.match(tokens, at)) for at in range(len(tokens)))
    return tuple(joint + goal for joint, goal in zip(joints, goals, strict=True))


def _find_told(passage: Passage, positions: Sequence[int], language: str) -> frozenset[int]:
    tokens, table = passage.sentence.tokens, load_cues(language).attribution
    return frozenset(
        at
        for at in positions
        if any(kind == "say" for i in range(max(0, at - 2), at) for _, kind in table.match(tokens, i))
        and not (at and tokens[at - 1].folded in ATTRIBUTIVE.get(language, ()))
    )


def _find_saying(attributions: Sequence[Attribution]) -> tuple[int, ...]:
    return tuple(sorted(each.first for each in attributions if each.kind in SAYING))


def _find_comparisons(passage: Passage, positions: Sequence[int], language: str) -> tuple[Comparison, ...]:
    tokens, clauses, table = passage.sentence.tokens, passage.clauses, load_cues(language).comparisons
    times = load_cues(language).period
    ends = {each.first_token: each.last_token for each in passage.dates}
    counted = {quantity.first_token for quantity in passage.quantities}  # "than last year's 300"
    hedged = {
        at
        for quantity in passage.quantities
        if not any(date.start <= quantity.number_start < date.end for date in passage.dates)
        for at in range(quantity.first_token, quantity.last_token)
        if tokens[at].end <= quantity.number_start
    }
    found: list[Comparison] = []
    for at in range(len(tokens)):
        if (found and at < found[-1].end) or at in hedged or not table.match(tokens, at):  # "more than 40"
            continue
        end = at + 1
        while end < len(tokens) and end - at < COMPARED and clauses.is_same_segment(end, at):
            end += 1
        index = bisect_left(positions, at)
        is_dated = index < len(positions) and positions[index] < end
        is_dated = is_dated or any(kind == "now" for i in range(at, end) for _, kind in times.match(tokens, i))
        if (
            index < len(positions)
            and positions[index] < end
            and positions[index] <= at + BARE_DATE
            and ends[positions[index]] not in counted
        ):
            end = ends[positions[index]]  # "wobec marca o 0,4 proc.": only the date is compared to
            while index + 1 < len(positions) and positions[index + 1] <= end + 1:
                index += 1  # "than in the same week of 2025"
                end = ends[positions[index]]
        found.append(Comparison(at, end, is_dated))
    shares = [q.first_token for q in passage.quantities if q.kind == "fraction"]
    for first in shares:
        end = next((i for i in range(first, len(tokens)) if not clauses.is_same_segment(i, first)), len(tokens))
        index = bisect_left(positions, first)
        if index < len(positions) and positions[index] < end:
            found.append(Comparison(first, end, is_dated=True))  # "9 billion, about a third of it this year"
    return tuple(sorted(found))


def find_covered(timeline: Timeline, anchors: Sequence[int]) -> DateExpression | None:
    """The date of what happened for a figure; ``anchors`` are the tokens of the figure and its predicate."""
    if not anchors:
        return None
    clauses, figure = timeline.clauses, anchors[0]
    options = [
        each
        for each in _nearby(timeline, anchors)
        if not _dates_saying(timeline, each, anchors) and _covers(timeline, each.first_token, figure)
    ]
    beside = [each for each in options if clauses.is_same_segment(each.first_token, figure)]
    if len(beside) == 1:
        return beside[0]  # "to 4.9 % in February, from 5.2 % in January"

    def rank(expression: DateExpression) -> tuple[bool, int, bool]:
        at = expression.first_token
        turns = timeline.turns
        near = min(clauses.distance(at, a) + JOINT * abs(turns[at] - turns[a]) for a in anchors)
        return not clauses.is_same_clause(at, figure), near, at < figure  # "in August from 2.4 in July"

    return min(options, key=rank, default=None)


def find_stated(timeline: Timeline, anchors: Sequence[int]) -> DateExpression | None:
    """The date of the statement nearest to the ``anchors``, a point in time."""
    options = [each for each in _nearby(timeline, anchors) if _dates_saying(timeline, each, anchors)]
    clauses = timeline.clauses
    return min(
        options, key=lambda each: min(clauses.distance(each.first_token, anchor) for anchor in anchors), default=None
    )


def find_said(timeline: Timeline) -> DateExpression | None:
    """The date of a sentence's first verb of saying, whatever else the sentence tells."""
    verbs = timeline.saying[:1]
    return find_stated(timeline._replace(saying=verbs), verbs) if verbs else None


def _nearby(timeline: Timeline, anchors: Sequence[int]) -> list[DateExpression]:
    """The dates around the anchors, and the first of the sentence, which can open it for all its clauses."""
    indices = {0} if timeline.dates else set()
    for anchor in anchors:
        at = bisect_left(timeline.positions, anchor)
        indices |= set(range(max(0, at - NEIGHBOURS), min(len(timeline.dates), at + NEIGHBOURS)))
    return [timeline.dates[i] for i in sorted(indices)]


def _dates_saying(timeline: Timeline, expression: DateExpression, anchors: Sequence[int]) -> bool:
    """Whether a date says when something was said."""
    if expression.earliest is None or expression.latest is None or expression.rule in LASTING:
        return False
    if expression.first_token in timeline.owned:
        return False
    clauses, at = timeline.clauses, expression.first_token
    index = bisect_left(timeline.saying, at)
    verbs = timeline.saying[max(0, index - 1) : index + 1]
    if verbs and expression.rule in LONG and all(clauses.table[clauses.of[verb]].tense == "present" for verb in verbs):
        return False
    if at in timeline.told:
        return True
    if not verbs:
        return False
    if all(clauses.of[at] != clauses.of[verb] for verb in verbs):
        return False  # "three died in the fall of a scaffold, early on Monday, in Zaragoza, the ministry confirmed"
    to_saying = min(clauses.distance(at, verb) for verb in verbs)
    figures = [anchor for anchor in anchors if anchor not in verbs]
    to_figure = min((clauses.distance(at, each) for each in figures), default=to_saying + 1)
    with_figure = any(clauses.is_same_segment(at, anchor) for anchor in figures)
    with_figure = with_figure or _stands_beside_figure(timeline, at)  # "from 7.8 in July, the office said"
    if with_figure and not any(clauses.is_same_segment(at, verb) for verb in verbs):
        to_figure = 0  # a comma parts it from the verb of saying: "... on Monday, the BBC reported"
    return to_saying < to_figure


def _stands_beside_figure(timeline: Timeline, at: int) -> bool:
    """Whether a figure of the sentence, this or another, stands between the same commas as a date."""
    index = bisect_left(timeline.figures, at)
    near = timeline.figures[max(0, index - 1) : index + 1]
    return any(timeline.clauses.is_same_segment(at, figure) for figure in near)


def _covers(timeline: Timeline, at: int, figure: int) -> bool:
    """Whether a date at token ``at`` can date the figure: by comparison, clause and tense."""
    clauses = timeline.clauses
    holding = _comparison_at(timeline, figure)
    dating = _comparison_at(timeline, at)
    if dating != holding and (dating is not None or (holding is not None and holding.is_dated)):
        return False
    if clauses.is_same_clause(at, figure):
        return True
    own, other = clauses.table[clauses.of[figure]], clauses.table[clauses.of[at]]
    if at > figure and other.kind == "coordinate" and (other.verb or 0) - other.first > OWN_SUBJECT:
        return False  # "5.1 metres were measured, while 82 mm fell on Saturday"
    if not clauses.is_within(clauses.of[figure], clauses.find_enclosure(clauses.of[at])):
        return False
    if (clauses.of[figure] in timeline.prospective) != (clauses.of[at] in timeline.prospective):
        return False
    if own.kind == "relative" and own.tense == "past" and clauses.of[at] == own.parent and at > figure:
        return False  # "a carer who stole 5,000 pounds was jailed on Wednesday"
    if other.verb is not None and at < other.verb and other.verb in timeline.saying:
        return True  # "in the past five years, it admits, three people had to pay"
    return own.tense is None or other.tense is None or own.tense == other.tense


def _comparison_at(timeline: Timeline, at: int) -> Comparison | None:
    index = bisect_left(timeline.comparisons, (at + 1,)) - 1
    if index < 0 or not timeline.comparisons[index].first <= at < timeline.comparisons[index].end:
        return None
    return timeline.comparisons[index]


def is_compared(timeline: Timeline, at: int) -> bool:
    """Whether a token stands in what something is compared to."""
    return _comparison_at(timeline, at) is not None


def is_of_saying(timeline: Timeline, expression: DateExpression) -> bool:
    """Whether a date says when something was said, whatever figure is asked about."""
    verb = timeline.clauses.table[timeline.clauses.of[expression.first_token]].verb
    return _dates_saying(timeline, expression, [] if verb is None else [verb])


def make_period(expression: DateExpression | None) -> Period | None:
    """The period of a dated phrase; None for none and for one that the text does not settle."""
    if expression is None or expression.edtf is None:
        return None
    rule = f"period_{expression.rule}"
    return Period(expression.edtf, expression.earliest, expression.latest, expression.basis, rule)


@cache
def _events(language: str, topic: str, *, bare: bool) -> PhraseTable[str]:
    """Names of events; ``bare`` words ("the war") mean one only after "since"."""
    events = load_topic(topic).get("events", {})
    entries = [(phrase, ident) for ident, forms in events.items() for phrase in forms.get("bare", {}).get(language, ())]
    if not bare:
        entries = []
    entries += [
        (phrase, ident)
        for ident, forms in events.items()
        for phrase in (*forms.get("any", ()), *forms.get(language, ()))
    ]
    return PhraseTable(entries, language, inflect=True)


class Anchor(NamedTuple):
    """A named event that dates a sentence."""

    lead: str
    """``during`` or ``since``."""
    ident: str


def find_event(tokens: Sequence[Token], language: str, topic: str = "arms") -> Anchor | None:
    """The first named event of a sentence that "during" or "since" leads in."""
    leads, articles = load_cues(language).period, load_cues(language).articles
    for at in range(len(tokens)):
        for end, lead in leads.match(tokens, at):
            skip = end + 1 if end < len(tokens) and tokens[end].folded in articles else end
            if lead not in ("during", "since") or skip >= len(tokens) or not fires(f"period_{lead}_event"):
                continue
            hit = _events(language, topic, bare=lead == "since").longest(tokens, skip)
            if hit is not None:
                return Anchor(lead, hit[1])
    return None


def event_period(anchor: Anchor, until: date | None, topic: str = "arms") -> Period:
    """The period that a named event anchors: from its start until the statement, or its own end."""
    event = load_topic(topic)["events"][anchor.ident]
    start = _as_date(event["start"])
    stop = _as_date(event["end"]) if anchor.lead == "during" and "end" in event else until
    return Period(f"{start}/{stop or '..'}", start, stop, "inferred", f"period_{anchor.lead}_event")


def _as_date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def close_period(period: Period, until: date | None, tense: str | None) -> Period:
    """A stretch that began and goes on ("since January") or a unit that runs ("this year"), up to the day it was told.

    What is told in the future, and a running unit told in the present, may lie ahead.
    """
    if period.edtf is None or period.start is None or until is None or until < period.start or tense == "future":
        return period
    is_open = period.end is None
    is_running = period.end is not None and period.end > until and tense == "past"
    return period._replace(edtf=f"{period.start}/{until}", end=until) if is_open or is_running else period


def look_back(period: Period, published_end: date | None) -> Period:
    """A unit named without its year that would lie ahead, a year earlier: in January "this winter" has begun."""
    if not is_future(period, published_end) or period.basis != "relative" or period.start is None or period.end is None:
        return period
    try:
        earlier = span_days(add_months(period.start, -12), add_months(period.end, -12))
    except OverflowError:
        return period
    return period._replace(edtf=earlier.edtf, start=earlier.earliest, end=earlier.latest)


def inherit(period: Period) -> Period:
    """The same period, taken over from a lead-in, a list or a base claim."""
    return period._replace(basis="inherited", rule="period_inherited") if fires("period_inherited") else UNKNOWN


def is_future(period: Period, published_end: date | None) -> bool:
    """Whether a period begins after the article appeared: what is said of it can only be planned."""
    return period.start is not None and published_end is not None and period.start > published_end
