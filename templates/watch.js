"use strict";
// What the server tells is put into the page as text, never as markup.
(() => {
  const $ = (id) => document.getElementById(id);
  let told = { pages: [], looks: [], places: [], findings: [] };
  let made = -1;
  let here = null; // the place that is outlined

  const make = (tag, className, text) => {
    const one = document.createElement(tag);
    if (className) one.className = className;
    if (text !== undefined) one.textContent = text;
    return one;
  };

  // a place: segment, file, first and last line, page, left, bottom, right, top
  const SEGMENT = 0, FILE = 1, LINE = 2, LAST = 3, PAGE = 4, LEFT = 5, BOTTOM = 6, RIGHT = 7, TOP = 8;

  async function load() {
    const got = await fetch("state.json");
    if (!got.ok) return;
    told = { pages: [], looks: [], places: [], findings: [], ...await got.json() };
    show();
  }

  function show() {
    const state = $("state");
    const text = told.fault || (told.stale ? (told.pages.length ? "errors: these are the pages of before" : "errors") : told.line || "");
    state.textContent = told.building ? `building … ${text}` : text;
    state.className = told.stale || told.fault ? "stale" : "";
    document.body.dataset.number = told.number;
    if (made !== told.made) {
      made = told.made;
      pages();
      if (!$("reader").hidden) reader();
    }
    findings();
    marks();
  }

  function pages() {
    const box = $("pages");
    box.classList.toggle("facing", Boolean(told.facing));
    while (box.children.length > told.pages.length) box.lastChild.remove();
    told.pages.forEach(([left, bottom, right, top], at) => {
      let figure = box.children[at];
      if (!figure) {
        figure = make("figure");
        const page = make("div", "page");
        const img = make("img");
        img.loading = "lazy";
        img.alt = `Page ${at + 1}`;
        page.append(img);
        figure.append(page, make("figcaption", "", String(at + 1)));
        page.addEventListener("click", (event) => clicked(at, event));
        box.append(figure);
      }
      figure.firstChild.style.aspectRatio = `${right - left} / ${top - bottom}`;
      // the old one stays till the new one is there; a page that looks as before is not asked for
      const src = `page/${at + 1}.jpg?v=${told.looks[at]}`;
      const img = figure.querySelector("img");
      if (img.getAttribute("src") !== src) img.src = src;
    });
  }

  function reader() {
    $("reader").src = `reader.html?v=${made}`;
  }

  // --- places ---------------------------------------------------------------------------------

  function clicked(page, event) {
    const frame = event.currentTarget.getBoundingClientRect();
    const [left, bottom, right, top] = told.pages[page];
    const x = left + (event.clientX - frame.left) / frame.width * (right - left);
    const y = top - (event.clientY - frame.top) / frame.height * (top - bottom);
    const size = (one) => (one[RIGHT] - one[LEFT]) * (one[TOP] - one[BOTTOM]);
    const under = told.places.filter((one) => one[PAGE] === page && one[LEFT] - 2 <= x
      && x <= one[RIGHT] + 2 && one[BOTTOM] <= y && y <= one[TOP]).sort((a, b) => size(a) - size(b));
    const found = under.find((one) => one[FILE]) || under[0];
    if (found) say(found, lineAt(found, y), true);
  }

  // where a passage is of several lines in its file and stands on one page, about which line it is
  function lineAt(place, y) {
    const alone = told.places.filter((one) => one[FILE] === place[FILE] && one[LINE] === place[LINE]
      && one[SEGMENT] === place[SEGMENT]).length === 1;
    const lines = place[LAST] - place[LINE] + 1;
    if (!alone || lines < 2) return place[LINE];
    const part = (place[TOP] - y) / (place[TOP] - place[BOTTOM]);
    return place[LINE] + Math.min(lines - 1, Math.max(0, Math.floor(part * lines)));
  }

  function say(place, line, copy) {
    const at = $("place");
    here = place;
    marks();
    at.replaceChildren(place[FILE] ? at_(place[FILE], line) : make("span", "", "of no file"));
    if (place[SEGMENT]) at.append(` ${place[SEGMENT]}`);
    if (copy && place[FILE] && navigator.clipboard) {
      navigator.clipboard.writeText(`${place[FILE]}:${line}`).then(() => at.append(" · copied"), () => {});
    }
  }

  // file:line, as a link that opens an editor where one is named
  function at_(file, line) {
    const text = `${file}:${line}`;
    if (!told.link) return make("code", "", text);
    const link = make("a", "", text);
    const path = `${told.root}/${file}`.split("/").map(encodeURIComponent).join("/");
    link.href = told.link.replace("{file}", path).replace("{line}", String(line));
    return link;
  }

  function go(wanted) {
    const met = /^(.*?):(\d+)(?::\d+)?$/.exec(wanted.trim());
    let found = told.places.find((one) => one[SEGMENT] === wanted.trim());
    let line = found ? found[LINE] : 0;
    if (met) {
      line = Number(met[2]);
      const own = told.places.filter((one) => one[FILE] === met[1] || one[FILE].endsWith(`/${met[1]}`));
      const before = own.filter((one) => one[LINE] <= line).sort((a, b) => b[LINE] - a[LINE]);
      found = own.find((one) => one[LINE] <= line && line <= one[LAST]) || before[0] || own[0];
    }
    if (!found) {
      $("place").textContent = `${wanted}: nothing of it stands on a page`;
      return;
    }
    view(false);
    say(found, line, false);
    const box = $("pages").children[found[PAGE]];
    if (!box) return;
    box.scrollIntoView({ block: "nearest" });
    const mark = box.querySelector(".here");
    if (mark) mark.scrollIntoView({ block: "center" });
  }

  function fromHash() {
    const met = /^#(seg|at)=(.+)$/.exec(location.hash);
    if (met) go(decodeURIComponent(met[2]));
  }

  // --- what is outlined -----------------------------------------------------------------------

  function marks() {
    document.querySelectorAll(".mark").forEach((one) => one.remove());
    const of = (finding) => {
      const all = told.places.filter((one) => finding.segment && one[SEGMENT] === finding.segment);
      const own = all.filter((one) => one[FILE] === finding.file);
      return own.length ? own : all;
    };
    for (const one of told.findings) for (const place of of(one)) mark(place, one.severity);
    if (!here) return;
    const same = (one) => one[SEGMENT] === here[SEGMENT] && one[FILE] === here[FILE]
      && one[LINE] === here[LINE];
    for (const place of told.places.filter(same)) mark(place, "here");
  }

  function mark(place, kind) {
    const figure = $("pages").children[place[PAGE]];
    const size = told.pages[place[PAGE]];
    if (!figure || !size) return;
    const [left, bottom, right, top] = size;
    const one = make("div", `mark ${kind}`);
    one.style.left = `${(place[LEFT] - left) / (right - left) * 100}%`;
    one.style.width = `${(place[RIGHT] - place[LEFT]) / (right - left) * 100}%`;
    one.style.top = `${(top - place[TOP]) / (top - bottom) * 100}%`;
    one.style.height = `${(place[TOP] - place[BOTTOM]) / (top - bottom) * 100}%`;
    figure.firstChild.append(one);
  }

  function findings() {
    const list = $("findings");
    const rows = told.findings.map((one) => {
      const row = make("li", one.severity);
      const first = make("div");
      first.append(make("b", "", `${one.severity} ${one.code}`), " ");
      if (one.start) {
        const jump = make("button", "at", `${one.file}:${one.start.line}`);
        jump.type = "button";
        jump.addEventListener("click", () => go(
          told.places.some((place) => place[SEGMENT] === one.segment && place[FILE] !== one.file)
            && !told.places.some((place) => place[FILE] === one.file) ? one.segment
            : `${one.file}:${one.start.line}`));
        first.append(jump);
        if (told.link) {
          const open = at_(one.file, one.start.line);
          open.textContent = "open";
          first.append(" ", open);
        }
      } else first.append(make("span", "at", one.where));
      row.append(first, make("div", "", one.fact));
      if (one.hint) row.append(make("p", "hint", one.hint));
      return row;
    });
    list.replaceChildren(...rows);
    $("count").textContent = rows.length ? `${rows.length} ${rows.length === 1 ? "finding" : "findings"}` : "Nothing was found.";
  }

  function view(read) {
    $("pages").hidden = read;
    $("reader").hidden = !read;
    $("show-pages").setAttribute("aria-pressed", String(!read));
    $("show-reader").setAttribute("aria-pressed", String(read));
    if (read) reader();
  }

  $("show-pages").addEventListener("click", () => view(false));
  $("show-reader").addEventListener("click", () => view(true));
  $("go").addEventListener("submit", (event) => {
    event.preventDefault();
    go($("where").value);
  });
  addEventListener("hashchange", fromHash);

  const events = new EventSource("events");
  let first = true;
  events.addEventListener("state", async () => {
    await load();
    if (first && told.pages.length) {
      first = false;
      fromHash();
    }
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) $("state").textContent = "edition watch has ended";
  });
})();
