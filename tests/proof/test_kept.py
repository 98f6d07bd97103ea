"""Proofs of pages are kept, and whatever a proof rests on brings it back to be made again: a page
spoilt in the finished file is seen, though its lines, its plan and its XDV are as before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import book_samples
import pytest
from proof_samples import matter_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, NumberObject

from edition.build.pages import Composed
from edition.engine.cache import Cache
from edition.press.characters import Finished
from edition.proof import book, facts, reading
from edition.proof.reading import Read
from edition.proof.types import Proof, ProofMatter

pytestmark = pytest.mark.tex

ZH = "山下有泉，泉邊有石。每至三月，水色最清；遊人取以煮茶。"
EN = "Below the hill is a spring, and beside it lies a stone. "
NOTE = """- id: n{n}
  at: s.{n}
  quote: {{zh: 甲{n}, en: Jia{n}}}
  layer: 注
  zh: 此泉四時不竭。{more}
  en: It never dries.
"""


def _notes(changed: str = "") -> str:
    return "".join(NOTE.format(n=n, more=changed if n == 40 else "") for n in range(0, 60, 4))


@dataclass
class Case:
    folder: Path
    made: Composed

    def read(
        self, pdf: bytes, matter: ProofMatter | None = None, **more: Any
    ) -> tuple[Read, Proof]:
        matter = matter or matter_of(self.made)
        path = self.folder / "read.pdf"
        path.write_bytes(pdf)
        read = reading.read_back(path, facts.of_book(matter), cache=Cache(self.folder / "cache"),
                                 variant="work-facing", **more)  # fmt: skip
        assert read.diagnostics == ()
        assert read.value is not None
        return read.value, book.prove(matter, read.value.pages)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    zh = "\n\n".join(["# 題 {#s}", *(f"{ZH * 3}甲{n} {{#s.{n}}}" for n in range(60))])
    en = "\n\n".join(["# Head {#s}", *(f"{EN * 4}Jia{n} {{#s.{n}}}" for n in range(60))])
    folder = tmp_path_factory.mktemp("kept")
    book_samples.workspace(folder, zh + "\n", en + "\n", notes=_notes())
    made, _ = book_samples.built(folder, "facing")
    assert made.pages > 10
    assert made.read == made.pages
    return Case(folder, made)


def _codes(proof: Proof) -> set[str]:
    return {one.code.id for one in proof.violations}


def _spoilt(pdf: bytes, spoil: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(_stream(pdf)))
    spoil(writer)
    out = _stream(b"")
    writer.write(out)
    return out.getvalue()


def _stream(data: bytes) -> Any:
    import io

    return io.BytesIO(data)


def _content(index: int, change: Callable[[bytes], bytes]) -> Callable[[PdfWriter], None]:
    def spoil(writer: PdfWriter) -> None:
        page = writer.pages[index]
        before = page.get_contents()
        assert before is not None
        after = DecodedStreamObject()
        after.set_data(change(before.get_data()))
        assert after.get_data() != before.get_data()
        page[NameObject("/Contents")] = writer._add_object(after)

    return spoil


def _fonts(writer: PdfWriter, change: Callable[[Any], None]) -> None:
    for stored in list(writer._objects):
        font: Any = stored.get_object() if stored is not None else None
        if isinstance(font, dict) and font.get("/Type") == "/Font" and "/ToUnicode" in font:
            change(font)


def _to_unicode(change: Callable[[bytes], bytes]) -> Callable[[PdfWriter], None]:
    def spoil(writer: PdfWriter) -> None:
        def one(font: Any) -> None:
            stream = DecodedStreamObject()
            stream.set_data(change(font["/ToUnicode"].get_object().get_data()))
            font[NameObject("/ToUnicode")] = writer._add_object(stream)

        _fonts(writer, one)

    return spoil


def _twice_as_wide(writer: PdfWriter) -> None:
    def one(font: Any) -> None:
        own = font["/DescendantFonts"].get_object()[0].get_object()
        widths: Any = own.get("/W")
        for part in widths.get_object() if widths is not None else ():
            listed = part.get_object()
            if isinstance(listed, list):
                listed[:] = [NumberObject(2 * int(width)) for width in listed]

    _fonts(writer, one)


def test_what_is_the_same_is_not_read_again(case: Case) -> None:
    read, proof = case.read(case.made.pdf)
    assert read.anew == 0
    everything, full = case.read(case.made.pdf, everything=True)
    assert everything.anew == case.made.pages
    assert proof == full == case.made.proof


def _swapped(content: bytes) -> bytes:
    """The first two glyphs of a string of three or more in each other's place."""
    return re.sub(rb"<(\w{4})(?!\1)(\w{4})(?=\w{4})", rb"<\2\1", content, count=1)


def _lowered(content: bytes) -> bytes:
    """The fourth line of the page one and a half lines lower."""
    places = list(re.finditer(rb"0 -([\d.]+) Td\[", content))
    step = places[2]
    moved = b"0 -%.3f Td[" % (2.5 * float(step[1]))
    return content[: step.start()] + moved + content[step.end() :]


def _aside(content: bytes) -> bytes:
    """Everything 40 points to the right."""
    return b"1 0 0 1 40 0 cm " + content


