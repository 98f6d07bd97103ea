"""Screen and press files, of both layouts and scripts, before validators other than our own."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import verapdf
from press_samples import META, changed, finished, name, profile, reader, set_book
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    StreamObject,
    TextStringObject,
)
from tex_samples import CONFIG

from edition.config import Bilingual
from edition.engine.cache import Cache
from edition.latex.cover import CoverShape
from edition.press import cover, preflight, profiles
from edition.pressing import PressSettings

pytestmark = pytest.mark.tex

VARIANTS = [("facing", "hant"), ("facing", "hans"), ("columns", "hant"), ("columns", "hans")]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Screen and press file of each variant, set by XeLaTeX."""
    found = {}
    for shape, script in VARIANTS:
        folder = tmp_path_factory.mktemp(f"{shape}-{script}")
        made = finished(set_book(folder, shape, script), script)  # type: ignore[arg-type]
        for kind, data in zip(("screen", "press"), made, strict=True):
            path = folder / f"{kind}.pdf"
            path.write_bytes(data)
            found[f"{kind}-{shape}-{script}"] = path
    return found


@pytest.fixture(scope="session")
def validate(shared_tool: Callable[..., dict[Path, list[str]]] | None) -> Any:
    """veraPDF, or a skip that says what is missing."""
    try:
        verapdf.classpath()
    except verapdf.UnavailableError as reason:
        if shared_tool is not None:
            return shared_tool
        pytest.skip(f"no veraPDF: {reason}")
    return verapdf.validate


@pytest.fixture(scope="session")
def shared_tool() -> Callable[..., dict[Path, list[str]]] | None:
    """The validator kept beside the repository, where there is one."""
    tool = Path(__file__).resolve().parents[3] / "shared" / "tools" / "verapdf"
    if not tool.is_file() or shutil.which("java") is None:
        return None

    def run(*paths: Path) -> dict[Path, list[str]]:
        done = subprocess.run([tool, "2u", *paths], capture_output=True, text=True, check=False)
        return {path: [] if f"{path} [2u] PASS" in done.stdout else [done.stdout]
                for path in paths}  # fmt: skip

    return run


def test_screen_and_press_files_are_pdf_a(files: dict[str, Path], validate: Any) -> None:
    assert len(files) == 2 * len(VARIANTS)
    assert {path: broken for path, broken in validate(*files.values()).items() if broken} == {}


def test_preflight_has_nothing_to_say_against_them(files: dict[str, Path]) -> None:
    for kind, path in files.items():
        found = preflight.run(path)
        assert found.value.purpose == kind.split("-")[0]
        # padding to the signature is blank
        assert [one.code.id for one in found.diagnostics if one.code.id != "PRE034"] == []


def test_a_cover_is_pdf_a_and_folds_at_its_spine(tmp_path: Path, validate: Any) -> None:
    shape = CoverShape(170.0, 240.0, 12.5)
    config = cover_config()
    made = cover.make(
        config, shape, pages=200, meta=META, settings=PressSettings(),
        profile=profile(profiles.PRINT, printer=True), work=tmp_path / "work",
        cache=Cache(tmp_path / "cache"), root=tmp_path,
    )  # fmt: skip
    assert made.diagnostics == ()
    assert made.value is not None
    path = tmp_path / "cover.pdf"
    path.write_bytes(made.value)
    assert validate(path) == {path: []}
    assert preflight.run(path, "cover").diagnostics == ()
    page = reader(made.value).pages[0]
    assert float(page.trimbox.width) == pytest.approx(shape.whole * 72 / 25.4, abs=0.1)
    text = page.extract_text()
    # once on the front, once on the spine
    assert re.sub(r"\s", "", text).count("園中小記") == 2
    thin = CoverShape(170.0, 240.0, 3.0)
    again = cover.make(
        config, thin, pages=200, meta=META, settings=PressSettings(),
        profile=profile(profiles.PRINT, printer=True), work=tmp_path / "work",
        cache=Cache(tmp_path / "cache"), root=tmp_path,
    ).value  # fmt: skip
    assert again is not None
    assert re.sub(r"\s", "", reader(again).pages[0].extract_text()).count("園中小記") == 1


