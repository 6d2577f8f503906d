"""Who vouches for what a sentence says, and who only passes it on.

An attribution is a cue ("według", "a declarat", "citing") with its speaker. The claimant of a figure is the speaker
of the innermost cue that covers it; outer cues, and media whenever somebody else speaks, are relays.
"""

from typing import NamedTuple

from quantclaims.context.clauses import is_dash
from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention
from quantclaims.context.names import is_capitalised, print_name, print_phrase, starts_report
from quantclaims.context.predicates import follows_preposition
from quantclaims.context.reports import name_owner, name_possessor, name_report
from quantclaims.context.saying import (
    find_verb_start,
    has_content,
    has_passive_auxiliary,
    has_subject,
    is_negated,
    is_passive_participle,
    is_saying_verb,
)
from quantclaims.context.scene import ARTICLE, Scene, Speaker
from quantclaims.context.speakers import QUOTES, claimant_type, find_anaphor, point_back, resolve_speaker
from quantclaims.context.subjects import WINDOW, find_subject, has_preposition, is_addressing, prefer_person
from quantclaims.lemmas import analyse
from quantclaims.records import Token


class Attribution(NamedTuple):
    """A cue at tokens ``first`` to ``end`` with its speaker."""

    first: int
    end: int
    speaker: Speaker
    kind: str
    """``according_to``, ``citing``, ``say``, ``count`` ("recorded 40 violations"), ``relay``, ``deny``, ``unsaid``
    ("did not confirm"), ``quoted`` ("quoted by Politico"), ``noun`` or ``headline``."""
    rule: str
    listener: str | None = None
    """Register id of the medium that was told."""
    is_introduced: bool = False
    """Whether the cue only introduces what the sentence says ("as the bank announced")."""
    than: int | None = None
    """The "than" before the cue, which then says only whose figure is compared to."""
    reach: int | None = None
    """Words before the cue that it covers, where it is only attached to a figure ("the 4 per cent expected by")."""
    has_object: bool = False
    """Whether the cue's verb has a figure of its own behind it: "Eurostat put inflation at 2.2"."""
    turn: int | None = None
    """The last "but" before the cue, which parts it from what was said before."""


def find_attributions(scene: Scene) -> list[Attribution]:
    """Every cue of a sentence whose speaker can be told; a speaker before it in the sentence is remembered, too."""
    cues = load_cues(scene.language)
    found = []
    headline = _read_headline(scene)
    if headline:
        found.append(headline)
    at = 0
    while at < len(scene.tokens):
        spoke = [a.speaker for a in found if a.kind not in ("noun", "unsaid") and not a.speaker.is_anaphoric]
        here = scene._replace(history=[*scene.history, *spoke])
        hit = cues.attribution.longest(scene.tokens, at)
        attribution = _read_own_view(here, at) or _read_own_count(here, at)
        if attribution is None and hit is not None:
            end, _ = hit
            kinds = {kind for stop, kind in cues.attribution.match(scene.tokens, at) if stop == end}
            previous = max((a.end for a in found if a.kind in ("say", "relay", "deny")), default=0)
            attribution = _read_cue(here, find_verb_start(here, at), end, kinds, previous)
        if attribution is None:
            attribution = next((hit for hit in (read(here, at) for read in READERS) if hit is not None), None)
        if attribution is None:
            at += 1
        else:
            found.append(_find_place(scene, attribution))
            at = max(at + 1, attribution.end)
    return found


COMPARED = 5
"""Words between "than" and the verb of whoever gave the figure that is compared to."""


def _find_place(scene: Scene, attribution: Attribution) -> Attribution:
    """A cue with what parts it from the words before it: "than", "but"."""
    cues, tokens = load_cues(scene.language), scene.tokens
    near = range(max(0, attribution.first - COMPARED), attribution.first)
    compared = [i for i in near if tokens[i].folded in cues.than]
    is_compared = bool(compared) and all(t.kind != "mark" for t in tokens[compared[-1] : attribution.first])
    than = compared[-1] if is_compared else None
    turns = [i for i in range(1, attribution.first) if tokens[i].folded in cues.adversatives]
    has_object = attribution.kind in ("say", "count") and _has_figure_behind(scene, attribution)
    turn = turns[-1] if turns else None
    return attribution._replace(than=than, has_object=has_object, turn=turn)


def _has_figure_behind(scene: Scene, cue: Attribution) -> bool:
    """Whether a figure follows in the cue's own clause before a comma, a date apart."""
    for i in range(cue.end, len(scene.tokens)):
        if scene.tokens[i].text in ",;" or not scene.clauses.is_same_clause(i, cue.first):
            return False
        if scene.tokens[i].kind == "digits" and not scene.is_dated(i):
            return True
    return False


