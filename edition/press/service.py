"""What the commands ``press`` and ``booklet`` do: files for a printer from what a build left, and
sheets from any PDF. Every file is written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from edition.config import Config, place
from edition.diagnostics import Diagnostic, Outcome, error, override, warning
from edition.engine.cache import Cache
from edition.files import write_bytes
from edition.press import cover, kept, preflight, profiles
from edition.press.document import Profile
from edition.press.preflight.codes import PRE001, PRE002, PRE034
from edition.press.preflight.report import gathered, pages_text
from edition.press.types import Metadata
from edition.pressing import MOST_CREEP, MOST_PAGES, PressSettings, sheet_of

if TYPE_CHECKING:
    from edition.press.separating import Separated

NOTHING_BUILT = error("PRE102", "Nothing is built yet from which to make a press file")
SEPARATED = warning("PRE104", "A picture was converted to the inks of the printing process")
NO_PROFILE = error("USE021", "There is no press profile of this name")
NO_SIGNATURE = error("USE022", "A signature is a multiple of four pages")
NO_SHEET = error("USE023", "The size of the sheet is not known")
NO_CREEP = error("USE024", "Creep is a few tenths of a millimetre")

Plan = Literal["booklet", "proof"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What was written: paths in ``dist/``; ``spine`` in mm, ``pages`` with the padding."""

    press: Path
    booklet: Path
    cover: Path | None
    pages: int
    spine: float

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(one for one in (self.press, self.booklet, self.cover) if one)


def settings_of(config: Config, profile: str | None) -> Outcome[PressSettings | None]:
    """The settings of a profile, of ``[press]`` itself where none is named."""
    if profile is None:
        return Outcome(config.press)
    if profile in config.press_profiles:
        return Outcome(config.press_profiles[profile])
    known = ", ".join(sorted(config.press_profiles))
    hint = f"there are: {known}" if known else f"define it: [press.profiles.{profile}]"
    fact = f"edition.toml has no press profile “{profile}”"
    return Outcome(None, (Diagnostic(code=NO_PROFILE, fact=fact, where="command line",
                                     hint=hint),))  # fmt: skip


