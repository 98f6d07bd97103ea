"""What the words round a character say of its reading, where the dictionary's phrases do not.

OpenCC's phrases know a character by the words that hold it. Some readings show in the sentence
only: 又干又瘦, 几公分, 两只飞走; a surname before a title, a syllable of a foreign name. A rule is
a character, its reading in OpenCC's standard form, and what stands before and after it. The tables
are our own; the first rule that fits decides.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from edition.characters import HAN, is_han
from edition.script.dictionaries import Script
from edition.script.rules import HANS, HANT, SYLLABLES, VERBS_OF_SPEECH

REACH = 8  # characters on either side that a rule may look at


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading that the context decides: ``evidence`` is the stretch that does."""

    at: int
    target: str
    evidence: str


@dataclass(frozen=True, slots=True)
class _Rule:
    target: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    strong: bool  # goes before a phrase of the dictionary

    def fits(self, text: str, at: int) -> tuple[int, int] | None:
        """The stretch that decides, or None."""
        start, end = at, at + 1
        if self.before is not None:
            found = self.before.search(text, max(0, at - REACH), at)
            if found is None:
                return None
            start = found.start()
        if self.after is not None:
            found = self.after.match(text, at + 1, at + 1 + REACH)
            if found is None:
                return None
            end = found.end()
        return start, end


@lru_cache(maxsize=2)
def _rules(to: Script) -> Mapping[str, tuple[_Rule, ...]]:
    out: dict[str, list[_Rule]] = {}
    for line in (HANT if to == "hant" else HANS).strip().splitlines():
        sign, chars, before, after = (part.strip() for part in f" {line} ".split(" | "))
        for pair in chars.split():
            char, target = pair[0], pair[-1]
            out.setdefault(char, []).append(
                _Rule(
                    target,
                    re.compile(f"(?:{_or(before)})$") if before else None,
                    re.compile(_or(after)) if after else None,
                    sign == "!",
                )
            )
    return {char: tuple(rules) for char, rules in out.items()}


def _or(pattern: str) -> str:
    return pattern.replace(" ", "|")


def choices(
    text: str, to: Script, decided: Container[int], people: Iterable[str] = ()
) -> Iterator[Choice]:
    """Readings that the context decides in ``text``, in no order, later ones before earlier.
    ``decided``: places that a phrase of the dictionary decides, where only strong rules count.
    ``people``: names of persons, whose first character is a surname wherever they stand."""
    rules = _rules(to)
    for at, char in enumerate(text):
        for rule in rules.get(char, ()):
            if (rule.strong or at not in decided) and (stretch := rule.fits(text, at)):
                yield Choice(at, rule.target, text[slice(*stretch)])
                break
    if to == "hant":
        yield from _surnames(text, decided, people)
        yield from _syllables(text, decided)
    else:
        yield from _name_forms(text, people)


# --- surnames --------------------------------------------------------------------------------

