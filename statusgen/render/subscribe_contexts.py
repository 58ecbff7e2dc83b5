"""What the pages about following the site are given."""

from __future__ import annotations

from dataclasses import dataclass

from statusgen.model.site import Component, Group


@dataclass(frozen=True, slots=True)
class Followed:
    """What can be followed apart: a group and its components; `group` is None for those without one."""

    group: Group | None
    members: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Snippets:
    """Text for other people's files, ready to be copied: HTML but for `exporter`, which is JSON."""

    badge: str
    script: str
    component_script: str
    frame: str
    exporter: str


@dataclass(frozen=True, slots=True)
class SubscribePage:
    """`folded`: there are so many components that only groups show at first."""

    followed: tuple[Followed, ...]
    folded: bool
    snippets: Snippets


@dataclass(frozen=True, slots=True)
class FormatsPage:
    """`hub` is the address of a WebSub hub, or ""; `example` is any component."""

    hub: str
    example: Component | None
