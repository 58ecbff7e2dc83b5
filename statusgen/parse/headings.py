"""The update grammar: `## STATUS @ TIME {component=state next=30m}`, wherever a level-2 heading stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from statusgen.parse.text import drop_invisible

HEADING = re.compile(r" {0,3}##(?!#)[ \t]*(.*?)[ \t]*(?:[ \t]#+[ \t]*)?")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
ATTRIBUTES = re.compile(r"(.*?)\{([^{}]*)\}\s*")
SEPARATOR = re.compile(r"\s*[@|–—]\s*|\s+-+\s+|\s+-+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The parts of an update heading as text. `time` is None where the heading has none, "" where it is empty."""

    line: int
    status: str
    time: str | None
    attributes: str
    body: str = ""
    unclosed: bool = False


def split_updates(body: str, first_line: int) -> tuple[str, list[Heading]]:
    """The summary above the first update, and the updates with their bodies, in the file's order."""
    lines = body.split("\n")
    starts = [(number, text) for number, text in find_headings(lines)]
    if not starts:
        return body.strip("\n"), []
    ends = [number for number, _ in starts[1:]] + [len(lines)]
    updates = []
    for (start, text), end in zip(starts, ends, strict=True):
        updates.append(parse_heading(text, first_line + start, "\n".join(lines[start + 1 : end]).strip("\n")))
    return "\n".join(lines[: starts[0][0]]).strip("\n"), updates


def find_headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(index, text behind the `##`) of each level-2 heading outside fenced code."""
    fence, closers = "", _last_closers(lines)
    for number, line in enumerate(lines):
        opening = FENCE.fullmatch(line)
        if fence:
            if opening and opening[1].startswith(fence) and not opening[2].strip():
                fence = ""
        # A fence that is never closed is shown as text; hiding the updates below it would lose them.
        elif opening and any(last > number for mark, last in closers.items() if mark.startswith(opening[1])):
            fence = opening[1]
        elif "##" in line:
            heading = HEADING.fullmatch(drop_invisible(line))
            if heading:
                yield number, heading[1]


def _last_closers(lines: list[str]) -> dict[str, int]:
    """The last line in which each mark, such as ```` ``` ````, could close a fence."""
    found = ((number, FENCE.fullmatch(line)) for number, line in enumerate(lines))
    return {match[1]: number for number, match in found if match and not match[2].strip()}


def parse_heading(text: str, line: int, body: str = "") -> Heading:
    braces = ATTRIBUTES.fullmatch(text)
    rest, attributes = (braces[1], braces[2]) if braces else (text, "")
    unclosed = not braces and ("{" in text or "}" in text)
    parts = SEPARATOR.split(rest.strip(), maxsplit=1)
    time = parts[1].strip() if len(parts) > 1 else None
    return Heading(line, parts[0].strip(), time, attributes, body, unclosed)


def has_untimed(body: str) -> bool:
    """Whether an update takes its time from the commit that brought it."""
    return any(parse_heading(text, 0).time is None for _, text in find_headings(body.split("\n")))
