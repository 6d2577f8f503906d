"""The command that puts the same sentences through our functions and other libraries; these need not be installed."""

import doctest
import importlib
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

Run = Callable[..., int]

NUMBERS: list[dict[str, Any]] = [
    {"language": "pl", "text": "czterysta siedem", "value": 407},
    {"language": "ro", "text": "3,25", "value": 3.25},
    {"language": "en", "text": "ninety-one thousand", "value": 91000},
]
DATES: list[dict[str, Any]] = [
    {"language": "en", "text": "May 2031", "reference": "2031-08-01", "earliest": "2031-05-01", "latest": "2031-05-31"}
]
COUNTED: list[dict[str, Any]] = [
    {
        "language": "en",
        "text": "The farm keeps 14 goats.",
        "numbers": [[15, 17]],
        "counted": [{"number": [15, 17], "noun": [18, 23]}],
    },
    {"language": "en", "text": "The farm keeps goats.", "numbers": [], "counted": []},
]
SPANS: list[dict[str, Any]] = [
    {
        "language": "ro",
        "text": "Podul a costat 16 milioane de lei și s-a deschis la 7 iunie 2031.",
        "spans": [["MONEY", 15, 33], ["DATETIME", 52, 64], ["PERSON", 0, 5]],
    }
]


@pytest.fixture
def accuracy() -> ModuleType:
    """The command."""
    return importlib.import_module("accuracy")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    files: dict[str, list[dict[str, Any]]] = {"numbers": NUMBERS, "dates": DATES, "counted": COUNTED, "spans": SPANS}
    for name, rows in files.items():
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(accuracy: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*arguments: object) -> int:
        monkeypatch.setattr(sys, "argv", ["accuracy.py", *map(str, arguments)])
        status: int = accuracy.main()
        return status

    return call


@pytest.fixture
def without_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("quantulum3.parser", "dateparser.search", "text_to_num"):
        monkeypatch.setitem(sys.modules, name, None)  # importing it raises ImportError


def figures_of(accuracy: ModuleType, cases_in: Path, **functions: Any) -> dict[tuple[str, str], float]:
    """Figures of a made-up reader of every language, by metric and language."""
    return measured(accuracy, cases_in, **functions).figures  # type: ignore[no-any-return]


def measured(accuracy: ModuleType, cases_in: Path, **functions: Any) -> Any:
    nothing = {"find_numbers": None, "find_amounts": None, "finds_heads": False, "find_dates": None}
    reader = accuracy.Reader(**{"languages": frozenset({"en", "pl", "ro"}), **nothing, **functions})
    return accuracy.measure("made-up", reader, accuracy.read_cases(cases_in))


def amount(start: int, end: int, value: float | None = None, head: tuple[int, int] | None = None) -> Any:
    return importlib.import_module("readers").Amount(start, end, value, head)


def dated(start: int, end: int, earliest: date, latest: date, day: date) -> Any:
    return importlib.import_module("readers").Dated(start, end, earliest, latest, day)


@pytest.mark.usefixtures("without_peers")
def test_libraries_that_are_not_installed_are_columns_that_say_so(
    run: Run, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--data", data, "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert {name for name, version in printed["versions"].items() if version is None} == {
        "quantulum3",
        "dateparser",
        "text2num",
    }
    assert {line["dateparser"] for line in printed["lines"]} == {"not installed"}
    ours = {(line["metric"], line["language"]): line["quantclaims"] for line in printed["lines"]}
    best_low = {"wrong nouns", "silent", "amounts misread", "dates misread", "exceptions"}
    assert ours == {key: 0 if key[0] in best_low else 1 for key in ours}
    assert len(ours) == len(set(ours)) == 16


@pytest.mark.usefixtures("without_peers")
def test_table_does_not_depend_on_the_order_of_sentences(
    run: Run, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--data", data)
    first = capsys.readouterr().out
    file = data / "numbers.jsonl"
    file.write_text("\n".join(reversed(file.read_text(encoding="utf-8").split("\n"))), encoding="utf-8")
    run("--data", data)
    assert capsys.readouterr().out == first
    assert first.startswith("| | language | n | quantclaims ")


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ([(0, 4, 3.25)], 1),
        ([(0, 1, 3.0), (2, 4, 25.0)], 0),
        ([(0, 3, 3.25)], 0),
        ([(0, 4, 3.5)], 0),
        ([(0, 4, None)], 0),
        ([], 0),
    ],
    ids=["right", "two numbers", "part of the phrase", "other value", "no value", "nothing"],
)
def test_number_is_right_when_it_is_one_whole_and_has_the_value(
    accuracy: ModuleType, data: Path, found: list[tuple[int, int, float | None]], right: int
) -> None:
    figures = figures_of(accuracy, data, find_numbers=lambda *_: [amount(*one) for one in found])
    assert figures["numbers", "ro"] == right
    assert ("numbers in words", "ro") not in figures
    assert ("numbers in words", "pl") in figures


