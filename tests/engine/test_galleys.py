"""Galleys are kept by content: read as written, damage found, many builds at once, bounded."""

from __future__ import annotations

import os
import pickle
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from edition.engine import galleys
from edition.engine.cache import digest
from edition.engine.galleys import Galley, GalleyStore, Point
from edition.engine.xdv import Slot, XdvLine

FONTS = {5: b"five", 7: b"seven"}


def made(number: int) -> Galley:
    line = XdvLine(bytes((number % 256,)) * 9, (Slot(3, "m", 1, 5),), (5,))
    return Galley((line, XdvLine(b"plain")), ((Point("m", 1, -3, 4),), ()), [2, [], number])


def filled(folder: Path, *numbers: int) -> GalleyStore:
    store = GalleyStore.open(folder)
    store.add({digest(str(one)): made(one) for one in numbers}, FONTS)
    store.save()
    return store


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    filled(tmp_path, *range(50))
    store = GalleyStore.open(tmp_path)
    keys = [digest(str(one)) for one in (3, 49, 50)]
    assert store.get(keys) == {keys[0]: made(3), keys[1]: made(49)}
    assert store.fonts == {5: b"five"}, "fonts that no line selects are not kept"


def test_lines_that_were_let_go_are_read_again(tmp_path: Path) -> None:
    store = filled(tmp_path, 1, 2)
    held = store.get([digest("1")])
    store.let_go()
    assert store.has(digest("2"))
    again = store.get([digest("1"), digest("3")])
    assert again == held
    assert again[digest("1")] is not held[digest("1")], "it was held all the time"


def test_whole_packs_are_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(galleys, "_SMALL", 1)
    for one in range(30):
        filled(tmp_path, one)
    assert len(list(tmp_path.iterdir())) == 30


def test_a_damaged_pack_is_forgotten(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    filled(tmp_path, 2)
    [path] = [
        one for one in tmp_path.iterdir() if digest("1").encode() in one.read_bytes().hex().encode()
    ]
    data = bytearray(path.read_bytes())
    for at in (0, 9, 30, len(data) - 3):
        spoilt = bytearray(data)
        spoilt[at] ^= 1
        path.write_bytes(spoilt)
        assert set(GalleyStore.open(tmp_path).get([digest("1"), digest("2")])) == {digest("2")}
    path.write_bytes(data[: len(data) // 2])
    store = GalleyStore.open(tmp_path)
    assert store.has(digest("1"))
    assert set(store.get([digest("1"), digest("2")])) == {digest("2")}
    assert not store.has(digest("1"))
    assert store.has(digest("2"))
    assert not path.exists()


class _Hostile:
    """Unpickled, it makes a folder."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.trace),)


def test_nothing_that_stands_in_a_pack_is_run(tmp_path: Path) -> None:
    trace, folder = tmp_path / "trace", tmp_path / "packs"
    filled(folder, 1)
    [path] = folder.iterdir()
    keys = bytes.fromhex(digest("1"))
    body = zlib.compress(pickle.dumps(({}, [_Hostile(trace)])))
    head = galleys._MAGIC + (1).to_bytes(4, "big") + keys
    path.write_bytes(head + galleys._digest(keys + body) + body)
    assert GalleyStore.open(folder).get([digest("1")]) == {}
    assert not path.exists()
    assert not trace.exists()


def test_stores_written_at_once_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: filled(tmp_path, *range(10 * n, 10 * n + 10)), range(40)))
    keys = [digest(str(one)) for one in range(400)]
    assert len(GalleyStore.open(tmp_path).get(keys)) == 400


def test_small_packs_are_joined_and_old_ones_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in range(60):
        filled(tmp_path, one)
    assert len(list(tmp_path.iterdir())) <= galleys._MANY + 1
    assert len(GalleyStore.open(tmp_path).get(digest(str(one)) for one in range(60))) == 60
    monkeypatch.setattr(galleys, "_LIMIT", 1)
    filled(tmp_path, 61)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 1


def test_a_store_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = filled(tmp_path / "file" / "below", 1)
    assert store.get([digest("1")]) == {digest("1"): made(1)}
