"""Attacks by files that are imported, bibliographies, series and packs, numbers, names and pictures;
what they lay, :mod:`security.attacks` runs and looks at."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from book_samples import png
from press_samples import drawn, text

Lay: TypeAlias = Callable[[Path, Path], None]

ENTITIES = {
    "laughs": '<!DOCTYPE x [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 12)) + "]>",
    "file": '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file://VICTIM">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file://VICTIM"> %p; <!ENTITY a11 "&#37;p;">]>',
    "network": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a11 SYSTEM "http://127.0.0.1:9/">]>',
    "square": '<!DOCTYPE x [<!ENTITY a11 "' + "x" * 60_000 + '">]>',
}  # fmt: skip
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# the parts of archives that hold their text, and what makes them archives of their kind
BODIES = {
    "docx": ("word/document.xml", f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>BODY</w:t></w:r></w:p></w:body></w:document>'),
    "odt": ("content.xml", '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text><t:p>BODY</t:p></o:text></o:body></o:document-content>'),
    "epub": ("a.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>BODY</p></body></html>'),
    "xlsx": ("xl/worksheets/sheet1.xml", '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>BODY</t></is></c></row></sheetData></worksheet>'),
}  # fmt: skip
_ROUND: Mapping[str, Mapping[str, str]] = {
    "docx": {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    },
    "odt": {"mimetype": "application/vnd.oasis.opendocument.text"},
    "epub": {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "a.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
    },
    "xlsx": {
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
}  # fmt: skip
XML = {
    "tei.xml": '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>BODY</p></body></text></TEI>',
    "a.xlf": '<xliff version="2.0" srcLang="zh" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="a"><unit id="u"><segment><source>園BODY</source><target>g</target></segment></unit></file></xliff>',
    "a.tmx": '<tmx version="1.4"><header/><body><tu><tuv xml:lang="zh"><seg>園BODY</seg></tuv><tuv xml:lang="en"><seg>g</seg></tuv></tu></body></tmx>',
    "a.html": "<!DOCTYPE html><html><body><p>BODY</p></body></html>",
}  # fmt: skip
ENDNOTE = "<xml><records><record><titles><title>BODY</title></titles></record></records></xml>"


def archive(
    kind: str, body: str = "園", head: str = "", more: Mapping[str, bytes] | None = None
) -> bytes:
    """A document of a kind whose text is ``body``; ``head`` stands before the root of that part."""
    name, frame = BODIES[kind]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for other, said in _ROUND[kind].items():
            made.writestr(other, said)
        made.writestr(name, '<?xml version="1.0"?>' + head + frame.replace("BODY", body))
        for other, data in (more or {}).items():
            made.writestr(other, data)
    return out.getvalue()


def _linked(kind: str, victim: Path) -> bytes:
    """An archive in which a picture is a link to the victim's."""
    out = io.BytesIO(archive(kind))
    with zipfile.ZipFile(out, "a") as made:
        for name in ("word/media/a.png", "Pictures/a.png", "a.png"):
            one = zipfile.ZipInfo(name)
            one.create_system = 3
            one.external_attr = (stat.S_IFLNK | 0o777) << 16
            made.writestr(one, str(victim / "thesis.txt"))
    return out.getvalue()


def imports() -> Iterator[tuple[str, Lay, tuple[str, ...]]]:
    """Files that are imported: (name, what is laid, commands)."""
    for kind in BODIES:
        for name, make in _archives(kind).items():
            path = f"a.{kind}"
            yield (f"{kind} {name}", _file(path, make),
                   (f"import {path} --to made", f"import {path} --to . --update"))  # fmt: skip
    for path, frame in XML.items():
        for name, make in _documents(frame).items():
            yield (f"{path} {name}", _file(path, make),
                   (f"import {path} --to made", f"import {path} --to . --update"))  # fmt: skip
    for name, make in _documents(ENDNOTE).items():
        yield (f"EndNote {name}", _file("e.xml", make), ("bib e.xml --out made",))
    for path, said in _PLAIN.items():
        yield (path, _file(path, _worded(said)), (f"import {path} --to made",))


