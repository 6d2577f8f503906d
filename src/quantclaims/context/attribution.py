"""Who vouches for what a sentence says, and who only passes it on.

An attribution is a cue ("według", "a declarat", "citing") with its speaker. The claimant of a figure is the speaker
of the innermost cue that covers it; outer cues, and media whenever somebody else speaks, are relays.
"""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.clauses import Clauses, is_comma, is_dash
from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention
from quantclaims.context.predicates import read_preposition_roles
from quantclaims.context.speakers import (
    QUOTES,
    Scene,
    Speaker,
    claimant_type,
    drop_subject,
    find_anaphor,
    is_capitalised,
    is_quotation_mark,
    name_unsigned,
    print_name,
    print_phrase,
    resolve_speaker,
)
from quantclaims.lemmas import analyse
from quantclaims.records import Token

WINDOW = 16
"""Words within which a cue's speaker stands; longer titles are rare, and a miss names nobody."""


class Attribution(NamedTuple):
    """A cue at tokens ``first`` to ``end`` with its speaker."""

    first: int
    end: int
    speaker: Speaker
    kind: str
    """``according_to``, ``citing``, ``say``, ``count`` ("recorded 40 violations"), ``relay``, ``deny``, ``unsaid``
    ("did not confirm"), ``noun`` or ``headline``."""
    rule: str
    listener: str | None = None
    """Register id of the medium that was told."""


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
            previous = max((a.end for a in found if a.kind in ("say", "relay", "deny")), default=0)
            attribution = _read_cue(scene, _verb_start(scene, at), end, kinds, previous)
        if attribution is None:
            attribution = _read_report_noun(scene, at)
        if attribution is None:
            at += 1
        else:
            found.append(attribution)
            at = max(at + 1, attribution.end)
    return found


def _read_headline(scene: Scene) -> Attribution | None:
    """The speaker before a colon at the start ("Moscow: ...")."""
    for mention in scene.mentions:
        if mention.first <= 1 and mention.end < len(scene.tokens) and scene.tokens[mention.end].text == ":":
            speaker = resolve_speaker(scene, [mention])
            if speaker and mention.end + 1 < len(scene.tokens):
                return Attribution(0, mention.end + 1, speaker, "headline", "headline_colon")
    return None


def _read_cue(scene: Scene, first: int, end: int, kinds: set[str], previous: int) -> Attribution | None:
    if kinds & {"according_to", "citing"}:
        speaker = _speaker_after_preposition(scene, first, end)
        kind = "citing" if "citing" in kinds else "according_to"
        return Attribution(first, end, speaker, kind, kind) if speaker else None
    if not _is_verb(scene, end - 1 if scene.language == "ro" else first):
        return None
    kind = "deny" if "deny" in kinds else "relay" if kinds == {"relay"} else "say"
    if kind != "deny" and not _has_content(scene, first, end):
        if "count" not in kinds:
            return None
        kind = "count"
    speaker = _subject(scene, first, end, previous)
    if speaker is None:
        return None
    if _is_negated(scene, first):
        return Attribution(first, end, speaker, "unsaid", "negated_saying")
    return Attribution(first, end, speaker, kind, f"{kind}_verb", _listener(scene, first, end, speaker))


NOT_VOUCHING = frozenset({"deny", "unsaid"})
"""Kinds of cue whose speaker does not stand for what the clause says."""
NEGATION_GAP = 2
"""Words between a negation and the verb of saying that it negates."""


def _is_negated(scene: Scene, verb: int) -> bool:
    """Whether somebody did not say it: "did not confirm that", "nie potwierdził, że"."""
    table = load_cues(scene.language).negation
    near = range(max(0, verb - NEGATION_GAP), verb)
    return any(kind == "particles" for at in near for _, kind in table.match(scene.tokens, at))


CONTENT_REACH = 14
"""Words after a verb of saying within which its clause opens."""


def _has_content(scene: Scene, first: int, end: int) -> bool:
    """Whether a clause or quotation is said here: "podała, że", but not "przekazała Rosji 5 tys. ton".

    A verb that only says, and neither acts nor counts, needs no proof.
    """
    cues, tokens = load_cues(scene.language), scene.tokens
    kinds = {kind for _, kind in cues.attribution.match(tokens, end - 1)}
    if "count" not in kinds and not cues.predicates.match(tokens, end - 1):
        return True
    if first and (tokens[first - 1].text in QUOTES or tokens[first - 1].text in ",-–—"):
        return True
    if first and cues.as_introducers.longest(tokens, first - 1):
        return True
    following = tokens[end : end + CONTENT_REACH]
    return any(t.folded in cues.complementizers or t.text in ":„" for t in following)


