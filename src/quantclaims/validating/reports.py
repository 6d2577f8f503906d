"""What was found, for whom it is: a person, a program, an annotated pull request, a code scanner, a test report.

========== =============================================================================================
text       a line per finding, as compilers write them, and a line that counts them
json       files, kinds with their counts, findings
github     workflow commands, which annotate the lines of a pull request
sarif      https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
junit      a test case per kind of finding, as most CI systems show them
========== =============================================================================================

Every value is already on one line, with what cannot be seen written out (`show_value`), so that none of it can break
out of its place.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree

from quantclaims import __version__
from quantclaims.validating.findings import Finding, Kind, count_kinds, describe, render_finding, show_path

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


class CheckedFile(NamedTuple):
    """A file that was looked at."""

    path: Path
    table: str
    """Empty when it could not be read."""
    rows: int


class Report(NamedTuple):
    """What was looked at, and what was found."""

    files: Sequence[CheckedFile]
    findings: Sequence[Finding]


def render_report(report: Report, format_: str) -> str:
    """The report in one of the `FORMATS`, its last line without an end; empty where there is nothing to say."""
    return FORMATS[format_](report)


def render_text(report: Report) -> str:
    """A line per finding, and a line that counts."""
    return "\n".join([*map(render_finding, report.findings), summarise(report)])


def summarise(report: Report) -> str:
    """How many files, rows and findings there are.

    >>> summarise(Report([CheckedFile(Path("a.csv"), "claims", 2)], []))
    '1 file, 2 rows: nothing found'
    """
    rows = sum(file.rows for file in report.files)
    count = sum(kind.rows for kind in count_kinds(report.findings))
    kinds = len(count_kinds(report.findings))
    found = f"{plural(count, 'finding')} of {plural(kinds, 'kind')}" if count else "nothing found"
    return f"{plural(len(report.files), 'file')}, {plural(rows, 'row')}: {found}"


def plural(count: int, noun: str) -> str:
    """A number with its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def render_json(report: Report) -> str:
    """An object with ``files``, ``kinds`` (each with the number of its ``rows``) and ``findings``."""
    files = [file._asdict() | {"path": show_path(file.path)} for file in report.files]
    kinds = [kind._asdict() | {"path": show_path(kind.path)} for kind in count_kinds(report.findings)]
    findings = [finding._asdict() | {"path": show_path(finding.path)} for finding in report.findings]
    return json.dumps({"files": files, "kinds": kinds, "findings": findings}, ensure_ascii=False, indent=2)


def render_github(report: Report) -> str:
    """A workflow command per finding.

    https://docs.github.com/en/actions/using-workflows/workflow-commands-for-github-actions
    """
    return "\n".join(map(render_command, report.findings))


def render_command(finding: Finding) -> str:
    """The command that annotates a line, or for a file without lines the file.

    >>> f = Finding(Path("a,b.csv"), 3, None, "a#7", "value", "100%", "value_type", "must be a number")
    >>> print(render_command(f))
    ::error file=a%2Cb.csv,line=3,title=value (value_type)::a#7: '100%25' must be a number
    """
    at = {"file": show_path(finding.path)}
    if finding.line is not None:
        at["line"] = str(finding.line)
    at["title"] = f"{finding.column} ({finding.rule})" if finding.column else finding.rule
    properties = ",".join(
        f"{key}={escape_command(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in at.items()
    )
    row = f"{finding.row}: " if finding.row else ""
    return f"::error {properties}::{escape_command(row + describe(finding))}"


def escape_command(text: str) -> str:
    """A text in a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def render_sarif(report: Report) -> str:
    """One run, with the broken rules and a result per finding."""
    names = list(dict.fromkeys(finding.rule for finding in report.findings))
    messages = {finding.rule: finding.message for finding in reversed(report.findings)}
    rules = [{"id": name, "shortDescription": {"text": messages[name]}} for name in names]
    driver = {"name": "quantclaims", "version": __version__, "rules": rules}
    results = [make_result(finding, names.index(finding.rule)) for finding in report.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def make_result(finding: Finding, rule: int) -> dict[str, Any]:
    """A result of SARIF."""
    location: dict[str, Any] = {"artifactLocation": {"uri": to_uri(finding.path)}}
    if finding.line is not None:
        location["region"] = {"startLine": finding.line}
    place: dict[str, Any] = {"physicalLocation": location}
    name = ".".join(part for part in (finding.row, finding.column) if part)
    if name:
        place["logicalLocations"] = [{"fullyQualifiedName": name}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": describe(finding)},
        "locations": [place],
        "occurrenceCount": finding.alike,
    }


def to_uri(path: Path) -> str:
    """A file's URI, relative where the path is.

    >>> to_uri(Path("rows of mine.csv"))
    'rows%20of%20mine.csv'
    """
    return path.as_uri() if path.is_absolute() else quote(path.as_posix().encode(errors="surrogateescape"))


def render_junit(report: Report) -> str:
    """A suite per file, in it a failed case per kind of finding, or one that passed."""
    root = ElementTree.Element("testsuites", name="quantclaims")
    for file in report.files:
        findings = [finding for finding in report.findings if finding.path == file.path]
        kinds = count_kinds(findings)
        suite = ElementTree.SubElement(root, "testsuite", name=show_path(file.path))
        suite.set("tests", str(max(1, len(kinds))))
        suite.set("failures", str(len(kinds)))
        for kind in kinds:
            add_case(suite, kind, findings)
        if not kinds:
            ElementTree.SubElement(suite, "testcase", classname=file.table, name="every rule")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def add_case(suite: ElementTree.Element, kind: Kind, findings: Sequence[Finding]) -> None:
    """A failed test case."""
    name = f"{kind.column}: {kind.rule}" if kind.column else kind.rule
    case = ElementTree.SubElement(suite, "testcase", classname=kind.rule, name=name)
    failure = ElementTree.SubElement(case, "failure", type=kind.rule, message=f"{kind.rows:,} times: {kind.message}")
    failure.text = "\n".join(render_finding(f) for f in findings if (f.column, f.rule) == (kind.column, kind.rule))


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": render_text,
    "json": render_json,
    "github": render_github,
    "sarif": render_sarif,
    "junit": render_junit,
}
