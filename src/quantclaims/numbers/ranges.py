"""Ranges: "10–20 tys.", "od 5 do 10 mln", "between five and ten", "15 to 20", "cinci sau șase".

The two ends share the multiplier of the second where the first has none and is the smaller count: "10–20 tys." is
10 000 to 20 000, "from 500 to 2 million" starts at 500. The words that open a range ("od", "between") stay outside
its span, as hedges do; the rule's name tells which ones there were.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from quantclaims.lemmas import analyse
from quantclaims.numbers.cardinals import HYPHENS, ONE, THOUSAND, Reading
from quantclaims.numbers.figures import CURRENCY_MARKS, DASHES, is_glued
from quantclaims.numbers.words import NumberWords
from quantclaims.records import Token
from quantclaims.tokens import fold

Reader = Callable[[Sequence[Token], int, NumberWords, bool], Reading | None]
EXACT_KINDS = frozenset({"cardinal", "fraction", "magnitude"})


def read_range(tokens: Sequence[Token], at: int, first: Reading, words: NumberWords, read: Reader) -> Reading | None:
    """The range whose lower end is ``first``, read at token ``at``; None if there is no second, higher end."""
    opener = find_opener(tokens, at, words)
    if opener is None and not _may_continue(tokens, first.end, words):
        return None
    if opener is not None:
        closed = _close(tokens, at, first, words, read, opener)
        if closed is not None:
            return _split_change(first, closed) if _begins_change(tokens, at, words) else closed
        shorter = read(tokens, at, words, False)  # "between a hundred and two hundred"
        if shorter is not None and shorter.end < first.end:
            closed = _close(tokens, at, shorter, words, read, opener)
            if closed is not None:
                return closed
    return (
        _read_dash(tokens, at, first, words, read)
        or _read_bare(tokens, at, first, words, read)
        or _read_alternative(tokens, at, first, words, read)
    )


def _may_continue(tokens: Sequence[Token], end: int, words: NumberWords) -> bool:
    """Whether the next tokens can stand between the ends of a range; most cannot, and that ends the matter cheaply."""
    return any(
        token.folded in words.range_starts or (token.kind == "mark" and token.text in DASHES)
        for token in tokens[end : end + 2]
    )


def find_opener(tokens: Sequence[Token], at: int, words: NumberWords) -> str | None:
    """Which closing words the phrase before a number wants: ``to`` after "from", ``and`` after "between"."""
    before = at - 1 if at and tokens[at - 1].text in CURRENCY_MARKS else at
    for phrase, closer in words.openers.get(tokens[before - 1].folded, []) if before else []:
        start = before - len(phrase)
        if start >= 0 and all(tokens[start + i].folded == word for i, word in enumerate(phrase)):
            return closer
    return None


SMALL = 20
"""Most that a range can end with that begins with a part: "½ to 1 cup"."""
CHANGE_REACH = 8
"""Tokens before "from" in which a verb or noun of change makes two figures of "from 3 to 4"."""


def _begins_change(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether the opening word is one that a change begins with: Polish has another for it ("z 3 do 4")."""
    before = at - 2 if at > 1 and tokens[at - 1].text in CURRENCY_MARKS else at - 1
    return (
        before >= 0 and tokens[before].folded in words.grammar["change_from"] and _tells_change(tokens, before, words)
    )


