"""The tables of DATACARD.md that follow from the contract and the rows, and the card as the dataset's own page.

People write the prose; what stands between ``<!-- name:start -->`` and ``<!-- name:end -->`` is written here when the
dataset is built. ``dataset/README.md`` is the same card where Hugging Face looks for it
(https://huggingface.co/docs/hub/datasets-cards): its front matter names the two tables.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import polars as pl

from quantclaims.describing import TABLES, Description, describe
from quantclaims.schemas.vocabularies import SHAPES, ids
from quantclaims.storage.replace import replace_files

CARD, PAGE = "DATACARD.md", "dataset/README.md"
LINK = re.compile(r"(\]\()(?![a-z]+:|#)")
"""Where a link or picture of the repository begins."""
OFTEN = 8
"""Values that a row of the composition names; the others are counted."""


def publish_card(out: Path, claims: pl.DataFrame, articles: pl.DataFrame) -> None:
    """Write the tables of the card beside a dataset, and the dataset's page; nothing where there is no card.

    ValueError says which markers the card lacks.
    """
    card = out.parent / CARD
    if out.name != PurePosixPath(PAGE).parent.name or not card.is_file():
        return
    pages = render_card(card.read_text(encoding="utf-8"), claims, articles)
    if any(read_bytes(out.parent / name) != content for name, content in pages.items()):
        replace_files(out.parent, pages)


def read_bytes(path: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    return path.read_bytes() if path.is_file() else None


def render_card(card: str, claims: pl.DataFrame, articles: pl.DataFrame) -> dict[str, bytes]:
    """The card and the dataset's page with the tables of this dataset, by their names in the repository."""
    for name, table in make_tables(claims, articles).items():
        card = put_between(card, name, table)
    return {CARD: card.encode(), PAGE: LINK.sub(r"\1../", card).encode()}


def make_tables(claims: pl.DataFrame, articles: pl.DataFrame) -> Mapping[str, str]:
    """What the card's generated parts say, by the name of their markers."""
    return {
        "composition": tabulate_composition(claims, articles),
        "claims-columns": tabulate_columns("claims"),
        "articles-columns": tabulate_columns("articles"),
        "vocabularies": tabulate_vocabularies(claims, articles),
    }


def put_between(page: str, name: str, text: str) -> str:
    """The page with a text between the markers of that name; ValueError where it lacks them."""
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    before, begin, rest = page.partition(start)
    _, finish, after = rest.partition(end)
    if not begin or not finish:
        raise ValueError(f"no {start} with {end} after it: put both where the table belongs")
    return f"{before}{start}\n{text}\n{end}{after}"


def tabulate_composition(claims: pl.DataFrame, articles: pl.DataFrame) -> str:
    """How many rows there are of what."""
    days = [day for day in (articles["published_start"].min(), articles["published_end"].max()) if day is not None]
    rows = {
        "articles": add_counts(articles.height, articles["language"]),
        "published": " to ".join(map(str, days)) or "not known",
        "claims": add_counts(claims.height, claims["language"]),
        "claimants": add_counts(claims["claimant"].drop_nulls().n_unique(), claims["claimant"]),
        "predicates": count_values(claims["predicate"]),
        "stances": count_values(claims["stance"]),
        "denials": f"{claims['is_denial'].sum()}",
        "linked to another claim": count_values(claims["relation"]) or "0",
        "values": count_values(claims["qualifier"]),
        "with a period": f"{claims['period'].is_not_null().sum()}",
        "review": count_values(claims["review"]),
    }
    return as_table(("what", "how many"), rows.items())


def add_counts(total: int, column: pl.Series) -> str:
    """A number, and of it each value's."""
    return ": ".join(filter(None, (str(total), count_values(column))))


def count_values(column: pl.Series) -> str:
    """How often each value occurs, the most frequent first; nulls are left out.

    >>> count_values(pl.Series(["pl", "en", None, "pl"]))
    'pl 2, en 1'
    """
    counts = column.cast(pl.String).drop_nulls().value_counts().sort(["count", column.name], descending=[True, False])
    said = [f"{value} {count}" for value, count in counts.head(OFTEN).rows()]
    return ", ".join([*said, *([f"{counts.height - OFTEN} others"] if counts.height > OFTEN else [])])


def tabulate_columns(table: str) -> str:
    """Every column of a table with type and meaning."""
    return as_table(
        ("column", "type", "null", "meaning"),
        (
            (f"`{said.name}`", said.type, "may be" if said.nullable else "never", write_meaning(said))
            for said in (describe(field.name, table) for field in TABLES[table]())
        ),
    )


def write_meaning(said: Description) -> str:
    """What a column means, its unit, and the convention that it follows."""
    parts = [
        said.description,
        f"Unit: {said.unit}." if said.unit else "",
        f"[Source]({said.source})" if said.source else "",
    ]
    if said.vocabulary:
        parts.append(f"Ids of `{said.vocabulary}`.")
    return " ".join(part for part in parts if part)


def tabulate_vocabularies(claims: pl.DataFrame, articles: pl.DataFrame) -> str:
    """Each vocabulary that columns hold ids of, with how many ids there are and occur."""
    rows = []
    for name in SHAPES:
        columns = [
            (frame, field.name)
            for table, frame in (("claims", claims), ("articles", articles))
            for field in TABLES[table]()
            if field.vocabulary == name
        ]
        if columns:
            used = {value for frame, column in columns for value in flatten(frame[column])}
            names = ", ".join(dict.fromkeys(f"`{column}`" for _, column in columns))
            rows.append((f"`{name}`", names, str(len(ids(name))), str(len(used))))
    return as_table(("vocabulary", "columns", "ids", "in this dataset"), rows)


def flatten(column: pl.Series) -> list[str]:
    """The values of a column, of lists their elements."""
    values = column.explode() if isinstance(column.dtype, pl.List) else column
    return values.cast(pl.String).drop_nulls().to_list()


def escape_cell(text: str) -> str:
    """A text that ends no cell and begins no HTML."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def as_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Rows as a Markdown table.

    >>> print(as_table(["a"], [["b|c"]]))
    | a |
    | --- |
    | b\|c |
    """
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(escape_cell(cell) for cell in row)} |" for row in lines)
