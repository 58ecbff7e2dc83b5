"""What the calendar of the history is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from statusgen.model.entries import Change, Incident
from statusgen.model.states import State


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """`known`: there was a record, and the day has begun. `state` is the worst that any component had, and `incidents`
    how many were open. `entry` is what happened, if anything: the last to begin where there was more than that, and
    then `month` is one that lists it, with others."""

    on: date
    known: bool
    state: State = State.OPERATIONAL
    incidents: int = 0
    entry: Incident | Change | None = None
    month: date | None = None


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """All of its days in order. `listed`: it has a page of its own."""

    month: date
    days: tuple[CalendarDay, ...]
    listed: bool
