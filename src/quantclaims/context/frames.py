"""Which sentences tell a story on, and when it happened: the day of an event, the months of a report.

News gives the time once and tells the outcome after it: "On Tuesday a train left the rails. Two people died." The story
goes on in the simple past. What holds now stands in the present, in English also in the perfect ("have been blamed on
the weather"), what had been before in the pluperfect, and words of background ("already", "still", "earlier") say so.
"""

from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.context.periods import Timeline, is_compared, is_of_saying
from quantclaims.context.verbs import is_pluperfect
from quantclaims.records import DateExpression

ENCLOSED = frozenset({"relative", "conditional"})
"""Kinds of clause that tell of something else than the story."""
STANDING = frozenset({"main", "coordinate", "stop", "sentence"})
"""Kinds of clause that go on with the text, not with another clause."""


def list_story_dates(timeline: Timeline) -> list[DateExpression]:
    """The dates of what a sentence tells, not of when it was said, of what it is compared to or of what is to come."""
    return [
        each
        for each in timeline.dates
        if each.edtf is not None
        and timeline.clauses.of[each.first_token] not in timeline.prospective
        and not is_compared(timeline, each.first_token)
        and not is_of_saying(timeline, each)
    ]


def can_begin_story(timeline: Timeline, expression: DateExpression) -> bool:
    """Whether a date is that of a story: closed at both ends and told in the past, in no clause beside the story."""
    clauses = timeline.clauses
    clause = clauses.of[expression.first_token]
    is_closed = expression.earliest is not None and expression.latest is not None
    return is_closed and clauses.table[clause].tense in ("past", None) and not _is_beside(clauses, clause)


def is_outcome(passage: Passage, timeline: Timeline, figure: int, language: str) -> bool:
    """Whether a clause in the present tells the outcome of the clause before it: "three died and 19 are wounded"."""
    clauses = passage.clauses
    own = clauses.table[clauses.of[figure]]
    before = None if own.parent is None else clauses.table[own.parent]
    if own.tense != "present" or own.kind not in ("coordinate", "stop") or before is None or before.tense != "past":
        return False
    words = _find_words(passage, "background", language)
    return not any(clauses.is_same_clause(at, figure) for at in words) and not is_compared(timeline, figure)


def is_narrative(passage: Passage, timeline: Timeline, figure: int, language: str) -> bool:
    """Whether a figure's clause goes on with a story: in the simple past, without a word of background."""
    clauses, tokens = passage.clauses, passage.sentence.tokens
    own = clauses.of[figure]
    clause = clauses.table[own]
    if clause.kind == "stop" and clause.verb is None and clause.parent is not None:
        own, clause = clause.parent, clauses.table[clause.parent]  # "they stayed for less: 6 nights on average"
    if clause.tense != "past" or clause.verb is None or own in timeline.prospective or is_compared(timeline, figure):
        return False
    if tokens[clause.verb].folded in load_cues(language).perfect_auxiliaries or _is_set_back(passage, own, language):
        return False
    if breaks_story(passage, timeline, language, before=clause.first):
        return False
    words = _find_words(passage, "background", language)
    return not any(clauses.is_same_clause(at, figure) for at in words)


def holds_now(passage: Passage, figure: int, language: str) -> bool:
    """Whether a figure's clause tells what holds at the time of writing: with "still", or in the English perfect."""
    clauses, tokens = passage.clauses, passage.sentence.tokens
    clause = clauses.table[clauses.of[figure]]
    if clause.kind in ENCLOSED:
        return False
    is_perfect = clause.verb is not None and tokens[clause.verb].folded in load_cues(language).perfect_auxiliaries
    is_perfect = is_perfect and clause.tense == "past"
    words = _find_words(passage, "lasting", language)
    return is_perfect or any(clauses.is_same_clause(at, figure) for at in words)


def breaks_story(passage: Passage, timeline: Timeline, language: str, *, before: int | None = None) -> bool:
    """Whether a sentence leaves the story, ``before`` a token if one is given: for what holds now, or since when."""
    clauses, said = passage.clauses, {passage.clauses.of[at] for at in timeline.saying}
    end = len(passage.sentence.tokens) if before is None else before
    tenses = {
        clause.tense
        for index, clause in enumerate(clauses.table)
        if clause.kind in STANDING and index not in said and clause.first < end
    }
    return ("present" in tenses and "past" not in tenses) or bool(_find_words(passage, "anchored", language))


def _is_set_back(passage: Passage, own: int, language: str) -> bool:
    """Whether a clause, or the verb of saying that it hangs on, is in the pluperfect."""
    clause: int | None = own
    while clause is not None:
        verb = passage.clauses.table[clause].verb
        if verb is not None and is_pluperfect(passage.sentence.tokens, verb, language):
            return True
        clause = passage.clauses.table[clause].parent if passage.clauses.table[clause].kind == "complement" else None
    return False


def is_hearing(passage: Passage, language: str) -> bool:
    """Whether a sentence is about a court: the day of a trial is not that of the crime."""
    return bool(_find_words(passage, "hearing", language)) or any(p.predicate == "sentence" for p in passage.predicates)


def _is_beside(clauses: Clauses, clause: int) -> bool:
    enclosure = clauses.find_enclosure(clause)
    return enclosure is not None and clauses.table[enclosure].kind in ENCLOSED


def _find_words(passage: Passage, kind: str, language: str) -> list[int]:
    tokens, table = passage.sentence.tokens, load_cues(language).period
    return [at for at in range(len(tokens)) if any(found == kind for _, found in table.match(tokens, at))]