def _archives(kind: str) -> dict[str, Callable[[Path], bytes]]:
    names = ("../../victim/thesis.txt", "/tmp/edition-attack", "..\\..\\victim\\thesis.txt",
             "word/media/../../../../victim/thesis.txt", "C:\\thesis.txt", "a\nb", "con", "x" * 4000)  # fmt: skip
    made: dict[str, Callable[[Path], bytes]] = {
        "bomb": lambda _: archive(kind, more={BODIES[kind][0] + ".big": b"\0" * (260 << 20)}),
        "bomb of text": lambda _: archive(kind, "x" * (64 << 20)),
        "many parts": lambda _: archive(kind, more={f"p/{n}": b"" for n in range(12_000)}),
        "names": lambda _: archive(kind, more=dict.fromkeys(names, b"x")),
        "linked picture": lambda victim: _linked(kind, victim),
        "cut": lambda _: archive(kind)[:-30],
        "cut in the middle": lambda _: archive(kind)[:300],
        "sizes that lie": lambda _: archive(kind).replace(b"PK\x01\x02", b"PK\x01\x03", 1),
        "picture outside": lambda victim: archive(kind, **_outside(kind, victim)),  # type: ignore[arg-type]
        "deep": lambda _: archive(kind, "<a>" * 20_000 + "</a>" * 20_000),
        "characters that are none": lambda _: archive(kind, "&#0;&#xD800;\x00"),
    }
    for name, head in ENTITIES.items():
        made[f"entities: {name}"] = lambda victim, head=head: archive(
            kind, "&a11;", head.replace("VICTIM", str(victim / "thesis.txt")))  # fmt: skip
    return made


def _outside(kind: str, victim: Path) -> dict[str, object]:
    """A picture, as the kind names it, that lies with the victim."""
    where = (victim / "thesis.txt").as_uri()
    if kind == "docx":
        relations = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                     '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
                     f'Target="{where}" TargetMode="External"/></Relationships>')  # fmt: skip
        body = ('</w:t></w:r></w:p><w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
                'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="r9" r:embed="r9"/></w:drawing><w:t>園')  # fmt: skip
        return {"body": body, "more": {"word/_rels/document.xml.rels": relations.encode()}}
    if kind == "epub":
        return {
            "body": f'<img src="{where}" alt="a"/><img src="../../victim/thesis.txt" alt="b"/>園'
        }
    return {"body": "園"}


def _documents(frame: str) -> dict[str, Callable[[Path], bytes]]:
    def put(head: str, body: str) -> Callable[[Path], bytes]:
        def make(victim: Path) -> bytes:
            said = f'<?xml version="1.0"?>{head}' + frame.replace("BODY", body)
            return said.replace("VICTIM", str(victim / "thesis.txt")).encode()

        return make

    made = {f"entities: {name}": put(head, "&a11;") for name, head in ENTITIES.items()}
    made["deep"] = put("", "<p>" * 50_000)
    made["deep and closed"] = put("", "<b>" * 20_000 + "x" + "</b>" * 20_000)
    made["included"] = put(
        "",
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://VICTIM" parse="text"/>',
    )
    made["stylesheet"] = put('<?xml-stylesheet href="file://VICTIM" type="text/xsl"?>', "園")
    made["attributes"] = put("", "<p " + " ".join(f'a{n}="x"' for n in range(30_000)) + "/>")
    made["long name"] = put("", f"<{'x' * 1_000_000}/>")
    made["namespaces"] = put(
        "", "<p " + " ".join(f'xmlns:a{n}="u:{n}"' for n in range(20_000)) + "/>"
    )
    return made  # fmt: skip


