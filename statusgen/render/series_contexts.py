"""What templates are given of series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from statusgen.model.entries import Change
from statusgen.model.site import Component
from statusgen.model.states import State, Status


@dataclass(frozen=True, slots=True)
class OccurrenceView:
    """One window of a series, as it is or would have been. `planned` is the one by the rule, where it is elsewhere;
    `states` those that are other ones than the series has. `entry` stands in its place, with its `status`.
    It `runs` beside the window that is shown first."""

    starts_at: datetime
    ends_at: datetime
    planned: tuple[datetime, datetime] | None = None
    cancelled: bool = False
    title: str = ""
    reason: str = ""
    states: tuple[tuple[Component, State], ...] = ()
    entry: Change | None = None
    status: Status | None = None
    runs: bool = False


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """What a series did in a month: so many windows, on these days. `entry_path` leads to it. `deviating` are those of
    the month, by the rule or as they took place, that are not as the rule has them."""

    entry_path: str
    title: str
    count: int
    days: tuple[date, ...]
    deviating: tuple[OccurrenceView, ...]
