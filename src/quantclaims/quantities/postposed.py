"""The counted noun in Romanian, found by position.

The noun follows its number, from twenty up with "de" between; only a short closed class of adjectives and determiners
may stand before it, so what follows is the noun, or none is there. No dictionary of Romanian parts of speech is at
hand: a noun counted in the plural ends in a vowel of the plural, which the verbs that may stand there ("doi merg",
"trei cântă", "patru erau") do not.
"""

from quantclaims.lemmas import analyse
from quantclaims.quantities.nouns import QUOTES, Head, NounWords, Search, is_broken, is_one, load_nouns
from quantclaims.records import Token

PLURAL_ENDINGS = ("i", "e")
"""Also "-uri" and "-le"; of the verbs, only a singular of the third and fourth conjugation ends so."""
DEFINITE_ENDINGS = ("le", "ii", "lor", "lui", "ilor", "elor")
ADJECTIVE_ENDINGS = (
    "ale", "ali", "ane", "ani", "are", "ari", "ate", "ati", "ene", "eni", "esti", "eze", "ezi", "ice", "ici", "ile",
    "ili", "ine", "ini", "ite", "iti", "ive", "ivi", "nte", "nti", "se", "si", "ute", "uti",
)  # fmt: skip
GENITIVE_ENDINGS = ("lor", "lui", "ei", "ii")
LONGEST_TAIL = 3


def find_head_postposed(search: Search, at: int) -> Head | None:
    """The noun that the number before token ``at`` counts."""
    words = load_nouns("ro")
    tokens, limit = search.tokens, search.limit
    linked = at < limit and tokens[at].folded in words.linkers
    at += linked
    if not linked:
        taken_from = _pass_partitive(search, at, words)
        linked, at = taken_from > at and search.number.kind == "fraction", taken_from
    start = at
    at = _pass_modifiers(search, at, words)
    if at < limit and tokens[at].folded in words.linkers and not linked:
        linked = True
        at += 1
    while at < limit and tokens[at].text in QUOTES:
        at += 1
    described = at > start and at < limit and tokens[at - 1].folded in words.people and is_adjective(tokens[at])
    if at >= limit or described or not _is_counted(search, at, linked, words):
        if start == at or tokens[at - 1].folded not in words.people:
            return None
        at -= 1
    lemma = min(reading.lemma for reading in analyse(tokens[at].text, "ro"))
    return Head(at, at + 1, extend_phrase(search, at + 1, words), lemma, "noun_after_number")


def _pass_partitive(search: Search, at: int, words: NounWords) -> int:
    """Past "dintre", and past "din" before a definite noun: "trei din vasele", but not "500 din surse"."""
    tokens = search.tokens
    if at + 1 >= search.limit or tokens[at].folded not in words.partitives or is_one(search.number):
        return at
    start = at
    at += 1
    while at < search.limit and tokens[at].folded in words.determiners:
        at += 1
    fraction = search.number.kind == "fraction"
    definite = at < search.limit and (at > start + 1 or tokens[at].folded.endswith(DEFINITE_ENDINGS))
    between = tokens[start].folded != "din"
    return at if fraction or definite or between else start


def _pass_modifiers(search: Search, at: int, words: NounWords) -> int:
    tokens = search.tokens
    while at < search.limit:
        at = search.skips.get(at, at)
        if at >= search.limit or not (tokens[at].folded in words.modifiers or tokens[at].text in QUOTES):
            break
        at += 1
    return at


def _is_counted(search: Search, at: int, linked: bool, words: NounWords) -> bool:
    token = search.tokens[at]
    if token.kind == "code":
        return linked
    if token.kind != "word" or token.folded in words.stops | words.never or _is_clitic(search, at):
        return False
    if len(token.text) == 1 or token.text.isupper():
        return len(token.text) > 1
    if token.text[0].isupper() and not linked:  # a figure that opens the sentence numbers it: "2 Doze"
        return search.number.first_token > 0 and token.folded.endswith(PLURAL_ENDINGS)
    if search.number.kind == "fraction":
        return linked
    if is_one(search.number) or is_broken(search.number) or linked:
        return True
    return token.folded.endswith(PLURAL_ENDINGS) or token.folded in words.plurals


def _is_clitic(search: Search, at: int) -> bool:
    """Whether a word is tied to the next by a hyphen: "s-au", "l-a"."""
    tokens = search.tokens
    return (
        at + 1 < len(tokens)
        and tokens[at + 1].text == "-"
        and tokens[at + 1].start == tokens[at].end
        and (len(tokens[at].text) < 3)
    )


