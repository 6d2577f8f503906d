"""Figures: numbers written in digits, in each language's own form and in foreign forms that cannot be mistaken.

A single mark before exactly three digits is read by the language: "1.600" is 1600 in Polish and Romanian, which group
with the full stop, and 1.6 in English, which does not. Every other shape has one reading everywhere: "1.600.000",
"1,234.56", "1.5". Dotted, slashed and hyphened chains that fit no number ("24.02.2022", "1.2.3", "2017-08-21",
"12:30") are labels, and so is a figure that a hyphen joins to a word ("MiG-29").
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from quantclaims.lemmas import analyse
from quantclaims.numbers.words import NumberWords
from quantclaims.records import Token
from quantclaims.tokens import CURRENCY_CODES

LONGEST = 24
"""More digits than this are an identifier, not a quantity."""
DASHES = frozenset("-‐‑‒–—―−")
MINUSES = frozenset("-−")
CURRENCY_MARKS = frozenset("$€£¥₴₽₺₹₩₪₿")


class Figure(NamedTuple):
    """Digits read as one number."""

    end: int
    value: Decimal
    digits: int
    """Digits before the decimal mark, as printed."""
    fractional: bool
    leading_zero: bool


def is_glued(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing stands between token ``at`` and the one before it."""
    return 0 < at < len(tokens) and tokens[at - 1].end == tokens[at].start


def _glued_run(tokens: Sequence[Token], at: int) -> tuple[int, list[str], str]:
    """The end of "digits mark digits mark digits", its digit groups and its marks."""
    groups, marks = [tokens[at].text], ""
    end = at + 1
    while (
        end + 1 < len(tokens)
        and tokens[end].text in (".", ",")
        and tokens[end + 1].kind == "digits"
        and is_glued(tokens, end)
        and is_glued(tokens, end + 1)
    ):
        marks += tokens[end].text
        groups.append(tokens[end + 1].text)
        end += 2
    return end, groups, marks


def _are_thousands(groups: Sequence[str], words: NumberWords, mark: str) -> bool:
    """Whether the groups are those of one grouped integer: 1,234,567 or, where the language has it, 12,34,567."""
    head, tail = groups[0], groups[1:]
    if not 1 <= len(head) <= 3 or head.startswith("0") or len(tail[-1]) != 3:
        return False
    if all(len(group) == 3 for group in tail):
        return True
    indian = words.indian_grouping and mark == words.grouping_mark and len(head) <= 2
    return indian and all(len(group) == 2 for group in tail[:-1])


def _interpret(groups: list[str], marks: str, words: NumberWords) -> Decimal | None:
    """The value of a glued run, None if it is no number."""
    if not marks:
        return Decimal(groups[0])
    grouped, last = marks[:-1], marks[-1]
    if not grouped:
        grouping = last == words.grouping_mark and _are_thousands(groups, words, last)
        return Decimal("".join(groups)) if grouping else Decimal(".".join(groups))
    if len(set(marks)) == 1:
        return Decimal("".join(groups)) if _are_thousands(groups, words, last) else None
    if len(set(grouped)) == 1 and _are_thousands(groups[:-1], words, grouped[0]):
        return Decimal("".join(groups[:-1]) + "." + groups[-1])
    return None


def _spaced_end(tokens: Sequence[Token], at: int) -> int:
    """Where "12 500" ends: groups of three after single spaces. ``at + 1`` if the groups are not those of a number."""
    if not 1 <= len(tokens[at].text) <= 3 or tokens[at].text.startswith("0"):
        return at + 1
    end = at + 1
    while end < len(tokens) and tokens[end].kind == "digits" and tokens[end].start - tokens[end - 1].end == 1:
        if len(tokens[end].text) != 3 or end - at > LONGEST // 3:
            return at + 1  # "22 123 45 67" is a telephone number
        end += 1
    return end


