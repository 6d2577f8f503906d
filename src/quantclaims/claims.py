"""The claims of one article: each figure with who says it, of what, when, and on what it stands."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from quantclaims.clean import mask_furniture
from quantclaims.context.attribution import choose_speaker
from quantclaims.context.cues import load_cues
from quantclaims.context.denials import Denial, find_denials, is_first_person
from quantclaims.context.items import find_items
from quantclaims.context.mentions import claimant_country
from quantclaims.context.passages import Passage, locate_sentences, read_passage
from quantclaims.context.periods import UNKNOWN, Period, event_period, inherit, nearest_period, split_dates
from quantclaims.context.predicates import Parties, Predicate, assign_parties, govern
from quantclaims.context.relations import derive, find_base, find_multiples
from quantclaims.context.speakers import ARTICLE, QUOTES, Speaker, claimant_type
from quantclaims.context.stance import read_stance
from quantclaims.drafts import Draft
from quantclaims.merging import merge_drafts
from quantclaims.records import Article, Claim, Quantity
from quantclaims.rows import make_rows
from quantclaims.schemas.edtf import parse_edtf
from quantclaims.segment import segment
from quantclaims.tokens import fold

SPEAKER_HEADING = 5
"""Words of a heading that has room for a speaker and a verb of saying only."""
SUBJECTLESS_GAP = 6
"""Words between "że" and the verb of a reported clause that has no room for a subject."""
MEASURED_GAP = 3
"""Words after a measure within which the measured stuff stands ("1,400 tonnes of fuel")."""
CONTENT_UNITS = frozenset({"t", "kg", "L", "g", "kt", "Mt", "m3", "[bbl_us]"})
"""Units that measure an amount of something."""
LENGTHS = frozenset({"m", "km", "[mi_i]", "[nmi_i]", "cm", "[ft_i]"})


def extract_claims(article: Article, topic: str = "arms") -> list[Claim]:
    """Every numeric claim of an article, in the order of its figures.

    Raises ValueError for a language without a grammar and for a publication date that is no EDTF.

    >>> article = Article("According to C4ADS, North Korea sent Russia about 1.6 million artillery shells.", "en")
    >>> [(c.quote, c.value, c.claimant, c.actor, c.counterparty) for c in extract_claims(article)]
    [('about 1.6 million artillery shells', 1600000.0, 'c4ads', 'PRK', 'RUS')]
    """
    published = parse_edtf(article.published) if article.published else (None, None)
    reader = Reader(article, published, topic)
    return make_rows(article, published, merge_drafts(reader.read()))


class Governed(NamedTuple):
    """A predicate chosen for a figure, with its parties."""

    predicate: Predicate | None
    parties: Parties
    rules: tuple[str, ...]


class Reader:
    """Reads an article sentence by sentence and remembers who spoke and which states were named."""

    def __init__(self, article: Article, published: tuple[date | None, date | None], topic: str) -> None:
        self.language = article.language
        self.topic = topic
        self.text = mask_furniture(article.text, article.language)
        self.reference = published[0]
        self.published_end = published[1]
        self.passages: list[Passage] = []
        self.history: list[Speaker] = []
        self.recent: list[str] = []
        self.drafts: list[Draft] = []

    def read(self) -> list[Draft]:
        """The drafts of the whole article."""
        sentences = segment(self.text, self.language)
        for sentence, place in zip(sentences, locate_sentences(sentences), strict=True):
            passage = read_passage(
                sentence, place, self.language, self.reference, self.history, self.recent, self.topic
            )
            self.passages.append(passage)
            self.history += [a.speaker for a in passage.attributions if a.kind != "noun" and not a.speaker.is_anaphoric]
            for mention in passage.mentions:
                if mention.country:
                    self.recent.insert(0, mention.country)
        for index in range(len(self.passages)):
            self._read_claims(index)
        return self.drafts

    def _read_claims(self, index: int) -> None:
        passage = self.passages[index]
        multiples = find_multiples(passage, self.language)
        taken = {m.anchor for m in multiples}
        for quantity in passage.quantities:
            is_speaker = any(
                a.speaker.first < quantity.last_token and quantity.first_token < a.speaker.end
                for a in passage.attributions
            )
            if quantity.number_start not in taken and not is_speaker and is_claimed(quantity, self.language):
                self.drafts.append(self._draft_quantity(index, quantity))
        for multiple in multiples:
            base = find_base(self.drafts, index, multiple.anchor)
            if base is not None:
                self.drafts.append(self._draft_multiple(index, multiple.first, multiple.end, multiple, base))
        for denial in find_denials(passage, self.language, self.topic):
            self.drafts.append(self._draft_denial(index, denial))

    # who says it

    def _speaker(self, index: int, first: int, end: int) -> tuple[Speaker, tuple[str, ...], tuple[str, ...]]:
        """``(speaker, relays, rules)`` of tokens in a sentence, else of its lead-in, its heading or its quotation."""
        passage = self.passages[index]
        chosen = choose_speaker(passage.attributions, first, end)
        if chosen is not None:
            return chosen[0], chosen[1], (f"claimant_{chosen[2]}",)
        for other, rule in self._contexts(index):
            attributions = self.passages[other].attributions
            if attributions:
                said = attributions[-1]
                return said.speaker, (), (f"claimant_{said.rule}", rule)
        return ARTICLE, (), ("claimant_article",)

    def _contexts(self, index: int) -> list[tuple[int, str]]:
        """Sentences whose speaker also says this one, nearest first."""
        place = self.passages[index].place
        contexts: list[tuple[int, str]] = []
        if place.lead_in is not None:
            contexts.append((place.lead_in, "speaker_lead_in"))
            if place.heading is not None:
                contexts.append((place.heading, "speaker_heading"))
        elif place.heading is not None and self._is_speaker_heading(place.heading):
            contexts.append((place.heading, "speaker_heading"))
        if self._is_quoted(index):
            paragraph = self.passages[index].sentence.paragraph
            nearby = [i for i in (index - 1, index - 2, index - 3, index + 1) if 0 <= i < len(self.passages)]
            here = [i for i in nearby if self.passages[i].sentence.paragraph == paragraph]
            contexts += [(i, "speaker_quoted") for i in here]
        return contexts

    def _is_speaker_heading(self, index: int) -> bool:
        """Whether a heading only says who speaks below it ("What Kyiv says")."""
        passage = self.passages[index]
        says = bool(passage.attributions) and passage.attributions[-1].kind == "say"
        return says and len(passage.sentence.tokens) <= SPEAKER_HEADING and not passage.quantities

    def _is_quoted(self, index: int) -> bool:
        """Whether a sentence opens, closes or lies inside a quotation of its paragraph."""
        passage = self.passages[index]
        marks = 0
        for other in self.passages[: index + 1][::-1]:
            if other.sentence.paragraph != passage.sentence.paragraph:
                break
            marks += sum(token.text in QUOTES - {"'", "’", "‘"} for token in other.sentence.tokens)
        own = sum(token.text in QUOTES - {"'", "’", "‘"} for token in passage.sentence.tokens)
        return marks % 2 == 1 or (own > 0 and passage.sentence.tokens[0].text in QUOTES)

    # what is said, by whom, to whom

    def _govern(self, index: int, first: int, end: int, counted: int | None, unit: str) -> Governed:
        passage = self.passages[index]
        options = [p for p in govern(passage.predicates, passage.clauses, first, end, counted) if _fits_unit(p, unit)]
        if (lead := self._lead(index)) is not None and not any(p.end <= first and p.frame != "nouns" for p in options):
            return self._govern_from_lead(index, lead, first, end)
        best: Governed | None = None
        for predicate in options:
            parties = assign_parties(
                passage.sentence.tokens, predicate, passage.mentions, passage.clauses, self.language, (first, end)
            )
            governed = Governed(predicate, parties, (f"predicate_{predicate.frame}", *parties.rules))
            if best is None or len(parties.rules) > len(best.parties.rules):
                best = governed
        return best or Governed(None, Parties(None, None, ()), ())

    def _lead(self, index: int) -> int | None:
        return self.passages[index].place.lead_in

    def _govern_from_lead(self, index: int, lead: int, first: int, end: int) -> Governed:
        """A list item's predicate and parties stand in its lead-in."""
        passage = self.passages[lead]
        tokens = passage.sentence.tokens
        options = govern(passage.predicates, passage.clauses, len(tokens) - 1, len(tokens), None)
        if not options:
            return Governed(None, Parties(None, None, ()), ())
        predicate = options[0]
        parties = assign_parties(
            tokens, predicate, passage.mentions, passage.clauses, self.language, (len(tokens), len(tokens))
        )
        own = self.passages[index]
        here = assign_parties(
            own.sentence.tokens,
            predicate._replace(first=0, end=0),
            own.mentions,
            own.clauses,
            self.language,
            (first, end),
        )
        merged = Parties(parties.actor, parties.counterparty or here.counterparty, (*parties.rules, *here.rules))
        return Governed(predicate, merged, (f"predicate_{predicate.frame}", "lead_in", *merged.rules))

    def _complete_parties(self, index: int, governed: Governed, speaker: Speaker) -> Governed:
        """Sides that the clause leaves out: the speaker's own, or those of the same act just before."""
        predicate, parties = governed.predicate, governed.parties
        if predicate is None or predicate.predicate == "distance":
            return governed
        rules = list(governed.rules)
        actor, counterparty = parties.actor, parties.counterparty
        at_source = self._lead(index) if "lead_in" in governed.rules else index
        passage = self.passages[index if at_source is None else at_source]
        if actor is None and counterparty != speaker.country and self._is_own_side(passage, predicate):
            actor, _ = speaker.country, rules.append("actor_is_speaker")
        for other in self._earlier_same_act(index, predicate):
            if actor is None and other.actor not in (None, counterparty):
                actor, _ = other.actor, rules.append("parties_continued")
            if counterparty is None and other.counterparty not in (None, actor):
                counterparty, _ = other.counterparty, rules.append("parties_continued")
        return Governed(predicate, Parties(actor, counterparty, parties.rules), tuple(dict.fromkeys(rules)))

    def _is_own_side(self, passage: Passage, predicate: Predicate) -> bool:
        tokens = passage.sentence.tokens
        if is_first_person(tokens, predicate.first, self.language):
            return True
        if self.language != "en" and self._opens_reported_clause(passage, predicate):
            return True
        own = load_cues(self.language).self_references
        before = range(max(0, predicate.first - 5), predicate.first)
        return any(tokens[i].folded in own and passage.clauses.is_same_clause(i, predicate.first) for i in before)

    def _opens_reported_clause(self, passage: Passage, predicate: Predicate) -> bool:
        """Whether a verb without a subject of its own opens what is said: "podały, że 11 maja trafiły"."""
        tokens, cues = passage.sentence.tokens, load_cues(self.language)
        for at in range(predicate.first - 1, max(-1, predicate.first - 1 - SUBJECTLESS_GAP), -1):
            if tokens[at].folded in cues.complementizers:
                dated = [i for d in passage.dates for i in range(d.first_token, d.last_token)]
                free = [i for i in range(at + 1, predicate.first) if i not in dated]
                return all(len(tokens[i].text) <= 2 or tokens[i].kind != "word" for i in free)
        return False

    def _earlier_same_act(self, index: int, predicate: Predicate) -> list[Parties]:
        """Parties of the same kind of act in the sentences that this one continues, nearest first."""
        passage = self.passages[index]
        found = []
        for other in range(index - 1, max(-1, index - 12), -1):
            earlier = self.passages[other]
            same_paragraph = earlier.sentence.paragraph == passage.sentence.paragraph
            same_list = passage.place.lead_in is not None and earlier.place.heading == passage.place.heading
            if not (same_paragraph or same_list or other == passage.place.heading):
                continue
            for act in earlier.predicates:
                if act.predicate == predicate.predicate:
                    span = (act.first, act.end)
                    found.append(
                        assign_parties(
                            earlier.sentence.tokens, act, earlier.mentions, earlier.clauses, self.language, span
                        )
                    )
        if passage.place.lead_in is not None:
            found += [
                Parties(d.actor, d.counterparty, ())
                for d in reversed(self.drafts)
                if d.predicate == predicate.predicate
                and self.passages[d.passage].place.heading == passage.place.heading
            ]
        return found

    # when

    def _period(self, index: int, anchors: Sequence[int]) -> tuple[Period, Period]:
        """``(what the figure covers, when it was said)``."""
        passage = self.passages[index]
        covered, said = split_dates(passage.dates, passage.attributions, passage.clauses, anchors)
        stated = nearest_period(said, passage.clauses, anchors) or self._context_stated(index)
        period = nearest_period(covered, passage.clauses, anchors)
        if period is None:
            until = stated.end or self.published_end
            period = event_period(passage.sentence.tokens, self.language, until, self.topic)
        if period is None and (lead := self._lead(index)) is not None:
            dates = self.passages[lead].dates
            period = nearest_period(dates, self.passages[lead].clauses, [len(self.passages[lead].sentence.tokens) - 1])
            period = inherit(period) if period else self._list_period(index)
        return period or UNKNOWN, stated

    def _context_stated(self, index: int) -> Period:
        """When the sentence that names the speaker of a list item or quotation dates its verb of saying."""
        if choose_speaker(self.passages[index].attributions, 0, 0) is not None:
            return UNKNOWN
        for other, _ in self._contexts(index):
            passage = self.passages[other]
            if passage.attributions:
                verbs = [a.first for a in passage.attributions]
                _, said = split_dates(passage.dates, passage.attributions, passage.clauses, [])
                return nearest_period(said, passage.clauses, verbs) or UNKNOWN
        return UNKNOWN

    def _list_period(self, index: int) -> Period | None:
        """The period of the list before in the same section: "they also struck" goes on with the same day."""
        heading = self.passages[index].place.heading
        for draft in reversed(self.drafts):
            place = self.passages[draft.passage].place
            if place.lead_in is not None and place.heading == heading and draft.period.edtf:
                return inherit(draft.period)
        return None

    # drafts

    def _draft_quantity(self, index: int, quantity: Quantity) -> Draft:
        passage = self.passages[index]
        tokens = passage.sentence.tokens
        first, end = quantity.first_token, quantity.last_token
        speaker, via, speaker_rules = self._speaker(index, first, end)
        counted = self._head_token(passage, quantity)
        governed = self._govern(index, first, end, counted, quantity.unit)
        predicate = governed.predicate
        stance, stance_rule = read_stance(
            tokens,
            passage.clauses,
            predicate.first if predicate and self._lead(index) is None else None,
            first,
            self.language,
            passage.dates,
            is_verb=predicate is not None and predicate.frame != "nouns",
        )
        if is_place_distance(quantity, passage, self.language):
            speaker, via, speaker_rules, stance, stance_rule = (
                ARTICLE,
                (),
                ("claimant_article_apposition",),
                "asserted",
                None,
            )
            governed = Governed(
                Predicate(first, end, "distance", "measure", False), Parties(None, None, ()), ("predicate_measure",)
            )
        governed = self._complete_parties(index, governed, speaker)
        predicate = governed.predicate
        anchors = [first] if predicate is None or self._lead(index) is not None else [first, predicate.first]
        period, stated = self._period(index, anchors)
        found = self._find_counted_items(passage, quantity)
        return Draft(
            start=quantity.start,
            end=quantity.end,
            anchor=quantity.number_start,
            value=quantity.value,
            low=quantity.low,
            high=quantity.high,
            qualifier=quantity.qualifier,
            unit=quantity.unit,
            items=tuple(sorted({item for _, _, item in found})),
            attributes=quantity.attributes,
            item_text=self._item_text(quantity),
            item_lemma=quantity.lemma,
            predicate=_name_predicate(predicate, governed.parties),
            actor=governed.parties.actor,
            counterparty=governed.parties.counterparty,
            stance=stance,
            is_denial=False,
            change="level",
            speaker=speaker,
            via=via,
            period=period,
            stated=stated,
            passage=index,
            base=None,
            relation=None,
            factor=None,
            rules=_rules(quantity.rules, speaker_rules, governed.rules, [stance_rule, period.rule]),
        )

    def _find_counted_items(self, passage: Passage, quantity: Quantity) -> list[tuple[int, int, str]]:
        """Items of the counted noun and of those joined to it; what only describes it is not counted."""
        tokens, conjunctions = passage.sentence.tokens, load_cues(self.language).conjunctions
        if not quantity.unit.startswith("1") and quantity.unit not in CONTENT_UNITS:
            return []
        tail = 0 if quantity.unit.startswith("1") else MEASURED_GAP
        found = find_items(tokens, quantity.first_token, quantity.last_token + tail, self.language, self.topic)
        joined = found[:1]
        for item in found[1:]:
            between = {token.folded for token in tokens[joined[-1][1] : item[0]]}
            if between & conjunctions:
                joined.append(item)
        if not found and quantity.head_start is not None:  # the noun stands elsewhere: "88 drones, 71 of which"
            head = self._head_token(passage, quantity) or 0
            return find_items(tokens, head, head + 1, self.language, self.topic)
        return joined

    def _item_text(self, quantity: Quantity) -> str | None:
        if quantity.head_start is None:
            return None
        start = quantity.number_end if quantity.head_start >= quantity.number_end else quantity.start
        end = quantity.end if quantity.head_start >= quantity.number_end else quantity.number_start
        return self.text[start:end].strip() or None

    def _head_token(self, passage: Passage, quantity: Quantity) -> int | None:
        if quantity.head_start is None:
            return None
        return next((i for i, t in enumerate(passage.sentence.tokens) if t.start >= quantity.head_start), None)

    def _draft_multiple(self, index: int, first: int, end: int, multiple: object, base: Draft) -> Draft:
        passage = self.passages[index]
        tokens = passage.sentence.tokens
        speaker, via, speaker_rules = self._speaker(index, first, end)
        stance, stance_rule = read_stance(tokens, passage.clauses, None, first, self.language, passage.dates)
        period, stated = self._period(index, [first])
        factor: float = multiple.factor  # type: ignore[attr-defined]
        value, low, high, qualifier = derive(base, factor, stance)
        period = period if period.edtf else inherit(base.period) if base.period.edtf else UNKNOWN
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
            speaker=speaker,
            via=via,
            period=period,
            stated=stated,
            passage=index,
            base=base.anchor,
            relation="multiple_of",
            factor=factor,
            rules=_rules(("relation_multiple", "base_previous"), speaker_rules, (), [stance_rule, period.rule]),
        )

    def _draft_denial(self, index: int, denial: Denial) -> Draft:
        passage = self.passages[index]
        tokens = passage.sentence.tokens
        speaker, via, speaker_rules = self._speaker(index, denial.first, denial.end)
        if denial.rule == "denial_verb":
            said = next((a for a in passage.attributions if a.first == denial.negation), None)
            speaker = said.speaker if said else speaker
        if speaker.country is None and is_first_person(tokens, denial.predicate.first, self.language):
            speaker, speaker_rules = self._denying_speaker(index), ("claimant_first_person",)
        predicate = denial.predicate
        parties = assign_parties(
            tokens,
            predicate,
            passage.mentions,
            passage.clauses,
            self.language,
            (denial.object_first, denial.object_end),
        )
        actor = parties.actor or (speaker.country if speaker.country != parties.counterparty else None)
        period, stated = self._period(index, [denial.first, predicate.first])
        until = stated.end or self.published_end
        if period.edtf is None or (period.start is None and denial.is_ever):
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
            item_text=self.text[tokens[denial.object_first].start : tokens[denial.object_end - 1].end],
            item_lemma=None,
            predicate=_name_predicate(predicate, Parties(actor, parties.counterparty, ())),
            actor=actor,
            counterparty=parties.counterparty,
            stance="asserted",
            is_denial=True,
            change="level",
            speaker=speaker,
            via=via,
            period=period,
            stated=stated,
            passage=index,
            base=None,
            relation=None,
            factor=None,
            rules=_rules((denial.rule,), speaker_rules, parties.rules, [period.rule]),
        )

    def _denying_speaker(self, index: int) -> Speaker:
        """The latest state speaker before a quotation without a cue ("We never exported ...")."""
        for earlier in range(index, -1, -1):
            for attribution in reversed(self.passages[earlier].attributions):
                if attribution.speaker.country:
                    return attribution.speaker._replace(is_anaphoric=True)
        return ARTICLE


