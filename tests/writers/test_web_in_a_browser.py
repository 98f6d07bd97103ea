"""The web reader as a reader meets it: in a headless Chromium, where one is installed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, needed
from validators import axe
from writing_samples import manuscript, prepared, write

from edition.writers import web


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed()
    folder = tmp_path_factory.mktemp("browser")
    root = write(folder / "miscellany")
    path = folder / "miscellany.html"
    path.write_bytes(web.write(manuscript(prepared(root), root))[".html"])
    return path


@pytest.fixture(scope="module")
def browser(file: Path) -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


def opened(browser: Browser, file: Path, width: int = 1200) -> Browser:
    browser.open(file, width=width)
    browser.run("localStorage.clear()")
    browser.open(file, width=width)
    browser.run("document.documentElement.style.scrollBehavior = 'auto'")
    return browser


@pytest.mark.parametrize("width", [1280, 800, 360])
def test_it_fits_and_asks_for_nothing(browser: Browser, file: Path, width: int) -> None:
    page = opened(browser, file, width)
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    sides = page.run("['zh', 'en'].map(l => document.querySelector('#s-a\\\\.1 .' + l)"
                     ".getBoundingClientRect()).map(r => [r.left, r.top])")  # fmt: skip
    beside = sides[0][1] == sides[1][1] and sides[0][0] < sides[1][0]
    assert beside is (width > 740), "beside each other, or one below the other"
    assert page.errors == []
    assert all(one.startswith(("file:", "data:image/")) for one in page.asked)


def test_languages_scripts_and_the_counterpart(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    seen = "document.querySelector('{}').checkVisibility()"
    page.press("z")
    assert page.run(seen.format("#s-a\\\\.1 .zh"))
    assert not page.run(seen.format("#s-a\\\\.1 .en"))
    page.press("j")
    page.press("j")
    page.press("j")
    assert "of Luoyang was a guest" in page.run("document.querySelector('.across').textContent")
    page.press("b")
    assert not page.run(seen.format(".across"))
    page.press("s")
    said = "document.querySelector('#s-a\\\\.1 .zh').textContent"
    assert "东" not in page.run(said), "a locked name is kept"
    assert "自称" in page.run(said)
    assert page.run("document.querySelector('#s-a\\\\.1 .zh').lang") == "zh-Hans"
    page.press("s")
    assert "自稱" in page.run(said)


def test_search_finds_both_languages_and_both_scripts(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    for words, there in (("黄河", False), ("长河", True), ("長河", True), ("LONG  river", True),
                         ("自称东皋", False), ("<script>", True)):  # fmt: skip
        page.run(f"(f => {{ f.value = {words!r}; f.dispatchEvent(new Event('input')) }})"
                 "(document.querySelector('.bar input'))")  # fmt: skip
        time.sleep(0.12)
        found = page.run("Array.from(document.querySelectorAll('.results li'), l => l.textContent)")
        assert bool(found) is there, words
    page.press("Escape")
    assert page.run("document.querySelector('.results').hidden")


def test_a_note_opens_at_its_mark_and_escape_goes_back(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.run("document.querySelector('#s-a\\\\.1 .en sup.mark a').click()")
    assert "walls" in page.run("document.querySelector('.pop').textContent")
    page.press("Escape")
    assert page.run("document.querySelector('.pop') === null")
    assert page.run("document.activeElement.closest('sup.mark') !== null")


def test_nothing_of_the_edition_runs(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.run("window.alert = () => { window.ran = true }")
    assert page.run("document.querySelectorAll('script').length") == 1
    added = "(s => { s.textContent = 'window.ran = true'; document.body.append(s) })"
    page.run(f"{added}(document.createElement('script'))")
    assert not page.run("window.ran === true"), "the policy lets no other program run"


@pytest.mark.parametrize("width", [1280, 800, 360])
def test_axe_finds_nothing(browser: Browser, file: Path, width: int) -> None:
    page = opened(browser, file, width)
    page.run(axe() + ";0")
    for theme in ("light", "dark"):
        page.run(f"document.documentElement.dataset.theme = '{theme}'")
        found = page.run("axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
        assert found == [], theme
