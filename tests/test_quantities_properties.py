"""What holds of quantities in any text at all: spans, bounds, order, time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantclaims.lexicon import list_languages
from quantclaims.numbers.scan import scan_numbers
from quantclaims.quantities.scan import find_labels, find_quantities, scan_quantities
from quantclaims.records import Quantity
from quantclaims.schemas.units import is_unit
from quantclaims.schemas.vocabularies import ids
from quantclaims.segment import segment

PIECES = {
    "pl": "5 12,5 1 trzy jeden pięć tys. mln około co najmniej do od nie więcej niż lub więcej nowych rakiet i min "
    'kalibru 152 mm zł % km/h dziennie na dobę - – , . ( ) " „ ” / : z których art. 7 rannych osoby $ € MiG-29',
    "ro": "5 12,5 un o trei douăzeci de mii milioane circa cel puțin până la peste sau mai mult noi tancuri și rachete "
    'calibrul 152 mm lei % km/h zilnic pe zi - – , . ( ) " „ ” / : dintre care art. 7 ani soldați un om $ € MiG-21',
    "en": "5 12.5 one three five thousand m bn about at least up to from no more than or more new tanks and shells of "
    'the calibre 152 mm dollars % km/h daily a day - – , . ( ) " / : of which page 7 dead people man $ € F-16s',
}
ADVERSARIAL = {
    "pl": ("5 ", "5, ", "co najmniej ", "jeden ", '5 ("', "5 nowych ", "kalibru 152 mm ", "od 5 do ", "z których 4 "),
    "ro": ("un ", "5 de ", "o ", "de la 5 până la ", "5 mari ", "dintre care 3 "),
    "en": ("5 ", "at least 5-", "one big red ", "5 of the ", "5 and more ", "half an "),
}


def texts(language: str) -> st.SearchStrategy[str]:
    pieces = st.lists(st.sampled_from(PIECES[language].split(" ")), max_size=25).map(" ".join)
    glued = st.lists(st.sampled_from(PIECES[language].split(" ")), max_size=12).map("".join)
    return st.one_of(pieces, glued, st.text(max_size=60))


def check(text: str, found: list[Quantity]) -> None:
    end = 0
    for q in found:
        assert end <= q.start <= q.number_start < q.number_end <= q.end <= len(text)
        assert text[q.start : q.end].strip() == text[q.start : q.end]
        assert (q.head_start is None) == (q.head_end is None)
        if q.head_start is not None and q.head_end is not None:
            assert 0 <= q.head_start < q.head_end <= len(text)
            outside = q.head_end <= q.start or q.head_start >= q.end
            assert outside or q.start <= q.head_start < q.head_end <= q.end
            assert q.lemma
        assert q.qualifier in ids("qualifiers")
        assert is_unit(q.unit)
        assert q.low is None or q.high is None or q.low <= q.high
        check_bounds(q)
        end = q.end


def check_bounds(q: Quantity) -> None:
    """The bounds that the contract asks of each qualifier."""
    sides = {
        "exact": (True, True),
        "approximately": (False, False),
        "more_than": (True, False),
        "at_least": (True, False),
        "less_than": (False, True),
        "at_most": (False, True),
        "between": (True, True),
        "order_of_magnitude": (True, True),
    }
    assert (q.low is not None, q.high is not None) == sides[q.qualifier]
    if q.qualifier == "exact":
        assert q.value == q.low == q.high
    if q.qualifier == "approximately":
        assert q.value is not None


@pytest.mark.parametrize("language", list_languages())
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_any_text(language: str, data: st.DataObject) -> None:
    text = data.draw(texts(language))
    found = find_quantities(text, language)
    check(text, found)
    for start, end, rule in find_labels(text, language):
        assert 0 <= start < end <= len(text)
        assert rule


@pytest.mark.parametrize("language", list_languages())
def test_same_text_same_result(language: str) -> None:
    text = PIECES[language]
    assert find_quantities(text, language) == find_quantities(text, language)


@pytest.mark.parametrize("language", list_languages())
def test_offsets_move_with_the_text(language: str) -> None:
    """What stands in an earlier sentence changes nothing but the offsets."""
    alone = find_quantities("12 km", language)
    behind = find_quantities("Xx yy.\n12 km", language)
    assert [(q.start + 7, q.end + 7, q.unit) for q in alone] == [(q.start, q.end, q.unit) for q in behind]
    assert len(alone) == 1


def read_time(text: str, language: str) -> tuple[float, list[Quantity]]:
    """Seconds that this step alone takes, and what it finds; numbers and dates have tests of their own."""
    sentences = [(sentence, scan_numbers(sentence, language)) for sentence in segment(text, language)]
    start = time.process_time()
    found = [q for sentence, numbers in sentences for q in scan_quantities(sentence, numbers, [], language)]
    return time.process_time() - start, found


@pytest.mark.parametrize(
    ("language", "piece"), [(lang, piece) for lang, found in ADVERSARIAL.items() for piece in found]
)
def test_time_is_linear(language: str, piece: str) -> None:
    """Four times the text takes about four times as long; a square would take sixteen."""
    short, long = (piece * (size // len(piece)) for size in (15_000, 60_000))
    read_time(piece * 100, language)
    assert read_time(long, language)[0] < 9 * read_time(short, language)[0] + 0.3


def test_one_megabyte() -> None:
    """1 MB in one line, every phrase of it a trap, is read whole and in order."""
    piece = 'Do 5 nowych, "rannych" (z 12 mln) 152 mm i od 3 do - MiG-29 jeden, art. 7 i 8 z których 4 '
    text = piece * (1_000_000 // len(piece))
    seconds, found = read_time(text, "pl")
    assert seconds < 120
    assert len(found) > 20_000
    assert all(before.end <= after.start for before, after in pairwise(found))
    check(text, found[-50:])
