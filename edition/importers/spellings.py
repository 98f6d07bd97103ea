"""Names spelt in two ways: 薩米爾森 and 薩繆爾森."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from edition.characters import HAN
from edition.diagnostics import Diagnostic
from edition.importers.codes import SPELLINGS
from edition.importers.stream import plain
from edition.importers.suspects import Emendation
from edition.readers.passage import Passage
from edition.source import SourceFile

LEAST = 4  # characters of a name that one with another character in it is held against
_HAN_RUN = re.compile(rf"[{HAN}]+")
_GLOSSED = re.compile(rf"(?P<zh>[{HAN}]{{1,6}}(?:·[{HAN}]{{1,8}}){{1,3}})\s*[(（]\s*"
                      r"(?P<en>[A-Z][\w.’' -]{2,50}?)\s*[)）]")  # fmt: skip
_DOTTED = re.compile(rf"(?<![{HAN}·])[{HAN}]{{1,4}}·[{HAN}]{{2,5}}(?![{HAN}])")
# Characters that foreign names are spelt with; a name of them is not a word.
_SOUNDS = frozenset(
    "阿埃艾愛爱安昂奧奥巴白班邦保鮑鲍貝贝本比彼賓宾波伯博布查達达戴丹道德登迪蒂丁多厄恩爾尔法凡範范菲費费芬弗夫福蓋盖"
    "甘岡冈高哥格葛古瓜圭哈海漢汉豪赫黑亨胡華华惠霍基吉加佳賈贾傑杰金卡凱凯坎考科柯克肯庫库奎昆拉萊莱賴赖蘭兰朗勞劳勒"
    "雷里邁迈理利麗丽莉列林琳靈灵隆盧卢魯鲁倫伦羅罗洛馬马瑪玛麥麦曼芒毛梅門门蒙米密明莫默姆穆納纳娜南內内尼寧宁紐纽諾诺"
    "帕潘龐庞佩彭皮平珀普奇齊齐契喬乔切瓊琼丘屈讓让熱热日茹瑞若薩萨塞桑瑟森沙山尚舍申聖圣施史士斯絲丝松蘇苏索塔泰坦湯"
    "汤唐陶特騰腾提廷通圖图托瓦萬万旺威韋韦維维溫温文沃烏乌武西希錫锡夏香蕭萧謝谢辛欣休許许雪亞亚楊杨耶伊英約约贊赞澤泽"
    "扎詹珍芝茲兹佐祖繆缪賽赛"
)


def differing(file: SourceFile, names: Iterable[str]) -> list[Diagnostic]:
    """Names spelt in two ways: two Chinese forms of one foreign name, and foreign names that
    differ in one character."""
    text = file.text
    found: list[Diagnostic] = []
    glossed: dict[str, dict[str, int]] = defaultdict(dict)
    known: dict[str, int] = {}
    dotted = "·" in text  # few texts have one
    for one in _GLOSSED.finditer(text) if dotted else ():
        glossed[one["en"]].setdefault(one["zh"], one.start())
        for part, at in _parts(one["zh"], one.start()):
            known.setdefault(part, at)
    for one in _DOTTED.finditer(text) if dotted else ():
        if all(char in _SOUNDS for char in one[0] if char != "·"):
            for part, at in _parts(one[0], one.start()):
                known.setdefault(part, at)
    for name in names:
        at = text.find(name)
        if len(name) >= 3 and at >= 0 and all(char in _SOUNDS for char in name):
            known.setdefault(name, at)
    for en, full in glossed.items():
        forms = _bare(full)
        if len(forms) > 1:
            first, *others = sorted(forms, key=forms.__getitem__)
            found += [
                _spelt(file, forms[other], other, first, forms[first], en) for other in others
            ]
    found += _near(file, known)
    return found


def against(
    passages: Iterable[Passage], known: Iterable[str], told: Iterable[Emendation]
) -> list[Diagnostic]:
    """What differs in one character from a name or term of ``known`` of four characters and more,
    as it is written or in the other script's forms; ``told``: what is found already."""
    places = {one.offset + at for one in told for at in range(len(one.sic))}
    listed = {plain(one): one for one in known if len(one) >= LEAST}
    wanted: dict[str, list[str]] = defaultdict(list)
    for name in listed:
        for at in range(len(name)):
            wanted[name[:at] + "?" + name[at + 1 :]].append(name)
    lengths = sorted({len(name) for name in listed})
    found = []
    for passage in passages:
        text = plain(passage.text)
        for length in lengths:
            for start in range(len(text) - length + 1):
                word = text[start : start + length]
                if word in listed or not _HAN_RUN.fullmatch(word):
                    continue
                near = {name for gap in range(length)
                        for name in wanted.get(word[:gap] + "?" + word[gap + 1 :], ())}  # fmt: skip
                if len(near) == 1 and passage.offsets[start] not in places:
                    found.append(Diagnostic(
                        code=SPELLINGS, span=passage.span(start, start + length),
                        fact=f"{passage.text[start : start + length]} here, "
                             f"{listed[near.pop()]} in the list of names",
                        hint="choose one form for the edition"))  # fmt: skip
    return found


def _bare(forms: dict[str, int]) -> dict[str, int]:
    """Forms without the words before them, which nothing parts from a name: 顧問邁克·沃爾茲."""
    made: dict[str, int] = {}
    trimmed = []
    for form, at in forms.items():
        skip = next((n for n, char in enumerate(form) if char in _SOUNDS), 0)
        trimmed.append((form[skip:], at + skip))
    least = min(form.index("·") for form, _ in trimmed)
    for form, at in trimmed:
        skip = form.index("·") - least
        made.setdefault(form[skip:], at + skip)
    return made


def _parts(name: str, start: int) -> list[tuple[str, int]]:
    return [(one[0], start + one.start()) for one in _HAN_RUN.finditer(name) if len(one[0]) >= 3]


def _near(file: SourceFile, known: dict[str, int]) -> list[Diagnostic]:
    """Words like a name but for one character in its midst."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for name in known:
        if len(name) >= 4:
            for at in range(1, len(name) - 1):
                wanted[name[:at] + "?" + name[at + 1 :]].append(name)
        else:
            wanted[name[0] + "?" + name[2:]].append(name)
    lengths = sorted({len(name) for name in known})
    firsts = {name[0] for name in known}
    seen: set[tuple[str, str]] = set()
    found = []
    for at, char in enumerate(file.text):
        if char not in firsts:
            continue
        for length in lengths:
            word = file.text[at : at + length]
            if len(word) < length or word in known:
                continue
            gaps = range(1, length - 1)
            like = (word[:gap] + "?" + word[gap + 1 :] for gap in gaps)
            for name in {one for form in like for one in wanted.get(form, ())}:
                odd = next(a for a, b in zip(word, name, strict=True) if a != b)
                if odd not in _SOUNDS or (length == 3 and not all(c in _SOUNDS for c in word)):
                    continue
                pair = (min(word, name), max(word, name))
                if pair not in seen:
                    seen.add(pair)
                    found.append(_spelt(file, at, word, name, known[name], ""))
    return found


def _spelt(file: SourceFile, at: int, word: str, name: str, first: int, en: str) -> Diagnostic:
    line = file.position(first)[0]
    both = f", both {en}" if en else ""
    return Diagnostic(
        code=SPELLINGS,
        span=file.span(at, at + len(word)),
        fact=f"{word} here, {name} in line {line}{both}",
        hint="choose one form for the edition",
    )
