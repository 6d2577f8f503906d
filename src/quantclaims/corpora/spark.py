"""The kernel for Apache Spark's ``DataFrame.mapInArrow``: Arrow batches of articles in, Arrow batches of claims out.

Spark knows no dictionaries, so enumerated columns are strings there; the rows are the same.

>>> import pyarrow
>>> batch = pyarrow.RecordBatch.from_pydict({"text": ["Estonia sent Ukraine 12 howitzers."], "language": ["en"]})
>>> [rows.num_rows for rows in extract_partition([batch])]
[1]
"""

from collections.abc import Iterable, Iterator

import pyarrow

from quantclaims.corpora.kernel import extract_batch, list_quarantine, read_batch
from quantclaims.corpora.tables import QUARANTINE, encode_rows, load_schemas, plain_schema

NAMES = {"string": "string", "int32": "int", "float": "float", "double": "double", "bool": "boolean"}
"""Arrow type -> Spark's name of it."""


def extract_partition(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """The claims of each batch of a partition; the function that ``mapInArrow`` is given, with `claims_ddl`."""
    schema = plain_schema(load_schemas().claims)
    for batch in batches:
        yield extract_batch(batch).cast(schema)


def quarantine_partition(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """The articles of each batch that could not be read, with `quarantine_ddl`."""
    for batch in batches:
        yield encode_rows(list_quarantine(read_batch(batch)), QUARANTINE)


def claims_ddl() -> str:
    """The columns of the claims as Spark declares them.

    >>> claims_ddl().split(", ")[:3]
    ['claim_id string', 'article_id string', 'language string']
    """
    return declare(load_schemas().claims)


def quarantine_ddl() -> str:
    """The columns of the quarantine as Spark declares them."""
    return declare(QUARANTINE)


def declare(schema: pyarrow.Schema) -> str:
    """A schema in Spark's DDL."""
    return ", ".join(f"{field.name} {name_type(field.type)}" for field in plain_schema(schema))


def name_type(kind: pyarrow.DataType) -> str:
    """Spark's name of an Arrow type."""
    if pyarrow.types.is_list(kind):
        return f"array<{name_type(kind.value_type)}>"
    return "date" if pyarrow.types.is_date32(kind) else NAMES[str(kind)]
