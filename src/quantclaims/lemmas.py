"""Dictionary forms and parts of speech of single words, memoised because news repeats itself.

Polish comes from morfeusz2 (SGJP), English from lemminflect, Romanian lemmas from simplemma, which knows no parts
of speech: there ``part`` is ``unknown`` and callers fall back on word order.
"""

from functools import cache, lru_cache
from typing import Any, NamedTuple


class Analysis(NamedTuple):
    """One reading of a word form."""

    lemma: str
    """Lower case."""
    part: str
    """``noun``, ``proper``, ``verb``, ``imperative``, ``participle``, ``adjective``, ``numeral``, ``adverb``,
    ``preposition``, ``conjunction``, ``pronoun``, ``particle``, ``abbreviation``, ``other`` or ``unknown``."""
    cases: frozenset[str] = frozenset()
    """Polish only: ``nom gen dat acc inst loc voc``."""
    numbers: frozenset[str] = frozenset()
    """Polish only: ``sg pl``."""
    genders: frozenset[str] = frozenset()
    """Polish only: ``m1 m2 m3 f n``."""
    tag: str = ""
    """The dictionary's own tag."""


POLISH_PARTS = {
    "subst": "noun", "depr": "noun", "ger": "noun", "adj": "adjective", "adja": "adjective", "adjp": "adjective",
    "adjc": "adjective", "ppas": "participle", "pact": "participle", "num": "numeral", "numcomp": "numeral",
    "adv": "adverb", "prep": "preposition", "conj": "conjunction", "comp": "conjunction", "ppron12": "pronoun",
    "ppron3": "pronoun", "siebie": "pronoun", "fin": "verb", "praet": "verb", "inf": "verb", "impt": "imperative",
    "imps": "verb", "bedzie": "verb", "aglt": "verb", "winien": "verb", "pred": "verb", "cond": "verb",
    "pcon": "verb", "pant": "verb", "part": "particle", "brev": "abbreviation",
}  # fmt: skip
ENGLISH_PARTS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb", "AUX": "verb", "PROPN": "proper"}
CASES = frozenset({"nom", "gen", "dat", "acc", "inst", "loc", "voc"})
NUMBERS = frozenset({"sg", "pl"})
GENDERS = frozenset({"m1", "m2", "m3", "f", "n"})


@lru_cache(maxsize=100_000)
def analyse(word: str, language: str) -> tuple[Analysis, ...]:
    """Every reading of a word as printed, likeliest dictionary order first; one ``unknown`` reading if none is known.

    >>> [a.lemma for a in analyse("pocisków", "pl")]
    ['pocisk']
    """
    readings = READERS[language](word)
    return tuple(dict.fromkeys(readings)) or (Analysis(word.lower(), "unknown"),)


@lru_cache(maxsize=100_000)
def lemmas(word: str, language: str) -> frozenset[str]:
    """The lower-case lemmas of a word as printed.

    >>> sorted(lemmas("shells", "en"))
    ['shell']
    """
    return frozenset(reading.lemma for reading in analyse(word, language))


@lru_cache(maxsize=100_000)
def is_common_word(word: str, language: str) -> bool:
    """Whether a capitalised word is one that the dictionary writes small; Polish only, False for what it does not know.

    >>> is_common_word("Najmocniej", "pl"), is_common_word("Polaków", "pl"), is_common_word("PKB", "pl")
    (True, False, False)
    """
    if language != "pl":
        return False
    known = [(lemma.split(":")[0], tag) for _, _, (_, lemma, tag, _, _) in _morfeusz().analyse(word) if tag != "ign"]
    is_function_word = any(tag.split(":")[0] in FUNCTION_WORDS for _, tag in known)
    return is_function_word or (bool(known) and all(lemma.islower() for lemma, _ in known))


FUNCTION_WORDS = frozenset({"prep", "conj", "comp", "part", "adv", "ppron12", "ppron3", "num"})
"""Tags of words that no name is, although the dictionary knows a name that is spelled like them."""


@cache
def _morfeusz() -> Any:
    import morfeusz2  # type: ignore[import-untyped,unused-ignore]

    return morfeusz2.Morfeusz(generate=False)


class _Tag(NamedTuple):
    """What a tag of the Polish dictionary says."""

    part: str
    cases: frozenset[str]
    numbers: frozenset[str]
    genders: frozenset[str]


@cache
def _read_tag(tag: str) -> _Tag:
    kind, *rest = tag.split(":")
    features = {value for field in rest for value in field.split(".")}
    part = POLISH_PARTS.get(kind, "other")
    return _Tag(part, frozenset(features & CASES), frozenset(features & NUMBERS), frozenset(features & GENDERS))


def _read_polish(word: str) -> list[Analysis]:
    return [
        Analysis(lemma.split(":")[0].lower(), *_read_tag(tag), tag)
        for _, _, (_, lemma, tag, _, _) in _morfeusz().analyse(word)
        if tag.split(":")[0] not in ("ign", "aglt", "interp")
    ]


def _read_english(word: str) -> list[Analysis]:
    from quantclaims.english_lemmas import find_lemmas

    bare = word.removesuffix("'s").removesuffix("’s")
    lowered = bare.lower()
    return [
        Analysis(lemma.lower(), ENGLISH_PARTS.get(part, "other"), tag=part)
        for part, known in find_lemmas(lowered).items()
        for lemma in known
    ] or [Analysis(lowered, "unknown")]


def _read_romanian(word: str) -> list[Analysis]:
    from quantclaims.romanian_lemmas import find_lemma

    lowered = word.lower().replace("ş", "ș").replace("ţ", "ț")
    forms = {find_lemma(form).lower() for form in (lowered, word)}
    if lowered.endswith(PLUPERFECTS) and forms == {lowered}:  # "expulzase", not "case": the dictionary has "expulza"
        forms.add(find_lemma(lowered.removesuffix("ră").removesuffix("se")).lower())
    return [Analysis(form, "unknown") for form in sorted(forms)]


PLUPERFECTS = ("ase", "ise", "ese", "use", "âse", "aseră", "iseră", "eseră", "useră", "âseră")
"""Endings of the Romanian pluperfect in the third person."""

READERS = {"pl": _read_polish, "en": _read_english, "ro": _read_romanian}
