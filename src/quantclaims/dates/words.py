"""The words that dates are made of, per language, and a sentence prepared for the date grammar.

The ``[dates]`` tables of ``languages/xx.toml`` name words by role; CLDR, through Babel, names months and weekdays.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, wraps
from itertools import product
from typing import Any, Generic, NamedTuple, TypeVar

from babel import Locale

from quantclaims.lexicon import load_language
from quantclaims.records import Number, Sentence
from quantclaims.tokens import tokenize

ROLES: Mapping[str, frozenset[str]] = {
    "months": frozenset(map(str, range(1, 13))),
    "short_months": frozenset(map(str, range(1, 13))),
    "weekdays": frozenset(map(str, range(7))),
    "short_weekdays": frozenset(map(str, range(7))),
    "plural_units": frozenset(("day", "week", "weekend", "month", "quarter", "half_year", "year", "decade", "century")),
    "units": frozenset(("day", "week", "weekend", "month", "quarter", "half_year", "year", "decade", "century")),
    "seasons": frozenset("1234"),
    "shifted_seasons": frozenset("1234"),
    "day_offsets": frozenset(map(str, range(-2, 3))),
    "shifts": frozenset(("-1", "0", "1")),
    "year_shifts": frozenset(("-1", "0", "1")),
    "month_shifts": frozenset(("-1", "0")),
    "ordinals": frozenset(map(str, (1, 2, 3, 4, 5, -1, -2, -3, -4, -5))),
    "parts": frozenset(("early", "middle", "late")),
    "decade_names": frozenset(map(str, range(20, 100, 10))),
    "eras": frozenset(("ad", "bc")),
    "feasts": frozenset(("01-01", "01-06", "02-14", "10-31", "11-01", "12-24", "12-25", "12-26", "12-31")),
    "movable_feasts": frozenset(map(str, (-52, -47, -46, -7, -3, -2, -1, 0, 1, 39, 49, 50, 60))),
}
"""Roles whose words stand for a value, and the values there are."""

CUES = frozenset(
    (
        "day_suffixes",
        "wary_months",
        "comparatives",
        "links",
        "month_links",
        "year_before",
        "year_after",
        "plural_years",
        "in",
        "evidence",
        "half",
        "ago_before",
        "ago_after",
        "ahead_before",
        "ahead_after",
        "trailing",
        "counted_trailing",
        "coming",
        "counted_coming",
        "since",
        "clause_since",
        "since_after",
        "until",
        "before",
        "after",
        "from",
        "to",
        "to_after",
        "between",
        "and",
        "overnight_from",
        "overnight_to",
        "night",
        "latest_night",
        "month_quantities",
        "joins",
        "so_far",
        "so_far_stops",
        "elapsed",
        "remaining",
        "clock_before",
        "clock_links",
        "clock_after",
        "day_times",
        "day_words",
        "labels",
        "measures",
        "anaphoric",
        "anaphoric_shifts",
        "anaphoric_after",
        "future",
        "year_end",
        "articles",
        "one",
        "few",
        "year_nouns",
        "clause_openers",
        "count_links",
        "month_closers",
        "hours",
        "whole_day",
        "feast_before",
        "definite",
        "unit_ends",
        "month_phrases",
    )
)
"""Roles whose words only mark what stands beside them."""

ASCII_POLISH = str.maketrans("ąćęłńóśźż", "acelnoszz")
ALTERNATIVES = re.compile(r"\(([^()]*)\)")
ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


class Word(NamedTuple):
    """A table entry found at a token: where it ends (half open) and the value it stands for."""

    end: int
    value: str


NOTHING: Mapping[str, tuple[Word, ...]] = {}
NO_NAMES: frozenset[str] = frozenset()
APOSTROPHES = frozenset("'’`")
"""Before the digits of a decade or a short year: "the '90s"."""


class Vocabulary(NamedTuple):
    """A language's date words by their first token, longest first: the tokens, role and value of each."""

    entries: dict[str, list[tuple[tuple[str, ...], str, str]]]
    capital_months: bool
    month_first: bool
    orthodox: bool
    """Easter is that of the eastern churches."""