def _read_own_view(scene: Scene, at: int) -> Attribution | None:
    """The last speaker, by a possessive: "in her view", "jego zdaniem"."""
    hit = load_cues(scene.language).own_views.longest(scene.tokens, at)
    speaker = point_back(scene, at, hit[0]) if hit is not None else None
    if hit is None or speaker is None:
        return None
    return Attribution(at, hit[0], speaker, "according_to", "according_to")


def _read_own_count(scene: Scene, at: int) -> Attribution | None:
    """Whose a count or an account is: "by the council's count"."""
    cues, tokens = load_cues(scene.language), scene.tokens
    hit = cues.agents.longest(tokens, at)
    if hit is None or hit[1] != "sure" or scene.language != "en":
        return None
    near = range(hit[0] + 1, min(len(tokens), hit[0] + NAME_GAP))
    noun = next((i for i in near if cues.estimate_nouns.longest(tokens, i)), None)
    if noun is None or not any(tokens[i].folded.endswith(("'s", "s'", "'")) for i in range(hit[0], noun)):
        return None
    owner = name_possessor(scene, noun, noun + 1, noun)
    return Attribution(at, noun + 1, owner, "according_to", "according_to") if owner else None


NAME_GAP = 6
"""Words between "by" and somebody's count."""


def _read_emergent(scene: Scene, at: int) -> Attribution | None:
    """The owner of a report that something comes out of: "z danych GUS wynika, że"."""
    hit = load_cues(scene.language).emergent.longest(scene.tokens, at)
    if hit is None:
        return None
    end, preposition = hit
    for first in range(at - 1, max(-1, at - WINDOW), -1):
        if not scene.clauses.is_same_clause(first, at):
            return None
        if scene.tokens[first].folded in (preposition, preposition + "e"):
            speaker = _speaker_after_preposition(scene, first, first + 1, at)
            return Attribution(first, end, speaker, "according_to", "according_to") if speaker else None
    return None


def _read_source_phrase(scene: Scene, at: int) -> Attribution | None:
    """Whose the report is in which something stands: "in a survey of 900 firms by the chamber, 31 per cent"."""
    cues, tokens = load_cues(scene.language), scene.tokens
    hit = cues.within.longest(tokens, at)
    if hit is None or (
        at > 0 and tokens[at - 1].kind != "mark" and at != scene.clauses.table[scene.clauses.of[at]].first
    ):
        return None
    noun = next((i for i in range(hit[0], min(len(tokens), hit[0] + 3)) if cues.release_nouns.longest(tokens, i)), None)
    owner = name_owner(scene, hit[0], min(len(tokens), hit[0] + WINDOW)) if noun is not None else None
    if noun is None or owner is None:
        return None
    return Attribution(at, max(noun + 1, owner.end), owner, "according_to", "according_to")


def _read_estimate(scene: Scene, at: int) -> Attribution | None:
    """Whose count or forecast is a clause's subject: "the ministry's latest count stands at 112"."""
    hit = load_cues(scene.language).estimate_nouns.longest(scene.tokens, at)
    verb = scene.clauses.table[scene.clauses.of[at]].verb
    if hit is None or verb is None or not hit[0] <= verb <= at + WINDOW:
        return None
    if follows_preposition(scene.tokens, at, scene.language):
        return None
    owner = name_possessor(scene, at, hit[0], verb)
    return Attribution(at, hit[0], owner, "noun", "report_noun") if owner is not None else None


LONGEST_LABEL = 6
"""Words of a speaker before a colon."""


def _read_headline(scene: Scene) -> Attribution | None:
    """The speaker before a colon at the start ("Moscow: ...", "8:10 Rescuers: ...")."""
    tokens = scene.tokens
    start = _skip_clock(scene)
    stop = range(start, min(len(tokens) - 1, start + LONGEST_LABEL))
    colon = next((i for i in stop if tokens[i].text == ":"), None)
    if colon is None or colon == start or any(tokens[i].kind not in ("word", "code") for i in range(start, colon)):
        return None
    named = [m for m in scene.mentions if start <= m.first <= start + 1 and m.end == colon]
    speaker = resolve_speaker(scene, named[:1]) or (_print_label(scene, start, colon) if not named else None)
    return Attribution(0, colon + 1, speaker, "headline", "headline_colon") if speaker else None


def _skip_clock(scene: Scene) -> int:
    """Where a ticker's text begins after its time and dash: "8:10", "09.15 -"."""
    tokens, at = scene.tokens, 0
    if len(tokens) > CLOCK and tokens[0].kind == tokens[2].kind == "digits" and tokens[1].text in ":.":
        at = CLOCK
        while at < len(tokens) and tokens[at].kind == "mark":
            at += 1
    return at


CLOCK = 3
"""Tokens of a time of day."""


