"""Who is the subject of a verb of saying: before it in its clause, after it, or left out and known from before."""

from typing import NamedTuple

from quantclaims.context.clauses import is_comma, is_dash
from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention
from quantclaims.context.names import (
    is_acronym,
    is_article,
    is_capitalised,
    is_nominal,
    print_name,
    print_phrase,
    starts_report,
)
from quantclaims.context.predicates import follows_preposition, read_preposition_roles
from quantclaims.context.reports import name_report
from quantclaims.context.scene import Scene, Speaker
from quantclaims.context.speakers import (
    QUOTES,
    claimant_type,
    drop_subject,
    find_anaphor,
    find_opening_name,
    is_owned,
    is_quotation_mark,
    resolve_speaker,
)
from quantclaims.context.subject_phrases import (
    Segment,
    cut_adverbials,
    find_nominative,
    find_subject_segment,
    is_full_name,
    list_segments,
    print_whole,
)
from quantclaims.lemmas import Analysis, analyse

WINDOW = 16
"""Words within which a verb's subject stands; longer titles are rare, and a miss names nobody."""
NAME_GAP = 4
"""Words within which an unregistered name must stand to be the verb's subject."""
APPOSITION_GAP = 4
"""Words between an office and whose office it is ("spokesman for national security at the ...")."""
REPORT_GAP = 5
"""Words between a report and whose report it is ("the figures published on Monday by the ...")."""


class Place(NamedTuple):
    """Where the subject of a verb can stand."""

    left: int
    """Start of what belongs to the verb's clause."""
    inner: int
    """Start of what can be the verb's own subject, behind what is said."""
    first: int
    end: int
    """The verb, half open."""
    right: int
    follows_content: bool
    """Whether what is said stands before the verb, so that the subject may stand behind it."""


def find_subject(scene: Scene, first: int, end: int, previous: int) -> Speaker | None:
    """The speaker of a verb of saying at tokens ``first`` to ``end``.

    ``previous`` is where an earlier cue of the sentence ends: its speaker is not this verb's.
    """
    speaker = _find_subject(scene, first, end, previous)
    return None if speaker is None else prefer_person(scene, speaker)


APPOSED = 3
"""Lower-case words between an unregistered office and the comma before its holder's name."""


def prefer_person(scene: Scene, speaker: Speaker) -> Speaker:
    """The name in apposition to an office that the register lacks: "the head of a local union, Costel Vieru"."""
    if not speaker.end:
        return speaker
    tokens = scene.tokens
    comma = next(
        (i for i in range(speaker.end, min(len(tokens), speaker.end + APPOSED + 1)) if tokens[i].text == ","), None
    )
    if comma is None or any(is_capitalised(tokens[i]) for i in range(speaker.end, comma)):
        return speaker
    edge = _name_edge(scene, comma)
    if edge == comma or scene.is_dated(comma + 1) or any(m.first < edge and comma < m.first for m in scene.mentions):
        return speaker
    if speaker.claimant is not None and not speaker.is_anaphoric:
        return speaker._replace(text=scene.text(comma + 1, edge), first=comma + 1, end=edge)
    return Speaker(None, scene.text(comma + 1, edge), None, False, comma + 1, edge)


def _find_subject(scene: Scene, first: int, end: int, previous: int) -> Speaker | None:
    if is_addressing(scene, first):
        place = _place(scene, first, end, previous)._replace(right=end, follows_content=False)
    else:
        place = _place(scene, first, end, previous)
    if _is_adverbial_participle(scene, place):
        return _find_main_subject(scene, first)
    return (
        _find_adjacent(scene, place)
        or _find_antecedent(scene, place)
        or _find_shared(scene, place)
        or _find_holder(scene, place)
        or _find_parenthetical(scene, place)
        or _find_interrupted(scene, place)
        or _find_named(scene, place)
        or find_anaphor(scene, place.left, first)
        or name_report(scene, place.inner, first)
        or (name_report(scene, end, place.right) if place.follows_content else None)
        or find_anaphor(scene, end, place.right)
        or _find_whole_phrase(scene, place)
        or _find_printed(scene, place)
        or _find_agreeing_phrase(scene, place)
        or drop_subject(scene, first, end)
        or _find_phrase(scene, place)
    )


