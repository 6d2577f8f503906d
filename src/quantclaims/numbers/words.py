"""The number words of a language, loaded from its table into the shapes that the grammar looks words up in."""

from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.tokens import fold

Bounds = tuple[Decimal, Decimal]
LONGEST_JOINED = 60
"""Letters of the longest numeral worth splitting: "dziewięćdziesiątdziewięćtysięcy" has 32."""
PREFIX = 3


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
    partitive_multiplies: bool
    hyphenated: bool
    comma_joins: bool
    joiner_rooms: frozenset[int]
    grammar: dict[str, frozenset[str]]
    """Function words by what they do; the properties below name them."""
    cardinals: dict[str, int]
    multipliers: dict[str, Multiplier]
    suffixes: dict[str, Decimal]
    """Letters glued to a figure; case matters."""
    suffixes_of: dict[str, frozenset[str]]
    """What a suffix that is also a unit needs: ``money`` before it, a counted ``noun`` after it, a ``fraction``."""
    ordinals: dict[str, int]
    articled_ordinals: dict[str, int]
    """Forms that are ordinals only after an article: Romanian "a doua"."""
    ordinal_endings: dict[str, frozenset[str]]
    magnitude_adjectives: dict[str, int]
    """Adjectives that a hyphen joins to a figure: Polish "200-tysięczna"."""
    numerators: dict[int, frozenset[str]]
    denominators: dict[str, tuple[int, bool]]
    """Word -> denominator and whether the form is plural."""
    multiplicatives: PhraseTable[Decimal]
    multiplicative_endings: frozenset[str]
    group_nouns: dict[str, int]
    """Nouns that count only before a genitive plural: Polish "para butów", "trójka dzieci"."""
    parts: PhraseTable[Decimal]
    part_nouns: PhraseTable[Decimal]
    collectives: PhraseTable[Decimal]
    indefinite: PhraseTable[Bounds]
    indefinite_of: PhraseTable[Bounds]
    vague: PhraseTable[Bounds]
    standalone: PhraseTable[Decimal]
    ranges: dict[str, PhraseTable[bool]]
    openers: dict[str, list[tuple[tuple[str, ...], str]]]
    """Last word of a phrase that opens a range -> the phrase, and which closing words it wants."""
    starts: dict[str, frozenset[str]]
    """Table -> the words that its entries begin with: the scan skips every other word at once."""
    range_starts: frozenset[str]
    """The words that may stand between the ends of a range."""
    prefixes: frozenset[str]
    """How number words begin, to spare most long words the search for joined ones."""

    @property
    def joiner(self) -> frozenset[str]:
        """The words for "and" inside a numeral."""
        return self.grammar["joiner"]

    @property
    def articles(self) -> frozenset[str]:
        """Articles that count as one before a multiplier."""
        return self.grammar["articles"]

    @property
    def partitive(self) -> frozenset[str]:
        """The words for "of" between a numeral and what it counts or multiplies."""
        return self.grammar["partitive"]

    @property
    def minus(self) -> frozenset[str]:
        """The words for a minus sign."""
        return self.grammar["minus"]

    @property
    def decimal(self) -> frozenset[str]:
        """The words for a decimal mark."""
        return self.grammar["decimal"]

    def may_be_joined(self, word: str) -> bool:
        """Whether a word may be several number words written as one."""
        return PREFIX * 2 <= len(word) <= LONGEST_JOINED and word[:PREFIX] in self.prefixes


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


def split_joined(word: str, words: NumberWords) -> list[str]:
    """The number words that a folded word is made of, longest first; empty if it is anything else.

    >>> split_joined("dwadzieściajeden", load_number_words("pl"))
    ['dwadzieścia', 'jeden']
    """
    known = words.cardinals.keys() | words.multipliers.keys() | words.joiner
    splits: dict[int, list[str]] = {0: []}
    for end in range(1, len(word) + 1):
        for start in range(end):
            if start in splits and word[start:end] in known:
                splits[end] = [*splits[start], word[start:end]]
                break
    found = splits.get(len(word), [])
    return found if len(found) > 1 and found[0] in words.cardinals else []


