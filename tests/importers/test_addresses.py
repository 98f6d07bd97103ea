"""Addresses of footnotes and of the list: one misread letter, another case, another publisher."""

from __future__ import annotations

from edition.importers.article import convert

ARTICLE = """河運小史

一、引言

船行甚慢。¹⁾ 閘門甚多。²⁾ 稅關亦多。³⁾

1) River Board, <https://www.riverboard.org/news/slow-boats-of-the-canal>. (2024年2月1日訪問)
2) Lock Review, <https://www.lockreview.org/2024/03/07/many-locks-on-one-canal.html>. (2024年2月2日訪問)
3) United Docks Union, <https://www.uduc.org/tolls>. (2024年2月3日訪問)

參考文獻

- River Board, <https://www.riverbord.org/news/slow-boats-of-the-canal>. (2024年2月1日訪問)
- Lock Review, <https://www.lockREVIEW.org/2024/03/07/many-locks-on-one-canal.html>. (2024年2月2日訪問)
- United Docks Union, <https://www.uduc.org/tolls>. (2024年2月3日訪問)
- Barge Weekly, <https://www.bargeweekly.org/never>. (2024年2月4日訪問)
"""


def facts(code: str) -> list[str]:
    found = convert("a.txt", ARTICLE.encode()).diagnostics
    return [one.fact for one in found if one.code.id == code]


def test_an_address_misread_or_in_another_case_is_still_cited() -> None:
    (never,) = facts("IMP021")
    assert "never" in never or "barge" in never
    (differs,) = facts("IMP039")
    assert "riverboard.org" in differs
    assert "riverbord.org" in differs
