"""The clauses of a sentence, and how far apart two of its words are.

A clause is what one finite verb governs, with its infinitives, participles and objects. It is opened by a relative
pronoun or a conjunction, or by "and" or a comma when a verb follows and the clause before has one already: "sent 14
tanks and plans to send three more" are two, "plans to build 3 ships and to sell 5" is one. What stands inside another
clause ("the firm, which makes ships, employs 900") parts it in two pieces of one clause.

Newspaper sentences are long; what governs a figure is the nearest fitting word once borders cost more than words.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from quantclaims.context.cues import load_cues
from quantclaims.context.verbs import SUBJUNCTIVE, read_tenses
from quantclaims.records import DateExpression, Token

COMMA = 3
"""Cost of a comma or a bracket: appositions and lists keep their governor."""
OPENER = 10
"""Cost of a border between clauses."""
STOP = 20
"""Cost of a semicolon or a colon."""
ANTECEDENT = 6
"""Words from a figure to the relative clause about it."""
DRAWN_IN = 5
"""Words between a comma and "of which"."""
SUBORDINATE = frozenset({"relative", "adverbial", "conditional", "complement"})


ENCLOSING = frozenset({"relative", "conditional", "complement", "sentence"})
"""Kinds of clause whose dates are not heard outside."""


class Clause(NamedTuple):
    """What one finite verb governs."""

    first: int
    """Token that opens it."""
    kind: str
    """``main``, ``coordinate`` (of the same rank as its parent), ``relative``, ``adverbial``, ``conditional``,
    ``complement``, ``stop`` (after a semicolon or colon) or ``sentence`` (after an abbreviation that ends one)."""
    parent: int | None
    tense: str | None
    """Of its first finite verb: ``past``, ``present`` or ``future``."""
    verb: int | None
    """Token of its first finite verb."""


class Clauses(NamedTuple):
    """Running sums over the tokens of a sentence, and the clause of each."""

    cost: tuple[int, ...]
    joints: tuple[int, ...]
    """Words like "and" up to each token."""
    of: tuple[int, ...]
    """Index of each token's clause in ``table``."""
    table: tuple[Clause, ...]

    def distance(self, a: int, b: int) -> int:
        """Words plus border costs between tokens ``a`` and ``b``."""
        return abs(a - b) + abs(self.cost[a] - self.cost[b])

    def is_same_segment(self, a: int, b: int) -> bool:
        """Whether not even a comma stands between the two tokens."""
        return self.cost[a] == self.cost[b]

    def is_same_clause(self, a: int, b: int) -> bool:
        """Whether one verb governs the two tokens."""
        return self.of[a] == self.of[b]

    def is_attached(self, a: int, b: int) -> bool:
        """Whether what token ``a`` says can be about token ``b``.

        It can in the same clause, in a relative clause right behind ``b`` ("40 tanks that Germany sends"), and where
        the clause of ``b`` has no verb of its own.
        """
        if self.of[a] == self.of[b]:
            return True
        clause, own = self.table[self.of[a]], self.table[self.of[b]]
        if own.verb is None:
            return True
        return clause.kind == "relative" and clause.parent == self.of[b] and 0 < clause.first - b <= ANTECEDENT

    def find_enclosure(self, clause: int) -> int | None:
        """The relative or reported clause, or the sentence after a hidden end, that holds a clause; None: the whole."""
        current: int | None = clause
        while current is not None:
            if self.table[current].kind in ENCLOSING:
                return current
            current = self.table[current].parent
        return None

    def is_within(self, clause: int, enclosure: int | None) -> bool:
        """Whether a clause lies inside an enclosure, and so hears of what is said in it."""
        current: int | None = clause
        while current is not None and current != enclosure:
            if self.table[current].kind == "sentence":
                return False
            current = self.table[current].parent
        return current == enclosure


