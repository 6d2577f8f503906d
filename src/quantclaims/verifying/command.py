"""`quantclaims verify`: rows from a file, articles from a folder, what comes of holding one against the other."""

import sys
from collections.abc import Sequence
from pathlib import Path

from quantclaims.pages.read import read_articles
from quantclaims.problems import describe_os_error
from quantclaims.terminal import FINDINGS, FINE, MISUSE
from quantclaims.validating.command import print_safely
from quantclaims.validating.findings import Finding, render_finding, show_path
from quantclaims.validating.readers import Rows, read_rows
from quantclaims.validating.reports import FORMATS, CheckedFile, Report, render_report
from quantclaims.verifying.mending import Change, MendError, Mends, mend_file
from quantclaims.verifying.report import LIMIT, Verified, make_report, render_json, render_text
from quantclaims.verifying.rows import verify_rows
from quantclaims.verifying.verdicts import SUPPORTED, Row, RowVerdict

TABLES = ("claims", "contributed")
"""Tables whose rows quote articles."""
NEEDED = ("article_id", "quote")
"""Columns without which nothing of a row can be looked for."""


def run_verify(path: Path, folder: Path, form: str = "text", *, is_fixing: bool = False, limit: int = LIMIT) -> int:
    """Hold the rows of a file against the articles of a folder, say what came of it, and return the exit code.

    0: the texts support every row as it stands. 1: they do not, or something is wrong with the file or an article. 2:
    there are no rows or no articles. What is wrong with the input goes to the standard error stream, a line each, but
    what is wrong with the file of rows into reports for programs.
    """
    rows = read_rows(path)
    unreadable = list_unreadable(rows)
    is_report = form in FORMATS and form not in ("text", "json")
    if not is_report and unreadable:
        print(*map(render_finding, unreadable), sep="\n", file=sys.stderr)
    if rows.table not in TABLES or not set(NEEDED) <= set(rows.frame.columns):
        if is_report:
            print_safely(render_report(Report([CheckedFile(path, rows.table, 0)], unreadable), form))
        return MISUSE
    articles, problems = read_articles(folder)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
    if not articles:
        return MISUSE
    claims = rows.frame.to_dicts()
    verdicts = verify_rows(claims, {article.article_id: article for article in articles})
    lines = rows.lines.to_list()
    if is_fixing and not mend(path, claims, lines, verdicts):
        return FINDINGS
    verified = Verified(path, lines, rows.has_lines, verdicts, is_fixing)
    if is_report:
        print_safely(render_report(make_report(verified, rows.table, unreadable), form))
    else:
        print_safely(render_json(verified) if form == "json" else render_text(verified, limit))
    is_fine = all(each.verdict == SUPPORTED and (is_fixing or not each.mend) for each in verdicts)
    return FINE if is_fine and not unreadable and not problems else FINDINGS


def list_unreadable(rows: Rows) -> list[Finding]:
    """What is wrong with a file of rows, as far as it keeps rows from being verified; other columns may be missing."""
    if rows.table and rows.table not in TABLES:
        message = f"holds {rows.table}, not claims: name a file of claims"
        return [Finding(rows.path, None, None, "", "", "", "file_table", message)]
    harmless = ("column_present", "column_known")
    return [finding for finding in rows.findings if finding.rule not in harmless or finding.column in NEEDED]


def mend(path: Path, rows: Sequence[Row], lines: Sequence[int], verdicts: Sequence[RowVerdict]) -> bool:
    """Write what can be mended; False, and a line that says why, when that fails: the file is then as it was."""
    mends: Mends = {
        line: {column: Change(row[column], new) for column, new in verdict.mend.items()}
        for row, line, verdict in zip(rows, lines, verdicts, strict=True)
        if verdict.mend
    }
    if not mends:
        return True
    try:
        mend_file(path, mends)
    except MendError as error:
        print(f"{show_path(path)}: {error}", file=sys.stderr)
        return False
    except OSError as error:
        said = describe_os_error(error)
        print(f"{show_path(path)}: cannot be written, {said}: see that you may write it", file=sys.stderr)
        return False
    return True
