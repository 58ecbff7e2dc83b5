"""The HTML of one update -> markdown whose rendering has the same text again.

Own code, because a general converter escapes for another dialect: the target is Python-Markdown with tables,
fenced_code and sane_lists. Words are never lost; a style that cannot be written safely (bold glued to italic, say) is.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import urljoin

from statusgen.importers.feed.inline import Run, render_line
from statusgen.importers.text import clean_text

_STYLES: dict[str, Literal["**", "*", "`"]] = {
    "b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`", "samp": "`", "pre": "`",
}  # fmt: skip
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "blockquote",
        "address",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "caption",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "hr",
        "pre",
        "form",
        "fieldset",
        "details",
        "summary",
        "body",
        "html",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset({"script", "style", "template"})
_MARKS: tuple[Literal["`", "**", "*"], ...] = ("`", "**", "*")


def to_markdown(html: str, base: str = "") -> str:
    """Markdown without a final newline; `""` for an update without text. Relative links are resolved against `base`."""
    parser = _Blocks(base)
    parser.feed(html)
    parser.close()
    return _join(parser.blocks)


def to_text(html: str) -> str:
    """The words of a piece of HTML on one line."""
    parser = _Blocks("")
    parser.feed(html)
    parser.close()
    runs = (run.text for block in parser.blocks for line in block.lines for run in [*line, Run(" ")])
    return " ".join("".join(runs).split())


@dataclass(slots=True)
class _Block:
    marker: str = ""
    level: int = 0
    lines: list[list[Run]] = field(default_factory=lambda: [[]])

    def is_blank(self) -> bool:
        return not any(run.text.strip() for line in self.lines for run in line)


@dataclass(slots=True)
class _List:
    ordered: bool
    outer_items: int
    count: int = 0


class _Blocks(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [_Block()]
        self._base = base
        self._open = dict.fromkeys(("**", "*", "`"), 0)
        self._href = ""
        self._silent = 0
        self._lists: list[_List] = []
        self._items: list[_Block] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._break()
        elif tag in _HEADINGS:
            self._start(marker="" if self._items else "#" * max(3, int(tag[1])) + " ", force=True)
        elif tag in {"ul", "ol"}:
            self._lists.append(_List(tag == "ol", len(self._items)))
            self._start()
        elif tag == "li":
            self._item()
        elif tag == "a":
            self._href = self._target(dict(attrs).get("href") or "")
        elif tag in {"td", "th"}:
            self.handle_data(" ")
        elif tag in _BLOCKS:
            self._start()
        if tag in _STYLES:
            self._open[_STYLES[tag]] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _STYLES:
            self._open[_STYLES[tag]] = max(0, self._open[_STYLES[tag]] - 1)
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self._href = ""
        elif tag == "li" and self._lists:
            del self._items[self._lists[-1].outer_items :]
            self._start(force=True)
        elif tag in {"ul", "ol"} and self._lists:
            del self._items[self._lists.pop().outer_items :]
            self._start(force=True)
        elif tag in _HEADINGS:
            self._start(force=True)
        elif tag in _BLOCKS:
            self._start()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        in_pre = self._open["`"] and "\n" in data
        style = next((mark for mark in _MARKS if self._open[mark]), None)
        for index, piece in enumerate(data.split("\n") if in_pre else [data]):
            if index:
                self._break()
            self.blocks[-1].lines[-1].append(Run(clean_text(piece), style or "", self._href))

    def _item(self) -> None:
        if not self._lists:
            self._start()
            return
        current = self._lists[-1]
        current.count += 1
        del self._items[current.outer_items :]
        self._start(marker=f"{current.count}. " if current.ordered else "- ", force=True)
        self._items.append(self.blocks[-1])

    def _start(self, marker: str = "", force: bool = False) -> None:
        if force or not self.blocks[-1].is_blank():
            # An item without words of its own is not written, so what is in it must not be indented.
            level = sum(not item.is_blank() for item in self._items)
            self.blocks.append(_Block(marker, level))

    def _break(self) -> None:
        lines = self.blocks[-1].lines
        if any(run.text.strip() for run in lines[-1]):
            lines.append([])
        else:
            self._start()

    def _target(self, href: str) -> str:
        try:
            url = urljoin(self._base, href.strip())
        except ValueError:
            return ""
        return url if re.match(r"(?i)https?://|mailto:", url) else ""


def _join(blocks: list[_Block]) -> str:
    """Blocks as text; neighbouring items of one list stay tight."""
    text = ""
    before: _Block | None = None
    for block in blocks:
        if block.is_blank():
            continue
        lines = [line for line in (render_line(runs, block.marker) for runs in block.lines) if line]
        indent = "    " * block.level
        if before is not None:
            text += "\n" if _is_tight(before, block) else "\n\n"
        hard_break = " " if block.marker.startswith("#") else "  \n" + indent + " " * 4 * (block.marker != "")
        text += indent + block.marker + hard_break.join(lines)
        before = block
    return text


def _is_tight(before: _Block, block: _Block) -> bool:
    if not _is_item(before) or not _is_item(block):
        return False
    return block.level > before.level or before.marker[-2] == block.marker[-2]


def _is_item(block: _Block) -> bool:
    return block.marker != "" and not block.marker.startswith("#")
