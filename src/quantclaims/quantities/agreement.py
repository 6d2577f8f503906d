"""The counted noun in Polish, found by agreement.

Numerals from five up, collectives, "tysiąc" and "milion" govern the genitive plural; two to four agree; halves and
decimals take the genitive singular; in the other cases all agree. Adjectives and participles on the way must share a
case with the noun, and a participle may carry its own complement ("30 przydzielonych do ochrony żołnierzy").
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quantclaims.lemmas import Analysis, analyse
from quantclaims.quantities.nouns import (
    QUOTES,
    WINDOW,
    Head,
    Search,
    is_broken,
    is_one,
    load_nouns,
    skip_parenthesis,
)
from quantclaims.records import Number, Token

NOUNS = frozenset({"noun", "proper"})
ADJECTIVES = frozenset({"adjective", "participle"})
FUNCTION_PARTS = frozenset({"preposition", "conjunction"})
OBLIQUE = frozenset({"gen", "dat", "inst", "loc"})
EVERY = frozenset({"nom", "gen", "dat", "acc", "inst", "loc", "voc"})
NAME_ENDINGS = ("ów", "y", "i", "om", "ami", "ach")
"""Plural endings of names that the dictionary does not know: "15 Abramsów", but not "12 Kowal"."""
MODIFIERS = 6
"""Tokens ahead in which an adjective that is also a noun looks for the noun it modifies."""
COMPLEMENT = 4
"""Words of a participle's own complement that may stand before the noun."""


class Wanted(NamedTuple):
    """Grammatical number and cases that a numeral asks of its noun."""

    numbers: frozenset[str]
    cases: frozenset[str]


def wanted_of(number: Number, last_word: str) -> Wanted:
    """What a numeral asks of its noun, by its value and its last printed word."""
    if is_one(number):
        return Wanted(frozenset({"sg"}), EVERY)
    if is_broken(number):
        return Wanted(frozenset({"sg", "pl"}), EVERY)
    value = number.high if number.value is None else number.value
    paucal = value is not None and value % 10 in (2, 3, 4) and value % 100 not in (12, 13, 14)
    if paucal and (last_word.isdigit() or (value is not None and value < 1000)):
        return Wanted(frozenset({"pl"}), EVERY)
    return Wanted(frozenset({"pl"}), OBLIQUE)


@lru_cache(maxsize=50_000)
def noun_readings(text: str, wanted: Wanted) -> tuple[Analysis, ...]:
    """Readings of a word as a noun of the wanted number and case."""
    return tuple(
        r for r in analyse(text, "pl") if r.part in NOUNS and r.numbers & wanted.numbers and r.cases & wanted.cases
    )


@lru_cache(maxsize=50_000)
def adjective_cases(text: str, wanted: Wanted) -> frozenset[str]:
    """Cases in which a word is an adjective or participle of the wanted number."""
    readings = (r for r in analyse(text, "pl") if r.part in ADJECTIVES and r.numbers & wanted.numbers)
    return frozenset(case for r in readings for case in r.cases & wanted.cases)


@lru_cache(maxsize=50_000)
def _parts(text: str) -> frozenset[str]:
    return frozenset(reading.part for reading in analyse(text, "pl"))


def is_function_word(token: Token) -> bool:
    """Whether a word is a preposition, a conjunction, or one letter."""
    return not FUNCTION_PARTS.isdisjoint(_parts(token.text)) or (len(token.text) == 1 and token.kind == "word")


def find_head_by_agreement(search: Search, at: int) -> Head | None:
    """The noun that agrees with the number before token ``at``."""
    tokens, number = search.tokens, search.number
    wanted = wanted_of(number, tokens[at - 1].text if at else "")
    walk = Walk(search, wanted)
    found = walk.run(at)
    if found is None:
        return None
    index, reading = found
    cases = reading.cases & wanted.cases if reading.cases else wanted.cases
    return Head(index, index + 1, extend_phrase(search, index, cases, reading), reading.lemma, "noun_by_agreement")


