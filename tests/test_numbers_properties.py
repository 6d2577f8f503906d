"""Numbers against oracles that know nothing of us (ICU's spell-out, num2words, Babel) and against any text at all."""

import time
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from num2words import num2words

from quantclaims.numbers.scan import find_numbers

try:
    import icu
except ImportError:
    icu = None
NEEDS_ICU = pytest.mark.skipif(icu is None, reason="PyICU is not installed: it compiles against the system's ICU")
LANGUAGES = ("pl", "ro", "en")
MOST = 10**12


def read_one(text: str, language: str) -> float | None:
    """The value of a text that is one number from end to end."""
    found = find_numbers(text, language)
    assert [(n.start, n.end) for n in found] == [(0, len(text))], (text, found)
    return found[0].value


def integers(most: int = MOST) -> st.SearchStrategy[int]:
    """Integers of every length, and round ones, which a uniform draw would miss."""
    by_length = st.integers(0, 12).flatmap(lambda digits: st.integers(0, min(10**digits, most)))
    round_ones = st.builds(lambda count, power: min(count * 10**power, most), st.integers(0, 999), st.integers(0, 9))
    return by_length | round_ones


def decimals() -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False)


# --- ICU -------------------------------------------------------------------------------------------------------------


def list_rulesets(language: str) -> list[str]:
    if icu is None:
        return ["skipped"]
    spellout = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))
    names = [spellout.getRuleSetName(i) for i in range(spellout.getNumberOfRuleSetNames())]
    return [name for name in names if language != "en" or ("ordinal" not in name and "year" not in name)]


@NEEDS_ICU
@pytest.mark.parametrize(("language", "ruleset"), [(lang, rule) for lang in LANGUAGES for rule in list_rulesets(lang)])
@settings(max_examples=60, deadline=None)
@given(number=integers())
@example(number=MOST)
@example(number=21_000)
@example(number=1_001_001)
def test_icu_spellout_reads_back(language: str, ruleset: str, number: int) -> None:
    spellout = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))
    assert read_one(spellout.format(number, ruleset), language) == number


@NEEDS_ICU
@pytest.mark.parametrize("ruleset", [name for name in list_rulesets("pl") if "year" not in name])
def test_icu_negatives_read_back(ruleset: str) -> None:
    spellout = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale("pl"))
    for number in (-1, -5, -22, -1999, -1_000_000):
        assert read_one(spellout.format(number, ruleset), "pl") == number


# --- num2words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=200, deadline=None)
@given(number=integers(MOST - 1))  # from 10^12 on, its Romanian drops the article
def test_num2words_reads_back(language: str, number: int) -> None:
    assert read_one(num2words(number, lang=language), language) == number


@pytest.mark.parametrize("language", ["ro", "en"])  # its Polish fails on negatives
@settings(max_examples=100, deadline=None)
@given(number=st.integers(-(10**9), -1))
def test_num2words_negatives_read_back(language: str, number: int) -> None:
    assert read_one(num2words(number, lang=language), language) == number


@pytest.mark.parametrize("language", ["ro", "en"])
@settings(max_examples=100, deadline=None)
@given(
    whole=st.integers(0, 99_999), digits=st.text("0123456789", min_size=1, max_size=3).filter(lambda d: d[-1] != "0")
)
def test_num2words_decimals_read_back(language: str, whole: int, digits: str) -> None:
    number = float(f"{whole}.{digits}")
    assert read_one(num2words(number, lang=language), language) == number


@pytest.mark.parametrize("language", ["ro", "en"])
def test_num2words_ordinals_read_back(language: str) -> None:
    for number in range(1, 100):
        text = num2words(number, lang=language, to="ordinal")
        found = find_numbers(text, language)
        assert [(text[n.start : n.end], n.value, n.kind) for n in found] == [(text, number, "ordinal")]


# --- Babel -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=200, deadline=None)
@given(number=integers() | integers().map(lambda n: -n) | decimals())
def test_babel_figures_read_back(language: str, number: int | Decimal) -> None:
    text = format_decimal(number, locale=language, format="#,##0.######")
    assert read_one(text, language) == float(number)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100, deadline=None)
