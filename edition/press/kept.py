"""What a build leaves for later commands: TeX's own PDF and what the finished file was told.

The press files, the booklet and the pictures of a proof are made from it without typesetting
again. It lies in the work folder: ``press.pdf`` and, written after it, ``press.json``, which names
the digest of the PDF it belongs to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from edition.config import Bilingual, Config
from edition.files import write_bytes, write_text
from edition.layout.types import UNNAMED, Box, Geometry, Named, SliceAt
from edition.press.types import PT_TO_PDF, Link, Metadata, Navigation, OutlineItem, PageLabel

_TAGGED = ("says", "box", "portion")  # of a link, for the screen alone
_LINK = tuple(one.name for one in fields(Link) if one.name not in _TAGGED)
PDF, FACTS = "press.pdf", "press.json"
_VERSION = 6


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a part of a segment or note stands: 0-based page; left, bottom, right, top in PDF
    units of the trimmed page. ``file``: that of its text, which tells a side from the other;
    ``line`` and ``last``: the lines there, from 1."""

    segment: str
    page: int
    rect: tuple[float, float, float, float]
    file: str = ""
    line: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBuild:
    """``pdf`` is TeX's own; ``name`` the stem of the files in ``dist/``; ``facts`` what of the
    configuration is printed, in the script that it is printed in."""

    name: str
    pdf: bytes
    metadata: Metadata
    navigation: Navigation
    places: tuple[PagePlace, ...] = ()
    named: Named = UNNAMED
    facts: Mapping[str, Any]

    def printed(self, config: Config) -> Config:
        """``config`` with titles and names as the book prints them."""
        return replace(config, **self.facts)


# what a cover prints, and what decides the fonts it prints it in
_ONE = ("title", "subtitle", "publisher", "base_text")
_PLAIN = ("script", "variety", "regions", "layout")


def places_of(
    slices: Iterable[SliceAt], boxes: Mapping[str, Box], geometry: Geometry
) -> tuple[PagePlace, ...]:
    """Where every segment and note was set."""
    found = []
    for one in slices:
        box = boxes.get(one.slice.key)
        if box is None:
            continue
        name = box.segment.id if box.segment else box.key.removeprefix("n:").rpartition("/")[0]
        low, high = geometry.paper_height - one.bottom, geometry.paper_height - one.top
        rect = tuple(round(value * PT_TO_PDF, 2) for value in (one.x, low, one.x + box.width, high))
        span = box.span or (box.segment.span if box.segment else None)
        at = (span.file.path, span.line, span.file.position(span.end)[0]) if span else ()
        found.append(
            PagePlace(name or box.key, one.page, (rect[0], rect[1], rect[2], rect[3]), *at)
        )
    return tuple(found)


def save(work: Path, *, name: str, source: bytes, facts: str) -> None:
    """Leave it in ``work``; ``facts`` are what :func:`told` tells. They go first and come last: a
    build that is killed in between leaves none rather than wrong ones. Raises ``OSError``."""
    (work / FACTS).unlink(missing_ok=True)
    write_bytes(work / PDF, source)
    own = json.dumps({"name": name, "sha256": hashlib.sha256(source).hexdigest()})
    write_text(work / FACTS, f"[{own},\n{facts}]\n")


def told(
    config: Config,
    *,
    metadata: Metadata,
    navigation: Navigation,
    places: tuple[PagePlace, ...] = (),
    named: Named = UNNAMED,
) -> str:
    """What is left beside the PDF, as JSON; ``config`` is the one that was set, converted."""
    facts = {
        "version": _VERSION,
        "metadata": asdict(metadata) | {"date": metadata.date.isoformat()},
        "navigation": _written(navigation),
        "printed": {
            **{key: _said(getattr(config, key)) for key in _ONE},
            **{key: getattr(config, key) for key in _PLAIN},
            "authors": [_said(one) for one in config.authors],
            "editors": [_said(one) for one in config.editors],
        },
        "named": {
            "fonts": dict(named.fonts),
            "glyphs": [[stem, *one] for stem, said in named.glyphs.items() for one in said.items()],
            "twins": [[stem, [*said.items()]] for stem, said in named.twins],
        },
        "places": [
            [one.segment, one.file, one.line, one.last, one.page, *one.rect] for one in places
        ],
    }
    return json.dumps(facts, ensure_ascii=False)


def _written(navigation: Navigation) -> dict[str, Any]:
    """As :func:`dataclasses.asdict` has it, which copies every value of thousands of links."""
    return {
        "outline": [asdict(one) for one in navigation.outline],
        "links": [{name: getattr(one, name) for name in _LINK} for one in navigation.links],
        "labels": [asdict(one) for one in navigation.labels],
        "facing": navigation.facing,
    }


def load(work: Path) -> KeptBuild | None:
    """What the last build left in ``work``; None where there is nothing whole."""
    try:
        own, facts = json.loads((work / FACTS).read_text("utf-8"))
        data = (work / PDF).read_bytes()
        if facts["version"] != _VERSION or hashlib.sha256(data).hexdigest() != own["sha256"]:
            return None
        return KeptBuild(
            name=str(own["name"]),
            pdf=data,
            metadata=_metadata(facts["metadata"]),
            navigation=_navigation(facts["navigation"]),
            facts=_printed(facts["printed"]),
            named=_named(facts["named"]),
            places=tuple(
                PagePlace(name, page, (*rect,), file, line, last)
                for name, file, line, last, page, *rect in facts["places"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _printed(kept: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: Bilingual(**kept[key]) for key in _ONE},
        **{key: kept[key] for key in _PLAIN},
        "authors": tuple(Bilingual(**one) for one in kept["authors"]),
        "editors": tuple(Bilingual(**one) for one in kept["editors"]),
    }


def _named(kept: dict[str, Any]) -> Named:
    glyphs: dict[str, dict[int, str]] = {}
    for stem, glyph, said in kept["glyphs"]:
        glyphs.setdefault(stem, {})[glyph] = said
    return Named(kept["fonts"], glyphs, tuple((stem, dict(one)) for stem, one in kept["twins"]))


def _metadata(kept: dict[str, Any]) -> Metadata:
    return Metadata(**{
        **kept,
        "date": datetime.fromisoformat(kept["date"]),
        "languages": tuple(kept["languages"]),
        "keywords": tuple(kept["keywords"]),
    })  # fmt: skip


def _navigation(kept: dict[str, Any]) -> Navigation:
    return Navigation(
        outline=tuple(_item(one) for one in kept["outline"]),
        links=tuple(Link(**{**one, "rect": tuple(one["rect"])}) for one in kept["links"]),
        labels=tuple(PageLabel(**one) for one in kept["labels"]),
        facing=bool(kept["facing"]),
    )


def _item(kept: dict[str, Any]) -> OutlineItem:
    children = tuple(_item(one) for one in kept["children"])
    return OutlineItem(**{**kept, "children": children})


def _said(both: Bilingual) -> dict[str, str]:
    """A fact without the place where the settings say it."""
    return {"zh": both.zh, "en": both.en}
