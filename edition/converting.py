"""What other programs read for an import: PDF by poppler, old Word and RTF by LibreOffice."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from edition.engine import programs
from edition.importers.documents.model import RefusedError

# beyond what the fonts of every machine have: Latin, Greek, Cyrillic, Han, kana, Hangul, some signs
_UNCERTAIN = re.compile(
    "[\u0180-\u02af\u02b0-\u0390\u03aa-\u03b0\u03ca-\u040f\u0450-\u10ff\u1200-\u1fff"
    "\u201b\u2047-\u205e\u2070-\u20ab\u20ad-\u20ff\u2101-\u218f\u219a-\u245f\u25a0-\u2e7f"
    "\u31bc-\u31bf\u4db6-\u4dff\u9feb-\uabff\ufa70-\ufdff\ufe20-\ufe2f\ufe70-\ufefe]"
)
_RUN = re.compile(r"[^\s\u4e00-\u9fea]+")
_SECONDS = 60.0
_LARGE = 64 << 20  # bytes of what poppler tells of a PDF
_INSTALL = "sudo apt-get install --no-install-recommends {}"


class MachinePrograms:
    """Programs of this machine. Their methods raise :class:`RefusedError` where a program is not
    installed, or cannot read the file."""

    def layout_of_pdf(self, data: bytes) -> bytes:
        """Words of a PDF with their places, as XML."""
        program = programs.find("pdftotext")
        if program is None:
            raise RefusedError("it is a PDF, and pdftotext, which reads it, is not installed",
                               _INSTALL.format("poppler-utils"))  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.pdf"
            path.write_bytes(data)
            command = [program, "-bbox-layout", "-enc", "UTF-8", "-q", str(path), "-"]
            said = programs.output(command, _SECONDS)
        if said is None:
            raise RefusedError(f"reading it took more than {_SECONDS:.0f} seconds", "divide it")
        if b"password" in said.errors.lower():
            raise RefusedError("it is protected by a password",
                               "save it without one, and import that")  # fmt: skip
        if said.status or b"</doc>" not in said.out[-200:]:
            raise RefusedError("the PDF is damaged: poppler cannot read it",
                               "open it in its program, and save it anew")  # fmt: skip
        if len(said.out) > _LARGE:
            raise RefusedError("the PDF has more words than an import takes", "divide it")
        return said.out

    def word_of(self, data: bytes, kind: str) -> bytes:
        """An old Word document (``doc``) or RTF as .docx."""
        program = programs.find("soffice") or programs.find("libreoffice")
        what = {"doc": "an old Word document (.doc)", "rtf": "an RTF document"}[kind]
        if program is None:
            raise RefusedError(f"it is {what}, which LibreOffice reads, and that is not installed",
                               "save it as .docx, or install LibreOffice")  # fmt: skip
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / f"a.{kind}").write_bytes(data)
            command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                       "--headless", "--convert-to", "docx", "--outdir", name,
                       str(folder / f"a.{kind}")]  # fmt: skip
            programs.run(command, folder, _SECONDS, {**os.environ, "HOME": name})
            made = folder / "a.docx"
            if not made.is_file():
                raise RefusedError(f"LibreOffice cannot read it, though it looks like {what}",
                                   "save it as .docx in Word, and import that")  # fmt: skip
            return made.read_bytes()

    def lacking(self, text: str) -> frozenset[str]:
        """Characters of a text that no font of this machine prints; none where fonts are
        missing altogether."""
        if not _UNCERTAIN.search(text):
            return frozenset()
        from edition import config
        from edition.engine import fonts
        from edition.engine.cache import Cache
        from edition.latex.escape import unset

        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "source" / "edition.toml"
            path.parent.mkdir()
            path.write_text('[edition]\nid = "a"\ntitle = "a"\n', "utf-8")
            settings = config.load(Path(name)).value
            faces = None if settings is None else fonts.probe(settings, Cache(Path(name))).value
        if faces is None:
            return frozenset()
        # Chinese of everyday use and spaces end what is set together, but for marks behind them
        near = {
            text[max(0, run.start() - 1) : run.end()]
            for run in _RUN.finditer(text) if _UNCERTAIN.search(run[0])
        }  # fmt: skip
        return unset("\n".join(sorted(near)), faces)
