"""`make` on a machine that lacks something stops with one line that says what to do, and installs from pins alone."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed on this machine")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Only what `make` reads before it installs anything, below a folder name with a space."""
    folder = tmp_path / "a checkout"
    (folder / ".ci").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "constraints.txt", ".ci/environment.sh"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def stand_in(folder: Path, script: str) -> str:
    """Write a program that plays a Python, and return its path."""
    path = folder / "python-stand-in"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def make_build(checkout: Path, python: str, **environment: str) -> str:
    """Run `make build` from another folder; the one line it stops with."""
    command = ["make", "--no-print-directory", "-C", str(checkout), "build", f"PYTHON={python}"]
    clean = {key: text for key, text in os.environ.items() if not key.startswith(("PIP_", "MAKE", "MFLAGS", "VENV"))}
    run = subprocess.run(command, capture_output=True, text=True, env={**clean, **environment}, cwd="/", check=False)
    assert run.returncode != 0
    lines = [line for line in (run.stdout + run.stderr).splitlines() if not line.startswith("Installing the pinned")]
    assert len(lines) == 1, lines
    return lines[0]


@needs_make
def test_no_python_is_named(checkout: Path) -> None:
    assert "There is no python-of-nowhere: install Python 3.11 or newer" in make_build(checkout, "python-of-nowhere")


@needs_make
def test_old_python_is_named_with_its_version(checkout: Path) -> None:
    old = stand_in(checkout, 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    line = make_build(checkout, old)
    assert "Python 3.11 or newer is needed" in line
    assert "is Python 3.9.2" in line


@needs_make
def test_missing_venv_module_names_the_package_to_install(checkout: Path) -> None:
    without_venv = stand_in(checkout, f'case "$*" in *venv*) exit 1;; *) exec "{sys.executable}" "$@";; esac')
    assert "sudo apt install python3-venv" in make_build(checkout, without_venv)


@needs_make
@pytest.mark.parametrize(
    "settings",
    [{"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}, {"PIP_NO_INDEX": "1"}],
    ids=["closed port", "no index"],
)
def test_no_network_says_what_to_check(checkout: Path, settings: dict[str, str]) -> None:
    line = make_build(checkout, sys.executable, PIP_CONFIG_FILE=os.devnull, **settings)
    assert "pip gets nothing from its package index: check the network" in line


@needs_make
def test_pip_that_fails_gives_its_last_error(checkout: Path) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    broken = 'case "$*" in *" -e "*) echo "ERROR: No matching distribution found for babel==0"; exit 1;; esac'
    Path(stand_in(checkout, broken)).rename(checkout / ".venv" / "bin" / "python")
    line = make_build(checkout, sys.executable)
    assert "pip could not install the libraries, ERROR: No matching distribution found for babel==0" in line
    assert ".venv/pip.log" in line


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def test_every_declared_library_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = sum(project["optional-dependencies"].values(), project["dependencies"])
    names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in declared}
    assert names
    assert names <= {name.lower() for name in pins()}


def test_pins_hold_no_address() -> None:
    assert all(re.fullmatch(r"[\w.]+", version) for version in pins().values())


def test_version_is_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f'version: "{version}"' in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def run_version_of(package: Path) -> str:
    """What a package says that is found before everything else, with an old one's metadata beside it."""
    stale = package.parent / "quantclaims.egg-info"
    stale.mkdir()
    (stale / "PKG-INFO").write_text("Metadata-Version: 2.4\nName: quantclaims\nVersion: 0.0.1\n")
    code = (
        f"import sys; sys.path.insert(0, {str(package.parent)!r}); import quantclaims; print(quantclaims.__version__)"
    )
    return subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("project", "version"),
    [
        ('[project]\nname = "quantclaims"\nversion = "9.8.7"\n', "9.8.7"),  # a checkout after a release
        ('[project]\nname = "another"\nversion = "9.8.7"\n', "0.0.1"),  # installed below somebody's project
        (None, "0.0.1"),
    ],
)
def test_version_of_a_checkout_is_that_of_its_project(project: str | None, version: str, tmp_path: Path) -> None:
    package = tmp_path / "src" / "quantclaims"
    package.mkdir(parents=True)
    shutil.copy(ROOT / "src" / "quantclaims" / "__init__.py", package)
    if project is not None:
        (tmp_path / "pyproject.toml").write_text(project)
    assert run_version_of(package) == version
