"""What preflight hands back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from edition.diagnostics import Code, Diagnostic

Purpose = Literal["auto", "screen", "press", "cover"]
Rect = tuple[float, float, float, float]  # left, bottom, right, top in PDF units

# What is looked at, in the words of the report
CHECKED = (
    "encryption and actions",
    "embedded fonts",
    "ToUnicode maps",
    "output intents",
    "XMP against document information",
    "layers and attachments",
    "boxes",
    "text against trim and gutter",
    "page sizes and turns, blank pages, page count, page parity",
    "colour spaces, spot colours and ink",
    "hairlines",
    "resolution of pictures",
    "transparency",
    "annotations",
    "tags of files that claim them",
)


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A diagnostic and where on paper it is: ``page`` is 1-based, 0 for the file as a whole;
    ``rects`` in the page's own coordinates, empty where the whole page is meant."""

    diagnostic: Diagnostic
    page: int = 0
    rects: tuple[Rect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What preflight looked at. ``purpose``: what the file was taken to be for."""

    file: str
    pages: int = 0
    purpose: str = ""
    claims: tuple[str, ...] = ()  # what the file says it conforms to; not verified
    checked: tuple[str, ...] = CHECKED
    findings: tuple[PlacedFinding, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready; keys stable: file, pages, purpose, claims, checked, findings."""
        listed = []
        for one in self.findings:
            found = one.diagnostic.as_dict()
            found["page"] = one.page or None
            found["rects"] = [[round(value, 2) for value in rect] for rect in one.rects]
            listed.append(found)
        return {"file": self.file, "pages": self.pages, "purpose": self.purpose or None,
                "claims": list(self.claims), "checked": list(self.checked),
                "findings": listed}  # fmt: skip

    def summary(self) -> str:
        """One line for people; it says what was looked at and certifies nothing."""
        claims = f"claims {', '.join(self.claims)}; " if self.claims else ""
        pages = _counted(self.pages, "page")
        return (f"{self.file}: {pages}, looked at as a {self.purpose or 'damaged'} file; {claims}"
                f"{_counted(len(self.findings), 'finding')}. Checked: {', '.join(self.checked)}. "
                "This is no certificate.")  # fmt: skip


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def of_file(code: Code, fact: str, hint: str) -> PlacedFinding:
    return PlacedFinding(Diagnostic(code=code, where="file", fact=fact, hint=hint))


def of_page(
    code: Code, page: int, fact: str, hint: str, rects: tuple[Rect, ...] = ()
) -> PlacedFinding:
    return PlacedFinding(
        Diagnostic(code=code, where=f"page {page}", fact=fact, hint=hint), page, rects
    )


def told(problem: Exception) -> str:
    """What broke a file, as far as pypdf or Python can say it."""
    if isinstance(problem, KeyError):
        return f"{problem.args[0] if problem.args else 'something'} is missing"
    return f"{type(problem).__name__}: {str(problem)[:200]}"


def gathered(findings: Sequence[PlacedFinding]) -> tuple[Diagnostic, ...]:
    """The diagnostics, those that say the same of several pages in one, as people read them."""
    pages: dict[tuple[Code, str, str], list[int]] = {}
    for one in findings:
        found = one.diagnostic
        pages.setdefault((found.code, found.fact, found.hint), []).append(one.page)
    listed = []
    for one in findings:
        found = one.diagnostic
        numbers = sorted(set(pages.pop((found.code, found.fact, found.hint), ())))
        if len(numbers) > 1 and numbers[0]:
            listed.append(replace(found, where=f"pages {pages_text(numbers)}"))
        elif numbers:
            listed.append(found)
    return tuple(listed)


def pages_text(numbers: list[int]) -> str:
    """``2, 5–7`` of sorted page numbers."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{one[0]}–{one[-1]}" if len(one) > 1 else str(one[0]) for one in parts)