def read_clauses(tokens: Sequence[Token], language: str, dates: Sequence[DateExpression] = ()) -> Clauses:
    """The clauses of a sentence; ``dates`` are those found in it.

    >>> from quantclaims.tokens import tokenize
    >>> clauses = read_clauses(tokenize("Kyiv says that Moscow, its foe, lost 5 tanks", "en"), "en")
    >>> clauses.is_same_clause(0, 3), clauses.is_same_clause(3, 9)
    (False, True)
    >>> [(c.kind, c.tense) for c in read_clauses(tokenize("He sold 5 cars and plans to buy 3", "en"), "en").table]
    [('main', 'past'), ('coordinate', 'present')]
    """
    tenses = read_tenses(tokens, language)
    dated = {i for date in dates for i in range(max(0, date.first_token - 1), date.last_token)}
    marks = [
        None if mark in SUBORDINATE and (tenses[i] or (mark == "adverbial" and i in dated)) else mark
        for i, mark in enumerate(_read_marks(tokens, language))
    ]
    reader = _Reader(tokens, language, marks, tenses, _date_ends(dates))
    of = reader.read()
    steps = [_cost(marks[i], of, i) for i in range(len(tokens))]
    joints = accumulate(mark == "and" for mark in marks)
    return Clauses(tuple(accumulate(steps)), tuple(joints), tuple(of), tuple(reader.table))


def _cost(mark: str | None, of: Sequence[int], at: int) -> int:
    if mark == "stop":
        return STOP
    if mark == "end" and at and of[at] != of[at - 1]:
        return STOP
    if at and of[at] != of[at - 1]:
        return OPENER
    return COMMA if mark == "comma" else 0


def _date_ends(dates: Sequence[DateExpression]) -> dict[int, int]:
    return {date.first_token: date.last_token for date in dates}


def _read_marks(tokens: Sequence[Token], language: str) -> list[str | None]:
    """What each token can divide: ``stop``, ``comma``, ``and``, or the kind of clause that it can open."""
    cues = load_cues(language)
    marks: list[str | None] = []
    idle = 0
    for i, token in enumerate(tokens):
        mark: str | None = None
        if i < idle:
            pass
        elif token.folded in (";", ":"):
            mark = "stop"
        elif _is_hidden_end(tokens, i):
            mark = "end"
        elif is_comma(tokens, i) or token.text in "()–—" or (token.text == "-" and is_dash(tokens, i)):
            mark = "comma"
        elif (hit := cues.clause_openers.longest(tokens, i)) is not None:
            mark = hit[1] if hit[1] in SUBORDINATE else None
            idle = hit[0]  # "of which" opens one clause, "as many as 40" none
        elif token.folded in cues.coordinators:
            mark = "and"
        marks.append(mark)
    return marks


