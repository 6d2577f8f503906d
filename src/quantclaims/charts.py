"""The answers of `quantclaims.analysis`, drawn with Altair (extra ``explore``).

    from quantclaims import charts, load_claims
    charts.plot_intervals(load_claims(), "transfer|artillery_shell|PRK|RUS").save("shells.svg")

Nothing is told by colour: a bar spans what the words leave open, a circle is the figure, a hollow square a denial at
zero, a triangle an end that is open, and every figure stands beside its marks in words. All marks are greys of at least
3 to 1 against the white behind them (WCAG 2.2, success criterion 1.4.11).
"""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from quantclaims.analysis import agreement, intervals, timeline
from quantclaims.schemas.vocabularies import load_vocabulary

try:
    import altair as alt
except ImportError:
    raise ImportError("charts are drawn with Altair: pip install 'quantclaims[explore]'") from None

Chart = alt.LayerChart | alt.VConcatChart

INK, GREY, LINES = "#1a1a1a", "#8c8c8c", "#dddddd"
"""Figures and text; bars; lines behind them."""
SIZE = 12
"""Font size, in pixels."""
ROW = 36
"""Height of a row, in pixels: two lines of text and a gap."""
LINE = 20
"""Characters of a line below a column."""
ROOM = 0.4
"""Room for words right of the figures, in parts of the axis."""
SIGNS = {"confirms": "=", "consistent": "~", "contradicts": "≠"}
SHADES = {"confirms": "#ffffff", "consistent": "#e3e3e3", "contradicts": "#3d3d3d"}
"""Background of a verdict; the sign on it is dark or white."""


def plot_intervals(claims: pl.DataFrame, topic_key: str, *, width: int = 480) -> Chart:
    """How many, according to whom: a row for each claimant and period; a panel for each unit.

    Draws what `quantclaims.intervals` gives; width in pixels. Raises `TopicError`.
    """
    answers = intervals(claims, topic_key)
    panels = [draw_intervals(rows, width) for rows in answers.partition_by("unit", maintain_order=True)]
    return finish(panels, topic_key)


def plot_timeline(claims: pl.DataFrame, topic_key: str, *, width: int = 480) -> Chart:
    """How many, and when: a row for each claim, its bar from the first to the last day.

    Draws what `quantclaims.timeline` gives; a hollow bar says when the figure was stated or published, where no period
    is said. Raises `TopicError`.
    """
    return finish([draw_timeline(timeline(claims, topic_key), width)], topic_key)


def plot_agreement(claims: pl.DataFrame, topic_key: str, *, cell: int = 140) -> Chart:
    """Who agrees with whom: "=" confirms, "~" is consistent, "≠" contradicts; nothing where two cannot be compared.

    Draws what `quantclaims.agreement` gives; size of a cell in pixels. Raises `TopicError`.
    """
    return finish([draw_agreement(agreement(claims, topic_key), cell)], topic_key)


# Panels


def draw_intervals(answers: pl.DataFrame, width: int) -> alt.LayerChart:
    """Intervals of one unit."""
    ends = [end for column in ("value", "value_low", "value_high") for end in answers[column].drop_nulls()]
    first, last = min([0.0, *ends]), max([0.0, *ends])
    last = last if last > first else first + 1.0
    beyond = last + (last - first) * 0.06
    low, high = pl.col("value_low"), pl.col("value_high")
    below, above = low.is_null() & high.is_not_null(), high.is_null() & low.is_not_null()
    rows = answers.select(
        pl.concat_str("name", pl.lit("\n"), write_period()).alias("label"),
        pl.int_range(pl.len()).alias("order"),
        pl.when(below).then(first).otherwise(low).alias("low"),
        pl.when(above).then(beyond).otherwise(high).alias("high"),
        pl.when(below).then(first).alias("below"),
        pl.when(above).then(beyond).alias("above"),
        pl.when(~pl.col("is_denial")).then("value").alias("best"),
        pl.when("is_denial").then(0.0).alias("denied"),
        pl.max_horizontal("value", low, high, pl.when(above).then(beyond)).alias("right"),
        write_words().alias("words"),
    )
    scale = alt.Scale(domain=[first, beyond + (last - first) * ROOM], nice=False)
    short = "datum.value ? format(datum.value, '~s') : '0'"
    axis = alt.Axis(labelExpr=short, values=pick_ticks(first, last), grid=True, domain=False, ticks=False)
    base = alt.Chart(hold(rows)).encode(y=put_labels())
    x = alt.X("low:Q", scale=scale, axis=axis, title=None)
    return layer(
        base.mark_bar(height=8, color=GREY).encode(x=x, x2="high:Q"),
        base.mark_point(shape="triangle-left", filled=True, size=120, color=INK, opacity=1).encode(x="below:Q"),
        base.mark_point(shape="triangle-right", filled=True, size=120, color=INK, opacity=1).encode(x="above:Q"),
        base.mark_point(shape="square", fill="white", stroke=INK, strokeWidth=2, size=80, opacity=1).encode(
            x="denied:Q"
        ),
        base.mark_circle(size=90, color=INK, opacity=1).encode(x="best:Q"),
        base.mark_text(align="left", dx=10, color=INK).encode(x="right:Q", text="words:N"),
    ).properties(width=width, height=ROW * rows["label"].n_unique())


