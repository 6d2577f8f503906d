"""The dataset in the repository: built from its articles, read alike by polars, pandas and DuckDB."""

import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

import quantclaims

ROOT = Path(__file__).parent.parent
DATASET = ROOT / "dataset"
TABLES = ("claims", "articles")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dataset")
    environment = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Seoul"}
    subprocess.run([sys.executable, ROOT / "build.py", "--out", out], check=True, env=environment, cwd=out)
    return out


@pytest.mark.parametrize("table", TABLES)
def test_committed_dataset_is_what_the_articles_build(built: Path, table: str) -> None:
    name = f"{table}.parquet"
    assert (built / name).read_bytes() == (DATASET / name).read_bytes(), f"run `make build` and commit dataset/{name}"


@pytest.mark.parametrize("table", TABLES)
def test_polars_pandas_and_duckdb_see_the_same_rows(table: str) -> None:
    path = DATASET / f"{table}.parquet"
    key = f"{table[:-1]}_id"
    polars_rows = pl.read_parquet(path).sort(key)
    pandas_rows = pd.read_parquet(path).sort_values(key)
    with duckdb.connect() as database:
        answer = database.execute(f"SELECT * FROM '{path}' ORDER BY {key}")
        names = [str(column[0]) for column in answer.description or ()]
        duckdb_rows = answer.fetchall()
    assert list(pandas_rows.columns) == polars_rows.columns == names
    for column in polars_rows.columns:
        wanted = [_plain(value) for value in polars_rows[column].to_list()]
        assert [_plain(value) for value in pandas_rows[column]] == wanted, f"pandas reads {column} differently"
        at = names.index(column)
        assert [_plain(row[at]) for row in duckdb_rows] == wanted, f"DuckDB reads {column} differently"


def _plain(value: Any) -> object:
    """One spelling for what the readers spell in their own ways: missing values, lists, float widths, days."""
    if isinstance(value, (list, tuple)) or type(value).__name__ == "ndarray":
        return [_plain(item) for item in value]
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float):
        return float(f"{value:.6g}")
    return value if isinstance(value, (int, bool)) else str(value)


def test_the_question_the_dataset_answers() -> None:
    claims = quantclaims.load_claims()
    shells = claims.filter(
        (pl.col("predicate") == "transfer") & (pl.col("actor") == "PRK") & (pl.col("counterparty") == "RUS")
    )
    stated = shells.filter(pl.col("claimant") == "c4ads").row(0, named=True)
    multiple = shells.filter(pl.col("claimant") == "kr-intelligence").row(0, named=True)
    denied = shells.filter("is_denial")
    assert stated["value"] == 1_600_000
    assert (str(stated["period_start"]), str(stated["period_end"])) == ("2023-08-01", "2024-01-31")
    assert multiple["value_high"] == 4_800_000
    assert (multiple["relation"], multiple["factor"]) == ("multiple_of", 3)
    assert multiple["base_claim_id"] == stated["claim_id"]
    assert set(denied["value"]) == {0}
    assert denied["claimant_country"].cast(pl.String).unique().to_list() == ["PRK"]
