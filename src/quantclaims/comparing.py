"""What the claims of a whole set say about each other: agreement, contradiction, and one statement retold differently.

Which rows are compared
    Rows that answer one question: the same ``topic_key`` (which must name a predicate, and what is counted unless the
    unit says it), unit, change and attributes, alike said to be so, planned or demanded. Parts, shares, alternatives,
    equivalents and revisions of another claim answer a question of their own and are left out. For credibility the key
    must name a side too, or every accident would contradict every other, and the periods must be comparable: they have
    the same first and last day. "None" over a longer period says none for each part of it, so a zero is compared with
    the figures of every period inside its own.

When two figures agree
    A figure stands for the range that its words leave open: an exact one for what it may be rounded from (two digits
    count, so 1.6 million is 1,550,000 to 1,650,000 and 40 is 40), "about" for a tenth either way, a bound for
    everything on its side. Ranges that share no value contradict each other. Two ranges around a stated figure that
    share one confirm each other, as does the same bound stated twice; other ranges that do are consistent.

Who is independent
    The claimant, not whoever relays them: a statement printed ten times has one author. The government, ministries,
    forces and services of a country speak for it with one voice. An article's own voice, a source without a name, and
    a claimant who relays another one on the same question may repeat anybody, so they confirm and contradict nobody;
    they themselves can be contradicted, not confirmed.

``information_credibility`` on the Admiralty scale, from the other independent claimants of the question:

    6  nobody else answers it                                    1  some confirm it, none contradicts
    2  none contradicts, none confirms                           3  some contradict it, others do not
    4  one contradicts it, nobody agrees                         5  several contradict it, nobody agrees

``discrepancy``: two articles retell one statement when the claimant, the question and the day of the statement or the
period are the same, and the other of the two is the same or not said; a side of the question, too, may be left out by
one of them. Their figures that contradict each other, and agree with nothing that the other article retells of the
statement, name each other.

Everything is sorted or looked up, so the time grows with the rows (n log n) and with the discrepancies that are found.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from itertools import combinations
from math import floor, inf, isfinite, log10
from typing import NamedTuple

from quantclaims.records import Claim

CANNOT_BE_JUDGED = "6"
"""Admiralty credibility of what nothing can be compared with."""
ROUGHLY = 0.1
"""Part of the figure that "about" leaves open on either side."""
DIGITS = 2
"""Digits of a figure that always count; further zeros may come from rounding."""
COMPARED = (None, "multiple_of")
"""Relations of rows that answer the question of their topic_key themselves."""
STATE_TYPES = frozenset({"government", "intelligence", "military"})
"""Types of claimants that speak for their country."""
UNNAMED_TYPES = frozenset({"unnamed"})
ARTICLE = "article"
ENOUGH = 3
"""Voices that are remembered: one may be the row's own, and two others are several."""


class Range(NamedTuple):
    """The figures that a claim's words leave open, inclusive; infinite where a side is open."""

    low: float
    high: float

    def is_apart(self, other: "Range") -> bool:
        """Whether the two share no figure."""
        return self.low > other.high or other.low > self.high


class Answer(NamedTuple):
    """A row as an answer to its question."""

    row: int
    """Position among the rows given."""
    voice: Hashable | None
    """Who vouches, as far as independence goes; None for whoever may repeat anybody."""
    figures: Range
    days: tuple[int, int]
    """First and last day of the period as ordinals, open ends at the ends of the calendar."""


class Others(NamedTuple):
    """What the independent claimants besides the row's own say."""

    is_any: bool
    is_confirmed: bool
    agrees_with_some: bool
    contradicting: int
    """How many of them; more than one are two."""


def compare_claims(claims: Sequence[Claim]) -> list[Claim]:
    """The claims in their order, with ``information_credibility`` and ``discrepancy`` from the whole set.

    What stood in these two columns is replaced. The module says by which rule.
    """
    grades = grade_credibility(claims)
    apart = find_discrepancies(claims)
    return [
        claim
        if (claim.information_credibility, claim.discrepancy) == (grade, apart[index])
        else claim._replace(information_credibility=grade, discrepancy=apart[index])
        for index, (claim, grade) in enumerate(zip(claims, grades, strict=True))
    ]


