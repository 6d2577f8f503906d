"""Names of speakers whom the register does not know, as printed: where a name or a noun phrase begins and ends."""

from quantclaims.context.cues import load_cues
from quantclaims.context.mentions import Mention, token_cases
from quantclaims.context.scene import Scene, Speaker
from quantclaims.lemmas import analyse
from quantclaims.records import Token

LONGEST_NAME = 8
"""Words of the longest printed name that is taken whole."""
LONGEST_TAIL = 2
"""Lower-case words behind a noun that may still name it ("zarządu kopalni", "liderul confederației")."""
NOMINAL = frozenset({"noun", "adjective", "participle", "unknown", "proper", "abbreviation"})


def print_name(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """The first run of capitalised words, with what belongs to the name: a speaker whom the register does not know."""
    for i in range(lower, upper):
        if _starts_name(scene, i):
            first, end = find_whole_name(scene, i, i + 1, lower, upper)
            return Speaker(None, scene.text(first, end), None, False, first, end)
    return None


def _starts_name(scene: Scene, at: int) -> bool:
    token, cues = scene.tokens[at], load_cues(scene.language)
    if not is_capitalised(token) or scene.is_dated(at) or is_article(scene, at):
        return False
    if any(m.first <= at < m.end and not heads_a_name(scene, m) for m in scene.mentions):
        return False
    if token.folded in cues.subject_pronouns or (at == 0 and cues.prepositions.longest(scene.tokens, at)):
        return False
    anaphor = cues.anaphors.longest(scene.tokens, at)
    if anaphor is not None and not _continues_name(scene, anaphor[0]):
        return False
    if anaphor is not None and scene.language == "ro":
        return True  # "Federația de Tenis"
    return not (at == 0 and is_common(scene, at))


def _continues_name(scene: Scene, at: int) -> bool:
    """Whether a capitalised word follows, behind a link or not: "Institutul de Cercetări", not "institutul"."""
    return at < len(scene.tokens) and _step_right(scene, at, len(scene.tokens), at) > 0


def heads_a_name(scene: Scene, state: Mention) -> bool:
    """Whether a state's or capital's name only begins somebody else's: "Dublin Bus", "China Mobile"."""
    at = state.end
    if state.kind != "party" or at >= len(scene.tokens) or not is_capitalised(scene.tokens[at]):
        return False
    return not scene.is_dated(at) and not any(m.first <= at < m.end for m in scene.mentions)


def print_phrase(scene: Scene, lower: int, upper: int) -> Speaker | None:
    """A noun phrase that names its speaker by a common noun ("the farmers' union"), as printed."""
    start = lower
    while start < upper and _is_before_phrase(scene, start):
        start += 1
    end = start
    while end < upper and end - start < LONGEST_NAME and is_nominal(scene, end):
        end += 1
    if end == start or (end == start + 1 and scene.tokens[start].folded in load_cues(scene.language).subject_pronouns):
        return None
    pronouns = load_cues(scene.language).subject_pronouns | load_cues(scene.language).finite_verbs
    if scene.language == "en" and any(token.folded in pronouns for token in scene.tokens[start:end]):
        return None  # "fewer than we"
    first, end = find_whole_name(scene, start, end, start, upper)
    return Speaker(None, scene.text(first, end), None, False, first, end)


def _is_before_phrase(scene: Scene, at: int) -> bool:
    """Whether a word only leads up to a noun phrase: an article, a date, "and", "after"."""
    cues, token = load_cues(scene.language), scene.tokens[at]
    if is_article(scene, at) or scene.is_dated(at) or token.folded in cues.coordinators or token.text == ",":
        return True
    if scene.language == "en" and (token.folded in cues.definite_articles or token.folded in cues.finite_verbs):
        return True  # "their union", and "I've" is nobody
    if at and cues.as_introducers.longest(scene.tokens, at) and scene.tokens[at - 1].kind == "mark":
        return True  # "..., jak twierdzą"
    hit = cues.clause_openers.longest(scene.tokens, at)
    return hit is not None and hit[1] == "adverbial" and hit[0] == at + 1


def find_whole_name(scene: Scene, first: int, end: int, lower: int, upper: int) -> tuple[int, int]:
    """The tokens of the whole name that holds tokens ``first`` to ``end``, inside ``lower`` to ``upper``.

    Capitalised words on both sides belong to it, and on the right also what a link joins ("Office for Agriculture",
    "Urząd do spraw Cudzoziemców") and a lower-case word or two that only a noun phrase can have there.
    """
    while first > lower and end - first < LONGEST_NAME:
        if first > lower + 1 and _is_hyphenated(scene, first - 1):
            first -= 2  # "Dyfed-Powys Police"
        elif _belongs_before(scene, first - 1):
            first -= 1
        else:
            break
    tail = 0
    while end < upper and end - first < LONGEST_NAME:
        step = _step_right(scene, end, upper, first)
        if step == 0:
            break
        if step == 1 and not is_capitalised(scene.tokens[end]):
            tail += 1
            if tail > LONGEST_TAIL:
                break
        end += step
    return first, end


def _is_hyphenated(scene: Scene, at: int) -> bool:
    """Whether a hyphen joins two capitalised words."""
    before, mark, after = scene.tokens[at - 1 : at + 2]
    is_joined = mark.text == "-" and before.end == mark.start and mark.end == after.start
    return is_joined and is_capitalised(before) and is_capitalised(after)


def _belongs_before(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if scene.is_dated(at) or is_article(scene, at) or token.kind not in ("word", "code"):
        return False
    if scene.language == "en":
        return is_nominal(scene, at) and not _can_be_finite(scene, at)
    if at == 0:
        return is_capitalised(token) and not _is_function_word(scene, at) and _is_noun_form(token, scene.language)
    return is_capitalised(token) and not _is_function_word(scene, at)


def _step_right(scene: Scene, at: int, upper: int, first: int) -> int:
    """How many tokens from ``at`` on go with the name that begins at ``first``; 0 when it ends."""
    token = scene.tokens[at]
    if scene.is_dated(at):
        return 0
    if is_capitalised(token):
        return 0 if _can_be_finite(scene, at) else 1
    if _is_domain(scene, at, upper):
        return 2  # "Daft.ie"
    if token.text in ("-", "&", "'", "’", "„", "”", "“") and at + 1 < upper and is_capitalised(scene.tokens[at + 1]):
        return 1 if token.text in "-&'’" else 0
    links = load_cues(scene.language).name_links.longest(scene.tokens, at)
    if links is not None:
        after = links[0]
        if after < upper and is_article(scene, after):
            after += 1
        return (
            after + 1 - at if after < upper and is_capitalised(scene.tokens[after]) and not scene.is_dated(after) else 0
        )
    return 1 if _is_tail(scene, at, first) else 0


def _is_domain(scene: Scene, at: int, upper: int) -> bool:
    """Whether a point and the ending of a web address follow, without spaces."""
    if scene.tokens[at].text != "." or not 0 < at < upper - 1:
        return False
    before, point, after = scene.tokens[at - 1 : at + 2]
    return before.end == point.start and point.end == after.start and after.text.islower()


def _is_tail(scene: Scene, at: int, first: int) -> bool:
    """Whether a lower-case word can only be part of the noun phrase before it: by case, or by ending in Romanian."""
    token = scene.tokens[at]
    if token.kind != "word" or scene.language == "en" or _is_function_word(scene, at):
        return False
    if any(m.first == at and m.ident in LISTENERS for m in scene.mentions):
        return False  # "a declarat primarul jurnaliștilor"
    if scene.language == "pl":
        readings = analyse(token.text, "pl")
        head = token_cases(scene.tokens[first], "pl") | {"gen"}
        nominal = [
            r
            for r in readings
            if (r.part in ("adjective", "participle") and r.cases & head) or (r.part == "noun" and "gen" in r.cases)
        ]
        return bool(nominal) and not any(r.part in ("verb", "adverb", "preposition", "conjunction") for r in readings)
    is_long = len(token.folded) > SHORTEST_ADJECTIVE and token.folded.endswith(ROMANIAN_ADJECTIVES)
    return (is_long or token.folded.endswith(ROMANIAN_TAILS)) and not load_cues("ro").predicates.match(scene.tokens, at)


LISTENERS = frozenset({"journalist", "media"})
"""Whom speakers tell, in the dative."""
ROMANIAN_TAILS = ("ului", "ei", "ii", "iei", "lor", "ean", "eana", "al", "ala", "ic", "ica", "esc", "easca")
"""Endings of Romanian genitives and of adjectives of belonging ("spitalul județean", "liderul confederației")."""


ROMANIAN_ADJECTIVES = ("ali", "ale", "eni", "ene", "ani", "ane", "ari", "ici", "ice", "esti", "isti", "iste", "oase")
"""Endings of Romanian adjectives in the plural ("pompierii locali", "autoritățile medicale")."""
SHORTEST_ADJECTIVE = 4


def is_adjective_tail(scene: Scene, at: int, first: int) -> bool:
    """Whether an adjective right behind a noun narrows it: "władze medyczne", "pompierii locali"."""
    token = scene.tokens[at]
    if token.kind != "word" or is_capitalised(token) or scene.is_dated(at) or _can_be_finite(scene, at):
        return False
    if scene.language == "pl":
        readings = analyse(token.text, "pl")
        cases = token_cases(scene.tokens[first], "pl")
        return all(r.part == "adjective" for r in readings) and any(r.cases & cases for r in readings)
    return (
        scene.language == "ro" and len(token.folded) > SHORTEST_ADJECTIVE and token.folded.endswith(ROMANIAN_ADJECTIVES)
    )


def _is_function_word(scene: Scene, at: int) -> bool:
    cues, token = load_cues(scene.language), scene.tokens[at]
    return bool(
        cues.roles.match(scene.tokens, at)
        or cues.attribution.match(scene.tokens, at)
        or cues.clause_openers.longest(scene.tokens, at)
        or token.folded in cues.compound_auxiliaries
        or token.folded in cues.complementizers
        or token.folded in cues.coordinators
    )


def _can_be_finite(scene: Scene, at: int) -> bool:
    """Whether a clause of the sentence has its finite verb here."""
    return any(clause.verb == at for clause in scene.clauses.table)


def _is_noun_form(token: Token, language: str) -> bool:
    if language == "ro":
        return token.folded.endswith(("ul", "a", "ii", "ele", "le"))
    return any(reading.part in ("noun", "adjective") for reading in analyse(token.text.lower(), language))


def is_nominal(scene: Scene, at: int) -> bool:
    """Whether a word can stand in a noun phrase; a preposition, a verb or a mark ends one."""
    token = scene.tokens[at]
    if token.kind not in ("word", "code") or load_cues(scene.language).roles.match(scene.tokens, at):
        return token.text in ("-", "&", "'", "’")
    if scene.language == "ro":
        return not _is_function_word(scene, at) and not _can_be_finite(scene, at) and not scene.is_dated(at)
    parts = {reading.part for reading in analyse(token.text, scene.language)}
    return bool(parts & NOMINAL) or is_capitalised(token)


def starts_report(scene: Scene, at: int) -> int | None:
    """Where a noun for a report ends that begins at a token; "polled" and "reporting" are none."""
    if scene.language == "en" and scene.tokens[at].folded.endswith(("ed", "ing")):
        return None
    hit = load_cues(scene.language).report_nouns.longest(scene.tokens, at)
    if hit is None or _is_named_so(scene, at, hit[0]):
        return None
    return hit[0]


def _is_named_so(scene: Scene, first: int, end: int) -> bool:
    """Whether a report's noun is part of a body's name: "Statistics Canada"."""
    if scene.language != "en" or end >= len(scene.tokens) or not is_capitalised(scene.tokens[first]):
        return False
    return is_capitalised(scene.tokens[end]) and not scene.is_dated(end)


def is_acronym(token: Token) -> bool:
    """Whether a word is written in capitals only ("MAI" the ministry, not "mai" the adverb)."""
    return len(token.text) > 1 and token.text.isupper()


def is_capitalised(token: Token) -> bool:
    """Whether a word or code starts with a capital."""
    return token.kind in ("word", "code") and token.text[:1].isupper()


def is_article(scene: Scene, at: int) -> bool:
    """Whether a word is an article, which a printed name leaves out."""
    return scene.tokens[at].folded in load_cues(scene.language).articles


def is_common(scene: Scene, at: int) -> bool:
    """Whether a sentence's first word is capitalised only because it is the first."""
    token = scene.tokens[at]
    if scene.language == "ro" or is_article(scene, at):
        return True
    return any(
        r.part not in ("unknown", "proper") and r.lemma.islower() for r in analyse(token.text.lower(), scene.language)
    )
