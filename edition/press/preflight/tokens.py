"""Content streams as operators with their operands (ISO 32000-1, 7.8.2).

pypdf's own parser makes an object of every token; preflight looks at millions of them and needs
numbers, names and bytes only. Nothing is refused: what is no token is passed over, as viewers do.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Iterator

from pypdf.generic import NameObject

Operand = float | str | bytes | list["Operand"] | None  # names as str with their slash
_MOST = 1e9  # a coordinate beyond this is a fault of the file; infinities poison the arithmetic

_TOKEN = re.compile(
    rb"[\x00\t\n\f\r ]*(?:(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?![^\x00\t\n\f\r ()<>\[\]{}/%]))"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|/(?P<name>[^\x00\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<word>[^\x00\t\n\f\r ()<>\[\]{}/%]+)"
    rb"|(?P<open>\[)|(?P<close>\])|(?P<string>\()"
    rb"|<<|>>|[<>{})]|%[^\r\n]*|\Z)"
)
_HIDDEN = re.compile(rb"#([0-9A-Fa-f]{2})")  # a byte of a name, ISO 32000-1, 7.3.5
_PLAIN = re.compile(rb"[^()\\]*\)")
_PIECE = re.compile(rb"[^()\\]+|\\(?:[0-7]{1,3}|\r\n|.)|[()]", re.DOTALL)
_IMAGE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r ]|\Z)")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f",
            b"\n": b"", b"\r": b"", b"\r\n": b""}  # fmt: skip
_WORDS: dict[bytes, Operand] = {b"true": 1.0, b"false": 0.0, b"null": None}


def operations(data: bytes) -> Iterator[tuple[str, list[Operand]]]:
    """(operator, operands) in order. An inline image is one ``BI`` with its dictionary's keys and
    values as operands."""
    operands: list[Operand] = []
    inside: list[list[Operand]] = []  # arrays that are open, and what stood before each
    at, length, match = 0, len(data), _TOKEN.match
    while at < length:
        token = match(data, at)
        if token is None:
            at += 1
            continue
        at = token.end()
        kind = token.lastgroup
        if kind is None:
            continue
        if kind == "number":
            operands.append(number(token["number"]))
        elif kind == "hex":
            operands.append(_hex(token["hex"]))
        elif kind == "name":
            operands.append("/" + _name(token["name"]))
        elif kind == "string":
            text, at = _string(data, at)
            operands.append(text)
        elif kind == "open":
            inside.append(operands)
            operands = []
        elif kind == "close":
            if inside:
                outer = inside.pop()
                outer.append(operands)
                operands = outer
        elif token["word"] in _WORDS or token["word"][0] in b"+-.0123456789":
            operands.append(_WORDS.get(token["word"], 0.0))
        else:
            if inside:  # an operator ends whatever was left open
                operands, inside = [], []
            word = token["word"].decode("latin1")
            if word == "BI":
                continue
            if word == "ID":
                end = _IMAGE_END.search(data, at)
                at = end.end() if end else length
                word = "BI"
            yield word, operands
            operands = []


def _name(raw: bytes) -> str:
    """A name as pypdf has it, by which resources are looked up."""
    if b"#" not in raw and raw.isascii():
        return raw.decode("latin1")
    raw = _HIDDEN.sub(lambda found: bytes((int(found[1], 16),)), raw)
    for charset in NameObject.CHARSETS:
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin1")


def number(text: bytes) -> float:
    value = float(text)
    return value if -_MOST < value < _MOST else max(-_MOST, min(_MOST, value))


def numbers(operands: list[Operand]) -> tuple[float, ...]:
    """The numbers among operands."""
    return tuple(value for value in operands if isinstance(value, float))


def _hex(digits: bytes) -> bytes:
    if len(digits) % 2 == 0 and digits.isalnum():
        return unhexlify(digits)
    text = b"".join(digits.split())
    return unhexlify(text + b"0" if len(text) % 2 else text)


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    """The literal string whose opening parenthesis stands before ``at``, and where it ends."""
    plain = _PLAIN.match(data, at)
    if plain:
        return plain[0][:-1], plain.end()
    depth, parts = 1, []
    while depth and (piece := _PIECE.match(data, at)):
        at, text = piece.end(), piece[0]
        depth += (text == b"(") - (text == b")")
        if text[:1] != b"\\":
            parts.append(text)
        elif text[1:2] and text[1:2] in b"01234567":
            parts.append(bytes([int(text[1:], 8) & 255]))
        else:
            parts.append(_ESCAPES.get(text[1:], text[1:]))
    return b"".join(parts if depth else parts[:-1]), max(at, 1) if depth == 0 else len(data)