def read_figure(tokens: Sequence[Token], at: int, words: NumberWords) -> Figure | None:
    """The figure that starts at token ``at``, or None where the digits are a label or an identifier.

    >>> from quantclaims.numbers.words import load_number_words
    >>> from quantclaims.tokens import tokenize
    >>> read_figure(tokenize("12 500,5", "pl"), 0, load_number_words("pl")).value
    Decimal('12500.5')
    """
    if tokens[at].kind != "digits":
        return _read_leading_mark(tokens, at, words)
    end, groups, marks = _glued_run(tokens, at)
    if end == at + 1 and (spaced := _spaced_end(tokens, at)) > end:
        tail_end, tail, tail_marks = _glued_run(tokens, spaced - 1)
        if len(tail) > 2:
            return None
        integer = "".join(token.text for token in tokens[at:spaced])
        groups, marks, end = [integer, *tail[1:]], tail_marks, tail_end
        value: Decimal | None = Decimal(".".join(groups))
    elif sum(map(len, groups)) > LONGEST:
        return None
    else:
        value = _interpret(groups, marks, words)
    if value is None or sum(map(len, groups)) > LONGEST:
        return None
    fractional = value != value.to_integral_value() or (len(groups) > 1 and len(groups[-1]) != 3)
    leading_zero = len(groups[0]) > 1 and groups[0].startswith("0")
    return Figure(end, value, len(groups[0]), fractional, leading_zero)


def _read_leading_mark(tokens: Sequence[Token], at: int, words: NumberWords) -> Figure | None:
    """The decimal mark glued to digits, and to nothing before it: ".77"."""
    if tokens[at].text not in (words.decimal_mark, "." if at == 0 else "") or not is_glued(tokens, at + 1):
        return None
    if tokens[at + 1].kind != "digits":
        return None
    if is_glued(tokens, at) and tokens[at - 1].text not in MINUSES | CURRENCY_MARKS | {"("}:
        return None
    end, groups, _ = _glued_run(tokens, at + 1)
    if len(groups) > 1 or len(groups[0]) > LONGEST:
        return None
    return Figure(end, Decimal("0." + groups[0]), 0, True, False)


def find_label_end(tokens: Sequence[Token], at: int, words: NumberWords) -> int:
    """The end of digits at ``at`` that are a label and no number; ``at`` when they may be one.

    >>> from quantclaims.numbers.words import load_number_words
    >>> from quantclaims.tokens import tokenize
    >>> find_label_end(tokenize("24.02.2022", "pl"), 0, load_number_words("pl"))
    5
    """
    end, groups, marks = _glued_run(tokens, at)
    if sum(map(len, groups)) > LONGEST or (marks and _interpret(groups, marks, words) is None):
        return end
    if is_glued(tokens, at) and tokens[at - 1].text == "+":
        return _telephone_end(tokens, at)
    chain, joints = end, ""
    while (
        chain + 1 < len(tokens)
        and (tokens[chain].text in "/:" or tokens[chain].text in DASHES)
        and tokens[chain + 1].kind == "digits"
        and is_glued(tokens, chain)
        and is_glued(tokens, chain + 1)
    ):
        joints += tokens[chain].text
        chain += 2
    if ":" in joints or len(joints) > 1 or (joints == "/" and not _is_proper(tokens, at, end)):
        return chain
    if joints in DASHES and chain == at + 3 and (_leads_with_zero(tokens[at]) or _leads_with_zero(tokens[at + 2])):
        return chain  # a telephone number, "2023-09"
    if end < len(tokens) and tokens[end].text in ("%", "‰"):  # "Vest-45%"
        return at
    return end if _is_joined_to_word(tokens, at) or _is_generation(tokens, at, end) else at


