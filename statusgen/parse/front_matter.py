"""A content file is front matter between two lines of `---`, then markdown."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from statusgen.parse.comments import check_comments
from statusgen.parse.text import drop_invisible, parse_text
from statusgen.parse.yaml_nodes import parse_yaml
from statusgen.problems import Problem


class Document(NamedTuple):
    """`header_lines` are the file's first lines up to the closing fence; the body begins in line `body_line`.

    The body is without comments, in as many lines as it was written."""

    path: str
    header: yaml.MappingNode
    header_lines: list[str]
    body: str
    body_line: int


def parse_document(path: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """None where nothing of the file can be read; what can still be read may have problems too."""
    text, problems = parse_text(path, data)
    if text is None:
        return None, problems
    lines = text.split("\n")
    first, start, end = find_fences(lines)
    if first == len(lines):
        return None, [Problem(path, 1, "empty-file", "the file is empty", "it starts with front matter between `---`")]
    if start is None:
        return None, [Problem(path, first + 1, "no-front-matter", "the file does not start with front matter",
                              _first_line_hint(lines[first]))]  # fmt: skip
    if end is None:
        return None, [Problem(path, start + 1, "unclosed-front-matter", "the front matter has no end",
                              "close it with a line of `---`")]  # fmt: skip
    header_lines = [drop_invisible(line) for line in lines[:end]]
    blanked = [""] * (start + 1) + header_lines[start + 1 :]
    header, problems = parse_yaml(path, "\n".join(blanked))
    if header is None:
        return None, problems
    body, problems = check_comments(path, "\n".join(lines[end + 1 :]), end + 2)
    return Document(path, header, header_lines, body, end + 2), problems


def find_fences(lines: list[str]) -> tuple[int, int | None, int | None]:
    """The indexes of the first line that is not blank, and of the opening and the closing `---` where they are."""
    first = next((number for number, line in enumerate(lines) if drop_invisible(line).strip()), len(lines))
    if first == len(lines) or not _is_fence(lines[first]):
        return first, None, None
    return first, first, next((number for number in range(first + 1, len(lines)) if _is_fence(lines[number])), None)


def _is_fence(line: str) -> bool:
    return "-" in line and drop_invisible(line).rstrip() == "---"


def _first_line_hint(line: str) -> str:
    if line.strip() == "+++":
        return "TOML front matter is not read; write YAML between two lines of `---`"
    if line.startswith("---"):
        return "the first line must be `---` and nothing else"
    return "begin with a line of `---`, then `title: …`, then a line of `---`"
