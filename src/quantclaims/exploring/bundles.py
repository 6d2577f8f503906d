"""The JavaScript of libraries that the page runs, taken from the installed packages and made fit to stand inside it.

DataTables comes with itables, Vega and Vega-Lite with vl-convert: nothing of theirs is in this repository.
"""

import re
from functools import cache
from importlib.resources import files

EXPORTED = re.compile(r"\bexport\s*\{([^{}]*)\}\s*;?")
DEFAULT = re.compile(r"([\w$]+)\s+as\s+default\b")


class BundleError(RuntimeError):
    """A library that is not installed, or not as this version knows it; the message says what to do."""


def bundle_tables() -> str:
    """DataTables as a module that sets ``window.DataTable``."""
    try:
        source = (files("itables") / "html" / "dt_bundle.js").read_text(encoding="utf-8")
    except (ImportError, OSError):
        raise BundleError("itables is missing: pip install 'quantclaims[explore]'") from None
    exported = EXPORTED.findall(source)
    found = DEFAULT.search(exported[-1]) if exported else None
    if found is None:
        raise BundleError("itables has its DataTables elsewhere: install the version of constraints.txt")
    return fit_inside(f"{source}\nwindow.DataTable={found[1]};\n")


@cache
def bundle_charts() -> str:
    """Vega, Vega-Lite and Vega-Embed as a module that sets ``window.vegaEmbed``; the version that Altair writes for."""
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise BundleError(f"{error.name} is missing: pip install 'quantclaims[explore]'") from None
    version = ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    try:
        return fit_inside(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", version))
    except ValueError:
        raise BundleError(f"vl-convert has no Vega-Lite {version}: install the version of constraints.txt") from None


def fit_inside(script: str) -> str:
    r"""A script as it may stand in ``<script>``: nothing in it ends the element or begins a comment.

    In strings and regular expressions, where alone these characters stand in such bundles, ``\x3C`` is "<"
    (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements). Line ends
    become LF, as the browser reads them: the hash in the page's policy is of what it reads.

    >>> fit_inside("a = '<script>' + '</SCRIPT>' + '<!--';\r\n")
    "a = '\\x3Cscript>' + '\\x3C/SCRIPT>' + '\\x3C!--';\n"
    """
    script = script.replace("\r\n", "\n").replace("\r", "\n").replace("\0", r"\0")
    return re.sub(r"<(?=/?script|!--)", r"\\x3C", script, flags=re.IGNORECASE)
