"""How fast corpora are read, beside the libraries that read some of it, and what memory and time grow with.

    python benchmarks/speed.py [--seconds 10] [--json] [--readme README.md]      every reader over the same articles
    python benchmarks/speed.py --sizes [--plot FILE.svg]                         time against the size of an article
    python benchmarks/speed.py --corpus MEGABYTES DIR [--workers 2]              a generated corpus, from start to end
    python benchmarks/speed.py --profile                                         where the time of the full job goes

The articles are made of the labelled texts in tests/corpus, drawn with a fixed seed, about 3 KB each; the others come
with the extra `peers`. Every reader reads for the given processor time at least, after a first
article that loads its tables; figures are bytes of UTF-8 per second of processor time of one process, so other
work on the machine counts for little. These texts have a figure in nearly every sentence, and news has not: what is
said of speed is the worst case of the full job.

The bare scan looks for every word of the language's tables, and for digits, in the text lowered once, with one regular
expression compiled from a trie: what a reader of this kind cannot be faster than, in Python.
"""

import argparse
import cProfile
import json
import pstats
import random
import re
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from pages import write_between
from quantclaims import Article, extract_claims, find_dates, find_numbers, find_quantities
from quantclaims.lexicon import list_languages, load_language

CASES = Path(__file__).parents[1] / "tests" / "corpus"
ARTICLE = 3_000
"""Characters of an article, about."""
DAY = "2024-05-14"
Read = Callable[[str, str], object]
"""Text and language to whatever is found."""


class Speed(NamedTuple):
    """What a reader did."""

    name: str
    language: str
    megabytes_per_second: float
    bytes: int


def load_texts(language: str) -> list[str]:
    """The labelled texts of a language."""
    tables = tomllib.loads((CASES / language / "claims.toml").read_text(encoding="utf-8"))
    return [" ".join(case["text"].split()) for case in tables["claims"]]


def make_articles(language: str, size: int = ARTICLE) -> Iterator[str]:
    """Articles of about so many characters without end, the same in every run."""
    texts, draw = load_texts(language), random.Random(language)  # noqa: S311 (no secret)
    while True:
        lines, length = [], 0
        while length < size:
            lines.append(draw.choice(texts))
            length += len(lines[-1]) + 1
        yield "\n".join(lines)


def measure(read: Read, name: str, language: str, seconds: float) -> Speed:
    """How fast a reader reads articles of a language."""
    articles = make_articles(language)
    read(next(articles), language)
    done, spent = 0, 0.0
    while spent < seconds:
        text = next(articles)
        started = time.process_time()
        read(text, language)
        spent += time.process_time() - started
        done += len(text.encode())
    return Speed(name, language, done / spent / 1e6, done)


# Readers


def read_all(text: str, language: str) -> object:
    """The full job: numbers, things, dates, context, claims."""
    return extract_claims(Article(text, language, DAY, "a"))


def compile_trie(words: set[str]) -> str:
    """A regular expression for any of the words, as the trie of their letters.

    >>> compile_trie({"ten", "tens", "two"})
    't(?:en(?:s)?|wo)'
    """
    branches: dict[str, set[str]] = {}
    for word in words:
        if word:
            branches.setdefault(word[0], set()).add(word[1:])
    parts = [re.escape(letter) + compile_trie(rest) for letter, rest in sorted(branches.items())]
    if not parts:
        return ""
    inner = "|".join(parts)
    return f"(?:{inner})?" if "" in words else inner if len(parts) == 1 else f"(?:{inner})"


def list_words(table: object) -> Iterator[str]:
    """Every word of a language's tables."""
    if isinstance(table, str):
        yield table.lower()
    elif isinstance(table, Mapping):
        for key, value in table.items():
            yield key.lower()
            yield from list_words(value)
    elif isinstance(table, list):
        for value in table:
            yield from list_words(value)


def make_bare_scan(language: str) -> Read:
    """The bare scan of a language."""
    words = {word for phrase in list_words(load_language(language)) for word in re.findall(r"[^\W\d_]{3,}", phrase)}
    pattern = re.compile(rf"\b(?:[0-9]|{compile_trie(words)}\b)")
    return lambda text, _: [match.start() for match in pattern.finditer(text.lower())]


def list_readers(language: str) -> dict[str, Read]:
    """Name -> reader of all that read a language and are installed."""
    readers: dict[str, Read] = {
        "bare trie scan": make_bare_scan(language),
        "quantclaims, numbers alone": find_numbers,
        "quantclaims, quantities alone": find_quantities,
        "quantclaims, dates alone": lambda text, tag: find_dates(text, tag, date.fromisoformat(DAY)),
        "quantclaims, full job": read_all,
    }
    for name, load in (("quantulum3", load_quantulum), ("dateparser search", load_dateparser)):
        peer = load(language)
        if peer is not None:
            readers[f"{name} {version(name.split()[0])}"] = peer
    return readers


def load_quantulum(language: str) -> Read | None:
    """quantulum3, without its classifier; None where it is not installed. It reads English."""
    try:
        vars(import_module("quantulum3.classifier"))["USE_CLF"] = False
        parser = import_module("quantulum3.parser")
    except ImportError:
        return None
    return (lambda text, _: attempt(parser.parse, text)) if language == "en" else None


