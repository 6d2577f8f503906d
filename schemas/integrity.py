"""What holds between the two tables, and between them and the texts: rules, and the columns that these compare."""

from collections.abc import Mapping
from hashlib import sha256

import polars as pl

from . import claim
from .rules import Rule, missing

SHARED = ("language", "published_start", "published_end")
"""Columns that a claim copies from its article."""


def join_article(claims: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Claims with what their article says of the columns they share, named ``<column>_of_article``."""
    known = articles.unique("article_id", keep="first").with_columns(has_article=True)
    wanted = [pl.col(column).alias(f"{column}_of_article") for column in SHARED]
    return claims.join(
        known.select("article_id", "has_article", *wanted), on="article_id", how="left", maintain_order="left"
    )


def count_claims(claims: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Articles with the number of rows they have among the claims, ``claims_found``."""
    counts = claims.group_by("article_id").len(name="claims_found")
    joined = articles.join(counts, on="article_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col("claims_found").fill_null(0))


def read_quotes(claims: pl.DataFrame, texts: Mapping[str, str]) -> pl.DataFrame:
    """Claims with what their text has in place of quote, prefix and suffix: null without a text or without offsets."""
    columns: dict[str, list[str | None]] = {"quote_of_text": [], "quote_prefix_of_text": [], "quote_suffix_of_text": []}
    for article_id, start, end in claims.select("article_id", "quote_start", "quote_end").iter_rows():
        text = None if start is None or end is None else texts.get(article_id)
        before = max(0, (start or 0) - claim.CONTEXT)
        columns["quote_of_text"].append(text and text[start:end])
        columns["quote_prefix_of_text"].append(text and text[before:start])
        columns["quote_suffix_of_text"].append(text and text[end : end + claim.CONTEXT])
    return claims.with_columns(pl.Series(name, values, dtype=pl.String) for name, values in columns.items())


def read_texts(articles: pl.DataFrame, texts: Mapping[str, str]) -> pl.DataFrame:
    """Articles with hash and length of their text: null where there is no text."""
    found = [texts.get(article_id) for article_id in articles["article_id"]]
    hashes = [None if text is None else sha256(text.encode()).hexdigest() for text in found]
    lengths = [None if text is None else len(text) for text in found]
    return articles.with_columns(
        pl.Series("text_sha256_of_text", hashes, dtype=pl.String),
        pl.Series("characters_of_text", lengths, dtype=pl.Int32),
    )


CLAIM_RULES = (
    Rule(
        "article_known",
        ("article_id",),
        pl.col("has_article").is_not_null(),
        "is no article of articles.parquet: add the article or remove the claim",
    ),
    *(
        Rule(
            f"{column}_of_article",
            (column, f"{column}_of_article"),
            pl.col("has_article").is_null() | pl.col(column).eq_missing(pl.col(f"{column}_of_article")),
            "differs from the article's: take it from there",
        )
        for column in SHARED
    ),
)

ARTICLE_RULES = (
    Rule(
        "claims_count",
        ("claims", "claims_found"),
        pl.col("claims") == pl.col("claims_found"),
        "is not the number of the article's claims: count again",
    ),
)

QUOTE_RULES = tuple(
    Rule(
        f"{column}_is_text",
        (column, f"{column}_of_text"),
        missing(f"{column}_of_text") | (pl.col(column) == pl.col(f"{column}_of_text")),
        message,
    )
    for column, message in {
        "quote": "is not what the text has at these offsets: take the quote from the text, or correct the offsets",
        "quote_prefix": f"is not the {claim.CONTEXT} characters before the quote: take it from the text",
        "quote_suffix": f"is not the {claim.CONTEXT} characters after the quote: take it from the text",
    }.items()
)

TEXT_RULES = (
    Rule(
        "text_present",
        ("article_id",),
        pl.col("characters_of_text").is_not_null(),
        "has no text: add its file, or remove the article",
    ),
    *(
        Rule(
            f"{column}_of_text",
            (column, f"{column}_of_text"),
            missing(f"{column}_of_text") | (pl.col(column) == pl.col(f"{column}_of_text")),
            "does not belong to the text as it is now: build again from this text",
        )
        for column in ("text_sha256", "characters")
    ),
)