def draw_timeline(answers: pl.DataFrame, width: int) -> alt.LayerChart:
    """Claims by their days."""
    days = [day for column in ("start", "end") for day in answers[column].drop_nulls()]
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 1, 1))
    span = max(last - first, timedelta(days=30))
    left, right = first - span * 0.06, last + span * 0.06
    below, above = pl.col("start").is_null(), pl.col("end").is_null()
    is_period = pl.col("dated_by") == "period"
    rows = answers.select(
        pl.concat_str("name", pl.lit("\n"), write_days()).alias("label"),
        pl.int_range(pl.len()).alias("order"),
        pl.col("start").fill_null(left),
        (pl.col("end") + timedelta(days=1)).fill_null(right).alias("end"),
        pl.when(below).then(pl.lit(left)).alias("below"),
        pl.when(above).then(pl.lit(right)).alias("above"),
        pl.when(is_period).then(pl.lit(GREY)).otherwise(pl.lit("white")).alias("fill"),
        write_words().alias("words"),
    ).with_columns(pl.col(pl.Date).dt.to_string())
    scale = alt.Scale(type="utc", domain=[str(left), str(right + span * ROOM)])
    axis = alt.Axis(grid=True, domain=False, ticks=False, tickCount=5, labelFlush=False)
    base = alt.Chart(hold(rows)).encode(y=put_labels())
    x = alt.X("start:T", scale=scale, axis=axis, title=None)
    return layer(
        base.mark_bar(height=10, stroke=INK, strokeWidth=1).encode(
            x=x, x2="end:T", fill=alt.Fill("fill:N", scale=None)
        ),
        base.mark_point(shape="triangle-left", filled=True, size=120, color=INK, opacity=1).encode(x="below:T"),
        base.mark_point(shape="triangle-right", filled=True, size=120, color=INK, opacity=1).encode(x="above:T"),
        base.mark_text(align="left", dx=10, color=INK).encode(x="end:T", text="words:N"),
    ).properties(width=width, height=ROW * rows["label"].n_unique())


def draw_agreement(pairs: pl.DataFrame, cell: int) -> alt.LayerChart:
    """Verdicts as a table of claims by claims."""
    there = pairs.select(
        pl.struct("name", "figure").map_elements(wrap_label, pl.String).alias("one"),
        pl.struct(name="other_name", figure="other_figure").map_elements(wrap_label, pl.String).alias("other"),
        pl.col("verdict").cast(pl.String),
    )
    back = there.select(pl.col("other").alias("one"), pl.col("one").alias("other"), "verdict")
    rows = pl.concat([there, back]).unique(maintain_order=True)
    rows = rows.with_columns(
        sign=pl.col("verdict").replace_strict(SIGNS, return_dtype=pl.String),
        shade=pl.col("verdict").replace_strict(SHADES, return_dtype=pl.String),
        ink=pl.when(pl.col("verdict") == "contradicts").then(pl.lit("white")).otherwise(pl.lit(INK)),
    )
    lines: dict[str, Any] = {"labelExpr": "split(datum.label, '\\n')", "labelLimit": 2 * cell, "ticks": False}
    lines |= {"domain": False, "labelPadding": 8}
    columns = alt.Axis(labelAngle=0, **lines)
    order = rows["one"].unique(maintain_order=True).to_list()
    base = alt.Chart(hold(rows)).encode(
        x=alt.X("other:N", title=None, axis=columns, sort=order),
        y=alt.Y("one:N", title=None, axis=alt.Axis(**lines), sort=order),
    )
    shade = alt.Fill("shade:N", scale=None)
    return layer(
        base.mark_rect(stroke=INK, strokeWidth=1).encode(fill=shade),
        base.mark_text(fontSize=2 * SIZE).encode(text="sign:N", color=alt.Color("ink:N", scale=None)),
    ).properties(width=cell * max(1, len(order)), height=cell * max(1, len(order)) // 2)


def finish(panels: Sequence[alt.LayerChart], topic_key: str) -> Chart:
    """The panels one below the other, under the question in words."""
    chart: Any = panels[0] if len(panels) == 1 else alt.vconcat(*panels)
    title = alt.TitleParams(describe_topic(topic_key), anchor="start", frame="group", fontSize=SIZE + 2, offset=12)
    return (  # type: ignore[no-any-return] # Altair's methods are made when it is imported
        chart.properties(title=title, background="white")
        .configure(font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=SIZE, labelColor=INK, gridColor=LINES)
        .configure_text(fontSize=SIZE)
    )


# What stands in them


def layer(*charts: alt.Chart) -> alt.LayerChart:
    """Charts one over the other."""
    layered = alt.layer(*charts)
    assert isinstance(layered, alt.LayerChart)  # of charts without facets
    return layered


def hold(rows: pl.DataFrame) -> alt.InlineData:
    """Rows within the chart, so that it needs no other file."""
    return alt.InlineData(values=rows.to_dicts())


def put_labels() -> alt.Y:
    """Labels of two lines at the left, in the order of the rows."""
    axis = alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=280, ticks=False, domain=False, labelPadding=10)
    return alt.Y("label:N", sort=alt.SortField("order"), title=None, axis=axis)


