"""The command ``quantclaims validate``: read, check, report."""

import sys
from collections.abc import Sequence
from pathlib import Path

from quantclaims.terminal import FINDINGS, FINE, MISUSE
from quantclaims.validating.checking import check_rows, check_together
from quantclaims.validating.readers import read_rows
from quantclaims.validating.reports import CheckedFile, Report, render_report

UNREACHED = frozenset({"file_readable", "file_link"})
"""Rules of files that could not be opened: the command was given the wrong name."""


def run_validate(paths: Sequence[Path], format_: str) -> int:
    """Print what is wrong with files; the exit code is 0 for nothing, 1 for findings, 2 for files that do not open."""
    report = validate_paths(paths)
    print_safely(render_report(report, format_))
    if any(finding.rule in UNREACHED for finding in report.findings):
        return MISUSE
    return FINDINGS if report.findings else FINE


def validate_paths(paths: Sequence[Path]) -> Report:
    """What is wrong with files, each by itself and claims with articles."""
    read = [read_rows(path) for path in dict.fromkeys(paths)]
    findings = [finding for rows in read for finding in check_rows(rows)]
    order = {rows.path: place for place, rows in enumerate(read)}
    findings = sorted([*findings, *check_together(read)], key=lambda f: (order[f.path], f.line or f.number or 0))
    return Report([CheckedFile(rows.path, rows.table, rows.frame.height) for rows in read], findings)


def print_safely(text: str) -> None:
    """Print a text; what the terminal's encoding does not have is written out."""
    encoding = sys.stdout.encoding or "utf-8"
    if text:
        print(text.encode(encoding, "backslashreplace").decode(encoding))
