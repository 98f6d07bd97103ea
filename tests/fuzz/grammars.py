"""What the fuzzer writes by itself: texts, notes, bibliographies, pasted lists, articles, all with
more signs and stranger ones than an editor would."""

from __future__ import annotations

from fuzz.mutate import Rules

_WORDS = {
    "han": ("園", "東籬", "水文記錄", "后来的人", "乾隆三年", "沈從文", "二〇一九", "𠮷野", "说“好”", "第3卷", "一", "中國、日本"),
    "latin": ("garden", "the hedge", "Weir", "café", "naïve", "R&D", "a_b", "100%", "C#", "~x", "1_2", "x^2", "O'Neil", "e.g."),
    "year": ("2019", "200²", "1987a", "n.d.", "二〇〇三", "c. 1700", "2019–2021", "0", "12019", "②"),
    "pages": ("1-9", "1_2", "12", "1–", "ⅳ–ⅸ", "3, 5–7", "第12頁", "1e9"),
    "url": ("https://example.org/a_b?c=%20&d#e", "doi:10.1000/x_y", "http://例.cn/路", "www.a.b"),
    "word": ("<han>", "<latin>", "<han><latin>"),
    "words": ("<word>", "<word> <word>", "<word>，<word>。", "<words> <word>"),
}  # fmt: skip

TEXT: Rules = {
    **_WORDS,
    "file": ("<block>", "# <inline> {#i}\n\n<blocks>", "<blocks>"),
    "blocks": ("<block>", "<block>\n\n<blocks>", "<block>\n\n<block>\n\n<blocks>"),
    "block": (
        "<inline>", "<inline> {#<id>}", "## <inline> {#<id> short=\"<words>\"}", "> <inline>\n>\n> <inline>",
        "- <inline>\n- <inline>\n  - <inline>", "1. <inline>\n2. <inline>", "<term>\n: <inline>",
        "::: verse\n<inline>\n<inline>\n:::", "| <word> | <word> |\n| --- | :-: |\n| <inline> | <word> |\n: <inline> {#<id>}",
        "![<inline>](<word>.png){#<id>}", "![<inline>]{#<id>}", "```\n<words>\n```", "***",
        "[^<n>]: <inline>\n\n    <inline>", "{#<id> .untranslated}", "<inline> {.byline}",
        "<inline> {#<id> corresp=\"<id> <id>\" hash=\"<n>\"}", "<inline>\\\n<inline>",
    ),
    "inline": (
        "<words>", "<words>", "<inline><inline>", "*<inline>*", "**<inline>**", "[<inline>]{.term}",
        "[<word>]{.lock}", "[雒]{ruby=\"luò\"}", "[〓]{ids=\"⿰火良\"}", "[]{.page n=\"<n>\"}", "[^<n>]",
        "[@<key>, <pages>; -@<key>]", "@<key> [<pages>]", "<word>~<n>~", "<word>^<n>^", "`<words>`",
        "[<inline>](<url>)", "\\<sign><words>", "<words>“<inline>”", "「<inline>」",
    ),
    "term": ("<words>",),
    "sign": ("*", "[", "@", "_", "\\", "`", "{", "|", "#"),
    "id": ("i.1", "i", "ii.3", "甲.一", "a:b-c", "i.1.2.3"),
    "n": ("1", "2", "421a", "3"),
    "key": ("zhu2020", "x:y", "甲2020", "a.b"),
}  # fmt: skip

