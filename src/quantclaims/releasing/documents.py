"""The version in the files that people and tools read it from: texts in, texts out."""

import re
from collections.abc import Sequence
from datetime import date


class DocumentError(Exception):
    """A document that is not of the form that a release can update; the message says what is missing."""


PROJECT_VERSION = re.compile(r'^(\[project\]\n(?:(?!\[).*\n)*?version = ")([^"]*)(")', re.MULTILINE)
CITATION_VERSION = re.compile(r'^version: "?([^"\n]*)"?\n(?:date-released: .*\n)?', re.MULTILINE)
SECTION = re.compile(r"^## (.*)\n", re.MULTILINE)
UNRELEASED = re.compile("(not yet released|unreleased)", re.IGNORECASE)
RELEASED = re.compile(r"([0-9]+\.[0-9]+\.[0-9]+) \([0-9]{4}-[0-9]{2}-[0-9]{2}\)")


def read_project_version(text: str) -> str:
    """The version in pyproject.toml."""
    return find_once(PROJECT_VERSION, text, "version in [project]")[2]


def set_project_version(text: str, version: str) -> str:
    r"""pyproject.toml with another version.

    >>> set_project_version('[project]\nname = "a"\nversion = "0.1.0" # said once\n', "0.2.0").splitlines()[2]
    'version = "0.2.0" # said once'
    """
    find_once(PROJECT_VERSION, text, "version in [project]")
    return PROJECT_VERSION.sub(rf"\g<1>{version}\g<3>", text)


def set_citation_version(text: str, version: str, day: date) -> str:
    r"""CITATION.cff with another version and its day, https://citation-file-format.github.io.

    >>> set_citation_version('type: dataset\nversion: "0.1.0"\n', "0.2.0", date(2026, 11, 22)).splitlines()[1:]
    ['version: "0.2.0"', 'date-released: "2026-11-22"']
    """
    find_once(CITATION_VERSION, text, "version")
    return CITATION_VERSION.sub(f'version: "{version}"\ndate-released: "{day}"\n', text)


def find_once(pattern: re.Pattern[str], text: str, name: str) -> re.Match[str]:
    """The one place of a pattern."""
    found = list(pattern.finditer(text))
    if len(found) != 1:
        raise DocumentError(f"has {len(found) or 'no'} lines of the {name}: it needs one")
    return found[0]


def list_released(changelog: str) -> list[str]:
    r"""Versions that a changelog calls released, with their day, in its order.

    >>> list_released("## Not yet released\n## 0.2.0 (2026-11-22)\n## 0.1.0 (2026-10-01)\n")
    ['0.2.0', '0.1.0']
    """
    return [found[1] for heading in SECTION.findall(changelog) if (found := RELEASED.fullmatch(heading))]


def add_release(changelog: str, version: str, day: date, lines: Sequence[str]) -> str:
    r"""A changelog with a release on top: what people wrote under "not yet released", then these lines.

    >>> old = "# Changelog\n\n## Not yet released\n\n- Faster.\n"
    >>> print(add_release(old, "0.2.0", date(2026, 11, 22), ["- 3 rows."]))
    # Changelog
    <BLANKLINE>
    ## 0.2.0 (2026-11-22)
    <BLANKLINE>
    - Faster.
    - 3 rows.
    <BLANKLINE>
    """
    sections = list(SECTION.finditer(changelog))
    start = sections[0].start() if sections else len(changelog)
    written, rest = "", changelog[start:]
    if sections and UNRELEASED.search(sections[0][1]):
        end = sections[1].start() if len(sections) > 1 else len(changelog)
        written, rest = changelog[sections[0].end() : end].strip(), changelog[end:]
    body = "\n".join([*([written] if written else []), *lines])
    section = f"## {version} ({day})\n\n{body}\n"
    return "\n".join(filter(None, [changelog[:start].rstrip() + "\n", section, rest]))