def _place(scene: Scene, first: int, end: int, previous: int) -> Place:
    left = max(_left_edge(scene, first), previous)
    inner = _own_start(scene, left, first)
    if first > inner and is_comma(scene.tokens, first - 1) and not _is_parted(scene, first):
        inner = first  # "the bridge, say engineers, can carry"
    if all(_leads_up(scene, i) for i in range(inner, first)):
        inner = first  # "..., jak twierdzą inżynierowie", "..., se laudă organizatorii"
    follows_content = first == inner or scene.tokens[first - 1].text in QUOTES
    return Place(left, inner, first, end, _right_edge(scene, first, end), follows_content)


def _leads_up(scene: Scene, at: int) -> bool:
    """Whether a word before a verb is no subject of it: "jak", "se"."""
    cues, token = load_cues(scene.language), scene.tokens[at]
    return cues.as_introducers.longest(scene.tokens, at) is not None or token.folded in cues.reflexives


def _is_parted(scene: Scene, verb: int) -> bool:
    """Whether an apposition or a clause stands between a verb and its subject."""
    found = find_subject_segment(scene, verb)
    if found is None:
        return False
    subject, between = found
    return bool(between) or any(not scene.clauses.is_same_clause(i, verb) for i in range(subject.end, verb - 1))


def _is_adverbial_participle(scene: Scene, place: Place) -> bool:
    """Whether an English "-ing" form leaves its subject to the main verb: "..., adding that"."""
    before = scene.tokens[place.first - 1].text if place.first else ""
    return scene.language == "en" and scene.tokens[place.first].folded.endswith("ing") and before == ","


def _find_main_subject(scene: Scene, verb: int) -> Speaker | None:
    """Whoever spoke last in the sentence, else whom it begins with."""
    spoke = [s for s in scene.history if s.end and s.end <= verb and scene.text(s.first, s.end) == s.text]
    return spoke[-1] if spoke else find_opening_name(scene, verb)


def _find_parenthetical(scene: Scene, place: Place) -> Speaker | None:
    """The subject between a comma and its verb: "..., the farmers' union said", behind what they said."""
    if not place.left < place.inner < place.first:
        return None
    own = [m for m in _subject_mentions(scene, place.left, place.first)[::-1] if m.first >= place.inner]
    speaker = resolve_speaker(scene, own) or find_anaphor(scene, place.inner, place.first)
    speaker = speaker or name_report(scene, place.inner, place.first)
    if speaker is not None:
        return speaker
    phrase = print_phrase(scene, place.inner, place.first)
    whole = phrase if phrase is not None and phrase.end == place.first else None
    return whole or print_name(scene, place.inner, place.first)


def _find_antecedent(scene: Scene, place: Place) -> Speaker | None:
    """Whom a relative pronoun stands for: "warns the weather office, which announces minus 17 degrees"."""
    clause = scene.clauses.table[scene.clauses.of[place.first]]
    pronoun = load_cues(scene.language).relatives.longest(scene.tokens, clause.first)
    if clause.kind != "relative" or pronoun is None or pronoun[0] != place.first:
        return None
    end = clause.first - (scene.tokens[clause.first - 1].text == ",")
    spoke = [s for s in scene.history if s.end == end and scene.text(s.first, s.end) == s.text]
    return spoke[-1] if spoke else resolve_speaker(scene, [m for m in scene.mentions if m.end == end])


def _find_adjacent(scene: Scene, place: Place) -> Speaker | None:
    """An English pronoun or definite noun right before its verb: "it cut", "in its daily update the ministry put"."""
    if scene.language != "en" or place.first < 1:
        return None
    table = load_cues("en").anaphors
    for start in range(max(place.left, place.first - 2), place.first):
        hit = table.longest(scene.tokens, start)
        if hit is not None and hit[0] == place.first and not any(m.first <= start < m.end for m in scene.mentions):
            return find_anaphor(scene, start, place.first)
    return None


def _find_holder(scene: Scene, place: Place) -> Speaker | None:
    """The office whose holder's name stands between it and the verb: "the mayor, Ihor Terekhov, wrote"."""
    tokens, end = scene.tokens, place.first - 1
    if end < 1 or tokens[end].text != ",":
        return None
    start = end
    while start > 0 and is_capitalised(tokens[start - 1]):
        start -= 1
    if start == end or start < 1 or tokens[start - 1].text != ",":
        return None
    named = [m for m in scene.mentions if m.end == start - 1 and m.kind in ("office", "institution", "claimant")]
    if not named:  # "the head of the union, Ion Pop, said"
        near = (m for m in scene.mentions if m.kind == "office" and start - 1 - APPOSED <= m.end < start - 1)
        named = [m for m in near if all(tokens[i].kind == "word" for i in range(m.end, start - 1))]
    if named and named[0].kind == "office":
        return Speaker(None, scene.text(start, end), None, False, start, end)
    return resolve_speaker(scene, named)


