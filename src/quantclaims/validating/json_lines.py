"""JSON Lines: one object per line, its keys the columns (https://jsonlines.org, RFC 8259).

`json_tables` reads a sound file at a stroke. Where it finds anything wrong, the lines are read here one by one with
Python's own parser, which says what is wrong with which: a key that is given twice, a number that is none in JSON, half
a surrogate pair.
"""

import json
from typing import Any

import polars as pl

from quantclaims.validating.files import FileError
from quantclaims.validating.findings import show_value
from quantclaims.validating.json_tables import read_at_a_stroke
from quantclaims.validating.tables import ABSENT, Cells, Misfit

WHOLE = 18
"""Digits up to which a whole number is read as such; a longer one is no offset and becomes a double, or infinity."""

LARGEST = 2**30
"""Bytes of a file that is read line by line; its values take ten times the room."""


class LineError(ValueError):
    """A line that is no object of ours; the arguments are rule, message and what stands there."""


def read_json_lines(data: bytes) -> Cells:
    """The values of a JSON Lines file by key, and the lines that are none; raises `FileError` for an empty file."""
    return read_at_a_stroke(data) or read_line_by_line(data)


def read_line_by_line(data: bytes) -> Cells:
    """The values by key, `ABSENT` where an object lacks it, and the lines that are no object; raises `FileError`."""
    if len(data) > LARGEST:
        message = f"is larger than {LARGEST // 2**30} GiB, and some line is not as it must be: split it to see which"
        raise FileError("file_size", message)
    rows: list[dict[str, Any]] = []
    lines: list[int] = []
    misfits: list[Misfit] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            rows.append(read_object(line))
            lines.append(number)
        except LineError as error:
            rule, message, value = error.args
            misfits.append(Misfit(number, show_value(value), rule, message))
    if not rows and not misfits:
        raise FileError("file_empty", "is empty: write one JSON object per line")
    names = dict.fromkeys(name for keys in {tuple(row) for row in rows} for name in keys)
    columns = {name: [row.get(name, ABSENT) for row in rows] for name in names}
    return Cells(columns, pl.Series("line", lines, dtype=pl.UInt32), misfits)


def read_object(line: bytes) -> dict[str, Any]:
    """The object of a line; raises `LineError`.

    >>> read_object(b'{"value": 1e3, "claimant": null}')
    {'value': 1000.0, 'claimant': None}
    """
    try:
        text = line.decode()
        found = DECODER.decode(text)
        if b"\\ud" in line or b"\\uD" in line:
            json.dumps(found, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise LineError("file_encoding", "is not UTF-8: save it as UTF-8", f"byte 0x{line[error.start]:02x}") from None
    except UnicodeEncodeError:
        raise LineError(
            "json_surrogate", "half a surrogate pair is no character: write the character itself", ""
        ) from None
    except RecursionError:
        raise LineError("json_form", "is nested too deeply: a row is a flat object", "") from None
    except json.JSONDecodeError as error:
        message = f"is no JSON, {error.msg} at character {error.pos + 1}: write one object per line"
        raise LineError("json_form", message, text[:80]) from None
    if not isinstance(found, dict):
        raise LineError("json_form", "is no object: write one object per line", text[:80])
    return found


def make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless a key is given twice."""
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise LineError("json_key_unique", "the key is given twice: keep one of the two", twice)
    return made


def read_whole(digits: str) -> int | float:
    """A whole number, as a double when it is too long for any column of whole numbers."""
    return int(digits) if len(digits) <= WHOLE else float(digits)


def refuse_constant(name: str) -> float:
    """NaN and the infinities, which Python reads and JSON does not have."""
    raise LineError("json_form", "is no number of JSON: write null where nothing is said", name)


DECODER = json.JSONDecoder(object_pairs_hook=make_object, parse_int=read_whole, parse_constant=refuse_constant)
