"""Who says a figure: the speaker of its sentence, lead-in, heading or quotation, else the article."""

from typing import NamedTuple

from quantclaims.context.continuation import find_continued
from quantclaims.context.discourse import Discourse
from quantclaims.context.scene import ARTICLE, Speaker
from quantclaims.context.scope import NOT_VOUCHING, choose_speaker
from quantclaims.rules import fires

DASHES = frozenset("-–—")
SPEAKER_HEADING = 5
"""Words of a heading that has room for a speaker and a verb of saying only."""


class Voice(NamedTuple):
    """A speaker, who relays it (outermost last) and the rules that found it."""

    speaker: Speaker
    via: tuple[str, ...]
    rules: tuple[str, ...]


ARTICLE_VOICE = Voice(ARTICLE, (), ("claimant_article",))
APPOSITION_VOICE = Voice(ARTICLE, (), ("claimant_article_apposition",))


def find_voice(discourse: Discourse, index: int, first: int, end: int) -> Voice:
    """Who says tokens ``first`` to ``end`` of a passage."""
    voice = _find_voice(discourse, index, first, end)
    basis = voice.speaker.basis
    return voice if basis is None else voice._replace(rules=(*voice.rules, basis))


def _find_voice(discourse: Discourse, index: int, first: int, end: int) -> Voice:
    passage = discourse.passages[index]
    chosen = choose_speaker(passage.attributions, passage.sentence.tokens, passage.clauses, first, end)
    if chosen is not None:
        return Voice(chosen[0], chosen[1], (f"claimant_{chosen[2]}",))
    if index in discourse.answers and fires("claimant_interview"):
        return Voice(discourse.answers[index], (), ("claimant_interview",))
    for other, rule in list_contexts(discourse, index):
        attributions = discourse.passages[other].attributions
        if attributions and fires(rule):
            said = attributions[-1]
            return Voice(said.speaker, (), (f"claimant_{said.rule}", rule))
    continued = find_continued(discourse, index, first)
    if continued is not None:
        return Voice(continued.speaker, (), (continued.rule,))
    if discourse.issuer is not None and fires("claimant_issuer"):
        return Voice(discourse.issuer, (), ("claimant_issuer",))
    return ARTICLE_VOICE


def list_contexts(discourse: Discourse, index: int) -> list[tuple[int, str]]:
    """Passages whose speaker also says this one, nearest first, with the rule that says so."""
    passages = discourse.passages
    place = passages[index].place
    contexts: list[tuple[int, str]] = []
    if place.lead_in is not None:
        contexts.append((place.lead_in, "speaker_lead_in"))
        if place.heading is not None:
            contexts.append((place.heading, "speaker_heading"))
    elif place.heading is not None and _is_speaker_heading(discourse, place.heading):
        contexts.append((place.heading, "speaker_heading"))
    is_spoken = any(a.kind not in NOT_VOUCHING for a in passages[index].attributions)
    if discourse.quoted[index] and not is_spoken:
        paragraph = passages[index].sentence.paragraph
        near = [i for i in (index - 1, index - 2, index - 3, index + 1) if 0 <= i < len(passages)]
        contexts += [(i, "speaker_quoted") for i in near if passages[i].sentence.paragraph == paragraph]
    return contexts + [(i, "speaker_quoted") for i in _list_dashed(discourse, index)]


def _list_dashed(discourse: Discourse, index: int) -> list[int]:
    """Sentences that say whose words a passage between dashes is: "- ... - says X. - ..."."""
    passages = discourse.passages
    paragraph = passages[index].sentence.paragraph
    first = last = index
    while first > 0 and passages[first - 1].sentence.paragraph == paragraph:
        first -= 1
    while last + 1 < len(passages) and passages[last + 1].sentence.paragraph == paragraph:
        last += 1
    if passages[first].sentence.tokens[0].text not in DASHES or passages[first].place.layout == "list":
        return []
    said = [i for i in range(first, last + 1) if passages[i].attributions]
    if passages[index].sentence.tokens[0].text in DASHES and index > first:
        return [i for i in reversed(said) if i < index][:1]
    return [i for i in said if i > index][:1] if not any(i < index for i in said) else []


def _is_speaker_heading(discourse: Discourse, index: int) -> bool:
    """Whether a heading only says who speaks below it ("What Kyiv says")."""
    passage = discourse.passages[index]
    says = bool(passage.attributions) and passage.attributions[-1].kind == "say"
    return says and len(passage.sentence.tokens) <= SPEAKER_HEADING and not passage.quantities


def find_state_speaker(discourse: Discourse, index: int) -> Speaker:
    """The latest speaker for a state, whose "we" a quotation without a cue means ("We never exported ...")."""
    for earlier in range(index, -1, -1):
        for attribution in reversed(discourse.passages[earlier].attributions):
            if attribution.speaker.country:
                return attribution.speaker._replace(is_anaphoric=True)
    return ARTICLE
