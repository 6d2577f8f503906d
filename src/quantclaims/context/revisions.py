"""Figures that take the place of others: "58 dead; earlier the service had spoken of 41", "up from an earlier 41".

The later figure is the revision, the earlier one its base, whichever of them the text prints first.
"""

from bisect import bisect_left
from collections.abc import Sequence

from quantclaims.context.amendments import find_amending
from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.drafts import Draft
from quantclaims.rules import fires

REACH = 3
"""Sentences between a figure and the one that it takes the place of."""
FOLLOWING = 1
"""Sentences after a figure told before in which what replaced it stands."""
ADJACENT = 3
"""Words between "earlier" and the figure that it describes: "an earlier 41", "od wcześniejszych 41"."""
MARK_REACH = 30
"""Words around a figure within which its clause says that it was told before."""
CORRECTED = 10
"""Words from a figure that is not so to who had told it."""
AFTER = 5
"""Words from a figure to "reported earlier"."""
LONGEST = 3
"""Letters of the other words between "previous" and its figure: "figure of", "toll of"."""
ALIKE = 3.0
"""Times that the two figures of a revision hardly ever differ."""
COMPARABLE = 20.0
"""Most times that the two figures of a revision differ."""
TOLD = frozenset({"telling", "replacing"})
RULE = "relation_revision_of"


def link_revisions(drafts: Sequence[Draft], passages: Sequence[Passage], index: int, language: str) -> list[Draft]:
    """The drafts, each figure that somebody told before made the base of the one that took its place.

    Looked at are the figures of passage ``index`` with those just before them.
    """
    linked = list(drafts)
    if not fires(RULE):
        return linked
    begin = len(linked)
    while begin > 0 and index - linked[begin - 1].passage <= REACH + FOLLOWING:
        begin -= 1
    recent = linked[begin:]
    for earlier in list(recent):
        near = index - earlier.passage <= FOLLOWING and not earlier.is_denial
        amending = find_amending(recent, passages[earlier.passage], earlier, language) if near else None
        if not near or (amending is None and not _was_told_before(passages[earlier.passage], earlier, language)):
            continue
        if any(each.base == earlier.anchor or (each == earlier and each.relation) for each in recent):
            continue
        if not any(each == earlier for each in recent):
            continue  # it has become the revision of another
        acts = _name_acts(passages[earlier.passage], earlier)
        later = amending
        if later is None and earlier.passage == index:
            later = _find_later(recent, earlier, acts)
        if later is None:
            later = _find_following(recent, passages, earlier, acts, language)
        if later is not None:
            revised = recent[later]
            recent[later] = revised._replace(base=earlier.anchor, relation="revision_of", rules=(*revised.rules, RULE))
    return [*linked[:begin], *recent]


def _was_told_before(passage: Passage, draft: Draft, language: str) -> bool:
    """Whether the clause of a figure says that this is what somebody had told: "earlier it had spoken of 41"."""
    tokens, clauses, table = passage.sentence.tokens, passage.clauses, load_cues(language).relations
    figure = bisect_left(tokens, draft.anchor, key=lambda token: token.start)
    if figure == len(tokens) or draft.change != "level":
        return False
    if _is_told_of(passage, figure, draft, language) or _is_corrected(passage, figure, draft, language):
        return True
    near = range(max(0, figure - MARK_REACH), min(len(tokens), figure + MARK_REACH))
    figures = [q.first_token for q in passage.quantities if q.first_token in near]
    clause = clauses.table[clauses.of[figure]]
    own = {clauses.of[figure], clause.parent if clause.kind == "complement" else None}
    marked = told = False
    for at in near:
        if clauses.of[at] not in own:
            continue
        kinds = {kind for _, kind in table.match(tokens, at)}
        is_next = not any(min(at, figure) < other < max(at, figure) for other in figures)
        if "revision" in kinds and is_next and not _is_of_date(passage, at, language):
            if 0 < figure - at <= ADJACENT and _describes(passage, at, figure, language):
                return True
            marked = marked or at < figure or (at - figure <= AFTER and clauses.is_same_segment(at, figure))
        told = told or ("telling" in kinds and (at < figure or clauses.is_same_segment(at, figure)))
    return marked and told


def _is_of_date(passage: Passage, at: int, language: str) -> bool:
    """Whether "previous" says which year is meant: "against 22 million in the previous year"."""
    is_dated = any(date.first_token <= at < date.last_token for date in passage.dates)
    words = load_cues(language).period.match(passage.sentence.tokens, at)
    return is_dated and any(kind == "before" for _, kind in words)


