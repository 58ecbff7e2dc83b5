"""How a change moves: by what people post, and by the clock until a person takes over."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.history.occurrences import Occurrence, find_windows, next_window
from statusgen.model.entries import Change, Update
from statusgen.model.states import ChangeStatus

ENDED = (ChangeStatus.COMPLETED, ChangeStatus.CANCELLED)
RUNNING = (ChangeStatus.IN_PROGRESS, ChangeStatus.VERIFYING)


def series_end(change: Change, now: datetime) -> Update | None:
    """What ended a repeating change for good: its first update that says completed or cancelled."""
    return next((update for update in change.updates if update.at <= now and update.status in ENDED), None)


def shown_window(change: Change, zone: ZoneInfo, now: datetime) -> Occurrence:
    """The window that pages give: the one that runs or comes next, at `now` or when the series ended; else the last."""
    end = series_end(change, now)
    window = next_window(change, zone, end.at if end else now)
    if window:
        return window
    # Where every window is excepted, when the change was to begin is all there is.
    return next(iter(deque(find_windows(change, zone), maxlen=1)), Occurrence(change.starts_at, change.ends_at))


def change_updates(change: Change, now: datetime) -> tuple[Update, ...]:
    """What is told at `now`, oldest first: posted updates, and those that the clock made.

    Work that overran was not over when the clock said so: once a person tells how it goes on, or that it is completed,
    that stands alone. An announcement that comes late does not take back what the clock has begun."""
    posted = [update for update in change.updates if update.at <= now]
    if not change.automatic or change.repeat:
        return tuple(posted)
    move = first_move(posted)
    made = []
    if change.starts_at <= now and not (move and move.at <= change.starts_at):
        made.append(_clock_update(ChangeStatus.IN_PROGRESS, change.starts_at))
    late_cancel = move and move.status is ChangeStatus.CANCELLED and move.at > change.ends_at
    if change.ends_at <= now and (not move or late_cancel):
        made.append(_clock_update(ChangeStatus.COMPLETED, change.ends_at))
    told = [_in_step(update, made) if not move or update.at < move.at else update for update in posted]
    return tuple(sorted(told + made, key=lambda update: update.at))


def first_move(updates: Iterable[Update]) -> Update | None:
    """The first update by which a person moves the work on; `updates` oldest first. An announcement moves nothing."""
    return next((update for update in updates if update.status in (*RUNNING, *ENDED)), None)


def _in_step(update: Update, made: list[Update]) -> Update:
    begun = [clock.status for clock in made if clock.at < update.at]
    return replace(update, status=begun[-1]) if begun else update


def _clock_update(status: ChangeStatus, at: datetime) -> Update:
    return Update(f"clock-{status.value.replace('_', '-')}", status, at, automatic=True)


def change_status(change: Change, zone: ZoneInfo, now: datetime) -> ChangeStatus:
    if not change.repeat:
        updates = change_updates(change, now)
        return ChangeStatus(updates[-1].status) if updates else ChangeStatus.SCHEDULED
    end = series_end(change, now)
    if end:
        return ChangeStatus(end.status)
    window = next_window(change, zone, now)
    if window is None:
        return ChangeStatus.COMPLETED
    return ChangeStatus.IN_PROGRESS if window.start <= now else ChangeStatus.SCHEDULED
