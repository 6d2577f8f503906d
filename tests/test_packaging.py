"""What is installed from a wheel or an sdist is what the repository holds."""

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import polars
import pytest

import quantclaims

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
    ignored = shutil.ignore_patterns(".*", "build", "*.egg-info", "__pycache__", "explorer.html")
    shutil.copytree(ROOT, folder, ignore=ignored)
    return folder


@pytest.fixture(scope="module")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def wheel(built: Path) -> dict[str, bytes]:
    return members(built)


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


# Installed from the wheel

LIBRARIES = Path(polars.__file__).parents[1]
OFFLINE = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen"):
        raise OSError(f"no network in this test: {event}")

sys.addaudithook(refuse)
"""


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment that has the wheel and, of this one, the libraries, but neither checkout nor network."""
    folder = tmp_path_factory.mktemp("installed") / "environment"
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    shutil.unpack_archive(built, packages, "zip")
    (packages / "libraries.pth").write_text(f"{LIBRARIES}\n", encoding="utf-8")  # its own .pth files do nothing here
    (packages / "sitecustomize.py").write_text(OFFLINE, encoding="utf-8")
    return folder / "bin" / "python"


def run(python: Path, code: str, folder: Path) -> str:
    """What a program prints that runs outside the repository."""
    done = subprocess.run([python, "-c", code], cwd=folder, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_loads_offline_outside_the_repository(installed: Path, tmp_path: Path) -> None:
    told = run(
        installed,
        "import quantclaims, json; claims = quantclaims.load_claims()\n"
        "print(json.dumps([quantclaims.__file__, quantclaims.__version__, claims.height, str(claims.schema['stance']),"
        "quantclaims.load_articles().height, quantclaims.cite(), str(quantclaims.describe('value'))]))",
        tmp_path,
    )
    file, version, claims, stance, articles, cited, described = json.loads(told)
    assert Path(file).is_relative_to(installed.parents[1])
    assert version == quantclaims.__version__
    assert (claims, articles) == (quantclaims.load_claims().height, quantclaims.load_articles().height)
    assert stance.startswith("Enum(")
    assert (cited, described) == (quantclaims.cite(), str(quantclaims.describe("value")))


def test_the_wheel_reads_texts(installed: Path, tmp_path: Path) -> None:
    code = (
        "from quantclaims import Article, extract_claims\n"
        "article = Article('According to C4ADS, Russia received 1.6 million shells.', 'en')\n"
        "print([(claim.value, claim.claimant) for claim in extract_claims(article)])"
    )
    assert run(installed, code, tmp_path) == "[(1600000.0, 'c4ads')]\n"


HEAVY = ("altair", "dask", "pandas", "pandera", "pyarrow", "pyspark", "sklearn", "trafilatura")


def test_loading_is_quick_and_loads_no_extra(installed: Path, tmp_path: Path) -> None:
    code = (
        "from time import process_time; before = process_time()\n"
        "import sys, quantclaims; quantclaims.load_claims()\n"
        f"print(process_time() - before, *(name for name in {HEAVY} if name in sys.modules))"
    )
    run(installed, code, tmp_path)  # the first import writes the bytecode
    told = [run(installed, code, tmp_path).split() for _ in range(3)]
    assert min(float(seconds) for seconds, *_ in told) < 0.5
    assert all(not loaded for _, *loaded in told)


@pytest.mark.parametrize("name", [name for name in HEAVY if name not in ("pandera", "pyarrow")])
def test_extras_stay_optional(name: str, installed: Path, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.modules[{name!r}] = None\n"
        "import quantclaims; claims = quantclaims.load_claims()\n"
        "print(claims.height, quantclaims.list_topics(claims).width)"
    )
    assert run(installed, code, tmp_path) == f"{quantclaims.load_claims().height} 4\n"
