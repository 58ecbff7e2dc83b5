"""What a parser of one file gives back, and the checks and reads that all kinds share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

import yaml

from statusgen.model.entries import Change, Entry, Incident, OccurrenceName
from statusgen.model.names import short_id
from statusgen.model.states import State
from statusgen.parse.aliases import read_aliases
from statusgen.parse.fields import Fields
from statusgen.parse.front_matter import Document, parse_document
from statusgen.parse.slug import slug_of, stem_of
from statusgen.parse.times import Clock
from statusgen.parse.updates import HeadingTimes, Mention
from statusgen.problems import Problem, as_warning, has_errors

UNTIMED = HeadingTimes({})
# The file that a folder of entries may have for itself.
TAKEN = "index.html"


@dataclass(frozen=True)
class Parsed:
    """A file that was read. `mentions` are the names it refers to, with lines; whether they exist is checked later.

    `newest_first`: its updates stand so in it."""

    entry: Entry
    draft: bool = False
    mentions: tuple[Mention, ...] = ()
    incidents: tuple[Mention, ...] = ()
    id_line: int = 1
    occurrence_line: int = 0
    aliases: tuple[Mention, ...] = ()
    newest_first: bool = False
    # Where it is published, whatever the case of the letters.
    address: tuple[type, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", (type(self.entry), self.entry.id.casefold()))

    @property
    def claims(self) -> tuple[object, ...]:
        """What no two files may share: the address, and what other software knows an incident or a change by."""
        entry = self.entry
        return (self.address, short_id(entry)) if isinstance(entry, Incident | Change) else (self.address,)

    @property
    def occurrence(self) -> OccurrenceName | None:
        """Which occurrence of a series this file stands for, if any."""
        return self.entry.occurrence if isinstance(self.entry, Change) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: the site's clock and, per file, the times that git knows for headings.

    `now` is for warnings about what is dated later; None where it is not the present that is built."""

    clock: Clock
    times: Mapping[str, HeadingTimes] = field(default_factory=dict)
    now: datetime | None = None

    def times_of(self, path: str) -> HeadingTimes:
        return self.times.get(path) or UNTIMED


class Head(NamedTuple):
    """The opened front matter of an entry with what every kind has."""

    fields: Fields
    document: Document
    id: str
    title: str
    draft: bool
    problems: list[Problem]
    aliases: tuple[Mention, ...] = ()

    def result(self, parsed: Parsed | None) -> tuple[Parsed | None, list[Problem]]:
        """Ends the reading: with an error nothing is returned, and what is wrong with a draft is only a warning."""
        self.fields.finish()
        if parsed and self.aliases:
            entry = replace(parsed.entry, aliases=tuple(path for path, _ in self.aliases))
            parsed = replace(parsed, entry=entry, aliases=self.aliases)
        if self.draft:
            return parsed, [as_warning(problem) for problem in self.problems]
        return (None if has_errors(self.problems) else parsed), self.problems


def open_entry(path: str, data: bytes) -> tuple[Head | None, list[Problem]]:
    document, problems = parse_document(path, data)
    if document is None:
        return None, problems
    fields = Fields(path, document.header, document.header_lines, problems)
    fields.line = 1
    slug = slug_of(path)
    entry_id = fields.id("id", slug)
    if not entry_id:
        fields.complain(1, "bad-id", "no address can be made from this file name", "add `id: some-name`")
        entry_id = "x"
    elif entry_id.casefold() == TAKEN:
        fields.complain(fields.line_of_key("id"), "bad-id", f"`{entry_id}` is the address of the list of all",
                        "add an `id:` that is free")  # fmt: skip
    elif entry_id == slug != stem_of(path):
        problems.append(Problem(path, 1, "file-name", f"the address of this page will end in `{slug}`",
                                "file names of letters, digits and `-` are kept as they are", "warning"))  # fmt: skip
    draft = fields.flag("draft") is True
    return Head(fields, document, entry_id, fields.title(), draft, problems, read_aliases(fields)), []


def read_states(fields: Fields, default: State | None) -> tuple[tuple[tuple[str, State], ...], tuple[Mention, ...]]:
    """`components:` as a mapping of states, or as a list of names where there is a default state."""
    node = fields.node("components")
    if node is None:
        return (), ()
    if isinstance(node, yaml.MappingNode):
        states = {}
        mentions = []
        for name, line, value in fields.pairs("components"):
            mentions.append((name, line))
            if not isinstance(value, yaml.ScalarNode):
                fields.complain(line, "wrong-type", f"the state of `{name}` must be one word")
                continue
            text = fields.plain(name, value)
            state = fields.choose(State, text, line, "unknown-state") if text else default
            if state is None and not text:
                fields.complain(line, "missing-state", f"the state of `{name}` is missing", _states_hint(name))
            if state:
                states[name] = state
        return tuple(states.items()), tuple(mentions)
    names = fields.texts("components")
    if default is None and names:
        name, colon, rest = names[0][0].partition(":")
        hint = f"a space is missing after the colon: `{name}: {rest}`" if colon else _states_hint(name)
        fields.complain(names[0][1], "missing-state", "components need a state here", hint)
        return (), () if colon else names
    return tuple({name: default for name, _ in names if default}.items()), names


def _states_hint(name: str) -> str:
    states = ", ".join(f"`{state.value}`" for state in State if state is not State.OPERATIONAL)
    return f"write `{name}: STATE` below `components:`, indented; STATE is one of {states}"