def expand_forms(phrase: str) -> list[str]:
    """The phrases a compact entry stands for.

    >>> expand_forms("rok(|u)")
    ['rok', 'roku']
    """
    pieces = ALTERNATIVES.split(phrase)
    return ["".join(choice) for choice in product(*(piece.split("|") for piece in pieces))]


def read_roman(text: str) -> int | None:
    """The value of a Roman numeral up to 39, in capitals; None if it is none.

    >>> read_roman("XIX"), read_roman("MIX")
    (19, None)
    """
    if not text or not ROMAN.fullmatch(text):
        return None
    values = [ROMAN_VALUES[letter] for letter in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """The date words of a language; ValueError names a role or value that the grammar does not know."""
    table = load_language(language)["dates"]
    entries: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for phrase, role, value in (*_read_table(table), *_read_cldr(language)):
        for form in expand_forms(phrase):
            folded = tuple(token.folded for token in tokenize(form, language))
            for words in {folded, tuple(word.translate(ASCII_POLISH) for word in folded)}:
                known = entries.setdefault(words[0], [])
                if (words, role, value) not in known:
                    known.append((words, role, value))
    for known in entries.values():
        known.sort(key=lambda entry: -len(entry[0]))
    return Vocabulary(
        entries, bool(table.get("capital_months")), bool(table.get("month_first")), bool(table.get("orthodox"))
    )


def _read_table(table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for role, content in table.items():
        if isinstance(content, bool):
            continue
        if isinstance(content, dict):
            if role not in ROLES:
                raise ValueError(f"[dates.{role}] is no role of date words: known are {', '.join(ROLES)}")
            for value, phrases in content.items():
                if value not in ROLES[role]:
                    known = ", ".join(sorted(ROLES[role]))
                    raise ValueError(f"[dates.{role}] has no value {value!r}: known are {known}")
                yield from ((phrase, role, value) for phrase in phrases)
        elif role in CUES:
            yield from ((phrase, role, "") for phrase in content)
        else:
            raise ValueError(f"[dates] {role} is no role of date words: known are {', '.join(sorted(CUES))}")


def _read_cldr(language: str) -> Iterator[tuple[str, str, str]]:
    locale = Locale(language)
    for names, role, offset in ((locale.months, "months", 0), (locale.days, "weekdays", 0)):
        wide = {name: str(key + offset) for form in names.values() for key, name in form["wide"].items()}
        yield from ((name, role, value) for name, value in wide.items())
        for form in names.values():
            for key, name in form["abbreviated"].items():
                if name not in wide:
                    yield name.rstrip("."), f"short_{role}", str(key)


class Line:
    """The tokens of a sentence with the roles of their words; token positions are its coordinates."""

    __slots__ = ("_names", "_roles", "_size", "language", "memory", "numbers", "tokens", "vocabulary")

    def __init__(self, sentence: Sentence, numbers: Sequence[Number], language: str) -> None:
        self.tokens = sentence.tokens
        self.language = language
        self.vocabulary = load_vocabulary(language)
        self.numbers = {number.first_token: number for number in numbers}
        self.memory: dict[tuple[Callable[..., Any], int], Any] = {}
        """What each function that is worth remembering read, by its first token."""
        self._size = len(self.tokens)
        entries = self.vocabulary.entries
        self._roles = [
            self._match(at) if token.folded in entries or token.folded[-2:] == "'s" else NOTHING
            for at, token in enumerate(self.tokens)
        ]
        self._names = [frozenset(found) if found else NO_NAMES for found in self._roles]

    def __len__(self) -> int:
        return self._size

    def folded(self, at: int) -> str:
        """The folded text of a token, or nothing outside the sentence."""
        return self.tokens[at].folded if 0 <= at < self._size else ""

    def kind(self, at: int) -> str:
        """The kind of a token, or nothing outside the sentence."""
        return self.tokens[at].kind if 0 <= at < self._size else ""

    def glued(self, at: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return 0 < at < self._size and self.tokens[at - 1].end == self.tokens[at].start

    def roles(self, at: int) -> Mapping[str, tuple[Word, ...]]:
        """The entries that begin at a token, by role, longest first."""
        return self._roles[at] if 0 <= at < self._size else NOTHING

    def begins(self, at: int) -> tuple[frozenset[str], bool]:
        """What can begin at a token: the roles of its words, and whether a number or the mark of one can."""
        return self._names[at], self._begins_number(at)

    def _begins_number(self, at: int) -> bool:
        token = self.tokens[at]
        if token.kind in ("digits", "code") or at in self.numbers:
            return True
        if token.kind == "mark":
            return token.text in APOSTROPHES
        if token.text[0] in ROMAN_VALUES and read_roman(token.text) is not None:
            return True
        return self.language == "ro" and token.folded in ("al", "a")  # "al treilea trimestru"

    def _match(self, at: int) -> Mapping[str, tuple[Word, ...]]:
        first = self.tokens[at].folded
        candidates = self.vocabulary.entries.get(first, [])
        if first.endswith("'s"):
            candidates = candidates + self.vocabulary.entries.get(first[:-2], [])
        if not candidates:
            return NOTHING
        found: dict[str, tuple[Word, ...]] = {}
        for words, role, value in candidates:
            if len(words) == 1 or all(self.folded(at + i) == words[i] for i in range(1, len(words))):
                found[role] = (*found.get(role, ()), Word(at + len(words), value))
        return found

    def role(self, at: int, role: str) -> Word | None:
        """The longest entry of a role that begins at a token."""
        if not 0 <= at < self._size or role not in self._names[at]:
            return None
        return self._roles[at][role][0]

    def skip(self, at: int, role: str) -> int:
        """The end of an optional entry of a role."""
        word = self.role(at, role)
        return word.end if word else at

    def ends_with(self, at: int, role: str) -> int | None:
        """Where an entry of a role begins that ends right before a token; the longest."""
        for first in range(max(0, at - 5), at):
            if role in self._names[first] and any(word.end == at for word in self._roles[first][role]):
                return first
        return None

    def is_mark(self, at: int, marks: str) -> bool:
        """Whether a token is one of these marks."""
        return 0 <= at < self._size and self.tokens[at].kind == "mark" and self.tokens[at].folded in marks

    def is_capital(self, at: int) -> bool:
        """Whether a token begins with a capital."""
        return 0 <= at < len(self.tokens) and self.tokens[at].text[:1].isupper()


Read = TypeVar("Read")


def remember(read: Callable[[Line, int], Read]) -> Callable[[Line, int], Read]:
    """Read at each token once: the grammar asks the same at the same place from many sides."""

    @wraps(read)
    def recall(line: Line, at: int) -> Read:
        key = (read, at)
        if key not in line.memory:
            line.memory[key] = read(line, at)
        found: Read = line.memory[key]
        return found

    return recall


Attempt = Callable[[Line, int], Read | None]


def begin_with(*roles: str, number: bool = False) -> Callable[[Attempt[Read]], Attempt[Read]]:
    """Try a form only where a word of one of these roles begins, or with ``number`` a number: mostly none does."""
    wanted = frozenset(roles)

    def decorate(read: Attempt[Read]) -> Attempt[Read]:
        @wraps(read)
        def attempt(line: Line, at: int) -> Read | None:
            if not 0 <= at < len(line.tokens):
                return None
            names, begins_number = line.begins(at)
            return read(line, at) if not wanted.isdisjoint(names) or (number and begins_number) else None

        attempt.begin_with = wanted, number, read  # type: ignore[attr-defined]
        return attempt

    return decorate


class Alternatives(Generic[Read]):
    """Forms that may be read at one place, and for each kind of token those that it can begin."""

    __slots__ = ("_chosen", "_readers")

    def __init__(self, *readers: Attempt[Read]) -> None:
        self._readers = readers
        self._chosen: dict[tuple[frozenset[str], bool], tuple[Attempt[Read], ...]] = {}

    def choose(self, line: Line, at: int) -> tuple[Attempt[Read], ...]:
        """The forms that the token can begin."""
        begins = line.begins(at)
        chosen = self._chosen.get(begins)
        if chosen is None:
            chosen = self._chosen[begins] = tuple(self._select(*begins))
        return chosen

    def _select(self, names: frozenset[str], begins_number: bool) -> Iterator[Attempt[Read]]:
        for reader in self._readers:
            wanted, number, read = getattr(reader, "begin_with", (names, True, reader))
            if (number and begins_number) or not wanted.isdisjoint(names) or wanted is names:
                yield read
