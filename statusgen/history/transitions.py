"""When time alone will change the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.history.changes import ENDED, find_windows
from statusgen.model.entries import Change, Update
from statusgen.model.site import Content
from statusgen.model.states import IncidentStatus
from statusgen.model.zone import day_of, day_start


def next_transition(content: Content, now: datetime) -> datetime:
    """The first instant after `now` at which the site looks different; at the latest the end of the site's day.

    `content` is everything, also what is not visible yet."""
    return min(at for at in _transitions(content, now) if at > now)


def _transitions(content: Content, now: datetime) -> Iterator[datetime]:
    zone = content.site.zone
    day = day_of(now, zone)
    yield day_start(day + timedelta(days=1), zone)
    for incident in content.incidents:
        yield from _update_times(incident.updates, now)
    for change in content.changes:
        yield from _update_times(change.updates, now)
        yield from _window_edges(change, zone, now)
    for notice in content.notices:
        yield notice.publish_at
        if notice.expires_at:
            yield notice.expires_at


def _update_times(updates: tuple[Update, ...], now: datetime) -> Iterator[datetime]:
    """When updates appear, and when the promise of the newest one that is out falls due."""
    newest = None
    for update in updates:
        yield update.at
        if update.at <= now:
            newest = update
    if newest and newest.next_at and newest.status not in (IncidentStatus.RESOLVED, *ENDED):
        yield newest.next_at


def _window_edges(change: Change, zone: ZoneInfo, now: datetime) -> Iterator[datetime]:
    """The edges of the windows up to the first one that lies ahead."""
    for window in find_windows(change, zone):
        yield window.start
        yield window.end
        if window.start > now:
            return
