"""References as Japanese journals and books print them (SIST 02, 日本史研究 and the like)."""

from __future__ import annotations

import re

from edition.bibliography.reading.lists.builder import FieldBuilder, ItemReading
from edition.bibliography.reading.lists.items import ListedReference

_KANA = re.compile("[\u3040-\u30ff]")
_SIGN = r"(?:号|巻|頁|年)"
_NAMES = r"(?P<author>[^「」『』（）()\d、，,]{2,20}?(?:[・、][^「」『』（）()\d、，,]{2,10}){0,4})"
_ROLE = r"(?:(?P<role>編著|編|監修|著|訳)\s*)?[、，,]?\s*"
_YEAR = r"[（(、，,]?\s*(?P<year>(?:1[5-9]|20)\d\d)\s*年?\s*[）)]?"
_PAGES = r"(?:\s*[、，,]\s*(?:pp?\.\s*)?(?P<pages>\d+(?:\s*[-–—~〜～－]\s*\d+)?)\s*頁?)?"
_STOP = r"\s*[。．.]?\s*$"
# 山川岸子「渡し場の社会史」『水辺史研究』12巻3号、2011年、3-21頁。
_ARTICLE = re.compile(
    rf"^{_NAMES}「(?P<title>[^「」]+)」\s*[、，,]?\s*『(?P<journal>[^『』]+)』\s*[、，,]?\s*"
    rf"(?:第?(?P<volume>\d+)\s*巻\s*)?(?:(?:第|[-–])?(?P<number>\d+)\s*号)?\s*"
    rf"{_YEAR}{_PAGES}{_STOP}"
)
# 海野渚「水門の技術」山川岸子編『水辺の技術史』岸辺書房、2013年、33-58頁。
_CHAPTER = re.compile(
    rf"^{_NAMES}「(?P<title>[^「」]+)」\s*[、，,]?\s*(?P<editor>[^「」『』、，,]{{2,20}}?)編\s*"
    rf"『(?P<booktitle>[^『』]+)』\s*[（(、，,]?\s*(?P<publisher>[^『』（）()、，,\d]{{2,20}}?)\s*"
    rf"{_YEAR}{_PAGES}{_STOP}"
)
# 山川岸子『渡し場の社会史』岸辺書房、2011年。
_BOOK = re.compile(
    rf"^{_NAMES}{_ROLE}『(?P<title>[^『』]+)』\s*[（(、，,]?\s*"
    rf"(?P<publisher>[^『』（）()、，,\d]{{2,20}}?)\s*{_YEAR}{_PAGES}{_STOP}"
)
_KINDS = ((_ARTICLE, "article"), (_CHAPTER, "incollection"), (_BOOK, "book"))


def japanese(item: ListedReference) -> ItemReading | None:
    """A reference with a sign of Japan in it: kana, or 巻 and 号, 頁 beside 『』."""
    text = item.text
    if not (_KANA.search(text) or re.search(rf"』.*\d\s*{_SIGN}", text)):
        return None
    for pattern, kind in _KINDS:
        found = pattern.match(text)
        if found is None:
            continue
        build = FieldBuilder(item)
        role = found.groupdict().get("role") or ""
        writer = "editor" if role.startswith(("編", "監")) and role != "編著" else "author"
        build.group(found, "author", writer, _joined(found["author"]))
        if role:
            build.told(*found.span("role"))
        if found.groupdict().get("editor"):
            build.group(found, "editor", "editor", _joined(found["editor"]))
        for name in ("title", "journal", "booktitle", "publisher", "volume", "number", "year",
                     "pages"):  # fmt: skip
            build.group(found, name)
        return build.reading(kind, "japanese")
    return None


def _joined(names: str) -> str:
    """Names that a dot or a comma parts; a foreign name in kana is one."""
    if re.search("[\u30a0-\u30fa]", names):
        return names.strip()
    return " and ".join(one.strip() for one in re.split("[・、]", names) if one.strip())
