"""The data package and the checksums say of the files what is so, and validate where others would read them."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frictionless import FrictionlessException, Package

from quantclaims import __version__
from quantclaims.schemas import article, claim
from quantclaims.schemas.fields import inner_type
from quantclaims.storage.fingerprint import fingerprint
from quantclaims.storage.write import write_dataset

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
    assert len(others) == 3
