"""The dataset from a folder of articles: read, extract, review, add what people wrote, compare, validate, write."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quantclaims.comparing import compare_claims
from quantclaims.contributed import add_contributed
from quantclaims.extraction import Extract, extract_here
from quantclaims.pages.metadata import hash_text
from quantclaims.pages.read import read_articles
from quantclaims.problems import Problem, describe_os_error
from quantclaims.records import Article, Claim
from quantclaims.reviews import apply_reviews
from quantclaims.schemas.edtf import parse_edtf
from quantclaims.storage.replace import replace_files, undo_unfinished

if TYPE_CHECKING:
    from quantclaims.storage.write import EncodedDataset

REVIEWS, CONTRIBUTED = "reviews.csv", "contributed.csv"


class BuildError(Exception):
    """Something in the input is wrong, so nothing was written; ``lines`` names all of it, a line each."""

    def __init__(self, problems: Iterable[object]) -> None:
        self.lines = tuple(map(str, problems))
        super().__init__("\n".join(self.lines))


def build_dataset(folder: Path, out: Path, extract_all: Extract = extract_here) -> "EncodedDataset":
    """Build claims.parquet and articles.parquet in ``out`` from the articles of a folder.

    Decisions come from a reviews.csv beside the folder, where there is one, and further claims from a contributed.csv.
    Raises `BuildError`, with every problem of the first step that has any, and then leaves ``out`` as it was.
    """
    with stopping_unwritable(out):
        for unfinished in (out, out.parent):  # a killed build changed the one, a killed release the other
            undo_unfinished(unfinished)
    dataset = make_dataset(folder, extract_all)
    with stopping_unwritable(out):
        replace_files(out, dataset.files)
        publish(out, dataset)
    return dataset


def publish(out: Path, dataset: "EncodedDataset") -> None:
    """Bring the data card beside the dataset up to date; raises `BuildError` for one without its markers."""
    from quantclaims.data_card import CARD, publish_card

    try:
        publish_card(out, dataset.claims, dataset.articles)
    except ValueError as error:
        what, _, advice = str(error).partition(": ")
        raise BuildError([Problem(out.parent / CARD, None, what, advice)]) from None


@contextmanager
def stopping_unwritable(out: Path) -> Iterator[None]:
    """Raise `BuildError` for a folder that cannot be written."""
    try:
        yield
    except OSError as error:
        what = f"cannot be written, {describe_os_error(error)}"
        raise BuildError([Problem(out, None, what, "name a folder that you may write to with --out")]) from None


def make_dataset(folder: Path, extract_all: Extract = extract_here) -> "EncodedDataset":
    """The dataset that `build_dataset` writes for a folder of articles; raises `BuildError` as that does."""
    articles, problems = read_articles(folder)
    stop_at(problems)
    extracted = extract_all(articles)
    import quantclaims.storage.write  # noqa: F401 (polars and pandera load while workers read)

    claims = [claim for found in extracted for claim in found]
    claims, problems = apply_reviews(claims, folder.parent / REVIEWS)
    stop_at(problems)
    claims, lines = add_contributed(claims, articles, folder.parent / CONTRIBUTED)
    stop_at(lines)
    return encode(articles, compare_claims(claims))


def stop_at(problems: Sequence[object]) -> None:
    """Raise `BuildError` if there is any problem."""
    if problems:
        raise BuildError(problems)


def encode(articles: Sequence[Article], claims: Sequence[Claim]) -> "EncodedDataset":
    """Both tables, checked against the contract and against the texts, as the bytes of their files."""
    from quantclaims.schemas import article, claim
    from quantclaims.storage.frames import RowsError, frame_from_rows
    from quantclaims.storage.write import encode_dataset
    from quantclaims.validating.checking import check_dataset
    from quantclaims.validating.findings import render_finding

    counts: dict[str, int] = {}
    for row in claims:
        counts[row.article_id] = counts.get(row.article_id, 0) + 1
    try:
        claim_frame = frame_from_rows([row._asdict() for row in claims], claim.Claim)
        article_frame = frame_from_rows([make_row(a, counts.get(a.article_id, 0)) for a in articles], article.Article)
    except RowsError as error:
        raise BuildError(map(render_finding, error.findings)) from None
    texts = {each.article_id: each.text for each in articles}
    stop_at(list(map(render_finding, check_dataset(claim_frame, article_frame, texts))))
    return encode_dataset(claim_frame, article_frame)


def make_row(each: Article, claims: int) -> dict[str, Any]:
    """The row of articles.parquet that describes an article."""
    start, end = parse_edtf(each.published) if each.published else (None, None)
    return {
        "article_id": each.article_id,
        "title": each.title,
        "publisher": each.publisher,
        "url": each.url,
        "language": each.language,
        "published": each.published,
        "published_start": start,
        "published_end": end,
        "published_basis": each.published_basis,
        "text_sha256": hash_text(each.text),
        "characters": len(each.text),
        "claims": claims,
        "retrieved": each.retrieved,
    }
