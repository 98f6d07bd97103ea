"""A book in the making: its boxes, and what they are called elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from edition.config import Bilingual, Config
from edition.layout import heads, listing, words
from edition.layout.boxes import BoxMaker, own
from edition.layout.types import Box, BoxRole, Division, Flow, Layout, Row
from edition.model import LANGS, Edition, Inlines, Lang, References, Segment

# divisions whose entries may stand in columns, and the style of these
_LISTED = {Division.INDEX: "index", Division.GLOSSARY: "gloss"}


class BookDraft:
    """What has been made of a book. ``edition`` is aligned, anchored and in the script to print;
    ``layout`` is fitted."""

    def __init__(
        self, edition: Edition, config: Config, layout: Layout, references: References
    ) -> None:
        self.edition = edition
        self.config = config
        self.layout = layout
        self.references = references
        self.maker = BoxMaker(edition, config, layout, references)
        self.boxes: dict[str, Box] = {}
        self.layers: dict[str, int] = {}
        self.labels: dict[str, str] = {}
        self.titles: dict[str, dict[Lang, Inlines]] = {}
        self.heads: dict[str, dict[Lang, Inlines]] = {}
        self._listed = {division for division, style in _LISTED.items()
                        if self.measure(style, "zh") + self.measure(style, "en")}  # fmt: skip

    def flow(self, division: Division, rows: Iterable[Row]) -> Flow:
        """Rows as a flow, in columns where its entries are."""
        made = tuple(rows)
        return Flow(division=division, rows=made, listed=division in self._listed and bool(made))

    def measure(self, style: str, lang: Lang) -> float:
        """The width of an entry of a list in columns; 0 where it has no columns."""
        if style == "gloss" and self.layout.geometry.facing and self.config.glossary.order != "own":
            return 0.0  # entries stand level with those they face
        return listing.measure(self.layout, style, lang)

    def add(self, box: Box) -> str:
        """Take a box in; its key."""
        self.boxes[box.key] = box
        return box.key

    def made(
        self, key: str, style: str, texts: Bilingual, *, role: BoxRole = BoxRole.FRONT,
        full: bool = False, parted: Callable[[str, Lang], Inlines] = lambda text, _: own(text),
    ) -> tuple[str, ...]:  # fmt: skip
        """Keys of the boxes of a text in both languages; a language without text has none, nor one
        that has no pages, but for what stands across them. ``parted``: the text as inlines."""
        here = LANGS if full else self.config.languages
        return tuple(
            self.add(self.maker.made(f"{key}/{lang}", style, lang, parted(texts.get(lang), lang),
                                     role=role, full=full))
            for lang in LANGS if texts.get(lang) and lang in here
        )  # fmt: skip

    def row(
        self, id: str, style: str, texts: Bilingual, *, keep: bool = False,
        role: BoxRole = BoxRole.FRONT,
        parted: Callable[[str, Lang], Inlines] = lambda text, _: own(text),
    ) -> Row:  # fmt: skip
        """A row of one text, a heading where what follows is to ``keep`` with it. ``parted``: the
        text as inlines."""
        keys = self.made(id, style, texts, role=role, parted=parted)
        return Row(
            id=id, keep=keep, whole=keep, level=1 if keep else 0,
            zh=tuple(key for key in keys if key.endswith("/zh")),
            en=tuple(key for key in keys if key.endswith("/en")),
        )  # fmt: skip

    def heading(self, division: Division, style: str = "heading1") -> Row:
        """The heading of a division that the book makes itself."""
        name = f"{division.value}/heading"
        return self.row(name, style, self.own_title(name, division), keep=True)

    def own_title(self, id: str, division: Division) -> Bilingual:
        """The words of a division that the book makes itself, which are its running heads too."""
        texts = words.both(division, self.config.languages, self.config.script)
        self.titles[id] = self.heads[id] = {lang: own(texts.get(lang)) for lang in LANGS}
        return texts

    def titled(self, id: str, *sides: Sequence[Segment]) -> None:
        """What a heading is elsewhere: in the contents, and as a running head."""
        titles, running = self.titles.setdefault(id, {}), self.heads.setdefault(id, {})
        for lang, side in zip(LANGS, sides, strict=True):
            titles[lang] = _joined(heads.title(one.inlines, self.references, lang) for one in side)
            whole = _joined(heads.of_segment(one, self.references) for one in side)
            running[lang] = heads.running(whole, lang, self.layout)


def _joined(parts: Iterable[Inlines]) -> Inlines:
    """Headings that face one heading of the other side, in one line."""
    joined: Inlines = ()
    for part in parts:
        joined = (*joined, *own(" "), *part) if joined else part
    return joined
