"""What is added behind a PDF of the driver's: nothing of it changes, and readers find the rest."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from press_samples import META, drawn, fitting, navigation, reader, text

from edition.layout.types import Named
from edition.press import addition, screen
from edition.press.types import Link

PAGES = 240  # more objects than one stream holds


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages in object streams with a cross-reference stream, as XeTeX's driver has them."""
    folder = tmp_path_factory.mktemp("addition")
    (folder / "plain.pdf").write_bytes(drawn([text(60, 200)] * PAGES))
    program = shutil.which("qpdf")
    if program is None:
        pytest.skip("qpdf is not installed")
    subprocess.run([program, "--object-streams=generate", "plain.pdf", "packed.pdf"], cwd=folder,
                   check=True)  # fmt: skip
    return folder / "packed.pdf"


def finished(path: Path) -> bytes:
    nav = navigation(3)
    links = tuple(
        replace(nav.links[0], page=page, to_page=(page + 7) % PAGES) for page in range(PAGES)
    )
    odd = Link(page=4, rect=(1, 2, 3.12345, 4), uri=r"https://example.org/a(b)\c")
    return screen.finish(path, meta=META, nav=replace(nav, links=(*links, odd)), profile=fitting(),
                         named=Named({}))  # fmt: skip


def test_nothing_of_the_file_changes_and_all_that_is_added_is_found(source: Path) -> None:
    before = source.read_bytes()
    assert addition.fits(before)
    made = finished(source)
    assert made[8 : len(before)] == before[8:]
    assert made == finished(source)
    found = reader(made)
    content = reader(before).pages[0].get_contents().get_data()
    assert len(found.pages) == PAGES
    for number, page in enumerate(found.pages):
        aim = page["/Annots"][0].get_object()["/Dest"][0].get_object()
        assert found.get_page_number(aim) == (number + 7) % PAGES
        assert page.get_contents().get_data() == content
    odd = found.pages[4]["/Annots"][1].get_object()
    assert odd["/A"]["/URI"] == "https://example.org/a(b)%5Cc"
    assert [float(one) for one in odd["/Rect"]] == [1, 2, 3.123, 4]
    assert found.metadata is not None
    assert found.metadata.title == META.title
    assert found.trailer["/Root"]["/Metadata"].get("/Filter") is None
    (source.parent / "made.pdf").write_bytes(made)
    check = subprocess.run(["qpdf", "--check", "made.pdf"], cwd=source.parent, capture_output=True,
                           check=False)  # fmt: skip
    assert check.returncode == 0, check.stderr


def test_a_file_of_either_kind_says_the_same(source: Path) -> None:
    plain = source.with_name("plain.pdf")
    assert not addition.fits(plain.read_bytes())
    one, other = finished(plain), finished(source)
    assert len(other) < len(one)
    for kind in ("/PageLabels", "/Lang", "/PageLayout", "/PageMode", "/ViewerPreferences"):
        assert reader(one).trailer["/Root"][kind] == reader(other).trailer["/Root"][kind]
    assert [one.title for one in reader(one).outline if not isinstance(one, list)] == [
        one.title for one in reader(other).outline if not isinstance(one, list)
    ]
    assert reader(one).metadata == reader(other).metadata


@pytest.mark.parametrize("data", [b"", b"%PDF-1.5\n", b"%PDF-1.5\nstartxref\n3\n%%EOF\n"])
def test_what_is_no_such_file_is_not_taken_for_one(data: bytes) -> None:
    assert not addition.fits(data)
