"""Which version number a difference calls for.

Numbers are those of https://semver.org, applied to the dataset: what could break a program that reads it is major, what
gives it more to read is minor, what sets right what was there is a patch.

======  =====================================================================
major   a column removed, or given another type
minor   rows added, or a column
patch   values corrected, rows retracted, or moved because their article's text changed; or no row changed at all
======  =====================================================================

A retracted row breaks no program, and whoever cited it finds it in corrections.csv with the reason.
"""

import re
from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple

from quantclaims.diff import Difference, pair_moved

NUMBER = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")


class Level(IntEnum):
    """How far a number moves."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Number(NamedTuple):
    """A version number; greater ones are later.

    >>> str(parse_number("0.9.12").raised(Level.MINOR)), parse_number("0.10.0") > parse_number("0.9.12")
    ('0.10.0', True)
    """

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def raised(self, level: Level) -> "Number":
        """The next number of a level."""
        if level == Level.MAJOR:
            return Number(self.major + 1, 0, 0)
        if level == Level.MINOR:
            return Number(self.major, self.minor + 1, 0)
        return Number(self.major, self.minor, self.patch + 1)


class Tally(NamedTuple):
    """How much of a table differs."""

    added: int
    retracted: int
    moved: int
    corrected: int
    """Rows with another value in any column."""
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    columns_retyped: tuple[str, ...]

    @property
    def level(self) -> Level:
        """What the difference calls for; a patch where nothing differs, for it is released for some reason."""
        if self.columns_removed or self.columns_retyped:
            return Level.MAJOR
        return Level.MINOR if self.added or self.columns_added else Level.PATCH


def parse_number(text: str) -> Number:
    """The number that a text is; ValueError for a text that is none.

    >>> parse_number("1.20.0")
    Number(major=1, minor=20, patch=0)
    """
    found = NUMBER.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no version number of the form 1.2.3")
    return Number(*map(int, found.groups()))


def tally(difference: Difference) -> Tally:
    """Count what differs; a row that only stands elsewhere in its text is neither added nor retracted."""
    moved = len(pair_moved(difference))
    return Tally(
        added=len(difference.added) - moved,
        retracted=len(difference.removed) - moved,
        moved=moved,
        corrected=len(difference.changed),
        columns_added=difference.columns_added,
        columns_removed=difference.columns_removed,
        columns_retyped=tuple(column.column for column in difference.columns_retyped),
    )


def decide_level(tallies: Mapping[str, Tally]) -> Level:
    """The level that the tables together call for."""
    return max((each.level for each in tallies.values()), default=Level.PATCH)
