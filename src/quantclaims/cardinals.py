"""Cardinals and ordinals: spelled, in digits and mixed ("5 mii", "2 mln 300 tys.", "dwudziesty pierwszy").

A numeral is read as people say it: groups below a thousand, each with its multiplier, from large to small. Inside a
group each word must fit the room that the word before it leaves: after "sto" a word below 100, after "dwadzieścia"
below 10, after "dwa" none. So "dwa trzy" stays two numerals, and "one hundred and two hundred" stays 100 and 200.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from quantclaims.figures import CURRENCY_MARKS, is_glued, read_figure
from quantclaims.lemmas import analyse
from quantclaims.numberwords import Multiplier, NumberWords
from quantclaims.records import Token

ZERO, ONE, HUNDRED, THOUSAND = Decimal(0), Decimal(1), Decimal(100), Decimal(1000)
UNBOUNDED = Decimal("Infinity")


class Reading(NamedTuple):
    """A numeral of a kind with its bounds; ``end`` is half open, in tokens."""

    end: int
    low: Decimal
    high: Decimal
    multiplier: Decimal
    """The multiplier that ends it, which a range may share with its other end; 1 if there is none."""
    kind: str
    rule: str
    leading_zero: bool = False


@dataclass(slots=True, frozen=True)
class Progress:
    """What has been read so far."""

    end: int
    total: Decimal = ZERO
    """Groups closed by a multiplier."""
    group: Decimal | None = None
    """The open group; None between groups."""
    room: Decimal = THOUSAND
    """A further word of the group must be smaller."""
    ceiling: Decimal = UNBOUNDED
    """A further multiplier must be smaller."""
    multiplier: Decimal = ONE
    kind: str = "cardinal"
    figures: bool = False
    """The open group is a figure."""
    rule: str = ""
    ended: bool = False
    leading_zero: bool = False

    @property
    def value(self) -> Decimal:
        return self.total + (self.group or ZERO)

    @property
    def is_empty(self) -> bool:
        return self.group is None and not self.total


def read_cardinal(tokens: Sequence[Token], at: int, words: NumberWords, *, joined: bool = True) -> Reading | None:
    """The longest cardinal or ordinal that starts at token ``at``; without ``joined``, no "and" inside it.

    >>> from quantclaims.numberwords import load_number_words
    >>> from quantclaims.tokens import tokenize
    >>> reading = read_cardinal(tokenize("dwadzieścia jeden tysięcy ton", "pl"), 0, load_number_words("pl"))
    >>> reading.end, reading.low
    (3, Decimal('21000'))
    """
    progress = _advance(tokens, Progress(at), words, joined)
    if progress.end == at:
        return None
    progress = _take_decimals(tokens, progress, words)
    return Reading(
        progress.end,
        progress.value,
        progress.value,
        progress.multiplier,
        progress.kind,
        progress.rule,
        progress.leading_zero,
    )


def _advance(tokens: Sequence[Token], progress: Progress, words: NumberWords, joined: bool) -> Progress:
    while progress.end < len(tokens) and not progress.ended:
        following = _step(tokens, progress, words, joined)
        if following is None:
            break
        progress = following
    return progress


def _step(tokens: Sequence[Token], progress: Progress, words: NumberWords, joined: bool) -> Progress | None:
    """The progress after the next word, None if the numeral ends here."""
    at = progress.end
    word = tokens[at].folded
    if tokens[at].kind == "digits" or (tokens[at].kind == "mark" and progress.is_empty):
        return _take_figure(tokens, progress, words)
    if word in words.cardinals and is_numeral_here(tokens, at, words):
        return _take_word(tokens, progress, words, words.cardinals[word])
    if word in words.multipliers:
        return _take_multiplier(tokens, progress, words, words.multipliers[word])
    if word in words.articles:
        return _take_article(tokens, progress, words)
    if progress.is_empty:
        return _take_ordinal(tokens, progress, words)
    if word in words.partitive:
        return _take_after_partitive(tokens, progress, words)
    if tokens[at].kind == "mark":
        return _take_after_mark(tokens, progress, words)
    if joined and word in words.joiner:
        return _take_joined(tokens, progress, words)
    return _take_ordinal(tokens, progress, words)


def is_numeral_here(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether a number word is meant as one; Romanian "nouă" is also "new" and "us", and "noua" is "the new"."""
    if words.language != "ro" or tokens[at].folded != "noua":
        return True
    if at and tokens[at - 1].folded in {"o", "cea", "cele", "aceasta", "pe"}:
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.folded in words.multipliers or following.folded in words.partitive:
        return at == 0 or following is not None
    if tokens[at].text[-1] in "aA" and any(c in "ăâîșțşţ" for token in tokens for c in token.text.lower()):
        return False
    if following.kind != "word":
        return False
    return all(analysis.lemma != following.text.lower() for analysis in analyse(following.text, "ro"))


