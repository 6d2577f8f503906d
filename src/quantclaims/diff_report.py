"""What `quantclaims diff` shows: a table on a terminal, lines of text, Markdown for a pull request, JSON for programs.

Whoever wrote the rows, what is shown of them is text: control characters and those that turn the direction of writing
are written out, and in Markdown nothing becomes a link, a heading or HTML.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from math import isfinite
from typing import Any, NamedTuple

from quantclaims.diff import (
    KEY,
    Difference,
    KeyColumnError,
    Row,
    compare_datasets,
    pair_moved,
)
from quantclaims.problems import escape
from quantclaims.versions import KEYS, Version, VersionError, read_version

SAME, DIFFERENT, MISUSE = 0, 1, 2
"""Exit codes, those of diff(1)."""

LIMIT = 200
"""Lines shown of a table unless somebody asks for more; a pull request's page is cut off at a mebibyte."""

SHOWN = 60
"""Characters shown of a value."""
BEFORE = 15
"""Characters shown before the first that differs, of long values that begin alike."""


class Line(NamedTuple):
    """One thing that differs, as text."""

    kind: str
    """``added``, ``removed``, ``changed`` or ``moved``, of rows; of columns the same with ``column`` before it."""
    key: str
    column: str
    old: str
    new: str


Differences = Mapping[str, Difference]
"""By table: ``claims``, ``articles``."""


def run_diff(old: str, new: str, form: str | None = None, limit: int = LIMIT) -> int:
    """Show in what two versions differ, and return the exit code.

    ``form`` is ``table``, ``text``, ``markdown`` or ``json``; without one, a table on a terminal, else lines of text.
    ``limit`` is how many lines of a table are shown, 0 for all; JSON is always whole.
    """
    try:
        differences = compare_versions(read_version(old), read_version(new))
    except VersionError as error:
        print(escape(str(error)), file=sys.stderr)
        return MISUSE
    except KeyColumnError as error:
        print(escape(f"{old} and {new} cannot be compared: {error}"), file=sys.stderr)
        return MISUSE
    form = form or ("table" if sys.stdout.isatty() else "text")
    if form == "table":
        print_tables(differences, limit)
    elif form == "json":
        sys.stdout.write(render_json(old, new, differences))
    else:
        sys.stdout.write({"text": render_text, "markdown": render_markdown}[form](differences, limit))
    return SAME if all(difference.is_empty for difference in differences.values()) else DIFFERENT


def compare_versions(old: Version, new: Version) -> dict[str, Difference]:
    """The difference of every table that both versions have; raises `VersionError` when they share none."""
    shared = [table for table in KEYS if table in old.tables and table in new.tables]
    if not shared:
        raise VersionError(f"{old.name} and {new.name}: one is of claims, the other of articles: name two of a kind")
    return {table: compare_datasets(old.tables[table], new.tables[table], KEYS[table]) for table in shared}


# What is shown


def summarise(difference: Difference) -> str:
    """How much differs, in a line.

    >>> summarise(Difference((), (), (), (), (), ())), summarise(Difference(({"claim_id": "a#1"},), (), (), (), (), ()))
    ('no difference', '1 added')
    """
    moved = len(pair_moved(difference))
    counts = {
        "added": len(difference.added) - moved,
        "removed": len(difference.removed) - moved,
        "changed": len(difference.changed),
        "only moved in their text": moved,
        "columns added": len(difference.columns_added),
        "columns removed": len(difference.columns_removed),
        "columns retyped": len(difference.columns_retyped),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "no difference"


def list_lines(difference: Difference, key: str = KEY) -> Iterator[Line]:
    """Everything that differs: columns first, then rows removed, changed, added, and those that only moved."""
    yield from list_columns(difference)
    yield from list_row_lines(difference, key)


def list_columns(difference: Difference) -> Iterator[Line]:
    """The columns that differ."""
    for column in difference.columns_removed:
        yield Line("column removed", "", column, "", "")
    for name, was, is_now in difference.columns_retyped:
        yield Line("column changed", "", name, escape(was), escape(is_now))
    for column in difference.columns_added:
        yield Line("column added", "", column, "", "")


def list_row_lines(difference: Difference, key: str) -> Iterator[Line]:
    """The rows that differ; one that only moved is neither removed nor added."""
    pairs = pair_moved(difference)
    moved = {end for pair in pairs for end in pair}
    for row in difference.removed:
        if row[key] not in moved:
            yield Line("removed", escape(row[key]), "", describe_row(row), "")
    for changed in difference.changed:
        for field in changed.fields:
            yield Line("changed", escape(changed.key), field.column, *show_pair(field.old, field.new))
    for row in difference.added:
        if row[key] not in moved:
            yield Line("added", escape(row[key]), "", "", describe_row(row))
    for old, new in pairs:
        yield Line("moved", "", KEY, escape(old), escape(new))


def describe_row(row: Row) -> str:
    """A row in a few words: what it quotes, and how it is read; or the title of an article.

    >>> describe_row({"quote": "about 10 tanks", "qualifier": "approximately", "value": 10.0, "claimant": "c4ads"})
    '"about 10 tanks" (approximately 10, c4ads)'
    """
    quoted = row.get("quote") or row.get("title")
    bounds = [row.get(name) for name in ("value_low", "value_high")]
    figure = row.get("value") if row.get("value") is not None else "..".join(map(show, bounds)) if any(bounds) else None
    unit = row.get("unit") if row.get("unit") != "1" else None
    said = [row.get("qualifier"), figure, unit, row.get("claimant") or row.get("claimant_text")]
    details = (" ".join(show(word) for word in said[:3] if word is not None), said[3] and show(said[3]))
    inside = ", ".join(detail for detail in details if detail)
    return " ".join(filter(None, (f'"{show(quoted)}"' if quoted else "", f"({inside})" if inside else "")))


def show(value: object) -> str:
    """A value on one line, shortened: no quotation marks, lists with commas, null as such.

    >>> show(1600000.0), show(None), show(["drone", "rocket"]), show(True)
    ('1600000', 'null', '[drone, rocket]', 'true')
    """
    return shorten(spell(value))


def spell(value: object) -> str:
    """A value on one line, whole."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and isfinite(value) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(spell, value))}]"
    return escape(str(value))


def show_pair(old: object, new: object) -> tuple[str, str]:
    """Two values that differ, each shortened so that the difference is seen.

    >>> show_pair("x" * 100 + "1", "x" * 100 + "2")
    ('…xxxxxxxxxxxxxxx1', '…xxxxxxxxxxxxxxx2')
    """
    texts = spell(old), spell(new)
    if max(map(len, texts)) > SHOWN:
        at = next((i for i, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
        if at > BEFORE:
            texts = f"…{texts[0][at - BEFORE :]}", f"…{texts[1][at - BEFORE :]}"
    return shorten(texts[0]), shorten(texts[1])


def shorten(text: str) -> str:
    """A text of at most `SHOWN` characters."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


# The forms


def cut(lines: Sequence[Line], limit: int) -> tuple[Sequence[Line], int]:
    """The lines that are shown, and how many are not."""
    shown = lines if limit <= 0 else list(islice(lines, limit))
    return shown, len(lines) - len(shown)


SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}
"""What a line of text begins with, as in a patch."""


