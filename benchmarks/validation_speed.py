"""How long a million rows take to be validated, sound ones and failing ones, in every format that is read.

    python benchmarks/validation_speed.py [--rows 1000000] [--readme README.md]

copies the rows of the dataset until there are enough, each copy under an article_id of its own, and once more with a
mistake in three columns of every row, and runs ``quantclaims validate`` on the files. Printed are the seconds of the
whole command, start included, by the clock and of the processors. --readme writes the table between its markers.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pages import write_between
from quantclaims import load_claims
from quantclaims.validating.spreadsheets import write_template

WRONG = {"unit": pl.lit("ha"), "mentions": pl.lit(0, dtype=pl.Int32), "period": pl.lit("March")}


class Timing(NamedTuple):
    """What a command took."""

    clock: float
    """Seconds."""
    processors: float
    """Seconds, all processors together."""


def copy_claims(claims: pl.DataFrame, rows: int) -> pl.DataFrame:
    """So many sound claims: copies of these, each of other articles."""
    copies = pl.concat([claims] * (rows // claims.height + 1)).head(rows).with_row_index("copy")
    number = pl.col("copy") // claims.height

    def rename(column: str) -> pl.Expr:
        parts = pl.col(column).str.split("#")
        return pl.format("{}-{}#{}", parts.list.first(), number, parts.list.last()).alias(column)

    return copies.with_columns(
        pl.format("{}-{}", "article_id", number).alias("article_id"),
        rename("claim_id"),
        pl.when(pl.col("base_claim_id").is_not_null()).then(rename("base_claim_id")),
        discrepancy=pl.lit([], dtype=pl.List(pl.String)),
    ).drop("copy")


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Rows as the template for spreadsheets has them."""
    path.write_text(write_template("claims", frame), encoding="utf-8")


WRITERS: Mapping[str, Callable[[pl.DataFrame, Path], object]] = {
    "parquet": lambda frame, path: frame.write_parquet(path),
    "csv": write_csv,
    "jsonl": lambda frame, path: frame.write_ndjson(path),
}


def time_command(path: Path) -> Timing:
    """What validating a file takes; raises RuntimeError where the command itself fails."""
    command = [sys.executable, "-c", "from quantclaims.cli import main; main()", "validate", str(path)]
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)  # noqa: S603
    clock, after = time.perf_counter() - began, os.times()
    if done.returncode not in (0, 1) or done.stderr:
        raise RuntimeError(f"{path.name}: {done.stderr.decode()}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Timing(clock, used)


def measure(rows: int, folder: Path) -> Iterator[tuple[str, Timing, Timing]]:
    """Format, and what sound and failing rows take."""
    sound = copy_claims(load_claims(), rows)
    for form, write in WRITERS.items():
        timings = []
        for name, frame in (("sound", sound), ("failing", sound.with_columns(**WRONG))):
            path = folder / f"{name}.{form}"
            write(frame, path)
            timings.append(time_command(path))
            path.unlink()
        yield form, timings[0], timings[1]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--readme", type=Path, help="file whose table is replaced")
    given = parser.parse_args()
    lines = [
        f"| {given.rows:,} rows, seconds | sound | of processors | failing | of processors |",
        "|---|--:|--:|--:|--:|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for form, *timings in measure(given.rows, Path(folder)):
            figures = " | ".join(f"{each.clock:.1f} | {each.processors:.1f}" for each in timings)
            lines.append(f"| {form} | {figures} |")
            print(lines[-1], flush=True)
    table = "\n".join(lines)
    if given.readme:
        write_between(given.readme, "validation", table)
    else:
        print(table)


if __name__ == "__main__":
    main()
