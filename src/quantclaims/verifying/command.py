"""`quantclaims verify`: rows from a file, articles from a folder, what comes of holding one against the other."""

import sys
from collections.abc import Sequence
from pathlib import Path

from quantclaims.pages.read import read_articles
from quantclaims.problems import describe_os_error
from quantclaims.terminal import FINDINGS, FINE, MISUSE
from quantclaims.validating.findings import show_value
from quantclaims.validating.readers import Rows, read_rows
from quantclaims.verifying.mending import Change, MendError, Mends, mend_file
from quantclaims.verifying.report import LIMIT, Verified, render_json, render_text
from quantclaims.verifying.rows import verify_rows
from quantclaims.verifying.verdicts import SUPPORTED, Row, RowVerdict

TABLES = ("claims", "contributed")
"""Tables whose rows quote articles."""
NEEDED = ("article_id", "quote")
"""Columns without which nothing of a row can be looked for."""


def run_verify(path: Path, folder: Path, form: str = "text", *, is_fixing: bool = False, limit: int = LIMIT) -> int:
    """Hold the rows of a file against the articles of a folder, say what came of it, and return the exit code.

    0: the texts support every row as it stands. 1: they do not, or something is wrong with the file or an article. 2:
    there are no rows or no articles. What is wrong with the input goes to the standard error stream, a line each.
    """
    rows = read_rows(path)
    wrong = list_unreadable(rows)
    if rows.table not in TABLES or not set(NEEDED) <= set(rows.frame.columns):
        print(*wrong, sep="\n", file=sys.stderr)
        return MISUSE
    articles, problems = read_articles(folder)
    wrong += map(str, problems)
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
    if not articles:
        return MISUSE
    claims = rows.frame.to_dicts()
    verdicts = verify_rows(claims, {article.article_id: article for article in articles})
    lines = rows.lines.to_list()
    if is_fixing and not mend(path, claims, lines, verdicts):
        return FINDINGS
    verified = Verified(path, lines, verdicts, is_fixing)
    sys.stdout.write(render_json(verified) if form == "json" else render_text(verified, limit))
    is_fine = all(each.verdict == SUPPORTED and (is_fixing or not each.mend) for each in verdicts)
    return FINE if is_fine and not wrong else FINDINGS


def list_unreadable(rows: Rows) -> list[str]:
    """What is wrong with a file of rows, as far as it keeps rows from being verified; other columns may be missing."""
    if rows.table and rows.table not in TABLES:
        return [f"{show_value(str(rows.path))}: holds {rows.table}, not claims: name a file of claims"]
    lines = []
    for finding in rows.findings:
        if finding.rule not in ("column_present", "column_known") or finding.column in NEEDED:
            place = show_value(str(finding.path)) + (f":{finding.line}" if finding.line else "")
            value = f" ({finding.value})" if finding.value else ""
            where = f"{finding.column}: " if finding.column else ""
            near = f": did you mean {finding.nearest}?" if finding.nearest else ""
            more = f", and {finding.alike - 1} more like it" if finding.alike > 1 else ""
            lines.append(f"{place}: {where}{finding.message}{value}{near}{more}")
    return lines


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
        print(f"{show_value(str(path))}: {error}", file=sys.stderr)
        return False
    except OSError as error:
        said = describe_os_error(error)
        print(f"{show_value(str(path))}: cannot be written, {said}: see that you may write it", file=sys.stderr)
        return False
    return True
