"""The installed command: its version, its help, its exit codes."""

import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from quantclaims import __version__
from quantclaims.cli import app

COMMAND = Path(sys.executable).with_name("quantclaims")


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(COMMAND), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_version() -> None:
    shown = run("--version")
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, f"{__version__}\n", "")


def test_version_is_shown_at_once() -> None:
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run("--version")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(taken) < 0.3  # processor time: other work on the machine does not count


def test_start_loads_no_heavy_library() -> None:
    check = (
        "import sys, quantclaims.cli; print(*sorted({'polars', 'pandera', 'pyarrow', 'morfeusz2'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == ""


def list_commands() -> list[str]:
    listed = run("--help").stdout.partition("Commands")[2]
    return re.findall(r"^\W{1,3}([a-z][a-z-]*)", listed, re.MULTILINE)


def test_commands_are_listed() -> None:
    assert len(list_commands()) == len(app.registered_commands)


@pytest.mark.parametrize("command", sorted(list_commands()))
def test_every_command_has_help(command: str) -> None:
    shown = run(command, "--help")
    assert shown.returncode == 0
    assert command in shown.stdout


@pytest.mark.parametrize("arguments", [["bild"], ["--verbose"], ["build", "--artikles", "x"]])
def test_misuse(arguments: list[str]) -> None:
    shown = run(*arguments)
    assert shown.returncode == 2
    assert "Traceback" not in shown.stderr


def test_findings(tmp_path: Path) -> None:
    shown = run("build", "--articles", tmp_path, "--out", tmp_path / "out")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr == f"{tmp_path}: holds no article: put .md, .txt or .html files into it\n"
