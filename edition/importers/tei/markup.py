"""Elements of our TEI → the markup of docs/format.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.importers.documents.xml import Element, attr, child, children, local

_SIGNS = re.compile(r"[\\*\[\]@<>{}|`~^=$]|&(?=#?\w{1,31};)")
_CODED = re.compile(r"_([0-9a-f]{1,6})_")
_SPANS = {"term": "term", "foreign": "foreign", "surplus": "deleted", "supplied": "supplied"}
_RAISED = {"subscript": "sub", "superscript": "sup"}
_NAMES = ("name", "persName", "placeName", "orgName")
_INDENT = "     "  # of each level of a list: further in than the longest number


def decoded(id: str) -> str:
    """What an id was made of."""
    return _CODED.sub(lambda sign: chr(int(sign[1], 16)), id)


def target_of(value: str) -> str:
    """The id in a pointer into the same file."""
    return value.removeprefix("#")


def escaped(text: str) -> str:
    return _SIGNS.sub(lambda sign: "\\" + sign[0], text)


def guarded(text: str) -> str:
    """``text``, whose signs are escaped, so that its first ones begin no block of another kind."""
    text = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
    return "\\" + text if text[:1] and text[0] in "#-+:_!" else text


def text_of(element: Element | None) -> str:
    """All text within."""
    return "" if element is None else "".join(map(str, element.itertext()))


def inline(element: Element) -> str:
    """What stands in an element, as markup."""
    return "".join(_parts(element))


def _parts(element: Element) -> Iterator[str]:
    yield escaped(element.text or "")
    for one in element:
        yield _one(one)
        yield escaped(one.tail or "")


def _one(one: Element) -> str:
    rend, inner = attr(one, "rend"), inline(one)
    match local(one):
        case "emph":
            return f"*{inner}*"
        case "hi" if rend in _RAISED:
            return f"[{inner}]{{.{_RAISED[rend]}}}"
        case "hi":
            return f"**{inner}**"
        case "code":
            return _code(text_of(one))
        case "ruby":
            return f'[{text_of(child(one, "rb"))}]{{ruby="{text_of(child(one, "rt"))}"}}'
        case "seg" if attr(one, "type") == "citation":
            return _citation(one)
        case "seg":
            return f"[{inner}]{_attributes(one)}"
        case "title" if not attr(one, "ref"):
            return f"[{inner}]{{.title}}"
        case tag if tag in (*_NAMES, "title"):
            if attr(one, "evidence") or attr(one, "cert"):  # found by its form
                return inner
            of = attr(one, "n")
            return f"[{inner}]{{.name{f' of={chr(34)}{of}{chr(34)}' if of else ''}}}"
        case tag if tag in _SPANS:
            return f"[{inner}]{{.{_SPANS[tag]}}}"
        case "ptr" if attr(one, "type") == "footnote":
            return f"[^{attr(one, 'n')}]"
        case "pb":
            return f'[]{{.page n="{attr(one, "n")}"}}'
        case "milestone":
            return f'[]{{.{attr(one, "unit")} n="{attr(one, "n")}"}}'
        case "lb":
            return "\\\n"
        case "ref":
            return _link(one, inner)
        case "anchor" | "note" | "gap" | "list":
            return ""
        case _:
            return inner


def _code(text: str) -> str:
    longest = max((len(run[0]) for run in re.finditer("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _attributes(seg: Element) -> str:
    classes = [f".{one}" for one in attr(seg, "rend").split() if one != "span"]
    if attr(seg, "n"):
        classes.append(f'ids="{attr(seg, "n")}"')
    if attr(seg, "subtype"):
        classes.append(f'of="{decoded(attr(seg, "subtype"))}"')
    return f"{{{' '.join(classes)}}}"


def _link(ref: Element, inner: str) -> str:
    address, said = attr(ref, "target"), text_of(ref)
    if "lock" in attr(ref, "rend").split():
        if said == address or address == f"mailto:{said}":
            return f"<{said}>"
        if address == f"https://doi.org/{said.removeprefix('doi:')}":
            return f"<doi:{said.removeprefix('doi:')}>"
    goal = address.replace("(", r"\(").replace(")", r"\)")
    return f"[{inner}]({goal})"


def _citation(seg: Element) -> str:
    made = []
    for one in children(seg, "bibl"):
        key, locator = attr(one, "n"), text_of(child(one, "citedRange"))
        if attr(seg, "subtype") == "narrative":
            return f"@{key}" + (f" [{locator}]" if locator else "")
        prefix = text_of(child(one, "note"))
        dash = "-" if attr(one, "rend") == "year-only" else ""
        made.append((f"{prefix} " if prefix else "") + f"{dash}@{key}"
                    + (f", {locator}" if locator else ""))  # fmt: skip
    return f"[{'; '.join(made)}]"


# --- blocks --------------------------------------------------------------------------------------


def blocks(body: Element, answers: dict[str, str]) -> Iterator[str]:
    """The blocks of a section, in order. ``answers``: xml:id of a segment → what its ``corresp``
    says, where that is not simply its own id."""
    for one in body:
        tag = local(one)
        if tag == "div":
            yield from blocks(one, answers)
        elif tag == "list":
            yield from _list(one, 0, answers)
        elif tag != "p" or len(one) or attr(one, "id"):
            yield block(one, answers)


def _list(element: Element, depth: int, answers: dict[str, str]) -> Iterator[str]:
    for item in children(element, "item"):
        *_, label = attr(item, "rend").split() or [""]
        sign = {"•": "-", "further": " "}.get(label, label or "-")
        made = f"{_INDENT * depth}{sign} {guarded(inline(item).strip())}"
        if label == "further":
            made = f"{_INDENT * (depth + 1)}{guarded(inline(item).strip())}"
        yield _marked(made, item, answers)
        for inner in children(item, "list"):
            yield from _list(inner, depth + 1, answers)


def block(one: Element, answers: dict[str, str]) -> str:
    """One segment."""
    gap = child(one, "gap")
    match local(one):
        case "p" if gap is not None and len(one) == 1 and not text_of(one).strip():
            return _marked("", one, answers, f".{attr(gap, 'reason')}")
        case "head":
            level = int(attr(one, "rend").removeprefix("level") or 1)
            return _marked(f"{'#' * level} {inline(one).strip()}", one, answers)
        case "quote":
            return _marked(_quote(one), one, answers)
        case "lg":
            lines = [guarded(inline(line)) for line in children(one, "l")]
            lines[-1] = _marked(lines[-1], one, answers)
            return "\n".join(["::: verse", *lines, ":::"])
        case "table":
            return _table(one, answers)
        case "figure":
            caption = child(one, "head")
            picture = attr(child(one, "graphic"), "url")
            told = inline(caption).strip() if caption is not None else ""
            return f"![{told}]({picture}){_marks(one, answers)}"
        case "ab" if attr(one, "type") == "code":
            return _fenced(one, answers)
        case "ab" if attr(one, "type") == "definition":
            return _marked(f": {guarded(inline(one).strip())}", one, answers)
        case "milestone":
            return _marked("***", one, answers)
        case _:
            classes = " ".join(f".{each}" for each in attr(one, "rend").split())
            return _marked(guarded(inline(one).strip()), one, answers, classes)


def _quote(one: Element) -> str:
    inner = child(one, "p")
    return f"> {guarded(inline(one if inner is None else inner).strip())}"


def _fenced(one: Element, answers: dict[str, str]) -> str:
    lines = [text_of(line) for line in children(one, "code")]
    fence = "```"
    while any(line.strip().startswith(fence) for line in lines):
        fence += "`"
    marks = _marks(one, answers)
    return "\n".join([fence, *lines, fence, *([marks] if marks else [])])


def _table(one: Element, answers: dict[str, str]) -> str:
    rows = [list(children(row, "cell")) for row in children(one, "row")]
    made = ["| " + " | ".join(inline(cell).strip() for cell in row) + " |" for row in rows]
    sides = {"right": "--:", "center": ":-:"}
    ruled = "|".join(sides.get(attr(cell, "rend"), ":--") for cell in rows[0])
    made.insert(1, f"|{ruled}|")
    caption = child(one, "head")
    if caption is not None:
        made.append(_marked(f": {inline(caption).strip()}", one, answers))
    elif marks := _marks(one, answers):
        made += ["", marks]
    return "\n".join(made)


def _marked(text: str, one: Element, answers: dict[str, str], classes: str = "") -> str:
    marks = _marks(one, answers, classes)
    return f"{text} {marks}".strip("\n") if text and marks else text or marks


def _marks(one: Element, answers: dict[str, str], classes: str = "") -> str:
    """What stands in braces behind a block."""
    told = [f"#{attr(one, 'n')}"] if attr(one, "n") else []
    told += [classes] if classes else []
    if corresp := answers.get(attr(one, "id")):
        told.append(f'corresp="{corresp}"')
    if attr(one, "source"):
        told.append(f'hash="{attr(one, "source").rpartition(":")[2]}"')
    if attr(one, "cert"):
        told.append(f'sure="{attr(one, "cert")}"')
    head = next((each for each in children(one, "note")
                 if attr(each, "type") == "running-head"), None)  # fmt: skip
    if head is not None:
        told.append(f'short="{text_of(head)}"')
    shown = child(one, "figDesc")
    if shown is not None:
        told.append(f'alt="{text_of(shown)}"')
    return f"{{{' '.join(told)}}}" if told else ""


def note_text(element: Element) -> str:
    """The blocks of a note."""
    made = []
    for one in element:
        rend = attr(one, "rend").split()
        match local(one):
            case "quote":
                made.append(_quote(one))
            case "p" if rend[:1] == ["item"]:
                depth, label = int(rend[1].removeprefix("level")), rend[2]
                sign = "-" if label == "•" else label
                made.append(f"{_INDENT * (depth - 1)}{sign} {guarded(inline(one).strip())}")
            case "p" if rend == ["verse"]:
                made.append("::: verse\n" + inline(one).strip().replace("\\\n", "\n") + "\n:::")
            case "p":
                made.append(guarded(inline(one).strip()))
            case _:
                pass
    return "\n\n".join(made)
