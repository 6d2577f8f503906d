"""Tables of measured figures in the pages that show them, between markers of their own."""

from datetime import UTC, datetime
from pathlib import Path


def write_between(file: Path, name: str, text: str) -> None:
    """Put a text between the markers ``<!-- name:start -->`` and ``<!-- name:end -->`` of a page, with the day.

    Raises
    ------
    ValueError
        The page lacks the markers.

    """
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    before, begin, rest = file.read_text(encoding="utf-8").partition(start)
    _, finish, after = rest.partition(end)
    if not begin or not finish:
        raise ValueError(f"{file}: no {start} with {end} after it: put both where the table belongs")
    inside = f"{start}\n{text}\n\nMeasured on {datetime.now(UTC):%Y-%m-%d}.\n{end}"
    file.write_text(before + inside + after, encoding="utf-8")
