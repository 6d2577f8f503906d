"""Whether a word of saying says something where it stands: as a finite verb, with a speaker and with content.

The forms of many are nouns as well ("the report"), passives without a speaker ("was estimated at"), or verbs of doing
("recorded 40 violations", "put 3 million into it").
"""

from quantclaims.context.cues import load_cues
from quantclaims.context.names import is_acronym, starts_report
from quantclaims.context.scene import Scene
from quantclaims.context.speakers import QUOTES
from quantclaims.context.verbs import PARTICIPLE_ENDINGS
from quantclaims.lemmas import analyse
from quantclaims.lexicon import load_language


def is_passive_participle(scene: Scene, first: int, end: int) -> bool:
    """Whether a word of saying is a participle of the passive here, and no finite verb."""
    token = scene.tokens[end - 1]
    if scene.language == "pl":
        return any(r.part == "participle" for r in analyse(token.text, "pl"))
    is_behind_figure = any(token.kind == "digits" for token in scene.tokens[max(0, first - FIGURE_GAP) : first])
    if _can_be_finite(scene, first) and first > 0 and not (scene.language == "en" and is_behind_figure):
        return False
    if scene.language == "en":
        word = scene.tokens[first].folded
        return word.endswith("ed") or word in load_cues("en").invariable_verbs
    return token.folded.endswith(PARTICIPLE_ENDINGS) and not _governs_past(scene, first)


def _governs_past(scene: Scene, at: int) -> bool:
    """Whether a Romanian auxiliary of the past stands before a participle, and no "fost" between."""
    near = [token.folded for token in scene.tokens[max(0, at - AUXILIARY_GAP) : at + 1]]
    return bool(set(near) & load_cues("ro").past_auxiliaries) and not set(near) & load_cues("ro").passive_auxiliaries


FIGURE_GAP = 2
"""Words between a figure and the participle that says whose it is ("the 1.5 per cent expected by")."""


def has_passive_auxiliary(scene: Scene, first: int, end: int) -> bool:
    """Whether a passive is a verb of its clause ("was put by") and not attached to a noun ("the figure put out by")."""
    auxiliaries = load_cues(scene.language).passive_auxiliaries
    return any(token.folded in auxiliaries for token in scene.tokens[max(0, first - AUXILIARY_GAP) : end])


def _is_impersonal(scene: Scene, first: int, end: int) -> bool:
    """Whether a verb's form has no subject: "oszacowano", "szacuje się", "s-au înregistrat"."""
    tokens, cues = scene.tokens, load_cues(scene.language)
    if scene.language == "pl":
        readings = [r for r in analyse(tokens[first].text, "pl") if r.part == "verb"]
        if readings and all(r.tag.startswith("imps") for r in readings):
            return True
    if scene.language == "en" or any(cues.reflexive_verbs.longest(tokens, i) for i in range(first, end)):
        return False
    near = tokens[max(0, first - 1) : end + 1] if scene.language == "pl" else tokens[max(0, first - 2) : end]
    return any(token.folded in cues.impersonals for token in near) and not _has_report_behind(scene, end)


def _has_report_behind(scene: Scene, end: int) -> bool:
    """Whether a report follows in which something is said: "se arată într-un raport al Curții"."""
    return any(starts_report(scene, i) for i in range(end, min(len(scene.tokens), end + AUXILIARY_GAP)))


def has_subject(scene: Scene, first: int, end: int) -> bool:
    """Whether a verb's form leaves room for a speaker: neither "we" nor "it is said" nor a figure as its subject."""
    is_counted = scene.language == "pl" and _counts_subject(scene, first)
    return not (is_counted or _is_own_word(scene, first) or _is_impersonal(scene, first, end))


def _is_own_word(scene: Scene, verb: int) -> bool:
    """Whether a verb is in the first person: whoever speaks says so, nobody else."""
    token = scene.tokens[verb]
    if any(t.folded in load_cues(scene.language).own_pronouns for t in scene.tokens[max(0, verb - 1) : verb]):
        return True
    if scene.language == "ro":
        return len(token.text) > SHORTEST_PLURAL and token.text.endswith(ROMANIAN_FIRST_PERSON)
    if scene.language == "pl" and token.folded.endswith(POLISH_FIRST_PERSON):
        return True
    readings = analyse(token.text, "pl") if scene.language == "pl" else ()
    return any(":pri" in reading.tag for reading in readings)


POLISH_FIRST_PERSON = ("lismy", "lysmy", "liśmy", "łyśmy", "łem", "łam")
"""Endings of Polish verbs of the past in the first person."""
SHORTEST_PLURAL = 3
"""Letters of the longest Romanian form that only ends like a first person plural ("tem")."""
ROMANIAN_FIRST_PERSON = ("ăm", "em", "im", "âm")
"""Endings of Romanian verbs in the first person plural ("estimăm", "spunem")."""


