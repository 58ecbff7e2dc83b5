"""When planned work takes place: once, or as a rule says by the wall clock, but for the occurrences that deviate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from heapq import merge
from itertools import dropwhile, islice, takewhile
from operator import attrgetter
from zoneinfo import ZoneInfo

from statusgen.model.entries import Change, Deviation, States
from statusgen.model.kept import kept_with
from statusgen.model.zone import read_wall_time, to_instant

# More than any zone has ever moved its clocks at once: Samoa left out a day.
CLOCK_JUMP = timedelta(days=2)
# How many windows pages list ahead beside the next one, and how many that deviate beyond those.
COMING = 5
DEVIATING = 10
_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """[start, end) of planned work as it takes place, or would have; `deviation` where the rule has it otherwise."""

    start: datetime
    end: datetime
    deviation: Deviation | None = None

    @property
    def takes_place(self) -> bool:
        """As a part of its series: what has a change of its own does not."""
        return self.deviation is None or not (self.deviation.cancelled or self.deviation.change)

    def runs_at(self, now: datetime) -> bool:
        return self.takes_place and self.start <= now < self.end

    def states_of(self, series: Change) -> States:
        own = self.deviation.states if self.deviation else None
        return series.states if own is None else own


def find_occurrences(change: Change, zone: ZoneInfo, after: datetime | None = None) -> Iterator[Occurrence]:
    """All that a change has or would have, in the order in which they begin.

    With `after`, only those that end later."""
    if not change.repeat:
        if after is None or change.ends_at > after:
            yield Occurrence(change.starts_at, change.ends_at)
        return
    by_rule = _follow_rule(change, zone, after)
    if change.deviations:
        _, deviating = _find_deviating(change, zone)
        by_rule = merge(by_rule, (one for one in deviating if after is None or one.end > after), key=_START)
    yield from by_rule


def find_windows(change: Change, zone: ZoneInfo, after: datetime | None = None) -> Iterator[Occurrence]:
    """Those that take place."""
    return (occurrence for occurrence in find_occurrences(change, zone, after) if occurrence.takes_place)


def past_windows(change: Change, zone: ZoneInfo, now: datetime) -> Iterator[Occurrence]:
    """The windows that have begun."""
    return takewhile(lambda window: window.start <= now, find_windows(change, zone))


def next_window(change: Change, zone: ZoneInfo, now: datetime) -> Occurrence | None:
    """The window that runs at `now`, else the next one."""
    return next(find_windows(change, zone, now), None)


def list_ahead(change: Change, zone: ZoneInfo, now: datetime) -> tuple[Occurrence, ...]:
    """What pages say of the time to come: the next occurrences, and of those after them some that deviate."""
    found = list(islice(find_occurrences(change, zone, now), COMING + 1))
    if change.deviations and found:
        _, deviating = _find_deviating(change, zone)
        beyond = (one for one in deviating if one.end > now and one not in found)
        found += islice(beyond, DEVIATING)
    return tuple(found)


def wall_times(change: Change, zone: ZoneInfo) -> Iterable[datetime]:
    """When the windows of a series begin by its rule, in wall time."""
    return read_rule(change.repeat, change.starts_at.astimezone(zone).replace(tzinfo=None))


@lru_cache(maxsize=256)
def read_rule(rule: str, first: datetime) -> Iterable[datetime]:
    """Wall times of windows, each worked out once: a series of many years is asked often."""
    from dateutil.rrule import rrulestr  # slow to import, and few sites repeat

    return rrulestr(rule, dtstart=first, cache=True)


@kept_with
def _find_deviating(change: Change, zone: ZoneInfo) -> tuple[frozenset[datetime], tuple[Occurrence, ...]]:
    """The wall times at which the rule is not followed, and what is instead, in the order in which that begins."""
    found = [Occurrence(one.starts_at, one.ends_at, one) for one in change.deviations]
    return frozenset(one.on for one in change.deviations), tuple(sorted(found, key=_START))


def _follow_rule(change: Change, zone: ZoneInfo, after: datetime | None) -> Iterator[Occurrence]:
    """A wall time that the zone skips is read by the offset before (RFC 5545, 3.3.10), so that the window may begin
    together with a later one of the rule, which it is then, or after it."""
    length = change.ends_at - change.starts_at
    walls = wall_times(change, zone)
    if after is not None:
        earliest = after.astimezone(zone).replace(tzinfo=None) - length - CLOCK_JUMP
        walls = dropwhile(lambda wall: wall < earliest, walls)
    excepted, _ = _find_deviating(change, zone) if change.deviations else (frozenset(), ())
    skipped: list[datetime] = []
    for wall in walls:
        if wall in excepted:
            continue
        start, is_skipped = _start_of(wall, zone)
        if is_skipped:
            skipped.append(start)
            continue
        while skipped and skipped[0] < start:
            yield from _lasting(skipped.pop(0), length, after)
        skipped = [other for other in skipped if other != start]
        yield from _lasting(start, length, after)
    for start in skipped:
        yield from _lasting(start, length, after)


# Windows of the past are asked for at every look, and working them out takes most of that.
@lru_cache(maxsize=20_000)
def _start_of(wall: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """When that is, and whether the zone skips it."""
    return to_instant(wall, zone), read_wall_time(wall, zone).kind == "never"


def _lasting(start: datetime, length: timedelta, after: datetime | None) -> Iterator[Occurrence]:
    if after is None or start + length > after:
        yield Occurrence(start, start + length)


def planned_window(change: Change, zone: ZoneInfo, on: datetime) -> Occurrence:
    """The window of a series that its rule begins at the wall time `on`."""
    start = to_instant(on, zone)
    return Occurrence(start, start + (change.ends_at - change.starts_at))
