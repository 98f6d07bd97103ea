"""TBX-Basic (ISO 30042:2019, data categories as attributes): the glossary for terminologists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edition.model import Inlines, Term, plain
from edition.writers import exchange
from edition.writers.types import Manuscript
from edition.writers.xml import XML, Element, element, name, xml

SPACE = "urn:iso:std:iso:30042:ed-2"
_LANG = f"{{{XML}}}lang"


def write(manuscript: Manuscript) -> Mapping[str, bytes]:
    assert manuscript.encoded is not None, "a writer of data is given it"
    tags, config = exchange.tags(manuscript), manuscript.config
    title = config.title.get("en") or config.title.get("zh")
    source = _element("sourceDesc", _element("p", f"The glossary of {title}"))
    file = _element("fileDesc", _element("titleStmt", _element("title", title)), source)
    encoding = _element("encodingDesc", _element("p", "TBXXCSV02.xcs", type="XCSURI"))
    entries = (_entry(one, tags["zh"], tags["en"]) for one in manuscript.encoded.terms)
    made = element(
        f"{{{SPACE}}}tbx", _element("tbxHeader", file, encoding),
        _element("text", _element("body", entries)), spaces={None: SPACE}, style="dca",
        type="TBX-Basic", attrs={_LANG: "en"},
    )  # fmt: skip
    return {".tbx": xml(made)}


def _element(tag: str, *children: Element | str | Iterator[Element] | None, **more: str) -> Element:
    return element(f"{{{SPACE}}}{tag}", *children, attrs=more)


def _entry(term: Term, zh: str, en: str) -> Element:
    made = _element("conceptEntry", id=f"term-{name(term.id)}")
    made.extend(_section(term.zh, term.zh_gloss, zh, term.pinyin))
    made.extend(_section(term.en, term.en_gloss, en))
    return made


def _section(term: str, gloss: Inlines, tag: str, pinyin: str = "") -> Iterator[Element]:
    """What one language says; nothing where it has no term."""
    if not term:
        return
    made = _element("langSec")
    made.set(_LANG, tag)
    if gloss:
        made.append(_element("descrip", plain(gloss), type="definition"))
    reading = _element("note", f"pinyin: {pinyin}") if pinyin else None
    made.append(_element("termSec", _element("term", term), reading))
    yield made
