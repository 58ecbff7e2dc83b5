"""The update grammar: `## STATUS @ TIME {component=state next=30m}`, wherever a level-2 heading stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from statusgen.parse.fences import text_lines
from statusgen.parse.text import drop_hidden

HEADING = re.compile(r" {0,3}##(?!#)(.*)")
OTHER_HEADING = re.compile(r" {0,3}(?:#|#{3,6})(?!#)(.*)")
UNDERLINE = re.compile(r" {0,3}(?:-{2,}|={2,})\s*")
CLOSING = re.compile(r" #+$")
ATTRIBUTES = re.compile(r"(.*?)\{([^{}]*)\}\s*")
BRACE = re.compile("[{}]")
SEPARATOR = re.compile(r"\s*[@|–—]\s*|\s+-+\s+|\s+-+$")
# As nearly all headings are: status and time, and nothing else to look for.
PLAIN = re.compile(r"\n## ([a-z_]+) @ ([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?: UTC)?)\n")


class Heading(NamedTuple):
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
    """The lines above the first update, and the updates, in the file's order. `body` is without comments."""
    return _split_plain(body, first_line) or _split_any(body, first_line)


def _split_plain(body: str, first_line: int) -> tuple[str, list[Heading]] | None:
    """None where there is code or a `##` of another kind: then lines have to be looked at one by one."""
    summary, *parts = PLAIN.split(body)
    if "`" in body or "~" in body or body.count("##") != len(parts) // 3:
        return None
    line = first_line + summary.count("\n") + 1
    updates = []
    for status, time, below in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        updates.append(Heading(line, status, time, "", below))
        line += below.count("\n") + 2
    return summary, updates


def _split_any(body: str, first_line: int) -> tuple[str, list[Heading]]:
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
    """(index, text behind the `##`) of each level-2 heading outside code."""
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


def _clean(text: str) -> str:
    """A heading's text with single spaces, which also keeps the patterns here fast on any line."""
    clean = " " + " ".join(drop_hidden(text).split())
    return (CLOSING.sub("", clean) if clean.endswith("#") else clean).strip()


def parse_heading(text: str, line: int, body: str = "") -> Heading:
    # Few headings have braces, or end with `#` as in `_clean`; the patterns go through the whole of any.
    braces = ATTRIBUTES.fullmatch(text) if "{" in text else None
    rest, attributes = (braces[1], braces[2]) if braces else (text, "")
    rest, *unclosed = BRACE.split(rest, maxsplit=1)
    parts = SEPARATOR.split(rest.strip(), maxsplit=1)
    time = parts[1].strip() if len(parts) > 1 else None
    return Heading(line, parts[0].strip(), time, attributes, body, bool(unclosed))
