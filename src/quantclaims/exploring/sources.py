"""What the explorer shows: the rows of a dataset, the texts they quote, and the words that gave each row its fields."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

import polars as pl

from quantclaims.explaining.evidence import Explanation, Mark, explain_article
from quantclaims.load import load_articles, load_claims
from quantclaims.pages.read import read_articles
from quantclaims.problems import describe_error, escape
from quantclaims.records import Article, Claim
from quantclaims.schemas import article as article_schema
from quantclaims.schemas import claim as claim_schema
from quantclaims.schemas.fields import polars_schema_of
from quantclaims.terminal import FINDINGS, MISUSE

NAMED = 20
"""Problems that are named; of more, only how many."""


class ExploreError(Exception):
    """A dataset that cannot be shown: ``lines`` say why, ``code`` is the exit code."""

    def __init__(self, lines: Sequence[object], code: int) -> None:
        shown = [str(line) for line in lines[:NAMED]]
        if len(lines) > NAMED:
            shown.append(f"explore: and {len(lines) - NAMED} more")
        self.lines = tuple(shown)
        self.code = code
        super().__init__("\n".join(shown))


class Sources(NamedTuple):
    """A dataset with its texts; every row has an explanation, and every article that a row names a text."""

    claims: pl.DataFrame
    articles: pl.DataFrame
    texts: Mapping[str, str]
    explanations: Mapping[str, Explanation]


def read_sources(dataset: Path | None, articles: Path | None) -> Sources:
    """Read the dataset of a folder, or the installed one, and the articles beside it unless they are elsewhere.

    Raises `ExploreError` for a folder or file that is missing or cannot be read (misuse), and for articles that are
    wrong, missing or not those that the rows quote (findings).
    """
    claims = read_table("claims", dataset, polars_schema_of(claim_schema.Claim))
    table = read_table("articles", dataset, polars_schema_of(article_schema.Article))
    if claims.is_empty():
        raise ExploreError([f"explore: {name_folder(dataset)} holds no claims: build it from articles first"], FINDINGS)
    with ExitStack() as stack:
        folder = articles or (dataset / "articles" if dataset else None)
        folder = folder or stack.enter_context(as_file(files("quantclaims.dataset") / "articles"))
        texts = {each.article_id: each for each in read_folder(folder)}
        rows = list(list_rows(claims))
        stop_at_strangers(rows, table, texts, folder)
    wanted = {row.article_id for row in rows}
    explained = {each.claim.claim_id: each for name in sorted(wanted) for each in explain_article(texts[name])}
    return Sources(
        claims,
        table,
        {name: texts[name].text for name in wanted},
        {row.claim_id: attach(row, explained.get(row.claim_id), texts[row.article_id].text) for row in rows},
    )


def read_table(name: str, dataset: Path | None, schema: pl.Schema) -> pl.DataFrame:
    """A table of the dataset, its columns those of the contract."""
    where = f"{dataset}/{name}.parquet" if dataset else "the installed dataset"
    try:
        if dataset:
            frame = pl.read_parquet(dataset / f"{name}.parquet", memory_map=False)
        else:
            frame = load_claims() if name == "claims" else load_articles()
    except FileNotFoundError:
        line = f"explore: {name_folder(dataset)}: no {name}.parquet there: build it, or name its folder with --dataset"
        raise ExploreError([line], MISUSE) from None
    except (OSError, RuntimeError, pl.exceptions.PolarsError) as error:
        raise ExploreError([f"explore: {where} cannot be read: {describe_error(error)}"], MISUSE) from None
    given = {column: spell_type(kind) for column, kind in frame.schema.items()}
    wrong = [column for column, kind in schema.items() if given.get(column) != spell_type(kind)]
    if wrong:
        line = f"explore: {where}: {wrong[0]} is missing or of another type: build it with this version"
        raise ExploreError([line], MISUSE)
    return frame


def spell_type(kind: pl.DataType) -> str:
    """A column's type, where ids of a vocabulary are strings: an older dataset has other ids."""
    return str(pl.List(pl.String()) if isinstance(kind, pl.List) else pl.String() if kind == pl.Enum else kind)


def name_folder(dataset: Path | None) -> str:
    """The dataset, as its user would call it."""
    return "the installed dataset" if dataset is None else str(dataset)


def read_folder(folder: Path) -> list[Article]:
    """The articles of a folder."""
    if not folder.is_dir():
        line = f"explore: {folder}: no folder of articles there: name it with --articles"
        raise ExploreError([line], MISUSE)
    articles, problems = read_articles(folder)
    if problems:
        raise ExploreError(problems, FINDINGS)
    return articles


def list_rows(claims: pl.DataFrame) -> Iterable[Claim]:
    """The rows as the steps have them."""
    for row in claims.select(Claim._fields).iter_rows():
        yield Claim._make(tuple(value) if isinstance(value, list) else value for value in row)


def stop_at_strangers(rows: Iterable[Claim], table: pl.DataFrame, texts: Mapping[str, Article], folder: Path) -> None:
    """Raise `ExploreError` for rows whose article is not there, or is not the one that they quote."""
    known = set(table["article_id"])
    lines = []
    for row in rows:
        article = texts.get(row.article_id)
        if article is None:
            lines.append(
                f"explore: {escape(row.claim_id)}: its article is not in {folder}: name its folder with --articles"
            )
        elif row.article_id not in known:
            lines.append(f"explore: {escape(row.claim_id)}: articles.parquet does not have its article: build it again")
        elif article.text[row.quote_start : row.quote_end] != row.quote:
            lines.append(f"explore: {escape(row.claim_id)}: {folder} has another text than it quotes: build it again")
    if lines:
        raise ExploreError(lines, FINDINGS)


def attach(row: Claim, found: Explanation | None, text: str) -> Explanation:
    """The evidence of a row, which people may have reviewed or written; without any, the line of its quote."""
    quoted = Mark(row.quote_start, row.quote_end, "figure")
    if found is None:
        start = text.rfind("\n", 0, row.quote_start) + 1
        end = text.find("\n", row.quote_end)
        return Explanation(row, (quoted,), ((start, len(text) if end < 0 else end),))
    marks = (quoted, *(mark for mark in found.marks if mark.kind != "figure"))
    return Explanation(row, tuple(sorted(marks)), found.sentences)
