"""Quantities: a number with its hedges, its unit or counted noun, and the bounds that they entail together."""

from collections.abc import Sequence
from functools import cache

from quantclaims.arguments import check_text
from quantclaims.dates.scan import scan_dates
from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.numbers.scan import scan_numbers
from quantclaims.quantities.elisions import fill_elisions
from quantclaims.quantities.hedges import apply_hedges
from quantclaims.quantities.inverted import fill_inverted
from quantclaims.quantities.items import find_counted_items
from quantclaims.quantities.labels import is_vague
from quantclaims.quantities.ones import find_articles, is_figure, is_tentative, is_word_for_one, load_ones, opens_item
from quantclaims.quantities.readings import Context, Reading, find_bare_label, read_all, read_context, read_number
from quantclaims.quantities.sharing import share_heads, spread_labels
from quantclaims.quantities.totals import fill_totals
from quantclaims.records import DateExpression, Number, Quantity, Sentence, Token
from quantclaims.segment import segment


def find_quantities(text: str, language: str) -> list[Quantity]:
    """Every quantity of a text, left to right, none overlapping; offsets are code points, half open.

    ``unit`` is a UCUM code (https://ucum.org/ucum), an ISO 4217 code or ``1`` for counts; ``items`` are ids of the
    topic's vocabulary. Raises TypeError for what is no text, ValueError for a language without a table.

    >>> found = find_quantities("około 2,4 tys. haubic z zapasu", "pl")
    >>> [(q.value, q.qualifier, q.unit, q.items, q.lemma) for q in found]
    [(2400.0, 'approximately', '1', ('howitzer',), 'haubica')]
    """
    found: list[Quantity] = []
    for sentence in segment(check_text(text, language), language):
        numbers = scan_numbers(sentence, language)
        dates = scan_dates(sentence, numbers, language, None) if numbers else []
        quantities = scan_quantities(sentence, numbers, dates, language)
        found += [q._replace(items=find_counted_items(sentence.tokens, q, language)) for q in quantities]
    return found


def scan_quantities(
    sentence: Sentence, numbers: Sequence[Number], dates: Sequence[DateExpression], language: str
) -> list[Quantity]:
    """The quantities of one sentence, left to right, none overlapping.

    ``numbers`` and ``dates`` are those of the same sentence: what a date holds is no quantity, unless it is a duration.
    """
    context, judged = judge_numbers(sentence, numbers, dates, language)
    return [to_quantity(context.tokens, reading) for reading, reason in judged if reason is None]


def find_labels(text: str, language: str) -> list[tuple[int, int, str]]:
    """``(start, end, rule)`` of every number that is no quantity, and the rule that says why.

    >>> find_labels("Samolot MiG-29 i 3 czołgi z art. 5", "pl")
    [(33, 34, 'label_word')]
    """
    found = []
    for sentence in segment(text, language):
        numbers = scan_numbers(sentence, language)
        dates = scan_dates(sentence, numbers, language, None) if numbers else []
        _, judged = judge_numbers(sentence, numbers, dates, language)
        found += [
            (r.number.start, r.number.end, reason)
            for r, reason in judged
            if reason is not None and r.number.rule != "article"
        ]
    return found


def judge_numbers(
    sentence: Sentence, numbers: Sequence[Number], dates: Sequence[DateExpression], language: str
) -> tuple[Context, list[tuple[Reading, str | None]]]:
    """The reading of every number that may count, with the rule by which it does not, or None where it does."""
    articles = find_articles(sentence.tokens, numbers, language) if load_ones(language).articles_count else []
    if not numbers and not articles:
        return Context(sentence.tokens, dates, {}, {}, language), []
    context = read_context(sentence, numbers, dates, language)
    readings = read_all(context, sorted([*numbers, *articles], key=lambda number: number.first_token))
    readings = share_heads(context, spread_labels(context, readings))
    readings = fill_elisions(context, fill_totals(context, fill_inverted(context, readings)))
    reasons = [reason_against(context, reading) for reading in readings]
    kept = [reading for reading, reason in zip(readings, reasons, strict=True) if reason is None]
    judged = []
    for reading, reason in zip(readings, reasons, strict=True):
        doubtful = reason is None and is_tentative(context, reading) and not is_figure(context, reading, kept)
        judged.append((reading, "article" if doubtful else reason))
    return context, judged


def reason_against(context: Context, reading: Reading) -> str | None:
    """The rule by which a reading is no quantity, None when it is one."""
    if reading.is_label:
        return reading.rules[-1]
    if is_vague(context.tokens, reading.number, context.language):
        return "vague"
    return find_bare_label(context, reading)


def promote_articles(sentence: Sentence, language: str) -> list[Quantity]:
    """The nouns that an article or "jeden" opens, each read as one: "un siloz de cereale", "a grain silo".

    For a caller who knows that the sentence stands in a list of counted things: only what starts the sentence, or
    follows a comma or a conjunction, is read.

    >>> [(q.value, q.lemma) for s in segment("- un siloz de cereale", "ro") for q in promote_articles(s, "ro")]
    [(1.0, 'siloz')]
    """
    numbers = scan_numbers(sentence, language)
    ones = [
        *find_articles(sentence.tokens, numbers, language),
        *(n for n in numbers if is_word_for_one(sentence.tokens, n)),
    ]
    context = read_context(sentence, numbers, scan_dates(sentence, numbers, language, None), language)
    taken = {n.first_token: n.first_token for n in numbers}
    quantities = []
    for number in sorted(ones, key=lambda one: one.first_token):
        if not opens_item(context, number):
            continue
        ceiling = min([first for first in taken if first > number.first_token], default=len(context.tokens))
        reading = read_number(context, number, number.first_token, ceiling)
        if reading.head is not None and not reading.is_label:
            quantities.append(to_quantity(context.tokens, reading))
    return quantities


@cache
def _interrogatives(language: str) -> PhraseTable[None]:
    table = load_language(language)["quantities"]["interrogatives"]
    return PhraseTable([(phrase, None) for phrase in table["words"]], language)


def read_asked(sentence: Sentence, language: str, topic: str = "arms") -> list[Quantity]:
    """The nouns whose number a question asks, each as a quantity without a figure: "Ile pocisków produkujemy?".

    >>> [(q.value, q.lemma) for s in segment("How many shells were sent?", "en") for q in read_asked(s, "en")]
    [(None, 'shell')]
    """
    tokens = sentence.tokens
    found = []
    for first, end, _ in _interrogatives(language).scan(tokens):
        number = Number(tokens[first].start, tokens[end - 1].end, None, None, None, "magnitude", "asked", first, end)
        context = read_context(sentence, [number], [], language)
        reading = read_number(context, number, first, len(tokens))
        if reading.head is not None and not reading.is_label:
            quantity = to_quantity(tokens, reading)
            found.append(quantity._replace(items=find_counted_items(tokens, quantity, language, topic)))
    return found


def to_quantity(tokens: Sequence[Token], reading: Reading) -> Quantity:
    """The quantity that a reading says."""
    number = reading.number
    amount = apply_hedges(number, reading.hedges)
    head = reading.head
    return Quantity(
        tokens[reading.first].start,
        tokens[reading.end - 1].end,
        number.start,
        number.end,
        tokens[head[0]].start if head else None,
        tokens[head[1] - 1].end if head else None,
        amount.value,
        amount.low,
        amount.high,
        amount.qualifier,
        reading.unit,
        (),
        reading.attributes,
        reading.lemma,
        number.kind,
        reading.rules,
        reading.first,
        reading.end,
    )
