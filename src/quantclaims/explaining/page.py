"""An explanation as a person reads it: the passage with its marks, then every field with the rules that gave it.

On a terminal the marks are colours; elsewhere, and where NO_COLOR is set (https://no-color.org), they are brackets.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quantclaims.explaining.evidence import KINDS, Explanation, Mark
from quantclaims.records import Claim
from quantclaims.reviews import format_value
from quantclaims.rules import Rule, load_rules

STYLES = {
    "figure": "bold #000000 on #ffd75f",
    "base": "#000000 on #fff2b3",
    "claimant": "bold #000000 on #87d7ff",
    "stated": "#000000 on #d7efff",
    "predicate": "bold #ffffff on #3a5fcd",
    "party": "#000000 on #afe3a0",
    "period": "bold #000000 on #e3b7ff",
}
"""Letters and ground of each kind; both are given, so that they can be read on any terminal's own ground."""
NAMES = {
    "figure": "figure", "base": "base", "claimant": "claimant", "stated": "stated", "predicate": "act",
    "party": "side", "period": "period",
}  # fmt: skip
GAP = " […] "
"""Stands for the sentences between two that are shown."""
UNTOLD = (None, "", False, ())
"""Values of a field that say nothing."""


def render(explanation: Explanation, text: str, *, in_colour: bool) -> RenderableType:
    """The explanation of one claim."""
    parts: list[RenderableType] = [
        Text(explanation.claim.claim_id.lstrip("#") or "claim", style="bold"),
        Padding(mark_passage(explanation, text, in_colour=in_colour), (0, 2)),
    ]
    if in_colour:
        parts.append(Padding(make_legend(explanation.marks), (0, 2, 1, 2)))
    return Group(*parts, make_table(explanation.claim))


def mark_passage(explanation: Explanation, text: str, *, in_colour: bool) -> Text:
    """The sentences that hold the evidence, marked."""
    passage = Text()
    for position, (start, end) in enumerate(explanation.sentences):
        if position:
            passage.append(" " if start - explanation.sentences[position - 1][1] <= 1 else GAP)
        inside = [mark for mark in explanation.marks if start <= mark.start < end]
        passage.append_text((colour if in_colour else bracket)(text[start:end], start, inside))
    return passage


def colour(sentence: str, offset: int, marks: Sequence[Mark]) -> Text:
    """A sentence with its marks in colour; where marks share words, the more important one shows."""
    shown = Text(sentence)
    for mark in sorted(marks, key=lambda mark: -KINDS.index(mark.kind)):
        shown.stylize(STYLES[mark.kind], mark.start - offset, mark.end - offset)
    for mark in marks:  # a state inside the figure's phrase is seen, too
        if mark.kind in ("party", "predicate"):
            shown.stylize("underline", mark.start - offset, mark.end - offset)
    return shown


def bracket(sentence: str, offset: int, marks: Sequence[Mark]) -> Text:
    """A sentence with its marks in brackets, one inside the other where they are nested.

    >>> print(bracket("Iran sent 40 Iranian drones.", 0, [Mark(10, 27, "figure"), Mark(13, 20, "party")]))
    Iran sent [figure: 40 [side: Iranian] drones].
    """
    opened: list[Mark] = []
    shown, at = "", 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        start, end = mark.start - offset, mark.end - offset
        while opened and opened[-1].end - offset <= start:
            shown, at = shown + sentence[at : opened[-1].end - offset] + "]", opened.pop().end - offset
        if opened and opened[-1].end - offset < end:
            continue  # crosses the one before
        shown, at = shown + sentence[at:start] + f"[{NAMES[mark.kind]}: ", start
        opened.append(mark)
    while opened:
        shown, at = shown + sentence[at : opened[-1].end - offset] + "]", opened.pop().end - offset
    return Text(shown + sentence[at:])


def make_legend(marks: Sequence[Mark]) -> Text:
    """The colours that a passage uses."""
    used = {mark.kind for mark in marks}
    shown = [Text(f" {NAMES[kind]} ", style=STYLES[kind]) for kind in KINDS if kind in used]
    return Text(" ").join(shown)


def make_table(claim: Claim) -> Table:
    """Every step of the flow with what it says of the claim and the rules that said it."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    table.add_column("step", style="bold", no_wrap=True)
    table.add_column("fields", overflow="fold", ratio=4)
    table.add_column("rules, in the order of the flow", overflow="fold", ratio=5)
    told_before: set[str] = set()
    for step, rules in list_steps(claim):
        said = Text("\n".join(describe_fields(claim, [f for f in rules[0].fields if f not in told_before])))
        told_before.update(rules[0].fields)
        fired = [rule for rule in rules if rule.name in claim.rules]
        told = Text("\n").join(Text.assemble((rule.name, "bold"), "  ", rule.does) for rule in fired)
        if said.plain or fired:
            table.add_row(step, said, told)
    table.add_row("judgement", Text("\n".join(describe_fields(claim, JUDGEMENT))), Text(""))
    return table


JUDGEMENT = ("confidence", "information_credibility", "discrepancy", "review")
"""Fields that are about the row as a whole."""


def list_steps(claim: Claim) -> Iterator[tuple[str, list[Rule]]]:
    """Title of each step that says something of a claim, with its rules; unknown rules of older datasets come last."""
    steps: dict[str, list[Rule]] = {}
    for rule in load_rules().values():
        steps.setdefault(rule.step, []).append(rule)
    yield from steps.items()
    strangers = [name for name in claim.rules if name not in load_rules()]
    if strangers:
        yield "other", [Rule(name, "other", (), "A rule of another version.") for name in strangers]


def describe_fields(claim: Claim, fields: Sequence[str]) -> list[str]:
    """``field value`` for every field that says something."""
    values = [(field, getattr(claim, field)) for field in fields]
    return [
        f"{field} {format_value(round(value, 3) if field == 'confidence' else value)}"
        for field, value in values
        if value not in UNTOLD
    ]


def is_coloured(console: Console) -> bool:
    """Whether what is printed can be told apart by colour."""
    return console.is_terminal and not console.no_color and console.color_system is not None
