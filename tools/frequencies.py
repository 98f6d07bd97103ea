"""Build ``edition/importers/data/words.gz``: Chinese words and how common they are.

    pip download --no-deps --no-binary :all: jieba==0.42.1
    tar xzf jieba-0.42.1.tar.gz
    python tools/frequencies.py jieba-0.42.1/jieba/dict.txt

The simplified words of up to five characters that the dictionary of jieba (MIT licence) counts
three times or more, and its single characters. A line for each class of counts: twice the natural
logarithm of the count, rounded, then its words, sorted.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from math import log
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "edition" / "importers" / "data"
LEAST = 3


def main(dictionary: Path) -> None:
    classes: dict[int, list[str]] = defaultdict(list)
    for line in dictionary.read_text("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        often = max(int(count), 1)
        if re.fullmatch("[\u4e00-\u9fff]{1,5}", word) and (often >= LEAST or len(word) == 1):
            classes[round(2 * log(often))].append(word)
    lines = [f"{count} {' '.join(sorted(words))}" for count, words in sorted(classes.items())]
    data = gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0)
    (DATA / "words.gz").write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
