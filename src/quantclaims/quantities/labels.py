"""Numbers that name or order a thing and count nothing: articles, routes, phones, versions, models, scores, list marks.

Two strengths. A *label* counts nothing whatever follows ("art. 5 ustaw", "MiG-29"). A *bare* number, one without unit,
noun and hedge, is a label also by its neighbours ("wersja 5", "(117)", a year); a noun that it counts redeems it.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.lemmas import analyse
from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.quantities.nouns import load_nouns
from quantclaims.quantities.units import load_units, read_unit
from quantclaims.records import Number, Token
from quantclaims.tokens import CURRENCY_CODES, fold

LONGEST_UNGROUPED = 8
"""Digits of the longest figure that the news prints in one run; a longer run is a phone number or an account."""
YEARS = range(1400, 2151)
PARENTHESIS = 12
"""Tokens back from a ")" within which its "(" is looked for."""
DASHES = frozenset("-‐‑–—")


class LabelWords(NamedTuple):
    """The label vocabulary of a language."""

    before: PhraseTable[None]
    before_bare: PhraseTable[None]
    after: PhraseTable[None]
    idioms: PhraseTable[None]
    anaphors: frozenset[str]
    vague: frozenset[str]
    partitives: frozenset[str]


@cache
def load_labels(language: str) -> LabelWords:
    """The label tables of a language."""
    quantities = load_language(language)["quantities"]
    table = quantities["labels"]
    declined = quantities["nouns"]["order"] == "agreement"

    def phrases(field: str, *, inflect: bool) -> PhraseTable[None]:
        return PhraseTable([(phrase, None) for phrase in table[field]], language, inflect=inflect)

    def words(field: str) -> frozenset[str]:
        return frozenset(fold(word, language) for word in table[field])

    return LabelWords(
        phrases("before", inflect=declined),
        phrases("before_bare", inflect=declined),
        phrases("after", inflect=False),
        phrases("idioms", inflect=False),
        words("anaphors"),
        words("vague"),
        frozenset(fold(word, language) for word in quantities["nouns"]["partitives"]),
    )


def read_label(tokens: Sequence[Token], number: Number, language: str) -> str | None:
    """Name of the rule by which a number is a label whatever follows it, None when it may count.

    >>> from quantclaims.tokens import tokenize
    >>> read_label(tokenize("MiG-29", "pl"), Number(4, 6, 29.0, 29.0, 29.0, "cardinal", "", 2, 3), "pl")
    'attached'
    """
    words = load_labels(language)
    first, last = number.first_token, number.last_token
    found = {
        "attached": is_attached(tokens, first, last, language) or is_prefix(tokens, last, language),
        "code": _is_code(tokens, first, last),
        "label_word": number.rule not in MAGNITUDES and _stands_before(words.before, tokens, first),
        "label_after": last < len(tokens) and words.after.longest(tokens, last) is not None,
        "list_mark": is_list_mark(tokens, first, last),
        "idiom": _in_idiom(words.idioms, tokens, first),
        "one_of": number.value == 1 and last < len(tokens) and tokens[last].folded in words.partitives,
    }
    return next((rule for rule, holds in found.items() if holds), None)


def is_vague(tokens: Sequence[Token], number: Number, language: str) -> bool:
    """Whether a number is a quantifier without a magnitude: "a few" names no figure, "a few thousand" does."""
    return tokens[number.last_token - 1].folded in load_labels(language).vague


def is_attached(tokens: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether a number is glued to a name or to further figures: "MiG-29", "2:0", "12/3", "3.2.1", "A-4", "300C".

    A unit redeems it: "mg/100 g", "Vest-45%".
    """
    named = _is_glued_before(tokens, first) and not _has_unit(tokens, last, language)
    return named or _is_glued_after(tokens, last, language)


