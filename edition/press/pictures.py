"""Pictures of a proof, since people would rather look than read: ``proof.png``, a contact sheet of
all pages, and ``proof.html``, every page with the findings marked on it. Drawn by poppler."""

from __future__ import annotations

import hashlib
import math
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path

from edition.diagnostics import Diagnostic, Outcome, error
from edition.engine import programs
from edition.engine.programs import PROGRAM_MISSING
from edition.files import clear_halves, half_name, write_bytes, write_text
from edition.press.kept import PagePlace
from edition.press.preflight.report import PlacedFinding

NOT_DRAWN = error("PRE103", "The pages cannot be drawn")

DPI = 80
_SECONDS = 600
_SHARE = 24  # pages that are worth a process
# what was made before, and what one that was killed left half made
_FOLDER = re.compile(r"proof-pages-[0-9a-f]{12}")
_PICTURE = re.compile(r"page-\d+\.jpg")
_STYLE = """\
body{font:15px/1.5 Georgia,"Noto Serif CJK TC",serif;margin:2rem auto;max-width:1200px;
 padding:0 1rem;color:#222;background:#f4f4f6}
h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
ol{padding-left:1.4rem}li{margin:.25rem 0}code{font:13px/1 monospace}
.error{color:#b00020}.warning{color:#8a5a00}.info{color:#2a5d9f}
.opening{display:flex;justify-content:center;margin:1.6rem 0}
figure{margin:0;flex:0 1 50%}figcaption{text-align:center;color:#666;font-size:13px;margin:.3rem}
.page{position:relative;background:#fff;box-shadow:0 1px 5px #0003}
.page img{display:block;width:100%;height:auto}
.page.error{outline:3px solid #b0002055}.page.warning{outline:3px solid #d9900055}
.mark{position:absolute;border:1px solid;background:#0000000a}
.mark.error{border-width:2px;background:#b0002018}
.mark span{position:absolute;left:0;bottom:100%;background:currentColor;font:10px/1.2 monospace}
.mark b{color:#fff;font-weight:normal;padding:0 .3em;white-space:nowrap}
"""


@dataclass(frozen=True, slots=True)
class Pictures:
    """What was written: the contact sheet, the report, the folder of its pictures."""

    sheet: Path
    report: Path
    pages: Path


def located(found: Iterable[Diagnostic], places: Sequence[PagePlace]) -> tuple[PlacedFinding, ...]:
    """Diagnostics of segments and notes at their places on the pages, in their own language
    where their file tells it; others keep none."""
    by_segment: dict[str, list[PagePlace]] = {}
    for place in places:
        by_segment.setdefault(place.segment, []).append(place)
    listed = []
    for one in found:
        at = by_segment.get(one.segment, []) if one.segment else []
        if one.span and any(place.file == one.span.file.path for place in at):
            at = [place for place in at if place.file == one.span.file.path]
        page = min((place.page for place in at), default=-1)
        numbered = re.match(r"page (\d+)", one.where)
        if page < 0 and numbered:
            page = int(numbered[1]) - 1
        rects = tuple(place.rect for place in at if place.page == page)
        listed.append(PlacedFinding(one, page + 1, rects))
    return tuple(listed)


def make(
    data: bytes, folder: Path, findings: Sequence[PlacedFinding], *, title: str, facing: bool,
    lines: Sequence[str] = (),
) -> Outcome[Pictures | None]:  # fmt: skip
    """Draw the PDF ``data`` into ``folder``. ``lines`` are said at the head of the report, as the
    line of the proof is. What was there before stays until all of the new is there. Raises
    ``OSError`` where ``folder`` cannot be written."""
    program = programs.find("pdftoppm")
    if program is None:
        hint = "install it: sudo apt-get install poppler-utils"
        return Outcome(None, (Diagnostic(code=PROGRAM_MISSING, fact="pdftoppm is not installed",
                                         hint=hint),))  # fmt: skip
    from edition.press import contact, document

    folder.mkdir(parents=True, exist_ok=True)
    sizes = document.page_boxes(data)
    name = f"proof-pages-{hashlib.sha256(data + f'jpeg {DPI}'.encode()).hexdigest()[:12]}"
    prefix, suffix = half_name("proof")
    with tempfile.TemporaryDirectory(prefix=prefix, suffix=suffix, dir=folder) as there:
        work = Path(there)
        (work / "in.pdf").write_bytes(data)
        (work / "sheet.pdf").write_bytes(contact.sheet(data, findings, facing=facing))
        fault = _drawn(program, work, len(sizes))
        if fault:
            return Outcome(None, (Diagnostic(code=NOT_DRAWN, fact=fault, where=str(folder)),))
        drawn = sorted(path.name for path in (work / "pages").iterdir())
        if not (folder / name).is_dir():
            (work / "pages").rename(folder / name)
        write_bytes(folder / "proof.png", (work / "sheet.png").read_bytes())
    named = enumerate(zip(drawn, sizes, strict=True), start=1)
    pages = [_PagePicture(number, f"{name}/{file}", box) for number, (file, box) in named]
    write_text(folder / "proof.html", _report(title, lines, pages, findings, facing=facing))
    clear_halves(folder)
    for old in folder.iterdir():
        if old.name != name and _of_pictures(old):
            shutil.rmtree(old, ignore_errors=True)
    return Outcome(Pictures(folder / "proof.png", folder / "proof.html", folder / name))


