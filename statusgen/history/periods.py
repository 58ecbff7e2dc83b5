"""Calendar periods of a zone: months, quarters and years, with their true lengths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from statusgen.model.service_level import Cycle
from statusgen.model.spans import whole_seconds
from statusgen.model.zone import day_start


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to the one before `following`. `key` is `2026-11`, `2026-Q4` or `2026`."""

    cycle: Cycle
    key: str
    first: date
    following: date


@lru_cache(maxsize=4096)
def period_of(day: date, cycle: Cycle) -> Period:
    """The period that a day lies in."""
    months = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.YEAR: 12}[cycle]
    number = (day.month - 1) // months
    first = date(day.year, number * months + 1, 1)
    following = _add_months(first, months)
    keys = {Cycle.MONTH: f"{day:%Y-%m}", Cycle.QUARTER: f"{day:%Y}-Q{number + 1}", Cycle.YEAR: f"{day:%Y}"}
    return Period(cycle, keys[cycle], first, following)


def months_to(first: date, last: date) -> Iterator[Period]:
    """The months from that of one day to that of another, oldest first."""
    month = period_of(first, Cycle.MONTH)
    while month.first <= last:
        yield month
        month = period_of(month.following, Cycle.MONTH)


def months_back(day: date, count: int) -> date:
    """The first day of the month so many months before that of `day`."""
    return _add_months(day.replace(day=1), -count)


def seconds_between(first: date, following: date, zone: ZoneInfo) -> int:
    """Of the days from `first` to the one before `following`; 0 where there are none."""
    return max(0, whole_seconds(day_start(following, zone) - day_start(first, zone)))


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
