"""Attributes put into a text file, and nothing else of it changed by a byte."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.model import Kind, Lang, Presence, Segment
from edition.readers import text
from edition.readers.blocks import BlockScanner, MarkupBlock
from edition.source import BOM, SourceFile

Edit = tuple[int, int, str]  # from, to, by what


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is to be written into the attributes of one segment: an id where it has none, or with
    ``anew`` in the place of the one it has; values by key, of which an empty one strikes the key
    out."""

    id: str = ""
    values: Mapping[str, str]
    anew: bool = False

    def new(self, block: MarkupBlock) -> Marks:
        """What of it does not stand there yet."""
        values = {key: value for key, value in self.values.items()
                  if block.attrs.get(key) != value}  # fmt: skip
        stands = block.attrs.id == self.id if self.anew else bool(block.attrs.id)
        return Marks(id="" if stands else self.id, values=values, anew=self.anew)


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """A file with its new attributes: its contents (None where they are the old), how many ids
    and which keys were written, and whether it still says the same."""

    raw: str | None
    ids: int = 0
    keys: tuple[str, ...] = ()
    same: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Places without a text: ``new``: blocks to write behind the segment of an id, or for "" before
    all; ``gone``: ids of those that are to go."""

    new: Mapping[str, Sequence[str]]
    gone: frozenset[str] = frozenset()


def mark(
    raw: str, shown: str, section: str, lang: Lang, wanted: Mapping[str, Marks],
    places: Places | None = None,
) -> MarkedFile:  # fmt: skip
    """``raw``, the text of one side of ``section``, with the attributes ``wanted`` by id, the id
    of a segment that has none being that of its place. ``shown``: the path of the file."""
    file = SourceFile.from_bytes(shown, raw.encode("utf-8"))
    segments = text.read(file, section, lang).value.segments
    blocks = [one for one in BlockScanner(file, lang).blocks() if one.kind is not None]
    edits: list[Edit] = []
    if places is not None:
        edits += _placed(file, {one.id: block for one, block in zip(segments, blocks, strict=True)},
                         places)  # fmt: skip
    ids, keys = 0, []
    for segment, block in zip(segments, blocks, strict=True):
        marks = wanted.get(segment.id, Marks(values={})).new(block)
        if marks.id or marks.values:
            edits += _edits(file, block, marks)
            ids += bool(marks.id)
            keys += list(marks.values)
    if not edits:
        return MarkedFile(None)
    new = _apply(raw, edits)
    after = SourceFile.from_bytes(shown, new.encode("utf-8"))
    same = _content(segments) == _content(text.read(after, section, lang).value.segments)
    return MarkedFile(new, ids, tuple(keys), same)


def _edits(file: SourceFile, block: MarkupBlock, marks: Marks) -> Iterator[Edit]:
    parts = [f'{key}="{value}"' for key, value in marks.values.items() if value]
    if block.braces is None:
        inside = " ".join([f"#{marks.id}", *parts] if marks.id else parts)
        if inside:
            yield block.end, block.end, f"{block.lead}{{{inside}}}"
        return
    start, end = block.braces
    if marks.id and block.attrs.id:
        own = re.compile(r"#[^\s#{}]+").search(file.text, start, end)
        assert own is not None
        yield own.start(), own.end(), f"#{marks.id}"
    elif marks.id:
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


def _placed(
    file: SourceFile, blocks: Mapping[str, MarkupBlock], places: Places
) -> Iterator[Edit]:  # fmt: skip
    for id_, new in places.new.items():
        text_ = "\n\n".join(new)
        if not id_:
            yield 0, 0, f"{text_}\n\n"
            continue
        block = blocks[id_]
        end = _line_end(file.text, max(block.end, block.start, *(block.braces or ())))
        if block.kind is Kind.VERSE:  # behind its closing line
            end = _line_end(file.text, file.text.find(":::", end))
        yield end, end, f"\n\n{text_}"
    for id_ in places.gone:
        start, end = blocks[id_].start, _line_end(file.text, blocks[id_].start)
        while file.text[end : end + 1] == "\n":
            end += 1
        yield start, end, ""


def _line_end(text_: str, at: int) -> int:
    end = text_.find("\n", at)
    return len(text_) if end < 0 else end


def _apply(raw: str, edits: Iterable[Edit]) -> str:
    """Edits carry offsets of the text as read; the raw one may begin with a byte order mark and
    end its lines by ``\\r\\n``, which both stay."""
    lead = len(BOM) if raw.startswith(BOM) else 0
    ends = [match.start() for match in re.finditer("\r\n", raw[lead:])]
    # the k-th "\r\n" stands k characters further on than in the text as read
    shorter = [end - number for number, end in enumerate(ends)]

    def place(offset: int) -> int:
        return lead + offset + bisect_left(shorter, offset)

    # of two edits at one place the later one comes out before the other
    for start, end, text_ in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        new = text_.replace("\n", "\r\n") if ends else text_
        raw = raw[: place(start)] + new + raw[place(end) :]
    return raw


def _content(segments: Sequence[Segment]) -> list[tuple[object, ...]]:
    """What segments say, apart from ids and what hangs on them."""
    return [(one.kind, one.text, one.level, one.figure, one.classes)
            for one in segments if one.presence is Presence.TEXT]  # fmt: skip
