"""TMX, XLIFF and CSV that :mod:`edition.writers` wrote → a workspace with the same words, ids and
pairs. These formats know no kinds of blocks: all are paragraphs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from edition.cells import from_inert
from edition.importers import merging
from edition.importers.article import SETTINGS, Imported, named
from edition.importers.decoding import decode
from edition.importers.documents.archives import parse
from edition.importers.documents.xml import Element, attr, child, children, descendants, local
from edition.importers.pairs.rows import HOLDS_CODE
from edition.importers.parts import Article
from edition.importers.settings import settings
from edition.importers.tei.markup import escaped, guarded
from edition.model import LANGS, Lang
from edition.readers.passage import Passage

UnitFormat = Literal["tmx", "xliff", "csv"]

_SEPARATORS = (",", ";", "\t")  # of spreadsheets in one country and another
_STEM = re.compile(r"\w[\w-]*(?:\.[\w-]+)*")
_ORIGINAL = re.compile(r"source/text/(?P<stem>.+)\.zh\.md")
_NOT_OF_IDS = re.compile(r"[^\w.:-]+|^[^\w]+")
_TAGS = {"zh-Hant": "hant", "zh-Hans": "hans"}
# markup that means the same in every workspace; what needs more than itself stays in the text's own
_LANGS: Mapping[str, Lang] = {"zh": "zh", "en": "en"}
_MATES = ("*", "**", "~", "^")
_KEPT = re.compile(r'\]\{(?:ruby="[^"{}\n]*"|\.(?:sup|sub|term|title))\}')


@dataclass(frozen=True, slots=True)
class GivenUnit:
    """``texts``: markup of each side, "" where it has none; ``ids`` of its segments where they are
    not that of the pair."""

    id: str
    section: str
    texts: Mapping[Lang, str]
    ids: Mapping[Lang, tuple[str, ...]] = field(default_factory=dict)
    omitted: bool = False
    characters: int = 0  # of its words, without markup


def own(
    kind: UnitFormat, name: str, data: bytes, titles: Mapping[Lang, Passage], printed: str = ""
) -> Imported | None:  # fmt: skip
    """The workspace; None where another program wrote the file, or its units cannot be told.
    ``titles`` of the book and the script to be ``printed`` where they are asked for. Raises
    :class:`RefusedError` where the file is damaged."""
    match kind:
        case "csv":
            script, given = _rows(decode(name, data).file.text)
        case "tmx":
            script, given = _tmx(parse(data, name))
        case "xliff":
            script, given = _xliff(parse(data, name))
    if not script or not given:
        return None
    blocks = _blocks(given)
    files = {path: merging.join(parts) for path, parts in blocks.items()}
    article = Article(lang="zh", titles=dict(titles))
    files[SETTINGS] = settings(article, named(name), script, numeric=False, printed=printed)
    words = sum(one.characters for one in given)
    return Imported(
        files=files, blocks=blocks, encoding=kind.upper(), source=name, carried="",
        accounted={"characters": words, "kept": words, "rewritten": 0, "dropped": 0, "drops": []},
        counts={"segments": sum(map(len, blocks.values())),
                "pairs": sum(all(one.texts.values()) for one in given)},
    )  # fmt: skip


# --- units of a file -----------------------------------------------------------------------------


def _rows(text: str) -> tuple[str, list[GivenUnit]]:
    csv.field_size_limit(1 << 24)
    try:
        sign = text[2:3] if text[2:3] in _SEPARATORS else ","
        head, *rows = csv.reader(io.StringIO(text), delimiter=sign)
    except (csv.Error, ValueError):
        return "", []
    if len(head) != 3 or head[0] != "id" or head[1] not in _TAGS or head[2] != "en":
        return "", []
    made = []
    for row in rows:
        cells = [from_inert(cell).replace("\r\n", "\n") for cell in (*row, "", "", "")[:3]]
        texts: dict[Lang, str] = {"zh": escaped(cells[1]), "en": escaped(cells[2])}
        made.append(GivenUnit(cells[0], "", texts, characters=len(cells[1]) + len(cells[2])))
    return _TAGS[head[1]], made


def _tmx(root: Element) -> tuple[str, list[GivenUnit]]:
    header = child(root, "header")
    if attr(header, "creationtool") != "edition":
        return "", []
    made = []
    for unit in descendants(root, "tu"):
        texts, ids, characters = dict.fromkeys(LANGS, ""), {}, 0
        for variant in children(unit, "tuv"):
            lang = _LANGS.get(attr(variant, "lang").partition("-")[0].lower())
            segment = child(variant, "seg")
            if lang is None or segment is None:
                continue
            texts[lang] = _of_tmx(segment)
            characters += sum(map(len, segment.itertext())) - sum(
                len(one.text or "") for one in segment if local(one) in HOLDS_CODE
            )
            if said := _prop(variant, "x-segments"):
                ids[lang] = tuple(said.split())
        made.append(GivenUnit(attr(unit, "tuid"), _prop(unit, "x-section"), texts, ids,
                              characters=characters))  # fmt: skip
    return _TAGS.get(attr(header, "srclang"), ""), made


def _prop(element: Element, kind: str) -> str:
    told = (one.text or "" for one in children(element, "prop") if attr(one, "type") == kind)
    return next(told, "")


def _of_tmx(segment: Element) -> str:
    """The words of a segment, in the markup that is kept."""
    closing = {attr(one, "i"): one.text or "" for one in children(segment, "ept")}
    opened = {attr(one, "i"): one.text or "" for one in children(segment, "bpt")}

    def code(one: Element) -> str:
        number = attr(one, "i")
        kept = _kept(opened.get(number, ""), closing.get(number, ""))
        match local(one):
            case "bpt":
                return kept[0]
            case "ept":
                return kept[1]
            case tag if tag in HOLDS_CODE:
                return ""
            case _:
                return _words(one, code)

    return _words(segment, code)


def _xliff(root: Element) -> tuple[str, list[GivenUnit]]:
    if not attr(root, "version").startswith("2") or _LANGS.get(attr(root, "trgLang")[:2]) != "en":
        return "", []
    made = []
    for file in children(root, "file"):
        section = _ORIGINAL.fullmatch(attr(file, "original"))
        if section is None:
            return "", []
        for unit in descendants(file, "unit"):
            data = {attr(one, "id"): one.text or "" for one in descendants(unit, "data")}
            texts = {lang: "".join(_of_xliff(part, data) for one in children(unit, "segment")
                                   for part in children(one, tag))
                     for lang, tag in zip(LANGS, ("source", "target"), strict=True)}  # fmt: skip
            characters = sum(len(word) for one in children(unit, "segment")
                             for word in one.itertext())  # fmt: skip
            told = {attr(one, "category"): one.text or "" for one in descendants(unit, "note")}
            ids = {lang: tuple(said.split()) for lang in LANGS
                   if (said := told.get(f"segments-{lang}"))}  # fmt: skip
            made.append(GivenUnit(attr(unit, "name"), section["stem"], texts, ids,
                                  attr(unit, "translate") == "no", characters))  # fmt: skip
    return _TAGS.get(attr(root, "srcLang"), ""), made


def _of_xliff(part: Element, data: Mapping[str, str]) -> str:
    def code(one: Element) -> str:
        if local(one) not in ("pc", "mrk"):
            return ""
        opening, closing = (data.get(attr(one, f"dataRef{end}"), "") for end in ("Start", "End"))
        before, behind = _kept(opening, closing)
        return before + _words(one, code) + behind

    return _words(part, code)


def _words(element: Element, code: Callable[[Element], str]) -> str:
    made = [escaped(element.text or "")]
    for one in element:
        made += [code(one), escaped(one.tail or "")]
    return "".join(made)


def _kept(opening: str, closing: str) -> tuple[str, str]:
    """The markup of a code that can stand in any workspace; nothing of others."""
    if opening in _MATES and opening == closing:
        return opening, closing
    if opening == "[" and _KEPT.fullmatch(closing):
        return opening, closing
    return "", ""


# --- the texts -----------------------------------------------------------------------------------


def _blocks(given: Sequence[GivenUnit]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Path of each text file → its (id, block)."""
    made: dict[str, list[tuple[str, str]]] = {}
    taken = _Taken(frozenset(
        own_id for unit in given for own_id in (unit.id, *chain(*unit.ids.values()))
    ))  # fmt: skip
    for unit in given:
        stem = unit.section if _STEM.fullmatch(unit.section) else "01-text"
        sides = {lang: made.setdefault(f"source/text/{stem}.{lang}.md", []) for lang in LANGS}
        ids = _ids(unit, taken)
        for lang in LANGS:
            sides[lang] += _side(unit, lang, ids)
    return {path: tuple(parts) for path, parts in made.items() if parts}


