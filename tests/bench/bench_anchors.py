"""What anchoring and script cost a book: 3,000 segments, 2,000 notes.

``python tests/bench/bench_anchors.py`` prints seconds and, for growth, the ratio of the time for
the book to that for a third of it (3 is linear).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace

from edition.anchors import attach, insert_marks
from edition.config import Bilingual, Config
from edition.model import Edition, Kind, Lang, Lemma, Note, Pair, Segment, Text
from edition.script import check, convert
from edition.source import SourceFile

# Words of two characters as prose has them; every fifth has a character with several readings.
HAN = """
技術 聯盟 國家 政策 經濟 標準 製造 公司 市場 學者
以後 發展 方面 歷史 文章 作者 認為 問題 地區 重要 系統 關係
美國 歐洲 亞洲 投資 科學 研究 論文 影響 競爭 合作 優勢 安全 產業 能力 政府
法案 企業 產品 資料 圖表 準備 幹部
"""
WORDS = "the heaven was dark and earth yellow when time and space were vast and without form"


def book(segments: int, notes: int, broken: float = 0.0) -> Edition:
    """A book of ``segments`` pairs of 200 characters and 90 words, and ``notes`` whose lemmas
    stand in both languages, but for a share ``broken`` that has been changed by one character."""
    chance = random.Random(1)
    made: dict[tuple[Lang, str], Segment] = {}
    pairs = []
    for number in range(segments):
        zh = "".join(chance.choices(HAN.split(), k=100))
        en = " ".join(chance.choices(WORDS.split(), k=90))
        for lang, text in (("zh", zh), ("en", en)):
            file = SourceFile(f"{number}.{lang}.md", text)
            made[lang, f"s.{number}"] = Segment(
                f"s.{number}", True, lang, Kind.PARA, (Text(text, file.whole()),), file.whole()
            )
        pairs.append(
            Pair(f"s.{number}", "s", (made["zh", f"s.{number}"],), (made["en", f"s.{number}"],))
        )
    return Edition((), tuple(pairs), tuple(_notes(made, segments, notes, broken)), segments=made)


def _notes(
    made: dict[tuple[Lang, str], Segment], segments: int, count: int, broken: float
) -> list[Note]:
    chance = random.Random(2)
    file = SourceFile("notes.yaml", "- id: note")
    out = []
    for number in range(count):
        at = f"s.{chance.randrange(segments)}"
        lemmas: dict[Lang, Lemma] = {}
        for lang, length in (("zh", 8), ("en", 40)):
            text = made[lang, at].text
            start = chance.randrange(len(text) - length)
            quote = text[start : start + length]
            if chance.random() < broken:
                quote = f"{quote[:3]}龘{quote[4:]}"
            lemmas[lang] = Lemma(quote, file.whole())
        texts = {lang: (Text("note", file.whole()),) for lang in lemmas}
        out.append(Note(f"n.{number}", "注", at, lemmas, texts, file.whole()))
    return out


def seconds(work: Callable[[], object]) -> float:
    best = 1e9
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    settings = Config(id="bench", title=Bilingual())
    small, large = book(1000, 667), book(3000, 2000)
    shaky = book(3000, 2000, broken=1.0)
    hans = replace(settings, script="hans")
    simplified = convert(large, hans).value
    back = replace(simplified.config, script="hant")
    convert(simplified.edition, back)  # dictionaries are loaded once
    rows: list[tuple[str, Callable[[Edition], object], Edition | None]] = [
        ("attach, all found", attach, large),
        ("attach, none found as it stands", attach, shaky),
        ("check of script", lambda one: check(one, settings), large),
        ("traditional to traditional", lambda one: convert(one, settings), large),
        ("traditional to simplified", lambda one: convert(one, hans), large),
        ("simplified to traditional", lambda one: convert(one, back), simplified.edition),
    ]
    for title, work, one in rows:
        assert one is not None
        took = seconds(lambda work=work, one=one: work(one))  # type: ignore[misc]
        grown = ""
        if one is large:
            grown = f", {took / seconds(lambda work=work: work(small)):.1f} × a third"  # type: ignore[misc]
        print(f"{title:34} {took:6.2f} s{grown}")
    inlines = large.pairs[0].zh[0].inlines
    marks = [(at, f"n{at}") for at in range(0, 200, 10)]
    took = seconds(lambda: [insert_marks(inlines, marks) for _ in range(3000)])
    print(f"{'20 marks in each of 3,000':34} {took:6.2f} s")


if __name__ == "__main__":
    main()
