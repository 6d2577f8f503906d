"""Values of the dataset in words that a visitor of the page reads."""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from babel.numbers import format_decimal

from quantclaims.records import Claim
from quantclaims.schemas.vocabularies import load_vocabulary

HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Controls, those of direction among them: they could turn round what stands beside them."""
OPEN = ".."
"""An open end in EDTF."""


def show_hidden(text: str) -> str:
    r"""A text with controls written out as their code points.

    Bidirectional controls could make a page read otherwise than it is written (Unicode Technical Report 36,
    https://www.unicode.org/reports/tr36/); letters that only have no ink, such as no-break spaces, stay.

    >>> show_hidden("40\u00a0drones\u202e")
    '40\xa0drones[U+202E]'
    """
    return HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def name(vocabulary: str, id_: str | None) -> str:
    """The English label of an id, or the id where the vocabulary does not know it.

    >>> name("countries", "PRK"), name("countries", "???")
    ('North Korea', '???')
    """
    term = load_vocabulary(vocabulary).get(id_ or "")
    return term.label["en"] if term else id_ or ""


def define(vocabulary: str, id_: str | None) -> str:
    """What an id means, as far as the vocabulary says."""
    term = load_vocabulary(vocabulary).get(id_ or "")
    return (term.definition or "") if term else ""


def write_period(edtf: str | None) -> str:
    """A period in words.

    >>> [write_period(each) for each in ("2023-08/2024-01", "../2022-09-22", "2022-02/..", "2024-07", None)]
    ['2023-08 to 2024-01', 'until 2022-09-22', 'since 2022-02', '2024-07', '']
    """
    first, _, last = (edtf or "").partition("/")
    if not last:
        return first
    if OPEN in (first, last):
        ends = {(True, False): f"until {last}", (False, True): f"since {first}"}
        return ends.get((first == OPEN, last == OPEN), "at any time")
    return f"{first} to {last}"


def write_days(first: date | None, last: date | None) -> str:
    """Two days in words; None is an open end.

    >>> write_days(date(2024, 1, 1), date(2024, 1, 31)), write_days(None, date(2022, 9, 22))
    ('2024-01-01 to 2024-01-31', 'until 2022-09-22')
    """
    if first == last:
        return f"{first}" if first else ""
    return write_period(f"{first or OPEN}/{last or OPEN}")


def write_exactly(claim: Claim) -> str:
    """A figure with all its digits, hedge and unit.

    >>> from types import SimpleNamespace as Row
    >>> figure = {"is_denial": False, "value": 4.8e6, "value_low": None, "value_high": 4.8e6, "unit": "1"}
    >>> write_exactly(Row(qualifier="at_most", **figure)), write_exactly(Row(qualifier="exact", **figure))
    ('at most 4,800,000', '4,800,000')
    """
    unit = "" if claim.unit == "1" else f" {claim.unit}"
    if claim.is_denial:
        return f"0{unit}, denied"
    low, high = claim.value_low, claim.value_high
    if claim.qualifier in ("between", "order_of_magnitude") and low is not None and high is not None:
        return f"{write_digits(low)} to {write_digits(high)}{unit}"
    bound = next((each for each in (claim.value, high, low) if each is not None), None)
    if bound is None:
        return ""
    hedge = "" if claim.qualifier == "exact" else f"{name('qualifiers', claim.qualifier)} "
    return f"{hedge}{write_digits(bound)}{unit}"


def write_digits(value: float) -> str:
    """A number with all its digits, grouped.

    >>> write_digits(1.6e6), write_digits(0.125)
    ('1,600,000', '0.125')
    """
    return str(format_decimal(value, locale="en", decimal_quantization=False))


def write_share(share: float) -> str:
    """A probability in percent.

    >>> write_share(0.6554999947547913)
    '66 %'
    """
    return f"{share * 100:.0f} %"


def write_counted(claim: Claim) -> str:
    """What a claim counts: the vocabulary's names, else the words or the lemma as the article has them."""
    return ", ".join(name("items", item) for item in claim.items) or claim.item_lemma or claim.item_text or "not said"


def name_claimant(claim: Claim) -> str:
    """Who vouches: the register's name, else as printed."""
    return name("claimants", claim.claimant) or claim.claimant_text or "somebody unnamed"


def join(names: Iterable[str]) -> str:
    """Names in one line."""
    return ", ".join(names)


def find_link(url: str | None) -> str | None:
    """An address that a browser may open; None for one that would run code or is none (``javascript:``, ``data:``).

    >>> find_link("https://example.org/a"), find_link("javascript:alert(1)"), find_link(None)
    ('https://example.org/a', None, None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