def name_question(claim: Claim) -> tuple[Hashable, ...] | None:
    """What a row answers, apart from its sides and period; None for one that cannot be compared."""
    if claim.relation not in COMPARED or claim.predicate is None:
        return None
    if not claim.items and claim.item_lemma is None and claim.unit == "1":
        return None
    mood = "asserted" if claim.stance == "possible" else claim.stance
    return claim.predicate, claim.items or claim.item_lemma, claim.unit, claim.change, claim.attributes, mood


def name_voice(claim: Claim) -> Hashable | None:
    """Who vouches for a row, as far as independence goes; None for whoever may repeat anybody."""
    if claim.claimant == ARTICLE or claim.claimant_type in UNNAMED_TYPES:
        return None
    if claim.claimant_country is not None and claim.claimant_type in STATE_TYPES:
        return "state", claim.claimant_country
    return claim.claimant or ("printed", (claim.claimant_text or "").casefold())


def find_range(claim: Claim) -> Range:
    """The figures that a claim leaves open.

    >>> from types import SimpleNamespace as Row
    >>> find_range(Row(qualifier="exact", value=1.6e6, value_low=1.6e6, value_high=1.6e6))
    Range(low=1550000.0, high=1650000.0)
    >>> find_range(Row(qualifier="at_most", value=40.0, value_low=None, value_high=40.0))
    Range(low=-inf, high=40.0)
    """
    if claim.value is not None and claim.qualifier in ("exact", "approximately"):
        margin = ROUGHLY * abs(claim.value) if claim.qualifier == "approximately" else find_rounding(claim.value)
        return Range(claim.value - margin, claim.value + margin)
    low, high = claim.value_low, claim.value_high
    return Range(-inf if low is None else low, inf if high is None else high)


def find_rounding(value: float) -> float:
    """How far a figure may be rounded, half a unit of its last digit that counts; 0 where every digit does.

    >>> find_rounding(1600000), find_rounding(12345), find_rounding(40), find_rounding(2.5)
    (50000.0, 0.0, 0.0, 0.0)
    """
    if value == 0 or not isfinite(value) or value % 1:
        return 0.0
    places = floor(log10(abs(value))) + 1 - DIGITS
    while places > 0 and value % 10**places:
        places -= 1
    return 10.0**places / 2 if places > 0 else 0.0


def is_point(claim: Claim) -> bool:
    """Whether a claim states a figure rather than a bound or a magnitude."""
    return claim.value is not None and claim.qualifier in ("exact", "approximately")


# Credibility


