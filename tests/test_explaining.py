"""What led to a claim: marks in the text, rules by step, and one clear line for a question without an answer."""

import os
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from quantclaims import Article, extract_claims
from quantclaims.explaining.command import run_explain
from quantclaims.explaining.evidence import KINDS, Explanation, Mark, explain_article
from quantclaims.explaining.page import NAMES, STYLES, bracket, is_coloured, list_steps, render
from quantclaims.lexicon import list_languages
from quantclaims.quantities.scan import find_labels
from quantclaims.rules import load_labels, load_rules

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).with_name("quantclaims")
ARTICLE = Article(
    "Iran sent Russia 1,200 drones in May, the Associated Press said on Monday. Twice as many followed in June,"
    " Ukraine's air force said.",
    "en",
    "2024-07-02",
)


def list_texts() -> list[Article]:
    return [
        Article(case["text"].strip(), language, case.get("published"))
        for language in list_languages()
        for case in tomllib.loads((ROOT / "tests" / "corpus" / language / "claims.toml").read_text("utf-8"))["claims"]
        if not case.get("set_aside")
    ]


def show(explanation: Explanation, text: str, **options: object) -> str:
    shown = StringIO()
    console = Console(file=shown, width=100, **options)  # type: ignore[arg-type]
    console.print(render(explanation, text, in_colour=is_coloured(console)))
    return shown.getvalue()


def test_the_words_that_gave_each_field_are_marked() -> None:
    first, second = explain_article(ARTICLE)
    words = {(ARTICLE.text[mark.start : mark.end], mark.kind) for mark in second.marks}
    assert words >= {
        ("Twice as many", "figure"), ("1,200 drones", "base"), ("Ukraine's air force", "claimant"), ("June", "period"),
    }  # fmt: skip
    words = {(ARTICLE.text[mark.start : mark.end], mark.kind) for mark in first.marks}
    assert words >= {
        ("1,200 drones", "figure"), ("Associated Press", "claimant"), ("said", "claimant"), ("Monday", "stated"),
        ("May", "period"), ("sent", "predicate"), ("Iran", "party"), ("Russia", "party"),
    }  # fmt: skip


def test_every_claim_of_the_corpus_is_explained() -> None:
    named = marked = 0
    for article in list_texts():
        explanations = explain_article(article)
        assert [each.claim for each in explanations] == extract_claims(article)
        for claim, marks, sentences in explanations:
            assert (claim.quote_start, claim.quote_end, "figure") in {tuple(mark) for mark in marks}
            assert all(any(start <= mark.start < end for start, end in sentences) for mark in marks)
            assert {mark.kind for mark in marks} <= set(KINDS)
            assert (claim.base_claim_id is not None) == ("base" in {mark.kind for mark in marks})
            said = {rule.name for _, rules in list_steps(claim) for rule in rules}
            assert set(claim.rules) <= said
            if claim.claimant != "article":
                named += 1
                marked += "claimant" in {mark.kind for mark in marks}
    assert marked >= 0.95 * named > 50


def test_colours_on_a_terminal_brackets_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    explanation = explain_article(ARTICLE)[0]
    coloured = show(explanation, ARTICLE.text, force_terminal=True, color_system="truecolor")
    plain = show(explanation, ARTICLE.text)
    assert "\x1b[" in coloured
    assert "[figure:" not in coloured
    assert "\x1b[" not in plain
    assert "[figure: 1,200 drones]" in plain
    monkeypatch.setenv("NO_COLOR", "1")
    without = show(explanation, ARTICLE.text, force_terminal=True, color_system="truecolor")
    assert "[figure: 1,200 drones]" in without
    assert "\x1b[48" not in without
    assert STYLES.keys() == NAMES.keys() == set(KINDS)


def test_rules_stand_in_the_order_of_the_flow() -> None:
    plain = show(explain_article(ARTICLE)[0], ARTICLE.text)
    names = [rule for rule in load_rules() if f"{rule} " in plain]
    assert [plain.index(f"{name} ") for name in names] == sorted(plain.index(f"{name} ") for name in names)
    assert {"figure", "plural_noun", "actor_subject", "period_month"} <= set(names)


