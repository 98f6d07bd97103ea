"""CSL-JSON, the format of Zotero, pandoc and citeproc: written, and read back.

What CSL has no variable for stands under ``custom`` as CSL 1.0.2 allows: the BibTeX type and field
names where they can't be told from CSL's, and fields of other kinds. So reading a file back gives
the same entries; TeX has become characters, italics and case protection CSL's own markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from edition.bibliography import tags
from edition.bibliography.dates import iso
from edition.bibliography.order import language
from edition.bibliography.parse import decoded, unmath
from edition.bibliography.people import Person, person, persons
from edition.bibliography.types import Entry, Field

_TYPES = {
    "article": "article-journal", "book": "book", "incollection": "chapter", "online": "webpage",
    "inproceedings": "paper-conference", "phdthesis": "thesis", "techreport": "report",
    "newspaper": "article-newspaper", "misc": "document", "unpublished": "manuscript",
    "patent": "patent", "standard": "standard", "dataset": "dataset", "software": "software",
    "periodical": "periodical", "video": "motion_picture", "legislation": "legislation",
    "manual": "book", "collection": "book", "proceedings": "book", "inbook": "chapter",
    "thesis": "thesis", "mastersthesis": "thesis", "report": "report", "booklet": "pamphlet",
    "www": "webpage", "electronic": "webpage", "mvbook": "book", "conference": "paper-conference",
}  # fmt: skip
_BACK = {csl: kind for kind, csl in reversed(_TYPES.items())}
_NAMES = {"author": "author", "editor": "editor", "translator": "translator",
          "bookauthor": "container-author"}  # fmt: skip
_DATES = ("date", "year", "urldate", "origdate", "eventdate")
# variable: the fields it may come from, the usual one first
_TEXTS: dict[str, tuple[str, ...]] = {
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
_VARIABLE = {name: variable for variable, names in _TEXTS.items() for name in names}
_VERBATIM = frozenset(("url", "doi", "isbn", "issn"))
_LANGUAGES = {"zh": "zh", "en": "en"}
NOBODY = ("佚名", "無名氏", "无名氏", "匿名")
_DASH = re.compile(r"\s*(?:--+|[–—‑‒−])\s*")


def write(entries: Iterable[Entry]) -> str:
    """CSL-JSON of the entries, in their order."""
    items = [item(one) for one in entries]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> tuple[Entry, ...]:
    """Entries of CSL-JSON. Raises ``ValueError`` where it is none."""
    items = json.loads(text)
    if not isinstance(items, list):
        raise ValueError("CSL-JSON is a list of items")
    return tuple(_entry(one) for one in items)


def item(entry: Entry) -> dict[str, Any]:
    """One entry as a CSL item."""
    made: dict[str, Any] = {"id": entry.key, "type": _TYPES.get(entry.type, "document")}
    custom: dict[str, Any] = {}
    if _BACK.get(made["type"]) != entry.type:
        custom["type"] = entry.type
    fields: dict[str, str] = {}
    for field in entry.fields:
        variable = _VARIABLE.get(field.name, "")
        if field.name in _NAMES:
            made[_NAMES[field.name]] = names(field.value)
            if re.search(r"\band\s+others\s*$", field.value):
                custom.setdefault("others", []).append(_NAMES[field.name])
        elif field.name in _DATES:
            _date(made, custom, field, entry)
        elif variable and variable not in made:
            value = field.value if field.name in _VERBATIM else rich(field.value)
            made[variable] = _DASH.sub("-", value) if variable == "page" else value
            if _usual(entry.type, variable) != field.name:
                custom.setdefault("fields", {})[variable] = field.name
        elif (
            field.name in ("langid", "language")
            and "language" not in made
            and tags.tag(field.value)
        ):
            made["language"] = tags.tag(field.value)
            if tags.name(made["language"]) != field.value or field.name != "langid":
                custom.setdefault("fields", {})["language"] = f"{field.name}={field.value}"
        else:
            fields[field.name] = field.value
    if "language" not in made:
        made["language"] = _LANGUAGES[language(entry)]
        custom["language"] = "detected"
    if fields:
        custom["other"] = fields
    if custom:
        made["custom"] = custom
    return made


def _entry(one: dict[str, Any]) -> Entry:
    custom = one.get("custom") or {}
    kind = custom.get("type") or _BACK.get(str(one.get("type")), "misc")
    told = custom.get("fields") or {}
    found: dict[str, str] = {}
    for variable, value in one.items():
        if variable in _TEXTS:
            name = told.get(variable) or _usual(kind, variable)
            found[name] = str(value) if name in _VERBATIM else tex(str(value))
        elif variable in _NAMES.values():
            name = next(field for field, csl in _NAMES.items() if csl == variable)
            more = variable in (custom.get("others") or ())
            found[name] = bib_names(value) + (" and others" if more else "")
        elif variable in ("issued", "accessed", "original-date", "event-date"):
            name = _date_field(variable, value, told)
            found[name] = _date_text(value)
        elif variable == "language" and custom.get("language") != "detected":
            name, _, said = str(told.get("language") or "langid=").partition("=")
            found[name] = said or tags.name(str(value))
    found |= {str(name): str(value) for name, value in (custom.get("other") or {}).items()}
    return Entry(str(one.get("id", "")), kind, tuple(Field(*pair) for pair in found.items()))


def _usual(kind: str, variable: str) -> str:
    """The field that a variable usually comes from, by type of entry."""
    if variable == "container-title" and _TYPES.get(kind) in ("chapter", "paper-conference"):
        return "booktitle"
    if variable == "publisher" and _TYPES.get(kind) == "thesis":
        return "school"
    if variable == "publisher" and _TYPES.get(kind) == "report":
        return "institution"
    return _TEXTS[variable][0]


# --- dates ------------------------------------------------------------------------------------

_DATE_VARIABLE = {"date": "issued", "year": "issued", "urldate": "accessed",
                  "origdate": "original-date", "eventdate": "event-date"}  # fmt: skip
_PARTS = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def _date(made: dict[str, Any], custom: dict[str, Any], field: Field, entry: Entry) -> None:
    variable = _DATE_VARIABLE[field.name]
    if variable in made or (field.name == "year" and "date" in entry):
        custom.setdefault("other", {})[field.name] = field.value
        return
    value = {"literal": field.value}
    ends = [_PARTS.fullmatch(one) for one in field.value.split("/")]
    full = iso(field.value)
    if all(ends) and len(ends) <= 2:
        parts = [[int(one) for one in end.groups() if one] for end in ends if end]
        value = {"date-parts": parts}  # type: ignore[dict-item]
    elif full:
        value = {"date-parts": [[int(one) for one in full.split("-")]]}  # type: ignore[dict-item]
    made[variable] = value
    bare = variable == "issued" and len(value.get("date-parts", [[0, 0]])[0]) == 1
    if field.name != ("year" if bare else _usual_date(variable)):
        custom.setdefault("fields", {})[variable] = field.name


def _usual_date(variable: str) -> str:
    return next(name for name, one in _DATE_VARIABLE.items() if one == variable)


def _date_field(variable: str, value: Any, told: dict[str, str]) -> str:
    if variable in told:
        return told[variable]
    parts = value.get("date-parts") or [[0, 0]]
    return "year" if variable == "issued" and len(parts[0]) == 1 else _usual_date(variable)


def _date_text(value: Any) -> str:
    if "date-parts" not in value:
        return str(value.get("literal") or value.get("raw") or "")
    return "/".join(
        "-".join(f"{int(one):0{2 if place else 4}}" for place, one in enumerate(parts))
        for parts in value["date-parts"]
    )


# --- names ------------------------------------------------------------------------------------


def names(value: str) -> list[dict[str, str]]:
    """CSL names of a field: family and given, of a body ``literal``."""
    return [_name(one) for one in persons(value)]


def _name(one: Person) -> dict[str, str]:
    raw = rich(one.raw.strip("{}") if one.body else one.raw, markup=False)
    if one.body:
        return {"literal": raw}
    if one.han and ("·" in raw or raw in NOBODY):
        return {"literal": raw}  # a foreign name in Chinese has its family name last
    told = person(raw)
    return {"family": told.family} | ({"given": told.given} if told.given else {})


def bib_names(value: Any) -> str:
    made = []
    for one in value:
        if one.get("literal"):
            bare = one["literal"] in NOBODY or (
                "·" in one["literal"] and re.search("[\u3400-\u9fff]", one["literal"]))  # fmt: skip
            text = tex(one["literal"])
            made.append("others" if text == "others" else text if bare else f"{{{text}}}")
            continue
        family, given = tex(one.get("family", "")), tex(one.get("given", ""))
        if re.search("[\u3400-\u9fff]", family):
            made.append(family + given)
        elif given:
            made.append(f"{family}, {given}")
        else:
            made.append(f"{{{family}}}" if " " in family else family)
    return " and ".join(made)


# --- text -------------------------------------------------------------------------------------

_OPENING = {"textit": "<i>", "emph": "<i>", "mkbibemph": "<i>", "textbf": "<b>",
            "textsc": '<span style="font-variant:small-caps;">', "textsuperscript": "<sup>",
            "textsubscript": "<sub>", "": '<span class="nocase">'}  # fmt: skip
_CLOSING = {"<i>": "</i>", "<b>": "</b>", "<sup>": "</sup>", "<sub>": "</sub>"}
_TEX_OPENING = {tag: name for name, tag in reversed(_OPENING.items()) if name}
_GROUP = re.compile(
    r"\\(textit|emph|mkbibemph|textbf|textsc|textsuperscript|textsubscript)\s*\{|[{}]"
)
_ACCENT = re.compile(r"\\(?:[^A-Za-z\s]|[A-Za-z]+)\s*\Z")
_TAG = re.compile(r"<(/?)(i|b|sup|sub|span)(?: [^<>]*)?>")


def rich(value: str, *, markup: bool = True) -> str:
    """A value in CSL's markup: braces protect case as ``nocase`` does. Accents of TeX are
    characters; braces about the whole value or within a command of an accent are left out."""
    value = unmath(value)
    marks: list[str] = []
    out: list[str] = []
    at = 0
    for found in _GROUP.finditer(value):
        out.append(value[at : found.start()])
        at = found.end()
        if found.group() == "}":
            out.append(marks.pop() if marks else "")
            continue
        before = value[: found.start()]
        tag = _OPENING[found[1] or ""]
        accent = not found[1] and (
            value.startswith("\\", at) or _ACCENT.search(before, max(0, len(before) - 40))
        )
        if not markup or accent:
            # an accent or its argument: left to the decoder
            out.append(found.group() if not found[1] else "")
            marks.append("}" if not found[1] else "")
            continue
        out.append(tag)
        marks.append(_CLOSING.get(tag, "</span>"))
    out.append(value[at:])
    text = "".join(out)
    if "\\" in text:
        text = decoded(text)
    text = text.replace("{", "").replace("}", "")
    if "://" not in text:
        text = text.replace("~", "\u00a0")
    return re.sub(r"[ \t\n]+", " ", text).strip()


def tex(value: str) -> str:
    """CSL's markup back in TeX, its special characters escaped."""
    depth: list[str] = []
    out: list[str] = []
    at = 0
    for found in _TAG.finditer(value):
        out.append(_escaped(value[at : found.start()]))
        at = found.end()
        if found[1]:
            out.append(depth.pop() if depth else "")
        else:
            command = _TEX_OPENING.get(found.group(), "")
            out.append(f"\\{command}{{" if command else "{")
            depth.append("}")
    out.append(_escaped(value[at:]))
    return "".join(out) + "".join(depth)


def _escaped(text: str) -> str:
    text = re.sub(r"([&%$#_])", r"\\\1", text)
    return text.replace("\u00a0", "~")
