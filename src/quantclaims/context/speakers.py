"""Whom a noun phrase names as a speaker: somebody registered, an office of a state, or a name as printed."""

from collections.abc import Sequence
from functools import cache

from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import (
    Mention,
    compose_claimant,
    compose_unregistered,
    is_registered,
    party_code,
)
from quantclaims.context.names import (
    find_whole_name,
    heads_a_name,
    is_acronym,
    is_adjective_tail,
    is_capitalised,
    is_common,
    is_nominal,
    print_name,
)
from quantclaims.context.places import find_places
from quantclaims.context.predicates import read_preposition_roles
from quantclaims.context.scene import Scene, Speaker
from quantclaims.lemmas import analyse
from quantclaims.records import Token
from quantclaims.rules import fires
from quantclaims.schemas.vocabularies import load_vocabulary
from quantclaims.tokens import fold, tokenize

QUOTES = frozenset("\"„”“«»'‘’")
SINGLE_QUOTES = frozenset("'‘’")
LONGEST_OFFICE = 6
"""Words of the longest office that is printed with its state."""


def is_quotation_mark(scene: Scene, at: int) -> bool:
    """Whether a mark opens or closes a quotation; an apostrophe does not, unless it is doubled or stands free."""
    tokens = scene.tokens
    token = tokens[at]
    if token.text not in QUOTES or token.text not in SINGLE_QUOTES:
        return token.text in QUOTES
    is_glued_before = at > 0 and tokens[at - 1].end == token.start
    is_doubled = any(0 <= i < len(tokens) and tokens[i].text in SINGLE_QUOTES for i in (at - 1, at + 1))
    return is_doubled or not is_glued_before


@cache
def claimant_type(claimant: str | None) -> str | None:
    """The register's type of a claimant."""
    term = load_vocabulary("claimants").get(claimant or "")
    return str(term.details["type"]) if term else None


@cache
def list_vouching_types() -> frozenset[str]:
    """Types of claimants who speak for themselves and do not only relay."""
    types = load_vocabulary("claimant_types")
    return frozenset(ident for ident, term in types.items() if not term.details.get("relays", False))


PRIORITY = ("person", "claimant")


def resolve_speaker(scene: Scene, window: Sequence[Mention]) -> Speaker | None:
    """The speaker that a noun phrase's mentions name: a person or claimant, else an office with its state."""
    office = _find_staff(scene, window)
    if office is not None:
        return _speaker(scene, load_cues(scene.language).unnamed[office.ident], office.first, office.end, None)
    for kind in PRIORITY:
        for mention in window:
            if mention.kind == kind:
                return _speaker(scene, mention.ident, mention.first, mention.end, mention.country)
    states = [m for m in window if m.kind in ("party", "people", "adjective")]
    roles = [m for m in window if m.kind in ("office", "institution")]
    return _resolve_state(scene, states[0], roles) if states else _resolve_role(scene, roles)


def _find_staff(scene: Scene, window: Sequence[Mention]) -> Mention | None:
    """Unnamed people of an international body, who do not speak for it: "EU diplomats"."""
    unnamed = load_cues(scene.language).unnamed
    for office in window:
        if office.kind != "office" or office.ident not in unnamed:
            continue
        beside = (m for m in window if m.kind == "claimant" and (m.end == office.first or m.first == office.end))
        if any(claimant_type(m.ident) == "international" for m in beside):
            return office
    return None


def _resolve_state(scene: Scene, state: Mention, roles: Sequence[Mention]) -> Speaker | None:
    """A state's office or institution, or its government where the state itself speaks."""
    code = party_code(state.country or "", scene.topic)
    if code is None or not (roles or state.kind != "adjective" or _is_state_side(scene, state)):
        return None
    if not roles and _belongs_to_a_name(scene, state):
        return None
    near = [*roles[:1], state]
    first, end = min(m.first for m in near), max(m.end for m in near)
    if end - first > LONGEST_OFFICE:
        first, end = state.first, state.end
    composed = (compose_claimant(code, m.ident, scene.topic) for m in roles)
    ident = next((claimant for claimant in composed if claimant), None)
    if ident is None:
        institutions = [m.ident for m in roles if m.kind == "institution"]
        ident = compose_unregistered(code, institutions[0]) if institutions else f"{code}-government"
    return _speaker(scene, ident, first, end, state.country)


