"""The noun that a bare number leaves out because the sentence said it before: "of the 64 bids they took nine".

A reader carries a noun over in five places: from a whole that opens the sentence ("Z 47 projektów odrzucono 19"), to
a part told by a pronoun ("trei oameni, doi dintre ei minori"), to a difference ("24 punkty, o trzy więcej"), where the
verb is left out as well ("310 miles on Monday and 90 on Tuesday"), and to a number that is itself a subject ("two
miners died and five were hurt"). Elsewhere a bare number may count anything ("20 houses burned, 300 were evacuated"):
the context's ellipsis.py looks at its verb and at the sentences before.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.lemmas import analyse
from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.quantities.comparable import Size, is_comparable, measure_size
from quantclaims.quantities.joins import LONGEST_JOIN, is_joined
from quantclaims.quantities.nouns import load_nouns
from quantclaims.quantities.readings import Context, Reading, find_bare_label
from quantclaims.quantities.symbols import DURATIONS
from quantclaims.quantities.units import divide, read_rate
from quantclaims.records import Token
from quantclaims.rules import fires
from quantclaims.schemas.vocabularies import load_vocabulary
from quantclaims.tokens import fold

RULE = "elided_head"
GAP = 10
"""Most tokens between a noun and the number that carries it on without a verb; half as many without a dictionary."""
NEAR = 4
"""Most tokens between a duration and the number that carries it on."""
CLAUSE = 6
"""Tokens after a number in which its own verb is looked for."""
KINDS = frozenset({"cardinal", "range", "magnitude", "fraction"})
UNSURE = frozenset({"article", "asked", "range_dash"})
"""Rules of numbers that may be something else when they stand alone: a pronoun, a score."""
MARKS = frozenset(",;:–—-(")


class ElisionWords(NamedTuple):
    """Words that tell an elision."""

    pronouns: frozenset[str]
    """After "of": "them", "whom", "nich", "ei"."""
    comparatives: PhraseTable[None]
    """After a difference: "more than", "więcej", "mai mult"."""
    parts: PhraseTable[None]
    """Before a part told in passing: "including", "w tym"."""
    verbs: frozenset[str]
    """Finite verbs that the dictionary also knows as something else, or that no dictionary is there to tell."""
    states: frozenset[str]
    """Lemmas of what befalls people, whose number no thing's noun counts: "die", "wound"."""


@cache
def load_elisions(language: str) -> ElisionWords:
    """The words of a language that tell an elision."""
    table = load_language(language)["quantities"]["elisions"]
    return ElisionWords(
        frozenset(fold(word, language) for word in table["pronouns"]),
        PhraseTable([(phrase, None) for phrase in table["comparatives"]], language),
        PhraseTable([(phrase, None) for phrase in table["parts"]], language),
        frozenset(fold(word, language) for word in table["verbs"]),
        frozenset(fold(word, language) for word in list_states(language)),
    )


def list_states(language: str) -> Iterator[str]:
    """What befalls people only: the words of their states, and the verbs that no act of things has."""
    tables = load_language(language)
    for phrases in tables["context"]["states"].values():
        yield from (word for phrase in phrases for word in phrase.split())
    senses: dict[str, set[str]] = {}
    for predicate, frames in tables["predicates"].items():
        for frame in VERB_FRAMES & frames.keys():
            for phrase in frames[frame]:
                senses.setdefault(phrase, set()).add(predicate)
    vocabulary = load_vocabulary("predicates")
    for phrase, predicates in senses.items():
        if " " not in phrase and all(vocabulary[each].details.get("only_people") for each in predicates):
            yield phrase


VERB_FRAMES = frozenset({"active", "suffering"})


def fill_elisions(context: Context, readings: list[Reading]) -> list[Reading]:
    """The readings, with the noun or unit said before given to the bare numbers that carry it on."""
    if not fires(RULE):
        return readings
    filled: list[Reading] = []
    whole = last = before = None
    told = _find_state(context.tokens, context.language) if len(readings) > 1 else None
    for reading in readings:
        giver = None
        if last is not None and is_waiting(context, reading) and not _continues_label(context, filled[-1], reading):
            giver = _choose_giver(context, whole, last, reading, told)
            if giver is None and before is not None and _is_duration(last):  # "4.4% in the 3 months to May, from 4.6"
                giver = _choose_giver(context, None, before, reading, told)
        filled.append(reading if giver is None else inherit(context, reading, giver, RULE))
        if filled[-1].head is not None and not reading.is_label and not _is_inserted(context, reading):
            before, last = (last if last is None or not _is_duration(last) else before), filled[-1]
            whole = reading if opens_as_whole(context, reading) else whole
    return filled


def is_waiting(context: Context, reading: Reading, despite: str | None = None) -> bool:
    """Whether a number may count and says not what, though its neighbours make it a label by the rule ``despite``."""
    number = reading.number
    if reading.is_label or not reading.is_bare or number.kind not in KINDS or number.rule in UNSURE:
        return False
    if number.value == 1 and number.kind == "cardinal":
        return False
    return find_bare_label(context, reading) in (None, despite) and not _is_aside(context, reading)


