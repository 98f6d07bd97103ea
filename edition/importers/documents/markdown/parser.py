"""Markdown → tokens: CommonMark with the footnotes, mathematics, divisions and heads of pandoc, and
the markup of docs/format.md. Emphasis opens and closes beside Chinese, where there are no spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import MutableMapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from edition.importers.documents.spaced import spaced

_TABLE = 400  # lines of a table at the most
NESTING = 60  # of quotations and lists in each other; deeper ones are read as text

_KEY = r"[^\W_](?:[\w:./+-]*\w)?"
_CITED = re.compile(r"\[[^\[\]@]*+(?:@[^\W_][^\[\]@]*+)+\]")
_NAMED = re.compile(rf"-?@(?P<key>{_KEY})(?: \[(?P<more>[^\[\]@^]{{1,60}})\])?")
_SPAN = re.compile(r"\[(?P<text>(?:[^\[\]\\\n]|\\.)*)\]\{(?P<attributes>[^{}\n]*)\}")
_RAISED = {"~": re.compile(r"~(?P<text>(?:[^~\s\\]|\\.){1,40})~(?!~)"),
           "^": re.compile(r"\^(?P<text>(?:[^\^\s\\\[]|\\.){1,40})\^")}  # fmt: skip
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?(?P<text>[^\[\]|]+)\]\]")
_TEMPLATE = re.compile(
    r"\{%.{0,500}?%\}|\{\{.{0,500}?\}\}|\{:[^{}\n]{0,200}\}|`\{=\w+\}", re.DOTALL
)


def tokens_of(text: str) -> tuple[list[Token], MutableMapping[str, Any]]:
    """The tokens of a Markdown text, and what was learnt on the way (definitions of links, notes
    within the text)."""
    learnt: MutableMapping[str, Any] = {}
    return _parser().parse(text, learnt), learnt


@cache
def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable(["table", "strikethrough"])
    made.use(footnote_plugin).use(front_matter_plugin).use(deflist_plugin)
    made.use(dollarmath_plugin, allow_space=True, allow_digits=False, double_inline=True)
    made.use(container_plugin, "div", marker=":", validate=lambda *_: True)
    made.block.ruler.before("table", "spaced", _spaced)
    made.normalizeLink = _as_written  # type: ignore[method-assign, assignment]
    made.disable(["footnote_tail", "text_join"])  # places of notes, and signs as they stood
    made.core.ruler.at("inline", _inline)
    made.inline.ruler.before("link", "cited", _cited)
    made.inline.ruler.before("cited", "span", _span)
    made.inline.ruler.before("span", "wiki", _wiki)
    made.inline.ruler.before("emphasis", "raised", _raised)
    made.inline.ruler.push("named", _named)
    made.inline.ruler.push("template", _template)
    # signs at which these may begin, though no rule of CommonMark looks at them
    made.inline.add_terminator_char("@")
    made.inline.add_terminator_char("{")
    return made


def _as_written(address: str) -> str:
    return address


class _State(StateInline):
    """As in CommonMark, but a mark beside a Chinese character needs no space to open or close."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        found = super().scanDelims(start, canSplitWord)
        end = start + found.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < len(self.src) else " "
        if self.src[start] == "_" or not (_wide(before) or _wide(after)):
            return found
        return Scanned(not after.isspace(), not before.isspace(), found.length)


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            inner = _State(token.content, state.md, state.env, token.children)
            state.md.inline.tokenize(inner)
            for rule in state.md.inline.ruler2.getRules(""):
                rule(inner)


def _spaced(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table that is drawn with spaces, dashes and plus signs; cells of several lines in one."""
    if state.blkIndent or state.level or (start and not state.isEmpty(start - 1)):
        return False
    if state.sCount[start] > 3 and not _under_a_rule(state, start, end):
        return False
    last = min(end, start + _TABLE)
    lines = [state.src[state.bMarks[at] : state.eMarks[at]] for at in range(start, last)]
    table = spaced(lines, ruled=True)
    if table is None or silent:
        return table is not None
    opening = state.push("table_open", "table", 1)
    opening.map = [start, start + table.lines]
    for row in table.rows:
        state.push("tr_open", "tr", 1)
        for cell in row:
            inline = state.push("inline", "", 0)
            inline.content = "\n".join(lines[at][left:right] for at, left, right in cell)
            inline.children = []
        state.push("tr_close", "tr", -1)
    state.push("table_close", "table", -1)
    state.line = start + table.lines
    return True


def _under_a_rule(state: StateBlock, start: int, end: int) -> bool:
    """Whether a rule of dashes stands right below a line: then it is no code."""
    return start + 1 < end and state.src.startswith("-", state.bMarks[start + 1]
                                                    + state.tShift[start + 1])  # fmt: skip


# --- signs of their own ---------------------------------------------------------------------------


def _matched(
    state: StateInline, silent: bool, found: re.Match[str] | None, kind: str, content: str = ""
) -> bool:
    """Whether a sign stands here; then one token holds it whole."""
    if found is None:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = content
        token.markup = found[0]
    state.pos = found.end()
    return True


def _cited(state: StateInline, silent: bool) -> bool:
    return _matched(state, silent, _CITED.match(state.src, state.pos), "citation")


def _named(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1 : state.pos]
    if state.src[state.pos : state.pos + 1] not in "@-" or re.match(r"[A-Za-z0-9_.]", before):
        return False
    return _matched(state, silent, _NAMED.match(state.src, state.pos), "citation")


def _span(state: StateInline, silent: bool) -> bool:
    found = _SPAN.match(state.src, state.pos)
    return _matched(state, silent, found, "span", found["text"] if found else "")


def _wiki(state: StateInline, silent: bool) -> bool:
    found = _WIKI.match(state.src, state.pos)
    return _matched(state, silent, found, "wiki", found["text"] if found else "")


def _raised(state: StateInline, silent: bool) -> bool:
    pattern = _RAISED.get(state.src[state.pos])
    found = pattern.match(state.src, state.pos) if pattern else None
    if found and state.src[state.pos] == "~" and state.src[state.pos - 1 : state.pos] == "~":
        return False
    return _matched(state, silent, found, "raised", found["text"] if found else "")


def _template(state: StateInline, silent: bool) -> bool:
    return _matched(state, silent, _TEMPLATE.match(state.src, state.pos), "template")