NOTES: Rules = {
    **_WORDS,
    "file": ("<note>", "<note><note>", "<note><file>"),
    "note": (
        "- id: <id>\n  at: <at>\n  quote: <lemma>\n  layer: 注\n  zh: <value>\n  en: <value>\n",
        "- {id: <id>, at: <at>, quote: <lemma>, zh: '<words>'}\n",
        "- id: <id>\n  at: <at>\n  quote:\n    zh: {exact: <han>, prefix: <han>, occurrence: 2}\n  zh: |\n    <words>\n\n    - <words>\n    > <words>\n",
        "- id: <id>\n  sic: <han>\n  corr: <han>\n  resp: {zh: 編, en: ed.}\n  proposed: true\n  at: <at>\n  quote: <han>\n  en: >\n    <words>\n    <words>\n",
    ),
    "lemma": ("東籬", "{ zh: 東籬, en: Eastern Hedge }", "{zh: <han>}", "[<han>]", "", "{zh: {exact: <han>}, en: <latin>}"),
    "value": ("<words>", '"<words>"', "'<words>'", "*<words>*", "|-\n    <words>", "<words>: <words>", "[@zhu2020]", "&a <words>", "!!str <words>"),
    "id": ("hedge", "n1", "n-2", "甲"),
    "at": ("i.2", "i.1", "i", "zz", "[i.1]"),
}  # fmt: skip

BIB: Rules = {
    **_WORDS,
    "file": ("<entry>", "<entry><file>", "<entry><between><file>"),
    "between": ("\n% <words>\n", "@comment{<words>}\n", "@string{a = {<words>} # \"<words>\"}\n", "@preamble{\"<words>\"}\n", "<words>\n"),
    "entry": (
        "@book{<key>,\n  author = {<names>},\n  title = {<title>},\n  year = <value>,\n}\n",
        "@article{<key>, author = {<names>}, title = <value>, journal = {<title>}, volume={<pages>}, number={<pages>}, pages = {<pages>}, year = {<year>}}\n",
        "@online(<key>, author = {{<words>}}, url = {<url>}, urldate = {<date>}, title = \"<title>\")\n",
        "@incollection{<key>, crossref = {<key>}, title = {<title>}, booktitle = {<title>}, editor = {<names>}, pages = {<pages>}, doi = {<url>}}\n",
        "@misc{<key>, <field> = <value>, <field> = <value>}\n",
    ),
    "key": ("a", "b", "weir2001", "朱2020", "a:b", "x_y"),
    "names": ("<name>", "<name> and <name>", "<name>, and <name>", "<name> and others", "{<words>}", "<name>；<name>"),
    "name": ("Weir, Ada", "Ada Weir", "朱園", "[美] <han>", "van der <latin>, A.", "Zhu, Yuan 朱園", "<latin>", "O{\\'e}, {\\v{C}}. J.", "<han>著"),
    "title": ("<words>", "{<words>}", "On {R\\&D}", "{\\em <words>}", "<words>: <words>", "$x^2$ <words>", "«<words>»", "<words> [J]"),
    "value": ("{<words>}", "\"<words>\"", "<year>", "a # b", "{<title>", "{}", "jan", "{<year>}"),
    "date": ("2024-03-07", "2024年3月7日", "7 March 2024", "<year>", "2019-13-45"),
    "field": ("note", "year", "title", "author", "pages", "edition", "langid", "publisher", "isbn", "month", "date", "foo_bar"),
}  # fmt: skip

LIST: Rules = {
    **_WORDS,
    "file": ("<item>\n", "<item>\n<file>", "參考文獻\n\n<item>\n<file>", "<item>\n\n<file>"),
    "item": (
        "[1] <han>, <han>. <words>[J]. <words>, <year>, <pages>(<pages>): <pages>.",
        "[2] <han>. <words>[M]. <han>: <words>, <year>: <pages>.",
        "<latin>, A., & <latin>, B. (<year>). <words>. <words>, 12(3), <pages>. <url>",
        "<latin>, Ada. <year>. “<words>.” <words> 12 (3): <pages>.",
        "<han>：《<words>》，<han>：<words>，<year>年，第<pages>頁。", "<words>. <url> (accessed <date>)",
        "3. <latin> A, <latin> B. <words>. <words>. <year>;12:<pages>.", "<words>",
        "<han>，〈<words>〉，《<words>》，<pages>期（<year>），頁<pages>。",
    ),
    "date": ("2024-03-07", "7 March 2024", "2024年3月7日"),
}  # fmt: skip

