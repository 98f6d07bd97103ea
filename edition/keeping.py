"""Values kept from one build to the next by all that they are made from, so that nothing is read
or checked twice.

Kept are values of our own classes, as :mod:`pickle` writes them, and read back by names: whatever
stands in a store, reading it makes nothing but values of the classes listed here, and runs nothing.
What cannot be read is made again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import hashlib
import importlib
import io
import json
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from edition.diagnostics import REGISTRY, Code

T = TypeVar("T")

# where the classes of values are that are kept
_MODULES = frozenset(
    {
        "edition.source",
        "edition.diagnostics",
        "edition.model.inlines",
        "edition.model.notes",
        "edition.model.references",
        "edition.model.texts",
        "edition.model.edition",
        "edition.readers.text",
        "edition.bibliography.types",
    }
)
_SHORT = 24  # characters up to which a text is its own key
_OLD = 20_000  # results beyond those in use that a table keeps


class Store(Protocol):
    """What :class:`edition.engine.cache.Cache` does: bytes by kind and key, whole or not at all."""

    def get(self, kind: str, key: str) -> bytes | None: ...

    def put(self, kind: str, key: str, data: bytes) -> None: ...

    def prune(self, kind: str, *, keep: int, days: float = 30.0) -> int: ...


@dataclass(slots=True)
class ResultTable:
    """Small results, ready for JSON, by what they are of. Those in use are kept, and as many of
    the others as may be wanted again."""

    key: str
    known: dict[str, Any]
    used: dict[str, Any] = field(default_factory=dict)

    def get(self, what: str) -> Any:
        """The result, None where there is none yet."""
        key = _short(what)
        made = self.used.get(key)
        if made is None and (made := self.known.get(key)) is not None:
            self.used[key] = made
        return made

    def set(self, what: str, result: Any) -> None:
        self.used[_short(what)] = result

    def changed(self) -> bool:
        return not self.used.keys() <= self.known.keys()

    def dump(self) -> bytes:
        """All that is kept, as bytes; from then on it is known."""
        old = [(what, one) for what, one in self.known.items() if what not in self.used]
        self.known = dict(old[-_OLD:]) | self.used
        return json.dumps(self.known, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )


@dataclass(slots=True)
class Keep:
    """What is kept of a workspace by programs of one ``code``; without a store nothing is, and
    everything made anew."""

    store: Store | None = None
    code: str = ""
    _tables: dict[str, ResultTable] = field(default_factory=dict)
    _values: int = 0  # that were asked for

    def value(self, kind: str, parts: Sequence[str], make: Callable[[], T]) -> T:
        """What ``make`` gives, which depends on ``parts`` and nothing else."""
        if self.store is None:
            return make()
        self._values += 1
        key = _digest((self.code, kind, *parts))
        data = self.store.get("values", key)
        if data is not None:
            with contextlib.suppress(UnreadableError):
                value: T = loads(data)
                return value
        value = make()
        self.store.put("values", key, dumps(value))
        return value

    def table(self, kind: str, *parts: str) -> ResultTable:
        """The results of ``kind``, which depend on ``parts`` too."""
        key = _digest((self.code, kind, *parts))
        if key not in self._tables:
            known: dict[str, Any] = {}
            if self.store is not None and (data := self.store.get("tables", key)) is not None:
                with contextlib.suppress(ValueError):
                    known = dict(json.loads(data.decode("utf-8", "surrogatepass")))
            self._tables[key] = ResultTable(key, known)
        return self._tables[key]

    def save(self) -> None:
        """Write what is new; entries that were not used for long go."""
        if self.store is None:
            return
        new = [table for table in self._tables.values() if table.changed()]
        for table in new:
            self.store.put("tables", table.key, table.dump())
        if new:
            self.store.prune("tables", keep=64)
            self.store.prune("values", keep=max(400, 3 * self._values))


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else _digest((text,))


def _digest(parts: Sequence[str]) -> str:
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "little"))
        found.update(data)
    return found.hexdigest()


# --- values as bytes ------------------------------------------------------------------------------


class UnreadableError(Exception):
    """Bytes that :func:`dumps` did not write, or of classes that are no more."""


def dumps(value: object) -> bytes:
    """``value``, made of frozen dataclasses of our own, enumerations and plain values."""
    out = io.BytesIO()
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


def loads(data: bytes) -> Any:
    """The value again. Raises :class:`UnreadableError`."""
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except Exception as problem:  # bytes of any kind raise errors of any kind
        raise UnreadableError(str(problem)) from problem


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        made_of = type(value)
        if made_of is Code:  # compared by identity
            return _code, (value.id,)
        if not dataclasses.is_dataclass(made_of):
            return NotImplemented
        names, by_name = _fields(made_of)
        values = tuple([getattr(value, one) for one in names])
        return (_named, (made_of, names, values)) if by_name else (made_of, values)


@lru_cache(maxsize=256)
def _fields(made_of: Any) -> tuple[tuple[str, ...], bool]:
    """The fields that make a value of a class, and whether they are given by name."""
    fields = [one for one in dataclasses.fields(made_of) if one.init]
    return tuple(one.name for one in fields), any(one.kw_only for one in fields)


def _code(name: str) -> Code:
    return REGISTRY[name]


def _named(made_of: Callable[..., Any], names: Sequence[str], values: Sequence[Any]) -> Any:
    return made_of(**dict(zip(names, values, strict=True)))


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module == __name__ and name in ("_named", "_code"):
            return globals()[name]
        if module in _MODULES and name.isidentifier():
            found = getattr(importlib.import_module(module), name)
            if isinstance(found, type) and (
                dataclasses.is_dataclass(found) or issubclass(found, enum.Enum)
            ):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value that is kept")
