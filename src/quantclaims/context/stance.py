"""How the claimant stands to the figure: asserted, possible, planned or demanded; and what is negated."""

from collections.abc import Sequence

from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.lemmas import analyse
from quantclaims.records import DateExpression, Token
from quantclaims.rules import fires

REACH = 12
"""Words around the predicate within which a modal or adverb colours the figure."""
INFINITIVE_GAP = 4
"""Words between a modal and its infinitive."""


def read_stance(
    tokens: Sequence[Token],
    clauses: Clauses,
    governor: int | None,
    figure: int,
    language: str,
    dates: Sequence[DateExpression] = (),
    *,
    is_verb: bool = True,
) -> tuple[str, str | None]:
    """``(stance, rule)`` of a figure at token ``figure`` whose predicate stands at ``governor``.

    A cue counts in the clause of the figure or of its predicate; the nearest wins, and what is demanded or planned
    is so even when it is also only possible.
    """
    anchors = [figure] if governor is None else [figure, governor]
    found = _find_cues(tokens, clauses, anchors, language, dates)
    if governor is not None and is_verb and _is_future(tokens, governor, language):
        found.add("planned")
    for kind in ("demanded", "planned", "possible"):
        if kind in found and fires(f"stance_{kind}"):
            return kind, f"stance_{kind}"
    return "asserted", None


def _find_cues(
    tokens: Sequence[Token],
    clauses: Clauses,
    anchors: Sequence[int],
    language: str,
    dates: Sequence[DateExpression],
) -> set[str]:
    """Kinds of the cues in the clause of an anchor, within reach of it; the month of May is none."""
    table = load_cues(language).stance
    dated = {i for date in dates for i in range(date.first_token, date.last_token)}
    found = set()
    for at in sorted({i for a in anchors for i in range(max(0, a - REACH), min(len(tokens), a + REACH + 1))}):
        hits = [] if at in dated or _is_name_or_noun(tokens, at, language) else table.match(tokens, at)
        near = any(abs(at - a) <= REACH and clauses.is_same_clause(at, a) for a in anchors)
        for end, kind in hits if near else ():
            is_modal = kind == "planned_modal"
            if end == hits[0][0] and (not is_modal or _takes_infinitive(tokens, end, language)):
                found.add(kind.removesuffix("_modal"))
    return found


def _is_name_or_noun(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether an English modal's form is a name or a noun here: "Will Smith", "the will to fight"."""
    cues = load_cues(language)
    if tokens[at].folded not in cues.noun_like_modals:
        return False
    before = tokens[at - 1].folded if at else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    is_name = tokens[at].text[:1].isupper() and (at > 0 or after[:1].isupper())
    return is_name or before in cues.definite_articles or before.endswith("'s")


def _is_future(tokens: Sequence[Token], verb: int, language: str) -> bool:
    """Whether the verb's form is a future: the Polish perfective present, the infinitive of an English headline."""
    if language == "pl":
        finite = [r for r in analyse(tokens[verb].text, "pl") if r.part == "verb"]
        perfective = {r.lemma for r in finite if r.tag.endswith(":perf")}
        imperfective = {r.lemma for r in finite if not r.tag.endswith(":perf")}
        return all(r.tag.startswith("fin") for r in finite) and bool(perfective - imperfective)
    is_subject_before = verb > 1 and tokens[verb - 2].text[:1].isupper()
    return language == "en" and verb > 0 and tokens[verb - 1].folded == "to" and is_subject_before


def _takes_infinitive(tokens: Sequence[Token], end: int, language: str) -> bool:
    """Whether an infinitive follows a modal closely: "ma wysłać" plans, "ma w magazynach" has."""
    near = tokens[end : end + INFINITIVE_GAP]
    return any(reading.tag.startswith("inf") for token in near for reading in analyse(token.text, language))
