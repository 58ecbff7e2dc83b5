"""What the icalendar library writes, with text that no author can break out of, in lines that programs can take."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Component, vDatetime
from icalendar.prop import vInline

# Octets of a line without its end (3.1).
WIDTH = 75
# Some readers take all that Unicode calls the end of a line for one.
BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# Controls, which no text may have (3.3.11), and what is no character.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
SPECIAL = re.compile(r"[\\;,]")
ADDRESS = re.compile(rb"https?://[^\s\\]+")


def text(value: str, params: dict[str, str] | None = None) -> vInline:
    """A TEXT value (3.3.11), already as it stands there: the library (7.3) makes `C:\\new` of `C:\\New`."""
    return texts([value], params)


def texts(values: Iterable[str], params: dict[str, str] | None = None) -> vInline:
    """A list of them."""
    escaped = ",".join(SPECIAL.sub(r"\\\g<0>", clean(value)) for value in values)
    return vInline(escaped.replace("\n", "\\n"), params=params)


def clean(value: str) -> str:
    return value if value.isprintable() else FORBIDDEN.sub("", BREAKS.sub("\n", value))


def local(wall: datetime, zone: ZoneInfo) -> vDatetime:
    """A DATE-TIME of form 3 (3.3.5), of form 2 where the zone is UTC; `wall` is naive."""
    return vDatetime(wall.replace(tzinfo=zone))


def to_text(component: Component) -> str:
    """Its content lines (3.1), with properties in the order in which they were put there."""
    lines = component.content_lines(sorted=False)
    return "".join(f"{_fold(line)}\r\n" for line in lines if line)


def _fold(line: str) -> str:
    if len(line) * 4 <= WIDTH or len(data := line.encode()) <= WIDTH:
        return line
    return _fold_long(data)


def _fold_long(data: bytes) -> str:
    """Between characters, as many readers join no halves; and never within an escape or, as the library does (7.3),
    within an address that a line has room for."""
    parts, start = [], 0
    room = WIDTH
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        if data[end - 1 : end] == b"\\" and _is_open(data, start, end):
            end -= 1
        end = _before_address(data, start, end)
        parts.append(data[start:end].decode())
        start, room = end, WIDTH - 1
    parts.append(data[start:].decode())
    return "\r\n ".join(parts)


def _is_open(data: bytes, start: int, end: int) -> bool:
    """Whether the backslash before `end` escapes what comes after it."""
    part = data[start:end]
    return (len(part) - len(part.rstrip(b"\\"))) % 2 == 1


def _before_address(data: bytes, start: int, end: int) -> int:
    """Where an address begins that would be split at `end`, and that a line has room for: who looks for addresses
    without joining lines finds it whole."""
    begin = data.rfind(b"http", start + 1, end + 3)
    found = ADDRESS.match(data, begin) if begin > start else None
    return begin if found and found.end() > end and found.end() - begin < WIDTH else end