def _room_after(value: int) -> Decimal:
    if value >= 100:
        return HUNDRED
    return Decimal(10) if value >= 20 else ONE


def _take_word(tokens: Sequence[Token], progress: Progress, words: NumberWords, value: int) -> Progress | None:
    if progress.figures or (value == 0 and not progress.is_empty):
        return None
    end = progress.end + 1
    if progress.group is None:
        if value >= progress.ceiling:
            return None
        room = ONE if value == 0 else _room_after(value)
        return replace(progress, end=end, group=Decimal(value), room=room, rule="spelled", multiplier=ONE)
    if value < progress.room:
        return replace(progress, end=end, group=progress.group + value, room=_room_after(value), multiplier=ONE)
    if words.hundred_omission and _omits_hundred(tokens, progress, words, value):
        group = progress.group * 100 + value
        return replace(progress, end=end, group=group, room=_room_after(value), ceiling=ZERO)
    return None


def _omits_hundred(tokens: Sequence[Token], progress: Progress, words: NumberWords, value: int) -> bool:
    """ "One twenty two" is 122 and "nineteen eighty" 1980, but "two fifty-year-olds" are two people."""
    at = progress.end
    if progress.total or not progress.group or progress.group >= 100 or not 10 <= value < 100 or is_glued(tokens, at):
        return False
    after = at + 1
    while after + 1 < len(tokens) and tokens[after].text == "-" and is_glued(tokens, after):
        if tokens[after + 1].folded not in words.cardinals:
            return False
        after += 2
    return True


def _take_multiplier(
    tokens: Sequence[Token], progress: Progress, words: NumberWords, multiplier: Multiplier
) -> Progress | None:
    value = multiplier.value
    group = progress.group
    end = _end_of_abbreviation(tokens, progress.end, multiplier)
    rule = progress.rule or "spelled"
    if group is None:
        if progress.total and value > progress.total and value >= 1_000_000 and progress.multiplier != ONE:
            return replace(progress, end=end, total=progress.total * value, multiplier=value)  # "sto tysięcy milionów"
        if multiplier.form != "singular" or not (words.bare_multiplier or multiplier.collective):
            return None
        group = ONE
    if value < THOUSAND and not multiplier.collective:
        return _scale_group(progress, end, group, value, rule)
    if multiplier.collective:
        if progress.total:
            return None
        if end < len(tokens) and tokens[end].folded in words.partitive and multiplier.form == "singular":
            end += 1
        return replace(progress, end=end, total=group * value, group=None, multiplier=value, rule=rule, ended=True)
    if value >= progress.ceiling:
        return None
    return replace(
        progress,
        end=end,
        total=progress.total + group * value,
        group=None,
        room=THOUSAND,
        ceiling=value,
        multiplier=value if not progress.total else ONE,
        figures=False,
        rule="figure_magnitude" if rule == "figure" else rule,
    )


def _scale_group(progress: Progress, end: int, group: Decimal, value: Decimal, rule: str) -> Progress | None:
    """ "Two hundred"; Romanian "două zeci", where only the last unit is scaled."""
    if value == HUNDRED:
        if group >= HUNDRED or progress.ceiling <= HUNDRED:
            return None
        scaled, room = group * HUNDRED, HUNDRED
    else:
        unit = group % 10
        if not unit or progress.room != ONE or group % 100 != unit:
            return None
        scaled, room = group + unit * 9, Decimal(10)
    multiplier = value if not progress.total and group < HUNDRED else ONE
    return replace(progress, end=end, group=scaled, room=room, figures=False, rule=rule, multiplier=multiplier)


def _end_of_abbreviation(tokens: Sequence[Token], at: int, multiplier: Multiplier) -> int:
    """Past the full stop that belongs to an abbreviation; the last one of a sentence only if the word owns one."""
    stop = at + 1
    if multiplier.form != "abbreviation" or not is_glued(tokens, stop) or tokens[stop].text != ".":
        return stop
    return stop + 1 if multiplier.owns_stop or stop + 1 < len(tokens) else stop


