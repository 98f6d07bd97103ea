"""What a workspace knows about its references: citations of its text and notes, its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from edition.bibliography.types import Context, InText
from edition.source import SourceFile, UndecodableError
from edition.tomlfile import MalformedError
from edition.tomlfile import read as read_toml

_GROUP = re.compile(r"\[[^\[\]]*?-?@[^\[\]]*\]")
_ITEM = re.compile(
    r"(?<![\w\\])-?@(?P<key>[\w][\w:./+-]*\w|\w)"
    r"(?:\s*,\s*(?P<pages>\d+(?:\s*[-–—]+\s*\d+)?))?"
)
_NARRATIVE = re.compile(r"(?<![\w\\])@(?P<key>\w[\w:./+-]*)\s*\[(?P<pages>\d[\d\s–—-]*)\]")
_BESIDE = re.compile(r"`[^`\n]*`")


def gather(root: Path, *, auto: bool = True) -> Context:
    """The context of the workspace ``root``; what can't be read there is left to ``check``."""
    citations: dict[tuple[str, str], InText] = {}
    cited: set[str] = set()
    texts: list[str] = []
    for source in _sources(root):
        for one in _citations(source):
            cited.add(one.key)
            citations.setdefault((one.key, one.locator), one)
        if source.path.endswith(".zh.md"):  # notes quote the very misprints
            texts.append(source.text)
    return Context(
        citations=tuple(one for one in citations.values() if one.locator),
        names=_names(root),
        cited=frozenset(cited),
        texts=tuple(texts),
        auto=auto,
    )


def _sources(root: Path) -> Iterator[SourceFile]:
    for pattern in ("source/text/*.md", "source/notes/*.yaml", "source/notes/*.yml"):
        for path in sorted(root.glob(pattern)):
            try:
                yield SourceFile.read(path, str(path.relative_to(root)))
            except (OSError, UndecodableError):
                continue


def _citations(source: SourceFile) -> Iterator[InText]:
    text = _BESIDE.sub(lambda found: " " * len(found[0]), source.text)
    places: dict[int, InText] = {}
    for group in _GROUP.finditer(text):
        for item in _ITEM.finditer(group[0]):
            start = group.start() + item.start()
            places[start] = InText(
                names=(),
                year="",
                locator=(item["pages"] or "").strip(),
                span=source.span(start, group.start() + item.end()),
                key=item["key"],
            )
    for item in _NARRATIVE.finditer(text):
        places.setdefault(
            item.start(),
            InText(
                names=(),
                year="",
                locator=item["pages"].strip(),
                span=source.span(item.start(), item.end()),
                key=item["key"],
            ),
        )
    for item in _ITEM.finditer(text):
        if item.start() not in places and source.path.endswith(".md"):
            places.setdefault(
                item.start(),
                InText(
                    names=(),
                    year="",
                    locator="",
                    span=source.span(item.start(), item.end()),
                    key=item["key"],
                ),
            )
    yield from (places[at] for at in sorted(places))


def _names(root: Path) -> tuple[str, ...]:
    """The forms by which the edition itself calls persons and bodies; not their variants, which
    are the spellings it found."""
    path = root / "source" / "names.toml"
    try:
        data = read_toml(SourceFile.read(path)).data
    except (OSError, UndecodableError, MalformedError):
        return ()
    found = []
    for kind in ("person", "body"):
        tables = data.get(kind, [])
        for table in tables if isinstance(tables, list) else []:
            if isinstance(table, dict):
                found += [table[lang] for lang in ("zh", "en") if isinstance(table.get(lang), str)]
    return tuple(dict.fromkeys(one for one in found if one))
