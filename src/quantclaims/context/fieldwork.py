"""When a poll was taken: what all its shares are of, wherever the text says it, mostly at its end."""

from quantclaims.context.cues import load_cues
from quantclaims.context.discourse import Discourse
from quantclaims.context.frames import list_story_dates
from quantclaims.context.periods import Period, make_period
from quantclaims.context.stories import read_discourse_timeline
from quantclaims.rules import fires

FIELDWORK = "period_fieldwork"
RULES = frozenset({"range", "days", "weekend", "months"})
"""Rules of dates that are long enough to ask many people."""
OPINION = "opinion"
SHARES = frozenset({OPINION, "vote", "turnout", None})
"""What a share of those asked can be about; None where no word says it."""


def find_fieldwork(discourse: Discourse, predicate: str | None, unit: str) -> Period | None:
    """The days on which the article's only poll was taken, for shares of what people think; None for anything else."""
    is_share = predicate in SHARES and unit in ("%", "%{points}")
    if not (is_share or predicate == OPINION) or not fires(FIELDWORK):
        return None
    if not discourse.fieldwork:
        found = [period for index in range(len(discourse.passages)) for period in _list_fieldwork(discourse, index)]
        discourse.fieldwork.append(found[0] if len(found) == 1 else None)
    period = discourse.fieldwork[0]
    return None if period is None else period._replace(basis="inherited", rule=FIELDWORK)


def _list_fieldwork(discourse: Discourse, index: int) -> list[Period]:
    """The stretches of days in which a sentence about a poll says that it was taken."""
    passage = discourse.passages[index]
    table, tokens = load_cues(discourse.language).period, passage.sentence.tokens
    if not any(kind == "fieldwork" for at in range(len(tokens)) for _, kind in table.match(tokens, at)):
        return []
    dates = list_story_dates(read_discourse_timeline(discourse, index))
    periods = (make_period(date) for date in dates if date.rule in RULES)
    return [period for period in periods if period is not None and period.start is not None and period.end is not None]
