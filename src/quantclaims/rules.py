"""Every rule of the extraction by name: what it does, which columns it gives, and a switch that turns it off.

The names are those of the column ``rules``; what they do stands in ``rules.toml``. A rule that is switched off finds
nothing: the text is read by the rules that are left, as if it had never been written. Where a rule's finding is taken
over, the code asks `fires`, or hands the finding through `accept`; both cost one look into an empty set.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, Protocol, TypeVar

import tomli


class Rule(NamedTuple):
    """A rule as rules.toml describes it."""

    name: str
    step: str
    """Title of the step of the flow that it belongs to."""
    fields: tuple[str, ...]
    """Columns that the step's rules give."""
    does: str


class Finding(Protocol):
    """What a rule found, with the rule's name."""

    @property
    def rule(self) -> str:
        """The name."""


F = TypeVar("F", bound=Finding)

_off: ContextVar[frozenset[str]] = ContextVar("rules that are switched off", default=frozenset())


def fires(name: str) -> bool:
    """Whether a rule is on."""
    return name not in _off.get()


def accept(found: F | None, prefix: str = "") -> F | None:
    """What a rule found, or None when the rule is switched off; ``prefix`` completes its name."""
    return None if found is None or prefix + found.rule in _off.get() else found


@contextmanager
def without_rules(*names: str) -> Iterator[None]:
    """Read texts without these rules, for the length of a ``with`` block and in this thread or task only.

    Raises ValueError for a name that no rule has.

    >>> from quantclaims import find_quantities
    >>> with without_rules("hedge_before"):
    ...     [q.qualifier for q in find_quantities("At least 70 houses burned.", "en")]
    ['exact']
    """
    for name in names:
        if name not in load_rules():
            close = get_close_matches(name, load_rules(), n=1)
            raise ValueError(f"no rule {name!r}" + (f": did you mean {close[0]!r}?" if close else ""))
    token = _off.set(_off.get() | frozenset(names))
    try:
        yield
    finally:
        _off.reset(token)


@cache
def load_rules() -> Mapping[str, Rule]:
    """Every rule by name, in the order of the flow.

    >>> rule = load_rules()["hedge_after"]
    >>> rule.step, rule.fields[0]
    ('qualifier', 'qualifier')
    """
    return {
        name: Rule(name, step["title"], tuple(step["fields"]), does)
        for step in _load_table().values()
        for name, does in step.get("rules", {}).items()
    }


@cache
def load_labels() -> Mapping[str, str]:
    """Every rule by which a number counts nothing, and what it says of the number.

    >>> load_labels()["year"]
    'Is a year: Campaign 2004.'
    """
    labels: dict[str, str] = _load_table()["label"]
    return labels


@cache
def _load_table() -> dict[str, Any]:
    return tomli.loads(files("quantclaims").joinpath("rules.toml").read_text(encoding="utf-8"))
