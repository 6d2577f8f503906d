"""Rows held against the texts of their articles, one after the other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from quantclaims.problems import name_known
from quantclaims.records import Article
from quantclaims.rows import CONTEXT
from quantclaims.verifying.claimants import check_claimants
from quantclaims.verifying.counted import check_counted
from quantclaims.verifying.evidence import Evidence, Figure, list_figures, read_evidence
from quantclaims.verifying.figures import Checked, check_figure
from quantclaims.verifying.periods import check_period, check_stated
from quantclaims.verifying.quotes import Place, fold_plain, locate_quote
from quantclaims.verifying.verdicts import (
    CONTRADICTED,
    NOT_FOUND,
    SUPPORTED,
    FieldVerdict,
    Row,
    RowVerdict,
    conclude,
    support,
)

OFFSET = re.compile(r"(.*)#([0-9]{1,9})", re.DOTALL)


def verify_rows(rows: Sequence[Row], articles: Mapping[str, Article]) -> list[RowVerdict]:
    """What the texts make of each row, in order; ``articles`` by article_id.

    A row is a mapping from columns of claims.parquet to plain values. It needs ``article_id`` and ``quote``; every
    other column it may lack, and then claims nothing in it.

    >>> article = Article("About 14 howitzers were delivered in May.", "en", "2023-06-01", "a")
    >>> row = {"article_id": "a", "quote": "14 howitzers", "value": 40.0, "items": ["howitzer"]}
    >>> verdict = verify_rows([row], {"a": article})[0]
    >>> verdict.verdict, [(field.field, field.verdict, field.says) for field in verdict.fields][:2]
    ('contradicted', [('quote', 'supported', None), ('value', 'contradicted', '14')])
    """
    files = Archive(rows, articles)
    verdicts = [verify_row(at, files) for at in range(len(rows))]
    return follow_renamed(rows, verdicts)


class Archive:
    """Rows and articles, each article read once and when it is first asked for."""

    def __init__(self, rows: Sequence[Row], articles: Mapping[str, Article]) -> None:
        self.rows = rows
        self.articles = articles
        self._evidence: dict[str, Evidence] = {}

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Position of the first row of each claim_id."""
        found: dict[str, int] = {}
        for at, row in enumerate(self.rows):
            if row.get("claim_id") is not None:
                found.setdefault(row["claim_id"], at)
        return found

    def read(self, article_id: str) -> Evidence:
        """What is read in an article."""
        if article_id not in self._evidence:
            self._evidence[article_id] = read_evidence(self.articles[article_id])
        return self._evidence[article_id]


def verify_row(at: int, files: Archive) -> RowVerdict:
    """What the text makes of one row."""
    row = files.rows[at]
    article_id, quote = row.get("article_id"), row.get("quote")
    name = str(row.get("claim_id") or quote or "")
    unknown = find_unknown(row, files.articles)
    if unknown is not None:
        return RowVerdict(name, str(article_id or ""), unknown.verdict, (unknown,), {})
    evidence = files.read(row["article_id"])
    place = find_place(row, evidence.article)
    if place is None:
        missing = FieldVerdict("quote", NOT_FOUND, quote, "the article does not have it")
        return RowVerdict(name, row["article_id"], NOT_FOUND, (missing,), {})
    fields = [*check_quote(row, evidence.article, place), *check_reading(row, files, evidence, place)]
    mend = {} if place.how == "figure" else propose(row, evidence.article, place)
    return RowVerdict(name, row["article_id"], conclude(fields), tuple(fields), mend)


def find_unknown(row: Row, articles: Mapping[str, Article]) -> FieldVerdict | None:
    """Why a row cannot be held against any text."""
    article_id = row.get("article_id")
    if not article_id:
        return FieldVerdict("article_id", NOT_FOUND, article_id, "the row names no article")
    if article_id not in articles:
        return FieldVerdict(
            "article_id", NOT_FOUND, article_id, f"there is no such article: {advise(article_id, articles)}"
        )
    if not (row.get("quote") or "").strip():
        return FieldVerdict("quote", NOT_FOUND, row.get("quote"), "the row quotes nothing")
    return None


def advise(article_id: str, articles: Mapping[str, Article]) -> str:
    """Which article was perhaps meant."""
    return name_known(article_id, articles) if len(articles) <= 20 or article_id in articles else "add its file"


def check_quote(row: Row, article: Article, place: Place) -> list[FieldVerdict]:
    """The quote is in the text; with another figure in it, the text contradicts it."""
    if place.how == "figure":
        return [FieldVerdict("quote", CONTRADICTED, row["quote"], article.text[place.start : place.end])]
    return support(row, "quote")


