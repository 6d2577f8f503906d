"""Whether the counted thing and the unit of a row are those that the quote gives its figure."""

from collections.abc import Iterator

from quantclaims.lemmas import lemmas
from quantclaims.lexicon import PhraseTable
from quantclaims.quantities.items import find_items
from quantclaims.records import Token
from quantclaims.schemas.vocabularies import load_vocabulary
from quantclaims.tokens import fold
from quantclaims.verifying.evidence import Evidence, Figure
from quantclaims.verifying.quotes import Place, fold_plain
from quantclaims.verifying.verdicts import CONTRADICTED, NOT_FOUND, SUPPORTED, FieldVerdict, Row, support


def check_counted(row: Row, figure: Figure, evidence: Evidence, place: Place) -> Iterator[FieldVerdict]:
    """Verdicts on unit, items, item_lemma and item_text, as far as the row gives them.

    What a bare number takes from another figure supports the row; where it does not, the text leaves it open.
    """
    found = list(check_figure_counted(row, figure, evidence, place))
    if figure.is_elided:
        bare = figure._replace(unit=None, items=(), lemma=None)
        left = check_figure_counted(row, bare, evidence, place)
        found = [mine if mine.verdict == SUPPORTED else other for mine, other in zip(found, left, strict=True)]
    yield from found
    if row.get("item_text") is not None:
        yield from check_item_text(row, evidence, figure)


def check_figure_counted(row: Row, figure: Figure, evidence: Evidence, place: Place) -> Iterator[FieldVerdict]:
    """Verdicts on unit, items and item_lemma."""
    tokens = evidence.discourse.passages[figure.passage].sentence.tokens
    if row.get("unit") is not None:
        yield from check_unit(row, figure)
    if row.get("items"):
        yield from check_items(row, figure, evidence, tokens)
    if row.get("item_lemma") is not None:
        quoted = [token for token in tokens if place.start <= token.start < place.end]
        yield from check_lemma(row, figure, evidence.discourse.language, quoted)


def check_unit(row: Row, figure: Figure) -> list[FieldVerdict]:
    """The unit is that of the figure; a bare number has none, and a noun that nobody knows may be another unit."""
    if (figure.unit or "1") == row["unit"]:
        return support(row, "unit")
    if figure.unit is None:
        return [FieldVerdict("unit", NOT_FOUND, row["unit"], "no unit is read beside the number")]
    if row["unit"].partition("/")[0] == figure.unit:
        return [FieldVerdict("unit", NOT_FOUND, row["unit"], f"{figure.unit}, and not per what")]
    if figure.unit == "1" and not figure.items:
        return [FieldVerdict("unit", NOT_FOUND, row["unit"], f"a count of {figure.lemma!r}")]
    return [FieldVerdict("unit", CONTRADICTED, row["unit"], figure.unit)]


def check_items(row: Row, figure: Figure, evidence: Evidence, tokens: tuple[Token, ...]) -> list[FieldVerdict]:
    """The items are those of the figure, or broader ones; a figure without any counts what its sentence names."""
    claimed, read = frozenset(row["items"]), frozenset(figure.items)
    if not read:
        language, topic = evidence.discourse.language, evidence.discourse.topic
        named = {item for _, _, item in find_items(tokens, 0, len(tokens), language, topic)}
        if all(item in named or is_labelled(item, tokens, language) for item in claimed):
            return support(row, "items")
        says = f"{figure.lemma!r}, which is none of the vocabulary" if figure.lemma else "nothing counted is read"
        return [FieldVerdict("items", NOT_FOUND, row["items"], says)]
    if all(covers(item, read) for item in claimed) and all(covers_any(claimed, item) for item in read):
        return support(row, "items")
    says = ", ".join(sorted(read))
    if all(covers(item, read) or is_narrower(item, read) for item in claimed) and len(claimed) >= len(read):
        return [FieldVerdict("items", NOT_FOUND, row["items"], f"{says}, which is broader")]
    return [FieldVerdict("items", CONTRADICTED, row["items"], says)]


def is_labelled(item: str, tokens: tuple[Token, ...], language: str) -> bool:
    """Whether the sentence calls something what the vocabulary calls an item."""
    label = load_vocabulary("items")[item].label[language]
    return any(PhraseTable([(label, item)], language, inflect=True).scan(tokens))


def covers(item: str, read: frozenset[str]) -> bool:
    """Whether an item is one of those that were read, or broader than one."""
    return any(item in list_broader(each) for each in read)


def covers_any(claimed: frozenset[str], item: str) -> bool:
    """Whether an item that was read is among the claimed ones, or a broader one is."""
    return not claimed.isdisjoint(list_broader(item))


def is_narrower(item: str, read: frozenset[str]) -> bool:
    """Whether an item is a kind of one that was read."""
    return not read.isdisjoint(list_broader(item))


def list_broader(item: str) -> list[str]:
    """An item and those that it is a kind of, nearest first.

    >>> list_broader("artillery_shell")[:2]
    ['artillery_shell', 'projectile']
    """
    vocabulary, chain = load_vocabulary("items"), [item]
    while (term := vocabulary.get(chain[-1])) is not None and (broader := term.details.get("broader")):
        chain.append(broader)
    return chain


def check_lemma(row: Row, figure: Figure, language: str, quoted: list[Token]) -> list[FieldVerdict]:
    """The lemma is the head noun's, or that of another word of the quote."""
    wanted = fold(row["item_lemma"], language)
    known = {fold(figure.lemma, language)} if figure.lemma else set()
    for token in quoted:
        known |= {token.folded, *(fold(lemma, language) for lemma in lemmas(token.text, language))}
    if wanted in known:
        return support(row, "item_lemma")
    verdict = CONTRADICTED if figure.lemma else NOT_FOUND
    return [FieldVerdict("item_lemma", verdict, row["item_lemma"], figure.lemma or "no counted noun is read")]


def check_item_text(row: Row, evidence: Evidence, figure: Figure) -> list[FieldVerdict]:
    """The counted phrase stands in the figure's sentence as the row prints it."""
    sentence = evidence.discourse.passages[figure.passage].sentence
    if fold_plain(row["item_text"]).strip() in fold_plain(evidence.article.text[sentence.start : sentence.end]):
        return support(row, "item_text")
    return [FieldVerdict("item_text", NOT_FOUND, row["item_text"], "the sentence does not have it")]
