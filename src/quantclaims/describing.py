"""What a column of the dataset means, from the contract that also makes the data card and the Parquet schema."""

from typing import NamedTuple

from quantclaims.problems import name_known
from quantclaims.schemas import article, claim
from quantclaims.schemas.fields import Field, inner_type
from quantclaims.schemas.vocabularies import load_vocabulary

TABLES = {"claims": claim.fields, "articles": article.fields}


class Description(NamedTuple):
    """A column: print it, or take its parts."""

    name: str
    table: str
    type: str
    """As polars writes it, with ``Enum`` for an enumerated column."""
    nullable: bool
    description: str
    unit: str | None
    source: str | None
    """Link to the convention that its values follow."""
    vocabulary: str | None
    """Vocabulary whose ids it holds."""
    values: tuple[str, ...]
    """Those ids; empty for a column without."""

    def __str__(self) -> str:
        can_be_null = "may be null" if self.nullable else "never null"
        lines = [f"{self.table}.{self.name}: {self.type}, {can_be_null}", self.description]
        lines += [f"unit: {self.unit}"] if self.unit else []
        lines += [f"follows {self.source}"] if self.source else []
        if self.vocabulary:
            few = ", ".join(self.values) if len(self.values) <= FEW else f"{len(self.values)} ids"
            lines.append(f"values: {few} (vocabularies/{self.vocabulary}.toml)")
        return "\n".join(lines)


FEW = 12
"""Ids that are listed; of a longer vocabulary their number is said."""


def describe(name: str, table: str | None = None) -> Description:
    """The column of that name, of claims where both tables have one.

    >>> print(describe("value_low"))
    claims.value_low: Float64, may be null
    Least value that the words entail, inclusive; null = open.
    unit: as column unit
    >>> describe("stance").values
    ('asserted', 'possible', 'planned', 'demanded')

    Raises ValueError, with the nearest name, for a column or table that there is none of.
    """
    if table is not None and table not in TABLES:
        raise ValueError(f"no table {table!r}: {name_known(table, TABLES)}")
    chosen = TABLES if table is None else {table: TABLES[table]}
    known = {(each.name, where): each for where, fields in chosen.items() for each in fields()}
    for where in chosen:
        if (name, where) in known:
            return describe_field(known[name, where], where)
    raise ValueError(f"no column {name!r}: {name_known(name, {column for column, _ in known})}")


def describe_field(field: Field, table: str) -> Description:
    """A field of the contract as people read it."""
    values = tuple(load_vocabulary(field.vocabulary)) if field.vocabulary else ()
    said = (field.description, field.unit, field.source, field.vocabulary)
    return Description(field.name, table, name_type(field), field.nullable, *said, values)


def name_type(field: Field) -> str:
    """A column's type, an enumerated one without its categories."""
    inner = getattr(field.dtype, "inner", None)
    if inner is not None:
        return f"List({inner_type(field.dtype).base_type()})"  # type: ignore[arg-type] # a list, as it has an inner type
    return str(field.dtype.base_type())
