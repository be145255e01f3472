// Small niceties for the pages. Every one of them works without this file.
"use strict";

document.documentElement.classList.add("js");

// What stands before every address of ours: `/c/NAME` for one of several collections, else nothing.
const base = new URL("..", document.currentScript.src).pathname.slice(0, -1);

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/* Words: in the language of the page. For others than English a table is loaded before this file. */

const LANGUAGE = document.documentElement.lang;
const words = typeof WORDS === "undefined" ? {} : WORDS;
const filled = (text, values) => text.replaceAll(/%\((\w+)\)s/g, (_, name) => values[name]);
const shown = (number) => number.toLocaleString(LANGUAGE);
const _ = (text, values = {}) => filled(words[text] ?? text, values);
const plural = (one, many, number) => filled(words[one]?.[WHICH(number)] ?? (number === 1 ? one : many), { num: shown(number) });

/* Coverage: no column stands half under the names of outlets, or half out of the table. */

function alignColumns(grid) {
  const table = $("table", grid), stub = $("th.stub", table);
  const columns = () => $$("thead abbr", table).map((column) => column.parentElement.getBoundingClientRect());
  table.style.marginRight = "0";
  stub.style.minWidth = "";
  const [{ width }] = columns();
  stub.style.minWidth = `${Math.ceil(stub.getBoundingClientRect().width / width) * width}px`;
  const names = stub.getBoundingClientRect().right;
  const cut = columns().find(({ left, right }) => left < names - 0.1 && right > names + 0.1);
  if (cut) table.style.marginRight = `${cut.right - names}px`;
}

/* Facets: a tick asks at once; the page comes back where it was, with the same box in focus. */

function keepPlace(control) {
  sessionStorage.setItem("place", JSON.stringify([scrollY, control.name, control.value]));
}

function restorePlace() {
  const kept = sessionStorage.getItem("place");
  sessionStorage.removeItem("place");
  if (!kept) return;
  const [top, name, value] = JSON.parse(kept);
  scrollTo({ top, behavior: "instant" });
  const control = $$("#narrow-form [name]").find((one) => one.name === name && one.value === value);
  control?.focus({ preventScroll: true });
}

function submitOnTick(form) {
  form.addEventListener("change", (event) => {
    if (event.target.type !== "checkbox") return;
    keepPlace(event.target);
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name) keepPlace(event.submitter);
  });
  // Back: the browser would show the tick that led away, though the page does not have it
  addEventListener("pageshow", () => form.reset());
}

function facetRow(name, facet, value) {
  const box = make("input", { type: "checkbox", name, value: value.id });
  box.defaultChecked = value.selected !== null && value.selected !== "not";
  const leaveOut = make("button", { class: "not", name: `${facet}_not`, value: value.id, "aria-label": _("Not %(label)s", { label: value.label }) }, _("not"));
  return make("li", {}, make("label", {}, box, make("bdi", {}, value.label)), leaveOut,
    make("data", { value: value.count }, shown(value.count)));
}

function searchInside(fieldset) {
  const all = $(".more a", fieldset);
  if (!all) return;
  const { facet, name } = fieldset.dataset;
  const list = $("ul", fieldset);
  const whole = [...list.children];
  const input = make("input", { type: "search", class: "find-in", placeholder: _("Starts with…"), autocomplete: "off",
    "aria-label": _("Search in %(name)s", { name: $("legend", fieldset).textContent }) });
  const status = make("p", { class: "unseen", role: "status" });
  list.before(input, status);
  let latest = 0;
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  input.addEventListener("input", async () => {
    const mine = ++latest;
    const typed = input.value.trim();
    if (!typed) { list.replaceChildren(...whole); status.textContent = ""; return; }
    const address = new URL(all.href);
    for (const ours of ["sort", "limit", "collapse"]) address.searchParams.delete(ours);
    address.pathname = `${base}/api/v1/facets/${facet}`;
    address.searchParams.set("facet_q", typed);
    address.searchParams.set("facet_size", 12);
    const answer = await fetch(address);
    if (!answer.ok || mine !== latest) return;
    const { values, distinct } = await answer.json();
    list.replaceChildren(...values.map((value) => facetRow(name, facet, value)));
    status.textContent = plural("%(num)s found", "%(num)s found", distinct);
  });
}

