"""The list of references: what it prints, what citations print, and what is reported."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import tex_samples

from edition.bibliography.reading import parse
from edition.bibliography.types import Entry, Field, Library
from edition.bibliography.writing import order
from edition.config import BibliographySettings, Config
from edition.diagnostics import Diagnostic, Outcome
from edition.engine import biber, labels, probe, programs, reference_list, references, romanising
from edition.engine.cache import Cache
from edition.latex import bibvalues
from edition.latex.joints import SPACE
from edition.model import References
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]

GARDEN = r"""
@article{zhu2020,
  author = {朱菊 and 東籬 and 李白 and 杜甫}, title = {園中小記}, journal = {菊譜},
  year = {2020}, number = {3}, pages = {12-34},
}
@article{zhu2020b, author = {朱菊}, title = {竹記}, journal = {菊譜}, year = {2020}, pages = {5}}
@article{zhu2020c, author = {朱菊}, title = {石記}, journal = {菊譜}, year = {2020}, pages = {6}}
@book{smith, author = {Ann Smith and Bo Brown}, title = {The {NASA} of \textit{Gardens} \& Co.},
  year = {1999}, publisher = {Press}, location = {London}}
@book{fanyi, author = {羅一}, title = {園論}, translator = {廖二}, year = {2011},
  publisher = {出版社}, location = {北京}, pages = {167}}
