"""Instants and the site's wall clock. Instants are aware datetimes in UTC with whole seconds; days are the zone's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# What is told where a format wants a time and none is known.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Readings:
    """The instants that a wall time can mean. `kind`: once, twice (clocks go back) or never (clocks go forward)."""

    kind: str
    earlier: datetime
    later: datetime


def read_wall_time(wall: datetime, zone: ZoneInfo) -> Readings:
    """`wall` is naive. For a skipped time the readings are those of the offsets before and after the jump."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return Readings("once", first, first)
    kind = "twice" if first < second else "never"
    return Readings(kind, min(first, second), max(first, second))


def to_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first of two readings, and the offset before the jump for a skipped time (RFC 5545, 3.3.5)."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


# Each day is asked for by every component, for bars, months and years.
@lru_cache(maxsize=8192)
def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day, which is not midnight where clocks go forward over midnight."""
    readings = read_wall_time(datetime(day.year, day.month, day.day), zone)  # noqa: DTZ001
    if readings.kind != "never":
        return readings.earlier
    before, after = readings.earlier, readings.later
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """The latest day that has begun: where clocks go back over midnight, the day before does not come again."""
    day = instant.astimezone(zone).date()
    following = day + timedelta(days=1)
    return following if day_start(following, zone) <= instant else day
