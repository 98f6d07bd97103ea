"""Inputs from seeds: grammars that write what the formats have, and mutations that break it.

An input is a function of (seed, target, number) alone, so that a report names it by these."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeAlias

Rules: TypeAlias = Mapping[str, Sequence[str]]

MARKER = "龘"  # stands in no seed: where it was put in, it must come out, or be told of
_HOLE = re.compile(r"<(\w+)>")
_DEPTH = 6

# signs of the formats and of TeX, spaces of all kinds, what cannot be seen, what is not one
# character, digits that are none, brackets that do not close
TOKENS = (
    "{", "}", "[", "]", "(", ")", "{#", "{.", "}{", "[@", "[^1]", "[^1]: ", "*", "**", "_", "`",
    "```\n", "~", "^", "\\", "\\\\", "%", "#", "# ", "&", "$", "$$", "|", "| --- |", "> ", "- ",
    "1. ", ": ", "::: verse\n", ":::\n", "---", "***\n", "--", "...", "<", ">", "<b>", "</", "<!--",
    "&amp;", "&#x0;", "&nbsp;", "http://", "https://a.b/c?d=e&f=%20#g", "doi:10.1/x", "@", "@book{",
    "@string{a = a # a}", "=", '"', "'", ",", ";", ":", "\n", "\n\n", "\r\n", "\r", "\t", "    ",
    " ", "\u3000", "\u00a0", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u202e", "\u2066",
    "\u2028", "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\ufffd", "\ufffe", "\ue000", "\U000f0000",
    "\u00ad", "\u0301", "\u20dd", "\ufe0f", "\U0001f468\u200d\U0001f469", "\U0001f1e8\U0001f1f3",
    "𠮷", "〇", "①", "⑳", "²", "³", "½", "Ⅳ", "٣", "०", "𝟘", "²²²²²²²²", "年", "卷", "第", "頁", "，",
    "。", "：", "；", "「", "」", "《", "》", "（", "）", "［", "］", "——", "……", "·", "朱熹", "后来", "後來",
    "乾燥", "干燥", "null", "true", "~~~\n", "!!python/object:os.system", "*a", "&a", "- - - ", "? ",
    "1e999", "0x10", "-1", "99999999999999999999", "2019-13-45", "[[", "]]", '"""', "'''", "\\input{x}",
    "\\end{document}", "^^5c", "\\u0000", "שלום", "مرحبا", "नमस्ते", "བོད", "ⴰ", "가", "ᄀ", "\u1100\u1161",
    "ﬁ", "İ", "ß", "ǆ", "Å", "::error::x", "%0A",
)  # fmt: skip


def grown(rng: Random, rules: Rules, start: str, depth: int = 0) -> str:
    """A text of the grammar; ``<name>`` in an alternative stands for one of ``name``. Deeper down,
    the first alternatives of a rule are taken: they are to lead to an end."""
    choices = rules[start]
    chosen = choices[0] if depth > _DEPTH else rng.choice(choices)
    return _HOLE.sub(
        lambda hole: grown(rng, rules, hole[1], depth + 1) if hole[1] in rules else hole[0], chosen
    )


def mutated(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str] = TOKENS) -> str:
    """``text`` after a few changes; ``others`` are texts to take parts of."""
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        text = rng.choice(_CHANGES)(rng, text, others, tokens)
    return text


