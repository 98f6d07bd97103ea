"""The run of ``edition fuzz``: inputs for a time or a number of them, a table, what was found."""

from __future__ import annotations

import argparse
import gc
import itertools
import os
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from fuzz import targets, trial  # noqa: E402
from fuzz.targets import Target, workplace  # noqa: E402
from fuzz.trial import Find  # noqa: E402

CHUNK = 100  # inputs of one process
FOUND = Path(__file__).parent / "found"
_TOLD = 120  # seconds after which a run says how far it is
_KINDS = ("traceback", "hang", "invariant", "crash")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="edition fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0, metavar="M")
    parser.add_argument("--inputs", type=int, default=0, metavar="N", help="stop after so many")
    parser.add_argument("--seed", type=int, default=None, metavar="S", help="default: the time")
    parser.add_argument("--target", action="append", default=[], metavar="T")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="J")
    parser.add_argument("--only", default="", metavar="T:N", help="one input, shown and run")
    parser.add_argument("--keep", type=Path, default=FOUND, metavar="DIR")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    known = targets.every()
    unknown = [one for one in args.target if one not in known]
    if unknown:
        print(f"there is no target {unknown[0]}; there are: {', '.join(known)}")
        return 2
    seed = int(time.time()) if args.seed is None else args.seed
    if args.only:
        return _only(known, args.only, seed)
    chosen = [one for one in known.values() if not args.target or one.name in args.target]
    if len(chosen) > 1:
        chosen = [one for one in chosen if one.share]
    started = time.monotonic()
    print(f"seed {seed}; {len(chosen)} targets, {args.jobs} at once", flush=True)
    os.environ["EDITION_CACHE"] = str(workplace() / "cache")
    for one in chosen:  # what all processes share is loaded once
        for number in range(len(one.seeds()) if one.share > 1 else 0):
            trial.trial(one, one.input(seed, number), limit=60)
    gc.collect()
    gc.freeze()
    ends = started + args.minutes * 60 if args.minutes else float("inf")
    work = _work(chosen, ends, args.inputs)
    done: Counter[str] = Counter()
    finds: dict[str, Find] = {}
    kinds: Counter[tuple[str, str]] = Counter()
    told = started
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    running = trial.run(work, seed, args.jobs)
    try:
        for news in running:
            if isinstance(news, Target):
                done[news.name] += 1
                if time.monotonic() - told > _TOLD:
                    told = time.monotonic()
                    print(f"{done.total()} inputs in {told - started:.0f} s", flush=True)
                continue
            kinds[news.target, news.kind] += 1
            if news.cause not in finds:
                finds[news.cause] = news
                print(f"{news.cause} (input {news.number}): {news.what}", flush=True)
    except KeyboardInterrupt:
        print("broken off; what was done until then:")
    running.close()
    _table(chosen, done, kinds, time.monotonic() - started, seed)
    for cause, find in finds.items():
        _keep(known[find.target], find, seed, args.keep / f"{cause}.bin")
    shutil.rmtree(workplace(), ignore_errors=True)
    return 1 if finds else 0


def _work(chosen: Sequence[Target], ends: float, most: int) -> Iterator[tuple[Target, range]]:
    """Chunks of inputs, of each target by its share, until the time is up or all are given out."""
    at: Counter[str] = Counter()
    given = 0
    total = sum(one.share for one in chosen)
    for _ in itertools.count():
        # the target that is furthest behind its share
        target = min(chosen, key=lambda one: at[one.name] / one.share)
        # of few inputs every target gets some
        fair = max(1, most * target.share // (2 * total)) if most else CHUNK
        size = min(CHUNK, target.share, fair, *([most - given] if most else []))
        if size < 1 or time.monotonic() > ends or not total:
            return
        yield target, range(at[target.name], at[target.name] + size)
        at[target.name] += size
        given += size


def _table(
    chosen: Sequence[Target], done: Counter[str], kinds: Counter[tuple[str, str]], seconds: float,
    seed: int,
) -> None:  # fmt: skip
    head = ("target", "inputs", *(f"{one}s" for one in _KINDS))
    rows = [
        (one.name, done[one.name], *(kinds[one.name, kind] for kind in _KINDS)) for one in chosen
    ]
    rows.append(
        ("all", done.total(), *(sum(kinds[one.name, kind] for one in chosen) for kind in _KINDS))
    )
    for row in (head, *rows):
        print("".join(f"{cell!s:>12}" if n else f"{cell!s:<12}" for n, cell in enumerate(row)))
    print(f"seed {seed}, {seconds:.0f} s, {done.total() / max(seconds, 1):.0f} inputs a second")


def _keep(target: Target, find: Find, seed: int, path: Path) -> None:
    """Make the input small, in a process of its own, and write it."""
    data = target.input(seed, find.number)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    pid = os.fork()
    if pid == 0:
        path.write_bytes(trial.smaller(target, data, find))
        os._exit(0)
    os.waitpid(pid, 0)
    print(f"\n== {path.name}: {find.what}\n{find.detail[-1200:]}\n{path.read_bytes()[:300]!r}")


def _only(known: dict[str, Target], which: str, seed: int) -> int:
    """Run one input again: by target and number, or the file of one that was kept."""
    name, _, number = which.partition(":")
    path = Path(which)
    if path.is_file():
        target, data = known[path.name.split("-")[0]], path.read_bytes()
    else:
        target = known[name]
        data = target.input(seed, int(number))
    print(repr(data[:3000]))
    find = trial.trial(target, data)
    print(f"{find.kind}: {find.what}\n{find.detail}" if find else "nothing is wrong with it")
    return 1 if find else 0


if __name__ == "__main__":
    raise SystemExit(main())
