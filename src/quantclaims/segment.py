"""Sentences with their tokens.

A missed boundary costs a little context; a false one cuts a figure in two ("2,4 mln. zgłoszeń"), so the splitter
is shy: it wants an end mark, white space and then a capital, a digit or an opening quote, and no abbreviation before.
"""

import re
from functools import cache

from quantclaims.lemmas import is_common_word
from quantclaims.lexicon import load_language
from quantclaims.records import Sentence, Token
from quantclaims.tokens import fold, tokenize

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
BOUNDARY = re.compile(r"[.!?…]+[\"'”’»)\]]{0,4}(?=\s{1,8}[\"'„“«(\[–—-]{0,4}\s{0,2}([^\W\d_]+|\d))")
WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]+$|\d+$")


@cache
def _abbreviations(language: str, kind: str = "abbreviations") -> frozenset[str]:
    return frozenset(fold(word, language) for word in load_language(language)["segment"][kind])


@cache
def _has_ordinal_points(language: str) -> bool:
    """Whether a point behind a figure makes it an ordinal."""
    return bool(load_language(language)["segment"]["ordinal_points"])


def _is_boundary(text: str, stop: re.Match[str], language: str) -> bool:
    """Whether the end mark closes a sentence."""
    following = stop.group(1)
    if following[0].islower():
        return False
    if stop.group()[0] != ".":
        return True
    before = WORD_BEFORE.search(text, max(0, stop.start() - 24), stop.start())
    if before is None:
        return True
    word = before.group()
    if word.isdigit():
        if _has_ordinal_points(language):  # "15. Rocznica", "nr 5. Potem" stay whole; "2024. Potem" splits
            return following[0].isalpha() and len(word) > 2
        is_label = not text[text.rfind("\n", 0, before.start()) + 1 : before.start()].strip()  # "1. Introduction"
        return following[0].isalpha() and not is_label
    if len(word) == 1 and word.isupper():
        return False  # an initial
    if fold(word, language) in _abbreviations(language, "closing_abbreviations"):
        return is_common_word(following, language)  # "o 4 proc. Najmocniej", but "44 proc. Polaków"
    return fold(word, language) not in _abbreviations(language)


def find_sentence_spans(text: str, language: str) -> list[tuple[int, int, int]]:
    """``(start, end, paragraph)`` of each sentence; white space at both ends is left out.

    >>> find_sentence_spans("Około 2,4 mln. zgłoszeń. Tak podano.", "pl")
    [(0, 24, 0), (25, 36, 0)]
    """
    spans = []
    lines = (line for line in LINE.finditer(text) if not line.group().isspace())
    for paragraph, line in enumerate(lines):
        start = line.start()
        for stop in BOUNDARY.finditer(text, line.start(), line.end()):
            if _is_boundary(text, stop, language):
                spans.append((start, stop.end(), paragraph))
                start = stop.end()
        spans.append((start, line.end(), paragraph))
    return [_trim(text, *span) for span in spans if text[span[0] : span[1]].strip()]


def _trim(text: str, start: int, end: int, paragraph: int) -> tuple[int, int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()), paragraph


def segment(text: str, language: str) -> list[Sentence]:
    """The sentences of a text with their tokens.

    >>> [len(s.tokens) for s in segment("Two of them. And 3.", "en")]
    [4, 3]
    """
    sentences = []
    for start, end, paragraph in find_sentence_spans(text, language):
        tokens: tuple[Token, ...] = tokenize(text[start:end], language, start)
        if tokens:
            sentences.append(Sentence(start, end, paragraph, tokens))
    return sentences
