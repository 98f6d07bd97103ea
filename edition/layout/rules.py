"""What the 凡例 says by itself: the rules that the edition really applies, from its settings and
from what its text and notes have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from edition import numerals, script
from edition.config import Bilingual, Config, Layer
from edition.layout.conspectus import classes
from edition.layout.margins import milestones
from edition.layout.types import Division
from edition.model import Cite, Edition, Inlines, Lang, flat

_SCRIPTS = {"hant": ("繁體字", "traditional"), "hans": ("簡體字", "simplified")}
_REGIONS = {"tw": ("臺灣", "Taiwan"), "hk": ("香港", "Hong Kong")}
_PLACES = {
    "page-foot": ("列於頁下", "stand at the foot of the page"),
    "section-end": ("列於每篇之末", "stand at the end of their section"),
    "book-end": ("列於書末", "stand at the end of the book"),
}
_COUNTS = {
    "opening": ("每一開面重新編號", "numbered anew on each opening"),
    "page": ("每頁重新編號", "numbered anew on each page"),
    "section": ("每篇重新編號", "numbered through each section"),
    "book": ("全書通編", "numbered through the book"),
}
_QUOTES = {"corner": "「」『』", "curly": "“”‘’"}
_OF = {"zh": ("中文裡", " of the Chinese"), "en": ("英文裡", " of the English")}
_STYLES = {
    "gb7714-2015": ("著者－出版年制（GB/T 7714—2015）", "by author and year (GB/T 7714—2015)"),
    "gb7714-2015-numeric": ("順序編碼制（GB/T 7714—2015）", "by number (GB/T 7714—2015)"),
    "gb7714-2025": ("著者－出版年制（GB/T 7714—2025）", "by author and year (GB/T 7714—2025)"),
    "gb7714-2025-numeric": ("順序編碼制（GB/T 7714—2025）", "by number (GB/T 7714—2025)"),
    "chicago": ("著者－年份制（芝加哥格式）", "by author and date (Chicago)"),
}
_ZH_NUMBER = re.compile(r"([一二三四五六七八九十]+)、")
_EN_NUMBER = re.compile(r"([0-9]+)\. ")


def all_rules(edition: Edition, config: Config) -> tuple[Bilingual, ...]:
    """The editor's own rules, then those that the edition applies where it is to say them. These
    go on with the numbers of the editor's, where all of those have one."""
    own = tuple(one for one in config.rules if one.zh or one.en)
    if not config.matter.generated_rules:
        return own
    made = [rule for one in generated(edition, config)
            if (rule := _in_script(one, config)).zh or rule.en]  # fmt: skip
    return (*own, *(_numbered(one, own, len(own) + at) for at, one in enumerate(made, start=1)))


@cache
def _simplified(text: str) -> str:
    to_hans = Config(id="", title=Bilingual(), source_script="hant", script="hans")
    return script.convert_text(text, to_hans)


def _in_script(rule: Bilingual, config: Config) -> Bilingual:
    """A rule in the languages and the script of the edition."""
    zh = _simplified(rule.zh) if config.script == "hans" else rule.zh
    here = config.languages
    return Bilingual(zh=zh if "zh" in here else "", en=rule.en if "en" in here else "")


def _numbered(rule: Bilingual, own: tuple[Bilingual, ...], number: int) -> Bilingual:
    zh = en = ""
    if own and all(_ZH_NUMBER.match(one.zh) for one in own if one.zh):
        zh = f"{numerals.chinese(number)}、"
    if own and all(_EN_NUMBER.match(one.en) for one in own if one.en):
        en = f"{number}. "
    return Bilingual(zh=zh + rule.zh if rule.zh else "", en=en + rule.en if rule.en else "")


