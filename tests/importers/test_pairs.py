"""A text and its translation, in two files or in one, become both sides of a workspace."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
import word_samples as word
from import_samples import faults
from word_samples import para

from edition.cli import main
from edition.diagnostics import Outcome
from edition.importers.documents.model import RefusedError
from edition.importers.pairs.beads import by_contents
from edition.importers.pairs.made import Piece
from edition.importers.taking import Options, take
from edition.importers.workspace import run_import
from edition.model import Lang

ZH = (
    ("橋與河", "a3"),
    ("一、石橋", "1"),
    ("石橋是一九三二年造的，有五個橋洞，最大的一個寬十二米。", ""),
    ("橋上有人賣魚。", ""),
    ("賣魚的人姓周，每天早上六點來，中午回去。", ""),
    ("二、木橋", "1"),
    ("木橋在下游三里，一九五四年被洪水沖走，再也沒有修過。", ""),
    ("村裡的老人還記得橋上的欄杆是紅色的。", ""),
)
EN = (
    ("The Bridge and the River", "a3"),
    ("1. The Stone Bridge", "1"),
    ("The stone bridge was built in 1932. It has five arches, and the largest is twelve metres "
     "wide.", ""),
    ("A man sold fish on the bridge. His name was Zhou; he came at six every morning and went "
     "home at noon.", ""),
    ("2. The Wooden Bridge", "1"),
    ("The wooden bridge, three li downstream, was carried away by the flood of 1954 and was never "
     "built again.", ""),
    ("Old people of the village still remember that its railings were red.", ""),
)  # fmt: skip


def document(rows: tuple[tuple[str, str], ...]) -> bytes:
    return word.document("".join(para(text, style) for text, style in rows))


def sides(root: Path) -> dict[str, str]:
    found = {"zh": "", "en": ""}
    for path in sorted((root / "source" / "text").glob("*.md")):
        found[path.name.split(".")[-2]] += path.read_text("utf-8")
    return found


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_files_in_any_order_are_aligned(order: tuple[int, int], tmp_path: Path) -> None:
    files = [tmp_path / "a.docx", tmp_path / "b.docx"]
    files[order[0]].write_bytes(document(ZH))
    files[order[1]].write_bytes(document(EN))
    done = run_import(files, tmp_path / "to")
    assert done.value
    text = sides(tmp_path / "to")
    assert "# 一、石橋 {#i}" in text["zh"]
    assert "# 1. The Stone Bridge {#i}" in text["en"]
    assert '{#i.p2 corresp="i.p2 i.p3"' in text["en"]
    assert "railings were red. {#ii.p2}" in text["en"]
    assert {"IMP068", "IMP069"} & {one.code.id for one in done.diagnostics}
    facts = (tmp_path / "to" / "source" / "edition.toml").read_text("utf-8")
    assert 'title = { zh = "橋與河", en = "The Bridge and the River" }' in facts
    account = json.loads((tmp_path / "to" / "import.json").read_text("utf-8"))["accounted"]
    assert account["characters"] == account["kept"] + account["dropped"]
    assert account["characters"] == sum(len(text) for text, _ in (*ZH, *EN))
    assert not faults(tmp_path / "to")


def test_a_translation_that_comes_later_is_added_and_replaces_nothing(tmp_path: Path) -> None:
    to = tmp_path / "to"
    (tmp_path / "zh.docx").write_bytes(document(ZH))
    (tmp_path / "en.docx").write_bytes(document(EN))
    assert run_import(tmp_path / "zh.docx", to).value
    edited = to / "source" / "text" / "01-i.zh.md"
    edited.write_text(edited.read_text("utf-8").replace("有人賣魚", "有人賣花"), "utf-8")
    before = {path: path.read_bytes() for path in to.rglob("*") if path.is_file()}
    refused = run_import(tmp_path / "en.docx", to)
    assert [one.code.id for one in refused.diagnostics][-1] == "IMP002"
    assert "--update adds it" in refused.diagnostics[-1].hint
    assert before == {path: path.read_bytes() for path in to.rglob("*") if path.is_file()}
    assert run_import(tmp_path / "en.docx", to, update=True).value
    text = sides(to)
    assert "有人賣花" in text["zh"]
    assert '{#i.p2 corresp="i.p2 i.p3"' in text["en"]
    assert 'en = "The Bridge and the River"' in (to / "source/edition.toml").read_text("utf-8")
    assert not faults(to)


def test_another_text_replaces_nothing(tmp_path: Path) -> None:
    to = tmp_path / "to"
    (tmp_path / "a.docx").write_bytes(document(ZH))
    (tmp_path / "b.docx").write_bytes(document((*ZH[:2], ("別的一篇文章，說的是山。", ""))))
    run_import(tmp_path / "a.docx", to)
    before = sides(to)
    assert run_import(tmp_path / "b.docx", to).value is None
    assert sides(to) == before


def test_two_of_one_language_are_no_pair(tmp_path: Path) -> None:
    done = take([("a.docx", document(ZH)), ("b.docx", document(ZH))], Options())
    assert done.value is None
    assert [one.code.id for one in done.diagnostics] == ["IMP063"]


def test_what_has_no_counterpart_keeps_its_place(tmp_path: Path) -> None:
    rows = "zh,en\n水落石出,Stones appear.\n江上有橋,\n,The translator never saw it.\n山高,Hills.\n"
    (tmp_path / "a.csv").write_text(rows, "utf-8")
    done = run_import(tmp_path / "a.csv", tmp_path / "to")
    text = sides(tmp_path / "to")
    assert "{#text.p2 .untranslated}" in text["en"]
    assert "saw it. {#text.p2-2}" in text["en"]
    assert "江上有橋 {#text.p2}\n\n{#text.p2-2 .blank}\n\n山高 {#text.p3}" in text["zh"]
    alone = [one for one in done.diagnostics if one.code.id == "IMP064"]
    assert ["江上有橋" in one.hint for one in alone] == [True, False]
    assert not faults(tmp_path / "to")


def test_what_stands_above_the_first_chinese_heading_stays_there(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(document(ZH))
    (tmp_path / "b.docx").write_bytes(document((*EN[:1], ("a word of thanks.", ""), *EN[1:])))
    done = run_import([tmp_path / "a.docx", tmp_path / "b.docx"], tmp_path / "to")
    assert "a word of thanks." in done.diagnostics[0].hint
    read = "".join(path.read_text("utf-8")
                   for path in sorted((tmp_path / "to/source/text").glob("*.en.md")))  # fmt: skip
    assert read.index("a word of thanks.") < read.index("# 1. The Stone Bridge")
    assert not faults(tmp_path / "to")


def test_what_was_moved_is_told_with_both_texts() -> None:
    years = range(1911, 1999, 7)
    said: dict[Lang, str] = {
        "zh": "{} 年江水漲了 {} 尺。",
        "en": "In {} the river rose by {} feet.",
    }
    zh, en = ([Piece(id=f"{lang}{year}", lang=lang, stem="a", block="",
                     text=words.format(year, year % 89)) for year in years]
              for lang, words in said.items())  # fmt: skip
    moved = [*en[1:], en[0]]
    agreed = by_contents(zh, moved)
    beads, found = agreed.beads, agreed.found
    assert [one.code.id for one in found] == ["IMP067"]
    assert "In 1911" in found[0].hint
    assert sum(bool(one.zh and one.en) for one in beads) == len(en) - 1


ROWS = (("水落石出", "The water falls and the stones appear."), ("江上有橋", "There is a bridge."))


def sheet() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("序", "譯文", "原文"), *((n, en, zh) for n, (zh, en) in enumerate(ROWS))):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def xml(kind: str) -> str:
    if kind == "tmx":
        return "<tmx version='1.4'><body>" + "".join(
            f"<tu><tuv xml:lang='en-GB'><seg>{en}<ph>&lt;b></ph></seg></tuv><tuv xml:lang='zh-TW'>"
            f"<seg>{zh}</seg></tuv></tu>" for zh, en in ROWS) + "</body></tmx>"  # fmt: skip
    unit = "trans-unit" if kind == "1.2" else "segment"
    return f"<?xml version='1.0'?><xliff version='{kind}'><file>" + "".join(
        f"<{unit}><source>{en}</source><target><g id='1'>{zh}</g></target></{unit}>"
        for zh, en in ROWS) + "</file></xliff>"  # fmt: skip


PAIRS = {
    "a.csv": ("編號,漢語,English\n" + "".join(f'{n},{zh},"{en}"\n' for n, (zh, en) in
                                            enumerate(ROWS))).encode(),
    "a.tsv": "".join(f"{en}\t{zh}\n" for zh, en in ROWS).encode("utf-16"),
    "a.xlsx": sheet(),
    "a.json": json.dumps([{"id": 1, "en": en, "zh": zh} for zh, en in ROWS]).encode(),
    "columns.json": json.dumps({"zh": [zh for zh, _ in ROWS], "en": [en for _, en in ROWS]}
                               ).encode(),
    "a.tmx": xml("tmx").encode(),
    "a.xlf": xml("1.2").encode(),
    "two.xlf": xml("2.0").encode(),
    "a.po": ('msgid ""\nmsgstr "Language: en\\n"\n\n' + "\n".join(
        f'msgid "{zh}"\nmsgstr ""\n"{en[:5]}"\n"{en[5:]}"\n' for zh, en in ROWS)).encode(),
    "table.docx": word.document(word.table(*(word.row(zh, en) for zh, en in ROWS))),
    "turn.docx": word.document("".join(para(zh) + para(en) for zh, en in ROWS * 2)),
    "turn-by-lines.docx": word.document("".join(
        para(f"<w:r><w:t>{zh}</w:t><w:br/><w:t>{en}</w:t></w:r>") for zh, en in ROWS * 2)),
    "turn.txt": "\n\n".join(f"{en}\n\n{zh}" for zh, en in ROWS * 2).encode("gb18030"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_one_file_of_both_languages(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(PAIRS[name])
    done = run_import(tmp_path / name, tmp_path / "to")
    assert done.value, done.diagnostics
    assert "IMP005" not in [one.code.id for one in done.diagnostics]
    text = sides(tmp_path / "to")
    for zh, en in ROWS:
        assert zh in text["zh"]
        assert en in text["en"]
        assert en not in text["zh"]
        ids = [
            re.search(re.escape(said) + r" \{#([^\s{}]+)\}", text[lang])
            for lang, said in (("zh", zh), ("en", en))
        ]
        assert ids[0]
        assert ids[1]
        assert ids[0][1] == ids[1][1]
    account = done.value.imported.accounted
    assert account["characters"] == account["kept"] + account["dropped"]
    assert not faults(tmp_path / "to")


def test_a_head_tells_the_languages_where_other_columns_have_more_words(tmp_path: Path) -> None:
    rows = "key,zh-TW,en-GB,remark\n" + "".join(
        f"part.{n},{zh},{en if n else ''},said by nobody\n" for n, (zh, en) in enumerate(ROWS)
    )
    (tmp_path / "a.csv").write_text(rows, "utf-8")
    assert run_import(tmp_path / "a.csv", tmp_path / "to").value
    text = sides(tmp_path / "to")
    assert "There is a bridge." in text["en"]
    assert "part" not in text["en"]
    assert "nobody" not in text["en"]


@pytest.mark.parametrize(("name", "data"), [
    ("a.json", b"[1, 2"), ("b.json", b"{}"), ("c.json", b"[" * 100000 + b"]" * 100000),
    ("a.csv", b""), ("a.tmx", b"<?xml version='1.0'?><tmx><body><tu>"),
    ("a.xlsx", sheet()[:900]),
])  # fmt: skip
def test_rows_that_cannot_be_read_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(RefusedError):
        take([(name, data)], Options())


def test_options_say_script_title_and_languages(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(document(ZH))
    options = Options(script="hans", titles=("橋", "Bridges"), languages=("zh",))
    assert run_import(tmp_path / "a.docx", tmp_path / "to", options=options).value
    facts = (tmp_path / "to" / "source" / "edition.toml").read_text("utf-8")
    assert 'title = { zh = "橋", en = "Bridges" }' in facts
    assert 'script = "hans"\nsource_script = "hant"' in facts
    assert not list((tmp_path / "to" / "source" / "text").glob("*.en.md"))


def test_a_text_of_one_line_is_text() -> None:
    done = take([("a.json", '{"a:1": "水落石出"}'.encode())], Options())
    assert done.value
    assert "水落石出 {#" in done.value.files["source/text/01-text.zh.md"]


LATER = (
    "渡口\n\n一、引言\n\n渡口在河的北岸，老人每天清早把船解開。\n\n他說：「水大的時候不要過河。」\n\n"
    "孩子們都聽他的話。\n\n二、後來\n\n後來修了橋，渡口就荒了。\n\n老人還住在那裡。\n\n沒有人再聽他說話。\n",
    "The Ferry\n\n1. Introduction\n\nThe ferry lay on the north bank, and every morning the old man "
    "untied the boat. He said: “Do not cross when the water is high.”\n\nThe children did as he told "
    "them.\n\n2. Afterwards\n\nNobody listened to him any more.\n\nLater a bridge was built and the "
    "ferry was left to the weeds; the old man still lives there.\n",
)  # fmt: skip


def test_a_later_translation_tells_and_asks_what_is_unsure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "zh.txt", tmp_path / "en.txt"]
    for file, text in zip(files, LATER, strict=True):
        file.write_text(text, "utf-8")
    for name in ("told", "asked"):
        assert main(["import", str(files[0]), "--to", str(tmp_path / name)]) == 0
    capsys.readouterr()
    assert main(["import", str(files[1]), "--to", str(tmp_path / "told"), "--update"]) == 0
    said = "".join(capsys.readouterr())
    assert "zh ii.p2: 老人還住在那裡" in said
    assert "en ii.p1: Nobody listened" in said
    assert "edition align --review" in said
    asked: list[Path] = []

    def answered(root: Path, how: str) -> Outcome[int]:
        asked.append(root)
        return Outcome(0)

    monkeypatch.setattr("edition.importers.reviewing.asking.ask", lambda *_: Outcome(None))
    monkeypatch.setattr("edition.pairing.review", answered)
    later = ["import", str(files[1]), "--to", str(tmp_path / "asked"), "--update", "--review"]
    assert main(later) == 0
    assert asked == [tmp_path / "asked"]


XLIFF = """<xliff version="1.2" xmlns:mq="MQXliff"><file source-language="en-us" target-language="zh-tw">
<body><trans-unit id="0" restype="x-gettext-domain-header"><source>Project: x</source><target>Project: x
</target></trans-unit><trans-unit id="1"><source>The ferry lay on the <bpt id="1">{{}}</bpt>north
<ept id="2">{{}}</ept>bank.</source><seg-source><mrk mtype="seg" mid="1">x</mrk></seg-source>
<target>渡口在河的<g id="1">北岸</g>。</target><mq:minorversions><mq:unit><source>old</source>
</mq:unit></mq:minorversions></trans-unit><trans-unit id="2"><source>Do not cross<ph id="3">&lt;mq:ch
val="&amp;#9;" /&gt;</ph>when the water is high.</source><target>水大時<x id="3"/>不要過河。</target></trans-unit>
</body></file></xliff>"""
TMX = """<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en_US"><seg>The ferry lay on the
<hi>north</hi> bank.</seg></tuv><tuv xml:lang="zho_TW"><seg>渡口在河的<bpt i="1">&lt;b&gt;</bpt>北岸<ept
i="1">&lt;/b&gt;</ept>。</seg></tuv></tu><tu><tuv xml:lang="eng"><seg>Do not cross<ph x="2">&lt;br/&gt;</ph>when
the water is high.</seg></tuv><tuv xml:lang="cmn-Hant"><seg>水大時不要過河。</seg></tuv></tu></body></tmx>"""
PO = """msgid ""
msgstr "Language: zh_TW\\n"

