"""Numbers of a sentence: figures, numerals, parts, multiples, bounds and ranges, each with the rule that read it.

A Number is the numeral as printed with its magnitude words; hedge, unit and counted thing are the next step's.
Numbers read exactly: the arithmetic is decimal, so "1,6 mln" is 1600000 and nothing near it.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from quantclaims.arguments import check_text
from quantclaims.lemmas import analyse
from quantclaims.numbers.cardinals import ONE, Reading, read_cardinal, read_decimal_words
from quantclaims.numbers.figures import CURRENCY_MARKS, DASHES, MINUSES, find_label_end, is_glued, read_figure
from quantclaims.numbers.indefinites import read_hundreds_and_some, read_indefinite
from quantclaims.numbers.parts import read_mixed, read_part
from quantclaims.numbers.ranges import read_range
from quantclaims.numbers.words import NumberWords, load_number_words, split_joined
from quantclaims.records import Number, Sentence, Token
from quantclaims.rules import accept
from quantclaims.segment import segment

SimpleReader = Callable[[Sequence[Token], int, NumberWords], Reading | None]
PART_TABLES = ("parts", "part_nouns", "numerators")
BOUND_TABLES = ("indefinite", "indefinite_of", "vague")
COUNTED_PARTS = frozenset({"noun", "adjective", "participle"})
START_MARKS = frozenset(".,") | MINUSES


def find_numbers(text: str, language: str) -> list[Number]:
    """Every number of a text, left to right, none overlapping; offsets are code points, half open.

    ``value`` is None where the words give only bounds. Raises TypeError for what is no text, ValueError for a language
    without a table.

    >>> [(n.value, n.low, n.high, n.kind) for n in find_numbers("10–20 tys. osób, 1,6 mln ton", "pl")]
    [(None, 10000.0, 20000.0, 'range'), (1600000.0, 1600000.0, 1600000.0, 'cardinal')]
    """
    return [
        number
        for sentence in segment(check_text(text, language), language)
        for number in scan_numbers(sentence, language)
    ]


def is_article_numeral(token: Token, language: str) -> bool:
    """Whether a word is an article that counts as one only beside other numerals ("un mort și doi răniți").

    >>> from quantclaims.tokens import tokenize
    >>> is_article_numeral(tokenize("un mort", "ro")[0], "ro")
    True
    """
    return token.folded in load_number_words(language).articles


def scan_numbers(sentence: Sentence, language: str) -> list[Number]:
    """The numbers of one sentence, left to right, none overlapping."""
    words = load_number_words(language)
    tokens = sentence.tokens
    whole = accept(_read_standalone(tokens, words))
    if whole is not None:
        return [_to_number(tokens, 0, whole)]
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        label_end = find_label_end(tokens, at, words) if token.kind == "digits" else at
        if label_end > at:
            at = label_end
            continue
        readers = list_readers(token.folded, token.kind, language)
        reading = read_number(tokens, at, words) if readers else None
        if reading is None:
            at += 1
        else:
            found.append(_to_number(tokens, at, reading))
            at = reading.end
    return found


def _to_number(tokens: Sequence[Token], first: int, reading: Reading) -> Number:
    exact = reading.low == reading.high
    low, high = float(reading.low), float(reading.high)
    return Number(
        tokens[first].start,
        tokens[reading.end - 1].end,
        low if exact else None,
        low,
        high,
        reading.kind,
        reading.rule,
        first,
        reading.end,
    )


def read_number(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """The number that starts at token ``at``, a range if it is the first end of one."""
    if tokens[at].text in MINUSES or tokens[at].folded in words.minus:
        return accept(_read_negative(tokens, at, words))
    simple = read_simple(tokens, at, words)
    if simple is None:
        return None
    if simple.kind in ("ordinal", "multiplicative"):
        return simple
    joined = accept(read_range(tokens, at, simple, words, read_simple))
    return joined or accept(_read_repeated(tokens, at, simple, words)) or simple


def read_simple(tokens: Sequence[Token], at: int, words: NumberWords, joined: bool = True) -> Reading | None:
    """The number that starts at token ``at``, no range; without ``joined``, no "and" inside it."""
    if at >= len(tokens):
        return None
    for read in list_readers(tokens[at].folded, tokens[at].kind, words.language):
        reading = (
            read(tokens, at, words)
            if joined or read is not _read_whole
            else read_cardinal(tokens, at, words, joined=False)
        )
        if accept(reading) is not None:
            return reading
    return None


@lru_cache(maxsize=100_000)
def list_readers(folded: str, kind: str, language: str) -> tuple[SimpleReader, ...]:
    """The grammars that a number beginning with this word may belong to; none for most words, so the scan moves on."""
    words = load_number_words(language)
    if kind == "digits":
        return (read_part, _read_suffixed, _read_whole)
    if kind == "mark":
        return (_read_whole,) if folded in START_MARKS else ()
    if kind == "code":
        return ()
    is_glyph = len(folded) == 1 and not folded.isascii()
    is_joined = words.may_be_joined(folded) and bool(split_joined(folded, words))
    starts = {
        _read_multiplicative: folded in words.starts["multiplicatives"],
        _read_group_noun: folded in words.group_nouns,
        _read_ordinal: folded in words.grammar["ordinal_articles"],
        _read_collective: folded in words.starts["collectives"],
        read_part: is_glyph or folded in words.cardinals or any(folded in words.starts[name] for name in PART_TABLES),
        _read_whole: is_joined or folded in words.starts["cardinals"],
        read_indefinite: folded in words.multipliers or any(folded in words.starts[name] for name in BOUND_TABLES),
    }
    return tuple(read for read, may_start in starts.items() if may_start)


def _read_whole(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """A cardinal or ordinal, or the mixed number or multiple that it begins: "two", "two and a half", "two-fold"."""
    whole = read_cardinal(tokens, at, words)
    if whole is None or whole.kind != "cardinal" or whole.end >= len(tokens):
        return whole
    some = read_hundreds_and_some(tokens, whole, words)
    if some is not None:
        return some
    following = tokens[whole.end]
    past = whole.end + 1
    if following.text in DASHES and is_glued(tokens, past) and tokens[past].folded in words.multiplicative_endings:
        rule = "figure_multiplicative" if tokens[at].kind == "digits" else "multiplicative"
        return Reading(past + 1, whole.low, whole.high, ONE, "multiplicative", rule)
    may_be_mixed = (
        following.folded in words.joiner
        or following.folded in words.denominators
        or following.kind == "digits"
        or not following.text.isascii()
    )
    return (read_mixed(tokens, at, words) if may_be_mixed else None) or whole


def _read_multiplicative(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """A word that multiplies what it is compared with: "trzykrotnie", "twofold", "dublu" before "față de"."""
    hit = words.multiplicatives.longest(tokens, at)
    return Reading(at + 1, hit[1], hit[1], ONE, "multiplicative", "multiplicative") if hit is not None else None


def _read_group_noun(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """A noun that counts before a genitive plural: "trójka dzieci", not "trójka z fizyki"."""
    if tokens[at].folded not in words.group_nouns or at + 1 >= len(tokens):
        return None
    if not any(
        reading.part in COUNTED_PARTS and "gen" in reading.cases and "pl" in reading.numbers
        for reading in analyse(tokens[at + 1].text, words.language)
    ):
        return None
    value = Decimal(words.group_nouns[tokens[at].folded])
    return Reading(at + 1, value, value, ONE, "cardinal", "group_noun")


def _read_ordinal(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """The ordinal with its Romanian article: "al treilea", "a doua", "a 3-a"."""
    if tokens[at].folded not in words.grammar["ordinal_articles"] or at + 1 >= len(tokens):
        return None
    after = tokens[at + 1]
    if after.folded in words.articled_ordinals and after.text[-1] in "aA":
        value = Decimal(words.articled_ordinals[after.folded])
        return Reading(at + 2, value, value, ONE, "ordinal", "ordinal")
    reading = _read_suffixed(tokens, at + 1, words, after_article=True) or read_cardinal(tokens, at + 1, words)
    return reading if reading is not None and reading.kind == "ordinal" else None


def _read_suffixed(tokens: Sequence[Token], at: int, words: NumberWords, after_article: bool = False) -> Reading | None:
    """A figure with letters that make another kind: "21st", "5-lea", "10-ty", "3-krotnie", "200-tysięczna"."""
    figure = read_figure(tokens, at, words) if tokens[at].kind == "digits" else None
    if figure is None or not is_glued(tokens, figure.end):
        return None
    end, value = figure.end, figure.value
    endings = words.ordinal_endings
    if tokens[end].folded in endings["glued"] and not figure.fractional:
        return Reading(end + 1, value, value, ONE, "ordinal", "figure_ordinal")
    if tokens[end].text not in DASHES or not is_glued(tokens, end + 1):
        return None
    ending = tokens[end + 1].folded
    if ending in endings["plain"] or (after_article and ending in endings["after_article"]):
        return Reading(end + 2, value, value, ONE, "ordinal", "figure_ordinal")
    if ending in words.multiplicative_endings:
        return Reading(end + 2, value, value, ONE, "multiplicative", "figure_multiplicative")
    if ending in words.magnitude_adjectives:
        multiplier = Decimal(words.magnitude_adjectives[ending])
        return Reading(end + 2, value * multiplier, value * multiplier, multiplier, "cardinal", "figure_magnitude")
    return None


def _read_collective(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """A phrase that counts: "a couple of" is two, times the multiplier that may follow ("a couple of hundred")."""
    hit = words.collectives.longest(tokens, at)
    if hit is None:
        return None
    end, value = hit
    multiplier = words.multipliers.get(tokens[end].folded) if end < len(tokens) else None
    if multiplier is None:
        return Reading(end, value, value, ONE, "cardinal", "collective")
    scaled = value * multiplier.value
    return Reading(end + 1, scaled, scaled, multiplier.value, "cardinal", "collective")


def _read_negative(tokens: Sequence[Token], at: int, words: NumberWords) -> Reading | None:
    """A negative: "-37", "−5", "minus 450,000"; a spaced hyphen is a minus only where nothing else stands."""
    token = tokens[at]
    if _is_tolerance(tokens, at, words):
        return None
    if token.text in MINUSES and (is_glued(tokens, at) and tokens[at - 1].text not in CURRENCY_MARKS | set("([„“\"'")):
        return None
    if at and (tokens[at - 1].kind == "digits" or tokens[at - 1].folded in words.cardinals):
        return None
    reading = read_cardinal(tokens, at + 1, words) if at + 1 < len(tokens) else None
    if reading is None or reading.kind != "cardinal":
        return None
    if token.text in MINUSES and not is_glued(tokens, at + 1) and (at > 0 or reading.end < len(tokens)):
        return None
    return reading._replace(low=-reading.low, high=-reading.low, rule="negative")


def _is_tolerance(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether "minus" is the end of "plus minus" or "plus-minus", which hedges and negates nothing."""
    before = at - 2 if at > 1 and tokens[at - 1].text in MINUSES else at - 1
    return before >= 0 and tokens[at].folded in words.minus and tokens[before].folded in words.grammar["plus"]


