"""Lines of a reference → one text: what a page broke is joined, what it added is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edition.bibliography.reading.lists.items import ListedReference
from edition.source import SourceFile

# A date in parentheses at the head of a line: when a page was visited.
VISIT = re.compile(
    r"^[(（\[［]\s*(?:訪問|访问|검색일|방문|accessed|検索)?[^()（）]{0,12}?\d{4}\s*"
    r"[年년.\-/]",
    re.IGNORECASE,
)
URL = re.compile(r"https?://[^\s<>，。；、（）《》“”\"]*", re.IGNORECASE)
# The rest of an address that a line's end cut in two, though ">" may have closed the first half.
CUT_URL = re.compile(r"https?://[^\s<>]*>?$")
NEAR = 400  # characters on either side of a seam that tell what it is
URL_TAIL = re.compile(
    r"^(?=[^\s(（]*[-/=?])[a-z0-9][\w\-/=?&%.~+#]*"
    r"(?=[.。]?>?[.。]?\s*[(（]|>|\s*$)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class ListLine:
    start: int
    text: str
    indent: int
    gap: bool  # a blank line stands above
    marker: str = ""  # as written: "- ", "[3] "
    number: str = ""


def whole_urls(lines: Sequence[ListLine]) -> frozenset[str]:
    """URLs that stand whole within a line: a second witness of one that was broken."""
    return frozenset(
        found.group().rstrip(".,;")
        for one in lines
        for found in URL.finditer(one.text)
        if found.end() < len(one.text)
    )


def is_open(text: str) -> bool:
    """Whether ``text`` ends inside ``<…``, or inside a URL that nothing has ended."""
    if text.rfind("<") > text.rfind(">"):
        return True
    if "://" not in text:
        return False
    ends = [one.end() for one in URL.finditer(text)]
    return ends[-1:] == [len(text)] and not text.endswith((".", ";"))


def join(
    source: SourceFile, group: Sequence[ListLine], section: str, known: frozenset[str]
) -> ListedReference:
    parts: list[str] = []
    at: list[int] = []
    joins = []
    end = ""  # of what is joined so far
    for line in group:
        glue, drop = _seam(end, line.text, known) if end else ("", False)
        if drop:
            parts[-1] = parts[-1][:-1]
            at.pop()
        elif end and not glue and end.endswith("-") and is_open(end):
            joins.append(len(at) - 1)
        parts += [one for one in (glue, line.text) if one]
        at += at[-1:] * len(glue)
        at += range(line.start, line.start + len(line.text))
        end = (end[:-1] if drop else end) + glue + line.text
        end = end[-NEAR:]
    return ListedReference(
        "".join(parts), tuple(at), source, group[0].number, section, tuple(joins)
    )


def _seam(text: str, more: str, known: frozenset[str]) -> tuple[str, bool]:
    """What stands between two lines once they are one ("" or a space), and whether the hyphen
    that ends the first is the page's and goes."""
    if is_open(text) and not VISIT.match(more):
        return "", text.endswith("-") and _witnessed(text, more, known)
    if text.endswith(">") and CUT_URL.search(text) and URL_TAIL.match(more):
        return "", True
    if text.endswith("\u00ad"):
        return "", True
    if re.search(r"[a-z]-$", text) and re.match(r"[a-z]", more):
        return "", True
    wide = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’《》—…]"
    if re.search(wide + "$", text) and re.match(wide, more):
        return "", False
    return ("" if re.search(r"[-–/]$", text) else " "), False


def _witnessed(text: str, more: str, known: frozenset[str]) -> bool:
    """Whether the URL stands elsewhere in the list without the hyphen, and nowhere with it."""
    head = text[text.rfind("http") :]
    tail = re.match(r"[^\s<>]*", more)
    rest = tail.group().rstrip(".,;") if tail else ""
    return head[:-1] + rest in known and head + rest not in known


def sources(item: ListedReference) -> Iterator[ListedReference]:
    """The item, or its parts where it names several sources: ``…. (date); …. (date)``."""
    start = 0
    for cut in re.finditer(r"[)）>.。]\s*[;；]\s*(?=\S)", item.text):
        left, right = item.text[start : cut.end()], item.text[cut.end() :]
        if "://" in left and "://" in right:
            yield item.part(start, cut.start() + 1)
            start = cut.end()
    last = item.part(start, len(item.text))
    end = len(last.text.rstrip(";； "))
    yield last.part(0, end)
