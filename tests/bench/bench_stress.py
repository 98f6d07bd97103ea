"""The stress edition in every variant: papers, sizes, scripts and layouts, and what is wrong.

``python tests/bench/bench_stress.py [small] [WORDS]`` writes the edition of
:mod:`stress_edition` into a folder of its own and builds all variants, or those whose names hold
all of WORDS (``columns A6``), one after the other; it prints a line for each, every violation of
the proof, and how many findings of each code there are. Exit 1 where a variant has errors.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

import stress_edition as stress  # noqa: E402

from edition.build import Request, build  # noqa: E402
from edition.diagnostics import Severity  # noqa: E402


def main(words: list[str]) -> int:
    size = stress.FULL
    if words[:1] == ["small"]:
        size, words = stress.SLICE, words[1:]
    bad = 0
    with tempfile.TemporaryDirectory(prefix="stress-") as name:
        root = stress.write(Path(name), size)
        for variant in stress.variants():
            if all(word in variant.name.split() for word in words):
                bad += not built(root, variant)
    print(f"{bad} variants with errors")
    return 1 if bad else 0


def built(root: Path, variant: stress.Variant) -> bool:
    """Build one variant; whether it has no errors."""
    stress.set_up(root, variant)
    begun = time.perf_counter()
    done = build(Request(root=root, layout=variant.layout, script=variant.script))
    line = done.value.line if done.value else "not built"
    print(f"{variant.name}: {time.perf_counter() - begun:.0f} s, {line}")
    errors = [one for one in done.diagnostics if one.level is Severity.ERROR]
    for one in errors:
        print(f"    {one.code.id} {one.place} {one.segment} {one.where}: {one.fact}")
    counts = Counter(one.code.id for one in done.diagnostics)
    print("    " + ", ".join(f"{code} {count}" for code, count in sorted(counts.items())))
    sys.stdout.flush()
    return not errors


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
