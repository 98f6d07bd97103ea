"""Shapes of text that a reader may take too long over: a sign or a piece again and again, nests."""

from __future__ import annotations

from collections.abc import Callable

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
