"""The README's sections on verifying rows and on comparing versions show what the commands print."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(section: str) -> list[str]:
    """The contents of the fenced blocks of a section."""
    text = re.split(r"^## ", README, flags=re.MULTILINE)
    (found,) = (part for part in text if part.startswith(f"{section}\n"))
    return re.findall(r"^```[a-z]+\n(.*?)^```", found, re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> tuple[int, str]:
    """What a line of the README prints in a folder."""
    program, *arguments = command.split()
    assert program == ".venv/bin/quantclaims"
    done = subprocess.run(
        [Path(sys.executable).with_name("quantclaims"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_verify(tmp_path: Path) -> None:
    command, rows, printed = blocks("Verify")
    (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "dataset").symlink_to(ROOT / "dataset")
    assert run(command, tmp_path) == (1, printed)


def test_compare_versions(tmp_path: Path, git: Callable[..., None]) -> None:
    command, printed = blocks("Compare versions")
    shutil.copytree(ROOT / "dataset", tmp_path / "dataset")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "a dataset")
    path = tmp_path / "dataset" / "claims.parquet"
    claims = pl.read_parquet(path, memory_map=False)
    (line,) = re.findall(r"^~ (\S+) (\w+): ", printed, re.MULTILINE)
    corrected = pl.when(pl.col("claim_id") != line[0]).then(pl.col(line[1])).alias(line[1])
    claims.with_columns(corrected).write_parquet(path)
    assert run(command, tmp_path) == (1, printed)
