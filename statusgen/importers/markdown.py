"""Markdown of other tools, made fit to stand between the updates of a content file."""

import re

from statusgen.parse.comments import drop_comments
from statusgen.parse.fences import FENCE, text_lines
from statusgen.parse.headings import HEADING
from statusgen.parse.text import CONTROL, LINE_END, drop_hidden

_SETEXT = re.compile(r" {0,3}(?:-{2,}|={2,})\s*")
_TITLE = re.compile(r" {0,3}#{1,2}(?:\s+(.*))?")
# With no blank behind it, it is no heading there.
_HASH = re.compile(r" {0,3}#{1,6}[^#\s]")
_NO_PARAGRAPH = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s)")
_CONFLICT = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)
_ENTITIES = {"`": "&#96;", "~": "&#126;"}


def tidy(text: str) -> tuple[str, list[str]]:
    """(text, notes): without comments, which might begin in one update and end in another."""
    notes = []
    text = clean(text)
    kept, unclosed = drop_comments(text)
    if "<!--" in text:
        notes.append("comments are left out" if unclosed is None else "a comment without an end is shown as text")
    return kept.strip("\n"), notes


def shield(text: str) -> str:
    """A text, or a part of one, in which nothing is a comment or a conflict of git."""
    text = clean(text)
    if "<!--" in text and drop_comments(text) != (text, None):
        text = text.replace("<!--", "&lt;!--")
    return _CONFLICT.sub(r"\\\1", text).strip("\n")


def fit(text: str) -> str:
    """The same for one that stands between updates: nothing in it begins one, or goes on behind its end."""
    return _demote(shield(text)).strip("\n")


def clean(text: str) -> str:
    """Without control characters and halves of pairs, with `\\n` as the end of each line."""
    return CONTROL.sub("", LINE_END.sub("\n", text.encode("utf-8", "replace").decode()))


def _demote(text: str) -> str:
    """Headings of the levels 1 and 2 are of level 3: those of level 2 begin updates. Code that has no end is text."""
    lines = text.split("\n")
    for number, line in text_lines(list(lines)):
        shown = drop_hidden(line) if "#" in line else line
        title = _TITLE.fullmatch(shown)
        mark = FENCE.fullmatch(line)
        if mark:
            lines[number] = line.replace(mark[1][0], _ENTITIES[mark[1][0]], 1)
        elif title:
            lines[number] = f"### {title[1] or ''}"
        elif _HASH.match(shown) or HEADING.fullmatch(shown):
            lines[number] = f"\\{shown.lstrip()}"
        elif _SETEXT.fullmatch(line) and number and _is_paragraph(lines[number - 1]):
            lines[number - 1 : number + 1] = [f"### {lines[number - 1].strip()}", ""]
    return "\n".join(lines)


def _is_paragraph(line: str) -> bool:
    return bool(line.strip()) and not _NO_PARAGRAPH.match(line)
