"""Claims and articles as Parquet: the same rows give the same bytes, and the files change together or not at all.

Rows are sorted, cast to the contract's Arrow schema and written by pyarrow with fixed settings; nothing of the clock,
the locale or the machine goes in. The footer carries title, version, licence and fingerprint, where DuckDB reads them
(``parquet_kv_metadata``) and pandas (``DataFrame.attrs``).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow
from pyarrow import parquet

from quantclaims import __version__
from quantclaims.released import find_released
from quantclaims.schemas import article, claim
from quantclaims.storage.descriptor import describe_files
from quantclaims.storage.fingerprint import fingerprint
from quantclaims.storage.frames import RowsError, frame_from_rows
from quantclaims.storage.replace import replace_files

__all__ = ["RowsError", "encode_dataset", "fingerprint", "frame_from_rows", "replace_files", "write_dataset"]

ROWS_PER_GROUP = 65_536
LEVEL = 9
"""zstd level: a tenth smaller than the default for this data, and written once."""

LICENCE = "CC-BY-4.0"
CLAIMS, ARTICLES = "claims.parquet", "articles.parquet"


class EncodedDataset(NamedTuple):
    """A dataset ready to be written."""

    claims: pl.DataFrame
    """As in its file, sorted."""
    articles: pl.DataFrame
    fingerprints: Mapping[str, str]
    """By file name."""
    files: Mapping[str, bytes]
    """By file name."""


class WrittenDataset(NamedTuple):
    """Where a dataset was written, and what a citation names."""

    claims: Path
    articles: Path
    claim_count: int
    article_count: int
    claims_fingerprint: str
    articles_fingerprint: str


def write_dataset(
    claims_rows: Sequence[Mapping[str, object]], article_rows: Sequence[Mapping[str, object]], out: Path
) -> WrittenDataset:
    """Write claims.parquet and articles.parquet into a folder, both or neither.

    Raises `RowsError` when rows do not have the contract's columns, and OSError when the folder cannot be written; the
    files that were there are then untouched. Rules between the columns are checked before, by `validate`.
    """
    encoded = encode_dataset(frame_from_rows(claims_rows, claim.Claim), frame_from_rows(article_rows, article.Article))
    replace_files(out, encoded.files)
    return WrittenDataset(
        claims=out / CLAIMS,
        articles=out / ARTICLES,
        claim_count=encoded.claims.height,
        article_count=encoded.articles.height,
        claims_fingerprint=encoded.fingerprints[CLAIMS],
        articles_fingerprint=encoded.fingerprints[ARTICLES],
    )


def encode_dataset(
    claims: pl.DataFrame, articles: pl.DataFrame, version: str | None = None, released: date | None = None
) -> EncodedDataset:
    """Both tables sorted and as the bytes of their files; `replace_files` writes them, with others if need be.

    The footers name the version, the descriptions its day, too: by default those of the installed package.
    """
    version, released = version or __version__, released or find_released(version or __version__)
    claims, articles = sort_claims(claims), articles.sort("article_id")
    fingerprints = {CLAIMS: fingerprint(claims), ARTICLES: fingerprint(articles)}
    tables = {
        name: encode_table(frame, schema, {"title": title, "fingerprint": fingerprints[name], "version": version})
        for name, frame, schema, title in (
            (CLAIMS, claims, claim.arrow_schema(), "Numeric claims in news articles"),
            (ARTICLES, articles, article.arrow_schema(), "Articles that the claims were read from"),
        )
    }
    files = tables | describe_files(tables, fingerprints, version, released)
    return EncodedDataset(claims, articles, fingerprints, files)


def sort_claims(claims: pl.DataFrame) -> pl.DataFrame:
    """Claims by article, and within it in the order of the text."""
    offset = pl.col("claim_id").str.extract(r"#([0-9]+)$").cast(pl.Int64)
    return claims.sort("article_id", offset, "claim_id")


def encode_table(frame: pl.DataFrame, schema: pyarrow.Schema, said: Mapping[str, str]) -> bytes:
    """A sorted frame as the bytes of a Parquet file, with what is said of it and of its columns in the footer."""
    said = {**said, "license": LICENCE}
    attributes = {**said, "columns": {field.name: describe_metadata(field) for field in schema}}
    metadata = {**said, "PANDAS_ATTRS": json.dumps(attributes)}
    table = arrow_table(frame, schema.with_metadata({**(schema.metadata or {}), **metadata}))
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(
        table,
        sink,
        row_group_size=ROWS_PER_GROUP,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=LEVEL,
        write_page_index=True,
        write_page_checksum=True,
        sorting_columns=[parquet.SortingColumn(schema.get_field_index("article_id"))],
    )
    return bytes(sink.getvalue())


def describe_metadata(field: pyarrow.Field) -> dict[str, str]:
    """Description, unit, source and vocabulary of a column."""
    said = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    return {key: said[key] for key in ("description", "unit", "source", "vocabulary") if key in said}


def arrow_table(frame: pl.DataFrame, schema: pyarrow.Schema) -> pyarrow.Table:
    """The frame in the contract's Arrow types, in one chunk.

    Enumerated values go through plain strings, so that the dictionaries hold what occurs in the order in which it does.
    """
    strings = {name: as_strings(dtype) for name, dtype in frame.schema.items()}
    plain = frame.cast(strings).rechunk().to_arrow()  # type: ignore[arg-type] # a mapping of names to types
    return pyarrow.Table.from_arrays(
        [encode_column(plain[field.name].combine_chunks(), field.type) for field in schema], schema=schema
    )


def as_strings(dtype: pl.DataType) -> pl.DataType:
    """A type with strings in place of enumerated values."""
    if isinstance(dtype, pl.List):
        return pl.List(pl.String)
    return pl.String() if isinstance(dtype, pl.Enum) else dtype


def encode_column(column: pyarrow.Array, target: pyarrow.DataType) -> pyarrow.Array:
    """One column in its Arrow type; pyarrow casts strings to dictionaries, but not within lists."""
    if not pyarrow.types.is_list(target):
        return encode_values(column, target)
    values = encode_values(column.flatten(), target.value_type)
    return pyarrow.ListArray.from_arrays(column.offsets.cast(pyarrow.int32()), values, type=target)


def encode_values(values: pyarrow.Array, target: pyarrow.DataType) -> pyarrow.Array:
    """Strings as a dictionary of strings where the type says so."""
    if pyarrow.types.is_dictionary(target):
        return values.cast(target.value_type).dictionary_encode().cast(target)
    return values.cast(target)
