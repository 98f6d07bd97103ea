"""What should be on each page, from the edition, the plan and where TeX's lines were put."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from hashlib import blake2b

from edition.layout import heads, kinds, naming, quoted, rubies
from edition.layout.margins import STYLE, width
from edition.layout.placement import head_top, left_margin
from edition.layout.shapes import is_block, is_table
from edition.layout.structure import PortionKind
from edition.layout.types import Box, BoxRole, PagePlan, SliceAt
from edition.model import BlockStart, Kind, plain
from edition.proof import expected
from edition.proof.types import (
    BoxFacts,
    Frame,
    LinedFacts,
    MarginFacts,
    PageFacts,
    ProofMatter,
    SliceFacts,
)


def of_book(matter: ProofMatter) -> tuple[PageFacts, ...]:
    """The facts of each page of the plan. Slices stand in the order in which they were set."""
    by_page = slices_by_page(matter)
    often = Counter(one.slice.key for one in matter.typeset.slices)
    whole = frozenset(key for key, times in often.items() if times == 1)
    named = any(_lined(box, 0) for box in matter.book.boxes.values())
    stretches = _stretches(matter)
    return tuple(
        _of_page(page, by_page[page.index], whole, matter, stretches)._replace(named=named)
        for page in matter.plan.pages
    )


_Stretches = Mapping[tuple[int, str], tuple[int, ...]]  # by page and box; readings under no box


def _stretches(matter: ProofMatter) -> _Stretches:
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for one in matter.typeset.contents:
        reading = any(part.kind is PortionKind.READING for part in one.path)
        found[one.page, "" if reading else one.key].append(one.id)
    return {place: tuple(ids) for place, ids in found.items()}


def slices_by_page(matter: ProofMatter) -> dict[int, list[SliceAt]]:
    by_page: dict[int, list[SliceAt]] = defaultdict(list)
    for one in matter.typeset.slices:
        by_page[one.page].append(one)
    return by_page


def key(facts: PageFacts) -> str:
    """A digest of the facts: equal keys, equal facts."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def bare_key(facts: PageFacts) -> str:
    """The same of the facts without their folio."""
    return key(facts._replace(folio=""))


def of_box(box: Box, matter: ProofMatter, heads: int = 0) -> BoxFacts:
    """What a box should say; ``heads``: how often the head of a table stands again."""
    figure = box.segment.figure if box.segment else ""
    return BoxFacts(
        written=expected.written(box, matter.book, matter.plan),
        again=expected.again(box, matter.book, matter.plan) * heads,
        picture=matter.pictures.get(figure, "") if figure else "",
        lang=box.lang,
        ordered=expected.in_order(box),
        leaders=bool(box.target),
        lined=tuple(LinedFacts(*one) for one in _lined(box, heads)),
        ornament=box.segment is not None and box.segment.kind is Kind.BREAK,
        whole=_whole(box),
    )


def _whole(box: Box) -> tuple[str, ...]:
    """The words that no line of a box divides; of a work, but for those that stand in its address
    too, where a line may end."""
    kept = Counter(quoted.kept_whole(box.inlines))
    if box.role is not BoxRole.WORK:
        return tuple(kept)
    text = plain(box.inlines)
    return tuple(words for words, times in kept.items() if text.count(words) == times)


def _lined(box: Box, again: int) -> list[naming.Lined]:
    """The names of a box that have a line; those of the head of a table as often as it stands."""
    if box.lang != "zh":
        return []
    table = box.segment.table if box.segment else None
    if table is None:
        return naming.lines_of([box.inlines])
    heads = [cell.inlines for cell in table.header] * again
    return naming.lines_of([box.inlines, *(cell.inlines for cell in table.cells), *heads])


def _of_page(
    page: PagePlan, slices: list[SliceAt], whole: frozenset[str], matter: ProofMatter,
    stretches: _Stretches,
) -> PageFacts:  # fmt: skip
    boxes = [matter.book.boxes[one.slice.key] for one in slices]
    readings = {said for box in boxes for said in expected.readings(box.inlines)}
    size = matter.layout.styles[STYLE].size if page.margin else 0.0
    return PageFacts(
        frame=_frame(page, matter),
        head=plain(page.head_left) + plain(page.head_right),
        folio=page.label,
        verso=page.index % 2 == 1,
        slices=tuple(
            _of_slice(one, box, matter, whole)._replace(
                stretches=stretches.get((page.index, box.key), ())
            )
            for one, box in zip(slices, boxes, strict=True)
        ),
        tagged=bool(stretches),
        unread=stretches.get((page.index, ""), ()),
        readings=tuple(sorted(readings)),
        margin=tuple(
            MarginFacts(one.text, one.baseline, one.edge, one.left, size, width(one.text, size))
            for one in page.margin
        ),
        ruby=any(box.lang == "zh" and rubies.there(box) for box in boxes),
    )


def _frame(page: PagePlan, matter: ProofMatter) -> Frame:
    geometry, styles = matter.layout.geometry, matter.layout.styles
    left = left_margin(geometry, page.index)
    head = head_top(matter.layout)
    return Frame(
        left=left,
        right=left + geometry.text_width,
        top=geometry.top - 4 * geometry.grid - 3 * styles["head"].leading,
        bottom=geometry.top + (geometry.lines + 3) * geometry.grid + 14,
        head=head,
        body=head + styles[heads.STYLE].leading,
        paper=geometry.paper_width,
    )


def _of_slice(one: SliceAt, box: Box, matter: ProofMatter, whole: frozenset[str]) -> SliceFacts:
    style = matter.layout.styles[box.style]
    measure = matter.measures.get(box.key)
    figure = box.segment.figure if box.segment else ""
    return SliceFacts(
        first=one.slice.first, last=one.slice.last,
        lines=measure.lines if measure else one.slice.last,
        x=one.x, top=one.top, bottom=one.bottom, width=box.width,
        size=style.size, leading=style.leading, rise=style.first, lang=box.lang,
        filled=style.align in ("justify", "ragged") and _is_prose(box),
        several=any(isinstance(inline, BlockStart) for inline in box.inlines),
        block=is_block(box) or is_table(box),
        mute=figure.lower().endswith(".pdf"),
        note=box.role is BoxRole.NOTE,
        box=of_box(box, matter) if box.key in whole else None,
    )  # fmt: skip


def _is_prose(box: Box) -> bool:
    prose = kinds.of(box.segment.kind).prose if box.segment else True
    return prose and box.role in (BoxRole.TEXT, BoxRole.NOTE)
