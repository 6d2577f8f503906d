"""Who vouches for what a sentence says, and who only passes it on.

An attribution is a cue ("według", "a declarat", "citing") with its speaker. The claimant of a figure is the speaker
of the innermost cue that covers it; outer cues, and media whenever somebody else speaks, are relays.
"""

from typing import NamedTuple

from quantclaims.context.clauses import is_dash
from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention
from quantclaims.context.names import is_acronym, is_capitalised, print_name, print_phrase, starts_report
from quantclaims.context.reports import name_report
from quantclaims.context.scene import ARTICLE, Scene, Speaker
from quantclaims.context.speakers import QUOTES, claimant_type, find_anaphor, resolve_speaker
from quantclaims.context.subjects import WINDOW, find_subject, has_preposition, is_addressing
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
        attribution = None
        if hit is not None:
            end, _ = hit
            kinds = {kind for stop, kind in cues.attribution.match(scene.tokens, at) if stop == end}
            previous = max((a.end for a in found if a.kind in ("say", "relay", "deny")), default=0)
            attribution = _read_cue(here, _verb_start(here, at), end, kinds, previous)
        if attribution is None:
            attribution = _read_emergent(here, at) or _read_report_noun(here, at)
        if attribution is None:
            at += 1
        else:
            found.append(attribution)
            at = max(at + 1, attribution.end)
    return found


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
        kind = "citing" if "citing" in kinds else "according_to"
        return Attribution(first, end, speaker, kind, kind, None, _is_introduced(scene, first)) if speaker else None
    if "quoted_by" in kinds:
        relaying = _speaker_after_preposition(scene, first, end, len(scene.tokens))
        is_medium = relaying is not None and claimant_type(relaying.claimant) == "media"
        return Attribution(first, end, relaying, "quoted", "relay_verb") if relaying and is_medium else None
    if _is_own_word(scene, first) or (scene.language == "pl" and _counts_subject(scene, first)):
        return None
    is_phrase = scene.language == "en" and end - first > 1  # "spoke of" is no wheel's spoke
    if not is_phrase and not _is_verb(scene, end - 1 if scene.language == "ro" else first):
        return None
    kind = "deny" if "deny" in kinds else "relay" if kinds == {"relay"} else "say"
    if kind != "deny" and not is_phrase and not _has_content(scene, first, end):
        if "count" not in kinds:
            return None
        kind = "count"
    speaker = find_subject(scene, first, end, previous)
    if speaker is None:
        return None
    if _is_negated(scene, first):
        return Attribution(first, end, speaker, "unsaid", "negated_saying")
    listener = _listener(scene, first, end, speaker)
    return Attribution(first, end, speaker, kind, f"{kind}_verb", listener, _is_introduced(scene, first))


def _is_introduced(scene: Scene, at: int) -> bool:
    """Whether a cue stands in a clause that "as" or "jak" opens."""
    opening = scene.clauses.table[scene.clauses.of[at]].first
    introducers = load_cues(scene.language).as_introducers
    return any(introducers.longest(scene.tokens, i) for i in range(max(0, opening - 1), min(at, opening + 2)))


def _is_own_word(scene: Scene, verb: int) -> bool:
    """Whether a verb is in the first person: whoever speaks says so, nobody else."""
    token = scene.tokens[verb]
    if scene.language == "ro":
        return token.text.endswith(ROMANIAN_FIRST_PERSON)
    readings = analyse(token.text, "pl") if scene.language == "pl" else ()
    return any(":pri" in reading.tag for reading in readings)


ROMANIAN_FIRST_PERSON = ("ăm", "em", "im", "âm")
"""Endings of Romanian verbs in the first person plural ("estimăm", "spunem")."""


def _counts_subject(scene: Scene, verb: int) -> bool:
    """Whether a figure is the subject of a Polish verb: "zadeklarowało 71 proc. ankietowanych"."""
    readings = [r for r in analyse(scene.tokens[verb].text, "pl") if r.tag.startswith("praet")]
    is_neuter = bool(readings) and all(r.genders == {"n"} and r.numbers == {"sg"} for r in readings)
    return is_neuter and any(t.kind == "digits" for t in scene.tokens[verb + 1 : verb + 3])


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
    acts = cues.predicates.match(tokens, end - 1) or cues.acting_too.longest(tokens, end - 1)
    if "count" not in kinds and not acts:
        return True
    own = scene.clauses.of[first]
    if any(c.kind == "complement" and c.parent == own and end <= c.first <= end + 1 for c in scene.clauses.table):
        return True
    if first and (tokens[first - 1].text in QUOTES or tokens[first - 1].text in ",-–—"):
        return True
    if first and cues.as_introducers.longest(tokens, first - 1):
        return True
    if (end >= len(tokens) or tokens[end].text in ".;") and any(token.text == "," for token in tokens[:first]):
        return True  # "..., a report by the institute found."
    if end < len(tokens) and tokens[end].folded in cues.infinitive_markers and scene.language == "en":
        return True  # "claims to have shot down 17"
    following = tokens[end : end + CONTENT_REACH]
    return any(t.folded in cues.complementizers or t.text in ":„" for t in following)


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


