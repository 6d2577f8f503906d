"""The build as a user runs it: its exit codes, what it prints, what it leaves on the disk."""

import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from quantclaims.build import build_dataset, make_dataset
from quantclaims.claims import extract_claims
from quantclaims.extraction import extract_here
from quantclaims.pages.metadata import hash_text
from quantclaims.records import Article, Claim
from quantclaims.reviews import COLUMNS
from quantclaims.storage.replace import undo_unfinished
from quantclaims.terminal import run_build

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build.py"
DieAt = Callable[[Callable[[], object], int, bool], bool]
DATASET_FILES = {
    "claims.parquet", "articles.parquet", "croissant.json", "datacite.json", "datapackage.json", "SHA256SUMS",
}  # fmt: skip
Built = tuple[subprocess.CompletedProcess[str], Path]

ARTICLES = {
    "2023-05-02-en-howitzers.md": """+++
id = "2023-05-02-en-howitzers"
language = "en"
title = "Prague counts its howitzers"
published = "2023-05-02"
+++
Prague counts its howitzers

The Czech defence ministry said on Tuesday that it had delivered 14 howitzers to Ukraine since January.

According to the ministry, about 3,000 artillery shells went with them.
""",
    "2023-06-10-pl-czolgi.txt": """Dziesięć czołgów dla brygady

Ministerstwo obrony Słowacji poinformowało, że w maju Słowacja przekazała Ukrainie 10 czołgów.
""",
    "2024-02-03-ro-drone.txt": """Forțele aeriene ucrainene au anunțat că Rusia a lansat vineri 40 de drone.
""",
    "articles.toml": """["2023-06-10-pl-czolgi.txt"]
language = "pl"
published = "2023-06-10"

["2024-02-03-ro-drone.txt"]
language = "ro"
title = "Drone în noaptea de vineri"
published = "2024-02-03~"
""",
}


def write_articles(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, content in ARTICLES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with one sound article per language."""
    return write_articles(tmp_path / "texts" / "articles")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The build of such a folder in a process of its own."""
    folder = tmp_path_factory.mktemp("built")
    articles = write_articles(folder / "texts")
    out = folder / "out"
    return run("--articles", articles, "--out", out, env=os.environ | {"PYTHONHASHSEED": "1"}), out


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BUILD), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)  # type: ignore[call-overload, no-any-return]


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_build_of_three_articles(built: Built) -> None:
    process, out = built
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout.count("\n") == 1
    claims = pl.read_parquet(out / "claims.parquet")
    assert claims["article_id"].unique().sort().to_list() == [Path(name).stem for name in sorted(ARTICLES)][:3]
    assert {14.0, 3000.0, 10.0, 40.0} <= set(claims["value"])
    rows = {row["article_id"]: row for row in pl.read_parquet(out / "articles.parquet").to_dicts()}
    text = ARTICLES["2023-06-10-pl-czolgi.txt"]
    tanks = rows["2023-06-10-pl-czolgi"]
    assert (tanks["text_sha256"], tanks["characters"]) == (hash_text(text), len(text))
    assert (tanks["title"], str(tanks["published_start"])) == ("Dziesięć czołgów dla brygady", "2023-06-10")
    assert sum(row["claims"] for row in rows.values()) == claims.height
    assert set(read_files(out)) == DATASET_FILES


def test_quotes_are_the_text_at_their_offsets(built: Built) -> None:
    body = ARTICLES["2023-05-02-en-howitzers.md"].split("+++\n", 2)[2]
    texts = ARTICLES | {"2023-05-02-en-howitzers.txt": body}
    rows = pl.read_parquet(built[1] / "claims.parquet").to_dicts()
    assert rows
    for row in rows:
        assert texts[f"{row['article_id']}.txt"][row["quote_start"] : row["quote_end"]] == row["quote"]


def test_the_same_bytes_wherever_and_however_it_runs(built: Built, tmp_path: Path) -> None:
    moved = write_articles(tmp_path / "elsewhere" / "texts")
    surroundings = os.environ | {"PYTHONHASHSEED": "77", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}
    run("--articles", "texts", "--out", "../second", cwd=moved.parent, env=surroundings)
    first, second = read_files(built[1]), read_files(tmp_path / "second")
    assert set(first) == DATASET_FILES
    assert first == second


def test_all_problems_and_nothing_written(articles: Path, tmp_path: Path) -> None:
    (articles / "b.txt").write_bytes(b"\xff")
    (articles / "c.md").write_text("No front matter.", encoding="utf-8")
    out = tmp_path / "out"
    stopped = run("--articles", articles, "--out", out)
    assert (stopped.returncode, stopped.stdout) == (1, "")
    assert [line.split(": ")[0] for line in stopped.stderr.splitlines()] == [
        f"{articles}/b.txt:1",
        f"{articles}/c.md:1",
    ]
    assert not out.exists()