@online{office, author = {{Garden Office}}, urldate = {2024年12月30日}, title = {Of roses},
  url = {https://example.org/a/very/long/address/that/goes/on-and-on-and-on/until-it-is/longer_than?a=line&of=the%20page}}
@misc{anon, title = {A Long Title without any Author at all: and more}}
@incollection{part, author = {Carl Clark}, title = {A Part}, crossref = {whole}, pages = {7-9}}
@collection{whole, editor = {Dora Drew}, title = {The Whole}, year = {2001}, publisher = {P}}
"""
ALL = ("smith", "zhu2020", "zhu2020c", "zhu2020b", "fanyi", "office", "anon", "part")


def library(text: str = GARDEN) -> Library:
    done = parse.read(SourceFile("bib/references.bib", text))
    assert done.ok
    return done.value


def config(style: str = "gb7714-2015", script: str = "hant", sort: str = "pinyin") -> Config:
    settings = BibliographySettings(style=style, sort=sort)  # type: ignore[arg-type]
    return replace(tex_samples.CONFIG, bibliography=settings, script=script)  # type: ignore[arg-type]


def run(
    tmp_path: Path, cited: Sequence[str] = ALL, given: Library | None = None,
    settings: Config | None = None,
) -> Outcome[References | None]:  # fmt: skip
    """The list; that names were read by pinyin, which most samples need, is left out of what is
    told."""
    done = references.run(given or library(), cited, settings or config(),
                          tmp_path / "work", Cache(tmp_path / "cache"), root=ROOT)  # fmt: skip
    return replace(done, diagnostics=tuple(one for one in done.diagnostics
                                           if one.code.id != "REF009"))  # fmt: skip


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [one.code.id for one in found]


def printed(made: References) -> str:
    """What the list says, without spaces."""
    return "".join("".join(f"{one.number and f'[{one.number}]'}{one.text}".split())
                   for one in made.entries.values())  # fmt: skip


# --- the three styles -------------------------------------------------------------------------


@pytest.mark.tex
def test_gb7714_author_date(tmp_path: Path) -> None:
    done = run(tmp_path)
    made = done.value
    assert made is not None
    assert not done.diagnostics
    assert list(made.entries) == ["fanyi", "zhu2020c", "zhu2020b", "zhu2020", "anon", "part",
                                  "office", "smith"]  # fmt: skip
    shown = {key: (one.authors, one.authors_en, one.year) for key, one in made.entries.items()}
    assert shown["zhu2020"] == ("朱菊等", "Zhu Ju et al.", "2020c")
    assert shown["zhu2020c"] == ("朱菊", "Zhu Ju", "2020a")
    assert shown["zhu2020b"] == ("朱菊", "Zhu Ju", "2020b")
    assert shown["smith"] == ("Smith et al.", "Smith and Brown", "1999")
    assert shown["office"] == ("Garden Office", "", "n.d.")
    assert shown["anon"][2] == "n.d."
    assert shown["anon"][0] == "Anon."
    assert {key: one.lang for key, one in made.entries.items()}["fanyi"] == "zh"
    text = printed(made)
    # releases of the style differ in whether a comma parts a journal from a number alone
    assert (
        "朱菊(ZhuJu),東籬(DongLi),李白(LiBai),等,2020c.園中小記[J].菊譜(3):12-34."
        in text.replace("菊譜,(", "菊譜(")
    )
    assert "廖二,譯.北京:出版社" in text
    assert "TheNASAofGardens&Co.[M]" in text
    assert "TheWhole" in text  # inherited
    assert "longer_than?a=line&of=the%20page" in text


@pytest.mark.tex
def test_entries_are_told_as_text(tmp_path: Path) -> None:
    """In one piece, with the characters of the source and no gap that setting put in."""
    given = library(
        GARDEN
        + r"""
@book{same, author = {馬克·吐溫}, title = {說 NASA①之“文”：說脫},
  year = {1901}, publisher = {出版社}, location = {北京}}"""
    )
    done = references.run(
        given, (*ALL, "same"), config(), tmp_path / "work", Cache(tmp_path / "cache"), root=ROOT
    )
    assert done.value is not None
    texts = {key: one.text for key, one in done.value.entries.items()}
    assert texts["same"].startswith("馬克·吐溫")
    assert "說 NASA①之“文”：說脫[M]. 北京: 出版社" in texts["same"]
    assert texts["smith"].startswith("SMITH A, BROWN B")
    assert "The NASA of Gardens & Co.[M]. London: Press" in texts["smith"]
    assert "until-it-is/longer_than?a=line&of=the%20page" in texts["office"]
    assert "The Whole" in texts["part"]
    again = references.run(
        given, (*ALL, "same"), config(), tmp_path / "work", Cache(tmp_path / "cache"), root=ROOT
    )
    assert again.value is not None
    assert {key: one.text for key, one in again.value.entries.items()} == texts, "kept by content"


@pytest.mark.tex
def test_texts_of_entries_know_what_is_in_italics(tmp_path: Path) -> None:
    """And marks of italics change no stop: biblatex puts none behind a question mark."""
    given = library(r"""
@book{why, author = {Ann Lee}, title = {Why Hedges?}, year = {1998}, publisher = {Press}}
@book{cell, author = {Bo Kim}, title = {Gardens \emph{in vitro} & Yards}, year = {1997},
  publisher = {Press}, location = {Oxford}}
@article{walk, author = {Cy Ash}, title = {On Walks}, journaltitle = {Garden Letters},
  year = {1996}, volume = {3}, pages = {1--9}}
@book{zhu, author = {朱菊}, title = {園記}, year = {2001}, publisher = {某社}}""")
    for _ in range(2):  # and kept by content
        done = references.run(given, ("why", "cell", "walk", "zhu"), config("chicago"),
                              tmp_path / "work", Cache(tmp_path / "cache"),
                              root=ROOT)  # fmt: skip
        assert done.value is not None
        told = {key: [one.text[look.start : look.end] for look in one.looks]
                for key, one in done.value.entries.items()}  # fmt: skip
        assert told == {"why": ["Why Hedges?"], "walk": ["Garden Letters"], "zhu": [],
                        "cell": ["Gardens in vitro & Yards.", "in vitro"]}  # fmt: skip
        assert "1998. Why Hedges? Press" in done.value.entries["why"].text


@pytest.mark.tex
def test_gb7714_numeric_is_in_the_order_of_citation(tmp_path: Path) -> None:
    done = run(tmp_path, settings=config("gb7714-2015-numeric"))
    assert done.value is not None
    assert not done.diagnostics
    assert tuple(done.value.entries) == ALL
    assert [one.number for one in done.value.entries.values()] == [str(n) for n in range(1, 9)]
    assert "[2]朱菊(ZhuJu),東籬(DongLi),李白(LiBai),等.園中小記[J]" in printed(done.value)


@pytest.mark.tex
def test_chicago_sets_chinese_entries_by_chinese_rules(tmp_path: Path) -> None:
    done = run(tmp_path, settings=config("chicago"))
    made = done.value
    assert made is not None
    assert not done.diagnostics
    assert made.entries["smith"].authors == "Smith and Brown"
    assert made.entries["zhu2020"].authors == "朱菊等"
    assert made.entries["zhu2020"].authors_en == "Zhu Ju et al."
    assert made.entries["office"].year == "n.d."
    text = printed(made)
    assert (
        "朱菊(ZhuJu)、東籬(DongLi)、李白(LiBai)、杜甫(DuFu)。2020。《園中小記》。《菊譜》，第3期，12–34。"
        in text
    )
    assert "Smith,Ann,andBoBrown.1999.TheNASAofGardens&Co.London:Press." in text
    assert "譯者：廖二" in text


@pytest.mark.tex
def test_english_titles_stand_in_quotation_marks_not_in_graves(tmp_path: Path) -> None:
    given = library(
        "@article{a, author = {Ann Smith}, title = {On Hedges and Yards},"
        " journal = {Garden Letters}, year = {1999}, volume = {3}, pages = {1--9}}"
    )
    done = run(tmp_path, ["a"], given, config("chicago"))
    assert done.value is not None
    text = printed(done.value)
    assert "“On" in text
    assert "”GardenLetters" in text
    assert "`" not in text
    assert "''" not in text


@pytest.mark.tex
def test_the_script_of_the_book_is_that_of_the_words_of_the_list(tmp_path: Path) -> None:
    done = run(tmp_path, ["fanyi"], settings=config(script="hans"))
    assert done.value is not None
    assert "廖二,译" in printed(done.value)


@pytest.mark.tex
def test_chinese_may_be_ordered_by_strokes(tmp_path: Path) -> None:
    done = run(tmp_path, ["fanyi", "zhu2020"], settings=config(sort="stroke"))
    assert done.value is not None
    assert list(done.value.entries) == ["zhu2020", "fanyi"]  # 朱 has 6 strokes, 羅 19


# --- what is missing, and names in two scripts --------------------------------------------------

QUAY = r"""
@book{tang, author = {[唐]江左生}, title = {沙洲集}, location = {北京},
  publisher = {長汀書局}, year = {1977}}
@book{jiang, author = {江岸}, title = {沙記}, location = {北京},
  publisher = {長汀書局}, year = {1980}}
@book{hong, author = {洪渡}, title = {岸記}, location = {北京}, publisher = {長汀書局}}
@book{noone, title = {水經新注}, location = {北京}, publisher = {長汀書局}, year = {1991}}
@article{yan, author = {嚴渡}, title = {論閘}, journal = {河刊}, year = {2019}, number = {2}}
@book{korean, author = {김강수 and 이물결}, title = {강의 역사}, location = {서울},
  publisher = {물결사}, year = {2005}}
@online{notitle, organization = {Quay Institute}, urldate = {2024-10-23},
  url = {https://quay.example/2018-10-23/a-report-with-a-long-address/over-the-lines-of-it.html}}
@online{doionly, title = {Silt}, doi = {10.5555/abc_1}}
@book{range, author = {顧渡}, title = {古堰辨}, year = {1926/1941},
  publisher = {樸社}, location = {北平}}
@book{before, author = {Pier of Samos}, title = {On Tides}, year = {-0479}, publisher = {Quay}}
@article{ssti, author = {{SSTI}}, title = {Weirs}, journal = {Quay}, year = {2010}, sortkey = {a}}
@article{sand, author = {Sand, Ira}, title = {Mud}, journal = {Quay}, year = {2011}, sortkey = {z},
  doi = {10.5555/mud}}
@standard{rule, author = {水尺委員會}, title = {水尺規則}, number = {GB/T 9914—2019}, year = {2019},
  publisher = {長汀標準社}, location = {北京}}
"""


def test_names_of_japanese_and_koreans_are_not_read_by_pinyin(tmp_path: Path) -> None:
    """What says so may be any fact of the work, not its title alone."""
    given = library("""
@book{tokyo, author = {川岸一馬}, title = {古閘之研究},
  publisher = {岸書院}, address = {東京}, year = {1967}}
@book{seoul, author = {金岸龍}, title = {古閘槪要},
  publisher = {물결사}, location = {서울}, year = {1954}}
@article{kana, author = {藤岸幸夫}, title = {閘門文化},
  journal = {ノオト}, year = {2006}}
@book{east, author = {洪渡}, title = {東京夢岸錄},
  publisher = {長汀社}, address = {北京}, year = {1982}}
""")
    names, told = romanising.names(list(given), {}, {}, Cache(tmp_path))
    assert names == {"洪渡": "Hong Du"}
    assert len(told) == 1


@pytest.mark.tex
def test_gb7714_says_what_is_missing_and_gives_both_names(tmp_path: Path) -> None:
    given = library(QUAY)
    done = references.run(given, [one.key for one in given], config(),
                          tmp_path / "work", Cache(tmp_path / "cache"), root=ROOT,
                          romanised={"嚴渡": "Yim To"})  # fmt: skip
    made = done.value
    assert made is not None
    assert {one.code.id for one in done.diagnostics} == {"REF009"}
    told = " ".join(one.fact for one in done.diagnostics)
    assert "洪渡; English pages cite “Hong Du”" in told
    assert "嚴渡" not in told
    shown = {key: (one.authors, one.authors_en, one.year, one.year_en)
             for key, one in made.entries.items()}  # fmt: skip
    assert shown["yan"] == ("嚴渡", "Yim To", "2019", "")
    assert shown["hong"] == ("洪渡", "Hong Du", "無日期", "n.d.")
    assert shown["notitle"] == ("Quay Institute", "", "n.d.", "")
    assert shown["noone"] == ("佚名", "Anon.", "1991", "")
    assert shown["before"][2] == "479 BC"
    assert shown["range"][2] == "1926–1941"
    text = printed(made)
    assert "嚴渡(YimTo),2019.論閘[J]" in text
    assert "洪渡(HongDu),[無日期].岸記[M]" in text
    assert "佚名,1991.水經新注[M]" in text
    assert "QuayInstitute,n.d.quay.example[EB/OL].[2024-10-23].https://quay.example/" in text
    assert "Silt[EB/OL].https://doi.org/10.5555/abc_1" in text
    assert "김강수,이물결,2005." in text
    assert "1926-1941.古堰辨" in text
    assert "479BC.OnTides[M].[S.l.]:Quay" in text
    assert "水尺規則:GB/T9914—2019[S]" in text
    order = list(made.entries)
    assert order.index("sand") < order.index("ssti")
    assert order.index("tang") < order.index("korean")
    assert abs(order.index("tang") - order.index("jiang")) == 1


@pytest.mark.tex
def test_entries_know_their_links_looks_and_languages(tmp_path: Path) -> None:
    given = library(
        QUAY
        + r"""
@article{water, author = {Bo Kim}, title = {H$_2$O at 5\textsuperscript{th} \textbf{Quay}},
  journal = {Quay}, year = {2012}, url = {javascript:alert(1)}}
@book{quai, author = {Luc Quai}, title = {Le quai}, year = {2013}, langid = {french}}
@book{kishi, author = {岸一}, title = {古い岸のノート}, year = {2014}}
@book{minato, author = {Minato, Ken}, title = {Furui minato}, year = {2015}, language = {Japanese}}
"""
    )
    cited = ["notitle", "sand", "water", "quai", "kishi", "minato", "korean", "yan"]
    for _ in range(2):  # and kept by content
        done = run(tmp_path, cited, given)
        assert done.value is not None
        made = done.value.entries
        told = {key: [(look.kind, one.text[look.start : look.end], look.address)
                      for look in one.looks] for key, one in made.items()}  # fmt: skip
        address = given.by_key()["notitle"].get("url")
        assert told["notitle"] == [("link", address, address)]
        ((kind, said, leads),) = told["sand"]
        assert (kind, leads) == ("link", "https://doi.org/10.5555/mud")
        assert said.endswith("10.5555/mud")
        assert told["water"] == [("sub", "2", ""), ("sup", "th", ""), ("bold", "Quay", "")]
        assert "H2O at 5th Quay" in made["water"].text
        assert {key: one.language for key, one in made.items()} == {
            "notitle": "", "sand": "", "water": "", "yan": "", "quai": "fr", "kishi": "ja",
            "minato": "ja-Latn", "korean": "ko"}  # fmt: skip
        span = made["quai"].span
        assert span is not None
        assert span.text.startswith("@book{quai")


@pytest.mark.tex
def test_all_entries_may_be_listed(tmp_path: Path) -> None:
    settings = config()
    bibliography = replace(settings.bibliography, entries="all")
    done = run(tmp_path, ["sand"], library(QUAY), replace(settings, bibliography=bibliography))
    assert done.value is not None
    assert len(done.value.entries) == QUAY.count("@")


def test_a_style_of_2025_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "_tex", lambda names: {})
    done = run(tmp_path, ["sand"], library(QUAY), config("gb7714-2025-numeric"))
    assert done.value is None
    (one,) = done.diagnostics
    assert "gb7714-2025.bbx" in one.fact


@pytest.mark.tex
def test_nothing_runs_where_nothing_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(tmp_path, ["smith", "zhu2020"])
    assert first.value is not None
    ran: list[str] = []
    supervise = programs.run

    def watched(command: list[str], *rest: object) -> programs.Ended:
        ran.append(Path(command[0]).name)
        return supervise(command, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(programs, "run", watched)
    # an entry that is not cited, and a field that does not print, change nothing
    more = library(GARDEN.replace("@book{smith,", "@book{smith, keywords = {x},")
                   + "@misc{other, title = {x}}\n")  # fmt: skip
    again = run(tmp_path, ["smith", "zhu2020"], more)
    assert again.value == first.value
    assert ran == []
    other = run(tmp_path, ["smith", "zhu2020"], library(GARDEN.replace("1999", "1998")))
    assert ran == ["xelatex", "biber", "xelatex", "xdvipdfmx"]
    assert other.value is not None
    assert other.value.entries["smith"].year == "1998"


def test_the_order_of_a_list_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries, store = library().entries, Cache(tmp_path)
    first = references._ordered(entries, config(), {}, store)
    sorted_anew = []
    real = order.ordered
    monkeypatch.setattr(order, "ordered",
                        lambda *given: sorted_anew.append(1) or real(*given))  # fmt: skip
    assert references._ordered(entries[::-1], config(), {}, store) == first
    assert not sorted_anew
    for others in (
        (entries[:-1], config(), {}),
        (entries, config(sort="stroke"), {}),
        (entries, config(), {"朱菊": "zhu ju"}),
    ):
        references._ordered(*others, store)
    assert len(sorted_anew) == 3


# --- what is reported -------------------------------------------------------------------------


def test_no_citations_need_no_program(tmp_path: Path) -> None:
    done = run(tmp_path, [])
    assert done.value == References(style="gb7714-2015", entries={})


@pytest.mark.tex
def test_merged_and_unknown_keys(tmp_path: Path) -> None:
    given = replace(library(), aliases={"old": "smith"})
    done = run(tmp_path, ["old", "smith", "nobody"], given)
    assert done.value is not None
    assert list(done.value.entries) == ["smith"]
    found = done.value.find("old")
    assert found is not None
    assert found.key == "smith"
    assert codes(done.diagnostics) == ["REF001"]
    assert "nobody" in done.diagnostics[0].fact


@pytest.mark.tex
def test_values_never_reach_tex_as_commands(tmp_path: Path) -> None:
    given = library(
        "@book{evil, author = {朱 ^^5cinput and A\\def\\x{} and B%C},"
        " title = {\\input{/etc/passwd} \\undefined{kept} \\csname x\\endcsname # $\\loop$ _},"
        " year = {2000}, publisher = {a & b ~ \\\\}, options = {skipbib}, execute = {\\stop},"
        " url = {https://example.org/}, note = {\\end{document}}}\n"
        "@book{k\\relax, title = {Key}, year = {2001}, publisher = {R&D}, pages = {1_2},"
        " location = {#4}, edition = {5%}}\n"
    )
    done = run(tmp_path, ["evil", "k\\relax"], given)
    assert done.value is not None
    assert len(done.value.entries) == 2
    assert set(codes(done.diagnostics)) == {"REF007"}
    assert all(one.span is not None for one in done.diagnostics)
    text = printed(done.value)
    assert "kept" in text
    assert "root:" not in text
    assert "Key" in text
    assert [one for one in ("R&D", "1_2", "#4", "5%") if one not in text] == [], text


@pytest.mark.tex
def test_dates_and_characters_that_cannot_print_are_reported_at_the_entry(tmp_path: Path) -> None:
    given = library(
        "@misc{a,\n title = {Of \U0001f9ff},\n urldate = {last spring},\n year = {2000}}\n"
    )
    done = run(tmp_path, ["a"], given)
    found = {one.code.id: one for one in done.diagnostics}
    assert set(found) == {"REF007", "REF006"}
    left = found["REF007"].span
    missing = found["REF006"].span
    assert left is not None
    assert missing is not None
    assert (left.line, missing.line) == (3, 1)


@pytest.mark.tex
def test_what_biber_says_is_reported_at_the_entry(tmp_path: Path) -> None:
    given = library("\n@misc{a,\n title = {x},\n date = {2020-02-31}, year = {once}}\n")
    done = run(tmp_path, ["a"], given)
    assert codes(done.diagnostics) == ["REF003"]
    span = done.diagnostics[0].span
    assert span is not None
    assert span.line == 2
    assert "“a”" in done.diagnostics[0].fact
    assert done.value is not None
    assert done.value.entries["a"].year == "once"


@pytest.mark.parametrize("missing", ["biber", "xelatex"])
@pytest.mark.tex
def test_a_missing_program_is_reported(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = shutil.which
    monkeypatch.setattr(
        shutil,
        "which",
        lambda name, *rest, **more: None if name == missing else which(name, *rest, **more),
    )
    done = run(tmp_path, ["smith"])
    assert done.value is None
    assert codes(done.diagnostics) == ["ENV101"]
    assert "apt-get" in done.diagnostics[0].hint


@pytest.mark.tex
def test_biber_that_fails_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(folder: Path, **_: object) -> Outcome[Path | None]:
        (folder / "edition.blg").write_text(
            "[1] Biber.pm:1> ERROR - Cannot find 'x'!\n[2] Biber.pm:2> WARN - Entry 'r1' is odd\n"
        )
        return Outcome(None)

    monkeypatch.setattr(biber, "run", failing)
    done = run(tmp_path, ["smith"])
    assert done.value is None
    assert codes(done.diagnostics) == ["REF002", "REF003"]
    assert done.diagnostics[1].span is not None


@pytest.mark.tex
def test_a_list_that_lacks_an_entry_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = reference_list._entries
    monkeypatch.setattr(reference_list, "_entries", lambda words: [
        one for one in entries(words) if one[0] != "r1"
    ])  # fmt: skip
    done = run(tmp_path, ["smith", "fanyi"])
    assert codes(done.diagnostics) == ["REF008"]


@pytest.mark.tex
def test_a_style_that_is_not_installed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edition.latex import references as tex

    monkeypatch.setitem(tex._OPTIONS, "gb7714-2015", ("biblatex", "style=no-such-style"))
    done = run(tmp_path, ["smith"])
    assert done.value is None or "REF004" in codes(done.diagnostics)
    assert any(one.startswith("REF00") for one in codes(done.diagnostics))


# --- values and labels ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "tex"),
    [
        (r"Schr{\"o}dinger \& S\"ohne", r"Schrödinger \& Söhne"),
        (r"\textit{a {B}} \emph{c}", r"\textit{a {B}} \emph{c}"),
        ("H$_2$O, from $5 to $6", r"H\textsubscript{2}O, from \$5 to \$6"),
        ("a}b{c", "abc"),
        ("50% of #1_x^y~z", r"50\% of \#1\_x\textasciicircum{}y\textasciitilde{}z"),
        ("\\input{x}", "{x}"),
        (r"{\LaTeX} on $\mu$m", r"{LaTeX} on μm"),
    ],
)
def test_values_are_made_safe(value: str, tex: str) -> None:
    assert bibvalues.clean(value, "en").strip() == tex


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年8月13日", "2024-08-13"), ("2025년1월3일", "2025-01-03"), ("2024-3-1", "2024-03-01"),
        ("2024/12/30", "2024-12-30"), ("13 Aug. 2024", "2024-08-13"), ("2020-13-01", ""),
        ("1990/1995", "1990/1995"), ("2024年", "2024"), ("soon", ""), ("", ""),
    ],
)  # fmt: skip
def test_dates_in_three_languages(text: str, date: str) -> None:
    assert bibvalues.iso(text) == date


def test_labels_tell_authors_apart_as_biblatex_does() -> None:
    written = labels.read([
        "entry|r1|2001|2003|28||", "entry|r2|2001|||3",
        "name|2|4|0|1|von|Berg|Anna\\bibnamedelima Bea", "name|2|4|0|0||Cole|Dan",
    ])  # fmt: skip
    entry = Entry("a", "book", (Field("title", "T"), Field("year", "2001")))
    made = labels.label(written["r2"], entry, "hant")
    assert made.authors == "A. B. von Berg, Cole et al."
    assert made.number == "3"


def test_an_english_label_names_both_of_two_authors() -> None:
    written = labels.read([
        "entry|r1|2022|||", "name|1|2|0|0||葛一|", "second||葛二|",
        "entry|r2|2022|||", "name|1|3|0|0||葛一|",
    ])  # fmt: skip
    entry = Entry("a", "book", (Field("author", "葛一 and 葛二"), Field("title", "葛")))
    latin = {"葛一": "Ge Yi", "葛二": "Ge Er"}
    both, more = (labels.label(written[key], entry, "hant", latin) for key in ("r1", "r2"))
    assert (both.authors, both.authors_en) == ("葛一等", "Ge Yi and Ge Er")
    assert (more.authors, more.authors_en) == ("葛一等", "Ge Yi et al.")


def test_fields_of_chinese_entries_can_be_converted() -> None:
    given = library(
        "@book{a, title = {菊}, url = {https://example.org/菊}, doi = {10.1/菊}}\n"
        "@book{b, title = {The word 菊 in English books}}\n"
    )
    made = references.convert_fields(given, lambda text: text.replace("菊", "竹"))
    first, second = made.entries
    assert (first.get("title"), first.get("url"), first.get("doi")) == (
        "竹", "https://example.org/菊", "10.1/菊",
    )  # fmt: skip
    assert second == given.entries[1]


def test_spaces_between_words_of_korean_are_set() -> None:
    """xeCJK drops those between characters that it takes for Chinese."""
    words = bibvalues.clean("물결 기록과 古閘 연구", "zh")
    assert words == SPACE.join(("물결", "기록과", "古閘", "연구"))
    assert bibvalues.clean("古閘 記", "zh") == "古閘 記"
