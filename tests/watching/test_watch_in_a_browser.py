"""The page of ``edition watch`` as an editor meets it: in a headless Chromium, where one is
installed. Its pages are drawn by hand, so that no TeX is needed."""

from __future__ import annotations

import io
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, needed
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from edition.watching.server import Server, close
from edition.watching.state import Board

ZH, EN = "source/text/a.zh.md", "source/text/a.en.md"
# a text on both pages, a note, and what belongs to no file
PLACES = [
    ["i.1", ZH, 3, 3, 0, 40, 300, 260, 360], ["i.1", EN, 3, 6, 1, 40, 280, 260, 360],
    ["i.2", ZH, 5, 5, 0, 40, 200, 260, 290],
    ["small", "source/notes/a.yaml", 1, 1, 0, 40, 40, 260, 60],
    ["toc/1", "", 0, 0, 1, 40, 40, 260, 60],
]  # fmt: skip
HOSTILE = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


def pdf(path: Path, grey: float) -> Path:
    """Two pages of 300 by 400 points, all of one grey."""
    writer = PdfWriter()
    for _ in range(2):
        page = writer.add_blank_page(300, 400)
        content = DecodedStreamObject()
        content.set_data(f"{grey} g 0 0 300 400 re f".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)
    path.write_bytes(out.getvalue())
    return path


def told(**more: Any) -> dict[str, Any]:
    finding = {"code": "TXT005", "severity": "error", "file": ZH, "where": f"{ZH}:5:2",
               "start": {"line": 5, "column": 2}, "segment": "i.2", "fact": HOSTILE,
               "hint": HOSTILE}  # fmt: skip
    return {"line": "2 pages", "facing": True, "root": "/tmp/a b", "places": PLACES,
            "link": "vscode://file{file}:{line}", "pages": [[0, 0, 300, 400]] * 2,
            "looks": ["a1", "b1"],
            "findings": [finding], "stale": False, **more}  # fmt: skip


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, Server]]:
    needed()
    if not shutil.which("pdftoppm"):
        pytest.skip("poppler is not installed")
    folder = tmp_path_factory.mktemp("watched")
    board = Board()
    server = Server(board)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05},
                              daemon=True)  # fmt: skip
    thread.start()
    reader = b"<!doctype html><title>r</title><p>words<script>top.document.title='run'</script>"
    board.put(pdf=pdf(folder / "1.pdf", 0.2), looks=("a1", "b1"), made=1, reader=reader,
              building=False,
              told=told())  # fmt: skip
    browser = Browser()
    try:
        browser.open(f"{server.address}#seg=small", width=1400, height=1000)
        until(browser, "document.querySelectorAll('.mark.here').length === 1")
        yield browser, server
    finally:
        board.close()
        close(server)
        thread.join(5)
        browser.close()