/* The histogram: arrows move, Shift and arrows stretch a range, Enter asks; or drag. */

function chart(svg) {
  const bars = $$("a", svg);
  if (!bars.length) return;
  let anchor = 0, here = Math.max(0, bars.findIndex((bar) => bar.classList.contains("chosen")));
  bars.forEach((bar, place) => bar.setAttribute("tabindex", place === here ? 0 : -1));
  svg.setAttribute("aria-description", _("Arrow keys move between bars, Shift and arrow keys choose several, Enter narrows to them"));

  const paint = (from, to) => bars.forEach((bar, place) =>
    bar.classList.toggle("dragged", place >= Math.min(from, to) && place <= Math.max(from, to)));
  const go = (from, to) => {
    const [first, last] = [bars[Math.min(from, to)], bars[Math.max(from, to)]];
    const address = new URL(first.href.baseVal, location);
    address.searchParams.set("date_from", first.dataset.start);
    address.searchParams.set("date_to", last.dataset.end);
    location.assign(from === to ? first.href.baseVal : address);
  };
  const focus = (place) => {
    bars[here].setAttribute("tabindex", -1);
    here = Math.min(bars.length - 1, Math.max(0, place));
    bars[here].setAttribute("tabindex", 0);
    bars[here].focus();
  };
  const frame = svg.parentElement; // a drawing that listens for the focus is a tab stop itself
  frame.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: bars.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      focus(to);
      if (event.shiftKey) paint(anchor, here);
      else { anchor = here; paint(-1, -2); }
    } else if (event.key === "Enter" && anchor !== here) {
      event.preventDefault();
      go(anchor, here);
    }
  });
  frame.addEventListener("focusin", (event) => {
    const place = bars.indexOf(event.target.closest("a"));
    if (place >= 0 && place !== here) { here = place; anchor = place; }
  });
  anchor = here;

  let start = null;
  const barAt = (x) => { // the last one that begins before it: where nothing is, no bar is drawn
    const after = bars.findIndex((bar) => $(".room", bar).getBoundingClientRect().left > x);
    return after < 0 ? bars.length - 1 : Math.max(0, after - 1);
  };
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch") start = barAt(event.clientX);
  });
  addEventListener("pointermove", (event) => {
    if (start !== null && barAt(event.clientX) !== start) paint(start, barAt(event.clientX));
  });
  addEventListener("pointerup", (event) => {
    if (start === null) return;
    const [from, to] = [start, barAt(event.clientX)];
    start = null;
    if (from !== to) {
      addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
      setTimeout(() => go(from, to));
    }
  });
}

/* The map: one tab stop, too. Arrows go from dot to dot, the most named first. */

function dots(svg) {
  const all = $$("a", svg);
  svg.parentElement.addEventListener("keydown", (event) => {
    const here = all.indexOf(event.target.closest("a"));
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (here < 0 || !all[to]) return;
    event.preventDefault();
    all[here].setAttribute("tabindex", -1);
    all[to].setAttribute("tabindex", 0);
    all[to].focus();
  });
}

const KINDS = { person: _("person"), org: _("org"), place: _("place"), word: _("word") };

/* Type-ahead under the box: names become filters of the query, words are completed. */