def _is_generation(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a single digit has the letter of a technology: "5G", "3D"."""
    return len(tokens[at].text) == 1 and end == at + 1 and is_glued(tokens, end) and tokens[end].text in ("G", "D")


def _telephone_end(tokens: Sequence[Token], at: int) -> int:
    """The end of an international number, "+40 21 212 34 56"; ``at`` if there are too few digits."""
    end, digits = at, 0
    while end < len(tokens) and (tokens[end].kind == "digits" or tokens[end].text in "-()") and end < at + LONGEST:
        digits += len(tokens[end].text) if tokens[end].kind == "digits" else 0
        end += 1
    return end if digits >= 9 else at


def _leads_with_zero(token: Token) -> bool:
    return len(token.text) > 1 and token.text.startswith("0")


def _is_proper(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether "3/8" is a proper fraction of a usual denominator; "24/7", "2022/2023" and "km 42/65" are not."""
    if end != at + 1 or len(tokens[end + 1].text) > 4 or len(tokens[at].text) > 3:
        return False
    denominator = int(tokens[end + 1].text)
    usual = denominator <= 20 or denominator % 25 == 0 or denominator in (24, 30, 32, 40, 60, 64)
    return usual and 0 < int(tokens[at].text) < denominator


def _is_joined_to_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen joins the digits to a word that is no unit of a figure ("MiG-29", not "5km-10km")."""
    if at < 2 or tokens[at - 1].text not in DASHES or not (is_glued(tokens, at) and is_glued(tokens, at - 1)):
        return False
    before = tokens[at - 2]
    if before.kind == "code":
        return True
    return before.kind == "word" and not (is_glued(tokens, at - 2) and tokens[at - 3].kind == "digits")


def read_proper_fraction(tokens: Sequence[Token], at: int) -> tuple[int, Decimal] | None:
    """The end and value of a fraction in digits, "3/4".

    >>> from quantclaims.tokens import tokenize
    >>> read_proper_fraction(tokenize("3/4 of them", "en"), 0)
    (3, Decimal('0.75'))
    """
    if at + 2 >= len(tokens) or tokens[at].kind != "digits" or tokens[at + 1].text != "/":
        return None
    if tokens[at + 2].kind != "digits" or not (is_glued(tokens, at + 1) and is_glued(tokens, at + 2)):
        return None
    if not _is_proper(tokens, at, at + 1):
        return None
    return at + 3, Decimal(tokens[at].text) / Decimal(tokens[at + 2].text)


def read_suffix(tokens: Sequence[Token], start: int, figure: Figure, words: NumberWords) -> Decimal | None:
    """The value of letters glued to a figure ("250K", "$5bn"), None where they are a unit or a name.

    >>> from quantclaims.numbers.words import load_number_words
    >>> from quantclaims.tokens import tokenize
    >>> english, tokens = load_number_words("en"), tokenize("1.6m people behind a 5m wall", "en")
    >>> [read_suffix(tokens, at, read_figure(tokens, at, english), english) for at in (0, 7)]
    [Decimal('1000000'), None]
    """
    end = figure.end
    if end >= len(tokens) or tokens[end].text not in words.suffixes:
        return None
    letters, money = tokens[end].text, _is_money(tokens, start)
    spaced_money = money and tokens[end].start - tokens[end - 1].end == 1
    if not is_glued(tokens, end) and not spaced_money:
        return None
    contexts = words.suffixes_of
    needs_context = any(letters in allowed for allowed in contexts.values())
    fits = (
        (money and letters in contexts["money"])
        or (figure.fractional and letters in contexts["fraction"])
        or (letters in contexts["noun"] and _counts_noun(tokens, end + 1, words))
    )
    return words.suffixes[letters] if fits or not needs_context else None


def _is_money(tokens: Sequence[Token], start: int) -> bool:
    """Whether a currency mark stands before the figure or before the range that it closes ("€10-15m")."""
    for token in reversed(tokens[max(0, start - 6) : start]):
        if token.text in CURRENCY_MARKS or token.text in CURRENCY_CODES:
            return True
        if token.kind not in ("digits", "mark") or token.text in "()":
            return False
    return False


def _counts_noun(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether a plural noun follows, so that "1.6m people" are millions and "a 5m wall" is in metres."""
    for token in tokens[at : at + 3]:
        if token.folded in words.grammar["mass_plurals"]:
            return True
        readings = analyse(token.text, words.language) if token.kind == "word" else ()
        if any(reading.part == "noun" and reading.lemma != token.folded for reading in readings):
            return True
        if not any(reading.part in ("adjective", "noun", "unknown", "proper") for reading in readings):
            return False
    return False
