"""Whom a noun phrase names as a speaker: somebody registered, an office of a state, or a name as printed."""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.clauses import Clauses
from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention, compose_claimant, is_registered, party_code
from quantclaims.lemmas import analyse
from quantclaims.records import Token
from quantclaims.schemas.vocabularies import load_vocabulary

QUOTES = frozenset("\"„”“«»'‘’")
SINGLE_QUOTES = frozenset("'‘’")
LONGEST_NAME = 6
"""Words of the longest printed name that is taken whole."""


class Speaker(NamedTuple):
    """Somebody who vouches for a statement."""

    claimant: str | None
    """Register id, or None for somebody the register does not know."""
    text: str | None
    """The name as printed; None where the sentence leaves the speaker out."""
    country: str | None
    is_anaphoric: bool = False
    """Whether the speaker was taken from an earlier sentence."""
    first: int = 0
    end: int = 0
    """Tokens of the name in its sentence, half open."""


ARTICLE = Speaker("article", None, None)


class Scene(NamedTuple):
    """A sentence with the speakers before it."""

    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    clauses: Clauses
    language: str
    history: Sequence[Speaker]
    topic: str


def is_quotation_mark(tokens: Sequence[Token], at: int) -> bool:
    """Whether a mark opens or closes a quotation; an apostrophe does not, unless it is doubled or stands free."""
    token = tokens[at]
    if token.text not in QUOTES or token.text not in SINGLE_QUOTES:
        return token.text in QUOTES
    is_glued_before = at > 0 and tokens[at - 1].end == token.start
    is_doubled = any(0 <= i < len(tokens) and tokens[i].text in SINGLE_QUOTES for i in (at - 1, at + 1))
    return is_doubled or not is_glued_before


def claimant_type(claimant: str | None) -> str | None:
    """The register's type of a claimant."""
    term = load_vocabulary("claimants").get(claimant or "")
    return str(term.details["type"]) if term else None


PRIORITY = ("person", "claimant")


def resolve_speaker(scene: Scene, window: Sequence[Mention]) -> Speaker | None:
    """The speaker that a noun phrase's mentions name: a person or claimant, else an office with its state."""
    for kind in PRIORITY:
        for mention in window:
            if mention.kind == kind:
                return _speaker(scene, mention.ident, mention.first, mention.end, mention.country)
    states = [m for m in window if m.kind in ("party", "people", "adjective")]
    roles = [m for m in window if m.kind in ("office", "institution")]
    return _resolve_state(scene, states[0], roles) if states else _resolve_role(scene, roles)


def _resolve_state(scene: Scene, state: Mention, roles: Sequence[Mention]) -> Speaker | None:
    """A state's office or institution, or its government where the state itself speaks."""
    code = party_code(state.country or "", scene.topic)
    if code is None or not (roles or state.kind != "adjective" or _is_state_side(scene, state)):
        return None
    near = [*roles[:1], state]
    first, end = min(m.first for m in near), max(m.end for m in near)
    if end - first > LONGEST_NAME:
        first, end = state.first, state.end
    composed = (compose_claimant(code, m.ident, scene.topic) for m in roles)
    ident = next((claimant for claimant in composed if claimant), f"{code}-government")
    return _speaker(scene, ident, first, end, state.country)


def _resolve_role(scene: Scene, roles: Sequence[Mention]) -> Speaker | None:
    """An office or institution whose state is not said: somebody named before, somebody unnamed, or as printed."""
    for mention in roles:
        unnamed = load_cues(scene.language).unnamed.get(mention.ident)
        known = _last_speaker(scene, mention) if unnamed is None or _is_definite(scene, mention) else None
        if known:
            return _anaphoric(scene, known, mention.first, mention.end)
        if unnamed:
            return _speaker(scene, unnamed, mention.first, mention.end, None)
    for mention in roles:
        if mention.kind == "institution":
            first = mention.first
            while first > 0 and _is_nominal(scene, first - 1) and not is_article(scene, first - 1):
                first -= 1
            return Speaker(None, _text(scene, first, mention.end), None, False, first, mention.end)
    return None


NEVER_DEFINITE = frozenset({"estimate", "source", "witness", "blogger", "expert", "scientist", "journalist"})
"""Offices whose bare noun names new people each time."""


def _is_definite(scene: Scene, mention: Mention) -> bool:
    """Whether a bare office points back to somebody: "the official", "oficialul", a Polish singular."""
    if mention.ident in NEVER_DEFINITE:
        return False
    token = scene.tokens[mention.first]
    if scene.language == "en":
        return mention.first > 0 and scene.tokens[mention.first - 1].folded in load_cues("en").definite_articles
    if scene.language == "ro":
        return token.folded.endswith(("ul", "ului", "a"))
    readings = [r for r in analyse(token.text, "pl") if r.part == "noun"]
    return bool(readings) and all("sg" in r.numbers for r in readings)


def _is_state_side(scene: Scene, state: Mention) -> bool:
    """Whether a side ("partea rusă", "strona rosyjska") stands for its government."""
    sides = load_cues(scene.language).sides
    near = [*scene.tokens[max(0, state.first - 2) : state.first], *scene.tokens[state.end : state.end + 2]]
    return any(t.folded in sides for t in near)


def _speaker(scene: Scene, claimant: str, first: int, end: int, country: str | None) -> Speaker:
    return Speaker(claimant if is_registered(claimant) else None, _text(scene, first, end), country, False, first, end)


