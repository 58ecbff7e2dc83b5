"""/calendar.ics has all planned work of the last year and to come, /components/ID/calendar.ics that of a component."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.history.changes import series_end
from statusgen.history.course import Course
from statusgen.history.event_marks import event_revision, event_status, newest_update
from statusgen.history.occurrences import next_window
from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import Change, component_ids
from statusgen.model.kept import kept_with
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus
from statusgen.model.zone import day_start
from statusgen.render.addresses import component_path
from statusgen.render.calendar.event import Event, event_text
from statusgen.render.calendar.lines import line, text
from statusgen.render.calendar.series import read_series
from statusgen.render.calendar.zones import Years, render_zone

NAME = "calendar.ics"
KEPT_DAYS = 365
PRODUCT = "-//statusgen//status page//EN"


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """A calendar in the folder `folder`. `year` is only where there is no event."""

    folder: str
    title: str
    events: tuple[Event, ...]
    year: int = 0

    @property
    def path(self) -> str:
        return self.folder + NAME


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


def _plan(folder: str, title: str, events: list[Event], snapshot: Snapshot) -> CalendarPlan:
    """What stands in a series that is there is told by that."""
    placed = {one.change.id for event in events for _, one in event.occurrences}
    own = tuple(event for event in events if event.change.id not in placed) if placed else tuple(events)
    return CalendarPlan(folder, title, own, 0 if own else snapshot.today.year)


def _find_events(snapshot: Snapshot) -> list[Event]:
    zone, now = snapshot.content.site.zone, snapshot.now
    since = day_start(snapshot.today - timedelta(days=KEPT_DAYS), zone)
    found = [_read_event(course, zone, now) for course in snapshot.changes if not _is_past(course, zone, since)]
    if not any(deviation.change for event in found for deviation in event.change.deviations):
        return found
    by_id = {course.entry.id: course for course in snapshot.changes}
    return [_with_occurrences(event, by_id, zone, now) for event in found]


def _is_past(course: Course, zone: ZoneInfo, since: datetime) -> bool:
    """Whether it was over before `since`."""
    change = course.entry
    assert isinstance(change, Change)  # noqa: S101
    if not change.repeat:
        last = change.updates[-1].at if change.updates else change.ends_at
        return course.settled and max(change.ends_at, last) < since
    return series_end(change, since) is not None or next_window(change, zone, since) is None


def _read_event(course: Course, zone: ZoneInfo, now: datetime) -> Event:
    change = course.entry
    assert isinstance(change, Change)  # noqa: S101
    return _settled_event(change, zone) if course.settled else _event_at(change, zone, now)


@kept_with
def _settled_event(change: Change, zone: ZoneInfo) -> Event:
    over_at = max([change.ends_at, *(update.at for update in change.updates[-1:])])
    return _event_at(change, zone, over_at)


def _event_at(change: Change, zone: ZoneInfo, now: datetime) -> Event:
    status, newest = event_status(change, zone, now), newest_update(change, now)
    return Event(change, status, *event_revision(change, zone, now), newest)


def _with_occurrences(event: Event, by_id: dict[str, Course], zone: ZoneInfo, now: datetime) -> Event:
    """An occurrence cannot be of an earlier make than its series."""
    some = []
    for deviation in event.change.deviations:
        course = by_id.get(deviation.change.id) if deviation.change else None
        if course:
            own = _read_event(course, zone, now)
            made = replace(own, sequence=event.sequence + own.sequence, at=max(event.at, own.at))
            some.append((deviation.on, made))
    return replace(event, occurrences=tuple(some)) if some else event


def render_calendar(plan: CalendarPlan, site: Site) -> bytes:
    """A calendar has one component at least (RFC 5545, 3.6), so one without any event tells its zone."""
    return "".join(_lines(plan, site)).encode()


def _lines(plan: CalendarPlan, site: Site) -> Iterator[str]:
    yield line("BEGIN", "VCALENDAR")
    yield line("VERSION", "2.0")
    yield line("PRODID", PRODUCT)
    yield line("CALSCALE", "GREGORIAN")
    yield line("NAME", text(plan.title))
    yield line("X-WR-CALNAME", text(plan.title))
    yield line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
    yield line("X-PUBLISHED-TTL", "PT1H")
    years = _find_years(plan, site.zone)
    if years:
        yield render_zone(site.zone, years)
    for event in plan.events:
        yield event_text(event, site)
    yield line("END", "VCALENDAR")


def _find_years(plan: CalendarPlan, zone: ZoneInfo) -> Years | None:
    """Those of all series together; None where no time needs a zone."""
    if not plan.events:
        return Years(plan.year, plan.year)
    series = [event for event in plan.events if event.change.repeat]
    if not series:
        return None
    found = [read_series(one.change, (zone, one.status is ChangeStatus.CANCELLED)).years for one in series]
    ends = [years.last for years in found]
    last = None if None in ends else max(end for end in ends if end)
    return Years(min(years.first for years in found), last)
