"""What a program of ours does before it loads anything: less of what a short run has no use for.

pandera and pyarrow look for optional libraries and load those they find, whether or not anybody uses them. With the
test extra installed, a build that has no use for pandas loads it all the same: `import pandera.polars` runs ``import
pandas`` in ``pandera/__init__.py`` (0.35), which no setting and no other import avoids, `pyarrow.array` of a list does
so too (26), and pandera's strategies load hypothesis. Measured on five articles: 0.7 s of 4.8 s and 44 MB of 315 MB.
All of them work without, and a runtime installation is without, so a program is better off not to find them: then it
does the same whatever else is installed.

The garbage collector looks for cycles 420 times while tables and libraries load that are all kept, 0.27 s of 3.2 s, and
through everything once more when the program ends, 0.5 s.

Only a program may do this, for the process is its own. `import quantclaims` and its functions never do: there the
process belongs to whoever imported them, and pandas is theirs.
"""

import atexit
import gc
import sys

UNUSED = frozenset({"hypothesis", "pandas", "pyspark"})
"""Libraries that no program of ours uses, and that others load when they find them."""

NEW_OBJECTS = 100_000
"""Objects made and not given back before the garbage collector looks at them; Python's own number is 700."""


class Absent:
    """An import finder for which modules are not installed.

    What a finder is: https://docs.python.org/3/reference/import.html#the-meta-path
    """

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def find_spec(self, name: str, *_: object) -> None:
        """Leave other modules to the other finders; for these, ModuleNotFoundError as Python words it."""
        if name in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def leave_out(names: frozenset[str] = UNUSED) -> None:
    """Let this process find none of these libraries from now on; those that are loaded already stay."""
    sys.meta_path.insert(0, Absent(names))


def start_lean() -> None:
    """Leave out what no program of ours uses, collect garbage rarely and not at the end; a program's first line."""
    leave_out()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)
