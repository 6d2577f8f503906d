"""Quantities, multiples and denials become drafts: every field with the rule that found it."""

from collections.abc import Sequence

from quantclaims.context.acts import Act, Counted, find_act, is_place_distance
from quantclaims.context.changes import read_change
from quantclaims.context.cues import load_cues
from quantclaims.context.denials import Denial, is_first_person
from quantclaims.context.discourse import Discourse
from quantclaims.context.fieldwork import find_fieldwork
from quantclaims.context.parties import Parties, assign_parties
from quantclaims.context.passages import Passage
from quantclaims.context.periods import UNKNOWN, Period, inherit, is_future
from quantclaims.context.predicates import NOUN_FRAMES
from quantclaims.context.relations import Multiple, derive
from quantclaims.context.stance import read_stance
from quantclaims.context.stories import CONTINUED, continue_story
from quantclaims.context.times import find_times
from quantclaims.context.voices import APPOSITION_VOICE, Voice, find_state_speaker, find_voice
from quantclaims.context.wholes import Link
from quantclaims.drafts import Draft
from quantclaims.lexicon import PhraseTable
from quantclaims.quantities.items import find_head_token
from quantclaims.records import Quantity
from quantclaims.rules import fires
from quantclaims.schemas.units import measured_quantity

STORY_STANCES = frozenset({"asserted", "possible"})
"""Of figures that can belong to a story: "there may have been 300 on board"."""
UNPLANNED = frozenset({"temperature", "length/time"})
"""Quantities of nature: a forecast asserts them, nobody plans them."""


def draft_quantity(discourse: Discourse, index: int, quantity: Quantity) -> Draft:
    """The draft of a quantity."""
    passage = discourse.passages[index]
    first, end = quantity.first_token, quantity.last_token
    is_knowledge = is_place_distance(passage, quantity, discourse.language)
    is_apposition = is_knowledge and fires("claimant_article_apposition")
    voice = APPOSITION_VOICE if is_apposition else find_voice(discourse, index, first, end)
    counted = Counted(find_head_token(passage.sentence.tokens, quantity), quantity.items)
    act = find_act(discourse, index, quantity, counted, voice.speaker)
    verb = act.predicate if act.predicate and discourse.lead_in(index) is None else None
    stance, stance_rule = ("asserted", None) if is_knowledge else _read_stance(discourse, passage, act, verb, first)
    times = find_times(discourse, index, [first] if verb is None else [first, verb.first])
    if stance == "asserted" and is_future(times.period, discourse.published_end) and fires("stance_future_period"):
        stance, stance_rule = "planned", "stance_future_period"
    if stance == "planned" and measured_quantity(quantity.unit) in UNPLANNED:
        stance, stance_rule = "asserted", None
    if times.period.edtf is None:
        is_near = verb is None or passage.clauses.is_same_clause(verb.first, first)
        told = find_fieldwork(discourse, act.name, quantity.unit)
        if told is None and stance in STORY_STANCES:
            told = continue_story(discourse, index, first, act.name if is_near else None, quantity.unit)
        times = times if told is None else times._replace(period=told)
    change, change_rule = read_change(passage, quantity, discourse.language)
    return Draft(
        start=quantity.start,
        end=quantity.end,
        anchor=quantity.number_start,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        items=quantity.items,
        attributes=_find_attributes(passage, quantity, act, discourse.language),
        item_text=_find_item_text(discourse.text, quantity),
        item_lemma=quantity.lemma,
        predicate=act.name,
        actor=act.parties.actor,
        counterparty=act.parties.counterparty,
        stance=stance,
        is_denial=False,
        change=change,
        speaker=voice.speaker,
        via=voice.via,
        period=times.period,
        stated=times.stated,
        passage=index,
        base=None,
        relation=None,
        factor=None,
        rules=_name_rules(quantity.rules, voice.rules, act.rules, (change_rule, stance_rule, times.period.rule)),
    )