_PLAIN = {
    "bibliography.md": "---\nbibliography: ../victim/bib/references.bib\n---\n\n# 園\n\n一段[@zhu2020]。\n",
    "absolute.md": "---\nbibliography: VICTIM\n---\n\n# 園\n\n一段。\n",
    "aliases.md": "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(97 + n)}: &{chr(97 + n)} [{', '.join([f'*{chr(96 + n)}'] * 9)}]\n" for n in range(1, 9)) + "---\n\n一段。\n",
    "picture.md": "# 園\n\n![圖](../victim/thesis.txt)\n\n![圖](VICTIM)\n\n![圖](file://VICTIM)\n",
    "links.html": "<p>園</p><img src='file://VICTIM'><iframe src='VICTIM'></iframe><base href='file://VICTIM'>"
                  "<link rel=import href='VICTIM'><object data='VICTIM'></object><script src='VICTIM'></script>",
    "svg.html": "<p>園</p><svg onload='alert(1)'><image href='file://VICTIM'/><use href='VICTIM#a'/></svg>",
    "deep.html": "<div>" * 50_000 + "園",
    "deep.json": "[" * 200_000,
    "deep2.json": '{"a":' * 100_000,
    "numbers.json": "[[" + "9" * 100_000 + ", 1e999999, NaN]]",
    "wide.csv": "a," * 200_000 + "\n園,b\n",
    "quotes.csv": '"' * 200_001,
    "formulas.csv": "zh,en\n=HYPERLINK(VICTIM),園\n@SUM(1),+1\n",
    "a.po": 'msgid "園"\nmsgstr "g"\n' * 20_000,
    "object.rtf": "{\\rtf1 {\\object\\objdata 0105}{\\field{\\*\\fldinst INCLUDETEXT VICTIM}} g}",
    "field.rtf": "{\\rtf1 " + "{" * 50_000,
    "action.pdf": "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/Launch/F(VICTIM)>>>>endobj\ntrailer<</Root 1 0 R>>\nstartxref 0\n%%EOF",
    "latex.tex": "\\documentclass{a}\\input{VICTIM}",
    "include.md": "# 園\n\n!include VICTIM\n\n<<[VICTIM]\n\n.. include:: VICTIM\n",
    "escape.txt": "園\x1b]0;x\x07\x1b[2J\n::set-env name=PATH::/tmp\n\n##[command]x\n",
}  # fmt: skip


def _worded(said: str) -> Callable[[Path], bytes]:
    return lambda victim: said.replace("VICTIM", str(victim / "thesis.txt")).encode()


def _file(path: str, make: Callable[[Path], bytes]) -> Lay:
    def lay(root: Path, victim: Path) -> None:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_bytes(make(victim))

    return lay


# --- links where something is to be written -------------------------------------------------------


def outs() -> Iterator[tuple[str, Lay, tuple[str, ...]]]:
    """Folders and files that are links to the victim's, where a command writes."""
    article = _file("a.txt", lambda _: "題目\n\n一段文字。\n".encode())

    def linked(name: str, to: str = "") -> Lay:
        def lay(root: Path, victim: Path) -> None:
            article(root, victim)
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).symlink_to(victim / to if to else victim)

        return lay

    yield "import to a link", linked("made"), ("import a.txt --to made",)
    for part in ("source", "source/text", "bib", "source/edition.toml", "IMPORT.md", "import.json"):
        to = part if part not in ("IMPORT.md", "import.json") else "thesis.txt"
        yield f"import to {part} of a link", linked(f"made/{part}", to), ("import a.txt --to made",)
    yield "new in a link", linked("made"), ("new made",)
    yield "bibliography to a link", linked("made/corrected.bib", "thesis.txt"), (
        "bib bib/references.bib --out made",)  # fmt: skip
    for name in ("corrected.bib", "CHANGES.md", "changes.json"):
        yield f"bibliography: {name}", linked(f"bib/{name}x", "thesis.txt"), ("bib",)
    for name in ("source/notes/collation.yaml", "alignment-decisions.toml", "bib/decisions.toml",
                 "import-decisions.toml", "source/text/02-b.zh.md"):  # fmt: skip
        yield f"{name} is a link", linked(name, "thesis.txt"), (
            "collate 宋=a.txt", "align --write", "ids", "check --fix", "bib")  # fmt: skip
    yield "series to a link", linked("build"), ("series --report", "series --list")


# --- state and settings ---------------------------------------------------------------------------

BOMBS = {
    "lists": "a = " + "[" * 100_000, "lists that close": "a = " + "[" * 5_000 + "]" * 5_000,
    "tables": "a = " + "{a = " * 20_000, "dots": "a" + ".a" * 50_000 + " = 1",
    "heads": "[" + "a." * 50_000 + "a]", "many heads": "".join(f"[t{n}]\n" for n in range(50_000)),
    "number": "a = " + "9" * 200_000, "float": "a = 1e" + "9" * 5_000, "hex": "a = 0x" + "f" * 100_000,
    "string": 'a = "' + "x" * 2_000_000, "keys": "".join(f"k{n} = 1\n" for n in range(60_000)),
    "tables in lists": "[[a]]\n" * 60_000, "date": "a = 9999-99-99T99:99:99Z", "escapes": 'a = "\\U00110000"',
}  # fmt: skip
TOMLS = ("source/edition.toml", "source/names.toml", "source/glossary.toml", "bib/decisions.toml",
         "alignment-decisions.toml", "templates/facing.toml", "series.toml", "import-decisions.toml")  # fmt: skip
