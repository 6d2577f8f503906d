"""What would be right in place of what breaks a rule: for each rule that can tell, a function of the row.

A suggestion is a value of the rule's first column, or ``column = value`` where another column is the one to change. It
is shown to people; nothing is ever changed to it by itself.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from math import isnan
from typing import Any

from .edtf import parse_edtf
from .units import is_unit
from .vocabularies import load_vocabulary

Row = Mapping[str, Any]
Nearest = Callable[[Row], str | None]

YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?:[T ].*)?")
YEAR_LAST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})(?:[T ].*)?")
MONTH_FIRST = re.compile(r"([0-9]{1,2})[-./]([0-9]{4})")
MONTH_LAST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})")
YEARS = re.compile(r"([0-9]{4})\s*[-–—]\s*([0-9]{4})")


def nearest_id(text: str, vocabulary: str) -> str | None:
    """The id whose name, in any language, or whose own letters a text resembles most.

    >>> nearest_id("Polska", "countries"), nearest_id("artilery shell", "items"), nearest_id("?", "items")
    ('POL', 'artillery_shell', None)
    """
    names = id_names(vocabulary)
    near = get_close_matches(fold_name(text), names, n=1, cutoff=0.75)
    return names[near[0]] if near else None


def nearest_name(text: str, names: Iterable[str]) -> str | None:
    """The one of a few names that a text resembles most.

    >>> nearest_name("confirmed", ["confirm", "reject"])
    'confirm'
    """
    near = get_close_matches(text.casefold(), list(names), n=1)
    return near[0] if near else None


@cache
def id_names(vocabulary: str) -> Mapping[str, str]:
    """Ids and their labels, folded, to the id."""
    terms = load_vocabulary(vocabulary)
    labels = {fold_name(label): id_ for id_, term in terms.items() for label in term.label.values()}
    return labels | {fold_name(id_): id_ for id_ in terms}


def fold_name(text: str) -> str:
    """A name without what does not tell ids from each other."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def nearest_day(text: str) -> str | None:
    """A day written otherwise, where there is no doubt which number is the month.

    >>> nearest_day("2024/2/30"), nearest_day("31.01.2024"), nearest_day("1/2/2024")
    ('2024-02-29', '2024-01-31', None)
    """
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := YEAR_LAST.fullmatch(text):
        first, second, year = map(int, found.groups())
        if first <= 12 and second <= 12 and first != second and "." not in text:
            return None
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31 and year >= 1):
        return None
    return date(year, month, min(day, monthrange(year, month)[1])).isoformat()


def nearest_edtf(text: str) -> str | None:
    """A date or interval written otherwise, as EDTF.

    >>> nearest_edtf("3.2024"), nearest_edtf("2023-2024"), nearest_edtf("ca. 2024-1-5"), nearest_edtf("spring")
    ('2024-03', '2023/2024', '2024-01-05~', None)
    """
    plain = text.strip().casefold()
    approximate = "~" if re.match(r"(ca?|circa|about)\W|~", plain) else ""
    plain = re.sub(r"^(ca?|circa|about)?\W+|^(ca?|circa|about)\s", "", plain)
    made = nearest_day(plain)
    if made is None and (found := MONTH_LAST.fullmatch(plain)):
        made = f"{found[1]}-{int(found[2]):02d}"
    if made is None and (found := MONTH_FIRST.fullmatch(plain)):
        made = f"{found[2]}-{int(found[1]):02d}"
    if made is None and (found := YEARS.fullmatch(plain)):
        made = f"{found[1]}/{found[2]}"
    if made is None and re.fullmatch(r"[0-9]{4}", plain):
        made = plain
    return made + approximate if made is not None and is_read(made) else None


def is_read(text: str) -> bool:
    """Whether a text is EDTF."""
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True


def edtf_of(column: str) -> Nearest:
    """The date of a column as EDTF."""
    return lambda row: nearest_edtf(row[column])


def bounds_of(column: str) -> Nearest:
    """The first and last day of an EDTF column, as the columns of its bounds hold them."""

    def nearest(row: Row) -> str:
        start, end = parse_edtf(row[column]) if row[column] is not None else (None, None)
        return f"{column}_start = {start or 'empty'}, {column}_end = {end or 'empty'}"

    return nearest


def swapped(column: str, other: str) -> Nearest:
    """The two values in the other order."""
    return lambda row: f"{column} = {plain(row[other])}, {other} = {plain(row[column])}"


def sorted_list(column: str) -> Nearest:
    """The elements in order, each once."""
    return lambda row: ";".join(sorted(set(map(str, row[column] or ()))))


def register_value(detail: str) -> Nearest:
    """What the register says of the row's claimant."""
    return lambda row: str(load_vocabulary("claimants")[row["claimant"]].details.get(detail, "empty"))


def fixed(text: str) -> Nearest:
    """Always the same."""
    return lambda _: text


