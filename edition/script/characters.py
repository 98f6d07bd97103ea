"""What a character may stand for in the other script, and which script it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import get_args

from edition.script.dictionaries import Script, Variety, characters, han_in, regional

# Simplified forms that are characters of their own in traditional text, from the lists of
# 简化字总表 (1964, 1986). Mergers of mere variants (注/註, 布/佈, 游/遊) are not among them, nor 了
# (了解 and 瞭解 are both in use) and 台 and 才 (regional).
HOMOGRAPHS = frozenset(
    "后里干征制准余系云于只面表丑斗谷松几出卷郁朴范姜向克家困舍胡曲仆千秋辟冬板折合御致咸沈蒙漓霉"
    "划筑种适累丰虫儿听坏扑晒复党尽据签借夸愿洒叶并"
)

# Of these the use as a character of its own is so rare in prose (皇后, 人云亦云, a surname)
# that they are worth a look even where no phrase decides.
LIKELY = frozenset("后于云并")

# Characters whose reading an editor should look at where no phrase decides it.
REVIEWED: Mapping[Script, frozenset[str]] = {
    "hant": frozenset(
        "后里干征制准余系云面表丑斗谷松几出卷郁范姜困舍胡曲冬板折合御致咸蒙种适累只台了发复历尽当"
        "钟获脏坛须团汇卤苏签并"
    ),
    "hans": frozenset("乾藉著瞭覆像"),
}


# Characters that have one reading alone, and another in phrases.
_BY_PHRASE = frozenset("了")


@lru_cache(maxsize=8192)
def common_in(char: str, script: Script) -> bool:
    """Whether ``char`` is among the common characters of a script: the first plane of Big5
    (5,401 characters, 常用字) for traditional, GB 2312 for simplified."""
    try:
        if script == "hans":
            char.encode("gb2312")
            return True
        return 0xA4 <= char.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=4)
def _sources(variety: Variety) -> Mapping[str, tuple[str, ...]]:
    """Traditional characters for each simplified one."""
    out: dict[str, list[str]] = {}
    for traditional, simplified in characters("hans", "generic").items():
        out.setdefault(simplified, []).append(traditional)
    region = regional(variety)
    return {
        one: tuple(dict.fromkeys(region("\n".join(many)).split("\n"))) for one, many in out.items()
    }


@lru_cache(maxsize=8192)
def readings(char: str, to: Script, variety: Variety) -> tuple[str, ...]:
    """What ``char`` may become in script ``to``; the first is what it becomes standing alone.

    To traditional: the characters simplified to it, and itself where it is one of the common
    characters of traditional text. To simplified: its simplified form, and itself where that is a
    character of simplified text too (乾, 著, 徵)."""
    alone = characters(to, variety).get(char, char)
    found = [alone]
    if to == "hant":
        found += [one for one in _sources(variety).get(char, ()) if _printed(one)]
        if common_in(char, "hant"):
            found.append(regional(variety)(char))
    elif common_in(char, "hans"):
        found.append(char)
    return tuple(dict.fromkeys(found))


def several(char: str, to: Script, variety: Variety) -> bool:
    return len(readings(char, to, variety)) > 1 or (to == "hant" and char in _BY_PHRASE)


def _printed(char: str) -> bool:
    """Whether a traditional character is in Big5 at all: rarer ones are no reading of a text."""
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return char in "裡裏着為爲衆眾羣峯"
    return True


def foreign(char: str, script: Script) -> bool:
    """Whether ``char`` has no place in a text of ``script``: it is a form of the other script
    only."""
    other: Script = "hans" if script == "hant" else "hant"
    return (
        char in characters(script, "generic")
        and not common_in(char, script)
        and common_in(char, other)
    )


def script_of(text: str) -> Script | None:
    """The script of a text by the characters that only one of them has; None where it has none."""
    count = Counter(text)
    simplified, traditional = (
        sum(count[char] for char in han_in(text) if foreign(char, other))
        for other in get_args(Script)
    )
    if not simplified + traditional:
        return None
    return "hans" if simplified > traditional else "hant"
