"""How many small changes of the code the tests let pass: mutmut's mutations, in one process with all its libraries.

    python benchmarks/mutation.py [--areas schemas validate verify] [--sample 150] [--differences] [--only FILE]

draws mutations of each area's functions at random (0 takes them all, --seed draws others), makes them one after the
other in a copy of the checkout, and runs the tests that execute the changed line, the shortest first, until one fails.
A mutation that no test fails on is alive. So is one that cannot be told from the code as it is: nothing is left out of
the count by hand. --differences prints those that are alive, --only takes the mutations of one file and --tests other
tests than the area's, which is quick.

``mutmut run`` forks a process per mutation, which polars' threads do not survive. Here the changed function takes the
place of the old one in the running process; where that is not enough, because the change touches a default or what runs
at import, the tests run in a process of their own. What is mutated (functions without decorators, no docstrings, no
annotations) and how are mutmut's.
"""

import argparse
import ast
import importlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = Path("build/mutated")
"""Where the copy's modules are linked to as the package quantclaims."""

QUICK = 0.5
"""Seconds of a test that is run again when all is done."""

OPTIONS = ("-q", "-x", "--no-header", "--hypothesis-seed=0", "-p", "no:cacheprovider", "-p", "no:xdist")


class Area(NamedTuple):
    """A part of the code, and the tests that are its own."""

    folder: Path
    tests: tuple[str, ...]


AREAS: Mapping[str, Area] = {
    "schemas": Area(
        Path("schemas"),
        (
            "test_schemas", "test_nearest", "test_units", "test_vocabularies", "test_validating", "test_broken_input",
            "test_contributed", "test_reviews", "test_doctests",
        ),
    ),
    "validate": Area(
        Path("src/quantclaims/validating"),
        (
            "test_validating", "test_broken_input", "test_validating_properties", "test_reports", "test_schemas",
            "test_contributed", "test_doctests",
        ),
    ),
    "verify": Area(
        Path("src/quantclaims/verifying"),
        (
            "test_verifying", "test_verifying_quotes", "test_verify_command", "test_mending", "test_readme_verify",
            "test_reports", "test_doctests",
        ),
    ),
}  # fmt: skip


class Mutant(NamedTuple):
    """A file with one thing changed."""

    file: Path
    """Relative to the checkout."""
    line: int
    """First line that differs."""
    code: str


class Known(NamedTuple):
    """What the tests of an area execute."""

    seconds: Mapping[str, float]
    """Of each test."""
    tests: Mapping[tuple[Path, int], frozenset[str]]
    """File and line to the tests that execute it."""
    at_import: frozenset[tuple[Path, int]]
    """Lines that run before any test does."""
    spawning: frozenset[str]
    """Tests that start processes, of whose lines nothing is known."""


class SlowError(BaseException):
    """A test takes much longer than it should."""


# --- mutants


class Drawn(NamedTuple):
    """A mutation that mutmut would make."""

    file: Path
    """Relative to the checkout."""
    module: Any
    mutation: Any


def list_mutations(files: Iterable[Path]) -> Iterator[Drawn]:
    """Every mutation that mutmut makes within a function of these files."""
    from libcst import FunctionDef
    from mutmut.mutation.file_mutation import create_mutations

    for file in files:
        module, mutations, *_ = create_mutations(str(file), (ROOT / file).read_text(encoding="utf-8"))
        for mutation in mutations:
            if isinstance(mutation.contained_by_top_level_function, FunctionDef):
                yield Drawn(file, module, mutation)


def make_mutant(drawn: Drawn) -> Mutant:
    """The file with the mutation."""
    made = drawn.module.deep_replace(drawn.mutation.original_node, drawn.mutation.mutated_node)
    return Mutant(drawn.file, find_first_difference(drawn.module.code, made.code), made.code)


