"""Which figures of a sentence a speaker's cue covers, and whose words they are when several cues do."""

from collections.abc import Sequence

from quantclaims.context.attribution import Attribution
from quantclaims.context.clauses import Clause, Clauses
from quantclaims.context.scene import Speaker
from quantclaims.context.speakers import QUOTES, claimant_type
from quantclaims.records import Token

NOT_VOUCHING = frozenset({"deny", "unsaid"})
"""Kinds of cue whose speaker does not stand for what the clause says."""
EMBEDDED = frozenset({"relative", "adverbial"})
"""Clauses that say something beside what the sentence says."""


def choose_speaker(
    attributions: Sequence[Attribution], tokens: Sequence[Token], clauses: Clauses, first: int, end: int
) -> tuple[Speaker, tuple[str, ...], str] | None:
    """``(speaker, relays, rule)`` for tokens ``first`` to ``end``; None where the sentence names nobody.

    The innermost cue wins: the last before the figure, else the first after it. A cited source outranks who cites it.
    """
    vouching = [
        a for a in attributions if a.kind not in NOT_VOUCHING and is_covering(a, attributions, tokens, clauses, first)
    ]
    quoting = [a for a in vouching if a.kind == "quoted"]
    vouching = [a for a in vouching if a.kind != "quoted"] or quoting
    before = [a for a in vouching if a.end <= first]
    after = [a for a in vouching if a.first >= end]
    inner = before[-1] if before else after[0] if after else None
    if inner is None:
        return None
    outer = [a for a in before[:-1] if a.speaker.claimant != inner.speaker.claimant and _is_relaying(a, inner, clauses)]
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
    later = [a for a in after if a is not inner and a.first > inner.first and a not in outer]
    outer = [*(a for a in reversed(later) if claimant_type(a.speaker.claimant) == "media"), *outer]
    outer = [*outer, *(a for a in quoting if a is not inner)]
    relays = [inner.listener, *(a.speaker.claimant or a.speaker.text for a in reversed(outer))]
    via = tuple(dict.fromkeys(name for name in relays if name not in (None, "article", inner.speaker.claimant)))
    return inner.speaker, via, inner.rule


def _is_relaying(outer: Attribution, inner: Attribution, clauses: Clauses) -> bool:
    """Whether one speaker says what another has said: a medium, or whoever's "that" clause holds the other's cue."""
    if outer.kind == "relay" or claimant_type(outer.speaker.claimant) == "media":
        return True
    clause = clauses.table[clauses.of[inner.first]]
    return clause.kind == "complement" and clause.parent == clauses.of[outer.first]


def is_covering(
    attribution: Attribution, others: Sequence[Attribution], tokens: Sequence[Token], clauses: Clauses, figure: int
) -> bool:
    """Whether a figure stands in what a cue's speaker says.

    A cue before the figure covers what follows, unless it stands in a clause that is over by then ("those who, the
    police say, fled"). A cue after it covers what it closes, not what it opens: "40 boats sank, though the navy says
    that 10 were saved".
    """
    if _is_out_of_reach(attribution, clauses, figure):
        return False
    own, other = clauses.of[attribution.first], clauses.of[figure]
    if attribution.is_introduced or attribution.kind == "citing":
        return attribution.turn is None or not figure < attribution.turn
    is_inside = own == other or own in _list_ancestors(clauses, other)
    is_embedded = clauses.table[own].kind in EMBEDDED
    if attribution.first <= figure and any(tokens[i].text == ";" for i in range(attribution.end, figure)):
        return False
    if attribution.first <= figure:
        return (is_inside or not is_embedded) and not _describes_speaker(attribution, clauses, other)
    if clauses.table[own].kind == "adverbial" and not is_inside and _begins(attribution.speaker, clauses.table[own]):
        return False  # "shares rose 6 per cent after the maker reported a profit"
    clause = clauses.table[own]
    is_joined = clause.kind == "coordinate" and tokens[clause.first].kind == "word" and figure < clause.first
    if is_joined and attribution.kind in ("say", "count") and _begins(attribution.speaker, clause):
        return False  # "sent 14 trucks, and Eurostat put inflation at 2.2 per cent"
    if attribution.kind in ("according_to", "citing", "noun"):
        verb = clauses.table[own].verb
        opens = verb is not None and attribution.first < verb and not is_inside
        return not opens and (is_inside or not is_embedded or _follows_mark(tokens, attribution.first))
    return not _opens_content(attribution, others, tokens, clauses, figure)


def _is_out_of_reach(attribution: Attribution, clauses: Clauses, figure: int) -> bool:
    """Whether a sentence's end, a comparison or the cue's own reach parts it from a figure."""
    if _parts_sentences(clauses, attribution.first, figure):
        return True
    if attribution.reach is not None and not 0 < attribution.first - figure <= attribution.reach:
        return True
    return attribution.than is not None and figure < attribution.than  # "two less than the prosecutor had asked for"


def _parts_sentences(clauses: Clauses, a: int, b: int) -> bool:
    """Whether a sentence ends between two tokens, hidden behind an abbreviation: "to 6.9bn. Wages ..., he said"."""
    lower, upper = min(a, b), max(a, b)
    return any(c.kind == "sentence" and lower < c.first <= upper for c in clauses.table)


ARTICLES = 2
"""Words between the conjunction that opens a clause and its subject."""


def _begins(speaker: Speaker, clause: Clause) -> bool:
    """Whether a clause begins with the speaker, its subject."""
    return not speaker.is_anaphoric and clause.first <= speaker.first <= clause.first + ARTICLES


def _describes_speaker(attribution: Attribution, clauses: Clauses, clause: int) -> bool:
    """Whether a clause only tells who the speaker is: "said Joan Price, who lost 30 sheep"."""
    speaker = attribution.speaker
    if speaker.is_anaphoric or not speaker.end or clauses.table[clause].kind != "relative":
        return False
    return attribution.end <= speaker.end <= clauses.table[clause].first <= speaker.end + 1


def _opens_content(
    attribution: Attribution, others: Sequence[Attribution], tokens: Sequence[Token], clauses: Clauses, figure: int
) -> bool:
    """Whether what a verb of saying says follows it, so that what stands before is somebody else's.

    What another verb opens is not its own: "40 boats sank, the navy said, adding that 10 were saved".
    """
    own = clauses.of[attribution.first]
    opened = [c.first for c in clauses.table if c.kind == "complement" and c.parent == own]
    has_complement = any(
        attribution.end <= opening and not any(attribution.end <= a.first < opening for a in others)
        for opening in opened
    )
    if attribution.has_object and (
        clauses.table[own].kind in ("coordinate", "stop") or figure < clauses.table[own].first
    ):
        return True  # "...; markets put the odds at 45 per cent"
    speaker = attribution.speaker
    is_subject_before = not speaker.is_anaphoric and speaker.end and speaker.end <= figure and speaker.first < figure
    return has_complement or bool(is_subject_before and not _follows_mark(tokens, attribution.first))


def _list_ancestors(clauses: Clauses, clause: int) -> set[int]:
    found: set[int] = set()
    parent = clauses.table[clause].parent
    while parent is not None and parent not in found:
        found.add(parent)
        parent = clauses.table[parent].parent
    return found


def _follows_mark(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and (tokens[at - 1].text in QUOTES or tokens[at - 1].text in ",-–—(")