def _find_shared(scene: Scene, place: Place) -> Speaker | None:
    """The subject of the verb before, which a verb joined by "and" shares: "has issued 34 warnings and expects"."""
    clause = scene.clauses.table[scene.clauses.of[place.first]]
    joined = range(clause.first, place.first)
    coordinators, adverbs = load_cues(scene.language).coordinators, load_cues(scene.language).verb_adverbs
    if scene.language != "en" or clause.kind != "coordinate" or clause.parent is None:
        return None
    if not any(scene.tokens[i].folded in coordinators for i in joined):
        return None
    if any(scene.tokens[i].folded not in coordinators | adverbs and scene.tokens[i].text != "," for i in joined):
        return None
    verb = scene.clauses.table[clause.parent].verb
    spoke = [s for s in scene.history if s.end and verb and s.end <= verb and scene.text(s.first, s.end) == s.text]
    return spoke[-1] if spoke else (find_subject(scene, verb, verb + 1, 0) if verb else None)


def _find_named(scene: Scene, place: Place) -> Speaker | None:
    """Somebody whom the register, an institution or an office names."""
    before = _subject_mentions(scene, place.left, place.first)[::-1]
    after = _subject_mentions(scene, place.end, place.right)
    own = [m for m in before if m.first >= place.inner]
    if after and _is_told(scene, after[0], place.right):
        after = after[1:]
    owners = [
        m
        for m in scene.mentions
        if place.end < m.first < place.right
        and "gen" in m.cases
        and not has_preposition(scene, m)
        and m.ident not in load_cues(scene.language).unnamed
    ]
    for window in (own, after, before, owners) if place.follows_content else (own, before, after, owners):
        person = _find_person(scene, place, window) if window is after and place.follows_content else None
        speaker = person or resolve_speaker(scene, window)
        if speaker:
            return speaker
    return None


FULL_NAME = 2
"""Capitalised words of a person's name, first name and surname."""


def _find_person(scene: Scene, place: Place, window: list[Mention]) -> Speaker | None:
    """The name right behind the verb, before the office in apposition: "a spus Ana Pop, profesoară la Iași"."""
    start = place.end
    while start < place.right and scene.is_dated(start):
        start += 1
    end = start
    while end < place.right and is_capitalised(scene.tokens[end]):
        end += 1
    is_first = window and window[0].first > end - 1 and window[0].kind in ("office", "institution")
    if end - start < FULL_NAME or not is_first:
        return None
    return print_name(scene, start, end)


def _is_told(scene: Scene, mention: Mention, right: int) -> bool:
    """Whether a medium behind the verb was told, because the subject follows: "powiedziała TVN24 rzeczniczka"."""
    if mention.kind != "claimant" or claimant_type(mention.ident) != "media" or mention.end >= right:
        return False
    return not is_capitalised(scene.tokens[mention.end]) and is_nominal(scene, mention.end)


def _find_printed(scene: Scene, place: Place) -> Speaker | None:
    """A capitalised name near the verb, or in an apposition behind it ("the head of a union, Costel Vieru")."""
    if place.follows_content:
        spans = [(place.inner, place.first), (place.end, place.right), (place.right, _name_edge(scene, place.right))]
    else:
        near = max(place.inner, place.first - NAME_GAP)
        spans = [(near, place.first), (place.end, min(place.right, place.end + NAME_GAP))]
    for lower, upper in spans:
        speaker = print_name(scene, lower, upper) if lower < upper else None
        is_behind = speaker is not None and speaker.first >= place.end
        if speaker and not (is_behind and follows_preposition(scene.tokens, speaker.first, scene.language)):
            return speaker
    return None


