"""YAML with places: nodes instead of values, and for each text where its characters stand. The
only module that imports PyYAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol, TypeAlias

import yaml

from edition.model import Lang
from edition.readers.passage import Passage, is_forced, is_wide
from edition.source import SourceFile, Span

Node: TypeAlias = "yaml.Node"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_END = re.compile(r"[ \t]*\n")
_LOOK_AHEAD = 12  # characters that an escape or an indentation may take, and a little more


class MalformedYamlError(ValueError):
    """The file is no YAML; ``span`` is where reading stopped."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


def compose(file: SourceFile) -> Node | None:
    """The document of ``file``; None where it is empty. Raises :class:`MalformedYamlError`."""
    try:
        node = yaml.compose(file.text, Loader=_LOADER)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        at = _offset(mark) if mark else 0
        message = fault.problem or fault.context or "it cannot be read"
        raise MalformedYamlError(message, file.span(at)) from fault
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        raise MalformedYamlError(str(fault) or "nested too deep", file.span(0)) from fault
    return node if isinstance(node, yaml.Node) else None


def foreign(file: SourceFile) -> Iterator[tuple[str, Span]]:
    """(what it is, where) of anchors, aliases and tags: YAML has them, texts have no use for them,
    and a ``*`` or ``&`` that begins a text unquoted is read as one."""
    for event in yaml.parse(file.text, Loader=_LOADER):
        mark = event.start_mark
        here = _offset(mark) if mark else 0
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            yield f"the alias *{anchor}", file.span(here, here + len(str(anchor)) + 1)
        elif anchor:
            yield f"the anchor &{anchor}", file.span(here, here + len(str(anchor)) + 1)
        elif tag := getattr(event, "tag", None):
            yield f"the tag {tag}", file.span(here)


def span(file: SourceFile, node: Node) -> Span:
    """Where a node stands."""
    first, last = _offset(node.start_mark), _offset(node.end_mark)
    return file.span(first, max(first, last))


class _Mark(Protocol):
    index: int


def _offset(mark: _Mark) -> int:
    """The place of a mark in characters. YAML's lines are not those of an editor: it takes U+0085
    and U+2028 for line ends too."""
    return mark.index


def items(node: Node) -> Iterator[Node]:
    """Items of a sequence; none of another node."""
    if isinstance(node, yaml.SequenceNode):
        yield from node.value


def pairs(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """(key, its node, value) of a mapping; none of another node."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (key.value if isinstance(key, yaml.ScalarNode) else "", key, value)


def is_sequence(node: Node | None) -> bool:
    return isinstance(node, yaml.SequenceNode)


def is_mapping(node: Node | None) -> bool:
    return isinstance(node, yaml.MappingNode)


def text(node: Node | None) -> str | None:
    """The characters of a scalar, numbers and dates as they are written; None of another node."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    return "" if is_nothing(node) else str(node.value)


def is_nothing(node: Node) -> bool:
    """Whether nothing is written there, or YAML's word for it: not a text that is empty."""
    return node.tag == "tag:yaml.org,2002:null"


def passage(file: SourceFile, node: Node, lang: Lang) -> Passage:
    """The text of a scalar with the place of each character, through quotes, escapes, folded and
    indented lines. Line ends are as in a text file, however YAML folds them: in Chinese they
    vanish, elsewhere they are spaces; after a backslash and at blank lines they stay."""
    value, offsets = _placed(file, node)
    text: list[str] = []
    places: list[int] = []
    for index, (character, offset) in enumerate(zip(value, offsets, strict=True)):
        after = value[index + 1 : index + 2]
        if character in " \n" and _LINE_END.match(file.text, offset):
            if text[-1:] == ["\n"]:
                continue  # more of a blank line
            ended = character == "\n" if after == "\n" or _folded(node) else False
            character = "\n" if ended or is_forced("".join(text[-8:])) else " "
            if (
                character == " "
                and lang == "zh"
                and text
                and after
                and (is_wide(text[-1]) or is_wide(after))
            ):
                continue
        text.append(character)
        places.append(offset)
    return Passage(file, "".join(text), tuple(places))


def literal_lines(file: SourceFile, node: Node) -> list[tuple[int, str]]:
    """The lines of a scalar that YAML keeps as they are (``|``), without their indentation, each
    with its place; none of another scalar."""
    if getattr(node, "style", None) != "|":
        return []
    head = file.text.find("\n", span(file, node).start)
    lines = (one for one in file.lines() if one[0] > head)
    kept = (text(node) or "").split("\n")
    return [(start + max(len(line) - len(own), 0), own)
            for (start, line), own in zip(lines, kept, strict=False)]  # fmt: skip


def _folded(node: Node) -> bool:
    """Whether YAML has made spaces of single line ends, so that a line end left is a blank line."""
    return getattr(node, "style", None) != "|"


def _placed(file: SourceFile, node: Node) -> tuple[str, list[int]]:
    """The value of a scalar and the place of each of its characters."""
    value = (text(node) or "").rstrip("\n")
    whole = span(file, node)
    at, end = whole.start, whole.end
    style = getattr(node, "style", None)
    if style in ("'", '"'):
        at += 1
    elif style in ("|", ">"):  # the text begins on the line after the sign
        at = file.text.find("\n", at, end) + 1 or end
    offsets: list[int] = []
    for character in value:
        at = _place(file.text, character, at, end)
        offsets.append(min(at, max(end - 1, whole.start)))
        at += 1
    return value, offsets


def _place(source: str, character: str, at: int, end: int) -> int:
    """Where the next character of a scalar stands in its source, at ``at`` or a little later."""
    if at < end and source[at] == character and not character.isspace():
        return at
    if character.isspace():
        return at
    here = at
    while here < end and source[here].isspace():
        here += 1
    near = source.find(character, here, min(end, here + _LOOK_AHEAD))
    return near if near >= 0 else at