class _Reader:
    """One walk over the tokens, with the clauses that are open."""

    def __init__(
        self,
        tokens: Sequence[Token],
        language: str,
        marks: Sequence[str | None],
        tenses: Sequence[str | None],
        date_ends: dict[int, int],
    ) -> None:
        self.tokens, self.language, self.marks, self.tenses = tokens, language, marks, tenses
        self.date_ends = date_ends
        self.table = [Clause(0, "main", None, None, None)]
        self.open = [0]
        self.next_border = self._find_next_borders()
        self.next_verb = self._find_next_verbs()
        self.last_saying: int | None = None

    def _find_next_borders(self) -> list[int]:
        """For each token the next one, itself included, that may divide."""
        following = [len(self.tokens)] * (len(self.tokens) + 1)
        for i in range(len(self.tokens) - 1, -1, -1):
            following[i] = i if self.marks[i] and not _joins_names(self.tokens, i) else following[i + 1]
        return following

    def _find_next_verbs(self) -> list[int]:
        following = [len(self.tokens)] * (len(self.tokens) + 1)
        for i in range(len(self.tokens) - 1, -1, -1):
            following[i] = i if self.tenses[i] not in (None, SUBJUNCTIVE) else following[i + 1]
        return following

    def read(self) -> list[int]:
        """The index of each token's clause."""
        of: list[int] = []
        for i, mark in enumerate(self.marks):
            if mark == "stop":
                of.append(self.open[-1])
                self._start(i, "stop", rank=True)
                continue
            if mark in SUBORDINATE:
                self._open_subordinate(i, mark)
                self._draw_in(i, of)
            elif mark == "and":
                self._coordinate(i)
            elif mark == "comma":
                self._pass_comma(i)
            elif mark == "end":
                self._end(i)
            if self.tenses[i]:
                self._meet_verb(i, of)
            of.append(self.open[-1])
        return of

    @property
    def current(self) -> Clause:
        return self.table[self.open[-1]]

    def _start(self, at: int, kind: str, *, rank: bool) -> None:
        """Open a clause: of the rank of the current one, or below it."""
        parent = self.open[-1]
        if rank:
            self.open.pop()
        self.table.append(Clause(at, kind, parent, None, None))
        self.open.append(len(self.table) - 1)

    def _has_verb_before_border(self, start: int) -> bool:
        """Whether a finite verb follows before the next border; a date between commas is none."""
        border = self.next_border[start]
        if self.next_verb[start] < border:
            return True
        if border < len(self.marks) and self.marks[border] == "comma":
            dated = any(self.date_ends.get(first) == border for first in (start, start + 1))  # "and, in May, sold"
            return dated and self.next_verb[border + 1] < self.next_border[border + 1]
        return False

    def _joins_first(self, start: int) -> bool:
        """Whether "and" only joins nouns of a subject whose verb follows: ", tanks and shells from Iran arrived"."""
        border, verb = self.next_border[start], self.next_verb[start]
        while border < verb and self.marks[border] == "and":
            border = self.next_border[border + 1]
        return verb < border

    def _open_subordinate(self, at: int, kind: str | None) -> None:
        if self._continues_modal(at):
            return
        follows_comma = at == 0 or self.marks[at - 1] == "comma"
        if self.language == "pl":
            needed = follows_comma or kind == "complement"  # Polish puts a comma before every clause
        else:
            needed = follows_comma and kind in ("relative", "conditional")
        needed = needed or self._reaches_verb(at + 1, across=not self._is_awaited())
        if needed and at and self.marks[at - 1] == "comma" and kind in ("adverbial", "conditional"):
            self._leave_relatives()
        if needed and kind is not None:
            self._start(at, kind, rank=False)

    def _leave_relatives(self) -> None:
        """A clause of time or condition behind a comma belongs to what holds a relative clause, not to it."""
        while len(self.open) > 1 and self.current.kind == "relative":
            self.open.pop()

    def _draw_in(self, at: int, of: list[int]) -> None:
        """What stands between a comma and its relative pronoun belongs to the pronoun's clause: ", 71 of which ..."."""
        if self.current.first != at or self.current.kind != "relative":
            return
        start = at
        while start > 0 and at - start < DRAWN_IN and self.marks[start - 1] is None and not self.tenses[start - 1]:
            start -= 1
        if start > 0 and self.marks[start - 1] == "comma" and any(t.kind == "digits" for t in self.tokens[start:at]):
            of[start:at] = [self.open[-1]] * (at - start)

    def _is_awaited(self) -> bool:
        """Whether a clause around the current one waits for its verb: "the firm, which grew after the war, said"."""
        return self.current.verb is not None and any(self.table[k].verb is None for k in self.open[:-1])

    def _reaches_verb(self, start: int, *, across: bool) -> bool:
        """Whether a verb follows an opener before another clause or the end.

        Its subject may hold "and", and commas where ``across`` says so.
        """
        verb = self.next_verb[start]
        border = self.next_border[start]
        while border < verb and (self.marks[border] == "and" or (across and self.marks[border] == "comma")):
            border = self.next_border[border + 1]
        return verb < len(self.marks) and border >= verb

    def _continues_modal(self, at: int) -> bool:
        """Whether the word only joins a modal and its verb ("ar putea să ajungă")."""
        stance = load_cues(self.language).stance
        return at > 0 and any(
            kind == "possible" and end == at for end, kind in stance.match(self.tokens, at - 1) if self.tenses[at - 1]
        )

    def _coordinate(self, at: int) -> None:
        if self.current.verb is None or _joins_names(self.tokens, at):
            return
        if self._has_verb_before_border(at + 1):
            self._start(at, "coordinate", rank=True)

    def _end(self, at: int) -> None:
        """The point of an abbreviation also ends a sentence when there are verbs on both sides: "o 8 proc. Za ..."."""
        if self.current.verb is not None and self.next_verb[at] < len(self.marks):
            self.open = self.open[:1]
            self._start(at, "sentence", rank=True)

    def _pass_comma(self, at: int) -> None:
        """A comma closes what is subordinate, or joins two clauses, when a verb of its own follows."""
        following = at + 1
        if self._ends_verbless(at):
            self.open.pop()
            return
        if self.current.verb is None or following >= len(self.marks) or self.marks[following] is not None:
            return
        waiting = next((k for k in reversed(self.open[:-1]) if self.table[k].verb is None), None)
        if not self._has_verb_before_border(following) and not (waiting is not None and self._joins_first(following)):
            return
        if waiting is not None:
            while self.open[-1] != waiting:
                self.open.pop()
            return
        while len(self.open) > 1:
            self.open.pop()
        self._start(at, "coordinate", rank=True)

    def _meet_verb(self, at: int, of: list[int]) -> None:
        """Note a clause's first verb; a second one after a verb of saying opens what is said ("said it lost 3")."""
        if self.current.verb is not None and self.last_saying is not None:
            start = self._after_saying(self.last_saying)
            if start < at and all(self.marks[i] is None for i in range(start, at)):
                self._start(start, "complement", rank=False)
                of[start:at] = [self.open[-1]] * (at - start)
        if self._ends_relative(at):
            self.open.pop()
        if self.current.verb is None:
            self.table[self.open[-1]] = self.current._replace(tense=self.tenses[at], verb=at)
        is_saying = self.language == "en" and self._is_saying(at)
        self.last_saying = at if is_saying else None

    def _ends_verbless(self, at: int) -> bool:
        """Whether a comma ends a relative phrase without a verb: "4,500 tourists, among whom 312 Poles, were ..."."""
        if self.current.kind != "relative" or self.current.verb is not None or len(self.open) < 2:
            return False
        inside = range(self.current.first + 1, at)
        relatives = load_cues(self.language).relatives
        is_part = not relatives.match(self.tokens, self.current.first) and len(inside) > 1  # "among whom"
        is_part = is_part or any(self.tokens[i].kind == "digits" for i in inside)
        return is_part and self.table[self.open[-2]].verb is None and self._has_verb_before_border(at + 1)

    def _ends_relative(self, at: int) -> bool:
        """Whether a verb is that of the clause around a relative one with its own: "a man who stole 5 was fined"."""
        if self.language == "pl" or len(self.open) < 2 or self.current.kind != "relative":
            return False  # Polish puts a comma there
        verb, outer = self.current.verb, self.table[self.open[-2]]
        if verb is None or outer.verb is not None or self.tenses[at] == SUBJUNCTIVE or self.last_saying is not None:
            return False
        return at - verb > 1 and all(self.marks[i] is None for i in range(verb, at))

    def _is_saying(self, at: int) -> bool:
        return any(kind == "say" for _, kind in load_cues("en").attribution.match(self.tokens, at))

    def _after_saying(self, verb: int) -> int:
        """Where what is said begins: after the verb, the one addressed and the day."""
        cues, at = load_cues("en"), verb + 1
        if any(lemma in cues.addressing for lemma in cues.attribution.keys(self.tokens[verb])):
            while at < len(self.tokens) and self.tokens[at].text[:1].isupper():
                at += 1
        for skipped in (0, 1):  # "on Monday": the preposition may stand outside the date
            if at + skipped in self.date_ends:
                return self.date_ends[at + skipped]
        return at