def is_prefix(tokens: Sequence[Token], last: int, language: str) -> bool:
    """Whether a figure is the first part of a name: "12-alpha", "3-PBA"; English joins nouns so too ("12-man")."""
    if last + 1 >= len(tokens) or tokens[last].text not in DASHES or tokens[last - 1].kind != "digits":
        return False
    if (
        not tokens[last - 1].end == tokens[last].start == tokens[last + 1].start - 1
        or tokens[last + 1].kind == "digits"
    ):
        return False
    known = load_units(language).adjectives.longest(tokens, last + 1) is not None
    if known or read_unit(tokens, last + 1, language) is not None:
        return False
    return language != "en" or tokens[last + 1].kind == "code" or tokens[last + 1].text.isupper()


def _has_unit(tokens: Sequence[Token], last: int, language: str) -> bool:
    return last < len(tokens) and read_unit(tokens, last, language) is not None


def _is_glued_before(tokens: Sequence[Token], first: int) -> bool:
    if first == 0 or tokens[first - 1].end != tokens[first].start:
        return False
    before = tokens[first - 1]
    if before.kind != "mark":
        return not (before.folded in ("x", "×") or before.text in CURRENCY_CODES)  # "1280x720", "USD500"
    if before.text in "#№@_\\":
        return True
    further = tokens[first - 2] if first > 1 and tokens[first - 2].end == before.start else None
    if further is None or further.kind == "mark":
        return False
    return before.text in DASHES or before.text in "./" or (before.text == ":" and further.kind != "word")


def _is_glued_after(tokens: Sequence[Token], last: int, language: str) -> bool:
    if last >= len(tokens) or tokens[last - 1].end != tokens[last].start:
        return False
    after = tokens[last]
    further = last + 1 < len(tokens) and tokens[last + 1].start == after.end
    if after.kind == "mark":
        digits_follow = further and tokens[last + 1].kind in ("digits", "code")
        return digits_follow and (
            after.text in "./:_\\+" or (after.text in DASHES and tokens[last - 1].kind == "digits")
        )
    if after.folded in ("x", "×") or (after.folded[0] == "x" and after.folded[1:].isdigit()):
        return False  # "1280x720", "30 x 45"
    if read_unit(tokens, last, language) is not None:
        return False
    if tokens[last - 1].kind != "digits":
        return False
    return after.kind == "code" or (after.text.isupper() and len(after.text) <= 3) or len(after.text) == 1