def grade_credibility(claims: Sequence[Claim]) -> list[str]:
    """The Admiralty credibility of each row: the id of vocabularies/credibility.toml."""
    grades = [CANNOT_BE_JUDGED] * len(claims)
    questions: defaultdict[tuple[Hashable, ...], list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        question = name_question(claim)
        has_side = claim.actor is not None or claim.counterparty is not None
        if question is not None and has_side and claim.period is not None:
            questions[*question, claim.topic_key].append(index)
    for indices in questions.values():
        if len(indices) > 1:
            answers = list_answers(claims, indices)
            for answer, others in zip(answers, hear_others(claims, answers), strict=True):
                grades[answer.row] = grade(others)
    return grades


def list_answers(claims: Sequence[Claim], indices: Iterable[int]) -> list[Answer]:
    """The rows of one question; who relays another claimant there has no voice of their own."""
    indices = list(indices)
    relays = {relay for index in indices for relay in claims[index].via}
    return [
        Answer(
            index,
            None if claims[index].claimant in relays else name_voice(claims[index]),
            find_range(claims[index]),
            list_days(claims[index].period_start, claims[index].period_end),
        )
        for index in indices
    ]


def list_days(first: date | None, last: date | None) -> tuple[int, int]:
    """A period as ordinals, open ends at the ends of the calendar."""
    return (first or date.min).toordinal(), (last or date.max).toordinal()


def grade(others: Others) -> str:
    """The grade that follows from what the others say; the table stands in the module's docstring.

    >>> grade(Others(True, False, True, 0)), grade(Others(True, False, False, 2))
    ('2', '5')
    """
    if not others.is_any:
        return CANNOT_BE_JUDGED
    if not others.contradicting:
        return "1" if others.is_confirmed else "2"
    if others.agrees_with_some:
        return "3"
    return "4" if others.contradicting == 1 else "5"


def hear_others(claims: Sequence[Claim], answers: Sequence[Answer]) -> list[Others]:
    """What the others say to each answer of one question: those of the same period, and zeros around it."""
    periods: defaultdict[tuple[int, int], list[Answer]] = defaultdict(list)
    for answer in answers:
        periods[answer.days].append(answer)
    heard: dict[int, Others] = {}
    contradicting: dict[int, set[Hashable]] = {}
    for alike in periods.values():
        for answer, others, against in compare_alike(claims, alike):
            heard[answer.row], contradicting[answer.row] = others, against
    for index, against in contradict_by_zeros(answers).items():
        contradicting[index] |= against
        heard[index] = heard[index]._replace(is_any=True)
    return [heard[a.row]._replace(contradicting=min(2, len(contradicting[a.row]))) for a in answers]


def compare_alike(claims: Sequence[Claim], answers: Sequence[Answer]) -> Iterable[tuple[Answer, Others, set[Hashable]]]:
    """Each answer with what the others of the same period say, and the voices that contradict it."""
    evidence = [answer for answer in answers if answer.voice is not None]
    voices = {answer.voice for answer in evidence}
    highest, lowest = Foremost(), Foremost()
    for answer in evidence:
        highest.add(answer.voice, answer.figures.low)
        lowest.add(answer.voice, -answer.figures.high)
    ranges = Ranges(evidence)
    points = Ranges([answer for answer in evidence if is_point(claims[answer.row])])
    stated: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for answer in evidence:
        stated[state_figure(claims[answer.row])].add(answer.voice)
    for answer in answers:
        others = Others(len(voices) > (answer.voice in voices), False, ranges.is_met(answer), 0)
        if answer.voice is not None:
            same = stated[state_figure(claims[answer.row])] != {answer.voice}
            near = is_point(claims[answer.row]) and points.is_met(answer)
            others = others._replace(is_confirmed=same or near)
        against = highest.above(answer.figures.high) | lowest.above(-answer.figures.low)
        yield answer, others, against - {answer.voice}


def state_figure(claim: Claim) -> tuple[object, ...]:
    """A figure as the words state it."""
    return claim.qualifier, claim.value, claim.value_low, claim.value_high


def contradict_by_zeros(answers: Sequence[Answer]) -> dict[int, set[Hashable]]:
    """Voices that contradict a figure with none over a longer period, and the figures inside that contradict a none.

    Periods are visited by their first day, so that a zero around a figure comes before it, one inside it after.
    """
    zeros = [answer for answer in answers if answer.figures == (0.0, 0.0)]
    figures = [answer for answer in answers if answer.figures.low > 0]
    found: defaultdict[int, set[Hashable]] = defaultdict(set)
    around, inside = Foremost(), Foremost()
    for answer in sorted([*zeros, *figures], key=lambda a: (a.days[0], -a.days[1])):
        if answer.figures.low > 0:
            found[answer.row] |= around.reaching(answer.days[1]) - {answer.voice}
        elif answer.voice is not None:
            around.add(answer.voice, answer.days[1])
    for answer in sorted([*zeros, *figures], key=lambda a: (-a.days[0], a.days[1])):
        if answer.figures.low <= 0:
            found[answer.row] |= inside.reaching(-answer.days[1]) - {answer.voice}
        elif answer.voice is not None:
            inside.add(answer.voice, -answer.days[1])
    return {index: against for index, against in found.items() if against}


class Foremost:
    """The voices that got farthest, as many as ever matter."""

    def __init__(self) -> None:
        self.best: dict[Hashable, float] = {}

    def add(self, voice: Hashable, reached: float) -> None:
        """Remember how far a voice got."""
        self.best[voice] = max(reached, self.best.get(voice, -inf))
        if len(self.best) > ENOUGH:
            del self.best[min(self.best, key=self.best.__getitem__)]

    def above(self, mark: float) -> set[Hashable]:
        """Voices beyond the mark."""
        return {voice for voice, reached in self.best.items() if reached > mark}

    def reaching(self, mark: float) -> set[Hashable]:
        """Voices that got to the mark at least."""
        return {voice for voice, reached in self.best.items() if reached >= mark}


class Ranges:
    """Ranges by voice, sorted, so that those which share nothing with another are counted without a look at each."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        by_voice: defaultdict[Hashable, list[Range]] = defaultdict(list)
        for answer in answers:
            by_voice[answer.voice].append(answer.figures)
        self.ends = {voice: self._sort(ranges) for voice, ranges in by_voice.items()}
        self.all_ends = self._sort([each for ranges in by_voice.values() for each in ranges])

    @staticmethod
    def _sort(ranges: Iterable[Range]) -> tuple[list[float], list[float]]:
        ranges = list(ranges)
        return sorted(each.low for each in ranges), sorted(each.high for each in ranges)

    def is_met(self, answer: Answer) -> bool:
        """Whether a range of another voice shares a figure with the answer's."""
        own = self.ends.get(answer.voice, ([], []))
        return self._count(self.all_ends, answer.figures) > self._count(own, answer.figures)

    @staticmethod
    def _count(ends: tuple[list[float], list[float]], figures: Range) -> int:
        """How many ranges share a figure with this one."""
        lows, highs = ends
        return bisect_right(lows, figures.high) - bisect_left(highs, figures.low)


# Discrepancies


def find_discrepancies(claims: Sequence[Claim]) -> list[tuple[str, ...]]:
    """For each row the sorted claim_ids of retellings of its statement with another figure."""
    apart: defaultdict[int, set[str]] = defaultdict(set)
    for statement in group_retellings(claims):
        for one, other in find_contradictions(claims, statement):
            apart[one].add(claims[other].claim_id)
            apart[other].add(claims[one].claim_id)
    return [tuple(sorted(apart.get(index, ()))) for index in range(len(claims))]


def group_retellings(claims: Sequence[Claim]) -> Iterable[list[int]]:
    """Rows that retell one statement: by period and day when both are given, else by the one that is.

    A row that does not say the period, or the day, joins all statements that its other date admits.
    """
    cells: defaultdict[tuple[Hashable, Hashable, Hashable], list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        question = name_question(claim)
        teller = name_teller(claim)
        if question is None or teller is None:
            continue
        period = (claim.period_start, claim.period_end) if claim.period else None
        stated = (claim.stated_start, claim.stated_end) if claim.stated else None
        if period or stated:
            cells[(*question, teller), period, stated].append(index)
    for (statement, covered, said), indices in cells.items():
        is_dated = covered is not None and said is not None
        undated = cells.get((statement, covered, None), []) if is_dated else []
        timeless = cells.get((statement, None, said), []) if is_dated else []
        yield indices
        for more in (undated, timeless):
            if more:
                yield [*indices, *more]


def name_teller(claim: Claim) -> str | None:
    """Who made a statement that others retell: somebody of the register, or with a name; "the police" is many."""
    if name_voice(claim) is None:
        return None
    printed = claim.claimant_text or ""
    return claim.claimant or (printed if printed[:1].isupper() else None)


def find_contradictions(claims: Sequence[Claim], indices: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Pairs of rows of two articles whose figures contradict each other and agree with nothing of the other article."""
    figures: defaultdict[Range, list[int]] = defaultdict(list)
    for index in indices:
        figures[find_range(claims[index])].append(index)
    if max(each.low for each in figures) <= min(each.high for each in figures):
        return  # all agree: of many retellings, most do
    meeting = {
        one: {claims[i].article_id for other in figures if not one.is_apart(other) for i in figures[other]}
        for one in figures
    }
    for one, other in combinations(figures, 2):
        if one.is_apart(other):
            lone = [i for i in figures[one] if claims[i].article_id not in meeting[other]]
            rest = [i for i in figures[other] if claims[i].article_id not in meeting[one]]
            yield from ((i, j) for i in lone for j in rest if may_retell(claims[i], claims[j]))


def may_retell(one: Claim, other: Claim) -> bool:
    """Whether two rows are of two articles and do not name different sides."""
    sides = ((one.actor, other.actor), (one.counterparty, other.counterparty))
    return one.article_id != other.article_id and all(a is None or b is None or a == b for a, b in sides)