def _belongs_to_a_name(scene: Scene, state: Mention) -> bool:
    """Whether a state is only the end of another body's name: "Związek Sadowników RP", "the miners of Poland"."""
    if heads_a_name(scene, state):
        return True
    if scene.language == "en" and state.first > 1 and scene.tokens[state.first - 1].folded == "of":
        at = state.first - 2  # "Bank of Finland"
        is_name = is_capitalised(scene.tokens[at]) and not (at == 0 and is_common(scene, 0))
        return is_name and not any(m.first <= at < m.end for m in scene.mentions)
    if state.first == 0 or state.kind == "adjective" or not is_nominal(scene, state.first - 1):
        return False
    before = scene.tokens[state.first - 1]
    if any(m.first <= state.first - 1 < m.end for m in scene.mentions) or scene.is_dated(state.first - 1):
        return False
    if scene.language == "pl":
        return any(r.part == "noun" for r in analyse(before.text, "pl"))
    return is_capitalised(before) and not (state.first == 1 and is_common(scene, 0))


OWNER_GAP = 1
"""Words between an office and the body whose office it is ("purtătoarea de cuvânt a Poliției")."""


def _resolve_role(scene: Scene, roles: Sequence[Mention]) -> Speaker | None:
    """An office or institution whose state is not said: somebody named before, somebody unnamed, or as printed."""
    bodies = [m for m in roles if m.kind == "institution"]
    if bodies and any(m.kind == "office" and 0 <= bodies[0].first - m.end <= OWNER_GAP for m in roles):
        roles = bodies  # "the head of the regional authorities"
    for mention in roles:
        speaker = _resolve_bearer(scene, mention)
        if speaker is not None:
            return speaker
    for mention in roles:
        if mention.kind == "institution":
            return _infer_institution(scene, mention)
    return None


def _resolve_bearer(scene: Scene, mention: Mention) -> Speaker | None:
    """Who bears an office: whoever is named behind it, the body that it is of, the last speaker, or people unnamed."""
    if mention.kind == "office" and _names_somebody(scene, mention):
        return _print_bearer(scene, mention)
    cues = load_cues(scene.language)
    unnamed = cues.unnamed.get(mention.ident)
    body = _find_body(scene, mention) if mention.ident == "spokesperson" else None
    if body is not None:
        return _speaker(scene, body.ident, mention.first, mention.end, body.country)
    belongs = mention.kind == "office" and is_owned(scene, mention.end)
    is_known = not belongs and (unnamed is None or _is_definite(scene, mention))
    known = _last_speaker(scene, mention) if is_known else None
    if known:
        return _anaphoric(scene, known, mention.first, mention.end)
    if unnamed and belongs and mention.ident in cues.renewed:
        return _resolve_belonging(scene, mention)
    return _speaker(scene, unnamed, mention.first, mention.end, None) if unnamed else None


def _print_bearer(scene: Scene, mention: Mention) -> Speaker:
    """An office with the name behind it, or with the body's name that it is at."""
    at = _skip_affiliation(scene, skip_epithet(scene, mention))
    first, end = find_whole_name(scene, mention.first, mention.end, mention.first, len(scene.tokens))
    if end <= at:
        end = find_whole_name(scene, at, at + 1, at, len(scene.tokens))[1]
    return Speaker(None, scene.text(first, end), None, False, first, end)


def _find_body(scene: Scene, office: Mention) -> Mention | None:
    """The body whose spokesman speaks, the sentence's subject: "Poland's border guard ..., a spokesman said"."""
    before = [m for m in scene.mentions if m.kind == "claimant" and m.end <= office.first]
    fitting = [m for m in before if _stands_as_subject(scene, m) and claimant_type(m.ident) != "media"]
    return fitting[0] if fitting else None


def _names_somebody(scene: Scene, office: Mention) -> bool:
    """Whether a name stands right behind an office: "doctor Omar Idris"."""
    at = _skip_affiliation(scene, skip_epithet(scene, office))
    return (
        at < len(scene.tokens)
        and is_capitalised(scene.tokens[at])
        and not scene.is_dated(at)
        and not any(m.first <= at < m.end for m in scene.mentions)
    )


def skip_epithet(scene: Scene, office: Mention) -> int:
    """Where a person's full name begins behind an office and its adjective: "medicul legist Dan Pop"."""
    at, tokens = office.end, scene.tokens
    if scene.language == "en" or at + 2 >= len(tokens) or tokens[at].kind != "word" or is_capitalised(tokens[at]):
        return at
    is_named = is_capitalised(tokens[at + 1]) and is_capitalised(tokens[at + 2]) and is_nominal(scene, at)
    return at + 1 if is_named else at