def is_claimed(quantity: Quantity, language: str) -> bool:
    """Whether a quantity states how many or how much: not "the two countries", "three times" or a bare number."""
    cues = load_cues(language)
    if quantity.head_start is None and quantity.unit == "1":
        return False
    lemma = fold(quantity.lemma, language) if quantity.lemma else None
    if lemma in cues.occasions or (quantity.value == 1 and lemma in cues.uncounted):
        return False
    return not (quantity.value == 2 and lemma in cues.pair_nouns)


def is_place_distance(quantity: Quantity, passage: Passage, language: str) -> bool:
    """A length in apposition to a place ("a port, 500 km from the border") is the article's own knowledge."""
    tokens = passage.sentence.tokens
    after = quantity.last_token
    if quantity.unit not in LENGTHS or after >= len(tokens):
        return False
    leads = {role for _, role in load_cues(language).roles.match(tokens, after)}
    before = tokens[quantity.first_token - 1].text if quantity.first_token else ""
    return "source" in leads and before in (",", "(", "-", "–", "—")


def _fits_unit(predicate: Predicate, unit: str) -> bool:
    """Distances are lengths, and lengths are not delivered."""
    return (predicate.predicate == "distance") == (unit in LENGTHS)


def _name_predicate(predicate: Predicate | None, parties: Parties) -> str | None:
    """A sale from state to state is a transfer; the market at large is what ``sale`` means."""
    if predicate is None:
        return None
    if predicate.predicate == "sale" and parties.counterparty is not None:
        return "transfer"
    return predicate.predicate


def _rules(*groups: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule for group in groups for rule in group if rule))


__all__ = ["Reader", "claimant_country", "claimant_type", "extract_claims"]
