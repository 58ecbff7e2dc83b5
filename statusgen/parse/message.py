"""messages/*.md: wording for the usual situations, with placeholders that the commands fill in. Never published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from statusgen.parse.fields import Fields
from statusgen.parse.front_matter import parse_document
from statusgen.parse.headings import find_headings
from statusgen.parse.slug import stem_of
from statusgen.parse.text import drop_invisible, parse_text
from statusgen.problems import Problem, as_warning, suggest

NO_FRONT_MATTER = "---\n---\n"
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
    """Front matter, with a title, may be left out."""
    text, problems = parse_text(path, data)
    if text is None:
        return None, problems
    bare = not drop_invisible(text).lstrip().startswith("---")
    added = len(NO_FRONT_MATTER.splitlines()) if bare else 0
    document, problems = parse_document(path, (NO_FRONT_MATTER + text).encode() if bare else data)
    if document is None:
        return None, problems
    fields = Fields(path, document.header, document.header_lines, problems)
    title = " ".join(fields.text("title").split())
    fields.finish()
    problems += _check_placeholders(path, title, fields.line_of_key("title"))
    first_line = document.body_line - added
    problems += _check_placeholders(path, document.body, first_line)
    for number, _ in find_headings(document.body.split("\n")):
        message = "this heading would be an update of its own"
        problems.append(Problem(path, first_line + number, "message-heading", message, "use `###` inside a message"))
    if not document.body.strip():
        problems.append(Problem(path, 0, "message-empty", "this message has no text"))
    return Message(stem_of(path), title, document.body.strip()), problems


def check_message(path: str, data: bytes) -> list[Problem]:
    """Only warnings: what is not published keeps nothing from being published."""
    if not path.endswith(".md"):
        return []
    return [as_warning(problem) for problem in parse_message(path, data)[1]]


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


def find_placeholders(text: str) -> list[str]:
    """Their names, each once."""
    return list(dict.fromkeys(found[1] for found in PLACEHOLDER.finditer(text)))


def _check_placeholders(path: str, text: str, first_line: int) -> list[Problem]:
    problems = []
    for found in PLACEHOLDER.finditer(text):
        if found[1] not in PLACEHOLDERS:
            line = first_line + text.count("\n", 0, found.start())
            message = f"nothing fills in `{{{{ {found[1]} }}}}`"
            problems.append(Problem(path, line, "unknown-placeholder", message, suggest(found[1], PLACEHOLDERS)))
    return problems