def generated(edition: Edition, config: Config) -> Iterator[Bilingual]:
    """The rules that are applied, in traditional characters."""
    if "zh" in config.languages:
        yield _script(edition, config)
    yield from _marks(config)
    yield from _emendations(edition, config)
    yield from _apparatus(edition, config)
    yield from (_layer(one, config) for one in config.layers
                if any(note.layer == one.id and note.texts for note in edition.notes))  # fmt: skip
    if any(section.footnotes for section in edition.sections):
        yield Bilingual(zh="原文的腳注以阿拉伯數字標出，列於頁下。",
                        en="The author’s own notes have Arabic numbers, "
                        "at the foot of the page.")  # fmt: skip
    if any(_cites(one) for one in _runs(edition)):
        zh, en = _STYLES[config.bibliography.style]
        yield Bilingual(zh=f"引注用{zh}。", en=f"Works are cited {en}.")
    yield from _margin(edition, config)
    index = config.index
    printed = Division.INDEX.value in (*config.matter.front, *config.matter.back)
    if printed and (index.names or index.works or index.terms):
        yield _index(config)


def _index(config: Config) -> Bilingual:
    strokes = config.index.order == "stroke"
    orders = {"zh": ("筆畫" if strokes else "拼音", "number of strokes" if strokes else "pinyin"),
              "en": ("字母", "alphabet")}  # fmt: skip
    said = [orders[lang] for lang in config.languages]
    if len(said) == 1:
        zh, en = f"索引依{said[0][0]}排列", f"The index is in the order of the {said[0][1]}"
    else:
        zh = f"索引的中文依{said[0][0]}排列，英文依{said[1][0]}"
        en = (
            f"The Chinese of the index is in the order of {said[0][1]}, the English of the alphabet"
        )
    return Bilingual(zh=f"{zh}；粗體頁碼為解說所在。",
                     en=f"{en}; pages in bold have a note on the word.")  # fmt: skip


def _script(edition: Edition, config: Config) -> Bilingual:
    zh, en = _SCRIPTS[config.script]
    if config.converted_from and config.converted_from != config.script:
        from_zh, from_en = _SCRIPTS[config.converted_from]
        locked = any(one.locked for one in edition.names) or "lock" in classes(edition)
        kept = (
            "，鎖定的名稱與引文照舊",
            "; names and readings that are locked are left as they are",
        )
        return Bilingual(
            zh=f"中文以{zh}排印，由{from_zh}底稿轉換而成{kept[0] if locked else ''}。",
            en=f"The Chinese is printed in {en} characters, converted from a source in {from_en} "
            f"ones{kept[1] if locked else ''}.",
        )  # fmt: skip
    region = _REGIONS.get(config.variety) if config.script == "hant" else None
    return Bilingual(
        zh=f"中文以{zh}排印{f'，用字從{region[0]}習慣' if region else ''}。",
        en=f"The Chinese is printed in {en} characters"
        f"{f', in the forms usual in {region[1]}' if region else ''}.",
    )  # fmt: skip


def _marks(config: Config) -> Iterator[Bilingual]:
    """Marks that are made uniform, and marks of names."""
    kind: str = config.quotation_marks
    if kind == "region":
        kind = "corner" if config.script == "hant" else "curly"
    chinese = "zh" in config.languages
    if kind in _QUOTES and chinese:
        signs = _QUOTES[kind]
        yield Bilingual(zh=f"中文引號一律作{signs}。",
                        en=f"Quotation marks of the Chinese are uniformly {signs}.")  # fmt: skip
    smart = [lang for lang in config.languages if config.typography.get(lang) == "smart"]
    if smart:
        only = smart != list(config.languages)
        zh, en = ("", "") if not only else _OF[smart[0]]
        yield Bilingual(
            zh=f"{zh}打字的引號、省略號與破折號改作排版所用。",
            en=f"Typewriter marks{en} are printed as quotation marks, ellipses and dashes.",
        )
    if chinese:
        yield from _name_marks(config)


def _name_marks(config: Config) -> Iterator[Bilingual]:
    names = config.name_marks
    lines = {"line": ("加波浪線", "a wavy line"), "brackets": ("加書名號", "the marks 《 》")}
    parts = []
    if names.names == "line":
        parts.append(("人名、地名旁加直線", "names have a straight line"))
    if names.titles in lines:
        zh, en = lines[names.titles]
        parts.append((f"書名{zh}", f"titles have {en}"))
    if names.marks == "off" or not parts:
        return
    first = names.marks == "first"
    yield Bilingual(
        zh=f"{'，'.join(zh for zh, _ in parts)}{'，於每篇首見之處' if first else ''}。",
        en=f"In the Chinese {' and '.join(en for _, en in parts)}"
        f"{', at their first place in a section' if first else ''}.",
    )


