"""Attributes put into a text file, and nothing else of it changed by a byte."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.model import Lang, Segment
from edition.readers import text
from edition.readers.blocks import Block, Scanner
from edition.source import BOM, SourceFile

Edit = tuple[int, int, str]  # from, to, by what


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is to be written into the attributes of one segment: an id where it has none; values
    by key, of which an empty one strikes the key out."""

    id: str = ""
    values: Mapping[str, str]

    def new(self, block: Block) -> Marks:
        """What of it does not stand there yet."""
        values = {key: value for key, value in self.values.items()
                  if block.attrs.get(key) != value}  # fmt: skip
        return Marks(id="" if block.attrs.id else self.id, values=values)


@dataclass(frozen=True, slots=True)
class Marked:
    """A file with its new attributes: its contents (None where they are the old), how many ids
    and which keys were written, and whether it still says the same."""

    raw: str | None
    ids: int = 0
    keys: tuple[str, ...] = ()
    same: bool = True


def mark(
    raw: str, shown: str, section: str, lang: Lang, wanted: Mapping[str, Marks]
) -> Marked:  # fmt: skip
    """``raw``, the text of one side of ``section``, with the attributes ``wanted`` by id, the id
    of a segment that has none being that of its place. ``shown``: the path of the file."""
    file = SourceFile.from_bytes(shown, raw.encode("utf-8"))
    segments = text.read(file, section, lang).value.segments
    blocks = [one for one in Scanner(file, lang).blocks() if one.kind is not None]
    edits: list[Edit] = []
    ids, keys = 0, []
    for segment, block in zip(segments, blocks, strict=True):
        marks = wanted.get(segment.id, Marks(values={})).new(block)
        if marks.id or marks.values:
            edits += _edits(file, block, marks)
            ids += bool(marks.id)
            keys += list(marks.values)
    if not edits:
        return Marked(None)
    new = _apply(raw, edits)
    after = SourceFile.from_bytes(shown, new.encode("utf-8"))
    same = _content(segments) == _content(text.read(after, section, lang).value.segments)
    return Marked(new, ids, tuple(keys), same)


def _edits(file: SourceFile, block: Block, marks: Marks) -> Iterator[Edit]:
    parts = [f'{key}="{value}"' for key, value in marks.values.items() if value]
    if block.braces is None:
        inside = " ".join([f"#{marks.id}", *parts] if marks.id else parts)
        if inside:
            yield block.end, block.end, f"{block.lead}{{{inside}}}"
        return
    start, end = block.braces
    if marks.id:
        yield start, start, f"#{marks.id} "
    added = []
    for key, value in marks.values.items():
        stated = f'{key}="{value}"' if value else ""
        old = re.compile(rf'(\s*)\b{key}=(?:"[^"]*"|[^\s"{{}}]+)').search(file.text, start, end)
        if old:
            yield (old.end(1) if stated else old.start()), old.end(), stated
        elif stated:
            added.append(stated)
    if added:
        last = start + len(file.text[start:end].rstrip())
        yield last, last, " " + " ".join(added)


def _apply(raw: str, edits: Iterable[Edit]) -> str:
    """Edits carry offsets of the text as read; the raw one may begin with a byte order mark and
    end its lines by ``\\r\\n``, which both stay."""
    lead = len(BOM) if raw.startswith(BOM) else 0
    ends = [match.start() for match in re.finditer("\r\n", raw[lead:])]
    # the k-th "\r\n" stands k characters further on than in the text as read
    shorter = [end - number for number, end in enumerate(ends)]

    def place(offset: int) -> int:
        return lead + offset + bisect_left(shorter, offset)

    for start, end, text_ in sorted(edits, reverse=True):
        new = text_.replace("\n", "\r\n") if ends else text_
        raw = raw[: place(start)] + new + raw[place(end) :]
    return raw


def _content(segments: Sequence[Segment]) -> list[tuple[object, ...]]:
    """What segments say, apart from ids and what hangs on them."""
    return [(one.kind, one.text, one.level, one.presence, one.figure, one.classes)
            for one in segments]  # fmt: skip
