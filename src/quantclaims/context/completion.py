"""Sides that a clause leaves out.

They are the speaker's own, those of the same or of a related act before, of the place, or of the whole article.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from quantclaims.context.cues import load_cues
from quantclaims.context.denials import is_first_person
from quantclaims.context.discourse import Discourse
from quantclaims.context.locating import is_home_capital, list_foreign_places, list_named, locate_story
from quantclaims.context.parties import (
    NOBODY,
    Parties,
    assign_parties,
    fill_sides,
    is_speaker,
    is_state_body,
    take_subject,
)
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import NOUN_FRAMES, Predicate, read_preposition_roles
from quantclaims.context.roles import has_side, read_roles
from quantclaims.context.scene import Speaker
from quantclaims.context.speakers import claimant_type
from quantclaims.context.understood_subjects import find_topic_state
from quantclaims.rules import fires
from quantclaims.schemas.vocabularies import load_vocabulary

SUBJECTLESS_GAP = 6
"""Words between "że" and the verb of a reported clause that has no room for a subject."""
OWN_SIDE_GAP = 5
"""Words between "its" or "we" and the verb of the speaker's own side."""
ALIKE = 6
"""Acts of one kind in a sentence that are asked for their sides."""
CONTINUED_REACH = 12
"""Sentences back in which the same act can have named its sides."""
SETTLED = ("_subject", "_agent", "_is_speaker")
"""Ends of the rules that found a verb's own subject."""


def complete_parties(
    discourse: Discourse, index: int, lead_in: int | None, predicate: Predicate, parties: Parties, speaker: Speaker
) -> Parties:
    """Both sides of a figure's act, as far as its clause and then the context tell them."""
    passage = discourse.passages[index if lead_in is None else lead_in]
    if is_state_body(speaker.claimant) and _is_own_side(passage, predicate, discourse.language):
        parties = fill_sides(parties, take_subject(speaker.country, predicate), "actor_is_speaker")
    if lead_in is None and not any(rule.endswith(SETTLED) for rule in parties.rules):
        state = find_topic_state(discourse.passages, index, predicate, discourse.language)
        parties = fill_sides(parties, take_subject(state, predicate), "parties_topic")
    for other in _earlier_same_act(discourse, index, predicate):
        parties = fill_sides(parties, other, "parties_continued")
    parties = fill_sides(parties, _find_related(discourse, index, predicate, parties), "parties_related")
    parties = fill_sides(parties, _find_reporter(predicate, parties, speaker), "parties_reporter")
    return locate_parties(discourse, index if lead_in is None else lead_in, predicate, parties)


def locate_parties(discourse: Discourse, index: int, predicate: Predicate, parties: Parties) -> Parties:
    """The open side of an act of passage ``index``, from where it happened and from what state the story is about."""
    passage = discourse.passages[index]
    parties = fill_sides(parties, _find_setting(passage, predicate, discourse.language), "parties_setting")
    return fill_sides(parties, _find_article_state(discourse, index, predicate, parties), "parties_article")


def _is_own_side(passage: Passage, predicate: Predicate, language: str) -> bool:
    """Whether the speaker's own side acts: "we", "its forces", or a reported verb without a subject."""
    if not fires("actor_is_speaker"):
        return False
    tokens = passage.sentence.tokens
    if is_first_person(tokens, predicate.first, language):
        return True
    if predicate.is_passive:
        return False
    if language != "en" and predicate.frame not in NOUN_FRAMES and _opens_reported_clause(passage, predicate, language):
        return True
    own = load_cues(language).self_references
    said = max((a.end for a in passage.attributions if a.end <= predicate.first), default=0)  # "it said ..."
    before = range(max(said, predicate.first - OWN_SIDE_GAP), predicate.first)
    return any(tokens[i].folded in own and passage.clauses.is_same_clause(i, predicate.first) for i in before)


def _opens_reported_clause(passage: Passage, predicate: Predicate, language: str) -> bool:
    """Whether a verb without a subject of its own opens what is said: "podały, że 11 maja trafiły"."""
    tokens, complementizers = passage.sentence.tokens, load_cues(language).complementizers
    dated = {i for d in passage.dates for i in range(d.first_token, d.last_token)}
    for at in range(predicate.first - 1, max(-1, predicate.first - 1 - SUBJECTLESS_GAP), -1):
        if tokens[at].folded in complementizers:
            free = [tokens[i] for i in range(at + 1, predicate.first) if i not in dated]
            return all(len(token.text) <= 2 or token.kind != "word" for token in free)
    return False


def _earlier_same_act(discourse: Discourse, index: int, predicate: Predicate) -> Iterator[Parties]:
    """Parties of the same kind of act before it in its sentence and in those that it continues, nearest first."""
    if not fires("parties_continued"):
        return
    passage = discourse.passages[index]
    before = [act for act in reversed(passage.predicates) if act.end <= predicate.first]
    yield from _assign_alike(passage, before, predicate, discourse.language)
    for other in range(index - 1, max(-1, index - CONTINUED_REACH), -1):
        earlier = discourse.passages[other]
        same_paragraph = earlier.sentence.paragraph == passage.sentence.paragraph
        same_list = passage.place.lead_in is not None and earlier.place.heading == passage.place.heading
        if same_paragraph or same_list or other == passage.place.heading:
            yield from _assign_alike(earlier, earlier.predicates, predicate, discourse.language)
    if passage.place.lead_in is not None:
        yield from _list_section(discourse, passage, predicate)


