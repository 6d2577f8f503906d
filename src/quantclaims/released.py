"""The day on which the version of this checkout was released, as its CITATION.cff says."""

import re
from datetime import date
from pathlib import Path

CITATION = Path(__file__).parents[2] / "CITATION.cff"
SAID = re.compile(r'^version: "?([^"\n]*)"?\ndate-released: "?([0-9]{4}-[0-9]{2}-[0-9]{2})"?$', re.MULTILINE)


def find_released(version: str) -> date | None:
    """The day of a release; None for a version that is not released yet, and where there is no checkout."""
    try:
        found = SAID.search(CITATION.read_text(encoding="utf-8"))
    except OSError:
        return None
    return date.fromisoformat(found[2]) if found and found[1] == version else None
