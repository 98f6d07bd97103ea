"""An edition that strains everything, the same at every call: every feature of docs/format.md,
notes of 600 words, tables longer and wider than a page, all marks beside each other, several
scripts, on papers from A6 to A4 in type from 9 to 18 pt.

The text is our own, strung from short phrases by a seeded chance.
"""

from __future__ import annotations

import re
import struct
import subprocess
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from edition.config import LayoutName, Script

ROOT = Path(__file__).resolve().parents[1]
PAPERS = {"A6": "105x148", "A5": "148x210", "170x240": "170x240", "A4": "210x297"}

# fmt: off
_ZH = (
    "山下有泉，", "泉邊有石，", "石上生苔，", "每至三月，", "遊人取水煮茶；", "老僧獨坐亭中，",
    "鐘聲過橋而來，",
    "日暮方散。", "鄰人問其故，", "主人笑而不答。", "或曰水清，", "或曰心靜，", "皆不可知也。",
    "書中所記，",
    "與此略同。", "後人重修其亭，", "刻石為記：", "今石已斷，", "字猶可讀。", "雨後新竹，",
    "高過屋簷。",
)
_EN = (
    "below the hill there is a spring", "a stone lies beside it", "moss grows upon the stone",
    "in the third month", "the travellers draw water for their tea",
    "an old monk sits in the pavilion",
    "the sound of the bell comes across the bridge", "they part only at dusk",
    "a neighbour asks the reason", "the master smiles and gives no answer",
    "some say the water is clear",
    "others that the mind is still", "nobody can know", "what the books record is much the same",
    "later hands rebuilt the pavilion and cut an inscription", "the stone is broken now",
    "its characters can still be read", "after rain the new bamboo stands higher than the eaves",
)
# with the language of fontconfig that tells whether there is a font, where one may be lacking
SCRIPTS = (
    ("בראשית ברא", ""), ("Ἐν ἀρχῇ ἦν ὁ λόγος", ""), ("في البدء كانت", ""),
    ("अथातो ब्रह्मजिज्ञासा", "hi"), ("བོད་ཡིག", "bo"), ("ก่อนหน้า", "th"), ("ˈspɹɪŋ θɹuː ʃəʊ", ""),
    ("한국어 낱말 사이", ""), ("В начале было слово", ""), ("かな交じり文", ""),
)
ZH_MARKS = "，。、；：！？）」』》〉】〕”’（「『《〈【〔“‘·—…～"
EN_MARKS = ",.;:!?)]”’([“‘–—…/-"
# fmt: on
LONG = (
    "Donaudampfschifffahrtsgesellschaft",
    "https://example.org/a/very/long/address?with=parts#end",
)


