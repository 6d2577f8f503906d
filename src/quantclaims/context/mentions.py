"""Who is named in a sentence: parties (states), claimants of the register, persons, institutions, offices.

An institution beside a state composes to the claimant that stands for both: "południowokoreański wywiad",
"ministerstwo obrony KRLD" and "South Korea's Defence Ministry" become ``kr-intelligence``, ``kp-defence-ministry``
and ``kr-defence-ministry``.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.lemmas import analyse
from quantclaims.lexicon import PhraseTable, load_language, load_topic
from quantclaims.records import Token
from quantclaims.schemas.vocabularies import load_vocabulary

SHORT = 4
"""Letters up to which a claimant's name is an abbreviation and wants its capitals."""


class Mention(NamedTuple):
    """A named actor at tokens ``first`` to ``end`` (half open)."""

    first: int
    end: int
    kind: str
    """``party``, ``adjective``, ``people``, ``claimant``, ``person``, ``institution`` or ``office``."""
    ident: str
    """Party kinds: ISO 3166-1 alpha-3. claimant, person: register id. institution, office: role."""
    country: str | None
    cases: frozenset[str]
    """Grammatical cases its form allows; empty where the language shows none."""


@cache
def _names(language: str, topic: str) -> PhraseTable[tuple[str, str]]:
    tables = load_topic(topic)
    entries = [*_state_names(tables, language)]
    for group, kind in (("places", "place"), ("events", "event"), ("claimants", "claimant"), ("persons", "person")):
        for ident, forms in tables.get(group, {}).items():
            who = forms.get("claimant", ident)
            entries += [(phrase, (kind, who)) for phrase in (*forms.get("any", ()), *forms.get(language, ()))]
    for phrase, options in tables.get("ambiguous", {}).get(language, {}).items():
        entries.append((phrase, ("ambiguous", " ".join(options))))
    vocabulary = load_language(language)
    for kind in ("institution", "office"):
        for role, phrases in vocabulary[kind + "s"].items():
            entries += [(phrase, (kind, role)) for phrase in _forms(phrases)]
    return PhraseTable(entries, language, inflect=True)