def _print_label(scene: Scene, first: int, end: int) -> Speaker | None:
    """Whoever is named before a colon, if a person or body can be meant: "Budget: 3 billion more" has no speaker."""
    tokens, cues = scene.tokens, load_cues(scene.language)
    silent = cues.column_labels | cues.question_labels | cues.answer_labels
    if not is_capitalised(tokens[first]) or tokens[first].folded in silent:
        return None
    is_bearer = any(cues.bearers.longest(tokens, at) for at in range(first, end)) or any(
        m.kind in ("office", "institution") and first <= m.first < end for m in scene.mentions
    )
    if is_bearer or all(_is_bearer_form(tokens[at], scene.language) for at in range(first, end)):
        return Speaker(None, scene.text(first, end), None, False, first, end)
    return None


def _is_bearer_form(token: Token, language: str) -> bool:
    """Whether a word's form means people (Polish "energetycy"), or is a name that no dictionary has ("Electrica")."""
    readings = analyse(token.text, language)
    if language == "pl":
        people = (r.part in ("noun", "adjective") and "nom" in r.cases and r.genders == {"m1"} for r in readings)
        return any(people) or all(r.part == "unknown" for r in readings)
    return language == "en" and all(r.part in ("unknown", "proper") for r in readings)


def _read_cue(scene: Scene, first: int, end: int, kinds: set[str], previous: int) -> Attribution | None:
    if kinds & {"according_to", "citing"}:
        speaker = _speaker_after_preposition(scene, first, end, len(scene.tokens))
        speaker = prefer_person(scene, speaker) if speaker and speaker.claimant is None else speaker
        kind = "citing" if "citing" in kinds else "according_to"
        return Attribution(first, end, speaker, kind, kind, None, _is_introduced(scene, first)) if speaker else None
    if "quoted_by" in kinds:
        relaying = _speaker_after_preposition(scene, first, end, len(scene.tokens))
        is_medium = relaying is not None and claimant_type(relaying.claimant) == "media"
        return Attribution(first, end, relaying, "quoted", "relay_verb") if relaying and is_medium else None
    return _read_agent(scene, first, end, kinds) or _read_verb(scene, first, end, kinds, previous)


def _read_verb(scene: Scene, first: int, end: int, kinds: set[str], previous: int) -> Attribution | None:
    """A finite verb of saying with its subject."""
    if scene.language == "pl" and end < len(scene.tokens) and scene.tokens[end].folded in load_cues("pl").impersonals:
        end += 1  # "chwalą się organizatorzy"
    is_phrase = scene.language == "en" and end - first > 1  # "spoke of" is no wheel's spoke
    is_verb = is_phrase or is_saying_verb(scene, end - 1 if scene.language == "ro" else first)
    if not is_verb or not has_subject(scene, first, end):
        return None
    kind = "deny" if "deny" in kinds else "relay" if kinds == {"relay"} else "say"
    if kind != "deny" and not is_phrase and not has_content(scene, first, end):
        if "count" not in kinds:
            return None
        kind = "count"
    speaker = find_subject(scene, first, end, previous)
    if speaker is None:
        return None
    if is_negated(scene, first):
        return Attribution(first, end, speaker, "unsaid", "negated_saying")
    listener = _listener(scene, first, end, speaker)
    return Attribution(first, end, speaker, kind, f"{kind}_verb", listener, _is_introduced(scene, first))


AGENT_GAP = 3
"""Words between a participle and the preposition of its agent ("estimated on Monday by")."""
ATTACHED = 6
"""Words between a figure and a participle that says whose it is ("the 1.5 per cent expected by economists")."""


def _read_agent(scene: Scene, first: int, end: int, kinds: set[str]) -> Attribution | None:
    """Who is the agent of a passive: "was put by the insurers at", "oszacowane przez wójta", "estimat de primar"."""
    if not kinds & {"say", "count"} or not is_passive_participle(scene, first, end):
        return None
    tokens, table = scene.tokens, load_cues(scene.language).agents
    for at in range(end, min(len(tokens), end + AGENT_GAP)):
        hit = table.longest(tokens, at)
        if hit is None and tokens[at].kind == "word" and (scene.is_dated(at) or at > end):
            continue
        if hit is None:
            return None
        behind, kind = hit
        if behind >= len(tokens) or not _is_agent(scene, behind, kind):
            return None
        speaker = _speaker_after_preposition(scene, at, behind, len(tokens))
        if speaker is None:
            return None
        reach = None if has_passive_auxiliary(scene, first, end) else ATTACHED
        return Attribution(first, behind, speaker, "according_to", "say_verb", None, False, reach=reach)
    return None


