"""Readers, anchors, script, ids and the whole of ``check``."""

from __future__ import annotations

import shutil
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from conftest import FILES, write_workspace

from edition import anchors, config, ids
from edition.build.stages import prepare
from edition.config import Bilingual, Config
from edition.diagnostics import Diagnostic, Severity
from edition.files import write_bytes
from edition.latex import escape as tex
from edition.model import Edition, Inlines, Lang, Segment, pieces, plain
from edition.readers import hidden, notes, read_edition, records, text
from edition.script import conversion
from edition.source import SourceFile, UndecodableError, unsaved
from fuzz import grammars
from fuzz.invariants import Folder, kept, must, sound, within
from fuzz.targets import Target, workplace

_CONFIG = Config(id="fuzz", title=Bilingual(zh="題", en="Title"), date="2026-11-23")
_ZH, _EN = "source/text/01-garden.zh.md", "source/text/01-garden.en.md"


def targets() -> list[Target]:
    return [
        Target(name="text", look=_text, seeds=lambda: _files("source/text/"), rules=grammars.TEXT,
               share=320),
        Target(name="notes", look=_notes, seeds=lambda: _files("source/notes/"),
               rules=grammars.NOTES, share=240),
        Target(name="tables", look=_tables, seeds=lambda: _files(".toml"), rules=grammars.TOML,
               share=240),
        Target(name="anchors", look=_anchors, seeds=lambda: _files("source/text/"),
               rules=grammars.TEXT, share=60),
        Target(name="script", look=_script, seeds=lambda: _files("source/"), rules=grammars.TEXT,
               share=120),
        Target(name="escape", look=_escape, seeds=lambda: _files("source/"), rules=grammars.TEXT,
               share=200),
        Target(name="ids", look=_ids, seeds=lambda: _files("source/text/"), rules=grammars.TEXT,
               share=40, seconds=2),
        Target(name="check", look=_check, seeds=lambda: _files(""), rules=grammars.TEXT, share=80,
               seconds=3, pace=0.1),
    ]  # fmt: skip


def _files(part: str) -> list[bytes]:
    return [text.encode() for name, text in FILES.items() if part in name]


def _read(name: str, data: bytes) -> SourceFile | None:
    """The file, None where it is not UTF-8 and that is told with a place."""
    try:
        return SourceFile.from_bytes(name, data)
    except UndecodableError as fault:
        within(fault.span, "a bad byte")
        return None


def _errors(found: Sequence[Diagnostic]) -> bool:
    return any(one.level is Severity.ERROR for one in found)


# --- readers ------------------------------------------------------------------------------------


def _text(data: bytes) -> None:
    file = _read(_ZH, data)
    if file is None:
        return
    for lang in ("zh", "en"):
        read = text.read(file, "01-garden", lang)  # type: ignore[arg-type]
        found = (*hidden(file), *read.diagnostics)
        sound(found)
        for segment in read.value.segments:
            within(segment.span, "a segment")
            _places(segment.inlines)
        for footnote in read.value.footnotes:
            _places(footnote.inlines)
        kept(file, read.value, found)
        again = text.read(file, "01-garden", lang)  # type: ignore[arg-type]
        must(again == read, "the second reading differs")


def _places(inlines: Inlines) -> None:
    """A piece of text is what its span covers, but for white space and where it is one escape."""
    for said, span in pieces(inlines):
        within(span, "a text")
        if len(said) == span.end - span.start:
            alike = all(a == b or a.isspace()
                        for a, b in zip(said, span.text, strict=True))  # fmt: skip
            must(alike, "a text is not what its span covers")


def _notes(data: bytes) -> None:
    file = _read("source/notes/a.yaml", data)
    if file is None:
        return
    read = notes.read(file, ("校", "注"))
    sound(read.diagnostics)
    for note in read.value:
        within(note.span, "a note")
        for inlines in note.texts.values():
            for _, span in pieces(inlines):
                within(span, "a note's text")
    bare = SourceFile(
        file.path, "".join(line for line in file.text.splitlines() if "#" not in line)
    )
    kept(bare, read.value, (*hidden(file), *read.diagnostics))
    must(notes.read(file, ("校", "注")) == read, "the second reading differs")


def _tables(data: bytes) -> None:
    """Names, glossary and settings, whichever the file would be."""
    file = _read("source/names.toml", data)
    if file is not None:
        sound(records.names(file).diagnostics)
        sound(records.terms(file).diagnostics)
        must(records.terms(file) == records.terms(file), "the second reading differs")
    root = workplace() / "settings"
    write_bytes(root / "source" / "edition.toml", data)
    folder = Folder(root)
    loaded = config.load(root)
    sound(loaded.diagnostics)
    must(loaded.value is not None or _errors(loaded.diagnostics), "no settings and no error")
    must(not folder.changed(), "reading settings writes")


# --- anchors, script, escaping ------------------------------------------------------------------


def _edition(data: bytes, more: str = "") -> tuple[Path, Edition]:
    root = workplace() / "anchors"
    if not root.exists():
        write_workspace(root)
    write_bytes(root / _ZH, data)
    write_bytes(root / "source/notes/01-garden.yaml", more.encode("utf-8", "replace"))
    return root, read_edition(root, config.load(root).value or _CONFIG).value


