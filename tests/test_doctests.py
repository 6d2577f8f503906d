"""The examples in the docstrings are true."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import quantclaims
import quantclaims.schemas


def module_names() -> Iterator[str]:
    for package in (quantclaims, quantclaims.schemas):
        yield package.__name__
        yield from (module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))


@pytest.mark.parametrize("name", sorted(set(module_names())))
def test_examples_of(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
