"""Rows as CSV that a spreadsheet opens and gives back unharmed.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return for a formula and
runs it (https://owasp.org/www-community/attacks/CSV_Injection). Text that begins so gets an apostrophe in front, and
the reader takes it off again. Numbers stay as they are: a minus before digits is none.

Excel reads CSV by the country it is set to: where the decimal separator is a comma, as in Poland and Romania, cells are
parted by semicolons, and without a byte order mark letters outside ASCII are lost. ``for_excel`` writes it that way.
"""

from collections.abc import Sequence

import polars as pl

from quantclaims.schemas.fields import Field
from quantclaims.validating.cells import LIST_MARK
from quantclaims.validating.tables import tables

FORMULA = r"^('*[=+\-@\t\r])"
BOM = "\ufeff"


def write_template(table: str, frame: pl.DataFrame | None = None, for_excel: bool = False) -> str:
    """The header of a table as CSV, and below it the rows of a frame, of which missing columns stay empty.

    Raises ValueError for a list with a semicolon in an element, which would come back as two.

    >>> print(write_template("reviews"), end="")
    claim_id,decision,field,expect,value,reviewer,date,note
    """
    fields = tables()[table].fields
    for name in [] if frame is None else find_parted_lists(frame):
        raise ValueError(f"{name}: an element holds a semicolon, which parts the elements in CSV: write JSON Lines")
    empty = pl.DataFrame(schema={field.name: pl.String for field in fields})
    cells = empty if frame is None else frame.select(write_cells(field, frame.columns, for_excel) for field in fields)
    text = cells.write_csv(separator=";" if for_excel else ",", line_terminator="\r\n" if for_excel else "\n")
    return BOM + text if for_excel else text


def find_parted_lists(frame: pl.DataFrame) -> list[str]:
    """Columns of lists that have an element with a semicolon in it."""
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    marked = pl.element().cast(pl.String).str.contains(LIST_MARK, literal=True)
    return [name for name in lists if frame[name].list.eval(marked).explode().any()]


def write_cells(field: Field, columns: Sequence[str], decimal_comma: bool) -> pl.Expr:
    """A column as text."""
    column = pl.col(field.name)
    if field.name not in columns:
        return pl.lit("").alias(field.name)
    if isinstance(field.dtype, pl.List):
        written = column.cast(pl.List(pl.String)).list.eval(pl.element().str.replace(FORMULA, "'$1"))
        return written.list.join(LIST_MARK)
    if field.dtype in (pl.Float64(), pl.Float32()):
        written = column.cast(pl.String).str.replace(r"\.0$", "")
        return written.str.replace(".", ",", literal=True) if decimal_comma else written
    if field.dtype == pl.String():
        return column.str.replace(FORMULA, "'$1")
    return column.cast(pl.String)