def _assign_alike(
    passage: Passage, acts: Sequence[Predicate], predicate: Predicate, language: str
) -> Iterator[Parties]:
    alike = (act for act in acts if act.predicate == predicate.predicate)
    for act in islice(alike, ALIKE):
        yield assign_parties(passage, act, (act.first, act.end), language)


def _list_section(discourse: Discourse, passage: Passage, predicate: Predicate) -> Iterator[Parties]:
    """Sides of the claims before in a list's section."""
    for draft in reversed(discourse.drafts):
        if discourse.passages[draft.passage].place.heading != passage.place.heading:
            return
        if draft.predicate == predicate.predicate:
            yield Parties(draft.actor, draft.counterparty, ())


@cache
def _list_related(predicate: str, key: str) -> tuple[str, ...]:
    return tuple(load_vocabulary("predicates")[predicate].details.get(key, ()))


def _find_related(discourse: Discourse, index: int, predicate: Predicate, parties: Parties) -> Parties:
    """Sides from the claims before: whom the same help goes to, who answers an attack, who is hurt by it."""
    name, paragraph = predicate.predicate, discourse.passages[index].sentence.paragraph
    same_help = (name, *_list_related(name, "goes_with")) if _list_related(name, "goes_with") else ()
    for draft in reversed(discourse.drafts):
        if draft.predicate in same_help and draft.counterparty not in (None, parties.actor):
            return Parties(None, draft.counterparty, ())
        if discourse.passages[draft.passage].sentence.paragraph != paragraph:
            continue
        if draft.predicate in _list_related(name, "answers") and draft.actor is not None:
            return Parties(draft.counterparty, draft.actor, ())
        is_whole = draft.actor is not None and draft.counterparty is not None
        fits = parties.actor is None and parties.counterparty in (None, draft.counterparty)
        if is_whole and fits and draft.predicate in _list_related(name, "caused_by"):
            return Parties(draft.actor, draft.counterparty, ())
    return NOBODY


def _find_reporter(predicate: Predicate, parties: Parties, speaker: Speaker) -> Parties:
    """The state whose armed forces report an attack: they tell what was aimed at them, and what they shot down."""
    details = load_vocabulary("predicates")[predicate.predicate].details
    if not _is_armed(speaker.claimant) or speaker.country in (parties.actor, parties.counterparty):
        return NOBODY
    if details.get("two_sided", False) and parties.actor is not None:
        return Parties(None, speaker.country, ())
    return Parties(speaker.country, None, ()) if details.get("answers") else NOBODY


def _is_armed(claimant: str | None) -> bool:
    """Whether a speaker tells of what its own forces did and met."""
    return claimant_type(claimant) == "military" or (claimant or "").endswith("-defence-ministry")


def _find_setting(passage: Passage, predicate: Predicate, language: str) -> Parties:
    """The state of the place that a sentence names, for what happens there, whichever clause names it."""
    side = read_roles(predicate.predicate).get("place")
    if side is None or not has_side(predicate.predicate, side):
        return NOBODY
    clauses = passage.clauses
    said = {clauses.of[a.first] for a in passage.attributions} - {clauses.of[predicate.first]}  # "said in Copenhagen"
    named = (m for m in passage.mentions if m.country and m.kind in ("party", "adjective"))
    named = (m for m in named if not is_home_capital(m, passage.sentence.tokens, language))
    states = [*named, *list_foreign_places(passage, language)]
    states = [m for m in states if clauses.of[m.first] not in said]
    if len({m.country for m in states}) != 1 or any(is_speaker(m, predicate, passage.attributions) for m in states):
        return NOBODY
    if not any("place" in read_preposition_roles(passage.sentence.tokens, m, language) for m in states):
        return NOBODY
    country = states[0].country
    return Parties(country, None, ()) if side == "actor" else Parties(None, country, ())


def _find_article_state(discourse: Discourse, index: int, predicate: Predicate, parties: Parties) -> Parties:
    """The state that the story is about here, for what is of some state: elections, jobs, victims of a flood.

    An article in the language of one state leaves that state out where it is meant, so that another one that it names
    is where the election was, but not whose budget it is. Of an attack by one of the two states that an article names
    the other one is the target.
    """
    details = load_vocabulary("predicates")[predicate.predicate].details
    if details.get("two_sided", False) and parties.actor is not None:
        others = list_named(discourse) - {parties.actor}
        return Parties(None, next(iter(others)), ()) if len(others) == 1 else NOBODY
    if details.get("paired", False) and (parties.actor is None) != (parties.counterparty is None):
        others = list_named(discourse) - {parties.actor, parties.counterparty}
        other = next(iter(others)) if len(others) == 1 else None
        return Parties(other, None, ()) if parties.actor is None else Parties(None, other, ())
    side = details.get("national")
    state = locate_story(discourse, index) if side is not None else None
    if state is None or (state == load_cues(discourse.language).home_state and not details.get("of_states", False)):
        return NOBODY
    return Parties(state, None, ()) if side == "actor" else Parties(None, state, ())