def _is_code(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a run of digits is too long for a figure, or starts with a nought: phone numbers, accounts, "007"."""
    text = tokens[first].text
    if last - first != 1 or not text.isdigit():
        return False
    return len(text) > LONGEST_UNGROUPED or (len(text) > 1 and text[0] == "0")


def _stands_before(table: PhraseTable[None], tokens: Sequence[Token], first: int) -> bool:
    """Whether a label word stands right before a number, at most with a full stop, a colon or a sign between."""
    end = first
    while end > 0 and first - end < 2 and tokens[end - 1].text in (":", "#", ".", "№"):
        end -= 1
    return any(
        hit == stop
        for start in range(max(0, end - 3), first)
        for hit, _ in table.match(tokens, start)
        for stop in (end, first)
    )


def is_list_mark(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a number opens a sentence as its place in a list: "1.", "2)", "(12)"."""
    if last >= len(tokens) or tokens[last - 1].kind != "digits":
        return False
    after = tokens[last]
    glued = after.start == tokens[last - 1].end
    opened = first > 0 and tokens[first - 1].text in "(["
    start = first - opened
    at_start = start < 4 and all(token.kind == "mark" for token in tokens[:start])
    if opened:
        return at_start and after.text in ")]" and last + 1 < len(tokens)
    if after.text == ")" and glued:  # "... : 1) firms; 2) people": in a parenthesis it would close that
        return not any(token.text == "(" for token in tokens[max(0, first - PARENTHESIS) : first])
    spaced = last + 1 < len(tokens) and tokens[last + 1].start > after.end
    dashed = after.text in DASHES and not glued and spaced
    return at_start and (dashed or (glued and after.text == "." and spaced))


def _in_idiom(table: PhraseTable[None], tokens: Sequence[Token], first: int) -> bool:
    return any(end > first for start in range(max(0, first - 3), first + 1) for end, _ in table.match(tokens, start))


MAGNITUDES = frozenset({"figure_magnitude", "part_magnitude"})
"""Rules of numbers with a magnitude word: nothing is labelled "40 million"."""


def read_bare_label(tokens: Sequence[Token], number: Number, language: str) -> str | None:
    """Name of the rule by which a number without unit, noun and hedge counts nothing.

    >>> from quantclaims.tokens import tokenize
    >>> read_bare_label(tokenize("wagon 5", "pl"), Number(6, 7, 5.0, 5.0, 5.0, "cardinal", "", 1, 2), "pl")
    'after_noun'
    """
    if number.rule in MAGNITUDES:
        return None
    words = load_labels(language)
    first, last = number.first_token, number.last_token
    before = tokens[first - 1] if first > 0 else None
    printed = tokens[first].kind == "digits"
    single = last == first + 1
    modified = before is not None and before.folded in load_nouns(language).modifiers
    before_name = last < len(tokens) and tokens[last].kind == "word" and tokens[last].text[0].isupper()
    found = {
        "year": printed and single and len(tokens[first].text) == 4 and number.value in YEARS,
        "pronoun": not printed and number.value == 1,
        "reference": single
        and before is not None
        and before.text in "(["
        and last < len(tokens)
        and tokens[last].text in ")]",
        "anaphor": before is not None and before.folded in words.anaphors,
        "label_word": _stands_before(words.before_bare, tokens, first),
        "after_name": printed and first > 0 and is_name(tokens, first - 1, language),
        "after_noun": printed and first > 0 and is_only_noun(tokens[first - 1], language) and not modified,
        "name": not printed and first > 0 and tokens[first].text[0].isupper() and tokens[first - 1].kind == "word",
        "before_name": printed and before_name,
        "value": before is not None and before.text == "=",
        "clock": printed and language == "pl" and is_clock(tokens, first, last),
        "ordinal": printed and single and language == "pl" and is_ordinal(tokens, last),
    }
    return next((rule for rule, holds in found.items() if holds), None)


def is_clock(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether figures stand as a time of day, which Polish writes with a full stop: "18.00"."""
    ends = ([token.text for token in tokens[first : first + 3]], [token.text for token in tokens[last - 3 : last]])
    return last - first >= 3 and all(_is_time(*texts) for texts in ends)


def _is_time(hours: str, mark: str, minutes: str) -> bool:
    clock = hours.isdigit() and minutes.isdigit() and len(minutes) == 2
    return clock and mark == "." and int(hours) < 25 and int(minutes) < 60


def is_ordinal(tokens: Sequence[Token], last: int) -> bool:
    """Whether a Polish figure is an ordinal, by its stop or a noun in the singular: "2. dziecko", "na 6 miejscu"."""
    if last >= len(tokens):
        return False
    stopped = tokens[last].text == "." and tokens[last].start == tokens[last - 1].end
    return (stopped and last + 1 < len(tokens)) or is_singular(tokens[last])


def is_singular(token: Token) -> bool:
    """Whether a word is a Polish noun that has this form in the singular only."""
    readings = [r for r in analyse(token.text, "pl") if r.part == "noun"]
    return bool(readings) and all(r.numbers == {"sg"} for r in readings)


def is_name(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether the word before a bare number is a name or a code: "Boeing 747", "Leopard 2", "M1 2"."""
    token = tokens[at]
    if token.kind == "code":
        return True
    opens = all(before.kind == "mark" for before in tokens[max(0, at - 3) : at]) and at <= 3
    verb = {reading.part for reading in analyse(token.text, language)} == {"verb"}
    return token.kind == "word" and token.text[0].isupper() and not opens and not verb


def is_only_noun(token: Token, language: str) -> bool:
    """Whether a word is a noun in the singular and nothing else, so that a bare number names it: "wagon 3"."""
    if token.kind != "word":
        return False
    if language == "ro":
        return token.folded.endswith(("ul", "ului", "ea", "ia", "urile", "ile")) and len(token.text) > 4
    if token.folded in load_nouns(language).stops:
        return False
    readings = analyse(token.text, language)
    singular = language != "en" or all(reading.lemma == token.folded for reading in readings)
    return {reading.part for reading in readings} <= {"noun", "proper", "abbreviation"} and singular
