"""XDV read into lines and written from them; what is cut short or unknown is refused."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tex_samples import CONFIG

from edition.engine import fontfiles, fonts, marking, xdv
from edition.engine.cache import Cache
from edition.engine.xdv import INCH, Slot, XdvError, XdvLine, XdvWriter
from edition.engine.xdv.reading import font_name
from edition.layout.structure import Portion, PortionKind


def font(size: int, path: bytes = b"/fonts/x.otf", flags: int = 0, extras: bytes = b"") -> bytes:
    """A definition without its number."""
    head = struct.pack(">BIHB", 252, size, flags, len(path))
    return head + path + struct.pack(">I", 0) + extras


FONTS = {
    font_name(one): one for one in (font(10), font(12), font(12, flags=0x2000, extras=b"abcd"))
}
NAMES = sorted(FONTS)
GLYPHS = struct.pack(">BiHiiH", 253, 65536, 1, 0, 0, 7)


def select(name: int) -> bytes:
    return b"\xee" + name.to_bytes(4, "big")


def special(text: bytes) -> bytes:
    return bytes((239, len(text))) + text


def shipped(*pages: list[bytes]) -> bytes:
    writer = XdvWriter("100.000pt", "200.000pt")
    for parts in pages:
        writer.page(parts)
    return bytes(writer.finish(FONTS))


def test_lines_come_back_with_their_fonts_and_slots() -> None:
    body = select(NAMES[1]) + GLYPHS + special(b"ED:m12") + GLYPHS + special(b"pdf:code /x BMC")
    read = xdv.read(shipped([body]))
    [line] = read.lines.values()
    assert read.fonts == FONTS
    assert line.fonts == (NAMES[1],)
    assert line.slots == (Slot(5 + len(GLYPHS), "m", 12, NAMES[1]),)
    assert line.data == body.replace(special(b"ED:m12"), b"")


def test_a_ligature_is_as_many_letters_as_it_stands_for() -> None:
    three = struct.pack(">BiH6i3H", 253, 65536, 3, *[0] * 6, 7, 9, 7)
    told = struct.pack(">BH2Hi", 254, 2, 66, 67, 65536) + three[5:]
    line = XdvLine(select(NAMES[0]) + three + special(b"pdf:x") + told + select(NAMES[1]) + three)
    assert xdv.letters(line, {}) == 9
    assert xdv.letters(line, {NAMES[0]: {9: 3}, NAMES[1]: {7: 2}}) == 9 + 2 * 2 + 2


def test_the_ligatures_of_a_font_are_those_of_running_text(tmp_path: Path) -> None:
    face = fonts.probe(CONFIG, Cache(tmp_path)).value
    assert face
    found = fontfiles.ligatures(face.en.regular, Cache(tmp_path))
    joined = fontfiles.glyphs_of(face.en.regular, "\ufb00\ufb03f", Cache(tmp_path))
    assert [found.get(joined[one]) for one in "\ufb00\ufb03f"] == [2, 3, None]
    assert fontfiles.ligatures(face.en.regular, Cache(tmp_path)) == found


def test_a_label_goes_into_its_slot_and_the_font_is_selected_again() -> None:
    line = XdvLine(b"ab", (Slot(1, "m", 1, NAMES[0]), Slot(2, "n", 0, -1)))
    marker = marking.Marker()
    marker.begin(3)
    data = marking.BoxText("i.1/zh").line(marker, line, (b"\xfd1", b"\xfd2"))
    bare = re.sub(rb"\xef.pdf:code .*?(?:BDC|EMC)", b"", data)
    assert bare == b"a\x8d\xfd1\x8e" + select(NAMES[0]) + b"b\x8d\xfd2\x8e"
    place = struct.pack(">BBiBi", 141, 160, 7, 146, 5)
    assert xdv.at(INCH + 5, INCH + 7, b"ab") == place + b"ab\x8e"


def test_a_line_tells_its_portions_apart() -> None:
    glyph, slots = b"\xfd", (
        Slot(1, "m", 1, -1), Slot(2, "c", 1, -1), Slot(3, "r", 0, -1), Slot(4, "R", 0, -1),
        Slot(5, "e", 1, -1), Slot(6, "a", 0, -1), Slot(7, "A", 0, -1),
    )  # fmt: skip
    marker, text = marking.Marker(), marking.BoxText("i.1/zh")
    marker.begin(0)
    data = text.line(marker, XdvLine(glyph * 8, slots), (glyph,))
    data += text.line(marker, XdvLine(glyph), ()) + marker.end()
    told = re.findall(rb"pdf:code (.*?(?:BDC|EMC))", data)
    span = Portion(PortionKind.SPAN, 1)
    assert [one.path for one in marker.found] == [
        (), (Portion(PortionKind.MARK, 1),), (), (span,),
        (span, Portion(PortionKind.READING)), (span,), (), (),
    ]  # fmt: skip
    assert [one.id for one in marker.found] == list(range(8))
    assert sum(b"BDC" in one for one in told) == sum(one == b"EMC" for one in told) == 9
    assert sum(b"/Artifact" in one for one in told) == 1, "the dots"
    assert text.line(marker, XdvLine(glyph), (), again=True).count(b"/Artifact") == 1


@given(
    st.lists(
        st.lists(
            st.sampled_from([b"A", GLYPHS, special(b"x:gsave"), b"\x8d\x8e", *map(select, NAMES)])
        )
    )
)
def test_what_is_written_reads_back(pages: list[list[bytes]]) -> None:
    read = xdv.read(shipped(*pages))
    assert [line.data for line in read.lines.values()] == [b"".join(parts) for parts in pages]


@given(st.data())
def test_whatever_is_cut_or_changed_is_refused_or_read(data: st.DataObject) -> None:
    whole = shipped([select(NAMES[0]), GLYPHS], [special(b"ED:t1")])
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = (
        whole[:at]
        if data.draw(st.booleans())
        else (whole[:at] + data.draw(st.binary(min_size=1, max_size=1)) + whole[at + 1 :])
    )
    try:
        xdv.read(spoilt)
    except XdvError:
        return


def test_another_version_is_refused() -> None:
    whole = shipped([b"A"])
    end = whole.rstrip(b"\xdf")
    with pytest.raises(XdvError, match="version 9"):
        xdv.read(end[:-1] + b"\x09" + whole[len(end) :])
