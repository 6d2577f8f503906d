"""One number on its way to a quantity: label or not, its unit or counted noun, its rate and its hedges."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quantclaims.numbers.parts import read_part
from quantclaims.numbers.words import load_number_words
from quantclaims.quantities.calibres import Calibre, find_calibres
from quantclaims.quantities.heads import find_head
from quantclaims.quantities.hedges import is_period, read_hedge_after, read_hedges_before
from quantclaims.quantities.joins import load_joins
from quantclaims.quantities.labels import read_bare_label, read_label
from quantclaims.quantities.measures import read_measure
from quantclaims.quantities.nouns import Head, Search, is_one, load_nouns
from quantclaims.quantities.symbols import DURATIONS
from quantclaims.quantities.units import Unit, divide, read_currency_before, read_rate
from quantclaims.records import DateExpression, Number, Sentence, Token
from quantclaims.rules import accept, fires

UNCOUNTED_KINDS = frozenset({"ordinal", "multiplicative"})


class Reading(NamedTuple):
    """One number on its way to a quantity; token indexes, half open."""

    number: Number
    first: int
    """First token of the phrase: hedge, currency sign or number."""
    end: int
    unit: str
    head: tuple[int, int] | None
    lemma: str | None
    hedges: tuple[str, ...]
    attributes: tuple[str, ...]
    rules: tuple[str, ...]
    is_label: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a number was read."""
        return self.head is None and self.unit == "1"


class Context(NamedTuple):
    """What the numbers of one sentence are read against."""

    tokens: Sequence[Token]
    dates: Sequence[DateExpression]
    calibres: Mapping[int, Calibre]
    skips: Mapping[int, int]
    language: str


def read_context(
    sentence: Sentence, numbers: Sequence[Number], dates: Sequence[DateExpression], language: str
) -> Context:
    """What the numbers of a sentence are read against."""
    calibres = find_calibres(sentence.tokens, numbers, language) if fires("calibre") else {}
    skips = {calibre.first: calibre.end for calibre in calibres.values()}
    return Context(sentence.tokens, dates, calibres, skips, language)


def read_all(context: Context, numbers: Sequence[Number]) -> list[Reading]:
    """The reading of every number that can count, left to right."""
    counting = [n for n in numbers if n.kind not in UNCOUNTED_KINDS and n.first_token not in context.calibres]
    readings: list[Reading] = []
    floor = 0
    for i, number in enumerate(counting):
        if number.first_token < floor and readings and readings[-1].number.rule == "mixed":
            continue  # the half of "two miles and a half"
        following = counting[i + 1 : i + 3]
        reading = read_number(context, number, floor, _ceiling(context, following))
        if following and reading.is_bare and not reading.is_label and following[0].first_token == reading.end:
            reading = read_past(context, reading, following)
        reading = _add_half(context, reading)
        readings.append(reading)
        floor = max(number.last_token, reading.end)
    return readings


def _add_half(context: Context, reading: Reading) -> Reading:
    """The reading with the part that follows its noun: "doi ani și jumătate", "two miles and a half", "rok i pół"."""
    tokens, number, words = context.tokens, reading.number, load_number_words(context.language)
    at = reading.end + 1
    if reading.head is None or reading.is_label or at >= len(tokens) or tokens[reading.end].folded not in words.joiner:
        return reading
    if number.value is None or number.value != int(number.value) or number.kind != "cardinal":
        return reading
    part = read_part(tokens, at, words, joined=True)
    if part is None or not 0 < part.low < 1 or _counts_on(context, part.end):
        return reading
    value = number.value + float(part.low)
    mixed = number._replace(value=value, low=value, high=value, rule="mixed")
    return reading._replace(number=mixed, end=part.end, rules=("mixed", *reading.rules[1:]))


def _counts_on(context: Context, at: int) -> bool:
    """Whether a part has a noun of its own: "9 km i pół miasta", "three goats and half the sheep"."""
    tokens, nouns = context.tokens, load_nouns(context.language)
    if at >= len(tokens):
        return False
    if tokens[at].text == "-" or tokens[at].folded in nouns.partitives | nouns.determiners | nouns.linkers:
        return True
    part = Number(0, 0, 0.5, 0.5, 0.5, "fraction", "part", at - 1, at)
    search = Search(tokens, len(tokens), context.skips, part, context.language)
    return read_measure(search, at, len(tokens)) is not None or find_head(search, at) is not None