def find_first_difference(old: str, new: str) -> int:
    r"""The first line, from 1, in which two texts differ.

    >>> find_first_difference("a\nb\nc", "a\nx\nc")
    2
    """
    pairs = enumerate(zip(old.splitlines(), new.splitlines(), strict=False), 1)
    return next((number for number, (one, other) in pairs if one != other), 1)


def find_changed(old: str, new: str, line: int) -> str | None:
    """Qualified name of the function whose body differs in a line; None where a default does, or a function within it.

    Functions that were made within another before the change would not see it.

    >>> find_changed("def f(a): a", "def f(a): 1", 1), find_changed("def f(a=1): 0", "def f(a=2): 0", 1)
    ('f', None)
    >>> find_changed("def f(): return lambda: 1", "def f(): return lambda: 2", 1) is None
    True
    """
    names = []
    for one, other in zip(list_functions(ast.parse(old)), list_functions(ast.parse(new)), strict=True):
        if ast.dump(one[1].args) != ast.dump(other[1].args):
            return None
        if ast.dump(one[1]) != ast.dump(other[1]):
            inner = [node for node in ast.walk(one[1]) if isinstance(node, ast.FunctionDef | ast.Lambda)]
            if any(node.lineno <= line <= (node.end_lineno or 0) for node in inner if node is not one[1]):
                return None
            names.append(one[0])
    return names[0] if len(names) == 1 else None


def list_functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a module and the methods of its classes, by qualified name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, ast.FunctionDef))


def find_code(module: CodeType, name: str) -> CodeType:
    """The code of a function within that of its module."""
    for part in name.split("."):
        module = next(each for each in module.co_consts if isinstance(each, CodeType) and each.co_name == part)
    return module


def find_function(file: Path, name: str) -> FunctionType:
    """The function of that name in the running process."""
    dotted = file.with_suffix("").as_posix().removeprefix("src/quantclaims/").replace("/", ".")
    found: Any = importlib.import_module(f"quantclaims.{dotted}")
    for part in name.split("."):
        found = vars(found)[part]
    function: FunctionType = getattr(found, "__func__", found)
    return function


# --- the copy


