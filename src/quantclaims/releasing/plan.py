"""A release worked out in full before anything is written: its number, its reasons, and every file with its bytes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from quantclaims.build import REVIEWS, BuildError, make_dataset
from quantclaims.diff import Difference, KeyColumnError, compare_datasets
from quantclaims.extraction import Extract, extract_here
from quantclaims.problems import Problem, describe_os_error
from quantclaims.releasing import corrections
from quantclaims.releasing.corrections import Change, Correction
from quantclaims.releasing.documents import (
    DocumentError,
    add_release,
    list_released,
    read_project_version,
    set_citation_version,
    set_project_version,
)
from quantclaims.releasing.numbering import Level, Number, decide_level, parse_number, tally
from quantclaims.releasing.repository import is_at, list_dirty, list_tags, read_released
from quantclaims.releasing.summary import describe_first, describe_release
from quantclaims.reviews import read_reviews
from quantclaims.storage.fingerprint import fingerprint
from quantclaims.storage.replace import undo_unfinished
from quantclaims.storage.write import EncodedDataset, encode_dataset
from quantclaims.versions import KEYS, VersionError, read_version

PROJECT, CITATION, CHANGELOG = "pyproject.toml", "CITATION.cff", "CHANGELOG.md"
DATASET = Path("dataset")
CORRECTIONS = DATASET / corrections.FILE
SHOWN = 20
"""Rows without a reason, and dirty files, that are shown one by one."""


class ReleaseError(Exception):
    """Why there is no release; ``lines`` says all of it, a line each."""

    def __init__(self, problems: Iterable[object]) -> None:
        self.lines = tuple(map(str, problems))
        super().__init__("\n".join(self.lines))


class CheckoutError(ReleaseError):
    """The folder is none that a release can be made in."""


class UnexplainedError(ReleaseError):
    """Released rows changed without a reason; ``draft`` is corrections.csv with a line for each, reasons missing."""

    def __init__(self, problems: Iterable[object], draft: bytes) -> None:
        super().__init__(problems)
        self.draft = draft


class Documents(NamedTuple):
    """The texts that name the version."""

    project: str
    citation: str
    changelog: str


class ReleasePlan(NamedTuple):
    """A release ready to be written."""

    version: str
    previous: str | None
    """None before the first release."""
    section: Sequence[str]
    """What the changelog says of the dataset."""
    files: Mapping[str, bytes]
    """By path in the checkout."""


def plan_release(
    root: Path, day: date, at_least: Level = Level.PATCH, extract_all: Extract = extract_here
) -> ReleasePlan:
    """Work out the release of a checkout; nothing is written, but what a killed release left half done is put back.

    Raises `ReleaseError` for a dirty tree, a dataset that does not build or is not what the build gives, a version
    that exists, nothing to release, and released rows that changed without a reason.
    """
    check_tree(root)
    documents = read_documents(root)
    previous = find_previous(root, documents)
    dataset = build_anew(root, extract_all)
    settled: tuple[list[Correction], list[Correction]] = ([], [])
    if previous is None:
        version = read_document(root / PROJECT, read_project_version, documents.project)
        rows = {"claims": dataset.claims.height, "articles": dataset.articles.height}
        section = describe_first(rows, dataset.fingerprints)
    else:
        differences = compare_with(root, previous, dataset)
        level = max(at_least, decide_level({table: tally(each) for table, each in differences.items()}))
        version = str(previous.raised(level))
        settled = settle_corrections(root, previous, differences.values())
        section = describe_release(str(previous), level, differences, settled[1], dataset.fingerprints)
    check_new(root, version)
    dataset = encode_dataset(dataset.claims, dataset.articles, version, day)
    files = update_documents(root, documents, version, day, section)
    released, new = settled
    kept = [*released, *(line._replace(version=version) for line in new)]
    tables = {**dataset.files, corrections.FILE: corrections.write_corrections(kept)}
    files |= {(DATASET / name).as_posix(): content for name, content in tables.items()}
    return ReleasePlan(version, None if previous is None else str(previous), section, files)


# What has to hold before


def check_tree(root: Path) -> None:
    """Put back what a killed release left, then raise unless everything is committed."""
    try:
        for folder in (root, root / DATASET):
            undo_unfinished(folder)
        dirty = list_dirty(root)
    except OSError as error:
        raise ReleaseError([f"{root}: cannot be written, {describe_os_error(error)}: see that you may"]) from None
    except VersionError as error:
        raise CheckoutError([error]) from None
    if dirty is None:
        raise CheckoutError([f"{root}: is no git repository: run this in a clone"])
    problems = [Problem(root / name, None, "is not committed", "commit it, or take it away") for name in dirty]
    raise_any(shorten(problems))


def read_documents(root: Path) -> Documents:
    """The texts that name the version."""
    texts, problems = [], []
    for name in (PROJECT, CITATION, CHANGELOG):
        try:
            texts.append((root / name).read_text(encoding="utf-8"))
        except OSError as error:
            what = f"cannot be read, {describe_os_error(error)}"
            problems.append(Problem(root / name, None, what, "run this in a checkout of the dataset"))
        except UnicodeDecodeError:
            problems.append(Problem(root / name, None, "is not UTF-8", "save it as UTF-8"))
    if problems:
        raise CheckoutError(problems)
    return Documents(*texts)


def find_previous(root: Path, documents: Documents) -> Number | None:
    """The release that the checked out commit comes after, None before the first."""
    tags = list_tags(root)
    for name in list_released(documents.changelog):
        if parse_number(name) not in tags:
            what = f"says that {name} is released, and there is no tag v{name}"
            raise_any([Problem(root / CHANGELOG, None, what, "fetch the tags, or tag the commit of that release")])
    merged = list_tags(root, merged=True)
    return merged[-1] if merged else None


def build_anew(root: Path, extract_all: Extract) -> EncodedDataset:
    """The dataset as its articles give it now, which the committed one has to be."""
    try:
        dataset = make_dataset(root / DATASET / "articles", extract_all)
    except BuildError as error:
        raise ReleaseError(error.lines) from None
    try:
        committed = read_version(str(root / DATASET)).tables
        prints = {f"{table}.parquet": fingerprint(frame) for table, frame in committed.items()}
    except (VersionError, ValueError, TypeError) as error:
        raise ReleaseError([error]) from None
    stale = [name for name, value in dataset.fingerprints.items() if prints.get(name) != value]
    what, advice = "is not what the articles give", "build, look at the difference and commit it"
    raise_any([Problem(root / DATASET / name, None, what, advice) for name in stale])
    return dataset


def compare_with(root: Path, previous: Number, dataset: EncodedDataset) -> dict[str, Difference]:
    """The difference from a release, by table; raises where there is nothing to release."""
    frames = {"claims": dataset.claims, "articles": dataset.articles}
    try:
        released = read_version(str(previous), root).tables
        differences = {
            table: compare_datasets(released[table], frames[table], key)
            for table, key in KEYS.items()
            if table in released
        }
    except (VersionError, KeyColumnError) as error:
        raise ReleaseError([f"v{previous}: {error}"]) from None
    if is_at(root, previous) and all(each.is_empty for each in differences.values()):
        raise ReleaseError([f"{root}: nothing has changed since v{previous}: there is nothing to release"])
    return differences


def check_new(root: Path, version: str) -> None:
    """Raise when a version exists."""
    try:
        number = parse_number(version)
    except ValueError as error:
        raise ReleaseError([f"{root / PROJECT}: {error}"]) from None
    if number in list_tags(root):
        raise ReleaseError([f"v{version}: exists already: merge it first, or ask for more with --at-least"])


# Reasons


def settle_corrections(
    root: Path, previous: Number, differences: Iterable[Difference]
) -> tuple[list[Correction], list[Correction]]:
    """Lines of corrections.csv of earlier releases, and those of this one; raises for changes without a reason."""
    path = root / CORRECTIONS
    content = path.read_bytes() if path.is_file() else b""
    lines, problems = corrections.read_corrections(content, path)
    raise_any(problems)
    before, _ = corrections.read_corrections(read_released(root, previous, CORRECTIONS.as_posix()) or b"", path)
    released = [(number, line) for number, line in lines if line.version]
    coming = [(number, line) for number, line in lines if not line.version]
    reviews, _ = read_reviews(root / DATASET / REVIEWS)  # the build has read them already, without a problem
    changes = corrections.list_changes(differences)
    explained, unexplained, problems = corrections.explain_changes(changes, coming, reviews, path)
    problems = corrections.find_rewritten(released, before, path) + problems
    missing = list_unexplained(unexplained, path)
    if missing:
        draft = [line for _, line in lines] + [
            Correction("", *change, "") for change in unexplained if change not in drafted(coming)
        ]
        raise UnexplainedError([*problems, *missing], corrections.write_corrections(draft))
    raise_any(problems)
    return [line for _, line in released], explained


def drafted(lines: corrections.Lines) -> set[Change]:
    """Changes that stand in corrections.csv already, whose reason is still to come."""
    return {Change(*line[1:6]) for _, line in lines}


def list_unexplained(changes: Sequence[Change], path: Path) -> list[object]:
    """A line for each row that changed without a reason."""
    rows: dict[str, list[str]] = {}
    for change in changes:
        rows.setdefault(change.row, []).append(change.what)
    advice = "give the reason, --draft-reasons writes the lines for it"
    problems = [Problem(path, None, f"{row} {', '.join(said)} without a reason", advice) for row, said in rows.items()]
    return shorten(problems)


def shorten(problems: Sequence[object]) -> list[object]:
    """The first problems, and how many more there are."""
    more = len(problems) - SHOWN
    return [*problems[:SHOWN], *([f"and {more:,} more"] if more > 0 else [])]


# Documents


def update_documents(
    root: Path, documents: Documents, version: str, day: date, section: Sequence[str]
) -> dict[str, bytes]:
    """The documents of a version, by name."""
    texts = {
        PROJECT: read_document(root / PROJECT, set_project_version, documents.project, version),
        CITATION: read_document(root / CITATION, set_citation_version, documents.citation, version, day),
        CHANGELOG: add_release(documents.changelog, version, day, section),
    }
    return {name: text.encode() for name, text in texts.items()}


def read_document(path: Path, read: Callable[..., str], *arguments: object) -> str:
    """What a function makes of a document; raises `ReleaseError` that names it when it is of another form."""
    try:
        return read(*arguments)
    except DocumentError as error:
        raise ReleaseError([f"{path}: {error}"]) from None


def raise_any(problems: Sequence[object]) -> None:
    """Raise `ReleaseError` if there is any problem."""
    if problems:
        raise ReleaseError(problems)
