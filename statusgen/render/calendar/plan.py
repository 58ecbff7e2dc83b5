"""/calendar.ics has all planned work of the last year and to come, /components/ID/calendar.ics that of a component."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.history.changes import series_end
from statusgen.history.event_marks import event_revision, event_status, newest_update
from statusgen.history.occurrences import next_window
from statusgen.history.snapshot import Snapshot
from statusgen.model.audit import Removal
from statusgen.model.entries import Change, component_ids
from statusgen.model.kept import kept_with
from statusgen.model.zone import day_start
from statusgen.render.addresses import component_path
from statusgen.render.calendar.document import CalendarPlan
from statusgen.render.calendar.event import Event

KEPT_DAYS = 365
# Planned work, and whether time changes nothing of it any more.
_Work = tuple[Change, bool]


def plan_calendars(snapshot: Snapshot, before: tuple[CalendarPlan, ...] = ()) -> tuple[CalendarPlan, ...]:
    """Nothing of `before` is needed: what does not change any more is kept with each change."""
    site = snapshot.content.site
    events = _find_events(snapshot)
    by_component: dict[str, list[Event]] = {component.id: [] for component in site.components}
    for event in events:
        for name in component_ids(event.change):
            by_component[name].append(event)
    plans = [_plan("", site.name, events, snapshot)]
    for component in site.components:
        title = f"{site.name}: {component.name}"
        plans.append(_plan(component_path(component.id), title, by_component[component.id], snapshot))
    return tuple(plans)


def _plan(folder: str, title: str, events: Iterable[Event], snapshot: Snapshot) -> CalendarPlan:
    """What stands in a series that is there is told by that."""
    placed = {one.change.id for event in events for _, one in event.occurrences}
    own = tuple(event for event in events if event.change.id not in placed)
    return CalendarPlan(folder, title, own, 0 if own else snapshot.today.year)


def _find_events(snapshot: Snapshot) -> list[Event]:
    zone, now = snapshot.content.site.zone, snapshot.now
    since = day_start(snapshot.today - timedelta(days=KEPT_DAYS), zone)
    works = [
        (change, course.settled) for change, course in zip(snapshot.content.changes, snapshot.changes, strict=True)
    ]
    found = [_read_event(work, zone, now) for work in works if not _is_past(work, zone, since)]
    removed = [one for one in snapshot.content.audit.removed if one.at <= now] if snapshot.content.audit else []
    found = [_after(event, removed) if event.change.repeat else event for event in found]
    if not any(deviation.change for event in found for deviation in event.change.deviations):
        return found
    by_id = {change.id: (change, settled) for change, settled in works}
    return [_with_occurrences(event, by_id, zone, now) for event in found]


def _is_past(work: _Work, zone: ZoneInfo, since: datetime) -> bool:
    """Whether it was over before `since`."""
    change, settled = work
    if not change.repeat:
        return settled and change.ends_at < since and (not change.updates or change.updates[-1].at < since)
    end = series_end(change, since)
    return (end is not None and end.at < since) or next_window(change, zone, since) is None


def _over_at(change: Change) -> datetime:
    """When nothing more happens to settled work."""
    return max([change.ends_at, *(update.at for update in change.updates[-1:])])


def _read_event(work: _Work, zone: ZoneInfo, now: datetime) -> Event:
    change, settled = work
    return _settled_event(change, zone) if settled else _event_at(change, zone, now)


@kept_with
def _settled_event(change: Change, zone: ZoneInfo) -> Event:
    return _event_at(change, zone, _over_at(change))


def _event_at(change: Change, zone: ZoneInfo, now: datetime) -> Event:
    status, newest = event_status(change, zone, now), newest_update(change, now)
    return Event(change, status, *event_revision(change, zone, now), newest)


def _after(event: Event, removed: Iterable[Removal]) -> Event:
    """What stood for one of its occurrences, and does not any more, had counted on: no count goes back for that."""
    named = ((one, one.entry.occurrence) for one in removed if isinstance(one.entry, Change))
    earlier = tuple(
        (name.on.date(), one.sequence + 1, one.at) for one, name in named if name and name.series == event.change.id
    )
    return replace(event, earlier=earlier) if earlier else event


def _with_occurrences(event: Event, works: dict[str, _Work], zone: ZoneInfo, now: datetime) -> Event:
    """An occurrence cannot be of an earlier make than its series."""
    some = []
    for deviation in event.change.deviations:
        work = works.get(deviation.change.id) if deviation.change else None
        if work:
            own = _read_event(work, zone, now)
            made = replace(own, sequence=event.sequence + own.sequence, at=max(event.at, own.at))
            some.append((deviation.on, made))
    return replace(event, occurrences=tuple(some)) if some else event