def _ceiling(context: Context, following: Sequence[Number]) -> int:
    return following[0].first_token if following else len(context.tokens)


def read_past(context: Context, reading: Reading, following: Sequence[Number]) -> Reading:
    """The noun of a number behind another one that modifies it: "three 10-man teams", "two 5 year old boys".

    The phrase stays the number's own, for the modifier is a quantity too and quantities do not overlap.
    """
    tokens, language = context.tokens, context.language
    inner = following[0]
    measure = read_measure(Search(tokens, len(tokens), context.skips, inner, language), inner.last_token, len(tokens))
    end = measure[0].end if measure is not None else inner.last_token
    if measure is None and end + 1 < len(tokens) and tokens[end].text == "-":
        end += 2
    skips = {**context.skips, inner.first_token: end}
    search = Search(tokens, _ceiling(context, following[1:]), skips, reading.number, language)
    head = accept(find_head(search, reading.end))
    if head is None or head.first < end or not fires("past_modifier"):
        return reading
    return reading._replace(
        head=(head.first, head.end), lemma=head.lemma, rules=(*reading.rules, head.rule, "past_modifier")
    )


def read_number(context: Context, number: Number, floor: int, ceiling: int) -> Reading:
    """One number with unit or noun, hedges and rate; ``floor`` and ``ceiling`` are its neighbours' tokens."""
    tokens, language = context.tokens, context.language
    plain = Reading(number, number.first_token, number.last_token, "1", None, None, (), (), (number.rule,))
    label = read_label(tokens, number, language)
    if label is not None:
        return plain._replace(is_label=True, rules=(number.rule, label))
    reading = read_counted(context, plain, floor, ceiling)
    if _is_dated(context, reading) or (reading.head is not None and _is_year_before_noun(context, reading)):
        return plain._replace(is_label=True, rules=(number.rule, "date"))
    return add_hedges(context, reading, floor, ceiling)


def read_counted(context: Context, plain: Reading, floor: int, ceiling: int) -> Reading:
    """The number with its currency sign, unit or counted noun, suffix hedge and rate."""
    tokens, language, number = context.tokens, context.language, plain.number
    at = number.last_token
    suffix = read_hedge_after(tokens, at, ceiling, language) if fires("hedge_after") else None
    if suffix is not None:
        plain = plain._replace(end=suffix.end, hedges=(suffix.qualifier,), rules=(*plain.rules, "hedge_after"))
        at = suffix.end
    currency = accept(read_currency_before(tokens, number.first_token, floor, language))
    if currency is not None:
        return _with_unit(context, plain, currency, ceiling)._replace(first=currency.first)
    measure = _accept_measure(Search(tokens, ceiling, context.skips, number, language), at)
    if measure is not None:
        unit, end = measure
        return _with_unit(context, plain._replace(end=end), unit, ceiling)
    if suffix is not None and is_one(number):
        number = number._replace(value=None, high=2.0)  # "one or more witnesses" takes the plural
    head = accept(find_head(Search(tokens, ceiling, context.skips, number, language), at))
    if head is None:
        return _with_rate(context, _with_calibre(context, plain, at), ceiling)
    measure = _accept_measure(Search(tokens, ceiling, context.skips, number, language), head.first)
    if measure is not None and head.first > at and measure[0].first == head.first:  # "10 more days"
        unit, end = measure
        return _with_unit(context, plain._replace(end=end), unit, ceiling)
    return _with_rate(context, _with_head(context, plain, head), ceiling)


def _accept_measure(search: Search, at: int) -> tuple[Unit, int] | None:
    """The unit at a token and where its phrase ends, unless its rule is switched off."""
    measure = read_measure(search, at, search.limit)
    return measure if measure is not None and fires(measure[0].rule) else None


def _with_unit(context: Context, reading: Reading, unit: Unit, ceiling: int) -> Reading:
    head = (unit.first, unit.end)
    end = max(unit.end, reading.end)
    changed = reading._replace(unit=unit.code, head=head, lemma=unit.lemma, end=end, rules=(*reading.rules, unit.rule))
    return _with_rate(context, changed, ceiling)


