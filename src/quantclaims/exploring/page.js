// The page's own script: which view is seen, the filters of the table, charts when their view is first seen.
// It writes text only through textContent, so nothing that stands in the data becomes part of the page.
"use strict";
(() => {
  const NARROW = 620; // pixels of a chart from which on labels stand beside their bars
  const LABELS = 330; // pixels for such labels
  const LINE = 15; // pixels of a line of a label above its bar
  const list = "claims";
  const views = new Map([...document.querySelectorAll(".view")].map((view) => [view.id, view]));
  const title = document.title;
  const said = document.getElementById("said");
  let seen = null; // the view before
  let opener = null; // the link that led away from the list

  function name() {
    const hash = location.hash.slice(1);
    try {
      return decodeURIComponent(hash) || list;
    } catch {
      return hash;
    }
  }

  function show() {
    const wanted = name();
    if (wanted === "main") return;
    const view = views.get(wanted) || views.get(list);
    tell(views.has(wanted) ? "" : `There is no “${wanted.slice(0, 80)}” in this dataset: here are all claims.`);
    for (const other of views.values()) other.classList.toggle("current", other === view);
    const heading = view.querySelector("h1");
    document.title = view.id === list ? title : `${heading.textContent.replace(/\s+/g, " ").trim()} – quantclaims`;
    for (const link of document.querySelectorAll("header nav a")) {
      if (decodeURIComponent(link.hash.slice(1)) === view.id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (seen !== null || view.id !== list) place(view, heading);
    seen = view.id;
    draw(view);
  }

  // Who comes back to a list stands where the claim was opened; who comes to a view, at its heading.
  function place(view, heading) {
    if (opener && view.contains(opener) && opener.isConnected) {
      opener.focus({ preventScroll: true });
      opener.scrollIntoView({ block: "center" });
      return;
    }
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  function tell(what) {
    said.textContent = what;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.closest("#claims .rows")) opener = link;
    else if (link && link.closest("header")) opener = null;
    const button = event.target.closest("button[data-copy], button[data-link]");
    if (button) copy(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.target.closest("input, select, dialog")) return;
    const view = document.querySelector(".view.current");
    const up = view && view.querySelector(".path a");
    if (up) location.hash = up.hash;
  });

  async function copy(button) {
    const text = button.dataset.copy
      ? document.getElementById(button.dataset.copy).textContent.trim()
      : location.href.split("#")[0] + button.dataset.link;
    try {
      await navigator.clipboard.writeText(text);
      tell("Copied.");
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 1500);
    } catch {
      tell(`This browser does not let a page copy. Here it is: ${text}`);
    }
  }

  // Charts

  const drawn = new Map(); // element -> width it was drawn for

  function draw(view) {
    if (!window.vegaEmbed) return;
    for (const box of view.querySelectorAll(".chart")) {
      const width = Math.floor(box.clientWidth);
      if (!width || drawn.get(box) === width) continue;
      drawn.set(box, width);
      const spec = fit(charts()[box.dataset.topic][box.dataset.chart], width);
      // ast: expressions are interpreted, for the page's policy lets nothing be evaluated. logLevel 1: errors only, for a
      // scale without any figure (all open) is no news. Tooltips would bring a style of their own.
      const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false, logLevel: 1 };
      window.vegaEmbed(box, spec, options).then(
        () => box.setAttribute("data-drawn", ""),
        (error) => { box.textContent = `This chart could not be drawn: ${error.message}`; },
      );
    }
  }

  let specs = null;
  function charts() {
    specs = specs || JSON.parse(document.getElementById("charts").textContent);
    return structuredClone(specs);
  }

  // A chart as wide as its box: labels beside the bars where there is room, above them where there is not.
  function fit(spec, width) {
    const isNarrow = width < NARROW;
    spec.background = null;
    spec.padding = 0;
    spec.autosize = { type: "pad", contains: "padding" };
    for (const panel of spec.vconcat || [spec]) {
      panel.width = isNarrow ? width - 12 : width - LABELS;
      const labels = new Set(panel.layer.flatMap((layer) => rowsOf(spec, panel, layer).map((row) => row.label)));
      const lines = Math.max(1, ...[...labels].map((label) => label.split("\n").length));
      if (isNarrow) panel.height = labels.size * (lines * LINE + 30);
      for (const layer of panel.layer) {
        const axis = layer.encoding.y.axis;
        if (!isNarrow) Object.assign(axis, { labelLimit: LABELS - 20, labelOffset: (-(lines - 1) * LINE) / 2 });
        else Object.assign(axis, { labelAlign: "left", labelPadding: -2, labelBaseline: "top", labelOffset: -(lines * LINE + 22) / 2, labelLimit: width - 20, zindex: 1 });
        restate(layer.encoding.x);
        shift(layer, isNarrow ? lines * LINE * 0.5 : 0);
      }
    }
    return spec;
  }

  // Vega-Lite 6.4 takes the days of a time scale's domain for two that conflict, and says so on the console; what an
  // expression gives, it takes as it is.
  function restate(x) {
    if (x.type !== "temporal" || !x.scale || !x.scale.domain) return;
    x.scale.domain = { expr: JSON.stringify(x.scale.domain.map(Date.parse)) };
  }

  function shift(layer, down) {
    if (!down) return;
    const mark = typeof layer.mark === "string" ? (layer.mark = { type: layer.mark }) : layer.mark;
    mark.yOffset = down;
  }

  function rowsOf(spec, panel, layer) {
    const data = layer.data || panel.data || spec.data || {};
    return data.values || (spec.datasets && spec.datasets[data.name]) || [];
  }

  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => draw(document.querySelector(".view.current")), 150);
  });
  addEventListener("hashchange", show);

  // The table; the libraries are modules, which have run by now.

  document.addEventListener("DOMContentLoaded", () => {
    draw(document.querySelector(".view.current"));
    if (!window.DataTable) return;
    const form = document.getElementById("filters");
    const search = document.getElementById("search");
    const chosen = [...form.querySelectorAll("select")];
    const count = document.querySelectorAll("#table tbody tr").length;
    const table = new window.DataTable("#table", {
      autoWidth: false,
      layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: "paging" },
      order: [],
      pageLength: 50,
      paging: count > 50,
      language: {
        info: "_TOTAL_ of _MAX_ claims", infoEmpty: "None of _MAX_ claims", infoFiltered: "",
        zeroRecords: "No claim is like that: take a word away, or show all.",
      },
    });
    table.search.fixed("chosen", (text, data, index) => {
      const row = table.row(index).node();
      return chosen.every((select) => !select.value || row.dataset[select.dataset.filter] === select.value);
    });
    search.addEventListener("input", () => table.search(search.value).draw());
    for (const select of chosen) select.addEventListener("change", () => table.draw());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => table.search("").draw()));
    document.documentElement.dataset.ready = "";
  });

  show();
})();
