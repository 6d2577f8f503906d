"""Symbols of units and currencies that mean the same in every language, case-sensitive as UCUM writes them.

Only symbols that are no word of Polish, Romanian or English stand here alone; the rest is vocabulary of a language.
"""

METRIC = {
    "m": ("m", ("n", "u", "m", "c", "d", "k")),
    "g": ("g", ("p", "n", "u", "m", "k", "M")),
    "l": ("L", ("u", "m", "c", "d", "h")),
    "L": ("L", ("u", "m", "d", "h")),
    "t": ("t", ("k", "M")),
    "W": ("W", ("m", "k", "M", "G", "T")),
    "Wh": ("W.h", ("k", "M", "G", "T")),
    "V": ("V", ("m", "k", "M")),
    "Hz": ("Hz", ("k", "M", "G")),
    "Pa": ("Pa", ("h", "k", "M")),
    "J": ("J", ("k", "M", "G")),
    "eV": ("eV", ("k", "M", "G")),
    "B": ("By", ("k", "M", "G", "T")),
    "b": ("By", ("m", "g", "t")),
    "bit": ("bit", ("k", "M", "G")),
    "Bq": ("Bq", ("k", "M")),
    "Sv": ("Sv", ("u", "m")),
    "mol": ("mol", ("n", "u", "m")),
    "cal": ("cal", ("k",)),
}
"""Symbol as printed -> UCUM atom and the prefixes that it is seen with."""

PLAIN = {
    "%": "%",
    "‰": "[ppth]",
    "m": "m",
    "g": "g",
    "l": "L",
    "L": "L",
    "t": "t",
    "h": "h",
    "min": "min",
    "W": "W",
    "V": "V",
    "K": "K",
    "ha": "har",
    "Hz": "Hz",
    "Pa": "Pa",
    "J": "J",
    "Wh": "W.h",
    "eV": "eV",
    "dB": "dB",
    "mol": "mol",
    "kmh": "km/h",
    "kph": "km/h",
    "mph": "[mi_i]/h",
    "psi": "[psi]",
    "lb": "[lb_av]",
    "lbs": "[lb_av]",
    "mcg": "ug",
    "ppm": "[ppm]",
    "gb": "GBy",
    "mb": "MBy",
    "tb": "TBy",
    "Gb": "GBy",
    "Mb": "MBy",
}
PREFIX_SPELLINGS = {"u": ("µ", "μ", "u")}
POWERS = {"²": "2", "³": "3"}
DEGREES = {"C": "Cel", "F": "[degF]"}
DEGREE_MARKS = frozenset({"°", "º", "˚"})

CURRENCY_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "₴": "UAH",
    "¥": "JPY",
    "₩": "KRW",
    "₹": "INR",
    "₺": "TRY",
}
SIGN_COUNTRIES = {
    "us": "USD",
    "u.s": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
}
"""What stands right before a dollar sign and says whose dollar: US$, C$."""


def expand_symbols() -> dict[str, str]:
    """Every symbol as printed -> UCUM code.

    >>> symbols = expand_symbols()
    >>> symbols["km"], symbols["km²"], symbols["MWh"], symbols["µg"]
    ('km', 'km2', 'MW.h', 'ug')
    """
    found = dict(PLAIN)
    for printed, (atom, prefixes) in METRIC.items():
        for prefix in prefixes:
            for spelling in PREFIX_SPELLINGS.get(prefix, (prefix,)):
                found.setdefault(spelling + printed, prefix.upper() + "By" if printed == "b" else prefix + atom)
    for length in ("mm", "cm", "dm", "m", "km"):
        for mark, power in POWERS.items():
            found[length + mark] = found[length + power] = length + power
    return found


SYMBOLS = expand_symbols()
DURATIONS = frozenset({"a", "mo", "wk", "d", "h", "min", "s"})
