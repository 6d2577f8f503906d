"""How the claimant stands to the figure: asserted, possible, planned or demanded; and what is negated."""

from collections.abc import Sequence

from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.context.verbs import CONDITIONAL_ENDINGS, is_perfective_present
from quantclaims.lemmas import analyse, lemmas
from quantclaims.records import DateExpression, Token
from quantclaims.rules import fires

REACH = 20
"""Words around the predicate within which a modal or adverb colours the figure."""
TAKING_GAP = 5
"""Words between a cue and the clause that it takes."""
NOUN_COMPLEMENTS = frozenset({"to", "for", "that", "of"})
"""Words by which a noun of planning or asking names what is planned: "a plan to", "their appeal for"."""
VERBAL_TAGS = ("fin", "praet", "inf", "imps", "ppas", "pact", "winien", "pred")
"""Of a Polish form that is more than a verbal noun."""
INFINITIVE_GAP = 4
"""Words between a modal and its infinitive."""
KNOWN_GAP = 3
"""Words from "of" to the figure in "of all its 310"."""
COMPARED = 6
"""Words between "against" and the figure compared to: hedges, an article."""
JOINED_REACH = 40
"""Words between a modal and the second of its infinitives."""


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

    A cue counts in the clause of the figure or of its predicate, or where it takes that clause ("it is possible that
    ..."); what is demanded or planned is so even when it is also only possible.
    """
    if _is_known_whole(tokens, figure, language):
        return "asserted", None
    anchors = [figure] if governor is None or not clauses.is_attached(governor, figure) else [figure, governor]
    found = _find_cues(tokens, clauses, anchors, language, dates) | _find_taking_cues(tokens, clauses, figure, language)
    found |= _find_shared_cues(tokens, clauses, figure, language)
    if governor is not None and is_verb and _is_future(tokens, governor, language):
        found.add("future")
    if language == "pl" and clauses.table[clauses.of[figure]].tense == "future":
        found.add("future")  # the other languages' futures have words of their own
    if "conditional" in found:
        found.add("planned" if _is_reported(clauses, figure) else "possible")
    if "future" in found and "possible" not in found:
        found.add("planned")  # "will perhaps" is held open
    for kind in ("demanded", "planned", "possible"):
        if kind in found and fires(f"stance_{kind}"):
            return kind, f"stance_{kind}"
    return "asserted", None


def _is_known_whole(tokens: Sequence[Token], figure: int, language: str) -> bool:
    """Whether a figure is what a part is taken from, and so is there: "will close 12 of its 310 stores"."""
    cues = load_cues(language)
    known = cues.definite_articles | cues.self_references
    at = figure - 1
    while at > 0 and tokens[at].folded in known:
        at -= 1
    if at < 1 or all(kind != "share_of" for _, kind in cues.relations.match(tokens, at)):
        return False
    return tokens[at - 1].kind == "digits" or (at < figure - 1 and figure - at <= KNOWN_GAP)


def _find_cues(
    tokens: Sequence[Token],
    clauses: Clauses,
    anchors: Sequence[int],
    language: str,
    dates: Sequence[DateExpression],
) -> set[str]:
    """Kinds of the cues in the clause of an anchor, within reach of it; the month of May is none."""
    dated = {i for date in dates for i in range(date.first_token, date.last_token)}
    near = {
        at
        for a in anchors
        for at in range(max(0, a - REACH), min(len(tokens), a + REACH + 1))
        if clauses.is_same_clause(at, a) and at not in dated
    }
    table, figure = load_cues(language).comparisons, anchors[0]
    beyond = min((at for at in near if at > figure and table.match(tokens, at)), default=len(tokens))
    since = _find_comparison(tokens, figure, language)
    # "63 seats, two more than it needs", "will cost 495, against 505 now": what is compared to has a stance of its own
    heard = [
        at for at in sorted(near) if since <= at <= beyond and not _is_second_predicate(tokens, figure, at, language)
    ]
    return {kind for at in heard for kind in _read_cue(tokens, at, language)}


def _find_comparison(tokens: Sequence[Token], figure: int, language: str) -> int:
    """Token of the "than" or "against" that leads to the figure, 0 where none does."""
    table = load_cues(language).comparisons
    for at in range(figure - 1, max(-1, figure - 1 - COMPARED), -1):
        if table.match(tokens, at):
            return at
        if tokens[at].kind != "word":
            break
    return 0


def _is_second_predicate(tokens: Sequence[Token], figure: int, at: int, language: str) -> bool:
    """Whether a cue joins a second predicate on: "cost 3 million and could rise to 5" says what it cost."""
    if at <= figure + 1 or tokens[at - 1].folded not in load_cues(language).coordinators:
        return False
    is_verb = any(reading.part in ("verb", "unknown") for reading in analyse(tokens[at].text, language))
    return is_verb and not tokens[at].folded.endswith("ed")  # "were bought and scheduled for May" has one


def _find_shared_cues(tokens: Sequence[Token], clauses: Clauses, figure: int, language: str) -> set[str]:
    """Kinds of the cues before a verb that "and" joins another to: "may close two plants and lay off 300".

    The verb joined is an infinitive, or an English form that can be one; a relative clause may stand between them:
    "plans to sell the hall, which cost 9 million, and to build flats".
    """
    clause = clauses.table[clauses.of[figure]]
    joined = _find_joined(tokens, clauses, figure, language)
    if joined is None or clause.parent is None:
        return set()
    parent = clauses.table[clause.parent]
    if clause.kind == "coordinate" and parent.kind == "relative" and parent.parent is not None:
        return _read_controlling(tokens, clauses, parent.parent, joined, language)
    return _read_controlling(tokens, clauses, clause.parent, joined, language)


def _find_joined(tokens: Sequence[Token], clauses: Clauses, figure: int, language: str) -> int | None:
    """Token of the infinitive, or English base form, that a conjunction joins in the figure's clause before it."""
    cues, clause = load_cues(language), clauses.table[clauses.of[figure]]
    if clause.kind not in ("coordinate", "relative"):
        return None
    for at in range(figure - 1, max(clause.first, figure - REACH), -1):
        if tokens[at - 1].folded not in cues.conjunctions or not clauses.is_same_clause(at, figure):
            continue
        is_base = language == "en" and clause.verb == at and tokens[at].folded in lemmas(tokens[at].text, "en")
        return at if is_base or _is_infinitive(tokens[at], language) else None
    return None


def _read_controlling(tokens: Sequence[Token], clauses: Clauses, clause: int, joined: int, language: str) -> set[str]:
    """Kinds of the cues of a clause that take an infinitive."""
    cues = load_cues(language)
    found = set()
    for at in range(max(0, joined - JOINED_REACH), joined):
        if clauses.of[at] != clause:
            continue
        is_modal = tokens[at].folded in cues.modal_verbs | cues.future_verbs
        if is_modal or _takes_infinitive(tokens, at + 1, language):
            found |= _read_cue(tokens, at, language)
    return found


def _read_cue(tokens: Sequence[Token], at: int, language: str) -> set[str]:
    """Kinds of the longest cue that starts at a token and colours the clause that it stands in."""
    hits = load_cues(language).stance.match(tokens, at)
    if language == "pl" and tokens[at].folded.endswith(CONDITIONAL_ENDINGS):
        return {kind for _, kind in hits} or {"possible"}
    is_name = at > 0 and tokens[at].text[0].isupper() and tokens[at - 1].kind == "word"  # "the Forecasting Centre"
    if not hits or is_name or _is_name_or_noun(tokens, at, language) or _is_attribute(tokens, at, language):
        return set()
    named = {kind for _, kind in hits}
    if "wish" in named and "future" not in named:  # "wants to build", but "wants 40 tanks"; "va" is a form of "vrea"
        return {"planned" if _takes_infinitive(tokens, hits[0][0], language) else "demanded"}
    if "expected" in named and hits[0][0] == at + 1:
        return {"planned" if _takes_infinitive(tokens, at + 1, language) else "possible"}
    if "needed" in named and hits[0][0] == at + 1:
        return set() if _is_met(tokens, at, language) else {"demanded"}
    kinds = {
        kind.removesuffix("_modal")
        for end, kind in hits
        if end == hits[0][0] and (kind != "planned_modal" or _takes_infinitive(tokens, end, language))
    }
    return {"conditional"} if "conditional" in kinds else kinds  # "would" is a form of "will" to the dictionary


def _is_met(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a need was met, for it is told in the past: "57 people have needed hospital care"."""
    tags = {reading.part for reading in analyse(tokens[at].text, language)}
    return language == "en" and tokens[at].folded.endswith("ed") and "verb" in tags


def find_prospective(tokens: Sequence[Token], clauses: Clauses, language: str) -> frozenset[int]:
    """Clauses that speak of what is to come: in the future, planned or demanded."""
    ahead = {index for index, clause in enumerate(clauses.table) if clause.tense == "future"}
    for at, clause in enumerate(clauses.of):
        if clause in ahead:
            continue
        kinds = _read_cue(tokens, at, language)
        if kinds & {"planned", "demanded", "future", "conditional"} or _may_yet_be(tokens, at, kinds, language):
            ahead.add(clause)
    return frozenset(ahead)


def _may_yet_be(tokens: Sequence[Token], at: int, kinds: set[str], language: str) -> bool:
    """Whether an English modal speaks of what is still to come: "could fall", but not "may have fallen"."""
    if language != "en" or "possible" not in kinds or tokens[at].folded not in load_cues("en").modal_verbs:
        return False
    return at + 1 < len(tokens) and tokens[at + 1].folded not in load_cues("en").perfect_auxiliaries


def is_of_the_cue(tokens: Sequence[Token], clauses: Clauses, at: int, language: str) -> bool:
    """Whether a date says when somebody planned or asked, not what for: no infinitive in "appealed on Tuesday"."""
    clause = clauses.table[clauses.of[at]]
    if clause.tense != "past" or clause.verb is None:
        return False
    between = tokens[clause.verb + 1 : at] if clause.verb < at else ()
    return not any(_is_infinitive(token, language) for token in between)


def _is_infinitive(token: Token, language: str) -> bool:
    """Whether a token opens or is an infinitive."""
    if token.folded in load_cues(language).infinitive_markers:
        return True
    return language == "pl" and any(reading.tag.startswith("inf") for reading in analyse(token.text, "pl"))


def _find_taking_cues(tokens: Sequence[Token], clauses: Clauses, figure: int, language: str) -> set[str]:
    """Kinds of a cue that takes the figure's clause: "it is possible that", "zażądała, by", "a cerut ca"."""
    clause = clauses.table[clauses.of[figure]]
    while clause.kind == "coordinate" and clause.parent is not None:
        clause = clauses.table[clause.parent]
    if clause.kind != "complement":
        return set()
    near = range(max(0, clause.first - TAKING_GAP), clause.first)
    taking = {kind for at in near if clauses.of[at] == clause.parent for kind in _read_cue(tokens, at, language)}
    return taking - {"conditional"}


def _is_reported(clauses: Clauses, figure: int) -> bool:
    """Whether what would be is told by somebody else: then it is the future of what was said."""
    clause = clauses.table[clauses.of[figure]]
    while clause.kind in ("coordinate", "relative") and clause.parent is not None:
        clause = clauses.table[clause.parent]
    return clause.kind == "complement"


def _is_attribute(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a verb's form only describes a noun here: "the planning office", "40 promised tanks", "wezwania"."""
    if language == "ro":
        return _is_postposed(tokens, at)
    if language == "pl":
        tags = [reading.tag for reading in analyse(tokens[at].text, "pl")]
        if tags and all(tag.startswith(("ppas", "adj")) for tag in tags):
            return _is_preposed(tokens, at)
        return any(tag.startswith("ger") for tag in tags) and not any(tag.startswith(VERBAL_TAGS) for tag in tags)
    if language != "en" or at == 0 or at + 1 >= len(tokens):
        return False
    cues, before, following = load_cues("en"), tokens[at - 1], tokens[at + 1]
    is_determined = before.folded in cues.definite_articles | cues.articles
    if tokens[at].folded.endswith(("ing", "ed")):
        is_act = bool(cues.predicates.match(tokens, at + 1))  # "a planned sale of 40 tanks"
        return (is_determined or before.kind == "digits") and _can_be(following, "noun") and not is_act
    is_noun = _can_be(tokens[at], "noun") and (is_determined or before.folded.endswith(("'s", "s'")))
    return is_noun and following.folded not in NOUN_COMPLEMENTS  # "last year's appeal was met"


def _is_preposed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a Polish participle stands before a thing that it describes: "18 z 60 obiecanych karetek"; no act."""
    cues = load_cues("pl")
    if at + 1 >= len(tokens) or any(token.folded in cues.passive_auxiliaries for token in tokens[max(0, at - 3) : at]):
        return False
    is_noun = any(reading.part == "noun" for reading in analyse(tokens[at + 1].text, "pl"))
    return is_noun and not cues.predicates.match(tokens, at + 1)


def _is_postposed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a Romanian participle only describes the counted thing before it: "cele 60 de ambulanțe promise"."""
    cues = load_cues("ro")
    if at < 2 or not tokens[at].folded.endswith(("te", "se", "ti", "si")):
        return False
    auxiliaries = cues.passive_auxiliaries | cues.past_auxiliaries | cues.infinitive_markers
    before = tokens[max(0, at - 2) : at]
    is_counted = any(token.kind == "digits" for token in tokens[max(0, at - 3) : at])
    return is_counted and not any(token.folded in auxiliaries for token in before)


def _can_be(token: Token, part: str) -> bool:
    return any(reading.part == part for reading in analyse(token.text, "en"))


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
        return is_perfective_present(tokens[verb])
    is_subject_before = verb > 1 and tokens[verb - 2].text[:1].isupper()
    return language == "en" and verb > 0 and tokens[verb - 1].folded == "to" and is_subject_before


def _takes_infinitive(tokens: Sequence[Token], end: int, language: str) -> bool:
    """Whether an infinitive follows a modal closely: "ma wysłać" plans, "ma w magazynach" has."""
    return any(_is_infinitive(token, language) for token in tokens[end : end + INFINITIVE_GAP])
