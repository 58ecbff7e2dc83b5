"""The update grammar: `## STATUS @ TIME {component=state next=30m}`, wherever a level-2 heading stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from statusgen.parse.text import drop_hidden

HEADING = re.compile(r" {0,3}##(?!#)(.*)")
OTHER_HEADING = re.compile(r" {0,3}(?:#|#{3,6})(?!#)(.*)")
UNDERLINE = re.compile(r" {0,3}(?:-{2,}|={2,})\s*")
CLOSING = re.compile(r" #+$")
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")
COMMENT = re.compile(r" {0,3}<!--(?!.*-->)")
ATTRIBUTES = re.compile(r"(.*?)\{([^{}]*)\}\s*")
SEPARATOR = re.compile(r"\s*[@|–—]\s*|\s+-+\s+|\s+-+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The parts of an update heading as text. `time` is None where the heading has none, "" where it is empty.

    `body` are the lines below it as they are, the first of them in line `line + 1`.
    """

    line: int
    status: str
    time: str | None
    attributes: str
    body: str = ""
    unclosed: bool = False


def split_updates(body: str, first_line: int) -> tuple[str, list[Heading]]:
    """The lines above the first update, and the updates, in the file's order."""
    lines = body.split("\n")
    starts = list(find_headings(lines))
    if not starts:
        return body, []
    ends = [number for number, _ in starts[1:]] + [len(lines)]
    updates = []
    for (start, text), end in zip(starts, ends, strict=True):
        updates.append(parse_heading(text, first_line + start, "\n".join(lines[start + 1 : end])))
    return "\n".join(lines[: starts[0][0]]), updates


def find_headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(index, text behind the `##`) of each level-2 heading outside code and comments."""
    for number, line in text_lines(lines):
        if "##" in line and (heading := HEADING.fullmatch(drop_hidden(line))):
            yield number, _clean(heading[1])


def find_other_headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The same for headings of other levels, and for underlined ones."""
    for number, line in text_lines(lines):
        heading = OTHER_HEADING.fullmatch(line)
        if heading:
            yield number, _clean(heading[1])
        elif number + 1 < len(lines) and UNDERLINE.fullmatch(lines[number + 1]):
            yield number, _clean(line)


def text_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(index, line) outside fenced code and comments. What is never closed is text: else it would hide updates."""
    closed = _closed_fences(lines)
    last_end = max((number for number, line in enumerate(lines) if "-->" in line), default=0)
    fence, comment = "", False
    for number, line in enumerate(lines):
        if comment:
            comment = "-->" not in line
        elif fence:
            mark = FENCE.fullmatch(line)
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        elif number in closed:
            fence = closed[number]
        elif number < last_end and COMMENT.match(line):
            comment = True
        else:
            yield number, line


def _closed_fences(lines: list[str]) -> dict[int, str]:
    """The marks, such as ```` ``` ````, by line, that a later line can close."""
    longest = {"`": 0, "~": 0}
    closed = {}
    for number in reversed(range(len(lines))):
        mark = FENCE.fullmatch(lines[number])
        if not mark:
            continue
        kind = mark[1][0]
        if len(mark[1]) <= longest[kind]:
            closed[number] = mark[1]
        if not mark[2].strip():
            longest[kind] = max(longest[kind], len(mark[1]))
    return closed


def _clean(text: str) -> str:
    """A heading's text with single spaces, which also keeps the patterns here fast on any line."""
    return CLOSING.sub("", " " + " ".join(drop_hidden(text).split())).strip()


def parse_heading(text: str, line: int, body: str = "") -> Heading:
    braces = ATTRIBUTES.fullmatch(text)
    rest, attributes = (braces[1], braces[2]) if braces else (text, "")
    rest, *unclosed = re.split("[{}]", rest, maxsplit=1)
    parts = SEPARATOR.split(rest.strip(), maxsplit=1)
    time = parts[1].strip() if len(parts) > 1 else None
    return Heading(line, parts[0].strip(), time, attributes, body, bool(unclosed))
