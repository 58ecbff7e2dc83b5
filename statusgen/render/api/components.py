"""Components and groups in the API's shape."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from statusgen.history.component_times import known_since, state_since
from statusgen.history.snapshot import Snapshot
from statusgen.model.kept import kept
from statusgen.model.names import short_name
from statusgen.model.site import Group, Site
from statusgen.model.states import State, worst
from statusgen.model.zone import EPOCH
from statusgen.render.api.slots import Slot, find_slots, page_id
from statusgen.render.api.values import ComponentNow
from statusgen.render.json_text import PLAIN_HOLE, make_shape, to_json

# The API's words, by rank: the value of a member takes a call each time.
STATES = tuple(state.value for state in State)
# Times come by the ten thousand: put together of three parts, each takes a fifth of the time of `isoformat`.
_MINUTES = tuple(f"{minute // 60:02}:{minute % 60:02}:" for minute in range(24 * 60))
_SECONDS = tuple(f"{second:02}.000Z" for second in range(60))


def read_components(snapshot: Snapshot, known: Iterable[ComponentNow] = ()) -> tuple[ComponentNow, ...]:
    """All of the site, in its order. `known` are those of any earlier snapshot."""
    by_history = {id(component.history): component for component in known}
    zone = snapshot.content.site.zone
    found = []
    for name, history in snapshot.components.items():
        same = by_history.get(id(history))
        if same is None:
            created_at = known_since(history, zone) or EPOCH
            same = ComponentNow(name, history.state, created_at, state_since(history), history)
        found.append(same)
    return tuple(found)


def list_json(components: tuple[ComponentNow, ...], site: Site) -> str:
    """The flat list: each group, and after it its members."""
    by_id, slots = {component.id: component for component in components}, find_slots(site)
    found: list[str] = []
    for position, (group, members) in enumerate(site.sections(), 1):
        if group:
            found.append(to_json(_describe_group(group, position, [by_id[member.id] for member in members], site)))
        found += [now_json(slots[member.id], by_id[member.id], site) for member in members]
    return f"[{','.join(found)}]"


def now_json(slot: Slot, now: ComponentNow, site: Site) -> str:
    shape = component_shapes(site)[slot.number]
    return shape % (STATES[now.state.rank], format_instant(now.created_at), format_instant(now.updated_at))


@kept
def component_shapes(site: Site) -> list[str]:
    """By the number of the slot: open are the state, when it was made and when it changed."""
    return [make_shape(_describe_component(slot, site)) for slot in find_slots(site).values()]


def _describe_component(slot: Slot, site: Site) -> dict[str, Any]:
    component = slot.component
    return {
        "id": slot.id,
        "name": component.name,
        "status": PLAIN_HOLE,
        "created_at": PLAIN_HOLE,
        "updated_at": PLAIN_HOLE,
        "position": slot.position,
        "description": component.description or None,
        "showcase": True,
        "start_date": component.since.isoformat() if component.since else None,
        "group_id": slot.group_id,
        "page_id": page_id(site),
        "group": False,
        "only_show_if_degraded": False,
    }


def _describe_group(group: Group, position: int, members: list[ComponentNow], site: Site) -> dict[str, Any]:
    return {
        "id": short_name("group", group.id),
        "name": group.name,
        "status": worst([member.state for member in members]).value,
        "created_at": format_instant(min(member.created_at for member in members)),
        "updated_at": format_instant(max(member.updated_at for member in members)),
        "position": position,
        "description": group.description or None,
        "showcase": False,
        "start_date": None,
        "group_id": None,
        "page_id": page_id(site),
        "group": True,
        "only_show_if_degraded": False,
        "components": [short_name("component", member.id) for member in members],
    }


def format_instant(at: datetime) -> str:
    """`2026-11-03T09:20:00.000Z`."""
    return f"{_format_day(at.toordinal())}{_MINUTES[at.hour * 60 + at.minute]}{_SECONDS[at.second]}"


@lru_cache(maxsize=4096)
def _format_day(ordinal: int) -> str:
    return f"{date.fromordinal(ordinal).isoformat()}T"
