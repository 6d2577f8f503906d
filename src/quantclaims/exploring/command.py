"""`quantclaims explore`: write the page of a dataset; what is wrong is told in lines on the standard error stream."""

import sys
from importlib.util import find_spec
from pathlib import Path

from quantclaims.problems import describe_os_error
from quantclaims.terminal import FINE, MISUSE

NEEDED = ("altair", "itables", "jinja2", "vl_convert")
"""What the extra ``explore`` brings."""


def run_explore(dataset: Path | None, articles: Path | None, out: Path) -> int:
    """Write the page, say where, and return the exit code."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        print(f"explore: {missing[0]} is missing: pip install 'quantclaims[explore]'", file=sys.stderr)
        return MISUSE
    from quantclaims.exploring.bundles import BundleError
    from quantclaims.exploring.sources import ExploreError

    try:
        content = make_page(dataset, articles).encode()
        out.write_bytes(content)
    except ExploreError as error:
        print(*error.lines, sep="\n", file=sys.stderr)
        return error.code
    except BundleError as error:
        print(f"explore: {error}", file=sys.stderr)
        return MISUSE
    except OSError as error:
        line = f"explore: {out} cannot be written, {describe_os_error(error)}: name another file with --out"
        print(line, file=sys.stderr)
        return MISUSE
    print(f"{out}: {len(content):,} bytes")
    return FINE


def make_page(dataset: Path | None, articles: Path | None) -> str:
    """The page of a dataset; raises `ExploreError` and `BundleError`."""
    from quantclaims.exploring.citations import cite_rows
    from quantclaims.exploring.page import Dataset, write_page
    from quantclaims.exploring.sources import read_sources
    from quantclaims.exploring.views import make_claims, make_lines, make_topics
    from quantclaims.storage.fingerprint import fingerprint

    sources = read_sources(dataset, articles)
    lines = make_lines(sources)
    topics = make_topics(sources, lines)
    whole = fingerprint(sources.claims)
    cited = cite_rows(sources, whole)
    about = Dataset(sources.articles.height, whole)
    return write_page(about, list(lines.values()), topics, make_claims(sources, lines, topics, cited))