class Walk:
    """One search from a number to its noun: the modifiers passed so far and the cases that they leave open."""

    def __init__(self, search: Search, wanted: Wanted) -> None:
        self.search = search
        self.wanted = wanted
        self.cases = wanted.cases
        self.substantive: tuple[int, Analysis] | None = None
        self.complement = 0
        self.modifiers = 0

    def run(self, at: int) -> tuple[int, Analysis] | None:
        """Index and reading of the noun, or of the last adjective that can stand for one."""
        tokens = self.search.tokens
        end = min(self.search.limit, at + WINDOW)
        while at < end:
            at = self.search.skips.get(at, at)
            if at >= end:
                break
            token = tokens[at]
            if token.kind == "mark":
                step = self._pass_mark(at, end)
            elif token.kind != "word":
                break
            else:
                noun = self._noun_at(at, end)
                if noun is not None:
                    return at, noun
                step = self._pass_word(at)
            if step == at:
                break
            at = step
        return self.substantive

    def _pass_mark(self, at: int, end: int) -> int:
        tokens = self.search.tokens
        if tokens[at].text in QUOTES:
            return at + 1
        if tokens[at].text == "(":
            return skip_parenthesis(tokens, at, end)
        if tokens[at].text == "-" and 0 < at < end - 1 and tokens[at - 1].end == tokens[at].start:
            return at + 1 if tokens[at].end == tokens[at + 1].start else at  # "czerwono-czarnych"
        after = at + 1
        if after + 1 < end and _parts(tokens[after].text) <= {"adverb", "particle"}:
            after += 1  # "młodzi, dobrze ubrani mężczyźni"
        follows = after < end and bool(adjective_cases(tokens[after].text, self.wanted) & self.cases)
        return at + 1 if tokens[at].text == "," and self.modifiers and follows else at

    def _noun_at(self, at: int, end: int) -> Analysis | None:
        token = self.search.tokens[at]
        words = load_nouns("pl")
        if token.folded in words.stops or is_function_word(token):
            return None
        wanted = Wanted(self.wanted.numbers, self.cases)
        readings = [r for r in noun_readings(token.text, wanted) if r.lemma not in words.never]
        if readings:
            if adjective_cases(token.text, wanted) and self._is_modifier(at, end):
                return None
            return next((r for r in readings if "m1" in r.genders), readings[0])
        return self._undeclined(token)

    def _undeclined(self, token: Token) -> Analysis | None:
        """A word that the dictionary does not know, or an abbreviation: it stands for a noun of any case."""
        named = token.text[0].isupper() and token.folded.endswith(NAME_ENDINGS)
        if (self.complement and not named) or len(token.text) < 2:
            return None
        declined = token.text[0].islower() or named
        for reading in analyse(token.text, "pl"):
            if (reading.part == "unknown" and declined) or (
                reading.part == "abbreviation" and token.folded in load_nouns("pl").plurals
            ):
                return reading
        return None

    def _is_modifier(self, at: int, end: int) -> bool:
        """Whether a word that is adjective and noun ("rannych", "złotych") stands before a noun that it agrees with."""
        tokens = self.search.tokens
        cases = adjective_cases(tokens[at].text, Wanted(self.wanted.numbers, self.cases))
        wanted = Wanted(self.wanted.numbers, cases)
        for i in range(at + 1, min(at + MODIFIERS, end)):
            if tokens[i].kind != "word":
                if tokens[i].text in QUOTES or tokens[i].text == ",":
                    continue
                return False
            if is_function_word(tokens[i]) and tokens[i].folded not in ("i", "oraz"):
                return False
            if noun_readings(tokens[i].text, wanted):
                return True
            between = tokens[i].folded in ("i", "oraz") or _parts(tokens[i].text) <= {"adverb", "particle"}
            if not between and not adjective_cases(tokens[i].text, wanted):
                return False
        return False

    def _pass_word(self, at: int) -> int:
        """Token after a word that may stand between number and noun; ``at`` itself for one that may not."""
        token = self.search.tokens[at]
        words = load_nouns("pl")
        cases = adjective_cases(token.text, Wanted(self.wanted.numbers, self.cases))
        parts = _parts(token.text)
        if cases and not is_function_word(token):
            self.cases = cases
            self.modifiers += 1
            self.complement = COMPLEMENT if "participle" in parts or self._governs(at) else 0
            self._note_substantive(at)
            return at + 1
        if token.folded in words.modifiers or (parts <= {"adverb", "particle"} and token.folded not in words.stops):
            return at + 1
        if token.folded in ("i", "oraz", "lub", "a", "ani") and self.modifiers and self._adjective_follows(at):
            return at + 1
        if self.complement and "verb" not in parts:
            self.complement -= 1
            return at + 1
        return at

    def _governs(self, at: int) -> bool:
        """Whether an adjective takes a complement of its own: "zdolnych do", "wolnych od"."""
        tokens = self.search.tokens
        return at + 1 < self.search.limit and "preposition" in _parts(tokens[at + 1].text)

    def _adjective_follows(self, at: int) -> bool:
        tokens = self.search.tokens
        after = at + 1
        return after < self.search.limit and bool(
            adjective_cases(tokens[after].text, Wanted(self.wanted.numbers, self.cases))
        )

    def _note_substantive(self, at: int) -> None:
        text = self.search.tokens[at].text
        never = load_nouns("pl").never
        for reading in analyse(text, "pl"):
            if reading.part == "participle" and reading.lemma not in never:
                self.substantive = at, reading
                return