def _verb_start(scene: Scene, at: int) -> int:
    """Where a compound verb starts: Romanian "a mai anunțat" with its auxiliary and adverb."""
    auxiliaries = load_cues(scene.language).compound_auxiliaries
    while at > 0 and scene.tokens[at - 1].folded in auxiliaries and not is_acronym(scene.tokens[at - 1]):
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
        if token.folded.endswith(("ed", "id")) and _is_passive(scene, at):
            return False  # "after all votes were counted"
        return "verb" in parts and ("noun" not in parts or _follows_speaker(scene, at))
    if at and scene.tokens[at - 1].folded in load_cues("ro").passive_auxiliaries:
        return False  # "au fost confirmate"
    is_participle = any(r.lemma.endswith(("t", "s")) for r in analyse(token.text, "ro"))
    if is_participle or token.folded.endswith(("t", "s")):  # "a declarat", not "declarat nul" nor "prezența estimată"
        nearby = {t.folded for t in scene.tokens[max(0, at - AUXILIARY_GAP) : at]}
        return bool(nearby & load_cues("ro").compound_auxiliaries)
    return True


def _is_passive(scene: Scene, at: int) -> bool:
    """Whether a passive auxiliary stands right before an English participle."""
    auxiliaries = load_cues("en").passive_auxiliaries
    return any(token.folded in auxiliaries for token in scene.tokens[max(0, at - 2) : at])


AUXILIARY_GAP = 3
"""Words between a Romanian participle and its auxiliary ("a mai spus")."""


def _follows_speaker(scene: Scene, at: int) -> bool:
    """Whether an English word that may be a noun ("report", "state") stands where a verb would."""
    cues, before = load_cues("en"), scene.tokens[max(0, at - 1)]
    after = scene.tokens[min(len(scene.tokens) - 1, at + 1)]
    if at == 0 or after.folded in cues.of_links or before.folded.endswith("'s"):
        return False
    if any(m.first <= at < m.end for m in scene.mentions):
        return False  # "the state emergency service"
    is_after_content = before.text in QUOTES or before.text == ","
    return (
        any(m.end == at for m in scene.mentions)
        or after.folded in cues.complementizers
        or cues.anaphors.longest(scene.tokens, at - 1) is not None
        or _is_parted(scene, at)
        or _is_of_report(scene, at)
        or ((after.text in (".", ";") or at + 1 >= len(scene.tokens)) and _closes_sentence(scene, at))
        or before.folded.endswith("ly")
        or before.folded in cues.verb_adverbs
        or (is_after_content and any(m.first == at + 1 for m in scene.mentions))
    )


def _is_parted(scene: Scene, verb: int) -> bool:
    """Whether a relative clause parts a verb from its subject: "officials, who asked not to be named, say"."""
    if verb < 2 or scene.tokens[verb - 1].text != ",":
        return False
    kind = scene.clauses.table[scene.clauses.of[verb - 2]].kind
    return kind == "relative" and not scene.clauses.is_same_clause(verb - 2, verb)


def _is_of_report(scene: Scene, verb: int) -> bool:
    """Whether a report is the subject: "figures published on Thursday show", "its report of Tuesday estimates,"."""
    own = scene.clauses.table[scene.clauses.of[verb]]
    if own.verb in (None, verb) and any(starts_report(scene, i) for i in range(own.first, verb)):
        return True
    is_closed = verb + 1 < len(scene.tokens) and scene.tokens[verb + 1].text == ","
    return is_closed and any(starts_report(scene, i) == i + 1 for i in range(max(0, verb - REPORT_NEAR), verb))


REPORT_NEAR = 4
"""Words from a report to its verb ("its report of Tuesday estimates")."""
SUBJECT_REACH = 8
"""Words of a subject between the comma behind what is said and the verb that ends the sentence."""


def _closes_sentence(scene: Scene, verb: int) -> bool:
    """Whether only a subject stands between a comma and a verb: "..., researchers at ETH Zurich report"."""
    verbs = {clause.verb for clause in scene.clauses.table}
    for i in range(verb - 1, max(0, verb - SUBJECT_REACH), -1):
        token = scene.tokens[i]
        if token.text == ",":
            return i < verb - 1
        if i in verbs or token.kind not in ("word", "code"):
            return False
    return False


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
    if is_doubtful and not (end < stop and is_capitalised(scene.tokens[end]) and not scene.is_dated(end)):
        kinds = ("claimant", "person", "office", "institution")
        window = [m for m in window if m.first - end <= 1 and m.kind in kinds]
        return resolve_speaker(scene, window) if window else None
    if window and window[0].kind == "office" and window[0].ident in cues.unnamed:
        window = [m for m in window if m is window[0] or not has_preposition(scene, m)]
    return (
        resolve_speaker(scene, [m for m in window if not _is_clause_subject(scene, m, end)])
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
