"""What a build costs, and that programs alone leave optional libraries out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
MEASURE = """
import json, resource, runpy, sys
sys.argv.pop(0)
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as end:
    code = end.code
used = resource.getrusage(resource.RUSAGE_SELF)
try:  # the peak of this program alone: ru_maxrss begins with that of the process that started it
    fields = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines())
    peak = int(fields["VmHWM"].split()[0]) - int(fields["RssFile"].split()[0])
except OSError:
    peak = None
loaded = sorted({"pandas", "hypothesis", "py3langid", "rich"} & set(sys.modules))
print(json.dumps({"code": code, "seconds": used.ru_utime + used.ru_stime, "kilobytes": peak, "loaded": loaded}))
"""


def run(program: str, *arguments: object) -> str:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, cwd=ROOT).stdout


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the build of the dataset's articles took, in a process of its own."""
    out = tmp_path_factory.mktemp("measured")
    shown = run(MEASURE, ROOT / "build.py", "--articles", ROOT / "dataset" / "articles", "--out", out)
    found: dict[str, Any] = json.loads(shown.splitlines()[-1])
    assert found["code"] == 0
    return found


def test_a_build_needs_less_than_200_megabytes_of_its_own(measured: dict[str, Any]) -> None:
    """Libraries' files are left out: how much of them the kernel maps at a touch is its own affair.

    On one machine the same build mapped 108 MB of them from an old environment, 184 MB from one just installed.
    """
    if measured["kilobytes"] is None:
        pytest.skip("this system does not tell a program's peak memory")
    assert measured["kilobytes"] < 200_000


def test_a_build_takes_seconds_of_processor_time(measured: dict[str, Any]) -> None:
    assert measured["seconds"] < 10  # 2.5 on a machine that does nothing else; a busy one is charged twice that


def test_a_build_loads_nothing_that_it_has_no_use_for(measured: dict[str, Any]) -> None:
    assert measured["loaded"] == []


LEFT_OUT = """
from quantclaims.startup import leave_out
leave_out()
try:
    import pandas
except ModuleNotFoundError as error:
    print(error, error.name)
import pandera.polars, polars, pyarrow
print(polars.Series([pyarrow.array([["a"], []])[0].as_py()]).to_list())
"""
LOADED_BEFORE = """
import pandas
from quantclaims.startup import leave_out
leave_out()
import pandas, pandera.polars, pandera.pandas, polars
print(polars.DataFrame({"a": [1]}).to_pandas().a.sum())
"""
LIBRARY = """
import gc, sys
before = gc.get_threshold()
import quantclaims.build, quantclaims.cli, quantclaims.startup, quantclaims.terminal, build
print(gc.get_threshold() == before, any(isinstance(finder, quantclaims.startup.Absent) for finder in sys.meta_path))
import pandas, polars
print(polars.DataFrame({"a": [1]}).to_pandas().a.sum())
"""


def test_a_program_does_without() -> None:
    assert run(LEFT_OUT).splitlines() == ["No module named 'pandas' pandas", "[['a']]"]


def test_what_is_loaded_already_stays() -> None:
    assert run(LOADED_BEFORE) == "1\n"


def test_importing_the_package_leaves_the_process_as_it_is() -> None:
    assert run(LIBRARY).splitlines() == ["True False", "1"]
