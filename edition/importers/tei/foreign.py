"""A TEI file of others → a document, or one of each language.

Taken over: headings, paragraphs, verse, lists, quotations, tables, figures, places of pages, notes,
and the apparatus, whose entries become notes at their lemmas. Both languages are told by parts
(``text`` or ``div`` with ``xml:lang``, or ``type="translation"``), by blocks, or within a block by
CBETA's ``cb:tt``. What else there is, is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from edition.diagnostics import Diagnostic, Outcome
from edition.importers.codes import LEFT_OUT
from edition.importers.documents import model
from edition.importers.documents.model import Block, Document, Inline, Inlines, RefusedError
from edition.importers.documents.tidy import words
from edition.importers.documents.xml import Element, attr, child, children, descendants, local
from edition.importers.pairs.splitting import Sides, counted, spoken
from edition.model import LANGS, Lang

FORMAT = "TEI document"
_SPACE = re.compile(r"\s+")
_PARTS = {
    "div", "div1", "div2", "div3", "div4", "lg", "sp", "argument", "juan", "group", "floatingText",
    "body", "front", "back", "text", "cit", "closer", "opener", "epigraph",
}  # fmt: skip
_BLOCKS = {
    "p", "ab", "head", "l", "item", "table", "figure", "quote", "byline", "label", "q", "trailer",
    "salute", "signed", "dateline", "docTitle", "titlePart", "speaker", "stage",
}  # fmt: skip
_RAISED = {"superscript": "sup", "sup": "sup", "super": "sup", "subscript": "sub", "sub": "sub"}


def read_foreign(name: str, root: Element) -> Outcome[Document | Sides]:
    """Raises :class:`RefusedError` where it has no text."""
    reader = _TeiReader(root)
    reader.read()
    found = tuple(
        Diagnostic(code=LEFT_OUT, where=name, fact=f"{number} × {what}")
        for what, number in sorted(reader.left.items())
    )  # fmt: skip
    sides = {lang: reader.blocks[lang] for lang in LANGS if reader.blocks[lang]}
    if not sides:
        raise RefusedError("there is no text in it", "its <body> is empty")
    if len(sides) == 1:
        (lang,) = sides
        return Outcome(reader.document(lang), found)
    made = Sides(zh=reader.document("zh"), en=reader.document("en"), rows=reader.rows())
    return Outcome(made, found)


@dataclass(slots=True)
class _TeiReader:
    root: Element
    blocks: dict[Lang, list[Block]] = field(default_factory=lambda: {"zh": [], "en": []})
    notes: dict[Lang, dict[str, model.NoteBody]] = field(
        default_factory=lambda: {"zh": {}, "en": {}}
    )
    left: Counter[str] = field(default_factory=Counter)
    entries: dict[str, list[str]] = field(default_factory=dict)  # id of an anchor → readings
    beside: dict[str, list[str]] = field(default_factory=dict)  # id → notes that stand elsewhere
    sigla: dict[str, str] = field(default_factory=dict)
    ids: dict[str, tuple[Lang, int]] = field(default_factory=dict)  # of a block → its place
    answers: list[tuple[Lang, int, str]] = field(default_factory=list)
    number: int = 0

    def read(self) -> None:
        for one in descendants(self.root, "witness"):
            self.sigla[attr(one, "id")] = _text(one) or attr(one, "id")
        self._beside()
        texts = list(descendants(self.root, "text"))
        for text in texts:
            body = child(text, "body")
            if body is not None:
                self._part(body, self.lang_of(text, None), 0)

    def _beside(self) -> None:
        """Apparatus and notes that point into the text."""
        for app in descendants(self.root, "app"):
            at = attr(app, "to") or attr(app, "from")
            if at:
                self.entries.setdefault(at.removeprefix("#"), []).append(self.entry(app))
        for note in descendants(self.root, "note"):
            at = attr(note, "targetEnd") or attr(note, "target")
            inside = any(local(one) == "body" for one in note.iterancestors())
            if at.startswith("#") and not inside and _text(note):
                self.beside.setdefault(at[1:].split()[0], []).append(_text(note))

    def entry(self, app: Element) -> str:
        """What an entry of the apparatus says, as a note: 義】議【宋】."""
        said = []
        lem = child(app, "lem")
        for one in [*([lem] if lem is not None else []), *children(app, "rdg")]:
            wit = "".join(self.sigla.get(each.removeprefix("#"), each)
                          for each in attr(one, "wit").split())  # fmt: skip
            space = " " if wit[:1].isalnum() else ""
            said.append((_text(one) or "〔無〕") + space + wit)
        return "；".join(said)

    # --- parts and blocks ------------------------------------------------------------------------

    def lang_of(self, element: Element, outer: Lang | None) -> Lang | None:
        tag = attr(element, "lang").lower()
        if tag.startswith(("zh", "lzh", "cmn", "yue")):
            return "zh"
        if tag.startswith("en"):
            return "en"
        if attr(element, "type") == "translation":
            return "en"
        if attr(element, "type") in ("original", "edition", "source") and local(element) == "div":
            return "zh"
        return outer

    def _part(self, part: Element, lang: Lang | None, level: int) -> None:
        for one in part:
            tag, own = local(one), self.lang_of(one, lang)
            if tag == "lg" and any(local(each) == "l" for each in one):
                self._add(one, own, level)
            elif tag == "list":
                self._list(one, own, 1)
            elif tag in _PARTS:
                self._part(one, own, level + (tag.startswith("div")))
            elif tag in _BLOCKS:
                self._add(one, own, level)
            elif tag and tag not in ("lb", "pb", "cb", "milestone", "anchor", "gap", "space"):
                self.left[f"<{tag}>"] += 1

    def _list(self, element: Element, lang: Lang | None, depth: int) -> None:
        numbered = "number" in attr(element, "rend") or attr(element, "type") == "ordered"
        for number, item in enumerate(children(element, "item"), start=1):
            mark = f"{number}." if numbered else "-"
            self._add(item, self.lang_of(item, lang), 0, (min(depth, 4), mark))
            for inner in children(item, "list"):
                self._list(inner, self.lang_of(inner, lang), depth + 1)

    def _add(
        self, one: Element, lang: Lang | None, level: int, item: tuple[int, str] | None = None
    ) -> None:  # fmt: skip
        """A block; of one that holds both languages (``cb:tt``), a block of each."""
        parts: dict[Lang, Element | None] = {}
        if any(local(each) == "tt" for each in descendants(one, "tt")):
            parts = {"zh": None, "en": None}
        for side in parts or {lang or spoken(_text(one)) or "zh": None}:
            self.number += 1
            place = self.number
            writer = _Inlines(self, side, bool(parts))
            block = _block(one, writer, level, item, place)
            if block is None:
                continue
            self.blocks[side].append(block)
            if attr(one, "id"):
                self.ids[attr(one, "id")] = side, place
            for target in attr(one, "corresp").split():
                self.answers.append((side, place, target.removeprefix("#")))
            if parts:
                self.ids[f"\0{id(one)}"] = ("zh", place) if side == "zh" else self.ids.get(
                    f"\0{id(one)}", (side, place))  # fmt: skip
                if side == "en":
                    self.answers.append((side, place, f"\0{id(one)}"))

    def rows(self) -> Mapping[Lang, Mapping[int, int]]:
        """Blocks that answer to each other by ``corresp``, or stand in one: in one row. None where
        that is not said of all: then the texts tell."""
        rows: dict[Lang, dict[int, int]] = {"zh": {}, "en": {}}
        for side, place, target in self.answers:
            if target not in self.ids or self.ids[target][0] == side:
                continue
            other, at = self.ids[target]
            row = at if other == "zh" else place
            rows[side][place] = rows[other][at] = row
        whole = all(block.place in rows[lang] for lang in LANGS for block in self.blocks[lang])
        return rows if whole else {}

    def document(self, lang: Lang) -> Document:
        blocks = tuple(self.blocks[lang])
        notes = self.notes[lang]
        bodies: list[Block] = [each for note in notes.values() for each in note.blocks]
        return Document(
            format=FORMAT, blocks=blocks, notes=notes,
            characters=sum(map(counted, (*blocks, *bodies))),
        )  # fmt: skip


@dataclass(slots=True)
class _Inlines:
    """What stands in a block, in one language."""

    reader: _TeiReader
    lang: Lang
    both: bool  # the block holds both languages

    def of(self, element: Element) -> Inlines:
        made: list[Inline] = []
        self._fill(element, made)
        return tuple(made)

    def _said(self, text: str | None, made: list[Inline]) -> None:
        said = _SPACE.sub(" ", text or "")
        if self.lang == "zh" and said.strip() == "" and "\n" in (text or ""):
            said = ""  # the line end of the file
        if said:
            made.append(model.TextRun(said))

    def _fill(self, element: Element, made: list[Inline]) -> None:
        self._said(element.text, made)
        for one in element:
            self._one(one, made)
            self._said(one.tail, made)

    def _one(self, one: Element, made: list[Inline]) -> None:
        tag, rend = local(one), attr(one, "rend").split()
        raised = next((_RAISED[each] for each in rend if each in _RAISED), None)
        match tag:
            case "t" | "tt":
                tongue = self.reader.lang_of(one, None)
                if tongue in (None, self.lang):
                    self._fill(one, made)
                elif not self.both:
                    self.reader.left[f"<cb:{tag}>"] += 1
            case "hi" if raised:
                made.append(model.StyledRun("sup" if raised == "sup" else "sub", self.of(one)))
            case "hi" | "emph" if self.of(one):
                strong = "bold" in rend
                made.append(model.StyledRun("strong" if strong else "emph", self.of(one)))
            case "ruby":
                base, reading = child(one, "rb"), child(one, "rt")
                made.append(model.RubyRun(_text(base), _text(reading)))
            case "lb" if self.lang == "en":
                made.append(model.TextRun(" "))
            case "pb" if attr(one, "n"):
                place = re.sub(r'["{}\[\]\\]', "", attr(one, "n"))
                made.append(model.RawMarkup(f'[]{{.page n="{place}"}}'))
            case "note":
                self._note(_text(one), made)
            case "app":
                self._fill_lemma(one, made)
            case "choice":
                kept = next((each for name in ("corr", "reg", "expan", "sic", "orig", "abbr")
                             if (each := child(one, name)) is not None), None)  # fmt: skip
                if kept is not None:
                    self._fill(kept, made)
                for name in ("sic", "orig", "abbr"):
                    if child(one, name) is not None and child(one, name) is not kept:
                        self.reader.left[f"<{name}>"] += 1
            case "ref" if attr(one, "target").startswith(("http://", "https://")):
                made.append(model.Hyperlink(self.of(one), attr(one, "target")))
            case "g" | "gap" | "graphic" if not _text(one):
                self.reader.left[f"<{tag}>"] += 1
            case "list" | "rdg" | "fw" | "figDesc":
                if tag != "list":
                    self.reader.left[f"<{tag}>"] += 1
            case _:
                self._fill(one, made)
        own = attr(one, "id")
        said = self.reader.entries.pop(own, []) + self.reader.beside.pop(own, []) if own else []
        for one_said in said:
            self._note(one_said, made)

    def _fill_lemma(self, app: Element, made: list[Inline]) -> None:
        """The lemma in the text, the entry as a note on it."""
        lem = child(app, "lem")
        if lem is not None:
            self._fill(lem, made)
        if not attr(app, "from"):
            self._note(self.reader.entry(app), made)

    def _note(self, said: str, made: list[Inline]) -> None:
        if not said:
            return
        notes = self.reader.notes[self.lang]
        label = str(len(notes) + 1)
        notes[label] = model.NoteBody((model.Paragraph(inlines=(model.TextRun(said),)),))
        made.append(model.NoteRef(label))


def _block(
    one: Element, to: _Inlines, level: int, item: tuple[int, str] | None, place: int
) -> Block | None:  # fmt: skip
    tag = local(one)
    if tag == "table":
        rows = tuple(tuple(to.of(cell) for cell in children(row, "cell"))
                     for row in children(one, "row"))  # fmt: skip
        head = child(one, "head")
        caption = to.of(head) if head is not None else ()
        return model.TableBlock(rows=rows, caption=caption, place=place) if rows else None
    if tag == "figure":
        head = child(one, "head")
        picture = attr(child(one, "graphic"), "url")
        return model.Figure(picture=picture, caption=to.of(head) if head is not None else (),
                            place=place)  # fmt: skip
    if tag == "lg":
        lines = tuple(to.of(line) for line in children(one, "l"))
        return model.Verse(lines=lines, place=place) if any(map(words, lines)) else None
    inlines = to.of(one)
    if not words(inlines).strip():
        return None
    if item is not None:
        return model.Item(inlines=inlines, depth=item[0], mark=item[1], place=place)
    match tag:
        case "head" | "docTitle" | "titlePart":
            return model.Heading(level=min(max(level, 1), 4), inlines=inlines, place=place)
        case "quote" | "q":
            return model.Quote(inlines=inlines, place=place)
        case "l":
            return model.Verse(lines=(inlines,), place=place)
        case _:
            return model.Paragraph(inlines=inlines, place=place)


def _text(element: Element | None) -> str:
    """All text within, white space as one space."""
    if element is None:
        return ""
    return _SPACE.sub(" ", "".join(map(str, element.itertext()))).strip()