def _is_aside(context: Context, reading: Reading) -> bool:
    """Whether a number stands between commas after a name, as ages do: "Anna, 34, said"."""
    tokens, first, end = context.tokens, reading.first, reading.end
    whole = reading.number.value is not None and reading.number.value == int(reading.number.value)
    if first < 2 or not whole or tokens[first - 1].text not in (",", "("):
        return False
    closes = end < len(tokens) and tokens[end].text in (",", ")")
    return closes and tokens[first - 2].text[0].isupper() and first > 2


def inherit(context: Context, reading: Reading, giver: Reading, rule: str) -> Reading:
    """A bare number with the noun or unit of another, divided by the time that it names: "at least 500 a day"."""
    filled = reading._replace(unit=giver.unit, head=giver.head, lemma=giver.lemma, rules=(*reading.rules, rule))
    rate = read_rate(context.tokens, reading.end, context.language) if fires("rate") else None
    if rate is None:
        return filled
    unit = divide(giver.unit.split("/")[0], rate[1])
    return filled._replace(unit=unit, end=rate[0], rules=(*filled.rules, "rate"))


def _choose_giver(
    context: Context, whole: Reading | None, last: Reading, reading: Reading, told: int | None
) -> Reading | None:
    """The number whose noun a bare one carries on: the whole that opened the clause, or the last before it."""
    if whole is not None and can_carry(whole, reading) and _is_within(reading, whole):
        return whole
    if not can_carry(last, reading):
        return None
    if any(licence(context, last, reading) for licence in (_is_told_by_pronoun, _is_difference, _is_told_as_whole)):
        return last
    carries = _lacks_verb(context, last, reading) or _is_subject(context, last, reading)
    return last if carries and not _is_predicated(context, reading, told) else None


def _continues_label(context: Context, before: Reading, reading: Reading) -> bool:
    """Whether a number is joined to a bare one that counts nothing: "aged 19 and 34"."""
    between = context.tokens[before.end : before.end + LONGEST_JOIN + 1] if reading.first > before.end else ()
    joined = reading.first - before.end <= LONGEST_JOIN and is_joined(
        between[: reading.first - before.end], context.language
    )
    return joined and (before.is_label or find_bare_label(context, before) is not None)


def _is_inserted(context: Context, reading: Reading) -> bool:
    """Whether a number is a part told in passing, after which the whole goes on: "12 people, including 3 children"."""
    tokens, parts, first = context.tokens, load_elisions(context.language).parts, reading.first
    starts = range(max(0, first - 3), first)
    return any(end == first for at in starts for end, _ in parts.match(tokens, at))


def _is_duration(reading: Reading) -> bool:
    return reading.unit.split("/")[0] in DURATIONS


def opens_as_whole(context: Context, giver: Reading) -> bool:
    """Whether a number with its noun opens the clause as what others are taken from: "Of the 64 bids", "Z 47 domów"."""
    tokens, words = context.tokens, load_nouns(context.language)
    at = giver.first - 1
    while at >= 0 and tokens[at].folded in words.determiners:
        if tokens[at].folded in words.partitives:
            break
        at -= 1
    if giver.unit != "1" or at < 0 or tokens[at].folded not in words.partitives:
        return False
    while at > 0 and tokens[at - 1].folded in words.partitives:  # "out of"
        at -= 1
    return at == 0 or tokens[at - 1].kind == "mark" or tokens[at - 1].folded in words.conjunctions


def _is_within(reading: Reading, whole: Reading) -> bool:
    """Whether a number can be a part of another."""
    most, all_of_them = _size(reading).figures, _size(whole).figures
    return reading.number.kind == "fraction" or not most or not all_of_them or max(most) <= max(all_of_them)


def can_carry(giver: Reading, reading: Reading) -> bool:
    """Whether a number can count what another does, by their sizes and units."""
    unit = giver.unit.split("/")[0]
    if reading.number.kind == "fraction":
        return unit == "1"
    if giver.number.kind == "fraction" or (unit in DURATIONS and unit != "a" and _is_broken(reading)):
        return False
    return is_comparable(unit, _size(giver), _size(reading))


def _is_broken(reading: Reading) -> bool:
    """Whether a number is printed with decimals."""
    return reading.number.rule == "figure" and not _size(reading).is_whole


def _size(reading: Reading) -> Size:
    number = reading.number
    return measure_size(number.value, number.low, number.high, rule=number.rule)


def _is_told_by_pronoun(context: Context, giver: Reading, reading: Reading) -> bool:
    """Whether a pronoun tells of what the number is a part: "two of them", "doi dintre ei", "a quarter of whom"."""
    if giver.unit != "1":
        return False
    tokens, words = context.tokens, load_nouns(context.language)
    at = reading.end
    if at + 1 >= len(tokens) or tokens[at].folded not in words.partitives:
        return False
    return tokens[at + 1].folded in load_elisions(context.language).pronouns


