"""The ids that enumerated fields may hold: one file of `vocabularies` per vocabulary, one table per term.

A vocabulary that is misspelt, incomplete or contradicts another stops everything that reads it, with the file and the
term named: a wrong contract is worse than none.
"""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import tomli

LANGUAGES = ("en", "pl", "ro")
"""Every term has a label in these."""


class VocabularyError(ValueError):
    """A vocabulary file is not what the contract says; the message names file, term and what to do."""


class Term(NamedTuple):
    """One id with what it means."""

    id: str
    label: Mapping[str, str]
    """Language to name."""
    definition: str | None
    details: Mapping[str, Any]
    """The other keys of its table."""


class Shape(NamedTuple):
    """Keys of a vocabulary's tables besides ``label``."""

    required: Mapping[str, type]
    optional: Mapping[str, type]


DEFINED = Shape({"definition": str}, {})

SHAPES: Mapping[str, Shape] = {
    "attributes": Shape({"definition": str}, {"values": list}),
    "changes": DEFINED,
    "claimant_types": Shape({"definition": str}, {"relays": bool, "state": bool}),
    "claimants": Shape({"type": str, "reliability": str, "reason": str}, {"country": str}),
    "countries": Shape({"alpha2": str}, {"union": bool}),
    "credibility": DEFINED,
    "currencies": Shape({}, {}),
    "items": Shape({"definition": str}, {"broader": str, "munition": bool}),
    "languages": Shape({}, {}),
    "period_basis": DEFINED,
    "predicates": Shape(
        {"definition": str},
        {
            "actor": str,
            "counterparty": str,
            "roles": dict,
            "counts": str,
            "measured_in": list,
            "also_in": list,
            "not_in": list,
            "per_time": bool,
            "yields": bool,
            "refined_by": str,
            "with_munitions": str,
            "of_items": dict,
            "in_bulk": bool,
            "caused_by": list,
            "goes_with": list,
            "answers": list,
            "national": str,
            "of_states": bool,
            "two_sided": bool,
            "paired": bool,
            "deniable": bool,
            "only_people": bool,
        },
    ),
    "qualifiers": DEFINED,
    "relations": DEFINED,
    "reliability": DEFINED,
    "reviews": DEFINED,
    "stances": DEFINED,
    "unit_prefixes": Shape({"factor": float}, {}),
    "units": Shape({"quantity": str}, {"metric": bool}),
}
"""Every vocabulary there is."""

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "claimants": {"country": "countries", "type": "claimant_types", "reliability": "reliability"},
    "items": {"broader": "items"},
}
"""Keys whose value is an id of a vocabulary."""


@cache
def load_vocabulary(name: str) -> Mapping[str, Term]:
    """Terms of a vocabulary by id, in the order of its file.

    Raises `VocabularyError` for a name that is none, a file that cannot be read and a term of another shape.

    >>> load_vocabulary("qualifiers")["at_most"].label["pl"]
    'co najwyżej'
    """
    if name not in SHAPES:
        raise VocabularyError(f"no vocabulary {name!r}{suggestion(name, SHAPES)}; there are {', '.join(SHAPES)}")
    terms = parse_vocabulary(name, (files(__package__) / "vocabularies" / f"{name}.toml").read_text(encoding="utf-8"))
    for key, target in REFERENCES.get(name, {}).items():
        check_references(name, terms, key, terms if target == name else load_vocabulary(target))
    return terms


@cache
def ids(name: str) -> tuple[str, ...]:
    """Ids of a vocabulary, in the order of its file.

    >>> ids("changes")
    ('level', 'increase', 'decrease')
    """
    return tuple(load_vocabulary(name))


def parse_vocabulary(name: str, text: str) -> Mapping[str, Term]:
    """Terms of a vocabulary's text; `VocabularyError` names the first thing wrong with it."""
    try:
        tables = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise VocabularyError(f"{name}.toml: {error}; a term stands in a file once") from None
    return {id_: parse_term(name, id_, table) for id_, table in tables.items()}


def parse_term(name: str, id_: str, table: object) -> Term:
    """One term, its keys compared with the vocabulary's shape."""
    where = f"{name}.toml: [{id_}]"
    if not isinstance(table, dict):
        raise VocabularyError(f"{where} is no table; write the id in square brackets on a line of its own")
    shape = SHAPES[name]
    known = {"label": dict, **shape.required, **shape.optional}
    for key in table.keys() - known.keys():
        raise VocabularyError(f"{where}: unknown key {key!r}{suggestion(key, known)}; allowed are {', '.join(known)}")
    for key in {"label": dict, **shape.required}.keys() - table.keys():
        raise VocabularyError(f"{where}: {key} is missing")
    for key, value in table.items():
        if type(value) is not known[key] or value in ("", {}, []):
            raise VocabularyError(f"{where}: {key} = {value!r} is not what it must be, a filled {known[key].__name__}")
    check_label(where, table["label"])
    details = {key: value for key, value in table.items() if key not in ("label", "definition")}
    return Term(id_, table["label"], table.get("definition"), details)


def check_label(where: str, label: Mapping[str, Any]) -> None:
    """A label names the term in every language and in no other."""
    if label.keys() != set(LANGUAGES) or not all(isinstance(text, str) and text.strip() for text in label.values()):
        raise VocabularyError(f"{where}: label needs a filled text for each of {', '.join(LANGUAGES)}, and no other")


def check_references(name: str, terms: Mapping[str, Term], key: str, targets: Mapping[str, Term]) -> None:
    """Every value of a key is an id of the vocabulary it refers to."""
    for term in terms.values():
        value = term.details.get(key)
        if value is not None and value not in targets:
            raise VocabularyError(f"{name}.toml: [{term.id}]: {key} = {value!r} is unknown{suggestion(value, targets)}")


def suggestion(word: str, words: Collection[str]) -> str:
    """What the writer may have meant, as the end of a message.

    >>> suggestion("artilery_shell", ["artillery_shell", "rocket"])
    " (did you mean 'artillery_shell'?)"
    """
    close = get_close_matches(word, words, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
