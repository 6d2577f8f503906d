"""Problems of a dataset as lines that say where, what, and what to do."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from quantclaims.problems import describe_error
from quantclaims.schemas.rules import Problem
from quantclaims.schemas.validation import validate

__all__ = ["Problem", "render_problem", "validate", "validate_files"]


def validate_files(folder: Path, texts: Mapping[str, str] | None = None) -> list[Problem]:
    """Problems of the two Parquet files of a folder; with texts by article_id, the quotes are compared with them."""
    claims, articles = (read_table(folder / f"{name}.parquet") for name in ("claims", "articles"))
    if isinstance(claims, pl.DataFrame) and isinstance(articles, pl.DataFrame):
        return validate(claims, articles, texts)
    return [table for table in (claims, articles) if isinstance(table, Problem)]


def read_table(path: Path) -> pl.DataFrame | Problem:
    """A Parquet file, or why it cannot be read."""
    try:
        return pl.read_parquet(path, memory_map=False)
    except FileNotFoundError:
        message = "there is no such file: build the dataset first"
    except (OSError, pl.exceptions.PolarsError) as error:
        message = f"cannot be read as Parquet ({describe_error(error)}): build it again"
    return Problem(str(path), "", "", "file_readable", message)


def render_problem(problem: Problem) -> str:
    """One line: where, what stands there, what is wrong and what to do, and the rule's name.

    >>> render_problem(Problem("a#7", "unit", "unit = 'ha'", "unit_known", "is no unit: write har"))
    "a#7: unit: is no unit: write har (unit = 'ha') [unit_known]"
    """
    where = ": ".join(part for part in (problem.row, problem.column) if part)
    shown = f" ({problem.value})" if problem.value else ""
    line = f"{where + ': ' if where else ''}{problem.message}{shown} [{problem.rule}]"
    return " ".join(line.split())