def draft_linked(discourse: Discourse, index: int, quantity: Quantity, link: Link, base: Draft) -> Draft:
    """The draft of a share, part, alternative or equivalent of another claim; what a part leaves out is the base's."""
    draft = draft_quantity(discourse, index, quantity)
    rules = (*draft.rules, link.rule)
    linked = draft._replace(base=base.anchor, relation=link.relation, rules=rules)
    if link.relation == "equivalent_to" and draft.change == "level":
        return linked._replace(change=base.change)  # "to cut 1,150 jobs, or 5 per cent of its workforce"
    if link.relation in ("alternative_to", "equivalent_to"):
        return linked
    linked = linked._replace(
        items=draft.items or base.items,
        item_lemma=draft.item_lemma or base.item_lemma,
        period=_choose_period(draft, base, _now_holds(discourse, index, quantity, base)),
    )
    linked = _take_act(linked, base)
    if link.relation != "share_of" or quantity.value is None or base.value is None:
        return linked
    factor = quantity.value / 100 if quantity.unit == "%" else quantity.value
    value, low, high, qualifier = derive(base, factor, "asserted")
    if quantity.qualifier != "exact":  # "less than half of them" is less, however exact the whole
        low, high = (value if bound is not None else None for bound in (quantity.low, quantity.high))
        qualifier = quantity.qualifier
    return linked._replace(value=value, low=low, high=high, qualifier=qualifier, unit=base.unit, factor=factor)


def _choose_period(part: Draft, whole: Draft, now_holds: bool) -> Period:
    """The period that a part names itself, else that of its whole; what a story lends a part is the whole's first."""
    is_own = part.period.edtf is not None and part.period.rule != CONTINUED
    return part.period if is_own or now_holds or not whole.period.edtf else inherit(whole.period)


def _now_holds(discourse: Discourse, index: int, part: Quantity, whole: Draft) -> bool:
    """Whether a later sentence tells in the present what holds of a part: "two of them are still in hospital"."""
    clauses = discourse.passages[index].clauses
    return whole.passage != index and clauses.table[clauses.of[part.first_token]].tense == "present"


def _take_act(part: Draft, whole: Draft) -> Draft:
    """A part with the act of its whole, unless a verb of its own says what became of it."""
    if part.predicate != whole.predicate and any(rule in OWN_VERBS for rule in part.rules):
        return part
    return part._replace(
        predicate=whole.predicate or part.predicate,
        actor=whole.actor if part.predicate != whole.predicate else part.actor or whole.actor,
        counterparty=whole.counterparty
        if part.predicate != whole.predicate
        else part.counterparty or whole.counterparty,
    )


OWN_VERBS = frozenset({"predicate_active", "predicate_receiving", "predicate_suffering"})


def draft_multiple(discourse: Discourse, index: int, multiple: Multiple, base: Draft) -> Draft:
    """The draft of a multiple: the base's claim with another figure, speaker and, if it says one, period."""
    passage = discourse.passages[index]
    tokens, first, end = passage.sentence.tokens, multiple.first, multiple.end
    voice = find_voice(discourse, index, first, end)
    stance, stance_rule = read_stance(tokens, passage.clauses, None, first, discourse.language, passage.dates)
    times = find_times(discourse, index, [first])
    inherited = inherit(base.period) if base.period.edtf else UNKNOWN
    period = times.period if times.period.edtf else inherited
    value, low, high, qualifier = derive(base, multiple.factor, stance)
    return base._replace(
        start=tokens[first].start,
        end=tokens[end - 1].end,
        anchor=tokens[first].start,
        value=value,
        low=low,
        high=high,
        qualifier=qualifier,
        item_text=None,
        stance=stance,
        speaker=voice.speaker,
        via=voice.via,
        period=period,
        stated=times.stated,
        passage=index,
        base=base.anchor,
        relation="multiple_of",
        factor=multiple.factor,
        rules=_name_rules((multiple.rule, "base_previous"), voice.rules, (stance_rule, period.rule)),
    )


