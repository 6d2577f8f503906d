"""The counted noun in English, found by number and by the dictionary's parts of speech.

English marks the plural on the last noun of a compound: after any number but one, the first plural noun is the head
("53 North Korean artillery shells"); a singular noun there is a unit that modifies ("five-star hotel"). After "one" the
head is the last noun of the run.
"""

from collections.abc import Sequence
from functools import lru_cache

from quantclaims.lemmas import analyse
from quantclaims.quantities.nouns import (
    QUOTES,
    WINDOW,
    Head,
    NounWords,
    Search,
    is_broken,
    is_one,
    load_nouns,
    skip_parenthesis,
)
from quantclaims.records import Token

YEARS = range(1900, 2100)
DESIGNATION = 4
"""Tokens of a designation before its plural "s": "F-16s" has three."""
PARTICIPLE_ENDINGS = ("ed", "ing", "en", "wn")
DEMONYM_ENDINGS = ("an", "ese", "ish", "i", "ic", "ch")


@lru_cache(maxsize=50_000)
def parts_of(text: str) -> frozenset[str]:
    """Parts of speech that the dictionary gives a word."""
    return frozenset(reading.part for reading in analyse(text, "en"))


@lru_cache(maxsize=50_000)
def plural_lemma(text: str) -> str | None:
    """Lemma of a plural noun, None for any other word.

    >>> plural_lemma("shells"), plural_lemma("men"), plural_lemma("police"), plural_lemma("artillery")
    ('shell', 'man', 'police', None)
    """
    lowered = text.lower()
    if lowered in load_nouns("en").plurals:
        return next((r.lemma for r in analyse(text, "en") if r.part == "noun"), lowered)
    if lowered.endswith(("'s", "ss")):
        return None
    for reading in analyse(text, "en"):
        if reading.part == "noun" and reading.lemma != lowered:
            return reading.lemma
    for reading in analyse(text, "en"):  # the dictionary lists "lectures" as a verb only, but "lecture" as a noun
        if reading.part == "verb" and lowered == reading.lemma + "s" and "noun" in parts_of(reading.lemma):
            return reading.lemma
    unknown = parts_of(text) == {"unknown"} or not parts_of(text) & {"noun", "verb", "adjective", "adverb"}
    if unknown and len(lowered) > 3 and lowered.endswith("s") and not text.isupper():
        return lowered[:-1]
    return None


@lru_cache(maxsize=50_000)
def is_nominal(text: str) -> bool:
    """Whether a word can be a noun: the dictionary says so, or does not know it."""
    return bool(parts_of(text) & {"noun", "proper", "unknown"})


@lru_cache(maxsize=50_000)
def is_finite(text: str) -> bool:
    """Whether a word is a verb and nothing that stands before a noun."""
    return text[0].islower() and parts_of(text) == {"verb"} and not text.endswith(PARTICIPLE_ENDINGS)


def find_head_of_compound(search: Search, at: int) -> Head | None:
    """The noun that the number before token ``at`` counts."""
    words = load_nouns("en")
    start = _pass_linker(search, at, words)
    if start is None:
        return None
    head = _find_by_number(search, start, words)
    return None if head is None else head._replace(phrase_end=extend_phrase(search, head, words))


def _find_by_number(search: Search, start: int, words: NounWords) -> Head | None:
    """The noun from token ``start`` on, singular or plural as the number asks."""
    number = search.number
    hyphen = start < search.limit and search.tokens[start].text == "-"
    if is_one(number) and _is_measure(search, start, words):
        return Head(start, start + 1, start + 1, search.tokens[start].folded, "singular_noun")
    if is_one(number):
        return _find_singular(search, start, words) or (_find_plural(search, start, words) if hyphen else None)
    if is_broken(number) and number.value is not None and number.value < 1:
        return _find_part(search, start, words)
    if hyphen:
        return _find_unit(search, start, words) or _find_plural(search, start, words)
    plural = _find_plural(search, start, words) or _find_people(search, start, words)
    return plural or _find_unit(search, start, words)


def _find_part(search: Search, at: int, words: NounWords) -> Head | None:
    """What a fraction is taken of: "half a cup", "two thirds of voters"."""
    if _is_measure(search, at, words):
        return Head(at, at + 1, at + 1, search.tokens[at].folded, "singular_noun")
    return _find_plural(search, at, words) or _find_singular(search, at, words)


