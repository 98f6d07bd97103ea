"use strict";
// The web reader. All that is shown is already in the page: parts of it are copied, never built
// from text, and nothing is asked of a network.
(() => {
  const root = document.documentElement;
  const all = (query, from = document) => Array.from(from.querySelectorAll(query));
  const one = (query) => document.querySelector(query);
  const kept = {
    get(key) { try { return localStorage.getItem("reader-" + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("reader-" + key, value); } catch { /* not kept */ } },
  };

  // --- views, scripts, colours -----------------------------------------------------------------
  const pressed = (name, value) => all(`[data-${name}-to]`).forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset[name + "To"] === value)));

  function view(value) {
    if (!all("[data-view-to]").some((button) => button.dataset.viewTo === value)) return;
    const here = atTop();
    root.dataset.view = value;
    pressed("view", value);
    kept.set("view", value);
    across(null);
    if (here) here.scrollIntoView();
  }

  const scripts = all("[data-script-to]").map((button) => button.dataset.scriptTo);
  function script(value) {
    if (!scripts.includes(value)) return;
    const swapped = value !== root.dataset.script;
    if (swapped !== ("swapped" in root.dataset)) {
      for (const span of all("[data-o]")) {
        const other = span.dataset.o;
        span.dataset.o = span.textContent;
        span.textContent = other;
      }
      for (const picture of all("[data-o-alt]")) {
        const other = picture.dataset.oAlt;
        picture.dataset.oAlt = picture.alt;
        picture.alt = other;
      }
      const tag = value === "hans" ? "zh-Hans" : "zh-Hant";
      all("[lang^='zh-']").forEach((part) => { part.lang = tag; });
      if (swapped) root.dataset.swapped = ""; else delete root.dataset.swapped;
    }
    pressed("script", value);
    kept.set("script", value);
  }

  function theme(value) {
    root.dataset.theme = value;
    kept.set("theme", value);
  }
  const dark = () => root.dataset.theme === "dark" ||
    (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);

  // --- notes and cards, on tap -----------------------------------------------------------------
  let pop = null, opener = null;
  function close() {
    if (!pop) return;
    pop.remove();
    pop = null;
    if (opener) opener.focus({ preventScroll: true });
    opener = null;
  }
  function open(link) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return false;
    close();
    opener = link;
    const copy = target.cloneNode(true);
    copy.removeAttribute("id");
    copy.removeAttribute("role");
    all("[id]", copy).forEach((part) => part.removeAttribute("id"));
    all(".back, .to", copy).forEach((part) => part.remove());
    pop = document.createElement("div");
    pop.className = "pop";
    pop.setAttribute("role", "dialog");
    pop.setAttribute("aria-label", link.textContent);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.setAttribute("aria-label", "Close");
    button.textContent = "×";
    button.addEventListener("click", close);
    pop.append(copy, button);
    one("main").append(pop);
    const place = link.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    pop.style.left = Math.max(8, Math.min(place.left, width - pop.offsetWidth - 8)) + scrollX + "px";
    pop.style.top = place.bottom + scrollY + 6 + "px";
    button.focus({ preventScroll: true });
    return true;
  }

  // --- the counterpart, where one language is shown --------------------------------------------
  const strip = one(".across");
  function across(row) {
    strip.replaceChildren();
    const shown = root.dataset.view;
    const cell = row && shown !== "both" && row.querySelector(shown === "zh" ? ".cell.en" : ".cell.zh");
    if (cell && cell.textContent.trim()) {
      const copy = cell.cloneNode(true);
      all("[id]", copy).forEach((part) => part.removeAttribute("id"));
      copy.className = "";
      strip.append(copy);
    }
    strip.hidden = !strip.firstChild;
  }

  // --- rows --------------------------------------------------------------------------------------
  const rows = all("main .row[id^='s-']");
  const atTop = () => rows.find((row) => row.getBoundingClientRect().bottom > 60);
  let here = null;
  function stand(row) {
    if (here) here.classList.remove("here");
    here = row;
    if (!row) return;
    row.classList.add("here");
    across(row);
  }
  function step(by) {
    const from = here ? rows.indexOf(here) : rows.indexOf(atTop()) - (by > 0 ? 1 : 0);
    const row = rows[Math.max(0, Math.min(rows.length - 1, from + by))];
    if (!row) return;
    stand(row);
    row.scrollIntoView({ block: "center" });
    const link = row.querySelector(".to");
    if (link) link.focus({ preventScroll: true });
  }

  // --- search: plain words, in both languages and both scripts -----------------------------------
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
  let index = null;
  function words(cell, other) {
    let text = "";
    const walk = (node) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) text += child.data;
        else if (child.nodeType !== Node.ELEMENT_NODE || child.matches(".mark, rt, .stone, .to, .back")) continue;
        else if (other && child.hasAttribute("data-o")) text += child.dataset.o;
        else walk(child);
      }
    };
    walk(cell);
    return text.replace(/\s+/g, " ").trim();
  }
  function built() {
    if (!index) {
      index = all("main .row").filter((row) => row.id || row.querySelector(".note")).map((row) => {
        const side = (lang) => row.querySelector(".cell." + lang);
        const zh = side("zh"), en = side("en"), swapped = "swapped" in root.dataset;
        // the page's own script, the other one, English
        const texts = [zh ? words(zh, swapped) : "", zh ? words(zh, !swapped) : "", en ? words(en, false) : ""];
        return { row, texts, folded: texts.map(fold) };
      });
    }
    return index;
  }
  const results = one(".results"), list = one(".results ol"), told = one(".results .told");
  const MOST = 200;
  function search(query) {
    const wanted = fold(query).trim();
    list.replaceChildren();
    results.hidden = !wanted;
    if (!wanted) return;
    const hits = built().filter((entry) => entry.folded.some((text) => text.includes(wanted)));
    told.textContent = hits.length > MOST ? `${hits.length} places, the first ${MOST}:` : `${hits.length} places`;
    for (const hit of hits.slice(0, MOST)) list.append(shown(hit, wanted));
  }
  function shown(hit, wanted) {
    const item = document.createElement("li");
    const swapped = "swapped" in root.dataset;
    // the script that is shown, unless only the other has it
    const zh = hit.folded[swapped ? 1 : 0].includes(wanted) || !hit.folded[swapped ? 0 : 1].includes(wanted)
      ? (swapped ? 1 : 0) : (swapped ? 0 : 1);
    const anchor = hit.row.id ? hit.row : hit.row.querySelector("[id]");
    const link = document.createElement("a");
    link.href = "#" + encodeURIComponent(anchor.id);
    link.textContent = anchor.dataset.name || (anchor.matches(".note") ? "注 Note" : "→");
    item.append(link);
    for (const at of [zh, 2]) {
      if (!hit.texts[at]) continue;
      const line = document.createElement("p");
      line.lang = at === 2 ? "en" : one(".cell.zh")?.lang || "zh";
      marked(line, hit.texts[at], wanted);
      item.append(line);
    }
    return item;
  }
  function marked(line, text, wanted) {
    const low = fold(text);
    // folding may change lengths: then the place is not marked
    const at = low.length === text.length ? low.indexOf(wanted) : -1;
    if (at < 0) { line.textContent = text.length > 240 ? text.slice(0, 240) + "…" : text; return; }
    const from = Math.max(0, at - 60), to = Math.min(text.length, at + wanted.length + 120);
    const mark = document.createElement("mark");
    mark.textContent = text.slice(at, at + wanted.length);
    line.append((from ? "…" : "") + text.slice(from, at), mark,
      text.slice(at + wanted.length, to) + (to < text.length ? "…" : ""));
  }

  // --- what is pressed ---------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const target = event.target;
    const link = target.closest("a");
    if (link && (link.closest("sup.mark") || link.classList.contains("card") || link.classList.contains("cite"))) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && open(link)) event.preventDefault();
      return;
    }
    if (link && link.closest(".results")) { results.hidden = true; close(); }
    if (link && link.closest(".bar nav")) link.closest("details").open = false;
    const button = target.closest("button");
    if (button) {
      if (button.dataset.viewTo) view(button.dataset.viewTo);
      if (button.dataset.scriptTo) script(button.dataset.scriptTo);
      if (button.dataset.does === "theme") theme(dark() ? "light" : "dark");
      return;
    }
    if (pop && !pop.contains(target)) close();
    if (!link) stand(target.closest("main .row[id^='s-']") || here);
  });
  document.addEventListener("mouseover", (event) => {
    if (root.dataset.view === "both") return;
    const row = event.target.closest?.("main .row[id^='s-']");
    if (row) across(row);
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("main .row[id^='s-']");
    if (row && event.target.matches(".to")) stand(row);
  });
  const field = one(".bar input");
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(field.value), 60);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (pop) close();
      else if (!results.hidden) { field.value = ""; search(""); }
      else across(null);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea")) return;
    const does = {
      "j": () => step(1), "k": () => step(-1), "/": () => field.focus(), "d": () => theme(dark() ? "light" : "dark"),
      "b": () => view("both"), "z": () => view("zh"), "e": () => view("en"),
      "s": () => script(scripts.find((name) => one(`[data-script-to="${name}"]`).getAttribute("aria-pressed") === "false")),
    }[event.key];
    if (does) { event.preventDefault(); does(); }
  });

  theme(kept.get("theme") || "");
  if (!root.dataset.theme) delete root.dataset.theme;
  if (kept.get("view")) view(kept.get("view"));
  if (kept.get("script")) script(kept.get("script"));
})();
