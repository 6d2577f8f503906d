"""Vocabulary tables of the languages and topics, and phrase matching over tokens.

A language is one ``languages/xx.toml``, a topic one ``topics/x.toml``; both are discovered by file. A table names
words; grammar stays in Python.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

import tomli

from quantclaims.lemmas import analyse, lemmas
from quantclaims.records import Token
from quantclaims.tokens import TOKEN, fold

Payload = TypeVar("Payload")


@cache
def list_languages() -> tuple[str, ...]:
    """BCP 47 tags of the languages that have a table.

    >>> "pl" in list_languages()
    True
    """
    return tuple(
        sorted(
            path.name[:-5]
            for path in files("quantclaims").joinpath("languages").iterdir()
            if path.name.endswith(".toml")
        )
    )


@cache
def load_language(language: str) -> dict[str, Any]:
    """The vocabulary table of a language; ValueError names the known ones when there is none."""
    if language not in list_languages():
        known = ", ".join(list_languages())
        raise ValueError(f"no grammar for language {language!r}: known are {known}")
    return tomli.loads(files("quantclaims").joinpath("languages", f"{language}.toml").read_text("utf-8"))


@cache
def load_topic(topic: str = "arms") -> dict[str, Any]:
    """The vocabulary table of a topic; ValueError names the known ones when there is none."""
    folder = files("quantclaims").joinpath("topics")
    known = sorted(path.name[:-5] for path in folder.iterdir() if path.name.endswith(".toml"))
    if topic not in known:
        raise ValueError(f"no vocabulary for topic {topic!r}: known are {', '.join(known)}")
    return tomli.loads(folder.joinpath(f"{topic}.toml").read_text("utf-8"))


REMEMBERED = 10_000
"""Words that a table remembers the entries of; all tables together then hold some 30 MB."""
ALIKE = 3
"""Letters that the forms of an inflected word begin with alike."""


@lru_cache(maxsize=100_000)  # the words of texts have no end, those of the tables have
def _keys(text: str, folded: str, language: str, inflect: bool) -> frozenset[str]:
    if not inflect:
        return frozenset((folded,))
    return frozenset((folded, *(fold(lemma, language) for lemma in lemmas(text, language))))


@cache
def _entry_keys(word: str, language: str, inflect: bool) -> frozenset[str]:
    """What an entry's word is known by: its own form, and its lemmas unless it can be a verb.

    Entries are dictionary forms; lemmas serve the dependent words of a name ("Korea Północna"). A verb's form in a
    table means that form: "będzie" is not "być". English needs no lemmas: "shelling" would match "shells".
    """
    folded = fold(word, language)
    if not inflect or language == "en" or len(folded) == 1:
        return frozenset((folded,))
    readings = analyse(word, language)
    if any(reading.part == "verb" for reading in readings):
        return frozenset((folded,))
    return frozenset((folded, *(fold(reading.lemma, language) for reading in readings)))


def _first_word(phrase: str) -> str:
    """The first word of a phrase that is not blank."""
    first = TOKEN.search(phrase)
    assert first is not None
    return first.group()


class PhraseTable(Generic[Payload]):
    """Phrases found in token sequences, longest first.

    With ``inflect`` a token matches an entry's word when they share a lemma, so tables hold dictionary forms only. The
    lemmas of thousands of entries cost more than an article: those of the first words are looked up when a text first
    has a word that begins alike, those of the other words when a text comes to them.
    """

    def __init__(self, entries: Iterable[tuple[str, Payload]], language: str, *, inflect: bool = False) -> None:
        self.language = language
        self.inflect = inflect
        self._entries = tuple(entries)
        self._words: dict[int, tuple[str, ...]] = {}
        self._candidates: dict[str, tuple[tuple[tuple[str, ...], Payload], ...]] = {}
        for phrase, payload in self._entries:
            if not phrase.strip():
                raise ValueError(f"empty phrase for {payload!r}")

    @cached_property
    def _by_first(self) -> dict[str, list[int]]:
        """Numbers of the entries by the first words, and by those keys of theirs that were asked for."""
        index: dict[str, list[int]] = {}
        for number, (phrase, _) in enumerate(self._entries):
            index.setdefault(fold(_first_word(phrase), self.language), []).append(number)
        return index

    @cached_property
    def _unread(self) -> dict[str, list[int]]:
        """Numbers of the entries whose first words have not been looked up, by how those begin."""
        if not self.inflect or self.language == "en":
            return {}
        index: dict[str, list[int]] = {}
        for form, numbers in self._by_first.items():
            index.setdefault(form[:ALIKE], []).extend(numbers)
        return index

    def _look_up(self, beginning: str) -> None:
        """Add the keys of the entries that begin so; a lemma that begins otherwise is none ("lata" is no "rok")."""
        for number in self._unread[beginning]:
            first = _first_word(self._entries[number][0])
            for key in _entry_keys(first, self.language, self.inflect) - {fold(first, self.language)}:
                if key.startswith(beginning):
                    self._by_first.setdefault(key, []).append(number)
        del self._unread[beginning]

    def _entry_words(self, number: int) -> tuple[str, ...]:
        """The words of an entry, told apart when a text has the first."""
        words = self._words.get(number)
        if words is None:
            words = self._words[number] = tuple(word.group() for word in TOKEN.finditer(self._entries[number][0]))
        return words

    def keys(self, token: Token) -> frozenset[str]:
        """What a token is compared by: its folded form and, with ``inflect``, its lemmas."""
        return _keys(token.text, token.folded, self.language, self.inflect)

    def match(self, tokens: Sequence[Token], at: int) -> list[tuple[int, Payload]]:
        """``(end, payload)`` of each phrase that starts at token ``at``; ``end`` is half open.

        The longest come first, those of one length in the order of the table.
        """
        candidates = self._candidates.get(tokens[at].text)
        if candidates is None:
            candidates = self._find_candidates(tokens[at])
        if not candidates:  # nearly every call ends here
            return []
        return [
            (at + len(words), payload)
            for words, payload in candidates
            if len(words) == 1 or self._goes_on(words, tokens, at)
        ]

    def _find_candidates(self, first: Token) -> tuple[tuple[tuple[str, ...], Payload], ...]:
        """The words and payload of each entry that may start with a token, the longest first; remembered by the word.

        A sentence is held against some forty tables, and most of its words are in none: to look into a set of keys for
        each took a third of the time of an article.
        """
        keys = self.keys(first)
        if self._unread:
            for beginning in {key[:ALIKE] for key in keys} & self._unread.keys():
                self._look_up(beginning)
        numbers = sorted({number for key in keys for number in self._by_first.get(key, ())})
        found = [(self._entry_words(number), self._entries[number][1]) for number in numbers]
        candidates = tuple(sorted(found, key=lambda entry: -len(entry[0])))
        if len(self._candidates) >= REMEMBERED:
            self._candidates.clear()
        self._candidates[first.text] = candidates
        return candidates

    def _goes_on(self, words: tuple[str, ...], tokens: Sequence[Token], at: int) -> bool:
        """Whether the tokens after the first are the other words of an entry."""
        if at + len(words) > len(tokens):
            return False
        for i in range(1, len(words)):  # a generator takes a third longer, and nearly all end at the second word
            if _entry_keys(words[i], self.language, self.inflect).isdisjoint(self.keys(tokens[at + i])):
                return False
        return True

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[int, Payload] | None:
        """The longest phrase that starts at token ``at``, or None."""
        hits = self.match(tokens, at)
        return hits[0] if hits else None

    def scan(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, Payload]]:
        """``(first, end, payload)`` of the longest phrases from left to right, none overlapping."""
        at = 0
        while at < len(tokens):
            hit = self.longest(tokens, at)
            if hit is None:
                at += 1
            else:
                yield at, *hit
                at = hit[0]
