"""The explorer's page in Chromium: what a visitor does with mouse and keys, wide and narrow, light and dark.

Every test ends with a look at what the browser had to say: no request but the page itself, nothing on the console.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from quantclaims.exploring.command import make_page
from quantclaims.schemas import article as article_schema
from quantclaims.schemas import claim as claim_schema
from quantclaims.storage.frames import frame_from_rows

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is missing: pip install -c constraints.txt -e '.[test]'"
)

Row = dict[str, Any]
Open = Callable[..., Any]

SHELLS = "question/transfer|artillery_shell|PRK|RUS"
BASE, MULTIPLE = "2024-07-19-pl-solidarity#1590", "2024-07-19-pl-solidarity#1685"
HOSTILE = "</script></style>--><img src=x onerror=alert(1)><svg onload=alert(2)>${alert(3)}{{7*7}}'\"`\\u003c&lt;"
TURNED = "\u202etxet"
MANY = 52
"""Claims of the hostile dataset: more than a page of the table."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses to run as root
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def sound_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the installed dataset."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_bytes(make_page(None, None).encode())
    return path


def make_hostile(folder: Path, claim: Row, article: Row) -> Path:
    """A dataset in which every text that anybody wrote is an attack."""
    lines = [f"They sent {number} {HOSTILE} {TURNED} to Russia." for number in range(100, 100 + MANY)]
    text = "\n".join(lines) + "\n"
    articles = folder / "articles"
    articles.mkdir(parents=True)
    front = '+++\nid = "drones"\nlanguage = "en"\npublished = "2024-03-05"\n+++\n'
    articles.joinpath("drones.md").write_text(front + text, encoding="utf-8")
    rows, at = [], 0
    for number, line in enumerate(lines, 100):
        quote = f"{number} {HOSTILE}"
        start = at + line.index(quote)
        rows.append(
            claim
            | {"claim_id": f"drones#{start}", "quote": quote, "quote_start": start, "quote_end": start + len(quote)}
            | {"quote_prefix": "", "quote_suffix": "", "value": number, "value_low": number, "value_high": number}
            | {"items": [], "item_text": HOSTILE, "item_lemma": HOSTILE, "claimant": None, "claimant_text": HOSTILE}
            | {"attributes": [f"model={HOSTILE}"], "topic_key": f"transfer|{HOSTILE}|PRK|RUS", "rules": [HOSTILE]}
        )
        at += len(line) + 1
    hostile = {"title": f"{HOSTILE}{TURNED}", "publisher": HOSTILE, "url": "javascript:alert(4)"}
    frame_from_rows(rows, claim_schema.Claim).write_parquet(folder / "claims.parquet")
    frame_from_rows([article | hostile], article_schema.Article).write_parquet(folder / "articles.parquet")
    return folder


@pytest.fixture(scope="session")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile") / "explorer.html"


@pytest.fixture
def hostile_page(browser: Any, hostile_path: Path, claim_rows: list[Row], article_rows: list[Row]) -> Path:
    """The page of the hostile dataset, made once."""
    if not hostile_path.exists():
        dataset = make_hostile(hostile_path.parent / "data", claim_rows[1], article_rows[0])
        hostile_path.write_bytes(make_page(dataset, None).encode())
    return hostile_path


