"""A workspace of the parallel discourses kept beside the repository (``shared/corpora/agama``).

The corpus is in bilara's form: JSON by segment for text, translation, markup, references and
variant readings. Paragraphs are what its markup says; readings become entries of the apparatus
on the Chinese side, witness for witness; where a page or column of the base text begins, both
sides name it in the margin.

    python tests/corpora_agama.py CORPUS FOLDER [facing|columns] [hant|hans]
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_KIND = {"h1": "#", "h2": "##"}
_MARKUP = re.compile(r"[\\*\[\]@<>`~^$]")
_PLACE = re.compile(r"t\d+\.(\d+[abc])\d+")  # page and column, then the line
# lemma → reading (witnesses), the reading led by an ordinal where the lemma stands several times
_READING = re.compile(
    r"(?P<lemma>[^\s→|;()]+)\s*→\s*(?:\((?P<nth>\d)\w\w\))?\s*(?P<reading>[^()|;→]*?)\s*"
    r"\((?P<witnesses>[^()]*)\)"
)

SETTINGS = """\
[edition]
id = "agama"
title = {{ zh = "中阿含經選", en = "Discourses of the Madhyama Āgama" }}
date = "2026-01-31"
script = "{script}"
source_script = "hant"

[layout]
name = "{layout}"

