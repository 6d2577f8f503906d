"""Cells become values of the contract's types, or are named with the value that was perhaps meant.

In CSV everything is text: nothing is null, lists are parted by semicolons, ``true`` and ``false`` may stand in any case
(Excel writes ``TRUE``), days are YYYY-MM-DD. An apostrophe before ``=``, ``+``, ``-``, ``@``, tab or carriage return is
what `quantclaims.validating.spreadsheets` puts there so that no spreadsheet takes the cell for a formula.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from quantclaims.schemas.fields import Field, inner_type
from quantclaims.storage.frames import acceptance, make_column
from quantclaims.validating.tables import ABSENT

LIST_MARK = ";"
GUARDED = r"^'('*[=+\-@\t\r])"
"""A cell with the apostrophe that keeps it from being a formula."""

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
NUMBER = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$"
DECIMAL_COMMA = r"^([+-]?[0-9]+),([0-9]+([eE][+-]?[0-9]+)?)$"


class Column(NamedTuple):
    """A column of a file in its type."""

    values: pl.Series
    unread: pl.Series | None
    """True for each cell that holds something which is no value of the type; it is null among the values. None where
    every cell was read."""


def type_text(cells: pl.Series, field: Field, decimal_comma: bool = False) -> Column:
    """A column of texts in the type of its field.

    Where values repeat themselves, each is read once: lists of a million rows took 4.6 s, and take 0.2 s.
    """
    cells = cells.alias("cell")
    if field.dtype == pl.String():
        return Column(read_strings(cells, field), None)
    distinct = cells.unique()
    if len(distinct) * REPEATED > len(cells):
        return type_distinct(cells, field, decimal_comma)
    column = type_distinct(distinct, field, decimal_comma)
    table = pl.DataFrame({"cell": distinct, "value": column.values, "unread": column.unread})
    joined = cells.to_frame().join(table, on="cell", how="left", maintain_order="left")
    return Column(joined["value"], joined["unread"] if table["unread"].any() else None)


REPEATED = 2
"""How often values occur on average before it pays to read each once."""


def type_distinct(cells: pl.Series, field: Field, decimal_comma: bool) -> Column:
    """A column of texts in the type of its field, each read by itself."""
    text = pl.col("cell").str.strip_chars(" \t\n\r")
    values = cells.to_frame().select(read_text(text, field, decimal_comma).alias(field.name)).to_series()
    filled = cells.to_frame().select(text != "").to_series()
    return Column(values, values.is_null() & filled)


def read_text(text: pl.Expr, field: Field, decimal_comma: bool) -> pl.Expr:
    """The expression that reads texts, without spaces around them, as values of a field."""
    dtype = field.dtype
    if isinstance(dtype, pl.List):
        parts = text.str.split(LIST_MARK).list.eval(pl.element().str.strip_chars().str.replace(GUARDED, "$1"))
        listed = pl.when(text == "").then(pl.lit([], dtype=pl.List(pl.String))).otherwise(parts)
        inner = inner_type(dtype)
        if not isinstance(inner, pl.Enum):
            return pl.when(parts.list.contains("") & (text != "")).then(None).otherwise(listed)
        cast = listed.cast(pl.List(inner), strict=False)
        return pl.when(cast.list.eval(pl.element().is_null()).list.any()).then(None).otherwise(cast)
    if isinstance(dtype, pl.Enum):
        return text.replace("", None).cast(dtype, strict=False)
    if dtype in (pl.Float64(), pl.Float32()):
        plain = text.str.replace(DECIMAL_COMMA, "$1.$2") if decimal_comma else text
        return pl.when(plain.str.contains(NUMBER)).then(plain).cast(dtype, strict=False)
    if dtype == pl.Int32():
        return pl.when(text.str.contains(r"^[+-]?[0-9]+$")).then(text).cast(dtype, strict=False)
    if dtype == pl.Boolean():
        lower = text.str.to_lowercase()
        return pl.when(lower == "true").then(True).when(lower == "false").then(False)
    if dtype == pl.Date():
        return pl.when(text.str.contains(DAY)).then(text).str.to_date("%Y-%m-%d", strict=False)
    raise TypeError(f"no column of type {dtype} is read from text")


def read_strings(cells: pl.Series, field: Field) -> pl.Series:
    """Text as it stands, its guard against formulas taken off; an empty cell is null where the field may be null."""
    if cells.str.starts_with("'").any():
        cells = cells.str.replace(GUARDED, "$1")
    if not field.nullable:
        return cells
    return cells.to_frame().select(pl.when(pl.col("cell") != "").then(pl.col("cell"))).to_series()


def type_values(cells: Sequence[Any], field: Field) -> Column:
    """A column of Python values in the type of its field; a value that is absent is null."""
    accepts = acceptance(field)
    if field.dtype == pl.Date():
        cells = [read_day(cell) for cell in cells]
    fits = [cell is None or cell is ABSENT or accepts(cell) for cell in cells]
    return Column(make_series(field, cells, fits), pl.Series("unread", [not fit for fit in fits], dtype=pl.Boolean))


def read_day(cell: Any) -> Any:
    """A day that a text writes as YYYY-MM-DD; anything else as it is."""
    if not isinstance(cell, str) or not re.fullmatch(DAY, cell):
        return cell
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return cell


def read_days(cells: pl.Series) -> pl.Series | None:
    """Texts as days; None when any of them is none."""
    if cells.dtype != pl.String():
        return cells
    days = cells.str.to_date("%Y-%m-%d", strict=False)
    is_sound = days.null_count() == cells.null_count() and cells.drop_nulls().str.contains(DAY).all()
    return days if is_sound else None


def make_series(field: Field, cells: Sequence[Any], fits: Sequence[bool]) -> pl.Series:
    """The cells that fit, and null for the others."""
    return make_column(
        field, [cell if fit and cell is not ABSENT else None for cell, fit in zip(cells, fits, strict=True)]
    )


def type_series(cells: pl.Series, field: Field) -> Column:
    """A column of a typed file in the type of its field.

    Text stands for ids, whole numbers and floats for each other where nothing is lost; where the two types have nothing
    in common no cell is read.
    """
    if cells.dtype == field.dtype:
        return Column(cells, None)
    cast = cast_series(cells, field)
    if cast is None:
        nothing = pl.Series(field.name, [None], dtype=field.dtype).new_from_index(0, len(cells))
        return Column(nothing, cells.is_not_null())
    return cast


def cast_series(cells: pl.Series, field: Field) -> Column | None:
    """A column in the type of its field, without the cells that do not survive that; None for unrelated types."""
    try:
        source = cells.cast(plain_type(cells.dtype))
        if not is_related(source.dtype, field.dtype):
            return None
        values = source.cast(field.dtype, strict=False)
        if is_text(source.dtype) and is_complete(source, values):
            return Column(values, None)
        back = values.cast(plain_type(values.dtype)).cast(source.dtype, strict=False)
        if values.dtype == pl.Float32() and source.dtype == pl.Float64():
            back = pl.select(pl.when(values.is_finite()).then(source).otherwise(back)).to_series()  # fewer digits
    except pl.exceptions.PolarsError:
        return None
    lost = source.is_not_null() & (values.is_null() | ~back.eq_missing(source))
    return Column(pl.select(pl.when(~lost).then(values)).to_series(), lost)


def is_text(dtype: pl.DataType) -> bool:
    """Whether a type is text, or lists of it."""
    return dtype in (pl.String(), pl.List(pl.String))


def is_complete(source: pl.Series, values: pl.Series) -> bool:
    """Whether every text became an id: none is null that was not, in lists either."""
    if values.null_count() > source.null_count():
        return False
    return not isinstance(values.dtype, pl.List) or values.explode().null_count() <= source.explode().null_count()


def plain_type(dtype: pl.DataType) -> pl.DataType:
    """A type with text in place of ids."""
    if isinstance(dtype, pl.List):
        return pl.List(plain_type(inner_type(dtype)))
    return pl.String() if isinstance(dtype, pl.Enum | pl.Categorical) else dtype


def is_related(source: pl.DataType, target: pl.DataType) -> bool:
    """Whether values of one type may stand for values of the other."""
    if isinstance(source, pl.List) and isinstance(target, pl.List):
        return is_related(inner_type(source), inner_type(target))
    if source.is_numeric():
        return target.is_numeric()
    if source.is_temporal():
        return source != pl.Time() and target == pl.Date()
    return source == plain_type(target)
