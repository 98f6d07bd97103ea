"""A file that :mod:`edition.writers.tei` wrote → the workspace it was made of.

Settings of the page (layout, fonts, press) are not in it, and are left at their defaults.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from edition.importers.article import BIB, SETTINGS, Imported
from edition.importers.documents.xml import Element, attr, child, children, descendants
from edition.importers.tei.markup import blocks, decoded, inline, note_text, target_of, text_of
from edition.model import Lang

_STEM = re.compile(r"\w[\w-]*(?:\.[\w-]+)*")
_NOTES = "source/notes/notes.yaml"
_GROUPS = ("section", "editorial")  # of segments, and of the texts of a note
_KINDS = {"person": "person", "place": "place", "org": "body", "bibl": "work"}


def is_own(root: Element) -> bool:
    """Whether this program wrote it: it has our layers and our id of the edition."""
    header = child(root, "teiHeader")
    if header is None:
        return False
    layers = any(attr(one, "id") == "layers" for one in descendants(header, "taxonomy"))
    named = any(attr(one, "type") == "edition" for one in descendants(header, "idno"))
    return layers and named


def read_own(name: str, root: Element) -> Imported:
    """The workspace."""
    texts: dict[str, str] = {}
    parts: dict[str, tuple[tuple[str, str], ...]] = {}
    segments = 0
    for lang, section, made in _sections(root):
        if not _STEM.fullmatch(section):
            raise ValueError("a section without a name of a file")
        path = f"source/text/{section}.{lang}.md"
        parts[path] = tuple((f"{number}", block) for number, block in enumerate(made))
        texts[path] = _joined(made)
        segments += len(made)
    notes = list(_notes(root))
    files = {
        SETTINGS: _settings(root), **texts,
        **({_NOTES: "".join(notes)} if notes else {}),
        **_tables(root), **_bibliography(root),
    }  # fmt: skip
    said = sum(len(text_of(one)) for one in descendants(root, "standOff", "text", "teiHeader"))
    return Imported(
        files=files, blocks=parts, encoding="TEI P5", source=name, carried="",
        accounted={"characters": said, "kept": said, "rewritten": 0, "dropped": 0, "drops": []},
        counts={"segments": segments, "notes": len(notes)},
    )  # fmt: skip


def _joined(made: list[str]) -> str:
    """The blocks of a file; definitions stand right below what they define."""
    text = ""
    for block in made:
        text += ("\n" if block.startswith(": ") else "\n\n") + block if text else block
    return text + "\n"


def _lang(element: Element) -> Lang:
    return "en" if attr(element, "lang") == "en" else "zh"


def _sections(root: Element) -> Iterator[tuple[Lang, str, list[str]]]:
    footnotes: dict[str, list[str]] = {}
    for one in descendants(root, "note"):
        if attr(one, "type") == "authorial":
            said = note_text(one).replace("\n", "\n    ").replace("\n    \n", "\n\n")
            made = f"[^{attr(one, 'n')}]: {said}"
            footnotes.setdefault(target_of(attr(one, "target")), []).append(made)
    answers = _answers(root)
    for text in children(child(root, "text", "group"), "text"):
        lang = _lang(text)
        for div in children(child(text, "body"), "div"):
            written = [*blocks(div, answers), *footnotes.get(attr(div, "id"), ())]
            if written:
                yield lang, attr(div, "n"), written


def _answers(root: Element) -> dict[str, str]:
    """What ``corresp`` says of the segments that answer to others than the one of their id: where
    one answers to several, it says so, and these do not."""
    every = {attr(one, "id"): attr(one, "corresp").split() for one in root.iter()
             if attr(one, "corresp") and attr(one, "type") not in _GROUPS}  # fmt: skip
    found = {}
    for own, answers in every.items():
        several = len(answers) == 1 and len(every.get(target_of(answers[0]), ())) > 1
        targets = [decoded(target_of(one)[3:]) for one in answers]
        if own and targets != [decoded(own[3:])] and not several:
            found[own] = " ".join(targets)
    return found


# --- notes ---------------------------------------------------------------------------------------


def _notes(root: Element) -> Iterator[str]:
    """The editor's notes, as YAML."""
    layers = {attr(one, "id"): attr(one, "n") for one in descendants(root, "category")}
    sigla = {attr(one, "id"): attr(one, "n") for one in descendants(root, "witness")}
    entries = {attr(one, "n"): one for one in descendants(root, "app")}
    for group in descendants(root, "listAnnotation"):
        if attr(group, "type") != "editorial":
            continue
        rows = [f"- id: {_said(attr(group, 'n'))}",
                f"  at: {_said(decoded(target_of(attr(group, 'corresp'))[3:]))}"]  # fmt: skip
        written = [one for one in children(group, "note") if attr(one, "type") != "emendation"]
        quotes = [quote for one in written if (quote := _lemma(one))]
        if quotes:
            rows.append(f"  quote: {{{', '.join(quotes)}}}")
        if layer := layers.get(target_of(attr(group, "ana"))):
            rows.append(f"  layer: {_said(layer)}")
        if attr(group, "rend") == "proposed":
            rows.append("  proposed: true")
        for one in children(group, "note"):
            if attr(one, "type") == "emendation":
                rows += _emendation(one)
        if attr(group, "n") in entries:
            rows += _entry(entries[attr(group, "n")], written, sigla)
        for one in written:
            if text := note_text(one):
                indented = "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
                rows += [f"  {_lang(one)}: |", indented]
        yield "\n".join(rows) + "\n"