# Surname → its traditional form, where the character is more often another word.
SURNAMES: Mapping[str, str] = {
    "范": "范", "于": "于", "余": "余", "沈": "沈", "姜": "姜", "朴": "朴", "郁": "郁", "钟": "鍾",
    "涂": "涂", "党": "党", "干": "干", "种": "种", "游": "游", "岳": "岳", "云": "云", "谷": "谷",
    "曲": "曲", "向": "向", "舍": "舍", "后": "后", "征": "征", "折": "折", "丰": "丰", "松": "松",
}  # fmt: skip
_TITLES = (
    "先生|女士|小姐|太太|夫人|教授|老师|博士|硕士|医生|医师|大夫|律师|同志|经理|总经理|主任|校长|院长|所长|局长|处长|"
    "科长|部长|市长|县长|省长|镇长|村长|书记|主席|董事长|总裁|总监|总统|总理|议员|法官|检察官|将军|上将|中将|少将|"
    "上校|少校|上尉|队长|连长|团长|师长|导演|编剧|编辑|记者|师傅|师父|院士|研究员|馆长|会长|秘书|助理|老板|掌柜|"
    "公子|姑娘|大人|大哥|大姐|大叔|大妈|阿姨|伯伯|叔叔|爷爷|奶奶|婆婆|某某|某人|某|氏|家村|家庄|家人|姓"
)
_TITLE = re.compile(_TITLES)
_CALLED = re.compile("(?:姓|免贵姓|复姓)$")
_FAMILIAR = re.compile(rf"(?:^|[^{HAN}]|[和与叫让对给找跟把被见]|[老小阿])[老小阿]$")
_ROLE = re.compile(
    "(?:作家|诗人|学者|教授|导演|演员|歌手|记者|画家|书法家|历史学家|科学家|主编|编者|作者|译者|校长|同学|老师|"
    "博士|医生|律师|主任|书记|总统|将军|姓名|名叫|叫做|名为|本名|原名)：?$"
)
_SPEECH = re.compile(rf"[{HAN}]{{1,2}}(?:{VERBS_OF_SPEECH})")
_FUNCTION = frozenset("于余向后征舍折种")  # surnames that are words of many sentences
_NO_NAME = re.compile(
    "[今此是其次昨明当同本去前后年月日春夏秋冬北南东西上中下这那我你他她它们自心人民国世公无何一二三四五六七八九十百千"
    "万几多多下年天名种个只件项所事者力额数量]"
)


def _surnames(text: str, decided: Container[int], people: Iterable[str]) -> Iterator[Choice]:
    found: dict[str, str] = {}  # full name → evidence
    places: dict[int, str] = {}
    for at, char in enumerate(text):
        if char not in SURNAMES:
            continue
        stretch = _as_surname(text, at, 0 if at in decided else 2)
        if stretch is None:
            continue
        places[at] = text[slice(*stretch)]
        given = text[at + 1 : stretch[1]]
        full = re.match(rf"[{HAN}]{{1,2}}(?=(?:" + _TITLES + "))", given)
        if full:
            found[char + full[0]] = text[slice(*stretch)]
    found |= {name: name for name in people if len(name) > 1 and name[0] in SURNAMES}
    for name, evidence in found.items():
        at = text.find(name)
        while at >= 0:
            places.setdefault(at, evidence)
            at = text.find(name, at + 1)
    for at, evidence in places.items():
        yield Choice(at, SURNAMES[text[at]], evidence)


def _as_surname(text: str, at: int, longest: int) -> tuple[int, int] | None:
    """The stretch that shows the character at ``at`` to be a surname; ``longest``: characters of
    a given name before a title."""
    before = text[max(0, at - 4) : at]
    if called := _CALLED.search(before):
        return at - len(called[0]), at + 1
    opens = not before or not is_han(before[-1])
    for length in range(longest + 1):
        given = text[at + 1 : at + 1 + length]
        title = _TITLE.match(text, at + 1 + length)
        doubtful = (
            length > 0
            and text[at] in _FUNCTION
            and (text[at] == given[:1] or _NO_NAME.search(given))
        )  # 写于|于家村
        if title and len(given) == length and not doubtful:
            if (
                length == 0
                and title[0] in ("姓", "某", "氏", "家人")
                and not opens
                and before[-1] not in "老姓是的和与、"
            ):
                continue
            return at, title.end()
    if _FAMILIAR.search(before) and not is_han(text[at + 1 : at + 2] or "。"):
        return at - 1, at + 1
    role = _ROLE.search(before)
    if not longest or _NO_NAME.match(text, at + 1):
        return None
    if (role or opens) and (speech := _SPEECH.match(text, at + 1)):
        return at - (len(role[0]) if role else 0), speech.end()
    if role and is_han(text[at + 1 : at + 2] or "。"):
        return at - len(role[0]), at + 2
    return None


# --- foreign names -----------------------------------------------------------------------------

