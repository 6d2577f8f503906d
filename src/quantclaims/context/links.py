"""How one figure says that it stands on another: a share, a part, an alternative or an equivalent of it.

"90 tanks or 1,400 tonnes" are alternatives, "5 million euros ($6 million)" and "12 tonnes, enough for 40,000 meals" the
same matter once more; how shares and parts are told is in `parts`.
"""

from collections.abc import Iterator, Sequence

from quantclaims.context.bases import find_base
from quantclaims.context.changes import PERCENTS, read_change
from quantclaims.context.cues import load_cues
from quantclaims.context.parts import read_parts
from quantclaims.context.passages import Passage
from quantclaims.context.wholes import Link, Whole
from quantclaims.drafts import Draft
from quantclaims.lemmas import analyse
from quantclaims.quantities.units import is_money
from quantclaims.records import Quantity
from quantclaims.rules import fires
from quantclaims.schemas.units import measured_quantity

EQUIVALENT_REACH = 12
"""Words between "enough for" and its number."""
BRACKET_REACH = 3
"""Words from a bracket to the figure in it."""
IDENTITY_REACH = 7
"""Words of "that could be" and the hedges after it."""
HEDGES = 3
"""Words between "that is" and a share: hedges, an article."""
APPOSED = 4
"""Words from a figure to the end of its phrase and the comma before its apposition."""
OPENING = frozenset({",", "(", "-", "–", "—"})
INSERTED = 14
"""Words between the commas of "or, if they carry nothing else, 1.1 million"."""


def find_links(passage: Passage, quantity: Quantity, language: str) -> Iterator[Link]:
    """The ways in which a quantity may stand on another, surest first."""
    whole = Whole(passage, quantity, language)
    for link in (*read_parts(passage, quantity, language), _read_equivalent(whole), _read_alternative(whole)):
        if link is not None and fires(link.rule):
            yield link


def points_ahead(passage: Passage, quantity: Quantity, language: str) -> bool:
    """Whether a quantity stands on one that the sentence prints after it: "nine of the 40 wounded"."""
    return any(
        link.anchor is not None and link.anchor > quantity.number_start
        for link in find_links(passage, quantity, language)
    )


def _read_alternative(whole: Whole) -> Link | None:
    """Either the figure before or this: "90 tanks or 1,400 tonnes"; set off by a comma it is the same once more."""
    start, quantity = whole.start, whole.quantity
    before = [q for q in whole.passage.quantities if q.last_token <= start]
    end = _skip_insertion(whole, start)
    joints = [at for at in range(max(0, end - 2), end) if _ends_at(whole, at, end)]
    if not before or not joints or (quantity.lemma is None and quantity.unit == "1"):
        return None
    is_other_money = is_money(quantity.unit) and is_money(before[-1].unit)
    is_apposed = whole.language == "en" and joints[0] > 0 and whole.tokens[joints[0] - 1].text == ","
    if is_apposed or (is_other_money and quantity.unit != before[-1].unit):
        return Link("equivalent_to", reach=0)
    return None if quantity.unit in PERCENTS else Link("alternative_to", reach=0)


def _skip_insertion(whole: Whole, start: int) -> int:
    """Token before which "or" has to stand: what stands between commas after it is passed over."""
    if start < 2 or whole.tokens[start - 1].text != ",":
        return start
    opening = (at for at in range(start - 2, max(0, start - INSERTED), -1) if whole.tokens[at].text == ",")
    return next(opening, start)


def _ends_at(whole: Whole, at: int, end: int) -> bool:
    hits = load_cues(whole.language).relations.match(whole.tokens, at)
    return any(stop == end and kind == "alternative" for stop, kind in hits)


def _read_equivalent(whole: Whole) -> Link | None:
    """The same matter in other things: after "enough for" or "that is", in brackets, or in apposition."""
    if _is_change(whole):
        return None
    readers = (_read_named_equivalent, _read_identity, _read_same_price, _read_conversion, _read_apposed_share)
    return next((link for read in readers if (link := read(whole)) is not None), None)


def _read_named_equivalent(whole: Whole) -> Link | None:
    """After words that say so: "enough for 40,000 meals", "czyli 8 proc. załogi", "that is 24 a day"."""
    tokens, start = whole.tokens, whole.start
    before = [q for q in whole.passage.quantities if q.last_token <= start]
    nearest = before[-1].last_token if before else 0
    for at in range(start - 1, max(-1, nearest - 1, start - EQUIVALENT_REACH), -1):
        stops = [stop for stop, kind in load_cues(whole.language).relations.match(tokens, at) if kind == "equivalent"]
        if whole.is_share and (start, "equivalent_share") in load_cues(whole.language).relations.match(tokens, at):
            return Link("equivalent_to", before=tokens[at].start, reach=0)
        if stops and (whole.quantity.unit not in PERCENTS or stops[0] >= start - HEDGES):
            return Link("equivalent_to", before=tokens[at].start, reach=1)
    return None


