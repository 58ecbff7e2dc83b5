"""XML built as a tree, so that no text can break it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, not even escaped (section 2.2).
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    # Nothing that XML cannot hold is printable, and most text is, but for the ends of its lines; asking is faster.
    return text if text.replace("\n", "").isprintable() else FORBIDDEN.sub("", text)


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    if attributes:
        attributes = {name: clean(value) for name, value in attributes.items()}
    element = ET.SubElement(parent, tag, attributes)
    if text:
        element.text = clean(text)
    return element


def to_text(element: ET.Element, level: int) -> str:
    """As it stands in a document, so many levels below its root."""
    ET.indent(element, level=level)
    return ET.tostring(element, encoding="unicode")


def to_bytes(root: ET.Element, parent: str = "", last: Sequence[str] = ()) -> bytes:
    """The document. `last` are texts of elements which follow those in its first child of the name `parent`, or else
    in the root."""
    ET.register_namespace("atom", ATOM)
    if last:
        # No other element has this name, and in a text its brackets would be escaped.
        add(next(root.iter(parent or str(root.tag))), "last")
    indent = "\n    " if parent else "\n  "
    document = to_text(root, 0).replace("<last />", indent.join(last))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{document}\n'.encode()
