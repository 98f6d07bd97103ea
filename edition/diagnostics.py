"""Diagnostics: codes, severities, hints, fixes, and ``Outcome``.

A stage never prints and never raises for bad input: it returns a value and what it found.
Codes are stable: once released, a code keeps its meaning. ``docs/diagnostics.md`` explains each,
``tests/cases/`` holds one case for each; tests hold all three in step.
"""

from __future__ import annotations

import enum
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from edition.source import Span, printable, visible

T = TypeVar("T")


class Severity(enum.IntEnum):
    """Ordered: the worst of a set is its ``max``."""

    INFO = 0
    WARNING = 1
    ERROR = 2


# Exit code of an error by the area of its code; 1, "the edition has errors", elsewhere.
EXIT_BY_AREA: Mapping[str, int] = {"CFG": 2, "USE": 2, "ENV": 3, "TEX": 4, "PRE": 5}


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: ``id`` is three capitals (the area) and three digits."""

    id: str
    severity: Severity
    title: str  # the fault in one line, in general terms

    @property
    def area(self) -> str:
        return self.id[:3]

    @property
    def exit(self) -> int:
        return EXIT_BY_AREA.get(self.area, 1)


REGISTRY: dict[str, Code] = {}


def define(id: str, severity: Severity, title: str) -> Code:
    """Register a code. Raises ``ValueError`` where the id is taken: codes are never reused."""
    if id in REGISTRY:
        raise ValueError(f"diagnostic code {id} is defined twice")
    REGISTRY[id] = code = Code(id, severity, title)
    return code


def error(id: str, title: str) -> Code:
    return define(id, Severity.ERROR, title)


def warning(id: str, title: str) -> Code:
    return define(id, Severity.WARNING, title)


def info(id: str, title: str) -> Code:
    return define(id, Severity.INFO, title)


@dataclass(frozen=True, slots=True)
class Fix:
    """A ready repair: replace ``span`` by ``text``. ``label`` says what it does. ``safe``: nothing
    else can have been meant, so that ``check --fix`` does it without asking."""

    span: Span
    text: str
    label: str
    safe: bool = False


# marks of direction, joiners and byte order marks: where one goes nothing else changes. A control
# or a separator may stand for something, if only for a space.
_WITHOUT_WIDTH = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
                           "\u2066\u2067\u2068\u2069\ufeff")  # fmt: skip


def unseen(span: Span) -> Fix:
    """Take out a character that nobody sees."""
    name = f"U+{ord(span.text):04X}"
    return Fix(span, "", f"delete {name}", safe=span.text in _WITHOUT_WIDTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding. ``fact`` speaks of this case in the editor's words, ``hint`` of the way out."""

    code: Code
    fact: str
    span: Span | None = None
    segment: str = ""
    hint: str = ""
    fix: Fix | None = None
    severity: Severity | None = None  # set where the configuration overrides the code's own
    where: str = ""  # for findings outside source files: "page 12", "entry hou2024"

    @property
    def level(self) -> Severity:
        return self.code.severity if self.severity is None else self.severity

    @property
    def place(self) -> str:
        return self.span.place if self.span else self.where

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready; ``docs/editors.md`` says what each key holds."""
        return {
            "code": self.code.id,
            "severity": self.level.name.lower(),
            "title": self.code.title,
            **(_range(self.span) if self.span else {"file": None, "start": None, "end": None}),
            "where": self.place,
            "segment": self.segment or None,
            "fact": self.fact,
            "hint": self.hint or None,
            "fix": _repair(self.fix) if self.fix else None,
        }


def _range(span: Span) -> dict[str, Any]:
    """A range of a file: lines and columns from 1, columns in characters; ``end`` is the place
    behind the last character."""
    line, column = span.file.position(span.end)
    return {
        "file": span.file.path,
        "start": {"line": span.line, "column": span.column},
        "end": {"line": line, "column": column},
    }


def _repair(fix: Fix) -> dict[str, Any]:
    edits = [{**_range(fix.span), "text": fix.text}]
    return {"label": fix.label, "safe": fix.safe, "edits": edits}


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage returns: always a value, best effort where there were errors."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        return worst(self.diagnostics) < Severity.ERROR

    def plus(self, more: Iterable[Diagnostic]) -> Outcome[T]:
        return Outcome(self.value, (*self.diagnostics, *more))


def worst(found: Iterable[Diagnostic]) -> Severity:
    return max((one.level for one in found), default=Severity.INFO)


def exit_code(found: Iterable[Diagnostic]) -> int:
    """0 without errors; else the highest exit code of the errors' areas, so that a missing
    program (3) or a TeX failure (4) is not hidden behind an error of the edition (1)."""
    return max((one.code.exit for one in found if one.level is Severity.ERROR), default=0)


def override(
    found: Iterable[Diagnostic], severities: Mapping[str, Severity]
) -> tuple[Diagnostic, ...]:
    """Apply the severities that ``edition.toml`` sets by code."""
    return tuple(
        replace(one, severity=severities[one.code.id]) if one.code.id in severities else one
        for one in found
    )


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file and place, then by code: the order in which an editor works through them."""

    def key(one: Diagnostic) -> tuple[str, int, str]:
        return (
            one.span.file.path if one.span else "~",
            one.span.start if one.span else 0,
            one.code.id,
        )

    return tuple(sorted(found, key=key))


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one code, in order: those that are shown, and those that are only counted."""

    shown: tuple[Diagnostic, ...]
    more: tuple[Diagnostic, ...] = ()


SHOWN = 5  # findings of one code that are shown where not all are asked for


def grouped(found: Iterable[Diagnostic], most: int = SHOWN) -> tuple[Group, ...]:
    """Findings by code, errors first, then as they stand in the files; of each code ``most`` are
    shown. Of one code those of the gravest severity are shown first."""
    by_code: dict[str, list[Diagnostic]] = {}
    for one in in_order(found):
        by_code.setdefault(one.code.id, []).append(one)
    kinds = [sorted(kind, key=lambda one: -one.level) for kind in by_code.values()]
    kinds.sort(key=lambda kind: -kind[0].level)
    return tuple(Group(tuple(kind[:most]), tuple(kind[most:])) for kind in kinds)


def counted(group: Group, files: int = 3) -> str:
    """One line for the findings of a group that are not shown: how many, and where."""
    code = group.shown[0].code
    places = Counter(one.span.file.path if one.span else one.where for one in group.more)
    named = ", ".join(f"{path or 'edition'} {count}" for path, count in places.most_common(files))
    others = f" and {len(places) - files} more places" if len(places) > files else ""
    return f"    … and {len(group.more)} more of {code.id} ({code.title}): {named}{others}"


MOST = 200  # findings of one code that are told in full, whatever is asked for


def capped(found: Iterable[Diagnostic], most: int = MOST) -> tuple[Diagnostic, ...]:
    """The first ``most`` findings of each code, and after them one that counts the rest: a file of
    a million faults has the same fault a million times."""
    kept: list[Diagnostic] = []
    more: dict[str, list[Diagnostic]] = {}
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.code.id] += 1
        if counts[one.code.id] <= most:
            kept.append(one)
        else:
            more.setdefault(one.code.id, []).append(one)
    for rest in more.values():
        fact = f"{len(rest)} more of {rest[0].code.id} ({rest[0].code.title}) are not told"
        kept.append(Diagnostic(code=rest[0].code, severity=worst(rest), fact=fact, where="edition"))
    return tuple(kept)


VERSION = 1  # of the JSON of findings: another where a key goes or means something else


def as_json(found: Iterable[Diagnostic], *, ascii: bool = False, **more: Any) -> str:
    """``version`` and ``findings``, a list of :meth:`Diagnostic.as_dict`, and ``more`` keys; with
    ``ascii``, all other characters as escapes."""
    told = {"version": VERSION, "findings": [one.as_dict() for one in found], **more}
    text = json.dumps(told, ensure_ascii=ascii, indent=1)
    # the same strings, with nothing in them that a terminal or a runner would take for its own
    return _NOT_PLAIN.sub(lambda met: f"{met[1] or ''}\\u{ord(met[2]):04x}", text)


# what cannot be seen and stands in a string: line ends between strings are JSON's own
_NOT_PLAIN = re.compile(r"(##)?((?<=##)\[|[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069"
                        r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff])")  # fmt: skip


def _escape_github(text: str, *, value: bool = False) -> str:
    text = printable(visible(text)).replace("\ufffd", "?") if value else printable(text)
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if value else text


def as_github(
    found: Iterable[Diagnostic], *, prefix: str = "", real: Callable[[str], bool] = lambda _: True
) -> str:
    """GitHub workflow commands, one a line. ``prefix`` is the workspace's path from the root of
    the repository, since GitHub looks for files from there; a file that is not ``real`` seen from
    there is named in words only."""
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    lines = []
    for one in found:
        keys = [f"title={_escape_github(one.code.id, value=True)}"]
        path = prefix + one.span.file.path if one.span else ""
        annotated = one.span is not None and real(path)
        if one.span and annotated:
            keys = [
                f"file={_escape_github(path, value=True)}",
                f"line={one.span.line}",
                f"col={one.span.column}",
                *keys,
            ]
        where = "" if annotated or not one.place else f"{one.place}: "
        text = f"{where}{one.fact}" + (f" — {one.hint}" if one.hint else "")
        lines.append(f"::{names[one.level]} {','.join(keys)}::{_escape_github(text)}")
    return "\n".join(lines)


def as_text(found: Iterable[Diagnostic], *, excerpt: bool = True) -> str:
    """Plain text for terminals and logs: place, severity, code, fact; excerpt, hint."""
    blocks = []
    for one in found:
        place = _flat(one.place or "edition")
        segment = f" [{_flat(one.segment)}]" if one.segment else ""
        said = _flat(one.fact)
        lines = [f"{place}: {one.level.name.lower()} {one.code.id}{segment}: {said}"]
        if excerpt and one.span:
            text = one.span.file.line_text(one.span.line)
            if text.strip():
                lines.append(_excerpt(text, one.span.column, one.span.end - one.span.start))
        if one.hint:
            lines.append(f"    hint: {_flat(one.hint)}")
        if one.fix:
            lines.append(f"    fix: {_flat(one.fix.label)}")
        blocks.append("\n".join(lines))
    return printable("\n".join(blocks))


def _flat(text: str) -> str:
    """``text`` on one line, whatever a file name or an id holds."""
    return visible(re.sub(r"\s*[\r\n]\s*", " ", text))


def _excerpt(text: str, column: int, length: int, width: int = 72) -> str:
    """The line cut round ``column`` and carets below it; a wide character takes two cells."""
    import unicodedata

    def cells(part: str) -> int:
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in part)

    start = max(0, column - 1 - width // 3)
    shown = visible(text[start : start + width].replace("\t", " "))
    marked = shown[column - 1 - start : column - 1 - start + max(length, 1)]
    pad = " " * cells(shown[: column - 1 - start])
    lead = "…" if start else ""
    return f"    {lead}{shown}\n    {' ' * len(lead)}{pad}{'^' * max(cells(marked), 1)}"
