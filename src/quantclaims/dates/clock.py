"""Clock times: they belong to the day they follow, and add nothing to it."""

from quantclaims.dates.absolute import DASHES
from quantclaims.dates.words import Line


def swallow_clock(line: Line, end: int) -> int:
    """The end of the time of day that follows a date: "17 ianuarie, ora 10:30", "Thursday night", "w środę o 15.30"."""
    end = line.skip(end, "day_times")
    start = end + 1 if line.is_mark(end, ",") else end
    for begin in dict.fromkeys((start, end)):
        clock = line.role(begin, "clock_before")
        stop = _read_time(line, clock.end) if clock else None
        if stop is not None:
            return _end_clock(line, stop)
        weak = line.skip(begin, "clock_links")
        stop = _read_time(line, weak)
        if stop is None:
            continue
        if line.role(stop, "clock_after") or (stop > weak + 1 and not line.role(stop, "measures")):
            return _end_clock(line, stop)
    return end


def _read_time(line: Line, at: int) -> int | None:
    """The end of "10:30", "15.30", "09:13:36", "17h00" or an hour alone."""
    if line.kind(at) != "digits" or len(line.folded(at)) > 2 or int(line.folded(at)) > 24:
        return None
    end = at + 1
    while (
        end < at + 5
        and line.is_mark(end, ":.,")
        and line.glued(end)
        and line.glued(end + 1)
        and line.kind(end + 1) == "digits"
        and len(line.folded(end + 1)) == 2
        and int(line.folded(end + 1)) < 60
    ):
        end += 2
    return None if line.is_mark(end, "%/") and line.glued(end) else end


def _end_clock(line: Line, end: int) -> int:
    """The end with "p.m." or "GMT", and of a span of hours."""
    end = line.skip(end, "clock_after")
    if line.is_mark(end, DASHES):
        later = _read_time(line, end + 1)
        if later is not None and (line.glued(end) or line.is_mark(end + 2, ":.")):
            return line.skip(later, "clock_after")
    return end