def _emendations(edition: Edition, config: Config) -> Iterator[Bilingual]:
    used, signs = classes(edition), config.apparatus
    said = [(name, zh, en) for name, zh, en in (
        ("deleted", f"{''.join(signs.deleted)}內為編者所刪",
         f"{' '.join(signs.deleted)} enclose what the editor deletes"),
        ("supplied", f"{''.join(signs.supplied)}內為編者所補",
         f"{' '.join(signs.supplied)} what he supplies"),
        ("lost", f"{signs.lost}為闕文，一字一格", f"{signs.lost} is a character that is lost"),
    ) if name in used]  # fmt: skip
    if said:
        yield Bilingual(zh=f"{'，'.join(zh for _, zh, _ in said)}。",
                        en=f"In the text {', '.join(en for _, _, en in said)}.")  # fmt: skip


def _apparatus(edition: Edition, config: Config) -> Iterator[Bilingual]:
    if not any(note.entry for note in edition.notes):
        return
    manner = config.apparatus
    zh = {"sentence": "異文用敘述體：先錄本文，次言某本作某",
          "western": "異文先錄本文，以］隔開，次列異文與各本略號",
          "none": ""}[manner.manner("zh")]  # fmt: skip
    en = {"sentence": "Variants are told in sentences: the words of the text, then who reads what",
          "western": "Variants follow the words of the text and a bracket, with the sigla of those "
          "who have them", "none": ""}[manner.manner("en")]  # fmt: skip
    if manner.shorten:
        zh = zh and f"{zh}；長過{manner.shorten}字的本文只錄首尾"
        en = en and f"{en}; of more than {manner.shorten} words the first and the last stand"
    yield Bilingual(zh=f"{zh}。" if zh else "", en=f"{en}." if en else "")


def _layer(layer: Layer, config: Config) -> Bilingual:
    """How the notes of a layer are marked, where they stand, how they are counted: an opening is
    one page where pages do not face each other."""
    said: dict[Lang, str] = {}
    facing = config.layout == "facing" and len(config.languages) > 1
    counted = "page" if layer.count == "opening" and not facing else layer.count
    for lang in layer.languages:
        sign = numerals.form(layer.numbering, lang).sign
        name = layer.name.get(lang) or layer.id
        at = 0 if lang == "zh" else 1
        where, count = _PLACES[layer.placement][at], _COUNTS[counted][at]
        if layer.numbering == "line":  # its notes are found by the line
            said[lang] = f"{name}以行號為目，{where}。" if lang == "zh" else (
                f"{name} are keyed by the number of the line and {where}.")  # fmt: skip
        elif lang == "zh":
            said[lang] = f"{name}以{sign(1)}{sign(2)}標出，{where}，{count}。"
        else:
            said[lang] = f"{name} are marked {sign(1)}, {sign(2)} … and {where}, {count}."
    return Bilingual(zh=said.get("zh", ""), en=said.get("en", ""))


def _margin(edition: Edition, config: Config) -> Iterator[Bilingual]:
    lines = config.line_numbers
    if lines.by != "none":
        by = {"page": ("逐頁", "on each page"), "section": ("逐章", "in each section")}[lines.by]
        yield Bilingual(
            zh=f"頁邊每{numerals.chinese(lines.every)}行記行數，{by[0]}起計。",
            en=f"The margin counts every {lines.every} lines, {by[1]}.",
        )
    kinds = {stone.kind for one in _runs(edition) for stone in milestones(one)}
    if "page" in kinds:
        yield Bilingual(zh="頁邊斜體數字為底本的頁碼。",
                        en="Slanted numbers in the margin are pages of the base text.")  # fmt: skip


def _runs(edition: Edition) -> Iterator[Inlines]:
    for pair in edition.pairs:
        yield from (one.inlines for one in (*pair.zh, *pair.en))
    for note in edition.notes:
        yield from note.texts.values()


def _cites(inlines: Inlines) -> bool:
    return any(isinstance(one, Cite) for one in flat(inlines))