def _read_repeated(tokens: Sequence[Token], at: int, reading: Reading, words: NumberWords) -> Reading | None:
    """A figure repeated in words, which is one number: "62 (sixty two)"."""
    end = reading.end
    if end + 2 >= len(tokens) or tokens[end].text != "(" or reading.low != reading.high:
        return None
    inner = read_simple(tokens, end + 1, words)
    if inner is None or inner.end >= len(tokens) or tokens[inner.end].text != ")":
        return None
    differs = (tokens[at].kind == "digits") != (tokens[end + 1].kind == "digits")
    if not differs or (inner.low, inner.high) != (reading.low, reading.high):
        return None
    return reading._replace(end=inner.end + 1, rule="repeated")


def _read_standalone(tokens: Sequence[Token], words: NumberWords) -> Reading | None:
    """A word that is a numeral only as the whole answer ("none", "un"), or ".35" said as "point 35"."""
    if len(tokens) > 4:
        return None
    hit = words.standalone.longest(tokens, 0)
    if hit is not None and hit[0] == len(tokens):
        return Reading(hit[0], hit[1], hit[1], ONE, "cardinal", "standalone")
    end, digits = read_decimal_words(tokens, 1, words) if tokens[0].folded in words.decimal else (0, "")
    if not digits or end < len(tokens):
        return None
    value = Decimal("0." + digits)
    return Reading(end, value, value, ONE, "cardinal", "spelled_decimal")
