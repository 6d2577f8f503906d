"""What lies beside the tables so that others can read, cite and check them: three descriptions and checksums.

``datapackage.json`` follows Data Package 2.0 (https://datapackage.org), ``croissant.json`` and ``datacite.json`` what
their modules say; the fields derive from the contract in `quantclaims.schemas`. ``SHA256SUMS`` is what ``sha256sum
--check SHA256SUMS`` reads. None holds a clock's time: the same tables give the same bytes.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

import polars as pl

from quantclaims.schemas import article, claim
from quantclaims.schemas.fields import Field, inner_type
from quantclaims.schemas.vocabularies import LANGUAGES
from quantclaims.storage.croissant import describe_croissant
from quantclaims.storage.datacite import CREATOR, describe_datacite

DESCRIPTOR, CHECKSUMS = "datapackage.json", "SHA256SUMS"
CROISSANT, DATACITE = "croissant.json", "datacite.json"
DESCRIPTIONS = (DESCRIPTOR, CROISSANT, DATACITE)
PROFILES = "https://datapackage.org/profiles/2.0"
TITLE = "Numeric claims in news articles: who says how many, of what, over which period, how sure"
DESCRIPTION = (
    "One row per numeric claim of a news article in Polish, Romanian or English: the figure and its bounds, what is "
    "counted, who says so and through whom, over which period, how sure, and the exact characters it was read from."
)
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}

TYPES: Mapping[type[pl.DataType], str] = {
    pl.String: "string",
    pl.Enum: "string",
    pl.Boolean: "boolean",
    pl.Int32: "integer",
    pl.Float32: "number",
    pl.Float64: "number",
    pl.Date: "date",
    pl.List: "array",
}
"""Polars type -> field type of Table Schema, https://datapackage.org/standard/table-schema/#field-types."""


def describe_files(
    tables: Mapping[str, bytes], fingerprints: Mapping[str, str], version: str, released: date | None
) -> dict[str, bytes]:
    """The files that describe two tables, by name; tables and fingerprints by file name."""
    created = {} if released is None else {"created": f"{released}T00:00:00Z"}
    descriptor = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "quantclaims",
        "title": TITLE,
        "version": version,
        **created,
        "licenses": [LICENCE],
        "resources": [describe_table(name, content, fingerprints[name]) for name, content in tables.items()],
    }
    said: dict[str, Any] = {
        "name": "quantclaims",
        "description": DESCRIPTION,
        "license": LICENCE["path"],
        "inLanguage": list(LANGUAGES),
        "creator": {"@type": "sc:Organization", "name": CREATOR},
    }
    if released is not None:
        said["datePublished"] = f"{released}"
    citation = f"{CREATOR}: {TITLE}. Version {version}."
    descriptions = {
        DESCRIPTOR: descriptor,
        CROISSANT: describe_croissant(tables, version, said, citation),
        DATACITE: describe_datacite(TITLE, DESCRIPTION, version, released, tables, fingerprints),
    }
    written = {name: write_json(described) for name, described in descriptions.items()}
    return {**written, CHECKSUMS: list_checksums({**tables, **written})}


def write_json(described: Mapping[str, Any]) -> bytes:
    """A description as its file holds it."""
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def list_checksums(files: Mapping[str, bytes]) -> bytes:
    r"""A line of SHA-256 and name for each file, as sha256sum writes and checks it.

    >>> list_checksums({"a": b""})
    b'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\n'
    """
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())).encode()


def describe_table(name: str, content: bytes, fingerprint: str) -> dict[str, Any]:
    """A table as a resource of the package."""
    table = name.removesuffix(".parquet")
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table,
        "path": name,
        "type": "table",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "fingerprint": fingerprint,
        "schema": describe_claims() if table == "claims" else describe_articles(),
    }


def describe_claims() -> dict[str, Any]:
    """Table Schema of claims.parquet: every claim belongs to an article, and may build on another claim."""
    return describe_fields(claim.fields()) | {
        "primaryKey": [claim.KEY],
        "foreignKeys": [
            {"fields": [article.KEY], "reference": {"resource": "articles", "fields": [article.KEY]}},
            {"fields": ["base_claim_id"], "reference": {"resource": "", "fields": [claim.KEY]}},
        ],
    }


def describe_articles() -> dict[str, Any]:
    """Table Schema of articles.parquet."""
    return describe_fields(article.fields()) | {"primaryKey": [article.KEY]}


def describe_fields(fields: Sequence[Field]) -> dict[str, Any]:
    """The columns as a Table Schema, keys to follow."""
    return {"$schema": f"{PROFILES}/tableschema.json", "fields": [describe_field(field) for field in fields]}


def describe_field(field: Field) -> dict[str, Any]:
    """A column: type, meaning, unit, and which values it may hold."""
    said = {"unit": field.unit, "source": field.source, "vocabulary": field.vocabulary}
    described: dict[str, Any] = {
        "name": field.name,
        "type": TYPES[field.dtype.base_type()],
        "description": field.description,
    }
    described |= {key: value for key, value in said.items() if value is not None}
    constraints: dict[str, Any] = {"required": not field.nullable}
    if isinstance(field.dtype, pl.List):
        element: dict[str, Any] = {"type": TYPES[inner_type(field.dtype).base_type()]}
        if field.categories is not None:
            element["constraints"] = {"enum": list(field.categories)}
        described["arrayItem"] = element
    elif field.categories is not None:
        constraints["enum"] = list(field.categories)
    return described | {"constraints": constraints}
