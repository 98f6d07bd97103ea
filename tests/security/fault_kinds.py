"""The faults that :mod:`security.faults` lays, and what is right to say of each."""

from __future__ import annotations

import io
import os
import shutil
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from book_samples import png
from PIL import Image
from press_samples import drawn, text
from security.faults import PROGRAMS, Fault, Scene

_ZH, _EN = "source/text/01-garden.zh.md", "source/text/01-garden.en.md"
FILES = {  # file: exit codes where it cannot be read
    _ZH: (1,), _EN: (1,), "source/notes/01-garden.yaml": (1,), "source/names.toml": (1, 2),
    "source/glossary.toml": (1, 2), "bib/references.bib": (1,), "source/edition.toml": (1, 2),
    "templates/facing.toml": (1, 2), "bib/decisions.toml": (1, 2),
}  # fmt: skip
_LAYOUT = Path(__file__).resolve().parents[2] / "templates" / "facing.toml"
_ANY = (0, 1, 2)


def faults() -> Iterator[Fault]:
    kinds = (_pictures, _bytes, _kinds_of_files, _names_of_files, _programs, _streams,
             _surroundings, _disks, _caches, _at_once)  # fmt: skip
    return chain.from_iterable(kind() for kind in kinds)


# --- pictures -----------------------------------------------------------------------------------


