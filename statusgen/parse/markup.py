"""Warnings about HTML and links in content that the sanitiser will remove, and about texts that stay as they are."""

from __future__ import annotations

import re

from statusgen.model.markup import ALLOWED_SCHEMES, ALLOWED_TAGS, is_too_much
from statusgen.parse.headings import text_lines
from statusgen.problems import Problem

TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)(?=[\s>/]|$)([^<]*)")
HANDLER = re.compile(r"\s(on\w+|style|srcdoc)\s*=", re.IGNORECASE)
COMMENT = re.compile("<!--.*?-->")
SCHEME = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|<|(?:href|src)\s*=\s*[\"']?)\s*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:(?=\S)")


def check_markup(path: str, body: str, first_line: int) -> list[Problem]:
    """One warning per line and cause; nothing is changed here."""
    if is_too_much(body):
        message = "this text is too long, or has too many brackets and headings, and is shown as it was written"
        return [Problem(path, first_line, "too-much-markup", message, "shorten it, or link to the rest", "warning")]
    if "<" not in body and ":" not in body:
        return []
    problems = []
    for index, raw in text_lines(body.split("\n")):
        number, line = first_line + index, COMMENT.sub("", _without_code(raw))
        for tag, rest in TAG.findall(line):
            if tag.casefold() not in ALLOWED_TAGS and ":" not in tag:
                problems.append(_warning(path, number, "unsafe-html", f"the HTML element `{tag}` is left out"))
            elif HANDLER.search(rest):
                problems.append(_warning(path, number, "unsafe-html", f"an attribute of `{tag}` is left out"))
        problems += [
            _warning(path, number, "unsafe-link", f"a `{scheme}:` link is left out")
            for scheme in SCHEME.findall(line)
            if scheme.casefold() not in ALLOWED_SCHEMES
        ]
    return problems


def _without_code(line: str) -> str:
    """Without code spans, and with single spaces, which keeps the patterns above fast on any line."""
    parts = re.split("(`+)", " ".join(line.split()))
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


def _warning(path: str, line: int, code: str, message: str) -> Problem:
    return Problem(path, line, code, message, "markdown is the safe way to write this", "warning")
