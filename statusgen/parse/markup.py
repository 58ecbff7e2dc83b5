"""Warnings about HTML and links in content that the sanitiser will remove."""

from __future__ import annotations

import re

from statusgen.model.markup import ALLOWED_SCHEMES, ALLOWED_TAGS
from statusgen.problems import Problem

CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
FENCE = re.compile(r" {0,3}(```|~~~)")
TAG = re.compile(r"<\s*([a-zA-Z][a-zA-Z0-9-]*)(?=[\s>/])([^<]*)")
HANDLER = re.compile(r"\s(on\w+|style|srcdoc)\s*=", re.IGNORECASE)
SCHEME = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|<|(?:href|src)\s*=\s*[\"']?)\s*([a-zA-Z][a-zA-Z0-9+.-]*)\s*:(?=\S)")


def check_markup(path: str, body: str, first_line: int) -> list[Problem]:
    """One warning per line and cause; nothing is changed here."""
    if "<" not in body and ":" not in body:
        return []
    problems = []
    fenced = False
    for number, raw in enumerate(body.split("\n"), first_line):
        if FENCE.match(raw):
            fenced = not fenced
        if fenced:
            continue
        line = CODE.sub("", raw)
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


def _warning(path: str, line: int, code: str, message: str) -> Problem:
    return Problem(path, line, code, message, "markdown is the safe way to write this", "warning")
