"""What a build is asked for, as far as it must be known before anything is read but
``edition.toml``'s own words. What these say wrong is found later."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from edition.build.types import Request
from edition.config import OUTPUTS, LayoutName, Script
from edition.writers import FORMATS, writer

EDITION = Path("source") / "edition.toml"


def page(request: Request) -> tuple[str, str]:
    """Layout and script to build; "own" where that is not told."""
    layout, script = (_told(request, *path) for path in (("layout", "name"), ("edition", "script")))
    return (
        request.layout or (layout if layout in get_args(LayoutName) else "own"),
        request.script or (script if script in get_args(Script) else "own"),
    )


def formats(request: Request) -> tuple[str, ...]:
    """The formats to write, in the order of the table of writers."""
    told = request.formats or _told(request, "outputs", "formats")
    names = {one for one in told if isinstance(one, str)} if isinstance(told, list | tuple) else ()
    wanted = {*names, "pdf"} if request.pages else names
    return tuple(one for one in FORMATS if one in wanted) or OUTPUTS


def of_pages(formats: Sequence[str]) -> bool:
    """Whether pages are set for any of them."""
    return any(writer(one).pages for one in formats)


def _told(request: Request, table: str, key: str) -> Any:
    try:
        return tomllib.loads((request.root / EDITION).read_text("utf-8-sig"))[table][key]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