def _is_told_as_whole(context: Context, giver: Reading, reading: Reading) -> bool:
    """Whether a number is what the one before is taken from: "two episodes of eight", "dwa odcinki z ośmiu"."""
    words = load_nouns(context.language)
    between = context.tokens[giver.end : giver.end + 3] if reading.first - giver.end <= 2 else ()
    apart = bool(between) and reading.first > giver.end and reading.number.kind == "cardinal"
    part, whole = _size(giver).figures, _size(reading).figures
    larger = not part or not whole or max(whole) > max(part)
    return apart and larger and all(t.folded in words.partitives for t in between[: reading.first - giver.end])


def _is_difference(context: Context, giver: Reading, reading: Reading) -> bool:
    """Whether a number is a difference: "o trzy więcej niż", "cu șase mai mult decât", "three fewer than"."""
    at = reading.end
    words = load_elisions(context.language)
    more = at < len(context.tokens) and words.comparatives.longest(context.tokens, at) is not None
    return more and not _is_duration(giver)


def _lacks_verb(context: Context, giver: Reading, reading: Reading) -> bool:
    """Whether the verb was left out with the noun: a mark or conjunction stands between and no finite verb does."""
    tokens, language = context.tokens, context.language
    duration = _is_duration(giver)
    longest = NEAR if duration else GAP if language != "ro" else GAP // 2
    if not 0 < reading.first - giver.end <= longest:
        return False
    between = tokens[giver.end : reading.first]
    if any(is_finite(token, language) for token in between):
        return False
    joints = load_nouns(language).conjunctions
    if duration and (reading.number.kind == "magnitude" or _has_verb_after(context, reading)):
        return False
    return any(token.text in MARKS or token.folded in joints or token.folded in JOINTS[language] for token in between)


JOINTS = {"pl": frozenset({"a", "ale", "zaś"}), "ro": frozenset({"iar", "dar"}), "en": frozenset({"but"})}
"""Conjunctions that join clauses and no nouns."""


def _has_verb_after(context: Context, reading: Reading) -> bool:
    """Whether a number is the subject of a verb of its own."""
    return reading.end < len(context.tokens) and is_finite(context.tokens[reading.end], context.language)


def _is_predicated(context: Context, reading: Reading, told: int | None) -> bool:
    """Whether what befalls people follows for the first time, whose number the noun of a thing does not count."""
    if told is not None and told < reading.first:
        return False
    return _find_state(context.tokens[reading.end : reading.end + CLAUSE], context.language) is not None


def _find_state(tokens: Sequence[Token], language: str) -> int | None:
    """The first token that says what befalls people."""
    states = load_elisions(language).states
    for at, token in enumerate(tokens):
        if token.kind == "word":
            known = {token.folded, *(fold(reading.lemma, language) for reading in analyse(token.text, language))}
            if not states.isdisjoint(known):
                return at
    return None


def _is_subject(context: Context, giver: Reading, reading: Reading) -> bool:
    """Whether a number opens a clause as its subject: "and five were injured", ", trzej są ranni"."""
    tokens, language = context.tokens, context.language
    before = reading.first - 1
    if giver.unit != "1" or reading.end >= len(tokens) or reading.number.kind not in ("cardinal", "fraction"):
        return False
    nouns = load_nouns(language)
    joints = nouns.conjunctions | JOINTS[language]
    while before > giver.end and (_is_adverb(tokens[before], language) or tokens[before].folded in nouns.more):
        before -= 1
    opens = before >= giver.end and (tokens[before].text in ",;" or tokens[before].folded in joints)
    both_parts = reading.number.kind == giver.number.kind == "fraction"  # "half of them came, a third stayed"
    return opens and (both_parts or _has_verb_after(context, reading))


def _is_adverb(token: Token, language: str) -> bool:
    parts = {reading.part for reading in analyse(token.text, language)}
    return token.kind == "word" and parts <= {"adverb", "particle"}


def find_clause_end(context: Context, at: int, end: int) -> int:
    """The token at which another clause begins, after a comma and a conjunction; ``end`` where none does."""
    tokens, language = context.tokens, context.language
    joints = load_nouns(language).conjunctions | JOINTS[language]
    for i in range(at, end - 1):
        if tokens[i].text == ";" or (tokens[i].text == "," and tokens[i + 1].folded in joints):
            return i
    return end


def is_finite(token: Token, language: str) -> bool:
    """Whether a word is a finite verb, as far as the dictionary or the table tells.

    >>> from quantclaims.tokens import tokenize
    >>> [is_finite(token, "pl") for token in tokenize("trzej byli wczoraj ranni", "pl")]
    [False, True, False, False]
    """
    if token.kind != "word":
        return False
    if token.folded in load_elisions(language).verbs:
        return token.text[0].islower()  # not "May"
    if language == "ro":
        return False
    parts = {reading.part for reading in analyse(token.text, language)}
    return parts == {"verb"} or (language == "pl" and parts == {"verb", "adjective"})  # "wyniosła" is "lofty", too
