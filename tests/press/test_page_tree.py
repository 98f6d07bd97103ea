"""Pages found in the bytes of a file are those that pypdf finds."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import pytest
from press_samples import META, drawn, fitting, navigation, text
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from edition.press import screen
from edition.press.leaves import Leaves

BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")


def packed(
    *, page: bytes = b"", root: bytes = b"", filters: bytes = b"/Filter/FlateDecode"
) -> bytes:
    """Three pages as XeTeX's driver writes them, two nodes deep; ``page`` and ``root`` say more."""
    content = zlib.compress(b"BT ET\n")
    held = {
        2: b"<</Type/Pages/Count 3/Kids[3 0 R 6 0 R]/MediaBox[0 0 300 400]%s>>" % root,
        3: b"<</Type/Pages/Count 2/Parent 2 0 R/Kids[4 0 R 5 0 R]>>",
        4: b"<</Resources 7 0 R/Type/Page/Parent 3 0 R/Contents[8 0 R]%s>>" % page,
        5: b"<</Resources 7 0 R/Type/Page/Parent 3 0 R/Contents 8 0 R>>",
        6: b"<</Resources 7 0 R/Type/Page/Parent 2 0 R>>",
        7: b"<</Font<<>>/ProcSet[/PDF/Text]>>",
    }
    heads, bodies, at = b"", b"", 0
    for number, body in held.items():
        heads += b"%d %d " % (number, at)
        bodies += body + b"\n"
        at += len(body) + 1
    objects = zlib.compress(heads + bodies)
    data = b"%PDF-1.5\n"
    places = {number: b"\2%s%s" % ((9).to_bytes(4, "big"), index.to_bytes(2, "big"))
              for index, number in enumerate(held)}  # fmt: skip
    for number, body in {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        8: b"<<%s/Length %d>>\nstream\n%s\nendstream" % (filters, len(content), content),
        9: b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
        % (len(held), len(heads), len(objects), objects),
    }.items():
        places[number] = b"\1%s\0\0" % len(data).to_bytes(4, "big")
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    places |= {0: b"\0" * 7, 10: b"\1%s\0\0" % start.to_bytes(4, "big")}
    table = b"".join(places[number] for number in sorted(places))
    return data + (
        b"10 0 obj\n<</Type/XRef/Size 11/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n%s\nendstream\n"
        b"endobj\nstartxref\n%d\n%%%%EOF\n" % (len(table), table, start)
    )


def bare(value: object) -> str:
    """Without the identity of the reader."""
    return re.sub(r"(IndirectObject\(\d+, \d+), \d+", r"\1", str(value))


def as_pypdf_has_them(data: bytes) -> Leaves:
    found, other = Leaves(data, PdfReader(BytesIO(data))), PdfReader(BytesIO(data))
    assert len(found) == len(other.pages)
    for index, page in enumerate(other.pages):
        stream = page.get_contents()
        assert found.content(index) == (stream.get_data() if stream is not None else b"")
        resources = page.get("/Resources", DictionaryObject()).get_object()
        assert bare(found.resources(index)) == bare(resources)
        assert found.boxes(index) == tuple(str(page.get(name)) for name in BOXES)
        assert bare(dict(found[index])) == bare(dict(page))
        assert bare(found.references[index]) == bare(page.indirect_reference)
    return found


def _drawn() -> bytes:
    return drawn([text(60, 200)] * 3)


@pytest.mark.parametrize(
    ("data", "raw"),
    [
        (packed(), True),
        (packed(root=b"/Rotate 90/CropBox[1 1 9 9]"), True),
        (packed(page=b"/MediaBox[0 0 30 40]"), True),
        (packed(page=b"/UserUnit 2.0"), True),
        (packed(page=b"/Annots[]"), True),
        (packed(filters=b"/Filter[/FlateDecode]"), True),
        (packed(filters=b"/Filter/FlateDecode/DecodeParms null"), True),
        (packed(page=b"/PieceInfo<</Type/Page>>"), False),
        (_drawn(), False),
    ],
)
def test_pages_are_those_of_pypdf(data: bytes, raw: bool) -> None:
    found = as_pypdf_has_them(data)
    assert (found.with_entries(1, {"/Annots": b"[3 0 R]"}) is not None) == raw


def test_what_was_added_behind_a_file_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    source = tmp_path_factory.mktemp("leaves") / "packed.pdf"
    source.write_bytes(packed())
    made = screen.finish(source, meta=META, nav=navigation(3), profile=fitting())
    found = as_pypdf_has_them(made)
    assert "/Annots" in found[0]
    assert found.with_entries(0, {"/Annots": b"[3 0 R]"}) is None, "it has links"


def test_a_page_that_has_annotations_keeps_to_pypdf() -> None:
    writer = PdfWriter(clone_from=BytesIO(packed(page=b"/Rotate 180")))
    writer.pages[1][NameObject("/UserUnit")] = NumberObject(2)
    out = BytesIO()
    writer.write(out)
    as_pypdf_has_them(out.getvalue())
