"""Packs: the same bytes every time, and nothing in one leads out of where it is laid."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import conftest
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.series import packing
from edition.series.packing import PackError, gathered, lay, packed, unpacked

PART = st.text(st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="/\\"),
               min_size=1, max_size=8).filter(lambda one: one not in (".", ".."))  # fmt: skip
FILES = st.dictionaries(PART, st.binary(max_size=60), max_size=5)


@settings(max_examples=40, deadline=None)
@given(FILES)
def test_what_is_packed_is_unpacked(files: dict[str, bytes]) -> None:
    data = packed(files, {"line": "一"})
    assert unpacked(data).files == files
    assert unpacked(data).told == {"line": "一"}
    assert packed(dict(reversed(files.items())), {"line": "一"}) == data


def test_a_content_is_packed_once() -> None:
    picture = os.urandom(50_000)
    one, two = packed({"a": picture}), packed({"a": picture, "b/c": picture})
    assert len(two) < len(one) + 1000
    assert unpacked(two).files == {"a": picture, "b/c": picture}


OUT_OF_IT = ["../a", "/etc/passwd", "a/../../b", "a//b", "./a", "a/.", "", "a\\b", "a\0b", "a\nb",
             "x" * 300, "/".join("a" * 50)]  # fmt: skip


@pytest.mark.parametrize("name", OUT_OF_IT)
def test_a_path_that_leads_out_is_refused_both_ways(name: str, tmp_path: Path) -> None:
    with pytest.raises(PackError):
        packed({name: b"x"})
    with pytest.raises(PackError):
        unpacked(forged({name: b"x"}))
    with pytest.raises(PackError):
        lay({name: b"x"}, tmp_path)
    assert list(tmp_path.iterdir()) == []


def forged(files: dict[str, bytes], **stated: Any) -> bytes:
    """A pack as :func:`packed` would not make it."""
    out = io.BytesIO()
    listed = {name: [stated.get("digest", hashlib.sha256(data).hexdigest()),
                     stated.get("size", len(data))] for name, data in files.items()}  # fmt: skip
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(
            {"form": "parallel-edition pack 1", "files": listed, "told": {}}))  # fmt: skip
        for data in files.values():
            archive.writestr(f"objects/{hashlib.sha256(data).hexdigest()}", data)
    return out.getvalue()


def test_a_file_is_what_the_list_says() -> None:
    assert unpacked(forged({"a": b"x"})).files == {"a": b"x"}
    for stated in ({"size": 2}, {"size": 0}, {"size": -1}, {"digest": "0" * 64}, {"size": "many"}):
        with pytest.raises(PackError):
            unpacked(forged({"a": b"x"}, **stated))
    with pytest.raises(PackError, match="file and a folder"):
        unpacked(forged({"a": b"x", "a/b": b"y"}))


def test_no_more_is_unpacked_than_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = forged({"a": bytes(40 << 20)}, size=10)
    assert len(bomb) < 100_000
    read: list[int] = []
    monkeypatch.setattr(packing, "_digest", lambda data: read.append(len(data)) or "")
    with pytest.raises(PackError, match="larger than its list says"):
        unpacked(bomb)
    assert read == []


def test_sizes_and_numbers_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_FILES", 3)
    with pytest.raises(PackError, match="4 files"):
        packed({str(one): b"" for one in range(4)})
    monkeypatch.setattr(packing, "LARGEST", 9)
    with pytest.raises(PackError, match="MB"):
        packed({"a": bytes(10)})
    monkeypatch.setattr(packing, "MOST_BYTES", 15)
    with pytest.raises(PackError, match="together"):
        packed({"a": bytes(8), "b": bytes(8)})


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_pack_is_refused_or_the_same(data: st.DataObject) -> None:
    whole = packed({"a.md": b"one" * 50, "b/c": b"two"})
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = bytearray(whole)
    spoilt[at] ^= data.draw(st.integers(1, 255))
    for one in (bytes(spoilt), whole[:at], b""):
        try:
            files = unpacked(one).files
        except PackError:
            continue
        assert files == {"a.md": b"one" * 50, "b/c": b"two"}


# --- of a workspace ---------------------------------------------------------------------------


def test_a_workspace_is_packed_with_what_a_build_reads(workspace: Path) -> None:
    (workspace / "dist").mkdir()
    (workspace / "dist" / "garden.pdf").write_bytes(b"old")
    (workspace / "source" / ".hidden").write_text("x")
    (workspace / "source" / "text" / "01-garden.zh.md~").write_text("x")
    (workspace / "pictures").mkdir()
    (workspace / "pictures" / "gate.png").write_bytes(b"a picture")
    (workspace / "pictures" / "other.png").write_bytes(b"named by nobody")
    text = workspace / "source" / "text" / "01-garden.zh.md"
    text.write_text(text.read_text("utf-8") + "\n![門](pictures/gate.png) {#i.9}\n", "utf-8")
    made = gathered(workspace)
    assert made.value is not None
    assert set(made.value.files) == {*conftest.FILES, "pictures/gate.png"}
    assert unpacked(packed(made.value.files)).digest == made.value.digest


def test_links_within_the_workspace_are_packed_as_files(workspace: Path) -> None:
    text = workspace / "source" / "text"
    kept = workspace / "kept"
    before = gathered(workspace).value
    text.rename(kept)
    text.symlink_to("../kept")  # a folder
    one = kept / "01-garden.zh.md"
    one.rename(workspace / "garden.zh.md")
    one.symlink_to("../garden.zh.md")  # a file in it
    (kept / "round").symlink_to("../source")  # and a way back, which no text is read by
    made = gathered(workspace)
    assert made.value is not None
    assert before is not None
    inside = {name: data for name, data in made.value.files.items() if "/round/" not in name}
    assert inside == before.files


@pytest.mark.parametrize(("place", "to", "code"), [
    ("source/text/02.zh.md", "../nowhere.md", "SER003"), ("bib/more.bib", "nowhere", "WSP002"),
    ("templates", "/etc", "WSP001"), ("kept/02.zh.md", "/etc/hostname", "WSP001"),
])  # fmt: skip
def test_links_out_of_the_workspace_and_to_nothing_are_refused(
    workspace: Path, place: str, to: str, code: str
) -> None:
    (workspace / "source" / "text").rename(workspace / "kept")
    (workspace / "source" / "text").symlink_to("../kept")
    (workspace / place).symlink_to(to)
    made = gathered(workspace)
    assert made.value is None
    assert [one.code.id for one in made.diagnostics] == [code]


def test_what_leads_out_of_the_workspace_is_not_packed(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (workspace / "source" / "text" / "02.zh.md").symlink_to(tmp_path / "secret")
    made = gathered(workspace)
    assert made.value is None
    assert [one.code.id for one in made.diagnostics] == ["WSP001"]
