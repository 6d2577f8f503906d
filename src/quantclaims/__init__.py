"""Numeric claims in news articles: who says how many, of what, over which period, how sure.

The names below are the stable public API; everything loads when first used, so importing the package is cheap.

>>> import quantclaims
>>> [(n.start, n.end, n.value) for n in quantclaims.find_numbers("około 2,4 mln zgłoszeń", "pl")]
[(6, 13, 2400000.0)]
"""

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quantclaims.analysis import agreement as agreement
    from quantclaims.analysis import intervals as intervals
    from quantclaims.analysis import list_topics as list_topics
    from quantclaims.analysis import timeline as timeline
    from quantclaims.citing import cite as cite
    from quantclaims.claims import extract_claims as extract_claims
    from quantclaims.corpora.kernel import extract_batch as extract_batch
    from quantclaims.dates.scan import find_dates as find_dates
    from quantclaims.describing import describe as describe
    from quantclaims.load import load_articles as load_articles
    from quantclaims.load import load_claims as load_claims
    from quantclaims.numbers.scan import find_numbers as find_numbers
    from quantclaims.quantities.scan import find_quantities as find_quantities
    from quantclaims.records import Article as Article
    from quantclaims.records import Claim as Claim
    from quantclaims.records import DateExpression as DateExpression
    from quantclaims.records import Number as Number
    from quantclaims.records import Quantity as Quantity


def find_version() -> str:
    """The version of a checkout is that of its pyproject.toml; elsewhere that of the installed package.

    A checkout's metadata is as old as its last installation, and older where a wheel was once built in it: what that
    leaves behind is found first by whatever runs there. A release changes pyproject.toml and is in force at once.
    """
    try:
        project = Path(__file__).parents[2].joinpath("pyproject.toml").read_text(encoding="utf-8")
    except (OSError, IndexError):
        project = ""
    found = re.search(r'^name = "quantclaims"\nversion = "([^"]+)"', project, re.MULTILINE)
    if found:
        return found[1]
    from importlib.metadata import version

    return version("quantclaims")


__version__ = find_version()

HOMES = {
    "Article": "records",
    "Claim": "records",
    "DateExpression": "records",
    "Number": "records",
    "Quantity": "records",
    "agreement": "analysis",
    "cite": "citing",
    "describe": "describing",
    "extract_batch": "corpora.kernel",
    "extract_claims": "claims",
    "find_dates": "dates.scan",
    "find_numbers": "numbers.scan",
    "find_quantities": "quantities.scan",
    "intervals": "analysis",
    "list_topics": "analysis",
    "load_articles": "load",
    "load_claims": "load",
    "timeline": "analysis",
}
"""Public name -> the module that defines it."""

__all__ = ["__version__", *HOMES]  # noqa: PLE0604 (a dict of names)


def __getattr__(name: str) -> Any:
    if name in HOMES:
        return getattr(import_module(f"quantclaims.{HOMES[name]}"), name)
    raise AttributeError(f"module 'quantclaims' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
