"""Cardinals and ordinals: spelled, in digits and mixed ("6 mii", "2 mln 300 tys.", "dwudziesty pierwszy").

A numeral is read as people say it: groups below a thousand, each with its multiplier, from large to small. Inside a
group each word must fit the room that the word before it leaves: after "sto" a word below 100, after "dwadzieścia"
below 10, after "dwa" none. So "dwa trzy" stays two numerals, and "one hundred and two hundred" stays 100 and 200.
Slots only shrink, so a numeral is a few words long and reading a text takes linear time. Progress is a NamedTuple:
replacing a field costs half of what a dataclass takes.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from quantclaims.lemmas import analyse
from quantclaims.numbers.figures import is_glued, read_figure, read_suffix
from quantclaims.numbers.words import Multiplier, NumberWords, load_number_words, split_joined
from quantclaims.records import Token
from quantclaims.tokens import tokenize

ZERO, ONE, TEN, HUNDRED, THOUSAND, MILLION = (Decimal(value) for value in (0, 1, 10, 100, 1000, 1_000_000))
UNBOUNDED = Decimal("Infinity")
HYPHENS = frozenset("-‐‑")
LONGEST_DECIMALS = 24
NEIGHBOURHOOD = 30
"""Tokens to either side that show whether a text is typed with diacritics; bounded, so that time stays linear."""


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


class Progress(NamedTuple):
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
        """What has been read, as one number."""
        return self.total + (self.group or ZERO)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been read."""
        return self.group is None and not self.total


def read_cardinal(tokens: Sequence[Token], at: int, words: NumberWords, *, joined: bool = True) -> Reading | None:
    """The longest cardinal or ordinal that starts at token ``at``; without ``joined``, no "and" inside it.

    >>> reading = read_cardinal(tokenize("dwadzieścia jeden tysięcy ton", "pl"), 0, load_number_words("pl"))
    >>> reading.end, reading.low
    (3, Decimal('21000'))
    """
    progress = _advance(tokens, Progress(at), words, joined)
    if progress.end == at:
        return None
    progress = _take_decimals(tokens, progress, words)
    value = progress.value
    return Reading(
        progress.end, value, value, progress.multiplier, progress.kind, progress.rule, progress.leading_zero
    )  # fmt: skip


def _advance(tokens: Sequence[Token], progress: Progress, words: NumberWords, joined: bool) -> Progress:
    while progress.end < len(tokens) and not progress.ended:
        following = _step(tokens, progress, words, joined)
        if following is None:
            break
        progress = following
    return progress


def _step(tokens: Sequence[Token], progress: Progress, words: NumberWords, joined: bool) -> Progress | None:
    """The progress after the next word, None if the numeral ends here."""
    token = tokens[progress.end]
    if token.kind == "digits" or (token.kind == "mark" and progress.is_empty):
        return _take_figure(tokens, progress, words)
    for take in STEPS:
        following = take(tokens, progress, words)
        if following is not None:
            return following
    return _take_joined(tokens, progress, words) if joined else None


# --- words of a group ------------------------------------------------------------------------------------------------