def render_text(differences: Differences, limit: int = LIMIT) -> str:
    """A line per difference."""
    out = []
    for table, difference in differences.items():
        out.append(f"{table}: {summarise(difference)}")
        lines, hidden = cut(list(list_lines(difference, KEYS[table])), limit)
        out += map(render_line, lines)
        out += [f"… and {hidden} more lines: --limit 0 shows all"] if hidden else []
    return "".join(f"{line}\n" for line in out)


def render_line(line: Line) -> str:
    """One difference as text."""
    of_column, _, kind = line.kind.rpartition(" ")
    where = " ".join(filter(None, (of_column, line.key, line.column)))
    values = " -> ".join(filter(None, (line.old, line.new)))
    return f"{SIGNS[kind]} {where}{': ' if values else ''}{values}"


MARKDOWN = re.compile(r"[\\`*\[\]<>#|~&@:$]|(?<![^\W_])_|_(?![^\W_])|(?<=www)\.", re.IGNORECASE)
"""Characters that Markdown, as repositories' pages read it, makes something of; an escaped one stands for itself."""


def escape_markdown(text: str) -> str:
    r"""A text that Markdown shows as it is: no link, no HTML, no mention of anybody, no border of a table's cell.

    >>> print(escape_markdown("a|b <b>@x</b>"))
    a&#124;b &#60;b&#62;&#64;x&#60;/b&#62;
    """
    return MARKDOWN.sub(lambda mark: f"&#{ord(mark.group())};", text)


def render_markdown(differences: Differences, limit: int = LIMIT) -> str:
    """A heading and a table per table that differs."""
    out = []
    for table, difference in differences.items():
        out.append(f"### {table.capitalize()}: {summarise(difference)}\n")
        lines, hidden = cut(list(list_lines(difference, KEYS[table])), limit)
        if lines:
            out += ["| | row | column | old | new |", "|---|---|---|---|---|"]
            out += [f"| {' | '.join(map(escape_markdown, line))} |" for line in lines]
        out += [f"\n… and {hidden} more."] if hidden else []
        out.append("")
    return "\n".join(out)


def render_json(old: str, new: str, differences: Differences) -> str:
    """Everything that differs, for programs: rows whole, values as they are, what is not finite as text."""
    tables = {
        table: {
            **difference._asdict(),
            "changed": [
                {KEYS[table]: row.key, "fields": [field._asdict() for field in row.fields]}
                for row in difference.changed
            ],
            "columns_retyped": [column._asdict() for column in difference.columns_retyped],
            "moved": [{"old": was, "new": is_now} for was, is_now in pair_moved(difference)],
        }
        for table, difference in differences.items()
    }
    whole = {"old": old, "new": new, "same": all(d.is_empty for d in differences.values()), "tables": tables}
    return json.dumps(to_json(whole), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_json(value: Any) -> Any:
    """A value in what JSON has."""
    if isinstance(value, Mapping):
        return {name: to_json(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(each) for each in value]
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


STYLES = {"added": "green", "removed": "red", "changed": "yellow", "moved": "cyan"}


def print_tables(differences: Differences, limit: int = LIMIT) -> None:
    """A table per table, as wide as the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    for table, difference in differences.items():
        lines, hidden = cut(list(list_lines(difference, KEYS[table])), limit)
        if not lines:
            console.print(Text(f"{table}: {summarise(difference)}"))
            continue
        grid = Table(title=Text(f"{table}: {summarise(difference)}"), title_justify="left", box=box.SIMPLE_HEAD)
        for name in ("", "row", "column", "old", "new"):
            grid.add_column(name, overflow="fold")
        for line in lines:
            grid.add_row(*map(Text, line), style=STYLES[line.kind.rpartition(" ")[2]])
        if hidden:
            grid.caption = f"… and {hidden} more: --limit 0 shows all"
        console.print(grid)
