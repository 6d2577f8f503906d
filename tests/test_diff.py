"""Two versions of a table: what became of rows, values and columns."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quantclaims.diff import (
    ChangedField,
    ChangedRow,
    Difference,
    KeyColumnError,
    RetypedColumn,
    compare_datasets,
    pair_moved,
)
from quantclaims.schemas import claim
from quantclaims.storage.frames import frame_from_rows

Row = dict[str, Any]


def changes(difference: Difference) -> dict[str, dict[str, tuple[Any, Any]]]:
    return {row.key: {field.column: (field.old, field.new) for field in row.fields} for row in difference.changed}


def frame(**columns: Any) -> pl.DataFrame:
    keys = [f"a#{number}" for number in range(max(len(values) for values in columns.values()))]
    return pl.DataFrame({"claim_id": keys, **columns})


# --- rows


def test_same_rows_in_another_order_are_no_difference(claim_rows: list[Row]) -> None:
    old, new = (frame_from_rows(rows, claim.Claim) for rows in (claim_rows, claim_rows[::-1]))
    difference = compare_datasets(old, new.select(sorted(new.columns)))
    assert difference == Difference((), (), (), (), (), ())
    assert difference.is_empty


def test_rows_added_removed_and_changed_field_by_field(claim_rows: list[Row]) -> None:
    first, second = claim_rows
    other = second | {"claim_id": "drones#140"}
    corrected = first | {
        "value": 1300.0,
        "value_high": None,
        "items": ["attack_drone", "drone"],
        "actor": None,
        "period_end": date(2024, 2, 28),
    }
    difference = compare_datasets(
        frame_from_rows([first, second], claim.Claim), frame_from_rows([corrected, other], claim.Claim)
    )
    assert [row["claim_id"] for row in difference.added] == ["drones#140"]
    assert difference.added[0]["period_start"] == date(2024, 1, 1)
    assert difference.removed == (second,)
    assert changes(difference) == {
        first["claim_id"]: {
            "value": (1200.0, 1300.0),
            "value_high": (1200.0, None),
            "items": (["drone"], ["attack_drone", "drone"]),
            "actor": ("PRK", None),
            "period_end": (date(2024, 2, 29), date(2024, 2, 28)),
        }
    }
    assert not difference.is_empty


def test_rows_come_in_the_order_of_the_text() -> None:
    keys = ["b#2", "a#100", "a#20", "a#3", "no offset"]
    difference = compare_datasets(
        pl.DataFrame({"claim_id": []}, schema={"claim_id": pl.String}), pl.DataFrame({"claim_id": keys})
    )
    assert [row["claim_id"] for row in difference.added] == ["a#3", "a#20", "a#100", "b#2", "no offset"]
    changed = compare_datasets(
        pl.DataFrame({"claim_id": keys, "value": [0.0] * 5}), pl.DataFrame({"claim_id": keys, "value": [1.0] * 5})
    ).changed
    assert [row.key for row in changed] == ["a#3", "a#20", "a#100", "b#2", "no offset"]


def test_tables_of_articles_are_compared_by_their_own_key() -> None:
    old = pl.DataFrame({"article_id": ["x", "y"], "title": ["One", None]})
    difference = compare_datasets(old, old.with_columns(title=pl.Series(["One", "Two"])), key="article_id")
    assert changes(difference) == {"y": {"title": (None, "Two")}}


# --- values


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        (pl.Series([0.9], dtype=pl.Float32), pl.Series([0.9], dtype=pl.Float64), True),
        (pl.Series([0.9], dtype=pl.Float32), pl.Series([0.91], dtype=pl.Float64), False),
        (pl.Series([3], dtype=pl.Int32), pl.Series([3.0]), True),
        (pl.Series([3], dtype=pl.Int32), pl.Series([3.5]), False),
        (pl.Series([0.0]), pl.Series([-0.0]), True),
        (pl.Series([float("nan")]), pl.Series([float("nan")]), True),
        (pl.Series([float("nan")]), pl.Series([1.0]), False),
        (pl.Series([None], dtype=pl.Float64), pl.Series([None], dtype=pl.Float64), True),
        (pl.Series([None], dtype=pl.Float64), pl.Series([0.0]), False),
        (pl.Series(["a"], dtype=pl.Enum(["a", "b"])), pl.Series(["a"], dtype=pl.Enum(["c", "a"])), True),
        (pl.Series(["a"], dtype=pl.Enum(["a", "b"])), pl.Series(["b"], dtype=pl.Enum(["a", "b"])), False),
        (pl.Series(["a"], dtype=pl.Enum(["a"])), pl.Series(["a"]), True),
        (pl.Series([["a", "b"]]), pl.Series([["a", "b"]], dtype=pl.List(pl.Enum(["b", "a"]))), True),
        (pl.Series([["a", "b"]]), pl.Series([["b", "a"]]), False),
        (pl.Series([["a", "b"]]), pl.Series([["a;b"]]), False),
        (pl.Series([[]], dtype=pl.List(pl.String)), pl.Series([None], dtype=pl.List(pl.String)), False),
        (pl.Series([date(2024, 1, 1)]), pl.Series(["2024-01-01"]), True),
        (pl.Series([date(2024, 1, 1)]), pl.Series(["2024-01-02"]), False),
        (pl.Series(["1"]), pl.Series([1]), True),
        (pl.Series([None], dtype=pl.Null), pl.Series([None], dtype=pl.String), True),
        (pl.Series([None], dtype=pl.Null), pl.Series(["x"]), False),
        (pl.Series([True]), pl.Series([False]), False),
    ],
)
def test_values_are_compared_not_their_storage(old: pl.Series, new: pl.Series, is_same: bool) -> None:
    difference = compare_datasets(frame(x=old), frame(x=new))
    assert (difference.changed == ()) is is_same


def test_a_short_float_is_shown_as_it_was_written() -> None:
    difference = compare_datasets(
        frame(confidence=pl.Series([0.9], dtype=pl.Float32)), frame(confidence=pl.Series([0.8], dtype=pl.Float32))
    )
    assert difference.changed == (ChangedRow("a#0", (ChangedField("confidence", 0.9, 0.8),)),)


# --- columns


def test_columns_added_removed_and_retyped() -> None:
    old = pl.DataFrame(
        {"claim_id": ["a#1"], "gone": [1], "width": [1.0], "ids": [["a"]], "kind": ["a"]},
        schema_overrides={"ids": pl.List(pl.Enum(["a"])), "kind": pl.Enum(["a"])},
    )
    new = pl.DataFrame(
        {"claim_id": ["a#1"], "come": [1], "width": [1.0], "ids": [["a"]], "kind": ["a"]},
        schema_overrides={"width": pl.Float32, "ids": pl.List(pl.String), "kind": pl.Enum(["a", "b"])},
    )
    difference = compare_datasets(old, new)
    assert difference.columns_added == ("come",)
    assert difference.columns_removed == ("gone",)
    assert difference.columns_retyped == (
        RetypedColumn("width", "Float64", "Float32"),
        RetypedColumn("ids", "list of ids", "list of String"),
    )
    assert difference.changed == ()
    assert not difference.is_empty


# --- keys


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ({"claim_id": ["a"]}, {"id": ["a"]}, "the new version has no column claim_id"),
        ({"claim_id": ["a", None]}, {"claim_id": ["a"]}, "the old version has a row without claim_id"),
        ({"claim_id": ["a"]}, {"claim_id": ["a", "b", "b"]}, "the new version has more than one row with claim_id 'b'"),
    ],
)
def test_rows_that_cannot_be_told_apart(old: Row, new: Row, message: str) -> None:
    with pytest.raises(KeyColumnError, match=message):
        compare_datasets(pl.DataFrame(old), pl.DataFrame(new))


# --- claims that only moved


def test_claims_that_only_moved_are_paired(claim_rows: list[Row]) -> None:
    multiple, base = claim_rows
    moved = [
        row
        | {
            "claim_id": f"drones#{int(row['claim_id'].partition('#')[2]) + 50}",
            "quote_start": row["quote_start"] + 50,
            "quote_end": row["quote_end"] + 50,
            "quote_prefix": "x",
        }
        for row in (multiple, base | {"value": 401.0})
    ]
    moved[0]["base_claim_id"] = moved[1]["claim_id"]
    difference = compare_datasets(frame_from_rows(claim_rows, claim.Claim), frame_from_rows(moved, claim.Claim))
    assert len(difference.added) == len(difference.removed) == 2
    assert pair_moved(difference) == ((multiple["claim_id"], moved[0]["claim_id"]),)  # the other says 401 by now


def test_repeated_claims_are_paired_in_order() -> None:
    old = pl.DataFrame({"claim_id": ["a#1", "a#5"], "value": [2.0, 2.0]})
    new = pl.DataFrame({"claim_id": ["a#3", "a#7", "a#9"], "value": [2.0, 2.0, 2.0]})
    assert pair_moved(compare_datasets(old, new)) == (("a#1", "a#3"), ("a#5", "a#7"))


# --- properties

TABLES = st.dictionaries(
    st.sampled_from([f"a#{n}" for n in range(6)]),
    st.tuples(st.sampled_from([None, 0.0, 1.5]), st.lists(st.sampled_from("xy"), max_size=2)),
)


def table(rows: dict[str, tuple[float | None, list[str]]]) -> pl.DataFrame:
    return pl.DataFrame(
        [(key, *values) for key, values in rows.items()],
        schema={"claim_id": pl.String, "value": pl.Float64, "items": pl.List(pl.String)},
        orient="row",
    )


@given(TABLES, TABLES)
def test_applying_the_difference_gives_the_new_version(
    old: dict[str, tuple[float | None, list[str]]], new: dict[str, tuple[float | None, list[str]]]
) -> None:
    difference = compare_datasets(table(old), table(new))
    rows = {row["claim_id"]: row for row in table(old).to_dicts()}
    for row in difference.removed:
        assert rows.pop(row["claim_id"]) == row
    for changed in difference.changed:
        assert changed.fields
        for field in changed.fields:
            assert rows[changed.key][field.column] == field.old != field.new
            rows[changed.key][field.column] = field.new
    rows |= {row["claim_id"]: row for row in difference.added}
    assert rows == {row["claim_id"]: row for row in table(new).to_dicts()}


@given(TABLES, TABLES)
def test_backwards_is_the_same_difference_backwards(
    old: dict[str, tuple[float | None, list[str]]], new: dict[str, tuple[float | None, list[str]]]
) -> None:
    there, back = compare_datasets(table(old), table(new)), compare_datasets(table(new), table(old))
    assert (there.added, there.removed) == (back.removed, back.added)
    assert changes(there) == {
        key: {column: (was, is_now) for column, (is_now, was) in fields.items()}
        for key, fields in changes(back).items()
    }
