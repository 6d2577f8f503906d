"""Drafts become rows: ids, quotes with their context, explicit bounds, grades."""

from collections.abc import Sequence
from datetime import date

from quantclaims.comparing import CANNOT_BE_JUDGED
from quantclaims.confidence import estimate_confidence, name_evidence
from quantclaims.context.discourse import Discourse
from quantclaims.context.speakers import claimant_type
from quantclaims.drafts import Draft
from quantclaims.records import Article, Claim, make_topic_key
from quantclaims.schemas.vocabularies import load_vocabulary

CONTEXT = 32
"""Characters of context on each side, as in the W3C TextQuoteSelector."""


def make_rows(
    article: Article, published: tuple[date | None, date | None], discourse: Discourse, drafts: Sequence[Draft]
) -> list[Claim]:
    """The rows of an article's merged drafts, in the order of their figures."""
    return [_make_row(article, published, discourse, draft) for draft in drafts]


def _make_row(
    article: Article, published: tuple[date | None, date | None], discourse: Discourse, draft: Draft
) -> Claim:
    text, speaker = article.text, draft.speaker
    term = load_vocabulary("claimants").get(speaker.claimant or "")
    return Claim(
        claim_id=f"{article.article_id}#{draft.anchor}",
        article_id=article.article_id,
        language=article.language,
        quote=text[draft.start : draft.end],
        quote_start=draft.start,
        quote_end=draft.end,
        quote_prefix=text[max(0, draft.start - CONTEXT) : draft.start],
        quote_suffix=text[draft.end : draft.end + CONTEXT],
        mentions=draft.mentions,
        value=draft.value,
        value_low=draft.low,
        value_high=draft.high,
        qualifier=draft.qualifier,
        unit=draft.unit,
        change=draft.change,
        items=draft.items,
        attributes=draft.attributes,
        item_text=draft.item_text,
        item_lemma=draft.item_lemma,
        base_claim_id=None if draft.base is None else f"{article.article_id}#{draft.base}",
        relation=draft.relation,
        factor=draft.factor,
        predicate=draft.predicate,
        actor=draft.actor,
        counterparty=draft.counterparty,
        stance=draft.stance,
        is_denial=draft.is_denial,
        claimant=speaker.claimant,
        claimant_text=speaker.text,
        claimant_country=speaker.country,
        claimant_type=claimant_type(speaker.claimant),
        via=draft.via,
        period=draft.period.edtf,
        period_start=draft.period.start,
        period_end=draft.period.end,
        period_basis=draft.period.basis,
        stated=draft.stated.edtf,
        stated_start=draft.stated.start,
        stated_end=draft.stated.end,
        published_start=published[0],
        published_end=published[1],
        topic_key=make_topic_key(draft.predicate, draft.items, draft.item_lemma, draft.actor, draft.counterparty),
        confidence=estimate_confidence(name_evidence(discourse, draft)),
        source_reliability=str(term.details["reliability"]) if term else "F",
        discrepancy=(),
        information_credibility=CANNOT_BE_JUDGED,
        review="machine",
        rules=draft.rules,
    )
