"""What a figure is about: its governing act and both sides, from its clause, its lead-in or the same act before."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from quantclaims.context.completion import complete_parties, locate_parties
from quantclaims.context.cues import load_cues
from quantclaims.context.discourse import Discourse
from quantclaims.context.locating import list_unions
from quantclaims.context.mentions import Mention, token_cases
from quantclaims.context.parties import NOBODY, Parties, assign_parties, fill_sides
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import (
    NOUN_FRAMES,
    REACH,
    STATE_FRAMES,
    Predicate,
    govern,
    read_preposition_roles,
)
from quantclaims.context.roles import has_side, read_roles
from quantclaims.context.scene import Speaker
from quantclaims.context.senses import (
    is_currency,
    is_fitting,
    is_yielding,
    name_means,
    name_measure,
    name_of_items,
    name_refinement,
    rank_sense,
)
from quantclaims.records import Quantity
from quantclaims.rules import fires
from quantclaims.schemas.units import measured_quantity


class Act(NamedTuple):
    """A predicate chosen for a figure, with its parties."""

    predicate: Predicate | None
    parties: Parties
    rules: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """The predicate's id; a sale from state to state is a transfer, ``sale`` means the market at large."""
        if self.predicate is None:
            return None
        if self.predicate.predicate == "sale" and self.parties.counterparty is not None:
            return "transfer"
        return self.predicate.predicate


NO_ACT = Act(None, NOBODY, ())


class Counted(NamedTuple):
    """What a figure counts: the token of its head noun and its items."""

    head: int | None
    items: tuple[str, ...]


def find_act(discourse: Discourse, index: int, quantity: Quantity, counted: Counted, speaker: Speaker) -> Act:
    """The act that governs a quantity, its sides completed from the context."""
    if is_place_distance(discourse.passages[index], quantity, discourse.language) and fires("predicate_measure"):
        measure = Predicate(quantity.first_token, quantity.last_token, "distance", "measure", False)
        return Act(measure, NOBODY, ("predicate_measure",))
    act = _find_governor(discourse, index, quantity, counted)
    if act.predicate is None:
        act = _continue_predicate(discourse, index, quantity)
    if act.predicate is None:
        act = _read_unit(quantity)
    act = _complete(discourse, index, act, speaker)
    act = _read_deal(discourse, index, act, quantity)
    if act.predicate is not None and act.predicate.predicate == "transfer" and is_currency(quantity.unit):
        name = "aid" if act.parties.actor or act.parties.counterparty else "payment"
        act = act._replace(predicate=act.predicate._replace(predicate=name))  # money handed over
    if act.name == "sale" and _find_money(discourse.passages[index], quantity) and act.predicate is not None:
        act = act._replace(predicate=act.predicate._replace(predicate="revenue"))  # "sales reached 9 billion"
    return act


def _read_deal(discourse: Discourse, index: int, act: Act, quantity: Quantity) -> Act:
    """A large sum that something costs after a purchase is what that purchase costs: "the deal is worth 2 billion"."""
    tokens, apiece = discourse.passages[index].sentence.tokens, load_cues(discourse.language).apiece
    is_sum = is_currency(quantity.unit) and "/" not in quantity.unit and (quantity.value or quantity.high or 0) >= DEAL
    if act.predicate is None or act.predicate.predicate not in ("price", "agreement") or not is_sum:
        return act
    if any(apiece.longest(tokens, at) is not None for at in range(len(tokens))):
        return act
    near = (d for d in reversed(discourse.drafts) if index - DEAL_REACH <= d.passage and d.predicate == "purchase")
    bought = next(near, None)
    if bought is None:
        return act
    parties = fill_sides(Parties(None, None, ()), Parties(bought.actor, bought.counterparty, ()), "parties_continued")
    rules = tuple(rule for rule in act.rules if rule.startswith("predicate_"))
    return Act(act.predicate._replace(predicate="purchase"), parties, (*rules, *parties.rules))


DEAL = 1e6
"""Money from which on it is the price of a whole purchase."""
DEAL_REACH = 2
"""Sentences back in which the purchase was told."""


def _read_unit(quantity: Quantity) -> Act:
    """What the unit says where no word does."""
    named = name_measure(quantity.unit) if fires("predicate_unit") else None
    if named is None:
        return NO_ACT
    return Act(
        Predicate(quantity.first_token, quantity.last_token, named, "measure", False), NOBODY, ("predicate_unit",)
    )


