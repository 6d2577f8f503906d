"""How far an attribution reaches beyond its sentence.

The article's own voice comes back with the next sentence, unless that goes on with the same release (the further
figures of a poll, of a month's prices, of a budget) or tells in the reported future what the speaker has announced.
"""

from collections.abc import Iterator
from typing import NamedTuple

from quantclaims.context.attribution import Attribution
from quantclaims.context.cues import load_cues
from quantclaims.context.discourse import Discourse
from quantclaims.context.mentions import Mention
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import read_preposition_roles
from quantclaims.context.scene import Speaker
from quantclaims.context.scope import NOT_VOUCHING
from quantclaims.context.speakers import claimant_type
from quantclaims.lemmas import analyse
from quantclaims.lexicon import load_topic
from quantclaims.records import Quantity
from quantclaims.rules import fires

REPORT_REACH = 3
"""Words between a report's noun and the name of its owner ("data published on Thursday by the")."""
PROPORTIONS = frozenset({"%", "%{points}"})
"""Units in which a release says everything once it has begun to."""


class Continued(NamedTuple):
    """Who goes on speaking, and the rule that says so."""

    speaker: Speaker
    rule: str


def find_continued(discourse: Discourse, index: int, figure: int) -> Continued | None:
    """Who goes on speaking in passage ``index``, whose figure at token ``figure`` has no cue of its own."""
    source = _find_source(discourse, index)
    if source is None:
        return None
    at, attribution = source
    speaker = attribution.speaker._replace(is_anaphoric=True)
    first, last = discourse.passages[at], discourse.passages[index]
    own = last.clauses.table[last.clauses.of[figure]]
    if own.kind != "relative" and _is_release(discourse, first, attribution) and fires("speaker_release"):
        between = discourse.passages[at + 1 : index + 1]
        counts = is_known_release(discourse, attribution)
        if all(_goes_on(passage, first, discourse.language, counts=counts) for passage in between):
            return Continued(speaker, "speaker_release")
    if at == index - 1 and _is_reported_future(last, figure, discourse.language) and fires("speaker_reported_future"):
        return Continued(speaker, "speaker_reported_future")
    return None


def _find_source(discourse: Discourse, index: int) -> tuple[int, Attribution] | None:
    """The nearest passage before in the paragraph that somebody vouches for, and the cue that says so."""
    paragraph = discourse.passages[index].sentence.paragraph
    if any(a.kind not in NOT_VOUCHING for a in discourse.passages[index].attributions):
        return None
    for at in range(index - 1, -1, -1):
        passage = discourse.passages[at]
        if passage.sentence.paragraph != paragraph:
            return None
        vouching = [a for a in passage.attributions if a.kind not in NOT_VOUCHING]
        if vouching:
            return at, vouching[-1]
    return None


def is_known_release(discourse: Discourse, attribution: Attribution) -> bool:
    """Whether a speaker is one whose statements are releases of many figures."""
    known = load_topic(discourse.topic)["releases"]
    claimant = attribution.speaker.claimant or ""
    return claimant in known["claimants"] or any(claimant.endswith(f"-{role}") for role in known["roles"])


def _is_release(discourse: Discourse, passage: Passage, attribution: Attribution) -> bool:
    """Whether a sentence gives figures out of a release: a poll, a report, an office's statistics or accounts."""
    if claimant_type(attribution.speaker.claimant) in ("unnamed", "media"):
        return False
    if is_known_release(discourse, attribution):
        return True
    cues, tokens = load_cues(discourse.language), passage.sentence.tokens
    speaker = attribution.speaker
    near = range(max(0, min(speaker.first, attribution.first) - REPORT_REACH), max(attribution.end, speaker.end + 1))
    return any(cues.release_nouns.longest(tokens, at) for at in near if at < len(tokens))


def _goes_on(passage: Passage, source: Passage, language: str, *, counts: bool) -> bool:
    """Whether a sentence's figures are of the kinds that the release began with, or it speaks of the release itself.

    A body that the sentence begins with does something else. Mere counts (``counts`` tells) go on only where the
    speaker is known for releases.
    """
    bodies = (m for m in passage.mentions if m.kind in ("claimant", "institution", "person"))
    if any(m.first <= BODY_REACH and not is_prepositional(passage, m, language) for m in bodies):
        return False
    nouns = load_cues(language).release_nouns
    if any(nouns.longest(passage.sentence.tokens, at) for at in range(min(2, len(passage.sentence.tokens)))):
        return True
    begun, units = set(_list_units(source.quantities)), set(_list_units(passage.quantities))
    if counts:
        return bool(units) and units <= begun | {"%"}
    return bool(units - {"1"}) and units <= begun | {"%"}


BODY_REACH = 5
"""Words of a sentence's beginning within which another body is its subject ("Since June the central bank has ...")."""


def is_prepositional(passage: Passage, mention: Mention, language: str) -> bool:
    """Whether a mention stands behind a preposition and so is no subject."""
    return bool(read_preposition_roles(passage.sentence.tokens, mention, language))


def _list_units(quantities: list[Quantity]) -> Iterator[str]:
    for quantity in quantities:
        yield "%" if quantity.unit in PROPORTIONS else quantity.unit


def _is_reported_future(passage: Passage, figure: int, language: str) -> bool:
    """Whether the figure's clause is in the form in which somebody's plans are told: "miał trafić", "ar urma", "would".

    It is the first clause of its sentence: what stands before it would be the article's.
    """
    if not passage.clauses.is_same_clause(0, figure):
        return False
    tokens, table = passage.sentence.tokens, load_cues(language).reported_future
    clause = [i for i in range(len(tokens)) if passage.clauses.is_same_clause(i, figure)]
    if language == "pl" and not any(r.tag.startswith("inf") for i in clause for r in analyse(tokens[i].text, "pl")):
        return False  # "ma 60 autobusów"
    return any(table.longest(tokens, at) for at in clause)