def _listener(scene: Scene, first: int, end: int, speaker: Speaker) -> str | None:
    """The medium that a statement was made to ("told Reuters", "powiedział Bloombergowi", "pentru Bloomberg")."""
    for mention in scene.mentions:
        if mention.kind != "claimant" or not end <= mention.first <= end + 2 or mention.ident == speaker.claimant:
            continue
        is_dative = "dat" in mention.cases or (scene.language == "pl" and not mention.cases)
        is_told = _is_addressing(scene, first) or is_dative or _has_preposition(scene, mention)
        if is_told and claimant_type(mention.ident) == "media":
            return mention.ident
    return None


def _verb_start(scene: Scene, at: int) -> int:
    """Where a compound verb starts: Romanian "a mai anunțat" with its auxiliary and adverb."""
    auxiliaries = load_cues(scene.language).compound_auxiliaries
    while at > 0 and scene.tokens[at - 1].folded in auxiliaries:
        at -= 1
    return at


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
    if token.folded.endswith(("t", "s")):  # a participle wants its auxiliary: "a declarat", not "declarat nul"
        nearby = {t.folded for t in scene.tokens[max(0, at - AUXILIARY_GAP) : at]}
        return bool(nearby & load_cues("ro").compound_auxiliaries)
    return True


AUXILIARY_GAP = 3
"""Words between a Romanian participle and its auxiliary ("a mai spus")."""