def _complete(discourse: Discourse, index: int, act: Act, speaker: Speaker) -> Act:
    """The act with the sides that its clause leaves out."""
    if act.predicate is None or act.predicate.predicate == "distance":
        return act
    lead_in = discourse.lead_in(index) if "lead_in" in act.rules else None
    if act.predicate.frame == "measure":
        parties = locate_parties(discourse, index, act.predicate, act.parties)
    else:
        parties = complete_parties(discourse, index, lead_in, act.predicate, act.parties, speaker)
    return Act(act.predicate, parties, tuple(dict.fromkeys((*act.rules, *parties.rules))))


def _continue_predicate(discourse: Discourse, index: int, quantity: Quantity) -> Act:
    """What the last figure of the same measure was about: "33 per cent would vote for A. Party B has 29 per cent"."""
    if quantity.unit == "1" or not fires("predicate_continued"):
        return NO_ACT
    passage, measure = discourse.passages[index], measured_quantity(quantity.unit)
    alike = (d for d in reversed(discourse.drafts) if measured_quantity(d.unit) == measure and d.relation is None)
    last = next(alike, None)
    if last is None or last.predicate is None:
        return NO_ACT
    before = discourse.passages[last.passage]
    is_near = before.sentence.paragraph == passage.sentence.paragraph
    is_listed = passage.place.lead_in is not None and before.place.lead_in == passage.place.lead_in
    if not (is_near or is_listed or _points_back(passage, quantity, discourse.language)):
        return NO_ACT
    if last.predicate == name_measure(quantity.unit):
        return NO_ACT
    predicate = Predicate(quantity.first_token, quantity.last_token, last.predicate, "measure", False)
    parties = Parties(last.actor, last.counterparty, ())
    sides = _take_new_state(passage, quantity, last.predicate, parties, discourse.language)
    return Act(predicate, sides, ("predicate_continued",))


def _take_new_state(passage: Passage, quantity: Quantity, act: str, parties: Parties, language: str) -> Parties:
    """The sides that go on, unless a state beside the figure is another one's: "46 % of Poles, 38 % of Czechs".

    Of what goes from one state to others it is the next one that receives: "41 million to Romania, 28 to Poland".
    """
    state = _find_new_state(passage, quantity)
    if state is None or state.country in parties[:2]:
        return parties
    country = None if state.country in list_unions() else state.country
    roles = read_preposition_roles(passage.sentence.tokens, state, language)
    is_other = has_side(act, "counterparty") and read_roles(act).get("place") != "actor"
    if is_other:
        return parties if "source" in roles else parties._replace(counterparty=country)
    return parties._replace(actor=country) if parties.actor is not None else parties


