"""Which element of a web page holds its text, and what its title is."""

from __future__ import annotations

import re
from dataclasses import replace

from edition.importers.documents.html.inlines import text_in, text_of
from edition.importers.documents.model import Block, Heading
from edition.importers.documents.xml import Element

_CONTENT = re.compile(r"mw-parser-output|entry-content|post-content|article-body|article-content|"
                      r"rich_media_content|markdown-body", re.IGNORECASE)  # fmt: skip
_SITE = re.compile(r"\s+[-|_–—·»]\s+[^-|_–—·»]{2,40}$")


def content_of(body: Element) -> Element:
    """The element that holds the text of a page, without what the site puts about it; ``body``
    where none does."""
    whole = max(len(text_of(body)), 1)
    named = [one for one in body.iter("article", "main", "div", "section", "td")
             if one.tag in ("article", "main") or _CONTENT.search(one.get("class") or "")
             or one.get("id") in ("content", "main-content", "js_content", "bodyContent")
             or one.get("role") == "main"]  # fmt: skip
    shares = [(len(text_of(one)) / whole, one) for one in named]
    likely = [(share, one) for share, one in shares if share >= 0.5 or (
        share >= 0.2 and len(named) == 1)]  # fmt: skip
    return min(likely, key=lambda one: one[0])[1] if likely else body


def title_of(root: Element, body: Element) -> str:
    """The title of a page whose text has none: a heading above it, or what its head says."""
    for one in body.iter("h1"):
        if words := _plain(one):
            return words
    found = root.find(".//title")
    words = _SITE.sub("", _plain(found)) if found is not None else ""
    if words and words not in ("x", "Untitled"):
        return words
    return ""


def titled(blocks: list[Block]) -> list[Block]:
    """A first heading of the highest level that no other has is the title."""
    heads = [one for one in blocks if isinstance(one, Heading)]
    top = min((one.level for one in heads), default=0)
    if heads and heads[0].level == top and sum(one.level == top for one in heads) == 1:
        at = blocks.index(heads[0])
        if at <= 3:
            blocks[at] = replace(heads[0], title=True)
    return blocks


def _plain(element: Element) -> str:
    return re.sub(r"\s+", " ", text_in(element)).strip()
