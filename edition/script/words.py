"""Which of the dictionary's phrases a text is read as.

OpenCC takes the longest phrase from the left, and so reads 会占|领台|湾 in 峰会占领台湾. Here every
phrase that stands in the text is looked up, and overlapping ones are weighed: the fewest words win,
among equals those that hold from the right, which in Chinese errs less often than from the left.
"""

# ruff: noqa: E501  (tables)

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from edition.characters import HAN
from edition.script.dictionaries import SENTINEL, Conversion, Script, characters, phrases
from edition.script.varieties import IGNORED_PHRASES, OWN_PHRASES, OWN_SIMPLIFIED

USUAL, LONGEST = 4, 6  # code points; longer entries are proverbs and names made of shorter ones
OWN = 0.9  # of a word, what one of our own phrases counts
# The same of one that reads as its characters do alone: the dictionary has many of these for no
# reason but that they meet (发|脱 in 毛发脱落).
USUAL_READING = 1.01
TIE = 0.05  # of a word, by which two readings of a stretch are as likely as each other
# A pair with one of these is no word that says how the other is read: 干|了, 干|他.
FUNCTION = frozenset("了的得着过在是就不也都和与之我你您他她它们这那什么")
BREAK = "\U0010fffc"  # between two words, unseen by dictionaries

_STRETCH = re.compile(rf"[{HAN}]{{2,}}")  # phrases have no rarer characters
_IGNORED = re.compile("|".join(sorted(IGNORED_PHRASES)))
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
如何 如果 如此 如今 如同 如下 如是 影响 影片 影像 影视 影院 影子 解决 解释 解放 解除 解答 解说 明白 明确 明显
明天 明年 明日 明星 面对 面临 面积 面前 面向 面目 面貌 面试 后来 后果 后面 后期 后人 造成 造就 造型 造福 作用
作品 作者 作业 作战 作出 品质 品种 品格 品牌 发生 发现 发展 发表 发布 发明 发挥 发行 发言 发达 发动 发射 发起
发出 发电 发掘 发放 扰乱 涉及 预测 预期 预防 预算 预见 比较 比例 比如 比赛 子弹 子女 组织 组成 组合 量变 变化
变成 变得 改变 明了 说明 证明 表明 声明 阐明 指明 查明 标明 注明 展示 显示 提示 暗示 演示 告示 揭示 警示 启示
学会 学习 学校 学者 学术 出来 出去 出发 出生 出版 出席 出身 里程 回来 回去 回答 回忆 系统 系列 复杂 征服 面包
台词 台阶 准备 准确 准时 表示 表达 表面 表演 表格 松开 松树 谷物 丑闻 斗争 余地 游戏 游客 游泳 欲望 致力 致使
托管 周围 周期 志愿 注意 注重 制度 制定 制约 制止 只有 只是 只要 只能 几乎 几何 卷入 采取 采用 采访 占据 占有
成功 成立 成果 成员 成长 成本 群众 群体 群岛 数字 数学 数量 数据 别人 别的 其中 其他 其实 其次 人们 人民 人口
人物 人员 人才 人类 人间 了解 没有 我们 你们 他们 她们 自己 这样 那样 怎样 怎么 什么 可以 可能 可是 但是 还是
就是 也是 都是 不是 不能 不会 不要 已经 曾经 开始 继续 结束 结果 结构 结合 问题 时候 时期 工作 工业 工程 工人
经济 经过 经验 经常 政治 政府 政策 文化 文学 文章 文明 文件 科学 科技 教育 教授 教师 老师 社区 关系 关于 关注
重要 重点 重视 重新 主要 主义 主题 主张 主动 目的 目标 目前 根据 根本 历史 历来 面具 面孔 面色 面容 面料 面纱 面部 需要 必要 必须 必然 应该 应当
年间 国王 女王 应用 使用 使得 利用 利益 利润 非常 正常 正在 正确 真正 真实 特别 特点 特殊 特定 特色 存在 存款 所有 所以 所谓
"""
_PLAIN_WORDS = frozenset(_LISTED.split())


@dataclass(frozen=True, slots=True)
class Phrasing:
    """The phrases of two and more characters that a text is read as, in order; ``disputed``:
    places that another phrase, as likely there, reads otherwise, or that a phrase decides which is
    hardly a word."""

    spans: tuple[tuple[int, int], ...]
    disputed: frozenset[int]


def words(text: str, to: Script, undecided: Iterable[str]) -> Phrasing:
    """How ``text`` is read, in so far as its phrases hold a character of ``undecided``."""
    run = phrases(to)
    cover = run(text)
    if len(cover) != len(text):
        return Phrasing((), frozenset())
    wanted = set(undecided)
    # some phrases are of characters that alone have but one reading (了 in 了如)
    alone = characters("hant" if to == "hant" else "hans", "standard")
    for char, made in zip(text, cover, strict=True):
        if made != SENTINEL and (to == "hans" or made != alone.get(char, char)):
            wanted.add(char)
    windows = list(_windows(text, wanted, cover))
    looked_up = _known({text[a:b] for a, b in windows}, run)
    known = (looked_up.keys() | _PLAIN_WORDS) - IGNORED_PHRASES
    found = {(a, b) for a, b in windows if text[a:b] in known}
    own = OWN_PHRASES if to == "hant" else OWN_SIMPLIFIED

    def usual(word: str) -> bool:
        """Whether each character reads as it does alone, so that the phrase tells little."""
        made = looked_up.get(word)
        if made is None or word in _PLAIN_WORDS:
            return False
        return made == "".join(alone.get(char, char) for char in word)

    out: list[tuple[int, int]] = []
    disputed: set[int] = set()
    for zone in _zones(sorted(found | _plain(text, found))):
        if len(zone) == 1:
            out += zone
        else:
            worth = {
                span: OWN if text[slice(*span)] in own
                else USUAL_READING if usual(text[slice(*span)]) else 1.0
                for span in zone
            }  # fmt: skip
            best = _best(zone, worth)
            out += best
            disputed.update(_disputed(text, zone, worth, best, looked_up))
    disputed |= {
        at for start, end in out if end - start == 2 and usual(text[start:end])
        and text[start:end] not in own and text[start:end] not in _PLAIN_WORDS
        and FUNCTION & set(text[start:end]) for at in range(start, end)
    }  # fmt: skip
    return Phrasing(tuple(out), frozenset(disputed))


def _disputed(
    text: str, zone: list[tuple[int, int]], worth: Mapping[tuple[int, int], float],
    best: list[tuple[int, int]], looked_up: Mapping[str, str],
) -> Iterator[int]:  # fmt: skip
    """Places of the words ``best`` that a reading of the zone by as few words reads otherwise."""
    ahead, behind = _costs(zone, worth)
    least = behind[zone[0][0]]
    for one in best:
        mine = looked_up.get(text[slice(*one)])
        if mine is None or worth[one] == OWN:
            continue
        for index in range(bisect_left(zone, (one[0] - LONGEST, 0)), len(zone)):
            other = zone[index]
            if other[0] >= one[1]:
                break
            theirs = looked_up.get(text[slice(*other)])
            if other == one or theirs is None:
                continue
            start, end = max(one[0], other[0]), min(one[1], other[1])
            differ = [at for at in range(start, end) if mine[at - one[0]] != theirs[at - other[0]]]
            if differ and ahead[other[0]] + worth[other] + behind[other[1]] <= least + TIE:
                yield from differ


def _costs(
    zone: list[tuple[int, int]], worth: Mapping[tuple[int, int], float]
) -> tuple[dict[int, float], dict[int, float]]:
    """What the cheapest words of a zone cost up to each place, and from each place on."""
    first, last = zone[0][0], max(end for _, end in zone)
    ahead, behind = {first: 0.0}, {last: 0.0}
    ending, beginning = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for start, end in zone:
        ending[end].append(start)
        beginning[start].append(end)
    for at in range(first + 1, last + 1):
        ahead[at] = min([ahead[at - 1] + 1, *(ahead[one] + worth[one, at] for one in ending[at])])
    for at in range(last - 1, first - 1, -1):
        behind[at] = min(
            [behind[at + 1] + 1, *(behind[one] + worth[at, one] for one in beginning[at])]
        )
    return ahead, behind


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
                if first < end <= len(text) and text[start:end] in _PLAIN_WORDS:
                    out.add((start, end))
    return out


def _known(candidates: set[str], run: Conversion) -> dict[str, str]:
    """What those of ``candidates`` become that are entries of the dictionary: phrases cover all of them, and
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
        word: made
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