def _is_hidden_end(tokens: Sequence[Token], at: int) -> bool:
    """Whether a point after an abbreviation may end a sentence: a capital follows, and no figure stands before it."""
    if tokens[at].text != "." or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    is_spaced = tokens[at].end < after.start and before.end == tokens[at].start
    if after.kind == "mark" and at + 2 < len(tokens):
        after = tokens[at + 2]  # an opening quotation mark
    return is_spaced and before.text.islower() and after.kind == "word" and after.text[0].isupper()


def _joins_names(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word stands between two capitalised ones of a name: "Office of Rail and Road"."""
    if tokens[at].kind != "word" or not 1 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    is_named = before.kind == after.kind == "word" and before.text[0].isupper() and after.text[0].isupper()
    return is_named and tokens[at - 2].kind == "word" and tokens[at - 2].text in ("of", "for")


def is_comma(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a comma of the sentence and not one inside a figure ("1,400")."""
    if tokens[at].text != ",":
        return False
    return at + 1 >= len(tokens) or tokens[at].end < tokens[at + 1].start or tokens[at + 1].kind != "digits"


def is_dash(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen stands between spaces and so is a dash."""
    before = at == 0 or tokens[at - 1].end < tokens[at].start
    after = at + 1 >= len(tokens) or tokens[at].end < tokens[at + 1].start
    return before and after
