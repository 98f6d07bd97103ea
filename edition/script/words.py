"""Which of the dictionary's phrases a text is read as.

OpenCC takes the longest phrase from the left, and so reads 会占|领台|湾 in 峰会占领台湾. Here every
phrase that stands in the text is looked up, and overlapping ones are weighed: the fewest words win,
among equals those that hold from the right, which in Chinese errs less often than from the left.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from edition.script.dictionaries import SENTINEL, Conversion, Script, phrases

USUAL, LONGEST = 4, 6  # code points; longer entries are proverbs and names made of shorter ones
BREAK = "\U0010fffc"  # between two words, unseen by dictionaries

_STRETCH = re.compile(r"[\u4e00-\u9fff]{2,}")  # phrases have no rarer characters
_LONG_RUN = re.compile(f"[^{SENTINEL}\\s]{{{USUAL + 1},}}")

# Common words without a character to decide, which the dictionaries therefore lack, but which
# begin or end with a character that many of their phrases begin or end with.
_LISTED = """
管制 控制 限制 体制 机制 遏制 抵制 强制 抑制 压制 节制 编制 专制 法制 规制 牵制 统制 钳制 得失
包含 包括 包容 包裹 峰会 大会 机会 社会 会议 协会 议会 国会 委员会 国家 中国 美国 国际
领导 领域 首领 领先 方案 方法 方式 方向 地方 对方 双方 西方 东方 心理 人心 中心 核心
关心 信心 担心 重心 用心 公平 公开 公司 公民 公共 办公 学生 先生 产生 发生 医生 人生
生产 生活 生命 力量 能力 实力 动力 压力 努力 电力 权力 权利 国内 内容 成为 作为 行为
认为 以为 因为 部分 部门 全部 内部 外部 总部 分析 分配 十分 充分 成分 手段 手机 对手
技术 艺术 战术 学术 行动 行业 银行 进行 执行 流行 时间 时代 当时 同时 及时 期间 中间
空间 之间 出现 出口 提出 支出 突出 输出 现代 现在 现实 表现 体现 发现 实现 家庭 专家
大家 作家
"""
_PLAIN_WORDS = frozenset(_LISTED.split())


def words(text: str, to: Script, undecided: Iterable[str]) -> list[tuple[int, int]]:
    """The phrases of two and more characters that ``text`` is read as, in order, in so far as
    they hold a character of ``undecided``."""
    run = phrases(to)
    cover = run(text)
    if len(cover) != len(text):
        return []
    wanted = set(undecided)
    if to == "hans":  # few phrases; some are of characters that alone have but one reading
        wanted |= {char for char, one in zip(text, cover, strict=True) if one != SENTINEL}
    windows = list(_windows(text, wanted, cover))
    known = _known({text[a:b] for a, b in windows}, run) | _PLAIN_WORDS
    found = {(a, b) for a, b in windows if text[a:b] in known}
    out: list[tuple[int, int]] = []
    for zone in _zones(sorted(found | _plain(text, found))):
        out += zone if len(zone) == 1 else _best(zone)
    return out


def _windows(text: str, wanted: Container[str], cover: str) -> Iterator[tuple[int, int]]:
    """Where a phrase about one of the characters ``wanted`` can stand. One longer than
    :data:`USUAL` characters is looked for only where phrases cover all its length."""
    long = bytearray(len(text))
    for run in _LONG_RUN.finditer(cover):
        long[run.start() : run.end()] = b"\1" * (run.end() - run.start())
    for stretch in _STRETCH.finditer(text):
        first, last = stretch.span()
        for at in range(first, last):
            if text[at] not in wanted:
                continue
            reach = LONGEST if long[at] else USUAL
            for start in range(max(first, at - reach + 1), at + 1):
                for end in range(max(at + 1, start + 2), min(last, start + reach) + 1):
                    yield start, end


def _plain(text: str, found: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Plain words that overlap a phrase, and so speak for another reading."""
    out: set[tuple[int, int]] = set()
    for first, last in found:
        for start in range(max(0, first - 2), last):
            for end in (start + 2, start + 3):
                if end > first and text[start:end] in _PLAIN_WORDS:
                    out.add((start, end))
    return out


def _known(candidates: set[str], run: Conversion) -> set[str]:
    """Those of ``candidates`` that are entries of the dictionary: phrases cover all of them, and
    not two phrases one after the other, unless the whole reads otherwise than these."""
    covered = _by_phrase(candidates, run)
    cuts = {
        word: [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
        for word in covered
        if len(word) > 3
    }
    halves = {half for pairs in cuts.values() for pair in pairs for half in pair}
    parts = covered | _by_phrase(halves - covered.keys(), run)
    return {
        word
        for word, made in covered.items()
        if all(parts.get(a, "") + parts.get(b, "") != made for a, b in cuts.get(word, ()))
    }


def _by_phrase(texts: Iterable[str], run: Conversion) -> dict[str, str]:
    """Conversions of those of ``texts`` that phrases cover."""
    ordered = list(texts)
    made = run("\n".join(ordered)).split("\n") if ordered else []
    return {word: one for word, one in zip(ordered, made, strict=True) if SENTINEL not in one}


def _zones(spans: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Groups of spans that overlap, directly or through others."""
    zone: list[tuple[int, int]] = []
    end = 0
    for span in spans:
        if zone and span[0] >= end:
            yield zone
            zone = []
        zone.append(span)
        end = max(end, span[1]) if len(zone) > 1 else span[1]
    if zone:
        yield zone


def _best(zone: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of a zone: as few as possible, single characters counted; of equals the one
    whose last word begins first, read from the right."""
    first, last = zone[0][0], max(end for _, end in zone)
    ending: dict[int, list[int]] = {}
    for start, end in zone:
        ending.setdefault(end, []).append(start)
    count = {first: 0}
    begin: dict[int, int] = {}
    for end in range(first + 1, last + 1):
        options = [(count[end - 1] + 1, 1, end - 1)]
        options += [(count[start] + 1, 0, start) for start in ending.get(end, ())]
        count[end], _, begin[end] = min(options)
    out: list[tuple[int, int]] = []
    at = last
    while at > first:
        if at - begin[at] > 1:
            out.append((begin[at], at))
        at = begin[at]
    return out[::-1]


def separated(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with :data:`BREAK` round each word, so that no phrase is found across."""
    out, done = [], 0
    for start, end in spans:
        out += [text[done:start], BREAK, text[start:end], BREAK]
        done = end
    return "".join([*out, text[done:]])
