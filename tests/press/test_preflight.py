"""Preflight: one sabotaged file for each code, and files that are no files at all."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from press_samples import META, changed, drawn, fitting, name, pressed, reader, text
from pypdf import PasswordType, PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from edition.diagnostics import exit_code
from edition.press import preflight, screen
from edition.press.preflight import codes, tokens
from edition.press.preflight.content import scan
from edition.press.preflight.report import gathered, pages_text
from edition.press.printing import Extras, PressSpec
from edition.press.types import Navigation, PageLabel

PRESS = pressed()
PATH = Path("book.pdf")
Change = Callable[[Any], None]


def found(data: bytes, purpose: preflight.Purpose = "auto") -> list[str]:
    return [one.code.id for one in preflight.look_at(data, PATH, purpose).diagnostics]


def test_a_good_press_file_has_no_findings() -> None:
    looked = preflight.look_at(PRESS, PATH)
    assert looked.diagnostics == ()
    assert looked.value.purpose == "press"
    assert looked.value.claims == ("PDF/A-2u", "PDF/X-4")
    assert looked.value.checked == preflight.CHECKED


# --- one change for each code ----------------------------------------------------------------


def root(writer: Any) -> Any:
    return writer._root_object


def page(writer: Any) -> Any:
    return writer.pages[1]


def font(writer: Any) -> Any:
    return page(writer)["/Resources"]["/Font"]["/F"]


def add(writer: Any, operators: str) -> None:
    """Operators at the end of the second page."""
    stream = DecodedStreamObject()
    stream.set_data(operators.encode())
    old = page(writer)["/Contents"]
    page(writer)[name("/Contents")] = ArrayObject([*old, writer._add_object(stream)])


def action(writer: Any) -> None:
    root(writer)[name("/OpenAction")] = DictionaryObject(
        {name("/S"): name("/JavaScript"), name("/JS"): TextStringObject("app.alert(1)")}
    )


def clicked(writer: Any) -> None:
    click = DictionaryObject({name("/S"): name("/Launch"), name("/F"): TextStringObject("x")})
    annotate(writer, **{"/A": click})


def annotate(writer: Any, **more: Any) -> None:
    annotation = DictionaryObject({
        name("/Type"): name("/Annot"), name("/Subtype"): name("/Link"),
        name("/Rect"): RectangleObject((50, 50, 80, 80)), name("/F"): NumberObject(4),
        **{name(key): value for key, value in more.items()},
    })  # fmt: skip
    page(writer)[name("/Annots")] = ArrayObject([writer._add_object(annotation)])


def bookmarked(writer: Any) -> None:
    """An entry of the outline that goes to a page and then runs a script."""
    script = DictionaryObject({name("/S"): name("/JavaScript"), name("/JS"): TextStringObject("x")})
    click = DictionaryObject({name("/S"): name("/GoTo"), name("/Next"): ArrayObject([script])})
    item = writer._add_object(DictionaryObject({name("/Title"): TextStringObject("一")}))
    item.get_object().update({name("/A"): click, name("/Next"): item})  # and a loop
    root(writer)[name("/Outlines")] = DictionaryObject({name("/First"): item})


def broken(writer: Any) -> None:
    add(writer, "/None Do 1 2 cm")


def standard_font(writer: Any) -> None:
    page(writer)["/Resources"]["/Font"][name("/F")] = DictionaryObject({
        name("/Type"): name("/Font"), name("/Subtype"): name("/Type1"),
        name("/BaseFont"): name("/Times-Roman"), name("/Encoding"): name("/WinAnsiEncoding"),
    })  # fmt: skip


def composite(cmap: bytes = b"") -> Change:
    """A composite font, embedded in name only, with this ToUnicode map."""

    def change(writer: Any) -> None:
        program = writer._add_object(DecodedStreamObject())
        descriptor = DictionaryObject({name("/FontFile3"): program})
        descendant = DictionaryObject({
            name("/Subtype"): name("/CIDFontType0"), name("/FontDescriptor"): descriptor,
            name("/W"): ArrayObject([NumberObject(1), ArrayObject([NumberObject(500)]),
                                     NumberObject(5), NumberObject(9), NumberObject(700)]),
        })  # fmt: skip
        made = DictionaryObject({
            name("/Type"): name("/Font"), name("/Subtype"): name("/Type0"),
            name("/BaseFont"): name("/NotoSerifCJK"),
            name("/DescendantFonts"): ArrayObject([descendant]),
        })  # fmt: skip
        if cmap:
            stream = DecodedStreamObject()
            stream.set_data(cmap)
            made[name("/ToUnicode")] = writer._add_object(stream)
        page(writer)["/Resources"]["/Font"][name("/F")] = made

    return change


ELLIPSIS = b"2 beginbfchar <7878> <22EF> <0002> <0041> endbfchar"


def no_intent(writer: Any) -> None:
    del root(writer)["/OutputIntents"]


def other_profile(writer: Any) -> None:
    stream = root(writer)["/OutputIntents"][0]["/DestOutputProfile"].get_object()
    stream[name("/N")] = NumberObject(3)


def no_packet(writer: Any) -> None:
    del root(writer)["/Metadata"]


def entities(writer: Any) -> None:
    packet = root(writer)["/Metadata"].get_object()
    packet.set_data(b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + packet.get_data())


def other_title(writer: Any) -> None:
    writer._info[name("/Title")] = TextStringObject("another title")


def no_language(writer: Any) -> None:
    del root(writer)["/Lang"]


def box(key: str, *corners: float) -> Change:
    def change(writer: Any) -> None:
        page(writer)[name(key)] = RectangleObject(corners)

    return change


def no_trim(writer: Any) -> None:
    del page(writer)["/TrimBox"]


def graphics_state(**entries: Any) -> Change:
    def change(writer: Any) -> None:
        state = DictionaryObject({name("/" + key): value for key, value in entries.items()})
        page(writer)["/Resources"][name("/ExtGState")] = DictionaryObject({name("/G"): state})
        add(writer, "/G gs")

    return change


def picture(space: str, pixels: int, size: float) -> Change:
    def change(writer: Any) -> None:
        image = DecodedStreamObject()
        image.set_data(b"\x00" * pixels * pixels * (3 if space == "/DeviceRGB" else 1))
        for key, value in (("/Subtype", name("/Image")), ("/Width", NumberObject(pixels)),
                           ("/Height", NumberObject(pixels)), ("/ColorSpace", name(space)),
                           ("/BitsPerComponent", NumberObject(8))):  # fmt: skip
            image[name(key)] = value
        objects = DictionaryObject({name("/I"): writer._add_object(image)})
        page(writer)["/Resources"][name("/XObject")] = objects
        add(writer, f"q {size} 0 0 {size} 100 100 cm /I Do Q")

    return change


def stencil(writer: Any) -> None:
    picture("/DeviceGray", 300, 20)(writer)
    image = page(writer)["/Resources"]["/XObject"]["/I"]
    del image["/ColorSpace"]
    image[name("/ImageMask")] = BooleanObject(True)
    add(writer, "q 1 0 0 rg 20 0 0 20 100 100 cm /I Do Q")


def colour(operators: str) -> Change:
    return lambda writer: add(writer, f"{operators} 100 100 5 5 re f")


def spot(*inks: str) -> Change:
    """A separation of its own, or an ink of several; Black and All are none."""

    def change(writer: Any) -> None:
        names: Any = name("/" + inks[0]) if len(inks) == 1 else ArrayObject(
            [name("/" + ink) for ink in inks])  # fmt: skip
        kind = name("/Separation" if len(inks) == 1 else "/DeviceN")
        space = ArrayObject([kind, names, name("/DeviceCMYK"), DictionaryObject()])
        page(writer)["/Resources"][name("/ColorSpace")] = DictionaryObject({name("/S"): space})
        add(writer, f"/S cs {'1 ' * len(inks)}scn 100 100 5 5 re f")

    return change


def spot_of_a_name_with_spaces(writer: Any) -> None:
    space = ArrayObject([name("/Separation"), name("/PANTONE 185 C"), name("/DeviceCMYK"),
                         DictionaryObject()])  # fmt: skip
    spaces = DictionaryObject({name("/PANTONE 185 C"): space})
    page(writer)["/Resources"][name("/ColorSpace")] = spaces
    add(writer, "/PANTONE#20185#20C cs 1 scn 100 100 5 5 re f")


def listed_font(writer: Any) -> None:
    """Named for the page, not embedded, and nothing set in it."""
    fonts = page(writer)["/Resources"]["/Font"]
    fonts[name("/G")] = DictionaryObject({
        name("/Type"): name("/Font"), name("/Subtype"): name("/Type1"),
        name("/BaseFont"): name("/Helvetica"),
    })  # fmt: skip


def layered(base: str) -> Change:
    """Two layers, one of them hidden, said in either way."""

    def change(writer: Any) -> None:
        shown, hidden = (
            writer._add_object(DictionaryObject({
                name("/Type"): name("/OCG"), name("/Name"): TextStringObject(title)}))
            for title in ("text", "draft")
        )  # fmt: skip
        said = {"/BaseState": name(base)} if base else {}
        said["/ON" if base else "/OFF"] = ArrayObject([shown if base else hidden])
        first = DictionaryObject({name(key): value for key, value in said.items()})
        root(writer)[name("/OCProperties")] = DictionaryObject({
            name("/OCGs"): ArrayObject([shown, hidden]), name("/D"): first})  # fmt: skip

    return change


def pinned(writer: Any) -> None:
    stored = DictionaryObject({name("/F"): TextStringObject("data.csv")})
    annotate(writer, **{"/Subtype": name("/FileAttachment"), "/FS": stored})


def turned(writer: Any) -> None:
    page(writer)[name("/Rotate")] = NumberObject(90)


SABOTAGE: list[tuple[str, Change]] = [
    ("PRE003", action), ("PRE003", clicked), ("PRE003", bookmarked), ("PRE004", broken),
    ("PRE010", standard_font),
    ("PRE011", composite()), ("PRE012", composite(ELLIPSIS)),
    ("PRE013", listed_font),
    ("PRE020", no_intent), ("PRE020", other_profile),
    ("PRE021", no_packet), ("PRE021", entities),
    ("PRE025", layered("")), ("PRE025", layered("/OFF")),
    ("PRE026", lambda writer: writer.add_attachment("data.csv", b"1,2")), ("PRE026", pinned),
    ("PRE038", turned),
    ("PRE022", other_title), ("PRE023", no_language),
    ("PRE030", no_trim), ("PRE030", box("/TrimBox", -1, 1, 200, 200)),
    ("PRE030", box("/BleedBox", -20, 0, 400, 500)), ("PRE030", box("/TrimBox", 60, 60, 60, 60)),
    ("PRE031", lambda writer: add(writer, text(2, 100))),
    ("PRE031", lambda writer: add(writer, text(100, 424))),
    ("PRE031", lambda writer: add(writer, f"q 0 1 -1 0 100 395 cm {text(0, 0)} Q")),
    ("PRE032", lambda writer: add(writer, text(250, 100))),
    ("PRE033", box("/TrimBox", 20, 20, 290, 400)),
    ("PRE036", box("/BleedBox", 6, 6, 312, 432)),
    ("PRE040", colour("1 0 0 rg")), ("PRE040", picture("/DeviceRGB", 300, 20)),
    ("PRE040", stencil),
    ("PRE041", colour("1 1 0.8 0.9 k")),
    ("PRE042", picture("/DeviceGray", 10, 100)),
    ("PRE042", lambda writer: add(writer, "q 90 0 0 90 9 9 cm BI /W 2 /H 2 /CS /G /BPC 8 "
                                  "ID abcd EI Q")),
    ("PRE043", graphics_state(ca=FloatObject(0.5))),
    ("PRE043", graphics_state(BM=name("/Multiply"))),
    ("PRE044", annotate),
    ("PRE046", lambda writer: add(writer, f"0.6 0.5 0.4 1 k {text(100, 300)}")),
    ("PRE047", spot("PANTONE#20185")), ("PRE047", spot("Black", "Gold")),
    ("PRE048", lambda writer: add(writer, "0.2 w 100 100 m 150 100 l S")),
    ("PRE048", lambda writer: add(writer, "0 w 100 100 m 150 100 l S")),
    ("PRE048", lambda writer: add(writer, "q 0.1 0 0 0.1 0 0 cm 1 w 900 900 m 950 900 l S Q")),
    ("PRE048", lambda writer: add(writer, "100 100 50 0.1 re f")),
    ("PRE047", spot_of_a_name_with_spaces),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change"), SABOTAGE)
def test_each_fault_is_found(code: str, change: Change) -> None:
    looked = preflight.look_at(changed(PRESS, change), PATH)
    assert code in [one.code.id for one in looked.diagnostics]
    assert all(one.hint for one in looked.diagnostics)


def test_every_code_of_a_page_or_file_is_sabotaged_here() -> None:
    """PRE001, 002 and 024 are of whole files, 034 to 037 and 045 of sets of pages: see below;
    PRE027 is of tagged files: see tests/build/test_tagged.py."""
    tested = {code for code, _ in SABOTAGE}
    others = {"PRE001", "PRE002", "PRE024", "PRE027", "PRE034", "PRE035", "PRE037", "PRE045"}
    assert {one.id for one in vars(codes).values() if hasattr(one, "id")} == tested | others


def test_a_finding_says_where_on_the_page() -> None:
    looked = preflight.look_at(changed(PRESS, lambda writer: add(writer, text(2, 100))), PATH)
    (one,) = (one for one in looked.value.findings if one.diagnostic.code.id == "PRE031")
    assert one.page == 2
    assert one.diagnostic.where == "page 2"
    assert one.rects[0] == pytest.approx((2, 100, 42, 107))


def test_blank_pages_pages_too_few_and_pages_turned_over() -> None:
    odd = Extras(labels=(PageLabel(0, "roman"), PageLabel(3, "decimal")))
    data = pressed(5, spec=PressSpec(signature=0), extras=odd)
    assert found(data) == ["PRE035", "PRE037"]
    even = pressed(6, extras=Extras(labels=(PageLabel(0, "roman"), PageLabel(4, "decimal"))))
    looked = preflight.look_at(even, PATH)
    assert [one.code.id for one in looked.diagnostics] == ["PRE034"]
    assert "pages 7–16" in preflight.look_at(pressed(6, spec=PressSpec()), PATH).diagnostics[0].fact
    assert found(pressed(1, spec=PressSpec(signature=0)), "cover") == []
    assert pages_text([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"


def test_annotations_of_a_screen_file_must_print(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(drawn([text(60, 200)] * 2))
    data = screen.finish(source, meta=META, nav=Navigation(), profile=fitting())
    assert found(data) == []
    assert found(changed(data, annotate)) == []
    hidden = changed(data, lambda writer: annotate(writer, **{"/F": NumberObject(2)}))
    assert found(hidden) == ["PRE045"]
    # a screen file may use what its profile describes
    assert found(changed(data, colour("0 0 0 1 k"))) == []
    assert found(changed(data, colour("1 0 0 rg"))) == ["PRE040"]
    # text near the spine is no fault of a file that nobody binds
    assert found(changed(data, lambda writer: add(writer, text(250, 100)))) == []


@pytest.mark.parametrize("change", [
    spot("Black"), spot("All"), spot("Cyan", "Black"),
    lambda writer: add(writer, "0.25 w 100 100 m 150 100 l S"),
    lambda writer: add(writer, "100 100 50 0.4 re f"),
    lambda writer: add(writer, "100 100 m 150 100 l 150 100.1 l h f"),  # a shape, no bar
    lambda writer: add(writer, "0.1 w 100 100 m 150 100 l n"),  # nothing drawn
])  # fmt: skip
def test_process_inks_and_lines_thick_enough_are_no_findings(change: Change) -> None:
    assert found(changed(PRESS, change)) == []


def test_a_font_that_is_chosen_and_not_set_in_asks_for_nothing() -> None:
    def chosen(writer: Any) -> None:
        listed_font(writer)
        add(writer, "BT /G 9 Tf ET")

    assert found(changed(PRESS, chosen)) == ["PRE013"]


def test_a_file_that_claims_nothing_is_not_in_error_for_it() -> None:
    def honest(writer: Any) -> None:
        no_intent(writer)
        no_packet(writer)
        annotate(writer, **{"/F": NumberObject(0)})

    data = changed(PRESS, honest)
    looked = preflight.look_at(data, PATH)
    assert [one.code.id for one in looked.diagnostics] == ["PRE024"]
    assert exit_code(looked.diagnostics) == 0
    assert found(data, "press") == ["PRE020", "PRE021", "PRE044"]


def accessible(*, intents: bool = True, packed: bool = True, title: str = "A Book") -> Change:
    """A file that claims PDF/UA alone, with what its catalogue needs; its pages are untagged."""

    def change(writer: Any) -> None:
        if not intents:
            no_intent(writer)
        said = (f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF '
                f'xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description '
                f'xmlns:u="http://www.aiim.org/pdfua/ns/id/" u:part="1" '
                f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><r:Alt><r:li>{title}</r:li>'
                f"</r:Alt></dc:title></r:Description></r:RDF></x:xmpmeta>")  # fmt: skip
        packet = DecodedStreamObject()
        packet.set_data(said.encode())
        stored = packet.flate_encode() if packed else packet
        root(writer)[name("/Metadata")] = writer._add_object(stored)
        writer._info = None
        tree = {name("/K"): ArrayObject(), name("/ParentTree"): DictionaryObject()}
        root(writer)[name("/StructTreeRoot")] = DictionaryObject(tree)
        yes = BooleanObject(True)
        root(writer)[name("/MarkInfo")] = DictionaryObject({name("/Marked"): yes})
        shown = DictionaryObject({name("/DisplayDocTitle"): yes})
        root(writer)[name("/ViewerPreferences")] = shown

    return change


def tag_faults(change: Change) -> list[str]:
    looked = preflight.look_at(changed(PRESS, change), PATH, "auto")
    assert looked.value.claims == ("PDF/UA-1",)
    return [one.fact for one in looked.diagnostics if one.code.id in ("PRE020", "PRE021", "PRE027")
            and "leads to the structure tree" not in one.fact]  # fmt: skip


def test_PDF_UA_asks_for_a_title_and_not_for_colours() -> None:
    assert tag_faults(accessible(intents=False)) == []
    assert tag_faults(accessible(title="")) == ["its XMP metadata have no title (dc:title)"]

    def noted(writer: Any) -> None:
        accessible()(writer)
        annotate(writer)

    assert any("/Tabs" in one for one in tag_faults(noted))


@pytest.mark.parametrize(("operators", "fault"), [
    ("/Artifact BMC 100 100 5 5 re f EMC", False), ("0.1 w 1 0 0 1 0 0 cm", False),
    ("/Artifact <</Type /Pagination>> BDC /P BMC 9 9 5 5 re f EMC EMC", False),
    ("/P <</MCID 0>> BDC 100 100 5 5 re f EMC", True), ("100 100 5 5 re f", True),
    ("/Artifact BMC EMC 100 100 5 5 re f", True),
])  # fmt: skip
def test_a_page_of_artifacts_alone_needs_no_way_to_the_tree(operators: str, fault: bool) -> None:
    def change(writer: Any) -> None:
        accessible()(writer)
        stream = DecodedStreamObject()
        stream.set_data(operators.encode())
        page(writer)[name("/Contents")] = writer._add_object(stream)

    looked = preflight.look_at(changed(PRESS, change), PATH)
    lost = [one.place for one in looked.diagnostics if "leads to the structure tree" in one.fact]
    assert ("page 2" in lost) == fault, lost


def test_metadata_may_be_packed_but_for_the_first_part_and_printers() -> None:
    def packed(claim: bytes) -> Change:
        def change(writer: Any) -> None:
            data = root(writer)["/Metadata"].get_object().get_data()
            stream = DecodedStreamObject()
            stream.set_data(data.replace(b"<pdfaid:part>2<", claim))
            root(writer)[name("/Metadata")] = writer._add_object(stream.flate_encode())

        return change

    assert b"<pdfaid:part>2<" in root(PdfWriter(io.BytesIO(PRESS)))["/Metadata"].get_data()
    for claim, purpose, told in ((b"<pdfaid:part>2<", "screen", []),
                                 (b"<pdfaid:part>1<", "screen", ["PRE021"]),
                                 (b"<pdfaid:part>2<", "press", ["PRE021"])):  # fmt: skip
        data = changed(PRESS, packed(claim))
        assert [one for one in found(data, purpose) if one == "PRE021"] == told  # type: ignore[arg-type]


def test_units_of_a_page_may_be_larger_than_points() -> None:
    """The same page at twice the size: text that was near the spine no longer is."""
    near = changed(PRESS, lambda writer: add(writer, text(250, 100)))
    assert found(near) == ["PRE032"]

    def larger(writer: Any) -> None:
        for one in writer.pages:
            one[name("/UserUnit")] = FloatObject(2)

    assert found(changed(near, larger)) == []
    thin = changed(PRESS, lambda writer: add(writer, "0.2 w 100 100 m 150 100 l S"))
    assert found(changed(thin, larger)) == []
    coarse = changed(PRESS, picture("/DeviceGray", 90, 20))  # 324 pixels an inch
    assert found(coarse) == []
    assert found(changed(coarse, larger)) == ["PRE042"]

    beyond = changed(PRESS, lambda writer: add(writer, text(2, 100)))
    facts = [preflight.look_at(one, PATH).diagnostics[0].fact
             for one in (beyond, changed(beyond, larger))]  # fmt: skip
    small, large = ([float(one) for one in re.findall(r"(-?[\d.]+) mm", fact)] for fact in facts)
    assert large == pytest.approx([2 * one for one in small], abs=0.11)

    def one_larger(writer: Any) -> None:
        page(writer)[name("/UserUnit")] = FloatObject(2)

    assert found(changed(PRESS, one_larger)) == ["PRE033"]


def encrypted(password: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(PRESS))
    writer.encrypt(password, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_file_that_opens_without_a_password_is_told_and_read(algorithm: str) -> None:
    if algorithm != "RC4-128":
        pytest.importorskip("cryptography")
    looked = preflight.look_at(encrypted("", algorithm), PATH)
    assert [one.code.id for one in looked.diagnostics] == ["PRE002"]
    assert "opens without a password" in looked.diagnostics[0].fact
    assert looked.value.pages == 4
    assert exit_code(looked.diagnostics) == 5  # it claims what forbids it
    shut = preflight.look_at(encrypted("open", algorithm), PATH)
    assert "opens only with a password" in shut.diagnostics[0].fact
    assert shut.value.pages == 0


def test_a_file_that_claims_nothing_may_be_encrypted() -> None:
    def honest(writer: Any) -> None:
        no_intent(writer)
        no_packet(writer)
        writer.encrypt("", "owner", algorithm="RC4-128")

    data = changed(PRESS, honest)
    looked = preflight.look_at(data, PATH)
    assert [(one.code.id, one.level.name) for one in looked.diagnostics] == [
        ("PRE002", "WARNING"), ("PRE024", "INFO"),
    ]  # fmt: skip
    assert exit_code(preflight.look_at(data, PATH, "press").diagnostics) == 5


def test_without_its_library_aes_is_told_with_what_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lacking(_: PdfReader, __: str) -> PasswordType:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(PdfReader, "decrypt", lacking)
    (one,) = preflight.look_at(encrypted("", "RC4-128"), PATH).diagnostics
    assert one.code.id == "PRE002"
    assert "cryptography" in (one.hint or "")


def test_dots_of_mathematics_are_what_they_say() -> None:
    def maths(writer: Any) -> None:
        composite(ELLIPSIS)(writer)
        font(writer)[name("/BaseFont")] = name("/LatinModernMath")

    assert "PRE012" not in found(changed(PRESS, maths))


# --- what is drawn -----------------------------------------------------------------------------


def runs(content: str) -> list[tuple[float, ...]]:
    return [tuple(round(value, 2) for value in run)
            for run in scan(reader(drawn([content])).pages[0]).runs]  # fmt: skip


def test_text_is_followed_through_every_way_of_moving() -> None:
    assert runs("BT /F 10 Tf 50 60 Td (xx) Tj (x) Tj ET") == [
        (50, 60, 70, 67), (70, 60, 80, 67),
    ]  # fmt: skip
    assert runs("BT /F 10 Tf 12 TL 50 60 Td (x) Tj T* (x) Tj (x) ' 1 2 (xx) \" ET") == [
        (50, 60, 60, 67), (50, 48, 60, 55), (50, 36, 60, 43), (50, 24, 74, 31),
    ]  # fmt: skip
    assert runs("BT /F 10 Tf 50 60 TD 0 -20 TD (x) Tj T* (x) Tj ET") == [
        (50, 40, 60, 47), (50, 20, 60, 27),
    ]  # fmt: skip
    assert runs("BT /F 10 Tf 200 Tz 3 Ts 50 60 Td [(x) -500 <78>] TJ ET") == [(50, 63, 100, 70)]
    assert runs("q 2 0 0 2 10 10 cm BT /F 10 Tf 1 0 0 1 5 5 Tm (x) Tj ET Q") == [(20, 20, 40, 34)]
    assert runs("BT /F 10 Tf 3 Tr 50 60 Td (x) Tj ET") == []


def test_lines_from_top_to_bottom_are_followed_downwards() -> None:
    data = drawn([f"BT /F 20 Tf 200 380 Td <{'0061' * count}> Tj ET" for count in (5, 30)])

    def stand(writer: Any) -> None:
        composite()(writer)
        font(writer)[name("/Encoding")] = name("/UniCNS-UTF16-V")
        writer.pages[0]["/Resources"]["/Font"][name("/F")] = font(writer)

    looked = preflight.look_at(changed(data, stand), PATH).value
    short = scan(reader(changed(data, stand)).pages[0])
    assert short.runs == [(190.0, 280.0, 210.0, 380.0)]
    outside = [one for one in looked.findings if one.diagnostic.code.id == "PRE031"]
    assert [(one.page, one.rects) for one in outside] == [(2, ((190.0, -220.0, 210.0, 380.0),))]


def test_a_broken_operator_is_named_and_the_rest_is_read() -> None:
    (one,) = reader(drawn([f"1 Td /F Tf {text(2, 100)} {text(-50, 100)}"])).pages
    content = scan(one)
    assert content.faults == ["operator Td: its operands do not fit",
                              "operator Tf: its operands do not fit"]  # fmt: skip
    assert len(content.runs) == 2


@pytest.mark.parametrize(("info", "packet", "alike"), [
    ("D:20261123080000+08'00'", "2026-11-23T00:00:00Z", True),
    ("D:20261123080000+08'00'", "2026-11-22T19:00:00-05:00", True),
    ("D:20261123", "2026-11-23T00:00:00+00:00", True),
    ("D:20261123080000Z", "2026-11-23T08:00:00.25Z", True),
    ("D:20261123080000+08'00'", "2026-11-23T08:00:00Z", False),
    ("D:20269999999999", "2026-11-23T08:00:00Z", False),
    ("yesterday", "2026-11-23T08:00:00Z", False),
])  # fmt: skip
def test_dates_are_compared_as_moments(info: str, packet: str, alike: bool) -> None:
    def date(writer: Any) -> None:
        writer._info[name("/CreationDate")] = TextStringObject(info)
        stream = root(writer)["/Metadata"].get_object()
        stream.set_data(re.sub(rb"(<xmp:CreateDate>)[^<]*", rb"\g<1>" + packet.encode(),
                               stream.get_data()))  # fmt: skip

    assert ("PRE022" not in found(changed(PRESS, date))) is alike


def test_what_is_said_of_many_pages_is_told_once() -> None:
    looked = preflight.look_at(pressed(4, spec=PressSpec(signature=4, bleed=1)), PATH).value
    assert [one.page for one in looked.findings] == [1, 2, 3, 4]
    (told,) = gathered(looked.findings)
    assert (told.code.id, told.where) == ("PRE036", "pages 1–4")


def test_a_form_that_draws_itself_is_a_fault_and_no_loop() -> None:
    def loop(writer: Any) -> None:
        form = DecodedStreamObject()
        form.set_data(b"/X Do /X Do /X Do")
        form[name("/Subtype")] = name("/Form")
        reference = writer._add_object(form)
        objects = DictionaryObject({name("/X"): reference})
        form[name("/Resources")] = DictionaryObject({name("/XObject"): objects})
        page(writer)["/Resources"][name("/XObject")] = objects
        add(writer, "/X Do")

    assert "PRE004" in found(changed(PRESS, loop))


@pytest.mark.parametrize(("data", "expected"), [
    (b"1 -2. .5 +3 0 0 cm", [("cm", [1, -2, 0.5, 3, 0, 0])]),
    (b"(a(b)\\)\\101\\\nc) Tj", [("Tj", [b"a(b))Ac"])]),
    (b"<4 1 4> Tj % (\n/N#20 gs", [("Tj", [b"A@"]), ("gs", ["/N "])]),
    (b"[(a)-1.5[2]<62>]TJ", [("TJ", [[b"a", -1.5, [2.0], b"b"]])]),
    (b"[1 2 f Q", [("f", []), ("Q", [])]),
    (b"BI /W 1 ID \x00EIx EI Q", [("BI", ["/W", 1.0]), ("Q", [])]),
    (b"true null 1e9 inf Tj", [("inf", [1.0, None, 0.0]), ("Tj", [])]),
    (b"(open", []), (b")>]}{ f", [("f", [])]),
])  # fmt: skip
def test_content_is_read_token_by_token(data: bytes, expected: list[Any]) -> None:
    assert list(tokens.operations(data)) == expected


@given(st.binary(max_size=300))
def test_no_content_is_too_strange_to_read(data: bytes) -> None:
    list(tokens.operations(data))


# --- files that are none -----------------------------------------------------------------------


@pytest.mark.parametrize(("data", "code", "fact"), [
    (b"", "PRE001", "empty"),
    (b"PK\x03\x04 a word processor's file", "PRE001", "not a PDF"),
    (PRESS[: len(PRESS) // 2], "PRE001", "cut off"),
    (b"%PDF-1.7\n%%EOF\n", "PRE001", "damaged"),
    (encrypted("secret", "RC4-128"), "PRE002", "encrypted"),
])  # fmt: skip
def test_what_is_no_readable_pdf(tmp_path: Path, data: bytes, code: str, fact: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    looked = preflight.run(path)
    assert [one.code.id for one in looked.diagnostics] == [code]
    assert fact in looked.diagnostics[0].fact
    assert exit_code(looked.diagnostics) == 5
    assert json.loads(json.dumps(looked.value.as_dict()))["pages"] == 0


def test_a_folder_or_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.pdf"):
        assert [one.code.id for one in preflight.run(path).diagnostics] == ["PRE001"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_is_never_a_traceback(data: st.DataObject) -> None:
    """Bytes changed, cut out or doubled anywhere: findings, or none, but nothing raised."""
    broken = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(broken) - 1))
        match data.draw(st.sampled_from(("change", "cut", "double", "digit"))):
            case "change":
                broken[at] = data.draw(st.integers(0, 255))
            case "cut":
                del broken[at : at + data.draw(st.integers(1, 40))]
            case "double":
                broken[at:at] = broken[at : at + data.draw(st.integers(1, 40))]
            case "digit":
                digits = [n for n, one in enumerate(broken) if 48 <= one <= 57]
                broken[digits[at % len(digits)]] = data.draw(st.integers(48, 57))
        if not broken:
            return
    with preflight.quiet():
        looked = preflight.look_at(bytes(broken), PATH)
    assert looked.value.as_dict()
    assert all(one.code.area == "PRE" for one in looked.diagnostics)


def small() -> bytes:
    """A press file without its packet's padding and profile, so that damage hits structure."""

    def shorten(writer: Any) -> None:
        root(writer)["/Metadata"].get_object().set_data(b"<x/>")
        annotate(writer, **{"/Hidden": BooleanObject(True)})
        add(writer, "BI /W 1 /H 1 ID x EI /G gs 0 0 0 1 k 1 2 3 4 re f")

    return changed(pressed(2, spec=PressSpec(signature=2, marks=True)), shorten)


SMALL = small()