msgid "The ferry lay on the north bank."
msgstr "渡口在河的北岸。"

msgid ""
"Do not cross when the water\\n"
"is high.\\n"
msgstr ""
"水大時\\n"
"不要過河。\\n"
"""


@pytest.mark.parametrize(("name", "text"), [("a.xlf", XLIFF), ("a.tmx", TMX), ("a.po", PO)])
def test_files_of_programs_for_translators(name: str, text: str) -> None:
    made = take([(name, text.encode())], Options()).value
    assert made is not None
    sides = {lang: re.findall(r"^(.+) \{#(text\.p\d)[^}]*\}$", made.files[f"source/text/01-text.{lang}.md"],
                              re.MULTILINE) for lang in ("zh", "en")}  # fmt: skip
    assert [" ".join(words.split()) for words, _ in sides["en"]] == [
        "The ferry lay on the north bank.", "Do not cross when the water is high."]  # fmt: skip
    assert [words for words, _ in sides["zh"]] == ["渡口在河的北岸。", "水大時不要過河。"]
    assert [own for _, own in sides["zh"]] == [own for _, own in sides["en"]]


def memory(*pairs: tuple[str, str]) -> bytes:
    """A memory as other programs write them: without ids, by sentences."""
    units = "".join(f'<tu><tuv xml:lang="zh-TW"><seg>{zh}</seg></tuv><tuv xml:lang="en-GB"><seg>{en}</seg>'
                    "</tuv></tu>" for zh, en in pairs)  # fmt: skip
    return f'<tmx version="1.4"><header srclang="zh-TW"/><body>{units}</body></tmx>'.encode()


def test_a_memory_of_another_program_goes_into_its_texts(tmp_path: Path) -> None:
    """By its Chinese, whole texts or sentences of them; ids, pairs and facts of the book stay; what
    has no place is told; a memory of another text changes nothing."""
    to = tmp_path / "to"
    for name, text in zip(("zh.txt", "en.txt"), LATER, strict=True):
        (tmp_path / name).write_text(text, "utf-8")
    assert run_import([tmp_path / "zh.txt", tmp_path / "en.txt"], to).value
    facts = (to / "source/edition.toml").read_bytes()
    zh = (to / "source/text/01-i.zh.md").read_bytes()
    (tmp_path / "m.tmx").write_bytes(memory(
        ("渡口在河的北岸，老人每天清早把船解開。", "The ferry was north of the river."),
        ("他說：「水大的時候不要過河。」", "“Not at high water,” he said."),
        ("孩子們都聽他的話。", "All children obeyed."), ("沒有這一句。", "There is none."),
    ))  # fmt: skip
    done = run_import(tmp_path / "m.tmx", to, update=True)
    english = (to / "source/text/01-i.en.md").read_text("utf-8")
    assert (
        "The ferry was north of the river. “Not at high water,” he said. {#i.p1 corresp=" in english
    )
    assert "All children obeyed. {#i.p3}" in english
    assert (to / "source/edition.toml").read_bytes() == facts
    assert (to / "source/text/01-i.zh.md").read_bytes() == zh
    assert [one.fact for one in done.diagnostics] == ["no text is “沒有這一句。”"]
    assert not [one for one in faults(to) if not one.startswith("TXT")]
