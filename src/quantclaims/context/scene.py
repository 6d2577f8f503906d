"""A sentence as the rules about speakers see it, and the speaker that they find."""

from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.clauses import Clauses
from quantclaims.context.mentions import Mention
from quantclaims.records import DateExpression, Token


class Speaker(NamedTuple):
    """Somebody who vouches for a statement."""

    claimant: str | None
    """Register id, or None for somebody the register does not know."""
    text: str | None
    """The name as printed; None where the sentence leaves the speaker out."""
    country: str | None
    is_anaphoric: bool = False
    """Whether the speaker was taken from an earlier sentence."""
    first: int = 0
    end: int = 0
    """Tokens of the name in its sentence, half open."""
    basis: str | None = None
    """The rule that found the state of a body that the text names without it."""


ARTICLE = Speaker("article", None, None)


class Memory(NamedTuple):
    """Whom and what earlier sentences named."""

    history: Sequence[Speaker] = ()
    """Speakers, latest last."""
    recent: Sequence[str] = ()
    """States, latest first."""
    focus: Sequence[str] = ()
    """Of the states, those that the sentences were about; latest first."""
    named: Sequence[Speaker] = ()
    """Whom sentences began with; latest last."""


class Scene(NamedTuple):
    """A sentence with the speakers and states before it."""

    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    clauses: Clauses
    language: str
    history: Sequence[Speaker]
    """Speakers before, in this sentence too; latest last."""
    topic: str
    recent: Sequence[str] = ()
    """States named in earlier sentences, latest first."""
    dates: Sequence[DateExpression] = ()
    focus: Sequence[str] = ()
    """Of the states named in earlier sentences, those that the sentences were about; latest first."""
    named: Sequence[Speaker] = ()
    """Whom earlier sentences began with and who have not spoken yet; latest last."""

    def is_dated(self, at: int) -> bool:
        """Whether a token belongs to a date."""
        return any(date.first_token <= at < date.last_token for date in self.dates)

    def text(self, first: int, end: int) -> str:
        """Tokens as printed, white space between them as one space."""
        parts = [self.tokens[first].text]
        for i in range(first + 1, end):
            gap = " " if self.tokens[i - 1].end < self.tokens[i].start else ""
            parts.append(gap + self.tokens[i].text)
        return "".join(parts)