def _said(text: str) -> str:
    """A text as YAML and TOML both read it."""
    return json.dumps(text, ensure_ascii=False)


def _lemma(note: Element) -> str:
    labels = {attr(one, "type"): one for one in children(note, "label")}
    lemma = labels.get("lemma")
    if lemma is None:
        return ""
    told = [f"exact: {_said(text_of(lemma))}"]
    told += [f"{kind}: {_said(text_of(labels[kind]))}" for kind in ("prefix", "suffix")
             if kind in labels]  # fmt: skip
    told += [f"occurrence: {attr(lemma, 'n')}"] if attr(lemma, "n") else []
    return f"{_lang(note)}: {{{', '.join(told)}}}"


def _emendation(note: Element) -> list[str]:
    told = {"sic": child(note, "choice", "sic"), "corr": child(note, "choice", "corr"),
            "resp": child(note, "name"), "evidence": child(note, "note")}  # fmt: skip
    return [f"  {key}: {_said(text_of(one))}" for key, one in told.items() if text_of(one)]


def _entry(app: Element, written: list[Element], sigla: Mapping[str, str]) -> list[str]:
    lem = child(app, "lem")
    if lem is None:
        raise ValueError("an entry without its lemma")
    quoted = {text_of(one) for note in written for one in children(note, "label")}
    rows = [f"  lem: {{{', '.join(_reading(lem, sigla, unless=quoted))}}}", "  rdg:"]
    rows += [f"    - {{{', '.join(_reading(one, sigla))}}}" for one in children(app, "rdg")]
    remarks = _by_language(app, "remark")
    return [*rows, f"  note: {{{remarks}}}"] if remarks else rows


def _reading(
    one: Element, sigla: Mapping[str, str], unless: set[str] | None = None
) -> Iterator[str]:  # fmt: skip
    text = one.text or ""
    if unless is None or text not in unless:
        yield f"text: {_said(text)}"
    wit = [_said(sigla.get(target_of(each), decoded(target_of(each).removeprefix("wit-"))))
           for each in attr(one, "wit").split()]  # fmt: skip
    if wit:
        yield f"wit: [{', '.join(wit)}]"
    if resp := _by_language(one, "resp"):
        yield f"resp: {{{resp}}}"
    faults = {"substitution": "訛", "omission": "脫", "addition": "衍", "transposition": "倒"}
    kind = attr(one, "type")
    if kind:
        yield f"type: {faults.get(kind, kind) if attr(one, 'rend') == 'fault' else kind}"


def _by_language(parent: Element, kind: str) -> str:
    return ", ".join(f"{_lang(one)}: {_said(inline(one))}" for one in children(parent, "note")
                     if attr(one, "type") == kind)  # fmt: skip


# --- settings and lists --------------------------------------------------------------------------


def _both(elements: Iterator[Element]) -> str:
    """A fact in both languages, as TOML."""
    told = [f"{_lang(one)} = {_said(text_of(one))}" for one in elements]
    return f"{{ {', '.join(told)} }}" if told else ""


