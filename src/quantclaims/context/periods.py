"""Which of a sentence's dates the figure covers, and which says when it was said.

A date goes with the nearest word that can take one: near the verb of saying it dates the statement, near the
predicate or the figure it dates the figure. Named events of the topic ("during the war in ...") anchor a period.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from quantclaims.context.attribution import Attribution
from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.lexicon import PhraseTable, load_topic
from quantclaims.records import DateExpression, Token
from quantclaims.rules import fires

NO_PERIOD = frozenset({"act_year"})
"""Rules of dates that name something else ("Law 47/2005")."""
SAYING = frozenset({"say", "relay", "deny"})


class Period(NamedTuple):
    """An EDTF period with explicit inclusive bounds; None is open or unknown."""

    edtf: str | None
    start: date | None
    end: date | None
    basis: str
    """``explicit``, ``relative``, ``inherited``, ``inferred`` or ``unknown``."""
    rule: str | None = None


UNKNOWN = Period(None, None, None, "unknown")


def split_dates(
    dates: Sequence[DateExpression],
    attributions: Sequence[Attribution],
    clauses: Clauses,
    anchors: Sequence[int],
) -> tuple[list[DateExpression], list[DateExpression]]:
    """``(dates of what happened, dates of saying it)``; ``anchors`` are the tokens of the figure and its predicate."""
    saying = [a.first for a in attributions if a.kind in SAYING]
    covered, stated = [], []
    for expression in dates:
        at = expression.first_token
        to_saying = min((clauses.distance(at, verb) for verb in saying), default=None)
        to_figure = min((clauses.distance(at, anchor) for anchor in anchors), default=None)
        with_figure = any(clauses.is_same_segment(at, anchor) for anchor in anchors)
        if with_figure and not any(clauses.is_same_segment(at, verb) for verb in saying):
            to_figure = 0  # a comma parts it from the verb of saying: "... on Monday, the BBC reported"
        is_point = expression.earliest is not None and expression.latest is not None
        if to_saying is not None and is_point and (to_figure is None or to_saying < to_figure):
            stated.append(expression)
        else:
            covered.append(expression)
    return covered, stated


def nearest_period(covered: Sequence[DateExpression], clauses: Clauses, anchors: Sequence[int]) -> Period | None:
    """The period of the date nearest to the figure or its predicate."""
    resolved = [d for d in covered if d.edtf is not None and d.rule not in NO_PERIOD]
    if not resolved:
        return None
    beside = [d for d in resolved if clauses.is_same_segment(d.first_token, anchors[0])] if anchors else []
    if len(beside) == 1:
        resolved = beside  # "to 4.9 % in February, from 5.2 % in January"
    best = min(resolved, key=lambda d: min(clauses.distance(d.first_token, anchor) for anchor in anchors))
    return Period(best.edtf, best.earliest, best.latest, best.basis, f"period_{best.rule}")


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


def event_period(tokens: Sequence[Token], language: str, until: date | None, topic: str = "arms") -> Period | None:
    """The period that a named event anchors: from its start until the statement, where "during" or "since" leads in."""
    leads = load_cues(language).period
    for at in range(len(tokens)):
        for end, lead in leads.match(tokens, at):
            articles = load_cues(language).articles
            skip = end + 1 if end < len(tokens) and tokens[end].folded in articles else end
            table = _events(language, topic, bare=lead == "since")
            hit = table.longest(tokens, skip) if skip < len(tokens) else None
            if lead in ("during", "since") and hit and fires(f"period_{lead}_event"):
                event = load_topic(topic)["events"][hit[1]]
                start = _as_date(event["start"])
                stop = _as_date(event["end"]) if lead == "during" and "end" in event else until
                return Period(f"{start}/{stop or '..'}", start, stop, "inferred", f"period_{lead}_event")
    return None


def _as_date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def inherit(period: Period) -> Period:
    """The same period, taken over from a lead-in, a list or a base claim."""
    return period._replace(basis="inherited", rule="period_inherited") if fires("period_inherited") else UNKNOWN


def is_future(period: Period, published_end: date | None) -> bool:
    """Whether a period begins after the article appeared: what is said of it can only be planned."""
    return period.start is not None and published_end is not None and period.start > published_end
