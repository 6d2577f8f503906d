"""Charts show what the frames say, with marks that need no colour, and draw without a browser."""

import re
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

import quantclaims
from quantclaims.schemas.claim import Claim as Model
from quantclaims.storage.frames import frame_from_rows

alt = pytest.importorskip("altair", reason="pip install 'quantclaims[explore]'")
pytest.importorskip("vl_convert", reason="pip install 'quantclaims[explore]'")
from quantclaims import charts  # noqa: E402 (it needs Altair)

Row = dict[str, Any]
SHELLS = "transfer|artillery_shell|PRK|RUS"
OPEN = {"value": 2000.0, "value_low": 2000.0, "value_high": None, "qualifier": "at_least"}
BOUND = {"value": 5000.0, "value_low": None, "value_high": 5000.0, "qualifier": "at_most", "stance": "possible"}
BOTH: Row = {"value": None, "value_low": 100.0, "value_high": 1000.0, "qualifier": "order_of_magnitude"}
ABOUT: Row = {"value": 1000.0, "value_low": None, "value_high": None, "qualifier": "approximately"}
NONE = {"value": 0.0, "value_low": 0.0, "value_high": 0.0, "qualifier": "exact", "is_denial": True}
TONNES: Row = BOTH | {"unit": "t"}
HOSTILE = ABOUT | {"claimant": None, "claimant_text": '<script>alert("1")</script>'}
UNSAID = {"period": None, "period_start": None, "period_end": None, "period_basis": "unknown"}


@pytest.fixture
def claims(claim_rows: list[Row]) -> pl.DataFrame:
    """One claim of each kind, by claimants of their own."""
    base = claim_rows[1] | {"items": ["artillery_shell"], "topic_key": SHELLS}
    who = ("c4ads", "oryx", "isw", "csis", "kp-government", "kr-government", "us-government")
    rows = [
        base | {"claimant": one} | kind
        for one, kind in zip(who, (OPEN, BOUND, BOTH, ABOUT, NONE, TONNES, HOSTILE), strict=True)
    ]
    rows[3] |= UNSAID
    return frame_from_rows([row | {"claim_id": f"a#{i}"} for i, row in enumerate(rows)], Model)


def draw(chart: Any) -> str:
    """The chart as SVG; what stands in it is text."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def read_words(svg: str) -> list[str]:
    """Every line of text."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [line for text in texts for line in text.itertext()]


def test_every_figure_stands_beside_its_marks(claims: pl.DataFrame) -> None:
    words = read_words(draw(charts.plot_intervals(claims, SHELLS)))
    for figure in ("≥ 2K", "≤ 5K, possible", "100 to 1K", "≈ 1K", "none", "100 to 1K t"):
        assert figure in words, words
    assert "Artillery shell: transfer, North Korea to Russia" in words
    assert "period not said" in words
    assert words.count("0") == 2, "an axis for each unit"
    assert '<script>alert("1")</script>' in words


def find_values(chart: Any) -> list[Row]:
    """The rows of all panels."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_marks_are_where_the_words_put_them(claims: pl.DataFrame) -> None:
    rows = {row["words"]: row for row in find_values(charts.plot_intervals(claims, SHELLS))}
    edge = 5000 * 1.06
    marks = ("low", "high", "below", "above", "best", "denied")
    told = {words: tuple(row[mark] for mark in marks) for words, row in rows.items()}
    assert told["≥ 2K"] == (2000, edge, None, edge, 2000, None)
    assert told["≤ 5K, possible"] == (0, 5000, 0, None, 5000, None)
    assert told["100 to 1K"] == (100, 1000, None, None, None, None)
    assert told["≈ 1K"] == (None, None, None, None, 1000, None)
    assert told["none"] == (0, 0, None, None, None, 0)


def test_no_colour_tells_anything(claims: pl.DataFrame) -> None:
    for plot in (charts.plot_intervals, charts.plot_timeline, charts.plot_agreement):
        for colour in re.findall(r"#[0-9a-fA-F]{6}", plot(claims, SHELLS).to_json()):
            assert len({colour[1:3], colour[3:5], colour[5:7]}) == 1, f"{colour} is no grey"


def luminance(grey: str) -> float:
    """Relative luminance of a grey, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    part = int(grey[1:3], 16) / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def test_marks_and_words_stand_out() -> None:
    def contrast(one: str, other: str) -> float:
        dark, light = sorted((luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)

    assert contrast(charts.GREY, "#ffffff") >= 3
    assert contrast(charts.INK, "#ffffff") >= 7
    for verdict, shade in charts.SHADES.items():
        assert contrast("#ffffff" if verdict == "contradicts" else charts.INK, shade) >= 7


def test_a_timeline_says_what_its_days_are_of(claims: pl.DataFrame) -> None:
    chart = charts.plot_timeline(claims, SHELLS)
    words = read_words(draw(chart))
    assert "2024-01-01 to 2024-01-31" in words
    assert "stated 2024-03-04" in words
    fills = {row["label"].partition("\n")[2]: row["fill"] for row in find_values(chart)}
    assert fills["2024-01-01 to 2024-01-31"] == charts.GREY
    assert fills["stated 2024-03-04"] == "white"


def test_open_periods_end_in_arrows(claims: pl.DataFrame) -> None:
    never = claims.with_columns(period_start=pl.lit(None, pl.Date))
    since = claims.with_columns(period_end=pl.lit(None, pl.Date))
    for said, arrow, other in ((never, "below", "above"), (since, "above", "below")):
        rows = [row for row in find_values(charts.plot_timeline(said, SHELLS)) if "stated" not in row["label"]]
        assert rows
        assert all(row[arrow] is not None and row[other] is None for row in rows)
        assert all(row["start"] < row["end"] for row in rows)


def test_agreement_is_the_same_both_ways(claims: pl.DataFrame) -> None:
    chart = charts.plot_agreement(claims, SHELLS)
    cells = {(row["one"], row["other"]): row["sign"] for row in find_values(chart)}
    assert cells == {(other, one): sign for (one, other), sign in cells.items()}
    pairs = quantclaims.agreement(claims, SHELLS)
    assert len(cells) == 2 * pairs.height
    assert {charts.SIGNS[verdict] for verdict in pairs["verdict"]} == set(cells.values())
    assert "≠" in read_words(draw(chart))


@pytest.mark.parametrize("plot", [charts.plot_intervals, charts.plot_timeline, charts.plot_agreement])
def test_every_question_of_the_dataset_has_a_chart(plot: Any) -> None:
    claims = quantclaims.load_claims()
    for topic_key in claims["topic_key"].unique():
        assert plot(claims, topic_key).to_dict()["datasets"]
    with pytest.raises(quantclaims.analysis.TopicError):
        plot(claims, "nothing")


def test_without_altair_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['altair'] = None\nimport quantclaims.charts"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (
        done.stderr.splitlines()[-1] == "ImportError: charts are drawn with Altair: pip install 'quantclaims[explore]'"
    )
