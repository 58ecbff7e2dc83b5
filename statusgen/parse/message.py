"""messages/*.md: wording for the usual situations, with placeholders that the commands fill in. Never published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from statusgen.parse.comments import check_comments
from statusgen.parse.fields import Fields
from statusgen.parse.front_matter import parse_document
from statusgen.parse.headings import find_headings
from statusgen.parse.slug import stem_of
from statusgen.problems import Problem, suggest

PLACEHOLDER = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")
# What can be filled in, and what it is.
PLACEHOLDERS = {
    "component": "the names of the components that are named, as customers see them",
    "title": "the title of the incident, change or notice",
    "site": "the name of the site",
    "url": "the address of the page",
    "started": "when the incident began",
    "next": "when the next update comes",
    "starts": "when the work begins",
    "ends": "when the work ends",
    "duration": "how long the work takes",
}


@dataclass(frozen=True, slots=True)
class Message:
    """`title` may be "", and may have placeholders as `body` has."""

    name: str
    title: str
    body: str


def parse_message(path: str, data: bytes) -> tuple[Message | None, list[Problem]]:
    document, problems = parse_document(path, data)
    if document is None:
        return None, problems
    fields = Fields(path, document.header, document.header_lines, problems)
    title = " ".join(fields.text("title").split())
    fields.finish()
    title_line = fields.line_of_key("title")
    problems += _check_placeholders(path, title, title_line)
    body, more = check_comments(path, document.body, document.body_line)
    problems += more + _check_placeholders(path, body, document.body_line)
    for number, _ in find_headings(body.split("\n")):
        line, message = document.body_line + number, "this heading would be an update of its own"
        problems.append(Problem(path, line, "message-heading", message, "use `###` inside a message"))
    if not body.strip():
        problems.append(
            Problem(path, 0, "message-empty", "this message has no text", "write it below the front matter")
        )
    return Message(stem_of(path), title, body.strip()), problems


def fill_placeholders(text: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with `values` for its placeholders, and the names of those that have none. What is filled in is text:
    nothing is looked for in it."""
    missing: list[str] = []

    def put(found: re.Match[str]) -> str:
        value = values.get(found[1], "")
        if not value:
            missing.append(found[1])
        return value or found[0]

    return PLACEHOLDER.sub(put, text), list(dict.fromkeys(missing))


def _check_placeholders(path: str, text: str, first_line: int) -> list[Problem]:
    problems = []
    for found in PLACEHOLDER.finditer(text):
        if found[1] not in PLACEHOLDERS:
            line = first_line + text.count("\n", 0, found.start())
            message = f"nothing fills in `{{{{ {found[1]} }}}}`"
            problems.append(Problem(path, line, "unknown-placeholder", message, suggest(found[1], PLACEHOLDERS)))
    return problems
