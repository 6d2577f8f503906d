"""Re-told and original articles give the same claims.

The originals are copyrighted and stay outside the repository: QUANTCLAIMS_ORIGINALS names the folder that holds them.
"""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

ROOT = Path(__file__).parents[1]
OF_THE_WORDING = frozenset({
    "claim_id", "base_claim_id", "discrepancy", "quote", "quote_start", "quote_end", "quote_prefix", "quote_suffix",
    "mentions", "item_text", "claimant_text", "confidence", "rules",
})  # fmt: skip
"""Columns that follow the words, or where they stand, rather than what they say."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Claims of the originals, and of the same articles re-told."""
    originals = os.environ.get("QUANTCLAIMS_ORIGINALS")
    if not originals:
        pytest.skip("QUANTCLAIMS_ORIGINALS names no folder of original texts")
    built = [build(Path(originals), tmp_path_factory.mktemp("originals"))]
    built.append(build(ROOT / "dataset" / "articles", tmp_path_factory.mktemp("retold")))
    known = built[0]["article_id"].unique().to_list()
    return built[0], built[1].filter(pl.col("article_id").is_in(known))


def build(articles: Path, out: Path) -> pl.DataFrame:
    command = [sys.executable, str(ROOT / "build.py"), "--articles", str(articles), "--out", str(out)]
    built = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stderr
    return pl.read_parquet(out / "claims.parquet")


def order(claims: pl.DataFrame) -> list[dict[str, Any]]:
    """The claims in an order that does not depend on the words, for the re-told may change places."""
    keys = ["article_id", "value", "value_low", "unit", "predicate"]
    return (
        claims.with_columns(items_joined=pl.col("items").cast(pl.List(pl.String)).list.join(" "))
        .sort(*keys, "items_joined", "quote_start", nulls_last=True)
        .to_dicts()
    )


def find_differences(originals: pl.DataFrame, retold: pl.DataFrame) -> list[str]:
    """Every field in which a claim differs from the one that it re-tells."""
    columns = [column for column in originals.columns if column not in OF_THE_WORDING]
    return [
        f"{first['claim_id']} {first['quote']!r}: {column} {first[column]!r}, re-told {second[column]!r}"
        for first, second in zip(order(originals), order(retold), strict=True)
        for column in columns
        if first[column] != second[column]
    ]


def test_the_same_claims(both: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    originals, retold = both
    assert originals.height > 0
    assert Counter(originals["article_id"]) == Counter(retold["article_id"])
    differences = find_differences(originals, retold)
    assert not differences, "\n".join(differences)


def test_bases_are_the_same(both: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    def links(claims: pl.DataFrame) -> set[tuple[Any, Any]]:
        values = dict(claims.select("claim_id", "value").iter_rows())
        linked = claims.filter(pl.col("base_claim_id").is_not_null()).select("value", "base_claim_id")
        return {(value, values[base]) for value, base in linked.iter_rows()}

    assert links(both[0]) == links(both[1])


def test_quotes_carry_the_same_figures(both: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    def figures(claims: pl.DataFrame) -> Counter[str]:
        return Counter("".join(c for c in quote if c.isdigit()) for quote in claims["quote"])

    assert figures(both[0]) == figures(both[1])
