"""When an article without a date, or with one that its text contradicts, can have appeared: bounded from the text.

It was written after the latest month or day that it dates in full, so "last year" beside "in January 2024" is 2023.
Only whole years are settled that way, and days named with their weekday, which tells the year: "last month" would be
guessed. A date of publication is that of a page, which may be wrong or that of a reprint: the text is believed when it
tells in the past of a later day, or names a weekday that its day did not fall on for years around.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.context.stance import find_prospective
from quantclaims.dates.scan import scan_dates
from quantclaims.records import DateExpression

YEAR = 4
"""Characters of the EDTF of a year; a month or day has more."""
DATED_WEEKDAY = "dated_weekday"
NEAR = timedelta(400)
"""How far from publication a day without its year lies, at most."""
TIME_ZONES = timedelta(1)
"""How much later than the page's date a day may be on the other side of the world."""


def bound_publication(passages: Sequence[Passage]) -> date | None:
    """The first day of the latest month or day that the text names with its year; None where it names none."""
    explicit = (each for passage in passages for each in passage.dates if each.basis == "explicit")
    named = (each.earliest for each in explicit if each.edtf and len(each.edtf) > YEAR and each.edtf[:YEAR].isdigit())
    return max((day for day in named if day is not None), default=None)


def find_contradiction(passages: Sequence[Passage], published: date | None, language: str) -> date | None:
    """A day of the text that contradicts its date of publication: told in the past but later, or years from it."""
    if published is None:
        return None
    days = (day for passage in passages for day in _list_contradictions(passage, published, language))
    return max(days, default=None)


def _list_contradictions(passage: Passage, published: date, language: str) -> Iterator[date]:
    for each in passage.dates:
        if each.earliest is None or each.edtf is None or len(each.edtf) <= YEAR:
            continue
        is_of_another_year = each.rule == DATED_WEEKDAY and abs(each.earliest - published) > NEAR
        is_later = each.earliest > published + TIME_ZONES and _is_told_in_the_past(passage, each, language)
        if is_later or (is_of_another_year and each.basis == "relative"):
            yield each.earliest


def _is_told_in_the_past(passage: Passage, expression: DateExpression, language: str) -> bool:
    """Whether a clause in the past tells of the date, and not of what was planned for it."""
    clauses = passage.clauses
    clause = clauses.of[expression.first_token]
    prospective = find_prospective(passage.sentence.tokens, clauses, language)
    tokens, table, first = passage.sentence.tokens, load_cues(language).period, expression.first_token
    is_goal = first > 0 and any(kind == "set_for" for _, kind in table.match(tokens, first - 1))
    is_day = expression.basis == "explicit" and expression.rule in TOLD and not is_goal
    return is_day and clauses.table[clause].tense == "past" and clause not in prospective


TOLD = frozenset({"numeric", "day_month", "month_day", DATED_WEEKDAY})
"""Rules of single days."""


def settle_years(passages: Sequence[Passage], language: str, known: date | None = None) -> list[Passage]:
    """The passages of an undated article, its relative years settled from the bound on its day.

    ``known`` is a day that it cannot have appeared before.
    """
    bounds = [day for day in (bound_publication(passages), known) if day is not None]
    return [_settle(passage, language, max(bounds)) for passage in passages] if bounds else list(passages)


def _settle(passage: Passage, language: str, reference: date) -> Passage:
    if all(each.edtf is not None for each in passage.dates):
        return passage
    resolved = scan_dates(passage.sentence, passage.numbers, language, reference)
    settled = {each.first_token: each for each in resolved if _is_settled(each, reference)}
    return passage._replace(dates=[_take(each, settled) for each in passage.dates])


def _is_settled(expression: DateExpression, reference: date) -> bool:
    """Whether a bound on publication tells a date: a whole year, or a day near it with its weekday."""
    if expression.edtf is None or expression.earliest is None:
        return False
    is_near = abs(expression.earliest - reference) <= NEAR
    return len(expression.edtf) == YEAR or (expression.rule == DATED_WEEKDAY and is_near)


def _take(expression: DateExpression, settled: dict[int, DateExpression]) -> DateExpression:
    found = settled.get(expression.first_token)
    is_new = expression.edtf is None and found is not None and found.last_token == expression.last_token
    return found._replace(basis="inferred") if is_new and found is not None else expression