def _is_measure(search: Search, at: int, words: NounWords) -> bool:
    """Whether a vessel or portion follows a figure, so that the next noun is what it holds: "1 teaspoon salt"."""
    printed = at > 0 and search.tokens[search.number.first_token].kind == "digits"
    return printed and at < search.limit and search.tokens[at].folded in words.measures


def _pass_linker(search: Search, at: int, words: NounWords) -> int | None:
    """Past "of" with an article: "millions of shells", "two of the rockets"; None after "one of"."""
    tokens = search.tokens
    if at < search.limit and tokens[at].folded in words.partitives:
        if is_one(search.number):
            return None
        at += 1
        while at < search.limit and tokens[at].folded in words.determiners:
            at += 1
    elif search.number.kind == "fraction" and at < search.limit and tokens[at].folded in words.determiners:
        at += 1  # "half the stations"
    return at


def _pass_modifier(search: Search, at: int, words: NounWords) -> int:
    """Token after a word or mark that may stand between number and noun; ``at`` itself for one that may not."""
    tokens = search.tokens
    token = tokens[at]
    if at in search.skips:
        return search.skips[at]
    if token.kind == "mark":
        return _pass_mark(search, at)
    if token.folded in ("and", "or") and _joins_modifiers(tokens, at, search.limit):
        return at + 1
    if token.folded in words.modifiers:
        return at + 1
    joined = _is_glued(tokens, at, search.limit) or _is_glued_before(tokens, at)
    if token.kind == "code" or (token.kind == "digits" and joined):
        return at + 1  # "31 M1 tanks", "12 Su-35 jets"
    if token.kind != "word" or is_stop(token, words):
        return at
    return at if is_finite(token.text) and not joined else at + 1


def is_stop(token: Token, words: NounWords) -> bool:
    """Whether a word ends the search; in capitals "US" is a country."""
    return token.folded in words.stops and token.text not in ("US", "IT")


