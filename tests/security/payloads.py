"""What an enemy writes into a workspace, and where."""

from __future__ import annotations

import json
from pathlib import Path

FILES = (
    "source/edition.toml", "source/text/01-garden.zh.md", "source/text/01-garden.en.md",
    "source/notes/01-garden.yaml", "source/names.toml", "source/glossary.toml",
    "bib/references.bib", "bib/corrected.bib", "templates/facing.toml", "source/text", "bib",
)  # fmt: skip
PLANTED = (
    ".cache/lock", ".cache/work/facing-hant/typeset/array.sty",
    ".cache/work/facing-hant/measure/edition.log", ".cache/work/facing-hant/state.json",
    "dist/garden.pdf", "dist/build.log", "dist/proof.json", "array.sty", "source/array.sty",
    "texmf.cnf", "xelatex.fmt", "biber.conf",
)  # fmt: skip
STYLE = (
    r"\AtBeginDocument{\immediate\write18{touch ran}\input{VICTIM}"
    r"\special{pdf:fstream @x (VICTIM)}\special{pdf:put @thispage << /X @x >>}}"
)
PROGRAMS = ("xelatex", "biber", "xdvipdfmx", "fc-list", "kpsewhich", "pdftotext", "yaml.py",
            "tomllib.py", "opencc.py", "edition.py", "sitecustomize.py")  # fmt: skip

SETTINGS = (
    "edition.id", "edition.date", "edition.script", "layout.name", "layout.paper", "fonts.zh",
    "fonts.en", "fonts.zh_sans", "press.icc", "press.booklet_sheet", "bibliography.style",
    "line_numbers.by", "edition.profile", "edition.variety",
)  # fmt: skip
VALUES = (
    "--expand-var=x}\\message{injected}{", "\\input{VICTIM}", "VICTIM", "../victim/thesis.txt",
    "-o../victim/written", "$(touch ran)", "`touch ran`", "x}\\write18{touch ran}{", "x\ny",
    "\x1b[2J", "::stop-commands::x", "^^5cinput VICTIM ",
)  # fmt: skip

FIELDS = ("text", "heading", "item", "note", "quote", "title", "editors", "layer", "glossary",
          "author", "bib title", "publisher", "url", "year", "pages", "bib key", "caption",
          "address", "code")  # fmt: skip
PAYLOADS = (
    "\\input{VICTIM}", "\\immediate\\write18{touch ran}", "\\special{pdf:fstream @x (VICTIM)}",
    "\\openin5=VICTIM \\read5 to\\x \\x", "\\csname input\\endcsname VICTIM ",
    "^^5cinput{VICTIM}", "$\\input{VICTIM}$", "}\\input{VICTIM}{", "\\end{document}",
    "\\catcode`\\@=0 @input VICTIM", "\\lstinputlisting{VICTIM}", "\\XeTeXpicfile \"VICTIM\"",
    "\\includegraphics{VICTIM}", "%\n\\input{VICTIM}", "\\directlua{os.execute('touch ran')}",
    "#1 & ~ _ ^ % $ { } \\", "| touch ran", "$(touch ran)", "<img src=x onerror=alert(1)>",
    "<!ENTITY x SYSTEM \"file://VICTIM\"> &x;", "::set-env name=PATH::/tmp",
)  # fmt: skip


def toml(key: str, value: str) -> str:
    """Settings of which one has ``value``."""
    table, _, name = key.partition(".")
    tables = {"edition": {"id": '"garden"', "title": '{ zh = "園", en = "Garden" }',
                          "source_script": '"hant"'}}  # fmt: skip
    tables.setdefault(table, {})[name] = json.dumps(value)
    return "\n".join(
        f"[{name}]\n" + "\n".join(f"{one} = {said}" for one, said in inner.items())
        for name, inner in tables.items()
    )


def lay(root: Path, field: str, payload: str) -> None:
    """Put ``payload`` into a field of the workspace of the tests."""
    flat = " ".join(payload.split())
    english = root / "source" / "text" / "01-garden.en.md"
    settings = root / "source" / "edition.toml"
    bib = root / "bib" / "references.bib"
    quoted = json.dumps(payload)
    changes: dict[str, tuple[Path, str, str]] = {
        "text": (english, "a stone path", f"a stone {flat} path"),
        "heading": (english, "Into the garden", f"Into {flat}"),
        "item": (english, "Beans are", f"Beans {flat} are"),
        "note": (root / "source/notes/01-garden.yaml", "en: After a poem by Tao Yuanming.",
                 f"en: {quoted}"),
        "quote": (root / "source/notes/01-garden.yaml", "en: Eastern Hedge }", f"en: {quoted} }}"),
        "title": (settings, '"Notes from a Garden"', quoted),
        "editors": (settings, '"The editors"', quoted),
        "layer": (settings, '"Textual notes"', quoted),
        "glossary": (root / "source/glossary.toml", '"bamboo"\npinyin', f"{quoted}\npinyin"),
        "author": (bib, "{朱園}", f"{{朱園 and {flat}}}"),
        "bib title": (bib, "{庭園記}", f"{{庭園記 {flat}}}"),
        "publisher": (bib, "{園林書社}", f"{{園林 {flat}}}"),
        "url": (bib, "year      = {2020}", f"year = {{2020}}, url = {{https://x.org/{flat}}}"),
        "year": (bib, "{2020}", f"{{{flat}}}"),
        "pages": (bib, "year      = {2020}", f"year = {{2020}}, pages = {{{flat}}}"),
        "bib key": (bib, "@book{zhu2020,", f"@book{{{flat.replace(',', '')},"),
        "caption": (english, "# 1. Into", f"![{flat}](VICTIM) {{#i.0}}\n\n# 1. Into"),
        "address": (english, "a stone path", f"[a](https://x.org/{flat}) path"),
        "code": (english, "a stone path", f"`{flat}` path"),
    }  # fmt: skip
    path, old, new = changes[field]
    text = path.read_text("utf-8")
    assert old in text, field
    path.write_text(text.replace(old, new), encoding="utf-8")
