"""Documents of other kinds than articles, written for the tests of the importer."""

from __future__ import annotations

SERMON = """\
登山寶訓的鹽與光

講員：周牧
經文：馬太福音五章十三至十六節
二〇二一年三月七日主日

引言

弟兄姊妹平安。今天我們要看的經文，大家都很熟悉：「你們是世上的鹽。鹽若失了味，怎能叫它再鹹呢？」（太5:13）

一、鹽不是為自己存在的

鹽放在罐子裡，一點用處也沒有。它要進到菜裡面，化掉了，才有味道。保羅也說：「我照著他在我裡面運用的大能盡心竭力」（西1:29；參林前15:10）。

　　1. 鹽能防腐
　　2. 鹽能調味
　　3. 鹽會融化

二、光不能藏起來

「人點燈，不放在斗底下。」各位想想看──我們的燈放在哪裡？……我小時候住在鄉下，晚上停電，全村只有一盞油燈。

　　　　我的小光，
　　　　照在路旁；
　　　　只要一點，
　　　　夜不再長。

結語

讓我們一同禱告。阿們。
"""

CLASSIC = """\
論語集說節鈔

學而第一

子曰：「學而時習之，不亦說乎？」〔說，音悅。學者，效也。〕有朋自遠方來，不亦樂乎？（樂，音洛。）人不知而不慍，不亦君子乎？

　　程子曰：「時復思繹，浹洽於中，則說也。」

有子曰：「其為人也孝弟①，而好犯上者，鮮矣②。」

①弟，去聲。今作悌。
②鮮，上聲，少也。

為政第二

子曰：「為政以德，譬如北辰居其所而眾星共之。」【共，音拱。】
𠀀𪚥二字，今本無。
"""

PAGE = """\
<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>老街的早餐店 - 島上散記</title>
<style>p{margin:0}</style></head><body><div id="nav"><ul class="site-header"><li><a href="/">首頁</a></li></ul></div>
<div class="post-content"><h1>老街的早餐店</h1><p class="byline">文／<a href="/author/lin">林岸</a></p>
<p>天還沒亮，<strong>老街</strong>上的第一盞燈是<ruby>阿滿<rt>ā mǎn</rt></ruby>家的。她說：「豆漿要<em>慢慢</em>煮。」<sup id="r1"><a href="#n1">[1]</a></sup></p>
<figure><img src="stove.jpg" alt="灶"><figcaption>灶上的豆漿</figcaption></figure>
<blockquote><p>一碗豆漿，兩個飯糰，三句閒話。</p></blockquote>
<ul><li>豆漿<ul><li>鹹</li><li>甜</li></ul></li><li>飯糰</li></ul>
<table><caption>價目</caption><tr><th>品名</th><th>價錢</th></tr><tr><td>豆漿</td><td>15 元</td></tr><tr><td colspan="2">飯糰 30 元</td></tr></table>
<div class="poem"><p>天未亮時火先紅<br>一街人影豆香中</p></div>
<p>更多故事見<a href="https://example.org/old-street?x=1&amp;y=2">這裡</a>。&nbsp;5 &lt; 6 &amp; 7。</p><hr>
<pre><code>豆:水 = 1:8</code></pre>
<ol class="footnotes"><li id="n1">據她口述，二〇一九年。<a href="#r1">↩</a></li></ol></div>
<footer>© 島上散記</footer></body></html>
"""

README = """\
---
title: 古籍標點工具
author: [林渡, Anne Marsh]
date: 2024-02-03
tags: [古籍, 工具]
---

# 古籍標點工具 📚

[![build](https://example.org/b.svg)](https://example.org/b)

一個小工具，為**「白文」**加標點，也可為*《史記》*一類的書作索引[^1]。

## 安裝 Installation

```bash
pip install biaodian && biaodian --help   # 100% 純 Python
```

1. 先裝 `python>=3.11`
2. 再執行上面的命令
   - 若失敗，見 [FAQ](https://example.org/faq#install_fails)
   - 或寫信到 <help@example.org>

| 參數 | 意思 | 預設 |
|:-----|:----:|-----:|
| `-v` | 詳細 | 否 |
| `--out=FILE` | 輸出到 `FILE` \\| 標準輸出 | `-` |

> **注意**
> 標點只是建議，
> 不是定論。

- [x] 繁體
- [ ] 簡體

公式 $P(y \\mid x)$ 與 $$\\sum_i x_i$$ 見論文 [@lin2024; @marsh2020, pp. 3-5]。

![示意圖](docs/fig.png)

<details><summary>更多</summary>

藏起來的字。

</details>

[^1]: 索引的格式見 `index.json`。

    第二段說明，含 [連結](https://example.org/a_(b))。
"""