def _skip_affiliation(scene: Scene, at: int) -> int:
    """Where the body's name begins that people belong to: "researchers at the University of Leeds"."""
    link = load_cues(scene.language).affiliations.longest(scene.tokens, at) if at < len(scene.tokens) else None
    if link is None:
        return at
    is_the = link[0] < len(scene.tokens) and scene.tokens[link[0]].folded in load_cues(scene.language).articles
    return link[0] + is_the


def _resolve_belonging(scene: Scene, mention: Mention) -> Speaker:
    """People by whom they belong to: the body named before ("the organisation's experts"), else as printed."""
    at = mention.end
    while at < len(scene.tokens) and scene.tokens[at].folded in load_cues(scene.language).of_links:
        at += 1
    known = find_anaphor(scene, at, at + 1) if at < len(scene.tokens) else None
    if known is not None:
        return _anaphoric(scene, known, mention.first, mention.end)
    first, end = find_whole_name(scene, mention.first, mention.end, mention.first, len(scene.tokens))
    return Speaker(None, scene.text(first, end), None, False, first, end)


def _infer_institution(scene: Scene, mention: Mention) -> Speaker:
    """A body whose state only the context tells, or its name as printed."""
    if any(t.folded in load_cues(scene.language).general_media for t in scene.tokens[mention.first : mention.end]):
        return _speaker(scene, "unnamed-media", mention.first, mention.end, None)
    first, end = find_whole_name(scene, mention.first, mention.end, 0, len(scene.tokens))
    region = _find_region(scene, mention)
    country, is_named = (region, True) if region else _infer_state(scene, mention)
    home = load_cues(scene.language).home_state
    if home and not region and mention.end - mention.first == 1 and is_acronym(scene.tokens[mention.first]):
        country, is_named = home, home in scene.recent  # "MAE", "MON": only the own state's body goes by its letters
    code = party_code(country, scene.topic) if country else None
    is_explicit = mention.ident in load_cues(scene.language).explicit_roles
    if code is not None and not is_explicit and (region or _is_bare(scene, mention)):
        ident = compose_claimant(code, mention.ident, scene.topic)
        if ident is None and is_named and _is_title(scene, mention):  # a ministry keeps its name
            ident = compose_unregistered(code, mention.ident)
        basis = "claimant_article_state" if is_named else "claimant_home_state"
        if ident is not None and is_registered(ident) and fires(basis):
            return Speaker(ident, scene.text(first, end), country, False, first, end, basis)
    return Speaker(None, scene.text(first, end), None, False, first, end)


def _is_title(scene: Scene, mention: Mention) -> bool:
    """Whether an institution is meant by the title of who leads it ("the finance minister")."""
    anaphors = load_cues(scene.language).anaphors
    hits = (anaphors.longest(scene.tokens, at) for at in range(mention.first, mention.end))
    return any(hit is not None and hit[1] == "person" for hit in hits)


REGION_REACH = 4
"""Words behind an office within which its region stands ("szef władz obwodu charkowskiego")."""


def _find_region(scene: Scene, mention: Mention) -> str | None:
    """The state of the region whose authorities speak: behind their name, else the last one named in the sentence."""
    if mention.ident not in load_cues(scene.language).local_roles:
        return None
    found = find_places(scene.tokens, scene.language)
    behind = [place.country for place in found if mention.end <= place.first < mention.end + REGION_REACH]
    before = [place.country for place in found if place.end <= mention.first]
    return next(iter([*behind, *before[::-1]]), None)


def _is_bare(scene: Scene, mention: Mention) -> bool:
    """Whether no word beside an institution makes it another one: "Dyfed-Powys Police", "liderul sindicatului"."""
    if mention.end < len(scene.tokens) and (
        is_owned(scene, mention.end) or is_adjective_tail(scene, mention.end, mention.first)
    ):
        return False
    if mention.first == 0:
        return True
    before = scene.tokens[mention.first - 1]
    if scene.language != "en":  # "Institutul de Cercetări Marine" is no navy
        is_name = is_capitalised(before) and not (mention.first == 1 and is_common(scene, 0))
        return not is_name or any(m.first < mention.first <= m.end for m in scene.mentions)
    return (
        before.kind == "mark" or before.folded in load_cues("en").articles or not is_nominal(scene, mention.first - 1)
    )


