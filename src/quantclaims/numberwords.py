"""The number words of a language, loaded from its table into the shapes that the grammar looks words up in."""

from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.tokens import fold

Bounds = tuple[Decimal, Decimal]


class Multiplier(NamedTuple):
    """A word that multiplies what stands before it: "thousand", "tys.", "dozen"."""

    value: Decimal
    form: str
    """``singular``, ``plural`` or ``abbreviation`` (needs a figure before it)."""
    owns_stop: bool = False
    """The abbreviation is written with a full stop ("tys."), which belongs to it even at the end of a sentence."""
    collective: bool = False
    """Counts by its own unit and ends the numeral: "two dozen", "dwie setki"."""


class NumberWords(NamedTuple):
    """Everything the grammar knows of one language; keys are folded."""

    language: str
    decimal_mark: str
    grouping_mark: str
    indian_grouping: bool
    hundred_omission: bool
    bare_multiplier: bool
    ordinal_tens_agree: bool
    joiner: frozenset[str]
    articles: frozenset[str]
    partitive: frozenset[str]
    minus: frozenset[str]
    decimal: frozenset[str]
    ordinal_articles: frozenset[str]
    cardinals: dict[str, int]
    multipliers: dict[str, Multiplier]
    suffixes: dict[str, Decimal]
    """Letters glued to a figure; case matters."""
    ordinals: dict[str, int]
    articled_ordinals: dict[str, int]
    """Forms that are ordinals only after an article: Romanian "a doua"."""
    ordinal_endings: dict[str, frozenset[str]]
    numerators: dict[int, frozenset[str]]
    denominators: dict[str, tuple[int, bool]]
    """Word -> denominator and whether the form is plural."""
    multiplicatives: dict[str, int]
    multiplicative_endings: frozenset[str]
    parts: PhraseTable[Decimal]
    part_after_not: frozenset[str]
    part_before: frozenset[str]
    collectives: PhraseTable[Decimal]
    indefinite: PhraseTable[Bounds]
    indefinite_of: PhraseTable[Bounds]
    vague: PhraseTable[Bounds]
    standalone: PhraseTable[Decimal]
    ranges: dict[str, PhraseTable[bool]]
    openers: dict[str, list[tuple[tuple[str, ...], str]]]
    """Last word of a phrase that opens a range -> the phrase, and which closing words it wants."""
    starters: frozenset[str]
    """Words that a numeral may begin with: the scan skips every other word at once."""


def expand_forms(forms: list[str], paradigms: dict[str, list[str]]) -> list[str]:
    """Written-out forms: ``stem~paradigm`` takes each ending of the paradigm.

    >>> expand_forms(["sto", "setn~x"], {"x": ["y", "a"]})
    ['sto', 'setny', 'setna']
    """
    expanded: list[str] = []
    for form in forms:
        stem, mark, paradigm = form.partition("~")
        expanded += [stem + ending for ending in paradigms[paradigm]] if mark else [form]
    return expanded


def read_bounds(key: str) -> Bounds:
    """The two ends of a table key such as ``3..9``.

    >>> read_bounds("3..9")
    (Decimal('3'), Decimal('9'))
    """
    low, _, high = key.partition("..")
    return Decimal(low), Decimal(high)


def _read_multipliers(table: dict[str, Any], paradigms: dict[str, list[str]], language: str) -> dict[str, Multiplier]:
    found: dict[str, Multiplier] = {}
    for value, entry in table.items():
        collective = entry.get("collective", False)
        for form in ("singular", "plural"):
            for word in expand_forms(entry.get(form, []), paradigms):
                found[fold(word, language)] = Multiplier(Decimal(value), form, collective=collective)
        for word in entry.get("abbreviations", []):
            bare = fold(word.removesuffix("."), language)
            found[bare] = Multiplier(Decimal(value), "abbreviation", owns_stop=word.endswith("."))
    return found