def _find_new_state(passage: Passage, quantity: Quantity) -> Mention | None:
    """The state named between the figure before and this one, or right behind it."""
    first, end = quantity.first_token, quantity.last_token
    start = max((q.last_token for q in passage.quantities if q.last_token <= first), default=0)
    following = min((q.first_token for q in passage.quantities if q.first_token >= end), default=end + NEW_REACH)
    named = [m for m in passage.mentions if m.country and m.kind in ("party", "people", "adjective")]
    before = [m for m in named if max(start, first - NEW_REACH) <= m.first and m.end <= first]
    after = [m for m in named if end <= m.first < min(following, end + NEW_REACH // 2)]
    joined = [m for m in after if passage.clauses.is_same_segment(m.first, end - 1)]
    return joined[0] if joined else before[-1] if before else None


NEW_REACH = 6
"""Words between a state and the figure that is its."""


def _points_back(passage: Passage, quantity: Quantity, language: str) -> bool:
    """Whether a noun before a percentage only stands for what was measured before: "put the rate at 57 per cent"."""
    rates = load_cues(language).measure_anaphors
    near = range(max(0, quantity.first_token - POINTING), quantity.first_token)
    return measured_quantity(quantity.unit) == "fraction" and any(
        rates.longest(passage.sentence.tokens, at) is not None and passage.clauses.is_same_clause(at, near.stop - 1)
        for at in near
    )


POINTING = 5
"""Words between such a noun and its figure."""


def _find_money(passage: Passage, quantity: Quantity) -> str | None:
    """The currency of a figure, or that of what a percentage is of: "sales rose 4 % to 9 billion euros"."""
    if is_currency(quantity.unit):
        return quantity.unit
    if measured_quantity(quantity.unit) != "fraction":
        return None
    amounts = (q for q in passage.quantities if is_currency(q.unit))
    clauses = passage.clauses
    return next((q.unit for q in amounts if clauses.is_same_clause(q.first_token, quantity.first_token)), None)


def is_place_distance(passage: Passage, quantity: Quantity, language: str) -> bool:
    """A length in apposition to a place ("a port, 500 km from the border") is the article's own knowledge."""
    tokens, after = passage.sentence.tokens, quantity.last_token
    if measured_quantity(quantity.unit) != "length" or after >= len(tokens):
        return False
    leads = {role for _, role in load_cues(language).roles.match(tokens, after)}
    if tokens[after].folded in load_cues(language).distance_from:
        leads.add("source")
    before = tokens[quantity.first_token - 1].text if quantity.first_token else ""
    return "source" in leads and before in (",", "(", "-", "–", "—")


def _find_governor(discourse: Discourse, index: int, quantity: Quantity, counted: Counted) -> Act:
    passage, span = discourse.passages[index], (quantity.first_token, quantity.last_token)
    fitting = [p for p in _list_near(passage.predicates, *span) if is_fitting(p, quantity.unit)]
    if is_currency(quantity.unit):  # goods are delivered, not money
        fitting = [p for p in fitting if p.predicate != "transfer" or p.frame not in NOUN_FRAMES]
    fitting = [p for p in fitting if passage.clauses.is_attached(p.first, span[0])] or fitting
    economy = _list_economy(passage, discourse.language)
    fitting = [p for p in fitting if p.first not in economy]
    fitting = [p for p in fitting if not _is_of_another(passage, p, quantity)]
    fitting = [
        p for p in fitting if p.predicate not in ("opinion", "vote") or not _is_forecast(passage, p, discourse.language)
    ]
    fitting = [p for p in fitting if not _is_loser(passage, p, span, discourse.language)]
    plain = [p for p in fitting if p.frame not in STATE_FRAMES]
    options = govern(plain, passage.clauses, *span, counted.head)
    lead_in = discourse.lead_in(index) if fires("lead_in") else None
    if lead_in is not None and not any(p.end <= span[0] and p.frame not in NOUN_FRAMES for p in options):
        return _find_lead_governor(discourse, index, lead_in, span)
    money = _find_money(passage, quantity)
    sensed = (quantity.unit if money is None else money, counted.items)
    whole = _list_wholes(passage, fitting, quantity, discourse.language)
    if whole:
        return _refine(discourse, passage, _choose(discourse, passage, whole, span, sensed), quantity, counted)
    act = _choose(discourse, passage, options, span, sensed)
    act = _heed_light_verb(discourse, passage, act, fitting, span, sensed)
    if act.predicate is not None and is_yielding(act.predicate):
        found = (act.predicate.first, act.predicate.end) if act.predicate.is_passive else span
        nouns = [p for p in fitting if not is_yielding(p) and p.frame in NOUN_FRAMES]
        near = [p for p in nouns if _is_beside(p, span)] or [p for p in nouns if _is_beside(p, found)]
        act = _choose(discourse, passage, near, span, sensed) if near else act
    return _refine(discourse, passage, act, quantity, counted)


def _heed_light_verb(
    discourse: Discourse,
    passage: Passage,
    act: Act,
    predicates: Sequence[Predicate],
    span: tuple[int, int],
    sensed: tuple[str, Sequence[str]],
) -> Act:
    """A verb that says something only of states, where one is its subject and no word says more.

    Beside a noun it names the sides only: "has given Chad 12 million in aid".
    """
    clauses = passage.clauses
    here = [p for p in predicates if p.frame in STATE_FRAMES and clauses.is_same_clause(p.first, span[0])]
    light = _choose(discourse, passage, here, span, sensed)
    if light.predicate is None or not any(rule.endswith("_subject") for rule in light.rules):
        return act
    if act.predicate is None or not clauses.is_same_clause(act.predicate.first, span[0]):
        return light
    if act.predicate.frame not in NOUN_FRAMES:
        is_before = light.predicate.first < span[0] <= act.predicate.first  # "will give 5 million to buy fuel"
        return light if is_before else act
    if light.predicate.predicate != "transfer":
        return act
    sides = _rename(discourse, passage, light.predicate, act.predicate.predicate, span).parties
    merged = fill_sides(sides, act.parties, "parties_continued")
    return Act(act.predicate, merged, (f"predicate_{act.predicate.frame}", *merged.rules))


def _list_wholes(
    passage: Passage, predicates: Sequence[Predicate], quantity: Quantity, language: str
) -> list[Predicate]:
    """Nouns that a percentage right before them is a share of: "44 % of the votes"."""
    end = quantity.last_token
    if measured_quantity(quantity.unit) != "fraction" or end >= len(passage.sentence.tokens):
        return []
    if not any(kind == "share_of" for _, kind in load_cues(language).relations.match(passage.sentence.tokens, end)):
        return []
    wholes = (p for p in predicates if p.predicate != "growth")  # "4 % of GDP" is of what the money is for
    return [p for p in wholes if p.frame in NOUN_FRAMES and end < p.first <= end + SHARED_GAP]


def _is_of_another(passage: Passage, predicate: Predicate, quantity: Quantity) -> bool:
    """Whether what looks like a verb stands between another number and its noun: "two dock workers"."""
    return predicate.frame not in NOUN_FRAMES and any(
        other.first_token < predicate.first < other.last_token - 1 and other.first_token != quantity.first_token
        for other in passage.quantities
    )


def _is_forecast(passage: Passage, predicate: Predicate, language: str) -> bool:
    """Whether those polled forecast something, which the figure is about: "economists polled had expected 2.3"."""
    near = range(
        max(0, predicate.first - FORECAST_REACH), min(len(passage.sentence.tokens), predicate.end + FORECAST_REACH)
    )
    forecasts = load_cues(language).forecasts
    return any(forecasts.longest(passage.sentence.tokens, at) is not None for at in near)


FORECAST_REACH = 5
"""Words between a poll and what shows that it is one of forecasters."""


def _list_economy(passage: Passage, language: str) -> frozenset[int]:
    """Tokens of the economy that percentages right before are measured by, and no figure is about: "2 % of GDP"."""
    economy = [p for p in passage.predicates if p.predicate == "growth"]
    if not economy:
        return frozenset()
    tokens, shares = passage.sentence.tokens, load_cues(language).relations
    found: set[int] = set()
    for quantity in passage.quantities:
        end = quantity.last_token
        if measured_quantity(quantity.unit) != "fraction" or end >= len(tokens):
            continue
        starts = {end} | {stop for stop, kind in shares.match(tokens, end) if kind == "share_of"}
        near = {at + gap for at in starts for gap in range(SHARED_GAP)} if len(starts) > 1 else starts
        found |= {at for p in economy if p.first in near for at in range(p.first, p.end)}
    return frozenset(found)


SHARED_GAP = 2
"""Words between a percentage and what it is a share of ("of the votes")."""


def _choose(
    discourse: Discourse,
    passage: Passage,
    options: Sequence[Predicate],
    span: tuple[int, int],
    sensed: tuple[str, Sequence[str]],
) -> Act:
    """Of the readings of a governing word the one that fits what is counted best, then the one with more sides."""
    acts = []
    for predicate in options:
        parties = _assign(discourse, passage, predicate, span)
        acts.append(Act(predicate, parties, (f"predicate_{predicate.frame}", *parties.rules)))

    def fit(act: Act) -> tuple[int, int]:
        return rank_sense(act.predicate, *sensed) if act.predicate else 0, len(act.parties.rules)

    return max(acts, key=fit, default=NO_ACT)


BESIDE = 4
"""Words between a quantity and the noun that says what was recorded ("recorded 41,300 cases of measles")."""


def _is_beside(predicate: Predicate, span: tuple[int, int]) -> bool:
    return span[0] - BESIDE <= predicate.first < span[1] + BESIDE


def _refine(discourse: Discourse, passage: Passage, act: Act, quantity: Quantity, counted: Counted) -> Act:
    """Money spent on aid is aid; what is attacked with is launched."""
    predicate, span = act.predicate, (quantity.first_token, quantity.last_token)
    if predicate is None:
        return act
    means = name_means(predicate, counted.items)
    if means is not None and not predicate.is_passive and _is_instrument(passage, quantity, discourse.language):
        return _rename(discourse, passage, predicate, means, span)
    named = name_of_items(predicate, counted.items)
    if named is not None and predicate.frame == "active":
        return _rename(discourse, passage, predicate, named, span)
    if predicate.predicate == "vote" and quantity.unit == "%" and _is_polled(passage):
        return _rename(discourse, passage, predicate, "opinion", span)
    refined = name_refinement(predicate)
    if refined is None:
        return act
    renamed = _rename(discourse, passage, predicate, refined, span)
    clause = [p for p in passage.predicates if passage.clauses.is_same_clause(p.first, predicate.first)]
    is_named = any(p.predicate == refined and p.frame in NOUN_FRAMES for p in clause)
    is_given = predicate.frame not in NOUN_FRAMES and "counterparty_recipient" in renamed.rules
    return renamed if is_named or is_given else act


def _is_polled(passage: Passage) -> bool:
    """Whether a sentence tells of a poll: then its votes are intentions."""
    return any(p.predicate == "opinion" and p.frame in NOUN_FRAMES for p in passage.predicates)


def _rename(discourse: Discourse, passage: Passage, predicate: Predicate, name: str, span: tuple[int, int]) -> Act:
    renamed = predicate._replace(predicate=name)
    parties = _assign(discourse, passage, renamed, span)
    return Act(renamed, parties, (f"predicate_{predicate.frame}", *parties.rules))


def _is_instrument(passage: Passage, quantity: Quantity, language: str) -> bool:
    """Whether something is done with what is counted: "with 40 drones", "40 dronami"."""
    tokens, first = passage.sentence.tokens, quantity.first_token
    before = [
        role
        for start in range(max(0, first - 3), first)
        for end, role in load_cues(language).roles.match(tokens, start)
        if end == first
    ]
    if not before and _find_joined(passage, quantity, language) is not None:
        return _is_instrument(passage, passage.quantities[_find_joined(passage, quantity, language) or 0], language)
    if language != "pl" or before:
        return "with" in before
    return any("inst" in token_cases(tokens[i], "pl") for i in range(first, quantity.last_token))


def _find_joined(passage: Passage, quantity: Quantity, language: str) -> int | None:
    """The number of the quantity that "and" or a comma joins this one to: "with 47 drones and four missiles"."""
    tokens, coordinators = passage.sentence.tokens, load_cues(language).coordinators
    for number, other in enumerate(passage.quantities):
        between = tokens[other.last_token : quantity.first_token]
        if len(between) == 1 and (between[0].text == "," or between[0].folded in coordinators):
            return number
    return None


def _list_near(predicates: Sequence[Predicate], first: int, end: int) -> Sequence[Predicate]:
    """The predicates that a figure's governor can be among; a long sentence has many more."""
    begin = bisect_left(predicates, first - REACH, key=lambda p: p.first)
    return predicates[begin : bisect_left(predicates, end + REACH, key=lambda p: p.first)]


def _is_loser(passage: Passage, predicate: Predicate, span: tuple[int, int], language: str) -> bool:
    """Whether the figure counts those who lose something else: "five villages lost power" destroys no villages."""
    tokens, losing = passage.sentence.tokens, load_cues(language).losing
    if span[1] > predicate.first or predicate.is_passive or not losing.match(tokens, predicate.first):
        return False
    follows = tokens[predicate.end].kind == "word" if predicate.end < len(tokens) else False
    return follows and passage.clauses.is_same_clause(span[0], predicate.first)


def _assign(discourse: Discourse, passage: Passage, predicate: Predicate, span: tuple[int, int]) -> Parties:
    return assign_parties(passage, predicate, span, discourse.language)


def _find_lead_governor(discourse: Discourse, index: int, lead_in: int, span: tuple[int, int]) -> Act:
    """A list item's predicate and parties stand in its lead-in; the item may own the other side."""
    lead = discourse.passages[lead_in]
    end = len(lead.sentence.tokens)
    options = govern(lead.predicates, lead.clauses, end - 1, end, None)
    if not options:
        return NO_ACT
    predicate = options[0]
    parties = _assign(discourse, lead, predicate, (end, end))
    here = _assign(discourse, discourse.passages[index], predicate._replace(first=0, end=0), span)
    rules = (*parties.rules, *here.rules)
    merged = Parties(parties.actor, parties.counterparty or here.counterparty, rules)
    return Act(predicate, merged, (f"predicate_{predicate.frame}", "lead_in", *rules))
