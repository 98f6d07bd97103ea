"""Build ``words.gz`` and ``pairs.gz`` of ``edition/importers/data``: Chinese words and how common
they are, and which characters follow each other within them.

    pip download --no-deps --no-binary :all: jieba==0.42.1
    tar xzf jieba-0.42.1.tar.gz
    python tools/frequencies.py jieba-0.42.1/jieba/dict.txt

The simplified words of up to five characters that the dictionary of jieba (MIT licence) counts
three times or more, and its single characters. A line for each class of counts: twice the natural
logarithm of the count, rounded, then its words, sorted. In the last line ``+`` and the phrases of
pypinyin (MIT licence) that are not among them. Pairs: a line for each first character, what follows
it by classes of chances, a sign of two characters for each (see ``lexicon.pairs``).
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log
from pathlib import Path

from pypinyin.constants import PHRASES_DICT

from edition.importers.lexicon import LONGEST, chance_sign, listed

DATA = Path(__file__).resolve().parent.parent / "edition" / "importers" / "data"
LEAST = 3


def counted(dictionary: Path) -> dict[int, list[str]]:
    classes: dict[int, list[str]] = defaultdict(list)
    for line in dictionary.read_text("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        often = max(int(count), 1)
        if re.fullmatch("[\u4e00-\u9fff]{1,5}", word) and (often >= LEAST or len(word) == 1):
            classes[round(2 * log(often))].append(word)
    return classes


def words(classes: Mapping[int, Sequence[str]]) -> str:
    known = {word for group in classes.values() for word in group}
    more = [one for one in PHRASES_DICT if 2 <= len(one) <= LONGEST and one not in known]
    lines = [f"{count} {' '.join(sorted(group))}" for count, group in sorted(classes.items())]
    return "\n".join([*lines, f"+ {' '.join(sorted(more))}"])


def pairs(chances: Mapping[str, float]) -> str:
    alone: dict[str, float] = defaultdict(float)
    both: dict[str, float] = defaultdict(float)
    for word, chance in chances.items():
        for char in word:
            alone[char] += chance
        for first, second in pairwise(word):
            both[first + second] += chance
    begun: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair, chance in both.items():
        begun[pair[0]][chance_sign(chance / alone[pair[0]])].append(pair[1])
    return "\n".join(
        first + "".join(sign + "".join(sorted(group)) for sign, group in sorted(groups.items()))
        for first, groups in sorted(begun.items())
    )


def write(name: str, text: str) -> None:
    (DATA / name).write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def main(dictionary: Path) -> None:
    write("words.gz", words(counted(dictionary)))
    write("pairs.gz", pairs(listed()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
