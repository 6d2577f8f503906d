"""Countries, languages and currencies with their names, written out from Unicode CLDR as Babel carries it.

Run ``python -m quantclaims.schemas.cldr`` after an update of Babel; a test compares the files with what this writes.
Only codes that a reader can look up are taken: ISO 3166-1 (https://www.iso.org/iso-3166-country-codes.html),
ISO 639-1 (https://www.loc.gov/standards/iso639-2/) and ISO 4217 (https://www.six-group.com/en/products-services/
financial-information/data-standards.html).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

LANGUAGES = ("en", "pl", "ro")

WITHDRAWN = frozenset([
    "ANT", "ATB", "BUR", "BYS", "CSK", "CTE", "DDR", "DHY", "FQQ", "FXX", "GEL", "HVO", "JTN", "MID", "NHB", "NTZ",
    "PCI", "PCZ", "PUS", "RHO", "ROM", "SCG", "SUN", "TMP", "VDR", "WAK", "YMD", "YUG", "ZAR",
])  # fmt: skip
"""Alpha-3 codes of states that are no more."""

RESERVED = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
"""Alpha-2 codes that ISO 3166 keeps aside and that are no countries of its list."""

UNIONS = ("EUE", "UNO")
"""Codes that stand for unions of states."""
COUNTRIES_HEAD = (
    "ISO 3166-1 alpha-3, and EUE, UNO (ICAO Doc 9303), XKX (user-assigned). union: a union of states, no state."
)
BEYOND_ISO = {"XKX": "XK", "EUE": "EU", "UNO": "UN"}
"""Actors of the news without an ISO code: Kosovo (user-assigned XKX, as the World Bank and the IMF write it), the
European Union and the United Nations (ICAO Doc 9303, part 3)."""

CURRENCIES_SINCE = (2000, 1, 1)
"""News of this century names these; older money stays out."""

Day = tuple[int, int, int]
Tender = tuple[str, Day | None, Day | None, bool]
"""A currency of a territory, from when to when, and whether it was legal tender."""


def country_codes() -> dict[str, str]:
    """Alpha-3 to alpha-2 codes of ISO 3166-1, and the few of `BEYOND_ISO`.

    >>> country_codes()["POL"]
    'PL'
    """
    english = Locale("en").territories
    aliases: Mapping[str, Sequence[str]] = get_global("territory_aliases")
    codes = {
        alpha3: alpha2[0]
        for alpha3, alpha2 in aliases.items()
        if len(alpha3) == 3 and alpha3.isalpha() and len(alpha2) == 1 and alpha3 not in WITHDRAWN
        if alpha2[0] in english and alpha2[0] not in RESERVED
    }
    return dict(sorted((codes | BEYOND_ISO).items()))


def language_codes() -> list[str]:
    """Two-letter codes of ISO 639-1 that CLDR names and has not replaced by another."""
    replaced = get_global("language_aliases")
    codes = map(str, Locale("en").languages)
    return sorted(code for code in codes if len(code) == 2 and code not in replaced)


def currency_codes() -> list[str]:
    """ISO 4217 codes that were legal tender anywhere since `CURRENCIES_SINCE`."""
    territories: Mapping[str, Sequence[Tender]] = get_global("territory_currencies")
    return sorted(
        {
            code
            for tenders in territories.values()
            for code, _, until, is_legal in tenders
            if is_legal and (until is None or tuple(until) >= CURRENCIES_SINCE)
        }
    )


def table(code: str, label: Mapping[str, str], **details: str | bool) -> str:
    """One TOML table; JSON's string escapes are TOML's."""
    names = ", ".join(f"{language} = {json.dumps(name, ensure_ascii=False)}" for language, name in label.items())
    lines = [f"[{code}]", f"label = {{ {names} }}", *(f"{key} = {json.dumps(value)}" for key, value in details.items())]
    return "\n".join(lines)


def document(title: str, tables: Iterable[str]) -> str:
    """A whole vocabulary file."""
    head = f"# {title}\n# Written by schemas/cldr.py from Unicode CLDR: change that, not this."
    return "\n\n".join([head, *tables]) + "\n"


def documents() -> dict[str, str]:
    """File name to content of the three vocabularies."""
    locales = {language: Locale(language) for language in LANGUAGES}
    countries = (
        table(
            alpha3,
            {key: locale.territories[alpha2] for key, locale in locales.items()},
            **{"alpha2": alpha2} | ({"union": True} if alpha3 in UNIONS else {}),
        )
        for alpha3, alpha2 in country_codes().items()
    )
    languages = (
        table(code, {key: locale.languages.get(code, Locale("en").languages[code]) for key, locale in locales.items()})
        for code in language_codes()
    )
    currencies = (
        table(code, {key: get_currency_name(code, locale=locale) for key, locale in locales.items()})
        for code in currency_codes()
    )
    return {
        "countries.toml": document(COUNTRIES_HEAD, countries),
        "languages.toml": document("BCP 47 primary subtags: ISO 639-1.", languages),
        "currencies.toml": document(f"ISO 4217, legal tender anywhere since {CURRENCIES_SINCE[0]}.", currencies),
    }


def main() -> None:
    """Write the files beside the other vocabularies."""
    for name, content in documents().items():
        (Path(__file__).parent / "vocabularies" / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
