"""Typed reads of front matter: each says what it wants, and what is wrong becomes a Problem with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import TypeVar

import yaml

from statusgen.model.states import ChangeStatus, IncidentStatus, State
from statusgen.parse.text import drop_invisible, parse_text
from statusgen.parse.times import Clock, Complaint, parse_duration
from statusgen.parse.yaml_nodes import check_hidden_comment, key_of, line_of, parse_yaml
from statusgen.problems import Problem, suggest

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

# What people write for the words of a vocabulary.
SYNONYMS: dict[type[Enum], dict[str, str]] = {
    IncidentStatus: {
        **dict.fromkeys(("reopened", "open", "new"), "investigating"),
        **dict.fromkeys(("observing", "watching"), "monitoring"),
        **dict.fromkeys(("fixed", "closed", "done", "solved", "completed"), "resolved"),
    },
    ChangeStatus: {
        **dict.fromkeys(("planned", "announced"), "scheduled"),
        **dict.fromkeys(("started", "begun", "ongoing"), "in_progress"),
        **dict.fromkeys(("observing", "watching", "monitoring"), "verifying"),
        **dict.fromkeys(("resolved", "done", "finished"), "completed"),
    },
    State: {
        **dict.fromkeys(("up", "ok", "online"), "operational"),
        "maintenance": "under_maintenance",
        "degraded": "degraded_performance",
        **dict.fromkeys(("down", "outage", "offline"), "major_outage"),
    },
}
# What other tools have in front matter, and where it is here.
FOREIGN = {
    **dict.fromkeys(("resolved", "resolvedWhen", "resolved_at", "end", "status"),
                    "an update says it: `## resolved @ 2026-11-03 10:40`"),
    **dict.fromkeys(("severity", "informational"),
                    "a state for each of `components:` says how bad it is, as in `api: partial_outage`"),
    **dict.fromkeys(("affected", "affectedsystems", "services", "systems"),
                    "write `components:`, and below it, indented, `api: partial_outage`"),
    **dict.fromkeys(("date", "time", "created", "created_at"),
                    "each update has its time; `started:` of an incident, `starts:` of a change and `publish:` of a "
                    "notice say when it begins"),
    **dict.fromkeys(("type", "section", "layout", "category"), "the folder says what kind of entry it is"),
}  # fmt: skip
HOLDERS = ("components", "groups", "links", "actions", "promises", "problems", "due", "feeds", "checks",
           "theme")  # fmt: skip
SPACES = re.compile(r"[\s-]+")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class Fields:
    """The keys of one mapping. Read each known key once, then call `finish`; problems gather in `problems`."""

    def __init__(self, path: str, node: yaml.MappingNode, lines: list[str], problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.line = line_of(node)
        self._lines = lines
        self._nodes: dict[str, yaml.Node] = {}
        self._key_lines: dict[str, int] = {}
        for key, value in node.value:
            name = key_of(key)
            self._nodes[name], self._key_lines[name] = value, line_of(key)
        self._known: set[str] = set()

    def complain(self, line: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.path, line, code, message, hint))

    def warn(self, line: int, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.path, line, code, message, hint, "warning"))

    def has(self, key: str) -> bool:
        """Also where it has no value."""
        return key in self._key_lines

    def line_of_key(self, key: str) -> int:
        return self._key_lines.get(key, self.line)

    def node(self, key: str) -> yaml.Node | None:
        """None when the key is absent or has no value."""
        self._known.add(key)
        found = self._nodes.get(key)
        if not isinstance(found, yaml.ScalarNode):
            return found
        plain_null = found.value == "~" and not found.style
        return None if plain_null or not found.value.strip() else found

    def text(self, key: str, required: bool = False) -> str:
        node = self.node(key)
        if node is not None and not isinstance(node, yaml.ScalarNode):
            self.complain(line_of(node), "wrong-type", f"`{key}` must be one text")
            return ""
        text = self.plain(key, node)
        if required and not text:
            self.complain(self.line_of_key(key), "missing-key", f"`{key}` is missing")
        return text

    def plain(self, key: str, node: yaml.Node | None) -> str:
        """The text of a scalar, with a warning where a comment cut it; "" for anything else."""
        if not isinstance(node, yaml.ScalarNode):
            return ""
        self.problems += check_hidden_comment(self.path, key, node, self._lines)
        return str(node.value).strip()

    def title(self, key: str = "title") -> str:
        """A required text of one line."""
        return " ".join(self.text(key, required=True).split())

    def id(self, key: str, default: str) -> str:
        text = self.text(key)
        if text and not ID.fullmatch(text):
            self.complain(self.line_of_key(key), "bad-id", f"`{text}` cannot be part of an address",
                          "letters a–z, digits, `-`, `_` and `.`, 100 at most")  # fmt: skip
            return default
        return text or default

    def flag(self, key: str) -> bool | None:
        text = self.text(key)
        if text.casefold() in ("true", "yes", "on"):
            return True
        if text and text.casefold() not in ("false", "no", "off"):
            self.complain(self.line_of_key(key), "wrong-type", f"`{key}` must be `true` or `false`, not `{text}`")
        return False if text else None

    def choice(self, key: str, kind: type[E]) -> E | None:
        text = self.text(key)
        return self.choose(kind, text, self.line_of_key(key), f"bad-{key.replace('_', '-')}") if text else None

    def choose(self, kind: type[E], text: str, line: int, code: str) -> E | None:
        """A member of `kind` by its value; case, spaces and hyphens do not matter."""
        member: E | None = member_of(kind, text)
        if member:
            return member
        value = value_of(text)
        meant = SYNONYMS.get(kind, {}).get(value)
        hint = f"did you mean `{meant}`?" if meant else suggest(value, [str(member.value) for member in kind])
        self.complain(line, code, f"`{text}` is not known here", hint)
        return None

    def _read(self, key: str, read: Callable[[str], T]) -> T | None:
        text = self.text(key)
        if not text:
            return None
        try:
            return read(text)
        except Complaint as complaint:
            self.complain(self.line_of_key(key), complaint.code, f"{key}: {complaint.message}", complaint.hint)
            return None

    def time(self, key: str, clock: Clock) -> datetime | None:
        return self._read(key, clock.parse_time)

    def date(self, key: str, clock: Clock) -> date | None:
        return self._read(key, clock.parse_date)

    def duration(self, key: str) -> timedelta | None:
        return self._read(key, parse_duration)

    def texts(self, key: str) -> tuple[tuple[str, int], ...]:
        """A list of texts (or one text) with their lines."""
        node = self.node(key)
        if node is None:
            return ()
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not all(isinstance(item, yaml.ScalarNode) for item in nodes):
            self.complain(line_of(node), "wrong-type", f"`{key}` must be a list of names")
            return ()
        found = ((self.plain(key, item), line_of(item)) for item in nodes)
        return tuple((text, line) for text, line in found if text)

    def pairs(self, key: str) -> tuple[tuple[str, int, yaml.Node], ...]:
        """A mapping's keys with their lines and values, in the file's order."""
        node = self.node(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.MappingNode):
            self.complain(line_of(node), "wrong-type", f"`{key}` must be `name: value` lines below it")
            return ()
        return tuple((key_of(name), line_of(name), value) for name, value in node.value)

    def section(self, node: yaml.MappingNode) -> Fields:
        return Fields(self.path, node, self._lines, self.problems)

    def finish(self) -> None:
        above = ""
        for key, line in self._key_lines.items():
            value = self._nodes[key]
            if key in self._known:
                # Only what has lines below it is likely to have lost them.
                above = key if key in HOLDERS and isinstance(value, yaml.ScalarNode) and not value.value else ""
            else:
                hint = f"indent it under `{above}:`" if above else self._suggest_key(key)
                self.complain(line, "unknown-key", f"`{key}` is not a key here", hint)

    def _suggest_key(self, key: str) -> str:
        """What other tools have is named only where entries have their keys."""
        is_entry = "title" in self._known and "draft" in self._known
        return (is_entry and FOREIGN.get(key)) or suggest(key, self._known)


# The same few words stand in all files.
@lru_cache(maxsize=1024)
def value_of(text: str) -> str:
    """A word of a vocabulary as it is written there: `In progress` and `in-progress` are `in_progress`."""
    return SPACES.sub("_", text.strip().casefold())


@lru_cache(maxsize=1024)
def member_of(kind: type[E], text: str) -> E | None:
    """The member of a vocabulary that is written so, as in `value_of`; None where there is none."""
    value = value_of(text)
    return next((member for member in kind if member.value == value), None)


def open_fields(path: str, data: bytes) -> tuple[Fields | None, list[Problem]]:
    """Those of a file that is one mapping; None where it cannot be read. `problems` are those of the fields, too."""
    text, problems = parse_text(path, data)
    if text is None:
        return None, problems
    text = "\n".join(drop_invisible(line) for line in text.split("\n"))
    node, problems = parse_yaml(path, text)
    return (None if node is None else Fields(path, node, text.split("\n"), problems)), problems
