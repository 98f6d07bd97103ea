"""Pictures in RGB, in the inks of the printing process.

Pillow's littlecms converts them where it is installed (the extra ``press``): relative
colorimetric, black point compensated, as printers do. What holds grey alone becomes grey, so that
black lines stay on one plate. Of drawings the operators of colour are written anew.
"""

from __future__ import annotations

import importlib.util
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from edition.press.document import Profile
from edition.press.preflight.paints import named, space_name

if TYPE_CHECKING:
    from PIL import Image, ImageCms

_RGB = frozenset(("DeviceRGB", "CalRGB", "ICCBased3"))
_PICTURE = re.compile(rb"/Subtype\s*/(?:Image|Form)\b")
_DEPTH = 12  # forms within forms; deeper nesting is a loop
_RELATIVE, _BLACK_POINT = 1, 0x2000  # intent and flag of littlecms
_PAINTS = {"rg": "k", "RG": "K"}
_CHOICES = {"cs": ("rg", "sc", "scn"), "CS": ("RG", "SC", "SCN")}


@dataclass(slots=True)
class Separated:
    """What was converted: how many pictures and drawings, on which pages (1-based)."""

    pictures: int = 0
    drawings: int = 0
    pages: set[int] = field(default_factory=set)

    def told(self) -> str:
        """``2 pictures and a drawing``"""
        parts = ["a picture" if self.pictures == 1 else f"{self.pictures} pictures"] * (
            self.pictures > 0)  # fmt: skip
        parts += ["a drawing" if self.drawings == 1 else f"{self.drawings} drawings"] * (
            self.drawings > 0)  # fmt: skip
        return " and ".join(parts)


def available() -> bool:
    return importlib.util.find_spec("PIL") is not None


def of(data: bytes, profile: Profile) -> tuple[bytes, Separated]:
    """The PDF ``data`` with its pictures in the inks of ``profile``; the same where none is in RGB.
    A picture that names a colour as transparent stays as it is: preflight tells it."""
    from edition.press import document

    if _PICTURE.search(data) is None or not available() or profile.components != 4:
        return data, Separated()
    writer = document.open_writer(data)
    done = _separate(writer, profile)
    return (document.to_bytes(writer) if done.pages else data), done


def _separate(writer: PdfWriter, profile: Profile) -> Separated:
    done = Separated()
    inks = _Inks(profile)
    changed: dict[int, bool] = {}  # object number -> whether it was in RGB
    for number, page in enumerate(writer.pages, start=1):
        resources = page.get("/Resources", DictionaryObject()).get_object()
        for key, held in _held(resources, 0):
            if key not in changed:
                changed[key] = inks.convert(held)
                done.pictures += changed[key] and held.get("/Subtype") == "/Image"
                done.drawings += changed[key] and held.get("/Subtype") == "/Form"
            if changed[key]:
                done.pages.add(number)
    return done


def _held(resources: Any, depth: int) -> Iterator[tuple[int, Any]]:
    """(object number, picture or form) of all that resources hold, forms within forms too."""
    known: Any = resources.get("/XObject", DictionaryObject()).get_object()
    for name in known:
        held = known[name].get_object()
        reference = getattr(held, "indirect_reference", None)
        if reference is None or not isinstance(held, StreamObject):
            continue
        yield reference.idnum, held
        if held.get("/Subtype") == "/Form" and "/Resources" in held and depth < _DEPTH:
            yield from _held(held["/Resources"].get_object(), depth + 1)


