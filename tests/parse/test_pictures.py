"""Logos and favicons: what they are is known, and nothing gets through that does more than show."""

from __future__ import annotations

import struct

import pytest

from statusgen.parse.pictures import LIMITS, parse_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 32">{}</svg>'
PATH = '<path d="M0 0h8v8z" fill="url(#a)" style="stroke:#fff"/>'
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII5s", 13, b"IHDR", 64, 48, b"\x08\x06\0\0\0") + bytes(4)
LOSSLESS = (63 | 47 << 14).to_bytes(4, "little")
WEBPS = {
    "lossy": b"VP8 " + bytes(10) + struct.pack("<HH", 64, 48),
    "lossless": b"VP8L" + bytes(4) + b"\x2f" + LOSSLESS + bytes(8),
    "extended": b"VP8X" + bytes(8) + (63).to_bytes(3, "little") + (47).to_bytes(3, "little"),
}
HOSTILE: dict[str, str | bytes] = {
    "a script": SVG.format("<script>alert(1)</script>"),
    "a script of XHTML": SVG.format('<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'),
    "a script in capitals": SVG.format("<SCRIPT>alert(1)</SCRIPT>"),
    "an event": SVG.format('<path onclick="alert(1)"/>'),
    "an event of the root": SVG.replace("<svg ", '<svg onload="alert(1)" ').format(""),
    "an event in capitals": SVG.format('<path ONCLICK="alert(1)"/>'),
    "a page": SVG.format("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>"),
    "a link": SVG.format('<a href="https://evil.example/"><path/></a>'),
    "a picture from elsewhere": SVG.format('<image href="https://evil.example/x.png"/>'),
    "a drawing from elsewhere": SVG.format('<use href="https://evil.example/x.svg#a"/>'),
    "a drawing from elsewhere by the old name": SVG.format(
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//evil.example/x.svg#a"/>'
    ),
    "a script's address": SVG.format('<use href="javascript:alert(1)"/>'),
    "data": SVG.format('<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>'),
    "an animation of an address": SVG.format('<set attributeName="href" to="javascript:alert(1)"/>'),
    "an animation": SVG.format('<animate attributeName="href" values="javascript:alert(1)"/>'),
    "a style that fetches": SVG.format("<style>path { fill: url(https://evil.example/) }</style>"),
    "a style that imports": SVG.format("<style>@import 'https://evil.example/x.css';</style>"),
    "a style with a font": SVG.format("<style>@font-face { src: url(x) }</style>"),
    "a style that is hidden": SVG.format(r"<style>path { fill: u\72l(https://evil.example/) }</style>"),
    "an attribute that fetches": SVG.format("<path fill=\"url( 'https://evil.example/#a')\"/>"),
    "a style attribute that fetches": SVG.format('<path style="filter:url(//evil.example/)"/>'),
    "entities": '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<text>&a;</text>"),
    "a document type": '<!DOCTYPE svg SYSTEM "https://evil.example/">' + SVG.format(""),
    "a stylesheet from elsewhere": '<?xml-stylesheet href="https://evil.example/"?>' + SVG.format(""),
    "a base": SVG.replace("viewBox", 'xml:base="https://evil.example/" viewBox').format('<use href="#a"/>'),
    "HTML": "<html><script>alert(1)</script></html>",
    "no XML": "<svg",
    "no size": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "another encoding": SVG.format("").encode("utf-16"),
    "too much": SVG.format(" " * LIMITS["logo"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_drawing_that_does_more_is_refused(name: str) -> None:
    data = HOSTILE[name]
    picture, problems = parse_picture("logo", "logo.svg", data if isinstance(data, bytes) else data.encode())
    assert picture is None
    assert [(problem.code, problem.severity) for problem in problems] == [("bad-picture", "error")]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (SVG.format(PATH), (120, 32)),
        (SVG.replace("viewBox", 'width="60px" height="16" viewBox').format(PATH), (60, 16)),
        (SVG.replace("viewBox", 'width="100%" viewBox').format(PATH), (120, 32)),
        ('<?xml version="1.0" encoding="UTF-8"?>\n' + SVG.format('<use href="#a"/>'), (120, 32)),
        (SVG.format("<style>.a{fill:#fff;stroke:url(#b)}</style><!-- made by hand -->"), (120, 32)),
        ("\ufeff" + SVG.format("<title>A &amp; B</title>"), (120, 32)),
    ],
)
def test_a_drawing_is_taken_with_its_size(text: str, size: tuple[int, int]) -> None:
    picture, problems = parse_picture("logo", "img/logo.svg", text.encode())
    assert problems == [] and picture
    assert (picture.width, picture.height, picture.asset) == (*size, "logo.svg")


@pytest.mark.parametrize(
    ("path", "data"),
    [("a.png", PNG), *((f"{name}.webp", b"RIFF\0\0\0\0WEBP" + data) for name, data in WEBPS.items())],
)
def test_other_pictures_are_what_their_bytes_say(path: str, data: bytes) -> None:
    picture, problems = parse_picture("logo_dark", path, data)
    assert problems == [] and picture
    assert (picture.width, picture.height) == (64, 48) and picture.asset.startswith("logo-dark.")
    other = "a.webp" if path == "a.png" else "a.png"
    assert parse_picture("logo", other, data)[0] is None
    assert parse_picture("logo", path, data[:20])[0] is None
    assert parse_picture("logo", path, SVG.format("").encode())[0] is None


def test_an_icon() -> None:
    picture, _ = parse_picture("favicon", "favicon.ico", b"\0\0\1\0\1\0" + bytes([32, 0]) + bytes(14))
    assert picture and (picture.width, picture.height, picture.asset) == (32, 256, "favicon.ico")
