"""Every entry of the tables that numbers, quantities and dates are read with does something.

An entry is taken out of its table, and texts that should need it are read again: the probes of its table in
``corpus/<language>/probes.toml``, with the entry in the place of ``{}`` (``{^}`` with a capital), and the texts of the
corpus that hold its first word. If nothing is read otherwise, the entry is misspelt, covered by another, or of no use.
"""

import tomllib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

import pytest

from quantclaims.dates import words as date_words
from quantclaims.dates.scan import find_dates, scan_dates
from quantclaims.lexicon import list_languages, load_language
from quantclaims.numbers.scan import find_numbers, scan_numbers
from quantclaims.numbers.words import expand_forms
from quantclaims.quantities.scan import judge_numbers, promote_articles, read_asked
from quantclaims.records import DateExpression, Number, Sentence
from quantclaims.segment import segment
from quantclaims.tokens import tokenize

CORPUS = Path(__file__).parent / "corpus"
REFERENCE = date(2024, 7, 19)
SECTIONS = ("numbers", "quantities", "dates")
SWITCHES = ("grammar", "paradigms", "order")
"""Keys that hold no phrases of their own."""


class Entry(NamedTuple):
    """A phrase of a table: the list that holds it, and how it is written there."""

    listed: list[str]
    written: str


class Table(NamedTuple):
    """A table of a language with the texts that its entries are tried in."""

    language: str
    path: tuple[str, ...]
    entries: list[Entry]
    probes: list[str]


def walk(language: str, path: tuple[str, ...], content: Any, probes: Any) -> Iterator[Table]:
    """The tables below ``content``: the probes say how deep names go; what is deeper are values."""
    if isinstance(probes, dict):
        for key, inner in content.items():
            if key not in SWITCHES and not isinstance(inner, bool):
                yield from walk(language, (*path, key), inner, probes.get(key))
    else:
        assert isinstance(probes, list), f"no probes for {'.'.join(path)} in {language}"
        yield Table(language, path, list(list_entries(content)), probes)


def list_entries(content: Any) -> Iterator[Entry]:
    if isinstance(content, list):
        yield from (Entry(content, written) for written in content)
    elif isinstance(content, dict):
        for inner in content.values():
            yield from list_entries(inner)


def list_tables() -> list[Any]:
    found = []
    for language in list_languages():
        probes = tomllib.loads((CORPUS / language / "probes.toml").read_text("utf-8"))
        for section in SECTIONS:
            tables = walk(language, (section,), load_language(language)[section], probes[section])
            found += [pytest.param(table, id=f"{language}-{'.'.join(table.path)}") for table in tables]
    return found


# --- what is read ----------------------------------------------------------------------------------------------------


def read(section: str, text: str, language: str) -> object:
    """All that the readers of a section say of a text."""
    if section == "dates":
        return find_dates(text, language, REFERENCE)
    if section == "numbers":
        return find_numbers(text, language)
    return [
        (
            judge_numbers(*prepared, language)[1],
            promote_articles(prepared[0], language),
            read_asked(prepared[0], language),
        )
        for prepared in prepare(text, language)
    ]


@cache
def prepare(text: str, language: str) -> list[tuple[Sentence, list[Number], list[DateExpression]]]:
    """The sentences of a text with their numbers and dates, which the tables of quantities do not change."""
    sentences = [(sentence, scan_numbers(sentence, language)) for sentence in segment(text, language)]
    return [(sentence, numbers, scan_dates(sentence, numbers, language, None)) for sentence, numbers in sentences]


@cache
def read_whole(section: str, text: str, language: str) -> object:
    """The same, with every entry in its table."""
    return read(section, text, language)


@cache
def index_corpus(language: str) -> dict[str, list[str]]:
    """The texts of the corpus by their words."""
    index: dict[str, list[str]] = {}
    for section in SECTIONS:
        for case in tomllib.loads((CORPUS / language / f"{section}.toml").read_text("utf-8"))["case"]:
            for word in {token.folded for token in tokenize(case["text"], language)}:
                index.setdefault(word, []).append(case["text"])
    return index


def list_texts(table: Table, printed: str) -> Iterator[str]:
    """The texts that an entry is tried in."""
    for probe in table.probes:
        yield probe.replace("{}", printed).replace("{^}", printed[:1].upper() + printed[1:])
    words = tokenize(printed, table.language)
    yield from index_corpus(table.language).get(words[0].folded, [])[:15]


# --- taking an entry out ---------------------------------------------------------------------------------------------