def _describes(passage: Passage, at: int, figure: int, language: str) -> bool:
    """Whether "earlier" describes a figure: "up from an earlier 41", "its previous figure of 37"."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    named = {
        i for i in range(at + 1, figure) for _, kind in table.match(tokens, i) if kind in ("accounts", "base_nouns")
    }
    words = [tokens[i] for i in range(at + 1, figure) if i not in named]
    return at > 0 and all(token.kind == "word" and len(token.text) <= LONGEST for token in words)


def _is_told_of(passage: Passage, figure: int, draft: Draft, language: str) -> bool:
    """Whether a bare figure is all that a verb of telling tells: "in autumn it spoke of 6 million"."""
    if draft.anchor not in dict(passage.givers):
        return False
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    if passage.clauses.table[passage.clauses.of[figure]].tense == "present":
        return False  # "the organisers counted 60,000, the police speak of 25,000"
    start = next((i for i in range(max(0, figure - ADJACENT), figure) if tokens[i].start >= draft.start), figure)
    before = range(max(0, start - 2), max(0, start - 1))
    return any(kind == "telling" for at in before for _, kind in table.match(tokens, at))


def _is_corrected(passage: Passage, figure: int, draft: Draft, language: str) -> bool:
    """Whether a figure is what it is not, as somebody had told: "75 dead, not 37 as it had said"."""
    tokens, cues = passage.sentence.tokens, load_cues(language)
    start = next((i for i in range(max(0, figure - ADJACENT), figure) if tokens[i].start >= draft.start), figure)
    if start == 0 or all(kind != "particles" for _, kind in cues.negation.match(tokens, start - 1)):
        return False
    near = range(figure + 1, min(len(tokens), figure + CORRECTED))
    return any(kind == "telling" for at in near for _, kind in cues.relations.match(tokens, at))


def _name_acts(passage: Passage, draft: Draft) -> frozenset[str]:
    """Predicates that the words of a figure's quote name: "180 evacuees" are of a displacement."""
    tokens = passage.sentence.tokens
    return frozenset(p.predicate for p in passage.predicates if draft.start <= tokens[p.first].start < draft.end)


def _find_later(drafts: Sequence[Draft], earlier: Draft, acts: frozenset[str]) -> int | None:
    """The position of the figure that took an earlier one's place: of the same things, nearest, of like size."""
    fitting = []
    for position in range(len(drafts) - 1, -1, -1):
        draft = drafts[position]
        if earlier.passage - draft.passage > REACH:
            break
        is_free = draft.anchor < earlier.anchor and draft.relation is None and not draft.is_denial
        if is_free and _is_same_matter(draft, earlier, acts):
            fitting.append(position)
    alike = (position for position in fitting if _compare(drafts[position], earlier) <= ALIKE)
    return next(alike, next(iter(fitting), None))


def _compare(one: Draft, other: Draft) -> float:
    """How many times one figure is the other, whichever is larger."""
    values = (one.value or 0.0, other.value or 0.0)
    return max(values) / min(values)


def _find_following(
    drafts: Sequence[Draft], passages: Sequence[Passage], earlier: Draft, acts: frozenset[str], language: str
) -> int | None:
    """The position of a figure that is told after the one that it replaces: "at first 12 dead; now it speaks of 19"."""
    table = load_cues(language).relations
    for position, draft in enumerate(drafts):
        if draft.anchor <= earlier.anchor or draft.passage - earlier.passage > FOLLOWING or draft.relation is not None:
            continue
        tokens = passages[draft.passage].sentence.tokens
        figure = bisect_left(tokens, draft.anchor, key=lambda token: token.start)
        near = range(max(0, figure - MARK_REACH), min(len(tokens), figure + MARK_REACH))
        is_told = any(kind in TOLD for at in near for _, kind in table.match(tokens, at))
        if is_told and _is_same_matter(draft, earlier, acts):
            return position
    return None


def _is_same_matter(later: Draft, earlier: Draft, acts: frozenset[str]) -> bool:
    """Whether two figures can be of one matter: the same things or act, and nothing else became of them."""
    if later.unit != earlier.unit or later.change != "level" or not later.value or not earlier.value:
        return False
    ratio = _compare(later, earlier)
    states = [{a for a in draft.attributes if a.startswith("state=")} for draft in (later, earlier)]
    if not 1 < ratio <= COMPARABLE or (states[0] and states[1] and states[0] != states[1]):
        return False
    is_same_thing = later.item_lemma == earlier.item_lemma or bool(set(later.items) & set(earlier.items))
    is_same_act = later.predicate is not None and later.predicate in {earlier.predicate, *acts}
    return is_same_thing or is_same_act or earlier.item_lemma is None or bool(states[0] and states[0] == states[1])
