"""A synthetic edition of any size, the same at every call: words of our own, strung by a counter.

Each pair has about 120 Chinese characters and 80 English words, every second a note of about 30
words on both sides, every fifth a citation; every 25th begins a section with a heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

# fmt: off
_ZH = (
    "園中", "石路", "竹影", "清風", "池水", "小橋", "亭臺", "遠山", "鄰人", "書卷", "舊友", "新茶",
    "春雨", "秋菊", "月色", "門前", "種下", "記得", "看見", "聽說", "走過", "寫成", "問起", "留住",
    "整理", "說明", "比較", "重新", "終於", "其實", "往往", "仍然", "一株老樹", "三月花開",
    "兩岸人家", "四時不同", "滿架藤蘿", "半窗燈火",
)
_EN = (
    "garden", "path", "bamboo", "wind", "pond", "bridge", "pavilion", "mountain", "neighbour",
    "book", "friend", "tea", "rain", "autumn", "moonlight", "gate", "plants", "remembers", "sees",
    "hears", "walks", "writes", "asks", "keeps", "arranges", "explains", "compares", "again",
    "finally", "indeed", "often", "still", "old", "quiet", "narrow", "distant", "several",
    "familiar", "patient", "ordinary", "beside", "under", "across", "before", "among", "within",
    "toward", "after",
)
# fmt: on
WORKS = 100

SETTINGS = """\
[edition]
id = "corpus"
title = { zh = "合成文本", en = "A synthetic text" }
date = "2026-01-01"
script = "hant"
source_script = "hant"

[layout]
name = "LAYOUT"
paper = "170x240"