def wrap_label(said: Mapping[str, str]) -> str:
    """Name and figure in lines short enough for a column."""
    return "\n".join([*textwrap.wrap(said["name"], LINE), said["figure"]])


def write_words() -> pl.Expr:
    """A figure, and whether it is more or less than asserted."""
    stance = pl.col("stance").cast(pl.String)
    return pl.when(stance == "asserted").then("figure").otherwise(pl.concat_str("figure", pl.lit(", "), stance))


def write_period() -> pl.Expr:
    """A period in EDTF as people say it."""
    said = pl.col("period").str.replace(r"^\.\./", "until ").str.replace(r"(.*)/\.\.$", "since ${1}")
    return said.str.replace("/", " to ", literal=True).fill_null("period not said")


def write_days() -> pl.Expr:
    """The days of a claim, and what they are of."""
    start = pl.col("start").dt.to_string().fill_null("…")
    end = pl.col("end").dt.to_string().fill_null("…")
    kind = pl.when(pl.col("dated_by") == "period").then(pl.lit("")).otherwise(pl.col("dated_by") + pl.lit(" "))
    return pl.concat_str(kind, pl.when(start == end).then(start).otherwise(pl.concat_str(start, pl.lit(" to "), end)))


def pick_ticks(first: float, last: float) -> list[float]:
    """Round numbers from the first to the last figure, so that none stands below the words.

    >>> pick_ticks(0, 4.8e6), pick_ticks(-12, 31)
    ([0.0, 1000000.0, 2000000.0, 3000000.0, 4000000.0], [-10.0, 0.0, 10.0, 20.0, 30.0])
    """
    rough = (last - first) / 5
    power = 10.0 ** (len(f"{rough:.0f}") - 1 if rough >= 1 else -len(f"{1 / rough:.0f}"))
    step = next(power * times for times in (1, 2, 5, 10, 20) if power * times >= rough)
    start = -int(-first // step)
    return [number * step for number in range(start, int(last // step) + 1)]


def describe_topic(topic_key: str) -> str:
    """A question in words.

    >>> describe_topic("transfer|artillery_shell|PRK|RUS"), describe_topic("distance|kilometr|-|-")
    ('Artillery shell: transfer, North Korea to Russia', 'Kilometr: distance')
    """
    predicate, counted, actor, counterparty = topic_key.split("|")
    what = ", ".join(name(item, "items") for item in counted.split("+"))
    said = name(predicate, "predicates") if predicate != "-" else "figures"
    sides = " to ".join(name(side, "countries") if side != "-" else "…" for side in (actor, counterparty))
    told = f"{what}: {said}" if what != "-" else said
    asked = told if actor == counterparty == "-" else f"{told}, {sides}".removesuffix(" to …")
    return asked[:1].upper() + asked[1:]


def name(id_: str, vocabulary: str) -> str:
    """The English label of an id, or itself."""
    term = load_vocabulary(vocabulary).get(id_)
    return term.label["en"] if term else id_
