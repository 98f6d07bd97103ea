"""TMX 1.4: the texts as a memory of translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edition.model import LANGS, Lang
from edition.wording import VERSION, InlineCode, Wording
from edition.writers import exchange
from edition.writers.exchange import TranslationUnit
from edition.writers.types import Manuscript
from edition.writers.xml import XML, Element, Node, element, xml


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    tags = exchange.tags(manuscript)
    header = element(
        "header", creationtool="edition", creationtoolversion="1", segtype="paragraph",
        o_tmf="edition", adminlang="en", srclang=tags["zh"], datatype="plaintext",
    )  # fmt: skip
    body = element("body", (_unit(one, tags) for one in exchange.units(manuscript)))
    return {".tmx": xml(element("tmx", header, body, version="1.4"))}


def _unit(unit: TranslationUnit, tags: Mapping[Lang, str]) -> Element:
    said = {"x-section": unit.section, f"x-{VERSION}": unit.version}
    made = element("tu", (element("prop", one, type=kind) for kind, one in said.items()),
                   tuid=unit.id)  # fmt: skip
    numbers = exchange.numbered(unit.words["zh"], unit.words["en"])
    for lang in LANGS:
        words = unit.words[lang]
        if not words:
            continue
        variant = element("tuv", attrs={f"{{{XML}}}lang": tags[lang]})
        if unit.segments[lang] != (unit.pair,):
            variant.append(element("prop", " ".join(unit.segments[lang]), type="x-segments"))
        variant.append(element("seg", _content(words, iter(numbers[lang]))))
        made.append(variant)
    return made


def _content(wording: Wording, numbers: Iterator[int]) -> list[Node]:
    made: list[Node] = []
    for one in wording:
        if not isinstance(one, InlineCode):
            made.append(one)
            continue
        number = str(next(numbers))
        if not one.children:
            made.append(element("ph", one.opening, x=number))
            continue
        made.append(element("bpt", one.opening, i=number, x=number))
        made += _content(one.children, numbers)
        made.append(element("ept", one.closing, i=number))
    return made