def copy_checkout(tree: Path) -> None:
    """The files that git tracks or would, as they stand, in another folder, with the package linked together."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")  # noqa: S603
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    package = tree / PACKAGE / "quantclaims"
    package.mkdir(parents=True)
    for part in (*(tree / "src" / "quantclaims").iterdir(), tree / "schemas", tree / "dataset"):
        (package / part.name).symlink_to(part)


# --- tests


class Mutating:
    """A pytest plugin that runs the tests once for what they execute, and then those that a mutation concerns."""

    def __init__(self, tree: Path, mutants: Sequence[Mutant], *, is_listing: bool) -> None:
        self.tree, self.mutants, self.is_listing = tree, mutants, is_listing
        self.folders = {mutant.file.parent for mutant in mutants}
        self.spawning: set[str] = set()
        self.running = ""
        self.alive: list[Mutant] = []
        sys.addaudithook(self.hear)

    def hear(self, event: str, _: object) -> None:
        """Note a test that starts a process."""
        if event == "subprocess.Popen" and self.running:
            self.spawning.add(self.running)

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Leave out the examples in docstrings of other parts of the code."""
        packages = [f"quantclaims.{folder.name}" for folder in self.folders]
        items[:] = [
            item
            for item in items
            if "test_doctests" not in item.nodeid or any(name in item.nodeid for name in packages)
        ]

    def pytest_runtestloop(self, session: Any) -> bool:
        """All tests, all mutations, and once more the quick tests: nothing may have stayed changed."""
        items = {item.nodeid: item for item in session.items}
        known = self.record(items)
        for number, mutant in enumerate(self.mutants, 1):
            if not self.is_killed(mutant, items, known):
                self.alive.append(mutant)
                if self.is_listing:
                    print(show(mutant), file=OUT)
            if number % 10 == 0:
                print(f"{number} of {len(self.mutants)}: {len(self.alive)} alive", file=OUT)
        clear_caches()
        for name, item in items.items():
            if known.seconds.get(name, QUICK) < QUICK and fails(item, 600):
                raise SystemExit(f"{item.nodeid} fails after the mutations: they left something behind")
        return True

    def record(self, items: Mapping[str, Any]) -> Known:
        """Run every test and note what it executes, how long it takes and whether it starts processes."""
        seconds: dict[str, float] = {}
        function = ""
        for name, item in items.items():
            if name.partition("[")[0] != function:
                clear_caches()  # a test that is the second to ask executes what it asks for, too
            function = name.partition("[")[0]
            self.running = name
            COVERAGE.switch_context(name)
            began = os.times()
            if fails(item, 600):
                print(f"left out, for it fails without any mutation: {name}", file=OUT)
            else:
                seconds[name] = os.times().elapsed - began.elapsed
        self.running = ""
        COVERAGE.stop()
        tests: dict[tuple[Path, int], frozenset[str]] = {}
        at_import = set()
        data = COVERAGE.get_data()
        for measured in data.measured_files():
            file = Path(measured).resolve().relative_to(self.tree)
            for line, contexts in data.contexts_by_lineno(measured).items():
                tests[file, line] = frozenset(contexts) - {""}
                if "" in contexts:
                    at_import.add((file, line))
        return Known(seconds, tests, frozenset(at_import), frozenset(self.spawning))

    def is_killed(self, mutant: Mutant, items: Mapping[str, Any], known: Known) -> bool:
        """Whether any test fails on a mutation, or takes far longer than it should."""
        target = self.tree / mutant.file
        code = target.read_text(encoding="utf-8")
        shutil.rmtree(target.parent / "__pycache__", ignore_errors=True)  # it goes by whole seconds
        target.write_text(mutant.code, encoding="utf-8")
        try:
            chosen = choose_tests(mutant, known)
            name = find_changed(code, mutant.code, mutant.line)
            if name is None or (mutant.file, mutant.line) in known.at_import:
                return fails_apart(self.tree, chosen, known)
            return self.fails_here(mutant, name, [items[test] for test in chosen], known)
        finally:
            target.write_text(code, encoding="utf-8")

    def fails_here(self, mutant: Mutant, name: str, items: Sequence[Any], known: Known) -> bool:
        """Whether any of these tests fails in this process with the mutant in place of the function."""
        function = find_function(mutant.file, name)
        old = function.__code__
        clear_caches()
        function.__code__ = find_code(compile(mutant.code, old.co_filename, "exec"), name)
        try:
            return any(fails(item, 20 + 20 * known.seconds[item.nodeid]) for item in items)
        finally:
            function.__code__ = old


COVERAGE: Any = None
OUT = sys.stdout


def choose_tests(mutant: Mutant, known: Known) -> list[str]:
    """The tests that may fail on a mutation, the shortest first."""
    place = (mutant.file, mutant.line)
    chosen = known.seconds.keys() if place in known.at_import else {*known.tests.get(place, ()), *known.spawning}
    return sorted(chosen & known.seconds.keys(), key=known.seconds.__getitem__)


