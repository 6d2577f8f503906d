"""Problems with what people gave us, each a line that says where, what, and what to do."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong with a file.

    >>> print(Problem(Path("a.md"), 3, "published is empty", "give a date or leave the line out"))
    a.md:3: published is empty: give a date or leave the line out
    """

    path: Path
    line: int | None
    """Counted from 1; None where the whole file is meant."""
    what: str
    advice: str

    def __str__(self) -> str:
        place = str(self.path) if self.line is None else f"{self.path}:{self.line}"
        return " ".join(f"{place}: {self.what}: {self.advice}".split())


def name_known(word: str, known: Iterable[str]) -> str:
    """Advice for an unknown word: the nearest known one, else all of them.

    >>> name_known("titel", ["title", "url"]), name_known("x", ["title", "url"])
    ('did you mean title?', 'known are title, url')
    """
    known = sorted(known)
    near = get_close_matches(word.casefold(), known, n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"


def describe_os_error(error: OSError) -> str:
    """What the system says, without its number and without the path.

    >>> describe_os_error(PermissionError(13, "Permission denied", "a.md"))
    'permission denied'
    """
    return (error.strerror or type(error).__name__).lower()


def describe_error(error: BaseException) -> str:
    r"""What a library says of an error: its first line, shortened, with what cannot be seen written out.

    >>> print(describe_error(ValueError("no such type: \x0e\nsee the manual")), describe_error(MemoryError()))
    no such type: \x0e MemoryError
    """
    return escape((str(error).strip() or type(error).__name__).splitlines()[0][:200])


def escape(text: str) -> str:
    r"""A text with every character that is not seen, or does something, written out; spaces stay.

    Bidirectional controls, zero-width characters and other invisible ones stand as escapes: a report must not be turned
    round by what it reports (Unicode Technical Report 36, https://www.unicode.org/reports/tr36/).

    >>> print(escape("a\tb\u00a0c\u202e"))
    a\tb\xa0c\u202e
    """
    return text if text.isprintable() else "".join(map(_escape_character, text))


def _escape_character(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
