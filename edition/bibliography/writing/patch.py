"""The corrected .bib by patches over the text of the file as found.

An untouched entry is byte-identical; a touched one differs in the touched fields only; what stands
between entries (comments, strings, preambles, loose text) stays. Merged entries are taken out, and
of those set aside the ones that would keep other readers from the rest: the report has them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal

from edition.bibliography.reading import scan
from edition.bibliography.types import Entry, Field, Library
from edition.bibliography.values import entry_text, safe
from edition.bibliography.writing.order import Collation, ordered

Sort = Literal["", "key", "author", "year"]

_NAME_BEFORE = re.compile(r"[^\s,{}\"#%=()']+\s*=\s*\Z")
_HEAD = re.compile(r"@[ \t]*([^\W\d_][\w.+-]*)[ \t]*(?:\n[ \t]*)?[{(]\s*([^\s,{}\"#%=]*)")
_NUMBER = re.compile(r"\d+\Z")
_Edit = tuple[int, int, str]  # from, to, text in its place


def corrected(
    before: Library,
    after: Library,
    *,
    sort: Sort = "",
    collation: Collation = "pinyin",
    readings: Mapping[str, str] | None = None,
) -> str:
    """The text of ``before.source`` with its entries as ``after`` has them. Entries are known
    again by where they stand in the file; those that were made stand at its end. ``sort`` brings
    the entries into order, each with the comment directly above it."""
    if before.source is None:
        return "\n".join(entry_text(one) for one in _sorted(after, sort, collation, readings))
    text = before.source.text
    target = {one.start: one for one in after.entries
              if one.span and one.span.file is before.source}  # fmt: skip
    kept: list[tuple[Entry, Entry]] = []
    gone = [
        (one.span.start, one.span.end)
        for one in before.quarantined
        if one.span.file is before.source
        and (not one.stays or one.key in after.aliases)  # its key leads to another entry now
    ]
    for entry in before.entries:
        now = target.get(entry.start)
        if now is None:
            gone.append((entry.start, entry.end))
        else:
            kept.append((entry, now))
    made = [one for one in after.entries if one.span is None or one.span.file is not before.source]
    if sort:
        return _in_order(before, after, kept, gone, made, sort, collation, readings)
    edits: list[_Edit] = [_removal(text, start, end) for start, end in gone]
    for old, new in kept:
        edits += entry_edits(text, old, new)
    return _appended(_apply(text, edits), made)


def entry_edits(text: str, old: Entry, new: Entry) -> list[_Edit]:
    """What must be replaced in ``text`` to make ``new`` of ``old``; nothing where they agree."""
    edits: list[_Edit] = []
    head = _HEAD.match(text, old.start)
    if head is not None:
        if new.type != old.type:
            edits.append((head.start(1), head.end(1), new.type))
        if new.key != old.key:
            edits.append((head.start(2), head.end(2), new.key))
    wanted = {one.name: one for one in new.fields}
    had = {one.name: one for one in old.fields}
    added = [one for one in new.fields if one.name not in had]
    if added and not any(one.name in wanted and one.span for one in old.fields):
        return [*edits, _body(text, old, added)]
    for field in old.fields:
        now = wanted.get(field.name)
        if field.span is None:
            continue
        if now is not None and now.value == field.value:
            continue
        for one in (field, *_again(old, field)):
            assert one.span is not None
            if now is None:
                edits.append(_field_removal(text, one))
            else:
                edits.append((one.span.start, one.span.end, _value(one, now.value)))
    if added:
        edits.append(_insertion(text, old, added, wanted.keys()))
    return edits


def _again(entry: Entry, field: Field) -> Iterator[Field]:
    """The field where it stands in the entry a second time, with the same content."""
    span = entry.span
    if span is None or len(re.findall(rf"(?i)\b{re.escape(field.name)}\s*=", span.text)) < 2:
        return
    block = next(scan.scan(span.text), None)
    for one in block.fields if block else ():
        place = span.within(one.start, one.end)
        if one.name == field.name and field.span and place.start != field.span.start:
            yield Field(one.name, field.value, place.text, place)


def _apply(text: str, edits: Iterable[_Edit]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, replacement in sorted(edits, key=lambda one: one[:2]):
        # two removals may share a blank line
        parts += [text[at : max(start, at)], replacement]
        at = max(at, end)
    parts.append(text[at:])
    return "".join(parts)


def _appended(text: str, made: Iterable[Entry]) -> str:
    for one in made:
        if text and not text.endswith("\n\n"):
            text += "\n" if text.endswith("\n") else "\n\n"
        text += entry_text(one)
    return text


def _removal(text: str, start: int, end: int) -> _Edit:
    """An entry taken out, with its line and one blank line after it."""
    line = text.rfind("\n", 0, start) + 1
    if not text[line:start].strip():
        start = line
        after = re.compile(r"[ \t]*,?[ \t]*(?:\n|\Z)(?:[ \t]*(?:\n|\Z))?").match(text, end)
        end = after.end() if after else end
    return start, end, ""


# --- fields -----------------------------------------------------------------------------------


def _value(field: Field, value: str) -> str:
    """The new value in the delimiters of the old one, where it can stand in them."""
    value = safe(value)
    if _NUMBER.match(field.raw) and _NUMBER.match(value):
        return value
    if field.raw.startswith('"') and field.raw.count('"') == 2 and '"' not in value:
        return f'"{value}"'
    return f"{{{value}}}"


def _field_removal(text: str, field: Field) -> _Edit:
    """A field with its name, its comma and, where nothing else stands there, its line."""
    assert field.span is not None
    name = _NAME_BEFORE.search(text, max(0, field.span.start - 200), field.span.start)
    start = name.start() if name else field.span.start
    line = text.rfind("\n", 0, start) + 1
    comma = re.compile(r"\s*,").match(text, field.span.end)
    end = comma.end() if comma else field.span.end
    if not text[line:start].strip() and line:
        start = line - 1
        # a remark after the comma stays on its line
        if re.compile(r"[ \t]*%").match(text, end):
            start = line
    elif text[start - 1] == " ":
        start -= 1
    return start, end, ""


def _body(text: str, old: Entry, added: Iterable[Field]) -> _Edit:
    """All that stands behind the key, written anew."""
    head = _HEAD.match(text, old.start)
    at = head.end() if head else old.end - 1
    body = ",".join(f"\n  {one.name} = {{{safe(one.value)}}}" for one in added)
    return at, old.end - 1, f",{body}\n"


def _insertion(text: str, old: Entry, added: Iterable[Field], wanted: Collection[str]) -> _Edit:
    """New fields after the last one that stays, indented as it is."""
    last = next(one for one in reversed(old.fields) if one.span and one.name in wanted)
    assert last.span is not None
    at = last.span.end
    name = _NAME_BEFORE.search(text, max(old.start, at - len(last.raw) - 200), last.span.start)
    start = name.start() if name else last.span.start
    line = text.rfind("\n", 0, start) + 1
    inline = line <= old.start
    blank = text[line:start]
    indent = " " if inline else "\n" + blank[: len(blank) - len(blank.lstrip(" \t"))]
    body = ",".join(f"{indent}{one.name} = {{{safe(one.value)}}}" for one in added)
    comma = re.compile(r"\s*,").match(text, at)
    return (comma.end(), comma.end(), body + ",") if comma else (at, at, "," + body)


# --- order ------------------------------------------------------------------------------------


def _sorted(
    library: Library, sort: Sort, collation: Collation, readings: Mapping[str, str] | None
) -> list[Entry]:
    if not sort:
        return list(library.entries)
    made = ordered(library.entries, collation, sort, readings)
    # BibTeX wants the entry that others inherit from behind them
    parents = {one.get("crossref") for one in library.entries} - {""}
    return sorted(made, key=lambda one: one.key in parents)


def _in_order(
    before: Library,
    after: Library,
    kept: list[tuple[Entry, Entry]],
    gone: list[tuple[int, int]],
    made: list[Entry],
    sort: Sort,
    collation: Collation,
    readings: Mapping[str, str] | None,
) -> str:
    """Entries move with the comments above them; strings and preambles go before all entries, for
    an entry may have moved before a string that it uses; all else stays between."""
    assert before.source is not None
    text = before.source.text
    pieces: dict[int, str] = {}
    for old, new in kept:
        lead = old.lead if old.lead >= 0 else old.start
        moved = [(a - lead, b - lead, c) for a, b, c in entry_edits(text, old, new)]
        pieces[old.start] = _apply(text[lead : old.end], moved)
    order = [one for one in _sorted(after, sort, collation, readings) if one.start in pieces]
    slots = sorted((old.lead if old.lead >= 0 else old.start, old.end) for old, _ in kept)
    edits: list[_Edit] = [
        (start, end, pieces[one.start]) for (start, end), one in zip(slots, order, strict=True)
    ]
    edits += [_removal(text, start, end) for start, end in gone]
    first = slots[0][0] if slots else len(text)
    late = [one for one in (*(s.span for s in before.strings), *before.preambles)
            if one.start > first]  # fmt: skip
    head = "".join(f"{one.text}\n" for one in sorted(late, key=lambda one: one.start))
    edits += [_removal(text, one.start, one.end) for one in late]
    if head:
        edits.append((first, first, head + "\n"))
    return _appended(_apply(text, edits), made)