@pytest.mark.parametrize(
    ("earliest", "latest", "day", "strict", "lenient"),
    [
        (date(2031, 5, 1), date(2031, 5, 31), date(2031, 5, 9), 1, 1),
        (date(2031, 5, 9), date(2031, 5, 9), date(2031, 5, 9), 0, 1),
        (date(2030, 5, 1), date(2030, 5, 31), date(2030, 5, 1), 0, 0),
    ],
    ids=["the month", "a day of the month", "another year"],
)
def test_a_day_of_a_month_is_right_only_leniently(
    accuracy: ModuleType, data: Path, earliest: date, latest: date, day: date, strict: int, lenient: int
) -> None:
    figures = figures_of(accuracy, data, find_dates=lambda *_: [dated(0, 8, earliest, latest, day)])
    assert (figures["dates", "en"], figures["dates, a day inside", "en"]) == (strict, lenient)


def test_two_dates_in_one_phrase_are_wrong_even_leniently(accuracy: ModuleType, data: Path) -> None:
    day = date(2031, 5, 1)
    figures = figures_of(accuracy, data, find_dates=lambda *_: [dated(0, 3, day, day, day), dated(4, 8, day, day, day)])
    assert (figures["dates", "en"], figures["dates, a day inside", "en"]) == (0, 0)


@pytest.mark.parametrize(
    ("head", "found", "wrong"),
    [((18, 23), 1, 0), ((4, 8), 0, 1), (None, 0, 0)],
    ids=["the noun", "another noun", "no noun"],
)
def test_counted_noun(accuracy: ModuleType, data: Path, head: tuple[int, int] | None, found: int, wrong: int) -> None:
    figures = figures_of(accuracy, data, find_amounts=lambda *_: [amount(15, 17, 14.0, head)], finds_heads=True)
    assert figures["counted numbers", "en"] == 1
    assert (figures["counted nouns", "en"], figures["wrong nouns", "en"]) == (found, wrong)
    assert figures["silent", "en"] == 100  # it says the same of the sentence without a number


def test_amounts_and_dates_of_news_are_misread_as_each_other(accuracy: ModuleType, data: Path) -> None:
    day = date(2031, 6, 7)
    figures = figures_of(
        accuracy,
        data,
        find_amounts=lambda *_: [amount(52, 53, 7.0)],
        find_dates=lambda *_: [dated(15, 17, day, day, day)],
    )
    assert (figures["amount spans", "ro"], figures["amounts misread", "ro"]) == (0, 1)
    assert (figures["date spans", "ro"], figures["dates misread", "ro"]) == (0, 1)


def test_a_call_that_raises_is_a_miss_and_is_counted(accuracy: ModuleType, data: Path) -> None:
    def fail(*_: object) -> list[Any]:
        raise RecursionError

    column = measured(accuracy, data, find_numbers=fail, find_dates=fail)
    assert column.exceptions == len(NUMBERS) + len(DATES) + len(SPANS)
    assert column.figures["numbers", "pl"] == 0


def test_cells_tell_apart_what_is_not_done_and_what_is_not_read(accuracy: ModuleType, data: Path) -> None:
    column = measured(accuracy, data, languages=frozenset({"en"}), find_numbers=lambda *_: [])
    assert accuracy.tell(column, "numbers", "en") == 0
    assert accuracy.tell(column, "numbers", "pl") == "not its language"
    assert accuracy.tell(column, "dates", "en") == "not its task"


