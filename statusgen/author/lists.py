"""Entries as rows of words, the newest first."""

from __future__ import annotations

from typing import TypeVar

from statusgen.author.desk import KINDS, Desk
from statusgen.author.plan import Existing
from statusgen.history.changes import change_status, shown_window
from statusgen.model.entries import Change, Incident, component_ids

Row = dict[str, str]
E = TypeVar("E", Incident, Change)


def incident_rows(desk: Desk, every: bool) -> tuple[list[Row], int]:
    """Those that are open, or `every` one; and how many files have errors."""
    found = _find(desk, Incident, every)
    incidents = sorted(
        (one.entry for one in found if one), key=lambda entry: (entry.started_at, entry.id), reverse=True
    )
    return [_incident_row(desk, incident) for incident in incidents], found.count(None)


def change_rows(desk: Desk, every: bool) -> tuple[list[Row], int]:
    """The same of changes that are not over, the next one first."""
    found = _find(desk, Change, every)
    windows = [(shown_window(one.entry, desk.site.zone, desk.now), one.entry) for one in found if one]
    windows.sort(key=lambda pair: (pair[0].start, pair[1].id), reverse=every)
    rows = [
        {
            "id": change.id,
            "status": change_status(change, desk.site.zone, desk.now).value,
            "starts": desk.clock.write_time(window.start),
            "ends": desk.clock.write_time(window.end),
            "components": " ".join(component_ids(change)),
            "title": change.title,
        }
        for window, change in windows
    ]
    return rows, found.count(None)


def _incident_row(desk: Desk, incident: Incident) -> Row:
    latest = incident.updates[-1]
    return {
        "id": incident.id,
        "status": latest.status.value,
        "started": desk.clock.write_time(incident.started_at),
        "updated": desk.clock.write_time(latest.at),
        "components": " ".join(component_ids(incident)),
        "title": incident.title,
    }


def _find(desk: Desk, kind: type[E], every: bool) -> list[Existing[E] | None]:
    if every:
        return [desk.open_if_good(path, kind) for path in desk.paths(KINDS[kind])]
    return list(desk.going_on(kind))