ARTICLE: Rules = {
    **_WORDS,
    "file": ("<title>\n\n<blocks>\n\n參考文獻\n\n<refs>", "# <words>\n\n<blocks>", "<title>\n\n<blocks>", "<blocks>"),
    "title": ("<words>\n\n<han>、<han>", "<words>\n\nBy <latin> and <latin>\n\nAbstract: <words>", "<words>\n<latin>¹, <latin>²\n¹ <words>, <url>"),
    "blocks": ("<block>", "<block>\n\n<blocks>", "<block>\n<blocks>"),
    "block": (
        "<words>①<words>（<han>，<year>，第<pages>頁）。", "一、<words>", "（二）<words>", "## <words>", "① <words>", "[1] <words>",
        "<words>[<n>]<words>", "<words> (<latin> <year>: <pages>).", "- <words>", "> <words>", "| <word> | <word> |\n|---|---|\n| <word> | <word> |",
        "圖1 <words>", "Table 2. <words>", "![<words>](<word>.png)", "<words>-\n<words>", "— 12 —", "<words><sup><n></sup>", "<words>²³", "關鍵詞：<words>；<words>",
        "[^<n>]: <words>", "<words>[^<n>]", "<b><words></b>", "\f<words>", "摘要：<words>",
    ),
    "refs": ("<ref>\n", "<ref>\n<refs>"),
    "ref": LIST["item"],
    "n": ("1", "2", "12", "*"),
    "date": LIST["date"],
}  # fmt: skip

HTML: Rules = {
    **_WORDS,
    "file": ("<nodes>", "<html><head><title><words></title></head><body><nodes></body></html>"),
    "nodes": ("<node>", "<node><nodes>", "<node>\n<nodes>"),
    "node": (
        "<p><inline></p>", "<h2><inline></h2>", "<ul><li><inline><li><nodes></ul>", "<table><tr><td><inline><td colspan=3><words></table>", "<div><nodes></div>",
        "<blockquote><nodes></blockquote>", "<pre><words></pre>", "<dl><dt><words><dd><inline></dl>", "<img src='a.png' alt='<words>'>", "<!-- <words> -->", "<style><words></style>",
        "<aside role='doc-footnote' id='fn1'><inline></aside>", "<words>", "<ruby>漢<rt>hàn</rt></ruby>", "<details><summary><words></summary><nodes></details>", "</div>", "<br><hr>",
    ),
    "inline": ("<words>", "<inline><inline>", "<b><inline></b>", "<a href='#fn1'><sup>1</sup></a>", "<i><words>", "<sub><words></sub>", "&nbsp;&#0;&#xD800;&amp;<words>", "<span style='display:none'><words></span>", "<code><words></code>", "<a href='<url>'><words></a>", "<math><mi>x</mi></math>"),
}  # fmt: skip

TOML: Rules = {
    **_WORDS,
    "file": ("<table>", "<table><file>"),
    "table": (
        "[[person]]\nid = \"<id>\"\nzh = \"<han>\"\nen = \"<latin>\"\n<pair>", "[[term]]\nid = \"<id>\"\nzh = \"<han>\"\nen = \"<latin>\"\n<pair>",
        "[[work]]\n<pair><pair>", "[edition]\nid = \"<id>\"\ntitle = { zh = \"<words>\", en = \"<words>\" }\n<pair>", "[layout]\n<pair>",
        "[[layers]]\nid = \"<han>\"\n<pair>", "[fonts]\nzh = <value>\n", "[press]\n<pair>", "[diagnostics]\nALN004 = <value>\n", "[<key>]\n<pair>",
        "[press.profiles.<id>]\n<pair>", "[line_numbers]\n<pair>", "[bibliography]\n<pair>", "[article]\n<pair>", "[alignment]\n<pair>",
    ),
    "pair": ("<key> = <value>\n",),
    "key": (
        "zh", "en", "id", "variants", "sort", "lock", "hant", "hans", "pinyin", "zh_gloss", "date", "script", "typography", "name", "paper", "ratio", "contents",
        "by", "every", "languages", "numbering", "placement", "style", "entries", "authors", "keywords", "length_ratio", "bleed", "icc", "signature", "booklet_sheet",
        "profile", "rules", "quotation_marks", "editors", "zh_sans", "gutter", "creep", "slug",
    ),
    "value": ("\"<words>\"", "1", "-1", "1e308", "nan", "true", "[]", "{}", "[\"<word>\", 1]", "{ zh = \"<words>\" }", "2020-01-01", "\"170x240\"", "[0.38, 0.62]", "\"../../etc\"", "[[[]]]", "[{ zh = 1 }]", "\"\"", "'''<words>'''", "99999999999999999999"),
    "id": ("a", "tao", "../x", "a b", "甲", ""),
}  # fmt: skip

