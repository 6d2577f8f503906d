"""How to cite the dataset, or one row of it, so that a reader can find and check it years later.

A citation names the version and the fingerprint of the claims, which `quantclaims fingerprint` computes again from the
rows; of a row also its claim_id, the words that it quotes, whose they are, and the article.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from importlib.resources import files
from typing import Any, NamedTuple

from quantclaims import __version__
from quantclaims.load import load_table
from quantclaims.problems import name_known
from quantclaims.schemas.vocabularies import load_vocabulary
from quantclaims.storage.datacite import CREATOR
from quantclaims.storage.descriptor import DESCRIPTOR
from quantclaims.terminal import FINE, MISUSE

TITLE = "quantclaims: numeric claims in news articles, with who says so, over which period, and how sure"
"""As in CITATION.cff."""
SHORT = 12
"""Digits of a fingerprint in a citation for people; the other forms have all 64."""


class CiteError(ValueError):
    """No row has that claim_id; the message names the nearest ones."""


class Citation(NamedTuple):
    """What a citation says; dates are None before the first release."""

    key: str
    title: str
    container: str | None
    """Title of the dataset, of which a row is a part."""
    version: str
    fingerprint: str
    released: date | None
    note: str
    """Of a row: its words and its article; empty for the dataset."""
    url: str | None
    """Of the article."""


def cite(claim_id: str | None = None, form: str = "apa") -> str:
    """The installed dataset, or one of its rows, as ``apa``, ``bibtex``, ``ris`` or ``csl`` (CSL-JSON).

    Raises `CiteError` for a claim_id that the dataset does not have, ValueError for another form.

    >>> print(cite()[:23])
    The quantclaims authors
    """
    if form not in FORMS:
        raise ValueError(f"no form {form!r}: {name_known(form, FORMS)}")
    return FORMS[form](describe_dataset() if claim_id is None else describe_row(claim_id))


def describe_dataset() -> Citation:
    """The dataset as a whole."""
    described = json.loads((files("quantclaims.dataset") / DESCRIPTOR).read_text(encoding="utf-8"))
    (claims,) = (each for each in described["resources"] if each["name"] == "claims")
    created = described.get("created")
    released = None if created is None else datetime.fromisoformat(created).date()
    return Citation(f"quantclaims-{__version__}", TITLE, None, __version__, claims["fingerprint"], released, "", None)


def describe_row(claim_id: str) -> Citation:
    """One row, as a part of the dataset; raises `CiteError`."""
    claims = load_table("claims", None)
    found = claims.filter(claim_id=claim_id)
    if found.is_empty():
        near = get_close_matches(claim_id, claims["claim_id"].to_list(), n=1)
        hint = f"did you mean {near[0]}?" if near else f"the dataset has {claims.height} claims"
        raise CiteError(f"no claim {claim_id!r} in version {__version__}: {hint}")
    row = found.row(0, named=True)
    article = load_table("articles", None).filter(article_id=row["article_id"]).row(0, named=True)
    return place_row(row, article, describe_dataset())


def place_row(row: Mapping[str, Any], article: Mapping[str, Any], whole: Citation) -> Citation:
    """A row of claims.parquet with its row of articles.parquet, as a part of the dataset."""
    claimant = load_vocabulary("claimants")[row["claimant"]].label["en"] if row["claimant"] else row["claimant_text"]
    said = f"“{row['quote']}”" + (f", {claimant}" if claimant else "")
    told = [article["title"], article["publisher"], re.sub("(.*)~$", r"about \1", article["published"] or "")]
    where = f"In the article {row['article_id']}: {', '.join(each for each in told if each)}"
    return whole._replace(
        key=f"{whole.key}-{row['claim_id'].replace('#', '-')}",
        title=f"Claim {row['claim_id']}: {said}",
        container=TITLE,
        note=where,
        url=article["url"],
    )


def run_cite(claim_id: str | None, form: str) -> int:
    """Print a citation; the exit code."""
    try:
        print(cite(claim_id, form))
    except (ValueError, FileNotFoundError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return MISUSE
    return FINE


# Forms


def write_apa(cited: Citation) -> str:
    """As the seventh edition of the APA's manual has datasets; without italics.

    A version that is not released yet has no year ("n.d.").
    """
    year = cited.released.year if cited.released else "n.d."
    about = f"(Version {cited.version}; fingerprint {cited.fingerprint[:SHORT]})"
    if cited.container is None:
        return f"{CREATOR}. ({year}). {cited.title} {about} [Data set]."
    link = f" {cited.url}" if cited.url else ""
    return f"{CREATOR}. ({year}). {cited.title} [Row of a data set]. In {cited.container} {about}. {cited.note}.{link}"


def write_bibtex(cited: Citation) -> str:
    """An entry that BibTeX and BibLaTeX read; in braces, so that no style changes capitals."""
    fields = {
        "author": f"{{{CREATOR}}}",
        "title": f"{{{escape_latex(cited.title)}}}",
        "howpublished": escape_latex(cited.container or "Data set"),
        "version": cited.version,
        "year": str(cited.released.year) if cited.released else None,
        "note": escape_latex(write_note(cited)),
        "url": cited.url,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{re.sub('[^A-Za-z0-9.:_-]', '-', cited.key)},\n" + ",\n".join(lines) + "\n}"


LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


def escape_latex(text: str) -> str:
    r"""A text that LaTeX prints as it is.

    >>> print(escape_latex("30 % of a#1_b {c}"))
    30 \% of a\#1\_b \{c\}
    """
    return "".join(LATEX.get(character, character) for character in text)


def write_ris(cited: Citation) -> str:
    """A record as reference managers import it."""
    issued = cited.released
    fields = [
        ("TY", "DATA"),
        ("AU", CREATOR),
        ("TI", cited.title),
        ("T2", cited.container),
        ("ET", cited.version),
        ("PY", f"{issued.year}" if issued else None),
        ("DA", f"{issued:%Y/%m/%d}" if issued else None),
        ("N1", write_note(cited)),
        ("UR", cited.url),
    ]
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value) + "\nER  - "


def write_csl(cited: Citation) -> str:
    """CSL-JSON, https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html, a list of one item."""
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "dataset",
        "author": [{"literal": CREATOR}],
        "title": cited.title,
        "container-title": cited.container,
        "version": cited.version,
        "issued": {"date-parts": [[cited.released.year, cited.released.month, cited.released.day]]}
        if cited.released
        else None,
        "note": write_note(cited),
        "URL": cited.url,
    }
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=1)


def write_note(cited: Citation) -> str:
    """What no form has a place of its own for."""
    checked = f"Fingerprint of the claims: {cited.fingerprint}. Licence: CC BY 4.0"
    return f"{cited.note}. {checked}" if cited.note else checked


FORMS: Mapping[str, Callable[[Citation], str]] = {
    "apa": write_apa,
    "bibtex": write_bibtex,
    "csl": write_csl,
    "ris": write_ris,
}
