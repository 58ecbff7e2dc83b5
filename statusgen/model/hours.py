"""The hours of a week in which something is promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
# The minutes of a day from one to another, which may be its end.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hours:
    """By the wall clock of `zone`. `week` has the spans of each day from Monday on, in order and apart;
    `holidays` have none."""

    zone: ZoneInfo
    week: tuple[tuple[Span, ...], ...]
    holidays: frozenset[date] = frozenset()

    def on(self, day: date) -> tuple[Span, ...]:
        return () if day in self.holidays else self.week[day.weekday()]