YAMLS = {
    "laughs": "- id: a\n" + "  a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"  {chr(97 + n)}: &{chr(97 + n)} [{', '.join([f'*{chr(96 + n)}'] * 9)}]\n" for n in range(1, 9)),
    "ring": "- &a [*a]\n", "python": "- !!python/object/apply:os.system ['touch ran']\n",
    "new": "- !!python/object/new:subprocess.Popen [['touch', 'ran']]\n", "merge": "- &a {<<: *a}\n",
    "deep": "- " * 20_000 + "a\n", "flow": "[" * 20_000, "flow maps": "{a: " * 20_000,
    "tag": "- !<tag:yaml.org,2002:python/name:os.system> x\n", "keys": "- {" + ", ".join(f"k{n}: 1" for n in range(20_000)) + "}\n",
    "documents": "---\n- a\n" * 10_000, "include": "- !include VICTIM\n", "block": "- |\n" + "  x\n" * 100_000,
    "question": "? " * 20_000, "anchors": "".join(f"- &a{n} x\n" for n in range(20_000)),
    "number": "- id: " + "9" * 50_000 + "\n", "binary": "- !!binary " + "QUFB" * 50_000 + "\n",
}  # fmt: skip
JSONS = {"deep": "[" * 200_000, "maps": '{"a":' * 100_000, "number": "9" * 50_000, "null": "null",
         "list": "[]", "files": json.dumps({"files": {"../../victim/thesis.txt": "x"}, "hashes": []}),
         "cut": '{"files"', "kinds": json.dumps({"files": 1, "blocks": "x", "units": [None]})}  # fmt: skip


def bombs() -> Iterator[tuple[str, Lay, tuple[str, ...]]]:
    for path in TOMLS:
        commands = {
            "bib/decisions.toml": ("bib",), "alignment-decisions.toml": ("align", "check"),
            "series.toml": ("series --list",), "import-decisions.toml": ("import a.txt --to .",),
        }.get(path, ("check",))  # fmt: skip
        for name, said in BOMBS.items():
            yield f"{path} {name}", _beside_article(path, _worded(said)), commands
    for name, said in YAMLS.items():
        yield f"notes {name}", _file("source/notes/01-garden.yaml", _worded(said)), ("check",)
    for name, said in JSONS.items():
        yield (f"import.json {name}", _beside_article("import.json", _worded(said)),
               ("import a.txt --to .", "import a.txt --to . --update"))  # fmt: skip


def _beside_article(path: str, make: Callable[[Path], bytes]) -> Lay:
    one, other = _file(path, make), _file("a.txt", lambda _: "題目\n\n一段文字。\n".encode())

    def lay(root: Path, victim: Path) -> None:
        one(root, victim)
        other(root, victim)

    return lay


UNSAVED = ("../victim/source/text/01-garden.zh.md", "/etc/passwd", "source/../../victim/thesis.txt",
           "source/text/link.zh.md", "source/text/01-garden.zh.md", "-", "source", "nowhere/x.md",
           "source/text/new.zh.md", "source/edition.toml", "bib/references.bib", "templates/a.sty")  # fmt: skip

NUMBERS = ("nan", "inf", "-inf", "1e308", "-1", "0", "1" + "0" * 40, "1e-300", "true", "[]", "{}",
           '"99999999999999pt"', '"1e9x1e9"', '"0x0"', '"-5mm"', '"' + "9" * 4000 + 'pt"')  # fmt: skip
KEYS = ("layout.ratio", "layout.paper", "line_numbers.every", "press.bleed", "press.signature",
        "press.booklet_sheet", "press.gutter", "press.creep", "variants.a.scale", "variants.a.paper",
        "variants.a.large_print", "alignment.length_ratio", "index.names", "edition.date")  # fmt: skip


