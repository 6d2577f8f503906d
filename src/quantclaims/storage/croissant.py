"""The dataset in Croissant 1.1, as machine learning tools load it.

The specification: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
Columns, types and meanings derive from the contract in `quantclaims.schemas`; the files are named by their hashes.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import polars as pl

from quantclaims.schemas import article, claim
from quantclaims.schemas.fields import Field, inner_type

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"

TERMS = (
    "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject",
    "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
    "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator",
    "source", "subField", "transform",
)  # fmt: skip
"""Words of Croissant's own; all others are schema.org's."""

CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in TERMS},
}
"""The JSON-LD context that the specification gives."""

TYPES: Mapping[type[pl.DataType], str] = {
    pl.String: "sc:Text",
    pl.Enum: "sc:Text",
    pl.Boolean: "sc:Boolean",
    pl.Int32: "cr:Int32",
    pl.Float32: "cr:Float32",
    pl.Float64: "cr:Float64",
    pl.Date: "sc:Date",
}
"""Polars type -> data type of Croissant."""


def describe_croissant(
    tables: Mapping[str, bytes], version: str, said: Mapping[str, Any], citation: str
) -> dict[str, Any]:
    """The tables, by file name, as a Croissant dataset; ``said`` holds what schema.org words say of the whole."""
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        **said,
        "version": version,
        "citeAs": citation,
        "isLiveDataset": False,
        "distribution": [describe_file(name, content) for name, content in tables.items()],
        "recordSet": [describe_records(name) for name in tables],
    }


def describe_file(name: str, content: bytes) -> dict[str, Any]:
    """A file by its name and hash, beside the description."""
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(content)} B",
        "encodingFormat": "application/x-parquet",
        "sha256": sha256(content).hexdigest(),
    }


def describe_records(name: str) -> dict[str, Any]:
    """The rows of a table, each column a field."""
    table = name.removesuffix(".parquet")
    fields: Sequence[Field] = claim.fields() if table == "claims" else article.fields()
    key = claim.KEY if table == "claims" else article.KEY
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "key": {"@id": f"{table}/{key}"},
        "field": [describe_column(name, table, field) for field in fields],
    }


def describe_column(name: str, table: str, field: Field) -> dict[str, Any]:
    """A column of a file; claims refer to the table of articles."""
    is_list = isinstance(field.dtype, pl.List)
    dtype = inner_type(field.dtype) if isinstance(field.dtype, pl.List) else field.dtype
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{field.name}",
        "name": field.name,
        "description": field.description,
        "dataType": TYPES[dtype.base_type()],
        "source": {"fileObject": {"@id": name}, "extract": {"column": field.name}},
    }
    if is_list:
        described |= {"isArray": True, "arrayShape": "-1"}
    if table == "claims" and field.name == article.KEY:
        described["references"] = {"field": {"@id": f"articles/{article.KEY}"}}
    return described
