"""lemminflect's dictionary, searched as it is stored instead of unpacked.

The library fills a dictionary of 70,000 dictionaries when it is first asked: 0.4 s and 34 MB, while an article has some
hundred forms. Its file is sorted by form, so that a form is found by bisection: 0.03 s and 6 MB. What it makes of an
entry, overrides and capitals included, stays the library's.
"""

import gzip
from bisect import bisect_left
from pathlib import Path

import lemminflect
from lemminflect.core.LexicalUtils import categoryToUPos

Lemmas = dict[str, tuple[str, ...]]
"""Part of speech to lemmas."""


class SortedTable:
    """The lines ``form,category,lemma/lemma`` of a file that is sorted by form."""

    def __init__(self, path: str | Path) -> None:
        with gzip.open(path) as file:
            self._lines = file.read().splitlines()

    def get(self, form: str, default: Lemmas) -> Lemmas:
        """Lemmas of a form by their part of speech.

        >>> SortedTable(lemminflect.config.lemma_lu_fn).get("shells", {})
        {'NOUN': ('shell',), 'VERB': ('shell',)}
        """
        sought = form.encode()
        found: Lemmas = {}
        for at in range(bisect_left(self._lines, sought, key=form_of), len(self._lines)):
            if form_of(self._lines[at]) != sought:
                break
            _, category, lemmas = self._lines[at].decode().split(",")
            found[categoryToUPos(category)] = tuple(lemmas.split("/"))
        return found or default


def form_of(line: bytes) -> bytes:
    """What a line is sorted by."""
    return line.partition(b",")[0]


class SortedLemmatizer(lemminflect.Lemmatizer):  # type: ignore[misc,unused-ignore] # the library has no types
    """lemminflect's lemmatizer over the sorted table.

    A class of its own is a singleton of its own: whoever uses lemminflect beside us finds it as it was. Should the
    library rename the method, its own table serves, only slower.
    """

    def _getLemmaDict(self) -> SortedTable:  # noqa: N802 (the library's name)
        if not hasattr(self, "lemma_dict"):
            self.lemma_dict = SortedTable(self.lemma_lu_fn)
        return self.lemma_dict


def find_lemmas(form: str) -> Lemmas:
    """Lemmas of a form in lower case, by their part of speech; empty for what is in no dictionary.

    >>> find_lemmas("was")
    {'AUX': ('be',), 'VERB': ('be',)}
    """
    found: Lemmas = SortedLemmatizer().getAllLemmas(form)
    return found