def _settings(root: Element) -> str:
    header = child(root, "teiHeader")
    if header is None:
        raise ValueError("no header")
    titles = child(header, "fileDesc", "titleStmt")
    published = child(header, "fileDesc", "publicationStmt")
    source = child(header, "fileDesc", "sourceDesc")
    script = "hans" if attr(root, "lang") == "zh-Hans" else "hant"
    own = next(one for one in descendants(header, "idno") if attr(one, "type") == "edition")
    rows = ["[edition]", f"id = {_said(text_of(own))}"]
    facts = {
        "title": _both(one for one in children(titles, "title") if attr(one, "type") == "main"),
        "subtitle": _both(one for one in children(titles, "title") if attr(one, "type") == "sub"),
        "publisher": _both(one for one in children(published, "publisher") if text_of(one)),
        "base_text": _both(one for one in children(source, "bibl") if attr(one, "n")),
        "editors": _people(titles, "editor"), "rules": _rules(header),
    }  # fmt: skip
    rows += [f"{key} = {value}" for key, value in facts.items() if value]
    if (date := child(published, "date")) is not None:
        rows.append(f"date = {_said(attr(date, 'when'))}")
    rows += [f'script = "{script}"', f'source_script = "{script}"', ""]
    for one in descendants(header, "category"):
        if attr(one, "n"):
            rows += ["[[layers]]", f"id = {_said(attr(one, 'n'))}",
                     f"name = {_both(children(one, 'catDesc'))}",
                     f"numbering = {_said(attr(one, 'rend'))}", ""]  # fmt: skip
    for one in descendants(header, "witness"):
        rows.append("[[witness]]")
        for kind in ("siglum", "name", "date", "library"):
            if told := _both(each for each in children(one, "name") if attr(each, "type") == kind):
                rows.append(f"{kind} = {told}")
        rows += ["base = true", ""] if attr(one, "rend") == "base" else [""]
    if authors := _people(titles, "author"):
        rows += ["[article]", f"authors = {authors}", ""]
    return "\n".join(rows)


def _people(titles: Element | None, tag: str) -> str:
    people: dict[str, list[Element]] = {}
    for one in children(titles, tag):
        people.setdefault(attr(one, "n"), []).append(one)
    return f"[{', '.join(_both(iter(one)) for one in people.values())}]" if people else ""


def _rules(header: Element) -> str:
    rules: list[list[Element]] = []
    for one in children(child(header, "encodingDesc", "editorialDecl"), "p"):
        if _lang(one) == "en" and rules and len(rules[-1]) == 1 and _lang(rules[-1][0]) == "zh":
            rules[-1].append(one)
        else:
            rules.append([one])
    return f"[{', '.join(_both(iter(one)) for one in rules)}]" if rules else ""


def _tables(root: Element) -> dict[str, str]:
    names = [_table(_KINDS[tag], _name(one)) for tag in _KINDS
             for parent in descendants(root, "listPerson", "listPlace", "listOrg", "listBibl")
             if attr(parent, "type") == "names" for one in children(parent, tag)]  # fmt: skip
    terms = [_table("term", _term(one)) for one in descendants(root, "item")
             if attr(one, "id").startswith("term-")]  # fmt: skip
    return {**({"source/names.toml": "\n".join(names)} if names else {}),
            **({"source/glossary.toml": "\n".join(terms)} if terms else {})}  # fmt: skip


def _table(kind: str, values: Mapping[str, Any]) -> str:
    rows = [f"[[{kind}]]"]
    for key, value in values.items():
        if value:
            rows.append(f"{key} = {_toml(value)}")
    return "\n".join(rows) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _name(one: Element) -> dict[str, Any]:
    forms = [each for each in one if attr(each, "type") not in ("variant", "short")]
    short = {attr(each, "lang"): text_of(each) for each in one if attr(each, "type") == "short"}
    told = {attr(each, "lang"): text_of(each) for each in forms}
    return {
        "id": attr(one, "n"), "zh": told.get("zh", ""), "en": told.get("en", ""),
        "variants": [text_of(each) for each in one if attr(each, "type") == "variant"],
        "sort": attr(one, "sortKey").replace("_", " "), "lock": attr(one, "rend") == "lock",
        "hans": told.get("zh-Hans", ""), "hant": told.get("zh-Hant", ""),
        "short": short.get("zh") if short.get("zh") == short.get("en") else short,
        "family": next((text_of(each) for form in forms for each in children(form, "surname")), ""),
    }  # fmt: skip


def _term(one: Element) -> dict[str, Any]:
    told: dict[str, Any] = {"id": attr(one, "n")}
    for term in children(one, "term"):
        pinyin = attr(term, "lang") == "zh-Latn-pinyin"
        told["pinyin" if pinyin else _lang(term)] = text_of(term)
    for gloss in children(one, "gloss"):
        told[f"{_lang(gloss)}_gloss"] = inline(gloss)
    return told


def _bibliography(root: Element) -> dict[str, str]:
    entries = []
    for one in descendants(root, "bibl"):
        if not attr(one, "id").startswith("bibl-"):
            continue
        fields = [
            f"  {attr(each, 'n')} = {{{text_of(each)}}},\n" for each in one if attr(each, "n")
        ]
        entries.append(f"@{attr(one, 'type')}{{{attr(one, 'n')},\n{''.join(fields)}}}\n")
    return {BIB: "\n".join(entries)} if entries else {}