DECISIONS: Rules = {
    **_WORDS,
    "file": ("<decision>", "<decision><file>"),
    "decision": ("[[decision]]\nverdict = \"<verdict>\"\nentries = [<keys>]\n<fields>reason = \"<words>\"\n",),
    "verdict": ("accept", "refuse", "set", "distinct", "merge", "maybe"),
    "keys": ("\"a\"", "\"a\", \"b\"", "\"c\", \"d\"", "\"zz\"", "", "1", "\"a\", \"a\"", "\"b\", \"c\", \"d\""),
    "fields": ("", "field = \"<field>\"\nbefore = \"<words>\"\nvalue = \"<words>\"\n", "field = \"<field>\"\nvalue = <odd>\n", "field = \"year\"\nbefore = \"2001\"\nvalue = \"200²\"\nrule = \"<words>\"\n"),
    "field": ("author", "year", "title", "pages", "", "no such"),
    "odd": ("1", "[]", "{}", "\"\"", "true", "\"{\"", "\"}\""),
}  # fmt: skip

APPARATUS: Rules = {
    **_WORDS,
    "file": ("<entry>", "<entry><file>"),
    "entry": (
        "- id: <id>\n  at: <at>\n  quote: <lemma>\n  layer: 校\n  lem: {wit: <wits>}\n  rdg:\n<rdgs><more>",
        "- id: <id>\n  at: <at>\n  quote: <lemma>\n  layer: 校\n  rdg: <rdg>\n<more>",
        "- id: <id>\n  at: <at>\n  quote: <lemma>\n  layer: 校\n  sic: <word>\n  corr: 客\n  resp: {zh: 編, en: ed.}\n<more>",
    ),
    "rdgs": ("    - <rdg>\n", "    - <rdg>\n<rdgs>"),
    "rdg": (
        "{text: <word>, wit: <wits>}", "{text: '<words>', wit: <wits>, type: <type>}", "{text: '', wit: <wits>}",
        "{text: <word>, resp: {zh: <han>, en: <latin>}, type: conjecture}", "{wit: <wits>}", "<word>", "{text: [<word>], wit: 明}",
    ),
    "more": ("", "  note: {zh: '<words>', en: '<words>'}\n", "  zh: <words>\n", "  proposed: true\n", "  shorten: <odd>\n"),
    "wits": ("[宋]", "[明]", "[宋, 明]", "[<word>]", "[]", "宋", "[明, 明]"),
    "type": ("衍", "conjecture", "transposition", "<word>", "[]", "omission", "形"),
    "lemma": ("{zh: 客, en: guest}", "{zh: 陽城, en: town}", "{zh: <han>}", "客", "{zh: 東皋先生}"),
    "id": ("guest", "a", "n-2", "甲", "town"),
    "at": ("a.1", "b.1", "t1", "zz"),
    "odd": ("true", "1", "[]", "''"),
}  # fmt: skip

