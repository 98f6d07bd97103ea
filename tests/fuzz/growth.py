"""How the time of every reader grows with an input: a sign or a line again and again, brackets in
brackets, in each place where text may stand.

    python tests/fuzz/growth.py                     all of it, an hour
    python tests/fuzz/growth.py --every 40          one case in so many
    python tests/fuzz/growth.py --reader import --shape pipes

For each case the time at n, 2n and 4n signs is taken, n the largest that keeps it short. The exit
code is 1 where an exponent is above 1.3 or 50,000 signs take more than ten seconds.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import math
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).resolve().parents[1]),
        str(Path(__file__).resolve().parents[2]),
    ]

from conftest import FILES, write_workspace
from importers import word_samples

from edition import anchors, config
from edition.apparatus import collation
from edition.bibliography.deciding import decisionfile
from edition.bibliography.reading import foreign, parse
from edition.bibliography.reading.lists import listed
from edition.bibliography.repair import repair
from edition.bibliography.types import Context
from edition.bibliography.writing import export, outputs
from edition.build.stages import prepare
from edition.importers.documents.model import RefusedError
from edition.importers.taking import Options, take
from edition.latex import escape as tex
from edition.readers import hidden, notes, read_edition, records, text
from edition.script import conversion
from edition.source import SourceFile
from fuzz.targets import workplace

MOST = 1.3  # exponent
SIGNS = 50_000  # of the longest input
SHORT = 0.08  # seconds below which nothing is concluded
LONG = 10.0  # seconds that no input may take
_FIRST = 3_125
_DOUBT = 1.1  # exponent at a quarter of the signs above which the rest is tried

Read = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Reader:
    """``frames`` are what stands round an input, which takes the place of ``%s``."""

    name: str
    read: Read
    frames: tuple[str, ...] = ("%s",)


# --- shapes -------------------------------------------------------------------------------------

_SIGNS = {
    "brackets": "[", "braces": "{", "parentheses": "(", "closing brackets": "]", "closing parentheses": ")",
    "closing braces": "}", "wide parentheses": "（", "wide closings": "）", "corners": "「", "titles": "《", "book titles": "《a》",
    "quotes": '"', "single quotes": "'", "curly quotes": "“", "curly closings": "”", "apostrophes": "a’", "grave": "`",
    "stars": "*", "double stars": "** ", "underscores": "_", "tildes": "~", "carets": "^", "pipes": "|",
    "backslashes": "\\", "less": "<", "greater": ">", "ampersands": "&", "hashes": "#", "dollars": "$",
    "percents": "%", "at signs": "@", "equals": "=", "slashes": "/", "hyphens": "-", "dashes": "—", "en dashes": "–",
    "dots": ".", "ellipses": "…", "commas": ",", "wide commas": "，", "pauses": "、", "semicolons": ";", "colons": ":",
    "wide colons": "：", "wide stops": "。", "questions": "?", "middle dots": "·", "wide brackets": "［",
    "spaces": " ", "wide spaces": "\u3000", "hard spaces": "\u00a0", "tabs": "\t", "lines": "\n", "returns": "\r\n",
    "feeds": "\f", "zero widths": "\u200b", "joiners": "\u200d", "combining": "\u0301", "letters with marks": "e\u0301",
    "variation": "\ufe0f", "digits": "1", "wide digits": "１", "arabic digits": "٣", "superscripts": "²", "circled": "①",
    "roman": "Ⅳ", "han digits": "一", "years": "年", "letters": "a", "capitals": "A", "han": "園", "rare han": "𠮷",
    "kana": "ア", "jamo": "\u1100\u1161", "hebrew": "ש", "devanagari": "नि", "emoji": "\U0001f468\u200d\U0001f469",
}  # fmt: skip
_PIECES = {
    "citations": "[@a, ", "cited": "[@a] ", "keys": "@a ", "notes": "[^1]", "numbers": "[1]", "note texts": "[^1]: a\n\n",
    "open words": "(a ", "open chinese": "（園", "quoted": '"a" ', "half quoted": '"a ', "curly quoted": "“a”", "nested dialogue": "“a‘b",
    "words": "a ", "sentences": "A b. ", "chinese sentences": "園圃。", "chinese clauses": "園，", "one-letter lines": "a\n",
    "one-sign lines": "園\n", "letter lines with dots": "A.\n", "paragraphs": "a\n\n", "chinese paragraphs": "園\n\n",
    "numbered": "1. a\n", "numbered anew": "[1] a\n", "bullets": "- a\n", "quotations": "> ", "quotation lines": "> a\n",
    "rows": "| a | b |\n", "rows of pipes": "||||||||\n", "ragged rows": "a | b\n", "open cells": "| a ", "rulers": "| --- |\n", "tabbed rows": "a\tb\n",
    "spaced rows": "a    b\n", "headings": "# a\n\n", "headings at once": "# a\n", "chinese headings": "一、園\n", "underlined": "a\n---\n", "rules": "---\n",
    "years in parentheses": "(2019) ", "wide years": "（園，2019）", "dates": "2019-01-02 ", "dated": "2019年3月 ", "pages": "1–2, ", "pages of": "第1頁", "page numbers": "— 1 —\n",
    "volumes": "12(3): ", "authors": "Weir, A., ", "joined authors": "Weir and ", "ampersand authors": "A. & ", "et al": "et al. ", "chinese authors": "朱園、", "initials": "A. ",
    "addresses": "http://a.b/c ", "address": "http://", "long address": "/a?b=c&", "dois": "doi:10.1000/a ", "doi half": "10.1000/", "www": "www.", "mail": "a@b.c ",
    "tags": "<a>", "closed tags": "<a></a>", "closing tags": "</a>", "comments": "<!--", "half tags": "<a b=", "sup": "<sup>1</sup>", "sup half": "<sup>", "entities": "&amp;", "half entities": "&#x",
    "links": "[a](b) ", "half links": "[a](", "pictures": "![a](b) ", "half pictures": "![", "emphasis": "*a ", "strong": "**a", "mixed": "*a_b", "code": "`a ", "fences": "```\n", "fences of tildes": "~~~\na\n",
    "ids": "{#a}", "ids with spaces": " {#a} ", "half ids": "{#a ", "verse": "::: verse\n", "terms": "[a]{.term}", "page marks": "[]{.page n=\"1\"}", "ruby": "[a]{ruby=\"b\"}", "gaps": "〓", "ids of parts": "⿰",
    "hyphenated lines": "a-\n", "hyphened": "a-", "definitions": "a\n: b\n", "colons and words": "a: ", "colon lines": "a: b\n", "entries": "@book{a, title = {b}}\n", "strings": "@string{a = {b}}\n", "half entries": "@book{a, ", "fields": "a = {b}, ", "joined": "a # ",
    "ris": "TY  - JOUR\nAU  - A\nER  - \n", "ris lines": "AU  - A\n", "medline": "FAU - A, B\n", "json": "{\"a\": [", "json items": "{\"id\": \"a\"},", "xml": "<record><a>b</a></record>",
    "yaml": "- {id: a}\n", "yaml lists": "- - ", "yaml keys": "a:\n", "yaml marks": "&a *a ", "toml": "a = 1\n", "toml tables": "[a]\n", "toml lists": "[[a]]\n", "toml keys": "a.", "abbreviations": "e.g. ", "kinds": "[J]. ", "kinds of works": "［M］．", "scripts": "后来的里面", "readings": "乾燥乾隆", "roman numerals": "xiv ", "sections": "1.2.3 ", "one number": "1.", "number lists": "1,2;", "dialogue": "「a」", "abstract": "摘要：", "key words": "關鍵詞：a；", "figures": "圖1 a\n", "tables": "表1 a\n",
    "stars and dots": "*. ", "brackets and dots": "[. ", "spaces and stars": " *", "spaces and pipes": " |", "spaces and digits": " 1", "dashes and spaces": " - ", "mixed spaces": " \t", "line and space": " \n", "line and spaces": "\n  ", "marks and letters": "\u0301a", "digit and mark": "1\u0301", "ligatures": "ﬁ", "rtl": "\u200fא", "tex": "\\a{", "tex accents": "\\'{e}", "half accents": "{\\'", "tex words": "\\alpha ", "maths": "$a$ ", "half maths": "$a ", "escapes": "\\*",
}  # fmt: skip
_NESTS = (
    ("[", "]"), ("{", "}"), ("(", ")"), ("（", "）"), ("“", "”"), ("「", "」"), ("*", "*"), ("**", "**"), ("*a ", " a*"), ("[", "]{.term}"), ("<a>", "</a>"),
    ("<div>", "</div>"), ("<ul><li>", "</li></ul>"), ("<b>", "</b>"), ("[", "](a)"), ("![", "](a)"), ("《", "》"), ("{\\em ", "}"), ("<table><tr><td>", "</td></tr></table>"), ("〈", "〉"), ("- ", ""), ("\\[", "\\]"),
)  # fmt: skip


def shapes() -> dict[str, Callable[[int], str]]:
    """Texts of about so many characters, by name."""
    made: dict[str, Callable[[int], str]] = {}
    for name, sign in {**_SIGNS, **_PIECES}.items():
        made[name] = lambda n, sign=sign: sign * (n // len(sign))
    for name in ("brackets", "quotes", "stars", "commas", "spaces", "digits", "pipes"):
        sign = _SIGNS[name]
        # one long run in a sentence, which a pattern may try from each of its places
        made[f"{name} in a text"] = lambda n, sign=sign: f"園 a{sign * (n - 4)}z"
    for opening, closing in _NESTS:
        made[f"nest {opening}"] = lambda n, a=opening, b=closing: (
            a * (n // (len(a + b))) + "園" + b * (n // len(a + b))
        )
    made["deep lists"] = lambda n: "".join(f"{'  ' * k}- a\n" for k in range(int(n**0.5)))
    made["unlike lines"] = lambda n: "".join(f"園 {k} a\n" for k in range(n // 8))
    made["unlike paragraphs"] = lambda n: "".join(f"第 {k} 園。\n\n" for k in range(n // 10))
    made["unlike notes"] = lambda n: "".join(f"[^{k}]" for k in range(n // 8))
    made["unlike circled"] = lambda n: "".join(f"園{chr(0x2460 + k % 20)}" for k in range(n // 2))
    made["unlike han"] = lambda n: "".join(chr(0x4E00 + k * 37 % 20000) for k in range(n))
    made["unlike words"] = lambda n: "".join(f"w{k:x} " for k in range(n // 6))
    made["unlike references"] = lambda n: "".join(
        f"[{k}] 朱{chr(0x4E00 + k)}. 園{k}記[M]. 蘇州: 園林社, {1900 + k % 120}.\n"
        for k in range(n // 32)
    )
    return made


# --- readers ------------------------------------------------------------------------------------

_ZH = "source/text/01-garden.zh.md"


def _text(said: str) -> None:
    file = SourceFile(_ZH, said)
    for lang in ("zh", "en"):
        text.read(file, "01-garden", lang)  # type: ignore[arg-type]
    hidden(file)


def _tables(said: str) -> None:
    file = SourceFile("source/names.toml", said)
    records.names(file)
    records.terms(file)


def _settings(said: str) -> None:
    root = workplace() / "settings"
    (root / "source").mkdir(parents=True, exist_ok=True)
    (root / "source" / "edition.toml").write_text(said, "utf-8")
    config.load(root)


def _check(path: str) -> Read:
    def read(said: str) -> None:
        root = workplace() / "check"
        shutil.rmtree(root, ignore_errors=True)
        write_workspace(root)
        (root / path).write_text(said, "utf-8", newline="")
        prepare(root)

    return read


def _anchors(said: str) -> None:
    root = workplace() / "anchors"
    shutil.rmtree(root, ignore_errors=True)
    write_workspace(root)
    (root / _ZH).write_text(said, "utf-8", newline="")
    settings = config.load(root).value
    assert settings is not None
    anchors.attach(read_edition(root, settings).value)


def _converted(said: str) -> None:
    facts = config.Config(
        id="a",
        title=config.Bilingual(zh="題", en="T"),
        date="",
        script="hans",
        source_script="hant",
    )
    conversion.convert_text(said, facts)


def _bib(said: str) -> None:
    library = parse.read(SourceFile("bib/references.bib", said)).value
    done = repair(library, Context())
    outputs.render(library, done)
    for dialect in ("bibtex", "biblatex", "gb7714"):
        export.write(done.value.library, dialect)  # type: ignore[arg-type]


def _list(said: str) -> None:
    repair(listed.read(SourceFile("list.txt", said)).value, Context())


def _foreign(suffix: str) -> Read:
    def read(said: str) -> None:
        path = workplace() / f"list.{suffix}"
        path.write_text(said, "utf-8", newline="")
        foreign.load(path)

    return read


def _import(name: str) -> Read:
    def read(said: str) -> None:
        data = said.encode("utf-8", "replace")
        if name.endswith(".docx"):
            data = word_samples.document(said)
        with contextlib.suppress(RefusedError):
            take([(name, data)], Options())

    return read


def _pair(said: str) -> None:
    with contextlib.suppress(RefusedError):
        take([("a.zh.md", said.encode()), ("a.en.md", b"# A garden\n\nA path.\n\nA hedge.\n")],
             Options())  # fmt: skip


def _collated(said: str) -> None:
    root = workplace() / "collated"
    if not root.exists():
        write_workspace(root)
    settings = config.load(root).value
    assert settings is not None
    edition = read_edition(root, settings).value
    collation.collate([one for section in edition.sections for one in section.zh], said)


def _framed(text: str, old: str) -> str:
    assert old in text, old
    return text.replace("%", "%%").replace(old, "%s", 1)


def readers() -> Iterator[Reader]:
    own = FILES
    yield Reader(
        "text",
        _text,
        (
            "%s",
            "# %s",
            "園%s園",
            "| %s | a |\n| --- | --- |\n| %s | b |",
            "園[^1]\n\n[^1]: %s",
            "園 {#%s}",
            "> %s",
            "[@a, %s]",
            "[園]{%s}",
        ),
    )
    yield Reader(
        "notes",
        lambda said: notes.read(SourceFile("source/notes/a.yaml", said), ("校", "注")),
        (
            "%s",
            "- id: a\n  at: i.2\n  quote: 東籬\n  layer: 注\n  zh: '%s'\n",
            "- id: a\n  at: i.2\n  quote: 東籬\n  zh: |\n    %s\n",
            "- id: a\n  at: i.2\n  quote: '%s'\n  zh: a\n",
        ),
    )
    yield Reader(
        "tables",
        _tables,
        (
            "%s",
            "[[term]]\nid = \"a\"\nzh = '''%s'''\nen = 'a'\n",
            "[[person]]\nid = \"a\"\nzh = '''%s'''\nen = '''%s'''\n",
        ),
    )
    yield Reader(
        "settings",
        _settings,
        ("%s", "[edition]\nid = 'a'\ntitle = { zh = '''%s''', en = '''%s''' }\n"),
    )
    yield Reader("anchors", _anchors)
    yield Reader("script", _converted)
    yield Reader("escape", lambda said: (tex.escape(said, "zh"), tex.escape(said, "en")))
    yield Reader("check text", _check(_ZH), ("%s", _framed(own[_ZH], "東籬")))
    yield Reader(
        "check notes",
        _check("source/notes/01-garden.yaml"),
        (_framed(own["source/notes/01-garden.yaml"], "After a poem by Tao Yuanming."),),
    )
    fields = (
        "author",
        "title",
        "year",
        "pages",
        "publisher",
        "location",
        "journal",
        "note",
        "url",
        "doi",
        "edition",
        "volume",
        "langid",
        "date",
        "editor",
        "ids",
    )
    yield Reader(
        "bib",
        _bib,
        (
            "%s",
            *(f"@book{{a, {one} = {{%s}}}}" for one in fields),
            "@book{%s, title = {a}}",
            "@string{a = {%s}}\n@book{b, title = a}",
            "@book{a, title = {On gardens}, author = {%s}, year = 2001}\n@book{b, title = {On garden}, author = {%s}, year = 2001}",
        ),
    )
    yield Reader(
        "decisions",
        lambda said: decisionfile.read(SourceFile("bib/decisions.toml", said)),
        (
            "%s",
            "[[decision]]\nverdict = 'set'\nentries = ['a']\nfield = 'year'\nvalue = '''%s'''\nreason = '''%s'''\n",
        ),
    )
    yield Reader(
        "list",
        _list,
        (
            "%s",
            "[1] 朱園. %s[M]. 蘇州: 園林社, 2019.",
            "Weir, A. (2019). %s. Quay Studies, 3(1), 1-9.",
            "[1] %s",
        ),
    )
    for suffix in ("ris", "nbib", "json", "xml", "txt"):
        yield Reader(
            f"list of {suffix}",
            _foreign(suffix),
            {
                "ris": ("%s", "TY  - JOUR\nTI  - %s\nAU  - A\nER  - \n"),
                "nbib": ("%s", "PMID- 1\nTI  - %s\n"),
                "json": ("%s", '[{"id": "a", "type": "book", "title": "%s"}]'),
                "xml": ("%s", "<xml><records><record>%s</record></records></xml>"),
                "txt": ("%s",),
            }[suffix],
        )
    frame = "屋頂上的花園\n\n朱園\n\n一、緣起\n\n城裡的屋頂%s大多空着。\n\n參考文獻\n\n[1] 朱園. 園[M]. 蘇州: 園林社, 2019.\n"
    yield Reader(
        "import txt",
        _import("a.txt"),
        (
            "%s",
            frame,
            "A garden\n\nBy Ada Weir\n\nThe roofs %s are empty.\n",
            "%s\n\n一、園\n\n園\n",
        ),
    )
    yield Reader("import md", _import("a.md"), ("%s", "# 園\n\n城裡%s的屋頂\n"))
    yield Reader(
        "import html",
        _import("a.html"),
        ("<!DOCTYPE html><p>%s</p>", "<!DOCTYPE html><h1>園</h1><p>園</p>%s"),
    )
    yield Reader("import docx", _import("a.docx"), ("<w:p><w:r><w:t>%s</w:t></w:r></w:p>", "%s"))
    yield Reader("import pair", _pair)
    yield Reader("collate", _collated)


# --- measuring ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grown:
    """``signs`` and ``seconds`` of the longest input; None where it is too short to tell."""

    signs: int
    seconds: float
    exponent: float | None

    @property
    def bad(self) -> bool:
        return self.seconds > LONG or (self.exponent is not None and self.exponent > MOST)


def grown(read: Read, frame: str, shape: Callable[[int], str]) -> Grown:
    """How the time of ``read`` grows, in a process of its own, which a crash may end."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            os.close(ours)
            workplace.cache_clear()
            most = math.ceil(LONG * 4)
            resource.setrlimit(resource.RLIMIT_CPU, (most, most))
            sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115
            for signs, seconds in _measured(read, frame, shape):
                os.write(theirs, f"{signs} {seconds}\n".encode())
            shutil.rmtree(workplace(), ignore_errors=True)
            os._exit(0)
        os._exit(1)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        said = [line.split() for line in pipe]
    _, status = os.waitpid(pid, 0)
    points = [(int(signs), float(seconds)) for signs, seconds in said]
    if not points or status:  # ended from outside: the next input took too long
        last = points[-1][0] if points else _FIRST
        return Grown(last * 2, float("inf"), None)
    (fewer, first), (signs, last) = points[-3:][0], points[-1]
    return Grown(signs, last, _exponent(fewer, first, signs, last) if last > SHORT else None)


