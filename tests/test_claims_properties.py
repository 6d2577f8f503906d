"""What holds of the claims of any text: quotes at their offsets, one id each, time in step with length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantclaims import Article, extract_claims

WORDS = {
    "en": "Kyiv Russia said that never not sold shipped weapons shells 5 two million about killed denied in May it "
    '2024 three times more among them or . , : " \n - the tanks to Ukraine from was half of by 12 % fell',
    "pl": "Kijów Rosja podała że nigdy nie sprzedała dostarczyła broni pocisków 5 dwa mln około zabito zaprzecza w "
    "maju trzy razy więcej w tym lub . , : „ ” \n - czołgów Ukrainie z połowa o 12 proc. spadł według",
    "ro": "Kievul Rusia a declarat că niciodată nu vândut livrat arme obuze 5 două milioane circa uciși neagă în mai "
    "de trei ori mai multe dintre care sau . , : „ ” \n - tancuri Ucrainei din jumătate cu 12 % scăzut potrivit un",
}
LONGEST = 1.0
"""Seconds of CPU for the shortest text of the time test on a slow machine."""


def texts() -> st.SearchStrategy[tuple[str, str]]:
    drawn = [
        st.tuples(st.just(language), st.lists(st.sampled_from(words.split(" ")), max_size=40).map(" ".join))
        for language, words in WORDS.items()
    ]
    anything = st.tuples(st.sampled_from(sorted(WORDS)), st.text(max_size=120))
    return st.one_of(*drawn, anything)


@settings(max_examples=300, deadline=None)
@given(texts())
def test_quotes_ids_and_bounds(case: tuple[str, str]) -> None:
    language, text = case
    claims = extract_claims(Article(text, language, "2024-06-10", "any"))
    ids = [claim.claim_id for claim in claims]
    assert len(set(ids)) == len(ids)
    for claim in claims:
        assert text[claim.quote_start : claim.quote_end] == claim.quote
        assert claim.claimant or claim.claimant_text
        assert claim.base_claim_id is None or claim.base_claim_id in ids
        assert (claim.base_claim_id is None) == (claim.relation is None)
        low, high = claim.value_low, claim.value_high
        assert low is None or high is None or low <= high


@pytest.mark.parametrize("language", sorted(WORDS))
def test_time_grows_with_length_only(language: str) -> None:
    sentence = " ".join(WORDS[language].replace('"', "").split()) + ". "

    def measure(copies: int) -> float:
        began = time.process_time()
        extract_claims(Article(sentence * copies, language, "2024-06-10", "long"))
        return time.process_time() - began

    measure(1)  # loads the tables
    short, long = measure(10), measure(100)
    assert long < 40 * max(short, LONGEST / 20), (short, long)
