"""Articles in the habits of journals of four regions, written for the tests of the importer."""

from __future__ import annotations

MAINLAND = """\
第46卷 第3期                    河流学报                    Vol.46 No.3
2023年5月                   Journal of Rivers               May 2023

DOI：10.16000/j.cnki.1000-0001.2023.03.004

渡口制度的变迁与乡村公共生活
——以清河下游为例

沈渡¹，韩岸²，Peter O’Neil³

（1. 清河大学 历史学院，清河 210000；2. 南浦师范学院 地理系，南浦 310000；3. 外国语学院，清河 210001）

摘　要：渡口是乡村公共生活的一个节点。本文根据清河下游三处渡口的碑刻与账簿，说明渡口制度怎样从义渡变为官渡，又怎样在二十世纪变为公社的副业。

关键词：渡口；义渡；公共生活

中图分类号：K928　　文献标志码：A　　文章编号：1000-0001（2023）03-0033-09

Ferry Institutions and Public Life in the Countryside

SHEN Du¹, HAN An², Peter O’Neil³

Abstract: The ferry was one of the places of public life. From stones and account books of three ferries this paper shows how charity ferries became those of the state.

Key words: ferry; charity ferry; public life

收稿日期：2022-09-14；修回日期：2023-01-06；录用日期：2023-02-11
基金项目：清河大学青年项目“渡口文献整理”（QH2021-07）
作者简介：沈渡（1985—），男，副教授，研究方向为社会史；韩岸（1990—），女，讲师。
通信作者：韩岸，E-mail: han@example.org

0 引言

渡口研究近来颇受重视[1-2]。沈氏认为义渡的经费来自田租[3]45，也有学者持不同意见[1,4]。

1 资料与方法

1.1 碑刻

本文使用的碑刻共十二通①，其中七通今已不存。

1.2 账簿

账簿存于县档案馆②。表1列出其种类。

表1 账簿的种类
Tab. 1 Kinds of account books
种类	册数	年代
收支簿	12	1880—1911
船户簿	3	1902—1905

注：据县档案馆目录整理。

2 结论

渡口制度的变迁说明，公共生活需要看得见的地方[3]。

① 见《清河县志》卷七。
② 承县档案馆惠允使用。

参考文献(References)：

[1] 樊渡, 周岸. 清河渡口考[J]. 河流学报, 2015(3): 45-58.
[2] 孙桥. 义渡与乡绅[M]. 清河: 清河出版社, 1998: 30-35.
[3] 沈渡. 渡口的田租[D]. 清河: 清河大学, 2012.
[4] O’NEIL P, HART J. Ferries and villages[J]. River Studies, 2018, 12(2): 77-91.
"""

TAIWAN = """\
河岸學刊　第十二期
2021年6月　頁1-30

日治時期淡水河渡船業的轉型

林渡平*　陳岸雄**

摘　要

　　本文探討日治時期淡水河渡船業的轉型過程，指出鐵橋的修築並未立即使渡船消失，反而促成渡船業者的分化。

關鍵詞：渡船、淡水河、日治時期、鐵橋

　* 國立河岸大學歷史學系副教授。
 ** 國立河岸大學臺灣史研究所碩士生。
本文初稿曾於2019年渡船史研討會宣讀，感謝匿名審查人的意見。
收稿日期：2020年11月3日；修訂日期：2021年2月10日；接受刊登日期：2021年4月1日

壹、前言

　　淡水河的渡船業，歷來少有專論。¹ 林滿江的研究最早注意到渡船業者的組織（林滿江，1995：23-30；林滿江、蔡水，2001），但未及於日治後期。

　　正如張岸（2003a：12）所言，「渡船不只是交通工具，也是人情的網絡」。這一看法後來得到許多學者的支持（張岸等，2010；O’Hare, 2015a, 2015b）。

貳、鐵橋與渡船

　一、鐵橋的修築

　　據《日日新報》的報導，鐵橋於1925年完工（註2）。當時的竹枝詞寫道：

　　　　鐵橋一道接西東，
　　　　渡口人稀落照紅。
　　　　惟有老翁忘不得，
　　　　夜來猶自夢歸篷。

　二、渡船業者的分化

　　渡船業者此後分為三類：

（1）兼營貨運者；
（2）轉營遊船者；
（3）歇業者。

參、結論

　　渡船業的轉型是漸進的。

¹ 相關目錄見河岸大學圖書館編，《淡水河文獻目錄》。
註2：《日日新報》，1925年3月4日，第2版。

參考文獻

林滿江（1995）。《淡水河的渡船》。臺北：河岸出版社。
林滿江、蔡水（2001）。〈渡船業者的組織〉，《河岸學刊》，3：1-25。
張岸（2003a）。〈人情與渡船〉，《社會史》，12（2）：5-40。
張岸、陳岸雄、李洲（2010）。《渡船史料》。臺北：河岸出版社。
O’Hare, J. (2015a). Ferries of the Tamsui. River Studies, 9(1), 1-20.
O’Hare, J. (2015b). Bridges and Boats. New York: Quay Press.
"""

