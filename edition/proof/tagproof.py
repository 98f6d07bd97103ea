"""Proof of the tags: what is read out to those who do not see the pages is what these show.

Of a page (:func:`of_page`): all that it shows is of a stretch that the book knows, or of an
artifact, and the stretches of a box say its text. Of the file (:func:`of_file`): the tree has every
stretch once, in the order of reading and in its language, and pages and links lead back to their
elements. The tree is read from the bytes of the finished file, the order is made from the rows of
the book.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from edition.config import ReadingOrder
from edition.diagnostics import Diagnostic, error
from edition.latex.boxes import note_key
from edition.latex.faces import COMPLEX
from edition.layout.structure import PortionKind, Stretch
from edition.layout.types import Book, BoxRole, Division, Measures, Row
from edition.model import LANGS, Kind, Lang
from edition.press.characters import UNMARKED, Finished, Runs
from edition.press.tags import Tagging
from edition.proof import expected
from edition.proof.types import BoxFacts, PageFacts, difference

TAGS = error("PRF031", "the tags do not say what the pages show")

_LANG = re.compile(rb"/Lang\(([\w-]+)\)")
_PAGE = re.compile(rb"/Pg (\d+) 0 R/K")
_KIDS = re.compile(rb"/K\[(.*)\]>>\s*\Z", re.DOTALL)
_KID = re.compile(
    rb"<</Type/MCR/Pg (?P<page>\d+) 0 R/MCID (?P<there>\d+)>>"
    rb"|<</Type/OBJR/Obj (?P<link>\d+) 0 R/Pg \d+ 0 R>>|(?P<element>\d+) 0 R|(?P<here>\d+)"
)
_TOP = re.compile(rb"/StructTreeRoot/K\[(\d+) 0 R\]/ParentTree (\d+) 0 R")
_NUMBER = re.compile(rb"(\d+)(?:\[([^\]]*)\]|\s+(\d+) 0 R)")
_PARENT = re.compile(rb"/StructParents? (\d+)")
# ligatures that stand in the source, and radicals: glyphs say the letters and the characters that
# they are drawn as, ActualText says them, and words read back from the page (PRF008) hold it to the
# source
_TYPED = {code: unicodedata.normalize("NFKC", chr(code))
          for code in (*range(0xFB00, 0xFB07), *range(0x2E80, 0x2FD6))}  # fmt: skip
_APART = (PortionKind.BASE, PortionKind.READING)  # in the tree in another order than on the page


# --- a page -----------------------------------------------------------------------------------


def texts(runs: Runs) -> Mapping[int, str]:
    """What a page says in each of its stretches, by their ids."""
    said: dict[int, list[str]] = {}
    for run in runs:
        said.setdefault(run.mark, []).extend(piece[0] for piece in run.pieces)
    return {mark: "".join(parts) for mark, parts in said.items()}


def of_page(facts: PageFacts, said: Mapping[int, str]) -> Iterator[str]:
    """What a page shows and no one is read."""
    if not facts.tagged:
        return
    if said.get(UNMARKED, "").strip():
        yield f"“{said[UNMARKED][:40]}” is in no element, and no artifact"
    known = {*facts.unread, *(id_ for one in facts.slices for id_ in one.stretches)}
    for id_, text in said.items():
        if id_ >= 0 and id_ not in known and text.strip():
            yield f"“{text[:40]}” is in a stretch of no box"


def _in_any_order(text: str) -> bool:
    """Whether glyphs say no text in its order: of words that are shaped as a whole, or run from
    right to left, and of what no font maps."""
    return "\ufffd" in text or COMPLEX.search(text) is not None


def of_box(box: BoxFacts, said: str) -> str:
    """What is wrong with the words of a box as they are read out, in all their stretches."""
    if said == box.written:
        return ""
    want, have = (expected.folded(one).translate(_TYPED) for one in (box.written, said))
    if have == want or box.ornament or _in_any_order(want + have):
        return ""
    if box.picture and expected.of_picture(want, have, expected.folded(box.picture)):
        return ""
    if Counter(have) == Counter(want) and expected.letters(have) == expected.letters(want):
        return ""
    return f"as it is read out: {difference(want, have)}"


# --- the file ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _ReadOut:
    """What the tree of a file says: (page, id) of its stretches in order, the number of the element
    that has each, and its language; its links with their elements."""

    stretches: list[tuple[int, int]] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    langs: list[str] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    parents: bytes = b""  # the number tree


def of_file(
    file: Finished, tagging: Tagging, book: Book, measures: Measures, order: ReadingOrder
) -> Iterator[Diagnostic]:
    """What is wrong with the tree of a finished file."""
    objects = file.pages.packed()
    told = _read(file, objects)
    known = {(one.page, one.id): one for one in tagging.stretches}
    facts = (*_once(told, known), *_languages(told, known, tagging, book),
             *_in_order(told, known, _order(book, measures, order)),
             *_back(told, file, objects))  # fmt: skip
    for fact in facts:
        yield Diagnostic(code=TAGS, fact=fact)


def _read(file: Finished, objects: Mapping[int, bytes]) -> _ReadOut:
    numbers = {one.idnum: index for index, one in enumerate(file.pages.references)}
    told = _ReadOut()
    top = next(filter(None, map(_TOP.search, objects.values())), None)
    if top is None:
        return told
    told.parents = objects.get(int(top[2]), b"")
    seen: set[int] = set()

    def walk(number: int, lang: str) -> None:
        if number in seen:
            return
        seen.add(number)
        raw = objects.get(number, b"")
        own, page = _LANG.search(raw), _PAGE.search(raw)
        lang = own[1].decode("ascii") if own else lang
        kids = _KIDS.search(raw)
        for kid in _KID.finditer(kids[1] if kids else b""):
            if kid["element"]:
                walk(int(kid["element"]), lang)
            elif kid["link"]:
                told.links.append((int(kid["link"]), number))
            else:
                where = int(kid["page"] or (page[1] if page else 0))
                told.stretches.append((numbers.get(where, -1), int(kid["there"] or kid["here"])))
                told.owners.append(number)
                told.langs.append(lang)

    walk(int(top[1]), "")
    return told


Known = Mapping[tuple[int, int], Stretch]


def _once(told: _ReadOut, known: Known) -> Iterator[str]:
    """Each stretch of the pages once, and none that no page has."""
    often = Counter(told.stretches)
    for place, times in often.items():
        if place not in known:
            yield f"stretch {place[1]} of page {place[0] + 1} is read, and is none"
        elif times > 1:
            yield f"a part of {known[place].key} on page {place[0] + 1} is read {times} times"
    for place, one in known.items():
        if place not in often:
            yield f"a part of {one.key} on page {one.page + 1} is in no element"


def _languages(told: _ReadOut, known: Known, tagging: Tagging, book: Book) -> Iterator[str]:
    for place, lang in zip(told.stretches, told.langs, strict=True):
        one = known.get(place)
        if one is None or any(part.kind is PortionKind.LANGUAGE for part in one.path):
            continue
        box = book.boxes[one.key]
        wanted = box.language or tagging.languages[box.lang]
        if lang != wanted:
            yield f"{one.key} is read as “{lang}” and not as “{wanted}” on page {one.page + 1}"


def _order(book: Book, measures: Measures, order: ReadingOrder) -> Iterator[str]:
    """Boxes as they are to be read: rows in their order, behind each the notes that it calls."""
    rows = {key for flow in book.flows for row in flow.rows for key in row.keys}
    apart: tuple[tuple[Lang, ...], ...] = (LANGS[:1], LANGS[1:])
    for flow in book.flows:
        one_list = flow.division is Division.REFERENCES  # of works in any language
        for side in (LANGS,) if order == "pairs" or one_list else apart:
            for together in _together(flow.rows, book):
                waiting = [key for key in together if book.boxes[key].lang in side]
                yield from waiting
                seen: set[str] = set()
                while waiting:
                    box = book.boxes[waiting.pop(0)]
                    for mark in measures[box.key].marks if box.key in measures else ():
                        note = note_key(book.boxes, mark.note, box.lang)
                        own = note in rows or note in seen or note not in book.boxes
                        if not own and book.boxes[note].role is BoxRole.NOTE:
                            seen.add(note)
                            waiting.append(note)
                            yield note


def _together(rows: Sequence[Row], book: Book) -> Iterator[list[str]]:
    """The boxes of each row; those of a term with those of its definitions, each language by
    itself."""
    read: list[list[str]] = []
    term = False  # the last row is one, or defines it
    for row in rows:
        kinds = {segment.kind for key in row.keys if (segment := book.boxes[key].segment)}
        if term and Kind.DEFINITION in kinds:
            read[-1] += row.keys
            read[-1].sort(key=lambda key: LANGS.index(book.boxes[key].lang))
        else:
            read.append([*row.keys])
            term = Kind.TERM in kinds
    yield from read


def _in_order(told: _ReadOut, known: Known, order: Iterator[str]) -> Iterator[str]:
    read = [known[place] for place in told.stretches if place in known]
    shown = {one.key for one in known.values()}
    have = [key for key, _ in groupby(one.key for one in read)]
    want = [key for key in order if key in shown]
    if have != want:
        at = next((n for n, (a, b) in enumerate(zip(have, want, strict=False)) if a != b),
                  min(len(have), len(want)))  # fmt: skip
        words = ((*side, "nothing")[at] if at <= len(side) else "nothing" for side in (have, want))
        yield "{} is read where {} follows".format(*words)
    for key, group in groupby(read, key=lambda one: one.key):
        places = [(one.page, one.id) for one in group
                  if not any(part.kind in _APART for part in one.path)]  # fmt: skip
        if places != sorted(places):
            yield f"the parts of {key} are read in another order than they stand in"


def _back(told: _ReadOut, file: Finished, objects: Mapping[int, bytes]) -> Iterator[str]:
    """From each stretch and each link back to its element."""
    owners: dict[int, Sequence[bytes]] = {}
    links: dict[int, int] = {}
    for row in _NUMBER.finditer(told.parents, told.parents.find(b"[") + 1):
        if row[3]:
            links[int(row[1])] = int(row[3])
        else:
            owners[int(row[1])] = re.findall(rb"(\d+) 0 R|null", row[2])
    keys = [_PARENT.search(objects.get(one.idnum, b"")) for one in file.pages.references]
    for (page, id_), owner in zip(told.stretches, told.owners, strict=True):
        key = keys[page] if page >= 0 else None
        held = owners.get(int(key[1]), ()) if key else ()
        if id_ >= len(held) or held[id_] != b"%d" % owner:
            yield f"stretch {id_} of page {page + 1} does not lead back to its element"
    for link, owner in told.links:
        key = _PARENT.search(objects.get(link, b""))
        if key is None or links.get(int(key[1])) != owner:
            yield "a link does not lead back to its element"
    shown = sum(b"/Subtype/Link" in one for one in objects.values())
    if shown != len(told.links):
        yield f"of {shown} links, {len(told.links)} are in an element"
