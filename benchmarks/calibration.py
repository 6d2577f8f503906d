"""How far the confidence of a row holds: of a hundred rows that are given 0.8, eighty should be right.

    python benchmarks/calibration.py --cases tests/corpus tests/golden [--fit] [--diagram FILE.svg] [--card DATACARD.md]
    python benchmarks/calibration.py --cases OTHER --as-published

reads labelled texts as benchmarks/claims_accuracy.py does. A row is right when every field that its label decides is
right, save who relays it, when it was said and how often; a row that no label wants is wrong; a borderline figure
counts neither way. It wants the extra `pip install -e '.[calibration]'`.

--fit writes src/quantclaims/confidence.toml: logistic regression, with an L2 penalty that cross-validation by text
chooses; evidence on fewer than 8 rows gets no weight. Two kinds of texts take part: those that were watched while the
rules were written, and those that were not (set_aside.toml, calibration.toml, the cases set aside of claims.toml). The
first are read better than new text, so their rows carry one piece of evidence more, `watched`: its weight takes up that
difference and is thrown away.

Printed are the Brier score (https://en.wikipedia.org/wiki/Brier_score) and the expected calibration error over ten bins
of equal width (Naeini et al. 2015, https://ojs.aaai.org/index.php/AAAI/article/view/9602) of the rows of unwatched
texts, each with a confidence from weights that were fitted without its text: ten times the fit is repeated on all texts
but a tenth of the unwatched ones, and that tenth is measured. Beside the error stands what a perfect confidence would
show on as many rows, by chance alone (Bröcker and Smith 2007, https://doi.org/10.1175/WAF993.1).
--as-published measures every row of the texts: for texts that had no part in anything.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import exp, log, sqrt
from pathlib import Path
from typing import NamedTuple

import claims_accuracy as accuracy
from pages import write_between
from quantclaims import Article
from quantclaims.claims import read_discourse, read_publication
from quantclaims.confidence import load_weights, name_evidence
from quantclaims.merging import merge_drafts
from quantclaims.rows import make_rows

TABLE = Path(__file__).parents[1] / "src" / "quantclaims" / "confidence.toml"
UNJUDGED = frozenset({"via", "mentions", "stated", "stated_start", "stated_end"})
"""Fields that say how a claim reached the article, not what it says."""
BINS = 10
FOLDS = 10
SELDOM = 8
"""Rows that evidence must be seen on to get a weight."""
PENALTIES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
"""Inverse strengths of the L2 penalty that are tried."""
DRAWS = 500
"""Sets of rows that are drawn to learn what chance alone shows."""
BASE = "any_row"
UNPENALISED = 20.0
"""Strength of evidence whose small weight the penalty leaves alone."""
WATCHED, UNWATCHED = "watched", "unwatched"


class Judged(NamedTuple):
    """A row with its evidence, and whether it says what the text says."""

    text: str
    """Language and label of the text."""
    role: str
    """``watched`` or ``unwatched``."""
    evidence: Mapping[str, float]
    is_right: bool


class Bin(NamedTuple):
    """Rows of about the same confidence."""

    rows: int
    confidence: float
    """Their mean."""
    right: float
    """Share of those that are right."""


class Measure(NamedTuple):
    """How far confidences hold."""

    rows: int
    right: float
    confidence: float
    brier: float
    brier_of_share: float
    """Brier score of the same confidence, the share of right rows, for every row."""
    error: float
    """Expected calibration error."""
    chance: float
    """Mean error of confidences that hold perfectly, on as many rows."""


# Rows


def judge_case(case: accuracy.Case) -> Iterator[Judged]:
    """Every row that is extracted from a labelled text, but for borderline ones."""
    article = Article(text=case.text, language=case.language, published=case.published, article_id="case")
    discourse = read_discourse(article)
    drafts = merge_drafts(discourse.drafts)
    rows = make_rows(article, read_publication(article), discourse, drafts)
    paired = accuracy.pair_rows(case.expect, rows, case.text)
    verdicts: dict[str, bool | None] = {}
    for expectation, row in zip(case.expect, paired, strict=True):
        if row is not None:
            fields = accuracy.compare_fields(expectation, row) | accuracy.compare_base(expectation, row, paired)
            right = all(agrees for field, agrees in fields.items() if field not in UNJUDGED)
            verdicts[row.claim_id] = None if expectation.get("optional") else right
    for row, draft in zip(rows, drafts, strict=True):
        verdict = verdicts.get(row.claim_id, False)
        if verdict is not None:
            yield Judged(f"{case.language} {case.label}", name_role(case), name_evidence(discourse, draft), verdict)


def name_role(case: accuracy.Case) -> str:
    """Whether anybody who writes rules looks at a text."""
    return UNWATCHED if case.set_aside else WATCHED


# Fitting


def fit_weights(rows: Sequence[Judged]) -> tuple[dict[str, float], float]:
    """Weight of each piece of evidence for texts that nobody watched, and the penalty that cross-validation chose."""
    marked = [
        row._replace(evidence={**row.evidence, WATCHED: UNPENALISED}) if row.role == WATCHED else row for row in rows
    ]
    penalty = min(PENALTIES, key=lambda option: cross_validate(marked, option))
    weights = regress(marked, penalty)
    weights.pop(WATCHED, None)
    return weights, penalty


def hold_out(rows: Sequence[Judged]) -> Iterator[tuple[float, bool]]:
    """Confidence and truth of each row of an unwatched text, by weights that were fitted without that text."""
    watched = [row for row in rows if row.role == WATCHED]
    for rest, held in split_by_text([row for row in rows if row.role == UNWATCHED]):
        weights, _ = fit_weights([*watched, *rest])
        yield from ((give_confidence(weights, row), row.is_right) for row in held)


def regress(rows: Sequence[Judged], penalty: float) -> dict[str, float]:
    """Logistic regression of right on evidence; `any_row` is the intercept."""
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for row in rows for name in row.evidence)
    names = sorted(name for name, count in seen.items() if count >= SELDOM)
    table = [[row.evidence.get(name, 0.0) for name in names] for row in rows]
    fitted = LogisticRegression(C=penalty, max_iter=5000).fit(table, [row.is_right for row in rows])
    weights = dict(zip(names, map(float, fitted.coef_[0]), strict=True))
    return {BASE: float(fitted.intercept_[0])} | weights


def cross_validate(rows: Sequence[Judged], penalty: float) -> float:
    """Mean log-loss of the rows of unwatched texts that had no part in the regression."""
    losses = []
    for rest, held in split_by_text(rows):
        weights = regress(rest, penalty)
        losses += [lose(give_confidence(weights, row), is_right=row.is_right) for row in held if row.role == UNWATCHED]
    return sum(losses) / len(losses)


def lose(confidence: float, *, is_right: bool) -> float:
    """Log-loss of a confidence."""
    return -log(confidence if is_right else 1 - confidence)


def split_by_text(rows: Sequence[Judged]) -> Iterator[tuple[list[Judged], list[Judged]]]:
    """The rows of all texts but every tenth, and those of that tenth, ten times."""
    texts = {text: position % FOLDS for position, text in enumerate(sorted({row.text for row in rows}))}
    for fold in range(min(FOLDS, len(texts))):
        yield (
            [row for row in rows if texts[row.text] != fold],
            [row for row in rows if texts[row.text] == fold],
        )


def give_odds(weights: Mapping[str, float], row: Judged) -> float:
    """Log-odds that a row is right."""
    return weights[BASE] + sum(weights.get(name, 0.0) * strength for name, strength in sorted(row.evidence.items()))


def give_confidence(weights: Mapping[str, float], row: Judged) -> float:
    """Probability that a row is right."""
    return squash(give_odds(weights, row))


def squash(odds: float) -> float:
    """Log-odds as a probability.

    >>> squash(0.0)
    0.5
    """
    return 1 / (1 + exp(-odds))


# Measuring


def make_bins(given: Sequence[tuple[float, bool]]) -> list[Bin]:
    """The rows in bins of equal width; empty ones are left out."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in given:
        bins.setdefault(min(BINS - 1, int(confidence * BINS)), []).append((confidence, is_right))
    return [
        Bin(len(members), sum(c for c, _ in members) / len(members), sum(r for _, r in members) / len(members))
        for _, members in sorted(bins.items())
    ]


