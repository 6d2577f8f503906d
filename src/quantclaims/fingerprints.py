"""The command ``quantclaims fingerprint``: what a citation names, computed again from the rows of a file.

How a fingerprint is computed, so that any language can: `quantclaims.storage.fingerprint`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from quantclaims.problems import escape
from quantclaims.storage.fingerprint import fingerprint
from quantclaims.terminal import FINDINGS, FINE, MISUSE
from quantclaims.validating.command import UNREACHED
from quantclaims.validating.findings import render_finding
from quantclaims.validating.readers import read_rows


def run_fingerprint(paths: Sequence[Path]) -> int:
    """Print a line of fingerprint and name for each file, as sha256sum does; the exit code.

    A file whose rows cannot all be read as the contract has them, with all columns, has none: that is said instead.
    """
    code = FINE
    for path in paths:
        rows = read_rows(path)
        if rows.findings:
            print(*map(render_finding, rows.findings), sep="\n", file=sys.stderr)
            is_there = UNREACHED.isdisjoint(finding.rule for finding in rows.findings)
            code = max(code, FINDINGS if is_there else MISUSE)
        else:
            print(f"{fingerprint(rows.frame)}  {escape(str(path))}")
    return code