def draft_denial(discourse: Discourse, index: int, denial: Denial) -> Draft:
    """The draft of a zero claim; what is denied without a date is denied up to the statement."""
    passage = discourse.passages[index]
    tokens = passage.sentence.tokens
    voice = _find_denying_voice(discourse, index, denial)
    span = (denial.object_first, denial.object_end)
    parties = assign_parties(passage, denial.predicate, span, discourse.language)
    speaker = voice.speaker
    is_own = denial.predicate.frame != "suffering" and speaker.country != parties.counterparty
    actor = parties.actor or (speaker.country if is_own else None)
    times = find_times(discourse, index, [denial.first, denial.predicate.first])
    until = times.stated.end or discourse.published_end
    period = times.period
    is_undated = period.edtf is None or (period.start is None and denial.is_ever)
    if is_undated and fires("period_until_statement"):
        basis = "relative" if denial.is_ever else "inferred"
        period = Period(f"../{until}", None, until, basis, "period_until_statement") if until else UNKNOWN
    return Draft(
        start=tokens[denial.first].start,
        end=tokens[denial.end - 1].end,
        anchor=tokens[denial.negation].start,
        value=0.0,
        low=0.0,
        high=0.0,
        qualifier="exact",
        unit="1",
        items=denial.items,
        attributes=(),
        item_text=discourse.text[tokens[span[0]].start : tokens[span[1] - 1].end],
        item_lemma=None,
        predicate=Act(denial.predicate, Parties(actor, parties.counterparty, ()), ()).name,
        actor=actor,
        counterparty=parties.counterparty,
        stance="asserted",
        is_denial=True,
        change="level",
        speaker=speaker,
        via=voice.via,
        period=period,
        stated=times.stated,
        passage=index,
        base=None,
        relation=None,
        factor=None,
        rules=_name_rules((denial.rule,), voice.rules, parties.rules, (period.rule,)),
    )


def _find_denying_voice(discourse: Discourse, index: int, denial: Denial) -> Voice:
    """Who denies: the subject of a verb of denying, else whoever says it, else the side that says "we"."""
    passage = discourse.passages[index]
    voice = find_voice(discourse, index, denial.first, denial.end)
    if denial.rule == "denial_verb":
        said = next((a for a in passage.attributions if a.first == denial.negation), None)
        voice = Voice(said.speaker, voice.via, ("claimant_deny_verb",)) if said else voice
    if voice.speaker.country is None and is_first_person(
        passage.sentence.tokens, denial.predicate.first, discourse.language
    ):
        first_person = Voice(find_state_speaker(discourse, index), (), ("claimant_first_person",))
        return first_person if fires("claimant_first_person") else voice
    return voice


def _read_stance(discourse: Discourse, passage: Passage, act: Act, verb: object, figure: int) -> tuple[str, str | None]:
    governor = act.predicate.first if act.predicate is not None and verb is not None else None
    return read_stance(
        passage.sentence.tokens,
        passage.clauses,
        governor,
        figure,
        discourse.language,
        passage.dates,
        is_verb=act.predicate is not None and act.predicate.frame not in NOUN_FRAMES,
    )


def _find_attributes(passage: Passage, quantity: Quantity, act: Act, language: str) -> tuple[str, ...]:
    """The quantity's own attributes, and what became of those counted, from the act's word or the counted noun."""
    tokens, table = passage.sentence.tokens, load_cues(language).states
    head = find_head_token(tokens, quantity)
    places = [] if act.predicate is None or "lead_in" in act.rules else [act.predicate.first]
    places += [] if head is None else [head]
    states = [state for at in places for _, state in table.match(tokens, at)]
    states = states or _find_complement(passage, quantity, table)
    return tuple(sorted({*quantity.attributes, *(f"state={state}" for state in states[-1:])}))


def _find_complement(passage: Passage, quantity: Quantity, states: PhraseTable[str]) -> list[str]:
    """What became of a figure's own by the complement of its verb: "40 zostało rannych", "40 were left wounded"."""
    tokens, clauses, end = passage.sentence.tokens, passage.clauses, quantity.last_token
    if end >= len(tokens) or clauses.table[clauses.of[end]].verb != end:
        return []
    near = [at for at in range(end, min(len(tokens), end + COMPLEMENT_REACH)) if clauses.is_same_segment(at, end)]
    return [state for at in near for _, state in states.match(tokens, at)]


COMPLEMENT_REACH = 4
"""Words from a verb to the complement that says what became of its subject."""


def _find_item_text(text: str, quantity: Quantity) -> str | None:
    """The counted phrase as printed, without its number."""
    if quantity.head_start is None or not quantity.start <= quantity.head_start < quantity.end:
        return None
    if quantity.head_start >= quantity.number_end:
        return text[quantity.number_end : quantity.end].strip() or None
    return text[quantity.start : quantity.number_start].strip() or None


def _name_rules(*groups: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule for group in groups for rule in group if rule))
