"""A badge as SVG: a name, a shape and words, readable in light and dark, and alike in every font."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from xml.etree import ElementTree as ET

from statusgen.render.badges.text import shorten, width_of
from statusgen.render.feeds.xml import add, to_bytes

SIZE, HEIGHT, BASELINE, EDGE, ROUND = 11, 20, 14, 6, 4
SHAPE, GAP = 10, 4
NAME_LIMIT = 220
FONT = "Verdana,'DejaVu Sans',sans-serif"
# (background, letters) in light, then in dark; letters stand out by 4.5 to 1 and more.
NAME_COLOURS = (("#e1e5eb", "#2b323c"), ("#2b323c", "#e8ebf0"))
ON_LIGHT, ON_DARK = "#ffffff", "#0f1217"


@dataclass(frozen=True, slots=True)
class Tone:
    """`shape` is a path in a square of 10; `shields` is the colour's name at shields.io."""

    shields: str
    light: str
    dark: str
    shape: str


TONES = {
    "good": Tone("brightgreen", "#14683d", "#5fcf9a", "M0 5.2 1.5 3.7 4 6.2 8.5 1.2 10 2.6 4.1 9z"),
    "work": Tone("blue", "#2253ad", "#94baff", "M1 1h8v8H1z"),
    "minor": Tone("yellow", "#775600", "#e8bd3a", "M5 .5 9.8 9.5H.2z"),
    "major": Tone("orange", "#9a4300", "#f4a56a", "M5 0 10 5 5 10 0 5z"),
    "critical": Tone("red", "#a5221a", "#ff9a92", "M2 0 5 3 8 0 10 2 7 5 10 8 8 10 5 7 2 10 0 8 3 5 0 2z"),
    "unknown": Tone("lightgrey", "#4a5361", "#a0a9b6", "M1 4h8v2H1z"),
}


def render_svg(name: str, of: str, message: str, tone: Tone) -> bytes:
    """`of` is what of the named is told, such as its uptime; a long name is shortened before it."""
    said = f"{name} {of}".rstrip()
    shown = f"{shorten(name, NAME_LIMIT, SIZE)} {of}".rstrip()
    left = ceil(EDGE + width_of(shown, SIZE) + EDGE)
    right = ceil(EDGE + SHAPE + GAP + width_of(message, SIZE) + EDGE)
    size = {"width": f"{left + right}", "height": f"{HEIGHT}", "viewBox": f"0 0 {left + right} {HEIGHT}"}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img"})
    add(root, "title", f"{said}: {message}")
    root.set("aria-label", root[0].text or "")
    add(root, "style", _dark_style(tone))
    (back, letters), _ = NAME_COLOURS
    _add_shape(root, "l", back, f"M{left} 0v{HEIGHT}H{ROUND}{_corner('-', '-')}V{ROUND}{_corner('', '-')}z")
    _add_shape(root, "m", tone.light, f"M{left} 0h{right - ROUND}{_corner('', '')}"
               f"v{HEIGHT - 2 * ROUND}{_corner('-', '')}H{left}z")  # fmt: skip
    _add_text(root, "t", letters, shown, EDGE)
    shape = _add_shape(root, "x", ON_LIGHT, tone.shape)
    shape.set("transform", f"translate({left + EDGE} {(HEIGHT - SHAPE) // 2})")
    _add_text(root, "x", ON_LIGHT, message, left + EDGE + SHAPE + GAP)
    return to_bytes(root)


def _dark_style(tone: Tone) -> str:
    """Where the picture is shown on a dark page; what is drawn by attributes is for all others."""
    _, (back, letters) = NAME_COLOURS
    colours = {"l": back, "t": letters, "m": tone.dark, "x": ON_DARK}
    rules = "".join(f".{kind}{{fill:{colour}}}" for kind, colour in colours.items())
    return f"@media(prefers-color-scheme:dark){{{rules}}}"


def _corner(across: str, down: str) -> str:
    """A quarter of a circle, clockwise, to the right and down or, with `-`, the other way."""
    return f"a{ROUND} {ROUND} 0 0 1 {across}{ROUND} {down}{ROUND}"


def _add_shape(root: ET.Element, kind: str, colour: str, path: str) -> ET.Element:
    return add(root, "path", **{"class": kind, "fill": colour, "d": path})


def _add_text(root: ET.Element, kind: str, colour: str, text: str, x: int) -> None:
    """As wide as it was reckoned, whatever font there is."""
    width = f"{width_of(text, SIZE):.1f}"
    place = {"x": f"{x}", "y": f"{BASELINE}", "textLength": width, "lengthAdjust": "spacingAndGlyphs"}
    add(root, "text", text, **{"class": kind, "fill": colour, "font-family": FONT, "font-size": str(SIZE)}, **place)
