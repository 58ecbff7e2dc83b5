"""What of a file says which entry it is and what happened, read from any version of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.parse.comments import drop_comments
from statusgen.parse.front_matter import find_fences
from statusgen.parse.headings import Heading, split_updates
from statusgen.parse.text import LINE_END, drop_invisible

# What may be a heading, up to its attributes. Other line ends than git's are rare, and left to the outline.
HEADING = re.compile(rb"##[^{}\n]*")
UNUSUAL = re.compile(rb"\xc2\x85|\xe2\x80[\xa8\xa9]")
FIELD = re.compile(r"(title|starts)\s*:\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Outline:
    """`title` and `starts` as they are written, "" where they are not. `data` is the whole file."""

    data: bytes
    title: str
    starts: str
    updates: Sequence[Heading]

    @property
    def is_untimed(self) -> bool:
        """Whether an update takes its time from its commit."""
        return any(update.time is None for update in self.updates)


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines up to the end of the front matter, and the body, without comments, that begins in line `body_line`."""

    header: Sequence[str]
    body: str
    body_line: int


def find_untimed(data: bytes) -> Outline | None:
    """The outline of a file in which an update takes its time from its commit; None of any other."""
    outline = read_outline(data) if may_be_untimed(data) else None
    return outline if outline and outline.is_untimed else None


def may_be_untimed(data: bytes) -> bool:
    """Whether an outline is worth reading: False only where each level-2 heading has a time, as nearly all have."""
    if not data.isascii() and UNUSUAL.search(data):
        return True
    return b"\r" in data or any(b"@" not in part and part[2:3] != b"#" for part in HEADING.findall(data))


def read_outline(data: bytes) -> Outline:
    """Forgiving, because an old version may be broken in ways that were mended since."""
    layout = read_layout(data)
    fields: dict[str, str] = {}
    for line in layout.header:
        if field := FIELD.fullmatch(drop_invisible(line)):
            fields.setdefault(field[1], field[2])
    _, updates = split_updates(layout.body, layout.body_line)
    return Outline(data, fields.get("title", ""), fields.get("starts", ""), updates)


def read_layout(data: bytes) -> Layout:
    """As forgiving: where the front matter has no end, there is no body of which anything could be said."""
    lines = LINE_END.sub("\n", data.decode("utf-8-sig", "replace")).split("\n")
    first, start, end = find_fences(lines)
    begin = first if start is None else start + 1 if end is None else end + 1
    body, _ = drop_comments("\n".join(lines[begin:]))
    return Layout(lines[:begin], body, begin + 1)