def _find_interrupted(scene: Scene, place: Place) -> Speaker | None:
    """A subject that something parts from its verb: "Dublin Bus, which lost 26 days to strikes, said".

    Of an office and its holder's name the name speaks, whichever stands first.
    """
    before = place.first - 1
    adverbs = load_cues(scene.language).verb_adverbs
    while before > 0 and scene.tokens[before].folded in adverbs:
        before -= 1
    if before < 1 or not is_comma(scene.tokens, before):
        return None
    found = find_subject_segment(scene, place.first)
    if found is None:
        return None
    subject, between = found
    if not _is_parted(scene, place.first):
        return None
    if is_full_name(scene, subject) and not any(
        m.first < subject.end and subject.first < m.end for m in scene.mentions
    ):
        return Speaker(None, scene.text(*subject), None, False, *subject)
    named = [m for m in _subject_mentions(scene, *subject) if not _is_far_inside(scene, subject, m)]
    title = named[0] if named else None
    is_title = title is not None and (title.kind == "office" or is_owned_body(scene, title))
    if is_title or any(m.kind == "office" and m.end == subject.end for m in named):
        holder = next((s for s in between if is_full_name(scene, s) and not scene.is_dated(s.first)), None)
        names = ("claimant", "person", "party", "institution")
        if holder and not any(holder.first <= m.first < holder.end and m.kind in names for m in scene.mentions):
            return Speaker(None, scene.text(*holder), None, False, *holder)
    return resolve_speaker(scene, named) or _print_subject(scene, subject)


def _find_whole_phrase(scene: Scene, place: Place) -> Speaker | None:
    """A subject right before its verb that no register knows, with all that belongs to it: "the hospital in Cork said".

    In Polish it agrees with the verb, in Romanian it has its article or is a name.
    """
    segments = list_segments(scene, place.first)
    if not segments or place.inner == place.first:
        return None
    last = Segment(max(segments[-1].first, place.inner), segments[-1].end)
    gap = range(last.end, place.first)
    subject = cut_adverbials(scene, last) if last.first < last.end and not gap else None
    if subject is None or any(scene.tokens[i].kind == "digits" for i in range(*subject)):
        return None
    span = print_whole(scene, find_nominative(scene, subject))
    if span is None or not _heads_clause(scene, *span, place.first):
        return None
    return Speaker(None, scene.text(*span), None, False, *span)


def _heads_clause(scene: Scene, head: int, end: int, verb: int) -> bool:
    """Whether a noun phrase can be the subject of a verb behind it."""
    token, cues = scene.tokens[head], load_cues(scene.language)
    if cues.anaphors.longest(scene.tokens, head) == (head + 1, "any") or is_verbal(scene, head, end):
        return False
    if scene.language == "en":
        return True
    after = scene.tokens[min(head + 1, len(scene.tokens) - 1)]
    if is_capitalised(token) and (head > 0 or is_capitalised(after) or is_acronym(token)):
        return True
    if scene.language == "ro":
        return token.folded.endswith(DEFINITE_ENDINGS)
    verbs = [r for r in analyse(scene.tokens[verb].text, "pl") if r.part == "verb"]
    nouns = [r for i in range(head, min(verb, head + 3)) for r in analyse(scene.tokens[i].text, "pl")]
    parts = {"noun"} if any(r.part == "noun" for r in nouns) else {"participle", "adjective"}  # "oskarżony przyznał"
    nouns = [r for r in nouns if r.part in parts and "nom" in r.cases]
    return any(_agree(noun, each) for noun in nouns for each in verbs)


def is_verbal(scene: Scene, first: int, end: int) -> bool:
    """Whether a clause has its verb among tokens."""
    return any(clause.verb is not None and first <= clause.verb < end for clause in scene.clauses.table)


def is_owned_body(scene: Scene, mention: Mention) -> bool:
    """Whether an institution is somebody's and so no state's: "the president of the union"."""
    return mention.kind == "institution" and is_owned(scene, mention.end)


def _is_far_inside(scene: Scene, subject: Segment, mention: Mention) -> bool:
    """Whether a preposition before a mention makes it a complement of the subject."""
    return any(
        load_cues(scene.language).roles.match(scene.tokens, i) for i in range(subject.first, mention.first)
    ) and not any(starts_report(scene, i) for i in range(subject.first, mention.first))


def _print_subject(scene: Scene, subject: Segment) -> Speaker | None:
    """A subject as printed, whole."""
    span = print_whole(scene, subject)
    return Speaker(None, scene.text(*span), None, False, *span) if span else None


