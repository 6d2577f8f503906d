"""Who vouches for what a sentence says, and who only passes it on.

An attribution is a cue ("według", "a declarat", "citing") with its speaker. The claimant of a figure is the speaker
of the innermost cue that covers it; outer cues, and media whenever somebody else speaks, are relays.
"""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.clauses import Clauses, is_dash
from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention, compose_claimant, is_registered, party_code
from quantclaims.context.predicates import read_preposition_roles
from quantclaims.lemmas import analyse
from quantclaims.records import Token
from quantclaims.schemas.vocabularies import load_vocabulary

WINDOW = 16
"""Words within which a cue's speaker stands; longer titles are rare, and a miss names nobody."""
QUOTES = frozenset("\"„”“«»'‘’")


class Speaker(NamedTuple):
    """Somebody who vouches for a statement."""

    claimant: str | None
    """Register id, or None for somebody the register does not know."""
    text: str | None
    """The name as printed; None where the sentence leaves the speaker out."""
    country: str | None
    is_anaphoric: bool = False
    """Whether the speaker was taken from an earlier sentence."""


ARTICLE = Speaker("article", None, None)


class Attribution(NamedTuple):
    """A cue at tokens ``first`` to ``end`` with its speaker."""

    first: int
    end: int
    speaker: Speaker
    kind: str
    """``according_to``, ``citing``, ``say``, ``relay``, ``deny``, ``noun`` or ``headline``."""
    rule: str


def claimant_type(claimant: str | None) -> str | None:
    """The register's type of a claimant."""
    term = load_vocabulary("claimants").get(claimant or "")
    return str(term.details["type"]) if term else None


def find_attributions(
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    clauses: Clauses,
    language: str,
    history: Sequence[Speaker],
    topic: str = "arms",
) -> list[Attribution]:
    """Every cue of a sentence whose speaker can be told; ``history`` lists earlier speakers, latest last."""
    cues = load_cues(language)
    scene = Scene(tokens, mentions, clauses, language, history, topic)
    found = []
    headline = _read_headline(scene)
    if headline:
        found.append(headline)
    at = 0
    while at < len(tokens):
        hit = cues.attribution.longest(tokens, at)
        attribution = None
        if hit is not None:
            end, _ = hit
            kinds = {kind for stop, kind in cues.attribution.match(tokens, at) if stop == end}
            previous = found[-1].end if found else 0
            attribution = _read_cue(scene, at, end, kinds, previous)
        if attribution is None:
            attribution = _read_report_noun(scene, at)
        if attribution is None:
            at += 1
        else:
            found.append(attribution)
            at = max(at + 1, attribution.end)
    return found


class Scene(NamedTuple):
    """What the readers of cues look at."""

    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    clauses: Clauses
    language: str
    history: Sequence[Speaker]
    topic: str


def _read_headline(scene: Scene) -> Attribution | None:
    """The speaker before a colon at the start ("Moscow: ...")."""
    for mention in scene.mentions:
        if mention.first <= 1 and mention.end < len(scene.tokens) and scene.tokens[mention.end].text == ":":
            speaker = _resolve(scene, [mention])
            if speaker and mention.end + 1 < len(scene.tokens):
                return Attribution(0, mention.end + 1, speaker, "headline", "headline_colon")
    return None


def _read_cue(scene: Scene, first: int, end: int, kinds: set[str], previous: int) -> Attribution | None:
    if kinds & {"according_to", "citing"}:
        speaker = _speaker_after_preposition(scene, first, end)
        kind = "citing" if "citing" in kinds else "according_to"
        return Attribution(first, end, speaker, kind, kind) if speaker else None
    if not _is_verb(scene, first):
        return None
    kind = "deny" if "deny" in kinds else "relay" if kinds == {"relay"} else "say"
    speaker = _subject(scene, first, end, previous)
    return Attribution(first, end, speaker, kind, f"{kind}_verb") if speaker else None


def _is_verb(scene: Scene, at: int) -> bool:
    """Whether a word of saying is a finite verb here: "raport" and "the report" are not."""
    token = scene.tokens[at]
    parts = {reading.part for reading in analyse(token.text, scene.language)}
    if scene.language == "pl":
        return any(r.part == "verb" and not r.tag.startswith("inf") for r in analyse(token.text, "pl"))
    if scene.language == "en":
        if at and token.text[:1].isupper():
            return False  # "the United States"
        return "verb" in parts and ("noun" not in parts or _follows_speaker(scene, at))
    if token.folded.endswith(
        ("t", "s")
    ):  # a participle wants its auxiliary: "a declarat", but "declarat nul" does not say
        nearby = {t.folded for t in scene.tokens[max(0, at - 3) : at]}
        return bool(nearby & {"a", "au", "am", "fi", "fost"}) or token.folded == "spus"
    return True


