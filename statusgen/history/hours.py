"""Promised hours as instants: what of a stretch of time lies in them, and how long they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from statusgen.history.periods import seconds_between
from statusgen.model.hours import DAY_MINUTES, Hours
from statusgen.model.spans import whole_seconds
from statusgen.model.zone import day_of, day_start, to_instant

DAY, YEAR = timedelta(days=1), timedelta(days=366)


def cut_by_hours(start: datetime, end: datetime, hours: Hours) -> Iterator[tuple[datetime, datetime, bool]]:
    """[start, end) in parts, each with whether it lies in the hours."""
    at = start
    for opens, closes in _spans(day_of(start, hours.zone), day_of(end, hours.zone), hours):
        opens, closes = max(opens, at), min(closes, end)
        if opens < closes:
            if at < opens:
                yield at, opens, False
            yield opens, closes, True
            at = closes
    if at < end:
        yield at, end, False


@lru_cache(maxsize=4096)
def promised_seconds(first: date, following: date, hours: Hours | None, zone: ZoneInfo) -> int:
    """Of the days from `first` to the one before `following`: all of them, or those in the hours."""
    if hours is None:
        return seconds_between(first, following, zone)
    return sum(whole_seconds(closes - opens) for opens, closes in _spans(first, following - DAY, hours))


def add_hours(start: datetime, length: timedelta, hours: Hours) -> datetime:
    """When so much of the hours has gone by since `start`; in the year in which it does not, a year later."""
    left, first = length, day_of(start, hours.zone)
    for opens, closes in _spans(first, first + YEAR, hours):
        begin = max(opens, start)
        if closes - begin >= left:
            return begin + left
        left -= max(closes - begin, timedelta(0))
    return start + YEAR


def _spans(first: date, last: date, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """In the order of time, without overlaps; of a day that the zone skipped there are none."""
    zone, day = hours.zone, first
    while day <= last:
        begin, end = day_start(day, zone), day_start(day + DAY, zone)
        for opens, closes in hours.on(day):
            one, other = (min(max(_instant(day, minute, zone), begin), end) for minute in (opens, closes))
            if one < other:
                yield one, other
        day += DAY


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A time that the clock skips or has twice is read as RFC 5545 has it."""
    if minute == DAY_MINUTES:
        return day_start(day + DAY, zone)
    return to_instant(datetime.combine(day, time(minute // 60, minute % 60)), zone) if minute else day_start(day, zone)