def _name_edge(scene: Scene, comma: int) -> int:
    """Where a name in apposition behind a comma ends, if two capitalised words stand there."""
    tokens = scene.tokens
    at = comma + 1
    if comma >= len(tokens) or tokens[comma].text != ",":
        return comma
    while at < len(tokens) and is_capitalised(tokens[at]):
        at += 1
    return at if at >= comma + 3 else comma


def _find_agreeing_phrase(scene: Scene, place: Place) -> Speaker | None:
    """A common noun before its verb that agrees with it (Polish), or that is definite (Romanian)."""
    if scene.language == "en" or place.inner == place.first:
        return None
    if scene.language == "ro":
        phrase = print_phrase(scene, place.inner, place.first)
        if phrase is None or phrase.first != place.inner or place.first - phrase.end > AFFILIATION:
            return None
        is_whole = all(scene.tokens[i].kind == "word" for i in range(phrase.end, place.first))
        return phrase if is_whole and scene.tokens[place.inner].folded.endswith(DEFINITE_ENDINGS) else None
    verbs = [r for r in analyse(scene.tokens[place.first].text, "pl") if r.part == "verb"]
    phrase = print_phrase(scene, place.inner, place.first)
    if phrase is None or load_cues("pl").as_introducers.longest(scene.tokens, phrase.first):
        return None  # "jak" is a yak as well
    readings = analyse(scene.tokens[phrase.first].text, "pl")
    if any(r.part in ("pronoun", "particle", "conjunction") for r in readings):
        return None  # "to"
    nouns = [r for r in readings if r.part == "noun" and "nom" in r.cases]
    return phrase if any(_agree(noun, verb) for noun in nouns for verb in verbs) else None


AFFILIATION = 3
"""Words between a subject and its verb that say where it belongs ("sindicatele din învățământ susțin")."""
DEFINITE_ENDINGS = ("ul", "a", "ii", "ele", "ile", "lor", "le")
"""Of Romanian nouns with their article, without diacritics."""


def _agree(noun: Analysis, verb: Analysis) -> bool:
    if not noun.numbers & verb.numbers:
        return False
    return not verb.genders or bool(noun.genders & verb.genders)


def _find_phrase(scene: Scene, place: Place) -> Speaker | None:
    """A common noun as the speaker, where the verb's place leaves no doubt which phrase is its subject."""
    if place.inner < place.first:
        return print_phrase(scene, place.inner, place.first) or _find_first_phrase(scene, place)
    return print_phrase(scene, place.end, place.right) if place.follows_content else None


def _find_first_phrase(scene: Scene, place: Place) -> Speaker | None:
    """The first noun phrase with an article that stands behind no preposition: "At first the hospital spoke of"."""
    for i in range(place.inner, place.first):
        links = load_cues(scene.language).of_links
        is_linked = i > 0 and scene.tokens[i - 1].folded in links
        if is_article(scene, i) and not is_linked and not follows_preposition(scene.tokens, i, scene.language):
            return print_phrase(scene, i, place.first)
    return None


def _own_start(scene: Scene, left: int, verb: int) -> int:
    """Where what can be a verb's own subject starts: after the last comma that closes what somebody said.

    A comma that closes a relative clause or an apposition of the subject itself closes nothing: what stands before it
    has neither figure nor quotation nor a verb.
    """
    commas = [i for i in range(left, verb) if is_comma(scene.tokens, i)]
    for comma in reversed(commas):
        before = [i for i in range(left, comma) if scene.clauses.is_same_clause(i, verb)]
        if not before or any(scene.tokens[i].kind == "digits" or scene.tokens[i].text in QUOTES for i in before):
            return comma + 1
        if any(clause.verb in before for clause in scene.clauses.table if clause.verb != verb):
            return comma + 1
    return left


def is_addressing(scene: Scene, verb: int) -> bool:
    """Whether the name after the verb is the listener's ("told"), never the speaker's."""
    addressing = load_cues(scene.language).addressing
    return any(reading.lemma in addressing for reading in analyse(scene.tokens[verb].text, scene.language))


def has_preposition(scene: Scene, mention: Mention) -> bool:
    """Whether a mention stands in a prepositional phrase."""
    return bool(read_preposition_roles(scene.tokens, mention, scene.language))


