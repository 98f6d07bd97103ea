"""Regional forms of traditional characters.

A *class* is a set of forms of one character that differ by region or fashion and not in meaning.
OpenCC's own standard comes first in each pair of ``GENERIC``; what follows is the commoner form in
print, which ``variety = "generic"`` takes. Taiwan and Hong Kong follow OpenCC's tables of the
standards of the two (國字標準字體, 常用字字形表).
"""

from __future__ import annotations

_GENERIC_PAIRS_TEXT = """
爲為 僞偽 臺台 峯峰 裏裡 羣群 衆眾 麪麵 啓啟 祕秘 癡痴 牀床 皁皂 竈灶 糉粽 繮韁 纔才
喫吃 嫺嫻 嬀媯 脣唇 鉢缽 鍼針 齶顎 潙溈 蔿蒍 踊踴 檐簷 覈核
"""
GENERIC_PAIRS = _GENERIC_PAIRS_TEXT.split()
GENERIC: dict[str, str] = {pair[0]: pair[1] for pair in GENERIC_PAIRS}

# Pairs of which both forms are in print; neither is OpenCC's standard for the other.
_PRINT_PAIRS_TEXT = """
說説 溫温 衛衞 銳鋭 稅税 脫脱 閱閲 悅悦 戶户 鉤鈎 敘敍 線綫 臥卧 兌兑 蔥葱 妝粧 蘊藴
醞醖 溼濕 污汙 內内 強强 既旣 即卽 產産 為爲 查査 淨凈 嘗嚐 歲嵗 絕絶 錄録 毀毁 黃黄
顏顔 擡抬 稜棱
"""
_PRINT_PAIRS = _PRINT_PAIRS_TEXT.split()

# Forms that are two words as well as two fashions: which of the two a place has is a matter of
# fashion only where the phrase asks for the first.
CONTEXTUAL: dict[str, str] = {"臺": "台", "佔": "占", "着": "著"}

_MEANINGFUL = frozenset("台才吃秘針嘗嚐核")  # words of their own: 天台, 才, 口吃, 神秘, 針, 嘗, 核


def _classes() -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for pair in (*GENERIC_PAIRS, *_PRINT_PAIRS):
        if not _MEANINGFUL & set(pair):
            merged = frozenset(pair) | out.get(pair[0], frozenset()) | out.get(pair[1], frozenset())
            out.update(dict.fromkeys(merged, merged))
    return out


PURE: dict[str, frozenset[str]] = _classes()


def same_class(one: str, other: str) -> bool:
    """Whether two characters are forms of one by region alone."""
    return (
        one == other
        or other in PURE.get(one, ())
        or CONTEXTUAL.get(one) == other
        or CONTEXTUAL.get(other) == one
    )


# Our own phrases, which go before OpenCC's: names that keep a form against their region's rule,
# because the bearer writes them so, and phrases that OpenCC gets wrong or splits wrongly.
# Keys are simplified, as the first step of conversion meets them.
OWN_PHRASES: dict[str, str] = {
    "台积电": "台積電", "台达电": "台達電", "台塑": "台塑", "台玻": "台玻", "台泥": "台泥",
    "台视": "台視", "台铁": "台鐵", "台盐": "台鹽",
    "公布": "公布", "宣布": "宣布", "发布": "發布", "颁布": "頒布", "分布": "分布",
    "回归": "回歸", "回流": "回流", "个中": "個中", "制为": "制為",
    "限制品": "限制品", "胡同里": "胡同裡", "皇后宫": "皇后宮", "子丑": "子丑", "当当网": "當當網",
    "市场准入": "市場准入", "准入": "准入", "核准": "核准", "批准": "批准",
}  # fmt: skip

# Readings of single characters that are commoner in today's prose than OpenCC's.
OWN_CHARACTERS: dict[str, str] = {"签": "簽"}