def _is_agent(scene: Scene, at: int, kind: str) -> bool:
    """Whether an agent stands behind a preposition: after a doubtful one only somebody named or who can speak."""
    if kind == "report":
        return any(starts_report(scene, i) for i in range(at, min(len(scene.tokens), at + 3)))
    if kind == "sure" or is_capitalised(scene.tokens[at]):
        return scene.tokens[at].kind != "digits" and not scene.is_dated(at)
    bearers = load_cues(scene.language).bearers
    return bool(bearers.longest(scene.tokens, at)) or any(m.first == at for m in scene.mentions)


def _is_introduced(scene: Scene, at: int) -> bool:
    """Whether a cue stands in a clause that "as" or "jak" opens."""
    opening = scene.clauses.table[scene.clauses.of[at]].first
    introducers = load_cues(scene.language).as_introducers
    return any(introducers.longest(scene.tokens, i) for i in range(max(0, opening - 1), min(at, opening + 2)))


def _listener(scene: Scene, first: int, end: int, speaker: Speaker) -> str | None:
    """The medium that a statement was made to ("told Reuters", "powiedział Bloombergowi", "pentru Bloomberg")."""
    for mention in scene.mentions:
        if mention.kind != "claimant" or not end <= mention.first <= end + 2 or mention.ident == speaker.claimant:
            continue
        is_dative = "dat" in mention.cases or (scene.language == "pl" and not mention.cases)
        is_told = is_addressing(scene, first) or is_dative or has_preposition(scene, mention)
        if is_told and claimant_type(mention.ident) == "media":
            return mention.ident
    return None


def _speaker_after_preposition(scene: Scene, first: int, end: int, upper: int) -> Speaker | None:
    stop, cues = min(upper, _phrase_end(scene, end)), load_cues(scene.language)
    if end < len(scene.tokens) and cues.clause_openers.longest(scene.tokens, end):
        return None  # "według których": the speaker is a relative pronoun
    if cues.clause_openers.longest(scene.tokens, first):
        return None  # "după ce": after, not according to
    window = [m for m in scene.mentions if end <= m.first < stop]
    if any(token.folded in cues.own_voice for token in scene.tokens[end:stop]):
        return ARTICLE  # "by my calculation"
    is_doubtful = scene.tokens[first].folded in cues.doubtful_introducers and end - first == 1
    if is_doubtful and (owner := name_owner(scene, end, stop)) is not None:
        return owner  # "după calculele Eurostat"
    if is_doubtful and not (end < stop and is_capitalised(scene.tokens[end]) and not scene.is_dated(end)):
        kinds = ("claimant", "person", "office", "institution")
        window = [m for m in window if m.first - end <= 1 and m.kind in kinds]
        return resolve_speaker(scene, window) if window else None
    if window and window[0].kind == "office" and window[0].ident in cues.unnamed:
        window = [m for m in window if m is window[0] or not has_preposition(scene, m)]
    at = end + (end < len(scene.tokens) and scene.tokens[end].folded in cues.definite_articles)
    if window and all(m.kind == "party" for m in window) and find_anaphor(scene, at, at + 1):
        return find_anaphor(scene, at, at + 1)  # "potrivit instituției de la Haga"
    return (
        name_owner(scene, end, stop)
        or resolve_speaker(scene, [m for m in window if not _is_clause_subject(scene, m, end)])
        or find_anaphor(scene, end, stop)
        or name_report(scene, end, stop)
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
        closes = token.text in ",;:" or token.folded in complementizers
        closes = closes or (i > start and _is_quoted_by(scene, i))
        closes = closes or (token.text in QUOTES and i > start and not _is_name_mark(scene, i))
        closes = closes or (i > start and _opens_adverbial(scene, i))
        if closes or token.kind == "digits" or (token.text == "-" and is_dash(scene.tokens, i)):
            return i
    return min(len(scene.tokens), start + WINDOW)


def _is_quoted_by(scene: Scene, at: int) -> bool:
    """Whether whoever quotes the speaker follows: "an official quoted by Politico"."""
    return any(kind == "quoted_by" for _, kind in load_cues(scene.language).attribution.match(scene.tokens, at))


def _is_name_mark(scene: Scene, at: int) -> bool:
    """Whether a quotation mark only sets off a name: „Wall Street Journal”."""
    following = scene.tokens[at + 1 : at + 2]
    return bool(following) and is_capitalised(following[0]) and any(m.first == at + 1 for m in scene.mentions)


def _opens_adverbial(scene: Scene, at: int) -> bool:
    """Whether a preposition ends the speaker's name; after an office it may still say whose office it is."""
    cues = load_cues(scene.language)
    if scene.tokens[at].folded in cues.of_links or not cues.roles.match(scene.tokens, at):
        return False
    return not any(m.end == at and m.kind in ("office", "institution") for m in scene.mentions)


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


READERS = (_read_source_phrase, _read_emergent, _read_report_noun, _read_estimate)
"""What else than a phrase or a verb of saying tells whose a figure is."""
