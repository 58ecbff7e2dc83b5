"""`except` of a series: which occurrence each item is about, and what becomes of that one."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from statusgen.history.occurrences import CLOCK_JUMP
from statusgen.model.entries import Deviation
from statusgen.model.zone import to_instant
from statusgen.parse.except_items import Item
from statusgen.parse.fields import Fields
from statusgen.parse.repeat import SOON, walls_until
from statusgen.parse.times import Clock


@dataclass(frozen=True, slots=True)
class Series:
    """A rule that can be followed: the wall time of its first window, and how long each lasts."""

    rule: str
    first: datetime
    length: timedelta


def read_deviations(fields: Fields, items: Iterable[Item], series: Series, clock: Clock) -> tuple[Deviation, ...]:
    """In the order of the occurrences. Items about none, or about one that another is about, are told and left out."""
    items = list(items)
    if not items:
        return ()
    latest = max(max(item.on, _wall(item.starts_at or item.ends_at, clock) or item.on) for item in items)
    walls = list(walls_until(series.rule, series.first, latest + SOON))
    by_day = defaultdict(list)
    for wall in walls:
        by_day[wall.date()].append(wall)
    found: dict[datetime, tuple[Item, Deviation]] = {}
    for item in items:
        there = by_day.get(item.on.date(), [])
        chosen = there if item.by_day else [wall for wall in there if wall == item.on]
        if not chosen:
            _tell_unused(fields, item, there, walls)
        elif item.by_day and not item.plain and len(there) > 1:
            hint = "write which one: " + " or ".join(f"`on: {wall:%Y-%m-%d %H:%M}`" for wall in there[:3])
            message = f"there are {len(there)} windows on {item.on:%A, %Y-%m-%d}"
            fields.complain(item.line, "ambiguous-except", message, hint)
        else:
            for wall in chosen:
                _put(fields, found, wall, item, series, clock)
    _check_moved(fields, found, walls, series, clock)
    return tuple(deviation for _, (_, deviation) in sorted(found.items()))


def _wall(at: datetime | None, clock: Clock) -> datetime | None:
    return at.astimezone(clock.zone).replace(tzinfo=None) if at else None


def _tell_unused(fields: Fields, item: Item, there: Sequence[datetime], walls: Sequence[datetime]) -> None:
    """What was moved would be missing where it was moved to, so that is an error."""
    if there:
        message = f"there is no window on {item.on:%A, %Y-%m-%d} at {item.on:%H:%M}"
        hint = "it begins at " + " or ".join(f"{wall:%H:%M}" for wall in there[:3])
    else:
        message, hint = f"there is no window on {item.on:%A, %Y-%m-%d}", nearest_hint(item.on, walls)
    (fields.warn if item.cancelled else fields.complain)(item.line, "unused-except", message, hint)


def nearest_hint(on: datetime, walls: Sequence[datetime]) -> str:
    """`walls` in order."""
    place = bisect(walls, on)
    around = walls[max(0, place - 1) : place + 1]
    near = min((wall.date() for wall in around), key=lambda day: abs(day - on.date()), default=None)
    return f"the nearest window is on {near:%A, %Y-%m-%d}" if near else ""


def _put(
    fields: Fields,
    found: dict[datetime, tuple[Item, Deviation]],
    on: datetime,
    item: Item,
    series: Series,
    clock: Clock,
) -> None:
    if on in found:
        other = found[on][0]
        message = f"there are two exceptions for the window on {on:%A, %Y-%m-%d}"
        if item.plain and other.plain:
            fields.warn(item.line, "two-exceptions", message, "leave one out")
        else:
            fields.complain(item.line, "two-exceptions", message, f"the other one is in line {other.line}; keep one")
        return
    planned = to_instant(on, clock.zone)
    starts_at = item.starts_at or planned
    ends_at = item.ends_at or starts_at + (item.lasts_for or series.length)
    if ends_at <= starts_at:
        message = f"this window ends before it starts: it ends at {clock.write_time(ends_at)}"
        fields.complain(item.line, "time-order", message, f"it starts at {clock.write_time(starts_at)}")
        return
    deviation = Deviation(
        on, starts_at, ends_at, item.cancelled, item.states, item.title, item.reason, item.announced_at
    )
    found[on] = item, deviation


def _check_moved(
    fields: Fields,
    found: dict[datetime, tuple[Item, Deviation]],
    walls: Sequence[datetime],
    series: Series,
    clock: Clock,
) -> None:
    """Warns of what was moved or made longer and overlaps another window of its series."""
    moved = [(item, one) for item, one in found.values() if not one.cancelled]
    for item, one in moved:
        rule = overlapped_by(one.starts_at, one.ends_at, walls, series, clock)
        if wall := next((wall for wall in rule if wall not in found), None):
            message = f"this window overlaps that of {wall:%A, %Y-%m-%d}"
            fields.warn(item.line, "repeat-overlap", message, "cancel that one, or move one of both")
    in_order = sorted(moved, key=lambda pair: pair[1].starts_at)
    for (_, before), (item, one) in pairwise(in_order):
        if one.starts_at < before.ends_at:
            message = f"this window overlaps the one that is there instead of that of {before.on:%A, %Y-%m-%d}"
            fields.warn(item.line, "repeat-overlap", message, "move one of both, or make it shorter")


def overlapped_by(
    starts_at: datetime, ends_at: datetime, walls: Sequence[datetime], series: Series, clock: Clock
) -> list[datetime]:
    """The wall times of the rule's windows that overlap [starts_at, ends_at)."""
    begin = starts_at.astimezone(clock.zone).replace(tzinfo=None) - series.length - CLOCK_JUMP
    end = ends_at.astimezone(clock.zone).replace(tzinfo=None) + CLOCK_JUMP
    near = walls[bisect(walls, begin) : bisect(walls, end)]
    starts = [(wall, to_instant(wall, clock.zone)) for wall in near]
    return [wall for wall, start in starts if start < ends_at and starts_at < start + series.length]