KOREA = """\
江河文化硏究 第8輯 (2019. 12)

朝鮮後期 漢江 渡船의 運營과 文書

金渡河*ㆍ朴岸石**

<目 次>
Ⅰ. 머리말
Ⅱ. 渡船文書의 種類
Ⅲ. 맺음말

【국문초록】
이 글은 朝鮮後期 漢江에서 운영된 渡船의 文書를 정리하고, 그 운영의 실제를 밝힌 것이다. 渡船은 官營과 私營으로 나뉘었으며, 文書의 형식도 서로 달랐다.

주제어: 渡船, 漢江, 文書, 官營

* 江河大學校 史學科 敎授
** 南浦大學校 博士課程

Ⅰ. 引言

漢江渡船之制，始見於實錄1). 其文書今存者三百餘件2), 多藏於奎章閣. 前人之說頗有異同(金水石 2005, 12-15; 朴渡山 2011).

Ⅱ. 渡船文書

官營渡船之文書，體例謹嚴3). 私營者則否.

1) 『世宗實錄』 卷12, 3年 5月 甲子.
2) 金水石, 『漢江의 나루』, 서울: 江河社, 2005, 33쪽.
3) 朴渡山, 「渡船文書硏究」, 『江河文化硏究』 3, 2011, 7쪽.

Ⅲ. 結語

渡船之制，至近代而變.

<참고문헌>
金水石(2005), 『漢江의 나루』, 서울: 江河社.
朴渡山(2011), 「渡船文書硏究」, 『江河文化硏究』 3, 江河學會.

<Abstract>
The Operation of Ferries on the Han River and Their Documents
Kim Do-ha · Park An-seok
This paper sorts the documents of ferries that crossed the Han River in the late Joseon period and shows how they were run.

Key words: ferry, Han River, documents

논문투고일: 2019. 10. 30. 심사완료일: 2019. 11. 20. 게재확정일: 2019. 12. 2.
"""

WEST = """\
River History Review 14 (2020) 101–118

Ferries before Bridges: Crossing the Lower Severn, 1700–1850

Anne Marlow¹* and Tomás Ó Briain²

¹ Department of History, Quay University, Bristol, UK
² School of Geography, University of Port, Cork, Ireland
* Corresponding author: a.marlow@example.org

Received 3 March 2019; received in revised form 12 June 2019; accepted 1 August 2019

ABSTRACT
Before the bridges came, crossing the lower Severn was a business with rules of its own. This article
describes the ferrymen's agree-
ments and the courts that kept them.

Keywords: ferries; Severn; local courts

1. Introduction

Ferries have been called "the forgotten roads" (Hart 2001, 12; see also O'Neil and Hart 2018; Marsh et
al. 2010). As Hart (2001, 15–17) puts it, "a ferry is a road that needs an agreement." The agree-
ments were kept by the courts leet.¹ Some of the ferries were run by women (Marlow 2015a, 2015b).

2. The agreements

2.1 Fares

Fares were fixed by custom:

    No man shall pay more than one penny,
    nor any horse more than three;
    and he that cannot pay shall row.

River History Review 14 (2020) 102

These rules were read aloud every spring.²

2.2 Boats

Boats were inspected. Table 1 gives their number.

Table 1. Boats inspected, 1790–1810.

| Year | Boats |
|------|-------|
| 1790 | 12    |
| 1810 | 9     |

Source: Quay Court Rolls.

3. Conclusion

The bridge of 1826 ended the agreements, not the ferries.

Acknowledgements

We thank the keepers of the rolls.

Notes

1. Quay Court Rolls, 12 May 1790.
2. Ibid., 3 April 1791.

References

Hart, Jane. 2001. The Forgotten Roads. Bristol: Quay Press.
Marlow, Anne. 2015a. “Women at the Oar.” River History Review 9: 1–20.
Marlow, Anne. 2015b. Ferrywomen. London: Oar Books.
Marsh, T., Field, A., and Stone, K. 2010. “Counting Crossings.” Geography 3 (2): 5–19.
O'Neil, Peter, and Jane Hart. 2018. “Ferries and Villages.” River Studies 12 (2): 77–91.
"""

REGIONS = {"mainland": MAINLAND, "taiwan": TAIWAN, "korea": KOREA, "west": WEST}
