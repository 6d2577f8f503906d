"""What is installed from a wheel or an sdist is what the repository holds."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {"quantclaims": "src/quantclaims", "quantclaims/schemas": "schemas", "quantclaims/dataset": "dataset"}
BUILD = "from setuptools import build_meta; build_meta.build_{kind}({out!r})"

pytest.importorskip("setuptools", minversion="77", reason="pip install -U setuptools: 77 or newer builds the wheel")


def build(kind: str, source: Path, out: Path) -> Path:
    """Build a wheel or an sdist of `source` as pip would, but with the setuptools at hand: no network."""
    out.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": ""}
    command = [sys.executable, "-P", "-c", BUILD.format(kind=kind, out=str(out))]
    subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True)
    (built,) = out.iterdir()
    return built


def members(wheel: Path) -> dict[str, bytes]:
    """Return the bytes of every installed file by its name, without pip's own records."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, because a build leaves folders behind."""
    folder = tmp_path_factory.mktemp("source") / "copy"
    ignored = shutil.ignore_patterns(".*", "build", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=ignored)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return members(build("wheel", source, tmp_path_factory.mktemp("wheel")))


def test_wheel_holds_every_file_of_the_package(source: Path, wheel: dict[str, bytes]) -> None:
    expected = {
        f"{package}/{path.relative_to(source / folder)}": path.read_bytes()
        for package, folder in PACKAGES.items()
        for path in (source / folder).rglob("*")
        if path.is_file()
    }
    assert "quantclaims/__init__.py" in expected
    assert sorted(wheel) == sorted(expected)
    assert wheel == expected


def test_sdist_builds_the_same_wheel(source: Path, wheel: dict[str, bytes], tmp_path: Path) -> None:
    sdist = build("sdist", source, tmp_path / "sdist")
    shutil.unpack_archive(sdist, tmp_path / "unpacked")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert (unpacked / "build.py").exists()
    assert (unpacked / "tests").is_dir()
    assert members(build("wheel", unpacked, tmp_path / "wheel")) == wheel
