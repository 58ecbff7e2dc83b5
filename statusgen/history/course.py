"""How an incident or a change went up to now. Most are over: their course is worked out once and stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from statusgen.history.changes import ENDED, change_status, change_updates
from statusgen.history.effects import Effect, change_effects, incident_effects
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.kept import kept_with
from statusgen.model.zone import day_of


@dataclass(frozen=True, slots=True)
class Course:
    """What was told, oldest first, and the states that components had. `settled`: time alone changes nothing of it."""

    entry: Incident | Change
    updates: tuple[Update, ...]
    effects: tuple[Effect, ...]
    settled: bool


@kept_with
def settled_from(entry: Incident | Change, zone: ZoneInfo) -> datetime | None:
    """The instant from which nothing of the entry depends on the time; None where a person has to end it first."""
    if isinstance(entry, Incident):
        return entry.updates[-1].at if entry.resolved_at else None
    if entry.repeat:
        return None
    over_at = max([entry.ends_at, *(update.at for update in entry.updates[-1:])])
    return over_at if change_status(entry, zone, over_at) in ENDED else None


def is_settled(entry: Incident | Change, zone: ZoneInfo, now: datetime) -> bool:
    over_at = settled_from(entry, zone)
    return over_at is not None and over_at <= now


def course_at(entry: Incident | Change, zone: ZoneInfo, now: datetime) -> Course:
    """`entry` is as it is visible at `now`."""
    over_at = settled_from(entry, zone)
    if over_at is None or over_at > now:
        return _read_course(entry, zone, now, settled=False)
    return _final_course(entry, (zone, over_at))


@kept_with
def _final_course(entry: Incident | Change, over: tuple[ZoneInfo, datetime]) -> Course:
    return _read_course(entry, *over, settled=True)


def _read_course(entry: Incident | Change, zone: ZoneInfo, now: datetime, settled: bool) -> Course:
    if isinstance(entry, Incident):
        return Course(entry, entry.updates, tuple(incident_effects(entry, now)), settled)
    return Course(entry, change_updates(entry, now), tuple(change_effects(entry, zone, now)), settled)


@kept_with
def month_of(entry: Incident | Change, zone: ZoneInfo) -> date:
    """The first day of the month in which it began."""
    return day_of(began_at(entry), zone).replace(day=1)


def began_at(entry: Incident | Change) -> datetime:
    """A change counts by its window, which may lie ahead."""
    return entry.started_at if isinstance(entry, Incident) else entry.starts_at
