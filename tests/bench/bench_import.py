"""What the import of an article costs, and how it grows with its length.

``python tests/bench/bench_import.py`` prints seconds of the processor, their ratio to the half as
long text before (2 is linear), and megabytes at the most; then the ratios of texts of other shapes
(``--shapes``: these alone; ``--whole FILE …``: what ``edition import`` takes for files, with its
start). Then the documents of the tests, of many
kinds, are imported and built in both layouts; the exit code says whether all are."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from edition.config import LayoutName

LAYOUTS: tuple[LayoutName, ...] = ("facing", "columns")
SIZE = 4000  # paragraphs of a text of another shape, first
HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))
SHARED = Path(os.environ.get("EDITION_SHARED") or HERE.parents[2].parent / "shared")


def seconds(name: str, data: bytes) -> tuple[float, str]:
    from edition.importers.taking import Options, take

    start = time.process_time()
    made = take([(name, data)], Options()).value
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert made is not None
    facts = f"{made.accounted['characters']:>9,} characters {spent:6.2f} s {memory:5.0f} MB"
    return spent, facts


def shapes() -> None:
    """Seconds for a text of each shape, and for one twice as long."""
    from import_shapes import SHAPES

    for shape, (name, write) in SHAPES.items():
        once, twice = [seconds(name, write(size).encode()) for size in (SIZE, 2 * SIZE)]
        print(f"{shape:>20} {twice[1]}  × {twice[0] / once[0]:.2f}")


def whole(paths: list[str]) -> None:
    """Seconds of the processor that the command takes, the best of three."""
    for path in paths:
        best = min(_command(path) for _ in range(3))
        print(f"{Path(path).name:>20} {Path(path).stat().st_size:>10,} bytes {best:6.2f} s")


def _command(path: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        call = [sys.executable, "-m", "edition", "import", path, "--to", f"{folder}/made"]
        subprocess.run(call, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def builds() -> int:
    """How many builds of imported documents have an error."""
    import import_articles as articles
    import import_documents as documents
    from import_samples import workspace

    from edition.build import Request, build
    from edition.diagnostics import Severity
    from edition.importers.workspace import imported

    wrong = 0
    named = {f"{name}.txt": text for name, text in articles.REGIONS.items()} | documents.OTHERS
    for name, text in named.items():
        with tempfile.TemporaryDirectory() as folder:
            root = workspace(imported(name, text.encode()).value, Path(folder))
            for layout in LAYOUTS:
                found = build(Request(root=root, layout=layout)).diagnostics
                errors = [one for one in found if one.level is Severity.ERROR]
                wrong += bool(errors)
                said = f"{errors[0].code.id} {errors[0].fact}" if errors else "built"
                print(f"{name:>16} {layout:8} {said}")
    return wrong


def main() -> int:
    import import_samples as samples

    match sys.argv[1:]:
        case ["--whole", *paths]:
            whole(paths)
            return 0
        case ["--shapes"]:
            shapes()
            return 0

    article = SHARED / "raw" / "article.txt"
    if article.is_file():
        print(f"article, first {seconds('article.txt', article.read_bytes())[1]}")
        print(f"article, again {seconds('article.txt', article.read_bytes())[1]}")
    before = 0.0
    for size in (250_000, 500_000, 1_000_000, 2_000_000, 4_000_000):
        spent, facts = seconds("large.txt", samples.large(size))
        ratio = f"  × {spent / before:.2f}" if before else ""
        print(f"{size:>14,} {facts}{ratio}")
        before = spent
    shapes()
    return 1 if builds() else 0


if __name__ == "__main__":
    sys.exit(main())
