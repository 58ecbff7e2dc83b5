"""How often the calendar's event of planned work has changed, and when last: by commits, by updates, by the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.history.changes import change_status, change_updates, series_end
from statusgen.history.occurrences import find_windows, next_window, past_windows, planned_window
from statusgen.history.versions import Version
from statusgen.history.visible import known_from, visible_change
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.revisions import Commit, EventMark
from statusgen.model.states import ChangeStatus
from statusgen.model.zone import EPOCH

# No event says this, so whatever one says is something else.
_OTHER: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """An event up to some time: what it says, None where it has never been there."""

    sequence: int = 0
    at: datetime | None = None
    face: tuple[object, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Life:
    """A version that customers saw, from `since` on; None is unknown. `said` is as of then."""

    said: _Said = _Said()
    change: Change | None = None
    since: datetime | None = None


def event_status(change: Change, zone: ZoneInfo, now: datetime) -> ChangeStatus:
    """That of the event, where `change` is as it is visible at `now`.

    The event of a series is all of its windows: it is scheduled until the last one is over, and cancelled only where
    none took place."""
    if not change.repeat:
        return change_status(change, zone, now)
    end = series_end(change, now)
    if end:
        first = next(find_windows(change, zone), None)
        return ChangeStatus.COMPLETED if first and first.start < end.at else ChangeStatus.CANCELLED
    return ChangeStatus.SCHEDULED if next_window(change, zone, now) else ChangeStatus.COMPLETED


def newest_update(change: Change, now: datetime) -> Update | None:
    return next(iter(change_updates(change, now)[-1:]), None)


def event_revision(change: Change, zone: ZoneInfo, now: datetime) -> tuple[int, datetime]:
    """How often the event was another one than before up to `now`, and the instant of the last time.

    Without git, what the file says is taken for all that there ever was."""
    mark = change.record.event if change.record else None
    if mark is None:
        said = _go_on(_Said(), change, zone, None, now)
    else:
        face = _face(change, zone, mark.since) or (_OTHER if mark.at else None)
        said = _go_on(_Said(mark.sequence, mark.at, face), change, zone, mark.since, now)
    return said.sequence, said.at or EPOCH


def first_event_mark(entry: Change | Incident, published: Commit | None) -> EventMark | None:
    """Of the only version of a file."""
    if published is None or not isinstance(entry, Change):
        return None
    at = published.authored_at
    return EventMark(at, 0, at if visible_change(entry, at) else None)


def find_event_mark(versions: Sequence[Version], zone: ZoneInfo) -> EventMark | None:
    """As of the newest version that customers saw; None where that has no known time, or is no planned work.

    `versions` are oldest first, each with all that it follows. What follows two is made by a merge, and counts more
    than both."""
    if not any(isinstance(version.entry, Change) for version in versions):
        return None
    last = _read_lives(versions, zone)[-1]
    return EventMark(last.since, last.said.sequence, last.said.at) if last.since and last.change else None


def last_sequence(versions: Sequence[Version], zone: ZoneInfo, until: datetime) -> int:
    """The highest count that an event of this file had by then, whether there still is one or not."""
    lives = _read_lives(versions, zone)
    said = (_go_on(one.said, one.change, zone, one.since, until) if one.change else one.said for one in lives)
    return max(one.sequence for one in said)


def _read_lives(versions: Sequence[Version], zone: ZoneInfo) -> list[_Life]:
    lives: list[_Life] = []
    for version in versions:
        step = version.step
        before = [lives[number] for number in step.follows]
        # What follows another one came after it, whatever its author's clock said.
        times = [step.authored_at, *(life.since for life in before)]
        at = max((at for at in times if at), default=None)
        lives.append(_begin(version.entry, before, at, zone))
    return lives


def _begin(entry: Change | Incident | None, before: list[_Life], at: datetime | None, zone: ZoneInfo) -> _Life:
    """What nobody saw changes nothing; while planned work is away its event stays as it was."""
    if not isinstance(entry, Change):
        return max(before, key=lambda life: life.said.sequence, default=_Life())
    if at is None:
        return _Life(_Said(), entry)
    until = [_go_on(life.said, life.change, zone, life.since, at) if life.change else life.said for life in before]
    known = [said for said in until if said.face is not None]
    face = _face(entry, zone, at)
    if not known:
        return _Life(_Said(0, at if face else None, face), entry, at)
    newest = max(known, key=lambda said: (said.sequence, said.at))
    if face is None or all(said.face == face for said in known):
        return _Life(newest, entry, at)
    return _Life(_Said(newest.sequence + 1, at, face), entry, at)


def _go_on(said: _Said, change: Change, zone: ZoneInfo, since: datetime | None, until: datetime) -> _Said:
    """After `since`, up to `until`, by time alone."""
    if since is None and (face := _face(change, zone, EPOCH)):
        said = _Said(0, EPOCH, face)
    for at in sorted({at for at in _instants(change, zone, until) if at <= until and (since is None or at > since)}):
        face = _face(change, zone, at)
        if face is not None and face != said.face:
            said = _Said(said.sequence + (said.face is not None), at, face)
    return said


def _instants(change: Change, zone: ZoneInfo, until: datetime) -> Iterator[datetime]:
    """When the event may change by itself."""
    yield from (update.at for update in change.updates)
    if not change.repeat:
        yield from (change.starts_at, change.ends_at)
        return
    for deviation in change.deviations:
        yield known_from(deviation) or until
        yield from (deviation.ends_at, planned_window(change, zone, deviation.on).end)
    if next_window(visible_change(change, until) or change, zone, until) is None:
        yield from sorted(window.end for window in past_windows(change, zone, until))[-1:]


def _face(change: Change, zone: ZoneInfo, at: datetime) -> tuple[object, ...] | None:
    """All that the event says at a time; None where nobody may see it. What stands for an occurrence counts itself."""
    seen = visible_change(change, at)
    if seen is None:
        return None
    newest = newest_update(seen, at)
    own = (one for one in seen.deviations if one.change is None)
    return (
        *(seen.title, seen.summary, seen.starts_at, seen.ends_at, seen.states, seen.repeat),
        tuple(update.states for update in seen.updates),
        tuple((d.on, d.starts_at, d.ends_at, d.cancelled, d.states, d.title, d.reason) for d in own),
        event_status(seen, zone, at),
        (newest.status, newest.body) if newest else None,
    )