def extend_phrase(search: Search, head: int, cases: frozenset[str], reading: Analysis) -> int:
    """Where the counted phrase ends: adjectives after the noun, one genitive attribute, nouns joined to it.

    >>> from quantclaims.tokens import tokenize
    >>> tokens = tokenize("wozów i armat polowych z Niemiec", "pl")
    >>> search = Search(tokens, len(tokens), {}, Number(0, 0, 5.0, 5.0, 5.0, "cardinal", ""), "pl")
    >>> extend_phrase(search, 0, frozenset({"gen"}), Analysis("wóz", "noun", numbers=frozenset({"pl"})))
    4
    """
    wanted = Wanted(reading.numbers or frozenset({"sg", "pl"}), cases)
    end = _pass_adjectives(search, head + 1, wanted)
    end = pass_genitive(search, end)
    end = _pass_joined(search, end, wanted)
    tokens = search.tokens
    if end < search.limit and tokens[end].text in QUOTES and _opens_quote(tokens, head, end):
        end += 1
    return end


def _opens_quote(tokens: Sequence[Token], head: int, end: int) -> bool:
    marks = sum(1 for token in tokens[max(0, head - WINDOW) : end] if token.text in QUOTES)
    return marks % 2 == 1


def _pass_adjectives(search: Search, at: int, wanted: Wanted) -> int:
    tokens = search.tokens
    while at < search.limit and tokens[at].kind == "word" and not is_function_word(tokens[at]):
        if not adjective_cases(tokens[at].text, wanted) or _starts_noun_phrase(search, at):
            break
        if "verb" in _parts(tokens[at].text):  # "odpadła" is the past of a verb before it is an adjective
            break
        if tokens[at].folded in load_nouns("pl").stops:
            break
        at += 1
    return at


def _starts_noun_phrase(search: Search, at: int) -> bool:
    """Whether an adjective after the head belongs to the noun behind it ("nowych" in "50 osób nowych zasad")."""
    tokens = search.tokens
    if at + 1 >= search.limit or tokens[at + 1].kind != "word":
        return False
    cases = adjective_cases(tokens[at].text, Wanted(frozenset({"sg", "pl"}), EVERY))
    nouns = noun_readings(tokens[at + 1].text, Wanted(frozenset({"sg", "pl"}), EVERY))
    return not is_function_word(tokens[at + 1]) and any(r.cases & cases for r in nouns)


def pass_genitive(search: Search, at: int) -> int:
    """Past one attribute in the genitive, in lower case: "miejsc pracy", "funkcjonariuszy policji"."""
    tokens = search.tokens
    genitive = Wanted(frozenset({"sg", "pl"}), frozenset({"gen"}))
    start = at
    if at < search.limit and tokens[at].kind == "word" and adjective_cases(tokens[at].text, genitive):
        at += 1
    if at >= search.limit or not _is_genitive_attribute(tokens[at], genitive):
        return start
    numbers = frozenset(n for r in noun_readings(tokens[at].text, genitive) for n in r.numbers)
    return _pass_adjectives(search, at + 1, Wanted(numbers, frozenset({"gen"})))


def _is_genitive_attribute(token: Token, genitive: Wanted) -> bool:
    if token.kind != "word" or not token.text[0].islower() or is_function_word(token):
        return False
    words = load_nouns("pl")
    if token.folded in words.stops or not _parts(token.text) <= NOUNS | ADJECTIVES:
        return False
    return any(r.lemma not in words.never for r in noun_readings(token.text, genitive))


def _pass_joined(search: Search, at: int, wanted: Wanted) -> int:
    """Past nouns joined to the counted one that stand in the same case: "wozów i armat polowych"."""
    tokens = search.tokens
    words = load_nouns("pl")
    plural = Wanted(frozenset({"pl"}), wanted.cases)
    while at + 1 < search.limit and tokens[at].folded in words.conjunctions:
        i = at + 1
        while i < search.limit and tokens[i].kind == "word" and adjective_cases(tokens[i].text, plural):
            if noun_readings(tokens[i].text, plural):
                break
            i += 1
        if i >= search.limit or tokens[i].kind != "word" or is_function_word(tokens[i]):
            break
        readings = [r for r in noun_readings(tokens[i].text, plural) if r.lemma not in words.never]
        if not readings or "pl" not in wanted.numbers or "verb" in _parts(tokens[i].text):
            break
        at = pass_genitive(search, _pass_adjectives(search, i + 1, plural))
    return at
