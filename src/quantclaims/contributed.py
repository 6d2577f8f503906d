"""Claims that people wrote, beside those that the machine found.

A contributed row says in which article it stands and what it quotes; the article's text says the rest: where the quote
is, its context, and so the id. Where the machine has a row of the same figure, people do not silently overrule it: the
build stops, and the row is corrected or rejected in reviews.csv, or the contributed line goes.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from quantclaims.comparing import CANNOT_BE_JUDGED
from quantclaims.derived import derive_fields
from quantclaims.numbers.scan import find_numbers
from quantclaims.problems import Problem, name_known
from quantclaims.records import Article, Claim
from quantclaims.rows import CONTEXT
from quantclaims.schemas.edtf import parse_edtf

WRITTEN_BY_HAND = 1.0
"""Confidence of a contributed row: it is what a reading would be held against."""

LISTED = 5
"""Places of a quote that a message lists."""


class Contribution(NamedTuple):
    """One line of contributed.csv."""

    line: int
    fields: Mapping[str, Any]
    """By column, in the contract's types; empty ones are None."""


def add_contributed(
    claims: Sequence[Claim], articles: Sequence[Article], path: Path
) -> tuple[list[Claim], list[object]]:
    """The claims with those of a contributed.csv, and a line for everything that is wrong with the file.

    Without a file there is nothing to add. Each problem prints as one line.
    """
    if not path.exists() and not path.is_symlink():
        return list(claims), []
    contributions, problems = read_contributions(path)
    known = {article.article_id: article for article in articles}
    made = {claim.claim_id: claim for claim in claims}
    by_machine = frozenset(made)
    for contribution in contributions:
        claim, what, advice = make_claim(contribution, known)
        if claim is not None and claim.claim_id in made:
            what, advice = describe_conflict(claim, made[claim.claim_id], by_machine)
        if claim is None or claim.claim_id in made:
            problems.append(Problem(path, contribution.line, what, advice))
        else:
            made[claim.claim_id] = claim
    return list(made.values()), problems


def read_contributions(path: Path) -> tuple[list[Contribution], list[object]]:
    """The lines of a contributed.csv, checked against the contract, and what is wrong with them, a line each."""
    from quantclaims.schemas.contribution import complete, fields
    from quantclaims.validating.checking import check_rows, fill_missing
    from quantclaims.validating.findings import render_finding
    from quantclaims.validating.readers import read_rows

    rows = read_rows(path, "contributed")
    findings = check_rows(rows)
    if findings:
        return [], list(map(render_finding, findings))
    frame = complete(fill_missing(rows.frame, fields()))
    return [
        Contribution(line, row) for line, row in zip(rows.lines.to_list(), frame.iter_rows(named=True), strict=True)
    ], []


def make_claim(contribution: Contribution, articles: Mapping[str, Article]) -> tuple[Claim | None, str, str]:
    """The claim of a contributed line; or None, what is wrong with it, and what to do."""
    given = contribution.fields
    article = articles.get(given["article_id"])
    if article is None:
        return None, f"there is no article {given['article_id']!r}", name_known(given["article_id"], articles)
    start, what, advice = locate_quote(article.text, given["quote"], given["quote_start"])
    if start is None:
        return None, what, advice
    end = start + len(given["quote"])
    published = parse_edtf(article.published) if article.published else (None, None)
    offset = start + find_figure(given, article.language)
    values: dict[str, Any] = {name: given.get(name) for name in Claim._fields} | {
        "claim_id": f"{article.article_id}#{offset}",
        "language": article.language,
        "quote_start": start,
        "quote_end": end,
        "quote_prefix": article.text[max(0, start - CONTEXT) : start],
        "quote_suffix": article.text[end : end + CONTEXT],
        "mentions": 1,
        "published_start": published[0],
        "published_end": published[1],
        "confidence": WRITTEN_BY_HAND,
        "information_credibility": CANNOT_BE_JUDGED,
        "discrepancy": (),
        "review": "contributed",
        "rules": (),
    }
    values |= {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return derive_fields(Claim(**values)), "", ""


def locate_quote(text: str, quote: str, start: int | None) -> tuple[int | None, str, str]:
    """Where a quote begins in a text; or None, what is wrong, and what to do.

    >>> locate_quote("two tanks, then two tanks", "two tanks", 16)[0]
    16
    >>> locate_quote("two tanks, then two tanks", "two tanks", None)
    (None, "the article has 'two tanks' more than once", 'write one of 0, 16 into quote_start')
    """
    places = find_places(text, quote)
    listed = ", ".join(map(str, places[:LISTED])) + (" …" if len(places) > LISTED else "")
    if not places:
        return None, f"the article does not have {quote!r}", "copy the quote from the article's text, letter by letter"
    if start is None and len(places) > 1:
        return None, f"the article has {quote!r} more than once", f"write one of {listed} into quote_start"
    if start is not None and start not in places:
        return None, f"{quote!r} does not begin at character {start}", f"write {listed} into quote_start, or nothing"
    return places[0] if start is None else start, "", ""


def find_places(text: str, quote: str) -> list[int]:
    """Every offset at which a quote stands in a text."""
    places = []
    place = text.find(quote)
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    return places


def find_figure(given: Mapping[str, Any], language: str) -> int:
    """Where in the quote the figure of a row stands: the number that reads to its value, else the first number.

    A denial, and a quote in which no number is read, are found by their first character.

    >>> find_figure({"quote": "in 2024 about 300 drones", "value": 300.0, "is_denial": False}, "en")
    14
    """
    if given["is_denial"]:
        return 0
    numbers = find_numbers(given["quote"], language)
    wanted = {given.get(name) for name in ("value", "factor", "value_low", "value_high")} - {None}
    meant = [number for number in numbers if number.value in wanted or number.low in wanted or number.high in wanted]
    return next((number.start for number in (*meant, *numbers)), 0)


def describe_conflict(claim: Claim, other: Claim, by_machine: frozenset[str]) -> tuple[str, str]:
    """What is wrong with a row whose figure has one already, and what to do."""
    if other.claim_id in by_machine:
        differing = [name for name in COMPARED if getattr(claim, name) != getattr(other, name)]
        what = f"the machine reads this figure too ({other.claim_id})"
        if not differing:
            return f"{what}, and the same from it", "remove the line"
        advice = (
            f"correct {', '.join(differing)} in reviews.csv and remove this line, or reject the machine's row there"
        )
        return what, advice
    return f"an earlier line says something of this figure too ({other.claim_id})", "remove one of the two"


COMPARED = (
    "value", "value_low", "value_high", "qualifier", "unit", "change", "items", "attributes", "predicate", "actor",
    "counterparty", "stance", "is_denial", "claimant", "period", "stated",
)  # fmt: skip
"""Fields in which a contributed row may say something else than the machine's."""