def _follows_speaker(scene: Scene, at: int) -> bool:
    """Whether an English word that may be a noun ("report", "state") stands where a verb would."""
    before, after = scene.tokens[max(0, at - 1)], scene.tokens[min(len(scene.tokens) - 1, at + 1)]
    if at == 0 or after.folded == "of":
        return False
    if any(m.end == at for m in scene.mentions) or after.folded in load_cues(scene.language).complementizers:
        return True
    if load_cues(scene.language).anaphors.longest(scene.tokens, at - 1):
        return True
    is_after_content = before.text in QUOTES or before.text == ","
    return (
        before.folded.endswith("ly")
        or before.folded in ("also", "who")
        or (is_after_content and any(m.first == at + 1 for m in scene.mentions))
    )


def _speaker_after_preposition(scene: Scene, first: int, end: int) -> Speaker | None:
    stop = _phrase_end(scene, end)
    if end < len(scene.tokens) and load_cues(scene.language).clause_openers.longest(scene.tokens, end):
        return None  # "według których": the speaker is a relative pronoun
    window = [m for m in scene.mentions if end <= m.first < stop]
    cue = scene.tokens[first].folded
    is_doubtful = cue in load_cues(scene.language).doubtful_introducers and end - first == 1
    if is_doubtful:
        window = [m for m in window if m.first - end <= 1 and m.kind in ("claimant", "person", "office", "institution")]
        return _resolve(scene, window) if window else None
    return _resolve(scene, window) or _unnamed(scene, end, stop) or _printed_name(scene, end, stop)


def _phrase_end(scene: Scene, start: int) -> int:
    """End of the noun phrase after an introducing preposition: a comma, a verb of saying or a clause border."""
    complementizers = load_cues(scene.language).complementizers
    for i in range(start, min(len(scene.tokens), start + WINDOW)):
        token = scene.tokens[i]
        closes = token.text in ",;:" or token.folded in complementizers or (token.text in QUOTES and i > start)
        if closes or token.kind == "digits" or (token.text == "-" and is_dash(scene.tokens, i)):
            return i
    return min(len(scene.tokens), start + WINDOW)


def _subject(scene: Scene, first: int, end: int, previous: int) -> Speaker | None:
    """The speaker of a verb: before it in its clause, after it, or left out and known from before.

    ``previous`` is where an earlier cue of the sentence ends: its speaker is not this verb's.
    """
    left = max(_left_edge(scene, first), previous)
    right = _right_edge(scene, end)
    inner = max((i + 1 for i in range(left, first) if scene.tokens[i].text == ","), default=left)
    before = _subject_mentions(scene, left, first)[::-1]
    after = _subject_mentions(scene, end, right)
    follows_content = (first == inner or scene.tokens[first - 1].text in QUOTES) and not _is_addressing(scene, first)
    own = [m for m in before if m.first >= inner]
    owners = [
        m for m in scene.mentions if end <= m.first < right and "gen" in m.cases and not _has_preposition(scene, m)
    ]
    for window in (own, after, before, owners) if follows_content else (own, before, after, owners):
        speaker = _resolve(scene, window)
        if speaker:
            return speaker
    for lower, upper in ((left, first), (end, right)):
        speaker = _anaphor(scene, lower, upper)
        if speaker:
            return speaker
    return (
        _printed_name(scene, max(left, first - NAME_GAP), first)
        or _printed_name(scene, end, min(right, end + NAME_GAP))
        or _dropped_subject(scene, first, end)
    )


def _is_addressing(scene: Scene, verb: int) -> bool:
    """Whether the name after the verb is the listener's ("told"), never the speaker's."""
    addressing = load_cues(scene.language).addressing
    return any(reading.lemma in addressing for reading in analyse(scene.tokens[verb].text, scene.language))


def _has_preposition(scene: Scene, mention: Mention) -> bool:
    return bool(read_preposition_roles(scene.tokens, mention, scene.language))


