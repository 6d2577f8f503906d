"""Dictionary forms: lemminflect's table, searched where it lies, says what the library says."""

import lemminflect
from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec
from lemminflect.codecs.OverridesCodec import OverridesCodec

from quantclaims.english_lemmas import SortedLemmatizer, SortedTable, find_lemmas


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
