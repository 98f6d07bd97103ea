"""A seeded corruptor of names, as scanning and typing corrupt them, over a clean bilingual list.

The list is made of real family and given names combined at random, each cited in the text.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from edition.bibliography.types import Entry, Field
from edition.bibliography.values.shapes import near

HAN_FAMILY = (
    "王李張劉陳楊趙黃周吳徐孫胡朱高林何郭馬羅梁宋鄭謝韓唐馮于董蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡"
    "賈丁魏薛葉閻余潘杜戴夏鍾汪田任姜范方石姚譚廖鄒熊金陸郝孔白崔康毛邱秦江史顧侯邵孟龍萬段雷"
    "錢湯尹黎易常武喬賀賴龔文雒戢戚凌"
)
HAN_GIVEN = (
    "偉芳娜秀英敏靜麗強磊軍洋勇艷傑娟濤明超霞平剛桂蘭飛紅玉建國華志文曉東海燕春梅永健俊峰鵬輝"
    "新成林波宇浩凱家嘉景瑜思雨雪晨欣怡子涵澤睿哲博達仁義禮智信德修齊治遠航帆"
)
FAMILY = """Anderson Bergstrom Castellano Donnelly Eriksen Fairbanks Gallagher Hoffmann Iversen
Jankowski Kowalski Lindqvist Montgomery Novotny Oliveira Pemberton Quigley Rasmussen Schneider
Thornton Underhill Vasquez Whitfield Yamamoto Zimmermann Abernathy Blackwell Carmichael Delacroix
Ellsworth Fitzgerald Goldstein Hawthorne Ivanova Jorgensen Kirkpatrick Lombardi McAllister
Nakamura Ostrowski Pfeiffer Rosenberg Sandoval Tennyson Valentine Wainwright""".split()  # noqa: SIM905
GIVEN = """Alice Benjamin Charlotte Daniel Eleanor Frederick Gregory Harriet Isabella Jonathan
Katherine Leonard Margaret Nicholas Olivia Patrick Rebecca Stephen Theresa Vincent""".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry, the right form of the name in it, and whether it was corrupted."""

    entry: Entry
    right: str
    wrong: str


def clean(size: int, seed: int) -> list[str]:
    """``size`` different names, half of them Chinese."""
    rng = random.Random(seed)
    names: dict[str, None] = {}
    while len(names) < size:
        if len(names) % 2:
            names[rng.choice(HAN_FAMILY) + "".join(rng.sample(HAN_GIVEN, 2))] = None
        else:
            names[f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"] = None
    return list(names)


def corrupt(name: str, rng: random.Random) -> str:
    """``name`` with one fault: a look-alike character, a letter lost, doubled, swapped or
    mistaken for one like it."""
    if name[0] > "\u3400":
        places = [0, 0, *range(len(name))]
        rng.shuffle(places)
        for at in places:
            others = [char for char, _ in near(name[at])[:6] if char > "\u3400"]
            if others:
                return name[:at] + rng.choice(others) + name[at + 1 :]
        return name
    given, family = name.split(" ")
    at = rng.randrange(1, len(family))
    kind = rng.choice(("lost", "doubled", "swapped", "like"))
    if kind == "lost":
        made = family[:at] + family[at + 1 :]
    elif kind == "doubled":
        made = family[:at] + family[at] + family[at:]
    elif kind == "swapped" and at + 1 < len(family) and family[at] != family[at + 1]:
        made = family[:at] + family[at + 1] + family[at] + family[at + 2 :]
    else:
        likes = [char for char, _ in near(family[at], 0.7) if char.islower()]
        made = family[:at] + (likes[0] if likes else "x") + family[at + 1 :]
    return f"{given} {made}"


def entries(names: list[str], seed: int, share: float) -> list[Sample]:
    """One entry a name; ``share`` of the names is corrupted in the entry. The text cites each
    once or twice, Western ones by family name or in full."""
    rng = random.Random(seed)
    made = []
    for at, name in enumerate(names):
        wrong = corrupt(name, rng) if rng.random() < share else name
        year = 1990 + at % 35
        shown = name if name[0] > "\u3400" or rng.random() < 0.5 else name.split(" ")[1]
        cited = f"{shown} {year}" + (f"; {shown} {year}, {at + 3}" if rng.random() < 0.6 else "")
        fields = (
            Field("author", wrong),
            Field("title", f"Study number {at * 37 + 11}"),
            Field("year", str(year)),
            Field("citedas", cited),
        )
        made.append(Sample(Entry(f"ref{at}", "misc", fields), name, wrong))
    return made
