"""The noun phrase that is a verb's subject, however far it stands before the verb.

What parts the two is walked over: relative clauses, appositions, participles, ages, times and adverbials between
commas ("the mayor, who took over in May, speaking in Cork, said").
"""

from typing import NamedTuple

from quantclaims.context.clauses import is_comma, is_dash
from quantclaims.context.cues import load_cues
from quantclaims.context.names import is_article, is_capitalised
from quantclaims.context.scene import Scene
from quantclaims.context.speakers import is_quotation_mark
from quantclaims.lemmas import analyse

LONGEST_PHRASE = 12
"""Words of the longest noun phrase that is printed whole."""
FAR = 60
"""Words within which a subject is looked for."""


class Segment(NamedTuple):
    """Tokens ``first`` to ``end`` of a clause between two of its commas."""

    first: int
    end: int


def list_segments(scene: Scene, verb: int) -> list[Segment]:
    """What stands before a verb in its own clause, cut at commas; clauses inside it are left out.

    A quotation, a dash, a colon or a clause that holds this one ends the walk.
    """
    own = scene.clauses.of[verb]
    segments: list[Segment] = []
    end = verb
    for at in range(verb - 1, max(-1, verb - FAR) - 1, -1):
        is_own = at >= 0 and scene.clauses.of[at] == own
        if is_own and not _divides(scene, at):
            continue
        if at + 1 < end:
            segments.append(Segment(at + 1, end))
        end = at
        if at < 0 or not (is_own or _is_inside(scene, at, own)) or _ends_walk(scene, at):
            break
    return segments[::-1]


def _divides(scene: Scene, at: int) -> bool:
    return is_comma(scene.tokens, at) or scene.tokens[at].text in "()" or _ends_walk(scene, at)


