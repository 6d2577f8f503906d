"""Dictionary forms: the libraries' tables, searched where they lie, say what the libraries say."""

import lemminflect
import pytest
import simplemma
from hypothesis import given
from hypothesis import strategies as st
from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec
from lemminflect.codecs.OverridesCodec import OverridesCodec
from simplemma.strategies.dictionaries import dictionary_factory, frontcode

from quantclaims.english_lemmas import SortedLemmatizer, SortedTable, find_lemmas
from quantclaims.romanian_lemmas import FrontCodedTable, SearchedDictionaries, find_lemma


def test_every_entry_reads_as_the_library_reads_it() -> None:
    path = lemminflect.config.lemma_lu_fn
    table, entries = SortedTable(path), LemmaLUCodec.load(path)
    assert len(entries) > 60_000
    assert [form for form, lemmas in entries.items() if list(table.get(form, {}).items()) != list(lemmas.items())] == []


def test_what_the_library_overrides_stays_overridden() -> None:
    overrides = OverridesCodec.load(lemminflect.config.lemma_overrides_fn)
    assert overrides
    assert {form: find_lemmas(form) for form in overrides} == {
        form: lemminflect.getAllLemmas(form) for form in overrides
    }


def test_a_form_between_two_entries_has_no_lemma() -> None:
    for form in ("", "!", "shellz", "~", "zzz", "şhell", "a,b"):
        assert find_lemmas(form) == {}


def test_the_library_itself_is_left_alone() -> None:
    find_lemmas("shells")
    assert lemminflect.Lemmatizer() is not SortedLemmatizer()
    assert not isinstance(getattr(lemminflect.Lemmatizer(), "lemma_dict", {}), SortedTable)


def test_every_romanian_entry_reads_as_the_library_reads_it() -> None:
    table = SearchedDictionaries().get_dictionary("ro")
    entries = dictionary_factory.DEFAULT_DICTIONARY_FACTORY.get_dictionary("ro")
    assert isinstance(table, FrontCodedTable)
    assert len(table) == len(entries) > 300_000
    assert [form for form in entries if table[form] != entries[form]] == []
    assert sorted(table) == sorted(entries)


@pytest.mark.parametrize("form", ["", "a", "!", "~", "\U0010ffff", "kilometr", "kilometruu", "zzzz"])
def test_a_romanian_form_that_the_dictionary_lacks_is_lacking(form: str) -> None:
    entries = dictionary_factory.DEFAULT_DICTIONARY_FACTORY.get_dictionary("ro")
    assert SearchedDictionaries().get_dictionary("ro").get(form) == entries.get(form)


@given(st.text(alphabet="abcdeilmnoprstuvăâîșț-'ABC", min_size=1, max_size=14))
def test_any_romanian_form_has_the_lemma_that_the_library_gives(form: str) -> None:
    assert find_lemma(form) == simplemma.lemmatize(form, lang="ro")


def test_dictionaries_of_another_make_are_decoded_by_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="reverse"):
        FrontCodedTable(b"SMFC1\x01\x00")
    with pytest.raises(ValueError, match="longer"):
        FrontCodedTable(b"SMFC1\x00\x01\x80\x01a\x00\x00")
    entries = dictionary_factory.DEFAULT_DICTIONARY_FACTORY.get_dictionary("ms")
    monkeypatch.setattr(frontcode, "_read_header", lambda _: (True, 0, 0))
    assert SearchedDictionaries().get_dictionary("ms") is entries