def _take_cardinal(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    value = read_word(tokens[progress.end], words)
    if value is None or not is_numeral_here(tokens, progress.end, words):
        return None
    if value >= THOUSAND:
        whole = progress._replace(end=progress.end + 1, total=Decimal(value), rule="spelled", ended=True)
        return whole if progress.is_empty else None
    return _take_word(tokens, progress, words, value)


def read_word(token: Token, words: NumberWords) -> int | None:
    """The value of a cardinal word, also of several written as one ("dwadzieściajeden")."""
    value = words.cardinals.get(token.folded)
    if value is None and token.kind == "word" and words.may_be_joined(token.folded):
        return _read_joined_word(token.text, token.folded, words.language)
    return value


@lru_cache(maxsize=10_000)
def _read_joined_word(text: str, folded: str, language: str) -> int | None:
    """The value of number words written as one, unless a dictionary knows the word ("treimii" are "of the third")."""
    words = load_number_words(language)
    pieces = split_joined(folded, words)
    readings = analyse(text, language)
    if not pieces or any(reading.part != "unknown" or reading.lemma != text.lower() for reading in readings):
        return None
    parts = tokenize(" ".join(pieces), language)
    reading = read_cardinal(parts, 0, words)
    whole = reading is not None and reading.end == len(parts) and reading.kind == "cardinal"
    return int(reading.low) if reading is not None and whole else None


def is_numeral_here(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether a word with other senses is meant as a number.

    Romanian "nouă" is also "new" and "us", and "noua" is "the new": it counts beside other number words and before a
    plural, and without its diacritic only in text typed without any.
    """
    if tokens[at].folded not in words.grammar["homographs"]:
        return True
    before = tokens[at - 1].folded if at else ""
    if before in words.multipliers or before in words.minus or before in words.decimal:
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if before in words.grammar["homograph_not_after"] or following is None:
        return not before
    if following.folded in words.grammar["homograph_not_before"]:
        return False
    if following.folded in words.multipliers or following.folded in words.decimal:
        return True
    if tokens[at].text[-1] in "aA" and _has_diacritics(tokens[max(0, at - NEIGHBOURHOOD) : at + NEIGHBOURHOOD]):
        return False
    plural = (
        following.kind == "word"
        and following.folded[-1] in "ie"
        and all(reading.lemma != following.text.lower() for reading in analyse(following.text, words.language))
    )
    return plural or following.folded in words.partitive or following.folded in words.grammar["homograph_before"]


def _has_diacritics(tokens: Sequence[Token]) -> bool:
    return any(not token.text.isascii() for token in tokens if token.kind == "word")


def _room_after(value: int) -> Decimal:
    if value % 10 or 10 <= value % 100 < 20 or value == 0:
        return ONE
    return TEN if value % 100 else HUNDRED


def _take_word(tokens: Sequence[Token], progress: Progress, words: NumberWords, value: int) -> Progress | None:
    if progress.figures or (value == 0 and not progress.is_empty):
        return None
    taken = progress._replace(end=progress.end + 1, room=_room_after(value), rule="spelled", multiplier=ONE)
    if progress.group is None:
        return taken._replace(group=Decimal(value)) if value < progress.ceiling else None
    if value < progress.room:
        return taken._replace(group=progress.group + value)
    if words.hundred_omission and _omits_hundred(tokens, progress, words, value):
        return taken._replace(group=progress.group * 100 + value, ceiling=ZERO)
    return None


def _omits_hundred(tokens: Sequence[Token], progress: Progress, words: NumberWords, value: int) -> bool:
    """Whether the hundred is left out: "one forty six" is 146, but "two fifty-year-olds" are two people."""
    at = progress.end
    if progress.total or not progress.group or progress.group >= 100 or not 10 <= value < 100 or is_glued(tokens, at):
        return False
    after = at + 1
    while after + 1 < len(tokens) and tokens[after].text in HYPHENS and is_glued(tokens, after):
        if tokens[after + 1].folded not in words.cardinals:
            return False
        after += 2
    return True


# --- multipliers -----------------------------------------------------------------------------------------------------


def _take_multiplier(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    multiplier = words.multipliers.get(tokens[progress.end].folded)
    return _multiply(tokens, progress, words, multiplier) if multiplier is not None else None


def _multiply(
    tokens: Sequence[Token], progress: Progress, words: NumberWords, multiplier: Multiplier
) -> Progress | None:
    end = find_abbreviation_end(tokens, progress.end, multiplier)
    group = progress.group
    if group is None:
        if _stacks(progress, multiplier):
            return progress._replace(end=end, total=progress.total * multiplier.value, multiplier=multiplier.value)
        if multiplier.form != "singular" or not (words.bare_multiplier or multiplier.collective):
            return None
        group = ONE
    if multiplier.collective:
        return _close_collective(tokens, progress, words, end, group, multiplier)
    if multiplier.value < THOUSAND:
        return _scale_group(progress, end, group, multiplier.value)
    if multiplier.value >= progress.ceiling:
        return None
    return progress._replace(
        end=end,
        total=progress.total + group * multiplier.value,
        group=None,
        room=THOUSAND,
        ceiling=multiplier.value,
        multiplier=ONE if progress.total else multiplier.value,
        figures=False,
        rule="figure_magnitude" if progress.rule == "figure" else progress.rule or "spelled",
    )


def _stacks(progress: Progress, multiplier: Multiplier) -> bool:
    """Whether a larger multiplier scales all that stands before it: "sto tysięcy milionów"."""
    return MILLION <= multiplier.value > progress.total > 0 and progress.multiplier != ONE


def _close_collective(
    tokens: Sequence[Token], progress: Progress, words: NumberWords, end: int, group: Decimal, multiplier: Multiplier
) -> Progress | None:
    """The numeral that a collective ends: "two dozen", "dwie setki", "a dozen of"."""
    if progress.total:
        return None
    if multiplier.form == "singular" and not words.partitive_multiplies and _is_partitive(tokens, end, words):
        end += 1
    total, rule = group * multiplier.value, progress.rule or "spelled"
    return progress._replace(end=end, total=total, group=None, multiplier=multiplier.value, rule=rule, ended=True)


def _scale_group(progress: Progress, end: int, group: Decimal, value: Decimal) -> Progress | None:
    """The group times a hundred; Romanian "două zeci" scales only the last unit."""
    if value == HUNDRED:
        if group >= HUNDRED or progress.ceiling <= HUNDRED:
            return None
        scaled, room = group * HUNDRED, HUNDRED
    else:
        unit = group % 10
        if not unit or progress.room > ONE or group % 100 != unit:
            return None
        scaled, room = group + unit * 9, TEN
    shared = value if not progress.total and group < HUNDRED else ONE
    rule = "figure_magnitude" if progress.rule == "figure" else progress.rule or "spelled"
    return progress._replace(end=end, group=scaled, room=room, figures=False, rule=rule, multiplier=shared)


def find_abbreviation_end(tokens: Sequence[Token], at: int, multiplier: Multiplier) -> int:
    """Past the full stop that belongs to an abbreviation; the last one of a sentence only if the word owns one."""
    stop = at + 1
    if multiplier.form != "abbreviation" or not is_glued(tokens, stop) or tokens[stop].text != ".":
        return stop
    return stop + 1 if multiplier.owns_stop or stop + 1 < len(tokens) else stop


def _take_article(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    """The article that counts as one before a multiplier: "a hundred", "o mie", "un milion"."""
    at = progress.end
    if tokens[at].folded not in words.articles or progress.group is not None or at + 1 >= len(tokens):
        return None
    multiplier = words.multipliers.get(tokens[at + 1].folded)
    if multiplier is None or multiplier.form != "singular":
        return None
    return _multiply(tokens, progress._replace(end=at + 1, group=ONE), words, multiplier)


def _take_after_partitive(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    """The multiplier behind Romanian "de": "douăzeci de mii"."""
    at = progress.end
    if not words.partitive_multiplies or progress.group is None or not _is_partitive(tokens, at, words):
        return None
    multiplier = words.multipliers.get(tokens[at + 1].folded) if at + 1 < len(tokens) else None
    if multiplier is None or multiplier.form == "singular":
        return None
    return _multiply(tokens, progress._replace(end=at + 1), words, multiplier)


def _is_partitive(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    return at < len(tokens) and tokens[at].folded in words.partitive


# --- joints ----------------------------------------------------------------------------------------------------------


def _take_after_hyphen(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    """The word that a hyphen joins in English: "twenty-one", "5-million", "twenty-first"."""
    at = progress.end
    if not words.hyphenated or tokens[at].text not in HYPHENS or progress.is_empty:
        return None
    if not (is_glued(tokens, at) and is_glued(tokens, at + 1)):
        return None
    after, following = progress._replace(end=at + 1), tokens[at + 1].folded
    if following in words.cardinals:
        fits = progress.group is not None and words.cardinals[following] < progress.room and not progress.figures
        return _take_word(tokens, after, words, words.cardinals[following]) if fits else None
    if following in words.multipliers and words.multipliers[following].form == "singular":
        return _multiply(tokens, after, words, words.multipliers[following])
    return _take_ordinal(tokens, after, words) if words.ordinals.get(following, 1000) < progress.room else None


def _take_after_comma(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    """The next group behind a comma in English: "three million, four hundred thousand"."""
    at = progress.end
    if not words.comma_joins or tokens[at].text != "," or progress.group is not None or at + 1 >= len(tokens):
        return None
    if progress.ceiling < THOUSAND or tokens[at + 1].folded not in words.cardinals or progress.rule != "spelled":
        return None
    rest = _advance(tokens, Progress(at + 1, ceiling=progress.ceiling), words, True)
    if not HUNDRED <= rest.value < progress.ceiling or rest.rule not in ("spelled", "ordinal"):
        return None
    return None if _is_multiplier(tokens, rest.end, words) else _add_rest(progress, rest)


def _is_multiplier(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    return at < len(tokens) and tokens[at].folded in words.multipliers


def _add_rest(progress: Progress, rest: Progress) -> Progress:
    total = progress.total + rest.value
    return progress._replace(
        end=rest.end, total=total, ended=True, multiplier=ONE, kind=rest.kind, rule=rest.rule
    )  # fmt: skip


def _take_joined(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    """What "and" joins, if it fits the room left: "hundred and five", "douăzeci și trei", "tysięcy i jedenaście"."""
    at = progress.end
    if tokens[at].folded not in words.joiner or at + 1 >= len(tokens) or progress.rule != "spelled":
        return None
    if progress.group is None:
        rest = _advance(tokens, Progress(at + 1, ceiling=progress.ceiling), words, False)
        fits = rest.end > at + 1 and rest.rule in ("spelled", "ordinal") and rest.value < progress.ceiling
        return _add_rest(progress, rest) if fits and not _is_multiplier(tokens, rest.end, words) else None
    if progress.figures or progress.room not in words.joiner_rooms:
        return None
    following = tokens[at + 1].folded
    value = words.cardinals.get(following, words.ordinals.get(following, 0))
    if not 0 < value < progress.room or _starts_hundreds(tokens, at + 1, words):
        return None
    after = progress._replace(end=at + 1)
    if following in words.cardinals:
        return _take_word(tokens, after, words, value)
    return _take_ordinal(tokens, after, words)


def _starts_hundreds(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether the word multiplies by itself, so that it begins another numeral: "douăzeci și trei sute"."""
    multiplier = words.multipliers.get(tokens[at + 1].folded) if at + 1 < len(tokens) else None
    return multiplier is not None and multiplier.value <= HUNDRED


# --- figures ---------------------------------------------------------------------------------------------------------


def _take_figure(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    at = progress.end
    figure = read_figure(tokens, at, words) if progress.group is None and progress.kind == "cardinal" else None
    if figure is None:
        return None
    if not progress.is_empty:
        return _continue_with_figure(tokens, progress, words, figure.end, figure.value)
    taken = progress._replace(end=figure.end, room=ZERO, figures=True, rule="figure", leading_zero=figure.leading_zero)
    suffix = read_suffix(tokens, at, figure, words)
    if suffix is None:
        return taken._replace(group=figure.value, room=ONE if figure.value < TEN else ZERO)
    total = figure.value * suffix
    return taken._replace(end=figure.end + 1, total=total, multiplier=suffix, rule="figure_suffix", ended=True)


def _continue_with_figure(
    tokens: Sequence[Token], progress: Progress, words: NumberWords, end: int, value: Decimal
) -> Progress | None:
    """A figure that goes on with a smaller multiplier ("2 mln 300 tys.") or with three digits ("12 tys. 500")."""
    if progress.total != progress.total.to_integral_value():
        return None
    scaled = end + 1 if words.partitive_multiplies and _is_partitive(tokens, end, words) else end
    multiplier = words.multipliers.get(tokens[scaled].folded) if scaled < len(tokens) else None
    if multiplier is not None and THOUSAND <= multiplier.value < progress.ceiling and value < THOUSAND:
        return progress._replace(end=end, group=value, room=ZERO, figures=True)
    plain = end == progress.end + 1 and len(tokens[progress.end].text) == 3
    if plain and progress.ceiling == THOUSAND and progress.total % THOUSAND == 0:
        return progress._replace(end=end, total=progress.total + value, multiplier=ONE, ended=True)
    return None


# --- ordinals --------------------------------------------------------------------------------------------------------


def _take_ordinal(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress | None:
    at = progress.end
    value = words.ordinals.get(tokens[at].folded)
    if value is None or progress.figures or _is_time_unit(tokens, at, words):
        return None
    taken = progress._replace(end=at + 1, kind="ordinal", rule="ordinal", multiplier=ONE, room=_room_after(value))
    if value >= 100 and not progress.is_empty:
        return _scale_ordinal(taken, Decimal(value))
    ended = not 20 <= value < 100
    if progress.group is None:
        return taken._replace(group=Decimal(value), ended=ended)
    disagrees = words.ordinal_tens_agree and progress.room == TEN and progress.kind != "ordinal"
    return None if value >= progress.room or disagrees else taken._replace(group=progress.group + value, ended=ended)


def _is_time_unit(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether English "second" is the unit: "one second", "per second"."""
    if not at or tokens[at].folded not in words.grammar["ordinal_units"]:
        return False
    before = tokens[at - 1]
    return before.kind == "digits" or before.folded in words.grammar["ordinal_units_after"] or (
        before.folded in words.cardinals and words.cardinals[before.folded] < 20
    )  # fmt: skip


def _scale_ordinal(taken: Progress, value: Decimal) -> Progress | None:
    """The ordinal of a multiplier: "two hundredth", "one thousandth"."""
    if taken.group is None:
        return None
    if value == HUNDRED and taken.group < HUNDRED:
        return taken._replace(group=taken.group * HUNDRED, ended=True)
    if value < THOUSAND or value >= taken.ceiling:
        return None
    return taken._replace(total=taken.total + taken.group * value, group=None, ended=True)


# --- spelled decimals ------------------------------------------------------------------------------------------------


def _take_decimals(tokens: Sequence[Token], progress: Progress, words: NumberWords) -> Progress:
    """What follows "point", with the multiplier that may follow: "three point six two million"."""
    at = progress.end
    if progress.kind != "cardinal" or at + 1 >= len(tokens) or tokens[at].folded not in words.decimal:
        return progress
    end, digits = read_decimal_words(tokens, at + 1, words)
    if not digits:
        return progress
    value = (progress.group or ZERO) + Decimal("0." + digits)
    taken = progress._replace(end=end, group=value, room=ZERO, figures=True, rule="spelled_decimal", multiplier=ONE)
    if progress.total or end >= len(tokens):
        return taken
    return _take_multiplier(tokens, taken, words) or _take_after_partitive(tokens, taken, words) or taken


def read_decimal_words(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[int, str]:
    """The end and the digits of what follows "point": digits one by one, a figure, or a numeral below a thousand."""
    if at < len(tokens) and tokens[at].kind == "digits":
        return at + 1, tokens[at].text if len(tokens[at].text) <= LONGEST_DECIMALS else ""
    digits = ""
    while at < len(tokens) and len(digits) < LONGEST_DECIMALS and 0 <= words.cardinals.get(tokens[at].folded, -1) < 10:
        digits += str(words.cardinals[tokens[at].folded])
        at += 1
    if at < len(tokens) and words.cardinals.get(tokens[at].folded, 0) >= 10 and not digits.strip("0"):
        group = _advance(tokens, Progress(at, ceiling=THOUSAND), words, TEN in words.joiner_rooms)
        return group.end, digits + str(group.value)
    return at, digits


Step = Callable[[Sequence[Token], Progress, NumberWords], Progress | None]
STEPS: tuple[Step, ...] = (
    _take_cardinal,
    _take_multiplier,
    _take_article,
    _take_after_partitive,
    _take_after_hyphen,
    _take_after_comma,
    _take_ordinal,
)
