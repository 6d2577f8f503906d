"""What became of a table's rows and columns from one version to another.

Rows are told apart by their key: a row is added, removed, or changed in named columns. Values are compared, not how
they are stored: an id of a longer vocabulary is the same id, 0.9 in 32 bits the same as in 64. That a column is stored
otherwise is said beside it.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import polars as pl

from quantclaims.schemas.fields import inner_type

KEY = "claim_id"

Row = dict[str, Any]
"""Column to plain value: str, float, int, bool, date, list of str, None."""

PLACE = ("claim_id", "quote_start", "quote_end", "quote_prefix", "quote_suffix", "base_claim_id", "discrepancy")
"""Columns that tell where in its text a claim stands: another text before it changes all of them and nothing else."""


class ChangedField(NamedTuple):
    """A value that differs."""

    column: str
    old: Any
    new: Any


class ChangedRow(NamedTuple):
    """A row that both versions have, with what differs."""

    key: str
    fields: tuple[ChangedField, ...]


class RetypedColumn(NamedTuple):
    """A column that both versions have, of another type."""

    column: str
    old: str
    new: str


class Difference(NamedTuple):
    """Everything in which two versions of a table differ."""

    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[ChangedRow, ...]
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    columns_retyped: tuple[RetypedColumn, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not any(self)


class KeyColumnError(ValueError):
    """Rows that cannot be told apart; the message says which version, which key and what to do."""


def compare_datasets(old: pl.DataFrame, new: pl.DataFrame, key: str = KEY) -> Difference:
    """The difference between two versions of a table, rows in the order of their keys.

    ``key`` is the column that rows are told apart by: ``claim_id``, or ``article_id`` for the articles. In ``changed``
    only columns that both versions have are compared. The order of rows and columns is no difference. Raises
    `KeyColumnError` when a version lacks the key column, or a key in it is null or occurs twice.

    >>> old = pl.DataFrame({"claim_id": ["a#1", "a#7"], "value": [14.0, 2.0]})
    >>> new = pl.DataFrame({"claim_id": ["a#1", "b#2"], "value": [15.0, 3.0]})
    >>> compare_datasets(old, new).changed
    (ChangedRow(key='a#1', fields=(ChangedField(column='value', old=14.0, new=15.0),)),)
    >>> [row["claim_id"] for row in compare_datasets(old, new).removed]
    ['a#7']
    """
    old, new = prepare(old, key, "old"), prepare(new, key, "new")
    shared = [column for column in new.columns if column in old.columns]
    retyped = [
        RetypedColumn(column, name_type(old.schema[column]), name_type(new.schema[column]))
        for column in shared
        if name_type(old.schema[column]) != name_type(new.schema[column])
    ]
    return Difference(
        added=list_rows(new.join(old, on=key, how="anti"), key),
        removed=list_rows(old.join(new, on=key, how="anti"), key),
        changed=find_changes(old, new, key, [column for column in shared if column != key]),
        columns_added=tuple(column for column in new.columns if column not in old.columns),
        columns_removed=tuple(column for column in old.columns if column not in new.columns),
        columns_retyped=tuple(retyped),
    )


def prepare(frame: pl.DataFrame, key: str, version: str) -> pl.DataFrame:
    """The frame with its key as strings; raises `KeyColumnError` when that is no key."""
    if key not in frame.columns:
        raise KeyColumnError(f"the {version} version has no column {key}: name a file of claims or of articles")
    frame = frame.with_columns(pl.col(key).cast(pl.String))
    if frame[key].null_count():
        raise KeyColumnError(f"the {version} version has a row without {key}: run quantclaims validate on it")
    repeated = frame.filter(pl.col(key).is_duplicated())[key]
    if repeated.len():
        raise KeyColumnError(
            f"the {version} version has more than one row with {key} {repeated[0]!r}: run quantclaims validate on it"
        )
    return frame


def find_changes(old: pl.DataFrame, new: pl.DataFrame, key: str, columns: Sequence[str]) -> tuple[ChangedRow, ...]:
    """The rows of both versions that differ in any of the columns."""
    old = old.join(new.select(key), on=key, how="semi").sort(key)
    new = new.join(old.select(key), on=key, how="semi").sort(key)
    fields: dict[int, list[ChangedField]] = {}
    for column in columns:
        before, after = make_comparable(old[column], new[column])
        places = before.ne_missing(after).arg_true()
        if places.len():
            values = (plain(side[column].gather(places)).to_list() for side in (old, new))
            for place, was, is_now in zip(places, *values, strict=True):
                fields.setdefault(place, []).append(ChangedField(column, was, is_now))
    keys = old[key]
    return tuple(sorted((ChangedRow(keys[at], tuple(found)) for at, found in fields.items()), key=sort_changed))


def make_comparable(old: pl.Series, new: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Two columns of one name in one type, so that equal values are equal; as text where the types have none."""
    old, new = (series.cast(as_strings(series.dtype)) for series in (old, new))
    if old.dtype == new.dtype:
        return old, new
    if old.dtype.is_numeric() and new.dtype.is_numeric():
        shorter = pl.Float32 if pl.Float32 in (old.dtype, new.dtype) else pl.Float64
        return old.cast(shorter), new.cast(shorter)
    texts = ([None if value is None else str(value) for value in plain(series).to_list()] for series in (old, new))
    first, second = texts
    return pl.Series(old.name, first, dtype=pl.String), pl.Series(new.name, second, dtype=pl.String)


