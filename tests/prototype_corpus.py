"""The synthetic corpora of the prototype as editions, for comparisons with it.

A corpus is chapters of pairs whose texts hold note marks (``\\x01id\\x02``) and notes of one
language each. Nothing is anchored by lemma: the marks say where the notes stand.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from edition.config import Bilingual, Config, Layer
from edition.model import (
    Anchor,
    Cell,
    Edition,
    Kind,
    Lang,
    Note,
    Pair,
    Section,
    Segment,
    Table,
    Text,
)
from edition.source import SourceFile

MARK = re.compile("\x01(.*?)\x02")
DYNASTIES = (
    ("朝代", "Dynasty", "Years"),
    ("秦", "Qin", "221–206 BCE"),
    ("漢", "Han", "202 BCE–220"),
    ("隋", "Sui", "581–618"),
    ("唐", "Tang", "618–907"),
    ("宋", "Song", "960–1279"),
)


def config(layout: str, script: str = "hans") -> Config:
    return Config(
        id="corpus", title=Bilingual(zh="合成文本", en="A synthetic text"), date="2026-01-01",
        script=script, source_script=script, layout=layout, paper="152x229",  # type: ignore[arg-type]
        layers=(Layer(id="注", name=Bilingual(zh="注", en="Notes"), numbering="circled"),),
    )  # fmt: skip


def load(path: Path) -> Edition:
    """The edition of ``book_N.json``."""
    book = json.loads(path.read_text("utf-8"))
    anchors: list[Anchor] = []
    sections: list[Section] = []
    pairs: list[Pair] = []
    for number, chapter in enumerate(book["chaps"]):
        found = [_pair(item, f"c{number}", anchors) for item in chapter]
        pairs += found
        sections.append(
            Section(f"c{number}", tuple(one for pair in found for one in pair.zh),
                    tuple(one for pair in found for one in pair.en))
        )  # fmt: skip
    places = {anchor.note: anchor for anchor in anchors}
    notes = tuple(
        _note(key, lang, text, places[key].segment)
        for key, (lang, text) in book["notes"].items() if key in places
    )  # fmt: skip
    segments = {(one.lang, one.id): one for pair in pairs for one in (*pair.zh, *pair.en)}
    return Edition(
        sections=tuple(sections), pairs=tuple(pairs), notes=notes, anchors=tuple(anchors),
        segments=segments,
    )  # fmt: skip


def _note(key: str, lang: Lang, text: str, segment: str) -> Note:
    span = SourceFile("notes.yaml", text).whole()
    return Note(key, "注", segment, {}, {lang: (Text(text, span),)}, span)


def _pair(item: dict[str, str], section: str, anchors: list[Anchor]) -> Pair:
    sides: dict[str, Segment] = {}
    for lang in ("zh", "en"):
        if item["t"] == "table":
            sides[lang] = _table(item["id"], lang)
            continue
        text = item[lang]
        plain, at = "", 0
        for match in MARK.finditer(text):
            plain += text[at : match.start()]
            at = match.end()
            anchors.append(Anchor(match[1], lang, item["id"], max(0, len(plain) - 1), len(plain)))
        plain += text[at:]
        span = SourceFile(f"{section}.{lang}.md", plain).whole()
        kind = Kind.PARA if item["t"] == "pair" else Kind.HEADING
        sides[lang] = Segment(
            id=item["id"], given=True, lang=lang, kind=kind, inlines=(Text(plain, span),),  # type: ignore[arg-type]
            span=span, level={"chap": 1, "head": 2}.get(item["t"], 0),
        )  # fmt: skip
    return Pair(item["id"], section, (sides["zh"],), (sides["en"],))


def _table(id: str, lang: str) -> Segment:
    span = SourceFile("table.md", "|").whole()
    rows = [tuple(Cell((Text(text, span),), "left", span) for text in row) for row in DYNASTIES]
    return Segment(id=id, given=True, lang=lang, kind=Kind.TABLE, inlines=(), span=span,  # type: ignore[arg-type]
                   table=Table(rows[0], tuple(rows[1:])))  # fmt: skip
