"""CSL's variables and types beside BibTeX's fields and types."""

from __future__ import annotations

TYPES = {
    "article": "article-journal", "book": "book", "incollection": "chapter", "online": "webpage",
    "inproceedings": "paper-conference", "phdthesis": "thesis", "techreport": "report",
    "newspaper": "article-newspaper", "misc": "document", "unpublished": "manuscript",
    "patent": "patent", "standard": "standard", "dataset": "dataset", "software": "software",
    "periodical": "periodical", "video": "motion_picture", "legislation": "legislation",
    "manual": "book", "collection": "book", "proceedings": "book", "inbook": "chapter",
    "thesis": "thesis", "mastersthesis": "thesis", "report": "report", "booklet": "pamphlet",
    "www": "webpage", "electronic": "webpage", "mvbook": "book", "conference": "paper-conference",
}  # fmt: skip
BACK = {csl: kind for kind, csl in reversed(TYPES.items())}
NAMES = {"author": "author", "editor": "editor", "translator": "translator",
          "bookauthor": "container-author"}  # fmt: skip
DATES = ("date", "year", "urldate", "origdate", "eventdate")
# variable: the fields it may come from, the usual one first
TEXTS: dict[str, tuple[str, ...]] = {
    "title": ("title",), "title-short": ("shorttitle",), "volume-title": ("volumetitle",),
    "container-title": ("journal", "journaltitle", "booktitle"), "collection-title": ("series",),
    "volume": ("volume",), "issue": ("number", "issue"), "page": ("pages",),
    "number-of-pages": ("pagetotal",), "number-of-volumes": ("volumes",),
    "edition": ("edition",), "chapter-number": ("chapter",), "version": ("version",),
    "publisher": ("publisher", "school", "institution", "organization"),
    "publisher-place": ("location", "address"), "event-title": ("eventtitle",),
    "event-place": ("venue",), "genre": ("type",), "DOI": ("doi",), "URL": ("url",),
    "ISBN": ("isbn",), "ISSN": ("issn",), "note": ("note",), "abstract": ("abstract",),
    "keyword": ("keywords",), "status": ("pubstate",),
}  # fmt: skip
VARIABLE = {name: variable for variable, names in TEXTS.items() for name in names}
VERBATIM = frozenset(("url", "doi", "isbn", "issn"))
NOBODY = ("佚名", "無名氏", "无名氏", "匿名")
DATE_VARIABLE = {"date": "issued", "year": "issued", "urldate": "accessed",
                  "origdate": "original-date", "eventdate": "event-date"}  # fmt: skip
MARKUP = {"textit": "<i>", "emph": "<i>", "mkbibemph": "<i>", "textbf": "<b>",
            "textsc": '<span style="font-variant:small-caps;">', "textsuperscript": "<sup>",
            "textsubscript": "<sub>", "": '<span class="nocase">'}  # fmt: skip


def usual(kind: str, variable: str) -> str:
    """The field that a variable usually comes from, by type of entry."""
    if variable == "container-title" and TYPES.get(kind) in ("chapter", "paper-conference"):
        return "booktitle"
    if variable == "publisher" and TYPES.get(kind) == "thesis":
        return "school"
    if variable == "publisher" and TYPES.get(kind) == "report":
        return "institution"
    return TEXTS[variable][0]


def usual_date(variable: str) -> str:
    return next(name for name, one in DATE_VARIABLE.items() if one == variable)
