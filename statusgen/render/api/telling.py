"""What is told of an incident or of planned work at one instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from statusgen.history.changes import change_status, series_end, shown_window
from statusgen.history.course import Course
from statusgen.history.occurrences import Occurrence, past_windows
from statusgen.history.seen import Seen
from statusgen.history.told import git_times
from statusgen.model.entries import Change, Incident, component_ids
from statusgen.model.states import FINAL
from statusgen.model.zone import EPOCH
from statusgen.render.api.values import ComponentNow, Told


def tell_incident(course: Course, incident: Incident) -> Told:
    """Without its components, as it is told once it is over."""
    updates = course.updates
    return Told(incident, updates, updates[-1].status, updates[0].at, updates[-1].at, incident.resolved_at)


def tell(course: Course, seen: Seen, components: Mapping[str, ComponentNow]) -> Told:
    """`components` are all, by id, as they are now."""
    entry = course.entry
    told = tell_incident(course, entry) if isinstance(entry, Incident) else _tell_change(course, entry, seen)
    if told.is_over:
        return told
    named = set(component_ids(entry))
    now = tuple(component for name, component in components.items() if name in named)
    return replace(told, components=now)


def _tell_change(course: Course, change: Change, seen: Seen) -> Told:
    zone, now = seen.content.site.zone, seen.now
    status, window = change_status(change, zone, now), shown_window(change, zone, now)
    created_at = _announced_at(course, change, now) or EPOCH
    told = (at for at in git_times(change) if at <= now)
    updated_at = max([created_at, *(update.at for update in course.updates[-1:]), *told])
    if change.repeat and not series_end(change, now):
        updated_at = max([updated_at, *_edges(course, change, window, seen)])
    ended_at = _find_end(course, change, window, now) if status in FINAL else None
    return Told(change, course.updates, status, created_at, updated_at, ended_at, (window.start, window.end))


def _announced_at(course: Course, change: Change, now: datetime) -> datetime | None:
    """When customers first knew of it: by an update, or by the file where there was none yet."""
    known = [update.at for update in course.updates[:1]]
    if change.record and change.record.shown_at and change.record.shown_at <= now:
        known.append(change.record.shown_at)
    return min(known, default=None)


def _edges(course: Course, series: Change, window: Occurrence, seen: Seen) -> list[datetime]:
    """When the window that is told began, or the last one ended."""
    if window.start <= seen.now < window.end:
        return [window.start]
    if course.effects:
        return [effect.end for effect in course.effects]
    return [past.end for past in past_windows(series, seen.content.site.zone, seen.now)]


def _find_end(course: Course, change: Change, window: Occurrence, now: datetime) -> datetime | None:
    """Work is over since somebody or the clock said so, which more words do not put off; and a series without more
    windows since its last one. None where no window ever took place."""
    if change.repeat:
        over = series_end(change, now)
        return over.at if over else window.end if window.end <= now else None
    said = takewhile(lambda update: update.status in FINAL, reversed(course.updates))
    return min(update.at for update in said)
