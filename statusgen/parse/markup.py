"""Warnings about HTML and links in content that the sanitiser will remove, and about texts that stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.model.markup import ALLOWED_SCHEMES, ALLOWED_TAGS, is_too_much
from statusgen.parse.fences import text_lines
from statusgen.problems import Problem

# As in `Map<String, Object>`, which would be lost, and not as in `<help@acme.example>`, which is a link. With `*+` a
# long name is not tried again with fewer letters, which would take minutes.
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*+)(?![^\s/<>]*[@:])([^<>]*)>")
HANDLER = re.compile(r"\s(on\w+|style|srcdoc)\s*=", re.IGNORECASE)
REFERENCE = r"^[>\s*+-]*\[[^\]]*\]:"
SCHEME = re.compile(rf"(?:(?:\]\(|{REFERENCE})\s*<?|<|(?:href|src)\s*=\s*[\"']?)\s*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:(?=\S)")
INDENTED = re.compile(r"(?: {4}|\t)")
LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|[0-9]+\.)\s")
HTML_HINT = "backticks around it show it as it is"
LINK_HINT = "links begin with " + ", ".join(f"`{scheme}:`" for scheme in sorted(ALLOWED_SCHEMES))


def check_markup(path: str, body: str, first_line: int) -> list[Problem]:
    """One warning per line and cause; nothing is changed here."""
    if is_too_much(body):
        message = "this text is too long, or has too many brackets and headings, and is shown as it was written"
        return [Problem(path, first_line, "too-much-markup", message, "shorten it, or link to the rest", "warning")]
    if "<" not in body and ":" not in body:
        return []
    lines = body.split("\n")
    shown = [""] * len(lines)
    for number, line in lines_outside_code(lines):
        shown[number] = without_code(line)
    found = [*_left_out_html("\n".join(shown)), *_left_out_links(shown)]
    return [Problem(path, first_line + number, code, message, hint, "warning") for number, code, message, hint in found]


def _left_out_html(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Line from 0, code, message and hint. A tag may go over several lines."""
    for tag in TAG.finditer(text):
        number = text.count("\n", 0, tag.start())
        if tag[1].casefold() not in ALLOWED_TAGS:
            yield number, "unsafe-html", f"the HTML element `{tag[1]}` is left out", HTML_HINT
        elif HANDLER.search(tag[2]):
            yield number, "unsafe-html", f"an attribute of `{tag[1]}` is left out", HTML_HINT


def _left_out_links(lines: list[str]) -> Iterator[tuple[int, str, str, str]]:
    for number, line in enumerate(lines):
        for scheme in SCHEME.findall(line):
            if scheme.casefold() not in ALLOWED_SCHEMES:
                yield number, "unsafe-link", f"a `{scheme}:` link is left out", LINK_HINT


def lines_outside_code(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Without fenced code, and without indented code, which below a list item would be a part of it."""
    code, in_list = False, False
    for number, line in text_lines(lines):
        begins = number == 0 or not lines[number - 1].strip()
        code = bool(INDENTED.match(line)) and (code or begins) and not in_list
        in_list = in_list or bool(LIST_ITEM.match(line))
        if not code:
            yield number, line


def without_code(line: str) -> str:
    """Without code spans, and with single spaces, which keeps the patterns above fast on any line."""
    spaced = " ".join(line.split())
    if "`" not in spaced:
        return spaced  # one part, which is kept
    parts = re.split("(`+)", spaced)
    last = {part: number for number, part in enumerate(parts)}
    kept = []
    number = 0
    while number < len(parts):
        if number % 2 and last[parts[number]] > number:
            number = parts.index(parts[number], number + 1)
        else:
            kept.append(parts[number])
        number += 1
    return "".join(kept)