NAMES: Rules = {
    **_WORDS,
    "file": ("<table>", "<table><file>"),
    "table": (
        "[[person]]\nid = \"<id>\"\nzh = \"<zh>\"\nen = \"<en>\"\n<more>", "[[place]]\nid = \"<id>\"\nzh = \"<zh>\"\nen = \"<en>\"\n<more>",
        "[[work]]\nid = \"<id>\"\nzh = \"<zh>\"\nen = \"<en>\"\n", "[[term]]\nid = \"<id>\"\nzh = \"<zh>\"\nen = \"<en>\"\n<more>",
    ),
    "more": ("", "<pair>", "<pair><pair>"),
    "pair": (
        "variants = [\"<zh>\", \"<en>\"]\n", "sort = \"<sort>\"\n", "pinyin = \"<sort>\"\n", "lock = true\n", "index = false\n",
        "zh_gloss = \"<words>\"\n", "en_gloss = \"<words>\"\n", "hans = \"<zh>\"\n", "see = \"<id>\"\n",
    ),
    "zh": ("洛陽", "東皋先生", "客", "白日", "奧巴馬·巴拉克", "長河", "<han>", "國", ""),
    "en": ("Luoyang", "Master Donggao", "river", "guest", "d'Arc, Joan", "St. John", "<latin>", "the", "", "שלום"),
    "sort": ("cháng hé", "ā'ěr", "luo yang", "<latin>", "zzz", "1", "ü", ""),
    "id": ("a", "b", "luoyang", "甲", "a b", ""),
}  # fmt: skip

VARIANT = """
[variants.a]
layout = "columns"
paper = "A5"

[variants.b]
side = "zh"
notes = []
"""
VARIANTS: Rules = {
    **_WORDS,
    "file": (
        "[edition]\nid = \"v\"\ntitle = { zh = \"題\", en = \"T\" }\n<tables>",
    ),
    "tables": ("<table>", "<table><tables>"),
    "table": ("[variants.a]\n<pairs>", "[variants.b]\n<pairs>", "[variants.a]\n<pairs>[variants.b]\n<pairs>", "[layout]\n<pairs>", "[outputs]\nformats = <list>\n", "[variants.\"<word>\"]\n<pairs>", "[index]\nnames = true\norder = <value>\n"),
    "pairs": ("<pair>", "<pair><pair>", "<pair><pair><pair>"),
    "pair": (
        "layout = \"<layout>\"\n", "script = \"hans\"\n", "side = \"<side>\"\n", "notes = <list>\n", "paper = \"<paper>\"\n",
        "scale = <scale>\n", "exam = true\n", "glossary = false\n", "<han> = 1\n", "large_print = <value>\n", "ratio = <value>\n",
    ),
    "layout": ("facing", "columns", "stacked", "<word>"),
    "side": ("zh", "en", "both"),
    "list": ("[]", "[\"校\"]", "[\"注\", \"校\"]", "[\"<word>\"]", "[\"html\", \"tei\"]", "[1]", "\"html\""),
    "paper": ("A5", "A6", "16開", "170x240", "1x1", "9999999x1", "0x0", "-5x9", "<word>", "170×240", "letter", "1e9x1e9"),
    "scale": ("1.2", "\"18pt\"", "0", "-1", "1e308", "nan", "inf", "\"0pt\"", "\"99999pt\"", "[]", "true", "\"<word>\"", "0.0001"),
    "value": ("1", "true", "\"pinyin\"", "[]", "nan", "\"<word>\"", "-1", "1e308", "[0.5, 0.5]"),
}  # fmt: skip

CHOICES: Rules = {
    **_WORDS,
    "file": ("<decision>", "<decision><file>"),
    "decision": ("[[decision]]\nverdict = \"<verdict>\"\nsic = \"<said>\"\ncorr = \"<said>\"\n<more>", "[[decision]]\n<more>", "[decision]\nverdict = 1\n"),
    "verdict": ("accept", "refuse", "maybe", ""),
    "said": ("a", "b", "鐙", "燈", "<han>", "<word>", "", "夜裡"),
    "more": ("", "before = \"<words>\"\n", "after = \"<words>\"\n", "reason = \"<words>\"\n", "where = <odd>\n", "segment = \"<word>\"\n"),
    "odd": ("1", "[]", "\"\"", "{}"),
}  # fmt: skip

