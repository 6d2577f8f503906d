"""How likely a row says what the text says, from named evidence of how its fields were found.

The weights are first estimates, not yet fitted: each is the share of rows that a reader would keep when the field was
found in that way. They multiply, as if independent.
"""

from quantclaims.drafts import Draft

BASE = 0.97
DOUBT = {
    "speaker_anaphoric": 0.9,
    "speaker_unregistered": 0.9,
    "speaker_quoted": 0.9,
    "parties_continued": 0.95,
    "actor_is_speaker": 0.95,
    "period_inherited": 0.95,
    "period_inferred": 0.95,
    "predicate_unknown": 0.85,
    "no_counted_thing": 0.8,
}
"""Evidence -> share of rows kept."""


def name_evidence(draft: Draft) -> tuple[str, ...]:
    """The doubts that a draft raises, by name."""
    doubts = [rule for rule in draft.rules if rule in DOUBT]
    if draft.speaker.is_anaphoric:
        doubts.append("speaker_anaphoric")
    if draft.speaker.claimant is None:
        doubts.append("speaker_unregistered")
    if draft.period.basis == "inferred":
        doubts.append("period_inferred")
    if draft.predicate is None:
        doubts.append("predicate_unknown")
    if draft.item_lemma is None and draft.unit == "1" and not draft.items:
        doubts.append("no_counted_thing")
    return tuple(dict.fromkeys(doubts))


def estimate_confidence(draft: Draft) -> float:
    """A probability between 0 and 1."""
    probability = BASE
    for doubt in name_evidence(draft):
        probability *= DOUBT[doubt]
    return round(probability, 4)
