"""How a field is defined, and what follows from the definition: Arrow and polars schemas, tables of fields.

A model (`claim.Claim`, `article.Article`) names its fields one below the other, each with type, nullability,
description, unit and the source of its convention. Everything else that needs to know the fields asks `fields_of`.

Enumerated columns are stored as Arrow dictionaries of strings with the categories in polars' own field metadata: polars
reads them as `Enum` with all their categories, pandas as categories of strings, DuckDB and everything else as plain
strings. Dictionary indices are unsigned 32-bit, for polars 2.1 panics on a list of dictionaries with signed ones.
"""

from typing import Any, NamedTuple

import pandera.polars as pa
import polars as pl
import pyarrow

from .vocabularies import ids

EDTF = "https://www.loc.gov/standards/datetime/"
UCUM = "https://ucum.org/ucum"
SELECTOR = "https://www.w3.org/TR/annotation-model/#selectors"
ISO_3166 = "https://www.iso.org/iso-3166-country-codes.html"
BCP_47 = "https://www.rfc-editor.org/info/bcp47"
ADMIRALTY = "https://en.wikipedia.org/wiki/Admiralty_code"

LEAST, GREATEST = -(2**31), 2**31 - 1
"""Bounds of an Int32 column."""


class Field(NamedTuple):
    """One column of the dataset."""

    name: str
    dtype: pl.DataType
    nullable: bool
    description: str
    unit: str | None
    """UCUM code, or what a whole number counts."""
    source: str | None
    """Link to the convention that its values follow."""
    vocabulary: str | None
    """Name of the vocabulary whose ids it holds."""
    derived: bool
    """Whether it follows from other fields, the article or other rows, so that nobody writes it by hand."""

    @property
    def categories(self) -> tuple[str, ...] | None:
        """Ids that an enumerated field, or the elements of an enumerated list, may hold."""
        return None if self.vocabulary is None else ids(self.vocabulary)


def field(
    description: str,
    *,
    nullable: bool = False,
    unit: str | None = None,
    source: str | None = None,
    vocabulary: str | None = None,
    derived: bool = False,
) -> Any:
    """Define a column; with a vocabulary its annotation is ``pl.Enum``."""
    return pa.Field(
        nullable=nullable,
        description=description,
        dtype_kwargs=None if vocabulary is None else {"categories": ids(vocabulary)},
        metadata={"unit": unit, "source": source, "vocabulary": vocabulary, "derived": derived},
    )


def list_field(
    description: str, *, source: str | None = None, vocabulary: str | None = None, derived: bool = False
) -> Any:
    """Define a column of lists of strings, or of a vocabulary's ids; nothing to say is an empty list, never null."""
    return pa.Field(
        nullable=False,
        description=description,
        dtype_kwargs={"inner": pl.String() if vocabulary is None else pl.Enum(ids(vocabulary))},
        metadata={"unit": None, "source": source, "vocabulary": vocabulary, "derived": derived},
    )


def fields_of(model: type[pa.DataFrameModel]) -> tuple[Field, ...]:
    """Fields of a model, in the order of the columns."""
    return tuple(
        Field(name, column.dtype.type, column.nullable, column.description, **column.metadata)
        for name, column in model.to_schema().columns.items()
    )


def polars_schema_of(model: type[pa.DataFrameModel]) -> pl.Schema:
    """Column names and polars types of a model."""
    return pl.Schema({field.name: field.dtype for field in fields_of(model)})


def arrow_schema_of(model: type[pa.DataFrameModel]) -> pyarrow.Schema:
    """Arrow schema of a model: types, nullability, and description, unit and source as field metadata."""
    return pyarrow.schema([arrow_field(field) for field in fields_of(model)])


def arrow_field(field: Field) -> pyarrow.Field:
    """One Arrow field; polars' metadata (the categories of an enum) and ours are merged."""
    said = {
        "description": field.description,
        "unit": field.unit,
        "source": field.source,
        "vocabulary": field.vocabulary,
    }
    metadata = {key: value for key, value in said.items() if value is not None}
    if isinstance(field.dtype, pl.List):
        inner = inner_type(field.dtype)
        element = pyarrow.field("element", arrow_type(inner), nullable=False, metadata=enum_metadata(inner))
        return pyarrow.field(field.name, pyarrow.list_(element), nullable=field.nullable, metadata=metadata)
    metadata |= enum_metadata(field.dtype)
    return pyarrow.field(field.name, arrow_type(field.dtype), nullable=field.nullable, metadata=metadata)


def inner_type(dtype: pl.List) -> pl.DataType:
    """Type of a list's elements; polars allows a class there, of which there is then nothing more to say."""
    return dtype.inner() if isinstance(dtype.inner, type) else dtype.inner


def enum_metadata(dtype: pl.DataType) -> dict[str, str]:
    """What polars writes beside a column so that it reads an Enum back."""
    if not isinstance(dtype, pl.Enum):
        return {}
    written = pl.Series("enum", [], dtype=dtype).to_frame().to_arrow().schema.field("enum").metadata
    return {key.decode(): value.decode() for key, value in (written or {}).items()}


def arrow_type(dtype: pl.DataType) -> pyarrow.DataType:
    """Arrow type of a polars type that is no list."""
    if isinstance(dtype, pl.Enum):
        return pyarrow.dictionary(pyarrow.uint32(), pyarrow.string())
    return {
        pl.String(): pyarrow.string(),
        pl.Int32(): pyarrow.int32(),
        pl.Float32(): pyarrow.float32(),
        pl.Float64(): pyarrow.float64(),
        pl.Boolean(): pyarrow.bool_(),
        pl.Date(): pyarrow.date32(),
    }[dtype]
