"""Whom a sentence begins with and tells of: the person or firm that "he" or "the company" of the next one can mean."""

from quantclaims.context.passages import Passage
from quantclaims.context.scene import Scene, Speaker
from quantclaims.context.speakers import claimant_type, find_opening_name

STATES = frozenset({"government", "military", "intelligence", "unnamed", "media"})
"""Types of claimants that a pronoun goes back to by other rules."""


def find_protagonist(passage: Passage, language: str, topic: str) -> Speaker | None:
    """The name that is the subject of a sentence's first clause; None where it names nobody or a state.

    >>> from quantclaims.claims import read_passages
    >>> [passage] = read_passages("Ana Pop inspected 3 dams.", "en", None, "arms")
    >>> find_protagonist(passage, "en", "arms").text
    'Ana Pop'
    """
    verb = passage.clauses.table[0].verb
    if verb is None or passage.place.layout == "heading":
        return None
    tokens = passage.sentence.tokens
    scene = Scene(tokens, passage.mentions, passage.clauses, language, (), topic, (), passage.dates)
    speaker = find_opening_name(scene, verb)
    if speaker is None or speaker.text is None or claimant_type(speaker.claimant) in STATES:
        return None
    if speaker.first >= verb or (speaker.claimant is None and not _is_name(speaker.text)):
        return None
    return speaker


def _is_name(text: str) -> bool:
    """Whether a printed name has two capitalised words or an abbreviation."""
    words = [word for word in text.split() if word[:1].isupper()]
    return len(words) > 1 or any(len(word) > 1 and word.isupper() for word in words)
