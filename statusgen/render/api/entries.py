"""Incidents and scheduled maintenances in the API's shape; the latter are incidents with a window."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from statusgen.model.entries import Change, Update, component_ids
from statusgen.model.names import short_id, short_name
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus, IncidentStatus, State, Status
from statusgen.render.addresses import entry_path
from statusgen.render.api.components import describe_component, describe_now, format_instant
from statusgen.render.api.moves import Move, read_moves
from statusgen.render.api.slots import order_slots, page_id
from statusgen.render.api.values import Told
from statusgen.render.api.words import plain_words
from statusgen.render.words import AUTOMATIC


def describe_entry(told: Told, site: Site) -> dict[str, Any]:
    entry = told.entry
    entry_id, address = short_id(entry), site.url + entry_path(entry)
    monitored = (update.at for update in told.updates if update.status is IncidentStatus.MONITORING)
    updates = [
        _describe_update(update, told, entry_id, address, moves, site)
        for update, moves in zip(told.updates, read_moves(told), strict=True)
    ]
    found = {
        "id": entry_id,
        "name": entry.title,
        "status": status_word(told.status),
        "created_at": format_instant(told.created_at),
        "updated_at": format_instant(told.updated_at),
        "monitoring_at": _format(next(monitored, None)),
        "resolved_at": _format(told.ended_at),
        "impact": "maintenance" if isinstance(entry, Change) else entry.impact.value,
        "shortlink": address,
        # When planned work begins is told by its window.
        "started_at": format_instant(told.created_at if isinstance(entry, Change) else entry.started_at),
        "page_id": page_id(site),
        "incident_updates": updates[::-1],
        "components": _describe_components(told, site),
    }
    if told.window:
        found |= {"scheduled_for": format_instant(told.window[0]), "scheduled_until": format_instant(told.window[1])}
    return found


def status_word(status: Status) -> str:
    """Statuspage knows no work that was called off: it is over."""
    return ChangeStatus.COMPLETED.value if status is ChangeStatus.CANCELLED else status.value


def _describe_update(
    update: Update, told: Told, entry_id: str, address: str, moves: list[Move], site: Site
) -> dict[str, Any]:
    entry, at = told.entry, format_instant(update.at)
    return {
        "id": short_name("update", "change" if isinstance(entry, Change) else "incident", entry.id, update.id),
        "status": status_word(update.status),
        "body": AUTOMATIC[update.status.value] if update.automatic else plain_words(update.body, address),
        "incident_id": entry_id,
        "created_at": at,
        "updated_at": at,
        "display_at": at,
        "affected_components": _describe_moves(moves, site),
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
    }


def _describe_moves(moves: list[Move], site: Site) -> list[dict[str, Any]] | None:
    if not moves:
        return None
    by_name = {name: (before, after) for name, before, after in moves}
    return [
        {
            "code": slot.id,
            "name": slot.component.name,
            "old_status": by_name[slot.component.id][0].value,
            "new_status": by_name[slot.component.id][1].value,
        }
        for slot in order_slots(by_name, site)
    ]


def _describe_components(told: Told, site: Site) -> list[dict[str, Any]]:
    """Of what is over they are as it left them, so that nothing that happens later changes what is told here."""
    if told.components is not None:
        now = {component.id: component for component in told.components}
        return [describe_now(slot, now[slot.component.id], site) for slot in order_slots(now, site)]
    ended_at = told.ended_at or told.updated_at
    found = []
    for slot in order_slots(component_ids(told.entry), site):
        created_at = slot.first_at or told.created_at
        found.append(describe_component(slot, State.OPERATIONAL, created_at, ended_at, site))
    return found


def _format(at: datetime | None) -> str | None:
    return format_instant(at) if at else None