def press(
    config: Config,
    *,
    root: Path,
    work: Path,
    folder: Path,
    cache: Cache,
    profile: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome[Pressed | None]:
    """Press file, booklet and cover in ``folder``, from what the last build left in ``work``,
    each looked over by preflight. The value is None where a file could not be made; files that
    were there before are then as they were. Raises ``OSError`` where ``folder`` can't be written.
    """
    chosen = settings_of(config, profile)
    if chosen.value is None:
        return Outcome(None, chosen.diagnostics)
    built = kept.load(work)
    if built is None:
        return Outcome(None, (Diagnostic(code=NOTHING_BUILT, where=str(folder),
                                         fact="there is no finished build here",
                                         hint="run: edition build"),))  # fmt: skip
    icc = _icc(chosen.value.icc, root, profile)
    if icc.value is None:
        return Outcome(None, icc.diagnostics)
    made = _make(built.printed(config), built, chosen.value, icc.value, root=root, work=work,
                 cache=cache, progress=progress)  # fmt: skip
    if made.value is None:
        return Outcome(None, made.diagnostics)
    progress("write press files")
    data = made.value
    paths = {kind: folder / f"{built.name}.{kind}.pdf" for kind in data.files}
    for kind, content in data.files.items():
        write_bytes(paths[kind], content)
    found = list(made.diagnostics)
    progress("preflight")
    for kind in ("press", "cover"):
        if kind in data.files:
            found += _looked_over(data.files[kind], paths[kind], kind)
    done = Pressed(press=paths["press"], booklet=paths["booklet"], cover=paths.get("cover"),
                   pages=data.pages, spine=data.spine)  # fmt: skip
    return Outcome(done, override(found, config.severities))


def _icc(name: str, root: Path, profile: str | None) -> Outcome[Profile | None]:
    """The ICC profile; what is wrong with it is told at the line that names it."""
    loaded = profiles.load(name, root, printer=True)
    own = place(root, "press", "profiles", profile, "icc") if profile else None
    at = own or place(root, "press", "icc")
    return Outcome(loaded.value, tuple(replace(one, span=at) for one in loaded.diagnostics))


def _looked_over(data: bytes, path: Path, kind: str) -> list[Diagnostic]:
    """What preflight finds, by the name of the file: several are looked over."""
    with preflight.quiet():
        looked = preflight.look_at(data, path, "cover" if kind == "cover" else "press").value
    return [
        replace(one, where=path.name if one.where == "file" else f"{path.name}, {one.where}")
        for one in gathered(looked.findings)
        if one.code != PRE034  # padding is blank
    ]


@dataclass(frozen=True, slots=True)
class _Files:
    files: dict[str, bytes]
    pages: int
    spine: float


def _make(
    config: Config, built: kept.KeptBuild, settings: PressSettings, icc: Profile, *,
    root: Path, work: Path, cache: Cache, progress: Callable[[str], None],
) -> Outcome[_Files | None]:  # fmt: skip
    from edition.press import boxes, imposition, printing, separating

    progress("press file")
    data, separated = separating.of(built.pdf, icc)
    spec = printing.PressSpec(
        bleed=settings.bleed, marks=settings.marks, slug=settings.slug,
        signature=settings.signature, grow_gutter=settings.gutter,
    )  # fmt: skip
    # a booklet has signatures and a spine of its own
    plain = printing.PressSpec(bleed=0, signature=0, grow_gutter=False)
    extras = printing.Extras(labels=built.navigation.labels, name=built.name, named=built.named)
    pages_file, unpadded = (
        printing.finish_data(data, meta=built.metadata, spec=one, profile=icc, extras=extras)
        for one in (spec, plain)
    )
    width, height, pages = boxes.trimmed_size(pages_file)
    progress("cover")
    shape = cover.shape_of(width, height, pages, settings)
    covered = cover.make(config, shape, pages=pages, meta=built.metadata, settings=settings,
                         profile=icc, work=work, cache=cache, root=root)  # fmt: skip
    if covered.value is None:
        return Outcome(None, covered.diagnostics)
    progress("booklet")
    sheets = booklet_bytes(
        unpadded,
        settings.booklet_signature,
        imposition.Booklet(
            signature=settings.booklet_signature, creep=settings.creep,
            sheet=None if settings.booklet_sheet == "trim" else sheet_of(settings.booklet_sheet),
            marks=settings.booklet_marks,
        ),
        built.metadata,
        "booklet",
    )  # fmt: skip
    files = {"press": pages_file, "booklet": sheets, "cover": covered.value}
    told = _separated(separated, icc) if separated.pages else ()
    return Outcome(_Files(files, pages, shape.spine), (*covered.diagnostics, *told))


def _separated(done: Separated, icc: Profile) -> tuple[Diagnostic, ...]:
    at = sorted(done.pages)
    fact = f"{done.told()} converted from RGB to the inks of {icc.identifier}"
    return (Diagnostic(code=SEPARATED, fact=fact, hint="colours out of their reach turn duller",
                       where=f"page{'s' if len(at) > 1 else ''} {pages_text(at)}"),)  # fmt: skip


def booklet_bytes(data: bytes, signature: int, spec: object, meta: Metadata, plan: Plan) -> bytes:
    """Sheets of the PDF ``data``. Raises what pypdf raises on damaged files."""
    from edition.press import document, imposition

    assert isinstance(spec, imposition.Booklet)
    pages = document.page_count(data)
    if plan == "proof":
        return imposition.impose(data, imposition.proof_sides(pages), spec, meta)
    return imposition.impose(data, imposition.booklet_sides(pages, signature), spec, meta)


def booklet(
    file: Path,
    *,
    signature: int = 0,
    sheet: str = "A4",
    creep: float = 0.0,
    marks: bool = False,
    plan: Plan = "booklet",
    out: Path | None = None,
) -> Outcome[Path | None]:
    """Impose any PDF: signatures of ``signature`` pages (0: one saddle-stitched booklet), or two
    pages side by side for proofreading (``plan="proof"``). ``sheet`` is a name, WIDTHxHEIGHT in
    mm or ``trim``. Written beside ``file`` as ``<stem>.booklet.pdf`` or ``<stem>.2up.pdf`` unless
    ``out`` is given. Raises ``OSError`` where that cannot be written."""
    fault = _wrong(signature, sheet, creep)
    if fault is not None:
        return Outcome(None, (fault,))
    refused, data = _readable(file)
    if refused:
        return Outcome(None, refused)
    target = out or file.with_name(f"{file.stem}.{'2up' if plan == 'proof' else 'booklet'}.pdf")
    made = _imposed(data, file, signature, sheet, creep, marks=marks, plan=plan)
    if made.value is None:
        return Outcome(None, made.diagnostics)
    write_bytes(target, made.value)
    return Outcome(target, made.diagnostics)


def _wrong(signature: int, sheet: str, creep: float) -> Diagnostic | None:
    if not 0 <= signature <= MOST_PAGES or signature % 4:
        fact = f"a signature of {signature} pages cannot be folded"
        return Diagnostic(code=NO_SIGNATURE, fact=fact, where="command line",
                          hint="4, 8, 16 or 32 are usual; 0 makes one booklet")  # fmt: skip
    if sheet != "trim" and sheet_of(sheet) is None:
        return Diagnostic(code=NO_SHEET, fact=f"“{sheet}” is no sheet", where="command line",
                          hint="A4, A3, letter, trim, or a size in mm: 297x210")  # fmt: skip
    if not 0 <= creep <= MOST_CREEP:
        hint = f"from 0 to {MOST_CREEP:g}: about the thickness of the paper"
        return Diagnostic(code=NO_CREEP, fact=f"a creep of {creep:g} mm", where="command line",
                          hint=hint)  # fmt: skip
    return None


def _readable(file: Path) -> tuple[tuple[Diagnostic, ...], bytes]:
    """Why the file cannot be imposed, and its content."""
    try:
        data = file.read_bytes()
    except OSError as problem:
        fact = f"{file} cannot be read: {problem.strerror}"
        return (Diagnostic(code=PRE001, fact=fact, where=str(file)),), b""
    with preflight.quiet():
        found = preflight.opened(data, file).diagnostics
    return tuple(one for one in found if one.code in (PRE001, PRE002)), data


def _imposed(
    data: bytes, file: Path, signature: int, sheet: str, creep: float, *, marks: bool, plan: Plan
) -> Outcome[bytes | None]:
    from datetime import UTC, datetime

    from edition.press import document, imposition

    size = None if sheet == "trim" else sheet_of(sheet)
    spec = imposition.Booklet(signature=signature, sheet=size, creep=creep, marks=marks)
    try:
        with preflight.quiet():
            title, author = document.title_of(data)
            # the date enters no booklet; Metadata wants one
            date = datetime(1980, 1, 1, tzinfo=UTC)
            meta = Metadata(title=title or file.stem, author=author, date=date)
            return Outcome(booklet_bytes(data, signature, spec, meta, plan))
    except Exception as problem:  # noqa: BLE001  (pypdf meets damage with errors of every kind)
        fact = f"the file is damaged: {type(problem).__name__}: {str(problem)[:200]}"
        hint = "a repaired copy may do: qpdf FILE repaired.pdf"
        return Outcome(None, (Diagnostic(code=PRE001, fact=fact, where=str(file), hint=hint),))
