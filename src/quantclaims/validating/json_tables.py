"""JSON Lines read at a stroke by Arrow, where nothing is wrong with a file; else nothing is read.

Arrow stops at a key that is given twice or unknown, at half a surrogate pair and at a value of another type. What it
lets pass is looked for afterwards: NaN and infinities, a null within a list, two objects on a line.
"""

import json
from collections.abc import Mapping
from io import BytesIO

import polars as pl
import pyarrow
from pyarrow import compute
from pyarrow import json as arrow_json

from quantclaims.schemas.fields import Field
from quantclaims.validating.cells import read_days
from quantclaims.validating.tables import Cells, Table, recognise_table

BLOCK = 2**24
"""Bytes that a thread reads at once; an object must fit into one."""

LEAST = 2**12
"""Bytes below which a file is read line by line at once: there is nothing to gain."""


def read_at_a_stroke(data: bytes) -> Cells | None:
    """The columns of a file in which every line is an object of a table of ours, else None."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    rows = data.count(b"\n") + (not data.endswith(b"\n"))
    table = recognise_objects(data)
    if len(data) < LEAST or table is None:
        return None
    schema = pyarrow.schema([(field.name, arrow_type(field)) for field in table.fields])
    try:
        read = arrow_json.read_json(
            BytesIO(data),
            arrow_json.ReadOptions(block_size=BLOCK),
            arrow_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
        )
    except (pyarrow.ArrowException, UnicodeDecodeError):
        return None
    present = [name for name in read.column_names if is_present(name, read, data)]
    if read.num_rows != rows or not all(is_sound(read[name]) for name in present):
        return None
    columns = dict(zip(present, pl.DataFrame(read.select(present)).get_columns(), strict=True))
    for field in table.fields:
        if field.name in columns and field.dtype == pl.Date():
            days = read_days(columns[field.name])
            if days is None:
                return None
            columns[field.name] = days
    return Cells(columns, pl.Series("line", range(1, rows + 1), dtype=pl.UInt32))


def recognise_objects(data: bytes) -> Table | None:
    """The table that the first object is of, told by its keys.

    Python reads it: Arrow would have to guess the types, and overflows the stack for what is nested without end.
    """
    try:
        first = json.loads(data[: data.find(b"\n") % (len(data) + 1)])
    except (ValueError, RecursionError):
        return None
    return recognise_table(tuple(first)) if isinstance(first, dict) else None


def arrow_type(field: Field) -> pyarrow.DataType:
    """The type that a field has in JSON: ids and days are texts."""
    if isinstance(field.dtype, pl.List):
        return pyarrow.list_(pyarrow.string())
    return TYPES.get(field.dtype, pyarrow.string())


TYPES: Mapping[pl.DataType, pyarrow.DataType] = {
    pl.Float64(): pyarrow.float64(),
    pl.Float32(): pyarrow.float64(),
    pl.Int32(): pyarrow.int64(),
    pl.Boolean(): pyarrow.bool_(),
}


def is_present(name: str, read: pyarrow.Table, data: bytes) -> bool:
    """Whether any object has a key."""
    return read[name].null_count < read.num_rows or f'"{name}"'.encode() in data


def is_sound(column: pyarrow.ChunkedArray) -> bool:
    """Whether a column holds nothing that JSON does not have, and no list a null."""
    if pyarrow.types.is_floating(column.type):
        return bool(compute.all(compute.is_finite(column)).as_py() in (True, None))
    if pyarrow.types.is_list(column.type):
        return all(chunk.flatten().null_count == 0 for chunk in column.chunks)
    return True
