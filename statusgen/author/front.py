"""Front matter: written for a new file, and one value of it changed in a file that is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

import yaml

from statusgen.author.lines import Lines, bare
from statusgen.errors import Error
from statusgen.model.entries import States
from statusgen.parse.front_matter import Document
from statusgen.parse.yaml_nodes import key_of

# What is a text in YAML without quotes, whatever it says.
PLAIN = re.compile(r"\w(?:[^:#\"'\\\[\]{}]*[^:#\"'\\\[\]{}\s])?")


def quote(text: str) -> str:
    """A YAML scalar of one line that is read as this very text."""
    return text if PLAIN.fullmatch(text) and text.isprintable() else json.dumps(text, ensure_ascii=False)


def write_front(fields: Iterable[str], body: Sequence[str]) -> bytes:
    """A whole new file."""
    return ("\n".join(["---", *fields, "---", "", *body]) + "\n").encode()


def states_lines(states: States) -> list[str]:
    return ["components:", *(f"  {name}: {state.value}" for name, state in states)] if states else []


def has_key(document: Document, key: str) -> bool:
    return _find(document, key) is not None


def put_value(lines: Lines, document: Document, key: str, text: str, new_key: str = "") -> Lines:
    """`key: text` for what the key had, and `new_key` for the key; the rest of the line stays, such as a comment.

    Raises Error for a value that is written in a way which only a person can edit."""
    found = _find(document, key)
    if found is None:
        raise Error(f"{document.path} has no `{key}:`")
    name, value = found
    line = value.start_mark.line
    plain = isinstance(value, yaml.ScalarNode) and name.start_mark.line == line == value.end_mark.line
    if not plain or not value.value or bare(lines.lines[line]) != document.header_lines[line]:
        raise Error(f"{document.path}:{line + 1}: `{key}` is written over several lines or with signs that are not "
                    "seen: edit it by hand")  # fmt: skip
    lines = lines.substitute(line, value.start_mark.column, value.end_mark.column, text)
    return lines.substitute(line, name.start_mark.column, name.end_mark.column, new_key) if new_key else lines


def _find(document: Document, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    return next(((name, value) for name, value in document.header.value if key_of(name) == key), None)
