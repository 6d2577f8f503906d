"""The page: template, style and scripts in one file, under a policy that lets it ask nothing of anybody.

The policy (https://www.w3.org/TR/CSP3/) names the hash of each script and style that is part of the page, and allows
nothing else: no request, no frame, no form, and no script that data could smuggle in.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from quantclaims import __version__
from quantclaims.charts import GREY, INK, LINES
from quantclaims.explaining.page import NAMES
from quantclaims.exploring.bundles import bundle_charts, bundle_tables
from quantclaims.exploring.views import ClaimView, Line, TopicView
from quantclaims.exploring.wording import show_hidden
from quantclaims.schemas.claim import fields

START = "document.documentElement.className = 'js';"
"""Runs before anything is seen: without scripts, all views stand one below the other."""


class Dataset(NamedTuple):
    """What the page says of the dataset as a whole."""

    articles: int
    fingerprint: str
    version: str = __version__


def write_page(
    dataset: Dataset, lines: Sequence[Line], topics: Sequence[TopicView], claims: Sequence[ClaimView]
) -> str:
    """The whole file; the same rows give the same characters."""
    style = write_style()
    scripts = [START, read_part("page.js"), bundle_charts(), bundle_tables()]
    charts = {topic.id: topic.charts for topic in topics if topic.charts}
    return (
        make_environment()
        .get_template("page.html")
        .render(
            dataset=dataset,
            lines=lines,
            topics=topics,
            claims=claims,
            columns=fields(),
            choices=list_choices(lines),
            names=NAMES,
            policy=write_policy(scripts, [style]),
            style=Markup(style),  # noqa: S704 (ours)
            scripts=[Markup(script) for script in scripts],  # noqa: S704 (ours, and the libraries')
            charts=write_json(charts),
        )
    )


def write_style() -> str:
    """The style, with the colours that charts are drawn in: it gives them others on a dark page."""
    style = read_part("page.css")
    for name, colour in (("INK", INK), ("GREY", GREY), ("LINES", LINES)):
        style = style.replace(f'"{name}"', f'"{colour}"')
    return style


def read_part(name: str) -> str:
    """A part of the page that stands beside this module."""
    return (files("quantclaims.exploring") / name).read_text(encoding="utf-8")


def make_environment() -> Environment:
    """Templates in which every value is escaped, and controls that are not seen are written out."""
    return Environment(
        loader=DictLoader({"page.html": read_part("page.html"), "parts.html": read_part("parts.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) or not isinstance(value, str) else show_hidden(value),
    )


def write_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The Content-Security-Policy."""
    sources = {"script-src": " ".join(map(hash_part, scripts)), "style-src": " ".join(map(hash_part, styles))}
    none = ("default-src", "base-uri", "form-action")
    return "; ".join(f"{name} {source}" for name, source in (dict.fromkeys(none, "'none'") | sources).items())


def hash_part(part: str) -> str:
    """The source expression of an inline script or style."""
    return f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'"


def write_json(value: Mapping[str, Any]) -> Markup:
    r"""JSON as it may stand in ``<script>``.

    >>> write_json({"a": "</script>"})
    Markup('{"a":"\\u003c/script>"}')
    """
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 (no "<" is left)


def list_choices(lines: Sequence[Line]) -> dict[str, list[str]]:
    """What each filter offers, by the attribute of a line, in alphabetical order."""
    return {
        attribute: sorted({getattr(line, attribute) for line in lines}, key=str.casefold)
        for attribute in ("claimant", "counted", "language")
    }
