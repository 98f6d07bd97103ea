"""Files for readers and printers: boxes, marks, labels, links, metadata, what is kept, pictures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from press_samples import HEIGHT, META, WIDTH, drawn, fitting, navigation, pressed, reader, text
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from edition.config import Bilingual, Config
from edition.diagnostics import Code, Diagnostic, Severity, exit_code
from edition.latex.cover import CoverShape, balanced, tied, title_size
from edition.layout.types import Named, Slice, SliceAt
from edition.press import (
    boxes,
    contact,
    cover,
    kept,
    marks,
    pictures,
    preflight,
    printing,
    profiles,
    screen,
    service,
    slug,
    tounicode,
)
from edition.press import navigation as links
from edition.press.boxes import frame, gutter_growth
from edition.press.kept import PagePlace
from edition.press.links import metadata
from edition.press.preflight.content import scan
from edition.press.printing import Extras, PressSpec, padding
from edition.press.types import MM, PageLabel
from edition.pressing import PressSettings
from edition.source import SourceFile

HERE = Path(__file__).parents[1]


# --- the page --------------------------------------------------------------------------------


def test_boxes_lie_in_each_other() -> None:
    for page in reader(pressed(spec=PressSpec(marks=True))).pages:
        trim, bleed, media = page.trimbox, page.bleedbox, page.mediabox
        assert float(trim.width) == pytest.approx(WIDTH, abs=0.01)
        assert float(trim.left) - float(bleed.left) == pytest.approx(3 * MM, abs=0.01)
        assert float(bleed.left) - float(media.left) == pytest.approx(10 * MM, abs=0.01)
        assert float(media.left) == float(media.bottom) == 0
        assert "/ArtBox" not in page
        assert "/CropBox" not in page


@pytest.mark.parametrize(("pages", "signature", "added"), [
    (13, 16, 3), (16, 16, 0), (17, 16, 15), (5, 4, 3), (7, 1, 0), (7, 0, 0),
])  # fmt: skip
def test_pages_fill_the_signature(pages: int, signature: int, added: int) -> None:
    assert padding(pages, signature) == added
    made = pressed(pages, spec=PressSpec(signature=signature))
    assert len(reader(made).pages) == pages + added


def test_the_gutter_grows_with_the_book() -> None:
    growth = [gutter_growth(pages) for pages in (40, 150, 200, 400, 600, 900)]
    assert growth == sorted(growth)
    assert growth[0] == 0.0
    thin, thick = pressed(8), pressed(200)
    for page in (0, 1):
        narrow = scan(reader(thin).pages[page]).runs[0][0]
        wide = scan(reader(thick).pages[page]).runs[0][0]
        # a recto moves to the right, away from its spine, a verso to the left
        assert wide - narrow == pytest.approx((1 if page == 0 else -1) * 2.0 * MM, abs=0.02)
    assert scan(reader(pressed(200, spec=PressSpec(grow_gutter=False))).pages[0]).runs[0][0] == (
        pytest.approx(scan(reader(thin).pages[0]).runs[0][0])
    )


@pytest.mark.parametrize("bleed", [0, 1, 3, 5])
def test_marks_stand_outside_the_bleed_and_clear_of_the_trim(bleed: float) -> None:
    shape = frame(WIDTH, HEIGHT, bleed, 10)
    left, bottom, right, top = shape.trim
    around = max(bleed, 2) * MM
    left, bottom, right, top = left - around, bottom - around, right + around, top + around
    lines = marks.segments(shape)
    assert len(lines) == 8
    for x0, y0, x1, y1 in lines:
        outside_x = max(x0, x1) <= left + 1e-6 or min(x0, x1) >= right - 1e-6
        outside_y = max(y0, y1) <= bottom + 1e-6 or min(y0, y1) >= top - 1e-6
        assert outside_x or outside_y
        assert min(x0, y0, x1, y1) >= 0
        assert max(x0, x1) <= shape.media[2]
        assert max(y0, y1) <= shape.media[3]
        # each points at an edge of the trim
        assert any(abs(x0 - x) < 1e-6 for x in (shape.trim[0], shape.trim[2])) or any(
            abs(y0 - y) < 1e-6 for y in (shape.trim[1], shape.trim[3])
        )


def test_the_slug_line_names_work_page_and_signature() -> None:
    made = printing.finish_data(
        drawn([text(60, 200)] * 8), meta=META, profile=fitting(), extras=Extras(name="garden"),
        spec=PressSpec(marks=True, signature=4),
    )  # fmt: skip
    shape = frame(WIDTH, HEIGHT, 3, 10)
    line = slug.legible("garden · 2026-11-23 · FOGRA39 · 5/8 · signature 2")
    room = int((WIDTH - 4 * MM) / slug.width(" ", marks.LETTERS))
    y = shape.bleed[1] - marks.LENGTH + 0.5 * MM
    strokes = slug.operators(line[:room], shape.trim[0] + 2 * MM, y, marks.LETTERS)
    contents = reader(made).pages[4].get_contents()
    assert contents is not None
    assert strokes.encode() in contents.get_data()
    assert slug.operators("x", 0, 0, 6) in slug.operators("X", 0, 0, 6)


@given(st.text(max_size=60))
def test_any_slug_line_is_drawn(line: str) -> None:
    drawn_line = slug.operators(line, 10, 10, 6)
    numbers = [float(one) for one in re.findall(r"-?\d+\.\d+", drawn_line)]
    assert all(10 <= x <= 10 + slug.width(slug.legible(line), 6) for x in numbers[::2])
    assert all(10 <= y <= 16 for y in numbers[1::2])


def test_a_press_file_has_no_annotations_and_says_what_it_is() -> None:
    found = reader(pressed(extras=Extras(labels=(PageLabel(0, "roman"), PageLabel(2, "decimal")))))
    root = found.trailer["/Root"]
    assert found.pdf_header == "%PDF-1.6"
    kinds = [one.get_object()["/S"] for one in root["/OutputIntents"]]
    assert kinds == ["/GTS_PDFX", "/GTS_PDFA1"]
    assert len({one.get_object().raw_get("/DestOutputProfile").idnum
                for one in root["/OutputIntents"]}) == 1  # fmt: skip
    assert not any("/Annots" in page for page in found.pages)
    assert found.metadata is not None
    assert found.metadata.raw_get("/Trapped") == NameObject("/False")
    assert found.page_labels == ["i", "ii", "1", "2"]
    packet = root["/Metadata"].get_data().decode()
    assert "小樣 &amp; &lt;specimen&gt;" in packet


def test_a_screen_file_leads_somewhere(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(drawn([text(60, 200)] * 3))
    made = screen.finish(source, meta=META, nav=navigation(3), profile=fitting())
    found = reader(made)
    assert [one.title for one in found.outline if not isinstance(one, list)] == [
        "一　入園 · Into the garden"
    ]
    assert found.page_labels == ["i", "ii", "1"]
    assert found.trailer["/Root"]["/Lang"] == "zh-Hant"
    first, second = (one.get_object() for one in found.pages[0]["/Annots"])
    assert first["/F"] == 4
    assert found.get_page_number(first["/Dest"][0].get_object()) == 2
    assert second["/A"]["/URI"] == "https://example.org/%E5%9C%92?q=%E4%B8%80%20%E4%BA%8C#%E4%B8%80"


@given(st.text())
def test_addresses_are_ascii_and_encoded_once(uri: str) -> None:
    encodable = uri.encode("utf-8", "replace").decode()
    once = links.ascii_uri(encodable)
    assert once.isascii()
    assert links.ascii_uri(once) == once


def test_equal_input_gives_equal_bytes_and_other_input_another_id() -> None:
    assert pressed() == pressed()
    ids = {
        bytes(reader(one).trailer["/ID"][0].original_bytes)
        for one in (pressed(), pressed(spec=PressSpec(bleed=5, signature=4)), pressed(8))
    }
    assert len(ids) == 3


def test_files_are_dated_by_the_edition_or_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert metadata(Config(id="x", title=Bilingual(), date="2026-01-31")).date == (
        datetime(2026, 1, 31, tzinfo=UTC)
    )
    undated = Config(id="x", title=Bilingual())
    assert metadata(undated).date == datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)
    for odd in ("", "yesterday", "-5", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", odd)
        assert metadata(undated).date == datetime(2000, 1, 1, tzinfo=UTC)


# --- ToUnicode --------------------------------------------------------------------------------

CMAP = (
    b"2 beginbfchar\n<0001> <22EF>\n<0002> <4E00>\nendbfchar\n"
    b"3 beginbfrange\n<0010> <0012> <2780>\n<0020> <0022> [<4E00> <22EF> <4E8C>]\n"
    b"<0030> <0031> <0041>\nendbfrange"
)


USUAL = {"⋯": "…", "➀": "①", "➁": "②", "➂": "③", "ﬃ": "ffi"}


def says(_: int, text: str) -> str:
    return "".join(USUAL.get(char, char) for char in text)


def test_shared_glyphs_are_named_as_text_means_them() -> None:
    assert tounicode.repaired_cmap(CMAP, says) == (
        b"2 beginbfchar\n<0001> <2026>\n<0002> <4E00>\nendbfchar\n"
        b"3 beginbfrange\n<0010> <0012> [<2460> <2461> <2462>]\n"
        b"<0020> <0022> [<4E00> <2026> <4E8C>]\n<0030> <0031> <0041>\nendbfrange"
    )
    assert tounicode.characters(CMAP) == set("⋯一➀➁➂二AB")
    assert tounicode.glyphs(CMAP) == {1, 2, 0x10, 0x11, 0x12, 0x20, 0x21, 0x22, 0x30, 0x31}
    once = tounicode.repaired_cmap(CMAP, says)
    assert tounicode.repaired_cmap(once, says) == once


def _map_of(base: str, cmap: bytes, named: Named) -> bytes:
    writer = PdfWriter()
    stream = DecodedStreamObject()
    stream.set_data(cmap)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"),
                             NameObject("/BaseFont"): NameObject(base),
                             NameObject("/ToUnicode"): writer._add_object(stream)})  # fmt: skip
    kept: Any = writer._add_object(font)
    tounicode.repair(writer, named)
    return bytes(kept.get_object()["/ToUnicode"].get_object().get_data())


def test_only_fonts_that_are_known_are_repaired() -> None:
    cmap = b"1 beginbfchar\n<0007> <FB03>\nendbfchar"
    named = Named(fonts={"Alpha": {"ﬃ": "ffi"}}, glyphs={"Beta": {7: "⻌"}})
    assert b"<006600660069>" in _map_of("/ABCDEF+Alpha-Bold-Identity-H", cmap, named)
    assert b"<2ECC>" in _map_of("/ABCDEF+Beta-Regular-Identity-H", cmap, named)
    assert _map_of("/ABCDEF+Gamma-Regular", cmap, named) == cmap


def test_a_twin_is_the_font_of_its_name_that_has_no_other_glyphs() -> None:
    named = Named(fonts={"Han": {"⋯": "…"}}, twins=(("Han", {1: "⋯", 9: "〜"}),))
    twin = b"1 beginbfchar\n<0001> <22EF>\nendbfchar"
    more = b"2 beginbfchar\n<0001> <22EF>\n<0002> <4E00>\nendbfchar"
    assert b"<22EF>" in _map_of("/ABCDEF+Han-Regular", twin, named)
    assert b"<2026>" in _map_of("/ABCDEF+Han-Regular", more, named)


def test_glyphs_without_a_character_say_that_they_have_none() -> None:
    cmap = b"1 beginbfchar\n<0001> <4E00>\nendbfchar\nendcmap"
    made = tounicode.completed(cmap, {7: tounicode.UNKNOWN, 300: "\u119e"})
    assert tounicode.glyphs(made) == {1, 7, 300}
    assert tounicode.characters(made) == {"一", "\ufffd", "\u119e"}
    assert made.endswith(b"endcmap")
    assert tounicode.completed(cmap, {}) == cmap


@given(st.binary(max_size=200))
def test_no_cmap_is_too_broken_to_read(data: bytes) -> None:
    block = b"1 beginbfrange " + data + b" endbfrange 1 beginbfchar " + data + b" endbfchar"
    tounicode.characters(block)
    tounicode.glyphs(block)
    tounicode.repaired_cmap(block, says)


# --- profiles, settings, spine -------------------------------------------------------------------


def test_a_missing_or_unfit_profile_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.icc").write_bytes(b"no profile" * 20)
    header = bytearray(fitting().data)
    header[12:16] = b"mntr"
    (tmp_path / "screen.icc").write_bytes(bytes(header))
    for file in ("nowhere.icc", "no.icc", "screen.icc"):
        found = profiles.load(file, tmp_path, printer=True)
        assert found.value is None
        assert [one.code.id for one in found.diagnostics] == ["PRE101"]
        assert found.diagnostics[0].hint
        assert exit_code(found.diagnostics) == 5
    assert profiles.load("screen.icc", tmp_path, printer=False).value is not None


def test_the_spine_is_as_wide_as_the_paper_is_thick() -> None:
    # 100 leaves of 80 g/m² at 1.25 cm³/g are 10 mm; a cover of 0.3 mm stands on either side
    settings = PressSettings(weight=80, bulk=1.25, cover=0.3)
    assert cover.spine_width(200, settings) == pytest.approx(10.6)
    assert cover.spine_width(199, settings) == pytest.approx(10.6)
    assert cover.spine_sum(199, settings) == "10.60 = 100 × 80 × 1.25 / 1000 + 2 × 0.3"
    shape = cover.shape_of(170 * MM, 240 * MM, 200, settings)
    assert shape == CoverShape(170.0, 240.0, 10.6)
    assert shape.whole == pytest.approx(350.6)


@given(st.text("園中小記", min_size=1, max_size=60))
def test_a_title_fits_its_field(title: str) -> None:
    size, width = title_size(title, 380, 150)
    assert 12 <= size <= 34
    lines = -(-len(title) // int(width / size))
    assert width <= 380
    assert lines <= 4 or size == 12.0


def test_english_titles_break_into_lines_of_one_length() -> None:
    title = tied("The Letters of a Gardener and the Weather in His Garden")
    assert title.replace("\u00a0", "~") == "The~Letters of~a~Gardener and~the~Weather in~His Garden"
    assert balanced("Notes", 9, 380) == 380
    assert len(title) * 9 / 2 < balanced(title, 9, 380) < 380
    # a word that needs the whole width has it
    assert balanced("x" * 60 + " y", 9, 380) == 380


def test_profiles_are_looked_up_by_name() -> None:
    config = Config(id="x", title=Bilingual(), press_profiles={"shop": PressSettings(bleed=5)})
    assert service.settings_of(config, None).value == config.press
    chosen = service.settings_of(config, "shop").value
    assert chosen is not None
    assert chosen.bleed == 5
    missing = service.settings_of(config, "shpo")
    assert [one.code.id for one in missing.diagnostics] == ["USE021"]
    assert "shop" in missing.diagnostics[0].hint
    assert exit_code(missing.diagnostics) == 2


def test_a_press_without_a_build_says_so(tmp_path: Path) -> None:
    from edition.engine.cache import Cache

    made = service.press(Config(id="x", title=Bilingual()), root=tmp_path, work=tmp_path,
                         folder=tmp_path / "dist", cache=Cache(tmp_path / "c"))  # fmt: skip
    assert [one.code.id for one in made.diagnostics] == ["PRE102"]
    assert not (tmp_path / "dist").exists()


# --- what a build leaves -------------------------------------------------------------------------


def test_what_a_build_leaves_comes_back_whole(tmp_path: Path) -> None:
    config = Config(id="garden", title=Bilingual(zh="園中小記"), editors=(Bilingual(en="A. B."),))
    places = (PagePlace("i.1", 3, (60.0, 100.0, 200.0, 120.5), "source/text/01.en.md"),)
    meta = replace(META, date=datetime(2026, 1, 31, tzinfo=UTC))
    facts = kept.told(config, metadata=meta, navigation=navigation(5), places=places)
    kept.save(tmp_path, name="garden", source=b"%PDF", facts=facts)
    found = kept.load(tmp_path)
    assert found is not None
    assert (found.name, found.pdf, found.metadata) == ("garden", b"%PDF", meta)
    assert (found.navigation, found.places) == (navigation(5), places)
    other = Config(id="garden", title=Bilingual(zh="别名"))
    assert found.printed(other).title.zh == "園中小記"
    assert found.printed(other).editors == config.editors
    (tmp_path / kept.PDF).write_bytes(b"%PDF of another build")
    assert kept.load(tmp_path) is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 1}', "null"])
def test_damaged_facts_count_as_none(tmp_path: Path, damage: str) -> None:
    (tmp_path / kept.PDF).write_bytes(b"%PDF")
    (tmp_path / kept.FACTS).write_text(damage)
    assert kept.load(tmp_path) is None


def test_places_are_in_pdf_units_from_below() -> None:
    from tex_samples import box, layout

    slices = [SliceAt(Slice("i.1", 0, 2), 4, 72.27, 72.27, 144.54)]
    boxed = {"i.1": box("i.1", "zh", "字", width=72.27)}
    made = kept.places_of(slices, boxed, layout().geometry)
    height = layout().geometry.paper_height * 72 / 72.27
    (one,) = made
    assert (one.segment, one.page) == ("i.1", 4)
    assert one.rect == pytest.approx((72, height - 144, 144, height - 72), abs=0.01)


# --- pictures --------------------------------------------------------------------------------

DOUBT = Code("PRE999", Severity.WARNING, "A doubt of the tests")  # not in the registry


def test_findings_are_marked_where_they_stand(tmp_path: Path) -> None:
    data = drawn([text(60, 200)] * 5)
    places = (PagePlace("i.1", 2, (60, 190, 100, 210)), PagePlace("i.1", 3, (60, 400, 100, 410)))
    found = [Diagnostic(code=DOUBT, fact="zu <dünn>", segment="i.1"),
             Diagnostic(code=DOUBT, fact="on a page", where="page 5"),
             Diagnostic(code=DOUBT, fact="nowhere")]  # fmt: skip
    findings = pictures.located(found, places)
    assert [(one.page, one.rects) for one in findings] == [
        (3, ((60, 190, 100, 210),)), (5, ()), (0, ()),
    ]  # fmt: skip
    made = pictures.make(data, tmp_path, findings, title="小 & 記", facing=True)
    assert made.value is not None, made.diagnostics
    report = made.value.report.read_text("utf-8")
    assert "zu &lt;dünn&gt;" in report
    assert "小 &amp; 記" in report
    sources = re.findall(r'<img src="([^"]+)"', report)
    assert len(sources) == 5
    assert all((tmp_path / one).is_file() for one in sources)
    style = re.search(r'class="mark warning"[^>]*style="left:(.*?)%;top:(.*?)%;', report)
    assert style is not None
    assert float(style[1]) == pytest.approx(100 * 60 / WIDTH, abs=0.01)
    assert float(style[2]) == pytest.approx(100 * (HEIGHT - 210) / HEIGHT, abs=0.01)
    # red pixels only where the page with the finding lies
    from PIL import Image

    with Image.open(made.value.sheet) as sheet:
        assert sheet.width > 3 * contact.PAGE
        pixels = sheet.convert("RGB").tobytes()
    assert any(red > 180 and blue < 90 for red, blue in zip(pixels[::3], pixels[2::3], strict=True))


def test_a_finding_is_marked_on_the_side_of_its_file() -> None:
    file = SourceFile("text/01.en.md", "The gate")
    places = (PagePlace("i.1", 2, (60, 190, 100, 210), "text/01.zh.md"),
              PagePlace("i.1", 3, (60, 400, 100, 410), "text/01.en.md"))  # fmt: skip
    found = [Diagnostic(code=DOUBT, fact="in the English", segment="i.1", span=file.span(0, 3)),
             Diagnostic(code=DOUBT, fact="in the notes", segment="i.1",
                        span=SourceFile("notes/01.yaml", "x").span(0, 1))]  # fmt: skip
    assert [one.page for one in pictures.located(found, places)] == [4, 3]


def test_pictures_of_a_build_before_are_replaced_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "proof-pages-mine").mkdir()
    (tmp_path / ".proof.edition-0123abcd.new").mkdir()
    first = pictures.make(drawn([text(60, 200)]), tmp_path, (), title="a", facing=False).value
    second = pictures.make(drawn([text(90, 200)]), tmp_path, (), title="a", facing=False).value
    assert first is not None
    assert second is not None
    assert {one.name for one in tmp_path.iterdir()} == {
        "proof.png", "proof.html", "proof-pages-mine", second.pages.name,
    }  # fmt: skip
    assert not first.pages.exists()


def test_without_poppler_the_proof_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    made = pictures.make(drawn([""]), tmp_path / "dist", (), title="a", facing=False)
    assert [one.code.id for one in made.diagnostics] == ["ENV101"]
    assert "poppler-utils" in made.diagnostics[0].hint
    assert exit_code(made.diagnostics) == 3


def test_a_poppler_that_fails_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "bin" / "pdftoppm"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho out of paint >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{broken.parent}:/usr/bin:/bin")
    made = pictures.make(drawn([""]), tmp_path / "dist", (), title="a", facing=False)
    assert [one.code.id for one in made.diagnostics] == ["PRE103"]
    assert "out of paint" in made.diagnostics[0].fact
    assert list((tmp_path / "dist").iterdir()) == []


@pytest.mark.parametrize("facing", [True, False])
@pytest.mark.parametrize("pages", [1, 2, 7, 144, 1000])
def test_the_contact_sheet_has_room_for_every_page(pages: int, facing: bool) -> None:
    lay = contact.grid(pages, 170, 240, facing=facing)
    corners = [lay.place(page) for page in range(pages)]
    assert len(set(corners)) == pages
    width, height = lay.size
    assert all(x > 0 and x + lay.width < width and y > 0 and y + lay.height < height
               for x, y in corners)  # fmt: skip


# --- whole files or none -------------------------------------------------------------------------

WRITER = """
import sys
sys.path.insert(0, sys.argv[1]); sys.path.insert(0, sys.argv[2])
from pathlib import Path
from typing import Any
from press_samples import drawn, text
from edition.press import service
source = Path(sys.argv[3])
print("ready", flush=True)
while True:
    for marks in (True, False):
        service.booklet(source, signature=8, marks=marks, out=Path(sys.argv[4]))
"""


def test_a_writer_that_is_killed_leaves_the_file_whole(tmp_path: Path) -> None:
    source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
    source.write_bytes(drawn([text(60, 200, "x" * 4000)] * 60))
    whole = []
    for with_marks in (True, False):
        assert service.booklet(source, signature=8, marks=with_marks, out=target).value == target
        whole.append(target.read_bytes())
    for delay in (0.0, 0.013, 0.029, 0.041, 0.057, 0.083, 0.111):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(HERE), str(HERE.parent), str(source), str(target)],
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.kill()
        process.wait()
        process.stdout.close()
        assert target.read_bytes() in whole
        assert preflight.look_at(target.read_bytes(), target).value.purpose


def test_a_report_is_json(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pressed(3, spec=PressSpec(signature=0)))
    report = preflight.run(path).value
    again = json.loads(json.dumps(report.as_dict()))
    assert again["pages"] == 3
    assert again["claims"] == ["PDF/A-2u", "PDF/X-4"]
    assert [one["code"] for one in again["findings"]] == ["PRE035"]
    assert "certif" in report.summary()
    assert "no certificate" in report.summary()
    assert boxes.trimmed_size(path.read_bytes())[2] == 3