def test_a_failing_build_leaves_the_previous_one(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run_build(articles, out) == 0
    before = read_files(out)
    (articles / "b.txt").write_text("", encoding="utf-8")
    assert run_build(articles, out) == 1
    assert read_files(out) == before


def test_rows_that_break_the_contract_are_not_written(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract_badly(article: Article) -> list[Claim]:
        return [claim._replace(quote="another") for claim in extract_claims(article)]

    monkeypatch.setattr("quantclaims.claims.extract_claims", extract_badly)
    monkeypatch.setattr("quantclaims.extraction.extract_in_workers", extract_here)  # a worker would not see the patch
    assert run_build(articles, tmp_path / "out") == 1
    complaints = capsys.readouterr().err.splitlines()
    assert complaints
    assert all("quote" in line and line.startswith("claims.parquet: 20") for line in complaints)
    assert not (tmp_path / "out").exists()


def test_an_error_of_the_program_names_the_article(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Article) -> list[Claim]:
        raise ZeroDivisionError

    monkeypatch.setattr("quantclaims.claims.extract_claims", fail)
    monkeypatch.setattr("quantclaims.extraction.extract_in_workers", extract_here)  # a worker would not see the patch
    with pytest.raises(ZeroDivisionError) as raised:
        run_build(articles, tmp_path / "out")
    assert raised.value.__notes__ == ["in article 2023-05-02-en-howitzers: please report this with its text"]


def test_decisions_beside_the_folder_are_applied(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, reviews = tmp_path / "out", articles.parent / "reviews.csv"
    assert run_build(articles, out) == 0
    row = pl.read_parquet(out / "claims.parquet").filter(pl.col("value") == 14).to_dicts()[0]
    lines = f"{','.join(COLUMNS)}\n{row['claim_id']},reject,value,14,,Ann,2024-05-06,\n"
    reviews.write_text(lines, encoding="utf-8")
    assert run_build(articles, out) == 0
    assert 14.0 not in pl.read_parquet(out / "claims.parquet")["value"].to_list()
    reviews.write_text(lines.replace(",14,", ",15,"), encoding="utf-8")
    capsys.readouterr()
    assert run_build(articles, out) == 1
    complaint = capsys.readouterr().err
    assert complaint.startswith(f"{reviews}:2: value of {row['claim_id']} is '14', the decision was made on '15'")


def test_a_folder_that_cannot_be_written(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert run_build(articles, tmp_path / "out") == 1
    complaint = capsys.readouterr().err
    assert complaint.startswith(f"{tmp_path / 'out'}: cannot be written, ")
    assert complaint.count("\n") == 1


def test_no_folder_of_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_build(tmp_path / "none", tmp_path / "out") == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == f"{tmp_path / 'none'}: there is no such folder: name the one that holds the articles\n"


@pytest.mark.parametrize("arguments", [["--artikles", "x"], ["extra"], ["--out"]])
def test_misuse(arguments: list[str]) -> None:
    built = run(*arguments)
    assert built.returncode == 2
    assert "Traceback" not in built.stderr


def read_terminal(command: list[str]) -> tuple[int, str]:
    """Exit code of a command that runs on a terminal of its own, and what that terminal got."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)
    shown = b""
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
    except OSError:
        pass  # Linux tells the end of a terminal so
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_a_terminal_gets_a_closing_table(articles: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(BUILD), "--articles", str(articles), "--out", str(tmp_path / "out")]
    code, shown = read_terminal(command)
    assert code == 0
    for name in ("articles", "claims", "claimants", "by language", "claims.parquet", "fingerprint", "seconds"):
        assert name in shown
    assert "en 2, pl 1, ro 1" in shown


def wait_until_at_work(process: int, seconds: float = 1.2) -> None:
    """Wait until a process has used some processor time: how long that takes depends on who else works here."""
    ticks = os.sysconf("SC_CLK_TCK")
    for _ in range(600):
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        if (int(fields[11]) + int(fields[12])) / ticks > seconds:
            return
        time.sleep(0.05)
    raise AssertionError("the build did not get to work within half a minute")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system has no /proc to watch a process by")
@pytest.mark.usefixtures("keyboard")
def test_an_interrupt_is_no_traceback(articles: Path, tmp_path: Path) -> None:
    for number in range(400):
        (articles / f"x{number}.md").write_text(
            '+++\nlanguage = "en"\n+++\n' + "Two men met. " * 2000, encoding="utf-8"
        )
    command = [sys.executable, str(BUILD), "--articles", str(articles), "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as build:
        wait_until_at_work(build.pid)
        build.send_signal(signal.SIGINT)
        shown, complaint = build.communicate(timeout=60)
    assert (build.returncode, shown) == (130, "")
    assert complaint == f"Interrupted: the dataset in {tmp_path / 'out'} is as it was, or complete.\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_build_killed_at_any_operation_leaves_one_dataset_whole(
    after: bool, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, die_at: DieAt
) -> None:
    old_folder = tmp_path / "old"
    build_dataset(articles, old_folder)
    old = read_files(old_folder)
    (articles / "2024-02-03-ro-drone.txt").write_text("Rusia a lansat vineri 41 de drone.\n", encoding="utf-8")
    changed = make_dataset(articles)
    new = dict(changed.files)
    assert set(new) == DATASET_FILES
    assert all(old[name] != new[name] for name in new)
    monkeypatch.setattr("quantclaims.build.make_dataset", lambda *_: changed)  # the libraries' threads do not fork
    outcomes = []
    for dying in range(200):
        out = tmp_path / str(dying)
        shutil.copytree(old_folder, out)
        finished = die_at(partial(build_dataset, articles, out), dying, after)
        undo_unfinished(out)  # what the next build begins with
        found = {name: content for name, content in read_files(out).items() if name in DATASET_FILES}
        assert found in (old, new), dying
        outcomes.append(found == new)
        build_dataset(articles, out)
        assert read_files(out) == new, dying  # nothing of the killed one remains
        if finished:
            break
    assert outcomes == sorted(outcomes)
    assert outcomes[-1]
    assert outcomes.count(False) > 25
