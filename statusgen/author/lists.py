"""Entries as rows of words, the newest first."""

from __future__ import annotations

from contextlib import closing
from typing import TypeVar

from statusgen.author.desk import KINDS, Desk
from statusgen.build.cache import Cache
from statusgen.build.reader import Reader
from statusgen.history.changes import change_status, shown_window
from statusgen.model.entries import Change, Incident, component_ids
from statusgen.source.folder import Folder

Row = dict[str, str]
E = TypeVar("E", Incident, Change)


def incident_rows(desk: Desk, cache: Cache | None = None) -> tuple[list[Row], int]:
    """Those that are open or, with a cache, all; and how many files have errors."""
    found = _find(desk, Incident, cache)
    incidents = sorted((one for one in found if one), key=lambda entry: (entry.started_at, entry.id), reverse=True)
    return [_incident_row(desk, incident) for incident in incidents], found.count(None)


def change_rows(desk: Desk, cache: Cache | None = None) -> tuple[list[Row], int]:
    """The same of changes: those that are not over, the next one first, or all, the last one first."""
    found = _find(desk, Change, cache)
    windows = [(shown_window(one, desk.site.zone, desk.now), one) for one in found if one]
    windows.sort(key=lambda pair: (pair[0].start, pair[1].id), reverse=cache is not None)
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


def _find(desk: Desk, kind: type[E], cache: Cache | None) -> list[E | None]:
    """None for each file that has an error. Of all of them, most are as they were when they were last read."""
    if cache is None:
        return [one.entry if one else None for one in desk.going_on(kind)]
    with closing(Folder(desk.folder)) as folder:
        read = Reader(cache, preview=True).read(folder.read(), desk.now, present=False)
    good: list[E | None] = [
        parsed.entry for parsed in read.parsed if isinstance(parsed.entry, kind) and not parsed.draft
    ]
    broken = sum(file.found is None for path, file in read.files.items() if path.startswith(f"{KINDS[kind]}/"))
    return good + [None] * broken
