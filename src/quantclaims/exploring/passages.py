"""A passage as HTML: its marks nested, each with its name, so that none is told by colour alone."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from quantclaims.explaining.evidence import KINDS, Explanation, Mark
from quantclaims.explaining.page import NAMES
from quantclaims.exploring.wording import show_hidden

GAP = Markup(' <span class="gap">[…]</span> ')
"""Stands for the sentences between two that are shown."""


def mark_passage(explanation: Explanation, text: str) -> Markup:
    """The sentences that hold the evidence, with every mark inside ``<mark>``."""
    shown = Markup()
    before = None
    for start, end in explanation.sentences:
        if before is not None:
            shown += " " if start - before <= 1 else GAP
        marks = [clip(mark, start, end) for mark in explanation.marks if mark.start < end and start < mark.end]
        shown += nest(text, start, end, marks)
        before = end
    return shown


def clip(mark: Mark, start: int, end: int) -> Mark:
    """What of a mark lies between two offsets."""
    return mark._replace(start=max(mark.start, start), end=min(mark.end, end))


def nest(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """A text with marks, one inside the other; one that crosses another's end goes on after it.

    >>> nest("Iran sent 40 drones.", 0, 20, [Mark(0, 4, "party"), Mark(10, 19, "figure")])[:61]
    Markup('<mark class="party"><span class="kind">side</span>Iran</mark>')
    """
    shown, at = Markup(), start
    queue = sort_marks(marks)
    while queue:
        mark, queue = queue[0], queue[1:]
        inside = [clip(each, mark.start, mark.end) for each in queue if each.start < mark.end]
        after = [clip(each, mark.end, end) for each in queue if each.end > mark.end]
        body = nest(text, mark.start, mark.end, [each for each in inside if each.kind != mark.kind])
        name = NAMES[mark.kind]
        shown += escape(show_hidden(text[at : mark.start]))
        shown += Markup('<mark class="{}"><span class="kind">{}</span>{}</mark>').format(mark.kind, name, body)
        at, queue = mark.end, sort_marks(after)
    return shown + escape(show_hidden(text[at:end]))


def sort_marks(marks: Iterable[Mark]) -> Sequence[Mark]:
    """Marks from the first, the widest and the most important on."""
    real = {mark for mark in marks if mark.end > mark.start}
    return sorted(real, key=lambda mark: (mark.start, -mark.end, KINDS.index(mark.kind)))


def list_kinds(explanation: Explanation) -> list[str]:
    """The kinds of marks that a passage has, the most important first."""
    return [kind for kind in KINDS if any(mark.kind == kind for mark in explanation.marks)]
