"""The Arrow tables that come out of a corpus: claims and articles as published, and the quarantine.

Schemas are made with pandera and polars, which take a second and 150 MB that a worker has no use for: whoever has made
them hands them to its workers (`share_schemas`).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import pyarrow

from quantclaims.records import Claim

QUARANTINE = pyarrow.schema([
    pyarrow.field("article_id", pyarrow.string(), nullable=False, metadata={"description": "Id it would have had."}),
    pyarrow.field("source", pyarrow.string(), metadata={"description": "File, and where in it."}),
    pyarrow.field("url", pyarrow.string(), metadata={"description": "Address of its page."}),
    pyarrow.field("error", pyarrow.string(), nullable=False, metadata={"description": "Why it was not read."}),
])  # fmt: skip
"""One row per article, or file, that could not be read."""

_given: list["Schemas"] = []


class Schemas(NamedTuple):
    """Arrow schemas of the published tables."""

    claims: pyarrow.Schema
    articles: pyarrow.Schema


@cache
def load_schemas() -> Schemas:
    """The schemas that this process was given, or as the contract defines them."""
    if _given:
        return _given[-1]
    from quantclaims.schemas import article, claim

    return Schemas(claim.arrow_schema(), article.arrow_schema())


def share_schemas() -> tuple[bytes, bytes]:
    """The schemas as bytes for another process, which takes them with `take_schemas`."""
    schemas = load_schemas()
    return schemas.claims.serialize().to_pybytes(), schemas.articles.serialize().to_pybytes()


def take_schemas(shared: tuple[bytes, bytes]) -> None:
    """Use the schemas that another process has made."""
    claims, articles = (pyarrow.ipc.read_schema(pyarrow.py_buffer(each)) for each in shared)
    _given.append(Schemas(claims, articles))
    load_schemas.cache_clear()


def encode_claims(claims: Sequence[Claim]) -> pyarrow.RecordBatch:
    """Claims as a record batch of the published schema; raises pyarrow.ArrowException for a value it cannot hold."""
    return encode_columns(list(zip(*claims, strict=True)), Claim._fields, load_schemas().claims)


def encode_rows(rows: Sequence[Mapping[str, Any]], schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    """Rows that have all the columns of a schema as a record batch."""
    return encode_columns([[row[name] for row in rows] for name in schema.names], schema.names, schema)


def encode_columns(
    columns: Sequence[Sequence[Any]], names: Sequence[str], schema: pyarrow.Schema
) -> pyarrow.RecordBatch:
    """Columns of Python values, in the order of their names, as a record batch."""
    given = dict(zip(names, columns, strict=True)) if columns else dict.fromkeys(names, ())
    if given.keys() != set(schema.names):
        raise ValueError(f"columns differ from the contract's: {sorted(given.keys() ^ set(schema.names))}")
    arrays = [encode_column(given[field.name], field) for field in schema]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def encode_column(values: Sequence[Any], field: pyarrow.Field) -> pyarrow.Array:
    """A column in its type; pyarrow makes dictionaries from arrays, not from Python's values."""
    if pyarrow.types.is_list(field.type) and pyarrow.types.is_dictionary(field.type.value_type):
        plain = pyarrow.array(list(values), pyarrow.list_(field.type.value_type.value_type))
        inner = plain.flatten().dictionary_encode().cast(field.type.value_type)
        array = pyarrow.ListArray.from_arrays(plain.offsets, inner, type=field.type)
    elif pyarrow.types.is_dictionary(field.type):
        array = pyarrow.array(list(values), field.type.value_type).dictionary_encode().cast(field.type)
    else:
        array = pyarrow.array(list(values), field.type)
    if array.null_count and not field.nullable:
        raise pyarrow.ArrowInvalid(f"{field.name} is empty but every row needs it")
    return array


def plain_schema(schema: pyarrow.Schema) -> pyarrow.Schema:
    """A schema with strings in place of dictionaries, for engines that know none (Spark)."""
    return pyarrow.schema([pyarrow.field(field.name, plain_type(field.type), field.nullable) for field in schema])


def plain_type(kind: pyarrow.DataType) -> pyarrow.DataType:
    """A type with strings in place of dictionaries of strings."""
    if pyarrow.types.is_list(kind):
        return pyarrow.list_(plain_type(kind.value_type))
    return kind.value_type if pyarrow.types.is_dictionary(kind) else kind


def join_batches(batches: Iterable[pyarrow.RecordBatch], schema: pyarrow.Schema) -> pyarrow.Table:
    """Batches as one table whose dictionaries are joined too."""
    return pyarrow.Table.from_batches(list(batches), schema=schema).unify_dictionaries()