def extend_phrase(search: Search, at: int, words: NounWords) -> int:
    """Where the counted phrase ends: adjectives, attributes with "de" and in the genitive, nouns joined to the head.

    >>> from quantclaims.records import Number
    >>> from quantclaims.tokens import tokenize
    >>> tokens = tokenize("stații radar ucrainene din zonă", "ro")
    >>> extend_phrase(Search(tokens, 5, {}, Number(0, 0, 2.0, 2.0, 2.0, "cardinal", ""), "ro"), 1, load_nouns("ro"))
    3
    """
    end = _pass_adjectives(search, at, words)
    end = pass_attribute(search, end)
    end = _pass_genitive(search, end, words)
    end = _pass_joined(search, end, words)
    tokens = search.tokens
    marks = sum(1 for token in tokens[max(0, at - 6) : end] if token.text in QUOTES)
    if end < search.limit and tokens[end].text in QUOTES and marks % 2:
        end += 1
    return end


def _is_plain(token: Token, words: NounWords) -> bool:
    """A word in lower case of no closed class."""
    closed = words.stops | words.linkers | words.conjunctions | words.modifiers
    return token.kind == "word" and token.text[0].islower() and token.folded not in closed


def is_adjective(token: Token) -> bool:
    """Whether a word ends as adjectives and participles in the plural do.

    >>> from quantclaims.tokens import tokenize
    >>> [is_adjective(token) for token in tokenize("ucrainene radar", "ro")]
    [True, False]
    """
    return _is_plain(token, load_nouns("ro")) and token.folded.endswith(ADJECTIVE_ENDINGS) and len(token.text) > 3


def _pass_adjectives(search: Search, at: int, words: NounWords) -> int:
    """Past adjectives; a bare noun in between ("stații radar ucrainene") only when an adjective follows it."""
    tokens = search.tokens
    for _ in range(LONGEST_TAIL):
        if at + 2 < search.limit and tokens[at + 1].text == "-" and is_adjective(tokens[at + 2]):
            at += 3  # "nord-coreeni"
        elif at < search.limit and is_adjective(tokens[at]):
            at += 1
        elif at + 1 < search.limit and _is_plain(tokens[at], words) and is_adjective(tokens[at + 1]):
            at += 2
        else:
            break
    return at


def pass_attribute(search: Search, at: int) -> int:
    """Past "de" with a bare noun and its adjectives: "depozite de muniții", "puncte de desfășurare temporară"."""
    tokens = search.tokens
    words = load_nouns("ro")
    while at + 1 < search.limit and tokens[at].folded in words.linkers:
        noun = tokens[at + 1]
        if not _is_plain(noun, words) or (noun.folded.endswith(DEFINITE_ENDINGS[:1]) and len(noun.text) < 4):
            break
        at += 2
        if (
            at < search.limit
            and _is_plain(tokens[at], words)
            and (
                is_adjective(tokens[at])
                or tokens[at].folded.endswith(("ara", "ica", "ala", "iva", "oasa", "ata", "ita"))
            )
        ):
            at += 1
    return at


def _pass_genitive(search: Search, at: int, words: NounWords) -> int:
    """Past "a", "al", "ale", "ai" with a noun in the genitive: "a luptătorilor străini"."""
    tokens = search.tokens
    if at + 1 >= search.limit or tokens[at].folded not in ("a", "al", "ai", "ale"):
        return at
    noun = tokens[at + 1]
    if noun.kind != "word" or not noun.folded.endswith(GENITIVE_ENDINGS):
        return at
    return _pass_adjectives(search, at + 2, words)


def _pass_joined(search: Search, at: int, words: NounWords) -> int:
    """Past indefinite plural nouns joined to the counted one: "tancuri și rachete"."""
    tokens = search.tokens
    while at + 1 < search.limit and tokens[at].folded in words.conjunctions:
        noun = tokens[at + 1]
        plural = _is_plain(noun, words) and noun.folded.endswith(PLURAL_ENDINGS)
        if not plural or noun.folded.endswith(DEFINITE_ENDINGS) or _is_lemma(noun) or _is_clitic(search, at + 1):
            break
        at = pass_attribute(search, _pass_adjectives(search, at + 2, words))
    return at


def _is_lemma(token: Token) -> bool:
    """Whether a word is its own dictionary form, so no plural noun ("merge", "face")."""
    return all(reading.lemma == token.text.lower() for reading in analyse(token.text, "ro"))
