"""Markdown of other tools, made fit to stand between the updates of a content file."""

import re

from statusgen.parse.comments import drop_comments
from statusgen.parse.fences import text_lines
from statusgen.parse.headings import HEADING

_SETEXT = re.compile(r" {0,3}(?:-{2,}|={2,})\s*")
_TITLE = re.compile(r" {0,3}#{1,2}(?:\s+(.*))?")
# With no blank behind it, it is no heading there.
_HASH = re.compile(r" {0,3}#{1,6}[^#\s]")
_NO_PARAGRAPH = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s)")
_CONFLICT = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)


def tidy(text: str) -> tuple[str, list[str]]:
    """(text, notes): without comments, and without what would be read as a heading of an update."""
    notes = []
    kept, unclosed = drop_comments(text)
    if unclosed is not None:
        kept = kept.replace("<!--", "&lt;!--")
    if "<!--" in text:
        notes.append("comments are left out" if unclosed is None else "a comment without an end is shown as text")
    return _CONFLICT.sub(r"\\\1", demote_headings(kept)).strip("\n"), notes


def demote_headings(text: str) -> str:
    """Headings of the levels 1 and 2 are of level 3: those of level 2 begin updates."""
    lines = text.split("\n")
    for number, line in text_lines(list(lines)):
        title = _TITLE.fullmatch(line)
        if title:
            lines[number] = f"### {title[1] or ''}"
        elif _HASH.match(line) or HEADING.fullmatch(line):
            lines[number] = f"\\{line.lstrip()}"
        elif _SETEXT.fullmatch(line) and number and _is_paragraph(lines[number - 1]):
            lines[number - 1 : number + 1] = [f"### {lines[number - 1].strip()}", ""]
    return "\n".join(lines)


def _is_paragraph(line: str) -> bool:
    return bool(line.strip()) and not _NO_PARAGRAPH.match(line)
