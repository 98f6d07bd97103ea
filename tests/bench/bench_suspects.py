"""How many misreadings are found, and how many findings are false.

``python tests/bench/bench_suspects.py`` takes texts of several kinds, misreads one character in 400
by chance, and prints for each kind: characters, misreadings, share of them that is found, share of
the findings that is false. What is found in a text as it is, is printed apart."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parents[1])]
SHARED = Path(os.environ.get("EDITION_SHARED") or HERE.parents[2].parent / "shared")
SEEDS = 4


def texts() -> Iterator[tuple[str, str, str]]:
    """(kind, script, text)."""
    from suspect_texts import TEXTS

    from edition.script import traditional

    for kind, text in TEXTS.items():
        yield kind, kind[-4:], text
    hans = [text for kind, text in TEXTS.items() if kind.endswith("hans")]
    yield "three as hant", "hant", traditional("\n".join(hans))
    article = SHARED / "raw" / "article.txt"
    if article.is_file():
        body = article.read_text("utf-8").split("參考文獻")[0]
        yield "article, hant", "hant", body
    root = SHARED / "corpora" / "agama" / "root"
    for number, path in enumerate(sorted(root.glob("**/*.json"))[:4], start=1):
        yield f"sutra {number}, hant", "hant", "".join(json.loads(path.read_text()).values())


def found(text: str) -> list[tuple[int, int]]:
    """Where findings stand."""
    from edition.importers.suspects import misread
    from edition.readers.passage import Passage
    from edition.source import SourceFile

    file = SourceFile("text", text)
    lines = [
        Passage(file, one[0], tuple(range(one.start(), one.end())))
        for one in re.finditer(r"[^\n]+", text)
    ]
    return [(one.offset, one.offset + len(one.sic)) for one in misread(file, lines)[1]]


def measured(text: str, script: str, seeds: range) -> tuple[int, int, int, int]:
    """(misread, of these found, false findings, findings in the text as it is)."""
    from text_corruptor import COMMON, corrupted

    own = found(text)
    planted = hits = false = 0
    for seed in seeds:
        bad, places = corrupted(text, seed, COMMON[script])
        told = found(bad)
        planted += len(places)
        hits += sum(any(start <= at < end for start, end in told) for at in places)
        false += sum(
            not any(start <= at < end for at in places) and (start, end) not in own
            for start, end in told
        )
    return planted, hits, false, len(own)


def main() -> None:
    all_planted = all_hits = all_false = 0
    for kind, script, text in texts():
        start = time.process_time()
        planted, hits, false, own = measured(text, script, range(SEEDS if len(text) > 5000 else 20))
        seconds = time.process_time() - start
        all_planted, all_hits, all_false = all_planted + planted, all_hits + hits, all_false + false
        print(f"{kind:16} {len(text):>7,} characters  {planted:>4} misread  found "
              f"{hits / planted:4.0%}  false {false / max(1, false + hits):4.0%}  "
              f"as it is {own:>3}  {seconds:6.1f} s")  # fmt: skip
    print(f"{'all':16} found {all_hits / all_planted:.0%}, false "
          f"{all_false / max(1, all_false + all_hits):.0%}")  # fmt: skip


if __name__ == "__main__":
    main()
