"""What a build will refuse to print, the check tells, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.build.checking import check
from edition.latex import bibvalues

ZH = "source/text/01-garden.zh.md"
PLACES = {
    "ruby": (ZH, "園門", '[園]{ruby="a\ue123"}門'),
    "a page of the base text": (ZH, "園門", '[]{.page n="1\ue123"}園門'),
    "a locator": (ZH, "@zhu2020, 12", "@zhu2020, 12\ue123"),
    "a witness": ("source/edition.toml", "[layout]",
                  '[[witness]]\nsiglum = "宋"\nname = { zh = "宋\ue123", en = "Song" }\n[layout]'),
    "a title of a work": ("bib/references.bib", "{庭園記}", "{庭園記\ue123}"),
    "an author of a work": ("bib/references.bib", "{朱園}", "{朱\ue001園}"),
}  # fmt: skip


@pytest.mark.tex
@pytest.mark.parametrize("name", PLACES)
def test_a_sign_that_no_font_has_is_told_before_the_build(workspace: Path, name: str) -> None:
    file, old, new = PLACES[name]
    path = workspace / file
    said = path.read_text("utf-8")
    assert old in said
    path.write_text(said.replace(old, new), "utf-8")
    found = [one for one in check(workspace) if one.code.id in ("FNT001", "REF006")]
    assert found
    assert all(one.place for one in found)
    assert file.endswith(".toml") or all(one.span for one in found)


class _Faces:
    """Fonts that have nothing but ASCII and Chinese."""

    @staticmethod
    def odd(text: str) -> frozenset[str]:
        return frozenset(one for one in text if "\x7f" < one < "\u3000")


@pytest.mark.parametrize("value", ["Ⅳ", "٣", "12, ٣", "2٣–2٤"])
def test_figures_of_other_scripts_go_the_way_of_text(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bibvalues, "clean", lambda text, *_: f"<{text}>")
    assert bibvalues._bare(value, "en", _Faces()) == f"<{value}>"  # type: ignore[arg-type]
    assert bibvalues._bare("12, 14-16", "en", _Faces()) == "12, 14-16"  # type: ignore[arg-type]
    assert bibvalues._bare(value, "en", None) == value
