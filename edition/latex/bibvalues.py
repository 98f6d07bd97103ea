"""Entries → a .bib that biber and TeX can be given: only known fields, only known commands.

The editor's keys become r1, r2 …, so that none is ever TeX. TeX in a value is decoded to
characters; braces stay, for they protect case; italics, bold, small capitals, raised and lowered
figures stay; what else there is prints as it stands or is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from edition.bibliography.reading import scan
from edition.bibliography.types import Entry
from edition.bibliography.values import Person, dates, decoded, language, meant, persons, unmath
from edition.characters import RESERVED
from edition.latex.escape import escape
from edition.latex.faces import Faces
from edition.latex.joints import SPACE
from edition.model import Lang

NAMES = ("author", "editor", "translator", "bookauthor", "editora", "editorb", "editorc",
         "annotator", "commentator", "introduction", "foreword", "afterword", "holder")  # fmt: skip
DATES = ("date", "urldate", "origdate", "eventdate")
VERBATIM = ("url", "doi", "eprint")
LINKS = ("crossref", "xdata", "related")
TEXTS = (
    "title", "subtitle", "titleaddon", "shorttitle", "booktitle", "booksubtitle",
    "booktitleaddon", "maintitle", "mainsubtitle", "journal", "journaltitle", "journalsubtitle",
    "issuetitle", "series", "edition", "volume", "volumes", "number", "issue", "part", "chapter",
    "pages", "pagetotal", "publisher", "location", "address", "institution", "school",
    "organization", "type", "year", "month", "note", "howpublished", "version", "isbn", "issn",
    "eventtitle", "venue", "eid", "language", "entrysubtype", "mark", "medium", "relatedtype",
    "pubstate", "nameaddon", "editortype", "addendum",
)  # fmt: skip
PRINTED = frozenset((*NAMES, *TEXTS))
_BARE = frozenset(("year", "month", "pages", "volume", "number", "isbn", "issn", "edition",
                   "relatedtype", "language", "entrysubtype", "mark", "medium", "pubstate",
                   "editortype", "type"))  # fmt: skip

_KEPT = ("textit", "emph", "textbf", "textsc", "textsuperscript", "textsubscript", "mkbibquote",
         "mkbibemph")  # fmt: skip
_COMMAND = re.compile(r"\\(" + "|".join(_KEPT) + r")\s*(?=\{)")
_MARK = {name: chr(0xE000 + index) for index, name in enumerate(_KEPT)}
_BACK = {mark: name for name, mark in _MARK.items()}
_OPEN, _CLOSE = "\ue01e", "\ue01f"
# what the decoder drops with its argument: files read, macros made, TeX's own writing
_DANGEROUS = re.compile(
    r"\\(input|include|write\d*|openin|openout|read|def|edef|gdef|xdef|let|csname|catcode|special"
    r"|immediate|newcommand|renewcommand|expandafter|loop|directlua)(?![A-Za-z])"
)
_FIRM = re.compile(r"\\&|&")  # in no name of a person: Müller & Söhne
_BY_FONT = re.compile(r"\\ED(?:face|glyph|sign|word|said|told|rtl|borrow)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")  # Investor's
# between words of Korean, which xeCJK would take for the end of a line of Chinese
_SPACE = re.compile(
    "(?<=[\u1100-\u11ff\uac00-\ud7a3])\\s+(?=[\u1100-\u11ff\uac00-\ud7a3\u4e00-\u9fff])"
    "|(?<=[\u4e00-\u9fff])\\s+(?=[\u1100-\u11ff\uac00-\ud7a3])"
)
_PIECE = re.compile("[{}]|[\ue000-\ue01f]|[^{}\ue000-\ue01f]+")
_URL_BAD = re.compile(r"[\s{}\\^\"<>|`\x00-\x1f\x7f]|[^\x00-\x7f]")

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_ASIAN_DATE = re.compile(
    r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日號号일]?)?)?"
)
_RANGE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?/(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?")
_EDTF = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?[?~%]")  # uncertain, about: biber reads it
_BEFORE = re.compile(r"-(\d{1,4})")  # astronomical: -0479 is 480 before our era, as -478
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Left:
    """A field of an entry of which something is not printed, and what."""

    entry: str
    field: str
    what: str


@dataclass(frozen=True, slots=True)
class ListStyle:
    """What the style of the list asks of an entry. ``anonymous``: a work without names is given
    佚名 or Anon., as GB/T 7714-2015 (8.1.4) has it for lists by author and year."""

    gb: bool = False
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bib:
    """``text`` of the .bib; ``keys``: r1, r2 … -> key of the entry."""

    text: str
    keys: Mapping[str, str]
    left: tuple[Left, ...] = ()


def bib(
    entries: Sequence[Entry],
    ranks: Mapping[str, int],
    faces: Faces | None = None,
    *,
    style: ListStyle = ListStyle(),
    romanised: Mapping[str, str] | None = None,
) -> Bib:
    """The .bib of ``entries``. ``ranks`` is the order of the list by key; entries that are not in
    it are parents, which others inherit from. ``romanised``: Chinese name -> the name in Latin
    letters that stands beside it."""
    names = {one.key: f"r{number}" for number, one in enumerate(entries, 1)}
    left: list[Left] = []
    blocks = []
    for one in entries:
        listed = one.key in ranks
        filled = _filled(one, style) if listed else one
        latin = romanised or {} if listed else {}
        lines = _entry(filled, language(one), names, ranks, faces, left, latin)
        blocks.append("\n".join([*lines, "}\n"]))
    return Bib(text="\n".join(blocks), keys={name: key for key, name in names.items()},
               left=tuple(left))  # fmt: skip


def iso(text: str) -> str:
    """A date in ISO form: from 2024年12月30日, 2024년12월30일, 2024/12, 30 Dec. 2024, 2024 or a
    range of ISO dates; empty where it is none."""
    text = text.strip().strip("()（）[]").removesuffix("訪問").removesuffix("访问").strip()
    if _RANGE.fullmatch(text) or _EDTF.fullmatch(text):
        return text
    for pattern in (_ISO, _ASIAN_DATE, _SLASHED):
        found = pattern.fullmatch(text)
        if found:
            year, month, day = (int(one) if one else 0 for one in found.groups())
            if month > 12 or day > 31:
                return ""
            return f"{year:04}" + (f"-{month:02}" if month else "") + (
                f"-{day:02}" if month and day else "")  # fmt: skip
    return dates.iso(text)


_WEB = ("online", "electronic", "www", "misc")
_RESPONSIBLE = ("author", "editor", "translator")
_BODIES = ("organization", "institution", "publisher")
_ANONYMOUS = {"zh": "佚名", "en": "Anon."}


def _filled(entry: Entry, known: ListStyle) -> Entry:
    """The entry with what a printed reference can't be without: who answers for it, and a title.
    A page without an author is its body's; one without a title has the host of its address in the
    place of the title, where [EB/OL] can follow it."""
    web = entry.type in _WEB
    if web and known.gb and not entry.get("url") and entry.get("doi"):
        entry = entry.with_field("url", f"https://doi.org/{address(entry.get('doi'))}")
    if not any(name in entry for name in (*_RESPONSIBLE, "crossref")):
        body = next((one for one in _BODIES if web and entry.get(one)), "")
        if body:
            entry = entry.with_field("author", "{" + entry.get(body).strip("{}") + "}")
            entry = entry.with_field(body, "")
        elif known.anonymous and (entry.get("title") or entry.get("url")):
            entry = entry.with_field("author", "{" + _ANONYMOUS[language(entry)] + "}")
    if web and not entry.get("title") and entry.get("url"):
        host = urlsplit(entry.get("url")).netloc.removeprefix("www.")
        entry = entry.with_field("title", host or entry.get("url"))
    if known.gb and entry.type == "standard" and entry.get("number"):
        title = f"{entry.get('title')}: {entry.get('number')}"  # the style prints no number
        entry = entry.with_field("number", "").with_field("title", title)
    if not known.gb and entry.type == "newspaper":
        entry = replace(entry, type="article").with_field("entrysubtype", "newspaper")
    return entry


def _entry(
    entry: Entry,
    lang: Lang,
    names: Mapping[str, str],
    ranks: Mapping[str, int],
    faces: Faces | None,
    left: list[Left],
    romanised: Mapping[str, str],
) -> list[str]:
    """The lines of an entry but for its closing brace."""
    kind = entry.type if entry.type in scan.KNOWN else "misc"
    lines = [f"@{kind}{{{names[entry.key]},"]
    if entry.key in ranks:
        lines.append(f"  sortkey = {{{ranks[entry.key]:06}}},")
        lines.append(f"  langid = {{{'chinese' if lang == 'zh' else 'english'}}},")
    for field in entry.fields:
        value = _field(entry, field.name, field.value, lang, names, faces, left, romanised)
        name = "date" if field.name == "year" and "/" in value else field.name
        if value:
            lines.append(f"  {name} = {{{value}}},")
    return lines


def _field(
    entry: Entry,
    name: str,
    value: str,
    lang: Lang,
    names: Mapping[str, str],
    faces: Faces | None,
    left: list[Left],
    romanised: Mapping[str, str],
) -> str:
    """A value as the .bib has it; empty where the field is none of those that print."""
    if name in NAMES:
        left += [Left(entry.key, name, f"the command \\{one} is not carried out")
                 for one in dict.fromkeys(_left_out(value))]  # fmt: skip
        return _persons(value, lang, faces, romanised if name in ("author", "editor") else {})
    if name in DATES:
        date = iso(value)
        if not date:
            left.append(Left(entry.key, name, f"“{value}” is no date"))
        return date
    if name in VERBATIM:
        return address(value)
    if name in LINKS:
        keys = [names[one.strip()] for one in value.split(",") if one.strip() in names]
        return ",".join(keys)
    if name not in TEXTS:
        return ""
    left += [Left(entry.key, name, f"the command \\{one} is not carried out")
             for one in dict.fromkeys(_left_out(value))]  # fmt: skip
    if name == "year" and "date" in entry and re.search("[/-]", value):
        return ""  # the date says it
    if name == "year" and (before := _BEFORE.fullmatch(value.strip())):
        return f"前{int(before[1])}" if lang == "zh" else f"{int(before[1])} BC"
    if name == "year" and iso(value):
        return iso(value) if "/" in value else iso(value)[:4]
    bare = _bare(value, lang, faces) if name in _BARE else clean(value, lang, faces)
    # biber (to 2.19 at least) dies of a label year that is the name of an author of another work
    return f"{{}}{bare}" if bare and name == "year" and not bare.isdecimal() else bare


def address(value: str) -> str:
    """An address or a DOI with what no address can hold in percent codes."""
    return _URL_BAD.sub(lambda found: _percent(found.group()), value.strip())


def _left_out(value: str) -> Iterable[str]:
    """Names of commands in a value that are not carried out."""
    yield from (found[1] for found in _DANGEROUS.finditer(value))
    yield from meant(unmath(value), _KEPT)[1]


def _bare(value: str, lang: Lang, faces: Faces | None) -> str:
    """Figures and identifiers pass as they are, so that biber can read them."""
    plain = re.fullmatch(r"(?:[^\W_]|[\s,.:/–—-])*", value)
    return value if plain and not (faces and faces.odd(value)) else clean(value, lang, faces)


def _percent(text: str) -> str:
    return "" if text.isspace() else "".join(f"%{byte:02X}" for byte in text.encode("utf-8"))


def _persons(
    value: str, lang: Lang, faces: Faces | None, romanised: Mapping[str, str] | None = None
) -> str:
    """Names parted by ``and``. Chinese ones are one name each, whatever stands in them, with the
    name in Latin letters beside it where there is one."""
    made = []
    for one in persons(value):
        if one.han or one.body:
            latin = (romanised or {}).get(whole(one), "")
            beside = rf"\EDromanised{{{clean(latin, 'en', faces)}}}" if latin else ""
            made.append(f"{{{clean(whole(one), lang, faces)}{beside}}}")
        elif _FIRM.search(one.raw):
            made.append(f"{{{clean(one.raw, lang, faces)}}}")
        else:
            made.append(_person(one, lang, faces))
    if re.search(r"\band\s+others\s*$", value):
        made.append("others")
    return " and ".join(made)


def _person(one: Person, lang: Lang, faces: Faces | None) -> str:
    """A name of several parts. Where its given name is set in another font it is one part, in
    full: biber would look for the initial in the command that calls the font."""
    name = clean(one.raw, lang, faces)
    if not one.given or not _BY_FONT.search(clean(one.given, lang, faces)):
        return name
    return f"{{{name}}}"


def whole(one: Person) -> str:
    """A Chinese name without the spaces and commas of databases (歐陽, 康), a body without its
    braces."""
    if one.body:
        raw = one.raw
        return raw[1:-1] if raw.startswith("{") and raw.endswith("}") else raw
    return one.raw if "·" in one.raw else one.family + one.given


def clean(value: str, lang: Lang, faces: Faces | None = None) -> str:
    """A value as TeX that prints it: balanced braces and known commands kept, else escaped."""
    value, _ = meant(unmath(RESERVED.sub("", value)), _KEPT)
    value = _protected(_COMMAND.sub(lambda found: _MARK[found[1]], value))
    if "\\" in value:
        value = decoded(value)
    value = value.replace(_OPEN, "{").replace(_CLOSE, "}")
    if not _balanced(value):
        value = value.replace("{", "").replace("}", "")
    parts: list[str] = []
    for piece in _PIECE.findall(value):
        if piece in _BACK:
            parts.append(f"\\{_BACK[piece]}")
        else:
            said = _APOSTROPHE.sub("’", piece)
            parts.append(piece if piece in "{}" else escape(said, lang, faces))
    return _SPACE.sub(lambda _: SPACE, _bare_commands("".join(parts)))


def _bare_commands(tex: str) -> str:
    """A kept command that lost its group in decoding prints nothing."""
    return re.sub(r"\\(?:" + "|".join(_KEPT) + r")(?!\{|[A-Za-z])", "", tex)


def _protected(value: str) -> str:
    """The braces of kept commands hidden from the decoder, which drops those round one letter."""
    out: list[str] = []
    closers: list[str] = []
    for place, one in enumerate(value):
        if one == "{":
            kept = place > 0 and value[place - 1] in _BACK
            closers.append(_CLOSE if kept else "}")
            out.append(_OPEN if kept else "{")
        elif one == "}" and closers:
            out.append(closers.pop())
        else:
            out.append(one)
    return "".join(out)


def _balanced(value: str) -> bool:
    depth = 0
    for one in value:
        depth += (one == "{") - (one == "}")
        if depth < 0:
            return False
    return depth == 0


def parents(entries: Iterable[Entry], known: Mapping[str, Entry]) -> list[Entry]:
    """Entries that those given inherit from or are linked to, and theirs, in turn."""
    found: dict[str, Entry] = {}
    wanted = [one for entry in entries for one in _linked(entry)]
    while wanted:
        key = wanted.pop()
        if key in known and key not in found:
            found[key] = known[key]
            wanted += _linked(known[key])
    return list(found.values())


def _linked(entry: Entry) -> list[str]:
    return [one.strip() for name in LINKS for one in entry.get(name).split(",") if one.strip()]
