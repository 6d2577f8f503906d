"""In which state a story plays where a figure stands: whose election, whose prices, where people died.

A reader takes the state that the first sentences name for that of the whole story, until a sentence moves elsewhere
("In France ..."). A state that is only a source, a goal or an opponent, or an adjective of things, moves nothing.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.context.clauses import is_dash
from quantclaims.context.cues import load_cues
from quantclaims.context.discourse import Discourse
from quantclaims.context.mentions import Mention
from quantclaims.context.passages import Passage
from quantclaims.context.places import has_place_noun
from quantclaims.context.predicates import read_preposition_roles
from quantclaims.context.speakers import claimant_type
from quantclaims.records import Token
from quantclaims.schemas.vocabularies import load_vocabulary
from quantclaims.tokens import fold

LEAD = 2
"""Running sentences that say what a story is about."""


class Located(NamedTuple):
    """The states that a sentence names, by how they locate it."""

    scenes: frozenset[str]
    """Those where it plays, or who are its topic."""
    hints: frozenset[str]
    """Those of its adjectives, people and owners."""
    speakers: frozenset[str]
    """Those that only speak."""
    others: frozenset[str]
    """Those that only come in as source, goal or opponent, and where somebody spoke."""


def locate_story(discourse: Discourse, index: int) -> str | None:
    """ISO 3166-1 alpha-3 of the state that a passage is about where its own clause names none; None when unsure."""
    if not discourse.leading:
        discourse.leading.append(find_leading_state(discourse))
    leading = discourse.leading[0]
    home = load_cues(discourse.language).home_state
    found = _locate_here(discourse, index, leading)
    if found is not None and found == home and not _is_home_named(discourse):
        return None
    return found if home is None or found == leading else None


def _is_home_named(discourse: Discourse) -> bool:
    """Whether the state of the text's language stands in the text itself, and not only behind a body of it ("GUS")."""
    if discourse.is_home_named is None:
        home = load_cues(discourse.language).home_state
        discourse.is_home_named = any(
            m.country == home and m.kind in ("party", "adjective", "people") and not names_other(passage, m)
            for passage in discourse.passages
            for m in passage.mentions
        )
    return discourse.is_home_named


def _locate_here(discourse: Discourse, index: int, leading: str | None) -> str | None:
    own = _locate(discourse, index)
    if len(own.scenes) == 1:
        return next(iter(own.scenes))
    if own.scenes or own.hints - {leading}:
        return None
    paragraph = discourse.passages[index].sentence.paragraph
    for other in range(index - 1, -1, -1):
        passage = discourse.passages[other]
        if passage.sentence.paragraph != paragraph:
            break
        scenes = _locate(discourse, other).scenes
        if scenes:
            return next(iter(scenes)) if len(scenes) == 1 else leading if leading in scenes else None
    return leading


def find_leading_state(discourse: Discourse) -> str | None:
    """The state that the headline and the first sentences name as the scene, or else by an adjective, or else at all.

    Where a body of the state of the text's language speaks in them, it is unsure which of the two is meant.
    """
    located = [_locate(discourse, index) for index in range(len(discourse.passages))]
    scenes: set[str] = set()
    hints: set[str] = set()
    speakers: set[str] = set()
    running = 0
    for passage, states in zip(discourse.passages, located, strict=True):
        scenes |= states.scenes
        hints |= states.hints
        speakers |= states.speakers
        running += passage.place.layout != "heading"
        if scenes or running >= LEAD:
            break
    found = scenes or hints or speakers or _find_only_state(located)
    is_unsure = load_cues(discourse.language).home_state in speakers - found
    return next(iter(found)) if len(found) == 1 and not is_unsure else None


def _find_only_state(located: Sequence[Located]) -> set[str]:
    """The states that a whole text names as more than a source or a goal, where it names no others."""
    named = {name for each in located for name in each.scenes | each.hints | each.speakers}
    return named if all(each.others <= named for each in located) else set()


def _locate(discourse: Discourse, index: int) -> Located:
    """The states of a passage, found once: each claim of a long article asks for all of them."""
    found = discourse.located.get(index)
    if found is None:
        found = discourse.located[index] = locate_passage(discourse.passages[index], discourse.language)
    return found


def locate_passage(passage: Passage, language: str) -> Located:
    """The states of one sentence.

    A union of states is none, and neither is the state of a news agency.
    """
    scenes: set[str] = set()
    hints: set[str] = set()
    speakers: set[str] = set()
    others: set[str] = set()
    tokens = passage.sentence.tokens
    group = scenes
    last = -1
    for mention in sorted(_list_locating(passage, language), key=lambda m: m.first):
        is_joined = _is_joined(passage, last, mention.first, language)
        last = mention.end
        if mention.country is None or mention.country in list_unions():
            continue
        if not is_joined:
            roles = read_preposition_roles(tokens, mention, language)
            if _is_speaker(passage, mention):
                group = speakers
            elif _is_told_there(passage, mention) or (roles and "place" not in roles):
                group = others
            elif mention.kind in ("adjective", "people") or _is_owner(passage, mention, language):
                group = hints
            else:
                group = scenes
        group.add(mention.country)
    return Located(frozenset(scenes), frozenset(hints - scenes), frozenset(speakers), frozenset(others))


