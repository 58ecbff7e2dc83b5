"""Fenced code, in which nothing is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")


def text_lines(lines: list[str]) -> Iterable[tuple[int, str]]:
    """(index, line) outside fenced code. What is never closed is text: else it would hide updates."""
    closed = closed_fences(lines)
    return _lines_outside(lines, closed) if closed else enumerate(lines)


def _lines_outside(lines: list[str], closed: dict[int, str]) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(lines):
        if fence:
            if closes(line, fence):
                fence = ""
        elif number in closed:
            fence = closed[number]
        else:
            yield number, line


def closes(line: str, fence: str) -> bool:
    """Whether a line ends the code that the marks of `fence` began."""
    mark = FENCE.fullmatch(line)
    return bool(mark and mark[1].startswith(fence) and not mark[2].strip())


def closed_fences(lines: list[str]) -> dict[int, str]:
    """The marks, such as ```` ``` ````, by line, that a later line can close."""
    longest = {"`": 0, "~": 0}
    closed = {}
    # Most lines have no mark, and to look for one character is many times as fast as the pattern.
    for number in reversed([number for number, line in enumerate(lines) if "`" in line or "~" in line]):
        mark = FENCE.fullmatch(lines[number])
        if not mark:
            continue
        kind = mark[1][0]
        if len(mark[1]) <= longest[kind]:
            closed[number] = mark[1]
        if not mark[2].strip():
            longest[kind] = max(longest[kind], len(mark[1]))
    return closed
