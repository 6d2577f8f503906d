"""Whose a report, poll or estimate is that vouches for a figure: its owner's, an earlier speaker's, or nobody's."""

from quantclaims.context.clauses import is_comma
from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention, compose_unregistered, party_code
from quantclaims.context.names import is_capitalised, print_name, print_phrase, starts_report
from quantclaims.context.scene import Scene, Speaker
from quantclaims.context.speakers import find_opening_name, point_back, resolve_speaker, speak_unsigned
from quantclaims.lemmas import analyse

NOUN_REACH = 4
"""Words within which a phrase's report noun stands ("a new nationwide poll")."""
OWNER_REACH = 8
"""Words behind a report noun within which its owner is named."""
OWNER_MARKS, MAKER_MARKS = "-&", "-&'’"
"""Marks that join the words of an owner's name, and of the name of who made a report."""
BARE = 3
"""Words of the longest phrase that can name no owner at all ("the latest estimates")."""


def name_report(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """The speaker whom a phrase that begins with a report means; None where it is no report.

    "a report by the Delft Institute" is the institute's, "the report" the last speaker's, "according to estimates" is
    nobody's.
    """
    noun = _find_noun(scene, lower, upper)
    if noun is None:
        return None
    first, end = noun
    owner = name_owner(scene, lower, upper) or _name_state(scene, first)
    if owner is not None:
        return owner
    if scene.language == "en" and first > lower and _is_owner(scene, first - 1):
        return Speaker(None, scene.tokens[first - 1].text, None, False, first - 1, first)
    if first > lower and _is_own_report(scene, lower, first):
        begun = find_opening_name(scene, lower)
        if begun is not None:
            return begun
    if _is_definite(scene, first, end):
        known = point_back(scene, first, end)
        if known is not None:
            return known
    return speak_unsigned(scene, first) if upper - lower <= BARE else None


def _name_state(scene: Scene, noun: int) -> Speaker | None:
    """The state whose an official report is: "official data"; the one that the sentence or the text is about."""
    if noun == 0 or not load_cues(scene.language).official.longest(scene.tokens, noun - 1):
        return None
    named = [m.country for m in scene.mentions if m.kind in ("party", "adjective") and m.country]
    country = next(iter([*named, *scene.focus]), None)
    code = party_code(country, scene.topic) if country else None
    if code is None:
        return None
    return Speaker(
        compose_unregistered(code, "president"), scene.text(noun - 1, noun + 1), country, False, noun - 1, noun + 1
    )


def name_owner(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """Whose report a phrase that begins with one is; None where it is no report or nobody's.

    The register goes first, then a name, then the phrase behind "by": "a survey of 900 firms by a trade body".
    """
    noun = _find_noun(scene, lower, upper)
    if noun is None or any(m.kind in ("claimant", "person") and lower <= m.first < noun[0] for m in scene.mentions):
        return None
    first, end = noun
    commas = [i for i in range(lower, first) if is_comma(scene.tokens, i)]
    lower, stop = (commas[-1] + 1 if commas else lower), _phrase_stop(scene, end, OWNER_MARKS)
    owned = [
        m
        for m in scene.mentions
        if lower <= m.first < stop
        and (m.kind in ("claimant", "person") or (m.kind == "institution" and not _is_inside_name(scene, m.first)))
    ]
    makers = [m for m in owned if not _is_client(scene, m)]
    if scene.language == "en" and first > lower and scene.tokens[first - 1].folded.endswith(("'s", "s'")):
        makers = [m for m in makers if m.first < first]  # "a coroner's report seen by the Guardian"
        owner = resolve_speaker(scene, makers) if makers else None
        return owner or print_phrase(scene, lower, first)
    owner = resolve_speaker(scene, makers) if makers else None
    owner = owner or print_name(scene, lower, first) or print_name(scene, end, stop)
    return owner or _print_maker(scene, end) or (resolve_speaker(scene, owned) if owned else None)


def _is_client(scene: Scene, mention: Mention) -> bool:
    """Whether a report was only made for somebody: "a poll by Ipsos for the BBC"."""
    clients = load_cues(scene.language).clients
    return any(token.folded in clients for token in scene.tokens[max(0, mention.first - 2) : mention.first])


MAKER_REACH = 14
"""Words behind a report noun within which whoever made it is named ("a survey of 1,186 voters by")."""


def _print_maker(scene: Scene, start: int) -> Speaker | None:
    """Whoever made a report: the phrase behind its preposition, or the genitive right behind its noun."""
    tokens, cues = scene.tokens, load_cues(scene.language)
    if start < len(tokens) and _is_genitive(scene, start):
        return print_phrase(scene, start, _phrase_stop(scene, start, MAKER_MARKS))
    for at in range(start, min(len(tokens), start + MAKER_REACH)):
        is_verb = any(clause.verb == at for clause in scene.clauses.table)
        if is_verb or tokens[at].text in ";:" or is_comma(tokens, at) or tokens[at].folded in cues.complementizers:
            return None
        hit = cues.makers.longest(tokens, at)
        if hit is not None and hit[0] < len(tokens) and tokens[hit[0]].kind != "digits" and not scene.is_dated(hit[0]):
            return print_phrase(scene, hit[0], _phrase_stop(scene, hit[0], MAKER_MARKS))
    return None


def _phrase_stop(scene: Scene, start: int, joining: str) -> int:
    """Where a name behind a report noun must end: a mark that joins no words, a figure or a verb."""
    verbs = {clause.verb for clause in scene.clauses.table}
    for at in range(start, min(len(scene.tokens), start + OWNER_REACH)):
        token = scene.tokens[at]
        if token.kind == "digits" or (token.kind == "mark" and token.text not in joining) or at in verbs:
            return at
    return min(len(scene.tokens), start + OWNER_REACH)


def _is_genitive(scene: Scene, at: int) -> bool:
    """Whether a lower-case noun in the genitive stands right behind a report and so owns it: "komunikat spółki"."""
    token = scene.tokens[at]
    if token.kind != "word" or is_capitalised(token) or scene.is_dated(at) or scene.language == "en":
        return False
    if any(m.first <= at < m.end for m in scene.mentions):
        return False
    if scene.language == "ro":
        return token.folded.endswith(("ului", "iei", "ilor", "elor"))
    readings = analyse(token.text, "pl")
    nouns = [r for r in readings if r.part == "noun" and "gen" in r.cases]
    return bool(nouns) and all(r.part == "noun" for r in readings) and bool(_can_own(scene, at))


def _can_own(scene: Scene, at: int) -> bool:
    """Whether a noun is one of those who speak: a report of prices is not the prices'."""
    cues = load_cues(scene.language)
    return bool(cues.bearers.longest(scene.tokens, at) or cues.anaphors.longest(scene.tokens, at))


def name_possessor(scene: Scene, first: int, end: int, verb: int) -> Speaker | None:
    """Whose an estimate at tokens ``first`` to ``end`` is, by the genitive beside it."""
    near = range(max(0, first - POSSESSOR_GAP), first)
    owners = [m for m in scene.mentions if "gen" in m.cases and m.end - 1 in near]
    owners += [m for m in scene.mentions if end <= m.first <= end + 1 and (scene.language == "en" or "gen" in m.cases)]
    owners = [m for m in owners if m.kind in ("claimant", "person", "institution", "party")]
    if owners:
        return resolve_speaker(scene, owners[:1])
    if scene.language == "en":
        mark = next((i for i in near if scene.tokens[i].folded.endswith("'s")), None)
        return print_phrase(scene, max(0, mark - POSSESSOR_GAP), mark + 1) if mark is not None else None
    return print_phrase(scene, end, verb) if _is_genitive(scene, end) else None


POSSESSOR_GAP = 3
"""Words between an owner and the estimate that is theirs ("the ministry's own latest estimate")."""


def _find_noun(scene: Scene, lower: int, upper: int) -> tuple[int, int] | None:
    for at in range(lower, min(upper, lower + NOUN_REACH)):
        end = None if _is_complement(scene, lower, at) else starts_report(scene, at)
        if end is not None:
            return at, end
        if scene.tokens[at].kind == "mark":
            return None
    return None


def _is_complement(scene: Scene, lower: int, at: int) -> bool:
    """Whether a Romanian genitive stands behind the noun that it belongs to: "autorii raportului"."""
    if scene.language != "ro" or at == lower or not scene.tokens[at].folded.endswith(("ului", "iei", "ilor", "elor")):
        return False
    return scene.tokens[at - 1].folded.endswith(("ii", "ul", "ele", "ea", "toarea"))


def _is_definite(scene: Scene, first: int, end: int) -> bool:
    """Whether a report noun means the one that was spoken of: "the report", "raportul", a Polish singular."""
    tokens, cues = scene.tokens, load_cues(scene.language)
    if not cues.release_nouns.longest(tokens, first):
        return False
    if scene.language == "en":
        return first > 0 and tokens[first - 1].folded in cues.definite_articles
    if scene.language == "ro":
        return tokens[end - 1].folded.endswith(("ul", "ului"))
    readings = [r for r in analyse(tokens[first].text, "pl") if r.part == "noun"]
    return bool(readings) and all(r.numbers == {"sg"} for r in readings)


def _is_own_report(scene: Scene, lower: int, noun: int) -> bool:
    """Whether a possessive says that the report is of whom the sentence began with: "its annual report"."""
    cues = load_cues(scene.language)
    return any(scene.tokens[i].folded in cues.self_references for i in range(max(lower, noun - 3), noun))


def _is_owner(scene: Scene, at: int) -> bool:
    """Whether a noun right before a report says whose it is: "council figures"."""
    readings = analyse(scene.tokens[at].text, "en")
    return scene.tokens[at].kind == "word" and bool(readings) and all(r.part == "noun" for r in readings)


def _is_inside_name(scene: Scene, at: int) -> bool:
    """Whether another capitalised word stands right before: "Institutul de Cercetări Marine" is no navy."""
    return at > 1 and is_capitalised(scene.tokens[at - 1])
