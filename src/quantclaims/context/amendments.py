"""What amends a figure told before, in one clause with it: "cut its forecast from 6 million to 4.8 million tonnes".

Only what somebody tells can be amended: a toll, a forecast. The number of storks that rose from 40 to 55 was right both
times. Whatever was announced can be replaced: "90,000 vans instead of the 120,000 announced".
"""

from bisect import bisect_left
from collections.abc import Sequence

from quantclaims.context.cues import load_cues
from quantclaims.context.passages import Passage
from quantclaims.drafts import Draft

LEAD = 3
"""Words from a preposition to the figure it leads to: a hedge, an article."""
ACCOUNT_REACH = 20
"""Words between a forecast and the figures that it was and is."""
REPLACED_REACH = 4
"""Words between "instead of" and its figure: "instead of the planned 40"."""


def find_amending(drafts: Sequence[Draft], passage: Passage, earlier: Draft, language: str) -> int | None:
    """The position of the figure that took the place of ``earlier`` in its own sentence, None where nothing says so."""
    same = [position for position, draft in enumerate(drafts) if _is_alike(draft, earlier)]
    figure = _find_token(passage, earlier.anchor)
    if _is_led_by(passage, figure, "instead", REPLACED_REACH, language):
        before = [position for position in same if drafts[position].anchor < earlier.anchor]
        return max(before, key=lambda position: drafts[position].anchor, default=None)
    if not _is_led_by(passage, figure, "origin", LEAD, language):
        return None
    goals = [position for position in same if amends_account(passage, drafts[position], language)]
    return min(goals, key=lambda position: abs(drafts[position].anchor - earlier.anchor), default=None)


def amends_account(passage: Passage, draft: Draft, language: str) -> bool:
    """Whether a figure is what a toll or a forecast was changed to."""
    figure = _find_token(passage, draft.anchor)
    if draft.change != "level" or not _is_led_by(passage, figure, "goal", LEAD, language):
        return False
    cues, tokens = load_cues(language), passage.sentence.tokens
    near = range(max(0, figure - ACCOUNT_REACH), figure)
    is_account = any(kind == "accounts" for at in near for _, kind in cues.relations.match(tokens, at))
    return is_account and any(kind in CHANGING for at in near for _, kind in cues.change.match(tokens, at))


CHANGING = frozenset({"increase", "decrease", "amend"})


def _is_alike(draft: Draft, earlier: Draft) -> bool:
    """Whether two figures of a sentence can be one before and after, by unit and noun."""
    is_same_unit = draft.unit.split("/")[0] == earlier.unit.split("/")[0]
    is_other = draft.anchor != earlier.anchor and draft.passage == earlier.passage and draft.relation is None
    is_same_thing = earlier.item_lemma is None or draft.item_lemma == earlier.item_lemma
    return is_other and is_same_unit and is_same_thing and draft.change == "level" and draft.value != earlier.value


def _find_token(passage: Passage, offset: int) -> int:
    return bisect_left(passage.sentence.tokens, offset, key=lambda token: token.start)


def _is_led_by(passage: Passage, figure: int, kind: str, reach: int, language: str) -> bool:
    """Whether a word of a kind leads to the figure, with nothing but words for it between them."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    for at in range(figure - 1, max(-1, figure - 1 - reach), -1):
        hits = table.match(tokens, at)
        longest = max((stop for stop, _ in hits), default=at)
        found = {named for stop, named in hits if stop == longest}
        if kind in found:
            return at == 0 or ("origin" in found) == _opens_origin(passage, at, language)
        if tokens[at].kind != "word":
            return False
    return False


def _opens_origin(passage: Passage, at: int, language: str) -> bool:
    """Whether the word at a token is, or ends, one that leads from somewhere: Romanian "de la" ends like "la"."""
    tokens, table = passage.sentence.tokens, load_cues(language).relations
    before = [(at - 1, hit) for hit in table.match(tokens, at - 1)] if at else []
    here = [(at, hit) for hit in table.match(tokens, at)]
    return any(kind == "origin" and stop > at for _, (stop, kind) in (*before, *here))
