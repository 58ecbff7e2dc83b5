"""What in a built site could run, style or fetch anything that its theme did not bring."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

ACTIVE = {"script", "style", "iframe", "object", "embed", "base", "form", "frame", "portal", "math", "template"}
URLS = {"href", "src", "action", "formaction", "poster", "data", "background", "xlink:href"}
SCHEMES = {"http", "https", "mailto", "tel"}
# What the theme itself links to, for programs that follow calendars; content cannot.
CALENDAR = re.compile(r"webcal://[a-z.]+\.example/(components/[a-z0-9_-]+/)?calendar\.ics")
# The one script that the theme brings.
OWN_SCRIPT = re.compile(r"[./a-z]*assets/page\.[0-9a-f]{10}\.js")
# The description of a whole feed is plain text, that of an item is HTML.
HTML_IN_FEEDS = (
    ".//item/description",
    ".//item/{http://purl.org/rss/1.0/modules/content/}encoded",
    ".//{http://www.w3.org/2005/Atom}content[@type='html']",
)


class Page(HTMLParser):
    """A page's `unsafe` parts, and its `text` with single spaces."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.unsafe: list[str] = []
        self._texts: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join("".join(self._texts).split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._end_word(tag)
        if tag in ACTIVE and not OWN_SCRIPT.fullmatch(dict(attributes).get("src") or ""):
            self.unsafe.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "srcdoc", "http-equiv"):
                self.unsafe.append(f"{tag} {name}")
            # As browsers read an address: control characters and spaces around it do not count, line ends nowhere.
            address = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value or "") if name in URLS else ""
            scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", address)
            if scheme and scheme[1].casefold() not in SCHEMES and not CALENDAR.fullmatch(address):
                self.unsafe.append(f"{tag} {name}={value}")
            if name == "src" or (tag == "link" and name == "href" and "stylesheet" in dict(attributes).values()):
                fetched = re.match(r"(?:[a-z]+:)?//", address)
                self.unsafe += [f"{tag} {name}={value}"] if fetched else []

    def handle_endtag(self, tag: str) -> None:
        self._end_word(tag)

    def _end_word(self, tag: str) -> None:
        """A time stands within a sentence, of which a comma may follow."""
        if tag != "time":
            self._texts.append(" ")

    def handle_data(self, data: str) -> None:
        self._texts.append(data)


def find_unsafe(output: Path) -> list[str]:
    """`file: part` for the pages of a site, and for the HTML in its feeds, which must be well-formed."""
    found = []
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        texts = [path.read_text("utf-8")] if name.endswith(".html") else []
        if name.endswith((".rss", ".atom", ".xml")):
            feed = ElementTree.parse(path)  # noqa: S314
            texts = [node.text or "" for where in HTML_IN_FEEDS for node in feed.iterfind(where)]
        found += [f"{name}: {part}" for text in texts for part in Page(text).unsafe]
    return found
