"""The command line: every command is a function that says what it does and returns through its exit code.

0 is fine, 1 means findings (problems in the data), 2 misuse of the command. Only typer loads at the start; what a
command needs, it loads itself.
"""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quantclaims import __version__
from quantclaims.startup import start_lean


def make_app(about: str | None = None) -> typer.Typer:
    """An application whose errors are left to Python: a traceback is for those who can mend it."""
    return typer.Typer(
        help=about, no_args_is_help=about is not None, add_completion=False, pretty_exceptions_enable=False
    )


app = make_app("Numeric claims in news articles: who says how many, of what, over which period, how sure.")

ArticlesOption = Annotated[
    Path, typer.Option("--articles", help="Folder of .md, .txt or .html files, with an articles.toml if need be.")
]
OutOption = Annotated[Path, typer.Option("--out", help="Folder that claims.parquet and articles.parquet go to.")]


def show_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main_options(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of the program itself; the commands follow."""


@app.command()
def build(
    articles: ArticlesOption = Path("dataset/articles"),
    out: OutOption = Path("dataset"),
) -> None:
    """Build the dataset from a folder of articles; nothing is written when anything is wrong with them."""
    from quantclaims.terminal import run_build

    raise typer.Exit(run_build(articles, out))


@app.command()
def explain(
    claim_id: Annotated[str | None, typer.Argument(help="Claim of the dataset, such as some-article#1743.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Explain the claims of this text; - reads it.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the text; recognised when not given.")] = None,
    published: Annotated[str | None, typer.Option(help="Day on which the text appeared, in EDTF.")] = None,
    dataset: Annotated[
        Path | None, typer.Option(help="Folder of claims.parquet; the installed dataset when not given.")
    ] = None,
    articles: Annotated[
        Path | None, typer.Option(help="Folder of the articles; alone, its claims are read from it.")
    ] = None,
) -> None:
    """Show the words of a passage that gave a claim its fields, and the rules that read them."""
    from quantclaims.explaining.command import run_explain

    raise typer.Exit(run_explain(claim_id, text, language, published, dataset, articles))


@app.command()
def explore(
    dataset: Annotated[
        Path | None, typer.Option(help="Folder of claims.parquet; the installed dataset when not given.")
    ] = None,
    articles: Annotated[
        Path | None, typer.Option(help="Folder of the articles; that beside the dataset when not given.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The HTML file to write.")] = Path("explorer.html"),
) -> None:
    """Write a page to look at the dataset with, one file that works offline: rows, charts, claims in their passages."""
    from quantclaims.exploring.command import run_explore

    raise typer.Exit(run_explore(dataset, articles, out))


class CitationForm(StrEnum):
    """Forms of a citation."""

    APA = "apa"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"


@app.command()
def cite(
    claim_id: Annotated[str | None, typer.Argument(help="A claim of the dataset; without one, the dataset.")] = None,
    form: Annotated[CitationForm, typer.Option("--format", help="For people or a reference manager.")] = (
        CitationForm.APA
    ),
) -> None:
    """Print how to cite the installed dataset or one row of it, with version and fingerprint."""
    from quantclaims.citing import run_cite

    raise typer.Exit(run_cite(claim_id, form.value))


@app.command()
def fingerprint(
    files: Annotated[list[Path], typer.Argument(help="Parquet, CSV or JSON Lines files of claims or articles.")],
) -> None:
    """Print the fingerprint of the rows of each file: the same rows have the same one, in whatever format and order."""
    from quantclaims.fingerprints import run_fingerprint

    raise typer.Exit(run_fingerprint(files))


class ReportFormat(StrEnum):
    """For whom findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


@app.command()
def validate(
    files: Annotated[list[Path], typer.Argument(help="Parquet, CSV or JSON Lines files of claims or articles.")],
    form: Annotated[ReportFormat, typer.Option("--format", help="For people, programs or CI.")] = ReportFormat.TEXT,
) -> None:
    """Check rows of any origin against the contract: every finding with file, line, column and what would be right."""
    from quantclaims.validating.command import run_validate

    raise typer.Exit(run_validate(files, form.value))


class TemplateTable(StrEnum):
    """Tables that people write."""

    CONTRIBUTED = "contributed"
    REVIEWS = "reviews"
    CLAIMS = "claims"
    ARTICLES = "articles"


@app.command()
def template(
    table: Annotated[TemplateTable, typer.Argument(help="What the rows are.")] = TemplateTable.CONTRIBUTED,
    columns: Annotated[bool, typer.Option("--columns", help="Say what each column holds.")] = False,
    rows: Annotated[Path | None, typer.Option("--rows", help="A file whose rows stand in the template.")] = None,
    excel: Annotated[bool, typer.Option("--excel", help="Semicolons, decimal commas and a byte order mark.")] = False,
) -> None:
    """Print the CSV that a contributor fills in, or what its columns hold."""
    from quantclaims.validating.template import run_template

    raise typer.Exit(run_template(table.value, rows, columns=columns, for_excel=excel))


class DiffFormat(StrEnum):
    """How a difference is shown."""

    TABLE = "table"
    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="File, folder, git revision, REVISION:PATH or released version.")],
    new: Annotated[str, typer.Argument(help="The same, of the version to compare it with.")] = "dataset",
    form: Annotated[
        DiffFormat | None, typer.Option("--format", help="A table on a terminal and text elsewhere when not given.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Lines shown of each table, 0 for all; JSON is whole.")] = 200,
) -> None:
    """Compare two versions of the dataset: rows added, removed and changed, field by field."""
    from quantclaims.diff_report import run_diff

    raise typer.Exit(run_diff(old, new, form, limit))