function suggest(input) {
  const list = make("ul", { class: "suggestions", role: "listbox", id: "suggestions", "aria-label": _("Suggestions") });
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions" }))
    input.setAttribute(name, value);
  let offered = [], chosen = -1, latest = 0;

  const close = () => { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const choose = (place) => {
    chosen = place;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === place));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `suggestion-${place}`);
  };
  const begun = () => {
    const named = input.value.match(/(?<![^\s(-])((person|org|place):(?:"([^"]*)|([^\s"()]*)))$/u);
    if (named) return { typed: named[1], asked: named[3] ?? named[4], kind: `&kind=${named[2]}` };
    const words = input.value.match(/[^\s"()]+(?: [^\s"()]+)?$/u)?.[0] ?? "";
    return { typed: words, asked: words, kind: "" };
  };
  const take = (place) => {
    const one = offered[place];
    if (one.kind === "title") { location.assign(`${base}/articles/${encodeURIComponent(one.id)}`); return; }
    const put = one.kind === "word" ? one.text : `${one.kind}:"${one.text.replaceAll('"', "")}"`;
    const typed = one.kind === "word" ? (input.value.match(/[^\s"()]+$/u)?.[0] ?? "") : one.typed;
    input.value = input.value.slice(0, input.value.length - typed.length) + put + " ";
    close();
    input.focus();
  };
  input.addEventListener("input", async () => {
    const mine = ++latest;
    const { typed, asked, kind } = begun();
    if (asked.length < 2) { close(); return; }
    const answer = await fetch(`${input.dataset.suggest}?limit=8${kind}&q=${encodeURIComponent(asked.slice(0, 100))}`);
    if (!answer.ok || mine !== latest) return;
    offered = (await answer.json()).suggestions.map((one) => ({ ...one, typed }));
    list.replaceChildren(...offered.map((one, place) => {
      const item = make("li", { role: "option", id: `suggestion-${place}`, "aria-selected": "false" },
        make("bdi", {}, one.text), make("small", {}, one.kind === "title" ? _("open it") : `${KINDS[one.kind] ?? one.kind} · ${shown(one.articles)}`));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(place); });
      return item;
    }));
    list.hidden = !offered.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    chosen = -1;
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose((chosen + 1) % offered.length); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose((chosen <= 0 ? offered.length : chosen) - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(chosen); }
  });
  input.addEventListener("blur", close);
}

/* The reader: n and N step through the matches. */

let stepHit = () => {};

function stepper(nav) {
  const hits = $$(".text mark[id]");
  if (!hits.length) return;
  let at = -1;
  const count = make("span", { role: "status" }, plural("%(num)s match", "%(num)s matches", hits.length));
  stepHit = (by) => {
    hits[at]?.classList.remove("current");
    at = (at + by + hits.length + (at < 0 && by < 0 ? 1 : 0)) % hits.length;
    hits[at].classList.add("current");
    hits[at].scrollIntoView({ block: "center" });
    count.textContent = _("match %(number)s of %(all)s", { number: shown(at + 1), all: shown(hits.length) });
  };
  const previous = make("button", { type: "button", title: _("Previous match (N)"), "aria-label": _("Previous match") }, document.dir === "rtl" ? "›" : "‹");
  const next = make("button", { type: "button", title: _("Next match (n)"), "aria-label": _("Next match") }, document.dir === "rtl" ? "‹" : "›");
  previous.addEventListener("click", () => stepHit(-1));
  next.addEventListener("click", () => stepHit(1));
  $$("span", nav).forEach((old) => old.remove());
  nav.append(previous, next, count);
}

/* Where there is room, the chosen article stands beside the list; else its link leads to its page. */

const ROOM = matchMedia("(min-width: 100rem)");

function beside(list) {
  const links = $$(".hit h2 a", list);
  const columns = list.closest(".columns");
  const pane = make("aside", { class: "pane", tabindex: "-1", "aria-label": _("The chosen article"), hidden: "" });
  const step = (by, key, name) => {
    const button = make("button", { type: "button", title: `${name} (${key})`, "aria-label": name }, by < 0 ? "‹" : "›");
    button.addEventListener("click", () => show(at + by));
    return button;
  };
  const previous = step(-1, "k", _("Previous hit"));
  const next = step(1, "j", _("Next hit"));
  const place = make("span", { role: "status" });
  const shut = make("button", { type: "button" }, _("Close"));
  const text = make("article", { class: "text" });
  let at = -1;
  async function show(to) {
    const link = links[to];
    at = to;
    $$(".hit.current", list).forEach((hit) => hit.classList.remove("current"));
    link.closest(".hit").classList.add("current");
    link.closest(".hit").scrollIntoView({ block: "nearest" });
    const answer = await fetch(link.href).catch(() => null);
    const read = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const whole = read && $("article.text", read);
    if (at !== to) return; // another one was chosen meanwhile
    if (!whole) { location.assign(link.href); return; }
    const title = make("h2", {}, make("a", { href: link.href }, ...$("h1", whole).childNodes));
    const steps = $(".stepper", whole);
    text.replaceChildren(...[$(".source", whole), title, ...$$(":scope > .byline, :scope > .aside-line", whole), steps, $(".body", whole)].filter(Boolean));
    if (steps) { $("a", steps).remove(); stepper(steps); }
    previous.disabled = to === 0;
    next.disabled = to === links.length - 1;
    place.textContent = _("hit %(number)s of %(all)s", { number: shown(to + 1), all: shown(links.length) });
    pane.hidden = false;
    history.replaceState(history.state, "", `#${link.closest("h2").id}`); // so that it can be shared, and is there after Back
    columns.classList.add("beside");
    document.body.classList.add("wide-list");
    pane.scrollTop = 0;
    opened(new URL(link.href).pathname.split("/").at(-1));
  }
  const close = () => {
    pane.hidden = true;
    history.replaceState(history.state, "", location.pathname + location.search);
    columns.classList.remove("beside");
    document.body.classList.remove("wide-list");
    links[at]?.focus();
  };
  pane.append(make("div", { class: "pane-head" }, previous, next, place, shut), text);
  columns.append(pane);
  shut.addEventListener("click", close);
  pane.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  ROOM.addEventListener("change", () => { if (!ROOM.matches && !pane.hidden) close(); });
  links.forEach((link, number) => {
    link.addEventListener("click", async (event) => {
      if (!ROOM.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      await show(number);
      pane.focus({ preventScroll: true });
    });
    link.addEventListener("focus", () => { if (!pane.hidden && at !== number) show(number); });
  });
  const shared = links.findIndex((link) => `#${link.closest("h2").id}` === location.hash);
  if (shared >= 0 && ROOM.matches) show(shared);
}

/* Keys, where nobody is typing. */

const KEYS = [["/", _("to the box")], ["j", _("next hit")], ["k", _("previous hit")], ["Enter", _("open it")],
  ["x", _("pick the hit, or keep the article")], ["n", _("next match in the text")], ["N", _("previous match")], ["?", _("this help")]];

function help() {
  let dialog = $("dialog.keys");
  if (!dialog) {
    dialog = make("dialog", { class: "keys", "aria-labelledby": "keys-title" }, make("h2", { id: "keys-title" }, _("Keys")),
      make("dl", {}, ...KEYS.flatMap(([key, meaning]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, meaning)])),
      make("form", { method: "dialog" }, make("button", {}, _("Close"))));
    document.body.append(dialog);
  }
  dialog.showModal();
}

function stepResult(by) {
  const hits = $$(".hit");
  if (!hits.length) return;
  const at = hits.findIndex((hit) => hit.classList.contains("current"));
  const to = at < 0 ? 0 : Math.min(hits.length - 1, Math.max(0, at + by));
  hits[at]?.classList.remove("current");
  hits[to].classList.add("current");
  $("h2 a", hits[to]).focus({ preventScroll: true });
  hits[to].scrollIntoView({ block: "nearest" });
}

/* Picking: x ticks the hit that j and k lead to; beside an article it opens the form, with what is
   selected as the passage. Who keeps, and the token, stay in this tab, so that they are typed once. */

function pick() {
  const hit = $(".hit.current") ?? document.activeElement?.closest?.(".hit");
  const box = hit && $(".tick input", hit);
  if (box) { box.click(); return; }
  const keep = $("#keep");
  if (!keep) return;
  const chosen = getSelection().toString().trim();
  keep.open = true;
  if (chosen) $("#words").value = chosen;
  $(chosen ? "#note" : "#words").focus();
  keep.scrollIntoView({ block: "nearest" });
}

function picking(form) {
  const status = $(".picked", form);
  const boxes = $$(".tick input");
  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    status.textContent = number ? plural("%(num)s ticked", "%(num)s ticked", number) : _("or those that are ticked");
    if (number) $("details", form).open = true;
  };
  if (status) boxes.forEach((box) => box.addEventListener("change", count));
}

function signing(form) {
  for (const name of ["who", "token"]) {
    const input = $(`[name=${name}]`, form);
    if (!input) continue;
    input.value ||= sessionStorage.getItem(`keeping-${name}${base}`) ?? "";
    form.addEventListener("submit", () => sessionStorage.setItem(`keeping-${name}${base}`, input.value));
  }
}

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing) { if (event.key === "Escape") event.target.blur(); return; }
  const act = { "/": () => { $("#q")?.focus(); $("#q")?.select(); }, j: () => stepResult(1), k: () => stepResult(-1),
    x: pick, n: () => stepHit(1), N: () => stepHit(-1), "?": help }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

/* Read marks: only if switched on, and only in this browser. */

let opened = () => {};

function readMarks() {
  const kept = `read${base}`;
  const read = () => JSON.parse(localStorage.getItem(kept) ?? "null");
  const here = location.pathname.slice(base.length).match(/^\/articles\/([a-z2-7]{16})$/)?.[1];
  const note = (id) => localStorage.setItem(kept, JSON.stringify([...new Set([id, ...read()])].slice(0, 5000)));
  if (here && read()) note(here);
  const results = $(".results");
  if (!results || !$(".hit")) return;
  const paint = () => $$(".hit").forEach((hit) =>
    hit.classList.toggle("read", Boolean(read()?.includes($("h2", hit).id.slice(2)))));
  opened = (id) => { if (read()) { note(id); paint(); } };
  const box = make("input", { type: "checkbox" });
  box.checked = read() !== null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.setItem(kept, "[]");
    else localStorage.removeItem(kept);
    paint();
  });
  results.append(make("p", { class: "reading-marks" }, make("label", {}, box, _("Mark what I have read, in this browser only"))));
  paint();
}

