"""Which words of a sentence are finite verbs, and of what tense: what divides it into clauses.

Polish tells by form, English by form and auxiliaries, Romanian by auxiliaries and endings. Where a form is also a noun
the doubt goes against the verb: a clause that is not divided costs less than one that is divided wrongly.
"""

from collections.abc import Sequence

from quantclaims.context.cues import load_cues
from quantclaims.lemmas import analyse
from quantclaims.records import Token

FINITE_TAGS = ("fin", "praet", "imps", "bedzie", "winien", "pred", "cond")
"""Classes of the Polish tagset (http://nkjp.pl/poliqarp/help/ense2.html) that can be a sentence's verb."""
SUBJUNCTIVE = "subjunctive"
CONDITIONAL_ENDINGS = ("łby", "łaby", "łoby", "liby", "łyby")
"""Of the Polish conditional."""
CHAIN_GAP = 3
"""Words between an auxiliary and the form that it governs ("has not yet been")."""
PARTICIPLE_ENDINGS = ("t", "s", "ta", "sa", "ti", "si", "te", "se")
"""Of Romanian participles without diacritics: "trimis", "angajata", "ucisi"."""
MIN_PARTICIPLE = 3
"""Letters of the shortest Romanian participle: "dat"."""
PLUPERFECT_AUXILIARIES = frozenset({"had", "hadn't"})
PLUPERFECT_ENDINGS = ("sese", "asera", "isera", "usera", "sesera")
"""Of Romanian verbs that tell what had been before, folded."""
PRESENT_ENDINGS = ("ează", "iază", "ește")
"""Of Romanian verbs in the third person that hardly another word has."""


def read_tenses(tokens: Sequence[Token], language: str) -> list[str | None]:
    """The tense of every token that is a finite verb, ``past``, ``present`` or ``future``; None for all others.

    Of a compound verb the auxiliary is the finite one, in the compound's tense. The Romanian "să" has a mood of its own
    instead: it makes a verb of a clause that has none, and no clause of the verb that follows another.

    >>> from quantclaims.tokens import tokenize
    >>> read_tenses(tokenize("Kyiv sent 14 tanks and will send 3", "en"), "en")
    [None, 'past', None, None, None, 'future', None, None]
    """
    return [READERS[language](tokens, at) if token.kind == "word" else None for at, token in enumerate(tokens)]


def _read_polish(tokens: Sequence[Token], at: int) -> str | None:
    if tokens[at].folded.endswith(CONDITIONAL_ENDINGS):
        return "present"
    readings = analyse(tokens[at].text, "pl")
    classes = {reading.tag.split(":")[0] for reading in readings}
    finite = [reading for reading in readings if reading.tag.startswith(FINITE_TAGS)]
    if not finite:
        return None
    is_certain = tokens[at].folded in load_cues("pl").finite_verbs or "praet" in classes
    if not is_certain and any(not c.startswith((*FINITE_TAGS, "impt", "inf", "part", "ger")) for c in classes):
        return None  # "broni", "dane": nouns far more often
    if all(reading.tag.startswith(("praet", "imps")) for reading in finite):
        return "past"
    if any(reading.tag.startswith("bedzie") for reading in finite):
        return "future"
    return "future" if is_perfective_present(tokens[at]) else "present"


def is_perfective_present(token: Token) -> bool:
    """Whether a Polish form is the present of a perfective verb, which is a future: "wyśle".

    Where the dictionary has a verb of each aspect, the imperfective is met ("posiada"), but for those of the table.
    """
    finite = [r for r in analyse(token.text, "pl") if r.part == "verb"]
    perfective = {r.lemma for r in finite if r.tag.endswith(":perf")}
    imperfective = {r.lemma for r in finite if not r.tag.endswith(":perf")}
    is_present = bool(finite) and all(r.tag.startswith("fin") for r in finite)
    return is_present and bool(perfective - (imperfective - load_cues("pl").perfectives))


def is_pluperfect(tokens: Sequence[Token], verb: int, language: str) -> bool:
    """Whether a clause's first finite verb, at token ``verb``, tells what had been before: "had asked", "primise".

    >>> from quantclaims.tokens import tokenize
    >>> is_pluperfect(tokenize("Kyiv had asked for 40", "en"), 1, "en")
    True
    """
    word = tokens[verb].folded
    if language == "en":
        following = tokens[verb + 1 : verb + 1 + CHAIN_GAP]
        is_duty = bool(following) and following[0].folded in load_cues("en").infinitive_markers  # "had to be treated"
        return word in PLUPERFECT_AUXILIARIES and not is_duty and any(map(_is_verb, following))
    return language == "ro" and word.endswith(PLUPERFECT_ENDINGS)


def _is_verb(token: Token) -> bool:
    """Whether an English form is that of a verb and of nothing else, or ends as participles do."""
    readings = analyse(token.text, "en")
    parts = {reading.part for reading in readings}
    return parts == {"verb"} or ("verb" in parts and token.folded.endswith(("ed", "en")))


