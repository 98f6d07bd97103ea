"""What lines are by their lengths: paragraphs of one line each, stanzas of verse."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from edition.characters import HAN
from edition.importers import lines as looks
from edition.importers.front import is_names, marks_of_authors
from edition.importers.lines import ArticleLine

_FULL = 0.86  # of the longest line: what a wrapped line reaches
_NAME = re.compile(  # by its family name
    r"[王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何高林羅罗鄭郑梁謝谢宋唐許许鄧邓馮冯韓韩曹曾彭蕭肖蔡潘田董袁于余葉叶"
    r"蔣蒋杜蘇苏魏程呂吕丁沈任姚盧卢傅鍾钟姜崔譚谭廖范汪陸陆金石戴賈贾韋韦夏邱方侯鄒邹熊孟秦白江閻阎薛尹段雷黎史龍龙陶賀贺"
    r"顧顾毛郝龔龚邵萬万錢钱嚴严賴赖覃洪武莫孔湯汤常溫温康施文牛樊葛邢安齊齐易喬乔伍龐庞顏颜倪莊庄聶聂章魯鲁岑苗阮季桂]\w{1,2}$"
)
_LISTED = re.compile(r"^(?:\W?\w{1,3}[.)、）．]|[-–—*•·#|<>\[]|.{1,12}[:：])|\t|\d$")
_IN = 3  # half-width cells that a displayed line stands in, at least
_VERSE = re.compile(rf"^[{HAN}]+(?P<mid>[，,、 \u3000]?"
                    rf"[{HAN}]*)[，。；？！,;?!]?$")  # fmt: skip


def lone_lines(lines: Sequence[ArticleLine]) -> bool:
    """Whether each line is a paragraph, as programs for letters save them: few blank lines, and
    lines of all lengths, of which few reach the longest."""
    inner = [one for one, two in itertools.pairwise(lines) if not two.gap]
    if len(inner) < 4 or len(inner) < 0.6 * len(lines):
        return False
    widths = sorted(looks.width(one.text) for one in inner)
    longest = widths[-1]
    if longest < 40:
        return False
    full = sum(one >= _FULL * longest for one in widths)
    return longest > 180 or full < 0.3 * len(widths)


def stanza(lines: Sequence[ArticleLine]) -> int:
    """How many lines from the first are a stanza of Chinese verse: equal lines of four to seven
    characters, or two such halves, each with a stop or none; 0 where they are prose."""
    length = 0
    count = 0
    for line in lines:
        text = line.text
        if (count and line.gap) or not _VERSE.match(text):
            break
        own = len(re.sub(r"\W", "", text))
        if count and own != length:
            break
        length = own
        count += 1
    if length in (5, 7, 10, 14) and count >= 2:
        ended = sum(bool(re.search(r"[，。；？！]$", one.text)) for one in lines[:count])
        return count if ended == count or (not ended and count in (4, 8)) else 0
    if length in (4, 8) and count >= 4 and count % 2 == 0:
        ended = all(re.search(r"[，。；？！]$", one.text) for one in lines[:count])
        return count if ended else 0
    return 0


def free_verse(lines: Sequence[ArticleLine], full: int) -> int:
    """How many lines from the first, between white space, are verse without a measure: short, and
    each ends as a verse does, or is very short; 0 where they are prose."""
    if not lines[0].gap:
        return 0
    count = next((n for n in range(1, len(lines)) if lines[n].gap), len(lines))
    own = lines[:count]
    if count < 3:
        return 0
    widths = [looks.width(one.text) for one in own]
    if max(widths) > (max(0.6 * full, 30) if full >= 60 else full):
        return 0
    if any(_LISTED.match(one.text) for one in own):
        return 0
    ends = sum(bool(re.search(r"[,.;:!?，。；：！？—]$", one.text)) for one in own)
    return count if ends >= 0.7 * count or max(widths) <= 24 else 0


def headings_by_look(lines: Sequence[ArticleLine], *, numbered: bool) -> frozenset[int]:
    """Numbers of the lines that are headings by their looks alone: short, by themselves, above
    what is longer, at least two of them; none where the text numbers its headings."""
    found = [
        at for at, line in enumerate(lines)
        if at and line.gap and _heads(lines, at)
        and not (at == 1 and (_NAME.match(line.text) or is_names(line.text)))
        and not (at <= 3 and (line.text[:3].casefold() == "by " or marks_of_authors(line.text)))
    ]  # fmt: skip
    few = 2 <= len(found) <= 0.4 * len(lines)
    return frozenset(lines[at].number for at in found) if few and not numbered else frozenset()


def _heads(lines: Sequence[ArticleLine], at: int) -> bool:
    text = lines[at].text
    after = lines[at + 1] if at + 1 < len(lines) else None
    above = lines[at - 1].text
    if looks.width(above) >= 60 and not re.search(r"[^\W\d_]\d+$|[^\w,，、:：—]$", above):
        return False  # it stands within a sentence, or what is announced
    if after is None or not after.gap or not 3 <= looks.width(text) <= 50:
        return False
    if not re.match(r"[^\W_a-z]|[《「“]", text) or re.search(
        r"[。！？!?；;：:，,、.…）)】\]%\d]$", text
    ):
        return False
    if _LISTED.match(text) or looks.label(text) or looks.KEYWORDS.match(text):
        return False
    block = at + 2 < len(lines) and not lines[at + 2].gap  # more than one line
    wide = looks.width(after.text)
    ended = bool(re.search(r"[。！？!?.”」]$", after.text))
    return block or wide >= max(60, 1.5 * looks.width(text)) or (
        ended and wide > looks.width(text))  # fmt: skip


def usual_depth(lines: Sequence[ArticleLine]) -> int:
    """The indent of most first lines of paragraphs, in half-width cells."""
    depths = Counter(_depth(one) for one in lines if one.gap)
    return depths.most_common(1)[0][0] if depths else 0


def displayed(lines: Sequence[ArticleLine], full: int, usual: int) -> int:
    """How many lines from the first stand further in than the text, at least two of them and set
    off from it by white space. ``full``: width of the longest line of the text; ``usual``: the
    indent of its paragraphs."""
    if not lines or not lines[0].gap or _depth(lines[0]) < usual + _IN or full < 60:
        return 0
    depth = _depth(lines[0])
    count = 1
    while count < len(lines) and not lines[count].gap and abs(_depth(lines[count]) - depth) <= 2:
        count += 1
    alone = count == len(lines) or lines[count].gap
    return count if count >= 2 and alone else 0


def verses(lines: Sequence[ArticleLine], full: int) -> bool:
    """Whether displayed lines are verse: short, most with a stop at the end or a capital."""
    widths = [looks.width(one.text) for one in lines]
    ends = sum(bool(re.search(r"[,.;:!?，。；：！？—]$", one.text)) for one in lines)
    heads = sum(one.text[:1].isupper() for one in lines)
    return max(widths) <= 0.62 * full and max(ends, heads) >= 0.6 * len(lines)


def _depth(line: ArticleLine) -> int:
    return sum(2 if char == "\u3000" else 4 if char == "\t" else 1 for char in line.indent)