def as_strings(dtype: pl.DataType) -> pl.DataType:
    """A type with strings in place of ids of a vocabulary, and of what holds nothing."""
    if isinstance(dtype, pl.List):
        return pl.List(as_strings(inner_type(dtype)))
    return pl.String() if isinstance(dtype, pl.Enum | pl.Categorical | pl.Null) else dtype


def plain(series: pl.Series) -> pl.Series:
    """A column whose values are those that a person wrote: a float of 32 bits is its shortest decimal."""
    if series.dtype == pl.Float32:
        return series.cast(pl.String).cast(pl.Float64)
    return series.cast(as_strings(series.dtype))


def list_rows(frame: pl.DataFrame, key: str) -> tuple[Row, ...]:
    """The rows of a frame as plain values."""
    rows = frame.select(plain(series) for series in frame).to_dicts()
    return tuple(sorted(rows, key=lambda row: key_order(row[key])))


def name_type(dtype: pl.DataType) -> str:
    """A type by what it holds; that a vocabulary has grown is no other type.

    >>> name_type(pl.List(pl.Enum(["drone"]))), name_type(pl.Float32())
    ('list of ids', 'Float32')
    """
    if isinstance(dtype, pl.List):
        inner = name_type(inner_type(dtype))
        return f"list of {inner}s" if inner == "id" else f"list of {inner}"
    return "id" if isinstance(dtype, pl.Enum | pl.Categorical) else str(dtype)


def key_order(key: str) -> tuple[str, int, str]:
    """What sorts keys by article and then by the place in its text.

    >>> sorted(["a#12", "b", "a#7"], key=key_order)
    ['a#7', 'a#12', 'b']
    """
    article, _, offset = key.rpartition("#")
    return (article, int(offset), key) if article and re.fullmatch("[0-9]{1,18}", offset) else (key, -1, key)


def sort_changed(row: ChangedRow) -> tuple[str, int, str]:
    """The order of changed rows: that of their keys."""
    return key_order(row.key)


def pair_moved(difference: Difference) -> tuple[tuple[str, str], ...]:
    """Old and new claim_id of the claims that only stand elsewhere in their text, in order.

    An article that gained a sentence at its top gives all of its claims new ids: they are among the removed and the
    added rows, and nothing of what they say has changed.

    >>> rows = ({"claim_id": "a#7", "value": 2.0}, {"claim_id": "a#9", "value": 2.0})
    >>> pair_moved(Difference(rows[1:], rows[:1], (), (), (), ()))
    (('a#7', 'a#9'),)
    """
    ignored = frozenset((*PLACE, *difference.columns_added, *difference.columns_removed))
    waiting: dict[object, list[str]] = {}
    for row in difference.added:
        if KEY in row:
            waiting.setdefault(describe_content(row, ignored), []).append(row[KEY])
    pairs = []
    for row in difference.removed:
        same = waiting.get(describe_content(row, ignored))
        if same:
            pairs.append((row[KEY], same.pop(0)))
    return tuple(pairs)


def describe_content(row: Row, ignored: frozenset[str]) -> object:
    """What a row says in other columns than the ignored ones, as something that a dict can hold."""
    return tuple(sorted((column, make_hashable(value)) for column, value in row.items() if column not in ignored))


def make_hashable(value: Any) -> object:
    """A value that is equal wherever the given one is; what is no number is equal to itself too."""
    if isinstance(value, list):
        return tuple(value)
    return "NaN" if value != value else value  # noqa: PLR0124 (that is how NaN is told)
