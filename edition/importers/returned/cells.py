"""What a Word file for review says when it comes back: texts by their tickets, and comments.

Changes count as made, tracked or not; who made those that are tracked is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from edition.importers.documents.docx.package import Package
from edition.importers.documents.model import RefusedError
from edition.importers.documents.xml import Element, attr, child, children, descendants, local
from edition.model import LANGS
from edition.tickets import Ticket, ticket
from edition.wording import OBJECT

_SIGN, _SIGN_NAME = "EditionSign", "edition sign"
_OWN = "Edition"  # author of comments that are notes of the edition
_INSIDE = ("hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
_MADE, _UNMADE = ("ins", "moveTo"), ("del", "moveFrom")
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}


@dataclass(slots=True, kw_only=True)
class ReturnedText:
    """``words`` has :data:`OBJECT` where the edition says something, ``signs`` what; ``joined``:
    another text was drawn into it. ``authors`` of tracked changes."""

    ticket: Ticket
    words: str = ""
    signs: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedComment:
    """``about``: the label of the note of the edition that it answers, or that it was; ``version``
    of that note's words, as they were written. ``ticket`` of the text in which ``quote`` stands."""

    author: str
    said: str
    own: bool
    ticket: Ticket | None = None
    quote: str = ""
    about: str = ""
    version: str = ""


@dataclass(slots=True)
class ReturnedFile:
    """``loose``: what stands in rows of which nothing tells what they are."""

    texts: list[ReturnedText] = field(default_factory=list)
    comments: list[ReturnedComment] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


def read(data: bytes) -> ReturnedFile | None:
    """None where it is no file for review. Raises :class:`RefusedError` where it is damaged."""
    package = Package(data)
    root = package.archive.root(package.main)
    marks = descendants(root, "bookmarkStart")
    if not any(ticket(attr(one, "name")) for one in marks):
        return None
    styles = package.part("styles")
    signs = {_SIGN} | {
        attr(one, "styleId") for one in descendants(styles[1], "style")
        if attr(child(one, "name"), "val").lower() == _SIGN_NAME
    } if styles else {_SIGN}  # fmt: skip
    reading = _Reading(signs)
    for table in descendants(root, "tbl"):
        reading.table(table)
    made = reading.done()
    made.comments = list(_comments(package, reading))
    return made


@dataclass(slots=True)
class _Paragraph:
    row: int
    column: int
    tickets: list[Ticket]
    words: str = ""
    signs: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    runs_on: bool = False  # its end was deleted: the next is part of it


@dataclass(slots=True)
class _Range:
    """The words round which a comment stands."""

    ticket: Ticket | None = None
    quote: str = ""


