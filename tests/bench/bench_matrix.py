"""The full product of what a variant may ask for, on a small edition, and what is wrong with it.

``python tests/bench/bench_matrix.py [WORDS]`` builds every combination of layout, script, side,
notes, size and way of numbering and placing notes (or those that have all of WORDS: ``stacked
hans``), prints those with faults and how many were built in how long. Exit 1 where one has faults.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

import variant_samples  # noqa: E402


def main(words: list[str]) -> int:
    begun, bad = time.perf_counter(), 0
    with tempfile.TemporaryDirectory(prefix="matrix-") as name:
        variant_samples.write(Path(name))
        wanted = [one for one in variant_samples.every() if set(words) <= set(map(str, one))]
        for one in wanted:
            wrong = variant_samples.faults(Path(name), one)
            bad += bool(wrong)
            if wrong:
                print(*map(str, one), "; ".join(wrong), flush=True)
    spent = time.perf_counter() - begun
    print(f"{len(wanted)} combinations in {spent:.0f} s, {bad} with faults")
    return 1 if bad or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
