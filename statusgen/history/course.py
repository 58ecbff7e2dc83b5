"""How an incident or a change went up to now. Most are over: their course is worked out once and stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.history.changes import ENDED, change_status, change_updates
from statusgen.history.effects import Effect, change_effects, incident_effects
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.kept import kept_with


@dataclass(frozen=True, slots=True)
class Course:
    """What was told, oldest first, and the states that components had. `settled`: time alone changes nothing of it."""

    entry: Incident | Change
    updates: tuple[Update, ...]
    effects: tuple[Effect, ...]
    settled: bool


def course_at(entry: Incident | Change, zone: ZoneInfo, now: datetime) -> Course:
    """`entry` is as it is visible at `now`."""
    final = _find_final(entry, zone)
    return final[1] if final and final[0] <= now else _read_course(entry, zone, now, settled=False)


def is_settled(entry: Incident | Change, zone: ZoneInfo, now: datetime) -> bool:
    """Whether nothing of the entry depends on the time any more."""
    final = _find_final(entry, zone)
    return final is not None and final[0] <= now


@kept_with
def _find_final(entry: Incident | Change, zone: ZoneInfo) -> tuple[datetime, Course] | None:
    """The instant from which the course stays as it is, and that course; None where a person has to end it first."""
    if isinstance(entry, Incident):
        over_at = entry.updates[-1].at
        return (over_at, _read_course(entry, zone, over_at, settled=True)) if entry.resolved_at else None
    over_at = max([entry.ends_at, *(update.at for update in entry.updates[-1:])])
    if entry.repeat or change_status(entry, zone, over_at) not in ENDED:
        return None
    return over_at, _read_course(entry, zone, over_at, settled=True)


def _read_course(entry: Incident | Change, zone: ZoneInfo, now: datetime, settled: bool) -> Course:
    if isinstance(entry, Incident):
        return Course(entry, entry.updates, tuple(incident_effects(entry, now)), settled)
    return Course(entry, change_updates(entry, now), tuple(change_effects(entry, zone, now)), settled)


def began_at(entry: Incident | Change) -> datetime:
    """A change counts by its window, which may lie ahead."""
    return entry.started_at if isinstance(entry, Incident) else entry.starts_at
