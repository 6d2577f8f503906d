"""The value that somebody perhaps meant, and in words what a column holds."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from math import isfinite

import polars as pl

from quantclaims.schemas.fields import GREATEST, LEAST, Field, inner_type
from quantclaims.schemas.nearest import nearest_day, nearest_id

LISTED = 10
"""Ids that a message lists; of a longer vocabulary it names the file."""

GROUPED = re.compile(r"([+-]?[1-9][0-9]{0,2})((?:[ '.,][0-9]{3})+)([.,][0-9]+)?")


def explain(field: Field) -> str:
    """What a cell of a column must be."""
    is_list = isinstance(field.dtype, pl.List)
    if field.categories is not None:
        listed = f": {', '.join(field.categories)}" if len(field.categories) <= LISTED else ""
        kind = "a list of ids (in CSV parted by semicolons)" if is_list else "an id"
        return f"must be {kind} of vocabularies/{field.vocabulary}.toml{listed}"
    return f"must be {LISTS if is_list else KINDS[field.dtype]}"


LISTS = "a list of texts, in CSV parted by semicolons, none of them empty"

KINDS: Mapping[pl.DataType, str] = {
    pl.Float64(): "a number, written like 1600000 or 2.5, without unit and spaces",
    pl.Float32(): "a number, written like 0.95",
    pl.Int32(): f"a whole number from {LEAST} to {GREATEST}",
    pl.Boolean(): "true or false",
    pl.Date(): "a day, written YYYY-MM-DD",
    pl.String(): "text",
}


def find_nearest(value: object, field: Field) -> str | None:
    """The value of a field's type that comes nearest to what was written; None where nothing does.

    >>> from quantclaims.schemas import claim
    >>> fields = {field.name: field for field in claim.fields()}
    >>> find_nearest("Polska", fields["actor"]), find_nearest("1 600 000", fields["value"])
    ('POL', '1600000')
    >>> find_nearest("31.01.2024", fields["period_end"]), find_nearest("drone; artilery shell", fields["items"])
    ('2024-01-31', 'drone;artillery_shell')
    """
    if isinstance(field.dtype, pl.List):
        return nearest_list(value, field)
    text = unicodedata.normalize("NFKC", str(value)).strip()
    text = "".join(character for character in text if unicodedata.category(character) != "Cf")
    if field.vocabulary is not None:
        return nearest_id(text, field.vocabulary)
    finder = FINDERS.get(field.dtype)
    return finder(text) if finder else None


def nearest_list(value: object, field: Field) -> str | None:
    """A list with each element that is no id replaced by the nearest; None where one has none."""
    elements = value if isinstance(value, list | tuple) else str(value).split(";")
    texts = [str(element).strip() for element in elements if element is not None and str(element).strip()]
    if field.vocabulary is None:
        return ";".join(texts) if texts else None
    assert isinstance(inner_type(field.dtype), pl.Enum)  # type: ignore[arg-type] # a vocabulary's list
    near = [nearest_id(text, field.vocabulary) for text in texts]
    known = [each for each in near if each is not None]
    return ";".join(known) if known and len(known) == len(near) else None


def nearest_number(text: str) -> str | None:
    """A number without spaces, grouping and foreign digits.

    >>> nearest_number("1,600,000.5"), nearest_number("2,5"), nearest_number("0.125"), nearest_number("many")
    ('1600000.5', '2.5', '0.125', None)
    """
    plain = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)
    plain = re.sub(r"[\s_\u2019]", " ", plain).replace("\u2212", "-")
    grouped = GROUPED.fullmatch(plain)
    if grouped and len(set(re.findall(r"[ '.,]", grouped[2]))) == 1:
        plain = grouped[1] + re.sub(r"[ '.,]", "", grouped[2]) + (grouped[3] or "")
    plain = plain.replace(" ", "").replace(",", ".")
    is_number = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", plain) and isfinite(float(plain))
    return plain if is_number else None


def nearest_whole(text: str) -> str | None:
    """A whole number, where the figure is one.

    >>> nearest_whole("12.0"), nearest_whole("12.5")
    ('12', None)
    """
    number = nearest_number(text)
    if number is None or len(number) > 20:
        return None
    value = float(number)
    return str(int(value)) if value.is_integer() and LEAST <= value <= GREATEST else None


def nearest_boolean(text: str) -> str | None:
    """True or false, of which a text is an abbreviation or a misspelling."""
    if text in ("0", "1"):
        return ("false", "true")[int(text)]
    near = get_close_matches(text.casefold(), ("true", "false"), n=1, cutoff=0.4)
    return near[0] if near else None


FINDERS: Mapping[pl.DataType, Callable[[str], str | None]] = {
    pl.Float64(): nearest_number,
    pl.Float32(): nearest_number,
    pl.Int32(): nearest_whole,
    pl.Boolean(): nearest_boolean,
    pl.Date(): nearest_day,
}
