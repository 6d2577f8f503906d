"""Fixtures that several tests share: a small dataset made for them, sound in every respect; a killed process; git."""

import io
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

TEXT = (
    "Le comté a livré 400 ponts."  # quoted speech in another language: offsets count code points, not bytes
    " The ministry said on 4 March 2024 that 1,200 drones were delivered in February 2024, three times the 400 of"
    " January 2024, and that none were lost."
)
ARTICLE_ID = "drones"

Row = dict[str, Any]


@pytest.fixture
def text() -> str:
    """The article's text."""
    return TEXT


def sound_articles() -> list[Row]:
    return [
        {
            "article_id": ARTICLE_ID,
            "title": "Drones delivered",
            "publisher": None,
            "url": "https://example.org/drones",
            "language": "en",
            "published": "2024-03-05~",
            "published_start": date(2024, 3, 5),
            "published_end": date(2024, 3, 5),
            "published_basis": "made for the tests",
            "text_sha256": sha256(TEXT.encode()).hexdigest(),
            "characters": len(TEXT),
            "claims": 2,
            "retrieved": None,
        }
    ]


def claim_row(quote: str, **changes: Any) -> Row:
    start = TEXT.index(quote)
    end = start + len(quote)
    return {
        "claim_id": f"{ARTICLE_ID}#{start}",
        "article_id": ARTICLE_ID,
        "language": "en",
        "quote": quote,
        "quote_start": start,
        "quote_end": end,
        "quote_prefix": TEXT[max(0, start - 32) : start],
        "quote_suffix": TEXT[end : end + 32],
        "mentions": 1,
        "value": None,
        "value_low": None,
        "value_high": None,
        "qualifier": "exact",
        "unit": "1",
        "change": "level",
        "items": ["drone"],
        "attributes": ["model=Q-1"],
        "item_text": "drones",
        "item_lemma": "drone",
        "base_claim_id": None,
        "relation": None,
        "factor": None,
        "predicate": "transfer",
        "actor": "PRK",
        "counterparty": "RUS",
        "stance": "asserted",
        "is_denial": False,
        "claimant": "article",
        "claimant_text": None,
        "claimant_country": None,
        "claimant_type": "media",
        "via": [],
        "period": None,
        "period_start": None,
        "period_end": None,
        "period_basis": "unknown",
        "stated": "2024-03-04",
        "stated_start": date(2024, 3, 4),
        "stated_end": date(2024, 3, 4),
        "published_start": date(2024, 3, 5),
        "published_end": date(2024, 3, 5),
        "topic_key": "transfer|drone|PRK|RUS",
        "confidence": 0.9,
        "source_reliability": "F",
        "discrepancy": [],
        "information_credibility": "6",
        "review": "machine",
        "rules": ["digits", "counted_noun"],
    } | changes


def sound_claims() -> list[Row]:
    base = claim_row(
        "400 of January",
        value=400.0,
        value_low=400.0,
        value_high=400.0,
        period="2024-01",
        period_start=date(2024, 1, 1),
        period_end=date(2024, 1, 31),
        period_basis="explicit",
    )
    multiple = claim_row(
        "1,200 drones",
        value=1200.0,
        value_low=1200.0,
        value_high=1200.0,
        period="2024-02",
        period_start=date(2024, 2, 1),
        period_end=date(2024, 2, 29),
        period_basis="explicit",
        base_claim_id=base["claim_id"],
        relation="multiple_of",
        factor=3.0,
    )
    return [multiple, base]


@pytest.fixture
def article_rows() -> list[Row]:
    """The article."""
    return sound_articles()


@pytest.fixture
def claim_rows() -> list[Row]:
    """A multiple, and the base that it builds on."""
    return sound_claims()


OPERATIONS = [(io, "open"), (os, "fsync"), (os, "link"), (os, "mkdir"), (os, "open"), (os, "replace"), (os, "unlink")]

DieAt = Callable[[Callable[[], object], int, bool], bool]


@pytest.fixture
def die_at() -> DieAt:
    """Does something in a process that ends at one file operation, before or after it, as if killed.

    Nothing is cleaned up then. The result is whether it got to the end all the same.
    """
    if not hasattr(os, "fork"):
        pytest.skip("needs a process that can be cut short")

    def run(action: Callable[[], object], dying: int, after: bool) -> bool:
        child = os.fork()
        if not child:
            try:
                calls: list[str] = []
                for module, name in OPERATIONS:
                    setattr(module, name, end_at(dying, after, getattr(module, name), calls))
                action()
                os._exit(0)
            finally:
                os._exit(1)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, KILLED)
        return code == 0

    return run


KILLED = 9


def end_at(dying: int, after: bool, operation: Callable[..., Any], calls: list[str]) -> Callable[..., Any]:
    """An operation that ends the process when its turn has come."""

    def wrapped(*arguments: Any, **options: Any) -> Any:
        calls.append(operation.__name__)
        last = len(calls) > dying
        if last and not after:
            os._exit(KILLED)
        result = operation(*arguments, **options)
        if last:
            os._exit(KILLED)
        return result

    return wrapped


@pytest.fixture
def keyboard() -> Iterator[None]:
    """Interrupts heard by this process and by those it starts, also where a shell started it deaf to them (``&``)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


@pytest.fixture
def git() -> Callable[..., None]:
    """Runs git in a folder, as nobody in particular: ``git(folder, "add", "-A")``."""
    known = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_")
    }  # a hook's name a repository

    def run(folder: Path, *arguments: str) -> None:
        subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, env=known | IDENTITY)

    return run