@pytest.mark.usefixtures("without_peers")
def test_page_gets_the_table_between_its_markers(run: Run, accuracy: ModuleType, data: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- accuracy:start -->\nold\n<!-- accuracy:end -->\nafter\n", encoding="utf-8")
    assert run("--data", data, "--readme", page) == 0
    written = page.read_text(encoding="utf-8")
    assert written.startswith("before\n<!-- accuracy:start -->\n| | language | n |")
    assert written.endswith(".\n<!-- accuracy:end -->\nafter\n")
    assert "old" not in written
    assert run("--data", data, "--readme", page) == 0
    assert page.read_text(encoding="utf-8").count("<!-- accuracy:start -->") == 1


BROKEN_LINES: Mapping[str, tuple[str, str]] = {
    "not JSON": ('{"language": "en"', "cannot be read"),
    "no value": ('{"language": "en", "text": "nine"}', "line 1 has no 'value': add it"),
    "a list": ("[]", "it has to be an object"),
    "another language": ('{"language": "xx", "text": "nine", "value": 9}', "language 'xx' is not one of"),
    "value in words": ('{"language": "en", "text": "nine", "value": "nine"}', "cannot be read"),
}


@pytest.mark.parametrize("broken", BROKEN_LINES)
def test_broken_line_is_named(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: str) -> None:
    line, told = BROKEN_LINES[broken]
    (tmp_path / "numbers.jsonl").write_text(line + "\n", encoding="utf-8")
    assert run("--data", tmp_path) == 2
    error = capsys.readouterr().err
    assert f"{tmp_path / 'numbers.jsonl'}: line 1 " in error
    assert told in error
    assert error.count("\n") == 1


def test_folder_without_sentences_is_named(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--data", tmp_path / "nowhere") == 2
    assert "none of numbers.jsonl, dates.jsonl" in capsys.readouterr().err


@pytest.mark.usefixtures("without_peers")
def test_page_without_markers_is_left_alone(
    run: Run, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("no markers\n", encoding="utf-8")
    assert run("--data", data, "--readme", page) == 2
    assert "put both where the table belongs" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "no markers\n"


@pytest.mark.filterwarnings("ignore:Classifier dependencies")
def test_quantulum3_reads_its_unit(accuracy: ModuleType) -> None:
    pytest.importorskip("quantulum3")
    reader = accuracy.LOADERS["quantulum3"]()
    assert importlib.import_module("quantulum3.classifier").USE_CLF is False
    assert [(one.value, one.head is not None) for one in reader.find_amounts("It is 5 km away.", "en")] == [(5, True)]
    assert "en" in reader.languages
    assert "pl" not in reader.languages


def test_dateparser_reads_the_days_of_a_month(accuracy: ModuleType) -> None:
    pytest.importorskip("dateparser")
    reader = accuracy.LOADERS["dateparser"]()
    (found,) = reader.find_dates("w maju 2031", "pl", date(2031, 8, 1))
    assert (found.earliest, found.latest) == (date(2031, 5, 1), date(2031, 5, 31))
    assert {"en", "pl", "ro"} <= reader.languages


def test_text2num_reads_words_where_they_stand(accuracy: ModuleType) -> None:
    pytest.importorskip("text_to_num")
    reader = accuracy.LOADERS["text2num"]()
    assert reader.find_numbers("We saw ninety-one thousand geese", "en") == [amount(7, 26, 91000)]
    assert reader.languages == {"en"}


@pytest.mark.parametrize("name", ["accuracy", "judgement", "readers"])
@pytest.mark.usefixtures("accuracy")
def test_examples_in_docstrings(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name))
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_readme_shows_the_figures_of_the_command(accuracy: ModuleType) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    table = page.partition("<!-- accuracy:start -->")[2].partition("<!-- accuracy:end -->")[0]
    labels = [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines() if line.startswith("| ")][1:]
    assert list(dict.fromkeys(labels))[:-1] == [metric.label for metric in accuracy.METRICS.values()]
