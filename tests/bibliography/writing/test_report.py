"""The report, the outputs, and what is shipped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.bibliography import rules, service
from edition.bibliography.reading.parse import load, read
from edition.bibliography.repair import repair
from edition.bibliography.types import Change, Context, Library, Repair, Tier
from edition.bibliography.writing import report
from edition.bibliography.writing.outputs import GB7714, OUTPUTS
from edition.source import SourceFile

ROOT = Path(__file__).resolve().parents[3]
BROKEN = """@article{good, author={A. Sand}, title={On quays | and “mills”}, journal={Quay},
  year=2004, pages={1-9}}
@article{bad, title={never closed
"""


@pytest.fixture(scope="module")
def shipped() -> Repair:
    """The repair of the shipped list by the rules alone: no decisions, no names of the edition."""
    return repair(load(ROOT / "bib" / "references.bib").value, Context()).value


def workspace(folder: Path, text: str) -> Path:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(text, "utf-8")
    return folder


# --- the shipped list --------------------------------------------------------------------------


def named(repair: Repair, entry: str, field: str) -> dict[str, Tier]:
    return {
        one.after: one.tier for one in repair.changes if one.entry == entry and one.field == field
    }


def test_entries_in_are_entries_out_and_merged_and_set_aside(shipped: Repair) -> None:
    merged = sum(len(one.merged) for one in shipped.merges if one.tier is Tier.APPLIED)
    library = shipped.library
    assert library.found == 136
    assert library.found == len(library.entries) + merged + len(library.quarantined)


def test_both_entries_of_one_article_merge_with_their_pages_on_record(shipped: Repair) -> None:
    (merge,) = [one for one in shipped.merges if one.kept == "hou2024a"]
    assert (merge.merged, merge.tier) == (("hou2024b",), Tier.APPLIED)
    (conflict,) = merge.conflicts
    assert {value for _, value in conflict.readings} == {"118", "132"}


@pytest.mark.parametrize(
    ("entry", "field", "after", "tier"),
    [
        ("ling2021", "author", "凌勝利 and 雒景瑜", Tier.APPLIED),
        ("tassey2018", "author", "Greory Tassey", Tier.APPLIED),
        ("tassey2018", "author", "Gregory Tassej", Tier.PROPOSED),
        ("huang2024", "author", "黃宇 and 章添香", Tier.PROPOSED),
        ("samuelson2004", "pages", "135-156", Tier.PROPOSED),
        ("diao2025", "pages", "144", Tier.PROPOSED),
        ("zhao2022", "title", "盟伴體系、複合陣營與美國“印太戰略”", Tier.PROPOSED),
        ("gao2020", "title", "走出薩繆爾森陷阱——打造後全球化時代的開放經濟", Tier.PROPOSED),
        ("l2-fudan-miller", "author", "{復旦發展研究院}", Tier.PROPOSED),
        ("fn43", "author", "{復旦發展研究院}", Tier.APPLIED),
        ("l2-cfr-musk-interview", "author", "{rev.com}", Tier.PROPOSED),
        (
            "l2-ssti-aas-snapshot",
            "url",
            "https://www.aaas.org/news/snapshot-us-rd-competitiveness-2020-update",
            Tier.PROPOSED,
        ),
        (
            "l2-fudan-tariffs",
            "url",
            "https://fddi.fudan.edu.cn/f1/9b/c21253a717211/page.htm",
            Tier.PROPOSED,
        ),
        ("l2-carnegie-korea-alliance", "author", "Chung Min Lee", Tier.PROPOSED),
        ("l2-csis-tech-alliance", "date", "2024", Tier.PROPOSED),
        (
            "l2-fudan-miller",
            "url",
            "https://fddi.fudan.edu.cn/0a/ed/c21253a723693/page.htm",
            Tier.PROPOSED,
        ),
        ("l2-ssti-aas-snapshot", "author", "{aaas.org}", Tier.PROPOSED),
        ("l2-ap-project-2025", "author", "{Associated Press News}", Tier.PROPOSED),
        ("l2-congress-uscc-2020", "author", "{uscc.gov}", Tier.PROPOSED),
        ("l2-csis-t12", "author", "Matthew P. Goodman", Tier.PROPOSED),
        ("samuelson2004", "author", "Paul A. Samuelson", Tier.PROPOSED),
        ("l2-wirechina-chip-controls", "urldate", "2024-12-30", Tier.APPLIED),
    ],
)
def test_errors_of_the_article_are_in_their_tier(
    shipped: Repair, entry: str, field: str, after: str, tier: Tier
) -> None:
    assert named(shipped, entry, field).get(after) is tier


def test_misprints_in_titles_are_proposed(shipped: Repair) -> None:
    assert any("Ricardo" in after for after in named(shipped, "samuelson2004", "title"))
    assert any("Mega" in after for after in named(shipped, "tassey2018", "booktitle"))


def test_what_the_edition_knows_completes_a_name() -> None:
    context = Context(names=("Gregory Tassey",))
    found = repair(load(ROOT / "bib" / "references.bib").value, context).value
    assert named(found, "tassey2018", "author") == {"Gregory Tassey": Tier.APPLIED}


def test_right_readings_are_not_touched(shipped: Repair) -> None:
    """Nothing is changed unasked but dates of visits and these names."""
    changed = {
        (one.entry, one.field)
        for one in shipped.changes
        if one.tier is Tier.APPLIED and one.field != "urldate"
    }
    assert changed == {
        ("ling2021", "author"),
        ("tassey2018", "author"),
        ("fn43", "author"),
        ("fn54", "author"),
    }


def test_every_footnote_goes_into_an_entry_of_the_list(shipped: Repair) -> None:
    left = [one.key for one in shipped.library.entries if one.key.startswith("fn")]
    assert left == ["fn46"]
    assert [one.merged for one in shipped.merges if one.tier is Tier.PROPOSED] == [("fn46",)]


def test_what_is_shipped_is_current() -> None:
    outcome = service.run_bib(ROOT, service.Settings(check=True))
    assert [
        one.fact
        for one in outcome.diagnostics
        if one.code.id in ("REP001", "REP002", "REP003", "REP004")
    ] == []


# --- forms -------------------------------------------------------------------------------------


def test_json_keeps_its_keys(shipped: Repair) -> None:
    data = json.loads(report.as_json(shipped))
    assert set(data) == {"merges", "changes", "aliases", "quarantined", "findings"}
    assert {"kept", "merged", "tier", "rule", "evidence"} <= set(data["merges"][0])
    assert {"entry", "field", "before", "after", "tier", "rule", "evidence"} <= set(
        data["changes"][0]
    )
    assert data["aliases"]["hou2024b"] == "hou2024a"
    assert {one["tier"] for one in data["changes"]} <= {"applied", "proposed", "refused"}


def test_quarantined_entries_stand_word_for_word_in_the_report() -> None:
    library = read(SourceFile("t.bib", BROKEN)).value
    outcome = repair(library, Context())
    text = report.as_markdown(outcome.value, outcome.diagnostics)
    for one in library.quarantined:
        assert one.raw in text
        assert f"Line {one.span.line}" in text
    assert "2 entries found = 1 kept + 0 merged into others + 1 set aside." in text


def test_every_rule_is_explained_in_words(shipped: Repair) -> None:
    assert {one.rule for one in shipped.changes} <= set(rules.RULES)
    assert {one.rule for one in shipped.merges if one.tier is not Tier.REFUSED} <= set(rules.RULES)


@given(st.text(), st.text())
def test_any_value_keeps_a_table_whole(before: str, after: str) -> None:
    one = Change(
        entry="k|`x`",
        field="title",
        before=before,
        after=after,
        rule="title.word",
        evidence=(before, after),
        tier=Tier.PROPOSED,
    )
    text = report.as_markdown(Repair(changes=(one,), library=Library(entries=(), found=0)))
    row = next(line for line in text.split("\n") if line.startswith("| `k"))
    assert row.replace("\\\\", "").replace("\\|", "").count("|") == 7


# --- running -----------------------------------------------------------------------------------


def test_a_run_writes_all_outputs_and_never_the_source(tmp_path: Path) -> None:
    root = workspace(tmp_path, BROKEN)
    outcome = service.run_bib(root)
    assert outcome.value is not None
    assert set(outcome.value.written) == set(OUTPUTS)
    assert (root / "bib" / "references.bib").read_text("utf-8") == BROKEN
    again = service.run_bib(root)
    assert again.value is not None
    assert again.value.written == ()


def test_the_profile_for_gb7714_is_written_on_request(tmp_path: Path) -> None:
    root = workspace(tmp_path, BROKEN)
    outcome = service.run_bib(root, service.Settings(gb7714=True))
    assert outcome.value is not None
    assert set(outcome.value.written) == {*OUTPUTS, GB7714}
    assert (root / "bib" / GB7714).is_file()
    assert GB7714 not in service.run_bib(root).value.outputs  # type: ignore[union-attr]


def test_check_tells_what_is_out_of_date_and_writes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path, BROKEN)
    first = service.run_bib(root, service.Settings(check=True))
    assert [one.code.id for one in first.diagnostics].count("REP004") == len(OUTPUTS)
    assert [one.name for one in (root / "bib").iterdir()] == ["references.bib"]
    service.run_bib(root)
    (root / "bib" / "corrected.ris").write_text("TY  - BOOK\n", "utf-8")
    (late,) = [
        one
        for one in service.run_bib(root, service.Settings(check=True)).diagnostics
        if one.code.id == "REP004"
    ]
    assert "corrected.ris" in late.fact


def test_a_file_outside_a_workspace(tmp_path: Path) -> None:
    source = tmp_path / "mine.bib"
    source.write_text(BROKEN, "utf-8")
    outcome = service.run_files((source,), tmp_path / "out")
    assert outcome.value is not None
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted(OUTPUTS)
    missing = service.run_files((tmp_path / "none.bib",), tmp_path / "out2")
    assert missing.value is None
    assert missing.diagnostics


LISTED = """1. 論文

- 白雲溪 (2018) "潮汐閘門的制度起源" *水利史刊*. No.2,p.5.
- 白雲溪 (2018) "潮汐閘門的制度起源" *水利史刊*. No.2,p.17.
- Harbour Board, <https://harbour.example/news/quay>. (2024年8月13日訪問)
"""


def test_a_pasted_list_becomes_a_bibliography(tmp_path: Path) -> None:
    source = tmp_path / "list.txt"
    source.write_text(LISTED, "utf-8")
    outcome = service.run_files((), tmp_path / "out", lists=(source,))
    assert outcome.value is not None
    library = outcome.value.repair.library
    assert library.found == 3
    assert len(library.entries) == 2
    assert (tmp_path / "out" / "references.bib").is_file()
    assert service.run_files((), tmp_path / "out", lists=(source,)).value is not None


def test_a_list_never_replaces_a_bibliography(tmp_path: Path) -> None:
    root = workspace(tmp_path, BROKEN)
    source = tmp_path / "list.txt"
    source.write_text(LISTED, "utf-8")
    outcome = service.run_bib(root, from_list=source)
    assert "REP015" in [one.code.id for one in outcome.diagnostics]
    assert (root / "bib" / "references.bib").read_text("utf-8") == BROKEN


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    root = workspace(tmp_path, BROKEN)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file", "utf-8")
    outcome = service.run_bib(root, out=blocked)
    assert "REP014" in [one.code.id for one in outcome.diagnostics]


def test_decisions_that_are_no_text_are_told(tmp_path: Path) -> None:
    root = workspace(tmp_path, BROKEN)
    (root / "bib" / "decisions.toml").write_bytes(b"\xff\xfe\x00")
    outcome = service.run_bib(root)
    assert "REP016" in [one.code.id for one in outcome.diagnostics]


def test_the_corrected_file_reads_back_to_the_corrected_entries(tmp_path: Path) -> None:
    root = workspace(tmp_path, (ROOT / "bib" / "references.bib").read_text("utf-8"))
    outcome = service.run_bib(root)
    assert outcome.value is not None
    again = load(root / "bib" / "corrected.bib").value
    assert [(one.key, one.type, {f.name: f.value for f in one.fields}) for one in again] == [
        (one.key, one.type, {f.name: f.value for f in one.fields})
        for one in outcome.value.repair.library
    ]
    service_again = service.run_files((root / "bib" / "corrected.bib",), tmp_path / "twice")
    assert service_again.value is not None
    assert not [one for one in service_again.value.repair.merges if one.tier is Tier.APPLIED]


def test_context_of_a_workspace() -> None:
    from edition.bibliography.reading.context import gather

    context = gather(ROOT)
    assert {"hou2024a", "ling2021", "fn01"} <= context.cited
    assert ("diao2025", "144") in {(one.key, one.locator) for one in context.citations}
    assert "Gregory Tassey" in context.names
    assert "Tassev" not in context.names
