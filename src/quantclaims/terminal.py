"""What a person sees of a build: progress, a closing table, problems; one line when nobody watches."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quantclaims.records import Article, Claim
    from quantclaims.storage.write import EncodedDataset

FINE, FINDINGS, MISUSE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes of every command but diff, which has those of diff(1); 130 is what shells give for Ctrl-C."""


def run_build(articles: Path, out: Path) -> int:
    """Build, say what came of it, and return the exit code.

    On a terminal with progress and a table; when the output goes elsewhere, one line. Problems go to the standard error
    stream, a line each.
    """
    started = perf_counter()
    try:
        from quantclaims.build import BuildError, build_dataset  # heavy: an interrupt while it loads is caught here

        try:
            dataset = build_dataset(articles, out, watch_workers)
        except BuildError as error:
            print(*error.lines, sep="\n", file=sys.stderr)
            return FINDINGS
        show_summary(dataset, out, perf_counter() - started)
    except KeyboardInterrupt:
        print(f"Interrupted: the dataset in {out} is as it was, or complete.", file=sys.stderr)
        return INTERRUPTED
    return FINE


def watch_workers(articles: "Sequence[Article]") -> "Iterable[list[Claim]]":
    """The claims of each article from worker processes, with a progress bar on a terminal."""
    from quantclaims.extraction import extract_in_workers

    found = extract_in_workers(articles)
    if not sys.stdout.isatty():
        return found
    from rich.progress import track

    return track(found, total=len(articles), description="Reading claims", transient=True)


def show_summary(dataset: "EncodedDataset", out: Path, seconds: float) -> None:
    """What was built: a table on a terminal, else a line."""
    rows = summarise(dataset, seconds)
    if not sys.stdout.isatty():
        counts = ", ".join(f"{value} {name}" for name, value in rows[:2])
        print(f"{out}: {counts}, fingerprint {dict(rows)['fingerprint']}")
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in (("dataset", str(out)), *rows):
        table.add_row(name, Text(value))
    Console().print(table)


def summarise(dataset: "EncodedDataset", seconds: float) -> list[tuple[str, str]]:
    """Name and value of everything that the closing table says."""
    from quantclaims.storage.fingerprint import fingerprint

    languages = Counter(dataset.claims["language"].to_list())
    claimants = dataset.claims["claimant"].drop_nulls().n_unique()
    return [
        ("articles", str(dataset.articles.height)),
        ("claims", str(dataset.claims.height)),
        ("claimants", str(claimants)),
        ("by language", ", ".join(f"{name} {count}" for name, count in sorted(languages.items())) or "none"),
        *((name, f"{len(content):,} bytes") for name, content in dataset.files.items()),
        ("fingerprint", fingerprint(dataset.claims)),
        ("seconds", f"{seconds:.1f}"),
    ]
