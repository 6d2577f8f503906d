"""How the claimant stands to the figure: asserted, possible, planned or demanded; and what is negated."""

from collections.abc import Sequence

from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.lemmas import analyse
from quantclaims.records import DateExpression, Token

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
    table = load_cues(language).stance
    anchors = [figure] if governor is None else [figure, governor]
    found: dict[str, int] = {}
    for at in range(len(tokens)):
        hits = table.match(tokens, at)
        if any(date.first_token <= at < date.last_token for date in dates):
            continue  # the month of May
        if not hits or not any(clauses.is_same_clause(at, anchor) for anchor in anchors):
            continue
        distance = min(abs(at - anchor) for anchor in anchors)
        if distance > REACH:
            continue
        for end, kind in hits:
            if end != hits[0][0] or (kind == "planned_modal" and not _takes_infinitive(tokens, end, language)):
                continue
            stance = kind.removesuffix("_modal")
            found[stance] = min(distance, found.get(stance, distance))
    if governor is not None and is_verb and _is_future(tokens, governor, language):
        found.setdefault("planned", 0)
    for kind in ("demanded", "planned", "possible"):
        if kind in found:
            return kind, f"stance_{kind}"
    return "asserted", None


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