READERS_OF = {
    "labels": ("labels",), "joins": ("joins",), "ones": ("ones",), "calibre": ("calibres",),
    "interrogatives": ("scan",),
    "totals": ("totals",),
    "elisions": ("elisions",),
    "nouns": ("nouns", "compound", "labels", "items"),
    **dict.fromkeys(("hedges", "inflected_hedges", "suffix_hedges"), ("hedges",)),
    **dict.fromkeys(("goals", "period_hedges", "exceeding"), ("hedges",)),
    **dict.fromkeys(("units", "unit_adjectives", "ambiguous_units", "rates"), ("units",)),
}  # fmt: skip
"""Table of quantities -> the modules that remember it."""


@cache
def list_memos(path: tuple[str, ...]) -> list[Any]:
    """What the modules of a section remember of a table."""
    package = import_module(f"quantclaims.{path[0]}")
    names = READERS_OF[path[1]] if path[0] == "quantities" else [m.name for m in iter_modules(package.__path__)]
    modules = [import_module(f"{package.__name__}.{name}") for name in names]
    found = {id(value): value for module in modules for value in vars(module).values() if hasattr(value, "cache_clear")}
    return [memo for memo in found.values() if memo.__module__.startswith(package.__name__)]


@contextmanager
def without_entry(path: tuple[str, ...], entry: Entry) -> Iterator[None]:
    """Numbers and quantities read as if the table lacked an entry."""
    at = entry.listed.index(entry.written)
    del entry.listed[at]
    _forget(path)
    try:
        yield
    finally:
        entry.listed.insert(at, entry.written)
        _forget(path)


def _forget(path: tuple[str, ...]) -> None:
    for memo in list_memos(path):
        memo.cache_clear()


@contextmanager
def without_date_word(language: str, role: str, form: str) -> Iterator[None]:
    """Dates read as if the table of a role lacked a form."""
    vocabulary = date_words.load_vocabulary(language)
    words = tuple(token.folded for token in tokenize(form, language))
    dropped = {words, tuple(word.translate(date_words.ASCII_POLISH) for word in words)}
    kept = dict(vocabulary.entries)
    for first in {words[0] for words in dropped}:
        kept[first] = [e for e in kept[first] if not (e[0] in dropped and e[1] == role)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(date_words, "load_vocabulary", lambda _: vocabulary._replace(entries=kept))
        yield


def list_forms(table: Table, entry: Entry) -> list[tuple[str, AbstractContextManager[None]]]:
    """How an entry is printed, and how it is taken out."""
    section = table.path[0]
    if section == "dates":
        forms = date_words.expand_forms(entry.written)
        return [(form, without_date_word(table.language, table.path[1], form)) for form in forms]
    printed = entry.written
    if section == "numbers":
        printed = expand_forms([printed], load_language(table.language)["numbers"]["paradigms"])[0]
    return [(printed, without_entry(table.path, entry))]


def is_of_use(table: Table, printed: str, removal: AbstractContextManager[None]) -> bool:
    """Whether a text is read otherwise without the entry."""
    section, language = table.path[0], table.language
    texts = [(text, read_whole(section, text, language)) for text in dict.fromkeys(list_texts(table, printed))]
    with removal:
        return any(read(section, text, language) != known for text, known in texts)


@pytest.mark.parametrize("table", list_tables())
def test_every_entry_is_of_use(table: Table) -> None:
    forms = [form for entry in table.entries for form in list_forms(table, entry)]
    idle = [printed for printed, removal in forms if not is_of_use(table, printed, removal)]
    assert idle == []


@pytest.mark.parametrize("language", list_languages())
def test_every_probe_belongs_to_a_table(language: str) -> None:
    probes = tomllib.loads((CORPUS / language / "probes.toml").read_text("utf-8"))
    table = load_language(language)
    assert list(_find_strays(probes, table, ())) == []


def _find_strays(probes: Any, table: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(probes, dict):
        for key, inner in probes.items():
            if isinstance(table, dict) and key in table:
                yield from _find_strays(inner, table[key], (*path, key))
            else:
                yield ".".join((*path, key))


def test_an_entry_is_told_from_an_idle_one(monkeypatch: pytest.MonkeyPatch) -> None:
    stops = load_language("en")["quantities"]["nouns"]["stops"]
    monkeypatch.setitem(load_language("en")["quantities"]["nouns"], "stops", [*stops, "sofas", "quagga"])
    table = Table("en", ("quantities", "nouns", "stops"), [], ["5 {}"])
    _forget(table.path)
    entries = list_entries(load_language("en")["quantities"]["nouns"]["stops"])
    found = {e.written: is_of_use(table, e.written, without_entry(table.path, e)) for e in list(entries)[-2:]}
    assert found == {"sofas": True, "quagga": False}  # a singular noun is counted by no figure but one
    monkeypatch.undo()
    _forget(table.path)
