"""How to cite each row that the page shows."""

from collections.abc import Mapping

from quantclaims import __version__
from quantclaims.citing import FORMS, SHORT, Citation, describe_dataset, place_row
from quantclaims.exploring.sources import Sources
from quantclaims.exploring.wording import name_claimant
from quantclaims.records import Claim


def cite_rows(sources: Sources, fingerprint: str) -> dict[str, Mapping[str, str]]:
    """Citations by form, of each row by its claim_id.

    Rows of the published dataset are cited as `quantclaims.cite` does. Another dataset has authors whom nothing names:
    its rows have a sentence, and no form that a reference manager would fill with ours.
    """
    whole = describe_published()
    if whole is None or whole.fingerprint != fingerprint:
        return {name: {"apa": name_row(each.claim, fingerprint)} for name, each in sources.explanations.items()}
    articles = {row["article_id"]: row for row in sources.articles.iter_rows(named=True)}
    rows = sources.claims.iter_rows(named=True)
    cited = {row["claim_id"]: place_row(row, articles[row["article_id"]], whole) for row in rows}
    return {name: {form: write(each) for form, write in FORMS.items()} for name, each in cited.items()}


def describe_published() -> Citation | None:
    """The installed dataset; None where there is none."""
    try:
        return describe_dataset()
    except (OSError, ValueError, KeyError):
        return None


def name_row(claim: Claim, fingerprint: str) -> str:
    """A sentence that names a row and the dataset that it is from."""
    said = f"Claim {claim.claim_id}: “{claim.quote}”, {name_claimant(claim)}"
    return f"{said}. Read by quantclaims {__version__}; fingerprint of the dataset {fingerprint[:SHORT]}."