def _of_pictures(folder: Path) -> bool:
    """Whether pages were drawn into ``folder``, and nothing else is in it."""
    return (
        _FOLDER.fullmatch(folder.name) is not None
        and folder.is_dir()
        and not folder.is_symlink()
        and all(_PICTURE.fullmatch(one.name) for one in folder.iterdir())
    )


def _drawn(program: str, work: Path, pages: int) -> str:
    """Draw ``in.pdf`` page by page, shared out among the processors, and ``sheet.pdf``; empty, or
    what went wrong. JPEG: poppler takes three times as long to pack a page as PNG."""
    (work / "pages").mkdir()
    look = ["-r", str(DPI), "-gray", "-cropbox", "-jpeg", "-jpegopt", "quality=85"]
    share = max(_SHARE, math.ceil(pages / (os.cpu_count() or 1)))
    commands = [["-r", "96", "-png", "-singlefile", "sheet.pdf", "sheet"]]
    for first in range(1, pages + 1, share):
        last = min(first + share - 1, pages)
        commands.append([*look, "-f", str(first), "-l", str(last), "in.pdf", "pages/page"])
    with ThreadPoolExecutor(len(commands)) as threads:
        running = [
            threads.submit(programs.output, [program, *words], _SECONDS, work) for words in commands
        ]
        faults = [_fault(one.result()) for one in running]
    return next((one for one in faults if one), "")


def _fault(said: programs.Said | None) -> str:
    if said is None:
        return f"pdftoppm was stopped after {_SECONDS} s"
    return f"pdftoppm ended with status {said.status}: {said.last}" if said.status else ""


# --- the report ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _PagePicture:
    number: int  # 1-based
    picture: str
    box: tuple[float, float, float, float]  # what the picture shows, in PDF units


def _report(
    title: str,
    lines: Sequence[str],
    pages: Sequence[_PagePicture],
    findings: Sequence[PlacedFinding],
    *,
    facing: bool,
) -> str:
    by_page: dict[int, list[PlacedFinding]] = {}
    for one in findings:
        by_page.setdefault(one.page, []).append(one)
    figures = [_figure(page, by_page.get(page.number, [])) for page in pages]
    step = 2 if facing else 1
    # a first page stands alone on the right
    openings = ([f"<figure></figure>{figures[0]}"] if facing and figures else []) + [
        "".join(figures[at : at + step]) for at in range(1 if facing else 0, len(figures), step)
    ]
    body = "\n".join(f'<div class="opening">{one}</div>' for one in openings)
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Proof: {escape(title)}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>Proof: {escape(title)}</h1>{said}\n{_list(findings)}\n"
        f"<h2>Pages</h2>\n{body}\n</body></html>\n"
    )


def _list(findings: Sequence[PlacedFinding]) -> str:
    if not findings:
        return "<p>Nothing was found.</p>"
    items = "\n".join(_item(one) for one in findings)
    return f"<h2>Findings</h2>\n<ol>\n{items}\n</ol>"


def _item(one: PlacedFinding) -> str:
    found = one.diagnostic
    place = escape(" ".join(part for part in (found.place, found.segment) if part))
    if one.page:
        place = f'<a href="#p{one.page}">page {one.page}</a> {place}'
    hint = f" — {escape(found.hint)}" if found.hint else ""
    level = found.level.name.lower()
    return (f'<li><code class="{level}">{found.code.id}</code> {place}: {escape(found.fact)}'
            f"{hint}</li>")  # fmt: skip


def _figure(page: _PagePicture, findings: Sequence[PlacedFinding]) -> str:
    marks = "".join(_mark(rect, page.box, one.diagnostic) for one in findings for rect in one.rects)
    worst = max((one.diagnostic.level for one in findings), default=None)
    found = "" if worst is None else f" {worst.name.lower()}"
    left, bottom, right, top = page.box
    return (
        f'<figure id="p{page.number}"><div class="page{found}"><img src="{escape(page.picture)}" '
        f'alt="page {page.number}" loading="lazy" width="{(right - left) * DPI / 72:.0f}" '
        f'height="{(top - bottom) * DPI / 72:.0f}">{marks}</div>'
        f"<figcaption>{page.number}</figcaption></figure>"
    )


def _mark(
    rect: tuple[float, float, float, float], box: tuple[float, float, float, float],
    found: Diagnostic,
) -> str:  # fmt: skip
    """A frame over the picture, in hundredths of its sides: pictures scale with the window."""
    width, height = box[2] - box[0], box[3] - box[1]
    return (
        f'<div class="mark {found.level.name.lower()}" title="{escape(found.fact)}" style="'
        f"left:{100 * (rect[0] - box[0]) / width:.2f}%;"
        f"top:{100 * (box[3] - rect[3]) / height:.2f}%;"
        f"width:{100 * (rect[2] - rect[0]) / width:.2f}%;"
        f'height:{100 * (rect[3] - rect[1]) / height:.2f}%">'
        f"<span><b>{found.code.id}</b></span></div>"
    )
