"""What a reader would find fault with in the lines of the finished pages: ends that the rules of
Chinese composition forbid, dashes that are not two em, lines that are stretched."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from edition.diagnostics import Code, Diagnostic, error, warning
from edition.latex import breaks
from edition.layout.types import Book, BookPlan, Box
from edition.model import Lang
from edition.numerals import counted
from edition.proof import expected
from edition.proof.lines import PrintedLine

ENDS = error("PRF014", "a line begins or ends with a mark that may not stand there")
DASH = warning("PRF015", "a dash is not two em long")
STRETCHED = warning("PRF016", "lines are stretched")

STRETCH: Mapping[Lang, float] = {"zh": 0.2, "en": 0.6}  # em, as ``PrintedLine.loose``
_DASH, _NEAR = 2.0, 0.15  # em: length of a dash, and what it may lack
_SHOWN = 6  # characters of a line that a finding shows
_WORDS = {"zh": "Chinese", "en": "English"}

Label = Callable[[int], str]  # index of a page → its printed number


def check(
    lines: Sequence[PrintedLine], book: Book, plan: BookPlan, label: Label
) -> Iterator[Diagnostic]:
    """All findings; ``lines`` box by box, as :func:`edition.proof.lines.printed` gives them."""
    yield from _ends(lines, book, plan, label)
    yield from _dashes(lines, book, label)
    yield from _stretched(lines, label)


def _report(code: Code, box: Box, fact: str, hint: str = "") -> Diagnostic:
    return Diagnostic(code=code, span=box.span if box.span and box.span.file.text else None,
                      segment=box.segment.id if box.segment else "", fact=fact, hint=hint,
                      where=box.key)  # fmt: skip


# --- both ends of every line --------------------------------------------------------------------


def _ends(
    lines: Sequence[PrintedLine], book: Book, plan: BookPlan, label: Label
) -> Iterator[Diagnostic]:
    written: dict[str, str] = {}
    for before, line, after in zip((None, *lines), lines, (*lines[1:], None), strict=False):
        if not line.text:
            continue
        box = book.boxes[line.key]
        if line.key not in written:
            written[line.key] = expected.written(box, book, plan)
        where = f"page {label(line.page)}, line {line.number}"
        fault = _bad_start(line, before, written[line.key])
        if fault:
            yield _report(ENDS, box, f"{where}: “{line.text[:_SHOWN]}…” {fault}")
        fault = _bad_end(line, after, written[line.key])
        if fault:
            yield _report(ENDS, box, f"{where}: “…{line.text[-_SHOWN:]}” {fault}")


def _bad_start(line: PrintedLine, before: PrintedLine | None, written: str) -> str:
    start = line.text[0]
    if line.first or _within_latin(line, before, start, before.text[-1:] if before else ""):
        return ""
    if start in breaks.NO_START and not _so_written(line.text, written, start=True):
        return f"begins with {start}"
    if (
        before is not None
        and before.key == line.key
        and before.number == line.number - 1
        and start in breaks.LONG
        and before.text[-1:] == start
    ):
        return f"parts {start} from {start}"
    return ""


def _within_latin(line: PrintedLine, other: PrintedLine | None, here: str, there: str) -> bool:
    """Whether a line ends within a word of Latin, an address or code: not by this table."""
    if not here.isascii():
        return False
    return line.block or (other is not None and other.key == line.key and there.isascii())


def _bad_end(line: PrintedLine, after: PrintedLine | None, written: str) -> str:
    end = line.text[-1]
    if _within_latin(line, after, end, after.text[:1] if after else ""):
        return ""
    if line.last or end not in breaks.NO_END or _so_written(line.text, written, start=False):
        return ""
    return f"ends with {end}"


def _so_written(text: str, written: str, *, start: bool) -> bool:
    """Whether the editor has a space, line break or end of text at that end of the line: .NET,
    ’tis, a line of verse that begins with a dash."""
    if start:
        part = re.escape(text[:4].split(" ")[0])
        free = r"(?:^|\s)" if text[0] in breaks.LATIN_CLOSING or text[0] in "’”–" else r"(?:^|\n)"
        return re.search(free + part, written) is not None
    part = re.escape(text[-4:].split(" ")[-1])
    free = r"(?:\s|$)" if text[-1] in breaks.LATIN_OPENING else r"(?:\n|$)"
    return re.search(part + free, written) is not None


# --- dashes -------------------------------------------------------------------------------------


def _dashes(lines: Sequence[PrintedLine], book: Book, label: Label) -> Iterator[Diagnostic]:
    """One finding a box: all its dashes are set alike."""
    seen: set[str] = set()
    for line in lines:
        if line.lang != "zh" or line.key in seen or "——" not in line.text:
            continue
        for length in _lengths(line):
            if abs(length - _DASH) > _NEAR:
                seen.add(line.key)
                fact = f"page {label(line.page)}: —— is {length:.2f} em long"
                hint = "the Chinese font draws it: take one whose U+2E3A is wider"
                yield _report(DASH, book.boxes[line.key], fact, hint)
                break


def _lengths(line: PrintedLine) -> Iterator[float]:
    """Of each dash of two characters, from the left of its ink to the right, in em."""
    run: list[int] = []
    for at, glyph in enumerate((*line.glyphs, None)):
        if glyph is not None and set(glyph.text) == {"—"}:
            run.append(at)
            continue
        if run and "".join(line.glyphs[n].text for n in run) == "——":
            first, last = line.glyphs[run[0]], line.glyphs[run[-1]]
            yield (last.right - first.x) / line.size
        run = []


# --- stretched lines ----------------------------------------------------------------------------


def _stretched(lines: Sequence[PrintedLine], label: Label) -> Iterator[Diagnostic]:
    """A warning a page: how many lines, and how wide the widest gaps are."""
    pages: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in lines:
        if line.loose is not None and line.loose > STRETCH[line.lang]:
            pages[line.page].append(line)
    for page, wide in sorted(pages.items()):
        counts = Counter(line.lang for line in wide)
        parts = [
            f"{count} of {_WORDS[lang]}, up to "
            f"{max(line.loose or 0.0 for line in wide if line.lang == lang):.2f} em"
            for lang, count in sorted(counts.items(), reverse=True)
        ]
        are = "is" if len(wide) == 1 else "are"
        fact = f"{counted(len(wide), 'line')} {are} stretched: {'; '.join(parts)}"
        worst = max(wide, key=lambda line: (line.loose or 0.0) / STRETCH[line.lang])
        yield Diagnostic(code=STRETCHED, where=f"page {label(page)}", fact=fact,
                         hint=f"the widest begins “{worst.text[:_SHOWN]}…”")  # fmt: skip
