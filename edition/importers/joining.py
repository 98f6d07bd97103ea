"""Paragraphs and notes that pages cut in two → whole again."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from edition.characters import HAN
from edition.diagnostics import Diagnostic
from edition.importers import lines as looks
from edition.importers.blocks import Block
from edition.importers.codes import BROKEN_OFF, REJOINED
from edition.importers.ledger import Ledger
from edition.readers.passage import Passage, join_lines
from edition.source import SourceFile

# possessive: each run of superscripts is read in one way only
_MARKS = re.compile(
    r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]++⁾?|\[\^[^\]]{1,60}\]|[①-⑳]|〔\d{1,9}〕)++\s*$|"
    r"(?<=[.。！？!?”’\"」』）)])\d{1,3}(?:[,，]\d{1,3})*\s*$"
)
_CLOSED = re.compile(r"[。！？!?.…：:；;▪][”’」』）)\]》〉\"'*_]*$")
_QUOTED = re.compile(r"[”’」』）)\]》〉\"'*]$")
_TAIL = re.compile(r"^(?=\S{2,}[-/>.])[\x21-\x7e]*[a-z0-9/>][\x21-\x7e]*(?=\s|$)")
_HYPHENED = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,}+)-$")  # each word is looked at once
_COMPOUNDS = frozenset((
    "well", "self", "non", "long", "short", "high", "low", "so", "half", "all", "ex", "anti", "pro",
    "mid", "cross", "far", "full", "left", "right", "north", "south", "east", "west", "sino", "co",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "quasi", "semi",
))  # fmt: skip
_REST = 60  # of the rest of a paragraph that a page cut once more, at least
_END = 400  # characters at the end of a text in which its marks stand
_PASSED = ("note", "table", "figure", "caption", "source")


def whole(file: SourceFile, block: Block) -> Passage:
    """The text of a block without its number, its lines joined."""
    pairs: list[Passage] = [line.passage for line in block.lines]
    for at in range(len(pairs) - 1, 0, -1):
        if block.lines[at - 1].broken:  # a word goes on
            one, two = pairs[at - 1], pairs.pop(at)
            pairs[at - 1] = Passage(file, one.text + two.text, one.offsets + two.offsets)
    if pairs and block.lead and block.kind != "heading":
        pairs[0] = pairs[0].cut(block.lead, len(pairs[0].text))
    return glue(file, pairs)


def glue(file: SourceFile, parts: list[Passage]) -> Passage:
    """Lines as one passage: no space between Chinese, a space elsewhere, none inside an address."""
    text = ""
    offsets: list[int] = []
    for part in parts:
        if text and part.text:
            joined = join_lines(file, [(0, text[-1]), (1, part.text[0])], "zh").text
            address = re.search(r"https?://\S*$", text[-400:])
            closed = address and address[0].endswith((">", ".", ")"))
            cut = re.search(r"[^\W\d_]-$", text[-2:]) and re.match(r"[a-z]", part.text)
            goes_on = address and not closed and _TAIL.match(part.text)
            if len(joined) > 2 and not cut and not goes_on:
                text += " "
                offsets.append(file.text.find("\n", offsets[-1]))  # the line end became a space
        text += part.text
        offsets += part.offsets
    return Passage(file, text, tuple(offsets))


def closed(text: str) -> bool:
    """Whether a text ends like the end of a paragraph."""
    return bool(_CLOSED.search(_ending(text)))


def _ending(text: str) -> str:
    """The end of a text, without the marks of notes that stand last."""
    return _MARKS.sub("", text.rstrip()[-_END:])


def join(ledger: Ledger, blocks: list[Block]) -> tuple[list[Block], list[Diagnostic]]:
    """Blocks with cut notes and paragraphs rejoined; what was rejoined, and what breaks off."""
    found: list[Diagnostic] = []
    out: list[Block] = []
    note: Block | None = None  # the last one
    opening = next((n for n, one in enumerate(blocks) if one.kind == "heading"), 0)
    for number, block in enumerate(blocks):
        after = blocks[number + 1].kind if number + 1 < len(blocks) else ""
        near = note and any(one is note for one in out[-8:])
        if block.kind == "para" and note and near and _goes_on(note, block, after):
            _reopen(note, ledger)
            note.lines += block.lines
            found.append(_joined(block, "the footnote that the page cut"))
            continue
        headed = number > opening or looks.width(block.text) > 200  # no line of the head
        if block.kind == "para" and headed and (open_one := _open(out, block)):
            first = block.lines[0].passage
            before = open_one.lines[-1].text
            open_one.lines += block.lines
            found.append(_joined(block, f"“…{before[-12:]}” and “{first.text[:12]}…”"))
            if "\ufffd" in before[-3:]:
                found.append(_broken(open_one, "text is lost where the page ends"))
            continue
        out.append(block)
        if block.kind == "note":
            note = block
    _unhyphenate(ledger, out)
    return out, found + _breaks(out)


def _unhyphenate(ledger: Ledger, blocks: list[Block]) -> None:
    """Take off hyphens that the ends of lines put into words. One stays where the word is written
    with it elsewhere, or begins as compounds do."""
    text = ledger.file.text
    for block in blocks:
        if block.kind not in ("para", "item", "quote", "note") or block.given is not None:
            continue
        for at, (one, two) in enumerate(pairwise(block.lines)):
            head = _HYPHENED.search(one.text)
            tail = re.match(r"[a-zà-ÿ]+", two.text)
            if not head or not tail:
                continue
            whole = f"{head[1]}-{tail[0]}"
            kept = head[1].casefold() in _COMPOUNDS or re.search(rf"\b{re.escape(whole)}\b", text)
            if kept and f"{head[1]}{tail[0]}" not in text:
                continue
            passage = one.passage
            last = len(passage.text) - 1
            ledger.drop(passage.offsets[last:], "hyphen of a line end")
            block.lines[at] = replace(one, passage=passage.cut(0, last), broken=True)


def _reopen(note: Block, ledger: Ledger) -> None:
    """Take off the bracket that closed an address before its end."""
    line = note.lines[-1]
    if re.search(r"https?://\S*>$", line.text):
        passage = line.passage
        ledger.drop(passage.offsets[-1:], "bracket in the midst of an address")
        note.lines[-1] = replace(line, passage=passage.cut(0, len(passage.text) - 1))


def _goes_on(note: Block, block: Block, after: str) -> bool:
    """Whether ``block`` is the rest of an unfinished footnote."""
    text, more = note.text.rstrip(), block.text
    address = re.search(r"https?://\S*>?$", text)
    if address and not re.match(r"[(（]", more):
        return bool(_TAIL.match(more)) and not re.search(r"[)）.]$", address[0])
    if closed(text) or text.endswith((")", "）", ">")):
        return False
    return after == "note" and bool(re.match(r"[a-z(（，,、]", more))


def _open(out: list[Block], block: Block) -> Block | None:
    """The unfinished paragraph that ``block`` goes on with, or None."""
    passed: list[str] = []
    for one in reversed(out):
        if one.kind == "para":
            return one if _continues(one, block, passed) else None
        if one.kind not in _PASSED:
            return None
        passed.append(one.kind)
    return None


def _continues(one: Block, block: Block, passed: list[str]) -> bool:
    text, more = _ending(one.text), block.text
    if (
        not text
        or closed(text)
        or looks.width(one.text) < (24 if block.page else 40 if passed else 100)
    ):
        return False
    if any("\u3000" in line.indent for line in block.lines[:1]):
        return False
    if "note" in passed or block.page:
        return True
    if _QUOTED.search(text):
        return False
    if re.match(r"[a-z，。、；：,;)）”’」』]", more) or re.search(r"[,，、—–-]$", text):
        return True
    if looks.width(more) < _REST and not closed(more):
        return False  # a line by itself: the rest of a paragraph would end like one
    chinese = re.search(rf"[{HAN}]$", text)
    return bool(chinese and re.match(rf"[{HAN}“「《（(]", more)) and block.gap


def _joined(block: Block, what: str) -> Diagnostic:
    passage = block.lines[0].passage
    return Diagnostic(code=REJOINED, span=passage.span(0, 1), fact=f"rejoined: {what}",
                      hint="begin a new segment there if they are two")  # fmt: skip


def _broken(block: Block, why: str) -> Diagnostic:
    passage = block.lines[-1].passage
    end = len(passage.text)
    return Diagnostic(
        code=BROKEN_OFF,
        span=passage.span(max(0, end - 1), end),
        fact=f"{why}: “…{passage.text[-16:]}”",
        hint="compare the printed article",
    )


def _breaks(blocks: list[Block]) -> list[Diagnostic]:
    """Long paragraphs that end in the middle of a sentence."""
    found = []
    for block, _ in pairwise([*blocks, Block("label", [])]):
        if block.kind != "para" or looks.width(block.text) < 200 or closed(block.text):
            continue
        if not _QUOTED.search(_ending(block.text)) or re.search(r"[“「『（(]$", block.text):
            found.append(_broken(block, "the paragraph ends in the middle of a sentence"))
    return found
