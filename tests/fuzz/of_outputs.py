"""Writers, what comes back of their files, index, variants, apparatus and collation."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

import inert
from lxml import etree
from writers import writing_samples
from writers.word_edits import Reviewer, W
from writers.writing_samples import FILES

from edition import collating
from edition.build.prepared import Prepared
from edition.build.stages import prepare
from edition.build.texts import unfit
from edition.build.types import Request
from edition.config import Variant
from edition.diagnostics import Severity
from edition.files import write_bytes
from edition.importers.documents.model import RefusedError
from edition.importers.documents.xml import printable
from edition.importers.returned.service import recognised, take_back
from edition.importers.workspace import imported, run_import
from edition.layout import indexing
from edition.model import Edition, Presence, plain
from edition.writers import WRITERS, Manuscript, word
from fuzz import grammars
from fuzz.invariants import Folder, contained, must, sound
from fuzz.mutate import MARKER
from fuzz.targets import Target, workplace

_ZH, _EN = "source/text/01-first.zh.md", "source/text/01-first.en.md"
_EXCHANGED = {"tmx": ".tmx", "xliff": ".xlf", "csv": ".csv", "xlsx": ".xlsx", "tbx": ".tbx"}
_WITNESS = "雒陽城中有客自稱東皋先生其器曰白日依山下長河入海流一曰水二曰火其下曰煙"


def targets() -> list[Target]:
    return [
        Target(name="writers", look=_written, seeds=lambda: _own(_ZH, _EN),
               rules=grammars.TEXT, share=60, seconds=4, pace=0.2),
        Target(name="exchange", look=_exchanged, seeds=_files, share=60, seconds=4, pace=0.2),
        Target(name="taken", look=_taken_back, seeds=_files, share=20, seconds=6, pace=0.3),
        Target(name="reviewed", look=_reviewed, seeds=lambda: [one.encode() for one in _SAID],
               rules=grammars.TEXT, share=40, seconds=6, pace=0.3),
        Target(name="apparatus", look=_apparatus, seeds=lambda: _own("source/notes/01.yaml"),
               rules=grammars.APPARATUS, share=80, seconds=3, pace=0.1),
        Target(name="names", look=_names,
               seeds=lambda: _own("source/names.toml", "source/glossary.toml"),
               rules=grammars.NAMES, share=60, seconds=3, pace=0.1),
        Target(name="variants", look=_variants, seeds=lambda: [_settings(grammars.VARIANT)],
               rules=grammars.VARIANTS, share=60, seconds=3, pace=0.1),
        Target(name="collate", look=_collated, seeds=_witnesses, share=60, seconds=3, pace=0.2),
    ]  # fmt: skip


# --- workspaces -----------------------------------------------------------------------------------


def _own(*names: str) -> list[bytes]:
    return [FILES[name].encode() for name in names]


def _settings(more: str) -> bytes:
    return (FILES["source/edition.toml"] + more).encode()


def _workspace(name: str, **changed: bytes) -> Path:
    root = workplace() / name
    shutil.rmtree(root, ignore_errors=True)
    writing_samples.write(root)
    for path, data in changed.items():
        write_bytes(root / path, data)
    return root


def _ready(root: Path, variant: Variant | None = None) -> Prepared | None:
    """The edition as it is before TeX; None where it has errors, which are sound."""
    made = prepare(root, variant=variant or Variant())
    sound(made.diagnostics)
    wrong = any(one.level is Severity.ERROR for one in made.diagnostics)
    must(made.value is not None or wrong, "no edition and no error")
    return None if wrong else made.value


def _manuscript(ready: Prepared, root: Path) -> Manuscript:
    return writing_samples.manuscript(ready, root)


# --- writers --------------------------------------------------------------------------------------


def _written(data: bytes) -> None:
    """A text of one side, or the other by its length, in every format."""
    root = _workspace("writers", **{_EN if data[:24] == FILES[_EN].encode()[:24] else _ZH: data})
    ready = _ready(root)
    if ready is None:
        return
    made = _manuscript(ready, root)
    folder = Folder(root)
    barred = unfit(ready, [one.name for one in WRITERS], Request(root=root))
    for writer in WRITERS:
        if writer.pages or any(writer.name in one.fact for one in barred):
            continue
        files = writer.write(made)
        must(files == writer.write(made), f"{writer.name}: the second file differs")
        _sound_file(writer.name, made, next(iter(files.values())))
    must(not folder.changed(), "a writer writes into the workspace")


def _sound_file(name: str, made: Manuscript, data: bytes) -> None:
    """Well formed, inert, and with all the words in it."""
    match name:
        case "html":
            said = _page(data.decode(), _SCRIPTS)
        case "epub":
            said = "".join(_page(one) for one in _members(data, (".xhtml",)))
        case "csv":
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
            must(len({len(one) for one in rows}) == 1, "csv: rows of several lengths")
            must(not inert.active("a.csv", data), "csv: a cell is a formula")
            said = "".join(cell for row in rows for cell in row)
        case "docx" | "xlsx":
            said = _zipped(data)
        case _:
            root = _tree(data)
            must(root.getroottree().docinfo.internalDTD is None or name == "tmx", f"{name}: a DTD")
            said = "".join(root.itertext())
    if name == "tbx":
        return
    whole = made.encoded if name in ("tmx", "xliff", "csv", "xlsx", "tei", "docx") else made.edition
    assert whole is not None
    letters = "".join(one for one in _words(whole) if one.isalpha())
    contained(letters, said, f"{name}: letters of the text are not in the file")
    must(said.count(MARKER) >= letters.count(MARKER), f"{name}: a character is left out")


def _words(edition: Edition) -> str:
    return "".join(plain(segment.inlines) for section in edition.sections
                   for segment in (*section.zh, *section.en)
                   if segment.presence is Presence.TEXT)  # fmt: skip


def _zipped(data: bytes) -> str:
    must(not inert.active("a.zip", data), "an Office file is active")
    return "".join("".join(_tree(one.encode()).itertext())
                   for one in _members(data, (".xml", ".rels")))  # fmt: skip


def _members(data: bytes, suffixes: tuple[str, ...]) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        must(archive.testzip() is None, "an archive is broken")
        for name in archive.namelist():
            must(
                not name.startswith("/") and ".." not in name.split("/"), "a name leaves an archive"
            )
            if name.endswith(suffixes):
                said = archive.read(name)
                _tree(said)
                yield said.decode()


def _tree(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as fault:
        raise AssertionError(f"not well formed: {fault}") from fault


def _page(text: str, scripts: int = 0) -> str:
    said, own, active = inert.page(text)
    must(not active, "a page is active")
    must(len(own) <= scripts, "a page holds a script that is not ours")
    return said


_SCRIPTS = 3  # of the web reader: its code, its data, its start


# --- what comes back ------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _files() -> list[bytes]:
    """A file of each format, its name before a line end."""
    root = _workspace("seeds")
    ready = writing_samples.prepared(root)
    made = _manuscript(ready, root)
    return [name.encode() + b"\n" + next(iter(one.write(made).values()))
            for one in WRITERS
            if (name := _EXCHANGED.get(one.name)) and one.name != "xlsx"]  # fmt: skip


def _named(data: bytes) -> tuple[str, bytes]:
    head, _, rest = data.partition(b"\n")
    suffix = head.decode("ascii", "replace")
    return (suffix if suffix in _EXCHANGED.values() else ".tmx"), rest


def _exchanged(data: bytes) -> None:
    """A file of another program is imported, or refused in words; twice alike."""
    suffix, rest = _named(data)
    try:
        made = imported(f"back{suffix}", rest)
    except RefusedError as refused:
        must(refused.fact and refused.hint, "a refusal says nothing")
        return
    sound(made.diagnostics)
    again = imported(f"back{suffix}", rest)
    must(made.value.files == again.value.files, "the second import differs")


def _taken_back(data: bytes) -> None:
    """An update writes into the texts and nowhere else, all of them or none; what it made can be
    read, and a second one changes nothing."""
    suffix, rest = _named(data)
    root = _workspace("taken")
    path = workplace() / "back" / f"back{suffix}"
    write_bytes(path, rest)
    folder = Folder(root)
    done = run_import(path, root, update=True)
    sound(done.diagnostics)
    inside = {one for one in folder.changed() if "/source/text/" in one and one.endswith(".md")}
    told = {str(root / name) for name in ("IMPORT.md", "import.json", "CHANGES.md")}
    must(folder.changed() - told <= inside, "an update writes beside the texts")
    if done.value is None:
        must(not folder.changed(), "an update that came to nothing wrote")
        return
    made = prepare(root)
    sound(made.diagnostics)
    after = Folder(root)
    again = run_import(path, root, update=True)
    sound(again.diagnostics)
    must(not after.changed() or again.value is not None, "a second update wrote and says nothing")


_SAID = ("a traveller\nhis [tool]{.term} was *old*\n", "客人\n白日依山下[^1]\n雒陽城\n")


@lru_cache(maxsize=1)
def _review_file() -> bytes:
    root = _workspace("seeds")
    made = _manuscript(writing_samples.prepared(root), root)
    return word.write(made)[".docx"]


def _reviewed(data: bytes) -> None:
    """Words that a reviewer wrote, tracked or not, stand in the texts afterwards as they were
    written, or are told of; nothing else is changed, and the edition is as sound as before."""
    clean = printable(data.decode("utf-8", "replace").encode()).decode()
    lines = [one for one in clean.splitlines() if one.strip()]
    root = _workspace("reviewed")
    changed = Reviewer(_review_file())
    rng = Random(data)
    runs = [one for one in changed.body.iter(f"{{{W}}}t") if one.text and one.text.strip()]
    for run, line in zip(rng.sample(runs, min(len(lines), 4)), lines, strict=False):
        at = rng.randrange(len(run.text) + 1)
        run.text = run.text[:at] + line + run.text[at:]
        run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    path = workplace() / "back" / "back.docx"
    write_bytes(path, changed.data())
    folder = Folder(root)
    before = _errors(root)
    must(recognised(path, root), "a file for review is not known as one")
    done = take_back(path, root)
    sound(done.diagnostics)
    must(all("/source/text/" in one for one in folder.changed()), "a review writes elsewhere")
    if done.value is None:
        must(not folder.changed(), "a review that came to nothing wrote")
        must(done.diagnostics, "a review came to nothing, and nothing is said")
    unsound = {one for one in _errors(root) - before if not one.startswith(_SAID_OF_WORDS)}
    must(not unsound, f"the texts are unsound after a review: {' '.join(sorted(unsound))}")


# what a check says of new words: signs without a font, lemmas that they part or double, texts that
# answer to no other any more
_SAID_OF_WORDS = ("FNT", "TXT", "SCR", "ANC", "ALN009")


def _errors(root: Path) -> set[str]:
    return {one.code.id for one in prepare(root).diagnostics if one.level is Severity.ERROR}


# --- apparatus, names, variants, witnesses --------------------------------------------------------


def _apparatus(data: bytes) -> None:
    """Entries are read, anchored, printed on both sides, and stand in TEI."""
    root = _workspace("apparatus", **{"source/notes/01.yaml": data})
    ready = _ready(root)
    if ready is None:
        return
    made = _manuscript(ready, root)
    for writer in WRITERS:
        if writer.name in ("tei", "html"):
            _sound_file(writer.name, made, next(iter(writer.write(made).values())))


def _names(data: bytes) -> None:
    """Names or terms, as their first table has it: the index lists every headword that occurs, in
    one order."""
    terms = b"[[term]]" in data[:200]
    root = _workspace("names", **{f"source/{'glossary' if terms else 'names'}.toml": data})
    ready = _ready(root)
    if ready is None:
        return
    made = _manuscript(ready, root)
    words = indexing.headwords(ready.edition, ready.config)
    there, told = indexing.occurrences(made.book.boxes, ready.edition, words)
    sound(told)
    used = {(one.headword, made.book.boxes[one.box].lang) for one in there}
    lines = indexing.lines(words, used, ready.config)
    turned = indexing.lines(words[::-1], used, ready.config)
    must({lang: set(said) for lang, said in lines.items()}
         == {lang: set(said) for lang, said in turned.items()},
         "what the index lists depends on the order of the file")  # fmt: skip
    listed = {one.id: one for one in words if one.listed}
    for ident, lang in used:
        word = listed.get(ident)
        if word is not None and lang in ready.config.languages and word.get(lang):
            must(any(line.headword == ident for line in lines[lang]), "a headword is not listed")


def _variants(data: bytes) -> None:
    """Settings with variants: each of them is made ready, or an error says why not."""
    root = _workspace("variants", **{"source/edition.toml": data})
    for name in ("", "a", "b"):
        ready = _ready(root, Variant(name=name))
        if ready is not None:
            must(ready.layout is not None, "a variant has no layout and no error")


def _witnesses() -> list[bytes]:
    return [_WITNESS.encode(), _WITNESS[:20].encode() + _WITNESS[30:].encode()]


def _collated(data: bytes) -> None:
    """A collation writes one file; the workspace is then as sound as before; a second one adds
    nothing."""
    root = _workspace("collate")
    (root / "source/notes/01.yaml").unlink()
    path = workplace() / "witness.txt"
    write_bytes(path, data)
    before = _errors(root)
    folder = Folder(root)
    fold = len(data) % 2 == 0
    done = collating.collate(root, [("明", path)], fold=fold)
    sound(done.diagnostics)
    must(folder.changed() <= {str(root / collating.FILE)}, "a collation writes elsewhere")
    checked = prepare(root)
    sound(checked.diagnostics)
    after = {one.code.id for one in checked.diagnostics if one.level is Severity.ERROR}
    after -= {"FNT001"}  # a witness may have characters that the fonts have not
    must(after <= before, "entries of a collation are errors")
    now = Folder(root)
    again = collating.collate(root, [("明", path)], fold=fold)
    must(not again.value.added and not now.changed(), "a second collation adds entries")
