"""The file for reading: navigation, links, tags, metadata; PDF/A-2a and PDF/UA-1, or PDF/A-2u."""

from __future__ import annotations

from pathlib import Path

from edition.layout.types import UNNAMED, Named
from edition.press import addition, document, navigation, tags, tounicode
from edition.press.document import Profile
from edition.press.tags import Tagging
from edition.press.types import Metadata, Navigation
from edition.press.xmp import Conformance


def finish(
    source: Path, *, meta: Metadata, nav: Navigation, profile: Profile, named: Named = UNNAMED,
    tagging: Tagging | None = None,
) -> bytes:  # fmt: skip
    """The screen file as bytes, made from TeX's PDF ``source``; ``named``: what its fonts are to
    say; ``tagging``: what its pages say of their parts. Equal input, equal bytes."""
    data = source.read_bytes()
    writer = addition.Addition(data) if addition.fits(data) else document.open_writer(data)
    tounicode.repair(writer, named)
    tagged = tagging is not None and isinstance(writer, addition.Addition)
    links = navigation.write(writer, nav, tagged=tagged)
    if tagging is not None and isinstance(writer, addition.Addition):
        tags.write(writer, tagging, list(zip(nav.links, links, strict=True)))
    conformance = Conformance(tagged=tagged)
    uuid = document.identify(writer, data, meta, "screen")
    document.describe(writer, meta, conformance, uuid)
    document.add_intents(writer, profile, ("/GTS_PDFA1",))
    return document.to_bytes(writer)
