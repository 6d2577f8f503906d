"""Whose a report, poll or estimate is that vouches for a figure: its owner's, an earlier speaker's, or nobody's."""

from quantclaims.context.cues import load_cues
from quantclaims.context.names import is_capitalised, print_name, starts_report
from quantclaims.context.scene import Scene, Speaker
from quantclaims.context.speakers import point_back, resolve_speaker, speak_unsigned
from quantclaims.lemmas import analyse

NOUN_REACH = 4
"""Words within which a phrase's report noun stands ("a new nationwide poll")."""
OWNER_REACH = 8
"""Words behind a report noun within which its owner is named."""
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
    stop = _owner_end(scene, end)
    owned = [
        m
        for m in scene.mentions
        if lower <= m.first < stop
        and (m.kind in ("claimant", "person") or (m.kind == "institution" and not _is_inside_name(scene, m.first)))
    ]
    owner = resolve_speaker(scene, owned) if owned else None
    owner = owner or print_name(scene, lower, first) or print_name(scene, end, stop)
    if owner is not None:
        return owner
    if scene.language == "en" and first > lower and _is_owner(scene, first - 1):
        return Speaker(None, scene.tokens[first - 1].text, None, False, first - 1, first)
    if _is_definite(scene, first, end):
        known = point_back(scene, first, end)
        if known is not None:
            return known
    return speak_unsigned(scene, first) if upper - lower <= BARE else None


def _find_noun(scene: Scene, lower: int, upper: int) -> tuple[int, int] | None:
    for at in range(lower, min(upper, lower + NOUN_REACH)):
        end = starts_report(scene, at)
        if end is not None:
            return at, end
        if scene.tokens[at].kind == "mark":
            return None
    return None


def _owner_end(scene: Scene, start: int) -> int:
    """Where the owner's name behind a report noun must end: a mark, a figure or a clause."""
    verbs = {clause.verb for clause in scene.clauses.table}
    for i in range(start, min(len(scene.tokens), start + OWNER_REACH)):
        token = scene.tokens[i]
        if token.kind == "digits" or (token.kind == "mark" and token.text not in "-&") or i in verbs:
            return i
    return min(len(scene.tokens), start + OWNER_REACH)


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


def _is_owner(scene: Scene, at: int) -> bool:
    """Whether a noun right before a report says whose it is: "council figures"."""
    readings = analyse(scene.tokens[at].text, "en")
    return scene.tokens[at].kind == "word" and bool(readings) and all(r.part == "noun" for r in readings)


def _is_inside_name(scene: Scene, at: int) -> bool:
    """Whether another capitalised word stands right before: "Institutul de Cercetări Marine" is no navy."""
    return at > 1 and is_capitalised(scene.tokens[at - 1])
