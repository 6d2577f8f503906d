"""The words that dates are made of, per language, and a sentence prepared for the date grammar.

The ``[dates]`` tables of ``languages/xx.toml`` name words by role; CLDR, through Babel, names months and weekdays.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, wraps
from itertools import product
from typing import Any, NamedTuple, TypeVar

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


class Vocabulary(NamedTuple):
    """A language's date words by their first token, longest first: the tokens, role and value of each."""

    entries: dict[str, list[tuple[tuple[str, ...], str, str]]]
    capital_months: bool
    month_first: bool


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
    return Vocabulary(entries, bool(table.get("capital_months")), bool(table.get("month_first")))


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

    __slots__ = ("_roles", "language", "memory", "numbers", "tokens", "vocabulary")

    def __init__(self, sentence: Sentence, numbers: Sequence[Number], language: str) -> None:
        self.tokens = sentence.tokens
        self.language = language
        self.vocabulary = load_vocabulary(language)
        self.numbers = {number.first_token: number for number in numbers}
        self.memory: dict[tuple[Callable[..., Any], int], Any] = {}
        """What each function that is worth remembering read, by its first token."""
        self._roles: dict[int, Mapping[str, tuple[Word, ...]]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def folded(self, at: int) -> str:
        """The folded text of a token, or nothing outside the sentence."""
        return self.tokens[at].folded if 0 <= at < len(self.tokens) else ""

    def kind(self, at: int) -> str:
        """The kind of a token, or nothing outside the sentence."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def glued(self, at: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def roles(self, at: int) -> Mapping[str, tuple[Word, ...]]:
        """The entries that begin at a token, by role, longest first."""
        if at not in self._roles:
            self._roles[at] = self._match(at) if 0 <= at < len(self.tokens) else NOTHING
        return self._roles[at]

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
        words = self.roles(at).get(role)
        return words[0] if words else None

    def skip(self, at: int, role: str) -> int:
        """The end of an optional entry of a role."""
        word = self.role(at, role)
        return word.end if word else at

    def ends_with(self, at: int, role: str) -> int | None:
        """Where an entry of a role begins that ends right before a token; the longest."""
        for first in range(max(0, at - 5), at):
            if any(word.end == at for word in self.roles(first).get(role, ())):
                return first
        return None

    def is_mark(self, at: int, marks: str) -> bool:
        """Whether a token is one of these marks."""
        return self.kind(at) == "mark" and self.folded(at) in marks

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


def begin_with(
    *roles: str,
) -> Callable[[Callable[[Line, int], Read | None]], Callable[[Line, int], Read | None]]:
    """Try a form only where a word of one of these roles begins: at most tokens none does."""
    wanted = frozenset(roles)

    def decorate(read: Callable[[Line, int], Read | None]) -> Callable[[Line, int], Read | None]:
        @wraps(read)
        def attempt(line: Line, at: int) -> Read | None:
            return None if wanted.isdisjoint(line.roles(at)) else read(line, at)

        return attempt

    return decorate
