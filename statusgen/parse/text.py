"""Bytes to clean text: what editors and copy-and-paste leave behind is removed or reported, never published."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

from statusgen.problems import Problem

MAX_BYTES = 1_000_000
# U+FFFE and U+FFFF are here because XML has no way to write them, so they would break the feeds.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
ASCII_CONTROLS = bytes(number for number in range(128) if CONTROL.match(chr(number)))
LINE_ENDS = "\r\x85\u2028\u2029"
LINE_END = re.compile(f"\r\n|[{LINE_ENDS}]")
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
HIDDEN = re.compile("[\u200c-\u200f\u202a-\u202e\u2061-\u2069]")


def parse_text(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """Text with `\\n` line ends, or None and the reason. Lines keep their numbers."""
    if len(data) > MAX_BYTES:
        return None, [Problem(path, 0, "too-large", "the file has more than 1 MB", "split it, or link to the rest")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Problem(path, 1, "not-utf8", "the file is UTF-16", "save it as UTF-8")]
    try:
        # The codec of that name for both takes five times as long.
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "not-utf8", "the file is not UTF-8 here", "save it as UTF-8")]
    # Every line end that LINE_END finds has one of these, and single characters are found ten times as fast.
    if "\r" in text or (not text.isascii() and any(end in text for end in LINE_ENDS)):
        text = LINE_END.sub("\n", text)
    found = _find_control(text, data)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        name = f"U+{ord(found.group()):04X}"
        return None, [Problem(path, line, "control-character", f"the control character {name} is in the text",
                              "delete it; retyping the line does")]  # fmt: skip
    conflict = _find_conflict(text)
    if conflict:
        message = f"a merge conflict is not solved (lines {conflict[0]}–{conflict[1]})"
        hint = "keep what is right of both sides, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`"
        return None, [Problem(path, conflict[0], "merge-conflict", message, hint)]
    return text, []


def _find_control(text: str, data: bytes) -> re.Match[str] | None:
    # ASCII is taken apart as bytes, which is several times as fast as a search.
    if text.isascii() and len(data.translate(None, ASCII_CONTROLS)) == len(data):
        return None
    return CONTROL.search(text)


def _find_conflict(text: str) -> tuple[int, int] | None:
    """The first and the last line of the first conflict that git left, from 1."""
    if "<<<<<<< " not in text or ">>>>>>> " not in text:
        return None
    start = middle = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("<<<<<<< "):
            start, middle = number, 0
        elif start and line.rstrip() == "=======":
            middle = number
        elif middle and line.startswith(">>>>>>> "):
            return start, number
    return None


def drop_invisible(text: str) -> str:
    """Without zero-width characters, and with plain spaces: for front matter and headings, where they only hide."""
    if text.isascii():
        return text  # which has none of these, and is what nearly all front matter and headings are
    return INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")


def drop_hidden(text: str) -> str:
    """Without joiners and direction marks as well: for keys and headings, where no language needs them."""
    return text if text.isascii() else HIDDEN.sub("", drop_invisible(text))