def calibration_error(given: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: mean gap between confidence and share of right rows, over the rows of each bin.

    >>> round(calibration_error([(0.75, True), (0.75, False), (0.25, False), (0.25, False)]), 3)
    0.25
    """
    return sum(one.rows * abs(one.confidence - one.right) for one in make_bins(given)) / len(given)


def draw_chance(confidences: Sequence[float]) -> float:
    """Mean error of rows that are right exactly as often as their confidence says; the same on every run."""
    dice = random.Random(0)  # noqa: S311 (no secret)
    draws = ([(each, dice.random() < each) for each in confidences] for _ in range(DRAWS))
    return sum(map(calibration_error, draws)) / DRAWS


def measure(given: Sequence[tuple[float, bool]]) -> Measure:
    """How far confidences hold."""
    count = len(given)
    right = sum(is_right for _, is_right in given) / count
    return Measure(
        rows=count,
        right=right,
        confidence=sum(confidence for confidence, _ in given) / count,
        brier=sum((confidence - is_right) ** 2 for confidence, is_right in given) / count,
        brier_of_share=right * (1 - right),
        error=calibration_error(given),
        chance=draw_chance([confidence for confidence, _ in given]),
    )


# Output


def show_measures(measures: Mapping[str, Measure]) -> str:
    """A Markdown table, a line per set of rows."""
    lines = [
        "| rows | n | right | mean confidence | Brier score | of the share alone | calibration error | by chance |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, one in measures.items():
        shares = (one.right, one.confidence, one.brier, one.brier_of_share, one.error, one.chance)
        lines.append(f"| {name} | {one.rows} | {' | '.join(f'{share:.3f}' for share in shares)} |")
    return "\n".join(lines)


def show_bins(given: Sequence[tuple[float, bool]]) -> str:
    """A Markdown table, a line per bin."""
    lines = ["| mean confidence | rows | right |", "|--:|--:|--:|"]
    lines += [f"| {one.confidence:.2f} | {one.rows} | {one.right:.2f} |" for one in make_bins(given)]
    return "\n".join(lines)


def find_interval(share: float, rows: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share.

    >>> [round(end, 2) for end in find_interval(0.5, 20)]
    [0.3, 0.7]
    """
    z = 1.96
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    reach = z * sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows)) / (1 + z * z / rows)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def draw_diagram(given: Sequence[tuple[float, bool]], file: Path) -> None:
    """The reliability diagram: share of right rows by confidence, with Wilson's intervals; on the line it holds."""
    import altair as alt

    points = []
    for one in make_bins(given):
        low, high = find_interval(one.right, one.rows)
        points.append({"confidence": one.confidence, "right": one.right, "rows": one.rows, "low": low, "high": high})
    axis = alt.Scale(domain=[0, 1])
    line = alt.Chart(alt.InlineData(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(
        color="#999", strokeDash=[4, 4]
    )
    line = line.encode(x=alt.X("x:Q", scale=axis), y=alt.Y("y:Q", scale=axis))
    base = alt.Chart(alt.InlineData(values=points)).encode(x=alt.X("confidence:Q", scale=axis, title="Confidence"))
    bars = base.mark_rule(color="#3a5fcd").encode(y=alt.Y("low:Q", title="Share of rows that are right"), y2="high:Q")
    dots = base.mark_circle(color="#3a5fcd", opacity=1).encode(
        y=alt.Y("right:Q", scale=axis), size=alt.Size("rows:Q", title="Rows", scale=alt.Scale(range=[30, 300]))
    )
    labels = base.mark_text(dx=12, dy=-8, align="left", color="#333").encode(y="right:Q", text="rows:Q")
    chart = alt.layer(line, bars, dots, labels).properties(
        width=360, height=360, title="Rows of unwatched texts, held out of the fit"
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    chart.save(file, format="svg")


def write_table(file: Path, weights: Mapping[str, float], facts: Mapping[str, object]) -> None:
    """The weights as TOML, the heaviest first, under what they were fitted on."""
    ranked = sorted((name for name in weights if name != BASE), key=lambda name: (-abs(weights[name]), name))
    lines = [
        "# What each piece of evidence weighs in the confidence of a row: log-odds, see quantclaims.confidence.",
        "# Written by benchmarks/calibration.py --fit, which says how; evidence that is not listed weighs nothing.",
        "",
        "[fit]",
        *(f"{name} = {value}" for name, value in facts.items()),
        "",
        "[weights]",
        f"{BASE} = {weights[BASE]:.3f}",
        *(f"{name} = {weights[name]:.3f}" for name in ranked if f"{weights[name]:.3f}".strip("-") != "0.000"),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


# The command


def main() -> int:
    """Measure, and with --fit fit first; exit 2 when the cases cannot be read or nothing can be measured on them."""
    options = read_options()
    try:
        cases = [case for folder in options.cases for case in accuracy.read_cases(folder)]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    rows = [row for case in cases for row in judge_case(case)]
    if options.as_published:
        return publish(
            {"as published": [(give_confidence(load_weights(), row), row.is_right) for row in rows]}, options
        )
    unwatched = [row for row in rows if row.role == UNWATCHED]
    if len({row.is_right for row in unwatched}) < 2:
        where = ", ".join(map(str, options.cases))
        print(f"{where}: needs right and wrong rows of texts that are set aside: give more cases", file=sys.stderr)
        return 2
    given = {"unwatched, held out": list(hold_out(rows))}
    weights, penalty = fit_weights(rows) if options.fit else (load_weights(), None)
    given |= {
        f"{role}, as fitted": [(give_confidence(weights, row), row.is_right) for row in rows if row.role == role]
        for role in (UNWATCHED, WATCHED)
    }
    if options.fit:
        write_table(options.table, weights, describe_fit(rows, penalty))
    return publish(given, options)


def read_options() -> argparse.Namespace:
    """The command's options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, nargs="+", required=True, metavar="DIR", help="folders of labelled texts")
    parser.add_argument("--fit", action="store_true", help="fit the weights and write them to the table")
    parser.add_argument("--table", type=Path, default=TABLE, metavar="FILE", help="where --fit writes them")
    parser.add_argument("--as-published", action="store_true", help="measure the package's confidence on every row")
    parser.add_argument("--diagram", type=Path, metavar="FILE", help="write the reliability diagram, an SVG")
    parser.add_argument("--card", type=Path, metavar="FILE", help="put the figures on this page, between its markers")
    return parser.parse_args()


def describe_fit(rows: Sequence[Judged], penalty: float | None) -> dict[str, object]:
    """What the table says of its own making."""
    return {
        "rows": len(rows),
        "rows_unwatched": sum(row.role == UNWATCHED for row in rows),
        "rows_right": sum(row.is_right for row in rows),
        "texts": len({row.text for row in rows}),
        "inverse_penalty": penalty,
    }


def publish(given: Mapping[str, Sequence[tuple[float, bool]]], options: argparse.Namespace) -> int:
    """Print the figures, draw the diagram of the first set and write the card."""
    first = next(iter(given.values()))
    table = show_measures({name: measure(rows) for name, rows in given.items() if rows})
    print(f"{table}\n\n{show_bins(first)}")
    try:
        if options.diagram:
            draw_diagram(first, options.diagram)
        if options.card:
            write_between(options.card, "calibration", f"{table}\n\n{show_bins(first)}")
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