SERIES: Rules = {
    **_WORDS,
    "file": ("[[volume]]\n<keys>", "[series]\n<keys>[[volume]]\n<keys>", "<tables>"),
    "tables": ("[[volume]]\n<keys>", "[[volume]]\n<keys><tables>", "[series]\n<keys><tables>"),
    "keys": ("dir = \"<dir>\"\n", "dir = \"<dir>\"\n<key>", "dir = \"<dir>\"\n<key><key>", "<key>", ""),
    "key": ("name = \"<name>\"\n", "layouts = [<layout>]\n", "scripts = [\"hans\", \"hant\"]\n", "variants = [\"\", \"<name>\"]\n",
            "formats = [\"pdf\", \"<format>\"]\n", "variants = []\n", "<name> = 3\n"),
    "dir": ("one", "more/*", "more/a", "more/way", "*", "*/*", "../one", "/etc", "one/", "./one", "one/../more/a", "more/[ab]", "more/?", "", "<han>", "one/source"),
    "name": ("one", "two", "a", "student", "..", "a/b", ".a", "<word>", "CON", "one.x"),
    "layout": ("\"facing\"", "\"facing\", \"columns\"", "\"pages\"", "", "3"),
    "format": ("html", "epub", "docx", "pdf", "zip", "<word>"),
}  # fmt: skip

REQUEST: Rules = {
    "file": ("<method> <path> <version>\r\n<headers>\r\n", "<method> <path> <version>\r\nHost: <host>\r\n\r\n<method> <path> <version>\r\nHost: <host>\r\n\r\n", "<method> <path>\r\n"),
    "method": ("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "GET ", "PATCH", "X", "PRI"),
    "version": ("HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9", "HTTP/1.1.1", "", "http/1.1"),
    "path": ("/SECRET/<name>", "/SECRET/<name>", "/SECRET/<name>?<name>", "/<name>", "//SECRET/<name>", "/SECRET//<name>", "http://127.0.0.1:PORT/SECRET/<name>", "/SECRET", "*", "/%53ECRET/<name>", "/secret/<name>", "/SECRETx/<name>"),
    "name": ("", "state.json", "watch.css", "watch.js", "icon.svg", "reader.html", "book.pdf", "events", "page/1.jpg", "page/<n>.jpg", "../secret.txt", "../../../etc/passwd", "%2e%2e/secret.txt", "..%2fsecret.txt", "..\\secret.txt", "secret.txt", "./state.json", "state.json/", "page/../book.pdf", "book.pdf%00.jpg", "<name>#<name>", "<name>;x"),
    "n": ("0", "1", "2", "-1", "99999", "999999", "१", "1e3", "01"),
    "host": ("127.0.0.1:PORT", "127.0.0.1:PORT", "localhost:PORT", "evil.example", "evil.example:PORT", "localhost.evil:PORT", "127.0.0.1", "[::1]:PORT", "127.0.0.1:PORT@evil", "LOCALHOST:PORT", "0.0.0.0:PORT", "127.1:PORT", "2130706433:PORT", "", "127.0.0.1:PORT, evil"),
    "headers": ("Host: <host>\r\n", "Host: <host>\r\n<header>", "Host: <host>\r\n<header><header>", "<header>", "Host: <host>\r\nHost: <host>\r\n", "Host:<host>\r\n", " Host: <host>\r\n", "Host : <host>\r\n"),
    "header": ("Origin: http://<host>\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-origin\r\n", "Sec-Fetch-Site: none\r\n", "Content-Length: <n>\r\n", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n", "Connection: keep-alive\r\n", "Upgrade: websocket\r\n", "X-Forwarded-Host: evil\r\n", "Range: bytes=0-\r\n", "Cookie: a=b\r\n", "A: b\r\n c\r\n", "\u0000: x\r\n", "no colon\r\n"),
}  # fmt: skip