def claim_id_of(row: Row) -> str | None:
    """The article's id with the offset that the claim_id ends in, or with that of the quote's first figure."""
    if row.get("article_id") is None or row.get("quote_start") is None:
        return None
    start, quote = int(row["quote_start"]), str(row.get("quote") or "")
    ending = re.search(r"#0*([0-9]{1,9})$", str(row["claim_id"]))
    if ending and start <= int(ending[1]) < start + len(quote):
        return f"{row['article_id']}#{int(ending[1])}"
    figure = re.search(r"[0-9]", quote)
    return f"{row['article_id']}#{start + (figure.start() if figure else 0)}"


def quote_end_of(row: Row) -> str | None:
    """Where a quote that begins where the row says would end."""
    if not row["quote"] or row["quote_start"] < 0:
        return None
    return f"quote_end = {row['quote_start'] + len(row['quote'])}"


def qualifiers_of(row: Row) -> str | None:
    """The qualifiers that agree with which of value and bounds are given."""
    value, low, high = row["value"], row["value_low"], row["value_high"]
    if low is None and high is None:
        return None if value is None else "approximately"
    if low is not None and high is not None:
        if value is None:
            return "between or order_of_magnitude"
        return "exact" if low == value == high else "between"
    bound, names = (high, "at_most or less_than") if low is None else (low, "at_least or more_than")
    return names if value is None or value == bound else None


def unit_of(row: Row) -> str | None:
    """The unit whose code or name resembles most what stands there.

    >>> unit_of({"unit": "hectare"}), unit_of({"unit": "euro"}), unit_of({"unit": "KM"}), unit_of({"unit": ""})
    ('har', 'EUR', 'km', '1')
    """
    text = row["unit"].strip()
    if not text:
        return "1"
    plain_text = unicodedata.normalize("NFKC", text).replace(" ", "")
    if is_unit(plain_text):
        return plain_text
    names = unit_names()
    near = get_close_matches(fold_name(text), names, n=1, cutoff=0.8 if len(text) > 3 else 1)
    return names[near[0]] if near else None


@cache
def unit_names() -> Mapping[str, str]:
    """Codes and names of units and money, folded, to the code; metric units with their prefixes."""
    prefixes = load_vocabulary("unit_prefixes")
    names = dict(id_names("currencies"))
    for code, term in load_vocabulary("units").items():
        for label in term.label.values():
            whole, _, other = label.partition(" (")
            names[fold_name(whole)] = code
            if found := re.fullmatch(r"(.+): (\S+)\)", other):
                names[fold_name(found[1])] = found[2]
            if term.details.get("metric"):
                names |= {fold_name(name + whole): p + code for p in prefixes for name in prefixes[p].label.values()}
    metric = ("m", "g", "W", "Pa", "Hz", "L", "t", "W.h")
    return {f"{prefix}{code}".casefold(): f"{prefix}{code}" for code in metric for prefix in ("k", "")} | names


def attributes_of(row: Row) -> str | None:
    """The attributes with the nearest keys and values of the vocabulary; None where one has none."""
    made = [attribute_of(attribute) for attribute in row["attributes"] or ()]
    known = [attribute for attribute in made if attribute is not None]
    return ";".join(sorted(set(known))) if known and len(known) == len(made) else None


def attribute_of(attribute: str) -> str | None:
    """The attribute of the vocabulary that is nearest to one."""
    written, _, value = (part.strip() for part in attribute.partition("="))
    key = nearest_id(written, "attributes")
    values: Iterable[str] = load_vocabulary("attributes")[key].details.get("values", ()) if key else ()
    near = get_close_matches(value, values, n=1) if values else [value]
    return f"{key}={near[0]}" if key and near and near[0] else None


def basis_of(row: Row) -> str | None:
    """The basis of a period that is not given."""
    return "unknown" if row["period"] is None else None


def clipped(column: str) -> Nearest:
    """The nearest number between 0 and 1; a percentage as a part of one."""

    def nearest(row: Row) -> str | None:
        value = row[column]
        if isnan(value):
            return None
        return plain(value / 100 if 1 < value <= 100 else min(max(value, 0), 1))

    return nearest


def file_name_of(row: Row) -> str | None:
    """An article's id with everything that it may not hold replaced by a hyphen."""
    made = "".join(c if c.isprintable() and not c.isspace() and c not in "#/\\" else "-" for c in row["article_id"])
    return re.sub("-+", "-", made).strip("-.") or None


def address_of(row: Row) -> str | None:
    """An address that lacks only how to get there."""
    text = row["url"].strip()
    return f"https://{text.lstrip(':/')}" if re.fullmatch(r"[:/]*[\w-]+(\.[\w-]+)+(/\S*)?", text) else None


def lower_hash(row: Row) -> str | None:
    """A hash in lower case."""
    text = row["text_sha256"].strip().lower()
    return text if re.fullmatch(r"[0-9a-f]{64}", text) else None


def plain(value: object) -> str:
    """A number without a fraction that is none.

    >>> plain(5.0), plain(2.5), plain(None)
    ('5', '2.5', 'empty')
    """
    if value is None:
        return "empty"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
