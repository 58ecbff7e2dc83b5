"""What templates are given, read from dataclasses and named tuples: fields and properties, and their types as text."""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from collections.abc import Iterator

from statusgen.render import contexts, layout
from statusgen.render.cards import Card
from statusgen.render.looks import Icon

ROOTS = (layout.Layout, layout.Feed, Icon, Card, *typing.get_args(contexts.PageContext))
# Notes of the program.
HIDDEN = {"kept"}
# What only feeds, calendars and the API show, or what views have ready.
INNER = {
    *("Changed", "Correction", "Course", "Deviation", "Effect", "EventMark", "Hours", "Move", "OccurrenceName"),
    *("Removal", "Side", "Stretch"),
}


def known_classes() -> dict[str, type]:
    """All that have named fields which templates reach, by name, in the order in which they are met."""
    found: dict[str, type] = {}
    waiting = list(ROOTS)
    while waiting:
        kind = waiting.pop(0)
        if kind.__name__ in found or kind.__name__ in INNER:
            continue
        found[kind.__name__] = kind
        waiting += [one for hint in hints_of(kind).values() for one in parts_of(hint) if names_of(one)]
    return found


def hints_of(kind: type) -> dict[str, object]:
    hints = typing.get_type_hints(kind, vars(sys.modules[kind.__module__]))
    found = {name: hints[name] for name in names_of(kind) if name not in HIDDEN}
    for name, value in vars(kind).items():
        if isinstance(value, property) and value.fget and not name.startswith("_"):
            found[name] = typing.get_type_hints(value.fget, vars(sys.modules[kind.__module__]))["return"]
    return found


def names_of(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass or a named tuple; none of any other."""
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    return getattr(kind, "_fields", ())


def parts_of(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and not typing.get_args(hint):
        yield hint
    for part in typing.get_args(hint):
        yield from parts_of(part)


def shown_type(hint: object) -> str:
    """As people read it: `Component or none`, `list of (text, text)`, `text`."""
    plain = {str: "text", int: "number", bool: "flag", type(None): "none"}
    if hint in plain:
        return plain[hint]
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return " or ".join(shown_type(part) for part in parts)
    if origin is tuple and parts[-1] is Ellipsis:
        return f"list of {shown_type(parts[0])}"
    if origin is tuple:
        return f"({', '.join(map(shown_type, parts))})"
    if origin is not None and len(parts) == 2:
        return f"{shown_type(parts[0])} → {shown_type(parts[1])}"
    return getattr(hint, "__name__", str(hint))
