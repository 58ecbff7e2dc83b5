"""Incidents and scheduled maintenances in the API's shape; the latter are incidents with a window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from statusgen.model.entries import Change, component_ids
from statusgen.model.names import short_id, short_name
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus, IncidentStatus, State, Status
from statusgen.render.addresses import entry_path
from statusgen.render.api.components import STATES, component_shapes, format_instant, now_json
from statusgen.render.api.moves import moves_json
from statusgen.render.api.slots import Slot, order_slots, page_id
from statusgen.render.api.values import Told
from statusgen.render.api.words import words_json
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
# Python 3.11 looks for a member of an enum for as long as a call takes.
MONITORING, COMPLETED, CANCELLED = IncidentStatus.MONITORING, ChangeStatus.COMPLETED, ChangeStatus.CANCELLED


def entry_json(told: Told, site: Site) -> str:
    entry = told.entry
    entry_id, address = short_id(entry), site.url + entry_path(entry)
    slots = order_slots(component_ids(entry), site)
    created_at = format_instant(told.created_at)
    parts = (
        entry_id,
        text_to_json(entry.title),
        status_word(told.status),
        created_at,
        format_instant(told.updated_at),
        _instant_json(next((update.at for update in told.updates if update.status is MONITORING), None)),
        _instant_json(told.ended_at),
        "maintenance" if isinstance(entry, Change) else entry.impact,
        text_to_json(address),
        # When planned work begins is told by its window.
        created_at if isinstance(entry, Change) else format_instant(entry.started_at),
        page_id(site),
        _updates_json(told, entry_id, address, slots),
        _components_json(told, slots, site),
    )
    return WORK % (*parts, *map(format_instant, told.window)) if told.window else ENTRY % parts


def status_word(status: Status) -> str:
    """Statuspage knows no work that was called off: it is over."""
    return COMPLETED if status is CANCELLED else status


def _updates_json(told: Told, entry_id: str, address: str, slots: Iterable[Slot]) -> str:
    """Newest first."""
    kind, name = "change" if isinstance(told.entry, Change) else "incident", told.entry.id
    found = []
    for update, moves in zip(told.updates, moves_json(told, slots), strict=True):
        at = format_instant(update.at)
        parts = (
            short_name("update", kind, name, update.id),
            status_word(update.status),
            text_to_json(AUTOMATIC[update.status]) if update.automatic else words_json(update.body, address),
            entry_id,
            at,
            at,
            at,
            moves,
        )
        found.append(UPDATE % parts)
    return f"[{','.join(found[::-1])}]"


def _components_json(told: Told, slots: Iterable[Slot], site: Site) -> str:
    """Of what is over they are as it left them, so that nothing that happens later changes what is told here."""
    if told.components is not None:
        now = {component.id: component for component in told.components}
        found = [now_json(slot, now[slot.component.id], site) for slot in slots]
    else:
        created_at, ended_at = format_instant(told.created_at), format_instant(told.ended_at or told.updated_at)
        shapes, well = component_shapes(site), STATES[State.OPERATIONAL.rank]
        found = [
            shapes[slot.number] % (well, format_instant(slot.first_at) if slot.first_at else created_at, ended_at)
            for slot in slots
        ]
    return f"[{','.join(found)}]"


def _instant_json(at: datetime | None) -> str:
    return f'"{format_instant(at)}"' if at else "null"
