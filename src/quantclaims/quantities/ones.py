"""One said as an article or as a word that is also a pronoun: Romanian "un", "o", Polish "jeden", English "a"."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from quantclaims.lexicon import load_language
from quantclaims.quantities.nouns import load_nouns
from quantclaims.quantities.readings import Context, Reading
from quantclaims.quantities.sharing import are_joined
from quantclaims.quantities.symbols import DURATIONS
from quantclaims.records import Number, Token
from quantclaims.rules import fires
from quantclaims.tokens import fold


class Ones(NamedTuple):
    """The articles of a language, and whether they and its word for one may be no figure."""

    articles: frozenset[str]
    articles_count: bool
    one_is_figure: bool
    one_beside_counts: bool
    focus: frozenset[str]
    doubtful: frozenset[str]
    """Hedges that are prepositions too, so that before an article they hedge nothing: "sub un unghi"."""


@cache
def load_ones(language: str) -> Ones:
    """How a language says one."""
    table = load_language(language)["quantities"]["ones"]
    return Ones(
        frozenset(fold(word, language) for word in table["articles"]),
        table["articles_count"],
        table["one_is_figure"],
        table["one_beside_counts"],
        frozenset(fold(word, language) for word in table["focus"]),
        frozenset(fold(word, language) for word in table["doubtful"]),
    )


def find_articles(tokens: Sequence[Token], numbers: Sequence[Number], language: str) -> list[Number]:
    """The articles of a sentence as numbers of value one, none inside a number."""
    articles = load_ones(language).articles
    taken = {at for number in numbers for at in range(number.first_token, number.last_token)}
    return [
        Number(token.start, token.end, 1.0, 1.0, 1.0, "cardinal", "article", at, at + 1)
        for at, token in enumerate(tokens)
        if token.folded in articles and at not in taken and fires("article")
    ]


def is_word_for_one(tokens: Sequence[Token], number: Number) -> bool:
    """Whether a number is a single word of value one."""
    single = number.last_token == number.first_token + 1
    return single and number.value == 1 and tokens[number.first_token].kind == "word"


def opens_item(context: Context, number: Number) -> bool:
    """Whether an article starts the sentence after its list mark, or follows a comma or a conjunction."""
    before = context.tokens[: number.first_token]
    if all(token.kind == "mark" for token in before[-4:]) and len(before) <= 4:
        return True
    return before[-1].text == "," or before[-1].folded in load_nouns(context.language).conjunctions


def is_tentative(context: Context, reading: Reading) -> bool:
    """Whether a number is a word for one that may be an article or a pronoun: Romanian "un", Polish "jeden"."""
    number = reading.number
    if number.rule == "article":
        return True
    word = number.value == 1 and context.tokens[number.first_token].kind == "word"
    return word and number.kind == "cardinal" and not load_ones(context.language).one_is_figure


def is_figure(context: Context, reading: Reading, others: Sequence[Reading]) -> bool:
    """Whether a word for one counts: hedged, measuring, or beside other counts ("un mort și doi răniți")."""
    if reading.head is None:
        return False
    ones = load_ones(context.language)
    before = context.tokens[reading.first - 1].folded if reading.first else ""
    unit = reading.unit.split("/")[0]
    after = context.tokens[reading.end : reading.end + 2]
    if len(after) == 2 and after[0].folded in load_nouns(context.language).linkers and after[1].kind == "digits":
        return False  # "un procent de 80 %"
    hedged = bool(reading.hedges) and context.tokens[reading.first].folded not in ones.doubtful
    if hedged or before in ones.focus or (unit != "1" and unit not in DURATIONS):
        return True
    beside = [o for o in others if not is_tentative(context, o) and o.unit == reading.unit]
    if context.tokens[reading.number.first_token].folded in ones.doubtful:
        return False
    if ones.one_beside_counts:
        return bool(beside)
    return any(are_joined(context, o, reading) or are_joined(context, reading, o) for o in beside)
