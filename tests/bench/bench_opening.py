"""One opening as reledpar, Typst and this project set it: pictures for docs/comparison.md.

    edition bench opening            sets all three and tells their pages
    python tests/bench/bench_opening.py --write    writes docs/comparison/*.png too

The text is our own, the same in all three; the peers' files are in ``tests/bench/peers``.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).parent / "peers"
_RUNS = 6  # reledpar places its notes by what earlier runs wrote


def run(words: Sequence[str], folder: Path) -> None:
    subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=300)


def reledpar(folder: Path) -> Path | None:
    found = (
        shutil.which("kpsewhich")
        and subprocess.run(["kpsewhich", "reledpar.sty"], capture_output=True, check=False).stdout
    )
    if not found:
        return None
    shutil.copy(PEERS / "opening.tex", folder)
    words = ("xelatex", "-no-shell-escape", "-interaction=nonstopmode", "opening.tex")
    for _ in range(
        _RUNS
    ):  # a run that finds its notes moved ends with an error, and the next goes on
        subprocess.run(words, cwd=folder, check=False, capture_output=True, timeout=300)
    return folder / "opening.pdf"


def typst(folder: Path) -> Path | None:
    if not importlib.util.find_spec("typst"):
        return None
    shutil.copy(PEERS / "opening.typ", folder)
    run((sys.executable, "-c", "import typst; typst.compile('opening.typ', output='typst.pdf')"),
        folder)  # fmt: skip
    return folder / "typst.pdf"


def edition(folder: Path) -> Path | None:
    shutil.copytree(PEERS / "opening", folder / "opening")
    run((sys.executable, "-m", "edition", "build", "--dir", str(folder / "opening"), "--out",
         str(folder / "out")), ROOT)  # fmt: skip
    return folder / "out" / "opening.pdf"


# name: how it is set, and the two pages that are shown
SETTERS = {"reledpar": (reledpar, 1), "typst": (typst, 1), "edition": (edition, 4)}


def picture(pdf: Path, first: int, target: Path, folder: Path) -> None:
    """Two pages side by side, 80 dots an inch."""
    from PIL import Image

    run(("pdftoppm", "-r", "80", "-png", "-gray", "-f", str(first), "-l", str(first + 1), str(pdf),
         target.stem), folder)  # fmt: skip
    pages = [Image.open(one) for one in sorted(folder.glob(f"{target.stem}-*.png"))]
    sheet = Image.new("L", (sum(page.width for page in pages) + 6, pages[0].height), 150)
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width + 6
    target.parent.mkdir(exist_ok=True)
    sheet.quantize(16).save(target, optimize=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write docs/comparison/*.png")
    args = parser.parse_args()
    for name, (setter, first) in SETTERS.items():
        with tempfile.TemporaryDirectory() as work:
            pdf = setter(Path(work))
            if pdf is None:
                print(f"{name}: not installed")
                continue
            told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True)
            pages = next(line.split()[-1] for line in told.stdout.splitlines() if "Pages:" in line)
            print(f"{name}: {pages} pages")
            if args.write:
                picture(pdf, first, ROOT / "docs" / "comparison" / f"{name}.png", Path(work))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
