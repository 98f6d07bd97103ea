"""Every reader, and what stands round a text that it is given: each place where text may stand."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from conftest import FILES, write_workspace
from importers import word_samples

from edition import anchors, config
from edition.apparatus import collation
from edition.bibliography.deciding import decisionfile
from edition.bibliography.reading import foreign, parse
from edition.bibliography.reading.lists import listed
from edition.bibliography.repair import repair
from edition.bibliography.types import Context
from edition.bibliography.writing import export, outputs
from edition.build.stages import prepare
from edition.importers.documents.model import RefusedError
from edition.importers.taking import Options, take
from edition.latex import escape as tex
from edition.readers import hidden, notes, read_edition, records, text
from edition.script import conversion
from edition.source import SourceFile
from fuzz.targets import workplace

Read = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Reader:
    """``frames`` are what stands round an input, which takes the place of ``%s``."""

    name: str
    read: Read
    frames: tuple[str, ...] = ("%s",)


_ZH = "source/text/01-garden.zh.md"
_FIELDS = (
    "author", "title", "year", "pages", "publisher", "location", "journal", "note", "url", "doi",
    "edition", "volume", "langid", "date", "editor", "ids",
)  # fmt: skip


def _text(said: str) -> None:
    file = SourceFile(_ZH, said)
    for lang in ("zh", "en"):
        text.read(file, "01-garden", lang)  # type: ignore[arg-type]
    hidden(file)


def _tables(said: str) -> None:
    file = SourceFile("source/names.toml", said)
    records.names(file)
    records.terms(file)


def _settings(said: str) -> None:
    root = workplace() / "settings"
    (root / "source").mkdir(parents=True, exist_ok=True)
    (root / "source" / "edition.toml").write_text(said, "utf-8")
    config.load(root)


def _check(path: str) -> Read:
    def read(said: str) -> None:
        root = workplace() / "check"
        shutil.rmtree(root, ignore_errors=True)
        write_workspace(root)
        (root / path).write_text(said, "utf-8", newline="")
        prepare(root)

    return read


def _anchors(said: str) -> None:
    root = workplace() / "anchors"
    shutil.rmtree(root, ignore_errors=True)
    write_workspace(root)
    (root / _ZH).write_text(said, "utf-8", newline="")
    settings = config.load(root).value
    assert settings is not None
    anchors.attach(read_edition(root, settings).value)


def _converted(said: str) -> None:
    facts = config.Config(
        id="a",
        title=config.Bilingual(zh="題", en="T"),
        date="",
        script="hans",
        source_script="hant",
    )
    conversion.convert_text(said, facts)


def _bib(said: str) -> None:
    library = parse.read(SourceFile("bib/references.bib", said)).value
    done = repair(library, Context())
    outputs.render(library, done)
    for dialect in ("bibtex", "biblatex", "gb7714"):
        export.write(done.value.library, dialect)  # type: ignore[arg-type]


def _list(said: str) -> None:
    repair(listed.read(SourceFile("list.txt", said)).value, Context())


def _foreign(suffix: str) -> Read:
    def read(said: str) -> None:
        path = workplace() / f"list.{suffix}"
        path.write_text(said, "utf-8", newline="")
        foreign.load(path)

    return read


def _import(name: str) -> Read:
    def read(said: str) -> None:
        data = said.encode("utf-8", "replace")
        if name.endswith(".docx"):
            data = word_samples.document(said)
        with contextlib.suppress(RefusedError):
            take([(name, data)], Options())

    return read


def _pair(said: str) -> None:
    with contextlib.suppress(RefusedError):
        take([("a.zh.md", said.encode()), ("a.en.md", b"# A garden\n\nA path.\n\nA hedge.\n")],
             Options())  # fmt: skip


def _collated(said: str) -> None:
    root = workplace() / "collated"
    if not root.exists():
        write_workspace(root)
    settings = config.load(root).value
    assert settings is not None
    edition = read_edition(root, settings).value
    collation.collate([one for section in edition.sections for one in section.zh], said)


def _framed(text: str, old: str) -> str:
    assert old in text, old
    return text.replace("%", "%%").replace(old, "%s", 1)


def readers() -> Iterator[Reader]:
    """All that reads what an editor, or a stranger, has written."""
    yield from _of_editions()
    yield from _of_references()
    yield from _of_imports()


def _of_editions() -> Iterator[Reader]:
    own = FILES
    yield Reader(
        "text",
        _text,
        (
            "%s",
            "# %s",
            "園%s園",
            "| %s | a |\n| --- | --- |\n| %s | b |",
            "園[^1]\n\n[^1]: %s",
            "園 {#%s}",
            "> %s",
            "[@a, %s]",
            "[園]{%s}",
        ),
    )
    yield Reader(
        "notes",
        lambda said: notes.read(SourceFile("source/notes/a.yaml", said), ("校", "注")),
        (
            "%s",
            "- id: a\n  at: i.2\n  quote: 東籬\n  layer: 注\n  zh: '%s'\n",
            "- id: a\n  at: i.2\n  quote: 東籬\n  zh: |\n    %s\n",
            "- id: a\n  at: i.2\n  quote: '%s'\n  zh: a\n",
        ),
    )
    yield Reader(
        "tables",
        _tables,
        (
            "%s",
            "[[term]]\nid = \"a\"\nzh = '''%s'''\nen = 'a'\n",
            "[[person]]\nid = \"a\"\nzh = '''%s'''\nen = '''%s'''\n",
        ),
    )
    yield Reader(
        "settings",
        _settings,
        ("%s", "[edition]\nid = 'a'\ntitle = { zh = '''%s''', en = '''%s''' }\n"),
    )
    yield Reader("anchors", _anchors)
    yield Reader("script", _converted)
    yield Reader("escape", lambda said: (tex.escape(said, "zh"), tex.escape(said, "en")))
    yield Reader("check text", _check(_ZH), ("%s", _framed(own[_ZH], "東籬")))
    yield Reader(
        "check notes",
        _check("source/notes/01-garden.yaml"),
        (_framed(own["source/notes/01-garden.yaml"], "After a poem by Tao Yuanming."),),
    )
    yield Reader("collate", _collated)


def _of_references() -> Iterator[Reader]:
    yield Reader(
        "bib",
        _bib,
        (
            "%s",
            *(f"@book{{a, {one} = {{%s}}}}" for one in _FIELDS),
            "@book{%s, title = {a}}",
            "@string{a = {%s}}\n@book{b, title = a}",
            "@book{a, title = {On gardens}, author = {%s}, year = 2001}\n@book{b, title = {On garden}, author = {%s}, year = 2001}",
        ),
    )
    yield Reader(
        "decisions",
        lambda said: decisionfile.read(SourceFile("bib/decisions.toml", said)),
        (
            "%s",
            "[[decision]]\nverdict = 'set'\nentries = ['a']\nfield = 'year'\nvalue = '''%s'''\nreason = '''%s'''\n",
        ),
    )
    yield Reader(
        "list",
        _list,
        (
            "%s",
            "[1] 朱園. %s[M]. 蘇州: 園林社, 2019.",
            "Weir, A. (2019). %s. Quay Studies, 3(1), 1-9.",
            "[1] %s",
        ),
    )
    for suffix in ("ris", "nbib", "json", "xml", "txt"):
        yield Reader(
            f"list of {suffix}",
            _foreign(suffix),
            {
                "ris": ("%s", "TY  - JOUR\nTI  - %s\nAU  - A\nER  - \n"),
                "nbib": ("%s", "PMID- 1\nTI  - %s\n"),
                "json": ("%s", '[{"id": "a", "type": "book", "title": "%s"}]'),
                "xml": ("%s", "<xml><records><record>%s</record></records></xml>"),
                "txt": ("%s",),
            }[suffix],
        )


def _of_imports() -> Iterator[Reader]:
    frame = "屋頂上的花園\n\n朱園\n\n一、緣起\n\n城裡的屋頂%s大多空着。\n\n參考文獻\n\n[1] 朱園. 園[M]. 蘇州: 園林社, 2019.\n"
    yield Reader(
        "import txt",
        _import("a.txt"),
        (
            "%s",
            frame,
            "A garden\n\nBy Ada Weir\n\nThe roofs %s are empty.\n",
            "%s\n\n一、園\n\n園\n",
        ),
    )
    yield Reader("import md", _import("a.md"), ("%s", "# 園\n\n城裡%s的屋頂\n"))
    yield Reader(
        "import html",
        _import("a.html"),
        ("<!DOCTYPE html><p>%s</p>", "<!DOCTYPE html><h1>園</h1><p>園</p>%s"),
    )
    yield Reader("import docx", _import("a.docx"), ("<w:p><w:r><w:t>%s</w:t></w:r></w:p>", "%s"))
    yield Reader("import pair", _pair)
