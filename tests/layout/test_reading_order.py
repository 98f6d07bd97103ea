"""What is read after what, without pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tex_samples import box

from edition.layout import reading_order
from edition.layout.types import Row
from edition.model import Kind


@pytest.mark.parametrize(
    ("label", "numbering"),
    [("•", ""), ("–", ""), ("1.", "Decimal"), ("（一）", "Decimal"), ("③", "Decimal"),
     ("[12]", "Decimal"), ("甲、", "Decimal"), ("a)", "LowerAlpha"), ("B.", "UpperAlpha"),
     ("iv.", "LowerRoman"), ("I.", "UpperRoman"), ("", "")],
)  # fmt: skip
def test_a_list_says_how_it_is_numbered(label: str, numbering: str) -> None:
    assert reading_order._numbering([replace(box("x", "zh", "字"), label=label)]) == numbering


def test_a_term_is_read_with_its_definitions() -> None:
    kinds = {"a": Kind.PARA, "t": Kind.TERM, "d": Kind.DEFINITION, "e": Kind.DEFINITION,
             "u": Kind.TERM, "f": Kind.DEFINITION, "b": Kind.PARA}  # fmt: skip
    boxes = {key: box(key, "zh", "字", kind=kind) for key, kind in kinds.items()}
    rows = [Row(id=key, zh=(key,)) for key in boxes]
    read = [[row.id for row in together] for together in reading_order._together(rows, boxes)]
    assert read == [["a"], ["t", "d", "e"], ["u", "f"], ["b"]]
    items = list(reading_order._defined([boxes[key] for key in ("t", "d", "e")]))
    (item,) = items
    assert [kid.role.value for kid in item.kids] == ["Lbl", "LBody"]
    assert [kid.box for kid in item.kids[1].kids] == ["d", "e"]
