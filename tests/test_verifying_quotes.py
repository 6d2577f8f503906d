"""Quotes that moved, that were typed otherwise, that occur many times, or that are not there."""

import unicodedata
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quantclaims.rows import CONTEXT
from quantclaims.verifying.quotes import Place, cuts, fold_plain, locate_quote

TEXT = "Ten tanks came. In May 1,600 tanks and 600 tanks left; “ten tanks” stayed – 600\u00a0tanks more…"

FOUND = {
    "where the row says": ("600 tanks", 39, (39, 48, "exact")),
    "elsewhere": ("600 tanks", 0, (39, 48, "moved")),
    "no offset: the first whole one": ("600 tanks", None, (39, 48, "moved")),
    "inside a figure, where the row says so": ("600 tanks", 25, (25, 34, "exact")),
    "the nearest of two": ("ten tanks", 80, (56, 65, "exact")),
    "curly marks typed straight": ('"ten tanks"', 0, (55, 66, "printed")),
    "dash typed as a hyphen": ("stayed - 600", 0, (67, 79, "printed")),
    "dots typed one by one": ("more...", 0, (86, 91, "printed")),
    "spaces and line ends": ("  tanks\n and\t600 ", 0, (29, 42, "printed")),
    "capital letter": ("TEN TANKS CAME", 3, (0, 14, "printed")),
    "in quotation marks that the text has not": ("'In May'", 0, (16, 22, "printed")),
    "zero width, direction and soft hyphen": ("Ten\u200b \u202eta\u00adnks", 0, (0, 9, "printed")),
    "another figure": ("In May 1,700 tanks and", 0, (16, 38, "figure")),
    "full-width digits": ("６００ tanks left", 0, (39, 53, "printed")),
}


@pytest.mark.parametrize(("quote", "start", "place"), FOUND.values(), ids=FOUND.keys())
def test_found(quote: str, start: int | None, place: tuple[int, int, str]) -> None:
    found = locate_quote(TEXT, quote, start)
    assert found is not None
    if quote == "ten tanks":  # the case of a letter makes it another occurrence
        assert (found.start, found.end) == (56, 65)
    else:
        assert tuple(found) == place


@pytest.mark.parametrize("quote", ["", " \n", "\u200b", '""', "twelve tanks", "6 tanks", "tank", "00 tanks", "700 x"])
def test_not_found(quote: str) -> None:
    assert locate_quote(TEXT, quote, 0) is None


def test_context_tells_occurrences_apart_before_nearness_does() -> None:
    text = "Of 10 tanks, 10 tanks are left. 10 tanks!"
    assert locate_quote(text, "10 tanks", 3) == Place(3, 11, "exact")
    assert locate_quote(text, "10 tanks", 3, "Of 10 tanks, ", " are left") == Place(13, 21, "moved")
    assert locate_quote(text, "10 tanks", 3, None, "!") == Place(32, 40, "moved")
    assert locate_quote(text, "10 tanks", 3, "Of 10 tanks, ") == Place(13, 21, "moved")
    assert locate_quote(text, "10 tanks", 3, "", "") == Place(3, 11, "exact")
    assert locate_quote(text, "10 tanks", 12, "no such words", "no such words") == Place(13, 21, "moved")


def test_context_agrees_however_it_was_typed() -> None:
    text = "„Mamy” 10 czołgów – i 10 czołgów"
    assert locate_quote(text, "10 czołgów", 22, '"Mamy" ', " - i") == Place(7, 17, "moved")


@pytest.mark.parametrize(
    ("text", "start", "end", "cut"),
    [
        ("1,600 drones", 2, 12, True),
        ("1,600 drones", 0, 12, False),
        ("1\u00a0600 drones", 2, 12, True),
        ("in 2024, 600 drones", 9, 19, False),
        ("a 600,000", 2, 5, True),
        ("a 600, b", 2, 5, False),
        ("drones", 0, 5, True),
        ("cafe\u0301 x", 0, 4, True),
        ("x1", 1, 2, True),
        (",600", 1, 4, False),
        ("600", 0, 3, False),
        ("1,6 mln", 0, 1, True),
        ("1,6 mln", 2, 7, True),
        ("In 1995, 6 tanks", 3, 7, False),
        ("In 1995, 6 tanks", 8, 16, False),
        ("of 2 600-tonne ships", 5, 14, False),
        ("No. 600 was", 4, 7, False),
        ("x,6 mln", 2, 7, False),
    ],
)
def test_figures_and_words_are_not_cut(text: str, start: int, end: int, cut: bool) -> None:
    assert cuts(text, start, end) is cut


LETTERS = st.text(alphabet="aż ș1,.–\u00a0„”e\u0301\n", max_size=60)


@given(LETTERS, LETTERS, LETTERS, LETTERS)
def test_a_quote_is_found_where_it_went(before: str, quote: str, after: str, inserted: str) -> None:
    """Whatever is inserted before it: the quote's characters stand at the offsets that are proposed."""
    assume(quote.strip())
    text = before + quote + after
    assert locate_quote(text, quote, len(before)) == Place(len(before), len(before) + len(quote), "exact")
    moved = locate_quote(inserted + text, quote, len(before))
    if moved is not None and moved.how in ("exact", "moved"):
        assert (inserted + text)[moved.start : moved.end] == quote
    if not cuts(inserted + text, len(inserted + before), len(inserted + before + quote)):
        assert moved is not None
        assert moved.how in ("exact", "moved")


@given(
    LETTERS,
    st.sampled_from(["zażółcił „2,3\u00a0tys.” ton – gęślą", "trei mii de muniții…", "it's 5\u00adkm²"]),
    LETTERS,
)
def test_a_quote_typed_otherwise_is_given_back_as_printed(before: str, quote: str, after: str) -> None:
    text = f"{before} {quote} {after}"
    for typed in (
        unicodedata.normalize("NFD", quote),
        unicodedata.normalize("NFKC", quote).replace("„", '"').replace("”", '"').replace("–", "-"),
        quote.replace("ț", "ţ").upper().lower(),
        f" {quote}\n",
    ):
        found = locate_quote(text, typed, 0)
        assert found is not None
        assert fold_plain(text[found.start : found.end]) == fold_plain(quote)


@given(st.text(), st.text(max_size=20), st.integers(-5, 50), st.text(max_size=40), st.text(max_size=40))
def test_any_quote_of_any_text(text: str, quote: str, start: int, prefix: str, suffix: str) -> None:
    found = locate_quote(text, quote, start, prefix, suffix)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
    elif quote.strip():
        assert quote not in text or all(
            cuts(text, at, at + len(quote)) for at in range(len(text)) if text.startswith(quote, at)
        )


def test_marks_over_letters_belong_to_the_quote() -> None:
    """A text whose letters are taken apart, as none of our readers gives one, keeps them whole."""
    assert locate_quote("5 cafe\u0301 x", "5 café") == Place(0, 7, "printed")
    assert locate_quote("5 cafe\u0301 x", "5 cafe") is None


def test_a_long_row_of_digits_costs_no_time() -> None:
    began = process_time()
    assert locate_quote("1" * 50_000 + " tanks were lost", "2" * 50_000 + " x tanks were found", 0) is None
    assert locate_quote("1 " * 25_000 + " tanks were lost", "2 " * 25_000 + " x tanks were found", 0) is None
    assert process_time() - began < 2  # looking at every digit from every digit took minutes


def test_context_is_as_long_as_the_contract_says() -> None:
    from quantclaims.schemas.claim import CONTEXT as CONTRACT

    assert CONTEXT == CONTRACT
