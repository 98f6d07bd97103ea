"""Texts of many shapes and any length, to see how an import grows: what is cheap once may be looked
at again for every paragraph."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_PARTS = ("春分以後", "河邊的人家", "把去年的舊網", "一張一張", "晾在竹竿上", "等風來", "等雨停",
          "看水位慢慢退下去", "孩子們在石階上", "數著船的數目", "老人說", "今年的魚比往年來得早",
          "渡口的鐘響了三次", "誰也沒有抬頭", "市集散得很晚", "燈一盞一盞亮起來")  # fmt: skip
_WORDS = (
    "morning",
    "river",
    "boats",
    "nets",
    "stone",
    "market",
    "lanterns",
    "water",
    "children",
    "counted",
    "slowly",
    "before",
    "after",
    "the",
    "a",
    "of",
    "along",
    "behind",
    "rain",
    "wind",
    "ferry",
    "bell",
    "rang",
    "nobody",
    "looked",
    "up",
    "late",
)


def chinese(number: int, parts: int = 4) -> str:
    """A sentence, another for each number."""
    own = [_PARTS[(number * 7 + at * (3 + number % 5)) % len(_PARTS)] for at in range(parts)]
    return "，".join(own) + "。"


def english(number: int, words: int = 16) -> str:
    own = [_WORDS[(number * 11 + at * (5 + number % 7)) % len(_WORDS)] for at in range(words)]
    return " ".join(own).capitalize() + "."


def _parted(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def short(size: int) -> str:
    return _parted([chinese(at) for at in range(size)])


def long(size: int) -> str:
    return _parted(["".join(chinese(8 * at + more) for more in range(8)) for at in range(size)])


def wrapped(size: int) -> str:
    return _parted(["\n".join(chinese(3 * at + more, 6)[:30] for more in range(3))
                    for at in range(size)])  # fmt: skip


def lines(size: int) -> str:
    return "\n".join(chinese(at) for at in range(size)) + "\n"


def headings(size: int) -> str:
    return _parted([f"## {chinese(at, 1)[:-1]}{at}\n\n{chinese(at)}" for at in range(size // 2)])


def numbered(size: int) -> str:
    return _parted([f"{at + 1}. {chinese(at, 1)[:-1]}\n\n{chinese(at)}" for at in range(size // 2)])


def footnotes(size: int) -> str:
    """Markdown, each paragraph with a note."""
    half = range(size // 2)
    return _parted([*(f"{chinese(at)[:-1]}[^{at}]。" for at in half),
                    *(f"[^{at}]: {chinese(at + 3)}" for at in half)])  # fmt: skip


def endnotes(size: int) -> str:
    """Notes under their label, each of two paragraphs."""
    half = range(1, size // 3 + 1)
    return _parted([*(f"{chinese(at)[:-1]}〔{at}〕。" for at in half), "注釋",
                    *(f"〔{at}〕{chinese(at + 3)}\n\n{chinese(at + 5)}" for at in half)])  # fmt: skip


def items(size: int) -> str:
    return _parted(["\n".join(f"- {chinese(4 * at + more, 2)}" for more in range(4))
                    for at in range(size // 4)])  # fmt: skip


def pages(size: int) -> str:
    """A running head and a folio after every tenth paragraph."""
    made = []
    for at in range(size):
        made.append(chinese(at))
        if at % 10 == 9:
            made += [f"· {at // 10 + 1} ·", "河邊學報 2024年第3期"]
    return _parted(made)


def latin(size: int) -> str:
    return _parted([english(at) for at in range(size)])


def in_turn(size: int) -> str:
    """Each Chinese paragraph with its English below."""
    return _parted([f"{chinese(at)}\n\n{english(at)}" for at in range(size // 2)])


SHAPES: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "short paragraphs": ("short.txt", short),
    "long paragraphs": ("long.txt", long),
    "wrapped lines": ("wrapped.txt", wrapped),
    "a line each": ("lines.txt", lines),
    "headings": ("headings.txt", headings),
    "numbered headings": ("numbered.txt", numbered),
    "footnotes": ("footnotes.md", footnotes),
    "endnotes": ("endnotes.txt", endnotes),
    "lists": ("lists.md", items),
    "pages": ("pages.txt", pages),
    "English": ("english.txt", latin),
    "both in turn": ("turn.txt", in_turn),
}
