"""The values that several kinds have: texts, times, durations, states."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from statusgen.model.site import Component
from statusgen.model.states import State

Schema = dict[str, Any]
# Front matter is read as plain texts, so a title may look like a number or a flag.
PLAIN = ["string", "number", "boolean"]
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
OFFSET = r"\s*([Uu][Tt][Cc]|[Gg][Mm][Tt]|[Zz]|[+-][0-9]{2}:?[0-9]{2})?"
# Any order of units is underlined by `check`; here it is only told from other texts.
DURATION = r"^\s*([0-9]+\s*(w|d|h|m|min|s)\s*)+$"
STATES = tuple(state.value for state in State)


def text(description: str) -> Schema:
    return {"type": PLAIN, "description": description}


def number(description: str) -> Schema:
    """As a number, or as a text of one."""
    return {"type": ["number", "string"], "description": description}


def flag(description: str) -> Schema:
    return {"enum": [True, False, "yes", "no", "on", "off"], "description": description}


def words(kind: type[Enum], description: str) -> Schema:
    return {"enum": [member.value for member in kind], "description": description}


def time(description: str) -> Schema:
    return {
        "type": "string",
        "pattern": rf"^\s*{DAY}([Tt]|\s+){CLOCK}{OFFSET}\s*$",
        "description": f"{description} `2026-11-03 09:20` is in the site's zone; `+07:00` may stand behind it.",
    }


def day(description: str) -> Schema:
    return {"type": "string", "pattern": rf"^\s*{DAY}\s*$", "description": description}


def day_or_time(description: str) -> Schema:
    return time(description) | {"pattern": rf"^\s*{DAY}(([Tt]|\s+){CLOCK}{OFFSET})?\s*$"}


def duration(description: str) -> Schema:
    return {"type": "string", "pattern": DURATION, "description": f"{description} As in `30m`, `2h`, `1h30m`, `1d`."}


def texts(description: str, names: Iterable[str] = ()) -> Schema:
    """A list, or one alone; of some names only, where they are known."""
    known = list(names)
    item: Schema = {"enum": known} if known else {"type": PLAIN}
    return {"description": description, "anyOf": [{"type": "array", "items": item}, item]}


def mapping(description: str, value: Schema, **more: Any) -> Schema:
    return {"type": "object", "additionalProperties": value, "description": description} | more


def keys(description: str, required: Iterable[str] = (), /, **properties: Schema) -> Schema:
    """A mapping with just these keys; `_` at the end of a name, as in `except_`, only keeps it from being Python's."""
    known = {name.removesuffix("_"): one for name, one in properties.items()}
    found: Schema = {"type": "object", "additionalProperties": False, "properties": known, "description": description}
    return found | ({"required": sorted(required)} if required else {})


def states(description: str, components: Iterable[Component], with_list: bool) -> Schema:
    """`components:`, as a mapping to states or, where there is a default state, as a list of names."""
    known = {component.id: component.name for component in components}
    # Without a state, the default holds.
    state: Schema = {"enum": [*STATES, None] if with_list else list(STATES)}
    if known:
        named = {name: state | {"description": title} for name, title in known.items()}
        as_states: Schema = {"type": "object", "additionalProperties": False, "properties": named}
    else:
        as_states = {"type": "object", "additionalProperties": state}
    if not with_list:
        return as_states | {"description": description}
    listed = texts(description, known)
    return listed | {"anyOf": [as_states, *listed["anyOf"]]}
