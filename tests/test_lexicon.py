"""Phrase tables: what matches, and in which order."""

import subprocess
import sys

import pytest

from quantclaims.lexicon import PhraseTable
from quantclaims.tokens import tokenize


def test_longest_first_then_in_the_order_of_the_table() -> None:
    table = PhraseTable([("korea", 1), ("korea północna", 2), ("Korea", 3), ("koreański", 4)], "pl", inflect=True)
    assert table.match(tokenize("Korei Północnej", "pl"), 0) == [(2, 2), (1, 1), (1, 3)]
    assert table.match(tokenize("Korei Południowej", "pl"), 0) == [(1, 1), (1, 3)]
    assert table.match(tokenize("Japonii", "pl"), 0) == []


def test_order_does_not_depend_on_the_hash_seed() -> None:
    # "pociskami" is known by its form and by its lemma; each finds another entry of the same length
    entries = [("pociskami", "form"), ("pocisk", "lemma")]
    program = f"""
from quantclaims.lexicon import PhraseTable
from quantclaims.tokens import tokenize
print(PhraseTable({entries}, "pl", inflect=True).match(tokenize("pociskami", "pl"), 0))
"""
    shown = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(6)
    }
    assert shown == {"[(1, 'form'), (1, 'lemma')]\n"}


def test_without_inflection_only_the_form_matches() -> None:
    table = PhraseTable([("rok", 1), ("lata", 2)], "pl")
    assert list(table.scan(tokenize("Rok i lata, roku", "pl"))) == [(0, 1, 1), (2, 3, 2)]


def test_suppletive_forms_share_a_lemma() -> None:
    table = PhraseTable([("człowiek", 1)], "pl", inflect=True)
    assert table.longest(tokenize("ludzie", "pl"), 0) == (1, 1)


def test_a_verb_in_a_table_means_its_form() -> None:
    table = PhraseTable([("będzie", 1)], "pl", inflect=True)
    assert table.longest(tokenize("będzie", "pl"), 0) == (1, 1)
    assert table.longest(tokenize("był", "pl"), 0) is None


@pytest.mark.parametrize("phrase", ["", " \t"])
def test_an_empty_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="empty phrase for 7"):
        PhraseTable([(phrase, 7)], "en")