/* What was asked before: only if switched on, and only in this browser. */

function askedBefore() {
  const kept = `asked${base}`;
  const read = () => JSON.parse(localStorage.getItem(kept) ?? "null");
  const form = $("form.ask");
  if (!form || !document.body.classList.contains("search")) return;
  const list = make("details", { class: "syntax asked" });
  const box = make("input", { type: "checkbox" });
  const paint = () => {
    const before = read();
    list.hidden = !before?.length;
    if (list.hidden) { list.replaceChildren(); return; }
    const forget = make("button", { type: "button" }, _("Forget them"));
    forget.addEventListener("click", () => { localStorage.setItem(kept, "[]"); paint(); box.focus(); });
    list.replaceChildren(make("summary", {}, _("Asked before")),
      make("ol", {}, ...before.map(([address, text]) => make("li", {}, make("a", { href: base + address, dir: "auto" }, text)))), make("p", {}, forget));
  };
  const note = () => {
    if (!$("#count") || !location.search) return;
    const address = new URL(location);
    for (const ours of ["cursor", "generation"]) address.searchParams.delete(ours);
    const asked = address.pathname.slice(base.length) + address.search;
    const text = [$("#q").value.trim(), ...$$(".chip bdi").map((chip) => chip.textContent)].filter(Boolean).join(" · ");
    if (text) localStorage.setItem(kept, JSON.stringify([[asked, text], ...read().filter(([one]) => one !== asked)].slice(0, 50)));
  };
  box.checked = read() !== null;
  if (box.checked) note();
  box.addEventListener("change", () => {
    if (box.checked) { localStorage.setItem(kept, "[]"); note(); }
    else localStorage.removeItem(kept);
    paint();
  });
  (form.parentElement.querySelector(".by-form") ?? form).after(list);
  $("#main").append(make("p", { class: "reading-marks" }, make("label", {}, box, _("Keep what I ask, in this browser only"))));
  paint();
}

$$("form[data-submit]").forEach(submitOnTick);
$$(".facet").forEach(searchInside);
$$("svg.chart").forEach(chart);
$$("svg.world").forEach(dots);
$$(".grid.many").forEach((grid) => {
  alignColumns(grid);
  addEventListener("resize", () => alignColumns(grid));
});
$$(".stepper").forEach(stepper);
$$("ol.hits").forEach(beside);
$$("input[data-suggest]").forEach(suggest);
$$(".picking").forEach(picking);
$$(".keeping").forEach(signing);
restorePlace();
readMarks(); // these last: a browser may forbid to keep anything
askedBefore();
