"""When time alone will change the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from statusgen.history.changes import change_status, change_updates, series_end, shown_window
from statusgen.history.course import is_settled
from statusgen.history.occurrences import Occurrence, list_ahead
from statusgen.history.promises import Promise, find_promise
from statusgen.history.response import Levels, read_response
from statusgen.history.seen import Seen
from statusgen.history.told import git_times
from statusgen.history.visible import known_from, visible_change, visible_incident
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.site import Content
from statusgen.model.states import ChangeStatus, Status
from statusgen.model.zone import day_of, day_start

# While something is open, figures move with every second; two decimals of 90 days take 13 minutes.
REFRESH_AFTER = timedelta(minutes=1)
_Face = tuple[tuple[Update, ...], Status, Occurrence, bool, Promise | None, tuple[object, ...]]


def next_transition(content: Content, now: datetime, pending: Iterable[Incident | Change] | None = None) -> datetime:
    """The first instant after `now` at which the site looks different; at the latest the end of the site's day.

    `content` is everything, also what is not visible yet; `pending` are those of its incidents and changes that are
    not settled, where they are known. Figures that count seconds, such as how long an open incident has lasted, do not
    make a transition."""
    zone = content.site.zone
    if pending is None:
        entries: tuple[Incident | Change, ...] = (*content.incidents, *content.changes)
        pending = [entry for entry in entries if not is_settled(entry, zone, now)]
    return min(at for at in _transitions(content, now, pending) if at > now)


def refresh_at(seen: Seen, next_at: datetime) -> datetime:
    """When figures that count seconds are to be looked at again; `next_at`, the next transition, at the latest."""
    return min(next_at, seen.now + REFRESH_AFTER) if seen.moves else next_at


def _transitions(content: Content, now: datetime, pending: Iterable[Incident | Change]) -> Iterator[datetime]:
    zone = content.site.zone
    yield day_start(day_of(now, zone) + timedelta(days=1), zone)
    for entry in pending:
        if isinstance(entry, Incident):
            yield from _incident_transitions(entry, content.site.responses, now)
        else:
            yield from _change_transitions(entry, zone, now)
            yield from git_times(entry)
    for removal in content.audit.removed[::-1] if content.audit else ():
        if removal.at <= now:
            break
        yield removal.at
    for notice in content.notices:
        yield notice.publish_at
        if notice.expires_at:
            yield notice.expires_at


def _incident_transitions(incident: Incident, levels: Levels, now: datetime) -> Iterator[datetime]:
    """When updates appear, and when the promises that stand fall due."""
    for update in incident.updates:
        yield update.at
    seen = visible_incident(incident, now)
    promise = find_promise(seen.updates[-1].status, seen.updates, now) if seen else None
    if promise:
        yield promise.at
    if seen and levels:
        yield from (answer.due_at for answer in read_response(seen, levels, now).answers if answer.due_at)


def _change_transitions(change: Change, zone: ZoneInfo, now: datetime) -> Iterator[datetime]:
    """The first of the change's times at which it looks different: the clock does not move what a person has moved."""
    times = {update.at for update in change.updates}
    times |= {update.next_at for update in change.updates if update.next_at}
    times |= {at for deviation in change.deviations if (at := known_from(deviation))}
    for occurrence in list_ahead(visible_change(change, now) or change, zone, now):
        times |= {occurrence.start, occurrence.end}
    ahead = sorted(at for at in times if at > now)
    if ahead:
        before = _face(change, zone, now)
        yield from islice((at for at in ahead if _face(change, zone, at) != before), 1)


def _face(change: Change, zone: ZoneInfo, now: datetime) -> _Face | None:
    """What pages make of a change: its updates, status, window, whether it is listed as planned, its promise, and of a
    series what is ahead, what of it runs, and what is known to deviate."""
    seen = visible_change(change, now)
    if seen is None:
        return None
    status, updates = change_status(seen, zone, now), change_updates(seen, now)
    window = shown_window(seen, zone, now)
    planned = status is ChangeStatus.SCHEDULED and window.end > now
    ahead = list_ahead(seen, zone, now) if seen.repeat and not series_end(seen, now) else ()
    running = tuple(occurrence.runs_at(now) for occurrence in ahead)
    return updates, status, window, planned, find_promise(status, updates, now), (*ahead, *running, *seen.deviations)