class ReleaseLevel(StrEnum):
    """The least that a version moves by."""

    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


@app.command()
def release(
    root: Annotated[Path, typer.Option(help="The checkout.")] = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the release and write nothing.")] = False,
    draft_reasons: Annotated[
        bool, typer.Option("--draft-reasons", help="Write a line for every change that lacks a reason, nothing else.")
    ] = False,
    at_least: Annotated[ReleaseLevel, typer.Option(help="For what is new beside the data.")] = ReleaseLevel.PATCH,
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the release; today when not given.")
    ] = None,
) -> None:
    """Set the next version in every file that names it, decided from the difference to the last release."""
    from quantclaims.releasing.command import run_release

    on = (day or datetime.now(UTC)).date()
    raise typer.Exit(run_release(root, on, at_least, dry_run=dry_run, draft_reasons=draft_reasons))


@app.command()
def verify(
    rows: Annotated[Path, typer.Argument(help="Claims as Parquet, CSV or JSON Lines, whoever wrote them.")],
    articles: ArticlesOption = Path("dataset/articles"),
    form: Annotated[
        ReportFormat, typer.Option("--format", help="For people, programs (every field of every row) or CI.")
    ] = ReportFormat.TEXT,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write what can be mended: offsets, and the quote as the text prints it.")
    ] = False,
    limit: Annotated[int, typer.Option(min=0, help="Lines of text, 0 for all; JSON is whole.")] = 200,
) -> None:
    """Hold rows against the texts that they quote: supported, contradicted, or not found, field by field."""
    from quantclaims.verifying.command import run_verify

    raise typer.Exit(run_verify(rows, articles, form.value, is_fixing=fix, limit=limit))


class InputForm(StrEnum):
    """What a file holds whose name does not tell."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"


class Engine(StrEnum):
    """What reads the parts of a corpus."""

    POOL = "pool"
    DASK = "dask"


@app.command()
def extract(  # noqa: PLR0913, PLR0917 (an option each)
    inputs: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, patterns, addresses (s3://…); - is standard input.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder, or a file of claims that ends in .parquet.")] = Path(
        "claims"
    ),
    form: Annotated[InputForm | None, typer.Option("--format", help="Where names do not tell it.")] = None,
    text: Annotated[str | None, typer.Option(help="Column of the text; text, content or body when not given.")] = None,
    article_id: Annotated[str | None, typer.Option("--id", help="Column of the articles' ids.")] = None,
    published: Annotated[str | None, typer.Option("--date", help="Column of the days of publication.")] = None,
    url: Annotated[str | None, typer.Option(help="Column of the addresses.")] = None,
    title: Annotated[str | None, typer.Option(help="Column of the titles.")] = None,
    language_column: Annotated[str | None, typer.Option("--lang", help="Column of the languages.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of articles that do not say theirs.")] = None,
    longest: Annotated[
        int | None, typer.Option(min=1, help="Characters of an article; 1,000,000 if not given.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; one per processor when not given.")] = None,
    patience: Annotated[float, typer.Option(min=1, help="Seconds for one article, before it is given up.")] = 900,
    engine: Annotated[Engine, typer.Option(help="Processes of this machine, or Dask.")] = Engine.POOL,
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler.")] = None,
) -> None:
    """Extract the claims of a corpus of any size; a run that is killed goes on where it was."""
    from quantclaims.corpora.command import Options, run_extract

    given = {
        "text": text,
        "article_id": article_id,
        "published": published,
        "url": url,
        "title": title,
        "language": language_column,
    }
    columns = {field: column for field, column in given.items() if column is not None}
    options = Options(columns, form, language, longest, workers, patience, engine, scheduler)
    raise typer.Exit(run_extract(inputs or [], out, options))


def main() -> None:
    """Entry point of the installed command."""
    start_lean()
    app()