NAME_GAP = 4
"""Words within which an unregistered name must stand to be the verb's subject."""
APPOSITION_GAP = 4
"""Words between an office and whose office it is ("spokesman for national security at the ...")."""


def _left_edge(scene: Scene, at: int) -> int:
    """Start of the clause that a verb stands in."""
    edge = at
    while edge > 0 and at - edge < 2 * WINDOW:
        token = scene.tokens[edge - 1]
        is_break = token.text in QUOTES or (token.text in "-–—" and is_dash(scene.tokens, edge - 1))
        if is_break or not scene.clauses.is_same_clause(edge - 1, at):
            break
        edge -= 1
    return edge


def _right_edge(scene: Scene, start: int) -> int:
    """Where a subject after its verb ends; a comma closes it unless a name stands before it."""
    complementizers = load_cues(scene.language).complementizers
    for i in range(start, min(len(scene.tokens), start + WINDOW)):
        token = scene.tokens[i]
        if token.folded in complementizers or token.text in QUOTES or token.text in ":;":
            return i
        if token.kind == "digits" and i - start > 2:
            return i
        if token.text == "," and not any(_is_capitalised(t) for t in scene.tokens[start:i]):
            return i
    return min(len(scene.tokens), start + WINDOW)


def _subject_mentions(scene: Scene, lower: int, upper: int) -> list[Mention]:
    """Mentions that can be the subject, with the owners that follow them ("the spokesman of the ministry")."""
    found: list[Mention] = []
    for mention in scene.mentions:
        if not lower <= mention.first < upper:
            continue
        if _can_be_subject(scene, mention, lower) or (found and _is_owner(scene, found[-1], mention)):
            found.append(mention)
    return found


def _is_owner(scene: Scene, office: Mention, mention: Mention) -> bool:
    """Whether a mention says whose office the one before it is."""
    if office.kind not in ("office", "institution", "person") or mention.first - office.end > APPOSITION_GAP:
        return False
    roles = read_preposition_roles(scene.tokens, mention, scene.language)
    return not roles & {"agent", "with"}


def _can_be_subject(scene: Scene, mention: Mention, start: int) -> bool:
    """No preposition before it, nominative where the language shows case, or the owner of a report."""
    nouns = load_cues(scene.language).report_nouns
    if any(nouns.longest(scene.tokens, i) for i in range(max(start, mention.first - 3), mention.first)):
        return True
    if _has_preposition(scene, mention):
        return False
    return scene.language != "pl" or not mention.cases or "nom" in mention.cases or mention.kind == "person"


PRIORITY = ("person", "claimant")


def _resolve(scene: Scene, window: Sequence[Mention]) -> Speaker | None:
    """The speaker that a noun phrase's mentions name: a person or claimant, else an office with its state."""
    for kind in PRIORITY:
        for mention in window:
            if mention.kind == kind:
                return _speaker(scene, mention.ident, mention.first, mention.end, mention.country)
    states = [m for m in window if m.kind in ("party", "people", "adjective")]
    roles = [m for m in window if m.kind in ("office", "institution")]
    if states:
        state = states[0]
        code = party_code(state.country or "", scene.topic)
        near = [*roles[:1], state]
        first, end = min(m.first for m in near), max(m.end for m in near)
        if end - first > 6:
            first, end = state.first, state.end
        if code and (roles or state.kind != "adjective" or _is_state_side(scene, state)):
            composed = (compose_claimant(code, m.ident, scene.topic) for m in roles)
            ident = next((claimant for claimant in composed if claimant), f"{code}-government")
            return _speaker(scene, ident, first, end, state.country)
        return None
    for mention in roles:
        unnamed = load_cues(scene.language).unnamed.get(mention.ident)
        known = _last_speaker(scene, mention) if unnamed is None or _is_definite(scene, mention) else None
        if known:
            text = _text(scene, mention.first, mention.end)
            return Speaker(known.claimant, text, known.country, is_anaphoric=True)
        if unnamed:
            return _speaker(scene, unnamed, mention.first, mention.end, None)
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
    near = scene.tokens[max(0, state.first - 2) : state.first] + scene.tokens[state.end : state.end + 2]
    return any(t.folded in sides for t in near)


def _speaker(scene: Scene, claimant: str, first: int, end: int, country: str | None) -> Speaker:
    return Speaker(claimant if is_registered(claimant) else None, _text(scene, first, end), country)


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