MINUTES = """\
河邊社區發展協會第十二次理監事會議紀錄

時間：民國一一三年五月十日（星期五）下午七時
地點：活動中心二樓
出席：林渡、周岸、韓橋、Peter Stone
主席：林渡　　　　紀錄：韓橋

壹、報告事項

一、上次會議決議執行情形：洽悉。
二、財務報告：

項目\t收入\t支出
會費\t12,000\t
清潔\t\t3,500
合計\t12,000\t3,500

貳、討論事項

案由一：渡口步道整修案，提請討論。
說明：
（一）步道長 350 公尺，寬 1.5 公尺。
（二）經費約 NT$80,000，由 A&B 公司贊助 50%。
決議：照案通過（贊成 9 票、反對 0 票）。

案由二：是否設立網站 http://www.example.org/river_side/?id=3&lang=zh_TW。
決議：緩議。

參、臨時動議：無。

肆、散會（下午八時四十分）
"""

SYLLABUS = """\
HIST 2301: Rivers and Societies
Fall 2024 — Prof. A. Field (a.field@example.edu)

Course Description

This course asks how rivers shaped societies in China and Europe. We read short texts in Chinese (《水經注》, in translation where needed) and in English.

Required Texts

* Hart, The Forgotten Roads (2001)
* Wang Shi 王石, 《河邊人家》 (2010), selections

Grading

Participation    20%
Two papers       50%  (1,500 words each; due Oct. 4 & Nov. 15)
Final exam       30%

Schedule

Week 1 (Sept. 2)
  Introduction: What is a river?
Week 2 (Sept. 9)
  Ferries -- Hart, pp. 1-45
  * no class on Wednesday *
Week 3
  Bridges; "The Bridge at Luding" [handout]

Policies

Late work loses 1/3 grade per day. See <https://example.edu/policies>. Don't use C:\\Temp or #hashtags_in_papers; 50% of {all} questions are answered there!
"""

POEMS = """\
渡口詩鈔

春渡

春水平堤柳作煙，
渡頭人立雨前船。
一聲欸乃東風裡，
半入桃花半入天。

夜泊

月落
河心
船在
    夢裡
　　　　醒着

The Ferry

I came down to the water's edge,
  the boat was gone, the oar was dry;
and all that answered from the sedge
  was one grey heron, and the sky.

五絕一首

野渡無人問，
孤舟自在橫。
潮來不繫纜，
風雨送秋聲。
"""

INTERVIEW = """\
口述歷史訪談：最後一位船夫

受訪者：阿海伯（1938年生）
訪問者：陳渡
日期：2019/11/23

陳渡：阿海伯，您是幾歲開始划船的？

阿海伯：十三歲啦。那時候（民國四十年左右）我阿爸身體不好，家裡就靠這條船。

陳渡：一天可以載多少人？

阿海伯：（笑）不一定啊……多的時候，一百個有喔！少的時候，“五個、十個”也要划。"No choice," 我孫子都這樣講。

【休息十分鐘】

陳渡：後來橋蓋好了？

阿海伯：民國六十二年 12 月 25 日通車，我記得很清楚——那天我還是划了一趟，空的。🚣

（訪談結束）
"""

PASTED = """\
The Mill and Its Clerk

Anna Field1,2 and Wang Li2

1 Department of History, Quay University
2 Port College

Abstract: This paper follows the clerk of one mill through the books that he kept, from 1840 to the fire.

Introduction

The mill was called “the long wheel.”1 In 1862 it had 14 stones, of which 3 were cracked.2 The rules hung on the door:
1. Wear a coat.
2. Do not run.

The Fire

It burnt in May,3 and 12 men could not save it,4 though they had buckets, ropes and a bell, and lived by

The Mill and Its Clerk

the river, which was high that year.

Notes

1. Mill Archive, box 4.
2. See Hale, Mills, no. 12.
3. Ibid., 3.
4. So the clerk.
"""

OTHERS: dict[str, str] = {
    "sermon.txt": SERMON, "classic.txt": CLASSIC, "page.html": PAGE, "readme.md": README,
    "minutes.txt": MINUTES, "syllabus.txt": SYLLABUS, "poems.txt": POEMS, "interview.txt": INTERVIEW,
    "pasted.txt": PASTED,
}  # fmt: skip
