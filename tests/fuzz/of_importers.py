"""Articles in every format that is imported."""

from __future__ import annotations

import shutil

import import_samples
from conftest import FILES
from importers import word_samples

from edition.importers import decisions
from edition.importers.article import Imported, convert
from edition.importers.documents.model import RefusedError
from edition.importers.workspace import imported, run_import
from edition.source import SourceFile
from fuzz import grammars
from fuzz.invariants import Folder, must, sound
from fuzz.targets import Target, workplace


def targets() -> list[Target]:
    return [
        Target(name="import", look=_import, seeds=_articles, rules=grammars.ARTICLE, share=80,
               seconds=3, pace=0.2),
        Target(name="imported", look=_written, seeds=_articles, rules=grammars.ARTICLE, share=40,
               seconds=5, pace=0.4),
        Target(name="markdown", look=_markdown, seeds=_marked_up, rules=grammars.TEXT, share=60,
               seconds=3, pace=0.2),
        Target(name="html", look=_html, seeds=_hypertexts, rules=grammars.HTML, share=60, seconds=3,
               pace=0.2),
        Target(name="choices", look=_chosen, seeds=lambda: [_CHOICES.encode()],
               rules=grammars.CHOICES, share=60, seconds=3, pace=0.2),
        Target(name="docx", look=_word, seeds=_documents, share=60, seconds=3, pace=0.2),
    ]  # fmt: skip


def _articles() -> list[bytes]:
    return [data for name, data in import_samples.ALL.items() if name != "large"]


def _marked_up() -> list[bytes]:
    texts = [FILES[name] for name in FILES if name.endswith(".md")]
    return [*(one.encode() for one in texts), import_samples.MARKDOWN.encode()]


def _hypertexts() -> list[bytes]:
    return [_PAGE.encode()]


def _documents() -> list[bytes]:
    """The parts of documents that hold their text; :func:`_word` puts the rest round them."""
    return [one.encode() for one in _BODIES]


_PAGE = """\
<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>渡口</title></head><body><nav>目錄</nav>
<h1>渡口的燈</h1><p>渡口有一盞燈<sup><a href="#n1" id="r1">[1]</a></sup>，<em>夜裡</em>過河的人都認得它&mdash;&#x3002;</p>
<ul><li>一<ul><li>二</li></ul></li></ul><blockquote><p>引文</p></blockquote><table><tr><th>年</th><th>數</th></tr>
<tr><td>1990</td><td>12<sup>2</sup></td></tr></table><figure><img src="a.png" alt="圖"><figcaption>圖一</figcaption></figure>
<ol class="footnotes"><li id="n1">縣志卷三。<a href="#r1">↩</a></li></ol><script>var a = "<p>";</script></body></html>
"""
_BODIES = (
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>渡口</w:t></w:r></w:p><w:p><w:r><w:t '
    'xml:space="preserve">一段 </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>文字</w:t></w:r></w:p>',
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>年</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    "<w:p><w:ins><w:r><w:t>加</w:t></w:r></w:ins><w:del><w:r><w:delText>刪</w:delText></w:r></w:del>"
    '<w:r><w:footnoteReference w:id="1"/></w:r><w:hyperlink><w:r><w:t>連結</w:t></w:r></w:hyperlink></w:p>',
)


def _read(name: str, data: bytes) -> None:
    """A file is imported with an account that closes, or refused in words; twice alike."""
    try:
        made = imported(name, data)
    except RefusedError as refused:
        must(refused.fact and refused.hint, "a refusal says nothing")
        return
    sound(made.diagnostics)
    account = made.value.accounted
    # what a reader of documents leaves unread is told of, as a fault of the importer
    told = "IMP005" in {one.code.id for one in made.diagnostics}
    must(account["characters"] == account["kept"] + account["dropped"] or told,
         "the account is open, and nothing is said")  # fmt: skip
    _same(imported(name, data).value, made.value)


_CHOICES = """\
[[decision]]
verdict = "accept"
sic = "鐙"
corr = "燈"
before = "渡口有一盞"
reason = "a lamp"

[[decision]]
verdict = "refuse"
sic = "rnist"
corr = "mist"
"""
_ARTICLE = (
    "渡口的燈\n\n渡口有一盞鐙，夜裡過河的人都認得它；the rnist lay on the river, and lamps in it.\n"
)


def _chosen(data: bytes) -> None:
    """Decisions about misreadings are told or followed; only what one of them names is changed."""
    try:
        source = SourceFile.from_bytes("import-decisions.toml", data)
    except ValueError:
        return
    read = decisions.read(source)
    sound(read.diagnostics)
    must(all(len(one.sic) == len(one.corr) for one in read.value), "a decision of two lengths")
    root = workplace() / "choices"
    shutil.rmtree(root, ignore_errors=True)
    (root / "to").mkdir(parents=True)
    (root / "article.txt").write_text(_ARTICLE, "utf-8")
    done = run_import(root / "article.txt", root / "to", decisions=read.value)
    sound(done.diagnostics)
    must(done.value is not None, "an article is not imported")
    text = "".join(path.read_text("utf-8") for path in sorted((root / "to").rglob("*.md")))
    named = {letter for one in read.value for letter in one.sic if one.verdict == "accept"}
    must("渡口有一盞鐙" in text or "鐙" in named, "a text is changed that no decision names")
    written = read.value and decisions.append("", read.value)
    again = decisions.read(SourceFile("import-decisions.toml", written or ""))
    must([(one.verdict, one.sic, one.corr) for one in again.value]
         == [(one.verdict, one.sic, one.corr) for one in read.value],
         "decisions that are written are read as others")  # fmt: skip


def _same(one: Imported, other: Imported) -> None:
    alike = (one.files, one.accounted, one.counts) == (other.files, other.accounted, other.counts)
    must(alike, "the second import differs")


def _markdown(data: bytes) -> None:
    _read("article.md", data)


def _html(data: bytes) -> None:
    _read("page.html", b"<!DOCTYPE html>" + data)


def _word(data: bytes) -> None:
    _read("article.docx", word_samples.document(data.decode("utf-8", "replace")))


def _import(data: bytes) -> None:
    """The account closes, findings have places, and a second import makes the same."""
    made = convert("article.txt", data)
    sound(made.diagnostics)
    import_samples.accounted("article.txt", data)
    _same(convert("article.txt", data).value, made.value)


def _written(data: bytes) -> None:
    """An import writes into its folder only, a second one nothing."""
    root = workplace() / "imported"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    (root / "article.txt").write_bytes(data)
    folder = Folder(root)
    done = run_import(root / "article.txt", root / "to")
    sound(done.diagnostics)
    inside = f"{root / 'to'}/"
    must(all(path.startswith(inside) for path in folder.changed()), "an import writes elsewhere")
    if done.value is None:
        must(not folder.changed(), "an import that came to nothing wrote")
        return
    written = Folder(root)
    again = run_import(root / "article.txt", root / "to")
    must(again.value is not None and not again.value.files, "a second import writes again")
    must(not written.changed(), "a second import writes again")
