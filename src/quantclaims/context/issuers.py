"""Who issued a communiqué: the body above the text vouches for what the text says without naming anybody."""

from collections.abc import Iterator, Sequence

from quantclaims.context.cues import load_cues
from quantclaims.context.names import is_capitalised
from quantclaims.context.passages import Passage
from quantclaims.context.scene import Scene, Speaker
from quantclaims.context.speakers import claimant_type, resolve_speaker

TOP_LINES = 4
"""Lines above a communiqué's text: what it is, whose, of when, about what."""
CLOSING = frozenset(".!?…:")
SMALL_WORDS = 2
"""Lower-case words that a name may hold ("Regia Autonomă a Drumurilor", "Office for Ports")."""


def find_issuer(passages: Sequence[Passage], language: str, topic: str) -> Speaker | None:
    r"""Whoever issued the text, if lines above it say so; None for an ordinary article.

    >>> from quantclaims.claims import read_passages
    >>> text = "Statement by the Greek Ministry of Defence\n\nTwo frigates sailed today."
    >>> find_issuer(read_passages(text, "en", None, "arms"), "en", "arms").claimant
    'gr-defence-ministry'
    """
    top = list(_list_top(passages))
    is_release = any(_names_release(passage, language) for passage in top)
    for passage in top:
        speaker = _read_body(passage, language, topic, is_named=_names_release(passage, language))
        if speaker is not None:
            return speaker
    names = (_read_name(passage, language) for passage in top if not _names_release(passage, language))
    return next((name for name in names if name is not None), None) if is_release else None


def _list_top(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The lines above the first sentence of text; none where nothing follows them."""
    for at, passage in enumerate(passages[:TOP_LINES]):
        tokens = passage.sentence.tokens
        is_line = at + 1 < len(passages) and passages[at + 1].sentence.paragraph != passage.sentence.paragraph
        if not is_line or tokens[-1].text in CLOSING or not is_capitalised(tokens[0]):
            return
        yield passage


def _names_release(passage: Passage, language: str) -> bool:
    table = load_cues(language).communiques
    return table.longest(passage.sentence.tokens, 0) is not None


def _read_body(passage: Passage, language: str, topic: str, *, is_named: bool) -> Speaker | None:
    """A body of the register that the line names: as the communiqué's, or as all that the line says."""
    tokens = passage.sentence.tokens
    explicit = load_cues(language).explicit_roles
    for mention in passage.mentions:
        if mention.kind not in ("claimant", "institution") or claimant_type(mention.ident) == "media":
            continue
        if mention.ident in explicit:  # "press"
            continue
        if not (is_named or (mention.kind == "claimant" and (mention.first, mention.end) == (0, len(tokens)))):
            continue
        scene = Scene(tokens, passage.mentions, passage.clauses, language, (), topic, (), passage.dates)
        return resolve_speaker(scene, [mention])
    return None


def _read_name(passage: Passage, language: str) -> Speaker | None:
    """A line that is nothing but a name, its date apart."""
    tokens = passage.sentence.tokens
    scene = Scene(tokens, passage.mentions, passage.clauses, language, (), "", (), passage.dates)
    end = next((i for i, token in enumerate(tokens) if token.text == "," or scene.is_dated(i)), len(tokens))
    small = sum(not is_capitalised(token) for token in tokens[:end])
    if end < 2 or small > SMALL_WORDS or any(clause.verb is not None for clause in passage.clauses.table):
        return None
    return Speaker(None, scene.text(0, end), None)