def load_dateparser(language: str) -> Read | None:
    """The search of dateparser; None where it is not installed."""
    try:
        search = import_module("dateparser.search").search_dates
    except ImportError:
        return None
    return lambda text, _: attempt(search, text, languages=[language])


def attempt(call: Callable[..., object], *arguments: object, **named: object) -> object:
    """What a call gives; None where it fails, as some do on some texts."""
    try:
        return call(*arguments, **named)
    except Exception:
        return None


# What is shown


def compare(seconds: float) -> list[Speed]:
    """Every reader over the same articles, in every language."""
    return [
        measure(read, name, language, seconds)
        for language in list_languages()
        for name, read in list_readers(language).items()
    ]


def render(speeds: list[Speed]) -> str:
    """The speeds as a Markdown table, a row per reader."""
    languages = list_languages()
    found = {(speed.name, speed.language): speed.megabytes_per_second for speed in speeds}
    rows = [f"| MB/s of one process | {' | '.join(languages)} |", "|---|" + "--:|" * len(languages)]
    for name in dict.fromkeys(speed.name for speed in speeds):
        cells = [f"{found[name, tag]:.3f}" if (name, tag) in found else "not its language" for tag in languages]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def time_sizes(largest: int) -> list[dict[str, Any]]:
    """Processor seconds of the full job against the size of the article."""
    rows = []
    for language in list_languages():
        read_all(next(make_articles(language)), language)
        size = 1_000
        while size <= largest:
            text = next(make_articles(language, size))
            started = time.process_time()
            read_all(text, language)
            seconds = time.process_time() - started
            rows.append({"language": language, "characters": len(text), "seconds": round(seconds, 4)})
            print(
                f"{language} {len(text):>10,} characters {seconds:8.3f} s {len(text) / seconds / 1e3:8.1f} K/s",
                flush=True,
            )
            size *= 4
    return rows


def plot_sizes(rows: list[dict[str, Any]], path: Path) -> None:
    """Time against size, both logarithmic: a straight line at 45° is a constant cost per character."""
    altair = import_module("altair")
    axes = {"x": altair.X("characters:Q").scale(type="log"), "y": altair.Y("seconds:Q").scale(type="log")}
    marks = {"color": "language:N", "shape": "language:N"}
    altair.Chart(altair.Data(values=rows)).mark_line(point=True).encode(**axes, **marks).save(str(path))


def run_corpus(megabytes: float, folder: Path, workers: int) -> dict[str, Any]:
    """A generated corpus from start to end by the installed command, with the peak memory of each process."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "corpus.jsonl"
    generators = {language: make_articles(language) for language in list_languages()}
    written = 0
    with path.open("w", encoding="utf-8") as file:
        while written < megabytes * 1e6:
            for language, articles in generators.items():
                row = {"text": next(articles), "language": language, "published": DAY}
                written += len(row["text"].encode())
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    command = [sys.executable, "-c", "from quantclaims.cli import main; main()"]
    command += ["extract", str(path), "-o", str(folder / "out"), "--workers", str(workers)]
    started = time.monotonic()
    with subprocess.Popen(command) as run:  # noqa: S603
        peaks: dict[int, int] = {}
        watching = threading.Thread(target=watch_memory, args=(run, peaks), daemon=True)
        watching.start()
        run.wait()
    seconds = time.monotonic() - started
    report = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    memory = [
        round(peaks.pop(run.pid, 0) / 1024),
        sorted((round(each / 1024) for each in peaks.values()), reverse=True),
    ]
    return {
        "bytes": written,
        "workers": workers,
        "wall_seconds": round(seconds, 1),
        "megabytes_of_memory": memory,
        **report,
    }


def watch_memory(run: subprocess.Popen[bytes], peaks: dict[int, int]) -> None:
    """Peak memory in KiB of a process and its children by their ids, as long as it runs; Linux only."""
    while run.poll() is None:
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        for pid in [run.pid, *map(int, children.read_text().split() if children.exists() else [])]:
            try:
                status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
            except OSError:
                continue
            if peak := re.search(r"VmHWM:\s*(\d+)", status):
                peaks[pid] = max(peaks.get(pid, 0), int(peak[1]))
        time.sleep(0.2)


def profile() -> None:
    """Where the time of the full job goes, in every language: functions by their own time."""
    for language in list_languages():
        articles = make_articles(language)
        read_all(next(articles), language)
        with cProfile.Profile() as found:
            for _ in range(10):
                read_all(next(articles), language)
        print(f"\n{language}")
        pstats.Stats(found).sort_stats("tottime").print_stats(15)


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="of processor time for each reader and language")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--readme", type=Path, help="page to write the table into, between its speed markers")
    parser.add_argument("--sizes", action="store_true")
    parser.add_argument("--largest", type=int, default=256_000, help="characters, with --sizes")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--corpus", nargs=2, metavar=("MEGABYTES", "DIR"))
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    if options.profile:
        profile()
    elif options.sizes:
        rows = time_sizes(options.largest)
        if options.plot:
            plot_sizes(rows, options.plot)
    elif options.corpus:
        print(json.dumps(run_corpus(float(options.corpus[0]), Path(options.corpus[1]), options.workers), indent=1))
    else:
        speeds = compare(options.seconds)
        table = render(speeds)
        print(json.dumps([speed._asdict() for speed in speeds], indent=1) if options.json else table)
        if options.readme:
            write_between(options.readme, "speed", table)


if __name__ == "__main__":
    main()