def _is_glued(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether a word goes on over a hyphen: "sit-ups"."""
    return (
        at + 2 < limit
        and tokens[at + 1].text == "-"
        and tokens[at].end == tokens[at + 1].start == tokens[at + 2].start - 1
    )


def _is_glued_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word stands behind a hyphen: "Soviet-made"."""
    return at > 1 and tokens[at - 1].text == "-" and tokens[at - 1].end == tokens[at].start


def _pass_mark(search: Search, at: int) -> int:
    tokens = search.tokens
    mark = tokens[at].text
    if mark in QUOTES:
        return at + 1
    if mark == "(":
        return skip_parenthesis(tokens, at, search.limit)
    glued = at > 0 and tokens[at - 1].end == tokens[at].start
    if mark in ("-", "‑", "/", "–") and glued and at + 1 < search.limit and tokens[at + 1].start == tokens[at].end:
        return at + 1
    if mark == "," and _joins_modifiers(tokens, at, search.limit):
        return at + 1
    return at


def _joins_modifiers(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether a comma or "and" stands between two adjectives: "large, heavy trucks", "male and female students"."""
    return 0 < at < limit - 1 and _is_adjective(tokens[at - 1]) and _is_adjective(tokens[at + 1])


def _is_adjective(token: Token) -> bool:
    if token.kind != "word":
        return False
    known = parts_of(token.text)
    demonym = token.text[0].isupper() and token.folded.endswith(DEMONYM_ENDINGS)
    return demonym or ("adjective" in known and plural_lemma(token.text) is None)


def _find_plural(search: Search, at: int, words: NounWords) -> Head | None:
    tokens = search.tokens
    start, end = at, min(search.limit, at + WINDOW)
    while at < end:
        token = tokens[at]
        lemma = plural_lemma(token.text) if token.kind == "word" and not is_stop(token, words) else None
        if lemma is not None and token.folded not in words.never and at not in search.skips:
            return _last_plural(search, at, lemma, words)
        if at == start and lemma is None and _is_plural_by_place(token, words):
            return Head(at, at + 1, at + 1, token.folded[:-1], "plural_noun")
        if _is_plural_designation(tokens, at):
            return _read_designation(tokens, at)
        step = _pass_modifier(search, at, words)
        if step == at:
            return None
        at = step
    return None


def _is_plural_by_place(token: Token, words: NounWords) -> bool:
    """Whether a verb form in "-s" right after the number is a noun that the dictionary lacks: "7 assists"."""
    verb = parts_of(token.text) == {"verb"} if token.kind == "word" else False
    return verb and token.text.islower() and token.text.endswith("s") and not is_stop(token, words)


def _is_plural_designation(tokens: Sequence[Token], at: int) -> bool:
    """Whether an "s" makes a plural of a designation: "20 F-16s", "31 M1s"."""
    token = tokens[at]
    glued = at > 0 and tokens[at - 1].kind in ("digits", "code") and tokens[at - 1].end == token.start
    return (token.text == "s" and glued) or (token.kind == "code" and token.text.endswith("s"))


def _read_designation(tokens: Sequence[Token], at: int) -> Head:
    first = at
    while first > 0 and at - first < DESIGNATION and tokens[first - 1].end == tokens[first].start:
        first -= 1
    lemma = "".join(token.folded for token in tokens[first : at + 1]).removesuffix("s")
    return Head(first, at + 1, at + 1, lemma, "plural_designation")


def _last_plural(search: Search, at: int, lemma: str, words: NounWords) -> Head:
    """The head of a compound whose first part is plural too: "two sports cars", "20 arms shipments"."""
    tokens = search.tokens
    hyphenated = at + 2 < search.limit and tokens[at + 1].text == "-" and tokens[at + 1].start == tokens[at].end
    if at + 1 < search.limit and tokens[at + 1].kind == "word" and not hyphenated:
        following = plural_lemma(tokens[at + 1].text)
        blocked = tokens[at + 1].folded in words.stops | words.modifiers or tokens[at + 1].text[0].isupper()
        if following is not None and not blocked and _may_modify(tokens[at].text, words):
            return Head(at + 1, at + 2, at + 2, following, "plural_noun")
    return Head(at, at + 1, at + 1, lemma, "plural_noun")


def _may_modify(text: str, words: NounWords) -> bool:
    """Whether a plural may stand before a noun: "police stations"; "five children lives" breaks at the verb."""
    lowered = text.lower()
    if lowered in words.measures or lowered == "people":
        return False
    return lowered.endswith("s") or plural_lemma(text) == lowered


def _find_people(search: Search, at: int, words: NounWords) -> Head | None:
    """The adjective or participle that stands for people: "22 dead", "50 wounded"."""
    tokens = search.tokens
    while at < search.limit and tokens[at].folded in words.modifiers - words.people:
        at += 1
    if at < search.limit and tokens[at].folded in words.people:
        return Head(at, at + 1, at + 1, tokens[at].folded, "people_adjective")
    return None


def _find_unit(search: Search, at: int, words: NounWords) -> Head | None:
    """The singular noun right after the number that measures what follows: "a five-star hotel", "a 12-man team"."""
    tokens = search.tokens
    hyphen = at < search.limit and tokens[at].text in ("-", "‑") and at > 0 and tokens[at - 1].end == tokens[at].start
    at += hyphen
    if (
        at >= search.limit
        or tokens[at].kind != "word"
        or tokens[at].folded in words.stops | words.modifiers | words.never
    ):
        return None
    token = tokens[at]
    if hyphen and tokens[at - 1].end != token.start:
        return None
    known = parts_of(token.text)
    if search.number.value in YEARS and not hyphen and tokens[at - 1].kind == "digits":
        return None  # "a 2003 agreement"
    if "noun" not in known or token.text[0].isupper() or (not hyphen and known & {"adjective", "adverb"}):
        return None
    following = at + 1 < search.limit and tokens[at + 1].kind == "word" and tokens[at + 1].folded not in words.stops
    if not hyphen and "verb" in known and not (following and is_nominal(tokens[at + 1].text)):
        return None
    return Head(at, at + 1, at + 1, _noun_lemma(token.text), "unit_modifier")


def _noun_lemma(text: str) -> str:
    return next((r.lemma for r in analyse(text, "en") if r.part == "noun"), text.lower())


def _find_singular(search: Search, at: int, words: NounWords) -> Head | None:
    """The last noun of the run after "one" or a fraction; it ends at a verb form, a plural or a name."""
    tokens = search.tokens
    end = min(search.limit, at + WINDOW)
    found: int | None = None
    weak: int | None = None
    while at < end:
        token = tokens[at]
        compound = _pass_hyphenated(search, at)
        if compound > at:
            at = compound
            continue
        if token.kind == "word" and found is not None and (plural_lemma(token.text) or not _continues(tokens, at)):
            break
        noun = token.kind == "word" and at not in search.skips and token.folded not in words.stops | words.never
        if noun and token.folded not in words.modifiers and plural_lemma(token.text) is None and is_nominal(token.text):
            if "adjective" in parts_of(token.text):
                weak = at
            else:
                found = at
        step = _pass_modifier(search, at, words)
        if step == at:
            break
        at = step
    found = weak if found is None else found
    if found is None:
        return None
    return Head(found, found + 1, found + 1, _noun_lemma(tokens[found].text), "singular_noun")


def _pass_hyphenated(search: Search, at: int) -> int:
    """Token after a compound that ends in a participle or adjective: "thought-provoking", "North Korean-made"."""
    tokens = search.tokens
    end = at
    while _is_glued(tokens, end, search.limit) and tokens[end + 2].kind == "word":
        end += 2
    last = tokens[end].folded
    modifier = last.endswith(PARTICIPLE_ENDINGS[:2]) or "noun" not in parts_of(last)
    return end + 1 if end > at and modifier and end + 1 < search.limit else at


def _continues(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word after a noun goes on with the compound: a noun, in lower case like the one before."""
    text = tokens[at].text
    known = parts_of(text)
    if text[0].isupper() and not tokens[at - 1].text[0].isupper():
        return False
    participle = "verb" in known and text.lower().endswith(PARTICIPLE_ENDINGS[:2])
    return "noun" in known and not participle and not known & {"adjective", "adverb"}


def extend_phrase(search: Search, head: Head, words: NounWords) -> int:
    """Where the counted phrase ends: an attribute with "of", and bare nouns joined to the head.

    >>> from quantclaims.records import Number
    >>> from quantclaims.tokens import tokenize
    >>> tokens = tokenize("thousands of rescue boats and trailers, a driver said", "en")
    >>> search = Search(tokens, len(tokens), {}, Number(0, 9, None, 1e3, 1e4, "magnitude", ""), "en")
    >>> extend_phrase(search, Head(3, 4, 4, "boat", "plural_noun"), load_nouns("en"))
    6
    """
    tokens = search.tokens
    end = pass_of(search, head.end)
    if head.rule == "plural_noun":
        end = _pass_joined(search, end, words)
    quotes = sum(1 for token in tokens[max(0, head.first - WINDOW) : end] if token.text in QUOTES)
    if end < search.limit and quotes % 2 and tokens[end].text in QUOTES:
        end += 1
    return end


def pass_of(search: Search, at: int) -> int:
    """Past "of" with a bare noun phrase: "rounds of ammunition", "pieces of military equipment"."""
    tokens = search.tokens
    words = load_nouns("en")
    if at + 1 >= search.limit or tokens[at].folded not in words.linkers:
        return at
    last, closed = at, False
    for i in range(at + 1, min(at + 4, search.limit)):
        token = tokens[i]
        if token.kind != "word" or token.folded in words.stops | words.determiners | words.modifiers:
            break
        known = parts_of(token.text)
        if not known & {"noun", "adjective", "proper"} or token.text[0].isupper() or (closed and "verb" in known):
            break
        if "noun" in known:
            last = i
        closed = closed or not known & {"adjective", "verb"}
    return last + 1 if last > at else at


def _pass_joined(search: Search, at: int, words: NounWords) -> int:
    """Past bare plural nouns joined with "and" or "or" that start no new clause: "shells and rockets"."""
    tokens = search.tokens
    while at + 1 < search.limit and tokens[at].folded in words.conjunctions:
        end = _bare_plural(search, at + 1, words)
        if end is None or (end < search.limit and tokens[end].kind == "word" and _is_predicate(tokens[end], words)):
            break
        at = end
    return at


def _bare_plural(search: Search, at: int, words: NounWords) -> int | None:
    tokens = search.tokens
    for i in range(at, min(at + 4, search.limit)):
        token = tokens[i]
        if token.kind != "word" or token.folded in words.stops | words.determiners | words.modifiers:
            return None
        if plural_lemma(token.text) is not None and token.folded not in words.never:
            return i + 1
        if is_finite(token.text) or not parts_of(token.text) & {"noun", "adjective", "unknown"}:
            return None
    return None


def _is_predicate(token: Token, words: NounWords) -> bool:
    """Whether a word after a noun makes that noun a subject."""
    return (token.folded in words.stops and "verb" in parts_of(token.text)) or parts_of(token.text) == {"verb"}
