"""Where components stand in the API's flat list, and the ids that they and their groups have there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from statusgen.model.kept import kept
from statusgen.model.names import short_name
from statusgen.model.site import Component, Site
from statusgen.model.zone import day_start
from statusgen.render.json_text import PLAIN_HOLE, make_shape

_MOVED = {"old_status": PLAIN_HOLE, "new_status": PLAIN_HOLE}


@dataclass(frozen=True, slots=True)
class Slot:
    """`number` counts all components, and `position` those of the group, or what is beside the groups, from 1.

    `first_at` is the start of its first day, if that is known. `move` is a shape: open are the state before an update
    and the one after it."""

    component: Component
    id: str
    number: int
    position: int
    group_id: str | None
    first_at: datetime | None
    move: str


@kept
def find_slots(site: Site) -> Mapping[str, Slot]:
    """By component id, in the order of the list."""
    slots: dict[str, Slot] = {}
    for position, (group, members) in enumerate(site.sections(), 1):
        for number, component in enumerate(members, 1):
            name = short_name("component", component.id)
            slots[component.id] = Slot(
                component=component,
                id=name,
                number=len(slots),
                position=number if group else position,
                group_id=short_name("group", group.id) if group else None,
                first_at=day_start(component.since, site.zone) if component.since else None,
                move=make_shape({"code": name, "name": component.name} | _MOVED),
            )
    return slots


def order_slots(names: Iterable[str], site: Site) -> list[Slot]:
    """Those of the components with these ids, in the order of the list."""
    slots = find_slots(site)
    return sorted([slots[name] for name in names], key=attrgetter("number"))


@kept
def page_id(site: Site) -> str:
    return site.id or short_name("page", site.url)
