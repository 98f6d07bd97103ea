"""TMX, XLIFF, CSV and XLSX that :mod:`edition.writers` wrote → a workspace with the same
words, ids and pairs. These formats know no kinds of blocks: all are paragraphs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal, assert_never

from edition.cells import from_inert
from edition.importers import merging
from edition.importers.article import SETTINGS, Imported, named
from edition.importers.decoding import decode
from edition.importers.documents.archives import parse
from edition.importers.documents.xml import Element, attr, child, children, descendants, local
from edition.importers.pairs.rows import HOLDS_CODE, sheet
from edition.importers.parts import Article
from edition.importers.settings import settings
from edition.importers.tei.markup import escaped, guarded
from edition.model import LANGS, Lang
from edition.readers.passage import Passage
from edition.wording import VERSION, version

UnitFormat = Literal["tmx", "xliff", "csv", "xlsx"]

_SEPARATORS = (",", ";", "\t")  # of spreadsheets in one country and another
_STEM = re.compile(r"\w[\w-]*(?:\.[\w-]+)*")
_ORIGINAL = re.compile(r"source/text/(?P<stem>.+)\.zh\.md")
_NOT_OF_IDS = re.compile(r"[^\w.:-]+|^[^\w]+")
_TAGS = {"zh-Hant": "hant", "zh-Hans": "hans"}
_LANGS: Mapping[str, Lang] = {"zh": "zh", "en": "en"}
# markup that means the same in every workspace; other markup needs more than the text it stands in
_MATES = ("*", "**", "~", "^")
_KEPT = re.compile(r'\]\{(?:ruby="[^"{}\n]*"|\.(?:sup|sub|term|title))\}')
_VERBATIM = ("`", "<")  # begin what is read as it stands


@dataclass(frozen=True, slots=True)
class UnitToken:
    """Words, or one end of a code with its ``mate``, or a code that holds none (``sign``)."""

    kind: Literal["words", "open", "close", "sign"]
    text: str
    mate: str = ""


@dataclass(frozen=True, slots=True)
class GivenUnit:
    """``sides``: what each language says, () where nothing; ``ids`` of its segments where they
    are not that of the pair; ``version``: of the English that was written, None where the file
    does not tell."""

    id: str
    section: str
    sides: Mapping[Lang, tuple[UnitToken, ...]]
    ids: Mapping[Lang, tuple[str, ...]] = field(default_factory=dict)
    omitted: bool = False
    version: str | None = None

    @property
    def untouched(self) -> bool:
        """Whether its English is what was written, as far as the file tells."""
        return self.version == version("".join(one.text for one in self.sides["en"]))

    def words(self, lang: Lang) -> str:
        """What prints."""
        return "".join(one.text for one in self.sides[lang] if one.kind == "words")

    def markup(self, lang: Lang, *, whole: bool = False) -> str:
        """Its words as markup, with the codes that may stand in any workspace; ``whole``: with
        all of them."""
        made, verbatim = [], 0
        for one in self.sides[lang]:
            pair = (one.mate, one.text) if one.kind == "close" else (one.text, one.mate)
            raw = pair[0].startswith(_VERBATIM)
            match one.kind:
                case "words":
                    made.append(one.text if verbatim else escaped(one.text))
                    continue
                case "sign" if whole:
                    made.append(one.text)
                case "open" | "close" if whole or _is_kept(*pair):
                    made.append(one.text)
                    verbatim += raw * (1 if one.kind == "open" else -1)
        return "".join(made)


def own(
    kind: UnitFormat, name: str, data: bytes, titles: Mapping[Lang, Passage], printed: str = ""
) -> Imported | None:  # fmt: skip
    """The workspace; None where another program wrote the file, or its units cannot be told.
    ``titles`` of the book and the script to be ``printed`` where they are asked for. Raises
    :class:`RefusedError` where the file is damaged."""
    script, given = _read(kind, name, data)
    if not script or not given:
        return None
    blocks = _blocks(given)
    files = {path: merging.join(parts) for path, parts in blocks.items()}
    article = Article(lang="zh", titles=dict(titles))
    files[SETTINGS] = settings(article, named(name), script, numeric=False, printed=printed)
    words = sum(len(one.words(lang)) for one in given for lang in LANGS)
    return Imported(
        files=files, blocks=blocks, encoding=kind.upper(), source=name, carried="", units=given,
        accounted={"characters": words, "kept": words, "rewritten": 0, "dropped": 0, "drops": []},
        counts={"segments": sum(map(len, blocks.values())),
                "pairs": sum(all(map(one.words, LANGS)) for one in given)},
    )  # fmt: skip


def _read(kind: UnitFormat, name: str, data: bytes) -> tuple[str, tuple[GivenUnit, ...]]:
    """The script of the Chinese, and the units; "" where another program wrote them."""
    match kind:
        case "csv":
            script, made = _rows(_separated(decode(name, data).file.text))
        case "xlsx":
            script, made = _rows([[*map(_of_cell, row)] for row in sheet(data)])
        case "tmx":
            script, made = _tmx(parse(data, name))
        case "xliff":
            script, made = _xliff(parse(data, name))
        case _:
            assert_never(kind)
    return script, tuple(made)


# --- units of a file -----------------------------------------------------------------------------


def _separated(text: str) -> list[list[str]]:
    csv.field_size_limit(1 << 24)
    try:
        sign = text[2:3] if text[2:3] in _SEPARATORS else ","
        return [[from_inert(cell).replace("\r\n", "\n") for cell in row]
                for row in csv.reader(io.StringIO(text), delimiter=sign)]  # fmt: skip
    except csv.Error:
        return []


def _of_cell(text: str) -> str:
    """The text of a cell of a workbook (ECMA-376, 22.4.2.4)."""
    return text.replace("_x000D_", "").replace("_x005F_", "_")


def _rows(rows: Sequence[Sequence[str]]) -> tuple[str, list[GivenUnit]]:
    head = [one for one in rows[0] if one] if rows else []
    if len(head) not in (3, 4) or head[0] != "id" or head[1] not in _TAGS or head[2] != "en":
        return "", []
    if head[3:] not in ([], [VERSION]):
        return "", []
    made = []
    for row in rows[1:]:
        own_id, *cells, told = (*row, "", "", "", "")[:4]
        sides = {lang: (UnitToken("words", cell),) if cell.strip() else ()
                 for lang, cell in zip(LANGS, cells, strict=True)}  # fmt: skip
        made.append(GivenUnit(own_id, "", sides, version=told or None))
    return _TAGS[head[1]], made


def _tmx(root: Element) -> tuple[str, list[GivenUnit]]:
    header = child(root, "header")
    if attr(header, "creationtool") != "edition":
        return "", []
    made = []
    for unit in descendants(root, "tu"):
        sides: dict[Lang, tuple[UnitToken, ...]] = dict.fromkeys(LANGS, ())
        ids = {}
        for variant in children(unit, "tuv"):
            lang = _LANGS.get(attr(variant, "lang").partition("-")[0].lower())
            segment = child(variant, "seg")
            if lang is None or segment is None:
                continue
            ends = {(local(one), attr(one, "i")): one.text or "" for one in segment.iter()}
            sides[lang] = tuple(_of_tmx(segment, ends))
            if said := _prop(variant, "x-segments"):
                ids[lang] = tuple(said.split())
        made.append(GivenUnit(attr(unit, "tuid"), _prop(unit, "x-section"), sides, ids,
                              version=_prop(unit, f"x-{VERSION}") or None))  # fmt: skip
    return _TAGS.get(attr(header, "srclang"), ""), made


def _prop(element: Element, kind: str) -> str:
    told = (one.text or "" for one in children(element, "prop") if attr(one, "type") == kind)
    return next(told, "")


def _of_tmx(element: Element, ends: Mapping[tuple[str, str], str]) -> Iterator[UnitToken]:
    """``ends``: text of each code by its name and number."""
    yield UnitToken("words", element.text or "")
    for one in element:
        text, number = one.text or "", attr(one, "i")
        match local(one):
            case "bpt":
                yield UnitToken("open", text, ends.get(("ept", number), ""))
            case "ept":
                yield UnitToken("close", text, ends.get(("bpt", number), ""))
            case tag if tag in HOLDS_CODE:
                yield UnitToken("sign", text)
            case _:
                yield from _of_tmx(one, ends)
        yield UnitToken("words", one.tail or "")


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
            sides = {lang: tuple(token for one in children(unit, "segment")
                                 for part in children(one, tag) for token in _of_xliff(part, data))
                     for lang, tag in zip(LANGS, ("source", "target"), strict=True)}  # fmt: skip
            told = {attr(one, "category"): one.text or "" for one in descendants(unit, "note")}
            ids = {lang: tuple(said.split()) for lang in LANGS
                   if (said := told.get(f"segments-{lang}"))}  # fmt: skip
            made.append(GivenUnit(attr(unit, "name"), section["stem"], sides, ids,
                                  attr(unit, "translate") == "no", told.get(VERSION)))  # fmt: skip
    return _TAGS.get(attr(root, "srcLang"), ""), made


def _of_xliff(element: Element, data: Mapping[str, str]) -> Iterator[UnitToken]:
    yield UnitToken("words", element.text or "")
    for one in element:
        start, end = (data.get(attr(one, f"dataRef{which}"), "") for which in ("Start", "End"))
        match local(one):
            case "pc":
                yield UnitToken("open", start, end)
                yield from _of_xliff(one, data)
                yield UnitToken("close", end, start)
            case "mrk":
                yield from _of_xliff(one, data)
            case "ph":
                yield UnitToken("sign", data.get(attr(one, "dataRef"), ""))
            case _:
                pass
        yield UnitToken("words", one.tail or "")


def _is_kept(opening: str, closing: str) -> bool:
    """Whether the markup of a code may stand in any workspace."""
    if opening == "[":
        return _KEPT.fullmatch(closing) is not None
    return opening in _MATES and opening == closing


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
        count = len(paragraphs(unit.markup(lang)))
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


def paragraphs(text: str) -> list[str]:
    """Texts of several segments, which stand with an empty line between."""
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
    for own_id, text in zip(mine, paragraphs(unit.markup(lang)), strict=True):
        yield own_id, f"{broken(text)} {{#{own_id}{corresp}}}"


def broken(text: str) -> str:
    """Markup of a paragraph whose lines end where those of ``text`` do."""
    lines = [guarded(line.strip()) for line in text.split("\n") if line.strip()]
    return "\\\n".join(re.sub(r"^(\[\^[^\]]*\]):", r"\1\\:", line) for line in lines)
