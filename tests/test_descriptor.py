"""The data package and the checksums say of the files what is so, and validate where others would read them."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
from frictionless import FrictionlessException, Package

from quantclaims import __version__
from quantclaims.schemas import article, claim
from quantclaims.schemas.fields import inner_type
from quantclaims.storage.fingerprint import fingerprint
from quantclaims.storage.frames import frame_from_rows
from quantclaims.storage.write import encode_dataset, write_dataset

Row = dict[str, Any]
MODELS = {"claims": claim, "articles": article}
HOLDS = {"string": str, "boolean": bool, "integer": int, "number": float, "array": list}


@pytest.fixture
def written(tmp_path: Path, claim_rows: list[Row], article_rows: list[Row]) -> Path:
    """A folder with the dataset of the sound rows."""
    write_dataset(claim_rows, article_rows, tmp_path / "dataset")
    return tmp_path / "dataset"


def read_descriptor(folder: Path) -> dict[str, Any]:
    descriptor: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return descriptor


def find_errors(descriptor: dict[str, Any]) -> list[str]:
    def messages() -> Iterator[str]:
        try:
            yield from (error.message for error in Package.metadata_validate(descriptor))
        except FrictionlessException as raised:  # what no such descriptor can hold is raised, not reported
            yield raised.error.message

    return list(messages())


def test_descriptor_is_a_data_package(written: Path) -> None:
    descriptor = read_descriptor(written)
    assert find_errors(descriptor) == []
    assert (descriptor["$schema"], descriptor["version"]) == (
        "https://datapackage.org/profiles/2.0/datapackage.json",
        __version__,
    )
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]


def test_a_broken_descriptor_would_be_noticed(written: Path) -> None:
    descriptor = read_descriptor(written)
    descriptor["resources"][0]["schema"]["fields"][0]["type"] = "words"
    assert find_errors(descriptor)


def test_resources_are_the_files(written: Path) -> None:
    for resource in read_descriptor(written)["resources"]:
        content = (written / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        assert resource["fingerprint"] == fingerprint(pl.read_parquet(written / resource["path"]))


@pytest.mark.parametrize("table", MODELS)
def test_fields_are_the_columns_of_the_file(table: str, written: Path) -> None:
    (resource,) = [each for each in read_descriptor(written)["resources"] if each["name"] == table]
    frame = pl.read_parquet(written / resource["path"])
    described = {field["name"]: field for field in resource["schema"]["fields"]}
    assert list(described) == frame.columns
    for field in MODELS[table].fields():
        said = described[field.name]
        assert said["description"] == field.description
        assert said["constraints"]["required"] != field.nullable
        allowed = said["constraints"].get("enum") or said.get("arrayItem", {}).get("constraints", {}).get("enum")
        assert tuple(allowed or ()) == (field.categories or ())
        values = [value for value in frame[field.name].to_list() if value is not None]
        assert all(isinstance(value, HOLDS.get(said["type"], object)) for value in values)
        if isinstance(field.dtype, pl.List):
            assert said["arrayItem"]["type"] == "string" and isinstance(inner_type(field.dtype), pl.Enum | pl.String)


def test_keys_lead_to_columns_of_the_package(written: Path) -> None:
    resources = {each["name"]: each["schema"] for each in read_descriptor(written)["resources"]}
    names = {name: {field["name"] for field in schema["fields"]} for name, schema in resources.items()}
    assert resources["claims"]["primaryKey"] == ["claim_id"]
    for key in resources["claims"]["foreignKeys"]:
        assert set(key["fields"]) <= names["claims"]
        assert set(key["reference"]["fields"]) <= names[key["reference"]["resource"] or "claims"]


def test_checksums_are_those_of_every_other_file(written: Path) -> None:
    listed = {line[66:]: line[:64] for line in (written / "SHA256SUMS").read_text().splitlines()}
    others = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in written.iterdir() if path.name != "SHA256SUMS"
    }
    assert listed == others
    assert len(others) == 5


# Croissant and DataCite


def read_json(folder: Path, name: str) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return described


def test_croissant_is_loaded(written: Path, claim_rows: list[Row]) -> None:
    mlcroissant = pytest.importorskip("mlcroissant", reason="pip install mlcroissant")
    loaded = mlcroissant.Dataset(str(written / "croissant.json"))
    assert not loaded.metadata.ctx.issues.errors
    rows = {row["claims/claim_id"].decode(): row for row in loaded.records("claims")}
    assert {row["claim_id"]: row["value"] for row in claim_rows} == {
        key: row["claims/value"] for key, row in rows.items()
    }
    assert len(list(loaded.records("articles"))) == 1


def test_croissant_names_files_by_their_hashes(written: Path) -> None:
    described = read_json(written, "croissant.json")
    assert described["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    for file in described["distribution"]:
        content = (written / file["contentUrl"]).read_bytes()
        assert file["sha256"] == sha256(content).hexdigest()
        assert file["contentSize"] == f"{len(content)} B"


@pytest.mark.parametrize("table", MODELS)
def test_croissant_has_the_columns_of_the_file(table: str, written: Path) -> None:
    described = read_json(written, "croissant.json")
    (records,) = [each for each in described["recordSet"] if each["name"] == table]
    frame = pl.read_parquet(written / f"{table}.parquet")
    assert [field["source"]["extract"]["column"] for field in records["field"]] == frame.columns
    assert {field["source"]["fileObject"]["@id"] for field in records["field"]} == {f"{table}.parquet"}
    texts = {each.name: each.description for each in MODELS[table].fields()}
    assert {field["name"]: field["description"] for field in records["field"]} == texts
    lists = [field["name"] for field in records["field"] if field.get("isArray")]
    assert lists == [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    assert records["key"] == {"@id": f"{table}/{MODELS[table].KEY}"}
    ids = {field["@id"] for each in described["recordSet"] for field in each["field"]}
    assert {field["references"]["field"]["@id"] for field in records["field"] if "references" in field} <= ids


DATACITE = {
    "type": "object",
    "required": ["types", "creators", "titles", "publisher", "schemaVersion", "rightsList", "version"],
    "additionalProperties": False,
    "properties": {
        "types": {"type": "object", "required": ["resourceTypeGeneral"]},
        "creators": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["name"]}},
        "titles": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["title"]}},
        "publisher": {"type": "object", "required": ["name"]},
        "publicationYear": {"type": "integer"},
        "dates": {"type": "array", "items": {"type": "object", "required": ["date", "dateType"]}},
        "descriptions": {"type": "array", "items": {"type": "object", "required": ["description", "descriptionType"]}},
        "subjects": {"type": "array", "items": {"type": "object", "required": ["subject"]}},
        "language": {"type": "string"},
        "version": {"type": "string"},
        "formats": {"type": "array", "items": {"type": "string"}},
        "sizes": {"type": "array", "items": {"type": "string"}},
        "rightsList": {"type": "array", "items": {"type": "object", "required": ["rights", "rightsIdentifier"]}},
        "alternateIdentifiers": {
            "type": "array",
            "items": {"type": "object", "required": ["alternateIdentifier", "alternateIdentifierType"]},
        },
        "schemaVersion": {"const": "http://datacite.org/schema/kernel-4"},
    },
}
"""What DataCite's schema 4 asks of such a registration; identifier and year are given with it."""


@pytest.mark.parametrize("day", [None, date(2026, 12, 1)])
def test_datacite_is_what_a_registration_needs(
    day: date | None, claim_rows: list[Row], article_rows: list[Row]
) -> None:
    frames = (frame_from_rows(claim_rows, claim.Claim), frame_from_rows(article_rows, article.Article))
    encoded = encode_dataset(*frames, "9.9.9", day)
    described = json.loads(encoded.files["datacite.json"])
    jsonschema.validate(described, DATACITE)
    assert described["version"] == "9.9.9"
    assert described.get("publicationYear") == (day and day.year)
    fingerprints = {each["alternateIdentifier"] for each in described["alternateIdentifiers"]}
    assert fingerprints == set(encoded.fingerprints.values())
    package, croissant = (json.loads(encoded.files[name]) for name in ("datapackage.json", "croissant.json"))
    assert package.get("created") == (day and f"{day}T00:00:00Z")
    assert croissant.get("datePublished") == (day and f"{day}")
    assert find_errors(package) == []