def numbers() -> Iterator[tuple[str, Lay, tuple[str, ...]]]:
    for key in KEYS:
        table, _, name = key.rpartition(".")
        for value in NUMBERS:
            head = '[edition]\nid = "garden"\ntitle = { zh = "園", en = "Garden" }\n'
            said = f"{head}{name} = {value}\n" if table == "edition" else (
                f"{head}[{table}]\n{name} = {value}\n")  # fmt: skip
            yield (f"{key} = {value[:24]}", _file("source/edition.toml", _worded(said)),
                   ("check", "check --variant a"))  # fmt: skip


# --- names, pictures ------------------------------------------------------------------------------

NAMES = ('a"><script>alert(1)</script>', "a' onerror='alert(1)", "-o.png", "$(touch ran)", "`touch ran`",
         "a%b#c&d~e_f{g}", "\u202egnp.a", "a\nb", "a;touch ran;", "a|touch ran", "..a", "CON", "a b",
         "%2e%2e%2fvictim", "javascript:alert(1)", "x" * 240, "\x1b[2J", "::set-env name=x::y", "\\input{x}",
         "&x;", "]]>", "--shell-escape")  # fmt: skip


def names() -> Iterator[tuple[str, Lay, tuple[str, ...]]]:
    """Names of pictures and of texts; those of pictures go into every format."""
    for name in NAMES:

        def picture(root: Path, victim: Path, name: str = name) -> None:
            _given(root, f"{name.replace('/', '')}.png", png(700, 20))

        yield f"picture {name[:20]!r}", picture, ("check",)
        yield f"text {name[:20]!r}", _texts(name), ("check", "ids", "check --fix", "align")


def _given(root: Path, name: str, data: bytes) -> None:
    """A picture in both texts."""
    (root / name).write_bytes(data)
    for lang in ("zh", "en"):
        path = root / f"source/text/01-garden.{lang}.md"
        path.write_text(f"{path.read_text('utf-8')}\n![圖](<{name}>) {{#i.f}}\n", "utf-8")


def _texts(name: str) -> Lay:
    def lay(root: Path, victim: Path) -> None:
        for lang in ("zh", "en"):
            stem = name.replace("/", "")[:230]
            (root / f"source/text/{stem}.{lang}.md").write_text(f"# 園 {{#x}}\n\n{name}\n", "utf-8")

    return lay


ACTIONS = ("/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "/OpenAction<</S/Launch/F(VICTIM)>>",
           "/AA<</O<</S/URI/URI(http://127.0.0.1:9)>>>>", "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>",
           "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(VICTIM)>>]>>>>", "/AcroForm<</XFA(x)/Fields[]>>",
           "/OpenAction<</S/GoToR/F(VICTIM)/D[0/Fit]>>", "/OpenAction<</S/SubmitForm/F(http://127.0.0.1:9)>>")  # fmt: skip


def pictures() -> Iterator[tuple[str, Lay, tuple[str, ...]]]:
    """PDFs as pictures: what they would do goes into no book."""
    plain = drawn([text(60, 200)])
    for action in ACTIONS:

        def acting(root: Path, victim: Path, action: str = action) -> None:
            said = action.replace("VICTIM", str(victim / "thesis.txt")).encode()
            _given(root, "p.pdf", plain.replace(b"/Type /Catalog", b"/Type /Catalog " + said))

        yield f"PDF {action[:30]}", acting, ("build",)

    def external(root: Path, victim: Path) -> None:
        where = str(victim / "thesis.txt").encode()
        _given(root, "p.pdf", plain.replace(b"/Length", b"/F (" + where + b") /Length", 1))

    yield "PDF with a stream outside", external, ("build",)
    for name in ("/dev/zero", "/etc/passwd", "/proc/self/environ"):

        def linked(root: Path, victim: Path, name: str = name) -> None:
            _given(root, "p.png", b"")
            (root / "p.png").unlink()
            (root / "p.png").symlink_to(name)

        yield f"picture is {name}", linked, ("check",)


# --- series, packs --------------------------------------------------------------------------------

DIRS = ("../victim", "VICTIM", "*/../../victim", "/", "..", ".", "~", "$HOME", "vol/*", "**", "vol/../../victim",
        "\\\\host\\share", "vol\x00", "", "x" * 5000)  # fmt: skip