class _Table:
    """The ``[numbers]`` table of a language with its paradigms applied."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.table: dict[str, Any] = load_language(language)["numbers"]

    def words(self, forms: list[str]) -> list[str]:
        return [fold(form, self.language) for form in expand_forms(forms, self.table["paradigms"])]

    def by_word(self, name: str) -> dict[str, int]:
        return {word: int(value) for value, forms in self.table[name].items() for word in self.words(forms)}

    def by_name(self, name: str) -> dict[str, frozenset[str]]:
        return {key: frozenset(self.words(forms)) for key, forms in self.table[name].items()}

    def phrases(self, name: str) -> PhraseTable[Decimal]:
        entries = [(word, Decimal(key)) for key, forms in self.table[name].items() for word in self.words(forms)]
        return PhraseTable(entries, self.language)

    def bounds(self, name: str) -> PhraseTable[Bounds]:
        entries = [(word, read_bounds(key)) for key, forms in self.table[name].items() for word in self.words(forms)]
        return PhraseTable(entries, self.language)

    def multipliers(self) -> dict[str, Multiplier]:
        found: dict[str, Multiplier] = {}
        for value, entry in self.table["multipliers"].items():
            collective = entry.get("collective", False)
            for form in ("singular", "plural"):
                for word in self.words(entry.get(form, [])):
                    found[word] = Multiplier(Decimal(value), form, collective=collective)
            for word in self.words(entry.get("abbreviations", [])):
                found[word.removesuffix(".")] = Multiplier(Decimal(value), "abbreviation", owns_stop=word[-1] == ".")
        return found

    def suffixes(self) -> dict[str, Decimal]:
        table = self.table["multipliers"]
        return {suffix: Decimal(value) for value, entry in table.items() for suffix in entry.get("suffixes", [])}

    def denominators(self) -> dict[str, tuple[int, bool]]:
        return {
            word: (int(value), form == "plural")
            for value, entry in self.table["denominators"].items()
            for form in ("singular", "plural")
            for word in self.words(entry.get(form, []))
        }

    def openers(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for opener, closer in (("from", "to"), ("between", "and")):
            for phrase in self.words(self.table["ranges"][opener]):
                found.setdefault(phrase.split()[-1], []).append((tuple(phrase.split()), closer))
        return found

    def first_words(self, name: str) -> frozenset[str]:
        return frozenset(word.split()[0] for forms in self.table[name].values() for word in self.words(forms))


STARTING_PHRASES = (
    "parts",
    "part_nouns",
    "collectives",
    "indefinite",
    "indefinite_of",
    "vague",
    "numerators",
    "multiplicatives",
)


@cache
def load_number_words(language: str) -> NumberWords:
    """The number words of a language.

    >>> load_number_words("pl").cardinals["dwunastu"]
    12
    """
    table = _Table(language)
    flags = table.table["grammar"]
    grammar = table.by_name("words")
    cardinals, multipliers, ordinals = table.by_word("cardinals"), table.multipliers(), table.by_word("ordinals")
    group_nouns = table.by_word("group_nouns")
    starts = {name: table.first_words(name) for name in STARTING_PHRASES}
    starts["cardinals"] = frozenset({*cardinals, *multipliers, *ordinals}) | grammar["articles"] | grammar["minus"]
    return NumberWords(
        language=language,
        **{**flags, "joiner_rooms": frozenset(flags["joiner_rooms"])},
        grammar=grammar,
        cardinals=cardinals,
        multipliers=multipliers,
        suffixes=table.suffixes(),
        suffixes_of={key: frozenset(letters) for key, letters in table.table["suffix_contexts"].items()},
        ordinals={word: value for word, value in ordinals.items() if " " not in word},
        articled_ordinals={word.split()[-1]: value for word, value in ordinals.items() if " " in word},
        ordinal_endings=table.by_name("ordinal_endings"),
        magnitude_adjectives=table.by_word("magnitude_adjectives"),
        numerators={int(value): forms for value, forms in table.by_name("numerators").items()},
        denominators=table.denominators(),
        multiplicatives=table.phrases("multiplicatives"),
        multiplicative_endings=table.by_name("multiplicative_endings")["plain"],
        group_nouns=group_nouns,
        parts=table.phrases("parts"),
        part_nouns=table.phrases("part_nouns"),
        collectives=table.phrases("collectives"),
        indefinite=table.bounds("indefinite"),
        indefinite_of=table.bounds("indefinite_of"),
        vague=table.bounds("vague"),
        standalone=table.phrases("standalone"),
        ranges={
            name: PhraseTable([(form, True) for form in table.words(forms)], language)
            for name, forms in table.table["ranges"].items()
        },
        openers=table.openers(),
        starts=starts,
        range_starts=table.first_words("ranges"),
        prefixes=frozenset(word[:PREFIX] for word in cardinals),
    )