def _read_english(tokens: Sequence[Token], at: int) -> str | None:
    cues, word = load_cues("en"), tokens[at].folded
    before = tokens[at - 1].folded if at else ""
    if word in cues.future_verbs:
        return None if before in cues.definite_articles or (tokens[at].text[0].isupper() and at) else "future"
    if word in cues.past_verbs:
        return "past"
    if word in cues.finite_verbs:
        is_perfect = word in cues.perfect_auxiliaries and _governs_past(tokens, at + 1)
        return "past" if is_perfect else "present"
    readings = analyse(tokens[at].text, "en")
    lemmas = {reading.lemma for reading in readings if reading.part == "verb"}
    if not lemmas or word.endswith("ing") or tokens[at].text[0].isupper() or word in cues.infinitive_markers:
        return None  # no statement begins with its verb, and names look like verbs
    is_noun = word not in cues.sure_verbs and any(reading.part != "verb" for reading in readings)
    if word in lemmas:
        return _read_english_base(tokens, at, is_noun=is_noun)
    if _is_third_person(word, lemmas):
        is_verb = not is_noun or before in cues.subject_relatives or _stands_as_verb(tokens, at)
        return "present" if is_verb else None
    return "past" if _is_past(tokens, at) else None


def _governs_past(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle follows "has" closely: "has since sold", but not "has 900 employees"."""
    for token in tokens[at : at + CHAIN_GAP]:
        if token.kind != "word":
            return False
        verbs = {reading.lemma for reading in analyse(token.text, "en") if reading.part == "verb"}
        if verbs and not token.folded.endswith(("s", "ing")) and token.folded not in verbs:
            return True
    return False


def _is_third_person(word: str, lemmas: set[str]) -> bool:
    """Whether a form is the third person of a lemma: "sends", "reaches", "carries"."""
    return any(word in (lemma + "s", lemma + "es", lemma[:-1] + "ies") for lemma in lemmas)


def _read_english_base(tokens: Sequence[Token], at: int, *, is_noun: bool) -> str | None:
    """The tense of a form that is also the infinitive: after a pronoun or a plural it is a present."""
    cues = load_cues("en")
    chain = {token.folded for token in tokens[max(0, at - CHAIN_GAP) : at]}
    if chain & (cues.infinitive_markers | cues.future_verbs | cues.modal_verbs):
        return None
    if tokens[at].folded in cues.invariable_verbs and not chain & cues.finite_verbs and _stands_as_verb(tokens, at):
        return "past"
    before = tokens[at - 1] if at else None
    if before is None:
        return None
    if tokens[at].folded in cues.sure_verbs:
        return None if before.folded in cues.definite_articles | cues.articles else "present"
    if before.folded in cues.subject_pronouns and not (is_noun and before.folded in cues.complementizers):
        return "present"
    is_plural = before.folded.endswith("s") and before.kind == "word"
    return "present" if is_plural and (not is_noun or _stands_as_verb(tokens, at)) else None


def _stands_as_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether a form that may be a noun stands where a verb would: before "to", a figure or a determiner."""
    cues = load_cues("en")
    if at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1].folded if at else "", tokens[at + 1]
    if before in cues.definite_articles or before in cues.articles or before.endswith("'s"):
        return False
    if at and tokens[at - 1].kind == "digits":
        return False
    return (
        after.folded in cues.infinitive_markers
        or after.kind == "digits"
        or after.folded in cues.definite_articles
        or after.folded in cues.articles
        or after.folded in cues.complementizers
    )


def _is_past(tokens: Sequence[Token], at: int) -> bool:
    """Whether a form of the past is finite: no auxiliary before it, no agent after it ("tanks supplied by Iran")."""
    cues = load_cues("en")
    chain = {token.folded for token in tokens[max(0, at - CHAIN_GAP) : at]}
    if chain & (cues.finite_verbs | cues.past_verbs | cues.infinitive_markers) or chain & cues.passive_auxiliaries:
        return False
    word = tokens[at].folded
    if word.endswith(("en", "wn")) and not word.endswith("ed"):
        return False  # "taken", "shown"
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 1].folded if at else ""
    if before in cues.definite_articles or before in cues.articles:
        return False  # "the promised tanks"
    if at and tokens[at - 1].kind == "digits":
        return after is None or after.kind != "word" or not _is_noun(after)  # "40 promised tanks"
    return after is None or all(role != "agent" for _, role in cues.roles.match(tokens, at + 1))


def _is_noun(token: Token) -> bool:
    return any(reading.part in ("noun", "proper") for reading in analyse(token.text, "en"))


def _read_romanian(tokens: Sequence[Token], at: int) -> str | None:
    cues, word = load_cues("ro"), tokens[at].folded
    if word in cues.infinitive_markers:
        return SUBJUNCTIVE
    if word in cues.reflexives:
        following = tokens[at + 1].folded if at + 1 < len(tokens) else ""
        return None if following in cues.future_verbs | cues.past_auxiliaries or not following else "present"
    if word in cues.past_auxiliaries:
        return "past" if _governs_participle(tokens, at + 1) else None
    if word in cues.future_verbs:
        return "future" if at + 1 < len(tokens) and tokens[at + 1].kind == "word" else None
    if word in cues.past_verbs:
        return "past"
    if at and tokens[at].text[0].isupper() and not tokens[at].text.isupper():
        return None  # "Costa" is a name
    if word in cues.finite_verbs or tokens[at].text.lower().endswith(PRESENT_ENDINGS):
        before = tokens[at - 1].folded if at else ""
        return None if before in cues.future_verbs else "present"
    return None


def _governs_participle(tokens: Sequence[Token], at: int) -> bool:
    """Whether an auxiliary's participle follows, adverbs apart: "a mai trimis", but not "a Rusiei"."""
    skipped = load_cues("ro").compound_auxiliaries | load_cues("ro").passive_auxiliaries
    for token in tokens[at : at + CHAIN_GAP]:
        if token.folded not in skipped:
            return len(token.text) >= MIN_PARTICIPLE and token.folded.endswith(PARTICIPLE_ENDINGS)
    return False


READERS = {"pl": _read_polish, "en": _read_english, "ro": _read_romanian}
