"""Logo and favicon: files that browsers show, and that must do nothing else."""

from __future__ import annotations

import re
import struct
from xml.etree import ElementTree

from statusgen.model.looks import Picture
from statusgen.problems import Problem

CODE = "bad-picture"
# Bytes, by key: each is fetched with the first page.
LIMITS = {"logo": 100_000, "logo_dark": 100_000, "favicon": 50_000}
SVG = "{http://www.w3.org/2000/svg}"
# What draws. Scripts, foreign content, links, animations and pictures in the picture are not among them.
ELEMENTS = frozenset({
    "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComposite", "feFlood",
    "feGaussianBlur", "feMerge", "feMergeNode", "feOffset", "filter", "g", "line", "linearGradient", "marker", "mask",
    "metadata", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg", "switch",
    "symbol", "text", "textPath", "title", "tspan", "use", "view",
})  # fmt: skip
# In a stylesheet a backslash can hide what the rest of a word is.
ACTIVE_CSS = re.compile(r"@import|@font-face|@namespace|expression\s*\(|javascript:|\\|image\(|image-set\(|src\(", re.I)
CSS_URL = re.compile(r"url\(\s*[\"']?\s*(?!#)", re.I)
NUMBER = re.compile(r"\s*([0-9]{1,5}(?:\.[0-9]{0,6})?)\s*(?:px)?\s*")
DRAWING_PROGRAMS = ("http://www.inkscape.org/", "http://sodipodi.sourceforge.net/", "http://ns.adobe.com/")


class _Refused(Exception):  # noqa: N818 it is no error of the program
    """What is wrong with a picture."""


def parse_picture(key: str, path: str, data: bytes) -> tuple[Picture | None, list[Problem]]:
    """A file of the content folder as what `theme:` names it for."""
    extension = path.rpartition(".")[2]
    try:
        if len(data) > LIMITS[key]:
            raise _Refused(f"it has more than {LIMITS[key] // 1000} KB")
        width, height = _SIZES[extension](data)
    except _Refused as refused:
        hint = "save it as a plain SVG, without scripts, links and fonts" if extension == "svg" else ""
        return None, [Problem(path, 0, CODE, f"this cannot be shown as the {key.replace('_', ' ')}: {refused}", hint)]
    return Picture(key, extension, data, width, height), []


def _svg_size(data: bytes) -> tuple[int, int]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Refused("it is not UTF-8") from None
    # Entities could become anything, and a stylesheet can be asked for from outside the root element.
    body = re.sub(r"^\s*<\?xml [^?]*\?>", "", text)
    if "<!DOCTYPE" in body or "<!ENTITY" in body or "<?" in body:
        raise _Refused("it has a document type, entities or processing instructions")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 without entities
    except ElementTree.ParseError as error:
        raise _Refused(f"it is no XML: {error}") from None
    if root.tag != f"{SVG}svg":
        raise _Refused("its root is not an `svg` of http://www.w3.org/2000/svg")
    for element in root.iter():
        _check_element(element)
    box = (root.get("viewBox") or "").replace(",", " ").split()
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    if not (width and height) and len(box) == 4:
        width, height = _pixels(box[2]), _pixels(box[3])
    if not (width and height):
        raise _Refused("it does not tell its size: it needs a `viewBox`")
    return width, height


def _check_element(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(SVG)
    if name.startswith(tuple(f"{{{space}" for space in DRAWING_PROGRAMS)):
        return
    if name not in ELEMENTS:
        raise _Refused(f"it has `<{name.rpartition('}')[2]}>`, which does more than draw")
    if name == "style":
        _check_css("".join(element.itertext()))
    for key, value in element.attrib.items():
        plain = key.rpartition("}")[2]
        if plain.lower().startswith("on"):
            raise _Refused(f"it has `{plain}`, which runs a script")
        if plain == "base" or (plain == "href" and not value.strip().startswith("#")):
            raise _Refused("it refers to something outside of itself")
        _check_css(value)


def _check_css(text: str) -> None:
    if ACTIVE_CSS.search(text) or CSS_URL.search(text):
        raise _Refused("it has style that fetches or hides something")


def _pixels(text: str | None) -> int:
    found = NUMBER.fullmatch(text or "")
    return max(1, round(float(found[1]))) if found and float(found[1]) > 0 else 0


def _png_size(data: bytes) -> tuple[int, int]:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR" or len(data) < 33:
        raise _Refused("it is no PNG")
    width, height = struct.unpack(">II", data[16:24])
    return _checked(width, height)


def _webp_size(data: bytes) -> tuple[int, int]:
    """By RFC 9649, section 2: the three forms of a file's first chunk."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        raise _Refused("it is no WebP")
    if data[12:16] == b"VP8X":
        return _checked(int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1)
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return _checked((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack("<HH", data[26:30])
    return _checked(width & 0x3FFF, height & 0x3FFF)


def _ico_size(data: bytes) -> tuple[int, int]:
    """The first of its pictures; 0 stands for 256."""
    if data[:4] != b"\0\0\1\0" or len(data) < 22:
        raise _Refused("it is no ICO")
    return data[6] or 256, data[7] or 256


def _checked(width: int, height: int) -> tuple[int, int]:
    if not (0 < width <= 4096 and 0 < height <= 4096):
        raise _Refused("its sides have more than 4,096 pixels, or none")
    return width, height


_SIZES = {"svg": _svg_size, "png": _png_size, "webp": _webp_size, "ico": _ico_size}
