"""What a line of an article is by its own looks: labels, headings, notes, captions, debris."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from edition.characters import HAN, IS_HAN, count_han
from edition.model import Lang
from edition.readers.passage import Passage

_EAST = re.compile(f"[{HAN}\u3040-\u30ff\u1100-\u11ff\uac00-\ud7a3]")
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {
    char: value // 2 + 1 for value, char in enumerate("壹壹貳贰參叁肆肆伍伍陸陆柒柒捌捌玖玖")
}
_DIGITS |= {"叄": 3, "〇": 0}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SUPERSCRIPT_SIGNS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """A line without the white space round it. ``gap``: a blank line or the start is above."""

    passage: Passage
    indent: str
    gap: bool
    number: int  # 1-based
    feed: bool = False  # a form feed is above
    broken: bool = False  # its last word goes on in the next

    @property
    def text(self) -> str:
        return self.passage.text


LABELS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"^(?:{words})$", re.IGNORECASE)
    for name, words in {
        "contents": "목차|目錄|目录|目次|contents|tableofcontents",
        "abstract": "논문요약|국문초록|국문요약|한글초록|영문초록|영문요약|초록|요약|"
                    "摘要|內容摘要|内容摘要|內容提要|内容提要|"
                    "提要|中文摘要|中文提要|英文摘要|英文提要|abstract|summary",
        "references": "參考文獻|参考文献|參考書目|参考书目|引用文獻|引用文献|引用書目|引用书目|"
                      "徵引書目|征引书目|"
                      "참고문헌|references|bibliography|workscited|literaturecited|referencelist",
        "notes": "註|注|注釋|註釋|注释|附註|附注|腳注|脚注|각주|notes|footnotes|endnotes",
    }.items()
}  # fmt: skip
ABSTRACT_HEAD = re.compile(
    r"^[【\[［〔]?\s*(?:摘\s*要|內容摘要|内容摘要|內容提要|内容提要|提\s*要|초록|Abstract|Summary)"
    r"\s*[】\]］〕]?\s*(?:[:：]|(?<=ABSTRACT)[.．]|(?<=[】\]］〕]))\s*(?=\S)",
    re.IGNORECASE)  # fmt: skip
KEYWORDS = re.compile(r"^[▪■●*\-•【〔\[［\s]*(?:關鍵詞|关键词|關鍵字|关键字|주제어|핵심어|키워드|"
                      r"key\s*-?words)\s*[】〕\]］]?\s*[:：.]?\s*(?=\S)",
                      re.IGNORECASE)  # fmt: skip
SOURCE = re.compile(
    r"^(?:[▪※]\s*\S|(?:資料來源|资料来源|數據來源|数据来源|來源|来源|출처|자료|sources?)\s*[:：])",
    re.IGNORECASE)  # fmt: skip
CAPTION = re.compile(
    r"^(?P<open>[<〈《【\[＜]?)\s*(?P<what>表|圖|図|图|표|그림|Table|Figure|Fig\.?)\s*"
    r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?P<close>[>〉》】\]＞]?)\s*"
    r"(?P<sep>[.:：、．]?)\s*(?P<rest>.*)$", re.IGNORECASE)  # fmt: skip
_SECOND = re.compile(
    r"(?<=\S)[\s/／|｜]*(?P<what>Table|Fig(?:ure|\.)?)\s*(?P<number>\d{1,3})(?=[\s.:：])",
    re.IGNORECASE,
)
RULE = re.compile(r"^[\s|｜\-–—_=*+:·.•●■◆~]*$")
LEADERS = re.compile(r"[.．·…⋯‥\s]{4,}\s*\d{1,4}$")
KNOWN = re.compile(
    r"^(?:引言|緒論|绪论|導論|导论|導言|导言|前言|結語|结语|結論|结论|餘論|余论|結束語|结束语|致謝|致谢|謝辭|"
    r"附錄|附录|서론|결론|머리말|맺음말|들어가며|나오며|はじめに|おわりに|"
    r"introduction|conclusions?|concluding remarks|discussion|methods?|results|"
    r"acknowledge?ments?|preface|foreword|序|序言|序論|後記|后记|跋|尾聲|尾声|appendix|background)$",
    re.IGNORECASE)  # fmt: skip
NUMERALS = "[一二三四五六七八九十百零]"
_OF_CHAPTERS = "(?:[一二三四五六七八九十百零〇○]{1,7}|\\d{1,3})"  # 一百二十, 一二〇
SYSTEMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"^(?:第\s*({_OF_CHAPTERS})\s*[章篇編编回講讲]|"
                           r"Chapter\s+(\d+|[IVXLC]+)[.:]?)(?:\s+|[:：、]\s*|$)")),
    ("act", re.compile(rf"^第\s*({_OF_CHAPTERS})\s*[幕折齣出](?:\s+|[:：、]\s*|$)")),
    ("scene", re.compile(rf"^第\s*({_OF_CHAPTERS})\s*[場场](?:\s+|[:：、]\s*|$)")),
    ("section", re.compile(rf"^第\s*({_OF_CHAPTERS})\s*[節节](?:\s+|[:：、]\s*|$)")),
    ("roman", re.compile(r"^([IVXLC]{1,6}|[Ⅰ-Ⅻ])\s*[.．、](?:\s*(?=\S))")),
    ("capital", re.compile(r"^([壹貳贰參叁叄肆伍陸陆柒捌玖拾]{1,3})\s*[、．.:：]\s*(?=\S)")),
    ("han", re.compile(rf"^({NUMERALS}{{1,3}})\s*[、．.]\s*(?=\S)")),
    ("han", re.compile(rf"^({NUMERALS}{{1,3}})\u3000\s*(?=\S)")),
    ("han-paren", re.compile(rf"^[（(]\s*({NUMERALS}{{1,3}})\s*[)）]\s*(?=\S)")),
    ("decimal", re.compile(r"^(\d{1,2}(?:[.．]\d{1,2}){1,3})[.．]?"
                           rf"(?:\s+|(?=[{HAN}]))(?=\S)")),
    ("arabic", re.compile(r"^(\d{1,2})\s*[.．、](?!\d)\s*(?=\S)")),
    ("arabic", re.compile(r"^(\d{1,2})(?:\s+|\u3000)(?=[^\W\d_a-z])")),
    ("arabic-paren", re.compile(r"^[（(]\s*(\d{1,2})\s*[)）]\s*(?=\S)")),
    ("lone", re.compile(rf"^[（(]?\s*({NUMERALS}{{1,3}}|\d{{1,2}}|[IVXLC]{{1,6}})"
                        r"\s*[)）]?[.．、]?$")),
)  # fmt: skip


_STOPS = ("。", "，", "、", "；", "！", "？", "”", ".", ",", ";")  # no label ends with one
_ASIDE = re.compile(r"(?<=\S)[(（][^()（）]{2,24}[)）]")
_ROUND_LABELS = re.compile(
    rf"[\s|｜#*【】\[\]:：<>〈〉《》「」〔〕（）()]+|^(?:[IVX]+|\d+|{NUMERALS}+)[.、．]\s*"
)
_TENDS = re.compile(r"[。；;，,、]$")
_STOPPED = re.compile(r"[.．]$")
# what a number of SYSTEMS may begin with, looked at first: few lines do
_NUMBER_HEADS = re.compile(rf"[第CIVXLCⅠ-Ⅻ壹貳贰參叁叄肆伍陸陆柒捌玖拾（(\d]|{NUMERALS}")


def language(text: str, without: Lang = "en") -> Lang:
    """Chinese where one letter in eight is Han, or of a script that stands with it; ``without``
    letters as is said."""
    sample = text[:40_000]
    east, letters = len(_EAST.findall(sample)), len(_LETTER.findall(sample))
    if not letters:
        return without
    return "zh" if 8 * east >= letters else "en"


@lru_cache(maxsize=2048)
def width(text: str) -> int:
    """Length in half-width cells."""
    return len(text) + count_han(text)


def second_caption(text: str) -> int:
    """Where, in a caption, the same one begins in English; 0 where it does not."""
    first = CAPTION.match(text)
    found = _SECOND.search(text, first.start("rest")) if first and IS_HAN.search(text) else None
    return found.start() if found and first and numeral(found["number"]) == numeral(
        first["number"]) and IS_HAN.search(text, 0, found.start()) else 0  # fmt: skip


@lru_cache(maxsize=2048)
def label(text: str) -> str:
    """Which label a line is: contents, abstract, references, notes; "" for none."""
    if text[-1:] in _STOPS or (len(text) > 60 and not _ASIDE.search(text)):
        return ""
    text = _ASIDE.sub("", text)  # 參考文獻(References)
    if len(text) > 60 or len(bare := _ROUND_LABELS.sub("", text)) > 20:
        return ""
    return next((name for name, words in LABELS.items() if words.match(bare)), "")


def numeral(text: str) -> int:
    """The value of a number in Arabic, Roman, Chinese, circled or superscript figures, 0 if it is
    none."""
    text = text.translate(SUPERSCRIPTS).translate(_WIDE)
    if text in CIRCLED and len(text) == 1:
        return CIRCLED.index(text) + 1
    if text.isascii() and text.isdecimal():
        return int(text)
    if len(text) == 1 and "Ⅰ" <= text <= "Ⅻ":
        return ord(text) - ord("Ⅰ") + 1
    if text and all(char in _ROMAN for char in text):
        values = [_ROMAN[char] for char in text]
        after = [*values[1:], 0]
        return sum(-one if one < more else one for one, more in zip(values, after, strict=True))
    text = text.replace("拾", "十").replace("○", "〇")
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        return _DIGITS.get(hundreds, 1) * 100 + numeral(rest.lstrip("零〇"))
    if len(text) > 1 and all(char in _DIGITS for char in text):  # 一〇八, figure by figure
        return int("".join(str(_DIGITS[char]) for char in text))
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
    return _DIGITS.get(text, 0)


def numbered(text: str) -> tuple[str, str, int] | None:
    """(system, number as written, end of the number) of a line that may be a heading."""
    if not _NUMBER_HEADS.match(text):
        return None
    for system, pattern in SYSTEMS:
        found = pattern.match(text)
        if found:
            return system, next(one for one in found.groups() if one), found.end()
    return None


def short(text: str) -> bool:
    """Whether a line is short enough for a heading, and ends like one."""
    return (
        width(text) <= 120
        and not _TENDS.search(text)
        and not (_STOPPED.search(text) and width(text) > 60)
    )
