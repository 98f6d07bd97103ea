"""``python -m edition.series.child FOLDER``: the process in which a job builds. It reads the order
from ``FOLDER/order.json``, builds ``FOLDER/workspace`` into ``FOLDER/out``, and answers in
``FOLDER/answer.json``; without an answer it failed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from edition.build import Request, build, remarks
from edition.config import Variant
from edition.diagnostics import exit_code
from edition.series.types import Order

ORDER, ANSWER = "order.json", "answer.json"
WORKSPACE, OUT = "workspace", "out"


def main(folder: Path) -> None:
    order = Order.of(json.loads((folder / ORDER).read_text("utf-8")))
    request = Request(
        root=folder / WORKSPACE, out=folder / OUT, copy_of=Path(order.place), layout=order.layout,
        script=order.script, variant=Variant(name=order.variant), jobs=order.cores,
        formats=order.formats, prove_all=order.prove_all,
    )  # fmt: skip
    made = build(request)
    answer = {
        "exit": exit_code(made.diagnostics),
        "line": made.value.line if made.value else "",
        "outputs": [path.name for path in made.value.files] if made.value else [],
        "remarks": remarks.dump(made.diagnostics),
    }
    (folder / ANSWER).write_text(json.dumps(answer, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
