"""Tokens and folding: the one view of a text's characters that every grammar shares.

Folding never changes the length, so offsets into the folded text are offsets into the text. ``str.lower`` does
("İ" becomes two code points), hence the check.
"""

import re

from quantclaims.records import Token

SPELLINGS = {"ş": "ș", "ţ": "ț", "’": "'", "ʼ": "'"}
"""Legacy code pages wrote the Romanian comma letters with cedillas; typographic apostrophes vary by keyboard."""
ROMANIAN_LETTERS = {"ă": "a", "â": "a", "î": "i", "ș": "s", "ț": "t"}
"""Much Romanian text is typed without diacritics, so Romanian is matched without them."""

CURRENCY_CODES = frozenset((
    "AED", "ARS", "AUD", "BGN", "BRL", "BYN", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DEM", "DKK", "EGP", "EUR",
    "GBP", "GEL", "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JPY", "KPW", "KRW", "KZT", "MDL",
    "MXN", "MYR", "NOK", "NZD", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "RUR", "SAR", "SEK", "SGD", "SYP",
    "THB", "TWD", "UAH", "USD", "UZS", "VND", "ZAR",
))  # fmt: skip
"""ISO 4217 codes that the news prints; codes that are English words in capitals (ALL, TOP, TRY, CUP) are left out."""
TOKEN = re.compile(
    r"(?P<digits>[0-9]+)"
    rf"|(?P<code>(?!(?:{'|'.join(sorted(CURRENCY_CODES))})[0-9])[^\W\d_]+[0-9][^\W_]*)"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:['’ʼ](?:[^\W\d_]|[\u0300-\u036f])+)*)"
    r"|(?P<mark>\S)"
)


def fold(text: str, language: str) -> str:
    """Lower case with spelling variants removed, code point for code point.

    >>> fold("ŞAPTE Mii", "ro"), len(fold("İ", "en"))
    ('sapte mii', 1)
    """
    folded = text.lower()
    if folded.isascii():  # most words: variants are not ASCII, and what grows in lower case does not become it
        return folded
    if len(folded) != len(text):
        folded = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    for variant, letter in SPELLINGS.items():
        folded = folded.replace(variant, letter)
    if language == "ro":
        for variant, letter in ROMANIAN_LETTERS.items():
            folded = folded.replace(variant, letter)
    return folded


def tokenize(text: str, language: str, offset: int = 0) -> tuple[Token, ...]:
    """Words, digit runs, codes and marks of a text; white space separates and is dropped.

    >>> [t.text for t in tokenize("C4ADS: 1,6 mln, 155mm, MiG-29, USD5", "pl")]
    ['C4ADS', ':', '1', ',', '6', 'mln', ',', '155', 'mm', ',', 'MiG', '-', '29', ',', 'USD', '5']
    """
    folded = fold(text, language)
    return tuple(
        Token(offset + m.start(), offset + m.end(), m.group(), folded[m.start() : m.end()], m.lastgroup or "mark")
        for m in TOKEN.finditer(text)
    )