def _ids(unit: GivenUnit, taken: _Taken) -> dict[Lang, list[str]]:
    """The ids of the paragraphs of both sides: those that the file gives, where they are as many
    and no other's."""
    made: dict[Lang, list[str]] = {}
    first = ""
    for lang in LANGS:
        count = len(_paragraphs(unit.texts[lang]))
        given = [*unit.ids.get(lang, (unit.id,))]
        if len(given) != count or not all(map(taken.may_have, given)):
            first = first or (unit.id if taken.may_have(unit.id) else taken.free(unit.id))
            given = [first, *(taken.free(first) for _ in range(count - 1))][:count]
        made[lang] = given
    taken.used |= {*made["zh"], *made["en"]}
    return made


@dataclass(slots=True)
class _Taken:
    """Ids that paragraphs have, and those that the file gives to any."""

    given: frozenset[str]
    used: set[str] = field(default_factory=set)

    def may_have(self, own: str) -> bool:
        return bool(own) and not _NOT_OF_IDS.search(own) and own not in self.used

    def free(self, wanted: str) -> str:
        base = _NOT_OF_IDS.sub(".", wanted).strip(".:-") or "p"
        name, number = base, 2
        while name in self.used or name in self.given:
            name, number = f"{base}-{number}", number + 1
        self.used.add(name)
        return name


def _paragraphs(text: str) -> list[str]:
    return [one for one in re.split(r"\n\s*\n", text) if one.strip()]


def _side(
    unit: GivenUnit, lang: Lang, ids: Mapping[Lang, list[str]]
) -> Iterator[tuple[str, str]]:  # fmt: skip
    mine, others = ids[lang], ids["en" if lang == "zh" else "zh"]
    if not mine:
        absent = "omitted" if unit.omitted else "untranslated" if lang == "en" else "blank"
        yield from ((one, f"{{#{one} .{absent}}}") for one in others)
        return
    several = len(mine) > 1 or len(others) > 1 or mine != (others or mine)
    corresp = f' corresp="{" ".join(others)}"' if several and lang == "en" and others else ""
    for own_id, text in zip(mine, _paragraphs(unit.texts[lang]), strict=True):
        lines = [guarded(line.strip()) for line in text.split("\n") if line.strip()]
        broken = "\\\n".join(re.sub(r"^(\[\^[^\]]*\]):", r"\1\\:", line) for line in lines)
        yield own_id, f"{broken} {{#{own_id}{corresp}}}"
