"""Articles of four regions: title, people and their places, dates, fund, DOI, notes, citations."""

from __future__ import annotations

from pathlib import Path

import import_articles as articles
import pytest
from import_samples import accounted, faults, workspace

from edition.importers.article import convert

FACTS = {
    "mainland": (
        'title = { zh = "渡口制度的变迁与乡村公共生活", en = "Ferry Institutions and Public Life in the Countryside" }',
        'subtitle = { zh = "以清河下游为例" }',
        '{ zh = "沈渡", en = "SHEN Du", affiliation = { zh = "清河大学 历史学院，清河 210000" } }',
        '{ zh = "韩岸", en = "HAN An", affiliation = { zh = "南浦师范学院 地理系，南浦 310000" } }',
        'affiliation = { zh = "外国语学院，清河 210001" }',
        'received = "2022-09-14"', 'reviewed = "2023-01-06"', 'accepted = "2023-02-11"',
        'doi = "10.16000/j.cnki.1000-0001.2023.03.004"', "fund = { zh = \"基金项目：清河大学青年项目",
        'keywords = { zh = ["渡口", "义渡", "公共生活"], en = ["ferry", "charity ferry", "public life"] }',
    ),
    "taiwan": (
        'title = { zh = "日治時期淡水河渡船業的轉型" }',
        '{ zh = "林渡平", affiliation = { zh = "國立河岸大學歷史學系副教授。" } }',
        '{ zh = "陳岸雄", affiliation = { zh = "國立河岸大學臺灣史研究所碩士生。" } }',
        'received = "2020-11-03"', 'reviewed = "2021-02-10"', 'accepted = "2021-04-01"',
    ),
    "korea": (
        'title = { zh = "朝鮮後期 漢江 渡船의 運營과 文書", en = "The Operation of Ferries on the Han River and Their Documents" }',
        '{ zh = "金渡河", en = "Kim Do-ha", affiliation = { zh = "江河大學校 史學科 敎授" } }',
        '{ zh = "朴岸石", en = "Park An-seok", affiliation = { zh = "南浦大學校 博士課程" } }',
        'received = "2019-10-30"', 'reviewed = "2019-11-20"', 'accepted = "2019-12-02"',
    ),
    "west": (
        'title = { en = "Ferries before Bridges" }',
        'subtitle = { en = "Crossing the Lower Severn, 1700–1850" }',
        '{ en = "Anne Marlow", affiliation = { en = "Department of History, Quay University, Bristol, UK" } }',
        '{ en = "Tomás Ó Briain", affiliation = { en = "School of Geography, University of Port, Cork, Ireland" } }',
        'received = "2019-03-03"', 'reviewed = "2019-06-12"', 'accepted = "2019-08-01"',
    ),
}  # fmt: skip
TEXTS = {
    "mainland": (
        "受重视[@fan2015; @sun1998]。", "田租[@shen2012, 45]", "意见[@fan2015; @oneil2018]",
        "共十二通[^1]", "县档案馆[^2]", "[^1]: 见《清河县志》卷七。", "## 1.1 碑刻", "# 0 引言",
    ),
    "taiwan": (
        "專論。[^1]", "[@lin1995, 23-30; @lin2001]", "張岸[-@zhang2003, 12]所言", "完工[^2]。",
        "[@zhang2010; @ohare2015a; @ohare2015b]", "::: verse\n鐵橋一道接西東，", "（1）兼營貨運者； {",
        "## 一、鐵橋的修築",
    ),
    "korea": (
        "始見於實錄[^1].", "三百餘件[^2],", "[@jin2005, 12-15; @pu2011].", "[^3]: 朴渡山",
        "# Ⅰ. 引言", "이 글은 朝鮮後期",
    ),
    "west": (
        "[@hart2001, 12; see also @oneil2018; @marsh2010].", "Hart [-@hart2001, 15–17] puts",
        "kept by the courts leet.[^1]", "[@marlow2015a; @marlow2015b]", "agreements were kept",
        "ferrymen's agreements and", "::: verse\nNo man shall pay more than one penny,", "[^2]: Ibid.",
        "# Acknowledgements", ": Table 1. Boats inspected",
    ),
}  # fmt: skip
GONE = {
    "mainland": ("Journal of Rivers", "第46卷"), "taiwan": ("第十二期", "頁1-30"),
    "korea": ("第8輯", "머리말"), "west": ("History Review 14",),
}  # fmt: skip


@pytest.mark.parametrize("region", articles.REGIONS)
def test_articles_of_a_region(region: str, tmp_path: Path) -> None:
    result = accounted(f"{region}.txt", articles.REGIONS[region].encode())
    for fact in FACTS[region]:
        assert fact in result.files["source/edition.toml"]
    text = "\n".join(one for path, one in result.files.items() if path.startswith("source/text"))
    for words in TEXTS[region]:
        assert words in text
    for words in GONE[region]:
        assert words not in text
    assert not faults(workspace(result, tmp_path))