class _Reading:
    def __init__(self, signs: set[str]) -> None:
        self.signs = signs
        self.paragraphs: list[_Paragraph] = []
        self.ranges: dict[str, _Range] = {}
        self._open: list[str] = []
        self._now: Ticket | None = None

    def table(self, table: Element) -> None:
        pending: list[Ticket] = []
        row, column = len(self.paragraphs), -1
        inside: Element | None = None
        for one in table.iter():
            match local(one):
                case "tr":
                    row, column = row + 1, -1
                case "tc":
                    column += 1
                case "bookmarkStart" if (known := ticket(attr(one, "name"))) is not None:
                    if inside is None or inside not in one.iterancestors():
                        pending.append(known)
                case "p":
                    inside = one
                    own = [known for mark in descendants(one, "bookmarkStart")
                           if (known := ticket(attr(mark, "name"))) is not None]  # fmt: skip
                    self._paragraph(one, row, column, [*pending, *own])
                    pending = []
                case _:
                    pass

    def _paragraph(self, element: Element, row: int, column: int, known: list[Ticket]) -> None:
        ends = child(element, "pPr", "rPr")
        known = list(dict.fromkeys(known))  # LibreOffice writes those of an empty cell twice
        made = _Paragraph(row, column, known, runs_on=child(ends, "del") is not None)
        if known:
            self._now = known[0]
        elif not self.paragraphs or (self.paragraphs[-1].row, self.paragraphs[-1].column) != (
            row, column,
        ):  # fmt: skip
            self._now = None
        self.paragraphs.append(made)
        self._content(element, made, "")

    def _content(self, element: Element, to: _Paragraph, author: str) -> None:
        for one in element:
            match local(one):
                case "r":
                    self._run(one, to, author)
                case tag if tag in _MADE:
                    to.authors.append(attr(one, "author"))
                    self._content(one, to, attr(one, "author"))
                case tag if tag in _UNMADE:
                    to.authors.append(attr(one, "author"))
                case "commentRangeStart":
                    self.ranges[attr(one, "id")] = _Range(self._now)
                    self._open.append(attr(one, "id"))
                case "commentRangeEnd":
                    self._open = [each for each in self._open if each != attr(one, "id")]
                case tag if tag in _INSIDE:
                    self._content(one, to, author)
                case _:
                    pass

    def _run(self, run: Element, to: _Paragraph, author: str) -> None:
        words = "".join(_words(run))
        if (reference := child(run, "commentReference")) is not None:
            self.ranges.setdefault(attr(reference, "id"), _Range(self._now))
        for one in self._open:
            self.ranges[one].quote += words
        if attr(child(run, "rPr", "rStyle"), "val") not in self.signs:
            to.words += words
        elif words and not author:
            to.signs.append(words)
            to.words += "" if to.words.endswith(OBJECT) else OBJECT
        else:  # typed by a reviewer at the end of a sign
            to.words += words

    def done(self) -> ReturnedFile:
        made = ReturnedFile()
        last: tuple[_Paragraph, ReturnedText] | None = None
        beside = {(one.row, 1 - one.column): one.tickets for one in self.paragraphs
                  if len(one.tickets) == 1}  # fmt: skip
        for one in self.paragraphs:
            known = one.tickets
            same = last is not None and (last[0].row, last[0].column) == (one.row, one.column)
            if not known and not same and one.words.strip():
                known = _by_its_row(beside.get((one.row, one.column), ()), one.column)
            if known:
                text = ReturnedText(ticket=known[0], words=one.words, joined=len(known) > 1)
                made.texts.append(text)
                made.texts += [ReturnedText(ticket=each, joined=True) for each in known[1:]]
            elif same and last is not None:
                text = last[1]
                between = "" if last[0].runs_on else "\n\n"
                text.words += between + one.words if one.words.strip() else ""
            elif one.words.strip(f"{OBJECT} \n"):
                made.loose.append(one.words.strip())
                continue
            else:
                continue
            text.signs += one.signs
            text.authors += one.authors
            last = one, text
        return made


def _by_its_row(other: Sequence[Ticket], column: int) -> list[Ticket]:
    """What a text must be whose ticket was lost, where its counterpart has one."""
    if not other or not 0 <= column < len(LANGS):
        return []
    lang = LANGS[column]
    return [Ticket(lang, other[0].key, "", "")] if other[0].lang != lang else []


def _words(run: Element) -> Iterator[str]:
    for one in run:
        match local(one):
            case "t":
                yield one.text or ""
            case "ruby":
                base = child(one, "rubyBase")
                for each in descendants(base, "r") if base is not None else ():
                    yield from _words(each)
            case tag if tag in _SIGNS:
                yield _SIGNS[tag]
            case _:
                pass


# --- comments ------------------------------------------------------------------------------------


def _comments(package: Package, reading: _Reading) -> Iterator[ReturnedComment]:
    part = package.part("comments")
    if part is None:
        return
    parents = _parents(package)
    listed = list(children(part[1], "comment"))
    by_paragraph = {attr(each, "paraId"): one for one in listed for each in descendants(one, "p")
                    if attr(each, "paraId")}  # fmt: skip
    for one in listed:
        author, said = attr(one, "author"), _said(one)
        label, _, rest = said.partition("] ")
        own = author == _OWN and "[" in label
        parent = next((by_paragraph[parents[own_id]] for each in descendants(one, "p")
                       if (own_id := attr(each, "paraId")) in parents
                       and parents[own_id] in by_paragraph), None)  # fmt: skip
        about = f"{label}]" if own else ""
        if parent is not None and attr(parent, "author") == _OWN:
            about = f"{_said(parent).partition('] ')[0]}]"
        elif parent is not None:
            about = f"{attr(parent, 'author')}: “{_said(parent)}”"
        at = reading.ranges.get(attr(one, "id"), _Range())
        yield ReturnedComment(
            author=author, said=rest if own else said, own=own, ticket=at.ticket,
            quote=" ".join(at.quote.split()), about=about, version=attr(one, "initials"),
        )  # fmt: skip


def _said(comment: Element) -> str:
    paragraphs = ("".join("".join(_words(run)) for run in descendants(one, "r"))
                  for one in descendants(comment, "p"))  # fmt: skip
    return " ".join(" ".join(paragraphs).split())


def _parents(package: Package) -> dict[str, str]:
    """Which comments answer which, by the ids of their paragraphs."""
    try:
        part = package.part("commentsExtended")
    except RefusedError:
        return {}
    told = descendants(part[1], "commentEx") if part else ()
    return {attr(one, "paraId"): parent for one in told if (parent := attr(one, "paraIdParent"))}
