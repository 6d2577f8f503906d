"""The article as far as it has been read: what the context rules look back on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from quantclaims.context.interviews import find_answers
from quantclaims.context.issuers import find_issuer
from quantclaims.context.passages import Passage
from quantclaims.context.periods import Anchor, Period, Timeline
from quantclaims.context.scene import Speaker
from quantclaims.context.speakers import QUOTES, SINGLE_QUOTES
from quantclaims.drafts import Draft

if TYPE_CHECKING:
    from quantclaims.context.locating import Located

DOUBLE_QUOTES = QUOTES - SINGLE_QUOTES
"""Marks that open and close quotations; single ones are apostrophes too often."""


@dataclass(slots=True)
class Discourse:
    """Passages and drafts of one article, in order."""

    language: str
    topic: str
    text: str
    """The text with page furniture masked."""
    published_end: date | None
    passages: list[Passage]
    drafts: list[Draft] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    """Whether each passage opens, closes or lies inside a quotation of its paragraph."""

    timelines: dict[int, Timeline] = field(default_factory=dict)
    """Timelines of the passages that were asked for theirs."""
    events: dict[int, Anchor | None] = field(default_factory=dict)
    """Named events that date the passages that were asked for theirs."""

    fieldwork: list[Period | None] = field(default_factory=list)
    """When the poll was taken that the article tells of, once it was asked for."""

    named: frozenset[str] | None = None
    """Every state that the text names, once somebody has asked."""
    is_home_named: bool | None = None
    """Whether one of them is the state of the text's language, once somebody has asked."""
    located: "dict[int, Located]" = field(default_factory=dict)
    """States of the passages that were asked for theirs."""
    leading: list[str | None] = field(default_factory=list)
    """The state that the article is about, once it was asked for."""

    answers: dict[int, Speaker] = field(default_factory=dict)
    """Who speaks in the passages that answer an interview's questions."""
    issuer: Speaker | None = None
    """Who issued the text, if it is a communiqué."""

    def __post_init__(self) -> None:
        self.quoted = _find_quoted(self.passages)
        self.answers = find_answers(self.passages, self.language)
        self.issuer = find_issuer(self.passages, self.language, self.topic)

    def drafts_of(self, index: int) -> list[Draft]:
        """The drafts of a passage not far back, in order; looked for from the end, whatever the text's length."""
        found: list[Draft] = []
        for draft in reversed(self.drafts):
            if draft.passage < index:
                break
            if draft.passage == index:
                found.append(draft)
        return found[::-1]

    def lead_in(self, index: int) -> int | None:
        """The passage that leads a list item in."""
        return self.passages[index].place.lead_in


def _find_quoted(passages: Sequence[Passage]) -> list[bool]:
    quoted = []
    paragraph, marks = -1, 0
    for passage in passages:
        if passage.sentence.paragraph != paragraph:
            paragraph, marks = passage.sentence.paragraph, 0
        tokens = passage.sentence.tokens
        own = sum(token.text in DOUBLE_QUOTES for token in tokens)
        marks += own
        quoted.append(marks % 2 == 1 or (own > 0 and tokens[0].text in QUOTES))
    return quoted
