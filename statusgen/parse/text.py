"""Bytes to clean text: what editors and copy-and-paste leave behind is removed or reported, never published."""

from __future__ import annotations

import re

from statusgen.problems import Problem

MAX_BYTES = 1_000_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")


def parse_text(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """Text with `\\n` line ends, or None and the reason. Lines keep their numbers."""
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1e6:.1f} MB"
        return None, [Problem(path, 0, "too-large", f"the file has {size}", "a content file may have up to 1 MB")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Problem(path, 1, "not-utf8", "the file is UTF-16", "save it as UTF-8")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "not-utf8", "the file is not UTF-8 here", "save it as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x85", "\n")
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        name = f"U+{ord(found.group()):04X}"
        return None, [Problem(path, line, "control-character", f"the control character {name} is in the text",
                              "delete it; retyping the line does")]  # fmt: skip
    return text, []


def drop_invisible(text: str) -> str:
    """Without zero-width characters, and with plain spaces: for front matter and headings, where they only hide."""
    return INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")
