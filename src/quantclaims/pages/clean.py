"""Page furniture masked in plain text: what is not the article becomes spaces, and no offset moves."""

import re
from typing import NamedTuple

from quantclaims.pages.furniture import Masked, find_furniture

VISIBLE = re.compile(r"[^\s]")


class Cleaned(NamedTuple):
    """A text with its furniture masked, and what was masked by which rule."""

    text: str
    """As long as the text that was given; line ends kept, nothing changed but to a space."""
    notes: tuple[Masked, ...]


def clean(text: str, language: str) -> Cleaned:
    r"""Mask the page furniture of a text in ``language`` (BCP 47); ValueError for a language without a grammar.

    Masking one line can uncover another (a caption whose two copies differed in a tag), so the rules run until they
    find nothing more. What they leave is therefore left by a second call too.

    >>> cleaned = clean("ADVERTISEMENT\nThree people were hurt on Monday.", "en")
    >>> cleaned.text
    '             \nThree people were hurt on Monday.'
    >>> cleaned.notes
    (Masked(start=0, end=13, rule='advert'),)
    """
    notes: list[Masked] = []
    while found := [span for span in find_furniture(text, language) if not text[span.start : span.end].isspace()]:
        text = mask_spans(text, found)
        notes += found
    return Cleaned(text, tuple(sorted(notes)))


def mask_spans(text: str, spans: list[Masked]) -> str:
    r"""The text with every visible character of the spans as a space.

    >>> mask_spans("a bc\nd", [Masked(2, 6, "")])
    'a   \n '
    """
    pieces = []
    at = 0
    for start, end, _ in sorted(spans):
        if end > at:
            pieces += [text[at:start], VISIBLE.sub(" ", text[max(at, start) : end])]
            at = end
    return "".join((*pieces, text[at:]))


def mask_furniture(text: str, language: str) -> str:
    r"""The text of `clean`, of the same length as the one that was given.

    >>> mask_furniture("Fot. PAP\nTrzy osoby zostały ranne w poniedziałek.", "pl").strip()
    'Trzy osoby zostały ranne w poniedziałek.'
    """
    return clean(text, language).text