def _best(
    zone: list[tuple[int, int]], worth: Mapping[tuple[int, int], float]
) -> list[tuple[int, int]]:
    """The words of a zone: as few as possible, single characters counted; each counts what
    it is worth; of equals the one whose last word begins first, read from the right."""
    first, last = zone[0][0], max(end for _, end in zone)
    ending: dict[int, list[int]] = {}
    for start, end in zone:
        ending.setdefault(end, []).append(start)
    count = {first: 0.0}
    begin: dict[int, int] = {}
    for end in range(first + 1, last + 1):
        options = [(count[end - 1] + 1, 1, end - 1)]
        options += [(count[start] + worth[start, end], 0, start) for start in ending.get(end, ())]
        count[end], _, begin[end] = min(options)
    out: list[tuple[int, int]] = []
    at = last
    while at > first:
        if at - begin[at] > 1:
            out.append((begin[at], at))
        at = begin[at]
    return out[::-1]


def separated(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with :data:`BREAK` round each word, so that no phrase is found across, and within
    what is ignored outside them."""
    cuts: set[int] = set()
    covered = bytearray(len(text) + 1)
    for start, end in spans:
        cuts |= {start, end}
        covered[start:end] = b"\1" * (end - start)
    for match in _IGNORED.finditer(text):
        if not any(covered[match.start() : match.end()]):
            cuts.update(range(match.start() + 1, match.end()))
    out, done = [], 0
    for cut in sorted(cuts):
        out += [text[done:cut], BREAK]
        done = cut
    return "".join([*out, text[done:]])
