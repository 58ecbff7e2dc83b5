"""Since when a component is known, and since when it is in the state that it has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.history.course import Course
from statusgen.history.snapshot import ComponentHistory
from statusgen.history.timeline import merge_effects, shown
from statusgen.model.entries import Incident
from statusgen.model.zone import day_start


def known_since(history: ComponentHistory, zone: ZoneInfo) -> datetime | None:
    """The start of its first day, else the begin of the first thing that was told of it; None where nothing was."""
    if history.component.since:
        return day_start(history.component.since, zone)
    return min(_find_begins(history.courses), default=None)


def _find_begins(courses: Iterable[Course]) -> list[datetime]:
    """What lies ahead has not begun, and the window of a change without any update may."""
    begins = []
    for course in courses:
        if course.updates:
            begins.append(course.updates[0].at)
        if course.effects:
            begins.append(course.effects[0].start)
        if isinstance(course.entry, Incident):
            begins.append(course.entry.started_at)
    return begins


def state_since(history: ComponentHistory) -> datetime | None:
    """The last instant up to now at which its state changed; None where it never did."""
    if not history.effects:
        # Of what is over for longer than the days that are shown, the last to end did so.
        name = history.component.id
        ends = (effect.end for course in history.courses for effect in course.effects if effect.component == name)
        return max(ends, default=None)
    segments = merge_effects(history.effects, shown)
    ongoing = [effect for effect in history.effects if effect.ongoing]
    if not ongoing:
        return segments[-1].end if segments else None
    # What goes on ends now only because nothing is known beyond.
    now = max(effect.end for effect in ongoing)
    holds = segments and segments[-1].end == now and segments[-1].state is history.state
    return segments[-1].start if holds else now