def _anchors(data: bytes) -> None:
    """A lemma that stands in its segment once, and nowhere that the segment leads to, is found
    there; one that stands twice, or nowhere, never is."""
    _, edition = _edition(data)
    rng = Random(data)
    sides = [one for section in edition.sections for one in section.zh]
    count_of = Counter(one.id for one in sides)
    segments = [one for one in sides if one.given and count_of[one.id] == 1]
    wanted: list[tuple[Segment, str]] = []
    for segment in rng.sample(segments, min(4, len(segments))):
        said = plain(segment.inlines)
        at = rng.randrange(len(said) + 1)
        lemma = said[at : at + rng.choice((1, 2, 4, 8))]
        # letters that are joined, and marks above them, are one sign: it is not cut
        plain_text = said.isprintable() and not any(map(unicodedata.combining, said))
        if lemma.strip() and plain_text and segment.table is None:
            wanted.append((segment, lemma))
    # a lemma is a string of JSON here, which YAML reads too
    written = "".join(
        f"- {{id: n{n}, at: {_quoted(one.id)}, quote: {{zh: {_quoted(lemma)}}}, layer: 注, "
        f"zh: x}}\n"
        for n, (one, lemma) in enumerate(wanted)
    )
    _, edition = _edition(data, written)
    attached = anchors.attach(edition)
    sound(attached.diagnostics)
    for number, (segment, lemma) in enumerate(wanted):
        note = next((one for one in attached.value.notes if one.id == f"n{number}"), None)
        if note is None or note.lemmas["zh"].quote != lemma:
            continue  # spaces at its ends, which YAML drops
        found = [one for one in attached.value.anchors if one.note == note.id and one.lang == "zh"]
        count = _count(_nfc(plain(segment.inlines)), _nfc(lemma))
        if count == 1:
            must(found, "a lemma that stands once is not found")
        must(len(found) <= 1, "a note has two places on one side")
        must(count <= 1 or not found, "a place was guessed among several")


def _count(text: str, part: str) -> int:
    """How often ``part`` stands in ``text``, overlapping itself or not."""
    return sum(text.startswith(part, at) for at in range(len(text)))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _script(data: bytes) -> None:
    said = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for script, source, variety in (("hans", "hant", "generic"), ("hant", "hans", "tw")):
        settings = Config(id="fuzz", title=_CONFIG.title, date="", script=script,  # type: ignore[arg-type]
                          source_script=source, variety=variety)  # type: ignore[arg-type]  # fmt: skip
        made = conversion.convert_text(said, settings)
        must(conversion.convert_text(said, settings) == made, "the second conversion differs")
        must([one for one in made if one.isascii()] == [one for one in said if one.isascii()],
             "a conversion changes what is no Chinese")  # fmt: skip


def _escape(data: bytes) -> None:
    """What TeX gets has its braces in pairs and no character that is a command of TeX's but those
    that this program writes."""
    said = data.decode("utf-8", "replace")
    for lang in ("zh", "en"):
        made = tex.escape(said, lang)  # type: ignore[arg-type]
        depth, at = 0, 0
        while at < len(made):
            sign = made[at]
            if sign == "\\":
                at += 2
                continue
            depth += (sign == "{") - (sign == "}")
            must(depth >= 0, "a group closes that was not opened")
            must(sign not in "%#&$_^" and (ord(sign) >= 32), "a sign reaches TeX unescaped")
            at += 1
        must(depth == 0, "a group is left open")
        must(tex.escape(said, lang) == made, "the second escape differs")  # type: ignore[arg-type]


# --- whole workspaces ---------------------------------------------------------------------------


def _ids(data: bytes) -> None:
    """Writing ids changes nothing but attributes, and once."""
    root = workplace() / "ids"
    shutil.rmtree(root, ignore_errors=True)
    write_workspace(root)
    write_bytes(root / _ZH, data)
    folder = Folder(root)
    before = _said(root)
    written = ids.write(root, touch=len(data) % 2 == 0)
    sound(written.diagnostics)
    must(folder.changed() <= {str(root / _ZH), str(root / _EN)}, "ids are written elsewhere")
    must(set(written.value.files) <= {_ZH, _EN}, "files are told that are not those of the text")
    if written.value.files:
        must(_said(root) == before, "writing ids changes a text")
        # where all was sure: an id that is written makes others sure that were not
        doubts = _errors(written.diagnostics)
        must(doubts or not ids.write(root).value.ids, "ids are written a second time")


def _said(root: Path) -> list[tuple[Lang, str, str]]:
    edition = read_edition(root, config.load(root).value or _CONFIG).value
    return [(lang, one.kind.name, plain(one.inlines)) for section in edition.sections
            for lang in ("zh", "en") for one in section.side(lang)]  # type: ignore[arg-type, arg-type, misc]  # fmt: skip


def _check(data: bytes) -> None:
    """Everything before TeX, one of the files being the input."""
    root = workplace() / "check"
    shutil.rmtree(root, ignore_errors=True)
    write_workspace(root)
    names = list(FILES)
    name = next((one for one in names if FILES[one].encode()[:24] == data[:24]), "")
    name = name or names[sum(data[:64]) % len(names)]
    write_bytes(root / name, data)
    folder = Folder(root)
    done = prepare(root)
    sound(done.diagnostics)
    must(not folder.changed(), "a check writes")
    must(done.value is not None or _errors(done.diagnostics), "no edition and no error")
    again = prepare(root)
    write_bytes(root / name, FILES[name].encode())
    with unsaved({root / name: data}):  # as an editor holds it
        held = prepare(root)
    told = [
        [(one.code.id, one.place, one.fact) for one in made.diagnostics]
        for made in (done, again, held)
    ]
    must(told[0] == told[1], "the second check finds other things")
    must(told[0] == told[2], "a check of what is not saved finds other things")
