"""The web reader: the whole edition as one file of HTML that needs no network and no other file.

Styles and program are in it, and the policy of the page names them by their digests: nothing else
runs, whatever the edition says. Without the program the page is a text with notes and links.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from edition import templates
from edition.layout import words
from edition.layout.types import Division
from edition.model import LANGS, Lang
from edition.writers import pictures
from edition.writers.publication import NAMES, TAGS, Part, Publication
from edition.writers.types import Manuscript
from edition.writers.xml import Element, Node, element, html

_AUTHOR = {"zh": "原注", "en": "Author’s notes"}
_VIEWS = (("both", "對照", "Both"), ("zh", "中文", "Chinese"), ("en", "英文", "English"))
_SCRIPTS = (("hant", "繁"), ("hans", "简"))
_HELP = (("b", "both languages"), ("z", "Chinese"), ("e", "English"), ("s", "other script"),
         ("j", "next passage"), ("k", "passage before"), ("/", "search"), ("d", "dark or light"),
         ("Esc", "close"))  # fmt: skip


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    return {".html": html(_Page(manuscript).page())}


@lru_cache(maxsize=2)
def _shipped(name: str) -> str:
    return templates.shipped(name).read_text("utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


class _Page:
    def __init__(self, manuscript: Manuscript) -> None:
        self.manuscript = manuscript
        self.config = manuscript.config
        self.shown: dict[str, str] = {}  # addresses of pictures
        self.made = Publication(manuscript, self._picture)

    def _picture(self, path: str) -> str:
        if path not in self.shown:
            picture = pictures.read(self.manuscript.root, path)
            self.shown[path] = picture.address if picture else ""
        return self.shown[path]

    def page(self) -> Element:
        config = self.config
        style, program = _shipped("reader.css"), _shipped("reader.js")
        policy = (
            f"default-src 'none'; style-src 'sha256-{_digest(style)}'; "
            f"script-src 'sha256-{_digest(program)}'; img-src data:; base-uri 'none'; "
            "form-action 'none'"
        )
        title = " / ".join(filter(None, (config.title.get(lang) for lang in config.languages)))
        head = element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", attrs={"http-equiv": "Content-Security-Policy", "content": policy}),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title or config.id),
            element("style", style),
        )
        main = element("main", self._body(), id="_text")
        body = element(
            "body", element("a", "Skip to the text", class_="skip", href="#_text"),
            self._bar(), _results(), main,
            element("div", class_="across", role="complementary",
                    attrs={"hidden": "hidden", "aria-label": "The same in the other language"}),
            _help(), element("script", program),
        )  # fmt: skip
        both = len(config.languages) > 1
        return element(
            "html", head, body, lang=TAGS[config.script] if "zh" in config.languages else "en",
            attrs={"data-view": "both" if both else config.languages[0],
                   "data-script": config.script},
        )  # fmt: skip

    # --- what stands above the text --------------------------------------------------------------

    def _bar(self) -> Element:
        parts: list[Node] = [self._contents()]
        if len(self.config.languages) > 1:
            views = [(key, f"{zh} {en}") for key, zh, en in _VIEWS]
            parts.append(_choice("view", "Languages", views, "both"))
        if self.manuscript.other is not None:
            parts.append(_choice("script", "Script of the Chinese", _SCRIPTS, self.config.script))
        parts.append(
            element("button", "◐", type="button",
                    attrs={"data-does": "theme", "aria-label": "Dark or light"})
        )  # fmt: skip
        parts.append(
            element("input", type="search", placeholder="搜尋 Search",
                    attrs={"aria-label": "Search in both languages", "autocomplete": "off"})
        )  # fmt: skip
        return element("header", parts, class_="bar")

    def _contents(self) -> Element:
        made = element("ol")
        for heading in self.made.headings():
            link = element("a", href=f"#{heading.id}")
            for inner in heading.words.values():
                if len(link):
                    link[-1].tail = " "
                link.append(inner)
            made.append(element("li", link, class_=f"l{min(heading.level, 4)}"))
        nav = element("nav", made, attrs={"aria-label": "Contents"})
        return element("details", element("summary", "目次 Contents"), nav)

    def _tag(self, lang: Lang) -> str:
        return TAGS[self.config.script] if lang == "zh" else "en"

    # --- the text --------------------------------------------------------------------------------

    def _body(self) -> Iterator[Element]:
        parts = self.made.parts()
        there = {part.division for part in parts}
        for part in parts:
            match part.division:
                case Division.TITLE:
                    yield self._title()
                case Division.REFERENCES:
                    yield from self._references()
                case Division.INDEX:
                    yield from self._index()
                case _ if part.section:
                    yield self._section(part)
                case Division.GLOSSARY:
                    yield element("section", self.made.rows(part), class_="glossary")
                    yield from self._names()
                case _:
                    rows = self.made.rows(part)
                    yield element("section", rows, class_=part.division.value)
        # what links lead to, where the book has no such list
        if Division.GLOSSARY not in there:
            yield from self._names()
        if Division.REFERENCES not in there:
            yield from self._references()

    def _section(self, part: Part) -> Element:
        made = element("section", class_="text")
        for row in part.rows:
            one = self.made.row(row)
            one.append(_to(one, row.id))
            one.set("data-name", row.id)
            made.append(one)
        noted = list(self._notes(part.section)) if part.last else []
        if noted:
            made.append(element("section", noted, class_="notes"))
        return made

    def _title(self) -> Element:
        made = element("header", class_="titlepage")
        for style, lines in self.made.title():
            made.append(element("h1" if style == "title" else "p", lines, class_=style))
        return made

    def _notes(self, section: str) -> Iterator[Element]:
        layers = {number: one.name for number, one in enumerate(self.config.layers, start=1)}
        for rank, rows in self.made.notes_of(section):
            name = layers.get(rank)
            words: list[Node] = [
                element("span", (name.get(lang) if name else _AUTHOR[lang]) or "", " ",
                        lang=self._tag(lang), class_=lang)
                for lang in self.config.languages
            ]  # fmt: skip
            yield element("h3", words)
            yield from rows

    def _names(self) -> Iterator[Element]:
        names = self.made.names()
        if names:
            heading = self._heading("d-names", {lang: NAMES.get(lang) for lang in LANGS})
            yield element("section", heading, names, class_="names")

    def _references(self) -> Iterator[Element]:
        references = self.made.references()
        if references:
            listed = element("ol", references, class_="refs")
            heading = self._own_heading(Division.REFERENCES)
            yield element("section", heading, listed, class_="references")

    def _index(self) -> Iterator[Element]:
        lists = [(lang, self.made.index(lang)) for lang in self.config.languages]
        if any(entries for _, entries in lists):
            made = element("section", self._own_heading(Division.INDEX), class_="indices")
            for lang, entries in lists:
                if entries:
                    made.append(element("ul", entries, class_="index", lang=self._tag(lang)))
            yield made

    def _own_heading(self, division: Division) -> Element:
        said = words.both(division, self.config.languages, self.config.script)
        return self._heading(f"d-{division.value}", {lang: said.get(lang) for lang in LANGS})

    def _heading(self, id: str, said: Mapping[Lang, str]) -> Element:
        spans: list[Node] = []
        for lang in self.config.languages:
            spans += [element("span", said[lang], lang=self._tag(lang)), " "]
        return element("h2", spans, id=id)


def _to(row: Element, id: str) -> Element:
    """The link of a row to itself, which can be copied."""
    return element("a", "¶", class_="to", href=f"#{row.get('id')}",
                   attrs={"aria-label": f"Link to {id}"})  # fmt: skip


def _choice(kind: str, label: str, choices: Sequence[tuple[str, str]], now: str) -> Element:
    buttons = [
        element("button", says, type="button",
                attrs={f"data-{kind}-to": key, "aria-pressed": str(key == now).lower()})
        for key, says in choices
    ]  # fmt: skip
    return element("div", buttons, class_="group", role="group", attrs={"aria-label": label})


def _results() -> Element:
    attrs = {"hidden": "hidden", "aria-label": "What was found"}
    told = element("p", class_="told", role="status")
    return element("section", told, element("ol"), class_="results", attrs=attrs)


def _help() -> Element:
    keys: list[Node] = []
    for key, does in _HELP:
        keys += [element("kbd", key), f" {does} · "]
    return element("footer", element("p", "Keys: ", keys[:-1], f" {_HELP[-1][1]}", class_="help"))