[[layers]]
id = "注"
name = { zh = "注釋", en = "Notes" }
numbering = "circled"
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph in both languages; ``note`` is empty where it has none, ``work`` 0 where it
    cites none."""

    number: int
    zh: str
    en: str
    lemma_zh: str
    lemma_en: str
    note_zh: str = ""
    note_en: str = ""
    work: int = 0

    @property
    def opens(self) -> bool:
        return self.number % 25 == 0


def pairs(count: int) -> Iterator[Pair]:
    """``count`` pairs; the first of a longer corpus are those of a shorter one."""
    for number in range(count):
        random = Random(number)
        noted = number % 2 == 0
        yield Pair(
            number,
            _chinese(random, 120, f"第{number}段"),
            _english(random, 80, f"passage {number}"),
            f"第{number}段",
            f"passage {number}",
            _chinese(random, 45, "此處") if noted else "",
            _english(random, 30, "Here") if noted else "",
            number // 5 % WORKS + 1 if number % 5 == 0 else 0,
        )


def _chinese(random: Random, length: int, begin: str) -> str:
    text, clause = begin, 0
    while len(text) < length:
        text += random.choice(_ZH)
        clause += 1
        if clause >= random.randint(3, 5):
            text += random.choice("，，，；。")
            clause = 0
    return text.rstrip("，；。") + "。"


def _english(random: Random, words: int, begin: str) -> str:
    text = [begin]
    while len(text) < words:
        part = [random.choice(_EN) for _ in range(random.randint(6, 14))]
        text += [*part[:-1], part[-1] + random.choice((",", ",", ".", ";"))]
    return " ".join(text).rstrip(",;.") + "."


def bibliography() -> str:
    return "\n".join(
        f"@book{{work{number},\n  author = {{Writer{number}, Anna}},\n  title = {{Gardens, volume "
        f"{number}}},\n  publisher = {{Quay Press}},\n  location = {{London}},\n"
        f"  year = {{{1900 + number}}},\n}}\n"
        for number in range(1, WORKS + 1)
    )


def write_workspace(folder: Path, count: int, layout: str = "facing") -> Path:
    """The corpus as a workspace: a file a hundred pairs, as an editor would have it."""
    for name in ("source/text", "source/notes", "bib"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "source/edition.toml").write_text(SETTINGS.replace("LAYOUT", layout), "utf-8")
    (folder / "source/names.toml").write_text("", "utf-8")
    (folder / "source/glossary.toml").write_text("", "utf-8")
    (folder / "bib/references.bib").write_text(bibliography(), "utf-8")
    zh: list[str] = []
    en: list[str] = []
    notes: list[str] = []
    for pair in pairs(count):
        name = f"s{pair.number // 100:03}"
        cited = f" [@work{pair.work}, {pair.number + 1}]" if pair.work else ""
        if pair.opens:
            zh.append(f"# 第{pair.number // 25 + 1}節 {{#h.{pair.number}}}\n")
            en.append(f"# Section {pair.number // 25 + 1} {{#h.{pair.number}}}\n")
        ident = f"{{#p.{pair.number}}}"
        zh.append(f"{pair.zh[:-1]}{cited.strip()}。 {ident}\n")
        en.append(f"{pair.en[:-1]}{cited}. {ident}\n")
        if pair.note_zh:
            notes.append(
                f"- id: n{pair.number}\n  at: p.{pair.number}\n"
                f"  quote: {{zh: {pair.lemma_zh}, en: {pair.lemma_en}}}\n"
                f"  zh: {pair.note_zh}\n  en: {pair.note_en}\n"
            )
        if pair.number % 100 == 99 or pair.number == count - 1:
            (folder / f"source/text/{name}.zh.md").write_text("\n".join(zh), "utf-8")
            (folder / f"source/text/{name}.en.md").write_text("\n".join(en), "utf-8")
            (folder / f"source/notes/{name}.yaml").write_text("".join(notes), "utf-8")
            zh, en, notes = [], [], []
    return folder


def typst(count: int) -> str:
    """The same for Typst: a grid of two columns a pair, notes as footnotes, a list of works."""
    parts = [
        '#set page(width: 170mm, height: 240mm, margin: 20mm, numbering: "1")',
        '#set text(font: ("TeX Gyre Pagella", "Noto Serif CJK TC"), size: 9pt)',
        "#set par(justify: true)",
    ]
    for pair in pairs(count):
        if pair.opens:
            parts.append(f"= 第{pair.number // 25 + 1}節 Section {pair.number // 25 + 1}")
        note_zh = f"#footnote[{pair.note_zh}]" if pair.note_zh else ""
        note_en = f"#footnote[{pair.note_en}]" if pair.note_en else ""
        cited = f" #cite(<work{pair.work}>)" if pair.work else ""
        parts.append(
            f'#grid(columns: (1fr, 1.6fr), gutter: 6mm, [#set text(lang: "zh")\n{pair.zh}{note_zh}'
            f'{cited}], [#set text(lang: "en")\n{pair.en}{note_en}{cited}])'
        )
    parts.append('#bibliography("works.bib")')
    return "\n".join(parts) + "\n"


def paracol(count: int) -> str:
    """The same for XeLaTeX with paracol: both columns, notes as footnotes, biblatex."""
    parts = [
        r"\documentclass{article}",
        r"\usepackage[paperwidth=170mm,paperheight=240mm,margin=20mm]{geometry}",
        r"\usepackage{xeCJK,paracol}",
        r"\setmainfont{TeX Gyre Pagella}\setCJKmainfont{Noto Serif CJK TC}",
        r"\usepackage[backend=biber,style=authoryear]{biblatex}\addbibresource{works.bib}",
        r"\begin{document}\begin{paracol}{2}",
    ]
    for pair in pairs(count):
        if pair.opens:
            parts.append(rf"\switchcolumn[0]*[\section{{第{pair.number // 25 + 1}節}}]")
        note_zh = rf"\footnote{{{pair.note_zh}}}" if pair.note_zh else ""
        note_en = rf"\footnote{{{pair.note_en}}}" if pair.note_en else ""
        cited = rf"\parencite{{work{pair.work}}}" if pair.work else ""
        parts.append(
            rf"\switchcolumn[0]* {pair.zh}{note_zh}{cited}\switchcolumn {pair.en}{note_en}{cited}"
        )
    parts.append(r"\end{paracol}\printbibliography\end{document}")
    return "\n".join(parts) + "\n"
