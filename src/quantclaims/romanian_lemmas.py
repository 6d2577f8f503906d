"""simplemma's Romanian dictionary, searched as it is stored instead of unpacked.

The library decodes 345,000 entries in Python when it is first asked, 0.65 s, while an article has some hundred forms.
The entries are sorted and front-coded: each says how many bytes it shares with the one before. An entry that shares few
can be read without its predecessors, so one pass that only hops over lengths finds where runs of entries begin, 0.15 s;
a form is then sought by bisection, and its run, some 18 entries, is decoded and kept. What the library makes of a
form, rules and affixes included, stays the library's.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import dictionary_factory, frontcode

SHARED = 5
"""Bytes: a run begins at an entry that shares fewer with the one before. More make shorter runs and a longer pass."""

SAME_VALUE = 254
"""Byte in place of the value of an entry whose value is that of the entry before; such an entry begins no run."""

ONE_BYTE = 128
"""Lengths from here on take more than one byte; no word is that long."""

Run = tuple[int, bytes]
"""Where a run begins, and the bytes that its first entry shares with the one before."""


class FrontCodedTable(Mapping[str, str]):
    """The lemmas of a front-coded stream in ascending order, as the library's other dictionaries give them.

    Raises ValueError for a stream of another make.

    >>> FrontCodedTable(dictionary_factory._read_decompressed("ro"))["proiectile"]
    'proiectil'
    """

    def __init__(self, data: bytes) -> None:
        is_reversed, self._length, start = frontcode._read_header(data)
        if is_reversed:
            raise ValueError("the entries are in reverse")
        self._data = data
        self._start = start
        self._firsts: list[bytes] = []
        self._runs: list[Run] = []
        for first, run in find_runs(data, start):
            self._firsts.append(first)
            self._runs.append(run)
        self._decoded: dict[int, dict[bytes, bytes]] = {}

    def __getitem__(self, form: str) -> str:
        sought = form.encode()
        at = bisect_right(self._firsts, sought) - 1
        if at < 0:
            raise KeyError(form)
        if at not in self._decoded:
            self._decoded[at] = self._decode(at)
        return self._decoded[at][sought].decode()

    def _decode(self, at: int) -> dict[bytes, bytes]:
        """Forms and lemmas of a run."""
        start, shared = self._runs[at]
        end = self._runs[at + 1][0] if at + 1 < len(self._runs) else len(self._data)
        return {form: lemma for _, form, lemma in frontcode._iter_records(self._data[start:end], 0, shared)}

    def __iter__(self) -> Iterator[str]:
        return (form.decode() for _, form, _ in frontcode._iter_records(self._data, self._start))

    def __len__(self) -> int:
        return self._length


def find_runs(data: bytes, start: int) -> Iterator[tuple[bytes, Run]]:
    """The first form of each run and where it is, from one pass over the lengths.

    An entry is: bytes shared, bytes of its own, those bytes; then how its value is told, and unless it is the value
    before, the length of the value's own bytes and those.
    """
    prefix = b""
    at, length = start, len(data)
    while at < length:
        shared, own = data[at], data[at + 1]
        if shared >= ONE_BYTE or own >= ONE_BYTE:
            raise ValueError("an entry is longer than words are")
        begin = at + 2
        end = begin + own
        told = data[end]
        if shared < SHARED:
            if told != SAME_VALUE:
                yield prefix[:shared] + data[begin:end], (at, prefix[:shared])
            prefix = prefix[:shared] + data[begin : min(end, begin + SHARED - shared)]
        at = end + 1 if told == SAME_VALUE else end + 2 + data[end + 1]


class SearchedDictionaries(dictionary_factory.CachingDictionaryFactory):
    """The library's dictionaries, each searched where it lies; one of another make is decoded by the library."""

    def _get_dictionary_uncached(self, lang: str) -> Mapping[str, str]:
        try:
            return FrontCodedTable(dictionary_factory._read_decompressed(lang))
        except (AttributeError, IndexError, ValueError):
            return dictionary_factory.DEFAULT_DICTIONARY_FACTORY.get_dictionary(lang)


@cache
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=SearchedDictionaries()))


def find_lemma(form: str) -> str:
    """The lemma of a form as printed; what is in no dictionary by rule, or in lower case as it stands.

    >>> find_lemma("rachete"), find_lemma("kilometrilor")
    ('rachetă', 'kilometru')
    """
    return _lemmatizer().lemmatize(form, lang="ro")
