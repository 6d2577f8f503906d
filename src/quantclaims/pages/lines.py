"""The lines of a page and their shapes: a title, running prose, an item of a list.

Portals print a title without a full stop and a paragraph with one. This, the empty lines and what a line repeats are
all the layout that plain text keeps.
"""

import re
from typing import NamedTuple

from quantclaims.tokens import fold

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
NEWLINES = re.compile(r"\n+")
LIST_MARK = re.compile(r"(?:[-–—•*▪◦·●‣]|\d{1,2}[.)])\s")
CLOSERS = "\"'”’»)]“"
INITIAL_END = re.compile(r"(?:^|[\s.])[^\W\d_]\.$")
SIGNATURE = re.compile(r"\s\([^()]{2,40}\)$")  # "... on Monday. (AP)"
LONGEST_TITLE = 180


class Line(NamedTuple):
    """A line that holds anything, without the white space around it."""

    start: int
    end: int
    text: str
    folded: str
    """Case and spelling variants removed, same length as ``text``."""
    plain: str
    """Runs of white space as one space: by this, two lines are the same."""
    words: int
    gap: int
    """Empty lines before it; a line of spaces is not empty, so that masking opens no gap."""


def split_lines(text: str, language: str) -> list[Line]:
    r"""The lines of a text that hold anything.

    >>> [(line.text, line.gap) for line in split_lines("A title\n\n\n  Some prose. \n", "en")]
    [('A title', 0), ('Some prose.', 2)]
    """
    lines = []
    previous = 0
    for match in LINE.finditer(text):
        trimmed = match.group().strip()
        if not trimmed:
            continue
        start = match.start() + match.group().index(trimmed[0])
        newlines = [len(run) for run in NEWLINES.findall(text, previous, start)]
        words = trimmed.split()
        gap = max(newlines, default=1) - 1
        end = start + len(trimmed)
        lines.append(Line(start, end, trimmed, fold(trimmed, language), " ".join(words), len(words), gap))
        previous = end
    return lines


def is_list_item(line: Line) -> bool:
    """Whether a line begins with a bullet, a dash or a number of a list."""
    return LIST_MARK.match(line.text) is not None


def ends_sentence(line: Line) -> bool:
    """Whether a line ends with a full stop that is not that of an initial or of an ellipsis."""
    body = SIGNATURE.sub("", line.text).rstrip(CLOSERS)
    return body.endswith(".") and not body.endswith("..") and INITIAL_END.search(body) is None


def is_title(line: Line) -> bool:
    r"""Whether a line looks like a title: one line that opens with a capital and has no full stop at its end.

    >>> [is_title(line) for line in split_lines("Floods in the south\nThe army came to help.\n- two pumps", "en")]
    [True, False, False]
    """
    if len(line.text) > LONGEST_TITLE or is_list_item(line) or ends_sentence(line):
        return False
    if line.text.rstrip(CLOSERS).endswith((":", ";", ",")):
        return False
    first = next((c for c in line.text if c.isalnum()), "")
    return not first.islower()


def is_prose(line: Line) -> bool:
    """Whether a line is running text: a sentence of five words or more, or a line too long for a title."""
    if is_list_item(line):
        return False
    return len(line.text) > LONGEST_TITLE or (line.words >= 5 and not is_title(line) and ends_sentence(line))
