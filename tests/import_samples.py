"""Articles in several styles, written for the tests of the importer, and what must hold of every
import."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from edition import checks, config
from edition.anchors import attach
from edition.bibliography.reading import parse
from edition.diagnostics import Severity
from edition.importers.article import Imported, convert
from edition.readers import read_edition
from edition.source import SourceFile

SIMPLIFIED = """\
河边小城的水文记录

李园、王石

摘要：本文写一座小城怎样记录它的河水，并说明这些记录对今天有什么用处。
关键词：河流；记录；小城

一、引言

小城在河的北岸，春天涨水时，老人们在石阶上刻下水位①。这些刻痕到今天还在，最早的一道已有两百年（王石，2019，第12页）。

（一）刻痕的位置

刻痕共有三十七道，大多在东门外。东门外的石阶朝南，水退得慢，刻痕因此保存得好②。

① 刻痕的高度由本地学校的老师量过。
② 参见李园：《东门石阶考》，河边出版社2018年版，第40页。

（二）刻痕的年代

年代可以从县志里查到，也可以从石头的颜色看出来，两者大体相合。

二、结语

水位的记录是小城的记忆，应当好好保存。

参考文献

[1] 王石. 小城水位考[J]. 河流研究, 2019(3): 10-18.
[2] 李园. 东门石阶考[M]. 河边: 河边出版社, 2018.
"""

MARKDOWN = """\
# 屋頂上的花園

## 緣起

城裡的屋頂大多空着。有人在那裡種菜[^1]，也有人養蜂[^bees]。

1. 先量屋頂的大小
2. 再看能承多少重

> 屋頂是城市的第五個立面。

| 作物 | 月份 |
| --- | --- |
| 豆 | 四月 |
| 菊 | 九月 |

## 結果

一年之後，屋頂上有了十二種作物，*菊花*開得最好。

[^1]: 見市府的統計。
[^bees]: 養蜂須先登記。
"""

ENGLISH = """\
Counting Rooks in a Small Town

By Anna Field and Thomas Marsh

Abstract: We counted rooks on forty roofs for one year and report what we saw there.

Introduction

Rooks nest high. In our town they prefer the roofs of the two mills, and they return to
them every spring, as earlier writers already knew (Marsh 2011, 14). The count was made
from the bridge, at dawn, by two people.

Methods

Each roof was watched for ten minutes. The two of us wrote down what we saw, and com-
pared our notes only afterwards.

Conclusion

There were fewer rooks in June than in May (Field and Marsh 2015, 3).

References

Field, Anna, and Thomas Marsh. 2015. “Rooks on Mills.” Town Birds 4 (2): 1–9.

Marsh, Thomas. 2011. *The Birds of the Bridge*. Oldham: Mill Press.
"""

TRADITIONAL = """\
　　　　茶館與街道

　　茶館在街道的轉角。每天清晨，掌櫃把桌子搬到門外，客人便三三兩兩地來了。他們說話的聲音不高，可是整條街都聽得見，孩子們上學時也從這裡經過。
　　到了下午，街上的人少了。掌櫃在櫃臺後面記帳，偶爾抬頭看看外面的天色，想着明天要不要多買一些茶葉。
"""


def crlf() -> bytes:
    """Carriage returns, a mark of byte order, ideographic spaces."""
    return b"\xef\xbb\xbf" + TRADITIONAL.replace("\n", "\r\n").encode()


def big5() -> bytes:
    return TRADITIONAL.replace("着", "著").encode("big5")


def gb18030() -> bytes:
    return SIMPLIFIED.encode("gb18030")


def large(size: int) -> bytes:
    """An article of about ``size`` bytes: chapters, paragraphs with footnotes, citations."""
    parts = ["大河兩岸的橋\n"]
    note = 0
    length = 0
    chapter = 0
    while length < size:
        chapter += 1
        part = [f"第{chapter}章 第{chapter}座橋\n"]
        for number in range(1, 6):
            note += 1
            sign = str(note).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
            words = "".join(f"橋上的石獅子有{(note * 7 + n) % 97}個，" for n in range(12))
            part.append(f"這一座橋的第{number}個記錄寫於去年。{words}都數過了。{sign}⁾\n")
            part.append(f"{note}) 橋工的記錄第{note}冊。\n")
        text = "\n".join(part)
        parts.append(text)
        length += len(text.encode())
    return "\n".join(parts).encode()


ALL: dict[str, bytes] = {
    "simplified": SIMPLIFIED.encode(),
    "markdown": MARKDOWN.encode(),
    "english": ENGLISH.encode(),
    "crlf": crlf(),
    "big5": big5(),
    "gb18030": gb18030(),
    "large": large(60_000),
}


# --- what must hold -----------------------------------------------------------------------------


def accounted(name: str, data: bytes) -> Imported:
    """The import of ``data``, its account proved: in = kept + dropped, nothing lost, and each
    character that goes over as it is stands in the files as often as in the article."""
    outcome = convert(name, data)
    result = outcome.value
    account = result.accounted
    assert account["characters"] == account["kept"] + account["dropped"]
    assert account["dropped"] == sum(one["characters"] for one in account["drops"])
    assert len(result.carried) == account["kept"] - account["rewritten"]
    assert "IMP005" not in [one.code.id for one in outcome.diagnostics]
    kept = Counter(char for char in result.carried if not char.isspace())
    out = Counter("".join(result.files.values()))
    lacking = {char: count for char, count in kept.items() if out[char] < count}
    assert not lacking, f"{lacking} stand nowhere in the files"
    return result


def workspace(result: Imported, folder: Path) -> Path:
    for path, text in result.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def faults(root: Path) -> list[str]:
    """Errors that reading, anchoring and checking a workspace give."""
    settings_ = config.load(root)
    assert settings_.value is not None
    edition = read_edition(root, settings_.value)
    anchored = attach(edition.value)
    library = parse.read(SourceFile.read(root / "bib" / "references.bib"))
    checked = checks.run(anchored.value, settings_.value, frozenset(library.value.by_key()))
    return [
        f"{one.code.id} {one.place} {one.fact}"
        for one in (*settings_.diagnostics, *edition.diagnostics, *anchored.diagnostics,
                    *library.diagnostics, *checked)
        if one.level is Severity.ERROR
    ]  # fmt: skip