def _read_openers(ranges: dict[str, list[str]], language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    openers: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for opener, closer in (("from", "to"), ("between", "and")):
        for phrase in ranges[opener]:
            words = tuple(fold(phrase, language).split())
            openers.setdefault(words[-1], []).append((words, closer))
    return openers


@cache
def load_number_words(language: str) -> NumberWords:
    """The number words of a language.

    >>> load_number_words("pl").cardinals["dwunastu"]
    12
    """
    table: dict[str, Any] = load_language(language)["numbers"]
    paradigms: dict[str, list[str]] = table["paradigms"]

    def words(forms: list[str]) -> list[str]:
        return [fold(form, language) for form in expand_forms(forms, paradigms)]

    def by_word(name: str) -> dict[str, int]:
        return {word: int(value) for value, forms in table[name].items() for word in words(forms)}

    def phrases(name: str) -> PhraseTable[Decimal]:
        return PhraseTable(
            [(w, Decimal(value)) for value, forms in table[name].items() for w in words(forms)], language
        )

    def bounds(name: str) -> PhraseTable[Bounds]:
        return PhraseTable(
            [(w, read_bounds(key)) for key, forms in table[name].items() for w in words(forms)], language
        )

    ordinals = by_word("ordinals")
    denominators = {
        word: (int(value), form == "plural")
        for value, entry in table["denominators"].items()
        for form in ("singular", "plural")
        for word in words(entry.get(form, []))
    }
    cardinals = by_word("cardinals")
    multipliers = _read_multipliers(table["multipliers"], paradigms, language)
    multiplicatives = by_word("multiplicatives")
    grammar = {name: frozenset(words(forms)) for name, forms in table["words"].items()}
    starting_phrases = [
        form
        for name in ("parts", "collectives", "indefinite", "indefinite_of", "vague")
        for forms in table[name].values()
        for form in words(forms)
    ]
    return NumberWords(
        language=language,
        **{name: table[name] for name in ("decimal_mark", "grouping_mark")},
        **{
            name: bool(table[name])
            for name in ("indian_grouping", "hundred_omission", "bare_multiplier", "ordinal_tens_agree")
        },
        joiner=grammar["joiner"],
        articles=grammar["articles"],
        partitive=grammar["partitive"],
        minus=grammar["minus"],
        decimal=grammar["decimal"],
        ordinal_articles=grammar["ordinal_articles"],
        cardinals=cardinals,
        multipliers=multipliers,
        suffixes={
            suffix: Decimal(value)
            for value, entry in table["multipliers"].items()
            for suffix in entry.get("suffixes", [])
        },
        ordinals={word: value for word, value in ordinals.items() if " " not in word},
        articled_ordinals={word.split()[-1]: value for word, value in ordinals.items() if " " in word},
        ordinal_endings={name: frozenset(words(forms)) for name, forms in table["ordinal_endings"].items()},
        numerators={int(value): frozenset(words(forms)) for value, forms in table["numerators"].items()},
        denominators=denominators,
        multiplicatives=multiplicatives,
        multiplicative_endings=frozenset(words(table["multiplicative_endings"]["plain"])),
        parts=phrases("parts"),
        part_after_not=frozenset(words(table["part_contexts"]["not_after"])),
        part_before=frozenset(words(table["part_contexts"]["before"])),
        collectives=phrases("collectives"),
        indefinite=bounds("indefinite"),
        indefinite_of=bounds("indefinite_of"),
        vague=bounds("vague"),
        standalone=phrases("standalone"),
        ranges={
            name: PhraseTable([(form, True) for form in words(forms)], language)
            for name, forms in table["ranges"].items()
        },
        openers=_read_openers(table["ranges"], language),
        starters=frozenset(
            {
                *cardinals,
                *multipliers,
                *multiplicatives,
                *(form.split()[-1] for form in ordinals),
                *grammar["articles"],
                *grammar["minus"],
                *grammar["ordinal_articles"],
                *(form.split()[0] for form in starting_phrases),
            }
        ),
    )
