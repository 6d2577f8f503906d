"""A claim on its way to become a row: spans and references are still positions, nothing is merged yet."""

from typing import NamedTuple

from quantclaims.context.periods import Period
from quantclaims.context.scene import Speaker


class Draft(NamedTuple):
    """One mention of a claim."""

    start: int
    end: int
    anchor: int
    """Offset of the number token; with the article's id it makes the claim's id."""
    value: float | None
    low: float | None
    high: float | None
    qualifier: str
    unit: str
    items: tuple[str, ...]
    attributes: tuple[str, ...]
    item_text: str | None
    item_lemma: str | None
    predicate: str | None
    actor: str | None
    counterparty: str | None
    stance: str
    is_denial: bool
    change: str
    speaker: Speaker
    via: tuple[str, ...]
    period: Period
    stated: Period
    passage: int
    base: int | None
    """Anchor of the claim that this one builds on."""
    relation: str | None
    factor: float | None
    rules: tuple[str, ...]
    mentions: int = 1