@pytest.fixture
def visit(browser: Any, sound_page: Path) -> Iterator[Open]:
    """Open a page in a window of its own; at the end the browser must have had nothing to say."""
    contexts: list[Any] = []
    said: list[str] = []
    asked: list[str] = []

    def refuse(dialog: Any) -> None:
        said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def open_page(hash_: str = "", page: Path = sound_page, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(15_000)
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("dialog", refuse)
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(page.as_uri() + hash_)
        if options.get("java_script_enabled", True):
            tab.wait_for_selector("html[data-ready]")
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
    assert all(url.startswith("file://") and ".html" in url for url in asked)
    assert len(asked) == len(contexts)


def current(tab: Any) -> str:
    """The id of the view that is seen; of one alone."""
    (shown,) = tab.eval_on_selector_all(".view", "all => all.filter(v => v.offsetParent).map(v => v.id)")
    return str(shown)


def rows(tab: Any) -> int:
    return int(tab.locator("#table tbody tr:has(a)").count())


# What a visitor does


def test_rows_are_searched_filtered_and_all_shown_again(visit: Open) -> None:
    tab = visit()
    every = rows(tab)
    tab.get_by_label("Search").fill("radar")
    assert rows(tab) == 1
    assert tab.locator(".dt-info").inner_text() == f"1 of {every} claims"
    tab.get_by_label("Search").fill("")
    tab.locator("select[data-filter=language]").select_option("pl")
    polish = rows(tab)
    assert 0 < polish < every
    tab.locator("select[data-filter=counted]").select_option("artillery shell")
    assert 0 < rows(tab) < polish
    tab.get_by_label("Search").fill("no such thing")
    assert "No claim is like that" in tab.locator("#table").inner_text()
    tab.get_by_role("button", name="Show all").click()
    tab.wait_for_function(f"document.querySelectorAll('#table tbody tr').length === {every}")
    assert tab.locator("select[data-filter=language]").input_value() == ""


def test_rows_are_ordered_by_what_their_figures_are_worth(visit: Open) -> None:
    tab = visit()
    header = tab.get_by_role("button", name="Figure")
    header.click()
    first = tab.locator("#table tbody tr").first.inner_text()
    assert first.startswith("none")
    header.click()
    assert tab.locator("#table tbody tr").first.inner_text().startswith("10M to 100M")
    assert tab.locator("#table thead th").first.get_attribute("aria-sort") == "descending"


def test_a_claim_opens_at_a_click_and_back_leads_to_its_row(visit: Open) -> None:
    tab = visit()
    link = tab.locator(f"#table a.figure[href='#{BASE.replace('#', '%23')}']")
    link.click()
    assert current(tab) == BASE
    assert tab.title().startswith("≈ 1.6M artillery shell")
    assert tab.evaluate("document.activeElement.tagName") == "H1"
    tab.go_back()
    assert current(tab) == "claims"
    assert link.evaluate("link => link === document.activeElement")
    tab.go_forward()
    assert current(tab) == BASE


def test_everything_is_reached_by_keys_alone(visit: Open) -> None:
    tab = visit()
    press = tab.keyboard.press
    press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert tab.locator(".skip").bounding_box()["x"] >= 0
    press("Enter")
    reached = []
    for _ in range(16):
        press("Tab")
        reached.append(tab.evaluate("(e => e.id || e.textContent.trim())(document.activeElement)"))
        outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
        if tab.evaluate("document.activeElement.matches('#table a.figure')"):
            break
    assert "search" in reached
    assert "Show all" in reached
    press("Enter")
    opened = current(tab)
    assert "#" in opened
    press("Escape")
    assert current(tab) == "claims"
    assert tab.evaluate("document.activeElement.matches('#table a.figure')")


@pytest.mark.parametrize("written", [MULTIPLE, MULTIPLE.replace("#", "%23")])
def test_a_link_to_a_claim_opens_it(visit: Open, written: str) -> None:
    tab = visit(f"#{written}")
    assert current(tab) == MULTIPLE
    told = tab.locator(".view.current")
    assert told.locator("mark.figure").inner_text().endswith("trzykrotnie wyższa")
    assert told.locator("mark.claimant").first.inner_text().lower().startswith("claimant")
    assert told.locator("mark.base").inner_text().endswith("około 1,6 mln pocisków artyleryjskich")
    told.get_by_role("link", name="≈ 1.6M").first.click()
    assert current(tab) == BASE


def test_a_link_to_nothing_is_told(visit: Open) -> None:
    tab = visit("#no-such-article%2317")
    assert current(tab) == "claims"
    assert "no “no-such-article#17” in this dataset" in tab.get_by_role("status").first.inner_text()
    tab = visit("#%E0%A4%A")  # no escape of any text
    assert current(tab) == "claims"


def test_a_question_is_drawn(visit: Open) -> None:
    tab = visit("#questions")
    tab.get_by_role("link", name="Artillery shell: transfer, North Korea to Russia", exact=True).click()
    assert current(tab) == SHELLS
    tab.wait_for_function("document.querySelectorAll('.view.current .chart[data-drawn] svg').length === 2")
    for chart in tab.locator(".view.current .chart").all():
        drawn = chart.inner_text()
        for words in ("≤ 4.8M, possible", "≈ 1.6M", "none", "South Korean intelligence"):
            assert words in drawn
    shells, timeline = tab.locator(".view.current .chart").all()
    assert "4M" in shells.inner_text()
    assert all(year in timeline.inner_text() for year in ("2023", "2024"))
    widths = timeline.locator("svg .mark-rect path").evaluate_all("all => all.map(bar => bar.getBBox().width)")
    assert min(widths) > 100  # half a year of three
    tab.keyboard.press("Escape")
    assert current(tab) == "questions"


def test_links_and_citations_are_copied(visit: Open) -> None:
    tab = visit(f"#{BASE}", permissions=["clipboard-read", "clipboard-write"])
    tab.get_by_role("button", name="Copy a link to this claim").click()
    tab.wait_for_selector("#said:has-text('Copied.')")
    assert tab.evaluate("navigator.clipboard.readText()").endswith(f".html#{BASE.replace('#', '%23')}")
    tab.get_by_role("button", name="Copy the citation").click()
    tab.wait_for_function("navigator.clipboard.readText().then(text => text.includes('fingerprint'))")


def test_without_scripts_all_of_it_is_there_to_read(visit: Open) -> None:
    tab = visit(f"#{MULTIPLE}", java_script_enabled=False)
    assert tab.locator(".view:visible").count() == tab.locator(".view").count()
    assert tab.locator("#filters").is_hidden()
    assert tab.locator(f"[id='{MULTIPLE}'] h1").bounding_box()["y"] < 800


def test_what_is_printed_is_the_view(visit: Open) -> None:
    tab = visit(f"#{BASE}", color_scheme="dark")
    tab.emulate_media(media="print")
    assert tab.locator("header nav").is_hidden()
    assert tab.locator(".view:visible").count() == 1
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_nothing_moves(visit: Open) -> None:
    tab = visit(reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll("*")].filter(each => {
      const style = getComputedStyle(each);
      return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0
        || style.scrollBehavior !== "auto";
    }).length"""
    assert tab.evaluate(moving) == 0


# What it looks like

VIEWS = ("", "#questions", f"#{SHELLS}", f"#{MULTIPLE}", "#about", "#columns")

CONTRAST = """() => {
  const parse = (colour) => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const light = ([r, g, b]) => {
    const [R, G, B] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, alpha } = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
      if (alpha > 0) throw new Error("half-transparent ground");
    }
    throw new Error("no ground");
  };
  const ratio = (one, other) => {
    const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, element = text.parentElement;
    if (!text.data.trim() || !element.checkVisibility() || element.closest("script, option")) continue;
    const style = getComputedStyle(element), svg = element.closest("svg");
    const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight) >= 700;
    const large = size >= 24 || (bold && size >= 18.66);
    const colour = parse(svg ? style.fill : style.color).rgb;
    const got = ratio(colour, ground(svg ? svg.parentElement : element));
    found.push([got >= (large ? 3 : 4.5), got, text.data.trim().slice(0, 40), element.className]);
  }
  for (const mark of document.querySelectorAll(".view.current svg [aria-roledescription]")) {
    if (!mark.checkVisibility() || mark.tagName !== "path") continue;
    const style = getComputedStyle(mark), drawn = [style.fill, style.stroke].filter((c) => c.startsWith("rgb"));
    const got = Math.max(...drawn.map((c) => ratio(parse(c).rgb, ground(mark.closest(".chart")))));
    found.push([got >= 3, got, mark.getAttribute("aria-roledescription"), "chart"]);
  }
  for (const field of document.querySelectorAll("input, select, button")) {
    if (!field.checkVisibility()) continue;
    const got = ratio(parse(getComputedStyle(field).borderTopColor).rgb, ground(field.parentElement));
    found.push([got >= 3, got, "border of " + (field.id || field.textContent.trim().slice(0, 20)), ""]);
  }
  return found;
}"""


def go(tab: Any, view: str) -> None:
    """Open a view, its charts drawn and its details unfolded."""
    tab.evaluate("hash => { location.hash = hash }", view)
    tab.wait_for_function("name => document.querySelector('.view.current').id === name", arg=view[1:] or "claims")
    tab.wait_for_function("document.querySelectorAll('.view.current .chart:not([data-drawn])').length === 0")
    tab.eval_on_selector_all(".view.current details", "all => all.forEach(each => { each.open = true })")


def test_contrast_is_that_of_wcag_aa(visit: Open) -> None:
    tab = visit()
    for scheme, paper in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 26)")):
        tab.emulate_media(color_scheme=scheme)
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        for view in VIEWS:
            go(tab, view)
            measured = tab.evaluate(CONTRAST)
            assert len(measured) > 20
            assert [each for each in measured if not each[0]] == [], (scheme, view)


def test_nothing_is_wider_than_the_window(visit: Open) -> None:
    tab = visit()
    for width in (320, 700, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        for view in VIEWS:
            go(tab, view)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (width, view)
            if view == f"#{SHELLS}":
                tab.wait_for_function(
                    "width => [...document.querySelectorAll('.view.current .chart svg text')]"
                    ".every(text => text.getBoundingClientRect().right <= width)",
                    arg=width,
                )
                assert "North Korean government" in tab.locator(".view.current .chart").first.inner_text()


def test_marks_are_told_apart_without_colour(visit: Open) -> None:
    tab = visit(f"#{MULTIPLE}")
    kinds = tab.eval_on_selector_all(
        ".view.current mark",
        """all => Object.fromEntries(all.map(mark => {
          const style = getComputedStyle(mark);
          return [mark.className, [style.borderBottomStyle, style.borderBottomWidth, style.fontWeight,
            mark.querySelector(".kind").textContent].join(" ")];
        }))""",
    )
    assert {"figure", "claimant", "period", "base"} <= set(kinds)
    assert len(set(kinds.values())) == len(kinds)
    assert all(tab.locator(f".view.current mark.{kind} .kind").first.is_visible() for kind in kinds)


# What must not happen


def test_hostile_text_stays_text(visit: Open, hostile_page: Path) -> None:
    tab = visit(page=hostile_page)
    assert tab.locator("img, iframe, svg, object, embed, form:not(#filters), script:not([id]):not([type])").count() == 2
    link = tab.locator("#table a.figure").nth(3)
    link.click()
    view = tab.locator(".view.current")
    assert view.locator("mark.figure").first.inner_text().endswith(f"103 {HOSTILE}")
    assert "[U+202E]txet" in view.inner_text()
    assert "\u202e" not in tab.evaluate("document.body.innerText")
    assert tab.locator("a[href^='javascript' i]").count() == 0
    assert "javascript:alert(4)" in view.inner_text()
    view.locator(".lead a").click()
    tab.wait_for_function("document.querySelectorAll('.view.current .chart[data-drawn] svg').length === 2")
    assert HOSTILE[:20] in tab.locator(".view.current .chart").first.inner_text()
    assert tab.locator("img").count() == 0
    assert tab.evaluate("document.querySelectorAll('script').length") == 5


def test_a_policy_stands_behind_the_escaping(browser: Any, sound_page: Path, tmp_path: Path) -> None:
    """What would get through all the same may neither run nor ask for anything."""
    leak = tmp_path / "leak.html"
    smuggled = "<script>window.ran = 1</script><img src='http://127.0.0.1:9/x' onerror='window.ran = 2'>"
    leak.write_text(sound_page.read_text("utf-8").replace("<main", f"{smuggled}<main", 1), encoding="utf-8")
    tab = browser.new_page()
    answered: list[str] = []
    tab.on("response", lambda response: answered.append(response.url))
    tab.goto(leak.as_uri())
    tab.wait_for_selector("html[data-ready]")
    assert tab.evaluate("window.ran") is None
    assert answered == [leak.as_uri()]
    tab.close()


def test_many_rows_are_turned_over(visit: Open, hostile_page: Path) -> None:
    tab = visit(page=hostile_page)
    assert rows(tab) == 50
    following = tab.get_by_role("button", name="2", exact=True).or_(tab.get_by_role("link", name="2", exact=True))
    following.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function(f"document.querySelectorAll('#table tbody tr').length === {MANY - 50}")


def test_the_hostile_dataset_is_one(tmp_path: Path, claim_rows: list[Row], article_rows: list[Row]) -> None:
    folder = make_hostile(tmp_path / "hostile", claim_rows[1], article_rows[0])
    claims = pl.read_parquet(folder / "claims.parquet", memory_map=False)
    assert claims.height == MANY
    assert claims["quote"].str.contains("<img src=x", literal=True).all()
