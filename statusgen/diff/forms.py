"""Lines as text for a terminal, and as markdown for a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from statusgen.diff.words import NOTHING, Line, Quote, Section
from statusgen.errors import in_one_line

# GitHub takes comments of up to 65,536 letters.
MOST_LETTERS = 60_000


def render_line(line: Line) -> str:
    return "".join(in_one_line(part) if isinstance(part, Quote) else part for part in line.parts)


def render_markdown(head: Line, sections: Iterable[Section], is_empty: bool) -> str:
    """What people wrote stands in code spans: there is no markup in them, and nobody and nothing is mentioned."""
    text = f"### Status page: {_markdown_line(head)}\n" + (f"\n{NOTHING}\n" if is_empty else "")
    lines = [line for section in sections for line in _markdown_lines(section)]
    for number, line in enumerate(lines):
        if len(text) + len(line) > MOST_LETTERS:
            return f"{text}\nThere is no room here for {len(lines) - number} lines more.\n"
        text += line
    return text


def _markdown_lines(section: Section) -> Iterator[str]:
    marks = {"!": "⚠️ ", "+": "➕ ", "-": "➖ "}
    for number, line in enumerate(section.lines):
        title = "" if number else f"\n**{section.title}**\n\n"
        yield f"{title}- {marks.get(line.sign, '')}{_markdown_line(line)}\n"


def _markdown_line(line: Line) -> str:
    text = ""
    for part in line.parts:
        shown = _code(part) if isinstance(part, Quote) else part
        # Two backticks that meet would be one fence.
        text += f" {shown}" if text.endswith("`") and shown.startswith("`") else shown
    return text


def _code(text: str) -> str:
    """A code span of CommonMark, which ends only at as many backticks as it began with."""
    text = in_one_line(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    # Without them, a backtick at an end would be taken for one of the fence; one space at each end is taken away.
    space = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) or not text else ""
    return f"{fence}{space}{text or ' '}{space}{fence}"