def fails(item: Any, patience: float) -> bool:
    """Whether a test fails, or takes more seconds than that."""
    from _pytest.runner import runtestprotocol

    def stop(_: int, __: FrameType | None) -> None:
        raise SlowError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        return any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))
    except SlowError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def fails_apart(tree: Path, tests: Sequence[str], known: Known) -> bool:
    """Whether any of these tests fails in a process of its own, or they do not end."""
    (tree / "build" / "tests.txt").write_text("\n".join(tests), encoding="utf-8")
    patience = 60 + 20 * sum(known.seconds[test] for test in tests)
    command = [sys.executable, "-m", "pytest", *OPTIONS, f"--rootdir={tree}", "@build/tests.txt"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=tree, capture_output=True, timeout=patience, check=False, text=True
        )
    except subprocess.TimeoutExpired:
        return True
    if done.returncode not in (0, 1, 2, 3, 4):  # 4: the package cannot be imported
        raise SystemExit(f"pytest ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return done.returncode != 0


def clear_caches() -> None:
    """Forget what functions of the package remember."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "quantclaims":
            for value in list(vars(module).values()):
                getattr(value, "cache_clear", lambda: None)()


def show(mutant: Mutant) -> str:
    """The change, as a difference without context."""
    old = (ROOT / mutant.file).read_text(encoding="utf-8").splitlines()
    lines = unified_diff(old, mutant.code.splitlines(), lineterm="", n=0)
    return f"{mutant.file}:{mutant.line}\n" + "\n".join(each for each in lines if each[:2] not in ("--", "++", "@@"))


def draw(folder: Path, only: str | None, sample: int, seed: int) -> tuple[list[Mutant], int]:
    """Mutants of a folder's files, and how many there would be in all."""
    files = sorted(file.relative_to(ROOT) for file in (ROOT / folder).glob("*.py"))
    every = list(list_mutations(file for file in files if only in (None, file.name)))
    drawn = random.Random(seed).sample(every, sample) if 0 < sample < len(every) else every  # noqa: S311
    return list(map(make_mutant, drawn)), len(every)


def measure(tree: Path, areas: Sequence[Area], mutants: Sequence[Mutant], *, is_listing: bool) -> list[Mutant]:
    """The mutations that are alive."""
    global COVERAGE, OUT  # noqa: PLW0603 (one process measures once)
    import coverage
    import pytest

    os.chdir(tree)
    plugin = Mutating(tree, mutants, is_listing=is_listing)
    include = [f"{tree / area.folder}/*" for area in areas]
    COVERAGE = coverage.Coverage(data_file=None, config_file=False, include=include)
    COVERAGE.start()
    OUT = os.fdopen(os.dup(1), "w", buffering=1)  # pytest takes the other for itself
    names = dict.fromkeys(f"tests/{test}.py" for area in areas for test in area.tests)
    tests = [name for name in names if (tree / name).exists()]
    code = pytest.main([*OPTIONS, f"--rootdir={tree}", *tests], plugins=[plugin])
    if code != 0:
        raise SystemExit(f"pytest ended with {code}")
    return plugin.alive


def main() -> None:
    """Measure some areas."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--areas", choices=AREAS, nargs="+", default=list(AREAS))
    parser.add_argument("--sample", type=int, default=150, help="mutations drawn of each area, 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--differences", action="store_true", help="print the mutations that are alive")
    parser.add_argument("--only", metavar="FILE", help="name of a file of the area")
    parser.add_argument(
        "--tests", metavar="NAME", nargs="+", help="files of tests, without .py, in place of the area's"
    )
    given = parser.parse_args()
    areas = [AREAS[name] for name in given.areas]
    if given.tests:
        areas = [area._replace(tests=tuple(given.tests)) for area in areas]
    drawn = [draw(area.folder, given.only, given.sample, given.seed) for area in areas]
    turns = zip_longest(*(each for each, _ in drawn))  # a run that is cut short has measured every area alike
    mutants = [mutant for turn in turns for mutant in turn if mutant]
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        tree = Path(folder).resolve()
        copy_checkout(tree)
        package = str(tree / PACKAGE)
        os.environ |= {"PYTHONPATH": package, "PYTHONDONTWRITEBYTECODE": "1", "POLARS_MAX_THREADS": "1"}
        sys.dont_write_bytecode = True
        sys.path.insert(0, package)
        alive = measure(tree, areas, mutants, is_listing=given.differences)
    for name, area, (chosen, count) in zip(given.areas, areas, drawn, strict=True):
        left = sum(mutant.file.parent == area.folder for mutant in alive)
        print(f"{name}: {left} of {len(chosen)} alive ({left / len(chosen):.1%}); {count} in all, seed {given.seed}")


if __name__ == "__main__":
    main()
