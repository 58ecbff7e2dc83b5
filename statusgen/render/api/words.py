"""An author's markdown as plain text: its words, with line breaks where blocks end, and addresses of links."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser

from statusgen.render.json_text import text_to_json
from statusgen.render.markdown import INLINE, absolute_links, is_plain, render_markdown

# What stands apart from the text before it; other blocks only begin a line.
APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "blockquote", "table", "details"})
CELLS = ("td", "th")


def words_json(text: str, base: str) -> str:
    """A JSON text of its words. `base` is the address that relative links are written for."""
    if is_plain(text):
        # Of what has to be escaped, such a text holds quotes and line breaks alone.
        words = text.replace('"', r"\"").replace("\n\n", r"\n\n").replace("\n", " ")
        return f'"{words}"'
    return text_to_json(read_words(absolute_links(render_markdown(text), base)))


@lru_cache(maxsize=1024)
def read_words(html: str) -> str:
    """`html` is sanitised."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(line.rstrip() for line in "".join(reader.parts).split("\n")).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._gap = ""
        self._pre = 0
        # Addresses of the links that are open, and where their texts begin.
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))
        elif tag == "br":
            self._break("\n")
        elif tag not in INLINE:
            self._pre += tag == "pre"
            self._block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag not in INLINE and tag != "br":
            self._pre -= tag == "pre"
            self._block(tag)

    def handle_data(self, data: str) -> None:
        if self._pre:
            self._add(data)
            return
        words = " ".join(data.split())
        if data[:1].isspace():
            self._break(" ")
        if words:
            self._add(words)
            if data[-1:].isspace():
                self._break(" ")

    def _block(self, tag: str) -> None:
        self._break("\t" if tag in CELLS else "\n\n" if tag in APART else "\n")

    def _break(self, gap: str) -> None:
        """The widest of the gaps between two texts is what stands there."""
        self._gap = max(self._gap, gap, key=("", " ", "\t", "\n", "\n\n").index)

    def _add(self, text: str) -> None:
        if self.parts:
            # The last line of code may have an end of its own.
            self.parts[-1] = self.parts[-1].rstrip("\n") if self._gap else self.parts[-1]
            self.parts.append(self._gap)
        self.parts.append(text)
        self._gap = ""

    def _end_link(self, address: str, start: int) -> None:
        text = "".join(self.parts[start:]).strip()
        if text and address and address not in (text, f"mailto:{text}", f"tel:{text}"):
            self.parts.append(f" ({address})")
