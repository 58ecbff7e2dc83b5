"""The dialect of markdown: Python-Markdown's, with what people take for granted from other places."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

ITEM = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")
# U+0002 stands before what is put aside at that point: an escaped character of the address, or the end of a link.
# Without `{1,2000}+`, a run of many addresses would be read once from each of them, which takes seconds.
ADDRESS = r"https?://[^\s<>\"*\[\]\x02\x03]{1,2000}+(?!\x02)(?=[\s<>\"*\[\]]|\Z)"
AFTER_ADDRESS = re.compile(r"[.,:;!?'_~]+$")


def make_converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists", _Dialect()], output_format="html")


class _Dialect(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_LinkImages(md), "link-images", 0)
        # After fenced code is out of the way (25), so that what looks like a list in it stays as it is.
        md.preprocessors.register(_OpenLists(md), "open-lists", 10)
        # After HTML (90), whose attributes hold addresses, and before entities (80), which addresses hold.
        md.inlinePatterns.register(_LinkAddresses(ADDRESS, md), "link-addresses", 85)
        # `---` below a line is a rule between two thoughts, as people mean it, and never a heading.
        md.parser.blockprocessors.deregister("setextheader")


class _OpenLists(Preprocessor):
    """A list may follow a line of text without a blank line between."""

    def run(self, lines: list[str]) -> list[str]:
        opened: list[str] = []
        in_text = in_list = False
        for line in lines:
            if ITEM.match(line):
                if in_text:
                    opened.append("")
                in_text, in_list = False, True
            elif not line.strip():
                in_text = in_list = False
            elif not in_list:
                in_text = line[0] not in " \t>|#"
            opened.append(line)
        return opened


class _LinkAddresses(InlineProcessor):
    """An address is a link. Full stops and brackets behind it are not part of it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, found: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        address = AFTER_ADDRESS.sub("", found[0])
        while address.endswith(")") and address.count(")") > address.count("("):
            address = AFTER_ADDRESS.sub("", address[:-1])
        link = Element("a", {"href": address})
        link.text = markdown.util.AtomicString(address)
        return link, found.start(), found.start() + len(address)


class _LinkImages(Treeprocessor):
    """Images as links, because no page asks another host."""

    def run(self, root: Element) -> None:
        for element in root.iter("img"):
            element.tag = "a"
            element.set("href", element.attrib.pop("src", ""))
            element.text = element.attrib.pop("alt", "") or "image"