def _read_identity(whole: Whole) -> Link | None:
    """Said to be what was told before: "That could be 12.8 million rounds", "To 24 dziennie"."""
    tokens, start, quantity = whole.tokens, whole.start, whole.quantity
    for at in range(start - 1, max(-1, start - IDENTITY_REACH), -1):
        hits = load_cues(whole.language).relations.match(tokens, at)
        stops = [stop for stop, kind in hits if kind == "identity" and start - HEDGES <= stop <= start]
        opens = at == 0 or tokens[at - 1].kind == "mark"
        if stops and opens and (quantity.unit != "1" or stops[0] > at + 1):
            return Link("equivalent_to", before=tokens[at].start, reach=1)
    return None


def _read_same_price(whole: Whole) -> Link | None:
    """What as much money buys: "for the same sum the city could have 250 buses"."""
    start, clauses = whole.start, whole.passage.clauses
    if whole.quantity.unit != "1" or any(q.first_token < start for q in whole.passage.quantities):
        return None
    near = (at for at in range(start) if "same_price" in whole.kinds(at) and clauses.is_same_clause(at, start))
    at = next(near, None)
    return None if at is None else Link("equivalent_to", before=whole.tokens[at].start, is_money=True)


def _read_conversion(whole: Whole) -> Link | None:
    """In brackets in other units or another currency: "5,000 hectares (12,400 acres)"."""
    quantity, tokens, start = whole.quantity, whole.tokens, whole.start
    before = [q for q in whole.passage.quantities if q.last_token <= start]
    if not before or quantity.unit == before[-1].unit or not _is_converted(before[-1], quantity):
        return None
    gap = tokens[before[-1].last_token : start]
    is_bracketed = "(" in [token.text for token in gap[:2]] and all(token.text != ")" for token in gap)
    is_near = is_bracketed and len(gap) <= BRACKET_REACH
    return Link("equivalent_to", before=tokens[start].start, reach=0) if is_near else None


def _read_apposed_share(whole: Whole) -> Link | None:
    """A share between marks right behind what it says once more: "3,300 nurses, almost a third of the staff, left"."""
    tokens, start, quantity = whole.tokens, whole.start, whole.quantity
    before = [q for q in whole.passage.quantities if q.last_token <= start]
    if not whole.is_share or not before or before[-1].unit in PERCENTS or before[-1].kind == "fraction":
        return None
    gap = tokens[before[-1].last_token : start]
    is_apposed = 1 <= len(gap) <= APPOSED and gap[-1].text in OPENING and all(t.kind == "word" for t in gap[:-1])
    if is_apposed and _is_bracketed_share(whole, before[-1]):
        return Link("equivalent_to", reach=0)
    is_of = quantity.last_token < len(tokens) and ("share_of" in whole.kinds(whole.end) or _is_genitive(whole))
    names_other = whole.has_noun if quantity.kind == "fraction" else is_of
    return Link("equivalent_to", reach=0) if is_apposed and names_other else None


def _is_genitive(whole: Whole) -> bool:
    """Whether Polish names without a preposition what a share is of: "8 proc. krajowego pogłowia"."""
    readings = analyse(whole.tokens[whole.end].text, "pl") if whole.language == "pl" else ()
    return any(reading.part in ("noun", "adjective") and "gen" in reading.cases for reading in readings)


def _is_bracketed_share(whole: Whole, before: Quantity) -> bool:
    """Whether a count stands alone with its share in brackets or after a word for it: "1,509 (39.3 per cent)"."""
    tokens, start, end = whole.tokens, whole.start, whole.quantity.last_token
    gap = range(before.last_token, start)
    closes = end < len(tokens) and tokens[end].text == ")" and tokens[start].text[0] not in "+-−–"
    is_bracketed = closes and any(tokens[at].text == "(" for at in gap)
    return before.unit == "1" and is_bracketed


def _is_converted(first: Quantity, second: Quantity) -> bool:
    """Whether a quantity can be another in other units: both are money, or both measure the same."""
    measured = {measured_quantity(first.unit), measured_quantity(second.unit)}
    if measured != {None} and len(measured) == 1 and not is_money(first.unit):
        return first.unit not in PERCENTS and first.unit != "1"
    if "length" in measured:
        return False
    return is_money(second.unit) and first.unit not in PERCENTS  # a currency that no table knows is no money


def _is_change(whole: Whole) -> bool:
    """Whether a figure is by how much something rose or fell: "czyli o 90 groszy więcej", "that is 4 per cent more"."""
    if read_change(whole.passage, whole.quantity, whole.language)[1] == "change_comparative":
        return True
    at, table = whole.start - 1, load_cues(whole.language).change
    return at >= 0 and any(kind == "by" for _, kind in table.match(whole.tokens, at))


def find_whole(
    drafts: Sequence[Draft], passages: Sequence[Passage], index: int, quantity: Quantity, language: str
) -> tuple[Link | None, Draft | None]:
    """The link of a quantity in passage ``index`` with the claim that it stands on, or neither."""
    for link in find_links(passages[index], quantity, language):
        base = find_base(drafts, passages, index, quantity, link, language)
        if base is not None:
            return link, base
    return None, None
