"""Which lines that look like headings are headings, and of which level."""

from __future__ import annotations

import re

from edition.diagnostics import Diagnostic
from edition.importers import lines as looks
from edition.importers.blocks import Block
from edition.importers.codes import SKIPPED

_LISTS = ("arabic", "arabic-paren", "han-paren")


def settle(blocks: list[Block]) -> list[Diagnostic]:
    """Give every heading its level; those that are none become items or paragraphs. The systems
    of numbers rank by the order in which they open: whatever numbers the first is the highest."""
    found: list[Diagnostic] = []
    _items(blocks)
    hashes = [one for one in blocks if one.system == "#" and one.kind == "heading"]
    if hashes and hashes[0] is blocks[0] and all(
            one.level > hashes[0].level for one in hashes[1:]):  # fmt: skip
        hashes[0].title = True
        del hashes[0]
    lowest = min((one.level for one in hashes), default=1)
    stack: list[tuple[str, int]] = []
    for block in blocks:
        if block.kind != "heading":
            continue
        if block.system == "#":
            block.level = min(max(block.level - lowest + 1, 1), 3)
            stack = []
        elif len(hashes) >= 2:
            _demote(block)
        elif block.system in ("known", "look"):
            stack, block.level = [], 1
        elif block.system == "decimal":
            block.level = min(block.mark.count(".") + block.mark.count("．") + 1, 3)
            stack = [one for one in stack if one[0] == "arabic"]
        else:
            found += _ranked(block, stack)
    return found


def _ranked(block: Block, stack: list[tuple[str, int]]) -> list[Diagnostic]:
    """The level of a numbered heading by the systems that are open."""
    number = looks.numeral(block.mark)
    systems = [one for one, _ in stack]
    if block.system not in systems:
        if number != 1 and not (number == 0 and block.mark == "0"):
            _demote(block)
            return []
        stack.append((block.system, number))
        block.level = min(len(stack), 3)
        return []
    place = systems.index(block.system)
    last = stack[place][1]
    if not last < number <= last + 3:
        _demote(block)
        return []
    del stack[place + 1 :]
    stack[place] = (block.system, number)
    block.level = min(place + 1, 3)
    if number == last + 1:
        return []
    passage = block.lines[0].passage
    fact = f"heading {block.mark} follows number {last}"
    return [Diagnostic(code=SKIPPED, span=passage.span(0, block.lead), fact=fact)]


def _demote(block: Block) -> None:
    block.kind, block.lead = "para", 0


def _items(blocks: list[Block]) -> None:
    """Lines numbered one after the other, with nothing between them, are a list."""
    at = 0
    while at < len(blocks):
        end = at + 1
        if blocks[at].kind == "heading" and blocks[at].system in _LISTS:
            while end < len(blocks) and _next(blocks[end - 1], blocks[end]):
                end += 1
            if end - at >= 2:
                for block in blocks[at:end]:
                    _item(block)
        at = end


def _next(one: Block, two: Block) -> bool:
    return (
        two.kind == "heading"
        and two.system == one.system
        and looks.numeral(two.mark) == looks.numeral(one.mark) + 1
    )


def _item(block: Block) -> None:
    if block.system == "arabic" and re.match(r"^\d+\.\s", block.lines[0].text):
        block.kind, block.mark, block.level = "item", f"{block.mark}.", 0
    else:
        _demote(block)
