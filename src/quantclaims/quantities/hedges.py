"""Hedges: the words around a number that say how exactly it is meant, and the bounds that they entail.

The qualifiers and what each leaves of value and bounds are the contract's (``schemas/vocabularies/qualifiers.toml``).
"About", "close to" and "some" say neither side, so both bounds stay open; "nearly", "almost" and "just under" entail
that the figure was not reached, so they are ``less_than``; "as many as" and "up to" name the most there can be.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.lemmas import analyse
from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.records import Number, Token
from quantclaims.tokens import fold

LONGEST = 5
"""Tokens of the longest hedge; a hedge is looked for no further back."""
STACKED = 3
"""Hedges that stand before one number: "at least about"."""
GOAL_WINDOW = 10
"""Tokens before "do" or "până la" in which a verb of change makes it name the end of the change."""


class Hedge(NamedTuple):
    """A qualifier and the tokens that say it, half open."""

    qualifier: str
    first: int
    end: int


class Amount(NamedTuple):
    """What number and hedges say together."""

    value: float | None
    low: float | None
    high: float | None
    qualifier: str


class HedgeWords(NamedTuple):
    """The hedges of a language, ready to match."""

    exact: PhraseTable[str]
    inflected: PhraseTable[str]
    suffixes: PhraseTable[str]
    goals: PhraseTable[None]
    goal_words: frozenset[str]
    goal_origins: frozenset[str]
    period_words: frozenset[str]
    period_confirmed_by: frozenset[str]
    breaks: frozenset[str]
    exceeding: PhraseTable[None]
    """Verbs of being more than: "exceed", "przekroczyć"; negated, the number is the most there is."""
    exceeding_gaps: PhraseTable[None]
    """What may stand between such a verb and the number: "so far", "pragul de"."""
    negators: frozenset[str]


def _entries(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(phrase, qualifier) for qualifier, phrases in table.items() for phrase in phrases]


@cache
def load_hedges(language: str) -> HedgeWords:
    """The hedge tables of a language."""
    table = load_language(language)["quantities"]
    goals, periods, exceeding = table["goals"], table["period_hedges"], table["exceeding"]
    return HedgeWords(
        PhraseTable(_entries(table["hedges"]), language),
        PhraseTable(_entries(table["inflected_hedges"]), language, inflect=True),
        PhraseTable(_entries(table["suffix_hedges"]), language),
        PhraseTable([(phrase, None) for phrase in goals["hedges"]], language),
        frozenset(fold(word, language) for word in goals["words"]),
        frozenset(fold(word, language) for word in goals["origins"]),
        frozenset(fold(word, language) for word in periods["words"]),
        frozenset(fold(word, language) for word in periods["confirmed_by"]),
        frozenset({",", ";", ":", ".", "(", ")"}),
        PhraseTable([(verb, None) for verb in exceeding["verbs"]], language, inflect=True),
        PhraseTable([(phrase, None) for phrase in exceeding["gaps"]], language),
        frozenset(fold(word, language) for word in exceeding["negators"]),
    )


def read_hedges_before(tokens: Sequence[Token], first: int, floor: int, language: str) -> list[Hedge]:
    """The hedges that end where a quantity starts, outermost first; ``floor`` is the first token that may be read.

    >>> from quantclaims.tokens import tokenize
    >>> [h.qualifier for h in read_hedges_before(tokenize("co najmniej około 500", "pl"), 3, 0, "pl")]
    ['at_least', 'approximately']
    """
    words = load_hedges(language)
    found: list[Hedge] = []
    while len(found) < STACKED:
        hedge = _ending_at(words, tokens, first, floor) or _exceeding_at(words, tokens, first, floor)
        if hedge is None:
            break
        if is_goal(tokens, hedge, language):
            break
        found.insert(0, hedge)
        first = hedge.first
    return found


def _ending_at(words: HedgeWords, tokens: Sequence[Token], end: int, floor: int) -> Hedge | None:
    for first in range(max(floor, end - LONGEST), end):
        for table in (words.exact, words.inflected):
            for stop, qualifier in table.match(tokens, first):
                if stop == end:
                    return Hedge(qualifier, first, end)
    return None


def _exceeding_at(words: HedgeWords, tokens: Sequence[Token], end: int, floor: int) -> Hedge | None:
    """The verb of exceeding whose object starts at a token, also over an adverb: "nu au depășit până acum 12"."""
    at = next((first for first in range(max(floor, end - LONGEST), end) if _fills(words, tokens, first, end)), end)
    verb = next((first for first in range(max(floor, at - 2), at) if _is_verb(words, tokens, first, at)), None)
    if verb is None:
        return None
    negator = next(
        (i for i in range(verb - 1, max(floor, verb - NEGATION_REACH) - 1, -1) if tokens[i].folded in words.negators),
        None,
    )
    start = verb if negator is None else negator
    return Hedge("more_than" if negator is None else "at_most", start if at == end else end, end)


NEGATION_REACH = 2
"""Tokens before a verb in which what negates it stands: "nu a depășit", "has not exceeded"."""


def _fills(words: HedgeWords, tokens: Sequence[Token], first: int, end: int) -> bool:
    return any(stop == end for stop, _ in words.exceeding_gaps.match(tokens, first))


def _is_verb(words: HedgeWords, tokens: Sequence[Token], first: int, end: int) -> bool:
    return any(stop == end for stop, _ in words.exceeding.match(tokens, first))


def is_goal(tokens: Sequence[Token], hedge: Hedge, language: str) -> bool:
    """Whether "do 500" or "până la 500" says where a change ends ("wzrosła do 500") and sets no limit."""
    words = load_hedges(language)
    if not any(end == hedge.end for end, _ in words.goals.match(tokens, hedge.first)):
        return False
    for at in range(hedge.first - 1, max(0, hedge.first - GOAL_WINDOW) - 1, -1):
        token = tokens[at]
        pause = token.text == "," and (at == hedge.first - 1 or tokens[at + 1].start == token.end)
        if token.folded in words.breaks and not pause:  # "wzrosło o 1,5 punktu, do 9 proc."
            return False
        if token.folded in words.goal_origins:
            return any(t.kind == "digits" for t in tokens[at + 1 : hedge.first])
        if not words.goal_words.isdisjoint(_keys(token, language)):
            return True
    return False


def _keys(token: Token, language: str) -> set[str]:
    return {token.folded, *(fold(reading.lemma, language) for reading in analyse(token.text, language))}


def is_period(tokens: Sequence[Token], hedge: Hedge, floor: int, language: str) -> bool:
    """Whether "over five years" or "peste două zile" names a period and hedges nothing.

    Both words mean "more than" too; before a duration they do so after a preposition or a verb of lasting.
    """
    words = load_hedges(language)
    if hedge.end - hedge.first != 1 or tokens[hedge.first].folded not in words.period_words:
        return False
    return hedge.first <= floor or words.period_confirmed_by.isdisjoint(_keys(tokens[hedge.first - 1], language))


def read_hedge_after(tokens: Sequence[Token], at: int, ceiling: int, language: str) -> Hedge | None:
    """The hedge that follows a number or its noun at token ``at``: "or more", "lub więcej", "+".

    ``ceiling`` is where the next number's phrase starts: a hedge that touches it belongs to that number.
    """
    if at >= len(tokens):
        return None
    start = at + 1 if tokens[at].text == "-" and at + 1 < len(tokens) else at
    hit = load_hedges(language).suffixes.longest(tokens, start)
    if hit is None or (hit[0] >= ceiling and ceiling < len(tokens)):
        return None
    return Hedge(hit[1], at, hit[0])


def apply_hedges(number: Number, hedges: Sequence[str]) -> Amount:
    """Value, bounds and qualifier of a number under its hedges, outermost first.

    One that names a side outweighs "about": "at least about 500" cannot be less. A number that is itself a range or a
    bare magnitude keeps the bound that the hedge leaves standing.

    >>> apply_hedges(Number(0, 3, 500.0, 500.0, 500.0, "cardinal", ""), ["less_than"])
    Amount(value=500.0, low=None, high=500.0, qualifier='less_than')
    >>> apply_hedges(Number(0, 7, None, 12.0, 99.0, "magnitude", ""), ["at_least"])
    Amount(value=None, low=12.0, high=None, qualifier='at_least')
    """
    sided = next((hedge for hedge in hedges if hedge in SIDED), None)
    if sided in ("more_than", "at_least"):
        return Amount(number.value, number.low, None, sided)
    if sided in ("less_than", "at_most"):
        return Amount(number.value, None, number.high, sided)
    if number.value is None:
        return Amount(None, number.low, number.high, BARE.get(number.kind, "between"))
    if "approximately" in hedges:
        return Amount(number.value, None, None, "approximately")
    return Amount(number.value, number.low, number.high, "exact")


SIDED = frozenset({"more_than", "at_least", "less_than", "at_most"})
BARE = {"magnitude": "order_of_magnitude", "range": "between"}
"""Qualifier of a number that names no point."""
