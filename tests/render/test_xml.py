"""No text breaks the XML of a feed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.render.feeds.xml import ATOM, FORBIDDEN, add, clean, to_bytes

TEXTS = [
    ("plain", "plain"),
    ("a & b < c > d", "a & b < c > d"),
    ("]]>", "]]>"),
    ("<![CDATA[x]]>", "<![CDATA[x]]>"),
    ("&amp; &#0; &nbsp;", "&amp; &#0; &nbsp;"),
    ("a\x00b\x01c\x08d\x0be\x0cf\x1fg", "abcdefg"),
    ("a\ud800b\udfffc", "abc"),
    ("a\ufffeb\uffffc", "abc"),
    ("tab\tand\nline", "tab\tand\nline"),
    ("\x7f\x85\xa0\u2028", "\x7f\x85\xa0\u2028"),
    ("🛠 字 \U0010ffff", "🛠 字 \U0010ffff"),
    ("\ufffd", "\ufffd"),
]


@pytest.mark.parametrize(("text", "kept"), TEXTS)
def test_what_can_be_written_is_kept_and_the_rest_left_out(text: str, kept: str) -> None:
    root = ET.Element("rss")
    add(root, "title", text, name=text)
    (title,) = ET.fromstring(to_bytes(root))  # noqa: S314
    assert title.text == kept
    assert " ".join(str(title.get("name")).split()) == " ".join(kept.split())


@settings(max_examples=200)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_comes_back_but_for_line_ends(text: str) -> None:
    root = ET.Element("rss")
    add(root, "title", f"x{text}x")
    (title,) = ET.fromstring(to_bytes(root))  # noqa: S314
    assert title.text == clean(f"x{text}x").replace("\r\n", "\n").replace("\r", "\n")


def test_an_attribute_cannot_be_left() -> None:
    root = ET.Element("rss", {"version": "2.0"})
    add(add(root, "channel"), f"{{{ATOM}}}link", href="\"><script>'")
    data = to_bytes(root)
    assert b"<script" not in data and data.count(b"<") == 5 + 1
    assert feedparser.parse(data).bozo is False


def test_nothing_that_is_left_out_is_printable() -> None:
    assert not [it for it in map(chr, range(0x110000)) if it.isprintable() and FORBIDDEN.match(it)]
