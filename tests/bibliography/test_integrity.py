"""Nothing falls out of the account: what a file holds is in the outputs, or is told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from edition.bibliography import service
from edition.bibliography.reading import parse
from edition.bibliography.service import Settings, Summary
from edition.bibliography.writing.outputs import OUTPUTS
from edition.cli import main
from edition.diagnostics import Outcome

TWIN = """@article{%s, author={Ada Weir}, title={On sluices and tides of the north},
  journal={Quay Studies}, year={2001}, volume={3}, pages={1-9}%s}
"""


def run(
    tmp_path: Path, *data: bytes | str, settings: Settings | None = None
) -> Outcome[Summary | None]:
    paths = []
    for number, one in enumerate(data):
        path = tmp_path / f"list{number}.bib"
        path.write_bytes(one if isinstance(one, bytes) else one.encode())
        paths.append(path)
    return service.run_files(paths, tmp_path / "out", settings or Settings())


def summary(outcome: Outcome[Summary | None]) -> Summary:
    assert outcome.value is not None
    return outcome.value


def codes(outcome: Outcome[Summary | None]) -> list[str]:
    return [one.code.id for one in outcome.diagnostics]


@pytest.mark.parametrize("empty", ["abstract={}", 'organization=""', "editor={}, note={}"])
def test_entries_with_an_empty_field_are_merged(tmp_path: Path, empty: str) -> None:
    done = summary(run(tmp_path, TWIN % ("a", "") + TWIN % ("b", ", " + empty)))
    assert done.repair.library.aliases == {"b": "a"}


@pytest.mark.parametrize("bad", [b"\x97", b"\xff\xfe", b"\xe4\xb8"])
def test_a_bad_byte_is_told_where_it_stands_and_all_outputs_are_written(
    tmp_path: Path, bad: bytes
) -> None:
    text = "@book{a,\n  title = {Café Weir ".encode() + bad + b"},\n}\n@book{b, title={Quays}}\n"
    outcome = run(tmp_path, text)
    damage = next(one for one in outcome.diagnostics if one.code.id == "BIB003")
    assert damage.place.endswith(":2:22")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(OUTPUTS)
    assert [one.key for one in summary(outcome).repair.library.entries] == ["b"]
    assert "\ufffd" in (tmp_path / "out" / "CHANGES.md").read_text("utf-8")


def test_line_ends_of_several_kinds_stay_as_they_are(tmp_path: Path) -> None:
    text = (
        b"@book{a,\r\n  title = {Quays},\n  doi = {https://doi.org/10.1000/q},\r\n  year = 1977\r\n"
        b"}\n\n% a remark\r@book{b, title={Buoys}}\n"
    )
    run(tmp_path, text)
    written = (tmp_path / "out" / "corrected.bib").read_bytes()
    assert written == text.replace(b"https://doi.org/", b"")


def test_bytes_that_are_no_text_between_entries_stay_as_they_are(tmp_path: Path) -> None:
    run(tmp_path, b"% caf\xe9, \xe4\xb8\xad\xe6\x96\x87\n@book{b, title={Quays}}\n")
    assert (tmp_path / "out" / "corrected.bib").read_bytes().startswith(b"% caf\xe9, ")


def test_outputs_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    run(tmp_path, "@book{b, title={Quays}}\n")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    target = tmp_path / "out" / "changes.json"
    target.unlink()
    target.mkdir()
    outcome = run(tmp_path, "@book{b, title={Quays}}\n@book{c, title={Weirs}}\n")
    assert "REP014" in codes(outcome)
    for name, data in before.items():
        if name != "changes.json":
            assert (tmp_path / "out" / name).read_bytes() == data


def test_strings_that_double_each_other_are_refused_at_once() -> None:
    lines = ['@string{s0="x"}'] + [f"@string{{s{n + 1} = s{n} # s{n}}}" for n in range(60)]
    began = time.monotonic()
    done = parse.read_bytes("a.bib", "\n".join([*lines, "@book{k, title=s60}", ""]).encode())
    assert time.monotonic() - began < 2
    assert [one.code.id for one in done.diagnostics].count("BIB016") == 1
    many = "".join(f"@book{{k{n}, title=s}}\n" for n in range(4000))
    text = "@string{s={" + "y" * 90_000 + "}}\n" + many
    done = parse.read_bytes("a.bib", text.encode())
    assert sum(len(one.get("title")) for one in done.value.entries) < 10 * len(text)
    assert "BIB016" in [one.code.id for one in done.diagnostics]


def test_keys_and_parents_of_very_many_parts_take_no_time(tmp_path: Path) -> None:
    parts = ",".join(f"p{n}" for n in range(50_000))
    names = " and ".join(f"Weir, A{n}" for n in range(20_000))
    key = "-".join("k" * 50_000)
    began = time.monotonic()
    text = f"@book{{a, xdata={{{parts}}}, author={{{names}}}}}\n@book{{{key}, title={{Quays}}}}\n"
    outcome = run(tmp_path, text)
    assert time.monotonic() - began < 20
    assert len(summary(outcome).repair.library.entries) == 2


def test_what_cannot_be_seen_is_an_error() -> None:
    done = parse.read_bytes("a.bib", "@book{k, title={We\u202eirs}, location={L\x00}}\n".encode())
    held = [one for one in done.diagnostics if one.code.id == "BIB015"]
    assert [one.fact[:6] for one in held] == ["U+202E", "U+0000"]


@pytest.mark.parametrize("year", ["200²", "①999", "２００１", "٢٠٠١"])
def test_figures_that_are_no_numbers_are_no_crash(tmp_path: Path, year: str) -> None:
    text = (TWIN % ("a", "")).replace("2001", year).replace("1-9", "1--2²")
    outcome = run(tmp_path, text)
    assert summary(outcome).repair.library.found == 1
    assert ("REP009" in codes(outcome)) == (year in ("200²", "①999"))


def test_broken_decisions_write_nothing(tmp_path: Path) -> None:
    text = "@book{g, author={Weir, Ada}, title={Quays}, year=1997}\n"
    good = (
        '[[decision]]\nverdict = "set"\nentries = ["g"]\nfield = "title"\nvalue = "Quays of Lu"\n'
    )
    run(tmp_path, text)
    (tmp_path / "out" / "decisions.toml").write_text(good)
    run(tmp_path, text)
    before = (tmp_path / "out" / "corrected.bib").read_bytes()
    assert b"Quays of Lu" in before
    for bad in (good + "verdict = \n", good.replace('"set"', '"sat"'), "\x00"):
        (tmp_path / "out" / "decisions.toml").write_text(bad)
        outcome = run(tmp_path, text + "@book{h, title={Weirs}}\n")
        assert outcome.value is None
        assert "REP002" in codes(outcome)
        assert (tmp_path / "out" / "corrected.bib").read_bytes() == before


def test_text_between_entries_stays_and_is_told(tmp_path: Path) -> None:
    pasted = "\n".join(f"[{n}] 朱籬. 菊譜考 {n}[M]. 東籬社, 199{n}." for n in range(1, 9))
    text = "% remark\n" + TWIN % ("a", "") + pasted + "\n" + TWIN % ("b", "")
    outcome = run(tmp_path, text)
    (told,) = [one for one in outcome.diagnostics if one.code.id == "BIB017"]
    assert told.fact.startswith("8 lines stand")
    assert told.place.endswith("list0.bib:4:1")
    assert pasted in (tmp_path / "out" / "corrected.bib").read_text("utf-8")


def test_what_biber_reads_is_not_taken_out(tmp_path: Path) -> None:
    text = (
        "@article{a, title={Weirs}, year={2001}}\n  doi = {10.1000/1},\n"
        "@article{b, title={Tides}, keywords={x}, keywords={y}}\n"
        "@misc{朱籬，2013, title={Lakes}}\n@misc{c, title={Ponds}}\n@misc{c, title={Seas}}\n"
    )
    outcome = run(tmp_path, text)
    assert (tmp_path / "out" / "corrected.bib").read_text("utf-8") == text
    assert {"BIB009", "BIB010", "BIB017", "BIB018"} <= set(codes(outcome))
    changes = (tmp_path / "out" / "CHANGES.md").read_text("utf-8")
    assert "it stays in corrected.bib as it is" in changes
    assert "5 entries found = 3 kept + 0 merged into others + 2 set aside" in changes


def test_a_second_entry_of_a_key_goes_where_the_first_was_merged_away(tmp_path: Path) -> None:
    text = TWIN % ("a", ", doi={10.1000/1}") + TWIN % ("b", "") + "@misc{b, title={Other}}\n"
    run(tmp_path, text)
    made = (tmp_path / "out" / "corrected.bib").read_text("utf-8")
    assert "Other" not in made
    assert "Other" in (tmp_path / "out" / "CHANGES.md").read_text("utf-8")


def test_line_ends_and_byte_order_mark_are_kept(tmp_path: Path) -> None:
    text = (TWIN % ("a", "") + TWIN % ("b", ", number={2}")).replace("\n", "\r\n")
    run(tmp_path, b"\xef\xbb\xbf" + text.encode())
    made = (tmp_path / "out" / "corrected.bib").read_bytes()
    assert made.startswith(b"\xef\xbb\xbf@article{b,")
    assert made.count(b"\n") == made.count(b"\r\n") == 3
    again = service.run_files([tmp_path / "list0.bib"], tmp_path / "out", Settings(check=True))
    assert "REP004" not in codes(again)


def test_several_files_and_lists_are_one_bibliography(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one.bib", tmp_path / "two.bib"
    one.write_text(TWIN % ("a", "") + "@book{k, title={Quays}, year={1901}}\n", "utf-8")
    two.write_text(TWIN % ("a", ", doi={10.1000/1}") + "@book{k, title={Weirs of Lu}}\nx y z\n")
    pasted = tmp_path / "list.txt"
    pasted.write_text("[1] 朱籬. 菊譜考[M]. 北京: 東籬社, 1999.\n", "utf-8")
    command = ["bib", str(one), str(two), "--from", str(pasted), "--out", str(tmp_path / "out")]
    assert main(command) == 0
    assert "BIB019" in capsys.readouterr().out
    done = parse.load(tmp_path / "out" / "corrected.bib").value
    titles = [one.get("title") for one in done]
    assert titles == ["Quays", "On sluices and tides of the north", "Weirs of Lu", "菊譜考"]
    keys = {one.key for one in done}
    assert {"k", "k-2"} <= keys
    changes = (tmp_path / "out" / "CHANGES.md").read_text("utf-8")
    assert "5 entries found = 4 kept + 1 merged into others + 0 set aside" in changes


def test_a_finding_of_the_second_file_names_it(tmp_path: Path) -> None:
    outcome = run(tmp_path, TWIN % ("a", ""), "\n@book{z, title={Q}, isbn={1234567890}}\n")
    (told,) = [one for one in outcome.diagnostics if one.code.id == "REP008"]
    assert told.place.endswith("list1.bib:2:26")