def _state_names(tables: dict[str, Any], language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Names of the topic's states and, by their CLDR names, of all others."""
    groups = (("names", "party"), ("cased", "party"), ("adjectives", "adjective"), ("people", "people"))
    for code, party in tables["parties"].items():
        for group, kind in groups:
            for phrase in party.get(language, {}).get(group, ()):
                yield phrase, (kind, code)
    bodies = {phrase for forms in tables["claimants"].values() for phrase in forms.get(language, ())}
    for code, country in load_vocabulary("countries").items():
        if code not in tables["parties"] and country.label[language] not in bodies:  # the United Nations are no state
            yield country.label[language], ("party", code)


def _forms(entry: Any) -> Sequence[str]:
    return entry if isinstance(entry, list) else entry["forms"]


@cache
def party_code(country: str, topic: str) -> str | None:
    """The prefix of a state's claimant ids: "kp" for PRK. None for what is no state."""
    party = load_topic(topic)["parties"].get(country)
    if party:
        return str(party["code"])
    term = load_vocabulary("countries").get(country)
    return str(term.details["alpha2"]).lower() if term else None


@cache
def claimant_country(claimant: str) -> str | None:
    """ISO 3166-1 alpha-3 country of a registered claimant."""
    term = load_vocabulary("claimants").get(claimant)
    return term.details.get("country") if term else None


@cache
def is_registered(claimant: str) -> bool:
    """Whether the register knows the claimant."""
    return claimant in load_vocabulary("claimants")


def compose_claimant(code: str, role: str, topic: str) -> str | None:
    """The registered claimant that is a state's institution, or None when the register has none."""
    ident = f"{code}-{role}"
    ident = load_topic(topic).get("same_as", {}).get(ident, ident)
    return ident if is_registered(ident) else None


def compose_unregistered(code: str, role: str) -> str:
    """The claimant that stands for a state's body that the register lacks: a ministry's is its government.

    >>> compose_unregistered("fi", "health-ministry"), compose_unregistered("fi", "court")
    ('fi-government', 'fi-court')
    """
    if role in ("media", "state-media"):
        return "unnamed-media"
    return f"{code}-government" if role.endswith("-ministry") or role == "president" else f"{code}-{role}"


def token_cases(
    token: Token, language: str, parts: Sequence[str] = ("noun", "adjective", "participle")
) -> frozenset[str]:
    """The grammatical cases a word form allows; Romanian tells only oblique (``gen``, ``dat``) from the rest."""
    if language == "pl" and len(token.text) > 1 and token.text.isupper():
        return frozenset()  # "HUR" is no "hura"
    if language == "pl":
        return frozenset().union(*(a.cases for a in analyse(token.text, "pl") if a.part in parts))
    if language == "ro" and token.folded.endswith(("ei", "lui", "lor", "iei")):
        return frozenset(("gen", "dat"))
    if language == "en" and token.folded.endswith(("'s", "s'")):
        return frozenset(("gen",))
    return frozenset()


def _phrase_cases(tokens: Sequence[Token], first: int, end: int, language: str) -> frozenset[str]:
    cases = token_cases(tokens[first], language)
    if language == "pl":
        for token in tokens[first + 1 : end]:
            narrowed = cases & token_cases(token, language)
            cases = narrowed or cases
    elif language == "en" and end < len(tokens) and tokens[end - 1].folded.endswith("'s"):
        cases = frozenset(("gen",))
    return cases


def find_mentions(
    tokens: Sequence[Token], language: str, topic: str = "arms", recent: Sequence[str] = ()
) -> list[Mention]:
    """The mentions in a sentence, left to right, institutions composed with their states.

    ``recent`` lists the states named before, latest first: a name that two states share ("Korea") goes to the
    latest of them, and to none when neither was named.
    """
    found: list[Mention] = []
    for first, end, kind, ident in _scan_names(tokens, language, topic):
        if kind in ("place", "event"):
            continue
        agrees = end if kind == "party" else first + 1
        cases = _phrase_cases(tokens, first, agrees, language)
        if kind == "ambiguous":
            named = [m.country for m in reversed(found) if m.country] + list(recent)
            country = next((country for country in named if country in ident.split()), None)
            if country is not None:
                shared_kind = "party" if tokens[first].text[:1].isupper() else "adjective"
                found.append(Mention(first, end, shared_kind, country, country, cases))
            continue
        country = claimant_country(ident) if kind in ("claimant", "person") else None
        country = ident if kind in ("party", "adjective", "people") else country
        found.append(Mention(first, end, kind, ident, country, cases))
    found = [m for m in found if not _qualifies_report(m, tokens, language)]
    return _compose(
        _add_split_institutions(found, tokens, language, topic), tokens, load_cues(language).of_links, topic
    )


def _qualifies_report(mention: Mention, tokens: Sequence[Token], language: str) -> bool:
    """Whether the noun for an official is an adjective here: "official data"."""
    cues = load_cues(language)
    if mention.kind != "office" or mention.end >= len(tokens) or mention.end - mention.first > 1:
        return False
    is_official = cues.official.longest(tokens, mention.first) is not None
    return is_official and cues.report_nouns.longest(tokens, mention.end) is not None


def _scan_names(tokens: Sequence[Token], language: str, topic: str) -> Iterator[tuple[int, int, str, str]]:
    """``(first, end, kind, ident)`` of the longest names from left to right; "polskich" is no form of "Polska"."""
    table, at = _names(language, topic), 0
    while at < len(tokens):
        hits = table.match(tokens, at)
        fitting = (hit for hit in hits if hit[0] == hits[0][0] and _is_name_like(tokens, at, hit[0], hit[1][0]))
        hit = next(fitting, None)
        if hit is not None:
            yield at, hit[0], *hit[1]
        at = hits[0][0] if hits else at + 1


def _add_split_institutions(found: list[Mention], tokens: Sequence[Token], language: str, topic: str) -> list[Mention]:
    """Institutions whose state stands inside their name: "Ministerul sud-coreean al Apărării"."""
    inside = {i for m in found if m.kind == "adjective" for i in range(m.first, m.end)}
    articles = {
        i + 1 for i in inside if language == "ro" and i + 1 < len(tokens) and tokens[i + 1].folded in ("al", "a")
    }
    places = [i for i in range(len(tokens)) if i not in inside | articles]
    view = [tokens[i] for i in places]
    added = []
    for first, end, (kind, ident) in _names(language, topic).scan(view) if inside else ():
        start, stop = places[first], places[end - 1] + 1
        if kind == "institution" and stop - start > end - first:
            added.append(Mention(start, stop, kind, ident, None, token_cases(tokens[start], language)))
    kept = [m for m in found if m.kind == "adjective" or not any(a.first < m.end and m.first < a.end for a in added)]
    return sorted([*kept, *added], key=lambda m: (m.first, -m.end))


def _is_name_like(tokens: Sequence[Token], first: int, end: int, kind: str) -> bool:
    """Proper names start with a capital; adjectives of Polish and Romanian and common nouns need none."""
    text = tokens[first].text
    if kind == "party" and end - first == 1 and len(text) == 2:  # "US", not "us" nor "Us"
        return text.isupper()
    if kind in ("adjective", "people") and end - first == 1 and _is_lone_acronym(tokens, first):
        return False  # "RUSI" is an institute, "ruși" are Russians
    if kind == "claimant":  # "UN" is one, the "un" of a name is not
        return not (text.islower() and end - first == 1 and len(text) <= SHORT)
    return kind not in ("party", "person", "people") or not text.islower()


def _is_lone_acronym(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is in capitals and the words beside it are not."""
    if len(tokens[at].text) < 2 or not tokens[at].text.isupper():
        return False
    beside = [t for t in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]) if t.kind == "word"]
    return not any(t.text.isupper() and len(t.text) > 1 for t in beside)


def _compose(found: list[Mention], tokens: Sequence[Token], links: frozenset[str], topic: str) -> list[Mention]:
    """Institutions joined with the state beside them; each mention serves one institution at most."""
    composed: list[Mention] = []
    used: set[int] = set()
    for i, mention in enumerate(found):
        if mention.kind == "institution":
            partner = _partner(found, i, tokens, links, used)
            country = found[partner].country if partner is not None else None
            code = party_code(country, topic) if country else None
            if partner is not None and code is not None:
                used.add(partner)
                other = found[partner]
                ident = compose_claimant(code, mention.ident, topic) or compose_unregistered(code, mention.ident)
                first, end = min(mention.first, other.first), max(mention.end, other.end)
                composed.append(Mention(first, end, "claimant", ident, country, mention.cases))
                continue
        composed.append(mention)
    merged = [m for m in composed if not any(found[p] == m for p in used)]
    return sorted(merged, key=lambda m: (m.first, m.end))


def _partner(
    found: list[Mention], i: int, tokens: Sequence[Token], links: frozenset[str], used: set[int]
) -> int | None:
    """Index of the state that an institution belongs to: right before it, or after it across linking words only."""
    mention = found[i]
    inside = i + 1
    if inside < len(found) and inside not in used and found[inside].first < mention.end:
        return inside if found[inside].kind == "adjective" else None
    for j, lower, upper in ((i - 1, None, mention.first), (i + 1, mention.end, None)):
        if not 0 <= j < len(found) or j in used or found[j].kind not in ("party", "adjective", "people"):
            continue
        start = found[j].end if lower is None else lower
        stop = found[j].first if upper is None else upper
        gap = [t.folded for t in tokens[start:stop]]
        if len(gap) <= 2 and all(word in links for word in gap):
            return j
    return None