def check_reading(row: Row, files: Archive, evidence: Evidence, place: Place) -> Iterator[FieldVerdict]:
    """Verdicts on what the row makes of its quote."""
    base = find_base(row, files, frozenset())
    checked = check_place(row, evidence, place, base)
    yield from checked.verdicts
    if row.get("base_claim_id") is not None:
        says = "no figure stands there"
        yield from (
            support(row, "base_claim_id")
            if base
            else [FieldVerdict("base_claim_id", NOT_FOUND, row["base_claim_id"], says)]
        )
    if checked.figure is not None:
        yield from check_counted(row, checked.figure, evidence, place)
    yield from check_claimants(row, checked.figure, evidence)
    if checked.figure is not None:
        yield from check_period(row, checked.figure, evidence, base)
        yield from check_stated(row, checked.figure, evidence)


def check_place(row: Row, evidence: Evidence, place: Place, base: Figure | None) -> Checked:
    """The row's figure against those of the text where its quote stands."""
    figures = list_figures(evidence, place.start, place.end)
    return check_figure(row, figures, find_anchor(row, evidence.article.text, place), base)


def find_base(row: Row, files: Archive, seen: frozenset[str]) -> Figure | None:
    """The figure that a row builds on: that of the base's own row, if the text supports it, else what stands there."""
    base_id = row.get("base_claim_id")
    if base_id is None or base_id in seen:
        return None
    if base_id in files.by_id:
        base = files.rows[files.by_id[base_id]]
        if find_unknown(base, files.articles) is not None or base["article_id"] != row["article_id"]:
            return None
        evidence = files.read(base["article_id"])
        place = find_place(base, evidence.article)
        if place is None:
            return None
        checked = check_place(base, evidence, place, find_base(base, files, seen | {base_id}))
        return checked.figure if all(each.verdict == SUPPORTED for each in checked.verdicts) else None
    form = OFFSET.fullmatch(base_id)
    if form is None or form[1] != row["article_id"]:
        return None
    offset = int(form[2])
    figures = list_figures(files.read(form[1]), offset, offset + 1)
    return next((figure for figure in figures if figure.anchor == offset), None)


# Where the row stands


def find_place(row: Row, article: Article) -> Place | None:
    """Where the quote of a row stands in its article."""
    return locate_quote(article.text, row["quote"], find_start(row), row.get("quote_prefix"), row.get("quote_suffix"))


def find_start(row: Row) -> int | None:
    """Where a row says that its quote begins, or that its number stands."""
    start = row.get("quote_start")
    if start is not None:
        return int(start)
    form = OFFSET.fullmatch(row.get("claim_id") or "")
    return int(form[2]) if form else None


def find_anchor(row: Row, text: str, place: Place) -> int | None:
    """Offset of the number token where the quote stands; None where the row does not say which it is."""
    form = OFFSET.fullmatch(row.get("claim_id") or "")
    if form is None or form[1] != row["article_id"]:
        return None
    offset, start = int(form[2]), row.get("quote_start")
    inside = -1 if start is None else offset - int(start)
    if not 0 <= inside < len(row["quote"]):
        return offset if place.start <= offset < place.end else None
    if place.how != "printed":
        return place.start + inside
    before = len(fold_plain(row["quote"][:inside] + "."))
    return next(at for at in range(place.start, place.end) if len(fold_plain(text[place.start : at] + ".")) >= before)


# What can be mended


def propose(row: Row, article: Article, place: Place) -> dict[str, Any]:
    """The values of a row's columns that tell where it stands, where they differ from what they should be.

    A cell that is empty says nothing wrong, and stays so.
    """
    text = article.text
    right: dict[str, Any] = {
        "quote": text[place.start : place.end],
        "quote_start": place.start,
        "quote_end": place.end,
        "quote_prefix": text[max(0, place.start - CONTEXT) : place.start],
        "quote_suffix": text[place.end : place.end + CONTEXT],
    }
    anchor = find_anchor(row, text, place)
    if place.how != "exact" and anchor is not None:
        right["claim_id"] = f"{row['article_id']}#{anchor}"
    return {column: value for column, value in right.items() if row.get(column) not in (None, value)}


def follow_renamed(rows: Sequence[Row], verdicts: Sequence[RowVerdict]) -> list[RowVerdict]:
    """Rows that name another by a claim_id that is mended name it by the new one; none gets the id of another."""
    pairs = list(zip(rows, verdicts, strict=True))
    taken = {row.get("claim_id") for row, verdict in pairs if "claim_id" not in verdict.mend}
    renamed: dict[str, str] = {}
    kept = []
    for row, verdict in pairs:
        new = verdict.mend.get("claim_id")
        if new is not None and new in taken:
            kept.append(verdict._replace(mend={}))
            continue
        if new is not None:
            taken.add(new)
            renamed[row["claim_id"]] = new
        kept.append(verdict)
    return [
        verdict._replace(mend={**verdict.mend, **rename_references(row, renamed)})
        for row, verdict in zip(rows, kept, strict=True)
    ]


def rename_references(row: Row, renamed: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a row that name others, with their new ids, where any is new."""
    changed: dict[str, Any] = {}
    if row.get("base_claim_id") in renamed:
        changed["base_claim_id"] = renamed[row["base_claim_id"]]
    others = row.get("discrepancy") or []
    if any(other in renamed for other in others):
        changed["discrepancy"] = sorted(renamed.get(other, other) for other in others)
    return changed