def until(page: Browser, script: str, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not page.run(script):
        assert time.monotonic() < end, script
        time.sleep(0.05)


def click(page: Browser, number: int, x: float, y: float) -> str:
    """A click at a point of a page, in PDF units; what the page says of it."""
    box = page.run(f"(r => [r.left, r.top, r.width, r.height])(document.querySelectorAll('.page')"
                   f"[{number}].getBoundingClientRect())")  # fmt: skip
    page.run(f"document.querySelectorAll('.page')[{number}].dispatchEvent(new MouseEvent('click', "
             f"{{bubbles: true, clientX: {box[0] + x / 300 * box[2]}, "
             f"clientY: {box[1] + (400 - y) / 400 * box[3]}}}))")  # fmt: skip
    said: str = page.run("document.querySelector('#place').textContent")
    return said


def test_the_address_leads_to_the_place_of_a_segment(shown: tuple[Browser, Server]) -> None:
    page, _ = shown
    assert page.run("document.querySelector('#place').textContent").startswith(
        "source/notes/a.yaml:1 small"
    )


def test_a_click_tells_file_and_line(shown: tuple[Browser, Server]) -> None:
    page, _ = shown
    assert click(page, 0, 100, 330).startswith(f"{ZH}:3 i.1")
    assert page.run("document.querySelectorAll('.mark.here').length") == 1
    assert click(page, 1, 100, 355).startswith(f"{EN}:3 i.1")  # of four lines the first
    assert click(page, 1, 100, 285).startswith(f"{EN}:6 i.1")  # and the last
    href = page.run("document.querySelector('#place a').href")
    assert href == f"vscode://file/tmp/a%20b/{EN}:6"
    assert click(page, 1, 100, 50).startswith("of no file")
    before = click(page, 0, 100, 330)
    assert click(page, 0, 5, 390) == before  # nothing stands there


def test_a_line_is_gone_to_and_outlined(shown: tuple[Browser, Server]) -> None:
    page, _ = shown
    for wanted, boxes in {"i.1": 1, "a.zh.md:5": 1, f"{EN}:4": 1, "a.zh.md:4": 1}.items():
        page.run(f"document.querySelector('#where').value = '{wanted}'")
        page.run("document.querySelector('#go').requestSubmit()")
        until(page, f"document.querySelectorAll('.mark.here').length === {boxes}")
    assert page.run("document.querySelector('#place').textContent").startswith(f"{ZH}:4 i.1")
    page.run("document.querySelector('#where').value = 'nowhere.md:9'")
    page.run("document.querySelector('#go').requestSubmit()")
    until(page, "document.querySelector('#place').textContent.includes('nothing of it')")


def test_findings_are_words_and_stand_at_their_place(shown: tuple[Browser, Server]) -> None:
    page, server = shown
    assert page.run("document.querySelectorAll('.mark.error').length") == 1
    assert page.run("document.querySelector('#findings').textContent").count(HOSTILE) == 2
    assert page.run("document.querySelectorAll('#findings script, #findings img').length") == 0
    page.run("document.querySelector('#show-reader').click()")
    time.sleep(0.5)
    page.run("document.querySelector('#show-pages').click()")
    assert page.run("document.title") == "edition watch"
    assert all(one.startswith(server.address) for one in page.asked), page.asked


def test_a_new_state_is_shown_without_a_reload(
    shown: tuple[Browser, Server], tmp_path: Path
) -> None:
    page, server = shown
    page.run("window.kept = true")
    first = page.run("document.querySelector('.page img').src")
    server.board.put(building=True)
    until(page, "document.querySelector('#state').textContent.startsWith('building')")
    server.board.put(building=False, told=told(stale=True, findings=[]))
    until(page, "document.querySelector('#state').className === 'stale'")
    assert page.run("document.querySelector('.page img').src") == first
    second = page.run("document.querySelectorAll('.page img')[1].src")
    asked = len(page.asked)
    server.board.put(pdf=pdf(tmp_path / "2.pdf", 0.8), made=2, looks=("a2", "b1"),
                     told=told(line="2 more pages", looks=["a2", "b1"]))  # fmt: skip
    until(page, "document.querySelector('#state').textContent === '2 more pages'")
    until(page, f"document.querySelector('.page img').src !== '{first}'")
    until(page, GREY)
    # the other page looks as before: it is neither asked for nor drawn
    assert page.run("document.querySelectorAll('.page img')[1].src") == second
    assert [one.partition("?")[0][-10:] for one in page.asked[asked:] if ".jpg" in one] == [
        "page/1.jpg"
    ]
    assert page.run("window.kept") is True
    assert not [one for one in page.errors if "sandbox" not in one.lower()], page.errors


# the picture of the first page is that of the new file
GREY = """(() => { const img = document.querySelector('.page img');
if (!img.complete || !img.naturalWidth) return false;
const c = document.createElement('canvas'); c.width = c.height = 1;
const x = c.getContext('2d'); x.drawImage(img, 0, 0, 1, 1);
return Math.abs(x.getImageData(0, 0, 1, 1).data[0] - 204) < 6; })()"""
