"""Warnings of a build, kept with its state: a build with nothing changed says them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from edition.diagnostics import Code, Diagnostic, Fix, Severity
from edition.source import SourceFile, Span


def dump(found: Iterable[Diagnostic]) -> tuple[dict[str, Any], ...]:
    """JSON-ready; files by path, since nothing of the edition need be read to say it again."""
    return tuple(
        {
            "code": [one.code.id, int(one.code.severity), one.code.title],
            "level": int(one.level),
            "fact": one.fact,
            "hint": one.hint,
            "segment": one.segment,
            "where": one.where,
            "span": _range(one.span),
            "fix": one.fix and [_range(one.fix.span), one.fix.text, one.fix.label, one.fix.safe],
        }
        for one in found
    )


def load(
    kept: Iterable[Mapping[str, Any]], read: Callable[[str], SourceFile]
) -> tuple[Diagnostic, ...]:
    """The diagnostics again; ``read`` gives their files, by their paths in the workspace, as they
    were. Raises ``OSError``, ``ValueError``, ``KeyError`` or ``TypeError`` on what :func:`dump`
    did not write."""
    files: dict[str, SourceFile] = {}

    def span(kept: list[Any] | None) -> Span | None:
        if kept is None:
            return None
        path, start, end = kept
        if path not in files:
            files[path] = read(path)
        return files[path].span(start, end)

    found = []
    for one in kept:
        name, severity, title = one["code"]
        place = span(one["fix"][0]) if one["fix"] else None
        found.append(
            Diagnostic(
                code=Code(name, Severity(severity), title),
                severity=Severity(one["level"]),
                fact=one["fact"],
                hint=one["hint"],
                segment=one["segment"],
                where=one["where"],
                span=span(one["span"]),
                fix=Fix(place, *one["fix"][1:]) if place else None,
            )
        )
    return tuple(found)


def _range(span: Span | None) -> list[Any] | None:
    return None if span is None else [span.file.path, span.start, span.end]
