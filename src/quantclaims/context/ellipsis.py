"""What a bare number counts, when that was said before: "14 vehicles … and later sent six more", "Ile? 30 tysięcy".

A reader takes the noun or unit from the last figure of the same kind and of comparable size, or from the noun that a
question asks the number of. Durations and ages are passed over: nobody continues a count with them. A verb of people
says itself that its figure counts them: "at least 16 died".
"""

from collections.abc import Iterator, Sequence

from quantclaims.context.cues import load_cues
from quantclaims.context.figures import is_age
from quantclaims.context.passages import Passage
from quantclaims.context.predicates import NOUN_FRAMES
from quantclaims.context.senses import is_of_people, is_person
from quantclaims.drafts import Draft
from quantclaims.lexicon import load_language
from quantclaims.quantities.comparable import Size, is_comparable, measure_size
from quantclaims.quantities.scan import read_asked
from quantclaims.quantities.symbols import DURATIONS
from quantclaims.quantities.units import divide, is_money, read_rate
from quantclaims.records import Quantity
from quantclaims.rules import fires
from quantclaims.tokens import fold

REACH = 3
"""Sentences back to which a bare number looks for what it counts."""

RULE = "elided_head"
PEOPLE_RULE = "elided_people"


def complete(passage: Passage, before: Sequence[Passage], language: str, topic: str) -> Passage:
    """The passage with every bare number given the noun or unit that it leaves out."""
    if not any(is_bare(quantity) for quantity in passage.quantities) or not fires(RULE):
        return passage
    tokens = passage.sentence.tokens
    known = [*_recall(before[-REACH:], language, topic)]
    completed: list[Quantity] = []
    givers: list[tuple[int, int]] = []
    for quantity in passage.quantities:
        near = next((one for one in reversed(completed) if can_give(one, quantity, language)), None)
        giver = near or next((one for one in reversed(known) if can_give_far(one, quantity, language)), None)
        if not is_bare(quantity) or is_age(quantity, tokens, language):
            completed.append(quantity)
            continue
        of_people = giver is not None and any(map(is_person, giver.items))
        if not of_people and counts_people(passage, quantity, only=giver is not None):
            quantity = take_people(quantity, language)  # noqa: PLW2901 (the next may take from it)
        elif giver is not None:
            givers.append((quantity.number_start, giver.number_start))
            quantity = take_from(passage, quantity, giver, language)  # noqa: PLW2901 (the next may take from it)
        completed.append(quantity)
    return passage._replace(quantities=completed, givers=tuple(givers))


def continue_act(draft: Draft, passage: Passage, drafts: Sequence[Draft]) -> Draft:
    """The draft of a bare number with act and sides of the figure that it continues, where its clause names none.

    A clause with another act of its own keeps it.
    """
    anchor = dict(passage.givers).get(draft.anchor)
    giver = next((one for one in reversed(drafts) if one.anchor == anchor), None)
    if giver is None or draft.predicate not in (None, giver.predicate) or not fires("elided_act"):
        return draft
    continued = draft._replace(
        predicate=giver.predicate,
        actor=draft.actor or giver.actor,
        counterparty=draft.counterparty or giver.counterparty,
    )
    return draft if continued == draft else continued._replace(rules=(*draft.rules, "elided_act"))


def counts_people(passage: Passage, quantity: Quantity, *, only: bool) -> bool:
    """Whether a verb of the number's clause is of people in every sense: "16 died", not "the army lost 16"."""
    verbs = [each for each in passage.predicates if each.frame not in NOUN_FRAMES]
    others = {each.first for each in verbs if not is_of_people(each, only=only)}
    return fires(PEOPLE_RULE) and any(
        each.first not in others and passage.clauses.is_same_clause(each.first, quantity.first_token) for each in verbs
    )


def take_people(bare: Quantity, language: str) -> Quantity:
    """A bare number as a count of people."""
    word = load_language(language)["context"]["person"]
    return bare._replace(items=("person",), lemma=word, rules=(*bare.rules, PEOPLE_RULE))


def is_bare(quantity: Quantity) -> bool:
    """Whether a quantity is a mere number that may count: neither "one" nor a fraction."""
    counts = quantity.kind in ("cardinal", "range", "magnitude") and not (
        quantity.value == 1 and "spelled" in quantity.rules
    )
    return counts and quantity.head_start is None and quantity.unit == "1" and quantity.lemma is None


def _recall(before: Sequence[Passage], language: str, topic: str) -> Iterator[Quantity]:
    """What was counted in the sentences before, and what a question asked the number of, in their order."""
    for passage in before:
        yield from passage.quantities
        yield from read_asked(passage.sentence, language, topic)


def can_give(giver: Quantity, bare: Quantity, language: str) -> bool:
    """Whether a bare number may count what an earlier quantity does."""
    unit = giver.unit.split("/")[0]
    if giver.lemma is None or unit in DURATIONS or fold(giver.lemma, language) in load_cues(language).occasions:
        return False
    return is_comparable(unit, _size(giver), _size(bare))


def can_give_far(giver: Quantity, bare: Quantity, language: str) -> bool:
    """The same from another sentence: there an amount of money goes on only with millions, a measure with decimals."""
    unit, size = giver.unit.split("/")[0], _size(bare)
    goes_on = unit == "1" or (size.has_magnitude if is_money(unit) else not size.is_whole)
    return goes_on and can_give(giver, bare, language)


def _size(quantity: Quantity) -> Size:
    return measure_size(quantity.value, quantity.low, quantity.high, rule=quantity.rules[0])


def take_from(passage: Passage, bare: Quantity, giver: Quantity, language: str) -> Quantity:
    """A bare number as a count of what another quantity counts, by the time that it names itself."""
    unit, end, last = giver.unit.split("/")[0], bare.end, bare.last_token
    rate = read_rate(passage.sentence.tokens, bare.last_token, language)
    if rate is not None:
        last, unit = rate[0], divide(unit, rate[1])
        end = passage.sentence.tokens[last - 1].end
    elif "/" in giver.unit and giver.unit.split("/")[1] not in DURATIONS:
        unit = giver.unit
    return bare._replace(
        end=end, unit=unit, items=giver.items, lemma=giver.lemma, rules=(*bare.rules, RULE), last_token=last
    )