def _counts_subject(scene: Scene, verb: int) -> bool:
    """Whether a figure is the subject of a Polish verb: "zadeklarowało 71 proc. ankietowanych"."""
    readings = [r for r in analyse(scene.tokens[verb].text, "pl") if r.tag.startswith("praet")]
    is_neuter = bool(readings) and all(r.genders == {"n"} and r.numbers == {"sg"} for r in readings)
    return is_neuter and any(t.kind == "digits" for t in scene.tokens[verb + 1 : verb + 3])


NEGATION_GAP = 2
"""Words between a negation and the verb of saying that it negates."""


def is_negated(scene: Scene, verb: int) -> bool:
    """Whether somebody did not say it: "did not confirm that", "nie potwierdził, że"."""
    table = load_cues(scene.language).negation
    near = range(max(0, verb - NEGATION_GAP), verb)
    return any(kind == "particles" for at in near for _, kind in table.match(scene.tokens, at))


CONTENT_REACH = 14
"""Words after a verb of saying within which its clause opens."""


def has_content(scene: Scene, first: int, end: int) -> bool:
    """Whether a clause or quotation is said here: "podała, że", but not "przekazała Rosji 5 tys. ton".

    A verb that only says, and neither acts nor counts, needs no proof; what is found or shown in a report neither.
    """
    cues, tokens = load_cues(scene.language), scene.tokens
    if end - first == 1 and cues.valuing.longest(tokens, first):
        return _values_at(scene, first)
    if cues.showing.longest(tokens, end - 1) and not _is_of_any_report(scene, first):
        return any(t.folded in cues.complementizers for t in tokens[end : end + 2])  # "the thermometers showed 41"
    counts = any(kind == "count" for _, kind in cues.attribution.match(tokens, end - 1))
    acts = cues.predicates.match(tokens, end - 1) or cues.acting_too.longest(tokens, end - 1)
    if not counts and not acts:
        return True
    return _is_of_report(scene, first) or _follows_content(scene, first, end) or _opens_content(scene, first, end)


def _follows_content(scene: Scene, first: int, end: int) -> bool:
    """Whether what is said stands before the verb: behind a quotation, a comma or "as", or at the sentence's end."""
    cues, tokens = load_cues(scene.language), scene.tokens
    if first and (tokens[first - 1].text in QUOTES or tokens[first - 1].text in ",-–—"):
        return True
    if first and cues.as_introducers.longest(tokens, first - 1):
        return True
    is_closed = end >= len(tokens) or tokens[end].text in ".;"
    return is_closed and any(token.text == "," for token in tokens[:first])  # "..., a report by the institute found."


def _opens_content(scene: Scene, first: int, end: int) -> bool:
    """Whether what is said follows: a clause of its own, an infinitive, a colon or a quotation."""
    cues, tokens = load_cues(scene.language), scene.tokens
    own = scene.clauses.of[first]
    if any(c.kind == "complement" and c.parent == own and end <= c.first <= end + 1 for c in scene.clauses.table):
        return True
    if end < len(tokens) and tokens[end].folded in cues.infinitive_markers and scene.language == "en":
        return True  # "claims to have shot down 17"
    for i in range(end, min(len(tokens), end + CONTENT_REACH)):
        if tokens[i].folded in cues.complementizers or tokens[i].text in ":„":
            return True
        if tokens[i].text == "," and scene.language == "en":
            return False  # "recalled 8,000 cars, she said, adding that"
    return False


def _values_at(scene: Scene, verb: int) -> bool:
    """Whether a verb of putting puts something at a figure: "puts the toll at 40", not "puts 40 million into it"."""
    payload = load_cues(scene.language).valuing.longest(scene.tokens, verb)
    own = [i for i in range(verb + 1, len(scene.tokens)) if scene.clauses.is_same_clause(i, verb)]
    return payload is not None and any(scene.tokens[i].folded == payload[1] for i in own)


def find_verb_start(scene: Scene, at: int) -> int:
    """Where a compound verb starts: Romanian "a mai anunțat" with its auxiliary and adverb."""
    auxiliaries = load_cues(scene.language).compound_auxiliaries
    while at > 0 and scene.tokens[at - 1].folded in auxiliaries and not is_acronym(scene.tokens[at - 1]):
        at -= 1
    return at


def is_saying_verb(scene: Scene, at: int) -> bool:
    """Whether a word of saying is a finite verb here: "raport" and "the report" are not."""
    token = scene.tokens[at]
    parts = {reading.part for reading in analyse(token.text, scene.language)}
    if scene.language == "pl":
        return any(r.part == "verb" and not r.tag.startswith("inf") for r in analyse(token.text, "pl"))
    if scene.language == "en":
        if at and token.text[:1].isupper():
            return False  # "the United States"
        if token.folded.endswith(("ed", "id")) and _is_passive(scene, at):
            return False  # "after all votes were counted"
        is_sure = token.folded in load_cues("en").sure_verbs and _can_be_finite(scene, at)
        return "verb" in parts and (is_sure or "noun" not in parts or _follows_speaker(scene, at))
    if at and scene.tokens[at - 1].folded in load_cues("ro").passive_auxiliaries:
        return False  # "au fost confirmate"
    is_participle = any(r.lemma.endswith(("t", "s")) for r in analyse(token.text, "ro"))
    if is_participle or token.folded.endswith(("t", "s")):  # "a declarat", not "declarat nul" nor "prezența estimată"
        nearby = {t.folded for t in scene.tokens[max(0, at - AUXILIARY_GAP) : at]}
        return bool(nearby & load_cues("ro").compound_auxiliaries)
    return True