def test_marks_that_cross_are_left_out_of_brackets() -> None:
    crossing = [Mark(0, 8, "figure"), Mark(5, 12, "party"), Mark(9, 12, "period")]
    assert bracket("a dozen men came", 0, crossing).plain == "[figure: a dozen ]m[period: en ]came"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), "explain", *arguments], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_the_command_explains_a_text() -> None:
    shown = run("--text", ARTICLE.text, "--published", "2024-07-02")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "[claimant: Associated Press]" in " ".join(shown.stdout.split())
    assert "\x1b" not in shown.stdout


def test_the_command_explains_a_claim_of_the_dataset(capsys: pytest.CaptureFixture[str]) -> None:
    import quantclaims

    row = quantclaims.load_claims().filter(relation="multiple_of").row(0, named=True)
    assert run_explain(row["claim_id"], None, None, None, None, None) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert row["claim_id"] in shown
    assert f"[figure: {row['quote']}]" in shown
    assert run_explain(row["claim_id"], None, None, None, None, ROOT / "dataset" / "articles") in (0, 2)


def test_a_text_without_claims_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_explain(None, "See page 7 of 2019.", "en", None, None, None) == 0
    shown = capsys.readouterr().out
    assert "No numeric claim." in shown
    assert load_labels()["label_word"] in shown


def test_every_reason_against_a_number_is_described() -> None:
    given = {
        rule
        for language in list_languages()
        for case in tomllib.loads((ROOT / "tests" / "corpus" / language / "quantities.toml").read_text("utf-8"))["case"]
        for _, _, rule in find_labels(case["text"], language)
    }
    assert given == load_labels().keys()


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ((None, None, None, None, None, None), "give a CLAIM_ID, or --text"),
        (("a#1", "text", None, None, None, None), "give a CLAIM_ID, or --text"),
        ((None, "  ", None, None, None, None), "the text is empty"),
        ((None, "5 tanks", "de", None, None, None), "unknown language 'de'"),
        ((None, "5 tanks", "en", "soon", None, None), "--published 'soon'"),
        ((None, "5 tanks", "en", None, Path("x"), None), "an option of a CLAIM_ID"),
        (("a#1", None, "en", None, None, None), "an option of a --text"),
        (("a#1", None, None, None, Path("/nowhere"), None), "no claims.parquet there"),
        (("a#1", None, None, None, None, Path("/nowhere")), "no such folder"),
        (("no-such-article#1", None, None, None, None, None), "no claim 'no-such-article#1'"),
        (("2024-07-19-pl-solidarity#1", None, None, None, None, None), "the nearest are 2024-07-19-pl-solidarity#"),
        (("a#1", None, None, None, None, ROOT / "dataset" / "articles"), "no article 'a'"),
    ],
)
def test_a_question_without_an_answer_gets_one_line(
    capsys: pytest.CaptureFixture[str],
    question: tuple[str | None, str | None, str | None, str | None, Path | None, Path | None],
    line: str,
) -> None:
    assert run_explain(*question) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert line in shown.err
    assert shown.err.count("\n") == 1


def test_a_text_that_changed_since_the_build_is_not_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from quantclaims.build import build_dataset

    (tmp_path / "articles").mkdir()
    article = tmp_path / "articles" / "a.md"
    front = '+++\nlanguage = "en"\ntitle = "Drones"\n+++\n'
    article.write_text(f"{front}Iran sent Russia 1,200 drones, Reuters reported on Monday.\n", "utf-8")
    build_dataset(tmp_path / "articles", tmp_path)
    assert run_explain("a#17", None, None, None, tmp_path, None) == 0
    article.write_text(f"{front}Yesterday Iran sent Russia 1,200 drones, Reuters reported on Monday.\n", "utf-8")
    assert run_explain("a#17", None, None, None, tmp_path, None) == 2
    assert "is not the one that the dataset has" in capsys.readouterr().err