@pytest.mark.parametrize("spoil", [_swapped, _lowered, _aside])
def test_a_page_spoilt_in_the_file_is_seen(case: Case, spoil: Callable[[bytes], bytes]) -> None:
    index = case.made.pages // 2
    read, proof = case.read(_spoilt(case.made.pdf, _content(index, spoil)))
    assert read.anew == 1
    assert _codes(proof)
    told = "\n".join(f"{one.where} {one.fact}" for one in proof.violations)
    assert f"page {case.made.plan.pages[index].label}" in told
    again, proof = case.read(case.made.pdf)
    assert (again.anew, proof.violations) == (0, ())


def _renamed(cmap: bytes) -> bytes:
    return cmap.replace(b"<6CC9>", b"<6CCA>")  # 泉, alone in its entry, says 泊


def _dropped(cmap: bytes) -> bytes:
    return re.sub(rb"<\w{4}> <6CC9>\n", b"", cmap)


@pytest.mark.parametrize("change", [_renamed, _dropped])
def test_a_font_that_says_something_else_is_seen(
    case: Case, change: Callable[[bytes], bytes]
) -> None:
    read, proof = case.read(_spoilt(case.made.pdf, _to_unicode(change)))
    assert 0 < read.anew < case.made.pages, "the pages in English do not show that glyph"
    assert "PRF008" in _codes(proof)
    again, proof = case.read(case.made.pdf)
    assert again.anew > 0, "the glyph means again what it did"
    assert proof.violations == ()


def test_widths_that_are_others_are_read(case: Case) -> None:
    read, _ = case.read(_spoilt(case.made.pdf, _twice_as_wide))
    assert read.anew > 0
    case.read(case.made.pdf)


def test_a_plan_or_text_that_says_something_else_is_seen(case: Case) -> None:
    plan = case.made.plan
    key = next(key for key in plan.numbers if key.startswith("n:n40"))
    numbers = {**plan.numbers, key: "⑨"}
    read, proof = case.read(case.made.pdf,
                            matter_of(case.made, plan=replace(plan, numbers=numbers)))  # fmt: skip
    assert 0 < read.anew <= 2
    assert _codes(proof) == {"PRF008", "PRF031"}
    pages = tuple(replace(one, label=f"{one.label}0") for one in plan.pages)
    read, proof = case.read(case.made.pdf, matter_of(case.made, plan=replace(plan, pages=pages)))
    assert "PRF008" in _codes(proof), "folios are read too"


def _numbered(case: Case, index: int, label: str) -> Callable[[bytes], bytes]:
    """A change that gives a page another folio."""
    file = Finished(case.made.pdf)
    texts = {text: code for font in file.fonts_of(index).values() if "Pagella" in font.name
             for code, text in font.texts.items()}  # fmt: skip
    codes = b"".join(b"%04x" % texts[figure] for figure in label)
    return lambda content: re.sub(rb"<\w+>(\]TJ ET EMC Q\s*)$", rb"<%s>\1" % codes, content)


def test_a_page_that_moved_keeps_its_proof(case: Case) -> None:
    plan, index = case.made.plan, case.made.pages // 2
    label = plan.pages[index].label
    moved = str(int(label) - 1)
    assert len(moved) == len(label)

    def prove(printed: str, planned: str) -> tuple[int, set[str]]:
        pages = tuple(replace(one, label=planned) if one.index == index else one
                      for one in plan.pages)  # fmt: skip
        pdf = _spoilt(case.made.pdf, _content(index, _numbered(case, index, printed)))
        matter = matter_of(case.made, plan=replace(plan, pages=pages))
        read, proof = case.read(pdf, matter)
        return read.anew, _codes(proof)

    assert prove(moved, moved) == (0, set()), "nothing is new but the folio, which is right"
    assert prove(moved, label) == (1, {"PRF008"})
    assert prove(moved, label) == (1, {"PRF008"}), "no fault is kept for another folio"
    assert prove(moved * 2, moved * 2) == (1, set()), "a wider one may stand elsewhere"


def test_pages_too_many_or_too_few_are_seen(case: Case) -> None:
    def more(writer: PdfWriter) -> None:
        writer.add_blank_page()

    def fewer(writer: PdfWriter) -> None:
        writer.remove_page(writer.pages[-1])

    for spoil in (more, fewer):
        _, proof = case.read(_spoilt(case.made.pdf, spoil))
        assert "PRF010" in _codes(proof)


def test_one_note_changed_reads_few_pages(case: Case) -> None:
    (case.folder / "source" / "notes" / "n.yaml").write_text(_notes("今存。"), encoding="utf-8")
    made, _ = book_samples.built(case.folder, "facing")
    assert 0 < made.read <= 4
    again = Case(case.folder, made)
    for jobs in (1, 3):
        read, full = again.read(made.pdf, everything=True, jobs=jobs)
        assert read.anew == made.pages
        assert full == made.proof


def test_processes_give_what_one_gives(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_WORTH", 2)
    alone, _ = case.read(case.made.pdf, everything=True, jobs=1)
    together, _ = case.read(case.made.pdf, everything=True, jobs=3)
    assert alone == together


def _facts_of(parts: Iterable[int]) -> list[tuple[int, int]]:
    return reading._ranges(list(parts))


def test_pages_near_each_other_are_read_in_one_go() -> None:
    assert _facts_of([]) == []
    assert _facts_of([3, 4, 9, 40, 41]) == [(3, 9), (40, 41)]
