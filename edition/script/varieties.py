"""Regional forms of traditional characters.

A *class* is a set of forms of one character that differ by region or fashion and not in meaning.
OpenCC's own standard comes first in each pair of ``GENERIC``; what follows is the commoner form in
print, which ``variety = "generic"`` takes. Taiwan and Hong Kong follow OpenCC's tables of the
standards of the two (國字標準字體, 常用字字形表).
"""

from __future__ import annotations

# ruff: noqa: E501  (tables)

_GENERIC_PAIRS_TEXT = """
爲為 僞偽 臺台 峯峰 裏裡 羣群 衆眾 麪麵 啓啟 祕秘 癡痴 牀床 皁皂 竈灶 糉粽 繮韁 纔才
溼濕 喫吃 嫺嫻 嬀媯 脣唇 鉢缽 鍼針 齶顎 潙溈 蔿蒍 踊踴 檐簷 覈核
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
    # 注 throughout, where OpenCC has 註 in some words of one family and 注 in others
    "注释": "注釋", "脚注": "腳注", "注脚": "注腳", "注解": "注解", "备注": "備注", "附注": "附注", "批注": "批注",
    "旁注": "旁注", "评注": "評注", "校注": "校注", "笺注": "箋注", "注疏": "注疏", "译注": "譯注", "标注": "標注",
    "注明": "注明", "注音": "注音", "注文": "注文", "集注": "集注", "注本": "注本", "自注": "自注", "原注": "原注",
    "夹注": "夾注", "尾注": "尾注", "注者": "注者", "注家": "注家", "古注": "古注", "新注": "新注", "加注": "加注",
    "转注": "轉注", "详注": "詳注", "眉注": "眉注", "注云": "注云", "注曰": "注曰", "注记": "注記", "诠注": "詮注",
    # 藉 for "on the strength of", as in 憑藉 and 藉口
    "借以": "藉以", "借由": "藉由", "借机": "藉機", "借故": "藉故", "借着": "藉着", "凭借": "憑藉", "借此": "藉此",
    "借助": "藉助", "借口": "藉口", "借词": "藉詞", "借端": "藉端",
    "相干": "相干", "王后": "王后", "并州": "并州", "塞里木": "塞里木", "咸丰": "咸豐", "蒙在鼓里": "蒙在鼓裏",
    "重复": "重複", "小伙": "小伙", "小伙子": "小伙子", "导游": "導遊", "击筑": "擊筑", "李适之": "李适之", "休戚": "休戚",
    "哀戚": "哀戚", "扣子": "扣子", "绱鞋": "緔鞋", "钟会": "鍾會", "钟繇": "鍾繇", "钟嵘": "鍾嶸", "钟离": "鍾離",
    "谷城县": "谷城縣", "扬子云": "揚子雲", "制造": "製造", "修复": "修復", "改制": "改制", "子云相如": "子雲相如", "只身": "隻身", "天后宫": "天后宮", "李适": "李适", "江干": "江干", "克制": "克制", "洪适": "洪适", "余生也晚": "余生也晚", "托福": "托福", "挨打": "挨打", "挨饿": "挨餓", "挨骂": "挨罵", "家具": "家具", "胡同": "胡同",
    "恩将仇报": "恩將仇報", "复方": "複方", "调制解调": "調制解調", "回音": "回音", "征人": "征人", "病历": "病歷", "失范": "失範",
    "古里古怪": "古里古怪", "卷烟": "捲煙", "包干": "包幹", "白干": "白幹", "干系": "干係", "小区": "小區", "翻斗": "翻斗", "国制": "國制",
}  # fmt: skip

# Readings of single characters that are commoner in today's prose than OpenCC's; 範 and 餘 are
# found by their words, what is left are names.
OWN_CHARACTERS: dict[str, str] = {"签": "簽", "范": "范", "余": "余", "钟": "鐘"}

# Entries of OpenCC's that are rarely the word they seem to be: 只|影响, 矮|几公分, 城里|人.
IGNORED_PHRASES = frozenset(
    {
        "只影",
        "矮几",
        "里人",
        "自制",
        "发卡",
        "谷里",
        "干得很",
        "解了",
        "表店",
        "开发型",
        "研发型",
        "干的",
        "干得",
        "于于",
        "余十",
    }
)

# Phrases for the way to simplified characters that OpenCC has not, or takes otherwise than print.
OWN_SIMPLIFIED: dict[str, str] = {
    "甚麼": "什么", "甚夥": "甚夥", "繁夥": "繁夥", "甚么": "什么", "髣髴": "仿佛", "藉著": "借着", "規畫": "规划", "薰陶": "熏陶",
    "薰染": "熏染", "雜遝": "杂沓", "遝至": "沓至", "鍾馗": "钟馗", "商於之地": "商於之地",
    "樊於期": "樊於期", "乾安": "乾安", "乾縣": "乾县", "乾县": "乾县", "乾陵": "乾陵", "康乾": "康乾", "王汎森": "王汎森", "薛應旂": "薛应旂", "土著": "土著", "執著": "执着",
    "文徵明": "文徵明", "砲": "炮", "倣": "仿", "徬": "彷", "揹": "背", "搥": "捶", "牠": "它", "妳": "你",
    "步步高昇": "步步高升", "旭日東昇": "旭日东升",
}  # fmt: skip