def is_owned(scene: Scene, at: int) -> bool:
    """Whether what follows an institution says whose it is."""
    if at >= len(scene.tokens):
        return False
    token = scene.tokens[at]
    if scene.language == "en":
        return token.folded == "of"
    if scene.language == "ro" and is_capitalised(token) and not any(m.first <= at < m.end for m in scene.mentions):
        return token.folded.endswith(("iei", "ilor", "ului"))  # "președintele Federației"
    if token.kind != "word" or is_capitalised(token) or scene.is_dated(at):
        return False
    if any(clause.verb == at for clause in scene.clauses.table):
        return False  # "Poliția a transmis", not "poliția a doua"
    if scene.language == "ro":
        return token.folded in GENITIVE_ARTICLES or token.folded.endswith(("ului", "iei", "ilor", "elor", "urilor"))
    readings = analyse(token.text, "pl")
    return any(r.part == "noun" and "gen" in r.cases for r in readings) and all(r.part == "noun" for r in readings)


GENITIVE_ARTICLES = frozenset({"unei", "unui", "unor", "al", "a", "ai", "ale"})


def _infer_state(scene: Scene, mention: Mention) -> tuple[str | None, bool]:
    """The state whose institution speaks, and whether the text names it.

    The subject of the sentence so far, else the state of the last speaker; else the only state that was named, the one
    whose language it is, or the first. A text that names none is taken to be about the state of its language.
    """
    cues = load_cues(scene.language)
    states = [m for m in scene.mentions if m.country and m.kind in ("party", "claimant", "adjective", "people")]
    subjects = [m for m in states if m.end <= mention.first and _stands_as_subject(scene, m)]
    if subjects and mention.ident not in cues.local_roles:
        return subjects[0].country, True
    spoke = next((s.country for s in reversed(scene.history) if s.country and _is_of_state(s)), None)
    if spoke is not None:
        return spoke, True
    named = [*(str(m.country) for m in reversed(states)), *scene.recent]
    focus = [str(m.country) for m in reversed(states) if is_focus(scene.tokens, m, scene.language)]
    about = [*focus, *scene.focus]
    if not named or (cues.home_state and (not about or cues.home_state in about)):
        return cues.home_state, cues.home_state in named  # also "at the border with Belarus"
    return (about or named)[-1], True


STATE_TYPES = frozenset({"government", "military", "intelligence"})


def _is_of_state(speaker: Speaker) -> bool:
    """Whether a speaker speaks for a state, and not from it."""
    return claimant_type(speaker.claimant) in STATE_TYPES


def _stands_as_subject(scene: Scene, mention: Mention) -> bool:
    if read_preposition_roles(scene.tokens, mention, scene.language):
        return False
    if scene.language == "pl":
        return not mention.cases or "nom" in mention.cases
    return not (scene.language == "ro" and "gen" in mention.cases)


def _is_definite(scene: Scene, mention: Mention) -> bool:
    """Whether a bare office points back to somebody: "the official", "oficialul", a Polish singular."""
    cues = load_cues(scene.language)
    if mention.ident in cues.renewed:
        return False
    token = scene.tokens[mention.first]
    if scene.language == "en":
        return mention.first > 0 and scene.tokens[mention.first - 1].folded in cues.definite_articles
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
    if is_registered(claimant):
        return Speaker(claimant, scene.text(first, end), country, False, first, end)
    first, end = find_whole_name(scene, first, end, 0, len(scene.tokens))
    return Speaker(None, scene.text(first, end), country, False, first, end)


def _anaphoric(scene: Scene, known: Speaker, first: int, end: int) -> Speaker:
    """An earlier speaker, under the name that the register or, for the unregistered, the earlier sentence has."""
    text = scene.text(first, end) if known.claimant else known.text
    if known.claimant is None and known.text is not None:
        whole = find_whole_name(scene, first, end, first, len(scene.tokens))
        text = max(known.text, scene.text(*whole), key=len)
    return Speaker(known.claimant, text, known.country, True, first, end, known.basis)


def _last_speaker(scene: Scene, mention: Mention) -> Speaker | None:
    """The latest speaker whom a bare office or institution can mean: of the same word, else of the same role."""
    word = scene.tokens[mention.end - 1].folded
    for speaker in reversed(scene.history):
        if speaker.text and word in speaker.text.lower().split():
            return speaker
        if speaker.claimant and speaker.claimant.endswith(f"-{mention.ident}"):
            return speaker
    return None if mention.kind == "institution" else _latest(scene, list_vouching_types())


