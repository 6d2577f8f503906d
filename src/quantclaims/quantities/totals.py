"""Figures told of a number of things: "the number of wounded rose to 58", "liczba rannych wyniosła 58".

The word "number" and the noun that it takes open the clause; the figure follows a preposition or a verb, bare.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.lemmas import analyse
from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.quantities.elisions import find_clause_end, is_finite, is_waiting
from quantclaims.quantities.heads import find_head
from quantclaims.quantities.nouns import Head, Search, load_nouns
from quantclaims.quantities.readings import Context, Reading
from quantclaims.records import Number, Token
from quantclaims.rules import fires
from quantclaims.tokens import fold

RULE = "number_of"
REACH = 16
"""Tokens after the counted noun in which its figure may stand."""
PLURAL_RULES = frozenset({"plural_noun", "people_adjective", "noun_by_agreement", "noun_after_number", RULE})
MANY = 5.0
"""The number that a noun in the plural agrees with in every language."""


class TotalWords(NamedTuple):
    """Words for the number of things."""

    nouns: PhraseTable[None]
    """Before the noun: "the number of"."""
    compounds: frozenset[str]
    """After the noun: "death toll"."""
    articles: frozenset[str]
    """Before the words for number, where they mean "several": "a number of"."""
    links: frozenset[str]
    """Before the figure, beside verbs: "at", "to", "la"."""


class Total(NamedTuple):
    """A noun whose number a clause tells; ``end`` is the token after it."""

    end: int
    head: tuple[int, int]
    lemma: str


@cache
def load_totals(language: str) -> TotalWords:
    """The words for the number of things in a language."""
    table = load_language(language)["quantities"]["totals"]
    return TotalWords(
        PhraseTable([(phrase, None) for phrase in table["nouns"]], language, inflect=True),
        frozenset(fold(word, language) for word in table["compounds"]),
        frozenset(fold(word, language) for word in table["articles"]),
        frozenset(fold(word, language) for word in table["links"]),
    )


def fill_totals(context: Context, readings: list[Reading]) -> list[Reading]:
    """The readings, with what they count given to bare figures of a number of things."""
    if not fires(RULE) or not any(is_waiting(context, reading, "label_word") for reading in readings):
        return readings
    totals = find_totals(context, readings)
    ends = [total.end for total in totals]
    places = [bisect_right(ends, reading.first) for reading in readings]
    pairs = zip(places, readings, strict=True)
    return [_fill(context, totals[place - 1], reading) if place else reading for place, reading in pairs]


def _fill(context: Context, total: Total, reading: Reading) -> Reading:
    if not is_waiting(context, reading, "label_word") or reading.number.kind == "fraction":
        return reading
    if not _tells(context, total, reading):
        return reading
    return reading._replace(head=total.head, lemma=total.lemma, rules=(*reading.rules, RULE))


def _tells(context: Context, total: Total, reading: Reading) -> bool:
    """Whether a figure follows its total closely, after a verb or preposition that leads to it."""
    tokens, language = context.tokens, context.language
    if reading.first - total.end > REACH or find_clause_end(context, total.end, reading.first) < reading.first:
        return False
    if reading.first < reading.number.first_token and reading.first == total.end:  # "the number of wounded exceeded 58"
        return True
    if reading.first == total.end:
        return False
    before = tokens[reading.first - 1]
    return before.folded in load_totals(language).links or is_finite(before, language)


def find_totals(context: Context, readings: Sequence[Reading]) -> list[Total]:
    """The nouns of a sentence whose number it tells, from left to right."""
    tokens, language = context.tokens, context.language
    firsts = sorted(reading.number.first_token for reading in readings)
    found = []
    at = 0
    while at < len(tokens):
        total = _read_total(tokens, at, language, firsts)
        if total is not None:
            found.append(total)
        at = total.end if total is not None else at + 1
    return found


def _read_total(tokens: Sequence[Token], at: int, language: str, firsts: Sequence[int]) -> Total | None:
    words = load_totals(language)
    if tokens[at].folded in words.compounds:
        return _read_compound(tokens, at, language)
    hit = words.nouns.longest(tokens, at)
    if hit is None:
        return None
    place = bisect_left(firsts, hit[0])
    limit = firsts[place] if place < len(firsts) else len(tokens)
    many = Number(tokens[at].start, tokens[hit[0] - 1].end, MANY, MANY, MANY, "cardinal", "number_of", at, hit[0])
    search = Search(tokens, limit, {}, many, language)
    head = _read_genitive(tokens, hit[0], limit, language) or find_head(search, hit[0])
    if head is None or head.rule not in PLURAL_RULES or _is_quantifier(tokens, at, words):
        return None
    linked = language != "ro" or head.rule == RULE or tokens[hit[0]].folded in load_nouns(language).linkers
    return Total(head.phrase_end, (head.first, head.end), head.lemma) if linked else None


def _is_quantifier(tokens: Sequence[Token], at: int, words: TotalWords) -> bool:
    """Whether "a number of teachers", "a growing number of homes" says that there are several."""
    return any(token.folded in words.articles for token in tokens[max(0, at - 2) : at])


def _read_compound(tokens: Sequence[Token], at: int, language: str) -> Total | None:
    """The noun before "toll" or "count", which English joins so: "death toll"."""
    if at == 0 or tokens[at - 1].kind != "word" or tokens[at - 1].folded in load_nouns(language).stops:
        return None
    nouns = [reading.lemma for reading in analyse(tokens[at - 1].text, language) if reading.part == "noun"]
    return Total(at + 1, (at - 1, at), nouns[0]) if nouns else None


def _read_genitive(tokens: Sequence[Token], at: int, limit: int, language: str) -> Head | None:
    """The noun in the genitive that Romanian joins without a preposition: "numărul răniților"."""
    if language != "ro" or at >= limit or not tokens[at].folded.endswith("lor") or tokens[at].kind != "word":
        return None
    lemma = min(reading.lemma for reading in analyse(tokens[at].text, language))
    return Head(at, at + 1, at + 1, lemma, RULE)