def _image(kind: str, size: tuple[int, int] = (620, 40), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def _with_picture(name: str, data: bytes) -> Callable[[Scene], None]:
    def lay(scene: Scene) -> None:
        (scene.root / name).write_bytes(data)
        for lang in ("zh", "en"):
            path = scene.root / f"source/text/01-garden.{lang}.md"
            said = path.read_text("utf-8").rstrip("\n")
            path.write_text(f"{said}\n\n![圖]({name}) {{#i.f}}\n", "utf-8")

    return lay


def _pictures() -> Iterator[Fault]:
    pdf = drawn([text(60, 200)])
    whole = png(640, 12)
    jpeg = _image("JPEG")
    bad = {
        "half a PNG": ("p.png", whole[: len(whole) // 2]), "PNG without its end": ("p.png", png(640, 12)[:-12]),
        "PNG of fewer lines": ("p.png", png(640, 12, lines=3)), "head of a PNG": ("p.png", whole[:20]),
        "half a JPEG": ("p.jpg", jpeg[: len(jpeg) // 2]), "head of a JPEG": ("p.jpg", jpeg[:30]),
        "nothing in it": ("p.png", b""), "text as PNG": ("p.png", b"not a picture"),
        "GIF as PNG": ("p.png", _image("GIF")), "PNG as JPEG": ("p.jpg", whole),
        "PDF without pages": ("p.pdf", b"%PDF-1.5\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
        "half a PDF": ("p.pdf", pdf[: len(pdf) // 2]), "head of a PDF": ("p.pdf", b"%PDF-1.7\n"),
        "a page of an error": ("p.png", b"<!DOCTYPE html><title>404</title>"),
        "PNG of no width": ("p.png", whole[:16] + b"\0\0\0\0" + whole[20:]),
        "50,000 pixels wide": ("p.png", png(50_000, 20)), "50,000 pixels high": ("p.png", png(64, 50_000)),
        "PNG of 4 billion pixels": ("p.png", whole[:16] + b"\xff\xff\xff\xff" * 2 + whole[24:]),
    }  # fmt: skip
    for name, (path, data) in bad.items():
        yield Fault(
            kind="pictures",
            name=name,
            lay=_with_picture(path, data),
            says=("PIC002", "PIC003", "PIC004", "PIC005", "PIC006"),
        )
    good = {
        "no resolution": whole, "one pixel": png(1, 1), "a hundred times as wide": png(50_000, 500),
        "thirty times as high": png(600, 18_000),
    }  # fmt: skip
    for name, data in good.items():
        yield Fault(kind="pictures", name=name, lay=_with_picture("p.png", data), codes=(0, 1),
                    command="build", alone=True)  # fmt: skip
    yield Fault(kind="pictures", name="missing", command="build", codes=(1,), made=False,
                lay=_missing_picture, says=("PIC001",))  # fmt: skip


def _missing_picture(scene: Scene) -> None:
    _with_picture("p.png", b"")(scene)
    (scene.root / "p.png").unlink()


# --- bytes --------------------------------------------------------------------------------------


def _own(scene: Scene, name: str) -> Path:
    """The file, made where the workspace of the tests has none."""
    path = scene.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.startswith("templates"):
        shutil.copyfile(_LAYOUT, path)
    elif not path.exists():
        path.write_text('[[decision]]\nverdict = "set"\nentries = ["zhu2020"]\nfield = "year"\n'
                        'before = "2020"\nvalue = "2020"\nreason = "頁"\n', "utf-8")  # fmt: skip
    return path


def _bytes() -> Iterator[Fault]:
    def half(data: bytes) -> bytes:
        at = len(data) // 2
        while data[at] >= 0x80:
            at += 1
        return data[:at] + b"\xe5\x9c" + data[at:]

    damages: dict[str, tuple[Callable[[bytes], bytes], bool]] = {
        "one bad byte": (half, True), "UTF-16": (lambda one: one.decode().encode("utf-16"), True),
        "NUL": (lambda one: one[:40] + b"\0" + one[40:], True),
        "byte order mark": (lambda one: b"\xef\xbb\xbf" + one, False),
        "returns alone": (lambda one: one.replace(b"\n", b"\r"), False),
        "lines of Windows": (lambda one: one.replace(b"\n", b"\r\n"), False),
        "empty": (lambda one: b"", False), "cut": (lambda one: one[: len(one) * 2 // 3], False),
    }  # fmt: skip
    for name, wrong in FILES.items():
        command = "bib" if "decisions" in name else "check"
        for damage, (change, sure) in damages.items():

            def lay(
                scene: Scene, name: str = name, change: Callable[[bytes], bytes] = change
            ) -> None:
                path = _own(scene, name)
                path.write_bytes(change(path.read_bytes()))

            codes = (
                wrong
                if sure
                else (0,)
                if damage in ("byte order mark", "lines of Windows")
                else _ANY
            )
            # a list of works may be of an older encoding, which is read and told of
            if name.endswith(".bib") and damage != "NUL" and sure:
                codes = (0, 1)
            says = (Path(name).name, "edition.toml", "BIB") if sure else ()
            yield Fault(kind="bytes", name=f"{name}: {damage}", lay=lay, command=command,
                        codes=codes, says=says)  # fmt: skip


# --- what a file is -----------------------------------------------------------------------------


def _kinds_of_files() -> Iterator[Fault]:
    ways: dict[str, Callable[[Path], object]] = {
        "a folder": lambda path: path.mkdir(), "a pipe": os.mkfifo,
        "a link to itself": lambda path: path.symlink_to(path.name),
        "a link to nothing": lambda path: path.symlink_to("none"),
        "a socket": _socket, "a device": lambda path: os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5)),
        "unreadable": lambda path: (path.write_text("x"), path.chmod(0)),
    }  # fmt: skip
    for name, wrong in FILES.items():
        for way, make in ways.items():

            def lay(scene: Scene, name: str = name, make: Callable[[Path], object] = make) -> None:
                path = _own(scene, name)
                path.unlink()
                make(path)

            command = "bib" if "decisions" in name else "check"
            # of root, the capability that passes over modes is taken
            shell = f"{_MODES} $EDITION {command}" if way == "unreadable" else ""
            skip = "no setpriv" if shell and shutil.which("setpriv") is None else ""
            yield Fault(kind="files of another kind", name=f"{name}: {way}", lay=lay, skip=skip,
                        command=command, codes=(*wrong, 1, 2), shell=shell,
                        says=("WSP", "cannot be read", "TXT", "CFG", "NOT", "BIB", "REC", "LAY", "USE"))  # fmt: skip
    for name in ("source", "source/text", "source/notes", "bib", "templates"):

        def instead(scene: Scene, name: str = name) -> None:
            shutil.rmtree(scene.root / name, ignore_errors=True)
            (scene.root / name).write_text("x")

        yield Fault(kind="files of another kind", name=f"{name}: a file", lay=instead, codes=(1, 2),
                    says=(name,))  # fmt: skip


_MODES = "setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search"


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's name may be no longer than 100 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _names_of_files() -> Iterator[Fault]:
    names = {
        "not UTF-8": b"source/text/02-\xff\xe9.zh.md", "with a line end": b"source/text/02-a\nb.zh.md",
        "with an escape": b"source/text/02-\x1b[2Ja.zh.md", "capital suffix": b"source/notes/02.YAML",
        "in a subfolder": b"source/notes/deep/02.yaml", "misspelt": b"source/glosary.toml",
        "250 bytes": b"source/text/" + b"a" * 243 + b".zh.md", "decomposed": "source/text/02-é.zh.md".encode(),
        "a backup": b"source/text/01-garden.zh.md~", "hidden": b"source/text/.02.zh.md",
    }  # fmt: skip
    for name, raw in names.items():

        def lay(scene: Scene, raw: bytes = raw) -> None:
            path = scene.root / os.fsdecode(raw)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("# 園 {#ii}\n", "utf-8")

        passed = name in ("a backup", "hidden")
        told = name in (
            "250 bytes",
            "decomposed",
        )  # a text like others, whose translation is not there
        yield Fault(kind="names of files", name=name, lay=lay, codes=_ANY if passed or told else (1, 2),
                    says=() if passed else ("error", "warning"))  # fmt: skip


# --- programs -----------------------------------------------------------------------------------

_ENDINGS = {
    "fails": "exit 1", "is killed": "kill -9 $$", "prints garbage": "head -c 4000 /dev/urandom; exit 0",
    "says nothing": "exit 0", "hangs": "sleep 1000",
    "writes half": 'for one in xdv pdf bbl bcf; do head -c 700 /dev/zero > edition.$one; done; '
                   'echo "This is a log" > edition.log; exit 0',
}  # fmt: skip


def _programs() -> Iterator[Fault]:
    for program in PROGRAMS:
        for way, script in _ENDINGS.items():

            def lay(scene: Scene, program: str = program, script: str = script) -> None:
                path = scene.bin / program
                path.write_text(f"#!/bin/sh\n{script}\n")
                path.chmod(0o755)

            # where the fonts are is asked of fontconfig only where they are not where TeX has them
            codes = (3, 4) if program not in ("fc-list", "kpsewhich") else (0, 3, 4)
            if program == "biber":  # an entry may be at fault: of the edition, as REF002 says
                codes = (1,)
            made = None if 0 in codes else False
            yield Fault(kind="programs", name=f"{program} {way}", lay=lay, command="build -q",
                        codes=codes, warm=False, made=made, hangs=way == "hangs",
                        says=() if 0 in codes else ("ENV", "TEX", "REF", "PRF", "FNT"))  # fmt: skip

        def without(scene: Scene, program: str = program) -> None:
            for folder in os.environ["PATH"].split(":"):
                for path in Path(folder).glob("*") if Path(folder).is_dir() else ():
                    if path.name != program and not (scene.bin / path.name).exists():
                        (scene.bin / path.name).symlink_to(path)

        yield Fault(kind="programs", name=f"{program} is missing", lay=without, warm=False,
                    command="build -q", codes=(0, 3) if program in ("fc-list", "kpsewhich") else (3,),
                    environ={"PATH": "{bin}"}, says=() if program in ("fc-list", "kpsewhich") else (program,))  # fmt: skip
    for program in ("xelatex", "biber", "pdftotext"):

        def fails(scene: Scene, program: str = program) -> None:
            path = scene.bin / program
            path.write_text("#!/bin/sh\nexit 1\n")
            path.chmod(0o755)

        # after a run that failed the next one, with the program in order, is whole
        yield Fault(kind="programs", name=f"{program} failed, and then not", lay=fails, warm=False,
                    shell='$EDITION build -q; rm $0/*; $EDITION build -q'.replace("$0", "$BIN"),
                    environ={"BIN": "{bin}"}, codes=(0,), made=True)  # fmt: skip


# --- what is printed to -------------------------------------------------------------------------


def _wrong_text(scene: Scene) -> None:
    path = scene.root / _ZH
    path.write_text(path.read_text("utf-8").replace("{#i.2}", "{#i.9}\n\n[^9] 園\u2066x"), "utf-8")


def _streams() -> Iterator[Fault]:
    lines = {
        "output is closed": "$EDITION check >&-", "errors are closed": "$EDITION check 2>&-",
        "both are closed": "$EDITION check >&- 2>&-", "no input": "$EDITION check <&-",
        "a pipe is closed early": "$EDITION check | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}",
        "JSON to a closed pipe": "$EDITION check --format json | true; exit ${PIPESTATUS[0]}",
        "errors to a closed pipe": "$EDITION check 2>&1 | true; exit ${PIPESTATUS[0]}",
        "output is full": "$EDITION check >/dev/full", "errors are full": "$EDITION check 2>/dev/full",
        "JSON, output full": "$EDITION check --format json >/dev/full",
    }  # fmt: skip
    for name, line in lines.items():
        yield Fault(kind="streams", name=name, lay=_wrong_text, shell=line, codes=(1, 2, 141))
    for coding in ("gbk", "cp1252", "ascii", "utf-16", "latin-1", "no-such-coding"):
        for form in ("", " --format json", " --format github"):
            codes = (1,) if coding != "no-such-coding" else (1, 2)
            yield Fault(kind="streams", name=f"{coding}{form}", lay=_wrong_text,
                        command=f"check{form}", codes=codes, environ={"PYTHONIOENCODING": coding})  # fmt: skip


# --- surroundings -------------------------------------------------------------------------------


def _surroundings() -> Iterator[Fault]:
    none: dict[str, str | None] = {"EDITION_CACHE": None, "XDG_CACHE_HOME": None}
    cases: dict[str, dict[str, str | None]] = {
        "HOME is missing": {**none, "HOME": "/nowhere"}, "HOME is not set": {**none, "HOME": None},
        "HOME is a file": {**none, "HOME": "/etc/hostname"}, "HOME cannot be written": {**none, "HOME": "/proc"},
        "TMPDIR is missing": {"TMPDIR": "/nowhere"}, "TMPDIR is a file": {"TMPDIR": "/etc/hostname"},
        "no locale": {"LANG": None, "LC_ALL": None}, "unknown locale": {"LC_ALL": "xx_YY.none"},
        "locale of GBK": {"LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"}, "plain locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        "unknown terminal": {"TERM": "none"}, "no columns": {"COLUMNS": "0"}, "wrong columns": {"COLUMNS": "x"},
        "wrong zone": {"TZ": "No/Where"}, "wrong date": {"SOURCE_DATE_EPOCH": "²"}, "huge date": {"SOURCE_DATE_EPOCH": "9" * 30},
        "TeX told of other folders": {"TEXINPUTS": "/nowhere:", "TEXMFCNF": None, "BIBINPUTS": "/nowhere"},
        "every warning": {"PYTHONWARNINGS": "error"}, "optimised": {"PYTHONOPTIMIZE": "2"}, "random hashes": {"PYTHONHASHSEED": "77"},
    }  # fmt: skip
    for name, environ in cases.items():
        yield Fault(kind="surroundings", name=name, command="build -q", codes=(0,), made=True,
                    environ=environ, warm="EDITION_CACHE" not in environ)  # fmt: skip
    for name, environ in {"PATH is empty": {"PATH": ""}, "PATH is not set": {"PATH": None}}.items():
        yield Fault(kind="surroundings", name=name, command="build -q", codes=(0, 3), environ=environ,
                    warm=False)  # fmt: skip
    for name, environ in {
        "cache is a file": {"EDITION_CACHE": "/etc/hostname"}, "cache cannot be made": {"EDITION_CACHE": "/proc/none"},
        "cache is a device": {"EDITION_CACHE": "/dev/null"},
    }.items():  # fmt: skip
        yield Fault(kind="surroundings", name=name, command="build -q", codes=(2,), made=False,
                    environ=environ, says=("USE",))  # fmt: skip
    for name, moment in {"files of 2099": "2099-01-01", "files of 1970": "1970-01-02"}.items():

        def dated(scene: Scene, moment: str = moment) -> None:
            for path in (scene.root, scene.cache):
                subprocess.run(["find", str(path), "-exec", "touch", "-h", "-d", moment, "{}", "+"],
                               check=True)  # fmt: skip

        yield Fault(
            kind="surroundings", name=name, lay=dated, command="build -q", codes=(0,), made=True
        )
    lines = {
        "few open files": ("ulimit -n 24; $EDITION build -q", (0, 1, 2, 3, 4)),
        "no new files for others": ("umask 777; $EDITION build -q", (0, 2)),
        "folder is gone": ("mkdir gone && cd gone && rmdir ../gone; $EDITION check", (1, 2)),
        "folder is gone, named": ("mkdir gone && cd gone && rmdir ../gone; $EDITION check --dir $ROOT", (0,)),
        "little memory": ("ulimit -v 400000; $EDITION build -q", (0, 1, 2, 3, 4)),
        "signals are ignored": ("trap '' PIPE INT HUP; $EDITION build -q", (0,)),
        "children are reaped": ("trap '' CHLD; $EDITION build -q", (0,)),
    }  # fmt: skip
    for name, (line, codes) in lines.items():
        yield Fault(
            kind="surroundings", name=name, shell=line, codes=codes, environ={"ROOT": "{root}"}
        )


# --- disks --------------------------------------------------------------------------------------


def _full(size: str, where: Callable[[Scene], Path]) -> Callable[[Scene], None]:
    """A small file system of its own at ``where``, through a link."""

    def lay(scene: Scene) -> None:
        (scene.spare / "full").mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs",
                        str(scene.spare / "full")], check=True)  # fmt: skip

    return lay


def _disks() -> Iterator[Fault]:
    skip = "only root may mount" if os.geteuid() else ""
    out = {"EDITION_CACHE": "{spare}/full/cache"}
    for size in ("4k", "64k", "400k", "2m"):
        yield Fault(kind="disks", name=f"cache of {size}", lay=_full(size, lambda one: one.cache),
                    command="build -q", codes=(2, 3, 4) if size != "2m" else (0, 2, 3, 4), environ=out, warm=False,
                    made=False if size != "2m" else None, skip=skip, says=("space", "full", "disk") if size != "2m" else ())  # fmt: skip
    for size in ("4k", "64k"):
        yield Fault(kind="disks", name=f"outputs of {size}", lay=_full(size, lambda one: one.root),
                    shell="$EDITION build -q --out $FULL/out; code=$?; "
                          "find $FULL -name '*.pdf' | grep -q . && exit 99; exit $code",
                    environ={"FULL": "{spare}/full"}, codes=(2,), skip=skip, says=("space", "full"))  # fmt: skip
    yield Fault(kind="disks", name="TMPDIR of 4k", lay=_full("4k", lambda one: one.spare), skip=skip,
                command="build -q", environ={"TMPDIR": "{spare}/full"}, codes=(0, 2), warm=False)  # fmt: skip
    yield Fault(kind="disks", name="files of 100 KB", shell="ulimit -f 100; $EDITION build -q", warm=False,
                codes=(2, 3, 4), made=False)  # fmt: skip
    yield Fault(kind="disks", name="a checkout that is read only", shell=f"chmod -R a-w .; {_MODES} $EDITION build -q",
                codes=(2,), made=False, says=("USE003",))  # fmt: skip
    yield Fault(kind="disks", name="read only, with --out",
                shell=f"chmod -R a-w .; {_MODES} $EDITION build -q --out $SPARE/out && test -s $SPARE/out/garden.pdf",
                environ={"SPARE": "{spare}"}, codes=(0,))  # fmt: skip
    yield Fault(
        kind="disks",
        name="a check of what is read only",
        shell=f"chmod -R a-w .; {_MODES} $EDITION check",
        codes=(0,),
    )
    yield Fault(kind="disks", name="dist is a file", lay=lambda one: (one.root / "dist").write_text("x"),
                command="build -q", codes=(2,), says=("USE003", "dist"))  # fmt: skip
    yield Fault(kind="disks", name="the PDF is a folder", lay=lambda one: (one.root / "dist/garden.pdf").mkdir(parents=True),
                command="build -q", codes=(2,), says=("USE003", "garden.pdf"))  # fmt: skip


# --- caches -------------------------------------------------------------------------------------


def _caches() -> Iterator[Fault]:
    ways: dict[str, Callable[[Path], object]] = {
        "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        "empty": lambda path: path.write_bytes(b""),
        "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
        "one bit": lambda path: path.write_bytes(_flipped(path.read_bytes())),
        "a folder": lambda path: (path.unlink(), path.mkdir()),
    }  # fmt: skip
    for kind in ("fonts", "formats", "galleys", "orders", "proved", "references", "references-pdf",
                 "romanised", "tables", "values", "work"):  # fmt: skip
        for way, spoil in ways.items():

            def lay(
                scene: Scene, kind: str = kind, spoil: Callable[[Path], object] = spoil
            ) -> None:
                (home,) = scene.cache.iterdir()
                for path in [one for one in (home / kind).rglob("*") if one.is_file()]:
                    spoil(path)

            yield Fault(kind="caches", name=f"{kind}: {way}", lay=lay, command="build -q", codes=(0,),
                        made=True)  # fmt: skip


def _flipped(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] if data else data


# --- at once ------------------------------------------------------------------------------------


def _at_once() -> Iterator[Fault]:
    lines = {
        "two builds": "$EDITION build -q & $EDITION build -q; code=$?; wait $! && exit $code",
        "two layouts": "$EDITION build -q & $EDITION build -q --layout columns --out $SPARE/a; code=$?; wait $! && exit $code",
        "a build and clean": "$EDITION build -q & sleep 0.8; $EDITION clean; wait $!",
        "a build and a check": "$EDITION build -q & $EDITION check; code=$?; wait $! && exit $code",
        "two imports": 'printf "園\\n\\n一段。\\n" > $SPARE/a.txt; $EDITION import $SPARE/a.txt --out $SPARE/b >/dev/null & '
                       '$EDITION import $SPARE/a.txt --out $SPARE/b; wait',
        "two bibs": "$EDITION bib & $EDITION bib; code=$?; wait $! && exit $code",
    }  # fmt: skip
    for name, line in lines.items():
        yield Fault(kind="at once", name=name, shell=line, codes=(0,), environ={"SPARE": "{spare}"},
                    warm=False, alone=name == "two bibs")  # fmt: skip
