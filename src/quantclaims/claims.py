"""The claims of one article: each figure with who says it, of what, when, and on what it stands."""

from datetime import date

from quantclaims.arguments import check_article
from quantclaims.context.denials import find_denials
from quantclaims.context.discourse import Discourse
from quantclaims.context.ellipsis import complete, continue_act
from quantclaims.context.figures import is_claimed
from quantclaims.context.links import find_whole, points_ahead
from quantclaims.context.local_units import settle_units
from quantclaims.context.passages import Passage, locate_sentences, read_passage
from quantclaims.context.protagonists import find_protagonist
from quantclaims.context.publication import find_contradiction, settle_years
from quantclaims.context.relations import find_base, find_multiples
from quantclaims.context.revisions import link_revisions
from quantclaims.context.scene import Memory, Speaker
from quantclaims.context.speakers import is_focus
from quantclaims.context.sums import link_sums
from quantclaims.drafting import draft_denial, draft_linked, draft_multiple, draft_quantity
from quantclaims.merging import merge_drafts
from quantclaims.pages.clean import mask_furniture
from quantclaims.records import Article, Claim
from quantclaims.rows import make_rows
from quantclaims.rules import accept, fires
from quantclaims.schemas.edtf import parse_edtf
from quantclaims.segment import segment

REMEMBERED = 50
"""Speakers and states that an article is remembered to have named; a pronoun points no farther back."""


def extract_claims(article: Article, topic: str = "arms") -> list[Claim]:
    """Every numeric claim of an article, in the order of its figures.

    Raises TypeError for what is no article, ValueError for a language without a grammar and for a publication date that
    is no EDTF.

    >>> article = Article("According to C4ADS, North Korea sent Russia about 1.6 million artillery shells.", "en")
    >>> [(c.quote, c.value, c.claimant, c.actor, c.counterparty) for c in extract_claims(article)]
    [('about 1.6 million artillery shells', 1600000.0, 'c4ads', 'PRK', 'RUS')]
    """
    article = check_article(article)
    discourse = read_discourse(article, topic)
    is_vouching = fires("claimant_article")
    vouched = [draft for draft in discourse.drafts if is_vouching or "claimant_article" not in draft.rules]
    return make_rows(article, read_publication(article), discourse, merge_drafts(vouched))


def read_publication(article: Article) -> tuple[date | None, date | None]:
    """First and last day on which an article may have appeared."""
    return parse_edtf(article.published) if article.published else (None, None)


def read_discourse(article: Article, topic: str = "arms") -> Discourse:
    """An article as far as the context rules read it: its passages, and a draft for each mention of a claim."""
    published = read_publication(article)
    text = mask_furniture(article.text, article.language)
    passages = read_passages(text, article.language, published[0], topic)
    contradicting = find_contradiction(passages, published[1], article.language)
    if contradicting is not None:
        passages = read_passages(text, article.language, None, topic)
    if contradicting is not None or article.published is None:
        passages = settle_years(passages, article.language, contradicting)
    believed = published[1] if contradicting is None else None
    discourse = Discourse(article.language, topic, text, believed, passages)
    for index in range(len(passages)):
        _draft_passage(discourse, index)
    return discourse


def read_passages(text: str, language: str, reference: date | None, topic: str) -> list[Passage]:
    """The sentences of a text, each read with the speakers and states that were named before it."""
    history: list[Speaker] = []
    recent: list[str] = []
    focus: list[str] = []
    protagonists: list[Speaker] = []
    passages: list[Passage] = []
    sentences = segment(text, language)
    for sentence, place in zip(sentences, locate_sentences(sentences), strict=True):
        memory = Memory(history, recent, focus, protagonists)
        passage = read_passage(sentence, place, language, reference, memory, topic)
        passage = complete(settle_units(passage, passages, language), passages, language, topic)
        passages.append(passage)
        spoke = [
            a.speaker for a in passage.attributions if a.kind not in ("noun", "unsaid") and not a.speaker.is_anaphoric
        ]
        named = [m.country for m in reversed(passage.mentions) if m.country]
        history = [*history, *spoke][-REMEMBERED:]
        protagonist = find_protagonist(passage, language, topic)
        protagonists = [*protagonists, *([protagonist] if protagonist else [])][-REMEMBERED:]
        recent = [*named, *recent][:REMEMBERED]
        tokens = sentence.tokens
        about = [m.country for m in reversed(passage.mentions) if m.country and is_focus(tokens, m, language)]
        focus = [*about, *focus][:REMEMBERED]
    return passages


def _draft_passage(discourse: Discourse, index: int) -> None:
    """Add the drafts of one passage to those before it."""
    passage, language = discourse.passages[index], discourse.language
    multiples = [multiple for multiple in find_multiples(passage, language) if accept(multiple)]
    taken = {multiple.anchor for multiple in multiples}
    for quantity in sorted(passage.quantities, key=lambda q: points_ahead(passage, q, language)):
        if quantity.number_start in taken:
            continue
        link, base = find_whole(discourse.drafts, discourse.passages, index, quantity, language)
        if link is not None and base is not None:
            discourse.drafts.append(draft_linked(discourse, index, quantity, link, base))
        elif is_claimed(quantity, passage, language):
            draft = draft_quantity(discourse, index, quantity)
            discourse.drafts.append(continue_act(draft, passage, discourse.drafts))
    revised = link_revisions(discourse.drafts, discourse.passages, index, language)
    discourse.drafts[:] = link_sums(revised, index)
    for multiple in multiples:
        base = find_base(discourse.drafts, passage, index, multiple.anchor, language)
        if base is not None and fires("base_previous"):
            discourse.drafts.append(draft_multiple(discourse, index, multiple, base))
    for denial in filter(accept, find_denials(passage, language, discourse.topic)):
        discourse.drafts.append(draft_denial(discourse, index, denial))