def cover_config() -> Any:
    from dataclasses import replace

    return replace(
        CONFIG, title=Bilingual(zh="園中小記", en="Notes from a Garden & 100 % of its Paths"),
        subtitle=Bilingual(zh="雙語本", en="A bilingual edition"),
        editors=(Bilingual(zh="編者", en="The editors"),),
        publisher=Bilingual(zh="園林書社", en="Garden Press"),
        base_text=Bilingual(zh="底本未刊。", en="From a manuscript."),
    )  # fmt: skip


# --- six sabotaged files -----------------------------------------------------------------------


def fonts(writer: Any) -> list[Any]:
    """All font dictionaries of a writer."""
    found = [one.get_object() for one in writer._objects if one is not None]
    return [one for one in found if isinstance(one, DictionaryObject)
            and one.get("/Type") == "/Font"]  # fmt: skip


def unembedded(writer: Any) -> None:
    for one in writer._objects:
        held = one.get_object() if one is not None else None
        if isinstance(held, DictionaryObject):
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                held.pop(key, None)


def no_unicode(writer: Any) -> None:
    for one in fonts(writer):
        one.pop("/ToUnicode", None)


def javascript(writer: Any) -> None:
    writer._root_object[name("/OpenAction")] = DictionaryObject(
        {name("/S"): name("/JavaScript"), name("/JS"): TextStringObject("app.alert('x')")}
    )


def red(writer: Any) -> None:
    stream = DecodedStreamObject()
    stream.set_data(b"q 1 0 0 rg 100 100 30 30 re f Q")
    page = writer.pages[0]
    old = page["/Contents"]
    listed = list(old) if not isinstance(old, StreamObject) else [page.raw_get("/Contents")]
    page[name("/Contents")] = ArrayObject([*listed, writer._add_object(stream)])


def no_intent(writer: Any) -> None:
    del writer._root_object["/OutputIntents"]


def encrypted(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


SABOTAGE: Sequence[tuple[str, Callable[[bytes], bytes]]] = [
    ("PRE010", lambda data: changed(data, unembedded)),
    ("PRE011", lambda data: changed(data, no_unicode)),
    ("PRE003", lambda data: changed(data, javascript)),
    ("PRE040", lambda data: changed(data, red)),
    ("PRE020", lambda data: changed(data, no_intent)),
    ("PRE002", encrypted),
]


def test_sabotaged_files_are_rejected_by_both(
    files: dict[str, Path], validate: Any, tmp_path: Path
) -> None:
    good = files["press-facing-hant"].read_bytes()
    paths = []
    for code, sabotage in SABOTAGE:
        path = tmp_path / f"{code}.pdf"
        path.write_bytes(sabotage(good))
        paths.append(path)
        assert code in [one.code.id for one in preflight.run(path).diagnostics], code
    assert [path.name for path, broken in validate(*paths).items() if not broken] == []


# --- structure, ink, text ----------------------------------------------------------------------


def test_qpdf_finds_no_fault(files: dict[str, Path]) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    for path in files.values():
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()


def test_a_press_file_prints_in_black_alone(files: dict[str, Path]) -> None:
    if shutil.which("gs") is None:
        pytest.skip("Ghostscript is not installed")
    for kind, path in files.items():
        if not kind.startswith("press"):
            continue
        # the marks are in registration colour, on all plates: look at the trimmed page
        done = subprocess.run(
            ["gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dUseTrimBox", "-sDEVICE=inkcov",
             "-o", "-", path],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        pages = [line.split()[:4] for line in done.stdout.splitlines() if "CMYK" in line]
        assert len(pages) == len(reader(path.read_bytes()).pages)
        for cyan, magenta, yellow, _ in pages:
            assert float(cyan) == float(magenta) == float(yellow) == 0
        assert any(float(black) > 0.001 for *_, black in pages)


def test_text_extracts_as_it_was_written(files: dict[str, Path]) -> None:
    for kind, path in files.items():
        done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
        text = re.sub(r"\s", "", done.stdout.decode())
        assert "東籬……每" in text if "hant" in kind else "东篱……每" in text
        assert "⋯" not in text


def test_two_folders_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (finished(set_book(tmp_path / one, times=3)) for one in ("a", "b/c"))
    assert first == second
