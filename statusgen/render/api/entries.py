"""Incidents and scheduled maintenances in the API's shape; the latter are incidents with a window."""

from __future__ import annotations

from datetime import datetime

from statusgen.model.entries import Change, Update, component_ids
from statusgen.model.names import short_id, short_name
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus, IncidentStatus, State, Status
from statusgen.render.addresses import entry_path
from statusgen.render.api.components import component_json, format_instant, now_json
from statusgen.render.api.moves import Move, read_moves
from statusgen.render.api.slots import order_slots, page_id
from statusgen.render.api.values import Told
from statusgen.render.api.words import plain_words
from statusgen.render.json_text import HOLE, PLAIN_HOLE, make_shape, text_to_json
from statusgen.render.words import AUTOMATIC

_ENTRY = {
    "id": PLAIN_HOLE,
    "name": HOLE,
    "status": PLAIN_HOLE,
    "created_at": PLAIN_HOLE,
    "updated_at": PLAIN_HOLE,
    "monitoring_at": HOLE,
    "resolved_at": HOLE,
    "impact": PLAIN_HOLE,
    "shortlink": HOLE,
    "started_at": PLAIN_HOLE,
    "page_id": PLAIN_HOLE,
    "incident_updates": HOLE,
    "components": HOLE,
}
ENTRY = make_shape(_ENTRY)
WORK = make_shape(_ENTRY | {"scheduled_for": PLAIN_HOLE, "scheduled_until": PLAIN_HOLE})
UPDATE = make_shape(
    {
        "id": PLAIN_HOLE,
        "status": PLAIN_HOLE,
        "body": HOLE,
        "incident_id": PLAIN_HOLE,
        "created_at": PLAIN_HOLE,
        "updated_at": PLAIN_HOLE,
        "display_at": PLAIN_HOLE,
        "affected_components": HOLE,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
    }
)
MOVE = make_shape({"code": PLAIN_HOLE, "name": HOLE, "old_status": PLAIN_HOLE, "new_status": PLAIN_HOLE})


def entry_json(told: Told, site: Site) -> str:
    entry = told.entry
    entry_id, address = short_id(entry), site.url + entry_path(entry)
    updates = [
        _update_json(update, told, entry_id, address, moves, site)
        for update, moves in zip(told.updates, read_moves(told), strict=True)
    ]
    created_at = format_instant(told.created_at)
    parts = (
        entry_id,
        text_to_json(entry.title),
        status_word(told.status),
        created_at,
        format_instant(told.updated_at),
        _instant_json(next((update.at for update in told.updates if update.status is IncidentStatus.MONITORING), None)),
        _instant_json(told.ended_at),
        "maintenance" if isinstance(entry, Change) else entry.impact.value,
        text_to_json(address),
        # When planned work begins is told by its window.
        created_at if isinstance(entry, Change) else format_instant(entry.started_at),
        page_id(site),
        f"[{','.join(updates[::-1])}]",
        _components_json(told, site),
    )
    return WORK % (*parts, *map(format_instant, told.window)) if told.window else ENTRY % parts


def status_word(status: Status) -> str:
    """Statuspage knows no work that was called off: it is over."""
    return ChangeStatus.COMPLETED.value if status is ChangeStatus.CANCELLED else status.value


def _update_json(update: Update, told: Told, entry_id: str, address: str, moves: list[Move], site: Site) -> str:
    entry, at = told.entry, format_instant(update.at)
    return UPDATE % (
        short_name("update", "change" if isinstance(entry, Change) else "incident", entry.id, update.id),
        status_word(update.status),
        text_to_json(AUTOMATIC[update.status.value] if update.automatic else plain_words(update.body, address)),
        entry_id,
        at,
        at,
        at,
        _moves_json(moves, site),
    )


def _moves_json(moves: list[Move], site: Site) -> str:
    if not moves:
        return "null"
    by_name = {name: (before, after) for name, before, after in moves}
    found = [
        MOVE % (slot.id, text_to_json(slot.component.name), *(state.value for state in by_name[slot.component.id]))
        for slot in order_slots(by_name, site)
    ]
    return f"[{','.join(found)}]"


def _components_json(told: Told, site: Site) -> str:
    """Of what is over they are as it left them, so that nothing that happens later changes what is told here."""
    if told.components is not None:
        now = {component.id: component for component in told.components}
        found = [now_json(slot, now[slot.component.id], site) for slot in order_slots(now, site)]
    else:
        ended_at = told.ended_at or told.updated_at
        found = [
            component_json(slot, State.OPERATIONAL, slot.first_at or told.created_at, ended_at, site)
            for slot in order_slots(component_ids(told.entry), site)
        ]
    return f"[{','.join(found)}]"


def _instant_json(at: datetime | None) -> str:
    return f'"{format_instant(at)}"' if at else "null"