def _anaphor(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """A pronoun or definite noun that stands for an earlier speaker."""
    table = load_cues(scene.language).anaphors
    for i in range(lower, upper):
        hit = table.longest(scene.tokens, i)
        if hit and not scene.tokens[i].folded.endswith("'s"):
            end, kind = hit
            known = _latest(scene, SPEAKS_AS.get(kind, frozenset({kind})))
            if known:
                return Speaker(known.claimant, _text(scene, i, end), known.country, is_anaphoric=True)
    return None


def _dropped_subject(scene: Scene, first: int, end: int) -> Speaker | None:
    """Polish and Romanian leave the pronoun out: the verb's form alone points back, where content stands beside it."""
    if scene.language == "en" or not scene.history:
        return None
    tokens = scene.tokens
    beside = [tokens[i] for i in (first - 1, end, end + 1) if 0 <= i < len(tokens)]
    complementizers = load_cues(scene.language).complementizers
    if not any(t.text in QUOTES or t.text in ",-–—:" or t.folded in complementizers for t in beside):
        return None
    known = _latest(scene, NON_MEDIA)
    return Speaker(known.claimant, None, known.country, is_anaphoric=True) if known else None


def _unnamed(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """Estimates, reports or data that nobody signs ("według szacunków")."""
    nouns = load_cues(scene.language).report_nouns
    if any(nouns.longest(scene.tokens, i) for i in range(lower, min(upper, lower + 3))):
        return _speaker(scene, "unnamed-estimates", lower, min(upper, lower + 1), None) if upper - lower <= 3 else None
    return None


def _printed_name(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """The first run of capitalised words: a speaker whom the register does not know."""
    i = lower
    while i < upper:
        known = any(m.first <= i < m.end for m in scene.mentions)
        if _is_capitalised(scene.tokens[i]) and not known and not (i == 0 and _is_common(scene, i)):
            end = i + 1
            while end < upper and _is_capitalised(scene.tokens[end]):
                end += 1
            return Speaker(None, _text(scene, i, end), None)
        i += 1
    return None


def _is_capitalised(token: Token) -> bool:
    return token.kind in ("word", "code") and token.text[:1].isupper()


def _is_common(scene: Scene, at: int) -> bool:
    """Whether a sentence's first word is capitalised only because it is the first."""
    token = scene.tokens[at]
    if scene.language == "ro":
        return True
    return any(
        r.part not in ("unknown", "proper") and r.lemma.islower() for r in analyse(token.text.lower(), scene.language)
    )


def _read_report_noun(scene: Scene, at: int) -> Attribution | None:
    """The owner of a report who vouches for its clause ("a U.S. intelligence assessment that ...")."""
    cues = load_cues(scene.language)
    hit = cues.report_nouns.longest(scene.tokens, at)
    if hit is None or hit[0] >= len(scene.tokens) or scene.tokens[hit[0]].folded not in cues.complementizers:
        return None
    end = hit[0]
    owners = [m for m in scene.mentions if at - 1 <= m.end <= at]
    speaker = _resolve(scene, owners)
    return Attribution(at, end + 1, speaker, "noun", "report_noun") if speaker else None


def choose_speaker(
    attributions: Sequence[Attribution], first: int, end: int
) -> tuple[Speaker, tuple[str, ...], str] | None:
    """``(speaker, relays, rule)`` for tokens ``first`` to ``end``; None where the sentence names nobody.

    The innermost cue wins: the last before the figure, else the first after it. A cited source outranks who cites it.
    """
    before = [a for a in attributions if a.end <= first]
    after = [a for a in attributions if a.first >= end]
    inner = before[-1] if before else after[0] if after else None
    if inner is None:
        return None
    outer = [a for a in before[:-1] if a.speaker.claimant != inner.speaker.claimant]
    others = [a for a in attributions if a is not inner]
    cited = [a for a in others if a.kind == "citing"]
    is_relay = inner.kind == "relay" or claimant_type(inner.speaker.claimant) == "media"
    if cited and inner.kind != "citing":
        outer, inner = [inner], cited[0]
    elif is_relay:
        vouching = [
            a
            for a in others
            if a.kind in ("say", "according_to", "noun") and claimant_type(a.speaker.claimant) != "media"
        ]
        if vouching and not before:
            outer, inner = [inner], vouching[0]
    via = tuple(dict.fromkeys(a.speaker.claimant or a.speaker.text or "" for a in reversed(outer)))
    return inner.speaker, tuple(name for name in via if name), inner.rule