def _is_passive(scene: Scene, at: int) -> bool:
    """Whether a passive auxiliary stands right before an English participle."""
    auxiliaries = load_cues("en").passive_auxiliaries
    return any(token.folded in auxiliaries for token in scene.tokens[max(0, at - 2) : at])


AUXILIARY_GAP = 3
"""Words between a Romanian participle and its auxiliary ("a mai spus")."""


def _follows_speaker(scene: Scene, at: int) -> bool:
    """Whether an English word that may be a noun ("report", "state") stands where a verb would."""
    cues, before = load_cues("en"), scene.tokens[max(0, at - 1)]
    after = scene.tokens[min(len(scene.tokens) - 1, at + 1)]
    if at and _can_be_finite(scene, at):
        return True
    if at == 0 or after.folded in cues.of_links or before.folded.endswith("'s"):
        return False
    if any(m.first <= at < m.end and m.end - m.first > 1 for m in scene.mentions):
        return False  # "the state emergency service"
    is_after_content = before.text in QUOTES or before.text == ","
    is_bearer = any(m.end == at for m in scene.mentions) or cues.anaphors.longest(scene.tokens, at - 1) is not None
    return (
        (is_bearer and _agrees(scene, at))
        or after.folded in cues.complementizers
        or _is_parted(scene, at)
        or _is_of_report(scene, at)
        or ((after.text in (".", ";") or at + 1 >= len(scene.tokens)) and _closes_sentence(scene, at))
        or before.folded.endswith("ly")
        or before.folded in cues.verb_adverbs
        or (is_after_content and any(m.first == at + 1 for m in scene.mentions))
    )


def _can_be_finite(scene: Scene, at: int) -> bool:
    """Whether a clause has its verb here."""
    return scene.clauses.table[scene.clauses.of[at]].verb == at


def _agrees(scene: Scene, verb: int) -> bool:
    """Whether an English base form stands where a subject of the plural may be: "figures show", not "bank project"."""
    token, before = scene.tokens[verb], scene.tokens[max(0, verb - 1)]
    if all(reading.lemma != token.folded for reading in analyse(token.text, "en") if reading.part == "verb"):
        return True
    plurals = load_language("en")["quantities"]["nouns"]["plurals"]
    is_plural = before.folded.endswith("s") or before.folded in plurals or before.kind != "word"
    return is_plural or before.folded in load_cues("en").subject_pronouns | load_cues("en").verb_adverbs


def _is_parted(scene: Scene, verb: int) -> bool:
    """Whether a relative clause parts a verb from its subject: "officials, who asked not to be named, say"."""
    if verb < 2 or scene.tokens[verb - 1].text != ",":
        return False
    kind = scene.clauses.table[scene.clauses.of[verb - 2]].kind
    return kind == "relative" and not scene.clauses.is_same_clause(verb - 2, verb)


def _is_of_report(scene: Scene, verb: int) -> bool:
    """Whether a report is the subject: "figures published on Thursday show", "its report of Tuesday estimates,"."""
    own = scene.clauses.table[scene.clauses.of[verb]]
    if own.verb in (None, verb) and any(starts_report(scene, i) for i in range(own.first, verb)):
        return True
    is_closed = verb + 1 < len(scene.tokens) and scene.tokens[verb + 1].text == ","
    return is_closed and any(starts_report(scene, i) == i + 1 for i in range(max(0, verb - REPORT_NEAR), verb))


def _is_of_any_report(scene: Scene, verb: int) -> bool:
    """Whether a report or somebody known stands in a verb's clause: only these show figures."""
    tokens, near = scene.tokens, range(max(0, verb - REPORT_REACH), min(len(scene.tokens), verb + REPORT_REACH))
    own = [i for i in near if scene.clauses.is_same_clause(i, verb)]
    if any(starts_report(scene, i) for i in own):
        return True
    kinds = ("claimant", "person", "institution", "office")
    return any(m.first in own and m.kind in kinds for m in scene.mentions) or (
        verb > 0 and tokens[verb - 1].text in ",-–—"
    )


REPORT_REACH = 16
"""Words between a verb and the report that shows something."""
REPORT_NEAR = 4
"""Words from a report to its verb ("its report of Tuesday estimates")."""


SUBJECT_REACH = 8
"""Words of a subject between the comma behind what is said and the verb that ends the sentence."""


def _closes_sentence(scene: Scene, verb: int) -> bool:
    """Whether only a subject stands between a comma and a verb: "..., researchers at ETH Zurich report"."""
    verbs = {clause.verb for clause in scene.clauses.table}
    for i in range(verb - 1, max(0, verb - SUBJECT_REACH), -1):
        token = scene.tokens[i]
        if token.text == ",":
            return i < verb - 1
        if i in verbs or token.kind not in ("word", "code"):
            return False
    return False
