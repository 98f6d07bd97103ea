"""Articles in every format that is imported."""

from __future__ import annotations

import shutil

import import_samples

from edition.importers.article import convert
from edition.importers.workspace import run_import
from fuzz import grammars
from fuzz.invariants import Folder, must, sound
from fuzz.targets import Target, workplace


def targets() -> list[Target]:
    return [
        Target(name="import", look=_import, seeds=_articles, rules=grammars.ARTICLE, share=80,
               seconds=3, pace=0.2),
        Target(name="imported", look=_written, seeds=_articles, rules=grammars.ARTICLE, share=20,
               seconds=5, pace=0.4),
    ]  # fmt: skip


def _articles() -> list[bytes]:
    return [data for name, data in import_samples.ALL.items() if name != "large"]


def _import(data: bytes) -> None:
    """The account closes, findings have places, and a second import makes the same."""
    made = convert("article.txt", data)
    sound(made.diagnostics)
    import_samples.accounted("article.txt", data)
    must(convert("article.txt", data).value == made.value, "the second import differs")


def _written(data: bytes) -> None:
    """An import writes into its folder only, a second one nothing."""
    root = workplace() / "imported"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    (root / "article.txt").write_bytes(data)
    folder = Folder(root)
    done = run_import(root / "article.txt", root / "to")
    sound(done.diagnostics)
    inside = f"{root / 'to'}/"
    must(all(path.startswith(inside) for path in folder.changed()), "an import writes elsewhere")
    if done.value is None:
        must(not folder.changed(), "an import that came to nothing wrote")
        return
    written = Folder(root)
    again = run_import(root / "article.txt", root / "to")
    must(again.value is not None and not again.value.files, "a second import writes again")
    must(not written.changed(), "a second import writes again")