def _is_joined(passage: Passage, last: int, first: int, language: str) -> bool:
    """Whether only a comma or "and" stands between two names, so that one preposition takes both."""
    between = passage.sentence.tokens[last:first] if 0 < last < first else ()
    coordinators = load_cues(language).coordinators
    joints = [token for token in between if token.text == "," or token.folded in coordinators]
    return len(joints) == 1 and all(token in joints or has_place_noun(token, language) for token in between)


def _is_owner(passage: Passage, mention: Mention, language: str) -> bool:
    """Whether a state only says whose something is: "Turkey's banks", "allies of Ukraine", "wojska Ukrainy"."""
    if mention.kind == "place":
        return False
    if language == "en":
        before = passage.sentence.tokens[mention.first - 1].folded if mention.first else ""
        return "gen" in mention.cases or before == "of"
    return "gen" in mention.cases and "nom" not in mention.cases


def _list_locating(passage: Passage, language: str) -> Iterator[Mention]:
    for mention in passage.mentions:
        is_body = mention.kind == "claimant" and claimant_type(mention.ident) not in FOREIGN_BODIES
        if is_body or (mention.kind in ("party", "adjective", "people") and not names_other(passage, mention)):
            yield mention
    yield from list_place_mentions(passage, language)


FOREIGN_BODIES = frozenset({"media", "think_tank", "international"})
"""Types of claimant that tell of other states than their own."""


def _is_speaker(passage: Passage, mention: Mention) -> bool:
    """Whether a state only speaks."""
    return any(
        a.speaker.first < mention.end and mention.first < a.speaker.end and a.kind not in ("count", "deny")
        for a in passage.attributions
    )


def _is_told_there(passage: Passage, mention: Mention) -> bool:
    """Whether a state is where somebody spoke: "said in Copenhagen"."""
    return any(
        a.end <= mention.first <= a.end + TOLD_REACH and passage.clauses.is_same_clause(a.end - 1, mention.first)
        for a in passage.attributions
    )


TOLD_REACH = 5
"""Words between a verb of saying and the place where it was said ("told reporters on Monday in")."""


def list_place_mentions(passage: Passage, language: str) -> Iterator[Mention]:
    """The places of a sentence as mentions of their states, each with the noun that says what kind of place it is."""
    for place in passage.places:
        first = place.first
        while first > 0 and has_place_noun(passage.sentence.tokens[first - 1], language):
            first -= 1
        yield Mention(first, place.end, "place", place.country, place.country, place.cases)


def list_foreign_places(passage: Passage, language: str) -> Iterator[Mention]:
    """Those outside the state of the text's language, whose own places name no side: readers know where they are."""
    home = load_cues(language).home_state
    return (place for place in list_place_mentions(passage, language) if place.country != home)


def is_home_capital(mention: Mention, tokens: Sequence[Token], language: str) -> bool:
    """Whether the state of the text's language is named by its capital only, as its readers name a town."""
    home = load_cues(language).home_state
    if home is None or mention.country != home or mention.kind != "party":
        return False
    label = fold(load_vocabulary("countries")[home].label[language], language)
    return tokens[mention.first].folded[:ALIKE] != label[:ALIKE]


ALIKE = 3
"""Letters that the forms of a state's name begin with alike."""


def is_home_town(tokens: Sequence[Token], mention: Mention, language: str) -> bool:
    """Whether the capital of the readers' own state is a town here: "Tribunalul București", "w Warszawie"."""
    at = mention.first - 1
    if at < 0 or tokens[at].kind != "word" or not is_home_capital(mention, tokens, language):
        return False
    roles, cues = read_preposition_roles(tokens, mention, language), load_cues(language)
    return "place" in roles or not (roles or tokens[at].folded in cues.coordinators | cues.complementizers)


def is_dateline(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a place only says where a text was written: "LIMA, Peru (AP) -"; a dash follows in its first words."""
    dash = next((at for at in range(min(DATELINE, len(tokens))) if tokens[at].text in "-–—" and is_dash(tokens, at)), 0)
    return mention.end <= dash and tokens[0].text.isupper() and len(tokens[0].text) > 1


DATELINE = 12
"""Words of the longest dateline."""


def names_other(passage: Passage, mention: Mention) -> bool:
    """Whether a state is named for people or products ("1.3 million Romanians", "Chinese-made") or in a body's name."""
    tokens = passage.sentence.tokens
    after = tokens[mention.end : mention.end + 1]
    if mention.kind == "party":
        return (
            tokens[mention.first].text.isupper() and mention.first > 1 and tokens[mention.first - 1].text[:1].isupper()
        )
    is_counted = any(q.first_token <= mention.first < q.last_token for q in passage.quantities)
    return is_counted or (bool(after) and after[0].text == "-")


@cache
def list_unions() -> frozenset[str]:
    """Codes that stand for unions of states."""
    return frozenset(code for code, term in load_vocabulary("countries").items() if term.details.get("union", False))


def list_named(discourse: Discourse) -> frozenset[str]:
    """Every state that a text names, in whatever role; found once."""
    if discourse.named is None:
        listed = (m for passage in discourse.passages for m in _list_locating(passage, discourse.language))
        discourse.named = frozenset(m.country for m in listed if m.country is not None) - list_unions()
    return discourse.named
