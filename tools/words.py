"""Build the lists of words under ``edition/bibliography/data`` (run by hand, seldom).

    pip download --no-deps --no-binary :all: jieba==0.42.1
    tar xzf jieba-0.42.1.tar.gz
    python tools/words.py jieba-0.42.1/jieba/dict.txt

``chinese.gz``: the simplified words of two to four characters that the dictionary of jieba (MIT
licence) counts ten times or more, one a line, sorted.

    apt-get download wamerican-huge wbritish-huge; dpkg -x each
    python tools/words.py jieba-0.42.1/jieba/dict.txt usr/share/dict/{american,british}-english-huge

``rare.gz``: the words of SCOWL's huge lists that ``words.gz`` lacks, one a line, sorted. They are
never proposed, only left alone.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "edition" / "bibliography" / "data"
LEAST = 10


def main(dictionary: Path, huge: list[Path]) -> None:
    words = set()
    for line in dictionary.read_text("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if int(count) >= LEAST and re.fullmatch("[\u4e00-\u9fff]{2,4}", word):
            words.add(word)
    data = gzip.compress("\n".join(sorted(words)).encode(), compresslevel=9, mtime=0)
    (DATA / "chinese.gz").write_bytes(data)
    rare = {
        word.lower()
        for path in huge
        for word in path.read_text("utf-8").split()
        if re.fullmatch("[A-Za-z]{3,}", word)
    } - set(gzip.decompress((DATA / "words.gz").read_bytes()).decode().split())
    if huge:
        data = gzip.compress("\n".join(sorted(rare)).encode(), compresslevel=9, mtime=0)
        (DATA / "rare.gz").write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
