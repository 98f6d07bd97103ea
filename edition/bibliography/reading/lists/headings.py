"""Headings of lists of references, and within them."""

from __future__ import annotations

import re

HEADING = re.compile(
    r"""^(?:\#{1,6}\s*|[|｜]\s*)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[IVX]{1,4}|[A-Z])\s*
    [.、．)）]\s*)?(?:參考文獻|参考文献|參考書目|参考书目|引用文獻|引用文献|徵引書目|參考資料|参考资料|
    참고문헌|論文及專著|论文及专著|專著|专著|論文|论文|期刊論文|期刊论文|其他|其它|中文文獻|中文文献|
    英文文獻|英文文献|外文文獻|外文文献|網絡資源|网络资源|網路資源|一手資料|二手資料|
    references?|bibliography|works\ cited|literature\ cited|further\ reading|books|articles|
    journal\ articles|websites?|others?|primary\ sources|secondary\ sources)\s*[|｜:：]?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
