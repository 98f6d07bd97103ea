"""One text in both scripts of Chinese: shown in one, with what the other has at every place where
they differ."""

from __future__ import annotations

from edition.writers.xml import Element, element, set_attribute

OTHER = "data-o"  # what stands there in the other script


def twofold(shown: Element, other: Element | None) -> Element:
    """``shown`` with the words of ``other``, which says the same in the other script. Where they
    are built alike, differing words are spans that hold the other ones; else both stand there
    whole, ``other`` hidden."""
    if other is None:
        return shown
    if not _alike(shown, other):
        set_attribute(other, "hidden", "hidden")
        set_attribute(other, "class", f"{other.get('class') or ''} other".strip())
        set_attribute(shown, "class", f"{shown.get('class') or ''} own".strip())
        for one in other.iter():
            if "id" in one.attrib:
                del one.attrib["id"]
        return element("div", shown, other)
    _merge(shown, other)
    return shown


def _alike(shown: Element, other: Element) -> bool:
    if shown.tag != other.tag or len(shown) != len(other):
        return False
    return all(map(_alike, shown, other))


def _merge(shown: Element, other: Element) -> None:
    pairs = list(zip(shown, other, strict=True))
    for mine, theirs in pairs:
        _merge(mine, theirs)
    # from the last on, so that places hold
    for at in reversed(range(len(pairs))):
        mine, theirs = pairs[at]
        if (mine.tail or "") != (theirs.tail or ""):
            shown.insert(at + 1, _span(mine.tail or "", theirs.tail or ""))
            mine.tail = None
    if (shown.text or "") != (other.text or ""):
        shown.insert(0, _span(shown.text or "", other.text or ""))
        shown.text = None
    for name in ("alt", "title"):
        if shown.get(name) != other.get(name):
            set_attribute(shown, f"{OTHER}-{name}", other.get(name) or "")


def _span(text: str, other: str) -> Element:
    made = element("span", text)
    set_attribute(made, OTHER, other)
    return made
