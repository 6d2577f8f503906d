"""`quantclaims explain`: a claim of the dataset, of a folder of articles or of a text, with what led to it.

Whatever is wrong with the question is told in one line on the standard error stream.
"""

import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib.resources import as_file, files
from pathlib import Path

from rich.console import Console
from rich.text import Text

from quantclaims.explaining.evidence import Explanation, explain_article
from quantclaims.explaining.page import is_coloured, render
from quantclaims.lexicon import list_languages
from quantclaims.pages.identify import guess_language
from quantclaims.pages.read import read_articles
from quantclaims.problems import describe_error, name_known
from quantclaims.quantities.scan import find_labels
from quantclaims.records import Article, Claim
from quantclaims.rules import load_labels
from quantclaims.schemas.edtf import parse_edtf
from quantclaims.terminal import FINE, MISUSE

NEAREST = 3
"""Claims that are named where one is asked for that does not exist."""
COMPARED_IDS = 20_000
"""Ids beyond which a misspelt one is not looked for: the comparison takes a second then."""
WIDTH = 110
"""Columns where no terminal says how many there are."""


class MisuseError(Exception):
    """A question that cannot be answered, and why, in one line."""


def run_explain(
    claim_id: str | None,
    text: str | None,
    language: str | None,
    published: str | None,
    dataset: Path | None,
    articles: Path | None,
) -> int:
    """Answer and return the exit code."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    try:
        if (claim_id is None) == (text is None):
            raise MisuseError("explain: give a CLAIM_ID, or --text with a text")
        if text is not None:
            refuse(dataset, articles, why="of a CLAIM_ID; a --text stands for itself")
            article = make_article(sys.stdin.read() if text == "-" else text, language, published)
            show(console, article.text, explain_article(article) or explain_nothing(console, article))
            return FINE
        refuse(language, published, why="of a --text; an article says its own")
        article, explanation = explain_claim(str(claim_id), dataset, articles)
        show(console, article.text, [explanation])
    except MisuseError as error:
        print(error, file=sys.stderr)
        return MISUSE
    return FINE


def refuse(*options: object, why: str) -> None:
    """Raise `MisuseError` if an option is given that goes with the other kind of question."""
    if any(option is not None for option in options):
        raise MisuseError(
            f"explain: {' '.join(f'{option}' for option in options if option is not None)}: an option {why}"
        )


def show(console: Console, text: str, explanations: Sequence[Explanation]) -> None:
    """Print explanations, an empty line between two."""
    for position, explanation in enumerate(explanations):
        if position:
            console.print()
        console.print(render(explanation, text, in_colour=is_coloured(console)))


def make_article(text: str, language: str | None, published: str | None) -> Article:
    """A text as an article; its language is recognised unless it is given."""
    if not text.strip():
        raise MisuseError("explain: the text is empty")
    if language is None:
        language, why = guess_language(text)
        if language is None:
            raise MisuseError(f"explain: {why}: name the language with --language")
    if language not in list_languages():
        raise MisuseError(f"explain: unknown language {language!r}: {name_known(language, list_languages())}")
    if published is not None:
        try:
            parse_edtf(published)
        except ValueError as error:
            raise MisuseError(f"explain: --published {published!r}: {error}") from None
    return Article(text, language, published)


def explain_nothing(console: Console, article: Article) -> list[Explanation]:
    """Say that a text makes no claim, and of each number why it counts nothing."""
    console.print("No numeric claim.")
    for start, end, rule in find_labels(article.text, article.language):
        console.print(Text.assemble("  ", (article.text[start:end], "bold"), f"  {load_labels().get(rule, rule)}"))
    return []


def explain_claim(claim_id: str, dataset: Path | None, articles: Path | None) -> tuple[Article, Explanation]:
    """The article of a claim and the claim's evidence, the row as the dataset has it."""
    if dataset is None and articles is not None:
        article = find_article(articles, claim_id)
        explanations = {each.claim.claim_id: each for each in explain_article(article)}
        if claim_id not in explanations:
            raise MisuseError(f"explain: no claim {claim_id!r} in {articles}: {name_nearest(claim_id, explanations)}")
        return article, explanations[claim_id]
    row = find_row(claim_id, dataset)
    if articles is None and dataset is not None:
        articles = dataset / "articles"
    if articles is None:
        with as_file(files("quantclaims.dataset") / "articles") as folder:
            article = find_article(folder, claim_id)
    else:
        article = find_article(articles, claim_id)
    if article.text[row.quote_start : row.quote_end] != row.quote:
        raise MisuseError(
            f"explain: {claim_id}: the article's text is not the one that the dataset has: build it again"
        )
    return article, attach(row, explain_article(article))


def attach(row: Claim, explanations: Iterable[Explanation]) -> Explanation:
    """The evidence of a row, which people may have reviewed since; without any, the sentence of its quote."""
    for each in explanations:
        if each.claim.claim_id == row.claim_id:
            return each._replace(claim=row)
    return Explanation(row, (), ((row.quote_start, row.quote_end),))


def find_row(claim_id: str, dataset: Path | None) -> Claim:
    """A row of claims.parquet, of a folder or of the installed dataset."""
    import polars as pl

    from quantclaims.load import load_claims

    try:
        frame = load_claims() if dataset is None else pl.read_parquet(dataset / "claims.parquet", memory_map=False)
        rows = frame.filter(pl.col("claim_id") == claim_id).select(Claim._fields).to_dicts()
    except FileNotFoundError as error:
        raise MisuseError(
            f"explain: {dataset or error}: no claims.parquet there: build it, or name its folder"
        ) from None
    except (OSError, pl.exceptions.PolarsError) as error:
        raise MisuseError(f"explain: {dataset}/claims.parquet cannot be read: {describe_error(error)}") from None
    if not rows:
        raise MisuseError(f"explain: no claim {claim_id!r}: {name_nearest(claim_id, frame['claim_id'].to_list())}")
    return Claim._make(tuple(value) if isinstance(value, list) else value for value in rows[0].values())


def find_article(folder: Path, claim_id: str) -> Article:
    """The article that a claim's id names, from a folder of articles."""
    wanted = claim_id.rpartition("#")[0]
    articles, problems = read_articles(folder)
    found = [each for each in articles if each.article_id == wanted]
    if found:
        return found[0]
    if not articles and problems:
        raise MisuseError(f"explain: {problems[0]}")
    known = [each.article_id for each in articles]
    raise MisuseError(f"explain: no article {wanted or claim_id!r} in {folder}: {name_known(wanted, known)}")


def name_nearest(claim_id: str, known: Iterable[str]) -> str:
    """Advice for an unknown id: the nearest claims of its article, else of articles with a similar name.

    >>> name_nearest("a#17", ["a#3", "a#20", "b#1"])
    'the nearest are a#20, a#3'
    """
    known = list(known)
    article, _, offset = claim_id.rpartition("#")
    own = [each for each in known if each.rpartition("#")[0] == article]
    if own and offset.isdecimal():
        near = sorted(own, key=lambda each: abs(int(each.rpartition("#")[2]) - int(offset)))[:NEAREST]
    else:
        near = own[:NEAREST] or get_close_matches(claim_id, known[:COMPARED_IDS], n=NEAREST, cutoff=0.4)
    return f"the nearest are {', '.join(near)}" if near else f"the dataset has {len(known)} claims"