def _ends_walk(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if token.text in ":;" or token.text in "–—" or (token.text == "-" and is_dash(scene.tokens, at)):
        return True
    return is_quotation_mark(scene, at) and not _is_round_name(scene, at)


def _is_round_name(scene: Scene, at: int) -> bool:
    """Whether a quotation mark stands at a name and not at what somebody says."""
    tokens = scene.tokens
    before, after = tokens[max(0, at - 1)], tokens[min(len(tokens) - 1, at + 1)]
    return is_capitalised(before) and not before.text.isdigit() and after.text != "," and at > 0


def _is_inside(scene: Scene, at: int, clause: int) -> bool:
    """Whether a token's clause lies inside another."""
    current = scene.clauses.table[scene.clauses.of[at]].parent
    while current is not None and current != clause:
        current = scene.clauses.table[current].parent
    return current == clause


def find_subject_segment(scene: Scene, verb: int) -> tuple[Segment, list[Segment]] | None:
    """The segment that begins with the subject of a verb, and those between the two; None where none does.

    What has a figure that is neither an age nor a date, or a verb, is what somebody says: the subject stands behind it.
    """
    segments = list_segments(scene, verb)
    said = [place for place, segment in enumerate(segments) if _says_something(scene, segment, verb)]
    segments = segments[said[-1] + 1 :] if said else segments
    for place, segment in enumerate(segments):
        subject = cut_adverbials(scene, segment)
        if subject is not None:
            return subject, segments[place + 1 :]
    return None


def _says_something(scene: Scene, segment: Segment, verb: int) -> bool:
    figures = [i for i in range(*segment) if scene.tokens[i].kind == "digits" and not scene.is_dated(i)]
    finite = scene.clauses.table[scene.clauses.of[verb]].verb
    has_verb = finite is not None and finite != verb and segment.first <= finite < segment.end and finite < verb - 1
    is_apposed = scene.tokens[segment.first].folded in load_cues(scene.language).indefinite_articles
    return has_verb or (bool(figures) and segment.end - segment.first > 1 and not is_apposed)


def cut_adverbials(scene: Scene, segment: Segment) -> Segment | None:
    """A segment from its subject on, behind adverbs, dates and prepositional phrases; None without a subject.

    Where a prepositional phrase ends only a word shows that opens another noun phrase: "At first the hospital in Cork".
    """
    cues, tokens = load_cues(scene.language), scene.tokens
    at, behind = segment.first, False
    while at < segment.end:
        hit = cues.prepositions.longest(tokens, at)
        if hit is not None and not is_capitalised_name(scene, at):
            at, behind = hit[0], True
            continue
        if scene.is_dated(at):
            at, behind = at + 1, False
            continue
        if tokens[at].kind == "digits":
            return None  # "that 150 drivers had complained"
        opens = is_article(scene, at) or tokens[at].folded in cues.definite_articles
        if behind and not (opens and not _follows_preposition(scene, at)) and not _is_nominative(scene, at):
            at += 1
            continue
        subject = Segment(at, segment.end)
        if can_be_subject(scene, subject):
            return subject
        at += 1
    return None


def is_capitalised_name(scene: Scene, at: int) -> bool:
    """Whether a word is written with a capital inside a sentence."""
    return at > 0 and is_capitalised(scene.tokens[at])


def _follows_preposition(scene: Scene, at: int) -> bool:
    table = load_cues(scene.language).prepositions
    return any(table.longest(scene.tokens, i) == (at, "before") for i in range(max(0, at - 3), at))


def _is_nominative(scene: Scene, at: int) -> bool:
    """Whether a Polish word can only be in the nominative: no preposition governs that."""
    if scene.language != "pl":
        return False
    nouns = [r for r in analyse(scene.tokens[at].text, "pl") if r.part in ("noun", "adjective")]
    return bool(nouns) and all(r.cases <= {"nom", "voc"} for r in nouns)


def find_nominative(scene: Scene, segment: Segment) -> Segment:
    """From the noun on that can only be a Polish subject, where an object comes first: "straty rolnicy szacują"."""
    if not _is_nominative(scene, segment.first):
        for at in range(segment.first + 1, segment.end):
            is_noun = any(r.part == "noun" for r in analyse(scene.tokens[at].text, scene.language))
            if is_noun and _is_nominative(scene, at) and not is_capitalised(scene.tokens[at]):
                return Segment(at, segment.end)
    return segment


def can_be_subject(scene: Scene, segment: Segment) -> bool:
    """Whether a segment begins with a noun phrase in the subject's case, and not with a preposition or an adverb."""
    first = _skip_articles(scene, segment)
    if first is None:
        return False
    tokens, cues = scene.tokens, load_cues(scene.language)
    if (
        scene.is_dated(first)
        or cues.clause_openers.longest(tokens, first)
        or tokens[first].kind not in ("word", "code")
    ):
        return False
    is_name = is_capitalised_name(scene, first)
    if cues.prepositions.longest(tokens, first) and not is_name:
        return False
    if cues.as_introducers.longest(tokens, first) or tokens[first].folded in cues.coordinators | cues.reflexives:
        return False
    if tokens[first].folded in cues.subject_pronouns | cues.verb_adverbs | cues.compound_auxiliaries and not is_name:
        return False
    return _has_noun_reading(scene, first)


def _has_noun_reading(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    readings = analyse(token.text, scene.language)
    if scene.language == "pl":
        heads = [r for r in readings if r.part in ("noun", "adjective", "participle", "unknown", "abbreviation")]
        return any(not r.cases or "nom" in r.cases for r in heads)
    if scene.language == "en":
        if token.folded.endswith(("ing", "ed", "ly")) and not is_capitalised_name(scene, at):
            return False
        return any(r.part in ("noun", "adjective", "unknown", "proper") for r in readings)
    return True


def _skip_articles(scene: Scene, segment: Segment) -> int | None:
    """The first word of a segment behind articles; None where nothing else is there."""
    cues = load_cues(scene.language)
    articles = cues.definite_articles | cues.indefinite_articles
    return next(
        (at for at in range(*segment) if not is_article(scene, at) and scene.tokens[at].folded not in articles), None
    )


def print_whole(scene: Scene, segment: Segment) -> tuple[int, int] | None:
    """The noun phrase that a segment begins with, whole: up to a date, a clause or too many words."""
    first = _skip_articles(scene, segment)
    if first is None:
        return None
    cues = load_cues(scene.language)
    end = first
    while end < min(segment.end, first + LONGEST_PHRASE):
        if scene.is_dated(end) or scene.tokens[end].folded in cues.verb_adverbs | cues.reflexives:
            break
        end += 1
    while end > first and (
        cues.roles.match(scene.tokens, end - 1) or scene.tokens[end - 1].folded in cues.compound_auxiliaries
    ):
        end -= 1
    return (first, end) if end > first else None


def is_full_name(scene: Scene, segment: Segment) -> bool:
    """Whether a segment is nothing but capitalised words, two at least: a first name and a surname."""
    words = range(*segment)
    return len(words) > 1 and all(is_capitalised(scene.tokens[i]) for i in words)
