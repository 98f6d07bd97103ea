"""What reviewers do to a Word file, for tests: as Word writes it down."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
N = {"w": W}


class Reviewer:
    """A file, changed part by part."""

    def __init__(self, data: bytes) -> None:
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.files = {name: archive.read(name) for name in archive.namelist()}
        self.body: Any = etree.fromstring(self.files["word/document.xml"])
        self.comments: Any = etree.fromstring(self.files["word/comments.xml"])

    def data(self) -> bytes:
        self.files["word/document.xml"] = etree.tostring(self.body)
        self.files["word/comments.xml"] = etree.tostring(self.comments)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in self.files.items():
                archive.writestr(name, data)
        return out.getvalue()

    def run_with(self, words: str) -> Any:
        (found,) = [one for one in self.body.iter(f"{{{W}}}t") if words in (one.text or "")]
        return found.getparent()

    def row_with(self, words: str) -> Any:
        return next(self.run_with(words).iterancestors(f"{{{W}}}tr"))

    def paragraph_with(self, words: str) -> Any:
        return next(self.run_with(words).iterancestors(f"{{{W}}}p"))

    def say(self, old: str, new: str) -> None:
        """Words changed without a trace."""
        text = self.run_with(old).find(f"{{{W}}}t")
        assert text.text.count(old) == 1
        text.text = text.text.replace(old, new)

    def track(self, old: str, new: str, author: str = "Rev. Iewer") -> None:
        """Words changed, and the change tracked."""
        run = self.run_with(old)
        before, _, after = run.find(f"{{{W}}}t").text.partition(old)
        made = [_run(run, before), _tracked("del", _run(run, old, "delText"), author),
                _tracked("ins", _run(run, new), author), _run(run, after)]  # fmt: skip
        for one in made:
            run.addprevious(one)
        run.getparent().remove(run)

    def fill(self, place: Any, words: str) -> None:
        """Words into a paragraph that has none."""
        run = etree.SubElement(place, f"{{{W}}}r")
        etree.SubElement(run, f"{{{W}}}t").text = words

    def comment(self, on: str, said: str, author: str = "Rev. Iewer") -> str:
        number = str(900 + len(self.comments))
        run = self.run_with(on)
        before, _, after = run.find(f"{{{W}}}t").text.partition(on)
        start, end = (etree.Element(f"{{{W}}}commentRange{one}", {f"{{{W}}}id": number})
                      for one in ("Start", "End"))  # fmt: skip
        for one in (_run(run, before), start, _run(run, on), end, _run(run, after)):
            run.addprevious(one)
        run.getparent().remove(run)
        self._comment(number, said, author)
        return number

    def answer(self, to: str, said: str, author: str = "Rev. Iewer") -> None:
        """An answer to the comment that says ``to``, as Word threads them."""
        (parent,) = [one for one in self.comments if to in "".join(one.itertext())]
        parent[-1].set(f"{{{W14}}}paraId", "0000AAAA")
        made = self._comment("990", said, author)
        made[-1].set(f"{{{W14}}}paraId", "0000BBBB")
        self.files["word/commentsExtended.xml"] = (
            f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="0000AAAA"/>'
            '<w15:commentEx w15:paraId="0000BBBB" w15:paraIdParent="0000AAAA"/></w15:commentsEx>'
        ).encode()
        kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
        name = "word/_rels/document.xml.rels"
        self.files[name] = self.files[name].replace(b"</Relationships>", (
            f'<Relationship Id="r99" Type="{kind}" Target="commentsExtended.xml"/>'
            "</Relationships>").encode())  # fmt: skip

    def _comment(self, number: str, said: str, author: str) -> Any:
        made = etree.SubElement(self.comments, f"{{{W}}}comment", {
            f"{{{W}}}id": number, f"{{{W}}}author": author, f"{{{W}}}initials": "RI"})  # fmt: skip
        run = etree.SubElement(etree.SubElement(made, f"{{{W}}}p"), f"{{{W}}}r")
        etree.SubElement(run, f"{{{W}}}t").text = said
        return made


def changed(data: bytes, *steps: Callable[[Reviewer], object]) -> bytes:
    reviewer = Reviewer(data)
    for one in steps:
        one(reviewer)
    return reviewer.data()


def _run(like: Any, words: str, tag: str = "t") -> Any:
    made = copy.deepcopy(like)
    text = made.find(f"{{{W}}}t")
    text.text, text.tag = words, f"{{{W}}}{tag}"
    return made


def _tracked(kind: str, run: Any, author: str) -> Any:
    made = etree.Element(f"{{{W}}}{kind}", {f"{{{W}}}id": "77", f"{{{W}}}author": author})
    made.append(run)
    return made
