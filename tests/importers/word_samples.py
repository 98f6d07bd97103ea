"""Word documents for tests, by parts, as Word, WPS and Google Docs write them."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = " ".join(f'xmlns:{name}="{address}"' for name, address in {
    "w": W, "r": R,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
}.items())  # fmt: skip
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def part(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{name} {_SPACES}>{inside}</w:{name}>'


def run(text: str, look: str = "") -> str:
    properties = f'<w:rPr><w:rFonts w:hint="eastAsia"/>{look}</w:rPr>'
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(inside: str, style: str = "", more: str = "") -> str:
    """A paragraph; ``inside`` is text, or runs where it begins with a tag."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    if not inside.startswith("<"):
        inside = run(inside)
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{inside}</w:p>"


def row(*cells: str, properties: tuple[str, ...] = ()) -> str:
    made = ""
    for at, cell in enumerate(cells):
        own = properties[at] if at < len(properties) else ""
        made += f"<w:tc><w:tcPr>{own}</w:tcPr>{para(cell) if cell else '<w:p/>'}</w:tc>"
    return f"<w:tr>{made}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def style(id: str, name: str, inside: str = "", kind: str = "paragraph") -> str:
    return (f'<w:style w:type="{kind}" w:styleId="{id}"><w:name w:val="{name}"/>{inside}'
            "</w:style>")  # fmt: skip


# ids as the Chinese and the German Word write them
STYLES = "".join([
    style("a", "Normal"),
    style("1", "heading 1", '<w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
    style("berschrift2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
    style("a3", "Title"), style("a4", "Subtitle"), style("a5", "Quote"), style("a6", "caption"),
    style("TOC1", "toc 1"), style("af1", "Strong", "<w:rPr><w:b/></w:rPr>", "character"),
    style("HTML", "HTML Preformatted"),
])  # fmt: skip


def document(
    body: str, *, notes: str = "", endnotes: str = "", numbering: str = "", comments: str = "",
    header: str = "", styles: str = STYLES, pictures: dict[str, bytes] | None = None,
    links: dict[str, str] | None = None,
) -> bytes:  # fmt: skip
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types xmlns="
        '"http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/styles.xml": part("styles", styles),
    }
    more = {"footnotes": notes, "endnotes": endnotes, "numbering": numbering,
            "comments": comments, "header": header}  # fmt: skip
    names = {"header": "hdr"}
    relations = [("s", "styles", "styles.xml", "")]
    for kind, inside in more.items():
        if inside:
            parts[f"word/{kind}.xml"] = part(names.get(kind, kind), inside)
            relations.append((kind, kind, f"{kind}.xml", ""))
    for name, data in (pictures or {}).items():
        parts[f"word/media/{name}"] = data
        relations.append((name, "image", f"media/{name}", ""))
    for name, address in (links or {}).items():
        relations.append((name, "hyperlink", address, ' TargetMode="External"'))
    parts["word/_rels/document.xml.rels"] = _relations(relations)
    parts["_rels/.rels"] = _relations([("d", "officeDocument", "word/document.xml", "")])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _relations(rows: list[tuple[str, str, str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="{own}" Type="{R}/{kind}" Target="{target}"{more}/>'
        for own, kind, target, more in rows
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{made}</Relationships>"
    )


def drawing(id: str) -> str:
    return ("<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic>"
            f'<a:blip r:embed="{id}"/>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>")  # fmt: skip


def box(text: str) -> str:
    """A box of text, as newer programs have it and again as older ones do."""
    inside = f"<w:txbxContent>{para(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
        f"<wps:txbx>{inside}</wps:txbx></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def note(id: int, *paragraphs: str, kind: str = "footnote") -> str:
    """A note, its number in a run of its own as Word has it."""
    first, *rest = paragraphs
    mark = f"<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:{kind}Ref/></w:r>"
    more = "".join(para(one) for one in rest)
    return f'<w:{kind} w:id="{id}">{para(mark + run(" " + first))}{more}</w:{kind}>'


def mark(id: int, kind: str = "footnote") -> str:
    look = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return f'<w:r>{look}<w:{kind}Reference w:id="{id}"/></w:r>'


def level(depth: int, form: str, text: str) -> str:
    return (f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>')  # fmt: skip


def numbers(*lists: str) -> str:
    """Lists 1, 2 …, each by its levels."""
    made = "".join(f'<w:abstractNum w:abstractNumId="{at}">{inside}</w:abstractNum>'
                   for at, inside in enumerate(lists, start=1))  # fmt: skip
    return made + "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
                          for at in range(1, len(lists) + 1))  # fmt: skip


def listed(list: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list}"/></w:numPr>'
