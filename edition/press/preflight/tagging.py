"""Whether a file that claims PDF/UA, or level A of PDF/A, is tagged at all: what stands in its
catalogue and on its pages. The tree itself is not read: a validator does that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from edition.press.preflight import codes
from edition.press.preflight.document_checks import title_of
from edition.press.preflight.report import PlacedFinding, of_file, of_page
from edition.press.preflight.tokens import operations

_HINT = "a validator such as veraPDF tells more; text can be tagged anew, or the claim be dropped"


# operators that leave something on the page (ISO 32000-1, table A.1)
_SHOWING = frozenset(
    ["Tj", "TJ", "'", '"', "Do", "BI", "sh", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"]
)


def claims_tags(claims: Iterable[str]) -> bool:
    """Whether one of the claims asks for tags."""
    return any(one.startswith("PDF/UA") or (one.startswith("PDF/A") and one.endswith("a"))
               for one in claims)  # fmt: skip


def tag_findings(reader: PdfReader, claims: Iterable[str]) -> Iterator[PlacedFinding]:
    """What a tagged file lacks, as far as catalogue and pages tell."""
    claims = tuple(claims)
    if not claims_tags(claims):
        return
    root: Any = reader.trailer["/Root"]
    tree: Any = root.get("/StructTreeRoot", DictionaryObject()).get_object()
    if "/K" not in tree:
        yield _told("the file has no structure tree")
        return
    if "/ParentTree" not in tree:
        yield _told("nothing leads from its pages to the structure tree")
    marked: Any = root.get("/MarkInfo", DictionaryObject()).get_object()
    if not marked.get("/Marked"):
        yield _told("its catalogue does not say that it is tagged (/MarkInfo)")
    access = any(one.startswith("PDF/UA") for one in claims)
    if access:
        shown: Any = root.get("/ViewerPreferences", DictionaryObject()).get_object()
        if not shown.get("/DisplayDocTitle"):
            yield _told("its title is not what the title bar shows (/DisplayDocTitle)")
        if not title_of(root):
            yield _told("its XMP metadata have no title (dc:title)")
    for number, page in enumerate(reader.pages, start=1):
        yield from _of_page(number, page, access)


def _of_page(number: int, page: Any, access: bool) -> Iterator[PlacedFinding]:
    content = page.get_contents()
    if "/StructParents" not in page and content is not None and _shows(content.get_data()):
        fact = "nothing on the page leads to the structure tree"
        yield of_page(codes.PRE027, number, fact, _HINT)
    if access and page.get("/Annots") and page.get("/Tabs") != "/S":
        fact = "links and notes on the page are not reached in the order of the tags (/Tabs)"
        yield of_page(codes.PRE027, number, fact, _HINT)
    links = [one.get_object() for one in page.get("/Annots", ())]
    bare = [
        one for one in links
        if one.get("/Subtype") == "/Link"
        and ("/StructParent" not in one or not str(one.get("/Contents", "")).strip())
    ]  # fmt: skip
    if bare:
        fact = f"links without an element or without words: {len(bare)}"
        yield of_page(codes.PRE027, number, fact, _HINT)


def _shows(data: bytes) -> bool:
    """Whether a content stream shows anything that is no artifact."""
    inside: list[bool] = []  # of what is open, whether it is an artifact
    for word, operands in operations(data):
        if word in ("BMC", "BDC"):
            inside.append("/Artifact" in operands[:1])
        elif word == "EMC":
            inside = inside[:-1]
        elif word in _SHOWING and not any(inside):
            return True
    return False


def _told(fact: str) -> PlacedFinding:
    return of_file(codes.PRE027, fact, _HINT)