@pytest.mark.parametrize("region", articles.REGIONS)
def test_all_references_are_read(region: str) -> None:
    outcome = convert(f"{region}.txt", articles.REGIONS[region].encode())
    listed = articles.REGIONS[region].split("References\n")[-1] if region == "west" else ""
    expected = {"mainland": 4, "taiwan": 6, "korea": 2, "west": len(listed.strip().split("\n"))}
    assert outcome.value.counts["references"] == expected[region]
    codes = [one.code.id for one in outcome.diagnostics]
    assert not {"IMP005", "IMP020", "IMP021", "IMP050"} & set(codes)


@pytest.mark.parametrize(("line", "date"), [
    ("收稿日期：2020-01-02", "2020-01-02"), ("收稿日期: 2020.1.2", "2020-01-02"),
    ("〔收稿日期〕2020年1月2日", "2020-01-02"), ("Received 2 January 2020", "2020-01-02"),
    ("Received: January 2, 2020; Accepted: March 3, 2020", "2020-01-02"),
    ("논문투고일: 2020년 1월 2일", "2020-01-02"), ("접수일 2020. 1. 2.", "2020-01-02"),
    ("投稿日期：2020/01/02　接受日期：2020/03/04", "2020-01-02"),
])  # fmt: skip
def test_dates_as_journals_write_them(line: str, date: str) -> None:
    text = f"渡口考\n\n{line}\n\n一、引言\n\n渡口在河的東岸。\n"
    assert f'received = "{date}"' in accounted("d.txt", text.encode()).files["source/edition.toml"]


@pytest.mark.parametrize("line", [
    "收稿日期：2020年13月45日", "收稿日期：不詳", "他在收稿日期2020-01-02之前已經寫完了全文，後來又改過。",
])  # fmt: skip
def test_what_is_no_date_is_text(line: str) -> None:
    files = accounted("d.txt", f"渡口考\n\n一、引言\n\n渡口在東岸。\n\n{line}\n".encode()).files
    assert "received" not in files["source/edition.toml"]
    assert line in files["source/text/01-i.zh.md"]


LISTED = "\n\n參考文獻\n\n[1] 沈懷謹. 公約[M]. 河邊: 河邊出版社, 2008.\n[2] 王石. 山水考[J]. 河流, 2019(3): 1-8.\n"


@pytest.mark.parametrize(("cited", "made"), [
    ("可信[1]35。", "[@shen2008, 35]。"), ("可信[1]35-36。", "[@shen2008, 35-36]。"),
    ("可信[1](35)。", "[@shen2008, 35]。"), ("可信[1]（P35）。", "[@shen2008, 35]。"),
    ("可信[1: 35]。", "[@shen2008, 35]。"), ("可信[1, p. 35]。", "[@shen2008, 35]。"),
    ("可信[1]⁴⁵。", "[@shen2008, 45]。"), ("可信[1,2]。", "[@shen2008; @wang2019]。"),
    ("見[1]3次。", "[@shen2008]3次。"), ("可信[1]2008年。", "[@shen2008]2008年。"),
])  # fmt: skip
def test_pages_of_a_citation_by_number(cited: str, made: str) -> None:
    text = f"渡口考\n\n一、引言\n\n此說{cited}{LISTED}"
    assert made in convert("n.txt", text.encode()).value.files["source/text/01-i.zh.md"]


def test_a_name_that_differs_from_the_work_cited_by_number() -> None:
    text = f"渡口考\n\n一、引言\n\n沈懷瑾認為公約可信[1]35。{LISTED}"
    found = [one for one in convert("n.txt", text.encode()).diagnostics if one.code.id == "IMP022"]
    assert "沈懷瑾" in found[0].fact
    assert "沈懷謹" in found[0].fact


def test_two_people_of_one_family_name() -> None:
    text = (
        "渡口考\n\n一、引言\n\n此說見(Min-Su Park 2024)，彼說見(Ji-Young Park 2022)。\n\n參考文獻\n\n"
        'Ji-Young Park (2022). "A Paper" Some Journal. Vol.7. No.5, pp.4-5.\n'
    )
    outcome = convert("p.txt", text.encode())
    (told,) = [one for one in outcome.diagnostics if one.code.id == "IMP020"]
    assert "Min-Su Park" in told.fact
    assert "by the same" not in told.hint
    assert "彼說見[@park2022]" in outcome.value.files["source/text/01-i.zh.md"]


@pytest.mark.parametrize(("one", "two", "made"), [
    ("agree-", "ments of the boat", "agreements of"), ("well-", "known ferry of it", "well-known"),
    ("ferry-", "boat of the ferryboat", "ferryboat of"), ("e-", "mail of the port", "e-mail of"),
])  # fmt: skip
def test_hyphens_at_the_ends_of_lines(one: str, two: str, made: str) -> None:
    full = "The ferrymen of the lower river met at the old stone quay and made an " + one
    text = f"The Ferry\n\n1. Men\n\n{full}\n{two} and of the men who rowed it across the water.\n"
    assert made in accounted("h.txt", text.encode()).files["source/text/01-i.en.md"]
