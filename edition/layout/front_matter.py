"""What a book says before its text, and lists of what stands in it: titles, imprint, rules, sigla,
the contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edition.config import Bilingual
from edition.layout import conspectus, heads, matter, rules
from edition.layout.boxes import own
from edition.layout.draft import BookDraft
from edition.layout.types import BoxRole, Division, Flow, Row
from edition.model import LANGS, Kind, Lang, plain

_TITLE = 9  # characters of a title: on a narrower page it is set as the half title is
_SHORT_LIST = 8  # tables or figures that are listed under a lesser heading, below the contents


def half_title(draft: BookDraft) -> Iterator[Row]:
    keys = draft.made("half-title/0", "halftitle", draft.config.title, full=True)
    yield Row(id="half-title/0", zh=keys, full=True)


def series(draft: BookDraft) -> Iterator[Row]:
    """What stands behind the half title."""
    keys = draft.made("series/0", "people", draft.config.imprint.series, full=True)
    if keys:
        yield Row(id="series/0", zh=keys, full=True)


def title(draft: BookDraft) -> tuple[Row, ...]:
    config = draft.config
    authors, editors = (
        Bilingual(
            zh="　".join(one.zh for one in people if one.zh),
            en=", ".join(one.en for one in people if one.en),
        )
        for people in (config.authors, config.editors)
    )
    year = config.date[:4]
    own = "zh" in config.languages
    foot = Bilingual(
        zh="　".join(part for part in (config.publisher.zh, year) if part and own),
        en=config.publisher.en if own
        else ", ".join(part for part in (config.publisher.en, year) if part),
    )  # fmt: skip
    parts = (("title", config.title), ("subtitle", config.subtitle),
             ("people", authors), ("people", editors), ("people", foot))  # fmt: skip
    narrow = draft.layout.geometry.text_width < _TITLE * draft.layout.styles["title-zh"].size
    keys: list[tuple[str, ...]] = [
        draft.made(
            f"title/{number}",
            "halftitle" if narrow and style == "title" else style,
            text,
            full=True,
        )
        for number, (style, text) in enumerate(parts)
    ]
    return tuple(
        Row(id=f"title/{number}", zh=key, full=True, whole=True)
        for number, key in enumerate(keys)
        if key
    )


def imprint(draft: BookDraft) -> Iterator[Row]:
    if not matter.has_imprint(draft.config):
        return
    for name, style, lang, text in matter.imprint(draft.config):
        key = f"imprint/{name}"
        box = draft.maker.made(key, style, lang, own(text), role=BoxRole.FRONT, full=True)
        yield Row(id=key, zh=(draft.add(box),), full=True)


def base(draft: BookDraft) -> tuple[Row, ...]:
    base = draft.config.base_text
    if not (base.zh or base.en):
        return ()
    return (draft.heading(Division.BASE), draft.row("base/0", "imprint", base))


def abbreviations(draft: BookDraft) -> tuple[Row, ...]:
    rows = tuple(
        draft.row(
            f"abbreviations/{number}", "rule", conspectus.abbreviation(one), parted=conspectus.entry
        )
        for number, one in enumerate(
            (*draft.config.abbreviations, *conspectus.cited_short(draft.references))
        )
    )
    return (draft.heading(Division.ABBREVIATIONS), *rows) if rows else ()


def rules_of_edition(draft: BookDraft) -> tuple[Row, ...]:
    rows = tuple(
        draft.row(f"rules/{number}", "rule", texts)
        for number, texts in enumerate(rules.all_rules(draft.edition, draft.config))
    )
    return (draft.heading(Division.RULES), *rows) if rows else ()


def sigla(draft: BookDraft) -> tuple[Row, ...]:
    rows = tuple(
        draft.row(f"sigla/{number}", "rule", texts, parted=conspectus.entry)
        for number, texts in enumerate(conspectus.lines(draft.edition, draft.config))
    )
    return (draft.heading(Division.SIGLA), *rows) if rows else ()


def contents(draft: BookDraft, flows: Sequence[Flow]) -> tuple[Row, ...]:
    """The contents: headings as deep as the edition wants and of what is around the text."""
    entries = [row for flow in flows for row in flow.rows
               if row.id in draft.titles and row.level <= draft.config.contents]  # fmt: skip
    body = [row for flow in flows if flow.division in (Division.BODY, Division.PART)
            for row in flow.rows]  # fmt: skip
    if not draft.config.contents or not any(row in entries for row in body):
        return ()
    rows = [draft.heading(Division.CONTENTS)]
    for number, row in enumerate(entries):
        keys: dict[Lang, tuple[str, ...]] = {"zh": (), "en": ()}
        for lang in LANGS:
            text = draft.titles[row.id].get(lang, ())
            targets = row.side(lang) or row.keys
            if text and targets:
                box = draft.maker.made(
                    f"contents/{number}/{lang}", "tocpart" if row.part else f"toc{row.level}",
                    lang, text,
                    role=BoxRole.FRONT, target=targets[0],
                )  # fmt: skip
                keys[lang] = (draft.add(box),)
        rows.append(Row(id=f"contents/{number}", zh=keys["zh"], en=keys["en"], whole=True))
    return tuple(rows)


def captioned(draft: BookDraft, division: Division, flows: Sequence[Flow]) -> tuple[Row, ...]:
    """The list of tables, or of figures: the captions with their pages."""
    kind = Kind.TABLE if division is Division.TABLES else Kind.FIGURE
    rows: list[Row] = []
    for row in (row for flow in flows for row in flow.rows):
        keys: dict[Lang, tuple[str, ...]] = {}
        for lang in LANGS:
            box = next((box for key in row.keys if (box := draft.boxes[key]).lang == lang
                        and box.segment and box.segment.kind is kind), None)  # fmt: skip
            text = heads.of_caption(box, draft.references) if box else ()
            if box and plain(text).strip():
                line = draft.maker.made(
                    f"{division.value}/{len(rows)}/{lang}", "toc1", lang, text,
                    role=BoxRole.FRONT, target=box.key,
                )  # fmt: skip
                keys[lang] = (draft.add(line),)
        if keys:
            rows.append(Row(id=f"{division.value}/{len(rows)}", zh=keys.get("zh", ()),
                            en=keys.get("en", ()), whole=True))  # fmt: skip
    if not rows:
        return ()
    style = "heading1" if len(rows) > _SHORT_LIST else "heading2"
    return (draft.heading(division, style), *rows)