def _take_article(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    """ "A hundred", "o mie", "un milion": the article counts as one before a multiplier."""
    at = progress.end
    if progress.group is not None or at + 1 >= len(tokens):
        return None
    multiplier = words.multipliers.get(tokens[at + 1].folded)
    if multiplier is None or multiplier.form != "singular":
        return None
    return _take_multiplier(tokens, replace(progress, end=at + 1, group=ONE), words, multiplier)


def _take_after_partitive(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    """Romanian "douăzeci de mii"."""
    at = progress.end
    if words.language != "ro" or progress.group is None or at + 1 >= len(tokens):
        return None
    multiplier = words.multipliers.get(tokens[at + 1].folded)
    if multiplier is None or multiplier.form == "singular":
        return None
    return _take_multiplier(tokens, replace(progress, end=at + 1), words, multiplier)


def _take_after_mark(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    """English "twenty-one", "two-million", and the comma of "one million, two hundred thousand"."""
    at = progress.end
    if words.language != "en" or at + 1 >= len(tokens) or progress.figures or progress.kind == "ordinal":
        return None
    following = tokens[at + 1].folded
    if tokens[at].text in ("-", "‑", "‐") and is_glued(tokens, at) and is_glued(tokens, at + 1):
        after = replace(progress, end=at + 1)
        if following in words.cardinals and progress.group is not None and words.cardinals[following] < progress.room:
            return _take_word(tokens, after, words, words.cardinals[following])
        if following in words.multipliers and words.multipliers[following].form == "singular":
            return _take_multiplier(tokens, after, words, words.multipliers[following])
        if words.ordinals.get(following, 1000) < progress.room:
            return _take_ordinal(tokens, after, words)
    if (
        tokens[at].text == ","
        and progress.group is None
        and progress.ceiling >= THOUSAND
        and following in words.cardinals
    ):
        rest = _advance(tokens, Progress(at + 1), words, True)
        if rest.kind == "cardinal" and HUNDRED <= rest.value < progress.ceiling and rest.rule == "spelled":
            return replace(progress, end=rest.end, total=progress.total + rest.value, ended=True, multiplier=ONE)
    return None


def _take_joined(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    """ "Hundred and five", "douăzeci și trei", "tysięcy i jedenaście": what follows must fit the room that is left."""
    at = progress.end
    if at + 1 >= len(tokens) or progress.figures or progress.kind == "ordinal" or progress.rule != "spelled":
        return None
    if progress.group is None:
        rest = _advance(tokens, Progress(at + 1), words, False)
        fits = rest.end > at + 1 and rest.rule == "spelled" and rest.value < progress.ceiling
        if not fits or rest.multiplier == 1_000_000 or _continues(tokens, rest.end, words):
            return None
        total = progress.total + rest.value
        return replace(progress, end=rest.end, total=total, ended=True, kind=rest.kind, multiplier=ONE)
    if words.language == "pl" or (progress.room != HUNDRED and words.language == "en"):
        return None
    following = tokens[at + 1].folded
    value = words.cardinals.get(following, words.ordinals.get(following, 0))
    if not 0 < value < progress.room:
        return None
    rest = _advance(tokens, Progress(at + 1, ceiling=Decimal(101)), words, False)
    if rest.value >= progress.room and not (rest.value >= HUNDRED and _is_partitive(tokens, at + 2, words)):
        return None
    after = replace(progress, end=at + 1)
    if following in words.cardinals:
        return _take_word(tokens, after, words, value)
    return _take_ordinal(tokens, after, words)


def _is_partitive(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    return at < len(tokens) and tokens[at].folded in words.partitive


def _continues(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether a multiplier follows that the words before it belong to."""
    return at < len(tokens) and tokens[at].folded in words.multipliers


def _take_figure(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    if progress.group is not None or progress.kind == "ordinal":
        return None
    figure = read_figure(tokens, progress.end, words)
    if figure is None:
        return None
    suffix = _read_suffix(tokens, progress.end, figure.end, figure.fractional, words)
    if progress.is_empty:
        taken = replace(
            progress, end=figure.end, group=figure.value, room=ZERO, figures=True, rule="figure",
            leading_zero=figure.leading_zero,
        )  # fmt: skip
        if suffix is None:
            return taken
        value = figure.value * suffix
        return replace(
            taken, end=figure.end + 1, group=None, total=value, multiplier=suffix, rule="figure_suffix", ended=True
        )
    return _continue_with_figure(tokens, progress, words, figure.end, figure.value)


def _continue_with_figure(
    tokens: Sequence[Token], progress: Progress, words: NumberWords, end: int, value: Decimal
) -> Progress | None:
    """ "2 mln 300 tys.", "12 tys. 500": the figure goes on with a smaller multiplier, or with exactly three digits."""
    whole = progress.total == progress.total.to_integral_value()
    multiplier = words.multipliers.get(tokens[end].folded) if end < len(tokens) else None
    if whole and multiplier and THOUSAND <= multiplier.value < progress.ceiling and value < THOUSAND:
        return replace(progress, end=end, group=value, room=ZERO, figures=True)
    plain = end == progress.end + 1 and len(tokens[progress.end].text) == 3
    if whole and plain and progress.ceiling == THOUSAND and progress.total % THOUSAND == 0:
        return replace(progress, end=end, total=progress.total + value, multiplier=ONE, ended=True)
    return None


def _read_suffix(tokens: Sequence[Token], start: int, end: int, fractional: bool, words: NumberWords) -> Decimal | None:
    """The value of letters glued to a figure ("100K", "$5bn"), None where they are a unit or a name."""
    if not is_glued(tokens, end) or tokens[end].text not in words.suffixes:
        return None
    letters = tokens[end].text
    money = start > 0 and tokens[start - 1].text in CURRENCY_MARKS
    if letters == "G":  # "5G" is a network; the giga of a count has a fraction
        return words.suffixes[letters] if fractional else None
    if letters in ("m", "b", "T") and not money:
        return words.suffixes[letters] if letters == "m" and _counts_noun(tokens, end + 1) else None
    return words.suffixes[letters]


def _counts_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a plural noun follows, so that "1.6m people" are millions and "a 5m wall" is in metres."""
    for token in tokens[at : at + 3]:
        if token.kind != "word":
            return False
        readings = analyse(token.text, "en")
        if any(reading.part == "noun" and reading.lemma != token.folded for reading in readings):
            return True
        if not any(reading.part in ("adjective", "noun", "unknown", "proper") for reading in readings):
            return False
    return False


def _take_ordinal(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    value = words.ordinals.get(tokens[progress.end].folded)
    if value is None or progress.figures or tokens[progress.end].kind != "word":
        return None
    taken = replace(progress, end=progress.end + 1, kind="ordinal", rule="ordinal", multiplier=ONE)
    if value >= 100 and not progress.is_empty:
        return _scale_ordinal(taken, Decimal(value))
    if progress.group is None:
        return replace(taken, group=Decimal(value), room=_room_after(value), ended=value < 20 or value >= 100)
    disagrees = words.ordinal_tens_agree and progress.room == 10 and progress.kind != "ordinal"
    if value >= progress.room or disagrees:
        return None
    return replace(taken, group=progress.group + value, room=_room_after(value), ended=not 20 <= value < 100)


def _scale_ordinal(taken: Progress, value: Decimal) -> Progress | None:
    """ "Two hundredth", "one thousandth"."""
    if taken.group is None:
        return None
    if value == HUNDRED and taken.group < HUNDRED:
        return replace(taken, group=taken.group * HUNDRED, ended=True)
    if value < THOUSAND or value >= taken.ceiling:
        return None
    return replace(taken, total=taken.total + taken.group * value, group=None, ended=True)


def _take_decimals(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress:
    """ "Three point six two", "trzy przecinek sześćdziesiąt dwa", with the multiplier that may follow."""
    at = progress.end
    if progress.kind != "cardinal" or progress.total or at + 1 >= len(tokens) or tokens[at].folded not in words.decimal:
        return progress
    end, digits = read_decimal_words(tokens, at + 1, words)
    if not digits or progress.figures and len(digits) > LONGEST_DECIMALS:
        return progress
    value = progress.value + Decimal("0." + digits)
    taken = replace(progress, end=end, group=value, room=ZERO, figures=True, rule="spelled_decimal")
    following = _step(tokens, taken, words, False) if end < len(tokens) and _scales(tokens, end, words) else None
    return following or taken


LONGEST_DECIMALS = 24


def _scales(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    multiplier = words.multipliers.get(tokens[at].folded)
    return tokens[at].folded in words.partitive or (multiplier is not None and multiplier.value >= THOUSAND)


def read_decimal_words(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[int, str]:
    """The end and the digits of what follows "point": digits one by one, a figure, or a numeral below a thousand."""
    if at < len(tokens) and tokens[at].kind == "digits":
        return at + 1, tokens[at].text if len(tokens[at].text) <= LONGEST_DECIMALS else ""
    digits = ""
    while at < len(tokens) and len(digits) < LONGEST_DECIMALS and 0 <= words.cardinals.get(tokens[at].folded, -1) < 10:
        digits += str(words.cardinals[tokens[at].folded])
        at += 1
    if at < len(tokens) and words.cardinals.get(tokens[at].folded, 0) >= 10 and not digits.strip("0"):
        group = _advance(tokens, Progress(at, ceiling=ZERO), words, words.language == "ro")
        return group.end, digits + str(group.value)
    return at, digits
