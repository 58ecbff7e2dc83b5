"""The worst that happened anywhere on each day, and what it was. Entries and days are gone through once each, however
many days an entry lasts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import TypeVar
from zoneinfo import ZoneInfo

from statusgen.history.course import Course
from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, Incident, component_ids
from statusgen.model.kept import kept_with
from statusgen.model.states import Impact, State
from statusgen.model.zone import day_of, day_start

T = TypeVar("T")
# (ordinal of the first day, of the last, the state of a component); without a state it is the entry itself.
DaySpan = tuple[int, int, State | None]
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
# Of an incident that names no component, which says only how bad it is.
STATE_OF_IMPACT = {
    Impact.NONE: State.OPERATIONAL,
    Impact.MINOR: State.DEGRADED_PERFORMANCE,
    Impact.MAJOR: State.PARTIAL_OUTAGE,
    Impact.CRITICAL: State.MAJOR_OUTAGE,
}

STATES = {state.rank: state for state in State}
# Days one by one cost less than to look at them together, up to so many.
SHORT = 4


@dataclass(frozen=True, slots=True)
class DayMark:
    """`state` is the worst that any component had. So many incidents were open, and so many `causes` there were with
    work, of which `newest` began last; an incident comes before work."""

    state: State
    incidents: int
    causes: int
    newest: Incident | Change


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Of courses in the order of their begins, the `places` of those that may have been something since `begin`."""

    begin: datetime
    courses: tuple[Course, ...]
    places: tuple[int, ...]

    @property
    def found(self) -> Iterator[Course]:
        return (self.courses[place] for place in self.places)


def find_near(courses: tuple[Course, ...], begin: datetime, before: Near | None = None) -> Near:
    """`before` is that of an earlier snapshot: of what is the very same, nothing is looked at again. To look at each of
    many thousands of courses takes longer than all else that a day is made of."""
    known = before if before and before.begin == begin else Near(begin, (), ())
    start, old_stop, stop = find_difference(known.courses, courses)
    first, last = bisect_left(known.places, start), bisect_left(known.places, old_stop)
    fresh = tuple(place for place in range(start, stop) if not _is_over(courses[place], begin))
    later = tuple(place + stop - old_stop for place in known.places[last:])
    return Near(begin, courses, known.places[:first] + fresh + later)


def _is_over(course: Course, begin: datetime) -> bool:
    """What is over had nothing after its last update."""
    return course.settled and course.updates[-1].at < begin


def mark_days(courses: Iterable[Course], days: Sequence[date], zone: ZoneInfo, now: datetime) -> list[DayMark | None]:
    """One for each of the `days`, which follow each other and of which the last is today; None where nothing was.
    `courses` are those of incidents, then of changes, both in the order of their begins."""
    base, begin = days[0].toordinal(), day_start(days[0], zone)
    worst, incidents, work = (_Days(len(days)) for _ in range(3))
    entries: list[Incident | Change] = []
    for course in courses:
        if _is_over(course, begin):
            continue
        entry = course.entry
        own = incidents if isinstance(entry, Incident) else work
        spans = _settled_spans(entry, (course, zone)) if course.settled else _read_spans(course, zone, now)
        for first, last, state in spans:
            if state:
                worst.add(first - base, last - base + 1, state.rank)
            else:
                own.add(first - base, last - base + 1, len(entries))
        entries.append(entry)
    # A day that a zone left out has no length.
    there_is = (day_start(day, zone) < day_start(day + DAY, zone) for day in days)
    ranks, newest, works = worst.highest(), incidents.highest(), work.highest()
    open_ones, running = incidents.counts(), work.counts()
    marks: list[DayMark | None] = []
    for number, real in enumerate(there_is):
        entry_number = works[number] if newest[number] is None else newest[number]
        if entry_number is None or not real:
            marks.append(None)
            continue
        count = open_ones[number]
        state = STATES[ranks[number] or State.OPERATIONAL.rank]
        marks.append(DayMark(state, count, count + running[number], entries[entry_number]))
    return marks


class _Days:
    """Numbers of what lasts for some of so many days: how many there are on each, and the highest of them."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._steps = [0] * (size + 1)
        self._highest: list[int | None] = [None] * size
        # What lasts for long is looked at once, and not on each of its days.
        self._long: list[tuple[range, int]] = []

    def add(self, start: int, stop: int, number: int) -> None:
        start, stop = max(0, start), min(self._size, stop)
        if start >= stop:
            return
        self._steps[start] += 1
        self._steps[stop] -= 1
        if stop - start > SHORT:
            self._long.append((range(start, stop), number))
            return
        for day in range(start, stop):
            if (self._highest[day] or -1) < number:
                self._highest[day] = number

    def counts(self) -> list[int]:
        return list(accumulate(self._steps[:-1]))

    def highest(self) -> list[int | None]:
        """None on days on which there is none."""
        self._long.sort(key=lambda pair: -pair[1])
        pairs = zip(self._highest, _first_of(self._long, self._size), strict=True)
        return [max((one for one in pair if one is not None), default=None) for pair in pairs]


@kept_with
def _settled_spans(_entry: Incident | Change, of: tuple[Course, ZoneInfo]) -> tuple[DaySpan, ...]:
    course, zone = of
    return _read_spans(course, zone, course.updates[-1].at)


def _read_spans(course: Course, zone: ZoneInfo, now: datetime) -> tuple[DaySpan, ...]:
    """What goes on touches today, also when today begins at this very instant."""
    entry = course.entry
    found: list[DaySpan] = []
    for effect in course.effects:
        end = effect.end + SECOND if effect.ongoing else effect.end
        found.append((*_days_of(effect.start, end, zone), effect.state))
    if isinstance(entry, Change):
        return (*found, *((first, last, None) for first, last in _merge((first, last) for first, last, _ in found)))
    # Also what had no length was there on its day.
    end = max(entry.resolved_at or now + SECOND, entry.started_at + SECOND)
    first, last = _days_of(entry.started_at, end, zone)
    found.append((first, last, None))
    if not component_ids(entry):
        found.append((first, last, STATE_OF_IMPACT[entry.impact]))
    return tuple(found)


def _days_of(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """The ordinals of the first and the last day that [start, end) touches."""
    return day_of(start, zone).toordinal(), day_of(end - SECOND, zone).toordinal()


def _merge(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Days that any of the spans holds, each once."""
    last: tuple[int, int] | None = None
    for begin, end in sorted(spans):
        if last and begin <= last[1] + 1:
            last = last[0], max(last[1], end)
            continue
        if last:
            yield last
        last = begin, end
    if last:
        yield last


def _first_of(runs: Iterable[tuple[range, T]], size: int) -> list[T | None]:
    """For each place the value of the first run that holds it. Each place is taken once: what is taken is skipped."""
    found: list[T | None] = [None] * size
    free = list(range(size + 1))

    def next_free(place: int) -> int:
        while free[place] != place:
            free[place] = free[free[place]]
            place = free[place]
        return place

    for run, value in runs:
        place = next_free(run.start)
        while place < run.stop:
            found[place] = value
            free[place] = place + 1
            place = next_free(place)
    return found
