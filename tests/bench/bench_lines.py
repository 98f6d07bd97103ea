"""How lines are filled: the shipped edition and, where the shared data stands beside the
repository, the parallel discourses, in both layouts.

``python tests/bench/bench_lines.py`` prints the figures that ``docs/clreq.md`` records.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

import corpora_agama  # noqa: E402
import line_figures  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpora" / "agama"


def main() -> None:
    for layout in ("columns", "facing"):
        line_figures.report(ROOT, layout, "hant")
        if CORPUS.is_dir():
            with tempfile.TemporaryDirectory() as folder:
                corpora_agama.write_workspace(CORPUS, Path(folder), layout=layout)
                line_figures.report(Path(folder), layout, "hant")


if __name__ == "__main__":
    main()