def _follows_speaker(scene: Scene, at: int) -> bool:
    """Whether an English word that may be a noun ("report", "state") stands where a verb would."""
    before, after = scene.tokens[max(0, at - 1)], scene.tokens[min(len(scene.tokens) - 1, at + 1)]
    if at == 0 or after.folded in load_cues(scene.language).of_links:
        return False
    if any(m.end == at for m in scene.mentions) or after.folded in load_cues(scene.language).complementizers:
        return True
    if load_cues(scene.language).anaphors.longest(scene.tokens, at - 1):
        return True
    is_after_content = before.text in QUOTES or before.text == ","
    return (
        before.folded.endswith("ly")
        or before.folded in load_cues(scene.language).verb_adverbs
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
        return resolve_speaker(scene, window) if window else None
    return (
        resolve_speaker(scene, [m for m in window if not _is_clause_subject(scene, m, end)])
        or name_unsigned(scene, end, stop)
        or print_phrase(scene, end, stop)
        or print_name(scene, end, stop)
    )


def _is_clause_subject(scene: Scene, mention: Mention, start: int) -> bool:
    """Whether a name after "według X" is already the subject of what X says: nominative, not right after the cue."""
    return scene.language == "pl" and mention.first > start and mention.cases == frozenset(("nom",))


def _phrase_end(scene: Scene, start: int) -> int:
    """End of the noun phrase after an introducing preposition: a comma, a verb of saying or a clause border."""
    complementizers = load_cues(scene.language).complementizers
    for i in range(start, min(len(scene.tokens), start + WINDOW)):
        token = scene.tokens[i]
        closes = token.text in ",;:" or token.folded in complementizers or (token.text in QUOTES and i > start)
        closes = closes or (i > start and _opens_adverbial(scene, i))
        if closes or token.kind == "digits" or (token.text == "-" and is_dash(scene.tokens, i)):
            return i
    return min(len(scene.tokens), start + WINDOW)


def _opens_adverbial(scene: Scene, at: int) -> bool:
    """Whether a preposition ends the speaker's name; after an office it may still say whose office it is."""
    cues = load_cues(scene.language)
    if scene.tokens[at].folded in cues.of_links or not cues.roles.match(scene.tokens, at):
        return False
    return not any(m.end == at and m.kind in ("office", "institution") for m in scene.mentions)


def _subject(scene: Scene, first: int, end: int, previous: int) -> Speaker | None:
    """The speaker of a verb: before it in its clause, after it, or left out and known from before.

    ``previous`` is where an earlier cue of the sentence ends: its speaker is not this verb's.
    """
    left = max(_left_edge(scene, first), previous)
    right = _right_edge(scene, end)
    inner = max((i + 1 for i in range(left, first) if is_comma(scene.tokens, i)), default=left)
    before = _subject_mentions(scene, left, first)[::-1]
    after = _subject_mentions(scene, end, right)
    follows_content = (first == inner or scene.tokens[first - 1].text in QUOTES) and not _is_addressing(scene, first)
    own = [m for m in before if m.first >= inner]
    if left < inner < first:  # "..., the farmers' union said": what stands before the comma is what they said
        parenthetical = _parenthetical_subject(scene, own, inner, first)
        if parenthetical:
            return parenthetical
    owners = [
        m for m in scene.mentions if end <= m.first < right and "gen" in m.cases and not _has_preposition(scene, m)
    ]
    for window in (own, after, before, owners) if follows_content else (own, before, after, owners):
        speaker = resolve_speaker(scene, window)
        if speaker:
            return speaker
    for lower, upper in ((left, first), (end, right)):
        speaker = find_anaphor(scene, lower, upper)
        if speaker:
            return speaker
    if follows_content:
        spans = [(inner, first), (end, right)]
    else:
        spans = [(max(inner, first - NAME_GAP), first), (end, min(right, end + NAME_GAP))]
    for lower, upper in spans:
        speaker = print_name(scene, lower, upper) if lower < upper else None
        if speaker:
            return speaker
    return drop_subject(scene, first, end) or _print_subject(scene, inner, first, end, right, follows_content)


def _parenthetical_subject(scene: Scene, own: Sequence[Mention], inner: int, verb: int) -> Speaker | None:
    """The subject between a comma and its verb: somebody known, a pronoun, or the phrase as printed."""
    speaker = resolve_speaker(scene, own) or find_anaphor(scene, inner, verb) or print_name(scene, inner, verb)
    if speaker is not None:
        return speaker
    phrase = print_phrase(scene, inner, verb)
    return phrase if phrase is not None and phrase.end == verb else None


def _print_subject(scene: Scene, inner: int, first: int, end: int, right: int, follows_content: bool) -> Speaker | None:
    """A common noun as the speaker, where the verb's place leaves no doubt which phrase is its subject."""
    if inner < first and (inner > 0 or not follows_content):
        return print_phrase(scene, inner, first)
    return print_phrase(scene, end, right) if follows_content else None


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
        is_break = is_quotation_mark(scene.tokens, edge - 1) or (
            token.text in "-–—" and is_dash(scene.tokens, edge - 1)
        )
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
        if token.text == "," and not any(is_capitalised(t) for t in scene.tokens[start:i]):
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
    if scene.language == "en" and "gen" in mention.cases and mention.kind != "claimant":
        return False  # "Ukraine's exports"
    return scene.language != "pl" or not mention.cases or "nom" in mention.cases or mention.kind == "person"


def _read_report_noun(scene: Scene, at: int) -> Attribution | None:
    """The owner of a report who vouches for its clause ("a Danish defence study that ...")."""
    cues = load_cues(scene.language)
    hit = cues.report_nouns.longest(scene.tokens, at)
    if hit is None or hit[0] >= len(scene.tokens) or scene.tokens[hit[0]].folded not in cues.complementizers:
        return None
    end = hit[0]
    owners = [m for m in scene.mentions if at - 1 <= m.end <= at]
    speaker = resolve_speaker(scene, owners)
    return Attribution(at, end + 1, speaker, "noun", "report_noun") if speaker else None


def choose_speaker(
    attributions: Sequence[Attribution], first: int, end: int
) -> tuple[Speaker, tuple[str, ...], str] | None:
    """``(speaker, relays, rule)`` for tokens ``first`` to ``end``; None where the sentence names nobody.

    The innermost cue wins: the last before the figure, else the first after it. A cited source outranks who cites it.
    """
    vouching = [a for a in attributions if a.kind not in NOT_VOUCHING]
    before = [a for a in vouching if a.end <= first]
    after = [a for a in vouching if a.first >= end]
    inner = before[-1] if before else after[0] if after else None
    if inner is None:
        return None
    outer = [a for a in before[:-1] if a.speaker.claimant != inner.speaker.claimant]
    others = [a for a in vouching if a is not inner]
    cited = [a for a in others if a.kind == "citing"]
    is_relay = inner.kind == "relay" or claimant_type(inner.speaker.claimant) == "media"
    if cited and inner.kind != "citing":
        outer, inner = [inner], cited[0]
    elif is_relay:
        sources = [
            a
            for a in others
            if a.kind in ("say", "according_to", "noun") and claimant_type(a.speaker.claimant) != "media"
        ]
        if sources and not before:
            outer, inner = [inner], sources[0]
    relays = [inner.listener, *(a.speaker.claimant or a.speaker.text for a in reversed(outer))]
    via = tuple(dict.fromkeys(name for name in relays if name and name != inner.speaker.claimant))
    return inner.speaker, via, inner.rule
