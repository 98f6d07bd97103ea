"""The two documents of the list of references, as PyLaTeX objects: one from which biber learns
what is wanted, one that tells what entries and their citations print."""

from __future__ import annotations

from collections.abc import Sequence

from pylatex import Document, NoEscape, Package

from edition.config import BibliographySettings, Config
from edition.latex import document
from edition.latex.faces import Faces
from edition.latex.objects import EditionDocument, call, raw

LABELS = "edition.lab"  # what the list's document writes: labels of citations
DATA = "references.bib"

# Options of biblatex by the style of edition.toml. `sorting` is overridden: entries bear sort keys.
_OPTIONS = {
    "gb7714-2015": ("biblatex", "style=gb7714-2015ay,sorting=nyt,gbpub=true"),
    "gb7714-2015-numeric": ("biblatex", "style=gb7714-2015,sorting=none,gbpub=true"),
    "gb7714-2025": ("biblatex", "style=gb7714-2025ay,sorting=nyt,gbpub=true"),
    "gb7714-2025-numeric": ("biblatex", "style=gb7714-2025,sorting=none,gbpub=true"),
    "chicago": ("biblatex-chicago", "authordate,sorting=nyt,dashed=false,maxbibnames=10,"
                                    "minbibnames=7,maxcitenames=3,mincitenames=1"),
}  # fmt: skip
_ALWAYS = "backend=biber,autolang=none,mincrossrefs=999,hyperref=false,backref=false,maxparens=9"
_DATES = (
    r"\DeclareLabeldate{\field{date}\field{year}\field{eventdate}\field{origdate}"
    r"\literal{nodate}}"
)
_WORDS = {"hant": ("訪問", "編者", "譯者", "第", "期", "卷", "載"),
          "hans": ("访问", "编者", "译者", "第", "期", "卷", "载")}  # fmt: skip


class ListDocument(EditionDocument):
    """Class and packages of both documents; biblatex is loaded with the style's options."""

    def __init__(self, settings: BibliographySettings, *, fonts: bool) -> None:
        Document.__init__(
            self,
            documentclass="article",
            document_options=["10pt"],
            fontenc=None,
            inputenc=None,
            lmodern=False,
            textcomp=False,
            page_numbers=False,
            font_size="normalsize",
        )
        package, options = _OPTIONS[settings.style]
        for name in ("xeCJK", "graphicx", "edition-grid") if fonts else ():
            self.packages.append(Package(NoEscape(name)))
        self.packages.append(Package(NoEscape(package), options=NoEscape(f"{options},{_ALWAYS}")))
        if fonts:
            self.packages.append(Package(NoEscape("edition-references")))
        # a page without a date has none: that of the visit is no year of publication
        self.preamble.append(raw(_DATES))
        self.preamble.append(call("addbibresource", DATA))


def asking(keys: Sequence[str], settings: BibliographySettings) -> str:
    """The document whose run tells biber which entries in what style. It prints nothing."""
    made = ListDocument(settings, fonts=False)
    made.append(call("nocite", ",".join(keys)))
    made.append(raw(r"\null"))
    return str(made.dumps())


def listing(keys: Sequence[str], config: Config, faces: Faces, bib: str = "") -> str:
    """The document that tells the entries of ``keys`` and writes what citations of them print.
    ``bib``: the entries, for the fonts that they need."""
    settings = config.bibliography
    made = ListDocument(settings, fonts=True)
    document.fonts(made, faces, bib)
    made.declare("EDundated", "无日期" if config.script == "hans" else "無日期")
    if settings.style == "chicago":
        made.declare("EDchicago", *_WORDS[config.script])
    elif config.script == "hant":
        made.declare("EDtraditional")
    if settings.numeric:
        made.declare("EDnumbered")
    made.declare("EDroll")
    made.add("EDopenfiles")
    made.append(call("nocite", ",".join(keys)))
    made.add("EDlabelsof", ",".join(keys))  # at once: each citation begins a group of biblatex's
    made.append(raw(r"\printbibliography[heading=none]"))
    return str(made.dumps())
