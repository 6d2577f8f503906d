"""One row per article: the columns of articles.parquet, and the rules that a row keeps.

This is the one place where a field of an article is defined. Null means that it is not known.
"""

from functools import cache

import polars as pl
import pyarrow

from . import nearest
from .claim import PUBLISHED_SINCE, at_most, edtf_rules
from .fields import BCP_47, EDTF, Field, arrow_schema_of, field, fields_of, polars_schema_of
from .rules import Contract, Rule

KEY = "article_id"


class Article(Contract):
    """An article that claims were read from."""

    article_id: str = field("Key, and name of the file that the article was read from.")
    title: str = field("Title, in our own words where the article is re-told.", nullable=True)
    publisher: str = field("Who published it.", nullable=True)
    url: str = field("Address of the page it was read from.", nullable=True)
    language: pl.Enum = field("Language of the article.", vocabulary="languages", source=BCP_47)
    published: str = field("When it was published, or what is known of it.", nullable=True, source=EDTF)
    published_start: pl.Date = field("First day on which it may have been published.", nullable=True)
    published_end: pl.Date = field("Last day on which it may have been published.", nullable=True)
    published_basis: str = field("Where the date of publication comes from.", nullable=True)
    text_sha256: str = field("SHA-256 of the text that the claims' offsets count in, encoded as UTF-8.")
    characters: pl.Int32 = field("Length of that text.", unit="code point")
    claims: pl.Int32 = field("Number of its rows in claims.parquet.", unit="claim")
    retrieved: pl.Date = field("Day on which the page was read.", nullable=True)

    class Config:
        """The file that it is."""

        name = "articles"

    @classmethod
    def row_rules(cls) -> tuple[Rule, ...]:
        """What every row keeps."""
        return RULES


RULES: tuple[Rule, ...] = (
    Rule("article_id_unique", ("article_id",), pl.col("article_id").is_unique(), "occurs more than once: rename one"),
    Rule(
        "article_id_form",
        ("article_id",),
        pl.col("article_id").str.contains(r"^[^\s#/\\\p{Cc}\p{Cf}]+$") & ~pl.col("article_id").str.contains(r"^\.+$"),
        "must be a file name without spaces, '#', slashes and invisible characters: rename it",
        nearest.file_name_of,
    ),
    Rule(
        "title_filled",
        ("title",),
        pl.col("title").is_null() | (pl.col("title").str.strip_chars() != ""),
        "is blank: give the article a title, or leave it out",
    ),
    Rule(
        "url_form",
        ("url",),
        pl.col("url").is_null() | pl.col("url").str.contains(r"^https?://[^\s/]+\S*$"),
        "is no address: write it in full, beginning with https://",
        nearest.address_of,
    ),
    *edtf_rules("published"),
    at_most("published_start", "published_end", "ends before it starts: swap the dates"),
    PUBLISHED_SINCE,
    Rule(
        "text_sha256_form",
        ("text_sha256",),
        pl.col("text_sha256").str.contains(r"^[0-9a-f]{64}$"),
        "must be 64 hexadecimal digits in lower case: compute it again",
        nearest.lower_hash,
    ),
    Rule("characters_positive", ("characters",), pl.col("characters") >= 1, "the article is empty: leave it out"),
    Rule("claims_counted", ("claims",), pl.col("claims") >= 0, "cannot be negative: count the article's claims"),
)


@cache
def fields() -> tuple[Field, ...]:
    """Every column of articles.parquet, in order.

    >>> [field.name for field in fields()][:3]
    ['article_id', 'title', 'publisher']
    """
    return fields_of(Article)


def arrow_schema() -> pyarrow.Schema:
    """Arrow schema of articles.parquet: types, nullability, descriptions, units, sources."""
    return arrow_schema_of(Article)


def polars_schema() -> pl.Schema:
    """Polars schema of articles.parquet, enumerated columns as `Enum`."""
    return polars_schema_of(Article)
