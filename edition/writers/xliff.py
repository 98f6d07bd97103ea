"""XLIFF 2.0: the texts for translators, the Chinese as the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from edition.model import LANGS
from edition.wording import VERSION, InlineCode, Wording, codes
from edition.writers import exchange
from edition.writers.exchange import TranslationUnit
from edition.writers.types import Manuscript
from edition.writers.xml import XML, Element, Node, element, name, xml

SPACE = "urn:oasis:names:tc:xliff:document:2.0"


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    tags = exchange.tags(manuscript)
    made = element(
        _tag("xliff"), spaces={None: SPACE}, version="2.0", srcLang=tags["zh"],
        trgLang=tags["en"], attrs={f"{{{XML}}}space": "preserve"},
    )  # fmt: skip
    for section, units in groupby(exchange.units(manuscript), key=lambda one: one.section):
        made.append(element(_tag("file"), map(_unit, units), id=name(section),
                            original=f"source/text/{section}.zh.md"))  # fmt: skip
    return {".xlf": xml(made)}


def _tag(local: str) -> str:
    return f"{{{SPACE}}}{local}"


def _unit(unit: TranslationUnit) -> Element:
    """A unit; one that the edition leaves out on the other side is not to be translated."""
    own = name(unit.pair) + (f"_{unit.cell}" if unit.cell else "")
    made = element(_tag("unit"), id=own, name=unit.id, translate="no" if unit.omitted else "")
    told = [element(_tag("note"), " ".join(unit.segments[lang]), category=f"segments-{lang}")
            for lang in LANGS if unit.segments[lang] not in ((), (unit.pair,))]  # fmt: skip
    told.append(element(_tag("note"), unit.version, category=VERSION))
    made.append(element(_tag("notes"), told))
    found = [code for lang in LANGS for code in codes(unit.words[lang])]
    data = dict.fromkeys(text for one in found for text in (one.opening, one.closing) if text)
    ids = {text: f"d{number}" for number, text in enumerate(data, start=1)}
    if ids:
        kept = (element(_tag("data"), text, id=own) for text, own in ids.items())
        made.append(element(_tag("originalData"), kept))
    numbers = exchange.numbered(unit.words["zh"], unit.words["en"])
    segment = element(_tag("segment"), state="translated" if unit.words["en"] else "initial")
    for lang, tag in zip(LANGS, ("source", "target"), strict=True):
        if unit.words[lang] or lang == "zh":
            inner = _content(unit.words[lang], iter(numbers[lang]), ids)
            segment.append(element(_tag(tag), inner))
    made.append(segment)
    return made


def _content(wording: Wording, numbers: Iterator[int], ids: Mapping[str, str]) -> list[Node]:
    made: list[Node] = []
    for one in wording:
        if not isinstance(one, InlineCode):
            made.append(one)
            continue
        number = str(next(numbers))
        if one.children:
            inner = _content(one.children, numbers, ids)
            made.append(element(_tag("pc"), inner, id=number, dataRefStart=ids.get(one.opening, ""),
                                dataRefEnd=ids.get(one.closing, "")))  # fmt: skip
        else:
            made.append(element(_tag("ph"), id=number, dataRef=ids[one.opening]))
    return made