def series() -> Iterator[tuple[str, Lay, tuple[str, ...]]]:
    for folder in DIRS:
        for name in ("", "../../victim", "/tmp/x", "a/b"):
            said = f"[series]\n[[volume]]\ndir = {json.dumps(folder)}\n"
            said += f"name = {json.dumps(name)}\n" if name else ""

            def lay(root: Path, victim: Path, said: str = said) -> None:
                _file("series.toml", lambda where: said.replace("VICTIM", str(where)).encode())(
                    root, victim
                )
                (root / "vol").mkdir()
                (root / "vol" / "link").symlink_to(victim)

            yield f"{folder[:20]!r} as {name!r}", lay, ("series --list", "series --report")


PACKS = ("../victim/thesis.txt", "/tmp/edition-attack/x", "a/../../victim/thesis.txt", "a\\..\\..\\x", "", ".", "..",
         "a//b", "a/./b", "a\x00b", "a/" * 60 + "b", "x" * 2000, "C:/x", "a\nb")  # fmt: skip


def packs(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Packs that a cluster may be sent: (name, bytes). ``folder``: where they would be opened."""
    import hashlib

    digest = hashlib.sha256(b"x").hexdigest()
    form = "parallel-edition pack 1"

    def pack(files: object, objects: Mapping[str, bytes], form: object = form) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("manifest.json", json.dumps({"form": form, "files": files, "told": {}}))
            for name, data in objects.items():
                made.writestr(name, data)
        return out.getvalue()

    own = {f"objects/{digest}": b"x"}
    for name in PACKS:
        yield f"path {name[:24]!r}", pack({name: [digest, 1]}, own)
    yield "another digest", pack({"a": ["0" * 64, 1]}, {f"objects/{'0' * 64}": b"x"})
    yield "digest that leads out", pack({"a": ["../../victim", 1]}, {"objects/../../victim": b"x"})
    yield "size that lies", pack({"a": [digest, 1 << 40]}, own)
    yield "less than it says", pack({"a": [digest, 0]}, own)
    yield "no size", pack({"a": [digest, -1]}, own)
    yield "bomb", pack({"a": [digest, 1]}, {f"objects/{digest}": b"\0" * (300 << 20)})
    yield "many files", pack({f"f{n}": [digest, 1] for n in range(30_000)}, own)
    yield "file and folder", pack({"a": [digest, 1], "a/b": [digest, 1]}, own)
    yield "another form", pack({}, {}, form="x")
    yield "deep", pack({}, {}).replace(b"manifest", b"manifesx")
    for kinds in ([], None, {"a": 1}, {"a": [1]}, "x", {"a": [digest, "x"]}):
        yield f"files {kinds!r}"[:24], pack(kinds, own)
    yield "no archive", b"x" * 100
    yield "cut", pack({"a": [digest, 1]}, own)[:-20]


def opened(data: bytes, folder: Path) -> None:
    """Open a pack as a worker does; a refusal is right."""
    from edition.series.packing import PackError, lay, unpacked

    folder.mkdir(parents=True, exist_ok=True)
    try:
        lay(unpacked(data).files, folder)
    except PackError:
        return


# --- words that run in an output ------------------------------------------------------------------

ACTIVE = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)", "[a](javascript:alert(1))", "[a](data:text/html,<script>alert(1)</script>)",
    "[a](JaVaScRiPt:alert(1))", "[a](vbscript:x)", "[a](java\tscript:x)", "<javascript:alert(1)>", "]]><script>", "&lt;script&gt;",
    "=HYPERLINK(1)", "@SUM(1+1)", "+1+cmd|' /C calc'!A0", "-2+3", "\t=1+1", "{{constructor}}", "<!--<script>", "<svg onload=alert(1)>",
    "<?xml-stylesheet href='x'?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", "\\u003cscript\\u003e", "${alert(1)}", "<iframe src=//x>",
    "![a](http://127.0.0.1:9/x.png)", "[a](file:///etc/passwd)", "[a](//127.0.0.1:9)", "<style>@import 'x'</style>",
)  # fmt: skip
FORMATS = "html,epub,tei,docx,tmx,xliff,csv,xlsx,tbx"
