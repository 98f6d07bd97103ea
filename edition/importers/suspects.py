"""What in a text is likely wrong: misread characters, names spelt in two ways, signs that do not
pair. Nothing is changed; each finding has its place and, where there is one, a proposal."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edition.diagnostics import Diagnostic
from edition.importers.codes import HALF_WIDTH, MISREAD, MIXED, SPELLINGS, UNBALANCED
from edition.readers.passage import Passage
from edition.source import SourceFile

# Characters that readers of print take for one another.
_PAIRS = (
    "這着 这着 品晶 夏复 夏復 夏複 維雒 宁宇 己已 已巳 未末 日曰 土士 人入 大太 千干 于干 戊戌 戌戍 侯候 "
    "末未 刺剌 曰日 田由 由甲 甲申 市巿 汩汨 免兔 鳥烏 住往 在任 析折 拆折 擇釋 択択 徽徵 微徵 "
    "徒徙 徒從 埋理 困因 囚因 因固 固國 王玉 玉五 句旬 旬甸 今令 令今 天夫 夫失 矢失 牛午 午年 貝見 "
    "見貝 士土 白自 自目 目且 且旦 名各 各名 官宮 宮官 帥師 師帥 爪瓜 風鳳 折拆 辨辯 辯辨 治冶 冶治 准淮 "
    "淮准 沒没設 設沒 論諭 諭論 兌兑 晴睛 睛晴 技枝 枝技 伎技 板版 杆桿 扶抉 抉扶 提堤 堤提 盲育 商商 "
    "遣遺 遺遣 密蜜 蜜密 幕墓 暮幕 慕幕 廷延 延廷 挺捷 裡裹 拔撥 撥拔 輪輸 輸輪 綱網 網綱 "
    "鋼綱 錄綠 綠錄 緣綠 楊揚 揚楊 陽揚 湯楊 部都 郡都 都部 間問 問間 聞間 間聞 開閉 閉開 園圍 圍圓 "
    "圓園 團圃 薩薛 薛薩 籍藉 藉籍 茸葺 祟崇 崇祟 柬東 東柬 束東 東束"
).split()
CONFUSED: dict[str, set[str]] = defaultdict(set)
for _pair in _PAIRS:
    for _one in _pair:
        CONFUSED[_one].update(set(_pair) - {_one})
_OPENERS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "（": "）", "(": ")",
            "[": "]", "【": "】", "〔": "〕", "［": "］"}  # fmt: skip
_CLOSERS = {close: start for start, close in _OPENERS.items()}
_SAME = {"（": "(", "）": ")", "［": "[", "］": "]"}
_HALF = re.compile(r"(?<=[\u3400-\u9fff”」』》])\s?([,;:?!])\s?(?=[\u3400-\u9fff“「『《])")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_GLOSSED = re.compile(r"(?P<zh>[\u3400-\u9fff]{1,6}(?:·[\u3400-\u9fff]{1,8}){1,3})\s*[(（]\s*"
                      r"(?P<en>[A-Z][\w.’' -]{2,50}?)\s*[)）]")  # fmt: skip
_DOTTED = re.compile(r"(?<![\u3400-\u9fff·])[\u3400-\u9fff]{1,4}·[\u3400-\u9fff]{2,5}(?![\u3400-\u9fff])")
# Characters that foreign names are spelt with; a name of them is not a word.
_SOUNDS = frozenset(
    "阿埃艾愛爱安昂奧奥巴白班邦保鮑鲍貝贝本比彼賓宾波伯博布查達达戴丹道德登迪蒂丁多厄恩爾尔法凡範范菲費费芬弗夫福蓋盖"
    "甘岡冈高哥格葛古瓜圭哈海漢汉豪赫黑亨胡華华惠霍基吉加佳賈贾傑杰金卡凱凯坎考科柯克肯庫库奎昆拉萊莱賴赖蘭兰朗勞劳勒"
    "雷里邁迈理利麗丽莉列林琳靈灵隆盧卢魯鲁倫伦羅罗洛馬马瑪玛麥麦曼芒毛梅門门蒙米密明莫默姆穆納纳娜南內内尼寧宁紐纽諾诺"
    "帕潘龐庞佩彭皮平珀普奇齊齐契喬乔切瓊琼丘屈讓让熱热日茹瑞若薩萨塞桑瑟森沙山尚舍申聖圣施史士斯絲丝松蘇苏索塔泰坦湯"
    "汤唐陶特騰腾提廷通圖图托瓦萬万旺威韋韦維维溫温文沃烏乌武西希錫锡夏香蕭萧謝谢辛欣休許许雪亞亚楊杨耶伊英約约贊赞澤泽"
    "扎詹珍芝茲兹佐祖繆缪賽赛"
)


_GRAMMAR = frozenset("的了是在和與与而之其不也都就及或以於于")  # they stand beside anything


@dataclass(frozen=True, slots=True)
class Emendation:
    """A proposed correction: ``sic`` at ``offset`` of the file, ``corr`` instead."""

    offset: int
    sic: str
    corr: str
    evidence: str


def misread(file: SourceFile, body: Iterable[Passage]) -> tuple[list[Diagnostic], list[Emendation]]:
    """Characters that look like another one which their neighbours stand with elsewhere in the
    same text: 隨這 where the text has 隨着 again and again."""
    text = file.text
    pairs: Counter[str] = Counter()
    for run in _HAN_RUN.finditer(text):
        chars = run[0]
        pairs.update(chars[at : at + 2] for at in range(len(chars) - 1))
    single = Counter(char for char in text if "\u3400" <= char <= "\u9fff")
    found: list[Diagnostic] = []
    made: list[Emendation] = []
    for passage in body:
        for at, char in enumerate(passage.text):
            if char in CONFUSED:
                one = _suspect(passage, at, pairs, single)
                if one:
                    made.append(one)
                    found.append(Diagnostic(
                        code=MISREAD, span=file.span(one.offset, one.offset + len(one.sic)),
                        fact=f"{one.sic}: perhaps {one.corr}", hint=one.evidence))  # fmt: skip
    return found, made


def _suspect(
    passage: Passage, at: int, pairs: Counter[str], single: Counter[str]
) -> Emendation | None:
    text = passage.text
    for other in sorted(CONFUSED[text[at]]):
        for start, rare in ((at - 1, 1), (at, 0)):
            sic = text[start : start + 2] if start >= 0 else ""
            if len(sic) < 2 or not _HAN_RUN.fullmatch(sic) or pairs[sic] > 2:
                continue
            neighbour = sic[1 - rare]
            if neighbour in _GRAMMAR:
                continue
            corr = neighbour + other if rare else other + neighbour
            forms = [neighbour + one if rare else one + neighbour for one in _forms(other)]
            known = sum(pairs[one] for one in forms)
            only = single[neighbour] == known + pairs[sic]  # it stands with nothing else
            if known < pairs[sic] or not (known >= 3 * pairs[sic] or only):
                continue
            if known == pairs[sic] and single[text[at]] <= single[other]:
                continue  # the commoner character is the misreading
            if not only and _elsewhere(text, at, rare, pairs):
                continue
            evidence = f"the text has {corr} {known} times, {sic} {pairs[sic]}"
            return Emendation(passage.offsets[start], sic, corr, evidence)
    return None


def _forms(char: str) -> str:
    return "复復複" if char in "复復複" else char


def _elsewhere(text: str, at: int, rare: int, pairs: Counter[str]) -> bool:
    """Whether the character makes a word of the text with its other neighbour."""
    sic = text[at : at + 2] if rare else text[max(0, at - 1) : at + 1]
    return len(sic) == 2 and bool(_HAN_RUN.fullmatch(sic)) and pairs[sic] > 1


# --- names ------------------------------------------------------------------------------------


def spellings(file: SourceFile, names: Iterable[str]) -> list[Diagnostic]:
    """Names spelt in two ways: two Chinese forms of one foreign name, and foreign names that
    differ in one character."""
    text = file.text
    found: list[Diagnostic] = []
    glossed: dict[str, dict[str, int]] = defaultdict(dict)
    known: dict[str, int] = {}
    for one in _GLOSSED.finditer(text):
        glossed[one["en"]].setdefault(one["zh"], one.start())
        for part, at in _parts(one["zh"], one.start()):
            known.setdefault(part, at)
    for one in _DOTTED.finditer(text):
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
            found += [_spelt(file, forms[other], other, first, forms[first], en) for other in others]
    found += _near(file, known)
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
            for name in {n for gap in gaps for n in wanted.get(word[:gap] + "?" + word[gap + 1 :], ())}:
                odd = next(a for a, b in zip(word, name, strict=True) if a != b)
                if odd not in _SOUNDS or (length == 3 and not all(c in _SOUNDS for c in word)):
                    continue
                pair = (min(word, name), max(word, name))
                if pair not in seen:
                    seen.add(pair)
                    found.append(_spelt(file, at, word, name, known[name], ""))
    return found


def _spelt(
    file: SourceFile, at: int, word: str, name: str, first: int, en: str
) -> Diagnostic:
    line = file.position(first)[0]
    both = f", both {en}" if en else ""
    return Diagnostic(
        code=SPELLINGS, span=file.span(at, at + len(word)),
        fact=f"{word} here, {name} in line {line}{both}", hint="choose one form for the edition")


# --- signs ------------------------------------------------------------------------------------


def signs(passages: Sequence[Passage]) -> list[Diagnostic]:
    """Quotation marks and brackets that do not pair, of several kinds, half-width punctuation."""
    found: list[Diagnostic] = []
    curly = sum(one.text.count("“") for one in passages)
    for passage in passages:
        text = passage.text
        found += _unpaired(passage)
        straight = text.count('"')
        if straight and (curly or "“" in text or "”" in text) and re.search(r"[\u3400-\u9fff]", text):
            at = text.index('"')
            found.append(Diagnostic(
                code=MIXED, span=passage.span(at, at + 1),
                fact=f"{straight} straight quotation marks, and “ ” beside them",
                hint="write “ ” throughout"))  # fmt: skip
        half = list(_HALF.finditer(text))
        if half:
            kinds = "".join(sorted({one[1] for one in half}))
            full = "".join(_FULL[char] for char in kinds)
            found.append(Diagnostic(
                code=HALF_WIDTH, span=passage.span(*half[0].span(1)),
                fact=f"{len(half)} half-width {' '.join(kinds)} between Chinese words",
                hint=f"write {' '.join(full)}"))  # fmt: skip
    return found


def _unpaired(passage: Passage) -> list[Diagnostic]:
    stack: list[tuple[str, int]] = []
    odd: list[int] = []
    for at, char in enumerate(passage.text):
        if char in _OPENERS:
            stack.append((_SAME.get(char, char), at))
        elif char in _CLOSERS:
            opener = _SAME.get(_CLOSERS[char], _CLOSERS[char])
            if char == "’" and at and passage.text[at - 1].isalpha() and not any(
                    one == "‘" for one, _ in stack):
                continue  # an apostrophe
            if stack and stack[-1][0] == opener:
                stack.pop()
            elif any(one == opener for one, _ in stack):
                while stack[-1][0] != opener:
                    odd.append(stack.pop()[1])
                stack.pop()
            elif not re.match(r"^\s*\w{1,3}[)）]", passage.text[max(0, at - 3) : at + 1]):
                odd.append(at)
    odd += [at for _, at in stack]
    return [
        Diagnostic(code=UNBALANCED, span=passage.span(at, at + 1),
                   fact=f"{passage.text[at]} has no partner in its paragraph",
                   hint=f"“…{passage.text[max(0, at - 10) : at + 10]}…”")
        for at in sorted(odd)
    ]  # fmt: skip