_LAYERS = """\
[line_numbers]
by = "{by}"

[[layers]]
id = "校"
name = {{ zh = "校記", en = "Textual notes" }}
{textual}
[[layers]]
id = "注"
name = {{ zh = "注釋", en = "Notes" }}
{notes}

[[layers]]
id = "音"
name = {{ zh = "音義", en = "Sounds" }}
numbering = "letter"

{more}"""
# what else an edition may have, all of it at once
_EVERYTHING = """\
[matter]
front = ["half-title", "title", "imprint", "contents", "tables", "figures", "base", "rules",
         "sigla", "abbreviations"]
generated_rules = true
[captions]
tables = true
figures = true
[names]
marks = "all"
[index]
names = true
works = true
terms = true
[glossary]
pages = true
order = "own"

"""
# how the layers of notes are numbered and placed
LAYERS = {
    name: _LAYERS.format(by=by, textual=textual, notes=notes,
                         more=_EVERYTHING if name == "everything" else "")
    for name, by, textual, notes in (
        ("everything", "page", 'numbering = "bracketed"\nlines = true', 'numbering = "circled"'),
        ("foot", "section", 'numbering = "bracketed"\nlines = true', 'numbering = "circled"'),
        ("line", "section", 'numbering = "line"',
         'numbering = "letter"\nplacement = "book-end"\ncount = "book"'),
        ("book", "page", 'numbering = "line"\nplacement = "book-end"',
         'numbering = "circled"\ncount = "section"\nlanguages = ["zh"]'),
        ("series", "page", 'series = "注"',
         'numbering = "bracketed"\nplacement = "section-end"\nlines = true\nlemma = true'),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of everything."""

    sections: int = 8
    paragraphs: int = 14  # of a section
    notes: int = 400
    rows: int = 60  # of the long table
    words: int = 600  # of the longest note
    terms: int = 40
    every_mark: bool = True  # beside every other; else those that stand together in books


FULL = Size()
SLICE = Size(sections=1, paragraphs=6, notes=16, rows=8, words=120, terms=3, every_mark=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A page to set it on: paper by its name, size of English text in points."""

    layout: LayoutName
    script: Script = "hant"
    paper: str = "170x240"
    size: float = 0.0  # 0: as the shipped layout has it
    layers: str = "foot"  # how the layers of notes are numbered and placed: a key of LAYERS

    @property
    def name(self) -> str:
        size = f" {self.size:g} pt" if self.size else ""
        layers = f" {self.layers}" if self.layers != "foot" else ""
        return f"{self.layout} {self.script} {self.paper}{size}{layers}"


def variants() -> Iterator[Variant]:
    """All that a full run builds."""
    for layout in ("facing", "columns"):
        yield Variant(layout=layout, script="hans")  # type: ignore[arg-type]
        for paper in PAPERS:
            yield Variant(layout=layout, paper=paper)  # type: ignore[arg-type]
        for paper, size in (("A6", 9), ("A5", 9), ("170x240", 12), ("A4", 14), ("A4", 18)):
            yield Variant(layout=layout, paper=paper, size=size)  # type: ignore[arg-type]
    for paper in ("A6", "170x240"):
        yield Variant(layout="stacked", paper=paper)
    for layout in ("facing", "columns", "stacked"):
        for script in ("hant", "hans"):
            yield Variant(layout=layout, script=script, layers="everything")  # type: ignore[arg-type]
    yield Variant(layout="facing", layers="line")
    yield Variant(layout="columns", layers="book")
    yield Variant(layout="columns", script="hans", layers="series")
    yield Variant(layout="stacked", layers="series")


def write(folder: Path, size: Size = FULL) -> Path:
    """The workspace in ``folder``."""
    _Writer(folder, size).write()
    return folder


def set_up(folder: Path, variant: Variant) -> None:
    """``folder``, a workspace, for one variant: its settings and the layout in its size."""
    path = folder / "source" / "edition.toml"
    text = path.read_text("utf-8")
    text = re.sub(r'paper = "[^"]*"', f'paper = "{PAPERS[variant.paper]}"', text)
    begin, end = text.index("[line_numbers]"), text.index("[bibliography]")
    text = text[:begin] + LAYERS[variant.layers] + text[end:]
    path.write_text(text, "utf-8")
    own = folder / "templates" / f"{variant.layout}.toml"
    own.unlink(missing_ok=True)
    if variant.size or variant.paper == "A6":
        own.parent.mkdir(exist_ok=True)
        own.write_text(scaled(variant), "utf-8")


def scaled(variant: Variant) -> str:
    """The shipped layout with all type in proportion and, on small paper, narrower margins."""
    text = (ROOT / "templates" / f"{variant.layout}.toml").read_text("utf-8")
    usual = 10.5 if variant.layout == "facing" else 10.0
    ratio = (variant.size or (8.5 if variant.paper == "A6" else usual)) / usual

    def number(match: re.Match[str]) -> str:
        value = float(match[2]) * ratio
        if match[1] == "leading":
            value = max(1, round(value / 1.75)) * 1.75
        return f"{match[1]} = {value:.2f}"

    text = re.sub(r"\b(size|leading|first) = ([0-9.]+)", number, text)

    def pair(match: re.Match[str]) -> str:
        return f"[{float(match[1]) * ratio:.2f}, {round(float(match[2]) * ratio / 1.75) * 1.75:g}]"

    text = re.sub(r"\[([0-9.]+), ([0-9.]+)\]", pair, text)
    if variant.paper == "A6":
        for key, wide in (("inner", 12), ("outer", 15), ("top", 16), ("bottom", 13)):
            text = re.sub(
                rf'^{key} = "[0-9]+ mm"', f'{key} = "{wide} mm"', text, flags=re.MULTILINE
            )
    return text


class _Writer:
    def __init__(self, folder: Path, size: Size) -> None:
        self.folder = folder
        self.size = size
        self.chance = Random(20261127)
        self.zh: list[str] = []
        self.en: list[str] = []
        self.notes: list[str] = []
        self.verse = 0

    def write(self) -> None:
        for number in range(1, self.size.sections + 1):
            self._section(number)
        self._file("edition.toml", _SETTINGS.replace("[line_numbers]\n", LAYERS["foot"]))
        self._file("notes/notes.yaml", "".join(self.notes))
        self._file("glossary.toml", "".join(self._terms()))
        self._file("names.toml", _NAMES)
        bib = self.folder / "bib" / "references.bib"
        bib.parent.mkdir(parents=True, exist_ok=True)
        bib.write_text(_works(), "utf-8")
        (self.folder / "source" / "stone.png").write_bytes(picture(240, 90))

    def _file(self, name: str, text: str) -> None:
        path = self.folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    # --- sentences ------------------------------------------------------------------------------

    def chinese(self, count: int) -> str:
        said = "".join(self.chance.choice(_ZH) for _ in range(count))
        return said[:-1] + "。"

    def english(self, count: int) -> str:
        said = [self.chance.choice(_EN) for _ in range(count)]
        return ". ".join(one[0].upper() + one[1:] for one in said) + "."

    def _pair(self, zh: str, en: str, own: str) -> None:
        self.zh.append(f"{zh} {{#{own}}}")
        self.en.append(f"{en} {{#{own}}}")

    # --- a section ------------------------------------------------------------------------------

    def _section(self, number: int) -> None:
        self.zh, self.en = [], []
        own = f"s{number}"
        if number % 4 == 1:
            self.zh.append(f"# 第{number // 4 + 1}編 {{#{own}.part .part}}")
            self.en.append(f"# Part {number // 4 + 1} {{#{own}.part .part}}")
        self._headings(own, number)
        each = -(-self.size.notes // (self.size.sections * self.size.paragraphs))
        for at in range(1, self.size.paragraphs + 1):
            self._paragraph(f"{own}.p{at}", each if len(self.notes) < self.size.notes else 0)
        for block in (self._lists, self._quotes, self._marks, self._scripts, self._words,
                      self._tables, self._absent):  # fmt: skip
            block(own)
        foot_zh = f"[^{number}]: {self.chinese(5)}見[@w{number % 20}, {number}]。"
        foot_zh += f"\n\n    {self.chinese(3)}\n\n    - {self.chinese(1)}"
        foot_en = f"[^{number}]: {self.english(3)} See [@w{number % 20}, {number}]."
        foot_en += f"\n\n    {self.english(2)}\n\n    - {self.english(1)}"
        for lang, blocks, foot in (("zh", self.zh, foot_zh), ("en", self.en, foot_en)):
            text = "\n\n".join([*blocks, foot])
            self._file(f"text/{number:02}-section.{lang}.md", text + "\n")

    def _headings(self, own: str, number: int) -> None:
        self.zh.append(
            f'# 第{number}章　論[泉]{{ruby="quán"}}水與*石*，兼及亭臺竹木之屬及其流傳之所由來'
            f'[^{number}] {{#{own} short="泉石{number}"}}'
        )
        self.en.append(
            f"# {number}. On springs and *stones*, with an account of pavilions, bamboo and trees, "
            f"and of how their fame has come down to us[^{number}] "
            f'{{#{own} short="Springs {number}"}}'
        )
        self.zh.append(f"山中客 {{#{own}.by .byline}}")
        self.en.append(f"A Guest of the Hills {{#{own}.by .byline}}")
        self._pair(f"## 泉之名（@w1 [{number}]）", f"## As @w1 [{number}] has it", f"{own}.h2")
        self._pair("### 其水", "### Its water", f"{own}.h3")
        self._pair("#### 其石[@w2]", "#### Its stone [@w2]", f"{own}.h4")

    def _paragraph(self, own: str, notes: int) -> None:
        zh, en = [], []
        for at in range(max(3, notes)):
            self.verse += 1
            page = f'[]{{.page n="{self.verse // 3}{"abc"[self.verse % 3]}"}}'
            stone = f'[]{{.verse n="{self.verse}"}}{page if at == 1 else ""}'
            zh.append(f"{stone}第{at}處：{self.chinese(4)}")
            en.append(f"{stone}Place {at}: {self.english(2)}")
            if at < notes and len(self.notes) < self.size.notes:
                self._note(own, at)
        cite = self.chance.randrange(20)
        zh.append(
            f"*泉*與**石**，[小亭]{{.term}}見[參 @w{cite}, {cite + 20}；@w{(cite + 1) % 20}]。"
        )
        en.append(f"*Spring* and **stone**, [pavilion]{{.term}}: [see @w{cite}, {cite + 20}; "
                  f"@w{(cite + 1) % 20}].")  # fmt: skip
        self._pair("".join(zh), " ".join(en), own)

    def _note(self, own: str, at: int) -> None:
        number = len(self.notes) + 1
        layer = "校" if number % 3 == 0 else "音" if number % 5 == 1 else "注"
        count = self.size.words // 6 if number in (5, 6, 150) else self.chance.randrange(1, 7)
        opening = "「泉石」云者，" if number % 4 == 0 else ""
        opening += '[泉]{ruby="quán"}石，' if layer == "音" else ""
        cite = f"見[@w{number % 20}, {number}]。" if number % 5 == 0 else ""
        zh, en = f"{opening}{self.chinese(count)}{cite}", self.english(count)
        texts = [f"  zh: '{zh}'", f"  en: '{en}'"]
        if number % 7 == 0:  # paragraphs, a list, a quotation
            texts = ["  zh: |", *self._blocks(zh, self.chinese),
                     "  en: |", *self._blocks(en, self.english)]  # fmt: skip
        lines = [
            f"- id: n{number}", f"  at: {own}", f"  layer: {layer}",
            f"  quote: {{zh: 第{at}處, en: Place {at}}}",
            *texts,
        ]  # fmt: skip
        self.notes.append("\n".join(lines) + "\n")

    @staticmethod
    def _blocks(text: str, say: Callable[[int], str]) -> list[str]:
        parts = [text, "", say(2), "", f"- {say(1)}", f"- {say(2)}", "", f"> {say(3)}"]
        return [f"    {one}".rstrip() for one in parts]

    # --- blocks ---------------------------------------------------------------------------------

    def _lists(self, own: str) -> None:
        for mark, kind in (("-", "u"), ("1.", "o")):
            for depth in range(3):
                indent = "   " * depth
                self._pair(f"{indent}{mark} {self.chinese(3)}", f"{indent}{mark} {self.english(2)}",
                           f"{own}.{kind}{depth}")  # fmt: skip

    def _quotes(self, own: str) -> None:
        self._pair(f"> {self.chinese(6)}", f"> {self.english(4)}", f"{own}.q")
        for blocks, say in ((self.zh, self.chinese), (self.en, self.english)):
            lines = "\n".join(say(1 + at % 3) for at in range(5))
            blocks.append(f"::: verse\n{lines} {{#{own}.v}}\n:::")

    def _marks(self, own: str) -> None:
        """All marks beside each other."""
        zh = "".join(f"甲{one}{two}乙" for one in ZH_MARKS for two in ZH_MARKS
                     if self.size.every_mark or _usual(one, two))  # fmt: skip
        en = " ".join(f"a{one}{two}b" for one in EN_MARKS for two in EN_MARKS
                      if self.size.every_mark or _usual(one, two))  # fmt: skip
        length = -(-len(zh) // self.size.sections)
        part = (int(own[1:]) - 1) % self.size.sections
        zh = zh[part * length : (part + 1) * length]
        words = en.split(" ")
        length = -(-len(words) // self.size.sections)
        en = " ".join(words[part * length : (part + 1) * length])
        self._pair("諸號：" + _escaped(zh), "Marks: " + _escaped(en), f"{own}.m")

    def _scripts(self, own: str) -> None:
        said = "；".join(f"[{one}]{{.foreign}}" for one, lang in SCRIPTS if not lang or _font(lang))
        self._pair(
            f"諸文：{said}；𠮷野家、〇、㐂。", f"Scripts: {said.replace('；', '; ')}.", f"{own}.f"
        )
        self._pair(f"長字{LONG[0]}，見{LONG[1]}。", f"Long: {LONG[0]}, {LONG[1]}.", f"{own}.l")

    def _words(self, own: str) -> None:
        """Small signs, code, links, a character that no font has."""
        self._pair(
            f'水之式H~2~O，其重10^3^，其名`spring_stone()`，見[泉石志](https://example.org/quan)與'
            f'<https://example.org/{"stone/" * 6}>；又[〓]{{ids="⿰石泉"}}字。',
            f"Water is H~2~O, its weight 10^3^, its name `spring_stone()`: see [the record]"
            f'(https://example.org/quan) and <https://example.org/{"stone/" * 6}>.',
            f"{own}.c",
        )  # fmt: skip

    def _tables(self, own: str) -> None:
        for lang, blocks in (("zh", self.zh), ("en", self.en)):
            say = self.chinese if lang == "zh" else self.english
            head = "| 名 | 數 | 說 |" if lang == "zh" else "| Name | No. | What |"
            rows = [f"| {say(1)[:12]} | {at} | {say(2)} |" for at in range(self.size.rows)]
            caption = (
                f": 表：泉石之目[@w3] {{#{own}.t}}"
                if lang == "zh"
                else f": Table [@w3] {{#{own}.t}}"
            )
            blocks.append("\n".join([head, "|---|--:|:-:|", *rows, caption]))
            wide = " | ".join(f"欄{at}" if lang == "zh" else f"Column{at}" for at in range(9))
            cells = " | ".join(say(1)[:9] for _ in range(9))
            blocks.append(f"| {wide} |\n|{'---|' * 9}\n| {cells} |\n{{#{own}.w}}")
            words = "泉邊之石" if lang == "zh" else "The stone beside the spring"
            blocks.append(f"![{words}](source/stone.png){{#{own}.g}}")

    def _absent(self, own: str) -> None:
        self.zh += [
            f"{self.chinese(4)} {{#{own}.x1}}",
            f"{{#{own}.x2 .omitted}}",
            f"{{#{own}.x3 .blank}}",
        ]
        self.en += [f"{{#{own}.x1 .untranslated}}", f"{self.english(2)} {{#{own}.x2}}",
                    f"## What the translator added {{#{own}.x3}}"]  # fmt: skip
        self._pair(self.chinese(4), self.english(3), f"{own}.x4")

    def _terms(self) -> Iterator[str]:
        for at in range(self.size.terms):
            yield (
                f'[[term]]\nid = "t{at}"\nzh = "泉石{at}"\nen = "spring stone {at}"\n'
                f'pinyin = "quán shí"\nzh_gloss = "{self.chinese(2)}"\n'
                f'en_gloss = "{self.english(1)}"\n'
            )


def _usual(one: str, two: str) -> bool:
    """Whether a book has these marks in this order: nothing is opened before a dash, nothing but a
    quotation closes after one."""
    if one in "（「『《〈【〔“‘([":
        return two in "（「『《〈【〔“‘(["
    return one not in "·—…～–/-"


def _font(lang: str) -> bool:
    found = subprocess.run(["fc-list", f":lang={lang}", "family"], capture_output=True, check=False)
    return bool(found.stdout.strip())


def _escaped(text: str) -> str:
    """Marks that are markup."""
    return re.sub(r"([\\*\[\]@<`~^$])", r"\\\1", text)


def picture(width: int, height: int) -> bytes:
    """A grey PNG."""
    rows = b"".join(b"\0" + bytes(180 + (x + y) % 60 for x in range(width)) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"".join((b"\x89PNG\r\n\x1a\n", *parts))


def _works() -> str:
    return "".join(
        f"@book{{w{at},\n  author = {{{'石泉' if at % 2 else 'Stone, Ann'}}},\n"
        f"  title = {{{'泉石志' if at % 2 else 'A record of springs'} {at}}},\n"
        f"  location = {{{'杭州' if at % 2 else 'London'}}},\n"
        f"  publisher = {{{'泉社' if at % 2 else 'Well'}}},\n"
        f"  year = {{{2000 + at}}},\n}}\n"
        for at in range(20)
    )


_NAMES = """\
[[person]]
id = "shi"
zh = "石泉"
en = "Shi Quan"
sort = "shiquan"
lock = true
[[person]]
id = "monk"
zh = "老僧"
en = "old monk"
variants = ["An old monk"]
[[person]]
id = "neighbour"
zh = "鄰人"
en = "neighbour"
[[place]]
id = "pavilion"
zh = "小亭"
en = "pavilion"
[[place]]
id = "bamboo"
zh = "新竹"
en = "new bamboo"
[[work]]
id = "record"
zh = "書中"
en = "the books"
"""
_SETTINGS = """\
[edition]
id = "stress"
title = { zh = "泉石志", en = "A Record of Springs and Stones" }
subtitle = { zh = "凡百處", en = "In a hundred places" }
editors = [{ zh = "山中客", en = "A Guest of the Hills" }]
publisher = { zh = "泉社", en = "The Well" }
date = "2026-01-01"
base_text = { zh = "亭中石刻。", en = "The inscription in the pavilion." }
rules = [{ zh = "凡石皆錄。", en = "Every stone is recorded." }]
script = "hant"
source_script = "hant"
typography = "as-written"

[layout]
name = "facing"
paper = "170x240"
contents = 4

[line_numbers]
[bibliography]
style = "gb7714-2015"

[alignment]
length_ratio = [0.1, 20.0]
"""
