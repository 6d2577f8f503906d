"""The values that pass between the steps: plain NamedTuples, no behaviour.

Offsets are Unicode code points into the text that was given, half open, as in the W3C Web Annotation
TextPositionSelector (https://www.w3.org/TR/annotation-model/#text-position-selector).
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Token(NamedTuple):
    """A word, a run of digits, a code (letters mixed with digits: ``C4ADS``) or a single mark."""

    start: int
    end: int
    text: str
    folded: str
    """Case and spelling variants removed, same length as ``text``."""
    kind: str
    """``word``, ``digits``, ``code`` or ``mark``."""


class Sentence(NamedTuple):
    """Tokens of one sentence; ``paragraph`` counts the lines of the text that hold any token."""

    start: int
    end: int
    paragraph: int
    tokens: tuple[Token, ...]


class Article(NamedTuple):
    """One article as the extraction sees it."""

    text: str
    language: str
    """BCP 47 primary tag: ``pl``, ``ro`` or ``en``."""
    published: str | None = None
    """EDTF (https://www.loc.gov/standards/datetime/): the day, or what is known of it."""
    article_id: str = ""
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published_basis: str | None = None
    retrieved: date | None = None


class Number(NamedTuple):
    """A numeral as printed, without hedge, unit or counted thing."""

    start: int
    end: int
    value: float | None
    """The figure; None where the words give only bounds ("dozens", "10 to 20")."""
    low: float | None
    high: float | None
    """Inclusive bounds that the numeral entails; both equal ``value`` for an exact figure."""
    kind: str
    """``cardinal``, ``ordinal``, ``fraction``, ``multiplicative`` ("threefold"), ``range``, ``magnitude`` ("tens")."""
    rule: str
    """Name of the rule that read it."""
    first_token: int = 0
    last_token: int = 0
    """Tokens of the sentence it spans, half open; for the steps that follow."""


class Quantity(NamedTuple):
    """A number with what it counts or measures, and how exactly it is meant."""

    start: int
    end: int
    number_start: int
    number_end: int
    head_start: int | None
    head_end: int | None
    value: float | None
    low: float | None
    high: float | None
    qualifier: str
    unit: str
    """UCUM code, ISO 4217 code, ``1`` for counts, or a quotient of these ("1/a")."""
    items: tuple[str, ...]
    attributes: tuple[str, ...]
    lemma: str | None
    """Lemma of the head noun."""
    kind: str
    """The number's kind."""
    rules: tuple[str, ...]
    first_token: int = 0
    last_token: int = 0


class DateExpression(NamedTuple):
    """A dated phrase; ``edtf``, ``earliest`` and ``latest`` are None where the text does not settle them."""

    start: int
    end: int
    edtf: str | None
    earliest: date | None
    latest: date | None
    basis: str
    """``explicit`` (the words alone settle it) or ``relative`` (resolved against the reference date)."""
    rule: str
    first_token: int = 0
    last_token: int = 0


class Claim(NamedTuple):
    """One row of the dataset; ``quantclaims.schemas.claim`` defines what each field means."""

    claim_id: str
    article_id: str
    language: str
    quote: str
    quote_start: int
    quote_end: int
    quote_prefix: str
    quote_suffix: str
    mentions: int
    value: float | None
    value_low: float | None
    value_high: float | None
    qualifier: str
    unit: str
    change: str
    items: tuple[str, ...]
    attributes: tuple[str, ...]
    item_text: str | None
    item_lemma: str | None
    base_claim_id: str | None
    relation: str | None
    factor: float | None
    predicate: str | None
    actor: str | None
    counterparty: str | None
    stance: str
    is_denial: bool
    claimant: str | None
    claimant_text: str | None
    claimant_country: str | None
    claimant_type: str | None
    via: tuple[str, ...]
    period: str | None
    period_start: date | None
    period_end: date | None
    period_basis: str
    stated: str | None
    stated_start: date | None
    stated_end: date | None
    published_start: date | None
    published_end: date | None
    topic_key: str
    confidence: float
    source_reliability: str
    discrepancy: tuple[str, ...]
    information_credibility: str
    review: str
    rules: tuple[str, ...]


def make_topic_key(
    predicate: str | None, items: Sequence[str], item_lemma: str | None, actor: str | None, counterparty: str | None
) -> str:
    """Rows with the same key answer the same question: predicate, items (or lemma), actor, counterparty.

    >>> make_topic_key("transfer", ["drone", "rocket"], None, "PRK", None)
    'transfer|drone+rocket|PRK|-'
    """
    counted = "+".join(items) or item_lemma or "-"
    return "|".join((predicate or "-", counted, actor or "-", counterparty or "-"))
