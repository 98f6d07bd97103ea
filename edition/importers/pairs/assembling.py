"""Beads → the text files of both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from edition.aligning import CERTAIN
from edition.importers.pairs.beads import BlockBead
from edition.importers.pairs.made import LABEL, Piece
from edition.importers.parts import in_file_order
from edition.model import LANGS, Kind, Lang

Blocks = dict[Lang, list[tuple[str, str]]]  # (id, block) in order


@dataclass(slots=True)
class AssembledSides:
    """Sections as they are put together. ``taken``: ids in use; ``renamed``: the ids that blocks
    of the English have now."""

    taken: set[str]
    sections: dict[str, Blocks] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    def free(self, wanted: str) -> str:
        name, number = wanted, 2
        while name in self.taken:
            name, number = f"{wanted}-{number}", number + 1
        self.taken.add(name)
        return name


def assemble(
    beads: Sequence[BlockBead], notes: Mapping[Lang, Mapping[str, str]]
) -> tuple[dict[str, tuple[tuple[str, str], ...]], dict[str, str]]:  # fmt: skip
    """(path of each text file → its (id, block), ids of the English before → now). A section
    begins with each Chinese heading of level 1."""
    sides = AssembledSides({one.id for bead in beads for one in bead.zh})
    stem = ""
    headed = any(_heads(bead.zh) for bead in beads)
    for bead in beads:
        heads = _heads(bead.zh) if headed else _heads(bead.en)
        if heads or not stem:
            stem = _stem((bead.zh or bead.en)[0].stem, sides.sections)
        blocks: Blocks = sides.sections.setdefault(stem, {"zh": [], "en": []})
        put(bead, blocks, sides)
    files = {}
    stems = in_file_order(list(sides.sections))
    for stem, blocks in zip(stems, sides.sections.values(), strict=True):
        for lang in LANGS:
            made = [*blocks[lang], *noted(blocks[lang], notes[lang])]
            files[f"source/text/{stem}.{lang}.md"] = tuple(made)
    _loose(files, notes)
    return files, sides.renamed


def _heads(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and pieces[0].kind is Kind.HEADING and pieces[0].level == 1


def _stem(wanted: str, sections: Mapping[str, object]) -> str:
    name, number = wanted, 2
    while name in sections:
        name, number = f"{wanted}-{number}", number + 1
    return name


def put(bead: BlockBead, blocks: Blocks, sides: AssembledSides) -> None:
    """Both sides of a bead, under ids that say what answers to what."""
    sure = f' sure="{bead.sure:.2f}"' if bead.sure < CERTAIN else ""
    blocks["zh"] += [(one.id, one.block) for one in bead.zh]
    if not bead.zh:
        for one in bead.en:
            own = sides.free(one.id)
            sides.renamed[one.id] = own
            blocks["zh"].append((own, f"{{#{own} .blank{sure}}}"))
            blocks["en"].append((own, one.with_attributes(f"#{own}")))
        return
    if not bead.en:
        blocks["en"] += [(one.id, f"{{#{one.id} .untranslated{sure}}}") for one in bead.zh]
        return
    first = bead.zh[0].id
    several = len(bead.zh) > 1 or len(bead.en) > 1
    corresp = f' corresp="{" ".join(one.id for one in bead.zh)}"' if several else ""
    for at, one in enumerate(bead.en):
        own = first if not at else sides.free(first)
        sides.renamed[one.id] = own
        chance = sure if not at else ""
        blocks["en"].append((own, one.with_attributes(f"#{own}{corresp}{chance}")))


def noted(
    blocks: Iterable[tuple[str, str]], notes: Mapping[str, str]
) -> list[tuple[str, str]]:  # fmt: skip
    """The footnotes that blocks refer to, in the order of their marks."""
    labels = dict.fromkeys(
        label for _, block in blocks for label in LABEL.findall(block) if label in notes
    )
    return [(f"^{label}", notes[label]) for label in labels]


def _loose(
    files: dict[str, tuple[tuple[str, str], ...]], notes: Mapping[Lang, Mapping[str, str]]
) -> None:  # fmt: skip
    """Footnotes without a mark stand at the end of the last section."""
    for lang in LANGS:
        paths = [path for path in files if path.endswith(f".{lang}.md")]
        done = {own for path in paths for own, _ in files[path]}
        left = [(f"^{label}", block) for label, block in notes[lang].items()
                if f"^{label}" not in done]  # fmt: skip
        if paths and left:
            files[paths[-1]] = (*files[paths[-1]], *left)
