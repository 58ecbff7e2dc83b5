"""VTIMEZONE (RFC 5545, 3.6.5): a zone's offsets in a span of years, whenever and wherever it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from statusgen.render.calendar.lines import text

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# So far ahead changes of the clocks are listed where they follow no rule, and so many years make one.
AHEAD, ENOUGH = 30, 5


@dataclass(frozen=True, slots=True)
class Years:
    """From one year to another, both included; no `last` is without end."""

    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class _Observance:
    """What clocks show: seconds from UTC before and from then on."""

    before: int
    after: int
    name: str
    is_summer: bool


def make_zone(zone: ZoneInfo, years: Years) -> Timezone:
    """Offsets hold from a year before the first one on. Made here: that of the library (7.3) has the begin of summer
    time an hour too late."""
    until = (years.last or years.first + AHEAD) + 1
    begin = datetime(years.first - 1, 1, 1, tzinfo=UTC)
    first = _look(begin, zone)
    found: dict[_Observance, list[datetime]] = defaultdict(list)
    found[_Observance(first[0], first[0], *first[1:])].append(_onset(begin, first[0]))
    for at in _find_changes(begin, datetime(until, 1, 1, tzinfo=UTC), zone):
        before, after = _look(at - SECOND, zone), _look(at, zone)
        found[_Observance(before[0], *after)].append(_onset(at, before[0]))
    last = None if years.last else until - 1
    made = Timezone()
    made["TZID"] = text(zone.key)
    for kind, onsets in found.items():
        for part in _make_observance(kind, onsets, last):
            made.add_component(part)
    return made


def _make_observance(kind: _Observance, onsets: Sequence[datetime], last: int | None) -> Iterator[Component]:
    """What follows a rule up to the year `last` goes on by it."""
    count, rule = _find_rule(onsets) if last and onsets[-1].year == last else (0, "")
    listed, ruled = onsets[: len(onsets) - count], onsets[len(onsets) - count :]
    for some, by in ((listed, ""), (ruled, rule)):
        if some:
            part = TimezoneDaylight() if kind.is_summer else TimezoneStandard()
            part.add("DTSTART", some[0])
            if by:
                part.add("RRULE", vRecur.from_ical(by))
            elif some[1:]:
                part.add("RDATE", some[1:])
            part.add("TZOFFSETFROM", timedelta(seconds=kind.before))
            part.add("TZOFFSETTO", timedelta(seconds=kind.after))
            part["TZNAME"] = text(kind.name)
            yield part


def _find_rule(onsets: Sequence[datetime]) -> tuple[int, str]:
    """How many of the last ones follow the rule that most follow, and that rule; (0, "") where these are too few."""
    end = onsets[-1]
    best = max((_count(onsets, place), place) for place in {_from_begin(end), -1} if _is_at(end, place))
    rule = f"FREQ=YEARLY;BYMONTH={end.month};BYDAY={best[1]}{WEEKDAYS[end.weekday()]}"
    return (best[0], rule) if best[0] >= ENOUGH else (0, "")


def _count(onsets: Sequence[datetime], place: int) -> int:
    """How many of the last ones, a year apart, are at such a place of the same month."""
    end, count = onsets[-1], 0
    for onset in reversed(onsets):
        same = (onset.month, onset.weekday(), onset.time()) == (end.month, end.weekday(), end.time())
        if not same or onset.year != end.year - count or not _is_at(onset, place):
            break
        count += 1
    return count


def _from_begin(day: datetime) -> int:
    """The first to fifth of its weekday in its month."""
    return (day.day - 1) // 7 + 1


def _is_at(day: datetime, place: int) -> bool:
    return (day + 7 * DAY).month != day.month if place == -1 else _from_begin(day) == place


def _find_changes(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which clocks are moved, or called otherwise."""
    before = _look(start, zone)
    while start < end:
        after = _look(start + DAY, zone)
        if after != before:
            yield _narrow(start, zone)
        start, before = start + DAY, after


def _narrow(start: datetime, zone: ZoneInfo) -> datetime:
    low, high, before = start, start + DAY, _look(start, zone)
    while high - low > SECOND:
        middle = low + timedelta(seconds=(high - low) // SECOND // 2)
        low, high = (middle, high) if _look(middle, zone) == before else (low, middle)
    return high


def _look(at: datetime, zone: ZoneInfo) -> tuple[int, str, bool]:
    there = at.astimezone(zone)
    return (there.utcoffset() or timedelta(0)) // SECOND, there.tzname() or "", bool(there.dst())


def _onset(at: datetime, seconds: int) -> datetime:
    """By the clocks as they were before."""
    return at.replace(tzinfo=None) + timedelta(seconds=seconds)
