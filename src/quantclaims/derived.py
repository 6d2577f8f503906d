"""Fields of a claim that follow from its other fields."""

from typing import Any

from quantclaims.records import Claim, make_topic_key
from quantclaims.schemas.edtf import parse_edtf
from quantclaims.schemas.vocabularies import load_vocabulary


def derive_fields(claim: Claim) -> Claim:
    """The claim with everything that follows from fields which a person may write.

    Bounds follow from the EDTF dates, country, type and reliability from the register's entry of the claimant, the
    topic key from predicate, items and parties. Raises ValueError for a date that is no EDTF.
    """
    period = parse_edtf(claim.period) if claim.period is not None else (None, None)
    stated = parse_edtf(claim.stated) if claim.stated is not None else (None, None)
    follows: dict[str, Any] = {
        "period_start": period[0],
        "period_end": period[1],
        "stated_start": stated[0],
        "stated_end": stated[1],
        "source_reliability": "F",
        "topic_key": make_topic_key(claim.predicate, claim.items, claim.item_lemma, claim.actor, claim.counterparty),
    }
    term = load_vocabulary("claimants").get(claim.claimant or "")
    if term is not None:
        follows |= {
            "claimant_country": term.details.get("country"),
            "claimant_type": term.details["type"],
            "source_reliability": term.details["reliability"],
        }
    return claim._replace(**follows)
