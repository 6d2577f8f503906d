"""A fingerprint of what a table says, whoever wrote it and in whatever file format.

The bytes of a Parquet file depend on the library that wrote them. The fingerprint does not: it can be computed again
from the rows in any language, and is what a citation names beside the version.

Each row becomes one line of JSON in the canonical form of RFC 8785 (JCS, https://www.rfc-editor.org/rfc/rfc8785): an
object of all columns, nulls included, names in order of their UTF-16 code units, no spaces, numbers as ECMAScript
prints a double (float32 widened first). Dates are ISO 8601 strings, enumerated values strings, lists arrays. The lines,
each ended by U+000A, are sorted by their UTF-8 bytes; the fingerprint is the SHA-256 of all of them, as 64 hexadecimal
digits.
"""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def fingerprint(frame: "pl.DataFrame") -> str:
    """SHA-256 over the rows in canonical form, in any order; raises ValueError for a number that is not finite.

    >>> import polars as pl
    >>> fingerprint(pl.DataFrame({"b": [1.5, None], "a": ["x", "y"]}))
    'fdf53e9c0d4048345cef74b9fcc142c5a39f31fc25a532819761350bf747f5c6'
    """
    digest = sha256()
    for line in sorted(canonical_rows(frame)):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def canonical_rows(frame: "pl.DataFrame") -> list[str]:
    """Each row as canonical JSON.

    >>> import polars as pl
    >>> canonical_rows(pl.DataFrame({"b": [1e21], "a": [["ł", None]]}))
    ['{"a":["ł",null],"b":1e+21}']
    """
    names = sorted(frame.columns, key=lambda name: name.encode("utf-16-be"))
    columns = [[f"{canonical(name)}:{canonical(value)}" for value in frame[name].to_list()] for name in names]
    return ["{" + ",".join(members) + "}" for members in zip(*columns, strict=True)]


def canonical(value: object) -> str:
    """One value as canonical JSON."""
    write = WRITERS.get(type(value))
    if write is None:
        raise TypeError(f"{value!r} of type {type(value).__name__} has no canonical form")
    return write(value)


@cache
def canonical_number(value: float) -> str:
    """A double as ECMAScript prints it: shortest digits that read back as the same double.

    >>> canonical_number(4800000.0), canonical_number(1e-7), canonical_number(0.1)
    ('4800000', '1e-7', '0.1')
    """
    if not isfinite(value):
        raise ValueError(f"{value} has no canonical form: only finite numbers have")
    if value == 0:
        return "0"
    sign, shortest, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)  # it is a letter for what is not finite
    digits = "".join(map(str, shortest))
    point = len(digits) + exponent
    if 0 < point <= 21:
        text = digits.ljust(point, "0") if len(digits) <= point else f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = "0." + digits.rjust(len(digits) - point, "0")
    else:
        text = f"{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{point - 1:+d}"
    return "-" * sign + text


WRITERS: dict[type, Callable[..., str]] = {
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: str,
    float: canonical_number,
    str: json.JSONEncoder(ensure_ascii=False).encode,
    date: lambda value: f'"{value.isoformat()}"',
    list: lambda values: "[" + ",".join(map(canonical, values)) + "]",
}
