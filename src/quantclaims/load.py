"""The dataset of the installed version, as typed polars frames."""

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from quantclaims import __version__
from quantclaims.storage.replace import JOURNAL

if TYPE_CHECKING:
    import polars as pl


def load_claims(version: str | None = None) -> "pl.DataFrame":
    """One row per numeric claim; enumerated columns are `Enum`, days are dates, nulls mean "not said".

    The columns are those of `quantclaims.schemas.claim.fields`. The dataset comes with the package: a ``version`` other
    than the installed one is a ValueError that says how to get it. Without a dataset, FileNotFoundError says so, and
    RuntimeError where a build that was cut short left some of its files new and some old.
    """
    return load_table("claims", version)


def load_articles(version: str | None = None) -> "pl.DataFrame":
    """One row per article, with the columns of `quantclaims.schemas.article.fields`; else as `load_claims`."""
    return load_table("articles", version)


def load_table(name: str, version: str | None) -> "pl.DataFrame":
    """A table of the installed dataset."""
    import polars as pl

    if version not in (None, __version__):
        raise ValueError(
            f"dataset version {version} is not installed, {__version__} is: pip install quantclaims=={version}"
        )
    folder = files("quantclaims.dataset")
    if (folder / JOURNAL).is_file():
        raise RuntimeError("the dataset is being written, or its build was cut short: wait, or run python build.py")
    resource = folder / f"{name}.parquet"
    if not resource.is_file():
        raise FileNotFoundError(f"{name}.parquet is not built yet: run python build.py in the checkout")
    with as_file(resource) as path:
        return pl.read_parquet(path, memory_map=False)