def _left_edge(scene: Scene, at: int) -> int:
    """Start of the clause that a verb stands in."""
    edge = at
    while edge > 0 and at - edge < 2 * WINDOW:
        token = scene.tokens[edge - 1]
        name = _quoted_name(scene, edge - 1)
        if name is not None:
            edge = name
            continue
        is_break = is_quotation_mark(scene, edge - 1) or (token.text in "-–—" and is_dash(scene.tokens, edge - 1))
        if is_break or not scene.clauses.is_same_clause(edge - 1, at):
            break
        edge -= 1
    return edge


QUOTED_NAME = 4
"""Words of the longest name in quotation marks."""


def _quoted_name(scene: Scene, closing: int) -> int | None:
    """Where a name in quotation marks that ends at ``closing`` opens: „Rzeczpospolita”; None for what somebody says."""
    if not is_quotation_mark(scene, closing):
        return None
    for i in range(closing - 1, max(-1, closing - QUOTED_NAME - 2), -1):
        if is_quotation_mark(scene, i):
            is_name = closing - i > 1 and all(is_capitalised(scene.tokens[k]) for k in range(i + 1, closing))
            return i if is_name else None
    return None


def _right_edge(scene: Scene, verb: int, start: int) -> int:
    """Where a subject after its verb ends; a comma closes it unless a name stands before it, and so does a clause."""
    complementizers = load_cues(scene.language).complementizers
    start = _skip_quoted_name(scene, start)
    for i in range(start, min(len(scene.tokens), start + WINDOW)):
        token = scene.tokens[i]
        if token.folded in complementizers or token.text in QUOTES or token.text in ":;":
            return i
        if scene.clauses.table[scene.clauses.of[i]].kind == "sentence" and not scene.clauses.is_same_clause(i, verb):
            return i
        if scene.clauses.table[scene.clauses.of[i]].kind == "complement" and not scene.clauses.is_same_clause(i, verb):
            return i
        if token.kind == "digits" and i - start > 2:
            return i
        if token.text == "," and i == start and i + 1 < len(scene.tokens) and scene.is_dated(i + 1):
            continue  # "a replicat, luni, ministrul"
        # "a declarat joi, la Oslo, ministrul": what only says when is no subject
        said_when = i > start and all(scene.is_dated(k) for k in range(start, i))
        if token.text == "," and not said_when and not any(is_capitalised(t) for t in scene.tokens[start:i]):
            return i
    return min(len(scene.tokens), start + WINDOW)


def _skip_quoted_name(scene: Scene, start: int) -> int:
    """Where a name in quotation marks ends that the verb's listener bears: "powiedziała „Gazecie” dyrektorka"."""
    opening = next((i for i in range(start, min(len(scene.tokens), start + 2)) if is_quotation_mark(scene, i)), None)
    if opening is None:
        return start
    for i in range(opening + 2, min(len(scene.tokens), opening + QUOTED_NAME + 2)):
        if is_quotation_mark(scene, i):
            return i + 1 if _quoted_name(scene, i) == opening or is_capitalised(scene.tokens[opening + 1]) else start
    return start


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
    if claimant_type(mention.ident) == "media":
        return False  # "economists polled by Reuters"
    roles = read_preposition_roles(scene.tokens, mention, scene.language)
    return not roles & {"agent", "with"}


def _owns_a_name(scene: Scene, owner: Mention) -> bool:
    """Whether a name that no register has follows its owner."""
    at = owner.end
    is_name = at < len(scene.tokens) and is_capitalised(scene.tokens[at])
    return is_name and not any(m.first <= at < m.end for m in scene.mentions)


def _can_be_subject(scene: Scene, mention: Mention, start: int) -> bool:
    """No preposition before it, nominative where the language shows case, or the owner of a report."""
    if any(starts_report(scene, i) for i in range(max(start, mention.first - REPORT_GAP), mention.first)):
        return True
    if has_preposition(scene, mention):
        return False
    is_owner = scene.language == "en" and "gen" in mention.cases
    if is_owner and (mention.kind != "claimant" or _owns_a_name(scene, mention)):
        return False  # "Ukraine's exports", "the EU's Copernicus service"
    if scene.language == "ro" and mention.kind in ("institution", "office", "people") and "dat" in mention.cases:
        return False  # "le-a spus polițiștilor"
    return scene.language != "pl" or not mention.cases or "nom" in mention.cases or mention.kind == "person"