def mutated_bytes(rng: Random, data: bytes) -> bytes:
    """``data`` after a few changes that know nothing of text."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice((1, 1, 2, 8, 64, 1024)))
        match rng.randrange(6):
            case 0:
                data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[end:]
            case 2:
                data = data[:at] + rng.randbytes(rng.choice((1, 2, 4, 16))) + data[at:]
            case 3:
                data = data[:at]
            case 4:
                data = data[:end] + data[at:]
            case _:
                number = rng.choice((b"0", b"-1", b"65536", b"4294967295", b"999999999999"))
                data = re.sub(rb"\d+", lambda one, n=number: n if rng.random() < 0.1 else one[0],
                              data)  # fmt: skip
    return data


def marked(rng: Random, text: str) -> str:
    """``text`` with :data:`MARKER` put in here and there."""
    for _ in range(rng.randrange(3)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + MARKER + text[at:]
    return text


def anything(rng: Random, length: int) -> str:
    """Characters of all planes and categories, those of one script rather than of many."""
    made: list[str] = []
    while len(made) < length:
        first = rng.choice(_BLOCKS)
        for _ in range(rng.choice((1, 2, 6, 12))):
            code = min(first + rng.randrange(128), 0x10FFFF)
            if not 0xD800 <= code < 0xE000:
                made.append(chr(code))
    return "".join(made[:length])


_BLOCKS = [
    *range(0, 0x3400, 128), *range(0x4E00, 0xA000, 0x400), *range(0xA000, 0xD780, 128),
    *range(0xE000, 0x10000, 128), *range(0x10000, 0x20000, 128), 0x20000, 0x2A700, 0x2F800, 0x30000,
    0xE0000, 0xE0100, 0xF0000, 0x10FF80,
]  # fmt: skip

_Change: TypeAlias = Callable[[Random, str, Sequence[str], Sequence[str]], str]


def _cut(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice((1, 1, 3, 20, 200)) :]


def _put(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(tokens) + text[at:]


def _replaced(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    """One sign in place of another of its kind, here or everywhere."""
    signs = re.findall(r"[^\w\s]|\d+|\s", text)
    if not signs:
        return text
    return text.replace(rng.choice(signs), rng.choice(tokens), rng.choice((1, 1, 2, -1)))


def _repeated(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    at = rng.randrange(len(text) + 1)
    part = rng.choice((rng.choice(tokens), text[at : at + 1], text[at : at + 12]))
    times = rng.choice((2, 3, 17, 65, 300, 1200, 1200, 5000))
    return text[:at] + part * min(times, 20_000 // max(len(part), 1)) + text[at:]


def _nested(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    at = rng.randrange(len(text) + 1)
    end = min(len(text), at + rng.choice((0, 5, 50)))
    opening, closing = rng.choice(
        (("[", "]"), ("{", "}"), ("(", ")"), ("*", "*"), ("“", "”"), ("（", "）"), ("「", "」"), ("> ", ""),
         ("- ", ""), ("  - ", ""), ('{a = "', '"}'), ("<a>", "</a>"), ("[", "]{.term}"), ("**_", "_**"))
    )  # fmt: skip
    times = rng.choice((1, 2, 20, 150, 1500))
    return text[:at] + opening * times + text[at:end] + closing * times + text[end:]


def _spliced(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    other = rng.choice(others)
    at, here = rng.randrange(len(text) + 1), rng.randrange(len(other) + 1)
    part = other[here : here + rng.choice((10, 100, 1000))]
    return text[:at] + part + (text[at:] if rng.random() < 0.7 else "")


def _doubled(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    end = at + rng.choice((1, 1, 3, 10))
    target = rng.randrange(len(lines) + 1)
    return "\n".join([*lines[:target], *lines[at:end], *lines[target:]])


def _moved(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    lines = text.split("\n")
    one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "\n".join(lines)


def _foreign(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + anything(rng, rng.choice((1, 3, 20))) + text[at:]


def _formed(rng: Random, text: str, others: Sequence[str], tokens: Sequence[str]) -> str:
    """The whole text in another form: line ends, normalisation, width, case, indentation."""
    match rng.randrange(7):
        case 0:
            return text.replace("\n", "\r\n")
        case 1:
            return unicodedata.normalize(rng.choice(("NFD", "NFKC", "NFKD")), text)
        case 2:
            return text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F) if rng.random() < 0.2})
        case 3:
            return text.upper() if rng.random() < 0.5 else text.lower()
        case 4:
            return re.sub("^", " " * rng.choice((1, 2, 4, 8)), text, flags=re.MULTILINE)
        case 5:
            return text.replace("\n", " ")
        case _:
            return "\ufeff" + text


_CHANGES: tuple[_Change, ...] = (
    _cut, _put, _put, _put, _replaced, _repeated, _nested, _spliced, _doubled, _moved, _foreign,
    _formed,
)  # fmt: skip