def _latest(scene: Scene, types: frozenset[str]) -> Speaker | None:
    for speaker in reversed(scene.history):
        if speaker.claimant is None or claimant_type(speaker.claimant) in types:
            return speaker
    return None


def find_anaphor(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """A pronoun or definite noun that stands for an earlier speaker, or for whom the sentence began with."""
    table = load_cues(scene.language).anaphors
    for i in range(lower, upper):
        hit = table.longest(scene.tokens, i)
        if hit is None or scene.tokens[i].folded.endswith("'s"):
            continue
        end, kind = hit
        if kind == "any" and scene.language == "pl" and not _is_personal(scene, i):
            continue
        if kind != "any" and not _is_bare_noun(scene, i, end):
            continue
        known = _find_antecedent(scene, i, kind) or _find_protagonist(scene, i, kind)
        if known and kind == "any":
            text = scene.text(i, end) if known.claimant else known.text
            return Speaker(known.claimant, text, known.country, True, i, end, known.basis)
        if known:
            return _anaphoric(scene, known, i, end)
    return None


def _find_antecedent(scene: Scene, at: int, kind: str) -> Speaker | None:
    """Whoever spoke before and fits a pronoun or definite noun; for a pronoun also whom the sentence began with."""
    if kind == "any":
        known = _find_medium(scene, at) or _latest(scene, list_vouching_types())
        return known or _latest(scene, frozenset({"media"})) or find_opening_name(scene, at)
    known = _find_namesake(scene, at)
    if known is None and kind in UNTYPED:
        return _find_only_name(scene)
    known = known or _latest(scene, list_vouching_types() if kind == "person" else frozenset({kind}))
    if known is None and kind == "media":
        return _latest(scene, frozenset({"international", "government"}))  # "the agency" may be a state's
    return known


PERSONS = frozenset({"any", "person"})


def _find_protagonist(scene: Scene, at: int, kind: str) -> Speaker | None:
    """Somebody who has not spoken yet: whom the sentence began with, else whom an earlier one told of.

    A definite noun for a body means none of a state's: "Kestrel Airways ... the airline".
    """
    begun = find_opening_name(scene, at) if kind in UNTYPED | {"think_tank"} else None
    if begun is not None and load_cues(scene.language).prepositions.longest(scene.tokens, max(0, begun.first - 1)):
        begun = None  # "teachers work on Sundays, a poll for the union suggests"
    if begun is not None and not _is_of_state(begun) and claimant_type(begun.claimant) not in ("media", "person"):
        return begun
    named = [s for s in scene.named if kind not in PERSONS or claimant_type(s.claimant) in (None, "person")]
    return named[-1] if named and kind in UNTYPED | PERSONS else None


UNTYPED = frozenset({"company", "organisation"})
"""Types of bodies that the register hardly has: which of the unregistered is meant only the name tells."""


def _find_only_name(scene: Scene) -> Speaker | None:
    """The one unregistered speaker who was named by a name alone: "the company" after "Northern Foods Group"."""
    bearers = load_cues(scene.language).bearers
    named = {s.text: s for s in scene.history if s.claimant is None and s.text}
    if len(named) != 1:
        return None
    (text, speaker) = next(iter(named.items()))
    words = tokenize(text, scene.language)
    if len(words) == 1 and (bearers.longest(words, 0) or load_cues(scene.language).anaphors.longest(words, 0)):
        return None  # "Szpital ..." is capitalised only as the sentence's first word
    is_name = words[0].text[:1].isupper() and not any(
        bearers.longest(words, at) and not words[at].text[:1].isupper() for at in range(len(words))
    )
    return speaker if is_name else None


def _find_medium(scene: Scene, before: int) -> Speaker | None:
    """The medium that spoke last in the sentence itself: "Mediazona has confirmed 128,740; the toll, it says, ..."."""
    here = [s for s in scene.history[-1:] if s.end and s.end <= before and scene.text(s.first, s.end) == s.text]
    return next((s for s in here if claimant_type(s.claimant) == "media"), None)


def _is_personal(scene: Scene, at: int) -> bool:
    """Whether a Polish pronoun can be the subject that says something: "on", "ten", but not "to"."""
    return any("nom" in r.cases and r.genders != {"n"} for r in analyse(scene.tokens[at].text, "pl"))


def is_focus(tokens: Sequence[Token], mention: Mention, language: str) -> bool:
    """Whether a sentence is about a state that it names: as its subject or place, or by a body of its own."""
    if mention.kind == "claimant":
        return claimant_type(mention.ident) in STATE_TYPES
    if mention.kind != "party":
        return False
    roles = read_preposition_roles(tokens, mention, language)
    if roles:
        return "place" in roles
    return language != "pl" or not mention.cases or "nom" in mention.cases


ALIKE = 5
"""Letters that the forms of a noun begin with alike."""


def _find_namesake(scene: Scene, at: int) -> Speaker | None:
    """The latest speaker whose printed name has the noun: "the association" after "the Association of Brewers"."""
    noun = scene.tokens[at].folded[:ALIKE]
    for speaker in reversed(scene.history):
        words = fold(speaker.text or "", scene.language).split()
        if any(word[:ALIKE] == noun for word in words):
            return speaker
    return None


def _is_bare_noun(scene: Scene, first: int, end: int) -> bool:
    """Whether a noun means the one named before: "the ministry", not "the local ministry"."""
    tokens = scene.tokens
    if end < len(tokens) and is_capitalised(tokens[end]) and not scene.is_dated(end):
        return False
    if scene.language == "en":
        while first > 2 and tokens[first - 1].folded in load_cues("en").seats and tokens[first - 2].text == "-":
            first -= 3  # "the Leeds-based group"
        return first > 0 and tokens[first - 1].folded in load_cues("en").definite_articles
    if scene.language == "ro":
        return end >= len(tokens) or not tokens[end].folded.endswith(("ului", "ilor", "elor"))
    demonstratives = load_cues("pl").definite_articles
    beside = [i for i in (first - 1, end) if 0 <= i < len(tokens) and tokens[i].kind == "word"]
    return not any(
        r.part == "adjective"
        for i in beside
        if tokens[i].folded not in demonstratives
        for r in analyse(tokens[i].text, "pl")
    )


def find_opening_name(scene: Scene, before: int) -> Speaker | None:
    """The name that a sentence begins with, for the pronoun at token ``before``: "Carrow Foods raised ..., it said"."""
    if scene.tokens[0].text in QUOTES:
        return None
    kinds = ("claimant", "party", "person", "institution")
    named = [m for m in scene.mentions if m.end <= before and m.kind in kinds and not _is_dateline(scene, m)]
    opening = named[0].first if named and _stands_as_subject(scene, named[0]) else before
    printed = print_name(scene, 0, opening)
    if printed is not None or opening == before:
        return printed
    return resolve_speaker(scene, named[:1])


DATELINE_MARKS = frozenset("-–—(")
"""What stands between a dateline's place and the text."""


def _is_dateline(scene: Scene, place: Mention) -> bool:
    """Whether a name only says where the text was written, or for whom: "PRAGUE (AP) - ..."."""
    if place.first and scene.tokens[place.first - 1].text == "(":
        return True
    return place.first == 0 and place.end < len(scene.tokens) and scene.tokens[place.end].text in DATELINE_MARKS


def drop_subject(scene: Scene, first: int, end: int) -> Speaker | None:
    """Polish and Romanian leave the pronoun out: the verb's form alone points back, where content stands beside it."""
    if scene.language == "en" or not (scene.history or scene.named):
        return None
    tokens, cues = scene.tokens, load_cues(scene.language)
    beside = [tokens[i] for i in (first - 1, end, end + 1) if 0 <= i < len(tokens)]
    is_expecting = any(cues.expecting.longest(tokens, i) for i in range(first, end))
    if not is_expecting and not any(
        t.text in QUOTES or t.text in ",-–—:" or t.folded in cues.complementizers or t.folded in cues.about
        for t in beside
    ):
        return None
    known = _latest(scene, list_vouching_types()) or _find_protagonist(scene, first, "any")
    if known is None:
        return None
    return Speaker(known.claimant, None if known.claimant else known.text, known.country, is_anaphoric=True)


def speak_unsigned(scene: Scene, at: int) -> Speaker:
    """Estimates, reports or data that nobody signs ("według szacunków")."""
    return _speaker(scene, "unnamed-estimates", at, at + 1, None)


def point_back(scene: Scene, first: int, end: int) -> Speaker | None:
    """The last speaker who vouches, for the definite noun at tokens ``first`` to ``end``."""
    known = _latest(scene, list_vouching_types())
    return _anaphoric(scene, known, first, end) if known is not None else None
