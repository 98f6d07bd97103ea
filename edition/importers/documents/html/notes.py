"""Footnotes of a web page: a mark and a text that link to each other, by whatever program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from edition.importers.documents.xml import Element

_NOTE_WORDS = re.compile(r"foot-?note|end-?note|note-?ref|cite_?note|reference|_ftn|_edn|"
                         r"\bfn|\brearnote", re.IGNORECASE)  # fmt: skip
_BACK = re.compile(r"^[\s\[\]()（）〔〕【】^↑↩⏎⤴️\ufe0e\ufe0f⬆↵◁\d,、.:：*†‡a-h註注]*$")
_OF_ONE = re.compile(r"^(?:sd)?(?:foot|end)?(?:note|_?ftn|_?edn|fn|en)[\w:-]*\d$", re.IGNORECASE)
_BODIES = ("li", "p", "div", "aside", "dd", "td", "section", "blockquote")
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True)
class HtmlNotes:
    """``marks``: link (or what holds it) → label of its note; ``bodies``: label → the element with
    its text; ``backs``: links from notes to their marks, which print nothing."""

    marks: Mapping[Element, str]
    bodies: Mapping[str, Element]
    backs: frozenset[Element]


def notes_of(root: Element) -> HtmlNotes:
    """The footnotes under ``root``."""
    named: dict[str, Element] = {}
    for one in root.iter():
        for name in (one.get("id"), one.get("name")):
            if name and isinstance(one.tag, str):
                named.setdefault(name, one)
    marks: dict[Element, str] = {}
    bodies: dict[str, Element] = {}
    backs: set[Element] = set()
    labels: dict[Element, str] = {}
    for link in root.iter("a"):
        target = named.get((link.get("href") or "").partition("#")[2])
        if link in backs or target is None or not (link.get("href") or "").startswith("#"):
            continue
        body = _body(target)
        if body is None or body in link.iterancestors() or not _is_note(link, target, body):
            continue
        label = labels.setdefault(body, str(len(labels) + 1))
        bodies[label] = body
        marks[_whole(link)] = label
        backs |= {one for one in body.iter("a") if _goes_back(one, link, named)}
    return HtmlNotes(marks, bodies, frozenset(backs))


def _body(target: Element) -> Element | None:
    """The block that a link leads into."""
    for one in (target, *target.iterancestors()):
        if one.tag in _BODIES:
            return _holder(one)
        if one.tag in ("body", "article", "main"):
            break
    return None


def _holder(body: Element) -> Element:
    """What holds all paragraphs of a note of which ``body`` is the first, as word processors write
    them; else ``body``."""
    parent = body.getparent()
    if body.tag != "p" or parent is None or parent.tag not in ("div", "aside"):
        return body
    own = _OF_ONE.search(parent.get("id") or "") or "mso-element" in (parent.get("style") or "")
    return parent if own and next(iter(parent), None) is body else body


def _whole(link: Element) -> Element:
    """What prints the mark: the raised letters round the link, where nothing else is in them."""
    parent = link.getparent()
    if parent is None or parent.tag not in ("sup", "span"):
        return link
    bare = not (parent.text or "").strip(" [(（〔") and not (link.tail or "").strip(" ])）〕")
    return parent if bare and sum(isinstance(one.tag, str) for one in parent) == 1 else link


def _is_note(link: Element, target: Element, body: Element) -> bool:
    """Whether a link leads to a note: one comes back, or both say so, and its words are a mark."""
    words = "".join(str(one) for one in link.itertext()).strip()
    if not words or len(words) > 12:
        return False
    mark = re.search(r"\d|[*†‡①-⑳註注]", words)
    if "noteref" in (link.get(EPUB_TYPE) or link.get("epub:type") or link.get("role") or ""):
        return True
    names = {one for up in (link, *list(link.iterancestors())[:2])
             for one in (up.get("id"), up.get("name")) if one}  # fmt: skip
    before = link.getprevious()
    if before is not None and before.tag == "a":
        names |= {one for one in (before.get("id"), before.get("name")) if one}
    comes_back = any(
        (one.get("href") or "").startswith("#") and (one.get("href") or "")[1:] in names
        for one in body.iter("a")
    )
    said = _NOTE_WORDS.search(" ".join((
        target.get("id") or "", target.get("name") or "", link.get("class") or "",
        link.get("href") or ""))) is not None  # fmt: skip
    listed = re.search(r"toc|contents|nav", " ".join(
        one.get("class") or "" for one in link.iterancestors()), re.IGNORECASE)  # fmt: skip
    return bool(mark) and not listed and (comes_back or said)


def _goes_back(link: Element, mark: Element, named: Mapping[str, Element]) -> bool:
    target = named.get((link.get("href") or "").partition("#")[2])
    if target is None or not (link.get("href") or "").startswith("#"):
        return False
    words = "".join(str(one) for one in link.itertext()).strip()
    near = target is mark or target is mark.getprevious()
    near = near or mark in target.iterdescendants() or target in mark.iterancestors()
    return bool(_BACK.match(words)) and (near or bool(_NOTE_WORDS.search(link.get("href") or "")))