def _exponent(fewer: int, first: float, signs: int, last: float) -> float:
    """Of the power of the size by which the time grows."""
    if signs == fewer:
        return 0.0
    return math.log(max(last, 1e-6) / max(first, 1e-6)) / math.log(signs / fewer)


def _measured(read: Read, frame: str, shape: Callable[[int], str]) -> Iterator[tuple[int, float]]:
    """(signs, seconds) of inputs twice as long each time; the longest only where shorter ones leave
    a doubt."""
    gc.disable()
    read(_filled(frame, shape(20)))  # what is loaded once
    points: list[tuple[int, float]] = []
    size = _FIRST
    while size <= SIGNS:
        said = _filled(frame, shape(size))
        times = []
        for _ in range(2):
            started = time.process_time()
            read(said)
            times.append(time.process_time() - started)
            if times[-1] > 2:
                break
        points.append((size, min(times)))
        yield points[-1]
        if points[-1][1] > LONG:
            return
        if len(points) == 3 and points[-1][1] < LONG / 10:
            (fewer, first), *_, (signs, last) = points
            if _exponent(fewer, first, signs, last) < _DOUBT:
                return
        size *= 2


def _filled(frame: str, shape: str) -> str:
    return frame.replace("%s", shape).replace("%%", "%")


def cases() -> Iterator[tuple[Reader, str, str]]:
    for reader in readers():
        for frame in reader.frames:
            for name in shapes():
                yield reader, frame, name


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="one case in so many")
    parser.add_argument("--reader", action="append", default=[])
    parser.add_argument("--shape", action="append", default=[])
    parser.add_argument("--slowest", type=int, default=10)
    args = parser.parse_args()
    os.environ["EDITION_CACHE"] = str(workplace() / "cache")
    made = shapes()
    done: list[tuple[str, Grown]] = []
    chosen = [
        one
        for one in cases()
        if (not args.reader or one[0].name in args.reader)
        and (not args.shape or one[2] in args.shape)
    ][:: args.every]
    bad = 0
    for reader, frame, name in chosen:
        result = grown(reader.read, frame, made[name])
        if result.bad:  # once more: other work on the machine is no fault of the reader
            result = grown(reader.read, frame, made[name])
        label = f"{reader.name}: {name} in {json.dumps(frame[:40], ensure_ascii=False)}"
        done.append((label, result))
        if result.bad:
            bad += 1
            print(
                f"{label}: {result.signs} signs, {result.seconds:.2f} s, exponent {result.exponent}",
                flush=True,
            )
    done.sort(key=lambda one: -one[1].seconds)
    print("slowest:")
    for label, result in done[: args.slowest]:
        print(f"  {result.seconds:6.2f} s  {result.signs:7}  {result.exponent}  {label}")
    print(f"{len(done)} cases, {bad} worse than linear")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
