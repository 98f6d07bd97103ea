"""The parts of a reference in the styles of history: what stands between commas, by its form."""

from __future__ import annotations

import re

from edition.bibliography.reading.lists.builder import YEAR

_NUM = r"(?:\d+|[〇零一二三四五六七八九十百廿卅]+)"
_NAMES = r"[^，,。；;《》〈〉「」『』“”\d（）()]{1,60}?"
_PAGES = r"(?P<pages>[A-Z]?\d+(?:\s*[-–—～~─－]\s*[A-Z]?\d+)?(?:\s*[、,，及]\s*\d+(?:\s*[-–—～~]\s*\d+)?)*)"
_DATE = (
    rf"(?P<year>{YEAR})(?:\s*[年년.]\s*(?P<month>\d{{1,2}}|[一二三四五六七八九十]+)\s*[月월.]?\s*"
    r"(?:(?P<day>\d{1,2}|[一二三四五六七八九十廿]+)\s*[日일]?\s*\.?)?)?"
)
_ERA = rf"(?P<era>民國|民国|光緒|光绪|宣統|宣统|昭和|明治|大正)(?P<reign>{_NUM}|元)年(?:\s*(?P<month>{_NUM})月)?"
REIGNS = {"民國": 1911, "民国": 1911, "光緒": 1874, "光绪": 1874, "宣統": 1908, "宣统": 1908,
           "昭和": 1925, "明治": 1867, "大正": 1911}  # fmt: skip
_EDITION = r"(?:第\s*(?:\d+|[一二三四五六七八九十]+)\s*[版판]|(?:修订|修訂|增订|增訂)[一二三四五六七八九十\d]*[版본판本]|(?:再|初|新|影印|重印|개정|증보|개정증보)[版本판]+|\d판)"


def _full(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + r"\s*$")


# A part between commas: what it holds, in groups. The first that fits is taken.
PARTS: tuple[re.Pattern[str], ...] = tuple(
    _full(one)
    for one in (
        rf"(?P<volume>(?:第|新|제|제\s)?\s*{_NUM})\s*[卷권巻]\s*[,，、]?\s*(?:第|제|총|總|总)?\s*(?P<number>{_NUM}(?:\s*[-–、/～~]\s*{_NUM})?(?:[·．]\d+)?)?\s*(?:期|號|号|호|輯|辑)?(?:合刊)?",
        rf"(?P<year>{YEAR})\s*年\s*[,，]?\s*第?\s*(?P<number>{_NUM}(?:\s*[-–、/～~]\s*{_NUM})?)\s*(?:期|號|号|輯|辑)(?:合刊)?",
        rf"(?:第|제|總第|总第|통권|통권 제|통권 )?\s*(?P<number>{_NUM}(?:\s*[-–、/～~]\s*{_NUM})?)\s*(?:期|號|号|호|輯|辑|집|册期)(?:合刊)?",
        r"(?P<volume>\d{1,4})\s*[：:]\s*(?P<number>\d{1,3})",
        r"(?:[Vv]ol\.?|[Vv]olume)\s*(?P<volume>\d+)(?:\s*[,，]?\s*[Nn]o\.?\s*(?P<number>\d+(?:[-–]\d+)?))?",
        r"[Nn]o\.?\s*(?P<number>\d+(?:[-–]\d+)?)",
        r"(?P<volume>\d{1,3})\s*[(（]\s*(?P<number>\d{1,3}(?:[-–/]\d+)?)\s*[)）]",
        rf"(?:第|頁|页|頁碼|页码|pp?\.|쪽|면)\s*{_PAGES}\s*(?:[页頁]|쪽|면)?",
        rf"{_PAGES}\s*(?:[页頁]|쪽|면)",
        rf"第\s*(?P<page>{_NUM})\s*[版면張张]",
        rf"(?P<year>{YEAR})\s*[-–—]\s*(?P<last>{YEAR})\s*年?\s*(?:版|刊)?",
        rf"{_DATE}\s*(?:年|년)?\s*(?:版|刊|印|第?1版)?",
        rf"{_ERA}(?:版|刊|印)?",
        rf"卷\s*(?P<volume>{_NUM}|[上中下])",
        rf"(?P<edition>{_EDITION})",
        rf"(?P<year>{YEAR})\s*年\s*(?P<edition>{_EDITION})",
        rf"(?:第\s*)?(?P<volume>{_NUM}|[上中下])\s*[册冊卷輯辑책권編编]",
        r"(?P<volume>[上中下상중하])",
        r"(?P<type>[^，,]{0,30}?(?:博士|硕士|碩士|석사|박사|學士|学士)[^，,]{0,12}?(?:论文|論文|논문))",
        rf"(?P<translator>{_NAMES})\s*(?:等)?(?:编译|編譯|合译|合譯|译|譯|옮김|역|번역)(?:注|註)?",
        rf"(?P<annotator>{_NAMES})\s*(?:等)?(?:校注|校註|點校|点校|校點|校点|校订|校訂|校|整理|标点|標點|笺注|箋注|注|註|疏)",
        rf"(?:收入|收於|收于|收錄於|收录于|载|載|见|見)?\s*(?P<editor>{_NAMES})\s*(?:等)?(?:主编|主編|编著|編著|选编|選編|编|編|엮음|편저|편|辑|輯)",
    )
)
GLUED = re.compile(  # 上海人民出版社2001年版
    rf"^(?P<publisher>[^\d]*?[^\d\s（(])\s*(?P<year>{YEAR})\s*年?\s*(?:\d{{1,2}}月)?\s*(?P<edition>{_EDITION})?(?:版|刊|印|影印本|排印本)?$"
)
IMPRINT = re.compile(r"^(?P<location>[^：:]{1,30}?)\s*[：:]\s*(?P<publisher>.{1,60})$")
HOST = re.compile(
    r"^(?P<lead>收入|收於|收于|收錄於|收录于|载于|載於|载|載|见于|见|見|刊於|刊于|原载|原載|in|In)?\s*"
    r"(?:(?P<editor>[^《『「〈]{1,60}?)\s*(?:等)?(?P<role>主编|主編|编著|編著|选编|選編|编|編|엮음|편|著|撰|辑|輯)?\s*[：:，,、]?\s*)?$"
)
