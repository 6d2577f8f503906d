"""Names of currencies from CLDR (https://cldr.unicode.org): "Icelandic krónur", "hrywien ukraińskich", "coroane cehe".

Names of several words are taken in every grammatical number that CLDR has. Bare nouns are not, for most are words of
other meanings too ("real", "sol", "marka") or names of several currencies: the language's table lists those that can be
nothing else, and the context settles the others.
"""

from functools import cache

from babel import Locale

from quantclaims.schemas.vocabularies import ids


@cache
def list_currency_names(language: str) -> tuple[tuple[str, tuple[str, str]], ...]:
    """Each name in lower case, with its ISO 4217 code and its singular.

    >>> dict(list_currency_names("pl"))["hrywien ukraińskich"]
    ('UAH', 'hrywna ukraińska')
    """
    locale = Locale(language)
    plurals = locale._data["currency_names_plural"]
    found: dict[str, tuple[str, str]] = {}
    for code in ids("currencies"):
        singular = locale.currencies.get(code, "").lower()
        if "(" in singular:  # a currency of the past, with its years
            continue
        for name in (singular, *plurals.get(code, {}).values()):
            if " " in name:
                found.setdefault(name.lower(), (code, singular))
    return tuple(found.items())
