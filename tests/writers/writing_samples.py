"""A workspace with a block of every kind, for tests of writers, and manuscripts without TeX."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from edition.build import prepare
from edition.build.prepared import Prepared
from edition.build.stages import encoded, in_other_script
from edition.diagnostics import Severity
from edition.layout.assemble import assemble
from edition.model import EntryLook, Reference, References
from edition.writers import Manuscript

FILES = {
    "source/edition.toml": """\
[edition]
id = "miscellany"
title = { zh = "雜錄 <甲> & 乙", en = "A Miscellany: \\"A\\" & <B>" }
editors = [{ zh = "編者", en = "The editors" }]
base_text = { zh = "宋刻本", en = "A Song print" }
rules = [{ zh = "一、用繁體。", en = "1. In traditional characters." }]

[index]
names = true
terms = true

[[witness]]
siglum = { zh = "宋", en = "S" }
name = { zh = "宋本", en = "the Song copy" }
base = true

[[witness]]
siglum = { zh = "明", en = "M" }
name = { zh = "明本", en = "the Ming copy" }
""",
    "source/text/01-first.zh.md": """\
# 第一卷 {#a short="卷一"}

無名氏 {.byline}

[雒]{ruby="luò"}[陽城]{ruby="yáng chéng"}中有客，自稱[東皋先生]{.name of="hermit"}，
[]{.page n="12a"}其器曰`a<b>&c`。 {#a.1}

::: verse
白日*依山*下
長河入海流
:::

- 一曰水
- 二曰火
  - 其下曰煙

1. 甲也
2. 乙也

> 古人有言：“善哉”。

學
: 覺也。
: 效也。

| 國 | 數 |
|:--|--:|
| **甲** | 1 |
| 乙 | 22 |
: 各國之數 {#t1}

![山水之圖](pictures/hill.png){#f1}

```
if a < b && c > d:
    print("<script>alert(1)</script>")
```

***

## 下篇 {#b}

客來[^1]，與 H~2~O、19^th^ 同觀[@zhu, 12]。見 <https://example.org/?a=1&b=2>。 {#b.1}

[^1]: 自注：“引號”。

    > 又引。

{#b.2 .omitted}
""",
    "source/text/01-first.en.md": """\
# The First Book {#a short="Book one"}

Anonymous {.byline}

In the town of Luoyang was a guest שלום who called himself [Master Donggao]{.name of="hermit"};
[]{.page n="12a"}his tool was `a<b>&c`. {#a.1}

::: verse
The white sun *sinks* on the hills,
the long river runs to the sea.
:::

- first, water
- second, fire
  - below it, smoke

1. one
2. two

> The ancients said: “well done”.

Learning
: is waking.
: is following.

| State | Number |
|:--|--:|
| **A** | 1 |
| B | 22 |
: Numbers of states {#t1}

![A view of hills](pictures/hill.png){#f1}

```
if a < b && c > d:
    print("<script>alert(1)</script>")
```

***

## The second part {#b}

A guest came[^1] and looked with H~2~O at the 19^th^ thing [@zhu, 12].
See <https://example.org/?a=1&b=2>. {#b.1}

[^1]: The author’s own “quotes”.

    > A further quotation.

What only the English says. {#b.2}
""",
    "source/notes/01.yaml": """\
- id: town
  at: a.1
  quote: { zh: 陽城, en: town }
  layer: 注
  zh: |
    即洛陽，*古都*也。

    - 甲說
    - 乙說

    > 引文一段。
  en: |
    Luoyang & its *walls*.

    - one view
    - another view
- id: guest
  at: a.1
  quote: { zh: 客, en: guest }
  layer: 校
  lem: { wit: [宋] }
  rdg:
    - { text: 賓, wit: [明] }
    - { text: 賓客, resp: { zh: 某氏, en: Someone }, type: conjecture }
  note: { zh: 形近。, en: Alike in shape. }
- id: count
  at: t1
  quote: { zh: 乙 }
  layer: 校
  sic: 二
  corr: 乙
  resp: { zh: 編, en: ed. }
  evidence: 下文作乙。
  zh: 底本作二。
""",
    "source/names.toml": """\
[[person]]
id = "hermit"
zh = "東皋先生"
en = "Master Donggao"
variants = ["東皋子"]
lock = true

[[person]]
id = "guest"
zh = "李遠客"
en = "Yuanke Li"
family = "Li"

[[place]]
id = "luoyang"
zh = "洛陽"
en = "Luoyang"

[[body]]
id = "society"
zh = "山水學會"
en = "Society of Hills and Waters"
short = { zh = "學會", en = "SHW" }

[[body]]
id = "guild"
zh = "行會"
en = "Guild of Printers"
short = "GP"
""",
    "source/glossary.toml": """\
[[term]]
id = "city"
zh = "長河"
en = "long river"
pinyin = "cháng hé"
zh_gloss = "河之*長*者。"
en_gloss = "a river & its length"
""",
    "bib/references.bib": "@book{zhu, author = {朱園}, title = {庭園記}, year = {2020}}\n",
}  # fmt: skip


def write(folder: Path) -> Path:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "pictures" / "hill.png").write_bytes(picture())
    return folder


def picture() -> bytes:
    """A grey picture of 900 × 600 pixels: as many as print well."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 900, 600, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * 900) * 600
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))  # fmt: skip


def prepared(root: Path, **asked: Any) -> Prepared:
    made = prepare(root, **asked)
    bad = [one for one in made.diagnostics if one.level is Severity.ERROR]
    assert not bad, bad
    assert made.value is not None
    return made.value


def _reference(key: str) -> Reference:
    before, address = f"朱園, 2020. 庭園記 <{key}>[M]. ", f"https://example.org/{key}?a=1&b=2"
    link = EntryLook(len(before), len(before) + len(address), "link", address)
    return Reference(key=key, authors="朱園", authors_en="Zhu", year="2020", lang="zh",
                     text=f"{before}{address}.", looks=(link,))  # fmt: skip


def manuscript(ready: Prepared, root: Path, *, other: bool = True) -> Manuscript:
    """What writers are given, the list of references made without TeX."""
    assert ready.layout is not None
    entries = {key: _reference(key) for key in ready.cited}
    references = References(style="gb7714-2015", entries=entries)
    book = assemble(ready.edition, ready.config, ready.layout, references)
    made = Manuscript(name=ready.name, config=ready.config, edition=ready.edition, book=book,
                      references=references, library=ready.library, root=root,
                      encoded=encoded(ready) if ready.unconverted else None)  # fmt: skip
    if other and "zh" in ready.config.languages:
        turned = manuscript(in_other_script(ready), root, other=False)
        return replace(made, other=turned)
    return made