def _anaphoric(scene: Scene, known: Speaker, first: int, end: int) -> Speaker:
    return Speaker(known.claimant, _text(scene, first, end), known.country, True, first, end)


def _text(scene: Scene, first: int, end: int) -> str:
    """Tokens as printed, white space between them as one space."""
    parts = [scene.tokens[first].text]
    for i in range(first + 1, end):
        gap = " " if scene.tokens[i - 1].end < scene.tokens[i].start else ""
        parts.append(gap + scene.tokens[i].text)
    return "".join(parts)


NON_MEDIA = frozenset({"government", "intelligence", "military", "think_tank", "person", "international", "unnamed"})
SPEAKS_AS = {
    "media": frozenset({"media"}),
    "person": NON_MEDIA,
    "any": NON_MEDIA,
    "government": frozenset({"government"}),
}


def _last_speaker(scene: Scene, mention: Mention) -> Speaker | None:
    """The latest speaker whom a bare office or institution can mean: of the same word, else of the same role."""
    word = scene.tokens[mention.end - 1].folded
    for speaker in reversed(scene.history):
        if speaker.text and word in speaker.text.lower().split():
            return speaker
        if speaker.claimant and speaker.claimant.endswith(f"-{mention.ident}"):
            return speaker
    return None if mention.kind == "institution" else _latest(scene, NON_MEDIA)


def _latest(scene: Scene, types: frozenset[str]) -> Speaker | None:
    for speaker in reversed(scene.history):
        if speaker.claimant is None or claimant_type(speaker.claimant) in types:
            return speaker
    return None


def find_anaphor(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """A pronoun or definite noun that stands for an earlier speaker."""
    table = load_cues(scene.language).anaphors
    for i in range(lower, upper):
        hit = table.longest(scene.tokens, i)
        if hit and not scene.tokens[i].folded.endswith("'s"):
            end, kind = hit
            known = _latest(scene, SPEAKS_AS.get(kind, frozenset({kind})))
            if known is None and kind == "any":
                known = _latest(scene, frozenset({"media"}))
            if known:
                return _anaphoric(scene, known, i, end)
    return None


def drop_subject(scene: Scene, first: int, end: int) -> Speaker | None:
    """Polish and Romanian leave the pronoun out: the verb's form alone points back, where content stands beside it."""
    if scene.language == "en" or not scene.history:
        return None
    tokens = scene.tokens
    beside = [tokens[i] for i in (first - 1, end, end + 1) if 0 <= i < len(tokens)]
    complementizers = load_cues(scene.language).complementizers
    if not any(t.text in QUOTES or t.text in ",-–—:" or t.folded in complementizers for t in beside):
        return None
    known = _latest(scene, NON_MEDIA)
    if known is None:
        return None
    return Speaker(known.claimant, None if known.claimant else known.text, known.country, is_anaphoric=True)


def name_unsigned(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """Estimates, reports or data that nobody signs ("według szacunków")."""
    nouns = load_cues(scene.language).report_nouns
    if any(nouns.longest(scene.tokens, i) for i in range(lower, min(upper, lower + 3))):
        return _speaker(scene, "unnamed-estimates", lower, min(upper, lower + 1), None) if upper - lower <= 3 else None
    return None


def print_name(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """The first run of capitalised words, as printed: a speaker whom the register does not know."""
    i = lower
    while i < upper:
        known = any(m.first <= i < m.end for m in scene.mentions)
        is_word = is_article(scene, i) or load_cues(scene.language).anaphors.longest(scene.tokens, i) is not None
        if is_capitalised(scene.tokens[i]) and not known and not is_word and not (i == 0 and _is_common(scene, i)):
            end = i + 1
            while end < upper and is_capitalised(scene.tokens[end]):
                end += 1
            return Speaker(None, _text(scene, i, end), None, False, i, end)
        i += 1
    return None


def print_phrase(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """A noun phrase that names its speaker by a common noun ("the farmers' union"), as printed."""
    start = lower
    while start < upper and is_article(scene, start):
        start += 1
    end = start
    while end < upper and end - start < LONGEST_NAME and _is_nominal(scene, end):
        end += 1
    return Speaker(None, _text(scene, start, end), None, False, start, end) if end > start else None


def is_article(scene: Scene, at: int) -> bool:
    """Whether a word is an article, which a printed name leaves out."""
    return scene.tokens[at].folded in load_cues(scene.language).articles


NOMINAL = frozenset({"noun", "adjective", "participle", "unknown", "proper", "abbreviation"})


def _is_nominal(scene: Scene, at: int) -> bool:
    """Whether a word can stand in a noun phrase; a preposition, a verb or a mark ends one."""
    token = scene.tokens[at]
    if token.kind not in ("word", "code") or load_cues(scene.language).roles.match(scene.tokens, at):
        return token.text in ("-", "&", "'", "’")
    parts = {reading.part for reading in analyse(token.text, scene.language)}
    return bool(parts & NOMINAL) or is_capitalised(token)


def is_capitalised(token: Token) -> bool:
    """Whether a word or code starts with a capital."""
    return token.kind in ("word", "code") and token.text[:1].isupper()


def _is_common(scene: Scene, at: int) -> bool:
    """Whether a sentence's first word is capitalised only because it is the first."""
    token = scene.tokens[at]
    if scene.language == "ro":
        return True
    return any(
        r.part not in ("unknown", "proper") and r.lemma.islower() for r in analyse(token.text.lower(), scene.language)
    )