def _tells_change(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether what stands before "from 3 to 4" is a change: it rose from one figure to the other."""
    changes = words.grammar["changes"]
    for token in reversed(tokens[max(0, at - CHANGE_REACH) : at]):
        if token.kind == "mark" and token.text in ";:.()":
            return False
        lemmas = {fold(reading.lemma, words.language) for reading in analyse(token.text, words.language)}
        if token.kind == "word" and not changes.isdisjoint({token.folded, *lemmas}):
            return True
    return False


def _split_change(first: Reading, closed: Reading) -> Reading:
    """The figure that a change begins with, in the multiplier of the one that it ends with: "from 3 to 4 million"."""
    shared = first.low == first.high != closed.low
    return first._replace(low=closed.low, high=closed.low, rule="figure_magnitude") if shared else first


def _close(
    tokens: Sequence[Token], at: int, first: Reading, words: NumberWords, read: Reader, closer: str
) -> Reading | None:
    end = _past_unit(tokens, first.end)
    for middle in (first.end, end):
        hit = words.ranges[closer].longest(tokens, middle) if middle < len(tokens) else None
        if hit is not None:
            return _join(tokens, at, first, middle, hit[0], words, read, f"range_{closer}")
    return None


def _read_bare(tokens: Sequence[Token], at: int, first: Reading, words: NumberWords, read: Reader) -> Reading | None:
    """A range without an opening word: "15 to 20"; Polish "z 2 do 10" is a change, and so is "by €40 to €900"."""
    if at and tokens[at - 1].folded in words.grammar["bare_to_not_after"]:
        return None
    if _is_amount_of_change(tokens, at, first, words):
        return None
    return _close(tokens, at, first, words, read, "bare_to")


def _is_amount_of_change(tokens: Sequence[Token], at: int, first: Reading, words: NumberWords) -> bool:
    """Whether a figure with a unit of its own says by how much something changed: what follows is the level."""
    is_marked = at > 0 and tokens[at - 1].text in CURRENCY_MARKS
    by = at - 2 if is_marked else at - 1
    if by < 0 or tokens[by].folded not in words.grammar["change_by"]:
        return False
    following = first.end < len(tokens) and words.ranges["bare_to"].longest(tokens, first.end) is None
    return (is_marked or following) and _tells_change(tokens, by, words)


def _past_unit(tokens: Sequence[Token], end: int) -> int:
    """Past a unit that the second end repeats: "10% to 20%", "od 5 km do 10 km"."""
    if end >= len(tokens):
        return end
    unit = tokens[end]
    return end + 1 if unit.kind == "word" or unit.text == "%" or unit.text in CURRENCY_MARKS else end


def _read_dash(tokens: Sequence[Token], at: int, first: Reading, words: NumberWords, read: Reader) -> Reading | None:
    """A dash between the ends: "10–20", "10%–20%", "10 - 20"; a spaced em dash belongs to the sentence."""
    dash = _past_unit(tokens, first.end)
    if dash + 1 >= len(tokens) or tokens[dash].text not in DASHES:
        return None
    glued = is_glued(tokens, dash) and is_glued(tokens, dash + 1)
    figures = tokens[at].kind == "digits" and tokens[_past_currency(tokens, dash + 1)].kind == "digits"
    if not glued and (tokens[dash].text in "—―" or not figures or is_glued(tokens, dash + 1)):
        return None
    joined = _join(tokens, at, first, dash, dash + 1, words, read, "range_dash")
    if joined is None:
        return None
    shared = _share_thousands(tokens, at, dash + 1, joined)
    if glued and (tokens[dash].text not in HYPHENS or shared.low == 0):
        return shared
    return shared if shared.high <= shared.low * (100 if glued else 10) else None  # "rząd 1 - 200 zł" lists prices


def _share_thousands(tokens: Sequence[Token], at: int, after: int, joined: Reading) -> Reading:
    """The range with the thousands that "14–19 000" prints once; "1–10 000" starts at one."""
    grouped = joined.end > after + 1 and joined.high % THOUSAND == 0 and tokens[after].kind == "digits"
    low = joined.low * THOUSAND
    shares = grouped and joined.multiplier == ONE and tokens[at].kind == "digits" and joined.low < THOUSAND
    return joined._replace(low=low) if shares and joined.high / 10 < low < joined.high else joined


def _past_currency(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if at + 1 < len(tokens) and tokens[at].text in CURRENCY_MARKS else at


def _read_alternative(
    tokens: Sequence[Token], at: int, first: Reading, words: NumberWords, read: Reader
) -> Reading | None:
    """Neighbouring figures as alternatives: "five or six"; "2 or 50" are two claims."""
    hit = words.ranges["alternative"].longest(tokens, first.end) if first.end < len(tokens) else None
    if hit is None or first.low != first.high:
        return None
    joined = _join(tokens, at, first, first.end, hit[0], words, read, "range_or")
    return joined if joined is not None and joined.high <= 2 * joined.low else None


def _join(
    tokens: Sequence[Token],
    at: int,
    first: Reading,
    middle: int,
    after: int,
    words: NumberWords,
    read: Reader,
    rule: str,
) -> Reading | None:
    start = _past_currency(tokens, after)
    second = read(tokens, start, words, True)
    if second is None or not {first.kind, second.kind} <= EXACT_KINDS:
        return None
    if first.kind == "fraction" and second.high > SMALL:  # "by a quarter to 1.2 million"
        return None
    if first.leading_zero or second.leading_zero or not _repeats_unit(tokens, at, first, middle, start, second):
        return None
    low = _share_multiplier(first.low, first, second)
    if low >= second.high or low < 0 or _chains_on(tokens, second.end):
        return None
    return Reading(second.end, low, second.high, second.multiplier, "range", rule)


def _share_multiplier(low: Decimal, first: Reading, second: Reading) -> Decimal:
    shares = first.multiplier == ONE and second.multiplier != ONE and low
    return low * second.multiplier if shares and low * second.multiplier < second.high else low


def _repeats_unit(tokens: Sequence[Token], at: int, first: Reading, middle: int, start: int, second: Reading) -> bool:
    """Whether a unit or mark that was skipped between the ends stands at the same side of the other end."""
    if middle > first.end:
        return second.end < len(tokens) and tokens[second.end].folded == tokens[first.end].folded
    if tokens[start - 1].text in CURRENCY_MARKS:
        return at > 0 and tokens[at - 1].text == tokens[start - 1].text
    return True


def _chains_on(tokens: Sequence[Token], end: int) -> bool:
    """Whether the second end is itself joined to more digits, as in a telephone number."""
    return (
        end + 1 < len(tokens)
        and tokens[end].text in DASHES
        and is_glued(tokens, end)
        and tokens[end + 1].kind == "digits"
    )