def _with_head(context: Context, reading: Reading, head: Head) -> Reading:
    end, attributes, rules = head.phrase_end, list(reading.attributes), (*reading.rules, head.rule)
    for calibre in context.calibres.values():
        named = end < len(context.tokens) and context.tokens[end].text[0].isupper()  # "rachete Grad de 122 mm"
        if reading.number.last_token <= calibre.first <= end + named:
            attributes.append(calibre.attribute)
            rules = (*rules, "calibre")
            end = max(end, calibre.end)
    return reading._replace(
        head=(head.first, head.end),
        lemma=head.lemma,
        end=end,
        attributes=tuple(sorted(set(attributes))),
        rules=rules,
    )


def _with_calibre(context: Context, reading: Reading, at: int) -> Reading:
    """A number without a noun of its own before a calibre: "or 500,000 of 122 mm"."""
    calibre = next((c for c in context.calibres.values() if c.first == at), None)
    if calibre is None:
        return reading
    rules = (*reading.rules, "calibre")
    return reading._replace(attributes=(calibre.attribute,), end=calibre.end, rules=rules)


def _with_rate(context: Context, reading: Reading, ceiling: int) -> Reading:
    rate = read_rate(context.tokens, reading.end, context.language)
    if rate is None or rate[0] > ceiling or reading.is_bare or not fires("rate"):
        return reading
    return reading._replace(unit=divide(reading.unit, rate[1]), end=rate[0], rules=(*reading.rules, "rate"))


def _is_dated(context: Context, reading: Reading) -> bool:
    """Whether a date holds the number; durations ("the last five years") are quantities inside a date."""
    number = reading.number
    holding = [d for d in context.dates if d.first_token < number.last_token and number.first_token < d.last_token]
    if not holding:
        return False
    if reading.unit.split("/")[0] != "1" or reading.lemma in load_nouns(context.language).periods:
        return False
    alone = all(d.first_token == number.first_token and d.last_token == number.last_token for d in holding)
    return not (alone and reading.head is not None and not _is_in_year(context, number))


def _is_year_before_noun(context: Context, reading: Reading) -> bool:
    """Whether an English figure before a noun is its year: "the 2018 floods"; counts have a comma or are round."""
    number, tokens = reading.number, context.tokens
    if context.language != "en" or reading.unit != "1" or number.value is None or reading.end == number.last_token:
        return False
    printed = number.last_token == number.first_token + 1 and len(tokens[number.first_token].text) == 4
    preceded = number.first_token > 0 and tokens[number.first_token - 1].folded in load_joins("en").years
    return printed and preceded and 1900 <= number.value < 2100 and number.value % 50 != 0


def _is_in_year(context: Context, number: Number) -> bool:
    """Whether a preposition makes a year of a number before a noun: "in 2001 people", but "1709 children"."""
    before = number.first_token - 1
    return before < 0 or context.tokens[before].folded in load_joins(context.language).years


def add_hedges(context: Context, reading: Reading, floor: int, ceiling: int) -> Reading:
    """The reading with the hedges that stand before and after its phrase."""
    tokens, language = context.tokens, context.language
    hedges = read_hedges_before(tokens, reading.first, floor, language) if fires("hedge_before") else []
    if hedges and reading.unit in DURATIONS and is_period(tokens, hedges[0], floor, language):
        hedges = hedges[1:]
    qualifiers = [hedge.qualifier for hedge in hedges]
    if "between" in qualifiers and reading.number.kind != "range":
        return reading
    first = hedges[0].first if hedges else reading.first
    end, after = reading.end, None
    if not reading.hedges and reading.end > reading.number.last_token and fires("hedge_after"):
        after = read_hedge_after(tokens, reading.end, ceiling, language)
    if after is not None:
        end = after.end
        qualifiers.append(after.qualifier)
    names = ("hedge_before",) * bool(hedges) + ("hedge_after",) * (after is not None)
    return reading._replace(first=first, end=end, hedges=(*qualifiers, *reading.hedges), rules=(*reading.rules, *names))


def find_bare_label(context: Context, reading: Reading) -> str | None:
    """The rule by which a number without unit, noun and hedge is a label, None when it has one or is none."""
    if not reading.is_bare or not {"between"}.issuperset(reading.hedges):
        return None
    return read_bare_label(context.tokens, reading.number, context.language)
