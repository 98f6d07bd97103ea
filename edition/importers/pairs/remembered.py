"""A memory of translations that another program wrote → units of the workspace whose Chinese it
knows, so that ``--update`` puts its English in their places. Sentences serve for paragraphs that
are made of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from edition.diagnostics import Diagnostic, Outcome
from edition.importers.codes import NOT_PUT_BACK
from edition.importers.pairs.units import GivenUnit, UnitToken
from edition.model import Lang, Presence, Segment, plain
from edition.readers import text as reader
from edition.source import SourceFile

_TEXT = re.compile(r"source/text/(?P<stem>.+)\.zh\.md$")
_BEGINS = 4  # characters by which what may go on is found
_SHOWN = 60  # characters of a text in a finding
_SHARE = 0.5  # of the texts of a memory, at least, that the workspace has


def remembered(
    files: Mapping[str, str], memory: Mapping[str, str], name: str
) -> Outcome[tuple[GivenUnit, ...]]:
    """The units of the workspace ``files`` (path → text) whose Chinese the texts of ``memory``
    have; none where most of these are of another text. What no text of the workspace has is
    told (IMP073). ``name`` is that of the memory."""
    known = {_bare(zh): en for _, zh, en in _pairs(memory) if zh and en}
    begins: dict[str, list[str]] = defaultdict(list)
    for zh in sorted(known, key=len, reverse=True):
        begins[zh[:_BEGINS]].append(zh)
    made, used = [], set[str]()
    for own, zh, _ in _pairs(files):
        parts = _parts(_bare(zh), begins)
        if parts:
            used.update(parts)
            english = " ".join(known[one] for one in parts)
            said = (UnitToken("words", english),)
            made.append(GivenUnit(id=own, section="", sides={"zh": (UnitToken("words", zh),),
                                                             "en": said}))  # fmt: skip
    if len(used) < _SHARE * max(len(known), 1):
        return Outcome(())
    left = [Diagnostic(code=NOT_PUT_BACK, where=name, fact=f"no text is “{zh[:_SHOWN]}”",
                       hint="a text of the workspace was edited since, or it is of another")
            for zh in known if zh not in used]  # fmt: skip
    return Outcome(tuple(made), tuple(left))


def _pairs(files: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(id, Chinese, English) of what answers to each other in texts by path; the English of several
    paragraphs has blank lines between them."""
    for path in sorted(files):
        if met := _TEXT.match(path):
            chinese = _segments(files, path, "zh")
            english = _segments(files, f"source/text/{met['stem']}.en.md", "en")
            groups: dict[tuple[str, ...], list[Segment]] = defaultdict(list)
            for one in english.values():
                groups[one.corresp or (one.id,)].append(one)
            held = {own for ids in groups if len(ids) > 1 for own in ids}
            for own in chinese:
                if own not in held:
                    groups.setdefault((own,), [])
            for ids, texts in groups.items():
                said = [plain(one.inlines) for one in texts if one.presence is Presence.TEXT]
                source = [plain(chinese[own].inlines) for own in ids if own in chinese]
                yield (texts[0].id if texts else ids[0]), "".join(source), "\n\n".join(said)


def _segments(files: Mapping[str, str], path: str, lang: Lang) -> dict[str, Segment]:
    stem = path.removeprefix("source/text/").rpartition(f".{lang}.md")[0]
    read = reader.read(SourceFile(path, files.get(path, "")), stem, lang).value.segments
    return {one.id: one for one in read}


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _parts(text: str, begins: Mapping[str, list[str]]) -> list[str]:
    """Texts of a memory, one behind the other, that make ``text``; none where they do not."""
    made: list[str] = []
    at = 0
    while at < len(text):
        near = (begins.get(text[at : at + length], ()) for length in range(_BEGINS, 0, -1))
        part = next((one for several in near for one in several if text.startswith(one, at)), "")
        if not part:
            return []
        made.append(part)
        at += len(part)
    return made