[[layers]]
id = "校"
name = {{ zh = "校記", en = "Textual notes" }}
numbering = "bracketed"
"""
# sigla of the corpus → names, Chinese and English
WITNESSES = {
    "大": ("大正藏", "the Taishō edition"), "cbeta": ("電子本", "the electronic text"),
    "宋": ("宋本", "the Song edition"), "元": ("元本", "the Yuan edition"),
    "明": ("明本", "the Ming edition"), "聖": ("聖語藏本", "the Shōgozō manuscript"),
}  # fmt: skip


@dataclass(slots=True)
class Block:
    """A heading, paragraph or stanza: its first key, what opens it, its segments by side."""

    key: str
    kind: str  # h1 | h2 | p | verse
    zh: dict[str, str] = field(default_factory=dict)
    en: dict[str, str] = field(default_factory=dict)


def blocks(html: dict[str, str], zh: dict[str, str], en: dict[str, str]) -> Iterator[Block]:
    """The blocks of one discourse in order."""
    block: Block | None = None
    for key, markup in html.items():
        opens = re.search(r"<(h1|h2|p|li)\b", markup)
        if opens or block is None:
            if block is not None:
                yield block
            block = Block(key, opens[1] if opens else "p")
        if "<br>" in markup or "gatha" in markup:
            block.kind = "verse"
        for texts, side in ((zh, block.zh), (en, block.en)):
            if texts.get(key, "").strip():
                side[key] = texts[key].strip()
    if block is not None:
        yield block


def escaped(text: str) -> str:
    return _MARKUP.sub(lambda sign: "\\" + sign[0], text)


def body(block: Block, side: Mapping[str, str], glue: str, begins: Mapping[str, str]) -> str:
    """One side of a block in the text format, with its id; ``begins``: segment → what begins
    there of the base text."""
    if not side:
        return f"{{#{block.key} .blank}}"  # a heading of the translator
    # a paragraph may begin with its number, as an item of a list does
    lines = [re.sub(r"^(\d+)\.", r"\1\\.", escaped(line)) for line in side.values()]
    if block.kind not in _KIND:
        marks = [f'[]{{.page n="{begins[key]}"}}' if key in begins else "" for key in side]
        lines = [mark + line for mark, line in zip(marks, lines, strict=True)]
    if block.kind == "verse":
        return "::: verse\n" + "\n".join(lines) + f" {{#{block.key}}}\n:::"
    return f"{_KIND.get(block.kind, '')} {glue.join(lines)} {{#{block.key}}}".strip()


def columns(references: Mapping[str, str]) -> dict[str, str]:
    """Segment → page and column of the base text (``421b``) whose first line here is in it."""
    begins: dict[str, str] = {}
    last = ""
    for key, reference in references.items():
        for place in _PLACE.findall(reference):
            if place != last:
                begins[key] = last = place
    return begins


Readings = dict[str, list[str]]  # reading → sigla


def places(text: str, variants: str) -> Iterator[tuple[int, str, Readings]]:
    """(offset in ``text``, lemma, its readings), each place once."""
    said: dict[tuple[int, str], Readings] = {}
    taken: dict[str, int] = {}
    for match in _READING.finditer(variants):
        lemma = match["lemma"]
        starts = [at for at in range(len(text)) if text.startswith(lemma, at)]
        if not starts:
            continue  # the corpus quotes a look-alike of what its text has
        nth = int(match["nth"] or 0) or taken.get(lemma, 0) + 1
        taken[lemma] = nth
        start = starts[min(nth, len(starts)) - 1]
        readings = said.setdefault((start, lemma), {})
        taken_by = {one for sigla in readings.values() for one in sigla}
        sigla = [one for one in re.split(r",\s*", match["witnesses"]) if one not in taken_by]
        if sigla:
            readings.setdefault(match["reading"], []).extend(sigla)
    for (start, lemma), readings in said.items():
        yield start, lemma, readings


def readings(block: Block, variants: dict[str, str]) -> Iterator[str]:
    """The notes of one block, as YAML."""
    whole = "".join(block.zh.values())
    for key, text in block.zh.items():
        begin = sum(len(other) for name, other in block.zh.items() if _before(name, key))
        for start, lemma, said in places(text, variants.get(key, "")):
            upto = whole[: begin + start + len(lemma)]
            occurrence = sum(upto.startswith(lemma, at) for at in range(len(upto)))
            quote = {"exact": lemma, "occurrence": occurrence}
            yield (
                f"- id: {key.replace(':', '-')}-{start}-{len(lemma)}\n"
                f"  at: {json.dumps(block.key)}\n"
                f"  quote: {{zh: {json.dumps(quote, ensure_ascii=False)}}}\n"
                f"  layer: 校\n"
                f"  rdg:\n"
            ) + "".join(
                f"    - {json.dumps({'text': text, 'wit': sigla}, ensure_ascii=False)}\n"
                for text, sigla in said.items()
            )


def _before(name: str, key: str) -> bool:
    return [*map(int, re.findall(r"\d+", name))] < [*map(int, re.findall(r"\d+", key))]


def read(corpus: Path, part: str, name: str) -> dict[str, str]:
    paths = sorted((corpus / part).glob(f"{name}_*.json"))
    return dict(json.loads(paths[0].read_text("utf-8"))) if paths else {}


def write_workspace(
    corpus: Path, folder: Path, *, layout: str = "facing", script: str = "hant", most: int = 99
) -> Path:
    """Write the first ``most`` discourses as a workspace into ``folder``."""
    names = sorted(
        (path.name.split("_")[0] for path in (corpus / "root").glob("*.json")), key=_number
    )
    for sub in ("source/text", "source/notes", "bib"):
        (folder / sub).mkdir(parents=True, exist_ok=True)
    settings = SETTINGS.format(layout=layout, script=script) + "".join(
        f'\n[[witness]]\nsiglum = "{siglum}"\nname = {{ zh = "{zh}", en = "{en}" }}\n'
        for siglum, (zh, en) in WITNESSES.items()
    )
    (folder / "source/edition.toml").write_text(settings, "utf-8")
    for name in ("source/names.toml", "source/glossary.toml", "bib/references.bib"):
        (folder / name).write_text("", "utf-8")
    for name in names[:most]:
        stem = f"{_number(name):03d}-{name}"
        all_blocks = list(
            blocks(*(read(corpus, part, name) for part in ("html", "root", "translation")))
        )
        variants = read(corpus, "variant", name)
        begins = columns(read(corpus, "reference", name))
        zh = "\n\n".join(body(block, block.zh, "", begins) for block in all_blocks)
        en = "\n\n".join(body(block, block.en, " ", begins) for block in all_blocks)
        notes = "".join(note for block in all_blocks for note in readings(block, variants))
        (folder / f"source/text/{stem}.zh.md").write_text(zh + "\n", "utf-8")
        (folder / f"source/text/{stem}.en.md").write_text(en + "\n", "utf-8")
        (folder / f"source/notes/{stem}.yaml").write_text(notes, "utf-8")
    return folder


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", name))


if __name__ == "__main__":
    chosen = dict(zip(("layout", "script"), sys.argv[3:], strict=False))
    write_workspace(Path(sys.argv[1]), Path(sys.argv[2]), **chosen)