@given(
    ends=st.lists(st.integers(0, 999), min_size=2, max_size=2)
    | st.lists(st.integers(1000, MOST), min_size=2, max_size=2)
)
def test_babel_ranges_read_back(language: str, ends: list[int]) -> None:
    """Both ends on one side of a thousand: "14–19 000" shares its thousands."""
    low, high = sorted(ends)
    assume(low < high)
    printed = [format_decimal(end, locale=language) for end in (low, high)]
    found = find_numbers("–".join(printed), language)
    assert [(n.value, n.low, n.high, n.kind) for n in found] == [(None, low, high, "range")]


# --- any text --------------------------------------------------------------------------------------------------------

WORDS = {
    "pl": "dwa dwadzieścia sto tysiąc tysięcy mln tys. i pół setki kilka do od między a lub minus przecinek trzecia",
    "ro": "două douăzeci sute mie mii de și un o jumătate zeci câteva de la până între sau minus virgulă treimi a doua",
    "en": "two twenty hundred thousand and a half dozen dozens few of from to between or minus point thirds second one",
}
MARKS = "1 12 500 2023 0 , . - – / : ( ) % $ € ½ K m G \u00a0 \n th lea krotnie"


def phrases() -> st.SearchStrategy[tuple[str, str]]:
    def of(language: str) -> st.SearchStrategy[tuple[str, str]]:
        pieces = st.sampled_from((WORDS[language] + " " + MARKS).split(" "))
        glue = st.sampled_from(["", " "])
        text = st.lists(st.tuples(pieces, glue), max_size=25).map(lambda ps: "".join(a + b for a, b in ps))
        return st.tuples(st.just(language), text)

    return st.sampled_from(LANGUAGES).flatmap(of)


@settings(max_examples=600, deadline=None)
@given(case=phrases() | st.tuples(st.sampled_from(LANGUAGES), st.text()))
def test_any_text(case: tuple[str, str]) -> None:
    language, text = case
    end = 0
    for n in find_numbers(text, language):
        assert end <= n.start < n.end <= len(text)
        assert not text[n.start].isspace()
        assert not text[n.end - 1].isspace()
        assert n.low is not None
        assert n.high is not None
        assert n.low <= n.high
        assert n.value == (n.low if n.low == n.high else None)
        assert (n.value is None) == (n.kind in ("range", "magnitude"))
        end = n.end


ADVERSARIAL = [
    *(
        ("pl", piece)
        for piece in ("1 234 ", "1.", "1,1 ", "1-", "12-1 ", "tysięcy ", "sto tysięcy ", "dwa i ", "dwa do ")
    ),
    *(("pl", piece) for piece in ("od 1 do ", "minus ", "kilka tysięcy ", "pół ", "(", "½", "1/2 ", "- ", "x")),
    *(
        ("ro", piece)
        for piece in ("noua ", "două zeci și ", "de mii ", "o mie o sută ", "a doua ", "un ", "douazecisi")
    ),
    *(
        ("en", piece)
        for piece in ("one thousand, ", "one hundred and ", "twenty-", "a ", "1m people ", "point one ", "one ")
    ),
    *(("en", piece) for piece in ("9", ".5", "$", "1 (one ", "half of a ", "between 1 and ", "-", "second ", "1K-")),
]


def measure(text: str, language: str) -> float:
    started = time.process_time()
    find_numbers(text, language)
    return time.process_time() - started


@pytest.mark.parametrize(("language", "piece"), ADVERSARIAL)
def test_time_is_linear(language: str, piece: str) -> None:
    """What could make a grammar look ahead again and again: eight times the text takes eight times as long, not 64."""
    measure(piece, language)
    ratios = []
    for _ in range(3):  # a machine that slows down between the two fails once, a grammar that looks ahead every time
        once, eightfold = (measure(piece * (length // len(piece)), language) for length in (4_000, 32_000))
        ratios.append(eightfold / max(once, 0.03))
        if ratios[-1] < 24:
            return
    raise AssertionError(f"eight times the text took {ratios} times as long")


def test_a_megabyte_of_everything() -> None:
    for language in LANGUAGES:
        pieces = [piece for tongue, piece in ADVERSARIAL if tongue == language]
        length = 333_000 // len(pieces)
        assert measure("".join(piece * (length // len(piece)) for piece in pieces), language) < 60
