"""Whether the text names those whom a row makes vouch for its figure, and those who pass it on.

A claimant is named by its printed form, or by any form that the register's id is known by, as the article inflects it
and wherever it stands: a pronoun in the quote's own sentence may mean a name three paragraphs before.
"""

from collections.abc import Iterator, Sequence

from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention, claimant_country, compose_claimant, find_mentions, party_code
from quantclaims.lexicon import PhraseTable
from quantclaims.schemas.vocabularies import load_vocabulary
from quantclaims.tokens import tokenize
from quantclaims.verifying.evidence import Evidence, Figure
from quantclaims.verifying.quotes import find_folded, fold_text
from quantclaims.verifying.verdicts import CONTRADICTED, NOT_FOUND, FieldVerdict, Row, support

ARTICLE = "article"
"""The article's own voice, which no text names."""
UNNAMED = "unnamed-"
"""What ids of those begin with whom no text names."""
GOVERNMENT = "government"
"""What follows the state in the id of its government."""
UNSIGNED = "unnamed-estimates"
"""Estimates that nobody signs: whether they or the article speak, readers differ."""
ROLES = ("institution", "office")
"""Kinds of mentions that name a body or an office of some state."""


def check_claimants(row: Row, figure: Figure | None, evidence: Evidence) -> Iterator[FieldVerdict]:
    """Verdicts on claimant, claimant_text and via, as far as the row gives them."""
    claimant, printed = row.get("claimant"), row.get("claimant_text")
    if printed is not None:
        yield from check_printed(row, evidence)
    if claimant is not None:
        yield from check_claimant(row, figure, evidence)
    if row.get("via"):
        missing = [name for name in row["via"] if not is_relay_named(name, evidence)]
        if missing:
            yield FieldVerdict("via", NOT_FOUND, row["via"], f"the text does not name {', '.join(missing)}")
        else:
            yield from support(row, "via")


def check_printed(row: Row, evidence: Evidence) -> list[FieldVerdict]:
    """The printed form occurs in the text, perhaps inflected; it names nobody else than the claimant."""
    printed, claimant = row["claimant_text"], row.get("claimant")
    language, topic = evidence.discourse.language, evidence.discourse.topic
    if not is_printed(printed, evidence):
        return [FieldVerdict("claimant_text", NOT_FOUND, printed, "the text does not have it")]
    others = [
        m for m in find_mentions(tokenize(printed, language), language, topic) if m.kind in ("claimant", "person")
    ]
    if claimant in (None, ARTICLE) or not others or any(is_akin(claimant, mention) for mention in others):
        return support(row, "claimant_text")
    return [FieldVerdict("claimant_text", CONTRADICTED, printed, f"that is {others[0].ident}, not {claimant}")]


def check_claimant(row: Row, figure: Figure | None, evidence: Evidence) -> list[FieldVerdict]:
    """The text names the claimant; a sentence that names another one, and this one nowhere near, contradicts it."""
    claimant = row["claimant"]
    attributed = find_attributed(figure)
    near = [figure.passage] if figure else []
    if claimant == ARTICLE and attributed == UNSIGNED:
        return support(row, "claimant")
    if (
        attributed not in (None, claimant)
        and (claimant == ARTICLE or not is_named(claimant, evidence, near))
        and not is_government_of(claimant, attributed or "")
    ):
        return [FieldVerdict("claimant", CONTRADICTED, claimant, attributed)]
    if claimant == ARTICLE or is_named(claimant, evidence):
        return support(row, "claimant")
    if row.get("claimant_text") is not None and is_printed(row["claimant_text"], evidence):
        return support(row, "claimant")
    return [FieldVerdict("claimant", NOT_FOUND, claimant, "the text does not name it")]


def find_attributed(figure: Figure | None) -> str | None:
    """The register id of whom the figure's own sentence makes vouch for it; None where it names nobody known."""
    if figure is None or figure.speaker.claimant in (None, ARTICLE) or figure.speaker.is_anaphoric:
        return None
    if any(rule.startswith("speaker_") for rule in figure.speaker_rules):
        return None
    return figure.speaker.claimant


def is_government_of(claimant: str, other: str) -> bool:
    """Whether one claimant is the government of the state whose body the other is: each is named for the other.

    >>> is_government_of("kr-government", "kr-intelligence"), is_government_of("kr-president", "kr-intelligence")
    (True, False)
    """
    state, _, body = claimant.partition("-")
    other_state, _, other_body = other.partition("-")
    return state == other_state and GOVERNMENT in (body, other_body)


def is_akin(claimant: str, mention: Mention) -> bool:
    """Whether a mention is of the claimant, or stands for it."""
    return mention.ident == claimant or is_government_of(claimant, mention.ident)


def is_relay_named(name: str, evidence: Evidence) -> bool:
    """Whether the article names a relay, which is an id of the register or a name as printed."""
    if name in load_vocabulary("claimants"):
        return is_named(name, evidence)
    return is_printed(name, evidence)


def is_named(claimant: str, evidence: Evidence, passages: Sequence[int] | None = None) -> bool:
    """Whether the article, or these of its sentences, name a claimant of the register in any form.

    A state's name stands for its government; a ministry or an office, for that of a state that the article names.
    """
    discourse = evidence.discourse
    read = [discourse.passages[index] for index in (range(len(discourse.passages)) if passages is None else passages)]
    if any(attribution.speaker.claimant == claimant for passage in read for attribution in passage.attributions):
        return True
    mentions = [mention for passage in read for mention in passage.mentions]
    if any(mention.ident == claimant for mention in mentions):
        return True
    if claimant.startswith(UNNAMED):
        return is_unnamed(claimant, mentions, discourse.language)
    country = claimant_country(claimant)
    code = party_code(country, discourse.topic) if country else None
    if code is None or all(m.country != country for passage in discourse.passages for m in passage.mentions):
        return False
    roles = {mention.ident for mention in mentions if mention.kind in ROLES}
    if any(compose_claimant(code, role, discourse.topic) == claimant for role in roles):
        return True
    return claimant == f"{code}-{GOVERNMENT}" and any(mention.country == country for mention in mentions)


def is_unnamed(claimant: str, mentions: Sequence[Mention], language: str) -> bool:
    """Whether an office is mentioned that stands for such people when nobody says whose it is."""
    return any(load_cues(language).unnamed.get(mention.ident) == claimant for mention in mentions)


def is_printed(printed: str, evidence: Evidence) -> bool:
    """Whether a name stands in the article, in the form that is given or in another of its forms."""
    text, language = evidence.article.text, evidence.discourse.language
    if any(find_folded(fold_text(text), printed)):
        return True
    if not tokenize(printed, language):
        return False
    table = PhraseTable([(printed, printed)], language, inflect=True)
    return any(any(table.scan(passage.sentence.tokens)) for passage in evidence.discourse.passages)
