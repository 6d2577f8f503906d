"""Who answers in an interview: the guest whom the heading or the lead names speaks in every answer.

Turns are known by their labels ("Question:", "Odpowiedź:", "Elena Marsh:") or by the dashes that open them, question
and answer in alternation. A text whose turns nobody can be told to answer is read like any other.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention
from quantclaims.context.passages import Passage
from quantclaims.context.scene import Speaker
from quantclaims.context.speakers import QUOTES
from quantclaims.records import Token

DASHES = frozenset("-–—")
LONGEST_LABEL = 5
"""Words before the colon of a turn's label."""
LONGEST_NAME = 4
"""Words of a guest's name."""


class Line(NamedTuple):
    """A line of the page: its passages and their tokens."""

    first: int
    """Index of its first passage."""
    end: int
    tokens: tuple[Token, ...]
    mentions: tuple[tuple[int, Mention], ...]
    """Mentions, each with the place of its sentence's first token in the line."""


class Turn(NamedTuple):
    """What one side of an interview says, lines ``first`` to ``end``."""

    first: int
    end: int
    is_answer: bool
    label: tuple[int, int] | None
    """Tokens of the label's name in the first line, where it names who speaks."""


def find_answers(passages: Sequence[Passage], language: str) -> dict[int, Speaker]:
    """The speaker of every passage that answers a question, by the passage's index; empty for what is no interview.

    >>> from quantclaims.claims import read_passages
    >>> text = '''Interview with Ana Popa
    ...
    ... Question: How many schools closed?
    ... Answer: Twelve. Another 9 will follow.'''
    >>> {i: s.text for i, s in find_answers(read_passages(text, "en", None, "arms"), "en").items()}
    {2: 'Ana Popa', 3: 'Ana Popa'}
    """
    if not any(passage.sentence.tokens[-1].text == "?" for passage in passages):
        return {}
    lines = list(_read_lines(passages))
    turns = _read_labelled(lines, language) or _read_dashed(lines)
    guest = _find_guest(lines[: turns[0].first], language) if turns else None
    if turns and guest is None:
        guest = _find_addressed(lines, turns, language)
    answers: dict[int, Speaker] = {}
    for turn in turns:
        speaker = _name_label(lines[turn.first], turn.label) if turn.label else guest
        if turn.is_answer and speaker is not None:
            answers |= dict.fromkeys(range(lines[turn.first].first, lines[turn.end - 1].end), speaker)
    return answers


def _read_lines(passages: Sequence[Passage]) -> Iterator[Line]:
    first = 0
    for end in range(1, len(passages) + 1):
        if end < len(passages) and passages[end].sentence.paragraph == passages[first].sentence.paragraph:
            continue
        tokens: list[Token] = []
        mentions: list[tuple[int, Mention]] = []
        for passage in passages[first:end]:
            mentions += [(len(tokens), mention) for mention in passage.mentions]
            tokens += passage.sentence.tokens
        yield Line(first, end, tuple(tokens), tuple(mentions))
        first = end


def _read_labelled(lines: Sequence[Line], language: str) -> list[Turn]:
    """Turns that labels open; none unless both sides have theirs."""
    cues = load_cues(language)
    turns: list[Turn] = []
    for at, line in enumerate(lines):
        end = _find_label(line.tokens)
        if end is None:
            if turns:
                turns[-1] = turns[-1]._replace(end=at + 1)
            continue
        words = " ".join(token.folded for token in line.tokens[:end])
        is_question = words in cues.question_labels or line.tokens[-1].text == "?"
        is_named = words not in cues.question_labels | cues.answer_labels
        turns.append(Turn(at, at + 1, not is_question, (0, end) if is_named else None))
    sides = {turn.is_answer for turn in turns}
    return turns if len(sides) == len((True, False)) else []


def _find_label(tokens: Sequence[Token]) -> int | None:
    """Where the label before a line's colon ends; None for a line without one."""
    for at, token in enumerate(tokens[: LONGEST_LABEL + 1]):
        if token.text == ":":
            return at if 0 < at < len(tokens) - 1 else None
        if token.kind not in ("word", "code") or (at == 0 and not token.text[0].isupper()):
            return None
    return None


