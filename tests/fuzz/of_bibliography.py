"""Bibliographies, decisions, pasted lists, lists of other programs."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from conftest import FILES
from pasted_references import REFERENCES

from edition.bibliography.deciding import decisionfile
from edition.bibliography.reading import encoding, foreign, parse
from edition.bibliography.reading.lists import listed
from edition.bibliography.reading.lists.reading import read_items
from edition.bibliography.repair import repair
from edition.bibliography.types import BibliographyDecision, Context, Library
from edition.bibliography.writing import export, patch
from edition.bibliography.writing.outputs import CORRECTED, render
from edition.diagnostics import Diagnostic, Outcome
from edition.files import write_bytes
from edition.source import SourceFile
from fuzz import grammars
from fuzz.invariants import Folder, contained, must, sound, within
from fuzz.targets import Target, workplace

_BIB = """\
% works on gardens
@string{qs = "Quay Studies"}
@article{a, author = {Weir, Ada and Zhu Yuan}, title = {On Sluices \\& Tides}, journal = qs,
  year = 2001, volume = {3}, pages = {1--9}}
@article{b, author={A. Weir and Y. Zhu}, title={On sluices and tides}, journal={Quay Studies},
year={2001}, pages={1-9}}
@book{c,
  author    = {朱園 and 沈石},
  title     = {庭園記：一座小城},
  location  = {蘇州},
  publisher = {園林書社},
  year      = {二〇一九},
}
@incollection{d, crossref = {c}, author = {O{\\'e}, J.}, title = "A {B}ook # of {{things}}",
  pages = {1_2}, doi = {10.1000/a_b}}
@online(e, title = {R&D in 100% of it}, url = {https://example.org/x_y?a=%20&b#c},
  urldate = {2024年3月7日})
"""
_DECISIONS = """\
[[decision]]
verdict = "merge"
entries = ["a", "b"]
reason = "the same"
[[decision]]
verdict = "set"
entries = ["c"]
field = "year"
before = "二〇一九"
value = "2019"
reason = "the title page"
"""
_NBIB = """\
PMID- 100001
TI  - On sluices and tides of the
      north.
AU  - Weir A
FAU - Weir, Ada
JT  - Quay Studies
DP  - 2001 Mar 7
PG  - 1-9
"""
_ENDNOTE = """\
<?xml version="1.0" encoding="UTF-8"?>
<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal">Weir, Ada</style></author></authors></contributors><titles>
<title>On sluices &amp; tides</title><secondary-title>Quay Studies</secondary-title></titles>
<pages>1-9</pages><dates><year>2001</year></dates></record></records></xml>
"""


def targets() -> list[Target]:
    return [
        Target(name="bib", look=_bib,
               seeds=lambda: [_BIB.encode(), FILES["bib/references.bib"].encode()],
               rules=grammars.BIB, share=240, seconds=2, pace=0.1),
        Target(name="decisions", look=_decided, seeds=lambda: [_DECISIONS.encode()],
               rules=grammars.DECISIONS, share=160, seconds=2),
        Target(name="list", look=_list, seeds=_lists, rules=grammars.LIST, share=140, seconds=2,
               pace=0.15),
        Target(name="foreign", look=_foreign, seeds=_others, share=160, seconds=2, pace=0.1),
    ]  # fmt: skip


def _lists() -> list[bytes]:
    texts = [text for _, text, *_ in REFERENCES]
    return ["\n".join(texts[at : at + 4]).encode() for at in range(0, len(texts), 4)]


@lru_cache(maxsize=1)
def _library() -> Library:
    return parse.read(SourceFile("bib/references.bib", _BIB)).value


@lru_cache(maxsize=1)
def _others() -> list[bytes]:
    return [
        export.write(_library(), "ris").encode(), export.write(_library(), "csl").encode(),
        _NBIB.encode(), _ENDNOTE.encode(),
    ]  # fmt: skip


# --- .bib -----------------------------------------------------------------------------------------


def _bib(data: bytes) -> None:
    read = parse.read_bytes("bib/references.bib", data)
    sound(read.diagnostics)
    library = read.value
    must(library.found == len(library.entries) + len(library.quarantined), "entries do not add up")
    for entry in library.entries:
        for field in entry.fields:
            must(field.span is not None, "a field has no place")
            within(field.span, "a field") if field.span else None
    for part in library.quarantined:
        within(part.span, "what is set aside")
    if library.source is not None and not library.quarantined:
        must(patch.corrected(library, library) == library.source.text,
             "a file that nothing changed is not itself to the byte")  # fmt: skip
    _repaired(library, ())


def _repaired(library: Library, decisions: Sequence[BibliographyDecision]) -> None:
    """A repair adds up; its outputs are written, the corrected file can be read, entries that no
    change speaks of are equal to the byte, and the second repair equals the first."""
    done = repair(library, Context(), decisions)
    sound(done.diagnostics)
    corrected = done.value.library
    merged = sum(len(one.merged) for one in done.value.merges if one.tier == "applied")
    must(library.found == len(corrected.entries) + merged + len(library.quarantined),
         "entries that were merged do not add up")  # fmt: skip
    outputs = render(library, done)
    touched = {one.entry for one in done.value.changes if one.tier == "applied"}
    touched |= {
        key for one in done.value.merges if one.tier == "applied" for key in (one.kept, *one.merged)
    }
    text = outputs[CORRECTED]
    for entry in library.entries:
        if entry.key not in touched:
            must(entry.raw in text, "an untouched entry is not equal to the byte")
    again = parse.read(SourceFile("bib/corrected.bib", text)).value
    there = {one.key for one in (*again.entries, *again.quarantined)}
    must({one.key for one in corrected.entries} <= there, "an entry is lost in the corrected file")
    for name in ("corrected.json", "changes.json"):
        json.loads(outputs[name])
    for dialect in ("bibtex", "biblatex", "gb7714"):
        export.write(corrected, dialect)  # type: ignore[arg-type]
    must(render(library, repair(library, Context(), decisions)) == outputs,
         "the second repair differs")  # fmt: skip


def _decided(data: bytes) -> None:
    try:
        source = SourceFile.from_bytes("bib/decisions.toml", data)
    except ValueError:
        return
    told = decisionfile.read(source)
    sound(told.diagnostics)
    _repaired(_library(), told.value)


# --- lists ----------------------------------------------------------------------------------------


def _list(data: bytes) -> None:
    decoded = encoding.decode("list.txt", data)
    source = decoded.value.source
    _, dropped = read_items(source)  # headings are dropped, and not told of
    read = listed.read(source)
    sound((*decoded.diagnostics, *read.diagnostics))
    library = read.value
    must(
        library.found == len(library.entries) + len(library.quarantined), "references do not add up"
    )
    written = [library.source.text if library.source else ""]
    written += [one.raw for one in library.quarantined] + [one.span.text for one in dropped]
    letters = "".join(one for one in source.text if one.isalpha())
    contained(letters, "".join(written), "letters of a list stand nowhere in what it made")
    must(listed.read(source).value.entries == library.entries or library.source is not None,
         "the second reading differs")  # fmt: skip
    sound(repair(library, Context()).diagnostics)


def _foreign(data: bytes) -> None:
    """As a list of another program, by suffix and by its content."""
    root = workplace() / "foreign"
    shutil.rmtree(root, ignore_errors=True)
    for name in ("list.ris", "list.json", "list.nbib", "list.xml", "list.txt"):
        write_bytes(root / name, data)
    folder = Folder(root)
    for path in sorted(root.iterdir()):
        read: Outcome[Library] = foreign.load(path)
        sound(read.diagnostics)
        count = Counter(one.key.casefold() for one in read.value.entries)
        must(all(number == 1 for number in count.values()), "a key is given twice")
        errors: list[Diagnostic] = [one for one in read.diagnostics if one.level.name == "ERROR"]
        must(read.value.entries or read.value.quarantined or read.diagnostics,
             "a list is empty, and nothing is said")  # fmt: skip
        if read.value.entries and not errors:
            export.write(read.value, "ris")
            json.loads(export.write(read.value, "csl"))
    must(not folder.changed(), "reading a list writes")
