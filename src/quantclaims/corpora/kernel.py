"""The kernel that every engine runs: a record batch of articles becomes one of claims, and nothing is an exception.

An article that cannot be read, or that the grammar fails on, is an outcome like any other: its error stands in the
quarantine. One in a language without a grammar is skipped and counted.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import pyarrow

from quantclaims.claims import extract_claims
from quantclaims.corpora.entries import Entry, decode_entries
from quantclaims.corpora.tables import encode_claims
from quantclaims.lexicon import list_languages
from quantclaims.pages.read import find_title, normalise
from quantclaims.problems import describe_error
from quantclaims.records import Article, Claim

LONGEST = 1_000_000
"""Characters; a longer text is no article, and what reads it whole needs more memory than a worker has."""

SAMPLE = 5_000
"""Characters by which a language is recognised: what more of them adds is not surer, and costs."""


class Outcome(NamedTuple):
    """What became of one article: read, skipped (with the reason) or put in quarantine (with the error)."""

    entry: Entry
    article: Article | None
    claims: Sequence[Claim] = ()
    skipped: str | None = None
    error: str | None = None


def extract_batch(batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """The claims of a batch of articles, in the columns and types of claims.parquet.

    The batch has a column of texts (``text``, ``content`` or ``body``) and, as far as they are known, ``article_id``,
    ``url``, ``language``, ``published``, ``title`` and ``publisher``; without an id an article is named by a hash of
    its address or text. Articles that fail and those in languages without a grammar give no rows; `read_batch` tells of
    them. Raises ValueError for a batch without texts.

    >>> batch = pyarrow.RecordBatch.from_pydict({"text": ["Estonia sent Ukraine 12 howitzers."], "language": ["en"]})
    >>> extract_batch(batch).select(["value", "actor", "counterparty", "quote"]).to_pylist()
    [{'value': 12.0, 'actor': 'EST', 'counterparty': 'UKR', 'quote': '12 howitzers'}]
    """
    return encode_claims([claim for outcome in read_batch(batch) for claim in outcome.claims])


def read_batch(
    batch: pyarrow.RecordBatch, longest: int = LONGEST, watch: Callable[[int], None] = lambda _: None
) -> list[Outcome]:
    """What became of each article of a batch; ``watch`` is told the number of each before it is read."""
    outcomes = []
    for number, entry in enumerate(decode_entries(batch)):
        watch(number)
        outcomes.append(read_entry(entry, longest))
    return outcomes


def read_entry(entry: Entry, longest: int = LONGEST) -> Outcome:
    """What became of one article, whatever it is."""
    if entry.error is not None or entry.text is None:
        return Outcome(entry, None, error=entry.error or "the text is missing")
    if len(entry.text) > longest:
        what = f"the text has {len(entry.text)} characters, more than {longest}: divide it, or give a higher --longest"
        return Outcome(entry, None, error=what)
    try:
        return extract_entry(entry._replace(text=normalise(entry.text)))
    except RecursionError:
        return Outcome(entry, None, error="the text is nested too deep")
    except Exception as error:
        return Outcome(entry, None, error=f"{type(error).__name__}: {describe_error(error)}")


def extract_entry(entry: Entry) -> Outcome:
    """The claims of an article, unless it has no text or its language no grammar."""
    text = entry.text or ""
    if not text.strip():
        return Outcome(entry, None, skipped="no text")
    language = recognise(entry)
    if language not in list_languages():
        return Outcome(entry, None, skipped=f"language {language}")
    article = Article(
        text=text,
        language=language,
        published=entry.published,
        article_id=entry.article_id,
        title=clean_line(entry.title) or find_title(text, language),
        publisher=clean_line(entry.publisher),
        url=clean_address(entry.url),
        published_basis=entry.published_basis,
        retrieved=entry.retrieved,
    )
    claims = extract_claims(article)
    encode_claims(claims)  # what the schema cannot hold is this article's fault, not that of those beside it
    return Outcome(entry, article, claims)


def recognise(entry: Entry) -> str:
    """The language of an article: as given, else as its first characters tell.

    >>> recognise(Entry("a", "", language="en-GB"))
    'en'
    """
    if entry.language:
        return entry.language.replace("_", "-").partition("-")[0].lower()
    from quantclaims.pages.identify import guess_language

    language, likeliest = guess_language((entry.text or "").strip()[:SAMPLE])
    return language or likeliest


def clean_line(text: str | None) -> str | None:
    """A title or name on one line; None where nothing is left."""
    return " ".join(text.split()) or None if text else None


def clean_address(url: str | None) -> str | None:
    """An address of the web; None for anything else."""
    return url if url and url.startswith(("http://", "https://")) and not any(map(str.isspace, url)) else None


def make_quarantine_row(outcome: Outcome) -> dict[str, Any]:
    """The row of the quarantine that describes an article that was not read."""
    entry = outcome.entry
    return {"article_id": entry.article_id, "source": entry.source, "url": entry.url, "error": outcome.error}


def list_quarantine(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """The rows of the quarantine, one for each outcome with an error."""
    return [make_quarantine_row(outcome) for outcome in outcomes if outcome.error is not None]
