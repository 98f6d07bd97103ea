"""The other side of a workspace that has one: a translation that arrives later."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edition.aligning import CERTAIN
from edition.aligning.rulings import Ruling
from edition.diagnostics import Diagnostic, Outcome
from edition.importers import merging
from edition.importers.article import BIB, SETTINGS, Imported
from edition.importers.codes import NO_PAIR
from edition.importers.pairs.assembling import noted
from edition.importers.pairs.beads import BlockBead, by_contents, findings
from edition.importers.pairs.made import Piece, pieces
from edition.model import LANGS, Lang, Presence, Segment, other
from edition.readers import contents, text
from edition.source import SourceFile

_TEXT = re.compile(r"source/text/(?P<stem>.+)\.(?P<lang>zh|en)\.md$")


@dataclass(slots=True)
class Added:
    """``files``: path → text, of what changes."""

    files: dict[str, str] = field(default_factory=dict)
    pairs: int = 0


def sides_present(files: Mapping[str, str]) -> set[Lang]:
    """The languages that text files of a workspace have words in."""
    return {lang for lang in LANGS if any(_said(segments) for segments in
                                          _segments(files, lang).values())}  # fmt: skip


def _said(segments: tuple[Segment, ...]) -> bool:
    return any(one.presence is Presence.TEXT for one in segments)


def _segments(files: Mapping[str, str], lang: Lang) -> dict[str, tuple[Segment, ...]]:
    """Segments of one side by section, in order."""
    found = {}
    for path in sorted(files):
        match = _TEXT.match(path)
        if match and match["lang"] == lang:
            file = SourceFile(path, files[path])
            found[match["stem"]] = text.read(file, match["stem"], lang).value.segments
    return found


def add(
    files: Mapping[str, str], new: Imported, rulings: Sequence[Ruling] = ()
) -> Outcome[Added]:  # fmt: skip
    """``new`` as the other side of the texts in ``files`` (path → text), which stay as they are,
    but for blank places where the new side says what they do not."""
    assert new.made is not None
    lang = new.made.article.lang
    base_lang = other(lang)
    sections = _segments(files, base_lang)
    nameless = next((one for segments in sections.values() for one in segments
                     if one.presence is Presence.TEXT and not one.given), None)  # fmt: skip
    if nameless is not None:
        return Outcome(Added(), (Diagnostic(
            code=NO_PAIR, span=nameless.span, fact="segments of the workspace have no ids",
            hint="edition ids writes them; then import again"),))  # fmt: skip
    base = [
        Piece(id=one.id, lang=base_lang, stem=stem, text=contents.unit(one).text, block="",
              kind=one.kind, level=one.level, span=one.span)
        for stem, segments in sections.items() for one in segments
        if one.presence is Presence.TEXT
    ]  # fmt: skip
    fresh = pieces(new.made, lang)
    left, right = (base, fresh) if base_lang == "zh" else (fresh, base)
    agreed = by_contents(left, right, rulings)
    beads = agreed.beads
    work = _Adding(files, base_lang, dict(new.made.notes), {one.id for one in base})
    for bead in beads:
        work.take(bead)
    made = work.files(sections)
    if title := new.made.article.titles.get(lang):
        made[SETTINGS] = _titled(files.get(SETTINGS, ""), lang, title.text.strip())
    made[BIB] = _with_entries(files.get(BIB, ""), new.files.get(BIB, ""))
    changed = {path: value for path, value in made.items() if files.get(path) != value}
    pairs = sum(bool(one.zh and one.en) for one in beads)
    return Outcome(Added(changed, pairs), (*agreed.found, *findings(beads)))


@dataclass(slots=True)
class _Adding:
    current: Mapping[str, str]
    base: Lang
    notes: dict[str, str]
    taken: set[str]
    sides: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    blanks: list[tuple[str, str, str]] = field(default_factory=list)  # stem, after which id, id
    stem: str = ""
    last: str = ""

    def take(self, bead: BlockBead) -> None:
        own, new = (bead.zh, bead.en) if self.base == "zh" else (bead.en, bead.zh)
        if own:
            self.stem = own[0].stem
        self.stem = self.stem or next(iter(sorted(self._stems())), "01-text")
        blocks = self.sides.setdefault(self.stem, [])
        corresp = ""
        if own and (len(own) > 1 or len(new) > 1):
            corresp = f' corresp="{" ".join(one.id for one in own)}"'
        for at, one in enumerate(new):
            named = own[0].id if own and not at else self._free(own[0].id if own else one.id)
            sure = f' sure="{bead.sure:.2f}"' if not at and bead.sure < CERTAIN else ""
            blocks.append((named, one.with_attributes(f"#{named}{corresp}{sure}")))
            if not own:
                self.blanks.append((self.stem, self.last, named))
                self.last = named
        chance = f' sure="{bead.sure:.2f}"' if bead.sure < CERTAIN else ""
        for one in own:
            if not new:
                self.sides.setdefault(one.stem, []).append(
                    (one.id, f"{{#{one.id} .untranslated{chance}}}"))  # fmt: skip
            self.last = one.id

    def _stems(self) -> list[str]:
        return [match["stem"] for path in self.current if (match := _TEXT.match(path))]

    def _free(self, wanted: str) -> str:
        name, number = wanted, 2
        while name in self.taken:
            name, number = f"{wanted}-{number}", number + 1
        self.taken.add(name)
        return name

    def files(self, sections: Mapping[str, object]) -> dict[str, str]:
        """The texts of the new side, and those of the old one that get blank places."""
        made = {}
        lang = other(self.base)
        for stem in [*sections, *(one for one in self.sides if one not in sections)]:
            blocks = self.sides.get(stem, [])
            if blocks:
                blocks = [*blocks, *noted(blocks, self.notes)]
                made[f"source/text/{stem}.{lang}.md"] = merging.join(blocks)
        for stem, before, own in self.blanks:
            path = f"source/text/{stem}.{self.base}.md"
            parts = merging.split(made.get(path, self.current.get(path, "")))
            at = next((n for n, (name, _) in enumerate(parts) if name == before), -1)
            if before.count(":::") or (at >= 0 and parts[at][1].lstrip().startswith(":::")):
                at = next((n for n in range(at, len(parts))
                           if parts[n][1].rstrip().endswith("\n:::")), at)  # fmt: skip
            parts.insert(at + 1, (own, f"{{#{own} .blank}}"))
            made[path] = merging.join(parts)
        return made


def _titled(settings: str, lang: Lang, title: str) -> str:
    """The facts of the book with the title in the other language, where it has none."""
    line = re.search(r"(?m)^title = \{(?P<inside>[^{}\n]*)\}$", settings)
    if not line or re.search(rf"\b{lang}\s*=", line["inside"]):
        return settings
    inside = f"{line['inside'].rstrip()}, {lang} = {json.dumps(title, ensure_ascii=False)} "
    return settings[: line.start("inside")] + inside + settings[line.end("inside") :]


def _with_entries(bib: str, more: str) -> str:
    """Entries of both lists; of two with one key the first."""
    entry = re.compile(r"(?ms)^@\w+\{(?P<key>[^,\s]+),.*?^\}")
    known = {one["key"] for one in entry.finditer(bib)}
    new = [one[0] for one in entry.finditer(more) if one["key"] not in known]
    return bib.rstrip("\n") + "\n\n" + "\n\n".join(new) + "\n" if new else bib