class _Inks:
    """Conversions to one profile, kept by the profile that they come from."""

    def __init__(self, profile: Profile) -> None:
        from PIL import ImageCms

        self.target = ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
        self.transforms: dict[bytes, ImageCms.ImageCmsTransform] = {}
        self.known: dict[tuple[float, ...], tuple[float, ...]] = {}

    def convert(self, held: Any) -> bool:
        if held.get("/Subtype") == "/Image":
            return self.picture(held)
        return held.get("/Subtype") == "/Form" and self.drawing(held)

    def transform(self, profile: bytes) -> ImageCms.ImageCmsTransform:
        """From the RGB of ``profile``, of sRGB where there is none."""
        from PIL import ImageCms

        if profile not in self.transforms:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else (
                ImageCms.createProfile("sRGB"))  # fmt: skip
            self.transforms[profile] = ImageCms.buildTransform(
                source, self.target, "RGB", "CMYK", ImageCms.Intent(_RELATIVE),
                ImageCms.Flags(_BLACK_POINT))  # fmt: skip
        return self.transforms[profile]

    # --- pictures ---------------------------------------------------------------------------------

    def picture(self, image: Any) -> bool:
        space = image.get("/ColorSpace")
        if space is None or space_name(space) not in _RGB:
            return False
        space = space.get_object()
        if isinstance(space, ArrayObject) and space[0] == "/Indexed":
            self.palette(space)
            return True
        if _keyed(image):
            return False
        shown: Image.Image = image.decode_as_image().convert("RGB")
        pixels = shown.convert("L") if _is_grey(shown) else self._inked(shown, _profile(space))
        image._data = zlib.compress(pixels.tobytes(), 9)
        for key in ("/DecodeParms", "/Decode", "/Intent"):
            image.pop(key, None)
        grey = pixels.mode == "L"
        image[NameObject("/Filter")] = NameObject("/FlateDecode")
        image[NameObject("/ColorSpace")] = NameObject("/DeviceGray" if grey else "/DeviceCMYK")
        image[NameObject("/BitsPerComponent")] = NumberObject(8)
        return True

    def palette(self, space: ArrayObject) -> None:
        """The colours of an indexed space; the pixels stay."""
        from PIL import Image

        table = space[3].get_object()
        colours = table.get_data() if isinstance(table, StreamObject) else table.original_bytes
        many = int(space[2]) + 1
        listed = Image.frombytes("RGB", (many, 1), colours[: 3 * many].ljust(3 * many, b"\0"))
        grey = _is_grey(listed)
        inks = listed.convert("L") if grey else self._inked(listed, _profile(space))
        space[1] = NameObject("/DeviceGray" if grey else "/DeviceCMYK")
        space[3] = ByteStringObject(inks.tobytes())

    def _inked(self, shown: Image.Image, profile: bytes) -> Image.Image:
        from PIL import ImageCms

        made = ImageCms.applyTransform(shown, self.transform(profile))
        assert made is not None  # only a conversion in place gives none
        return made

    # --- drawings ---------------------------------------------------------------------------------

    def drawing(self, form: StreamObject) -> bool:
        resources = form.get("/Resources", DictionaryObject()).get_object()
        content = ContentStream(form, None)
        colours = _Colours(resources, self.inks_of)
        try:
            operations = [one for operands, name in content.operations
                          for one in colours.written(operands, name)]  # fmt: skip
        except Exception:  # noqa: BLE001  (pypdf meets damage with errors of every kind)
            # no operators that can be read: it stays as it is, and preflight tells it
            return False
        if not colours.changed:
            return False
        content.operations = operations
        data = content.get_data()
        if isinstance(form, EncodedStreamObject):
            form._data = zlib.compress(data, 9)
            form[NameObject("/Filter")] = NameObject("/FlateDecode")
            form.pop("/DecodeParms", None)
            form.decoded_self = None
        else:
            form.set_data(data)
        return True

    def inks_of(self, colour: tuple[float, ...]) -> tuple[float, ...]:
        """C, M, Y, K from 0 to 1 of a colour in sRGB; of a grey its black alone."""
        if len(set(colour)) == 1:
            return (0.0, 0.0, 0.0, round(1 - colour[0], 4))
        if colour not in self.known:
            from PIL import Image

            pixel = Image.new("RGB", (1, 1), tuple(round(255 * one) for one in colour))
            inks = self._inked(pixel, b"").tobytes()
            self.known[colour] = tuple(round(one / 255, 4) for one in inks)
        return self.known[colour]


class _Colours:
    """Follows the colours of a content stream and writes those in RGB as inks."""

    def __init__(
        self, resources: Any, inks: Callable[[tuple[float, ...]], tuple[float, ...]]
    ) -> None:
        self.resources = resources
        self.inks = inks
        self.rgb = {"cs": False, "CS": False}  # whether the space chosen for fills, strokes is RGB
        self.saved: list[dict[str, bool]] = []
        self.changed = False

    def written(self, operands: Any, operator: bytes) -> Iterator[tuple[Any, bytes]]:
        name = operator.decode("latin-1")
        if name == "q":
            self.saved.append(dict(self.rgb))
        elif name == "Q" and self.saved:
            self.rgb = self.saved.pop()
        choice = next((one for one, names in _CHOICES.items() if name in names), "")
        if name in _CHOICES and operands:
            space = space_name(named(str(operands[0]), self.resources))
            self.rgb[name] = space in _RGB
            if self.rgb[name]:  # black, as every space of three begins
                yield self.inked((0.0, 0.0, 0.0), "k" if name == "cs" else "K")
                return
        elif name in _PAINTS or (choice and self.rgb[choice]):
            self.rgb[choice] = True
            colour = tuple(min(max(float(one), 0.0), 1.0) for one in operands[:3]
                           if isinstance(one, NumberObject | FloatObject))  # fmt: skip
            if len(colour) == 3:
                yield self.inked(colour, "k" if choice == "cs" else "K")
                return
        elif name in ("g", "k", "G", "K"):
            self.rgb["cs" if name.islower() else "CS"] = False
        yield operands, operator

    def inked(self, colour: tuple[float, ...], name: str) -> tuple[Any, bytes]:
        self.changed = True
        return [FloatObject(one) for one in self.inks(colour)], name.encode()


def _keyed(image: Any) -> bool:
    """Whether colours are named by their RGB elsewhere: as transparent, or under its mask."""
    mask = image.get("/SMask")
    matte = mask is not None and "/Matte" in mask.get_object()
    key = image.get("/Mask")
    return matte or (key is not None and isinstance(key.get_object(), ArrayObject))


def _is_grey(shown: Image.Image) -> bool:
    red, green, blue = shown.split()
    return bool(red.tobytes() == green.tobytes() == blue.tobytes())


def _profile(space: Any) -> bytes:
    """The ICC profile of a colour space, or of that which it indexes; empty where it has none."""
    space = space.get_object()
    if isinstance(space, list) and space and space[0] == "/Indexed":
        return _profile(space[1])
    if isinstance(space, list) and space and space[0] == "/ICCBased":
        return bytes(space[1].get_object().get_data())
    return b""
