"""Safe fixes made: the texts of a workspace with them, and what is left to the editor."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edition.build.onefile import file_of
from edition.diagnostics import Diagnostic, Fix, Severity, error
from edition.files import write_all
from edition.source import BOM, SourceFile, unsaved

CHANGED = error("USE014", "A file was changed while it was mended")

OURS = "source/"  # what stands elsewhere is never rewritten
_ROUNDS = 8  # fixes may bring to light what others hid
_ALONE = 40  # fixes of one kind that are tried one by one where together they do harm

Check = Callable[[], Sequence[Diagnostic]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """``before`` and ``after``: bytes of the files that change, by their paths from the workspace.
    ``done``: the findings whose fixes were made; ``refused``: those whose fix would have brought
    more errors than it took away; ``left``: all that is found afterwards."""

    before: Mapping[str, bytes] = field(default_factory=dict)
    after: Mapping[str, bytes] = field(default_factory=dict)
    done: tuple[Diagnostic, ...] = ()
    refused: tuple[Diagnostic, ...] = ()
    left: tuple[Diagnostic, ...] = ()


def repaired(root: Path, check: Check, wanted: Callable[[str], bool] = lambda _: True) -> Repaired:
    """What comes of the safe fixes in the files ``wanted`` below ``source/``. ``check`` finds what
    is wrong, in texts that are not saved too. Writes nothing; raises ``OSError`` where a file is
    gone. Done twice it is done once: no safe fix is left that was not refused."""
    work = _Repairs(root, check, wanted)
    for _ in range(_ROUNDS):
        ready = work.ready()
        if not ready:
            break
        if not work.take(ready):
            work.take_apart(ready)
    changed = {path: data for path, data in work.texts.items() if data != work.before[path]}
    return Repaired(
        before={path: work.before[path] for path in changed}, after=changed,
        done=tuple(work.done), refused=tuple(work.refused), left=tuple(work.found),
    )  # fmt: skip


class _Repairs:
    def __init__(self, root: Path, check: Check, wanted: Callable[[str], bool]) -> None:
        self.root = root
        self.check = check
        self.wanted = wanted
        self.before: dict[str, bytes] = {}
        self.texts: dict[str, bytes] = {}
        self.done: list[Diagnostic] = []
        self.refused: list[Diagnostic] = []
        self.found: Sequence[Diagnostic] = check()

    def ready(self) -> list[Diagnostic]:
        """Findings with a safe fix in a file that may be written, which was not refused."""
        no = {_key(one) for one in self.refused}
        return [
            one for one in self.found
            if one.fix and one.fix.safe and _key(one) not in no
            and (path := one.fix.span.file.path).startswith(OURS) and self.wanted(path)
        ]  # fmt: skip

    def take(self, ready: Sequence[Diagnostic], *, alone: bool = False) -> bool:
        """Make these fixes, if every error that they mend is gone then and none is new. One that
        is tried ``alone`` may bring to light what it hid, an error for an error."""
        texts, used = dict(self.texts), list[Diagnostic]()
        by_file: dict[str, list[Diagnostic]] = {}
        for one in ready:
            assert one.fix is not None
            by_file.setdefault(one.fix.span.file.path, []).append(one)
        for path, ones in by_file.items():
            texts[path], made = _applied(self._now(path), ones)
            used += made
        with unsaved({self.root / path: data for path, data in texts.items()}):
            found = self.check()
        mended = 0 if alone else _errors(used)
        if not used or _errors(found) > _errors(self.found) - mended:
            return False
        self.texts, self.found = texts, found
        self.done += used
        return True

    def take_apart(self, ready: Sequence[Diagnostic]) -> None:
        """The same, kind by kind, and one by one where a kind does harm; what does is refused."""
        kinds: dict[str, list[Diagnostic]] = {}
        for one in ready:
            kinds.setdefault(one.code.id, []).append(one)
        for kind in kinds.values():
            if len(kinds) > 1 and self.take(self._still(kind)):
                continue
            for one in kind[:_ALONE]:
                if not self.take(self._still([one]), alone=True):
                    self.refused.append(one)
            self.refused += kind[_ALONE:]

    def _still(self, wanted: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The same findings at the places where they are now."""
        keys = {_key(one) for one in wanted}
        return [one for one in self.ready() if _key(one) in keys]

    def _now(self, path: str) -> bytes:
        if path not in self.before:
            self.before[path] = self.texts[path] = (self.root / path).read_bytes()
        return self.texts[path]


def _key(found: Diagnostic) -> tuple[str, str, str, str]:
    """A finding wherever it stands in its file."""
    assert found.fix is not None
    return found.code.id, file_of(found), found.fact, found.fix.label


def _errors(found: Iterable[Diagnostic]) -> int:
    return sum(one.level is Severity.ERROR for one in found)


def _applied(data: bytes, ones: Sequence[Diagnostic]) -> tuple[bytes, list[Diagnostic]]:
    """The bytes of a file with the fixes made, and the findings whose fixes these were: of two that
    touch each other the second waits. Byte order mark and line ends stay as they are."""
    raw = data.decode("utf-8")
    places = _places(raw)
    out, used, at, last = list[str](), list[Diagnostic](), 0, -1
    for one in sorted(ones, key=lambda one: _fix(one).span.start):
        fix = _fix(one)
        if fix.span.start <= last or SourceFile.from_bytes("", data).text != fix.span.file.text:
            continue
        out += [raw[at : places[fix.span.start]], fix.text]
        at, last = places[fix.span.end], fix.span.end
        used.append(one)
    return "".join([*out, raw[at:]]).encode("utf-8"), used


def _fix(found: Diagnostic) -> Fix:
    assert found.fix is not None
    return found.fix


def _places(raw: str) -> list[int]:
    """Where each character of the text as it is read stands in the file, and the end."""
    start = 1 if raw.startswith(BOM) else 0
    places = [at for at in range(start, len(raw))
              if not (raw[at] == "\n" and at > start and raw[at - 1] == "\r")]  # fmt: skip
    return [*places, len(raw)]


def write(root: Path, made: Repaired) -> Diagnostic | None:
    """Write the files, all or none; a finding where one is not any more what was mended. Raises
    ``OSError``."""
    for path, data in made.before.items():
        if (root / path).read_bytes() != data:
            return Diagnostic(code=CHANGED, where=path, hint="save it, and run this again",
                              fact="it was written meanwhile; nothing was mended")  # fmt: skip
    # a link stays a link, to the mended file
    write_all((Path(os.path.realpath(root / path)), data) for path, data in made.after.items())
    return None


def difference(made: Repaired) -> str:
    """What changes, as a unified diff."""
    lines: list[str] = []
    for path in sorted(made.after):
        old, new = (_lines(texts[path]) for texts in (made.before, made.after))
        lines += difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    return "\n".join(lines)


def _lines(data: bytes) -> list[str]:
    return SourceFile.from_bytes("", data).text.split("\n")
