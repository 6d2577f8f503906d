"""Dates as Extended Date/Time Format text, and the first and last day that they stand for.

EDTF (https://www.loc.gov/standards/datetime/, ISO 8601-2) writes what is known of a date and no more. The dataset uses
this part of it:

================ ============================ ===========================================
form             example                      days
================ ============================ ===========================================
day              ``2023-09-11``               that day
month            ``2024-01``                  2024-01-01 to 2024-01-31
season           ``2024-21`` … ``2024-24``    spring, summer, autumn, winter: whole months
quarter          ``2024-33`` … ``2024-36``    first to fourth
half             ``2024-40``, ``2024-41``     first, second
year             ``2024``                     all of it
decade, century  ``202X``, ``20XX``           all of it
interval         ``2023-08/2024-01``          first day of the first to last day of the last
open interval    ``../2022-09-22``            no first (last) day
================ ============================ ===========================================

A ``~`` (approximate), ``?`` (uncertain) or ``%`` (both) after a date changes no bound: how far it is off is not said.
Seasons are those of the northern hemisphere's weather: spring begins in March, and winter 2024 in December 2024.
"""

import re
from calendar import monthrange
from datetime import date

FORM = re.compile(
    r"(?:(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?|(?P<unspecified>[0-9]{2}(?:[0-9]X|XX)))"
    r"[~?%]?"
)

FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12, 33: 1, 34: 4, 35: 7, 36: 10, 40: 1, 41: 7}
"""EDTF's codes in the place of the month, and the month that they begin with: seasons, quarters, halves."""


def parse_edtf(text: str) -> tuple[date | None, date | None]:
    """First and last day of an EDTF date or interval, inclusive; None where an interval is open.

    Raises ValueError, with the text and what to write instead, for anything else.

    >>> parse_edtf("2023-08/2024-01")
    (datetime.date(2023, 8, 1), datetime.date(2024, 1, 31))
    >>> parse_edtf("../2022-09-22")
    (None, datetime.date(2022, 9, 22))
    """
    if "/" not in text:
        return parse_date(text)
    if text.count("/") > 1:
        raise ValueError(f"{text!r} is no EDTF interval: write one '/', between first and last date")
    first, last = text.split("/")
    try:
        earliest = None if first == ".." else parse_date(first)[0]
        latest = None if last == ".." else parse_date(last)[1]
    except ValueError as error:
        raise ValueError(f"{text!r} is no EDTF interval: {error}") from None
    if earliest is None and latest is None:
        raise ValueError(f"{text!r} is open at both ends: leave it empty")
    if earliest is not None and latest is not None and earliest > latest:
        raise ValueError(f"{text!r} ends before it begins: swap the dates")
    return earliest, latest


def parse_date(text: str) -> tuple[date, date]:
    """First and last day of an EDTF date that is no interval; raises ValueError."""
    form = FORM.fullmatch(text)
    if form is None:
        raise ValueError(
            f"{text!r} is no EDTF date: write YYYY, YYYY-MM, YYYY-MM-DD (perhaps with ~), or two of them with '/'"
        )
    try:
        if form["unspecified"]:
            return unspecified_years(form["unspecified"])
        year = int(form["year"])
        if form["month"] is None:
            return date(year, 1, 1), date(year, 12, 31)
        if form["day"] is None:
            return months(year, int(form["month"]))
        day = date(year, int(form["month"]), int(form["day"]))
    except ValueError as error:
        raise ValueError(f"{text!r} is no EDTF date: {error}") from None
    return day, day


def unspecified_years(text: str) -> tuple[date, date]:
    """First and last day of a decade or century, ``202X`` or ``20XX``."""
    return date(int(text.replace("X", "0")), 1, 1), date(int(text.replace("X", "9")), 12, 31)


def months(year: int, code: int) -> tuple[date, date]:
    """First and last day of a month, or of the season, quarter or half that stands in its place."""
    if 1 <= code <= 12:
        first, length = code, 1
    elif code in FIRST_MONTH:
        first, length = FIRST_MONTH[code], 6 if code >= 40 else 3
    else:
        raise ValueError(f"month, season (21-24), quarter (33-36) or half (40, 41) expected, not {code:02d}")
    last_year, last = divmod(year * 12 + first - 1 + length - 1, 12)
    return date(year, first, 1), date(last_year, last + 1, monthrange(last_year, last + 1)[1])