def _name_label(line: Line, label: tuple[int, int] | None) -> Speaker | None:
    first, end = label or (0, 0)
    for offset, mention in line.mentions:
        if offset + mention.first < end and mention.kind in ("claimant", "person"):
            return Speaker(mention.ident, _print(line.tokens, first, end), mention.country)
    return Speaker(None, _print(line.tokens, first, end), None)


def _read_dashed(lines: Sequence[Line]) -> list[Turn]:
    """Turns that dashes open, from the first question that another dashed line follows; they alternate."""
    dashed = [i for i, line in enumerate(lines) if line.tokens[0].text in DASHES and len(line.tokens) > 1]
    asked = [i for i in dashed if lines[i].tokens[-1].text == "?" and i + 1 in dashed]
    if not asked:
        return []
    opens = [i for i in dashed if i >= asked[0]]
    ends = [*opens[1:], opens[-1] + 1]
    spans = enumerate(zip(opens, ends, strict=True))
    return [Turn(first, end, position % 2 == 1, None) for position, (first, end) in spans]


def _find_guest(lines: Sequence[Line], language: str) -> Speaker | None:
    """The first person whom the lines before the interview name, apart from who asks."""
    cues = load_cues(language)
    for line in lines:
        for first, end in _list_names(line, language):
            known = [m for at, m in line.mentions if m.kind == "person" and first <= at + m.first < end]
            if known and not _is_titled(line, first, language):  # "gen. X": another man of the same name
                return Speaker(known[0].ident, _print(line.tokens, first, end), known[0].country)
            asks = first > 0 and cues.interviewers.longest(line.tokens, first - 1)
            if end - first > 1 and not asks:
                return Speaker(None, _print(line.tokens, first, end), None)
    return None


def _is_titled(line: Line, at: int, language: str) -> bool:
    """Whether a title stands before a name."""
    honorifics = load_cues(language).honorifics
    is_addressed = any(end == at for i in range(max(0, at - 2), at) for end, _ in honorifics.match(line.tokens, i))
    return is_addressed or any(place + m.end == at for place, m in line.mentions if m.kind == "office")


def _list_names(line: Line, language: str) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words outside quotations, without titles; names of bodies and states are none."""
    titles = {
        at + i
        for at, m in line.mentions
        if m.kind in ("office", "institution", "claimant", "party", "adjective")
        for i in range(m.first, m.end)
    }
    quoted = False
    start: int | None = None
    for i, token in enumerate(line.tokens):
        if token.text in QUOTES:
            quoted = not quoted
        is_name = token.kind == "word" and token.text[0].isupper() and not quoted and i not in titles
        is_name = is_name and not load_cues(language).honorifics.longest(line.tokens, i)
        if is_name and not (token.text.isupper() and len(token.text) > 1):
            start = i if start is None else start
            continue
        if start is not None:
            yield start, min(i, start + LONGEST_NAME)
        start = None
    if start is not None:
        yield start, min(len(line.tokens), start + LONGEST_NAME)


def _find_addressed(lines: Sequence[Line], turns: Sequence[Turn], language: str) -> Speaker | None:
    """The guest by the name that a question calls him ("Mr Zorzi, has ...")."""
    honorifics = load_cues(language).honorifics
    for turn in turns:
        tokens = () if turn.is_answer else lines[turn.first].tokens
        for at in range(len(tokens)):
            hit = honorifics.longest(tokens, at)
            if hit is None or hit[0] >= len(tokens):
                continue
            end = hit[0]
            while end < len(tokens) and tokens[end].kind == "word" and tokens[end].text[0].isupper():
                end += 1
            if end > hit[0]:
                return Speaker(None, _print(tokens, hit[0], end), None)
    return None


def _print(tokens: Sequence[Token], first: int, end: int) -> str:
    """Tokens as printed, white space between them as one space."""
    parts = [tokens[first].text]
    parts += [(" " if tokens[i - 1].end < tokens[i].start else "") + tokens[i].text for i in range(first + 1, end)]
    return "".join(parts)