_RUN = re.compile(f"[{SYLLABLES}]{{3,}}")
_BEFORE_FOREIGN = "和与及跟同对向给被让叫是的"
# Characters that stand for a sound in foreign names, where they keep their form.
SOUNDS = frozenset("里干克松范谷布卜几余丑斗")


def _syllables(text: str, decided: Container[int]) -> Iterator[Choice]:
    """Characters within three and more that spell foreign names."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        for at in range(start, end):
            # a syllable at the beginning: 里夫斯 after a border, but not 城里
            opens = start == 0 or not is_han(text[start - 1]) or text[start - 1] in _BEFORE_FOREIGN
            inside = at > start or end - start > 3 or opens
            if text[at] not in SOUNDS or not inside or at in decided:
                continue
            if at == end - 1 and text[at] == "里" and end < len(text) and text[end] != "·":
                continue  # 在奥斯卡里: "in"
            yield Choice(at, text[at], run[0])


# --- names in simplified text --------------------------------------------------------------------

# Forms that simplified text keeps in names of persons alone (通用规范汉字表, 2013, and usage).
_OF_NAMES: Mapping[str, str] = {
    "昇": "昇", "陞": "陞", "甦": "甦", "邨": "邨", "氾": "氾", "堃": "堃", "喆": "喆", "龢": "龢",
    "汎": "汎", "旂": "旂", "乾": "乾", "澂": "澂", "濬": "濬", "徵": "徵", "鍾": "锺",
    "祐": "祐", "谿": "谿", "畬": "畬", "洩": "洩", "崙": "崙", "覈": "覈", "衢": "衢",
}  # fmt: skip
FAMILY = frozenset(
    "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何林羅罗鄭郑梁謝谢宋唐許许韓韩馮冯鄧邓曹彭曾蕭萧田董潘袁蔡蔣蒋"
    "余于杜葉叶程魏蘇苏呂吕丁沈任姚盧卢傅鍾钟姜崔譚谭廖范汪陸陆石戴賈贾韋韦夏邱方侯鄒邹熊孟秦白江閻阎薛尹段雷黎史龍龙陶賀贺"
    "顧顾毛郝龔龚邵萬万錢钱嚴严賴赖洪武莫孔湯汤常溫温康施牛樊葛邢齊齐安伍龐庞顏颜倪莊庄聶聂章魯鲁岳翟申歐欧畢毕殷俞阮翁樂乐柯"
)
# What follows a form where the word is none of a name: 高昇, 乾杯, 汎舟, 甦醒.
_NO_GIVEN = re.compile("[杯淨净脆燥旱涸果糧粮濫滥醒生收求稅税集税舟指愛爱情]")
_BEFORE_NAME = "和與与及的人家者師师授生"  # 詩人, 作家, 學者, 老師, 教授, 學生
_AFTER_NAME = re.compile(rf"[^{HAN}]|[的之與与和及等說说著撰編编譯译是為为曰言云學学]|$")


def _name_forms(text: str, people: Iterable[str]) -> Iterator[Choice]:
    for name in people:
        at = text.find(name)
        while at >= 0:
            for offset in range(1, len(name)):
                if form := _OF_NAMES.get(name[offset]):
                    yield Choice(at + offset, form, name)
            at = text.find(name, at + 1)
    for at, char in enumerate(text):
        if char not in _OF_NAMES or _NO_GIVEN.match(text, at + 1):
            continue
        for length in (1, 2):  # of the given name before the character, with it
            first = at - length
            if first < 0 or text[first] not in FAMILY:
                continue
            opens = first == 0 or not is_han(text[first - 1]) or text[first - 1] in _BEFORE_NAME
            if opens and (length == 2 or _ends(text, at + 1) or _ends(text, at + 2)):
                yield Choice(at, _OF_NAMES[char], text[first : at + 1])
                break


def _ends(text: str, at: int) -> bool:
    """Whether a name can end before ``at``."""
    return at <= len(text) and _AFTER_NAME.match(text, at) is not None
