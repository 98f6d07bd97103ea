"""The file for reading: navigation, links, metadata, PDF/A-2u."""

from __future__ import annotations

from pathlib import Path

from edition.layout.types import UNNAMED, Named
from edition.press import addition, document, navigation, tounicode
from edition.press.document import Profile
from edition.press.types import Metadata, Navigation
from edition.press.xmp import Conformance


def finish(
    source: Path, *, meta: Metadata, nav: Navigation, profile: Profile, named: Named = UNNAMED
) -> bytes:
    """The screen file as bytes, made from TeX's PDF ``source``; ``named``: what its fonts are to
    say. Equal input, equal bytes."""
    data = source.read_bytes()
    writer = addition.Addition(data) if addition.fits(data) else document.open_writer(data)
    tounicode.repair(writer, named)
    navigation.write(writer, nav)
    conformance = Conformance()
    uuid = document.identify(writer, data, meta, "screen")
    document.describe(writer, meta, conformance, uuid)
    document.add_intents(writer, profile, ("/GTS_PDFA1",))
    return document.to_bytes(writer)
