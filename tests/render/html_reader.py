"""Pages and feed texts as a browser's parser would see them: elements, attributes, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What browsers drop from an address before they look at its scheme.
DROPPED = re.compile("[\t\n\r]|^[\x00-\x20]+")


@dataclass(slots=True)
class Read:
    """`elements` are (tag, attributes) in order; `unclosed` is what does not nest; `text` is all text."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}

    @property
    def attributes(self) -> set[str]:
        return {name for _, attributes in self.elements for name in attributes}

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def addresses(self) -> list[str]:
        """Everything that the page asks for or leads to."""
        names = ("href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href")
        return [value for _, attributes in self.elements for name, value in attributes.items() if name in names]

    @property
    def schemes(self) -> set[str]:
        """Of the addresses that are not relative, as browsers read them."""
        return {urlsplit(DROPPED.sub("", address)).scheme.lower() for address in self.addresses} - {""}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of <{tag}> is there twice"
        self.read.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.read.unclosed.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.read.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.read.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.read.others.append(data)

    def handle_decl(self, decl: str) -> None:
        if decl != "doctype html":
            self.read.others.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.read.others.append(data)

    def finish(self) -> Read:
        self.close()
        self.read.unclosed += self._open
        return self.read


def read_html(text: str | bytes) -> Read:
    reader = _Reader()
    reader.feed(text.decode() if isinstance(text, bytes) else text)
    return reader.finish()
